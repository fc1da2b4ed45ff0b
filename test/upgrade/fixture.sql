-- A contact center that uses everything that has to survive an upgrade.
\set ON_ERROR_STOP on
SET client_min_messages = warning;
CREATE EXTENSION ccpii;
CREATE ROLE boss LOGIN;
CREATE ROLE agent LOGIN;
CREATE ROLE viewer LOGIN;
SELECT ccpii.mask_role('agent'), ccpii.mask_role('viewer'), ccpii.clear_role('boss');
GRANT CREATE ON SCHEMA public TO boss;
SELECT ccpii.pii_attribute_add('@nickname', 'name');

SET ROLE boss;
CREATE DOMAIN tel AS ccpii.masked_text(phone);
CREATE TYPE pair AS (label text, number ccpii.masked_text(digits, 5));
CREATE TABLE contacts (
	id int PRIMARY KEY, gone int, name text, phone varchar(30), email text, born date, attrs jsonb, reference text,
	last4 text GENERATED ALWAYS AS (right(phone, 4)) STORED, "Odd Name" text, status text);
ALTER TABLE contacts DROP COLUMN gone;
INSERT INTO contacts (id, name, phone, email, born, attrs, reference, "Odd Name", status) SELECT i, 'Ada Lovelace ' || i, '415-555-' || 1000 + i, 'ada' || i || '@mail.example', date '1990-05-06' + i,
	jsonb_build_object('nickname', 'Countess', 'city', 'Paris', 'tier', i), 'ref' || i % 3, 'odd', CASE WHEN i % 2 = 0 THEN 'open' ELSE 'closed' END
	FROM generate_series(1, 100) i;
CREATE TABLE typed (
	id int PRIMARY KEY, plain ccpii.masked_text, phone ccpii.masked_text(phone) UNIQUE, email ccpii.masked_text(email) DEFAULT 'none@mail.example',
	card ccpii.masked_text(card), cards ccpii.masked_text(cards), name ccpii.masked_text(name), hash ccpii.masked_text(hash),
	digits ccpii.masked_text(digits, 4), partial ccpii.masked_text(partial, 2, '#', 1), tel tel, list ccpii.masked_text(phone)[], pair pair);
INSERT INTO typed SELECT i, 'secret', '415-555-' || 1000 + i, 'ada' || i || '@mail.example', '4539578763621486', 'card 4539578763621486', 'Ada Lovelace', 'ref' || i % 3,
	'call 12345', 'abcdef', '212-555-' || 1000 + i, ARRAY['415-555-7890', NULL]::text[]::ccpii.masked_text(phone)[], ROW('x', '1234567')::pair FROM generate_series(1, 100) i;
CREATE INDEX typed_name ON typed (lower(name));
CREATE INDEX typed_mask ON typed (ccpii.masked(phone));
CREATE TABLE messages (id int, body text, at date) PARTITION BY RANGE (at);
CREATE TABLE messages_2024 PARTITION OF messages FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
INSERT INTO messages VALUES (1, 'my number is 4155557890', '2024-02-03');
GRANT SELECT, INSERT, UPDATE, DELETE ON contacts, typed, messages, messages_2024 TO agent;
RESET ROLE;

SECURITY LABEL FOR ccpii ON COLUMN contacts.name IS 'MASKED AS name UNLESS boss';
SECURITY LABEL FOR ccpii ON COLUMN contacts.phone IS 'MASKED AS phone SEARCHABLE';
SECURITY LABEL FOR ccpii ON COLUMN contacts.email IS 'MASKED AS email SENSITIVE';
SECURITY LABEL FOR ccpii ON COLUMN contacts.born IS 'MASKED AS year';
SECURITY LABEL FOR ccpii ON COLUMN contacts.attrs IS 'MASKED AS attributes';
SECURITY LABEL FOR ccpii ON COLUMN contacts.reference IS 'MASKED AS hash';
SECURITY LABEL FOR ccpii ON COLUMN contacts."Odd Name" IS $$CLEAR WHEN (status = 'open'); MASKED$$;
SECURITY LABEL FOR ccpii ON COLUMN messages.body IS 'MASKED AS digits(7)';
ALTER TABLE contacts ENABLE ROW LEVEL SECURITY;
SECURITY LABEL FOR ccpii ON TABLE contacts IS $$VISIBLE TO agent WHEN (id <= 50)$$;
SELECT count(*) FROM (SELECT ccpii.protect('messages')) p;
CREATE SCHEMA mask;
GRANT CREATE ON SCHEMA mask TO boss;
SELECT count(*) FROM (SELECT ccpii.masked_view_create('typed', 'mask.typed')) v;
GRANT USAGE ON SCHEMA mask TO viewer;
GRANT SELECT, UPDATE ON mask.typed TO viewer;
ANALYZE;
