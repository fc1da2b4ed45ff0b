/*-------------------------------------------------------------------------
 *
 * masked_type.c
 *	  The type masked_text: what its typmod and its values are made of.
 *
 * A typmod's low byte is the kind.  Of digits(n), the second byte is n.  Of
 * partial(prefix, c, suffix), the halves of the second byte are prefix and
 * suffix, and the third byte is c.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/indexing.h"
#include "catalog/pg_attribute.h"
#include "catalog/pg_class.h"
#include "catalog/pg_depend.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "base/extension.h"
#include "policy/masked_type.h"

#define TYPMOD_KIND(typmod) ((MaskedKind) ((typmod) & 0xFF))
#define TYPMOD_DIGITS(typmod) ((typmod) >> 8 & 0xFF)
#define TYPMOD_PREFIX(typmod) ((typmod) >> 8 & 0x0F)
#define TYPMOD_SUFFIX(typmod) ((typmod) >> 12 & 0x0F)
#define TYPMOD_FILL(typmod) ((char) ((typmod) >> 16 & 0x7F))

int32
ccpii_masked_type_typmod(const MaskSpec *mask)
{
	const TextMask *text = &mask->text;

	if (mask->kind == MASK_HASH)
		return MASKED_AS_HASH;
	if (mask->kind != MASK_TEXT)
		return -2;
	switch (text->kind)
	{
		case TEXT_MASK_FULL:
			return MASKED_AS_FULL;
		case TEXT_MASK_PHONE:
			return MASKED_AS_PHONE;
		case TEXT_MASK_EMAIL:
			return MASKED_AS_EMAIL;
		case TEXT_MASK_CARD:
			return MASKED_AS_CARD;
		case TEXT_MASK_CARDS:
			return MASKED_AS_CARDS;
		case TEXT_MASK_NAME:
			return MASKED_AS_NAME;
		case TEXT_MASK_DIGITS:
			return MASKED_AS_DIGITS | text->digits << 8;
		case TEXT_MASK_PARTIAL:
			if (text->prefix > MASKED_MAX_KEEP ||
				text->suffix > MASKED_MAX_KEEP)
				return -2;
			return MASKED_AS_PARTIAL | text->prefix << 8 |
				text->suffix << 12 | text->fill << 16;
	}
	return -2;
}

void
ccpii_masked_type_decode(int32 typmod, TextMask *mask)
{
	static const TextMaskKind kinds[] = {
		[MASKED_AS_FULL] = TEXT_MASK_FULL,
		[MASKED_AS_PHONE] = TEXT_MASK_PHONE,
		[MASKED_AS_EMAIL] = TEXT_MASK_EMAIL,
		[MASKED_AS_CARD] = TEXT_MASK_CARD,
		[MASKED_AS_CARDS] = TEXT_MASK_CARDS,
		[MASKED_AS_NAME] = TEXT_MASK_NAME,
		[MASKED_AS_HASH] = TEXT_MASK_FULL,
		[MASKED_AS_DIGITS] = TEXT_MASK_DIGITS,
		[MASKED_AS_PARTIAL] = TEXT_MASK_PARTIAL
	};

	memset(mask, 0, sizeof(*mask));
	if (typmod < 0 || TYPMOD_KIND(typmod) >= lengthof(kinds))
		return;
	mask->kind = kinds[TYPMOD_KIND(typmod)];
	mask->digits = TYPMOD_DIGITS(typmod);
	mask->prefix = TYPMOD_PREFIX(typmod);
	mask->suffix = TYPMOD_SUFFIX(typmod);
	mask->fill = TYPMOD_FILL(typmod);

	/* Whoever calls the cast as a function can write any number. */
	if ((mask->kind == TEXT_MASK_DIGITS &&
		 (mask->digits < 1 || mask->digits > MASK_MAX_DIGITS)) ||
		(mask->kind == TEXT_MASK_PARTIAL &&
		 (mask->fill < ' ' || mask->fill > '~')))
		mask->kind = TEXT_MASK_FULL;
}

MaskSpec *
ccpii_masked_type_mask(int32 typmod)
{
	MaskSpec   *mask = palloc0(sizeof(MaskSpec));

	if (typmod >= 0 && TYPMOD_KIND(typmod) == MASKED_AS_HASH)
		mask->kind = MASK_HASH;
	else
		ccpii_masked_type_decode(typmod, &mask->text);
	return mask;
}

/*
 * Who holds values of the type
 */

Oid
ccpii_masked_type_oid(void)
{
	return ccpii_extension_type(MASKED_TYPE_NAME);
}

/* Types of the server's own hold nothing of an extension. */
static bool
is_ours_possibly(Oid type)
{
	return type >= FirstNormalObjectId;
}

bool
ccpii_masked_type_is(Oid type)
{
	return is_ours_possibly(type) &&
		getBaseType(type) == ccpii_masked_type_oid();
}

/* Has a relation of any kind a column with the type within? */
static bool
has_column(Oid relid)
{
	bool		found = false;
	Relation	catalog = table_open(AttributeRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&key, Anum_pg_attribute_attrelid, BTEqualStrategyNumber,
				F_OIDEQ, ObjectIdGetDatum(relid));
	scan = systable_beginscan(catalog, AttributeRelidNumIndexId, true, NULL,
							  1, &key);
	while (!found && HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_attribute att = (Form_pg_attribute) GETSTRUCT(tuple);

		found = att->attnum > 0 && !att->attisdropped &&
			ccpii_masked_type_is_within(att->atttypid);
	}
	systable_endscan(scan);
	table_close(catalog, AccessShareLock);
	return found;
}

bool
ccpii_masked_type_is_within(Oid type)
{
	check_stack_depth();
	if (!is_ours_possibly(type))
		return false;
	type = getBaseType(type);
	switch (get_typtype(type))
	{
		case TYPTYPE_BASE:
			return type == ccpii_masked_type_oid() ||
				ccpii_masked_type_is_within(get_element_type(type));
		case TYPTYPE_RANGE:
			return ccpii_masked_type_is_within(get_range_subtype(type));
		case TYPTYPE_MULTIRANGE:
			return ccpii_masked_type_is_within(get_multirange_range(type));
		case TYPTYPE_COMPOSITE:
			return has_column(get_typ_typrelid(type));
		default:
			return false;
	}
}

/* What depends on a type, as a snapshot sees it. */
typedef struct Holders
{
	List	   *types;			/* made of it; of their OIDs */
	List	   *relations;		/* with a column of it, row types among them */
	int			ncolumns;
} Holders;

static void
add_holders(Holders *holders, Oid type, Snapshot snapshot)
{
	Relation	catalog = table_open(DependRelationId, AccessShareLock);
	ScanKeyData keys[2];
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&keys[0], Anum_pg_depend_refclassid, BTEqualStrategyNumber,
				F_OIDEQ, ObjectIdGetDatum(TypeRelationId));
	ScanKeyInit(&keys[1], Anum_pg_depend_refobjid, BTEqualStrategyNumber,
				F_OIDEQ, ObjectIdGetDatum(type));
	scan = systable_beginscan(catalog, DependReferenceIndexId, true, snapshot,
							  2, keys);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_depend form = (Form_pg_depend) GETSTRUCT(tuple);

		if (form->classid == TypeRelationId)
			holders->types = list_append_unique_oid(holders->types,
													form->objid);
		else if (form->classid == RelationRelationId && form->objsubid > 0)
		{
			Oid			row = get_rel_type_id(form->objid);

			holders->ncolumns++;
			holders->relations = list_append_unique_oid(holders->relations,
														form->objid);
			if (OidIsValid(row))
				holders->types = list_append_unique_oid(holders->types, row);
		}
	}
	systable_endscan(scan);
	table_close(catalog, AccessShareLock);
}

/* Whatever depends on a type directly or by way of other types. */
static Holders
find_holders(Oid type, Snapshot snapshot)
{
	Holders		holders = {list_make1_oid(type), NIL, 0};
	ListCell   *lc;

	/* The list grows while it is read. */
	foreach(lc, holders.types)
	{
		add_holders(&holders, lfirst_oid(lc), snapshot);
	}
	return holders;
}

/* Does a relation hold rows, or show some? */
static bool
has_rows(Oid relid)
{
	switch (get_rel_relkind(relid))
	{
		case RELKIND_RELATION:
		case RELKIND_PARTITIONED_TABLE:
		case RELKIND_MATVIEW:
		case RELKIND_FOREIGN_TABLE:
		case RELKIND_VIEW:
			return true;
		default:
			return false;
	}
}

bool
ccpii_masked_type_is_in_relation(Oid relid)
{
	return has_rows(relid) && has_column(relid);
}

/* Relations with rows that depend on a type, whatever the way. */
static List *
users_of(Oid type)
{
	List	   *result = NIL;
	ListCell   *lc;

	if (!OidIsValid(type))
		return NIL;
	foreach(lc, find_holders(type, NULL).relations)
	{
		if (has_rows(lfirst_oid(lc)))
			result = lappend_oid(result, lfirst_oid(lc));
	}
	return result;
}

List *
ccpii_masked_type_relations(void)
{
	return users_of(ccpii_masked_type_oid());
}

List *
ccpii_masked_type_users(Oid relid)
{
	return users_of(get_rel_type_id(relid));
}

int
ccpii_masked_type_count(Snapshot snapshot)
{
	Oid			type = ccpii_masked_type_oid();

	return OidIsValid(type) ? find_holders(type, snapshot).ncolumns : 0;
}
