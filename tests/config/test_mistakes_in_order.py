"""Mistakes are gathered, told once and in order; a name that is not known gets an offer."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletin_lint.config.diagnostics import Diagnostics, did_you_mean, shown
from bulletin_lint.config.yaml import YamlText
from bulletin_lint.model.errors import DefinitionError, DefinitionErrors


def told(mistakes: Diagnostics) -> list[str]:
    with pytest.raises(DefinitionError) as caught:
        mistakes.raise_any()
    return caught.value.describe("en").splitlines()


def test_without_a_mistake_nothing_is_raised() -> None:
    mistakes = Diagnostics()
    mistakes.meet("a.yaml")
    mistakes.raise_any()
    assert len(mistakes) == 0


def test_one_mistake_is_raised_as_itself_and_several_together() -> None:
    one, two = Diagnostics(), Diagnostics()
    one.add_at("a.yaml", 2, 3, "甲", "A")
    two.add_at("a.yaml", 2, 3, "甲", "A")
    two.add_at("a.yaml", 1, 4, "乙", "B")
    with pytest.raises(DefinitionError) as caught:
        one.raise_any()
    assert not isinstance(caught.value, DefinitionErrors)
    assert (caught.value.path, caught.value.line, caught.value.column) == ("a.yaml", 2, 3)
    assert caught.value.describe("zh") == "a.yaml:2:3: 甲"
    with pytest.raises(DefinitionErrors) as both:
        two.raise_any()
    assert both.value.describe("zh").splitlines() == ["a.yaml:1:4: 乙", "a.yaml:2:3: 甲"]
    assert (len(one), len(two)) == (1, 2)


def test_the_order_is_that_of_reading_then_of_lines_then_of_columns() -> None:
    mistakes = Diagnostics()
    mistakes.meet("z.yaml")
    mistakes.meet("a.yaml")
    mistakes.meet("z.yaml")
    for path, line, column in (("a.yaml", 1, 1), ("z.yaml", 10, 1), ("z.yaml", 9, 2), ("z.yaml", 9, 1)):
        mistakes.add_at(path, line, column, "误", "wrong")
    assert told(mistakes) == [
        "z.yaml:9:1: wrong",
        "z.yaml:9:2: wrong",
        "z.yaml:10:1: wrong",
        "a.yaml:1:1: wrong",
    ]


def test_what_was_said_of_a_place_is_not_said_again() -> None:
    mistakes = Diagnostics()
    for _ in range(2):
        mistakes.add_at("a.yaml", 1, 1, "误", "wrong")
    mistakes.add_at("a.yaml", 1, 1, "缺", "missing")
    assert sorted(told(mistakes)) == ["a.yaml:1:1: missing", "a.yaml:1:1: wrong"]


def test_of_a_closed_place_nothing_more_is_said() -> None:
    mistakes = Diagnostics()
    node = YamlText("a.yaml", 3, 4, "")
    mistakes.add(node, "先", "before")
    mistakes.close(node)
    mistakes.add(node, "后", "after")
    for path, line, column in (("b.yaml", 3, 4), ("a.yaml", 4, 4), ("a.yaml", 3, 5)):
        mistakes.add_at(path, line, column, "后", "after")
    assert told(mistakes) == [
        "a.yaml:3:4: before",
        "a.yaml:3:5: after",
        "a.yaml:4:4: after",
        "b.yaml:3:4: after",
    ]


@pytest.mark.parametrize(
    ("name", "known", "said"),
    [
        ("SELEKT", ["select", "ignore"], "; did you mean 'select'?"),
        ("sec1", ["SEC001", "PUN001"], "; did you mean 'SEC001'?"),
        ("xyz", ["b", "a", "b"], "; known: a, b"),
        (
            "xyz",
            [f"{number:02}" for number in range(30)],
            "; known: " + ", ".join(f"{n:02}" for n in range(30)),
        ),
        ("xyz", [f"{number:02}" for number in range(31)], ""),
        ("xyz", [], ""),
        # Six tenths of the letters are near enough, and half of them are not.
        ("abcxx", ["abcyy"], "; did you mean 'abcyy'?"),
        ("abxx", ["abyy"], "; known: abyy"),
    ],
)
def test_what_is_offered_for_an_unknown_name(name: str, known: list[str], said: str) -> None:
    assert did_you_mean(name, known)[1] == said


def test_the_offer_in_chinese() -> None:
    assert did_you_mean("selekt", ["select"])[0] == "；是不是“select”？"
    assert did_you_mean("qqq", ["乙", "丁"])[0] == "；可用：丁、乙"


def test_a_path_below_here_is_shown_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = tmp_path / "office"
    here.mkdir()
    monkeypatch.chdir(here)
    assert shown(str(here / "2020" / "11.md")) == "2020/11.md"
    assert shown(str(here)) == str(here)
    assert shown(f"{here}2/11.md") == f"{here}2/11.md"
    assert shown(str(tmp_path / "11.md")) == str(tmp_path / "11.md")
    assert shown("2020/11.md") == "2020/11.md"
