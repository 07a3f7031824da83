"""The anatomy of a bulletin: from a reading to a document whose parts are known.

Driven by the packs' labels and forms, judged by words and layout, and made to survive what
extraction does to text.
"""

from __future__ import annotations

from copy import copy

from bulletin_lint.model.document import Damage, Document, Node, walk
from bulletin_lint.model.location import Span
from bulletin_lint.parsing.blocks import Blocks
from bulletin_lint.parsing.body import parse_body
from bulletin_lint.parsing.decoder import Doubt, decode
from bulletin_lint.parsing.first_look import look
from bulletin_lint.parsing.grammar import Grammar
from bulletin_lint.parsing.masthead import Masthead, parse_masthead
from bulletin_lint.parsing.paragraphs import assemble
from bulletin_lint.parsing.running_heads import furniture_of
from bulletin_lint.parsing.structure import DISTRIBUTION, IMPRINT, MASTHEAD
from bulletin_lint.parsing.tail import parse_tail

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bulletin_lint.model.reading import Reading


__all__ = ["Grammar", "is_bulletin", "other_reading", "parse"]


def parse(path: str, reading: Reading, grammar: Grammar) -> Document:
    """The document of a reading: repaired text, and its parts under `Document.bulletin`."""
    document = assemble(path, reading, grammar)
    sheet = Blocks(document, grammar)
    found = look(sheet)
    document.structure = decode(found.evidence.scores(), grammar.structure, single=found.is_single)
    _build(sheet, document.structure.labels, found.masthead)
    _record_lost(document)
    _record_unread(document)
    _record_folded(document)
    _record_recognised(document)
    return document


def other_reading(document: Document, doubt: Doubt, grammar: Grammar) -> Document:
    """A document with the parts that it has where a doubtful block is the other thing."""
    other = copy(document)
    other.bulletin = Node("", document.bulletin.span, document.text)
    other.forget_parts()
    _build(Blocks(other, grammar), doubt.labels)
    return other


def _build(sheet: Blocks, labels: Sequence[str], hint: Masthead | None = None) -> None:
    """Makes the parts of a document of its blocks, by their labels; a masthead as long as `hint` is that."""
    document = sheet.document
    head = next((index for index, label in enumerate(labels) if label != MASTHEAD), len(labels))
    found = hint if hint is not None and hint.end == head else parse_masthead(sheet, head)
    masthead, label_lines = found.node, found.label_lines
    ends = [index for index in range(head, len(labels)) if labels[index] in (IMPRINT, DISTRIBUTION)]
    inner = [index for index in range(head, len(labels)) if labels[index] not in (IMPRINT, DISTRIBUTION)]
    body = parse_body(sheet, labels, inner)
    imprint, distribution, copies, printed, first_line = parse_tail(sheet, ends, label_lines)
    last_body = sheet.node("body", inner[-1] if inner else head - 1) if labels else None
    root = document.bulletin
    root.children = {
        "masthead": masthead,
        "contents_heading": body.contents_heading,
        "contents": list(body.contents),
        "note": body.note,
        "remarks": list(body.remarks),
        "articles": list(body.articles),
        "imprint": imprint,
        "distribution": list(distribution),
        "copies": copies,
        "printed": printed,
        "other": [],
        "furniture": list(furniture_of(document, masthead, sheet.grammar)),
    }
    root.children["other"] = list(_left_over(sheet))
    # Where a missing part is reported: it stands where it should have been.
    first = document.blocks[0].span if document.blocks else Span(0, 0)
    title = masthead.child("title")
    masthead.fields["anchor"] = title.span if title is not None else first
    missing = first_line or last_body
    imprint.fields["anchor"] = missing.span if missing is not None else first


def is_bulletin(document: Document) -> bool:
    """Whether a document shows a part that only bulletins have: a number, an imprint, a distribution list."""
    root = document.bulletin
    masthead, imprint = root.child("masthead"), root.child("imprint")
    return (
        (masthead is not None and bool(masthead.list("issue_number") or masthead.list("cumulative_number")))
        or (imprint is not None and any(imprint.children.values()))
        or bool(root.list("distribution"))
    )


def _left_over(sheet: Blocks) -> Iterator[Node]:
    """The blocks that are in no part: a column over nothing, a line below an empty label. Who reads the parts
    has read all.
    """
    document = sheet.document
    taken: set[int] = set()
    for name, child in document.bulletin.children.items():
        is_end = name in _END_PARTS
        for node in child if isinstance(child, list) else [child] if child is not None else []:
            for part in walk(node) if is_end else (node, node.child("column") or node):
                # Of what has parts at the end, these; what lies between two of them is none.
                if part.span.start < part.span.end and not (is_end and any(part.children.values())):
                    first, last = map(document.block_at, (part.span.start, part.span.end - 1))
                    taken.update(range(first, last + 1))
    left = (index for index in range(len(sheet)) if index not in taken and sheet.texts[index])
    for number, index in enumerate(left):
        yield sheet.node(f"other[{number}]", index)


def _record_unread(document: Document) -> None:
    """Records pages that are pictures, and what a document holds that cannot be read: nobody must take it
    that they were checked.
    """
    for node in document.bulletin.list("furniture"):
        if node.fields["kind"] == "scan":
            document.damage.append(Damage("unread", node.span, node.text, node.fields["page"]))
        elif node.fields["kind"] == "unread":
            document.damage.append(Damage("embedded", node.span, node.text))


def _record_lost(document: Document) -> None:
    """Records characters that a conversion lost inside numbers and dates (二����八年); of a PDF all that its
    fonts do not name.
    """
    text = document.text
    has_pages = bool(document.reading.layouts)
    position = text.find("\ufffd")
    while position != -1:
        end = position
        while end < len(text) and text[end] == "\ufffd":
            end += 1
        around = text[max(0, position - 1) : position] + text[end : end + 1]
        if has_pages or any(character in _NUMBER_NEIGHBOURS for character in around):
            block = document.blocks[document.block_at(position)]
            document.damage.append(Damage("lost", Span(position, end), text[position:end], block.page))
        position = text.find("\ufffd", end)


def _record_folded(document: Document) -> None:
    """Records, once, radicals on pages: no author types those, the program that made the pages drew them."""
    source, text = document.source_text, document.text
    if document.reading.layouts and source != text:
        pairs = enumerate(zip(source, text, strict=True))
        at = next(index for index, (drawn, meant) in pairs if drawn != meant)
        page = document.blocks[document.block_at(at)].page
        document.damage.append(Damage("folded", Span(at, at + 1), source[at], page))


def _record_recognised(document: Document) -> None:
    """Records, once, that a program recognised the text on pictures of the pages."""
    page = document.reading.recognised
    if page is None:
        return
    on_page = (block for block in document.blocks if block.page == page)
    first = next(on_page, document.blocks[0])
    span = Span(first.span.start, min(first.span.end, first.span.start + 1))
    document.damage.append(Damage("recognised", span, document.text[span.start : span.end], page))


_END_PARTS = ("imprint", "distribution", "copies", "printed")
_NUMBER_NEIGHBOURS = frozenset("0123456789０１２３４５６７８９〇零一二三四五六七八九十年月日第期")
