/*-------------------------------------------------------------------------
 *
 * redact_lines.c
 *	  Redacts each line of hexadecimal UTF-8 from standard input.
 *
 *	  redact_lines DIGITS CARDS EMAILS
 *
 *-------------------------------------------------------------------------
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/email_find.h"
#include "text/redact.h"

static size_t
unhex(char *line, size_t len)
{
	size_t		size = 0;

	for (size_t i = 0; i + 1 < len; i += 2)
	{
		unsigned	byte;

		sscanf(line + i, "%2x", &byte);
		line[size++] = (char) byte;
	}
	return size;
}

int
main(int argc, char **argv)
{
	ScanRules	rules = {.mode = NUMBER_GROUPED,.keep_dates = true};
	bool		emails = argc == 4 && atoi(argv[3]) != 0;
	char	   *line = NULL;
	size_t		room = 0;
	ssize_t		len;

	if (argc != 4)
		return 2;
	rules.digits = atoi(argv[1]);
	rules.cards.networks = atoi(argv[2]) != 0 ? ccpii_card_default() : 0;
	while ((len = getline(&line, &room, stdin)) > 0)
	{
		size_t		size = unhex(line, (size_t) len - 1);
		char	   *out = malloc(ccpii_email_mask_in_bound(size) + 1);
		size_t		written = emails ?
			ccpii_email_mask_in(line, size, out) :
			ccpii_redact_numbers(&rules, line, size, out);

		if (written == 0)
			memcpy(out, line, written = size);
		for (size_t i = 0; i < written; i++)
			printf("%02x", (unsigned char) out[i]);
		putchar('\n');
		free(out);
	}
	return 0;
}
