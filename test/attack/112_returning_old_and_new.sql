-- RETURNING of old and new rows, which majors from 18 on have.
--! from 18
--! writes
--@ agent
\echo ## UPDATE
UPDATE customers SET status = 'x' WHERE id = 1 RETURNING old.*, new.*;
\echo ## whole rows
UPDATE customers SET status = 'x' WHERE id = 1 RETURNING old, new;
\echo ## renamed
UPDATE customers SET status = 'x' WHERE id = 1 RETURNING WITH (OLD AS o, NEW AS n) o.phone, n.name, to_jsonb(o);
\echo ## in expressions
UPDATE customers SET status = 'x' RETURNING old.phone || new.name, (SELECT old.note);
\echo ## ON CONFLICT
INSERT INTO customers (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET status = 'y' RETURNING old.name, new.name;
\echo ## MERGE
MERGE INTO customers c USING (VALUES (1)) v (id) ON c.id = v.id WHEN MATCHED THEN UPDATE SET status = 'z' RETURNING merge_action(), old.*, new.*;
\echo ## through a view
UPDATE customer_list SET status = 'y' RETURNING old.name, new.phone, old;
\echo ## DELETE
DELETE FROM customers WHERE id = 2 RETURNING old.*;
