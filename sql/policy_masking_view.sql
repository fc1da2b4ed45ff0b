-- Promise: masking_rules shows every column that has a rule, where the rule
-- comes from and what keeps it from doing what its label says; audiences shows
-- every role, masked or clear, and why; both are for ccpii_admin only.

\pset format unaligned
\pset tuples_only on
\set VERBOSITY terse
\set SHOW_CONTEXT never
SET client_min_messages = warning;

CREATE SCHEMA regress_ccpii_view;
SET search_path = regress_ccpii_view;
CREATE ROLE regress_ccpii_owner;
CREATE ROLE regress_ccpii_agent LOGIN;
CREATE ROLE regress_ccpii_lead;
CREATE ROLE regress_ccpii_helper;
GRANT CREATE, USAGE ON SCHEMA regress_ccpii_view TO regress_ccpii_owner;
SET ROLE regress_ccpii_owner;

CREATE TABLE customer (
	id bigint PRIMARY KEY, name text, phone text, email varchar(100), born date, status text, extra jsonb,
	shown text GENERATED ALWAYS AS (upper(phone)) STORED,
	size text GENERATED ALWAYS AS (upper(status)) STORED);
CREATE TABLE message (id bigint, at date, body text, sender text) PARTITION BY RANGE (at);
CREATE TABLE message_2024 PARTITION OF message FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE message_2025 (sender text, gone int, body text, at date, id bigint);
ALTER TABLE message_2025 DROP COLUMN gone;
ALTER TABLE message ATTACH PARTITION message_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE lead (id bigint, fax text);
CREATE TABLE hot_lead (score int) INHERITS (lead);
CREATE VIEW customer_list AS SELECT id, name FROM customer;
CREATE MATERIALIZED VIEW customer_copy AS SELECT phone FROM customer;
RESET ROLE;

-- Without labels there is nothing to see.
SELECT * FROM ccpii.masking_rules
	WHERE relation IN (SELECT oid FROM pg_class WHERE relnamespace = 'regress_ccpii_view'::regnamespace);

-- One column may have several clauses.  mask tells how they were understood.
SECURITY LABEL FOR ccpii ON COLUMN customer.name IS $$clear for regress_ccpii_lead , regress_ccpii_helper; masked as name when (status = 'open')$$;
SECURITY LABEL FOR ccpii ON COLUMN customer.phone IS 'MASKED AS phone SEARCHABLE';
SECURITY LABEL FOR ccpii ON COLUMN customer.email IS 'MASKED AS email UNLESS regress_ccpii_lead; CLEAR';
SECURITY LABEL FOR ccpii ON COLUMN customer.born IS 'MASKED AS year FOR regress_ccpii_agent; MASKED';
SECURITY LABEL FOR ccpii ON COLUMN customer.extra IS 'MASKED AS jsonb(phone => phone, name => partial(1, ''*'', 1))';
SECURITY LABEL FOR ccpii ON COLUMN message.body IS 'MASKED AS digits(7)';
SECURITY LABEL FOR ccpii ON COLUMN customer_list.name IS 'MASKED AS constant(''somebody'')';
SECURITY LABEL FOR ccpii ON COLUMN customer_copy.phone IS 'MASKED AS hash';

-- A TRUSTED view has no rule on any column.  The column computed from phone
-- has one though nobody wrote it; the one computed from status has none.  The
-- partitions inherit by name, wherever the column stands in them.
CREATE VIEW totals AS SELECT count(*) AS n FROM customer;
SECURITY LABEL FOR ccpii ON VIEW totals IS 'TRUSTED';
SELECT * FROM ccpii.masking_rules
	WHERE relation IN (SELECT oid FROM pg_class WHERE relnamespace = 'regress_ccpii_view'::regnamespace)
	ORDER BY relation::text COLLATE "C", column_name;

-- What does not work as written: a role that is gone, a mask that does not fit
-- the column's new type, a condition on a column that is gone, a mask that
-- hides nothing for want of registered attributes.
SECURITY LABEL FOR ccpii ON COLUMN customer.name IS 'MASKED AS name UNLESS regress_ccpii_helper; CLEAR FOR regress_ccpii_helper';
SECURITY LABEL FOR ccpii ON COLUMN customer.email IS $$MASKED AS email FOR regress_ccpii_helper WHEN (status = 'open'); CLEAR WHEN (status = 'x')$$;
SECURITY LABEL FOR ccpii ON COLUMN customer.extra IS 'MASKED AS attributes';
DROP ROLE regress_ccpii_helper;
ALTER TABLE customer ALTER born TYPE text;
ALTER TABLE customer DROP COLUMN size;
ALTER TABLE customer RENAME status TO state;
SELECT column_name, mask, w FROM ccpii.masking_rules LEFT JOIN unnest(warnings) WITH ORDINALITY u (w, n) ON true
	WHERE relation = 'customer'::regclass ORDER BY column_name, n;
ALTER TABLE customer RENAME state TO status;

-- With an attribute registered, there is no warning.
SELECT ccpii.pii_attribute_add('@user_name', 'name');
SELECT column_name, mask, warnings FROM ccpii.masking_rules WHERE relation = 'customer'::regclass AND column_name = 'extra';
SELECT ccpii.pii_attribute_drop('@user_name');
SELECT column_name, mask, warnings FROM ccpii.masking_rules WHERE relation = 'customer'::regclass AND column_name = 'extra';

-- A label on a child masks the column in its parent too, but not in the
-- parent's other children.
SECURITY LABEL FOR ccpii ON COLUMN hot_lead.fax IS 'MASKED AS phone';
CREATE TABLE cold_lead () INHERITS (lead);
SELECT relation, column_name, mask, inherited_from, warnings FROM ccpii.masking_rules
	WHERE relation IN ('lead'::regclass, 'hot_lead'::regclass, 'cold_lead'::regclass) ORDER BY relation::text COLLATE "C";
SECURITY LABEL FOR ccpii ON COLUMN lead.fax IS 'MASKED';
SELECT relation, column_name, mask, inherited_from, warnings FROM ccpii.masking_rules
	WHERE relation IN ('lead'::regclass, 'hot_lead'::regclass, 'cold_lead'::regclass) ORDER BY relation::text COLLATE "C";

-- Names with quotes.
CREATE TABLE "Odd Table" ("a ""b""" text);
SECURITY LABEL FOR ccpii ON COLUMN "Odd Table"."a ""b""" IS 'MASKED AS constant(''it''''s'')';
SELECT relation, column_name, label, mask FROM ccpii.masking_rules WHERE relation = '"Odd Table"'::regclass;
DROP TABLE "Odd Table", cold_lead;

-- A relation that is dropped takes its rows along.
DROP TABLE lead CASCADE;
SELECT count(*) FROM ccpii.masking_rules WHERE column_name = 'fax';

-- Audiences: own label, then masked before clear before superuser, then the
-- setting; through names the labelled roles that decide.
CREATE ROLE regress_ccpii_compliance;
CREATE ROLE regress_ccpii_auditor IN ROLE regress_ccpii_compliance LOGIN;
CREATE ROLE regress_ccpii_junior IN ROLE regress_ccpii_agent, regress_ccpii_compliance;
CREATE ROLE regress_ccpii_nested IN ROLE regress_ccpii_junior;
CREATE ROLE regress_ccpii_outside NOINHERIT IN ROLE regress_ccpii_compliance;
CREATE ROLE regress_ccpii_super SUPERUSER;
CREATE ROLE regress_ccpii_masked_super SUPERUSER;
CREATE ROLE regress_ccpii_team IN ROLE regress_ccpii_owner;
SELECT ccpii.mask_role('regress_ccpii_agent'), ccpii.clear_role('regress_ccpii_compliance'), ccpii.mask_role('regress_ccpii_masked_super');
SELECT role, login, verdict, reason, through, note FROM ccpii.audiences WHERE role::text LIKE 'regress\_ccpii\_%';

-- Ordered by name; predefined roles are left out.
SELECT array_agg(role::text) = array_agg(role::text ORDER BY role::text COLLATE "C")
	FROM ccpii.audiences WHERE role::text LIKE 'regress\_ccpii\_%';
SELECT count(*) = (SELECT count(*) FROM pg_roles WHERE rolname !~ '^pg_') FROM ccpii.audiences;

-- A role that became masked after it owned labelled relations.
ALTER TABLE message OWNER TO regress_ccpii_agent;
SELECT verdict, reason, note FROM ccpii.audiences WHERE role = 'regress_ccpii_agent'::regrole;
SELECT relation, warnings FROM ccpii.masking_rules WHERE relation = 'message'::regclass;
ALTER TABLE message OWNER TO regress_ccpii_owner;

-- A change of a label, of a membership or of the setting shows at once.
SELECT ccpii.unlabel_role('regress_ccpii_agent');
REVOKE regress_ccpii_compliance FROM regress_ccpii_junior;
SELECT role, verdict, reason, through FROM ccpii.audiences WHERE role IN ('regress_ccpii_agent'::regrole, 'regress_ccpii_junior'::regrole, 'regress_ccpii_nested'::regrole);
SET ccpii.unlabelled_roles = clear;
SELECT role, verdict, reason, note FROM ccpii.audiences WHERE role IN ('regress_ccpii_agent'::regrole, 'regress_ccpii_owner'::regrole, 'regress_ccpii_masked_super'::regrole);
RESET ccpii.unlabelled_roles;

-- Both are for ccpii_admin, who needs no other right; nobody else may look.
GRANT ccpii_admin TO regress_ccpii_lead;
SET ROLE regress_ccpii_lead;
SELECT relation, mask FROM ccpii.masking_rules WHERE relation::text LIKE 'regress_ccpii_view.customer_%' ORDER BY relation::text;
SELECT verdict FROM ccpii.audiences WHERE role = 'regress_ccpii_lead'::regrole;
SET ROLE regress_ccpii_agent;
SELECT count(*) FROM ccpii.masking_rules;  -- fails: not ccpii_admin
SELECT count(*) FROM ccpii.audiences;  -- fails: not ccpii_admin
SELECT count(*) FROM ccpii.masking_rule_list();  -- fails: not ccpii_admin
SELECT count(*) FROM ccpii.audience_list();  -- fails: not ccpii_admin
RESET ROLE;

DROP SCHEMA regress_ccpii_view CASCADE;
DROP ROLE regress_ccpii_owner, regress_ccpii_agent, regress_ccpii_lead, regress_ccpii_compliance,
	regress_ccpii_auditor, regress_ccpii_junior, regress_ccpii_nested, regress_ccpii_outside,
	regress_ccpii_super, regress_ccpii_masked_super, regress_ccpii_team;
