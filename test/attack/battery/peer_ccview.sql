-- The battery's tables under masked views: the masked group has no right on any
-- table with labels, and finds the views first in its search_path.
CREATE SCHEMA mask AUTHORIZATION @unmasked@;
GRANT USAGE ON SCHEMA public, mask TO @group@;
CREATE EXTENSION ccpii;
SECURITY LABEL FOR ccpii ON ROLE @masked@ IS 'MASKED';
SECURITY LABEL FOR ccpii ON ROLE @unmasked@ IS 'CLEAR';
SECURITY LABEL FOR ccpii ON COLUMN customers.name IS 'MASKED AS name';
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS phone SEARCHABLE';
SECURITY LABEL FOR ccpii ON COLUMN customers.email IS 'MASKED AS email SEARCHABLE';
SECURITY LABEL FOR ccpii ON COLUMN customers.note IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN customers.attrs IS 'MASKED AS jsonb(phone => phone, email => email, card => card)';
SECURITY LABEL FOR ccpii ON COLUMN conversations.subject IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN messages.body IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN contacts_gen.phone IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN calls_part.phone IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN leads.phone IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN tickets.phone IS 'MASKED AS phone';
SECURITY LABEL FOR ccpii ON COLUMN customers_audit.old IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN mv_customers.name IS 'MASKED AS name';
SECURITY LABEL FOR ccpii ON COLUMN mv_customers.phone IS 'MASKED AS phone SEARCHABLE';
SECURITY LABEL FOR ccpii ON COLUMN mv_customers.email IS 'MASKED AS email';
-- Views read as the owner: policies have to hold for him.
ALTER TABLE tickets FORCE ROW LEVEL SECURITY;
SELECT ccpii.masked_view_create(c.oid, format('mask.%I', c.relname))
	FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'm')
	AND NOT c.relispartition;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA mask TO @group@;
ALTER ROLE @masked@ IN DATABASE @db@ SET search_path = mask, public, @ws@;
