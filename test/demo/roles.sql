-- Who works in the contact center, its database, and ccpii in it.
-- Run by the superuser.

CREATE ROLE admin LOGIN;			-- owns the tables
CREATE ROLE agent LOGIN;			-- talks to customers
CREATE ROLE team_manager LOGIN;		-- may see e-mail addresses
CREATE ROLE compliance LOGIN;		-- may see everything
CREATE ROLE ai_engine LOGIN;		-- suggests answers

CREATE DATABASE contact_center OWNER admin;
\connect contact_center

CREATE EXTENSION ccpii;
GRANT ccpii_admin TO admin;
