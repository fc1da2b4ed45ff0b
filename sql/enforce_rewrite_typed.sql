-- Promise: queries on columns of type masked_text mean to a masked reader what
-- they say.  A literal that he writes beside such a column, and that so becomes
-- one of its values, is shown to him as he has written it; what he writes into a
-- column gets the column's mask.  Rows of totals hold no value of the column,
-- also where they are stored.

\pset format unaligned
\pset null (null)
\set SHOW_CONTEXT never
SET client_min_messages = warning;

CREATE ROLE regress_ccpii_reader;
CREATE SCHEMA regress_ccpii_literal;
GRANT USAGE, CREATE ON SCHEMA regress_ccpii_literal TO regress_ccpii_reader;
SELECT ccpii.mask_role('regress_ccpii_reader');
SET search_path = regress_ccpii_literal;

CREATE TABLE customers (id int PRIMARY KEY, phone ccpii.masked_text(phone), mobile ccpii.masked_text(phone), note text);
INSERT INTO customers VALUES (1, '415-555-7890', '212-555-1234'), (2, NULL, '212-555-1234'), (3, NULL, NULL);
GRANT ALL ON customers TO regress_ccpii_reader;

-- The owner's literal in a view is no reader's own.
CREATE VIEW phones AS SELECT id, coalesce(phone, mobile, '415-555-0000') AS phone FROM customers;
CREATE FUNCTION either(a ccpii.masked_text, b ccpii.masked_text) RETURNS ccpii.masked_text
	IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN RETURN coalesce(b, a); END $$;
GRANT ALL ON phones TO regress_ccpii_reader;

SET ROLE regress_ccpii_reader;

--
-- Shown as written
--
SELECT id, coalesce(phone, mobile, 'none') AS coalesce, CASE WHEN phone IS NULL THEN 'unknown' ELSE phone END AS "case",
	nullif('none', mobile) AS nullif, greatest(phone, 'zzz') AS greatest FROM customers ORDER BY id;
SELECT id, coalesce(phone, mobile, 'none') || '!' AS text, jsonb_build_object('k', coalesce(phone, 'none')) AS json FROM customers ORDER BY id;
SELECT phone FROM customers UNION SELECT 'none' ORDER BY 1;
SELECT id FROM customers WHERE coalesce(phone, 'none') = 'none' ORDER BY id;
SELECT (SELECT coalesce(max(c.phone), 'none') FROM customers d WHERE d.id = c.id) FROM customers c GROUP BY id ORDER BY id;
PREPARE literals AS SELECT id, coalesce(phone, 'none') FROM customers ORDER BY id;
EXECUTE literals;
EXECUTE literals;
DEALLOCATE literals;

--
-- Given a mask, or somebody else's: masked; and no column comes along
--
SELECT id, '415-555-7890'::ccpii.masked_text(phone) AS own FROM customers WHERE id = 1;
SELECT * FROM phones ORDER BY id;
SELECT id, either('x', phone) FROM customers WHERE id = 1;
SELECT id FROM customers WHERE either('x', phone) = '415-555-7890';

--
-- Written: a value, which gets the mask of its column
--
BEGIN;
INSERT INTO customers VALUES (4, '415-555-1111', coalesce(NULL, '212-555-2222'));
INSERT INTO customers SELECT 5, '415-555-3333', '212-555-4444' FROM customers WHERE id = 1;
INSERT INTO customers VALUES (6, coalesce(NULL::ccpii.masked_text, '415-555-6666')), (7, NULL);
UPDATE customers SET phone = coalesce(phone, '415-555-5555'), note = coalesce(mobile, 'none') WHERE id = 3
	RETURNING phone, coalesce(mobile, 'none') AS mobile, note;
WITH changed AS (UPDATE customers SET note = 'x' WHERE id = 2 RETURNING phone) SELECT upper(coalesce(phone, 'none')) AS phone FROM changed;
WITH given AS (SELECT coalesce(NULL::ccpii.masked_text, '415-555-8888') AS phone FROM customers WHERE id = 2),
	inserted AS (INSERT INTO customers SELECT 8, phone FROM given RETURNING phone)
	SELECT phone FROM inserted;
SELECT * FROM customers ORDER BY id;
RESET ROLE;
SELECT * FROM customers ORDER BY id;
ROLLBACK;

-- A new table has no mask for it: full.
SET ROLE regress_ccpii_reader;
CREATE TABLE copied AS SELECT id, coalesce(phone, 'none') AS phone, coalesce(phone, 'none')::text AS note,
	(SELECT jsonb_agg(coalesce(c.phone, 'none'))) AS inside FROM customers c GROUP BY id;
SELECT * FROM copied ORDER BY id;

--
-- Totals
--
SELECT mobile, lpad(mobile, 5) AS lpad, count(*) FROM customers GROUP BY GROUPING SETS ((mobile), ()) ORDER BY count;
CREATE TABLE totals AS SELECT mobile, lpad(mobile, 5) AS lpad, count(*) FROM customers GROUP BY GROUPING SETS ((mobile), ());
SELECT mobile, lpad, count FROM totals ORDER BY count;
SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'totals'::regclass AND attname = 'mobile';

RESET ROLE;
DROP SCHEMA regress_ccpii_literal CASCADE;
DROP ROLE regress_ccpii_reader;
