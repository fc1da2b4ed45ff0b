-- What the role that is connected sees of customer :customer and of message
-- :message, in variables that begin with :reader.

SELECT name, phone, email, birth_date::text AS birth, attributes ->> '@user_name' AS user_name,
	attributes ->> '@user_number' AS user_number, attributes ->> '@user_card' AS user_card,
	attributes ->> 'tier' AS tier
FROM customer WHERE id = :customer \gset :reader

SELECT body FROM message WHERE id = :message \gset :reader
