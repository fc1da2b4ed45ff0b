-- A refresh of the owner's that finds a row twice prints it.
--! log
--@ boss
\set ON_ERROR_STOP 0
CREATE MATERIALIZED VIEW public.doubled AS SELECT name, phone FROM customers WHERE id IN (1, 5);
CREATE UNIQUE INDEX doubled_key ON public.doubled (name, phone);
INSERT INTO customers (id, name, phone) SELECT 5, name, phone FROM customers WHERE id = 1;
REFRESH MATERIALIZED VIEW CONCURRENTLY public.doubled;
