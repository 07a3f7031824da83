"""The parts of a bulletin as people and programs are told them, why a line was read so, and what SARIF says of a report."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache, partial
from typing import Any

import pytest

from bulletin_lint import __version__
from bulletin_lint.model.document import Document
from bulletin_lint.model.location import Location, PageBox, Span, StoryPlace
from bulletin_lint.model.report import FileResult, Report, RuleNote
from bulletin_lint.model.source import KindNote
from bulletin_lint.model.violation import (
    Applicability,
    Edit,
    Fix,
    PlacedEdit,
    RelatedPlace,
    Severity,
    Violation,
    Waived,
)
from bulletin_lint.model.wording import Language, Wording, same
from bulletin_lint.parsing import parse
from bulletin_lint.parsing.decoder import Doubt
from bulletin_lint.parsing.explanation import Sum
from bulletin_lint.readers.text.reader import read_text
from bulletin_lint.reporters import parts_json, sarif, structure_text
from bulletin_lint.reporters.parts_tree import PartsTree
from laid_out import grammar
from made_parts import node, with_parts
from told_in_formats import report, violation

TEXT = """\
# 松湖区情况简报

第3期

松湖区文明办　　2020年3月6日

按语：请各地参阅。

【基层动态】

## 松湖区办夜校

白鸥街道开课,效果好。

（白鸥街道）

责编：王某

报：市委

共印50份
"""


@cache
def bulletin() -> Document:
    return parse("a.md", read_text("a.md", TEXT.encode()), grammar())


def tree(document: Document, language: Language = "zh", damage: Sequence[Violation] = ()) -> list[str]:
    made = PartsTree(
        document, Wording("文本", "text"), lambda name: Wording(f"域{name}", f"field {name}"), language
    )
    return made.render(damage).splitlines()


made = partial(with_parts, "a.md")


# --- for people ----------------------------------------------------------------------------------------


def test_each_part_stands_below_its_heading_with_its_line() -> None:
    lines = tree(bulletin())

    assert lines[0] == "a.md  文本，utf-8"
    told = {
        line.split()[1]: line.split()[0]
        for line in lines
        if len(line.split()) > 1 and line.split()[0].isdecimal()
    }
    assert (told["刊名"], told["期号"]) == ("1", "3")
    assert "报头" in lines
    assert "文章 1" in lines
    assert "版记" in lines
    assert "报送范围" in lines
    assert any(line.split()[:1] == ["17"] and line.endswith("王某") for line in lines)
    assert any("域editor" in line for line in lines)


def test_of_a_bulletin_with_nothing_the_expected_parts_are_none() -> None:
    assert tree(made({})) == [
        "a.md  文本，utf-8",
        "报头",
        *(
            f"         {name}{' ' * (16 - 2 * len(name))} （无）"
            for name in ("刊名", "期号", "编发单位", "编发日期")
        ),
        "版记",
        "报送范围",
    ]
    assert tree(made({}), "en")[1:] == [
        "masthead",
        "         title            (none)",
        "         issue number     (none)",
        "         office           (none)",
        "         date             (none)",
        "imprint",
        "distribution",
    ]


def test_parts_are_told_with_what_they_mean() -> None:
    masthead = node(
        "", children={"issue_number": node("第三期", 2, value=3), "title": node("简报", value="简报")}
    )
    lines = tree(made({"masthead": masthead}), "en")

    # A value that says the same again is not told twice.
    assert lines[2:4] == ["    1    title            简报", "    3    issue number     第三期  → 3"]


def test_articles_are_told_with_their_blocks() -> None:
    column = node("【动态】", 1)
    blocks = [
        node("甲乙", 3, kind="paragraph"),
        node("一是好。", 3, kind="lead-in", lead="一是"),
        node("", 3, kind="table", rows=[["甲", "乙"], ["丙", "丁"]]),
    ]
    first = node(
        "",
        children={
            "column": column,
            "title": node("题\n目", 2),
            "blocks": blocks,
            "attributions": [node("（某处）", 3, value="某处")],
        },
    )
    second = node("", children={"column": column, "blocks": []})
    third = node("", children={"blocks": []})
    lines = tree(made({"articles": [first, second, third]}), "en")[6:-2]

    assert lines[0].split() == ["1", "column", "【动态】"]
    assert lines[1] == "article 1"
    assert lines[2].split() == ["3", "title", "题", "⏎", "目"]
    assert lines[3].endswith(" 甲乙")
    assert lines[4].endswith(" 〖一是〗好。")
    assert lines[5].endswith(" 甲 | 乙 ⏎ 丙 | 丁")
    assert lines[6].endswith(" （某处）  → 某处")
    assert lines[7:] == ["article 2", "article 3"]


def test_what_stands_elsewhere_is_told_where_there_is_some() -> None:
    lines = tree(
        made(
            {
                "contents": [node("目一", 1)],
                "remarks": [node("请阅。", 2)],
                "note": node("按语。", 2),
                "imprint": node(
                    "", children={"editor": [node("责编：甲", 3, value="甲"), node("责编：乙", 3)]}
                ),
                "distribution": [node("报：市委", 3, role="report", value="市委")],
                "copies": node("共印50份", 3, value=50),
                "printed": node("办公室印", 3),
                "other": [node("零行", 1)],
                "furniture": [node("— 2 —", 1, page=2), node("— 3 —", 1)],
            }
        ),
        "en",
    )[6:]

    assert [" ".join(line.split()) for line in lines] == [
        "contents", "1 目一", "3 remarks 请阅。", "note", "3 按语。", "imprint", "5 field editor 甲", "5 field editor 责编：乙",
        "distribution", "5 field report 市委", "5 print run 共印50份 → 50", "5 printed 办公室印",
        "lines that are in no part", "1 零行", "page furniture (not judged)", "1 page 2 — 2 —", "1 — 3 —",
    ]  # fmt: skip


def test_doubts_and_damage_come_last() -> None:
    document = made({}, *(Doubt(block, "P", "T", 0.5, ("T",)) for block in (2, 0)))
    damage = [violation("a.md", "甲", 1, 2, 3, message=Wording("坏", "broken"))]
    lines = tree(document, "en", damage)

    assert [" ".join(line.split()) for line in lines[-5:]] == [
        "doubtful lines (extract --why LINE)",
        "1 P | T 甲",
        "5 P | T 丙",
        "damage by extraction (repaired)",
        "3 DAT002 broken",
    ]


# --- for programs --------------------------------------------------------------------------------------


def test_the_parts_as_json_have_every_key() -> None:
    told = parts_json.as_json(bulletin(), (violation("a.md", "甲", 1, 2),))

    assert (told["schema_version"], told["path"], told["kind"], told["pages"], told["encoding"]) == (
        1,
        "a.md",
        "text",
        None,
        "utf-8",
    )
    assert told["masthead"]["title"]["text"] == "松湖区情况简报"
    assert told["masthead"]["issue_number"]["value"] == 3
    assert told["masthead"]["classification"] is None
    assert told["masthead"]["date"]["line"] == 5
    (article,) = told["articles"]
    assert article["title"]["text"] == "松湖区办夜校"
    assert (article["blocks"][0]["kind"], article["blocks"][0]["text"]) == (
        "paragraph",
        "白鸥街道开课,效果好。",
    )
    assert "more_attributions" not in article
    assert (told["imprint"]["editor"]["label"], told["imprint"]["editor"]["value"]) == ("责编", "王某")
    assert [told["imprint"][name] for name in ("reviewer", "phone", "fax", "email")] == [None] * 4
    assert told["distribution"][0]["value"] == "市委"
    assert told["copies"]["value"] == 50
    assert told["damage"] == [
        {
            "code": "DAT002",
            "name": "a-name",
            "line": 1,
            "column": 1,
            "end_line": 1,
            "end_column": 2,
            "page": None,
            "bbox": None,
        }
    ]
    assert len(told["structure"]["labels"]) == len(bulletin().blocks)
    text = parts_json.render(bulletin())
    assert json.loads(text)["damage"] == []
    assert "松湖区" in text
    assert text.endswith("}\n")


def test_more_than_one_of_a_kind_is_told_as_more() -> None:
    told = parts_json.as_json(
        made(
            {
                "articles": [
                    node(
                        "",
                        children={
                            "blocks": [],
                            "attributions": [node("甲", value="甲"), node("乙", 2, value="乙")],
                        },
                    )
                ],
                "imprint": node(
                    "",
                    children={
                        "writer": [
                            node("甲", label="撰稿", value="甲"),
                            node("乙", 2, label="撰稿", value="乙"),
                        ]
                    },
                ),
            }
        )
    )
    (article,) = told["articles"]

    assert article["attribution"]["value"] == "甲"
    assert [each["value"] for each in article["more_attributions"]] == ["乙"]
    assert told["imprint"]["writer"]["value"] == "甲"
    assert [each["value"] for each in told["imprint"]["writer"]["more"]] == ["乙"]
    assert list(told["imprint"]) == ["editor", "reviewer", "phone", "fax", "email", "writer"]
    assert (told["note"], told["copies"], told["printed"], told["contents"], told["other"]) == (
        None,
        None,
        None,
        [],
        [],
    )


def test_blocks_are_told_with_what_their_kind_has() -> None:
    blocks = [
        node("一、甲", 1, kind="section", marker="一、", number=1, level=1),
        node("一是好", 2, kind="lead-in", lead="一是"),
        node("表", 3, kind="table", rows=[["甲"]]),
    ]
    (article,) = parts_json.as_json(made({"articles": [node("", children={"blocks": blocks})]}))["articles"]
    section, lead_in, table = article["blocks"]

    assert [section[name] for name in ("marker", "number", "level", "text", "line")] == [
        "一、",
        1,
        1,
        "一、甲",
        1,
    ]
    assert (lead_in["lead"], "marker" in lead_in, lead_in["line"]) == ("一是", False, 3)
    assert (table["rows"], "text" in table) == ([["甲"]], False)
    assert (article["column"], article["title"], article["attribution"]) == (None, None, None)


def test_doubts_are_in_the_order_of_the_text() -> None:
    document = made({}, *(Doubt(block, "P", "T", 0.126, ("T",)) for block in (2, 0)))

    assert parts_json.as_json(document)["structure"]["doubts"] == [
        {"label": "P", "other": "T", "margin": 0.13, "line": line, "end_line": line} for line in (1, 5)
    ]


# --- why a line was read so ----------------------------------------------------------------------------


def test_why_a_line_is_what_it_is_told_in_points() -> None:
    document = made({}, Doubt(0, "P", "X", 1.0, ()), Doubt(1, "P", "T", 0.25, ()))
    own = document.structure.labels[1]
    sums = [
        Sum(label, total, (("bias", 1.25), ("short", -0.5)))
        for label, total in zip("PTABC", (3.0, 2.5, 1.0, 0.5, 0.1), strict=True)
    ]
    names = lambda label: Wording(f"名{label}", f"name {label}")  # noqa: E731
    zh = structure_text.render(document, 1, sums, names, "zh").splitlines()
    en = structure_text.render(document, 1, sums, names, "en").splitlines()

    assert zh[:2] == ["    3  乙", f"读作名{own}（{own}）；署名习惯：some"]
    assert zh[2] == "  +3.0  P   名P: bias +1.2 short -0.5"
    # Four labels, and the doubt of this line alone.
    assert len(zh) == len(en) == 7
    assert en[5].startswith("  +0.5  B   name B: ")
    assert en[6] == "it may be name T (T): the whole is 0.2 points behind"


# --- SARIF ---------------------------------------------------------------------------------------------


def log(told: Report, language: Language = "zh") -> dict[str, Any]:
    whole = json.loads(sarif.render(told, language=language, color=False, width=80))
    assert whole["version"] == "2.1.0"
    (run,) = whole["runs"]
    assert isinstance(run, dict)
    return run


def result(each: Violation, language: Language = "zh", **kinds: KindNote) -> dict[str, Any]:
    (found,) = log(report(each)._replace(kinds=kinds), language)["results"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("severity", "level"), [("error", "error"), ("warning", "warning"), ("info", "note")]
)
def test_sarif_has_a_level_for_each_severity(severity: Severity, level: str) -> None:
    run = log(report(violation("a b.md", "甲乙", 1, 2, 3, severity=severity, part="note")))
    (found,) = run["results"]

    assert (found["ruleId"], found["ruleIndex"], found["level"], found["message"]) == (
        "DAT002",
        0,
        level,
        {"text": "m"},
    )
    assert found["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "a%20b.md", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 2},
            },
            "logicalLocations": [{"fullyQualifiedName": "note", "kind": "element"}],
        }
    ]
    assert len(set(found["partialFingerprints"].values())) == 1
    assert not {"relatedLocations", "fixes", "suppressions"} & set(found)
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["defaultConfiguration"] == {"level": level}
    assert (rule["name"], rule["shortDescription"]["text"], rule["help"]["text"]) == ("a-name",) * 3


def test_sarif_says_what_ran() -> None:
    document = FileResult("a.md", "text", encoding="utf-8", outcomes={"A": "pass", "B": "fail", "C": "pass"})
    run = log(Report((document, FileResult("/b.md", "text", error=Wording("坏", "bad")))), "en")

    assert run["tool"]["driver"]["version"] == run["tool"]["driver"]["semanticVersion"] == __version__
    assert (run["language"], run["tool"]["driver"]["language"], run["columnKind"]) == (
        "en-US",
        "en-US",
        "unicodeCodePoints",
    )
    assert run["properties"]["outcomes"] == {"pass": 2, "fail": 1, "cannot-assess": 0, "not-applicable": 0}
    assert [
        (each["location"]["uri"], each.get("encoding"), each["mimeType"]) for each in run["artifacts"]
    ] == [
        ("a.md", "utf-8", "text/markdown"),
        ("file:///b.md", None, "text/markdown"),
    ]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [each["message"]["text"] for each in invocation["toolExecutionNotifications"]] == ["bad"]
    assert log(Report((document,)))["invocations"] == [{"executionSuccessful": True}]
    assert log(Report((document,)))["language"] == "zh-CN"


def test_sarif_lists_rules_in_order_and_results_point_at_them() -> None:
    notes = (
        RuleNote(
            "ZZZ001", "z", "error", same("总"), why=same("因"), remedy=same("改"), references=("甲", "乙")
        ),
        RuleNote("DAT002", "d", "info", same("总"), remedy=same("改")),
    )
    told = report(violation("a.md", "甲", 1, 2), violation("a.md", "甲", 1, 2, code="ZZZ001"))._replace(
        rules=notes
    )
    run = log(told)

    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["DAT002", "ZZZ001"]
    assert [(each["ruleId"], each["ruleIndex"]) for each in run["results"]] == [("DAT002", 0), ("ZZZ001", 1)]
    first, last = run["tool"]["driver"]["rules"]
    assert (first["fullDescription"]["text"], first["help"]["text"]) == ("总", "改")
    assert (last["fullDescription"]["text"], last["help"]["text"]) == ("因", "因\n\n改\n\n依据：甲; 乙")


def test_sarif_has_no_text_region_where_a_file_has_no_lines() -> None:
    boxes = (PageBox(2, (1.004, 2.0, 3.0, 4.0)), PageBox(3, (5.0, 6.0, 7.0, 8.0)))
    region = {"startLine": 1, "startColumn": 2, "endLine": 1, "endColumn": 3}
    paged = result(violation("a.pdf", "甲乙", 2, 3, location=Location(1, 2, 1, 3, boxes), part="note"))[
        "locations"
    ][0]
    assert "region" not in paged["physicalLocation"]
    assert paged["properties"] == {
        "page": 2, "bbox": [1.0, 2.0, 3.0, 4.0], "bboxes": [[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]],
        "bboxPages": [2, 3], "extractedText": region,
    }  # fmt: skip
    assert paged["logicalLocations"] == [{"fullyQualifiedName": "note", "kind": "element", "name": "第2页"}]

    no_lines = KindNote(same("x"), {"": "a/b"}, has_lines=False)
    lineless = result(violation("a.pdf", "甲乙", 2, 3), text=no_lines)["locations"][0]
    assert lineless == {
        "physicalLocation": {"artifactLocation": {"uri": "a.pdf", "uriBaseId": "%SRCROOT%"}},
        "properties": {"extractedText": region},
    }
    story = Location(12, 2, 12, 3, (), StoryPlace("body", "1/2"))
    told = result(violation("a.docx", "甲乙", 2, 3, location=story, excerpt="乙", part="note"), "en")[
        "locations"
    ][0]
    assert told["physicalLocation"]["region"] == {"startLine": 12, "snippet": {"text": "乙"}}
    assert told["logicalLocations"] == [
        {"fullyQualifiedName": "1/2", "kind": "element", "name": "paragraph 12"},
        {"fullyQualifiedName": "note", "kind": "element"},
    ]


@pytest.mark.parametrize(
    ("applicability", "said"),
    [("safe", "safe to apply"), ("unsafe", "check that the sense stays"), ("manual", "a suggestion")],
)
def test_sarif_tells_fixes_that_the_fixer_makes(applicability: Applicability, said: str) -> None:
    made_ = Fix(applicability, (PlacedEdit(1, 2, 1, 3, "丙"),), (Edit(Span(1, 2), "丙"),))
    each = violation("a.md", "甲乙", 2, 3, fix=made_)
    (fix,) = result(each, "en")["fixes"]

    assert fix["description"]["text"] == said
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"]["uri"] == "a.md"
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 1, "startColumn": 2, "endLine": 1, "endColumn": 3},
            "insertedContent": {"text": "丙"},
        }
    ]
    assert "fixes" not in result(each._replace(fix=made_._replace(is_tracked=True)))
    assert "fixes" not in result(each._replace(fix=made_._replace(source_edits=())))


def test_sarif_numbers_related_places() -> None:
    related = (
        RelatedPlace("a.md", 3, 4, None, same("注")),
        RelatedPlace("b.pdf", 3, 4, 5, same("另"), "ABC001"),
    )
    found = result(violation("a.md", "甲", 1, 2, related=related))["relatedLocations"]

    assert [(each["id"], each["message"]["text"]) for each in found] == [(1, "注"), (2, "ABC001: 另")]
    assert found[0]["physicalLocation"]["region"] == {"startLine": 3, "startColumn": 4}
    assert "region" not in found[1]["physicalLocation"]


@pytest.mark.parametrize(
    ("waived", "kind", "why"),
    [
        (Waived("inline", "照录", "a.md", 7, "王某", "2030-01-02"), "inSource", "照录"),
        (Waived("file", "照录", "waivers.yaml", 7), "external", "照录"),
        (Waived("baseline", "", "known.jsonl", 7), "external", "在基线内"),
    ],
)
def test_sarif_tells_waivers_as_suppressions(waived: Waived, kind: str, why: str) -> None:
    document = FileResult("a.md", "text", waived=(violation("a.md", "甲", 1, 2, waived=waived),))
    ((suppression,),) = [each["suppressions"] for each in log(Report((document,)))["results"]]

    assert (suppression["kind"], suppression["status"], suppression["justification"]) == (
        kind,
        "accepted",
        why,
    )
    assert suppression["location"]["physicalLocation"]["region"] == {"startLine": 7}
    assert suppression["location"]["physicalLocation"]["artifactLocation"]["uri"] == waived.path
    assert suppression["properties"] == {"kind": waived.kind, "by": waived.by, "until": waived.until}
