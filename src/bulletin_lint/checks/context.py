"""What a check is given: one document with its parts selected, and what the packs lend."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import chain
from operator import attrgetter

from bulletin_lint._typing import Any, NamedTuple
from bulletin_lint.checks.parameters import Parameter
from bulletin_lint.matching.patterns import Pattern
from bulletin_lint.model.location import Span
from bulletin_lint.model.solid_text import solid_matches
from bulletin_lint.model.wording import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.checks.layout.geometry import Geometry
    from bulletin_lint.matching.prefilter import Prefiltered
    from bulletin_lint.model.document import Document, Node

BLOT = "\ufffc"
"""What stands in place of every character that a mask covers."""


NO_SPACES = Wording(
    "文件没有记下作者打的空格，所以不知道",
    "the file does not say where its author typed spaces, so this is not known",
)
"""Why nothing can be said of spaces in a file that draws none."""


MASK = Parameter(
    "masks",
    "Masks of the pack that are blotted out before looking.",
    default=("url", "email"),
)
"""The parameter `mask` of every kind that has one; `Resources.masks` reads it."""


class Mask(NamedTuple):
    """What of a text is blotted out before a rule looks at it."""

    pattern: Pattern
    beginning: Pattern | None = None
    """What may stand right before a match and is covered too: a name of a file is told by how it ends."""

    def covered(self, match: Any, text: str) -> Span:
        """The span of a text that a match of the pattern in it covers."""
        start, end = match.span()
        if self.beginning is not None:
            before = self.beginning.search(text, max(0, start - _LONGEST_BEGINNING), start)
            if before is not None:
                start = before.start()
        return Span(start, end)


class Resources:
    """What the rulebook lends a check when it builds it: patterns, tables, masks, selectors.

    `trusted` is true for the built-in packs, whose patterns run without a time limit.
    """

    def __init__(
        self,
        *,
        trusted: bool,
        tables: Mapping[str, Mapping[str, str]],
        masks: Mapping[str, str],
        aliases: Mapping[str, Sequence[str]],
        field_names: Mapping[str, Wording] | None = None,
        house_masks: Collection[str] = (),
        mask_beginnings: Mapping[str, str] = {},
        standing_masks: Sequence[str] = (),
        lexicons: Mapping[str, Any] = {},
    ) -> None:
        self.trusted = trusted
        self._house_masks = house_masks
        self._mask_beginnings = mask_beginnings
        self._standing_masks = standing_masks
        self.field_names: Mapping[str, Wording] = field_names or {}
        """What the packs call the labelled fields, for messages."""
        self._tables = tables
        self._lexicons = lexicons
        self._masks = masks
        self._aliases = aliases
        self._selectors: dict[tuple[str, ...], tuple[str, ...]] = {}

    def pattern(self, source: str) -> Pattern:
        """A pattern of a rule, compiled when first used."""
        return Pattern(source, trusted=self.trusted)

    def table(self, name: str) -> Mapping[str, str]:
        """A character table of the packs, character to replacement."""
        return self._tables[name]

    def lexicon(self, name: str) -> Sequence[Sequence[Any]]:
        """The entries of a lexicon: word, what to write instead, longer words, patterns after and before."""
        found: Any = self._lexicons[name]
        rows: Sequence[Sequence[Any]] = found["rows"] if isinstance(found, Mapping) else found
        return rows

    def mask(self, name: str) -> Mask:
        """A named mask (url, email, …)."""
        trusted = name not in self._house_masks
        beginning = self._mask_beginnings.get(name)
        pattern = Pattern(self._masks[name], trusted=trusted)
        # What is covered is covered with its blanks.
        pattern.is_solid = False
        return Mask(
            pattern,
            # What ends where the mask's pattern begins.
            None if beginning is None else Pattern(rf"(?:{beginning})\Z", trusted=trusted),
        )

    def masks(self, parameters: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[Mask, ...]]:
        """The names of the masks that a kind's parameter `mask` asks for, and they themselves; with them
        those that stand in front of every rule but one that asks for none.
        """
        given = parameters.get("mask")
        names: tuple[str, ...] = tuple(MASK.default if given is None else given)
        if names:
            names = tuple(dict.fromkeys((*names, *self._standing_masks)))
        return names, tuple(map(self.mask, names))

    def selectors(self, names: Sequence[str]) -> tuple[str, ...]:
        """Selectors with their aliases resolved."""
        # Most rules look at one of a few sets of parts.
        given = tuple(names)
        known = self._selectors.get(given)
        if known is None:
            resolved: list[str] = []
            for name in given:
                resolved.extend(self.selectors(self._aliases[name]) if name in self._aliases else [name])
            known = self._selectors[given] = tuple(dict.fromkeys(resolved))
        return known


class CheckContext:
    """One document under one set of selected parts.

    `prefiltered` tells what was seen of its text, `raw` of its source text; without them all is looked at.
    """

    def __init__(
        self,
        document: Document,
        required: Sequence[str] = (),
        prefiltered: Prefiltered | None = None,
        raw: Prefiltered | None = None,
    ) -> None:
        self.document = document
        self.bulletin = document.bulletin
        self.required = tuple(required)
        self._prefiltered = prefiltered
        self._raw = raw
        self._resolved: dict[str, list[Node]] = {}
        self._has: dict[tuple[str, ...], bool] = {}
        self._selected: dict[tuple[str, ...], list[Node]] = {}
        self._regions: dict[tuple[str, ...], list[Span]] = {}
        self._searched: dict[tuple[str, ...], Sequence[Span] | None] = {}
        self._most: dict[str, bool] = {}
        self._masked: dict[tuple[str, str], str] = {}
        self._all_masked: dict[tuple[str, ...], str] = {}
        self._solid: dict[str, str] = {}
        self._shared: dict[object, Any] = {}
        self._geometry: Geometry | None = None

    @property
    def geometry(self) -> Geometry | None:
        """How the lines stand on the pages, measured when first asked for; None for a text source."""
        if self._geometry is None and self.document.reading.layouts:
            from bulletin_lint.checks.layout.geometry import Geometry

            self._geometry = Geometry(self.document)
        return self._geometry

    def select(self, selectors: tuple[str, ...]) -> list[Node]:
        """The parts that the selectors name, in document order, each once."""
        known = self._selected.get(selectors)
        if known is None:
            known = self._selected[selectors] = sorted(dict.fromkeys(self._named(selectors)), key=_SPAN)
        return known

    def has(self, selectors: tuple[str, ...]) -> bool:
        """Whether the selectors name any part at all."""
        known = self._has.get(selectors)
        if known is None:
            resolved = self._resolved
            known = False
            for selector in selectors:
                nodes = resolved.get(selector)
                if nodes or (nodes is None and self.named(selector)):
                    known = True
                    break
            self._has[selectors] = known
        return known

    def _named(self, selectors: tuple[str, ...]) -> Iterable[Node]:
        """The parts that the selectors name, in their order; one that two of them name stands there twice."""
        return chain.from_iterable(map(self.named, selectors))

    def named(self, selector: str) -> list[Node]:
        """The parts that one selector names, in the order of the tree.

        A selector is a path of part names: ``masthead.date``, ``articles[*].title``, ``imprint.*``.
        A name that holds a list stands for each of its members, with or without ``[*]``; ``raw`` is the
        whole document.
        """
        known = self._resolved.get(selector)
        if known is None:
            known = self._resolved[selector] = self._resolve(selector)
        return known

    def _resolve(self, selector: str) -> list[Node]:
        """What a selector names, found below what its beginning names: many begin alike."""
        if selector == "raw":
            return [self.bulletin]
        above, _, last = selector.replace("[*]", "").rpartition(".")
        return below(self.named(above), last) if above else below((self.bulletin,), last)

    def regions(self, selectors: tuple[str, ...]) -> list[Span]:
        """The spans of the selected parts, merged and in order."""
        known = self._regions.get(selectors)
        if known is None:
            known = self._regions[selectors] = []
            reached = -1
            # Each selector's own are in order mostly: to sort them is to merge them.
            for span in sorted(map(_SPAN, self._named(selectors))):
                start, end = span
                if start > reached:
                    known.append(span)
                    reached = end
                elif end > reached:
                    known[-1] = Span(known[-1].start, end)
                    reached = end
        return known

    def searched(self, selectors: tuple[str, ...]) -> Sequence[Span] | None:
        """The regions of the selected parts, if they are few and a small part of the text; else none of
        them: to search all of it is quicker. None where nothing is selected.
        """
        if selectors in self._searched:
            return self._searched[selectors]
        known: Sequence[Span] | None = ()
        if not any(map(self._is_most, selectors)):
            regions = self.regions(selectors)
            is_large = len(regions) > _FEW_REGIONS or self._is_most_of_text(regions)
            known = (() if is_large else regions) if regions else None
        self._searched[selectors] = known
        return known

    def _is_most(self, selector: str) -> bool:
        """Whether the parts that one selector names are most of the text: so are they with any others."""
        known = self._most.get(selector)
        if known is None:
            known = self._most[selector] = self._is_most_of_text(self.regions((selector,)))
        return known

    def _is_most_of_text(self, regions: Iterable[Span]) -> bool:
        return 2 * sum([end - start for start, end in regions]) > len(self.document.text)

    def shared(self, key: object, make: Callable[[], Any]) -> Any:
        """What several rules need of a document, made for the first of them that asks."""
        if key not in self._shared:
            self._shared[key] = make()
        return self._shared[key]

    def matches(
        self, pattern: Pattern, text: str, regions: Sequence[Span] = (), *, raw: bool = False
    ) -> Sequence[Any]:
        """All matches of a pattern in the document's text, with `raw` in its source text; in order.

        `text` is that text, or the same with masks blotted out. With `regions` only matches that start in
        those are searched for; what a pattern asks of the text around them it may see, to a distance.

        A pattern that asks for no blank is tried on the text without the blanks that a house sets between
        figures and Chinese; its matches have the places of the text as written.
        """
        seen = self._raw if raw else self._prefiltered
        if seen is not None and pattern.trusted and seen.lacks(pattern.source):
            # Most patterns: nothing else need be made ready for them.
            return ()
        view = self.document.solid if pattern.is_solid and not raw else None
        if view is None:
            return self._matches(pattern, text, regions, seen)
        scanned = view.text
        if text is not self.document.text:
            scanned = self._solid.get(text) or self._solid.setdefault(text, view.set_solid(text))
        there = [Span(view.solid_offset(start), view.solid_offset(end)) for start, end in regions]
        found = self._matches(pattern, scanned, there, seen.solid if seen is not None else None)
        return found and solid_matches(found, view)

    def _matches(
        self, pattern: Pattern, text: str, regions: Sequence[Span], prefiltered: Prefiltered | None
    ) -> Sequence[Any]:
        if prefiltered is not None and pattern.trusted:
            starts = prefiltered.starts(pattern.source)
            if starts is not None:
                return starts and matches_at(pattern.compiled.match, text, starts, regions)
        if not regions:
            return list(pattern.finditer(text))
        return [
            match
            for start, end in regions
            for match in pattern.finditer(text, start, min(end + _FORESIGHT, len(text)))
            if match.start() < end
        ]

    def matches_in(self, node: Node, pattern: Pattern) -> Iterable[Any]:
        """All matches of a pattern in the text of a part, taken by itself; in order."""
        return pattern.finditer(node.text) if self.may_match(pattern, node.span) else ()

    def may_match(self, pattern: Pattern, span: Span | None = None) -> bool:
        """Whether the document's text, or a stretch of it, has the literals that a pattern asks for."""
        if self._prefiltered is None or not pattern.trusted:
            return True
        return (
            self._prefiltered.has(pattern.source)
            if span is None
            else self._prefiltered.has(pattern.source, *span)
        )

    def finds(self, pattern: Pattern) -> bool:
        """Whether a pattern matches anywhere in the document's text."""
        if self._prefiltered is not None and pattern.trusted:
            starts = self._prefiltered.starts(pattern.source)
            if starts is not None:
                match, text = pattern.compiled.match, self.document.text
                return any(match(text, at) is not None for at in starts)
        return pattern.search(self.document.text) is not None

    def masked(self, masks: Sequence[Mask], names: Sequence[str]) -> str:
        """The document's text with every match of the masks blotted out, offsets unchanged; so is what the
        source marks as to be left letter by letter.

        `names` are those of the masks. One is looked for once in each text, and most find nothing: then
        the text of many rules, each with masks of its own, is one and the same.
        """
        key = tuple(names)
        known = self._all_masked.get(key)
        if known is not None:
            return known
        text = self._without_verbatim
        for name, mask in zip(names, masks, strict=True):
            found = self._masked.get((name, text))
            if found is None:
                matches = self.matches(mask.pattern, text)
                if matches:
                    found = _blotted([mask.covered(match, text) for match in matches], text)
                else:
                    found = text
                self._masked[name, text] = found
            text = found
        self._all_masked[key] = text
        return text

    @property
    def _without_verbatim(self) -> str:
        document = self.document
        if not document.verbatim:
            return document.text
        return str(self.shared("verbatim", lambda: _blotted(document.verbatim, document.text)))


def matches_at(
    match: Callable[..., Any], text: str, starts: Sequence[int], regions: Sequence[Span]
) -> Sequence[Any]:
    """The matches that a search of the regions finds, where a match can start at some offsets only."""
    found: list[Any] = []
    position = 0
    if not regions:
        for at in starts:
            if at >= position:
                one = match(text, at)
                if one is not None:
                    found.append(one)
                    position = one.end()
        return found
    for start, end in regions:
        position = start
        for at in starts[bisect_left(starts, start) : bisect_left(starts, end)]:
            if at >= position:
                one = match(text, at)
                if one is not None:
                    found.append(one)
                    position = one.end()
    return found


def _blotted(spans: Iterable[Sequence[int]], text: str) -> str:
    pieces: list[str] = []
    position = 0
    for start, end in spans:
        start = max(start, position)
        pieces += [text[position:start], BLOT * (end - start)]
        position = end
    return "".join([*pieces, text[position:]]) if position else text


def below(nodes: Sequence[Node], step: str) -> list[Node]:
    """The parts of one name that some parts have, `*` for those of all names."""
    found: list[Node] = []
    for node in nodes:
        children = node.children
        for child in children.values() if step == "*" else (children.get(step),):
            if isinstance(child, list):
                found += child
            elif child is not None:
                found.append(child)
    return found


_FEW_REGIONS = 12
_LONGEST_BEGINNING = 80
"""Characters before the match of a mask that its beginning may have."""
_FORESIGHT = 120
"""Characters behind a region that a pattern sees: what it asks to follow, at the end of a paragraph perhaps
the whole next line."""
_SPAN = attrgetter("span")
