-- COPY refuses TOAST tables itself; large tables of one's own copy nothing raw.
--! no control: the server refuses it
--@ superuser
GRANT pg_read_all_data TO regress_ccpii_agent;
--@ agent
SELECT 'COPY ' || reltoastrelid::regclass || ' TO STDOUT' AS copy FROM pg_class WHERE oid = 'public.customers'::regclass \gset
:copy;
CREATE TABLE own AS SELECT note || note AS n, c FROM customers c;
ALTER TABLE own ALTER n SET STORAGE EXTERNAL;
UPDATE own SET n = n || repeat('x', 5000);
SELECT 'SELECT chunk_data FROM ' || reltoastrelid::regclass AS query FROM pg_class WHERE oid = 'own'::regclass \gset
SELECT md5(n) FROM own;
--@ superuser
REVOKE pg_read_all_data FROM regress_ccpii_agent;
