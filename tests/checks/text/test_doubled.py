"""A character or a word typed twice, told from two words that meet."""

from __future__ import annotations

import random

import pytest

from bulletin_lint.checks.text.doubled import _twice
from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.linter import Linter
from bulletin_lint.model.source import SourceFile
from bulletin_lint.rulebook.load import load_rulebook


@pytest.fixture(scope="module")
def linter() -> Linter:
    rulebook = load_rulebook(Settings())
    return Linter(rulebook, [rulebook.rules["WRD021"]], required=())


def found(linter: Linter, text: str) -> list[str]:
    source = SourceFile("a.md", "text", explicit=True, data=None)
    result = linter.lint(source, f"{text}\n".encode()).result
    return [text[each.location.column - 1 : each.location.end_column - 1] for each in result.violations]


@pytest.mark.parametrize(
    ("text", "twice"),
    [
        ("各村制定方案案，逐项落实。", ["案案"]),
        ("街道推进进老旧小区改造。", ["进进"]),
        ("会议要求求压实责任。", ["求求"]),
        ("区里的的通知已经印发。", ["的的"]),
        ("镇里组织居民居民代表议事。", []),
        ("各组对水渠进行进行检修。", ["进行进行"]),
        # Characters of two units of UTF-16 before it.
        ("𠮷村制定方案案，逐项落实。", ["案案"]),
    ],
)
def test_what_stands_twice(linter: Linter, text: str, twice: list[str]) -> None:
    assert found(linter, text) == twice


@pytest.mark.parametrize(
    "text",
    [
        "市民政局局长到会，厂长在厂房见面。",
        "见面会上听取意见见解，会后后勤组收拾会场。",
        "大家踏踏实实干，一件件办，渐渐有了起色，人人参与。",
        "研究研究再说，商量商量再定。",
    ],
)
def test_words_that_meet_and_words_said_twice_are_let_be(linter: Linter, text: str) -> None:
    assert found(linter, text) == []


def test_every_doubling_is_seen_wherever_it_stands() -> None:
    """Against a plain loop, on texts of few characters, with others than Chinese and of two units among them."""
    rng = random.Random(1)
    for _ in range(500):
        text = "".join(rng.choice("甲乙丙\n。a𠀀") for _ in range(rng.randint(0, 40)))
        slow = {}
        for size in (1, 2, 3):
            for at in range(len(text) - 2 * size + 1):
                unit = text[at : at + size]
                is_chinese = all("\u3400" <= character <= "\u9fff" for character in unit)
                if (
                    unit == text[at + size : at + 2 * size]
                    and is_chinese
                    and (size == 1 or len(set(unit)) > 1)
                ):
                    slow[at] = unit
        assert _twice(text) == sorted(slow.items())


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        # One character is left over between two words.
        ("各镇制定措施施清单。", "warning"),
        ("街道推动任务务落到实处。", "warning"),
        ("按照规定定执行。", "warning"),
        ("全镇组织核核查。", "warning"),
        ("区里的的通知已经印发。", "warning"),
        # Perhaps a word that no vocabulary has: 禽品, 岑强.
        ("抽查禽品品质三批。", "info"),
        ("会上，岑强强调三点。", "info"),
        # Two words, of which one says more than the vocabulary knows.
        ("到场的集装箱装箱查验完毕。", "info"),
    ],
)
def test_where_two_words_may_meet_it_is_advice_without_a_fix(
    linter: Linter, text: str, severity: str
) -> None:
    source = SourceFile("a.md", "text", explicit=True, data=None)
    (violation,) = linter.lint(source, f"{text}\n".encode()).result.violations
    assert (violation.severity, violation.fix is None) == (severity, severity == "info")


def test_a_word_that_stands_apart_elsewhere_makes_it_doubtful(linter: Linter) -> None:
    source = SourceFile("a.md", "text", explicit=True, data=None)

    def severities(text: str) -> list[str]:
        return [each.severity for each in linter.lint(source, f"{text}\n".encode()).result.violations]

    assert severities("全村检修堤坝坝肩。") == severities("全村检修堤坝坝肩，测量坝肩高度。") == ["info"]
    assert severities("逐项核对措施施细则。") == ["warning"]
    assert severities("逐项核对措施施细则，印发实施细则。") == ["info"]


def test_what_stands_twice_in_the_same_place_again_is_no_slip(linter: Linter) -> None:
    assert found(linter, "禽品品质要查，禽品品质要公示。") == []
    assert found(linter, "各镇制定措施施清单，各村制定方案。") == ["施施"]
