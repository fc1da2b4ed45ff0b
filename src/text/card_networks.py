#!/usr/bin/env python3
"""Make the tables of text/card out of the facts in card_networks.csv.

    src/text/card_networks.py >src/text/card_table.h

A row of the facts is a range of first digits of one network; prefix_lo and
prefix_hi have the same number of digits.  lengths, luhn, profile and status are
those of the network, the same in all of its rows.  luhn is "yes", "no" or
"unknown", which is checked.  profile is "default", "opt-in" or "off"; status is
"active", "sunset" (no new cards, but old ones), "discontinued" or "none" (no
network, but a wide net for others).  source names who says so, with the date of
the version that was read.  No field has a comma or a quote.

Networks are numbered as they come.  A number may belong to several; the lowest
is its answer, so the order in the file must be: default before opt-in before
off, and within these, where ranges meet, the longer prefix first.
"""

import bisect
import csv
import pathlib
import re
import sys

FACTS = pathlib.Path(__file__).with_suffix('.csv')
COLUMNS = 'network prefix_lo prefix_hi lengths luhn profile status source note'.split()
PREFIX_DIGITS = 8                       # ISO/IEC 7812-1:2017, 4: the issuer's number
MIN_DIGITS, MAX_DIGITS = 12, 19         # CARD_MIN_DIGITS, CARD_MAX_DIGITS
MAX_NETWORKS = 64                       # bits of CardNetworks
VALUES = {'luhn': ('yes', 'unknown', 'no'),
          'profile': ('default', 'opt-in', 'off'),
          'status': ('active', 'sunset', 'discontinued', 'none')}
ASKED = ('active', 'sunset')

HEAD = '''\
/*-------------------------------------------------------------------------
 *
 * card_table.h
 *	  The networks of card.c, and of nobody else.
 *
 * Made by card_networks.py from card_networks.csv, which cites its sources;
 * do not edit.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_CARD_TABLE_H
#define CCPII_CARD_TABLE_H

#include <stdint.h>

#include "text/card.h"
'''


class Range:
    """The numbers that begin with prefixes low to high, padded to PREFIX_DIGITS."""

    def __init__(self, low, high):
        if not (re.fullmatch(r'\d+', low) and re.fullmatch(r'\d+', high)
                and len(low) == len(high) <= PREFIX_DIGITS and low <= high):
            raise ValueError(f'{low}-{high} is no range')
        self.digits = len(low)
        self.first = int(low.ljust(PREFIX_DIGITS, '0'))
        self.last = int(high.ljust(PREFIX_DIGITS, '9'))

    def meets(self, other):
        return self.first <= other.last and other.first <= self.last


class Network:
    def __init__(self, row):
        self.name = row['network']
        self.facts = {key: row[key] for key in ('lengths', *VALUES)}
        self.lengths = [int(length) for length in row['lengths'].split('/')]
        self.ranges = []
        if not re.fullmatch(r'[a-z][a-z_-]*', self.name):
            raise ValueError(f'"{self.name}" is no name')
        for key, allowed in VALUES.items():
            if row[key] not in allowed:
                raise ValueError(f'{self.name}: {key} is "{row[key]}"')
        if not all(MIN_DIGITS <= length <= MAX_DIGITS for length in self.lengths):
            raise ValueError(f'{self.name}: lengths are {row["lengths"]}')

    def add(self, row):
        if self.facts != {key: row[key] for key in self.facts}:
            raise ValueError(f'{self.name}: rows differ in more than prefixes')
        if not row['source']:
            raise ValueError(f'{self.name} {row["prefix_lo"]}: no source')
        new = Range(row['prefix_lo'], row['prefix_hi'])
        if any(new.meets(old) for old in self.ranges):
            raise ValueError(f'{self.name}: {row["prefix_lo"]} is there already')
        self.ranges.append(new)

    @property
    def profile(self):
        return VALUES['profile'].index(self.facts['profile'])


def read_networks(path):
    networks = {}
    with path.open(newline='') as file:
        if '"' in file.read():
            raise ValueError('a field is quoted')
        file.seek(0)
        rows = csv.DictReader(file)
        if rows.fieldnames != COLUMNS:
            raise ValueError(f'columns are {rows.fieldnames}')
        for row in rows:
            if None in row or None in row.values():
                raise ValueError(f'line {rows.line_num}: not {len(COLUMNS)} fields')
            networks.setdefault(row['network'], Network(row)).add(row)
    networks = list(networks.values())
    if len(networks) > MAX_NETWORKS:
        raise ValueError(f'{len(networks)} networks are more than a set holds')
    for number, later in enumerate(networks):
        for earlier in networks[:number]:
            if earlier.profile > later.profile:
                raise ValueError(f'{later.name} must come before {earlier.name}')
            if earlier.profile == later.profile and any(
                    a.meets(b) and a.digits < b.digits
                    for a in earlier.ranges for b in later.ranges):
                raise ValueError(f'{later.name} is narrower than {earlier.name}: put it first')
    return networks


def set_of(networks, chosen):
    """A constant: the set of the networks for which chosen is true."""
    return f'UINT64_C(0x{sum(1 << n for n, network in enumerate(networks) if chosen(network)):X})'


def segments(networks):
    """All numbers of PREFIX_DIGITS digits in pieces of the same networks: the
    first number and the networks of each."""
    ranges = [(r, network) for network in networks for r in network.ranges]
    cuts = sorted({0} | {r.first for r, _ in ranges} | {r.last + 1 for r, _ in ranges})
    found = []
    for first in cuts:
        inside = [network for r, network in ranges if r.first <= first <= r.last]
        if first < 10 ** PREFIX_DIGITS and (not found or found[-1][1] != inside):
            found.append((first, inside))
    return found


def array(declaration, values, per_line, comments=None):
    """One line for per_line values, or with comments for each."""
    print(f'\nstatic const {declaration} = {{')
    for at in range(0, len(values), per_line):
        line = ', '.join(values[at:at + per_line])
        comma = ',' if at + per_line < len(values) else ''
        comment = f'\t/* {comments[at]} */' if comments and comments[at] else ''
        print(f'\t{line}{comma}{comment}')
    print('};')


def main():
    try:
        networks = read_networks(FACTS)
    except (OSError, ValueError) as error:
        sys.exit(f'{FACTS.name}: {error}')
    pieces = segments(networks)
    firsts = [first for first, _ in pieces]
    two = 10 ** (PREFIX_DIGITS - 2)

    print(HEAD)
    print(f'#define CARD_PREFIX_DIGITS {PREFIX_DIGITS}')
    print(f'#define CARD_NETWORKS {len(networks)}')
    print(f'#define CARD_SEGMENTS {len(pieces)}')
    for name, chosen in (('DEFAULT', lambda n: n.facts['profile'] == 'default'),
                         ('ASKED', lambda n: n.facts['status'] in ASKED),
                         ('UNCHECKED', lambda n: n.facts['luhn'] == 'no')):
        print(f'#define CARD_{name} {set_of(networks, chosen)}')

    print('\n/* by number */', end='')
    array('char *const card_name[CARD_NETWORKS]', [f'"{network.name}"' for network in networks], 5)
    print(f'\n/* which networks have numbers of {MIN_DIGITS}, {MIN_DIGITS + 1}, ... digits */', end='')
    array(f'CardNetworks card_of_length[{MAX_DIGITS - MIN_DIGITS + 1}]',
          [set_of(networks, lambda n: length in n.lengths)
           for length in range(MIN_DIGITS, MAX_DIGITS + 1)], 3)
    print('\n/* which networks have numbers that begin with 00, 01, ... 99 */', end='')
    array('CardNetworks card_of_two[100]',
          [set_of(networks, lambda n: any(r.meets(Range(f'{start:02}', f'{start:02}')) for r in n.ranges))
           for start in range(100)], 4)
    print('\n/* the segment that holds 00, 01, ... 99, and the last one */', end='')
    array('uint16_t card_segment_of_two[101]',
          [str(bisect.bisect(firsts, start * two) - 1) for start in range(100)]
          + [str(len(pieces) - 1)], 15)
    print('\n/* the first CARD_PREFIX_DIGITS digits with which a segment starts */', end='')
    array('uint32_t card_segment_start[CARD_SEGMENTS]', [str(first) for first in firsts], 7)
    print('\n/* the networks of all numbers in a segment */', end='')
    array('CardNetworks card_of_segment[CARD_SEGMENTS]',
          [set_of(networks, lambda n: n in inside) for _, inside in pieces], 1,
          [f'{first:0{PREFIX_DIGITS}} ' + ' '.join(n.name for n in inside) for first, inside in pieces])
    print('\n#endif\t\t\t\t\t\t\t/* CCPII_CARD_TABLE_H */')


if __name__ == '__main__':
    main()
