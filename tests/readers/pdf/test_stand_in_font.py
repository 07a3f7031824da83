"""A PDF that only names its fonts is read alike on every machine, whatever fonts that has."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import ImageFont
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

import bulletin_lint
from bulletin_lint.readers.pdf.pictures import draw
from bulletin_lint.readers.pdf.reader import read_pdf
from bulletin_lint.readers.pdf.stand_in_font import stand_in_font
from bulletin_lint.readers.reader_info import ReadOptions
from harness import FIXTURES, SUPPORT
from made_pdfs import pdf_of

NAMED = FIXTURES / "producers" / "classic-reportlab-stsong.pdf"
"""Its font, STSong-Light, is not in the file."""
_READ = """
import sys
from bulletin_lint.readers.pdf.reader import read_pdf
for path in sys.argv[1:]:
    with open(path, "rb") as stream:
        print(ascii(read_pdf("x.pdf", stream.read()).text))
"""


def layered(data: bytes) -> bytes:
    """The same with a catalogue that speaks of layers, for which each page is drawn to see what shows."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.root_object[NameObject("/OCProperties")] = DictionaryObject()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def in_named_font(*lines: str, encoding: str = "UniGB-UTF16-H", step: tuple[int, int] = (0, -36)) -> bytes:
    """A page with these lines in a font that is named only, each character as UTF-16 has it."""
    content = b"".join(
        b"BT /F 16 Tf %d %d Td <%s> Tj ET "
        % (70 + step[0] * number, 700 + step[1] * number, line.encode("utf-16-be").hex().encode())
        for number, line in enumerate(lines)
    )
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_of(content))))

    def entries(**given: object) -> DictionaryObject:
        return DictionaryObject({NameObject(f"/{name}"): each for name, each in given.items()})

    descendant = entries(
        Type=NameObject("/Font"),
        Subtype=NameObject("/CIDFontType2"),
        BaseFont=NameObject("/SimSun"),
        CIDSystemInfo=entries(
            Registry=TextStringObject("Adobe"), Ordering=TextStringObject("GB1"), Supplement=NumberObject(0)
        ),
        DW=NumberObject(1000),
    )
    resources: Any = writer.pages[0]["/Resources"]
    resources["/Font"][NameObject("/F")] = entries(
        Type=NameObject("/Font"),
        Subtype=NameObject("/Type0"),
        BaseFont=NameObject("/SimSun"),
        Encoding=NameObject(f"/{encoding}"),
        DescendantFonts=ArrayObject([descendant]),
    )
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def read_without_fonts(path: Path, folder: Path) -> str:
    script = folder / "read.py"
    script.write_text(_READ, "utf-8")
    done = subprocess.run(
        [sys.executable, str(SUPPORT / "without_fonts.py"), str(script), str(path)],
        env={**os.environ, "PYTHONPATH": str(Path(bulletin_lint.__file__).parents[1])},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.parametrize("character", ["中", "一", "耀", "鿿", "A", "。", "\U00020000", "\U0010ffff"])
def test_every_character_is_a_bar_as_high_as_an_em(character: str) -> None:
    font = ImageFont.truetype(io.BytesIO(stand_in_font()), 100)
    left, top, right, bottom = font.getmask(character).getbbox()
    assert (right - left, bottom - top) == (25, 100)
    assert font.getlength(character) == 100


@pytest.mark.parametrize("made", [bytes, layered])
def test_a_file_that_names_its_font_is_read_whole_where_there_are_no_fonts(
    tmp_path: Path, made: Callable[[bytes], bytes]
) -> None:
    """On such a machine a page with layers lost a third of its text without a word, for it left no trace."""
    data = made(NAMED.read_bytes())
    path = tmp_path / "named.pdf"
    path.write_bytes(data)
    text = read_pdf("x.pdf", data).text
    assert len(text) > 500
    assert read_without_fonts(path, tmp_path) == ascii(text)


def test_a_line_that_ends_in_a_figure_ends_where_that_does() -> None:
    """A letter's advance is half an em in such fonts; the glyph of the stand-in must not make it wider."""
    reading = read_pdf("x.pdf", (FIXTURES / "pdf" / "gongwen-breaks.pdf").read_bytes())
    (line,) = [each for each in reading.lines if reading.text[slice(*each.pieces[0])].endswith("突破 3")]
    assert line.box is not None
    # The right edge of A4 less 26 mm, at which type set full width ends.
    assert line.box[2] == pytest.approx(595.28 - 26 * 72 / 25.4, abs=0.2)


def test_people_see_the_fonts_of_their_machine() -> None:
    """The stand-in is for reading: pictures have none of it, whether or not something was read before."""
    data = NAMED.read_bytes()
    script = (
        "import sys; from bulletin_lint.readers.pdf.pictures import draw\n"
        "from bulletin_lint.readers.reader_info import ReadOptions\n"
        "data = open(sys.argv[1], 'rb').read()\n"
        "sys.stdout.buffer.write(draw('x.pdf', data, ReadOptions(), (1,))[0].data)"
    )
    fresh = subprocess.run([sys.executable, "-c", script, str(NAMED)], capture_output=True, check=True).stdout
    before = read_pdf("x.pdf", data)
    assert draw("x.pdf", data, ReadOptions(), (1,))[0].data == fresh
    assert read_pdf("x.pdf", data).text == before.text
    assert draw("x.pdf", data, ReadOptions(), (1,))[0].data == fresh


_GUEST = """
import sys
data = open(sys.argv[1], "rb").read()
if "host first" in sys.argv:
    import pypdfium2
    own = pypdfium2.PdfDocument(data)
from bulletin_lint.api import parse
print(ascii(parse(data, "9.pdf").reading.text))
import pypdfium2
if "host first" not in sys.argv:
    own = pypdfium2.PdfDocument(data)
sys.stdout.flush()
sys.stdout.buffer.write(own[0].render(scale=1).to_pil().tobytes())
"""


@pytest.mark.parametrize("order", ["host first", "host later"])
def test_a_program_that_reads_a_pdf_draws_its_own_as_before(order: str) -> None:
    """The library is one for a process: what is done for reading must not show in pictures of somebody else."""
    alone = "import sys, pypdfium2\nown = pypdfium2.PdfDocument(open(sys.argv[1], 'rb').read())\n"
    alone += "sys.stdout.buffer.write(own[0].render(scale=1).to_pil().tobytes())"
    drawn = subprocess.run([sys.executable, "-c", alone, str(NAMED)], capture_output=True, check=True).stdout
    done = subprocess.run([sys.executable, "-c", _GUEST, str(NAMED), order], capture_output=True, check=True)
    text, _, picture = done.stdout.partition(b"\n")
    assert text.decode("ascii") == ascii(read_pdf("x.pdf", NAMED.read_bytes()).text)
    assert picture == drawn


def test_threads_read_in_turn() -> None:
    """The library and its buffers are one for a process: two threads of a program that parses ended it."""
    paths = [NAMED, FIXTURES / "producers" / "classic-typst.pdf", FIXTURES / "producers" / "classic-qt.pdf"]
    script = (
        "import sys, threading\n"
        "from bulletin_lint.api import parse\n"
        "data = {path: open(path, 'rb').read() for path in sys.argv[1:]}\n"
        "alone = {path: parse(each, path).text for path, each in data.items()}\n"
        "wrong = []\n"
        "def read(path):\n"
        "    for _ in range(6):\n"
        "        document = parse(data[path], path)\n"
        "        document.locate(document.blocks[-1].span)\n"
        "        wrong.extend([path] if document.text != alone[path] else [])\n"
        "threads = [threading.Thread(target=read, args=(path,)) for path in data for _ in range(2)]\n"
        "[each.start() for each in threads]; [each.join() for each in threads]\n"
        "print(wrong)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, paths)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_characters_that_are_two_codes_are_read_and_have_their_place() -> None:
    """𠮷 and 𫖮 stand in names and are in the 通用规范汉字表; they vanished without a word."""
    reading = read_pdf("x.pdf", in_named_font("𫖮水务局𠮷村走访渔户", "三户登记"))
    assert reading.text.split() == ["𫖮水务局𠮷村走访渔户", "三户登记"]
    at = reading.text.index("村")
    (box,) = reading.places.locate(at, at + 1).boxes
    # The eighth of codes that begin at 70; the library draws each, also the second of two, 16 points wide.
    assert box.box[0] == pytest.approx(70 + 7 * 16, abs=0.5)


def test_a_page_written_from_above_to_below_is_not_taken_for_read() -> None:
    """Each column is one object: they passed for lines, the last one first."""
    reading = read_pdf(
        "x.pdf",
        in_named_font("三户登记", "水务局走访渔户", "望峰县水务简报", encoding="UniGB-UCS2-V", step=(30, 0)),
    )
    (unread,) = reading.unread_pages
    assert "竖排" in unread.why.zh
    assert not read_pdf("x.pdf", in_named_font("三户登记", "水务局走访渔户", "望峰县水务简报")).unread_pages
