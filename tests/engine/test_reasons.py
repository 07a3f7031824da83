from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pytest

from bulletin_lint.checks.context import NO_SPACES, CheckContext
from bulletin_lint.checks.protocols import NO_OTHER_ISSUE, NOTHING_TO_COMPARE
from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.linter import Linter
from bulletin_lint.engine.reasons import reason
from bulletin_lint.engine.run import run
from bulletin_lint.engine.scheduler import lint_files
from bulletin_lint.model.report import FileResult
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.violation import CannotAssess
from bulletin_lint.model.wording import Wording, same
from bulletin_lint.rulebook.load import load_rulebook
from bulletin_lint.rulebook.rulebook import Rulebook
from hand_made import document
from hand_made import run as run_check

HEAD = "# 云溪情况简报\n\n第3期\n\n云溪市文明办　　2020年3月6日\n\n"
BODY = "## 各街道办读书会\n\n大家读了书。\n\n（云溪街道）\n\n"
REVIEWER = "核稿：李明\n"


@cache
def rulebook() -> Rulebook:
    return load_rulebook(Settings())


def text_file(text: str, path: str = "1.md") -> SourceFile:
    return SourceFile(path, "text", explicit=True, data=text.encode())


def why(text: str, on: Sequence[str], code: str = "ISS004") -> Wording:
    """The reason of a rule of a kind that looks at one part, if it looked at `on`."""
    rule = rulebook().rules[code]
    read = Linter(rulebook(), ()).read(text_file(text))
    return reason(rule._replace(on=tuple(on)), rulebook().check(code), CheckContext(read), rulebook())


def test_a_field_that_is_not_there_is_named_as_the_packs_name_it() -> None:
    assert why(HEAD + BODY + REVIEWER, ["imprint.editor"]) == Wording(
        "没有责任编辑栏，所以不知道", "there is no editor field, so this is not known"
    )


def test_without_an_imprint_the_imprint_is_named() -> None:
    expected = Wording("没有版记，所以不知道", "there is no imprint, so this is not known")

    assert why(HEAD + BODY, ["imprint.editor"]) == expected
    assert why(HEAD + BODY, ["imprint.*"]) == expected


def test_the_part_is_named_where_its_parent_is_there() -> None:
    assert why(HEAD + BODY, ["masthead.cumulative_number"]) == Wording(
        "没有总期号，所以不知道", "there is no cumulative number, so this is not known"
    )
    assert why(HEAD + BODY, ["articles[*].tables"]) == Wording(
        "没有表格，所以不知道", "there is no table, so this is not known"
    )


def test_up_to_three_parts_are_listed() -> None:
    assert why(HEAD + BODY, ["note", "contents", "articles.tables"]) == Wording(
        "没有按语、目录或表格，所以不知道",
        "there is no editor's note, table of contents or table, so this is not known",
    )
    assert why(HEAD + BODY, ["note", "contents", "articles.tables", "copies"]) == Wording(
        "没有要看的部分，所以不知道", "there is no part of those that it looks at, so this is not known"
    )


def test_the_part_to_compare_with_is_named() -> None:
    undated = "# 云溪情况简报\n\n第3期\n\n" + BODY

    assert why(undated, ["articles.paragraphs"], "DAT013") == Wording(
        "没有编发日期，所以不知道", "there is no issue date, so this is not known"
    )


def test_a_part_that_is_there_holds_too_little() -> None:
    assert why(HEAD + BODY, ["masthead.issue_number", "note"]) == Wording(
        "期号里没有足以判断的内容，所以不知道",
        "the issue number does not hold enough to judge by, so this is not known",
    )


@pytest.mark.parametrize(
    ("on_missing", "outcome", "has_reason"),
    [
        ("cannot-assess", "cannot-assess", True),
        ("skip", "not-applicable", False),
        ("violation", "fail", False),
    ],
)
def test_only_cannot_assess_has_a_reason(on_missing: str, outcome: str, *, has_reason: bool) -> None:
    rule = rulebook().rules["ISS004"]._replace(on_missing=on_missing, message=same("没有总期号"))
    result = Linter(rulebook(), [rule]).lint(text_file(HEAD + BODY)).result

    assert result.outcomes == {"ISS004": outcome}
    assert set(result.reasons) == ({"ISS004"} if has_reason else set())
    assert len(result.violations) == (on_missing == "violation")


def test_every_rule_that_cannot_be_assessed_says_why_in_both_languages() -> None:
    linter = Linter(rulebook(), rulebook().select())
    result = linter.lint(text_file("第3期\n\n大家读了书。\n")).result
    unknown = {code for code, outcome in result.outcomes.items() if outcome == "cannot-assess"}

    assert {"DAT013", "ISS004", "ISS005", "TAIL001"} <= unknown
    assert set(result.reasons) == unknown
    assert all(each.zh and each.en for each in result.reasons.values())


def test_a_check_may_give_the_reason() -> None:
    made = document("有12个， 34 人。")
    mixed = run_check("spacing", made, left="number", right="han", style="consistent", count=["[0-9]+"])
    assert isinstance(mixed, CannotAssess)
    assert mixed.reason.zh == "有空格的和没有的都不占多数，看不出以哪种为准，所以不知道"

    made.reading = made.reading._replace(spaces_known=False)
    assert run_check("spacing", made, left="number", right="han", style="consistent") == CannotAssess(
        NO_SPACES
    )


def series(*texts: str) -> dict[str, FileResult]:
    files = [text_file(text, f"{number}.md") for number, text in enumerate(texts, 1)]
    rules = rulebook().select(["ISS005", "ISS007"])
    report = run(files, rulebook(), Settings(), rules=rules, jobs=1, cache=False)
    return {each.path: each for each in report.documents}


def test_an_issue_by_itself_has_no_other_of_its_series() -> None:
    (result,) = series(HEAD + BODY).values()

    assert result.reasons == {"ISS005": NO_OTHER_ISSUE, "ISS007": NO_OTHER_ISSUE}


def test_an_issue_among_others_may_have_nothing_to_compare() -> None:
    second = (HEAD + BODY).replace("第3期", "第4期").replace("3月6日", "3月16日")
    results = series(HEAD + BODY, second)

    # Their issue numbers follow one another; cumulative numbers they have none.
    for result in results.values():
        assert result.outcomes == {"ISS005": "pass", "ISS007": "cannot-assess"}
        assert result.reasons == {"ISS007": NOTHING_TO_COMPARE}


def test_reasons_come_back_from_a_worker() -> None:
    linter = Linter(rulebook(), rulebook().select(["ISS", "TAIL"]))
    files = [text_file(HEAD + BODY, "1.md"), text_file(HEAD + BODY + REVIEWER, "2.md")]
    here, there = (lint_files(linter.lint, files, jobs) for jobs in (1, 2))

    assert [each.result for each in there] == [each.result for each in here]
    assert all("ISS004" in each.result.reasons for each in there)
    # Files that are alike share them: there may be thousands.
    assert here[0].result.reasons is here[1].result.reasons
