# Promise: masked_text keeps its promise outside of queries: in dumps, in
# logical decoding and replication, in parallel workers, on a server without
# the library; and detach_all() gives back what was stored, byte by byte.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../perl";

use CcpiiTest;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $dir = PostgreSQL::Test::Utils::tempdir;
my $node = new_server(
	'masked_text', q{
wal_level = logical
max_wal_senders = 10
max_replication_slots = 10
max_prepared_transactions = 2
});

sub admin
{
	my ($sql, $database) = @_;

	return $node->safe_psql($database // 'center', $sql);
}

# Programs of the server, as regress_ccpii_ROLE.
sub run_program
{
	my ($role, $program, @arguments) = @_;
	my ($stdout, $stderr) = ('', '');

	local $ENV{PGHOST} = $node->host;
	local $ENV{PGPORT} = $node->port;
	local $ENV{PGUSER} = "regress_ccpii_$role" if $role ne 'superuser';
	my $success =
	  IPC::Run::run([ $node->installed_command($program), @arguments ],
		'>', \$stdout, '2>', \$stderr);
	return ($success, $stdout, $stderr);
}

sub is_masked
{
	my ($bytes, $name) = @_;
	my $leak = found_in($bytes);

	ok(!defined $leak, $name) or diag($leak);
	return;
}

sub is_raw
{
	my ($bytes, $name) = @_;

	ok(defined found_in($bytes), $name) or diag($bytes);
	return;
}

my $columns = q{
	id int PRIMARY KEY,
	name ccpii.masked_text(name) COLLATE "C",
	phone ccpii.masked_text(phone),
	others ccpii.masked_text(phone)[],
	mobile public.tel,
	person public.person,
	card ccpii.masked_text(partial, 0, '#', 4),
	number ccpii.masked_text(digits, 5),
	hash ccpii.masked_text(hash),
	note ccpii.masked_text DEFAULT 'xylophonium intolerance'};
my $types = q{
	CREATE DOMAIN public.tel AS ccpii.masked_text(phone);
	CREATE TYPE public.person AS (name ccpii.masked_text(name), born date)};
my $texts = q{
	id, name::text, phone::text, others::text[], mobile::text,
	(person).name::text AS nick, (person).born, card::text, number::text, hash::text, note::text};

$node->start;
admin(fixture('roles.sql'), 'postgres');
admin('CREATE DATABASE center', 'postgres');
admin(qq{
	CREATE EXTENSION ccpii;
	SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_boss IS 'CLEAR';
	SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_compliance IS 'CLEAR';
	SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_agent IS 'MASKED';
	ALTER ROLE regress_ccpii_agent RESET ALL;
	ALTER ROLE regress_ccpii_agent REPLICATION;
	ALTER ROLE regress_ccpii_compliance REPLICATION;
	GRANT CREATE ON SCHEMA public TO regress_ccpii_boss;
	CREATE TABLE original (id int, name text, phone text, others text[], mobile text, nick text, born date,
		card text, number text, hash text, note text);
	INSERT INTO original VALUES
		(1, 'Ottoline Quaverley', '+1 415-555-0142', '{+44 20 7946 0813,NULL}', '+49 171 92840613', 'Ferncastle', '1960-01-02',
			'4929 1386 2007 5518', 'call +442079460813', 'ref-turmalin-88231', 'xylophonium intolerance'),
		(2, '', NULL, '{}', NULL, NULL, NULL, '', '', '', ''),
		(3, 'Zdeněk Wölfflingen', '0', NULL, '', 'Quaverley', NULL, '1', '1', '1', repeat('gramophonist ', 100000));
	$types;
	CREATE TABLE people ($columns);
	ALTER TABLE people OWNER TO regress_ccpii_boss;
	CREATE INDEX people_phone ON people (phone);
	INSERT INTO people SELECT id, name, phone, others, mobile, CASE WHEN nick <> '' THEN ROW(nick, born)::person END,
		card, number, hash, note FROM original;
	CREATE TABLE labelled (id int PRIMARY KEY, phone text);
	ALTER TABLE labelled OWNER TO regress_ccpii_boss;
	INSERT INTO labelled VALUES (1, '+1 415-555-0142');
	SECURITY LABEL FOR ccpii ON COLUMN labelled.phone IS 'MASKED AS phone';
	GRANT SELECT ON people, labelled TO regress_ccpii_agent, regress_ccpii_compliance});

my $is_original = qq{
	SELECT count(*) FROM (SELECT * FROM original EXCEPT ALL SELECT $texts FROM people) x};
is(admin($is_original), '0', 'what was stored is there');

#
# Dumps
#
my $described = q{
	SELECT a.attname, format_type(a.atttypid, a.atttypmod), c.collname, pg_get_expr(d.adbin, d.adrelid)
	FROM pg_attribute a LEFT JOIN pg_collation c ON c.oid = a.attcollation
		LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
	WHERE a.attrelid IN ('people'::regclass, 'person'::regclass) AND a.attnum > 0 ORDER BY a.attrelid::regclass::text, a.attnum};

my ($success, $output, $errors) =
  run_program('boss', 'pg_dump', '-Fc', '-f', "$dir/clear", '-t', 'people', 'center');
ok($success, 'a clear owner dumps') or diag($errors);
admin(q{CREATE DATABASE restored}, 'postgres');
admin("CREATE EXTENSION ccpii; $types; GRANT CREATE ON SCHEMA public TO regress_ccpii_boss", 'restored');
($success, $output, $errors) =
  run_program('superuser', 'pg_restore', '-e', '-d', 'restored', "$dir/clear");
ok($success, 'the dump is restored') or diag($errors);
is(admin($described, 'restored'), admin($described), 'with types, modifiers, collations and defaults');
is( admin("SELECT md5(string_agg(p::text, '/' ORDER BY id)) FROM people p", 'restored'),
	admin("SELECT md5(string_agg(p::text, '/' ORDER BY id)) FROM people p"),
	'and what was stored');
is_masked(scalar psql_as($node, 'restored', 'agent', 'TABLE people;'),
	'who is masked sees masks in the restored database');

($success, $output, $errors) =
  run_program('agent', 'pg_dump', '-t', 'people', 'center');
ok(!$success, 'a masked role takes no dump by accident');
like($errors, qr/query would be affected by masking/, 'and is told so');
is_masked($output, 'nothing raw was written');
($success, $output, $errors) =
  run_program('agent', 'pg_dump', '--enable-row-security', '-t', 'people', 'center');
ok($success, 'a masked role takes a masked dump') or diag($errors);
is_masked($output, 'which has no stored value in it');
like($output, qr/phone ccpii\.masked_text\(phone\)/, 'but the types');
($success, $output, $errors) =
  run_program('agent', 'pg_dump', '--enable-row-security', '--inserts', '-t', 'people', 'center');
ok($success, 'also as statements') or diag($errors);
is_masked($output, 'without a stored value');

#
# Parallel workers
#
admin(q{CREATE TABLE many AS SELECT i AS id, '+1 415-555-0142'::ccpii.masked_text(phone) AS phone FROM generate_series(1, 5000) i;
	ALTER TABLE many OWNER TO regress_ccpii_boss; ALTER TABLE many SET (parallel_workers = 2);
	GRANT SELECT ON many TO regress_ccpii_agent, regress_ccpii_compliance});
my $parallel = q{
	SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;
	\t
	SELECT min(phone || ''), max(phone::text), count(*) FROM many;};
is(psql_as($node, 'center', 'compliance', $parallel),
	"+1 415-555-0142|+1 415-555-0142|5000\n", 'workers of a clear reader');
is(psql_as($node, 'center', 'agent', $parallel),
	"+X XXX-XXX-0142|+X XXX-XXX-0142|5000\n", 'workers of a masked reader');

#
# Logical decoding
#
foreach my $role ('agent', 'compliance', 'boss')
{
	admin("SELECT pg_create_logical_replication_slot('${role}_slot', 'test_decoding')");
}
admin(q{
	INSERT INTO people (id, name, phone, others, person) VALUES
		(4, 'Bartholomew Ferncastle', '+44 20 7946 0813', '{+1 415-555-0142}', ROW('Ottoline', NULL));
	UPDATE people SET id = 5 WHERE id = 4;
	DELETE FROM people WHERE id = 5});
my $changes = sub {
	my ($role) = @_;

	return scalar psql_as($node, 'center', $role,
		"SELECT data FROM pg_logical_slot_peek_changes('${role}_slot', NULL, NULL);");
};
is_masked($changes->('agent'), 'a masked role decodes masks');
like($changes->('agent'), qr/phone\[ccpii\.masked_text\]:'\+XX XX XXXX 0813'/, 'such as these');
is_raw($changes->('compliance'), 'a clear role decodes values');
is_masked(scalar psql_as($node, 'center', 'agent', q{
	SET row_security = off;
	SELECT data FROM pg_logical_slot_peek_changes('agent_slot', NULL, NULL);}),
	'not with row_security off either');
admin("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots");

#
# Logical replication
#
my $subscriber = new_server('subscriber');
$subscriber->start;
$subscriber->safe_psql('postgres', fixture('roles.sql'));
admin('CREATE PUBLICATION everything FOR TABLE people, labelled');
foreach my $role ('agent', 'compliance')
{
	$subscriber->safe_psql('postgres', "CREATE DATABASE $role");
	$subscriber->safe_psql(
		$role, qq{
		CREATE EXTENSION ccpii;
		$types;
		CREATE TABLE people ($columns);
		CREATE TABLE labelled (id int PRIMARY KEY, phone text)});
	$subscriber->safe_psql(
		$role, qq{
		CREATE SUBSCRIPTION from_center_$role
			CONNECTION 'host=@{[ $node->host ]} port=@{[ $node->port ]} dbname=center user=regress_ccpii_$role'
			PUBLICATION everything});
	$subscriber->wait_for_subscription_sync($node, "from_center_$role", $role);
}
my $content = sub {
	my ($database) = @_;

	return $subscriber->safe_psql($database,
		'SELECT * FROM people ORDER BY id; SELECT * FROM labelled ORDER BY id');
};
is_masked($content->('agent'), 'a masked replica starts with masks');
is( $subscriber->safe_psql('compliance', "SELECT md5(string_agg(p::text, '/' ORDER BY id)) FROM people p"),
	admin("SELECT md5(string_agg(p::text, '/' ORDER BY id)) FROM people p"),
	'a clear one is equal');
admin(q{
	INSERT INTO people (id, name, phone, others, person) VALUES
		(4, 'Bartholomew Ferncastle', '+44 20 7946 0813', '{+1 415-555-0142}', ROW('Ottoline', NULL));
	UPDATE people SET phone = '+49 171 92840613' WHERE id = 1});
$node->wait_for_catchup("from_center_$_") foreach ('agent', 'compliance');
is_masked($content->('agent'), 'a masked replica goes on with masks');
is( $subscriber->safe_psql('agent', 'SELECT name, phone, others, person, note FROM people WHERE id = 4'),
	'B*** F***|+XX XX XXXX 0813|{"+X XXX-XXX-0142"}|(O***,)|****',
	'as these');
is( $subscriber->safe_psql('compliance', "SELECT md5(string_agg(p::text, '/' ORDER BY id)) FROM people p"),
	admin("SELECT md5(string_agg(p::text, '/' ORDER BY id)) FROM people p"),
	'a clear one stays equal');

# With a label alone a change is sent as it is stored: README says so.
admin(q{INSERT INTO labelled VALUES (2, '+44 20 7946 0813')});
$node->wait_for_catchup('from_center_agent');
is( $subscriber->safe_psql('agent', 'SELECT phone FROM labelled ORDER BY id'),
	"+X XXX-XXX-0142\n+44 20 7946 0813", 'labels mask the start of a replica');
$subscriber->safe_psql($_, "DROP SUBSCRIPTION from_center_$_") foreach ('agent', 'compliance');
$subscriber->stop;
admin('DELETE FROM people WHERE id = 4; UPDATE people SET phone = original.phone FROM original WHERE original.id = people.id');
is(admin($is_original), '0', 'what was stored is there again');

#
# SQL objects of another version
#
admin(q{CREATE FUNCTION given() RETURNS ccpii.masked_text LANGUAGE sql STABLE SECURITY DEFINER
	RETURN (SELECT phone FROM public.people WHERE id = 1); ALTER FUNCTION given() OWNER TO regress_ccpii_boss;
	UPDATE pg_extension SET extversion = '0.0.0' WHERE extname = 'ccpii'});
like(scalar psql_as($node, 'center', 'agent', 'SELECT given();'), qr/ERROR: .*ALTER EXTENSION/s,
	'a masked reader is refused under another version');
is(psql_as($node, 'center', 'compliance', "\\t\nSELECT given();"),
	"+1 415-555-0142\n", 'a clear one is not');
admin(q{UPDATE pg_extension SET extversion = (SELECT default_version FROM pg_available_extensions WHERE name = 'ccpii')
	WHERE extname = 'ccpii'});

#
# Without the library, and away from it
#
$node->stop;
$node->append_conf('postgresql.conf', "shared_preload_libraries = ''\n");
$node->start;
foreach my $role ('agent', 'boss', 'compliance')
{
	is_masked(scalar psql_as($node, 'center', $role,
			"TABLE people; SELECT phone::text FROM people; SELECT p FROM people p; SELECT given(); COPY people TO STDOUT;"),
		"without the library $role sees masks");
}
is(admin($is_original), '0', 'a superuser sees what was stored');
like(admin('SELECT * FROM ccpii.detach_all(true)'), qr/column person stays/, 'told what stays');
admin('DROP FUNCTION given(); ALTER TABLE people ALTER person TYPE text USING (person).name::text');
like(admin('SELECT * FROM ccpii.detach_all()'), qr/^people\|column phone: type .* becomes text$/m,
	'detached without the library');
admin('DROP DOMAIN tel; DROP TYPE person; DROP EXTENSION ccpii');
is( admin('SELECT count(*) FROM (SELECT id, name, phone, others, mobile, nick, card, number, hash, note FROM original'
		  . ' EXCEPT ALL SELECT id, name, phone, others, mobile, person, card, number, hash, note FROM people) x'),
	'0',
	'and everything is as it was');
is(admin(q{SELECT DISTINCT format_type(atttypid, atttypmod) FROM pg_attribute
	WHERE attrelid = 'people'::regclass AND attnum > 1 ORDER BY 1}), "text\ntext[]", 'as text');

done_testing();
