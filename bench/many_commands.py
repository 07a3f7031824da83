"""Runs many command lines of the program that PYTHONPATH names, each in a fork of one warmed process.

A new process costs some hundred times what `explain` does. Reads a list of tasks as JSON on standard input:
arguments, working directory, and where output, errors and exit code go.
"""

from __future__ import annotations

import json
import os
import runpy
import sys
import traceback


def _run(arguments: list[str]) -> int:
    """The exit code of `python -m bulletin_lint ARGUMENTS` in this process."""
    sys.argv = ["bulletin-lint", *arguments]
    try:
        runpy.run_module("bulletin_lint", run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:  # noqa: BLE001 - the program should never raise; its trace is what there is to show
        traceback.print_exc()
        return 70
    return 0


def _forked(arguments: list[str], folder: str, stem: str) -> None:
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        with open(f"{stem}.code", "w", encoding="ascii") as stream:
            stream.write(str(os.waitstatus_to_exitcode(status)))
        return
    code = 71
    try:
        for descriptor, kind in ((1, "out"), (2, "err")):
            file = os.open(f"{stem}.{kind}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
            os.dup2(file, descriptor)
            os.close(file)
        os.chdir(folder)
        code = _run(arguments)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


if __name__ == "__main__":
    tasks = json.load(sys.stdin)
    # What the first command imports, all others find. What it says, it says again when its turn comes.
    kept = {descriptor: os.dup(descriptor) for descriptor in (1, 2)}
    silence = os.open(os.devnull, os.O_WRONLY)
    for descriptor in kept:
        os.dup2(silence, descriptor)
    _run(tasks[0][0])
    sys.stdout.flush()
    sys.stderr.flush()
    for descriptor, kept_as in kept.items():
        os.dup2(kept_as, descriptor)
    for task in tasks:
        _forked(*task)
