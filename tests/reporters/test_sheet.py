"""The sheet's HTML: every violation once in the list and where it stands, inert whatever a bulletin holds."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from bulletin_lint.model.location import Location, PageBox
from bulletin_lint.model.page_view import PagePicture, PageView, marks_of
from bulletin_lint.model.report import FileResult, RuleNote
from bulletin_lint.model.violation import Severity, Violation, Waived
from bulletin_lint.model.wording import Wording, same
from bulletin_lint.reporters.sheet.page_marks import on_page
from bulletin_lint.reporters.sheet.sheet import Rules, SheetContent, render, verdict
from bulletin_lint.reporters.sheet.shown import inert, shown
from bulletin_lint.reporters.sheet.text_marks import sections


def violation(
    line: int = 1,
    column: int = 1,
    end: int = 3,
    *,
    severity: Severity = "error",
    boxes: tuple[PageBox, ...] = (),
    end_line: int | None = None,
    message: str = "错了",
) -> Violation:
    place = Location(line, column, end_line or line, end, boxes)
    return Violation("1.md", place, "ABC001", "abc", severity, same(message), "", "原文")


def content(
    *violations: Violation, pages: tuple[PagePicture, ...] = (), lines: tuple[str, ...] = ("第一行文字",)
) -> SheetContent:
    result = FileResult(
        "1.md", "text", outcomes={"ABC001": "fail", "ABC002": "cannot-assess"}, violations=violations
    )
    note = RuleNote("ABC001", "abc", "error", same("…"), remedy=Wording("改正。", "mend it."))
    return SheetContent(
        PageView("1.md", "text", 10, "0" * 64, lines, pages),
        result._replace(reasons={"ABC002": Wording("没有责编栏，所以不知道", "no editor")}),
        None,
        (),
        (),
        Rules({"ABC001": note}, ("house 1",), "d1"),
        "error",
        "2021-01-01",
    )


def box(page: int, top: float) -> PageBox:
    return PageBox(page, (100.0, top, 150.0, top + 12.5))


A4 = (595.0, 842.0)
PAGES = (
    PagePicture(1, *A4, "image/png", b"p1"),
    PagePicture(2, *A4, "image/png", b"p2"),
    PagePicture(3, *A4, "image/png", b"p3"),
)


def test_a_violation_over_two_pages_is_framed_on_both_and_listed_once() -> None:
    html = render(content(violation(boxes=(box(1, 800.0), box(2, 60.0))), pages=PAGES), "zh")

    assert html.count('id="v1"') == html.count('id="m1"') == 1
    frames = re.findall(r'<rect class="frame error" x="100" y="([\d.]+)" width="50" height="12.5"/>', html)
    assert frames == ["800", "60"]
    assert html.index("第 1 页") < html.index('id="v1"') < html.index("第 2 页")
    assert "没有标记的页" in html


def test_numbers_in_the_margin_never_meet_and_stay_on_the_page() -> None:
    crowded = [violation(boxes=(box(1, top),)) for top in (0.0, 1.0, 2.0, *([838.0] * 6))]
    found = on_page(marks_of(crowded), 1, 842.0)
    labels = [each.label for each in found]

    assert all(after - before >= 14.999 for before, after in pairwise(labels))
    assert labels[0] >= 7
    assert labels[-1] <= 842 - 7


def test_a_violation_of_a_paged_file_that_stands_on_no_page_is_listed_too() -> None:
    html = render(content(violation(), violation(boxes=(box(2, 9.0),), line=2), pages=PAGES), "zh")

    assert html.count('id="v1"') == html.count('id="v2"') == 1
    assert "不在某一页上" in html


def test_marks_on_text_may_overlap_and_span_lines() -> None:
    lines = ("abcdef", "ghijkl")
    marks = marks_of(
        [violation(1, 2, 5), violation(1, 4, 3, end_line=2, severity="info"), violation(2, 6, 6)]
    )

    (section,) = sections(lines, marks)

    first = [
        (piece.text, piece.severity, [m.number for m in piece.begins]) for piece in section.lines[0].pieces
    ]
    assert first == [
        ("a", None, []),
        ("bc", "error", [1]),
        ("d", "error", [2]),
        ("ef", "info", []),
    ]
    second = [
        (piece.text, piece.severity, [m.number for m in piece.begins]) for piece in section.lines[1].pieces
    ]
    assert second == [("gh", "info", []), ("ijk", None, []), ("l", None, [3])]
    assert [mark.number for mark in section.marks] == [1, 2, 3]


def test_of_very_many_lines_those_about_marks_are_shown() -> None:
    lines = tuple(f"line {number}" for number in range(1, 9001))
    found = sections(lines, marks_of([violation(5000)]))
    numbers = [line.number for section in found for line in section.lines]

    assert 5000 in numbers
    assert 1 in numbers
    assert len(numbers) < 100
    assert [line.number for section in found for line in section.lines if line.is_after_gap] == [4994]


def test_a_very_long_line_is_shortened_where_nothing_is_marked() -> None:
    text = "字" * 100_000
    (section,) = sections((text,), marks_of([violation(1, 50_001, 50_003)]))
    pieces = section.lines[0].pieces

    shown_length = sum(len(piece.text) for piece in pieces)
    assert shown_length < 1000
    assert shown_length + sum(piece.left_out for piece in pieces) == 100_000
    assert [piece.text for piece in pieces if piece.severity] == ["字字"]


@pytest.mark.parametrize(
    ("violations", "state", "words"),
    [
        ((), "good", "没有错误，可以签发"),
        ((violation(severity="warning"),), "good", "没有错误，可以签发"),
        ((violation(), violation(2)), "bad", "有 2 处错误，改正后再签发"),
    ],
)
def test_the_verdict_is_in_words(violations: tuple[Violation, ...], state: str, words: str) -> None:
    found = verdict(FileResult("1.md", "text", violations=violations))

    assert (found.state, found.words.zh) == (state, words)


def test_where_not_all_was_checked_nothing_can_be_signed() -> None:
    unread = FileResult("1.pdf", "pdf", failures=(same("第 2 页没有读到。"),))

    assert verdict(unread).state == "unknown"
    assert "第 2 页没有读到" in verdict(unread).details.zh
    assert verdict(FileResult("1.pdf", "pdf", error=same("坏了。"))).words.zh == "未能检查"


def test_the_fail_level_of_the_office_counts() -> None:
    warned = FileResult("1.md", "text", violations=(violation(severity="warning"),))

    assert verdict(warned, "warning").state == "bad"
    assert verdict(warned, "error").state == "good"


def test_what_is_waived_is_counted_apart_and_shown_with_its_reason() -> None:
    waived = violation()._replace(waived=Waived("file", "上级来文如此", "waivers.yaml", 3, by="王五"))
    shown_content = content()
    html = render(shown_content._replace(result=shown_content.result._replace(waived=(waived,))), "zh")

    assert "没有错误，可以签发" in html
    assert "已豁免 1 处（不计入）" in html
    assert "上级来文如此" in html
    assert "王五" in html


def test_every_outcome_is_there_and_what_is_not_known_has_its_reason() -> None:
    html = render(content(violation()), "zh")

    assert "不合规范：1 条" in html
    assert "没有责编栏，所以不知道" in html
    assert "改正。" in html


def test_the_sheet_speaks_english() -> None:
    html = render(content(violation(message="x"), lines=("text",)), "en")

    # The bulletin's own words stay.
    rest = html.replace("原文", "")
    rest = re.sub(r"<style>.*?</style>", "", rest, flags=re.DOTALL)
    assert re.findall("[\u4e00-\u9fff]+", rest) == []


HOSTILE = "</style><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}\u202e\u200b\x1b[31m\"'&"


def test_what_a_bulletin_holds_is_shown_and_does_nothing() -> None:
    name = f"{HOSTILE}.md"
    hostile = content(violation(message=HOSTILE), lines=(HOSTILE, HOSTILE))
    html = render(hostile._replace(view=hostile.view._replace(name=name)), "zh")

    assert "<script" not in html
    assert "<img" not in html
    assert "{{ 7*7 }}" in html
    assert "49" not in re.sub(r"sha256-[^']*", "", html.partition("<body>")[2])
    assert not re.search("[\u202e\u200b\x1b]", html)
    assert '<span class="unseen">U+202E</span>' in html
    # One style sheet, and no attribute that would need another word of the policy.
    assert html.count("</style>") == 1
    assert " style=" not in html


def test_the_policy_lets_nothing_in_but_the_own_style() -> None:
    import hashlib
    from base64 import b64encode

    html = render(content(violation()), "zh")
    style = html.partition("<style>")[2].partition("</style>")[0]
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()

    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy is not None
    assert policy[1] == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def test_what_cannot_be_seen_is_shown() -> None:
    assert str(shown("a\u00adb<")) == 'a<span class="unseen">U+00AD</span>b&lt;'
    assert inert("a\u2066b") == "a[U+2066]b"
    # Neither the ideographic space nor an emoji's parts are hidden from people.
    assert inert("甲\u3000乙👩") == "甲\u3000乙👩"
