/*-------------------------------------------------------------------------
 *
 * label_property.c
 *	  What holds for every security label: it is read or refused, and the mask
 *	  that was read is written as what reads the same.
 *
 * Sources: policy/label
 *
 * The first byte of an input says what kind of label the rest is.
 *
 *-------------------------------------------------------------------------
 */
#include "server.h"

#include "policy/label.h"

#include "property.h"

#define PROPERTY_INPUTS 100000	/* about two seconds */
#define PROPERTY_MAX_BYTES 512

typedef enum LabelKind
{
	LABEL_COLUMN,
	LABEL_TABLE,
	LABEL_VIEW,
	LABEL_ROLE,
	LABEL_PATHS,
	LABEL_MASK
} LabelKind;

#define NKINDS (LABEL_MASK + 1)

Chunk	   *server_chunks = NULL;
jmp_buf		server_error;

/* Is what is read now something that was written, and not the input? */
static bool reads_written;

static void
check_mask(const MaskSpec *mask)
{
	const char *text = ccpii_label_mask_text(mask);
	const char *again;

	reads_written = true;
	again = ccpii_label_mask_text(ccpii_label_parse_mask(text));
	reads_written = false;
	check(strcmp(text, again) == 0, "a mask that was written reads the same");
	add_to_digest(text, strlen(text));
}

static void
check_column(const char *label)
{
	List	   *clauses = ccpii_label_parse_column(label);
	ListCell   *lc;

	check(clauses != NIL, "a label of a column has a clause");
	foreach(lc, clauses)
	{
		LabelClause *clause = lfirst(lc);

		check(clause->masked == (clause->mask != NULL),
			  "a clause has a mask if it masks");
		check(clause->masked || !clause->searchable,
			  "what is clear needs no search");
		check(clause->when == NULL || strstr(label, clause->when) != NULL,
			  "a condition is a part of the label");
		if (clause->mask != NULL)
			check_mask(clause->mask);
	}
}

static void
check_table(const char *label)
{
	TableLabel *table = ccpii_label_parse_table(label);
	ListCell   *lc;

	check(table->is_protected || table->visible != NIL,
		  "a label of a table says something");
	check((table->rows == NULL) == (table->visible == NIL),
		  "row rules and their text go together");
	foreach(lc, table->visible)
	{
		VisibleClause *clause = lfirst(lc);

		check(clause->roles != NIL && clause->when != NULL,
			  "a row rule has roles and a condition");
	}
}

static void
check_paths(const char *text)
{
	List	   *paths = ccpii_label_parse_paths(text);
	const char *written = ccpii_label_paths_text(paths);
	const char *again;

	reads_written = true;
	again = ccpii_label_paths_text(ccpii_label_parse_paths(written));
	reads_written = false;
	check(strcmp(written, again) == 0, "paths that were written read the same");
}

static void
read_label(LabelKind kind, const char *label)
{
	switch (kind)
	{
		case LABEL_COLUMN:
			check_column(label);
			break;
		case LABEL_TABLE:
			check_table(label);
			break;
		case LABEL_VIEW:
			(void) ccpii_label_parse_view(label);
			break;
		case LABEL_ROLE:
			check(ccpii_label_parse_role(label) != ROLE_UNLABELLED,
				  "a label of a role says something");
			break;
		case LABEL_PATHS:
			check_paths(label);
			break;
		case LABEL_MASK:
			check_mask(ccpii_label_parse_mask(label));
			break;
	}
}

static void
try_input(const char *data, size_t len)
{
	/* what the compiler keeps in a register is lost by an error */
	volatile bool taken = false;
	size_t		label_len;
	char	   *label;

	if (len == 0)
		return;
	label_len = strnlen(data + 1, len - 1);
	label = malloc(label_len + 1);
	memcpy(label, data + 1, label_len);
	label[label_len] = '\0';
	reads_written = false;
	if (SERVER_TRY())
	{
		read_label((LabelKind) ((unsigned char) data[0] % NKINDS), label);
		taken = true;
	}
	check(!reads_written, "what was written is read");
	add_to_digest(label, taken);
	free(label);
	server_reset();
}

#ifndef CCPII_LIBFUZZER

static const char *const pieces[] = {
	"MASKED", "MASKED", "masked AS", "AS", "CLEAR", "FOR", "UNLESS", "WHEN", "SEARCHABLE",
	"SENSITIVE", ";", ",", "(", ")", "VISIBLE TO", "PROTECTED", "KEEPING ROW SECURITY",
	"TRUSTED", "VIEW", "full", "phone", "digits(4)", "digits(", "7", "33", "partial(1, '*', 2)",
	"partial(", "constant('x')", "constant(", "'it''s'", "'", "\"A\"\"b\"", "\"", "null", "year",
	"hash", "attributes", "jsonb(", "a.b", "'a b'", "=>", "=> phone", "ai", "agent", "@x", "$1",
	"(a = 'x)')", "(E'\\'')", "($q$)$q$ = b)", "(x -- )", "(/* */)", "\xC3\xA9", "\xFF", "\t", "\n",
	"0123456789012345678901234567890123456789012345678901234567890123456789"
};

static size_t
make_input(char *input)
{
	size_t		len = 1;

	input[0] = (char) random_below(NKINDS);
	for (uint32_t n = random_below(12); n > 0; n--)
	{
		const char *piece = PICK(pieces);

		if (len + strlen(piece) + 1 > PROPERTY_MAX_BYTES)
			break;
		memcpy(input + len, piece, strlen(piece));
		len += strlen(piece);
		if (random_below(8) > 0)
			input[len++] = ' ';
	}
	return len;
}

static void
try_seeds(void)
{
	static const char *const labels[] = {
		"\0MASKED AS phone FOR a, \"B\" UNLESS c WHEN (x > 1) SEARCHABLE SENSITIVE; CLEAR",
		"\1PROTECTED KEEPING ROW SECURITY; VISIBLE TO a WHEN (b = current_user)",
		"\2MASKED VIEW", "\3CLEAR", "\4a.b => phone, 'c d' => constant('x')",
		"\5jsonb(a => full, b.c => partial(1, '*', 2), \"d\" => null)"
	};

	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
	{
		size_t		before = (size_t) nchecks;

		try_input(labels[i], 1 + strlen(labels[i] + 1));
		check(i == 2 || (size_t) nchecks > before, "what is right is read");
	}
}

#endif							/* CCPII_LIBFUZZER */

#include "property_main.h"
