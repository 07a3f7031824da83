"""Copies of files with what was found in them as marks, made where a file may be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bulletin_lint.engine.annotate import Annotated, PlacedRemark, commented_here
from bulletin_lint.engine.linter import Linter
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.page_view import NumberedMark, marks_of
from bulletin_lint.model.report import FileResult, RuleNote, is_at_least
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.violation import Severity
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.readers import annotate
from bulletin_lint.readers.reader_info import ReadOptions

MOST_COMMENTS = 200
"""Comments in one document; nobody answers more."""


class Annotating:
    """Marks a copy of a file, in this process or another."""

    def __init__(
        self,
        marks: Sequence[NumberedMark],
        language: Language,
        password: str | None = None,
        *,
        is_signed_allowed: bool,
    ) -> None:
        self._marks = tuple(marks)
        self._language: Language = language
        self._password = password
        self._is_signed_allowed = is_signed_allowed

    def __call__(self, source: SourceFile) -> bytes | Wording:
        """The marked copy, or why there is none."""
        try:
            return annotate(
                source,
                self._marks,
                self._language,
                ReadOptions(self._password),
                is_signed_allowed=self._is_signed_allowed,
            )
        except SourceError as error:
            # An exception does not cross a pipe as what it is.
            return error.wording

    def of(self, linter: object, source: SourceFile) -> bytes | Wording:
        """The same, as a pool of processes calls it."""
        del linter
        return self(source)


class Commenting:
    """Puts comments into a copy of a document, where it may be read."""

    def __init__(self, remarks: Sequence[PlacedRemark]) -> None:
        self._remarks = tuple(remarks)

    def of(self, linter: Linter, source: SourceFile) -> bytes | Wording:
        """The copy, or why there is none."""
        made: Annotated = commented_here(linter, source, self._remarks)
        return made.data if made.error is None else made.error


def noted_marks(
    document: FileResult, level: Severity, notes: Mapping[str, RuleNote], language: Language
) -> list[NumberedMark]:
    """The marks of a file with pages from a level on, each with what there is to say of it and the number
    that it has among all, on the page and on a sheet.
    """
    from bulletin_lint.reporters.comment_text import comment_text

    return [
        mark._replace(
            note=comment_text(
                mark.violation, mark.violation.places[0], notes.get(mark.violation.code), language
            )
        )
        for mark in marks_of(document.violations)
        if is_at_least(mark.severity, level)
    ]


def remarks_of(
    document: FileResult, level: Severity, notes: Mapping[str, RuleNote], language: Language
) -> list[PlacedRemark]:
    """What is to be said in a document, in its order."""
    from bulletin_lint.reporters.comment_text import comment_text, more_text

    found = [
        PlacedRemark(place.location, comment_text(violation, place, notes.get(violation.code), language))
        for violation in document.violations
        if is_at_least(violation.severity, level)
        for place in violation.places
    ]
    found.sort(key=lambda remark: remark.location[:4])
    if len(found) > MOST_COMMENTS:
        rest = len(found) - MOST_COMMENTS
        more = PlacedRemark(found[MOST_COMMENTS].location, more_text(rest, language))
        found = [*found[:MOST_COMMENTS], more]
    return found
