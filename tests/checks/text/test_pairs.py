from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hand_made import found, matches


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《关于“放管服改革》的通知”", [("》", "”")]),
        ("《家风》《墨梅《传承》", [("《", "》")]),
        ("“邻里守望“活动", [("“", "”")]),
        ("”邻里守望“活动", [("”", "“")]),
        ("甲（乙", [("（", "）")]),
        ("甲）乙", [("）", "（")]),
        ("《甲（乙》丙", [("（", "）")]),
        ("【甲", [("【", "】")]),
        ("〔2020〕11号", []),
        ("“甲‘乙’丙”", []),
        ("《关于〈办法〉的决定》", []),
        # One half-width and one full-width bracket make a pair: their width is another rule's.
        ("甲（乙)丙", []),
        ("(松湖区文明办)", []),
        # Numbers of items.
        ("1）甲；2）乙", []),
        ("a)甲；b)乙", []),
        ("第一）、二）项", []),
        ("包括：1）甲（含丙）；2）乙）", [("）", "（")]),
        # Apostrophes.
        ("we don’t know", []),
        ("’26年", []),
        ("‘we don’t know’", []),
    ],
)
def test_one_block(text: str, expected: list[tuple[str, str]]) -> None:
    violations = matches("balanced", text, before_number="第")
    assert expected == [(match.values["found"], match.values["expected"]) for match in violations]


def test_the_place_is_the_mark() -> None:
    text = "学生诵读了《家风》《墨梅《传承》"
    (match,) = matches("balanced", text)
    assert text.index("《墨梅") == match.span.start


def test_a_quotation_of_several_paragraphs_closes_once() -> None:
    assert [] == found("balanced", "他说：“甲。\n“乙。\n“丙。”")
    # The last paragraph does not close.
    assert ["“"] == found("balanced", "他说：“甲。\n“乙。\n丁。")


def test_pairs_across_blocks_only_where_they_are_allowed() -> None:
    text = "（甲\n乙\n丙）"
    assert ["（", "）"] == found("balanced", text)
    assert [] == found("balanced", text, across=5)
    # In the midst of a block a mark closes a pair of the block before, and none further off.
    assert [] == found("balanced", "“甲\n乙”丙", across=5)
    assert ["“", "”"] == found("balanced", "“甲\n乙\n丙”丁", across=5)
    # At its beginning it does: the line was broken before it.
    assert [] == found("balanced", "“甲\n乙\n”丙丁", across=5)


def test_only_the_pairs_asked_for() -> None:
    assert [] == found("balanced", "甲（乙“", pairs=["《》"])


def test_marks_in_addresses_do_not_count() -> None:
    assert ["（"] == found("balanced", "甲（乙https://a.cn/")


nested = st.recursive(
    st.text("甲乙，。1a", max_size=4),
    lambda inner: st.builds(
        lambda pair, parts: pair[0] + "".join(parts) + "甲" + pair[1],
        st.sampled_from(["“”", "‘’", "（）", "《》", "〈〉", "【】", "〔〕", "()"]),
        st.lists(inner, max_size=3),
    ),
    max_leaves=12,
)


@given(st.lists(nested, max_size=4))
def test_what_nests_is_silent(parts: list[str]) -> None:
    assert [] == matches("balanced", "".join(parts))


@given(st.text("“”‘’（）《》甲1）\n", max_size=30))
def test_the_quick_look_says_what_the_close_one_says(text: str) -> None:
    violations = matches("balanced", text)
    assert sorted({match.span for match in violations}) == [match.span for match in violations]
    assert all(text[match.span.start] in "“”‘’（）《》" for match in violations)
