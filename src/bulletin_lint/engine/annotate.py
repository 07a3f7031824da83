"""What was found in a document written into a copy of it: comments on the words, fixes as tracked changes.

The document is read, written into and read again where files of its kind are read: in a process of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module

from bulletin_lint._typing import NamedTuple
from bulletin_lint.engine.fix import Fixed, Refused, fix_file, shape_of
from bulletin_lint.engine.linter import Linter
from bulletin_lint.engine.scheduler import apart
from bulletin_lint.model.document import Document
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.location import Location, Span
from bulletin_lint.model.reading import Reading
from bulletin_lint.model.report import Report
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.violation import Applicability, Edit, Violation
from bulletin_lint.model.wording import Wording
from bulletin_lint.readers import content_of, reader_info
from bulletin_lint.readers.reader_info import Remark

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.readers.reader_info import AnnotatedCopy

AUTHOR = "bulletin-lint"
"""Whose comments and changes are ours: what has this author is taken out and written anew."""
INITIALS = "BL"
TIMES = 4.0
"""How much longer than reading it writing into a document may take: it is read for each round of fixes, once
to be written into, and once to see that what was written reads as it should."""
_CANNOT_BE_TRACKED = Wording(
    "不能写成修订（在域、他人的修订、文本框、制表符两侧或自动编号里），请人工修改",
    "cannot become a tracked change (in a field, a change of somebody else, a text box, across a tab, or in "
    "an automatic number): mend it by hand",
)


class PlacedRemark(NamedTuple):
    """What is to be said at a place of a document."""

    location: Location
    text: str
    """A line feed between paragraphs."""


class Annotated(NamedTuple):
    """What became of one document."""

    data: bytes = b""
    """The copy."""
    applied: int = 0
    """Fixes that are tracked changes in it."""
    refused: tuple[Refused, ...] = ()
    notes: tuple[Wording, ...] = ()
    """What is to be known of the copy, each without its last full stop."""
    error: Wording | None = None
    """Why there is none."""


Waive = Callable[[Report], Report]


def tracked(
    source: SourceFile,
    linter: Linter,
    waive: Waive,
    applicabilities: frozenset[Applicability],
    *,
    time_limit: float,
) -> Annotated:
    """A copy of a document with its fixes as tracked changes, but for what `waive` takes out.

    Raises:
        SourceError: the file brought its process down.
    """
    found: Annotated = apart(_Tracking(linter, waive, applicabilities), source, time_limit=TIMES * time_limit)
    return found


def commented(
    source: SourceFile, linter: Linter, remarks: Sequence[PlacedRemark], *, time_limit: float
) -> Annotated:
    """A copy of a document with remarks as comments.

    Raises:
        SourceError: the file brought its process down.
    """
    found: Annotated = apart(_Marking(linter, tuple(remarks)), source, time_limit=TIMES * time_limit)
    return found


def commented_here(linter: Linter, source: SourceFile, remarks: Sequence[PlacedRemark]) -> Annotated:
    """The same where documents may be read."""
    return _Marking(linter, tuple(remarks))(source)


def _copy_of(source: SourceFile, data: bytes) -> AnnotatedCopy:
    module, _, name = reader_info(source.kind).copier.partition(":")
    made: AnnotatedCopy = getattr(import_module(module), name)(source.path, data)
    return made


class _Tracking:
    """Makes tracked changes of fixes, where documents are read."""

    def __init__(self, linter: Linter, waive: Waive, applicabilities: frozenset[Applicability]) -> None:
        self._linter = linter
        self._waive = waive
        self._applicabilities = applicabilities

    def __call__(self, source: SourceFile) -> Annotated:
        """The copy, or what is wrong."""
        try:
            return self._tracked(source)
        except SourceError as error:
            return Annotated(error=error.wording)

    def _tracked(self, source: SourceFile) -> Annotated:
        data = content_of(source)
        original = _copy_of(source, data)
        text = original.reading.text
        refused: list[Refused] = []

        def lint(changed: bytes) -> tuple[Reading, Sequence[Violation], object]:
            copy = original if changed is data else _copy_of(source, changed)
            named = source._replace(explicit=True, data=None)
            linted = self._linter.lint(named, changed)
            document = linted.document
            if document is None:
                raise SourceError(source.path, linted.result.error or Wording("无法读取", "cannot be read"))
            judged = self._waive(Report((linted.result,))).documents
            found = next(each for each in judged if each.path == source.path).violations
            able = [_able(copy, violation) for violation in found]
            if copy is original:
                refused.extend(
                    Refused(before.code, before.location.line, _CANNOT_BE_TRACKED)
                    for before, after in zip(found, able, strict=True)
                    if before.fix is not None
                    and before.fix.source_edits
                    and before.fix.applicability in self._applicabilities
                    and after.fix is None
                )
            return document.reading, able, shape_of(document.bulletin)

        def written(changed: str) -> bytes:
            return original.edited(_checked(original, source.path, differences(text, changed)))

        fixed: Fixed = fix_file(data, lint, applicabilities=self._applicabilities, written=written)
        refusals = (*refused, *fixed.refused)
        if fixed.text_after == text:
            return Annotated(data, refused=refusals)
        made = original.edited(differences(text, fixed.text_after), AUTHOR)
        original.verify(made, fixed.text_after)
        return Annotated(made, fixed.applied, refusals)


def _able(copy: AnnotatedCopy, violation: Violation) -> Violation:
    """The violation, without its fix where that cannot be made in the document."""
    fix = violation.fix
    if fix is None:
        return violation
    is_able = bool(fix.source_edits) and all(map(copy.can_edit, fix.source_edits))
    return violation._replace(fix=fix._replace(is_tracked=False) if is_able else None)


def _checked(copy: AnnotatedCopy, path: str, edits: Sequence[Edit]) -> Sequence[Edit]:
    if not all(map(copy.can_edit, edits)):
        raise SourceError(path, _CANNOT_BE_TRACKED)
    return edits


def differences(before: str, after: str) -> list[Edit]:
    """The edits that make one text of another; each within a line, of which both have as many.

    Raises:
        ValueError: they have not.
    """
    edits: list[Edit] = []
    offset = 0
    for old, new in zip(before.split("\n"), after.split("\n"), strict=True):
        if old != new:
            edits.extend(_differences(old, new, offset))
        offset += len(old) + 1
    return edits


def _differences(old: str, new: str, offset: int) -> Iterator[Edit]:
    from difflib import SequenceMatcher

    start = _shared(old, new)
    end = min(_shared(old[::-1], new[::-1]), min(len(old), len(new)) - start)
    middle, other = old[start : len(old) - end], new[start : len(new) - end]
    matcher = SequenceMatcher(None, middle, other, autojunk=False)
    for tag, low, high, first, last in matcher.get_opcodes():
        if tag != "equal":
            at = offset + start
            yield Edit(Span(at + low, at + high), other[first:last])


def _shared(first: str, second: str) -> int:
    """How many characters two texts begin with alike."""
    return next(
        (at for at, (one, other) in enumerate(zip(first, second, strict=False)) if one != other),
        min(len(first), len(second)),
    )


class _Marking:
    """Writes comments, where documents are read."""

    def __init__(self, linter: Linter, remarks: tuple[PlacedRemark, ...]) -> None:
        self._linter = linter.without_rules()
        self._remarks = remarks

    def __call__(self, source: SourceFile) -> Annotated:
        """The copy, or what is wrong."""
        try:
            data = content_of(source)
            document = self._linter.read(source, data)
            copy = _copy_of(source, data)
            remarks = [_placed(remark, document) for remark in self._remarks]
            made = copy.commented(remarks, AUTHOR, INITIALS)
            return Annotated(made, notes=tuple(copy.notes))
        except SourceError as error:
            return Annotated(error=error.wording)


def _placed(remark: PlacedRemark, document: Document) -> Remark:
    """A remark by offsets in the reading's text."""
    where, blocks = remark.location, document.blocks
    start = _offset(document, where.line, where.column) if blocks else 0
    end = max(start, _offset(document, where.end_line, where.end_column)) if blocks else 0
    spans = document.source_spans(Span(start, end))
    return Remark(spans[0].start, max(each.end for each in spans), remark.text)


def _offset(document: Document, line: int, column: int) -> int:
    block = document.blocks[min(line, len(document.blocks)) - 1].span
    return min(block.start + column - 1, block.end)
