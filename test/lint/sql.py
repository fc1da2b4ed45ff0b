"""What make lint has to know about SQL: statements, and what they create."""

import re

# Types whose names have a second word, so that "a b" is not always "name type".
TWO_WORDS = re.compile(r'double precision|character varying|bit varying'
                       r'|time(stamp)?( ?\(\d\))? with(out)? time zone')
ALIASES = {'int': 'integer', 'int4': 'integer', 'int8': 'bigint', 'int2': 'smallint',
           'bool': 'boolean', 'float8': 'double precision', 'float4': 'real',
           'varchar': 'character varying', 'timestamptz': 'timestamp with time zone',
           'decimal': 'numeric'}

# Kinds of objects that a comment names just as their creation does.
PLAIN = ('TABLE', 'FOREIGN TABLE', 'VIEW', 'MATERIALIZED VIEW', 'SEQUENCE', 'TYPE', 'DOMAIN',
         'SCHEMA', 'EVENT TRIGGER', 'COLLATION', 'STATISTICS', 'ACCESS METHOD', 'SERVER',
         'FOREIGN DATA WRAPPER', 'LANGUAGE', 'CONVERSION')
ROUTINES = ('FUNCTION', 'PROCEDURE', 'AGGREGATE')
ON_TABLE = ('TRIGGER', 'CONSTRAINT TRIGGER', 'POLICY', 'RULE')
USING = ('OPERATOR CLASS', 'OPERATOR FAMILY')
NEVER_COMMENTED = ('INDEX', 'UNIQUE INDEX', 'ROLE')
KINDS = sorted(PLAIN + ROUTINES + ON_TABLE + USING + NEVER_COMMENTED + ('OPERATOR', 'CAST'),
               key=len, reverse=True)

TOKEN = re.compile(r"""
      (?P<comment> --[^\n]* )
    | (?P<block> /\* )
    | (?P<string> [eE]'(?:[^'\\]|\\.|'')*' | '(?:[^']|'')*' )
    | (?P<quoted> "[^"]*" )
    | (?P<dollar> (?P<tag> \$(?:[A-Za-z_]\w*)?\$ ) .*? (?P=tag) )
    | (?P<word> [A-Za-z_][\w$]* )
    | (?P<end> ; )
    | (?P<other> . )
    """, re.X | re.S)


class Statement:
    """One statement: where it starts; its text without comments, white space
    run together, and strings and bodies emptied."""

    def __init__(self, path, line, text):
        self.place = f'{path}:{line}'
        self.text = ' '.join(text.split())

    def __repr__(self):
        return f'{self.place}: {self.text[:60]}'


def block_end(source, at):
    """The end of the comment, which may hold others, that starts at an offset."""
    depth = 0
    for mark in re.compile(r'/\*|\*/').finditer(source, at):
        depth += 1 if mark.group() == '/*' else -1
        if depth == 0:
            return mark.end()
    return len(source)


def statements(path):
    """Yield the statements of a file."""
    source = path.read_text()
    at, start, text = 0, None, ''
    words, depth = ['', ''], 0          # depth: BEGIN ATOMIC and CASE still open
    while at < len(source):
        token = TOKEN.match(source, at)
        kind, found = token.lastgroup, token.group()
        at = token.end()
        if kind == 'block':
            at, found = block_end(source, token.start()), ' '
        elif kind == 'comment':
            found = ' '
        elif kind == 'string':
            found = "''"
        elif kind == 'dollar':
            found = '$$$$'
        elif kind == 'word':
            words = [words[1], found.upper()]
            if words == ['BEGIN', 'ATOMIC'] or (depth and words[1] == 'CASE'):
                depth += 1
            elif depth and words[1] == 'END':
                depth -= 1
        if found.strip() and start is None:
            start = token.start()
        if kind == 'end' and depth == 0:
            if text.strip():
                yield Statement(path, source.count('\n', 0, start) + 1, text)
            start, text = None, ''
        else:
            text += found
    if text.strip():
        yield Statement(path, source.count('\n', 0, start) + 1, text)


def parenthesis(text):
    """What stands in the first parenthesis of the text, and what follows it."""
    start = text.index('(')
    depth = 0
    for at in range(start, len(text)):
        depth += {'(': 1, ')': -1}.get(text[at], 0)
        if depth == 0:
            return text[start + 1:at], text[at + 1:]
    raise ValueError('no closing parenthesis')


def split_arguments(text):
    depth, part = 0, ''
    for char in text:
        depth += {'(': 1, ')': -1, '[': 1, ']': -1}.get(char, 0)
        if char == ',' and depth == 0:
            yield part
            part = ''
        else:
            part += char
    if part.strip():
        yield part


def plain_name(name):
    """A name without our schema, which is where everything of ours goes."""
    return re.sub(r'^(ccpii|@extschema@|pg_catalog)\.', '', name.strip().lower())


def plain_type(name):
    name = plain_name(re.sub(r'\s*\(\s*\d+(\s*,\s*\d+)?\s*\)', '', name))
    array = re.search(r'(\s*\[\d*\])*$', name).group()
    name = name[:len(name) - len(array)]
    return ALIASES.get(name, name) + re.sub(r'[\s\d]', '', array)


def argument_type(argument, keep_out):
    """The type of an argument written [mode] [name] type [default]; None if
    the argument does not belong to the routine's identity."""
    argument = re.split(r'\s+DEFAULT\b|\s*:?=', argument.strip(), flags=re.I)[0]
    words = argument.split()
    if words and words[0].upper() in ('IN', 'OUT', 'INOUT', 'VARIADIC'):
        if words.pop(0).upper() == 'OUT' and not keep_out:
            return None
    if len(words) > 1 and not TWO_WORDS.fullmatch(' '.join(words).lower()):
        words.pop(0)
    return plain_type(' '.join(words))


def routine(kind, text):
    arguments, _ = parenthesis(text)
    arguments = re.sub(r'\s*ORDER BY\s*', ', ', arguments, flags=re.I).strip(', ')
    types = [argument_type(a, kind == 'PROCEDURE') for a in split_arguments(arguments)]
    return f"{plain_name(text[:text.index('(')])}({', '.join(t for t in types if t)})"


def operator(text):
    """OPERATOR, as CREATE (LEFTARG = a, ...) or COMMENT (a, b) have it."""
    arguments, _ = parenthesis(text)
    options = dict(re.findall(r'(\w+)\s*=\s*([^,]+)', arguments.lower()))
    if options:
        types = [options.get('leftarg', 'none'), options.get('rightarg', 'none')]
    else:
        types = list(split_arguments(arguments))
    name = plain_name(text[:text.index('(')])
    return f"{name}({', '.join(plain_type(t) for t in types)})"


def identity(kind, text):
    """How an object of a kind is told from others; text follows the kind."""
    if kind in ROUTINES:
        return f'{kind} {routine(kind, text)}'
    if kind == 'OPERATOR':
        return f'{kind} {operator(text)}'
    if kind == 'CAST':
        source, target = re.split(r'\s+AS\s+', parenthesis(text)[0], flags=re.I)
        return f'{kind} ({plain_type(source)} as {plain_type(target)})'
    if kind in ON_TABLE:
        name, table = re.match(r'(\S+)(?:.*?)\s(?:ON|TO)\s+([^\s(;]+)', text, re.I).groups()
        return f"{kind.replace('CONSTRAINT ', '')} {plain_name(name)} on {plain_name(table)}"
    if kind in USING:
        name, method = re.match(r'(\S+).*?\bUSING\s+(\w+)', text, re.I).groups()
        return f'{kind} {plain_name(name)} using {method.lower()}'
    return f"{kind} {plain_name(re.match(r'[^ (;]+', text).group())}"


HEAD = re.compile(r'(?P<verb>CREATE|COMMENT ON)\s+(?P<replace>OR REPLACE\s+)?'
                  r'(?:(?:UNLOGGED|RECURSIVE|TRUSTED|DEFAULT)\s+)?'
                  rf'(?P<kind>{"|".join(KINDS)})\s+(?P<absent>IF NOT EXISTS\s+)?(?P<rest>.+)', re.I)


def created(statement):
    """(kind, identity) of what the statement creates; (None, None) if it
    creates nothing, (None, text) if it creates what this module cannot name."""
    if not statement.text.upper().startswith('CREATE '):
        return None, None
    head = HEAD.match(statement.text)
    if not head:
        return None, statement.text[:40]
    kind = head['kind'].upper()
    return kind, identity(kind, head['rest'])


def closed(statement):
    """Identities of the routines on which the statement revokes all from PUBLIC."""
    head = re.match(r'REVOKE (?:ALL|EXECUTE)(?: PRIVILEGES)? ON (FUNCTION|PROCEDURE) (.+)'
                    r' FROM PUBLIC', statement.text, re.I)
    return [identity(head[1].upper(), r) for r in split_arguments(head[2])] if head else []


def commented(statement):
    """Identity of the object on which the statement comments, or None."""
    head = HEAD.match(statement.text)
    if not head or head['verb'].upper() != 'COMMENT ON':
        return None
    return identity(head['kind'].upper(), re.sub(r"\s+IS\s+('' ?)+$", '', head['rest'], flags=re.I))
