"""For people: the message, the line with carets below the words, what to do, and a summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bulletin_lint.model.report import FileResult, Report
from bulletin_lint.model.violation import RelatedPlace, Violation
from bulletin_lint.model.visible import visible
from bulletin_lint.model.wording import Language, Wording, plural
from bulletin_lint.reporters.mending import edits_in_words
from bulletin_lint.reporters.standing import on_page, standing
from bulletin_lint.reporters.terminal import Detail, paint, window

_COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}
_SEVERITIES = {
    "error": Wording("错误", "error"),
    "warning": Wording("警告", "warning"),
    "info": Wording("建议", "info"),
}

_REASONS = 2
"""Of more reasons why something could not be assessed the others are not named in the summary."""
A_LINE = (
    r"(?m)^(?:\S.*:|    )[0-9]+:[0-9]+:? {1,2}[A-Z]{3}[0-9]{3} "
    r"|^(?:检查了 [0-9]+ 份文件|没有发现问题。$|Checked [0-9]+ document|No violations\.$)"
)
"""What a line of a report for people begins with: a violation's place and code, or the words that sum up."""
_UNKNOWN = Wording("，所以不知道", ", so this is not known")
"""What reasons end in; the summary has said it."""


def render(report: Report, *, language: Language, color: bool, width: int, detail: Detail = "normal") -> str:
    """Every violation in reading order, then one summary.

    Documents that could not be checked are counted in the summary; why is said on standard error,
    whatever the format.
    """
    parts = [_violation(violation, language, color=color, width=width) for violation in report.violations]
    if detail == "verbose":
        waived = [_waived(violation, language) for violation in report.waived]
        parts.append("".join(waived))
        parts.append(
            "".join(
                _document(document, report.kind_of(document).name, language) for document in report.documents
            )
        )
    if detail != "quiet":
        parts.append(summary_line(report, language, color=color))
    return "\n".join(part for part in parts if part)


def _violation(violation: Violation, language: Language, *, color: bool, width: int) -> str:
    where = violation.location
    colour = _COLOURS[violation.severity]
    tags = [_SEVERITIES[violation.severity].in_language(language)]
    place = standing(where)
    if place is not None:
        tags.append(visible(place.in_language(language)))
    paged = on_page(violation)
    at = f":{where.line}:{where.column}" if paged is None else f" {visible(paged.in_language(language))}"
    head = (
        f"{paint(f'{visible(violation.path)}{at}', 'bold', color=color)} "
        f"{paint(violation.code, colour, color=color)} "
        f"{visible(violation.message.in_language(language))} "
        f"[{('，' if language == 'zh' else ', ').join(tags)}]\n"
    )
    # The lines of what was read from a page have numbers that nobody sees.
    number = str(where.line) if paged is None else " "
    empty = paint(" " * len(number) + " |", "dim", color=color)
    whole = len(violation.line_text.rstrip())
    end = where.end_column - 1 if where.end_line == where.line else whole
    shown = window(violation.line_text, where.column - 1, end, width - len(number) - 3)
    carets = paint("^" * shown.caret_width, colour, color=color)
    lines = [
        f"{paint(f'{number} |', 'dim', color=color)} {shown.text}".rstrip(),
        f"{empty} {' ' * shown.caret_start}{carets}",
    ]
    margin = " " * (len(number) + 1)
    lines.extend(
        f"{margin}{paint('=', 'dim', color=color)} {note.in_language(language)}"
        for note in [*map(_related, violation.related), *_hint(violation)]
    )
    return head + "".join(f"{line}\n" for line in lines)


def _waived(violation: Violation, language: Language) -> str:
    waived = violation.waived
    assert waived is not None
    by = Wording(f"，{waived.by}", f" ({waived.by})") if waived.by else Wording("", "")
    if waived.kind == "baseline":
        why = Wording("在基线内", "in the baseline").in_language(language)
        return _silenced(violation, why, language)
    until = Wording(f"，至{waived.until}", f", until {waived.until}") if waived.until else Wording("", "")
    why = Wording(
        f"已豁免：{waived.reason}{by.zh}{until.zh}", f"waived: {waived.reason}{by.en}{until.en}"
    ).in_language(language)
    return _silenced(violation, why, language)


def _silenced(violation: Violation, why: str, language: Language) -> str:
    where, paged = violation.location, on_page(violation)
    at = f":{where.line}:{where.column}" if paged is None else f" {visible(paged.in_language(language))}"
    return (
        f"{visible(violation.path)}{at} {violation.code} "
        f"{visible(violation.message.in_language(language))} [{visible(why)}]\n"
    )


def _related(place: RelatedPlace) -> Wording:
    path = visible(place.path)
    if place.page is None:
        zh = en = f"{path}:{place.line}:{place.column}"
    else:
        zh, en = f"{path} 第 {place.page} 页", f"{path} page {place.page}"
    if place.code:
        # It stands on the same words.
        return Wording(
            f"同处另有 {place.code}：{visible(place.note.zh)}",
            f"here also {place.code}: {visible(place.note.en)}",
        )
    return Wording(f"另见 {zh}：{visible(place.note.zh)}", f"see {en}: {visible(place.note.en)}")


def _hint(violation: Violation) -> list[Wording]:
    """What can be done about it by the program, and to what effect."""
    fix = violation.fix
    if fix is None or not fix.edits:
        return []
    change = edits_in_words(fix, violation)
    if fix.applicability == "manual" or not fix.source_edits:
        return [Wording(f"参考改法：{change.zh}", f"suggestion: {change.en}")]
    if fix.is_tracked:
        options = "--fix --annotate" if fix.applicability == "safe" else "--fix --unsafe-fixes --annotate"
        return [
            Wording(
                f"可用 {options} 以修订方式修改：{change.zh}",
                f"a tracked change with {options}: {change.en}",
            )
        ]
    if fix.applicability == "unsafe":
        return [
            Wording(
                f"可用 --fix --unsafe-fixes 修复，请核对是否改变原意：{change.zh}",
                f"fixable with --fix --unsafe-fixes, check that the sense stays: {change.en}",
            )
        ]
    return [Wording(f"可用 --fix 自动修复：{change.zh}", f"fixable with --fix: {change.en}")]


def _document(document: FileResult, kind: Wording, language: Language) -> str:
    path = visible(document.path)
    if document.skipped:
        state = Wording("已跳过，看不出是简报", "skipped, shows no part of a bulletin")
    elif document.error is not None:
        state = Wording("未能检查", "could not be checked")
    elif document.is_unjudged:
        state = Wording("没有检查，全部规则都被忽略", "not checked, every rule is ignored in it")
    elif document.beside:
        state = Wording("只看了它在刊中的位置", "only its place in the series was looked at")
    elif document.pages is not None:
        state = Wording(f"{kind.zh}，{document.pages} 页", f"{kind.en}, {plural(document.pages, 'page')}")
    elif document.encoding is not None:
        state = Wording(f"{kind.zh}，编码 {document.encoding}", f"{kind.en}, encoding {document.encoding}")
    else:
        state = kind
    unknown = [
        code
        for code, outcome in sorted(document.outcomes.items())
        if outcome == "cannot-assess" and code not in document.reasons
    ]
    zh, en = state
    if unknown:
        zh += f"；无法判断的规则：{'、'.join(unknown)}"
        en += f"; rules that could not be assessed: {', '.join(unknown)}"
    return f"{path}: {Wording(zh, en).in_language(language)}\n{_reasons(document, language)}"


def _reasons(document: FileResult, language: Language) -> str:
    """A line for each reason, with the codes that could not be assessed for it."""
    codes: dict[Wording, list[str]] = {}
    for code, why in sorted(document.reasons.items()):
        codes.setdefault(why, []).append(code)
    lines = [
        Wording(
            f"  无法判断 {'、'.join(each)}：{visible(why.zh)}\n",
            f"  cannot assess {', '.join(each)}: {visible(why.en)}\n",
        )
        for why, each in codes.items()
    ]
    return "".join(line.in_language(language) for line in lines)


def summary_line(report: Report, language: Language, *, color: bool) -> str:
    violations = report.violations
    text = Wording(_found_zh(violations), _found_en(violations)).in_language(language)
    if not violations and not report.checked:
        # Nothing was looked at: nothing can be said of what was found.
        return f"{_looked_at(report).in_language(language)}\n"
    painted = paint(text, "bold" if violations else "green", color=color)
    return f"{painted}\n{_looked_at(report).in_language(language)}\n"


def _counts(violations: Sequence[Violation]) -> tuple[int, int, int]:
    severities = [violation.severity for violation in violations]
    return severities.count("error"), severities.count("warning"), severities.count("info")


def _fixable(violations: Sequence[Violation], *, tracked: bool = False) -> tuple[int, int]:
    """How many violations ``--fix`` mends, or makes tracked changes of, and how many more with
    ``--unsafe-fixes``.
    """
    kinds = [
        violation.fix.applicability
        for violation in violations
        if violation.fix is not None and violation.fix.source_edits and violation.fix.is_tracked == tracked
    ]
    return kinds.count("safe"), kinds.count("unsafe")


def _found_zh(violations: Sequence[Violation]) -> str:
    if not violations:
        return "没有发现问题。"
    errors, warnings, notes = _counts(violations)
    text = f"发现 {len(violations)} 处问题：错误 {errors}，警告 {warnings}，建议 {notes}"
    safe, unsafe = _fixable(violations)
    if safe:
        text += f"；{safe} 处可用 --fix 自动修复"
    if unsafe:
        text += f"；{unsafe} 处可用 --fix --unsafe-fixes 修复"
    safe, unsafe = _fixable(violations, tracked=True)
    if safe:
        text += f"；{safe} 处可用 --fix --annotate 改成修订"
    if unsafe:
        text += f"；{unsafe} 处可用 --fix --unsafe-fixes --annotate 改成修订"
    return text + "。"


def _found_en(violations: Sequence[Violation]) -> str:
    if not violations:
        return "No violations."
    errors, warnings, notes = _counts(violations)
    text = (
        f"Found {plural(len(violations), 'violation')}: "
        f"{plural(errors, 'error')}, {plural(warnings, 'warning')}, {notes} info"
    )
    safe, unsafe = _fixable(violations)
    if safe:
        text += f"; {safe} fixable with --fix"
    if unsafe:
        text += f"; {unsafe} fixable with --fix --unsafe-fixes"
    safe, unsafe = _fixable(violations, tracked=True)
    if safe:
        text += f"; {plural(safe, 'tracked change')} with --fix --annotate"
    if unsafe:
        text += f"; {plural(unsafe, 'tracked change')} with --fix --unsafe-fixes --annotate"
    return text + "."


def _commonest_reasons(report: Report) -> Wording:
    """In a few words why most of what could not be assessed was not."""
    reasons = Counter(
        (why.zh.removesuffix(_UNKNOWN.zh), why.en.removesuffix(_UNKNOWN.en))
        for document in report.documents
        for why in document.reasons.values()
    )
    told = [words for words, _ in reasons.most_common(_REASONS)]
    more = len(reasons) > len(told)
    return Wording(
        visible("、".join(zh for zh, _ in told) + "等" * more),
        visible("; ".join(en for _, en in told) + ", and more" * more),
    )


def _looked_at(report: Report) -> Wording:
    checked = len(report.checked)
    skipped = sum(document.skipped for document in report.documents)
    failed = len(report.failed)
    unknown = sum(
        outcome == "cannot-assess" for document in report.documents for outcome in document.outcomes.values()
    )
    zh = f"检查了 {checked} 份文件"
    en = f"Checked {plural(checked, 'document')}"
    if skipped:
        zh += f"，跳过 {skipped} 份"
        en += f", skipped {skipped}"
    if report.unjudged:
        zh += f"，{len(report.unjudged)} 份没有规则可用"
        en += f", no rule was left for {len(report.unjudged)}"
    if failed:
        zh += f"，{failed} 份未能检查或未查完"
        en += f", {failed} could not be checked or not by every rule"
    known = sum(each.waived is not None and each.waived.kind == "baseline" for each in report.waived)
    waived = len(report.waived) - known
    if waived:
        zh += f"；{waived} 处已豁免"
        en += f"; {waived} waived"
    if known:
        zh += f"；{known} 处在基线内"
        en += f"; {known} in the baseline"
    if unknown:
        why = _commonest_reasons(report)
        zh += f"；有 {unknown} 项无法判断" + (f"：{why.zh}" if why.zh else "")
        en += f"; {plural(unknown, 'check')} could not be assessed" + (f": {why.en}" if why.en else "")
    return Wording(zh + "。", en + ".")
