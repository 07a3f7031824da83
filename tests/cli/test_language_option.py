"""`--lang` before the command: both ways of writing it take their own words and leave the command."""

from __future__ import annotations

import pytest

from harness import Command


@pytest.mark.parametrize("option", [("--lang=en",), ("--lang", "en")], ids=["one word", "two words"])
def test_the_language_may_stand_before_the_command(command: Command, option: tuple[str, ...]) -> None:
    said = command(*option, "explain", "DAT002")

    assert (0, "") == (said.code, said.err)
    assert command("explain", "DAT002", "--lang", "en").out == said.out
    assert command("explain", "DAT002").out != said.out


@pytest.mark.parametrize("option", [("--lang=en",), ("--lang", "en")], ids=["one word", "two words"])
def test_an_option_may_follow_the_language(command: Command, option: tuple[str, ...]) -> None:
    assert command(*option, "--version") == command("--version")
    assert "Usage: bulletin-lint" in command(*option, "--help").out


def test_a_language_alone_is_no_command(command: Command) -> None:
    said = command("--lang=en")

    assert (2, "") == (said.code, said.out)
    assert "Usage: bulletin-lint" in said.err
