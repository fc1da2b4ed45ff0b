-- A foreign key on masked columns works on raw rows also below the trigger that another cascade fires.
--! no control: it is about what must work
--! writes
--! guesses
--! sees left 0 0
--@ boss
ALTER TABLE conversations DROP CONSTRAINT conversations_customer_id_fkey;
CREATE UNIQUE INDEX customers_phone_key ON customers (phone);
CREATE TABLE orders (id int, phone text REFERENCES customers (phone) ON DELETE CASCADE);
INSERT INTO orders SELECT id, phone FROM customers WHERE phone IS NOT NULL;
CREATE TABLE areas (id int PRIMARY KEY);
CREATE TABLE streets (id int REFERENCES areas ON DELETE CASCADE);
INSERT INTO areas VALUES (1), (2);
INSERT INTO streets VALUES (1), (2);
CREATE FUNCTION public.moved_out() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM public.customers WHERE id = OLD.id; RETURN OLD; END $$;
CREATE TRIGGER b BEFORE DELETE ON streets FOR EACH ROW EXECUTE FUNCTION public.moved_out();
GRANT SELECT, DELETE ON areas, streets, orders TO regress_ccpii_support;
--@ superuser with labels
SECURITY LABEL FOR ccpii ON COLUMN public.orders.phone IS 'MASKED AS phone';
--@ agent
DELETE FROM areas WHERE id = 1;
SELECT 'left', (SELECT count(*) FROM customers WHERE id = 1), (SELECT count(*) FROM orders WHERE id = 1) \g (format=unaligned fieldsep=' ')
