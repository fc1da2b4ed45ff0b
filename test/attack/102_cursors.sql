-- Cursors in every way of opening them.
--@ agent
\echo ## DECLARE
BEGIN;
DECLARE c CURSOR FOR SELECT phone, name FROM customers;
FETCH ALL FROM c;
\echo ## binary, scrolling
DECLARE b BINARY SCROLL CURSOR FOR SELECT name FROM customers;
FETCH LAST FROM b;
FETCH FIRST FROM b;
\echo ## with hold
DECLARE h CURSOR WITH HOLD FOR SELECT email, note FROM customers;
COMMIT;
FETCH ALL FROM h;
\echo ## refcursor
CREATE FUNCTION opened() RETURNS refcursor LANGUAGE plpgsql AS $$ DECLARE r refcursor := 'r'; BEGIN OPEN r FOR SELECT * FROM customers; RETURN r; END $$;
BEGIN;
SELECT opened();
FETCH ALL FROM r;
COMMIT;
\echo ## bound cursor with parameters, dynamic cursor
DO $$ DECLARE c CURSOR (i int) FOR SELECT phone FROM customers WHERE id = i; d refcursor; t text; BEGIN
	OPEN c (1); FETCH c INTO t; RAISE NOTICE '%', t; CLOSE c;
	OPEN d FOR EXECUTE 'SELECT email FROM customers WHERE id = $1' USING 1; FETCH d INTO t; RAISE NOTICE '%', t; END $$;
\echo ## WHERE CURRENT OF
BEGIN;
DECLARE u CURSOR FOR SELECT * FROM customers WHERE id = 2 FOR UPDATE;
FETCH u;
UPDATE customers SET status = 'seen' WHERE CURRENT OF u RETURNING *;
ROLLBACK;
\echo ## psql's own
\set FETCH_COUNT 1
SELECT * FROM customers;
