#!/usr/bin/env python3
"""Real dialogues with planted numbers, for the Chatwoot tables of check_real.

    corpus.py DIR           CSV for COPY: id, dialogue, sender, text

DIR holds the corpora; its README.md describes them.  Nothing of them is kept.
"""

import csv
import gzip
import json
import pathlib
import sys

# How many messages of which corpus.  Dialogues stay whole.
PORTIONS = (('spliced', 14000), ('multidogo', 3000), ('sgd', 3000))


def messages(directory):
    """Yield (id, dialogue, record), numbered from 1."""
    number = dialogue = 0
    for corpus, portion in PORTIONS:
        previous = None
        taken = 0
        with gzip.open(pathlib.Path(directory) / f'{corpus}.jsonl.gz', 'rt', encoding='utf-8') as file:
            for line in file:
                record = json.loads(line)
                if record['conversation_id'] != previous:
                    if taken >= portion:
                        break
                    previous = record['conversation_id']
                    dialogue += 1
                taken += 1
                number += 1
                yield number, dialogue, record


if __name__ == '__main__':
    out = csv.writer(sys.stdout)
    for number, dialogue, record in messages(sys.argv[1]):
        out.writerow((number, dialogue, record['sender'], record['text']))
