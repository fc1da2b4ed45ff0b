-- Two-phase commit, snapshots, portals of the client's library.
--@ agent
BEGIN;
CREATE TABLE kept AS SELECT * FROM customers;
PREPARE TRANSACTION 'regress_ccpii';
COMMIT PREPARED 'regress_ccpii';
\echo ## after PREPARE TRANSACTION
TABLE kept;
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT count(*) FROM customers;
\echo ## older snapshot
SELECT name, phone FROM customers;
COMMIT;
BEGIN READ ONLY;
\echo ## read only
SELECT name FROM customers;
COMMIT;
