# Promise: a labelled foreign table is masked by the server that the reader is
# connected to: values come over raw, no mask and no condition on a masked
# column goes to the other server, and errors of that one show no value.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../perl";

use CcpiiTest;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = new_server('scale');

sub admin
{
	my ($sql, $database) = @_;

	return $node->safe_psql($database // 'center', $sql);
}

# Rows of a query, without headers.
sub rows
{
	my ($role, $sql) = @_;
	my $output = psql_as($node, 'center', $role, "\\t\n$sql;");

	chomp($output);
	return $output;
}

# What a query sends to the other server.
sub remote_sql
{
	my ($role, $sql) = @_;

	return join("\n",
		grep { /Remote SQL/ }
		  split(/\n/, rows($role, "EXPLAIN (VERBOSE, COSTS OFF) $sql")));
}

# The other server is another database of this one, without ccpii.
$node->start;
create_center($node, 'center');
create_center($node, 'remote', 1);
my ($host, $port) = ($node->host, $node->port);
admin(
	qq{
	CREATE EXTENSION postgres_fdw;
	CREATE SERVER remote FOREIGN DATA WRAPPER postgres_fdw
		OPTIONS (host '$host', port '$port', dbname 'remote', use_remote_estimate 'false');
	CREATE USER MAPPING FOR PUBLIC SERVER remote
		OPTIONS (user 'regress_ccpii_boss', password_required 'false');
	GRANT USAGE ON FOREIGN SERVER remote TO regress_ccpii_boss;
	CREATE SCHEMA far AUTHORIZATION regress_ccpii_boss;
	GRANT USAGE ON SCHEMA far TO PUBLIC;
	SET ROLE regress_ccpii_boss;
	IMPORT FOREIGN SCHEMA public LIMIT TO (customers, conversations, contacts, calls)
		FROM SERVER remote INTO far;
	GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA far TO regress_ccpii_support;
	CREATE TABLE far.mixed (id int, phone text, city text) PARTITION BY RANGE (id);
	CREATE FOREIGN TABLE far.mixed_far PARTITION OF far.mixed FOR VALUES FROM (0) TO (5000)
		SERVER remote OPTIONS (schema_name 'public', table_name 'contacts', async_capable 'true');
	CREATE TABLE far.mixed_near PARTITION OF far.mixed FOR VALUES FROM (5000) TO (9000);
	INSERT INTO far.mixed VALUES (6000, '+1 415-555-0142', 'near');
	GRANT SELECT ON far.mixed, far.mixed_far, far.mixed_near TO regress_ccpii_support;
	RESET ROLE;
	SECURITY LABEL FOR ccpii ON COLUMN far.customers.name IS 'MASKED AS name';
	SECURITY LABEL FOR ccpii ON COLUMN far.customers.phone IS 'MASKED AS phone';
	SECURITY LABEL FOR ccpii ON COLUMN far.customers.email IS 'MASKED AS email';
	SECURITY LABEL FOR ccpii ON COLUMN far.customers.card IS 'MASKED AS card';
	SECURITY LABEL FOR ccpii ON COLUMN far.customers.note IS 'MASKED';
	SECURITY LABEL FOR ccpii ON COLUMN far.customers.born IS 'MASKED AS year';
	SECURITY LABEL FOR ccpii ON COLUMN far.customers.reference IS 'MASKED AS hash';
	SECURITY LABEL FOR ccpii ON COLUMN far.customers.attrs IS 'MASKED AS jsonb(phone => phone, email => email)';
	SECURITY LABEL FOR ccpii ON COLUMN far.conversations.subject IS 'MASKED';
	SECURITY LABEL FOR ccpii ON COLUMN far.contacts.phone IS 'MASKED AS phone';
	SECURITY LABEL FOR ccpii ON COLUMN far.calls.number IS 'MASKED AS phone';
	SECURITY LABEL FOR ccpii ON COLUMN far.mixed.phone IS 'MASKED AS phone';
	ANALYZE far.customers, far.contacts;
});

# 1. What readers see.
is(rows('agent', 'SELECT name, phone, born FROM far.customers WHERE id = 1'),
	'O*** Q***|+X XXX-XXX-0142|1971-01-01', 'a masked reader');
is(rows('boss', 'SELECT name, phone, born FROM far.customers WHERE id = 1'),
	'Ottoline Quaverley|+1 415-555-0142|1971-03-14',
	'a clear reader');
is( rows('agent', 'SELECT DISTINCT phone FROM far.mixed ORDER BY 1'),
	"+X XXX-XXX-0142\n+XX XX XXXX 0813",
	'partitions here and there');
my $near = rows('agent', 'SELECT * FROM customers ORDER BY id');
is(rows('agent', 'SELECT * FROM far.customers ORDER BY id'),
	$near, 'everything as in a table of this server');
foreach my $query (
	'SELECT c FROM far.customers c',
	'SELECT c, v FROM far.customers c LEFT JOIN far.conversations v ON v.customer_id = c.id',
	'SELECT phone, count(*) FROM far.contacts GROUP BY phone',
	'SELECT max(phone), min(name), string_agg(email, \',\') FROM far.customers',
	'SELECT phone FROM far.customers ORDER BY phone LIMIT 1',
	'SELECT a.name FROM far.customers a JOIN far.customers b USING (phone)',
	'SELECT * FROM far.customers FOR UPDATE',
	'SELECT most_common_vals, histogram_bounds FROM pg_stats WHERE schemaname = \'far\'',
	'SELECT * FROM far.mixed_far LIMIT 5',
	'COPY (SELECT * FROM far.customers) TO STDOUT',
	'EXPLAIN (ANALYZE, VERBOSE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT * FROM far.customers WHERE phone > \'+\'')
{
	my $leak = found_in(rows('agent', $query));

	ok(!defined $leak, "nothing raw: $query") or diag($leak);
	ok(defined found_in(rows('boss', $query)), "but for a clear role: $query")
	  unless $query =~ /EXPLAIN/;
}

# 2. What goes to the other server.
foreach my $query (
	"SELECT name, phone FROM far.customers WHERE phone = '+1 415-555-0142'",
	"SELECT name FROM far.customers WHERE phone LIKE '+1%' AND email > 'o'",
	'SELECT phone FROM far.customers ORDER BY phone',
	'SELECT phone, count(*) FROM far.contacts GROUP BY phone HAVING max(phone) > \'+1\'',
	'SELECT a.id FROM far.customers a JOIN far.contacts b ON a.phone = b.phone',
	'SELECT DISTINCT name FROM far.customers',
	"SELECT 1 FROM far.customers WHERE attrs->>'phone' = '+1 415-555-0142'",
	"UPDATE far.customers SET status = 'x' WHERE phone = '+1 415-555-0142'",
	"DELETE FROM far.customers WHERE name = 'Ottoline Quaverley'")
{
	my $sent = remote_sql('agent', $query);

	isnt($sent, '', "it goes there: $query");
	unlike(
		$sent,
		qr/ccpii|mask_|415-555|Ottoline|LIKE|>|GROUP BY|DISTINCT|ORDER BY|JOIN.*phone|max/,
		"with neither a mask nor a condition: $query");
}
like(
	remote_sql('agent', 'SELECT name FROM far.customers WHERE id = 1'),
	qr/WHERE \(\(id = 1\)\)/,
	'conditions on other columns go there');
like(
	remote_sql('boss', "SELECT name FROM far.customers WHERE phone = 'x'"),
	qr/WHERE \(\(phone = 'x'/,
	'for a clear reader all of them do');

# 3. Changes.
is( rows('agent', "UPDATE far.customers SET status = 'x' WHERE phone = '+1 415-555-0142' RETURNING id"),
	'',
	'no row is found by a value that is masked');
is( rows('agent', "UPDATE far.customers SET status = 'x' WHERE id = 1 RETURNING name, phone"),
	'O*** Q***|+X XXX-XXX-0142',
	'RETURNING has masks');
is( rows('agent', "UPDATE far.customers SET status = coalesce(name, '-') WHERE id = 2 RETURNING status"),
	'B*** F***',
	'a mask is written where one is read');
is( rows('agent', "UPDATE far.customers SET name = 'O*** Q***', phone = '+X XXX-XXX-0142' WHERE id = 1 RETURNING name"),
	'O*** Q***',
	'masks that are written back');
like(
	rows('agent', "UPDATE far.customers SET name = 'B*** F***' WHERE id = 1"),
	qr/value for column "name" of relation "customers" is a mask/,
	'other masks are refused');
is(admin('SELECT name, phone FROM customers WHERE id IN (1, 2) ORDER BY id', 'remote'),
	"Ottoline Quaverley|+1 415-555-0142\nBartholomew Ferncastle|+44 20 7946 0813",
	'what is stored there stays');
is( rows('agent', "UPDATE far.customers SET name = 'Olive Quaverley' WHERE id = 1 RETURNING name"),
	'O*** Q***',
	'a new value is written');
is( admin("UPDATE customers SET name = 'Ottoline Quaverley' WHERE name = 'Olive Quaverley' RETURNING id", 'remote'),
	'1',
	'and stored there');
foreach my $statement (
	'UPDATE far.customers SET calls = -1 WHERE id = 1',
	'UPDATE far.customers SET status = NULL',
	'UPDATE far.customers SET code = 11 WHERE id = 2',
	'INSERT INTO far.customers (id, calls) VALUES (1, 1)')
{
	my $output = rows('agent', $statement);

	like($output, qr/ERROR/, "an error of the other server: $statement");
	ok(!defined found_in($output), "shows no value: $statement")
	  or diag($output);
}

# 4. A site that has ccpii there, too, may let masks go there.
admin('CREATE EXTENSION ccpii', 'remote');
admin("ALTER SERVER remote OPTIONS (ADD extensions 'ccpii')");
like(
	remote_sql('agent', "SELECT id FROM far.customers WHERE phone = '+X XXX-XXX-0142'"),
	qr/ccpii\.mask_phone\(phone\) = '\+X XXX-XXX-0142'/,
	'a listed extension is shipped');
is(rows('agent', "SELECT id FROM far.customers WHERE phone = '+X XXX-XXX-0142'"),
	'1', 'and gives the same');
is(rows('agent', 'SELECT * FROM far.conversations ORDER BY id'),
	rows('agent', 'SELECT * FROM conversations ORDER BY id'),
	'as do whole tables');
is(rows('agent', "SELECT count(DISTINCT reference), count(*) FROM far.customers WHERE reference LIKE 'h:%'"),
	'3|3', 'hashes are computed here');

$node->stop;
done_testing();
