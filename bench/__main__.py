"""`python bench [NAME…]`: this tool and its yardsticks, measured in turn."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pdf_reading

ROOT = Path(__file__).resolve().parents[1]
BULLETIN = ROOT / "fixtures" / "pdf" / "source" / "bulletin.md"
RUNS = 20


def _program() -> list[str]:
    """The installed command, as a user starts it."""
    name = "bulletin-lint.exe" if os.name == "nt" else "bulletin-lint"
    script = Path(sysconfig.get_path("scripts")) / name
    if script.exists():
        return [str(script)]
    sys.exit(f"bulletin-lint is not installed for {sys.executable}; install it and run again")


def _seconds(command: Sequence[str], environment: dict[str, str]) -> float:
    start = time.perf_counter()
    finished = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    elapsed = time.perf_counter() - start
    if finished.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)} ended with {finished.returncode}: {finished.stderr.decode()}")
    return elapsed


def _in_turn(first: Sequence[str], second: Sequence[str], environment: dict[str, str]) -> tuple[float, float]:
    """The median wall seconds of two commands, run in turn after a warm-up of each."""
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(RUNS + 1):
        for command, taken in zip((first, second), times, strict=True):
            seconds = _seconds(command, environment)
            if turn:
                taken.append(seconds)
    return statistics.median(times[0]), statistics.median(times[1])


def cold_start() -> None:
    """One bulletin in a new process, against the import of two libraries that it does without."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "BULLETIN_LINT_CACHE_DIR": folder}
        # Compiled modules are what an installed program has.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        check = [*_program(), "check", str(BULLETIN), "--isolated", "--format", "concise"]
        imports = [sys.executable, "-c", "import regex, yaml"]
        ours, yardstick = _in_turn(check, imports, environment)
        bare, _ = _in_turn([sys.executable, "-c", "pass"], [sys.executable, "-c", "pass"], environment)
    print(f"cold-start  bulletin-lint {ours * 1000:6.1f} ms   import regex, yaml {yardstick * 1000:6.1f} ms")
    print(f"            ratio {ours / yardstick:.2f} (must be at most 1.5); bare Python {bare * 1000:.1f} ms")


def throughput() -> None:
    """300 bulletins in one process, against reading and splitting them."""
    text = BULLETIN.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder, "bulletins")
        files.mkdir()
        for number in range(300):
            # Each another issue, so that nothing is the same text twice and the series is whole.
            issue = text.replace("第 9 期", f"第 {number + 1} 期").replace("1864", str(2000 + number))
            (files / f"{number + 1:03}.md").write_text(issue, encoding="utf-8")
        environment = {**os.environ, "BULLETIN_LINT_CACHE_DIR": str(Path(folder, "cache"))}
        check = [*_program(), "check", str(files), "--isolated", "--jobs", "1", "--format", "concise"]
        split = "import pathlib,sys; [p.read_text('utf-8').splitlines() for p in pathlib.Path(sys.argv[1]).iterdir()]"
        ours, yardstick = _in_turn(check, [sys.executable, "-c", split, str(files)], environment)
        size = sum(path.stat().st_size for path in files.iterdir())
    print(
        f"throughput  bulletin-lint {size / ours / 1e6:6.2f} MB/s   read and split {size / yardstick / 1e6:6.2f} MB/s"
    )
    print(f"            {ours / 300 * 1000:.2f} ms a bulletin, start-up included")


def pdf_jobs() -> None:
    """40 PDFs with one process and with two."""
    with tempfile.TemporaryDirectory() as folder:
        pdf_reading.jobs(_program(), {**os.environ, "BULLETIN_LINT_CACHE_DIR": folder})


BENCHMARKS: dict[str, Callable[[], None]] = {
    "cold-start": cold_start,
    "throughput": throughput,
    "pdf-pages": pdf_reading.pages,
    "pdf-memory": pdf_reading.memory,
    "pdf-jobs": pdf_jobs,
}


def main() -> None:
    """Runs the benchmarks named on the command line, all where none is named."""
    unknown = [name for name in sys.argv[1:] if name not in BENCHMARKS]
    if unknown:
        sys.exit(f"there is no benchmark {unknown[0]}; there are: {', '.join(BENCHMARKS)}")
    for name in sys.argv[1:] or BENCHMARKS:
        BENCHMARKS[name]()


if __name__ == "__main__":
    main()
