# Promise: labels travel with pg_dump and pg_dumpall, and no raw value reaches
# a masked reader on the way: not in a restore that lacks role labels, roles
# or keys, not in what a masked role dumps himself, not between the commands
# of a restore.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../perl";

use CcpiiTest;
use PostgreSQL::Test::Utils;
use Test::More;

my $dir = PostgreSQL::Test::Utils::tempdir;
my $source = new_server('source');

# Programs of the server under test, as the superuser or another role.
sub run_program
{
	my ($node, $role, $program, @arguments) = @_;
	my ($stdout, $stderr) = ('', '');

	local $ENV{PGHOST} = $node->host;
	local $ENV{PGPORT} = $node->port;
	local $ENV{PGUSER} = "regress_ccpii_$role" if $role ne 'superuser';
	my $success =
	  IPC::Run::run([ $node->installed_command($program), @arguments ],
		'>', \$stdout, '2>', \$stderr);
	return ($success, $stdout, $stderr);
}

# What a role sees of all that it may read, every labelled column and way.
my $everything = q{
\pset null null
SELECT * FROM customers ORDER BY id;
SELECT c FROM customers c ORDER BY id;
SELECT * FROM conversations ORDER BY id;
SELECT * FROM calls ORDER BY id;
SELECT * FROM calls_1 ORDER BY id;
SELECT * FROM leads ORDER BY id;
SELECT * FROM leads_imported ORDER BY id;
SELECT title, phone FROM tickets ORDER BY id;
SELECT DISTINCT phone FROM contacts ORDER BY 1;
SELECT * FROM customer_list ORDER BY id;
SELECT * FROM customer_barrier ORDER BY id;
SELECT * FROM customer_copy ORDER BY id;
SELECT * FROM notes ORDER BY id;
SELECT tablename, attname, most_common_vals FROM pg_stats WHERE schemaname = 'public' ORDER BY 1, 2, inherited;
COPY customers TO STDOUT;
};

sub all_seen_by
{
	my ($node, $role) = @_;
	my ($output, $success) = psql_as($node, 'center', $role, $everything, 1);

	ok($success, "everything can be read by $role on " . $node->name)
	  or diag($output);
	return $output;
}

# Two outputs are equal; else show where they differ.
sub is_as_before
{
	my ($got, $expected, $name) = @_;
	my (@got, @expected) = split(/\n/, $got);

	@expected = split(/\n/, $expected);
	while (@got && @expected && $got[0] eq $expected[0])
	{
		shift(@got);
		shift(@expected);
	}
	is($got[0] // '', $expected[0] // '', $name);
	return;
}

# Nobody but owner and superuser may see a value on this server.
sub check_masked_for_others
{
	my ($node, $way) = @_;

	foreach my $role ('agent', 'guest')
	{
		my $leak = found_in(all_seen_by($node, $role));

		ok(!defined $leak, "$way: $role sees no value") or diag($leak);
	}
	is( psql_as($node, 'center', 'compliance', 'SELECT name, reference FROM customers WHERE id = 1'),
		"name|reference\nO*** Q***|****\n(1 row)\n",
		"$way: nor does compliance without its label; hashes without a key are full"
	);
	like(
		psql_as($node, 'center', 'guest', 'SELECT body, author, day FROM notes WHERE id = 2'),
		qr/^\*{4}\|Q\*{3}\|(1984-01-01)?$/m,
		"$way: clauses that name missing roles do not mask less");
	return;
}

$source->start;
create_center($source, 'center');
$source->safe_psql(
	'center', q{
	CREATE ROLE regress_ccpii_manager;
	CREATE ROLE regress_ccpii_engine;
	GRANT regress_ccpii_manager TO regress_ccpii_guest;
	SELECT ccpii.pii_attribute_add('@nick', 'name');
	SELECT ccpii.pii_attribute_add('@number', 'phone');
	CREATE TYPE public.kind AS ENUM ('private', 'business');
	CREATE FUNCTION public.is_private(public.kind) RETURNS boolean LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$SELECT $1 = 'private'$$;
	CREATE TABLE public.notes (id int PRIMARY KEY, body text, kind public.kind, author text, extra jsonb, day date);
	INSERT INTO public.notes VALUES
		(1, 'Ottoline wrote', 'private', 'Bartholomew', '{"nick": "Ferncastle", "number": "+1 415-555-0142"}', '1971-03-14'),
		(2, 'velociraptor bites', 'business', 'Quaverley', '{"nick": "Ottoline"}', '1984-11-29'),
		(3, '****', 'business', 'Q*** F***', '{"nick": "O***"}', NULL);	-- stored before there were labels
	ALTER TABLE public.notes OWNER TO regress_ccpii_boss;
	GRANT SELECT ON public.notes TO regress_ccpii_support;
	SECURITY LABEL FOR ccpii ON COLUMN public.notes.body IS
		'MASKED WHEN (public.is_private(kind)) ; MASKED AS digits(1) FOR regress_ccpii_engine; MASKED UNLESS regress_ccpii_manager';
	SECURITY LABEL FOR ccpii ON COLUMN public.notes.author IS
		'CLEAR FOR regress_ccpii_manager; MASKED AS name';
	SECURITY LABEL FOR ccpii ON COLUMN public.notes.extra IS 'MASKED AS attributes';
	SECURITY LABEL FOR ccpii ON COLUMN public.notes.day IS 'MASKED AS month FOR regress_ccpii_engine; MASKED AS year';
});
$source->safe_psql('center', 'ANALYZE');
my $seen_by_agent = all_seen_by($source, 'agent');
ok(!defined found_in($seen_by_agent), 'the agent sees no value at the source');
my $seen_by_guest = all_seen_by($source, 'guest');
my $seen_by_compliance = all_seen_by($source, 'compliance');

# 1. Everything, by pg_dumpall: masked as before.
{
	my ($success, $all, $stderr) =
	  run_program($source, 'superuser', 'pg_dumpall');
	my $target = new_server('everything');

	ok($success, 'pg_dumpall') or diag($stderr);
	append_to_file("$dir/all.sql", $all);
	$target->start;
	($success, undef, $stderr) = run_program($target, 'superuser', 'psql',
		'-Xq', '-f', "$dir/all.sql", 'postgres');
	is( join("\n",
			grep { !/role "\w+" already exists$/ }
			  grep { /ERROR|FATAL/ } split(/\n/, $stderr)),
		'',
		'the restore of everything has no error');
	$target->safe_psql('center', 'ANALYZE');
	is_as_before(all_seen_by($target, 'agent'),
		$seen_by_agent, 'masked for the agent as before');
	is_as_before(all_seen_by($target, 'guest'),
		$seen_by_guest, 'masked for an unlabelled login as before');
	is_as_before(all_seen_by($target, 'compliance'),
		$seen_by_compliance, 'clear for compliance as before');
	foreach my $query (
		q{SELECT objoid::regrole, label FROM pg_shseclabel WHERE classoid = 'pg_authid'::regclass ORDER BY objoid::regrole::text},
		q{SELECT datname, label FROM pg_shseclabel JOIN pg_database d ON d.oid = objoid WHERE classoid = 'pg_database'::regclass ORDER BY 1},
		q{SELECT objoid::regclass::text, objsubid, label FROM pg_seclabel ORDER BY 1, 2},
		q{SELECT attribute, mask FROM ccpii.pii_attribute ORDER BY 1})
	{
		my $before = $source->safe_psql('center', $query);

		isnt($before, '', "the source has: $query");
		is($target->safe_psql('center', $query), $before, "so has the target");
	}
	$target->stop;
}

# 2. One database, into a server where nothing of ccpii's is known: no role
# labels, none of the roles that clauses name, no key.
my ($success, $plain, $stderr) =
  run_program($source, 'superuser', 'pg_dump', 'center');
ok($success, 'pg_dump') or diag($stderr);
append_to_file("$dir/plain.sql", $plain);
($success, undef, $stderr) = run_program($source, 'superuser', 'pg_dump',
	'-Fc', '-f', "$dir/custom.dump", 'center');
ok($success, 'pg_dump -Fc') or diag($stderr);

# Nobody can read a table before it is labelled: the labels stand before the
# grants.
foreach my $table ('customers', 'calls', 'notes')
{
	my $label = rindex($plain, "SECURITY LABEL FOR ccpii ON COLUMN public.$table.");
	my $grant = index($plain, "ON TABLE public.$table TO");

	cmp_ok($label, '>', 0, "the dump labels $table");
	cmp_ok($label, '<', $grant, "and does so before it is granted");
}

my $target = new_server('fresh');
$target->adjust_conf('postgresql.conf', 'ccpii.key_file', "''");
$target->start;
$target->safe_psql(
	'postgres', q{
	CREATE ROLE regress_ccpii_boss LOGIN;
	CREATE ROLE regress_ccpii_support;
	CREATE ROLE regress_ccpii_agent LOGIN IN ROLE regress_ccpii_support;
	CREATE ROLE regress_ccpii_guest LOGIN IN ROLE regress_ccpii_support;
	CREATE ROLE regress_ccpii_app LOGIN;
	CREATE ROLE regress_ccpii_compliance LOGIN IN ROLE pg_read_all_data;
});
foreach my $way (
	[ 'psql', '-Xq', '-f', "$dir/plain.sql", 'center' ],
	[ 'pg_restore', '-d', 'center', "$dir/custom.dump" ],
	[ 'pg_restore', '-j', '2', '-d', 'center', "$dir/custom.dump" ],
	[ 'pg_restore', '--no-owner', '-d', 'center', "$dir/custom.dump" ])
{
	my ($program, @arguments) = @$way;
	my $name = join(' ', $program, grep { !/center|\/|^-d$/ } @arguments);

	$target->safe_psql('postgres', 'CREATE DATABASE center');
	(undef, undef, $stderr) =
	  run_program($target, 'superuser', $program, @arguments);
	unlike($stderr, qr/(ERROR|error):/, "$name: no error");
	check_masked_for_others($target, $name);
	is( psql_as($target, 'center', 'boss', 'SELECT name FROM customers WHERE id = 1'),
		"name\nOttoline Quaverley\n(1 row)\n",
		"$name: the owner sees his values")
	  unless $name =~ /--no-owner/;
	$target->safe_psql('postgres', 'DROP DATABASE center');
}
$target->stop;

# 3. A masked role dumps: an error by default, masks if he says so.
my $major = $source->safe_psql('postgres', "SELECT current_setting('server_version_num')::int / 10000");
my @tables = map { ('-t', $_) }
  qw(customers conversations calls calls_1 calls_2 leads leads_imported contacts);
foreach my $options (
	[],
	['-Fc'],
	['-Fd', '-f', "$dir/refused"],
	['--inserts'],
	['--column-inserts'],
	['--data-only'],
	['--rows-per-insert=10', '--on-conflict-do-nothing'],
	['--serializable-deferrable'],
	['--load-via-partition-root'],
	['--no-security-labels'],
	['--quote-all-identifiers'])
{
	my ($success, $stdout, $stderr) =
	  run_program($source, 'agent', 'pg_dump', @$options, @tables, 'center');

	ok(!$success, "pg_dump @$options by a masked role fails");
	like(
		$stderr,
		qr/query would be affected by masking of relation "\w+"/,
		"pg_dump @$options by a masked role says why");
	ok(!defined found_in($stdout . $stderr),
		"pg_dump @$options by a masked role holds nothing");
}
my $anonymized;
foreach my $options (
	[],
	['--inserts'],
	['--column-inserts', '--rows-per-insert=2'],
	['--data-only'],
	['--schema-only'],
	[ '-Fd', '-j', '2', '-f', "$dir/anonymized" ],
	['-Ft'],
	['--load-via-partition-root'],
	$major >= 18 ? ['--statistics-only'] : (),
	['--no-security-labels'])
{
	my ($success, $stdout, $stderr) =
	  run_program($source, 'agent', 'pg_dump', '--enable-row-security',
		@$options, @tables, 'center');

	ok($success, "pg_dump --enable-row-security @$options")
	  or diag($stderr);
	ok(!defined found_in($stdout . $stderr),
		"pg_dump --enable-row-security @$options: no value");
	$anonymized //= $stdout;
}
foreach my $file (glob("$dir/anonymized/*"))
{
	my $text = '';

	IPC::Run::run([ 'gzip', '-dcf', $file ], '>', \$text) or die "gzip: $!";
	ok(!defined found_in($text), "$file: no value");
}
like($anonymized, qr/^1\tO\*\*\* Q\*\*\*\t\+X XXX-XXX-0142\t/m,
	'the dump of a masked role has masks');

# It can be restored.
append_to_file("$dir/anonymized.sql", $anonymized);
$source->safe_psql('postgres', 'CREATE DATABASE anonymized');
($success, undef, $stderr) = run_program($source, 'superuser', 'psql', '-Xq',
	'-f', "$dir/anonymized.sql", 'anonymized');
is($source->safe_psql('anonymized', 'SELECT count(*), min(phone) FROM public.contacts'),
	'2000|+X XXX-XXX-0142', 'it can be restored');

# pg_dump of a clear role, and of the server's superuser, is whole.
($success, $plain, $stderr) =
  run_program($source, 'boss', 'pg_dump', '-t', 'customers', 'center');
ok($success && $plain =~ /Ottoline Quaverley/, 'the owner dumps his values')
  or diag($stderr);

ok(!defined found_in(slurp_file($source->logfile)),
	'the log of the source has no value');
$source->stop;
done_testing();
