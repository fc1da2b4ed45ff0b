-- Statements of the owner's that work on raw values fail; the log must not have them.
--! log
--@ boss
\set ON_ERROR_STOP 0
\o /dev/null
SET max_parallel_maintenance_workers = 0;
ALTER TABLE customers ADD CHECK (note::int > 0);
ALTER TABLE customers ALTER name TYPE int USING name::int;
CREATE INDEX ON customers ((phone::bigint));
CREATE UNIQUE INDEX ON contacts (phone);
ALTER TABLE contacts ADD UNIQUE (phone);
ALTER TABLE contacts ADD EXCLUDE (phone WITH =);
ALTER TABLE customers ADD g int GENERATED ALWAYS AS (note::int) STORED;
ALTER TABLE calls ADD CHECK (number::int > 0);
SELECT sum(name::int) FROM customers;
INSERT INTO customers SELECT * FROM customers;
UPDATE customers SET calls = -1;
COPY customers (id, calls, name) FROM PROGRAM 'echo';
REFRESH MATERIALIZED VIEW customer_copy;
