/*-------------------------------------------------------------------------
 *
 * keyring.c
 *	  The site's secret keys: read from ccpii.key_file, kept in shared memory.
 *
 * The postmaster reads the file when it makes the segment.  After a reload
 * whoever comes first reads it again: the check hook of ccpii.key_file runs
 * in every process at every reload if the setting stands in a file, and who
 * asks for a key compares PgReloadTime with the time of the last reading,
 * for servers that got the setting by command line.  Reading takes no lock;
 * tickets keep a slow reader from putting older keys over newer ones.
 *
 * A file that cannot be used leaves the ring as it is.  The exception is a
 * restart after a crash, which a bad file must not turn into an outage: the
 * ring is then empty until a reload finds a good file.
 *
 * Every change of the ring has a new generation.  A process that notices one
 * throws its plans away, because key ids are constants in them.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "storage/proc.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/plancache.h"
#include "utils/timestamp.h"

#include "base/crypto.h"
#include "base/keyring.h"
#include "base/shmem.h"

#define KEY_FILE_MAX_BYTES (16 * 1024)
#define REPORT_INTERVAL_MS (10 * 1000)	/* one LOG line per reload */
#define FINGERPRINT_BYTES 4

typedef struct KeyringKey
{
	int32		id;
	uint8		secret[KEYRING_KEY_BYTES];
} KeyringKey;

/* No padding: rings are compared by memcmp(). */
typedef struct Keyring
{
	int32		nkeys;
	KeyringKey	keys[KEYRING_MAX_KEYS]; /* the active one first, rest zero */
} Keyring;

typedef enum KeyFileFault
{
	KEY_FILE_GOOD,
	KEY_FILE_UNREADABLE,
	KEY_FILE_NOT_REGULAR,
	KEY_FILE_IN_DATA_DIRECTORY,
	KEY_FILE_OTHER_OWNER,
	KEY_FILE_OPEN_TO_OTHERS,
	KEY_FILE_TOO_LARGE,
	KEY_FILE_BAD_ID,
	KEY_FILE_BAD_KEY,
	KEY_FILE_DUPLICATE_ID,
	KEY_FILE_TOO_MANY_KEYS,
	KEY_FILE_NO_KEY,
	KEY_FILE_KEY_CHANGED
} KeyFileFault;

#define FORMAT_HINT "Every line is an id from 1 to 2147483647, a space and 64 hexadecimal digits."

typedef struct FaultText
{
	const char *detail;			/* without the full stop */
	const char *hint;
} FaultText;

static const FaultText fault_texts[] =
{
	[KEY_FILE_GOOD] = {"", ""},
	[KEY_FILE_UNREADABLE] = {"", "The file must be readable by the user that the server runs as."},
	[KEY_FILE_NOT_REGULAR] = {"It is not a regular file", "Name the file itself."},
	[KEY_FILE_IN_DATA_DIRECTORY] = {"It is inside the data directory, and so would be its backups", "Keep keys apart from the data, for example in /etc/postgresql."},
	[KEY_FILE_OTHER_OWNER] = {"It belongs to another user than the one that the server runs as", "Change the owner of the file."},
	[KEY_FILE_OPEN_TO_OTHERS] = {"Its mode gives access to group or others", "Set the mode to 0600 or 0400."},
	[KEY_FILE_TOO_LARGE] = {"It is larger than 16 kB", "It should hold nothing but keys."},
	[KEY_FILE_BAD_ID] = {"It does not start with the id of a key", FORMAT_HINT},
	[KEY_FILE_BAD_KEY] = {"The key is not 64 hexadecimal digits", FORMAT_HINT},
	[KEY_FILE_DUPLICATE_ID] = {"The id was used before", "Every key has an id of its own."},
	[KEY_FILE_TOO_MANY_KEYS] = {"There are more than 16 keys", "Remove keys that no data depends on any more."},
	[KEY_FILE_NO_KEY] = {"It holds no key", FORMAT_HINT},
	[KEY_FILE_KEY_CHANGED] = {"The key differs from the one in use under the same id", "Give the new key an id of its own and keep the old one."},
};

typedef struct KeyFileProblem
{
	KeyFileFault fault;
	int			line;			/* 0: the file as a whole */
	int			error_number;	/* of KEY_FILE_UNREADABLE */
} KeyFileProblem;

typedef struct KeyringArea
{
	Keyring		ring;
	uint64		generation;
	uint64		next_ticket;	/* given to who starts to read the file */
	uint64		last_ticket;	/* of the reading that is in the ring */
	TimestampTz checked_at;		/* when that reading was done */
	KeyFileProblem problem;		/* the last reading's */
	TimestampTz reported_at;
} KeyringArea;

static char *key_file = NULL;
static KeyringArea *area = NULL;
static LWLock *lock = NULL;
static uint64 seen_generation = 0;

PG_FUNCTION_INFO_V1(ccpii_sql_keyring_list);

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* Value of a hexadecimal digit, or -1. */
static int
hex_value(char c)
{
	static const char all[] = "0123456789abcdef";
	const char *found = memchr(all, pg_ascii_tolower((unsigned char) c), 16);

	return found ? (int) (found - all) : -1;
}

/* Read "id hex64" from a line that is trimmed and not empty. */
static KeyFileFault
parse_key(const char *p, const char *end, KeyringKey *key)
{
	int64		id = 0;

	while (p < end && *p >= '0' && *p <= '9' && id <= PG_INT32_MAX)
		id = id * 10 + (*p++ - '0');
	if (id < 1 || id > PG_INT32_MAX || p == end || !is_blank(*p))
		return KEY_FILE_BAD_ID;

	while (p < end && is_blank(*p))
		p++;
	if (end - p != 2 * KEYRING_KEY_BYTES)
		return KEY_FILE_BAD_KEY;
	for (int i = 0; i < 2 * KEYRING_KEY_BYTES; i++)
	{
		int			value = hex_value(p[i]);

		if (value < 0)
			return KEY_FILE_BAD_KEY;
		key->secret[i / 2] = (uint8) (key->secret[i / 2] << 4 | value);
	}
	key->id = (int32) id;
	return KEY_FILE_GOOD;
}

static const KeyringKey *
find_key(const Keyring *ring, int32 id)
{
	for (int i = 0; i < ring->nkeys; i++)
	{
		if (ring->keys[i].id == id)
			return &ring->keys[i];
	}
	return NULL;
}

/* Add the key of one line, if it has one. */
static KeyFileFault
parse_line(const char *p, const char *end, Keyring *ring)
{
	KeyringKey	key = {0};
	KeyFileFault fault;

	while (p < end && is_blank(*p))
		p++;
	while (end > p && is_blank(end[-1]))
		end--;
	if (p == end || *p == '#')
		return KEY_FILE_GOOD;

	fault = parse_key(p, end, &key);
	if (fault == KEY_FILE_GOOD)
	{
		if (find_key(ring, key.id) != NULL)
			fault = KEY_FILE_DUPLICATE_ID;
		else if (ring->nkeys >= KEYRING_MAX_KEYS)
			fault = KEY_FILE_TOO_MANY_KEYS;
		else
			ring->keys[ring->nkeys++] = key;
	}
	ccpii_crypto_wipe(&key, sizeof(key));
	return fault;
}

static KeyFileProblem
parse_lines(const char *p, size_t len, Keyring *ring)
{
	KeyFileProblem problem = {KEY_FILE_GOOD, 0, 0};
	const char *end = p + len;

	while (p < end)
	{
		const char *newline = memchr(p, '\n', end - p);
		const char *line_end = newline ? newline : end;

		problem.line++;
		problem.fault = parse_line(p, line_end, ring);
		if (problem.fault != KEY_FILE_GOOD)
			return problem;
		p = line_end + 1;
	}
	problem.line = 0;
	if (ring->nkeys == 0)
		problem.fault = KEY_FILE_NO_KEY;
	return problem;
}

/* Is the path, free of symbolic links, that of something in PGDATA? */
static bool
in_data_directory(const char *path)
{
	char	   *data = realpath(DataDir, NULL);
	bool		inside = data == NULL || path_is_prefix_of_path(data, path);

	free(data);
	return inside;
}

static KeyFileFault
check_file(int fd)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return KEY_FILE_UNREADABLE;
	if (!S_ISREG(st.st_mode))
		return KEY_FILE_NOT_REGULAR;
	if (st.st_uid != geteuid())
		return KEY_FILE_OTHER_OWNER;
	if (st.st_mode & (S_IRWXG | S_IRWXO))
		return KEY_FILE_OPEN_TO_OTHERS;
	return KEY_FILE_GOOD;
}

/* Read and parse an open file. */
static KeyFileProblem
read_open_file(int fd, Keyring *ring)
{
	KeyFileProblem problem = {KEY_FILE_GOOD, 0, 0};
	char		content[KEY_FILE_MAX_BYTES + 1];
	size_t		len = 0;

	problem.fault = check_file(fd);
	while (problem.fault == KEY_FILE_GOOD && len < sizeof(content))
	{
		ssize_t		nread = read(fd, content + len, sizeof(content) - len);

		if (nread == 0)
			break;
		if (nread > 0)
			len += nread;
		else if (errno != EINTR)
			problem.fault = KEY_FILE_UNREADABLE;
	}
	if (problem.fault == KEY_FILE_UNREADABLE)
		problem.error_number = errno;
	else if (problem.fault == KEY_FILE_GOOD && len > KEY_FILE_MAX_BYTES)
		problem.fault = KEY_FILE_TOO_LARGE;
	else if (problem.fault == KEY_FILE_GOOD)
		problem = parse_lines(content, len, ring);
	ccpii_crypto_wipe(content, len);
	return problem;
}

/*
 * Read the file that ccpii.key_file names.  *ring, which the caller wipes, is
 * only good if the result is; without a setting that is the empty ring.
 * Neither allocates from a context nor raises: this runs in a check hook.
 */
static KeyFileProblem
read_key_file(Keyring *ring)
{
	KeyFileProblem problem = {KEY_FILE_GOOD, 0, 0};
	char	   *path;
	int			fd;

	memset(ring, 0, sizeof(*ring));
	if (key_file == NULL || key_file[0] == '\0')
		return problem;

	path = realpath(key_file, NULL);
	if (path != NULL && in_data_directory(path))
		problem.fault = KEY_FILE_IN_DATA_DIRECTORY;
	else if (path == NULL ||
			 (fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)) < 0)
	{
		problem.fault = KEY_FILE_UNREADABLE;
		problem.error_number = errno;
	}
	else
	{
		problem = read_open_file(fd, ring);
		close(fd);
	}
	free(path);
	return problem;
}

/* Complain, without a byte of what is in the file; consequence may be "". */
static void
report_problem(int elevel, const KeyFileProblem *problem,
			   const char *consequence)
{
	const char *detail = fault_texts[problem->fault].detail;

	errno = problem->error_number;
	ereport(elevel,
			errcode(ERRCODE_CONFIG_FILE_ERROR),
			errmsg("key file \"%s\" cannot be used%s", key_file, consequence),
			problem->fault == KEY_FILE_UNREADABLE ?
			errdetail("It could not be read: %m.") :
			problem->line > 0 ?
			errdetail("Line %d: %s.", problem->line, detail) :
			errdetail("%s.", detail),
			errhint("%s", fault_texts[problem->fault].hint));
}

/* Is a key of the old ring another one in the new ring? */
static bool
key_changed(const Keyring *old, const Keyring *new)
{
	for (int i = 0; i < old->nkeys; i++)
	{
		const KeyringKey *key = find_key(new, old->keys[i].id);

		if (key != NULL &&
			memcmp(key->secret, old->keys[i].secret, KEYRING_KEY_BYTES) != 0)
			return true;
	}
	return false;
}

/* Take in a reading, under the lock.  Returns: has its problem to be told? */
static bool
accept_reading(const Keyring *fresh, KeyFileProblem *problem, TimestampTz now)
{
	bool		tell = false;

	if (problem->fault == KEY_FILE_GOOD && key_changed(&area->ring, fresh))
		problem->fault = KEY_FILE_KEY_CHANGED;
	if (problem->fault != KEY_FILE_GOOD)
	{
		tell = memcmp(problem, &area->problem, sizeof(*problem)) != 0 ||
			now < area->reported_at ||
			TimestampDifferenceExceeds(area->reported_at, now,
									   REPORT_INTERVAL_MS);
		if (tell)
			area->reported_at = now;
	}
	else if (memcmp(fresh, &area->ring, sizeof(*fresh)) != 0)
	{
		area->ring = *fresh;
		area->generation++;
	}
	area->problem = *problem;
	area->checked_at = now;
	return tell;
}

/* Read the file again, by a process of a running server.  Never raises. */
static void
refresh_ring(void)
{
	TimestampTz now = GetCurrentTimestamp();
	Keyring		fresh;
	KeyFileProblem problem;
	uint64		ticket;
	bool		tell = false;

	LWLockAcquire(lock, LW_EXCLUSIVE);
	ticket = area->next_ticket++;
	LWLockRelease(lock);

	problem = read_key_file(&fresh);

	LWLockAcquire(lock, LW_EXCLUSIVE);
	if (ticket >= area->last_ticket)
	{
		area->last_ticket = ticket;
		tell = accept_reading(&fresh, &problem, now);
	}
	LWLockRelease(lock);
	ccpii_crypto_wipe(&fresh, sizeof(fresh));

	if (tell)
		report_problem(LOG, &problem, ", the keys stay as they were");
}

/* Throw plans away if the ring has changed; that only marks them. */
static void
notice_generation(void)
{
	uint64		generation;

	LWLockAcquire(lock, LW_SHARED);
	generation = area->generation;
	LWLockRelease(lock);

	if (generation != seen_generation)
	{
		seen_generation = generation;
		ResetPlanCache();
	}
}

/* Take in what a reload may have changed.  False: there is no preload. */
static bool
ring_is_ready(void)
{
	bool		stale;

	if (area == NULL)
		return false;

	LWLockAcquire(lock, LW_SHARED);
	stale = PgReloadTime > area->checked_at;
	LWLockRelease(lock);
	if (stale)
		refresh_ring();
	notice_generation();
	return true;
}

/*
 * Check hook of ccpii.key_file; not there to check, but because it is called
 * at every reload.  The new value can't take effect before a restart, so the
 * file in use is the one to read.  Processes without MyProc may not take the
 * lock, and the logger is not even attached to the segment.
 *
 * pg_file_settings and ALTER SYSTEM get here too and read the file early.
 */
static bool
check_key_file(char **newval, void **extra, GucSource source)
{
	if (IsUnderPostmaster && MyProc != NULL && area != NULL)
	{
		refresh_ring();
		notice_generation();
	}
	return true;
}

/* Fill a new segment, in the postmaster, before anybody else runs. */
static void
start_ring(void *new_area)
{
	static bool started = false;
	KeyringArea *keyring = (KeyringArea *) new_area;

	keyring->problem = read_key_file(&keyring->ring);
	keyring->checked_at = GetCurrentTimestamp();
	keyring->generation = ++seen_generation;	/* backends inherit it */

	if (keyring->problem.fault != KEY_FILE_GOOD)
	{
		ccpii_crypto_wipe(&keyring->ring, sizeof(keyring->ring));
		if (!started)
			report_problem(FATAL, &keyring->problem, "");
		report_problem(LOG, &keyring->problem,
					   ", there are no keys until a reload finds a good file");
	}
	started = true;
}

void
ccpii_keyring_init(void)
{
	DefineCustomStringVariable("ccpii.key_file",
							   "File with the secret keys of ccpii.",
							   "Lines of an id and 64 hexadecimal digits; the first key is the active one. "
							   "The file is read at start and at reload.",
							   &key_file, "",
							   PGC_POSTMASTER, GUC_SUPERUSER_ONLY,
							   check_key_file, NULL, NULL);

	ccpii_shmem_register("ccpii_keyring", sizeof(KeyringArea),
						 (void **) &area, &lock, start_ring);
}

int32
ccpii_keyring_active(void)
{
	int32		id;

	if (!ring_is_ready())
		return 0;

	LWLockAcquire(lock, LW_SHARED);
	id = area->ring.nkeys > 0 ? area->ring.keys[0].id : 0;
	LWLockRelease(lock);
	return id;
}

int32
ccpii_keyring_require(const char *purpose)
{
	int32		id = ccpii_keyring_active();

	if (id == 0)
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("%s needs a key", purpose),
				key_file == NULL || key_file[0] == '\0' ?
				errhint("As the user that the server runs as: "
						"(umask 077; printf '1 %%s\\n' \"$(openssl rand -hex 32)\" > /etc/postgresql/ccpii.keys), "
						"then set \"%s\" to that file and restart the server.",
						"ccpii.key_file") :
				errhint("The server log says what is wrong with the file that \"%s\" names; repair it and reload.",
						"ccpii.key_file"));
	return id;
}

bool
ccpii_keyring_derive(int32 key_id, const char *part,
					 uint8 out[KEYRING_KEY_BYTES])
{
	const KeyringKey *key = NULL;
	uint8		secret[KEYRING_KEY_BYTES];
	bool		derived = false;

	if (ring_is_ready())
	{
		LWLockAcquire(lock, LW_SHARED);
		key = find_key(&area->ring, key_id);
		if (key != NULL)
			memcpy(secret, key->secret, sizeof(secret));
		LWLockRelease(lock);
	}
	if (key != NULL)
		derived = ccpii_crypto_hkdf(secret, part, out);
	else
		ccpii_crypto_wipe(out, KEYRING_KEY_BYTES);
	ccpii_crypto_wipe(secret, sizeof(secret));
	if (key != NULL && !derived)
		ccpii_crypto_raise("derive a key");
	return derived;
}

Datum
ccpii_sql_keyring_list(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	int32		ids[KEYRING_MAX_KEYS];
	int			nkeys = 0;

	InitMaterializedSRF(fcinfo, 0);
	if (ring_is_ready())
	{
		LWLockAcquire(lock, LW_SHARED);
		for (; nkeys < area->ring.nkeys; nkeys++)
			ids[nkeys] = area->ring.keys[nkeys].id;
		LWLockRelease(lock);
	}

	for (int i = 0; i < nkeys; i++)
	{
		uint8		key[KEYRING_KEY_BYTES];
		uint8		hash[CRYPTO_HASH_BYTES];
		char		fingerprint[2 * FINGERPRINT_BYTES + 1] = "";
		Datum		values[3];
		bool		nulls[3] = {false};

		/* gone since the ids were read? */
		if (!ccpii_keyring_derive(ids[i], "fingerprint", key))
			continue;
		ccpii_crypto_sha256(key, sizeof(key), hash);
		ccpii_crypto_wipe(key, sizeof(key));
		hex_encode((const char *) hash, FINGERPRINT_BYTES, fingerprint);

		values[0] = Int32GetDatum(ids[i]);
		values[1] = CStringGetTextDatum(i == 0 ? "active" : "old");
		values[2] = CStringGetTextDatum(fingerprint);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}
