"""Copies of files with pages, what was found in them as marks."""

from __future__ import annotations

from bulletin_lint.desk.marking import Annotating, noted_marks
from bulletin_lint.engine.scheduler import apart
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.report import FileResult
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.wording import Language, Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from bulletin_lint.model.report import RuleNote


def marked_copy(
    source: SourceFile,
    document: FileResult,
    args: argparse.Namespace,
    notes: Mapping[str, RuleNote],
    language: Language,
) -> tuple[bytes, int]:
    """A copy of a file that was checked, and how many violations are marked in it.

    Raises:
        SourceError: none can be made.
    """
    marks = noted_marks(document, args.annotate_level, notes, language)
    work = Annotating(marks, language, args.password, is_signed_allowed=args.annotate_signed)
    made: bytes | Wording = apart(work, source, time_limit=args.time_limit)
    if not isinstance(made, bytes):
        raise SourceError(source.path, made)
    return made, len(marks)
