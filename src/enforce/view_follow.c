/*-------------------------------------------------------------------------
 *
 * view_follow.c
 *	  Masked views follow what is done to their relations.
 *
 * The server keeps a table's columns from being dropped or changing their
 * types while a view shows them.  Masked views are dropped before such a
 * statement and made again after it, all in its transaction.  New columns, new
 * names and new owners reach the views afterwards.  A table takes its masked
 * views along when it is dropped.
 *
 * Locks.  A reader locks a view and then its relation.  So do we, or the two
 * would wait for each other; a view that is made while we wait for the relation
 * is locked after it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/dependency.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_inherits.h"
#include "commands/tablecmds.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "storage/lmgr.h"
#include "utils/acl.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "base/compat.h"
#include "enforce/view.h"
#include "enforce/view_follow.h"
#include "policy/view_base.h"

/* Tables of a composite type follow changes of that type. */
static List *
tables_of_type(Oid type)
{
	List	   *tables = NIL;
	Relation	catalog = table_open(RelationRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&key, Anum_pg_class_reloftype, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(type));
	scan = systable_beginscan(catalog, InvalidOid, false, NULL, 1, &key);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
		tables = lappend_oid(tables, ((Form_pg_class) GETSTRUCT(tuple))->oid);
	systable_endscan(scan);
	table_close(catalog, AccessShareLock);
	return tables;
}

/* The relations that a statement on this one reaches, itself included. */
static List *
reached(Oid relid)
{
	List	   *relations = NIL;
	ListCell   *lc;

	if (get_rel_relkind(relid) != RELKIND_COMPOSITE_TYPE)
		return find_all_inheritors(relid, NoLock, NULL);
	foreach(lc, tables_of_type(get_rel_type_id(relid)))
	{
		relations = list_concat(relations,
								find_all_inheritors(lfirst_oid(lc), NoLock,
													NULL));
	}
	return relations;
}

/*
 * The masked views of what a statement on a relation reaches, locked, as is the
 * relation; none if the caller does not own it, whom the server will refuse.
 */
static List *
lock_views(RangeVar *name, LOCKMODE mode)
{
	Oid			relid = RangeVarGetRelid(name, NoLock, true);
	List	   *locked = NIL;
	List	   *views = NIL;

	if (!OidIsValid(relid) ||
		!object_ownercheck(RelationRelationId, relid, GetUserId()))
		return NIL;
	for (int round = 0; round < 2; round++)
	{
		ListCell   *lc;

		/* The second time is for what has changed while we waited. */
		views = ccpii_view_base_views(reached(relid));
		foreach(lc, views)
		{
			if (!list_member_oid(locked, lfirst_oid(lc)))
				LockRelationOid(lfirst_oid(lc), AccessExclusiveLock);
		}
		locked = views;
		if (views == NIL && round == 0)
			return NIL;
		if (round == 0)
			relid = RangeVarGetRelidExtended(name, mode, RVR_MISSING_OK,
											 RangeVarCallbackOwnsRelation,
											 NULL);
		if (!OidIsValid(relid))
			return NIL;
	}
	return views;
}

/* Does the command drop a column or change its type, or nothing like that? */
static bool
replaces_column(AlterTableCmd *cmd, Oid relid, DropBehavior *behavior)
{
	if (cmd->subtype == AT_DropColumn)
	{
		if (get_attnum(relid, cmd->name) == InvalidAttrNumber)
			return false;		/* IF EXISTS */
		if (cmd->behavior == DROP_CASCADE)
			*behavior = DROP_CASCADE;
		return true;
	}
	return cmd->subtype == AT_AlterColumnType;
}

static void
begin_alter(AlterTableStmt *alter, ViewWork *work)
{
	bool		replaces = false;
	bool		concerns = false;
	DropBehavior behavior = DROP_RESTRICT;
	Oid			relid = RangeVarGetRelid(alter->relation, NoLock, true);
	List	   *views;
	ListCell   *lc;

	if (!OidIsValid(relid) || get_rel_relkind(relid) == RELKIND_VIEW)
		return;
	foreach(lc, alter->cmds)
	{
		AlterTableCmd *cmd = lfirst_node(AlterTableCmd, lc);

		replaces |= replaces_column(cmd, relid, &behavior);
		concerns |= cmd->subtype == AT_AddColumn ||
			cmd->subtype == AT_ChangeOwner;
	}
	if (!replaces && !concerns)
		return;
	views = lock_views(alter->relation, AlterTableGetLockLevel(alter->cmds));
	if (!replaces)
	{
		work->stale = views;
		return;
	}
	foreach(lc, views)
	{
		work->taken = lappend(work->taken,
							  ccpii_view_take(lfirst_oid(lc), behavior));
	}
}

static void
begin_rename(RenameStmt *rename, ViewWork *work)
{
	if (rename->relation != NULL &&
		(rename->renameType == OBJECT_COLUMN ||
		 rename->renameType == OBJECT_ATTRIBUTE))
		work->stale = lock_views(rename->relation, AccessExclusiveLock);
}

/*
 * With RESTRICT, drop the masked views of one table, and of the partitions that
 * go with it.
 */
static void
drop_views(RangeVar *name)
{
	Oid			relid = RangeVarGetRelid(name, NoLock, true);
	char		kind = get_rel_relkind(relid);
	List	   *relations;
	ListCell   *lc;

	if (!OidIsValid(relid) ||
		!object_ownercheck(RelationRelationId, relid, GetUserId()))
		return;
	relations = kind == RELKIND_PARTITIONED_TABLE ?
		find_all_inheritors(relid, NoLock, NULL) : list_make1_oid(relid);
	foreach(lc, ccpii_view_base_views(relations))
	{
		ObjectAddress view;

		ObjectAddressSet(view, RelationRelationId, lfirst_oid(lc));
		performDeletion(&view, DROP_RESTRICT, 0);
	}
}

static void
begin_drop(DropStmt *drop)
{
	ListCell   *lc;

	if (drop->behavior == DROP_CASCADE ||
		(drop->removeType != OBJECT_TABLE &&
		 drop->removeType != OBJECT_FOREIGN_TABLE &&
		 drop->removeType != OBJECT_MATVIEW))
		return;
	foreach(lc, drop->objects)
	{
		drop_views(makeRangeVarFromNameList(lfirst_node(List, lc)));
	}
}

void
ccpii_view_follow_begin(Node *stmt, ViewWork *work)
{
	work->stale = work->taken = NIL;
	switch (nodeTag(stmt))
	{
		case T_AlterTableStmt:
			begin_alter((AlterTableStmt *) stmt, work);
			break;
		case T_RenameStmt:
			begin_rename((RenameStmt *) stmt, work);
			break;
		case T_DropStmt:
			begin_drop((DropStmt *) stmt);
			break;
		default:
			break;
	}
}

void
ccpii_view_follow_end(const ViewWork *work)
{
	ListCell   *lc;

	if (work->stale == NIL && work->taken == NIL)
		return;
	CommandCounterIncrement();
	foreach(lc, work->taken)
	{
		ccpii_view_refresh(ccpii_view_make_again(lfirst(lc)));
	}
	foreach(lc, work->stale)
	{
		ccpii_view_refresh(lfirst_oid(lc));
	}
}
