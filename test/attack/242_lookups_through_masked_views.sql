-- A look-up through a masked view finds a row by the whole value, and shows no more of it.
--! no control: the reader knows the value
--! guesses
--! sees found 1
--@ superuser with labels
CREATE SCHEMA shown;
GRANT USAGE ON SCHEMA shown TO PUBLIC;
REVOKE ALL ON customers FROM regress_ccpii_support;
SELECT ccpii.masked_view_create('customers', 'shown.customers');
GRANT SELECT, UPDATE ON shown.customers TO regress_ccpii_support;
-- Other attempts may just have used up his look-ups.
ALTER DATABASE attack SET ccpii.lookups_per_minute = 1000;
--@ agent
SET search_path = regress_ccpii_agent, shown;
CREATE FUNCTION tell(anyelement) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS $$ BEGIN RAISE NOTICE '%', $1; RETURN true; END $$;
SELECT 'found ' || id, c.* FROM customers c WHERE phone = '+1 415-555-0142';
SELECT c FROM customers c WHERE phone = '+1 415-555-0142' AND tell(phone) AND tell(name) AND tell(c);
SELECT c, c.name FROM generate_series(0, 4) n LEFT JOIN customers c ON c.id = n WHERE c.phone = '+1 415-555-0142' AND tell(c);
SELECT c, d.name FROM customers c LEFT JOIN customers d ON tell(d) WHERE c.phone = '+1 415-555-0142' ORDER BY d.name;
SELECT (SELECT d.name FROM customers d WHERE d.phone = '+1 415-555-0142' AND d.id = c.id AND tell(d)) FROM customers c;
UPDATE customers SET calls = 0 WHERE phone = '+1 415-555-0142' RETURNING name;
