"""Two texts held against each other: what is one change, how grave it is, what has moved, what is folded away."""

from __future__ import annotations

from typing import Any

import pytest

from bulletin_lint.desk.comparison.differences import SAME_TEXT, Change, SameRun, compared, similarity
from bulletin_lint.desk.comparison.folding import Folded, folded
from bulletin_lint.model.location import Span


class Block:
    """A block of a document."""

    def __init__(self, start: int, end: int, *cells: Span) -> None:
        self.span, self.cells = Span(start, end), cells


class Text:
    """As much of a document as is compared; blocks are parted by ``|``, the last is furniture after ``#``."""

    def __init__(self, written: str) -> None:
        body, _, furniture = written.partition("#")
        self.text = body + furniture
        self.blocks: list[Block] = []
        at = 0
        for part in body.split("|"):
            self.blocks.append(Block(at, at + len(part)))
            at += len(part) + 1
        self.furniture_start = len(self.blocks)
        if furniture:
            self.blocks.append(Block(len(body), len(self.text)))


def text(written: str) -> Folded:
    document: Any = Text(written)
    return folded(document)


def changes(left: str, right: str) -> list[tuple[str, str, str, str]]:
    one, other = text(left), text(right)
    found, _ = compared(one, other)
    return [
        (each.kind, each.severity, one.text[slice(*each.left)], other.text[slice(*each.right)])
        for each in found
    ]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("增长一成", "增长一成", []),
        ("增长一成", "增长两成", [("changed", "error", "一", "两")]),
        ("增长了一成", "增长一成", [("missing", "error", "了", "")]),
        ("增长一成", "增长了一成", [("added", "error", "", "了")]),
        ("会议强调，要做好", "会议强调。要做好", [("changed", "warning", "，", "。")]),
        ("种植、养殖", "种植，养殖", [("changed", "info", "、", "，")]),
        ("种植、养殖", "种植养殖", [("missing", "warning", "、", "")]),
        ("种植养殖", "种植，养殖", [("added", "warning", "", "，")]),
        # What stands at a number says how much.
        ("共12.6元", "共126元", [("changed", "error", "12.6", "126")]),
        ("共126元", "共12.6元", [("changed", "error", "126", "12.6")]),
        ("共12元", "共13元", [("changed", "error", "12", "13")]),
        ("占5%多", "占5‰多", [("changed", "error", "5%", "5‰")]),
        ("占五%多", "占五多", [("missing", "error", "%", "")]),
        ("在3-5日", "在3~5日", [("changed", "error", "-", "~")]),
        ("北-南线", "北~南线", [("changed", "warning", "-", "~")]),
        ("在3-南线", "在3~南线", [("changed", "error", "-", "~")]),
        ("北-3线", "北~3线", [("changed", "error", "-", "~")]),
        ("温度+五", "温度-五", [("changed", "error", "+", "-")]),
    ],
)
def test_each_change_is_told_as_people_read_it(
    left: str, right: str, expected: list[tuple[str, str, str, str]]
) -> None:
    frame = "全市各区认真落实会议精神"
    found = changes(frame + left + frame, frame + right + frame)
    assert [(kind, severity) for kind, severity, _, _ in found] == [each[:2] for each in expected]
    assert [(old.replace(",", "，"), new.replace(",", "，")) for _, _, old, new in found] == [
        each[2:] for each in expected
    ]


def test_changes_with_one_character_between_them_are_one_and_with_two_are_two() -> None:
    frame = "全市各区认真落实"
    assert [each[2:] for each in changes(f"{frame}甲乙丙{frame}", f"{frame}丁乙戊{frame}")] == [
        ("甲乙丙", "丁乙戊")
    ]
    assert [each[2:] for each in changes(f"{frame}甲乙己丙{frame}", f"{frame}丁乙己戊{frame}")] == [
        ("甲", "丁"),
        ("丙", "戊"),
    ]


def test_a_change_is_joined_to_the_one_before_it_and_to_no_other() -> None:
    frame = "全市各区认真落实"
    assert [each[2:] for each in changes(f"甲{frame}乙丙丁{frame}", f"戊{frame}己丙庚{frame}")] == [
        ("甲", "戊"),
        ("乙丙丁", "己丙庚"),
    ]


def test_a_number_does_not_go_on_beyond_its_block() -> None:
    frame = "全市各区认真落实"
    (one,) = changes(f"{frame}1|23{frame}", f"{frame}1|24{frame}")
    assert one[2:] == ("23", "24")
    (one,) = changes(f"{frame}32|1{frame}", f"{frame}42|1{frame}")
    assert one[2:] == ("32", "42")
    (one,) = changes(f"{frame}123{frame}", f"{frame}13{frame}")
    assert one[2:] == ("123", "13")


def test_a_point_at_the_end_of_a_text_is_none_of_a_number() -> None:
    frame = "全市各区认真落实"
    (one,) = changes(f"{frame}12.", f"{frame}13.")
    assert one[2:] == ("12", "13")
    (one,) = changes(f".12{frame}", f".32{frame}")
    assert one[2:] == ("12", "32")


RUN = "松湖区在沿河小区办起晚间课堂方便上班居民来学习书法"
FRAME, OTHER = "全市各区认真落实会议精神", "下一步各街道将继续加大工作力度推动各项任务落地见效持续改善民生"


def test_a_long_run_that_stands_elsewhere_has_moved() -> None:
    assert len(RUN) >= 20
    assert changes(FRAME + RUN + OTHER, FRAME + OTHER + RUN) == [("moved", "error", RUN, RUN)]
    short = RUN[:10]
    assert [each[0] for each in changes(FRAME + short + OTHER, FRAME + OTHER + short)] == ["missing", "added"]
    # What stands in place of something else was not moved there.
    replaced = changes(FRAME + RUN + OTHER + "甲" + FRAME, FRAME + OTHER + RUN + FRAME)
    assert [each[0] for each in replaced] == ["missing", "changed"]
    # Another run of the same length is no move.
    other = "云溪市文化馆教师每周三晚到小区教授书法和国画课程"
    assert len(other) >= 20
    assert [each[0] for each in changes(FRAME + RUN + OTHER, FRAME + OTHER + other)] == ["missing", "added"]


def test_what_is_the_same_is_told_with_its_places() -> None:
    found, equals = compared(text("全市各区认真"), text("全市甲各区认真"))
    assert found == [Change("added", "error", (2, 2), (2, 3))]
    assert equals == [SameRun(0, 0, 2), SameRun(2, 3, 4)]
    assert compared(text("全市"), text("全市")) == ([], [SameRun(0, 0, 2)])
    assert compared(text(""), text("甲"))[0] == [Change("added", "error", (0, 0), (0, 1))]
    assert compared(text("甲"), text(""))[0] == [Change("missing", "error", (0, 1), (0, 0))]
    assert compared(text(""), text("")) == ([], [])


@pytest.mark.parametrize(
    ("left", "right", "share"),
    [
        ("", "", 1.0),
        ("甲乙丙丁", "", 0.0),
        ("甲乙丙丁", "甲乙丙丁", 1.0),
        ("甲乙丙丁戊", "甲乙丙丁己", 1 / 3),
        ("甲乙丙丁", "戊己庚辛", 0.0),
        ("甲乙", "甲乙", 1.0),
        ("甲乙", "甲丙", 0.0),
        ("甲乙丙丁戊己", "甲乙丙丁戊", 2 / 3),
    ],
)
def test_how_alike_two_texts_are(left: str, right: str, share: float) -> None:
    assert similarity(left, right) == pytest.approx(share)
    assert similarity(right, left) == pytest.approx(share)
    assert SAME_TEXT == 0.3


@pytest.mark.parametrize("written", ["“", "”", "„", "‟", "〝", "〞", '"', "＂"])
def test_quotation_marks_are_one(written: str) -> None:
    assert text(f"甲{written}乙").text == '甲"乙'


@pytest.mark.parametrize("written", ["‘", "’", "‚", "‛", "`", "´", "'", "＇"])
def test_single_quotation_marks_are_one(written: str) -> None:
    assert text(f"甲{written}乙").text == "甲'乙"


@pytest.mark.parametrize("written", [*"‐‑‒–—―−─━﹣", "-", "－", "——", "－－", "—-"])
def test_dashes_are_one_however_long(written: str) -> None:
    assert text(f"甲{written}乙").text == "甲-乙"


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        *((each, "·") for each in "‧•・∙⋅●·"),
        ("○", "〇"),
        ("◯", "〇"),
        ("〜", "~"),
        ("∼", "~"),
        ("～", "~"),
        ("，", ","),
        ("Ａ", "A"),
        ("１", "1"),
        ("①", "1"),
        ("㎡", "m2"),
        (" ", ""),
        ("\u3000", ""),
        ("\u00a0", ""),
        ("\u200b", ""),
        ("\t", ""),
        ("\u2028", ""),
        ("\u0301", ""),
        ("。", "。"),
    ],
)
def test_forms_of_one_character_are_one_and_what_is_not_seen_is_none(written: str, plain: str) -> None:
    assert text(f"甲{written}乙").text == f"甲{plain}乙"


def test_a_folded_text_knows_where_it_comes_from() -> None:
    found = text("甲 乙|丙——丁#页脚")
    assert found.text == "甲乙丙-丁"
    assert found.starts == (0, 2, 4, 5, 7)
    assert found.breaks == {0, 2}
    assert found.span(0, 2) == Span(0, 3)
    assert found.span(2, 4) == Span(4, 6)
    # Where something is missing: behind what stands before it.
    assert found.span(2, 2) == Span(3, 3)
    assert found.span(0, 0) == Span(0, 0)
    assert found.span(5, 5) == Span(8, 8)
    assert text("").span(0, 0) == Span(0, 0)


def test_a_dash_at_the_beginning_of_a_block_is_another() -> None:
    assert text("甲—|—乙").text == "甲--乙"
    assert text("甲——乙").text == "甲-乙"


def test_cells_of_a_table_are_read_one_by_one() -> None:
    document: Any = Text("甲乙丙丁")
    document.blocks = [Block(0, 4, Span(2, 4), Span(0, 1))]
    found = folded(document)
    assert (found.text, found.starts) == ("丙丁甲", (2, 3, 0))
    assert found.breaks == {0, 2}
