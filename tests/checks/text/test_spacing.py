from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_lint.model.violation import CannotAssess
from hand_made import document, found, matches, mended, run

NUMBER_HAN: dict[str, Any] = {
    "left": "number",
    "right": "han",
    "order": "both",
    "style": "consistent",
    "mask": ["url", "email", "quoted", "date"],
}
NUMBER_UNIT: dict[str, Any] = {"left": "number", "right": "unit", "style": "consistent"}
BROKEN: dict[str, Any] = {"left": "number", "right": "number", "style": "none"}
TIGHT = "共12个街道、345个社区，有60个站点。"


def test_the_minority_is_wrong_and_reported_once_for_a_number() -> None:
    text = TIGHT + "招募 800 名志愿者。"
    (match,) = matches("spacing", text, **NUMBER_HAN)
    assert "募 800 名" == match.values["found"]
    assert (5, 7) == (match.values["count"], match.values["total"])
    assert TIGHT + "招募800名志愿者。" == mended(text, [match])


def test_a_spaced_document_keeps_its_spaces() -> None:
    text = "共 12 个街道、345 个社区，有 60 个站点，招募800名志愿者。"
    (match,) = matches("spacing", text, **NUMBER_HAN)
    assert "共 12 个街道、345 个社区，有 60 个站点，招募 800 名志愿者。" == mended(text, [match])


def test_without_a_clear_majority_nothing_is_said() -> None:
    assert isinstance(run("spacing", "有12个，有 34 个，有56人，有 78 人。", **NUMBER_HAN), CannotAssess)
    assert isinstance(run("spacing", "有12个， 34 人。", **NUMBER_HAN), CannotAssess)


def test_one_way_throughout_is_right_and_nothing_is_not_judged() -> None:
    assert [] == run("spacing", TIGHT, **NUMBER_HAN)
    assert [] == run("spacing", "有 12 个、34 人。", **NUMBER_HAN)
    assert "not-applicable" == run("spacing", "没有数字。", **NUMBER_HAN)


@pytest.mark.parametrize(
    "rest",
    [
        "在“3.5 学雷锋日”当天开展“ 1 + 1 ”行动。",
        "于2026年3月5日召开。",
        "客机C919 投入商业运营，5G 基站开通。",
        "（一）　2020　年",
    ],
)
def test_names_dates_and_models_are_let_be(rest: str) -> None:
    assert [] == run("spacing", TIGHT + rest, **NUMBER_HAN)


def test_what_stood_at_a_seam_is_unknown() -> None:
    text = TIGHT + "招募 800名志愿者。"
    gap = text.index(" ")
    assert [] == run("spacing", document(text, seams=[gap + 1]), **NUMBER_HAN)
    assert ["募 800"] == found("spacing", document(text, seams=[3]), **NUMBER_HAN)


def test_the_ends_of_a_block_are_no_places() -> None:
    assert "not-applicable" == run("spacing", "186\n2600", **NUMBER_HAN)


def test_a_fixed_style() -> None:
    assert ["共12个"] == found("spacing", "共12个", **{**NUMBER_HAN, "style": "one"})
    assert ["共 12 个"] == found("spacing", "共 12 个", **{**NUMBER_HAN, "style": "none"})
    assert [] == found("spacing", "共 12 个", **{**NUMBER_HAN, "style": "one"})


def test_units() -> None:
    text = "重30kg，长12km，面积500m²，高3 km，装机5kW·h。"
    (match,) = matches("spacing", text, **NUMBER_UNIT)
    assert ("3 km", 4, 5) == tuple(match.values[name] for name in ("found", "count", "total"))


@pytest.mark.parametrize("text", ["C919客机，5G基站，A4纸，G20峰会，3D打印，12K", "共3个"])
def test_names_have_no_units(text: str) -> None:
    assert "not-applicable" == run("spacing", text, **NUMBER_UNIT)


def test_percent() -> None:
    text = "办结率98.5 %，气温36 ℃，增长3%，达5‰"
    violations = matches("spacing", text, left="number", right="percent", style="none")
    assert ["98.5 %", "36 ℃"] == [match.values["found"] for match in violations]
    assert "办结率98.5%，气温36℃，增长3%，达5‰" == mended(text, violations)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("服务26 00余小时", ["26 00"]),
        ("发放1 20份", ["1 20"]),
        ("服务2 600小时", ["2 600"]),
        ("服务2 600小时，发放12 300份", []),
        ("总价151 900元\n首付138 000元", []),
        ("2019 2020年度", []),
        ("成绩为9 8 7分", []),
        ("代码A1 20", []),
        ("时间9:30 10:30", []),
        ("3月5日 20人", []),
    ],
)
def test_broken_numbers(text: str, expected: list[str]) -> None:
    result = run("spacing", text, **BROKEN)
    shown = [match.values["found"] for match in result] if isinstance(result, list) else []
    assert expected == shown


@given(
    st.lists(st.sampled_from(["有12个，", "有 12 个，", "有12 个，", "12.5%", " 3", "甲", "\n"]), max_size=14)
)
def test_mending_leaves_nothing_to_mend(parts: list[str]) -> None:
    text = "".join(parts)
    violations = run("spacing", text, **NUMBER_HAN)
    if isinstance(violations, list) and violations:
        assert [] == run("spacing", mended(text, violations), **NUMBER_HAN)


def test_where_the_file_does_not_say_what_was_typed_nothing_is_guessed() -> None:
    made = document("共12个街道、345个社区，招募 800 名志愿者。")
    made.reading = made.reading._replace(spaces_known=False)
    assert isinstance(run("spacing", made, **NUMBER_HAN), CannotAssess)


def test_a_space_before_a_number_alone_is_seen_where_both_orders_count() -> None:
    assert ["共 12"] == found("spacing", "共 12，另有 34。", **{**NUMBER_HAN, "style": "none"})[:1]
