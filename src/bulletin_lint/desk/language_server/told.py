"""What was found, as an editor is told: diagnostics, and what can be done about them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from lsprotocol import types

from bulletin_lint._typing import NamedTuple
from bulletin_lint.desk.language_server.positions import Lines
from bulletin_lint.model.report import FileResult, RuleNote
from bulletin_lint.model.violation import Severity, Violation
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.reporters.mending import mending

SOURCE = "bulletin-lint"
_SEVERITIES: dict[Severity, types.DiagnosticSeverity] = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
}
_BY_HAND = Wording("（改后请核对）", " (read the change)")
_NO_REMEDY = Wording("修复", "fix")


class PlacedViolation(NamedTuple):
    """One violation at one of its places, as an editor knows it."""

    violation: Violation
    diagnostic: types.Diagnostic


def told(
    result: FileResult, lines: Lines, pages: Mapping[str, str], language: Language, uri: str
) -> tuple[PlacedViolation, ...]:
    """What was found in a text, at each of its places; `pages` are addresses of what is said of rules."""
    return tuple(
        PlacedViolation(each, _diagnostic(each, lines, pages, language, uri))
        for violation in result.violations
        for each in _at_each_place(violation)
    )


def _at_each_place(violation: Violation) -> Iterator[Violation]:
    for place in violation.places:
        yield violation.at((place,))


def _diagnostic(
    violation: Violation, lines: Lines, pages: Mapping[str, str], language: Language, uri: str
) -> types.Diagnostic:
    where = violation.location
    page = pages.get(violation.code)
    return types.Diagnostic(
        range=lines.range(where.line, where.column, where.end_line, where.end_column),
        message=violation.message.in_language(language),
        severity=_SEVERITIES[violation.severity],
        code=violation.code,
        code_description=types.CodeDescription(page) if page is not None else None,
        source=SOURCE,
        related_information=list(_related(violation, lines, language, uri)) or None,
    )


def _related(
    violation: Violation, lines: Lines, language: Language, uri: str
) -> Iterator[types.DiagnosticRelatedInformation]:
    """What the violation refers to in the same text, and in other texts that have lines."""
    from pygls import uris

    for place in violation.related:
        note = place.note.in_language(language)
        if place.path == violation.path:
            position = lines.position(place.line, place.column)
            yield types.DiagnosticRelatedInformation(
                types.Location(uri, types.Range(position, position)), note
            )
        elif place.page is None:
            other = uris.from_fs_path(os.path.abspath(place.path))
            if other is not None:
                # Its text is not at hand, so that no column can be counted.
                start = types.Position(max(0, place.line - 1), 0)
                yield types.DiagnosticRelatedInformation(
                    types.Location(other, types.Range(start, start)), note
                )


def complaints(result: FileResult, language: Language) -> Iterator[types.Diagnostic]:
    """Why the text, or some rule on it, could not be judged."""
    start = types.Position(0, 0)
    for wording in result.complaints:
        yield types.Diagnostic(
            types.Range(start, start),
            wording.in_language(language),
            severity=types.DiagnosticSeverity.Error,
            source=SOURCE,
        )


def quick_fix(
    each: PlacedViolation, lines: Lines, language: Language
) -> tuple[str, list[types.TextEdit], bool] | None:
    """What mends a violation: its title, its edits, and whether it is safe; None where a person must."""
    fix = each.violation.fix
    if fix is None or fix.applicability == "manual" or not fix.edits:
        return None
    edits = [
        types.TextEdit(lines.range(edit.line, edit.column, edit.end_line, edit.end_column), edit.text)
        for edit in fix.edits
    ]
    is_safe = fix.applicability == "safe"
    title = f"{_mended(each.violation, language)}{'' if is_safe else _BY_HAND.in_language(language)}"
    return title, edits, is_safe


def _mended(violation: Violation, language: Language) -> str:
    assert violation.fix is not None
    code = violation.code
    (first, *more) = violation.fix.edits
    if more or "\n" in first.text or len(first.text) > 30:
        return f"{_NO_REMEDY.in_language(language)}（{code}）" if language == "zh" else f"Fix {code}"
    if not first.text:
        return f"删去（{code}）" if language == "zh" else f"Delete ({code})"
    return f"改为“{first.text}”（{code}）" if language == "zh" else f"Change to '{first.text}' ({code})"


def waiver_edit(each: PlacedViolation, lines: Lines) -> types.TextEdit:
    """A waiver on a line before the violation's; the reason is for a person to write."""
    line = each.violation.location.line
    position = lines.position(line, 1)
    end = "\r\n" if "\r\n" in lines.text else "\n"
    # A mark of the order of bytes stays first.
    start = types.Position(position.line, 0) if line > 1 else position
    comment = f"<!-- bulletin-lint: ignore-next-line[{each.violation.code}] -->{end}"
    return types.TextEdit(types.Range(start, start), comment)


def explained(note: RuleNote, violation: Violation | None, language: Language) -> str:
    """Why there is a rule, how to mend what breaks it, and by which norm, as Markdown."""
    said = violation.message if violation is not None else note.summary
    parts = [f"**{note.code}** {_plain(said.in_language(language))}"]
    if note.why is not None:
        parts.append(_plain(note.why.in_language(language)))
    mend = mending(violation, note) if violation is not None else note.remedy
    if mend is not None:
        head = "怎样改：" if language == "zh" else "To mend it: "
        parts.append(head + _plain(mend.in_language(language)))
    if note.references:
        head, between = ("依据：", "；") if language == "zh" else ("By: ", "; ")
        parts.append(head + _plain(between.join(note.references)))
    return "\n\n".join(parts)


def _plain(text: str) -> str:
    """Words that Markdown takes for nothing else."""
    return "".join("\\" + character if character in "\\`*_{}[]<>#|~!&" else character for character in text)
