/*-------------------------------------------------------------------------
 *
 * label.c
 *	  The language of security labels: a recursive descent parser.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "parser/scansup.h"

#include "base/compat.h"
#include "policy/label.h"

typedef enum TokenKind
{
	TOKEN_END,
	TOKEN_WORD,					/* bare: keyword, mask, role or path */
	TOKEN_QUOTED,				/* "identifier" */
	TOKEN_STRING,				/* 'literal' */
	TOKEN_NUMBER,
	TOKEN_ARROW,				/* => */
	TOKEN_MARK					/* one of ( ) , ; */
} TokenKind;

typedef struct Parser
{
	const char *text;
	const char *next;			/* first byte after the token */
	const char *start;			/* first byte of the token */
	TokenKind	kind;
	char		mark;
	char	   *value;			/* WORD as written, QUOTED, STRING: contents */
	int			number;
	int			depth;			/* of nested masks */
} Parser;

/* How the masks without structure of their own are written. */
static const struct
{
	const char *name;
	MaskKind	kind;
	TextMaskKind text;
}			simple_masks[] =

{
	{"full", MASK_TEXT, TEXT_MASK_FULL},
	{"phone", MASK_TEXT, TEXT_MASK_PHONE},
	{"email", MASK_TEXT, TEXT_MASK_EMAIL},
	{"card", MASK_TEXT, TEXT_MASK_CARD},
	{"name", MASK_TEXT, TEXT_MASK_NAME},
	{"cards", MASK_TEXT, TEXT_MASK_CARDS},
	{"null", MASK_NULL, 0},
	{"year", MASK_YEAR, 0},
	{"month", MASK_MONTH, 0},
	{"hash", MASK_HASH, 0},
	{"attributes", MASK_ATTRIBUTES, 0}
};

static MaskSpec *parse_mask(Parser *p);

/* Raise 42601 at the current token. */
pg_noreturn static void
syntax_error(Parser *p, const char *expected)
{
	int			position = pg_mbstrlen_with_len(p->text, p->start - p->text);

	if (p->kind == TOKEN_END)
		ereport(ERROR,
				errcode(ERRCODE_SYNTAX_ERROR),
				errmsg("syntax error at the end of the security label"),
				errdetail("Expected %s.", expected));
	ereport(ERROR,
			errcode(ERRCODE_SYNTAX_ERROR),
			errmsg("syntax error in the security label at character %d, \"%.*s\"",
				   position + 1,
				   pg_mbcliplen(p->start, p->next - p->start, NAMEDATALEN),
				   p->start),
			errdetail("Expected %s.", expected));
}

static bool
is_word_char(unsigned char c)
{
	return isalnum(c) || c == '_' || c == '@' || c == '.' || c == '$' ||
		IS_HIGHBIT_SET(c);
}

/* Read a quoted token; a doubled quote stands for one. */
static void
read_quoted(Parser *p, char quote)
{
	StringInfoData buf;
	const char *s = p->next + 1;

	initStringInfo(&buf);
	for (;; s++)
	{
		if (*s == '\0')
		{
			p->kind = TOKEN_END;
			syntax_error(p, "a closing quote");
		}
		if (*s == quote && *++s != quote)
			break;
		appendStringInfoCharMacro(&buf, *s);
	}
	p->next = s;
	p->value = buf.data;
}

/* Step to the next token. */
static void
advance(Parser *p)
{
	const char *s = p->next;

	while (scanner_isspace(*s))
		s++;
	p->start = p->next = s;
	p->value = NULL;
	if (*s == '\0')
		p->kind = TOKEN_END;
	else if (*s == '"')
	{
		p->kind = TOKEN_QUOTED;
		read_quoted(p, '"');
	}
	else if (*s == '\'')
	{
		p->kind = TOKEN_STRING;
		read_quoted(p, '\'');
	}
	else if (*s == '=' && s[1] == '>')
	{
		p->kind = TOKEN_ARROW;
		p->next = s + 2;
	}
	else if (is_word_char(*s))
	{
		bool		number = true;

		for (; is_word_char(*s); s++)
			number = number && isdigit((unsigned char) *s);
		p->next = s;
		p->value = pnstrdup(p->start, s - p->start);
		p->kind = number ? TOKEN_NUMBER : TOKEN_WORD;
		if (number)
			p->number = s - p->start > 6 ? 999999 : atoi(p->value);
	}
	else
	{
		p->kind = TOKEN_MARK;
		p->mark = *s;
		p->next = s + pg_mblen(s);
	}
}

static void
start(Parser *p, const char *text)
{
	memset(p, 0, sizeof(Parser));
	p->text = p->next = text;
	advance(p);
}

static bool
accept_word(Parser *p, const char *word)
{
	if (p->kind != TOKEN_WORD || pg_strcasecmp(p->value, word) != 0)
		return false;
	advance(p);
	return true;
}

static bool
accept_mark(Parser *p, char mark)
{
	if (p->kind != TOKEN_MARK || p->mark != mark)
		return false;
	advance(p);
	return true;
}

static void
expect_mark(Parser *p, char mark, const char *expected)
{
	if (!accept_mark(p, mark))
		syntax_error(p, expected);
}

static void
expect_end(Parser *p, const char *expected)
{
	if (p->kind != TOKEN_END)
		syntax_error(p, expected);
}

pg_noreturn static void
not_yet(const char *what)
{
	ereport(ERROR,
			errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			errmsg("%s in a security label is not supported by version %s of ccpii",
				   what, CCPII_VERSION));
}

/* A role name, by SQL's rules for identifiers. */
static char *
parse_role_name(Parser *p)
{
	char	   *name;

	if (p->kind == TOKEN_QUOTED)
		name = p->value;
	else if (p->kind == TOKEN_WORD)
		name = downcase_truncate_identifier(p->value, strlen(p->value), false);
	else
		syntax_error(p, "a role name");
	if (name[0] == '\0')
		syntax_error(p, "a role name");
	truncate_identifier(name, strlen(name), false);
	advance(p);
	return name;
}

static List *
parse_role_list(Parser *p)
{
	List	   *roles = NIL;

	do
		roles = lappend(roles, parse_role_name(p));
	while (accept_mark(p, ','));
	return roles;
}

/* An integer argument of a mask, min to max. */
static int
parse_number(Parser *p, const char *mask, int min, int max)
{
	int			number = p->number;

	if (p->kind != TOKEN_NUMBER)
		syntax_error(p, "a number");
	if (number < min || number > max)
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("argument %s of mask \"%s\" is out of range",
					   p->value, mask),
				errdetail("It must be between %d and %d.", min, max));
	advance(p);
	return number;
}

/* 'c', one printable ASCII character. */
static char
parse_fill(Parser *p)
{
	char	   *fill = p->value;

	if (p->kind != TOKEN_STRING)
		syntax_error(p, "a quoted character");
	if (strlen(fill) != 1 || fill[0] < ' ' || fill[0] > '~')
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("second argument of mask \"%s\" must be one printable ASCII character",
					   "partial"));
	advance(p);
	return fill[0];
}

/* path '=>' mask { ',' path '=>' mask } */
static List *
parse_paths(Parser *p)
{
	List	   *paths = NIL;

	do
	{
		JsonPathMask *path = palloc(sizeof(JsonPathMask));

		if ((p->kind != TOKEN_WORD && p->kind != TOKEN_STRING &&
			 p->kind != TOKEN_QUOTED && p->kind != TOKEN_NUMBER) ||
			p->value[0] == '\0')
			syntax_error(p, "a key or a path of keys joined by dots");
		path->path = p->value;
		advance(p);
		if (p->kind != TOKEN_ARROW)
			syntax_error(p, "\"=>\"");
		advance(p);
		path->mask = parse_mask(p);
		if (path->mask->kind != MASK_TEXT && path->mask->kind != MASK_NULL &&
			path->mask->kind != MASK_CONSTANT)
			ereport(ERROR,
					errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					errmsg("mask \"%s\" cannot be used inside of mask \"%s\"",
						   ccpii_label_mask_text(path->mask), "jsonb"));
		paths = lappend(paths, path);
	} while (accept_mark(p, ','));
	return paths;
}

/* The masks that take arguments; false if name is none of them. */
static bool
parse_mask_arguments(Parser *p, const char *name, MaskSpec *mask)
{
	bool		is_digits = strcmp(name, "digits") == 0;
	bool		is_partial = strcmp(name, "partial") == 0;
	bool		is_constant = strcmp(name, "constant") == 0;
	bool		is_jsonb = strcmp(name, "jsonb") == 0;

	if (!is_digits && !is_partial && !is_constant && !is_jsonb)
		return false;
	expect_mark(p, '(', "\"(\" and the arguments of the mask");
	if (is_digits)
	{
		mask->text.kind = TEXT_MASK_DIGITS;
		mask->text.digits = parse_number(p, name, 1, MASK_MAX_DIGITS);
	}
	else if (is_partial)
	{
		mask->text.kind = TEXT_MASK_PARTIAL;
		mask->text.prefix = parse_number(p, name, 0, MASK_MAX_KEEP);
		expect_mark(p, ',', "\",\"");
		mask->text.fill = parse_fill(p);
		expect_mark(p, ',', "\",\"");
		mask->text.suffix = parse_number(p, name, 0, MASK_MAX_KEEP);
	}
	else if (is_constant)
	{
		mask->kind = MASK_CONSTANT;
		if (p->kind != TOKEN_STRING && p->kind != TOKEN_NUMBER)
			syntax_error(p, "a quoted value");
		mask->constant = p->value;
		advance(p);
	}
	else
	{
		mask->kind = MASK_JSONB;
		mask->paths = parse_paths(p);
	}
	expect_mark(p, ')', "\")\"");
	return true;
}

static MaskSpec *
parse_mask(Parser *p)
{
	MaskSpec   *mask = palloc0(sizeof(MaskSpec));
	char	   *name;

	if (p->kind != TOKEN_WORD)
		syntax_error(p, "the name of a mask");
	name = downcase_truncate_identifier(p->value, strlen(p->value), false);
	if (strcmp(name, "ai") == 0 || strcmp(name, "redact") == 0)
		not_yet(psprintf("mask \"%s\"", name));
	if (++p->depth > 2)
		syntax_error(p, "no deeper nesting of masks");
	for (int i = 0; i < lengthof(simple_masks); i++)
		if (strcmp(name, simple_masks[i].name) == 0)
		{
			mask->kind = simple_masks[i].kind;
			mask->text.kind = simple_masks[i].text;
			advance(p);
			p->depth--;
			return mask;
		}

	advance(p);
	if (!parse_mask_arguments(p, name, mask))
		ereport(ERROR,
				errcode(ERRCODE_UNDEFINED_OBJECT),
				errmsg("mask \"%s\" does not exist", name),
				errhint("Masks are full, null, constant, phone, email, card, name, digits, cards, partial, year, month, hash, attributes and jsonb."));
	p->depth--;
	return mask;
}

/*
 * Find the parenthesis that closes an SQL expression; s is behind the opening
 * one.  Strings, identifiers, dollar quotes and comments may hold any
 * character.  Returns NULL if there is none.
 */
static const char *
end_of_expression(const char *s)
{
	int			depth = 1;

	for (; *s != '\0'; s++)
	{
		if (*s == '(')
			depth++;
		else if (*s == ')' && --depth == 0)
			return s;
		else if (*s == '\'' || *s == '"')
		{
			/* A doubled quote just opens the next string. */
			const char	quote = *s;
			bool		escapes = quote == '\'' &&
				(s[-1] == 'e' || s[-1] == 'E');

			for (s++; *s != quote; s++)
			{
				if (*s == '\\' && escapes && s[1] != '\0')
					s++;
				if (*s == '\0')
					return NULL;
			}
		}
		else if (*s == '$' && !is_word_char(s[-1]))
		{
			const char *tag_end = s + 1;

			while (isalnum((unsigned char) *tag_end) || *tag_end == '_')
				tag_end++;
			if (*tag_end == '$')
			{
				char	   *tag = pnstrdup(s, tag_end + 1 - s);

				s = strstr(tag_end + 1, tag);
				if (s == NULL)
					return NULL;
				s += strlen(tag) - 1;
			}
		}
		else if ((*s == '-' && s[1] == '-') || (*s == '/' && s[1] == '*'))
			return NULL;
	}
	return NULL;
}

/* '(' expr ')'; the expression is checked by whoever knows the table. */
static char *
parse_condition(Parser *p)
{
	const char *begin = p->next;
	const char *end;

	if (p->kind != TOKEN_MARK || p->mark != '(')
		syntax_error(p, "\"(\" and a condition");
	end = end_of_expression(begin);
	if (end == NULL)
	{
		p->kind = TOKEN_END;
		syntax_error(p, "\")\" at the end of the condition, which has no comments");
	}
	p->next = end + 1;
	advance(p);
	return pnstrdup(begin, end - begin);
}

static LabelClause *
parse_clause(Parser *p)
{
	LabelClause *clause = palloc0(sizeof(LabelClause));

	if (accept_word(p, "MASKED"))
	{
		clause->masked = true;
		if (accept_word(p, "AS"))
			clause->mask = parse_mask(p);
		else
		{
			clause->mask = palloc0(sizeof(MaskSpec));
			clause->mask->text.kind = TEXT_MASK_FULL;
		}
	}
	else if (!accept_word(p, "CLEAR"))
		syntax_error(p, "MASKED or CLEAR");
	if (accept_word(p, "FOR"))
		clause->only = parse_role_list(p);
	if (accept_word(p, "UNLESS"))
		clause->unless = parse_role_list(p);
	if (accept_word(p, "WHEN"))
		clause->when = parse_condition(p);
	if (accept_word(p, "SEARCHABLE"))
	{
		if (!clause->masked)
			ereport(ERROR,
					errcode(ERRCODE_SYNTAX_ERROR),
					errmsg("SEARCHABLE has no meaning in a CLEAR clause"));
		clause->searchable = true;
	}
	clause->sensitive = accept_word(p, "SENSITIVE");
	return clause;
}

List *
ccpii_label_parse_column(const char *label)
{
	Parser		p;
	List	   *clauses = NIL;

	start(&p, label);
	do
		clauses = lappend(clauses, parse_clause(&p));
	while (accept_mark(&p, ';'));
	expect_end(&p, "FOR, UNLESS, WHEN, SEARCHABLE, SENSITIVE, \";\" or the end, in this order");
	return clauses;
}

static void
expect_word(Parser *p, const char *word)
{
	if (!accept_word(p, word))
		syntax_error(p, word);
}

static VisibleClause *
parse_visible(Parser *p, const char *expected)
{
	VisibleClause *clause = palloc(sizeof(VisibleClause));

	if (!accept_word(p, "VISIBLE") || !accept_word(p, "TO"))
		syntax_error(p, expected);
	clause->roles = parse_role_list(p);
	expect_word(p, "WHEN");
	clause->when = parse_condition(p);
	return clause;
}

TableLabel *
ccpii_label_parse_table(const char *label)
{
	TableLabel *table = palloc0(sizeof(TableLabel));
	const char *expected = "PROTECTED or VISIBLE TO";
	Parser		p;

	start(&p, label);
	if (accept_word(&p, "PROTECTED"))
	{
		table->is_protected = true;
		if (accept_word(&p, "KEEPING"))
		{
			expect_word(&p, "ROW");
			expect_word(&p, "SECURITY");
			table->keeping = true;
		}
		if (p.kind == TOKEN_END)
			return table;
		expect_mark(&p, ';', "\";\" or the end");
		expected = "VISIBLE TO";
	}
	table->rows = pstrdup(p.start);
	do
	{
		table->visible = lappend(table->visible, parse_visible(&p, expected));
		expected = "VISIBLE TO";
	} while (accept_mark(&p, ';'));
	expect_end(&p, "\";\" or the end");
	return table;
}

ViewLabel
ccpii_label_parse_view(const char *label)
{
	Parser		p;
	ViewLabel	result;

	start(&p, label);
	if (accept_word(&p, "TRUSTED"))
		result = VIEW_TRUSTED;
	else if (accept_word(&p, "MASKED") && accept_word(&p, "VIEW"))
		result = VIEW_MASKED;
	else
		syntax_error(&p, "TRUSTED or MASKED VIEW");
	expect_end(&p, "the end");
	return result;
}

RoleLabel
ccpii_label_parse_role(const char *label)
{
	Parser		p;
	RoleLabel	result;

	start(&p, label);
	if (accept_word(&p, "MASKED"))
		result = ROLE_MASKED;
	else if (accept_word(&p, "CLEAR"))
		result = ROLE_CLEAR;
	else
		syntax_error(&p, "MASKED or CLEAR");
	expect_end(&p, "the end");
	return result;
}

List *
ccpii_label_parse_paths(const char *text)
{
	Parser		p;
	List	   *paths;

	start(&p, text);
	if (p.kind == TOKEN_END)
		return NIL;
	p.depth = 1;
	paths = parse_paths(&p);
	expect_end(&p, "\",\" or the end");
	return paths;
}

MaskSpec *
ccpii_label_parse_mask(const char *text)
{
	Parser		p;
	MaskSpec   *mask;

	start(&p, text);
	mask = parse_mask(&p);
	expect_end(&p, "the end");
	return mask;
}

/* Write a string as read_quoted() reads it. */
static char *
quote(const char *value)
{
	StringInfoData buf;

	initStringInfo(&buf);
	appendStringInfoChar(&buf, '\'');
	for (; *value != '\0'; value++)
	{
		if (*value == '\'')
			appendStringInfoChar(&buf, '\'');
		appendStringInfoChar(&buf, *value);
	}
	appendStringInfoChar(&buf, '\'');
	return buf.data;
}

char *
ccpii_label_paths_text(const List *paths)
{
	StringInfoData buf;
	ListCell   *lc;

	initStringInfo(&buf);
	foreach(lc, paths)
	{
		JsonPathMask *path = lfirst(lc);

		appendStringInfo(&buf, "%s%s => %s", buf.len == 0 ? "" : ", ",
						 quote(path->path),
						 ccpii_label_mask_text(path->mask));
	}
	return buf.data;
}

char *
ccpii_label_mask_text(const MaskSpec *mask)
{
	const TextMask *text = &mask->text;
	char		fill[] = {text->fill, '\0'};

	if (mask->kind == MASK_CONSTANT)
		return psprintf("constant(%s)", quote(mask->constant));
	if (mask->kind == MASK_JSONB)
		return psprintf("jsonb(%s)", ccpii_label_paths_text(mask->paths));
	if (mask->kind == MASK_TEXT && text->kind == TEXT_MASK_DIGITS)
		return psprintf("digits(%d)", text->digits);
	if (mask->kind == MASK_TEXT && text->kind == TEXT_MASK_PARTIAL)
		return psprintf("partial(%d, %s, %d)", text->prefix, quote(fill),
						text->suffix);
	for (int i = 0; i < lengthof(simple_masks); i++)
		if (simple_masks[i].kind == mask->kind &&
			(mask->kind != MASK_TEXT || simple_masks[i].text == text->kind))
			return pstrdup(simple_masks[i].name);
	elog(ERROR, "unrecognized mask kind: %d", (int) mask->kind);
}
