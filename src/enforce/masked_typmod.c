/*-------------------------------------------------------------------------
 *
 * masked_typmod.c
 *	  The type masked_text: its modifier, as in masked_text(digits, 7).
 *
 * The server reads modifiers as a list of constants and plain names.  FULL is
 * a keyword of SQL, which must be quoted; without any modifier the mask is
 * full as well.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "policy/masked_type.h"

#define MASKS_HINT "Masks of the type are phone, email, card, cards, name, hash, 'full', (digits, n) and (partial, prefix, 'c', suffix); others need a security label."

typedef struct MaskName
{
	const char *name;
	int			nargs;
	MaskKind	kind;
	TextMaskKind text;
} MaskName;

static const MaskName mask_names[] = {
	{"full", 0, MASK_TEXT, TEXT_MASK_FULL},
	{"phone", 0, MASK_TEXT, TEXT_MASK_PHONE},
	{"email", 0, MASK_TEXT, TEXT_MASK_EMAIL},
	{"card", 0, MASK_TEXT, TEXT_MASK_CARD},
	{"cards", 0, MASK_TEXT, TEXT_MASK_CARDS},
	{"name", 0, MASK_TEXT, TEXT_MASK_NAME},
	{"hash", 0, MASK_HASH, TEXT_MASK_FULL},
	{"digits", 1, MASK_TEXT, TEXT_MASK_DIGITS},
	{"partial", 3, MASK_TEXT, TEXT_MASK_PARTIAL}
};

PG_FUNCTION_INFO_V1(ccpii_sql_masked_text_typmod_in);
PG_FUNCTION_INFO_V1(ccpii_sql_masked_text_typmod_out);

static const MaskName *
find_name(const char *name)
{
	for (int i = 0; i < lengthof(mask_names); i++)
	{
		if (strcmp(mask_names[i].name, name) == 0)
			return &mask_names[i];
	}
	ereport(ERROR,
			errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			errmsg("type %s has no mask \"%s\"", MASKED_TYPE_NAME, name),
			errhint(MASKS_HINT));
}

/* A whole number in a range; what it is completes "... of mask x". */
static int
number_argument(const char *mask, const char *what, const char *text,
				int min, int max)
{
	char	   *end;
	long		value;

	errno = 0;
	value = strtol(text, &end, 10);
	if (errno != 0 || end == text || *end != '\0' || value < min || value > max)
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("%s of mask \"%s\" must be between %d and %d",
					   what, mask, min, max));
	return (int) value;
}

static char
fill_argument(const char *text)
{
	if (strlen(text) != 1 || *text < ' ' || *text > '~')
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("fill of mask \"%s\" must be one printable ASCII character",
					   "partial"));
	return *text;
}

Datum
ccpii_sql_masked_text_typmod_in(PG_FUNCTION_ARGS)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(0);
	MaskSpec	mask = {0};
	const MaskName *name;
	Datum	   *datums;
	const char *words[4];
	int			nwords;

	if (ARR_ELEMTYPE(array) != CSTRINGOID || ARR_NDIM(array) != 1 ||
		array_contains_nulls(array))
		ereport(ERROR,
				errcode(ERRCODE_ARRAY_ELEMENT_ERROR),
				errmsg("typmod array must be a one-dimensional cstring array without nulls"));
	deconstruct_array(array, CSTRINGOID, -2, false, TYPALIGN_CHAR,
					  &datums, NULL, &nwords);
	for (int i = 0; i < Min(nwords, lengthof(words)); i++)
		words[i] = DatumGetCString(datums[i]);

	name = find_name(words[0]);
	if (nwords != name->nargs + 1)
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				name->nargs == 0 ?
				errmsg("mask \"%s\" takes no arguments", words[0]) :
				errmsg_plural("mask \"%s\" takes %d argument",
							  "mask \"%s\" takes %d arguments",
							  name->nargs, words[0], name->nargs),
				errhint(MASKS_HINT));

	mask.kind = name->kind;
	mask.text.kind = name->text;
	if (name->text == TEXT_MASK_DIGITS)
		mask.text.digits = number_argument(words[0], "argument", words[1],
										   1, MASK_MAX_DIGITS);
	else if (name->text == TEXT_MASK_PARTIAL)
	{
		mask.text.prefix = number_argument(words[0], "prefix", words[1],
										   0, MASKED_MAX_KEEP);
		mask.text.fill = fill_argument(words[2]);
		mask.text.suffix = number_argument(words[0], "suffix", words[3],
										   0, MASKED_MAX_KEEP);
	}
	PG_RETURN_INT32(ccpii_masked_type_typmod(&mask));
}

/*
 * ccpii_sql_masked_text_typmod_out
 *		What typmod_in reads again.
 */
Datum
ccpii_sql_masked_text_typmod_out(PG_FUNCTION_ARGS)
{
	MaskSpec   *mask = ccpii_masked_type_mask(PG_GETARG_INT32(0));
	const MaskName *name = mask_names;
	char		fill[] = {mask->text.fill, '\0'};

	while (name->kind != mask->kind || name->text != mask->text.kind)
		name++;
	switch (mask->text.kind)
	{
		case TEXT_MASK_DIGITS:
			PG_RETURN_CSTRING(psprintf("(%s,%d)", name->name,
									   mask->text.digits));
		case TEXT_MASK_PARTIAL:
			PG_RETURN_CSTRING(psprintf("(%s,%d,%s,%d)", name->name,
									   mask->text.prefix,
									   quote_literal_cstr(fill),
									   mask->text.suffix));
		default:
			PG_RETURN_CSTRING(psprintf(name == mask_names ? "('%s')" : "(%s)",
									   name->name));
	}
}
