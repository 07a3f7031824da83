"""What a small change of a rule could do unnoticed: the pieces of patterns that no example speaks of.

A piece is an alternative at the top of a pattern, a look-around, an exception. It is noticed if the rule without
it finds something else in its own examples. Those that are not are listed in `unnoticed_pieces.txt`; the list
may only grow shorter. With BULLETIN_LINT_WRITE_DOCS set it is written anew.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bulletin_lint.config.settings import Settings
from bulletin_lint.model.solid_text import solid_text
from bulletin_lint.rulebook.load import load_catalogue

LIST = Path(__file__).with_name("unnoticed_pieces.txt")
PACKS = ("jianbao", "gongwen")


def closing(pattern: str, opening: int) -> int:
    """The offset of the bracket that closes the group that is opened at an offset."""
    depth = 0
    for at, character, in_set in characters(pattern, opening):
        if not in_set:
            depth += (character == "(") - (character == ")")
            if depth == 0:
                return at
    raise AssertionError(pattern)


def characters(pattern: str, start: int = 0) -> Iterator[tuple[int, str, bool]]:
    """The characters of a pattern that are not escaped, each with whether it stands in a set."""
    in_set = False
    at = start
    while at < len(pattern):
        character = pattern[at]
        if character == "\\":
            at += 2
            continue
        if in_set:
            yield at, character, True
            in_set = character != "]"
        else:
            yield at, character, False
            if character == "[":
                in_set = True
                at += 1 + (pattern[at + 1 : at + 2] == "^")
                # A bracket right behind the opening one is a member.
                at += pattern[at : at + 1] == "]"
                continue
        at += 1


def alternatives(pattern: str) -> list[str]:
    """The alternatives at the top of a pattern."""
    parts, depth, start = [], 0, 0
    for at, character, in_set in characters(pattern):
        if in_set:
            continue
        depth += (character == "(") - (character == ")")
        if character == "|" and depth == 0:
            parts.append(pattern[start:at])
            start = at + 1
    return [*parts, pattern[start:]]


def lookarounds(pattern: str) -> list[tuple[int, int]]:
    """The spans of the look-arounds in a pattern."""
    found = []
    for at, character, in_set in characters(pattern):
        if not in_set and character == "(" and pattern.startswith(("(?=", "(?!", "(?<=", "(?<!"), at):
            found.append((at, closing(pattern, at) + 1))
    return found


def without(patterns: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Each piece of some patterns, with the patterns as they are without it."""
    for index, pattern in enumerate(patterns):
        parts = alternatives(pattern)
        if len(parts) > 1 or len(patterns) > 1:
            for number, part in enumerate(parts):
                rest = "|".join([*parts[:number], *parts[number + 1 :]])
                others = [rest] if rest else []
                yield f"alternative {part}", [*patterns[:index], *others, *patterns[index + 1 :]]
        for start, end in lookarounds(pattern):
            less = pattern[:start] + pattern[end:]
            yield f"look-around {pattern[start:end]}", [*patterns[:index], less, *patterns[index + 1 :]]


@cache
def compiled(pattern: str) -> Any:
    try:
        return re.compile(pattern, re.MULTILINE)
    except re.error:
        # What speaks of a group that is gone cannot be left out.
        return None


def found_in(patterns: list[str], excepts: list[str], texts: list[str]) -> list[set[tuple[int, int]]] | None:
    """Where some patterns match in texts, exceptions left out; None where one does not compile."""
    if any(compiled(each) is None for each in (*patterns, *excepts)):
        return None
    result = []
    for text in texts:
        allowed = [match.span() for each in excepts for match in compiled(each).finditer(text)]
        spans = {match.span() for each in patterns for match in compiled(each).finditer(text)}
        result.append(
            {span for span in spans if not any(start < span[1] and span[0] < end for start, end in allowed)}
        )
    return result


def patterns_of(parameters: Mapping[str, Any]) -> list[str]:
    own = [parameters["pattern"]] if isinstance(parameters.get("pattern"), str) else []
    variants = [each["pattern"] for each in parameters.get("variants") or () if isinstance(each, Mapping)]
    return [*own, *variants]


@cache
def unnoticed() -> list[str]:
    """The pieces that no example speaks of, as lines of the list."""
    lines: set[str] = set()
    for pack in PACKS:
        catalogue = load_catalogue(Settings(extends=(pack,)))
        for code, rule in catalogue.rulebook.rules.items():
            source = catalogue.sources[code]
            if rule.kind not in ("forbidden", "consistent"):
                continue
            texts = [example.text for example in (*source.bad, *source.good)]
            patterns, excepts = patterns_of(rule.parameters), list(rule.parameters.get("except") or ())
            before = found_in(patterns, excepts, texts)
            changed = [(name, less, excepts) for name, less in without(patterns)]
            changed += [
                (f"except {each}", patterns, [*excepts[:at], *excepts[at + 1 :]])
                for at, each in enumerate(excepts)
            ]
            for name, less, rest in changed:
                after = found_in(less, rest, texts)
                if after is not None and after == before:
                    lines.add(f"{code} {name}".replace("\n", "\\n"))
    return sorted(lines)


def test_every_piece_of_a_pattern_is_in_an_example_or_listed() -> None:
    if os.environ.get("BULLETIN_LINT_WRITE_DOCS"):
        LIST.write_text("".join(f"{line}\n" for line in unnoticed()), encoding="utf-8")
    listed = LIST.read_text(encoding="utf-8").splitlines()
    missing = sorted(set(unnoticed()) - set(listed))
    assert not missing, "give each an example that would be judged otherwise without it:\n" + "\n".join(
        missing
    )


def test_the_list_holds_nothing_that_an_example_speaks_of() -> None:
    listed = LIST.read_text(encoding="utf-8").splitlines()
    assert set(listed) <= set(unnoticed())


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        ("甲|乙", ["甲", "乙"]),
        ("(?:甲|乙)丙", ["(?:甲|乙)丙"]),
        ("[|]甲|\\|", ["[|]甲", "\\|"]),
        ("[]|]|乙", ["[]|]", "乙"]),
    ],
)
def test_alternatives_are_told(pattern: str, parts: list[str]) -> None:
    assert parts == alternatives(pattern)


def test_a_piece_that_an_example_speaks_of_is_noticed() -> None:
    texts = ["甲乙", "甲丙"]
    before = found_in(["甲(?!丙)"], [], texts)
    ((_, less),) = without(["甲(?!丙)"])
    assert before != found_in(less, [], texts)
    assert found_in(["甲(?!丁)"], [], texts) == found_in(["甲"], [], texts)


ENOUGH = 4
"""Good examples of a rule, of them one at least of a house that spaces figures."""


def test_every_rule_has_good_examples_enough_and_one_of_a_spaced_house() -> None:
    """Rules whose examples are layouts are of type and pages: a text says nothing of them."""
    few = []
    for pack in PACKS:
        for code, source in load_catalogue(Settings(extends=(pack,))).sources.items():
            if any(example.layout is not None for example in (*source.bad, *source.good)):
                continue
            lines = [line for example in source.good for line in example.text.split("\n")]
            if len(source.good) < ENOUGH or not any(map(solid_text, lines)):
                few.append(code)

    assert [] == few, "each wants four good examples, one of them spaced: 走访 30 户"
