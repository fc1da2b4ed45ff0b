-- A value of type masked_text that a definer function hands out as it is.
--@ superuser
CREATE TABLE vault (id int PRIMARY KEY, phone text, code text, tags text[]);
INSERT INTO vault SELECT id, phone, reference, ARRAY[name, email] FROM customers WHERE id < 3;
ALTER TABLE vault OWNER TO regress_ccpii_boss;
--@ superuser with labels
ALTER TABLE vault ALTER phone TYPE ccpii.masked_text(phone), ALTER code TYPE ccpii.masked_text, ALTER tags TYPE ccpii.masked_text[] USING tags::ccpii.masked_text[];
CREATE FUNCTION recast(anyelement) RETURNS text LANGUAGE sql AS 'SELECT $1::ccpii.masked_text(digits, 32)::text';
CREATE FUNCTION stored(anyelement) RETURNS text LANGUAGE sql AS 'SELECT ccpii.text_of($1)';
CREATE FUNCTION sent(anyelement) RETURNS bytea LANGUAGE sql AS 'SELECT ccpii.masked_text_send($1)';
--@ superuser
DO $$ BEGIN
	IF to_regtype('ccpii.masked_text') IS NULL THEN
		CREATE FUNCTION recast(text) RETURNS text LANGUAGE sql AS 'SELECT $1';
		CREATE FUNCTION stored(text) RETURNS text LANGUAGE sql AS 'SELECT $1';
		CREATE FUNCTION sent(text) RETURNS bytea LANGUAGE sql AS 'SELECT textsend($1)';
	END IF;
END $$;
--@ boss
CREATE FUNCTION hand_out(int) RETURNS vault LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
	'SELECT * FROM vault WHERE id = $1';
--@ agent
\echo ## as it is, in rows, arrays and other forms
SELECT hand_out(1), (hand_out(1)).phone, (hand_out(2)).tags, row_to_json(hand_out(1));
SELECT * FROM hand_out(1);
COPY (SELECT * FROM hand_out(2)) TO STDOUT;
\echo ## with another mask, or none
SELECT recast((hand_out(1)).phone), stored((hand_out(1)).code), encode(sent((hand_out(1)).phone), 'escape');
\echo ## one letter after the other
SELECT string_agg(substr((hand_out(1)).phone, i, 1), '') FROM generate_series(1, 20) i;
SELECT string_agg(chr(ascii(substr((hand_out(1)).code, i, 1))), '') FROM generate_series(1, 20) i;
\echo ## into a table of his own, and read there by others
CREATE TABLE kept AS SELECT (hand_out(1)).phone, (hand_out(1)).code;
INSERT INTO kept SELECT (hand_out(2)).phone, (hand_out(2)).code;
TABLE kept;
CREATE TABLE kept_as_text (phone text, code varchar);
INSERT INTO kept_as_text SELECT phone, code FROM kept;
INSERT INTO kept_as_text SELECT (hand_out(2)).phone, (hand_out(2)).code;
TABLE kept_as_text;
DROP TABLE kept;
\echo ## out of a session setting, a notification and a cursor
SELECT set_config('my.x', (hand_out(1)).phone, false);
SHOW my.x;
BEGIN; DECLARE c CURSOR WITH HOLD FOR SELECT hand_out(1); COMMIT; FETCH c;
DO $$ DECLARE v record; BEGIN SELECT * INTO v FROM hand_out(1); RAISE NOTICE '%', v; END $$;
