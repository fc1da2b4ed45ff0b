/*-------------------------------------------------------------------------
 *
 * masked_inside.c
 *	  Masks on what has values of type masked_text inside: arrays, composite
 *	  types, ranges and multiranges, and domains over them, at any depth.
 *
 * What is known of a type is kept in the call's fn_extra as long as the call's
 * expression lives: plans that name a type do not outlive a change of it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/tupdesc.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/lsyscache.h"
#include "utils/multirangetypes.h"
#include "utils/rangetypes.h"
#include "utils/typcache.h"

#include "enforce/masked_text.h"

/* What is known of a type. */
typedef struct InsideType
{
	Oid			type;
	Oid			base;			/* of a domain, else the type */
	char		kind;			/* TYPTYPE_... of the base */
	bool		is_masked_text;
	Oid			element;		/* of an array */
	struct InsideType *next;
} InsideType;

/* The call's state, in fn_extra. */
typedef struct Inside
{
	MemoryContext context;
	InsideType *types;
} Inside;

PG_FUNCTION_INFO_V1(ccpii_sql_masked_inside);

static Datum mask_value(Inside *inside, Oid type, Datum value);

/* What there is to know of a type; of one that holds nothing to mask, NULL. */
static const InsideType *
look_up(Inside *inside, Oid type)
{
	InsideType *entry = inside->types;

	while (entry != NULL && entry->type != type)
		entry = entry->next;
	if (entry == NULL)
	{
		entry = MemoryContextAllocZero(inside->context, sizeof(InsideType));
		entry->type = type;
		if (type == RECORDOID || ccpii_masked_type_is_within(type))
		{
			entry->base = getBaseType(type);
			entry->kind = type == RECORDOID ? TYPTYPE_COMPOSITE :
				get_typtype(entry->base);
			entry->is_masked_text = entry->base == ccpii_masked_type_oid();
			entry->element = get_element_type(entry->base);
		}
		entry->next = inside->types;
		inside->types = entry;
	}
	return OidIsValid(entry->base) ? entry : NULL;
}

static Datum
mask_array(Inside *inside, Oid element, Datum value)
{
	ArrayType  *array = DatumGetArrayTypeP(value);
	int16		len;
	bool		byval;
	char		align;
	Datum	   *elements;
	bool	   *nulls;
	int			nelements;

	get_typlenbyvalalign(element, &len, &byval, &align);
	deconstruct_array(array, element, len, byval, align,
					  &elements, &nulls, &nelements);
	for (int i = 0; i < nelements; i++)
	{
		if (!nulls[i])
			elements[i] = mask_value(inside, element, elements[i]);
	}
	return PointerGetDatum(construct_md_array(elements, nulls,
											  ARR_NDIM(array), ARR_DIMS(array),
											  ARR_LBOUND(array), element, len,
											  byval, align));
}

static Datum
mask_composite(Inside *inside, Datum value)
{
	HeapTupleHeader header = DatumGetHeapTupleHeader(value);
	TupleDesc	desc = lookup_rowtype_tupdesc(HeapTupleHeaderGetTypeId(header),
											  HeapTupleHeaderGetTypMod(header));
	Datum	   *values = palloc(desc->natts * sizeof(Datum));
	bool	   *nulls = palloc(desc->natts * sizeof(bool));
	HeapTupleData tuple;
	Datum		result;

	tuple.t_len = HeapTupleHeaderGetDatumLength(header);
	ItemPointerSetInvalid(&tuple.t_self);
	tuple.t_tableOid = InvalidOid;
	tuple.t_data = header;
	heap_deform_tuple(&tuple, desc, values, nulls);
	for (int i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(desc, i);

		if (att->attisdropped)
			nulls[i] = true;
		else if (!nulls[i])
			values[i] = mask_value(inside, att->atttypid, values[i]);
	}
	result = HeapTupleGetDatum(heap_form_tuple(desc, values, nulls));
	ReleaseTupleDesc(desc);
	return result;
}

/*
 * mask_range
 *		A range between the masks of its bounds.  Where these are no range, the
 *		lower one being greater, it is empty.
 */
static RangeType *
mask_range(Inside *inside, TypeCacheEntry *typcache, const RangeType *range)
{
	RangeBound	lower;
	RangeBound	upper;
	bool		empty;

	range_deserialize(typcache, range, &lower, &upper, &empty);
	if (!empty && !lower.infinite)
		lower.val = mask_value(inside, typcache->rngelemtype->type_id,
							   lower.val);
	if (!empty && !upper.infinite)
		upper.val = mask_value(inside, typcache->rngelemtype->type_id,
							   upper.val);
	if (!empty && range_cmp_bounds(typcache, &lower, &upper) > 0)
		empty = true;
	return compat_make_range(typcache, &lower, &upper, empty);
}

static Datum
mask_multirange(Inside *inside, Oid type, Datum value)
{
	TypeCacheEntry *typcache = lookup_type_cache(type,
												 TYPECACHE_MULTIRANGE_INFO);
	TypeCacheEntry *range = typcache->rngtype;
	RangeType **ranges;
	int32		nranges;

	multirange_deserialize(range, DatumGetMultirangeTypeP(value), &nranges,
						   &ranges);
	for (int i = 0; i < nranges; i++)
		ranges[i] = mask_range(inside, range, ranges[i]);
	return MultirangeTypePGetDatum(make_multirange(type, range, nranges,
												   ranges));
}

/* A value of a type with masks in it. */
static Datum
mask_value(Inside *inside, Oid type, Datum value)
{
	const InsideType *known = look_up(inside, type);

	check_stack_depth();
	if (known == NULL)
		return value;
	if (known->is_masked_text)
		return PointerGetDatum(ccpii_masked_text_mask(ccpii_masked_text_detoast(value)));
	if (OidIsValid(known->element))
		return mask_array(inside, known->element, value);
	switch (known->kind)
	{
		case TYPTYPE_COMPOSITE:
			return mask_composite(inside, value);
		case TYPTYPE_RANGE:
			return RangeTypePGetDatum(mask_range(inside,
												 lookup_type_cache(known->base,
																   TYPECACHE_RANGE_INFO),
												 DatumGetRangeTypeP(value)));
		case TYPTYPE_MULTIRANGE:
			return mask_multirange(inside, known->base, value);
		default:
			elog(ERROR, "type %u cannot hold masked_text", type);
	}
}

/*
 * ccpii_sql_masked_inside
 *		What the rewrite puts in the place of a column that has masked_text
 *		inside of its type.
 */
Datum
ccpii_sql_masked_inside(PG_FUNCTION_ARGS)
{
	FmgrInfo   *flinfo = fcinfo->flinfo;
	Oid			type = get_fn_expr_argtype(flinfo, 0);
	Inside	   *inside = (Inside *) flinfo->fn_extra;

	if (!OidIsValid(type))
		elog(ERROR, "could not determine data type of input");
	if (inside == NULL)
	{
		inside = MemoryContextAllocZero(flinfo->fn_mcxt, sizeof(Inside));
		inside->context = flinfo->fn_mcxt;
		flinfo->fn_extra = inside;
	}
	return mask_value(inside, type, PG_GETARG_DATUM(0));
}
