"""Walks the elements of one part: of alternatives the branch that is seen, nothing of what is passed over."""

from __future__ import annotations

import re

from bulletin_lint.readers.docx import refusals
from bulletin_lint.readers.docx.namespaces import COMPATIBILITY, KNOWN, WORD
from bulletin_lint.readers.docx.refusals import DocxError
from bulletin_lint.readers.docx.xml_parser import MOST_DEPTH, XmlParser

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Attributes = Mapping[str, str]
    Start = Callable[[Attributes], object]
    End = Callable[[], object]


_DECLARATION = re.compile(rb"""[\s]xmlns(?::([^\s=]+))?\s*=\s*(?:"([^"]*)"|'([^']*)')""")


class ElementWalker:
    """Calls what is registered for the elements of a part, by their names.

    `on_start` and `on_end` are filled when the root is known, by `register`, for the strict and the usual
    namespace have the same names.
    """

    def __init__(self) -> None:
        self.parser = XmlParser()
        self.word = ""
        """How names of the part's own namespace begin."""
        self.on_start: dict[str, Start] = {}
        self.on_end: dict[str, End] = {}
        self._prefixes: dict[str, list[str]] = {}
        self._written: Mapping[str, str] | None = None
        """Each prefix and what it stands for, where that is the same in all of the part."""
        self._is_chosen: list[bool] = []

    def name(self, space: str, local: str) -> str:
        """How a name of a namespace comes from the parser, "" where it cannot come."""
        if self._written is None:
            return f"{space} {local}"
        prefix = next((each for each, uri in self._written.items() if uri == space), None)
        return "" if prefix is None else f"{prefix}:{local}" if prefix else local

    def register(self) -> None:
        """Fills `on_start` and `on_end`."""
        self.on_start[self.name(COMPATIBILITY, "AlternateContent")] = self._alternate
        self.on_start[self.name(COMPATIBILITY, "Choice")] = self._choice
        self.on_start[self.name(COMPATIBILITY, "Fallback")] = self._fallback
        self.on_end[self.name(COMPATIBILITY, "AlternateContent")] = self._end_alternate

    def walk(self, data: bytes) -> None:
        """Walks the part.

        Raises:
            DocxError: it is not well-formed, is refused, or its root is none of a document's parts.
        """
        self._written = _prefixes_of(data)
        self.parser = XmlParser(has_namespaces=self._written is None)
        expat = self.parser.expat
        if self._written is None:
            expat.StartNamespaceDeclHandler = self._declare
            expat.EndNamespaceDeclHandler = self._undeclare
        else:
            self._prefixes = {prefix: [uri] for prefix, uri in self._written.items()}
        self._handle()
        self.parser.parse(data)

    def _handle(self) -> None:
        """Sets the parser's handlers: functions, for methods take half as long again."""
        expat = self.parser.expat
        depth = kept = 0

        def root(name: str, attributes: Attributes) -> None:
            space, local = name[: -len(local_of(name))], local_of(name)
            if all(self.name(each, local) != name for each in WORD):
                raise DocxError(refusals.DAMAGED)
            self.word = space
            self.register()
            # What has no prefix here does not come.
            self.on_start.pop("", None)
            self.on_end.pop("", None)
            expat.StartElementHandler, expat.EndElementHandler = start, end
            start(name, attributes)

        def start(name: str, attributes: Attributes) -> None:
            nonlocal depth
            depth += 1
            if depth > MOST_DEPTH:
                raise DocxError(refusals.TOO_DEEP)
            handler = starts.get(name)
            if handler is not None:
                handler(attributes)

        def end(name: str) -> None:
            nonlocal depth
            depth -= 1
            handler = ends.get(name)
            if handler is not None:
                handler()

        def skip(attributes: Attributes | None = None) -> None:
            nonlocal kept
            kept = depth - 1
            expat.StartElementHandler, expat.EndElementHandler = start_of_skipped, end_of_skipped

        def start_of_skipped(name: str, attributes: Attributes) -> None:
            nonlocal depth
            depth += 1
            if depth > MOST_DEPTH:
                raise DocxError(refusals.TOO_DEEP)

        def end_of_skipped(name: str) -> None:
            nonlocal depth
            depth -= 1
            if depth == kept:
                expat.StartElementHandler, expat.EndElementHandler = start, end

        starts, ends = self.on_start, self.on_end
        self.skip = skip
        """Passes over the element that has begun, with all that is in it."""
        expat.StartElementHandler = root

    skip: Start

    def _declare(self, prefix: str | None, uri: str) -> None:
        self._prefixes.setdefault(prefix or "", []).append(uri)

    def _undeclare(self, prefix: str | None) -> None:
        self._prefixes[prefix or ""].pop()

    def _alternate(self, attributes: Attributes) -> None:
        self._is_chosen.append(False)

    def _end_alternate(self) -> None:
        self._is_chosen.pop()

    def _choice(self, attributes: Attributes) -> None:
        """Of several branches the first is seen whose requirements are known (ISO/IEC 29500-3, 10.2.1)."""
        required = attributes.get("Requires", "").split()
        spaces = [(self._prefixes.get(prefix) or [""])[-1] for prefix in required]
        if not self._is_chosen or self._is_chosen[-1] or not all(space in KNOWN for space in spaces):
            self.skip(attributes)
        else:
            self._is_chosen[-1] = True

    def _fallback(self, attributes: Attributes) -> None:
        if self._is_chosen and self._is_chosen[-1]:
            self.skip(attributes)


def local_of(name: str) -> str:
    """A name without its namespace or prefix."""
    return name.rpartition(" ")[2].rpartition(":")[2]


def _prefixes_of(data: bytes) -> Mapping[str, str] | None:
    """The prefixes that a part declares, each with what it stands for; None where one stands for several
    things, or two for one.
    """
    found: dict[str, str] = {}
    for prefix, double, single in _DECLARATION.findall(data):
        uri = (double or single).decode("utf-8", "replace")
        if found.setdefault(prefix.decode("utf-8", "replace"), uri) != uri:
            return None
    return found if len(set(found.values())) == len(found) and "&" not in "".join(found.values()) else None
