-- Triggers and rules on tables and views of one's own.
--@ agent
CREATE TABLE log_of_mine (t text);
CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE '% % %', TG_OP, NEW, OLD; RETURN NEW; END $$;
CREATE FUNCTION tell_all() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE r record; BEGIN
	FOR r IN SELECT * FROM news LOOP RAISE NOTICE 'transition %', r; END LOOP; RETURN NULL; END $$;
\echo ## INSTEAD OF on a view over the table
CREATE VIEW v AS SELECT * FROM customers;
CREATE TRIGGER i INSTEAD OF UPDATE OR DELETE OR INSERT ON v FOR EACH ROW EXECUTE FUNCTION tell();
UPDATE v SET status = 'x' WHERE id = 1;
DELETE FROM v WHERE id = 2;
\echo ## BEFORE on his own table
CREATE TABLE t (LIKE customers);
CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW WHEN (NEW.phone <> '') EXECUTE FUNCTION tell();
INSERT INTO t SELECT * FROM customers;
\echo ## transition table
CREATE TRIGGER s AFTER INSERT ON t REFERENCING NEW TABLE AS news FOR EACH STATEMENT EXECUTE FUNCTION tell_all();
INSERT INTO t SELECT * FROM customers;
\echo ## rule on a view
CREATE VIEW w AS SELECT * FROM customers;
CREATE RULE r AS ON UPDATE TO w DO INSTEAD INSERT INTO log_of_mine VALUES (OLD.phone || OLD.name);
UPDATE w SET status = 'x' WHERE id = 1;
TABLE log_of_mine;
\echo ## rule on his own table, with a query of the other
CREATE RULE q AS ON INSERT TO log_of_mine DO ALSO SELECT c.*, NEW.* FROM customers c;
INSERT INTO log_of_mine VALUES ('x');
