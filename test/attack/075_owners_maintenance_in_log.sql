-- ANALYZE and the rebuilding of tables evaluate expressions on raw values.
--! log
--@ boss
\set ON_ERROR_STOP 0
CREATE FUNCTION public.as_number(text) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT CASE WHEN current_setting(''my.strict'', true) = ''on'' THEN $1::bigint END';
CREATE INDEX customers_number ON customers (public.as_number(name));
CREATE STATISTICS customers_numbers ON (public.as_number(note)) FROM customers;
SET my.strict = on;
ANALYZE customers;
--@ boss
\set ON_ERROR_STOP 0
SET my.strict = on;
REINDEX TABLE customers;
--@ boss
\set ON_ERROR_STOP 0
SET my.strict = on;
REINDEX INDEX customers_number;
--@ boss
\set ON_ERROR_STOP 0
SET my.strict = on;
VACUUM FULL customers;
--@ boss
\set ON_ERROR_STOP 0
SET my.strict = on;
CLUSTER customers USING customers_pkey;
--@ superuser
\set ON_ERROR_STOP 0
SET my.strict = on;
REINDEX SCHEMA public;
--@ boss
\set ON_ERROR_STOP 0
CREATE DOMAIN public.number AS text;
ALTER TABLE customers ADD other public.number;
UPDATE customers SET other = name;
ALTER DOMAIN public.number ADD CHECK (VALUE::bigint > 0);
--@ boss
\set ON_ERROR_STOP 0
CREATE UNIQUE INDEX indexed_key ON customer_copy (phone);
INSERT INTO customers (id, name, phone) SELECT 5, name, phone FROM customers WHERE id = 1;
REFRESH MATERIALIZED VIEW customer_copy;
