"""Bytes of a text file to characters: which encoding, and is it text at all.

UTF-8 is tried first because nothing else is mistaken for it. GB18030 decodes nearly any bytes, so
it is believed only when the characters it gives are ones that people write.
"""

from __future__ import annotations

from bulletin_lint._typing import NamedTuple
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.wording import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


COMMON_SHARE = 0.75
"""Least share of GB2312 level-1 characters among the Han of a text believed to be GB18030. Running
Chinese has 0.95 and more; UTF-8 read as GB18030 has some 0.2, Big5 some 0.4."""

_BAD_SHARE = 0.1
"""Most bytes, per character beyond ASCII, that may be wrong in a file still called damaged UTF-8
(or damaged GB18030), and not another encoding."""

BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
"""Byte order marks, and the codec of what follows."""
_INVISIBLE = "\ufeff\u200b \t\r\n\f\v\xa0\u3000"
_UTF_32_BOMS = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")


class Decoded(NamedTuple):
    """Characters and how they were written."""

    text: str
    """Without the byte order mark; line breaks as they are."""
    encoding: str
    """The codec by Python's name: utf-8, utf-16-le, utf-16-be or gb18030."""
    bom: bool
    """The file begins with ``"\\ufeff".encode(encoding)``, which is not in `text`."""


def decode(path: str, data: bytes) -> Decoded:
    """The characters of a text file.

    Raises:
        SourceError: the file is empty, is no text, or is in an encoding that cannot be told.
    """
    refuse_other_kinds(path, data)
    bom, encoding = next((known for known in BOMS if data.startswith(known[0])), (b"", ""))
    if encoding:
        try:
            text = data[len(bom) :].decode(encoding)
        except UnicodeDecodeError as error:
            raise _invalid(path, data, encoding, error.start + len(bom)) from None
    elif b"\0" in data:
        raise _no_text(path, data)
    else:
        try:
            text, encoding = data.decode("utf-8"), "utf-8"
        except UnicodeDecodeError as error:
            text, encoding = _decode_gb18030(path, data, error.start), "gb18030"
    if text.isspace() or not text.strip(_INVISIBLE):
        raise SourceError(
            path, Wording("文件是空的，没有可检查的内容。", "the file is empty: nothing to check.")
        )
    if "\0" in text:
        raise _no_text(path, data)
    return Decoded(text, encoding, bool(bom))


def refuse_other_kinds(path: str, data: bytes) -> None:
    """Refuses what is known for something else by its first bytes.

    Raises:
        SourceError: it is.
    """
    if data.startswith(_UTF_32_BOMS):
        raise SourceError(
            path,
            Wording(
                "不支持 UTF-32 编码；请另存为 UTF-8。",
                "UTF-32 is not supported; save the file as UTF-8.",
            ),
        )
    if data.startswith(b"%PDF-"):
        raise SourceError(
            path,
            Wording(
                "这是 PDF 文件，不是文本；请把扩展名改为 .pdf。",
                "this is a PDF file, not text; rename it to end in .pdf.",
            ),
        )
    if data.startswith(b"{\\rtf"):
        raise SourceError(
            path,
            Wording(
                "这是 RTF 文件，不是纯文本；请另存为 UTF-8 文本或 PDF。",
                "this is an RTF file, not plain text; save it as UTF-8 text or as PDF.",
            ),
        )


def _decode_gb18030(path: str, data: bytes, utf8_error: int) -> str:
    # A file that is UTF-8 but for a few bytes must not turn into thousands of rare characters.
    if is_damaged(data, "utf-8"):
        raise _invalid(path, data, "utf-8", utf8_error)
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        if is_damaged(data, "gb18030") and _plausible(data.decode("gb18030", "replace")):
            raise _invalid(path, data, "gb18030", error.start) from None
        raise _invalid(path, data, "utf-8", utf8_error) from None
    if not _plausible(text):
        raise _invalid(path, data, "utf-8", utf8_error)
    return text


def is_damaged(data: bytes, encoding: str) -> bool:
    """Whether the bytes are this encoding but for a few places."""
    text = data.decode(encoding, "replace")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return text.count("\ufffd") <= _BAD_SHARE * beyond_ascii


def _plausible(text: str) -> bool:
    """Whether the Han of a text are those in daily use."""
    # Counting first keeps the loop to the distinct characters, whatever the file's size.
    counts: dict[str, int] = {}
    get: Callable[[str, int], int] = counts.get
    for character in text:
        if character > "\u2e7f":
            counts[character] = get(character, 0) + 1
    han = common = 0
    for character, count in counts.items():
        # Private use counts as Han: GB18030 puts there what is no character of Unicode.
        if "\u3400" <= character <= "\u9fff" or "\ue000" <= character <= "\ufaff" or character > "\uffff":
            han += count
            encoded = character.encode("gb18030")
            if len(encoded) == 2 and 0xB0 <= encoded[0] <= 0xD7 and encoded[1] >= 0xA1:
                common += count
    return han > 0 and common >= COMMON_SHARE * han


_OTHERS = (
    (b"PK\x03\x04", b"word/", Wording(" Word 文档", "a Word document"), ".docx"),
    (b"PK\x03\x04", b"opendocument.text", Wording(" OpenDocument 文档", "an OpenDocument text"), ".odt"),
    (b"\xd0\xcf\x11\xe0", b"W\0o\0r\0d\0", Wording("旧版 Word 文档", "an old Word document"), ".doc"),
)
"""What a file begins with and has in it that is no text, what it is, and how its name should end."""


def _no_text(path: str, data: bytes) -> SourceError:
    for beginning, within, kind, suffix in _OTHERS:
        if data.startswith(beginning) and within in data:
            return SourceError(
                path,
                Wording(
                    f"这是{kind.zh}，扩展名应为 {suffix}。",
                    f"this is {kind.en}: its name should end in {suffix}.",
                ),
            )
    return SourceError(
        path,
        Wording(
            "不是文本文件（含有空字节），或是没有字节序标记的 UTF-16；如果是文本，请另存为 UTF-8。",
            "not a text file (it holds NUL bytes), or UTF-16 without a byte order mark; "
            "if it is text, save the file as UTF-8.",
        ),
    )


_ENCODING_NAMES = {"utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "gb18030": "GB18030"}


def _invalid(path: str, data: bytes, encoding: str, offset: int) -> SourceError:
    name = _ENCODING_NAMES[encoding]
    if name == "UTF-16":
        return SourceError(
            path,
            Wording(
                f"{name} 编码无效：文件的第 {offset + 1} 个字节；请另存为 UTF-8。",
                f"invalid {name} at byte {offset + 1} of the file; save the file as UTF-8.",
            ),
        )
    before = data[:offset].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    line = before.count(b"\n") + 1
    byte = len(before) - before.rfind(b"\n")
    return SourceError(
        path,
        Wording(
            f"{name} 编码无效：第 {line} 行第 {byte} 个字节（0x{data[offset]:02X}）；请另存为 UTF-8。",
            f"invalid {name} at line {line}, byte {byte} (0x{data[offset]:02X}); save the file as UTF-8.",
        ),
    )
