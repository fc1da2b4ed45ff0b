"""Compares what redaction hides in the corpora with their labelled spans.

    check.py REDACT_LINES CORPUS

A span counts if it holds at least SPAN_DIGITS digits (an e-mail address
always); it is found if every digit of it is masked.  A false alarm is a message
in which a digit outside every labelled span is masked.  Beside it stand two
baselines: runs of seven ASCII digits, and whatever passes Luhn.  A floor that
is missed is printed as MISS, and the status is 1.
"""

import gzip
import json
import pathlib
import re
import subprocess
import sys

REDACT, CORPUS = sys.argv[1], pathlib.Path(sys.argv[2])
SPAN_DIGITS = 7
RUN = re.compile(r'[0-9]{7,}')
CANDIDATE = re.compile(r'[0-9](?:[ -]?[0-9]){11,18}')

# Labels of numbers that identify somebody; of the others, an address or an
# amount is no number as a whole.
MULTIDOGO = {'phonenumber', 'phone_number', 'policyid', 'card_number', 'account_number', 'ssn',
             'booking_confirmation_number', 'claimid', 'account_id', 'target_account_number'}
NUMBERS = (
    ('multidogo', 'numbers', lambda label: label in MULTIDOGO, 99.1, 6.4),
    ('sgd', 'phones', lambda label: label == 'phone_number', 100, 0.6),
    ('spliced', 'phones', lambda label: label.startswith('PHONE'), 99.7, None),
    ('spliced', 'cards', lambda label: label.startswith('CARD'), 100, None),
)
EMAILS = (('spliced', lambda label: label.startswith('EMAIL')),
          ('presidio_synth_v2', lambda label: label.startswith('EMAIL')))
KEPT = re.compile('DATE|TIME|PRICE', re.I)

misses = 0


def load(name):
    with gzip.open(CORPUS / f'{name}.jsonl.gz', 'rt', encoding='utf-8') as lines:
        return [json.loads(line) for line in lines]


def redact(texts, digits, cards=False, emails=False):
    lines = ''.join(text.encode().hex() + '\n' for text in texts)
    output = subprocess.run([REDACT, str(digits), str(int(cards)), str(int(emails))],
                            input=lines, capture_output=True, text=True, check=True).stdout
    return [bytes.fromhex(line).decode() for line in output.split('\n')[:-1]]


def hidden_by(pattern, keep=lambda match: True):
    def hide(text):
        return pattern.sub(lambda m: re.sub(r'\d', '*', m[0]) if keep(m[0]) else m[0], text)
    return lambda texts: [hide(text) for text in texts]


def luhn(number):
    digits = [int(c) for c in number if c.isdigit()][::-1]
    return sum(sum(divmod(2 * d, 10)) if i % 2 else d for i, d in enumerate(digits)) % 10 == 0


def count(rows, outputs, wanted):
    """Spans found, spans, and messages with a false alarm."""
    found = total = alarms = 0
    for row, output in zip(rows, outputs):
        text = row['text']
        changed = {i for i, (a, b) in enumerate(zip(text, output)) if a != b}
        labelled = set()
        for span in row['spans']:
            place = range(span['start'], span['end'])
            labelled.update(place)
            digits = [i for i in place if text[i].isdecimal()]
            if wanted(span['label']) and len(digits) >= SPAN_DIGITS:
                total += 1
                found += changed.issuperset(digits)
        alarms += not changed <= labelled
    return found, total, alarms


def verdict(ok):
    global misses
    misses += not ok
    return 'ok' if ok else 'MISS'


def measure_numbers():
    ways = (('grouped, N=7', lambda texts: redact(texts, 7)), ('[0-9]{7,}', hidden_by(RUN)),
            ('naive Luhn', hidden_by(CANDIDATE, luhn)))
    print(f'{"corpus":<20}{"spans":<10}{"by":<16}{"found":>16}{"false alarms/1000":>20}')
    for name, what, wanted, floor, ceiling in NUMBERS:
        rows = load(name)
        for way, hide in ways:
            found, total, alarms = count(rows, hide([row['text'] for row in rows]), wanted)
            share, rate = 100 * found / total, 1000 * alarms / len(rows)
            judged = verdict(share >= floor and (ceiling is None or rate <= ceiling)) \
                if hide is ways[0][1] else ''
            print(f'{name:<20}{what:<10}{way:<16}{found:>7}/{total} {share:5.1f}%{rate:>16.2f}   {judged}')


def measure_kept():
    """No date, time or price is touched, whatever the number of digits from 5 on."""
    for name in ('spliced', 'sgd'):
        rows = load(name)
        touched = 0
        for digits in (5, 7, 12):
            for row, output in zip(rows, redact([row['text'] for row in rows], digits)):
                touched += sum(row['text'][s['start']:s['end']] != output[s['start']:s['end']]
                               for s in row['spans'] if KEPT.search(s['label']))
        print(f'{name:<20}dates, times and prices touched at N = 5, 7, 12: {touched}   {verdict(touched == 0)}')


def measure_emails():
    for name, wanted in EMAILS:
        rows = load(name)
        found = total = 0
        for row, output in zip(rows, redact([row['text'] for row in rows], 0, emails=True)):
            for span in row['spans']:
                if wanted(span['label']):
                    total += 1
                    found += row['text'][span['start']:span['end']] not in output
        print(f'{name:<20}e-mail addresses found: {found}/{total}   {verdict(found == total)}')


measure_numbers()
measure_kept()
measure_emails()
print(f'{misses} missed' if misses else 'all floors hold')
sys.exit(1 if misses else 0)
