/*-------------------------------------------------------------------------
 *
 * utility.c
 *	  Statements that do not go through the planner.
 *
 * A masked reader cannot put a foreign key on a masked column
 * (it would tell him which values exist, or be checked against masks) nor a
 * trigger on a labelled table (it would see raw rows of others' changes).
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/relation.h"
#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/objectaccess.h"
#include "catalog/objectaddress.h"
#include "catalog/pg_constraint.h"
#include "catalog/pg_database.h"
#include "catalog/pg_extension.h"
#include "catalog/pg_type.h"
#include "commands/extension.h"
#include "commands/seclabel.h"
#include "commands/tablecmds.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "tcop/utility.h"
#include "utils/acl.h"
#include "utils/array.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/plancache.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "base/compat.h"
#include "base/extension.h"
#include "enforce/copy.h"
#include "enforce/definition.h"
#include "enforce/leak.h"
#include "enforce/protect.h"
#include "enforce/rewrite.h"
#include "enforce/row_security.h"
#include "enforce/utility.h"
#include "enforce/view_follow.h"
#include "policy/expression.h"
#include "policy/family.h"
#include "policy/masked_type.h"
#include "policy/rule.h"
#include "policy/view_base.h"

static ProcessUtility_hook_type prev_process_utility = NULL;
static object_access_hook_type prev_object_access = NULL;

pg_noreturn static void
refuse_foreign_key(Oid relid, AttrNumber attno)
{
	ereport(ERROR,
			errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			errmsg("foreign key on column \"%s\" of relation \"%s\", which is masked for you, is not allowed",
				   get_attname(relid, attno, false), get_rel_name(relid)));
}

/* Check one side of a foreign key by names, which the server may not know. */
static void
check_key_names(Oid relid, List *names)
{
	ListCell   *lc;

	foreach(lc, names)
	{
		AttrNumber	attno = get_attnum(relid, strVal(lfirst(lc)));

		if (attno != InvalidAttrNumber &&
			ccpii_expression_hides_now(relid, attno))
			refuse_foreign_key(relid, attno);
	}
}

/* A foreign key without column names refers to the primary key. */
static void
check_primary_key(Oid relid)
{
	Relation	rel = relation_open(relid, AccessShareLock);
	Bitmapset  *key = RelationGetIndexAttrBitmap(rel,
												 INDEX_ATTR_BITMAP_PRIMARY_KEY);
	int			member = -1;

	while ((member = bms_next_member(key, member)) >= 0)
	{
		AttrNumber	attno = member + FirstLowInvalidHeapAttributeNumber;

		if (ccpii_expression_hides_now(relid, attno))
			refuse_foreign_key(relid, attno);
	}
	relation_close(rel, AccessShareLock);
}

/* Check one constraint of relation relid, which is invalid if it is new. */
static void
check_constraint(Constraint *constraint, Oid relid)
{
	Oid			referenced;

	if (OidIsValid(relid))
		ccpii_definition_check_constraint(relid, constraint);
	if (constraint->contype != CONSTR_FOREIGN)
		return;
	if (OidIsValid(relid))
		check_key_names(relid, constraint->fk_attrs);
	referenced = RangeVarGetRelid(constraint->pktable, AccessShareLock, true);
	if (!OidIsValid(referenced))
		return;
	if (constraint->pk_attrs != NIL)
		check_key_names(referenced, constraint->pk_attrs);
	else
		check_primary_key(referenced);
}

static void
check_column_def(ColumnDef *def, Oid relid)
{
	ListCell   *lc;

	foreach(lc, def->constraints)
		check_constraint(lfirst(lc), relid);
}

/* VALIDATE CONSTRAINT reads both tables as the caller. */
static void
check_validate(Oid relid, const char *name)
{
	Oid			constraint = get_relation_constraint_oid(relid, name, true);
	HeapTuple	tuple;
	Form_pg_constraint form;
	static const AttrNumber keys[] = {
		Anum_pg_constraint_conkey, Anum_pg_constraint_confkey
	};

	tuple = SearchSysCache1(CONSTROID, ObjectIdGetDatum(constraint));
	if (!HeapTupleIsValid(tuple))
		return;
	form = (Form_pg_constraint) GETSTRUCT(tuple);
	for (int side = 0; side < 2 && form->contype == CONSTRAINT_FOREIGN; side++)
	{
		bool		isnull;
		Datum		datum = SysCacheGetAttr(CONSTROID, tuple, keys[side],
											&isnull);
		ArrayType  *array = isnull ? NULL : DatumGetArrayTypeP(datum);
		Oid			side_relid = side == 0 ? form->conrelid : form->confrelid;

		for (int i = 0; array != NULL && i < ARR_DIMS(array)[0]; i++)
		{
			AttrNumber	attno = ((int16 *) ARR_DATA_PTR(array))[i];

			if (ccpii_expression_hides_now(side_relid, attno))
				refuse_foreign_key(side_relid, attno);
		}
	}
	ReleaseSysCache(tuple);
}

/* Does the command read the rows, or turn row security off? */
static bool
is_concerned(AlterTableCmd *cmd)
{
	return cmd->subtype == AT_DisableRowSecurity ||
		cmd->subtype == AT_AddConstraint ||
		cmd->subtype == AT_ValidateConstraint ||
		cmd->subtype == AT_AlterColumnType ||
		cmd->subtype == AT_AttachPartition ||
		(cmd->subtype == AT_AddColumn &&
		 ((ColumnDef *) cmd->def)->constraints != NIL);
}

static void
check_alter_table(AlterTableStmt *alter)
{
	bool		concerned = false;
	Oid			relid;
	ListCell   *lc;

	foreach(lc, alter->cmds)
	{
		concerned |= is_concerned(lfirst_node(AlterTableCmd, lc));
	}
	if (!concerned)
		return;

	/* The lock that the statement will take: a lower one could deadlock. */
	relid = RangeVarGetRelidExtended(alter->relation,
									 AlterTableGetLockLevel(alter->cmds),
									 RVR_MISSING_OK,
									 RangeVarCallbackOwnsRelation, NULL);
	if (!OidIsValid(relid))
		return;
	foreach(lc, alter->cmds)
	{
		AlterTableCmd *cmd = lfirst_node(AlterTableCmd, lc);

		if (cmd->subtype == AT_AddConstraint)
			check_constraint((Constraint *) cmd->def, relid);
		else if (cmd->subtype == AT_AddColumn)
			check_column_def((ColumnDef *) cmd->def, relid);
		else if (cmd->subtype == AT_ValidateConstraint)
			check_validate(relid, cmd->name);
		else if (cmd->subtype == AT_DisableRowSecurity)
			ccpii_row_security_keep(relid);
		else if (cmd->subtype == AT_AlterColumnType)
			ccpii_definition_check_type(relid, cmd);
		else if (cmd->subtype == AT_AttachPartition)
			ccpii_definition_check_attach((PartitionCmd *) cmd->def);
	}
}

static void
check_create_table(CreateStmt *create)
{
	ListCell   *lc;

	foreach(lc, create->tableElts)
	{
		if (IsA(lfirst(lc), Constraint))
			check_constraint(lfirst(lc), InvalidOid);
		else if (IsA(lfirst(lc), ColumnDef))
			check_column_def(lfirst(lc), InvalidOid);
	}
}

static void
check_create_trigger(CreateTrigStmt *create)
{
	Oid			relid = RangeVarGetRelid(create->relation, AccessShareLock,
										 true);

	if (ccpii_expression_hides_now(relid, 0))
		ereport(ERROR,
				errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				errmsg("trigger on relation \"%s\", which is masked for you, is not allowed",
					   get_rel_name(relid)));
}

/*
 * Refuse or replace what would go round the masks.  Locks taken here are of a
 * mode that the statement takes itself, or that its mode does not conflict
 * with: two of them cannot block each other.
 */
static PlannedStmt *
check_statement(PlannedStmt *pstmt)
{
	Node	   *stmt = pstmt->utilityStmt;

	switch (nodeTag(stmt))
	{
		case T_CopyStmt:
			return ccpii_copy_mask(pstmt);
		case T_AlterTableStmt:
			check_alter_table((AlterTableStmt *) stmt);
			break;
		case T_CreateStmt:
			check_create_table((CreateStmt *) stmt);
			break;
		case T_IndexStmt:
			ccpii_definition_check_index((IndexStmt *) stmt);
			break;
		case T_CreateStatsStmt:
			ccpii_definition_check_statistics((CreateStatsStmt *) stmt);
			break;
		case T_CreateTableAsStmt:
			ccpii_rewrite_stores(true);
			break;
		case T_CreateTrigStmt:
			check_create_trigger((CreateTrigStmt *) stmt);
			break;
		case T_CreatePolicyStmt:
			ccpii_protect_before_policy((CreatePolicyStmt *) stmt);
			break;
		default:
			break;
	}
	return pstmt;
}

/*
 * Can an error of the statement show values of a labelled relation?  Where that
 * is hard to tell, yes, as there are labelled relations.
 */
static bool
works_on_labelled(Node *stmt)
{
	RangeVar   *relation;
	Oid			relid;

	switch (nodeTag(stmt))
	{
		case T_CopyStmt:
			relation = ((CopyStmt *) stmt)->relation;
			break;
		case T_AlterTableStmt:
			relation = ((AlterTableStmt *) stmt)->relation;
			break;
		case T_IndexStmt:
			relation = ((IndexStmt *) stmt)->relation;
			break;
		case T_AlterDomainStmt:
		case T_ConstraintsSetStmt:
		case T_ClusterStmt:
		case T_CreateStatsStmt:
		case T_RefreshMatViewStmt:
		case T_ReindexStmt:
		case T_VacuumStmt:
			return true;
		default:
			return false;
	}
	if (relation == NULL)
		return false;
	relid = RangeVarGetRelid(relation, NoLock, true);
	return OidIsValid(relid) && ccpii_rule_exists(relid);
}

/*
 * The relation that a statement takes into a family or out of one; the server
 * tells nobody that its descendants have other ancestors then.
 */
static Oid
moves_in_family(Node *stmt)
{
	ListCell   *lc;

	if (!IsA(stmt, AlterTableStmt))
		return InvalidOid;
	foreach(lc, ((AlterTableStmt *) stmt)->cmds)
	{
		AlterTableCmd *cmd = lfirst_node(AlterTableCmd, lc);

		switch (cmd->subtype)
		{
			case AT_AddInherit:
			case AT_DropInherit:
				return RangeVarGetRelid(((AlterTableStmt *) stmt)->relation,
										NoLock, true);
			case AT_AttachPartition:
			case AT_DetachPartition:
			case AT_DetachPartitionFinalize:
				return RangeVarGetRelid(((PartitionCmd *) cmd->def)->name,
										NoLock, true);
			default:
				break;
		}
	}
	return InvalidOid;
}

/*
 * A relation that leaves its family takes the labels along that it had from
 * its ancestors; its rows are the same.
 */
static void
keep_labels(Node *stmt, Oid relid)
{
	const RelationRules *rules = ccpii_rule_get(relid);
	List	   *ancestors = ccpii_family_ancestors(relid);
	int			kept = 0;
	Oid			named;
	ListCell   *lc;
	bool		leaves = false;

	foreach(lc, ((AlterTableStmt *) stmt)->cmds)
	{
		AlterTableType subtype = lfirst_node(AlterTableCmd, lc)->subtype;

		leaves |= subtype == AT_DropInherit ||
			subtype == AT_DetachPartition ||
			subtype == AT_DetachPartitionFinalize;
	}

	/* Where the server is going to refuse the statement, let it. */
	named = RangeVarGetRelid(((AlterTableStmt *) stmt)->relation, NoLock, true);
	if (XactReadOnly || !OidIsValid(named) ||
		!object_ownercheck(RelationRelationId, named, GetUserId()))
		return;
	for (int i = 0; leaves && rules != NULL && i < rules->natts; i++)
	{
		const ColumnRule *rule = rules->columns[i];
		ObjectAddress column;

		if (rule == NULL || rule->label == NULL ||
			!list_member_oid(ancestors, rule->source))
			continue;
		ObjectAddressSubSet(column, RelationRelationId, relid, rule->attno);
		SetSecurityLabel(&column, LABEL_PROVIDER, rule->label);
		kept++;
	}
	if (leaves)
		kept += ccpii_row_security_inherit(relid, ancestors);
	if (kept > 0)
		ereport(NOTICE,
				errmsg_plural("relation \"%s\" keeps %d label that it had from its parent",
							  "relation \"%s\" keeps %d labels that it had from its parent",
							  kept, get_rel_name(relid), kept));
}

/* SET SESSION AUTHORIZATION, in any of its forms. */
static bool
changes_session_user(Node *stmt)
{
	return IsA(stmt, VariableSetStmt) &&
		((VariableSetStmt *) stmt)->name != NULL &&
		strcmp(((VariableSetStmt *) stmt)->name, "session_authorization") == 0;
}

static void
run_utility(bool labelled, PlannedStmt *pstmt, const char *queryString,
			bool readOnlyTree, ProcessUtilityContext context,
			ParamListInfo params, QueryEnvironment *queryEnv,
			DestReceiver *dest, QueryCompletion *qc)
{
	PG_TRY();
	{
		if (prev_process_utility)
			prev_process_utility(pstmt, queryString, readOnlyTree, context,
								 params, queryEnv, dest, qc);
		else
			standard_ProcessUtility(pstmt, queryString, readOnlyTree, context,
									params, queryEnv, dest, qc);
	}
	PG_CATCH();
	{
		ccpii_rewrite_stores(false);
		ccpii_leak_rethrow(labelled);
	}
	PG_END_TRY();
	ccpii_rewrite_stores(false);
}

/* A relation that a statement makes, or whose columns it makes or changes. */
typedef struct NewColumns
{
	Oid			relid;			/* InvalidOid: is made, under the name */
	Oid			schema;
	const char *name;			/* NULL: no such statement */
} NewColumns;

static NewColumns
new_columns_of(Node *stmt)
{
	NewColumns	result = {InvalidOid, InvalidOid, NULL};
	const RangeVar *relation;
	ListCell   *lc;

	if (IsA(stmt, CreateStmt))
	{
		relation = ((CreateStmt *) stmt)->relation;
		result.schema = RangeVarGetCreationNamespace(relation);

		/* IF NOT EXISTS leaves it as it is. */
		if (!OidIsValid(get_relname_relid(relation->relname, result.schema)))
			result.name = relation->relname;
		return result;
	}
	foreach(lc, IsA(stmt, AlterTableStmt) ? ((AlterTableStmt *) stmt)->cmds : NIL)
	{
		AlterTableType subtype = lfirst_node(AlterTableCmd, lc)->subtype;

		if (subtype != AT_AddColumn && subtype != AT_AlterColumnType)
			continue;
		relation = ((AlterTableStmt *) stmt)->relation;
		result.relid = RangeVarGetRelid(relation, NoLock, true);
		result.name = relation->relname;
		break;
	}
	return result;
}

/* What the expressions of the relation read may be masked now. */
static void
check_new_columns(const NewColumns *columns)
{
	if (columns->name == NULL)
		return;
	CommandCounterIncrement();
	ccpii_definition_check_result(OidIsValid(columns->relid) ? columns->relid :
								  get_relname_relid(columns->name,
													columns->schema));
}

static void
process_utility(PlannedStmt *pstmt, const char *queryString,
				bool readOnlyTree, ProcessUtilityContext context,
				ParamListInfo params, QueryEnvironment *queryEnv,
				DestReceiver *dest, QueryCompletion *qc)
{
	bool		resets_plans = changes_session_user(pstmt->utilityStmt);
	bool		labelled = false;
	Oid			moved = InvalidOid;
	NewColumns	columns = {InvalidOid, InvalidOid, NULL};
	ViewWork	views = {NIL, NIL};

	if (IsTransactionState() && !IsAbortedTransactionBlockState() &&
		!IsA(pstmt->utilityStmt, TransactionStmt))
	{
		/* EXECUTE and its like must not find plans of yesterday's labels. */
		AcceptInvalidationMessages();
		if (ccpii_extension_state() != EXTENSION_ABSENT)
			columns = new_columns_of(pstmt->utilityStmt);
		if (ccpii_extension_state() != EXTENSION_ABSENT && ccpii_rule_any())
		{
			labelled = works_on_labelled(pstmt->utilityStmt);
			moved = moves_in_family(pstmt->utilityStmt);
			if (OidIsValid(moved))
			{
				keep_labels(pstmt->utilityStmt, moved);
				ccpii_rule_changed(moved);
			}
			ccpii_view_follow_begin(pstmt->utilityStmt, &views);
			pstmt = check_statement(pstmt);
		}
	}
	run_utility(labelled, pstmt, queryString, readOnlyTree, context, params,
				queryEnv, dest, qc);
	/* Of the families that it has left, and of those it is in now. */
	if (OidIsValid(moved))
		ccpii_rule_changed(moved);
	ccpii_view_follow_end(&views);
	check_new_columns(&columns);
	if (resets_plans)
		ResetPlanCache();
}

/* However the extension is dropped, no label may be left without masks. */
static void
drop_extension(void)
{
	ObjectAddress database;

	if (ccpii_rule_any())
		ereport(ERROR,
				errcode(ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST),
				errmsg("cannot drop extension \"%s\" while relations are labelled",
					   "ccpii"),
				errdetail("What the labels hide would become readable."),
				errhint("Remove them with SELECT ccpii.detach_all(); first."));

	/* The mark of the install. */
	ObjectAddressSet(database, DatabaseRelationId, MyDatabaseId);
	SetSecurityLabel(&database, LABEL_PROVIDER, NULL);
}

static void
object_access(ObjectAccessType access, Oid classId, Oid objectId, int subId,
			  void *arg)
{
	if (prev_object_access)
		prev_object_access(access, classId, objectId, subId, arg);
	if (classId == RelationRelationId && subId > 0 &&
		(access == OAT_POST_CREATE || access == OAT_POST_ALTER) &&
		ccpii_extension_state() != EXTENSION_ABSENT)
		ccpii_definition_extend(objectId);
	if (access != OAT_DROP || ccpii_extension_state() == EXTENSION_ABSENT)
		return;
	if (classId == ExtensionRelationId &&
		objectId == get_extension_oid("ccpii", true))
		drop_extension();
	else if (classId == TypeRelationId &&
			 objectId == ccpii_masked_type_oid())
		ccpii_definition_drop_type();
	else if (classId == RelationRelationId)
		ccpii_rule_dropped(objectId);
}

void
ccpii_utility_init(void)
{
	prev_process_utility = ProcessUtility_hook;
	ProcessUtility_hook = process_utility;
	prev_object_access = object_access_hook;
	object_access_hook = object_access;
}
