"""Copies of files with pages, what was found in them as marks."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin_lint.engine.scheduler import apart
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.page_view import NumberedMark, marks_of
from bulletin_lint.model.report import FileResult
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.readers import annotate
from bulletin_lint.readers.reader_info import ReadOptions

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse


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


def marked_copy(
    source: SourceFile, document: FileResult, args: argparse.Namespace, language: Language
) -> tuple[bytes, int]:
    """A copy of a file that was checked, and how many violations are marked in it.

    Raises:
        SourceError: none can be made.
    """
    marks = marks_of(document.violations)
    work = Annotating(marks, language, args.password, is_signed_allowed=args.annotate_signed)
    made: bytes | Wording = apart(work, source, time_limit=args.time_limit)
    if not isinstance(made, bytes):
        raise SourceError(source.path, made)
    return made, len(marks)
