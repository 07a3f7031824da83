from __future__ import annotations

import pytest

from bulletin_lint.checks.text.forbidden import Forbidden
from bulletin_lint.model.document import Document
from bulletin_lint.model.wording import Wording
from hand_made import document, found, matches, mended, run


def test_every_occurrence_stands_on_its_own_words() -> None:
    assert ["截止", "截止"] == found("forbidden", "截止3月。\n截止5月。", pattern="截止(?=[0-9])")


def test_the_place_is_the_group_at_of_the_alternative_that_matched() -> None:
    text = "甲12年，乙34 年"
    assert ["12", "34"] == found(
        "forbidden", text, pattern="年(?:(?<=(?P<at>[0-9]{2})年)|(?<=(?P<at2>[0-9]{2}) 年))"
    )


def test_words_are_taken_as_written_and_the_longest_first() -> None:
    assert ["其它的", "A.B"] == found("forbidden", "其它的，A.B，AxB", words=["其它", "其它的", "A.B"])


def test_the_first_variant_that_matches_a_place_wins() -> None:
    variants = [
        {"pattern": "甲乙", "expected": "丙"},
        {"pattern": "乙", "severity": "info", "expected": {"zh": "丁", "en": "D"}},
    ]
    first, second = matches("forbidden", "甲乙，乙", variants=variants)
    assert ("甲乙", "丙", None) == (first.values["found"], first.values["expected"], first.severity)
    assert ("乙", Wording("丁", "D"), "info") == (
        second.values["found"],
        second.values["expected"],
        second.severity,
    )


def test_replacement_speaks_of_groups() -> None:
    text = "2026年03月"
    (match,) = matches("forbidden", text, pattern="年(?P<at>0(?P<month>[1-9]))", replacement=r"\g<month>")
    assert "2026年3月" == mended(text, [match])
    assert ("03", "3", "3") == tuple(match.values[name] for name in ("found", "replacement", "month"))


def test_an_empty_replacement_deletes() -> None:
    text = "热\u200b线"
    assert "热线" == mended(text, matches("forbidden", text, pattern="\u200b", replacement=""))


def test_translate_maps_characters_and_lets_be_what_it_does_not_change() -> None:
    text = "二零二六年，二〇二六年"
    violations = matches(
        "forbidden", text, pattern="[二零〇六]{4}", translate="zeros", tables={"zeros": {"零": "〇"}}
    )
    assert ["二零二六"] == [match.values["found"] for match in violations]
    assert "二〇二六年，二〇二六年" == mended(text, violations)


def test_masks_are_blotted_out_unless_the_rule_wants_none() -> None:
    text = "见https://a.cn/b,c，甲,乙"
    assert [","] == found("forbidden", text, pattern=",")
    assert [",", ","] == found("forbidden", text, pattern=",", mask=[])


def test_a_hit_that_overlaps_an_exception_is_let_be() -> None:
    assert ["反应"] == found("forbidden", "化学反应，反应情况", pattern="反应", **{"except": ["化学反应"]})


def test_needs_is_a_gate() -> None:
    assert [] == found("forbidden", "甲乙", pattern="甲", needs=["丙", "丁"])
    assert ["甲"] == found("forbidden", "甲丁", pattern="甲", needs=["丙", "丁"])


def test_each_block_or_document_is_reported_once_with_all_edits() -> None:
    text = "甲,乙,丙\n丁,戊"
    by_block = matches("forbidden", text, pattern=",", replacement="，", each="block")
    assert [(1, 2), (7, 1)] == [(match.span.start, match.values["count"]) for match in by_block]
    (whole,) = matches("forbidden", text, pattern=",", replacement="，", each="document")
    assert 3 == whole.values["count"]
    assert "甲，乙，丙\n丁，戊" == mended(text, [whole])


def test_only_the_selected_parts_are_looked_at() -> None:
    made = document("甲\n甲")
    paragraphs = made.bulletin.list("articles")[0].list("paragraphs")
    made.bulletin.list("articles")[0].children["paragraphs"] = paragraphs[1:]
    assert [2] == [match.span.start for match in matches("forbidden", made, pattern="甲")]
    assert "cannot-assess" == run("forbidden", made, pattern="甲", on=["masthead.date"])


@pytest.mark.parametrize("others", [1, 30])
def test_what_follows_a_selected_part_is_seen_however_small_the_part(others: int) -> None:
    # Of a long text only the small parts are searched that a rule is about.
    made = document("甲\n乙\n甲\n丙" + "\n丁丁" * others)
    article = made.bulletin.list("articles")[0]
    article.children["paragraphs"] = [node for node in article.list("paragraphs") if node.text == "甲"]
    for trusted in (True, False):
        found = matches("forbidden", made, pattern="甲$(?=\n乙)", trusted=trusted)
        assert [0] == [match.span.start for match in found]
    assert [] == matches("forbidden", made, pattern="乙")


def test_raw_sees_the_source_before_folding() -> None:
    made = document("工作")
    folded = Document("x.md", made.reading, "工作", made.blocks, [(0, 0)], (), (), "⼯作")
    assert ["U+2F2F"] == [
        match.values["code_points"] for match in matches("forbidden", folded, pattern="⼯", on=["raw"])
    ]


def test_a_house_pattern_runs_by_regex() -> None:
    assert ["甲甲"] == found("forbidden", "甲甲乙", pattern="(?P<one>甲)(?P=one)", trusted=False)


def test_placeholders_are_the_groups_and_the_kinds_own() -> None:
    names = Forbidden.placeholders({"pattern": "(?P<month>[0-9])", "variants": [{"pattern": "(?P<day>x)"}]})
    assert {"found", "code_points", "replacement", "expected", "count", "in_all", "month", "day"} == names


def test_something_to_forbid_is_needed() -> None:
    assert ["check"] == [name for name, _ in Forbidden.mistakes({})]
    assert [] == Forbidden.mistakes({"words": ["甲"]})


def test_the_part_is_the_innermost() -> None:
    (match,) = matches("forbidden", "甲\n乙", pattern="乙", on=["articles"])
    assert "articles[0].paragraphs[1]" == match.part


def test_format_allows_rejects_and_skips() -> None:
    text = "第1期\n第011期\n第〇期\n增刊"
    violations = matches(
        "format",
        text,
        allow=["第[0-9]+期"],
        reject=["第0.*"],
        skip=["增刊"],
        replacements=[{"pattern": "第0+([0-9]+)期", "replacement": r"第\1期"}],
    )
    assert ["第011期", "第〇期"] == [match.values["found"] for match in violations]
    assert "第1期\n第11期\n第〇期\n增刊" == mended(text, violations)


def test_format_judges_a_field_where_there_is_one() -> None:
    made = document("电话：1")
    node = made.bulletin.list("articles")[0].list("paragraphs")[0]
    assert [] == matches("format", made, field="value", allow=["[0-9]{8}"])
    node.fields.update({"label": "电话", "value": "1"})
    (match,) = matches("format", made, field="value", allow=["[0-9]{8}"])
    assert ("1", "电话", "1") == tuple(match.values[name] for name in ("found", "label", "value"))
    assert "cannot-assess" == run("format", made, on=["masthead.date"], allow=["x"])
