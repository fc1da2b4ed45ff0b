--
-- Promise: pattern_check() says what is wrong with a regex, and where; a regex
-- that takes too many steps is found and stopped; compiled regexes are kept
-- within bounds, and an error leaves nothing behind.
--
\pset format unaligned
\pset null 'fine'
SET client_encoding = 'UTF8';
-- nothing wrong, UTF-8 and what Unicode calls a letter or a digit included
SELECT regex, ccpii.pattern_check(regex) FROM (VALUES
	(1, '\d{4}-\d{4}'), (2, '(?i)order\s+#?(\d+)'), (3, '\p{L}{2}\d{6}'), (4, 'заказ \d+'),
	(5, '客户\d+'), (6, '(?<=id )\d+'), (7, 'id \K\d+'), (8, '\bIBAN\b'), (9, 'a|b*'),
	(10, '(?<n>\d)\k<n>'), (11, '\d*'), (12, '(?x) \d+ # digits'),
	(13, '(?:\d[ -]?){7,}'), (14, '^\d+$'), (15, '(*pla:a)\w+')) v(n, regex) ORDER BY n;
SELECT ccpii.pattern_check(repeat('a', 1000)) AS longest, ccpii.pattern_check(NULL) AS "null";
-- not a regex: PCRE2's own words, at the character that it means, which is not
-- the same one in all of its versions
SELECT regex, ccpii.pattern_check(regex) FROM (VALUES (1, '('), (2, 'é(a')) v(n, regex) ORDER BY n;
SELECT regex, regexp_replace(ccpii.pattern_check(regex), '\d+', 'n') FROM (VALUES
	(1, '[z-a]'), (2, '*a'), (3, 'a\'), (4, 'a\Cb')) v(n, regex) ORDER BY n;
-- a regex, but not for us
SELECT regex, ccpii.pattern_check(regex) FROM (VALUES
	(1, ''), (2, '(?C1)a'), (3, 'a(?C"x")b'), (4, '(*LIMIT_MATCH=4000000000)a'),
	(5, '(*NO_JIT)a'), (6, '(*LIMIT_HEAP=1)a'), (7, '(*UTF)a'), (8, 'a\Gb'), (9, 'a\\Gb'),
	(10, '[\G]'), (11, 'x(*COMMIT)y'), (12, '\d(*SKIP)(*F)|a'), (13, 'a(?R)?'), (14, '(a)(?1)'), (15, '(a)(?-1)'),
	(16, '(?<n>a)(?&n)'), (17, '(?<n>a)(?P>n)'), (18, '(?<n>a)\g<n>'), (19, '(a)(?-i)(?:b)\1')) v(n, regex) ORDER BY n;
SELECT ccpii.pattern_check(repeat('a', 1001));
-- one that hides nothing, since all its matches are empty
SELECT regex, ccpii.pattern_check(regex) FROM (VALUES
	(1, '^'), (2, '$'), (3, '\b'), (4, 'a{0}'), (5, '(?=secret)'), (6, '(?!x)'), (7, 'abc\K'),
	(8, '()')) v(n, regex) ORDER BY n;
-- one that tries too much before it gives up
SELECT regex, ccpii.pattern_check(regex) FROM (VALUES
	(1, '(a+)+$'), (2, '(x+x+)+y'), (3, '(\d+\s?)+$'), (4, '(foo|foo)+!!'), (5, '(é|é)+z'),
	(6, '(a|aa)+\t\t'), (7, '(?:\w+\W?)*:{3}'), (8, '(?R)?a(?R)?b')) v(n, regex) ORDER BY n;
-- more regexes than are kept; each is compiled again when it comes back
SELECT count(*) AS tried, count(ccpii.pattern_check('x' || n % 200 || '\d+')) AS wrong
	FROM generate_series(1, 600) n;
SELECT sum(total_bytes) < 1000000 AS within_bounds FROM pg_backend_memory_contexts
	WHERE name = 'ccpii patterns';
-- errors between, and the same regex again
DO $$
DECLARE answers text[];
BEGIN
	FOR n IN 1 .. 100 LOOP
		answers := answers || ccpii.pattern_check('(' || n) || ccpii.pattern_check('y' || n);
		BEGIN
			PERFORM ccpii.pattern_check('y' || n), 1 / (n % 2);
		EXCEPTION WHEN division_by_zero THEN
			answers := answers || ccpii.pattern_check('y' || n);
		END;
	END LOOP;
	RAISE NOTICE '% answers, % of them an error', cardinality(answers), cardinality(array_remove(answers, NULL));
END $$;
-- a search stops when the statement has to
SET statement_timeout = '50ms';
SELECT ccpii.pattern_check('a{0,290}a{0,290}c');  -- fails: time is up
RESET statement_timeout;
SELECT ccpii.pattern_check('a{0,290}c');
