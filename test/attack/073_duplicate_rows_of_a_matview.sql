-- REFRESH CONCURRENTLY prints a row that is there twice; so does a unique index that is built.
--! from 17
--@ boss
CREATE MATERIALIZED VIEW public.doubled AS SELECT name, phone FROM customers WHERE id IN (1, 5);
CREATE UNIQUE INDEX doubled_key ON public.doubled (name, phone);
CREATE MATERIALIZED VIEW public.indexed AS SELECT name FROM customers WHERE id IN (1, 5);
CREATE UNIQUE INDEX indexed_key ON public.indexed (name);
INSERT INTO customers (id, name, phone) SELECT 5, name, phone FROM customers WHERE id = 1;
GRANT SELECT, MAINTAIN ON public.doubled, public.indexed TO regress_ccpii_support;
--@ superuser with labels
SECURITY LABEL FOR ccpii ON COLUMN public.doubled.name IS 'MASKED AS name';
SECURITY LABEL FOR ccpii ON COLUMN public.doubled.phone IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN public.indexed.name IS 'MASKED AS name';
--@ agent
\echo ## concurrently
REFRESH MATERIALIZED VIEW CONCURRENTLY public.doubled;
\echo ## with a unique index
REFRESH MATERIALIZED VIEW public.indexed;
