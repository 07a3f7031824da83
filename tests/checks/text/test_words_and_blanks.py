"""What is typed twice by a vocabulary made for it; blanks, widths and pairs at their edges; and the ways to spans."""

from __future__ import annotations

import re
from itertools import count
from typing import Any

import pytest

from bulletin_lint.checks import kind
from bulletin_lint.checks.context import BLOT, CheckContext, Mask, Resources, below, matches_at
from bulletin_lint.checks.spans import edited, expanded, is_inside, overlaps, part_at, reported
from bulletin_lint.checks.text import doubled
from bulletin_lint.matching.patterns import Pattern
from bulletin_lint.matching.vocabulary import Vocabulary
from bulletin_lint.model.document import Node
from bulletin_lint.model.location import Span
from bulletin_lint.model.violation import CannotAssess
from hand_made import MASKS, document, found, matches, mended, run


def bits(monkeypatch: pytest.MonkeyPatch, words: dict[str, int], part_of_speech: str = "n") -> None:
    """From now on there are these words, each of so many half bits."""
    lines = "".join(f"{word}{chr(48 + words[word])}{part_of_speech}\n" for word in sorted(words))
    monkeypatch.setattr(doubled, "vocabulary", lambda: Vocabulary(lines.encode()))


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        # 施 is joined to a word on one side: ten half bits more than without it are enough.
        ("措施施清单。", {"措施": 20, "清单": 20, "施": 10}, ["施施"]),
        ("措施施清单。", {"措施": 20, "清单": 20, "施": 9}, []),
        ("措施施清单。", {"措施": 20, "清单": 20}, ["施施"]),
        ("措施施清单。", {"清单": 20}, []),
        # On both sides it takes nineteen; a word that hardly occurs is no side.
        ("措施施工单。", {"措施": 20, "施工": 20, "工单": 1, "施": 19}, ["施施"]),
        ("措施施工单。", {"措施": 20, "施工": 20, "工单": 1, "施": 18}, []),
        ("措施施工单。", {"措施": 20, "施工": 35, "工单": 1, "施": 12}, []),
        ("措施施工单。", {"措施": 20, "施工": 36, "工单": 1, "施": 12}, ["施施"]),
        # The two together are a word, and one that is usual enough.
        ("措施施清单。", {"措施": 20, "清单": 20, "施": 10, "施施": 24}, []),
        ("措施施清单。", {"措施": 20, "清单": 20, "施": 10, "施施": 25}, ["施施"]),
        # A word holds both.
        ("措施施清单。", {"措施": 20, "清单": 20, "措施施": 36}, []),
        ("措施施清单。", {"措施": 20, "清单": 20, "措施施": 37}, ["施施"]),
        ("措施施清单。", {"措施": 20, "清单": 20, "措施施清": 50}, []),
        ("措施施清单。", {"措施": 20, "清单": 20, "施施清": 30}, []),
        # Figures, what stands alone, three in a row, two pairs, and what is counted.
        ("措一一清单。", {"措一": 20, "清单": 20}, []),
        ("，施施，", {"措施": 20}, []),
        ("措施施施清单。", {"措施": 20, "清单": 20}, []),
        ("措措施施清单。", {"措施": 20, "清单": 20}, []),
        ("措施施清清单。", {"措施": 20, "清单": 20}, []),
        ("一施施清单。", {"一施": 20, "清单": 20}, []),
        # The same beside the same once more.
        ("措施施清单，措施施方案。", {"措施": 20, "清单": 20, "方案": 20}, []),
        ("措施施清单，方案。", {"措施": 20, "清单": 20, "方案": 20}, ["施施"]),
    ],
)
def test_a_character_typed_twice(
    monkeypatch: pytest.MonkeyPatch, text: str, words: dict[str, int], said: list[str]
) -> None:
    bits(monkeypatch, words)
    answer = matches("doubled", text)
    assert [each.values["found"] for each in answer] == said
    for each in answer:
        assert each.values["replacement"] == str(each.values["found"])[:1]
        assert mended(text, [each]) == text.replace("施施", "施", 1)


@pytest.mark.parametrize(
    ("text", "given", "words", "said"),
    [
        ("区里的的通知。", {"particles": "的"}, {"区里": 20, "通知": 20}, ["的的"]),
        ("区里的的通知。", {"particles": "的"}, {"里的": 20, "通知": 20}, []),
        ("区里的的通知。", {"particles": "的"}, {"的通": 20, "通知": 20}, []),
        ("区里的的通知。", {"particles": "的"}, {"的的": 20, "通知": 20}, []),
        # 水质 behind 饮水.
        ("饮水水质好。", {"meeting": ["水质"]}, {"饮水": 20, "水": 30, "质": 30}, []),
        ("饮水水质好。", {"meeting": ["水量"]}, {"饮水": 20, "水": 30, "质": 30}, ["水水"]),
        ("饮水水质好。", {"meeting": ["水质"]}, {"水": 30, "质": 30, "水质": 10}, ["水水"]),
        # The word would tear another that every text has.
        ("居民民生活改善。", {"meeting": ["民生"]}, {"居民": 20, "生活": 30, "民": 20}, ["民民"]),
        ("居民民生活改善。", {"meeting": ["民生"]}, {"居民": 20, "生活": 31, "民": 20}, []),
        ("居民民生活改善。", {"meeting": ["民生"]}, {"居民": 20, "生活": 30, "活改": 30, "民": 20}, []),
        (
            "居民民生活改善。",
            {"meeting": ["民生"], "particles": "活"},
            {"居民": 20, "生活": 30, "民": 20},
            [],
        ),
        # A name in no vocabulary, and a noun behind one that is in it.
        ("白云山山顶好。", {"names": "云山", "meeting": ["山顶"]}, {"顶": 20, "山": 20}, []),
        ("白云山山顶好。", {"names": "云山"}, {"云山": 20, "山顶": 40, "山": 40, "顶": 1}, []),
        ("白云山山顶好。", {"names": "海山"}, {"云山": 20, "山顶": 40, "山": 40, "顶": 1}, ["山山"]),
        ("白云山山顶好。", {"names": "云山"}, {"山顶": 20, "山": 40}, ["山山"]),
        # What the rule says, whatever the vocabulary does.
        ("甲措措乙。", {"wrong": ["措措"]}, {}, ["措措"]),
        ("甲措措乙。", {"wrong": ["乙"]}, {}, []),
        ("措施施清单。", {"unless": ["施施"]}, {"措施": 20, "清单": 20}, []),
        ("措施施清单。", {"unless": ["清单"]}, {"措施": 20, "清单": 20}, ["施施"]),
        ("“措施施清单”。", {"mask": ["quoted"]}, {"措施": 20, "清单": 20}, []),
    ],
)
def test_what_a_rule_says_of_doubling(
    monkeypatch: pytest.MonkeyPatch, text: str, given: dict[str, Any], words: dict[str, int], said: list[str]
) -> None:
    bits(monkeypatch, words)
    assert found("doubled", text, **given) == said


def test_behind_what_is_masked_the_next_doubling_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "“措施施清单”，方案案细则。"
    bits(monkeypatch, {"措施": 20, "清单": 20, "方案": 20, "细则": 20})
    (match,) = matches("doubled", text, mask=["quoted"])
    assert (match.values["found"], match.span.end) == ("案案", text.rindex("细则"))


def test_behind_a_part_that_is_not_asked_of_the_next_doubling_is_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bits(monkeypatch, {"措施": 20, "清单": 20, "方案": 20, "细则": 20})
    made = document("措施施清单。\n方案案细则。")
    assert found("doubled", made) == ["施施", "案案"]
    made.bulletin.children["second"] = made.bulletin.list("articles")[0].list("paragraphs")[1]
    assert found("doubled", made, on=["second"]) == ["案案"]


def test_only_a_noun_stands_behind_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    bits(monkeypatch, {"云山": 20, "山顶": 40, "山": 40, "顶": 1}, "v")
    assert found("doubled", "白云山山顶好。", names="云山") == ["山山"]


@pytest.mark.parametrize(
    ("text", "words", "is_doubtful"),
    [
        ("措施施清单。", {"措施": 20, "清单": 20, "施": 18}, False),
        ("措施施清单。", {"措施": 20, "清单": 20, "施": 17}, True),
        ("措施施清单。", {"措施": 20, "清单": 20}, False),
        ("措施施清单。", {"措施": 20}, True),
        ("措施施清单。", {"措施": 20, "清单款": 20}, True),
        ("措施施清单款。", {"措施": 20, "清单款": 20}, False),
        ("措施施清单。", {"措施": 20, "清单": 20, "施": 20, "施施": 44}, True),
        ("措施施清单。", {"措施": 20, "清单": 20, "施": 20, "施施": 45}, False),
        # On both sides a word: which is left over is not known.
        ("措施施工单。", {"措施": 20, "施工": 20, "工单": 1, "施": 20}, True),
        ("措施施工单。", {"措施": 20, "施工": 36, "工单": 1, "施": 20}, False),
        # What is left over may be a part of a word that stands elsewhere.
        ("措施施清单，施清表。", {"措施": 20, "清单": 20}, True),
        ("措施施清单，施清。", {"措施": 20, "清单": 20}, True),
        ("措施施清单，施清单。", {"措施": 20, "清单": 20}, True),
        ("方案核核查。", {"方案": 20, "核查": 20}, False),
        ("案核核查。", {"核查": 20}, True),
        ("核核查。", {"核查": 20}, False),
        # A slip that the rule itself names is none to doubt; nor is a particle.
        ("措施施清单。", {"措施": 20, "清单": 20, "施": 17, "己": 1}, True),
    ],
)
def test_where_two_words_may_meet_a_doubling_is_doubtful(
    monkeypatch: pytest.MonkeyPatch, text: str, words: dict[str, int], *, is_doubtful: bool
) -> None:
    bits(monkeypatch, words)
    (match,) = matches("doubled", text, doubtful="info")
    assert (match.severity, match.edits == ()) == ("info" if is_doubtful else None, is_doubtful)
    (match,) = matches("doubled", text)
    assert match.severity is None
    assert match.edits


@pytest.mark.parametrize(
    ("text", "given", "words", "said"),
    [
        ("水渠进行进行检修。", {}, {"水渠": 20, "进行": 20}, ["进行进行"]),
        ("水渠进行进行检修。", {}, {"水渠": 20}, []),
        ("水渠进步行进步行。", {}, {"进步行": 20}, ["进步行进步行"]),
        ("水渠组织组织力。", {}, {"组织": 20, "组织力": 30}, []),
        ("水渠组织组织力。", {}, {"组织": 20}, ["组织组织"]),
        ("水渠组织组织力量。", {}, {"组织": 20, "组织力量": 30}, []),
        ("水渠三个三个放。", {}, {"三个": 20}, []),
        # A character that makes a longer word of what stands before it.
        ("水渠居民居民区。", {"suffixes": "区"}, {"居民": 20}, []),
        ("水渠居民居民区里。", {"suffixes": "区"}, {"居民": 20, "区里": 20}, ["居民居民"]),
        ("水渠居民居民区。", {"suffixes": "县"}, {"居民": 20}, ["居民居民"]),
    ],
)
def test_a_word_typed_twice(
    monkeypatch: pytest.MonkeyPatch, text: str, given: dict[str, Any], words: dict[str, int], said: list[str]
) -> None:
    bits(monkeypatch, words)
    answer = matches("doubled", text, **given)
    assert [each.values["found"] for each in answer] == said
    assert [each.values["replacement"] for each in answer] == [each[: len(each) // 2] for each in said]


@pytest.mark.parametrize(
    ("text", "given", "words", "is_doubtful"),
    [
        ("水渠进行进行检修。", {}, {"水渠": 20, "进行": 20}, False),
        ("水渠进行进行检修。", {}, {"进行": 20}, True),
        ("清水渠进行进行检修。", {}, {"清水渠": 20, "进行": 20}, False),
        ("进行进行检修。", {}, {"进行": 20}, False),
        ("，的进行进行检修。", {"particles": "的"}, {"进行": 20}, False),
        ("水渠进行进行检修。", {"twice": "进"}, {"水渠": 20, "进行": 20}, True),
        ("水渠进行进行检修。", {"twice": "行"}, {"水渠": 20, "进行": 20}, False),
        # It begins within a word before it, or behind what may be part of it.
        ("水渠进行进行检修。", {}, {"水渠": 20, "进行": 20, "渠进": 20}, True),
        ("水渠进行进行检修。", {}, {"水渠": 20, "进行": 20, "渠进行": 20}, True),
        ("水渠进行进行检修。", {}, {"水渠": 20, "进行": 20, "水渠进行": 20}, True),
        ("水渠进行进行检修。", {}, {"水渠": 20, "进行": 20, "渠行": 20}, False),
    ],
)
def test_a_doubled_word_is_doubtful_within_another(
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    given: dict[str, Any],
    words: dict[str, int],
    *,
    is_doubtful: bool,
) -> None:
    bits(monkeypatch, words)
    (match,) = matches("doubled", text, doubtful="info", **given)
    assert (match.severity == "info") is is_doubtful


def test_words_that_another_rule_looks_for_are_let_be(monkeypatch: pytest.MonkeyPatch) -> None:
    bits(monkeypatch, {"水渠": 20, "进行": 20})

    for known, said in (("进行进行", 0), ("进行", 1)):
        rows: dict[str, Any] = {"l": [[known, "进行", [], None, None]]}
        resources = Resources(trusted=True, tables={}, masks={}, aliases={}, lexicons=rows)
        check = kind("doubled")({"on": ["articles.paragraphs"], "known": "l", "mask": []}, resources)
        answer = check.run(CheckContext(document("水渠进行进行检修。")))
        assert isinstance(answer, list)
        assert len(answer) == said


HAN: dict[str, Any] = {"left": "number", "right": "han", "order": "both", "style": "consistent"}
TIGHT = "共12个街道、345个社区，有60个站点。"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # Three places of one kind, and seven of ten, are a majority.
        ("有12人， 34 人", CannotAssess),
        ("甲12乙34，56 丁", ["56 丁"]),
        ("甲12乙，34 丁", CannotAssess),
        ("甲12乙34丙56丁78，9 丁，1 丁", ["9 丁", "1 丁"]),
        ("甲12乙34丙56丁78，9 丁，1 丁，2 丁", ["9 丁", "1 丁", "2 丁"]),
        ("甲12乙34丙56丁，9 丁，1 丁，2 丁", CannotAssess),
    ],
)
def test_which_way_is_that_of_the_document(text: str, said: Any) -> None:
    answer = run("spacing", text, **HAN)
    if said is CannotAssess:
        assert isinstance(answer, CannotAssess)
    else:
        assert found("spacing", text, **HAN) == said


@pytest.mark.parametrize(
    ("text", "order", "said"),
    [
        ("共 12 个", "both", ["共 12 个"]),
        ("共 12 个", "one", ["12 个"]),
        ("共 12，", "one", []),
        ("共\u00a012个", "both", ["共\u00a012"]),
        ("共\u300012个", "both", []),
        ("约 1,234.5 个", "both", ["约 1,234.5 个"]),
        ("约 50% 的", "both", ["约 50% 的"]),
        ("的 C919 型", "both", []),
        ("的 5G 型", "both", []),
        ("的 -5 度", "both", []),
        ("第 〇 号", "both", []),
        ("〇 12 号", "both", ["〇 12 号"]),
    ],
)
def test_no_space_where_there_is_to_be_none(text: str, order: str, said: list[str]) -> None:
    answer = run("spacing", text, **{**HAN, "order": order, "style": "none"})
    assert ([text[slice(*each.span)] for each in answer] if isinstance(answer, list) else []) == said
    if isinstance(answer, list) and order == "both":
        assert re.search("[ \u00a0]", mended(text, answer)) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("高3 km", ["3 km"]),
        ("高3km", []),
        ("高3 kmx", []),
        ("高3 个", []),
        ("高3 m²", ["3 m²"]),
        ("高50% m", []),
        ("C3 km", []),
    ],
)
def test_units_stand_right_behind_their_numbers(text: str, said: list[str]) -> None:
    answer = run("spacing", text, left="number", right="unit", style="none")
    assert ([text[slice(*each.span)] for each in answer] if isinstance(answer, list) else []) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("为5 %", ["5 %"]),
        ("为5\u3000%", ["5\u3000%"]),
        ("为5 ％", ["5 ％"]),
        ("为-5 ℃", ["5 ℃"]),
        ("为CR-5 %", []),
        ("为3-5 %", ["3-5 %"]),
        ("为）-5 %", []),
        ("为5%", []),
    ],
)
def test_a_percent_sign_stands_right_behind_its_number(text: str, said: list[str]) -> None:
    answer = run("spacing", text, left="number", right="percent", style="none")
    assert ([text[slice(*each.span)] for each in answer] if isinstance(answer, list) else []) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("有1 20人", ["1 20"]),
        ("有1. 5人", ["1. 5"]),
        ("有1 .5人", ["1 .5"]),
        ("有1 20 3人", []),
        ("有A1 20人", []),
        ("有1 20A", []),
        ("有2019 2020人", []),
        ("有2019 202人", ["2019 202"]),
        ("有2 600人", ["2 600"]),
        ("有2 600人，3 700人", []),
        ("有2 600人，3 70人", ["2 600", "3 70"]),
    ],
)
def test_a_number_is_not_broken(text: str, said: list[str]) -> None:
    answer = run("spacing", text, left="number", right="number", style="none")
    assert ([text[slice(*each.span)] for each in answer] if isinstance(answer, list) else []) == said
    if said and isinstance(answer, list):
        assert [str(each.values["replacement"]) for each in answer] == [
            each.replace(" ", "") for each in said
        ]


@pytest.mark.parametrize(
    ("left", "right", "is_right"),
    [("han", "number", True), ("han", "han", False), ("han", "unit", False), ("number", "han", True)],
)
def test_which_classes_go_together(left: str, right: str, *, is_right: bool) -> None:
    assert (not kind("spacing").mistakes({"left": left, "right": right})) is is_right


def test_a_row_of_words_and_figures_is_no_place() -> None:
    assert found("spacing", f"{TIGHT}\n东浦村 120户", **HAN) == []
    assert found("spacing", f"{TIGHT}\n东浦村，有 120户", **HAN) == ["有 120"]


@pytest.mark.parametrize(
    ("text", "across", "said"),
    [
        ("“甲\n乙”", 0, "“”"),
        ("“甲\n乙”", 1, ""),
        ("“甲\n乙\n丙”", 1, "“”"),
        ("“甲\n乙\n丙”", 2, ""),
        ("“甲\n乙\n丙”。", 2, ""),
        ("“甲\n乙\n丙”丁", 2, "“”"),
        ("“甲\n丙”丁", 2, ""),
        ("“甲\n乙\n”丁", 2, ""),
        # The last that is open is closed first.
        ("“甲\n（乙\n丙）\n丁”", 3, ""),
        ("“甲\n“乙\n丙", 3, "“"),
        ("“甲\n乙\n丙”\n丁”", 3, "”"),
    ],
)
def test_how_far_on_a_pair_may_close(text: str, across: int, said: str) -> None:
    assert "".join(found("balanced", text, across=across)) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("（甲“乙）丙”", [("）", "”")]),
        ("（甲“乙）丙", [("“", "”")]),
        ("（“甲）”（乙）", [("）", "”")]),
        ("((((((甲))))))", []),
        ("((((((甲)))))", [("(", "）")]),
        ("{甲}[乙]", []),
        ("“甲“乙“丙", [("“", "”")]),
        ("《甲《乙《丙", [("《", "》"), ("《", "》"), ("《", "》")]),
        ("1）甲", []),
        ("甲，12）乙", []),
        ("甲，1234）乙", [("）", "（")]),
        ("甲，a）乙", []),
        ("甲，ab）乙", [("）", "（")]),
        ("甲，十二）乙", []),
        ("甲，iv）乙", []),
        ("甲1）乙", [("）", "（")]),
        ("（甲，1）乙", []),
    ],
)
def test_marks_close_in_the_order_in_which_they_were_opened(text: str, said: list[tuple[str, str]]) -> None:
    answer = matches("balanced", text, pairs=["“”", "（）", "《》", "｛｝", "［］"])
    assert [(each.values["found"], each.values["expected"]) for each in answer] == said


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("甲，乙；丙？丁!", "甲，乙；丙？丁！"),
        ("甲，乙；丙:丁", "甲，乙；丙：丁"),
        ("甲，乙.", "甲，乙。"),
        ("甲，乙. 丙", "甲，乙。丙"),
        ("甲，乙.丙", "甲，乙.丙"),
        ("甲，乙,  丙", "甲，乙，丙"),
        ("甲，乙, \n丙", "甲，乙， \n丙"),
        ("甲，“乙,”", "甲，“乙，”"),
        # All Latin within marks: its own stops.
        ("甲，“Where is it?”", "甲，“Where is it?”"),
        ("甲，“去where?”", "甲，“去where？”"),
        ("甲，&amp;乙", "甲，&amp;乙"),
        ("甲，a;乙", "甲，a；乙"),
    ],
)
def test_half_width_marks_beside_chinese_are_mended(text: str, after: str) -> None:
    answer = run("full-width", text, together=9)
    assert (mended(text, answer) if isinstance(answer, list) else text) == after


@pytest.mark.parametrize(("count", "is_throughout"), [(3, False), (4, True), (5, True)])
def test_half_width_marks_throughout_are_one_habit(count: int, *, is_throughout: bool) -> None:
    answer = matches("full-width", "甲," * count + "乙", together=9, throughout="info")
    if is_throughout:
        (match,) = answer
        assert (match.severity, match.values["count"], len(match.places)) == ("info", count, count)
    else:
        assert [each.severity for each in answer] == [None] * count


@pytest.mark.parametrize(("together", "count"), [(None, 1), (2, 1), (3, 2)])
def test_from_how_many_on_marks_are_told_together(together: int | None, count: int) -> None:
    answer = matches("full-width", "甲，乙；丙？丁,戊,己", together=together)
    assert len(answer) == count
    assert answer[0].values["count"] == 2 // count


@pytest.mark.parametrize(
    ("text", "said"), [("甲，乙.丙", ["."]), ("甲乙.丙", ["."]), ("“甲.乙”", []), ("甲.乙", [])]
)
def test_stops_that_a_rule_tells(text: str, said: list[str]) -> None:
    answer = run("full-width", text, stops=["乙(?P<at>[.])丙", "甲(?P<at>[.])乙(?=”)"], mask=["quoted"])
    assert ([text[slice(*each.span)] for each in answer] if isinstance(answer, list) else []) == said


def test_regions_are_merged_and_parts_told_once() -> None:
    made = document("甲乙\n丙丁\n戊己")
    context = CheckContext(made, ["date"])
    one, both = ("articles.paragraphs",), ("articles", "articles.paragraphs")

    assert context.required == ("date",)
    assert context.regions(one) == [Span(0, 2), Span(3, 5), Span(6, 8)]
    assert context.regions(both) == context.regions(both[::-1]) == [Span(0, 8)]
    assert [node.path for node in context.select(("articles", "articles"))] == ["articles[0]"]
    assert [node.path for node in context.select(both)][-1] == "articles[0].paragraphs[2]"
    assert context.has(one)
    assert context.has(("masthead.date", "articles"))
    assert not context.has(("masthead.date",))
    assert not context.has(())
    assert context.named("raw") == [made.bulletin]
    assert len(context.named("articles[*].paragraphs[*]")) == 3
    assert context.named("articles.*") == context.named("articles.paragraphs") + context.named(
        "articles.blocks"
    )
    assert context.named("nothing.at.all") == []


def test_overlapping_regions_reach_to_the_later_end() -> None:
    made = document("甲乙丙丁戊己庚辛")
    made.bulletin.children = {
        "a": [Node("a[0]", Span(0, 3), "甲乙丙"), Node("a[1]", Span(6, 8), "庚辛")],
        "b": Node("b", Span(2, 5), "丙丁戊"),
        "c": Node("c", Span(1, 2), "乙"),
    }
    context = CheckContext(made)
    assert context.regions(("a", "b")) == [Span(0, 5), Span(6, 8)]
    assert context.regions(("a", "c")) == [Span(0, 3), Span(6, 8)]
    assert context.regions(("c", "b")) == [Span(1, 5)]
    assert part_at(context, ("a", "b"), Span(3, 4)) == "b"
    assert part_at(context, ("a",), Span(3, 4)) == ""


@pytest.mark.parametrize(
    ("selected", "others", "searched"),
    [(3, 3, "all"), (3, 4, "parts"), (12, 30, "parts"), (13, 30, "all"), (0, 5, None)],
)
def test_only_few_and_small_parts_are_searched_one_by_one(
    selected: int, others: int, searched: str | None
) -> None:
    # Each part has one character and its line end, which is in none.
    made = document("\n".join("甲" * (selected + others)))
    made.bulletin.children["few"] = made.bulletin.list("articles")[0].list("paragraphs")[:selected]
    found = CheckContext(made).searched(("few",))
    is_most = 2 * selected > len(made.text)
    if searched is None:
        assert found is None
    elif searched == "parts" or (selected <= 12 and not is_most):
        assert found == [Span(2 * number, 2 * number + 1) for number in range(selected)]
    else:
        assert found == ()


def test_what_several_rules_need_is_made_once() -> None:
    context, numbers = CheckContext(document("甲")), count(1)
    for _ in range(2):
        assert context.shared("key", lambda: next(numbers)) == 1
    assert context.shared("other", lambda: 5) == 5
    assert context.geometry is None


@pytest.mark.parametrize(
    ("regions", "starts", "expected"),
    [
        ((), [0, 1, 2, 3, 4], [0, 2]),
        ((), [1, 3], [1, 3]),
        ((), [], []),
        ([Span(0, 2)], [0, 1, 2, 3, 4], [0]),
        ([Span(1, 2), Span(2, 5)], [0, 1, 2, 3, 4], [1, 2]),
        ([Span(3, 4)], [0, 1, 2, 3, 4], [3]),
        ([Span(4, 5)], [0, 1, 2, 3, 4], []),
    ],
)
def test_matches_do_not_overlap_and_start_in_their_region(
    regions: Any, starts: list[int], expected: list[int]
) -> None:
    found = matches_at(re.compile("甲甲").match, "甲甲甲甲甲", starts, regions)
    assert [match.start() for match in found] == expected


def test_what_is_below_some_parts() -> None:
    leaf, other = Node("a.b", Span(0, 1), "甲"), Node("a.c[0]", Span(1, 2), "乙")
    node = Node("a", Span(0, 2), "甲乙", children={"b": leaf, "c": [other], "d": None})
    assert below([node], "b") == [leaf]
    assert below([node, node], "c") == [other, other]
    assert below([node], "*") == [leaf, other]
    assert below([node], "d") == below([node], "e") == below([], "*") == []


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("见a.pdf，见b", f"见{BLOT * 5}，见b"),
        ("见文件a.pdf", BLOT * 8),
        ("见文件 a.pdf", f"见文件 {BLOT * 5}"),
        ("甲", "甲"),
        ("a.pdfb.pdf", BLOT * 10),
    ],
)
def test_a_mask_covers_what_begins_before_it_too(text: str, masked: str) -> None:
    mask = Mask(Pattern(r"[a-z]\.pdf", trusted=True), Pattern(r"(?:见?文件)\Z", trusted=True))
    context = CheckContext(document(text))
    for _ in range(2):
        assert context.masked([mask], ["file"]) == masked


@pytest.mark.parametrize(
    ("given", "names"),
    [({}, ("url", "email", "date")), ({"mask": ["quoted"]}, ("quoted", "date")), ({"mask": []}, ()), ({"mask": ["date"]}, ("date",))],
)  # fmt: skip
def test_masks_that_stand_in_front_of_every_rule(given: dict[str, Any], names: tuple[str, ...]) -> None:
    resources = Resources(
        trusted=True,
        tables={"t": {"a": "b"}},
        masks=MASKS,
        aliases={"one": ["two", "x"], "two": ["y", "x"]},
        house_masks=["email"],
        mask_beginnings={"url": "见"},
        standing_masks=["date"],
    )
    found, masks = resources.masks(given)
    assert found == names
    assert [mask.pattern.source for mask in masks] == [MASKS[name] for name in names]
    assert [mask.pattern.trusted for mask in masks] == [name != "email" for name in names]
    assert [mask.beginning is not None for mask in masks] == [name == "url" for name in names]
    assert not any(mask.pattern.is_solid for mask in masks)
    assert resources.selectors(["one", "y", "z"]) == ("y", "x", "z")
    assert resources.table("t") == {"a": "b"}
    assert resources.pattern("甲").trusted


@pytest.mark.parametrize(
    ("span", "inside", "over"),
    [
        ((2, 4), True, True),
        ((2, 5), True, True),
        ((3, 3), True, False),
        ((1, 3), False, True),
        ((4, 6), False, True),
        ((5, 7), False, False),
        ((0, 2), False, False),
        ((7, 9), True, True),
        ((8, 10), False, True),
        ((9, 10), False, False),
    ],
)
def test_inside_and_over_spans(span: tuple[int, int], *, inside: bool, over: bool) -> None:
    regions = [Span(2, 5), Span(7, 9)]
    assert is_inside(Span(*span), regions) is inside
    if span != (3, 3):
        assert overlaps(Span(*span), regions) is over
    assert not is_inside(Span(*span), [])
    assert not overlaps(Span(*span), [])


def test_a_span_may_overlap_a_long_one_that_began_before_others() -> None:
    assert overlaps(Span(50, 51), [Span(0, 100), Span(10, 11), Span(20, 21)])
    assert not overlaps(Span(50, 51), [Span(0, 40), Span(10, 11), Span(51, 60)])


@pytest.mark.parametrize(
    ("pattern", "text", "span"),
    [
        ("甲(?P<at>乙)", "甲乙", (1, 2)),
        ("(?P<at>甲)丙|(?P<at2>乙)丁", "乙丁", (0, 1)),
        ("(?P<other>甲)乙", "甲乙", (0, 2)),
        ("(?P<at12>甲)乙", "甲乙", (0, 2)),
        ("(?P<at>甲)?乙", "乙", (0, 1)),
    ],
)
def test_which_characters_are_reported(pattern: str, text: str, span: tuple[int, int]) -> None:
    assert reported(re.match(pattern, text)) == Span(*span)


@pytest.mark.parametrize(
    ("template", "filled"),
    [("丙", "丙"), (r"\g<a>丙", "甲丙"), (r"\g<1>\g<2>", "甲乙"), (r"\\", "\\"), (r"\g<b>", "乙")],
)
def test_a_replacement_is_filled_in_as_the_text_has_it(template: str, filled: str) -> None:
    pattern = re.compile("(?P<a>.)(?P<b>.)")
    for searched in ("甲乙", f"甲{BLOT}"):
        match = pattern.match(searched)
        assert expanded(match, template, "甲乙") == filled


def test_where_a_house_sets_blanks_none_is_left_between_chinese() -> None:
    text = "共走访 3 户，共 4 户"
    context = CheckContext(document(text))
    assert context.document.solid is not None
    for replacement, span in (("三", (3, 6)), ("5", (4, 5)), ("三5", (3, 5)), ("5三", (4, 6)), ("", (4, 5))):
        edit = edited(context, Span(4, 5), replacement)
        assert (edit.span, edit.text) == (Span(*span), replacement)
    plain = CheckContext(document("共走访3户"))
    assert edited(plain, Span(3, 4), "三").span == Span(3, 4)
