#!/usr/bin/env python3
"""What masked readers see of the filled Chatwoot tables.

    check.py DIR LOG        DIR holds the corpora, LOG is the server's; PGHOST names it

Prints "ok" or "not ok" per promise, then what no promise covers yet: shares of
the planted numbers that are masked, a sample, and what coverage() lists.  The
last line is "N passed, N failed".
"""

import collections
import csv
import io
import pathlib
import re
import subprocess
import sys

sys.dont_write_bytecode = True
import corpus                                                           # noqa: E402

HERE = pathlib.Path(__file__).parent
OWNER, READERS = 'chatwoot', ('agent', 'supervisor', 'ai_engine')
DIGITS = {'agent': 7, 'ai_engine': 5}           # n of digits(n); the supervisor has cards
NETWORKS = ('amex', 'diners', 'discover', 'jcb', 'mastercard', 'visa')     # that mask cards knows
KEPT = 4                                        # last digits that it leaves
CANARIES = re.compile(r'quist|secret-|203\.0\.113\.|passport|files\.example|48\.137', re.I)

results = collections.Counter()


def check(ok, title, note=''):
    results['passed' if ok else 'failed'] += 1
    print(('ok ' if ok else 'not ok ') + title + (f': {note}' if note and not ok else ''))


def psql(role, sql, *options):
    """Standard output and error of psql, which stops at an error."""
    command = ['psql', '-X', '--csv', '-v', 'ON_ERROR_STOP=1', '-v', 'VERBOSITY=verbose',
               '-U', role, '-d', 'chatwoot', *options]
    done = subprocess.run(command, input=sql, encoding='utf-8', stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)
    return done.stdout, done.stderr


def rows(role, sql):
    out, err = psql(role, sql, '-q', '-t')
    if err:
        sys.exit(f'{role}: {err}')
    return list(csv.reader(io.StringIO(out)))


# Planted numbers

def digits_of(text):
    return [n for n, c in enumerate(text) if c.isdecimal()]


def runs_of(text):
    """(start, end) of the runs of digits."""
    return [m.span() for m in re.finditer(r'\d+', text)]


def promised(reader, label, text):
    """Must the mask find this number, by what it says of contiguous runs?"""
    runs = runs_of(text)
    if len(runs) != 1:
        return False
    if reader in DIGITS:
        return runs[0][1] - runs[0][0] >= DIGITS[reader]
    return label.startswith('CARD_') and label.removeprefix('CARD_') in NETWORKS


def is_masked(reader, label, raw, seen):
    """Is every digit masked, but for the last four under mask cards?  Is any one, of a decoy?"""
    positions = digits_of(raw)
    if label.startswith('NEG_'):
        return any(seen[n] == '*' for n in positions)
    if reader not in DIGITS:
        positions = positions[:-KEPT]
    return all(seen[n] == '*' for n in positions)


def family(record, label, text):
    """The line of the table of shares to which a planted number belongs."""
    name, _, kind = label.partition('_')
    if record['corpus'] == 'spliced':
        if name == 'CARD':
            return 'card, known network' if kind in NETWORKS else 'card, other network'
        return f'phone, {kind}' if name == 'PHONE' else f'decoy, {kind}' if name == 'NEG' else None
    return f"{record['corpus']}, 7 digits or more" if len(digits_of(text)) >= 7 else None


def check_spans(directory):
    spans = []          # (message, family, label, start, end)
    texts = {}
    planted = collections.defaultdict(set)      # positions of digits in any span
    for number, _, record in corpus.messages(directory):
        texts[number] = record['text']
        for span in record['spans']:
            start, end, label = span['start'], span['end'], span['label']
            planted[number].update(range(start, end))
            line = family(record, label, record['text'][start:end])
            if line:
                spans.append((number, line, label, start, end))

    shares, false_alarms = {}, {}
    for reader in READERS:
        seen, altered, differ, survivors, readable, alarms = {}, 0, 0, 0, collections.Counter(), 0
        for number, content, copy in rows(reader, 'COPY (SELECT id, content, processed_message_content'
                                                  ' FROM messages) TO STDOUT (FORMAT csv)'):
            seen[int(number)] = content
            differ += content != copy
        for number, raw in texts.items():
            text = seen.get(number, '')
            changes = [n for n, (a, b) in enumerate(zip(raw, text)) if a != b]
            altered += len(raw) != len(text) or any(not raw[n].isdecimal() or text[n] != '*' for n in changes)
            survivors += reader in DIGITS and any(b - a >= DIGITS[reader] for a, b in runs_of(text))
            alarms += not planted[number].issuperset(changes)
        share = collections.defaultdict(collections.Counter)
        for number, line, label, start, end in spans:
            raw, text = texts[number][start:end], seen.get(number, '')[start:end].ljust(end - start)
            masked = is_masked(reader, label, raw, text)
            share[line][masked] += 1
            if not masked and promised(reader, label, raw) and label.startswith(('PHONE_', 'CARD_')):
                readable[label] += 1
        shares[reader] = share
        false_alarms[reader] = 1000 * alarms / len(texts)

        mask = f'digits({DIGITS[reader]})' if reader in DIGITS else 'cards'
        check(len(seen) == len(texts), f'{reader}: sees all {len(texts)} messages', len(seen))
        check(not altered, f'{reader}: {mask} changes digits into * and nothing else', f'{altered} messages')
        check(not differ, f'{reader}: processed_message_content is masked as content is', f'{differ} messages')
        check(not sum(readable.values()), f'{reader}: {mask} leaves no planted number readable that it promises to mask',
              dict(readable))
        if reader in DIGITS:
            check(not survivors, f'{reader}: no number of {DIGITS[reader]} digits in a row is readable',
                  f'{survivors} messages')
    return shares, false_alarms, spans, texts


def print_shares(shares, false_alarms, spans, texts):
    contiguous = collections.Counter(line for number, line, _, start, end in spans
                                     if len(runs_of(texts[number][start:end])) == 1)
    columns = ('agent', 'ai_engine', 'supervisor')
    print('\nPlanted numbers that are masked wholly (by cards: but for the last four digits), and decoys that\n'
          'are masked at all.  Until the scanner of "Text", only digits that stand together are promised,\n'
          'and e-mail addresses in text are readable.\n')
    print(f"{'':28}{'number':>8}{'together':>10}" + ''.join(f'{reader:>12}' for reader in columns)
          + f"\n{'':46}{'digits(7)':>12}{'digits(5)':>12}{'cards':>12}")
    for line in sorted(shares['agent']):
        total = sum(shares['agent'][line].values())
        print(f'{line:28}{total:>8}{contiguous[line] / total:>10.1%}'
              + ''.join(f'{shares[reader][line][True] / total:>12.1%}' for reader in columns))
    print(f"{'false alarms in 1,000 messages':46}" + ''.join(f'{false_alarms[reader]:>12.1f}' for reader in columns))


# Queries

def queries():
    """Yield (kind, readers, title, SQL) of queries.sql."""
    text = (HERE / 'queries.sql').read_text()
    heads = list(re.finditer(r'^-- \[(\w+)\] (?:as ([\w, ]+): )?(.*)$', text, re.M))
    for head, after in zip(heads, heads[1:] + [None]):
        yield (head[1], head[2].split(', ') if head[2] else READERS, head[3],
               text[head.end():after.start() if after else None].strip())


def check_canaries(title, text):
    found = {m.group().lower() for m in CANARIES.finditer(text)}
    found.update(number for number in re.findall(r'(?<!\d)999\d{8}(?!\d)', text) if number in phones)
    check(not found, f'{title}: shows no canary', sorted(found)[:5])


def check_queries():
    for kind, readers, title, sql in queries():
        if kind == 'write':
            sql = f'BEGIN;\n{sql}\nROLLBACK;'
        options = () if kind == 'write' else ('-q', '-t')
        wanted, trouble = ('', '') if kind.isdigit() else psql(OWNER, sql, *options)
        check(not trouble, f'owner: {title}', trouble)
        for reader in readers:
            out, err = psql(reader, sql, *options)
            if kind.isdigit():
                check(f'ERROR:  {kind}:' in err, f'{reader}: {title} is refused', err or 'it is not')
            elif kind == 'write':
                tags = [re.findall(r'^(?:INSERT|UPDATE|DELETE) .*$', x, re.M) for x in (wanted, out)]
                check(tags[0] == tags[1] != [] and not err, f'{reader}: {title}', err or tags)
            else:
                count, right = (len(list(csv.reader(io.StringIO(x)))) for x in (out, wanted))
                check(not err and (kind == 'any' or count == right > 0), f'{reader}: {title}',
                      err or f'{count} rows, the owner has {right}')
            check_canaries(f'{reader}: {title}', out + err)


def check_counts():
    tables = [row[0] for row in rows(OWNER, "SELECT relname FROM pg_class WHERE relnamespace = 'chatwoot'::regnamespace"
                                            " AND relkind = 'r' ORDER BY 1")]
    sql = ' UNION ALL '.join(f"SELECT '{t}', count(*), count(x) FROM {t} x" for t in tables) + ' ORDER BY 1'
    wanted = rows(OWNER, sql)
    for reader in READERS:
        wrong = [row[0] for row, right in zip(rows(reader, sql), wanted) if row != right]
        check(not wrong, f'{reader}: as many rows as the owner in each of {len(tables)} tables', ', '.join(wrong))


# What there is to look at

def print_sample():
    for reader in ('agent', 'ai_engine'):
        print(f'\nContacts, as {reader} sees them:\n')
        print(psql(reader, 'SELECT id, name, email, phone_number, identifier, custom_attributes FROM contacts'
                           ' WHERE id IN (40, 41, 44) ORDER BY id', '-q', '-P', 'format=aligned',
                           '-P', 'footer=off')[0].rstrip())
    print('\nMessages, as agent and ai_engine see them:\n')
    sql = ('SELECT id, content FROM messages WHERE length(content) < 100'
           ' AND (id <= 13 OR id BETWEEN 14001 AND 14400 OR id > 19900) ORDER BY id')
    shown = collections.Counter()
    for (number, agent), (_, engine) in zip(rows('agent', sql), rows('ai_engine', sql)):
        kind = 'differs' if agent != engine else 'masked' if '***' in agent else 'as it is' if runs_of(agent) else None
        shown[kind] += 1
        if kind and shown[kind] <= 4:
            print(f'{number:>7}  {agent}' + (f"\n{'':7}  {engine}    (ai_engine)" if agent != engine else ''))


def print_coverage():
    if rows(OWNER, "SELECT to_regproc('ccpii.coverage')") == [['']]:
        print('ccpii.coverage() does not exist yet.')
        return
    out, err = psql('postgres', 'SELECT severity, finding, object, column_name, detail FROM ccpii.coverage()', '-q', '-t')
    found = list(csv.reader(io.StringIO(out)))
    check(not err, 'coverage() runs', err)
    red = [f'{row[2]}.{row[3]}' for row in found if row[0] == 'red']
    check(not red, 'coverage() finds nothing red', ', '.join(red))
    print('\nWhat coverage() finds besides, red and yellow:\n')
    for severity, finding, table, column, detail in found:
        if severity != 'info':
            print(f"{severity:7} {finding}: {table}{'.' + column if column else ''}: {detail}"[:160])
    print(f"{sum(row[0] == 'info' for row in found)} more of severity info")


phones = {row[0] for row in rows(OWNER, "SELECT ltrim(phone_number, '+') FROM contacts WHERE phone_number <> ''")}
measured = check_spans(sys.argv[1])
check_counts()
check_queries()
check_canaries("the server's log", pathlib.Path(sys.argv[2]).read_text(errors='replace'))
print_sample()
print_shares(*measured)
print_coverage()
print(f"\n{results['passed']} passed, {results['failed']} failed")
sys.exit(results['failed'] > 0)
