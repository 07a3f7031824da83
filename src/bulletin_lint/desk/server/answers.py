"""What the page is told of a file: plain values, in which text from outside cannot become anything else."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin_lint._typing import Any
from bulletin_lint.desk.server.memory import Entry
from bulletin_lint.desk.sheets import beside, result_in
from bulletin_lint.model.page_view import NumberedMark, marks_of
from bulletin_lint.model.report import FileResult, RuleNote
from bulletin_lint.model.violation import SEVERITIES, Severity, Violation
from bulletin_lint.model.visible import visible
from bulletin_lint.model.wording import Language
from bulletin_lint.readers import reader_info
from bulletin_lint.reporters.mending import mending
from bulletin_lint.reporters.sheet.page_marks import on_page
from bulletin_lint.reporters.sheet.sheet import Rules, verdict
from bulletin_lint.reporters.sheet.shown import SEVERITY_WORDS, parts_of
from bulletin_lint.reporters.sheet.text_marks import MarkedPiece, TextLine, sections
from bulletin_lint.reporters.standing import place_words
from bulletin_lint.reporters.timeline import number_wording


class Answers:
    """Tells of files in a language."""

    def __init__(self, language: Language, rules: Rules, fail_level: Severity) -> None:
        self._language: Language = language
        self._rules = rules
        self._fail_level = fail_level

    def file(self, entry: Entry) -> dict[str, Any]:
        """All that the page shows of a file."""
        looked, language = entry.looked, self._language
        result = result_in(entry.judged, looked)
        marks = marks_of(result.violations)
        info = reader_info(looked.source.kind)
        record = looked.linted.facts
        found = verdict(result, self._fail_level)
        paged = bool(looked.sizes) and bool(info.draws)
        return {
            "id": entry.id,
            "name": looked.source.path,
            "title": parts_of(looked.source.path),
            "size": looked.size,
            "sha256": looked.sha256,
            "issue": number_wording(record).in_language(language) if record is not None else "",
            "date": (record.date if record is not None else None) or "",
            "series": parts_of((record.title if record is not None else None) or ""),
            "state": found.state,
            "verdict": found.words.in_language(language),
            "details": parts_of(found.details.in_language(language)),
            "counts": [sum(mark.violation.severity == each for mark in marks) for each in SEVERITIES],
            "failures": [parts_of(each.in_language(language)) for each in result.complaints],
            "marks": [self._mark(mark, paged=paged) for mark in marks],
            "pages": self._pages(entry, marks) if paged else [],
            "lines": [] if paged else self._lines(looked.lines, marks),
            "waived": [self._waived(each) for each in result.waived],
            "around": self._around(entry),
            "beside": [self._beside(each) for each in beside(entry.judged)],
            "notes": {code: self._note(note) for code, note in self._notes(result).items()},
            "fixable": sum(_is_fixable(mark.violation) for mark in marks) if info.is_editable else 0,
            "markable": bool(info.annotates or info.copier) and result.error is None,
        }

    def _mark(self, mark: NumberedMark, *, paged: bool) -> dict[str, Any]:
        violation = mark.violation
        return {
            "number": mark.number,
            "severity": violation.severity,
            "word": SEVERITY_WORDS[violation.severity].in_language(self._language),
            "code": violation.code,
            "message": parts_of(violation.message.in_language(self._language)),
            "excerpt": parts_of(violation.excerpt),
            "place": visible(place_words(violation.location).in_language(self._language)),
            "stands": bool(mark.boxes) if paged else True,
            "fixable": _is_fixable(violation),
            "mending": self._mending(violation),
        }

    def _mending(self, violation: Violation) -> list[Any]:
        said = mending(violation, self._rules.notes.get(violation.code))
        return parts_of(said.in_language(self._language)) if said is not None else []

    def _pages(self, entry: Entry, marks: Sequence[NumberedMark]) -> list[dict[str, Any]]:
        pages = []
        for number, (width, height) in enumerate(entry.looked.sizes, start=1):
            found = [
                {
                    "number": each.mark.number,
                    "boxes": [[round(side, 2) for side in box] for box in each.boxes],
                    "label": round(each.label, 2),
                    "anchor": round(each.anchor, 2),
                }
                for each in on_page(marks, number, height)
            ]
            pages.append({"number": number, "width": width, "height": height, "marks": found})
        return pages

    def _lines(self, lines: Sequence[str], marks: Sequence[NumberedMark]) -> list[dict[str, Any]]:
        return [_line(line) for section in sections(lines, marks) for line in section.lines]

    def _waived(self, violation: Violation) -> dict[str, Any]:
        waived = violation.waived
        assert waived is not None
        return {
            "code": violation.code,
            "message": parts_of(violation.message.in_language(self._language)),
            "reason": parts_of(waived.reason),
            "by": parts_of(waived.by or ""),
            "until": waived.until or "",
        }

    def _around(self, entry: Entry) -> list[dict[str, Any]]:
        record = entry.looked.linted.facts
        return [
            {
                "issue": number_wording(issue).in_language(self._language),
                "date": issue.date or "",
                "name": parts_of(issue.name),
                "this": record is not None and issue.name == record.name,
            }
            for issue in entry.judged.around(record)
        ]

    def _beside(self, violation: Violation) -> dict[str, Any]:
        return {
            "severity": violation.severity,
            "word": SEVERITY_WORDS[violation.severity].in_language(self._language),
            "code": violation.code,
            "name": parts_of(violation.path),
            "message": parts_of(violation.message.in_language(self._language)),
        }

    def _notes(self, result: FileResult) -> dict[str, RuleNote]:
        codes = {violation.code for violation in (*result.violations, *result.waived)}
        return {code: self._rules.notes[code] for code in sorted(codes) if code in self._rules.notes}

    def _note(self, note: RuleNote) -> dict[str, Any]:
        language = self._language
        return {
            "why": note.why.in_language(language) if note.why is not None else "",
            "references": list(note.references),
        }


def _line(line: TextLine) -> dict[str, Any]:
    return {"number": line.number, "gap": line.is_after_gap, "pieces": [_piece(each) for each in line.pieces]}


def _piece(piece: MarkedPiece) -> dict[str, Any]:
    return {
        "text": parts_of(piece.text),
        "severity": piece.severity,
        "begins": [mark.number for mark in piece.begins],
        "more": [mark.number for mark in piece.goes_on],
        "leftOut": piece.left_out,
    }


def _is_fixable(violation: Violation) -> bool:
    return violation.fix is not None and violation.fix.applicability == "safe"
