-- What has been invented, in one line.

\pset format unaligned
\pset tuples_only
SELECT format('%s channels, %s customers, %s conversations, %s messages.',
	(SELECT count(*) FROM channel),
	to_char((SELECT count(*) FROM customer), 'FM999,999'),
	to_char((SELECT count(*) FROM conversation), 'FM999,999'),
	to_char((SELECT count(*) FROM message), 'FM999,999'));
