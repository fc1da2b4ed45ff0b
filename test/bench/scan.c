/*-------------------------------------------------------------------------
 *
 * scan.c
 *	  What it costs to look at messages, beside what it costs to copy them.
 *
 *	  scan MESSAGES BYTES
 *
 * MESSAGES is a file of messages, each behind its length in four bytes.  It is
 * read over and over until BYTES are seen, once by each way in turn; for each
 * turn a line: nanoseconds per message of memcpy, of a scan for numbers, and of
 * one for everything.
 *
 *-------------------------------------------------------------------------
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "text/email_find.h"
#include "text/scan.h"

#define TURNS 11

typedef void (*Way) (const char *message, size_t len);

static char copy[1 << 20];
static volatile size_t sink;	/* so that nothing is optimised away */

static void
copy_message(const char *message, size_t len)
{
	memcpy(copy, message, len);
	sink += (unsigned char) copy[len / 2];
}

static void
scan(const ScanRules *rules, const char *message, size_t len)
{
	Scanner		scanner;
	Span		span;

	if (!ccpii_scan_may_find(rules, message, len))
		return;
	ccpii_scan_begin(&scanner, rules, message, len);
	while (ccpii_scan_next(&scanner, &span))
		sink += span.end;
}

static void
scan_numbers(const char *message, size_t len)
{
	static const ScanRules rules = {.digits = 7,.mode = NUMBER_GROUPED,.keep_dates = true};

	scan(&rules, message, len);
}

static void
scan_all(const char *message, size_t len)
{
	static ScanRules rules = {
		.digits = 7,.mode = NUMBER_GROUPED,.keep_dates = true,.phones = true
	};
	EmailSpan	email;
	size_t		from = 0;

	rules.cards.networks = ccpii_card_default();
	scan(&rules, message, len);
	while (ccpii_email_next(message, len, from, &email))
		sink += from = email.end;
}

/* Nanoseconds of CPU time per message. */
static double
measure(Way way, const char *messages, size_t len, size_t rounds)
{
	struct timespec start;
	struct timespec end;
	size_t		count = 0;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
	for (size_t round = 0; round < rounds; round++)
	{
		for (size_t at = 0; at < len; count++)
		{
			uint32_t	size;

			memcpy(&size, messages + at, sizeof(size));
			way(messages + at + sizeof(size), size);
			at += sizeof(size) + size;
		}
	}
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
	return ((double) (end.tv_sec - start.tv_sec) * 1e9 +
			(double) (end.tv_nsec - start.tv_nsec)) / (double) count;
}

int
main(int argc, char **argv)
{
	FILE	   *file = argc == 3 ? fopen(argv[1], "rb") : NULL;
	char	   *messages;
	size_t		len;
	size_t		rounds;

	if (file == NULL)
	{
		fprintf(stderr, "usage: scan MESSAGES BYTES\n");
		return 2;
	}
	fseek(file, 0, SEEK_END);
	len = (size_t) ftell(file);
	rewind(file);
	messages = malloc(len);
	if (messages == NULL || fread(messages, 1, len, file) != len)
		return 2;
	rounds = (size_t) atol(argv[2]) / TURNS / len + 1;
	for (int turn = 0; turn < TURNS; turn++)
		printf("%.2f %.2f %.2f\n", measure(copy_message, messages, len, rounds),
			   measure(scan_numbers, messages, len, rounds),
			   measure(scan_all, messages, len, rounds));
	return 0;
}
