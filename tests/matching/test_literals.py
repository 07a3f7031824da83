"""The literals of a pattern: every match contains one of them, and where there are none that is said."""

from __future__ import annotations

import pytest

from bulletin_lint.matching.literals import required_literals, united


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        ("疑似病例", ("疑似病例",)),
        ("(?:甲骨|铭)文", ("甲骨文", "铭文")),
        # What may be left out is not required, nor what stands beside it as one with it.
        ("甲骨?", ("甲",)),
        ("甲.{0,3}疑似病例", ("疑似病例",)),
        ("[甲乙]骨", ("乙骨", "甲骨")),
        ("疑似|[0-9]+", None),
        (".*", None),
        # Characters that every text has say nothing.
        ("的", None),
    ],
)
def test_what_every_match_contains(pattern: str, literals: tuple[str, ...] | None) -> None:
    found = required_literals(pattern)
    assert (None if found is None else set(found)) == (None if literals is None else set(literals))


def test_several_patterns_are_looked_for_together_where_each_can_be() -> None:
    assert united([("甲乙",), ("丙", "甲乙")]) == ("丙", "甲乙")
    assert united([("甲乙",), None]) is None
    assert united([]) is None
