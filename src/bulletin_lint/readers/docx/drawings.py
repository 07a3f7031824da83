"""What is drawn and is no text: pictures, charts, objects, watermarks; and where text boxes stand."""

from __future__ import annotations

import re

from bulletin_lint.readers.docx.namespaces import ANCHORS, GRAPHICS, OLE, VML
from bulletin_lint.readers.docx.xml_parser import whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulletin_lint.readers.docx.elements import ElementWalker

    Attributes = Mapping[str, str]

_LARGE = 175 * 360_000**2
"""Square EMU (360,000 to the centimetre) from which a picture may be a page of text: half of what A4 has
between its margins."""
_PAGE = 300 * 360_000**2
"""Square EMU from which it is as good as a page: six sevenths of what A4 has between its margins."""
_LETTER = 360_000**2 / 1.75
"""Square EMU that a letter takes: 22 lines of 28 (GB/T 9704-2012, 5.2.3) on 156 mm by 225 mm."""
_SIDE = re.compile(r"(?:^|;)\s*(width|height):\s*([0-9]+\.?[0-9]*)(pt|in|cm|mm|)", re.ASCII)
_MARGIN_TOP = re.compile(r"margin-top:\s*(-?[0-9.]+)\s*(pt|in|cm|mm|)")
_EMU = {"pt": 12_700, "in": 914_400, "cm": 360_000, "mm": 36_000, "": 1}
_DRAWN_TEXT = ("chart", "diagram", "chartex")
"""What a graphic is by the last word of its data's name, where it has text that stands in another part."""


class DrawingWatch:
    """What is drawn, as the elements of a part come by."""

    def __init__(self, walker: ElementWalker, *, has_watermarks: bool = False) -> None:
        """`has_watermarks` says of a header that words drawn there are to be read as such; drawn in the text
        they are no part of it.
        """
        self._walker = walker
        self._tells_words = not has_watermarks
        self._offset: list[str] | None = None
        self._top: float | None = None
        self._inner_top = 0.0
        self.pictures = 0
        self.watermarks: list[str] = []
        self.unread: list[str] = []
        """What the text has no words of, since this was last emptied: ``picture``, ``chart``, ``object``,
        ``words`` drawn as a picture."""
        self.has_document = False
        """A whole document stands in the text, which nobody unfolds but the program that made it."""
        self._shape_area = self._largest = self._all = 0.0
        self._is_told = False

    def register(self) -> None:
        """Tells the walker what is to be done."""
        starts, ends = self._walker.on_start, self._walker.on_end
        name = self._walker.name
        for space in ANCHORS:
            starts[name(space, "anchor")] = starts[name(space, "inline")] = self._begin
            starts[name(space, "extent")] = self._extent
            starts[name(space, "positionV")] = self._position
            ends[name(space, "positionV")] = self._end_position
        for space in GRAPHICS:
            starts[name(space, "off")] = self._inner_offset
            starts[name(space, "graphicData")] = self._graphic
        for local in ("shape", "rect", "roundrect", "oval", "group"):
            starts[name(VML, local)] = self._shape
        starts[name(VML, "textpath")] = self._textpath
        starts[name(VML, "imagedata")] = self._picture
        starts[name(OLE, "OLEObject")] = self._object

    @property
    def top(self) -> tuple[float, float] | None:
        """How far down the drawing stands that has begun, and its part of it; None where nobody knows."""
        return None if self._top is None else (self._top, self._inner_top)

    def is_more_than(self, letters: int) -> bool:
        """Whether what was drawn and not read is as good as a page, or may have more words than so many
        letters of text.
        """
        return self._largest >= _PAGE or self._all / _LETTER > letters > 0

    def _tell(self, what: str, area: float = 0) -> None:
        self.unread.append(what)
        self._largest = max(self._largest, area)
        self._all += area

    def document(self) -> None:
        """Another document stands here."""
        self.has_document = True

    def _begin(self, attributes: Attributes) -> None:
        self._top, self._inner_top, self._area = None, 0.0, 0

    def _extent(self, attributes: Attributes) -> None:
        self._area = (whole(attributes.get("cx")) or 0) * (whole(attributes.get("cy")) or 0)

    def _position(self, attributes: Attributes) -> None:
        self._offset = []
        self._walker.parser.expat.CharacterDataHandler = self._offset.append

    def _end_position(self) -> None:
        self._walker.parser.expat.CharacterDataHandler = None
        offset = whole("".join(self._offset or ()).strip())
        self._top = None if offset is None else float(offset)

    def _inner_offset(self, attributes: Attributes) -> None:
        self._inner_top = float(whole(attributes.get("y")) or 0)

    def _shape(self, attributes: Attributes) -> None:
        found = _MARGIN_TOP.search(attributes.get("style", ""))
        self._top, self._inner_top = None, 0.0
        self._is_told = False
        sides = {
            side: float(size) * _EMU[unit] for side, size, unit in _SIDE.findall(attributes.get("style", ""))
        }
        self._shape_area = sides.get("width", 0) * sides.get("height", 0)
        if found is not None and found[1].count(".") < 2 and found[1].strip("-."):
            self._top = float(found[1]) * _EMU[found[2]]

    def _graphic(self, attributes: Attributes) -> None:
        what = attributes.get("uri", "").rpartition("/")[2]
        if what == "picture":
            self.pictures += 1
            if self._area >= _LARGE:
                self._tell("picture", self._area)
        elif what in _DRAWN_TEXT:
            self._tell("chart", self._area)

    _area = 0

    def _picture(self, attributes: Attributes) -> None:
        self.pictures += 1
        if self._shape_area >= _LARGE:
            self._tell("picture", self._shape_area)
            self._is_told = True

    def _textpath(self, attributes: Attributes) -> None:
        words = attributes.get("string", "").strip()
        if words:
            self.watermarks.append(words)
            if self._tells_words:
                self._tell("words", self._shape_area)

    def _object(self, attributes: Attributes) -> None:
        # What it looks like is drawn beside it, as a picture.
        if not self._is_told:
            self._tell("object", self._shape_area)
