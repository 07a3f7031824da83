"""Pages of a PDF that cannot be read, and why: what is on them must not pass for checked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from bulletin_lint.model.reading import Line, UnreadPage
from bulletin_lint.model.wording import Wording
from bulletin_lint.readers.pdf.page import PALE, Page, Run

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
_VERTICAL = Wording(
    "页上的文字是竖排的。请改用横排的原稿导出",
    "its text is written from above to below. Use a PDF exported from a manuscript written across",
)
_UNORDERED = Wording(
    "页上有几行文字左右并排、高低错开，分不清哪一行接哪一行，这一部分没有读（分栏？）。请改用不分栏的稿子导出",
    "lines stand beside one another at different heights; nobody can tell which follows which, and they were "
    "not read (columns, it seems). Export it again without columns",
)
_NOTES = Wording(
    "页上加注的文字（文本框批注、表单域）没有显示样式，没有读到。请把它写进页面（打印成 PDF）后再检查",
    "words that were put over it (a text note, a form's field) do not say how they are drawn and were not "
    "read. Make them part of the page (print it to PDF)",
)
_STACKED = 0.8, 1.7
"""In ems: how far a character of vertical writing stands below the one before."""


def unread_pages(
    pages: Sequence[Page], lost: Mapping[int, Wording], lines: Sequence[Line] = ()
) -> tuple[UnreadPage, ...]:
    """The pages that could not be read, or not all of them; `lost` are those known for it, by number, `lines`
    what was read.
    """
    unordered = {line.page for line in lines if line.furniture == "unordered"}
    found = []
    for page in pages:
        why = lost.get(page.number) or _SAID.get(page.instead) or _turned(page)
        if why is None and page.number in unordered:
            why = _UNORDERED
        if why is None and page.notes == "lost":
            why = _NOTES
        if why is not None:
            found.append(UnreadPage(page.number, why))
    return tuple(found)


def _turned(page: Page) -> Wording | None:
    """What is to be said of text that runs in another direction or down the page, watermarks left out."""
    turned, level = _count(page)
    if turned >= FEW_TURNED and turned > level:
        return _TURNED
    if turned >= MANY_TURNED:
        return _PARTLY_TURNED
    stacked = _stacked(page.runs)
    return _VERTICAL if stacked >= MANY_TURNED or (stacked >= FEW_TURNED and stacked > level / 2) else None


def _stacked(runs: Sequence[Run]) -> int:
    """The Chinese characters that were drawn one below the other: by themselves, or all by one object, whose
    last one then stands no further right than the first.
    """
    columns = [run for run in runs if len(run.text) > 2 and run.right - run.left < 1.5 * run.face.width]
    count = sum("\u3400" <= character <= "\u9fff" for run in columns for character in run.text)
    for above, below in pairwise(runs):
        if len(above.text) != 1 or len(below.text) != 1:
            continue
        size = below.face.size
        if (
            abs(above.left - below.left) < 0.15 * size
            and _STACKED[0] * size < below.baseline - above.baseline < _STACKED[1] * size
            and "\u3400" <= below.text <= "\u9fff"
        ):
            count += 1
    return count


def is_mostly_turned(page: Page) -> bool:
    """Whether most of a page's text, watermarks left out, runs in another direction than it is shown."""
    turned, level = _count(page)
    return turned >= FEW_TURNED and turned > level


def _count(page: Page) -> tuple[int, int]:
    """The characters that run in another direction, watermarks left out, and those that are level."""
    turned = level = 0
    if True not in [run.face.turned for run in page.runs]:
        return 0, len("".join([run.text for run in page.runs]))
    sizes = sorted(run.face.size for run in page.runs)
    usual = sizes[len(sizes) // 2]
    for run in page.runs:
        face = run.face
        count = len("".join(run.text.split()))
        if not face.turned:
            level += count
        elif face.shade < PALE and face.size <= 1.8 * usual:
            turned += count
    return turned, level


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
