-- The battery's tables under ccpii: grants as for the unmasked control, labels
-- on columns, on the masked login and on the owner.  Two columns are searchable,
-- as a screen pop wants them; nothing may leak through that either.
GRANT USAGE ON SCHEMA public TO @group@;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO @group@;
ALTER ROLE @masked@ IN DATABASE @db@ SET search_path = public, @ws@;
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
