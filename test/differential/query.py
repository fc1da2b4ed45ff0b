"""Random queries: what stands in FROM, the kinds of SELECT, and subqueries.

Every query has the columns c1, c2, ... of the types asked for.  A LIMIT stands
only where all columns are ordered, so that rows that tie are the same.
"""

import collections
import itertools

from expression import (CONSTRUCTS as OF_EXPRESSIONS, ROW_TYPES, SCALARS, WINDOWS, Column,
                        ExpressionGenerator, Scope, Source, table_columns)
from tables import REFERENCES, ROWS, VIEWS

MAX_ROWS = 2000                 # of a join, by estimate
MAX_NESTING = 3

JOINS = (('join', 'JOIN'), ('left join', 'LEFT JOIN'), ('right join', 'RIGHT JOIN'),
         ('full join', 'FULL JOIN'), ('cross join', 'CROSS JOIN'))
SOURCES = ('table', 'sample', 'partition', 'view', 'from subquery', 'lateral', 'values list',
           'set function', 'set of rows', 'unnest', 'json rows', 'rows from', 'cte',
           'using', 'natural join', 'aliased join')
LATERAL = ('lateral', 'set of rows', 'unnest', 'json rows', 'rows from')
KINDS = ('plain', 'where', 'distinct', 'distinct on', 'group by', 'having', 'rollup', 'cube',
         'grouping sets', 'dependent group', 'set operation', 'values', 'with', 'with recursive',
         'window')
SUBQUERIES = ('scalar subquery', 'scalar limit', 'without from', 'array subquery')
CONDITIONS = ('exists', 'not exists', 'in', 'not in', 'any', 'all', 'row in')
CONSTRUCTS = (OF_EXPRESSIONS | {name for name, _ in JOINS} | set(SOURCES) | set(KINDS)
              | set(SUBQUERIES) | set(CONDITIONS)
              | {'correlated', 'field of a row', 'order by', 'limit', 'with ties', 'row lock'})

From = collections.namedtuple('From', 'sql sources rows')
Query = collections.namedtuple('Query', 'sql types ordered')


class QueryGenerator(ExpressionGenerator):
    """Makes queries out of expressions."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.ctes = []                  # (name, columns) that can be read
        self.nesting = 0

    def among(self, names):
        return self.pick([(name,) for name in names])[0]

    # FROM

    def source(self, left, parent):
        """(construct, From) of one entry, which may refer to those on its left
        if it is lateral."""
        deep = self.nesting < MAX_NESTING and self.budget > 0
        # The plain table is what everything else is joined with.
        kinds = [kind for kind in SOURCES
                 if (kind not in ('from subquery', 'lateral') or deep) and (kind != 'cte' or self.ctes)]
        kind = self.among(kinds + ['table'] * 12)
        make = getattr(self, 'source_' + kind.replace(' ', '_'))
        sql, *sources = make(Scope(left, parent))
        return kind, From(sql, sources, max(source.rows for source in sources))

    def relation(self, name, rows, table=None, prefix='', suffix=''):
        alias = self.name('t')
        return (f'{prefix}{name} AS {alias}{suffix}',
                Source(alias, table_columns(table or name), rows, table))

    def source_table(self, _scope):
        table = self.rng.choice(ROW_TYPES)
        only = 'ONLY ' if table == 'contacts' and self.chance(0.1) else ''
        return self.relation(table, ROWS[table], table, only)

    def source_sample(self, _scope):
        table = self.rng.choice(ROW_TYPES)
        method = self.rng.choice(('bernoulli (50)', 'system (100)', 'bernoulli (100)'))
        return self.relation(table, ROWS[table], table, suffix=f' TABLESAMPLE {method} REPEATABLE (7)')

    def source_partition(self, _scope):
        alias = self.name('t')
        name = self.rng.choice(('old_messages', 'new_messages'))
        return f'{name} AS {alias}', Source(alias, table_columns('messages'), 25)

    def source_view(self, _scope):
        return self.relation(self.rng.choice(list(VIEWS)), 36)

    def derived(self, sql, types, rows, lateral=''):
        """A subquery of columns c1, c2, ..."""
        alias = self.name('s')
        names = [f'c{number}' for number in range(1, len(types) + 1)]
        return (f'{lateral}({sql}) AS {alias}({", ".join(names)})',
                Source(alias, [(name, kind, True) for name, kind in zip(names, types)], rows, whole=True))

    def source_from_subquery(self, scope):
        query = self.query(self.types(), scope.parent)
        return self.derived(query.sql, query.types, 60)

    def source_lateral(self, scope):
        query = self.query(self.types(2), scope)
        return self.derived(query.sql, query.types, 20, 'LATERAL ')

    def source_values_list(self, scope):
        types = self.types()
        return self.derived(self.values(types, scope.parent), types, 3)

    def function(self, call, cols, rows):
        alias = self.name('f')
        names = ', '.join(name for name, _, _ in cols)
        return f'{call} AS {alias}({names})', Source(alias, cols, rows)

    def source_set_function(self, _scope):
        alias = self.name('t')
        return (f"people({self.literal('text')}) AS {alias}",
                Source(alias, table_columns('contacts'), 8, 'contacts'))

    def source_set_of_rows(self, scope):
        return self.function(f"phones_of({self.expression('int', scope, 1)})",
                             [('phone', 'text', True)], 3)

    def source_unnest(self, scope):
        if self.chance(0.5):
            return self.function(f"unnest({self.expression('texts', scope)}) WITH ORDINALITY",
                                 [('item', 'text', True), ('n', 'bigint', False)], 3)
        return self.function(f"regexp_split_to_table({self.expression('text', scope)}, '[- ]')",
                             [('item', 'text', True)], 3)

    def source_json_rows(self, scope):
        value = self.expression('jsonb', scope, 1)
        call = f"jsonb_each_text(CASE WHEN jsonb_typeof({value}) = 'object' THEN {value} END)"
        return self.function(call, [('key', 'text', True), ('value', 'text', True)], 4)

    def source_rows_from(self, scope):
        call = f"ROWS FROM (unnest({self.expression('texts', scope)}), generate_series(1, 2))"
        return self.function(call, [('item', 'text', True), ('n', 'int', False)], 3)

    def source_cte(self, _scope):
        name, types = self.rng.choice(self.ctes)
        return self.derived(f'SELECT * FROM {name}', types, 60)

    def equality(self, left, right):
        """(condition, whether it is by keys) between two sides of a join; None
        if no columns can be equal."""
        keys, others = [], []
        for a, b in itertools.product(left, right):
            for (child, column), parent in REFERENCES.items():
                if (child, parent) == (a.table, b.table):
                    keys.append(f'{a.alias}.{column} = {b.alias}.id')
                if (child, parent) == (b.table, a.table):
                    keys.append(f'{b.alias}.{column} = {a.alias}.id')
            if a.table and b.table:
                keys.append(f'{a.alias}.id = {b.alias}.id')
            others += [f'{x.sql} = {y.sql}' for x in a.columns for y in b.columns if x.type == y.type]
        if keys and (not others or self.chance(0.5)):
            return self.rng.choice(keys), True
        return (self.rng.choice(others), False) if others else None

    def from_clause(self, parent, most=3):
        """A tree of joins."""
        _, result = self.source([], parent)
        wanted_join = self.wanted in {name for name, _ in JOINS}
        for _ in range(self.rng.choice((0, 0, 1, 1, 2)[:most + 2]) or wanted_join):
            kind, right = self.source(result.sources, parent)
            result = self.join(result, right, parent, kind in LATERAL)
        return result

    def join(self, left, right, parent, lateral):
        joined = left.sources + right.sources
        equal = self.equality(left.sources, right.sources)
        product = left.rows * right.rows
        construct, word = self.pick([join for join in JOINS
                                     if not (lateral and join[0] in ('right join', 'full join'))
                                     and (equal or join[0] != 'full join')
                                     and (product < MAX_ROWS or join[0] != 'cross join')])
        if construct == 'cross join':
            return From(f'{left.sql} CROSS JOIN {right.sql}', joined, product)
        if equal is None:
            condition, rows = self.expression('bool', Scope(joined, parent)), product
        else:
            condition = equal[0]
            rows = max(left.rows, right.rows) if equal[1] else product // 3
            if construct != 'full join' and self.chance(0.3):
                condition += f" AND {self.expression('bool', self.cheap(Scope(joined, parent)), 1)}"
        if rows > MAX_ROWS:
            word, rows = 'JOIN', MAX_ROWS
            condition += f' AND {self.short(joined)}'
        return From(f'{left.sql} {word} {right.sql} ON {condition}', joined, rows)

    @staticmethod
    def cheap(scope):
        scope.subqueries = False
        return scope

    @staticmethod
    def short(sources):
        """A condition that leaves few rows."""
        return ' AND '.join(f'{source.alias}.id < 6' for source in sources if source.table) or 'true'

    def source_using(self, _scope):
        """A table joined with itself, the merged columns, and their alias."""
        table, first, second, merged = (self.rng.choice(ROW_TYPES), self.name('t'), self.name('t'),
                                        self.name('j'))
        cols = table_columns(table)
        column = self.rng.choice([name for name, kind, _ in cols if kind in ('text', 'date')])
        word = self.rng.choice(('JOIN', 'LEFT JOIN', 'FULL JOIN', 'RIGHT JOIN'))
        sources = [Source(name, cols, ROWS[table], table) for name in (first, second)
                   if self.chance(0.5)]
        return (f'({table} AS {first} {word} {table} AS {second} USING (id, {column}) AS {merged})',
                *sources, Source(merged, [c for c in cols if c[0] in ('id', column)],
                                 1 if sources else ROWS[table], whole=True))

    def source_natural_join(self, _scope):
        table, first, second = self.rng.choice(ROW_TYPES), self.name('t'), self.name('t')
        cols = table_columns(table)
        column = self.rng.choice([name for name, kind, _ in cols if kind == 'text'])
        return (f'({table} AS {first} NATURAL {self.rng.choice(("JOIN", "LEFT JOIN"))} '
                f'(SELECT id, {column}, 1 AS one FROM {table}) AS {second})',
                Source(first, cols, ROWS[table], table), Source(second, [('one', 'int', False)], 1))

    def source_aliased_join(self, _scope):
        """A join whose columns have new names, and whose row is a record."""
        alias = self.name('j')
        (child, column), parent = self.rng.choice(list(REFERENCES.items()))
        cols = [(f'c{number}', kind, masked) for number, (_, kind, masked)
                in enumerate(table_columns(parent) + table_columns(child), 1)]
        word = self.rng.choice(('JOIN', 'LEFT JOIN', 'FULL JOIN'))
        return (f'({parent} AS a {word} {child} AS b ON a.id = b.{column}) AS {alias}'
                f'({", ".join(name for name, _, _ in cols)})',
                Source(alias, cols, ROWS[child], whole=True))

    # SELECT

    def types(self, most=4):
        kinds = SCALARS * 4 + ('text',) * 12 + ROW_TYPES + ('texts', 'ints')
        return [self.rng.choice(kinds) for _ in range(self.rng.randint(1, most))]

    @staticmethod
    def targets(expressions):
        return ', '.join(f'{sql} AS c{number}' for number, sql in enumerate(expressions, 1))

    def query(self, types, parent=None, kinds=KINDS):
        """A query of these types."""
        if self.nesting >= MAX_NESTING or self.budget <= 0:
            kinds = ('plain', 'where')
        self.nesting += 1
        kind = self.among(tuple(kinds) + tuple(k for k in ('where',) * 5 if k in kinds))
        make = {'set operation': self.set_operation, 'values': self.values_query, 'with': self.with_query,
                'with recursive': self.with_recursive}.get(kind)
        if make:
            result = make(types, parent)
        elif kind in ('group by', 'having', 'rollup', 'cube', 'grouping sets', 'dependent group'):
            result = self.grouped(kind, types, parent)
        else:
            result = self.plain(kind, types, parent)
        self.nesting -= 1
        return result

    def where(self, scope, share):
        return f" WHERE {self.expression('bool', scope, 3)}" if self.chance(share) else ''

    def plain(self, kind, types, parent):
        clause = self.from_clause(parent)
        scope = Scope(clause.sources, parent)
        scope.rows = clause.rows
        where = self.where(scope, 1 if kind == 'where' else 0.3)
        shown = Scope(clause.sources, parent)
        shown.rows, shown.windows = clause.rows, kind == 'window'
        if kind == 'distinct on':
            return self.distinct_on(types, clause, where, shown)
        expressions = [self.window(t, shown) if kind == 'window' and t in WINDOWS
                       else self.expression(t, shown) for t in types]
        word = 'DISTINCT ' if kind == 'distinct' else ''
        sql = f'SELECT {word}{self.targets(expressions)} FROM {clause.sql}{where}'
        lockable = (kind in ('plain', 'where') and self.nesting == 1 and len(clause.sources) == 1
                    and clause.sources[0].table in ROWS)
        if lockable and 'TABLESAMPLE' not in sql and self.chance(0.1):
            self.used.add('row lock')
            how = self.rng.choice(('FOR UPDATE', 'FOR SHARE', 'FOR NO KEY UPDATE'))
            return Query(f'{sql} {how}', types, False)
        return self.finish(sql, types, self.cheap(scope) if kind in ('plain', 'where') else None)

    def distinct_on(self, types, clause, where, scope):
        columns = [c.sql for c in scope.columns if c.type in ('text', 'date', 'bool')] or scope.key
        on = self.rng.choice(columns)
        expressions = [self.expression(t, self.cheap(scope)) for t in types]
        order = ', '.join([on] + [key for key in scope.key if key != on])
        return Query(f'SELECT DISTINCT ON ({on}) {self.targets(expressions)} FROM {clause.sql}{where} '
                     f'ORDER BY {order}', types, False)

    def group_columns(self, scope):
        """What to group by: columns, and expressions of columns."""
        columns = [c for c in scope.columns if c.type in SCALARS]
        masked = [c for c in columns if c.masked]
        columns = masked if masked and self.chance(0.5) else columns
        chosen = self.rng.sample(columns, min(len(columns), self.rng.randint(1, 3)))
        result = []
        for column in chosen:
            if column.type == 'text' and self.chance(0.3):
                template = self.rng.choice(('left({}, 3)', 'upper({})', "coalesce({}, '-')",
                                            'length({})'))
                kind = 'int' if template.startswith('length') else 'text'
                result.append(Column(template.format(column.sql), kind, True, False))
            else:
                result.append(column)
        return result

    def grouped(self, kind, types, parent):
        if kind == 'dependent group':
            return self.dependent_group(types, parent)
        clause = self.from_clause(parent)
        scope = Scope(clause.sources, parent)
        scope.rows = clause.rows
        where = self.where(scope, 0.3)
        columns = self.group_columns(scope)
        group = {'rollup': 'ROLLUP ({})', 'cube': 'CUBE ({})'}.get(kind, '{}').format(
            ', '.join(c.sql for c in columns))
        if kind == 'grouping sets':
            sets = [self.rng.sample(columns, self.rng.randint(0, len(columns))) for _ in range(3)]
            group = ', '.join(f"({', '.join(c.sql for c in some)})" for some in sets + [columns])
            group = f'GROUPING SETS ({group})'
        shown = scope.grouped(columns)
        if kind in ('rollup', 'cube', 'grouping sets'):
            # Before PostgreSQL 18 such subqueries are refused.
            shown.subqueries = self.chance(0.15)
        expressions = [self.expression(t, shown) for t in types]
        having = ''
        if kind == 'having' or self.chance(0.1):
            having = f" HAVING {self.expression('bool', shown)}"
        sql = f'SELECT {self.targets(expressions)} FROM {clause.sql}{where} GROUP BY {group}{having}'
        return self.finish(sql, types)

    def dependent_group(self, types, parent):
        """Grouped by a key, on which the other columns depend."""
        table = self.rng.choice([t for t in ROW_TYPES if t != 'messages'])
        sql, source = self.relation(table, ROWS[table], table)
        scope = Scope([source], parent)
        shown = scope.grouped(scope.columns)
        sql = (f'SELECT {self.targets([self.expression(t, shown) for t in types])} FROM {sql}'
               f'{self.where(scope, 0.3)} GROUP BY {source.alias}.id')
        return self.finish(sql, types)

    def values(self, types, parent):
        rows = [', '.join(self.expression(t, Scope([], parent), 1) for t in types)
                for _ in range(self.rng.randint(1, 3))]
        return 'VALUES ' + ', '.join(f'({row})' for row in rows)

    def values_query(self, types, parent):
        names = ', '.join(f'c{number}' for number in range(1, len(types) + 1))
        sql = f'SELECT * FROM ({self.values(types, parent)}) AS {self.name("s")}({names})'
        return Query(sql, types, False)

    def set_operation(self, types, parent):
        arms = [self.query(types, parent).sql for _ in range(self.rng.choice((2, 2, 3)))]
        sql = f'({arms[0]})'
        for arm in arms[1:]:
            word = (self.rng.choice(('UNION', 'INTERSECT', 'EXCEPT'))
                    + self.rng.choice(('', ' ALL')))
            sql = f'({sql}) {word} ({arm})' if self.chance(0.5) else f'({arm}) {word} ({sql})'
        return self.finish(sql, types)

    def with_query(self, types, parent):
        name, kinds = self.name('w'), self.types()
        inner = self.query(kinds, parent)
        how = self.rng.choice(('', 'MATERIALIZED ', 'NOT MATERIALIZED '))
        self.ctes.append((name, inner.types))
        outer = self.query_of_cte(types, parent)
        self.ctes.pop()
        names = ', '.join(f'c{number}' for number in range(1, len(inner.types) + 1))
        return outer._replace(sql=f'WITH {name}({names}) AS {how}({inner.sql}) {outer.sql}')

    def query_of_cte(self, types, parent):
        """A query that is rather sure to read the newest CTE."""
        name, kinds = self.ctes[-1]
        sql, source = self.derived(f'SELECT * FROM {name}', kinds, 60)
        self.used.add('cte')
        clause = From(sql, [source], 60)
        if self.chance(0.5):
            table = self.rng.choice(ROW_TYPES)
            right_sql, right = self.relation(table, ROWS[table], table)
            equal = self.equality([source], [right])
            if equal:
                clause = From(f'{sql} LEFT JOIN {right_sql} ON {equal[0]}', [source, right], 1000)
        scope = Scope(clause.sources, parent)
        scope.rows = clause.rows
        expressions = [self.expression(t, scope) for t in types]
        sql = f'SELECT {self.targets(expressions)} FROM {clause.sql}{self.where(scope, 0.4)}'
        return self.finish(sql, types)

    def with_recursive(self, types, parent):
        name, alias, table = self.name('r'), self.name('t'), self.rng.choice(ROW_TYPES)
        start = self.query(['text'], parent, ('plain', 'where', 'distinct'))
        step = self.cheap(Scope([Source(name, [('n', 'int', False), ('c', 'text', True)], 30),
                                 Source(alias, table_columns(table), ROWS[table], table)], parent))
        on = self.rng.choice((f'{alias}.id = {name}.n + 1', f'{alias}.id = {name}.n'))
        again = f"({self.expression('text', step)})::text COLLATE \"default\""
        sql = (f'WITH RECURSIVE {name}(n, c) AS ('
               f'SELECT 1, (c1)::text COLLATE "default" FROM ({start.sql}) AS s(c1) '
               f"UNION {self.rng.choice(('', 'ALL '))}"
               f'SELECT {name}.n + 1, {again} FROM {name} JOIN {table} AS {alias} ON {on} '
               f'WHERE {name}.n < 4)')
        self.ctes.append((name, ['int', 'text']))
        outer = self.query_of_cte(types, parent)
        self.ctes.pop()
        return outer._replace(sql=f'{sql} {outer.sql}')

    def finish(self, sql, types, scope=None):
        """ORDER BY and LIMIT, or neither; by expressions of the scope, too."""
        if not self.chance(0.4) and self.wanted not in ('order by', 'limit', 'with ties'):
            return Query(sql, types, False)
        positions = list(range(1, len(types) + 1))
        self.rng.shuffle(positions)
        terms = [f"{n} {self.rng.choice(('', 'DESC', 'ASC NULLS FIRST', 'DESC NULLS LAST'))}".strip()
                 for n in positions]
        if scope and self.chance(0.3):
            terms.insert(0, self.expression(self.rng.choice(('text', 'date')), scope, 1))
        self.used.add('order by')
        kind = self.among(('order by', 'limit', 'with ties'))
        if kind == 'with ties':
            return Query(f'{sql} ORDER BY {terms[0]} FETCH FIRST {self.rng.randint(1, 5)} ROWS WITH TIES',
                         types, False)
        tail = ''
        if kind == 'limit':
            tail = f' LIMIT {self.rng.randint(0, 9)} OFFSET {self.rng.randint(0, 2)}'
        return Query(f"{sql} ORDER BY {', '.join(terms)}{tail}", types, True)

    # Subqueries in expressions

    def subquery(self, kind, scope):
        if self.nesting >= MAX_NESTING:
            return self.leaf(kind, scope)
        if kind == 'bool' and self.chance(0.8):
            return self.condition(scope)
        form = self.among([form for form in SUBQUERIES if form != 'array subquery' or kind == 'text'])
        if form == 'without from':
            return f'(SELECT {self.expression(kind, Scope([], scope), 1)})'
        self.nesting += 1
        if form == 'array subquery':
            inner = self.query([kind], scope, ('plain', 'where', 'distinct', 'group by', 'set operation'))
            result = (f'array_to_string(ARRAY(SELECT x FROM ({inner.sql}) AS s(x) ORDER BY x), \',\')')
        elif form == 'scalar limit':
            inner = self.query([kind], scope, ('plain', 'where', 'window', 'having', 'set operation'))
            result = f'(SELECT x FROM ({inner.sql}) AS s(x) ORDER BY 1 LIMIT 1)'
        else:
            clause = self.from_clause(scope, 1)
            inside = Scope(clause.sources, scope)
            shown = inside.grouped([])
            result = (f'(SELECT {self.expression(kind, shown, 1)} FROM {clause.sql}'
                      f'{self.where(self.cheap(inside), 0.7)} HAVING true)')
        self.nesting -= 1
        return result

    def condition(self, scope):
        """A condition with a subquery."""
        form = self.among(CONDITIONS)
        self.nesting += 1
        kind = self.rng.choice(('text', 'text', 'int', 'date'))
        kinds = [kind, 'int'] if form == 'row in' else [kind]
        inner = self.query(kinds, scope, ('plain', 'where', 'distinct', 'group by', 'set operation',
                                          'values'))
        left = '' if 'exists' in form else self.expression(kind, scope, 1)
        if form == 'row in':
            left = f"({left}, {self.leaf('int', scope)})"
        self.nesting -= 1
        operator = self.rng.choice(('=', '<', '>=', '<>'))
        return {'exists': f'EXISTS ({inner.sql})', 'not exists': f'NOT EXISTS ({inner.sql})',
                'in': f'({left} IN ({inner.sql}))', 'not in': f'({left} NOT IN ({inner.sql}))',
                'any': f'({left} {operator} ANY ({inner.sql}))',
                'all': f'({left} {operator} ALL ({inner.sql}))',
                'row in': f'({left} IN ({inner.sql}))'}[form]
