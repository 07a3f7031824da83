"""The page in a web archive (.mht, RFC 2557), which browsers and word processors write as one file."""

from __future__ import annotations

from email import message_from_bytes

from bulletin_lint._typing import NamedTuple
from bulletin_lint.matching.patterns import compiled
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.wording import Wording

_HEAD = 4096
"""Bytes in which the headers of an archive begin."""
_MIME = r"(?im)\A(?:[\w-]+:[^\n]*\n(?:[ \t]+[^\n]*\n)*)*?(?:MIME-Version|Content-Type)[ \t]*:"


class ArchivedPage(NamedTuple):
    """A page as it stands in an archive."""

    data: bytes
    charset: str
    """What the archive says of its encoding, empty where it says nothing."""


def is_archive(data: bytes) -> bool:
    """Whether the bytes are a web archive: headers of mail stand first."""
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip().decode("latin-1").replace("\r\n", "\n")
    return compiled(_MIME).match(head) is not None


def page_of(path: str, data: bytes) -> ArchivedPage:
    """The first page in an archive.

    Raises:
        SourceError: there is none, or what there is cannot be taken out.
    """
    try:
        message = message_from_bytes(data.removeprefix(b"\xef\xbb\xbf").lstrip())
        for part in message.walk():
            if part.get_content_type() in ("text/html", "application/xhtml+xml"):
                content = part.get_payload(decode=True)
                if isinstance(content, bytes) and content.strip():
                    return ArchivedPage(content, part.get_content_charset("") or "")
    except (RecursionError, LookupError, ValueError):
        # Parts within parts without end; codings that nobody knows.
        pass
    raise SourceError(
        path,
        Wording(
            "这份网页存档里没有可读的网页；请在浏览器里打开后另存为 .html。",
            "there is no page that can be read in this web archive; open it in a browser and save it as "
            ".html.",
        ),
    )
