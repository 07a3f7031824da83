"""Pages of a PDF that cannot be read, and why: what is on them must not pass for checked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bulletin_lint.model.reading import UnreadPage
from bulletin_lint.model.wording import Wording
from bulletin_lint.readers.pdf.page import Page
from bulletin_lint.readers.pdf.rows import PALE

FEW_TURNED = 10
"""Fewer characters that run in another direction are a stamp, a mark in the margin, a place on a map."""
MANY_TURNED = 60
"""So many are a table or a paragraph, whatever else is on their page."""

DAMAGED = Wording(
    "页面内容已损坏。请重新导出 PDF",
    "its content is damaged. Export the PDF again",
)
TOO_FULL = Wording(
    "页上的文字多得不像简报，已放弃。请拆分，或重新导出",
    "it has more characters than a bulletin's page can have. Split it, or export it again",
)
_SAID = {
    "picture": Wording(
        "页上只有图像，没有文字（扫描件？）。请做文字识别（OCR），或改用原稿导出的 PDF",
        "it is a picture without text (a scan, it seems). Run OCR on it, or use a PDF exported from the "
        "manuscript",
    ),
    "drawing": Wording(
        "页上只有图形，没有文字（文字转成了曲线？）。请改用原稿导出的 PDF，不要转曲",
        "it is a drawing without text (letters made into outlines, it seems). Use a PDF exported from the "
        "manuscript, its fonts kept",
    ),
}
_TURNED = Wording(
    "页上的文字转了方向（横放的页面或表格）。请把这一页转正后重新导出",
    "its text runs in another direction (a page or a table laid sideways). Export it again with the page "
    "upright",
)
_PARTLY_TURNED = Wording(
    "页上有一部分文字转了方向，这一部分没有读到（横放的表格？）。请把它转正后重新导出",
    "a part of its text runs in another direction and was not read (a table laid sideways, it seems). "
    "Export it again with that part upright",
)


def unread_pages(pages: Sequence[Page], lost: Mapping[int, Wording]) -> tuple[UnreadPage, ...]:
    """The pages that could not be read, or not all of them; `lost` are those known for it, by number."""
    found = []
    for page in pages:
        why = lost.get(page.number) or _SAID.get(page.instead) or _turned(page)
        if why is not None:
            found.append(UnreadPage(page.number, why))
    return tuple(found)


def _turned(page: Page) -> Wording | None:
    """What is to be said of text that runs in another direction, watermarks left out."""
    if not any(run.face.turned for run in page.runs):
        return None
    turned = level = 0
    sizes = sorted(run.face.size for run in page.runs)
    usual = sizes[len(sizes) // 2]
    for run in page.runs:
        face = run.face
        count = len("".join(run.text.split()))
        if not face.turned:
            level += count
        elif face.shade < PALE and face.size <= 1.8 * usual:
            turned += count
    if turned >= FEW_TURNED and turned > level:
        return _TURNED
    return _PARTLY_TURNED if turned >= MANY_TURNED else None


# ISO 32000-1, annex A: the operators that put something on the page, and all others.
_PAINTING = frozenset(b"Tj TJ ' \" S s F f f* B B* b b* sh Do BI EI ID".split())
_OTHER = frozenset(
    b"b BDC BMC BT BX CS cs DP EMC ET EX G g K k MP RG rg SC sc SCN scn T* TD Tc Td Tf TL Tm Tr Ts Tw Tz "
    b"W W* c cm d d0 d1 gs h i J j l M m n q Q re ri ru v w y true false null".split()
)
_NOTHING_SHOWN = re.compile(rb"(?:\(\s*\)|<\s*>)\s*(?:Tj|')|\[\s*\]\s*TJ")
_OPERANDS = re.compile(
    rb"%[^\r\n]*|\((?:[^()\\]|\\.|\([^()]*\))*\)|<<|>>|<[0-9A-Fa-f\s]*>|[\[\]]|/[^\s()<>\[\]{}/%]*", re.DOTALL
)
_NUMBER = re.compile(rb"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")


def has_something(content: bytes) -> bool:
    """Whether the instructions of a page that shows nothing would show something, or are none."""
    tokens = _OPERANDS.sub(b" ", _NOTHING_SHOWN.sub(b" ", content)).split()
    return any(
        token in _PAINTING or not (token in _OTHER or _NUMBER.fullmatch(token)) for token in tokens if token
    )
