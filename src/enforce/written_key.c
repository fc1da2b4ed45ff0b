/*-------------------------------------------------------------------------
 *
 * written_key.c
 *	  Which values exist: what a write to a column tells by its keys.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/relation.h"
#include "access/sysattr.h"
#include "catalog/pg_class.h"
#include "catalog/pg_index.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "enforce/written_key.h"
#include "policy/expression.h"
#include "policy/family.h"

/* Is one of the columns, or the whole row, read by an expression? */
static bool
reads_column(Node *expr, const Bitmapset *columns)
{
	Bitmapset  *used = NULL;

	pull_varattnos(expr, 1, &used);
	return bms_overlap(used, columns) ||
		bms_is_member(-FirstLowInvalidHeapAttributeNumber, used);
}

/* The column, and those that are generated from it, as pull_varattnos counts. */
static Bitmapset *
column_and_generated(Relation rel, AttrNumber attno)
{
	TupleConstr *constr = RelationGetDescr(rel)->constr;
	Bitmapset  *column = bms_make_singleton(attno -
											FirstLowInvalidHeapAttributeNumber);
	Bitmapset  *result = bms_copy(column);

	for (int i = 0; constr != NULL && i < constr->num_defval; i++)
	{
		AttrDefault *value = &constr->defval[i];

		if (TupleDescAttr(RelationGetDescr(rel),
						  value->adnum - 1)->attgenerated != '\0' &&
			reads_column(stringToNode(value->adbin), column))
			result = bms_add_member(result, value->adnum -
									FirstLowInvalidHeapAttributeNumber);
	}
	return result;
}

static bool
is_among(AttrNumber attno, const Bitmapset *columns)
{
	return bms_is_member(attno - FirstLowInvalidHeapAttributeNumber, columns);
}

/* Does an index that tells values apart hold one of the columns? */
static bool
index_tells(Oid index, const Bitmapset *columns)
{
	HeapTuple	tuple = SearchSysCache1(INDEXRELID, ObjectIdGetDatum(index));
	Form_pg_index form;
	bool		found = false;

	if (!HeapTupleIsValid(tuple))
		return false;
	form = (Form_pg_index) GETSTRUCT(tuple);
	if (form->indisunique || form->indisexclusion)
	{
		bool		isnull;
		Datum		exprs = SysCacheGetAttr(INDEXRELID, tuple,
											Anum_pg_index_indexprs, &isnull);

		for (int i = 0; i < form->indnkeyatts; i++)
			found |= is_among(form->indkey.values[i], columns);
		if (!isnull)
			found |= reads_column(stringToNode(TextDatumGetCString(exprs)),
								  columns);
	}
	ReleaseSysCache(tuple);
	return found;
}

/* Is one of the columns in the foreign key? */
static bool
is_in_key(const ForeignKeyCacheInfo *key, const Bitmapset *columns)
{
	for (int i = 0; i < key->nkeys; i++)
	{
		if (is_among(key->conkey[i], columns))
			return true;
	}
	return false;
}

/* Does the foreign key refer to a column that is masked for the audience? */
static bool
refers_to_masked(const ForeignKeyCacheInfo *key, const Audience *audience)
{
	const RelationRules *rules = ccpii_rule_get(key->confrelid);

	for (int i = 0; i < key->nkeys; i++)
	{
		if (ccpii_expression_hides(rules, key->confkey[i], audience))
			return true;
	}
	return false;
}

/* A relation's foreign keys, which stay while others are looked up. */
static List *
foreign_keys(Relation rel)
{
	return copyObject(RelationGetFKeyList(rel));
}

/* Does a key of one relation tell whether a value of the column exists? */
static bool
relation_tells(Relation rel, AttrNumber attno, const Audience *masked_for)
{
	List	   *keys = foreign_keys(rel);
	Bitmapset  *columns;
	ListCell   *lc;

	if (masked_for != NULL && keys == NIL)
		return false;
	columns = column_and_generated(rel, attno);
	foreach(lc, masked_for != NULL ? NIL : RelationGetIndexList(rel))
	{
		if (index_tells(lfirst_oid(lc), columns))
			return true;
	}
	foreach(lc, keys)
	{
		ForeignKeyCacheInfo *key = lfirst(lc);

		if (is_in_key(key, columns) &&
			(masked_for == NULL || refers_to_masked(key, masked_for)))
			return true;
	}
	return false;
}

/* A partition can have keys that its parent has not. */
static bool
descendant_tells(Oid relid, const char *column, const Audience *masked_for)
{
	Relation	rel = try_relation_open(relid, AccessShareLock);
	AttrNumber	attno = rel == NULL ? InvalidAttrNumber :
		get_attnum(relid, column);
	bool		tells = attno != InvalidAttrNumber &&
		relation_tells(rel, attno, masked_for);

	if (rel != NULL)
		relation_close(rel, AccessShareLock);
	return tells;
}

bool
ccpii_written_key_tells(Oid relid, AttrNumber attno, const Audience *masked_for)
{
	Relation	rel = relation_open(relid, NoLock);
	bool		tells = relation_tells(rel, attno, masked_for);
	bool		has_descendants = rel->rd_rel->relhassubclass;
	ListCell   *lc;

	relation_close(rel, NoLock);
	if (tells || !has_descendants)
		return tells;
	foreach(lc, ccpii_family_descendants(relid))
	{
		if (descendant_tells(lfirst_oid(lc), get_attname(relid, attno, false),
							 masked_for))
			return true;
	}
	return false;
}

/* Does the foreign key refer to a column with a rule? */
static bool
refers_to_rule(const ForeignKeyCacheInfo *key)
{
	const RelationRules *rules;

	if (!ccpii_rule_exists(key->confrelid))
		return false;
	rules = ccpii_rule_get(key->confrelid);
	for (int i = 0; i < key->nkeys; i++)
	{
		if (ccpii_rule_column(rules, key->confkey[i]) != NULL)
			return true;
	}
	return false;
}

/* Add the relations whose columns with rules foreign keys of rel refer to. */
static List *
add_references(List *references, Relation rel)
{
	ListCell   *lc;

	foreach(lc, foreign_keys(rel))
	{
		ForeignKeyCacheInfo *key = lfirst(lc);

		if (refers_to_rule(key))
			references = list_append_unique_oid(references, key->confrelid);
	}
	return references;
}

List *
ccpii_written_key_references(Oid relid)
{
	Relation	rel;
	List	   *references;
	List	   *descendants = NIL;
	ListCell   *lc;

	if (!ccpii_rule_any())
		return NIL;
	rel = relation_open(relid, NoLock);
	references = add_references(NIL, rel);
	if (rel->rd_rel->relhassubclass)
		descendants = ccpii_family_descendants(relid);
	relation_close(rel, NoLock);
	foreach(lc, descendants)
	{
		rel = try_relation_open(lfirst_oid(lc), AccessShareLock);
		if (rel == NULL)
			continue;
		references = add_references(references, rel);
		relation_close(rel, AccessShareLock);
	}
	return references;
}
