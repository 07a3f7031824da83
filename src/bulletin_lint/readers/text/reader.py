"""Text files (.txt, .md) to a `Reading`."""

from __future__ import annotations

from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.location import LineIndex, Location
from bulletin_lint.model.reading import Reading
from bulletin_lint.model.wording import Wording
from bulletin_lint.readers.furniture import mark_furniture
from bulletin_lint.readers.text.encoding import decode
from bulletin_lint.readers.text.hidden import is_printed
from bulletin_lint.readers.text.markdown import read_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.readers.reader_info import ReadOptions


class TextPlaces:
    """Places in a text file: 1-based lines and columns of code points, the end exclusive."""

    __slots__ = ("_index", "_last", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._index: LineIndex | None = None
        self._last = (0, "")

    @property
    def _lines(self) -> LineIndex:
        # A text without violations is never asked for a place.
        if self._index is None:
            self._index = LineIndex(self._text)
        return self._index

    def locate(self, start: int, end: int) -> Location:
        """The place of a span of the text, empty or not."""
        index = self._lines
        return Location(*index.position(start), *index.position(end))

    def line_text(self, line: int) -> str:
        """The source line (1-based), without its line break."""
        # The violations of one line share its text: of a book in one line there would be a copy for each.
        if line != self._last[0]:
            index = self._lines
            end = index.line_start(line + 1) if line < len(index) else len(self._text)
            self._last = line, self._text[index.line_start(line) : end].rstrip("\r\n")
        return self._last[1]


def read(path: str, data: bytes, options: ReadOptions) -> Reading:
    """The characters and lines of a text file, as `read_text` gives them."""
    return read_text(path, data)


def read_text(path: str, data: bytes) -> Reading:
    """The characters and lines of a text file; `path` is named in errors, and says whether it is printed as
    it stands.

    Raises:
        SourceError: the file is empty or holds no text, is no text file, or its encoding is neither
            UTF-8, UTF-16 with a byte order mark, nor GB18030.
    """
    text, encoding, bom = decode(path, data)
    lines, bare_numbers, verbatim = read_lines(text, is_printed=is_printed(path))
    mark_furniture(text, lines, bare_numbers)
    if not any(line.kind in ("text", "table") for line in lines):
        # Such a file must not pass because nothing in it was looked at.
        raise SourceError(
            path,
            Wording(
                "文件里没有正文，只有注释、分隔线或页码。",
                "the file has no text, only comments, rules or page numbers.",
            ),
        )
    return Reading("text", text, tuple(lines), TextPlaces(text), encoding, bom, verbatim=tuple(verbatim))
