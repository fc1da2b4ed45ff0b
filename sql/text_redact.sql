-- redact() and its relatives mask what the rules say, byte for byte.
CREATE SCHEMA regress_ccpii_redact;
SET search_path = regress_ccpii_redact, public;

--
-- The cases.  In input and expected, escapes are those of json strings.
--
CREATE TABLE cases (number int GENERATED ALWAYS AS IDENTITY, rule text, params text, input text, expected text, why text);
COPY cases (rule, params, input, expected, why) FROM STDIN;
digits	n=7			empty body stays empty
digits	n=7	hello, how can I help?	hello, how can I help?	no digits
digits	n=7	my code is 123456	my code is 123456	6 < 7
digits	n=7	my code is 1234567	my code is *******	exactly N
digits	n=7	my code is 12345678.	my code is ********.	sentence dot kept
digits	n=7	1234567	*******	whole message
digits	n=7	1234567\\n	*******\\n	trailing newline kept
digits	n=7	a1234567b	a*******b	digits glued to letters still a 7-digit number
digits	n=7	ORD1234567	ORD*******	order id with letter prefix: contiguous run counts
digits	n=7	ORD-2024-000123	ORD-****-******	hyphen joins 2024 and 000123 (10 digits); not a year-month because the right part has 6 digits
digits	n=7	12	12	two digits, N=1 edge is separate
digits	n=1	7	*	N=1 masks every digit
digits	n=4	room 101	room 101	3 < 4
digits	n=4	room 1015	room ****	N=4
digits	n=30	123	123	n larger than any number
digits	n=30	123456789012345678901234567890	******************************	30 digits, N=30
digits	n=7	999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999	************************************************************************************************************************************************************************************************************************************************************************************************************	very long run
digits	n=7	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx 5551234567	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx **********	10 kB body, hit at the very end
digits	n=7	1234567 and 7654321	******* and *******	two numbers
digits	n=7	123456 and 7654321	123456 and *******	only the long one
digits	n=7	1 234 567	* *** ***	user reads one number: 7 digits
digits	n=7	1\\u00A0234\\u00A0567	*\\u00A0***\\u00A0***	NBSP grouping (FR, RU, iOS)
digits	n=7	1\\u2009234\\u2009567	*\\u2009***\\u2009***	thin space grouping (SI)
digits	n=7	1\\u3000234\\u3000567	*\\u3000***\\u3000***	ideographic space from CJK IME
digits	n=7	123\\t4567	123\\t4567	tab is a column separator, not formatting
digits	n=7	1234\\n567	1234\\n567	newline ends a number
digits	n=7	1234\\r\\n567	1234\\r\\n567	CRLF ends a number
digits	n=7	I have 3 cats and 12 dogs	I have 3 cats and 12 dogs	letters break
digits	n=7	sizes 10 20 30 40	sizes ** ** ** **	8 digits joined by single spaces: accepted over-redaction (Danish/Norwegian phones look the same)
digits	n=7	12 34 56 78	** ** ** **	Danish phone shape
digits	n=7	415-555-0100	***-***-****	NANP with hyphens
digits	n=7	415‑555‑0100	***‑***‑****	U+2011 non-breaking hyphen
digits	n=7	415–555–0100	***–***–****	en dash from autocorrect
digits	n=7	415−555−0100	***−***−****	minus sign
digits	n=7	078-05-1120	***-**-****	US SSN shape, 9 digits
digits	n=6	3.14159	3.14159	a decimal number is not a 6-digit number
digits	n=5	3.14159	*.*****	but its fraction is itself a run of 5: grouped mode never leaves a run >= N
digits	n=7	3.14	3.14	decimal
digits	n=7	0.5	0.5	decimal
digits	n=7	1.234.567	*.***.***	DE/ES/BR thousands: 7 digits
digits	n=7	1.234.567,89	*.***.***,**	decimal comma attached: the cents go with the number
digits	n=7	1,234,567	*,***,***	US thousands
digits	n=7	$1,234,567.89	$*,***,***.**	price with 7 integer digits is masked as a number (rule is about digits, not meaning)
digits	n=7	$1,234.56	$1,234.56	4 integer digits; cents do not count
digits	n=7	$99,999.99	$99,999.99	5 integer digits
digits	n=7	12,34,567	**,**,***	Indian lakh grouping
digits	n=7	1'234'567	*'***'***	Swiss apostrophe grouping
digits	n=7	1’234’567	*’***’***	Swiss typographic apostrophe
digits	n=7	12,15,18,22	12,15,18,22	comma list of small numbers is a list
digits	n=7	1234,5678,9012	1234,5678,9012	comma list of 4-digit numbers: comma only joins thousands groups
digits	n=7	415.555.0100	***.***.****	two or more dots: formatted number
digits	n=7	06.12.34.56.78	**.**.**.**.**	French phone with dots
digits	n=7	192.168.100.20	***.***.***.**	IPv4 has 11 digits in 4 dotted groups: masked (IP is personal data)
digits	n=7	10.0.0.1	10.0.0.1	5 digits
digits	n=7	version 7.04	version 7.04	version number
digits	n=7	v2.10.3	v2.10.3	4 digits
digits	n=7	40.712776, -74.005974	40.712776, -74.005974	coordinates are decimals: 2 integer digits, fraction 6 < 7
digits	n=7	0.250750683890174	*.***************	fraction is a run of 15 >= N: masked (superset invariant)
digits	n=7	1234567. 89 left	*******. 89 left	sentence boundary: dot+space never joins
digits	n=7	2024-01-15	2024-01-15	ISO date is not a number (8 digits if joined)
digits	n=7	15/01/2024	15/01/2024	D/M/Y
digits	n=7	01/15/2024	01/15/2024	M/D/Y
digits	n=7	2024/01/15	2024/01/15	Y/M/D
digits	n=7	15-01-2024	15-01-2024	D-M-Y with 4-digit year
digits	n=7	2024-01-15 12 5550100	2024-01-15 ** *******	date does not join what follows; "12 5550100" is one 9-digit number
digits	n=7	2024-01-15T10:30:00Z	2024-01-15T10:30:00Z	ISO with T
digits	n=7	12:30	12:30	time
digits	n=7	12:30:45	12:30:45	time with seconds
digits	n=7	12:30:45.1234567	12:30:45.*******	7-digit fraction is a run >= N
digits	n=7	10:30 5550100	10:30 *******	time does not join
digits	n=7	20240115	********	compact date is a contiguous 8-digit number: indistinguishable from an id
digits	n=7	99-99-2024	**-**-****	not a valid date: 8 digits
digits	n=7	2024-13-45	****-**-**	month 13: not a date
digits	n=7	2019–2024	2019–2024	year range with en dash
digits	n=7	1234-5678	****-****	not years: 8 digits
digits	n=4	2024-01-15	****-**-**	N<=4: the year itself triggers, so date protection is off
digits	n=7	12-05-2024-1234567	**-**-****-*******	date shape inside a longer hyphenated id is not a date
digits	n=7	born 05.03.1987	born 05.03.1987	DOB is not covered by the digits rule (separate rule if wanted)
digits	n=7;keep_dates=off	2024-01-15	****-**-**	date protection switched off
digits	n=7	+1 (415) 555-0100	+* (***) ***-****	US phone format
digits	n=7	1-613-555-0101	*-***-***-****	CA phone format
digits	n=7	+44 20 7946 0958	+** ** **** ****	GB phone format
digits	n=7	07700 900123	***** ******	GB phone format
digits	n=7	+33 6 39 98 12 34	+** * ** ** ** **	FR phone format
digits	n=7	030/23125 012	***/***** ***	DE phone format
digits	n=7	+49 30 23125-012	+** ** *****-***	DE phone format
digits	n=7	+43 1 234567	+** * ******	AT phone format
digits	n=7	044 668 18 00	*** *** ** **	CH phone format
digits	n=7	06 6982 1234	** **** ****	IT phone format
digits	n=7	612 34 56 78	*** ** ** **	ES phone format
digits	n=7	0470/12 34 56	****/** ** **	BE phone format
digits	n=7	08-465 004 16	**-*** *** **	SE phone format
digits	n=7	40 61 23 45	** ** ** **	NO phone format
digits	n=7	32 12 34 56	** ** ** **	DK phone format
digits	n=7	+48 512 345 678	+** *** *** ***	PL phone format
digits	n=7	+420 601 123 456	+*** *** *** ***	CZ phone format
digits	n=7	8 (912) 345-67-89	* (***) ***-**-**	RU phone format
digits	n=7	+380 50 123 4567	+*** ** *** ****	UA phone format
digits	n=7	0532 123 45 67	**** *** ** **	TR phone format
digits	n=7	+30 21 0123 4567	+** ** **** ****	GR phone format
digits	n=7	+971 50 123 4567	+*** ** *** ****	AE phone format
digits	n=7	+966 51 234 5678	+*** ** *** ****	SA phone format
digits	n=7	+91 98765 43210	+** ***** *****	IN phone format
digits	n=7	138 1234 5678	*** **** ****	CN phone format
digits	n=7	5123 4567	**** ****	HK phone format
digits	n=7	03-1234-5678	**-****-****	JP phone format
digits	n=7	8123 4567	**** ****	SG phone format
digits	n=7	0491 570 156	**** *** ***	AU phone format
digits	n=7	021 123 4567	*** *** ****	NZ phone format
digits	n=7	(11) 96123-4567	(**) *****-****	BR phone format
digits	n=7	55 1234 5678	** **** ****	MX phone format
digits	n=7	+54 9 11 2345-6789	+** * ** ****-****	AR phone format
digits	n=7	071 123 4567	*** *** ****	ZA phone format
digits	n=7	0802 123 4567	**** *** ****	NG phone format
digits	n=7	0100 123 4567	**** *** ****	EG phone format
digits	n=7	0712 345678	**** ******	KE phone format
digits	n=7	0221/123456	****/******	DE trunk prefix with slash
digits	n=7	415-555-0100x123	***-***-****x123	extension is a separate 3-digit number
digits	n=7	call 415-555-0100 ext. 22	call ***-***-**** ext. 22	extension below N stays
digits	n=7	tel:+14155550100	tel:+***********	tel: URI
digits	n=7	https://wa.me/14155550100	https://wa.me/***********	digits rule does not skip URLs: they carry phone numbers
digits	n=7	500/1000	500/1000	slash joins only after a trunk 0 or +
digits	n=7	24/7	24/7	idiom
digits	n=8	110bcd25-a55d-453a-8046-1297901ea002	110bcd25-a55d-453a-8046-1297901ea002	no run of 8, glued groups do not join
digits	n=7	SKU 12 3A	SKU 12 3A	letter glue stops the join
digits	n=7	{"id":12345678,"n":"x"}	{"id":********,"n":"x"}	raw JSON text: caller must redact values, not serialised JSON (documented)
digits	n=7	&#43;14155550100	&#43;***********	HTML entity digits (43) do not join across ;
digits	n=7	#12345678	#********	ticket number
digits	n=7	100%	100%	percent
digits	n=7	1234567%	*******%	still a number
digits	n=7	-1234567	-*******	minus sign kept
digits	n=7	+1234567	+*******	plus kept
digits	n=7	123.456.789-09	***.***.***-**	Brazil CPF
digits	n=7	12.345.678/0001-95	**.***.***/0001-95	Brazil CNPJ: slash does not join here; branch part 6 digits stays below N (documented limit)
digits	n=7	XX1234567XX7654321	XX*******XX*******	two runs in one token
digits	n=7	１２３４５６７	*******	fullwidth digits
digits	n=7	٠١٢٣٤٥٦	*******	Arabic-Indic digits
digits	n=7	۰۱۲۳۴۵۶	*******	Extended Arabic-Indic (Persian, Urdu)
digits	n=7	०१२३४५६	*******	Devanagari
digits	n=7	০১২৩৪৫৬	*******	Bengali
digits	n=7	๐๑๒๓๔๕๖	*******	Thai
digits	n=7	𝟎𝟏𝟐𝟑𝟒𝟓𝟔	*******	mathematical bold digits (4-byte UTF-8)
digits	n=7	12٣٤567	*******	mixed scripts in one number
digits	n=7	٠١٢٣٤٥	٠١٢٣٤٥	6 Arabic-Indic digits < 7
digits	n=7	٥٠٠٬١٢٣٬٤٥٦	***٬***٬***	Arabic thousands separator
digits	n=7	①②③④⑤⑥⑦	①②③④⑤⑥⑦	circled digits are not decimal digits (Nd): left
digits	n=7	四一一一一一一	四一一一一一一	CJK numerals: left (spelled-number rule)
digits	n=7	拨打400 820 8820咨询	拨打*** *** ****咨询	CJK neighbour letters do not glue
digits	n=7	123\\u200B4567	***\\u200B****	zero-width space is transparent
digits	n=7	1\\u200D2\\u200D3\\u200D4\\u200D5\\u200D6\\u200D7	*\\u200D*\\u200D*\\u200D*\\u200D*\\u200D*\\u200D*	ZWJ between every digit
digits	n=7	123\\u2060456\\uFEFF7	***\\u2060***\\uFEFF*	word joiner and BOM
digits	n=7	123\\u00AD4567	***\\u00AD****	soft hyphen
digits	n=7	\\u202A1234567\\u202C	\\u202A*******\\u202C	bidi embedding marks
digits	n=7	4\\uFE0F\\u20E31\\uFE0F\\u20E35\\uFE0F\\u20E35\\uFE0F\\u20E35\\uFE0F\\u20E30\\uFE0F\\u20E31\\uFE0F\\u20E3	*\\uFE0F\\u20E3*\\uFE0F\\u20E3*\\uFE0F\\u20E3*\\uFE0F\\u20E3*\\uFE0F\\u20E3*\\uFE0F\\u20E3*\\uFE0F\\u20E3	keycap emoji digits
digits	n=7	123\\u03014567	123\\u03014567	a combining accent is not transparent in grouped mode (3+4)
digits	n=4;mode=contiguous	415-555-0100	415-555-****	contiguous = literal \\\\p{Nd}{N,}
digits	n=7;mode=contiguous	1 234 567	1 234 567	contiguous mode
digits	n=7;mode=contiguous	2024-01-15	2024-01-15	contiguous mode, no run of 7
digits	n=7	4111,1111,1111,1111	4111,1111,1111,1111	grouped: comma groups of 4 are not thousands
digits	n=7;mode=aggressive	4111,1111,1111,1111	****,****,****,****	aggressive
digits	n=7;mode=aggressive	123\\n4567	123\\n4567	aggressive never crosses a newline
digits	n=7	******* and 1234567	******* and *******	already masked text is stable
digits	n=4	************1111	****************	with N=4 the last four of a masked card are masked too
ai_digits	n=7	order 12345678 for John	order ******** for John	same tokens as digits; applied on the way to the AI engine, stored body untouched
ai_digits	n=4	PIN 4821, flight 12	PIN ****, flight 12	N=4
card	networks=default	4111 1111 1111 1111	**** **** **** 1111	separators kept
card	networks=default	4111.1111.1111.1111	****.****.****.1111	dots (Zendesk misses it, edna/Avaya mask it)
card	networks=default	4111\\u00A01111\\u00A01111\\u00A01111	****\\u00A0****\\u00A0****\\u00A01111	NBSP
card	networks=default	4111\\u200B1111\\u200B1111\\u200B1111	****\\u200B****\\u200B****\\u200B1111	zero-width space between groups
card	networks=default	4111_1111_1111_1111	****_****_****_1111	underscore
card	networks=default	4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1	* * * * * * * * * * * * 1 1 1 1	one by one (uniform grouping)
card	networks=default	41 11 11 11 11 11 11 11	** ** ** ** ** ** 11 11	uniform pairs
card	networks=default	41111111 11111111	******** ****1111	8-8
card	networks=default	411 1111 11111 1111	411 1111 11111 1111	odd grouping is not a card (Zendesk PR 29)
card	networks=default;grouping=any	411 1111 11111 1111	*** **** ***** 1111	grouping=any accepts it
card	networks=default	4111,1111,1111,1111	4111,1111,1111,1111	comma list is not a card
card	networks=default	4111\\n1111\\n1111\\n1111	4111\\n1111\\n1111\\n1111	newline separated: not one number
card	networks=default	４１１１１１１１１１１１１１１１	************１１１１	fullwidth digits; last four kept as typed
card	networks=default	٤١١١ ١١١١ ١١١١ ١١١١	**** **** **** ١١١١	Arabic-Indic card
card	networks=default	5555555555554444	************4444	Mastercard 5-series
card	networks=default	2223003122003222	************3222	Mastercard 2-series
card	networks=default	2721000000000004	2721000000000004	2721 is outside the Mastercard 2-series
card	networks=default	2220990000000002	2220990000000002	2220 is below 2221
card	networks=default	378282246310005	***********0005	Amex 15
card	networks=default	3782 822463 10005	**** ****** *0005	Amex 4-6-5
card	networks=default	30569309025904	**********5904	Diners 14
card	networks=default	3056 930902 5904	**** ****** 5904	Diners 4-6-4
card	networks=default	36148900647913	**********7913	Diners 36
card	networks=default	6011111111111117	************1117	Discover
card	networks=default	6445644564456445	************6445	Discover 644
card	networks=default	3530111333300000	************0000	JCB
card	networks=default	4222222222222	*********2222	Visa 13 (legacy)
card	networks=default	4111 1111 1111 1112	4111 1111 1111 1112	Luhn fails
card	networks=default	1234567812345670	1234567812345670	Luhn-valid but no network
card	networks=default	0000000000000000	0000000000000000	Luhn-valid zeros, no network
card	networks=default	1700000000004	1700000000004	unix milliseconds that pass Luhn (Presidio #1607 class): prefix 17 is no network
card	networks=default	490154203237518	490154203237518	IMEI: 15 digits, Luhn-valid, Visa has no 15
card	networks=default	9780306406157	9780306406157	ISBN-13
card	networks=default	4006381333931	4006381333931	EAN-13 starting with 4, Luhn fails: visible
card	networks=default	4000000000006	*********0006	EAN-13 starting with 4 that passes Luhn: known false positive (1 in 10) while 13-digit Visa is on
card	networks=default	0.5309136012499991	0.5309136012499991	decimal fraction (Arachni #647)
card	networks=default	5309136012499991	************9991	same digits without the decimal point
card	networks=default	http://support.example.com/tickets/4111111111111111	http://support.example.com/tickets/4111111111111111	inside a URL: skipped (Zendesk parity)
card	networks=default	My cc is 4111111111111111, I repeat, 5555 5555 5555 4444.	My cc is ************1111, I repeat, **** **** **** 4444.	two cards
card	networks=default	4111 1111 1111 1111 12/26 123	**** **** **** 1111 12/26 123	expiry and CVV stay under this rule
card	networks=default	card4111111111111111exp1226	card************1111exp1226	glued to letters
card	networks=default	415-555-0109 415-555-0199	415-555-0109 415-555-0199	two phones whose groups can be read as a 13-digit Visa: grouping 3-3-4-3 rejected
card	networks=default	deadbeef4111111111111111deadbeef	deadbeef4111111111111111deadbeef	32 hex characters: a hash, not a card
card	networks=default	<td>4111111111111111</td>	<td>************1111</td>	HTML
card	networks=default			empty
card	networks=default	no card here	no card here	nothing to do
card	networks=default	6759649826438453	6759649826438453	Maestro: not in the default profile
card	networks=default	501800000009	501800000009	Maestro 12 digits, default
card	networks=maestro	501800000009	********0009	Maestro 12 digits, opt-in
card	networks=default	6240008631401148	6240008631401148	UnionPay: not in the default profile
card	networks=unionpay	6240008631401148	************1148	UnionPay opt-in
card	networks=default	5085000000000007	5085000000000007	RuPay 508: not in the default profile
card	networks=rupay	5085000000000007	************0007	RuPay opt-in
card	networks=default	6521111111111110	************1110	65 is a Discover range: masked by default although it may be RuPay
card	networks=elo	6362970000457013	************7013	Elo opt-in
card	networks=default	4011780000000006	************0006	Elo BIN inside the Visa range: masked by default as Visa
card	networks=default	2200000000000004	2200000000000004	Mir: not in the default profile
card	networks=default	9792030000000000	9792030000000000	Troy: default
card	networks=default	6062826786276634	6062826786276634	Hipercard: default
card	networks=default	135410014004955	135410014004955	UATP: default
card	networks=uatp	135410014004955	***********4955	UATP opt-in
card+digits	n=7	4111 1111 1111 1111 and 1234567	**** **** **** 1111 and *******	card first, then digits; last four survive N=7
card+digits	n=4	4111 1111 1111 1111	**** **** **** ****	N=4 masks the last four as well
card+digits	n=7	4111 1111 1111 1112	**** **** **** ****	not a card, still a 16-digit number
email_mask		john@example.com	****@example.com	fixed four asterisks hide the length
email_mask		john.doe+tag@example.com	****@example.com	subaddressing
email_mask		o'brien@example.ie	****@example.ie	apostrophe in local part
email_mask		user_name-1@sub.example.co.uk	****@sub.example.co.uk	subdomains
email_mask		"john doe"@example.com	****@example.com	quoted local part
email_mask		John <john@example.com>, Ann <ann@example.org>	John <****@example.com>, Ann <****@example.org>	two, angle brackets
email_mask		mail me: john@example.com.	mail me: ****@example.com.	final dot is not part of the domain
email_mask		(john@example.com)	(****@example.com)	parentheses
email_mask		mailto:john@example.com?subject=hi	mailto:****@example.com?subject=hi	mailto URI
email_mask		john@münchen.de	****@münchen.de	IDN domain
email_mask		john@xn--mnchen-3ya.de	****@xn--mnchen-3ya.de	punycode domain (Presidio PR 2077)
email_mask		用户@例子.广告	****@例子.广告	EAI local part and IDN TLD
email_mask		почта@пример.рф	****@пример.рф	Cyrillic
email_mask		user＠example．com	****@example．com	fullwidth @ and dot from an IME; output uses ASCII @
email_mask		user@localhost	user@localhost	no dot: not an address
email_mask		user@[192.168.0.1]	****@[192.168.0.1]	address literal
email_mask		user@example..com	user@example..com	double dot
email_mask		https://example.com/?e=john@example.com&x=1	https://example.com/?e=****@example.com&x=1	query string: = ends the local part
email_mask		john@example.com,ann@example.com;bob@example.com	****@example.com,****@example.com;****@example.com	comma and semicolon lists
email_mask		line1\\njohn@example.com\\nline3	line1\\n****@example.com\\nline3	multi-line
email_mask		****@example.com	****@example.com	idempotent
phone_mask		+1 (415) 555-0100	+X (XXX) XXX-0100	keeps format and last four
phone_mask		my phone is 4155550100	my phone is XXXXXX0100	bare digits need a keyword nearby
phone_mask		order 4155550100	order 4155550100	bare 10 digits without phone context stay
phone_mask		06 39 98 12 34	XX XX XX 12 34	FR trunk 0
phone_mask		2024-01-15 10:30	2024-01-15 10:30	date
phone_mask		192.168.100.20	192.168.100.20	IP
anon	kind=phone	call 415-555-0100 ext. 22	call [anonphonenumber]	placeholder swallows the extension
anon	kind=phone	+442079460958	[anonphonenumber]	E.164
anon	kind=digital	write to john@example.com	write to [anondigitaladdress]	email
anon	kind=digital	no address	no address	nothing
anon	kind=content			empty stays empty
\.
CREATE FUNCTION unescape(value text) RETURNS text LANGUAGE sql IMMUTABLE
	RETURN ('"' || replace(value, '"', '\"') || '"')::json #>> '{}';
CREATE FUNCTION param(params text, name text, otherwise text) RETURNS text LANGUAGE sql IMMUTABLE
	RETURN coalesce(substring(params FROM '(?:^|;)' || name || '=([^;]*)'), otherwise);
CREATE FUNCTION run(rule text, params text, body text) RETURNS text LANGUAGE sql IMMUTABLE
	RETURN CASE rule
		WHEN 'email_mask' THEN ccpii.mask_emails_in(body)
		WHEN 'phone_mask' THEN ccpii.mask_phones_in(body)
		WHEN 'anon' THEN ccpii.anonymize_text(body, param(params, 'kind', ''))
		WHEN 'ai_digits' THEN ccpii.ai_text(body, param(params, 'n', '')::int)
		ELSE ccpii.redact(body, CASE WHEN rule = 'card' THEN 0 ELSE param(params, 'n', '')::int END, rule <> 'digits',
			networks => ARRAY[param(params, 'networks', 'default')],
			mode => CASE WHEN param(params, 'grouping', '') = 'any' THEN 'aggressive' ELSE param(params, 'mode', 'grouped') END,
			keep_dates => param(params, 'keep_dates', 'on') = 'on')
	END;
SELECT rule, count(*) FROM cases GROUP BY rule ORDER BY rule;
SELECT number, rule, params, input, expected, got
FROM cases, run(rule, params, unescape(input)) got
WHERE got IS DISTINCT FROM unescape(expected) ORDER BY number;
-- What is masked once is masked for good.
SELECT number, rule, input, again
FROM cases, run(rule, params, unescape(expected)) again
WHERE again IS DISTINCT FROM unescape(expected) AND rule <> 'card+digits' ORDER BY number;

--
-- The arguments
--
SELECT ccpii.redact(NULL::text), ccpii.redact(''), ccpii.redact('1234567', 0), ccpii.redact('1234567', 8);
SELECT ccpii.redact('4111 1111 1111 1111', 20, false), ccpii.redact('4111 1111 1111 1111', 20, true, '{}'),
	ccpii.redact('6240008631401148', 0, networks => '{default, UnionPay}');
SELECT ccpii.redact('x', -1);  -- fails
SELECT ccpii.redact('x', 33);  -- fails
SELECT ccpii.redact('x', NULL);  -- fails
SELECT ccpii.redact('x', networks => '{visa, nonesuch}');  -- fails
SELECT ccpii.redact('x', networks => '{NULL}');  -- fails
SELECT ccpii.redact('x', mode => 'Grouped');  -- fails
SELECT ccpii.ai_text('x', -1);  -- fails
SELECT ccpii.anonymize_text('x', 'name');  -- fails
SELECT ccpii.anonymize_text(body, 'content'), ccpii.anonymize_text(body, 'metadata') FROM (VALUES ('a b'), ('')) v(body);
-- Arguments that change from row to row.
SELECT n, mode, ccpii.redact('12 34 567, 12345', n, mode => mode)
FROM (VALUES (3, 'contiguous'), (5, 'grouped'), (7, 'aggressive'), (8, 'grouped')) v(n, mode);

-- A date that is kept does not change how what follows is read.
SELECT n, ccpii.redact('00:21-02/010 and 2024-01-12 02/010', n) FROM unnest('{3,4,5,6}'::int[]) n;

--
-- Together: what a number hides stays hidden, an extension too
--
SELECT ccpii.redact('call 415-555-0100 ext. 22 or 555-0199 x7', n, phones => true) FROM unnest('{0,7,10}'::int[]) n;
SELECT ccpii.redact('call 415-555-0100 ext. 22', 7, phones => true, mode => 'contiguous');
SELECT ccpii.mask_phones_in('call 415-555-0100 415-555-0199, room 5 415-555-0123, +1 415 555 0100 123456 7890');
SELECT ccpii.mask_phones_in(body) FROM (VALUES ('$4155550100 call'), ('call 4155550100 $'), ('tel 1.2345678'),
	('my IP 192.168.100.20, phone me'), ('0049 30 901820'), ('+49 (0)30 901820'), (U&'\0442\0435\043B. 2345678'), ('')) v(body);

--
-- json: strings and numbers, but no keys
--
SELECT ccpii.redact(j), ccpii.redact(j::jsonb)
FROM (VALUES (json '{"1234567": "call 415-555-0100", "id" : 12345678, "n": [1, 2.50, true, null, "a\"b\n1234567\\"]}'),
	('"1234567"'), ('1234567'), ('12'), ('null'), ('[]'), ('{ }'), (' [ "x" , 1234567.5 ] '), ('"\u0661234567"')) v(j);
SELECT ccpii.redact(NULL::json), ccpii.redact(NULL::jsonb);
SELECT ccpii.redact('{"a": "4111 1111 1111 1111"}'::json, 0, networks => '{visa}') ->> 'a';

--
-- Spans, in characters
--
SELECT kind, "position", length, network, substring(body FROM "position" FOR length) AS found
FROM (SELECT U&'\0442\0435\043B. +7 495 123-45-67, card 4111 1111 1111 1111 22 33, on 2024-01-15') v(body), ccpii.find_pii(body);
SELECT * FROM ccpii.find_pii('4111111111111111', 0, networks => '{visa}');
SELECT * FROM ccpii.find_pii(NULL);
SELECT count(*) FROM ccpii.find_pii('nothing here');

--
-- Patterns
--
SELECT ccpii.redact('IBAN DE89 3704 0044, Zoë, id AB-77', 0, patterns => '{"[A-Z]{2}[0-9]{2}(?: [0-9]{4})+", "Zo\\X", "x*"}');
SELECT ccpii.redact('id AB-77 of 1234567', patterns => '{"[A-Z]{2}-[0-9]+"}'), ccpii.redact(j, patterns => '{b}')
FROM (VALUES (json '{"b": "abc"}')) v(j);
SELECT kind, "position", length FROM ccpii.find_pii('éAB-77', patterns => '{"[A-Z]{2}-[0-9]+"}');
SELECT ccpii.redact('x', patterns => '{"(a"}');  -- fails
SELECT ccpii.redact('x', patterns => '{NULL}');  -- fails
-- Where the engine gives up, nothing is shown.
SELECT ccpii.redact(repeat('a', 5000) || '!', patterns => '{b, "(a|aa)+$"}');
SELECT kind, "position", length FROM ccpii.find_pii(repeat('a', 5000) || '!', patterns => '{b, "(a|aa)+$"}');

--
-- Long texts: each is read once
--
SELECT length(redacted), length(replace(redacted, '*', '')) FROM (VALUES (repeat('1 ', 500000)), (repeat('1,', 500000)),
	(repeat('1.', 500000)), (repeat('12-', 300000)), (repeat('(1)', 300000)), (repeat(U&'1\200B', 300000)),
	(repeat('4111111111111111 ', 60000)), (repeat('http://4111111111111111/', 40000)), (repeat('1', 1000000))) v(body),
	ccpii.redact(body, 7, phones => true) redacted;
SELECT length(ccpii.redact(repeat('1234567 a ', 100000), 0, phones => true));

DROP SCHEMA regress_ccpii_redact CASCADE;
