/*-------------------------------------------------------------------------
 *
 * reveal.c
 *	  May who asks see values of type masked_text, wherever they come from?
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "policy/audience.h"
#include "policy/reveal.h"

bool
ccpii_reveal_now(void)
{
	Audience	audience = ccpii_audience_now();

	return ccpii_audience_is_clear(&audience);
}
