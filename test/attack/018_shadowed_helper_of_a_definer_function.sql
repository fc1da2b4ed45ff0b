-- A definer function of the masked login is called by the owner's; who asks is still the login.
--@ boss
CREATE FUNCTION public.call_back(text) RETURNS text LANGUAGE plpgsql AS $$ DECLARE r text; BEGIN EXECUTE $1 INTO r; RETURN r; END $$;
--@ agent
CREATE FUNCTION mine() RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN RETURN (SELECT max(phone) FROM customers); END $$;
\echo ## in an invoker function of the owner
SELECT call_back('SELECT max(phone) FROM public.customers');
\echo ## in a definer function of his own
SELECT call_back('SELECT regress_ccpii_agent.mine()');
\echo ## with a setting of its own
CREATE FUNCTION with_role() RETURNS text LANGUAGE plpgsql SET role = 'regress_ccpii_support' AS $$ BEGIN RETURN (SELECT max(phone) FROM public.customers); END $$;
SELECT with_role();
