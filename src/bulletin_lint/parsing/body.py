"""The body, from the labels of its blocks: contents, notes, remarks, articles with their sources."""

from __future__ import annotations

from bisect import bisect_right

from bulletin_lint._typing import NamedTuple
from bulletin_lint.model.document import Node
from bulletin_lint.model.location import Span
from bulletin_lint.model.numerals import item_number
from bulletin_lint.parsing import structure
from bulletin_lint.parsing.attributions import Attribution, attribution_at_end, attribution_on_line
from bulletin_lint.parsing.sources import is_unit_over_people

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_lint.model.parts import Fields
    from bulletin_lint.parsing.blocks import Blocks

_GROUPS = {"section": "sections", "lead-in": "lead_ins", "table": "tables", "caption": "captions"}
_GROUPS |= dict.fromkeys(("paragraph", "heading"), "paragraphs")
_GROUPS |= dict.fromkeys(("signature", "signed_date"), "signatures")
"""Under which name of the path a kind of block is counted."""
_KINDS = {
    structure.CAPTION: "caption",
    structure.CAPTION_BEHIND: "caption",
    structure.HEADING: "heading",
    structure.SIGNATURE: "signature",
    structure.SIGNED_DATE: "signed_date",
}
_BEHIND_TEXT = (structure.ANNEX, structure.CAPTION_BEHIND, structure.SIGNATURE, structure.SIGNED_DATE)
"""What follows an article's text and is no part of it."""
_PARAGRAPHS = ("paragraph", "lead-in")


class Body(NamedTuple):
    """What stands between masthead and imprint."""

    contents_heading: Node | None
    contents: list[Node]
    note: Node | None
    remarks: list[Node]
    articles: list[Node]


class _Article:
    """An article being put together."""

    def __init__(self, column: Node | None) -> None:
        self.column = column
        self.title: list[int] = []
        """The lines of its title."""
        self.blocks: list[int] = []
        self.behind: int | None = None
        """The first block behind its text: annexes, a signature, captions of pictures."""
        self.attributions: list[tuple[int, Attribution]] = []
        self.is_closed = False
        """Whether a source has said that it is over."""

    @property
    def text(self) -> list[int]:
        """Its blocks without what follows its text."""
        if self.behind is None:
            return self.blocks
        return [index for index in self.blocks if index < self.behind]

    @property
    def is_empty(self) -> bool:
        return not self.title and not self.blocks and not self.attributions


class _Builder:
    """Takes the blocks of the body one by one, each with its label."""

    def __init__(self, sheet: Blocks, labels: Sequence[str]) -> None:
        self._sheet = sheet
        self._labels = labels
        self._articles: list[_Article] = []
        self._current = _Article(None)
        self._column: Node | None = None
        self._contents_heading: Node | None = None
        self._contents: list[Node] = []
        self._note: Node | None = None
        self._remarks: list[Node] = []

    def take(self, blocks: Sequence[int]) -> Body:
        """The body that some blocks make."""
        position = 0
        while position < len(blocks):
            index = blocks[position]
            label = self._labels[index]
            position += 1
            if label in (structure.NOTE, structure.BOX, structure.BOX_TEXT):
                last = self._end_of_note(blocks, position)
                self._take_note(index, blocks[last - 1])
                position = last
            else:
                self._take(index, label)
        self._begin(None)
        self._take_overview()
        articles = [_node(self._sheet, self._labels, *found) for found in enumerate(self._articles)]
        return Body(self._contents_heading, self._contents, self._note, self._remarks, articles)

    def _take_overview(self) -> None:
        """Makes a note of the paragraph above the first of several titles: it tells of the whole issue, and
        nobody signs it.
        """
        if self._note is not None or len(self._articles) < 3:
            return
        first, *others = self._articles
        is_alone = len(first.blocks) == 1 and not (first.title or first.attributions or first.column)
        if (
            is_alone
            and all(each.title for each in others)
            and self._labels[first.blocks[0]] == structure.PARAGRAPH
        ):
            self._note = self._sheet.node("note", first.blocks[0])
            del self._articles[0]

    def _take(self, index: int, label: str) -> None:
        if label == structure.CONTENTS_HEADING:
            self._contents_heading = self._sheet.node("contents_heading", index)
        elif label == structure.CONTENTS_ENTRY:
            self._contents.append(self._sheet.node(f"contents[{len(self._contents)}]", index))
        elif label == structure.COLUMN:
            self._begin(None)
            words = self._sheet.texts[index].strip(f"【】·{self._sheet.grammar.marks} \u3000")
            self._column = self._sheet.node("column", index, value=words)
            self._current = _Article(self._column)
        elif label == structure.TITLE or (label == structure.TITLE_LINE and not self._current.title):
            self._begin(index)
        elif label == structure.TITLE_LINE:
            self._current.title.append(index)
        elif label == structure.SOURCE and (self._articles or not self._current.is_empty):
            self._take_source(index, self._owner())
        else:
            self._add_block(index, label)

    def _take_source(self, index: int, article: _Article) -> None:
        source, sheet = attribution_on_line(self._sheet, index), self._sheet
        # Between title and text stands who wrote it, and the text follows.
        article.is_closed = bool(article.blocks)
        if article.attributions and article.attributions[-1][0] == index - 1:
            first, unit = article.attributions[-1]
            if is_unit_over_people(sheet.texts[first], sheet.texts[index], sheet.grammar):
                # Unit and writer on two lines are one source.
                both = unit._replace(value=f"{unit.value} {source.value}", last=index)
                article.attributions[-1] = first, both
                return
        article.attributions.append((index, source))

    def _add_block(self, index: int, label: str) -> None:
        if (
            label in (structure.CAPTION_BEHIND, structure.SIGNATURE, structure.SIGNED_DATE)
            and self._current.is_empty
            and self._articles
        ):
            self._current = self._articles.pop()
        current = self._current
        is_behind = label in _BEHIND_TEXT
        is_signed = label == structure.SIGNED_PARAGRAPH
        if (current.is_closed and not is_behind and label != structure.ROW and current.behind is None) or (
            is_signed and current.blocks and self._labels[current.blocks[-1]] == label
        ):
            # Items without titles: what follows an attribution is the next one.
            self._begin(None)
            current = self._current
        if is_behind and current.behind is None:
            current.behind = index
        # Of several that sign together the first is the source.
        if label == structure.SIGNATURE and label not in self._labels[index - 1 : index]:
            words = "".join(self._sheet.texts[index].split())
            current.attributions.append((index, Attribution(0, len(self._sheet.texts[index]), words)))
        current.blocks.append(index)

    def _owner(self) -> _Article:
        return self._current if not self._current.is_empty else self._articles[-1]

    def _begin(self, title: int | None) -> None:
        """Ends the current article, and begins another one."""
        if not self._current.is_empty:
            self._articles.append(self._current)
            self._current = _Article(self._column)
        if title is not None:
            self._current.title.append(title)

    def _end_of_note(self, blocks: Sequence[int], position: int) -> int:
        """Where the blocks end that go on from a note or a box."""
        labels, first = self._labels, blocks[position - 1]
        after = self._sheet.grammar.note_start(self._sheet.texts[first])
        is_heading = after is not None and not self._sheet.texts[first][after:].strip()
        while position < len(blocks) and (
            labels[blocks[position]] == structure.BOX_TEXT
            or (is_heading and labels[blocks[position]] == structure.NOTE)
        ):
            position += 1
            is_heading = False
        return position

    def _take_note(self, first: int, last: int) -> None:
        sheet = self._sheet
        start, end = sheet.blocks[first].span.start, sheet.blocks[last].span.end
        text = sheet.document.text[start:end]
        is_note = (
            self._labels[first] == structure.NOTE or sheet.grammar.note_start(sheet.texts[first]) is not None
        )
        if not is_note:
            self._remarks.append(Node(f"remarks[{len(self._remarks)}]", Span(start, end), text))
        elif self._note is None:
            self._note = Node("note", Span(start, end), text)
        else:
            for index in range(first, last + 1):
                self._add_block(index, structure.NOTE)


def parse_body(sheet: Blocks, labels: Sequence[str], blocks: Sequence[int]) -> Body:
    """The parts that blocks of a document make, each by its label."""
    return _Builder(sheet, labels).take(blocks)


def _node(sheet: Blocks, labels: Sequence[str], number: int, article: _Article) -> Node:
    path = f"articles[{number}]"
    blocks: list[Node] = []
    by_kind: dict[str, list[Node]] = {kind: [] for kind in _GROUPS}
    paragraphs: list[Node] = []
    counts = dict.fromkeys(_GROUPS.values(), 0)
    rows: list[int] = []
    for index in article.blocks:
        kind, fields = _kind_of(sheet, index, labels[index])
        if kind == "table":
            # Rows that follow each other are one table.
            rows.append(index)
            if len(rows) > 1:
                blocks[-1].fields["rows"].extend(fields["rows"])
                continue
        else:
            _end_table(sheet, rows, blocks)
        group = _GROUPS[kind]
        place = counts[group]
        counts[group] = place + 1
        node = Node(f"{path}.{group}[{place}]", sheet.blocks[index].span, sheet.texts[index], fields)
        blocks.append(node)
        by_kind[kind].append(node)
        if kind in _PARAGRAPHS:
            paragraphs.append(node)
    _end_table(sheet, rows, blocks)
    found = article.attributions
    text = article.text
    if text and labels[text[-1]] == structure.SIGNED_PARAGRAPH:
        inline = attribution_at_end(sheet, text[-1])
        if inline is not None:
            found = [(text[-1], inline), *found]
    attributions = [_attribution(sheet, f"{path}.attribution", *each) for each in found]
    indexes = [*article.title, *article.blocks, *(source.last or index for index, source in found)]
    first, last = sheet.blocks[min(indexes)].span.start, sheet.blocks[max(indexes)].span.end
    children: dict[str, Node | list[Node] | None] = {
        "column": article.column,
        "title": _title(sheet, article, f"{path}.title"),
        "blocks": blocks,
        "paragraphs": paragraphs,
        "sections": by_kind["section"],
        "lead_ins": by_kind["lead-in"],
        "tables": by_kind["table"],
        "headings": by_kind["heading"],
        "captions": by_kind["caption"],
        "signatures": sorted([*by_kind["signature"], *by_kind["signed_date"]], key=lambda each: each.span),
        "attribution": attributions[0] if attributions else None,
        "attributions": list(attributions),
        "items": _items(sheet, blocks, path),
    }
    # A title stands before the article's blocks.
    text_lines = text or article.title or indexes
    return Node(
        path,
        Span(first, last),
        sheet.document.text[first:last],
        {"last_line_span": sheet.blocks[max(text_lines)].span},
        children,
    )


def _attribution(sheet: Blocks, path: str, index: int, source: Attribution) -> Node:
    node = sheet.node(path, index, source.start, source.end, value=source.value)
    if source.last:
        node.text = f"{node.text} {sheet.texts[source.last]}"
        node.span = Span(node.span.start, sheet.blocks[source.last].span.end)
    return node


def _end_table(sheet: Blocks, rows: list[int], blocks: Sequence[Node]) -> None:
    """Gives the last block, where it is a table of several rows, the text of all."""
    if len(rows) > 1:
        blocks[-1].span = Span(blocks[-1].span.start, sheet.blocks[rows[-1]].span.end)
        blocks[-1].text = "\n".join([sheet.texts[index] for index in rows])
    rows.clear()


def _title(sheet: Blocks, article: _Article, path: str) -> Node | None:
    if not article.title:
        return None
    first, *further = article.title
    node = sheet.node(path, first)
    for index in further:
        line = sheet.texts[index]
        # A second line goes on with the first; a subtitle and a Latin word stand apart.
        apart = line[0] == "—" or (line[0].isascii() and node.text[-1].isascii())
        node.text = f"{node.text}{' ' if apart else ''}{line}"
        node.span = Span(node.span.start, sheet.blocks[index].span.end)
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
                                "number": item_number(match["n"]),
                                "figures": match["n"],
                                "block": number,
                            },
                        )
                    )
    found.sort(key=lambda node: node.span)
    for number, node in enumerate(found):
        node.path = f"{path}.items[{number}]"
    return found


def _kind_of(sheet: Blocks, index: int, label: str) -> tuple[str, Fields]:
    """What a block of an article is, by its label, and the fields that its part has, the kind among them."""
    block, marker = sheet.blocks[index], sheet.words[index].marker
    kind = _KINDS.get(label)
    if kind is not None:
        return kind, {"kind": kind}
    if block.table:
        cells = [sheet.document.text[cell.start : cell.end] for cell in block.cells]
        return "table", {"kind": "table", "rows": [cells]}
    if label == structure.ROW or sheet.is_row[index]:
        return "table", {"kind": "table", "rows": [sheet.words[index].row]}
    if marker is not None:
        return "section", {
            "kind": "section",
            "marker": marker.text,
            "number": marker.number,
            "level": marker.level,
            "style": marker.style,
            "marker_span": sheet.span(index, 0, marker.end),
        }
    if label == structure.ANNEX and sheet.words[index].is_annex and sheet.is_heading_like[index]:
        return "heading", {"kind": "heading"}
    if sheet.is_bold_start(index):
        bold = block.bold[0]
        lead = sheet.document.text[bold.start : bold.end]
        return "lead-in", {"kind": "lead-in", "lead": lead, "lead_span": bold}
    return "paragraph", {"kind": "paragraph"}
