# Promise: behind a pooler that gives every transaction whatever connection is
# free, SET LOCAL ROLE masks each transaction for its own role, whatever ran on
# the connection before.  What outlives a transaction (SET ROLE, cursors WITH
# HOLD) goes to the next client as the README says, like with row security.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../perl";

use CcpiiTest;
use IPC::Run;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my ($pgbouncer) =
  grep { -x } map { "$_/pgbouncer" } (split(/:/, $ENV{PATH}), '/usr/sbin');
plan skip_all => 'pgbouncer is not installed' unless defined $pgbouncer;

my $node = new_server('pooled');
my $dir = PostgreSQL::Test::Utils::tempdir_short;
my $port = PostgreSQL::Test::Cluster::get_free_port();

$node->start;
create_center($node, 'center');
append_to_file("$dir/users", qq{"regress_ccpii_app" ""\n});
append_to_file(
	"$dir/pgbouncer.ini", qq{
[databases]
center = host=@{[$node->host]} port=@{[$node->port]} dbname=center
[pgbouncer]
listen_addr =
listen_port = $port
unix_socket_dir = $dir
auth_type = trust
auth_file = $dir/users
pool_mode = transaction
default_pool_size = 1
ignore_startup_parameters = options, extra_float_digits
});
my ($messages, $in) = ('', '');
my $pooler = IPC::Run::start([ $pgbouncer, "$dir/pgbouncer.ini" ],
	'<', \$in, '>&', \$messages);

# Whatever happens, it ends with the test.
END
{
	my $status = $?;

	$pooler->kill_kill if defined $pooler && $pooler->pumpable;
	$? = $status;
}

my $pooled = "host=$dir port=$port dbname=center user=regress_ccpii_app";

# A client of the pooler: a session of psql.
sub client
{
	return $node->background_psql('center', on_error_stop => 0,
		extra_params => [ '-d', $pooled ]);
}

my $up = 0;
foreach (1 .. 10 * $PostgreSQL::Test::Utils::timeout_default)
{
	$up = IPC::Run::run(
		[ $node->installed_command('psql'), '-XAtqc', 'SELECT 1', $pooled ],
		'>', \my $out, '2>', \my $err);
	last if $up;
	Time::HiRes::usleep(100_000);
}
ok($up, 'the pooler answers') or diag($messages);

my @clients = map { client() } 1 .. 3;
my @pids = map { answer($_, 'SELECT pg_backend_pid()') } @clients;
is("@pids", join(' ', ($pids[0]) x 3), 'all clients share one connection');

# One transaction as a role.
sub as_role
{
	my ($client, $role, @statements) = @_;
	my @answers;

	answer($client, 'BEGIN');
	answer($client, "SET LOCAL ROLE regress_ccpii_$role") if $role ne 'app';
	push(@answers, answer($client, $_)) foreach @statements;
	answer($client, 'COMMIT');
	return join(' ', @answers);
}

my @statements = (
	'SELECT name FROM customers WHERE id = 1',
	'EXECUTE p', 'SELECT by_plpgsql()', 'SELECT * FROM by_sql()');
my $clear = join(' ', ('Ottoline Quaverley') x 4);
my $masked = join(' ', ('O*** Q***') x 4);
my %expected = (
	compliance => $clear,
	support => $masked,
	agent => $masked);

$node->safe_psql(
	'center', q{
	CREATE FUNCTION public.by_plpgsql() RETURNS text LANGUAGE plpgsql AS
		$$ BEGIN RETURN (SELECT name FROM public.customers WHERE id = 1); END $$;
	CREATE FUNCTION public.by_sql() RETURNS SETOF text STABLE BEGIN ATOMIC
		SELECT name FROM public.customers WHERE id = 1; END;
});
as_role($clients[0], 'support',
	'PREPARE p AS SELECT name FROM customers WHERE id = 1');
like(as_role($clients[0], 'app', $statements[0]),
	qr/permission denied/, 'the login itself reads nothing');

# Every role after every other, each on another client.
my @roles = ('compliance', 'support', 'compliance', 'agent', 'support',
	'agent', 'compliance', 'compliance', 'support', 'support');
foreach my $n (0 .. $#roles)
{
	is(as_role($clients[ $n % 3 ], $roles[$n], @statements),
		$expected{ $roles[$n] }, "transaction $n, as $roles[$n]");
}

# Two roles in one transaction, and one that fails.
answer($clients[0], 'BEGIN');
answer($clients[0], 'SET LOCAL ROLE regress_ccpii_compliance');
is(answer($clients[0], 'EXECUTE p'), 'Ottoline Quaverley', 'first clear');
answer($clients[0], 'SET LOCAL ROLE regress_ccpii_support');
is(answer($clients[0], 'EXECUTE p'), 'O*** Q***', 'then masked');
answer($clients[0], 'SELECT 1 / 0');
answer($clients[0], 'ROLLBACK');
is(as_role($clients[1], 'support', @statements),
	$masked, 'masked after a transaction that failed');
like(answer($clients[2], 'SELECT name FROM customers'),
	qr/permission denied/, 'the role is gone with the transaction');

# What the README warns of.
answer($clients[0], 'SET ROLE regress_ccpii_compliance');
is(answer($clients[1], 'SELECT name FROM customers WHERE id = 1'),
	'Ottoline Quaverley', 'SET ROLE without LOCAL goes to the next client');
is(as_role($clients[1], 'agent', @statements),
	$masked, 'who is masked still, if he sets his own');
answer($clients[0], 'RESET ROLE');
as_role($clients[0], 'compliance',
	'DECLARE held CURSOR WITH HOLD FOR SELECT name FROM customers WHERE id = 1');
is(as_role($clients[1], 'agent', 'FETCH ALL FROM held'),
	'Ottoline Quaverley',
	'so does a cursor WITH HOLD, with what its role saw');
answer($clients[0], 'CLOSE held');
as_role($clients[0], 'agent',
	'DECLARE held CURSOR WITH HOLD FOR SELECT name FROM customers WHERE id = 1');
is(as_role($clients[1], 'compliance', 'FETCH ALL FROM held'),
	'O*** Q***', 'a masked role\'s cursor holds masks');

$_->quit foreach @clients;
$pooler->signal('INT');
$pooler->finish;
ok(!defined found_in($messages), 'the pooler has no value in its messages');
$node->stop;
done_testing();
