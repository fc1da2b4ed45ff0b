-- Partitions and children that have the columns in another order, and columns that were dropped.
--@ boss
ALTER TABLE customers DROP COLUMN code;
ALTER TABLE customers ADD later text DEFAULT 'x';
CREATE TABLE moved (phone text, gone int, source text, id int);
ALTER TABLE moved DROP gone;
ALTER TABLE moved INHERIT leads;
INSERT INTO moved VALUES ('+1 415-555-0142', 'x', 7);
CREATE TABLE calls_3 (seconds int, gone text, number text, id int);
ALTER TABLE calls_3 DROP gone;
INSERT INTO calls_3 VALUES (1, '+44 20 7946 0813', 250);
ALTER TABLE calls ATTACH PARTITION calls_3 FOR VALUES FROM (200) TO (300);
CREATE TABLE calls_4 (number text, id int, seconds int) PARTITION BY LIST (id);
CREATE TABLE calls_4_1 (id int, seconds int, gone int, number text);
ALTER TABLE calls_4_1 DROP gone;
INSERT INTO calls_4_1 VALUES (301, 1, '+1 415-555-0142');
ALTER TABLE calls_4 ATTACH PARTITION calls_4_1 DEFAULT;
ALTER TABLE calls ATTACH PARTITION calls_4 FOR VALUES FROM (300) TO (400);
GRANT SELECT, UPDATE ON moved, calls_3, calls_4, calls_4_1 TO regress_ccpii_support;
--@ agent
\echo ## child
SELECT * FROM moved;
SELECT m FROM moved m;
\echo ## through the parent
SELECT l FROM leads l;
\echo ## partition
SELECT p, p.* FROM calls_3 p;
COPY calls_3 TO STDOUT;
\echo ## partition of a partition
SELECT p, p.* FROM calls_4_1 p;
SELECT p, p.* FROM calls_4 p;
\echo ## through the table
SELECT c, c.* FROM calls c;
UPDATE calls SET seconds = 2 RETURNING *;
\echo ## a table with a dropped column
SELECT c FROM customers c;
SELECT to_jsonb(c), c.* FROM customers c;
COPY customers TO STDOUT;
