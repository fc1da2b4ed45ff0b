-- Comparisons in every shape narrow a value down.
--! guesses
--@ agent
CREATE PROCEDURE search(condition text) LANGUAGE plpgsql AS $$ DECLARE found text := ''; c text; hit boolean; BEGIN
	FOR i IN 1..7 LOOP
		FOREACH c IN ARRAY string_to_array('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', NULL) LOOP
			EXECUTE 'SELECT EXISTS (SELECT FROM customers WHERE id = 1 AND ' || condition || ')' INTO hit USING found || c, i + 1, c;
			IF hit THEN found := found || c; EXIT; END IF;
		END LOOP;
	END LOOP; RAISE NOTICE '%e', found; END $$;
\echo ## LIKE
CALL search('name LIKE $1 || ''%''');
\echo ## substring
CALL search('substr(name, $2 - 1, 1) = $3');
\echo ## similar
CALL search('name SIMILAR TO $1 || ''%''');
\echo ## position
CALL search('position($1 IN name) = 1');
\echo ## tsquery
CALL search('to_tsvector(''simple'', name) @@ to_tsquery(''simple'', $1 || '':*'') AND lower($3) = $3 OR name LIKE $1 || ''%''');
\echo ## json
CALL search('to_jsonb(customers)->>''name'' LIKE $1 || ''%''');
\echo ## row
CALL search('customers::text LIKE ''(1,"'' || $1 || ''%''');
\echo ## overlay, translate, md5 of the prefix
CALL search('md5(left(name, $2 - 1)) = md5($1)');
\echo ## EXISTS of itself
CALL search('EXISTS (SELECT FROM customers d WHERE d.id = customers.id AND d.name LIKE $1 || ''%'')');
\echo ## array
CALL search('(string_to_array(name, NULL))[$2 - 1] = $3');
