# Promise: CREATE EXTENSION works where it is safe and says what is missing
# where it is not; leaving and coming back work; where library and SQL objects
# do not fit together, masked readers get an error and no value.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../perl";

use CcpiiTest;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = new_server('install');

# The superuser's statement fails with this SQLSTATE, message and hint.
sub fails
{
	my ($database, $sql, $state, $message, $hint, $name) = @_;
	my $output = psql_as($node, $database, 'superuser',
		"\\set VERBOSITY verbose\n$sql");

	like($output, qr/ERROR:  \Q$state\E: \Q$message\E/, $name);
	like($output, qr/HINT:  \Q$hint\E/, "$name: the hint") if $hint ne '';
	return;
}

sub admin
{
	my ($sql, $database) = @_;

	return $node->safe_psql($database // 'postgres', $sql);
}

my $count_of_ours = q{
	SELECT (SELECT count(*) FROM pg_namespace WHERE nspname = 'ccpii')
		+ (SELECT count(*) FROM pg_extension WHERE extname = 'ccpii')
		+ (SELECT count(*) FROM pg_roles WHERE rolname = 'ccpii_admin')
		+ (SELECT count(*) FROM pg_shseclabel)};
my $line = 'Add this line to postgresql.conf and restart the server: '
  . "shared_preload_libraries = 'ccpii'";

# 1. Without preload.
$node->adjust_conf('postgresql.conf', 'shared_preload_libraries', "''");
$node->start;
fails('postgres', 'CREATE EXTENSION ccpii;', '55000',
	'ccpii must be loaded via "shared_preload_libraries"',
	$line, 'CREATE EXTENSION without preload');
fails('postgres', "LOAD 'ccpii'; CREATE EXTENSION ccpii;", '55000',
	'ccpii must be loaded via "shared_preload_libraries"',
	$line, 'nor does LOAD help');
is(admin($count_of_ours), '0', 'nothing is left behind');
$node->stop;

# A library of a similar name is not ours.
$node->adjust_conf('postgresql.conf', 'shared_preload_libraries',
	"'auto_explain'");
$node->start;
fails('postgres', 'CREATE EXTENSION ccpii;', '55000',
	'ccpii must be loaded via "shared_preload_libraries"',
	$line, 'another library is preloaded');
$node->stop;

# 2. With preload: who stands in the way.
$node->adjust_conf('postgresql.conf', 'shared_preload_libraries',
	"'auto_explain, ccpii'");
$node->start;
admin(
	q{
	CREATE ROLE regress_ccpii_squatter LOGIN;
	GRANT CREATE ON DATABASE postgres TO regress_ccpii_squatter;
});
psql_as($node, 'postgres', 'squatter', 'CREATE SCHEMA ccpii;', 1);
fails('postgres', 'CREATE EXTENSION ccpii;', '42501',
	'schema "ccpii" exists and belongs to role "regress_ccpii_squatter"',
	'Look at what it holds, then drop or rename it.',
	'schema of somebody else');
like(
	psql_as($node, 'postgres', 'squatter', 'CREATE EXTENSION ccpii;'),
	qr/permission denied to create extension "ccpii"/,
	'only a superuser can install it');
foreach my $object (
	'CREATE FUNCTION ccpii.mask_phone(int) RETURNS int LANGUAGE sql AS $$SELECT 1$$',
	'CREATE TABLE ccpii.t ()',
	'CREATE DOMAIN ccpii.plan_token2 AS int',
	'CREATE OPERATOR ccpii.=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq)')
{
	admin("DROP SCHEMA ccpii CASCADE; CREATE SCHEMA ccpii; $object");
	fails('postgres', 'CREATE EXTENSION ccpii;', '55006',
		'schema "ccpii" is not empty',
		'Look at what it holds, then drop or rename it.',
		"schema with: $object");
}
admin('DROP SCHEMA ccpii CASCADE');
foreach my $attribute ('LOGIN', 'SUPERUSER', 'CREATEROLE', 'CREATEDB',
	'REPLICATION', 'BYPASSRLS')
{
	admin("CREATE ROLE ccpii_admin $attribute");
	fails('postgres', 'CREATE EXTENSION ccpii;', '42710',
		'role "ccpii_admin" exists and has attributes of its own',
		'Run ALTER ROLE ccpii_admin NOSUPERUSER',
		"role with $attribute");
	my ($repair) = psql_as($node, 'postgres', 'superuser',
		'CREATE EXTENSION ccpii;') =~ /HINT:  Run (.*)\.$/m;
	admin($repair);
	is(psql_as($node, 'postgres', 'superuser', 'CREATE EXTENSION ccpii;'),
		'', "after the repair of $attribute it works");
	admin('DROP EXTENSION ccpii; DROP SCHEMA IF EXISTS ccpii; DROP ROLE ccpii_admin');
}

# 3. With members, in a schema that the superuser has made.
admin(
	q{
	CREATE ROLE ccpii_admin;
	CREATE ROLE "regress_ccpii Ann";
	GRANT ccpii_admin TO regress_ccpii_squatter, "regress_ccpii Ann";
	CREATE SCHEMA ccpii;
});
my $output =
  psql_as($node, 'postgres', 'superuser', 'CREATE EXTENSION ccpii;');
like(
	$output,
	qr/WARNING:  role "ccpii_admin" exists and has members: "regress_ccpii Ann", regress_ccpii_squatter$/m,
	'members of an existing role are told');
unlike($output, qr/ERROR/, 'and accepted');
is( admin(
		q{SELECT datname, label FROM pg_shseclabel JOIN pg_database d ON d.oid = objoid}
	),
	'postgres|installed',
	'the database is marked');
admin('DROP EXTENSION ccpii; DROP OWNED BY regress_ccpii_squatter');
admin('DROP ROLE ccpii_admin, regress_ccpii_squatter, "regress_ccpii Ann"');

# 4. Two databases, the second by an installer whose functions are not PUBLIC's.
create_center($node, 'first');
create_center($node, 'second', 1);
admin('ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC; ALTER DEFAULT PRIVILEGES REVOKE USAGE ON TYPES FROM PUBLIC',
	'second');
my $refusal = psql_as($node, 'second', 'superuser',
	"\\set VERBOSITY verbose\nSECURITY LABEL FOR ccpii ON COLUMN customers.name IS 'MASKED';"
);
like(
	$refusal,
	qr/ERROR:  55000: extension "ccpii" is not installed in this database\n.*HINT:  Run CREATE EXTENSION ccpii\./s,
	'a database without the extension can have no labels');
is( psql_as($node, 'second', 'agent', "\\t\nSELECT name FROM customers WHERE id = 1;"),
	"Ottoline Quaverley\n",
	'nor masks');
admin(fixture('labels.sql') =~ s/SECURITY LABEL FOR ccpii ON ROLE.*\n//gr,
	'second');
admin(
	q{
	SELECT ccpii.pii_attribute_add('@phone', 'phone');
	CREATE TABLE all_masks (id int, a text, b text, c text, d text, e varchar(3), f date, g timestamp, h timestamptz,
		i jsonb, j json, k jsonb, l text, m int);
	INSERT INTO all_masks VALUES (1, '+1 415-555-0142', 'x@y.example', '4929138620075518', 'Ottoline', 'abcdef'::varchar(3),
		'1971-03-14', '1971-03-14', '1971-03-14', '{"phone": "4155550142"}', '{"phone": "4155550142"}', '{"phone": "4155550142"}', 'secret', 42);
	GRANT SELECT ON all_masks TO PUBLIC;
	SECURITY LABEL FOR ccpii ON COLUMN all_masks.a IS 'MASKED AS digits(3)';
	SECURITY LABEL FOR ccpii ON COLUMN all_masks.b IS 'MASKED AS partial(1, ''#'', 1)';
	SECURITY LABEL FOR ccpii ON COLUMN all_masks.c IS 'MASKED AS cards';
	SECURITY LABEL FOR ccpii ON COLUMN all_masks.d IS 'MASKED AS hash';
	SECURITY LABEL FOR ccpii ON COLUMN all_masks.e IS 'MASKED AS full';
	SECURITY LABEL FOR ccpii ON COLUMN all_masks.f IS 'MASKED AS month';
	SECURITY LABEL FOR ccpii ON COLUMN all_masks.g IS 'MASKED AS year';
	SECURITY LABEL FOR ccpii ON COLUMN all_masks.h IS 'MASKED AS year';
	SECURITY LABEL FOR ccpii ON COLUMN all_masks.i IS 'MASKED AS jsonb(phone => phone)';
	SECURITY LABEL FOR ccpii ON COLUMN all_masks.j IS 'MASKED AS jsonb(phone => phone)';
	SECURITY LABEL FOR ccpii ON COLUMN all_masks.k IS 'MASKED AS attributes';
	SECURITY LABEL FOR ccpii ON COLUMN all_masks.l IS 'MASKED AS constant(''none'') SEARCHABLE';
	SECURITY LABEL FOR ccpii ON COLUMN all_masks.m IS 'MASKED AS null';
}, 'second');
foreach my $query ('SELECT * FROM customers',
	(map { "SELECT $_ FROM all_masks" } 'a' .. 'm'),
	"SELECT id FROM all_masks WHERE l = 'secret'",
	'SELECT count(most_common_vals::text) FROM pg_stats',
	'SELECT count(*) FROM pg_stats_ext', 'SELECT count(*) FROM pg_stats_ext_exprs')
{
	unlike(psql_as($node, 'second', 'agent', "$query;"),
		qr/ERROR/, "whatever the default privileges: $query");
}
foreach my $database ('first', 'second')
{
	is( psql_as($node, $database, 'agent', "\\t\nSELECT name FROM customers WHERE id = 1;"),
		"O*** Q***\n",
		"masked in $database");
}

# 5. Another version of the SQL objects.
admin("UPDATE pg_extension SET extversion = '0.0.9' WHERE extname = 'ccpii'",
	'first');
foreach my $query (
	'SELECT name FROM customers',
	'COPY customers TO STDOUT',
	'TABLE customer_list',
	'SELECT most_common_vals FROM pg_stats WHERE tablename = \'contacts\'',
	'UPDATE customers SET status = name',
	'CREATE TEMP TABLE t AS SELECT * FROM customers')
{
	like(
		psql_as($node, 'first', 'agent', "\\set VERBOSITY verbose\n$query;"),
		qr/\A\S+ ERROR:  55000: extension "ccpii" in this database is not of version \S+, which the server has loaded\nHINT:  Run ALTER EXTENSION ccpii UPDATE TO '[\d.]+'\.\nLOCATION: .*\n\z/,
		"another version, masked: $query");
}
is( psql_as($node, 'first', 'boss', "\\t\nSELECT name FROM customers WHERE id = 1;"),
	"Ottoline Quaverley\n",
	'another version, clear readers go on');
is( psql_as($node, 'first', 'agent', "\\t\nSELECT count(*) > 0 FROM pg_class;"),
	"t\n",
	'another version: so do masked ones elsewhere');
fails(
	'first',
	"SECURITY LABEL FOR ccpii ON COLUMN customers.status IS 'MASKED';",
	'55000',
	'extension "ccpii" in this database is not of version',
	'Run ALTER EXTENSION ccpii UPDATE TO',
	'another version: no new labels');
is( psql_as($node, 'second', 'agent', "\\t\nSELECT name FROM customers WHERE id = 1;"),
	"O*** Q***\n",
	'another version in one database does not touch the other');
admin(
	"UPDATE pg_extension SET extversion = (SELECT default_version FROM pg_available_extensions WHERE name = 'ccpii') WHERE extname = 'ccpii'",
	'first');

# 6. Leaving, and coming back.
foreach my $drop (
	'DROP EXTENSION ccpii',
	'DROP EXTENSION ccpii CASCADE',
	'DROP SCHEMA ccpii CASCADE')
{
	fails('first', "$drop;", '2BP01',
		'cannot drop extension "ccpii" while relations are labelled',
		'Remove them with SELECT ccpii.detach_all(); first.', $drop);
}
my $session = open_session($node, 'first', 'agent');
is(answer($session, 'SELECT name FROM customers WHERE id = 1'),
	'O*** Q***', 'still masked');
admin('SELECT ccpii.detach_all(); DROP EXTENSION ccpii', 'first');
is(answer($session, 'SELECT name FROM customers WHERE id = 1'),
	'Ottoline Quaverley', 'after detach_all() and DROP EXTENSION it is raw');
is(admin("SELECT count(*) FROM pg_seclabel", 'first'),
	'0', 'no label of a relation is left');
is( admin("SELECT count(*) FROM pg_shseclabel WHERE classoid = 'pg_authid'::regclass"),
	'3',
	'labels of roles stay');
is( psql_as($node, 'second', 'agent', "\\t\nSELECT name FROM customers WHERE id = 1;"),
	"O*** Q***\n",
	'the other database stays masked');
admin('CREATE EXTENSION ccpii', 'first');
is(answer($session, 'SELECT name FROM customers WHERE id = 1'),
	'Ottoline Quaverley', 'back without labels it is raw');
admin("SECURITY LABEL FOR ccpii ON COLUMN customers.name IS 'MASKED AS name'",
	'first');
is(answer($session, 'SELECT name FROM customers WHERE id = 1'),
	'O*** Q***', 'with a label it is masked, in the same session');
$session->quit;
admin('DROP DATABASE first');
pass('a database with labels can be dropped');

# 7. Preload is taken away later.
$node->stop;
$node->adjust_conf('postgresql.conf', 'shared_preload_libraries', "''");
$node->start;
is( psql_as($node, 'second', 'agent', "\\t\nSELECT ccpii.mask_phone('+1 415-555-0142');"),
	"+X XXX-XXX-0142\n",
	'without preload the masks are functions still');
like(
	psql_as($node, 'second', 'superuser',
		"SECURITY LABEL FOR ccpii ON COLUMN customers.status IS 'MASKED';"),
	qr/ERROR:  security label provider "ccpii" is not loaded/,
	'but no label can be set');
foreach my $call (
	"ccpii.mask_role('regress_ccpii_guest')",
	"ccpii.clear_role('regress_ccpii_agent')",
	"ccpii.unlabel_role('regress_ccpii_agent')")
{
	fails('second', "SELECT $call;", '55000',
		'ccpii must be loaded via "shared_preload_libraries"',
		$line, "nor by $call");
}
is(psql_as($node, 'second', 'superuser', "\\t\nSELECT ccpii.is_enforcing();"),
	"f\n", 'is_enforcing() tells a superuser');
like(
	psql_as($node, 'second', 'agent', 'SELECT ccpii.is_enforcing();'),
	qr/ERROR:  ccpii must be loaded via "shared_preload_libraries"/,
	'and refuses anybody else');
is( admin("SELECT count(*) FROM pg_shseclabel WHERE classoid = 'pg_authid'::regclass"),
	'3',
	'the labels of roles are what they were');
$node->stop;
$node->adjust_conf('postgresql.conf', 'shared_preload_libraries', "'ccpii'");
$node->start;
is( psql_as($node, 'second', 'agent', "\\t\nSELECT name FROM customers WHERE id = 1;"),
	"O*** Q***\n",
	'with preload everything is masked again');
is(psql_as($node, 'second', 'agent', "\\t\nSELECT ccpii.is_enforcing();"),
	"t\n", 'and is_enforcing() says so');

$node->stop;
done_testing();
