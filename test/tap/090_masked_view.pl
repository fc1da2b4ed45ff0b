# Promise: masked views travel with pg_dump and stay what they are; where the
# library is missing they show nobody anything; a standby serves them; what
# happened to their tables meanwhile is made good by a refresh.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../perl";

use CcpiiTest;
use PostgreSQL::Test::Utils;
use Test::More;

my $dir = PostgreSQL::Test::Utils::tempdir;
my $node = new_server('source', '', allows_streaming => 1);

# What the masked login reads through all views.
my $everything = q{
\pset null null
SELECT * FROM shown.customers ORDER BY id;
SELECT c FROM shown.customers c ORDER BY id;
SELECT * FROM shown.calls ORDER BY id;
SELECT * FROM shown.leads ORDER BY id;
SELECT * FROM shown.tickets ORDER BY id;
SELECT * FROM shown.customer_copy ORDER BY id;
SELECT max(phone) FROM shown.contacts;
SELECT id FROM shown.customers WHERE phone LIKE '+1%';
};

sub program
{
	my ($server, @command) = @_;

	local $ENV{PGHOST} = $server->host;
	local $ENV{PGPORT} = $server->port;
	command_ok([ $server->installed_command($command[0]), @command[ 1 .. $#command ] ],
		join(' ', map { s/^\Q$dir\E//r } @command));
	return;
}

# The views work in a database as they did in the first.
sub check_views
{
	my ($server, $database, $expected, $way) = @_;
	my ($output, $success) = psql_as($server, $database, 'agent', $everything, 1);
	my $views = q{
		SELECT c.relname, c.relowner::regrole, c.reloptions, c.relacl, l.label
			FROM pg_class c LEFT JOIN pg_seclabel l ON l.objoid = c.oid AND l.objsubid = 0
			WHERE c.relnamespace = 'shown'::regnamespace ORDER BY 1};

	ok($success, "$way: the views can be read") or diag($output);
	is($output, $expected, "$way: they show the same");
	is($server->safe_psql($database, $views), $node->safe_psql('center', $views),
		"$way: they belong to the same, with the same rights and labels");
	return;
}

$node->start;
create_center($node, 'center');
$node->safe_psql(
	'center', q{
	REVOKE ALL ON ALL TABLES IN SCHEMA public FROM regress_ccpii_support;
	ALTER TABLE tickets FORCE ROW LEVEL SECURITY;
	CREATE SCHEMA shown;
	GRANT USAGE ON SCHEMA shown TO PUBLIC;
	SELECT ccpii.masked_view_create(relation, format('shown.%I', relation::regclass::name))
		FROM unnest(ARRAY['customers', 'calls', 'leads', 'tickets', 'contacts', 'customer_copy']::regclass[]) relation;
	GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA shown TO regress_ccpii_support;
});
my ($expected, $success) = psql_as($node, 'center', 'agent', $everything, 1);
ok($success, 'the views can be read') or diag($expected);
ok(!defined found_in($expected), 'and show no value') or diag(found_in($expected));
like($expected, qr/O\*\*\* Q\*\*\*/, 'but masks');

# 1. Dump and restore, in both formats, also where the roles have no labels yet.
program($node, 'pg_dump', '-f', "$dir/plain.sql", 'center');
program($node, 'pg_dump', '-Fc', '-f', "$dir/custom.dump", 'center');
unlike(slurp_file("$dir/plain.sql"), qr/COPY shown\./, 'views have no data of their own');
$node->safe_psql('postgres', 'CREATE DATABASE plain; CREATE DATABASE custom');
program($node, 'psql', '-Xq', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-f', "$dir/plain.sql", 'plain');
program($node, 'pg_restore', '-j', '2', '-d', 'custom', "$dir/custom.dump");
foreach my $database ('plain', 'custom')
{
	check_views($node, $database, $expected, "restored from $database dump");
	$node->safe_psql($database,
		'ALTER TABLE customers DROP COLUMN born; ALTER TABLE customers RENAME note TO remark; ALTER TABLE calls ADD COLUMN x int');
	is( $node->safe_psql($database,
			q{SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'shown.customers'::regclass AND attnum > 0}
		),
		'id,name,phone,email,card,remark,reference,attrs,status,calls,code',
		"restored from $database dump: they follow their tables");
	like($node->safe_psql($database, 'SELECT count(*) FROM ccpii.detach_all()'),
		qr/^\d+$/, "restored from $database dump: there is a way out");
	is($node->safe_psql($database, q{SELECT count(*) FROM pg_class WHERE relnamespace = 'shown'::regnamespace}),
		'0', "restored from $database dump: it takes the views along");
	$node->safe_psql($database, 'DROP EXTENSION ccpii');
}

# 2. A standby.
$node->backup('base');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($node, 'base', has_streaming => 1);
$standby->start;
check_views($standby, 'center', $expected, 'standby');
like( psql_as($standby, 'center', 'superuser', q{SELECT ccpii.masked_view_refresh('shown.customers')}),
	qr/ERROR:  cannot execute ccpii.masked_view_refresh\(\) in a read-only transaction/,
	'standby: no refresh');
$standby->stop;

# 3. Without the library: an error for others than superusers, and for them
# nothing at all.
$node->adjust_conf('postgresql.conf', 'shared_preload_libraries', "''");
$node->restart;
foreach my $role ('agent', 'guest', 'boss')
{
	foreach my $query (
		'SELECT * FROM shown.customers',
		'SELECT phone FROM shown.customers ORDER BY id LIMIT 1',
		'SELECT count(*) FROM shown.contacts',
		'UPDATE shown.customers SET calls = calls RETURNING phone',
		'INSERT INTO shown.customers (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET calls = 1 RETURNING phone',
		'INSERT INTO shown.customers (id) VALUES (77)',
		'CREATE TEMP VIEW v AS SELECT * FROM shown.customers; SELECT v FROM v')
	{
		my $output = psql_as($node, 'center', $role, $query);

		next if $role eq 'guest' && $query =~ /TEMP/;
		like($output, qr/ERROR:  ccpii must be loaded via "shared_preload_libraries"/,
			"without the library, $role: $query");
		ok(!defined found_in($output), "without the library, $role sees nothing: $query");
	}
}
# A leaky function is not let in before the error.
my $leak = psql_as($node, 'center', 'agent', q{
	CREATE FUNCTION tell(anyelement) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS $$ BEGIN RAISE NOTICE '%', $1; RETURN true; END $$;
	SELECT * FROM shown.customers c WHERE tell(c);
	SELECT * FROM shown.customers c JOIN shown.calls k ON tell(c.phone || k.number);
	UPDATE shown.customers c SET calls = 1 WHERE tell(c);
});
ok(!defined found_in($leak), 'without the library: no leaky function is run') or diag($leak);
unlike($leak, qr/NOTICE/, 'without the library: not even on nothing');
is($node->safe_psql('center', 'SELECT count(*) FROM shown.customers'),
	'0', 'without the library: no row for superusers');

# 4. What happens to tables meanwhile.
$node->safe_psql('center', 'ALTER TABLE customers RENAME note TO remark; ALTER TABLE customers ADD COLUMN fax text; ALTER TABLE calls RENAME number TO x; ALTER TABLE calls RENAME seconds TO number; ALTER TABLE calls RENAME x TO seconds');
like(psql_as($node, 'center', 'superuser', 'ALTER TABLE customers DROP COLUMN born'),
	qr/ERROR:  cannot drop column born .* because other objects depend on it/,
	'without the library the server keeps columns');
$node->adjust_conf('postgresql.conf', 'shared_preload_libraries', "'ccpii'");
$node->restart;
my ($drifted) = psql_as($node, 'center', 'agent', $everything);
is($drifted, $expected, 'with the library again, and drifted, they show the same');
$node->safe_psql('center', q{SELECT ccpii.masked_view_refresh(oid) FROM pg_class WHERE relnamespace = 'shown'::regnamespace});
is( psql_as($node, 'center', 'agent', q{\pset tuples_only
SELECT remark, fax FROM shown.customers WHERE id = 1; SELECT number, seconds FROM shown.calls WHERE id = 1}),
	"****|\n10|+X XXX-XXX-0142\n", 'refreshed, they have the names of now');

$node->stop;
done_testing();
