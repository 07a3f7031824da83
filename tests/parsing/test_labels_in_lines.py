"""Label words as they are found in a line: at its start, before a colon, in columns, with a stroke, in clauses."""

from __future__ import annotations

import pytest

from bulletin_lint.parsing.label_set import LabelSet

LABELS = LabelSet(
    {
        "责编": "editor",
        "编辑": "editor",
        "责任编辑": "editor",
        "打字员": "typist",
        "文字": "writer",
        "摄影": "photo",
        "审核": "reviewer",
        "电话": "phone",
        "报": "report",
        "送": "send",
    },
    "、和",
)
Found = tuple[str, str, str]
"""Of a label: the field, its own characters, and what stands behind it."""


def at_start(text: str) -> Found | None:
    label = LABELS.at_start(text)
    return None if label is None else (label.field, text[slice(*label.span)], text[label.value_start :])


def all_in(text: str) -> list[Found]:
    return [
        (label.field, text[slice(*label.span)], text[label.value_start :].split()[0])
        for label in LABELS.all_in(text)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("责编：甲文", ("editor", "责编", "甲文")),
        ("责编:甲文", ("editor", "责编", "甲文")),
        ("　责编：甲文", ("editor", "责编", "甲文")),
        (" 责编：甲文", ("editor", "责编", "甲文")),
        ("（责编：甲文）", ("editor", "责编", "甲文）")),
        ("(责编：甲文)", ("editor", "责编", "甲文)")),
        ("[责编：甲文]", ("editor", "责编", "甲文]")),
        ("【责编】甲文", ("editor", "责编", "甲文")),
        ("【责编】：甲文", ("editor", "责编", "甲文")),
        ("【责编】:甲文", ("editor", "责编", "甲文")),
        ("【责编】", ("editor", "责编", "")),
        ("责编：", ("editor", "责编", "")),
        ("责 编：甲文", ("editor", "责 编", "甲文")),
        ("责　编　：甲文", ("editor", "责　编", "甲文")),
        ("责\t编：甲文", ("editor", "责\t编", "甲文")),
        # Without a colon, before space or alone.
        ("责编 甲文", ("editor", "责编", " 甲文")),
        ("责编", ("editor", "责编", "")),
        ("报　市委", ("report", "报", "　市委")),
        ("责编甲文", None),
        ("报市委", None),
        ("责编者：甲文", None),
        ("甲文：责编", None),
        ("甲责编：乙", None),
        ("责任：甲文", None),
        ("：甲文", None),
        (" ", None),
        ("", None),
        # More letters than a label and its joint have.
        ("责任编辑、打字员：甲", ("editor", "责任编辑、打字员", "甲")),
        ("责任编辑、责任编辑：甲", None),
        ("责　任　编　辑：甲", ("editor", "责　任　编　辑", "甲")),
    ],
)
def test_the_label_that_a_line_begins_with(text: str, found: Found | None) -> None:
    assert at_start(text) == found
    # Asked again it says the same.
    assert at_start(text) == found


@pytest.mark.parametrize("length", [100, 199, 200, 201, 500])
def test_a_line_of_any_length_may_begin_with_a_label(length: int) -> None:
    text = "责编：".ljust(length, "甲")

    assert at_start(text) == ("editor", "责编", text[3:])
    assert at_start("甲" * length) is None


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("文字：甲", ("writer",)),
        ("文字、摄影：甲", ("writer", "photo")),
        ("摄影和文字：甲", ("photo", "writer")),
        ("文字 、 摄影：甲", ("writer", "photo")),
        # Two words for one field are that field once.
        ("责编、编辑：甲", ("editor",)),
        ("文字、甲乙：甲", None),
        ("甲乙、文字：甲", None),
        ("文字、：甲", None),
        # One kind of joint at a time.
        ("文字·摄影：甲", None),
    ],
)
def test_a_joint_label_names_the_fields_of_both(text: str, fields: tuple[str, ...] | None) -> None:
    label = LABELS.at_start(text)

    assert (label.fields if label is not None else None) == fields
    assert (label.field if label is not None else None) == (fields[0] if fields else None)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("责编", True),
        ("责 编", True),
        ("文字、摄影", True),
        ("报", True),
        ("", False),
        (" ", False),
        ("甲", False),
        ("责编甲", False),
        ("责编：", False),
        # Spaces up to twice the longest label and four.
        (f"责{' ' * 10}编", True),
        (f"责{' ' * 11}编", False),
    ],
)
def test_words_are_a_label_or_are_not(words: str, *, named: bool) -> None:
    assert LABELS.names(words) is named


@pytest.mark.parametrize(
    ("text", "may"),
    [
        *((text, True) for text in ("责", "报x", " x", "\u3000", "\tx", "（", "(", "【", "[")),
        *((text, False) for text in ("", "甲", "任", "：", "《", "1")),
    ],
)
def test_by_its_first_character_a_line_may_begin_with_a_label(text: str, *, may: bool) -> None:
    assert LABELS.may_begin(text) is may


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("责编：甲文", [("editor", "责编", "甲文")]),
        ("责编：甲文　　审核：乙武", [("editor", "责编", "甲文"), ("reviewer", "审核", "乙武")]),
        ("责编：甲文 审核：乙武", [("editor", "责编", "甲文"), ("reviewer", "审核", "乙武")]),
        ("责编:甲文 审核:乙武", [("editor", "责编", "甲文"), ("reviewer", "审核", "乙武")]),
        # Space inside a label is none of its value's.
        ("责 编：甲文　审 核：乙武", [("editor", "责 编", "甲文"), ("reviewer", "审 核", "乙武")]),
        ("责编 ：甲文", [("editor", "责编", "甲文")]),
        # The longest label counts.
        ("责任编辑：甲文", [("editor", "责任编辑", "甲文")]),
        ("甲文责任编辑：乙", [("editor", "责任编辑", "乙")]),
        # What stands before a space is another's value.
        ("文字：甲 摄影：乙", [("writer", "文字", "甲"), ("photo", "摄影", "乙")]),
        ("文字、摄影：甲", [("writer", "文字、摄影", "甲")]),
        ("甲乙：丙　审核：乙武", [("reviewer", "审核", "乙武")]),
        ("甲乙：丙", []),
        ("责编甲文", []),
        # Words that lead to a label, behind a value.
        (
            "审核：某　县纪委监委举报电话：1",
            [("reviewer", "审核", "某"), ("phone", "县纪委监委举报电话", "1")],
        ),
        ("审核：某　监委举报电话：1", [("reviewer", "审核", "某"), ("phone", "监委举报电话", "1")]),
        ("审核：某　举报用电话：1", [("reviewer", "审核", "某"), ("phone", "电话", "1")]),
        ("县纪委监委举报电话：1", [("phone", "电话", "1")]),
        # Strokes: two at least.
        ("编辑/甲文　审核/乙武", [("editor", "编辑", "甲文"), ("reviewer", "审核", "乙武")]),
        ("编辑／甲文 审核｜乙武", [("editor", "编辑", "甲文"), ("reviewer", "审核", "乙武")]),
        ("编辑|甲文 电话|05715555", [("editor", "编辑", "甲文"), ("phone", "电话", "05715555")]),
        ("电话/甲文", []),
        ("甲乙/甲文　丙丁/乙武", []),
        # Columns.
        ("责编\t甲文\t电话\t1234567", [("editor", "责编", "甲文"), ("phone", "电话", "1234567")]),
        ("责编  甲文  电话  1234567", [("editor", "责编", "甲文"), ("phone", "电话", "1234567")]),
        ("责编　　甲文　　电话　　1234567", [("editor", "责编", "甲文"), ("phone", "电话", "1234567")]),
        ("责 编\t甲文\t电 话\t1234567", [("editor", "责 编", "甲文"), ("phone", "电 话", "1234567")]),
        ("责编 甲文", [("editor", "责编", "甲文")]),
        # One label without its colon amid others.
        (
            "责编：甲文　　审核 乙武　　电话：1234567",
            [("editor", "责编", "甲文"), ("reviewer", "审核", "乙武"), ("phone", "电话", "1234567")],
        ),
        ("责编：甲文　　电话 1234567", [("editor", "责编", "甲文"), ("phone", "电话", "1234567")]),
        ("责编：甲文　　甲乙 乙武", [("editor", "责编", "甲文")]),
    ],
)
def test_all_labels_of_a_line_stand_from_left_to_right(text: str, found: list[Found]) -> None:
    assert [(field, label, value.split("：")[0]) for field, label, value in all_in(text)] == found


@pytest.mark.parametrize(
    ("text", "fields"),
    [("责编\t电话", ["editor"]), ("责编\t电话\t", ["editor"]), ("责编\t审核\t甲文", ["editor", "reviewer"])],
)
def test_a_column_whose_neighbour_is_a_label_is_one_without_a_value(text: str, fields: list[str]) -> None:
    assert [label.field for label in LABELS.all_in(text)] == fields


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("报市委，送各局", ["report", "send"]),
        ("报市委,送各局", ["report", "send"]),
        ("报市委；送各局", ["report", "send"]),
        ("报市委;送各局", ["report", "send"]),
        ("报市委。送各局", ["report", "send"]),
        ("送各局", ["send"]),
        ("报市委，发各镇", ["report"]),
        ("市委，送各局", ["send"]),
        ("各局报，各镇送", []),
        ("市委", []),
        ("", []),
    ],
)
def test_the_clauses_of_a_sentence_may_begin_with_a_label_of_one_character(
    text: str, fields: list[str]
) -> None:
    found = LABELS.in_clauses(text)

    assert [label.field for label in found] == fields
    for label in found:
        assert (label.span.end, label.value_start) == (label.span.start + 1, label.span.start + 1)


def test_a_set_without_words_finds_nothing() -> None:
    none = LabelSet({})

    assert none.at_start("责编：甲") is None
    assert (none.all_in("责编：甲"), none.in_clauses("报市委"), none.names("责编")) == ([], [], False)


def test_without_joints_there_are_no_joint_labels() -> None:
    plain = LabelSet({"文字": "writer", "摄影": "photo"})

    assert plain.at_start("文字、摄影：甲") is None
    assert not plain.names("文字、摄影")
    assert [label.field for label in plain.all_in("文字、摄影：甲")] == ["photo"]
