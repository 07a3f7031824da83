"""Two forms of a bulletin held against each other, told for people, as lines for editors and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from bulletin_lint.model.comparison import Comparison, Difference, DifferenceKind, Side
from bulletin_lint.model.location import Location, PageBox
from bulletin_lint.reporters.comparison import (
    FORMATS,
    KIND_WORDS,
    noise_words,
    render,
    sentence,
    verdict_words,
)


def difference(
    kind: DifferenceKind, left: str, right: str, *, number: int = 1, boxes: tuple[PageBox, ...] = ()
) -> Difference:
    first = Side(left, "前文", "后文", Location(2, 3, 2, 5))
    second = Side(right, "上文", "下文", Location(4, 5, 6, 7, boxes))
    return Difference(number, kind, "warning", first, second)


def compared(
    *differences: Difference, is_one_text: bool = True, noise: Mapping[str, int] | None = None
) -> Comparison:
    return Comparison("1.docx", "1.pdf", 0.987654, is_one_text, differences, noise or {})


@pytest.mark.parametrize(
    ("kind", "zh", "en"),
    [
        ("missing", "缺少“甲”", "'甲' is missing"),
        ("added", "多出“乙”", "'乙' was added"),
        ("moved", "位置不同：“甲”", "stands elsewhere: '甲'"),
        ("changed", "“甲”成了“乙”", "'甲' became '乙'"),
        ("form", "“甲”成了“乙”", "'甲' became '乙'"),
    ],
)
def test_a_difference_is_told_in_words(kind: DifferenceKind, zh: str, en: str) -> None:
    assert sentence(difference(kind, "甲", "乙")) == (zh, en)
    assert KIND_WORDS[kind].en == kind


@pytest.mark.parametrize(
    ("comparison", "en"),
    [
        (compared(), "both say the same"),
        (compared(difference("added", "", "乙")), "they differ in 1 place"),
        (compared(*[difference("added", "", "乙")] * 2), "they differ in 2 places"),
        (compared(is_one_text=False), "these are not forms of one text"),
    ],
)
def test_the_verdict_is_one_sentence(comparison: Comparison, en: str) -> None:
    assert verdict_words(comparison).en == en


@pytest.mark.parametrize(
    ("noise", "en"),
    [
        ({}, ""),
        ({"form": 0, "space": 0}, ""),
        ({"form": 1}, "1 character in another form (width, quotes, dashes), 0 spaces."),
        ({"space": 1}, "0 characters in another form (width, quotes, dashes), 1 space."),
        ({"form": 2, "space": 3}, "2 characters in another form (width, quotes, dashes), 3 spaces."),
    ],
)
def test_what_counts_for_no_difference_is_counted(noise: dict[str, int], en: str) -> None:
    assert noise_words(compared(noise=noise)).en == (f"Not counted: {en}" if en else "")


def test_as_lines_each_difference_stands_where_it_is_in_the_second() -> None:
    comparison = compared(difference("changed", "甲", "乙"), difference("missing", "丙", "", number=2))

    assert render(comparison, "concise", "en").splitlines() == [
        "1.pdf:4:5: warning '甲' became '乙'",
        "1.pdf:4:5: warning '丙' is missing",
    ]
    assert render(compared(), "concise", "en") == ""
    assert render(compared(is_one_text=False), "concise", "en") == "1.pdf: these are not forms of one text\n"


def test_for_people_both_sides_are_shown_with_what_stands_about_them() -> None:
    told = render(compared(difference("changed", "甲", "乙"), noise={"form": 1}), "full", "zh").splitlines()

    assert told[0].startswith("1. ")
    assert told[0].endswith("“甲”成了“乙”")
    assert "1.docx" in told[1]
    assert told[1].endswith("…前文【甲】后文…")
    assert "1.pdf" in told[2]
    assert told[2].endswith("…上文【乙】下文…")
    assert told[3:5] == ["", "1.docx ↔ 1.pdf：有 1 处不同"]
    assert told[5].startswith("另有不计的写法差异 1 处")
    assert len(told) == 6
    assert render(compared(), "full", "en") == "1.docx ↔ 1.pdf: both say the same\n"


def test_as_json_all_is_there_with_the_places_on_pages() -> None:
    boxes = (PageBox(3, (1.004, 2.0, 3.456, 4.0)), PageBox(4, (5.0, 6.0, 7.0, 8.0)))
    comparison = compared(difference("changed", "甲", "乙", boxes=boxes), noise={"space": 2})
    told = json.loads(render(comparison, "json", "en"))

    assert (told["left"], told["right"], told["similarity"], told["is_one_text"]) == (
        "1.docx",
        "1.pdf",
        0.9877,
        True,
    )
    assert told["noise"] == {"form": 0, "space": 2}
    (one,) = told["differences"]
    assert (one["number"], one["kind"], one["severity"]) == (1, "changed", "warning")
    assert one["message"] == {"zh": "“甲”成了“乙”", "en": "'甲' became '乙'"}
    assert one["left"] == {
        "text": "甲",
        "before": "前文",
        "after": "后文",
        "line": 2,
        "column": 3,
        "end_line": 2,
        "end_column": 5,
        "page": None,
    }
    assert (one["right"]["page"], one["right"]["bbox_pages"]) == (3, [3, 4])
    assert one["right"]["bboxes"] == [[1.0, 2.0, 3.46, 4.0], [5.0, 6.0, 7.0, 8.0]]


@pytest.mark.parametrize("form", FORMATS)
def test_what_a_terminal_would_take_for_a_command_is_shown(form: str) -> None:
    told = render(compared(difference("changed", "甲\x1b[31m", "乙")), form, "en")

    assert "\x1b" not in told
    assert told.endswith("\n")
