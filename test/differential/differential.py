"""The same random statements, run by a clear reader of tables that were masked
physically and by a masked reader of the raw ones: both must find the same.

    differential.py [--masked-text] [--queries N] [--seed S] [--only N]
                    [--verbose] [--keep]

Needs a server (PGHOST) whose superuser is PGUSER; makes a database and roles of
its own there, and drops them.  Statement number n of a seed is always the same:
--seed S --only N runs one again and shows it.

A statement may be refused for the masked reader by design: that is counted, and
may not be much.  Every construct must have run.  The last line is
"N passed, N failed", over constructs.
"""

import argparse
import collections
import os
import pathlib
import random
import re
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / 'python'))
import libpq                                                            # noqa: E402
import tables                                                           # noqa: E402
from expression import SQL_TYPES  # noqa: E402
from change import CONSTRUCTS as OF_STATEMENTS, ChangeGenerator         # noqa: E402

DEFAULT_SEED = 20240731
DATABASE = 'ccpii_differential'
TIMEOUT = "'3s'"
MAX_REFUSED, MAX_UNFINISHED, MAX_ERRORS, MIN_NOT_EMPTY, MIN_MASKED = 0.10, 0.01, 0.10, 0.5, 0.25
CONTROL_EVERY = 3               # how often to look what masks change
REPORTS = 10

WAYS = ('directly', 'prepared', 'cursor', 'scroll cursor', 'copy', 'create table', 'temporary view',
        'materialized view', 'sql function', 'plpgsql function')
SETTINGS = ('enable_hashjoin = off', 'enable_mergejoin = off', 'enable_nestloop = off',
            'enable_seqscan = off', 'enable_indexscan = off', 'enable_hashagg = off', 'enable_sort = off',
            'enable_material = off', 'enable_memoize = off', 'enable_partitionwise_join = on',
            'enable_partitionwise_aggregate = on', 'from_collapse_limit = 1', 'join_collapse_limit = 1',
            "work_mem = '64kB'", 'constraint_exclusion = on')
PARALLEL = ('{} = on', 'parallel_setup_cost = 0', 'parallel_tuple_cost = 0',
            'min_parallel_table_scan_size = 0', 'max_parallel_workers_per_gather = 2')
CONSTRUCTS = sorted(OF_STATEMENTS | set(WAYS) | {'parallel', 'parameter'})

Outcome = collections.namedtuple('Outcome', 'sqlstate message rows effect')


def in_database(name):
    library = libpq.load(subprocess.run(['pg_config', '--libdir'], capture_output=True, text=True,
                                        check=True).stdout.strip())

    def connect(role, schema=None):
        options = '-c client_min_messages=warning -c jit=off'
        if schema:
            options += f' -c search_path={schema}'
        session = libpq.Connection(library, f"dbname={name} user={role} options='{options}'",
                                   keep_copy=True)
        session.database = name
        return session
    return connect


class Case:
    """One statement, how it is run, and under which settings."""

    def __init__(self, seed, number, parallel_setting):
        rng = random.Random(f'{seed}/{number}')
        self.number = number
        wanted = CONSTRUCTS[number % len(CONSTRUCTS)]
        way = wanted if wanted in WAYS else rng.choice(WAYS) if rng.random() < 0.4 else 'directly'
        if wanted == 'parameter':
            way = 'prepared'
        generator = ChangeGenerator(rng, wanted if wanted in OF_STATEMENTS else None, way == 'prepared')
        self.statement = generator.statement()
        self.parameters = self.number_parameters(generator.parameters)
        if self.statement.types is None and way != 'prepared':
            way = 'directly'
        self.way = way
        self.settings = rng.sample(SETTINGS, rng.choice((0, 0, 1, 3)))
        generator.used.add(way)
        if (rng.random() < 0.15 or wanted == 'parallel') and not self.statement.changes:
            self.settings += [line.format(parallel_setting) for line in PARALLEL]
            generator.used.add('parallel')
        self.constructs = generator.used
        self.ordered = self.statement.ordered and way not in (
            'create table', 'temporary view', 'materialized view', 'sql function', 'plpgsql function')

    def number_parameters(self, values):
        """Leave out those of expressions that were not used."""
        kept = sorted({int(number) for number in re.findall(r'\$(\d+)', self.statement.sql)})
        self.statement = self.statement._replace(sql=re.sub(
            r'\$(\d+)', lambda match: f'${kept.index(int(match[1])) + 1}', self.statement.sql))
        return [values[number - 1] for number in kept]

    def before(self):
        settings = [f'statement_timeout = {TIMEOUT}'] + self.settings
        return '; '.join(['BEGIN'] + [f'SET LOCAL {setting}' for setting in settings])

    def run(self, session):
        """The rows that the statement shows."""
        sql, types = self.statement.sql, self.statement.types
        if self.way == 'directly':
            return session.query(sql)
        if self.way == 'prepared':
            session.query('SET LOCAL plan_cache_mode = force_generic_plan')
            session.prepare(sql)
            rows = session.execute(*self.parameters)
            return rows if self.statement.changes else rows + session.execute(*self.parameters)
        if self.way == 'cursor':
            session.query(f'DECLARE c NO SCROLL CURSOR FOR {sql}')
            return session.query('FETCH 3 FROM c') + session.query('FETCH ALL FROM c')
        if self.way == 'scroll cursor':
            session.query(f'DECLARE c SCROLL CURSOR FOR {sql}')
            rows = session.query('FETCH ALL FROM c')
            back = session.query('FETCH BACKWARD ALL FROM c')
            return rows + back[::-1]
        if self.way == 'copy':
            return session.query(f'COPY ({sql}) TO STDOUT')
        names = ', '.join(f'c{number}' for number in range(1, len(types) + 1))
        types = [SQL_TYPES.get(t, t) for t in types]
        typed = ', '.join(f'c{number}::{t}' for number, t in enumerate(types, 1))
        if self.way in ('sql function', 'plpgsql function'):
            return self.run_function(session, f'SELECT {typed} FROM ({sql}) AS q({names})', types)
        kind = {'create table': 'TEMPORARY TABLE', 'temporary view': 'TEMPORARY VIEW',
                'materialized view': 'MATERIALIZED VIEW'}[self.way]
        # A literal that is stored as masked_text is masked from then on.
        what = typed if tables.is_masked_text('contacts', 'phone') else '*'
        session.query(f'CREATE {kind} made AS SELECT {what} FROM ({sql}) AS q({names})')
        return session.query('SELECT * FROM made')

    def run_function(self, session, body, types):
        table = ', '.join(f'r{number} {t}' for number, t in enumerate(types, 1))
        if self.way == 'plpgsql function':
            body = f'BEGIN RETURN QUERY {body}; END'
        language = self.way.split()[0]
        volatility = 'VOLATILE' if 'row lock' in self.constructs else 'STABLE'
        session.query(f'CREATE FUNCTION pg_temp.made() RETURNS TABLE ({table}) LANGUAGE {language} '
                      f'{volatility} AS $body$ {body} $body$')
        return session.query('SELECT * FROM pg_temp.made()')

    def outcome(self, session):
        """What a session finds; it is as before afterwards."""
        try:
            session.query(self.before())
            rows = self.run(session)
            effect = []
            if self.statement.changes:
                effect = session.query('SELECT * FROM effect()')
            if not self.ordered:
                rows = sorted(rows, key=repr)
            return Outcome(None, None, rows, effect)
        except libpq.Error as error:
            return Outcome(error.sqlstate, str(error).strip(), [], [])
        finally:
            session.query('ROLLBACK; DEALLOCATE ALL')

    def show(self):
        """How to do it by hand."""
        lines = [self.before().replace('; ', ';\n'), f'-- {self.way}', self.statement.sql + ';']
        if self.parameters:
            lines.append(f'-- parameters: {self.parameters}')
        return '\n'.join('    ' + line for line in lines)


def is_refused(outcome):
    """Was it refused for the masked reader, and says so?"""
    return outcome.sqlstate in ('42501', '22023', '0A000') and re.search('mask', outcome.message)


def compare(clear, masked):
    """What the two outcomes are together: same, error, refused, unfinished or DIFFERENT."""
    if '57014' in (clear.sqlstate, masked.sqlstate):
        return 'unfinished'
    for outcome in (clear, masked):
        if outcome.sqlstate and outcome.sqlstate.startswith(('XX', '08', '57')):
            return 'DIFFERENT'
    if is_refused(masked):
        return 'refused'
    if any(row[3] == 't' for row in masked.effect):
        return 'DIFFERENT'
    if (clear.sqlstate, clear.rows, clear.effect) != (masked.sqlstate, masked.rows, masked.effect):
        return 'DIFFERENT'
    return 'error' if clear.sqlstate else 'same'


def describe(clear, masked):
    """The first rows that only one of them has."""
    for who, mine, other in (('clear on masked tables', clear, masked),
                             ('masked on raw tables', masked, clear)):
        if mine.sqlstate:
            print(f'  {who}: {mine.message}')
            continue
        print(f'  {who}: {len(mine.rows)} rows')
        for what, own, others in (('row', mine.rows, other.rows), ('stored', mine.effect, other.effect)):
            own, others = list(map(repr, own)), list(map(repr, others))
            extra = collections.Counter(own) - collections.Counter(others)
            for row in list(extra.elements())[:3]:
                print(f'    {what}: {row[:600]}')
            if own != others and sorted(own) == sorted(others):
                print(f'    {what}s in another order')
        for row in mine.effect:
            if row[3] == 't':
                print(f'    its mask was stored: {row[:2]}')


class Run:
    """Counts what happened."""

    def __init__(self, options):
        self.options = options
        self.counts = collections.Counter()
        self.ran, self.tried, self.broken = (collections.Counter() for _ in range(3))
        self.not_empty = self.controls = self.masked = 0
        self.refusals = collections.Counter()

    def one(self, case, sessions):
        clear, masked = case.outcome(sessions['clear']), case.outcome(sessions['masked'])
        verdict = compare(clear, masked)
        self.counts[verdict] += 1
        self.tried.update(case.constructs)
        if verdict == 'same':
            self.ran.update(case.constructs)
            self.not_empty += bool(masked.rows or case.statement.changes)
        elif verdict == 'error':
            self.ran.update(case.constructs & {'error'})
        elif verdict == 'refused':
            self.refusals[masked.message.split('\n')[0]] += 1
        elif verdict == 'DIFFERENT':
            self.broken.update(case.constructs)
        if verdict == 'same' and case.number % CONTROL_EVERY == 0 and not case.statement.changes:
            self.controls += 1
            self.masked += case.outcome(sessions['control']) != masked
        if self.options.verbose or (verdict == 'DIFFERENT' and self.counts['DIFFERENT'] <= REPORTS):
            print(f'{verdict}: --seed {self.options.seed} --only {case.number}')
            print(case.show())
            describe(clear, masked)
            sys.stdout.flush()

    def share(self, what, part, whole, least=0.0, most=1.0):
        """Print a share; is it within its bounds?"""
        value = part / max(whole, 1)
        print(f'  {what:<44}{part:>7} of {whole:<7}{100 * value:5.1f} %')
        return least <= value <= most

    def verdict(self):
        """The lines "ok" and "not ok", and the counts."""
        total = sum(self.counts.values())
        print(f'{total} statements of seed {self.options.seed}')
        results = []
        checks = (('the same rows', self.counts['same'], total, 0.5, 1),
                  ('the same error', self.counts['error'], total, 0, MAX_ERRORS),
                  ('refused for masked readers', self.counts['refused'], total, 0, MAX_REFUSED),
                  ('too slow to compare', self.counts['unfinished'], total, 0, MAX_UNFINISHED),
                  ('DIFFERENT', self.counts['DIFFERENT'], total, 0, 0),
                  ('that have rows, of the same', self.not_empty, self.counts['same'], MIN_NOT_EMPTY, 1),
                  ('whose rows masks change, of a sample', self.masked, self.controls, MIN_MASKED, 1))
        for what, *bounds in checks:
            results.append((self.share(what, *bounds),
                            f'{what}: from {bounds[2]:.0%} to {bounds[3]:.0%}'))
        for message, number in self.refusals.most_common():
            print(f'    {number:>5}  {message}')
        for construct in CONSTRUCTS:
            results.append((self.ran[construct] and not self.broken[construct],
                            f'{construct}: {self.ran[construct]} of {self.tried[construct]} ran, '
                            f'{self.broken[construct]} differ'))
        failed = [text for good, text in results if not good]
        for good, text in results:
            if good and self.options.verbose:
                print(f'ok: {text}')
        for text in failed:
            print(f'not ok: {text}')
        print(f'{len(results) - len(failed)} passed, {len(failed)} failed')
        return not failed


def drop(admin):
    admin.query(f'DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)')
    for role in (tables.CLEAR, tables.MASKED):
        admin.query(f'DROP ROLE IF EXISTS {role}')


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--queries', type=int, default=500)
    parser.add_argument('--seed', type=int, default=DEFAULT_SEED)
    parser.add_argument('--only', type=int)
    parser.add_argument('--verbose', action='store_true')
    parser.add_argument('--masked-text', action='store_true', help='mask by types, not by labels')
    parser.add_argument('--keep', action='store_true', help='keep the database')
    options = parser.parse_args()

    if options.masked_text:
        tables.use_masked_text()
    user = os.environ['PGUSER']
    admin = in_database('postgres')(user)
    drop(admin)
    admin.query(f'CREATE DATABASE {DATABASE}')
    connect = in_database(DATABASE)
    try:
        owner = connect(user)
        tables.create(owner, random.Random(options.seed))
        major = int(owner.query('SHOW server_version_num')[0][0]) // 10000
        parallel = 'force_parallel_mode' if major < 16 else 'debug_parallel_query'
        sessions = {'clear': connect(tables.CLEAR, 'masked'), 'masked': connect(tables.MASKED, 'raw'),
                    'control': connect(tables.CLEAR, 'raw')}
        run = Run(options)
        if options.only is not None:
            options.verbose = True
            run.one(Case(options.seed, options.only, parallel), sessions)
            return not run.counts['DIFFERENT']
        for number in range(options.queries):
            run.one(Case(options.seed, number, parallel), sessions)
        return run.verdict()
    finally:
        if not options.keep:
            drop(admin)


if __name__ == '__main__':
    sys.exit(not main())
