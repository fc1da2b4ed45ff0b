-- The plans of a foreign key's own queries go to the log with the values that they look for.
--! log
--! writes
--@ boss
ALTER TABLE conversations DROP CONSTRAINT conversations_customer_id_fkey;
CREATE UNIQUE INDEX customers_phone_key ON customers (phone);
CREATE TABLE orders (id int, phone text REFERENCES customers (phone) ON DELETE CASCADE ON UPDATE CASCADE);
INSERT INTO orders SELECT id, phone FROM customers WHERE phone IS NOT NULL;
--@ superuser with labels
SECURITY LABEL FOR ccpii ON COLUMN public.orders.phone IS 'MASKED AS phone';
--@ agent
DELETE FROM customers WHERE id = 1;
