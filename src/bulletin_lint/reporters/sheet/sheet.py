"""Renders sign-off sheets: the verdict, the pages with what was found beside them, then every outcome."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from bulletin_lint import __version__
from bulletin_lint._typing import Any, NamedTuple
from bulletin_lint.model.page_view import NumberedMark, PageView, marks_of
from bulletin_lint.model.report import FileResult, RuleNote, is_at_least
from bulletin_lint.model.violation import SEVERITIES, Outcome, Severity, Violation
from bulletin_lint.model.wording import Language, Wording, plural
from bulletin_lint.reporters.mending import mending
from bulletin_lint.reporters.sheet.page_marks import MARGIN, framed, on_page
from bulletin_lint.reporters.sheet.shown import SEVERITY_WORDS, inert, shown
from bulletin_lint.reporters.sheet.text_marks import sections
from bulletin_lint.reporters.standing import place_words
from bulletin_lint.reporters.timeline import number_wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from jinja2 import Environment

    from bulletin_lint.series.issue import IssueRecord

_FOLDER = os.path.dirname(os.path.abspath(__file__))
_OUTCOME_WORDS: dict[Outcome, Wording] = {
    "fail": Wording("不合规范", "failed"),
    "cannot-assess": Wording("无法判断", "could not be assessed"),
    "pass": Wording("通过", "passed"),
    "not-applicable": Wording("不适用", "not applicable"),
}


class Rules(NamedTuple):
    """The rules that a sheet speaks of."""

    notes: Mapping[str, RuleNote]
    packs: tuple[str, ...]
    """Their names, each with what tells its version."""
    digest: str
    """What tells these rules with all their data from others."""


class SheetContent(NamedTuple):
    """All that a sheet shows of one bulletin."""

    view: PageView
    result: FileResult
    record: IssueRecord | None
    neighbours: tuple[IssueRecord, ...]
    """The issues before and after it in their order, itself among them."""
    beside: tuple[Violation, ...]
    """What is said of other issues because of this one."""
    rules: Rules
    fail_level: Severity
    time: str
    """When it was checked, as people write it."""


class SheetVerdict(NamedTuple):
    """What comes of a check, in words."""

    state: str
    """good, bad or unknown."""
    words: Wording
    details: Wording


def verdict(result: FileResult, fail_level: Severity = "error") -> SheetVerdict:
    """The verdict on one bulletin."""
    counts = {
        severity: sum(each.severity == severity for each in result.violations) for severity in SEVERITIES
    }
    details = _details(counts, len(result.waived))
    if result.error is not None:
        return SheetVerdict("unknown", Wording("未能检查", "not checked"), result.error)
    if result.failures:
        first = result.failures[0]
        return SheetVerdict(
            "unknown",
            Wording("没有检查完整，暂不能签发", "not wholly checked: not to be signed yet"),
            Wording(f"{first.zh} {details.zh}", f"{first.en} {details.en}"),
        )
    if counts["error"]:
        count = counts["error"]
        return SheetVerdict(
            "bad",
            Wording(f"有 {count} 处错误，改正后再签发", f"{plural(count, 'error')}: mend before signing"),
            details,
        )
    if any(counts[each] for each in SEVERITIES if is_at_least(each, fail_level)):
        return SheetVerdict(
            "bad",
            Wording("没有错误，但有本单位要求改正的问题", "no error, but what this office wants mended"),
            details,
        )
    return SheetVerdict("good", Wording("没有错误，可以签发", "no error: can be signed"), details)


def _details(counts: Mapping[Severity, int], waived: int) -> Wording:
    said = [
        Wording(
            f"{SEVERITY_WORDS[severity].zh} {counts[severity]} 处",
            f"{SEVERITY_WORDS[severity].en} {counts[severity]}",
        )
        for severity in SEVERITIES
    ]
    if waived:
        said.append(Wording(f"已豁免 {waived} 处（不计入）", f"waived {waived} (not counted)"))
    return Wording("，".join(each.zh for each in said) + "。", ", ".join(each.en for each in said) + ".")


def render(content: SheetContent, language: Language) -> str:
    """The whole sheet as HTML, the same for the same content."""
    marks = marks_of(content.result.violations)
    pages, apart = _pages(content, marks)
    return (
        environment()
        .get_template("sheet.html")
        .render(
            **words(language),
            **style(),
            content=content,
            verdict=verdict(content.result, content.fail_level),
            name=os.path.basename(content.view.name) or content.view.name,
            facts=_facts(content, language),
            neighbours=content.neighbours,
            notes=content.rules.notes,
            pages=[page for page in pages if page["marks"]],
            clean=[page for page in pages if not page["marks"] and page["picture"]],
            apart=apart,
            sections=[] if pages else sections(content.view.lines, marks),
            # In Word, whose lines nobody counts.
            counts_paragraphs=any(mark.violation.location.story is not None for mark in marks),
            place=place_words,
            mending=mending,
            margin=MARGIN,
            framed=framed,
            outcomes=_outcomes(content),
            outcome_words=_OUTCOME_WORDS,
        )
    )


class IndexRow(NamedTuple):
    """A bulletin in the index of many."""

    name: str
    link: str
    """Of its sheet, relative to the index; empty where there is none."""
    record: IssueRecord | None
    verdict: SheetVerdict


def render_index(rows: Sequence[IndexRow], title: str, time: str, language: Language) -> str:
    """The index of the sheets of a folder."""
    return (
        environment()
        .get_template("index.html")
        .render(**words(language), **style(), rows=rows, title=title, time=time, version=__version__)
    )


def words(language: Language) -> dict[str, Any]:
    """How templates speak: `t` chooses between two languages, `say` speaks a wording."""

    def t(zh: str, en: str) -> str:
        return Wording(zh, en).in_language(language)

    def say(wording: Wording) -> str:
        return wording.in_language(language)

    def number(issue: IssueRecord) -> str:
        return number_wording(issue).in_language(language)

    spoken: dict[str, Callable[..., str] | str] = {
        "t": t,
        "say": say,
        "number": number,
        "lang": "zh-CN" if language == "zh" else "en",
    }
    return {**spoken, "severity": SEVERITY_WORDS}


@cache
def style() -> Mapping[str, str]:
    """The style sheet, and the word of a content security policy that lets it alone in."""
    from hashlib import sha256

    with open(os.path.join(_FOLDER, "style.css"), encoding="utf-8", newline="") as file:
        css = file.read()
    digest = b64encode(sha256(css.encode("utf-8")).digest()).decode("ascii")
    return {"css": css, "css_source": f"'sha256-{digest}'"}


@cache
def environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["shown"] = shown
    environment.filters["inert"] = inert
    environment.filters["round2"] = lambda number: f"{number:.2f}".rstrip("0").rstrip(".")
    return environment


def _pages(
    content: SheetContent, marks: Sequence[NumberedMark]
) -> tuple[list[dict[str, Any]], list[NumberedMark]]:
    """The pages with their marks, and the marks that stand on none of them."""
    made = []
    listed: set[int] = set()
    for page in content.view.pages:
        found = on_page(marks, page.number, page.height)
        picture = ""
        if page.data:
            picture = f"data:{page.media_type};base64,{b64encode(page.data).decode('ascii')}"
        made.append({"page": page, "marks": found, "picture": picture})
        listed.update(each.mark.number for each in found)
    return made, [mark for mark in marks if content.view.pages and mark.number not in listed]


def _facts(content: SheetContent, language: Language) -> list[tuple[str, str]]:
    view, record, result = content.view, content.record, content.result
    rows = [(Wording("文件", "File"), view.name)]
    if record is not None:
        issue = number_wording(record).in_language(language)
        said = [part for part in (record.title, issue, record.date) if part]
        rows.append((Wording("本期", "Issue"), "　".join(said)))
    pages = Wording(f"，{result.pages} 页", f", {plural(result.pages, 'page')}") if result.pages else None
    size = f"{view.size:,}"
    size = Wording(f"{size} 字节", f"{size} bytes").in_language(language)
    rows += [
        (Wording("大小", "Size"), size + (pages.in_language(language) if pages else "")),
        (Wording("文件指纹", "Fingerprint"), f"SHA-256 {view.sha256}"),
        (Wording("工具", "Tool"), f"bulletin-lint {__version__}"),
        (Wording("规则包", "Packs"), ", ".join(content.rules.packs)),
        (Wording("规则版本", "Rules"), content.rules.digest),
    ]
    return [(name.in_language(language), value) for name, value in rows]


def _outcomes(content: SheetContent) -> dict[Outcome, list[str]]:
    """The codes of the rules by what came of them."""
    found: dict[Outcome, list[str]] = {outcome: [] for outcome in _OUTCOME_WORDS}
    for code, outcome in sorted(content.result.outcomes.items()):
        found[outcome].append(code)
    return found
