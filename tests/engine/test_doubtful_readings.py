"""What a rule finds in one reading of a document and not in another that is about as good."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from bulletin_lint.engine import doubts
from bulletin_lint.engine.doubts import OtherReadings
from bulletin_lint.model.location import Span
from bulletin_lint.model.violation import CannotAssess, Match
from bulletin_lint.model.wording import same
from bulletin_lint.parsing.decoder import Doubt
from hand_made import document

A, B = Match(Span(0, 2)), Match(Span(4, 5))


def doubt(margin: float, block: int = 0, labels: tuple[str, ...] = ("title",)) -> Doubt:
    return Doubt(block, f"label{block}", "other", margin, labels)


class Readings:
    """A document with doubts, and what a check finds in each of its other readings."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *found: tuple[Doubt, Any]) -> None:
        self._found = dict(found)
        self.asked: list[Doubt] = []
        made = document("第一段\n第二段")
        made.structure = SimpleNamespace(doubts=[each for each, _ in found])
        monkeypatch.setattr(doubts, "other_reading", self._other_reading)
        grammar: Any = SimpleNamespace(label_name=lambda label: same(f"<{label}>"))
        wrap: Any = self._wrap
        self.readings = OtherReadings(made, grammar, wrap)

    def _other_reading(self, made: Any, doubt: Doubt, grammar: Any) -> Doubt:
        self.asked.append(doubt)
        return doubt

    def _wrap(self, made: Any) -> Any:
        return ("context", made)

    def weighed(self, found: Any) -> Any:
        check: Any = SimpleNamespace(run=lambda context: self._found[context[1]])
        return self.readings.weighed(check, found)


@pytest.mark.parametrize(
    ("found", "other", "margin", "sure"),
    [
        # The readings agree.
        ([A, B], [A, B], 0.1, [A, B]),
        ([A], [A, B], 0.1, [A]),
        ([], [], 0.1, []),
        ("pass", "pass", 0.1, "pass"),
        ("pass", CannotAssess(same("x")), 0.1, "pass"),
        # One finding is in both, and only that is told, unless the first reading is surely better.
        ([A, B], [A], 0.29, [A]),
        ([A, B], [A], 0.3, [A, B]),
        ([A, B], [B], 0.0, [B]),
        ([A], [B], 0.3, [A]),
        ([A], "pass", 0.3, [A]),
    ],
)
def test_what_all_likely_readings_have_is_told(
    monkeypatch: pytest.MonkeyPatch, found: Any, other: Any, margin: float, sure: Any
) -> None:
    assert Readings(monkeypatch, (doubt(margin), other)).weighed(found) == sure


@pytest.mark.parametrize(
    ("found", "other", "margin"),
    [
        ([A], [B], 0.29),
        ([A], "pass", 0.1),
        ([A], "cannot-assess", 0.1),
        # That there is nothing is told less easily.
        ([], [B], 0.1),
        ([], [B], 9.0),
        ("pass", [B], 9.0),
    ],
)
def test_what_only_one_reading_has_is_not_known(
    monkeypatch: pytest.MonkeyPatch, found: Any, other: Any, margin: float
) -> None:
    weighed = Readings(monkeypatch, (doubt(margin, 1), other)).weighed(found)
    assert isinstance(weighed, CannotAssess)
    ((zh, en),) = weighed
    assert "<label1>" in zh
    assert "第二段" in zh
    assert "<other>" in zh
    assert "line 1 may be <label1> (“第二段”) or <other>" in en


@pytest.mark.parametrize("found", ["cannot-assess", "not-applicable", CannotAssess(same("why"))])
def test_where_a_rule_could_not_look_no_other_reading_is_made(
    monkeypatch: pytest.MonkeyPatch, found: Any
) -> None:
    readings = Readings(monkeypatch, (doubt(0.1), [A]))
    assert readings.weighed(found) == found
    assert readings.asked == []


def test_each_reading_is_made_once_and_those_of_too_many_blocks_never() -> None:
    with pytest.MonkeyPatch.context() as patch:
        readings = Readings(patch, (doubt(0.1), [A]), (doubt(0.1, 1, ()), []))
        for _ in range(2):
            assert readings.weighed([A]) == [A]
        assert readings.asked == [doubt(0.1)]


def test_of_several_doubts_each_takes_away_and_the_first_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    third = Match(Span(5, 6))
    some = Readings(monkeypatch, (doubt(0.1), [A, B]), (doubt(0.2, 1), [B, third]))
    assert some.weighed([A, B, third]) == [B]
    none = Readings(monkeypatch, (doubt(0.1), [B]), (doubt(0.2, 1), [A])).weighed([A, B])
    assert isinstance(none, CannotAssess)
    assert "<label0>" in none[0].en
    nothing = Readings(monkeypatch, (doubt(0.5), []), (doubt(0.6), [A]), (doubt(0.2, 1), [B])).weighed([])
    assert isinstance(nothing, CannotAssess)
    assert "<label0>" in nothing[0].en
