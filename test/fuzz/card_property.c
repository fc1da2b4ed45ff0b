/*-------------------------------------------------------------------------
 *
 * card_property.c
 *	  Card networks and check digits, compared with a plain reading of
 *	  src/text/card_networks.csv and of Luhn's formula.
 *
 * The oracle knows ranges as they are written, and walks over all of them;
 * text/card knows segments that a generator made of them.
 *
 *-------------------------------------------------------------------------
 */
#include "text/card.h"
#include "text/utf8.h"

#include "mask_input.h"
#include "property.h"

#define PROPERTY_INPUTS 100000	/* about two seconds */
#define PROPERTY_MAX_BYTES INPUT_MAX_BYTES

#define NUMBER_BYTES 32			/* of what is more than any card has */

#define MAX_NETWORKS 64
#define MAX_RANGES 1000
#define MAX_LINE 1000
#define NFIELDS 9

/* A network as the facts have it, by number. */
typedef struct Network
{
	char		name[32];
	bool		has_length[CARD_MAX_DIGITS + 1];
	bool		checked;
	bool		by_default;
	bool		asked;
} Network;

typedef struct Range
{
	int			network;
	char		first[CARD_MAX_DIGITS + 1];
	char		last[CARD_MAX_DIGITS + 1];
} Range;

static Network networks[MAX_NETWORKS];
static int	nnetworks = 0;
static Range ranges[MAX_RANGES];
static int	nranges = 0;

/* ---------- the oracle ---------- */

static int
network_named(const char *name)
{
	int			network = 0;

	while (network < nnetworks && strcmp(networks[network].name, name) != 0)
		network++;
	return network;
}

/* One row of the facts: no field is quoted. */
static void
read_row(char *line)
{
	char	   *field[NFIELDS];
	int			number;
	Network    *network;
	Range	   *range = &ranges[nranges++];

	for (int i = 0; i < NFIELDS; i++)
	{
		field[i] = line;
		line = strchr(line, i < NFIELDS - 1 ? ',' : '\n');
		if (line == NULL || nranges > MAX_RANGES)
		{
			fprintf(stderr, "card_property: row %d of the facts\n", nranges);
			exit(2);
		}
		*line++ = '\0';
	}
	number = network_named(field[0]);
	if (number == nnetworks)
		nnetworks++;
	network = &networks[number];
	snprintf(network->name, sizeof(network->name), "%s", field[0]);
	network->checked = strcmp(field[4], "no") != 0;
	network->by_default = strcmp(field[5], "default") == 0;
	network->asked = strcmp(field[6], "active") == 0 ||
		strcmp(field[6], "sunset") == 0;
	for (char *length = strtok(field[3], "/"); length; length = strtok(NULL, "/"))
		network->has_length[atoi(length)] = true;
	range->network = number;
	snprintf(range->first, sizeof(range->first), "%s", field[1]);
	snprintf(range->last, sizeof(range->last), "%s", field[2]);
}

/* The facts, of the source tree that this file is in. */
static void
read_facts(void)
{
	static const char here[] = "test/fuzz/card_property.c";
	static const char there[] = "src/text/card_networks.csv";
	char		path[4096];
	char		line[MAX_LINE];
	size_t		root = strlen(__FILE__) - strlen(here);
	FILE	   *file;

	snprintf(path, sizeof(path), "%.*s%s", (int) root, __FILE__, there);
	file = fopen(path, "r");
	if (file == NULL || fgets(line, sizeof(line), file) == NULL)
	{
		perror(path);
		exit(2);
	}
	while (fgets(line, sizeof(line), file) != NULL)
		read_row(line);
	fclose(file);
}

/* Luhn's formula as text books have it, from the right. */
static bool
has_check_digit(const char *number)
{
	size_t		len = strlen(number);
	int			sum = 0;

	for (size_t i = 0; i < len; i++)
	{
		int			digit = number[len - 1 - i] - '0';

		if (i % 2 == 1)
			digit *= 2;
		if (digit > 9)
			digit -= 9;
		sum += digit;
	}
	return len >= 2 && sum % 10 == 0;
}

static bool
begins_in(const char *number, const Range *range)
{
	size_t		len = strlen(range->first);

	return strncmp(number, range->first, len) >= 0 &&
		strncmp(number, range->last, len) <= 0;
}

static int
oracle(const char *number, CardNetworks enabled)
{
	size_t		len = strlen(number);
	int			found = -1;

	if (len > CARD_MAX_DIGITS)
		return -1;
	for (int i = 0; i < nranges; i++)
	{
		int			candidate = ranges[i].network;
		const Network *network = &networks[candidate];

		if ((enabled & CARD_NETWORK(candidate)) != 0 &&
			network->has_length[len] &&
			begins_in(number, &ranges[i]) &&
			(!network->checked || has_check_digit(number)) &&
			(found < 0 || candidate < found))
			found = candidate;
	}
	return found;
}

/* ---------- the properties ---------- */

/* The digits in a buffer that ends where they end, for the sanitizers. */
static uint8_t *
digits_of(const char *number)
{
	size_t		len = strlen(number);
	uint8_t    *digits = malloc(len > 0 ? len : 1);

	for (size_t i = 0; i < len; i++)
		digits[i] = (uint8_t) (number[i] - '0');
	return digits;
}

static CardNetworks
random_set(void)
{
	CardNetworks set = 0;

	for (int i = 0; i < nnetworks; i++)
		set |= random_below(2) ? CARD_NETWORK(i) : 0;
	return set;
}

static void
check_number(const char *number)
{
	size_t		len = strlen(number);
	uint8_t    *digits = digits_of(number);
	CardNetworks sets[] = {
		0, ~UINT64_C(0), ccpii_card_default(), ccpii_card_asked(),
		random_set(), CARD_NETWORK(random_below((uint32_t) nnetworks))
	};

	(void) snprintf(input_note, sizeof(input_note), "%s", number);
	for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++)
	{
		int			network = ccpii_card_match(digits, len, sets[i]);

		check(network == oracle(number, sets[i]),
			  "a number's network is that of the facts");
		add_to_digest(&network, sizeof(network));
	}
	check(ccpii_card_check(digits, len) ==
		  (oracle(number, ccpii_card_default()) >= 0),
		  "a card is one of a default network");
	check(ccpii_card_luhn(digits, len) == has_check_digit(number),
		  "the check digit is that of the text books");
	free(digits);
}

/* A number, its last digit made right, and one that is wrong. */
static void
check_all_of(char *number)
{
	size_t		len = strlen(number);
	int			nright = 0;

	check_number(number);
	if (len < 2)
		return;
	for (char last = '0'; last <= '9'; last++)
	{
		number[len - 1] = last;
		nright += has_check_digit(number);
		if (has_check_digit(number) || last == '0')
			check_number(number);
	}
	check(nright == 1, "one of ten last digits is right");
}

static void
add_random_digits(char *number, size_t len)
{
	for (size_t i = strlen(number); i < len; i++)
	{
		number[i] = (char) ('0' + random_below(10));
		number[i + 1] = '\0';
	}
	number[len] = '\0';
}

/* Around both ends of each range, in every length and a bit more. */
static void
check_boundaries(void)
{
	for (int i = 0; i < nranges; i++)
	{
		int			width = (int) strlen(ranges[i].first);
		long		first = atol(ranges[i].first);
		long		last = atol(ranges[i].last);
		long		prefixes[] = {first - 1, first, last, last + 1};

		for (size_t end = 0; end < 4; end++)
		{
			for (size_t len = 10; len <= CARD_MAX_DIGITS + 2; len++)
			{
				for (int fill = 0; fill < 3; fill++)
				{
					char		number[32];

					snprintf(number, sizeof(number), "%0*ld", width,
							 prefixes[end]);
					if (fill < 2)
						memset(number + strlen(number), fill ? '9' : '0',
							   sizeof(number) - strlen(number));
					number[len] = '\0';
					add_random_digits(number, len);
					check_all_of(number);
				}
			}
		}
	}
}

static void
check_names(void)
{
	CardNetworks by_default = 0;
	CardNetworks asked = 0;

	for (int i = 0; i < nnetworks; i++)
	{
		const char *name = networks[i].name;
		size_t		len = strlen(name);
		char		capital[sizeof(networks[i].name) + 1];

		by_default |= networks[i].by_default ? CARD_NETWORK(i) : 0;
		asked |= networks[i].asked ? CARD_NETWORK(i) : 0;
		for (size_t at = 0; at < len; at++)
			capital[at] = name[at] >= 'a' && name[at] <= 'z' ?
				(char) (name[at] - 'a' + 'A') : name[at];
		capital[len] = 's';
		check(strcmp(ccpii_card_network_name(i), name) == 0,
			  "a network has its name");
		check(ccpii_card_network_by_name(name, len) == i &&
			  ccpii_card_network_by_name(capital, len) == i,
			  "a name is a network's, also in capitals");
		check(ccpii_card_network_by_name(capital, len + 1) == -1 &&
			  ccpii_card_network_by_name(name, len - 1) != i,
			  "a name is a whole name");
	}
	check(ccpii_card_network_name(-1) == NULL &&
		  ccpii_card_network_name(nnetworks) == NULL &&
		  ccpii_card_network_by_name("", 0) == -1 &&
		  ccpii_card_network_by_name("default", 7) == -1,
		  "there are no other networks");
	check(ccpii_card_default() == by_default && ccpii_card_asked() == asked,
		  "the sets are those of the facts");
}

/* In one go and in small bites the same is read, and nothing is left out. */
static void
check_read(Bytes in)
{
	uint8_t		digits[INPUT_MAX_BYTES];
	uint8_t		bites[INPUT_MAX_BYTES];
	size_t		at = 0;
	size_t		bite_at = 0;
	size_t		plain_at = 0;
	size_t		ndigits = ccpii_card_read(in.data, in.len, &at, digits,
										  sizeof(digits));
	size_t		nbites = 0;
	size_t		nplain = 0;
	size_t		had;
	bool		alike = true;

	do
	{
		had = ccpii_card_read(in.data, in.len, &bite_at, bites + nbites, 3);
		nbites += had;
	} while (had == 3);
	while (plain_at < in.len)
	{
		uint32_t	code_point;
		size_t		size = ccpii_utf8_decode(in.data + plain_at,
											 in.len - plain_at, &code_point);
		int			digit = ccpii_utf8_digit(code_point);

		if (digit < 0 && (code_point >= 0x80 ||
						  memchr(" -._", (int) code_point, 4) == NULL))
			break;
		if (digit >= 0)
			alike &= nplain < ndigits && digits[nplain++] == digit;
		plain_at += size;
	}
	check(alike && nplain == ndigits && plain_at == at,
		  "a number is read to its end");
	check(nbites == ndigits && bite_at == at &&
		  memcmp(bites, digits, ndigits) == 0,
		  "a number is read the same in parts");
	add_to_digest(digits, ndigits);
}

/* The digits of an input are a number, too. */
static void
try_input(const char *data, size_t len)
{
	Bytes		in = {(char *) data, len};
	char		number[NUMBER_BYTES] = "";
	size_t		ndigits = 0;

	if (nnetworks == 0)
		read_facts();
	check_read(in);
	for (size_t i = 0; i < len && ndigits + 1 < NUMBER_BYTES; i++)
	{
		if (data[i] >= '0' && data[i] <= '9')
			number[ndigits++] = data[i];
	}
	check_all_of(number);
}

#ifndef CCPII_LIBFUZZER

static void
try_seeds(void)
{
	read_facts();
	check_names();
	check_boundaries();
}

/* A value, or a number, which half of the time is near the end of a range. */
static size_t
make_input(char *input)
{
	char		number[NUMBER_BYTES] = "";

	if (random_below(2))
		return copy_value(input);
	if (random_below(2))
	{
		const Range *range = &ranges[random_below((uint32_t) nranges)];

		snprintf(number, sizeof(number), "%s",
				 random_below(2) ? range->first : range->last);
		if (random_below(2))
			number[random_below((uint32_t) strlen(number))] =
				(char) ('0' + random_below(10));
	}
	add_random_digits(number, random_below(CARD_MAX_DIGITS + 3));
	memcpy(input, number, strlen(number));
	return strlen(number);
}

#endif							/* CCPII_LIBFUZZER */

#include "property_main.h"
