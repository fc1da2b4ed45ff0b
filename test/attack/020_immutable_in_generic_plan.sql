-- A function that is called IMMUTABLE reads the table while the statement around it is planned.
--@ app
CREATE FUNCTION frozen() RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN (SELECT string_agg(phone, ',') FROM customers); END $$;
CREATE FUNCTION frozen_sql() RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT string_agg(email, '','') FROM customers';
CREATE FUNCTION twice() RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN frozen(); END $$;
CREATE VIEW frozen_view AS SELECT frozen() AS f, 1 AS one;
GRANT SELECT ON frozen_view TO PUBLIC;
SET ROLE regress_ccpii_compliance;
SET plan_cache_mode = force_generic_plan;
PREPARE p AS SELECT frozen();
PREPARE q AS SELECT frozen_sql();
PREPARE r AS SELECT twice();
PREPARE s AS SELECT 1 WHERE frozen() <> $1;
PREPARE t AS SELECT f FROM frozen_view;
EXECUTE p \g /dev/null
EXECUTE q \g /dev/null
EXECUTE r \g /dev/null
EXECUTE s ('x') \g /dev/null
EXECUTE t \g /dev/null
SET ROLE regress_ccpii_agent;
\echo ## plpgsql
EXECUTE p;
EXECUTE p;
\echo ## SQL
EXECUTE q;
EXECUTE q;
\echo ## one inside of the other
EXECUTE r;
EXECUTE r;
\echo ## shown by EXPLAIN
EXPLAIN (COSTS OFF) EXECUTE s ('x');
EXPLAIN (COSTS OFF) EXECUTE s ('x');
\echo ## inside of a view
EXECUTE t;
EXECUTE t;
