-- Whatever a role may see of it, and what it may write; nothing is kept.
\pset format unaligned
\pset null (null)
SET DateStyle = ISO;
SET search_path = public, mask;
SELECT current_user;
SELECT * FROM contacts ORDER BY id;
SELECT *, plain::text, phone = '415-555-1001', (pair).number, list[1] FROM public.typed ORDER BY id;
SELECT * FROM mask.typed WHERE id < 5 ORDER BY id;
SELECT * FROM messages ORDER BY id;
SELECT * FROM messages_2024 ORDER BY id;
SELECT id FROM contacts WHERE phone = '415-555-1007';
SELECT most_common_vals IS NULL, histogram_bounds IS NULL, count(*) FROM pg_stats WHERE tablename IN ('contacts', 'typed') GROUP BY 1, 2 ORDER BY 1, 2;
BEGIN;
UPDATE contacts SET name = 'A*** L*** ***', status = 'saved' WHERE id = 1 RETURNING name, status;
UPDATE contacts SET phone = 'XXX-XXX-0000' WHERE id = 1;
ROLLBACK;
BEGIN;
UPDATE mask.typed SET phone = 'XXX-XXX-1002' WHERE id = 2 RETURNING phone;
UPDATE mask.typed SET phone = 'XXX-XXX-0000' WHERE id = 2;
ROLLBACK;
COPY contacts (id, phone) TO STDOUT;
