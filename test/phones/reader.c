/*-------------------------------------------------------------------------
 *
 * reader.c
 *	  Telephone numbers of standard input in E.164, without a server.
 *
 * Reads lines of a number, a tab, a region or nothing, and perhaps another tab
 * and more; prints for each the possible number or nothing, a tab, and 1 if it
 * is valid, else 0.
 *
 *-------------------------------------------------------------------------
 */
#include <stdio.h>
#include <string.h>

#include "text/phone_number.h"

int
main(void)
{
	static char line[1 << 16];

	while (fgets(line, sizeof(line), stdin) != NULL)
	{
		size_t		number_len = strcspn(line, "\t\n");
		const char *name = line + number_len + (line[number_len] == '\t');
		size_t		name_len = strcspn(name, "\t\n");
		int			region = PHONE_NO_REGION;
		PhoneNumber number;

		if (name_len > 0)
			region = ccpii_phone_number_region(name, name_len);
		if (region < 0)
		{
			fprintf(stderr, "reader: no region: %.*s\n", (int) name_len, name);
			return 1;
		}
		ccpii_phone_number_read(line, number_len, region, &number);
		printf("%.*s\t%d\n", (int) number.len, number.e164, number.valid);
	}
	return 0;
}
