"""A copy of a Word document with what was found in it: comments on the words, fixes as tracked changes."""

from __future__ import annotations

import posixpath
import re

from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.violation import Edit
from bulletin_lint.model.wording import Wording
from bulletin_lint.readers.docx import refusals
from bulletin_lint.readers.docx.byte_places import PlacedReader
from bulletin_lint.readers.docx.comments import (
    CommentsPart,
    OwnComment,
    answered,
    comment,
    marks,
    names_of,
    new_part,
    without_entries,
    without_marks,
)
from bulletin_lint.readers.docx.namespaces import RELATIONS, WORD
from bulletin_lint.readers.docx.package import Package, key_of
from bulletin_lint.readers.docx.package_writer import add_part, rewritten, with_element
from bulletin_lint.readers.docx.reader import DocumentReader
from bulletin_lint.readers.docx.refusals import DocxError
from bulletin_lint.readers.docx.splices import Author, Splices
from bulletin_lint.readers.docx.xml_parser import XmlParser, is_on

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bulletin_lint.model.reading import Reading
    from bulletin_lint.readers.docx.places import DocxPlaces
    from bulletin_lint.readers.docx.story import WordParagraph
    from bulletin_lint.readers.reader_info import Remark

FIRST_WORDS = 10
"""Characters that a comment stands on which is of no words of its own: the start of its paragraph."""
_COMMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_ID = re.compile(rb'[\s:]id\s*=\s*["\'](-?[0-9]+)["\']')
_ENDS, _STARTS = 0, 1
"""What comes first where the ranges of two comments meet."""


class DocxCopy:
    """A document that is to be written into; `data` is the original and stays as it is."""

    def __init__(self, path: str, data: bytes) -> None:
        """Reads the document.

        Raises:
            SourceError: it cannot be read, or not be written into.
        """
        self._path = path
        self._data = data
        with _Refusing(path):
            self._open(data)

    def _open(self, data: bytes) -> None:
        self._package = Package(data)
        names = [key_of(member.filename) for member in self._package.members]
        if any(name.startswith("_xmlsignatures/") for name in names):
            raise DocxError(refusals.SIGNED)
        if len(set(names)) < len(names):
            raise DocxError(refusals.DAMAGED)
        self._body = self._package.read_xml(self._package.main)
        self._names = names_of(self._body)
        self.reading: Reading = self._read(self._body)
        self._splices = self._new_splices(self._body, self.reading)

    def _read(self, body: bytes) -> Reading:
        return DocumentReader(
            self._package, lambda styles: PlacedReader(styles, "body", body), body
        ).reading()

    def _new_splices(self, body: bytes, reading: Reading) -> Splices:
        places: DocxPlaces = reading.places  # type: ignore[assignment]
        return Splices(body, places.pieces, self._names)

    @property
    def notes(self) -> list[Wording]:
        """What is to be known of the copy."""
        return [refusals.PROTECTED] if self._is_protected() else []

    def _is_protected(self) -> bool:
        found = [
            relation.target
            for relation in self._package.relations(self._package.main).values()
            if relation.type == "settings" and self._package.has(relation.target)
        ]
        is_protected = False

        def start(name: str, attributes: Mapping[str, str]) -> None:
            nonlocal is_protected
            space, _, local = name.rpartition(" ")
            if local == "documentProtection" and is_on(attributes.get(f"{space} enforcement", "0")):
                is_protected = True

        for target in found[:1]:
            with _Refusing(self._path):
                XmlParser(start).parse(self._package.read_xml(target))
        return is_protected

    # Changes

    def can_edit(self, edit: Edit) -> bool:
        """Whether an edit of the reading's text can be made in the document."""
        return self._splices.can_edit(edit)

    def edited(self, edits: Sequence[Edit], author: str | None = None) -> bytes:
        """The document with edits of the reading's text made, that do not overlap: as tracked changes of an
        author, or without a trace.

        Raises:
            SourceError: a member cannot be read.
        """
        if not edits:
            return self._data
        splices = self._new_splices(self._body, self.reading)
        ids = [int(found) for found in _ID.findall(self._body)]
        first = max([0, *(number for number in ids if number < 2**30)]) + 1
        by = None if author is None else Author(author, first)
        for edit in sorted(edits):
            splices.edit(edit, by)
        with _Refusing(self._path):
            return rewritten(self._package, {self._package.member_name(self._package.main): splices.made()})

    # Comments

    def commented(self, remarks: Sequence[Remark], author: str, initials: str) -> bytes:
        """The document with remarks as comments of an author, whose earlier ones are taken out.

        Raises:
            SourceError: a member cannot be read, or what was written does not read as before.
        """
        with _Refusing(self._path):
            return self._commented(remarks, author, initials)

    def _commented(self, remarks: Sequence[Remark], author: str, initials: str) -> bytes:
        package = self._package
        changed: dict[str, bytes] = {}
        name, part, kept = self._own_taken_out(author, changed)
        body = changed.get(package.member_name(package.main), self._body)
        written = [each for each in remarks if each.text not in kept]
        if written:
            reading = self._read(body) if body is not self._body else self.reading
            marker = _Marker(self._new_splices(body, reading), reading)
            comments: list[bytes] = []
            is_new = part is None
            content = new_part(self._space()) if part is None else part
            names = names_of(content)
            first = max([-1, *map(int, _ID.findall(content))]) + 1
            for number, remark in enumerate(written, first):
                marker.put(remark, *marks(number, self._names))
                comments.append(comment(number, remark.text, author, initials, names))
            changed[package.member_name(package.main)] = marker.made()
            content = with_element(content, b"".join(comments))
            if is_new:
                relation = f"{self._office()}/comments"
                add_part(package, changed, name, content, content_type=_COMMENT_TYPE, relation=relation)
            else:
                changed[name] = content
        if not changed:
            return self._data
        made = rewritten(package, changed)
        self._require_same(made)
        return made

    def _own_taken_out(self, author: str, changed: dict[str, bytes]) -> tuple[str, bytes | None, list[str]]:
        """Takes our earlier comments out; the name of the part, what is left of it, and the texts of those
        that stay because somebody answered them.
        """
        package = self._package
        relations = package.relations(package.main)
        by_kind = {
            relation.type: package.member_name(relation.target)
            for relation in relations.values()
            if package.has(relation.target)
        }
        folder = posixpath.dirname(package.main)
        name = by_kind.get("comments")
        if name is None:
            return posixpath.join(folder, "comments.xml"), None, []
        data = package.read_xml(name)
        part = CommentsPart(data, author)
        extended = by_kind.get("commentsExtended")
        held = answered(package.read_xml(extended)) if extended is not None else frozenset()
        taken: list[OwnComment] = [each for each in part.own if not each.paragraphs & held]
        if not taken:
            return name, data, [each.text for each in part.own]
        data = part.without(taken)
        changed[name] = data
        body = package.member_name(package.main)
        changed[body] = without_marks(self._body, {each.id for each in taken})
        paragraphs = frozenset().union(*(each.paragraphs for each in taken))
        for kind in ("commentsExtended", "commentsIds"):
            if kind in by_kind and paragraphs:
                other = package.read_xml(by_kind[kind])
                left = without_entries(other, paragraphs)
                if left != other:
                    changed[by_kind[kind]] = left
        return name, data, [each.text for each in part.own if each not in taken]

    def _space(self) -> str:
        return WORD[1] if WORD[1].encode() in self._body[:4096] else WORD[0]

    def _office(self) -> str:
        return RELATIONS[1] if self._space() == WORD[1] else RELATIONS[0]

    def _require_same(self, made: bytes, text: str | None = None) -> None:
        """Makes sure that a copy reads as the original does, or as a text.

        Raises:
            DocxError: it does not.
        """
        again = DocumentReader(Package(made)).reading()
        expected = self.reading.text if text is None else text
        if again.text != expected or (text is None and again.lines != self.reading.lines):
            raise DocxError(refusals.READS_OTHERWISE)

    def verify(self, made: bytes, text: str) -> None:
        """Makes sure that a copy reads as a text.

        Raises:
            SourceError: it does not.
        """
        with _Refusing(self._path):
            self._require_same(made, text)


class _Marker:
    """Puts the marks of comments round words, or where the words' paragraph hangs."""

    def __init__(self, splices: Splices, reading: Reading) -> None:
        self._splices = splices
        self._reading = reading
        self._places: DocxPlaces = reading.places  # type: ignore[assignment]

    def put(self, remark: Remark, start: bytes, end: bytes) -> None:
        """Puts the marks of a comment."""
        bounds = self._words(remark.start, remark.end)
        if bounds is None:
            self._put_at_paragraph(self._body_paragraph(remark.start), start, end)
            return
        first, last = bounds
        self._splices.put_before(first, _STARTS, start)
        self._splices.put_after(last, _ENDS, end)

    def made(self) -> bytes:
        return self._splices.made()

    def _words(self, start: int, end: int) -> tuple[int, int] | None:
        """The first and the last character that a comment can stand on; of a number that Word counts, of a
        place between characters, the words beside it.
        """
        has = self._splices.piece_at
        known = [at for at in range(start, end) if has(at) is not None]
        if known:
            return known[0], known[-1]
        if any(low <= start < high for low, high in self._reading.automatic):
            behind = [
                at for at in range(end, min(end + FIRST_WORDS, self._line_end(end))) if has(at) is not None
            ]
            return (behind[0], behind[-1]) if behind else None
        for at in (start - 1, start):
            if at >= 0 and has(at) is not None and self._is_same_line(at, start):
                return at, at
        return None

    def _line_end(self, offset: int) -> int:
        found = self._reading.text.find("\n", offset)
        return len(self._reading.text) if found < 0 else found

    def _is_same_line(self, first: int, second: int) -> bool:
        return "\n" not in self._reading.text[min(first, second) : max(first, second)]

    def _body_paragraph(self, offset: int) -> WordParagraph | None:
        standing = self._places.standing(offset)
        if standing is None:
            return self._places.first_paragraph
        return standing.anchor or self._places.first_paragraph

    def _put_at_paragraph(self, paragraph: WordParagraph | None, start: bytes, end: bytes) -> None:
        """Puts a comment on the first words of a paragraph, at its end where it has none."""
        if paragraph is None or paragraph.origin is None:
            raise DocxError(refusals.DAMAGED)
        offset = self._places.offset_of(paragraph)
        has = self._splices.piece_at
        if offset is not None:
            stop = min(offset + FIRST_WORDS, self._line_end(offset))
            words = [at for at in range(offset, stop) if has(at) is not None]
            if words:
                self._splices.put_before(words[0], _STARTS, start)
                self._splices.put_after(words[-1], _ENDS, end)
                return
        self._splices.put_in_paragraph(paragraph.origin, start + end)


class _Refusing:
    """While a ``with`` lasts, what is wrong with a document is said of its file."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, DocxError):
            raise SourceError(self._path, error.wording) from error
