-- What a masked login can define around the type: domains, types, aggregates,
-- casts, operator classes, tables of his own that others fill.
--@ superuser
CREATE TABLE vault (id int PRIMARY KEY, phone text, code text);
INSERT INTO vault SELECT id, phone, reference FROM customers WHERE id < 3;
ALTER TABLE vault OWNER TO regress_ccpii_boss;
--@ superuser with labels
ALTER TABLE vault ALTER phone TYPE ccpii.masked_text(phone), ALTER code TYPE ccpii.masked_text;
CREATE DOMAIN vault_phone AS ccpii.masked_text(phone);
--@ superuser
DO $$ BEGIN IF to_regtype('vault_phone') IS NULL THEN CREATE DOMAIN vault_phone AS text; END IF; END $$;
GRANT SELECT ON vault TO regress_ccpii_support;
GRANT REFERENCES ON vault TO regress_ccpii_support;
--@ boss
CREATE FUNCTION hand_out(int) RETURNS SETOF vault LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
	'SELECT * FROM vault WHERE id = $1';
--@ agent
CREATE FUNCTION told(text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS $$ BEGIN RAISE NOTICE 'sees %', $1; RETURN true; END $$;
\echo ## a domain whose check tells
CREATE DOMAIN telling AS vault_phone CHECK (told(VALUE::text));
SELECT phone::telling FROM vault;
SELECT (h.phone)::telling FROM hand_out(1) h;
\echo ## a table that is filled by others
CREATE TABLE trap (phone telling, code text CHECK (told(code)));
CREATE TABLE alike (LIKE vault);
GRANT INSERT, SELECT ON trap, alike TO regress_ccpii_boss;
INSERT INTO alike SELECT * FROM vault;
INSERT INTO alike SELECT * FROM hand_out(2);
TABLE alike;
DROP TABLE alike;
\echo ## an aggregate and a function of polymorphic type
CREATE FUNCTION add_text(text, anyelement) RETURNS text LANGUAGE sql AS $$ SELECT $1 || $2::text $$;
CREATE AGGREGATE all_text(anyelement) (SFUNC = add_text, STYPE = text, INITCOND = '');
SELECT all_text(phone), all_text(code) FROM vault;
SELECT all_text(h.phone), all_text(h.code) FROM hand_out(1) h;
\echo ## a view, a rule and a policy of his own on a copy
CREATE TABLE copy AS SELECT * FROM vault;
CREATE VIEW seen AS SELECT phone::text, code::text FROM copy;
TABLE seen;
SELECT * FROM vault WHERE told(phone::text) AND told(code);
