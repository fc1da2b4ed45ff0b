/*-------------------------------------------------------------------------
 *
 * attribute.h
 *	  The registered @attributes: keys of json that hold personal data.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_ATTRIBUTE_H
#define CCPII_ATTRIBUTE_H

/*
 * ccpii_attribute_paths
 *		The registered attributes as the paths of a mask jsonb, in the text
 *		form that ccpii_label_parse_paths() reads; "" if there is none.
 *		Lives until the end of the transaction.
 */
extern const char *ccpii_attribute_paths(void);

extern void ccpii_attribute_init(void);

/* Counts changes of the attributes that this backend knows of. */
extern uint64 ccpii_attribute_generation(void);

#endif							/* CCPII_ATTRIBUTE_H */
