"""Bytes of a web page to characters: what it declares, else what its bytes are.

The order is that of the HTML standard: a byte order mark, what the archive around it says, a ``meta`` in the
first bytes, then detection. A declaration that the bytes contradict is not believed: pages are copied from
one system to another without being read.
"""

from __future__ import annotations

from bulletin_lint.matching.patterns import compiled
from bulletin_lint.model.errors import SourceError
from bulletin_lint.readers.text.encoding import BOMS, Decoded, decode, is_damaged, refuse_other_kinds

_PRESCAN = 4096
"""Bytes in which a declaration is looked for; the standard says 1024, and programs write more before it."""
_DECLARED = (
    r"""(?i)<meta\b[^>]{0,500}?\bcharset\s*=\s*["']?\s*(?P<meta>[\w.:-]{2,40})"""
    r"""|\A\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*["'](?P<xml>[\w.:-]{2,40})"""
)
_CODECS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    # Declared in a page that can be read so far, it cannot be meant.
    "utf-16": "utf-8",
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
    "unicode": "utf-8",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "csgb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "gb18030": "gb18030",
    "big5": "cp950",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "cp950",
}
"""What pages call encodings in which Chinese is written, and Python's names of them."""


def decode_page(path: str, data: bytes, declared: str = "") -> Decoded:
    """The characters of a page; `declared` is what stands around it says of its encoding.

    Raises:
        SourceError: the page is empty, is no text, or is in an encoding that cannot be told.
    """
    refuse_other_kinds(path, data)
    if any(data.startswith(bom) for bom, _ in BOMS) or b"\0" in data:
        return decode(path, data)
    codec = _CODECS.get(declared.strip().lower()) or _declared_in(data)
    if codec not in (None, "utf-8", "gb18030"):
        # Nothing else is mistaken for UTF-8, whatever the page declares.
        for tried in ("utf-8", codec):
            try:
                return Decoded(data.decode(tried), tried, bom=False)
            except UnicodeDecodeError:
                continue
    try:
        return decode(path, data)
    except SourceError:
        # A browser shows a page of which some bytes are lost, and so it must be read; what is lost is seen.
        for tried in dict.fromkeys((codec or "utf-8", "utf-8")):
            if data.strip() and is_damaged(data, tried):
                return Decoded(data.decode(tried, "replace"), tried, bom=False)
        raise


def _declared_in(data: bytes) -> str | None:
    found = compiled(_DECLARED).search(data[:_PRESCAN].decode("latin-1"))
    if found is None:
        return None
    return _CODECS.get((found["meta"] or found["xml"]).lower())
