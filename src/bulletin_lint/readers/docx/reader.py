"""Reads a Word document: its parts to lines, in the order in which a person reads them."""

from __future__ import annotations

from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.reading import Reading, UnreadPart
from bulletin_lint.readers.docx import refusals
from bulletin_lint.readers.docx.body import PartReader
from bulletin_lint.readers.docx.lines import LineWriter
from bulletin_lint.readers.docx.numbering import ListCounter
from bulletin_lint.readers.docx.package import Package
from bulletin_lint.readers.docx.places import DocxPlaces
from bulletin_lint.readers.docx.refusals import DocxError
from bulletin_lint.readers.docx.story import ElementPath, WordParagraph
from bulletin_lint.readers.docx.styles import StyleSheet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bulletin_lint.model.wording import Wording
    from bulletin_lint.readers.docx.package import PartRelation
    from bulletin_lint.readers.docx.places import Story
    from bulletin_lint.readers.reader_info import ReadOptions

_STORIES: Mapping[str, Story] = {
    "header": "header", "footer": "footer", "footnote": "footnotes", "endnote": "endnotes"
}  # fmt: skip


def read(path: str, data: bytes, options: ReadOptions) -> Reading:
    """The characters and lines of a Word document, as `read_docx` gives them."""
    return read_docx(path, data)


def read_docx(path: str, data: bytes) -> Reading:
    """The characters and lines of a .docx or .docm; `path` is only named in errors.

    A paragraph is a line, its number that Word counts first; what is deleted, hidden or an instruction is
    not there. Macros are never looked at.

    Raises:
        SourceError: it cannot be read as a document with text, whatever is wrong with it.
    """
    try:
        return DocumentReader(Package(data)).reading()
    except DocxError as error:
        raise SourceError(path, error.wording) from error
    except RecursionError as error:
        raise SourceError(path, refusals.TOO_DEEP) from error


class DocumentReader:
    """A document, its parts read as they are named."""

    def __init__(
        self,
        package: Package,
        body_reader: Callable[[StyleSheet], PartReader] | None = None,
        body: bytes | None = None,
    ) -> None:
        """Prepares reading; `body_reader` makes another reader of the body than the usual one, which keeps
        where text stands among the bytes. `body` is what is read instead of the package's.

        Raises:
            DocxError: styles or lists cannot be read.
        """
        self._package = package
        self._body_reader = body_reader
        self._body = body
        self._relations = package.relations(package.main)
        self._styles = StyleSheet(self._part("styles"))
        self._writer = LineWriter(
            self._styles,
            ListCounter(self._styles, self._part("numbering")),
            keeps_pieces=body_reader is not None,
        )
        self._unread: list[Wording] = []
        self._pictures = 0

    def reading(self) -> Reading:
        """The document as lines.

        Raises:
            DocxError: it has no text.
        """
        main = self._read_body()
        writer = self._writer
        writer.write(main.items)
        if not any(line.pieces for line in writer.lines):
            self._refuse(main)
        letters = sum([end - start for line in writer.lines for start, end in line.pieces])
        if main.drawings.has_document:
            self._unread.append(refusals.ANOTHER_DOCUMENT)
        if main.drawings.is_more_than(letters):
            self._unread.append(refusals.DRAWN_PAGE)
        self._write_notes(main)
        for reference in main.references:
            relation = self._relations.get(reference.relation)
            if (
                relation is not None
                and relation.type == reference.kind
                and self._package.has(relation.target)
            ):
                self._write_part(relation.target, reference.kind)
        writer.write_unread()
        self._unread += self._package.notes
        text = "".join(writer.parts)
        return Reading(
            "docx",
            text,
            tuple(writer.lines),
            DocxPlaces(writer.standings, writer.pieces, next(iter(_all_paragraphs(main)), None)),
            unread_parts=tuple([UnreadPart(why) for why in self._unread]),
            lines_are="document",
            joins_known=True,
            joins_final=True,
            automatic=tuple(writer.automatic),
            unsure=tuple(writer.unsure),
        )

    def _refuse(self, main: PartReader) -> None:
        # A chart or an object is no picture, but as little can be read of it.
        is_picture = main.drawings.pictures or any(item.unread for item in _all_paragraphs(main))
        raise DocxError(refusals.ONLY_PICTURES if is_picture else refusals.NO_TEXT)

    def _part(self, kind: str) -> bytes | None:
        """The content of the part that the main one names as its styles, its lists …"""
        relation = _of_kind(self._relations, kind)
        if relation is None or not self._package.has(relation.target):
            return None
        return self._package.read_xml(relation.target)

    def _read_body(self) -> PartReader:
        if self._body_reader is None:
            return self._read(self._package.main, "body")
        part = self._body_reader(self._styles)
        part.read(self._package.read_xml(self._package.main) if self._body is None else self._body)
        return part

    def _read(self, name: str, root: str) -> PartReader:
        part = PartReader(self._styles, root)
        part.read(self._package.read_xml(name))
        if part.has_open_field:
            self._unread.append(refusals.UNCLOSED_FIELD)
        return part

    def _write_part(self, name: str, kind: str) -> None:
        """A header or footer, and the watermark that hangs on it."""
        part = self._read(name, kind)
        story = _STORIES[kind]
        self._writer.write_furniture(part.items, story)
        for words in dict.fromkeys(part.drawings.watermarks):
            self._writer.write_words(words, WordParagraph(ElementPath(kind), 1), story, "watermark")

    def _write_notes(self, main: PartReader) -> None:
        """The notes that the text refers to, each once, in the order in which it does."""
        for kind in ("footnote", "endnote"):
            wanted = {note: paragraph for each, note, paragraph in reversed(main.notes) if each == kind}
            data = self._part(f"{kind}s") if wanted else None
            if data is None:
                continue
            part = PartReader(self._styles, f"{kind}s")
            part.read(data)
            for note, paragraph in reversed(wanted.items()):
                with self._writer.hanging_on(paragraph):
                    self._writer.write_furniture(part.items_of_note.get(note, ()), _STORIES[kind], "note")


def _of_kind(relations: Mapping[str, PartRelation], kind: str) -> PartRelation | None:
    return next((relation for relation in relations.values() if relation.type == kind), None)


def _all_paragraphs(main: PartReader) -> list[WordParagraph]:
    return [item for item in main.items if isinstance(item, WordParagraph)]
