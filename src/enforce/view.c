/*-------------------------------------------------------------------------
 *
 * view.c
 *	  Masked views, for readers without any right on the tables.
 *
 * A masked view shows all columns of one relation and belongs to its owner.
 * Nothing is masked in its text: the rewrite masks the relation's columns for
 * whoever reads them, through a view as without, so that there is one source
 * of rules and labels count at once.  What the view adds is a right to read,
 * and is_enforcing(): where the library is missing it shows nothing.
 *
 * Locks: the view first, then its relation, as its readers take them.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/relation.h"
#include "access/xact.h"
#include "catalog/catalog.h"
#include "catalog/dependency.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "commands/tablecmds.h"
#include "commands/view.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "parser/analyze.h"
#include "rewrite/rewriteHandler.h"
#include "storage/lmgr.h"
#include "tcop/tcopprot.h"
#include "tcop/utility.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"
#include "utils/varlena.h"

#include "base/compat.h"
#include "base/extension.h"
#include "base/guard.h"
#include "enforce/view.h"
#include "policy/family.h"
#include "policy/provider.h"
#include "policy/rule.h"
#include "policy/view_base.h"

PG_FUNCTION_INFO_V1(ccpii_sql_masked_view_create);
PG_FUNCTION_INFO_V1(ccpii_sql_masked_view_refresh);
PG_FUNCTION_INFO_V1(ccpii_sql_masked_view_drop);

/*
 * Making
 */

/* The query of the view on a relation. */
static char *
view_query(Relation base)
{
	TupleDesc	desc = RelationGetDescr(base);
	StringInfoData sql;
	const char *separator = "";

	initStringInfo(&sql);
	appendStringInfoString(&sql, "SELECT ");
	for (int i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(desc, i);

		if (att->attisdropped)
			continue;
		appendStringInfo(&sql, "%s%s", separator,
						 quote_identifier(NameStr(att->attname)));
		separator = ", ";
	}
	appendStringInfo(&sql, " FROM %s WHERE ccpii.is_enforcing()",
					 quote_qualified_identifier(get_namespace_name(RelationGetNamespace(base)),
												RelationGetRelationName(base)));
	return sql.data;
}

/*
 * Can rows be changed through a view of the relation?  Then they are checked,
 * or INSERT would not ask whether the server masks.
 */
static bool
is_changeable(Relation base)
{
	return base->rd_rel->relkind != RELKIND_MATVIEW;
}

/* The columns of the view on a relation. */
static List *
view_columns(Relation base)
{
	TupleDesc	desc = RelationGetDescr(base);
	List	   *columns = NIL;

	for (int i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(desc, i);

		if (!att->attisdropped)
			columns = lappend(columns,
							  makeColumnDef(NameStr(att->attname),
											att->atttypid, att->atttypmod,
											att->attcollation));
	}
	return columns;
}

/*
 * Make a view of that name and owner.  Current user must have the right to
 * create in the schema; raises what CREATE VIEW does, 42P07 if the name is
 * taken.
 */
static Oid
make_view(Oid base, Oid owner, RangeVar *name)
{
	Relation	rel = relation_open(base, AccessShareLock);
	char	   *sql = view_query(rel);
	RawStmt    *statement = linitial_node(RawStmt, pg_parse_query(sql));
	Query	   *query = parse_analyze_fixedparams(statement, sql, NULL, 0,
												  NULL);
	CreateStmt *create = makeNode(CreateStmt);
	ObjectAddress view;

	create->relation = name;
	create->tableElts = view_columns(rel);
	create->options = list_make1(makeDefElem("security_barrier", NULL, -1));
	if (is_changeable(rel))
		create->options = lappend(create->options,
								  makeDefElem("check_option",
											  (Node *) makeString("cascaded"),
											  -1));
	create->oncommit = ONCOMMIT_NOOP;
	view = DefineRelation(create, RELKIND_VIEW, owner, NULL, NULL);
	CommandCounterIncrement();
	StoreViewQuery(view.objectId, query, false);
	CommandCounterIncrement();
	relation_close(rel, NoLock);
	return view.objectId;
}

/*
 * Following the relation
 */

/*
 * Can a view be extended in place to show its relation as it is?  Not if
 * columns were dropped or are of other types.  names: out, pairs of names, of
 * columns that are to be renamed.
 */
static bool
can_extend(Relation view, Relation base, List **names)
{
	TupleDesc	view_desc = RelationGetDescr(view);
	TupleDesc	base_desc = RelationGetDescr(base);
	Query	   *query = get_view_query(view);
	int			seen = 0;

	for (int i = 0; i < base_desc->natts && seen < view_desc->natts; i++)
	{
		Form_pg_attribute source = TupleDescAttr(base_desc, i);
		Form_pg_attribute shown = TupleDescAttr(view_desc, seen);

		if (source->attisdropped)
			continue;
		seen++;
		if (ccpii_view_base_column(query, seen) != source->attnum ||
			source->atttypid != shown->atttypid ||
			source->atttypmod != shown->atttypmod ||
			source->attcollation != shown->attcollation)
			return false;
		if (strcmp(NameStr(source->attname), NameStr(shown->attname)) == 0)
			continue;
		/* Names that were exchanged cannot be set one by one. */
		if (get_attnum(RelationGetRelid(view), NameStr(source->attname)) !=
			InvalidAttrNumber)
			return false;
		*names = lappend(*names, list_make2(pstrdup(NameStr(shown->attname)),
											pstrdup(NameStr(source->attname))));
	}
	return seen == view_desc->natts;
}

static void
run(const char *sql)
{
	int			result = SPI_execute(sql, false, 0);

	if (result != SPI_OK_UTILITY)
		elog(ERROR, "unexpected result of a statement on a masked view: %s",
			 SPI_result_code_string(result));
}

/* Rename columns of a view, and give it the query of now, in place. */
static void
extend(const char *view, Relation base, List *names)
{
	ListCell   *lc;

	foreach(lc, names)
	{
		run(psprintf("ALTER VIEW %s RENAME COLUMN %s TO %s", view,
					 quote_identifier(linitial(lfirst_node(List, lc))),
					 quote_identifier(lsecond(lfirst_node(List, lc)))));
	}
	run(psprintf("CREATE OR REPLACE VIEW %s WITH (security_barrier%s) AS %s",
				 view, is_changeable(base) ? ", check_option = cascaded" : "",
				 view_query(base)));
}

static void
change_owner(const char *view, Oid owner)
{
	run(psprintf("ALTER VIEW %s OWNER TO %s", view,
				 quote_identifier(GetUserNameFromId(owner, false))));
}

/* The relation of a masked view.  Raises 42809. */
static Oid
require_base(Oid view)
{
	Oid			base = ccpii_view_base_is_masked(view) ?
		ccpii_view_base_of(view) : InvalidOid;

	if (!OidIsValid(base))
		ereport(ERROR,
				errcode(ERRCODE_WRONG_OBJECT_TYPE),
				errmsg("\"%s\" is not a masked view", get_rel_name(view)),
				errdetail("Masked views are made by %s.",
						  "ccpii.masked_view_create()"));
	return base;
}

void
ccpii_view_refresh(Oid view)
{
	Oid			base = require_base(view);
	Relation	view_rel = relation_open(view, AccessExclusiveLock);
	Relation	base_rel = relation_open(base, AccessShareLock);
	char	   *name = quote_qualified_identifier(get_namespace_name(RelationGetNamespace(view_rel)),
												  RelationGetRelationName(view_rel));
	Oid			owner = base_rel->rd_rel->relowner;
	bool		moves = view_rel->rd_rel->relowner != owner;
	List	   *names = NIL;
	bool		extends = can_extend(view_rel, base_rel, &names);
	Guard		guard;

	relation_close(view_rel, NoLock);
	ccpii_guard_enter(&guard);
	SPI_connect();
	if (extends)
		extend(name, base_rel, names);
	else
		(void) ccpii_view_make_again(ccpii_view_take(view, DROP_RESTRICT));
	if (moves)
		change_owner(name, owner);
	SPI_finish();
	ccpii_guard_leave(&guard);
	relation_close(base_rel, NoLock);
}

/* Whoever altered a table has not thought of the view. */
static void
explain_drop(void *arg)
{
	const char *view = arg;

	if (geterrcode() == ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST)
	{
		errhint("Masked view \"%s\" must be made again, as columns of its relation are dropped or change their types. Drop what depends on it before.",
				view);
	}
}

KeptView *
ccpii_view_take(Oid view, DropBehavior behavior)
{
	KeptView   *kept = ccpii_view_keep(view, require_base(view));
	ObjectAddress address;
	ErrorContextCallback callback = {
		.previous = error_context_stack,
		.callback = explain_drop,
		.arg = kept->name->relname
	};

	ObjectAddressSet(address, RelationRelationId, view);
	error_context_stack = &callback;
	performDeletion(&address, behavior, 0);
	error_context_stack = callback.previous;
	CommandCounterIncrement();
	return kept;
}

Oid
ccpii_view_make_again(const KeptView *kept)
{
	Guard		guard;
	Oid			view;

	ccpii_guard_enter(&guard);
	view = make_view(kept->base, kept->owner, copyObject(kept->name));
	ccpii_view_give_back(kept, view);
	ccpii_guard_leave(&guard);
	return view;
}

/*
 * SQL functions
 */

static void
require_admin(void)
{
	ccpii_extension_require();
	if (!ccpii_provider_is_admin(GetUserId()))
		ereport(ERROR,
				errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				errmsg("permission denied for masked views"),
				errhint("Ask a superuser or a member of role \"%s\".",
						"ccpii_admin"));
}

/* Lock what an argument names, and check that it is the caller's. */
static Oid
require_own(FunctionCallInfo fcinfo, const char *argument, LOCKMODE mode)
{
	Oid			relid = PG_ARGISNULL(0) ? InvalidOid : PG_GETARG_OID(0);

	if (PG_ARGISNULL(0))
		ereport(ERROR,
				errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				errmsg("%s must not be null", argument));
	require_admin();
	if (SearchSysCacheExists1(RELOID, ObjectIdGetDatum(relid)) &&
		!object_ownercheck(RelationRelationId, relid, GetUserId()))
		aclcheck_error(ACLCHECK_NOT_OWNER,
					   get_relkind_objtype(get_rel_relkind(relid)),
					   get_rel_name(relid));
	LockRelationOid(relid, mode);
	if (!SearchSysCacheExists1(RELOID, ObjectIdGetDatum(relid)))
		ereport(ERROR,
				errcode(ERRCODE_UNDEFINED_TABLE),
				errmsg("relation with OID %u does not exist", relid));
	return relid;
}

/* Can there be a masked view of the relation? */
static void
check_base(Relation base)
{
	char		kind = base->rd_rel->relkind;
	Oid			owner = base->rd_rel->relowner;

	if ((kind != RELKIND_RELATION && kind != RELKIND_PARTITIONED_TABLE &&
		 kind != RELKIND_FOREIGN_TABLE && kind != RELKIND_MATVIEW) ||
		IsCatalogRelation(base) ||
		base->rd_rel->relpersistence == RELPERSISTENCE_TEMP ||
		RelationGetNamespace(base) == ccpii_extension_schema())
		ereport(ERROR,
				errcode(ERRCODE_WRONG_OBJECT_TYPE),
				errmsg("relation \"%s\" cannot have masked views",
					   RelationGetRelationName(base)),
				errdetail("Tables, foreign tables and materialized views can, but for temporary ones and those of the system and of ccpii."));
	if (ccpii_audience_role_is_masked(owner, owner, NULL))
		ereport(ERROR,
				errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				errmsg("relation \"%s\" belongs to role \"%s\", which is masked",
					   RelationGetRelationName(base),
					   GetUserNameFromId(owner, false)),
				errhint("Give the relation to another role with ALTER TABLE ... OWNER TO."));
}

Datum
ccpii_sql_masked_view_create(PG_FUNCTION_ARGS)
{
	Oid			relid;
	Relation	base;
	Oid			view;
	RangeVar   *name;
	ObjectAddress address;

	PreventCommandIfReadOnly("ccpii.masked_view_create()");
	relid = require_own(fcinfo, "relation", AccessShareLock);
	if (PG_ARGISNULL(1))
		ereport(ERROR,
				errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				errmsg("name must not be null"));
	base = relation_open(relid, AccessShareLock);
	check_base(base);
	name = makeRangeVarFromNameList(textToQualifiedNameList(PG_GETARG_TEXT_PP(1)));
	view = make_view(relid, base->rd_rel->relowner, name);
	ObjectAddressSet(address, RelationRelationId, view);
	ccpii_provider_set_label(&address, LABEL_MASKED_VIEW);
	relation_close(base, NoLock);
	PG_RETURN_OID(view);
}

Datum
ccpii_sql_masked_view_refresh(PG_FUNCTION_ARGS)
{
	Oid			view;

	PreventCommandIfReadOnly("ccpii.masked_view_refresh()");
	view = require_own(fcinfo, "view", AccessExclusiveLock);

	/* The view will show whatever the relation has. */
	ccpii_provider_require_owner(require_base(view), "refresh a view of");
	ccpii_view_refresh(view);
	PG_RETURN_VOID();
}

Datum
ccpii_sql_masked_view_drop(PG_FUNCTION_ARGS)
{
	ObjectAddress address;

	PreventCommandIfReadOnly("ccpii.masked_view_drop()");
	ObjectAddressSet(address, RelationRelationId,
					 require_own(fcinfo, "view", AccessExclusiveLock));
	(void) require_base(address.objectId);
	performDeletion(&address, DROP_RESTRICT, 0);
	PG_RETURN_VOID();
}
