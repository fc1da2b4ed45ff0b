-- The failing row goes to the server's log as well.
--! log
--! writes
--@ agent
UPDATE customers SET calls = -1 WHERE id = 1;
UPDATE calls SET id = 999 WHERE id = 2;
