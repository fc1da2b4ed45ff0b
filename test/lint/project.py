"""The project's files, as the checks of test/lint see them."""

import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Files that a program wrote have neither a maximal size nor a format.
GENERATED = re.compile(r'_plan\.h|_table\.h|generated')


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, **options)


def files(*patterns):
    """Files below ROOT, relative to it, that match one of git's patterns:
    those that git tracks, and new ones that it does not ignore."""
    listed = run('git', '-c', 'safe.directory=*', 'ls-files', '-co', '--exclude-standard', '--',
                 *patterns, cwd=ROOT)
    if listed.returncode:
        sys.exit(f'lint: {listed.stderr}')
    return [pathlib.Path(name) for name in sorted(set(listed.stdout.splitlines()))
            if (ROOT / name).exists()]


def server_headers():
    pg_config = os.environ.get('PG_CONFIG', 'pg_config')
    return run(pg_config, '--includedir-server', check=True).stdout.strip()
