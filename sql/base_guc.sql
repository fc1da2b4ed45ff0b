-- Promise: these are all settings of ccpii; what could widen what a role sees
-- is a superuser's, and what a server must know before it starts is fixed.

\pset format unaligned
\pset tuples_only on

SELECT name, context, vartype, unit, min_val, max_val, enumvals, boot_val, short_desc
	FROM pg_settings WHERE name LIKE 'ccpii.%' ORDER BY name COLLATE "C";
-- No other name is taken for one.
SET ccpii.no_such = 'x';  -- fails: reserved

CREATE ROLE regress_ccpii_reader;
SET ROLE regress_ccpii_reader;
-- What somebody may set, who is nobody.
SELECT name FROM pg_settings WHERE name LIKE 'ccpii.%' AND context NOT IN ('superuser', 'sighup', 'postmaster', 'internal');
-- What a superuser alone may read is not shown.
SELECT name FROM pg_settings WHERE name LIKE 'ccpii.%file' ORDER BY 1;
\set VERBOSITY sqlstate
SHOW ccpii.key_file;  -- fails: not for him
RESET ROLE;
DROP ROLE regress_ccpii_reader;
