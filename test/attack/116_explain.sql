-- EXPLAIN shows expressions, not values.
--@ agent
CREATE FUNCTION frozen() RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN (SELECT string_agg(phone, ',') FROM public.customers); END $$;
CREATE FUNCTION steady() RETURNS text LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN (SELECT string_agg(name, ',') FROM public.customers); END $$;
CREATE TABLE own (t text) PARTITION BY LIST (t);
CREATE TABLE own_1 PARTITION OF own DEFAULT;
\echo ## folded
EXPLAIN (VERBOSE, COSTS OFF) SELECT frozen();
\echo ## folded in a condition
EXPLAIN (ANALYZE, VERBOSE, COSTS OFF, TIMING OFF, SUMMARY OFF, FORMAT json) SELECT * FROM own WHERE t = frozen() OR t = 'x';
\echo ## EXPLAIN of a copy
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) CREATE TABLE kept AS SELECT * FROM customers;
TABLE kept;
\echo ## partition key
CREATE TABLE hashed PARTITION OF own FOR VALUES IN ('x');
INSERT INTO own SELECT phone FROM customers WHERE phone IS NOT NULL;
TABLE own;
\echo ## sort and memoize
EXPLAIN (ANALYZE, VERBOSE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT steady(), frozen(), c.name, (SELECT max(d.phone) FROM customers d WHERE d.name = c.name) FROM customers c ORDER BY c.note;
