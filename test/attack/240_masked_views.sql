-- Masked views in place of rights on tables: everything that a reader can do to a view.
--! writes
--@ superuser
CREATE SCHEMA shown;
GRANT USAGE ON SCHEMA shown TO PUBLIC;
REVOKE ALL ON customers, conversations, calls, calls_1, leads, contacts FROM regress_ccpii_support;
DO $$
DECLARE
	t text;
BEGIN
	-- The control has views of the same text.
	FOREACH t IN ARRAY ARRAY['customers', 'conversations', 'calls', 'calls_1', 'leads', 'contacts', 'customer_copy'] LOOP
		IF EXISTS (SELECT FROM pg_extension WHERE extname = 'ccpii') THEN
			PERFORM ccpii.masked_view_create(t, 'shown.' || t);
		ELSE
			EXECUTE format('CREATE VIEW shown.%I WITH (security_barrier) AS SELECT * FROM public.%1$I WHERE now() IS NOT NULL', t);
			EXECUTE format('ALTER VIEW shown.%I OWNER TO regress_ccpii_boss', t);
		END IF;
	END LOOP;
END
$$;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA shown TO regress_ccpii_support;
--@ agent
SET search_path = regress_ccpii_agent, shown;
CREATE FUNCTION tell(anyelement) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS $$ BEGIN RAISE NOTICE '%', $1; RETURN true; END $$;
CREATE FUNCTION fold(anyelement) RETURNS text LANGUAGE plpgsql IMMUTABLE COST 0.0001 AS $$ BEGIN RAISE NOTICE '%', $1; RETURN $1::text; END $$;
\echo ## columns
SELECT * FROM customers ORDER BY id;
\echo ## rows
SELECT c, to_jsonb(c), c.*::text FROM customers c;
\echo ## leaky conditions
SELECT id FROM customers c WHERE tell(phone) AND tell(c) AND fold(name) <> '' ORDER BY id;
\echo ## joins
SELECT o.id, c.name, k.number FROM conversations o JOIN customers c ON c.id = o.customer_id AND tell(c.email) LEFT JOIN calls k ON k.id = c.id ORDER BY 1;
\echo ## outer joins
SELECT c, c.phone FROM generate_series(0, 4) n LEFT JOIN customers c ON c.id = n WHERE tell(c);
\echo ## aggregates and windows
SELECT string_agg(phone, ','), min(name), jsonb_agg(attrs), (SELECT array_agg(DISTINCT email) FROM customers) FROM customers;
SELECT lag(phone) OVER (ORDER BY phone), first_value(card) OVER () FROM customers;
\echo ## grouping sets
SELECT phone, name, count(*) FROM customers GROUP BY CUBE (phone, name);
\echo ## sets
SELECT phone FROM customers UNION SELECT number FROM calls UNION ALL SELECT phone FROM leads EXCEPT SELECT 'x';
\echo ## partitions and materialized views
SELECT * FROM calls_1 UNION ALL SELECT id, phone, 0 FROM customer_copy;
\echo ## parallel
SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;
SELECT max(phone), min(upper(phone)) FROM contacts;
\echo ## views on top
CREATE VIEW mine AS SELECT c.phone || name AS both, c FROM customers c WHERE tell(email);
TABLE mine;
CREATE VIEW barrier WITH (security_barrier) AS SELECT * FROM customers WHERE fold(phone) <> '';
SELECT name FROM barrier WHERE tell(phone);
CREATE VIEW invoker WITH (security_invoker) AS SELECT * FROM customers;
TABLE invoker;
\echo ## functions
CREATE FUNCTION rows() RETURNS SETOF shown.customers LANGUAGE sql STABLE AS 'SELECT * FROM shown.customers';
CREATE FUNCTION late() RETURNS SETOF text LANGUAGE sql STABLE BEGIN ATOMIC SELECT phone FROM shown.customers; END;
CREATE FUNCTION definer() RETURNS SETOF text LANGUAGE sql SECURITY DEFINER AS 'SELECT email FROM shown.customers';
SELECT * FROM rows();
SELECT late(), definer();
\echo ## cursors and copies
BEGIN;
DECLARE c CURSOR WITH HOLD FOR SELECT c FROM customers c;
COMMIT;
FETCH ALL c;
CREATE TEMP TABLE kept AS SELECT * FROM customers;
TABLE kept;
COPY (SELECT * FROM customers) TO STDOUT;
\echo ## prepared statements
PREPARE p AS SELECT name, phone FROM customers WHERE id = $1;
EXECUTE p (1);
EXPLAIN (VERBOSE, COSTS OFF) EXECUTE p (1);
EXECUTE p (2);
\echo ## what changes give back
UPDATE customers SET calls = calls WHERE tell(phone) RETURNING *, (SELECT max(c.phone) FROM customers c);
INSERT INTO customers (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET calls = 5 RETURNING *;
DELETE FROM customers c WHERE id = 4 AND tell(c) RETURNING c;
WITH d AS (DELETE FROM leads RETURNING phone) SELECT * FROM d;
\echo ## errors
SELECT phone::int FROM customers;
UPDATE customers SET calls = -1 WHERE id = 1;
INSERT INTO customers (id, phone, code) SELECT id, phone, code FROM customers;
\echo ## own triggers
CREATE FUNCTION spy() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE '% %', OLD, NEW; RETURN NEW; END $$;
CREATE TRIGGER spy INSTEAD OF UPDATE ON mine FOR EACH ROW EXECUTE FUNCTION spy();
UPDATE mine SET both = 'x';
CREATE TRIGGER spy BEFORE UPDATE ON customers FOR EACH STATEMENT EXECUTE FUNCTION spy();
--@ app
SET search_path = regress_ccpii_agent, shown;
SET ROLE regress_ccpii_support;
SELECT phone FROM customers;
PREPARE p AS SELECT c FROM customers c;
EXECUTE p;
SET ROLE regress_ccpii_agent;
EXECUTE p;
--@ guest
TABLE shown.customers;
