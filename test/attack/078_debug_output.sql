-- Settings that everybody may change print parse trees and plans.
--@ agent
CREATE FUNCTION frozen() RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN (SELECT max(phone) FROM public.customers); END $$;
SET client_min_messages = debug5;
SET debug_print_parse = on;
SET debug_print_rewritten = on;
SET debug_print_plan = on;
SET debug_pretty_print = off;
SELECT name FROM customers WHERE phone <> frozen();
