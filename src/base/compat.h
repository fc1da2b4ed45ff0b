/*-------------------------------------------------------------------------
 *
 * compat.h
 *	  One spelling for what differs between PostgreSQL 15 and 18.
 *
 * The rest of the code is written for the newest major; here the older ones
 * learn its spelling.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_COMPAT_H
#define CCPII_COMPAT_H

#include "access/htup_details.h"
#include "catalog/pg_class.h"
#include "executor/executor.h"
#include "nodes/parsenodes.h"
#include "nodes/plannodes.h"
#include "nodes/primnodes.h"
#include "optimizer/planner.h"
#include "parser/parse_relation.h"
#include "parser/parsetree.h"
#include "utils/guc.h"

/* postgres.h stopped to bring it along in 16. */
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

/* ExecutorRun() lost its execute_once argument in 18. */
#if PG_VERSION_NUM >= 180000
#define EXECUTOR_RUN_ARGS \
	QueryDesc *queryDesc, ScanDirection direction, uint64 count
#define EXECUTOR_RUN_PASS queryDesc, direction, count
#else
#define EXECUTOR_RUN_ARGS \
	QueryDesc *queryDesc, ScanDirection direction, uint64 count, \
	bool execute_once
#define EXECUTOR_RUN_PASS queryDesc, direction, count, execute_once
#endif

/*
 * 18 keeps the expressions of GROUP BY in an entry of their own, and with it
 * finds them inside of subqueries.
 */
#if PG_VERSION_NUM >= 180000
#define GROUPS_HAVE_RTE true
#define RTE_GROUP_EXPRS(rte) (&(rte)->groupexprs)
#else
#define GROUPS_HAVE_RTE false
#define RTE_GROUP_EXPRS(rte) ((List **) NULL)
#endif

/* 16 notes in a Var which outer joins can make a NULL of it. */
#if PG_VERSION_NUM >= 160000
#define VAR_IS_NULLED_AS(var, other) \
	((var)->varnullingrels = bms_copy((other)->varnullingrels))
#else
#define VAR_IS_NULLED_AS(var, other) ((void) 0)
#endif

/* Does the query itself name the relation, and not only an ancestor of it? */
#if PG_VERSION_NUM >= 160000
#define RTE_IS_NAMED(rte) ((rte)->perminfoindex != 0)
#else
#define RTE_IS_NAMED(rte) ((rte)->requiredPerms != 0)
#endif

/* 16 keeps what to check of a relation's privileges in a list of its own. */
#if PG_VERSION_NUM >= 160000
#define QUERY_PERMISSIONS(query) ((query)->rteperminfos)
#define PLAN_PERMISSIONS(plan) ((plan)->permInfos)
#else
#define QUERY_PERMISSIONS(query) NIL
#define PLAN_PERMISSIONS(plan) NIL
#endif

/* 17 keeps the join condition of MERGE apart from the join tree. */
#if PG_VERSION_NUM >= 170000
#define QUERY_MERGE_CONDITION(query) (&(query)->mergeJoinCondition)
#else
#define QUERY_MERGE_CONDITION(query) ((Node **) NULL)
#endif

/* 18 has the keyword of C11. */
#if PG_VERSION_NUM < 180000
#define pg_noreturn pg_attribute_noreturn()
#endif

/* Making a range reports errors softly from 16 on. */
#if PG_VERSION_NUM >= 160000
#define compat_make_range(typcache, lower, upper, empty) \
	make_range(typcache, lower, upper, empty, NULL)
#else
#define compat_make_range make_range
#endif

/* 17 can keep the lexer of json in memory of the caller's. */
#if PG_VERSION_NUM >= 170000
#define compat_json_lexer(json, len) \
	makeJsonLexContextCstringLen(NULL, json, len, GetDatabaseEncoding(), true)
#else
#define compat_json_lexer(json, len) \
	makeJsonLexContextCstringLen(json, len, GetDatabaseEncoding(), true)
#endif

/* 17 knows how to let names resolve in pg_catalog only. */
#if PG_VERSION_NUM < 170000
static inline void
RestrictSearchPath(void)
{
	(void) set_config_option("search_path", "pg_catalog, pg_temp",
							 PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SAVE,
							 true, 0, false);
}
#endif

/* Security checks of commands take the class of an object from 16 on. */
#if PG_VERSION_NUM < 160000
#include "utils/acl.h"
#define object_ownercheck(classid, objectid, roleid) \
	compat_ownercheck(classid, objectid, roleid)
static inline bool
compat_ownercheck(Oid classid, Oid objectid, Oid roleid)
{
	Assert(classid == RelationRelationId);
	return pg_class_ownercheck(objectid, roleid);
}
#endif

/* The owner of a view, if it is he whose privileges count; or InvalidOid. */
static inline Oid
compat_rte_check_as_user(const RangeTblEntry *rte, List *permissions)
{
#if PG_VERSION_NUM >= 160000
	if (rte->perminfoindex == 0)
		return InvalidOid;
	return getRTEPermissionInfo(permissions,
								unconstify(RangeTblEntry *, rte))->checkAsUser;
#else
	return rte->checkAsUser;
#endif
}

/*
 * The view of which an RTE_SUBQUERY is the expansion, or InvalidOid.
 *
 * From 16 on the RTE keeps the view's OID.  Before, the expansion starts with
 * two entries "old" and "new" for the view itself, which nothing else does.
 */
static inline Oid
compat_rte_view(const RangeTblEntry *rte)
{
#if PG_VERSION_NUM < 160000
	RangeTblEntry *old,
			   *new;
#endif

	if (rte->rtekind != RTE_SUBQUERY)
		return InvalidOid;
#if PG_VERSION_NUM >= 160000
	return rte->relid;
#else
	if (list_length(rte->subquery->rtable) < 2)
		return InvalidOid;
	old = linitial_node(RangeTblEntry, rte->subquery->rtable);
	new = lsecond_node(RangeTblEntry, rte->subquery->rtable);
	if (old->rtekind == RTE_RELATION && new->rtekind == RTE_RELATION &&
		old->relkind == RELKIND_VIEW && old->relid == new->relid &&
		strcmp(old->eref->aliasname, "old") == 0 &&
		strcmp(new->eref->aliasname, "new") == 0)
		return old->relid;
	return InvalidOid;
#endif
}

#endif							/* CCPII_COMPAT_H */
