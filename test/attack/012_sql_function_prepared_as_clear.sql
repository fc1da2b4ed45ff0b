-- A pooled session prepares as a clear role what a masked role then executes.
--@ app
CREATE FUNCTION inlined() RETURNS SETOF text STABLE BEGIN ATOMIC SELECT phone || name FROM customers; END;
CREATE FUNCTION scalar() RETURNS text STABLE BEGIN ATOMIC SELECT min(name) FROM customers; END;
CREATE FUNCTION looped() RETURNS SETOF text LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY SELECT * FROM inlined(); END $$;
SET ROLE regress_ccpii_compliance;
PREPARE p AS SELECT * FROM inlined();
PREPARE q AS SELECT scalar();
PREPARE r AS SELECT * FROM customers;
PREPARE s (int) AS SELECT phone FROM customers WHERE id = $1;
EXECUTE p \g /dev/null
EXECUTE q \g /dev/null
EXECUTE r \g /dev/null
SET plan_cache_mode = force_generic_plan;
EXECUTE s (1) \g /dev/null
SELECT * FROM looped() \g /dev/null
SET ROLE regress_ccpii_agent;
\echo ## inlined
EXECUTE p;
EXECUTE p;
\echo ## scalar
EXECUTE q;
\echo ## plain
EXECUTE r;
\echo ## generic plan
EXECUTE s (1);
\echo ## kept by plpgsql
SELECT * FROM looped();
