/*-------------------------------------------------------------------------
 *
 * content.c
 *	  Do the values of a column look like personal data?  Counts, no values.
 *
 * A small sample of rows is read as they are stored: by a scan of its own,
 * without the planner, so without masks and row security, and without running
 * a line of anybody's code.  Only text and json are looked at.  What leaves
 * this file is how many values look like what.
 *
 * The sample comes from a few places all over the table and is the same
 * whenever the table is.  No lock is waited for.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/detoast.h"
#include "access/relation.h"
#include "access/tableam.h"
#include "access/xlog.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "storage/bufmgr.h"
#include "storage/lmgr.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "base/extension.h"
#include "policy/family.h"
#include "policy/rule.h"
#include "text/card.h"
#include "text/digits.h"
#include "text/email.h"
#include "text/phone.h"

#define MAX_SAMPLE_ROWS 10000
#define MAX_MEMBERS 8			/* of a family that are read */
#define SAMPLE_PLACES 8			/* in one table */
#define PLACE_BLOCKS 8			/* read in one place, at most */
#define MAX_VALUE_BYTES 4096	/* of a text that are looked at */
#define MAX_JSON_BYTES (64 * 1024)	/* a larger jsonb is skipped */
#define MAX_WHOLE_BYTES 320		/* of an e-mail address or a number */
#define PHONE_MIN_DIGITS 7		/* a local number */
#define BARE_MIN_DIGITS 10		/* national, in most countries */
#define LONG_NUMBER_DIGITS 7	/* in running text */

typedef struct Counts
{
	int			values;			/* neither NULL nor empty */
	int			emails;			/* values that are one, and nothing else */
	int			phones;			/* the same */
	int			cards;			/* the same */
	int			bare;			/* only digits, as many as of a telephone */
	int			held_emails;	/* values that hold one among other things */
	int			held_others;	/* a card number, in json also a telephone */
	int			held_numbers;	/* a number of LONG_NUMBER_DIGITS or more */
} Counts;

typedef struct Column
{
	AttrNumber	attno;			/* in the relation asked for */
	AttrNumber	member_attno;	/* in the member being read; 0 for none */
	Oid			base;			/* JSONOID, JSONBOID, or a text-like type */
	Counts		counts;
} Column;

typedef enum Likeness
{
	LIKE_NOTHING,
	LIKE_EMAIL,
	LIKE_PHONE,
	LIKE_CARD,
	LIKE_BARE_NUMBER
} Likeness;

PG_FUNCTION_INFO_V1(ccpii_sql_content_sample);

/*
 * Looking at text.  Everything here works on bytes, any encoding's ASCII.
 */

static bool
is_ascii_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Digits of the text, the first max of them; returns how many there are. */
static size_t
digits_of(const char *src, size_t len, uint8_t *digits, size_t max)
{
	size_t		n = 0;

	for (size_t i = 0; i < len; i++)
		if (is_ascii_digit(src[i]))
		{
			if (n < max)
				digits[n] = src[i] - '0';
			n++;
		}
	return n;
}

/* Lengths of the groups of digits, as in "3-3-4"; at most 8 of them. */
static void
describe_groups(const char *src, size_t len, char groups[17])
{
	int			length = 0;
	int			out = 0;

	for (size_t i = 0; i <= len; i++)
		if (i < len && is_ascii_digit(src[i]))
			length++;
		else if (length > 0)
		{
			if (out > 0)
				groups[out++] = '-';
			groups[out++] = length > 9 ? '9' : '0' + length;
			length = 0;
			if (out >= 15)
				break;
		}
	groups[out] = '\0';
}

/*
 * Is it written as a telephone number?  The mask's own idea of one is wider,
 * for it may hide too much: here dates, amounts and plain ids must not count.
 */
static bool
looks_like_phone(const char *src, size_t len)
{
	static const char *const others[] = {	/* dates, times, ZIP+4 */
		"4-2-2", "2-2-4", "1-2-4", "2-1-4", "4-2-1", "4-1-2", "4-2-2-2",
		"4-2-2-2-2", "4-2-2-2-2-2", "5-4"
	};
	char		masked[MAX_WHOLE_BYTES];
	char		groups[17];
	size_t		ndigits = digits_of(src, len, NULL, 0);
	size_t		nseparators = 0;
	size_t		ndots = 0;

	if (ndigits < PHONE_MIN_DIGITS || ndigits > PHONE_MAX_DIGITS ||
		ccpii_phone_mask(src, len, masked) == 0)
		return false;
	if (src[0] == '+')
		return true;
	for (size_t i = 0; i < len; i++)
	{
		if (!is_ascii_digit(src[i]))
			nseparators++;
		if (src[i] == '.')
			ndots++;
	}
	if (nseparators == 0)
		return ndigits >= BARE_MIN_DIGITS && strncmp(src, "00", 2) == 0;
	describe_groups(src, len, groups);
	if (strcmp(groups, "4-6") == 0 &&
		(strncmp(src, "19", 2) == 0 || strncmp(src, "20", 2) == 0))
		return false;			/* 2024-000123 */
	for (int i = 0; i < lengthof(others); i++)
		if (strcmp(groups, others[i]) == 0)
			return false;

	/* -1234567.50, 192.168.100.100 and 1.234.567 */
	return src[0] != '-' && strchr(groups, '-') != NULL &&
		(ndots != nseparators ||
		 (ndots == 2 && groups[strlen(groups) - 1] != '3'));
}

/* What is the text as a whole?  It has no spaces around it. */
static Likeness
likeness(const char *src, size_t len)
{
	char		masked[MAX_WHOLE_BYTES + 3];
	uint8_t		digits[CARD_MAX_DIGITS];
	size_t		ndigits;

	if (len < PHONE_MIN_DIGITS - 2 || len > MAX_WHOLE_BYTES ||
		memchr(src, '*', len) != NULL)
		return LIKE_NOTHING;
	if (memchr(src, '@', len) != NULL)
		return ccpii_email_mask(src, len, masked) > 0 ? LIKE_EMAIL :
			LIKE_NOTHING;
	ndigits = digits_of(src, len, digits, lengthof(digits));
	if (strspn(src, "0123456789 -") >= len &&
		ndigits <= CARD_MAX_DIGITS && ccpii_card_check(digits, ndigits))
		return LIKE_CARD;
	if (looks_like_phone(src, len))
		return LIKE_PHONE;
	return ndigits == len && ndigits >= BARE_MIN_DIGITS &&
		ndigits <= PHONE_MAX_DIGITS ? LIKE_BARE_NUMBER : LIKE_NOTHING;
}

/* What a word of running text, also inside of json, ends at. */
#define WORD_ENDS " \t\r\n<>(),;:\"'[]{}|=\\"

/* Is one of the pieces between these characters like this? */
static bool
any_piece(const char *src, size_t len, const char *ends, Likeness like)
{
	size_t		start = 0;

	for (size_t i = 0; i <= len; i++)
	{
		size_t		end = i;

		if (i < len && strchr(ends, src[i]) == NULL)
			continue;
		while (end > start && strchr(".!?", src[end - 1]) != NULL)
			end--;
		if (end > start &&
			likeness(pnstrdup(src + start, end - start), end - start) == like)
			return true;
		start = i + 1;
	}
	return false;
}

/* Look at what running text or json holds. */
static void
look_inside(Counts *counts, const char *src, size_t len, bool json)
{
	bool		others = json && (any_piece(src, len, "\"", LIKE_PHONE) ||
								  any_piece(src, len, "\"", LIKE_CARD));
	bool		numbers = false;
	DigitRun	run;

	for (size_t at = 0; ccpii_digits_next(src, len, at, &run); at = run.end)
	{
		uint8_t		digits[CARD_MAX_DIGITS];
		size_t		ndigits = digits_of(src + run.start, run.end - run.start,
										digits, lengthof(digits));

		numbers |= run.ndigits >= LONG_NUMBER_DIGITS;
		others |= ndigits <= CARD_MAX_DIGITS &&
			ccpii_card_check(digits, ndigits);
	}
	if (memchr(src, '@', len) != NULL)
		counts->held_emails += any_piece(src, len, WORD_ENDS, LIKE_EMAIL);
	counts->held_others += others;
	counts->held_numbers += numbers;
}

static void
look_at_text(Counts *counts, const char *src, size_t len)
{
	Likeness	whole;

	while (len > 0 && src[0] == ' ')
		src++, len--;
	while (len > 0 && src[len - 1] == ' ')
		len--;
	if (len == 0)
		return;
	counts->values++;
	whole = likeness(pnstrdup(src, len), len);
	if (whole == LIKE_NOTHING)
		look_inside(counts, src, len, false);
	counts->emails += whole == LIKE_EMAIL;
	counts->phones += whole == LIKE_PHONE;
	counts->cards += whole == LIKE_CARD;
	counts->bare += whole == LIKE_BARE_NUMBER;
}

static void
look_at_value(Column *column, Datum value)
{
	if (column->base == JSONBOID)
	{
		Jsonb	   *jsonb;
		char	   *text;

		if (toast_raw_datum_size(value) > MAX_JSON_BYTES)
			return;
		jsonb = DatumGetJsonbP(value);
		text = JsonbToCString(NULL, &jsonb->root, VARSIZE(jsonb));
		column->counts.values++;
		look_inside(&column->counts, text, strlen(text), true);
	}
	else
	{
		struct varlena *slice = PG_DETOAST_DATUM_SLICE(value, 0,
													   MAX_VALUE_BYTES);

		if (column->base == JSONOID)
		{
			column->counts.values++;
			look_inside(&column->counts, VARDATA_ANY(slice),
						VARSIZE_ANY_EXHDR(slice), true);
		}
		else
			look_at_text(&column->counts, VARDATA_ANY(slice),
						 VARSIZE_ANY_EXHDR(slice));
	}
}

/*
 * Reading tables
 */

static void
look_at_row(TupleTableSlot *slot, List *columns, MemoryContext context)
{
	MemoryContext old = MemoryContextSwitchTo(context);
	ListCell   *lc;

	CHECK_FOR_INTERRUPTS();
	foreach(lc, columns)
	{
		Column	   *column = lfirst(lc);
		bool		isnull = true;
		Datum		value = 0;

		if (column->member_attno > 0)
			value = slot_getattr(slot, column->member_attno, &isnull);
		if (!isnull)
			look_at_value(column, value);
	}
	MemoryContextSwitchTo(old);
	MemoryContextReset(context);
}

/* Read up to a number of rows from some blocks; returns how many. */
static int
sample_blocks(Relation rel, BlockNumber first, BlockNumber end, int rows,
			  List *columns, MemoryContext context)
{
	TupleTableSlot *slot = table_slot_create(rel, NULL);
	bool		ranged = rel->rd_tableam->scan_set_tidrange != NULL;
	ItemPointerData from,
				to;
	TableScanDesc scan;
	int			n = 0;

	ItemPointerSet(&from, first, FirstOffsetNumber);
	ItemPointerSet(&to, end - 1, MaxOffsetNumber);
	scan = ranged ?
		table_beginscan_tidrange(rel, GetActiveSnapshot(), &from, &to) :
		table_beginscan(rel, GetActiveSnapshot(), 0, NULL);
	while (n < rows &&
		   (ranged ?
			table_scan_getnextslot_tidrange(scan, ForwardScanDirection, slot) :
			table_scan_getnextslot(scan, ForwardScanDirection, slot)))
	{
		look_at_row(slot, columns, context);
		n++;
	}
	table_endscan(scan);
	ExecDropSingleTupleTableSlot(slot);
	return n;
}

/* Read up to a number of rows from a table; returns how many. */
static int
sample_table(Relation rel, int rows, List *columns, MemoryContext context)
{
	BlockNumber nblocks = RelationGetNumberOfBlocks(rel);
	int			n = 0;

	if (nblocks == 0)
		return 0;
	if (nblocks <= SAMPLE_PLACES * PLACE_BLOCKS ||
		rel->rd_tableam->scan_set_tidrange == NULL)
		return sample_blocks(rel, 0, nblocks, rows, columns, context);
	for (int i = 0; i < SAMPLE_PLACES; i++)
	{
		BlockNumber first = (uint64) nblocks * i / SAMPLE_PLACES;

		/* What one place lacks, the next ones make up for. */
		n += sample_blocks(rel, first, first + PLACE_BLOCKS,
						   (rows - n) / (SAMPLE_PLACES - i), columns, context);
	}
	return n;
}

/* Has the relation rows that can be read here and now? */
static bool
is_readable(Relation rel)
{
	return (rel->rd_rel->relkind == RELKIND_RELATION ||
			(rel->rd_rel->relkind == RELKIND_MATVIEW &&
			 rel->rd_rel->relispopulated)) &&
		!RELATION_IS_OTHER_TEMP(rel) &&
		(rel->rd_rel->relpersistence == RELPERSISTENCE_PERMANENT ||
		 !RecoveryInProgress());
}

/* Find the columns in a member of the family. */
static void
map_columns(List *columns, Oid relid, Oid member)
{
	ListCell   *lc;

	foreach(lc, columns)
	{
		Column	   *column = lfirst(lc);
		char	   *name = get_attname(relid, column->attno, false);

		column->member_attno = get_attnum(member, name);
		if (getBaseType(get_atttype(member,
									column->member_attno)) != column->base)
			column->member_attno = InvalidAttrNumber;
	}
}

/* The columns to look at: text and json, without a rule. */
static List *
columns_to_read(Relation rel)
{
	const RelationRules *rules = ccpii_rule_get(RelationGetRelid(rel));
	List	   *columns = NIL;

	for (int i = 0; i < RelationGetNumberOfAttributes(rel); i++)
	{
		Form_pg_attribute att = TupleDescAttr(RelationGetDescr(rel), i);
		Column	   *column;
		Oid			base;

		if (att->attisdropped ||
			ccpii_rule_column(rules, att->attnum) != NULL)
			continue;
		base = getBaseType(att->atttypid);
		if (base != JSONOID && base != JSONBOID && !ccpii_clause_is_text(base))
			continue;
		column = palloc0(sizeof(Column));
		column->attno = att->attnum;
		column->base = base;
		columns = lappend(columns, column);
	}
	return columns;
}

/*
 * Open a relation if it is there and can be locked at once; *locked tells
 * whether it could be.  The lock is the caller's to release.
 */
static Relation
open_now(Oid relid, bool *locked)
{
	Relation	rel;

	*locked = ConditionalLockRelationOid(relid, AccessShareLock);
	if (!*locked)
		return NULL;
	rel = try_relation_open(relid, NoLock);
	if (rel == NULL)
		UnlockRelationOid(relid, AccessShareLock);
	return rel;
}

/*
 * Read rows of the relation and, until there are enough, of its descendants.
 * Returns false if a lock kept it from reading.
 */
static bool
sample_family(Relation rel, int rows, List *columns)
{
	Oid			relid = RelationGetRelid(rel);
	List	   *family = lcons_oid(relid, ccpii_family_descendants(relid));
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext,
												  "ccpii sample",
												  ALLOCSET_DEFAULT_SIZES);
	bool		complete = true;
	int			members = 0;
	ListCell   *lc;

	foreach(lc, family)
	{
		bool		locked;
		Relation	member;
		int			n = 0;

		if (rows <= 0 || members >= MAX_MEMBERS)
			break;
		member = open_now(lfirst_oid(lc), &locked);
		complete &= locked;
		if (member == NULL)
			continue;
		if (is_readable(member))
		{
			map_columns(columns, relid, RelationGetRelid(member));
			n = sample_table(member, rows, columns, context);
		}
		relation_close(member, AccessShareLock);
		rows -= n;
		members += n > 0;
	}
	MemoryContextDelete(context);
	return complete;
}

static void
put_counts(ReturnSetInfo *result, const Column *column)
{
	const Counts *counts = &column->counts;
	Datum		values[] = {
		Int16GetDatum(column->attno),
		Int32GetDatum(counts->values),
		Int32GetDatum(counts->emails),
		Int32GetDatum(counts->phones),
		Int32GetDatum(counts->cards),
		Int32GetDatum(counts->bare),
		Int32GetDatum(counts->held_emails),
		Int32GetDatum(counts->held_others),
		Int32GetDatum(counts->held_numbers)
	};
	bool		nulls[lengthof(values)] = {false};

	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* A row without a column: something could not be read. */
static void
put_incomplete(ReturnSetInfo *result)
{
	Datum		values[9] = {0};
	bool		nulls[lengthof(values)] = {true};

	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* content_sample(relation, rows): how many values look like what */
Datum
ccpii_sql_content_sample(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Oid			relid = PG_GETARG_OID(0);
	int			rows = PG_GETARG_INT32(1);
	bool		locked;
	Relation	rel;
	List	   *columns;
	ListCell   *lc;

	if (rows < 0 || rows > MAX_SAMPLE_ROWS)
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("number of rows to sample must be between 0 and %d",
					   MAX_SAMPLE_ROWS));
	ccpii_extension_require();
	InitMaterializedSRF(fcinfo, 0);
	rel = open_now(relid, &locked);
	if (!locked)
		put_incomplete(result);
	if (rel == NULL)
		return (Datum) 0;
	columns = columns_to_read(rel);
	if (rows > 0 && columns != NIL && !sample_family(rel, rows, columns))
		put_incomplete(result);
	foreach(lc, columns)
		put_counts(result, lfirst(lc));
	relation_close(rel, AccessShareLock);
	return (Datum) 0;
}
