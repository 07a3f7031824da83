"""The body: editor's note, columns, articles with their blocks and attributions."""

from __future__ import annotations

from bisect import bisect_right

from bulletin_lint.model.document import Node
from bulletin_lint.model.location import Span
from bulletin_lint.model.numerals import parse_number
from bulletin_lint.parsing.attributions import Attribution, attribution_at_end, attributions_on_lines
from bulletin_lint.parsing.blocks import Blocks, normalised
from bulletin_lint.parsing.grammar import NOTE_STARTS
from bulletin_lint.parsing.titles import titles_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.model.parts import Fields

_LONGEST_INNER_HEADING = 50
_GROUPS = {
    "paragraph": "paragraphs",
    "heading": "paragraphs",
    "section": "sections",
    "lead-in": "lead_ins",
    "table": "tables",
}
"""Under which name of the path a kind of block is counted."""
_PARAGRAPHS = ("paragraph", "lead-in")


class _Article:
    """An article being put together."""

    def __init__(self, column: Node | None) -> None:
        self.column = column
        self.title: int | None = None
        self.subtitle: int | None = None
        """The second line of a title in two parts (——从一张地图到一本证书)."""
        self.blocks: list[int] = []
        self.annex: int | None = None
        """The first block of its annexes, or of the list of them."""
        self.attributions: list[tuple[int, Attribution]] = []
        self.inline: tuple[int, Attribution] | None = None

    def end_text(self, index: int) -> None:
        """From this block on what it holds is no part of its text: annexes, a running head."""
        if self.annex is None:
            self.annex = index

    @property
    def text(self) -> list[int]:
        """Its blocks without annexes."""
        if self.annex is None:
            return self.blocks
        return [index for index in self.blocks if index < self.annex]

    @property
    def is_empty(self) -> bool:
        return self.title is None and not self.blocks and not self.attributions


def parse_note(sheet: Blocks, start: int, stop: int) -> tuple[Node | None, int]:
    """The editor's note at the head of the body, and the index of the first block after it."""
    if start >= stop:
        return None, start
    after = sheet.grammar.note_start(sheet.texts[start])
    if after is None:
        return None, start
    end = start + 1
    if not sheet.texts[start][after:].strip() and end < stop and sheet.is_prose[end]:
        end += 1
    first = sheet.blocks[start].span.start
    last = sheet.blocks[end - 1].span.end
    return Node("note", Span(first, last), sheet.document.text[first:last]), end


def parse_articles(
    sheet: Blocks, start: int, stop: int, contents: list[Node]
) -> tuple[list[Node], Node | None]:
    """The articles of the body, and an editor's note found among them."""
    listed = {normalised(entry.text) for entry in contents}
    articles, note = _gather(sheet, start, stop, listed)
    return [_node(sheet, article, number) for number, article in enumerate(articles)], note


def _gather(sheet: Blocks, start: int, stop: int, listed: set[str]) -> tuple[list[_Article], Node | None]:
    own_lines = attributions_on_lines(sheet, start, stop)
    titles = titles_of(sheet, start, stop, listed, own_lines)
    articles: list[_Article] = []
    column: Node | None = None
    note: Node | None = None
    current = _Article(None)
    is_closed = False
    index = start
    while index < stop:
        text = sheet.texts[index]
        attribution = own_lines.get(index)
        if attribution is not None and (articles or not current.is_empty):
            owner = current if not current.is_empty else articles[-1]
            owner.attributions.append((index, attribution))
            is_closed = True
            index += 1
            continue
        if sheet.is_column[index] and not sheet.blocks[index].table:
            if current.title is not None and not current.blocks and not current.attributions and articles:
                # Words alone above a column: a running head, say, that a page break left there.
                articles[-1].end_text(current.title)
                articles[-1].blocks.append(current.title)
            elif not current.is_empty:
                articles.append(current)
            column = sheet.node("column", index, value=text.strip("【】★◆●■▲※≡▶☆◇□· 　"))
            current = _Article(column)
            is_closed = False
            index += 1
            continue
        if (
            text[:1] in NOTE_STARTS
            and note is None
            and not current.blocks
            and sheet.grammar.note_start(text) is not None
        ):
            note, index = parse_note(sheet, index, stop)
            continue
        if not current.is_empty and sheet.is_annex[index]:
            # Annexes belong to what stands above them, whether they are listed or follow.
            current.end_text(index)
        elif index in titles:
            if not current.is_empty:
                articles.append(current)
                current = _Article(column)
            current.title = index
            is_closed = False
            index += 1
            is_second_line = index < stop and (
                sheet.texts[index][0] == "—"
                or (bool(listed) and normalised(text + sheet.texts[index]) in listed)
            )
            if is_second_line and sheet.is_heading_like[index]:
                current.subtitle = index
                index += 1
            continue
        if is_closed and not current.is_empty and current.annex is None and not _is_afterthought(sheet, text):
            # Items without titles: what follows an attribution is the next one.
            articles.append(current)
            current = _Article(column)
            is_closed = False
        current.blocks.append(index)
        index += 1
    if not current.is_empty:
        articles.append(current)
    for article in articles:
        _close(sheet, article)
    return articles, note


def _is_afterthought(sheet: Blocks, text: str) -> bool:
    """A photo credit or a remark in brackets after the attribution still belongs to the article."""
    aside = sheet.grammar.aside
    return (
        len(text) <= 45
        and text[0] in "（("
        and (aside is None or aside.search(text.strip("（）()")) is not None)
    )


def _close(sheet: Blocks, article: _Article) -> None:
    """Finds an attribution at the end of the article's last paragraph."""
    if article.text:
        index = article.text[-1]
        found = attribution_at_end(sheet, index)
        article.inline = (index, found) if found is not None else None


def _node(sheet: Blocks, article: _Article, number: int) -> Node:
    path = f"articles[{number}]"
    blocks: list[Node] = []
    by_kind: dict[str, list[Node]] = {"section": [], "lead-in": [], "table": [], "heading": []}
    paragraphs: list[Node] = []
    counts = dict.fromkeys(_GROUPS.values(), 0)
    for index in article.blocks:
        block = sheet.blocks[index]
        kind = "paragraph"
        fields: Fields = {"kind": kind}
        if not sheet.is_prose[index] or block.bold or block.table or sheet.markers[index] is not None:
            kind, fields = _kind_of(sheet, index, is_last=index == article.blocks[-1])
        if kind == "table" and blocks and blocks[-1].fields["kind"] == "table":
            _add_row(blocks[-1], sheet, index, fields)
            continue
        group = _GROUPS[kind]
        place = counts[group]
        counts[group] = place + 1
        node = Node(f"{path}.{group}[{place}]", block.span, sheet.texts[index], fields)
        blocks.append(node)
        if kind != "paragraph":
            by_kind[kind].append(node)
        if kind in _PARAGRAPHS:
            paragraphs.append(node)
    attributions = [
        sheet.node(f"{path}.attribution", index, found.start, found.end, value=found.value)
        for index, found in [*([article.inline] if article.inline else []), *article.attributions]
    ]
    indexes = [*article.blocks, *(index for index, _ in article.attributions)]
    if article.title is not None:
        indexes.append(article.title)
    if article.subtitle is not None:
        indexes.append(article.subtitle)
    first = sheet.blocks[min(indexes)].span.start
    last = sheet.blocks[max(indexes)].span.end
    items = _items(sheet, blocks, path)
    children: dict[str, Node | list[Node] | None] = {
        "column": article.column,
        "title": _title(sheet, article, f"{path}.title"),
        "blocks": blocks,
        "paragraphs": paragraphs,
        "sections": by_kind["section"],
        "lead_ins": by_kind["lead-in"],
        "tables": by_kind["table"],
        "headings": by_kind["heading"],
        "attribution": attributions[0] if attributions else None,
        "attributions": list(attributions),
        "items": items,
    }
    # A title stands before the article's blocks.
    text_lines = article.text or ([article.title] if article.title is not None else indexes)
    return Node(
        path,
        Span(first, last),
        sheet.document.text[first:last],
        {"last_line_span": sheet.blocks[max(text_lines)].span},
        children,
    )


def _add_row(table: Node, sheet: Blocks, index: int, fields: Fields) -> None:
    """Rows that follow each other are one table."""
    table.span = Span(table.span.start, sheet.blocks[index].span.end)
    table.text = f"{table.text}\n{sheet.texts[index]}"
    table.fields["rows"].extend(fields["rows"])


def _title(sheet: Blocks, article: _Article, path: str) -> Node | None:
    if article.title is None:
        return None
    node = sheet.node(path, article.title)
    if article.subtitle is not None:
        end = sheet.blocks[article.subtitle].span.end
        node = Node(path, Span(node.span.start, end), f"{node.text} {sheet.texts[article.subtitle]}")
    return node


def _items(sheet: Blocks, blocks: list[Node], path: str) -> list[Node]:
    """The items enumerated inside paragraphs: 一是…二是…, 第一，…第二，…"""
    found: list[Node] = []
    text = sheet.document.text
    starts = [block.span.start for block in blocks]
    for enumeration in sheet.grammar.enumerations:
        pattern, style = enumeration.pattern, enumeration.style
        position = starts[0] if starts else 0
        # Most articles enumerate nothing: one search over all of its blocks says so.
        while starts and (first := pattern.search(text, position, blocks[-1].span.end)) is not None:
            number = bisect_right(starts, first.start()) - 1
            start, end = blocks[number].span
            position = end + 1
            if blocks[number].fields["kind"] == "table":
                continue
            for match in pattern.finditer(text, start, end):
                span = enumeration.item(text, start, match)
                if span is not None:
                    found.append(
                        Node(
                            "",
                            span,
                            text[span.start : span.end],
                            {
                                "style": style,
                                "number": parse_number(match["n"]),
                                "figures": match["n"],
                                "block": number,
                            },
                        )
                    )
    found.sort(key=lambda node: node.span)
    for number, node in enumerate(found):
        node.path = f"{path}.items[{number}]"
    return found


def _kind_of(sheet: Blocks, index: int, *, is_last: bool) -> tuple[str, Fields]:
    """What a block of an article is, the last one or not, and the fields that its part has, the kind
    among them.
    """
    text = sheet.texts[index]
    block = sheet.blocks[index]
    if block.table:
        return "table", {
            "kind": "table",
            "rows": [[sheet.document.text[cell.start : cell.end] for cell in block.cells]],
        }
    if sheet.is_row[index]:
        return "table", {"kind": "table", "rows": [text.split()]}
    marker = sheet.markers[index]
    if marker is not None:
        return "section", {
            "kind": "section",
            "marker": marker.text,
            "number": marker.number,
            "level": marker.level,
            "style": marker.style,
            "marker_span": sheet.span(index, 0, marker.end),
        }
    if block.bold and sheet.is_bold_start(index):
        bold = block.bold[0]
        return "lead-in", {
            "kind": "lead-in",
            "lead": sheet.document.text[bold.start : bold.end],
            "lead_span": bold,
        }
    if sheet.is_heading_like[index] and len(text) <= _LONGEST_INNER_HEADING:
        is_set_apart = bool(block.heading or block.bold or text[-1] not in "，、,：:")
        is_aside = text[0] in "（(【" and text[-1] in "）)】"
        if is_set_apart and not is_aside and not _lost_its_stop(sheet, index, is_last=is_last):
            return "heading", {"kind": "heading"}
    return "paragraph", {"kind": "paragraph"}


def _lost_its_stop(sheet: Blocks, index: int, *, is_last: bool) -> bool:
    """Whether what looks like a sub-heading is a sentence: it has parts, and no text of its own below."""
    block = sheet.blocks[index]
    if block.heading or block.bold or "，" not in sheet.texts[index]:
        return False
    following = None if is_last else sheet.markers[index + 1]
    return is_last or (following is not None and (following.number or 0) > 1)
