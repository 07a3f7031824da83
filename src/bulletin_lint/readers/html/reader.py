"""Saved web pages (.html, .mht) to a `Reading`.

The parser is that of the standard library. What a bulletin needs of a page, where its paragraphs begin and
how they are set, can be told from the stream of tags, so that no tree has to be built; the parser is kept
with Python, adds no dependency and no native code.
"""

from __future__ import annotations

from itertools import pairwise

from bulletin_lint.matching.patterns import compiled
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.reading import Line, Reading
from bulletin_lint.model.wording import Wording
from bulletin_lint.readers.furniture import is_page_number
from bulletin_lint.readers.html.archive import is_archive, page_of
from bulletin_lint.readers.html.encoding import decode_page
from bulletin_lint.readers.html.page import MOST_PARAGRAPHS, TooManyParagraphs, WebPage
from bulletin_lint.readers.html.paragraphs import PageParagraph, PageRegion
from bulletin_lint.readers.html.places import WebPlaces
from bulletin_lint.readers.text.markdown import is_rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bulletin_lint.readers.reader_info import ReadOptions

_OWN = "bulletin-lint"
"""Begins the generator of pages that this program wrote: a report of bulletins is none."""
LONGEST_TEXT = 2 * 1024 * 1024
"""Characters; a bulletin has some thousands."""
_SHARES = {"navigation": 0.5, "search": 0.25, "site": 0.25, "float": 0.1, "body": 0.0}
"""A part of a page that has more of its letters than this is its text, whatever it is called."""
_LINKED = 0.25
"""A navigation has as much of its letters in links; else it is text, whatever it is called."""
_BODY_SHARE = 0.4
"""An element that is said to hold what was written holds at least so much of the page's letters."""
_MASTHEAD_LINES = 3
"""Of so many first lines of what was written one is a title, if it begins with its own."""
NARROWEST = 20
"""Characters of a line that was broken because it was full; shorter ones were broken for their sense."""
_ENDS = frozenset("。！？…：；!?:;）)】”’」』》")
_RAGGED = 2
"""Characters that a full line may lack."""


def read(path: str, data: bytes, options: ReadOptions) -> Reading:
    """The paragraphs of a web page; lines and columns are those of the text that `extract` prints.

    Raises:
        SourceError: the file is no text, in an encoding that cannot be told, or a page without text.
    """
    charset = ""
    if is_archive(data):
        data, charset = page_of(path, data)
    decoded = decode_page(path, data, charset)
    page = WebPage()
    try:
        page.feed(_whole_tags(decoded.text))
        page.end()
    except TooManyParagraphs:
        raise SourceError(
            path,
            Wording(
                f"网页超过 {MOST_PARAGRAPHS} 段，不像是简报；请拆分，或用 exclude 排除。",
                f"the page has more than {MOST_PARAGRAPHS:,} paragraphs, hardly a bulletin; split it, or "
                "exclude it.",
            ),
        ) from None
    paragraphs = page.paragraphs
    is_own = page.generator.startswith(_OWN)
    size = sum([len(paragraph.text) + 1 for paragraph in paragraphs])
    if size > LONGEST_TEXT:
        raise SourceError(
            path,
            Wording(
                f"网页里的文字超过 {LONGEST_TEXT // 10_000} 万字，不像是简报；请拆分，或用 exclude 排除。",
                f"the page has more than {LONGEST_TEXT:,} characters, hardly a bulletin; split it, or "
                "exclude it.",
            ),
        )
    _join_full_lines(paragraphs)
    furniture = _furniture(paragraphs)
    for unread in page.unread:
        furniture[len(paragraphs)] = "unread"
        paragraphs.append(unread)
    text, lines = _lines(paragraphs, furniture)
    places = WebPlaces([paragraph for paragraph in paragraphs if not paragraph.is_rule])
    if is_own:
        lines = [line._replace(kind="furniture", furniture="report") for line in lines]
    elif not any(line.kind in ("text", "table") for line in lines):
        raise _nothing(path, page)
    return Reading(
        "html",
        text,
        tuple(lines),
        places,
        decoded.encoding,
        decoded.bom,
        lines_are="document",
        joins_final=True,
    )


def _whole_tags(text: str) -> str:
    """The page without a tag that its end cuts off: the parser would look for the end of that and of every
    one that seems to begin in it.
    """
    found = compiled("<[A-Za-z/!?]").search(text, text.rfind(">") + 1)
    return text if found is None else text[: found.start()]


def _nothing(path: str, page: WebPage) -> SourceError:
    if page.has_frames:
        return SourceError(
            path,
            Wording(
                "这份网页只有框架，没有正文；请在浏览器里单独打开正文所在的框架，再另存。",
                "the page has only frames and no text; open the frame that holds the text by itself and "
                "save that.",
            ),
        )
    if page.has_pictures:
        return SourceError(
            path,
            Wording(
                "这份网页只有图片，没有文字；请做文字识别（OCR），或改用原稿。",
                "the page has pictures and no text; run OCR on them, or use the manuscript.",
            ),
        )
    return SourceError(
        path,
        Wording(
            "这份网页里没有正文，可能由脚本生成；请在浏览器里打开，等正文显示后再另存，或改用原稿。",
            "the page has no text; it may be written by scripts: open it in a browser and save it when the "
            "text is shown, or use the manuscript.",
        ),
    )


def _join_full_lines(paragraphs: Sequence[PageParagraph]) -> None:
    """Says which lines that a ``br`` parts are one paragraph: titles in two lines, and text of which somebody
    broke every line where it was full.
    """
    start = 0
    while start < len(paragraphs):
        end = start + 1
        while end < len(paragraphs) and paragraphs[end].is_after_break:
            end += 1
        if end - start > 1:
            _join_run(paragraphs[start:end])
        start = end


def _join_run(run: Sequence[PageParagraph]) -> None:
    width = max(len(paragraph.text) for paragraph in run)
    full = [
        len(before.text) >= max(NARROWEST, width - _RAGGED)
        and before.text[-1] not in _ENDS
        and not after.indent
        and not after.is_below_gap
        for before, after in pairwise(run)
    ]
    is_wrapped = sum(full) >= 2
    for number, paragraph in enumerate(run[1:]):
        before = run[number]
        is_title = paragraph.heading and paragraph.heading == before.heading
        paragraph.joins = bool(is_title) or (is_wrapped and full[number])


def _furniture(paragraphs: Sequence[PageParagraph]) -> dict[int, str]:
    """Which paragraphs are furniture, by index, and of what kind: those of the site and not of its text
    (navigations, heads and feet that have links, links alone before the first words and after the last), and
    what floats over the text.
    """
    letters = sum([len(paragraph.text) for paragraph in paragraphs])
    found = _outside_body(paragraphs, letters)
    for index, paragraph in enumerate(paragraphs):
        region = paragraph.region
        while region is not None:
            if region.total < _SHARES[region.kind] * letters and _has_links(region):
                found[index] = "stamp" if region.kind == "float" else "navigation"
                break
            region = region.above
    rest = [
        index
        for index, paragraph in enumerate(paragraphs)
        if index not in found and paragraph.text and not paragraph.is_rule
    ]
    for side in (rest, rest[::-1]):
        for index in side:
            if not paragraphs[index].is_link:
                break
            found[index] = "navigation"
    # A page of nothing else, a list of documents say, is read as it is.
    return {} if all(index in found for index in rest) else found


def _has_links(region: PageRegion) -> bool:
    """Whether a part of a page has the links that one of its kind has."""
    if region.kind == "navigation":
        return region.linked >= _LINKED * region.total
    return bool(region.linked) or region.kind != "site"


def _outside_body(paragraphs: Sequence[PageParagraph], letters: int) -> dict[int, str]:
    """Where the page says which element holds what was written: what stands outside it, but for the headings
    above one that does not begin with a title of its own.
    """
    body: PageRegion | None = None
    regions = {id(region): region for paragraph in paragraphs for region in _around(paragraph)}
    for region in regions.values():
        if region.kind == "body" and (body is None or region.total > body.total):
            body = region
    if body is None or body.total < _BODY_SHARE * letters:
        return {}
    insides = [index for index, paragraph in enumerate(paragraphs) if body in _around(paragraph)]
    has_title = any(
        paragraphs[index].heading or paragraphs[index].look.align == "center"
        for index in insides[:_MASTHEAD_LINES]
    )
    outsides = {index for index, paragraph in enumerate(paragraphs) if not paragraph.is_rule}
    outsides.difference_update(insides)
    return {
        index: "navigation"
        for index in sorted(outsides)
        if has_title or index > insides[0] or not paragraphs[index].heading
    }


def _around(paragraph: PageParagraph) -> list[PageRegion]:
    """The regions that a paragraph stands in, the innermost first."""
    found: list[PageRegion] = []
    region = paragraph.region
    while region is not None:
        found.append(region)
        region = region.above
    return found


def _pieces(row: PageParagraph, offset: int) -> tuple[tuple[int, int], ...]:
    """The lines of a row's cells, as spans of the text in which the row begins at `offset`."""
    found: list[tuple[int, int]] = []
    for start, end in row.cells:
        at = start
        for words in row.text[start:end].split("\n"):
            if words:
                found.append((offset + at, offset + at + len(words)))
            at += len(words) + 1
    return tuple(found)


def _lines(paragraphs: Sequence[PageParagraph], furniture: Mapping[int, str]) -> tuple[str, list[Line]]:
    parts: list[str] = []
    lines: list[Line] = []
    offset = 0
    is_below_gap = False
    for index, paragraph in enumerate(paragraphs):
        text = paragraph.text
        gap = is_below_gap or paragraph.is_below_gap
        is_below_gap = False
        if not paragraph.cells and text and is_rule(text):
            paragraph.is_rule = True
        if paragraph.is_rule:
            lines.append(Line((), kind="rule", joins=False, gap=gap))
            is_below_gap = True
            continue
        start, offset = offset, offset + len(text) + 1
        parts.append(text)
        named = furniture.get(index) or ("page-number" if is_page_number(text) else "")
        if named:
            lines.append(Line(((start, start + len(text)),), kind="furniture", furniture=named, gap=gap))
            is_below_gap = True
            continue
        cells = tuple((start + first, start + last) for first, last in paragraph.cells)
        pieces = _pieces(paragraph, start) or ((start, start + len(text)),)
        lines.append(
            Line(
                pieces,
                kind="table" if cells else "text",
                heading=0 if cells else paragraph.heading,
                bold=tuple((start + first, start + last) for first, last in paragraph.bold),
                indent=paragraph.indent,
                gap=gap,
                joins=paragraph.joins,
                size=round(paragraph.size, 1),
                centred=paragraph.look.align == "center",
                cells=cells,
            )
        )
    return "".join(f"{part}\n" for part in parts), lines
