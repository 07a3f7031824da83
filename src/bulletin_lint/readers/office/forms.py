"""Which form a file of an office program has, told by its content: by its name such a program takes anything.

Of random bytes that are called .wps it makes a document without complaint, and of a text that is called .doc.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from bulletin_lint._typing import NamedTuple
from bulletin_lint.matching.patterns import compiled
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.wording import Wording

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Begins a compound file ([MS-CFB] 2.2): .doc, .wps, encrypted packages, and what other programs write."""
_ENTRY = 128
"""Bytes of an entry of its directory ([MS-CFB] 2.6.1)."""
_STREAM = 2
_ENCRYPTED = 0x0100
"""Bit of the flags at byte 10 of the stream ([MS-DOC] 2.5.2, fEncrypted)."""
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument.text"
"""Stands at byte 30 of an OpenDocument text: its first member, neither compressed nor encrypted (ODF 1.2,
part 3, 3.3)."""
_PAGE = r"(?i)\s*(?:<!doctype html|<html|<\?xml|<!--|<head|<meta|<body|<div|<table|<p\b)"
_ARCHIVE = r"(?i)\s*(?:MIME-Version|From|Content-Type):"


class OfficeForm(NamedTuple):
    """A form that an office program converts."""

    name: str
    suffix: str
    """By which the program knows it."""


DOC = OfficeForm("doc", ".doc")
RTF = OfficeForm("rtf", ".rtf")
ODT = OfficeForm("odt", ".odt")


def form_of(path: str, data: bytes) -> OfficeForm:
    """The form of a file.

    Raises:
        SourceError: it is encrypted, of a form that is read under another name, or of none that is known.
    """
    if data.startswith(_COMPOUND):
        return _compound(path, data)
    if data.startswith(b"{\\rtf"):
        return RTF
    if data.startswith(b"PK\x03\x04"):
        if data[30 : 30 + len(_OPEN_DOCUMENT)] == _OPEN_DOCUMENT:
            return ODT
        what = Wording("这是新格式的 Word 文档或其他压缩包", "this is a .docx or another zip")
        raise _misnamed(path, what, ".docx")
    if not data.strip():
        raise SourceError(
            path, Wording("文件是空的，没有可检查的内容。", "the file is empty: nothing to check.")
        )
    head = data[:1024].removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    if data.startswith(b"%PDF-"):
        raise _misnamed(path, Wording("这是 PDF 文件", "this is a PDF file"), ".pdf")
    if compiled(_PAGE).match(head):
        # What sites give out as a Word document is often one.
        raise _misnamed(path, Wording("这是网页", "this is a web page"), ".html")
    if compiled(_ARCHIVE).match(head):
        raise _misnamed(path, Wording("这是单个文件的网页", "this is a web archive"), ".mht")
    raise SourceError(
        path,
        Wording(
            "不是 Word、WPS、OpenDocument 或 RTF 文档，或已损坏；如果是文本，请把扩展名改为 .txt。",
            "no document of Word, WPS, OpenDocument or RTF, or damaged; if it is text, rename it to end in "
            ".txt.",
        ),
    )


def encrypted(path: str) -> SourceError:
    """What is said of a file with a password."""
    return SourceError(
        path,
        Wording(
            "文档设有打开密码；请在 Word 或 WPS 里打开，去掉密码，另存为 .docx。",
            "the document has a password; open it in Word or WPS, remove the password and save it as .docx.",
        ),
    )


def _compound(path: str, data: bytes) -> OfficeForm:
    streams = dict(_streams(data))
    if "EncryptedPackage" in streams:
        raise encrypted(path)
    if "WordDocument" not in streams:
        raise SourceError(
            path,
            Wording(
                "不是 Word 或 WPS 文字文档（可能是表格、演示文稿，或 Works 等其他程序的文件）；"
                "请用原来的程序另存为 .docx。",
                "no document of Word or WPS Writer (a sheet, slides, or a file of Works or another program); "
                "save it as .docx with the program it comes from.",
            ),
        )
    if _flags(data, streams["WordDocument"]) & _ENCRYPTED:
        raise encrypted(path)
    return DOC


def _streams(data: bytes) -> Iterator[tuple[str, int]]:
    """The streams of a compound file by name, each with its first sector. The directory is not followed but
    looked for: it lies at multiples of an entry's length, and whoever forges one gains a failed conversion.
    """
    for name in ("WordDocument", "EncryptedPackage"):
        written = name.encode("utf-16-le") + b"\0\0"
        position = data.find(written)
        while position != -1:
            entry = data[position : position + _ENTRY]
            if position % _ENTRY == 0 and len(entry) == _ENTRY:
                length, kind = struct.unpack_from("<HB", entry, 64)
                if length == len(written) and kind == _STREAM:
                    yield name, struct.unpack_from("<I", entry, 116)[0]
                    break
            position = data.find(written, position + 1)


def _flags(data: bytes, sector: int) -> int:
    shift = int.from_bytes(data[30:32], "little")
    if shift not in (9, 12):
        return 0
    start = (sector + 1) << shift
    return int.from_bytes(data[start + 10 : start + 12], "little")


def _misnamed(path: str, what: Wording, suffix: str) -> SourceError:
    return SourceError(
        path,
        Wording(
            f"{what.zh}，扩展名却不是；请把扩展名改为 {suffix}。",
            f"{what.en} under another name; rename it to end in {suffix}.",
        ),
    )
