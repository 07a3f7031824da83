from __future__ import annotations

from bulletin_lint.model.document import Damage
from bulletin_lint.model.location import Span
from hand_made import document, matches


def test_each_harm_of_the_kind_is_reported_with_its_page() -> None:
    damage = [
        Damage("cut", Span(4, 5), "戊", 2),
        Damage("repeat", Span(1, 2), "乙"),
        Damage("cut", Span(0, 1), "甲"),
    ]
    made = document("甲乙丙丁戊", damage=damage)
    first, second = matches("absent-damage", made, kind="cut")
    assert (Span(0, 1), "甲", "", 2) == (
        first.span,
        first.values["found"],
        first.values["page"],
        first.values["count"],
    )
    assert (Span(4, 5), 2) == (second.span, second.values["page"])
    assert ["乙"] == [match.values["found"] for match in matches("absent-damage", made, kind="repeat")]
    assert [] == matches("absent-damage", made, kind="lost")


def test_patterns_add_to_what_was_noted_and_never_twice() -> None:
    made = document("第1S期，第2$期", damage=[Damage("lost", Span(1, 3), "1S")])
    violations = matches("absent-damage", made, kind="lost", patterns=["第(?P<at>[0-9S$]+)期"])
    assert ["1S", "2$"] == [match.values["found"] for match in violations]


def test_width_noted_while_reading_is_not_judged_again() -> None:
    text = "甲，乙，丙，丁\n甲,乙,丙,丁,戊"
    assert 1 == len(matches("absent-damage", text, kind="width"))
    made = document(text, damage=[Damage("width", Span(1, 2), "，")])
    assert [1] == [match.span.start for match in matches("absent-damage", made, kind="width")]
