"""Walks the elements of one part: of alternatives the branch that is seen, nothing of what is passed over."""

from __future__ import annotations

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


class ElementWalker:
    """Calls what is registered for the elements of a part, by their names.

    `on_start` and `on_end` are filled when the root is known, by `register`, for the strict and the usual
    namespace have the same names.
    """

    def __init__(self) -> None:
        self.parser = XmlParser(self._root)
        self.word = ""
        """The namespace of the part's own elements, a space behind it."""
        self.on_start: dict[str, Start] = {}
        self.on_end: dict[str, End] = {}
        self._depth = 0
        self._kept_depth = 0
        self._prefixes: dict[str, list[str]] = {}
        self._is_chosen: list[bool] = []

    def register(self) -> None:
        """Fills `on_start` and `on_end`."""
        self.on_start[f"{COMPATIBILITY} AlternateContent"] = lambda attributes: self._is_chosen.append(False)
        self.on_start[f"{COMPATIBILITY} Choice"] = self._choice
        self.on_start[f"{COMPATIBILITY} Fallback"] = self._fallback
        self.on_end[f"{COMPATIBILITY} AlternateContent"] = self._is_chosen.pop

    def walk(self, data: bytes) -> None:
        """Walks the part.

        Raises:
            DocxError: it is not well-formed, is refused, or its root is none of a document's parts.
        """
        expat = self.parser.expat
        expat.StartNamespaceDeclHandler = self._declare
        expat.EndNamespaceDeclHandler = self._undeclare
        self.parser.parse(data)

    def skip(self, attributes: Attributes | None = None) -> None:
        """Passes over the element that has begun, with all that is in it."""
        self._kept_depth = self._depth - 1
        expat = self.parser.expat
        expat.StartElementHandler, expat.EndElementHandler = self._start_of_skipped, self._end_of_skipped

    def _declare(self, prefix: str | None, uri: str) -> None:
        self._prefixes.setdefault(prefix or "", []).append(uri)

    def _undeclare(self, prefix: str | None) -> None:
        self._prefixes[prefix or ""].pop()

    def _root(self, name: str, attributes: Attributes) -> None:
        space = name.rpartition(" ")[0]
        if space not in WORD:
            raise DocxError(refusals.DAMAGED)
        self.word = f"{space} "
        self.register()
        expat = self.parser.expat
        expat.StartElementHandler, expat.EndElementHandler = self._start, self._end
        self._start(name, attributes)

    def _start(self, name: str, attributes: Attributes) -> None:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise DocxError(refusals.TOO_DEEP)
        handler = self.on_start.get(name)
        if handler is not None:
            handler(attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        handler = self.on_end.get(name)
        if handler is not None:
            handler()

    def _start_of_skipped(self, name: str, attributes: Attributes) -> None:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise DocxError(refusals.TOO_DEEP)

    def _end_of_skipped(self, name: str) -> None:
        self._depth -= 1
        if self._depth == self._kept_depth:
            expat = self.parser.expat
            expat.StartElementHandler, expat.EndElementHandler = self._start, self._end

    def _choice(self, attributes: Attributes) -> None:
        """Of several branches the first is seen whose requirements are known (ISO/IEC 29500-3, 10.2.1)."""
        required = attributes.get("Requires", "").split()
        spaces = [(self._prefixes.get(prefix) or [""])[-1] for prefix in required]
        if not self._is_chosen or self._is_chosen[-1] or not all(space in KNOWN for space in spaces):
            self.skip()
        else:
            self._is_chosen[-1] = True

    def _fallback(self, attributes: Attributes) -> None:
        if self._is_chosen and self._is_chosen[-1]:
            self.skip()
