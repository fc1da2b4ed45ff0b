-- Ways to see the hash of a value of the reader's own through masked columns.
--! no control: hashes are ccpii's
--! writes
--! guesses
--@ agent
CREATE TABLE own (reference text);
INSERT INTO own VALUES ('ref-turmalin' || '-88231');
CREATE FUNCTION tell(text, text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN IF $1 = $2 THEN RAISE NOTICE 'found turmalin'; END IF; END $$;
-- Rows of his own, seen as rows of the table.
SELECT tell(c.reference, r.reference) FROM customers c, jsonb_populate_record(NULL::customers, jsonb_build_object('reference', 'ref-turmalin' || '-88231')) r WHERE c.id = 1;
CREATE VIEW v AS SELECT reference FROM own UNION ALL SELECT reference FROM customers WHERE id = 1;
SELECT tell(min(reference), max(reference)) FROM v;
SELECT tell(c.reference, o.reference) FROM customers c, own o;
SELECT tell(c.reference, 'ref-turmalin' || '-88231') FROM customers c WHERE c.reference = 'ref-turmalin' || '-88231';
-- A change of his costs a look-up, of which there are none left.
INSERT INTO customers (id, reference) SELECT 900 + i, 'x' || i FROM generate_series(1, 20) i;
DO $$ BEGIN FOR i IN 1..20 LOOP INSERT INTO customers (id, reference) VALUES (920 + i, 'y'); END LOOP; EXCEPTION WHEN program_limit_exceeded THEN NULL; END $$;
UPDATE customers SET reference = 'ref-turmalin' || '-88231' WHERE id = 2;
INSERT INTO customers (id) VALUES (2) ON CONFLICT (id) DO UPDATE SET reference = 'ref-turmalin' || '-88231';
MERGE INTO customers c USING own o ON c.id = 2 WHEN MATCHED THEN UPDATE SET reference = o.reference;
SELECT tell(a.reference, b.reference) FROM customers a, customers b WHERE a.id = 1 AND b.id = 2;
