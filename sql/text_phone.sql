--
-- Promise: a telephone number as somebody typed it becomes one form, E.164, as
-- libphonenumber gives it; "valid" is what the plan uses; a key is only what is
-- certain; what is no number is NULL, and no text raises an error.
--
\pset format unaligned
SET client_encoding = 'UTF8';
SELECT ccpii.phone_plan_version();
-- A sample of libphonenumber's answers with that metadata: of each class of
-- ../shared/cases/phones.tsv.gz (make check-phones reads all of it) the ten rows
-- with the least md5 of number, tab and region; columns 6 and 7.
CREATE TEMP TABLE sample (class text, region text, number text, e164 text, valid boolean);
COPY sample FROM stdin;
00cc	NI	0050528064366	+50528064366	t
00cc	GQ	00240906301421	+240906301421	t
00cc	ER	002917574416	+2917574416	t
00cc	ZA	0027916939758	+27916939758	t
00cc	PK	0092606111508605	+92606111508605	t
00cc	PL	0048323819999	+48323819999	t
00cc	CG	00242800123456	+242800123456	t
00cc	KG	00996800709003	+996800709003	t
00cc	CU	00538784773201	\N	f
00cc	BS	0015002345678	\N	f
carrier	BO	031 2 8390837	\N	f
carrier	BO	021 79711164	\N	f
carrier	BR	01453912430041	+5553912430041	t
carrier	FO	031754151	\N	f
carrier	AU	014483889658	+61014483889658	f
carrier	CR	0419003444980	\N	f
carrier	LU	15 900 12 345	+3521590012345	f
carrier	AU	014378878368	+61014378878368	f
carrier	CN	010 800 682 2240	+86108006822240	t
carrier	CO	0319101472710	+5719101472710	f
digits_noplus	AW	2975875059	+2975875059	t
digits_noplus	GU	16713002075	+16713002075	t
digits_noplus	MF	590691224523	+590691224523	t
digits_noplus	OM	96823123456	+96823123456	t
digits_noplus	BE	32466354013	+32466354013	t
digits_noplus	TJ	992001248931	+992001248931	t
digits_noplus	CH	41742221694	+41742221694	t
digits_noplus	SB	67748156	+67748156	t
digits_noplus	ES	34969061000	+34969061000	t
digits_noplus	DO	18294100503	+18294100503	t
digits_noplus_other	BE	23563012345	\N	f
digits_noplus_other	VU	4915086429816	\N	f
digits_noplus_other	AC	3528031880653	\N	f
digits_noplus_other	MQ	848014519	+596848014519	f
digits_noplus_other	KM	972552364903	\N	f
digits_noplus_other	JM	256763810592	\N	f
digits_noplus_other	JE	420705300521	\N	f
digits_noplus_other	NO	38390091577	\N	f
digits_noplus_other	GH	645085289849	\N	f
digits_noplus_other	BI	213780293313	\N	f
doubleplus	MA	++62825433009	+62825433009	t
doubleplus	AZ	++375259266946	+375259266946	t
doubleplus	FO	＋97380572385	+97380572385	t
doubleplus	PM	＋26808006959	+26808006959	t
doubleplus	NC	+-67753916	+67753916	t
doubleplus	GP	+-85057104550	+85057104550	t
doubleplus	DE	+-37123475852	+37123475852	t
doubleplus	PK	++67073588871	+67073588871	t
doubleplus	GA	++994900200436	+994900200436	t
doubleplus	UZ	+ 6744445023	+6744445023	t
e164	\N	+23058046499	+23058046499	t
e164	\N	+79032848955	+79032848955	t
e164	\N	+36307805089	+36307805089	t
e164	\N	+469050845	+469050845	t
e164	\N	+85290031730	+85290031730	t
e164	\N	+6923290443	+6923290443	t
e164	\N	+17847203637	+17847203637	t
e164	\N	+601563244761	+601563244761	t
e164	\N	+50929130575	+50929130575	t
e164	\N	+99360122802	+99360122802	t
e164_otherregion	GQ	+6838887670	+6838887670	t
e164_otherregion	PR	+590590574888	+590590574888	t
e164_otherregion	UZ	+61851175787	+61851175787	t
e164_otherregion	HT	+8809611985186	+8809611985186	t
e164_otherregion	TK	+37866582266	+37866582266	t
e164_otherregion	MD	+97478128299	+97478128299	t
e164_otherregion	BF	+661900295628	+661900295628	t
e164_otherregion	MV	+3531850123456	+3531850123456	t
e164_otherregion	SV	+85368005453	+85368005453	t
e164_otherregion	RS	+5493865573207	+5493865573207	t
ext	SI	+38659012345 x123	+38659012345	t
ext	SL	(025) 123456 ｅｘｔ１２	+23225123456	t
ext	IO	377 4041 anexo 12	+2463774041	t
ext	KM	771 23 45 #77	+2697712345	t
ext	MC	+377 6 30 77 53 29 x 1	+377630775329	t
ext	CV	+238 367 51 83 xt 9	+2383675183	t
ext	GU	+16717349577 x 1	+16717349577	t
ext	KY	(345) 990-6445 int 12	+13459906445	t
ext	BL	0590 28 48 22;ext=4567	+590590284822	t
ext	FK	63582 extn 5	+50063582	t
extra_digit	AG	+126878007106	\N	f
extra_digit	DJ	77 73 62 945	\N	f
extra_digit	MP	(670) 433-98882	\N	f
extra_digit	GE	+9955333339145	\N	f
extra_digit	PE	+51805858355	+51805858355	f
extra_digit	PF	+6894407317	\N	f
extra_digit	VN	0291 0639 2878	\N	f
extra_digit	GP	0690 11 74 267	\N	f
extra_digit	NU	+68388873427	\N	f
extra_digit	VG	+128486400862	\N	f
fullwidth	ES	＋３７４６０２７１２３４	+37460271234	t
fullwidth	BN	＋２３５６８６４２６３１	+23568642631	t
fullwidth	AZ	＋６７５８５２３５９５	+6758523595	t
fullwidth	AR	＋２９１１２０４８７７	+2911204877	t
fullwidth	DM	＋１６６４３９２７２１２	+16643927212	t
fullwidth	TK	＋３６３１８７２６９０４	+36318726904	t
fullwidth	US	＋８４８４６０２９８２３	+84846029823	t
fullwidth	IQ	＋６２８３２１１５７９０	+62832115790	t
fullwidth	GA	＋６８０６６０１８５６	+6806601856	t
fullwidth	FJ	＋３５８１７３５３１６９	+35817353169	t
fullwidth_nat	NO	８００ ７５ ８３２	+4780075832	t
fullwidth_nat	NR	４４４ ００５１	+6744440051	t
fullwidth_nat	BB	(２４６) ４１２-５１０７	+12464125107	t
fullwidth_nat	GN	３０ ７１ ６１ ２７	+22430716127	t
fullwidth_nat	MV	６８２-８８８３	+9606828883	t
fullwidth_nat	CC	０４８３ ０７８ ０９２	+61483078092	t
fullwidth_nat	BS	(２４２) ５４４-４４０８	+12425444408	t
fullwidth_nat	GP	０５９０ ８５ ５１ ９０	+590590855190	t
fullwidth_nat	GG	０７９１１ １１０６５８	+447911110658	t
fullwidth_nat	MG	０２０ ７２ ９７０ ５２	+261207297052	t
garbage	IS	restricted	\N	f
garbage	OM	(555) 555-5555	\N	f
garbage	CU	private	\N	f
garbage	ME	a1b2c3d4	\N	f
garbage	BY	a1b2c3d4	\N	f
garbage	FJ	911	\N	f
garbage	TJ	+99912345678	\N	f
garbage	IS	tel:;phone-context=+1	\N	f
garbage	IS	(555) 555-5555	\N	f
garbage	GP	a1b2c3d4	\N	f
groups_intl	FJ	+231 332-37 5730	+231332375730	t
groups_intl	ST	+501 638 734.8	+5016387348	t
groups_intl	MF	+43 6522.046 851	+436522046851	t
groups_intl	LA	+352 2864.876	+3522864876	t
groups_intl	SY	+220 4208.060	+2204208060	t
groups_intl	SA	+358 464.0120	+3584640120	t
groups_intl	TH	+359 8914-058.32	+359891405832	t
groups_intl	KZ	+420 6067 06 66.3	+420606706663	t
groups_intl	KH	+382 660.30 866	+38266030866	t
groups_intl	IT	+674 666-96 46	+6746669646	t
intl	EC	+681 72 83 03	+681728303	t
intl	RU	+377 6 12 64 88 00	+377612648800	t
intl	SX	+351 669 290 534	+351669290534	t
intl	PH	+1 868-715-0160	+18687150160	t
intl	NL	+91 68012 13232	+916801213232	t
intl	AE	+1 784-430-1234	+17844301234	t
intl	LR	+1 268-460-6002	+12684606002	t
intl	FJ	+231 33 237 5730	+231332375730	t
intl	AF	+47 79 66 23 66	+4779662366	t
intl	TH	+687 54.11.28	+687541128	t
jid	AZ	994900200436@s.whatsapp.net	\N	f
jid	GR	882378883398822@s.whatsapp.net	\N	f
jid	HN	50493540818@s.whatsapp.net	\N	f
jid	UA	380311234567@s.whatsapp.net	\N	f
jid	KN	18693021887@s.whatsapp.net	\N	f
jid	SH	29068168@s.whatsapp.net	\N	f
jid	KG	996700123456@s.whatsapp.net	\N	f
jid	NA	26461300201@s.whatsapp.net	\N	f
jid	SO	2522852877@s.whatsapp.net	\N	f
jid	AL	355694606815@s.whatsapp.net	\N	f
leading0_e164	CL	056807600589	\N	f
leading0_e164	SD	0249901509452	\N	f
leading0_e164	AT	0431114	+43431114	f
leading0_e164	SS	0211128614812	\N	f
leading0_e164	CK	068281081	\N	f
leading0_e164	LY	0218921234540	\N	f
leading0_e164	TZ	0255789105135	\N	f
leading0_e164	DZ	0213961953556	\N	f
leading0_e164	SD	0249154981594	\N	f
leading0_e164	JO	096288101234	\N	f
missing_digit	BR	+55553480402	+55553480402	f
missing_digit	DE	+491528056012	+491528056012	f
missing_digit	DO	+1849552207	\N	f
missing_digit	PK	+92429289606	+92429289606	f
missing_digit	WS	899 046702	\N	f
missing_digit	GN	+22463882682	+22463882682	f
missing_digit	CX	0147 176 48	+6114717648	f
missing_digit	SK	0800 123 45	+421080012345	f
missing_digit	IL	+972170035815	+972170035815	f
missing_digit	BI	+2572261615	\N	f
missing_digit2	SD	01487	\N	f
missing_digit2	NA	12345	\N	f
missing_digit2	TV	28730	+68828730	t
missing_digit2	MQ	881801	\N	f
missing_digit2	ME	9102	\N	f
missing_digit2	KM	28888	\N	f
missing_digit2	UZ	480286	\N	f
missing_digit2	PS	033758	\N	f
missing_digit2	TN	327178	\N	f
missing_digit2	CV	42196	\N	f
mobile_dialing	SM	0549 803265	+3780549803265	t
mobile_dialing	ZW	0712708132	+263712708132	t
mobile_dialing	LC	+15002345678	+15002345678	t
mobile_dialing	DO	+1 900-376-3184	+19003763184	t
mobile_dialing	ER	07 091 300	+2917091300	t
mobile_dialing	NU	8886324	+6838886324	t
mobile_dialing	UZ	+998705542484	+998705542484	t
mobile_dialing	SA	08112959899	+9668112959899	f
mobile_dialing	GB	08700362541	+448700362541	t
mobile_dialing	SJ	+47 880 12 345	+4788012345	t
nat_wrongregion	NF	(034) 829791	\N	f
nat_wrongregion	MK	(767) 266-8605	\N	f
nat_wrongregion	LT	090-8112-3927	\N	f
nat_wrongregion	MM	23 31 53 45	+9523315345	f
nat_wrongregion	BD	076-673 49 07	+880766734907	f
nat_wrongregion	AU	0321 4535545	+613214535545	f
nat_wrongregion	CH	0900 1 234567	\N	f
nat_wrongregion	KH	076 4082 8934	+8557640828934	f
nat_wrongregion	IO	05 56 09 52	\N	f
nat_wrongregion	UG	0817 743 0143	\N	f
national	MU	5471 1666	+23054711666	t
national	ZM	0216 305 786	+260216305786	t
national	TC	(649) 231-8902	+16492318902	t
national	LC	(758) 758-2601	+17587582601	t
national	MM	09 636 7702	+9596367702	t
national	RU	8 (918) 498-78-48	+79184987848	t
national	IT	374 713 8791	+393747138791	t
national	PR	(523) 818-7895	+15238187895	t
national	DM	(767) 705-4838	+17677054838	t
national	JM	(876) 729-3038	+18767293038	t
nonascii_digits	JE	+۴۴۷۷۰۰۷۹۵۶۴۸	+447700795648	t
nonascii_digits	AU	۰۴۹۳ ۴۹۹ ۶۵۷	+61493499657	t
nonascii_digits	AW	+۲۹۷۶۲۲۳۰۶۷	+2976223067	t
nonascii_digits	NR	+۶۷۴۸۸۴۶۲۶۴	+6748846264	t
nonascii_digits	CM	٦ ٧١ ٢٣ ٤٥ ٦٧	+237671234567	t
nonascii_digits	HR	٠٩٢ ١٢٣ ٤٥٦٧	+385921234567	t
nonascii_digits	UY	٠٩٠١ ٢٢١١	+5989012211	t
nonascii_digits	ZM	०२१६ ३५३ ४९२	+260216353492	t
nonascii_digits	BG	+۳۵۹۲۱۲۳۴۵۶	+3592123456	t
nonascii_digits	TW	۰۴۰۰ ۰۱۱ ۰۷۸	+886400011078	t
nsn_raw	MS	8005859218	+18005859218	t
nsn_raw	TK	721709	+690721709	t
nsn_raw	GT	41601791	+50241601791	t
nsn_raw	AI	2644982008	+12644982008	t
nsn_raw	NI	27350035	+50527350035	t
nsn_raw	JM	5002345678	+15002345678	t
nsn_raw	KY	3458491234	+13458491234	t
nsn_raw	KG	800709003	+996800709003	t
nsn_raw	UG	705389022	+256705389022	t
nsn_raw	AI	2644615096	+12644615096	t
odd_punct	TT	(868) 218.1557	+18682181557	t
odd_punct	JP	090​8206.9744	+819082069744	t
odd_punct	NZ	07 - 344  8679	+6473448679	t
odd_punct	ZM	079.7547051	+260797547051	t
odd_punct	KM	427–21–70	+2694272170	t
odd_punct	SS	0910~718892	\N	f
odd_punct	GF	0976　77/63–60	+594976776360	t
odd_punct	AT	0652–2046851	+436522046851	t
odd_punct	NR	444.3882	+6744443882	t
odd_punct	RS	067–7536886	+381677536886	t
odd_punct_intl	SV	+298–903136	+298903136	t
odd_punct_intl	GR	+1~876‐606-0942	+18766060942	t
odd_punct_intl	YE	+850/192~011​1766	+8501920111766	t
odd_punct_intl	TO	+423–870 28–12	+4238702812	t
odd_punct_intl	GW	+373765​21~495	\N	f
odd_punct_intl	SB	+216​27　085-514	+21627085514	t
odd_punct_intl	MX	+61 - 3  7887/8368	+61378878368	t
odd_punct_intl	MK	+7  808–766 75 07	+78087667507	t
odd_punct_intl	MV	+852  7887‑4742	+85278874742	t
odd_punct_intl	BR	+49 1596.6325051	+4915966325051	t
outofcountry	PW	+95 800 800 1234	+958008001234	t
outofcountry	AE	00 1 868-218-1557	+18682181557	t
outofcountry	NF	00 44 7624 504559	+447624504559	t
outofcountry	SH	00 240 222 596 209	+240222596209	t
outofcountry	DK	00 1 264-292-2611	+12642922611	t
outofcountry	NU	00 250 900 009 858	+250900009858	t
outofcountry	ZW	00 36 82 418 006	+3682418006	t
outofcountry	MV	00 389 43 382 448	+38943382448	t
outofcountry	VA	00 358 41 2345678	+358412345678	t
outofcountry	GA	00 61 1300 123 456	+611300123456	t
phone_context	KE	tel:996072861;phone-context=+996	+996996072861	t
phone_context	PK	tel:45042189;phone-context=+972	+97245042189	t
phone_context	KP	tel:590600249;phone-context=+34	+34590600249	t
phone_context	ZA	tel:680254170;phone-context=+36	+36680254170	t
phone_context	TR	tel:900200860;phone-context=+994	+994900200860	t
phone_context	AI	(264) 772-8720;isub=1	+12647728720	t
phone_context	AW	tel:7826457;phone-context=+967	+9677826457	t
phone_context	DJ	tel:649867733;phone-context=+423	+423649867733	t
phone_context	LC	tel:914984551;phone-context=+963	+963914984551	t
phone_context	ST	tel:61215839;phone-context=+378	+37861215839	t
plus_(0)	BQ	+39 (0) 35 333 0379	+390353330379	t
plus_(0)	MA	+1 (0) 8293 68 8985	\N	f
plus_(0)	BY	+353 (0) 8855.1807 52	+3538855180752	t
plus_(0)	SB	+248 (0) 46-1505-1	\N	f
plus_(0)	TO	+504 (0) 3015-179-7	\N	f
plus_(0)	KP	+212 (0) 5289.674 68	+212528967468	t
plus_(0)	VN	+592 (0) 2895 876	\N	f
plus_(0)	ZW	+27 (0) 314 92-15 00	+27314921500	t
plus_(0)	SG	+90 (0) 5922.12 217 6	+905922122176	t
plus_(0)	GL	+1 (0) 784 4545.795	\N	f
prefix_text	SV	(6623 1405	+50366231405	t
prefix_text	AO	phone=210 590 889	+244210590889	t
prefix_text	CY	phone=+357 50 692971	+35750692971	t
prefix_text	NE	phone=+227 23 48 53 39	+22723485339	t
prefix_text	TO	(69-581	+67669581	t
prefix_text	QA	(3312 3456	+97433123456	t
prefix_text	FO	M: +298 883604	+298883604	t
prefix_text	GP	call me at +590 690 21 83 88	+590690218388	t
prefix_text	IS	Tel: 545 9630	+3545459630	t
prefix_text	BI	Tel.:+257 29 01 02 10	+25729010210	t
quirk	BR	0 21 1827681632	+551827681632	t
quirk	CI	+1 2310860	\N	f
quirk	AG	1-268-5611125	+12685611125	t
quirk	CA	1-753-4849703	+17534849703	t
quirk	AR	5493781618627	+5493781618627	t
quirk	VI	01113403323113	+13403323113	t
quirk	SG	+1 5220042	\N	f
quirk	BM	1-441-5147147	+14415147147	t
quirk	HK	+378 0549 123456	+3780549123456	f
quirk	MP	01119002123456	+19002123456	t
random_digits	UA	178	\N	f
random_digits	CI	799533454	\N	f
random_digits	LT	177796393793802	\N	f
random_digits	CX	01180839079772415772	\N	f
random_digits	SX	06291156766683	\N	f
random_digits	AM	279007818152771	\N	f
random_digits	FM	05402224758173	\N	f
random_digits	KI	+3332	\N	f
random_digits	ML	+2353354	\N	f
random_digits	HK	090	\N	f
random_text	US	T,84,7	\N	f
random_text	PR	8x,a(-.7867  ,a4	\N	f
random_text	TC	84a +b#7+T)-88++	\N	f
random_text	TW	5 4Ta5665 -0;8	\N	f
random_text	ZA	55 4T,2X-//x(	\N	f
random_text	SG	1-,3.b2a6b/-	\N	f
random_text	IN	9aa	\N	f
random_text	CZ	08b0b,),  49+3	\N	f
random_text	SD	9.658T6) 	\N	f
random_text	MZ	T;9;/,72;6+.5;+x5	\N	f
rfc3966	AW	tel:+297-964-9520	+2979649520	t
rfc3966	DE	tel:+49-169-4348041	+491694348041	t
rfc3966	BB	tel:+1-246-430-1234	+12464301234	t
rfc3966	AE	tel:+971-6-447-8878	+97164478878	t
rfc3966	IT	tel:+39-178-089-6331	+391780896331	t
rfc3966	GQ	tel:+240-222-744-228	+240222744228	t
rfc3966	DO	tel:+1-524-526-4067	+15245264067	t
rfc3966	SY	tel:+963-914-984-551	+963914984551	t
rfc3966	CG	tel:+242-22-228-2048	+242222282048	t
rfc3966	CL	tel:+56-600-990-84-819	+5660099084819	t
samecc_other	NO	850 61 475	+4785061475	t
samecc_other	YE	07 874 819	+9677874819	t
samecc_other	ET	092 808 0342	+251928080342	t
samecc_other	CY	80 674971	+35780674971	t
samecc_other	SV	2379 9338	+50323799338	t
samecc_other	IS	496 7505	+3544967505	t
samecc_other	JM	(345) 730-6488	+13457306488	t
samecc_other	CD	088 65 183	+2438865183	t
samecc_other	IO	388 9705	+2463889705	t
samecc_other	KZ	8 (809) 644-74-09	+78096447409	t
trailing	UZ	8 73 433 41 49 	\N	f
trailing	IM	07624 561638!!	+447624561638	t
trailing	BI	+257 76 57 99 25 	+25776579925	t
trailing	ID	+62 827-0281-53701‎	+62827028153701	t
trailing	BT	+975 8 374 548‎	+9758374548	t
trailing	EE	565 8247 📱	+3725658247	t
trailing	SX	(721) 596-5804;	+17215965804	t
trailing	GF	0694 92 85 77‎	+594694928577	t
trailing	SR	+597 554-619 w	+597554619	t
trailing	YE	0735 168 409 home	\N	f
trunk_intl	SE	+85602077228338	+8562077228338	t
trunk_intl	SN	+610486419900	+61486419900	t
trunk_intl	GT	+2500250123456	+250250123456	t
trunk_intl	BR	+4230697861234	+423697861234	t
trunk_intl	ID	+5900691224523	+590691224523	t
trunk_intl	RU	+6765515962	+6765515962	t
trunk_intl	RU	+2120529857582	+212529857582	t
trunk_intl	GI	+22940952515	+22940952515	f
trunk_intl	AU	+390669240	+390669240	t
trunk_intl	VU	+370870712345	+37070712345	t
trunk_nsn	LR	05627191	+2315627191	t
trunk_nsn	IM	08081627866	+448081627866	t
trunk_nsn	HK	90031730	+85290031730	t
trunk_nsn	IN	07480818472	+917480818472	t
trunk_nsn	CC	0851002494	+61851002494	t
trunk_nsn	DE	01377230974	+491377230974	t
trunk_nsn	UY	019873245	\N	f
trunk_nsn	BB	12469183339	+12469183339	t
trunk_nsn	EE	8007601	+3728007601	t
trunk_nsn	AM	077123456	+37477123456	t
two_numbers	LS	2212 3456, 2212 3456	\N	f
two_numbers	DM	(767) 703-4729, (767) 703-4729	\N	f
two_numbers	PL	12 345 67 89 or 12 345 67 89	\N	f
two_numbers	IE	(022) 90137/(022) 90137	\N	f
two_numbers	IL	02-487-0644 or 02-487-0644	\N	f
two_numbers	GL	33 75 44 or 33 75 44	\N	f
two_numbers	KM	800 12 34; 800 12 34	\N	f
two_numbers	NU	888 7313 or 888 7313	\N	f
two_numbers	CZ	412 327 391, 412 327 391	\N	f
two_numbers	MC	870 050 64; 870 050 64	\N	f
vanity	PT	91234-JORT	+351912345678	t
vanity	DJ	7797-JUDK	+25377975835	t
vanity	CL	42724-YKLV	+56427249558	t
vanity	TW	040001-CHGO	+886400012446	t
vanity	NI	6206-DOTR	+50562063687	t
vanity	YE	073705-CMAH	+967737052624	t
vanity	MQ	080001-CFIK	+596800012345	t
vanity	CR	2085-KSPZ	+50620855779	t
vanity	CH	058123-HLOS	+41581234567	t
vanity	AT	081012-FGJM	+43810123456	t
wa_uri	KR	whatsapp:+5492323672466	+5492323672466	t
wa_uri	GD	whatsapp:+37356238124	+37356238124	t
wa_uri	BL	whatsapp:+13458491169	+13458491169	t
wa_uri	IR	whatsapp:+12687362720	+12687362720	t
wa_uri	BA	whatsapp:+8562055061820	+8562055061820	t
wa_uri	AS	whatsapp:+39803895	+39803895	t
wa_uri	MQ	whatsapp:+40702043327	+40702043327	t
wa_uri	KH	whatsapp:+67908000304517	+67908000304517	t
wa_uri	AD	whatsapp:+50063582	+50063582	t
wa_uri	UY	whatsapp:+97317502528	+97317502528	t
\.
SELECT count(*), count(DISTINCT class) AS classes, count(e164) AS possible,
	count(*) FILTER (WHERE valid) AS valid FROM sample;
SELECT class, number, region, e164, ccpii.phone_canonical(number, region), valid, ccpii.phone_valid(number, region)
	FROM sample
	WHERE ccpii.phone_canonical(number, region) IS DISTINCT FROM e164
		OR ccpii.phone_valid(number, region) IS DISTINCT FROM valid;
-- a key is the canonical form if there is a plus sign, else if it is valid; a
-- WhatsApp id has one that the canonical form has not
SELECT class, number, region, ccpii.phone_key(number, region) FROM sample
	WHERE class <> 'jid' AND ccpii.phone_key(number, region) IS DISTINCT FROM
		CASE WHEN valid OR number ~ '[+＋]' THEN e164 END;
SELECT number, ccpii.phone_key(number, region), ccpii.phone_canonical(number, region)
	FROM sample WHERE class = 'jid' ORDER BY number COLLATE "C";
SELECT text, ccpii.phone_key(text, 'US') AS key, ccpii.phone_canonical(text, 'US') AS canonical FROM (VALUES
	(1, '+1 415 555 2671'), (2, '(415) 555-2671'), (3, '+14155552671 ext 12'),
	(4, '555-2671'), (5, '(415) 155-2671'), (6, '+1 (415) 155-2671'), (7, '＋１ ４１５ １５５ ２６７１'),
	(8, '447911123456'), (9, '447911123456@s.whatsapp.net'), (10, '447911123456:12@s.whatsapp.net'),
	(11, '447911123456@c.us'), (12, '447911123456@lid'), (13, '447911123456@example.com'),
	(14, '120363025246125486@g.us'), (15, '@s.whatsapp.net'), (16, '4@s.whatsapp.net'),
	(17, '+447911123456@s.whatsapp.net'), (18, '447911123456@s.whatsapp.net.example')) v(n, text) ORDER BY n;
-- the region is where the number was typed; without one only + is read
SELECT region, ccpii.phone_canonical('0171 234 5678', region) AS national,
	ccpii.phone_canonical('+44 171 234 5678', region) AS international FROM (VALUES
	(1, 'GB'), (2, 'DE'), (3, 'US'), (4, NULL), (5, 'ZZ'), (6, '001'), (7, 'PN')) v(n, region) ORDER BY n;
SELECT ccpii.phone_canonical('+1 415 555 2671', 'us');  -- fails: lower case
SELECT ccpii.phone_valid('+1 415 555 2671', 'UK');  -- fails: it is GB
SELECT ccpii.phone_key('+1 415 555 2671', 'USA');  -- fails: two letters
SELECT ccpii.phone_key('+1 415 555 2671', '');  -- fails: none is NULL
SELECT ccpii.phone_canonical(NULL, 'USA') IS NULL AS nothing_to_read;
-- nothing in, nothing out
SELECT ccpii.phone_canonical(NULL, 'US'), ccpii.phone_valid(NULL, 'US'), ccpii.phone_key(NULL, 'US'),
	ccpii.phone_canonical('', 'US') IS NULL AS empty, ccpii.phone_valid('', 'US');
-- 250 characters can be a number, 251 cannot, of however many bytes
SELECT ccpii.phone_canonical(repeat(' ', 238) || '+14155552671', NULL) AS chars_250,
	ccpii.phone_canonical(repeat(' ', 239) || '+14155552671', NULL) AS chars_251,
	ccpii.phone_canonical(repeat('🙂', 238) || '+14155552671', NULL) AS bytes_964,
	ccpii.phone_canonical(repeat('4', 250), 'US') AS digits_250,
	ccpii.phone_canonical(repeat('4', 1000000), 'US') AS digits_1000000,
	ccpii.phone_canonical('(' || repeat('((1', 80), 'US') AS brackets,
	ccpii.phone_canonical(repeat('1 x', 80), 'US') AS extensions;
-- the functions may stand in an index, and scans of it may be parallel
SELECT proname, provolatile, proparallel, proisstrict FROM pg_proc
	WHERE pronamespace = 'ccpii'::regnamespace AND proname ~ '^phone_' ORDER BY proname COLLATE "C";
