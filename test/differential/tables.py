"""The tables of the differential test: raw ones with labels, and the same ones
physically masked, which nobody needs to mask any more.

Both schemas have tables, views, functions and indexes of the same names, and
their rows lie at the same places.  What is masked is said once, in MASKS: the
label for schema raw, and the expression that schema masked stores instead.
"""

import collections
import re

CLEAR, MASKED = 'regress_ccpii_differ_clear', 'regress_ccpii_differ_masked'

# What stands in the data; also what queries compare with.
PHONES = ('415-555-7890', '212-555-7890', '415-555-1234', '(415) 555 1234', '+44 20 7946 0958',
          '911', '٠١٢٣٤٥٦٧٨٩', 'none', '', None)
NAMES = ('Ada Lovelace', 'Alan Turing', 'Åsa Lönn', '王小明', 'ada', 'Al', 'Grace Hopper',
         "O'Neil\\", '', None)
# The masks of some are longer than their column is wide.
EMAILS = ('ada@domain.com', 'al@domain.com', 'grace@a.org', 'nobody', 'a@b@c', '', None)
CODES = ('AB12', 'AC12', 'X', 'Ünï', '', None)
DATES = ('1815-12-10', '1906-12-09', '1906-06-23', '2020-02-29', '2024-06-15', '2024-06-30', None)
SUBJECTS = ('lamp broken', 'Lamp lost', 'refund', 'Ünïcode', 'a b', '', None)
CONTENTS = ('call 415-555-7890 or 4155557890', 'no numbers', 'order 12345', 'order 99999',
            'pay 4111111111111111', '12 34', 'zwölf ١٢٣٤٥ 😀', '', None)
CARDS = ('4111111111111111', '4012888888881881', '5500-0000-0000-1111', '1234', '', None)
WORDS = ('north', 'south', 'open', 'closed', 'lamp', 'naïve', '', None)
JSON = ('{"phone": "415-555-7890", "name": "Ada Lovelace", "age": 36}',
        '{"phone": "212-555-7890", "address": {"city": "Ockham Park", "zip": 1}}',
        '{"phone": 4155551234, "tags": ["a", {"phone": "415-555-1234"}]}',
        '{"phone": null, "other": true}', '[]', '"text"', '{}', None)
NUMBERS = (0, 1, 2, 3, 7, 42, None)

PATHS = 'phone => phone, name => name, address.city => name'

# table: {column: (type, values)}; the first column is its key.
TABLES = {
    'contacts': {
        'id': ('int', None),
        'name': ('text', NAMES),
        'phone': ('text', PHONES),
        'email': ('varchar(14)', EMAILS),
        'code': ('char(6)', CODES),
        'born': ('date', DATES),
        'score': ('int', NUMBERS),
        'attributes': ('jsonb', JSON),
        'area': ('text', WORDS),
        'rank': ('int', NUMBERS),
        'active': ('boolean', ('true', 'false', None)),
    },
    'conversations': {
        'id': ('int', None),
        'contact_id': ('int', None),
        'priority': ('int', (1, 2, 3, None)),
        'subject': ('varchar(14)', SUBJECTS),
        'caller': ('text', PHONES),
        'opened': ('date', DATES),
        'status': ('text', WORDS),
        'weight': ('int', NUMBERS),
    },
    'messages': {
        'id': ('int', None),
        'conversation_id': ('int', None),
        'sender': ('varchar(20)', PHONES),
        'content': ('text', CONTENTS),
        'card': ('varchar(30)', CARDS),
        'tags': ('text[]', ('{a,b}', '{"x y",NULL}', '{}', None)),
        'sent': ('date', DATES),
        'details': ('jsonb', JSON),
        'kind': ('text', WORDS),
        'place': ('int', NUMBERS),
    },
}
ROWS = {'contacts': 30, 'conversations': 36, 'messages': 50}
REFERENCES = {('conversations', 'contact_id'): 'contacts',
              ('messages', 'conversation_id'): 'conversations'}

Mask = collections.namedtuple('Mask', 'label expression')

# {0} is the column, {1}. stands before another column of the row.
MASKS = {
    ('contacts', 'name'): Mask('MASKED AS name', 'ccpii.mask_name({0})'),
    ('contacts', 'phone'): Mask('MASKED AS phone', 'ccpii.mask_phone({0})'),
    ('contacts', 'email'): Mask('MASKED AS email', 'ccpii.mask_email({0})'),
    ('contacts', 'code'): Mask("MASKED AS partial(1, '#', 1)", "ccpii.mask_partial({0}, 1, '#', 1)"),
    ('contacts', 'born'): Mask('MASKED AS year', 'ccpii.mask_year({0})'),
    ('contacts', 'score'): Mask('MASKED', 'NULL'),
    ('contacts', 'attributes'): Mask(f'MASKED AS jsonb({PATHS})', f"ccpii.mask_jsonb({{0}}, '{PATHS}')"),
    # Generated from what is masked: full, that is NULL, without a label.
    ('contacts', 'letters'): Mask(None, 'NULL'),
    ('conversations', 'subject'): Mask(
        'MASKED AS name WHEN (priority > 1)',
        'CASE WHEN ({1}priority > 1) IS NOT FALSE THEN ccpii.mask_name({0}) ELSE {0} END'),
    ('conversations', 'caller'): Mask('MASKED AS phone FOR PUBLIC_ROLE', 'ccpii.mask_phone({0})'),
    ('conversations', 'opened'): Mask('MASKED AS month', 'ccpii.mask_month({0})'),
    ('messages', 'sender'): Mask('MASKED AS phone', 'ccpii.mask_phone({0})'),
    ('messages', 'content'): Mask('MASKED AS digits(5)', 'ccpii.mask_digits({0}, 5)'),
    ('messages', 'card'): Mask('MASKED AS card', 'ccpii.mask_card({0})'),
    ('messages', 'tags'): Mask('MASKED', 'NULL'),
    ('messages', 'sent'): Mask("MASKED AS constant('2001-01-01')",
                               "CASE WHEN {0} IS NOT NULL THEN date '2001-01-01' END"),
    ('messages', 'details'): Mask(f'MASKED AS jsonb({PATHS})', f"ccpii.mask_jsonb({{0}}, '{PATHS}')"),
}

# Types that mask by themselves, in the place of labels.
MASKED_TEXT = {
    ('contacts', 'name'): 'name', ('contacts', 'phone'): 'phone', ('contacts', 'email'): 'email',
    ('contacts', 'code'): "partial, 1, '#', 1", ('conversations', 'caller'): 'phone',
    ('messages', 'sender'): 'phone', ('messages', 'content'): 'digits, 5',
    ('messages', 'card'): 'card',
}

# What masks look like, as an application that saves whole rows writes them back.
SHOWN = {
    ('contacts', 'name'): ('A*** L***', 'A*** T***', '****', ''),
    ('contacts', 'phone'): ('XXX-XXX-7890', 'XXX-XXX-1234', '****', ''),
    ('contacts', 'email'): ('****@a.org', '****', ''),
    ('contacts', 'born'): ('1906-01-01', '2024-01-01'),
    ('contacts', 'attributes'): ('{"phone": "XXX-XXX-7890", "name": "A*** L***", "age": 36}', '[]'),
    ('conversations', 'caller'): ('XXX-XXX-7890', 'XXX-XXX-1234', '****', ''),
    ('conversations', 'opened'): ('2024-06-01', '1906-12-01'),
    ('messages', 'sender'): ('XXX-XXX-7890', 'XXX-XXX-1234', '****', ''),
    ('messages', 'content'): ('order *****', 'call 415-555-7890 or **********', 'no numbers'),
    ('messages', 'card'): ('************1111', '****', ''),
}

# Views and functions that queries read: name, columns, definition.
VIEWS = {
    'cards': ('''SELECT id, name, phone, area, rank FROM {0}.contacts WHERE active IS NOT FALSE''',
              {'id': 'int', 'name': 'text', 'phone': 'text', 'area': 'text', 'rank': 'int'},
              {'name', 'phone'}),
    'talks': ('''SELECT v.id, c.phone, c.born, v.subject, v.status, c AS contact
                 FROM {0}.contacts c RIGHT JOIN {0}.conversations v ON v.contact_id = c.id''',
              {'id': 'int', 'phone': 'text', 'born': 'date', 'subject': 'text', 'status': 'text',
               'contact': 'contacts'},
              {'phone', 'born', 'subject', 'contact'}),
    'busy': ('''SELECT phone, count(*)::int AS times, min(name) AS first
                FROM {0}.contacts GROUP BY phone''',
             {'phone': 'text', 'times': 'int', 'first': 'text'}, {'phone', 'first'}),
}

OBJECTS = '''
CREATE INDEX ON {0}.contacts (phone);
CREATE INDEX ON {0}.contacts ({2}(phone));
CREATE INDEX ON {0}.conversations (contact_id);
CREATE INDEX ON {0}.messages (sender);

CREATE FUNCTION {0}.people(area text) RETURNS SETOF {0}.contacts LANGUAGE sql STABLE
BEGIN ATOMIC SELECT * FROM {0}.contacts c WHERE c.area = people.area; END;
CREATE FUNCTION {0}.phones_of(contact int) RETURNS SETOF text LANGUAGE sql STABLE
AS 'SELECT caller FROM conversations v WHERE v.contact_id = contact';
CREATE FUNCTION {0}.phone_of(contact int) RETURNS text LANGUAGE sql STABLE
AS 'SELECT phone FROM contacts c WHERE c.id = contact';
CREATE FUNCTION {0}.name_of(contact int) RETURNS text LANGUAGE plpgsql STABLE
AS 'DECLARE result text; BEGIN SELECT name INTO result FROM contacts c WHERE c.id = contact;
	RETURN result; END';
GRANT USAGE, CREATE ON SCHEMA {0} TO {1};
GRANT ALL ON ALL TABLES IN SCHEMA {0} TO {1};
'''


def masked_columns(table):
    return {column for owner, column in MASKS if owner == table}


def expression(table, column, prefix=''):
    """What schema masked stores of the column."""
    mask = MASKS.get((table, column))
    if mask is None:
        return prefix + column
    result = mask.expression.format(prefix + column, prefix)
    kind = plain_type(table, column)
    if kind.startswith('varchar'):
        result = f'ccpii.mask_fit({result}, {re.sub("[^0-9]", "", kind)})'
    return f'({result})::{kind}'


def use_masked_text():
    """Let columns be masked by their types."""
    for (table, column), mask in MASKED_TEXT.items():
        TABLES[table][column] = (f'ccpii.masked_text({mask})', TABLES[table][column][1])
        MASKS[table, column] = MASKS[table, column]._replace(label=None)
    # A generated column cannot read what depends on the reader.
    MASKS['contacts', 'letters'] = Mask('MASKED', 'NULL')


def is_masked_text(table, column):
    return 'masked_text' in TABLES[table][column][0]


def plain_type(table, column):
    """The type of a column in schema masked."""
    kind, _ = TABLES[table].get(column, ('int', None))
    return 'text' if 'masked_text' in kind else kind


def columns(table):
    return list(TABLES[table]) + (['letters'] if table == 'contacts' else [])


def create_table(schema, table):
    """Generated columns are computed in raw and stored in masked; messages has
    two partitions, one with its columns in another order."""
    types = {name: kind if schema == 'raw' else plain_type(table, name)
             for name, (kind, _) in TABLES[table].items()}
    fields = [f'{name} {kind}' + (' PRIMARY KEY' if name == 'id' else '')
              for name, kind in types.items()]
    for (owner, column), target in REFERENCES.items():
        if owner == table:
            fields.append(f'FOREIGN KEY ({column}) REFERENCES {schema}.{target}'
                          + (' ON DELETE CASCADE' if table == 'messages' else ''))
    if table == 'contacts':
        fields.append('letters int' + (' GENERATED ALWAYS AS (length(name)) STORED'
                                       if schema == 'raw' and not is_masked_text('contacts', 'name')
                                       else ''))
    if table != 'messages':
        return f'CREATE TABLE {schema}.{table} ({", ".join(fields)})'
    reverse = ', '.join(f'{name} {kind}' + (' NOT NULL' if name == 'id' else '')
                        for name, kind in reversed(types.items()))
    return f'''CREATE TABLE {schema}.messages ({", ".join(fields)}) PARTITION BY RANGE (id);
        CREATE TABLE {schema}.old_messages PARTITION OF {schema}.messages
            FOR VALUES FROM (MINVALUE) TO (25);
        CREATE TABLE {schema}.new_messages (gone int, {reverse});
        ALTER TABLE {schema}.new_messages DROP COLUMN gone;
        ALTER TABLE {schema}.messages ATTACH PARTITION {schema}.new_messages
            FOR VALUES FROM (25) TO (MAXVALUE)'''


def mask_what_is_stored(table):
    """Schema masked never holds anything but masks."""
    body = ' '.join(f'NEW.{column} := {expression(table, column, "NEW.")};'
                    for column in columns(table) if (table, column) in MASKS)
    return f'''CREATE FUNCTION masked.mask_{table}() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN {body} RETURN NEW; END $$;
        CREATE TRIGGER mask BEFORE INSERT OR UPDATE ON masked.{table}
            FOR EACH ROW EXECUTE FUNCTION masked.mask_{table}()'''


def label(table):
    return ';'.join(f'''SECURITY LABEL FOR ccpii ON COLUMN raw.{table}.{column}
            IS {quote(mask.label.replace('PUBLIC_ROLE', MASKED))}'''
                    for (owner, column), mask in MASKS.items() if owner == table and mask.label)


def quote(value):
    """A literal of SQL."""
    if value is None:
        return 'NULL'
    if isinstance(value, int):
        return str(value)
    return "'" + value.replace("'", "''") + "'"


def rows(rng, table):
    for number in range(1, ROWS[table] + 1):
        row = []
        for column, (_, values) in TABLES[table].items():
            parent = REFERENCES.get((table, column))
            if column == 'id':
                row.append(number)
            elif parent:
                row.append(rng.choice([None] + list(range(1, ROWS[parent] + 1)) * 2))
            else:
                row.append(rng.choice(values))
        yield row


def effect(schema):
    """A function that shows whoever calls it what the tables hold by now: raw
    rows by their masks, and whether a stored value was replaced by its mask."""
    arms = []
    for table in TABLES:
        shown = ', '.join((expression(table, c, 't.') if schema == 'raw' else f't.{c}') + f' AS {c}'
                          for c in columns(table))
        spoilt = ' OR '.join(
            f'(t.{c} IS DISTINCT FROM o.{c} AND t.{c} IS NOT DISTINCT FROM {expression(table, c, "o.")})'
            for c in TABLES[table] if (table, c) in MASKS) if schema == 'raw' else 'false'
        arms.append(f'''SELECT '{table}', t.id, (SELECT x FROM (SELECT {shown}) x)::text, {spoilt}
            FROM {schema}.{table} t LEFT JOIN original.{table} o ON o.id = t.id''')
    return f'''CREATE FUNCTION {schema}.effect(OUT kind text, OUT id int, OUT shown text, OUT spoilt bool)
        RETURNS SETOF record LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
        AS $$ {" UNION ALL ".join(arms)} ORDER BY 1, 2 $$'''


def create(session, rng):
    """Make and fill both schemas."""
    session.query(f'''SET check_function_bodies = off; CREATE EXTENSION ccpii;
        CREATE ROLE {CLEAR} LOGIN; CREATE ROLE {MASKED} LOGIN;
        SELECT ccpii.clear_role('{CLEAR}'), ccpii.mask_role('{MASKED}');
        GRANT TEMPORARY ON DATABASE {session.database} TO {CLEAR}, {MASKED};
        CREATE SCHEMA raw; CREATE SCHEMA masked; CREATE SCHEMA original''')
    for table in TABLES:
        session.query(f'{create_table("raw", table)}; {create_table("masked", table)}; '
                      f'{mask_what_is_stored(table)}; {label(table)}')
        values = ', '.join('(' + ', '.join(map(quote, row)) + ')' for row in rows(rng, table))
        stored = ', '.join(TABLES[table])
        session.query(f'''INSERT INTO raw.{table} ({stored}) VALUES {values};
            CREATE TABLE original.{table} AS TABLE raw.{table};
            INSERT INTO masked.{table} ({stored}) SELECT {stored} FROM raw.{table} ORDER BY id''')
    for schema, role in (('raw', MASKED), ('masked', CLEAR)):
        for view, (definition, _, _) in VIEWS.items():
            barrier = ' WITH (security_barrier)' if view == 'talks' else ''
            session.query(f'CREATE VIEW {schema}.{view}{barrier} AS {definition.format(schema)}')
        own_mask = ('ccpii.masked' if schema == 'raw' and is_masked_text('contacts', 'phone')
                    else 'ccpii.mask_phone')
        session.query(OBJECTS.format(schema, role, own_mask) + effect(schema))
        session.query(f'GRANT USAGE, CREATE ON SCHEMA {schema} TO {CLEAR}; '
                      f'GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {CLEAR}')
    session.query('ANALYZE')
    for table in TABLES:
        moved = session.query(f'''SELECT count(*) FROM raw.{table} r FULL JOIN masked.{table} m USING (id)
            WHERE r.ctid IS DISTINCT FROM m.ctid''')[0][0]
        if moved != '0':
            raise RuntimeError(f'{moved} rows of {table} lie elsewhere: samples would differ')
