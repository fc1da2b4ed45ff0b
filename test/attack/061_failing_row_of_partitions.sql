-- The same where the labelled columns are inherited from a parent.
--! writes
--@ boss
ALTER TABLE calls ADD CHECK (seconds >= 0);
ALTER TABLE leads_imported ADD CHECK (source <> '');
ALTER TABLE tickets ADD CHECK (assignee <> '');
--@ agent
\echo ## partition through the parent
UPDATE calls SET seconds = -1 WHERE id = 1;
\echo ## partition by itself
UPDATE calls_1 SET seconds = -1 WHERE id = 2;
\echo ## bound of a partition
UPDATE calls_1 SET id = 150 WHERE id = 1;
\echo ## inheritance child
UPDATE leads_imported SET source = '';
