-- MERGE with rows that its source does not have.
--! from 17
--! writes
--@ agent
CREATE FUNCTION tell(text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS $$ BEGIN RAISE NOTICE 'sees %', $1; RETURN false; END $$;
CREATE TABLE own (id int, t text);
INSERT INTO own VALUES (99, 'x');
\echo ## condition
MERGE INTO customers c USING own o ON c.id = o.id WHEN NOT MATCHED BY SOURCE AND tell(c.phone) THEN DELETE;
\echo ## into an unmasked column
MERGE INTO customers c USING own o ON c.id = o.id WHEN NOT MATCHED BY SOURCE THEN UPDATE SET status = coalesce(c.name, '') RETURNING *;
SELECT status FROM customers;
\echo ## RETURNING
MERGE INTO customers c USING own o ON c.id = o.id WHEN NOT MATCHED BY SOURCE AND c.id = 4 THEN DELETE RETURNING merge_action(), c, c.note, o.*;
\echo ## condition of the join
MERGE INTO own o USING customers c ON c.id = o.id AND tell(c.email) WHEN NOT MATCHED THEN INSERT VALUES (c.id, c.phone) RETURNING *;
