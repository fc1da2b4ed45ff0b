-- What Chatwoot asks its database.  Above each statement stands what a masked
-- reader must get:
--
--	same		as many rows as the owner
--	any			an answer; it is about masks, so the rows may be other ones
--	write		the owner's command tag, in a transaction that is rolled back
--	a SQLSTATE	that error
--
-- and, after "as", who asks; else everybody.  None may show a canary.

-- [same] contact list, third page, latest first
SELECT contacts.* FROM contacts
WHERE account_id = 1 AND (email <> '' OR phone_number <> '' OR identifier <> '')
ORDER BY last_activity_at DESC NULLS LAST LIMIT 15 OFFSET 30;

-- [same] contact list, by name as Chatwoot sorts it
SELECT contacts.* FROM contacts WHERE account_id = 1
ORDER BY CASE WHEN name ~~* '^+\d*' THEN 'z' WHEN name ~~* '^\b*' THEN 'z' ELSE lower(name) END, id
LIMIT 15 OFFSET 60;

-- [same] contact list, by number, backwards
SELECT contacts.* FROM contacts WHERE account_id = 1 ORDER BY phone_number DESC NULLS LAST, id LIMIT 15;

-- [same] contact list, by company
SELECT contacts.* FROM contacts WHERE account_id = 1
ORDER BY additional_attributes ->> 'company_name' ASC NULLS LAST, id LIMIT 15 OFFSET 15;

-- [same] all contacts
SELECT contacts.*, contacts FROM contacts;

-- [same] filter by an attribute that is nobody's
SELECT id, name, custom_attributes FROM contacts WHERE lower(custom_attributes ->> 'plan') = 'gold';

-- [any] filter by an attribute that is somebody's
SELECT id, name FROM contacts WHERE custom_attributes ->> '@user_name' ILIKE '%quist%';

-- [any] search box: a part of anything
SELECT contacts.* FROM contacts
WHERE account_id = 1 AND (name ILIKE '%lindaq%' OR email ILIKE '%lindaq%' OR phone_number ILIKE '%99970%'
	OR identifier ILIKE '%lindaq%')
ORDER BY last_activity_at DESC NULLS LAST LIMIT 15;

-- [any] search box, conversations
SELECT DISTINCT conversations.* FROM conversations
JOIN contacts ON contacts.id = conversations.contact_id
WHERE conversations.account_id = 1 AND (conversations.display_id::text ILIKE '%77%' OR contacts.name ILIKE '%quist%'
	OR contacts.email ILIKE '%quist%' OR contacts.phone_number ILIKE '%9997%')
ORDER BY conversations.created_at DESC LIMIT 15;

-- [same] search box, words of messages
SELECT messages.* FROM messages
WHERE account_id = 1 AND content ILIKE '%restaurant%' ORDER BY created_at DESC, id LIMIT 15;

-- [any] look for a number in messages
SELECT id, content FROM messages WHERE content ~ '\d{8,}' OR content LIKE '%9997%';

-- [same] screen pop: a whole number
SELECT id, name, phone_number FROM contacts WHERE account_id = 1 AND phone_number = '+99970324679';

-- [same] screen pop: a whole address
SELECT id, name, email FROM contacts
WHERE account_id = 1 AND email = lower('EkaQuist41@mail.example') LIMIT 1;

-- [same] screen pop: the key of another system
SELECT id, name, identifier FROM contacts WHERE identifier = 'crm-44-berbequist';

-- [same] webhook: who is this, in that inbox
SELECT contact_inboxes.id, contact_id FROM contact_inboxes WHERE inbox_id = 1 AND source_id = '99970039595';

-- [any] duplicates
SELECT phone_number, count(*) FROM contacts GROUP BY phone_number HAVING count(*) > 1 ORDER BY 2 DESC, 1 LIMIT 10;

-- [same] a conversation's contact, by key
PREPARE find (int) AS SELECT contacts.* FROM contacts WHERE id = $1 LIMIT 1;
EXECUTE find (41); EXECUTE find (42); EXECUTE find (43); EXECUTE find (44); EXECUTE find (45); EXECUTE find (46);

-- [same] where a contact can be reached
SELECT contact_inboxes.*, inboxes.channel_type, contacts.name FROM contact_inboxes
JOIN inboxes ON inboxes.id = contact_inboxes.inbox_id
JOIN contacts ON contacts.id = contact_inboxes.contact_id
ORDER BY contact_inboxes.id;

-- [same] conversation list of an inbox, with the last message
SELECT v.id, v.display_id, v.status, v.additional_attributes, c.name, c.phone_number, m.content, m.created_at
FROM conversations v
JOIN contacts c ON c.id = v.contact_id
LEFT JOIN LATERAL (
	SELECT content, created_at FROM messages
	WHERE conversation_id = v.id AND NOT private ORDER BY created_at DESC, id DESC LIMIT 1) m ON true
WHERE v.account_id = 1 AND v.inbox_id IN (1, 2, 3) AND v.status = 0
ORDER BY v.last_activity_at DESC LIMIT 25;

-- [same] timeline of a conversation
SELECT m.*, c.name AS sender_name FROM messages m
LEFT JOIN contacts c ON m.sender_type = 'Contact' AND c.id = m.sender_id
WHERE m.conversation_id = 1234 AND m.account_id = 1
ORDER BY m.created_at, m.id;

-- [same] all messages, with the contact, as JSON
SELECT json_build_object('message', m, 'contact', c) FROM messages m
JOIN conversations v ON v.id = m.conversation_id
JOIN contacts c ON c.id = v.contact_id
WHERE m.id % 10 = 0;

-- [same] open conversations per inbox
SELECT i.name, v.status, count(*) FROM conversations v JOIN inboxes i ON i.id = v.inbox_id
GROUP BY i.name, v.status ORDER BY 1, 2;

-- [same] unread messages per conversation
SELECT v.id, count(m.id) FROM conversations v
JOIN messages m ON m.conversation_id = v.id AND m.message_type = 0 AND m.created_at > v.agent_last_seen_at
WHERE v.status = 0 GROUP BY v.id;

-- [same] contacts by country and company
SELECT country_code, additional_attributes ->> 'company_name', count(*) FROM contacts GROUP BY 1, 2;

-- [same] satisfaction per agent
SELECT assigned_agent_id, round(avg(rating), 2), count(feedback_message) FROM csat_survey_responses GROUP BY 1;

-- [same] satisfaction, in words
SELECT r.*, c.name FROM csat_survey_responses r JOIN contacts c ON c.id = r.contact_id ORDER BY r.id;

-- [same] notes of contacts
SELECT n.*, c.name FROM notes n JOIN contacts c ON c.id = n.contact_id ORDER BY n.id;

-- [same] audit log
SELECT * FROM audits ORDER BY created_at DESC, id;

-- [same] attachments of conversations
SELECT a.*, b.filename FROM attachments a
LEFT JOIN active_storage_attachments s ON s.record_type = 'Attachment' AND s.record_id = a.id
LEFT JOIN active_storage_blobs b ON b.id = s.blob_id
ORDER BY a.id;

-- [same] files
SELECT * FROM active_storage_blobs;

-- [same] channels of an inbox
SELECT i.name, row_to_json(w), row_to_json(e), row_to_json(f), row_to_json(s), row_to_json(x) FROM inboxes i
LEFT JOIN channel_whatsapp w ON i.channel_type = 'Channel::Whatsapp' AND w.id = i.channel_id
LEFT JOIN channel_email e ON i.channel_type = 'Channel::Email' AND e.id = i.channel_id
LEFT JOIN channel_facebook_pages f ON i.channel_type = 'Channel::FacebookPage' AND f.id = i.channel_id
LEFT JOIN channel_sms s ON i.channel_type = 'Channel::Sms' AND s.id = i.channel_id
LEFT JOIN channel_web_widgets x ON i.channel_type = 'Channel::WebWidget' AND x.id = i.channel_id;

-- [same] the other channels
SELECT row_to_json(a), row_to_json(b), row_to_json(c), row_to_json(d), row_to_json(e), row_to_json(f)
FROM channel_twilio_sms a, channel_telegram b, channel_line c, channel_instagram d, channel_api e, channel_voice f;

-- [same] export of contacts
COPY contacts TO STDOUT WITH (FORMAT csv);

-- [same] export of conversations
COPY (SELECT v.display_id, c.name, c.email, m.content FROM conversations v
	JOIN contacts c ON c.id = v.contact_id JOIN messages m ON m.conversation_id = v.id
	WHERE v.id % 20 = 0) TO STDOUT WITH (FORMAT csv);

-- [any] how a list is made
EXPLAIN (ANALYZE, VERBOSE, COSTS, BUFFERS) SELECT contacts.* FROM contacts
WHERE account_id = 1 AND name > 'L' ORDER BY phone_number LIMIT 15;

-- [any] what the planner knows
SELECT * FROM pg_stats WHERE schemaname = 'chatwoot';

-- [write] as agent, supervisor: answer
INSERT INTO messages (content, processed_message_content, account_id, inbox_id, conversation_id, message_type,
	created_at, updated_at, sender_type, sender_id)
VALUES ('We will call you on Monday.', 'We will call you on Monday.', 1, 1, 1234, 1, now(), now(), 'User', 1) RETURNING id;

-- [write] as agent, supervisor: resolve
UPDATE conversations SET status = 1, updated_at = now() WHERE id = 1234;

-- [write] as agent, supervisor: note that something happened
UPDATE contacts SET last_activity_at = now(), updated_at = now() WHERE contacts.id = 41 RETURNING contacts.*;

-- [same] as agent, supervisor: lock a contact
SELECT * FROM contacts WHERE id = 41 FOR UPDATE;

-- [write] as agent, supervisor: a new contact
INSERT INTO contacts (name, email, phone_number, account_id, created_at, updated_at)
VALUES ('New Person', 'new.person@new.example', '+9995555555', 1, now(), now()) RETURNING *;

-- [write] as agent, supervisor: a new contact in an inbox
INSERT INTO contact_inboxes (contact_id, inbox_id, source_id, created_at, updated_at)
VALUES (41, 1, '9995555555', now(), now()) ON CONFLICT (inbox_id, source_id) DO NOTHING;

-- [write] as agent, supervisor: merge contacts, first step
UPDATE conversations SET contact_id = 9 WHERE contact_id = 41;

-- [write] as agent, supervisor: delete a message
DELETE FROM messages WHERE id = 12345;

-- [42501] as agent, supervisor: rename a contact, until masked columns can be written
UPDATE contacts SET name = 'New Name' WHERE id = 41;

-- [42501] as agent, supervisor: Rails saves a whole row, until masked columns can be written
UPDATE contacts SET name = name, email = email, phone_number = phone_number WHERE id = 41;

-- [42501] as ai_engine: write at all
UPDATE conversations SET status = 1 WHERE id = 1234;
