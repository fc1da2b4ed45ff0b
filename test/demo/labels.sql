\o /dev/null
SELECT ccpii.mask_role('agent'), ccpii.mask_role('team_manager'), ccpii.mask_role('ai_engine'),
	ccpii.clear_role('compliance');

SELECT ccpii.pii_attribute_add('@user_name', 'name'),
	ccpii.pii_attribute_add('@user_number', 'phone'),
	ccpii.pii_attribute_add('@user_card', 'card');

SECURITY LABEL FOR ccpii ON COLUMN customer.name IS 'MASKED AS name';
SECURITY LABEL FOR ccpii ON COLUMN customer.phone IS 'MASKED AS phone SEARCHABLE';
SECURITY LABEL FOR ccpii ON COLUMN customer.email IS 'MASKED AS email UNLESS team_manager';
SECURITY LABEL FOR ccpii ON COLUMN customer.birth_date IS 'MASKED AS year';
SECURITY LABEL FOR ccpii ON COLUMN customer.attributes IS 'MASKED AS attributes';
SECURITY LABEL FOR ccpii ON COLUMN message.body IS
	'MASKED AS digits(5) FOR ai_engine; MASKED AS digits(7)';
