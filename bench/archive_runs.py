"""Archives of ever more small bulletins: time a file, the largest process, what a second run takes."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import workload  # noqa: F401 - puts the tests' generators on the path

from bulletin_generator import STYLES, Numbers, generate, render

COUNTS = (1_000, 10_000)
MANY = 100_000
TITLES = 20
_MEASURE = (
    "import resource, subprocess, sys, time; start = time.perf_counter(); "
    "code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode; "
    "used = resource.getrusage(resource.RUSAGE_CHILDREN); "
    "print(code, time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss)"
)


def write_archive(folder: Path, count: int) -> None:
    """So many small bulletins of twenty series, numbered through the years, one in ten with a slip."""
    for number in range(count):
        title, issue = number % TITLES, number // TITLES + 1
        day = datetime.date(1900, 1, 5) + datetime.timedelta(days=7 * (issue % 6000))
        style = STYLES[title % len(STYLES)]
        numbers = Numbers(
            day.timetuple().tm_yday // 7 + 1, issue, day, f"云溪{chr(0x4E59 + title)}区工作简报"
        )
        text = render(generate(style, number % 500, small=True, numbers=numbers)).text
        if number % 10 == 0:
            text = text.replace("，", ",", 1)
        path = folder / f"{title:02}" / str(day.year) / f"{issue:06}.{style.suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _measured(words: Sequence[str], environment: dict[str, str], folder: Path) -> tuple[float, float, float]:
    """Seconds, processor seconds, and megabytes of the largest process."""
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, *words], env=environment, cwd=folder, capture_output=True, text=True
    )
    code, seconds, processor, peak = done.stdout.split()
    if code not in ("0", "1"):
        sys.exit(f"{' '.join(words)} ended with {code}: {done.stderr}")
    return float(seconds), float(processor), float(peak) / 1024


def measure(program: Sequence[str]) -> None:
    """Prints a line for each number of files; `BULLETIN_LINT_BENCH_MANY=1` adds 100,000."""
    counts = (*COUNTS, MANY) if os.environ.get("BULLETIN_LINT_BENCH_MANY") else COUNTS
    each: list[float] = []
    for count in counts:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            environment = {**os.environ, "BULLETIN_LINT_CACHE_DIR": str(folder / "cache")}
            write_archive(folder / "issues", count)
            first = folder / "issues" / "00" / "1900"
            # Compiles rules and patterns, which a machine does once, and is no part of it.
            once = [*program, "archive", str(first), "--out", "once"]
            compiling = _measured(once, environment, folder)[1]
            archive = [*program, "archive", "issues", "--out", "out"]
            seconds, processor, peak = _measured(archive, environment, folder)
            again, _, again_peak = _measured(archive, environment, folder)
            report = [*program, "archive", "report", "out", "--format", "json"]
            told, _, told_peak = _measured(report, environment, folder)
            size = sum(path.stat().st_size for path in (folder / "out").rglob("*") if path.is_file())
            each.append(processor / count)
            print(
                f"archive     {count:7,} files  {seconds:7.1f} s, {processor:7.1f} s of processor time, "
                f"{processor / count * 1000:5.2f} ms each   peak {peak:5.1f} MB (must be below 300)"
            )
            print(
                f"            again {again:6.1f} s, {again_peak:5.1f} MB   report as JSON {told:6.1f} s, "
                f"{told_peak:5.1f} MB   answers {size / count / 1024:.2f} KiB a file"
            )
            print(
                f"            a year of one series before, with no rules compiled {compiling:4.1f} s of processor time"
            )
            shutil.rmtree(folder / "issues")
    print(f"            processor time a file, most against least: {max(each) / min(each):.2f} (at most 1.3)")
