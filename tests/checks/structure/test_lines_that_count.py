"""Lines of one kind that count through the issue, and lists in a sentence that may be read in more than one way."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bulletin_lint.checks import kind
from bulletin_lint.checks.structure.counting import NumberedLine
from bulletin_lint.model.document import Document, Node
from bulletin_lint.model.location import Span
from hand_made import document, make_section, matches, mended, run

NUMBER = "[（]?(?P<n>[一二三四五六]|[0-9０-９]{1,2}|[A-F])[、.．）]\u3000?"


def counted(*lines: str) -> list[tuple[str, str, str]] | str:
    """Of each wrong number: what is found, the one before, the expected."""
    said = run("counted-lines", "\n".join(lines), number=NUMBER)
    if not isinstance(said, list):
        return str(said)
    return [tuple(str(each.values[name]) for name in ("found", "previous", "expected")) for each in said]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["一、甲", "二、乙"], []),
        (["一、甲", "三、乙"], [("三、", "一、", "二、")]),
        (["一、甲", "一、乙"], "not-applicable"),
        # One number is no count, nor is one that no first begins.
        (["一、甲"], "not-applicable"),
        (["二、甲", "三、乙"], "not-applicable"),
        (["甲", "乙"], "not-applicable"),
        ([""], "not-applicable"),
        # What stands before the first is none of it.
        (["三、甲", "一、乙", "二、丙"], []),
        # Lines without a number are passed over.
        (["一、甲", "话", "三、乙"], [("三、", "一、", "二、")]),
        (["话", "一、甲", "三、乙"], [("三、", "一、", "二、")]),
        # A one begins anew, and both counts are judged.
        (["一、甲", "二、乙", "一、丙", "二、丁"], []),
        (["一、甲", "三、乙", "一、丙", "四、丁"], [("三、", "一、", "二、"), ("四、", "一、", "二、")]),
        (["一、甲", "二、乙", "一、丙", "三、丁"], [("三、", "一、", "二、")]),
        # Each manner counts by itself: the mark, the figures.
        (["一、甲", "1、乙", "二、丙", "2、丁"], []),
        (["1、甲", "1.乙", "2、丙", "2.丁"], []),
        (["1.甲", "1．乙", "2.丙", "2．丁"], []),
        (["A、甲", "1、乙", "B、丙", "2、丁"], []),
        (["A、甲", "C、乙"], [("C、", "A、", "B、")]),
        (["一、甲", "2、乙"], "not-applicable"),
        # A space behind the mark makes no other manner.
        (["1、甲", "2、\u3000乙", "4、丙"], [("4、", "2、", "3、")]),
        (["1、甲", "2、乙", "4、\u3000丙"], [("4、", "2、", "3、")]),
        (["1、\u3000甲", "2、乙", "2、丙"], [("2、", "2、", "3、")]),
        (["一、甲", "三、乙", "二、丙"], [("三、", "一、", "二、")]),
        # The number that is left out stands between, before words, with any mark and of any width.
        (["一、甲", "话二、", "三、乙"], [("三、", "一、", "二、")]),
        (["1、甲", "2.话", "3、乙"], []),
        (["1、甲", "２.话", "3、乙"], []),
        (["1、甲", "（2）话", "3、乙"], []),
        (["1、甲\u30002、话", "3、乙"], []),
        (["1、甲", "12.话", "3、乙"], [("3、", "1、", "2、")]),
        (["1、甲", "2话", "3、乙"], [("3、", "1、", "2、")]),
        (["一、甲", "（一）话", "（二）话", "二．话", "三、乙"], []),
        # A count of its own between is another one.
        (["一、甲", "（一）话", "（二）话", "三、乙"], [("三、", "一、", "二、")]),
        (["01.甲", "03.乙"], [("03.", "01.", "02.")]),
        (
            ["一、甲", "三、乙", "二、丙", "四、丁", "六、戊"],
            [("三、", "一、", "二、"), ("六、", "四、", "五、")],
        ),
        # Past nine the figures of a number belong together.
        ([f"{number}、甲" for number in range(1, 12)], []),
        ([f"{number}、甲" for number in (*range(1, 10), 11)], [("11、", "9、", "10、")]),
    ],
)
def test_each_manner_counts_from_one(lines: list[str], said: Any) -> None:
    assert counted(*lines) == said


def test_a_wrong_number_is_told_with_its_place_its_part_and_the_one_before() -> None:
    text = "一、甲\n二、乙\n二、\u3000丙"
    (match,) = matches("counted-lines", text, number=NUMBER)

    assert (match.span, match.part) == (Span(8, 11), "articles[0].paragraphs[2]")
    assert [(each.span, each.note.zh, each.note.en) for each in match.related] == [
        (Span(4, 6), "前一项", "the item before")
    ]
    assert mended(text, [match]) == "一、甲\n二、乙\n三、\u3000丙"


@pytest.mark.parametrize("numbers", ["一三二四", "一二四三"])
def test_of_lines_that_changed_places_none_gets_another_number(numbers: str) -> None:
    text = "\n".join(f"{number}、甲" for number in numbers)
    found = matches("counted-lines", text, number=NUMBER)

    assert mended(text, found) == text


def test_faults_of_all_counts_are_told_in_the_order_of_the_text() -> None:
    text = "1、甲\n一、乙\n三、丙\n3、丁"
    said = matches("counted-lines", text, number=NUMBER)
    assert [each.span.start for each in said] == [8, 12]
    # The count of the first one has the later fault.
    assert [each.values["found"] for each in said] == ["三、", "3、"]


def test_each_part_is_counted_by_itself() -> None:
    made = document("一、甲\n三、乙")
    (article,) = made.bulletin.list("articles")
    first, second = article.list("paragraphs")
    on = ["articles.paragraphs", "articles.contents"]
    article.children |= {"paragraphs": [first], "contents": [second]}
    assert run("counted-lines", made, on=on, number=NUMBER) == "not-applicable"
    # Where one is not there the other is judged; where there is none nothing can be said.
    article.children |= {"paragraphs": [], "contents": [first, second]}
    assert len(matches("counted-lines", made, on=on, number=NUMBER)) == 1
    assert run("counted-lines", made, on=on[:1], number=NUMBER) == "cannot-assess"


def test_a_counting_rule_says_what_its_message_may_hold() -> None:
    assert kind("counted-lines").placeholders({}) == {"found", "expected", "previous"}
    assert kind("counted-lines").parameters["number"].required


@pytest.mark.parametrize(
    ("marker", "figures", "style"),
    [
        ("二、", "二", "、一"),
        ("十二、", "十二", "、一"),
        ("2、", "2", "、1"),
        ("12. ", "12", ".1"),
        ("（2）", "2", "（）1"),
        ("②", "②", "①"),
        ("B.", "B", ".A"),
        ("2.2", "2", ".21"),
    ],
)
def test_the_manner_of_a_number(marker: str, figures: str, style: str) -> None:
    assert NumberedLine(Node("", Span(0, 0), ""), marker, figures, 2, Span(0, 0)).style == style


# --- Lists that a sentence promises --------------------------------------------------------------------

LISTED: dict[str, Any] = {
    "on": ["articles"],
    "promise": "@(?P<n>.)(?P<what>.)",
    "enumerated_promise": "@(?P<n>.)",
    "promise_in_sentence": "(?P<n>[一二三四五六])个(?P<what>坚持|清单|一)[：（](?P<items>[^。]+)",
    "joined_by": "和|以及",
    "beside_items": "并",
    "measures": "一[个张本]",
}


def told(what: str, listed: str, **given: Any) -> tuple[list[int], Any]:
    """The numbers from two to six that a list may keep, and how many items it is told to have by the others."""
    kept: list[int] = []
    counts: set[Any] = set()
    for number, word in enumerate("二三四五六", 2):
        made = document(f"做到{word}个{what}：{listed}。")
        (article,) = made.bulletin.list("articles")
        article.children |= {"items": [], "sections": [], "title": None}
        said = run("promised-count", made, **{**LISTED, **given})
        if isinstance(said, str):
            return kept, said
        assert isinstance(said, list)
        if not said:
            kept.append(number)
        counts |= {each.values["count"] for each in said}
    (count,) = counts
    return kept, count


@pytest.mark.parametrize(
    ("listed", "kept", "count"),
    [
        ("坚持甲、坚持乙", [2], 2),
        ("坚持甲、坚持乙、坚持丙", [3], 3),
        ("坚持甲，坚持乙，坚持丙", [3], 3),
        ("坚持甲；坚持乙；坚持丙；坚持丁", [4], 4),
        # What 和 joins in the last may be one more; told it is where each of the two has the word.
        ("坚持甲、坚持乙和丙", [2, 3], 2),
        ("坚持甲、坚持乙和坚持丙", [3], 3),
        ("坚持甲、坚持乙和坚持丙和丁", [2, 3, 4], 2),
        ("坚持甲、坚持乙和坚持丙和坚持丁", [4], 4),
        # In another place it may be, as all of them begin with the word.
        ("坚持甲和丁、坚持乙", [2, 3], 2),
        ("坚持甲和坚持丁、坚持乙", [2, 3], 2),
        # A part without the word, amid the list or behind it.
        ("坚持甲、乙、坚持丙", [2, 3], 2),
        ("坚持甲、坚持乙、丙", [2, 3], 2),
        ("坚持甲、坚持乙，群众满意", [2], 2),
        ("坚持甲，坚持乙，群众满意", [2, 3], 2),
        # Behind a series the sentence may go on with one more, or with something beside it.
        ("坚持甲、坚持乙，坚持丙", [2, 3], 3),
        ("坚持甲、坚持乙，并坚持丙", [2, 3], 2),
        ("坚持甲、坚持乙，并建台账", [2], 2),
        ("坚持甲，坚持乙，并建台账", [2, 3], 2),
        ("坚持甲，坚持乙，并坚持丙", [2, 3], 2),
        ("坚持甲、坚持乙，以及坚持丙", [2, 3], 3),
        # Quotation marks and spaces around an item are none of it.
        ("“坚持甲”、“坚持乙”", [2], 2),
        ("‘坚持甲’、\u3000坚持乙", [2], 2),
        # Of what comes first one item is enough for none: all that the sentence says is the list.
        ("坚持甲、乙，坚持丙，坚持丁", [3, 4], 3),
        ("坚持甲；坚持乙，坚持丙", [3], 3),
        # Parts that say something else may be items too, with all that is joined.
        ("坚持甲、乙、坚持丙和坚持丁", [3, 4], 3),
        ("坚持甲、坚持乙，坚持丙和坚持丁", [2, 3, 4], 4),
        # Brackets within an item.
        ("坚持甲（每月）、坚持乙（每周）", [2], 2),
        # None: only one shows the word.
        ("坚持甲、乙", [], "not-applicable"),
        ("坚持甲", [], "not-applicable"),
    ],
)
def test_which_numbers_a_list_may_keep(listed: str, kept: list[int], count: Any) -> None:
    assert told("坚持", listed) == (kept, count)


@pytest.mark.parametrize(
    ("listed", "kept", "count"),
    [
        ("任务清单、整改清单", [2], 2),
        ("任务清单、整改清单和责任清单", [3], 3),
        # 责任 may be a list of its own, or go with the next.
        ("任务清单、整改和责任清单", [2, 3], 2),
        ("任务清单，整改清单，责任清单", [3], 3),
        # Amid the list, two that both show it may be one.
        ("任务清单和整改清单、责任清单", [2, 3], 2),
        ("任务和整改清单、责任清单", [2], 2),
        # The last item of the series, of what stands beside it and of the sentence may hold two.
        ("任务清单、整改清单，并建立责任清单", [2, 3], 2),
        ("任务清单、整改清单，并建立责任和考核清单", [2, 3, 4], 2),
        ("任务清单、责任和考核清单，整改清单", [2, 3, 4], 3),
        ("任务清单，整改清单，责任和考核清单", [3, 4], 3),
        ("任务清单，责任和考核清单，整改清单", [3], 3),
    ],
)
def test_items_that_end_with_the_word(listed: str, kept: list[int], count: Any) -> None:
    assert told("清单", listed) == (kept, count)


def test_without_words_that_join_or_stand_beside_each_part_is_one_item() -> None:
    alone = {"joined_by": None, "beside_items": None}
    assert told("坚持", "坚持甲、坚持乙和坚持丙", **alone) == ([2], 2)
    assert told("坚持", "坚持甲、坚持乙，并坚持丙", **alone) == ([2, 3], 2)
    assert told("坚持", "坚持甲、坚持乙", promise_in_sentence=None) == ([], "not-applicable")


def test_every_sentence_is_judged_whatever_stands_before_it() -> None:
    broken = "做到三个坚持：坚持甲、坚持乙。"
    for before in (
        "做到一个坚持：坚持甲、坚持乙。",
        "做到三个坚持：甲、乙。",
        "落实三个一：一张甲、一本乙，每周调度。",
        "做到两个坚持：坚持甲、坚持乙。",
        "做到四个坚持：坚持甲、坚持乙。",
    ):
        made = document(before + broken)
        (article,) = made.bulletin.list("articles")
        article.children |= {"items": [], "sections": [], "title": None}
        said = matches("promised-count", made, **LISTED)
        at = len(before) + 2
        assert (said[-1].span, said[-1].part) == (Span(at, at + 4), "articles[0].paragraphs[0]")
        assert said[-1].values == {"found": "三个坚持", "promised": 3, "count": 2}


def test_each_article_answers_for_its_own_sentences() -> None:
    made = document("做到两个坚持：坚持甲、坚持乙。\n做到三个坚持：坚持甲、坚持乙。")
    (article,) = made.bulletin.list("articles")
    first, second = article.list("blocks")
    articles = [
        Node(
            f"articles[{at}]",
            block.span,
            block.text,
            children={"blocks": blocks, "items": [], "sections": []},
        )
        for at, (block, blocks) in enumerate([(first, [first]), (second, [second])])
    ]
    made.bulletin.children["articles"] = [*articles]
    assert [each.part for each in matches("promised-count", made, **LISTED)] == [second.path]
    # What stands between two articles, or above the first, is none of theirs.
    made.bulletin.children["articles"] = [articles[1]]
    assert [each.part for each in matches("promised-count", made, **LISTED)] == [second.path]
    # Behind an article, above its first block, it is the article that is blamed.
    made.bulletin.children["articles"] = [
        Node("articles[0]", second.span, second.text, children={"blocks": []})
    ]
    assert [each.part for each in matches("promised-count", made, **LISTED)] == ["articles[0]"]


# --- Headings that keep a promise ----------------------------------------------------------------------

PROMISED: dict[str, Any] = {
    "on": ["articles"],
    "promise": "(?P<n>[一二三四])个(?P<what>坚持|一)",
    "enumerated_promise": "(?P<n>[一二三四])项工作[：:。]?[”]?",
    "measures": "一[个张本]",
}


def sections(*lines: str, title: str | None = None, leads: tuple[str, ...] = ()) -> Document:
    """An article of paragraphs; those that begin with 一、 or （一） are its sections."""
    made = document("\n".join(lines))
    (article,) = made.bulletin.list("articles")
    found: list[Node] = []
    for node in article.list("blocks"):
        node.fields["number"] = None
        for level, style, form in ((1, "han", "([一二三四])、"), (2, "brackets", "（([一二三四])）")):
            marker = re.match(form, node.text)
            if marker is not None:
                make_section(node, level, style, marker)
                found.append(node)
    article.children |= {"items": [], "sections": [*found], "title": None}
    article.children["lead_ins"] = [Node("", Span(0, 0), lead, {"lead": lead}) for lead in leads]
    if title is not None:
        article.children["title"] = Node("articles[0].title", Span(0, len(title)), title)
    return made


def kept(made: Document, **given: Any) -> Any:
    said = run("promised-count", made, **{**PROMISED, **given})
    if not isinstance(said, list):
        return said
    return [(each.span.start, each.part, *each.values.values()) for each in said]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["一、坚持甲", "话", "二、坚持乙"], [(3, "三个坚持", 3, 2)]),
        (["一、坚持甲", "话", "二、坚持乙", "三、坚持丙"], []),
        (["一、坚持甲", "二、坚持乙", "三、丙"], []),
        (["一、坚持甲", "二、乙", "三、丙"], "not-applicable"),
        # The words behind a heading's stop are none of it.
        (["一、坚持甲", "二、乙。坚持丙", "三、丙"], "not-applicable"),
        # Each level is looked at, and the nearest count is told.
        (["一、甲", "（一）坚持甲", "（二）坚持乙", "二、乙"], [(3, "三个坚持", 3, 2)]),
        (["一、甲", "（一）坚持甲", "（二）坚持乙", "（三）坚持丙", "二、乙"], []),
    ],
)
def test_sections_keep_what_a_paragraph_promises(lines: list[str], said: Any) -> None:
    found = kept(sections("街道说三个坚持，有了起色", *lines))
    expected = (
        [(at, "articles[0].paragraphs[0]", *rest) for at, *rest in said] if said != "not-applicable" else said
    )
    assert found == expected


@pytest.mark.parametrize(
    ("leads", "said"),
    [
        (("坚持甲", "坚持乙"), [(3, "articles[0].paragraphs[0]", "三个坚持", 3, 2)]),
        (("坚持甲", "坚持乙", "坚持丙"), []),
        (("坚持甲",), "not-applicable"),
    ],
)
def test_bold_words_at_the_beginning_keep_it_and_sentences_do_not_then(
    leads: tuple[str, ...], said: Any
) -> None:
    lines = ("街道说三个坚持，有了起色", "坚持甲。话。", "坚持乙。话。", "坚持丙。话。")
    assert kept(sections(*lines, leads=leads)) == said
    assert kept(sections(*lines)) == []


def test_title_and_first_paragraph_promise_and_each_promise_is_told_once() -> None:
    heads = ("一、坚持甲", "二、坚持乙")
    title = "三个坚持"
    on_title = (0, "articles[0].title", title, 3, 2)
    assert kept(sections("三个坚持", *heads, title=title)) == [on_title]
    assert kept(sections("三个坚持，四个坚持", *heads, title=title)) == [
        on_title,
        (5, "articles[0].paragraphs[0]", "四个坚持", 4, 2),
    ]
    # A promise in a later paragraph is none of the article's.
    assert kept(sections("话", "说三个坚持", *heads)) == "not-applicable"
    # One is no promise; those behind it are.
    assert kept(sections("一个坚持，三个坚持", *heads)) == [
        (5, "articles[0].paragraphs[0]", "三个坚持", 3, 2)
    ]
    # Nor is what no heading shows.
    assert kept(sections("三个一，三个坚持", *heads)) == [(4, "articles[0].paragraphs[0]", "三个坚持", 3, 2)]


def test_what_is_counted_by_measure() -> None:
    made = sections("三个一", "一、一张甲", "二、一本乙", "三、丙", "四、丁")
    assert kept(made) == [(0, "articles[0].paragraphs[0]", "三个一", 3, 2)]
    assert kept(made, counted_by_measure=["坚持"]) == [(0, "articles[0].paragraphs[0]", "三个一", 3, 2)]
    assert kept(sections("三个一", "一、一张甲", "二、一甲", "三、一乙")) == "not-applicable"


@pytest.mark.parametrize(
    ("lead", "is_judged"),
    [
        ("三项工作：", True),
        ("三项工作:", True),
        ("三项工作：”", True),
        ("三项工作。", False),
        ("三项工作", False),
    ],
)
def test_headings_below_a_colon_are_what_it_promises(lead: str, *, is_judged: bool) -> None:
    apart = ("一、甲", "话", "二、乙", "话")
    said = [(3, "articles[0].paragraphs[0]", "三项工作", 3, 2)]
    assert kept(sections(f"做好了{lead}", *apart)) == (said if is_judged else "not-applicable")
    # Right below one another, or begun alike, they are a list whatever stands before them.
    assert kept(sections(f"做好了{lead}", "一、甲", "二、乙")) == said
    assert kept(sections(f"做好了{lead}", "一、坚持甲", "话", "二、坚持乙")) == said
    # Of a lower level they are no headings of all that follows.
    assert kept(sections(f"做好了{lead}", "（一）甲", "话", "（二）乙")) == said


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["一、甲", "二、乙", "三、丙"], []),
        (["一、甲", "（一）子", "（二）丑", "二、乙"], 2),
        # A number of a higher level ends the list.
        (["（一）甲", "（二）乙", "一、丙", "（三）丁"], 2),
        (["（一）甲", "一、丙", "（二）乙"], "not-applicable"),
        (["话", "一、甲", "二、乙"], "not-applicable"),
        (["二、甲", "三、乙"], "not-applicable"),
        # The last has the number that was promised.
        (["一、甲", "三、乙"], []),
        (["一、甲"], "not-applicable"),
        (["一、甲", "二、乙", "三是丙"], "not-applicable"),
    ],
)
def test_numbered_paragraphs_right_below_a_promise(lines: list[str], said: Any) -> None:
    found = kept(sections("三项工作：", *lines))
    assert found == (
        [(0, "articles[0].paragraphs[0]", "三项工作", 3, said)] if isinstance(said, int) else said
    )


def test_what_the_check_says_of_itself() -> None:
    cls = kind("promised-count")
    assert cls.placeholders({}) == {"found", "promised", "count"}
    assert cls.sought({"promise": "甲", "enumerated_promise": "乙"}, {}) == {"甲": False, "乙": False}
    given = {"promise": "甲", "enumerated_promise": "乙", "promise_in_sentence": "丙"}
    assert cls.sought(given, {}) == {"甲": False, "乙": False, "丙": False}
    assert cls.parameters["counted_by_measure"].default == ["一"]
    required = {name for name, parameter in cls.parameters.items() if parameter.required}
    assert required == {"promise", "enumerated_promise", "measures"}
    assert run("promised-count", "三项工作", **{**PROMISED, "on": ["articles.none"]}) == "cannot-assess"


def test_a_paragraph_without_a_promise_stands_between_two() -> None:
    listed = "三项工作：（一）甲；（二）乙。"
    made = sections(listed, "话", listed)
    said = matches("promised-count", made, **PROMISED, first_item="（一）")
    assert [each.span for each in said] == [Span(0, 4), Span(18, 22)]


def test_two_promises_in_one_paragraph_and_one_in_the_next() -> None:
    made = sections(
        "三项工作：（一）甲；（二）乙。四项工作：（一）甲；（二）乙。",
        "一项工作：（一）甲；（二）乙。还有三项工作：（一）甲；（二）乙。",
    )
    assert [(at, count) for at, _, _, *count in kept(made, first_item="（一）")] == [
        (0, [3, 2]),
        (15, [4, 2]),
        (48, [3, 2]),
    ]
