# Promise: the server starts only with a key file that nobody else can read and
# that means what it says; a reload rotates keys and never loses them; no log
# line, error or view carries key material.

use strict;
use warnings;

use Cwd qw(abs_path);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(usleep);

my %secret = map { $_ => substr("c0ffee0$_" x 16, 0, 64) } 1 .. 9;
my $dir = abs_path(PostgreSQL::Test::Utils::tempdir);
my $keys = "$dir/ccpii.keys";
my $node = PostgreSQL::Test::Cluster->new('keyring');

# Replace a file at once, as a DBA should.
sub write_file
{
	my ($path, $content, $mode) = @_;

	open(my $file, '>', "$path.new") or die "could not write $path.new: $!";
	print $file $content;
	close($file) or die "could not write $path.new: $!";
	chmod($mode // 0600, "$path.new") or die "could not chmod: $!";
	rename("$path.new", $path) or die "could not rename: $!";
	return;
}

# Point the stopped server to a key file.
sub use_key_file
{
	my ($path) = @_;

	$node->adjust_conf('postgresql.conf', 'ccpii.key_file', "'$path'");
	return;
}

# Lines "id state" of the view, in its order.
sub key_states
{
	return $node->safe_psql('postgres',
		"SELECT string_agg(id || ' ' || state, ', ') FROM ccpii.keys");
}

sub reload_and_poll
{
	my ($states) = @_;

	$node->reload;
	return $node->poll_query_until(
		'postgres',
		"SELECT string_agg(id || ' ' || state, ', ') FROM ccpii.keys",
		$states);
}

# Reload, and wait until a session has taken notice.
sub reload_session
{
	my ($session) = @_;
	my $before = $session->query_safe('SELECT pg_conf_load_time()');

	$node->reload;
	foreach (1 .. 10 * $PostgreSQL::Test::Utils::timeout_default)
	{
		return
		  if $session->query_safe('SELECT pg_conf_load_time()') ne $before;
		usleep(100_000);
	}
	die 'timed out waiting for the reload';
}

# The server must not start, and say why.
sub fails_to_start
{
	my ($path, $reason, $name) = @_;
	my $offset = -s $node->logfile;

	use_key_file($path);
	ok(!$node->start(fail_ok => 1), "$name: the server does not start");
	my $log = slurp_file($node->logfile, $offset);
	like($log, qr/FATAL: .*key file "\Q$path\E" cannot be used$/m,
		"$name: the message names the file");
	like($log, qr/DETAIL: .*$reason/, "$name: the detail says why");
	like($log, qr/HINT: /, "$name: there is a hint");
	return;
}

$node->init;
$node->append_conf('postgresql.conf',
	"shared_preload_libraries = 'ccpii'\n"
	  . "ccpii.key_file = ''\n"
	  . "restart_after_crash = on\n"
	  . "log_min_messages = debug1\n");

# No key file: everything works that needs no key.
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION ccpii');
is($node->safe_psql('postgres', 'SELECT count(*) FROM ccpii.keys'),
	'0', 'without a file there are no keys');
$node->stop;

# Bad files.
write_file($keys, "1 $secret{1}\n", 0640);
fails_to_start($keys, 'Its mode gives access to group or others\.',
	'group may read');
write_file($keys, "1 $secret{1}\n", 0604);
fails_to_start($keys, 'Its mode gives access to group or others\.',
	'others may read');
fails_to_start("$keys.missing", 'It could not be read: No such file',
	'missing file');
fails_to_start($dir, 'It is not a regular file\.', 'directory');
SKIP:
{
	skip 'root may read everything', 4 if $> == 0;
	fails_to_start('/etc/passwd', 'It belongs to another user',
		'file of another user');
}

my $inside = abs_path($node->data_dir) . '/ccpii.keys';
my $link = "$dir/link";
write_file($inside, "1 $secret{1}\n");
symlink($inside, $link) or die "could not make a link: $!";
fails_to_start($inside, 'It is inside the data directory', 'inside PGDATA');
fails_to_start($link, 'It is inside the data directory',
	'link into PGDATA');
fails_to_start('ccpii.keys', 'It is inside the data directory',
	'relative path');
unlink($inside);

my $short = substr($secret{2}, 1);
my %bad_content = (
	'' => 'It holds no key\.',
	"# nothing\n\n" => 'It holds no key\.',
	"$secret{1}\n" => 'Line 1: It does not start with the id of a key\.',
	"1 $secret{1}\n\n0 $secret{2}\n" =>
	  'Line 3: It does not start with the id of a key\.',
	"2147483648 $secret{1}\n" =>
	  'Line 1: It does not start with the id of a key\.',
	"-1 $secret{1}\n" => 'Line 1: It does not start with the id of a key\.',
	"1$secret{1}\n" => 'Line 1: It does not start with the id of a key\.',
	"1 $secret{1}\n2 $short\n" =>
	  'Line 2: The key is not 64 hexadecimal digits\.',
	"1 $secret{1}0\n" => 'Line 1: The key is not 64 hexadecimal digits\.',
	"1 ${short}g\n" => 'Line 1: The key is not 64 hexadecimal digits\.',
	"1 ${short}\0\n" => 'Line 1: The key is not 64 hexadecimal digits\.',
	"1 $secret{1} 2\n" => 'Line 1: The key is not 64 hexadecimal digits\.',
	"1\n" => 'Line 1: It does not start with the id of a key\.',
	"1 $secret{1}\n# old\n1 $secret{2}\n" =>
	  'Line 3: The id was used before\.',
	join('', map { "$_ $secret{1}\n" } 1 .. 17) =>
	  'Line 17: There are more than 16 keys\.',
	'#' x 16384 . "\n1 $secret{1}\n" => 'It is larger than 16 kB\.',);
foreach my $content (sort keys %bad_content)
{
	my $name = 'content "' . substr($content =~ s/[^ -~]/./gr, 0, 20) . '"';

	write_file($keys, $content);
	fails_to_start($keys, $bad_content{$content}, $name);
}

# A good file, with everything that is allowed in one.
write_file($keys,
	"# keys of ccpii\r\n\n  2\t\U$secret{2}\E  \n# older\n2147483647 $secret{1}",
	0400);
use_key_file($keys);
$node->start;
is(key_states(), '2 active, 2147483647 old',
	'the first line is the active key');
is( $node->safe_psql(
		'postgres',
		"SELECT bool_and(fingerprint ~ '^[0-9a-f]{8}\$'), count(DISTINCT fingerprint) FROM ccpii.keys"
	),
	't|2',
	'fingerprints are short and differ');
my $fingerprint = $node->safe_psql('postgres',
	'SELECT fingerprint FROM ccpii.keys WHERE id = 2');

# Rotation by reload, seen by a session that was there before.  Its plan of a
# constant shows when it was made.
$node->safe_psql(
	'postgres', q{
	CREATE SEQUENCE plan_number;
	CREATE FUNCTION plan_number() RETURNS bigint LANGUAGE plpgsql IMMUTABLE
	AS $$ BEGIN RETURN nextval('plan_number'); END $$;
});
my $session = $node->background_psql('postgres');
$session->query_safe(
	q{SET plan_cache_mode = force_generic_plan;
	PREPARE plan_number AS SELECT plan_number()});
is($session->query_safe('EXECUTE plan_number'), '1', 'a plan is made');

reload_session($session);
is($session->query_safe('EXECUTE plan_number'),
	'1', 'a reload that changes no key leaves the plan');
write_file($keys, "3 $secret{3}\n2 $secret{2}\n");
reload_session($session);
is(key_states(), '3 active, 2 old', 'a reload rotates the keys');
is($session->query_safe('EXECUTE plan_number'),
	'2', 'plans are made again, for they hold the ids of keys');
is( $session->query_safe(
		"SELECT string_agg(id || ' ' || state, ', ') FROM ccpii.keys"),
	'3 active, 2 old',
	'an older session sees the new keys');
is( $node->safe_psql('postgres',
		'SELECT fingerprint FROM ccpii.keys WHERE id = 2'),
	$fingerprint,
	'a fingerprint belongs to its key');

# A bad file at reload is told in the log and changes nothing.
my $offset = -s $node->logfile;
write_file($keys, "4 $secret{4}\n3 ${short}x\n");
$node->reload;
ok( $node->wait_for_log(
		qr/LOG: .*key file "\Q$keys\E" cannot be used, the keys stay as they were\n.*DETAIL: .*Line 2: The key is not 64/,
		$offset),
	'a bad file at reload is told');
is(key_states(), '3 active, 2 old', 'it leaves the keys as they were');
write_file($keys, "4 $secret{4}\n3 $secret{5}\n");
$node->reload;
ok($node->wait_for_log(qr/The key differs from the one in use/, $offset),
	'another key under an id in use is refused');
is(key_states(), '3 active, 2 old', 'that leaves the keys as they were');
unlink($keys);
$node->reload;
ok($node->wait_for_log(qr/It could not be read: No such file/, $offset),
	'a missing file at reload is told');
is(key_states(), '3 active, 2 old', 'that leaves the keys as they were, too');

# Changing the setting itself has to wait for a restart.
write_file("$keys.other", "9 $secret{9}\n");
write_file($keys, "5 $secret{5}\n3 $secret{3}\n");
$node->adjust_conf('postgresql.conf', 'ccpii.key_file', "'$keys.other'");
ok(reload_and_poll('5 active, 3 old'),
	'the file in use is read again, not the one that is pending');
use_key_file($keys);
$node->reload;

# A crash restart reads the file again and survives a bad one.
$session->quit;
write_file($keys, "# lost\n");
$offset = -s $node->logfile;
my $pid = $node->safe_psql('postgres',
	"SELECT pid FROM pg_stat_activity WHERE backend_type = 'walwriter'");
kill('KILL', $pid);
ok( $node->wait_for_log(
		qr/cannot be used, there are no keys until a reload finds a good file/,
		$offset),
	'a crash restart with a bad file is told');
ok($node->poll_query_until('postgres', 'SELECT count(*) = 0 FROM ccpii.keys'),
	'the server comes up without keys');
write_file($keys, "5 $secret{5}\n");
ok(reload_and_poll('5 active'), 'a reload finds the good file');

# Who may see what.
$node->safe_psql('postgres',
	"CREATE ROLE regress_ccpii_agent LOGIN;"
	  . "CREATE ROLE regress_ccpii_boss LOGIN IN ROLE ccpii_admin");
foreach my $query ('TABLE ccpii.keys', 'SELECT * FROM ccpii.keyring_list()',
	'SHOW ccpii.key_file')
{
	my ($code, $stdout, $stderr) = $node->psql('postgres', $query,
		extra_params => [ '-U', 'regress_ccpii_agent' ]);

	isnt($code, 0, "an agent may not: $query");
	is($stdout, '', "an agent sees nothing: $query");
	unlike($stderr, qr/\Q$keys\E/, "the path does not show: $query");
}
is( $node->safe_psql(
		'postgres',
		"SELECT count(*) FROM pg_settings WHERE name = 'ccpii.key_file'",
		extra_params => [ '-U', 'regress_ccpii_agent' ]),
	'0',
	'an agent does not see the setting');
is( $node->safe_psql(
		'postgres',
		'SELECT id, state FROM ccpii.keys',
		extra_params => [ '-U', 'regress_ccpii_boss' ]),
	'5|active',
	'a ccpii_admin sees the keys');
isnt(
	$node->psql(
		'postgres', 'SHOW ccpii.key_file',
		extra_params => [ '-U', 'regress_ccpii_boss' ]),
	0,
	'a ccpii_admin does not see the path');
foreach my $query ("SET ccpii.key_file = '$keys.other'",
	"ALTER ROLE regress_ccpii_agent SET ccpii.key_file = '$keys.other'")
{
	my ($code, $stdout, $stderr) = $node->psql('postgres', $query);

	like($stderr, qr/cannot be changed without restarting the server/,
		"not even a superuser: $query");
}
$node->stop;

# A setting by command line is read again, too: by who asks for a key.
use_key_file('');
write_file($keys, "6 $secret{6}\n");
command_ok(
	[
		'pg_ctl', '--wait', '--pgdata', $node->data_dir,
		'--log', $node->logfile, '--options',
		"--cluster-name=keyring -c ccpii.key_file='$keys'", 'start'
	],
	'start with the setting on the command line');
is(key_states(), '6 active', 'the file of the command line counts');
write_file($keys, "7 $secret{7}\n6 $secret{6}\n");
is(key_states(), '6 active', 'a new file waits for a reload');
command_ok([ 'pg_ctl', '--pgdata', $node->data_dir, 'reload' ], 'reload');
ok( $node->poll_query_until(
		'postgres',
		"SELECT string_agg(id || ' ' || state, ', ') FROM ccpii.keys",
		'7 active, 6 old'),
	'then it counts');
command_ok([ 'pg_ctl', '--pgdata', $node->data_dir, '--wait', 'stop' ],
	'stop');

# All of the above, without a trace of a key.
my $log = slurp_file($node->logfile);
unlike($log, qr/c0ffee0/i, 'no key is in the log');

done_testing();
