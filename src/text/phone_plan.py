#!/usr/bin/env python3
"""Compile a PhoneNumberMetadata.xml of libphonenumber into the C tables of
text/phone_number: an automaton over digits that needs no regular expressions.

    src/text/phone_plan.py PhoneNumberMetadata-9.0.35.xml.gz >src/text/phone_plan.h

The version is read from the file's name, the date from the gzip header.

All patterns of the metadata match strings of bounded length, so each is a
graph without cycles.  A node tells by the next digit where to go; where
nothing but the number of digits left matters it is a leaf.  Equal nodes of all
patterns of all regions are one.
"""

import datetime
import functools
import gzip
import hashlib
import operator
import pathlib
import re
import sys
import xml.etree.ElementTree

DIGITS = range(10)
MAX_NATIONAL_DIGITS = 17                # PhoneNumberUtil.MAX_LENGTH_FOR_NSN
TYPES = ('fixedLine', 'mobile', 'pager', 'tollFree', 'premiumRate', 'sharedCost',
         'personalNumber', 'voip', 'uan', 'voicemail')
WORLD = '001'                           # calling codes that belong to no region


# Regular expressions, of the kinds that the metadata uses.

TOKEN = re.compile(r'(?P<open>\(\?:|\()|(?P<shut>\))|(?P<bar>\|)|(?P<end>\$)'
                   r'|(?P<set>\\d|\d|\[[\d-]+\])|(?P<many>\?|\{\d+(?:,\d+)?\})')


def parse(pattern):
    """The syntax tree: ('set', digits), ('all', trees), ('any', trees),
    ('many', tree, least, most), ('group', tree) or ('end',)."""
    pattern = re.sub(r'\s', '', pattern)
    tokens = [(m.lastgroup, m.group()) for m in TOKEN.finditer(pattern)]
    if ''.join(text for _, text in tokens) != pattern:
        sys.exit(f'phone_plan: a pattern that it does not know: {pattern}')
    tree, rest = parse_choices(tokens)
    if rest:
        sys.exit(f'phone_plan: an unbalanced pattern: {pattern}')
    return tree


def parse_choices(tokens):
    choices, row = [], []
    while tokens and tokens[0][0] != 'shut':
        (kind, text), tokens = tokens[0], tokens[1:]
        if kind == 'bar':
            choices.append(('all', row))
            row = []
        elif kind == 'open':
            inner, tokens = parse_choices(tokens)
            tokens = tokens[1:]
            row.append(inner if text == '(?:' else ('group', inner))
        elif kind == 'set':
            row.append(('set', parse_set(text)))
        elif kind == 'end':
            row.append(('end',))
        else:
            least, most = (0, 1) if text == '?' else (text[1:-1].split(',') * 2)[:2]
            row[-1] = ('many', row[-1], int(least), int(most))
    return ('any', choices + [('all', row)]), tokens


def parse_set(text):
    if text == r'\d':
        return frozenset(DIGITS)
    found = set()
    for first, last in re.findall(r'(\d)(?:-(\d))?', text):
        found.update(range(int(first), int(last or first) + 1))
    return frozenset(found)


# Sets of digit strings: a node says whether the string may end here, and what
# may follow each digit.  Nodes are numbers; equal sets have equal numbers.

NOTHING = 0
nodes = [(False, (NOTHING,) * 10)]
node_of = {nodes[0]: NOTHING}


def node(ends, after):
    key = (ends, tuple(after))
    if key not in node_of:
        node_of[key] = len(nodes)
        nodes.append(key)
    return node_of[key]


@functools.cache
def combine(operation, a, b):
    """The strings of which operation(in a, in b) is true."""
    if a == b == NOTHING:
        return NOTHING
    return node(operation(nodes[a][0], nodes[b][0]),
                (combine(operation, x, y) for x, y in zip(nodes[a][1], nodes[b][1])))


def union(a, b):
    return combine(operator.or_, a, b)


def common(a, b):
    return combine(operator.and_, a, b)


def without(a, b):
    return combine(operator.gt, a, b)


def of_lengths(lengths):
    """All strings of those lengths."""
    if not lengths:
        return NOTHING
    return node(0 in lengths, [of_lengths({n - 1 for n in lengths if n})] * 10)


def matched(tree, then):
    """The strings of which tree matches the start and then holds the rest."""
    kind = tree[0]
    if kind == 'set':
        return node(False, (then if digit in tree[1] else NOTHING for digit in DIGITS))
    if kind == 'all':
        for part in reversed(tree[1]):
            then = matched(part, then)
        return then
    if kind == 'any':
        return functools.reduce(union, (matched(part, then) for part in tree[1]))
    if kind == 'group':
        return matched(tree[1], then)
    if kind == 'many':
        rest = then
        for _ in range(tree[3] - tree[2]):
            rest = union(then, matched(tree[1], rest))
        for _ in range(tree[2]):
            rest = matched(tree[1], rest)
        return rest
    sys.exit(f'phone_plan: {kind} is not allowed in this pattern')


def fully_matched(pattern):
    return matched(parse(pattern), of_lengths({0}))


def start_matched(pattern):
    return matched(parse(pattern), of_lengths(set(range(MAX_NATIONAL_DIGITS + 1))))


# The graph that is written.  A leaf is a number.

class Node:
    """The leaf that counts if the digits end here, and what follows each digit.
    Equal nodes are one object."""
    made = {}

    def __new__(cls, end, after):
        made = cls.made.setdefault((end, after), super().__new__(cls))
        made.end, made.after = end, after
        return made


def lengths_leaf(lengths):
    return sum(1 << length for length in lengths)


@functools.cache
def graph(language):
    """A set of strings.  Its leaves are lengths of what may follow, by bit."""
    ends, after = nodes[language]
    if language == NOTHING:
        return 0
    after = tuple(graph(each) for each in after)
    if len(set(after)) == 1 and isinstance(after[0], int):
        return after[0] << 1 | ends
    return Node(int(ends), after)


# Prefixes: which part of a number a pattern matches, as Perl would find it.
# Leaves are outcomes: 0 if nothing is matched, else how much, and what of it
# the rule of the region keeps.

def compile_steps(tree, steps, groups):
    """Append the instructions of a backtracking matcher, in its order."""
    kind = tree[0]
    if kind in ('set', 'end'):
        steps.append(list(tree))
    elif kind == 'all':
        for part in tree[1]:
            compile_steps(part, steps, groups)
    elif kind == 'group':
        groups.append(len(groups) + 1)
        number = groups[-1]
        steps.append(['save', 2 * number - 2])
        compile_steps(tree[1], steps, groups)
        steps.append(['save', 2 * number - 1])
    elif kind == 'any':
        jumps = []
        for part in tree[1][:-1]:
            fork = ['fork', len(steps) + 1, None]
            steps.append(fork)
            compile_steps(part, steps, groups)
            jumps.append(['jump', None])
            steps.append(jumps[-1])
            fork[2] = len(steps)
        compile_steps(tree[1][-1], steps, groups)
        for jump in jumps:
            jump[1] = len(steps)
    else:
        forks = []
        for n in range(tree[3]):
            if n >= tree[2]:
                forks.append(['fork', len(steps) + 1, None])
                steps.append(forks[-1])
            compile_steps(tree[1], steps, groups)
        for fork in forks:
            fork[2] = len(steps)


class Prefix:
    """A pattern at the start of a number, and the rule for what replaces it."""

    def __init__(self, pattern, rule):
        self.steps, groups = [], []
        compile_steps(parse(pattern), self.steps, groups)
        self.steps.append(['match'])
        self.ngroups = len(groups)
        found = re.fullmatch(r'(\d*)\$(\d)', rule or '$0')
        if not found:
            sys.exit(f'phone_plan: a rule that it does not know: {rule}')
        self.rule, self.literal, self.kept = rule, found[1], int(found[2])
        self.walk = functools.cache(self.walk)
        self.graph = self.walk(0, tuple(self.follow(0, (None,) * 2 * self.ngroups, 0)), 0)

    def follow(self, at, saved, depth, seen=None):
        """The threads, best first, that stand before a digit or the end."""
        seen = set() if seen is None else seen
        if at in seen:
            return []
        seen.add(at)
        step = self.steps[at]
        if step[0] == 'jump':
            return self.follow(step[1], saved, depth, seen)
        if step[0] == 'fork':
            return (self.follow(step[1], saved, depth, seen) +
                    self.follow(step[2], saved, depth, seen))
        if step[0] == 'save':
            saved = saved[:step[1]] + (depth,) + saved[step[1] + 1:]
            return self.follow(at + 1, saved, depth, seen)
        return [(at, saved)]

    def at_end(self, threads, best, depth):
        for at, saved in threads:
            if self.steps[at][0] == 'match':
                return self.outcome(depth, saved)
            if self.steps[at][0] == 'end':
                found = self.at_end(self.follow(at + 1, saved, depth), None, depth)
                if found is not None:
                    return found
        return best

    def walk(self, depth, threads, best):
        for n, (at, saved) in enumerate(threads):
            if self.steps[at][0] == 'match':
                threads, best = threads[:n], self.outcome(depth, saved)
                break
        after = []
        for digit in DIGITS:
            seen, next_threads = set(), []
            for at, saved in threads:
                if self.steps[at][0] == 'set' and digit in self.steps[at][1]:
                    next_threads += self.follow(at + 1, saved, depth + 1, seen)
            after.append(self.walk(depth + 1, tuple(next_threads), best)
                         if next_threads else best)
        end = self.at_end(threads, best, depth)
        return best if set(after) == {end} else Node(end, tuple(after))

    def outcome(self, length, saved):
        if not self.rule or saved[2 * self.ngroups - 1] is None:
            return outcome_leaf(length)
        start, end = saved[2 * self.kept - 2:2 * self.kept]
        if start is None:
            start = end = 0
        return outcome_leaf(length, start, end - start)


def outcome_leaf(length, start=0, kept=None):
    """matched, replaced, length, start and length of what is kept: 1 + 1 + 3 * 5 bits."""
    return 1 | (kept is not None) << 1 | length << 2 | start << 7 | (kept or 0) << 12


# The metadata.

class Region:
    def __init__(self, element):
        self.name = element.get('id')
        self.code = int(element.get('countryCode'))
        self.main = element.get('mainCountryForCode') == 'true'
        self.leading = element.get('leadingDigits')
        self.general = self.pattern(element.find('generalDesc'))
        self.lengths, self.local = set(), set()
        self.types = NOTHING
        for each in filter(None, map(element.find, TYPES)):
            lengths = self.read_lengths(each, 'national')
            self.lengths |= lengths
            self.local |= self.read_lengths(each, 'localOnly')
            self.types = union(self.types, common(self.pattern(each), of_lengths(lengths)))
        self.local -= self.lengths
        self.types = common(self.types, common(self.general, of_lengths(self.lengths)))
        self.idd = Prefix(element.get('internationalPrefix'), None) \
            if element.get('internationalPrefix') else None
        prefix = element.get('nationalPrefixForParsing') or element.get('nationalPrefix')
        self.prefix = Prefix(prefix, element.get('nationalPrefixTransformRule')) \
            if prefix else None

    @staticmethod
    def pattern(element):
        text = ''.join(element.find('nationalNumberPattern').itertext()) \
            if element is not None else ''
        return fully_matched(text) if text.strip() else NOTHING

    @staticmethod
    def read_lengths(element, attribute):
        """"4,[6-8]" as a set; "-1" says that there are none."""
        found = set()
        for each in (element.find('possibleLengths').get(attribute) or '-1').split(','):
            first, last = (each.strip('[]').split('-') * 2)[:2] if each != '-1' else (1, 0)
            found.update(range(int(first), int(last) + 1))
        return found


def valid_numbers(regions):
    """The valid numbers under a calling code: each belongs to the first region
    that claims it, by its leading digits if it has any, else by its types."""
    found = NOTHING
    for region in reversed(regions):
        if region.leading:
            claimed = start_matched(region.leading)
            found = union(common(claimed, region.types), without(found, claimed))
        else:
            found = union(region.types, found)
    return found


# The tables in C.

class Words:
    """Nodes as 16-bit words: [leaf at the end] header target...

    The header is the number of a row of slots, one per digit: 0 if nothing
    follows, else which of the targets.  A node that has the leaf before it, as
    it is not 0, has END in its header.  A target is a node's place, or LEAF
    and a leaf's place.
    """
    LEAF, END = 0x8000, 0x8000

    def __init__(self):
        self.words, self.leaves, self.slots = [], [0], []
        self.places = {}

    def leaf(self, value):
        if value not in self.leaves:
            self.leaves.append(value)
        return self.LEAF | self.leaves.index(value)

    def place(self, graph):
        if isinstance(graph, int):
            return self.leaf(graph)
        if graph not in self.places:
            self.places[graph] = self.add(graph.end, graph.after)
        return self.places[graph]

    def add(self, end, after):
        targets = list(dict.fromkeys(each for each in after if each != 0))
        places = [self.place(target) for target in targets]
        row = tuple(targets.index(each) + 1 if each != 0 else 0 for each in after)
        if row not in self.slots:
            self.slots.append(row)
        if end:
            self.words.append(self.leaf(end))
        self.words += [self.slots.index(row) | (self.END if end else 0)] + places
        return len(self.words) - 1 - len(places)


def table(declaration, values, width=12):
    print(f'\nstatic const {declaration} = {{')
    for n in range(0, len(values), width):
        print('\t' + ', '.join(map(str, values[n:n + width])) + ',')
    print('};')


def smallest_type(values):
    return 'uint8_t' if max(values) < 1 << 8 else 'uint16_t'


def braced(*values):
    return '{' + ', '.join(map(str, values)) + '}'


def packed_row(row):
    """Slots, two to a byte, the even digit's in the lower half."""
    return braced(*(row[n] | row[n + 1] << 4 for n in range(0, 10, 2)))


def write(words, regions, rows, valid):
    named = {region.name: n for n, region in enumerate(regions, 1) if region.name != WORLD}
    letters = [named.get(chr(65 + n // 26) + chr(65 + n % 26), 0) for n in range(26 * 26)]
    main_of = {}
    for n, region in enumerate(regions):
        if region.main or region.code not in main_of:
            main_of[region.code] = n
    codes = sorted(main_of)
    places = [codes.index(n) + 1 if n in main_of else 0 for n in range(1000)]
    most_digits = max(len(str(region.code)) + max(region.lengths) for region in regions)

    print(f'''\
#define PLAN_MOST_DIGITS {most_digits} /* of a calling code and a possible number */
#define PLAN_LEAF {Words.LEAF:#x}
#define PLAN_END {Words.END:#x}

typedef struct PlanRegion
{{
	uint16_t	code;			/* calling code */
	uint16_t	idd;			/* international prefix: a target */
	uint16_t	prefix;			/* national prefix: a target */
	uint16_t	general;		/* numbers of any kind: a target */
	uint16_t	lengths;		/* possible lengths: a leaf */
	uint16_t	local;			/* lengths of local numbers: a leaf */
	char		literal[6];		/* what stands before the part of a prefix that stays */
}} PlanRegion;

typedef struct PlanCode
{{
	uint16_t	code;			/* calling code */
	uint16_t	valid;			/* valid numbers: a target */
	uint16_t	region;			/* the main region's place */
}} PlanCode;''')
    print('\n/* by the letters of a region, its place + 1; else 0 */', end='')
    table(f'{smallest_type(letters)} plan_letters[26 * 26]', letters, 26)
    print('\n/* by calling code, its place + 1; else 0 */', end='')
    table(f'{smallest_type(places)} plan_codes[1000]', places, 20)
    table('PlanRegion plan_region[]',
          [braced(region.code, *row, f'"{region.prefix.literal if region.prefix else ""}"')
           for region, row in zip(regions, rows)], 2)
    table('PlanCode plan_code[]',
          [braced(code, valid[code], main_of[code]) for code in codes], 5)
    table('uint32_t plan_leaf[]', [f'{leaf:#x}' for leaf in words.leaves], 10)
    table('uint8_t plan_slot[][5]', [packed_row(row) for row in words.slots], 4)
    table('uint16_t plan_word[]', words.words, 14)
    print('\n#endif\t\t\t\t\t\t\t/* CCPII_PHONE_PLAN_H */')


def header(path, content, date):
    version = re.search(r'\d+\.\d+\.\d+', path.name)[0]
    print(f'''\
/*-------------------------------------------------------------------------
 *
 * phone_plan.h
 *	  The world's numbering plans: the tables of phone_number.c, and of nobody
 *	  else.
 *
 * Made by src/text/phone_plan.py, which says what they mean, from
 * resources/PhoneNumberMetadata.xml of libphonenumber {version}, as packed on
 * {date:%Y-%m-%d}; its SHA-256 is
 * {hashlib.sha256(content).hexdigest()}.
 * Copyright (C) 2009 The Libphonenumber Authors; Apache License 2.0 (NOTICE).
 *
 *-------------------------------------------------------------------------
 */
#ifndef CCPII_PHONE_PLAN_H
#define CCPII_PHONE_PLAN_H

#include <stdint.h>

#define PLAN_VERSION "{version}"''')


def main():
    path = pathlib.Path(sys.argv[1])
    packed = path.read_bytes()
    date = datetime.datetime.fromtimestamp(int.from_bytes(packed[4:8], 'little'),
                                           datetime.timezone.utc)
    content = gzip.decompress(packed)
    regions = [Region(each) for each in
               xml.etree.ElementTree.fromstring(content).iter('territory')]
    by_code = {}
    for region in regions:
        same = by_code.setdefault(region.code, [])
        same.insert(0 if region.main else len(same), region)

    words = Words()
    rows = [(words.place(region.idd.graph if region.idd else 0),
             words.place(region.prefix.graph if region.prefix else 0),
             words.place(graph(region.general)),
             words.leaf(lengths_leaf(region.lengths)), words.leaf(lengths_leaf(region.local)))
            for region in regions]
    valid = {code: words.place(graph(valid_numbers(each))) for code, each in by_code.items()}
    header(path, content, date)
    write(words, regions, rows, valid)


if __name__ == '__main__':
    main()
