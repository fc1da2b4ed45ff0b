-- A foreign key of a table without labels prints the key of a labelled one.
--! without log
--! writes
--@ boss
CREATE UNIQUE INDEX customers_phone_key ON customers (phone);
CREATE TABLE orders (id int, phone text REFERENCES customers (phone) DEFERRABLE INITIALLY DEFERRED);
INSERT INTO orders SELECT id, phone FROM customers WHERE phone IS NOT NULL;
CREATE TABLE orders_now (id int, phone text REFERENCES customers (phone));
INSERT INTO orders_now SELECT id, phone FROM customers WHERE id = 2;
DELETE FROM conversations;
--@ agent
\echo ## at once
DELETE FROM customers WHERE id = 2;
\echo ## SET CONSTRAINTS
BEGIN;
DELETE FROM customers WHERE id = 1;
SET CONSTRAINTS ALL IMMEDIATE;
ROLLBACK;
\echo ## COMMIT
BEGIN;
DELETE FROM customers WHERE id = 1;
COMMIT;
\echo ## single statement
DELETE FROM customers WHERE id = 1;
