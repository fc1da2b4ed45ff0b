# Promise: a protected table shows nobody but its owner a row where the server
# or a standby runs without the library, or with one that cannot be loaded; a
# table with policies of its own answers an error there.  With the library it
# is as it was.  Dumps carry the fuse, row rules and row security.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../perl";

use CcpiiTest;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $primary = new_server('primary', '', allows_streaming => 1);
my $not_loaded = qr/ERROR:  ccpii must be loaded via "shared_preload_libraries"/;

sub admin
{
	my ($sql, $database) = @_;

	return $primary->safe_psql($database // 'center', $sql);
}

# One value, or the errors, of a query by a role.
sub ask
{
	my ($node, $role, $sql, $database) = @_;
	my $answer = psql_as($node, $database // 'center', $role, "\\t\n$sql;");

	chomp($answer);
	return $answer;
}

# What every role gets of the protected tables without the library.
sub check_blown
{
	my ($node, $way) = @_;

	foreach my $role ('agent', 'guest', 'compliance')
	{
		foreach my $table ('customers', 'calls', 'calls_1', 'customers c JOIN calls d ON true')
		{
			is(ask($node, $role, "SELECT count(*) FROM $table"),
				'0', "$way: $role gets no row of $table");
		}
		foreach my $statement (
			'SELECT * FROM customers',
			'SELECT c FROM customers c FOR UPDATE',
			'COPY customers TO STDOUT',
			'COPY (TABLE calls) TO STDOUT',
			'UPDATE customers SET status = status RETURNING *',
			'DELETE FROM customers RETURNING *',
			"INSERT INTO customers (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET status = 'x' RETURNING *",
			'SELECT * FROM tickets',
			'COPY tickets TO STDOUT',
			"DO \$\$ BEGIN RAISE NOTICE '%', (SELECT max(name) FROM customers); END \$\$")
		{
			my $leak = found_in(psql_as($node, 'center', $role, "$statement;"));

			ok(!defined $leak, "$way: $role gets nothing by $statement")
			  or diag($leak);
		}
	}
	like(ask($node, 'agent', 'SELECT count(*) FROM tickets'),
		$not_loaded, "$way: a table with policies says why");
	foreach my $role ('boss', 'superuser')
	{
		is(ask($node, $role, 'SELECT count(*), min(phone) FROM customers'),
			'4|+1 415-555-0142', "$way: $role reads his values");
		is(ask($node, $role, 'SELECT count(*) FROM tickets'),
			'2', "$way: $role reads the table with policies");
	}
	return;
}

$primary->start;
create_center($primary, 'center');
my $everything = q{
SELECT * FROM customers ORDER BY id;
SELECT * FROM calls ORDER BY id;
SELECT * FROM calls_2 ORDER BY id;
SELECT * FROM tickets ORDER BY id;
SELECT * FROM customer_list ORDER BY id;
COPY customers TO STDOUT;
};
my %seen = map { $_ => scalar(psql_as($primary, 'center', $_, $everything)) }
  qw(agent guest compliance boss);

# 1. With the library nothing changes, but for COPY FROM.
admin(q{SELECT ccpii.protect('customers'), ccpii.protect('calls'), ccpii.protect('tickets')});
$primary->backup('base');
foreach my $role (sort keys %seen)
{
	is(psql_as($primary, 'center', $role, $everything),
		$seen{$role}, "$role sees what he saw");
}
is(ask($primary, 'agent', q{BEGIN; UPDATE customers SET status = 'x' WHERE id = 3 RETURNING id, name; ROLLBACK}),
	'3|', 'and writes what he wrote');

# 2. Without it.
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($primary, 'base', has_streaming => 1);
$standby->start;
$primary->wait_for_catchup($standby, 'replay');
foreach my $role (sort keys %seen)
{
	is(psql_as($standby, 'center', $role, $everything),
		$seen{$role}, "$role sees the same on a standby");
}
$standby->stop;
$standby->adjust_conf('postgresql.conf', 'shared_preload_libraries', "''");
$standby->start;
check_blown($standby, 'standby');
$standby->promote;
check_blown($standby, 'promoted');
$standby->stop;

$primary->stop;
$primary->adjust_conf('postgresql.conf', 'shared_preload_libraries', "''");
$primary->start;
check_blown($primary, 'preload forgotten');

# A library that cannot be loaded.
admin(q{UPDATE pg_proc SET probin = '$libdir/ccpii_gone' WHERE probin = '$libdir/ccpii'});
my $answer = ask($primary, 'agent', 'SELECT * FROM tickets');
like($answer, qr/ERROR:  could not access file "(\$libdir\/)?ccpii_gone"/,
	'a library that is gone is an error');
ok(!defined found_in($answer), 'and no row');
is(ask($primary, 'agent', 'SELECT count(*) FROM customers'),
	'0', 'a library that is gone gives no row');
admin(q{UPDATE pg_proc SET probin = '$libdir/ccpii' WHERE probin = '$libdir/ccpii_gone'});

# A table that nobody protects is raw then, which is what the fuse is for; and
# there is a way out without the library, which opens nothing by itself.
ok(defined found_in(ask($primary, 'agent', 'SELECT phone FROM leads')),
	'a table without the fuse is raw');
like(ask($primary, 'agent', "SELECT ccpii.unprotect('calls')"),
	qr/permission denied/, 'the fuse is not for everybody');
admin(q{SELECT ccpii.unprotect('calls')});
ok(defined found_in(ask($primary, 'agent', 'SELECT number FROM calls')),
	'who takes the fuse off opens the table');
is(admin(q{SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class WHERE relrowsecurity}),
	'customers tickets', 'unprotect() turned row security off');

# 3. With the library again.
$primary->stop;
$primary->adjust_conf('postgresql.conf', 'shared_preload_libraries', "'ccpii'");
$primary->start;
foreach my $role (sort keys %seen)
{
	is(psql_as($primary, 'center', $role, $everything),
		$seen{$role}, "$role sees again what he saw");
}

# 4. Dumps.
admin(q{
	SELECT ccpii.protect('calls');
	ALTER TABLE contacts ENABLE ROW LEVEL SECURITY;
	ALTER TABLE leads ENABLE ROW LEVEL SECURITY;
	CREATE FUNCTION public.is_small(int) RETURNS boolean LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS 'SELECT $1 < 3';
	SECURITY LABEL FOR ccpii ON TABLE contacts IS 'VISIBLE TO regress_ccpii_agent WHEN (public.is_small(id)); VISIBLE TO regress_ccpii_guest WHEN (city = ''city 3'')';
	SECURITY LABEL FOR ccpii ON TABLE leads IS 'VISIBLE TO regress_ccpii_support WHEN (id = 1)';
	SELECT ccpii.protect('leads');
});
$everything .= q{
SELECT count(*) FROM contacts;
SELECT * FROM leads;
SELECT * FROM leads_imported;
};
%seen = map { $_ => scalar(psql_as($primary, 'center', $_, $everything)) }
  sort keys %seen;
like($seen{agent}, qr/^2$/m, 'row rules hold');
my $state = q{
	SELECT c.oid::regclass, relrowsecurity, label, (SELECT string_agg(concat_ws(' ', polname, polpermissive, polcmd, pg_get_expr(polqual, polrelid)), ', ' ORDER BY polname) FROM pg_policy WHERE polrelid = c.oid)
	FROM pg_class c LEFT JOIN pg_seclabel l ON l.objoid = c.oid AND l.classoid = 'pg_class'::regclass AND l.objsubid = 0
	WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY relname};
my $state_before = admin($state);
like($state_before, qr/^tickets\|t\|PROTECTED KEEPING ROW SECURITY\|assigned .*, ccpii_protect f \* ccpii.is_enforcing\(\)$/m,
	'the state to be restored');

foreach my $format ('plain', 'custom')
{
	my $file = PostgreSQL::Test::Utils::tempdir . "/$format";
	my @restore = $format eq 'plain' ?
	  ('psql', '-Xq', '-v', 'ON_ERROR_STOP=1', '-d', $primary->connstr('restored'), '-f', $file) :
	  ('pg_restore', '--exit-on-error', '-d', $primary->connstr('restored'), $file);

	$primary->command_ok([ 'pg_dump', "--format=$format", '-f', $file, '-d', $primary->connstr('center') ],
		"pg_dump --format=$format");
	admin('CREATE DATABASE restored', 'postgres');
	$primary->command_ok(\@restore, "its restore");
	is(admin($state, 'restored'), $state_before,
		'labels, policies and row security are restored');
	foreach my $role (sort keys %seen)
	{
		is(psql_as($primary, 'restored', $role, $everything),
			$seen{$role}, "$role sees the same there");
	}
	admin('DROP DATABASE restored', 'postgres');
}

# Who is restricted dumps what he sees, if he says so.
$ENV{PGUSER} = 'regress_ccpii_agent';
$primary->command_fails_like([ 'pg_dump', '-t', 'contacts', '-d', $primary->connstr('center') ],
	qr/query would be affected by (row-level security policy|masking)/,
	'a restricted role cannot dump by accident');
my ($dump, $errors) = run_command([ 'pg_dump', '--enable-row-security', '--data-only', '-t', 'contacts',
		'-d', $primary->connstr('center') ]);
delete $ENV{PGUSER};
my @rows = grep { /^\d+\t/ } split(/\n/, $dump);
is(scalar(@rows), 2, 'and dumps the rows that he sees');
ok(!defined found_in($dump), 'masked');

# Between label and ENABLE ROW LEVEL SECURITY of a restore.
admin(q{UPDATE pg_class SET relrowsecurity = false WHERE oid = 'contacts'::regclass});
like(ask($primary, 'agent', 'SELECT count(*) FROM contacts'),
	qr/ERROR:  row rules hold for relation "contacts", but row security is off/,
	'row security that is off is no row');

# 5. Out: everything as it was.
admin(q{SELECT ccpii.detach_all()});
is(admin(q{SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class WHERE relrowsecurity}),
	'leads tickets', 'detach_all() leaves row security where it was on');
is(admin('SELECT string_agg(polname, \' \') FROM pg_policy'),
	'assigned', 'and policies that are their own');
admin('DROP EXTENSION ccpii');

ok(!defined found_in(slurp_file($primary->logfile)), 'no value is in the log');
$primary->stop;
done_testing();
