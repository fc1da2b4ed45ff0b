# Promise: a physical standby masks as its primary does: it reads the same
# labels, also when they change while sessions are open, hides statistics,
# counts look-ups, and goes on after it was promoted.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../perl";

use CcpiiTest;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $primary = new_server('primary', '', allows_streaming => 1);

sub admin
{
	my ($sql) = @_;

	return $primary->safe_psql('center', $sql);
}

$primary->start;
create_center($primary, 'center');
admin(q{CREATE ROLE regress_ccpii_manager});
$primary->backup('base');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($primary, 'base', has_streaming => 1);
$standby->start;

# Change something on the primary and wait until the standby has it.
sub change
{
	my ($sql) = @_;

	admin($sql);
	$primary->wait_for_catchup($standby, 'replay');
	return;
}

# 1. Reading.
my %see = (
	agent => 'O*** Q***|+X XXX-XXX-0142|****@mail.example',
	guest => 'O*** Q***|+X XXX-XXX-0142|****@mail.example',
	compliance =>
	  'Ottoline Quaverley|+1 415-555-0142|ottoline.quaverley@mail.example',
	boss =>
	  'Ottoline Quaverley|+1 415-555-0142|ottoline.quaverley@mail.example');
my $query = 'SELECT name, phone, email FROM customers WHERE id = 1';
foreach my $role (sort keys %see)
{
	is(psql_as($standby, 'center', $role, "\\t\n$query;"),
		"$see{$role}\n", "what $role sees");
}
foreach my $statement (
	'SELECT * FROM customers',
	'SELECT c FROM customers c',
	'COPY customers TO STDOUT',
	'TABLE customer_list',
	'TABLE customer_copy',
	'TABLE calls_1',
	'SELECT phone FROM leads',
	"SELECT most_common_vals, histogram_bounds FROM pg_stats WHERE schemaname = 'public'",
	"DO \$\$ BEGIN RAISE NOTICE '%', (SELECT max(name) FROM customers); END \$\$",
	'SELECT name::int FROM customers',
	'SELECT query_to_xml(\'SELECT * FROM customers\', true, false, \'\')')
{
	my $leak = found_in(psql_as($standby, 'center', 'agent', "$statement;"));

	ok(!defined $leak, "nothing raw: $statement") or diag($leak);
	ok( defined found_in(psql_as($standby, 'center', 'compliance', "$statement;")),
		"but for a clear role: $statement")
	  unless $statement =~ /leads|::int/;
}
like(
	psql_as($standby, 'center', 'agent', 'SET row_security = off; SELECT name FROM customers;'),
	qr/query would be affected by masking/,
	'row_security = off');

# 2. Look-ups work in recovery and are counted.
is( psql_as($standby, 'center', 'agent', "\\t\nSELECT id FROM customers WHERE phone = '+1 415-555-0142';"),
	"1\n",
	'a look-up finds its row');
my $lookups = psql_as($standby, 'center', 'agent',
	"\\t\n" . "SELECT id FROM customers WHERE phone = 'nobody';\n" x 20);
like($lookups, qr/too many look-ups by masked values/,
	'look-ups have a limit');
is( psql_as($primary, 'center', 'agent', "\\t\nSELECT id FROM customers WHERE phone = '+1 415-555-0142';"),
	"1\n",
	'which is a limit of that server');

# 3. Changes reach sessions that are open there.
my $agent = open_session($standby, 'center', 'agent');
my $guest = open_session($standby, 'center', 'guest');
foreach my $session ($agent, $guest)
{
	answer($session,
		'PREPARE p AS SELECT name, phone, status FROM customers WHERE id = 1');
	is(answer($session, 'EXECUTE p'),
		'O*** Q***|+X XXX-XXX-0142|open', 'a plan is kept');
}
change("SECURITY LABEL FOR ccpii ON COLUMN customers.status IS 'MASKED'");
foreach my $session ($agent, $guest)
{
	is(answer($session, 'EXECUTE p'),
		'O*** Q***|+X XXX-XXX-0142|****', 'a new label is seen');
}
change("SECURITY LABEL FOR ccpii ON COLUMN customers.status IS NULL; SECURITY LABEL FOR ccpii ON COLUMN customers.name IS 'MASKED UNLESS regress_ccpii_manager'");
is(answer($agent, 'EXECUTE p'), '****|+X XXX-XXX-0142|open', 'labels change');
change("GRANT regress_ccpii_manager TO regress_ccpii_agent");
is(answer($agent, 'EXECUTE p'),
	'Ottoline Quaverley|+X XXX-XXX-0142|open', 'memberships change');
change("REVOKE regress_ccpii_manager FROM regress_ccpii_agent");
is(answer($agent, 'EXECUTE p'),
	'****|+X XXX-XXX-0142|open', 'and change back');
change("SELECT ccpii.clear_role('regress_ccpii_guest')");
is(answer($guest, 'EXECUTE p'),
	'Ottoline Quaverley|+1 415-555-0142|open', 'labels of roles change');
change("SELECT ccpii.mask_role('regress_ccpii_guest')");
is(answer($guest, 'EXECUTE p'),
	'****|+X XXX-XXX-0142|open', 'and change back');
change("SECURITY LABEL FOR ccpii ON COLUMN customers.attrs IS 'MASKED AS attributes'");
is(answer($agent, "SELECT attrs->>'phone' FROM customers WHERE id = 1"),
	'+1 415-555-0142', 'an attribute that is not registered');
change("SELECT ccpii.pii_attribute_add('\@phone', 'phone')");
is(answer($agent, "SELECT attrs->>'phone' FROM customers WHERE id = 1"),
	'+X XXX-XXX-0142', 'an attribute is registered');

# 4. Nothing can be changed there.
foreach my $statement (
	"SECURITY LABEL FOR ccpii ON COLUMN customers.name IS NULL",
	"SELECT ccpii.mask_role('regress_ccpii_guest')",
	"SELECT ccpii.unlabel_role('regress_ccpii_guest')",
	"SELECT ccpii.detach('customers')",
	"SELECT ccpii.detach_all()",
	"SELECT ccpii.purge_statistics('customers')",
	"SELECT ccpii.pii_attribute_add('\@x')",
	"SELECT ccpii.pii_attribute_drop('\@x')",
	'DROP EXTENSION ccpii',
	'CREATE EXTENSION ccpii')
{
	like(
		psql_as($standby, 'center', 'superuser',
			"\\set VERBOSITY sqlstate\n$statement;"),
		qr/ERROR:  25006$/m,
		"not on a standby: $statement");
}
like(
	psql_as($standby, 'center', 'superuser', "SELECT count(*) FROM ccpii.detach_all(true);"),
	qr/^\d+$/m,
	'but a dry run of detach_all()');

# 5. Promotion, under the sessions.
answer($agent, 'BEGIN');
is(answer($agent, 'EXECUTE p'), '****|+X XXX-XXX-0142|open', 'before');
$standby->promote;
is(answer($agent, 'EXECUTE p'),
	'****|+X XXX-XXX-0142|open', 'the transaction goes on after promotion');
answer($agent, 'COMMIT');
is(answer($agent, "UPDATE customers SET status = 'x' WHERE id = 1 RETURNING name, phone"),
	'****|+X XXX-XXX-0142', 'it can write now');
$standby->safe_psql('center',
	"SECURITY LABEL FOR ccpii ON COLUMN customers.name IS 'MASKED AS name'");
is(answer($agent, 'EXECUTE p'),
	'O*** Q***|+X XXX-XXX-0142|x', 'labels change on the new primary');
is(psql_as($standby, 'center', 'agent', "\\t\n$query;"),
	"$see{agent}\n", 'what a new session sees');
$_->quit foreach ($agent, $guest);

foreach my $node ($primary, $standby)
{
	ok(!defined found_in(slurp_file($node->logfile)),
		'no value is in the log of ' . $node->name);
	$node->stop;
}
done_testing();
