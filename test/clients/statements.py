"""What every driver that takes SQL must be able to do, whatever it does with
statements, parameters and results on the way."""

import os

from center import (AGENT, BOSS, COLUMNS, ROWS, SETUP, Store, as_contact, as_json, run, stored_contact,
                    tap)

ALL = ', '.join(COLUMNS)
STORED_PHONE, NEW_PHONE, OTHER_MASK = '415-555-7801', '415-555-0199', 'XXX-XXX-0042'
STORE = Store()


def check_reads(reader, query):
    """query(sql, *values) returns rows; $1, $2... stand for the values."""
    row = query(f'SELECT {ALL} FROM contacts WHERE id = $1', 1)[0]
    tap.equal(as_contact(row), reader.contact(), 'a row')
    rows = query(f'SELECT {ALL} FROM contacts WHERE id <= $1 ORDER BY id', ROWS)
    tap.equal([as_contact(row) for row in rows],
              [reader.contact(number) for number in range(1, ROWS + 1)], 'many rows')
    tap.equal([tuple(row) for row in query(
        'SELECT c.name, m.body FROM contacts c JOIN conversations v ON v.contact_id = c.id'
        ' JOIN messages m ON m.conversation_id = v.id WHERE c.id = $1', 1)],
        [(reader.contact()['name'], reader.body)] * 2, 'a join of three tables')
    row = query('SELECT array_agg(phone::text ORDER BY id), jsonb_agg(email ORDER BY id)'
                ' FROM contacts WHERE id <= $1', 3)[0]
    seen = [reader.contact(number) for number in (1, 2, 3)]
    tap.equal((list(row[0]), as_json(row[1])),
              ([c['phone'] for c in seen], [c['email'] for c in seen]), 'an array, and json')
    reader.sees(query('SELECT array_agg(phone), array_agg(c) FROM contacts c WHERE id <= $1', 3),
                'arrays of what the columns are')
    row = query("SELECT to_jsonb(c) - 'id' - 'birth_date' FROM contacts c WHERE id = $1", 1)[0]
    whole = reader.contact()
    del whole['birth_date']
    tap.equal(as_json(row[0]), whole, 'a whole row as json')
    tap.equal([tuple(row) for row in
               query('SELECT id FROM contacts WHERE phone = $1 AND id <= 100', STORED_PHONE)],
              [(1,)], 'a look-up by the whole value')
    tap.equal(len(query('SELECT id FROM contacts WHERE phone = ANY($1) AND id <= 100',
                        [STORED_PHONE, '415-555-7802'])), 0 if reader.is_masked else 2,
              'ANY() of stored values finds nothing for masked readers')
    tap.equal(len(query('SELECT id FROM contacts WHERE phone = ANY($1) AND id <= 100',
                        [reader.contact(number)['phone'] for number in (1, 2)])), 2,
              'ANY() of what he sees')
    run(check_label_change, reader, query)


def check_label_change(reader, query):
    """What a driver has prepared follows the labels, there and back."""
    table = f'public.remarks_{os.getpid()}'
    STORE.cursor.execute(f"CREATE TABLE {table} AS SELECT 'Zebediah'::text AS remark;"
                         f' GRANT SELECT ON {table} TO {reader.login}')
    seen = []
    for label in (None, "'MASKED'", 'NULL'):
        if label and SETUP != 'open':
            STORE.cursor.execute(f'SECURITY LABEL FOR ccpii ON COLUMN {table}.remark IS {label}')
        seen += {query(f'SELECT remark FROM {table} WHERE remark IS NOT NULL OR 1 = $1', 1)[0][0]
                 for _ in range(7)}
    STORE.cursor.execute(f'DROP TABLE {table}')
    tap.equal(seen, ['Zebediah', '****' if reader.is_masked else 'Zebediah', 'Zebediah'],
              'a statement from before a label')


def check_writes(reader, query):
    """query.sqlstate(sql, *values) returns that of the error, None without one;
    query.json() makes a value that the driver sends as json."""
    for check in (check_save, check_upsert, check_optimistic, check_new_value,
                  check_mask_as_value, check_text, check_insert_and_delete):
        run(check, reader, query)


def stored_is(key, title, **changed):
    tap.equal(STORE.contact(key), stored_contact(**changed), title)


def edited(query, key):
    """A row as the driver hands it out, with two fields changed."""
    row = list(query(f'SELECT {ALL} FROM contacts WHERE id = $1', key)[0])
    place = COLUMNS.index('attributes')
    row[place] = query.json({**as_json(row[place]), 'plan': 'silver'})
    row[COLUMNS.index('team')] = 'red'
    return row


EDITED = {'team': 'red', 'attributes': {'phone': STORED_PHONE, 'plan': 'silver'}}


def check_save(reader, query):
    key = STORE.new_contact()
    assigned = ', '.join(f'{column} = ${n}' for n, column in enumerate(COLUMNS, 1))
    row = edited(query, key)
    state = query.sqlstate(f'UPDATE contacts SET {assigned} WHERE id = $8', *row, key)
    tap.equal((row[1], state), (reader.contact()['phone'], None), 'a whole row, as seen, is saved back')
    stored_is(key, 'and only what was changed has changed', **EDITED)


def check_upsert(reader, query):
    """Whether a row is there is not known when its values are made: masks are
    refused, what the reader knows is welcome."""
    key = STORE.new_contact()
    excluded = ', '.join(f'{column} = excluded.{column}' for column in COLUMNS)
    tap.equal(query.sqlstate(
        f'INSERT INTO contacts ({ALL}, id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)'
        f' ON CONFLICT (id) DO UPDATE SET {excluded}', *edited(query, key), key),
        '22023' if reader.is_masked else None, 'a whole row, as seen, by ON CONFLICT')
    stored_is(key, 'and that is all or nothing', **({} if reader.is_masked else EDITED))
    tap.equal(query.sqlstate(
        'INSERT INTO contacts (id, name, phone) VALUES ($1, $2, $3)'
        ' ON CONFLICT (id) DO UPDATE SET phone = excluded.phone', key, 'Ottoline Quaverley', NEW_PHONE),
        None, 'what the reader knows, by ON CONFLICT')
    stored_is(key, 'and it is stored', phone=NEW_PHONE, **({} if reader.is_masked else EDITED))


def check_optimistic(reader, query):
    """Locking by the old values: the row is changed if all is still as seen."""
    key = STORE.new_contact()
    row = query(f'SELECT {ALL} FROM contacts WHERE id = $1', key)[0]
    same = ' AND '.join(f'{column} IS NOT DISTINCT FROM ${n}' for n, column in enumerate(COLUMNS, 2))
    values = list(row)
    values[COLUMNS.index('attributes')] = query.json(as_json(row[COLUMNS.index('attributes')]))
    counts = [len(query(f"UPDATE contacts SET team = 'red' WHERE id = $1 AND {same} RETURNING id",
                        key, *values)) for _ in range(2)]
    tap.equal(counts, [1, 0], 'a row is changed as long as it is as seen')
    stored_is(key, 'and nothing else of it', team='red')


def check_new_value(reader, query):
    key = STORE.new_contact()
    rows = query('UPDATE contacts SET phone = $1 WHERE id = $2 RETURNING phone', NEW_PHONE, key)
    tap.equal(rows[0][0], 'XXX-XXX-0199' if reader.is_masked else NEW_PHONE,
              'a new value comes back as the reader sees it')
    stored_is(key, 'and is stored', phone=NEW_PHONE)


def check_mask_as_value(reader, query):
    """For everybody, but where nothing is masked it is a value like any other."""
    key = STORE.new_contact()
    refused = SETUP != 'open'
    tap.equal(query.sqlstate('UPDATE contacts SET phone = $1 WHERE id = $2', OTHER_MASK, key),
              '22023' if refused else None, 'a mask of something else is no value')
    stored_is(key, 'and is not stored', **({} if refused else {'phone': OTHER_MASK}))


def check_text(reader, query):
    """Running text of which something is hidden."""
    key = STORE.one('INSERT INTO crm.messages (conversation_id, body)'
                    " VALUES (1, 'call me: 4155557801') RETURNING id")
    body = query('SELECT body FROM messages WHERE id = $1', key)[0][0]
    state = query.sqlstate('UPDATE messages SET body = $1, conversation_id = $2 WHERE id = $3', body, 2, key)
    stored = STORE.one(f"SELECT conversation_id || ' ' || body FROM crm.messages WHERE id = {key}")
    tap.equal((body, state, stored), (reader.body, None, '2 call me: 4155557801'),
              'a text, as seen, is saved back')
    query.sqlstate('DELETE FROM messages WHERE id = $1', key)


def check_insert_and_delete(reader, query):
    new = stored_contact(email='zebu@domain.com')
    rows = query(f'INSERT INTO contacts ({ALL}) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id, {ALL}',
                 *{**new, 'attributes': query.json(new['attributes'])}.values())
    key = rows[0][0]
    tap.equal(as_contact(rows[0][1:]), reader.contact() if reader.is_masked else new,
              'INSERT returns what the reader sees')
    stored_is(key, 'and stores what he wrote', email='zebu@domain.com')
    rows = query(f'DELETE FROM contacts WHERE id = $1 RETURNING {ALL}', key)
    tap.equal(rows[0][0], reader.contact()['name'], 'DELETE returns what the reader sees')


def check_pooled(transaction):
    """transaction(login, sql) runs the statement after SET LOCAL ROLE and returns
    its rows.  Its connection stays, and with it what the driver has prepared."""
    wrong = []
    for turn in range(24):
        reader = (AGENT, BOSS)[turn % 2 if turn < 16 else turn // 2 % 2]
        row = transaction(reader.login, f'SELECT {ALL} FROM contacts WHERE id = 1')[0]
        if as_contact(row) != reader.contact():
            wrong.append(f'turn {turn}, {reader.role}: {row}')
    tap.equal(wrong, [], 'one connection, one statement, each transaction sees as its role')
