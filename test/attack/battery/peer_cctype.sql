-- Grants as for the unmasked control.  Labels for what is of type jsonb, and to
-- make two columns searchable; all else is masked by its type.
GRANT USAGE ON SCHEMA public TO @group@;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO @group@;
ALTER ROLE @masked@ IN DATABASE @db@ SET search_path = public, @ws@;
SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS phone SEARCHABLE';
SECURITY LABEL FOR ccpii ON COLUMN customers.email IS 'MASKED AS email SEARCHABLE';
SECURITY LABEL FOR ccpii ON COLUMN customers.attrs IS 'MASKED AS jsonb(phone => phone, email => email, card => card)';
SECURITY LABEL FOR ccpii ON COLUMN customers_audit.old IS 'MASKED';
