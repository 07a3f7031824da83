"""Figures that must agree, dates at the edge, forms of parts and words of a list: each to the last unit."""

from __future__ import annotations

from typing import Any

import pytest

from bulletin_lint.checks import kind
from bulletin_lint.checks.context import CheckContext, Resources
from bulletin_lint.checks.text import lexicon
from bulletin_lint.checks.text.date_mentions import Mention, exists, mentions
from bulletin_lint.matching.vocabulary import Vocabulary
from bulletin_lint.model.document import Damage
from bulletin_lint.model.location import Span
from bulletin_lint.model.violation import Match
from bulletin_lint.model.wording import Wording
from hand_made import MASKS, document, found, matches, mended, run

LIST: dict[str, Any] = {
    "patterns": ["共(?P<whole>[0-9.,]+[万亿]?)件，其中(?P<parts>[^。]+)。"],
    "part": "[一-龥]+(?P<n>[0-9.,]+[万亿]?)件",
    "between": "、，",
}


def wrong(name: str, text: str, **parameters: Any) -> list[tuple[str, Any]]:
    """What is said to be wrong, and what should stand there."""
    said = [
        (str(each.values["found"]), each.values["expected"]) for each in matches(name, text, **parameters)
    ]
    assert [each for each, _ in said] == found(name, text, **parameters)
    return said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共10件，其中甲3件、乙7件。", None),
        ("共10件，其中甲3件、乙6件。", None),
        ("共10件，其中甲3件、乙8件。", "11"),
        ("共10件，其中甲3件、乙3件、丙5件。", "11"),
        # One part is no sum.
        ("共10件，其中甲13件。", None),
        ("共1,200件，其中甲600件、乙600件。", None),
        ("共1,200件，其中甲600件、乙601件。", "1201"),
        # A whole with a scale or decimals is rounded, by half of its last place.
        ("共1.2万件，其中甲6000件、乙6500件。", None),
        ("共1.2万件，其中甲6000件、乙6501件。", "1.2501万"),
        ("共1万件，其中甲8000件、乙7000件。", None),
        ("共1万件，其中甲8000件、乙7001件。", "1.5001万"),
        ("共2亿件，其中甲1亿件、乙1.5亿件。", None),
        ("共2亿件，其中甲1亿件、乙1.6亿件。", "2.6亿"),
        ("共1.5件，其中甲1件、乙0.55件。", None),
        ("共1.5件，其中甲1件、乙0.56件。", "1.56"),
        # So is one whose parts have decimals.
        ("共10件，其中甲3.1件、乙7.4件。", None),
        ("共10件，其中甲3.1件、乙7.5件。", "10.6"),
        ("共10件，其中甲3.0件、乙7.5件。", None),
        # What is no figure is not judged.
        ("共10件，其中甲3件、乙8.件。", None),
    ],
)
def test_parts_are_no_more_than_their_whole(text: str, expected: str | None) -> None:
    whole = text[1 : text.index("件")]
    said = wrong("arithmetic", text, relation="sum", **LIST)
    assert said == ([] if expected is None else [(whole, expected)])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共10件，其中甲3件、乙7件。", None),
        ("共10件，其中甲3件、乙6件。", "9"),
        ("共10件，其中甲3件、乙8件。", "11"),
        # The last is what the others leave of the whole, or of one of them.
        ("共30件，其中受理21件、办结18件、其余3件。", None),
        ("共30件，其中受理21件、办结18件、其余4件。", "43"),
        ("共30件，其中受理21件、办结18件、其余9件。", None),
        ("共10件，其中甲7件、乙4件、丙6件。", None),
        ("共10件，其中甲7件、乙3件、丙7件。", None),
        ("共8件，其中甲3件、乙3件。", "6"),
    ],
)
def test_parts_make_the_whole(text: str, expected: str | None) -> None:
    said = wrong("arithmetic", text, relation="total", **LIST)
    assert [each for _, each in said] == ([] if expected is None else [expected])


@pytest.mark.parametrize(
    ("parts", "relation", "expected"),
    [
        ("甲3件、乙7件，较上年增加5件", "sum", None),
        ("甲3件、乙8件，较上年增加5件", "sum", "11"),
        ("甲3件、乙7件、较上年增加5件", "sum", None),
        # The first part is one, whatever its words are.
        ("较上年增加3件、乙8件", "sum", "11"),
        # Behind a comma a verb begins something else, behind a noun or where the whole is made already.
        ("水利8件，开工6件", "sum", None),
        ("水利8件、开工6件", "sum", "14"),
        ("水利8件，交通6件", "sum", "14"),
        ("开工8件，竣工6件", "sum", "14"),
        ("开工10件，竣工6件", "sum", None),
        ("水利8件，开工6件", "total", "14"),
    ],
)
def test_where_the_parts_end(parts: str, relation: str, expected: str | None) -> None:
    said = wrong("arithmetic", f"共10件，其中{parts}。", relation=relation, no_part="较上年", **LIST)
    assert [each for _, each in said] == ([] if expected is None else [expected])


def test_without_words_of_further_figures_all_are_parts() -> None:
    text = "共10件，其中水利8件，开工6件。"
    assert wrong("arithmetic", text, relation="sum", **LIST) == [("10", "14")]


SHARE = ["(?P<whole>[0-9.]+[万]?)人中(?P<part>[0-9.]+[万]?)人，占(?P<percent>[0-9.]*)%"]


@pytest.mark.parametrize(
    ("whole", "part", "percent", "expected"),
    [
        ("100", "25", "25", None),
        ("100", "25", "26", None),
        ("100", "25", "24", None),
        ("100", "25", "27", "25"),
        ("100", "25", "23", "25"),
        # A tenth is let be, whatever the decimals.
        ("100", "25", "25.1", None),
        ("100", "25", "24.9", None),
        ("100", "25", "25.2", "25"),
        ("100", "25", "25.10", None),
        ("100", "25", "25.11", "25"),
        ("3", "1", "33", None),
        ("3", "1", "34", None),
        ("3", "1", "35", "33.3"),
        ("3", "1", "33.43", None),
        ("3", "1", "33.44", "33.33"),
        ("4", "4", "100", None),
        ("4", "4", "98", "100"),
        # More than the whole, or of nothing, is another thing.
        ("4", "5", "98", None),
        ("0", "0", "98", None),
        ("100", "25", "", None),
        # Figures with a scale are themselves rounded.
        ("1万", "2500", "26.4", None),
        ("1万", "2500", "26.5", "25"),
        ("1.0万", "2500", "26.4", None),
        ("1.00万", "2500", "25.2", None),
        ("1.00万", "2500", "25.3", "25"),
        ("10000", "0.25万", "25.1", None),
        ("100", "25.0", "25.1", None),
        ("100", "25.0", "25.2", "25"),
    ],
)
def test_a_share_is_the_part_of_the_whole(whole: str, part: str, percent: str, expected: str | None) -> None:
    text = f"全镇{whole}人中{part}人，占{percent}%。"
    said = wrong("arithmetic", text, relation="share", patterns=SHARE)
    assert said == ([] if expected is None else [(percent, expected)])


GROWTH = ["由(?P<before>[0-9.]+)增至(?P<after>[0-9.]+)，(?P<way>增长|下降)(?P<percent>[0-9.]+)%"]
WAYS: dict[str, Any] = {"falls": "下降", "ways": ["增长", "下降"]}


@pytest.mark.parametrize(
    ("before", "after", "way", "percent", "said"),
    [
        ("100", "120", "增长", "20", []),
        ("100", "120", "增长", "21", []),
        ("100", "120", "增长", "22", [("22", "20")]),
        ("100", "120", "增长", "18.9", [("18.9", "20")]),
        ("100", "80", "下降", "20", []),
        ("100", "80", "下降", "23", [("23", "20")]),
        ("100", "120", "下降", "20", [("下降", "增长")]),
        ("100", "80", "增长", "20", [("增长", "下降")]),
        ("100", "100", "增长", "0", []),
        ("0", "100", "增长", "20", []),
        ("100", "101.5", "增长", "1.7", [("1.7", "1.5")]),
        ("100", "101.5", "增长", "1.6", []),
        ("100", "98.5", "下降", "1.4", []),
        ("100", "98.5", "下降", "1.3", [("1.3", "1.5")]),
    ],
)
def test_a_growth_is_that_from_one_figure_to_the_other(
    before: str, after: str, way: str, percent: str, said: list[tuple[str, str]]
) -> None:
    text = f"由{before}增至{after}，{way}{percent}%。"
    assert wrong("arithmetic", text, relation="growth", patterns=GROWTH, **WAYS) == said
    # Which way it goes is judged where the rule says what tells a fall.
    unjudged = wrong("arithmetic", text, relation="growth", patterns=GROWTH)
    assert unjudged == [each for each in said if each[0] == percent]


@pytest.mark.parametrize(("change", "percent", "said"), [("20", "20", []), ("20", "22", [("22", "20")])])
def test_a_growth_by_a_change(change: str, percent: str, said: list[tuple[str, str]]) -> None:
    pattern = "由(?P<before>[0-9.]+)增加(?P<change>[0-9.]+)，增长(?P<percent>[0-9.]+)%"
    text = f"由100增加{change}，增长{percent}%。"
    assert wrong("arithmetic", text, relation="growth", patterns=[pattern]) == said


def test_a_figure_is_told_once_and_in_order() -> None:
    text = "由100增至120，增长30%。由100增至120，增长40%。"
    twice = [*GROWTH, GROWTH[0].replace("由", "由(?=1)")]
    assert [each for each, _ in wrong("arithmetic", text, relation="growth", patterns=twice)] == ["30", "40"]
    assert wrong("arithmetic", "没有数字。", relation="growth", patterns=twice) == []


@pytest.mark.parametrize(
    ("given", "is_right"),
    [
        ({}, True),
        ({"ways": ["升", "降"]}, True),
        ({"falls": "降"}, False),
        ({"falls": "降", "ways": ["升"]}, False),
        ({"falls": "降", "ways": ["升", "降"]}, True),
        ({"falls": "降", "ways": ["升", "降", "平"]}, False),
    ],
)
def test_where_the_way_is_judged_both_are_named(given: dict[str, Any], *, is_right: bool) -> None:
    said = kind("arithmetic").mistakes(given)
    assert [name for name, _ in said] == ([] if is_right else ["falls"])


@pytest.mark.parametrize(
    ("year", "month", "day", "is_one"),
    [
        (999, 1, 1, False),
        (1000, 1, 1, True),
        (9999, 12, 31, True),
        (10000, 1, 1, False),
        (None, 2, 29, True),
        (None, 2, 30, False),
        (2026, 12, None, True),
        (2026, 13, None, False),
        (2026, 0, None, False),
        (2026, 1, 0, False),
    ],
)
def test_which_dates_there_are(year: int | None, month: int, day: int | None, *, is_one: bool) -> None:
    assert exists(Mention(Span(0, 1), year, month, day)) is is_one


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("3月5日至3日", [("3日", "3月5日")]),
        ("3月5日至5日", []),
        ("3月5日至7日", []),
        ("3月5日至3月4日", [("3月4日", "3月5日")]),
        # Of the next year, perhaps.
        ("12月28日至1月3日", []),
        ("3月5日至2月3日", []),
        ("2026年3月5日至2026年2月10日", [("2026年2月10日", "2026年3月5日")]),
        ("2026年3月5日至2025年12月10日", [("2025年12月10日", "2026年3月5日")]),
        ("2026年3月5日至2026年3月5日", []),
        ("2026年3月5日至2027年2月10日", []),
        ("2026年12月28日至1月3日", []),
        ("2026年3月5日至3月4日", [("3月4日", "2026年3月5日")]),
        ("3月5日至2025年3月1日", []),
        # Only the two ends of a span.
        ("3月5日、3日", []),
        ("3月5日和3日", []),
        ("3月5日，3月3日", []),
        ("3月5日召开至3月3日", []),
        *[
            (f"3月5日{mark}3日", [("3日", "3月5日")])
            for mark in ("—", "～", "~", "－", "-", "——", "到", " 至 ")
        ],
        # What is no date is told elsewhere.
        ("3月35日至3日", []),
        ("2026年3月至2026年2月", []),
    ],
)
def test_a_span_ends_when_it_has_begun(text: str, said: list[tuple[str, str]]) -> None:
    violations = matches("calendar", text, **{"assert": "forward"})
    assert [(each.values["found"], each.values["date"]) for each in violations] == said


@pytest.mark.parametrize(
    ("issued", "text", "is_late"),
    [
        # Up to forty-five days ahead a date is one of the issue's year; months are taken as of 31 days.
        ("2026-03-06", "4月20日已办结。", True),
        ("2026-03-06", "4月21日已办结。", False),
        ("2026-03-06", "3月7日已办结。", True),
        ("2026-03-06", "3月6日已办结。", False),
        ("2026-03-06", "2026年9月1日已办结。", True),
        # Far back it may be one of the next.
        ("2026-12-20", "2月9日已办结。", False),
        ("2026-03-06", "3月35日已办结。", False),
        ("2026-03-06", "2026年4月已办结。", False),
    ],
)
def test_what_is_later_than_the_issue(issued: str, text: str, *, is_late: bool) -> None:
    said = matches("not-later", document(text, date=issued))
    assert [each.values["than"] for each in said] == [issued] * is_late


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3月5日印发。", ["3月5日"]),
        ("3月6日印发。", []),
        ("3月7日印发。", []),
        # Of the year before or of this one: it may be right.
        ("4月21日印发。", []),
        ("2025年4月21日印发。", ["2025年4月21日"]),
    ],
)
def test_what_is_earlier_than_the_issue(text: str, expected: list[str]) -> None:
    assert found("not-earlier", document(text, date="2026-03-06")) == expected


@pytest.mark.parametrize(
    ("text", "weekday"),
    [
        # 9 February 2026 was a Monday, that of 2027 a Tuesday, which 10 February 2026 was as well.
        ("2月9日（周一）", None),
        ("2月9日（周二）", None),
        ("2月9日（周三）", "周一"),
        ("2月10日（周二）", None),
        ("2月10日（周三）", "周二"),
    ],
)
def test_a_day_far_back_may_be_one_of_the_next_year(text: str, weekday: str | None) -> None:
    said = matches("calendar", document(text, date="2026-12-20"), **{"assert": "weekday"})
    expected = [each.values["expected"] for each in said]
    assert [each.zh for each in expected if isinstance(each, Wording)] == (
        [] if weekday is None else [weekday]
    )


@pytest.mark.parametrize(("number", "zh", "en"), [
    (2, "一", "Monday"), (3, "二", "Tuesday"), (4, "三", "Wednesday"), (5, "四", "Thursday"),
    (6, "五", "Friday"), (7, "六", "Saturday"), (8, "日", "Sunday"),
])  # fmt: skip
@pytest.mark.parametrize("word", ["星期", "周", "礼拜"])
def test_the_right_weekday_is_named_as_the_wrong_one_was(number: int, zh: str, en: str, word: str) -> None:
    other = "二" if zh == "一" else "一"
    (match,) = matches("calendar", f"2026年3月{number}日（{word}{other}）", **{"assert": "weekday"})
    assert match.values["expected"] == Wording(word + zh, en)
    assert (match.values["found"], match.values["date"]) == (word + other, f"2026年3月{number}日")


@pytest.mark.parametrize("mark", ["。", "；", "\n"])
def test_a_plan_is_one_in_its_own_sentence(mark: str) -> None:
    def late(text: str) -> list[str]:
        return found("not-later", document(text, date="2026-03-06"), unless=["将于"])

    assert late(f"将于3月8日开工{mark}3月9日已开工") == ["3月9日"]
    assert late(f"3月9日已开工{mark}将于3月8日开工") == ["3月9日"]
    assert late(f"甲{mark}3月9日已将于，甲") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [("收费自3月8日起。", []), ("收费自3月8日起；甲。", ["3月8日"]), ("自3月8日起", ["3月8日"])],
)
def test_the_mark_of_a_sentence_is_a_part_of_it(text: str, expected: list[str]) -> None:
    assert found("not-later", document(text, date="2026-03-06"), unless=["起。"]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025年以来，3月8日开工。", []),
        ("2026年以来，3月8日开工。", ["3月8日"]),
        # The last one told counts, in the same paragraph, and only for a date without a year.
        ("2025年以来，2026年以来，3月8日开工。", ["3月8日"]),
        ("2026年以来，2025年以来，3月8日开工。", []),
        ("2025年以来\n3月8日开工。", ["3月8日"]),
        ("3月8日开工，2025年以来", ["3月8日"]),
        ("2025年以来，2026年3月8日开工。", ["2026年3月8日"]),
    ],
)
def test_a_date_is_of_the_year_that_its_paragraph_told(text: str, expected: list[str]) -> None:
    made = document(text, date="2026-03-06")
    assert found("not-later", made, year_told="(?P<year>[0-9]{4})年以来") == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("2027年度计划", ["2027"]), ("2026年度计划", []), ("2025年度计划，3月8日", [])]
)
def test_years_in_place_of_dates(text: str, expected: list[str]) -> None:
    made = document(text, date="2026-03-06")
    said = matches("not-later", made, years="(?P<at>(?P<year>[0-9]{4}))年度")
    assert [text[slice(*each.span)] for each in said] == expected
    assert [each.values["found"] for each in said] == [f"{each}年度" for each in expected]


TWO: dict[str, Any] = {
    "variants": [
        {"pattern": "(?P<n>[0-9]+)％", "expected": "全角", "replacement": r"\g<n>％"},
        {"pattern": "(?P<n>[0-9]+)%", "expected": {"zh": "半角", "en": "narrow"}, "replacement": r"\g<n>%"},
    ]
}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1％，2％，3%", [("3%", 1, 3)]),
        ("1%，2％，3%", [("2％", 1, 3)]),
        # Neither is commoner, or the commoner is not common.
        ("1％，2％，3%，4%", []),
        ("1％，2%", []),
        ("1％，2％", []),
        ("没有", []),
        ("1％，2％，3％，4%，5%", [("4%", 2, 5)]),
    ],
)
def test_the_rarer_way_of_writing_is_told_once(text: str, said: list[tuple[str, int, int]]) -> None:
    violations = matches("consistent", text, **TWO)
    assert [(each.values["found"], each.values["count"], each.values["total"]) for each in violations] == said


def test_each_place_of_the_rarer_way_is_mended() -> None:
    text = "1％，2％，3％，4%，5%"
    (match,) = matches("consistent", text, **TWO)
    assert mended(text, [match]) == "1％，2％，3％，4％，5％"
    assert (match.values["form"], match.values["expected"]) == (
        Wording("半角", "narrow"),
        Wording("全角", "全角"),
    )
    assert [text[slice(*each.span)] for each in match.related] == ["5%"]
    assert [text[slice(*each.span)] for each in match.places] == ["4%", "5%"]
    (single,) = matches("consistent", "1％，2％，3%", **TWO)
    assert (single.places, single.related) == ((), ())


@pytest.mark.parametrize(
    ("least", "text", "count"),
    [(None, "1％，2％，3%", 1), (3, "1％，2％，3%", 0), (3, "1％，2％，5％，3%", 1), (2, "1％，2％，3%", 1)],
)
def test_how_often_the_commoner_way_must_occur(least: int | None, text: str, count: int) -> None:
    assert len(matches("consistent", text, least=least, **TWO)) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("1％，2％，约3%", 0),
        ("1％，2％，约3%，4%", 0),
        ("1％，2％，6％，约3%，4%", 1),
        ("1％，2％，“3%”", 0),
        ("1％，2％，6％，“3%”，4%", 1),
    ],
)
def test_what_is_excepted_or_masked_is_not_counted(text: str, count: int) -> None:
    given: dict[str, Any] = {**TWO, "except": ["约3"], "mask": ["quoted"]}
    # Two against one where one of two is excepted.
    assert len(matches("consistent", text, **given)) == (1 if text.endswith("约3%，4%") else count)


def parts(*fields: dict[str, Any], text: str = "甲方第8期") -> Any:
    """A document whose paragraphs have fields."""
    made = document(text)
    (article,) = made.bulletin.list("articles")
    for node, given in zip(article.list("paragraphs"), fields, strict=False):
        values: Any = node.fields
        values.update(given)
    return made


@pytest.mark.parametrize(
    ("given", "text", "is_right"),
    [
        ({"allow": ["第[0-9]+期"]}, "第8期", True),
        ({"allow": ["第[0-9]+期"]}, "第8期。", False),
        ({"allow": ["甲", "第[0-9]+期"]}, "第8期", True),
        ({}, "第8期", True),
        ({"reject": ["第8期"]}, "第8期", False),
        ({"reject": ["第8期"]}, "第9期", True),
        ({"reject": ["第8期"], "allow": ["第[0-9]+期"]}, "第8期", False),
        ({"skip": ["第8期"], "reject": ["第8期"], "allow": ["甲"]}, "第8期", True),
        ({"skip": ["甲"], "allow": ["乙"]}, "丙", False),
    ],
)
def test_which_forms_are_right(given: dict[str, Any], text: str, *, is_right: bool) -> None:
    assert found("format", text, **given) == ([] if is_right else [text])


@pytest.mark.parametrize(
    ("text", "replacement", "advice", "after"),
    [
        ("第08期", "第8期", Wording("应为“第8期”", "should be '第8期'"), "第8期"),
        # One mistake after the other, until it is right.
        ("第008期", "第8期", Wording("应为“第8期”", "should be '第8期'"), "第8期"),
        # What cannot be mended altogether is no fix.
        ("第08号", "第8号", Wording("应为“第8号”", "should be '第8号'"), "第08号"),
        ("第八期", "", "用阿拉伯数字", "第八期"),
        ("甲", "", Wording("写法不对", "not so"), "甲"),
    ],
)
def test_known_mistakes_are_mended(text: str, replacement: str, advice: Any, after: str) -> None:
    (match,) = matches(
        "format",
        text,
        allow=["第[1-9][0-9]*期"],
        replacements=[{"pattern": "第0(?P<n>[0-9]+)(?P<e>.)", "replacement": r"第\g<n>\g<e>"}] * 3,
        advice=[
            {"pattern": "第八期", "expected": "用阿拉伯数字", "severity": "error"},
            {"pattern": ".*", "expected": {"zh": "写法不对", "en": "not so"}},
        ],
    )
    assert (match.values["replacement"], match.values["advice"]) == (replacement, advice)
    assert mended(text, [match]) == after
    assert match.severity == ("error" if text == "第八期" else None)
    assert (match.values["found"], match.values["label"], match.values["value"]) == (text, "", "")


@pytest.mark.parametrize(("arabic", "replacement"), [(True, "第8期"), (False, "")])
def test_chinese_figures_are_tried_as_arabic_ones(replacement: str, *, arabic: bool) -> None:
    (match,) = matches("format", "第八期", allow=["第[1-9]期"], arabic=arabic)
    assert match.values["replacement"] == replacement
    assert bool(match.edits) is arabic


def test_a_field_of_a_part_is_judged_where_it_stands() -> None:
    made = parts({"value": "8", "value_span": Span(3, 4), "label": "第"}, text="甲方第8期\n乙方")
    assert run("format", made, field="value", allow=["[0-9]{2}"], on=["nothing"]) == "cannot-assess"
    (match,) = matches("format", made, field="value", allow=["[0-9]{2}"])
    assert (match.values["found"], match.values["label"], match.values["value"]) == ("8", "第", "8")
    assert match.part == "articles[0].paragraphs[0]"
    # A part without the field has nothing to judge.
    assert matches("format", made, field="value", allow=["8"]) == []


def damaged(*noted: Damage, text: str = "甲乙丙") -> Any:
    return document(text, damage=noted, joins_final=True)


@pytest.mark.parametrize("name", ["cut", "repeat", "width"])
def test_what_only_extraction_does_is_not_asked_of_a_file_that_says_all(name: str) -> None:
    assert run("absent-damage", damaged(Damage(name, Span(0, 1), "甲")), kind=name) == "not-applicable"


@pytest.mark.parametrize("name", ["lost", "unread", "embedded", "folded", "recognised"])
def test_other_harm_is(name: str) -> None:
    (match,) = matches("absent-damage", damaged(Damage(name, Span(0, 1), "甲", 3)), kind=name)
    assert (match.values["found"], match.values["count"], match.values["page"]) == ("甲", 1, 3)
    assert match.part == "articles[0].paragraphs[0]"


@pytest.mark.parametrize(
    ("noted", "count"), [(Span(0, 1), 2), (Span(0, 2), 1), (Span(2, 3), 2), (Span(1, 2), 1), (Span(3, 3), 2)]
)
def test_harm_that_a_pattern_finds_is_told_once(noted: Span, count: int) -> None:
    made = damaged(Damage("lost", noted, "x"))
    assert len(matches("absent-damage", made, kind="lost", patterns=["乙"])) == count
    assert (
        len(matches("absent-damage", damaged(text="“乙”"), kind="lost", patterns=["乙"], mask=["quoted"]))
        == 0
    )


def words(text: str, *rows: tuple[Any, ...], mask: Any = (), made: Any = None) -> list[Match]:
    """What a lexicon of some rows finds."""
    full = [list(row) + [[], None, None][len(row) - 2 :] for row in rows]
    resources = Resources(trusted=True, tables={}, masks=MASKS, aliases={}, lexicons={"l": full})
    parameters = {"on": ["articles.paragraphs"], "lexicon": "l", "mask": mask}
    found = kind("lexicon")(parameters, resources).run(CheckContext(made or document(text)))
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize(
    ("text", "rows", "said"),
    [
        ("按装设备，按装管线", [("按装", "安装")], [(0, "按装"), (5, "按装")]),
        ("安装设备", [("按装", "安装")], []),
        # From left to right, of those at one place the longest.
        ("甲乙丙丁", [("甲乙", "x"), ("甲乙丙", "y"), ("丙丁", "z")], [(0, "甲乙丙")]),
        ("甲乙丙丁", [("甲乙", "x"), ("乙丙丁", "y"), ("丙丁", "z")], [(0, "甲乙"), (2, "丙丁")]),
        ("甲甲甲", [("甲甲", "x")], [(0, "甲甲")]),
        # Rightly part of a longer word, wherever in that it stands.
        ("甲乙丙", [("乙", "x", ["甲乙"])], []),
        ("丁乙丙", [("乙", "x", ["甲乙"])], [(1, "乙")]),
        ("乙甲乙", [("乙", "x", ["乙甲乙"])], []),
        ("乙", [("乙", "x", ["甲乙"])], [(0, "乙")]),
        ("乙甲", [("乙", "x", ["甲乙", "乙甲"])], []),
        # What must end before it, or begin behind it.
        ("甲乙", [("乙", "x", [], "甲")], [(1, "乙")]),
        ("甲丙乙", [("乙", "x", [], "甲")], []),
        ("乙", [("乙", "x", [], "甲")], []),
        ("乙甲", [("乙", "x", [], None, "甲")], [(0, "乙")]),
        ("乙丙甲", [("乙", "x", [], None, "甲")], []),
        ("甲" + "丙" * 23 + "乙", [("乙", "x", [], "甲丙+")], [(24, "乙")]),
        ("甲" + "丙" * 24 + "乙", [("乙", "x", [], "甲丙+")], []),
        ("乙" + "丙" * 23 + "甲", [("乙", "x", [], None, "丙+甲")], [(0, "乙")]),
        ("乙" + "丙" * 24 + "甲", [("乙", "x", [], None, "丙+甲")], []),
    ],
)
def test_words_of_a_list_are_found_where_they_are_wrong(
    monkeypatch: pytest.MonkeyPatch, text: str, rows: list[tuple[Any, ...]], said: list[tuple[int, str]]
) -> None:
    monkeypatch.setattr(lexicon, "vocabulary", lambda: Vocabulary(b""))
    assert [(each.span.start, each.values["found"]) for each in words(text, *rows)] == said


def test_a_word_is_replaced_by_the_right_one_and_left_if_there_is_none() -> None:
    (match,) = words("按装设备", ("按装", "安装"))
    assert mended("按装设备", [match]) == "安装设备"
    assert (match.values["replacement"], match.part) == ("安装", "articles[0].paragraphs[0]")
    (match,) = words("按装设备", ("按装", "按装"))
    assert match.edits == ()


def test_what_a_mask_covers_or_no_part_holds_is_no_word() -> None:
    assert words("“按装”设备", ("按装", "安装"), mask=["quoted"]) == []
    assert len(words("“按装”设备", ("按装", "安装"))) == 1


@pytest.mark.parametrize("count", [99, 100, 150])
def test_many_words_are_found_as_few_are(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "vocabulary", lambda: Vocabulary(b""))
    rows: list[list[Any]] = [[f"{chr(0x4E00 + number)}鑫", "x", [], None, None] for number in range(count)]
    resources = Resources(trusted=True, tables={}, masks={}, aliases={}, lexicons={"l": rows})
    check = kind("lexicon")({"on": ["articles.paragraphs"], "lexicon": "l", "mask": []}, resources)
    made = document("一鑫一鑫，丁丁鑫")
    for _ in range(7):
        found = check.run(CheckContext(made))
        assert isinstance(found, list)
        assert [each.span.start for each in found] == [0, 2, 6]


def test_the_words_of_a_list_are_its_gate() -> None:
    gate = kind("lexicon").gate({"lexicon": "l"}, {"l": [["乙", "x"], ["甲", "y"], ["乙", "z"]]})
    assert gate is not None
    assert gate.literals == ("乙", "甲")


def bits(**words: int) -> Vocabulary:
    return Vocabulary("".join(f"{word}{chr(48 + words[word])}n\n" for word in sorted(words)).encode())


@pytest.mark.parametrize(
    ("known", "is_wrong"),
    [
        ({}, True),
        # One ordinary word ends within it and another begins there, both going beyond it.
        ({"甲乙": 40, "丙丁": 40}, False),
        ({"甲乙": 41, "丙丁": 40}, True),
        ({"甲乙": 40, "丙丁": 41}, True),
        ({"戊甲乙": 40, "丙丁己": 40}, False),
        ({"庚戊甲乙": 40, "丙丁己辛": 40}, False),
        ({"乙": 1, "丙": 1}, True),
        # One common word is enough where the other character is common by itself.
        ({"甲乙": 30, "丙": 31}, False),
        ({"甲乙": 31, "丙": 31}, True),
        ({"甲乙": 30, "丙": 32}, True),
        ({"乙": 32, "丙丁": 30}, True),
        ({"乙": 31, "丙丁": 31}, True),
    ],
)
def test_a_seam_of_two_words_is_no_word(
    monkeypatch: pytest.MonkeyPatch, known: dict[str, int], *, is_wrong: bool
) -> None:
    monkeypatch.setattr(lexicon, "vocabulary", lambda: bits(**known))
    assert bool(words("庚戊甲乙丙丁己辛", ("乙丙", "壬癸"))) is is_wrong


@pytest.mark.parametrize(
    ("right", "is_wrong"),
    [
        # As it stands: 乙 31 and 丙丁 30, and 己 and 辛 of no word with 48 each; ten more make it wrong.
        (61 - 10, True),
        (61 - 9, False),
        (61, False),
    ],
)
def test_a_text_far_likelier_with_the_right_word_is_wrong(
    monkeypatch: pytest.MonkeyPatch, right: int, *, is_wrong: bool
) -> None:
    # 壬癸丁 is one word of that many half bits.
    monkeypatch.setattr(lexicon, "vocabulary", lambda: bits(乙=31, 丙丁=30, 壬癸丁=right))
    assert bool(words("庚戊甲乙丙丁己辛", ("乙丙", "壬癸"))) is is_wrong
    # Where another word ends within it, it is none.
    monkeypatch.setattr(lexicon, "vocabulary", lambda: bits(乙=31, 丙丁=30, 壬癸丁=right, 甲乙=40))
    assert not words("庚戊甲乙丙丁己辛", ("乙丙", "壬癸"))


@pytest.mark.parametrize(
    ("entry", "known", "is_wrong"),
    [
        # 丙丁 begins with the wrong character and makes the rest likelier: thirteen half bits are enough.
        (("甲乙丙", "甲乙戊"), {"丙丁": 30, "戊": 20, "丁": 23}, False),
        (("甲乙丙", "甲乙戊"), {"丙丁": 31, "戊": 20, "丁": 23}, True),
        (("甲乙丙", "甲乙戊"), {"戊": 40, "丁": 48}, True),
        # Only where the last character is the wrong one, of three or more.
        (("乙丙", "乙戊"), {"丙丁": 30, "戊": 20, "丁": 23}, True),
        (("甲乙丙", "戊乙丙"), {"丙丁": 1, "戊": 20, "丁": 23}, True),
        (("甲乙丙", "甲戊"), {"丙丁": 1, "戊": 20, "丁": 23}, True),
    ],
)
def test_a_word_whose_last_character_begins_another(
    monkeypatch: pytest.MonkeyPatch, entry: tuple[str, str], known: dict[str, int], *, is_wrong: bool
) -> None:
    monkeypatch.setattr(lexicon, "vocabulary", lambda: bits(**known))
    assert bool(words("甲乙丙丁。", entry)) is is_wrong


def test_the_other_word_may_be_a_short_one_before_more(monkeypatch: pytest.MonkeyPatch) -> None:
    for known, is_wrong in (({"丙丁": 1}, False), ({"丙丁己": 1}, False), ({"丙己": 1}, True)):
        monkeypatch.setattr(lexicon, "vocabulary", lambda known=known: bits(**known))
        assert bool(words("甲乙丙丁己。", ("甲乙丙", "甲乙戊"))) is is_wrong


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("开至2026年2月30日止", ("2026年2月30日", 2026, 2, 30)),
        ("开至4月31日止", ("4月31日", "", 4, 31)),
        ("开至2026年13月止", ("2026年13月", 2026, 13, "")),
        ("开至2026-02-30止", ("2026-02-30", 2026, 2, 30)),
    ],
)
def test_an_impossible_date_is_told_with_its_parts(text: str, values: tuple[Any, ...]) -> None:
    (match,) = matches("calendar", text, **{"assert": "exists"})
    assert tuple(match.values[name] for name in ("found", "year", "month", "day")) == values
    assert text[slice(*match.span)] == values[0]
    assert match.part == "articles[0].paragraphs[0]"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("3月7日至8日（周六、周日）", [5, 6]),
        ("3月7日、8日（周六、周日）", [5, 6]),
        ("3月7日、9日（周六、周一）", [5, 0]),
        ("3月7日至9日（周六至周一）", [5, 0]),
        # Two weekdays in a list are those of two days in a list, or of two that follow one another.
        ("3月7日至9日（周六、周一）", [None, None]),
        ("3月7日至8日（周六）", [None, 5]),
        ("3月7日至8日召开", [None, None]),
        ("3月7日（周六、周日）", [None]),
        ("3月7日、8日、9日（周六、周日）", [None, None, None]),
    ],
)
def test_two_weekdays_in_one_bracket(text: str, numbers: list[int | None]) -> None:
    found = [each.weekday for each in mentions(text)]
    assert [None if each is None else each.number for each in found] == numbers
    assert all(each is None or each.span.end <= len(text) for each in found)
