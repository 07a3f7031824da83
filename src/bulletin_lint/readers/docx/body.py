"""One part of a document, document.xml or a header, to the paragraphs and tables that are seen in it.

Source: ISO/IEC 29500-1, 17 (WordprocessingML). What is there is what remains if all tracked changes are
accepted.
"""

from __future__ import annotations

from bulletin_lint.readers.docx.drawings import DrawingWatch
from bulletin_lint.readers.docx.elements import ElementWalker
from bulletin_lint.readers.docx.namespaces import MATH, RELATIONS
from bulletin_lint.readers.docx.story import (
    BREAK,
    ElementPath,
    HeaderReference,
    TableCell,
    TableRow,
    TextBox,
    TextPiece,
    WordParagraph,
    WordTable,
)
from bulletin_lint.readers.docx.styles import (
    PARAGRAPH_ELEMENTS,
    RUN_ELEMENTS,
    RunLook,
    RunProperties,
    StyleSheet,
)
from bulletin_lint.readers.docx.symbols import symbol
from bulletin_lint.readers.docx.xml_parser import is_on

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bulletin_lint._typing import Any
    from bulletin_lint.readers.docx.story import Item

    Attributes = Mapping[str, str]

_XML_SPACE = ("http://www.w3.org/XML/1998/namespace space", "xml:space")
"""How the attribute's name comes from a parser that knows namespaces, and from one that does not."""
_ASCII_SPACE = " \t\r\n"
_LINE_FEEDS = str.maketrans("\t\r\n", "   ")
_RAISED = {"2": "²", "3": "³"}
_PASSED_OVER = (
    # What was before a tracked change, and what one takes away.
    "pPrChange", "rPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange", "tblPrExChange",
    "tblGridChange", "numberingChange", "delText", "delInstrText",
    # What is no text.
    "instrText", "rubyPr", "rt", "tblGrid", "pBdr", "tabs", "tblPr", "sdtPr",
)  # fmt: skip
_STATE = (
    "_items", "_paragraph", "_struck", "_run", "_run_style", "_look", "_in_properties", "_fields", "_codes",
    "_lost_text", "_holder",
)  # fmt: skip
"""What a story has of its own while another, a text box in it, is read."""
_CONTAINERS = ("sdt", "sdtContent", "customXml", "smartTag")
"""Elements round paragraphs that are not seen; places name them."""


class PartReader(ElementWalker):
    """Reads one part; what it found stands in its attributes."""

    def __init__(self, styles: StyleSheet, root: str) -> None:
        super().__init__()
        self.items: list[Item] = []
        self.references: list[HeaderReference] = []
        """Headers and footers that are shown, in order."""
        self.notes: list[tuple[str, str, WordParagraph | None]] = []
        """The notes that the text refers to, in order: ``footnote`` or ``endnote``, which, and from where."""
        self.items_of_note: dict[str, list[Item]] = {}
        """Of a part that holds notes, what is in each."""
        self.changes = 0
        """Tracked changes."""
        self.has_open_field = False
        """A field has no end: text may have been taken for its instructions."""
        self.drawings = DrawingWatch(self, has_watermarks=root in ("header", "footer"))
        self._styles = styles
        self._holder = ElementPath(root)
        self._tables: list[WordTable] = []
        self._outer: list[list[Any]] = []
        self._section: list[tuple[HeaderReference, bool]] = []
        self._has_first_page = False
        self._characters: list[str] = []
        self._keeps_space = False
        self._begin_story(self.items)

    def read(self, data: bytes) -> None:
        """Reads the part.

        Raises:
            DocxError: it is not well-formed, is refused, or is no such part.
        """
        self.walk(data)
        self._end_story()

    def register(self) -> None:
        """Says what is done for each element."""
        super().register()
        self.drawings.register()
        starts: dict[str, Callable[[Attributes], object]] = dict.fromkeys(_PASSED_OVER, self.skip)
        starts |= {
            "p": self._p, "r": self._r, "t": self._t, "pPr": self._p_properties,
            "pStyle": self._p_style, "rStyle": self._r_style,
            "tab": self._tab, "ptab": self._tab, "br": self._br, "cr": self._cr,
            "noBreakHyphen": self._hyphen, "sym": self._sym, "fldChar": self._field,
            "ins": self._inserted, "moveTo": self._inserted, "del": self._deleted, "moveFrom": self._deleted,
            "tbl": self._tbl, "tr": self._tr, "tc": self._tc,
            "vMerge": self._v_merge, "cellDel": self._cell_deleted,
            "txbxContent": self._box, "sectPr": self._begin_section, "titlePg": self._title_page,
            "headerReference": self._header, "footerReference": self._footer,
            "footnoteReference": self._footnote, "endnoteReference": self._endnote,
            "footnote": self._note, "endnote": self._note, "altChunk": self._document,
            "subDoc": self._sub_document,
        }  # fmt: skip
        starts |= {name: self._run_property(name) for name in RUN_ELEMENTS}
        starts |= {name: self._paragraph_property(name) for name in PARAGRAPH_ELEMENTS}
        starts |= {name: self._container(name) for name in _CONTAINERS}
        ends: dict[str, Callable[[], object]] = {
            "p": self._end_p, "r": self._end_r, "t": self._end_t, "pPr": self._end_p_properties,
            "tbl": self._end_tbl, "tr": self._end_holder, "tc": self._end_holder,
            "txbxContent": self._end_box, "footnote": self._end_box, "endnote": self._end_box,
            "sectPr": self._end_section,
            **dict.fromkeys(_CONTAINERS, self._end_holder),
        }  # fmt: skip
        self.on_start |= {self.word + name: handler for name, handler in starts.items()}
        self.on_end |= {self.word + name: handler for name, handler in ends.items()}
        for space in MATH:
            self.on_start[self.name(space, "t")] = self._t
            self.on_end[self.name(space, "t")] = self._end_t
        self._val = f"{self.word}val"

    # Stories: a part, a text box, a note

    def _begin_story(self, items: list[Item]) -> None:
        self._items = items
        self._paragraph: WordParagraph | None = None
        self._struck: WordParagraph | None = None
        self._run: RunProperties | None = None
        self._run_style: str | None = None
        self._look: RunLook | None = None
        self._in_properties = False
        self._fields: list[bool] = []
        """Of each field that is open whether its result has begun."""
        self._codes = 0
        """Fields that are open and whose result has not begun."""
        self._lost_text = False

    def _end_story(self) -> None:
        if self._struck is not None:
            # Nothing comes that it could go on with.
            self._items.append(self._struck)
        if self._codes and self._lost_text:
            self.has_open_field = True

    def _enter(self, items: list[Item]) -> None:
        self._outer.append([getattr(self, name) for name in _STATE])
        self._begin_story(items)

    def _leave(self) -> None:
        self._end_story()
        for name, value in zip(_STATE, self._outer.pop(), strict=True):
            setattr(self, name, value)

    def _box(self, attributes: Attributes) -> None:
        box = TextBox([], self.drawings.top)
        holder, number = self._holder, None
        paragraph = self._paragraph
        if paragraph is not None:
            paragraph.boxes.append(box)
            holder, number = ElementPath("p", paragraph.holder, paragraph.number), len(paragraph.boxes)
        self._enter(box.items)
        self._holder = ElementPath("txbxContent", holder, number)

    def _end_box(self) -> None:
        if self._outer:
            self._leave()

    def _note(self, attributes: Attributes) -> None:
        kind = attributes.get(f"{self.word}type", "normal")
        if kind != "normal":
            # The line above the notes, and the like.
            self._enter([])
        else:
            self._enter(self.items_of_note.setdefault(attributes.get(f"{self.word}id", ""), []))
        self._holder = ElementPath("note", self._holder)

    # What holds paragraphs

    def _container(self, name: str) -> Callable[[Attributes], None]:
        def begin(attributes: Attributes) -> None:
            self._holder = ElementPath(name, self._holder)

        return begin

    def _end_holder(self) -> None:
        if self._holder.parent is not None:
            self._holder = self._holder.parent

    def _tbl(self, attributes: Attributes) -> None:
        if self._struck is not None:
            # No paragraph follows that it could go on with.
            self._items.append(self._struck)
            self._struck = None
        table = WordTable()
        self._items.append(table)
        self._tables.append(table)
        self._outer.append([self._items, self._struck])
        self._holder = ElementPath("tbl", self._holder)

    def _end_tbl(self) -> None:
        if self._tables:
            self._tables.pop()
            self._items, self._struck = self._outer.pop()
        self._end_holder()

    def _tr(self, attributes: Attributes) -> None:
        if self._tables:
            self._tables[-1].rows.append(TableRow())
        self._holder = ElementPath("tr", self._holder)

    def _tc(self, attributes: Attributes) -> None:
        self._holder = ElementPath("tc", self._holder)
        if self._tables and self._tables[-1].rows:
            cell = TableCell()
            self._tables[-1].rows[-1].cells.append(cell)
            self._items, self._struck = cell.items, None

    def _cell(self) -> TableCell | None:
        rows = self._tables[-1].rows if self._tables else ()
        return rows[-1].cells[-1] if rows and rows[-1].cells else None

    def _v_merge(self, attributes: Attributes) -> None:
        cell = self._cell()
        if cell is not None:
            cell.goes_on = attributes.get(self._val, "continue") == "continue"

    def _cell_deleted(self, attributes: Attributes) -> None:
        cell = self._cell()
        if cell is not None:
            cell.is_gone = True

    # Paragraphs

    def _p(self, attributes: Attributes) -> None:
        holder = self._holder
        self._paragraph = WordParagraph(holder, holder.count("p"))
        self._in_properties = False

    def _end_p(self) -> None:
        paragraph = self._paragraph
        self._paragraph = None
        if paragraph is None:
            return
        if self.drawings.unread:
            paragraph.unread += self.drawings.unread
            self.drawings.unread.clear()
        struck = self._struck
        if struck is not None:
            # The longer list stays: many paragraphs may go on one from the other.
            for name in ("pieces", "boxes", "unread"):
                joined = getattr(struck, name)
                joined.extend(getattr(paragraph, name))
                setattr(paragraph, name, joined)
            paragraph.holder, paragraph.number = struck.holder, struck.number
            self._struck = None
        if paragraph.is_struck:
            self._struck = paragraph
        else:
            self._items.append(paragraph)

    def _p_properties(self, attributes: Attributes) -> None:
        self._in_properties = True

    def _end_p_properties(self) -> None:
        self._in_properties = False
        self._look = None

    def _p_style(self, attributes: Attributes) -> None:
        if self._paragraph is not None:
            self._paragraph.style = attributes.get(self._val)

    def _paragraph_property(self, name: str) -> Callable[[Attributes], None]:
        def take(attributes: Attributes) -> None:
            if self._in_properties and self._paragraph is not None:
                self._paragraph.properties.take(name, attributes, self.word)

        return take

    # Runs

    def _r(self, attributes: Attributes) -> None:
        self._run = RunProperties()
        self._run_style = None
        self._look = None

    def _end_r(self) -> None:
        self._run = None

    def _r_style(self, attributes: Attributes) -> None:
        if self._run is not None:
            self._run_style = attributes.get(self._val)

    def _run_property(self, name: str) -> Callable[[Attributes], None]:
        def take(attributes: Attributes) -> None:
            if self._run is not None:
                self._run.take(name, attributes, self.word)
                self._look = None
            elif name == "vanish" and self._in_properties and self._paragraph is not None:
                self._paragraph.is_hidden = is_on(attributes.get(self._val))

        return take

    def _t(self, attributes: Attributes) -> None:
        # Mostly it is the only one.
        self._keeps_space = bool(attributes) and "preserve" in map(attributes.get, _XML_SPACE)
        self._characters.clear()
        self.parser.expat.CharacterDataHandler = self._characters.append

    def _end_t(self) -> None:
        self.parser.expat.CharacterDataHandler = None
        characters = self._characters
        text = characters[0] if len(characters) == 1 else "".join(characters)
        if not self._keeps_space:
            text = text.strip(_ASCII_SPACE)
        if "\n" in text or "\t" in text or "\r" in text:
            text = text.translate(_LINE_FEEDS)
        if text:
            self.add(text)

    def add(self, text: str, origin: object = None) -> None:
        """Adds text to the paragraph, unless it is hidden or belongs to the instructions of a field."""
        paragraph = self._paragraph
        if paragraph is None:
            return
        if self._codes:
            self._lost_text = True
            return
        look = self._look
        if look is None:
            look = self._look = self._styles.look(
                paragraph.style, self._run_style, self._run if self._run is not None else RunProperties()
            )
        if look.hidden:
            return
        if look.raised and text in _RAISED:
            text = _RAISED[text]
        paragraph.pieces.append(TextPiece(text, look, origin))

    def _tab(self, attributes: Attributes) -> None:
        # In properties of paragraphs `tab` is a tab stop.
        if self._run is not None:
            self.add("\t")

    def _br(self, attributes: Attributes) -> None:
        if self._run is not None and attributes.get(f"{self.word}type", "textWrapping") == "textWrapping":
            self.add(BREAK)

    def _cr(self, attributes: Attributes) -> None:
        self.add(BREAK)

    def _hyphen(self, attributes: Attributes) -> None:
        self.add("-")

    def _sym(self, attributes: Attributes) -> None:
        self.add(symbol(attributes.get(f"{self.word}font", ""), attributes.get(f"{self.word}char", "")))

    def _field(self, attributes: Attributes) -> None:
        what = attributes.get(f"{self.word}fldCharType")
        if what == "begin":
            self._fields.append(False)
            self._codes += 1
        elif what == "separate":
            if self._fields and not self._fields[-1]:
                self._fields[-1] = True
                self._codes -= 1
        elif what == "end" and self._fields and not self._fields.pop():
            self._codes -= 1

    # Tracked changes

    def _inserted(self, attributes: Attributes) -> None:
        self.changes += 1

    def _deleted(self, attributes: Attributes) -> None:
        """Deleted or moved away: text, the end of a paragraph, or a row of a table."""
        self.changes += 1
        if self._run is None and self._paragraph is not None and self._in_properties:
            self._paragraph.is_struck = True
        elif self._paragraph is None and self._tables:
            rows = self._tables[-1].rows
            if rows and not rows[-1].cells:
                rows[-1].is_gone = True
        self.skip(attributes)

    # Sections and notes

    def _begin_section(self, attributes: Attributes) -> None:
        self._section.clear()
        self._has_first_page = False

    def _title_page(self, attributes: Attributes) -> None:
        self._has_first_page = is_on(attributes.get(self._val))

    def _refer(self, kind: str, attributes: Attributes) -> None:
        names = [self.name(each, "id") for each in RELATIONS]
        relation = next((attributes[name] for name in names if name in attributes), "")
        is_first = attributes.get(f"{self.word}type") == "first"
        self._section.append((HeaderReference(kind, relation), is_first))

    def _header(self, attributes: Attributes) -> None:
        self._refer("header", attributes)

    def _footer(self, attributes: Attributes) -> None:
        self._refer("footer", attributes)

    def _end_section(self) -> None:
        shown = [each for each, is_first in self._section if self._has_first_page or not is_first]
        self.references += [each for each in shown if each not in self.references]
        self._section.clear()

    def _footnote(self, attributes: Attributes) -> None:
        self.notes.append(("footnote", attributes.get(f"{self.word}id", ""), self._paragraph))

    def _endnote(self, attributes: Attributes) -> None:
        self.notes.append(("endnote", attributes.get(f"{self.word}id", ""), self._paragraph))

    def _document(self, attributes: Attributes) -> None:
        """A whole document of another form stands here, which only Word unfolds."""
        paragraph = WordParagraph(self._holder, self._holder.count("altChunk"), "altChunk")
        paragraph.unread.append("document")
        self.drawings.document()
        self._items.append(paragraph)

    def _sub_document(self, attributes: Attributes) -> None:
        """A document of a master document stands here, in a file of its own."""
        if self._paragraph is None:
            self._document(attributes)
        else:
            self._paragraph.unread.append("document")
            self.drawings.document()
