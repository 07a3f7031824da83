"""Pages that cannot be read are named, and the other pages are read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.reading import Reading
from bulletin_lint.readers.page_count import PAGE_COUNT
from bulletin_lint.readers.pdf import pdfium
from bulletin_lint.readers.pdf.page import Face, Page, Run
from bulletin_lint.readers.pdf.reader import read_pdf
from bulletin_lint.readers.pdf.unread import has_something, unread_pages
from harness import Command
from made_pdfs import SHEET, pdf_of

WORDS = b"BT /F 10 Tf 50 400 Td (All that is on this page can be read.) Tj ET"
BROKEN = ("<< /Filter /FlateDecode >>", b"not packed at all")
GARBAGE = b"\xff" * 300
PICTURE = b"q 600 0 0 800 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80\nEI Q "
HALF_A_PICTURE = PICTURE.replace(b"800 0 0 cm", b"300 0 400 cm")
OUTLINES = b" ".join(b"%d 700 5 9 re f" % (50 + 8 * number) for number in range(60))
SIDEWAYS = b"BT /F 10 Tf 0 1 -1 0 300 50 Tm (Written from below to above.) Tj ET"
SLANTED = b"BT /F 10 Tf 0.8 0.6 -0.6 0.8 100 50 Tm (Written from below to above.) Tj ET"
SEAL = b"BT /F 10 Tf 0 1 -1 0 300 50 Tm (Seal) Tj ET"
WATERMARK = b"0.8 g BT /F 40 Tf 0.7 0.7 -0.7 0.7 100 100 Tm (Draft, for comments only) Tj ET 0 g "


def read(*pages: bytes | tuple[str, bytes], more: Sequence[str] = ()) -> Reading:
    return read_pdf("x.pdf", pdf_of(*pages, more=more))


def unread(reading: Reading) -> dict[int, str]:
    """The pages that were not read, and what is said of them."""
    return {page.number: page.why.zh for page in reading.unread_pages}


@pytest.mark.parametrize(
    ("content", "word"),
    [
        pytest.param(BROKEN, "损坏", id="not to be unpacked"),
        pytest.param(GARBAGE, "损坏", id="garbage"),
        pytest.param(b"/Missing Do", "损坏", id="a form that is not there"),
        pytest.param(PICTURE, "只有图像", id="scan"),
        pytest.param(HALF_A_PICTURE, "只有图像", id="a picture with margins"),
        pytest.param(OUTLINES, "只有图形", id="letters as outlines"),
        pytest.param(SLANTED, "转了方向", id="slanted"),
    ],
)
def test_a_page_that_cannot_be_read_is_named_and_the_others_are_read(
    content: bytes | tuple[str, bytes], word: str
) -> None:
    reading = read(WORDS, content, WORDS)

    assert [2] == list(unread(reading))
    assert word in unread(reading)[2]
    assert 2 == reading.text.count("All that is on this page can be read.")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="no instruction"),
        pytest.param(b"q 1 0 0 1 0 0 cm /GS gs 0.5 w [3 2] 0 d Q", id="a state only"),
        pytest.param(b"BT /F 10 Tf () Tj <> Tj [] TJ ET", id="no character"),
        pytest.param(b"/Artifact << /Type /Pagination (a\\)b) >> BDC EMC % nothing here Tj", id="marks"),
        pytest.param(b"50 50 500 700 re S", id="a frame"),
    ],
)
def test_a_blank_page_is_whole(content: bytes) -> None:
    assert {} == unread(read(WORDS, content))


def test_seals_and_watermarks_are_no_turned_page() -> None:
    assert {} == unread(read(WORDS + SEAL, WATERMARK, WATERMARK + WORDS))


def test_a_table_laid_sideways_among_words_is_named() -> None:
    rows = b" ".join(SIDEWAYS.replace(b"300 50", b"%d 50" % (300 + 20 * row)) for row in range(4))

    words = b" ".join(WORDS.replace(b"400", b"%d" % height) for height in range(300, 440, 20))

    assert "有一部分" in unread(read(WORDS, words + rows))[2]


@pytest.mark.parametrize(
    ("matrix", "box"),
    [
        # Where the first letter stands, on a sheet of 600 by 800 points, 8.8 above and 1.2 below the baseline.
        pytest.param(b"0 1 -1 0 300 50", (291.2, 740.56, 301.2, 750), id="from below to above"),
        pytest.param(b"0 -1 1 0 300 700", (298.8, 100, 308.8, 109.44), id="from above to below"),
        pytest.param(b"-1 0 0 -1 300 300", (290.56, 498.8, 300, 508.8), id="upside down"),
    ],
)
def test_a_turned_page_is_read_in_its_own_direction(
    matrix: bytes, box: tuple[float, float, float, float]
) -> None:
    first = SIDEWAYS.replace(b"0 1 -1 0 300 50", matrix)

    reading = read(WORDS, first, first)

    at = reading.text.index("Written")
    assert {} == unread(reading)
    assert 2 == reading.text.count("Written from below to above.")
    assert {"text"} == {line.kind for line in reading.lines}
    found = reading.places.locate(at, at + 1).boxes[0]
    assert 2 == found.page
    # Helvetica's W is 0.944 em wide.
    assert found.box == pytest.approx(box, abs=0.1)
    assert (600, 800) == reading.layouts[1][1:]


def test_a_page_that_is_shown_turned_is_read_as_it_was_written() -> None:
    reading = read(WORDS, WORDS, more=["", f"{SHEET} /Rotate 90"])

    at = reading.text.rindex("All")
    assert {} == unread(reading)
    # The baseline 400 points from the foot of the sheet stands, turned clockwise, 400 from the left.
    (x0, _, x1, _) = reading.places.locate(at, at + 1).boxes[0].box
    assert (x0, x1) == pytest.approx((400 - 1.2, 400 + 8.8), abs=0.1)
    assert (800, 600) == reading.layouts[1][1:]


def test_every_empty_page_is_looked_into() -> None:
    reading = read(WORDS, *[b""] * 25, BROKEN)

    assert [27] == list(unread(reading))


def test_a_page_past_the_limit_of_characters_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfium, "MOST_CHARACTERS", 50)

    reading = read(WORDS, WORDS + WORDS.replace(b"400", b"300"))

    assert [2] == list(unread(reading))
    assert "文字多得不像简报" in unread(reading)[2]


def test_vertical_writing_is_named() -> None:
    face = Face("Song", 10)
    columns = [
        Run("县", (300.0 - 18 * column,), 310.0 - 18 * column, 100.0 + 10.5 * row, face)
        for column in range(4)
        for row in range(20)
    ]
    level = [Run("本页还有一行横写的字", range(100, 200, 10), 200.0, 700.0, face)]
    stamp = columns[:8]

    assert "竖排" in unread_pages([Page(1, 600, 800, columns + level)], {})[0].why.zh
    assert () == unread_pages([Page(1, 600, 800, stamp + level)], {})


def test_lines_of_a_turned_page_come_in_their_own_order() -> None:
    below = SIDEWAYS.replace(b"300 50", b"320 50").replace(b"Written", b"Printed")

    reading = read(below + b" " + SIDEWAYS)

    first, second = [line.pieces[0] for line in reading.lines]
    assert reading.text[slice(*first)].startswith("Written")
    assert reading.text[slice(*second)].startswith("Printed")


def test_a_document_of_slanted_pages_only_is_told_so() -> None:
    with pytest.raises(SourceError) as caught:
        read(SLANTED)
    assert "第 1 页没有读到：页上的文字转了方向" in caught.value.wording.zh


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", False),
        (b"q Q", False),
        (b"BT (Tj) Tj ET", True),
        (b"1 2 3 rg n", False),
        (b"\xff\xff", True),
        (b"<html>", True),
    ],
)
def test_instructions_that_show_something_or_are_none(content: bytes, *, expected: bool) -> None:
    assert expected == has_something(content)


# A run


@pytest.fixture
def bulletin(tmp_path: Path) -> Path:
    path = tmp_path / "11.pdf"
    path.write_bytes(pdf_of(WORDS, BROKEN))
    return path


@pytest.mark.parametrize("options", [(), ("--select", "PUN"), ("--select", "ISS", "--exit-zero")])
def test_an_unread_page_ends_in_2_whatever_is_selected(
    bulletin: Path, command: Command, options: tuple[str, ...]
) -> None:
    outcome = command("check", "--isolated", *options, bulletin)

    assert outcome.code == 2
    assert "第 2 页没有读到：页面内容已损坏。" in outcome.err


def test_an_unread_page_is_said_again_by_what_is_kept(bulletin: Path, command: Command) -> None:
    """The facts of a series are kept, and a run that needs nothing else does not read the file."""
    (bulletin.parent / "bulletin-lint.yaml").write_text("bulletins: ['*.pdf']\n", encoding="utf-8")
    for _ in range(2):
        outcome = command("check", "--series", bulletin)
        assert outcome.code == 2
        assert "第 2 页没有读到" in outcome.err


def test_what_may_stand_on_an_unread_page_is_not_called_missing(bulletin: Path, command: Command) -> None:
    outcome = command("check", "--isolated", "--select", "FLD001", "--format", "concise", bulletin)

    assert "FLD001" not in outcome.out


def test_a_file_found_in_a_folder_is_not_skipped_for_what_was_not_read(
    bulletin: Path, command: Command
) -> None:
    outcome = command("check", "--isolated", bulletin.parent)

    assert outcome.code == 2
    assert "11.pdf: 第 2 页没有读到" in outcome.err


@pytest.mark.parametrize("form", ["text", "json"])
def test_extract_shows_what_was_read_and_names_every_page_that_was_not(
    form: str, tmp_path: Path, command: Command
) -> None:
    path = tmp_path / "11.pdf"
    path.write_bytes(pdf_of(WORDS, BROKEN, WORDS, PICTURE))

    outcome = command("extract", path, "--isolated", "--format", form, "--lang", "en")

    assert 2 == outcome.code
    assert "All that is on this page can be read." in outcome.out
    assert [f"error: {path}: page {number} was not read" for number in (2, 4)] == [
        line.partition(" read: ")[0] + " read" for line in outcome.err.splitlines()
    ]


def test_the_number_of_pages_is_told_before_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    PAGE_COUNT.heard_by(told.append)
    monkeypatch.setattr(pdfium.PdfiumDocument, "page", lambda *_: pytest.fail("read first"), raising=True)
    with pytest.raises(BaseException, match="read first"):
        read(*[WORDS] * 323)
    assert [323] == told


@pytest.mark.parametrize(
    ("content", "word"),
    [
        pytest.param(
            b"q 0.1 0 0 0.1 0 0 cm Q", "空白", id="nothing, as Ghostscript leaves it without a font"
        ),
        pytest.param(b"50 50 500 700 re S", "空白", id="a frame"),
        pytest.param(PICTURE, "只有图像", id="scan"),
        pytest.param(OUTLINES, "只有图形", id="letters as outlines"),
    ],
)
def test_a_document_without_text_is_refused_for_what_it_is(
    content: bytes | tuple[str, bytes], word: str
) -> None:
    with pytest.raises(SourceError) as refused:
        read(content, content)

    assert word in refused.value.wording.zh
