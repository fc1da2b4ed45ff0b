/*-------------------------------------------------------------------------
 *
 * written.c
 *	  What is written to a masked column: a new value, or a mask?
 *
 * Applications write back what they have read.  A mask that comes back to the
 * row that it was made from means "unchanged"; any other mask would take the
 * place of somebody's data and is refused, whoever writes it.
 *
 * A masked writer learns nothing: that a value is unchanged is decided by what
 * he sees, never by what is stored.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"

#include "base/attempt.h"
#include "base/compat.h"
#include "base/errors.h"
#include "enforce/masked_text.h"
#include "enforce/written.h"
#include "policy/attribute.h"
#include "policy/json_written.h"
#include "policy/lookup.h"
#include "text/encoded.h"

#define EDIT_ROLE "ccpii_edit_sensitive"

/* One call in a plan, in its fn_extra; plans do not outlive the rules. */
typedef struct WriteGuard
{
	Oid			relid;
	const ColumnRule *rule;		/* NULL: WRITTEN_UNLABELLED */
	Oid			type;			/* of the column, domains aside */
	int16		typlen;
	bool		typbyval;
	bool		is_masked_text;
	bool		is_text;		/* or that */
	FmgrInfo	json_walk;		/* whose fn_extra holds a walk */
} WriteGuard;

PG_FUNCTION_INFO_V1(ccpii_sql_edit_allowed);
PG_FUNCTION_INFO_V1(ccpii_sql_write_guard);
PG_FUNCTION_INFO_V1(ccpii_sql_copy_guard);

bool
ccpii_written_is_edit_allowed(void)
{
	Oid			role = get_role_oid(EDIT_ROLE, true);

	return superuser() ||
		(OidIsValid(role) && has_privs_of_role(GetUserId(), role));
}

Datum
ccpii_sql_edit_allowed(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(ccpii_written_is_edit_allowed());
}

bool
ccpii_written_concerns(const ColumnRule *rule)
{
	ListCell   *lc;

	if (rule->sensitive)
		return true;
	foreach(lc, rule->clauses)
	{
		RuleClause *clause = lfirst(lc);

		if (clause->masked &&
			(clause->mask->kind == MASK_HASH || clause->mask->kind == MASK_TEXT ||
			 clause->mask->kind == MASK_JSONB ||
			 clause->mask->kind == MASK_ATTRIBUTES))
			return true;
	}
	return false;
}

/*
 * Values
 */

static WriteGuard *
get_guard(FmgrInfo *flinfo, Oid relid, AttrNumber attno, int flags)
{
	WriteGuard *guard = flinfo->fn_extra;

	if (guard != NULL)
		return guard;
	guard = MemoryContextAllocZero(flinfo->fn_mcxt, sizeof(WriteGuard));
	guard->relid = relid;
	guard->rule = ccpii_rule_column(ccpii_rule_get(relid), attno);
	if ((guard->rule == NULL) != ((flags & WRITTEN_UNLABELLED) != 0))
		ereport(ERROR,
				errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				errmsg("plan was made for other labels"),
				errhint("Run it again."));
	guard->type = getBaseType(get_fn_expr_argtype(flinfo, 0));
	get_typlenbyval(guard->type, &guard->typlen, &guard->typbyval);
	guard->is_masked_text = ccpii_masked_type_is(guard->type);
	guard->is_text = guard->is_masked_text || ccpii_clause_is_text(guard->type);
	guard->json_walk.fn_mcxt = flinfo->fn_mcxt;
	flinfo->fn_extra = guard;
	return guard;
}

/* The text of a value; of char(n) without its padding. */
static MaskedText
text_of(const WriteGuard *guard, Datum value)
{
	struct varlena *detoasted = ccpii_masked_text_detoast(value);
	MaskedText	result = {VARDATA_ANY(detoasted), VARSIZE_ANY_EXHDR(detoasted), 0, -1};

	if (guard->is_masked_text)
		return ccpii_masked_text_open(detoasted);
	if (guard->type == BPCHAROID)
		result.len = bpchartruelen(unconstify(char *, result.data), result.len);
	return result;
}

static bool
is_same_text(const MaskedText *a, const MaskedText *b)
{
	return a->len == b->len && memcmp(a->data, b->data, a->len) == 0;
}

static bool
is_same(const WriteGuard *guard, const NullableDatum *a, const NullableDatum *b)
{
	if (a->isnull || b->isnull)
		return a->isnull && b->isnull;
	if (guard->is_masked_text)
	{
		MaskedText	one = text_of(guard, a->value);
		MaskedText	other = text_of(guard, b->value);

		return is_same_text(&one, &other);
	}
	return datum_image_eq(a->value, b->value, guard->typbyval, guard->typlen);
}

/* Does a mask that hides whole texts make the one of the other? */
static bool
masks_to(const TextMask *mask, const MaskedText *value, const MaskedText *masked)
{
	struct varlena *result = ccpii_encoded_mask(mask, value->data, value->len, 0);

	return VARSIZE_ANY_EXHDR(result) == masked->len &&
		memcmp(VARDATA_ANY(result), masked->data, masked->len) == 0;
}

/* Is a text a mask as a whole: one that the mask leaves as it is? */
static bool
is_mask(const MaskSpec *mask, const MaskedText *value)
{
	static const TextMask full = {.kind = TEXT_MASK_FULL};

	if (ccpii_mask_leaves_marks(&full, value->data, value->len))
		return true;
	if (mask->kind == MASK_HASH)
		return ccpii_mask_is_hash(value->data, value->len);
	return ccpii_mask_leaves_marks(&mask->text, value->data, value->len) &&
		masks_to(&mask->text, value, value);
}

/* Is it one of a mask that hides whole texts, whatever the column's is now? */
static bool
is_some_mask(const MaskedText *value)
{
	static const TextMaskKind kinds[] = {
		TEXT_MASK_PHONE, TEXT_MASK_EMAIL, TEXT_MASK_CARD, TEXT_MASK_NAME
	};

	for (int i = 0; i < lengthof(kinds); i++)
	{
		MaskSpec	mask = {.kind = MASK_TEXT,.text.kind = kinds[i]};

		if (is_mask(&mask, value))
			return true;
	}
	return false;
}

pg_noreturn static void
refuse_mask(const WriteGuard *guard)
{
	ereport(ERROR,
			errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			errmsg("value for column \"%s\" of relation \"%s\" is a mask",
				   get_attname(guard->relid, guard->rule->attno, false),
				   get_rel_name(guard->relid)),
			errhint("Write the value itself, or name only the columns that you change."));
}

/*
 * Is a text that a clear writer writes the mask of the old one?  Raises 22023
 * for any other mask, and for all of a masked writer, who would learn from the
 * difference what other masks than his show.  hidden says whether he sees
 * another text than the old one.
 */
static bool
is_mask_of_old(const WriteGuard *guard, const NullableDatum *written,
			   const NullableDatum *old, bool masked, bool hidden)
{
	MaskedText	value = text_of(guard, written->value);
	ListCell   *lc;

	foreach(lc, guard->rule->clauses)
	{
		RuleClause *clause = lfirst(lc);
		const MaskSpec *mask = clause->mask;
		MaskedText	before;

		if (!clause->masked ||
			(mask->kind != MASK_TEXT && mask->kind != MASK_HASH))
			continue;
		if (mask->kind == MASK_TEXT &&
			ccpii_mask_is_for_running_text(&mask->text))
		{
			if (hidden &&
				ccpii_mask_leaves_marks(&mask->text, value.data, value.len))
				refuse_mask(guard);
			continue;
		}
		if (!is_mask(mask, &value))
			continue;
		if (masked || old->isnull || mask->kind == MASK_HASH)
			refuse_mask(guard);
		before = text_of(guard, old->value);
		if (!masks_to(&mask->text, &before, &value))
			refuse_mask(guard);
		return true;
	}

	/*
	 * What was read as a mask of type masked_text says so itself; another one
	 * may have been read before the label was changed.
	 */
	if ((guard->is_masked_text && (value.flags & MASKED_FINAL) != 0) ||
		(hidden && is_some_mask(&value)))
		refuse_mask(guard);
	return false;
}

static Datum
jsonb_of(Datum json)
{
	return DirectFunctionCall1(jsonb_in,
							   CStringGetDatum(TextDatumGetCString(json)));
}

static void
attempt_jsonb(void *arg)
{
	Datum	   *value = arg;

	*value = jsonb_of(*value);
}

/* Read values of type json as jsonb.  Raises 22023 if the old one is none. */
static void
read_json(const WriteGuard *guard, NullableDatum *old, NullableDatum *shown)
{
	char	   *problem;

	if ((!old->isnull &&
		 !ccpii_attempt(attempt_jsonb, &old->value, &problem)) ||
		(!shown->isnull &&
		 !ccpii_attempt(attempt_jsonb, &shown->value, &problem)))
		refuse_mask(guard);
}

/*
 * Masks inside of json that is written stand for what the old value has there,
 * if the writer sees anything of it.  Raises 22023 for those that stand for
 * nothing.
 */
static void
take_json(WriteGuard *guard, bool masked, NullableDatum *written,
		  NullableDatum old, NullableDatum shown)
{
	bool		is_text = guard->type == JSONOID;
	bool		any_old = !old.isnull && !(masked && shown.isnull);
	Datum		before = is_text ? jsonb_of(written->value) : written->value;
	Datum		after = before;
	bool		strays = false;
	ListCell   *lc;

	if (is_text)
		read_json(guard, &old, &shown);
	foreach(lc, guard->rule->clauses)
	{
		RuleClause *clause = lfirst(lc);
		const char *paths;

		if (!clause->masked || (clause->mask->kind != MASK_JSONB &&
								clause->mask->kind != MASK_ATTRIBUTES))
			continue;
		paths = clause->mask->kind == MASK_JSONB ?
			ccpii_label_paths_text(clause->mask->paths) :
			ccpii_attribute_paths();
		after = ccpii_json_written(&guard->json_walk, cstring_to_text(paths),
								   after, any_old ? &old.value : NULL,
								   any_old && masked ? &shown.value : NULL,
								   &strays);
	}
	if (strays)
		refuse_mask(guard);
	if (after == before)
		return;
	written->value = !is_text ? after :
		CStringGetTextDatum(DatumGetCString(DirectFunctionCall1(jsonb_out,
																after)));
}

/* A value that changes the column, as the writer sees it. */
static void
check_change(const WriteGuard *guard, int flags)
{
	if (guard->rule != NULL && guard->rule->sensitive &&
		!ccpii_written_is_edit_allowed())
		ereport(ERROR,
				errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				errmsg("column \"%s\" of relation \"%s\" is sensitive: verification required",
					   get_attname(guard->relid, guard->rule->attno, false),
					   get_rel_name(guard->relid)),
				errhint("Only members of role \"%s\" can write to it.",
						EDIT_ROLE));
	if ((flags & WRITTEN_CHARGED) != 0)
		ccpii_lookup_charge(false);
}

/*
 * Make of a value that is written what is to be stored.  shown is what the
 * writer sees of the old one.
 */
static void
guard_value(WriteGuard *guard, int flags, NullableDatum *written,
			const NullableDatum *old, const NullableDatum *shown)
{
	bool		inserts = (flags & WRITTEN_INSERT) != 0;
	bool		masked = (flags & WRITTEN_MASKED) != 0;
	bool		unchanged = !inserts && is_same(guard, written, shown);

	if (!unchanged && !written->isnull && guard->rule != NULL)
	{
		if (guard->is_text)
			unchanged = is_mask_of_old(guard, written, old, masked,
									   !inserts && masked &&
									   !is_same(guard, old, shown));
		else if (guard->type == JSONBOID || guard->type == JSONOID)
		{
			take_json(guard, masked, written, *old, *shown);
			unchanged = !inserts && !masked && is_same(guard, written, old);
		}
	}
	if (unchanged)
		*written = *old;
	else if (!inserts || !written->isnull)
		check_change(guard, flags);
}

/*
 * ccpii_sql_write_guard
 *		Raises 22023 for a mask that is not the old value's, 42501 for a
 *		sensitive column, 54000 for too many look-ups.
 */
Datum
ccpii_sql_write_guard(PG_FUNCTION_ARGS)
{
	NullableDatum written = fcinfo->args[0];
	NullableDatum old = fcinfo->args[1];
	NullableDatum shown = fcinfo->args[2];
	int			flags;

	if (PG_ARGISNULL(5))
		ereport(ERROR,
				errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				errmsg("function %s can only be called by masked queries",
					   "ccpii.write_guard"));
	flags = DatumGetInt32(PG_GETARG_DATUM(5));
	guard_value(get_guard(fcinfo->flinfo, PG_GETARG_OID(3), PG_GETARG_INT32(4),
						  flags),
				flags, &written, &old, &shown);
	fcinfo->isnull = written.isnull;
	return written.value;
}

/*
 * ccpii_sql_copy_guard
 *		The same for COPY FROM, which can put nothing else in the place of a
 *		value.
 */
Datum
ccpii_sql_copy_guard(PG_FUNCTION_ARGS)
{
	static const NullableDatum none = {0, true};
	NullableDatum written = fcinfo->args[0];
	int			flags;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		PG_RETURN_NULL();
	flags = WRITTEN_INSERT |
		(PG_GETARG_INT32(3) & (WRITTEN_CHARGED | WRITTEN_UNLABELLED));
	guard_value(get_guard(fcinfo->flinfo, PG_GETARG_OID(1), PG_GETARG_INT32(2),
						  flags),
				flags, &written, &none, &none);
	PG_RETURN_BOOL(true);
}
