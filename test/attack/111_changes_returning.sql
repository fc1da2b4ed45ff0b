-- What INSERT, UPDATE, DELETE and MERGE return.
--! writes
--@ agent
\echo ## UPDATE
UPDATE customers SET status = 'x' WHERE id = 1 RETURNING *, customers;
\echo ## UPDATE that copies into an unmasked column
UPDATE customers SET status = coalesce(name || phone, '') RETURNING status;
SELECT status FROM customers;
\echo ## UPDATE from a subquery
UPDATE conversations SET status = (SELECT phone FROM customers c WHERE c.id = customer_id) RETURNING status;
\echo ## through a view
UPDATE customer_list SET status = 'y' RETURNING *;
\echo ## INSERT ... SELECT
INSERT INTO customers (id, status) SELECT id + 100, note FROM customers WHERE id < 3 RETURNING *;
\echo ## ON CONFLICT
INSERT INTO customers (id, status) VALUES (1, 'z') ON CONFLICT (id) DO UPDATE SET status = customers.email WHERE customers.name IS NOT NULL RETURNING *;
\echo ## MERGE
MERGE INTO conversations v USING customers c ON c.id = v.customer_id WHEN MATCHED AND c.phone <> '' THEN UPDATE SET status = c.name;
SELECT status FROM conversations;
\echo ## partition moved
UPDATE calls SET id = 150 WHERE id = 1 RETURNING *;
\echo ## in a CTE
WITH d AS (DELETE FROM conversations RETURNING *) SELECT * FROM d;
\echo ## DELETE
DELETE FROM customers WHERE id = 2 RETURNING *;
