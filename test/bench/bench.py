"""Measures the server that test/bench/run has filled with schema.sql.

    bench.py BIN SERVER ROWS [COMMAND...]

COMMAND is what has to stand before a command of the server's owner.

Time is CPU time of the backend, user and system, as getrusage() has it; the
two sides of a ratio take turns, and each turn gives one ratio.  What is too
short for that is counted in instructions, by callgrind, on the same data.
"""

import functools
import gzip
import json
import os
import pathlib
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / 'python'))
import libpq                                                            # noqa: E402

BIN, SERVER, ROWS = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
AS_OWNER = sys.argv[4:]
LIBRARY = libpq.load(subprocess.check_output([BIN / 'pg_config', '--libdir'], text=True).strip())

FULL = ROWS >= 1000000
PAIRS = 31 if FULL else 7               # of statements that have a target
BASELINE_PAIRS = 7 if FULL else 3       # of what has none
REGEXP_PAIRS = 2                        # each takes half a minute with all rows
REPEATS = 3                             # of what is counted in instructions
LABELLED_TABLES = 1000                  # in schema.sql
TOP = pathlib.Path(__file__).parents[2]
SCAN_BYTES = 200 * 2**20
PHONE_PARTS = ('phone_number', 'phone_text', 'phone_mark', 'utf8')
SCAN_PARTS = ('utf8', 'digits', 'card', 'phone', 'group', 'number', 'card_find', 'phone_find',
              'scan', 'email', 'email_find')
TIMEOUT_S = 120                         # of callgrind, on a busy machine

# What is read, its target, and the views written by hand that are measured too.
# "COPY" and "aggregate" can be read in more than one way, and the choice moves
# the ratio: each way has the target.  COPY to a file leaves out what it costs to
# send rows; what max() costs depends on the collation, here C.UTF-8.
COPIED = 'COPY (SELECT phone, email, name FROM {})'
FORMS = (
    ('COPY to a file', COPIED + " TO '/dev/null'", 1.3, 'overlay regexp'),
    ('COPY to the client', COPIED + ' TO STDOUT', 1.3, 'overlay'),
    ('max() of each', 'SELECT max(phone), max(email), max(name) FROM {}', 1.6, 'overlay regexp'),
    ('sum(length()) of each',
     'SELECT sum(length(phone)), sum(length(email)), sum(length(name)) FROM {}', 1.6, 'overlay'),
)
UPDATES = (
    ('of a masked column', "UPDATE {} SET phone = '+1 212-555-' || id % 9000 + 1000"),
    ('of another column', "UPDATE {} SET status = 'x'"),
    ('of whole rows, three masked columns unchanged',
     "UPDATE {} SET phone = phone, email = email, name = name, status = 'y'"),
)
# A row that comes back as its writer has read it.
WRITE_BACK = '''UPDATE {} t SET phone = r.phone, email = r.email, name = r.name, status = 'y'
    FROM {} r WHERE t.id = $1 AND r.id = $1'''
SORTED = 'SELECT id, phone FROM {} ORDER BY phone LIMIT 20'
COLLATIONS = ('default', 'C', 'und-x-icu')
LOOKUP = 'SELECT phone, email, name FROM {} WHERE id = $1'
ROWS_READ = ('COPY (SELECT phone, email, name FROM {}) TO \'/dev/null\'', 'SELECT count(*) FROM {}')
UNLABELLED = (
    ('a look-up by key', 50, 'EXPLAIN SELECT title, price FROM product WHERE id = 1'),
    ('joins and subqueries', 6, '''EXPLAIN
        SELECT b.region, p.title, sum(p.price),
            (SELECT max(bought) FROM purchase x WHERE x.branch = b.id)
        FROM purchase u JOIN product p ON p.id = u.product JOIN branch b ON b.id = u.branch
            LEFT JOIN (SELECT product, count(*) AS sold FROM purchase GROUP BY product) s
                ON s.product = p.id
        WHERE u.bought >= '2024-03-01' AND p.price BETWEEN 10 AND 20
            AND EXISTS (SELECT FROM branch y WHERE y.region = b.region AND y.id <> b.id)
        GROUP BY b.id, b.region, p.title ORDER BY 3 DESC, upper(p.title) LIMIT 1'''),
)

counts = {'ok': 0, 'MISS': 0, '': 0}


def line(what, value, quartiles='', target='', verdict=''):
    counts[verdict] += 1
    print(f'{what:<66}{value:>10}  {quartiles:>16}  {target:>8}  {verdict}'.rstrip(), flush=True)


def report(what, values, unit='x', target=None):
    """The median of the values and their quartiles, and whether it is on target."""
    median = statistics.median(values)
    low, _, high = statistics.quantiles(values, n=4, method='inclusive')
    digits = {'x': 3, 'ns': 0}[unit]
    verdict = '' if target is None else 'ok' if median <= target else 'MISS'
    line(what, f'{median:.{digits}f} {unit}',
         f'{low:.{digits}f} - {high:.{digits}f}' if len(values) > 2 else '', verdict and f'{target:.3g} {unit}', verdict)


def connect(role):
    return libpq.Connection(LIBRARY, f'host={SERVER} dbname=bench user={role}')


def compare(pairs, raw, other):
    """What other() costs as a multiple of raw(), for each of the pairs."""
    return [cost / base for base, cost in ((raw(), other()) for _ in range(pairs))]


def measure_full_table(clear, masked):
    clear.query('SELECT count(*) FROM customers')       # into shared buffers
    for what, sql, target, views in FORMS:
        raw = functools.partial(clear.cost, sql.format('customers'))
        report(f'{what}, masked', compare(PAIRS, raw, functools.partial(
            masked.cost, sql.format('customers'))), target=target)
        for view in views.split():
            report(f'{what}, {view} view',
                   compare(REGEXP_PAIRS if view == 'regexp' else BASELINE_PAIRS, raw,
                           functools.partial(clear.cost, sql.format(f'customers_{view}'))))


def index_cost(owner, table, column, collation):
    cost = owner.cost(f'CREATE INDEX measured ON {table} ({column} COLLATE "{collation}")')
    owner.query('DROP INDEX measured')
    return cost


def insert_cost(owner, table):
    owner.query(f'CREATE TABLE copied (LIKE {table})')
    owner.query('CREATE UNIQUE INDEX ON copied (email)')
    cost = owner.cost(f'INSERT INTO copied SELECT * FROM {table} WHERE id <= {ROWS // 4}')
    owner.query('DROP TABLE copied')
    return cost


def measure_type(clear, masked):
    """The type masked_text beside a twin whose columns are texts."""
    twin, typed = 'customers_unlabelled', 'customers_typed'
    clear.query(f'SELECT count(*) FROM {twin}')
    clear.query(f'SELECT count(*) FROM {typed}')
    for what, sql, _, _ in FORMS:
        copies = what.startswith('COPY')
        raw = functools.partial(clear.cost, sql.format(twin))
        for who, reader, target in (('clear', clear, 1.05), ('masked', masked, 1.3)):
            report(f'{what}, type masked_text, {who}', compare(PAIRS, raw, functools.partial(
                reader.cost, sql.format(typed))), target=target if copies else None)
    owner = connect('postgres')
    owner.query("SET maintenance_work_mem = '512MB'")
    owner.query('SET max_parallel_maintenance_workers = 0')
    for collation in COLLATIONS:
        for column in ('phone', 'email', 'name'):
            report(f'index build on {column}, collation {collation}, masked_text / text', compare(
                BASELINE_PAIRS, functools.partial(index_cost, owner, twin, column, collation),
                functools.partial(index_cost, owner, typed, column, collation)), target=1.1)
    report('INSERT with a unique index, masked_text / text', compare(
        BASELINE_PAIRS, functools.partial(insert_cost, owner, twin),
        functools.partial(insert_cost, owner, typed)), target=1.1)
    owner.close()


def measure_masks(clear, masked):
    """count(value) evaluates the mask of the column, and nothing else."""
    for mask, in clear.query('SELECT mask FROM samples ORDER BY ctid'):
        sql = f'SELECT count(value) FROM sample_{mask}'
        rows = int(clear.query(sql)[0][0])
        masked.query(sql)
        report(f'mask {mask}, per row', [(masked.cost(sql) - clear.cost(sql)) * 1e9 / rows
                                         for _ in range(BASELINE_PAIRS)], 'ns')


def measure_updates(clear, masked):
    """Both sides leave as many dead rows behind, which are removed between turns."""
    admin = connect('postgres')

    def update(session, sql, table):
        cost = session.cost(sql.format(table))
        admin.query(f'VACUUM {table}')
        return cost

    for role, session in (('masked', masked), ('clear', clear)):
        for what, sql in UPDATES:
            report(f'UPDATE {what}, {role}: labelled / unlabelled twin', compare(
                PAIRS, functools.partial(update, session, sql, 'written_unlabelled'),
                functools.partial(update, session, sql, 'written')), target=1.1)
    admin.close()


def measure_sorting(masked):
    plan = '\n'.join(row[0] for row in masked.query('EXPLAIN ' + SORTED.format('sorted')))
    used = 'Index Scan using' in plan and 'Sort' not in plan
    line('ORDER BY masked LIMIT 20, an index on the mask is used', 'yes' if used else 'no', '',
         'yes', 'ok' if used else 'MISS')
    report('ORDER BY masked LIMIT 20, with the index / without', compare(
        BASELINE_PAIRS, functools.partial(masked.cost, SORTED.format('sorted_unindexed')),
        functools.partial(masked.cost, SORTED.format('sorted'))))


def measure_rows(masked):
    """A row rule beside a policy that says the same."""
    for sql in ROWS_READ:
        masked.query(sql.format('by_policy'))
        masked.query(sql.format('by_rule'))
        report(f'row rule / policy, {sql.split()[0]}', compare(
            PAIRS, functools.partial(masked.cost, sql.format('by_policy')),
            functools.partial(masked.cost, sql.format('by_rule'))), target=1.05)


def measure_redaction(clear):
    """redact() beside nothing; and what it adds beside what regexp_replace() adds."""
    length, redacted, regexp = (f'SELECT sum(length({body})) FROM messages' for body in (
        'body', 'ccpii.redact(body)', "regexp_replace(body, '[0-9]{7,}', '*******', 'g')"))
    clear.query(length)
    bases, costs, regexps = zip(*((clear.cost(length), clear.cost(redacted), clear.cost(regexp))
                                  for _ in range(BASELINE_PAIRS)))
    report('redact() of messages / length()', quotients(costs, bases), target=1.7)
    report('redact() of messages / regexp_replace(), length() aside',
           [(cost - base) / (other - base) for base, cost, other in zip(bases, costs, regexps)],
           target=0.125)


def measure_scan():
    """What it costs to look at real messages, beside what it costs to copy them."""
    corpus = pathlib.Path(os.environ.get('CORPUS', TOP.parent / 'shared' / 'corpus'))
    if not corpus.is_dir():
        print(f'scan of dialogues: no dialogues in {corpus}, not measured')
        return
    with tempfile.TemporaryDirectory() as directory:
        messages = pathlib.Path(directory, 'messages')
        with open(messages, 'wb') as file:
            for path in sorted(corpus.glob('*.jsonl.gz')):
                for line in gzip.open(path, 'rt', encoding='utf-8'):
                    body = json.loads(line)['text'].encode()
                    file.write(struct.pack('=I', len(body)) + body)
        program = pathlib.Path(directory, 'scan')
        subprocess.run(['gcc', '-std=gnu99', '-O2', f'-I{TOP}/src', '-o', program,
                        TOP / 'test/bench/scan.c', *(TOP / f'src/text/{part}.c' for part in SCAN_PARTS)],
                       check=True)
        turns = [[float(cost) for cost in line.split()] for line in subprocess.check_output(
            [program, messages, str(SCAN_BYTES)], text=True).splitlines()]
    report('scan of a message for numbers / memcpy', [scan / copy for copy, scan, _ in turns],
           target=1 / 0.35)
    report('scan for cards, phones and e-mails too / memcpy', [scan / copy for copy, _, scan in turns],
           target=1 / 0.15)


def measure_phones():
    """phone_canonical's reader beside libphonenumber, on all kinds of numbers as typed."""
    numbers = TOP.parent / 'shared' / 'cases' / 'phones.tsv.gz'
    if not numbers.is_file() or not pathlib.Path('/usr/include/phonenumbers').is_dir():
        print(f'reading of telephone numbers: without {numbers} or libphonenumber-dev, not measured')
        return
    with tempfile.TemporaryDirectory() as directory:
        rows = pathlib.Path(directory, 'rows')
        with gzip.open(numbers, 'rt', encoding='utf-8', newline='\n') as lines:
            rows.write_text(''.join('\t'.join(line.split('\t')[:2]) + '\n' for line in lines),
                            encoding='utf-8')
        for part in PHONE_PARTS:
            subprocess.run(['gcc', '-std=gnu99', '-O2', f'-I{TOP}/src', '-c', '-o',
                            f'{directory}/{part}.o', f'{TOP}/src/text/{part}.c'], check=True)
        subprocess.run(['g++', '-O2', f'-I{TOP}/src', '-o', f'{directory}/phone',
                        f'{TOP}/test/bench/phone.cc', *(f'{directory}/{part}.o' for part in PHONE_PARTS),
                        '-lphonenumber'], check=True)
        turns = [[float(cost) for cost in line.split()] for line in subprocess.check_output(
            [f'{directory}/phone', rows], text=True).splitlines()]
    report('reading a telephone number / libphonenumber', [ours / other for other, ours in turns],
           target=1 / 25)


def measure_memory():
    """A session that has planned a statement on each labelled table."""
    session = connect('bench_masked')
    for number in range(1, LABELLED_TABLES + 1):
        session.query(f'EXPLAIN SELECT * FROM site.t{number}')
    size = int(session.query("""SELECT sum(total_bytes) FROM pg_backend_memory_contexts
        WHERE name LIKE 'ccpii%'""")[0][0]) / 2**20
    session.close()
    line(f'memory of the cache for {LABELLED_TABLES} labelled tables', f'{size:.2f} MB', '', '4 MB',
         'ok' if size < 4 else 'MISS')


def wait_for(condition, complaint):
    end = time.monotonic() + TIMEOUT_S
    while not condition():
        if time.monotonic() > end:
            raise RuntimeError(complaint)
        time.sleep(0.1)


def stop_server():
    subprocess.run([*AS_OWNER, BIN / 'pg_ctl', '-s', '-m', 'fast', '-D', SERVER / 'data', 'stop'],
                   check=True)


class Counted:
    """The same data, served under callgrind, which counts within one function.

    A backend writes its count when it ends.  What it does once, at its start
    and for a first execution, goes out of the difference of two backends."""

    def __init__(self, function, libraries):
        self.output = f'{SERVER}/{function}.{libraries}'
        self.log = open(f'{self.output}.log', 'w')
        self.process = subprocess.Popen(
            [*AS_OWNER, 'valgrind', '--tool=callgrind', '--vgdb=no', '--collect-atstart=no',
             f'--toggle-collect={function}', f'--callgrind-out-file={self.output}.%p',
             BIN / 'postgres', '-D', SERVER / 'data', '-c', 'shared_buffers=128MB',
             '-c', f'shared_preload_libraries={libraries}'],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)

    def __enter__(self):
        try:
            wait_for(self.is_ready, 'the server under callgrind does not start')
        except RuntimeError:
            self.__exit__()
            raise
        return self

    def __exit__(self, *exception):
        self.process.send_signal(signal.SIGINT)
        self.process.wait()
        self.log.close()

    def is_ready(self):
        if self.process.poll() is not None:
            raise RuntimeError(pathlib.Path(self.log.name).read_text().strip())
        try:
            connect('bench_masked').close()
        except RuntimeError:
            return False
        return True

    def total(self, role, prepared, statement, executions):
        session = connect(role)
        if prepared:
            session.prepare(statement)
        for number in range(executions):
            if prepared:
                session.execute(1 + number * 37 % ROWS)
            else:
                session.query(statement)
        session.close()
        path = pathlib.Path(f'{self.output}.{session.pid}')
        wait_for(lambda: path.exists() and 'totals: ' in path.read_text(), 'callgrind has no result')
        return int(path.read_text().rpartition('totals: ')[2])

    def instructions(self, role, prepared, statement, executions):
        """Of one execution, REPEATS times."""
        return [(self.total(role, prepared, statement, 3 * executions) -
                 self.total(role, prepared, statement, executions)) / (2 * executions)
                for _ in range(REPEATS)]


def quotients(counts, bases):
    return [count / base for count, base in zip(counts, bases)]


def measure_lookups():
    cost = {}
    for libraries in ('ccpii', ''):
        with Counted('PostgresMain', libraries) as server:
            for role in ('bench_clear', 'bench_masked'):
                for table in ('customers_unlabelled', 'customers') if libraries else (
                        'customers_unlabelled',):
                    cost[libraries, role, table] = server.instructions(
                        role, True, LOOKUP.format(table), 150)
    for role in ('clear', 'masked'):
        base = cost['ccpii', f'bench_{role}', 'customers_unlabelled']
        report(f'look-up by key, {role}, instructions: labelled / unlabelled twin',
               quotients(cost['ccpii', f'bench_{role}', 'customers'], base), target=1.05)
        report(f'look-up by key, {role}, instructions: twin / without ccpii',
               quotients(base, cost['', f'bench_{role}', 'customers_unlabelled']))


def measure_row_lookups():
    with Counted('PostgresMain', 'ccpii') as server:
        for what, prepared, statement, executions, target in (
                ('a prepared look-up', True, LOOKUP, 150, 1.05),
                ('a look-up, planned each time', False, LOOKUP.replace('$1', '1'), 50, None)):
            policy, rule = (server.instructions('bench_masked', prepared, statement.format(table),
                                                executions) for table in ('by_policy', 'by_rule'))
            report(f'row rule / policy, {what}, instructions', quotients(rule, policy),
                   target=target)


def measure_write_back():
    with Counted('PostgresMain', 'ccpii') as server:
        for role in ('masked', 'clear'):
            twin, labelled = (server.instructions(
                f'bench_{role}', True, WRITE_BACK.format(table, read), 150) for table, read in (
                    ('kept_unlabelled', 'read_clear'), ('kept', f'read_{role}')))
            report(f'UPDATE of a row by key, as it was read, {role}, instructions: labelled / twin',
                   quotients(labelled, twin), target=1.1)


def measure_planning():
    cost = {}
    for libraries in ('ccpii', ''):
        with Counted('planner', libraries) as server:
            for what, executions, statement in UNLABELLED:
                cost[libraries, what] = server.instructions('bench_masked', False, statement,
                                                            executions)
    for what, _, _ in UNLABELLED:
        report(f'planning {what}, instructions: with / without ccpii',
               quotients(cost['ccpii', what], cost['', what]), target=1.02)


def main():
    broken = 0
    clear, masked = connect('bench_clear'), connect('bench_masked')
    steps = (functools.partial(measure_full_table, clear, masked),
             functools.partial(measure_type, clear, masked),
             functools.partial(measure_masks, clear, masked),
             functools.partial(measure_updates, clear, masked),
             functools.partial(measure_sorting, masked),
             functools.partial(measure_rows, masked),
             functools.partial(measure_redaction, clear),
             measure_scan,
             measure_phones,
             measure_memory,
             stop_server,
             measure_lookups,
             measure_row_lookups,
             measure_write_back,
             measure_planning)
    print(f'{ROWS} customers.  Time: CPU of the backend, {PAIRS} pairs for the masked statements,'
          f' {BASELINE_PAIRS} elsewhere,\n{REGEXP_PAIRS} for regexp views.'
          f'  Instructions: callgrind, {REPEATS} pairs.')
    line('what', 'median', 'quartiles', 'target')
    for step in steps:
        try:
            step()
        except (RuntimeError, OSError, subprocess.SubprocessError) as error:
            broken += 1
            print(f'not measured: {error}', flush=True)
    print(f'{counts["ok"]} passed, {counts["MISS"]} failed')
    return 1 if broken else 0


if __name__ == '__main__':
    sys.exit(main())
