-- The same where the server logs no errors.
--! writes
--@ boss
CREATE UNIQUE INDEX customers_phone_key ON customers (phone);
CREATE TABLE orders (id int, phone text REFERENCES customers (phone) DEFERRABLE INITIALLY DEFERRED);
INSERT INTO orders SELECT id, phone FROM customers WHERE phone IS NOT NULL;
DELETE FROM conversations;
--@ superuser
ALTER DATABASE attack SET log_min_messages = fatal;
--@ agent
\echo ## SET CONSTRAINTS
BEGIN;
DELETE FROM customers WHERE id = 1;
SET CONSTRAINTS ALL IMMEDIATE;
ROLLBACK;
\echo ## COMMIT
BEGIN;
DELETE FROM customers WHERE id = 1;
COMMIT;
