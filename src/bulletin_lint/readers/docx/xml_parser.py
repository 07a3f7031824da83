"""expat, with what a document made to do harm may not do: declare a DOCTYPE, nest without end.

expat, because it tells at which byte each tag stands, so that marks can be put among the bytes as they are.
"""

from __future__ import annotations

from xml.parsers import expat

from bulletin_lint.readers.docx import refusals
from bulletin_lint.readers.docx.refusals import DocxError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bulletin_lint._typing import Any

    Start = Callable[[str, Mapping[str, str]], object]

_LONGEST_NUMBER = 16
"""Characters."""
MOST_DEPTH = 256
"""Elements within one another; what offices write has some thirty, with tables in tables."""


class XmlParser:
    """Reads one part. Names of elements and attributes are ``namespace name``."""

    def __init__(self, start: Start | None = None, *, has_namespaces: bool = True) -> None:
        """Prepares reading; without `has_namespaces` names are as they are written, which takes less time."""
        self.expat: Any = expat.ParserCreate(namespace_separator=" " if has_namespaces else None)
        self.expat.buffer_text = True
        # A DOCTYPE is the only place where entities are declared: none ever expands, whatever expat is there.
        self.expat.StartDoctypeDeclHandler = _refuse_doctype
        if start is not None:
            self.expat.StartElementHandler = start

    def parse(self, data: bytes) -> None:
        """Reads the whole part.

        Raises:
            DocxError: it is not well-formed, or is refused.
        """
        try:
            self.expat.Parse(data, 1)
        except (expat.ExpatError, ValueError) as error:
            raise DocxError(refusals.DAMAGED) from error


def _refuse_doctype(*_: object) -> None:
    raise DocxError(refusals.DOCTYPE)


def is_on(value: str | None) -> bool:
    """What a property that is on or off says; without a value it is on (ISO/IEC 29500-1, 17.17.4)."""
    return value not in ("0", "false", "off")


def whole(value: str | None) -> int | None:
    """A number of an attribute, None where it is none, or is beyond all measure."""
    if not value or len(value) > _LONGEST_NUMBER:
        return None
    try:
        return int(value) if value.isdecimal() else int(float(value))
    except (ValueError, OverflowError):
        return None
