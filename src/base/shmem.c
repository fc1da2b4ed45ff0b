/*-------------------------------------------------------------------------
 *
 * shmem.c
 *	  One fixed piece of shared memory, shared out to the parts.
 *
 * Parts register an area from their init, ccpii_shmem_init() comes last and
 * puts the hooks in.  After a crash the postmaster makes a new segment and
 * runs the startup hook again: areas are zeroed and initialised once more.
 * Every area has one LWLock in a tranche of the area's name; this file takes
 * none of them.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "storage/ipc.h"
#include "storage/lwlock.h"
#include "storage/shmem.h"

#include "base/shmem.h"

#define MAX_AREAS 8

typedef struct ShmemArea
{
	const char *name;
	Size		size;
	void	  **area;
	LWLock	  **lock;
	void		(*init) (void *area);
} ShmemArea;

static ShmemArea areas[MAX_AREAS];
static int	nareas = 0;

static shmem_request_hook_type prev_shmem_request = NULL;
static shmem_startup_hook_type prev_shmem_startup = NULL;

static void
request_areas(void)
{
	if (prev_shmem_request)
		prev_shmem_request();

	for (int i = 0; i < nareas; i++)
	{
		RequestAddinShmemSpace(MAXALIGN(areas[i].size));
		RequestNamedLWLockTranche(areas[i].name, 1);
	}
}

static void
attach_areas(void)
{
	if (prev_shmem_startup)
		prev_shmem_startup();

	LWLockAcquire(AddinShmemInitLock, LW_EXCLUSIVE);
	for (int i = 0; i < nareas; i++)
	{
		ShmemArea  *area = &areas[i];
		bool		found;

		*area->lock = &GetNamedLWLockTranche(area->name)->lock;
		*area->area = ShmemInitStruct(area->name, area->size, &found);
		if (!found)
		{
			memset(*area->area, 0, area->size);
			if (area->init)
				area->init(*area->area);
		}
	}
	LWLockRelease(AddinShmemInitLock);
}

void
ccpii_shmem_register(const char *name, Size size, void **area, LWLock **lock,
					 void (*init) (void *area))
{
	ShmemArea  *new_area;

	Assert(process_shared_preload_libraries_in_progress);
	if (nareas >= MAX_AREAS)
		elog(ERROR, "too many shared memory areas");

	new_area = &areas[nareas++];
	new_area->name = name;
	new_area->size = size;
	new_area->area = area;
	new_area->lock = lock;
	new_area->init = init;
}

void
ccpii_shmem_init(void)
{
	prev_shmem_request = shmem_request_hook;
	shmem_request_hook = request_areas;
	prev_shmem_startup = shmem_startup_hook;
	shmem_startup_hook = attach_areas;
}
