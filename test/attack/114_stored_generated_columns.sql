-- A generated column of the owner's copies what is masked.
--@ boss
ALTER TABLE customers ADD shout text GENERATED ALWAYS AS (upper(name || phone)) STORED;
ALTER TABLE customers ADD digits bigint GENERATED ALWAYS AS (right(regexp_replace(phone, '\D', '', 'g'), 11)::bigint) STORED;
ALTER TABLE leads ADD tail text GENERATED ALWAYS AS (phone || '!') STORED;
--@ agent
\echo ## text
SELECT shout FROM customers;
\echo ## number
SELECT digits FROM customers;
\echo ## inheritance child
SELECT tail FROM leads_imported UNION ALL SELECT tail FROM leads;
\echo ## row
SELECT c FROM customers c;
\echo ## condition
SELECT id, digits % 100000000000 FROM customers WHERE digits > 0 ORDER BY digits;
