/*-------------------------------------------------------------------------
 *
 * random.h
 *	  Random numbers of a seed: always the same ones.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_RANDOM_H
#define CCPII_RANDOM_H

#include <stdint.h>

static uint64_t random_state;	/* not 0 */

/* xorshift64*, Marsaglia 2003, Vigna 2014 */
static uint32_t
random_below(uint32_t limit)
{
	random_state ^= random_state >> 12;
	random_state ^= random_state << 25;
	random_state ^= random_state >> 27;
	return (uint32_t) ((random_state * UINT64_C(0x2545F4914F6CDD1D)) >> 33) %
		limit;
}

#define PICK(list) list[random_below(sizeof(list) / sizeof(list[0]))]

#endif							/* CCPII_RANDOM_H */
