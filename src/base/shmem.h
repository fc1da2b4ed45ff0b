/*-------------------------------------------------------------------------
 *
 * shmem.h
 *	  One fixed piece of shared memory, shared out to the parts.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_SHMEM_H
#define CCPII_SHMEM_H

#include "storage/lwlock.h"

/*
 * ccpii_shmem_register
 *		Ask for shared memory, from _PG_init of the preloaded library.
 *
 * name		a string constant, unique; also the name of the lock's tranche
 * size		bytes
 * area		where the address is stored once the segment exists
 * lock		where the address of the area's own lock is stored
 * init		called once in the postmaster, area zeroed, before any backend
 *			runs; may be NULL
 */
extern void ccpii_shmem_register(const char *name, Size size, void **area,
								 LWLock **lock, void (*init) (void *area));

extern void ccpii_shmem_init(void);

#endif							/* CCPII_SHMEM_H */
