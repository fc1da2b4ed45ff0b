/*-------------------------------------------------------------------------
 *
 * ascii.h
 *	  Questions to sixteen bytes at a time, for short values in ASCII.
 *
 * Answers are vectors of bytes, all ones for yes; ascii_bits() makes a number
 * of them, bit i for byte i.  SSE2, which every x86-64 has; elsewhere, and with
 * CCPII_NO_VECTORS, the same in plain C.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_ASCII_H
#define CCPII_ASCII_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define ASCII_WIDTH 16			/* bytes in a vector */

#if defined(__SSE2__) && !defined(CCPII_NO_VECTORS)
#include <emmintrin.h>

typedef __m128i AsciiVector;

static inline AsciiVector
ascii_load(const char *src)
{
	return _mm_loadu_si128((const __m128i *) src);
}

/* Load fewer bytes than a vector has, and zeros. */
static inline AsciiVector
ascii_load_short(const char *src, size_t len)
{
	uint64_t	low = 0;
	uint64_t	high = 0;

	if (len >= 8)
	{
		/* first and last eight bytes; where they overlap they are the same */
		int			shift = 8 * (int) (len - 8);

		memcpy(&low, src, 8);
		memcpy(&high, src + len - 8, 8);
		low |= high << shift;
		high = shift == 0 ? 0 : high >> (64 - shift);
	}
	else if (len >= 4)
	{
		uint32_t	head,
					tail;

		memcpy(&head, src, 4);
		memcpy(&tail, src + len - 4, 4);
		low = head | (uint64_t) tail << 8 * (len - 4);
	}
	else
	{
		for (size_t i = len; i > 0; i--)
			low = low << 8 | (unsigned char) src[i - 1];
	}
	return _mm_set_epi64x((long long) high, (long long) low);
}

static inline void
ascii_store(char *dst, AsciiVector v)
{
	_mm_storeu_si128((__m128i *) dst, v);
}

static inline AsciiVector
ascii_all(unsigned char byte)
{
	return _mm_set1_epi8((char) byte);
}

static inline AsciiVector
ascii_is(AsciiVector v, unsigned char byte)
{
	return _mm_cmpeq_epi8(v, ascii_all(byte));
}

/* Which bytes are from first to last, both included? */
static inline AsciiVector
ascii_in(AsciiVector v, unsigned char first, unsigned char last)
{
	AsciiVector offset = _mm_sub_epi8(v, ascii_all(first));

	return _mm_cmpeq_epi8(_mm_min_epu8(offset, ascii_all(last - first)),
						  offset);
}

/* Each byte less this one. */
static inline AsciiVector
ascii_less(AsciiVector v, unsigned char byte)
{
	return _mm_sub_epi8(v, ascii_all(byte));
}

static inline AsciiVector
ascii_or(AsciiVector a, AsciiVector b)
{
	return _mm_or_si128(a, b);
}

static inline AsciiVector
ascii_and(AsciiVector a, AsciiVector b)
{
	return _mm_and_si128(a, b);
}

/* yes where the answer is yes, else no */
static inline AsciiVector
ascii_choose(AsciiVector answer, AsciiVector yes, AsciiVector no)
{
	return _mm_or_si128(_mm_and_si128(answer, yes),
						_mm_andnot_si128(answer, no));
}

static inline uint32_t
ascii_bits(AsciiVector answer)
{
	return (uint32_t) _mm_movemask_epi8(answer);
}

/* Which bytes are at least this one? */
static inline AsciiVector
ascii_from(AsciiVector v, unsigned char first)
{
	return _mm_cmpeq_epi8(_mm_max_epu8(v, ascii_all(first)), v);
}

/* Which bytes stand before an offset, counted from the first byte? */
static inline AsciiVector
ascii_before(int offset)
{
	return _mm_cmplt_epi8(_mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
										12, 13, 14, 15),
						  _mm_set1_epi8((char) offset));
}

#else							/* without SSE2 */

typedef struct AsciiVector
{
	uint8_t		bytes[ASCII_WIDTH];
} AsciiVector;

#define ASCII_EACH(expression) \
	do { \
		for (int i = 0; i < ASCII_WIDTH; i++) \
			result.bytes[i] = (uint8_t) (expression); \
		return result; \
	} while (0)

static inline AsciiVector
ascii_load(const char *src)
{
	AsciiVector result;

	memcpy(result.bytes, src, ASCII_WIDTH);
	return result;
}

static inline AsciiVector
ascii_load_short(const char *src, size_t len)
{
	AsciiVector result;

	memset(result.bytes, 0, ASCII_WIDTH);
	memcpy(result.bytes, src, len);
	return result;
}

static inline void
ascii_store(char *dst, AsciiVector v)
{
	memcpy(dst, v.bytes, ASCII_WIDTH);
}

static inline AsciiVector
ascii_all(unsigned char byte)
{
	AsciiVector result;

	ASCII_EACH(byte);
}

static inline AsciiVector
ascii_is(AsciiVector v, unsigned char byte)
{
	AsciiVector result;

	ASCII_EACH(v.bytes[i] == byte ? 0xFF : 0);
}

static inline AsciiVector
ascii_in(AsciiVector v, unsigned char first, unsigned char last)
{
	AsciiVector result;

	ASCII_EACH(v.bytes[i] >= first && v.bytes[i] <= last ? 0xFF : 0);
}

static inline AsciiVector
ascii_less(AsciiVector v, unsigned char byte)
{
	AsciiVector result;

	ASCII_EACH(v.bytes[i] - byte);
}

static inline AsciiVector
ascii_or(AsciiVector a, AsciiVector b)
{
	AsciiVector result;

	ASCII_EACH(a.bytes[i] | b.bytes[i]);
}

static inline AsciiVector
ascii_and(AsciiVector a, AsciiVector b)
{
	AsciiVector result;

	ASCII_EACH(a.bytes[i] & b.bytes[i]);
}

static inline AsciiVector
ascii_choose(AsciiVector answer, AsciiVector yes, AsciiVector no)
{
	AsciiVector result;

	ASCII_EACH(answer.bytes[i] ? yes.bytes[i] : no.bytes[i]);
}

static inline uint32_t
ascii_bits(AsciiVector answer)
{
	uint32_t	bits = 0;

	for (int i = 0; i < ASCII_WIDTH; i++)
		bits |= (uint32_t) (answer.bytes[i] >> 7) << i;
	return bits;
}

static inline AsciiVector
ascii_from(AsciiVector v, unsigned char first)
{
	AsciiVector result;

	ASCII_EACH(v.bytes[i] >= first ? 0xFF : 0);
}

static inline AsciiVector
ascii_before(int offset)
{
	AsciiVector result;

	ASCII_EACH(i < offset ? 0xFF : 0);
}
#endif							/* __SSE2__ */

static inline AsciiVector
ascii_digits(AsciiVector v)
{
	return ascii_in(v, '0', '9');
}

static inline AsciiVector
ascii_letters(AsciiVector v)
{
	/* the bit that makes lower case; what is no letter stays none */
	return ascii_in(ascii_or(v, ascii_all(0x20)), 'a', 'z');
}

/*
 * ascii_chunk
 *		Load the vectors that cover some bytes, one with each call until it
 *		returns false.
 *
 * next			in, out: 0 at first, then left alone
 * offset		out: of the first byte of the vector
 *
 * The last vector overlaps the one before it; of fewer bytes than a vector has
 * it is filled up with zeros.  Reads only src[0..len).
 */
static inline bool
ascii_chunk(const char *src, size_t len, size_t *next, size_t *offset,
			AsciiVector *v)
{
	if (*next >= len)
		return false;
	if (len < ASCII_WIDTH)
	{
		*offset = 0;
		*v = ascii_load_short(src, len);
	}
	else
	{
		*offset = *next + ASCII_WIDTH <= len ? *next : len - ASCII_WIDTH;
		*v = ascii_load(src + *offset);
	}
	*next += ASCII_WIDTH;
	return true;
}

/* How many bits are set? */
static inline size_t
ascii_count(uint32_t bits)
{
	bits -= bits >> 1 & UINT32_C(0x55555555);
	bits = (bits & UINT32_C(0x33333333)) + (bits >> 2 & UINT32_C(0x33333333));
	bits = (bits + (bits >> 4)) & UINT32_C(0x0F0F0F0F);
	return bits * UINT32_C(0x01010101) >> 24;
}

static inline size_t
ascii_count64(uint64_t bits)
{
	bits -= bits >> 1 & UINT64_C(0x5555555555555555);
	bits = (bits & UINT64_C(0x3333333333333333)) +
		(bits >> 2 & UINT64_C(0x3333333333333333));
	bits = (bits + (bits >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
	return bits * UINT64_C(0x0101010101010101) >> 56;
}

/* The n lowest bits, 0 <= n <= 64. */
static inline uint64_t
ascii_low_bits(size_t n)
{
	return n >= 64 ? UINT64_MAX : (UINT64_C(1) << n) - 1;
}

/*
 * ascii_copy
 *		Copy 1 to 64 bytes without a call.  Reads and writes only those bytes.
 */
static inline void
ascii_copy(char *dst, const char *src, size_t len)
{
	if (len >= ASCII_WIDTH)
	{
		size_t		at = 0;

		for (; at + ASCII_WIDTH <= len; at += ASCII_WIDTH)
			ascii_store(dst + at, ascii_load(src + at));
		ascii_store(dst + len - ASCII_WIDTH,
					ascii_load(src + len - ASCII_WIDTH));
	}
	else if (len >= 8)
	{
		uint64_t	head,
					tail;

		memcpy(&head, src, 8);
		memcpy(&tail, src + len - 8, 8);
		memcpy(dst, &head, 8);
		memcpy(dst + len - 8, &tail, 8);
	}
	else if (len >= 4)
	{
		uint32_t	head,
					tail;

		memcpy(&head, src, 4);
		memcpy(&tail, src + len - 4, 4);
		memcpy(dst, &head, 4);
		memcpy(dst + len - 4, &tail, 4);
	}
	else
	{
		for (size_t i = 0; i < len; i++)
			dst[i] = src[i];
	}
}

/* memcpy() for bytes that are few most of the time. */
static inline void
ascii_copy_any(char *dst, const char *src, size_t len)
{
	if (len - 1 < 64)
		ascii_copy(dst, src, len);
	else
		memcpy(dst, src, len);
}

#endif							/* CCPII_ASCII_H */
