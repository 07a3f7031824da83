"""A Word document as a package: its members, what each is to the others, and within which limits it is read.

Source: ISO/IEC 29500-2 (Open Packaging Conventions). Names of members are keys here and never paths, and what
lies outside of the package is never looked at.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib

from bulletin_lint._typing import NamedTuple
from bulletin_lint.model.wording import Wording
from bulletin_lint.readers.docx import refusals
from bulletin_lint.readers.docx.refusals import DocxError
from bulletin_lint.readers.docx.xml_parser import XmlParser

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_MEMBERS = 10_000
MOST_OF_ONE = 64 * 1024 * 1024
"""Bytes of one member, unpacked."""
MOST_OF_ALL = 256 * 1024 * 1024
"""Bytes of all members that are read, unpacked."""
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a compound file begins: an old .doc, or any document that is encrypted ([MS-CFB] 2.2)."""
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_DIRECTORY_ENTRY = b"PK\x01\x02"
_MAIN = "officeDocument"
_OTHERS = {
    "xl": Wording("Excel 工作簿", "an Excel workbook"),
    "ppt": Wording("PowerPoint 演示文稿", "a PowerPoint presentation"),
    "visio": Wording("Visio 绘图", "a Visio drawing"),
}
_OPEN_DOCUMENT = Wording("OpenDocument 文档", "an OpenDocument file")
_OFD = Wording("OFD 版式文件", "an OFD document")
_ZIP = Wording("普通压缩包", "an ordinary archive")


class PartRelation(NamedTuple):
    """What one part says of another."""

    type: str
    """The last word of the relationship's type: ``header``, ``styles`` …"""
    target: str
    """The name of a member."""


class Package:
    """The members of a document, read as they are asked for."""

    def __init__(self, data: bytes) -> None:
        """Opens a package.

        Raises:
            DocxError: it is none that can be read.
        """
        if not data:
            raise DocxError(refusals.EMPTY)
        if data.startswith(_COMPOUND):
            is_encrypted = _ENCRYPTED_STREAM in data
            raise DocxError(refusals.ENCRYPTED if is_encrypted else refusals.OLD_DOC)
        if not data.startswith(b"PK"):
            raise DocxError(refusals.NOT_DOCX)
        # Before a list of them is made: an archive of this size may have millions.
        if data.count(_DIRECTORY_ENTRY) > 2 * MOST_MEMBERS:
            raise DocxError(refusals.TOO_MANY)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
            raise DocxError(refusals.DAMAGED) from error
        self.members = self._archive.infolist()
        if len(self.members) > MOST_MEMBERS:
            raise DocxError(refusals.TOO_MANY)
        self._by_name: dict[str, zipfile.ZipInfo] = {}
        self._doubled: set[str] = set()
        for member in self.members:
            name = key_of(member.filename)
            if name in self._by_name:
                self._doubled.add(name)
            else:
                self._by_name[name] = member
        self.notes: list[Wording] = []
        """What of the package was not read, though it was asked for."""
        self._left = MOST_OF_ALL
        self.main = self._main()

    def has(self, name: str) -> bool:
        """Whether there is a member of that name; as everywhere, in whatever case."""
        return key_of(name) in self._by_name

    def member_name(self, name: str) -> str:
        """The name of a member as the package writes it.

        Raises:
            KeyError: there is none.
        """
        return self._by_name[key_of(name)].filename

    def read(self, name: str) -> bytes:
        """The content of a member.

        Raises:
            DocxError: there is none, or it is encrypted, damaged or too large.
        """
        key = key_of(name)
        member = self._by_name.get(key)
        if member is None:
            raise DocxError(refusals.DAMAGED)
        if member.flag_bits & 1:
            raise DocxError(refusals.ENCRYPTED)
        if key in self._doubled:
            self._doubled.discard(key)
            self.notes.append(refusals.twice(member.filename))
        most = min(MOST_OF_ONE, self._left)
        try:
            # What the directory says of sizes may be a lie.
            with self._archive.open(member) as stream:
                data = stream.read(most + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            RuntimeError,
            NotImplementedError,
        ) as error:
            raise DocxError(refusals.DAMAGED) from error
        if len(data) > most:
            raise DocxError(refusals.TOO_LARGE)
        self._left -= len(data)
        return data

    def read_xml(self, name: str) -> bytes:
        """The content of a part in UTF-8.

        Raises:
            DocxError: as `read`; or its encoding is none that a part may have.
        """
        data = self.read(name)
        if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:4]:
            return _in_utf8(data)
        return data

    def relations(self, part: str = "") -> Mapping[str, PartRelation]:
        """What a part, by default the package, says of others, by the identifiers that it uses for them.

        Raises:
            DocxError: that cannot be read.
        """
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, PartRelation] = {}
        if not self.has(relations):
            return found

        def start(name: str, attributes: Mapping[str, str]) -> None:
            if not name.endswith(" Relationship") or attributes.get("TargetMode") == "External":
                return
            target = attributes.get("Target", "")
            if "%" in target:
                from urllib.parse import unquote

                target = unquote(target)
            kind = attributes.get("Type", "").rpartition("/")[2]
            whole = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[attributes.get("Id", "")] = PartRelation(kind, whole)

        XmlParser(start).parse(self.read_xml(relations))
        return found

    def _main(self) -> str:
        """The name of the part that holds the document's text."""
        mains = {relation.target: None for relation in self.relations().values() if relation.type == _MAIN}
        if len(mains) > 1:
            raise DocxError(refusals.MANY_MAIN)
        for name in mains:
            folder = name.partition("/")[0].lower()
            if folder in _OTHERS:
                raise DocxError(refusals.other_form(_OTHERS[folder]))
            return name
        if self.has("mimetype") and self.has("content.xml"):
            raise DocxError(refusals.other_form(_OPEN_DOCUMENT))
        if self.has("OFD.xml"):
            raise DocxError(refusals.other_form(_OFD))
        if not self.has("[Content_Types].xml"):
            raise DocxError(refusals.other_form(_ZIP))
        raise DocxError(refusals.DAMAGED)


def key_of(name: str) -> str:
    """What two names of one member have in common (ISO/IEC 29500-2, 6.2.2.3)."""
    return name.replace("\\", "/").lstrip("/").lower()


def _in_utf8(data: bytes) -> bytes:
    try:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            text = data.decode("utf-16")
        else:
            text = data.decode("utf-16-be" if data[:1] == b"\0" else "utf-16-le")
    except UnicodeDecodeError as error:
        raise DocxError(refusals.DAMAGED) from error
    if text.startswith("<?xml"):
        # It would speak of the encoding that was.
        text = text.partition("?>")[2]
    return text.encode("utf-8", "surrogatepass")
