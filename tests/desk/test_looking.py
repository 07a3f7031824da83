"""A file is read once: what was read is hashed, judged and drawn."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest

from bulletin_lint.config.settings import Settings, load_settings
from bulletin_lint.desk.looking import MOST_DRAWN, Desk, pages_to_draw
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.engine.suppression import Waivers
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.location import Location, PageBox
from bulletin_lint.model.page_view import PageView, marks_of
from bulletin_lint.model.report import FileResult
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.violation import Violation
from bulletin_lint.model.wording import same
from docx_made import docx, p
from harness import FIXTURES
from turned_pages import turned

FAULTY = FIXTURES / "producers" / "faulty-typst.pdf"


def desk(settings: Settings | None = None) -> Desk:
    return Desk(settings or Settings(), Waivers(), store=CompiledStore())


def source(path: Path, kind: str, data: bytes | None = None) -> SourceFile:
    return SourceFile(str(path), kind, explicit=True, data=data)


def assert_ink_in_marks(view: PageView, result: FileResult) -> None:
    """There are words where marks stand."""
    from PIL import Image, ImageOps

    pictures = {page.number: Image.open(io.BytesIO(page.data)).convert("L") for page in view.pages}
    boxes = [box for mark in marks_of(result.violations) for box in mark.boxes]
    assert len(boxes) > 8
    for box in boxes:
        x0, top, x1, bottom = (round(2 * side) for side in box.box)
        words = pictures[box.page].crop((x0, top, x1, bottom))
        assert ImageOps.invert(words).getbbox() is not None, box


def test_a_text_has_lines_and_no_pages() -> None:
    path = FIXTURES / "commands" / "wrong.md"
    seen = desk()
    looked = seen.look(source(path, "text"))
    view = seen.view(looked, looked.linted.result)

    assert view.pages == ()
    assert "\n".join(view.lines) + "\n" == path.read_text("utf-8")
    assert view.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert view.size == path.stat().st_size


def test_pages_are_drawn_in_the_colours_they_have_and_with_ink_where_marks_stand() -> None:
    from PIL import Image, ImageStat

    seen = desk()
    looked = seen.look(source(FAULTY, "pdf"))
    view = seen.view(looked, looked.linted.result)

    assert [page.number for page in view.pages] == [1, 2]
    assert [(round(page.width), round(page.height)) for page in view.pages] == [(595, 842)] * 2
    pictures = {page.number: Image.open(io.BytesIO(page.data)).convert("RGB") for page in view.pages}
    # Two pixels a point.
    assert pictures[1].size == (1191, 1684)
    masthead = ImageStat.Stat(pictures[1].crop((428, 190, 762, 244))).extrema
    # Red is full everywhere; where the title stands green is not.
    assert masthead[0][0] > 150
    assert masthead[1][0] < 90
    assert_ink_in_marks(view, looked.linted.result)


@pytest.mark.parametrize("is_cropped", [False, True], ids=["whole", "cropped"])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_cropped_and_turned_pages_are_drawn_as_places_see_them(
    turn: int,
    is_cropped: bool,  # noqa: FBT001
) -> None:
    seen = desk()
    looked = seen.look(source(Path("turned.pdf"), "pdf", turned(FAULTY, turn, is_cropped=is_cropped)))
    view = seen.view(looked, looked.linted.result)

    width, height = (495.28, 751.89) if is_cropped else (595.28, 841.89)
    for page in view.pages:
        assert (page.width, page.height) == pytest.approx((width, height), abs=0.1)
    assert len(looked.linted.result.violations) == 14
    assert_ink_in_marks(view, looked.linted.result)


def test_what_cannot_be_read_is_a_result_with_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "1.pdf"
    path.write_bytes(b"%PDF-1.7\nnothing\n%%EOF\n")
    seen = desk()
    looked = seen.look(source(path, "pdf"))
    view = seen.view(looked, looked.linted.result)

    assert looked.linted.result.error is not None
    assert view.pages == ()
    assert view.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_file_changed_between_reading_and_drawing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "1.md"
    path.write_text("第1期\n", encoding="utf-8")
    seen = desk()
    looked = seen.look(source(path, "text"))
    let_go = looked._replace(source=looked.source._replace(data=None))
    assert seen.view(let_go, looked.linted.result).lines == ("第1期",)
    path.write_text("第2期\n", encoding="utf-8")

    with pytest.raises(SourceError, match="changed meanwhile"):
        seen.view(let_go, looked.linted.result)


def on_page(number: int) -> Violation:
    place = Location(1, 1, 1, 2, (PageBox(number, (1.0, 1.0, 2.0, 2.0)),))
    return Violation("1.pdf", place, "X001", "x", "error", same("x"), "", "")


def test_of_a_long_file_pages_with_marks_are_drawn_first() -> None:
    result = FileResult("1.pdf", "pdf", 1000, violations=(on_page(999), on_page(5)))

    drawn = pages_to_draw(result, 1000)

    assert len(drawn) == MOST_DRAWN
    assert drawn == (*range(1, MOST_DRAWN), 999)
    assert pages_to_draw(result, 3) == (1, 2, 3)


BULLETIN = """\
# 河湾区环保简报

第{issue}期（总第{cumulative}期）

河湾区环保局　2021年{month}月8日

## 水质监测报告

全区水质稳定。

（河湾区环保局）

责编：张一　核稿：李二　电话：010-12345678

报：市环保局
"""


def test_the_issues_before_and_after_are_those_of_the_series(tmp_path: Path) -> None:
    (tmp_path / "bulletin-lint.yaml").write_text('bulletins: ["*.md"]\n', encoding="utf-8")
    for issue in range(1, 8):
        text = BULLETIN.format(issue=issue, cumulative=100 + issue, month=issue)
        (tmp_path / f"{issue}.md").write_text(text, encoding="utf-8")
    seen = desk(load_settings(start=str(tmp_path)))
    looked = seen.look(source(tmp_path / "4.md", "text"))
    judged = seen.judge([looked])

    around = judged.around(looked.linted.facts)

    assert [(issue.issue, issue.cumulative) for issue in around] == [
        (2, 102),
        (3, 103),
        (4, 104),
        (5, 105),
        (6, 106),
    ]
    assert judged.around(None) == ()


def test_lines_are_those_that_places_count_whatever_the_kind(tmp_path: Path) -> None:
    wrong = (FIXTURES / "commands" / "wrong.md").read_text("utf-8")
    word = tmp_path / "a.docx"
    word.write_bytes(docx("".join(p(line.lstrip("# ")) for line in wrong.splitlines() if line)))
    page = tmp_path / "a.html"
    body = "".join(f"<p>{line.lstrip('# ')}</p>" for line in wrong.splitlines() if line)
    page.write_text(f"<html><meta charset=utf-8><body>{body}</body></html>", encoding="utf-8")
    seen = desk()
    for path, kind in (
        (word, "docx"),
        (page, "html"),
        (FAULTY, "pdf"),
        (FIXTURES / "commands" / "wrong.md", "text"),
    ):
        looked = seen.look(source(path, kind))
        violations = looked.linted.result.violations
        assert violations, kind
        for violation in violations:
            assert looked.lines[violation.location.line - 1] == violation.line_text, kind
