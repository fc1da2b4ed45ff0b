-- Rows that row security hides stay hidden, whatever is masked on top of it.
--! no control: it is about the server's own protection under ours
--@ agent
CREATE FUNCTION tell(text, text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS $$ BEGIN RAISE NOTICE 'sees % %', $1, $2; RETURN true; END $$;
SELECT * FROM tickets;
SELECT t FROM tickets t WHERE tell(title, phone);
SELECT count(*) FROM tickets WHERE id = 2;
COPY tickets TO STDOUT;
UPDATE tickets SET assignee = assignee RETURNING *;
DELETE FROM tickets WHERE tell(title, assignee) RETURNING *;
INSERT INTO tickets VALUES (3, 'regress_ccpii_boss', 'x', 'y');
SELECT most_common_vals, histogram_bounds FROM pg_stats WHERE tablename = 'tickets';
PREPARE p AS SELECT * FROM tickets;
EXECUTE p;
SET ROLE regress_ccpii_support;
EXECUTE p;
