-- Promise: coverage() finds columns that look like personal data and have no
-- label, copies of labelled columns, and the ways round the masks; each with a
-- statement that repairs it, and never with a stored value.

\pset format unaligned
\pset tuples_only on
\pset null (null)
\set VERBOSITY terse
\set SHOW_CONTEXT never
SET client_min_messages = warning;

CREATE SCHEMA regress_ccpii_cov;
SET search_path = regress_ccpii_cov;
CREATE ROLE regress_ccpii_owner;
CREATE ROLE regress_ccpii_agent LOGIN;
CREATE ROLE regress_ccpii_team;
CREATE ROLE regress_ccpii_admin;
CREATE ROLE regress_ccpii_compliance;
GRANT ccpii_admin TO regress_ccpii_admin;
SELECT ccpii.mask_role('regress_ccpii_agent'), ccpii.clear_role('regress_ccpii_compliance');
GRANT CREATE, USAGE ON SCHEMA regress_ccpii_cov TO regress_ccpii_owner, regress_ccpii_agent, regress_ccpii_team;

-- Only what belongs to this test; the schema's name is cut off.
CREATE FUNCTION findings(finding text DEFAULT '%', sample_rows int DEFAULT 0, severity text DEFAULT '%')
	RETURNS TABLE (line text) LANGUAGE sql
BEGIN ATOMIC
	SELECT replace(concat_ws(' | ', f.finding, f.severity, f.object, f.column_name, f.detail, f.remedy), 'regress_ccpii_cov.', '')
	FROM ccpii.coverage(sample_rows) f
	WHERE f.finding LIKE $1 AND f.severity LIKE $3
		AND (concat(f.object, ' ', f.remedy) LIKE '%regress\_ccpii\_%');
END;

-- What is stored is called canary here, or is a telephone number of San
-- Francisco.
CREATE TABLE all_findings (finding text, severity text, object text, column_name text, detail text, remedy text);

-- By name alone: words count, whatever stands between them; the type must be
-- able to hold such a thing; what tells of the thing only is left out.
CREATE TABLE people (
	id bigint PRIMARY KEY, email text, "workEMail" varchar(80), mobile_no text, phone2 bigint, "Fax" text, telegram text,
	phone_verified boolean, email_count int, email_template text, message_id text, caller_id text, phones text[],
	firstname text, last_name text, file_name text, street text, zip_code char(5), birth_date date, birthday text,
	card_number text, iban text, ssn text, national_id text, tax_id bigint, notes text, body text, content_type text,
	username text, client_ip text, host inet, extra jsonb, contact_address jsonb, name text, title text, created_at timestamptz);
CREATE TABLE product (id int, name text, description text, price numeric);
CREATE TABLE contact (id int, name text);
CREATE DOMAIN e_mail AS text;
CREATE DOMAIN positive AS int;
CREATE TABLE typed (a e_mail, b positive, c cidr);
SELECT findings('unlabelled_column');

-- What has a label, or inherits one, is not found.  Views are not looked at,
-- as they are masked where their tables are.  Partitions and children follow
-- their parents, but for columns of their own.
CREATE TABLE event (id int, phone text, at date) PARTITION BY RANGE (at);
CREATE TABLE event_2024 PARTITION OF event FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE vip (fax text) INHERITS (contact);
SECURITY LABEL FOR ccpii ON COLUMN contact.name IS 'MASKED AS name';
SECURITY LABEL FOR ccpii ON COLUMN people.email IS 'MASKED AS email';
CREATE VIEW emails AS SELECT email, phone2 FROM people;
SELECT line FROM findings('unlabelled_column') line WHERE line ~ 'event|vip|contact | email \| |emails';
DROP TABLE people, product, contact, typed, event CASCADE;
DROP DOMAIN e_mail, positive;

-- By content, what the name does not tell.  Shares only; severity by share.
CREATE TABLE misc (a text, b text, c text, d text, e text, f json, g text, h text, i int);
INSERT INTO misc SELECT
	CASE WHEN g % 2 = 0 THEN 'canary' || g || '@example.com' END,
	CASE WHEN g % 5 = 0 THEN '+1 415-555-71' || g ELSE 'none' END,
	'4111 1111 1111 1111', '41555571' || g, 'hello canary' || g || '@example.com',
	json_build_object('x', '+1 415-555-71' || g), 'canary', CASE WHEN g = 50 THEN 'see canary@example.com' ELSE 'nothing' END, g
	FROM generate_series(10, 99) g;
SELECT findings('unlabelled_column', 200);
SELECT findings('unlabelled_column', 0);

-- Content and name agree or not: content decides on the mask, both are told.
CREATE TABLE mixed (email text, note text, message text, phone text);
INSERT INTO mixed VALUES ('+1 415-555-7890', 'hello', 'call 4155557890', NULL);
SELECT findings('unlabelled_column', 200) ORDER BY 1;
INSERT INTO all_findings SELECT * FROM ccpii.coverage();
DROP TABLE misc, mixed;

-- A label taken from a remedy is accepted, and the finding is gone.
CREATE TABLE contact (id bigint PRIMARY KEY, phone text, email varchar(100), name text, status text);
DO $$
DECLARE
	statement text;
BEGIN
	FOR statement IN SELECT remedy FROM ccpii.coverage(0) WHERE finding = 'unlabelled_column' AND object = 'regress_ccpii_cov.contact' LOOP
		EXECUTE statement;
	END LOOP;
END
$$;
SELECT column_name, label FROM ccpii.masking_rules WHERE relation = 'contact'::regclass;
SELECT findings();

-- Copies.  A materialized view under whatever name and through whatever view;
-- what it computes; another table with two columns of the same name and type.
INSERT INTO contact VALUES (1, '+1 415-555-7890', 'canary@example.com', 'Canary Bird', 'open');
CREATE VIEW step AS SELECT c.id, c.phone AS p, upper(c.email) AS e, c.status FROM contact c;
CREATE MATERIALIZED VIEW stored AS SELECT s.p AS number, count(*) AS n FROM step s GROUP BY s.p UNION ALL SELECT status, 0 FROM step;
CREATE MATERIALIZED VIEW computed AS SELECT e || '!' AS x, id FROM step;
CREATE MATERIALIZED VIEW plain AS SELECT id, status FROM step;
CREATE TABLE twin AS SELECT * FROM contact;
CREATE TABLE other (phone text, email text);
CREATE TABLE one (phone text, email varchar(50), fax text);
SELECT findings('%copy');

INSERT INTO all_findings SELECT * FROM ccpii.coverage();

-- The finding of a copy stands for that of its name, but not for that of its
-- content, which knows.
SELECT line FROM findings(sample_rows => 200) line WHERE line ~ ' twin ' ORDER BY 1;
SECURITY LABEL FOR ccpii ON COLUMN stored.number IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN computed.x IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN twin.phone IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN twin.email IS 'MASKED';
SELECT findings('%copy');
DROP MATERIALIZED VIEW stored, computed, plain;
DROP TABLE twin, other, one;

-- Views need nothing, unless they are TRUSTED.
CREATE VIEW trusted AS SELECT s.p, s.status, count(*) AS n FROM step s GROUP BY 1, 2;
SECURITY LABEL FOR ccpii ON VIEW trusted IS 'TRUSTED';
SELECT findings('trusted_view');
SECURITY LABEL FOR ccpii ON COLUMN trusted.p IS 'MASKED AS phone';
ALTER VIEW trusted SET (security_barrier);
SELECT findings('trusted_view');
ALTER VIEW trusted SET (security_barrier = off);
SELECT findings('trusted_view');
DROP VIEW trusted;

-- Functions that run as somebody clear and mention a labelled table, quoted or
-- not, or as the parser has seen it; not those of masked owners, nor triggers.
CREATE FUNCTION named() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN RETURN (SELECT count(*) FROM "contact"); END';
CREATE FUNCTION parsed() RETURNS bigint LANGUAGE sql SECURITY DEFINER BEGIN ATOMIC SELECT count(*) FROM regress_ccpii_cov.contact; END;
CREATE PROCEDURE closed() LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN DELETE FROM Contact; END';
REVOKE EXECUTE ON PROCEDURE closed() FROM PUBLIC;
CREATE FUNCTION contacts() RETURNS text LANGUAGE sql SECURITY DEFINER AS $$SELECT 'contact_us, contacts'$$;
CREATE FUNCTION invoker() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM contact';
CREATE FUNCTION on_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN PERFORM 1 FROM contact; RETURN NEW; END';
CREATE FUNCTION theirs() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM contact';
ALTER FUNCTION theirs() OWNER TO regress_ccpii_agent;
SELECT replace(findings('definer_function'), quote_ident(current_user), '(installer)');
DROP ROUTINE named, parsed, closed, contacts, invoker, theirs;

-- Functions of masked owners that get raw values, from whatever calls them.
CREATE FUNCTION spy(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1';
ALTER FUNCTION spy(text) OWNER TO regress_ccpii_agent;
ALTER FUNCTION on_row() OWNER TO regress_ccpii_agent;
CREATE TRIGGER on_row BEFORE INSERT ON contact FOR EACH ROW EXECUTE FUNCTION on_row();
ALTER TABLE contact ADD CONSTRAINT checked CHECK (spy(phone) IS NOT NULL);
CREATE INDEX by_spy ON contact (spy(name));
CREATE POLICY seen ON contact USING (spy(name) <> '');
SELECT findings('function_owner');
-- In the hands of somebody clear it still needs a search_path of its own.
ALTER FUNCTION on_row() OWNER TO CURRENT_USER;
SELECT findings('unpinned_function');
ALTER FUNCTION on_row() SET search_path = pg_catalog, pg_temp;
SELECT findings('unpinned_function');
INSERT INTO all_findings SELECT * FROM ccpii.coverage();
DROP FUNCTION spy(text), on_row() CASCADE;
SELECT findings('function_owner');

-- Keys, indexes, statistics.
ALTER TABLE contact ADD UNIQUE (email);
CREATE UNIQUE INDEX by_name ON contact (lower(status), name) INCLUDE (phone);
CREATE TABLE reference (phone text PRIMARY KEY, card text, count int UNIQUE);
ALTER TABLE contact ADD CONSTRAINT refers FOREIGN KEY (phone) REFERENCES reference NOT VALID;
SECURITY LABEL FOR ccpii ON COLUMN reference.phone IS 'MASKED AS hash';
SECURITY LABEL FOR ccpii ON COLUMN reference.count IS 'MASKED';
SELECT findings('labelled_key');
CREATE INDEX by_phone ON contact (phone);
CREATE INDEX by_email ON contact USING hash (email);
SELECT findings('useful_index');
-- The statement works as it is, and its index serves a masked reader.
DO $$
DECLARE
	statement text;
BEGIN
	FOR statement IN SELECT remedy FROM ccpii.coverage(0) WHERE finding = 'useful_index' AND object = 'regress_ccpii_cov.contact' LOOP
		EXECUTE statement;
	END LOOP;
END
$$;
SELECT findings('useful_index');
GRANT SELECT ON contact TO regress_ccpii_agent;
SET enable_seqscan = off;
SET enable_sort = off;
SET ROLE regress_ccpii_agent;
EXPLAIN (COSTS OFF) SELECT phone FROM contact ORDER BY phone LIMIT 20;
EXPLAIN (COSTS OFF) SELECT email FROM contact ORDER BY email LIMIT 20;
RESET ROLE;
RESET enable_seqscan;
RESET enable_sort;
ANALYZE contact;
SELECT findings('statistics');
SELECT ccpii.purge_statistics('contact');
SELECT findings('statistics');

-- Partitions count for their root.
CREATE TABLE event (id int, phone text, at date) PARTITION BY RANGE (at);
CREATE TABLE event_2024 PARTITION OF event FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE event_2025 PARTITION OF event FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE INDEX ON event (phone);
ALTER TABLE event ADD UNIQUE (at, phone);
SECURITY LABEL FOR ccpii ON COLUMN event.phone IS 'MASKED AS partial(2, ''#'', 2)';
INSERT INTO event VALUES (1, 'canary', '2024-05-06');
ANALYZE event_2024;
SELECT line FROM findings() line WHERE line ~ 'event';
DROP TABLE event;

-- Labels that do not do what they say.
CREATE TABLE parent (phone text, full_phone text GENERATED ALWAYS AS (phone || '!') STORED);
CREATE TABLE child () INHERITS (parent);
CREATE TABLE sibling () INHERITS (parent);
SECURITY LABEL FOR ccpii ON COLUMN child.phone IS 'MASKED AS phone UNLESS regress_ccpii_team';
ALTER ROLE regress_ccpii_team RENAME TO regress_ccpii_crew;
SELECT line FROM findings() line WHERE line ~ 'parent|child|sibling';
ALTER ROLE regress_ccpii_crew RENAME TO regress_ccpii_team;
DROP TABLE parent CASCADE;

-- Owners, privileges, attributes and memberships of masked roles.
ALTER TABLE reference OWNER TO regress_ccpii_agent;
ALTER TABLE contact OWNER TO regress_ccpii_team;
GRANT TRIGGER, SELECT ON contact TO regress_ccpii_agent;
GRANT REFERENCES (phone), SELECT (name) ON contact TO PUBLIC;
GRANT TRIGGER ON contact TO regress_ccpii_compliance;
ALTER ROLE regress_ccpii_agent CREATEROLE REPLICATION;
GRANT regress_ccpii_team, pg_read_server_files TO regress_ccpii_agent;
CREATE ROLE regress_ccpii_intern LOGIN IN ROLE regress_ccpii_agent;
CREATE ROLE regress_ccpii_super SUPERUSER IN ROLE regress_ccpii_agent;
GRANT EXECUTE ON FUNCTION pg_read_binary_file(text) TO regress_ccpii_agent;
SELECT line FROM unnest(ARRAY['red', 'yellow']) s, findings(severity => s) line WHERE line !~ 'can give himself';
-- How bad CREATEROLE is depends on the server's version.
SELECT finding, object, detail, remedy FROM ccpii.coverage(0) WHERE object = 'regress_ccpii_agent' AND detail ~ 'can give himself';
INSERT INTO all_findings SELECT * FROM ccpii.coverage();
REVOKE EXECUTE ON FUNCTION pg_read_binary_file(text) FROM regress_ccpii_agent;
REVOKE regress_ccpii_team, pg_read_server_files FROM regress_ccpii_agent;
ALTER ROLE regress_ccpii_agent NOCREATEROLE NOREPLICATION;
DROP ROLE regress_ccpii_intern, regress_ccpii_super;

-- What masked roles write to, and nobody verifies.
SELECT findings('writable_column');
GRANT UPDATE (name), INSERT (phone) ON contact TO regress_ccpii_team;
GRANT UPDATE ON contact TO regress_ccpii_agent;
SELECT findings('writable_column');
SECURITY LABEL FOR ccpii ON COLUMN contact.name IS 'MASKED AS name SENSITIVE';
SELECT findings('writable_column');
GRANT ccpii_edit_sensitive TO regress_ccpii_agent;
SELECT findings('writable_column');
REVOKE ccpii_edit_sensitive FROM regress_ccpii_agent;
SECURITY LABEL FOR ccpii ON COLUMN contact.name IS 'MASKED AS name';
REVOKE UPDATE ON contact FROM regress_ccpii_agent, regress_ccpii_team;

-- Triggers that compute with what is masked for the writer.
CREATE TABLE calls (id int, phone ccpii.masked_text(phone));
CREATE FUNCTION normalise() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
	$$BEGIN NEW.phone := replace(NEW.phone, '-', ''); RETURN NEW; END$$;
CREATE TRIGGER after AFTER INSERT ON calls FOR EACH ROW EXECUTE FUNCTION normalise();
SELECT findings('masked_trigger');
CREATE TRIGGER before BEFORE INSERT OR UPDATE ON calls FOR EACH ROW EXECUTE FUNCTION normalise();
SELECT findings('masked_trigger');
ALTER FUNCTION normalise() SECURITY DEFINER;
SELECT findings('masked_trigger');
DROP TABLE calls;

-- The server: the log, publications, readers whom nobody has classified.
SET log_min_messages = fatal;
SELECT finding, severity, object, detail, remedy FROM ccpii.coverage(0) WHERE finding = 'log_setting';
RESET log_min_messages;
ALTER ROLE regress_ccpii_agent SET log_min_messages = 'PANIC';
SELECT finding, severity, object, detail, remedy FROM ccpii.coverage(0) WHERE finding = 'log_setting';
ALTER ROLE regress_ccpii_agent RESET log_min_messages;
SELECT finding, severity, object, detail, remedy FROM ccpii.coverage(0) WHERE finding = 'log_setting';
SET client_min_messages = error;
CREATE PUBLICATION regress_ccpii_some FOR TABLE contact (id, status);
CREATE PUBLICATION regress_ccpii_more FOR TABLE contact;
SET client_min_messages = warning;
SELECT findings('publication');
DROP PUBLICATION regress_ccpii_some;
ALTER TABLE contact REPLICA IDENTITY FULL;
SELECT findings('publication');
DROP PUBLICATION regress_ccpii_more;
SET ccpii.unlabelled_roles = clear;
SELECT finding, severity, object, regexp_replace(detail, '[0-9]+', 'n'), remedy FROM ccpii.coverage(0) WHERE finding = 'unlabelled_roles';
RESET ccpii.unlabelled_roles;

-- No finding of all these shows what is stored.
INSERT INTO all_findings SELECT * FROM ccpii.coverage();
SELECT count(*) > 30, count(*) FILTER (WHERE all_findings::text ~* 'canary|415-?555') FROM all_findings;

-- The admin gets the same, without any right on the tables.
GRANT SELECT ON all_findings TO regress_ccpii_admin;
GRANT USAGE ON SCHEMA regress_ccpii_cov TO regress_ccpii_admin;
SET ROLE regress_ccpii_admin;
SELECT * FROM ccpii.coverage() EXCEPT SELECT * FROM all_findings;
CREATE TEMPORARY TABLE his_findings AS SELECT * FROM ccpii.coverage();
RESET ROLE;
SELECT * FROM ccpii.coverage() EXCEPT SELECT * FROM his_findings;
DROP TABLE his_findings;
SET ROLE regress_ccpii_agent;
SELECT * FROM ccpii.coverage();  -- fails: not ccpii_admin
SELECT * FROM ccpii.coverage_columns(1);  -- fails: not ccpii_admin
SELECT * FROM ccpii.coverage_origin_list(0);  -- fails: not ccpii_admin
RESET ROLE;

-- Severity comes first, then the kind of finding.
SELECT array_agg(severity) = array_agg(severity ORDER BY array_position(ARRAY['red', 'yellow', 'info'], severity)) FROM ccpii.coverage();
SELECT * FROM ccpii.coverage(-1);  -- fails: no such number of rows
SELECT count(*) > 0 FROM ccpii.coverage(NULL);

DROP SCHEMA regress_ccpii_cov CASCADE;
DROP ROLE regress_ccpii_owner, regress_ccpii_agent, regress_ccpii_team, regress_ccpii_admin, regress_ccpii_compliance;
