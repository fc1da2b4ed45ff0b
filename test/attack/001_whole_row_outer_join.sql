-- A whole row, also where an outer join has none.
--! sees O\*\*\* Q\*\*\*
--@ agent
\echo ## left join
SELECT c FROM generate_series(1, 9) i LEFT JOIN customers c ON c.id = i ORDER BY i;
\echo ## right join, both sides
SELECT c, v FROM conversations v RIGHT JOIN customers c ON c.id = v.customer_id ORDER BY c.id;
\echo ## full join of a row with itself
SELECT a, b FROM customers a FULL JOIN customers b ON a.id = b.id + 1 ORDER BY a.id, b.id;
\echo ## aggregated
SELECT json_agg(c) FROM generate_series(1, 9) i LEFT JOIN customers c ON c.id = i;
