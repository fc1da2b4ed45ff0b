-- Functions called IMMUTABLE in indexes, checks, defaults, generated columns and statistics of one's own.
--@ agent
CREATE FUNCTION frozen(int) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN (SELECT max(phone || name) FROM public.customers WHERE id = $1); END $$;
CREATE FUNCTION hand_on(text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE NOTICE 'sees %', $1; RETURN true; END $$;
\echo ## generated column
CREATE TABLE own (id int, g text GENERATED ALWAYS AS (regress_ccpii_agent.frozen(id)) STORED, d text DEFAULT regress_ccpii_agent.frozen(1));
INSERT INTO own VALUES (1), (2);
SELECT * FROM own;
\echo ## index, seen by ANALYZE
CREATE INDEX own_index ON own (regress_ccpii_agent.frozen(id));
ANALYZE own;
SELECT most_common_vals, histogram_bounds FROM pg_stats WHERE tablename = 'own_index';
\echo ## check
CREATE TABLE checked (id int CHECK (regress_ccpii_agent.hand_on(regress_ccpii_agent.frozen(id))));
INSERT INTO checked VALUES (1);
\echo ## domain
CREATE DOMAIN dom AS int CHECK (regress_ccpii_agent.hand_on(regress_ccpii_agent.frozen(VALUE)));
SELECT 1::dom;
\echo ## statistics on an expression
CREATE STATISTICS own_stat ON (regress_ccpii_agent.frozen(id)), d FROM own;
ANALYZE own;
SELECT most_common_vals, histogram_bounds FROM pg_stats_ext_exprs;
\echo ## partition bound
CREATE TABLE parts (t text) PARTITION BY LIST (t);
DO $$ BEGIN EXECUTE 'CREATE TABLE part PARTITION OF parts FOR VALUES IN (regress_ccpii_agent.frozen(1))'; END $$;
SELECT pg_get_expr(relpartbound, oid) FROM pg_class WHERE relname = 'part';
\echo ## policy and rule condition
CREATE VIEW v AS SELECT 1 AS one;
CREATE RULE r AS ON INSERT TO v WHERE regress_ccpii_agent.hand_on(regress_ccpii_agent.frozen(1)) DO ALSO SELECT 1;
CREATE RULE r2 AS ON INSERT TO v DO INSTEAD NOTHING;
INSERT INTO v VALUES (1);
\echo ## statistics functions called while planning
CREATE FUNCTION steady() RETURNS text LANGUAGE plpgsql STABLE AS $$ DECLARE r text; BEGIN r := (SELECT max(note) FROM public.customers); RAISE NOTICE '%', r; RETURN r; END $$;
EXPLAIN (COSTS OFF) SELECT FROM own WHERE d < steady();
