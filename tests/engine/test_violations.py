"""What is said of a place: whether it touches or lies in others, and which lines and neighbours it names."""

from __future__ import annotations

import pytest

from bulletin_lint import check_bytes, parse
from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.violations import further_lines, lies_in, touches
from bulletin_lint.model.location import Location, Span
from bulletin_lint.model.violation import Fix, PlacedEdit, Violation
from bulletin_lint.model.wording import same

SPANS = [(2, 4), (7, 8), (12, 13)]


@pytest.mark.parametrize(
    ("span", "touching", "within"),
    [
        ((0, 1), False, False),
        ((0, 2), False, False),
        ((0, 3), True, False),
        ((1, 5), True, False),
        ((2, 4), True, True),
        ((2, 3), True, True),
        ((3, 4), True, True),
        ((3, 5), True, False),
        ((4, 7), False, False),
        ((4, 8), True, False),
        ((5, 6), False, False),
        ((6, 9), True, False),
        ((7, 8), True, True),
        ((8, 9), False, False),
        ((0, 9), True, False),
        ((9, 11), False, False),
        ((8, 12), False, False),
        ((11, 13), True, False),
        ((12, 13), True, True),
        ((13, 20), False, False),
    ],
)
def test_a_span_touches_what_it_shares_a_character_with_and_lies_in_what_has_them_all(
    span: tuple[int, int], *, touching: bool, within: bool
) -> None:
    assert touches(SPANS, Span(*span)) is touching
    assert lies_in(SPANS, Span(*span)) is within
    assert touches([], Span(*span)) is lies_in([], Span(*span)) is False


TEXT = "# 云岭简报\n\n第1期\n\n甲\n乙\n丙\n丁\n"


def violation(first: int, last: int, *edits: tuple[int, int]) -> Violation:
    placed = tuple(PlacedEdit(start, 1, end, 2, "") for start, end in edits)
    fix = Fix("safe", placed) if edits else None
    return Violation("1.md", Location(first, 1, last, 2), "PUN002", "n", "error", same("m"), "", "", fix)


@pytest.mark.parametrize(
    ("found", "lines"),
    [
        ([], []),
        ([violation(5, 5)], []),
        ([violation(5, 6)], [6]),
        ([violation(5, 5, (5, 5))], []),
        ([violation(5, 5, (6, 7))], [6, 7]),
        ([violation(5, 6, (7, 7)), violation(6, 6, (8, 8))], [6, 7, 8]),
        # The first does not start on the line on which the second does.
        ([violation(6, 6), violation(5, 6)], [6]),
    ],
)
def test_lines_that_a_violation_touches_besides_its_first_are_kept(
    found: list[Violation], lines: list[int]
) -> None:
    document = parse(TEXT.encode(), "1.md")
    written = TEXT.split("\n")

    assert further_lines(found, document) == {line: written[line - 1] for line in lines}


HEAD = "# 云岭镇简报\n\n第3期\n\n云岭镇政府　2024年3月5日\n\n# 水渠清淤完工\n\n"


def test_what_one_rule_finds_too_often_is_told_in_reading_order_and_the_rest_as_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from bulletin_lint.engine import violations

    monkeypatch.setattr(violations, "MOST_TOLD", 3)
    for count, single in ((2, 2), (3, 3), (4, 4), (6, 4)):
        body = "\n\n".join(f"各村清渠于2024.3.{number}办结，已经验收。" for number in range(1, count + 1))
        report = check_bytes(f"{HEAD}{body}\n".encode(), "3.md", Settings(select=("DAT003",)), cache=False)
        found = report.violations
        assert len(found) == single
        lines = [each.location.line for each in found]
        assert lines == [9 + 2 * number for number in range(single)]
        assert sum(len(each.places) for each in found) == count
        # Of one that is left over nothing is told together.
        assert ("too many" in found[-1].message.en) is (count > 4)
        assert all(len(each.places) == 1 for each in found[:3])
