"""Two files read and held against each other, where files may be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from bulletin_lint._typing import NamedTuple
from bulletin_lint.desk.comparison.differences import SAME_TEXT, Change, SameRun, compared, similarity
from bulletin_lint.desk.comparison.folding import Folded, folded
from bulletin_lint.desk.looking import lines_of
from bulletin_lint.engine.conversion import Converted
from bulletin_lint.engine.linter import Linter
from bulletin_lint.engine.scheduler import apart
from bulletin_lint.model.comparison import Comparison, Difference, NoiseKind, Side
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.location import Span
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.wording import Wording
from bulletin_lint.readers import TIME_LIMIT, reader_info

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.config.settings import Settings

_CONTEXT = 12
"""Characters on either side of a difference."""
_MOST_TOLD = 1000
"""Differences that are told of one pair; whoever has more has another text."""


class ComparedFiles(NamedTuple):
    """A comparison as it comes from where the files were read, or why there is none."""

    comparison: Comparison | None = None
    left_lines: tuple[str, ...] = ()
    """Those that places in the first count."""
    pages: int | None = None
    """Of the second."""
    path: str = ""
    error: Wording | None = None


class Comparing:
    """Compares two files; both are read in one process, apart from whoever asks where one is of a kind that
    needs that.
    """

    def __init__(self, linter: Linter, left: SourceFile, right: SourceFile, *, is_strict: bool) -> None:
        self._linter = linter
        self._left = left
        self._right = right
        self._is_strict = is_strict

    def __call__(self, source: SourceFile) -> ComparedFiles:
        """What is different; `source` is one of the two."""
        del source
        try:
            left, right = self._linter.read(self._left), self._linter.read(self._right)
        except SourceError as error:
            return ComparedFiles(path=error.path, error=error.wording)
        for document in (left, right):
            if document.reading.unread_pages:
                return ComparedFiles(path=document.path, error=document.reading.unread_pages[0].wording())
        found = _comparison(folded(left), folded(right), is_strict=self._is_strict)
        return ComparedFiles(found, lines_of(left), right.reading.pages)


def compare(
    linter: Linter,
    left: SourceFile,
    right: SourceFile,
    *,
    is_strict: bool = False,
    time_limit: float = TIME_LIMIT,
    settings: Settings | None = None,
) -> ComparedFiles:
    """What is different between two files of one issue.

    The `settings` say how a file is converted that needs it. With `is_strict` also what differs in form only
    is told: width, quotes, dashes, spaces.

    Raises:
        SourceError: one of them cannot be read.
    """
    if any(reader_info(each.kind).converter and each.conversion is None for each in (left, right)):
        with Converted([left, right], settings) as (first, second):
            return compare(linter, first, second, is_strict=is_strict, time_limit=time_limit)
    risky = right if reader_info(right.kind).is_isolated else left
    work = Comparing(linter, left, right, is_strict=is_strict)
    # Two files are read, and then compared.
    found: ComparedFiles = apart(work, risky, time_limit=3 * time_limit)
    if found.error is not None:
        raise SourceError(found.path, found.error)
    return found


def _comparison(left: Folded, right: Folded, *, is_strict: bool) -> Comparison:
    alike = similarity(left.text, right.text)
    names = (left.document.path, right.document.path)
    if alike < SAME_TEXT:
        return Comparison(*names, alike, is_one_text=False)
    changes, equals = compared(left, right)
    noise = list(_noise(left, right, equals))
    if is_strict:
        changes = sorted(
            [*changes, *(change for _, change in noise)], key=lambda change: (change.left, change.right)
        )
    return Comparison(
        *names,
        alike,
        is_one_text=True,
        differences=tuple(
            Difference(
                number,
                change.kind,
                change.severity,
                _side(left, *change.left),
                _side(right, *change.right),
            )
            for number, change in enumerate(changes[:_MOST_TOLD], start=1)
        ),
        noise=dict(Counter(kind for kind, _ in noise)),
    )


def _side(folded_text: Folded, start: int, end: int) -> Side:
    document = folded_text.document
    span = folded_text.span(start, end)
    block = document.blocks[document.block_at(span.start)].span if document.blocks else Span(0, 0)
    text = document.text
    return Side(
        text[span.start : span.end],
        text[max(block.start, span.start - _CONTEXT) : span.start],
        text[span.end : min(max(block.end, span.end), span.end + _CONTEXT)].partition("\n")[0],
        document.locate(span),
    )


def _noise(left: Folded, right: Folded, equals: Sequence[SameRun]) -> Iterator[tuple[NoiseKind, Change]]:
    """Where the two are the same but for form or spaces."""
    for equal in equals:
        for step in range(equal.length):
            at, to = equal.left + step, equal.right + step
            place = ((at, at + 1), (to, to + 1))
            if _character(left, at) != _character(right, to):
                yield "form", Change("form", "info", *place)
            elif step and _has_space(left, at) != _has_space(right, to):
                yield "space", Change("form", "info", (at - 1, at + 1), (to - 1, to + 1))


def _character(text: Folded, at: int) -> str:
    return text.document.text[text.starts[at]]


def _has_space(text: Folded, at: int) -> bool:
    """Whether a space stands before a character in its line; where lines were joined nobody knows."""
    start, end = text.starts[at - 1] + 1, text.starts[at]
    if start >= end:
        return False
    between = text.document.text[start:end]
    return "\n" not in between and between.isspace() and not text.document.seams.intersection((start, end))
