/*-------------------------------------------------------------------------
 *
 * phone_property.c
 *	  What holds for every telephone number that is read: an input is the
 *	  name of a region, two bytes, and a number.
 *
 *-------------------------------------------------------------------------
 */
#include "text/phone_number.h"

#include "mask_input.h"
#include "property.h"

#define PROPERTY_INPUTS 60000	/* about two seconds */
#define PROPERTY_MAX_BYTES INPUT_MAX_BYTES

/* Is it nothing, or a plus sign and digits, of which the first is not 0? */
static bool
is_e164(const PhoneNumber *number)
{
	if (number->len == 0)
		return !number->valid;
	if (number->len < 4 || number->len > PHONE_NUMBER_MAX_BYTES ||
		number->e164[0] != '+' || number->e164[1] == '0')
		return false;
	for (size_t i = 1; i < number->len; i++)
	{
		if (number->e164[i] < '0' || number->e164[i] > '9')
			return false;
	}
	return true;
}

static bool
is_same(const PhoneNumber *a, const PhoneNumber *b)
{
	return a->len == b->len && memcmp(a->e164, b->e164, a->len) == 0;
}

static void
try_input(const char *data, size_t len)
{
	int			region = PHONE_NO_REGION;
	PhoneNumber number;
	PhoneNumber key;
	PhoneNumber again;

	if (len < 2)
		return;
	region = ccpii_phone_number_region(data, 2);
	if (region < 0)
		region = PHONE_NO_REGION;
	ccpii_phone_number_read(data + 2, len - 2, region, &number);
	ccpii_phone_number_read_key(data + 2, len - 2, region, &key);
	ccpii_phone_number_read(data + 2, len - 2, region, &again);
	check(is_e164(&number), "a number is in E.164, or there is none");
	check(is_e164(&key), "so is a key");
	check(is_same(&number, &again) && number.valid == again.valid,
		  "reading it again gives the same");
	check(memchr(data + 2, '@', len - 2) != NULL || key.len == 0 ||
		  is_same(&number, &key), "a key is the number");
	check(memchr(data + 2, '@', len - 2) != NULL || number.len == 0 ||
		  !number.valid || key.len > 0, "what is valid has a key");
	add_to_digest(number.e164, number.len);
	add_to_digest(key.e164, key.len);
}

#ifndef CCPII_LIBFUZZER

static size_t
make_input(char *input)
{
	static const char *const regions[] = {
		"US", "DE", "GB", "IT", "FR", "BR", "AR", "MX", "RU", "CN", "AU", "ZZ", "??"
	};
	static const char *const parts[] = {
		"+", "00", "0", "1", "011", "49", "44", "39", "7", "86", "55", "415", "555",
		"0100", "30", "901820", "2079460958", " ", "-", "(", ")", "/", ".", "~",
		" ext. 22", ";ext=3", "x9", "tel:", ";phone-context=", "+1", "CALL", "ABC",
		"@s.whatsapp.net", "@c.us", "\xEF\xBC\x8B", "\xEF\xBC\x91", "\xD9\xA3",
		"\xE2\x80\x8B", "\n", "a"
	};
	size_t		len = append(input, 0, PICK(regions), 2);
	const char *part;

	if (random_below(3) == 0)
	{
		char		value[INPUT_MAX_BYTES];

		len = append(input, len, value, copy_value(value));
	}
	for (uint32_t i = random_below(10); i > 0; i--)
	{
		part = PICK(parts);
		len = append(input, len, part, strlen(part));
	}
	return len;
}

static void
try_seeds(void)
{
	PhoneNumber number;

	ccpii_phone_number_read("(415) 555-2671", 14, ccpii_phone_number_region("US", 2),
							&number);
	check(number.len == 12 && memcmp(number.e164, "+14155552671", 12) == 0 &&
		  number.valid, "a number of the United States is read");
}

#endif							/* CCPII_LIBFUZZER */

#include "property_main.h"
