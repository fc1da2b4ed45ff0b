# Promise: what changes a mask counts for the next statement of every session,
# from COMMIT on: of sessions that were open before, with plans, cursors and
# functions that they have kept, and inside of a transaction as well.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../perl";

use CcpiiTest;
use PostgreSQL::Test::Utils;
use Test::More;

my $key = PostgreSQL::Test::Utils::tempdir . '/keys';
write_key($key, '1 ' . '1f' x 32);
my $node = new_server('sessions', "ccpii.key_file = '$key'\n");

sub admin
{
	my ($sql) = @_;

	return $node->safe_psql('center', $sql);
}

$node->start;
create_center($node, 'center');
admin(
	q{
	CREATE ROLE regress_ccpii_masked;
	CREATE ROLE regress_ccpii_free;
	CREATE ROLE regress_ccpii_manager;
	CREATE ROLE regress_ccpii_heir LOGIN IN ROLE regress_ccpii_support;
	SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_masked IS 'MASKED';
	SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_free IS 'CLEAR';
	CREATE FUNCTION public.is_open(text) RETURNS boolean LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$SELECT $1 = 'open'$$;
	CREATE TABLE public.t (id int PRIMARY KEY, v text, w text, status text, j jsonb);
	INSERT INTO public.t VALUES (1, 'Ottoline', 'Quaverley', 'open', '{"nick": "Bartholomew"}');
	ALTER TABLE public.t OWNER TO regress_ccpii_boss;
	CREATE TABLE public.part (id int NOT NULL, v text, w text, status text, j jsonb);
	INSERT INTO public.part SELECT * FROM public.t;
	ALTER TABLE public.part OWNER TO regress_ccpii_boss;
	CREATE TABLE public.parent (id int, v text) PARTITION BY LIST (id);
	CREATE TABLE public.child (id int, v text);
	INSERT INTO public.child VALUES (1, 'Ottoline');
	ALTER TABLE public.parent OWNER TO regress_ccpii_boss;
	ALTER TABLE public.child OWNER TO regress_ccpii_boss;
	CREATE VIEW public.v AS SELECT id, v, w FROM public.t;
	CREATE FUNCTION public.by_plpgsql() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT v FROM public.t WHERE id = 1); END $$;
	CREATE FUNCTION public.by_sql() RETURNS SETOF text LANGUAGE sql STABLE AS 'SELECT v FROM public.t WHERE id = 1';
	CREATE FUNCTION public.by_tree() RETURNS SETOF text STABLE BEGIN ATOMIC SELECT v FROM public.t WHERE id = 1; END;
	GRANT SELECT ON public.t, public.part, public.parent, public.child, public.v TO PUBLIC;
	INSERT INTO public.original VALUES (0);
});

# A session that keeps what can be kept.
sub session_with_plans
{
	my ($role) = @_;
	my $session = open_session($node, 'center', $role);

	answer(
		$session, q{
		SET search_path = public;
		PREPARE custom (int) AS SELECT v FROM t WHERE id = $1;
		PREPARE plain AS SELECT v FROM t WHERE id = 1;
		PREPARE of_view AS SELECT v FROM v WHERE id = 1;
		PREPARE whole AS SELECT (t).v FROM t;
		PREPARE of_set AS SELECT * FROM by_sql();
		PREPARE of_tree AS SELECT * FROM by_tree();
		PREPARE of_child AS SELECT v FROM child;
		PREPARE of_json AS SELECT j->>'nick' FROM t;
		PREPARE of_part AS SELECT v FROM part});
	answer($session, $_) foreach statements();
	answer($session,
		'SET plan_cache_mode = force_generic_plan; PREPARE generic (int) AS SELECT v FROM t WHERE id = $1'
	);
	answer($session, $_) foreach statements();
	return $session;
}

# All that must change together.
sub statements
{
	return (
		'EXECUTE custom (1)', 'EXECUTE plain',
		'EXECUTE of_view', 'EXECUTE whole',
		'EXECUTE of_set', 'EXECUTE of_tree',
		'SELECT by_plpgsql()', 'SELECT by_sql()',
		'SELECT * FROM by_tree()', 'SELECT v FROM v',
		'SELECT v FROM t');
}

# Each statement answers as expected, both the first and the second time.
sub all_answer
{
	my ($session, $expected, $name) = @_;
	my @wrong;

	foreach my $statement (statements(), statements())
	{
		my $answer = answer($session, $statement);

		push(@wrong, "$statement: $answer") if $answer ne $expected;
	}
	is(join("\n", @wrong), '', $name);
	return;
}

# Each case: who reads; how v of public.t is before and after a change; the
# change; and what takes it back.
my $raw = 'Ottoline';
my $full = '****';
my $name = 'O***';
my $v = 'SECURITY LABEL FOR ccpii ON COLUMN public.t.v IS';
my @cases = (
	[ 'the first label of a table', 'agent', $raw, "$v 'MASKED'", $full, "$v NULL" ],
	[ 'another label', 'agent', $raw, "$v 'MASKED'; $v 'MASKED AS name'", $name, "$v NULL" ],
	[ 'a label with a condition', 'agent', $raw, "$v 'MASKED WHEN (status = ''open'')'", $full, "$v NULL" ],
	[ 'a label on a view', 'agent', $raw, 'SELECT 1', $raw, 'SELECT 1' ],
	[ 'detach()', 'agent', $full, "SELECT ccpii.detach('public.t')", $raw, "$v 'MASKED'", "$v 'MASKED'" ],
	[ 'the label of a role', 'guest', $full, "SELECT ccpii.clear_role('regress_ccpii_guest')", $raw, "SELECT ccpii.unlabel_role('regress_ccpii_guest')" ],
	[ 'the label of a role, masked', 'compliance', $raw, "SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_compliance IS 'MASKED'", $full, "SECURITY LABEL FOR ccpii ON ROLE regress_ccpii_compliance IS 'CLEAR'" ],
	[ 'the label of a group', 'agent', $full, "SELECT ccpii.unlabel_role('regress_ccpii_agent'), ccpii.clear_role('regress_ccpii_support')", $raw, "SELECT ccpii.unlabel_role('regress_ccpii_support'), ccpii.mask_role('regress_ccpii_agent')" ],
	[ 'membership of a clear role', 'guest', $full, 'GRANT regress_ccpii_free TO regress_ccpii_guest', $raw, 'REVOKE regress_ccpii_free FROM regress_ccpii_guest' ],
	[ 'membership of a masked role', 'guest', $raw, 'GRANT regress_ccpii_masked TO regress_ccpii_guest', $full, 'REVOKE regress_ccpii_masked, regress_ccpii_free FROM regress_ccpii_guest', 'GRANT regress_ccpii_free TO regress_ccpii_guest' ],
	[ 'membership of a group of a group', 'guest', $full, 'GRANT regress_ccpii_manager TO regress_ccpii_support; GRANT regress_ccpii_free TO regress_ccpii_manager', $raw, 'REVOKE regress_ccpii_free FROM regress_ccpii_manager; REVOKE regress_ccpii_manager FROM regress_ccpii_support' ],
	[ 'becoming a superuser', 'guest', $full, 'ALTER ROLE regress_ccpii_guest SUPERUSER', $raw, 'ALTER ROLE regress_ccpii_guest NOSUPERUSER' ],
	[ 'NOINHERIT', 'guest', $raw, 'ALTER ROLE regress_ccpii_guest NOINHERIT; REVOKE regress_ccpii_free FROM regress_ccpii_guest; GRANT regress_ccpii_free TO regress_ccpii_guest', $full, 'ALTER ROLE regress_ccpii_guest INHERIT; REVOKE regress_ccpii_free FROM regress_ccpii_guest', 'GRANT regress_ccpii_free TO regress_ccpii_guest' ],
	[ 'the owner of the table', 'heir', $full, 'ALTER TABLE public.t OWNER TO regress_ccpii_heir', $raw, 'ALTER TABLE public.t OWNER TO regress_ccpii_boss' ],
	[ 'a role of UNLESS', 'agent', $full, 'GRANT regress_ccpii_manager TO regress_ccpii_agent', $raw, "REVOKE regress_ccpii_manager FROM regress_ccpii_agent; $v 'MASKED'", "$v 'MASKED UNLESS regress_ccpii_manager'" ],
	[ 'a role of UNLESS that is renamed', 'agent', $raw, 'ALTER ROLE regress_ccpii_manager RENAME TO regress_ccpii_other', $full, "ALTER ROLE regress_ccpii_other RENAME TO regress_ccpii_manager; REVOKE regress_ccpii_manager FROM regress_ccpii_agent; $v 'MASKED'", "$v 'MASKED UNLESS regress_ccpii_manager'; GRANT regress_ccpii_manager TO regress_ccpii_agent" ],
	[ 'a role of FOR that is dropped', 'agent', $raw, 'DROP ROLE regress_ccpii_temporary', $full, "$v 'MASKED'", "CREATE ROLE regress_ccpii_temporary; $v 'MASKED FOR regress_ccpii_temporary'" ],
	[ 'a function of WHEN', 'agent', $full, 'CREATE OR REPLACE FUNCTION public.is_open(text) RETURNS boolean LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$SELECT $1 <> \'open\'$$', $raw, "$v 'MASKED'", "$v 'MASKED WHEN (public.is_open(status))'" ],
	[ 'a column of WHEN that is renamed', 'agent', $raw, 'ALTER TABLE public.t RENAME status TO state', $full, "ALTER TABLE public.t RENAME state TO status; $v 'MASKED'", "$v 'MASKED WHEN (status = ''closed'')'" ],
	[ 'the name of the column', 'agent', $full, 'ALTER TABLE public.t ADD x int', $full, 'ALTER TABLE public.t DROP x' ],
	[ 'the name of the table', 'agent', $full, 'ALTER TABLE public.t RENAME TO t2; ALTER TABLE public.t2 RENAME TO t', $full, 'SELECT 1' ],
	[ 'its type', 'agent', $full, 'ALTER TABLE public.t ALTER status TYPE varchar(99)', $full, 'ALTER TABLE public.t ALTER status TYPE text' ],
	[ 'a setting of the role', 'guest', $full, 'ALTER SYSTEM SET ccpii.unlabelled_roles = clear; SELECT pg_reload_conf()', $raw, 'ALTER SYSTEM RESET ccpii.unlabelled_roles; SELECT pg_reload_conf()' ],
	[ 'setting replica identity and vacuum', 'agent', $full, 'ALTER TABLE public.t REPLICA IDENTITY FULL', $full, 'SELECT 1' ],
	[ 'the extension, dropped and made again', 'agent', $full, "BEGIN; SELECT ccpii.detach_all(); DROP EXTENSION ccpii; CREATE EXTENSION ccpii; $v 'MASKED'; COMMIT", $full, 'SELECT 1' ],
	[ 'the extension, dropped', 'agent', $full, 'SELECT ccpii.detach_all(); DROP EXTENSION ccpii', $raw, "CREATE EXTENSION ccpii; $v 'MASKED'" ],
);

my %session = map { $_ => session_with_plans($_) } qw(agent guest compliance heir);
foreach my $case (@cases)
{
	my ($what, $role, $before, $change, $after, $undo, $prepare) = @$case;

	admin($prepare) if defined $prepare;
	all_answer($session{$role}, $before, "$what: before, by $role");
	admin($change);
	wait_for_reload($session{$role}) if $change =~ /pg_reload_conf/;
	all_answer($session{$role}, $after, "$what: after, by $role");
	admin($undo);
	wait_for_reload($session{$role}) if $change =~ /pg_reload_conf/;
	# From the second case on the table has a label.
	admin("$v 'MASKED'") if $what =~ /on a view/;
}

# Wait until a session has taken notice of a reload.
sub wait_for_reload
{
	my ($session) = @_;
	my $wanted = $node->safe_psql('center', 'SELECT pg_conf_load_time() IS NOT NULL');

	foreach (1 .. 10 * $PostgreSQL::Test::Utils::timeout_default)
	{
		my $set = answer($session, 'SHOW ccpii.unlabelled_roles');
		my $file = admin(
			"SELECT setting FROM pg_file_settings WHERE name = 'ccpii.unlabelled_roles' AND applied"
		);

		return if $set eq ($file eq '' ? 'masked' : $file);
		Time::HiRes::usleep(50_000);
	}
	die 'timed out waiting for a reload';
}

# Inside of a transaction that has read before: the next statement, from the
# other's COMMIT on.
foreach my $isolation ('READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE')
{
	admin("$v NULL; SECURITY LABEL FOR ccpii ON COLUMN public.t.w IS 'MASKED'");
	answer($session{agent}, "BEGIN ISOLATION LEVEL $isolation");
	all_answer($session{agent}, $raw, "$isolation: before");
	my $changer = open_session($node, 'center', 'superuser');
	answer($changer, 'BEGIN');
	answer($changer, "$v 'MASKED'");
	all_answer($session{agent}, $raw, "$isolation: not before the COMMIT");
	answer($changer, 'COMMIT');
	$changer->quit;
	all_answer($session{agent}, $full, "$isolation: after it");
	answer($session{agent}, 'COMMIT');
	all_answer($session{agent}, $full, "$isolation: in the next transaction");
}

# The same for the label of a role, each of the statements first.
foreach my $statement (statements())
{
	admin("SELECT ccpii.clear_role('regress_ccpii_guest')");
	answer($session{guest}, 'BEGIN');
	answer($session{guest}, $_) foreach statements();
	is(answer($session{guest}, $statement), $raw, "clear role: $statement");
	admin("SELECT ccpii.mask_role('regress_ccpii_guest')");
	is(answer($session{guest}, $statement),
		$full, "masked role, in a transaction: $statement");
	answer($session{guest}, 'COMMIT');
}
admin("SELECT ccpii.unlabel_role('regress_ccpii_guest')");

# ... and for the label of a column.
foreach my $statement (statements())
{
	admin("$v NULL");
	answer($session{agent}, 'BEGIN');
	answer($session{agent}, $_) foreach statements();
	is(answer($session{agent}, $statement), $raw, "no label: $statement");
	admin("$v 'MASKED'");
	is(answer($session{agent}, $statement),
		$full, "label, in a transaction: $statement");
	answer($session{agent}, 'COMMIT');
}

# A query that is running goes on as it was planned, the next one does not.
admin("$v NULL");
answer($session{agent}, 'BEGIN');
answer($session{agent},
	'DECLARE c CURSOR FOR SELECT v FROM t, generate_series(1, 3)');
is(answer($session{agent}, 'FETCH c'), $raw, 'a cursor is open');
admin("$v 'MASKED'");
is(answer($session{agent}, 'FETCH c'), $raw, 'it goes on as it was');
is(answer($session{agent}, 'SELECT v FROM t'), $full, 'the next statement is masked');
answer($session{agent}, 'COMMIT');

# Families: partitions and children that come and go.
is(answer($session{agent}, 'EXECUTE of_child'), $raw, 'a table on its own');
admin("SECURITY LABEL FOR ccpii ON COLUMN public.parent.v IS 'MASKED'");
is(answer($session{agent}, 'EXECUTE of_child'), $raw, 'not yet a partition');
admin('ALTER TABLE public.parent ATTACH PARTITION public.child FOR VALUES IN (1)');
is(answer($session{agent}, 'EXECUTE of_child'), $full, 'ATTACH PARTITION masks it');
is(answer($session{agent}, 'SELECT v FROM parent'), $full, 'by the parent as well');
admin('ALTER TABLE public.parent DETACH PARTITION public.child');
is(answer($session{agent}, 'EXECUTE of_child'), $full, 'DETACH PARTITION leaves it its mask');
admin("SELECT ccpii.detach('public.child')");
is(answer($session{agent}, 'EXECUTE of_child'), $raw, 'detach() takes it away');
is(answer($session{agent}, 'EXECUTE of_part'), $raw, 'another table on its own');
admin('ALTER TABLE public.part INHERIT public.t');
is(answer($session{agent}, 'EXECUTE of_part'), $full, 'INHERIT masks it');
admin('ALTER TABLE public.part NO INHERIT public.t');
is(answer($session{agent}, 'EXECUTE of_part'), $full, 'NO INHERIT leaves it its mask');
admin("SELECT ccpii.detach('public.part')");
is(answer($session{agent}, 'EXECUTE of_part'), $raw, 'detach() takes it away');
admin('CREATE TABLE public.grand (v text); GRANT SELECT ON public.grand TO PUBLIC; ALTER TABLE public.t INHERIT public.grand; ALTER TABLE public.part INHERIT public.grand');
is(answer($session{agent}, 'SELECT DISTINCT v FROM grand'), $full, 'a parent shows rows of a labelled child');
is(answer($session{agent}, 'EXECUTE of_part'), $raw, 'a sibling is a table without a label');
admin('ALTER TABLE public.t NO INHERIT public.grand');
is(answer($session{agent}, 'SELECT DISTINCT v FROM grand'), $raw, 'not any more');

# Attributes.
admin("SECURITY LABEL FOR ccpii ON COLUMN public.t.j IS 'MASKED AS attributes'");
is(answer($session{agent}, 'EXECUTE of_json'), 'Bartholomew', 'no attribute is known');
admin("SELECT ccpii.pii_attribute_add('\@nick', 'name')");
is(answer($session{agent}, 'EXECUTE of_json'), 'B***', 'an attribute is added');
admin("SELECT ccpii.pii_attribute_add('\@nick')");
is(answer($session{agent}, 'EXECUTE of_json'), $full, 'its mask is changed');
admin("SELECT ccpii.pii_attribute_drop('\@nick')");
is(answer($session{agent}, 'EXECUTE of_json'), 'Bartholomew', 'it is dropped');
admin("BEGIN; SELECT ccpii.pii_attribute_add('\@nick', 'name'); ROLLBACK");
is(answer($session{agent}, 'EXECUTE of_json'), 'Bartholomew', 'a rolled back one never was');

# Keys of hashes.
admin("$v 'MASKED AS hash'");
my $hash = answer($session{agent}, 'EXECUTE plain');
like($hash, qr/^h:[0-9a-f]{16}$/, 'a hash');
all_answer($session{agent}, $hash, 'the same for every statement');
is(answer($session{guest}, 'SELECT v FROM t'), $hash, 'and for every reader');
write_key($key, '2 ' . '2e' x 32, '1 ' . '1f' x 32);
$node->reload;
$node->poll_query_until('center', "SELECT id = 2 FROM ccpii.keys WHERE state = 'active'");
foreach (1 .. 10 * $PostgreSQL::Test::Utils::timeout_default)
{
	last if answer($session{agent}, 'EXECUTE plain') ne $hash;
	Time::HiRes::usleep(50_000);
}
my $other = answer($session{agent}, 'EXECUTE plain');
like($other, qr/^h:[0-9a-f]{16}$/, 'a hash with another key');
isnt($other, $hash, 'it is another one');
all_answer($session{agent}, $other, 'the same for every statement again');
write_key($key, '1 ' . '1f' x 32, '2 ' . '2e' x 32);
$node->restart;
is(psql_as($node, 'center', 'agent', "\\t\nSELECT v FROM t;"),
	"$hash\n", 'with the first key again it is the first hash');
$node->adjust_conf('postgresql.conf', 'ccpii.key_file', "''");
$node->restart;
is(psql_as($node, 'center', 'agent', "\\t\nSELECT v FROM t;"),
	"$full\n", 'without a key it is full');

$node->stop;
done_testing();
