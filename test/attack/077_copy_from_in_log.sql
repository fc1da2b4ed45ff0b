-- Lines of COPY FROM that fail go to the log with their values, whoever loads them.
--! log
--@ boss
\set ON_ERROR_STOP 0
\o /dev/null
COPY customers (id, name, calls) FROM STDIN;
20	Ottoline Quaverley
\.
