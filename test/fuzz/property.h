/*-------------------------------------------------------------------------
 *
 * property.h
 *	  Properties that are checked on many inputs, counted and reported.
 *
 * A harness defines try_input() and includes property_main.h at its end: it is
 * a libFuzzer target then, if built with CCPII_LIBFUZZER.  Else it is a program
 * of the arguments and output of mask_property.c; it runs try_seeds(), and
 * PROPERTY_INPUTS inputs of at most PROPERTY_MAX_BYTES that make_input() makes.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_PROPERTY_H
#define CCPII_PROPERTY_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"

#define PROPERTY_MAX 64
#define PROPERTY_REPORTS 20
#define PROPERTY_SHOWN 1000		/* bytes of an input */
#define PROPERTY_KEPT 1000		/* inputs that libFuzzer starts from */

/* A property is known by its text, of which there is one copy. */
static const char *properties[PROPERTY_MAX];
static bool failed[PROPERTY_MAX];
static int	nproperties = 0;
static long nchecks = 0;
static long nreports = 0;

/* Of all results, to compare two builds by (FNV-1a). */
static uint64_t digest = UINT64_C(0xCBF29CE484222325);

static void
add_to_digest(const void *bytes, size_t len)
{
	const unsigned char *byte = (const unsigned char *) bytes;

	for (size_t i = 0; i < len; i++)
		digest = (digest ^ byte[i]) * UINT64_C(0x100000001B3);
	digest = (digest ^ len) * UINT64_C(0x100000001B3);
}

/* Of the input that is tried; and what a report shall say besides. */
static const char *input_data;
static size_t input_len;
static char input_note[200];

static void
check(bool holds, const char *property)
{
	int			i = 0;

	nchecks++;
	while (i < nproperties && properties[i] != property)
		i++;
	if (i == nproperties)
		properties[nproperties++] = property;
	if (holds)
		return;
	failed[i] = true;
	if (++nreports > PROPERTY_REPORTS)
		return;
	printf("not ok: %s%s%s\n  of \"", property, input_note[0] == '\0' ? "" : ", ",
		   input_note);
	for (size_t at = 0; at < input_len && at < PROPERTY_SHOWN; at++)
	{
		unsigned char byte = (unsigned char) input_data[at];

		if (byte >= ' ' && byte < 0x7F && byte != '\\')
			putchar(byte);
		else
			printf("\\x%02X", byte);
	}
	printf("\"\n");
}

/* Try a copy that ends where its buffer ends: property_main.h. */
static void try_copy(const void *data, size_t len);

#endif							/* CCPII_PROPERTY_H */
