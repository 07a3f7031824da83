"""A web page to paragraphs, in one pass over its tags.

No tree is built: of the elements that are open only what their text has from them is kept, so that a page may
nest as deeply as it likes. What a browser would not show is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser

from bulletin_lint._typing import NamedTuple
from bulletin_lint.readers.html.lists import NumberedList
from bulletin_lint.readers.html.paragraphs import PageParagraph, PageRegion, ParagraphWriter
from bulletin_lint.readers.html.styles import Look, declarations, look_of
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
        *("audio", "button", "canvas", "datalist", "head", "iframe", "map", "math", "meter", "noembed"),
        *("noframes", "noscript", "object", "applet", "progress", "rp", "rt", "script", "select", "style"),
        *("svg", "template", "textarea", "title", "video", "xml"),
    )
)
"""Elements whose text is no text of the page: programs, pictures, forms, what other browsers see instead."""
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
_SCOPES = frozenset(("table", "ul", "ol", "dl", "body", "html"))
"""Elements beyond which no end is implied."""
_REGIONS = frozenset(("nav", "header", "footer"))
_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "menu", "menubar"))
_NAVIGATIONS = frozenset(("nav", "navigation", "search", "menu", "menubar"))
_REGION_NAMES = frozenset(
    (
        *("nav", "navbar", "menu", "header", "head", "top", "footer", "foot", "bottom", "breadcrumb"),
        *("breadcrumbs", "crumb", "crumbs", "position", "location", "copyright", "sidebar", "share"),
        *("toolbar", "pager", "pagination", "links"),
    )
)
"""What the makers of sites call the parts of a page that are not its text, in ``class`` and ``id``."""
_BODIES = frozenset(
    (
        *("trs_editor", "trs_ueditor", "trs_web", "ucap-content", "zoom", "vsb_content", "js_content"),
        *("article-content", "articlecontent", "article_content", "article-body", "articlebody"),
        *("news_content", "news-content", "newscontent", "pages_content", "wp_articlecontent", "conzoom"),
    )
)
"""What the systems that offices publish with call the element that holds what was written, in ``class`` and
``id``."""
_BREAKS_AT_SPACES = ("libreoffice", "openoffice", "microsoft word")
"""Programs that break a line of the source in place of a space and nowhere else, ideographs or not."""
_SUPERSCRIPTS = {"2": "²", "3": "³"}
MOST_PARAGRAPHS = 20_000
"""A bulletin has some hundreds, a table of a thousand rows in it as many more."""
_LONGEST_NAME = 200
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


_ROOT = _Element("", Look(), 0, is_link=False, region=None, is_marker=False, is_block=True)


class TooManyParagraphs(Exception):
    """The page has more paragraphs than are worth reading."""


class WebPage(HTMLParser):
    """The paragraphs of a page that is fed to it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[PageParagraph] = []
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
        look = look_of(tag, attributes, around.look)
        if tag in _NOT_SHOWN and not look.is_hidden:
            look = look._replace(is_hidden=True)
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
                look = look._replace(is_hidden=True)
        heading = int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456" else around.heading
        is_link = around.is_link or (tag == "a" and _leads_elsewhere(attributes.get("href")))
        region = _region(tag, attributes, around.region)
        self._open.append(_Element(tag, look, heading, is_link, region, is_marker, is_block))
        self._count[tag] = self._count.get(tag, 0) + 1
        siblings = self._children[-1]
        siblings[tag] = siblings.get(tag, 0) + 1
        self._children.append({})
        self._steps.append(f"{tag[:_LONGEST_TAG]}[{siblings[tag]}]")
        if is_block:
            self._begin_block(tag, attributes, look)

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


def _region(tag: str, attributes: dict[str, str], around: PageRegion | None) -> PageRegion | None:
    """The part of the page that an element begins, or the one that it is in."""
    role = attributes.get("role", "").strip().lower()
    if tag in _NAVIGATIONS or role in _NAVIGATIONS:
        return PageRegion(around, "navigation")
    if _is_body(attributes):
        return PageRegion(around, "body")
    if "position" in attributes.get("style", "").lower():
        position = declarations(attributes["style"]).get("position")
        if position in ("absolute", "fixed"):
            return PageRegion(around, "float")
    if tag in _REGIONS or role in _ROLES or _is_named_region(attributes):
        return PageRegion(around, "site")
    return around


def _is_body(attributes: dict[str, str]) -> bool:
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    if len(names) <= _LONGEST_NAME and not _BODIES.isdisjoint(names.lower().split()):
        return True
    return attributes.get("itemprop", "").lower() == "articlebody"


def _is_named_region(attributes: dict[str, str]) -> bool:
    for key in ("class", "id"):
        name = attributes.get(key)
        if name and len(name) <= _LONGEST_NAME:
            for word in name.lower().replace("_", " ").replace("-", " ").split():
                if word.rstrip("0123456789") in _REGION_NAMES:
                    return True
    return False


def _leads_elsewhere(target: str | None) -> bool:
    """Whether a link leads to another page; one to a place of the page itself is of its contents."""
    return target is not None and bool(target.strip()) and not target.strip().startswith("#")
