-- Tables of one's own that are made like the table or want to be its relatives.
--@ agent
\echo ## LIKE, filled
CREATE TABLE l (LIKE customers INCLUDING ALL);
INSERT INTO l SELECT * FROM customers;
TABLE l;
CREATE TABLE child () INHERITS (customers);
ALTER TABLE l INHERIT customers;
ALTER TABLE customers INHERIT l;
CREATE TABLE part PARTITION OF calls FOR VALUES FROM (200) TO (300);
ALTER TABLE calls DETACH PARTITION calls_1;
ALTER TABLE customers RENAME TO customers_2;
ALTER TABLE customers RENAME phone TO fone;
ALTER TABLE customers ADD copy text;
ALTER TABLE customers DROP phone;
ALTER TABLE customers OWNER TO regress_ccpii_agent;
CREATE INDEX ON customers (phone);
CREATE STATISTICS s ON phone, name FROM customers;
CREATE POLICY p ON customers USING (true);
CREATE RULE r AS ON UPDATE TO customers DO ALSO SELECT OLD.phone;
COMMENT ON TABLE customers IS 'x';
TRUNCATE customers;
\echo ## typed table
CREATE TYPE shape AS (id int, phone text);
CREATE TABLE typed OF shape;
INSERT INTO typed SELECT id, phone FROM customers;
TABLE typed;
