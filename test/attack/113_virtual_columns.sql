-- Generated columns that are computed when they are read.
--! from 18
--@ boss
ALTER TABLE customers ADD shout text GENERATED ALWAYS AS (upper(name || phone)) VIRTUAL;
ALTER TABLE customers ADD stored text GENERATED ALWAYS AS (lower(email)) STORED;
--@ agent
\echo ## column
SELECT shout FROM customers;
\echo ## row
SELECT c FROM customers c;
\echo ## stored
SELECT stored FROM customers;
\echo ## condition
SELECT shout || 'x' FROM customers WHERE shout > '' ORDER BY shout;
\echo ## RETURNING
UPDATE customers SET status = 'x' RETURNING new.shout, old.stored;
\echo ## virtual column of his own
CREATE TABLE own (n text, m text GENERATED ALWAYS AS (n || '!') VIRTUAL);
INSERT INTO own SELECT name FROM customers;
SELECT m FROM own;
