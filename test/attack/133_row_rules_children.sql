-- Neither partitions nor children that are named directly show what the row
-- rule of a parent hides, nor does a table that leaves its parent.
--@ boss
CREATE TABLE secrets (id int, assignee text, body text) PARTITION BY RANGE (id);
CREATE TABLE secrets_1 PARTITION OF secrets FOR VALUES FROM (0) TO (10);
CREATE TABLE secrets_2 (body text, assignee text, id int);
ALTER TABLE secrets ATTACH PARTITION secrets_2 FOR VALUES FROM (10) TO (20);
INSERT INTO secrets VALUES (1, 'agent', 'mine'), (2, 'boss', 'velociraptor'), (12, 'boss', 'xylophonium');
CREATE TABLE parent (id int, body text);
CREATE TABLE child () INHERITS (parent);
INSERT INTO child VALUES (1, 'mine'), (2, 'marzipanella');
GRANT ALL ON secrets, secrets_1, secrets_2, parent, child TO regress_ccpii_support;
--@ superuser with labels
ALTER TABLE secrets ENABLE ROW LEVEL SECURITY;
ALTER TABLE parent ENABLE ROW LEVEL SECURITY;
SECURITY LABEL FOR ccpii ON TABLE secrets IS $$VISIBLE TO regress_ccpii_support WHEN (assignee = 'agent')$$;
SECURITY LABEL FOR ccpii ON TABLE parent IS $$VISIBLE TO regress_ccpii_support WHEN (id = 1)$$;
SELECT ccpii.protect('secrets_2');
--@ agent
\echo ## by the parent
SELECT * FROM secrets;
\echo ## a partition
SELECT * FROM secrets_1;
\echo ## a protected partition
SELECT * FROM secrets_2;
\echo ## COPY of a partition
COPY secrets_1 TO STDOUT;
COPY secrets_2 TO STDOUT;
\echo ## DELETE from a partition
BEGIN;
DELETE FROM secrets_1 RETURNING *;
ROLLBACK;
BEGIN;
DELETE FROM secrets_2 RETURNING *;
ROLLBACK;
\echo ## a child
TABLE child;
\echo ## a view of a partition
CREATE VIEW part AS SELECT * FROM secrets_1;
TABLE part;
\echo ## a SQL function
CREATE FUNCTION part() RETURNS SETOF text LANGUAGE sql STABLE AS 'SELECT body FROM secrets_1 UNION ALL SELECT body FROM child';
SELECT * FROM part();
\echo ## a lock
SELECT * FROM secrets_1 FOR UPDATE;
--@ boss
ALTER TABLE secrets DETACH PARTITION secrets_2;
ALTER TABLE child NO INHERIT parent;
--@ agent
\echo ## after they left
SELECT * FROM secrets_2;
SELECT * FROM child;
