-- 2,000 customers that nobody has ever met: every draw is a hash of the
-- customer's number, so that each demo invents the same people.  Telephone
-- numbers come from ranges that regulators keep free for films and books, or
-- have a zero where no subscriber's number has one.

-- The two parts of a name, as it is written and in the letters of an e-mail
-- address, where that is not the same.
CREATE TEMPORARY TABLE culture (
	code text PRIMARY KEY, hello text, given text[], family text[],
	given_latin text[], family_latin text[], family_first boolean);

INSERT INTO culture VALUES
	('en', 'Hello,',
	 '{Olivia,Jack,Grace,Henry,Ruby,Oscar,Ella,Noah,Tessa,Miles}',
	 '{Ashworth,Bennett,Calloway,Denham,Fairley,Hartwell,Kirby,Merton,Penrose,Wray}'),
	('ga', 'Hi there,',
	 '{Aoife,Cian,Niamh,Oisín,Saoirse,Fionn,Róisín,Tadhg,Orla,Eoin}',
	 '{Byrne,Cullen,Daly,Fallon,Kearney,Lynch,Moran,Nolan,Quirke,Tierney}'),
	('fr', 'Bonjour,',
	 '{Amélie,Bastien,Chloé,Étienne,Inès,Julien,Manon,Théo,Zoé,Rémi}',
	 '{Aubert,Besson,Carlier,Delorme,Faure,Garnier,Lemaire,Noël,Perrin,Vidal}'),
	('de', 'Guten Tag,',
	 '{Jürgen,Greta,Lukas,Annika,Björn,Heike,Matthias,Sören,Ute,Käthe}',
	 '{Bäcker,Brandt,Fröhlich,Günther,Jäger,Köhler,Lindner,Scholz,Vogt,Weiß}'),
	('tr', 'Merhaba,',
	 '{Ayşe,Emre,Elif,Kerem,Zeynep,Mert,Defne,Ozan,Gülsüm,Çağlar}',
	 '{Aksoy,Bulut,Çelik,Doğan,Güneş,Kaplan,Öztürk,Şahin,Tekin,Yıldız}'),
	('es', 'Hola,',
	 '{Lucía,Mateo,Valeria,Diego,Ximena,Andrés,Inés,Joaquín,Pilar,Raúl}',
	 '{Aguilar,Castaño,Domínguez,Fuentes,Ibáñez,Márquez,Núñez,Peña,Robles,Zamora}'),
	('pt', 'Olá,',
	 '{Ana,Caio,Beatriz,Davi,Flávia,João,Letícia,Otávio,Raíssa,Tomás}',
	 '{Azevedo,Barros,Conceição,Falcão,Guimarães,Lima,Moura,Peixoto,Rocha,Vasconcelos}'),
	('in', 'Namaste,',
	 '{Priya,Arjun,Kavya,Rohan,Meera,Vikram,Anjali,Karthik,Divya,Sanjay}',
	 '{Bhat,Chandran,Deshpande,Iyer,Kulkarni,Menon,Nair,Reddy,Subramanian,Verma}'),
	('ng', 'Good day,',
	 '{Adaeze,Babatunde,Chidi,Folake,Ifeoma,Kelechi,Ngozi,Olumide,Temitope,Yetunde}',
	 '{Adeyemi,Bankole,Chukwu,Ezeudu,Ibekwe,Lawal,Nwosu,Okafor,Sowande,Uzoma}'),
	('ar', 'Salam,',
	 '{Amina,Bilal,Farida,Hassan,Layla,Mahmoud,Nadia,Omar,Salma,Youssef}',
	 '{Abdelrahman,Barakat,Darwish,El-Masri,Ghanem,Haddad,Kassem,Mansour,Saleh,Zaki}');

INSERT INTO culture VALUES
	('uk', 'Добрий день,',
	 '{Олена,Тарас,Ірина,Богдан,Соломія,Андрій,Марія,Остап}',
	 '{Бондар,Гнатюк,Данилюк,Іваненко,Ковальчук,Лисенко,Мельник,Шевчук}',
	 '{olena,taras,iryna,bohdan,solomiia,andrii,mariia,ostap}',
	 '{bondar,hnatiuk,danyliuk,ivanenko,kovalchuk,lysenko,melnyk,shevchuk}', false),
	('ja', 'こんにちは。',
	 '{花子,健太,美咲,大輔,さくら,翔太,由美,直樹}',
	 '{伊藤,加藤,小林,佐々木,高橋,中村,松本,渡辺}',
	 '{hanako,kenta,misaki,daisuke,sakura,shota,yumi,naoki}',
	 '{ito,kato,kobayashi,sasaki,takahashi,nakamura,matsumoto,watanabe}', true);

-- Twenty places, a hundred customers in each.  The pattern is one of to_char();
-- so many numbers are free in it.
CREATE TEMPORARY TABLE place (
	id int PRIMARY KEY, country text, city text, culture text, pattern text, free int);

INSERT INTO place VALUES
	(0, 'US', 'New York', 'en', '"+1 212-555-01"00', 100),
	(1, 'US', 'Chicago', 'en', '"+1 312-555-01"00', 100),
	(2, 'US', 'San Francisco', 'en', '"+1 (415) 555-01"00', 100),
	(3, 'US', 'Miami', 'es', '"+1 (305) 555-01"00', 100),
	(4, 'CA', 'Montréal', 'fr', '"+1 514-555-01"00', 100),
	(5, 'GB', 'London', 'en', '"+44 20 7946 0"000', 1000),
	(6, 'GB', 'Leeds', 'en', '"+44 7700 900"000', 1000),
	(7, 'IE', 'Cork', 'ga', '"+353 20 91"0" "0000', 10000),
	(8, 'FR', 'Lyon', 'fr', '"+33 6 39 98 "00" "00', 10000),
	(9, 'DE', 'Berlin', 'de', '"+49 30 23125"000', 1000),
	(10, 'DE', 'Köln', 'tr', '"+49 221 4710"000', 1000),
	(11, 'AU', 'Sydney', 'en', '"+61 2 5550 "0000', 10000),
	(12, 'IN', 'Pune', 'in', '"+91 20 0000 "0000', 10000),
	(13, 'IN', 'Chennai', 'in', '"+91 44 0000 "0000', 10000),
	(14, 'BR', 'São Paulo', 'pt', '"+55 11 0000-"0000', 10000),
	(15, 'MX', 'Mérida', 'es', '"+52 999 000 "0000', 10000),
	(16, 'NG', 'Lagos', 'ng', '"+234 1 000 "0000', 10000),
	(17, 'EG', 'Cairo', 'ar', '"+20 2 0000 "0000', 10000),
	(18, 'UA', 'Lviv', 'uk', '"+380 32 000 "0000', 10000),
	(19, 'JP', 'Ōsaka', 'ja', '"+81 6-0000-"0000', 10000);

-- Card numbers that the networks publish for tests.
CREATE FUNCTION pg_temp.card(seed text) RETURNS text
	LANGUAGE sql IMMUTABLE
	AS $$ SELECT pg_temp.draw(seed, '{4111111111111111, 4012888888881881, 5555555555554444,
		5105105105105100, 2223003122003222, 378282246310005, 6011111111111117}') $$;

-- What an e-mail address makes of a name.
CREATE FUNCTION pg_temp.plain(name text) RETURNS text
	LANGUAGE sql IMMUTABLE
	AS $$ SELECT translate(replace(lower(name), 'ß', 'ss'),
		'áâãäçèéêëğíîïıñóôõöōşúü- ', 'aaaaceeeegiiiinooooosuu') $$;

WITH person AS (
	SELECT n AS id, country, city, family_first,
		given[g] AS given,
		family[f] AS family,
		pg_temp.plain((coalesce(given_latin, given))[g]) AS given_plain,
		pg_temp.plain((coalesce(family_latin, family))[f]) AS family_plain,
		to_char((n / 20 * 7919 + n % 20 * 137 + 4711) % free, 'FM' || pattern) AS phone
	FROM generate_series(1, 2000) n
		JOIN place ON place.id = n % 20
		JOIN culture ON code = culture,
		LATERAL (SELECT 1 + pg_temp.dice('given' || n, cardinality(given)) AS g,
			1 + pg_temp.dice('family' || n, cardinality(family)) AS f) drawn
), address AS (
	SELECT id, CASE pg_temp.dice('local' || id, 3)
			WHEN 0 THEN given_plain || '.' || family_plain
			WHEN 1 THEN left(given_plain, 1) || '.' || family_plain
			ELSE given_plain || right(id::text, 2) END AS local,
		pg_temp.draw('domain' || id,
			'{example.com, example.net, example.org, mail.example, post.example}') AS domain
	FROM person
), numbered AS (
	SELECT id, local, domain, row_number() OVER (PARTITION BY local, domain ORDER BY id) AS nth
	FROM address
), described AS (
	SELECT p.*,
		CASE WHEN family_first THEN family || ' ' || given ELSE given || ' ' || family END AS name,
		local || CASE WHEN nth > 1 THEN nth::text ELSE '' END || '@' || domain AS email
	FROM person p
		JOIN numbered USING (id)
)
INSERT INTO customer
SELECT id, name, phone,
	CASE WHEN pg_temp.dice('has email' || id, 20) > 0 THEN email END,
	date '1948-01-01' + pg_temp.dice('birth' || id, 20000),
	country, city,
	jsonb_strip_nulls(jsonb_build_object(
		'@user_name', name,
		'@user_number', phone,
		'@user_card', CASE WHEN pg_temp.dice('has card' || id, 3) = 0 THEN pg_temp.card('card' || id) END,
		'tier', pg_temp.draw('tier' || id, '{basic, basic, basic, silver, silver, gold}'),
		'orders', pg_temp.dice('orders' || id, 12),
		'newsletter', pg_temp.dice('newsletter' || id, 2) = 1)),
	timestamptz '2024-01-01 09:00+00' + make_interval(mins => pg_temp.dice('since' || id, 500000))
FROM described;
