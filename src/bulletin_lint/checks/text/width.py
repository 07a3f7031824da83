"""Half-width marks in Chinese text, and the width that changes where a source line ends.

A PDF, or a text made from one, may hold half-width marks on one page and full-width ones on the
next although the author wrote one kind. So width is judged piece by piece, a piece being what one
source line gave to a block: a run of half-width pieces among full-width ones is damage, a lone
half-width mark among full-width ones is a slip, and half-width marks throughout are one habit. In a document
that comes from no page (Word) each is a slip where there are full-width ones too.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from itertools import pairwise
from sys import maxsize

from bulletin_lint._typing import Any, ClassVar, NamedTuple
from bulletin_lint.checks.context import BLOT, MASK, CheckContext, Mask, Resources
from bulletin_lint.checks.parameters import Parameter
from bulletin_lint.checks.protocols import Check
from bulletin_lint.checks.spans import masked_text, part_at, reported
from bulletin_lint.matching.patterns import compiled
from bulletin_lint.model.location import Span
from bulletin_lint.model.violation import SEVERITIES, Edit, Match, Outcome, Related, Severity, Value
from bulletin_lint.model.wording import Wording

_HAN = "\u3400-\u9fff\u3007"
_BESIDE = f"{_HAN}“”‘’《》（）【】〔〕〈〉、。，；：？！％℃"
# A stop counts only at the end of a block or of a quotation, or where a space follows it: between Han it may
# be a name's dot, before a letter a file name's. Where else it is one a rule says (`stops`).
_HALF = compiled(
    rf"[,;:!?.](?:(?<=[{_BESIDE}][,;:!?])|(?<=[,;:!?])(?=[{_HAN}“”‘’《》（【〔])|(?<=[{_BESIDE}%]\.)(?=[”’）》]|$)"
    rf"|(?<=[{_HAN}”）》%]\.)(?= +[{_HAN}“《]))",
    re.MULTILINE,
)
_HALF_BRACKET = compiled(rf"[()](?:(?<=[{_HAN}][()])|(?=[{_HAN}]))")
_FULL = compiled("[，；：？！]")
_FULL_BRACKET = compiled("[（）]")
_NEWLINE = compiled("\n")
_ENTITY = compiled(r"&#?[A-Za-z0-9]{1,8};")
_WIDE = {",": "，", ".": "。", ";": "；", ":": "：", "!": "！", "?": "？"}
_LATIN_QUOTATION = rf"[“‘《](?=[^“‘《]*[A-Za-z])[^{_HAN}“‘《\n]+\Z"
_LONGEST_QUOTATION = 300
_ANOTHER = Wording("同样的半角标点", "another half-width mark")
_RUN_MARKS = 4
"""Half-width marks with no full-width piece between them from which they are damage; fewer are slips."""


class Piece(NamedTuple):
    """What one source line gave to a block, and the marks in it that show its width."""

    span: Span
    half: tuple[int, ...]
    """Offsets of its half-width marks."""
    full: int
    """How many full-width marks it has."""
    brackets: int
    """Half-width less full-width round brackets: they decide where the marks are even."""

    @property
    def is_half(self) -> bool:
        """Most of its marks are half-width."""
        half = len(self.half)
        return half > self.full or (half == self.full and half > 0 and self.brackets > 0)

    @property
    def is_full(self) -> bool:
        """It has full-width marks, and no more half-width ones."""
        return self.full > 0 and not self.is_half


class Widths(NamedTuple):
    """What the marks of a document say of its width."""

    slips: tuple[int, ...]
    """Offsets of lone half-width marks in full-width text."""
    throughout: tuple[int, ...]
    """Offsets of all half-width marks of a document that has no full-width piece."""
    switch: int | None
    """The offset of the mark at which the width changes by damage."""
    has_marks: bool
    """There was a mark to judge."""


def judge(
    context: CheckContext, selectors: tuple[str, ...], masks: tuple[Mask, ...], names: tuple[str, ...]
) -> Widths:
    """The widths of the marks in the selected parts of the document, those under masks left out."""
    # Two kinds ask for the same widths of a document.
    known: dict[tuple[tuple[str, ...], tuple[str, ...]], Widths] = context.shared("widths", dict)
    if (selectors, names) not in known:
        known[selectors, names] = _judge(context, selectors, masks, names)
    return known[selectors, names]


def _judge(
    context: CheckContext, selectors: tuple[str, ...], masks: tuple[Mask, ...], names: tuple[str, ...]
) -> Widths:
    text = context.document.text
    half: list[int] = context.shared("half-width marks", lambda: _half_marks(text))
    if half:
        text = masked_text(context, masks, names)
        regions = context.regions(selectors)
        half = [at for at in half if text[at] != BLOT and _covers(regions, at)]
    if not half:
        return Widths((), (), None, has_marks=_FULL.search(text) is not None)
    if not any(piece.is_half for piece in _pieces_of(context, regions, text, half)):
        # In each there are more full-width marks, and one by one they are slips.
        return Widths(tuple(half), (), None, has_marks=True)
    pieces = _pieces(context, regions, text, half)
    if not any(piece.is_full for piece in pieces):
        if len(half) < _RUN_MARKS:
            return Widths(tuple(half), (), None, has_marks=True)
        return Widths((), tuple(half), None, has_marks=True)
    if context.document.reading.joins_final:
        # Nothing was extracted from pages: who wrote it changed the width.
        return Widths(tuple(half), (), None, has_marks=True)
    slips: list[int] = []
    damaged: list[Piece] = []
    for run in _half_runs(pieces):
        if sum(len(piece.half) for piece in run) >= _RUN_MARKS:
            damaged.extend(run)
        else:
            slips.extend(at for piece in run for at in piece.half)
    slips.extend(at for piece in pieces if not piece.is_half for at in piece.half)
    return Widths(tuple(sorted(slips)), (), _switch(text, pieces, damaged), has_marks=True)


def _half_marks(text: str) -> list[int]:
    found = [match.start() for match in _HALF.finditer(text)]
    if "&" in text:
        entities = {match.end() - 1 for match in _ENTITY.finditer(text)}
        found = [at for at in found if at not in entities]
    return [at for at in found if not _ends_latin_quotation(text, at)]


def _ends_latin_quotation(text: str, at: int) -> bool:
    """Whether a mark ends words in quotation or title marks that are all Latin: “Where is it?”"""
    if text[at + 1 : at + 2] not in ("”", "’", "》") or not text[at - 1].isascii():
        return False
    return compiled(_LATIN_QUOTATION).search(text, max(0, at - _LONGEST_QUOTATION), at) is not None


def _covers(regions: list[Span], at: int) -> bool:
    index = bisect_right(regions, (at, maxsize)) - 1
    return index >= 0 and at < regions[index].end


def _pieces(context: CheckContext, regions: list[Span], text: str, half: list[int]) -> list[Piece]:
    seams = sorted(context.document.seams)
    pieces = []
    for region in regions:
        newlines = [match.start() for match in _NEWLINE.finditer(text, *region)]
        first, last = bisect_right(seams, region.start), bisect_left(seams, region.end)
        cuts = sorted([*newlines, *seams[first:last]])
        for start, end in pairwise([region.start, *cuts, region.end]):
            pieces.append(_piece(text, start, end, half))
    return pieces


def _pieces_of(context: CheckContext, regions: list[Span], text: str, half: list[int]) -> list[Piece]:
    """The pieces that have half-width marks."""
    seams = sorted(context.document.seams)
    pieces = []
    end = -1
    for at in half:
        if at < end:
            continue
        region = regions[bisect_right(regions, (at, maxsize)) - 1]
        index = bisect_right(seams, at)
        start = max(region.start, text.rfind("\n", region.start, at), seams[index - 1] if index else 0)
        newline = text.find("\n", at, region.end)
        end = min(region.end if newline < 0 else newline, seams[index] if index < len(seams) else region.end)
        pieces.append(_piece(text, start, end, half))
    return pieces


def _piece(text: str, start: int, end: int, half: list[int]) -> Piece:
    own = tuple(half[bisect_left(half, start) : bisect_left(half, end)])
    full = len(_FULL.findall(text, start, end))
    half_brackets = len(_HALF_BRACKET.findall(text, start, end))
    full_brackets = len(_FULL_BRACKET.findall(text, start, end))
    return Piece(Span(start, end), own, full, half_brackets - full_brackets)


def _half_runs(pieces: list[Piece]) -> list[list[Piece]]:
    """Half-width pieces with no full-width one between them."""
    runs: list[list[Piece]] = []
    going = False
    for piece in pieces:
        if piece.is_half:
            if not going:
                runs.append([])
            runs[-1].append(piece)
            going = True
        elif piece.is_full:
            going = False
    return runs


def _switch(text: str, pieces: list[Piece], damaged: list[Piece]) -> int | None:
    """The first mark of the first damaged piece that follows a full-width one.

    Where the half-width pieces come first, it is the first full-width mark after them.
    """
    if not damaged:
        return None
    spans = {piece.span for piece in damaged}
    seen_full = False
    first_full: int | None = None
    for piece in pieces:
        if piece.is_full:
            seen_full = True
            if first_full is None:
                match = _FULL.search(text, *piece.span)
                first_full = match.start() if match else None
        elif seen_full and piece.span in spans and piece.half:
            return piece.half[0]
    return first_full


class FullWidth(Check):
    """Marks beside Han must be full-width."""

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "together": Parameter(
            "integer",
            "From so many marks on, one report on the first names the others as related places.",
            default=2,
        ),
        "throughout": Parameter(
            "choice",
            "The severity where the whole document is half-width: a conversion more often than a slip.",
            choices=SEVERITIES,
        ),
        "stops": Parameter(
            "patterns",
            "Half-width stops between Chinese characters that end a sentence though no space follows; `at` "
            "is reported.",
            default=(),
        ),
        "mask": MASK,
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._on = resources.selectors(parameters["on"])
        self._throughout: Severity | None = parameters.get("throughout")
        self._together: int = parameters.get("together") or 2
        self._stops = [resources.pattern(source) for source in parameters.get("stops") or ()]
        self._mask_names, self._masks = resources.masks(parameters)

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found, replacement, count (of such marks in the document)."""
        return frozenset({"found", "replacement", "count", "in_all"})

    @staticmethod
    def sought(parameters: Mapping[str, Any], tables: Mapping[str, Mapping[str, str]]) -> Mapping[str, bool]:
        """The stops that no space shows."""
        return dict.fromkeys(parameters.get("stops") or (), False)

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        if not context.has(self._on):
            return "cannot-assess"
        widths = judge(context, self._on, self._masks, self._mask_names)
        stops = self._stops_in(context) if widths.switch is None else []
        if not widths.has_marks and not stops:
            return "not-applicable"
        found = sorted({*(widths.slips or widths.throughout), *stops})
        once = bool(widths.throughout) or len(found) >= self._together
        groups = [found] if once and found else [[at] for at in found]
        matches = [self._told(context, group) for group in groups]
        if widths.throughout and self._throughout is not None:
            return [match._replace(severity=self._throughout) for match in matches]
        return matches

    def _stops_in(self, context: CheckContext) -> list[int]:
        """Where the stops stand that no space shows, outside of masks."""
        text = masked_text(context, self._masks, self._mask_names)
        regions = context.regions(self._on)
        found = (
            reported(match).start
            for pattern in self._stops
            for match in context.matches(pattern, context.document.text)
        )
        return [at for at in found if text[at] != BLOT and _covers(regions, at)]

    def _told(self, context: CheckContext, group: list[int]) -> Match:
        match = self._match(context, group)
        if len(group) == 1:
            return match
        return match._replace(places=tuple([self._match(context, [at]) for at in group]))

    def _match(self, context: CheckContext, group: list[int]) -> Match:
        text = context.document.text
        span = Span(group[0], group[0] + 1)
        mark = text[span.start]
        values: dict[str, Value] = {"found": mark, "replacement": _WIDE[mark], "count": len(group)}
        edits = tuple(_edit(text, at) for at in group)
        related = tuple(Related(Span(at, at + 1), _ANOTHER) for at in group[1:])
        return Match(span, values, edits, related, part=part_at(context, self._on, span))


def _edit(text: str, at: int) -> Edit:
    """The full-width mark, in place of the half-width one and of the space set after it."""
    end = at + 1
    while text[end : end + 1] == " ":
        end += 1
    if end >= len(text) or text[end] == "\n":
        end = at + 1
    return Edit(Span(at, end), _WIDE[text[at]])
