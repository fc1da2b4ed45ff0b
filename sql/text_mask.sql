--
-- Promise: each mask shows of a value what DESIGN.md, section 3, lets it show
-- and nothing else, in any script; what a mask does not understand it hides
-- wholly; masking twice is masking once; '' stays '' and NULL stays NULL.
--
\pset format unaligned
SET client_encoding = 'UTF8';
SET DateStyle = 'ISO, YMD';
SET TimeZone = 'UTC';
-- phone: the last min(4, n/2) of n positions stay, min(2, n/2) for n <= 7
SELECT value, ccpii.mask_phone(value) FROM (VALUES
	(1, '415-555-7890'), (2, '+1 (415) 555.7890'), (3, '0221/123456'),
	(4, '+442079460958'), (5, '123456789012345'),
	(6, '12345678'), (7, '1234567'), (8, '7743'), (9, '123'), (10, '12'),
	(11, '1'), (12, 'XXX-XXX-7890'), (13, 'XX43'), (14, '')) v(n, value) ORDER BY n;
-- layout of other scripts stays; their digits are positions
SELECT value, ccpii.mask_phone(value) FROM (VALUES
	(1, '٠١٢٣٤٥٦٧٨'), (2, '＋８１　３−１２３４‐５６７８'),
	(3, U&'+49\00A030\202F901820'), (4, '१२३४'), (5, '4155557८९०')) v(n, value) ORDER BY n;
-- no telephone number: nothing is shown
SELECT value, ccpii.mask_phone(value) FROM (VALUES
	(1, '1234567890123456'), (2, '+()-./ '), (3, '415-555-7890 x22'),
	(4, '415-555-7890, 415-555-7891'), (5, 'call me'), (6, '555#7890'),
	(7, U&'415\000A5557890'), (8, U&'415\00095557890'), (9, U&'415\200B5557890'),
	(10, 'xxx-xxx-7890'), (11, '****')) v(n, value) ORDER BY n;
-- email: one address, of which the domain stays as typed
SELECT value, ccpii.mask_email(value) FROM (VALUES
	(1, 'jane.doe@domain.com'), (2, 'j@domain.com'), (3, 'J.Doe+tag@Mail.Example.CO.UK'),
	(4, '"jane doe"@example.com'), (5, '"a\"@b"@example.com'), (6, '""@example.com'),
	(7, 'müller@bücher.example'), (8, 'a@xn--bcher-kva.example'),
	(9, 'उपयोगकर्ता@उदाहरण.भारत'), (10, 'jane＠example.com'), (11, 'a@127.example.x1'),
	(12, 'a@[192.0.2.1]'), (13, 'a@[IPv6:2001:db8::1]'),
	(14, 'a@[IPv6:::ffff:192.0.2.1]'), (15, '****@domain.com'), (16, '')) v(n, value) ORDER BY n;
-- not one address and nothing else: nothing is shown
SELECT value, ccpii.mask_email(value) FROM (VALUES
	(1, 'jane.doe'), (2, '@domain.com'), (3, 'jane@'), (4, 'jane@localhost'),
	(5, 'jane@domain.com '), (6, ' jane@domain.com'), (7, U&'jane@domain.com\000A'),
	(8, 'jane@domain.com, joe@domain.com'), (9, 'Jane <jane@domain.com>'),
	(10, 'jane@@domain.com'), (11, 'jane@domain..com'), (12, 'jane@.com'),
	(13, 'jane@domain.com.'), (14, 'jane doe@domain.com'), (15, '"jane"doe@domain.com'),
	(16, '"jane@domain.com'), (17, 'jane@do_main.com'), (18, 'x@415.555.7890'),
	(19, 'x@+1.4155557890'), (20, 'a@[256.0.2.1]'), (21, 'a@[4155557890]'),
	(22, 'a@[IPv6:4155557890::]'), (23, 'a@[IPv6:1::2::3]'), (24, U&'a\0085@b.example'),
	(25, U&'"a\2028b"@b.example'), (26, '🙂@b.example'), (27, 'a@🙂.example')) v(n, value) ORDER BY n;
SELECT ccpii.mask_email('a@' || repeat('b', 63) || '.com') = '****@' || repeat('b', 63) || '.com' AS label_63,
	ccpii.mask_email('a@' || repeat('b', 64) || '.com') AS label_64,
	length(ccpii.mask_email('a@' || repeat('bb.', 84) || 'com')) AS domain_255,
	ccpii.mask_email('a@' || repeat('bb.', 84) || 'comm') AS domain_256,
	ccpii.mask_email(repeat('a', 1000000) || '@b.example') AS long_local;
-- card: 12 to 19 positions, of which the last four stay
SELECT value, ccpii.mask_card(value) FROM (VALUES
	(1, '4111111111111111'), (2, '4111 1111 1111 1111'), (3, '3782-822463-10005'),
	(4, '4111.1111_1111 1112'), (5, '123456789012'), (6, '1234567890123456789'),
	(7, '４１１１１１１１１１１１１２３４'), (8, '************1111'), (9, ''),
	(10, '12345678901'), (11, '12345678901234567890'), (12, '4111 1111 1111 1111 12/26'),
	(13, U&'4111\000A111111111111'), (14, 'none'), (15, '****')) v(n, value) ORDER BY n;
-- name: first letters; fewer than three letters in all show nothing
SELECT value, ccpii.mask_name(value) FROM (VALUES
	(1, 'Jane Doe'), (2, 'Anna-Maria O''Neill Jr.'), (3, 'jane'), (4, '  Jane   Doe  '),
	(5, U&'Jane\00A0Doe\000A\0009Smith'), (6, 'Élodie Ångström'), (7, U&'E\0301lodie'),
	(8, 'Анна Иванова'), (9, '佐々木 希'), (10, 'محمد علي'), (11, '(Jane) "Doe"'),
	(12, '007 James Bond'), (13, 'R2 D2'), (14, 'R2 D2 C3'), (15, '🙂 Jane'),
	(16, 'A*** B***'), (17, '*** J***'), (18, '')) v(n, value) ORDER BY n;
SELECT value, ccpii.mask_name(value) FROM (VALUES
	(1, 'Li'), (2, 'A B'), (3, '李明'), (4, U&'e\0301\0302\0303'), (5, '   '),
	(6, '12345'), (7, '...'), (8, '*'), (9, '****'), (10, '*** ***'), (11, '１２３'),
	(12, U&'\0301\0301\0301')) v(n, value) ORDER BY n;
-- digits(n): in running text, contiguous numbers of n digits or more
SELECT ccpii.mask_digits('my code is 123456', 6) AS six,
	ccpii.mask_digits('my code is 12345', 6) AS five,
	ccpii.mask_digits('a1b22c333', 2) AS two, ccpii.mask_digits('1 2', 1) AS one,
	ccpii.mask_digits(repeat('9', 32), 32) AS longest, ccpii.mask_digits('', 1) AS empty;
SELECT ccpii.mask_digits('номер 1٢３४5 и 1234', 5) AS mixed,
	ccpii.mask_digits('②②②②② ½½½½½ ⅣⅣⅣⅣⅣ 二二二二二', 5) AS no_digits,
	ccpii.mask_digits('415-555-7890', 4) AS separated,
	ccpii.mask_digits('𝟘𝟙𝟚𝟛𝟜', 5) AS wide;
-- cards: in running text, card numbers but for their last four digits
SELECT value, ccpii.mask_cards(value) FROM (VALUES
	(1, 'Visa 4111111111111111, 4222222222222 and 4000000000000000006'),
	(2, 'Mastercard 5555555555554444 and 2223003122003222'),
	(3, 'Amex 378282246310005, Diners 30569309025904, 36148900647913'),
	(4, 'Discover 6011111111111117, 6445644564456445, JCB 3530111333300000'),
	(5, '４１１１１１１１１１１１１１１１'), (6, 'a4111111111111111b'), (7, '')) v(n, value) ORDER BY n;
-- no card: wrong check digit, no such network, no such length, too long
SELECT value, ccpii.mask_cards(value) = value AS unchanged FROM (VALUES
	(1, '4111111111111112'), (2, '1234567812345670'), (3, '0000000000000000'),
	(4, '2721000000000004'), (5, '2220990000000002'), (6, '490154203237518'),
	(7, '41111111111111110'), (8, '411111111111111100000'), (9, '9780306406157'),
	(10, '************1111'), (11, '4155557890')) v(n, value) ORDER BY n;
-- partial: at most half of the characters, the first ones first
SELECT ccpii.mask_partial('DE89370400440532013000', 4, '*', 2) AS iban,
	ccpii.mask_partial('abcd', 4, '*', 4) AS half, ccpii.mask_partial('abcd', 1, '#', 1) AS both,
	ccpii.mask_partial('abcde', 0, '-', 1) AS last, ccpii.mask_partial('a', 1, '*', 0) AS single,
	ccpii.mask_partial('', 1, '*', 1) AS empty, ccpii.mask_partial('佐々木希', 1, '*', 1) AS kanji,
	ccpii.mask_partial('abcd', 0, ' ', 0) = '    ' AS blank;
-- full
SELECT ccpii.mask_full('x') AS short, ccpii.mask_full(repeat('x', 100000)) AS long,
	ccpii.mask_full('') AS empty;
-- NULL stays NULL, for a missing argument too
SELECT ccpii.mask_full(NULL) IS NULL AND ccpii.mask_phone(NULL) IS NULL
	AND ccpii.mask_email(NULL) IS NULL AND ccpii.mask_card(NULL) IS NULL
	AND ccpii.mask_name(NULL) IS NULL AND ccpii.mask_cards(NULL) IS NULL
	AND ccpii.mask_digits(NULL, 4) IS NULL AND ccpii.mask_digits('1234', NULL) IS NULL
	AND ccpii.mask_partial(NULL, 1, '*', 1) IS NULL AND ccpii.mask_partial('abcd', 1, NULL, 1) IS NULL
	AND ccpii.mask_fit(NULL, 4) IS NULL AND ccpii.mask_year(NULL::date) IS NULL
	AND ccpii.mask_month(NULL::timestamptz) IS NULL AS all_null;
-- arguments out of range are errors that name the range
SELECT ccpii.mask_digits('415-555-7890', 0);  -- fails: less than 1
SELECT ccpii.mask_digits('415-555-7890', 33);  -- fails: more than 32
SELECT ccpii.mask_partial('415-555-7890', -1, '*', 0);  -- fails: negative prefix
SELECT ccpii.mask_partial('415-555-7890', 0, '*', 1025);  -- fails: suffix too large
SELECT ccpii.mask_partial('415-555-7890', 1, '', 1);  -- fails: no fill
SELECT ccpii.mask_partial('415-555-7890', 1, '**', 1);  -- fails: two fills
SELECT ccpii.mask_partial('415-555-7890', 1, 'é', 1);  -- fails: fill is not ASCII
SELECT ccpii.mask_partial('415-555-7890', 1, E'\n', 1);  -- fails: fill is a control character
SELECT ccpii.mask_fit('415-555-7890', 0);  -- fails: less than 1
-- fit: what varchar(n) cannot hold becomes asterisks
SELECT ccpii.mask_fit('****@domain.com', 15) AS fits, ccpii.mask_fit('****@domain.com', 14) AS too_long,
	ccpii.mask_fit('XX43', 3) AS three, ccpii.mask_fit('J*** D***', 1) AS one,
	ccpii.mask_fit('É*** 佐***', 9) AS characters, ccpii.mask_fit('', 1) AS empty;
-- year, month: the first instant, in UTC whatever the session's zone
SELECT ccpii.mask_year(date '1984-02-29') AS year, ccpii.mask_month(date '1984-02-29') AS month,
	ccpii.mask_year(timestamp '1984-02-29 23:59:59.999999') AS year_ts,
	ccpii.mask_month(timestamp '1984-02-29 23:59:59.999999') AS month_ts;
SET TimeZone = 'Asia/Tokyo';
SELECT ccpii.mask_year(timestamptz '2024-01-01 03:00:00+09') AT TIME ZONE 'UTC' AS year_tz,
	ccpii.mask_month(timestamptz '2024-03-01 03:00:00+09') AT TIME ZONE 'UTC' AS month_tz;
SET TimeZone = 'UTC';
SELECT ccpii.mask_year(date 'infinity') AS year, ccpii.mask_month(date '-infinity') AS month,
	ccpii.mask_year(timestamp '-infinity') AS year_ts, ccpii.mask_month(timestamptz 'infinity') AS month_tz;
SELECT ccpii.mask_year(date '4714-12-31 BC') AS first_day,
	ccpii.mask_year(timestamp '4714-12-31 BC') AS first_instant,
	ccpii.mask_month(date '0001-03-15 BC') AS month_bc, ccpii.mask_year(date '5874897-12-31') AS last_year;
-- hash: there is no way to supply a key
SELECT ccpii.mask_hash('415-555-7890', 1);  -- fails: no such function
SELECT ccpii.mask_hash('415-555-7890', '1');  -- fails: no key is written as text
SELECT ccpii.mask_hash('415-555-7890', 1::ccpii.plan_token);  -- fails: no such cast
PREPARE hash_of(ccpii.plan_token) AS SELECT ccpii.mask_hash('415-555-7890', $1);
EXECUTE hash_of(1);  -- fails: no such cast
EXECUTE hash_of('1');  -- fails: no key is written as text
DEALLOCATE hash_of;
SELECT ccpii.mask_hash('415-555-7890', NULL) IS NULL AS strict;
-- masking twice is masking once, on all of these: no row
CREATE TEMPORARY TABLE tricky (value text);
INSERT INTO tricky
	SELECT concat(a, b, c) FROM
		unnest(ARRAY['', '*', '***', 'X', '7', '415', 'Jane', 'é', '佐', '٣', '@', '"', ' ', '4111111111111111']) a,
		unnest(ARRAY['', '*', '****', '@', '@b.example', ' ', '-', '12', 'X9', U&'\0301', '...']) b,
		unnest(ARRAY['', '*', 'Doe', '7890', '1234567890123456', ' ', U&'\000A', '.com', '①', '🙂']) c;
SELECT count(*), count(*) FILTER (WHERE value = '') AS empty FROM tricky;
SELECT mask, value, once, twice FROM tricky, LATERAL (VALUES
	('phone', ccpii.mask_phone(value), ccpii.mask_phone(ccpii.mask_phone(value))),
	('email', ccpii.mask_email(value), ccpii.mask_email(ccpii.mask_email(value))),
	('card', ccpii.mask_card(value), ccpii.mask_card(ccpii.mask_card(value))),
	('name', ccpii.mask_name(value), ccpii.mask_name(ccpii.mask_name(value))),
	('full', ccpii.mask_full(value), ccpii.mask_full(ccpii.mask_full(value))),
	('cards', ccpii.mask_cards(value), ccpii.mask_cards(ccpii.mask_cards(value))),
	('digits', ccpii.mask_digits(value, 3), ccpii.mask_digits(ccpii.mask_digits(value, 3), 3)),
	('partial', ccpii.mask_partial(value, 2, 'X', 3), ccpii.mask_partial(ccpii.mask_partial(value, 2, 'X', 3), 2, 'X', 3)),
	('fit', ccpii.mask_fit(value, 3), ccpii.mask_fit(ccpii.mask_fit(value, 3), 3)))
	AS m (mask, once, twice)
	WHERE once IS DISTINCT FROM twice OR (value = '') <> (once = '')
	ORDER BY mask, value;
DROP TABLE tricky;
-- a long, compressed value
SELECT length(ccpii.mask_name(repeat('Jane ', 100000))) AS name,
	length(ccpii.mask_digits(repeat('1234 ', 100000), 4)) AS digits,
	ccpii.mask_phone(repeat('1', 100000)) AS phone;
-- all are pure, and executable by everybody
SELECT oid::regprocedure, provolatile, proisstrict, proparallel,
	has_function_privilege('public', oid, 'EXECUTE') AS public
	FROM pg_proc WHERE pronamespace = 'ccpii'::regnamespace
	AND proname = ANY ('{mask_full,mask_phone,mask_email,mask_card,mask_name,mask_digits,mask_cards,mask_partial,mask_hash,mask_fit,mask_year,mask_month}')
	ORDER BY oid::regprocedure::text COLLATE "C";
