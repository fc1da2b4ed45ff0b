#!/usr/bin/env python3
"""Compare text/phone_number with Google's algorithm as Debian's
python3-phonenumbers has it.

    test/phones/compare.py READER PHONES.TSV.GZ CHANGED [SEED]

READER is test/phones/reader.c, built with a table of the same metadata.  Every
row is compared, and CHANGED rows that were changed at random.  The status is 0
if no row differs.
"""

import gzip
import random
import subprocess
import sys

import phonenumbers

PIECES = (list('0123456789+-/\\()[]*~.,;:#xXZ=&_@\'\t ') +
          ['00', '011', '+1', '++', 'ext', ' Ext. ', 'extn', 'extensi\u00f3n', 'extensio\u0301n', 'xt',
           'anexo', 'int', ';ext=', ',,', '/ x', 'abc', 'tel:', ';phone-context=', ';isub=',
           '\u0434\u043e\u0431', '\u0414\u041e\u0411', '\uff45\uff58\uff54', '\uff25\uff38\uff34\uff2e',
           '\uff49\uff4e\uff54', '\uff0b', '\uff03', '\uff5e', '\uff0e', '\u00a0', '\u2013', '\u200b',
           '\u00ad', '\u3000', '\u0663', '\u096b', '\uff12', '\u00bd', '\u2460', '\u00e9', '\u0301',
           '\U0001f642', '\u4e2d'])


def answer(number, region):
    try:
        parsed = phonenumbers.parse(number, region or None)
    except phonenumbers.NumberParseException:
        return '\t0'
    if phonenumbers.is_possible_number_with_reason(parsed) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return '\t0'
    return (phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164) +
            f'\t{int(phonenumbers.is_valid_number(parsed))}')


def change(rows, dice):
    number, region = dice.choice(rows)
    if dice.random() < 0.25:
        number = ''
    if dice.random() < 0.3:
        region = dice.choice(rows)[1]
    for _ in range(dice.randint(1, 5) + 4 * (number == '')):
        at = dice.randint(0, len(number))
        kind = dice.randrange(4)
        if kind == 0:
            number = number[:at] + number[at + 1:]
        elif kind == 1:
            number = number[:at] + dice.choice('0123456789') + number[at:]
        else:
            at = len(number) if kind == 2 else at
            number = number[:at] + dice.choice(PIECES) + number[at:]
    return number.replace('\t', ' '), region


def main():
    reader, path, nchanged = sys.argv[1], sys.argv[2], int(sys.argv[3])
    dice = random.Random(int(sys.argv[4]) if len(sys.argv) > 4 else 1)
    with gzip.open(path, 'rt', encoding='utf-8', newline='\n') as lines:
        rows = [tuple(line.split('\t')[:2]) for line in lines]
    rows += [change(rows, dice) for _ in range(nchanged)]
    done = subprocess.run([reader], input=''.join(f'{n}\t{r}\n' for n, r in rows).encode(),
                          stdout=subprocess.PIPE, check=True)
    ndiffer = 0
    for row, ours in zip(rows, done.stdout.decode().split('\n')):
        theirs = answer(*row)
        if ours != theirs:
            ndiffer += 1
            if ndiffer <= 20:
                print(f'# {row}: {ours!r}, not {theirs!r}')
    return ndiffer > 0


if __name__ == '__main__':
    sys.exit(main())
