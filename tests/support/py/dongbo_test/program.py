"""The program on the command line: run to its end, what it said, and its exit codes."""

import subprocess

from .paths import dongbo_binary

DONE, FAILED, USAGE, FOUND = 0, 1, 2, 3


def dongbo(*args, stdin: bytes = b"", timeout: float = 120):
    return subprocess.run([str(dongbo_binary()), *map(str, args)], input=stdin, capture_output=True, timeout=timeout)


def said(run) -> str:
    return (run.stdout + run.stderr).decode(errors="replace")
