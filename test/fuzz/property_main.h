/*-------------------------------------------------------------------------
 *
 * property_main.h
 *	  The end of a harness: see property.h.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_PROPERTY_MAIN_H
#define CCPII_PROPERTY_MAIN_H

static void
try_copy(const void *data, size_t len)
{
	char	   *copy = malloc(len > 0 ? len : 1);

	memcpy(copy, data, len);
	input_data = copy;
	input_len = len;
	try_input(copy, len);
	free(copy);
}

#ifdef CCPII_LIBFUZZER

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	random_state = 1;
	for (size_t i = 0; i < size; i++)
		random_state = random_state * 31 + data[i] + 1;
	random_state |= 1;
	try_copy(data, size);
	if (nreports > 0)
	{
		fflush(stdout);
		abort();
	}
	return 0;
}

#else

/* Leave an input to libFuzzer, in the directory FUZZ_CORPUS, if there is one. */
static void
keep_input(const char *input, size_t len, long number)
{
	const char *dir = getenv("FUZZ_CORPUS");
	char		path[1000];
	FILE	   *file;

	if (dir == NULL || number >= PROPERTY_KEPT)
		return;
	(void) snprintf(path, sizeof(path), "%s/%ld", dir, number);
	file = fopen(path, "wb");
	if (file == NULL)
		return;
	(void) fwrite(input, 1, len, file);
	(void) fclose(file);
}

int
main(int argc, char **argv)
{
	long		ninputs = argc > 1 ? atol(argv[1]) : PROPERTY_INPUTS;
	int			nfailed = 0;

	random_state = argc > 2 ? strtoull(argv[2], NULL, 10) : 20240731;
	if (ninputs < 0 || random_state == 0)
	{
		fprintf(stderr, "usage: %s [inputs [seed]], seed not 0\n", argv[0]);
		return 2;
	}

	try_seeds();
	for (long i = 0; i < ninputs; i++)
	{
		static char input[PROPERTY_MAX_BYTES];
		size_t		len = make_input(input);

		try_copy(input, len);
		keep_input(input, len, i);
	}
	for (int i = 0; i < nproperties; i++)
		nfailed += failed[i];
	printf("# %ld checks, digest of all results %016llX\n", nchecks,
		   (unsigned long long) digest);
	printf("%d passed, %d failed\n", nproperties - nfailed, nfailed);
	return nfailed == 0 ? 0 : 1;
}

#endif							/* CCPII_LIBFUZZER */

#endif							/* CCPII_PROPERTY_MAIN_H */
