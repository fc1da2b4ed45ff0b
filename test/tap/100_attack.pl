# Promise: no attempt of test/attack shows a masked reader a stored value, in
# whatever form, nor leaves one in the server's log or in a table of his; and
# none damages what is stored.
#
# Every attempt runs twice, each time in a new copy of the same database: with
# ccpii and labels, where no canary may come out, and without, where one must:
# an attempt that finds nothing there proves nothing.
#
# CCPII_ATTACKS, if it is set, names those to run by the beginnings of their names.
#
#   line 1		-- what it tries
#   --! from N	runs on major N and later only
#   --! no control: why		finds nothing without ccpii either
#   --! log		looks at the server's log: there the control finds its canary
#   --! guesses	spells canaries itself: what is his own is not searched
#   --! without log	runs once more where the server logs no errors
#   --! writes	may change rows that the role is allowed to change
#   --! sees REGEX	must match what the masked sessions receive
#   --@ ROLE	what follows is one session of regress_ccpii_ROLE or of the
#				superuser.  Whatever a masked role receives is searched; what
#				others do must succeed.
#   --@ ROLE with labels		the same, only in the database with labels
#   \echo ## TITLE		starts a probe: the control must find a canary in each

use strict;
use warnings;

use File::Basename qw(basename);
use FindBin;
use lib "$FindBin::RealBin/../perl";

use CcpiiTest;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = new_server(
	'attack', q{
shared_preload_libraries = 'auto_explain, ccpii'
max_prepared_transactions = 10
});

# Read a file into options and sessions.
sub read_attack
{
	my ($file) = @_;
	my %attack = (name => basename($file, '.sql'), sessions => []);

	foreach my $line (split(/^/, slurp_file($file)))
	{
		if ($line =~ /^--! (from|sees) (.*)/)
		{
			$attack{$1} = $2;
		}
		elsif ($line =~ /^--! (no control|log|without log|writes|guesses)/)
		{
			$attack{$1} = 1;
		}
		elsif ($line =~ /^--@ (\w+)( with labels)?$/)
		{
			push(@{ $attack{sessions} }, { role => $1, labels => $2, sql => '' });
		}
		elsif ($line =~ /^--[!@]/)
		{
			die "$file: cannot read: $line";
		}
		elsif (@{ $attack{sessions} })
		{
			$attack{sessions}[-1]{sql} .= $line;
		}
	}
	return \%attack;
}

# Run all sessions of an attack in a new copy of a database that has settings.
# Returns what the masked ones received, with the sessions of others that went
# wrong.
sub run_attack
{
	my ($attack, $template, $settings) = @_;
	my ($received, $broken) = ('', '');
	my $with_labels = $template eq 'protected';

	admin(
		'postgres', qq{
		CREATE DATABASE attack TEMPLATE $template STRATEGY FILE_COPY;
		GRANT CREATE, TEMPORARY ON DATABASE attack TO
			regress_ccpii_boss, regress_ccpii_support, regress_ccpii_agent, regress_ccpii_app;
	});
	admin('postgres', "ALTER DATABASE attack SET $_") foreach @$settings;
	foreach my $session (@{ $attack->{sessions} })
	{
		next if $session->{labels} && !$with_labels;
		my $is_clear = $CcpiiTest::is_clear{ $session->{role} };
		my ($output, $success) = psql_as($node, 'attack', $session->{role},
			$session->{sql}, $is_clear);

		if (!$is_clear)
		{
			$received .= $output;
		}
		elsif (!$success)
		{
			$broken .= "$session->{role}: $output";
		}
	}
	return ($received, $broken);
}

sub admin
{
	my ($database, $sql) = @_;

	return $node->safe_psql($database, $sql);
}

# What masked roles keep in tables of their own.
sub kept_by_attackers
{
	return admin(
		'attack', q{
		SELECT query_to_xml(format('SELECT t::text FROM %s t', c.oid::regclass), true, false, '')
		FROM pg_class c
		WHERE relkind IN ('r', 'm') AND relowner::regrole::text ~
			'^regress_ccpii_(agent|support|guest|app)$';
		SELECT stavalues1, stavalues2, stavalues3, stavalues4, stavalues5
		FROM pg_statistic JOIN pg_class c ON c.oid = starelid
		WHERE relowner::regrole::text ~ '^regress_ccpii_(agent|support|guest|app)$';
	});
}

# Rows of which a labelled column is not what it was.
sub damage
{
	return admin(
		'attack', q{
		SELECT c.* FROM
			(SELECT id, name, phone, email, card, note, born, reference, attrs FROM public.customers) c
			JOIN public.original o ON o.id = c.id AND o.whole <> c::text;
	});
}

sub check_protected
{
	my ($attack, $name, @settings) = @_;
	my $offset = -s $node->logfile;
	my ($received, $broken) = run_attack($attack, 'protected', \@settings);
	my @problems;
	my $leak = found_in($received);
	my ($log, $kept);
	my $damage = damage();

	if (!$attack->{guesses})
	{
		$log = found_in(slurp_file($node->logfile, $offset));
		$kept = found_in(kept_by_attackers());
	}
	push(@problems, "not run as meant: $broken") if $broken ne '';
	push(@problems, "a masked session received $leak") if defined $leak;
	push(@problems, "the log has $log") if defined $log;
	push(@problems, "a masked role keeps $kept") if defined $kept;
	push(@problems, "damaged: $damage")
	  if $damage ne '' && !$attack->{writes};
	push(@problems, 'a session has crashed')
	  if $received =~ /server closed the connection|in recovery mode/;
	push(@problems, "nothing matches $attack->{sees} in: $received")
	  if defined $attack->{sees} && $received !~ /$attack->{sees}/;
	ok(!@problems, $name)
	  or diag(map { "$_\n" } @problems);
	return;
}

sub check_control
{
	my ($attack, $name, @settings) = @_;
	my $offset = -s $node->logfile;
	my ($received, $broken) = run_attack($attack, 'control', \@settings);
	my @probes = split(/^## /m, $received);
	my @silent;

	if ($attack->{log})
	{
		@silent = ('the log')
		  unless defined found_in(slurp_file($node->logfile, $offset));
	}
	else
	{
		shift(@probes) if @probes > 1;
		@silent = grep { !defined found_in($_) } @probes;
		@silent = ('nothing') unless @probes;
	}
	ok($broken eq '' && !@silent, "$name leaks without labels")
	  or diag("no canary in: ", join("\n", @silent), $broken);
	return;
}

# Both, in a database that has settings.
sub check
{
	my ($attack, @how) = @_;

	check_protected($attack, @how);
	admin('postgres', 'DROP DATABASE attack WITH (FORCE)');
	return if $attack->{'no control'};
	check_control($attack, @how);
	admin('postgres', 'DROP DATABASE attack WITH (FORCE)');
	return;
}

$node->start;
create_center($node, 'control', 1);
create_center($node, 'protected');

my $major = $node->safe_psql('postgres',
	"SELECT current_setting('server_version_num')::int / 10000");
my @names = split(/[\s,]+/, $ENV{CCPII_ATTACKS} // '');
foreach my $file (sort glob(attack_dir() . '/[0-9]*.sql'))
{
	my $attack = read_attack($file);

	next if ($attack->{from} // 0) > $major;
	next if @names && !grep { $attack->{name} =~ /^$_/ } @names;
	check($attack, $attack->{name});
	check($attack, "$attack->{name} without log", 'log_min_messages = fatal')
	  if $attack->{'without log'};
}

$node->stop;
done_testing();
