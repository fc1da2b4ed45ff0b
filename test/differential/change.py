"""Random statements that change rows, and what a test runs: a query or those.

A masked reader may not change rows that a join on masks picks: the conditions
stay away from that, but for a few that have to be refused.
"""

import collections

from expression import ROW_TYPES, Scope, Source, table_columns
from query import CONSTRUCTS as OF_QUERIES, QueryGenerator
from tables import MASKS, REFERENCES, ROWS, SHOWN, TABLES, plain_type, quote

STATEMENTS = ('insert', 'insert select', 'upsert', 'do nothing', 'update', 'update from', 'delete',
              'delete using', 'merge', 'modifying with', 'change of a view', 'save back', 'error')
ASSIGNMENTS = ('assign new', 'assign same', 'assign choice', 'assign json', 'assign null',
               'assign excluded')
CONDITIONS = ('condition on masks', 'condition on keys', 'condition by subquery', 'no condition')
CONSTRUCTS = OF_QUERIES | set(STATEMENTS) | set(ASSIGNMENTS) | set(CONDITIONS) | {'returning'}

# ordered: compare rows as a list; parameters: None if it cannot be prepared;
# types: of its columns, None if it does not return rows of a query.
Statement = collections.namedtuple('Statement', 'sql ordered changes types')

FIRST_NEW_ID = 1000
NEVER_ASSIGNED = {'id', 'priority', 'letters'}   # a condition of a label reads priority


class ChangeGenerator(QueryGenerator):
    """Makes statements."""

    def statement(self):
        """A Statement: two thirds are queries."""
        if self.wanted not in STATEMENTS + ASSIGNMENTS + CONDITIONS + ('returning',) and (
                self.wanted is not None or self.chance(0.66)):
            query = self.query(self.types())
            return Statement(query.sql, query.ordered, False, query.types)
        kind = self.among({'assign excluded': ('upsert',)}.get(self.wanted) or
                          (('update', 'upsert') if self.wanted in ASSIGNMENTS else
                           ('update', 'delete') if self.wanted in CONDITIONS else STATEMENTS))
        if kind == 'error':
            return Statement(self.error(), False, False, None)
        if kind == 'modifying with':
            return self.modifying_with()
        return Statement(self.change(kind, self.types(3))[0], False, True, None)

    def error(self):
        """What fails, if it fails, whatever the plan is."""
        table = self.rng.choice(ROW_TYPES)
        sql, source = self.relation(table, ROWS[table], table)
        what = self.expression('text', self.cheap(Scope([source])), 1)
        cast = self.rng.choice(('int', 'date', 'jsonb', 'boolean'))
        return f'SELECT count(({what})::{cast}) FROM {sql}'

    def modifying_with(self):
        kind = self.among(('insert', 'upsert', 'update', 'delete', 'delete using'))
        self.wanted = None if self.wanted == kind else self.wanted
        types = self.types(3)
        sql, returned = self.change(kind, types, must_return=True)
        name = self.name('w')
        names = ', '.join(f'c{number}' for number in range(1, len(returned) + 1))
        self.ctes.append((name, returned))
        outer = self.query_of_cte(self.types(), None)
        self.ctes.pop()
        return Statement(f'WITH {name}({names}) AS ({sql}) {outer.sql}', outer.ordered, True, None)

    def change(self, kind, types, must_return=False):
        """(SQL, types that it returns)."""
        make = getattr(self, kind.replace(' ', '_'))
        if kind == 'merge':
            return make(), []
        sql, scope = make()
        if not must_return and not self.chance(0.6):
            return sql, []
        self.used.add('returning')
        return f'{sql} RETURNING {self.targets([self.expression(t, scope) for t in types])}', types

    # Values

    def new_value(self, table, column):
        """A literal that somebody could type into the column."""
        _, values = TABLES[table][column]
        parent = REFERENCES.get((table, column))
        if parent:
            return str(self.rng.randint(1, ROWS[parent]))
        return self.typed(table, column, values)

    def typed(self, table, column, values):
        return f'{quote(self.rng.choice(values))}::{plain_type(table, column)}'

    def value(self, table, column, scope):
        """What an unmasked column becomes."""
        kind = dict((name, t) for name, t, _ in table_columns(table))[column]
        if (table, column) in REFERENCES:
            number = self.expression('int', self.cheap(scope), 1)
            return f'1 + abs({number} % {ROWS[REFERENCES[table, column]]})'
        return self.expression(kind, scope)

    def assignments(self, table, scope, excluded=False):
        """SET: unmasked columns to anything, masked ones to what a reader may write."""
        free = [c for c in TABLES[table] if c not in NEVER_ASSIGNED]
        chosen = self.rng.sample([c for c in free if (table, c) not in MASKS],
                                 self.rng.randint(1, 2))
        sets = [f'{column} = {self.value(table, column, scope)}' for column in chosen]
        if self.chance(0.5) or self.wanted in ASSIGNMENTS:
            masked = [c for c in free if (table, c) in MASKS]
            if self.wanted == 'assign json':
                masked = [c for c in masked if TABLES[table][c][0] == 'jsonb'] or masked
            for column in self.rng.sample(masked, min(len(masked), self.rng.randint(1, 2))):
                sets.append(f'{column} = {self.masked_value(table, column, scope, excluded)}')
        return ', '.join(sets)

    def masked_value(self, table, column, scope, excluded):
        """What a masked column may become: itself, or what is not masked."""
        is_json = TABLES[table][column][0] == 'jsonb'
        # The row that conflicts was masked under its own conditions.
        excluded = excluded and '{1}' not in MASKS[table, column].expression
        how = self.among([a for a in ASSIGNMENTS if (a != 'assign excluded' or excluded)
                          and (a != 'assign json' or is_json)])
        own = f'{scope.rows_of[0][0]}.{column}'
        if how == 'assign new':
            return self.new_value(table, column)
        if how == 'assign choice':
            return (f"CASE WHEN {self.expression('bool', self.cheap(scope), 1)} THEN {own} "
                    f'ELSE {self.new_value(table, column)} END')
        return {'assign same': own, 'assign json': f"({own} || '{{\"other\": 2}}')",
                'assign null': 'NULL', 'assign excluded': f'excluded.{column}'}[how]

    def a_table(self):
        """The name of a table; where json is to be assigned, of one that has some."""
        return self.rng.choice([table for table in ROW_TYPES if self.wanted != 'assign json'
                                or any(kind == 'jsonb' for kind, _ in TABLES[table].values())])

    def target(self):
        table = self.a_table()
        sql, source = self.relation(table, ROWS[table], table)
        return table, sql, Scope([source])

    def condition_of_change(self, scope):
        """WHERE for a target: on its masks alone, or on anything unmasked."""
        how = self.among(CONDITIONS)
        alias, table = scope.rows_of[0]
        if how == 'no condition':
            return ''
        if how == 'condition on masks':
            return f" WHERE {self.expression('bool', self.cheap(Scope([self.source_of(alias, table)])))}"
        if how == 'condition by subquery' and not self.chance(0.1):
            child, column = self.rng.choice([key for key in REFERENCES])
            inner, source = self.relation(child, ROWS[child], child)
            where = self.expression('bool', self.cheap(Scope([source])), 1)
            return (f' WHERE {alias}.id {self.rng.choice(("", "NOT "))}IN '
                    f'(SELECT {source.alias}.{column} FROM {inner} WHERE {where})')
        if how == 'condition by subquery':
            return f" WHERE {self.expression('bool', Scope([self.source_of(alias, table)]), 3)}"
        return f' WHERE {alias}.id % {self.rng.randint(2, 5)} = {self.rng.randint(0, 1)}'

    @staticmethod
    def source_of(alias, table):
        return Source(alias, table_columns(table), ROWS[table], table)

    # Statements: each gives SQL, and what RETURNING sees

    def rows_to_insert(self, table, ids):
        columns = [c for c in TABLES[table] if c != 'id' and self.chance(0.7)]
        rows = [', '.join([str(number)] + [self.new_value(table, c) for c in columns]) for number in ids]
        alias = self.name('t')
        sql = (f'INSERT INTO {table} AS {alias} (id{"".join(", " + c for c in columns)}) '
               f'VALUES {", ".join(f"({row})" for row in rows)}')
        return sql, alias

    def insert(self):
        table = self.rng.choice(ROW_TYPES)
        ids = range(FIRST_NEW_ID, FIRST_NEW_ID + self.rng.randint(1, 3))
        sql, alias = self.rows_to_insert(table, ids)
        return sql, Scope([self.source_of(alias, table)])

    def insert_select(self):
        """Unmasked columns of anything, masked ones of literals."""
        table, from_sql, scope = self.target()
        source_alias, alias = scope.rows_of[0][0], self.name('t')
        columns = [c for c in TABLES[table] if c not in ('id', 'priority') and self.chance(0.6)]
        values = [self.new_value(table, c) if (table, c) in MASKS else self.value(table, c, scope)
                  for c in columns]
        sql = (f'INSERT INTO {table} AS {alias} ({", ".join(["id"] + columns)}) '
               f'SELECT {", ".join([f"{FIRST_NEW_ID} + {source_alias}.id"] + values)} FROM {from_sql}'
               f'{self.where(self.cheap(scope), 0.7)}')
        return sql, Scope([self.source_of(alias, table)])

    def conflicting(self, action):
        table = self.a_table()
        ids = self.rng.sample(range(1, ROWS[table] + 1), 2) + [FIRST_NEW_ID]
        sql, alias = self.rows_to_insert(table, ids)
        scope = Scope([self.source_of(alias, table)])
        return f'{sql} ON CONFLICT {action(table, scope)}', scope

    def do_nothing(self):
        return self.conflicting(lambda table, scope: self.rng.choice(('', '(id) ')) + 'DO NOTHING')

    def upsert(self):
        def action(table, scope):
            where = f" WHERE {self.expression('bool', self.cheap(scope), 1)}" if self.chance(0.3) else ''
            return f'(id) DO UPDATE SET {self.assignments(table, scope, True)}{where}'
        return self.conflicting(action)

    def update(self):
        table, sql, scope = self.target()
        only = 'ONLY ' if table == 'contacts' and self.chance(0.1) else ''
        sets = self.assignments(table, scope)
        return f'UPDATE {only}{sql} SET {sets}{self.condition_of_change(scope)}', scope

    def update_from(self):
        """Every row has one partner: the row that it refers to."""
        (table, column), parent = self.rng.choice(list(REFERENCES.items()))
        sql, source = self.relation(table, ROWS[table], table)
        parent_sql, partner = self.relation(parent, ROWS[parent], parent)
        both = Scope([source, partner])
        clear = Scope([source, partner])
        clear.only_clear, clear.subqueries = not self.chance(0.05), False
        return (f'UPDATE {sql} SET {self.assignments(table, both)} FROM {parent_sql} WHERE '
                f'{source.alias}.{column} = {partner.alias}.id AND {self.expression("bool", clear)}',
                both)

    def delete(self):
        _, sql, scope = self.target()
        return f'DELETE FROM {sql}{self.condition_of_change(scope)}', scope

    def delete_using(self):
        (table, column), parent = self.rng.choice(list(REFERENCES.items()))
        sql, source = self.relation(table, ROWS[table], table)
        parent_sql, partner = self.relation(parent, ROWS[parent], parent)
        clear = Scope([partner])
        return (f'DELETE FROM {sql} USING {parent_sql} '
                f'WHERE {source.alias}.{column} = {partner.alias}.id '
                f'AND {self.expression("bool", self.cheap(clear))}', Scope([source, partner]))

    def merge(self):
        table, target_sql, target = self.target()
        other, source_sql, source = self.target()
        (alias, _), (from_alias, _) = target.rows_of[0], source.rows_of[0]
        clear = Scope([self.source_of(alias, table), self.source_of(from_alias, other)])
        clear.only_clear, clear.subqueries = True, False
        both = self.cheap(Scope([self.source_of(alias, table), self.source_of(from_alias, other)]))
        update = f'UPDATE SET {self.assignments(table, both)}'
        columns = [c for c in TABLES[table] if c not in ('id', 'priority') and self.chance(0.5)]
        values = [self.new_value(table, c) if (table, c) in MASKS else self.value(table, c, source)
                  for c in columns]
        insert = (f'INSERT ({", ".join(["id"] + columns)}) '
                  f'VALUES ({", ".join([f"{FIRST_NEW_ID} + {from_alias}.id"] + values)})')
        shift = self.rng.choice((0, 0, 20))
        return (f'MERGE INTO {target_sql} USING {source_sql} ON {alias}.id = {from_alias}.id + {shift} '
                f'WHEN MATCHED AND {self.expression("bool", clear)} THEN {update} '
                f'WHEN MATCHED THEN {self.rng.choice(("DELETE", "DO NOTHING", update))} '
                f'WHEN NOT MATCHED AND {self.expression("bool", self.cheap(source), 1)} THEN {insert} '
                'WHEN NOT MATCHED THEN DO NOTHING')

    def save_back(self):
        """The masks that a row shows are written back to it, beside a change."""
        table, sql, scope = self.target()
        alias = scope.rows_of[0][0]
        shown = [(c, self.typed(table, c, values))
                 for (owner, c), values in SHOWN.items() if owner == table]
        chosen = self.rng.sample(shown, self.rng.randint(1, 2))
        free = self.rng.choice([c for c in TABLES[table]
                                if c not in NEVER_ASSIGNED and (table, c) not in MASKS])
        sets = [f'{free} = {self.value(table, free, scope)}'] + [f'{c} = {mask}' for c, mask in chosen]
        conditions = [f'{alias}.{c} = {mask}' for c, mask in chosen]
        return f"UPDATE {sql} SET {', '.join(sets)} WHERE {' AND '.join(conditions)}", scope

    def change_of_a_view(self):
        """Through the view of contacts that can be updated."""
        sql, source = self.relation('cards', ROWS['contacts'])
        scope = self.cheap(Scope([source]))
        where = f' WHERE {self.expression("bool", scope, 1)}'
        how = self.rng.choice(('insert', 'update', 'delete'))
        if how == 'insert':
            return (f'INSERT INTO {sql} (id, name, phone, area) VALUES ({FIRST_NEW_ID}, '
                    f"{self.new_value('contacts', 'name')}, {self.new_value('contacts', 'phone')}, "
                    f"{self.literal('text')})", scope)
        if how == 'delete':
            return f'DELETE FROM {sql}{where}', scope
        return f"UPDATE {sql} SET area = {self.expression('text', scope)}{where}", scope
