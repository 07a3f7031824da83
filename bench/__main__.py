"""`python bench [NAME…]`: this tool and its yardsticks, measured in turn; `same-reports` compares revisions."""

from __future__ import annotations

import datetime
import importlib
import os
import re
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import docx_reading
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
            pdf_reading.forget_results(environment)
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


def warm_pool() -> None:
    """A text and a PDF of two pages, from a pool that stays and from the command line."""
    import warm_pool

    files = {"text": BULLETIN, "pdf": ROOT / "fixtures" / "producers" / "dense-typst.pdf"}
    with tempfile.TemporaryDirectory() as folder:
        warm_pool.measure(_program(), {**os.environ, "BULLETIN_LINT_CACHE_DIR": folder}, files)


def archives() -> None:
    """Archives of ever more bulletins."""
    import archive_runs

    archive_runs.measure(_program())


_TITLES = 20
_YEARS = 10


def _series_tree(folder: Path, count: int) -> list[Path]:
    """So many bulletins of 20 series over ten years, numbered without a fault."""
    text = BULLETIN.read_text(encoding="utf-8")
    title = text.splitlines()[0].removeprefix("# ")
    old = re.search(r"第 9 期(.*?)1864(.*?)(20[0-9]{2}) ?年.*?日", text, re.DOTALL)
    if old is None:
        sys.exit(f"{BULLETIN} no longer has the masthead that this benchmark changes")
    paths: list[Path] = []
    each = count // _TITLES // _YEARS
    for series in range(_TITLES):
        for year in range(_YEARS):
            for number in range(1, each + 1):
                day = datetime.date(2010 + year, 1, 2) + datetime.timedelta(days=(number - 1) * 360 // each)
                date = f"{day.year}年{day.month}月{day.day}日"
                masthead = f"第 {number} 期{old[1]}{year * each + number}{old[2]}{date}"
                issue = text.replace(title, f"{title[:-2]}{chr(0x4E00 + series)}简报").replace(
                    old[0], masthead
                )
                path = folder / f"{series:02}" / str(day.year) / f"{number:03}.md"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(issue, encoding="utf-8")
                paths.append(path)
    (folder / "bulletin-lint.yaml").write_text('bulletins: ["**/*.md"]\n', encoding="utf-8")
    return paths


def _measured(command: Sequence[str], environment: dict[str, str], folder: Path) -> tuple[float, float]:
    """Wall seconds and peak megabytes of a command, its workers included; it must find nothing wrong."""
    measure = (
        "import resource, subprocess, sys, time; start = time.perf_counter(); "
        "code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode; "
        "print(code, time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", measure, *command], env=environment, cwd=folder, capture_output=True, text=True
    )
    code, seconds, peak = done.stdout.split()
    if code != "0":
        sys.exit(f"{' '.join(command)} ended with {code}: {done.stderr}")
    return float(seconds), float(peak) / 1024


def series() -> None:
    """Cold checks of ever more bulletins; then one changes, and all are checked again, or it alone."""
    ratios = []
    for count in (1_000, 3_000, 10_000):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name, "office")
            paths = _series_tree(folder, count)
            environment = {**os.environ, "BULLETIN_LINT_CACHE_DIR": str(Path(name, "cache"))}
            check = [*_program(), "check", "--format", "concise", "--fail-level", "error"]
            # Compiles the rules, which is no part of either.
            _measured([*check, "--isolated", str(paths[0])], environment, folder)
            cold, peak = _measured([*check, "."], environment, folder)
            changed = paths[len(paths) // 2]
            again, alone, numbers = [], [], []
            for turn in range(3):
                for taken, words in ((again, ["."]), (alone, [str(changed)]), (numbers, ["--series"])):
                    with changed.open("a", encoding="utf-8") as stream:
                        stream.write(f"\n<!-- {turn} {words} -->\n")
                    taken.append(_measured([*check, *words], environment, folder)[0])
            whole, one, series_alone = map(statistics.median, (again, alone, numbers))
            ratios.append(cold / count)
            print(
                f"series      {count:6,} bulletins   cold {cold:6.1f} s   {cold / count * 1000:5.2f} ms each   "
                f"peak {peak:5.1f} MB (must be below 300)"
            )
            print(
                f"            one changed: all checked again {whole:5.2f} s, {whole / cold:5.1%} of cold (must be at "
                f"most 10% or 3 s)   it alone {one:5.2f} s   --series {series_alone:5.2f} s"
            )
    print(
        f"            seconds a bulletin, most against least: {max(ratios) / min(ratios):.2f} (linear: about 1)"
    )


def corpus_table() -> None:
    """The table of hits on edited text, in docs/corpus.md."""
    import corpus

    corpus.write(_program())


BULLETINS = 2_000
FEW = 5
"""For a yardstick a hundred times slower; its start-up is small beside it."""
ROUNDS = 3


def yardsticks() -> None:
    """2,000 bulletins of about 2,200 characters, all default rules, one job, against two linters of Chinese text."""
    import shutil

    import workload

    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        print("yardsticks  skipped: npm is not there")
        return
    with tempfile.TemporaryDirectory() as folder:
        install = [npm, "install", "--silent", "--no-save", "--prefix", folder, "autocorrect-node", "zhlint"]
        if subprocess.run(install, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode:
            print("yardsticks  skipped: npm cannot install autocorrect-node and zhlint")
            return
        files, few = Path(folder, "bulletins"), Path(folder, "few")
        sizes = {"bulletin-lint": workload.write_bulletins(files, BULLETINS)}
        sizes["AutoCorrect"] = sizes["again"] = sizes["bulletin-lint"]
        sizes["zhlint"] = workload.write_bulletins(few, FEW)
        environment = {**os.environ, "BULLETIN_LINT_CACHE_DIR": str(Path(folder, "cache"))}
        resources = str(Path(folder, "node_modules", ".bin"))
        check = [*_program(), "check", str(files), "--isolated", "--jobs", "1", "--format", "json"]
        commands = {
            "bulletin-lint": check,
            "again": check,
            "AutoCorrect": [
                f"{resources}/autocorrect",
                "--lint",
                "--format",
                "json",
                "--threads",
                "1",
                str(files),
            ],
            "zhlint": [f"{resources}/zhlint", "--dir", str(few), "**/*.{md,txt}"],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for turn in range(ROUNDS + 1):
            for name, command in commands.items():
                if name != "again":
                    pdf_reading.forget_results(environment)
                seconds = _seconds(command, environment)
                if turn:
                    times[name].append(seconds)
    rates = {name: sizes[name] / statistics.median(taken) / 1e6 for name, taken in times.items()}
    ours = rates["bulletin-lint"]
    print("yardsticks  " + "   ".join(f"{name} {rate:.3f} MB/s" for name, rate in rates.items()))
    print(
        f"            {ours / rates['AutoCorrect']:.2f} x AutoCorrect (must be at least 2), "
        f"{ours / rates['zhlint']:.1f} x zhlint (must be at least 8); nothing changed since, "
        f"{rates['again'] / rates['AutoCorrect']:.1f} x AutoCorrect"
    )


BENCHMARKS: dict[str, Callable[[], None]] = {
    "cold-start": cold_start,
    "throughput": throughput,
    "pdf-pages": pdf_reading.pages,
    "pdf-memory": pdf_reading.memory,
    "docx-pages": docx_reading.pages,
    "docx-memory": docx_reading.memory,
    "pdf-jobs": pdf_jobs,
    "warm-pool": warm_pool,
    "series": series,
    "archive": archives,
    "yardsticks": yardsticks,
    "corpus": corpus_table,
}


ALONE: dict[str, tuple[str, str]] = {
    "same-reports": ("same_reports", "run"),
    "mutants": ("mutation_trial", "main"),
    "rule-mutants": ("rule_changes", "run"),
    "regexes": ("regex_growth", "run"),
    "growth": ("text_growth", "run"),
    "anatomy": ("anatomy", "run"),
    "pdf-world": ("pdf_world", "run"),
    "page-drop": ("page_drop", "run"),
    "bundle": ("bundle", "run"),
    "pictures": ("pictures", "run"),
    "slips": ("slips", "run"),
}
"""What runs by itself, with options of its own: module and function."""


def main() -> None:
    """Runs the benchmarks named on the command line, all where none is named; those of `ALONE` by themselves.
    `bundle` and `pictures` measure nothing: they make folders that install without the internet, and the
    pictures of the README.
    """
    if sys.argv[1:2] and sys.argv[1] in ALONE:
        module, function = ALONE[sys.argv[1]]
        getattr(importlib.import_module(module), function)(sys.argv[2:])
        return
    unknown = [name for name in sys.argv[1:] if name not in BENCHMARKS]
    if unknown:
        sys.exit(f"there is no benchmark {unknown[0]}; there are: {', '.join([*BENCHMARKS, *ALONE])}")
    for name in sys.argv[1:] or BENCHMARKS:
        BENCHMARKS[name]()


if __name__ == "__main__":
    main()
