/*-------------------------------------------------------------------------
 *
 * fault.h
 *	  Named points at which a test can make the code fail.
 *
 * Only builds with CCPII_TEST_FAULT have them: there, setting ccpii.test_fault
 * to a point's name makes the next pass of that point raise 58030.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_FAULT_H
#define CCPII_FAULT_H

#ifdef CCPII_TEST_FAULT
extern void ccpii_fault_init(void);
extern void ccpii_fault_point(const char *name);
#else
#define ccpii_fault_init() ((void) 0)
#define ccpii_fault_point(name) ((void) 0)
#endif

#endif							/* CCPII_FAULT_H */
