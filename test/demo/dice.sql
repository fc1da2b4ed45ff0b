-- A die that falls the same way every time, so that each run invents the same
-- people: 0 to faces - 1.
CREATE FUNCTION pg_temp.dice(seed text, faces int) RETURNS int
	LANGUAGE sql IMMUTABLE
	AS $$ SELECT ('x' || substr(md5(seed), 1, 7))::bit(28)::int % faces $$;

CREATE FUNCTION pg_temp.draw(seed text, choices text[]) RETURNS text
	LANGUAGE sql IMMUTABLE
	AS $$ SELECT choices[1 + pg_temp.dice(seed, cardinality(choices))] $$;
