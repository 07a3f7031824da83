"""Files of the set that came last, in the dress of other houses: heads with series and date, framed notes, footnotes.

They were scored once before anything was mended for them; `bench/README.md` has both figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from typesetting.bulletin import Element

from pdf_set import markup, office, rewritten, web
from pdf_set.markup import Sheet
from pdf_set.office import WordLook

_WORDS = {
    "ferry-word": WordLook(
        size=14, multiple=1.5, head=("水运快讯", "2025年6月18日"), page_number="— {page} —", boxed=True
    ),
    "reading-word": WordLook(
        song="AR PL KaitiM GB",
        size=15,
        multiple=1.25,
        head=("书香工作简报", "2024年第5期"),
        page_number="第{page}页 共{pages}页",
        boxed=True,
        tracking=14,
        fields="tab",
    ),
    "market-word": WordLook(
        song="Noto Sans CJK SC",
        kai="Noto Sans CJK SC",
        size=13,
        multiple=1.5,
        masthead="spaces",
        page_number="第{page}页 共{pages}页",
        boxed=True,
        tracking=6,
    ),
}
_FOOTNOTES = {
    "ferry": {"一轮过筛式排查": "排查依据为《柳溪市渡口渡船安全管理办法》第9条，由各县港航站具体实施。"},
    "reading": {"轮子上的图书馆”": "流动书车由旧班车改装，改装经费由县财政和两家企业共同承担。"},
    "market": {"先后开了14场座谈会": "座谈会记录存于区城市管理局档案室，可供查阅。"},
}
FOOTED = {
    "ferry": ("一轮过筛式排查", "一轮过筛式排查1"),
    "reading": ("轮子上的图书馆”", "轮子上的图书馆”1"),
    "market": ("先后开了14场座谈会", "先后开了14场座谈会1"),
}
"""What is drawn where a footnote is called: its number."""


def _css(head: tuple[str, str], foot: str, font: str, size: float, leading: float) -> str:
    sides = f'@top-left {{ content: "{head[0]}"; font-size: 9pt }} @top-right {{ content: "{head[1]}"; font-size: 9pt }}'
    return (
        f"body {{ font-family: '{font}'; margin: 0 }} p {{ margin: 0; orphans: 1; widows: 1 }}"
        f" .p {{ text-indent: 2em; text-align: justify; font-size: {size}pt; line-height: {leading} }}"
        f" @page {{ size: A4; margin: 30mm 26mm 28mm; {sides} @bottom-center {{ content: {foot}; font-size: 10pt }} }}"
        " h1 { text-align: center; color: #c00; font-size: 34pt; margin: 0 0 6pt; letter-spacing: 10pt }"
        " h2 { text-align: center; font-size: 19pt; margin: 14pt 0 8pt } h3 { font-size: 14pt; margin: 6pt 0 2pt }"
        " .note { border: 1px solid; padding: 6pt } table { width: 100%; border-collapse: collapse }"
        " .right { text-align: right } hr { border: 0; border-top: 1pt solid } .fn { float: footnote; font-size: 9pt }"
    )


_PAGES = "'第' counter(page) '页 共' counter(pages) '页'"
_WEB = {
    "ferry": web.WebLook(
        _css(("水运快讯", "2025年6月18日"), _PAGES, "Noto Serif CJK SC", 14, 1.5), masthead="float"
    ),
    "reading": web.WebLook(
        _css(("书香工作简报", "2024年11月8日"), "'— ' counter(page) ' —'", "AR PL KaitiM GB", 15, 1.6)
    ),
    "market": web.WebLook(
        _css(("城管动态", "第31期"), _PAGES, "Noto Sans CJK SC", 13, 1.75), masthead="float", fields="spans"
    ),
}


def _word(elements: list[Element], look: str, target: Path, through: str = "docx") -> None:
    written = target.with_suffix(".docx")
    office.write_word(elements, _WORDS[look], written)
    if through != "docx":
        office.by_libreoffice([written], target.parent, through)
        written.unlink()
        written = target.with_suffix(f".{through}")
    office.by_libreoffice([written], target.parent, "pdf:writer_pdf_Export")
    written.unlink()


def _print(elements: list[Element], source: str, by: Callable[..., None], target: Path, *more: str) -> None:
    page = web.page(elements, _WEB[source])
    if by is web.by_weasyprint:
        for words, note in _FOOTNOTES[source].items():
            page = page.replace(words, f'{words}<span class="fn">{note}</span>')
    by(page, target, *more)


def _again(by: Callable[..., None], origin: str, target: Path) -> None:
    by(target.with_name(f"{origin}.pdf"), target)


def houses(
    elements: Callable[[str], list[Element]],
) -> Iterator[tuple[str, str, str, Callable[[Path], None], Any]]:
    """Name, source, group, how it is made, and what its footnote adds to a paragraph."""
    for source, through in (("ferry", "docx"), ("reading", "docx"), ("market", "odt")):
        make = partial(_word, elements(source), f"{source}-word", through=through)
        yield f"house-libreoffice-{through}-{source}", source, "ordinary", make, None
    for source in ("ferry", "market"):
        make = partial(_print, elements(source), source, web.by_chromium)
        yield f"house-chromium-{source}", source, "ordinary", make, None
    make = partial(_print, elements("reading"), "reading", web.by_weasyprint)
    yield "house-weasyprint-reading", "reading", "ordinary", make, FOOTED["reading"]
    heads = ["--header-left", "城管动态", "--header-right", "2025年9月23日", "--header-font-size", "9"]
    heads += ["--footer-center", "第[page]页 共[topage]页", "--footer-font-size", "9"]

    def print_market(target: Path) -> None:
        _print(elements("market"), "market", web.by_wkhtmltopdf, target, *heads)

    yield "house-wkhtmltopdf-market", "market", "ordinary", print_market, None
    for source, font, head in (
        ("ferry", "Noto Serif CJK SC", ("水运快讯", "2025年6月18日")),
        ("market", "AR PL SungtiL GB", ("城管动态", "第31期")),
    ):
        sheet = Sheet(
            song=font,
            head=head,
            boxed=True,
            footnotes=_FOOTNOTES[source],
            page_number="第{page}页 共{pages}页",
        )

        def by_typst(target: Path, source: str = source, sheet: Sheet = sheet) -> None:
            markup.by_typst(markup.typst(elements(source), sheet), target)

        yield f"house-typst-{source}", source, "ordinary", by_typst, FOOTED[source]
    footed = Sheet(
        head=("书香工作简报", "2024年11月8日"),
        boxed=True,
        footnotes=_FOOTNOTES["reading"],
        size=15,
        leading=25,
    )

    def by_tex(target: Path) -> None:
        markup.by_lualatex(markup.latex(elements("reading"), footed), target)

    yield "house-lualatex-reading", "reading", "ordinary", by_tex, FOOTED["reading"]
    for origin in ("house-libreoffice-docx-ferry", "house-chromium-market"):
        source = origin.rpartition("-")[2]
        yield f"ocr-ocrmypdf-{origin}", source, "ocr", partial(_again, rewritten.by_ocrmypdf, origin), None


def by_luatex(
    elements: Callable[[str], list[Element]],
) -> Iterator[tuple[str, str, Callable[[Path], None]]]:
    """Bulletins of the first sources by LuaTeX: name, source, how it is made."""
    for source, sheet in (
        (
            "orchard",
            Sheet(song="FandolSong", kai="FandolKai", latin="Latin Modern Roman", size=16, leading=28),
        ),
        (
            "clinic",
            Sheet(
                song="Noto Serif CJK SC",
                kai="Noto Sans CJK SC",
                latin="Latin Modern Roman",
                size=14,
                leading=26,
                page_number="{page}",
            ),
        ),
        ("school", Sheet(song="Noto Serif CJK SC", kai="AR PL KaitiM GB", size=15, leading=27)),
        ("brief", Sheet(song="Noto Serif CJK SC", kai="Noto Serif CJK SC", size=15, leading=27)),
    ):

        def by_tex(target: Path, source: str = source, sheet: Sheet = sheet) -> None:
            markup.by_lualatex(markup.latex(elements(source), sheet), target)

        yield f"{'small-' if source == 'brief' else ''}lualatex-{source}", source, by_tex
    for source, font in (("weekly", "FandolSong"), ("school", "Noto Serif CJK SC")):

        def by_pandoc(target: Path, source: str = source, font: str = font) -> None:
            markup.by_pandoc_and_lualatex(elements(source), target, font)

        yield f"pandoc-lualatex-{source}", source, by_pandoc
