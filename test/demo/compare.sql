-- Customer :customer and message :message, as five readers see them.  Each of
-- them logs in and looks; the values are put side by side at the end.

\set reader admin_
\ir see.sql
\connect - compliance
\set reader compliance_
\ir see.sql
\connect - team_manager
\set reader manager_
\ir see.sql
\connect - agent
\set reader agent_
\ir see.sql
\connect - ai_engine
\set reader ai_
\ir see.sql

\pset footer off
\set title 'customer ':customer
SELECT * FROM (VALUES
	('name', :'admin_name', :'compliance_name', :'manager_name', :'agent_name', :'ai_name'),
	('phone', :'admin_phone', :'compliance_phone', :'manager_phone', :'agent_phone', :'ai_phone'),
	('email', :'admin_email', :'compliance_email', :'manager_email', :'agent_email', :'ai_email'),
	('birth_date', :'admin_birth', :'compliance_birth', :'manager_birth', :'agent_birth', :'ai_birth'),
	('@user_name', :'admin_user_name', :'compliance_user_name', :'manager_user_name', :'agent_user_name', :'ai_user_name'),
	('@user_number', :'admin_user_number', :'compliance_user_number', :'manager_user_number', :'agent_user_number', :'ai_user_number'),
	('@user_card', :'admin_user_card', :'compliance_user_card', :'manager_user_card', :'agent_user_card', :'ai_user_card'),
	('tier', :'admin_tier', :'compliance_tier', :'manager_tier', :'agent_tier', :'ai_tier')
) AS seen (:"title", admin, compliance, team_manager, agent, ai_engine);

\set title 'message ':message
SELECT * FROM (VALUES
	('admin', :'admin_body'),
	('compliance', :'compliance_body'),
	('team_manager', :'manager_body'),
	('agent', :'agent_body'),
	('ai_engine', :'ai_body')
) AS seen (reader, :"title");
