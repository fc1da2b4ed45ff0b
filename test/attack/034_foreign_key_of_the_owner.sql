-- A foreign key of the owner's on an unmasked column works for masked readers, on the raw rows.
--! no control: it is about what must work
--! writes
--! guesses
--! sees cascaded 0 left
--! sees refused
--@ boss
ALTER TABLE conversations DROP CONSTRAINT conversations_customer_id_fkey;
CREATE UNIQUE INDEX customers_phone_key ON customers (phone);
CREATE TABLE orders (id int, phone text REFERENCES customers (phone) ON DELETE CASCADE ON UPDATE CASCADE);
INSERT INTO orders SELECT id, phone FROM customers WHERE phone IS NOT NULL;
GRANT SELECT, INSERT ON orders TO regress_ccpii_support;
--@ superuser with labels
SECURITY LABEL FOR ccpii ON COLUMN public.orders.phone IS 'MASKED AS phone';
--@ agent
DELETE FROM customers WHERE id = 1;
SELECT 'cascaded', count(*), 'left' FROM orders WHERE id = 1 \g (format=unaligned fieldsep=' ')
INSERT INTO orders SELECT 9, phone FROM customers WHERE id = 2;
SELECT CASE count(*) WHEN 0 THEN 'refused' END FROM orders WHERE id = 9;
