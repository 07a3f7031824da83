"""Where the text of a document's body stands among its bytes: what marks are spliced by."""

from __future__ import annotations

import re

from bulletin_lint.readers.docx.body import PartReader
from bulletin_lint.readers.docx.namespaces import MATH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint._typing import Any
    from bulletin_lint.readers.docx.elements import Attributes
    from bulletin_lint.readers.docx.styles import StyleSheet

_TAG = re.compile(rb"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_TOKEN = re.compile(r"&[^;&]*;|\r\n|.", re.DOTALL)
_ASCII_SPACE = b" \t\r\n"


def tag_end(data: bytes, at: int) -> int:
    """Where the tag ends that begins at an offset."""
    found = _TAG.match(data, at)
    return found.end() if found is not None else data.index(b">", at) + 1


def is_empty_tag(data: bytes, at: int) -> bool:
    """Whether the tag that begins at an offset is all of its element. Of such a one the parser tells the end
    where the tag ends, of others where the end tag begins.
    """
    end = tag_end(data, at)
    return data[end - 2 : end] == b"/>"


def element_end(data: bytes, at: int) -> int:
    """Where the element ends that begins at an offset and has no element in it."""
    end = tag_end(data, at)
    return end if data[end - 2 : end] == b"/>" else tag_end(data, data.index(b"</", end))


class RunBytes:
    """A run of the body among the bytes."""

    __slots__ = ("content", "content_end", "end", "properties", "start")

    def __init__(self, start: int, content: int) -> None:
        self.start = start
        self.content = content
        """Where what is in it begins, behind its properties."""
        self.content_end = content
        self.end = content
        self.properties: tuple[int, int] | None = None


class TextBytes:
    """Text of a run, or something in it that is read as text, among the bytes."""

    __slots__ = ("end", "is_changed", "is_in_field", "is_text", "run", "start")

    def __init__(self, run: RunBytes | None, start: int, end: int, *, is_text: bool) -> None:
        self.run = run
        """None for what stands in no run, as a formula; marks go before or after all of it."""
        self.start = start
        self.end = end
        self.is_text = is_text
        """An element of text, and no tab, symbol or the like."""
        self.is_in_field = False
        """In the result of a field, which the next update makes anew."""
        self.is_changed = False
        """In a tracked insertion."""


class ParagraphBytes:
    """A paragraph of the body among the bytes."""

    __slots__ = ("end", "start")

    def __init__(self, start: int) -> None:
        self.start = start
        self.end = start
        """Where its end tag begins; where it is empty and has none, its start."""


class PlacedReader(PartReader):
    """Reads the body, and remembers where its text stands among the bytes."""

    def __init__(self, styles: StyleSheet, root: str, data: bytes) -> None:
        super().__init__(styles, root)
        self._data = data
        self._runs: list[RunBytes] = []
        self._text_start = 0
        self._inserted_depth = 0
        self._simple_fields = 0
        self._alternatives: list[int] = []
        self._formula: list[int] = []
        self._in_box = 0
        self._formulas: list[TextBytes] = []

    def register(self) -> None:
        """Says what is done for each element."""
        super().register()
        starts, ends, word = self.on_start, self.on_end, self.word
        starts[f"{word}rPr"] = self._run_properties
        ends[f"{word}rPr"] = self._end_run_properties
        starts[f"{word}fldSimple"] = self._simple_field
        ends[f"{word}fldSimple"] = self._end_simple_field
        for name in ("ins", "moveTo"):
            ends[f"{word}{name}"] = self._end_inserted
        for space in MATH:
            for name in ("oMath", "oMathPara"):
                starts[self.name(space, name)] = self._begin_formula
                ends[self.name(space, name)] = self._end_formula

    def _alternate(self, attributes: Attributes) -> None:
        self._alternatives.append(len(self._runs))
        super()._alternate(attributes)

    def _end_alternate(self) -> None:
        self._alternatives.pop()
        super()._end_alternate()

    @property
    def _at(self) -> int:
        at: int = self.parser.expat.CurrentByteIndex
        return at

    # What is overridden

    def _box(self, attributes: Attributes) -> None:
        self._in_box += 1
        super()._box(attributes)

    def _end_box(self) -> None:
        self._in_box -= 1
        super()._end_box()

    def _p(self, attributes: Attributes) -> None:
        super()._p(attributes)
        if self._paragraph is not None and not self._in_box:
            self._paragraph.origin = ParagraphBytes(self._at)

    def _end_p(self) -> None:
        paragraph = self._paragraph
        if paragraph is not None and paragraph.origin is not None:
            origin = paragraph.origin
            origin.end = origin.start if is_empty_tag(self._data, origin.start) else self._at
        super()._end_p()

    def _r(self, attributes: Attributes) -> None:
        super()._r(attributes)
        self._runs.append(RunBytes(self._at, tag_end(self._data, self._at)))

    def _end_r(self) -> None:
        run = self._runs.pop()
        run.content_end = self._at
        run.end = tag_end(self._data, self._at)
        super()._end_r()

    def _run_properties(self, attributes: Attributes) -> None:
        if self._run is not None and self._runs and self._runs[-1].properties is None:
            self._runs[-1].properties = (self._at, self._at)

    def _end_run_properties(self) -> None:
        run = self._runs[-1] if self._run is not None and self._runs else None
        if run is not None and run.properties is not None and run.properties[0] == run.properties[1]:
            start = run.properties[0]
            end = self._at if is_empty_tag(self._data, start) else tag_end(self._data, self._at)
            run.properties = (start, end)
            run.content = end

    def _inserted(self, attributes: Attributes) -> None:
        super()._inserted(attributes)
        self._inserted_depth += 1

    def _end_inserted(self) -> None:
        self._inserted_depth -= 1

    def _simple_field(self, attributes: Attributes) -> None:
        self._simple_fields += 1

    def _end_simple_field(self) -> None:
        self._simple_fields -= 1

    def _begin_formula(self, attributes: Attributes) -> None:
        self._formula.append(self._at)

    def _end_formula(self) -> None:
        self._formula.pop()
        if not self._formula:
            end = tag_end(self._data, self._at)
            for text in self._formulas:
                text.end = end
            self._formulas.clear()

    def _t(self, attributes: Attributes) -> None:
        self._text_start = self._at
        super()._t(attributes)

    def _end_t(self) -> None:
        self._is_text = True
        super()._end_t()
        self._is_text = False

    _is_text = False

    def add(self, text: str, origin: object = None) -> None:
        """Adds text, with where it stands."""
        super().add(text, None if self._in_box else self._origin())

    def _origin(self) -> TextBytes:
        if self._formula:
            found = TextBytes(None, self._formula[0], self._formula[0], is_text=False)
            self._formulas.append(found)
            return found
        # In another run, as the base of ruby is, or in one branch of several, nothing is cut.
        outer = self._runs[0] if self._runs else None
        if len(self._runs) > 1 or (self._alternatives and self._alternatives[-1] > 0):
            return TextBytes(outer, -1, -1, is_text=False)
        at = self._text_start if self._is_text else self._at
        end = tag_end(self._data, self._at) if self._is_text else element_end(self._data, at)
        found = TextBytes(outer, at, end, is_text=self._is_text)
        found.is_in_field = bool(self._fields or self._simple_fields)
        found.is_changed = self._inserted_depth > 0
        return found


def offsets(data: bytes, text: TextBytes, length: int) -> list[int] | None:
    """The offset of the byte at which each character of an element of text begins, and that where the last
    ends; None where it cannot be cut: it is CDATA, or has a comment in it.
    """
    begin = tag_end(data, text.start)
    end = data.rindex(b"</", begin, text.end)
    raw = data[begin:end]
    if b"<" in raw:
        return None
    position = begin
    if not keeps_space(data, text):
        position += len(raw) - len(raw.lstrip(_ASCII_SPACE))
        raw = raw.strip(_ASCII_SPACE)
    found = [position]
    for token in _TOKEN.findall(raw.decode("utf-8")):
        position += len(token.encode("utf-8"))
        found.append(position)
    return found if len(found) == length + 1 else None


def keeps_space(data: bytes, text: TextBytes) -> bool:
    """Whether white space at the ends of an element of text counts."""
    tag = data[text.start : tag_end(data, text.start)]
    return b'xml:space="preserve"' in tag or b"xml:space='preserve'" in tag


def origin_of(piece: Any) -> TextBytes | None:
    """Where a piece of text stands among the bytes, if that is known."""
    found: TextBytes | None = piece.origin
    return found
