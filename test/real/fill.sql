-- Rows for the Chatwoot tables: dialogues from table corpus (id, dialogue,
-- sender, text), everything about people invented.  Invented values can be told
-- from those of the dialogues: numbers have the unassigned country code 999,
-- addresses the domain mail.example, family names end in "quist".
-- Run by the application.

INSERT INTO accounts (name, created_at, updated_at, support_email)
	VALUES ('Shop', '2025-01-01', '2025-01-01', 'care@shop.example');

-- The channels, with the secrets that Chatwoot keeps in them.
INSERT INTO channel_whatsapp (account_id, phone_number, provider_config, created_at, updated_at)
	VALUES (1, '+9990000001', '{"api_key": "secret-whatsapp", "phone_number_id": "1"}', '2025-01-01', '2025-01-01');
INSERT INTO channel_email (account_id, email, forward_to_email, imap_login, imap_password, smtp_login, smtp_password,
		provider_config, created_at, updated_at)
	VALUES (1, 'care@shop.example', 'x@in.shop.example', 'care', 'secret-imap', 'care', 'secret-smtp',
		'{"access_token": "secret-oauth"}', '2025-01-01', '2025-01-01');
INSERT INTO channel_web_widgets (website_url, account_id, created_at, updated_at, website_token, hmac_token)
	VALUES ('https://shop.example', 1, '2025-01-01', '2025-01-01', 'token', 'secret-widget');
INSERT INTO channel_facebook_pages (page_id, user_access_token, page_access_token, account_id, created_at, updated_at)
	VALUES ('77', 'secret-user', 'secret-page', 1, '2025-01-01', '2025-01-01');
INSERT INTO channel_sms (account_id, phone_number, provider_config, created_at, updated_at)
	VALUES (1, '+9990000002', '{"api_secret": "secret-sms"}', '2025-01-01', '2025-01-01');
INSERT INTO channel_twilio_sms (phone_number, auth_token, account_sid, account_id, created_at, updated_at)
	VALUES ('+9990000003', 'secret-twilio', 'AC1', 1, '2025-01-01', '2025-01-01');
INSERT INTO channel_telegram (bot_name, account_id, bot_token, created_at, updated_at)
	VALUES ('shop', 1, 'secret-telegram', '2025-01-01', '2025-01-01');
INSERT INTO channel_line (account_id, line_channel_id, line_channel_secret, line_channel_token, created_at, updated_at)
	VALUES (1, 'l', 'secret-line', 'secret-line-token', '2025-01-01', '2025-01-01');
INSERT INTO channel_instagram (access_token, expires_at, account_id, instagram_id, created_at, updated_at)
	VALUES ('secret-instagram', '2026-01-01', 1, '78', '2025-01-01', '2025-01-01');
INSERT INTO channel_api (account_id, identifier, hmac_token, created_at, updated_at)
	VALUES (1, 'api', 'secret-api', '2025-01-01', '2025-01-01');
INSERT INTO channel_voice (phone_number, provider_config, account_id, created_at, updated_at)
	VALUES ('+9990000004', '{"auth_token": "secret-voice"}', 1, '2025-01-01', '2025-01-01');

INSERT INTO inboxes (channel_id, account_id, name, created_at, updated_at, channel_type) VALUES
	(1, 1, 'WhatsApp', '2025-01-01', '2025-01-01', 'Channel::Whatsapp'),
	(1, 1, 'E-mail', '2025-01-01', '2025-01-01', 'Channel::Email'),
	(1, 1, 'Website', '2025-01-01', '2025-01-01', 'Channel::WebWidget'),
	(1, 1, 'Facebook', '2025-01-01', '2025-01-01', 'Channel::FacebookPage'),
	(1, 1, 'SMS', '2025-01-01', '2025-01-01', 'Channel::Sms');

WITH person AS (
	SELECT n,
		pg_temp.draw('given' || n, '{Ada,Björn,Chloé,Dmitri,Emeka,Farah,Goran,Hina,Íris,José,Kaito,Léa,Mei,Noor}') AS given,
		pg_temp.draw('begin' || n, '{Al,Ber,Cor,Dal,Ek,Fjell,Grön,Hall,Iv,Lind,Mo,Nord,Ros,Strand,Wahl}') ||
			pg_temp.draw('middle' || n, '{a,be,de,en,gar,in,la,man,or,sten,ta,vi}') || 'quist' AS family
	FROM generate_series(1, 3000) n
)
INSERT INTO contacts (name, last_name, email, phone_number, identifier, account_id, created_at, updated_at,
	last_activity_at, location, country_code, additional_attributes, custom_attributes)
SELECT given || ' ' || family, family,
	CASE WHEN n % 10 > 0 THEN lower(family) || n || '@mail.example' END,
	CASE WHEN n % 7 > 0 THEN '+9997' || lpad((n::bigint * 7919 % 10000000)::text, 7, '0') END,
	CASE WHEN n % 4 = 0 THEN 'crm-' || n || '-' || lower(family) END,
	1, '2025-01-01', '2025-01-01', timestamp '2025-02-01' + n * interval '11 minutes',
	pg_temp.draw('city' || n, '{Springfield-quist,Rivertown-quist,Hilltop-quist}'),
	pg_temp.draw('country' || n, '{DE,IN,BR,US,JP}'),
	jsonb_build_object('city', pg_temp.draw('city' || n, '{Springfield-quist,Rivertown-quist,Hilltop-quist}'),
		'company_name', pg_temp.draw('company' || n, '{Acme,Globex,Initech,Umbrella}'),
		'description', 'met ' || given || ' ' || family || ' at a fair',
		'created_at_ip', '203.0.113.' || n % 250,
		'social_profiles', jsonb_build_object('twitter', lower(family) || n)),
	jsonb_build_object('@user_name', given || ' ' || family,
		'user_number', '+9997' || lpad((n::bigint * 7919 % 10000000)::text, 7, '0'),
		'plan', pg_temp.draw('plan' || n, '{basic,silver,gold}'))
FROM person;

INSERT INTO contact_inboxes (contact_id, inbox_id, source_id, pubsub_token, created_at, updated_at)
SELECT c.id, i.id,
	CASE i.channel_type
		WHEN 'Channel::Whatsapp' THEN coalesce(ltrim(c.phone_number, '+'), '9998' || c.id)
		WHEN 'Channel::Email' THEN coalesce(c.email, 'none' || c.id || '@mail.example')
		WHEN 'Channel::Sms' THEN coalesce(c.phone_number, '+9998' || c.id)
		ELSE md5('source' || c.id || i.id) END,
	md5('pubsub' || c.id || i.id), '2025-01-01', '2025-01-01'
FROM contacts c
	JOIN inboxes i ON i.id = 1 + c.id % 5 OR i.id = 1 + (c.id / 5) % 5;

WITH dialogue AS (
	SELECT dialogue AS id, 1 + pg_temp.dice('who' || dialogue, 3000) AS contact_id FROM corpus GROUP BY dialogue
)
INSERT INTO conversations (account_id, inbox_id, status, assignee_id, created_at, updated_at, contact_id, display_id,
	additional_attributes, contact_inbox_id, identifier, last_activity_at, agent_last_seen_at, custom_attributes)
SELECT 1, i.inbox_id, pg_temp.dice('status' || d.id, 4), 1 + d.id % 7, at, at, d.contact_id, d.id,
	jsonb_build_object('mail_subject', 'from ' || c.name, 'referer', 'https://shop.example/?email=' || coalesce(c.email, ''),
		'browser', jsonb_build_object('browser_name', 'Firefox')),
	i.id, CASE WHEN d.id % 9 = 0 THEN 'case-' || coalesce(c.phone_number, '') END, at + interval '20 minutes',
	at + interval '3 minutes', jsonb_build_object('@user_name', c.name, 'priority', d.id % 3)
FROM dialogue d
	JOIN contacts c ON c.id = d.contact_id,
	LATERAL (SELECT ci.id, ci.inbox_id FROM contact_inboxes ci WHERE ci.contact_id = c.id ORDER BY ci.id LIMIT 1) i,
	LATERAL (SELECT timestamp '2025-03-01' + d.id * interval '7 minutes' AS at) t
ORDER BY d.id;

INSERT INTO messages (id, content, processed_message_content, account_id, inbox_id, conversation_id, message_type,
	created_at, updated_at, sender_type, sender_id, source_id, content_attributes, private)
SELECT m.id, m.text, m.text, 1, v.inbox_id, v.id, CASE m.sender WHEN 'agent' THEN 1 ELSE 0 END, t.at, t.at,
	CASE m.sender WHEN 'agent' THEN 'User' ELSE 'Contact' END,
	CASE m.sender WHEN 'agent' THEN v.assignee_id ELSE v.contact_id END,
	'wamid.' || md5('wamid' || m.id),
	CASE WHEN v.inbox_id = 2 THEN json_build_object('email', json_build_object('from', json_build_array(c.email),
			'subject', 'from ' || c.name, 'text_content', json_build_object('full', m.text)), 'in_reply_to', m.id - 1)
		WHEN v.inbox_id = 3 THEN json_build_object('submitted_email', c.email)
		ELSE '{}' END,
	m.id % 50 = 0
FROM corpus m
	JOIN conversations v ON v.display_id = m.dialogue
	JOIN contacts c ON c.id = v.contact_id,
	LATERAL (SELECT v.created_at + m.id % 10 * interval '1 minute' AS at) t
ORDER BY m.id;
SELECT setval('messages_id_seq', (SELECT max(id) FROM messages)) \g /dev/null

INSERT INTO notes (content, account_id, contact_id, user_id, created_at, updated_at)
SELECT 'Called ' || phone_number || ' on Monday, ' || name || ' was in.', 1, id, 1, '2025-03-02', '2025-03-02'
FROM contacts WHERE id % 6 = 1 AND phone_number IS NOT NULL;

INSERT INTO csat_survey_responses (account_id, conversation_id, message_id, rating, feedback_message, contact_id,
	assigned_agent_id, created_at, updated_at)
SELECT 1, v.id, m.id, 1 + v.id % 5, 'Good. Reach me at ' || coalesce(replace(c.phone_number, '+', ''), 'home') || '.',
	v.contact_id, v.assignee_id, m.created_at, m.created_at
FROM conversations v
	JOIN contacts c ON c.id = v.contact_id,
	LATERAL (SELECT id, created_at FROM messages WHERE conversation_id = v.id ORDER BY id DESC LIMIT 1) m
WHERE v.id % 8 = 0;

INSERT INTO audits (auditable_id, auditable_type, user_id, user_type, username, action, audited_changes,
	remote_address, created_at)
SELECT id, 'Contact', 1, 'User', 'robin-quist@shop.example', 'update',
	jsonb_build_object('email', jsonb_build_array('old' || id || '@mail.example', email),
		'phone_number', jsonb_build_array('+9996' || lpad(id::text, 7, '0'), phone_number),
		'name', jsonb_build_array(name, 'Formerly ' || last_name), 'blocked', jsonb_build_array(false, true)),
	'203.0.113.9', '2025-03-03'
FROM contacts WHERE id % 5 = 0;

INSERT INTO attachments (message_id, account_id, created_at, updated_at, file_type, external_url, fallback_title,
	coordinates_lat, coordinates_long)
SELECT m.id, 1, m.created_at, m.created_at, 0, 'https://files.example/' || c.last_name || '/' || m.id,
	'passport of ' || c.name, 48.137, 11.575
FROM messages m
	JOIN conversations v ON v.id = m.conversation_id
	JOIN contacts c ON c.id = v.contact_id
WHERE m.id % 40 = 0;

INSERT INTO active_storage_blobs (key, filename, content_type, byte_size, created_at, service_name)
SELECT 'k' || id, 'passport of ' || name || '.pdf', 'application/pdf', 1000, '2025-03-03', 'local'
FROM contacts WHERE id % 30 = 0;
INSERT INTO active_storage_attachments (name, record_type, record_id, blob_id, created_at)
SELECT 'file', 'Attachment', id, id, '2025-03-03' FROM active_storage_blobs;

DROP TABLE corpus;
ANALYZE contacts, contact_inboxes, conversations, messages;

GRANT USAGE ON SCHEMA chatwoot TO agent, supervisor, ai_engine;
GRANT SELECT ON ALL TABLES IN SCHEMA chatwoot TO agent, supervisor, ai_engine;
GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA chatwoot TO agent, supervisor;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA chatwoot TO agent, supervisor;
