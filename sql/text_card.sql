--
-- Promise: card_network() knows every network of src/text/card_networks.csv by
-- its prefixes and lengths, to the last digit; luhn_valid() knows a right check
-- digit; masks look for the default networks only.
--
\pset format unaligned
SET client_encoding = 'UTF8';
-- a number of a length that begins with a prefix and ends with its check digit;
-- Luhn in SQL, to compare with
CREATE FUNCTION pg_temp.check_digit(body text) RETURNS int LANGUAGE sql AS $$
	SELECT (10 - sum(CASE WHEN n % 2 = 0 THEN d WHEN d < 5 THEN 2 * d ELSE 2 * d - 9 END) % 10)::int % 10
	FROM (SELECT n, substr(reverse(body), n::int, 1)::int FROM generate_series(1, length(body)) n) x(n, d)
$$;
CREATE FUNCTION pg_temp.card(prefix text, length int) RETURNS text LANGUAGE sql AS $$
	SELECT body || pg_temp.check_digit(body) FROM rpad(prefix, length - 1, '0') body
$$;
-- numbers that are published for tests, one per kind that is hard to tell, and
-- numbers that are no cards
SELECT network, number, ccpii.card_network(number) IS NOT DISTINCT FROM network AS found,
	ccpii.luhn_valid(number) AS luhn, ccpii.mask_cards(number) <> number AS by_default FROM (VALUES
	(1, 'visa', '4111111111111111'), (2, 'visa', '4012888888881881'), (3, 'visa', '4222222222222'),
	(4, 'visa', '4000000000000000006'), (5, 'mastercard', '5555555555554444'),
	(6, 'mastercard', '5105105105105100'), (7, 'mastercard', '2223003122003222'),
	(8, 'amex', '378282246310005'), (9, 'amex', '371449635398431'), (10, 'amex', '341111111111111'),
	(11, 'diners', '30569309025904'), (12, 'diners', '38520000023237'), (13, 'diners', '36148900647913'),
	(14, 'discover', '6011111111111117'), (15, 'discover', '6011000990139424'),
	(16, 'discover', '6445644564456445'), (17, 'discover', '6521111111111110'),
	(18, 'jcb', '3530111333300000'), (19, 'jcb', '3566002020360505'),
	(20, 'maestro', '6759649826438453'), (21, 'maestro', '501800000009'),
	(22, 'unionpay', '6240008631401148'), (23, 'rupay', '5085000000000007'),
	(24, 'elo', '6362970000457013'), (25, 'visa', '4011780000000006'), (26, 'mir', '2200000000000004'),
	(27, 'troy', '9792030000000000'), (28, 'hipercard', '6062826786276634'),
	(29, 'uatp', '135410014004955'), (30, 'hiper', '6370950000000005'),
	(31, NULL, '4111111111111112'), (32, NULL, '1234567812345670'), (33, NULL, '0000000000000000'),
	(34, NULL, '2721000000000004'), (35, NULL, '1700000000004'), (36, NULL, '490154203237518'),
	(37, NULL, '9780306406157'), (38, NULL, '4006381333931')) v(n, network, number) ORDER BY n;
-- every range: the number before it, its first, its last, and the number behind
CREATE TEMPORARY TABLE network (name text, length int, prefixes text);
INSERT INTO network VALUES
	('visa', 16, '4'), ('mastercard', 16, '2221-2720 51-55'), ('amex', 15, '34 37'),
	('diners', 14, '300-305 3095 36 38-39'), ('discover', 16, '6011 644-649 65'), ('jcb', 16, '3528-3589'),
	('maestro', 12, '5018 5020 5038 5893 6304 6759 6761-6763'),
	('elo', 16, '401178-401179 431274 438935 451416 457393 457631-457632 504175 506699-506778
		509000-509999 627780 636297 636368-636369 650031-650033 650035-650051 650405-650439
		650485-650538 650541-650598 650700-650718 650720-650727 650901-650978 651652-651679
		655000-655019 655021-655058'),
	('mir', 16, '2200-2204'), ('troy', 16, '9792'), ('hipercard', 16, '384100 384140 384160 606282'),
	('hiper', 16, '637095 637568 637599 637609 637612'),
	('verve', 18, '506099-506198 507865-507964 650002-650027'), ('dankort', 16, '4571 5019'),
	('ukrcard', 16, '60400100-60420099'), ('lankapay', 16, '357111'), ('uzcard', 16, '5614 8600'),
	('humo', 16, '9860'), ('napas', 16, '9704'), ('mada', 16, '9682'), ('borica', 16, '2205'),
	('interpayment', 16, '636'), ('instapayment', 16, '637-639'), ('discover_cup', 16, '622126-622925'),
	('unionpay', 17, '62 81'), ('rupay', 16, '353 356 508 60 6521-6522 81-82'), ('t-union', 19, '31'),
	('gpn', 16, '1946 50 56 58 60-63'), ('uatp', 15, '1'), ('maestro_broad', 12, '50 56-59 60-69'),
	('laser', 16, '6304 6706 6709 6771'), ('solo', 18, '6334 6767'),
	('switch', 16, '4903 4905 4911 4936 564182 6333 633110 6759'),
	('bankcard-au', 16, '5610 560221-560225'), ('diners-enroute', 15, '2014 2149');
CREATE TEMPORARY VIEW range AS
	SELECT name, length, rpad(split_part(range, '-', 1), 8, '0')::int AS first,
		rpad(substring(range, '\d+$'), 8, '9')::int AS last
	FROM network, regexp_split_to_table(prefixes, '\s+') range;
SELECT name, length, first, last, ccpii.card_network(pg_temp.card((first - 1)::text, length)) AS before,
	ccpii.card_network(pg_temp.card(first::text, length)) AS at_first,
	ccpii.card_network(pg_temp.card(last::text, length)) AS at_last,
	ccpii.card_network(pg_temp.card((last + 1)::text, length)) AS behind
	FROM range ORDER BY name COLLATE "C", first;
-- the lengths of a network, where it is the answer
SELECT name, string_agg(DISTINCT n::text, ' ' ORDER BY n::text) AS lengths FROM range, generate_series(2, 22) n
	WHERE ccpii.card_network(pg_temp.card(first::text, n)) = name
	GROUP BY name ORDER BY name COLLATE "C";
-- one of ten last digits is right; none where no valid card begins so
SELECT name, first, count(ccpii.card_network(rpad(first::text, length - 1, '7') || last_digit)) AS right
	FROM range, generate_series(0, 9) last_digit
	GROUP BY name, first
	HAVING count(ccpii.card_network(rpad(first::text, length - 1, '7') || last_digit)) <> 1
	ORDER BY name COLLATE "C", first;
-- masks look for the default networks; of others they find what those share
SELECT name, count(*) FILTER (WHERE ccpii.mask_cards(number) <> number) AS masked, count(*) AS ranges
	FROM range, pg_temp.card(first::text, length) number
	GROUP BY name ORDER BY name COLLATE "C";
-- Luhn's formula, compared with SQL: no row
SELECT number FROM generate_series(0, 5000) n, concat(n * 7919) number
	WHERE ccpii.luhn_valid(number) IS DISTINCT FROM (length(number) > 1 AND
		pg_temp.check_digit(left(number, -1))::text = right(number, 1));
-- ... of numbers that are no cards, as long as you like
SELECT number, ccpii.luhn_valid(number) FROM (VALUES
	(1, '00'), (2, '18'), (3, '81'), (4, '490154203237518'), (5, '490154203237519'),
	(6, '8944501234567890123'), (7, '79927398713'), (8, '79927398710'), (9, '0'), (10, '5'),
	(11, ''), (12, ' '), (13, '-')) v(n, number) ORDER BY n;
SELECT ccpii.luhn_valid(repeat('18', 100000)) AS long, ccpii.luhn_valid(repeat('18', 100000) || '1') AS odd,
	ccpii.luhn_valid(repeat('0', 65536)) AS block, ccpii.luhn_valid(repeat('0', 65536) || 'x') AS block_and_more,
	ccpii.luhn_valid(repeat('0', 65537) || '1') AS wrong, ccpii.luhn_valid(repeat(' ', 70000) || '18') AS spaces;
-- layout: space - . _ in any place; nothing else
SELECT number, ccpii.card_network(number), ccpii.luhn_valid(number) FROM (VALUES
	(1, '4111 1111 1111 1111'), (2, '3782-822463-10005'), (3, '4111.1111_1111-1111'),
	(4, '  4111111111111111  '), (5, '4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1'), (6, '4111-1111-1111-1111.'),
	(7, '4111,1111,1111,1111'), (8, '4111/1111/1111/1111'), (9, U&'4111\00091111\000911111111'),
	(10, U&'4111111111111111\000A'), (11, U&'4111\00A01111\00A01111\00A01111'),
	(12, U&'4111\200B111111111111'), (13, '+4111111111111111'), (14, 'a4111111111111111'),
	(15, '4111111111111111 12/26'), (16, '************1111'), (17, '4111 1111 1111 1111 1111'),
	(18, '4111111111111111 4111111111111111'), (19, 'none')) v(n, number) ORDER BY n;
-- digits of every script: a row per zero of Unicode, all alike
SELECT count(*), ccpii.card_network(number), ccpii.luhn_valid(number)
	FROM unnest('{30,660,6F0,7C0,966,9E6,A66,AE6,B66,BE6,C66,CE6,D66,DE6,E50,ED0,F20,1040,1090,17E0,1810,1946,
		19D0,1A80,1A90,1B50,1BB0,1C40,1C50,A620,A8D0,A900,A9D0,A9F0,AA50,ABF0,FF10,104A0,10D30,10D40,
		11066,110F0,11136,111D0,112F0,11450,114D0,11650,116C0,116D0,116DA,11730,118E0,11950,11BF0,11C50,
		11D50,11DA0,11DE0,11F50,16130,16A60,16AC0,16B50,16D70,1CCF0,1D7CE,1D7D8,1D7E2,1D7EC,1D7F6,1E140,
		1E2F0,1E4F0,1E5F1,1E950,1FBF0}'::text[]) zero,
		LATERAL (SELECT string_agg(chr(('x' || lpad(zero, 8, '0'))::bit(32)::int + digit::int), '' ORDER BY place)
			FROM regexp_split_to_table('378282246310005', '') WITH ORDINALITY t(digit, place)) x(number)
	GROUP BY 2, 3;
SELECT ccpii.card_network('４１11١١١١११११𝟏𝟏𝟏𝟏') AS mixed, ccpii.card_network('④①①①①①①①①①①①①①①①') AS circled,
	ccpii.luhn_valid('①⑧') AS circled_luhn, ccpii.luhn_valid('一八') AS kanji;
-- '' is no card, NULL stays NULL
SELECT ccpii.card_network('') IS NULL AS empty, ccpii.card_network(NULL) IS NULL AS null_network,
	ccpii.luhn_valid(NULL) IS NULL AS null_luhn;
-- in a database of another encoding: a digit of its own, and a character that
-- UTF-8 does not have
SELECT current_database() AS home \gset
CREATE DATABASE regress_ccpii_eucjp ENCODING 'EUC_JP' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0;
\connect regress_ccpii_eucjp
SET client_encoding = 'UTF8';
CREATE EXTENSION ccpii;
SELECT ccpii.card_network('４１１１１１１１１１１１１１１１') AS wide, ccpii.luhn_valid('１８') AS luhn,
	ccpii.card_network('カード') IS NULL AS word;
SELECT ccpii.card_network(value) IS NULL AS network, ccpii.luhn_valid(value) AS luhn
	FROM convert_from('\x3138fdfe', 'EUC_JP') value;
SELECT convert('\x3138fdfe', 'EUC_JP', 'UTF8');  -- fails: there is no such character
\connect :home
DROP DATABASE regress_ccpii_eucjp WITH (FORCE);
