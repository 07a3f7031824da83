from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hand_made import document, found, matches, mended, run

FULL = "区里召开会议，部署近期工作，各街道参加；会后宣传。"
HALF = "会后,各社区开展宣传,发放材料,走访住户,登记信息."


def test_a_slip_in_full_width_text() -> None:
    text = FULL + "受理来电3件,办结2件。"
    (match,) = matches("full-width", text)
    assert (",", "，", 1) == tuple(match.values[name] for name in ("found", "replacement", "count"))
    assert FULL + "受理来电3件，办结2件。" == mended(text, [match])


def test_several_slips_are_one_report_that_names_the_others() -> None:
    text = FULL + "甲,乙;丙。"
    (match,) = matches("full-width", text)
    assert ([";"], 2) == ([text[slice(*other.span)] for other in match.related], match.values["count"])
    assert 2 == len(matches("full-width", text, together=9))


@pytest.mark.parametrize(
    "text",
    [
        "增长3.5%，共1,200件，9:30开始，比分3:2。",
        "详见通知.docx，见https://a.cn/b,c，邮箱a,b@c.cn。",
        "他说Hello, world. Good! 然后走了，大家鼓掌。",
        "1.加强领导，2.压实责任。",
        "卡尔.马克思的著作，深受欢迎。",
        "甲&nbsp;乙，丙。",
    ],
)
def test_marks_that_are_right(text: str) -> None:
    assert [] == found("full-width", text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("受理3件,办结2件.", ["受理3件，办结2件。"]),
        ("受理3件, 办结2件", ["受理3件，办结2件"]),
        ("他问:“去吗?”", ["他问：“去吗？”"]),
        ("完成100%.", ["完成100%。"]),
        ("使用APP,办理", ["使用APP，办理"]),
    ],
)
def test_edits(text: str, expected: list[str]) -> None:
    assert expected == [mended(text, matches("full-width", text, together=9))]


def test_half_width_throughout_is_one_report() -> None:
    (match,) = matches("full-width", HALF, together=9)
    assert (5, 2, 5) == (match.values["count"], match.span.start, len(match.edits))
    assert [] == matches("absent-damage", HALF, kind="width")


def test_a_change_of_width_is_damage_and_no_slips() -> None:
    text = f"{FULL}\n{HALF}"
    assert [] == matches("full-width", text)
    (match,) = matches("absent-damage", text, kind="width")
    assert len(FULL) + 3 == match.span.start


def test_a_change_within_a_joined_block_is_at_the_seam() -> None:
    made = document(FULL + HALF, seams=[len(FULL)])
    assert [] == matches("full-width", made)
    (match,) = matches("absent-damage", made, kind="width")
    assert len(FULL) + 2 == match.span.start


def test_half_width_first_then_full_width() -> None:
    text = f"{HALF}\n{FULL}"
    (match,) = matches("absent-damage", text, kind="width")
    assert text.index("，") == match.span.start


def test_one_short_half_width_paragraph_is_a_slip() -> None:
    text = f"{FULL}\n受理3件,办结2件。\n{FULL}"
    assert [","] == found("full-width", text)
    assert [] == matches("absent-damage", text, kind="width")


def test_three_neighbouring_ones_with_a_mark_each_are_slips() -> None:
    text = f"{FULL}\n受理3件,办结2件。\n接待5人,答复4人。\n走访6户,登记1户。\n{FULL}"
    (match,) = matches("full-width", text)
    assert (3, 3) == (match.values["count"], len(match.edits))
    assert [] == matches("absent-damage", text, kind="width")


@pytest.mark.parametrize(
    "lines",
    [
        ["受理3件,办结2件。", "接待5人,答复4人。", "走访6户,登记1户。", "修路2条,挖渠1条。"],
        ["受理3件,办结2件,退回1件。", "接待5人,答复4人,转办1件。"],
    ],
)
def test_four_marks_with_none_of_full_width_between_are_damage(lines: list[str]) -> None:
    text = "\n".join([FULL, *lines, FULL])
    assert [] == matches("full-width", text)
    assert [","] == found("absent-damage", text, kind="width")


def test_what_comes_from_no_page_has_slips_and_no_damage() -> None:
    made = document(f"{FULL}\n{HALF}", joins_final=True)
    (match,) = matches("full-width", made)
    assert (5, len(FULL) + 1 + 2, 5) == (match.values["count"], match.span.start, len(match.edits))
    assert "not-applicable" == run("absent-damage", made, kind="width")


def test_brackets_decide_where_the_marks_are_even() -> None:
    text = f"{FULL}\n甲(乙)丙,丁，戊(己)\n庚(辛),壬(癸)，子\n丑(寅),卯(辰)，巳\n午(未),申(酉)，戌"
    assert [","] == found("absent-damage", text, kind="width")
    # Alone they say nothing: many offices have half-width brackets on purpose.
    assert [] == found("absent-damage", f"{FULL}\n(甲)(乙)(丙)\n{FULL}", kind="width")


def test_a_text_without_marks_is_not_judged() -> None:
    assert "not-applicable" == run("full-width", "甲乙丙。")


@given(st.lists(st.text("甲乙3A，,；;：:。.（( ”", min_size=1, max_size=12), min_size=1, max_size=5))
def test_mending_comes_to_an_end(lines: list[str]) -> None:
    text = "\n".join(lines)
    # A mended mark may show that its neighbour is wrong too, so there is a pass for each at most.
    for _ in range(len(text) + 1):
        violations = run("full-width", text)
        if not isinstance(violations, list) or not violations:
            return
        assert mended(text, violations) != text
        text = mended(text, violations)
    raise AssertionError(text)
