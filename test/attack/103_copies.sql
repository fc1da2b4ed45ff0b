-- Tables, views and objects of one's own that are filled from the table.
--@ agent
\echo ## CREATE TABLE AS
CREATE TABLE a AS SELECT * FROM customers;
TABLE a;
\echo ## SELECT INTO
SELECT * INTO TEMP b FROM customers;
TABLE b;
\echo ## CREATE TABLE AS EXECUTE
PREPARE p AS SELECT * FROM customers;
CREATE TABLE d AS EXECUTE p;
TABLE d;
\echo ## materialized view
CREATE MATERIALIZED VIEW m AS SELECT * FROM customers;
REFRESH MATERIALIZED VIEW m;
TABLE m;
\echo ## INSERT ... SELECT
CREATE TABLE e (LIKE customers INCLUDING ALL);
INSERT INTO e SELECT * FROM customers RETURNING *;
\echo ## view with grants
CREATE VIEW v AS SELECT * FROM customers;
TABLE v;
\echo ## in the same statement
WITH x AS (INSERT INTO e SELECT id + 10, name, phone FROM customers RETURNING *) SELECT * FROM x;
\echo ## UPDATE of his own table
UPDATE e SET note = c.note, phone = c.phone FROM customers c WHERE c.id = e.id RETURNING e.*, c.*;
\echo ## MERGE into his own table
MERGE INTO e USING customers c ON c.id = e.id WHEN MATCHED THEN UPDATE SET email = c.email WHEN NOT MATCHED THEN INSERT (id, name) VALUES (c.id, c.name);
SELECT email FROM e;
\echo ## ON CONFLICT in his own table
INSERT INTO e SELECT * FROM customers ON CONFLICT (id) DO UPDATE SET name = excluded.name || excluded.phone RETURNING *;
\echo ## an attribute of the table that copies
ALTER TABLE a ALTER name TYPE varchar(99) USING (name || phone);
SELECT name FROM a;
\echo ## large object
SELECT lo_from_bytea(0, convert_to(string_agg(phone, ','), 'UTF8')) AS loid FROM customers \gset
SELECT lo_get(:loid);
\echo ## NOTIFY
LISTEN regress_ccpii;
SELECT pg_notify('regress_ccpii', phone) FROM customers;
