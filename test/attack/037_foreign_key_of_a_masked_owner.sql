-- The owner has become a masked role: his foreign keys go on to work on raw rows, and he can make none.
--! no control: it is about what must work
--! writes
--! sees cascaded 1 1
--! guesses
--@ superuser
CREATE TABLE public.owned (id int PRIMARY KEY, phone text UNIQUE);
CREATE TABLE public.owned_orders (id int, phone text REFERENCES public.owned (phone) ON DELETE CASCADE ON UPDATE CASCADE);
CREATE TABLE public.owned_late (id int, phone text);
INSERT INTO public.owned SELECT id, phone FROM customers WHERE phone IS NOT NULL;
INSERT INTO public.owned_orders SELECT id, phone FROM public.owned;
INSERT INTO public.owned_late SELECT id, phone FROM public.owned;
ALTER TABLE public.owned_late ADD CONSTRAINT late FOREIGN KEY (phone) REFERENCES public.owned (phone) NOT VALID;
--@ superuser with labels
SECURITY LABEL FOR ccpii ON COLUMN public.owned.phone IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN public.owned_orders.phone IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN public.owned_late.phone IS 'MASKED AS phone';
--@ superuser
ALTER TABLE public.owned OWNER TO regress_ccpii_agent;
ALTER TABLE public.owned_orders OWNER TO regress_ccpii_agent;
ALTER TABLE public.owned_late OWNER TO regress_ccpii_agent;
--@ agent
SELECT * FROM owned;
SELECT * FROM owned_orders;
ALTER TABLE owned_late VALIDATE CONSTRAINT late;
ALTER TABLE owned_late ADD CONSTRAINT again FOREIGN KEY (phone) REFERENCES owned (phone);
ALTER TABLE owned_orders ADD FOREIGN KEY (phone) REFERENCES owned (phone) NOT VALID;
DELETE FROM owned_late;
INSERT INTO owned_orders VALUES (9, 'nobody');
INSERT INTO owned_orders SELECT 9, phone FROM owned WHERE id = 1;
DELETE FROM owned WHERE id IN (1, 4);
SELECT 'cascaded', (SELECT count(*) FROM owned), (SELECT count(*) FROM owned_orders) \g (format=unaligned fieldsep=' ')
