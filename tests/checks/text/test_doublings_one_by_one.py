"""What stands twice, told with nothing but patterns: what is masked, where it may stand, what overlaps, what is said."""

from __future__ import annotations

from typing import Any

import pytest

from bulletin_lint.checks import kind
from bulletin_lint.model.location import Span
from hand_made import document, found, matches, mended, run

WRONG: dict[str, Any] = {"wrong": ["鑫鑫", "鑫森鑫森", "淼淼"]}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("甲鑫鑫乙", ["鑫鑫"]),
        ("鑫鑫", ["鑫鑫"]),
        ("甲鑫鑫乙淼淼丙", ["鑫鑫", "淼淼"]),
        ("甲鑫森鑫森乙", ["鑫森鑫森"]),
        # What is masked, and what stands behind it.
        ("甲“鑫鑫”乙淼淼丙", ["淼淼"]),
        ("甲“鑫鑫”乙", []),
        ("甲淼淼乙“鑫鑫”丙鑫鑫丁", ["淼淼", "鑫鑫"]),
        # What overlaps the one before it, and what stands behind that.
        ("甲鑫森鑫森鑫森乙", ["鑫森鑫森"]),
        ("甲鑫森鑫森鑫森乙淼淼丙", ["鑫森鑫森", "淼淼"]),
        ("甲鑫森鑫森淼淼丙", ["鑫森鑫森", "淼淼"]),
        # Neither figures nor marks nor Latin letters are words.
        ("甲11乙！！丙aa丁", []),
        ("", []),
    ],
)
def test_doublings_that_patterns_tell(text: str, said: list[str]) -> None:
    assert found("doubled", text, mask=["quoted"], **WRONG) == said


def test_only_what_stands_in_the_parts_is_looked_at() -> None:
    made = document("鑫鑫\n甲淼淼\n乙鑫鑫")
    (article,) = made.bulletin.list("articles")
    first, second, third = article.list("paragraphs")
    for parts, starts in (
        ([first, second, third], [0, 4, 8]),
        ([second], [4]),
        ([third], [8]),
        ([first, third], [0, 8]),
    ):
        article.children["paragraphs"] = [*parts]
        said = matches("doubled", made, **WRONG)
        assert [each.span.start for each in said] == starts
        assert [each.part for each in said] == [part.path for part in parts]
    assert run("doubled", made, on=["articles.none"], **WRONG) == "cannot-assess"
    assert run("doubled", "甲乙", on=["articles.none"], **WRONG) == "cannot-assess"


def test_a_doubling_is_told_with_what_it_is_and_mended() -> None:
    text = "甲鑫森鑫森乙"
    (match,) = matches("doubled", text, **WRONG)
    assert (match.span, match.severity) == (Span(1, 5), None)
    assert match.values == {"found": "鑫森鑫森", "replacement": "鑫森"}
    assert mended(text, [match]) == "甲鑫森乙"
    assert kind("doubled").placeholders({}) == {"found", "replacement"}


@pytest.mark.parametrize(
    ("unless", "said"),
    [
        ((), ["鑫鑫"]),
        (("鑫鑫",), []),
        (("甲鑫",), []),
        (("鑫乙",), []),
        # It must overlap the two, not only stand beside them.
        (("甲",), ["鑫鑫"]),
        (("乙",), ["鑫鑫"]),
        (("丙",), ["鑫鑫"]),
        (("丙", "甲鑫"), []),
        (("甲鑫", "丙"), []),
        # Twelve characters on either side are seen.
        ((f"^{'丙' * 12}甲鑫",), ["鑫鑫"]),
        ((f"{'丙' * 11}甲鑫",), []),
        ((f"{'丙' * 12}甲鑫",), ["鑫鑫"]),
        ((f"鑫乙{'丁' * 11}",), []),
        ((f"鑫乙{'丁' * 12}",), ["鑫鑫"]),
    ],
)
def test_what_is_right_all_the_same(unless: tuple[str, ...], said: list[str]) -> None:
    text = f"{'丙' * 20}甲鑫鑫乙{'丁' * 20}"
    assert [each for each in found("doubled", text, unless=unless, **WRONG) if "鑫" in each] == said


def test_of_the_options_each_lets_be_what_it_says() -> None:
    # 的 is a word by itself.
    assert found("doubled", "区里的的通知", particles="的") == ["的的"]
    assert found("doubled", "村民大片大片种树", twice="大", doubtful="info") == ["大片大片"]
    (match,) = matches("doubled", "村民大片大片种树", twice="大", doubtful="info")
    assert (match.severity, match.edits) == ("info", ())
    # Without a severity for what is doubtful that of the rule is meant, and it is mended.
    (match,) = matches("doubled", "村民大片大片种树", twice="大")
    assert (match.severity, len(match.edits)) == (None, 1)


@pytest.mark.parametrize(
    "text", ["一批批到", "踏踏实实干", "看鑫鑫鑫看", "三三两两来", "人人参与", "。鑫鑫。"]
)
def test_what_is_said_twice_on_purpose(text: str) -> None:
    assert found("doubled", text) == []
