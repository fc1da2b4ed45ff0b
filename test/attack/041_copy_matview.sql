-- COPY of a materialized view, which majors from 18 on allow.
--! from 18
--@ agent
COPY customer_copy TO STDOUT;
