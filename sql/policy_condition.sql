-- Promise: the condition of a WHEN means the same for every reader, whatever he
-- has set, and whoever looks at it first: it is read as the relation's owner.

\pset format unaligned
\pset tuples_only on
\set SHOW_CONTEXT never
SET client_min_messages = notice;

CREATE ROLE regress_ccpii_owner;
CREATE ROLE regress_ccpii_reader;
CREATE SCHEMA regress_ccpii_condition AUTHORIZATION regress_ccpii_owner;
GRANT USAGE, CREATE ON SCHEMA regress_ccpii_condition TO regress_ccpii_reader;
SET search_path = regress_ccpii_condition;
SET ROLE regress_ccpii_owner;
CREATE TABLE calls (code text, at timestamptz, day date, phone text, name text, email text);
INSERT INTO calls VALUES ('123', '2026-11-01 12:00+00', '2026-11-02', '415-555-7890', 'Ada Lovelace', 'ada@example.com');
GRANT SELECT ON calls TO regress_ccpii_reader;
RESET ROLE;
SECURITY LABEL FOR ccpii ON COLUMN calls.phone IS $$MASKED AS phone WHEN (code ~ '^\d+$')$$;
SECURITY LABEL FOR ccpii ON COLUMN calls.name IS $$MASKED AS name WHEN (at < '2026-11-02 00:00')$$;
SECURITY LABEL FOR ccpii ON COLUMN calls.email IS $$MASKED AS email WHEN (day = '11/02/2026')$$;

-- Settings that would make other literals of these.
SET ROLE regress_ccpii_reader;
SET standard_conforming_strings = off;
SET TimeZone = 'XXX-47';
SET DateStyle = 'ISO, DMY';
SELECT phone, name, email FROM calls;
SHOW standard_conforming_strings;
SHOW TimeZone;
RESET standard_conforming_strings;
RESET TimeZone;
RESET DateStyle;
RESET ROLE;

-- A literal can call the owner's code when it is read: as the owner, not as the
-- superuser who looks at the rules.
SET ROLE regress_ccpii_owner;
CREATE FUNCTION tell(text) RETURNS boolean LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	RAISE NOTICE 'read as %', current_user;
	RETURN true;
END
$$;
CREATE DOMAIN told AS text CHECK (tell(VALUE));
CREATE TYPE pair AS (a told, b int);
CREATE TABLE pairs (p pair, phone text);
RESET ROLE;
SECURITY LABEL FOR ccpii ON COLUMN pairs.phone IS
	$$MASKED AS phone WHEN (p OPERATOR(pg_catalog.=) '(x,1)'::regress_ccpii_condition.pair)$$;
SELECT column_name, mask FROM ccpii.masking_rules WHERE relation = 'pairs'::regclass;

SET client_min_messages = warning;

-- What a constant shows is no value of the column's domain, and asks no check.
SET ROLE regress_ccpii_owner;
CREATE TABLE tales (t told);
RESET ROLE;
SECURITY LABEL FOR ccpii ON COLUMN tales.t IS $$MASKED AS constant('hidden')$$;
SELECT column_name, mask FROM ccpii.masking_rules WHERE relation = 'tales'::regclass;

-- Functions are found where they were meant.
CREATE FUNCTION open_one(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT lower($1) = ''x''';
SECURITY LABEL FOR ccpii ON COLUMN calls.phone IS
	'MASKED WHEN (regress_ccpii_condition.open_one(code))';  -- fails: not pinned
ALTER FUNCTION open_one(text) SET search_path = pg_catalog, pg_temp;
SECURITY LABEL FOR ccpii ON COLUMN calls.phone IS
	'MASKED WHEN (regress_ccpii_condition.open_one(code))';
CREATE FUNCTION pg_temp.open_two(text) RETURNS boolean LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS 'SELECT true';
SECURITY LABEL FOR ccpii ON COLUMN calls.phone IS
	'MASKED WHEN (pg_temp.open_two(code))';  -- fails: each session has its own

DROP SCHEMA regress_ccpii_condition CASCADE;
DROP ROLE regress_ccpii_owner, regress_ccpii_reader;
