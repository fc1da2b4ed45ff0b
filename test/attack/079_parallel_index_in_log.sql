-- A unique index is built by parallel workers, one of which finds a value twice.
--! log
--@ boss
\set ON_ERROR_STOP 0
CREATE UNIQUE INDEX ON contacts (phone);
CREATE UNIQUE INDEX ON contacts (upper(phone));
CREATE UNIQUE INDEX ON contacts (phone);
CREATE UNIQUE INDEX ON contacts (upper(phone));
CREATE UNIQUE INDEX ON contacts (phone);
CREATE UNIQUE INDEX ON contacts (upper(phone));
