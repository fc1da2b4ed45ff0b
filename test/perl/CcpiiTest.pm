# What the TAP tests share: servers with ccpii in them, the contact center of
# test/attack/fixture, and the search for its canaries.

package CcpiiTest;

use strict;
use warnings;
use utf8;

use Encode qw(decode encode);
use Exporter qw(import);
use File::Basename qw(dirname);
use IPC::Run;
use List::Util qw(max);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;

our @EXPORT = qw(
  answer
  attack_dir
  create_center
  fixture
  found_in
  new_server
  open_session
  psql_as
  write_key);

# The masked login of the contact center, and the others of its fixture.
our %is_clear = map { $_ => 1 } qw(superuser boss compliance);

my $attacks = dirname(__FILE__) . '/../attack';

sub attack_dir
{
	return $attacks;
}

# A script of the fixture.
sub fixture
{
	my ($name) = @_;

	return slurp_file("$attacks/fixture/$name");
}

# Write a key file with keys "id hex" and return its path.
sub write_key
{
	my ($path, @keys) = @_;

	unlink("$path.new");
	append_to_file("$path.new", join('', map { "$_\n" } @keys));
	chmod(0600, "$path.new") or die "could not chmod: $!";
	rename("$path.new", $path) or die "could not rename: $!";
	return $path;
}

# A server, initialized but not started, that preloads ccpii and has a key.
# Takes further lines of its configuration, and options install_path and
# allows_streaming as PostgreSQL::Test::Cluster does.
sub new_server
{
	my ($name, $conf, %options) = @_;
	my $node = PostgreSQL::Test::Cluster->new($name,
		$options{install_path} ? (install_path => $options{install_path}) : ());
	my $key = write_key(PostgreSQL::Test::Utils::tempdir . '/key',
		'1 ' . '1f' x 32);

	$node->init(
		allows_streaming => $options{allows_streaming} // 0,
		extra => [ '--encoding=UTF8', '--locale=C.UTF-8' ]);
	$node->append_conf(
		'postgresql.conf', qq{
shared_preload_libraries = 'ccpii'
ccpii.key_file = '$key'
autovacuum = off
log_statement = none
} . ($conf // ''));
	return $node;
}

# The contact center in a new database; without labels if only tables are asked
# for.  Its roles are made for the first database of a server.
sub create_center
{
	my ($node, $database, $only_tables) = @_;

	if ($node->safe_psql('postgres',
			"SELECT count(*) FROM pg_roles WHERE rolname = 'regress_ccpii_boss'")
		eq '0')
	{
		$node->safe_psql('postgres', fixture('roles.sql'));
	}
	$node->safe_psql('postgres', "CREATE DATABASE $database");
	$node->safe_psql($database, fixture('tables.sql'));
	$node->safe_psql($database, fixture('labels.sql')) unless $only_tables;
	return;
}

# One session of psql of regress_ccpii_ROLE or the superuser.  Returns results
# and messages in the order in which they came, and whether it succeeded; it
# stops at the first error if it is told to.
sub psql_as
{
	my ($node, $database, $role, $sql, $stop) = @_;
	my $output = '';
	my @command = (
		'stdbuf', '-o0', $node->installed_command('psql'),
		'-XAq', '-d', $node->connstr($database), '-v',
		'ON_ERROR_STOP=' . ($stop ? 1 : 0),
		$role eq 'superuser' ? () : ('-U', "regress_ccpii_$role"), '-f', '-');

	local $ENV{PGOPTIONS} = '-c statement_timeout=20s';
	my $success = IPC::Run::run(\@command, '<', \$sql, '>&', \$output);
	return wantarray ? ($output, $success) : $output;
}

# A session of psql that stays, of regress_ccpii_ROLE or the superuser.
sub open_session
{
	my ($node, $database, $role) = @_;

	return $node->background_psql($database, on_error_stop => 0,
		extra_params => $role eq 'superuser' ? [] : [ '-U', "regress_ccpii_$role" ]);
}

# What such a session answers: rows, or "ERROR: " and a message.
sub answer
{
	my ($session, $sql) = @_;

	$session->{stderr} = '';
	my $result = $session->query($sql);
	return $session->{stderr} =~ /ERROR:  (.*)/ ? "ERROR: $1" : $result;
}

# Letters and digits only, for what comes out one character a row.
sub squeeze
{
	my ($text) = @_;

	return $text =~ s/[^\p{L}\p{N}]+//gr;
}

# A canary as it is, squeezed, each of them backwards, and in hexadecimal.
sub canary_forms
{
	my ($canary) = @_;
	my %forms = (lc($canary) => 1, scalar reverse(lc($canary)) => 1);
	my $squeezed = squeeze(lc($canary));

	if (length($squeezed) >= ($squeezed =~ /^\d+$/ ? 11 : 8))
	{
		$forms{$squeezed} = 1;
		$forms{ scalar reverse($squeezed) } = 1;
	}
	foreach my $text ($canary, lc($canary))
	{
		$forms{ unpack('H*', encode('UTF-8', $text)) } = 1;
	}
	return map { quotemeta } keys %forms;
}

my $canary = join('|',
	map { canary_forms($_) }
	  split(/\n/, decode('UTF-8', fixture('canaries.txt'))));
$canary = qr/$canary/;

# A canary in the text with what stands around it, or nothing.
sub found_in
{
	my ($bytes) = @_;
	my $text = lc(decode('UTF-8', $bytes));

	foreach my $form ($text, squeeze($text))
	{
		return encode('UTF-8',
			"\"$1\" in: "
			  . substr($form, max($-[0] - 200, 0), 300 + length($1)))
		  if $form =~ /($canary)/;
	}
	return;
}

1;
