"""What a text and a PDF of two pages take from a pool that is warm, and from a command line, in turn."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import time
from pathlib import Path

import pdf_reading

TURNS = 15
GOALS = {"text": 0.1, "pdf": 0.4}
"""Seconds, on a quiet machine."""


def measure(program: list[str], environment: dict[str, str], files: dict[str, Path]) -> None:
    """Prints a line for each kind of file: wall seconds, processor time beside them, and both as ratios."""
    from bulletin_lint.config.settings import Settings
    from bulletin_lint.engine.linter import Linter
    from bulletin_lint.engine.workers.pool import Pool
    from bulletin_lint.model.source import SourceFile
    from bulletin_lint.rulebook.load import load_rulebook, selected_rules

    settings = Settings()
    rulebook = load_rulebook(settings)
    linter = Linter(rulebook, selected_rules(settings, rulebook), settings=settings)
    for kind, path in files.items():
        source = SourceFile(path.as_posix(), kind, explicit=True)  # type: ignore[arg-type]
        check = [*program, "check", str(path), "--isolated", "--format", "concise"]
        pooled, commanded, spent = [], [], []
        with Pool(linter, 1) as pool:
            start = time.perf_counter()
            pool.submit(source).result()
            first = time.perf_counter() - start
            for turn in range(TURNS + 1):
                start = time.perf_counter()
                error = pool.submit(source).result().result.error
                taken = time.perf_counter() - start
                if error is not None:
                    raise SystemExit(error.en)
                pdf_reading.forget_results(environment)
                start = time.perf_counter()
                process = subprocess.Popen(
                    check, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
                )
                _, status, usage = os.wait4(process.pid, 0)
                process.returncode = os.waitstatus_to_exitcode(status)
                # The first warms up.
                if turn:
                    pooled.append(taken)
                    commanded.append(time.perf_counter() - start)
                    spent.append(usage.ru_utime + usage.ru_stime)
        ours = (_processor_time(linter, source, TURNS) - _processor_time(linter, source, 0)) / TURNS
        wall = statistics.median(one / other for one, other in zip(pooled, commanded, strict=True))
        print(
            f"warm-pool   {kind:4} {statistics.median(pooled) * 1000:6.1f} ms ({ours * 1000:5.1f} of processor time)   "
            f"command {statistics.median(commanded) * 1000:6.1f} ms ({statistics.median(spent) * 1000:5.1f})"
        )
        print(
            f"            ratio {wall:.2f}, of processor time {ours / statistics.median(spent):.2f} (must be below 1, "
            f"and {GOALS[kind]} s on a quiet machine); the first file, with the start of the pool, {first:.2f} s"
        )


def _processor_time(linter: object, source: object, count: int) -> float:
    """Seconds of processor time of a pool from its start to its end, of all its processes, for 1 + `count` files."""
    from bulletin_lint.engine.workers.pool import Pool

    def spent() -> float:
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    before = spent()
    with Pool(linter, 1) as pool:  # type: ignore[arg-type]
        for _ in range(1 + count):
            pool.submit(source).result()  # type: ignore[arg-type]
    return spent() - before
