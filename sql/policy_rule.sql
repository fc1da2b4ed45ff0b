-- Promise: a rule holds for the whole family of a relation, parents, children
-- and partitions, by the name of the column, however the family changes; what
-- is generated from a masked column is masked.

\pset format unaligned
\pset null (null)
\set SHOW_CONTEXT never
SET client_min_messages = warning;

CREATE ROLE regress_ccpii_reader;
CREATE SCHEMA regress_ccpii_rule;
GRANT USAGE ON SCHEMA regress_ccpii_rule TO regress_ccpii_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA regress_ccpii_rule GRANT ALL ON TABLES TO regress_ccpii_reader;
SET search_path = regress_ccpii_rule;

--
-- Partitions
--
CREATE TABLE calls (id int, phone text, note text, day date) PARTITION BY RANGE (day);
CREATE TABLE calls_2023 PARTITION OF calls FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE calls_2024 (day date, extra text, note text, phone text, id int);	-- its columns stand otherwise
ALTER TABLE calls_2024 DROP COLUMN extra;
ALTER TABLE calls ATTACH PARTITION calls_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE calls_2025 PARTITION OF calls FOR VALUES FROM ('2025-01-01') TO ('2026-01-01') PARTITION BY LIST (id);
CREATE TABLE calls_2025_1 PARTITION OF calls_2025 FOR VALUES IN (5);
CREATE TABLE calls_2025_rest PARTITION OF calls_2025 DEFAULT;
INSERT INTO calls VALUES (1, '415-555-7891', 'one', '2023-06-01'), (2, '415-555-7892', 'two', '2024-06-01'),
	(5, '415-555-7895', 'five', '2025-06-01'), (6, '415-555-7896', 'six', '2025-06-01');
SECURITY LABEL FOR ccpii ON COLUMN calls.phone IS 'MASKED AS phone';
SET ROLE regress_ccpii_reader;
SELECT id, phone FROM calls ORDER BY id;
SELECT id, phone FROM calls_2023;
SELECT * FROM calls_2024;
SELECT id, phone FROM calls_2025 ORDER BY id;
SELECT c FROM calls_2025_1 c;
SELECT c FROM calls c ORDER BY id;
SELECT tableoid::regclass, phone FROM calls_2025_rest;
SELECT phone FROM calls WHERE day >= '2024-01-01' AND phone LIKE '%2' ORDER BY id;
SELECT count(*) FROM calls WHERE phone LIKE '415%';
SELECT a.phone FROM calls a JOIN calls b USING (day, phone, id) ORDER BY a.id;
EXPLAIN (COSTS OFF) SELECT phone FROM calls WHERE day = '2024-06-01' AND phone = 'x';
RESET ROLE;
-- A label of its own outweighs the ancestor's, and is nobody else's.
SECURITY LABEL FOR ccpii ON COLUMN calls_2025.phone IS 'MASKED AS digits(4)';
SECURITY LABEL FOR ccpii ON COLUMN calls_2025_1.phone IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN calls_2023.note IS 'MASKED';
SET ROLE regress_ccpii_reader;
SELECT id, phone FROM calls_2025_rest;
SELECT id, phone FROM calls_2025_1;
SELECT id, phone FROM calls_2025 ORDER BY id;
-- What is asked for decides, not where the row comes from; and a column that
-- is masked in a child is masked in its parent.
SELECT id, phone, note FROM calls ORDER BY id;
SELECT id, note FROM calls_2023;
SELECT id, note FROM calls_2024;
RESET ROLE;
-- Columns are matched by name.
ALTER TABLE calls RENAME note TO remark;
SET ROLE regress_ccpii_reader;
SELECT remark FROM calls_2023;
SELECT remark FROM calls ORDER BY id;
RESET ROLE;
SECURITY LABEL FOR ccpii ON COLUMN calls_2023.remark IS NULL;
SET ROLE regress_ccpii_reader;
SELECT remark FROM calls ORDER BY id;
-- Attached, masked; detached, it keeps as its own the label that it had.
RESET ROLE;
CREATE TABLE calls_2026 (LIKE calls);
INSERT INTO calls_2026 VALUES (7, '415-555-7897', 'seven', '2026-06-01');
PREPARE look AS SELECT phone FROM calls_2026;
SET ROLE regress_ccpii_reader;
EXECUTE look;
RESET ROLE;
ALTER TABLE calls ATTACH PARTITION calls_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
SET ROLE regress_ccpii_reader;
EXECUTE look;
RESET ROLE;
ALTER TABLE calls DETACH PARTITION calls_2026;
SET ROLE regress_ccpii_reader;
EXECUTE look;
RESET ROLE;
ALTER TABLE calls DETACH PARTITION calls_2025;
SET ROLE regress_ccpii_reader;
SELECT id, phone FROM calls_2025 ORDER BY id;
RESET ROLE;
ALTER TABLE calls_2025 DETACH PARTITION calls_2025_rest;
SET ROLE regress_ccpii_reader;
SELECT id, phone FROM calls_2025_rest;
RESET ROLE;
-- New partitions, and rows that move between them.
CREATE TABLE calls_2027 PARTITION OF calls FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
SET ROLE regress_ccpii_reader;
INSERT INTO calls VALUES (8, '415-555-7898', 'eight', '2027-06-01') RETURNING *;
UPDATE calls SET day = '2023-07-01' WHERE id = 8 RETURNING tableoid::regclass, phone;
SELECT phone FROM calls_2023 ORDER BY id;
RESET ROLE;
SELECT id, phone FROM calls_2023 ORDER BY id;
DEALLOCATE look;
DROP TABLE calls, calls_2025, calls_2025_rest, calls_2026;

--
-- Inheritance, also from two parents
--
CREATE TABLE person (name text, phone text);
CREATE TABLE contact (phone text, email text);
CREATE TABLE customer (area int) INHERITS (person, contact);
CREATE TABLE vip (code text) INHERITS (customer);
INSERT INTO vip VALUES ('Ada Lovelace', '415-555-7890', 'ada@example.com', 415, 'x1');
SECURITY LABEL FOR ccpii ON COLUMN person.name IS 'MASKED AS name';
SECURITY LABEL FOR ccpii ON COLUMN contact.email IS 'MASKED AS email';
SECURITY LABEL FOR ccpii ON COLUMN contact.phone IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN vip.code IS 'MASKED';
SET ROLE regress_ccpii_reader;
SELECT * FROM vip;
SELECT * FROM customer;
SELECT * FROM person;
SELECT * FROM contact;
SELECT count(*) FROM ONLY customer;
RESET ROLE;
-- A child that leaves takes its labels along, one that joins is masked too;
-- plans that were made before follow.
PREPARE look AS SELECT name, phone, email, code FROM vip;
PREPARE look_up AS SELECT name, phone FROM person;
SET ROLE regress_ccpii_reader;
EXECUTE look;
EXECUTE look_up;
RESET ROLE;
ALTER TABLE customer NO INHERIT contact;
SET ROLE regress_ccpii_reader;
EXECUTE look;
EXECUTE look_up;
SELECT email FROM customer;
RESET ROLE;
ALTER TABLE customer INHERIT contact;
SET ROLE regress_ccpii_reader;
EXECUTE look;
EXECUTE look_up;
SELECT email FROM customer;
RESET ROLE;
DEALLOCATE look;
DEALLOCATE look_up;
CREATE TABLE newcomer (phone text, email text);
INSERT INTO newcomer VALUES ('415-555-7891', 'new@example.com');
GRANT SELECT ON newcomer TO regress_ccpii_reader;
SET ROLE regress_ccpii_reader;
SELECT * FROM newcomer;
RESET ROLE;
ALTER TABLE newcomer INHERIT contact;
SET ROLE regress_ccpii_reader;
SELECT * FROM newcomer;
RESET ROLE;
DROP TABLE newcomer;
-- A mask that does not fit the type of another column of that name hides it.
CREATE TABLE odd_parent (born date);
CREATE TABLE odd_child (born date) INHERITS (odd_parent);
INSERT INTO odd_child VALUES ('2024-08-15');
SECURITY LABEL FOR ccpii ON COLUMN odd_parent.born IS 'MASKED AS year';
SET ROLE regress_ccpii_reader;
SELECT * FROM odd_child;
RESET ROLE;
ALTER TABLE odd_child NO INHERIT odd_parent;
ALTER TABLE odd_child ALTER born TYPE text;
SET ROLE regress_ccpii_reader;
SELECT * FROM odd_child;
RESET ROLE;
-- Conditions speak of the columns of the relation that is asked for.
SECURITY LABEL FOR ccpii ON COLUMN contact.phone IS NULL;
SECURITY LABEL FOR ccpii ON COLUMN customer.phone IS NULL;
SECURITY LABEL FOR ccpii ON COLUMN person.phone IS 'MASKED AS digits(4) WHEN (name = ''Ada Lovelace''); CLEAR';
INSERT INTO vip VALUES ('Bob', '415-555-7892');
SET ROLE regress_ccpii_reader;
SELECT phone FROM person;
SELECT phone FROM vip;
RESET ROLE;
DROP TABLE person, contact, customer, vip, odd_parent, odd_child;

--
-- Generated columns show what they are computed from
--
CREATE TABLE generated (id int, phone text, area int, shown text,
	digits text GENERATED ALWAYS AS (regexp_replace(phone, '[^0-9]', '', 'g')) STORED,
	zone int GENERATED ALWAYS AS (area / 100) STORED,
	size int GENERATED ALWAYS AS (length(shown)) STORED,
	labelled text GENERATED ALWAYS AS (upper(phone)) STORED);
INSERT INTO generated VALUES (1, '415-555-7890', 415, 'x');
SECURITY LABEL FOR ccpii ON COLUMN generated.phone IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN generated.area IS 'MASKED FOR regress_ccpii_reader';
SECURITY LABEL FOR ccpii ON COLUMN generated.labelled IS 'MASKED AS digits(4)';
SET ROLE regress_ccpii_reader;
SELECT * FROM generated;
SELECT g FROM generated g WHERE digits = '4155557890';
INSERT INTO generated (id, phone, area, shown) VALUES (2, '415-555-7891', 416, 'yy') RETURNING *;
RESET ROLE;
SECURITY LABEL FOR ccpii ON COLUMN generated.digits IS 'CLEAR';
SECURITY LABEL FOR ccpii ON COLUMN generated.area IS NULL;
SET ROLE regress_ccpii_reader;
SELECT digits, zone FROM generated ORDER BY id;
RESET ROLE;
SECURITY LABEL FOR ccpii ON COLUMN generated.digits IS NULL;
-- Also when it comes later, and in partitions.
ALTER TABLE generated ADD later text GENERATED ALWAYS AS (reverse(phone)) STORED;
CREATE TABLE heir () INHERITS (generated);
INSERT INTO heir (id, phone) VALUES (3, '415-555-7892');
SET ROLE regress_ccpii_reader;
SELECT id, later FROM generated ORDER BY id;
SELECT digits, later FROM heir;
RESET ROLE;
DROP TABLE generated, heir;

--
-- Whatever happens to a labelled relation
--
CREATE TABLE mutable (id int, phone text, name text);
INSERT INTO mutable VALUES (1, '415-555-7890', 'Ada Lovelace');
SECURITY LABEL FOR ccpii ON COLUMN mutable.phone IS 'MASKED AS phone';
PREPARE look AS SELECT * FROM mutable;
SET ROLE regress_ccpii_reader;
EXECUTE look;
RESET ROLE;
ALTER TABLE mutable RENAME phone TO number;
SET ROLE regress_ccpii_reader;
SELECT number FROM mutable;
RESET ROLE;
ALTER TABLE mutable RENAME TO renamed;
SET ROLE regress_ccpii_reader;
SELECT number FROM renamed;
RESET ROLE;
CREATE TABLE mutable (id int, phone text);
INSERT INTO mutable VALUES (2, 'another table');
SET ROLE regress_ccpii_reader;
SELECT phone FROM mutable;
RESET ROLE;
DROP TABLE mutable;
CREATE SCHEMA regress_ccpii_rule2;
GRANT USAGE ON SCHEMA regress_ccpii_rule2 TO regress_ccpii_reader;
ALTER TABLE renamed SET SCHEMA regress_ccpii_rule2;
ALTER TABLE regress_ccpii_rule2.renamed ALTER number TYPE varchar(12), ADD phone text DEFAULT 'new';
SET ROLE regress_ccpii_reader;
SELECT * FROM regress_ccpii_rule2.renamed;
RESET ROLE;
-- A rewrite of the table keeps the label; a column that is dropped takes it
-- along, and a new one of that name has none.
VACUUM FULL regress_ccpii_rule2.renamed;
TRUNCATE regress_ccpii_rule2.renamed;
INSERT INTO regress_ccpii_rule2.renamed VALUES (1, '415-555-7891', 'Ada');
SET ROLE regress_ccpii_reader;
SELECT number FROM regress_ccpii_rule2.renamed;
RESET ROLE;
ALTER TABLE regress_ccpii_rule2.renamed DROP number;
ALTER TABLE regress_ccpii_rule2.renamed ADD number text DEFAULT 'new';
SET ROLE regress_ccpii_reader;
SELECT * FROM regress_ccpii_rule2.renamed;
RESET ROLE;
SELECT count(*) FROM pg_seclabels WHERE provider = 'ccpii' AND objtype <> 'database';
DEALLOCATE look;
DROP SCHEMA regress_ccpii_rule2 CASCADE;
-- What a rollback brings back is masked as before.
CREATE TABLE t1 (id int, c text);
CREATE TABLE t2 () INHERITS (t1);
CREATE TABLE t3 (c text);
INSERT INTO t1 VALUES (1, '415-555-7890');
INSERT INTO t2 VALUES (2, '415-555-7890');
INSERT INTO t3 VALUES ('415-555-7890');
SECURITY LABEL FOR ccpii ON COLUMN t1.c IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN t3.c IS 'MASKED';
BEGIN;
DROP TABLE t1 CASCADE;
SELECT c FROM t3;
ROLLBACK;
SET ROLE regress_ccpii_reader;
SELECT * FROM t1 ORDER BY id;
SELECT * FROM t2;
RESET ROLE;
BEGIN;
SAVEPOINT s;
ALTER TABLE t1 DROP c;
SECURITY LABEL FOR ccpii ON COLUMN t3.c IS NULL;
SELECT c FROM t3;
ROLLBACK TO s;
SAVEPOINT s;
DROP TABLE t2;
CREATE TABLE t2 (c text);
INSERT INTO t2 VALUES ('another table');
SET LOCAL ROLE regress_ccpii_reader;
SELECT * FROM t1;
SELECT * FROM t2;
ROLLBACK TO s;
SET LOCAL ROLE regress_ccpii_reader;
SELECT * FROM t1 ORDER BY id;
SELECT * FROM t2;
SELECT * FROM t3;
RESET ROLE;
SAVEPOINT s;
ALTER TABLE t1 RENAME c TO d;
SECURITY LABEL FOR ccpii ON COLUMN t1.d IS 'MASKED AS phone';
CREATE TABLE t4 () INHERITS (t1);
INSERT INTO t4 VALUES (4, '415-555-7890');
SET LOCAL ROLE regress_ccpii_reader;
SELECT * FROM t1 ORDER BY id;
SELECT * FROM t4;
ROLLBACK TO s;
DROP TABLE t3;
SET LOCAL ROLE regress_ccpii_reader;
SELECT * FROM t1 ORDER BY id;
RESET ROLE;
ALTER TABLE t2 NO INHERIT t1;
SET LOCAL ROLE regress_ccpii_reader;
SELECT * FROM t2;
ROLLBACK;
SET ROLE regress_ccpii_reader;
SELECT * FROM t1 ORDER BY id;
SELECT * FROM t2;
SELECT * FROM t3;
RESET ROLE;
-- Temporary tables are tables.
CREATE TEMP TABLE mine (phone text);
INSERT INTO mine VALUES ('415-555-7890');
GRANT SELECT ON mine TO regress_ccpii_reader;
SECURITY LABEL FOR ccpii ON COLUMN mine.phone IS 'MASKED';
SET ROLE regress_ccpii_reader;
SELECT * FROM mine;
RESET ROLE;
DROP TABLE mine;

DROP SCHEMA regress_ccpii_rule CASCADE;
DROP ROLE regress_ccpii_reader;
SELECT count(*) FROM pg_seclabels WHERE provider = 'ccpii' AND objtype <> 'database';
