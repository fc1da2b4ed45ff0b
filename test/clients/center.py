"""What the Python clients share: who reads, what he must see, what is stored,
and TAP.  A client runs in one of the set-ups of fixture/tables.sql:

    CLIENT.py SETUP         PGHOST is the server's socket

Nothing is masked in the set-up "open": there the same checks must find what is
stored, so that none of them can pass because its way of reading shows nothing."""

import datetime
import json
import os
import re
import sys
import traceback

import psycopg2

SETUP = sys.argv[1]
HOST = os.environ['PGHOST']
COLUMNS = ('name', 'phone', 'email', 'birth_date', 'attributes', 'aliases', 'team')
ROWS = 100                      # contacts that are only read: 1 to ROWS

# Parts of stored values that no mask keeps.
CANARY = re.compile(r'Zebediah|Quillfeather|415.?555|zeb\d|1984.05|05.17', re.I)
MASK = re.compile(r'XXX-XXX-|\*{3}')


class Tap:
    """Counts and prints checks."""

    def __init__(self):
        self.count = 0
        self.prefix = ''

    def ok(self, good, title, detail=''):
        self.count += 1
        print(f'{"ok" if good else "not ok"} {self.count} - {self.prefix}{title}', flush=True)
        if not good:
            for line in str(detail).splitlines():
                print(f'#   {line}', flush=True)
        return good

    def equal(self, got, expected, title):
        return self.ok(got == expected, title, f'got       {got!r}\nexpected  {expected!r}')


tap = Tap()


class Reader:
    """A role, and whether it must see masks here."""

    def __init__(self, role, is_masked):
        self.role = role
        self.login = f'regress_ccpii_{role}'
        self.is_masked = is_masked and SETUP != 'open'

    def contact(self, number=1, **changed):
        """What the reader sees of a contact as the fixture made it."""
        digits = number + 7800
        if self.is_masked:
            row = {'name': 'Z*** Q***', 'phone': f'XXX-XXX-{digits}', 'email': '****@domain.com',
                   'birth_date': datetime.date(1984, 1, 1),
                   'attributes': {'phone': f'XXX-XXX-{digits}', 'plan': 'gold'},
                   'aliases': None, 'team': 'blue'}
        else:
            row = stored_contact(number)
        return {**row, **changed}

    def row(self, number=1):
        return tuple(self.contact(number).values())

    @property
    def body(self):
        return 'call me: **********' if self.is_masked else 'call me: 4155557801'

    def sees(self, answer, title):
        """Those who may see stored values do, the others masks."""
        text = answer.decode('latin-1') if isinstance(answer, bytes) else str(answer)
        canary, mask = CANARY.search(text), MASK.search(text)
        tap.ok(mask and not canary if self.is_masked else canary, title,
               text[max(canary.start() - 40, 0) if canary else 0:][:200])

    def sees_no_value(self, message, sqlstate):
        """A value that is no number is in the message, where nothing is masked."""
        tap.equal((sqlstate, bool(CANARY.search(message))), ('22P02', not self.is_masked),
                  'the message of an error')


AGENT = Reader('agent', True)
BOSS = Reader('boss', False)


def stored_contact(number=1, **changed):
    """A contact as the fixture made it."""
    digits = number + 7800
    return {'name': 'Zebediah Quillfeather', 'phone': f'415-555-{digits}',
            'email': f'zeb{number}@domain.com', 'birth_date': datetime.date(1984, 5, 17),
            'attributes': {'phone': f'415-555-{digits}', 'plan': 'gold'},
            'aliases': ['Zebediah', 'Quillfeather'], 'team': 'blue', **changed}


class Store:
    """The table itself, as the superuser reads and fills it."""

    def __init__(self):
        self.connection = psycopg2.connect(host=HOST, user='postgres', dbname=SETUP)
        self.connection.autocommit = True
        self.cursor = self.connection.cursor()

    def new_contact(self, number=1):
        """A further contact with the values of one; returns its id."""
        self.cursor.execute(
            f'INSERT INTO crm.contacts ({", ".join(COLUMNS)})'
            f' SELECT {", ".join(COLUMNS)} FROM crm.contacts WHERE id = %s RETURNING id', [number])
        return self.cursor.fetchone()[0]

    def one(self, sql):
        """The first value of the statement's result."""
        self.cursor.execute(sql)
        return self.cursor.fetchone()[0]

    def contact(self, key):
        """What is stored, or None."""
        self.cursor.execute(
            'SELECT name::text, phone::text, email::text, birth_date, attributes, aliases, team'
            ' FROM crm.contacts WHERE id = %s', [key])
        row = self.cursor.fetchone()
        return row and dict(zip(COLUMNS, row))


def as_json(value):
    """json as drivers give it: parsed already, or text."""
    return json.loads(value) if isinstance(value, (str, bytes)) else value


def as_contact(row):
    contact = dict(zip(COLUMNS, row))
    contact['attributes'] = as_json(contact['attributes'])
    return contact


def run(check, *arguments):
    """Run the check; what it raises has failed, and the next one comes."""
    try:
        check(*arguments)
    except Exception:
        tap.ok(False, f'{check.__name__} runs to its end', traceback.format_exc(limit=3))


def client(checks, *others):
    """Run checks(reader) for both readers, if there are any, then others()."""
    for reader in (AGENT, BOSS) if checks else ():
        tap.prefix = f'{reader.role}: '
        run(checks, reader)
    tap.prefix = ''
    for check in others:
        run(check)
    print(f'1..{tap.count}')
