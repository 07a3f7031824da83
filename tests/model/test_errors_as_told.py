"""The errors that a person is told about: each with its place where it has one, in either language."""

from __future__ import annotations

import pytest

from bulletin_lint.model.errors import (
    BulletinLintError,
    DefinitionError,
    DefinitionErrors,
    RuleFailure,
    SourceError,
    Terminated,
    UsageError,
)
from bulletin_lint.model.reading import UnreadPage, UnreadPart
from bulletin_lint.model.wording import Language, Wording

WRONG = Wording("写错了", "is wrong")


@pytest.mark.parametrize("kind", [BulletinLintError, UsageError, RuleFailure])
def test_an_error_without_a_place_says_what_is_wrong(kind: type[BulletinLintError]) -> None:
    error = kind(WRONG)

    assert (error.describe("zh"), error.describe("en"), str(error)) == ("写错了", "is wrong", "is wrong")
    assert error.wording == WRONG


@pytest.mark.parametrize(
    ("error", "zh", "en"),
    [
        (SourceError("a/1.md", WRONG), "a/1.md: 写错了", "a/1.md: is wrong"),
        (DefinitionError("a.yaml", 3, 7, WRONG), "a.yaml:3:7: 写错了", "a.yaml:3:7: is wrong"),
        # Without a path the command line is meant.
        (DefinitionError("", 3, 7, WRONG), "写错了", "is wrong"),
        # What would steer a terminal is shown.
        (DefinitionError("a\x1b.yaml", 1, 2, WRONG), "a\\x1b.yaml:1:2: 写错了", "a\\x1b.yaml:1:2: is wrong"),
        (DefinitionError("", 1, 1, Wording("甲\x07", "a\x07")), "甲\\x07", "a\\x07"),
    ],
)
def test_an_error_with_a_place_begins_with_it(error: BulletinLintError, zh: str, en: str) -> None:
    assert (error.describe("zh"), error.describe("en")) == (zh, en)


@pytest.mark.parametrize(("language", "first"), [("zh", "写错了"), ("en", "is wrong")])
def test_several_mistakes_are_a_line_each_and_stand_at_the_first(language: Language, first: str) -> None:
    one, two = DefinitionError("a.yaml", 3, 7, WRONG), DefinitionError("b.yaml", 1, 2, WRONG)
    both = DefinitionErrors([one, two])

    assert both.describe(language) == f"a.yaml:3:7: {first}\nb.yaml:1:2: {first}"
    assert both.errors == (one, two)
    assert (both.path, both.line, both.column, both.wording) == ("a.yaml", 3, 7, WRONG)


def test_a_signal_is_no_mistake_of_a_file() -> None:
    signal = Terminated(15)

    assert (signal.number, str(signal)) == (15, "signal 15")
    assert not isinstance(signal, Exception)


def test_what_was_not_read_is_told_with_its_page_or_by_itself() -> None:
    assert UnreadPage(4, WRONG).wording() == ("第 4 页没有读到：写错了。", "page 4 was not read: is wrong.")
    assert UnreadPart(WRONG).wording() == ("写错了。", "is wrong.")
