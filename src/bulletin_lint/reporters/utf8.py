"""What programs read is UTF-8, also on a console that speaks another encoding."""

from __future__ import annotations

from bulletin_lint._typing import TextIO


def in_utf8(stream: TextIO) -> TextIO:
    """The stream, made to write UTF-8 whatever its console speaks.

    Source: RFC 8259, section 8.1 (JSON); XML and HTML are UTF-8 here by their declarations.
    """
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None and stream.encoding != "utf-8":
        reconfigure(encoding="utf-8")
    return stream
