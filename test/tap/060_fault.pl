# Promise: no ERROR, crash or cancel at any point leaves a wrong mask behind.
# Whatever fails while rules are read, a label changes or a statement is
# planned: masked readers go on to see masks, clear ones the values, and a
# change that has failed has changed nothing in any session.
#
# Needs a server whose ccpii is built with CCPII_TEST_FAULT: CCPII_FAULT_BIN
# names its programs, else test/tree builds one.

use strict;
use warnings;

use File::Basename qw(dirname);
use FindBin;
use lib "$FindBin::RealBin/../perl";

use CcpiiTest;
use IPC::Run;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(usleep);

my $bin = $ENV{CCPII_FAULT_BIN} // '';
if (!-x "$bin/postgres")
{
	my $tree = PostgreSQL::Test::Utils::tempdir_short() . '/tree';
	my @command = ("$FindBin::RealBin/../tree", $tree,
		'CCPII_CFLAGS=-DCCPII_TEST_FAULT');

	IPC::Run::run(\@command, '>', \$bin, '2>', '/dev/null')
	  or plan skip_all => 'no ccpii with fault points: ' . join(' ', @command);
	chomp($bin);
}

my $node = new_server('fault', "restart_after_crash = on\n",
	install_path => dirname($bin));

# All points that the sources have.
sub points_in_sources
{
	my $sources = "$FindBin::RealBin/../../src";
	my %points;

	foreach my $file (glob("$sources/*/*.c"))
	{
		my $text = slurp_file($file);

		$points{$1} = 1 while $text =~ /ccpii_fault_point\("([^"]+)"\)/g;
	}
	return sort keys %points;
}

# The rows that a masked and a clear reader must see.
my $query = 'SELECT name, phone FROM customers WHERE id = 1';
my $masked = 'O*** Q***|+X XXX-XXX-0142';
my $clear = 'Ottoline Quaverley|+1 415-555-0142';

sub session
{
	return open_session($node, 'center', @_);
}

sub admin
{
	my ($sql) = @_;

	return $node->safe_psql('center', $sql);
}

$node->start;
create_center($node, 'center');
admin(
	q{
	GRANT pg_read_all_stats TO regress_ccpii_agent;
	GRANT SET ON PARAMETER "ccpii.test_fault" TO
		regress_ccpii_agent, regress_ccpii_boss, regress_ccpii_compliance;
	CREATE FUNCTION public.looked_up() RETURNS text LANGUAGE plpgsql AS
		$$ BEGIN RETURN (SELECT name || '|' || phone FROM public.customers WHERE id = 1); END $$;
	SECURITY LABEL FOR ccpii ON COLUMN customers.card IS 'MASKED AS card WHEN (status <> ''none'')';
	SECURITY LABEL FOR ccpii ON COLUMN conversations.status IS NULL;
});

# How a session that has read already gets to each point: what somebody else
# does before.  "" is for points that are reached by a change of a label.
my $new_label =
  "SECURITY LABEL FOR ccpii ON COLUMN conversations.subject IS 'MASKED'";
my %ways = (
	'audience.load' => "SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_app IS NULL",
	'plan.masked' => 'SELECT 1',
	'provider.relabel' => '',
	'rule.directory' => $new_label,
	'rule.parse' => $new_label,
	'rule.refresh' => 'ALTER TABLE public.customers ALTER calls SET DEFAULT 1');
my @reader_points = grep { $ways{$_} ne '' } sort keys %ways;
foreach my $point (points_in_sources())
{
	ok(exists $ways{$point}, "point $point is known");
}

# Run a statement with the fault, in a transaction that ends.
sub answer_with_fault
{
	my ($session, $point, $sql) = @_;

	answer($session, 'BEGIN');
	answer($session, "SET LOCAL ccpii.test_fault = '$point'");
	admin($ways{$point});
	my $result = answer($session, $sql);
	answer($session, 'ROLLBACK');
	return $result;
}

# 1. A reader runs into the error, and reads again in the same session.
foreach my $point (@reader_points)
{
	my $fault = "ERROR: test fault at point \"$point\"";
	my $reader = session('agent');

	is(answer($reader, $query), $masked, "$point: there is a mask");
	foreach my $time ('', ' again')
	{
		is(answer_with_fault($reader, $point, $query),
			$fault, "$point: the statement fails$time");
	}
	is(answer($reader, $query), $masked, "$point: there is a mask again");
	is(answer($reader, 'SELECT looked_up()'),
		$masked, "$point: in functions, too");
	is(answer($reader, 'SELECT card FROM customers WHERE id = 1'),
		'**** **** **** 5518', "$point: in other columns, too");

	# In one transaction, caught by a savepoint and by an exception handler.
	answer($reader, 'BEGIN');
	answer($reader, 'SAVEPOINT s');
	answer($reader, "SET LOCAL ccpii.test_fault = '$point'");
	admin($ways{$point});
	is(answer($reader, $query), $fault, "$point: in a subtransaction");
	answer($reader, 'ROLLBACK TO s');
	is(answer($reader, $query), $masked, "$point: after a savepoint");
	answer($reader, 'COMMIT');
	answer($reader, 'BEGIN');
	answer($reader, 'SELECT 1');
	admin($ways{$point});
	is( answer(
			$reader, qq{
			DO \$\$ DECLARE r text; BEGIN
				BEGIN
					PERFORM set_config('ccpii.test_fault', '$point', true);
					EXECUTE 'SELECT phone FROM customers WHERE id = 1' INTO r;
				EXCEPTION WHEN io_error THEN NULL;
				END;
				EXECUTE 'SELECT name || ''|'' || phone FROM customers WHERE id = 1' INTO r;
				PERFORM set_config('my.seen', r, false);
			END \$\$;
			SELECT current_setting('my.seen')}),
		$masked,
		"$point: after an exception handler");
	answer($reader, 'COMMIT');
	$reader->quit;

	# A clear reader.
	$reader = session('boss');
	answer_with_fault($reader, $point, $query);
	is(answer($reader, $query), $clear, "$point: a clear reader");
	$reader->quit;
}

# 2. Plans that were kept before the error do not outlive what it is about.
{
	my $reader = session('agent');

	answer($reader,
		"SET plan_cache_mode = force_generic_plan; PREPARE p AS $query; PREPARE q AS SELECT subject, status FROM conversations WHERE id = 1"
	);
	is(answer($reader, 'EXECUTE p'), $masked, 'a plan is kept');
	is(answer($reader, 'EXECUTE q'), '****|open', 'another one is kept');
	foreach my $point (@reader_points)
	{
		admin(
			"SECURITY LABEL FOR ccpii ON COLUMN conversations.status IS 'MASKED'"
		);
		like(answer_with_fault($reader, $point, 'EXECUTE q'),
			qr/^(ERROR: test fault.*|\*{4}\|\*{4})$/,
			"$point: an older plan of a column that is masked now");
		is(answer($reader, 'EXECUTE q'),
			'****|****', "$point: then it is masked");
		is(answer($reader, 'EXECUTE p'), $masked, "$point: and the others");
		admin("SECURITY LABEL FOR ccpii ON COLUMN conversations.status IS NULL");
		is(answer($reader, 'EXECUTE q'), '****|open', "$point: and back");
	}
	$reader->quit;
}

# 3. A change of a label that fails changes nothing, for anybody.
{
	my $reader = session('agent');
	my $boss = session('boss');
	my $fault = 'SET ccpii.test_fault = "provider.relabel"';
	my @changes = (
		"$fault; SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS NULL",
		"$fault; SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'CLEAR'",
		"$fault; SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_agent IS NULL",
		"$fault; SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_agent IS 'CLEAR'",
		"$fault; SELECT ccpii.clear_role('regress_ccpii_agent')",
		"SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS 'MASKED AS phne'",
		"BEGIN; SELECT ccpii.detach('customers'); SELECT 1 / 0; COMMIT",
		'BEGIN; SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS NULL; ROLLBACK',
		"BEGIN; SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_agent IS 'CLEAR'; SELECT 1 / 0; COMMIT",
		"BEGIN; SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_agent IS NULL; SAVEPOINT s; SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS NULL; ROLLBACK TO s; ROLLBACK",
	);

	is(answer($reader, $query), $masked, 'a masked session');
	is(answer($boss, $query), $clear, 'a clear session');
	foreach my $change (@changes)
	{
		$node->psql('center', $change, on_error_stop => 0);
		is(answer($reader, $query), $masked, "masked after: $change");
		is(answer($boss, $query), $clear, "clear after: $change");
		is(psql_as($node, 'center', 'agent', "\\t\n$query;"),
			"$masked\n", "masked in a new session after: $change");
	}
	is( admin(
			"SELECT label FROM pg_seclabel WHERE objoid = 'customers'::regclass AND objsubid = 3"
		),
		'MASKED AS phone SEARCHABLE',
		'the label is the old one');
	$reader->quit;
	$boss->quit;
}

# 4. A backend that is killed takes the server down and up again.
{
	my $reader = session('agent');
	my $pid = answer($reader, 'SELECT pg_backend_pid()');
	my $changer = session('superuser');

	answer($reader, $query);
	answer($changer, 'BEGIN');
	answer($changer, 'SECURITY LABEL FOR ccpii ON COLUMN customers.phone IS NULL');
	answer($changer, "SELECT ccpii.clear_role('regress_ccpii_agent')");
	kill('KILL', $pid);
	my $up = 0;
	foreach (1 .. 10 * $PostgreSQL::Test::Utils::timeout_default)
	{
		usleep(100_000);
		$up = $node->psql('center', 'SELECT 1') == 0
		  && $node->safe_psql('center',
			"SELECT count(*) FROM pg_stat_activity WHERE pid = $pid") eq '0';
		last if $up;
	}
	ok($up, 'the server is up again after kill -9');
	is(psql_as($node, 'center', 'agent', "\\t\n$query;"),
		"$masked\n", 'masked after the restart');
	is(psql_as($node, 'center', 'boss', "\\t\n$query;"),
		"$clear\n", 'clear after the restart');
	eval { $reader->{run}->kill_kill; $changer->{run}->kill_kill; };
}

# 5. Cancels at any instant, while 1,000 labelled tables get into the cache.
{
	admin(
		q{
		CREATE SCHEMA many AUTHORIZATION regress_ccpii_boss;
		GRANT USAGE ON SCHEMA many TO PUBLIC;
		DO $$ BEGIN
			FOR i IN 1 .. 1000 LOOP
				EXECUTE format('CREATE TABLE many.t%s (id int, phone text, name text)', i);
				EXECUTE format('ALTER TABLE many.t%s OWNER TO regress_ccpii_boss', i);
				EXECUTE format('GRANT SELECT ON many.t%s TO PUBLIC', i);
				EXECUTE format('INSERT INTO many.t%s VALUES (1, %L, %L)', i, '+1 415-555-0142', 'Ottoline Quaverley');
				EXECUTE format('SECURITY LABEL FOR ccpii ON COLUMN many.t%s.phone IS %L', i, 'MASKED AS phone');
				EXECUTE format('SECURITY LABEL FOR ccpii ON COLUMN many.t%s.name IS %L', i, 'MASKED AS name UNLESS regress_ccpii_compliance');
				IF i % 100 = 0 THEN COMMIT; END IF;
			END LOOP;
		END $$;
		CREATE FUNCTION many.read_all() RETURNS text LANGUAGE plpgsql AS $$
			DECLARE r text; seen text[] := '{}'; BEGIN
			FOR i IN 1 .. 1000 LOOP
				EXECUTE format('SELECT phone || '' '' || name FROM many.t%s', i) INTO r;
				IF r <> ALL (seen) THEN seen := seen || r; END IF;
			END LOOP;
			RETURN array_to_string(seen, ' / '); END $$;
	});
	my $reader = session('agent');
	my $pid = answer($reader, 'SELECT pg_backend_pid()');
	my $all = 'SELECT many.read_all()';
	my $expected = '+X XXX-XXX-0142 O*** Q***';
	my $cancelled = 0;
	my %seen;

	# Other sessions make it read everything again: labels and roles change.
	my $empty_cache =
	  "SECURITY LABEL FOR ccpii ON COLUMN many.t500.name IS 'MASKED AS name';"
	  . 'ALTER ROLE regress_ccpii_app NOINHERIT';

	is(answer($reader, $all), $expected, '1,000 labelled tables');
	foreach my $n (1 .. 30)
	{
		admin($empty_cache);
		answer($reader, "SET statement_timeout = '${n}ms'");
		my $answer = answer($reader, $all);
		answer($reader, 'RESET statement_timeout');
		$seen{$answer}++;
		$seen{ answer($reader, "SELECT phone || ' ' || name FROM many.t$_") }++
		  foreach (1, 500, 1000);
	}
	foreach my $n (1 .. 3)
	{
		my $storm = IPC::Run::start(
			[
				$node->installed_command('psql'), '-XAtq',
				'-d', $node->connstr('center'),
				'-c', "SELECT count(pg_cancel_backend($pid)), count(pg_sleep(0.003)) FROM generate_series(1, 100)"
			],
			'>', \my $out, '2>', \my $err);

		foreach my $m (1 .. 5)
		{
			admin($empty_cache);
			$seen{ answer($reader, $all) }++;
		}
		$storm->finish;
		answer($reader, 'SELECT 1');
	}
	foreach my $answer (keys %seen)
	{
		$cancelled += delete($seen{$answer})
		  if $answer =~ /^ERROR: canceling statement/;
	}
	is(join(' / ', keys %seen),
		$expected, 'nothing but masks and cancels is seen');
	cmp_ok($cancelled, '>', 10, "statements were cancelled: $cancelled");
	is(answer($reader, $all), $expected, 'masked after the cancels');

	# Memory of the cache when every rule is in it.
	my $bytes = answer(
		$reader, q{
		SELECT sum(total_bytes) FROM pg_backend_memory_contexts WHERE name LIKE 'ccpii%'});
	cmp_ok($bytes, '<', 4 * 1024 * 1024,
		"the cache of 1,000 labelled tables takes less than 4 MB: $bytes");
	cmp_ok($bytes, '>', 100 * 1024, 'it is there');

	# Rebuilding it again and again keeps nothing of the older ones.
	foreach my $n (1 .. 5)
	{
		admin($empty_cache);
		answer($reader, $all);
	}
	cmp_ok(
		answer(
			$reader, q{
			SELECT sum(total_bytes) FROM pg_backend_memory_contexts WHERE name LIKE 'ccpii%'}
		),
		'<',
		1.1 * $bytes,
		'nor does it grow');
	$reader->quit;
}

ok(!defined found_in(slurp_file($node->logfile)), 'the log has no canary');
$node->stop;
done_testing();
