"""What a check is given, and what it must answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from bulletin_lint.document import Document, Node
from bulletin_lint.location import Span
from bulletin_lint.parameters import Parameter
from bulletin_lint.patterns import Pattern
from bulletin_lint.typed import Any, ClassVar, Protocol
from bulletin_lint.violation import Match, Outcome
from bulletin_lint.wording import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.checks.page_geometry import Geometry

BLOT = "\ufffc"
"""What stands in place of every character that a mask covers."""


class Tools:
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
        lexicons: Mapping[str, Any] = {},
    ) -> None:
        self.trusted = trusted
        self._house_masks = house_masks
        self.field_names: Mapping[str, Wording] = field_names or {}
        """What the packs call the labelled fields, for messages."""
        self._tables = tables
        self._lexicons = lexicons
        self._masks = masks
        self._aliases = aliases

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

    def mask(self, name: str) -> Pattern:
        """The pattern of a named mask (url, email, …)."""
        return Pattern(self._masks[name], trusted=name not in self._house_masks)

    def selectors(self, names: Sequence[str]) -> tuple[str, ...]:
        """Selectors with their aliases resolved."""
        resolved: list[str] = []
        for name in names:
            resolved.extend(self.selectors(self._aliases[name]) if name in self._aliases else [name])
        return tuple(dict.fromkeys(resolved))


class Subject:
    """One document under one set of selected parts."""

    def __init__(self, document: Document, required: Sequence[str] = ()) -> None:
        self.document = document
        self.bulletin = document.bulletin
        self.required = tuple(required)
        self._selected: dict[tuple[str, ...], list[Node]] = {}
        self._regions: dict[tuple[str, ...], list[Span]] = {}
        self._masked: dict[tuple[str, str], str] = {}
        self._shared: dict[object, Any] = {}
        self._geometry: Geometry | None = None

    @property
    def geometry(self) -> Geometry | None:
        """How the lines stand on the pages, measured when first asked for; None for a text source."""
        if self._geometry is None and self.document.reading.layouts:
            from bulletin_lint.checks.page_geometry import Geometry

            self._geometry = Geometry(self.document)
        return self._geometry

    def select(self, selectors: tuple[str, ...]) -> list[Node]:
        """The parts that the selectors name, in document order, each once."""
        if selectors not in self._selected:
            found: dict[int, Node] = {}
            for selector in selectors:
                for node in resolve(self.bulletin, selector):
                    found.setdefault(id(node), node)
            self._selected[selectors] = sorted(found.values(), key=lambda node: node.span)
        return self._selected[selectors]

    def regions(self, selectors: tuple[str, ...]) -> list[Span]:
        """The spans of the selected parts, merged and in order."""
        if selectors not in self._regions:
            merged: list[Span] = []
            for node in self.select(selectors):
                if merged and node.span.start <= merged[-1].end:
                    merged[-1] = Span(merged[-1].start, max(merged[-1].end, node.span.end))
                else:
                    merged.append(node.span)
            self._regions[selectors] = merged
        return self._regions[selectors]

    def shared(self, key: object, make: Callable[[], Any]) -> Any:
        """What several rules need of a document, made for the first of them that asks."""
        if key not in self._shared:
            self._shared[key] = make()
        return self._shared[key]

    def masked(self, masks: Sequence[Pattern], names: Sequence[str]) -> str:
        """The document's text with every match of the masks blotted out, offsets unchanged.

        `names` are those of the masks. One is looked for once in each text, and most find nothing: then
        the text of many rules, each with masks of its own, is one and the same.
        """
        text = self.document.text
        for name, mask in zip(names, masks, strict=True):
            found = self._masked.get((name, text))
            if found is None:
                found = self._masked[name, text] = _blotted(mask, text)
            text = found
        return text


def _blotted(mask: Pattern, text: str) -> str:
    pieces: list[str] = []
    position = 0
    for match in mask.finditer(text):
        start, end = match.span()
        pieces += [text[position:start], BLOT * (end - start)]
        position = end
    return "".join([*pieces, text[position:]]) if position else text


class Check(Protocol):
    """A kind of check, built from a rule's parameters."""

    parameters: ClassVar[Mapping[str, Parameter]]

    def __init__(self, parameters: Mapping[str, Any], tools: Tools) -> None:
        """Takes the parameters as the loader validated them, defaults filled in."""

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """The names that a message of such a rule may use."""

    def run(self, subject: Subject) -> list[Match] | Outcome:
        """The matches in one document, or why it could not be assessed."""


def resolve(root: Node, selector: str) -> list[Node]:
    """The parts that one selector names.

    A selector is a path of part names: ``masthead.date``, ``articles[*].title``, ``imprint.*``.
    A name that holds a list stands for each of its members, with or without ``[*]``; ``raw`` is the
    whole document.
    """
    if selector == "raw":
        return [root]
    nodes = [root]
    for step in selector.replace("[*]", "").split("."):
        following: list[Node] = []
        for node in nodes:
            if step == "*":
                for name in node.children:
                    following.extend(node.list(name))
            else:
                following.extend(node.list(step))
        nodes = following
    return nodes
