"""Random expressions: typed, over the columns that a query level can see.

They never fail at run time, but for those whose construct is named an error:
whether a division by zero is met depends on the plan.  They are deterministic,
and total wherever order matters.
"""

import collections
import re

from tables import (CODES, CONTENTS, DATES, EMAILS, NAMES, PHONES, SUBJECTS, TABLES, VIEWS, WORDS,
                    columns, masked_columns, plain_type, quote)

SQL_TYPES = {'texts': 'text[]', 'ints': 'int[]', 'bool': 'boolean'}
SCALARS = ('text', 'int', 'date', 'bool', 'jsonb')
ROW_TYPES = tuple(TABLES)
MAX_ROWS_OF_SUBQUERIES = 400    # that run a subquery, by estimate
MASK_TEXTS = ('XXX-XXX-7890', 'A*** L***', '****@domain.com', '****', 'XXX-XXX-1234', 'X')
TEXTS = [text for text in PHONES + NAMES + EMAILS + CODES + SUBJECTS + CONTENTS + WORDS + MASK_TEXTS
         if text is not None]
PATTERNS = ('%7890', 'A%', 'XXX%', '%*%', '%a%', '4__-%', '%@domain.com', '', '%')
REGEXPS = ('^[A-Z]', '[0-9]{3}', 'X+', '\\*', 'l(a|o)', '^$', '.')

# A line each: type, construct, template.  {type} is an expression of that type,
# {@type} a literal; {row} is a whole row; {same} repeats the last one.
TEMPLATES = '''
text  string     upper({text})
text  string     lower({text})
text  string     left({text}, 4)
text  string     right({text}, 4)
text  string     substr({text}, 2, 3)
text  string     reverse({text})
text  string     replace({text}, {@text}, 'x')
text  string     split_part({text}, '-', 2)
text  string     overlay({text} PLACING 'yz' FROM 2 FOR 1)
text  string     translate({text}, 'aX4*', 'b5')
text  string     btrim({text}, ' *4')
text  string     lpad({text}, 6, '.')
text  string     initcap({text})
text  string     md5({text})
text  string     {text} || '/' || {text}
text  string     concat({text}, {int}, {date})
text  string     concat_ws('+', {text}, {text}, {bool})
text  string     format('%s-%L', {text}, {text})
text  string     quote_nullable({text})
text  string     encode(convert_to({text}, 'UTF8'), 'hex')
text  regexp     regexp_replace({text}, '[0-9X]+', '<&>', 'g')
text  regexp     substring({text} FROM '[A-Z*]+')
text  regexp     (regexp_match({text}, '(.)-(.)'))[2]
text  collate    ({text} COLLATE "C")
text  cast       {int}::text
text  cast       {date}::text
text  cast       {text}::varchar(5)::text
text  cast       {bool}::text
text  cast       CAST({text} AS char(4))::text
text  cast       {texts}::text
text  case       CASE WHEN {bool} THEN {text} WHEN {bool} THEN {text} ELSE {text} END
text  case       CASE {text} WHEN {text} THEN {text} WHEN {@text} THEN 'hit' END
text  case       coalesce({text}, {text}, 'none')
text  case       nullif({text}, {text})
text  case       greatest({text}, {text}, {@text})
text  case       least({text}, {text})
text  array      (ARRAY[{text}, {text}, {text}])[1 + abs(coalesce({int}, 0)) % 3]
text  array      array_to_string({texts}, ';', '?')
text  json       {jsonb} ->> 'phone'
text  json       {jsonb} #>> '{address,city}'
text  json       {jsonb}::text
text  json       to_json({text})::text
text  json       json_build_object('k', {text}, 'n', {int})::text
text  json       jsonb_path_query_first({jsonb}, '$.name') #>> '{}'
text  json       jsonb_typeof({jsonb})
text  whole row  {row}::text
text  whole row  row_to_json({row})::text
text  whole row  (to_jsonb({row}) ->> 'phone')
text  whole row  md5({row}::text)
text  record     ROW({text}, {int}, {date})::text
text  record     row_to_json(ROW({text}, {text}))::text
text  function   phone_of({int})
text  function   name_of({int})
int   string     length({text})
int   string     octet_length({text})
int   string     strpos({text}, {@text})
int   string     ascii({text})
int   arithmetic ({int} % 1000 + {int} % 1000)
int   arithmetic ({int} % 1000 - {int} % 1000)
int   arithmetic ({int} % 100) * ({int} % 100)
int   arithmetic {int} / nullif({int}, 0)
int   arithmetic abs({int} % 1000)
int   arithmetic {date} - date '2000-01-01'
int   cast       {bool}::int
int   cast       extract(year FROM {date})::int
int   cast       date_part('month', {date})::int
int   case       CASE WHEN {bool} THEN {int} ELSE {int} END
int   case       coalesce({int}, {int}, 0)
int   case       nullif({int}, {int})
int   case       greatest({int}, {int})
int   array      cardinality({texts})
int   array      array_length({ints}, 1)
int   array      array_position({texts}, {text}::text)
int   whole row  num_nulls({row}::text, {text}, {int})
int   record     num_nonnulls({text}, {date}, {int})
date  arithmetic {date} + abs(coalesce({int}, 0)) % 100
date  cast       date_trunc('month', {date})::date
date  cast       make_date(2000 + abs(coalesce({int}, 0)) % 50, 1, 1)
date  case       coalesce({date}, {date})
date  case       CASE WHEN {bool} THEN {date} END
bool  comparison {text} = {text}
bool  comparison {text} < {text}
bool  comparison {text} <> {@text}
bool  comparison {text} >= {@text}
bool  comparison {text} BETWEEN {@text} AND {@text}
bool  comparison {int} = {int}
bool  comparison {int} > {int}
bool  comparison {date} >= {date}
bool  comparison {jsonb} = {jsonb}
bool  comparison {text} IS DISTINCT FROM {text}
bool  null test  {text} IS NULL
bool  null test  {int} IS NOT NULL
bool  null test  {date} IS NULL
bool  null test  {bool} IS NOT TRUE
bool  boolean    ({bool} AND {bool})
bool  boolean    ({bool} OR {bool})
bool  boolean    NOT {bool}
bool  pattern    {text} LIKE {@pattern}
bool  pattern    {text} NOT LIKE {@pattern}
bool  pattern    {text} ILIKE {@pattern}
bool  pattern    starts_with({text}, {@text})
bool  regexp     {text} ~ {@regexp}
bool  regexp     {text} !~* {@regexp}
bool  list       {text} IN ({@text}, {@text}, {text})
bool  list       {int} NOT IN ({@int}, {@int})
bool  list       {text} = ANY (ARRAY[{@text}, {@text}, {@text}])
bool  list       {text} < ALL (ARRAY[{text}, {@text}])
bool  case       CASE WHEN {bool} THEN {bool} ELSE {bool} END
bool  record     ({text}, {int}) = ({text}, {int})
bool  record     ({text}, {date}) < ({text}, {date})
bool  record     ROW({text}, {int}) IS NOT DISTINCT FROM ROW({text}, {int})
bool  record     ({text}, {text}) IN (({@text}, {@text}), ({text}, {text}))
bool  whole row  {row} IS NULL
bool  whole row  {row} IS NOT NULL
bool  whole row  {pair}
bool  json       {jsonb} ? 'phone'
bool  json       {jsonb} @> '{"name": "Ada Lovelace"}'
bool  json       jsonb_path_exists({jsonb}, '$.phone ? (@ like_regex "^X")')
bool  array      {texts} && ARRAY[{@text}, {text}]::text[]
bool  array      {texts} @> ARRAY[{text}]::text[]
bool  array      {text} = ANY ({texts})
jsonb json       to_jsonb({text})
jsonb json       jsonb_build_object('t', {text}, 'd', {date})
jsonb json       jsonb_build_array({text}, {int}, {bool})
jsonb json       {jsonb} -> 'address'
jsonb json       CASE WHEN jsonb_typeof({jsonb}) = 'object' THEN {same} - 'phone' END
jsonb json       CASE WHEN jsonb_typeof({jsonb}) = 'object' THEN jsonb_set({same}, '{x}', '1') END
jsonb json       jsonb_strip_nulls({jsonb})
jsonb json       jsonb_object(ARRAY['k'], ARRAY[{text}])
jsonb whole row  to_jsonb({row})
jsonb case       coalesce({jsonb}, '[]')
texts array      ARRAY[{text}, {text}]::text[]
texts array      string_to_array({text}, '-')
texts array      array_append({texts}, {text}::text)
texts array      array_remove({texts}, {text}::text)
texts regexp     regexp_split_to_array({text}, '[- ]')
ints  array      ARRAY[{int}, {int}]
ints  array      array_prepend({int}, {ints})
'''

AGGREGATES = '''
text  aggregate  min({text})
text  aggregate  max({text})
text  ordered    string_agg({text}, ',' ORDER BY {same})
text  ordered    string_agg(DISTINCT {text}, ';')
text  ordered    mode() WITHIN GROUP (ORDER BY {text})
text  ordered    percentile_disc(0.5) WITHIN GROUP (ORDER BY {text})
text  row agg    string_agg({row}::text, ' ' ORDER BY {same})
text  row agg    json_agg({row} ORDER BY {same})::text
int   aggregate  count(*)::int
int   aggregate  count({text})::int
int   aggregate  count({int})::int
int   aggregate  count(DISTINCT {text})::int
int   aggregate  count(DISTINCT ({text}, {int}))::int
int   aggregate  sum({int} % 1000)::int
int   aggregate  max(length({text}))
int   ordered    (rank({@text}) WITHIN GROUP (ORDER BY {text}))::int
int   filter     (count(*) FILTER (WHERE {bool}))::int
int   filter     (count(DISTINCT {text}) FILTER (WHERE {bool}))::int
int   row agg    count({row})::int
int   row agg    count(DISTINCT {row})::int
date  aggregate  max({date})
date  aggregate  min({date})
bool  aggregate  bool_or({bool})
bool  aggregate  every({bool})
jsonb json agg   jsonb_agg({text} ORDER BY {same})
jsonb json agg   jsonb_object_agg(coalesce({text}, '-'), {int} ORDER BY {same})
texts array agg  array_agg({text}::text ORDER BY {same}::text)
texts array agg  array_agg(DISTINCT {text}::text)
ints  array agg  array_agg({int} ORDER BY {same})
'''

# {order} is a total order, {part} a partition.
WINDOWS = '''
text  window     lag({text}) OVER ({part}{order})
text  window     lead({text}, 2, 'end'::text) OVER ({order})
text  window     first_value({text}) OVER ({part}{order})
text  window     nth_value({text}, 2) OVER ({order} ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING)
text  window     max({text}) OVER ({part}ORDER BY {int} GROUPS 1 PRECEDING)
text  window     min({text}) FILTER (WHERE {bool}) OVER (PARTITION BY {text})
text  window     string_agg({text}, ',') OVER ({order} ROWS 2 PRECEDING EXCLUDE CURRENT ROW)
int   window     (row_number() OVER ({part}{order}))::int
int   window     (rank() OVER (ORDER BY {text}))::int
int   window     (dense_rank() OVER ({part}ORDER BY {text} DESC NULLS LAST, {int}))::int
int   window     ntile(3) OVER ({order})
int   window     (count(*) OVER (PARTITION BY {text}, {date}))::int
int   window     (sum({int} % 100) OVER (PARTITION BY {text}))::int
int   window     (count({row}) OVER ())::int
date  window     last_value({date}) OVER ({part}{order} ROWS BETWEEN CURRENT ROW AND 2 FOLLOWING)
'''


def parse(lines):
    """{type: [(construct, template)]} of lines like the ones above."""
    result = collections.defaultdict(list)
    for line in filter(None, lines.splitlines()):
        kind, construct, template = re.fullmatch(r'(\w+) +(.{10}) (.*)', line).groups()
        result[kind].append((construct.strip(), template))
    return dict(result)


TEMPLATES, AGGREGATES, WINDOWS = parse(TEMPLATES), parse(AGGREGATES), parse(WINDOWS)
CONSTRUCTS = {construct for table in (TEMPLATES, AGGREGATES, WINDOWS)
              for options in table.values() for construct, _ in options}

# simple: a subquery of a grouped query may refer to it.
Column = collections.namedtuple('Column', 'sql type masked simple')


class Source:
    """One entry of FROM: its columns, and a bound for its rows."""

    def __init__(self, alias, cols, rows, table=None, whole=False):
        """cols: (name, type, masked); table: whose row type the whole row has;
        whole: may be used as a row, of whatever type."""
        self.alias, self.rows, self.table, self.whole = alias, rows, table, whole or table
        self.columns = [Column(f'{alias}.{name}', kind, masked, True) for name, kind, masked in cols]
        self.key = [f'{alias}.id'] if table else [column.sql for column in self.columns]


def table_columns(name):
    """(name, type, masked) of the columns of a table or view."""
    if name in VIEWS:
        _, types, masked = VIEWS[name]
        return [(column, types[column], column in masked) for column in types]
    return [(column, short_type(plain_type(name, column)), column in masked_columns(name))
            for column in columns(name)]


def short_type(kind):
    if kind.endswith('[]'):
        return 'texts'
    return {'varchar': 'text', 'char': 'text', 'boolean': 'bool'}.get(kind.split('(')[0], kind)


class Scope:
    """What the expressions of one query level can see."""

    def __init__(self, sources, parent=None):
        self.columns = [column for source in sources for column in source.columns]
        self.rows_of = [(source.alias, source.table) for source in sources if source.table]
        self.whole = [source.alias for source in sources if source.whole]
        self.key = [sql for source in sources for sql in source.key]
        self.rows = 1
        for source in sources:
            self.rows *= source.rows
        self.parent = parent
        self.aggregated = None          # the scope below GROUP BY, of a level that groups
        self.windows = False            # may an expression be a window function?
        self.subqueries = True
        self.only_clear = False         # stay away from masked columns

    def grouped(self, cols):
        """The level above GROUP BY."""
        scope = Scope([], self.parent)
        scope.columns, scope.key = cols, [column.sql for column in cols]
        scope.aggregated, scope.rows = self, self.rows
        return scope

    def alone(self):
        """The same without the levels around it."""
        scope = Scope([], None)
        scope.__dict__.update(self.__dict__, parent=None, windows=False)
        return scope


class ExpressionGenerator:
    """Makes expressions and notes in self.used which constructs they are."""

    def __init__(self, rng, wanted=None, parameters=False):
        self.rng, self.wanted = rng, wanted
        self.used = set()
        self.budget = rng.choice((15, 40, 80))
        self.parameters = [] if parameters else None
        self.numbers = 0

    def chance(self, share):
        return self.rng.random() < share

    def name(self, prefix):
        self.numbers += 1
        return f'{prefix}{self.numbers}'

    def pick(self, options):
        """One of (construct, ...); the construct that is wanted if it is there."""
        wanted = [option for option in options if option[0] == self.wanted]
        option = self.rng.choice(wanted if wanted and self.chance(0.6) else options)
        self.used.add(option[0])
        return option

    def literal(self, kind):
        rng = self.rng
        if kind == 'pattern':
            return quote(rng.choice(PATTERNS))
        if kind == 'regexp':
            return quote(rng.choice(REGEXPS))
        value = {'text': lambda: rng.choice(TEXTS), 'int': lambda: rng.choice((0, 1, 2, 3, 7, 42)),
                 'date': lambda: rng.choice(DATES[:-1]), 'bool': lambda: rng.choice(('true', 'false')),
                 'jsonb': lambda: '{"phone": "XXX-XXX-7890"}', 'texts': lambda: '{a,XXX-XXX-7890}',
                 'ints': lambda: '{1,2}'}.get(kind, lambda: None)()
        if self.parameters is not None and kind in ('text', 'int') and self.chance(0.5):
            self.used.add('parameter')
            self.parameters.append(value)
            return f'${len(self.parameters)}::{kind}'
        return f'{quote(value)}::{SQL_TYPES.get(kind, kind)}'

    def leaf(self, kind, scope):
        if scope.aggregated and self.chance(0.5) and kind in AGGREGATES:
            return self.fill(self.pick(AGGREGATES[kind])[1], scope.aggregated.alone(), 1)
        if scope.windows and self.chance(0.4) and kind in WINDOWS:
            return self.window(kind, scope)
        found = [column for column in scope.columns if self.fits(column, kind, scope)]
        masked = [column for column in found if column.masked]
        found = [column.sql for column in (masked if masked and self.chance(0.6) else found)]
        outer = self.outer_columns(kind, scope)
        if outer and self.chance(0.4 if found else 0.9):
            self.used.add('correlated')
            return self.rng.choice(outer)
        return self.rng.choice(found) if found and self.chance(0.9) else self.literal(kind)

    @staticmethod
    def fits(column, kind, scope):
        return column.type == kind and not (scope.only_clear and column.masked)

    def outer_columns(self, kind, scope):
        """Columns of that type of the levels around the scope."""
        found = []
        while scope.parent is not None:
            scope = scope.parent
            found += [column.sql for column in scope.columns
                      if column.simple and self.fits(column, kind, scope)]
        return found

    def whole_row(self, scope):
        """A row of some table."""
        rows = scope.whole + [column.sql for column in scope.columns if column.type in ROW_TYPES]
        if not rows or scope.only_clear:
            table = self.rng.choice(ROW_TYPES)
            return f'NULL::{table}'
        return self.rng.choice(rows)

    def pair_of_rows(self, scope):
        """Rows of one table can be compared."""
        table = self.rng.choice([owner for _, owner in scope.rows_of] or ROW_TYPES)
        return (f'({self.row_of(table, scope)}) IS NOT DISTINCT FROM '
                f'({self.row_of(table, scope)})')

    def window(self, kind, scope):
        inner = scope.alone()
        template = self.pick(WINDOWS[kind])[1]
        if '{order}' in template:
            first = (self.expression('text', inner, 1) + ' COLLATE "C"' if self.chance(0.5)
                     else self.expression('date', inner, 1))
            template = template.replace('{order}', f"ORDER BY {', '.join([first] + inner.key)}")
        if '{part}' in template:
            part = f"PARTITION BY {self.expression('text', inner, 1)} " if self.chance(0.5) else ''
            template = template.replace('{part}', part)
        return self.fill(template, inner, 1)

    def fill(self, template, scope, depth):
        """Put expressions where a template has braces."""
        last = []

        def place(match):
            what = match[1]
            if what.startswith('@'):
                return self.literal(what[1:])
            if what == 'same':
                return last[-1]
            if what == 'pair':
                return self.pair_of_rows(scope)
            if what == 'row':
                last.append(self.whole_row(scope))
            else:
                last.append(self.expression(what, scope, depth))
            return last[-1]

        filled = re.sub(r'\{(@?(?:' + '|'.join(SCALARS) + r'|texts|ints|row|pair|same|pattern|regexp))\}',
                        place, template)
        return f'({filled})' if ' ' in template else filled

    def expression(self, kind, scope, depth=2):
        self.budget -= 1
        if kind == 'row':
            return self.whole_row(scope)
        if kind in ROW_TYPES:
            return self.row_of(kind, scope)
        if depth <= 0 or self.budget <= 0 or self.chance(0.3):
            return self.leaf(kind, scope)
        few = scope.subqueries and scope.rows <= MAX_ROWS_OF_SUBQUERIES
        if few and kind in SCALARS and self.chance(0.2):
            return self.subquery(kind, scope)
        if kind == 'text' and self.chance(0.1):
            field = self.field(scope)
            if field:
                return field
        return self.fill(self.pick(TEMPLATES[kind])[1], scope, depth - 1)

    def row_of(self, table, scope):
        rows = [alias for alias, owner in scope.rows_of if owner == table]
        rows += [column.sql for column in scope.columns if column.type == table]
        return self.rng.choice(rows) if rows and not scope.only_clear else f'NULL::{table}'

    def field(self, scope):
        """A column of a whole row, as (c).phone."""
        rows = [(alias, table) for alias, table in scope.rows_of]
        rows += [(column.sql, column.type) for column in scope.columns if column.type in ROW_TYPES]
        if not rows or scope.only_clear:
            return None
        row, table = self.rng.choice(rows)
        names = [name for name, kind, _ in table_columns(table) if kind == 'text']
        self.used.add('field of a row')
        return f'({row}).{self.rng.choice(names)}'

    def subquery(self, kind, scope):
        raise NotImplementedError
