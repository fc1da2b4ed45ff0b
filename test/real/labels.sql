-- Labels for the tables of Chatwoot as they are.  Run by the application's
-- role, which owns them and is a member of ccpii_admin.

\o /dev/null
SELECT ccpii.mask_role('agent'), ccpii.mask_role('supervisor'), ccpii.mask_role('ai_engine');
SELECT ccpii.pii_attribute_add('@user_name', 'name'), ccpii.pii_attribute_add('@user_number', 'phone');
\o

SECURITY LABEL FOR ccpii ON COLUMN contacts.name IS 'MASKED AS name';
SECURITY LABEL FOR ccpii ON COLUMN contacts.middle_name IS 'MASKED AS name';
SECURITY LABEL FOR ccpii ON COLUMN contacts.last_name IS 'MASKED AS name';
SECURITY LABEL FOR ccpii ON COLUMN contacts.email IS 'MASKED AS email SEARCHABLE';
SECURITY LABEL FOR ccpii ON COLUMN contacts.phone_number IS 'MASKED AS phone SEARCHABLE';
SECURITY LABEL FOR ccpii ON COLUMN contacts.identifier IS 'MASKED AS hash SEARCHABLE';
SECURITY LABEL FOR ccpii ON COLUMN contacts.location IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN contacts.additional_attributes IS
	'MASKED AS jsonb(city => full, description => full, created_at_ip => full, social_profiles => full)';
SECURITY LABEL FOR ccpii ON COLUMN contacts.custom_attributes IS 'MASKED AS attributes';

-- A channel's name for somebody is his telephone number or address in some.
SECURITY LABEL FOR ccpii ON COLUMN contact_inboxes.source_id IS 'MASKED AS hash SEARCHABLE';
SECURITY LABEL FOR ccpii ON COLUMN contact_inboxes.pubsub_token IS 'MASKED';

SECURITY LABEL FOR ccpii ON COLUMN conversations.additional_attributes IS
	'MASKED AS jsonb(mail_subject => full, referer => full)';
SECURITY LABEL FOR ccpii ON COLUMN conversations.custom_attributes IS 'MASKED AS attributes';
SECURITY LABEL FOR ccpii ON COLUMN conversations.identifier IS 'MASKED AS hash';

-- Running text: three readers, three rules.  Chatwoot keeps it twice.
SECURITY LABEL FOR ccpii ON COLUMN messages.content IS
	'MASKED AS digits(5) FOR ai_engine; MASKED AS cards FOR supervisor; MASKED AS digits(7)';
SECURITY LABEL FOR ccpii ON COLUMN messages.processed_message_content IS
	'MASKED AS digits(5) FOR ai_engine; MASKED AS cards FOR supervisor; MASKED AS digits(7)';
SECURITY LABEL FOR ccpii ON COLUMN messages.content_attributes IS
	'MASKED AS jsonb(email => full, submitted_email => email, submitted_values => full)';
SECURITY LABEL FOR ccpii ON COLUMN messages.source_id IS 'MASKED AS hash';
SECURITY LABEL FOR ccpii ON COLUMN notes.content IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN csat_survey_responses.feedback_message IS 'MASKED AS digits(5)';

SECURITY LABEL FOR ccpii ON COLUMN audits.audited_changes IS
	'MASKED AS jsonb(name => name, last_name => name, email => email, phone_number => phone, identifier => full)';
SECURITY LABEL FOR ccpii ON COLUMN audits.username IS 'MASKED AS email';
SECURITY LABEL FOR ccpii ON COLUMN audits.remote_address IS 'MASKED';

SECURITY LABEL FOR ccpii ON COLUMN attachments.external_url IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN attachments.fallback_title IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN attachments.coordinates_lat IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN attachments.coordinates_long IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN active_storage_blobs.filename IS 'MASKED';

-- Secrets of the channels are nobody's business but the application's.
SECURITY LABEL FOR ccpii ON COLUMN channel_whatsapp.provider_config IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN channel_facebook_pages.user_access_token IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN channel_facebook_pages.page_access_token IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN channel_instagram.access_token IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN channel_email.imap_password IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN channel_email.smtp_password IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN channel_email.provider_config IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN channel_web_widgets.hmac_token IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN channel_twilio_sms.auth_token IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN channel_sms.provider_config IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN channel_api.hmac_token IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN channel_telegram.bot_token IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN channel_line.line_channel_secret IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN channel_line.line_channel_token IS 'MASKED';
SECURITY LABEL FOR ccpii ON COLUMN channel_voice.provider_config IS 'MASKED';

-- The shop's own numbers and addresses are for everybody.
SECURITY LABEL FOR ccpii ON COLUMN accounts.support_email IS 'CLEAR';
SECURITY LABEL FOR ccpii ON COLUMN inboxes.email_address IS 'CLEAR';
SECURITY LABEL FOR ccpii ON COLUMN channel_email.email IS 'CLEAR';
SECURITY LABEL FOR ccpii ON COLUMN channel_email.forward_to_email IS 'CLEAR';
SECURITY LABEL FOR ccpii ON COLUMN channel_whatsapp.phone_number IS 'CLEAR';
SECURITY LABEL FOR ccpii ON COLUMN channel_sms.phone_number IS 'CLEAR';
SECURITY LABEL FOR ccpii ON COLUMN channel_twilio_sms.phone_number IS 'CLEAR';
SECURITY LABEL FOR ccpii ON COLUMN channel_voice.phone_number IS 'CLEAR';
