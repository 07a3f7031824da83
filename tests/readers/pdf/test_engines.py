"""PDFium's reading against pdfplumber's: two engines, the same lines with the same spaces."""

from __future__ import annotations

import re

import pdfplumber
import pytest

from bulletin_lint.model.reading import Reading
from bulletin_lint.readers.pdf.plumber import pages_with_lost_contents, plumbed_pages
from bulletin_lint.readers.pdf.reader import read_pdf, reading_of
from bulletin_lint.readers.pdf.tables import Edge, find_grids
from harness import ROOT

PRODUCERS = ROOT / "fixtures" / "producers"
PRODUCED = [path.stem for path in sorted(PRODUCERS.glob("classic-*.pdf"))] + [
    f"spaced-{producer}" for producer in ("chromium", "libreoffice", "qt")
]


def lines(reading: Reading) -> list[str]:
    """The lines of text; several spaces, and ideographic ones, count as one."""
    found = []
    for line in reading.lines:
        if line.kind == "text":
            words = "".join(reading.text[start:end] for start, end in line.pieces)
            found.append(re.sub(r"\s+", " ", words))
    return found


@pytest.mark.parametrize("name", PRODUCED)
def test_both_engines_read_the_same_lines(name: str) -> None:
    data = (PRODUCERS / f"{name}.pdf").read_bytes()
    ours, theirs = lines(read_pdf(name, data)), lines(reading_of(list(plumbed_pages(data))))
    if name.endswith("-xelatex"):
        # It draws no spaces: where letters stand apart is all that there is to go by.
        ours, theirs = ([line.replace(" ", "") for line in each] for each in (ours, theirs))
    if name.endswith("-qt"):
        # It draws a page's last line on the next one too, clipped away: pdfplumber has no clips.
        assert len(set(theirs)) < len(theirs)
        theirs = list(dict.fromkeys(theirs))
        ours = list(dict.fromkeys(ours))
    if name == "classic-chromium":
        # It writes radicals for ideographs and what they stand for beside them; only PDFium looks there.
        assert [len(line) for line in ours] == [len(line) for line in theirs]
        assert any("\u2e80" <= character <= "\u2fdf" for line in theirs for character in line)
        assert not any("\u2e80" <= character <= "\u2fdf" for line in ours for character in line)
    else:
        assert ours == theirs


def test_pages_that_nobody_asks_for_are_not_read_slowly() -> None:
    data = (PRODUCERS / "dense-typst.pdf").read_bytes()

    assert [2] == [page.number for page in plumbed_pages(data, None, {2})]


def test_a_page_whose_contents_cannot_be_unpacked_is_told_from_an_empty_one() -> None:
    whole = (PRODUCERS / "classic-reportlab.pdf").read_bytes()
    assert set() == pages_with_lost_contents(whole, None, [])
    # Asked of a page that PDFium shows empty, while instructions stand on it that show something.
    assert {0} == pages_with_lost_contents(whole, None, [0])
    # What nobody can look into does not pass for empty.
    assert {0, 2} == pages_with_lost_contents(b"%PDF-1.4 and nothing", None, [0, 2])


def grid_edges(xs: list[float], ys: list[float]) -> list[Edge]:
    level = [Edge(y, xs[0], xs[-1]) for y in ys]
    return level + [Edge(x, ys[0], ys[-1], upright=True) for x in xs]


def test_crossing_lines_make_cells() -> None:
    (grid,) = find_grids(grid_edges([80, 180, 280], [100, 130, 160]))
    assert (80.0, 100.0, 280.0, 160.0) == grid.box
    assert (
        ((80, 100, 180, 130), (180, 100, 280, 130)),
        ((80, 130, 180, 160), (180, 130, 280, 160)),
    ) == grid.rows


def test_a_merged_cell_leaves_a_place_empty() -> None:
    edges = [
        edge for edge in grid_edges([80, 180, 280], [100, 130, 160]) if not (edge.upright and edge.at == 180)
    ]
    # The middle line divides the upper row only.
    (grid,) = find_grids([*edges, Edge(180, 100, 130, upright=True)])
    assert (((80, 100, 180, 130), (180, 100, 280, 130)), ((80, 130, 280, 160), None)) == grid.rows


@pytest.mark.parametrize(
    "edges",
    [
        pytest.param([], id="no lines"),
        pytest.param(grid_edges([80, 280], [100, 160]), id="a frame"),
        pytest.param(grid_edges([80, 280], [100, 130, 160]), id="one column"),
        pytest.param([Edge(y, 80, 280) for y in (100, 130, 160)], id="rules"),
        pytest.param(
            [Edge(y, 80, 280) for y in (100, 130)]
            + [Edge(x, 300, 400, upright=True) for x in (80, 180, 280)],
            id="lines that do not meet",
        ),
    ],
)
def test_other_lines_are_no_table(edges: list[Edge]) -> None:
    assert [] == list(find_grids(edges))


def test_two_tables_are_two() -> None:
    upper = grid_edges([80, 180, 280], [100, 130, 160])
    lower = grid_edges([80, 180, 280], [300, 330, 360])
    assert [100, 300] == [grid.box[1] for grid in find_grids([*lower, *upper])]


@pytest.mark.parametrize("name", sorted(path.stem for path in PRODUCERS.glob("ragged-*.pdf")))
def test_tables_are_those_that_pdfplumber_finds(name: str) -> None:
    path = PRODUCERS / f"{name}.pdf"
    reading = read_pdf(name, path.read_bytes())
    ours = [
        ["".join(reading.text[start:end].split()) for start, end in line.cells]
        for line in reading.lines
        if line.kind == "table"
    ]
    theirs = []
    with pdfplumber.open(path) as document:
        for page in document.pages:
            for table in page.find_tables():
                if len(table.rows) > 1 and len(table.rows[0].cells) > 1:
                    theirs += [["".join((cell or "").split()) for cell in row] for row in table.extract()]
    assert len(ours) > 3
    assert ours == theirs
