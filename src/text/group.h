/*-------------------------------------------------------------------------
 *
 * group.h
 *	  Groups of digits in running text, and what joins each to the next.
 *
 * Groups are read once, from the first to the last, and kept for a while: who
 * decides what they are together may look GROUP_AHEAD groups ahead.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_GROUP_H
#define CCPII_GROUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GROUP_AHEAD 64			/* groups that can be looked at */
#define GROUP_HEAD 20			/* digits whose values are kept */
#define GROUP_LOOSE_CHARACTERS 3	/* SEMANTICS.md, 1: aggressive */

/* What stands between two groups; transparent characters aside. */
typedef enum Joint
{
	JOINT_BREAK,				/* anything else, or no group follows */
	JOINT_SPACE,				/* one space of any width; no tab, no line end */
	JOINT_SPACES,				/* two of them */
	JOINT_HYPHEN,				/* a hyphen, dash or minus */
	JOINT_SPACED_HYPHEN,		/* and a space before it, behind it, or both */
	JOINT_DOT,					/* also full-width */
	JOINT_COMMA,				/* also Arabic, for thousands */
	JOINT_APOSTROPHE,			/* also typographic */
	JOINT_POINT,				/* Arabic decimal separator */
	JOINT_SLASH,
	JOINT_COLON,
	JOINT_UNDERSCORE,
	JOINT_PARENTHESIS			/* one, a space or hyphen around it, or ") (" */
} Joint;

typedef struct DigitGroup
{
	size_t		start;			/* byte offset of the first digit */
	size_t		end;			/* byte offset behind the last digit */
	size_t		ndigits;		/* of any script, also mixed */
	Joint		joint;			/* to the next group */
	uint8_t		head[GROUP_HEAD];	/* values of the first of them */
	bool		loose;			/* at most three other characters than letters
								 * and line ends are between */
	bool		glued;			/* touches an ASCII letter */
	bool		opened;			/* ( stands before it */
	uint32_t	before;			/* the code point before it, as it comes from
								 * ccpii_group_before() */
	size_t		before_at;		/* and its byte offset */
	bool		closed;			/* ) stands behind it */
} DigitGroup;

typedef struct GroupReader
{
	const char *src;
	size_t		len;
	size_t		at;				/* where the next group is looked for */
	size_t		nread;			/* groups */
	size_t		first;			/* in the ring */
	size_t		count;
	DigitGroup	ring[GROUP_AHEAD];
} GroupReader;

/*
 * Called now and then while a long text is read, if it is set; may raise.
 */
extern void (*ccpii_group_pause) (void);

/* Read UTF-8 bytes, which stay the caller's. */
extern void ccpii_group_init(GroupReader *reader, const char *src, size_t len);

/* Go on, or back, to an offset, and forget what is ahead. */
extern void ccpii_group_seek(GroupReader *reader, size_t at);

/* Read groups until this one is there; false if the text has no more. */
extern bool ccpii_group_fetch(GroupReader *reader, size_t ahead);

/*
 * ccpii_group_peek
 *		The group that is ahead by this many, from 0; NULL if the text has no
 *		more or it is not below GROUP_AHEAD.  Good until the next drop.
 */
static inline DigitGroup *
ccpii_group_peek(GroupReader *reader, size_t ahead)
{
	if (ahead >= reader->count && !ccpii_group_fetch(reader, ahead))
		return NULL;
	return &reader->ring[(reader->first + ahead) % GROUP_AHEAD];
}

/* Go on by some groups, which were looked at. */
static inline void
ccpii_group_drop(GroupReader *reader, size_t count)
{
	reader->first = (reader->first + count) % GROUP_AHEAD;
	reader->count -= count;
}

/* ccpii_group_before() where that is not ASCII. */
extern uint32_t ccpii_group_before_any(const char *src, size_t offset,
									   size_t *start);

/*
 * ccpii_group_before
 *		The code point before an offset, transparent characters aside, and its
 *		offset; UTF8_INVALID at the beginning of the text.  Looks back a few
 *		characters at most.
 */
static inline uint32_t
ccpii_group_before(const char *src, size_t offset, size_t *start)
{
	if (offset > 0 && (unsigned char) src[offset - 1] < 0x80)
	{
		*start = offset - 1;
		return (unsigned char) src[*start];
	}
	return ccpii_group_before_any(src, offset, start);
}

/*
 * ccpii_group_keep_last
 *		Cut the group ahead by 0 down to its last digits.
 */
extern void ccpii_group_keep_last(GroupReader *reader, size_t ndigits);

/* Is the character invisible, so that a number reads on across it? */
extern bool ccpii_group_is_transparent(uint32_t code_point);

#endif							/* CCPII_GROUP_H */
