"""Reading PDFs into the document model, against the raw text of PDFium and pdfplumber's."""

from __future__ import annotations

import ctypes
import gc
import io
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PRODUCERS = ROOT / "fixtures" / "producers"
TURNS = 9
PLUMBER_TURNS = 2
MANY_PAGES = 300
MANY_FILES = 40
JOBS_TURNS = 11


def raw_text(data: bytes) -> int:
    """Every page's text as PDFium has it and nothing else; gives the number of pages."""
    import pypdfium2.raw as pdfium

    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    pages = pdfium.FPDF_GetPageCount(document)
    for index in range(pages):
        page = pdfium.FPDF_LoadPage(document, index)
        text = pdfium.FPDFText_LoadPage(page)
        count = pdfium.FPDFText_CountChars(text)
        units = (ctypes.c_ushort * (count + 1))()
        pdfium.FPDFText_GetText(text, 0, count, units)
        bytes(units).decode("utf-16-le", "replace")
        pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)
    pdfium.FPDF_CloseDocument(document)
    return pages


def plumber_text(data: bytes) -> None:
    """Every page's text as pdfplumber has it."""
    import logging

    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_text()
            page.close()


class RawReader:
    """Raw text by a process of its own: PDFium as anybody finds it, with the fonts of the machine. Here what a file
    only names is read by a stand-in.
    """

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__, "raw"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def seconds(self, path: Path) -> float:
        """How long a file takes, already in memory."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())

    def close(self) -> None:
        """Ends the process."""
        self._process.communicate()


def _answer_raw() -> None:
    gc.disable()
    for line in sys.stdin:
        data = Path(line.rstrip("\n")).read_bytes()
        print(_seconds(raw_text, data), flush=True)


def _readers() -> tuple[Callable[[bytes], object], Callable[[bytes], object]]:
    """Reading into repaired paragraphs, and into the parts of a bulletin as well."""
    from bulletin_lint.config.settings import Settings
    from bulletin_lint.engine.cache.compiled import CompiledStore
    from bulletin_lint.parsing import parse
    from bulletin_lint.parsing.grammar import Grammar
    from bulletin_lint.parsing.paragraphs import assemble
    from bulletin_lint.readers.pdf.reader import read_pdf
    from bulletin_lint.rulebook.load import load_rulebook

    rulebook = load_rulebook(Settings(), CompiledStore())
    fold = rulebook.grammar["forms"].get("fold")
    grammar = Grammar(rulebook.grammar, rulebook.table(fold) if fold else None)
    return (
        lambda data: assemble("x.pdf", read_pdf("x.pdf", data), grammar),
        lambda data: parse("x.pdf", read_pdf("x.pdf", data), grammar),
    )


def _seconds(call: Callable[[bytes], object], data: bytes) -> float:
    start = time.perf_counter()
    call(data)
    return time.perf_counter() - start


def pages() -> None:
    """Milliseconds a page, mean over the producers of the test set; each file read by each in turn, the least
    of several turns counted, for that is the one in which nobody else was busy.
    """
    from bulletin_lint.cli.main import search_rings_seldom
    from bulletin_lint.readers.own_process import OWN_PROCESS

    # As the program does, whose time is asked for.
    search_rings_seldom()
    OWN_PROCESS.claim()
    model, parts = _readers()
    raw = RawReader()
    calls = {"model": model, "parts": parts, "stand-in": raw_text}
    by_producer: dict[str, dict[str, list[float]]] = {}
    for path in sorted(PRODUCERS.glob("*.pdf")):
        data, producer = path.read_bytes(), path.stem.partition("-")[2]
        count = raw_text(data)
        raw.seconds(path)
        model(data)
        gc.collect()
        times: dict[str, list[float]] = {name: [] for name in ["raw", *calls, "plumber"]}
        for turn in range(TURNS):
            times["raw"].append(raw.seconds(path))
            for name, call in calls.items():
                times[name].append(_seconds(call, data))
            if turn < PLUMBER_TURNS:
                times["plumber"].append(_seconds(plumber_text, data))
        found = by_producer.setdefault(producer, {name: [] for name in times})
        for name, taken in times.items():
            found[name].append(min(taken) / count * 1000)
    raw.close()
    means = {
        producer: {name: statistics.mean(taken) for name, taken in found.items()}
        for producer, found in by_producer.items()
    }
    print("pdf-pages   ms a page     raw text   document   (ratio)   with parts   pdfplumber (of ours)")
    for producer, mean in sorted(means.items()):
        print(
            f"            {producer:15}{mean['raw']:7.2f}{mean['model']:11.2f}   ({mean['model'] / mean['raw']:.2f})"
            f"{mean['parts']:14.2f}{mean['plumber']:12.1f}   ({mean['plumber'] / mean['model']:.1f})"
        )
    mean = {
        name: statistics.mean(each[name] for each in means.values()) for name in next(iter(means.values()))
    }
    print(
        f"            mean: {mean['model'] / mean['raw']:.2f} times raw text (must be at most 2), with the "
        f"bulletin's parts {mean['parts'] / mean['raw']:.2f}; pdfplumber takes "
        f"{mean['plumber'] / mean['model']:.1f} times as long (must be at least 8); with the stand-in for fonts "
        f"raw text takes {mean['stand-in'] / mean['raw']:.2f} of its time without, and ours "
        f"{mean['model'] / mean['stand-in']:.2f} times that"
    )


def _long_file(folder: Path) -> Path:
    """The test set's pages over and over, until there are `MANY_PAGES`."""
    import pypdfium2

    made = pypdfium2.PdfDocument.new()
    while len(made) < MANY_PAGES:
        for path in sorted(PRODUCERS.glob("*.pdf")):
            with pypdfium2.PdfDocument(path) as source:
                made.import_pages(source, list(range(min(len(source), MANY_PAGES - len(made)))))
            if len(made) >= MANY_PAGES:
                break
    target = folder / "long.pdf"
    made.save(target)
    made.close()
    return target


_PEAK = """
import resource, sys
from bulletin_lint.readers.own_process import OWN_PROCESS
from bulletin_lint.readers.pdf.reader import read_pdf
OWN_PROCESS.claim()
reading = read_pdf("long.pdf", open(sys.argv[1], "rb").read())
print(reading.pages, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def memory() -> None:
    """Peak memory of reading a file of 300 pages, the whole process."""
    with tempfile.TemporaryDirectory() as folder:
        path = _long_file(Path(folder))
        told = subprocess.run(
            [sys.executable, "-c", _PEAK, str(path)], capture_output=True, text=True, check=True
        )
        count, megabytes = told.stdout.split()
        size = path.stat().st_size / 1e6
    print(f"pdf-memory  {count} pages ({size:.1f} MB): {megabytes} MB (must be below 200)")


def forget_results(environment: dict[str, str]) -> None:
    """Removes what runs found in files from their cache; compiled rules stay."""
    for database in Path(environment["BULLETIN_LINT_CACHE_DIR"]).glob("cache-*"):
        database.unlink()


def jobs(program: list[str], environment: dict[str, str]) -> None:
    """40 files with one job and with two, and one file alone, in turn; then 40 twice as long."""
    files = sorted(PRODUCERS.glob("*.pdf"))
    _jobs("test files", [path.read_bytes() for path in files][:MANY_FILES], program, environment)
    # The test files have 1,000 characters each, half of what a bulletin has.
    by_producer = sorted(files, key=lambda path: path.stem.partition("-")[2])
    pairs = zip(by_producer, [*by_producer[1:], by_producer[0]], strict=True)
    joined = [_joined(first.read_bytes(), second.read_bytes()) for first, second in pairs]
    _jobs("files as long as bulletins", joined[:MANY_FILES], program, environment)


def _joined(first: bytes, second: bytes) -> bytes:
    """The pages of two PDFs in one."""
    import pypdfium2

    document = pypdfium2.PdfDocument(first)
    document.import_pages(pypdfium2.PdfDocument(second))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _jobs(what: str, files: list[bytes], program: list[str], environment: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for number, data in enumerate(files):
            (Path(folder) / f"{number:02}.pdf").write_bytes(data)
        turns: list[list[float]] = []
        for _ in range(JOBS_TURNS + 1):
            turns.append([])
            for path, count in ((folder, 1), (folder, 2), (f"{folder}/00.pdf", 1)):
                command = [*program, "check", path, "--isolated", "--format", "concise", "--jobs", str(count)]
                forget_results(environment)
                start = time.perf_counter()
                subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                turns[-1].append(time.perf_counter() - start)
    # A machine that changes its pace does so for all of a turn, mostly; the first warms up.
    one, two, alone = map(statistics.median, zip(*turns[1:], strict=True))
    ratio = statistics.median(one / two for one, two, _ in turns[1:])
    rest = statistics.median((one - alone) / (two - alone) for one, two, alone in turns[1:])
    print(
        f"pdf-jobs    {len(files)} {what}: one job {one:.2f} s, two {two:.2f} s; one file alone {alone:.2f} s"
    )
    print(
        f"            ratio {ratio:.2f} (must be at least 1.7, on two free cores); "
        f"of what comes after one file {rest:.2f}"
    )


if __name__ == "__main__":
    _answer_raw()
