"""Reading Word documents into lines, against unzipping and parsing them and nothing else."""

from __future__ import annotations

import io
import random
import statistics
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from xml.parsers import expat

SUPPORT = Path(__file__).resolve().parents[1] / "tests" / "support"
TURNS = 7
PAGES = {"300 pages": 2_800, "4 pages": 37}
"""Paragraphs, each of eight runs with properties of their own, as WPS saves them."""
WORDS = "坚持以人民为中心的发展思想全面推进基层治理体系和治理能力现代化"


def document(paragraphs: int) -> bytes:
    """A document as WPS saves one, with the same words each time."""
    sys.path.insert(0, str(SUPPORT))
    from docx_made import docx

    chosen = random.Random(1)
    fonts = '<w:rFonts w:hint="eastAsia" w:ascii="仿宋_GB2312" w:eastAsia="仿宋_GB2312" w:hAnsi="仿宋"/>'
    size = '<w:sz w:val="32"/><w:szCs w:val="32"/>'

    def run(number: int) -> str:
        text = "".join(chosen.choice(WORDS) for _ in range(chosen.randint(5, 25)))
        return f'<w:r w:rsidRPr="00A{number % 1000:05d}"><w:rPr>{fonts}{size}</w:rPr><w:t>{text}</w:t></w:r>'

    def paragraph(number: int) -> str:
        indent = (
            '<w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/>'
        )
        runs = "".join(run(number) for _ in range(8))
        return (
            f'<w:p w:rsidR="00B{number % 1000:05d}"><w:pPr>{indent}<w:rPr>{size}</w:rPr></w:pPr>{runs}</w:p>'
        )

    return docx("".join(map(paragraph, range(paragraphs))), {"styles": "", "numbering": ""})


def _unzipped(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml")


def _yardstick(data: bytes) -> None:
    expat.ParserCreate().Parse(_unzipped(data), 1)


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def pages() -> None:
    """Processor time of reading a long and a short document, in turn with the yardstick."""
    from bulletin_lint.readers.docx.reader import read_docx

    for name, paragraphs in PAGES.items():
        data = document(paragraphs)
        ours, theirs = [], []
        for turn in range(TURNS + 1):
            taken = _seconds(partial(_yardstick, data)), _seconds(partial(read_docx, "1.docx", data))
            if turn:
                theirs.append(taken[0])
                ours.append(taken[1])
        mine, other = statistics.median(ours), statistics.median(theirs)
        print(
            f"docx-pages  {name:9}  read {mine * 1000:7.1f} ms   zipfile and expat {other * 1000:6.2f} ms   "
            f"ratio {mine / other:4.1f} (must be at most 12)"
        )


_ALONE = """
import re, sys
from bulletin_lint.readers.docx.reader import read_docx
def peak():
    return re.search("VmHWM:[^0-9]*([0-9]+)", open("/proc/self/status").read())[1]
before = peak()
data = open(sys.argv[1], "rb").read()
read_docx("1.docx", data)
print(before, peak())
"""
"""Of its own memory: what the system counts for a child begins with what its parent had."""


def memory() -> None:
    """Peak memory of reading a long document, beyond that of the program (Linux)."""
    import tempfile

    if sys.platform != "linux":
        print("docx-memory only on Linux")
        return
    data = document(PAGES["300 pages"])
    size = len(_unzipped(data))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "1.docx")
        path.write_bytes(data)
        done = subprocess.run(
            [sys.executable, "-c", _ALONE, str(path)], capture_output=True, text=True, check=True
        )
    before, after = (int(each) * 1024 for each in done.stdout.split())
    most = 8 * size + 20_000_000
    print(
        f"docx-memory {size / 1e6:.1f} MB of document.xml   {(after - before) / 1e6:.1f} MB "
        f"(must be below {most / 1e6:.0f})"
    )
