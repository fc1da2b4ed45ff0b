-- Promise: what newer servers can do more shows a masked reader no more.
-- A server that cannot do it yet is counted as right.

\pset format unaligned
\pset tuples_only on
\set SHOW_CONTEXT never
SET client_min_messages = warning;

CREATE ROLE regress_ccpii_reader;
CREATE SCHEMA regress_ccpii_newer;
GRANT USAGE, CREATE ON SCHEMA regress_ccpii_newer TO regress_ccpii_reader;
SET search_path = regress_ccpii_newer;
CREATE TABLE customers (id int PRIMARY KEY, name text, phone text, status text, doc jsonb);
INSERT INTO customers VALUES (1, 'Ada Lovelace', '415-555-7890', 'open', '{"p": "415-555-7890"}'), (2, 'Grace Hopper', '212-555-7890', 'open', '{"p": "x"}');
GRANT ALL ON customers TO regress_ccpii_reader;
SECURITY LABEL FOR ccpii ON COLUMN customers.name IS 'MASKED AS name';
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN customers.doc IS 'MASKED AS jsonb(p => phone)';
SELECT ccpii.masked_view_create('customers', 'view_of');
GRANT ALL ON view_of TO regress_ccpii_reader;

-- What a statement gives, as rows in text; whatever it changes is taken back.
CREATE FUNCTION outcome(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	r record;
	result text := '';
BEGIN
	BEGIN
		FOR r IN EXECUTE statement LOOP
			result := concat_ws(' ', nullif(result, ''), r::text);
		END LOOP;
		RAISE SQLSTATE 'RB000';
	EXCEPTION WHEN SQLSTATE 'RB000' THEN
		RETURN result;
	WHEN OTHERS THEN
		RETURN SQLSTATE || ' ' || SQLERRM;
	END;
END
$$;
CREATE TABLE cases (n int, since int, statement text, expected text);
GRANT SELECT ON cases TO regress_ccpii_reader;
CREATE VIEW wrong AS
	SELECT n, outcome FROM (SELECT n, expected, outcome(statement) FROM cases WHERE since <= current_setting('server_version_num')::int / 10000) c
		WHERE outcome IS DISTINCT FROM expected ORDER BY n;
GRANT SELECT ON wrong TO regress_ccpii_reader;

INSERT INTO cases VALUES
-- RETURNING with the old and the new row
(1, 18, 'UPDATE customers SET status = ''x'' WHERE id = 1 RETURNING old.phone, new.phone, phone, old.status, new.status', '(XXX-XXX-7890,XXX-XXX-7890,XXX-XXX-7890,open,x)'),
(2, 18, 'UPDATE customers SET status = ''x'' WHERE id = 1 RETURNING old, new', '("(1,""A*** L***"",XXX-XXX-7890,open,""{""""p"""": """"XXX-XXX-7890""""}"")","(1,""A*** L***"",XXX-XXX-7890,x,""{""""p"""": """"XXX-XXX-7890""""}"")")'),
(3, 18, 'DELETE FROM customers WHERE id = 1 RETURNING old.phone, new.phone, new IS NULL', '(XXX-XXX-7890,,t)'),
(4, 18, 'INSERT INTO customers (id, phone) VALUES (3, ''415-555-0003'') RETURNING old.phone, new.phone, old IS NULL', '(,XXX-XXX-0003,t)'),
(5, 18, 'INSERT INTO customers (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET status = ''x'' RETURNING WITH (OLD AS o, NEW AS n) o.phone, n.phone, o.name || n.name', '(XXX-XXX-7890,XXX-XXX-7890,"A*** L***A*** L***")'),
(6, 18, 'UPDATE customers SET status = ''x'' WHERE id = 1 RETURNING (SELECT old.phone || ''/'' || new.name)', '("XXX-XXX-7890/A*** L***")'),
(7, 18, 'WITH u AS (UPDATE customers SET status = ''x'' WHERE id = 1 RETURNING old.*, new.phone AS n) SELECT phone, n, name FROM u', '(XXX-XXX-7890,XXX-XXX-7890,"A*** L***")'),
-- MERGE
(10, 17, 'MERGE INTO customers c USING (VALUES (1)) v (id) ON c.id = v.id WHEN MATCHED THEN UPDATE SET status = ''x'' RETURNING merge_action(), c.phone, c.*', '(UPDATE,XXX-XXX-7890,1,"A*** L***",XXX-XXX-7890,x,"{""p"": ""XXX-XXX-7890""}")'),
(11, 18, 'MERGE INTO customers c USING (VALUES (1)) v (id) ON c.id = v.id WHEN MATCHED THEN DELETE RETURNING old.phone, new.phone', '(XXX-XXX-7890,)'),
(12, 17, 'MERGE INTO customers c USING (VALUES (1)) v (id) ON c.id = v.id WHEN NOT MATCHED BY SOURCE AND c.phone = ''XXX-XXX-7890'' THEN UPDATE SET status = c.phone RETURNING c.id, c.status', '(2,XXX-XXX-7890)'),
(13, 17, 'MERGE INTO customers c USING (VALUES (1)) v (id) ON c.id = v.id WHEN NOT MATCHED BY SOURCE AND c.phone = ''212-555-7890'' THEN DELETE RETURNING c.id', ''),
(14, 17, 'MERGE INTO customers c USING (VALUES (1)) v (id) ON c.id = v.id WHEN NOT MATCHED BY SOURCE THEN UPDATE SET phone = c.phone || ''x'' RETURNING c.id', '42501 column "phone" of relation "customers" is masked for you and cannot be assigned what is made of masks'),
(15, 17, 'WITH m AS (MERGE INTO customers c USING (VALUES (1)) v (id) ON c.id = v.id WHEN MATCHED THEN UPDATE SET status = ''x'' RETURNING c.phone) SELECT * FROM m', '(XXX-XXX-7890)'),
-- json
(20, 17, 'SELECT j.p FROM customers c, JSON_TABLE(c.doc, ''$'' COLUMNS (p text PATH ''$.p'')) j WHERE c.id = 1', '(XXX-XXX-7890)'),
(21, 17, 'SELECT JSON_VALUE(doc, ''$.p''), JSON_QUERY(doc, ''$''), JSON_EXISTS(doc, ''$ ? (@.p == "415-555-7890")'') FROM customers WHERE id = 1', '(XXX-XXX-7890,"{""p"": ""XXX-XXX-7890""}",f)'),
(22, 16, 'SELECT JSON_OBJECT(''p'': phone RETURNING text), JSON_ARRAY(phone, name), JSON_ARRAYAGG(phone), phone IS JSON FROM customers WHERE id = 1 GROUP BY phone, name', '("{""p"" : ""XXX-XXX-7890""}","[""XXX-XXX-7890"", ""A*** L***""]","[""XXX-XXX-7890""]",f)'),
(23, 17, 'SELECT JSON_SERIALIZE(JSON_SCALAR(phone)) FROM customers WHERE id = 1', '("""XXX-XXX-7890""")'),
-- groups, which from 18 on stand in an entry of their own
(30, 15, 'SELECT phone, upper(name), count(*) FROM customers GROUP BY phone, name HAVING phone LIKE ''XXX%'' ORDER BY phone, name', '(XXX-XXX-7890,"A*** L***",1) (XXX-XXX-7890,"G*** H***",1)'),
(31, 15, 'SELECT phone, (SELECT customers.phone || max(x.phone) FROM customers x) FROM customers GROUP BY phone', '(XXX-XXX-7890,XXX-XXX-7890XXX-XXX-7890)'),
(32, 15, 'SELECT c, count(*) FROM customers c WHERE id = 1 GROUP BY c', '("(1,""A*** L***"",XXX-XXX-7890,open,""{""""p"""": """"XXX-XXX-7890""""}"")",1)'),
(33, 15, 'SELECT phone || name, grouping(phone), count(*) FROM customers WHERE id = 1 GROUP BY GROUPING SETS ((phone, name), ()) ORDER BY 2, 1', '("XXX-XXX-7890A*** L***",0,1) (,1,1)'),
(34, 15, 'SELECT DISTINCT lower(phone) FROM customers GROUP BY lower(phone), name', '(xxx-xxx-7890)'),
(35, 16, 'SELECT any_value(phone) FROM customers', '(XXX-XXX-7890)'),
(36, 15, 'SELECT x.phone, l.p FROM (SELECT phone FROM customers GROUP BY phone) x, LATERAL (SELECT x.phone || count(*) AS p FROM customers GROUP BY status) l', '(XXX-XXX-7890,XXX-XXX-78902)'),
-- masked views
(40, 17, 'MERGE INTO view_of c USING (VALUES (1)) v (id) ON c.id = v.id WHEN MATCHED THEN UPDATE SET status = ''x'' RETURNING merge_action(), c.phone', '(UPDATE,XXX-XXX-7890)'),
(41, 17, 'MERGE INTO view_of c USING (VALUES (9)) v (id) ON c.id = v.id WHEN NOT MATCHED THEN INSERT (id, phone) VALUES (9, ''415-555-0009'') RETURNING c.id, c.phone', '(9,XXX-XXX-0009)'),
(42, 18, 'UPDATE view_of SET status = ''x'' WHERE id = 1 RETURNING old.phone, new.phone', '(XXX-XXX-7890,XXX-XXX-7890)'),
(43, 15, 'SELECT phone FROM view_of WHERE id = 1', '(XXX-XXX-7890)');

SET ROLE regress_ccpii_reader;
SELECT * FROM wrong;
RESET ROLE;

-- Generated columns that are computed when they are read.
DO $$
BEGIN
	IF current_setting('server_version_num')::int >= 180000 THEN
		EXECUTE 'ALTER TABLE customers ADD digits text GENERATED ALWAYS AS (replace(phone, ''-'', '''')) VIRTUAL,
			ADD size int GENERATED ALWAYS AS (length(phone) + id) VIRTUAL, ADD open boolean GENERATED ALWAYS AS (status = ''open'') VIRTUAL,
			ADD shown text GENERATED ALWAYS AS (upper(phone)) VIRTUAL';
		EXECUTE 'SECURITY LABEL FOR ccpii ON COLUMN customers.shown IS ''MASKED AS digits(4)''';
		EXECUTE 'CREATE VIEW by_view AS SELECT id, digits FROM customers';
		EXECUTE 'GRANT SELECT ON by_view TO regress_ccpii_reader';
	END IF;
END
$$;
TRUNCATE cases;
INSERT INTO cases VALUES
(1, 18, 'SELECT id, digits, size, open, shown FROM customers ORDER BY id', '(1,****,,t,***-***-****) (2,****,,t,***-***-****)'),
(2, 18, 'SELECT c::text FROM customers c WHERE id = 1', '("(1,""A*** L***"",XXX-XXX-7890,open,""{""""p"""": """"XXX-XXX-7890""""}"",****,,t,***-***-****)")'),
(3, 18, 'SELECT id FROM customers WHERE digits = ''4155557890'' OR size = 13 OR shown LIKE ''%7890''', ''),
(4, 18, 'SELECT digits, count(*) FROM customers GROUP BY digits', '(****,2)'),
(5, 18, 'SELECT * FROM by_view WHERE id = 1', '(1,****)'),
(6, 18, 'SELECT o.id, c.digits FROM (VALUES (1), (9)) o (id) LEFT JOIN customers c USING (id) ORDER BY 1', '(1,****) (9,)'),
(7, 18, 'UPDATE customers SET status = ''x'' WHERE id = 1 RETURNING old.digits, new.digits, new.open', '(****,****,f)'),
(8, 18, 'SELECT count(*) FROM customers WHERE open', '(2)'),
(9, 18, 'SELECT digits, shown FROM view_of WHERE id = 1', '(****,***-***-****)');
SET ROLE regress_ccpii_reader;
SELECT * FROM wrong;
RESET ROLE;
SELECT outcome('SELECT phone FROM customers WHERE id = 1');

-- COPY reads materialized views from 18 on.
CREATE MATERIALIZED VIEW stored AS SELECT phone FROM customers WHERE id = 1;
GRANT SELECT ON stored TO regress_ccpii_reader;
SECURITY LABEL FOR ccpii ON COLUMN stored.phone IS 'MASKED AS constant(''masked'')';
SELECT CASE WHEN current_setting('server_version_num')::int >= 180000 THEN 'stored' ELSE '(TABLE stored)' END AS what \gset
SET ROLE regress_ccpii_reader;
COPY :what TO STDOUT;
RESET ROLE;

DROP SCHEMA regress_ccpii_newer CASCADE;
DROP ROLE regress_ccpii_reader;
