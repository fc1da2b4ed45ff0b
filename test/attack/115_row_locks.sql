-- FOR UPDATE and its like, with conditions on masked columns.
--@ agent
\echo ## FOR UPDATE
SELECT * FROM customers FOR UPDATE;
\echo ## FOR SHARE OF, over a join
SELECT c.phone, v.subject FROM customers c JOIN conversations v ON v.customer_id = c.id FOR SHARE OF c, v;
\echo ## in a subquery
SELECT s.name FROM (SELECT * FROM customers ORDER BY phone LIMIT 2 FOR UPDATE SKIP LOCKED) s;
\echo ## TABLE and ONLY
TABLE customers;
SELECT * FROM ONLY leads;
\echo ## alias of columns
SELECT a, b, d FROM customers AS x (a, b, d);
\echo ## JOIN USING and NATURAL
SELECT * FROM customers NATURAL JOIN leads;
SELECT phone FROM customers JOIN leads USING (phone);
SELECT j FROM (customers c JOIN leads l USING (id)) AS j;
\echo ## join alias
SELECT j.phone, k.name FROM (customers JOIN tickets USING (id, phone)) AS j RIGHT JOIN customers k USING (id);
\echo ## TABLESAMPLE
SELECT phone FROM customers TABLESAMPLE system (100);
\echo ## inheritance and partitions
SELECT tableoid::regclass, * FROM leads;
SELECT * FROM calls_2;
SELECT l FROM leads l;
SELECT i::leads FROM leads_imported i;
