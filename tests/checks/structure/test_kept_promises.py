"""Promises that a sentence or the headings keep; what is forbidden, to the last option; and whom a series blames."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bulletin_lint import checks
from bulletin_lint.checks import kind
from bulletin_lint.checks.context import Resources
from bulletin_lint.checks.series import AcrossIssues
from bulletin_lint.checks.text.forbidden import Forbidden, has_check_digit
from bulletin_lint.model.document import Document, Node
from bulletin_lint.model.location import Span
from bulletin_lint.model.numerals import parse_number
from bulletin_lint.model.reading import PageLayout
from bulletin_lint.model.wording import Wording
from bulletin_lint.series.issue import IssueRecord
from bulletin_lint.series.ordering import series_by_title
from hand_made import document, found, matches, mended, run

PROMISE: dict[str, Any] = {
    "on": ["articles"],
    "promise": "(?P<n>[一两三四五])个(?P<what>坚持|一)",
    "enumerated_promise": "(?P<n>[一两三四五])项工作[：:。]?",
    "promise_in_sentence": "(?P<n>[一两三四五])个(?P<what>坚持|到位|一)[：（](?P<items>[^。]+)",
    "joined_by": "和|以及",
    "beside_items": "并",
    "measures": "一[个张本]",
    "further_item": "最后",
    "first_item": "（一）|①",
}


def article_of(text: str) -> Document:
    """A document of paragraphs, 一是 and 二是 in which are items."""
    made = document(text)
    (article,) = made.bulletin.list("articles")
    items: list[Node] = []
    for index, node in enumerate(article.list("blocks")):
        for item in re.finditer("[一二三四五]是", node.text):
            fields: Any = {"number": parse_number(item[0][0]), "style": "is", "block": index}
            start = node.span.start + item.start()
            items.append(Node(f"articles[0].items[{len(items)}]", Span(start, start + 2), item[0], fields))
    article.children |= {"items": [*items], "sections": [], "title": None}
    return made


def broken(text: str, **given: Any) -> Any:
    said = run("promised-count", article_of(text), **{**PROMISE, **given})
    if not isinstance(said, list):
        return said
    return [(each.values["found"], each.values["promised"], each.values["count"]) for each in said]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("做到三个坚持：坚持甲、坚持乙、坚持丙。", []),
        ("做到三个坚持：坚持甲、坚持乙。", [("三个坚持", 3, 2)]),
        ("做到两个坚持：坚持甲、坚持乙、坚持丙。", [("两个坚持", 2, 3)]),
        ("做到三个坚持：坚持甲，坚持乙，坚持丙。", []),
        ("做到三个坚持：坚持甲，坚持乙。", [("三个坚持", 3, 2)]),
        ("做到三个坚持：坚持甲；坚持乙。", [("三个坚持", 3, 2)]),
        # Each begins with the word, or ends with it, or has it amid.
        ("做到三个到位：甲到位、乙到位、丙到位。", []),
        ("做到三个到位：甲到位、乙到位。", [("三个到位", 3, 2)]),
        ("做到三个坚持：都坚持甲、都坚持乙。", [("三个坚持", 3, 2)]),
        # Where no two show it, the promise is about something else.
        ("做到三个坚持：甲、乙、丙。", "not-applicable"),
        ("做到三个坚持：坚持甲、乙、丙。", "not-applicable"),
        ("做到一个坚持：坚持甲、坚持乙。", "not-applicable"),
        # What joins the last to the one before it.
        ("做到三个坚持：坚持甲、坚持乙和坚持丙。", []),
        ("做到四个坚持：坚持甲、坚持乙和坚持丙。", [("四个坚持", 4, 3)]),
        ("做到三个坚持：坚持甲、坚持乙，以及坚持丙。", []),
        ("做到三个坚持：坚持甲、“坚持乙”、坚持丙。", []),
        # An item may hold two, or it may be one.
        ("做到三个坚持：坚持甲和丁、坚持乙。", []),
        ("做到两个坚持：坚持甲和丁、坚持乙。", []),
        # Of what is joined last only that is told which has the word.
        ("做到四个坚持：坚持甲、坚持乙和丙。", [("四个坚持", 4, 2)]),
        # Behind the list the sentence goes on with something else.
        ("做到三个坚持：坚持甲、坚持乙，并建立台账。", [("三个坚持", 3, 2)]),
        ("做到两个坚持：坚持甲、坚持乙，并建立台账。", []),
        ("做到三个坚持：坚持甲、坚持乙，群众满意。", [("三个坚持", 3, 2)]),
        ("做到三个坚持（坚持甲、坚持乙）、坚持丙。", [("三个坚持", 3, 2)]),
        # By measure: a further part may hold one in other words.
        ("落实三个一：一张清单、一本台账、一个方案。", []),
        ("落实四个一：一张清单、一本台账、一个方案。", [("四个一", 4, 3)]),
        ("落实四个一：一张清单、一本台账，每周调度。", "not-applicable"),
    ],
)
def test_a_sentence_keeps_what_it_promises(text: str, said: Any) -> None:
    assert broken(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("做好三项工作：一是甲，二是乙，三是丙。", []),
        ("做好三项工作：一是甲，二是乙。", [("三项工作", 3, 2)]),
        ("做好两项工作：一是甲，二是乙，三是丙。", [("两项工作", 2, 3)]),
        ("做好三项工作。一是甲，二是乙。", [("三项工作", 3, 2)]),
        ("做好三项工作：\n一是甲。\n二是乙。", [("三项工作", 3, 2)]),
        ("做好三项工作：\n一是甲。\n二是乙。\n三是丙。", []),
        ("做好三项工作：\n别的话\n一是甲。\n二是乙。", "not-applicable"),
        ("做好三项工作：别的话一是甲，二是乙。", "not-applicable"),
        ("做好三项工作：二是乙，三是丙。", "not-applicable"),
        ("做好三项工作：一是甲。", "not-applicable"),
        ("做好一项工作：一是甲，二是乙。", "not-applicable"),
        # The last has the number that was promised: one is left out, which another rule says.
        ("做好三项工作：一是甲，三是丙。", []),
        # There may be one more in another manner.
        ("做好三项工作：一是甲，二是乙，三要丙。", "not-applicable"),
        ("做好三项工作：一是甲，二是乙。最后丙。", "not-applicable"),
        ("做好三项工作：一是甲，二是乙，3.丙。", "not-applicable"),
        ("做好三项工作：一是甲，二是乙有三要。", [("三项工作", 3, 2)]),
        # A second list that begins anew is another one.
        ("做好四项工作：一是甲，二是乙。一是丙，二是丁。", [("四项工作", 4, 2)]),
        # Numbers of other kinds amid the paragraph.
        ("做好三项工作：（一）甲；（二）乙；（三）丙。", []),
        ("做好三项工作：（一）甲；（二）乙。", [("三项工作", 3, 2)]),
        ("做好三项工作：①甲；②乙。", [("三项工作", 3, 2)]),
        ("做好三项工作：（一）甲第（二）乙。", "not-applicable"),
        ("没有许诺。", "not-applicable"),
    ],
)
def test_an_enumeration_keeps_what_is_promised_before_it(text: str, said: Any) -> None:
    assert broken(text) == said


def test_a_figure_is_no_number_of_an_item() -> None:
    assert broken("做好三项工作：1.甲；2.乙。", first_item="1[.]") == [("三项工作", 3, 2)]
    assert broken("做好三项工作：1.甲；2.6万元。", first_item="1[.]") == "not-applicable"
    assert broken("做好三项工作：1.甲；2.6万元；2.乙。", first_item="1[.]") == [("三项工作", 3, 2)]


def test_marks_before_a_further_number() -> None:
    text = "做好三项工作：一是甲，二是乙，第三丙。"
    assert broken(text) == [("三项工作", 3, 2)]
    assert broken(text, before_further_number=["第"]) == "not-applicable"


@pytest.mark.parametrize(
    ("heads", "said"),
    [
        (["坚持甲", "坚持乙", "坚持丙"], []),
        (["坚持甲", "坚持乙"], [("三个坚持", 3, 2)]),
        (["坚持甲", "坚持乙", "坚持丙", "坚持丁"], [("三个坚持", 3, 4)]),
        # As many heads as were promised, if two of them have the word.
        (["坚持甲", "坚持乙", "丙"], []),
        (["坚持甲", "乙", "丙"], "not-applicable"),
        (["坚持甲", "坚持乙", "丙", "丁"], [("三个坚持", 3, 2)]),
        (["坚持甲", "坚持乙", "丙", "丁", "戊"], "not-applicable"),
        (["坚持甲" + "乙" * 19, "坚持乙"], [("三个坚持", 3, 2)]),
        (["坚持甲" + "乙" * 20, "坚持乙"], "not-applicable"),
        (["坚持甲，乙", "坚持乙"], "not-applicable"),
    ],
)
def test_headings_keep_what_the_first_paragraph_promises(heads: list[str], said: Any) -> None:
    text = "\n".join(["街道做到三个坚持，有了起色", *(f"{head}。逐户登记。" for head in heads)])
    assert broken(text) == said


HOUSE: dict[str, Any] = {"pattern": "[0-9]+月"}


@pytest.mark.parametrize(("together", "counts"), [(None, [1, 1, 1]), (2, [3]), (3, [3]), (4, [1, 1, 1])])
def test_from_so_many_on_they_are_one_report(together: int | None, counts: list[int]) -> None:
    answer = matches("forbidden", "1月，2月，3月", **HOUSE, together=together)
    assert [each.values["count"] for each in answer] == counts
    assert [len(each.places) for each in answer] == [3 if counts == [3] else 0] * len(counts)


@pytest.mark.parametrize(("drawn", "is_judged"), [(True, True), (False, False)])
def test_what_programs_draw_is_not_looked_for_on_pages(*, drawn: bool, is_judged: bool) -> None:
    made = document("1月")
    assert len(matches("forbidden", made, **HOUSE, drawn=drawn)) == 1
    made.reading = made.reading._replace(layouts=(PageLayout(1, 10.0, 10.0),))
    answer = run("forbidden", made, **HOUSE, drawn=drawn)
    assert (answer != "not-applicable") is is_judged


@pytest.mark.parametrize(
    ("number", "is_one"),
    [
        # The example of GB 11643-1999.
        ("11010519491231002X", True),
        ("11010519491231002x", True),
        ("440524188001010014", True),
        ("440524188001010015", False),
        ("110105194912310021", False),
        ("540524188001010014", False),
    ],
)
def test_the_check_digit_of_an_identity_number(number: str, *, is_one: bool) -> None:
    assert has_check_digit(number) is is_one
    said = found("forbidden", f"证号{number}。", pattern="[0-9]{17}[0-9Xx]", check_digit="mod-11-2")
    assert said == [number] * is_one
    assert found("forbidden", f"证号{number}。", pattern="[0-9]{17}[0-9Xx]") == [number]


def test_a_variant_is_looked_for_in_its_own_parts() -> None:
    made = document("甲\n甲")
    made.bulletin.children["first"] = made.bulletin.list("articles")[0].list("paragraphs")[0]
    for on, starts in ((None, [0, 2]), (["first"], [0]), (["masthead"], [])):
        variants = [{"pattern": "甲", **({} if on is None else {"on": on})}]
        assert [each.span.start for each in matches("forbidden", made, variants=variants)] == starts


def test_a_variant_without_a_replacement_has_that_of_the_rule() -> None:
    variants = [
        {"pattern": "甲"},
        {"pattern": "乙", "replacement": "丁"},
        {"pattern": "丙", "replacement": ""},
    ]
    answer = matches("forbidden", "甲乙丙", variants=variants, replacement="戊")
    assert mended("甲乙丙", answer) == "戊丁"
    assert matches("forbidden", "甲", variants=variants[:1])[0].edits == ()


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        (None, ""),
        ("乙", "乙"),
        ({"zh": "应为乙", "en": "b"}, Wording("应为乙", "b")),
        ({"zh": r"第\g<n>期", "en": r"no. \g<n>"}, Wording("第3期", "no. 3")),
    ],
)
def test_what_is_expected_has_the_groups_of_the_pattern(expected: Any, said: Any) -> None:
    variants = [{"pattern": "(?P<n>[0-9])期", "expected": expected}]
    (match,) = matches("forbidden", "3期", variants=variants)
    assert match.values["expected"] == said
    assert (match.values["n"], match.values["code_points"]) == ("3", "U+0033 U+671F")


@pytest.mark.parametrize(
    ("given", "literals"),
    [
        ({"pattern": "疑似[^0]"}, ("疑似",)),
        ({"words": ["甲鑫", "乙"]}, ("乙", "甲鑫")),
        ({"variants": [{"pattern": "疑似"}, {"pattern": "鑫"}]}, ("疑似", "鑫")),
        ({"pattern": ".", "needs": ["甲"]}, ("甲",)),
        ({"pattern": "疑似", "needs": ["甲"]}, ("疑似",)),
        ({"pattern": "."}, None),
        ({"pattern": "疑似", "drawn": False}, None),
        ({"translate": "t"}, None),
    ],
)
def test_what_a_text_must_have_for_a_rule_to_be_run(
    given: dict[str, Any], literals: tuple[str, ...] | None
) -> None:
    gate = Forbidden.gate(given, {})
    assert (None if gate is None else set(gate.literals)) == (None if literals is None else set(literals))


def test_what_is_sought() -> None:
    tables = {"t": {"Ａ": "A", "-": "–"}}
    assert Forbidden.sought({"pattern": "甲", "words": ["乙", "乙丙", "a.b"]}, tables) == {
        "甲": False,
        r"a\.b|乙丙|乙": False,
    }
    assert Forbidden.sought({"variants": [{"pattern": "甲"}], "translate": "t"}, tables) == {"甲": False}
    assert Forbidden.sought({"translate": "t"}, tables) == {r"[Ａ\-]+": True}
    assert Forbidden.sought({"translate": "t", "drawn": False}, tables) == {}


WITHOUT_PARTS = {
    "absent-damage",
    "page-grid",
    "page-number",
    "page-size",
    "series",
    "type-area",
    "waiver",
    "within-type-area",
}


@pytest.mark.parametrize("name", checks.KIND_NAMES)
def test_what_the_table_says_of_a_kind_is_so(name: str) -> None:
    assert checks.needs_parts(name) is (name not in WITHOUT_PARTS)
    assert (
        checks.judges(name)
        == kind(name).judges
        == {"series": "series", "waiver": "waivers"}.get(name, "document")
    )
    module, _, attribute = checks.KINDS[name].target.partition(":")
    assert (kind(name).__module__, kind(name).__name__) == (module, attribute)
    assert kind(name) is kind(name)


def test_of_a_kind_that_there_is_none_of_nothing_is_known() -> None:
    assert not checks.needs_parts("nothing")
    for ask in (checks.kind, checks.judges):
        with pytest.raises(KeyError):
            ask("nothing")


TOOLS = Resources(trusted=True, tables={}, masks={}, aliases={})


def issue(path: str, number: int | None, cumulative: int | None, date: str, **more: Any) -> IssueRecord:
    return IssueRecord(path, "工作简报", int(date[:4]), number, cumulative, date, **more)


def blamed(
    issues: list[IssueRecord], fault: str, number: str = "issue", **settings: Any
) -> list[tuple[Any, ...]]:
    """The issue, its neighbour, what is found and what is expected, for every finding."""
    check = AcrossIssues({"fault": fault, "number": number}, TOOLS)
    return [
        (each.issue.path, each.neighbour.path, each.values["found"], each.values["expected"])
        for each in check.judge(series_by_title(issues, settings)).findings
    ]


@pytest.mark.parametrize(
    ("numbers", "fault", "said"),
    [
        ([1, 2, 4, 5], "gap", [("c", "b", "4", "3")]),
        ([1, 2, 5, 6], "gap", [("c", "b", "5", "3")]),
        ([1, 2, 3, 3], "repeat", [("d", "c", "3", "4")]),
        ([1, 2, 3, 4], "gap", []),
        ([1, 2, 3, 4], "repeat", []),
    ],
)
def test_a_finding_names_the_neighbour_and_what_should_stand_there(
    numbers: list[int], fault: str, said: list[tuple[str, ...]]
) -> None:
    issues = [
        issue(path, number, None, f"2020-0{at}-05")
        for at, (path, number) in enumerate(zip("abcd", numbers, strict=True), 1)
    ]
    assert blamed(issues, fault) == said


@pytest.mark.parametrize(
    ("cumulatives", "said", "culprit"),
    [
        ([101, 102, 103, 104], [], ""),
        # The number from which those beside it do not go on is the wrong one.
        ([101, 102, 204, 104], [("c", "b", "204", "103")], "the cumulative number is probably wrong"),
        ([101, 102, 104, 104], [("c", "b", "104", "103")], "the cumulative number is probably wrong"),
        ([101, 102, 105, 104], [("c", "b", "105", "103")], "at least one of the two numbers is wrong"),
    ],
)
def test_two_numbers_go_together(cumulatives: list[int], said: list[tuple[str, ...]], culprit: str) -> None:
    issues = [
        issue(path, at, cumulative, f"2020-0{at}-05")
        for at, (path, cumulative) in enumerate(zip("abcd", cumulatives, strict=True), 1)
    ]
    assert blamed(issues, "offset", "cumulative") == said
    check = AcrossIssues({"fault": "offset", "number": "cumulative"}, TOOLS)
    shown = [each.values["culprit"] for each in check.judge(series_by_title(issues, {})).findings]
    assert [culprit in each.en for each in shown if isinstance(each, Wording)] == [True] * len(said)


def test_dates_do_not_go_back() -> None:
    issues = [
        issue("a", 1, None, "2020-01-05"),
        issue("b", 2, None, "2020-02-05"),
        issue("c", 3, None, "2020-01-20"),
    ]
    assert blamed(issues, "date-order") == [("c", "b", "2020-01-20", "2020-02-05")]
    issues = [
        issue("a", 1, None, "2020-03-05"),
        issue("b", 2, None, "2020-01-05"),
        issue("c", 3, None, "2020-02-20"),
    ]
    assert blamed(issues, "date-order") == [("a", "b", "2020-03-05", "2020-01-05")]
    same = [issue("a", 1, None, "2020-01-05"), issue("b", 2, None, "2020-01-05")]
    assert blamed(same, "date-order") == []


def test_who_is_assessed() -> None:
    issues = [issue("a", 1, None, "2020-01-05"), issue("b", 3, None, "2020-02-05")]
    supplement = issue("s", 1, None, "2020-01-08", supplement=True)
    check = AcrossIssues({"fault": "gap", "number": "issue"}, TOOLS)
    verdict = check.judge(series_by_title([*issues, supplement], {}))
    assert verdict.outcomes == {"a": "pass", "b": "fail", "s": "not-applicable"}
