-- A customer and a message to show: customer|message|phone.  The values fit
-- into columns of 17 characters.

SELECT c.id, m.id, c.phone
FROM customer c
	JOIN conversation v ON v.customer_id = c.id
	JOIN message m ON m.conversation_id = v.id
WHERE m.body LIKE '%I paid with %'
	AND c.attributes ? '@user_card'
	AND length(c.name) <= 17 AND length(c.phone) <= 17 AND length(c.email) <= 17
ORDER BY c.name ~ '[^ -~]' DESC, m.id
LIMIT 1;
