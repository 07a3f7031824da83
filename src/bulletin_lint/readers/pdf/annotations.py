"""Marks in a copy of a PDF: square annotations (ISO 32000-1, 12.5.6.8) that any viewer shows and can delete.

They are appended to the file's own bytes as an incremental update (7.5.6): the content of pages is untouched.
Made from the same file and marks they are the same bytes, for nothing in them tells the time.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from io import BytesIO

from bulletin_lint._typing import Any, NamedTuple
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.location import Box
from bulletin_lint.model.page_view import NumberedMark
from bulletin_lint.model.violation import Severity
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.readers.reader_info import ReadOptions

_OWNER = "bulletin-lint"
"""Who made a mark; by this and by the name's beginning marks of ours are known again."""
_PRINTS = 4
"""The flag that has an annotation printed (table 165, bit 3)."""
_SIGNED = 1
"""The flag of a form that holds signatures (table 219, bit 1)."""
_ROOM = 1.2
"""Points between words and their frame."""
_LINE = 1.0
_DIGITS = 6.5
"""Points: the size of a number, which stands above its frame where the space between two lines is."""
_COLOURS: dict[Severity, tuple[float, float, float]] = {
    "error": (0.70, 0.15, 0.12),
    "warning": (0.54, 0.32, 0.0),
    "info": (0.11, 0.35, 0.61),
}
_DASHES: dict[Severity, tuple[float, ...]] = {"error": (), "warning": (4.0, 2.0), "info": (1.0, 1.5)}
_WORDS: dict[Severity, Wording] = {
    "error": Wording("错误", "error"),
    "warning": Wording("警告", "warning"),
    "info": Wording("建议", "advice"),
}

_IS_SIGNED = Wording(
    "文件有电子签名，加批注后签名会显示为已改动。请改用签发单（bulletin-lint signoff）；"
    "确要批注副本，请用 check --annotate 并加 --annotate-signed。",
    "the file is signed, and with marks its signature would be shown as changed. Use a sheet instead "
    "(bulletin-lint signoff); if a marked copy is wanted all the same, use check --annotate with "
    "--annotate-signed.",
)
_IS_ENCRYPTED = Wording(
    "PDF 已加密，不能在副本上加批注。请改用 bulletin-lint signoff 写签发单，或先去除密码。",
    "the PDF is encrypted, and no marks can be added to a copy. Write a sheet with bulletin-lint signoff, or "
    "remove the encryption first.",
)
_FAILED = Wording(
    "无法在这份 PDF 的副本上加批注：文件的结构有损坏。"
    "请改用 bulletin-lint signoff，或用 PDF 阅读器打开后另存一份再试。",
    "no marks can be added to a copy of this PDF: its structure is damaged. Use bulletin-lint signoff, or "
    "save a copy of it from a PDF viewer and try that.",
)


def annotate(
    path: str,
    data: bytes,
    options: ReadOptions,
    marks: Sequence[NumberedMark],
    language: Language,
    *,
    is_signed_allowed: bool,
) -> bytes:
    """A copy of a PDF with marks, in place of marks of ours that it may hold; `path` is for messages only.

    Raises:
        SourceError: it is signed and `is_signed_allowed` is not set, or encrypted, or cannot be marked.
    """
    del options
    from pypdf import PdfWriter

    # It would tell of every oddity of the file on standard error.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)
    try:
        writer = PdfWriter(BytesIO(data), incremental=True)
        if writer._reader is not None and writer._reader.is_encrypted:
            raise SourceError(path, _IS_ENCRYPTED)
        if not is_signed_allowed and _is_signed(writer, data):
            raise SourceError(path, _IS_SIGNED)
        _replace_marks(writer, marks, language)
        out = BytesIO()
        writer.write(out)
    except SourceError:
        raise
    except NotImplementedError as error:
        raise SourceError(path, _IS_ENCRYPTED) from error
    except Exception as error:
        # A hostile or broken file can make the library fail in any way whatever.
        raise SourceError(path, _FAILED) from error
    return out.getvalue()


def _is_signed(writer: Any, data: bytes) -> bool:
    """Whether there is a signature: the form says so, or there is the range of bytes that one covers, which
    stands in no compressed object (12.8.1).
    """
    form = writer.root_object.get("/AcroForm")
    flags = form.get_object().get("/SigFlags", 0) if form is not None else 0
    return bool(int(flags) & _SIGNED) or b"/ByteRange" in data


class _Frame(NamedTuple):
    """A mark on one page."""

    mark: NumberedMark
    box: Box
    place: int
    """Which of the mark's frames on the page it is."""


def _replace_marks(writer: Any, marks: Sequence[NumberedMark], language: Language) -> None:
    from pypdf.generic import ArrayObject, NameObject

    by_page: dict[int, list[_Frame]] = defaultdict(list)
    for mark in marks:
        count: dict[int, int] = defaultdict(int)
        for box in mark.boxes:
            by_page[box.page].append(_Frame(mark, box.box, count[box.page]))
            count[box.page] += 1
    for number, page in enumerate(writer.pages, start=1):
        before = page.get("/Annots")
        known = list(before.get_object()) if before is not None else []
        kept = [each for each in known if not _is_ours(each)]
        frames = by_page.get(number, [])
        if not frames and len(kept) == len(known):
            continue
        made = [writer._add_object(each) for each in _annotations(writer, page, frames, number, language)]
        page[NameObject("/Annots")] = ArrayObject([*kept, *made])


def _is_ours(annotation: Any) -> bool:
    found = annotation.get_object()
    if not hasattr(found, "get"):
        return False
    owner, name = found.get("/T"), found.get("/NM")
    return str(owner) == _OWNER and str(name).startswith(f"{_OWNER}:")


def _annotations(
    writer: Any, page: Any, frames: Sequence[_Frame], number: int, language: Language
) -> Iterator[Any]:
    shown = _Shown(page)
    for frame in frames:
        yield _annotation(writer, page, frame, number, language, shown)


class _Shown:
    """Where what is shown of a page stands in the page."""

    def __init__(self, page: Any) -> None:
        media, crop = page.mediabox, page.cropbox
        # What is cropped beyond the page is the page.
        self.left = max(float(media.left), float(crop.left))
        self.bottom = max(float(media.bottom), float(crop.bottom))
        self.right = min(float(media.right), float(crop.right))
        self.top = min(float(media.top), float(crop.top))
        self.turn = int(page.rotation) % 360
        width, height = self.right - self.left, self.top - self.bottom
        self.size = (height, width) if self.turn % 180 else (width, height)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point that is counted from the top left corner of what is shown, as the page stores it."""
        if self.turn == 90:
            return self.left + y, self.bottom + x
        if self.turn == 180:
            return self.right - x, self.bottom + y
        if self.turn == 270:
            return self.right - y, self.top - x
        return self.left + x, self.top - y

    def rectangle(self, box: Box) -> tuple[float, float, float, float]:
        """A box as the page stores it."""
        (x, y), (u, v) = self.place(box[0], box[1]), self.place(box[2], box[3])
        return min(x, u), min(y, v), max(x, u), max(y, v)


_UPRIGHT = {
    0: (1, 0, 0, 1, 0, 0),
    90: (0, 1, -1, 0, 0, 0),
    180: (-1, 0, 0, -1, 0, 0),
    270: (0, -1, 1, 0, 0, 0),
}
"""By how a page is turned clockwise when it is shown: the matrix by which a drawing stands upright on it."""


def _annotation(writer: Any, page: Any, frame: _Frame, number: int, language: Language, shown: _Shown) -> Any:
    from pypdf.generic import (
        ArrayObject,
        DictionaryObject,
        FloatObject,
        NameObject,
        NumberObject,
        TextStringObject,
    )

    violation, severity = frame.mark.violation, frame.mark.violation.severity
    x0, top, x1, bottom = frame.box
    digits = str(frame.mark.number) if frame.place == 0 else ""
    # The frame, and above it the number; never beyond the page, whose edge would cut it.
    left, right = max(0.0, x0 - _ROOM), max(x1 + _ROOM, x0 + len(digits) * _DIGITS * 0.6 + 2 * _ROOM)
    outer = (
        left,
        max(0.0, top - _ROOM - _DIGITS),
        min(right, shown.size[0]),
        min(bottom + _ROOM, shown.size[1]),
    )
    said = frame.mark.note or f"{violation.message.in_language(language)} [{violation.code}]"
    name = f"{_OWNER}:{violation.code}:{frame.mark.number}:{number}" + f".{frame.place}" * bool(frame.place)
    numbers = [FloatObject(f"{side:.2f}") for side in shown.rectangle(outer)]
    found = DictionaryObject()
    entries: dict[str, Any] = {
        "/Type": NameObject("/Annot"),
        "/Subtype": NameObject("/Square"),
        "/Rect": ArrayObject(numbers),
        "/Contents": TextStringObject(f"{frame.mark.number}. {said}".replace("\n", "\r")),
        "/T": TextStringObject(_OWNER),
        "/Subj": TextStringObject(_WORDS[severity].in_language(language)),
        "/NM": TextStringObject(name),
        "/F": NumberObject(_PRINTS),
        "/C": ArrayObject([FloatObject(part) for part in _COLOURS[severity]]),
        "/BS": DictionaryObject(
            {
                NameObject("/W"): FloatObject(_LINE),
                NameObject("/S"): NameObject("/D" if _DASHES[severity] else "/S"),
            }
        ),
        "/P": page.indirect_reference,
        "/AP": DictionaryObject(
            {
                NameObject("/N"): writer._add_object(
                    _appearance(frame.box, outer, digits, severity, shown.turn)
                )
            }
        ),
    }
    for key, value in entries.items():
        found[NameObject(key)] = value
    return found


def _appearance(box: Box, outer: Box, digits: str, severity: Severity, turn: int) -> Any:
    """The frame with its number, drawn upright from the lower left corner of `outer`."""
    from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, StreamObject

    width, height = outer[2] - outer[0], outer[3] - outer[1]
    x = box[0] - _ROOM - outer[0] + _LINE / 2
    y = outer[3] - box[3] - _ROOM + _LINE / 2
    frame_width = max(1.0, min(box[2] - box[0] + 2 * _ROOM, width - max(x, 0)) - _LINE)
    frame_height = max(1.0, box[3] - box[1] + 2 * _ROOM - _LINE)
    colour = " ".join(f"{part:.2f}" for part in _COLOURS[severity])
    dashes = " ".join(f"{part:g}" for part in _DASHES[severity])
    drawn = (
        f"{colour} RG {_LINE:g} w [{dashes}] 0 d "
        f"{max(x, _LINE / 2):.2f} {max(y, _LINE / 2):.2f} {frame_width:.2f} {frame_height:.2f} re S"
    )
    if digits:
        at = height - _DIGITS + 0.8
        drawn += f" BT {colour} rg /F {_DIGITS:g} Tf 1 0 0 1 {_ROOM:.2f} {at:.2f} Tm ({digits}) Tj ET"
    form = StreamObject()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica-Bold"),
        }
    )
    entries: dict[str, Any] = {
        "/Type": NameObject("/XObject"),
        "/Subtype": NameObject("/Form"),
        "/BBox": ArrayObject([FloatObject(f"{side:.2f}") for side in (0, 0, width, height)]),
        "/Matrix": ArrayObject([FloatObject(part) for part in _UPRIGHT[turn]]),
        "/Resources": DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F"): font})}),
    }
    for key, value in entries.items():
        form[NameObject(key)] = value
    form.set_data(drawn.encode("ascii"))
    return form
