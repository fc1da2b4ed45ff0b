-- Promise: masking_of shows what a role would see of each column of a relation,
-- on invented values, by the same expressions as its queries; it reads no
-- stored value and is for ccpii_admin only.

\pset format unaligned
\pset tuples_only on
\pset null (null)
\set VERBOSITY terse
\set SHOW_CONTEXT never
SET client_min_messages = warning;
SET datestyle = 'ISO';
SET timezone = 'UTC';

CREATE SCHEMA regress_ccpii_of;
SET search_path = regress_ccpii_of;
CREATE ROLE regress_ccpii_owner;
CREATE ROLE regress_ccpii_agent;
CREATE ROLE regress_ccpii_lead;
CREATE ROLE regress_ccpii_compliance;
SELECT ccpii.mask_role('regress_ccpii_agent'), ccpii.clear_role('regress_ccpii_compliance');
GRANT CREATE, USAGE ON SCHEMA regress_ccpii_of TO regress_ccpii_owner;
SET ROLE regress_ccpii_owner;
CREATE DOMAIN e_mail AS text CHECK (VALUE LIKE '%canary%');
CREATE TYPE mood AS ENUM ('fine');
CREATE TABLE customer (
	id bigint, phone text, email varchar(60), name text, card text, pin text, note text, chat text, secret text,
	fixed text, short varchar(6), code char(4), key text, mail e_mail, born date, seen timestamptz, at timestamp,
	score int, price numeric(4, 2), flag boolean, ip inet, uid uuid, mood mood, tags text[], extra jsonb, raw json,
	crm jsonb, login name, status text, gone text);
ALTER TABLE customer DROP COLUMN gone;
RESET ROLE;
INSERT INTO customer (id, phone, name, status, mail) VALUES (1, 'canary phone', 'canary name', 'canary status', 'canary mail');

-- No labels: everybody sees everything, so far as he may read it.
SELECT * FROM ccpii.masking_of('customer', 'regress_ccpii_agent') LIMIT 2;

DO $$
DECLARE
	label text[];
BEGIN
	FOREACH label SLICE 1 IN ARRAY ARRAY[
		['phone', 'MASKED AS phone'], ['email', 'MASKED AS email'], ['name', 'MASKED AS name'], ['card', 'MASKED AS card'],
		['pin', 'MASKED AS partial(2, ''#'', 2)'], ['note', 'MASKED AS digits(7)'], ['chat', 'MASKED AS cards'],
		['secret', 'MASKED'], ['fixed', 'MASKED AS constant(''hidden'')'], ['short', 'MASKED AS email'],
		['code', 'MASKED AS phone'], ['key', 'MASKED AS hash'], ['mail', 'MASKED AS email'], ['born', 'MASKED AS year'],
		['seen', 'MASKED AS month'], ['at', 'MASKED AS year'], ['score', 'MASKED AS constant(0)'], ['price', 'MASKED'],
		['flag', 'MASKED AS null'], ['ip', 'MASKED'], ['uid', 'MASKED'], ['mood', 'MASKED'], ['tags', 'MASKED'],
		['extra', 'MASKED AS attributes'], ['raw', 'MASKED AS jsonb(phone => phone, address.city => name)'],
		['crm', 'MASKED'], ['login', 'MASKED']]
	LOOP
		EXECUTE format('SECURITY LABEL FOR ccpii ON COLUMN regress_ccpii_of.customer.%I IS %L', label[1], label[2]);
	END LOOP;
END
$$;
SELECT ccpii.pii_attribute_add('@user_name', 'name'), ccpii.pii_attribute_add('@user_number', 'phone');

-- For a masked role.  Only phone is granted to it.  A value is cut to what the
-- column holds; the domain's own condition does not matter.  NULL is what full
-- makes of anything but text.  Types that nothing is known of get no value.
-- The hash depends on the server's key.
GRANT SELECT (phone) ON customer TO regress_ccpii_agent;
SELECT column_name, type, verdict, masks, sample_in,
		regexp_replace(sample_out, '^h:[0-9a-f]{16}$', 'h:(16 digits)') AS sample_out, granted
	FROM ccpii.masking_of('customer', 'regress_ccpii_agent');

-- For clear ones: by label, as the owner, as superuser.
SELECT DISTINCT who, verdict, masks, sample_in IS NOT DISTINCT FROM sample_out AS same, granted
	FROM (VALUES ('label', 'regress_ccpii_compliance'::regrole), ('owner', 'regress_ccpii_owner'),
			('superuser', quote_ident(current_user)::regrole)) v (who, role),
		ccpii.masking_of('customer', role) ORDER BY 1;

-- Roles and conditions.  Each outcome is shown with its condition; clauses
-- that cannot apply to the role are left out.
SECURITY LABEL FOR ccpii ON COLUMN customer.phone IS 'MASKED FOR regress_ccpii_lead; MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN customer.email IS 'MASKED AS email UNLESS regress_ccpii_lead';
SECURITY LABEL FOR ccpii ON COLUMN customer.name IS $$CLEAR FOR regress_ccpii_lead WHEN (status = 'open'); MASKED AS name$$;
SECURITY LABEL FOR ccpii ON COLUMN customer.note IS $$MASKED AS digits(7) WHEN (status = 'open'); MASKED WHEN (id < 0)$$;
SECURITY LABEL FOR ccpii ON COLUMN customer.score IS $$MASKED WHEN (status = 'open'); MASKED AS constant(1)$$;
SECURITY LABEL FOR ccpii ON COLUMN customer.card IS $$CLEAR WHEN (status = 'open')$$;
SELECT column_name, verdict, masks, sample_in, sample_out FROM ccpii.masking_of('customer', 'regress_ccpii_agent')
	WHERE column_name IN ('phone', 'email', 'name', 'note', 'score', 'card');
SELECT column_name, verdict, masks, sample_in, sample_out FROM ccpii.masking_of('customer', 'regress_ccpii_lead')
	WHERE column_name IN ('phone', 'email', 'name', 'note', 'score', 'card');

-- What is shown is what a query gives.
CREATE TABLE proof AS SELECT * FROM customer WHERE false;
SECURITY LABEL FOR ccpii ON COLUMN proof.phone IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN proof.email IS 'MASKED AS email';
SECURITY LABEL FOR ccpii ON COLUMN proof.pin IS 'MASKED AS partial(2, ''#'', 2)';
SECURITY LABEL FOR ccpii ON COLUMN proof.short IS 'MASKED AS email';
SECURITY LABEL FOR ccpii ON COLUMN proof.raw IS 'MASKED AS jsonb(phone => phone, address.city => name)';
INSERT INTO proof (phone, email, pin, short, raw)
	SELECT max(sample_in) FILTER (WHERE column_name = 'phone'), max(sample_in) FILTER (WHERE column_name = 'email'),
		max(sample_in) FILTER (WHERE column_name = 'pin'), max(sample_in) FILTER (WHERE column_name = 'short'),
		max(sample_in) FILTER (WHERE column_name = 'raw')::json
	FROM ccpii.masking_of('proof', 'regress_ccpii_agent');
GRANT USAGE ON SCHEMA regress_ccpii_of TO regress_ccpii_agent;
GRANT SELECT ON proof TO regress_ccpii_agent;
CREATE TABLE shown AS SELECT column_name, sample_out FROM ccpii.masking_of('proof', 'regress_ccpii_agent');
GRANT SELECT ON shown TO regress_ccpii_agent;
SET ROLE regress_ccpii_agent;
SELECT s.column_name FROM proof p, LATERAL (VALUES ('phone', phone), ('email', email), ('pin', pin), ('short', short), ('raw', raw::text)) v (name, seen)
	JOIN shown s ON s.column_name = v.name WHERE s.sample_out = v.seen ORDER BY 1;
RESET ROLE;

-- Views: one without labels shows what its tables show; a TRUSTED one is not
-- masked inside; a materialized view shows what it stores.
CREATE VIEW plain AS SELECT phone, status FROM customer;
CREATE VIEW trusted AS SELECT phone, status FROM customer;
SECURITY LABEL FOR ccpii ON VIEW trusted IS 'TRUSTED';
SECURITY LABEL FOR ccpii ON COLUMN trusted.phone IS 'MASKED AS phone';
CREATE MATERIALIZED VIEW stored AS SELECT phone FROM customer;
SELECT v, column_name, verdict, sample_out FROM (VALUES ('plain'), ('trusted'), ('stored')) r (v), ccpii.masking_of(v::regclass, 'regress_ccpii_agent');

-- Wrong arguments.
SELECT * FROM ccpii.masking_of(NULL, 'regress_ccpii_agent');  -- fails: no relation
SELECT * FROM ccpii.masking_of('customer', NULL);  -- fails: no role
SELECT * FROM ccpii.masking_of(0, 'regress_ccpii_agent');  -- fails: no such relation
SELECT * FROM ccpii.masking_of('customer', 0);  -- fails: no such role
CREATE SEQUENCE counter;
SELECT * FROM ccpii.masking_of('counter', 'regress_ccpii_agent');  -- fails: not a table

-- For ccpii_admin, who need not be able to read the table.
GRANT ccpii_admin TO regress_ccpii_lead;
GRANT USAGE ON SCHEMA regress_ccpii_of TO regress_ccpii_lead;
SET ROLE regress_ccpii_lead;
SELECT verdict FROM ccpii.masking_of('regress_ccpii_of.customer', 'regress_ccpii_agent') WHERE column_name = 'phone';
SET ROLE regress_ccpii_agent;
SELECT * FROM ccpii.masking_of('customer', 'regress_ccpii_agent');  -- fails: not ccpii_admin
RESET ROLE;

SELECT ccpii.pii_attribute_drop('@user_name'), ccpii.pii_attribute_drop('@user_number');
DROP SCHEMA regress_ccpii_of CASCADE;
DROP ROLE regress_ccpii_owner, regress_ccpii_agent, regress_ccpii_lead, regress_ccpii_compliance;
