/*-------------------------------------------------------------------------
 *
 * server.h
 *	  As much of a PostgreSQL server as the parser of labels needs: run puts it
 *	  in the place of the server's headers.
 *
 * What is allocated is freed by server_reset(), each piece apart, so that the
 * sanitizers see a byte too many.  An error ends in the innermost
 * SERVER_TRY(); its texts are formatted, and dropped.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_SERVER_H
#define CCPII_SERVER_H

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define CCPII_VERSION "fuzz"
#define NAMEDATALEN 64
#define pg_noreturn _Noreturn
#define IS_HIGHBIT_SET(c) ((unsigned char) (c) & 0x80)
#define lengthof(array) ((int) (sizeof(array) / sizeof((array)[0])))

/* ---------- memory ---------- */

typedef struct Chunk
{
	struct Chunk *next;
	max_align_t data[];
} Chunk;

extern Chunk *server_chunks;

static inline void *
palloc0(size_t size)
{
	Chunk	   *chunk = calloc(1, sizeof(Chunk) + size);

	if (chunk == NULL)
		abort();
	chunk->next = server_chunks;
	server_chunks = chunk;
	return chunk->data;
}

#define palloc palloc0

static inline char *
pnstrdup(const char *src, size_t len)
{
	return memcpy(palloc0(strnlen(src, len) + 1), src, strnlen(src, len));
}

static inline char *
pstrdup(const char *src)
{
	return pnstrdup(src, strlen(src));
}

__attribute__((format(printf, 1, 2)))
static inline char *
psprintf(const char *format,...)
{
	va_list		args;
	int			len;
	char	   *result;

	va_start(args, format);
	len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	result = palloc0((size_t) len + 1);
	va_start(args, format);
	(void) vsnprintf(result, (size_t) len + 1, format, args);
	va_end(args);
	return result;
}

static inline void
server_reset(void)
{
	while (server_chunks != NULL)
	{
		Chunk	   *next = server_chunks->next;

		free(server_chunks);
		server_chunks = next;
	}
}

/* ---------- errors ---------- */

#define ERROR 21
#define ERRCODE_SYNTAX_ERROR 42601
#define ERRCODE_UNDEFINED_OBJECT 42704
#define ERRCODE_INVALID_PARAMETER_VALUE 22023
#define ERRCODE_FEATURE_NOT_SUPPORTED 0x0A000

extern jmp_buf server_error;

/* True at first, and false after an error. */
#define SERVER_TRY() (setjmp(server_error) == 0)

#define errcode(code) ((void) (code))
#define errmsg(...) ((void) psprintf(__VA_ARGS__))
#define errdetail(...) ((void) psprintf(__VA_ARGS__))
#define errhint(...) ((void) psprintf(__VA_ARGS__))
#define ereport(level, ...) (__VA_ARGS__, longjmp(server_error, 1))
#define elog(level, ...) abort()	/* what cannot happen */

/* ---------- strings ---------- */

typedef struct StringInfoData
{
	char	   *data;
	int			len;
	int			maxlen;
} StringInfoData;

typedef StringInfoData *StringInfo;

static inline void
initStringInfo(StringInfo buf)
{
	buf->data = palloc0(1);
	buf->len = 0;
	buf->maxlen = 1;
}

static inline void
appendStringInfoChar(StringInfo buf, char byte)
{
	if (buf->len + 1 >= buf->maxlen)
	{
		buf->maxlen *= 2;
		buf->data = memcpy(palloc0((size_t) buf->maxlen), buf->data,
						   (size_t) buf->len);
	}
	buf->data[buf->len++] = byte;
}

#define appendStringInfoCharMacro appendStringInfoChar
#define appendStringInfo(buf, ...) \
	do { \
		for (const char *s_ = psprintf(__VA_ARGS__); *s_ != '\0'; s_++) \
			appendStringInfoChar(buf, *s_); \
	} while (0)

#define pg_strcasecmp strcasecmp

static inline bool
scanner_isspace(char c)
{
	return c != '\0' && strchr(" \t\n\r\f\v", c) != NULL;
}

static inline void
truncate_identifier(char *name, int len, bool warn)
{
	(void) warn;
	if (len >= NAMEDATALEN)
		name[NAMEDATALEN - 1] = '\0';
}

static inline char *
downcase_truncate_identifier(const char *name, int len, bool warn)
{
	char	   *result = pnstrdup(name, (size_t) len);

	for (char *c = result; *c != '\0'; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char) (*c + 'a' - 'A');
	truncate_identifier(result, len, warn);
	return result;
}

/* A character ends with its string, which the server's promise for theirs. */
static inline int
pg_mblen(const char *src)
{
	int			len = 1;

	while (((unsigned char) src[len] & 0xC0) == 0x80 && IS_HIGHBIT_SET(*src))
		len++;
	return len;
}

static inline int
pg_mbstrlen_with_len(const char *src, int len)
{
	int			count = 0;

	for (int i = 0; i < len; i++)
		count += ((unsigned char) src[i] & 0xC0) != 0x80;
	return count;
}

#define pg_mbcliplen(src, len, limit) ((int) ((len) < (limit) ? (len) : (limit)))

/* ---------- lists ---------- */

typedef struct Node Node;

typedef struct ListCell
{
	void	   *value;
	struct ListCell *next;
} ListCell;

typedef struct List
{
	ListCell   *head;
	ListCell  **tail;
} List;

#define NIL ((List *) NULL)
#define lfirst(cell) ((cell)->value)
#define foreach(cell, list) \
	for (cell = (list) == NIL ? NULL : (list)->head; cell != NULL; \
		 cell = cell->next)

static inline List *
lappend(List *list, void *value)
{
	ListCell   *cell = palloc0(sizeof(ListCell));

	cell->value = value;
	if (list == NIL)
	{
		list = palloc0(sizeof(List));
		list->tail = &list->head;
	}
	*list->tail = cell;
	list->tail = &cell->next;
	return list;
}

#endif							/* CCPII_SERVER_H */
