"""Copies of files with what was found in them as marks, made where a file may be read."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.page_view import NumberedMark
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.readers import annotate
from bulletin_lint.readers.reader_info import ReadOptions


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
