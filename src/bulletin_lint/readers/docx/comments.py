"""The comments of a document: our own found and taken out, new ones written, those of others left alone."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from xml.sax.saxutils import escape, quoteattr

from bulletin_lint._typing import NamedTuple
from bulletin_lint.readers.docx import refusals
from bulletin_lint.readers.docx.byte_places import element_end, is_empty_tag, tag_end
from bulletin_lint.readers.docx.namespaces import WORD
from bulletin_lint.readers.docx.refusals import DocxError
from bulletin_lint.readers.docx.splices import PartNames
from bulletin_lint.readers.docx.xml_parser import XmlParser, is_on

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PREFIX = re.compile(rb"xmlns:([^\s=:]+)\s*=\s*[\"']([^\"']*)[\"']")


class OwnComment(NamedTuple):
    """A comment that is ours by its author."""

    id: str
    text: str
    """Its paragraphs, a line feed between them."""
    paragraphs: frozenset[str]
    """The identifiers that Word gave its paragraphs."""
    start: int
    """Where it stands among the bytes of its part."""
    end: int


class CommentsPart:
    """What a part of comments holds."""

    def __init__(self, data: bytes, author: str) -> None:
        """Reads the part; `author` is whose comments are ours.

        Raises:
            DocxError: it cannot be read.
        """
        self.own: list[OwnComment] = []
        self._data = data
        self._author = author
        self._comment: tuple[str, int] | None = None
        self._texts: list[str] = []
        self._paragraphs: set[str] = set()
        self._parser = XmlParser(self._start)
        self._parser.expat.EndElementHandler = self._end
        self._parser.parse(data)

    def without(self, comments: Sequence[OwnComment]) -> bytes:
        """The part without some of our comments."""
        return _cut(self._data, [(comment.start, comment.end) for comment in comments])

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if space not in WORD:
            return
        if local == "comment":
            number = attributes.get(f"{space} id", "")
            if attributes.get(f"{space} author") == self._author:
                self._comment = (number, self._parser.expat.CurrentByteIndex)
                self._texts = []
                self._paragraphs = set()
        elif self._comment is not None and local == "p":
            self._texts.append("")
            self._paragraphs |= {value for key, value in attributes.items() if key.endswith(" paraId")}
        elif self._comment is not None and local == "t":
            self._parser.expat.CharacterDataHandler = self._take

    def _take(self, text: str) -> None:
        if self._texts:
            self._texts[-1] += text

    def _end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        if local == "t":
            self._parser.expat.CharacterDataHandler = None
        elif local == "comment" and self._comment is not None:
            number, start = self._comment
            at = self._parser.expat.CurrentByteIndex
            end = at if is_empty_tag(self._data, start) else tag_end(self._data, at)
            self.own.append(
                OwnComment(number, "\n".join(self._texts), frozenset(self._paragraphs), start, end)
            )
            self._comment = None


def answered(data: bytes) -> frozenset[str]:
    """The paragraphs, by their identifiers, of comments that somebody answered or marked as done:
    commentsExtended.xml.

    Raises:
        DocxError: it cannot be read.
    """
    found: set[str] = set()

    def start(name: str, attributes: Mapping[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if local != "commentEx":
            return
        parent = attributes.get(f"{space} paraIdParent")
        if parent is not None:
            found.add(parent)
        if is_on(attributes.get(f"{space} done", "0")):
            found.add(attributes.get(f"{space} paraId", ""))

    XmlParser(start).parse(data)
    return frozenset(found)


def without_entries(data: bytes, paragraphs: Set[str]) -> bytes:
    """A part that says more of comments, without what it says of some of their paragraphs.

    Raises:
        DocxError: it cannot be read.
    """
    ranges: list[tuple[int, int]] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if any(key.endswith(" paraId") and value in paragraphs for key, value in attributes.items()):
            at = parser.expat.CurrentByteIndex
            ranges.append((at, element_end(data, at)))

    parser = XmlParser(start)
    parser.parse(data)
    return _cut(data, ranges)


def without_marks(data: bytes, ids: Set[str]) -> bytes:
    """A body without the marks of some comments: the ends of their ranges, and the runs that refer to them.

    Raises:
        DocxError: it cannot be read.
    """
    if not ids:
        return data
    ranges: list[tuple[int, int]] = []
    runs: list[list[int]] = []
    """Of each open run: where it starts, elements in it, references to be taken out in it."""

    def start(name: str, attributes: Mapping[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        at = parser.expat.CurrentByteIndex
        is_mark = space in WORD and local in ("commentRangeStart", "commentRangeEnd", "commentReference")
        if is_mark and attributes.get(f"{space} id") in ids:
            ranges.append((at, element_end(data, at)))
            if local == "commentReference" and runs:
                runs[-1][2] += 1
            return
        if runs and local not in ("rPr", "rStyle"):
            runs[-1][1] += 1
        if space in WORD and local == "r":
            runs.append([at, 0, 0])

    def end(name: str) -> None:
        space, _, local = name.rpartition(" ")
        if space in WORD and local == "r" and runs:
            begin, others, references = runs.pop()
            if references and not others:
                ranges.append((begin, tag_end(data, parser.expat.CurrentByteIndex)))

    parser = XmlParser(start)
    parser.expat.EndElementHandler = end
    parser.parse(data)
    return _cut(data, ranges)


def _cut(data: bytes, ranges: Sequence[tuple[int, int]]) -> bytes:
    out: list[bytes] = []
    position = 0
    for start, end in sorted(ranges):
        if start >= position:
            out.append(data[position:start])
        position = max(position, end)
    out.append(data[position:])
    return b"".join(out)


def names_of(data: bytes) -> PartNames:
    """How a part writes the names of WordprocessingML, by what its root declares.

    Raises:
        DocxError: it declares no prefix for it, so that attributes cannot be written.
    """
    root = re.search(rb"<([^<>?!\s/]+)", data)
    if root is None:
        raise DocxError(refusals.DAMAGED)
    head = data[root.start() : tag_end(data, root.start())]
    known = [space.encode() for space in WORD]
    prefixes = [prefix + b":" for prefix, uri in _PREFIX.findall(head) if uri in known]
    own = root[1].rpartition(b":")[0] + b":" if b":" in root[1] else b""
    if not prefixes:
        raise DocxError(refusals.NO_PREFIX)
    return PartNames(
        own if own in prefixes or not own else prefixes[0], own if own in prefixes else prefixes[0]
    )


def new_part(space: str) -> bytes:
    """A part of comments without any, in a namespace."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<w:comments xmlns:w="{space}"></w:comments>'.encode()


def comment(number: int, text: str, author: str, initials: str, names: PartNames) -> bytes:
    """A comment; each line of its text is a paragraph."""
    element, attribute = names.element.decode(), names.attribute.decode()
    paragraphs = "".join(
        f'<{element}p><{element}r><{element}t xml:space="preserve">{escape(_NOT_XML.sub("", line))}'
        f"</{element}t></{element}r></{element}p>"
        for line in text.split("\n")
    )
    return (
        f'<{element}comment {attribute}id="{number}" {attribute}author={quoteattr(author)} '
        f"{attribute}initials={quoteattr(initials)}>{paragraphs}</{element}comment>"
    ).encode()


def marks(number: int, names: PartNames) -> tuple[bytes, bytes]:
    """What stands in the body at the start of a comment's range, and at its end."""
    element, attribute = names
    start = b'<%scommentRangeStart %sid="%d"/>' % (element, attribute, number)
    reference = b'<%sr><%scommentReference %sid="%d"/></%sr>' % (element, element, attribute, number, element)
    return start, b'<%scommentRangeEnd %sid="%d"/>' % (element, attribute, number) + reference
