-- 20,000 messages in 4,000 conversations, drawn as people.sql draws.

-- What is said, turn by turn.  Short conversations leave out turns before the
-- last one.
CREATE TEMPORARY TABLE line (
	topic text, turn int, author text, body text,
	PRIMARY KEY (topic, turn));

INSERT INTO line VALUES
	('delivery', 1, 'customer', '{hello} my order {order} has not arrived yet. Can you see where it is?'),
	('delivery', 2, 'agent', 'Hello {given}, {agent} here. It left our warehouse on {day}. Which number may the driver call?'),
	('delivery', 3, 'customer', '{phone}, please, in the afternoon.'),
	('delivery', 4, 'agent', 'Thank you, I have written {phone} on the parcel. It should be in {city} tomorrow.'),
	('delivery', 5, 'customer', 'Could you also send the tracking link to {email}?'),
	('delivery', 6, 'agent', 'Done, it is on its way to {email}.'),
	('delivery', 7, 'customer', 'Great, thank you {agent}!'),

	('payment', 1, 'customer', '{hello} please call {phone} about order {order}. I paid with {card}.'),
	('payment', 2, 'agent', 'I am sorry, {given}. I see two payments of {amount}. One goes back to {card} today.'),
	('payment', 3, 'customer', 'How long does that take?'),
	('payment', 4, 'agent', 'Three working days. The reference is R{order}.'),
	('payment', 5, 'customer', 'Please confirm it in writing, to {email}.'),
	('payment', 6, 'agent', 'You have it in your inbox, {given}. Is there anything else?'),
	('payment', 7, 'customer', 'No, that was quick. Have a good day.'),

	('callback', 1, 'customer', '{hello} nobody has called me back. My number is {phone}.'),
	('callback', 2, 'agent', 'I apologize, {given}. Is {phone} still right, and is {day} morning good for you?'),
	('callback', 3, 'customer', 'It is. Ask for {name}, please.'),
	('callback', 4, 'agent', 'Noted: {name}, {phone}, {day} at 10:30.'),
	('callback', 5, 'customer', 'If I do not answer, write to {email}.'),
	('callback', 6, 'agent', 'I will, {given}.'),
	('callback', 7, 'customer', 'Thanks.'),

	('account', 1, 'customer', '{hello} I cannot log in any more. My account is {email}.'),
	('account', 2, 'agent', 'Hello {given}, I am {agent}. I have sent a new link. Did it arrive?'),
	('account', 3, 'customer', 'Not yet. Can you send a code to {phone} instead?'),
	('account', 4, 'agent', 'It is on its way, six digits, good for ten minutes.'),
	('account', 5, 'customer', 'The code was {code}, and it works.'),
	('account', 6, 'agent', 'Wonderful. Please choose a new password now.'),
	('account', 7, 'customer', 'I have. Thank you!'),

	('address', 1, 'customer', '{hello} I have moved within {city}. What do you need from me?'),
	('address', 2, 'agent', 'Congratulations, {given}! The new address, and a number for the courier, please.'),
	('address', 3, 'customer', '{house} Garden Street, second floor. Courier: {phone}.'),
	('address', 4, 'agent', 'Saved. Does order {order} go there, too?'),
	('address', 5, 'customer', 'Yes, please. The old card {card} is closed, by the way.'),
	('address', 6, 'agent', 'I have taken it off your account.'),
	('address', 7, 'customer', 'Perfect.'),

	('product', 1, 'customer', '{hello} is the blue kettle in stock again?'),
	('product', 2, 'agent', 'Hi {given}! We expect it on {day}, at {amount}.'),
	('product', 3, 'customer', 'Does it come with the two year warranty?'),
	('product', 4, 'agent', 'It does, and you have 30 days to send it back.'),
	('product', 5, 'customer', 'Then tell me when it is there: {email}'),
	('product', 6, 'agent', 'You are on the list.'),
	('product', 7, 'customer', 'Lovely, thanks.');

-- Replace each {key} by its value.
CREATE FUNCTION pg_temp.fill(body text, filling jsonb) RETURNS text
	LANGUAGE plpgsql IMMUTABLE
AS $$
DECLARE
	key text;
BEGIN
	FOR key IN SELECT m[1] FROM regexp_matches(body, '\{(\w+)\}', 'g') m LOOP
		body := replace(body, '{' || key || '}', filling ->> key);
	END LOOP;
	RETURN body;
END
$$;

-- Two conversations a customer on average, the last of them still open.
INSERT INTO conversation
SELECT n, 1 + pg_temp.dice('who' || n, 2000), 1 + pg_temp.dice('where' || n, 5),
	pg_temp.draw('topic' || n, '{delivery, payment, callback, account, address, product}'),
	CASE WHEN n <= 3700 THEN 'resolved' WHEN n % 3 = 0 THEN 'waiting' ELSE 'open' END,
	pg_temp.draw('assignee' || n, '{Robin, Sam, Noor, Kim}'),
	timestamptz '2025-03-03 08:00+00' + n * interval '31 minutes'
FROM generate_series(1, 4000) n;

WITH filled AS (
	SELECT v.id, v.topic, v.opened_at,
		3 + v.id % 5 AS turns,
		jsonb_build_object(
			'hello', hello,
			'name', c.name,
			'given', split_part(c.name, ' ', CASE WHEN culture = 'ja' THEN 2 ELSE 1 END),
			'phone', '+' || regexp_replace(c.phone, '\D', '', 'g'),
			'email', coalesce(c.email, 'my usual address'),
			'city', c.city,
			'card', coalesce(c.attributes ->> '@user_card', pg_temp.card('said' || v.id)),
			'agent', v.assignee,
			'order', 482913 + v.id * 7,
			'code', 100000 + pg_temp.dice('code' || v.id, 900000),
			'amount', '$' || (20 + pg_temp.dice('amount' || v.id, 380)) || '.00',
			'house', 1 + pg_temp.dice('house' || v.id, 180),
			'day', pg_temp.draw('day' || v.id, '{Monday, Tuesday, Wednesday, Thursday, Friday}')) AS filling
	FROM conversation v
		JOIN customer c ON c.id = v.customer_id
		JOIN place ON place.id = c.id % 20
		JOIN culture ON code = culture
)
INSERT INTO message (conversation_id, author, body, sent_at)
SELECT id, author, pg_temp.fill(body, filling),
	opened_at + turn * interval '2 minutes' + make_interval(secs => pg_temp.dice('pause' || id || turn, 100))
FROM filled
	JOIN line USING (topic)
WHERE turn < turns OR turn = 7
ORDER BY opened_at, turn;

ANALYZE customer, conversation, message;
