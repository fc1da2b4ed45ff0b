--
-- Promise: mask_emails_in() masks every e-mail address of a running text and
-- nothing else, and twice as once; email_canonical() gives one spelling for all
-- spellings of an address, and NULL for what is none.
--
\pset format unaligned
SET client_encoding = 'UTF8';

-- Canonical forms; the last column says what to look at.
SELECT address, ccpii.email_canonical(address, 'safe') AS safe, ccpii.email_canonical(address, 'provider') AS provider,
	(ccpii.email_canonical(address, 'safe'), ccpii.email_canonical(address, 'provider'))
		IS NOT DISTINCT FROM (expected_safe, expected_provider) AS ok FROM (VALUES
	(1, 'Jane.Doe@Example.COM', 'jane.doe@example.com', 'jane.doe@example.com'),
	(2, ' jane@example.com ', 'jane@example.com', 'jane@example.com'),
	(3, 'mailto:Jane@Example.com', 'jane@example.com', 'jane@example.com'),
	(4, '"Doe, Jane" <Jane@Example.com>', 'jane@example.com', 'jane@example.com'),
	(5, '<jane@example.com>', 'jane@example.com', 'jane@example.com'),
	(6, 'jane@example.com.', 'jane@example.com', 'jane@example.com'),
	(7, '"jane"@example.com', 'jane@example.com', 'jane@example.com'),
	(8, '"jane doe"@example.com', '"jane doe"@example.com', '"jane doe"@example.com'),
	(9, 'J.Doe+news@gmail.com', 'j.doe+news@gmail.com', 'jdoe@gmail.com'),
	(10, 'jdoe@googlemail.com', 'jdoe@googlemail.com', 'jdoe@gmail.com'),
	(11, 'j.d.o.e@GMAIL.com', 'j.d.o.e@gmail.com', 'jdoe@gmail.com'),
	(12, 'j.doe@company.com', 'j.doe@company.com', 'j.doe@company.com'),
	(13, 'jane+x@outlook.com', 'jane+x@outlook.com', 'jane@outlook.com'),
	(14, 'jane+x@hotmail.com', 'jane+x@hotmail.com', 'jane@hotmail.com'),
	(15, 'ja.ne@outlook.com', 'ja.ne@outlook.com', 'ja.ne@outlook.com'),
	(16, 'jane+x@icloud.com', 'jane+x@icloud.com', 'jane@icloud.com'),
	(17, 'jane+x@fastmail.com', 'jane+x@fastmail.com', 'jane@fastmail.com'),
	(18, 'jane-x@yahoo.com', 'jane-x@yahoo.com', 'jane-x@yahoo.com'),
	(19, 'support+token123@company.com', 'support+token123@company.com', 'support+token123@company.com'),
	(20, 'bücher@BÜCHER.example', 'bücher@xn--bcher-kva.example', 'bücher@xn--bcher-kva.example'),
	(21, 'info@xn--bcher-kva.EXAMPLE', 'info@xn--bcher-kva.example', 'info@xn--bcher-kva.example'),
	(22, 'jane@[192.0.2.1]', 'jane@[192.0.2.1]', 'jane@[192.0.2.1]'),
	(23, 'jane＠example.com', 'jane@example.com', 'jane@example.com'),
	(24, 'jane@@example.com', NULL, NULL),
	(25, 'jane@', NULL, NULL),
	(26, '@example.com', NULL, NULL),
	(27, 'jane', NULL, NULL),
	(28, 'jane@localhost', NULL, NULL),
	(29, 'jane@example', NULL, NULL),
	(30, 'jane@exa mple.com', NULL, NULL),
	(31, '.jane@example.com', '.jane@example.com', '.jane@example.com'),
	(32, 'ja..ne@example.com', 'ja..ne@example.com', 'ja..ne@example.com'),
	(33, 'ja..ne@docomo.ne.jp', 'ja..ne@docomo.ne.jp', 'ja..ne@docomo.ne.jp'),
	(34, 'noreply@example.com', 'noreply@example.com', 'noreply@example.com'),
	(35, 'no-reply@shop.example', 'no-reply@shop.example', 'no-reply@shop.example'),
	(36, 'mailer-daemon@example.com', 'mailer-daemon@example.com', 'mailer-daemon@example.com'),
	(37, '447911123456@s.whatsapp.net', NULL, NULL)) v(n, address, expected_safe, expected_provider) ORDER BY n;
-- Masks in running text; masked again they stay.  The cases of the rules are in
-- text_redact; here is what people and programs put around an address, and
-- between two.
SELECT body, ccpii.mask_emails_in(body) AS masked, ccpii.mask_emails_in(body) = expected
	AND ccpii.mask_emails_in(expected) = expected AS ok FROM (VALUES
	(1, 'Name <a@b.c>', 'Name <****@b.c>'),
	(2, 'a@b.c.', '****@b.c.'), (3, 'a@b.com!', '****@b.com!'), (4, 'a@b.com)', '****@b.com)'),
	(5, 'a@b.com''s', '****@b.com''s'), (6, 'a@b.com...', '****@b.com...'), (7, 'a@b.com?', '****@b.com?'),
	(8, '''a@b.com''', '''****@b.com'''), (9, '`a@b.com`', '`****@b.com`'), (10, '- a@b.com', '- ****@b.com'),
	(11, '_a@b.com_', '****@b.com_'), (12, '[a@b.com](mailto:a@b.com)', '[****@b.com](mailto:****@b.com)'),
	(13, '"a@b.com"', '"****@b.com"'), (14, '{"email":"a@b.com"}', '{"email":"****@b.com"}'),
	(15, '“a@b.com”', '“****@b.com”'), (16, '«a@b.com»', '«****@b.com»'),
	(17, 'a@b.com/c@d.com', '****@b.com/****@d.com'), (18, 'a@b.com|c@d.com', '****@b.com|****@d.com'),
	(19, 'x=a@b.com&y=c@d.com#e@f.com', 'x=****@b.com&y=****@d.com#****@f.com'),
	(20, 'foo@bar.com@baz.com', '****@bar.com@baz.com'), (21, 'a@b.com+x@c.com', '****@b.com****@c.com'),
	(22, 'git@github.com:org/repo', '****@github.com:org/repo'),
	(23, 'https://user:pass@host.com/x', 'https://user:****@host.com/x'),
	(24, 'a@my_host.example.com', '****@my_host.example.com'), (25, 'a@b.com_c', '****@b.com_c'),
	(26, 'o’brien@example.ie', '****@example.ie'), (27, '‘a@b.com’', '‘****@b.com’'),
	(28, '"a\"@b"@example.com', '****@example.com'), (29, 'x"a b"@example.com', '****@example.com'),
	(30, 'said "a" or "b c"@example.com', 'said "a" or ****@example.com'),
	(31, 'a@[IPv6:2001:db8::1].', '****@[IPv6:2001:db8::1].'),
	(32, 'A.B@GMAIL.COM', '****@GMAIL.COM'), (33, 'j***@example.com', '****@example.com')) v(n, body, expected) ORDER BY n;
-- Scripts without spaces, invisible characters, emoji, input methods.
SELECT body, ccpii.mask_emails_in(body) AS masked, ccpii.mask_emails_in(body) = expected
	AND ccpii.mask_emails_in(expected) = expected AS ok FROM (VALUES
	(1, '请联系john@example.com谢谢', '请联系****@example.com谢谢'),
	(2, '邮箱：123456@qq.com。', '邮箱：****@qq.com。'), (3, '我的邮箱123456@qq.com', '我的邮箱****@qq.com'),
	(4, 'メールはjohn@example.jpです', 'メールは****@example.jpです'),
	(5, 'อีเมลjohn@example.co.thครับ', 'อีเมล****@example.co.thครับ'),
	(6, '이메일john@example.kr으로', '이메일****@example.kr으로'),
	(7, '联系用户@例子.广告', '****@例子.广告'), (8, 'почтаivan@пример.рф', '****@пример.рф'),
	(9, 'иван1990@example.com', '****@example.com'), (10, 'josé.müller@example.es', '****@example.es'),
	(11, 'user@例子。广告', '****@例子。广告'), (12, 'ｊｏｈｎ．ｄｏｅ＠ｅｘａｍｐｌｅ．ｃｏｍ', '****@ｅｘａｍｐｌｅ．ｃｏｍ'),
	(13, '（john@example.com）', '（****@example.com）'),
	(14, '📧john@example.com😀', '📧****@example.com😀'), (15, U&'\2764\FE0Fjohn@example.com\2764\FE0F', U&'\2764\FE0F****@example.com\2764\FE0F'),
	(16, U&'jo\200Bhn@exam\200Bple.com', U&'****@exam\200Bple.com'), (17, U&'\200Fjohn@example.com\200E', U&'\200F****@example.com\200E'),
	(18, U&'\00A0john@example.com\00A0', U&'\00A0****@example.com\00A0'),
	(19, 'उपयोगकर्ता@उदाहरण.भारत', '****@उदाहरण.भारत')) v(n, body, expected) ORDER BY n;
-- No addresses: nothing changes.
SELECT body FROM (VALUES
	('@name'), ('hi @john.smith'), ('a@b'), ('a @ b.com'), ('a@ b.com'), ('a@.com'), ('a@-'), ('@@@@'), ('@'), ('＠'),
	('root@10.0.0.1'), ('5@4.155.557'), ('x@[256.0.2.1]'), ('x@[192.168.0.1'), ('"a@b'), ('"@b.com'), ('...@b.com'),
	('*@b.com'), ('a@b..com'), ('a@b. com'), ('npm i @types/node@18.0.1'), ('3 @ $4.50')) v(body)
	WHERE ccpii.mask_emails_in(body) <> body;
-- A domain is cut where it would be too long, a local part never.
SELECT ccpii.mask_emails_in(repeat('a', 1000000) || '@b.example') AS long_local,
	ccpii.mask_emails_in('"' || repeat('a ', 500000) || '"@b.example') AS long_quoted,
	ccpii.mask_emails_in('a@' || repeat('b', 64) || '.com') = '****@' || repeat('b', 64) || '.com' AS long_label,
	ccpii.mask_emails_in('a@b.' || repeat('c', 1000)) = '****@b.' || repeat('c', 1000) AS long_domain,
	ccpii.mask_emails_in(repeat('a@b.c ', 100000)) = repeat('****@b.c ', 100000) AS many;
-- Adversarial texts take a time of their length: a square of it would not end.
SELECT length(ccpii.mask_emails_in(repeat(unit, 2000000) || '"@b.com')) AS bytes FROM (VALUES
	(1, '@'), (2, 'a@'), (3, '"'), (4, '"@'), (5, '\"'), (6, '"@a.b'), (7, '＠'), (8, '-@a-')) v(n, unit) ORDER BY n;
SELECT ccpii.mask_emails_in(NULL) IS NULL AS null_body, ccpii.mask_emails_in('') = '' AS empty_body;
-- More canonical forms.
SELECT address, ccpii.email_canonical(address, 'provider') AS provider FROM (VALUES
	(1, 'MAILTO:Jane@Example.com?subject=Hi'), (2, '<mailto:jane@example.com>'), (3, 'a@b.com <c@d.com>'),
	(4, '"J. \"D\" <x>" <jane@example.com>'), (5, U&'\FEFF\00A0jane@example.com\3000\000A'),
	(6, '"j\ane"@example.com'), (7, '"j\"ane"@example.com'), (8, '"jane doe+x"@gmail.com'), (9, '"J.Doe+x"@gmail.com'),
	(10, '+x@gmail.com'), (11, '..@gmail.com'), (12, '+x@googlemail.com'), (13, 'jane+x@yahoo.com'), (14, 'jane+a+b@icloud.com'),
	(15, 'jane@faß.example'), (16, 'jane@例子。广告'), (17, 'jane@ＥＸＡＭＰＬＥ．ＣＯＭ'), (18, U&'jane@bu\0308cher.example'),
	(19, 'jane@XN--BCHER-KVA.example'), (20, 'jane@[IPv6:2001:DB8::1]'), (21, 'JanÉ@example.com'), (22, U&'.\FEFFja\200Bne@gmail.com')) v(n, address) ORDER BY n;
-- None: not one address.
SELECT address FROM (VALUES
	(''), (' '), ('a@b.com, c@d.com'), ('a@b.com c@d.com'), ('A <a@b.com>, B <c@d.com>'), ('<a@b.com'), ('a@b.com>'), ('<>'),
	('"Jane <a@b.com>'), ('a@b.com..'), ('a@b..com'), ('a b@c.com'), ('""a@b.com'), ('"a@b.com'), ('a@b_c.com'),
	('a@1.2.3.4'), ('a@[1.2.3]'), ('mailto:'), ('a@☃.example'), ('****'), (U&'a@b\0001.com'),
	(U&'\200B@b.com')) v(address)
	WHERE ccpii.email_canonical(address, 'safe') IS NOT NULL;
SELECT ccpii.email_canonical('a@' || repeat('b', 64) || '.com', 'safe') IS NULL AS label_64,
	ccpii.email_canonical('a@' || repeat('ü', 100) || '.com', 'safe') IS NULL AS long_u_label,
	length(ccpii.email_canonical('a@' || repeat('bb.', 84) || 'com', 'safe')) AS domain_255,
	ccpii.email_canonical('a@' || repeat('bb.', 84) || 'comm', 'safe') IS NULL AS domain_256;
SELECT ccpii.email_canonical('Jane@Example.com') AS by_default, ccpii.email_canonical(NULL, 'safe') IS NULL AS null_address,
	ccpii.email_canonical('jane@example.com', NULL) IS NULL AS null_mode;
SELECT ccpii.email_canonical('jane@example.com', 'Safe');  -- fails: no such mode
\echo :LAST_ERROR_SQLSTATE
-- In a database of another encoding texts go by way of UTF-8 and back.
SELECT current_database() AS home \gset
CREATE DATABASE ccpii_regression_email TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C';
\connect ccpii_regression_email
CREATE EXTENSION ccpii;
SELECT ccpii.mask_emails_in(U&'Ren\00e9e: ren\00e9e@b\00fccher.example') = U&'Ren\00e9e: ****@b\00fccher.example' AS masked,
	ccpii.mask_emails_in(U&'Ren\00e9e') = U&'Ren\00e9e' AS same,
	ccpii.email_canonical(U&'Ren\00e9e@B\00dcCHER.example') = U&'ren\00e9e@xn--bcher-kva.example' AS canonical;
\connect :home
DROP DATABASE ccpii_regression_email WITH (FORCE);
