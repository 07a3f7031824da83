"""`on_missing: violation`: a part that is not there is told by its name, whatever the rule says of one that is."""

from __future__ import annotations

from typing import Any

from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.linter import Linter
from bulletin_lint.engine.rule_tests import run_examples
from bulletin_lint.model.report import FileResult
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.wording import Wording
from bulletin_lint.rulebook.load import load_catalogue, load_rulebook

TEXT = "# 云溪情况简报\n\n云溪市文明办　　2020年3月6日\n\n## 各街道办读书会\n\n大家读了书。\n\n（云溪街道）\n\n核稿：李明\n"
MISSED = {"on_missing": "violation"}


def linted(rules: dict[str, dict[str, Any]]) -> FileResult:
    rulebook = load_rulebook(Settings(rules=rules))
    linter = Linter(rulebook, [rulebook.rules[code] for code in rules])
    return linter.lint(source(TEXT)).result


def source(text: str) -> SourceFile:
    return SourceFile("1.md", "text", explicit=True, data=text.encode())


def house(on: str, **keys: Any) -> dict[str, Any]:
    message = {"zh": "不写“{found}”", "en": "not '{found}'"}
    rule = {"name": "no-word", "check": "forbidden", "on": on, "pattern": "密", "message": message}
    return {**rule, **MISSED, **keys}


def test_no_built_in_rule_breaks_on_a_missing_part() -> None:
    rulebook = load_rulebook(Settings(extends=("jianbao", "gongwen")))
    rules = [rule._replace(on_missing="violation") for rule in rulebook.select()]
    result = Linter(rulebook, rules).lint(source("读书。\n")).result

    assert (None, ()) == (result.error, result.failures)
    assert {"ISS002", "ISS004", "FLD004"} <= {each.code for each in result.violations}


def test_the_part_is_named_where_the_message_speaks_of_what_was_found() -> None:
    result = linted({"ISS002": MISSED, "SEC001": {}})

    (violation,) = result.violations
    assert Wording("缺少期号", "there is no issue number") == violation.message
    assert ("ISS002", "masthead.issue_number", 1) == (violation.code, violation.part, violation.location.line)
    assert "fail" == result.outcomes["ISS002"]
    assert "not-applicable" == result.outcomes["SEC001"]


def test_it_stands_where_the_part_should_be() -> None:
    result = linted({"HB-01": house("imprint.editor"), "HB-02": house("articles.tables", name="no-row")})

    assert [
        ("HB-02", 7, "articles[0].tables", "缺少表格"),
        ("HB-01", 11, "imprint.editor", "缺少责任编辑栏"),
    ] == [(each.code, each.location.line, each.part, each.message.zh) for each in result.violations]


def test_a_message_without_names_is_said_as_it_stands() -> None:
    message = {"zh": "没有写密级", "en": "no classification"}
    result = linted({"HB-01": house("masthead.classification", message=message)})

    assert [Wording("没有写密级", "no classification")] == [each.message for each in result.violations]


def test_a_part_that_is_there_and_cannot_be_judged_is_not_missing() -> None:
    # The date is there; the year that it is compared with is not.
    result = linted({"ISS012": {"on": "masthead.date", "with": "masthead.issue_year", **MISSED}})

    assert () == result.violations
    assert "cannot-assess" == result.outcomes["ISS012"]


def test_an_example_may_be_one_of_a_missing_part() -> None:
    bad = {"text": TEXT, "at": "1:3-1:9", "message": {"zh": "缺少密级", "en": "there is no classification"}}
    good = {"text": f"秘　　件\n\n{TEXT}".replace("秘　　件", "内部资料")}
    rule = house("masthead.classification", examples={"bad": [bad], "good": [good]})
    catalogue = load_catalogue(Settings(rules={"HB-01": rule}))

    assert ["reported", "validated"] == [
        case.result for case in run_examples(catalogue, (), codes=("HB-01",))
    ]
