"""The rules' own examples as tests: every bad one reported at its place, no good one flagged."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from bulletin_lint._typing import Any, Literal, NamedTuple
from bulletin_lint.engine.applied_fixes import apply_fixes
from bulletin_lint.engine.linter import Linter
from bulletin_lint.engine.series_run import judge_series
from bulletin_lint.engine.suppression.waivers import apply_waivers
from bulletin_lint.model.report import Report
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.violation import Violation
from bulletin_lint.model.wording import Wording
from bulletin_lint.rulebook.example_layout import typeset
from bulletin_lint.rulebook.rule_reader import Example
from bulletin_lint.rulebook.rulebook import Catalogue, Rule, Rulebook
from bulletin_lint.series.issue import IssueRecord
from bulletin_lint.series.reconciliation import joined
from bulletin_lint.series.register import Register, RegisterRow

CaseResult = Literal["validated", "reported", "missing", "noisy", "wrong"]
"""A good example that stayed clean, a bad one reported as it should be; a bad one that was missed, a
good one flagged, and one reported otherwise than the example says."""

_PATH = "example.md"
_REGISTER = "register.csv"
"""Where an issue of an example is that names no file."""


class Case(NamedTuple):
    """One example and how it came out."""

    code: str
    result: CaseResult
    path: str
    line: int
    """Where the example stands, 0 for a rule that has none."""
    detail: Wording = Wording("", "")

    @property
    def is_good(self) -> bool:
        """Whether the example came out as it should."""
        return self.result in ("validated", "reported")


def run_examples(
    catalogue: Catalogue,
    required: Sequence[str],
    packs: Sequence[str] = (),
    codes: Collection[str] | None = None,
) -> list[Case]:
    """Every example of every rule of the packs (all where none is named), in order of codes; where `codes`
    are given, of those rules only.

    A rule without a bad or without a good example is a case of its own, and fails.
    """
    cases: list[Case] = []
    for code, rule in catalogue.rulebook.rules.items():
        if codes is not None and code not in codes:
            continue
        source = catalogue.sources[code]
        if packs and source.pack not in packs and rule.pack not in packs:
            continue
        active = rule if rule.severity != "off" else rule._replace(severity=rule.selected_severity)
        linter = Linter(catalogue.rulebook, _companions(catalogue.rulebook, active), required=required)
        for kind, examples in (("bad", source.bad), ("good", source.good)):
            if not examples:
                nothing = Wording(f"没有 {kind} 示例", f"has no {kind} example")
                cases.append(Case(code, "missing", source.path, source.line, nothing))
            cases.extend(
                _judge(catalogue.rulebook, linter, active, example, is_bad=kind == "bad")
                for example in examples
            )
    return cases


def _companions(rulebook: Rulebook, rule: Rule) -> list[Rule]:
    """The rules to run for the examples of one: a waiver is judged by what the others find."""
    if rule.kind != "waiver":
        return [rule]
    others = [each for each in rulebook.rules.values() if each.severity != "off" and each.code != rule.code]
    return [*others, rule]


def _judge(rulebook: Rulebook, linter: Linter, rule: Rule, example: Example, *, is_bad: bool) -> Case:
    violations, failures = _lint(rulebook, linter, rule, example.text, example)
    found = [_place(violation) for violation in violations]

    def case(result: CaseResult, zh: str = "", en: str = "") -> Case:
        return Case(rule.code, result, example.path, example.line, Wording(zh, en))

    if failures:
        return case("wrong", "; ".join(item.zh for item in failures), "; ".join(item.en for item in failures))
    if not is_bad:
        if not violations:
            return case("validated")
        shown = [(_shown(place), item.message) for place, item in zip(found, violations, strict=True)]
        zh = "; ".join(f"{place} {message.zh}" for place, message in shown)
        en = "; ".join(f"{place} {message.en}" for place, message in shown)
        return case("noisy", f"不应报告：{zh}", f"should not be reported: {en}")
    if not violations:
        return case("missing", "没有报告", "nothing was reported")
    if example.at and found != list(example.at):
        wanted, got = ", ".join(map(_shown, example.at)), ", ".join(map(_shown, found))
        return case("wrong", f"位置应为 {wanted}，实为 {got}", f"place should be {wanted}, is {got}")
    for violation, message in zip(violations, example.messages, strict=False):
        if message.zh and violation.message.zh != message.zh:
            return case("wrong", *_differs(message.zh, violation.message.zh))
        if message.en and violation.message.en != message.en:
            return case("wrong", *_differs(message.en, violation.message.en))
    if example.fixed is not None:
        fixed = _fixed(rulebook, linter, rule, example)
        if fixed != example.fixed:
            return case("wrong", *_differs(example.fixed, fixed))
    return case("reported")


def _differs(expected: str, actual: str) -> tuple[str, str]:
    return f"应为 {expected!r}，实为 {actual!r}", f"should be {expected!r}, is {actual!r}"


def _lint(
    rulebook: Rulebook, linter: Linter, rule: Rule, text: str, example: Example
) -> tuple[tuple[Violation, ...], tuple[Wording, ...]]:
    """What a rule says of `text`, which stands for the example's own, or of its layout."""
    if example.layout is not None:
        linted = linter.lint_reading(_PATH, typeset(example.layout))
    else:
        linted = linter.lint(SourceFile(_PATH, "text", explicit=True, data=None), text.encode("utf-8"))
    result = linted.result
    if result.error is not None:
        return (), (result.error,)
    facts = [linted.facts] if linted.facts is not None else []
    facts += [_facts(entry) for entry in example.register if entry.get("path") is not None]
    rows = [
        RegisterRow((), _facts(entry)._replace(line=line), "")
        for line, entry in enumerate(example.register, 2)
        if entry.get("path") is None
    ]
    facts = joined(facts, Register(_REGISTER, (), tuple(rows)), {}, {})
    judged = judge_series(rulebook, [rule], facts, {}, {_PATH: result})[_PATH]
    if rule.kind == "waiver":
        from time import strftime

        report = apply_waivers(Report((judged,)), rulebook, [rule], today=strftime("%Y-%m-%d"))
        judged = report.documents[0]
    return tuple(each for each in judged.violations if each.code == rule.code), result.failures


def _facts(entry: Mapping[str, Any]) -> IssueRecord:
    """An issue of an example's register."""

    def number(name: str) -> int | None:
        value = entry.get(name)
        return int(value) if value is not None else None

    def text(name: str) -> str | None:
        value = entry.get(name)
        return str(value) if value is not None else None

    return IssueRecord(
        text("path") or _REGISTER,
        text("title"),
        number("year") or (int(str(entry["date"])[:4]) if entry.get("date") is not None else None),
        number("issue"),
        number("cumulative"),
        text("date"),
    )


def _fixed(rulebook: Rulebook, linter: Linter, rule: Rule, example: Example) -> str:
    text = example.text
    for _ in range(10):
        violations, _failures = _lint(rulebook, linter, rule, text, example)
        fixes = [violation.fix for violation in violations if violation.fix is not None]
        changed, count = apply_fixes(text, fixes)
        if not count or changed == text:
            break
        text = changed
    return text


def _place(violation: Violation) -> tuple[int, int, int, int]:
    where = violation.location
    return (where.line, where.column, where.end_line, where.end_column)


def _shown(place: tuple[int, int, int, int]) -> str:
    return f"{place[0]}:{place[1]}-{place[2]}:{place[3]}"
