/*-------------------------------------------------------------------------
 *
 * label.h
 *	  The language of security labels: grammar and parsed form.
 *
 *	column := clause { ';' clause }
 *	clause := ('MASKED' ['AS' mask] | 'CLEAR') ['FOR' role {',' role}]
 *			  ['UNLESS' role {',' role}] ['WHEN' '(' expr ')'] ['SEARCHABLE']
 *			  ['SENSITIVE']
 *	mask   := name [ '(' arg {',' arg} ')' ]	arg := literal | path '=>' mask
 *	table  := 'PROTECTED' ['KEEPING' 'ROW' 'SECURITY'] [';' rows] | rows
 *	rows   := 'VISIBLE' 'TO' role {',' role} 'WHEN' '(' expr ')' [';' rows]
 *	view   := 'TRUSTED' | 'MASKED VIEW'
 *	role   := 'MASKED' | 'CLEAR'
 *	database := 'installed'
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_LABEL_H
#define CCPII_LABEL_H

#include "nodes/nodes.h"
#include "nodes/pg_list.h"

#include "text/mask.h"

#define LABEL_PROVIDER "ccpii"
#define LABEL_MASKED_VIEW "MASKED VIEW"

typedef enum MaskKind
{
	MASK_TEXT,					/* one of text/mask, by its own kind */
	MASK_NULL,
	MASK_CONSTANT,
	MASK_YEAR,
	MASK_MONTH,
	MASK_HASH,
	MASK_ATTRIBUTES,
	MASK_JSONB
} MaskKind;

typedef struct MaskSpec
{
	MaskKind	kind;
	TextMask	text;			/* MASK_TEXT */
	char	   *constant;		/* MASK_CONSTANT: literal in text form */
	Node	   *value;			/* the same as a Const, in a rule */
	List	   *paths;			/* MASK_JSONB: of JsonPathMask */
} MaskSpec;

typedef struct JsonPathMask
{
	char	   *path;			/* keys joined by dots */
	MaskSpec   *mask;			/* MASK_TEXT, MASK_NULL or MASK_CONSTANT */
} JsonPathMask;

typedef struct LabelClause
{
	bool		masked;			/* else CLEAR */
	MaskSpec   *mask;			/* of a MASKED clause */
	List	   *only;			/* FOR: role names; NIL is everybody */
	List	   *unless;			/* UNLESS: role names */
	char	   *when;			/* SQL text of the condition, or NULL */
	bool		searchable;
	bool		sensitive;
} LabelClause;

typedef struct VisibleClause
{
	List	   *roles;			/* names */
	char	   *when;			/* SQL text of the condition */
} VisibleClause;

typedef struct TableLabel
{
	bool		is_protected;
	bool		keeping;		/* row security was on before */
	List	   *visible;		/* of VisibleClause */
	char	   *rows;			/* their text, as written; NULL for none */
} TableLabel;
typedef enum ViewLabel
{
	VIEW_TRUSTED,				/* its inside stays raw */
	VIEW_MASKED					/* made by masked_view_create() */
} ViewLabel;

typedef enum RoleLabel
{
	ROLE_UNLABELLED,
	ROLE_MASKED,
	ROLE_CLEAR
} RoleLabel;

/*
 * ccpii_label_parse_column
 *		Parse the label of a column into a list of LabelClause in the current
 *		memory context.  Raises 42601 with the position for what does not
 *		parse, 42704 for an unknown mask, 22023 for wrong mask arguments, and
 *		0A000 for parts of the language that this version does not have.
 */
extern List *ccpii_label_parse_column(const char *label);

/* Parse the label of a table.  Raises 42601. */
extern TableLabel *ccpii_label_parse_table(const char *label);

/* Parse the label of a view.  Raises 42601. */
extern ViewLabel ccpii_label_parse_view(const char *label);

/* Parse the label of a role.  Raises 42601. */
extern RoleLabel ccpii_label_parse_role(const char *label);

/*
 * ccpii_label_parse_paths
 *		Parse "path => mask, ..." into a list of JsonPathMask; what
 *		ccpii_label_paths() wrote, or the arguments of mask jsonb.
 */
extern List *ccpii_label_parse_paths(const char *text);

/* Parse one mask, as in "digits(4)".  Raises as for a column. */
extern MaskSpec *ccpii_label_parse_mask(const char *text);

/* Canonical text of a mask, of the paths of one, and of a whole clause. */
extern char *ccpii_label_mask_text(const MaskSpec *mask);
extern char *ccpii_label_paths_text(const List *paths);

#endif							/* CCPII_LABEL_H */
