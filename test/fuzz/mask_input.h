/*-------------------------------------------------------------------------
 *
 * mask_input.h
 *	  Inputs for mask_property.c, made from a seed: always the same ones.
 *
 * Numbers, addresses, names and cards as people type them, damaged, and
 * strings of characters and bytes that the masks treat specially.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_MASK_INPUT_H
#define CCPII_MASK_INPUT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"

#define INPUT_MAX_BYTES 512

typedef struct Bytes
{
	char	   *data;
	size_t		len;
} Bytes;

/* A copy that ends where its buffer ends. */
static inline Bytes
copy_of(const char *data, size_t len)
{
	Bytes		copy = {malloc(len > 0 ? len : 1), len};

	memcpy(copy.data, data, len);
	return copy;
}

static inline bool
same(Bytes a, Bytes b)
{
	return a.len == b.len && memcmp(a.data, b.data, a.len) == 0;
}

/* What the masks treat specially, and a bit of what they do not. */
static const char *const pieces[] = {
	"0", "1", "4", "7", "9", "4111111111111111", "555", "12", "X", "x", "*",
	"***", "****", "****@", " ", "  ", "\t", "\n", "\r\n", "+", "(", ")", "-",
	".", "/", ",", ";", ":", "<", ">", "[", "]", "\\", "\"", "\\\"", "@", "_",
	"'", "a", "Z", "J***", "h:", "example.com", "[1.2.3.4]",
	"[IPv6:2001:db8::1]", "\x7F", "\x01",
	/* spaces: next line, no-break, em, line separator, ideographic */
	"\xC2\x85", "\xC2\xA0", "\xE2\x80\x83", "\xE2\x80\xA8", "\xE3\x80\x80",
	/* letters: feminine ordinal, E acute, Zhe, ha, iteration mark, Li */
	"\xC2\xAA", "\xC3\x89", "\xD0\x96", "\xE0\xA4\xB9", "\xE3\x80\x85",
	"\xE6\x9D\x8E",
	/* marks: combining acute, vowel sign i */
	"\xCC\x81", "e\xCC\x81", "\xE0\xA4\xBF",
	/* digits: Arabic-Indic, Devanagari, full-width, double-struck, Osmanya */
	"\xD9\xA3", "\xE0\xA5\xA7", "\xEF\xBC\x95", "\xF0\x9D\x9F\x98",
	"\xF0\x90\x92\xA0",
	/* no-break hyphen, minus, full-width plus and at, zero width, a smile */
	"\xE2\x80\x91", "\xE2\x88\x92", "\xEF\xBC\x8B", "\xEF\xBC\xA0",
	"\xE2\x80\x8B", "\xF0\x9F\x98\x80",
	/* invalid: continuation, overlong, surrogate, too large, truncated */
	"\x80", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82", "\xFF"
};

#define NPIECES (sizeof(pieces) / sizeof(pieces[0]))

static const char *const phones[] = {
	"+1 (415) 555-7890", "415.555.7890", "+44 20 7946 0958", "0049/30/901820",
	"7743", "\xD9\xA0\xD9\xA1\xD9\xA2\xD9\xA3\xD9\xA4\xD9\xA5\xD9\xA6\xD9\xA7",
	"\xEF\xBC\x8B\xEF\xBC\x98\xEF\xBC\x91 3 1234 5678"
};

static const char *const emails[] = {
	"jane.doe@example.com", "\"jane doe\"@example.com", "a@b.co",
	"j@xn--bcher-kva.example", "\xC3\xBC@b\xC3\xBC" "cher.example",
	"a@[192.0.2.1]", "a@[IPv6:::1]", "a\xEF\xBC\xA0" "b.example"
};

static const char *const names[] = {
	"Jane Doe", "Anna-Maria O'Neill Jr.",
	"\xE6\x9D\x8E\xE5\xB0\x8F\xE9\xBE\x99",
	"A*** B***", "Li", "\xD0\x90\xD0\xBD\xD0\xBD\xD0\xB0 \xD0\x98."
};

static const char *const cards[] = {
	"4111111111111111", "378282246310005", "30569309025904", "6011111111111117",
	"3530111333300000", "5555555555554444", "2223003122003222", "4222222222222",
	"4111 1111-1111.1111"
};

static size_t
append(char *input, size_t len, const char *piece, size_t piece_len)
{
	if (len + piece_len > INPUT_MAX_BYTES)
		return len;
	memcpy(input + len, piece, piece_len);
	return len + piece_len;
}

static size_t
append_pieces(char *input, size_t len, uint32_t npieces)
{
	for (; npieces > 0; npieces--)
	{
		const char *piece = pieces[random_below(NPIECES)];

		len = append(input, len, piece, strlen(piece));
	}
	return len;
}

/* Overwrite, drop or insert a piece somewhere, even inside a character. */
static size_t
damage(char *input, size_t len)
{
	char		tail[INPUT_MAX_BYTES];
	size_t		cut = random_below((uint32_t) len + 1);
	size_t		skip = random_below(3);
	size_t		tail_len = cut + skip < len ? len - cut - skip : 0;

	memcpy(tail, input + len - tail_len, tail_len);
	len = append_pieces(input, cut, random_below(3));
	return append(input, len, tail, tail_len);
}

static inline Bytes
make_value(void)
{
	char		input[INPUT_MAX_BYTES];
	const char *seed = "";
	size_t		len = 0;

	switch (random_below(8))
	{
		case 0:
			seed = PICK(phones);
			break;
		case 1:
			seed = PICK(emails);
			break;
		case 2:
			seed = PICK(names);
			break;
		case 3:
			seed = PICK(cards);
			break;
		case 4:					/* only digits, runs of every length */
			for (uint32_t n = random_below(40); n > 0; n--)
			{
				char		digit = (char) ('0' + random_below(10));

				len = append(input, len, &digit, 1);
			}
			break;
		case 5:					/* only bytes */
			for (uint32_t n = random_below(40); n > 0; n--)
			{
				char		byte = (char) random_below(256);

				len = append(input, len, &byte, 1);
			}
			break;
		case 6:
			len = append_pieces(input, len, random_below(60));
			break;
		default:
			len = append_pieces(input, len, random_below(8));
			break;
	}
	len = append(input, len, seed, strlen(seed));
	for (uint32_t n = random_below(4); n > 0; n--)
		len = damage(input, len);
	return copy_of(input, len);
}

/* The same into a buffer of INPUT_MAX_BYTES; returns the length. */
static inline size_t
copy_value(char *input)
{
	Bytes		value = make_value();
	size_t		len = value.len;

	memcpy(input, value.data, len);
	free(value.data);
	return len;
}

#endif							/* CCPII_MASK_INPUT_H */
