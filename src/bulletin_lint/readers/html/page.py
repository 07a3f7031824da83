"""A web page to paragraphs, in one pass over its tags.

No tree is built: of the elements that are open only what their text has from them is kept, so that a page may
nest as deeply as it likes. What a browser would not show is left out.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from html.parser import HTMLParser

from bulletin_lint._typing import NamedTuple
from bulletin_lint.readers.html.lists import NumberedList
from bulletin_lint.readers.html.paragraphs import PageParagraph, PageRegion, ParagraphWriter
from bulletin_lint.readers.html.regions import region_of
from bulletin_lint.readers.html.styles import Look, area_of, declarations, has_size, look_of
from bulletin_lint.readers.html.tables import WebTable

DEEPEST = 512
"""Open elements that are told apart, as many as browsers do; what is deeper has what these have."""

_VOID = frozenset(
    (
        *("area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input"),
        *("keygen", "link", "meta", "param", "source", "track", "wbr"),
    )
)
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details"),
        *("dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "html", "legend", "li", "listing"),
        *("main", "menu", "nav", "ol", "p", "plaintext", "pre", "search", "section", "summary", "table"),
        *("tbody", "td", "tfoot", "th", "thead", "tr", "ul", "xmp"),
    )
)
_NOT_SHOWN = frozenset(
    (
        *("annotation", "annotation-xml", "audio", "button", "canvas", "datalist", "head", "iframe", "map"),
        *("meter", "noembed", "noframes", "noscript", "applet", "progress", "rp", "rt", "script", "select"),
        *("style", "svg", "template", "title", "video", "xml"),
    )
)
"""Elements whose text is no text of the page: programs, pictures, forms, what other browsers see instead."""
_DRAWN_WORDS = frozenset(("text", "foreignobject"))
"""Elements of a drawing (SVG 2) whose text is shown."""
_APART = frozenset(("object", "textarea"))
"""Elements that stand in a line, and what they hold is no part of it."""
_NOT_DRAWN = frozenset(("defs", "symbol", "clippath", "mask", "marker", "pattern", "desc", "metadata"))
"""Elements of a drawing that only others use."""
_EMBEDDING = frozenset(("canvas", "iframe", "object", "embed", "applet"))
"""Elements that show something which is not in the page."""
_LARGE = 140_000.0
"""Square points (175 square centimetres) from which a picture may be a page of text: half of what A4 has
between its margins."""
_MOST_FRAMES = 3
"""Pages within pages that are read."""
_CLOSED_BY = {
    "li": ("li",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "td": ("td", "th"),
    "th": ("td", "th"),
    "tr": ("td", "th", "tr"),
    "tbody": ("td", "th", "tr", "tbody", "thead", "tfoot", "caption"),
    "thead": ("td", "th", "tr", "tbody", "thead", "tfoot", "caption"),
    "tfoot": ("td", "th", "tr", "tbody", "thead", "tfoot", "caption"),
    "option": ("option",),
}
"""Elements whose end may be left out, by what then ends them."""
_SCOPES = frozenset(("table", "ul", "ol", "menu", "dir", "dl", "body", "html"))
"""Elements beyond which no end is implied."""
_BREAKS_AT_SPACES = ("libreoffice", "openoffice", "microsoft word")
"""Programs that break a line of the source in place of a space and nowhere else, ideographs or not."""
_SUPERSCRIPTS = {"2": "²", "3": "³"}
MOST_PARAGRAPHS = 20_000
"""A bulletin has some hundreds, a table of a thousand rows in it as many more."""
UNREAD = "\ufffc"
"""What stands for something that is shown and cannot be read: OBJECT REPLACEMENT CHARACTER."""
_LONGEST_TAG = 40


class _Element(NamedTuple):
    """An open element, and what its text has from it."""

    tag: str
    look: Look
    heading: int
    is_link: bool
    region: PageRegion | None
    is_marker: bool
    """The number or bullet that a word processor wrote for a paragraph."""
    is_block: bool
    drawing: Look | None = None
    """What the text of a drawing has from around that; None where none is drawn."""


_ROOT = _Element("", Look(), 0, is_link=False, region=None, is_marker=False, is_block=True)


class TooManyParagraphs(Exception):
    """The page has more paragraphs than are worth reading."""


class WebPage(HTMLParser):
    """The paragraphs of a page that is fed to it."""

    def __init__(self, frames: int = 0) -> None:
        """`frames` is how many pages this one lies in."""
        super().__init__(convert_charrefs=True)
        self._frames = frames
        self.paragraphs: list[PageParagraph] = []
        self.unread: list[PageParagraph] = []
        """What is shown and is no text of the page, one for each."""
        self.has_frames = self.has_pictures = False
        self.generator = ""
        """The program that says that it wrote the page, in lower case."""
        self._open: list[_Element] = [_ROOT]
        self._steps: list[str] = []
        """The way to the innermost open element: names, each with its number among those of its name."""
        self._children: list[dict[str, int]] = [{}]
        self._count: dict[str, int] = {}
        self._too_deep: dict[str, int] = {}
        self._tables: list[WebTable] = []
        self._data_tables = 0
        self._lists: list[NumberedList] = []
        self._writing = ParagraphWriter()
        self._label = ""
        self._is_after_break = self._is_below_gap = self._breaks_at_spaces = False

    # Tags

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Begins an element."""
        if tag in _VOID:
            if tag == "meta":
                self._meta(dict(attrs))
            elif tag in ("img", "embed"):
                self._picture(tag, {name: value or "" for name, value in reversed(attrs)})
            self._void(tag)
            return
        attributes = {name: value or "" for name, value in reversed(attrs)}
        around = self._open[-1]
        is_block = tag in _BLOCKS
        if is_block:
            self._end_paragraph()
            if self._count.get("head"):
                self._close_to(("head",))
            self._end_implied(tag)
            around = self._open[-1]
        elif tag in _CLOSED_BY:
            self._end_implied(tag)
            around = self._open[-1]
        if len(self._open) > DEEPEST:
            self._too_deep[tag] = self._too_deep.get(tag, 0) + 1
            return
        look, drawing = self._seen(tag, attributes, around)
        if tag in _APART or (around.drawing is not None and drawing is None and tag in _DRAWN_WORDS):
            is_block = True
            self._end_paragraph()
        style = attributes.get("style", "")
        is_marker = around.is_marker
        if style:
            said = declarations(style)
            if said.get("display") == "block" and not is_block:
                is_block = True
                self._end_paragraph()
            is_marker = is_marker or said.get("mso-list") == "ignore"
            if "mso-tab-count" in said and not look.is_hidden:
                self._writing.add_as_is("\t", look)
                look = look._replace(is_gone=True)
        heading = int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456" else around.heading
        is_link = around.is_link or (tag == "a" and _leads_elsewhere(attributes.get("href")))
        region = region_of(tag, attributes, around.region)
        self._open.append(_Element(tag, look, heading, is_link, region, is_marker, is_block, drawing))
        self._count[tag] = self._count.get(tag, 0) + 1
        siblings = self._children[-1]
        siblings[tag] = siblings.get(tag, 0) + 1
        self._children.append({})
        self._steps.append(f"{tag[:_LONGEST_TAG]}[{siblings[tag]}]")
        if is_block:
            self._begin_block(tag, attributes, look)

    def _seen(self, tag: str, attributes: dict[str, str], around: _Element) -> tuple[Look, Look | None]:
        """How the text of an element looks, and that of words drawn in it; says what of it is not read."""
        drawing = around.drawing
        if drawing is not None and tag in _DRAWN_WORDS:
            return look_of(tag, attributes, drawing), None
        look = look_of(tag, attributes, around.look)
        if tag == "textarea":
            look = look._replace(is_preformatted=True)
        if tag in _EMBEDDING and not look.is_hidden:
            if tag == "iframe" and "srcdoc" in attributes:
                self._frame(attributes["srcdoc"])
            elif tag == "object" and not (attributes.get("data") or attributes.get("classid")):
                # There is nothing to be shown but what stands in for it.
                return look, drawing
            else:
                self._picture(tag, attributes)
            return look._replace(is_gone=True), None
        if tag in _NOT_DRAWN:
            return look, None
        is_shadow = tag == "template" and attributes.get("shadowrootmode", "").lower() in ("open", "closed")
        if tag in _NOT_SHOWN and not is_shadow:
            drawing = look if tag == "svg" and not look.is_gone else drawing
            look = look._replace(is_gone=True)
        return look, drawing

    def _picture(self, tag: str, attributes: dict[str, str]) -> None:
        """Notes what shows something that cannot be read, if that may be a page of text."""
        element = self._open[-1]
        look = look_of(tag, attributes, element.look)
        # How large a canvas is programs say, and a page in the page whoever reads it.
        is_unknown = tag == "canvas" or (
            tag == "iframe" and attributes.get("src") and not has_size(attributes)
        )
        if look.is_hidden or (not is_unknown and area_of(attributes) < _LARGE):
            return
        unread = PageParagraph(element.look, 0, None)
        unread.text = UNREAD
        unread.path = "/".join([*self._steps, tag])
        self.unread.append(unread)

    def _frame(self, page: str) -> None:
        """Reads a page that stands in this one."""
        if self._frames == _MOST_FRAMES:
            self._picture("canvas", {})
            return
        self._end_paragraph()
        inner = WebPage(self._frames + 1)
        inner.feed(page)
        inner.end()
        for paragraph in inner.paragraphs:
            paragraph.path = "/".join([*self._steps, "iframe", *filter(None, [paragraph.path])])
            if paragraph.table:
                paragraph.table += self._data_tables
            self._add(paragraph)
        self._data_tables += inner._data_tables
        self.unread += inner.unread

    def parse_comment(self, i: int, report: bool = True) -> int:  # noqa: FBT001, FBT002 - the parser's own
        """Where the comment ends that begins at `i`: as browsers have it (HTML, 13.2.5.43 to 13.2.5.52), of
        which the parsers of some versions of Python know a part.
        """
        text = self.rawdata
        for abrupt in ("<!-->", "<!--->"):
            if text.startswith(abrupt, i):
                return i + len(abrupt)
        if i < self._no_comment_ends:
            ends = [
                end + width
                for mark, width in (("-->", 3), ("--!>", 4))
                if (end := text.find(mark, i + 4)) >= 0
            ]
            if ends:
                return min(ends)
            self._no_comment_ends = i
        return -1

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: FBT001, FBT002 - the parser's own
        """Where a marked section ends that begins at `i`: browsers take its mark for a comment and show what
        it holds (HTML, 13.2.5.42).
        """
        return self.rawdata.find(">", i) + 1 or -1

    _no_comment_ends = sys.maxsize
    """From where on no comment has an end; there are pages that begin one after the other."""

    def handle_endtag(self, tag: str) -> None:
        """Ends the innermost element of that name, and what is open in it."""
        if tag == "br":
            self._void(tag)
        elif tag == "p" and not self._count.get(tag):
            # As browsers have it: a paragraph with nothing in it.
            self._end_paragraph()
        elif self._too_deep.get(tag):
            self._too_deep[tag] -= 1
            if tag in _BLOCKS:
                self._end_paragraph()
        elif self._count.get(tag):
            while self._close() != tag:
                pass

    def _meta(self, attributes: dict[str, str | None]) -> None:
        if (attributes.get("name") or "").lower() == "generator":
            self.generator = (attributes.get("content") or "").lower()
            self._breaks_at_spaces = self.generator.startswith(_BREAKS_AT_SPACES)
            self._writing = ParagraphWriter(breaks_at_spaces=self._breaks_at_spaces)

    def _close(self) -> str:
        element = self._open[-1]
        if element.is_block:
            self._end_paragraph()
            if element.tag == "table" and self._tables:
                self._end_table()
            elif element.tag in ("ol", "ul", "menu", "dir") and self._lists:
                self._lists.pop()
        self._open.pop()
        self._steps.pop()
        self._children.pop()
        self._count[element.tag] -= 1
        return element.tag

    def _end_implied(self, tag: str) -> None:
        """Ends the elements whose end is left out where another begins."""
        ended = _CLOSED_BY.get(tag, ())
        if tag in _BLOCKS and self._count.get("p"):
            self._close_to(("p",))
        while ended and any(self._count.get(each) for each in ended) and self._close_to(ended):
            pass

    def _close_to(self, tags: Sequence[str]) -> bool:
        """Ends the innermost of some elements, unless it is in another scope."""
        for element in reversed(self._open):
            if element.tag in tags:
                while self._close() not in tags:
                    pass
                return True
            if element.tag in _SCOPES:
                return False
        return False

    def _begin_block(self, tag: str, attributes: dict[str, str], look: Look) -> None:
        if tag == "table":
            if self._tables:
                self._tables[-1].has_inner = True
            self._tables.append(WebTable(len(self.paragraphs)))
        elif tag == "tr" and self._tables:
            self._tables[-1].begin_row()
        elif tag in ("td", "th") and self._tables:
            self._tables[-1].begin_cell()
        elif tag in ("ol", "ul", "menu", "dir"):
            self._lists.append(NumberedList(tag, attributes))
        elif tag == "li" and self._lists and not look.is_hidden:
            self._label = self._lists[-1].label(attributes)

    def _end_table(self) -> None:
        table = self._tables.pop()
        lines = table.lines(self.paragraphs[table.first :])
        if any(line.row == 1 for line in lines):
            self._data_tables += 1
            for line in lines:
                if line.row and not line.table:
                    line.table = self._data_tables
        self.paragraphs[table.first :] = lines

    def _void(self, tag: str) -> None:
        element = self._open[-1]
        if element.look.is_hidden:
            return
        if tag == "br":
            if not self._writing and self._is_after_break:
                self._is_below_gap = True
            self._end_paragraph()
            self._is_after_break = True
        elif tag == "hr":
            self._end_paragraph()
            self._is_after_break = False
            rule = PageParagraph(element.look, 0, element.region)
            rule.is_rule = True
            self._add(rule)
        elif tag == "img":
            self.has_pictures = True
        elif tag == "frame":
            self.has_frames = True

    # Text

    def handle_data(self, data: str) -> None:
        """Writes text."""
        element = self._open[-1]
        look = element.look
        if look.is_hidden:
            return
        if element.is_marker:
            data = data.strip(" \t\r\n\f\xa0\u3000")
        elif element.tag == "sup":
            data = _SUPERSCRIPTS.get(data.strip(), data)
        if self._label and data.strip():
            self._writing.add_as_is(self._label, look)
            self._label = ""
        if not look.is_preformatted:
            self._writing.add(data, look, is_link=element.is_link)
            return
        first, *others = data.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self._writing.add_as_is(first, look, is_link=element.is_link)
        for line in others:
            self._end_paragraph()
            self._is_after_break = True
            self._writing.add_as_is(line, look, is_link=element.is_link)

    def _end_paragraph(self) -> None:
        """Ends the paragraph that is being written; one that shows nothing is a gap."""
        writing = self._writing
        if writing:
            self._writing = ParagraphWriter(breaks_at_spaces=self._breaks_at_spaces)
        self._label = ""
        was_after_break, self._is_after_break = self._is_after_break, False
        if not writing:
            return
        # The block that it stands in: inline elements may be open in it.
        index = next(at for at in range(len(self._open) - 1, -1, -1) if self._open[at].is_block)
        block = self._open[index]
        paragraph = PageParagraph(block.look, block.heading, block.region)
        paragraph.path = "/".join(self._steps[:index])
        writing.fill(paragraph)
        if not paragraph.text:
            self._is_below_gap = True
            return
        paragraph.is_after_break = was_after_break
        region = block.region
        while region is not None:
            region.total += writing.total
            region.linked += writing.linked
            region = region.above
        self._add(paragraph)

    def _add(self, paragraph: PageParagraph) -> None:
        paragraph.is_below_gap = self._is_below_gap
        self._is_below_gap = False
        self.paragraphs.append(paragraph)
        if len(self.paragraphs) > MOST_PARAGRAPHS:
            raise TooManyParagraphs
        if self._tables and not paragraph.is_rule:
            self._tables[-1].add(paragraph)

    def end(self) -> None:
        """Ends the page."""
        self.close()
        while len(self._open) > 1:
            self._close()
        self._end_paragraph()


def _leads_elsewhere(target: str | None) -> bool:
    """Whether a link leads to another page; one to a place of the page itself is of its contents."""
    return target is not None and bool(target.strip()) and not target.strip().startswith("#")
