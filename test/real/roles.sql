-- Who uses the database of a Chatwoot: the application, which owns the tables,
-- and three groups of readers, each with a login.

CREATE ROLE chatwoot LOGIN;
CREATE ROLE agent LOGIN;
CREATE ROLE supervisor LOGIN;
CREATE ROLE ai_engine LOGIN;

CREATE DATABASE chatwoot OWNER chatwoot;
ALTER DATABASE chatwoot SET search_path = chatwoot, public;
\connect chatwoot

CREATE EXTENSION ccpii;
GRANT ccpii_admin TO chatwoot;
