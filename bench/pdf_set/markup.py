"""Bulletins in the languages of typesetters: LuaTeX (through LaTeX or pandoc) and Typst, with footnotes."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from typesetting.bulletin import Element, as_markdown


class Sheet(NamedTuple):
    """How a typesetter sets a page. `head` stands at both sides of the head of every page."""

    song: str = "AR PL SungtiL GB"
    kai: str = "AR PL KaitiM GB"
    latin: str = ""
    """The face of Latin letters and figures, if not `song`."""
    size: float = 14
    leading: float = 24
    head: tuple[str, str] = ("", "")
    page_number: str = "— {page} —"
    boxed: bool = False
    footnotes: Mapping[str, str] = {}
    """Behind which words a note is, and what it says."""


_SPECIAL = {character: f"\\{character}" for character in "%&#_{}$"}
_HEAD = r"""\documentclass[UTF8,fontset=none,a4paper]{ctexart}
\usepackage[top=34mm,bottom=30mm,left=28mm,right=26mm]{geometry}
\usepackage{xcolor,fancyhdr,array}
\setCJKmainfont{SONG}\setCJKfamilyfont{kai}{KAI}\setmainfont{LATIN}
\pagestyle{fancy}\fancyhf{}\fancyhead[L]{\small LEFT}\fancyhead[R]{\small RIGHT}\fancyfoot[C]{\small NUMBER}
\renewcommand{\headrulewidth}{RULEpt}\setlength{\parindent}{2em}\setlength{\headheight}{16pt}
\begin{document}\fontsize{SIZEpt}{LEADINGpt}\selectfont
"""


def _tex(text: str) -> str:
    return "".join(_SPECIAL.get(character, character) for character in text)


def _numbered(form: str, page: str, pages: str) -> str:
    return form.replace("{pages}", pages).replace("{page}", page)


def latex(elements: Sequence[Element], sheet: Sheet) -> str:
    """The bulletin in LaTeX for LuaTeX."""
    filled = {
        "SONG": sheet.song,
        "KAI": sheet.kai,
        "LATIN": sheet.latin or sheet.song,
        "LEFT": sheet.head[0],
        "RIGHT": sheet.head[1],
        "RULE": "0.4" if sheet.head[0] else "0",
        "NUMBER": _numbered(sheet.page_number, "\\thepage{}", "\\pageref{LastPage}"),
        "SIZE": str(sheet.size),
        "LEADING": str(sheet.leading),
    }
    made = [re.sub("|".join(filled), lambda found: filled[found[0]], _HEAD)]
    rows: list[str] = []
    for index, element in enumerate(elements):
        after = elements[index + 1] if index + 1 < len(elements) else None
        if element.kind == "table":
            rows.append(" & ".join(map(_tex, element.parts)) + r" \\ \hline")
            if after is None or after.kind != "table":
                columns = "|".join(["l"] * len(element.parts))
                made.append(
                    rf"\noindent\begin{{tabular}}{{|{columns}|}}\hline {' '.join(rows)}\end{{tabular}}"
                )
                rows = []
        elif element.kind != "date":
            made.append(_latex(element, after, sheet))
    return "\n\n".join(made) + "\\label{LastPage}\n\\end{document}\n"


def _latex(element: Element, after: Element | None, sheet: Sheet) -> str:
    kind, text = element.kind, _tex(element.text)
    for words, note in sheet.footnotes.items():
        text = text.replace(words, rf"{words}\footnote{{{_tex(note)}}}")
    if kind == "title":
        return rf"{{\centering\fontsize{{32pt}}{{44pt}}\selectfont\color{{red!75!black}}{text}\par}}"
    if kind in ("number", "contents"):
        return rf"{{\centering {text}\par}}"
    if kind == "office":
        return rf"\noindent {text}\hfill {_tex(after.text if after else '')}\par\noindent{{\color{{red}}\hrule height 1.5pt}}"
    if kind == "article":
        lines = r"\\ ".join(map(_tex, element.parts))
        return rf"\bigskip{{\centering\fontsize{{19pt}}{{28pt}}\selectfont {lines}\par}}\smallskip"
    if kind == "note":
        inner = rf"\hspace*{{2em}}\CJKfamily{{kai}}{text}"
        if sheet.boxed:
            return rf"\noindent\fbox{{\parbox{{\dimexpr\linewidth-2\fboxsep-2\fboxrule}}{{{inner}}}}}"
        return rf"{{\CJKfamily{{kai}}{text}\par}}"
    if kind in ("attribution", "copies"):
        return rf"{{\raggedleft {text}\par}}"
    if kind == "rule":
        return r"\medskip\noindent\hrule"
    if kind in ("fields", "pair"):
        parts = re.split("[ 　]+", text) if kind == "fields" else list(map(_tex, element.parts))
        return r"\noindent " + r"\hfill ".join(parts)
    if kind in ("section", "subsection", "paragraph", "item", "signed"):
        return text
    if kind == "lead":
        return rf"\textbf{{{_tex(element.parts[0])}}}{_tex(element.parts[1])}"
    return rf"\noindent {text}"


def by_lualatex(source: str, target: Path) -> None:
    """LuaTeX, twice: the second run knows the number of pages."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "bulletin.tex").write_text(source, "utf-8")
        for _ in range(2 if "pageref" in source else 1):
            command = ["lualatex", "-interaction=nonstopmode", "-halt-on-error", "bulletin.tex"]
            subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=900)
        target.write_bytes(Path(folder, "bulletin.pdf").read_bytes())


def by_pandoc_and_lualatex(elements: list[Element], target: Path, font: str) -> None:
    """pandoc's own look, set by LuaTeX."""
    options = ["--pdf-engine=lualatex", "-V", f"CJKmainfont={font}", "-V", "geometry:margin=30mm"]
    text = as_markdown(elements).replace("  ", "　")
    command = ["pandoc", "-f", "markdown-auto_identifiers", "-o", str(target), *options, "-"]
    subprocess.run(command, input=text, text=True, check=True, capture_output=True, timeout=900)


def _string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def typst(elements: Sequence[Element], sheet: Sheet) -> str:
    """The bulletin in Typst's language."""
    number = _numbered(sheet.page_number, "#counter(page).display()", "#counter(page).final().first()")
    head = (
        f"header: [#text(9pt)[{sheet.head[0]} #h(1fr) {sheet.head[1]}] #v(-8pt) #line(length: 100%, stroke: 0.4pt)], "
        if sheet.head[0]
        else ""
    )
    made = [
        f'#set page(paper: "a4", margin: (top: 34mm, bottom: 30mm, left: 28mm, right: 26mm), {head}'
        f"footer: context align(center, text(10pt)[{number}]))",
        f'#set text(font: {_string(sheet.song)}, size: {sheet.size}pt, lang: "zh")',
        f"#set par(justify: true, first-line-indent: (amount: 2em, all: true), "
        f"leading: {sheet.leading - sheet.size}pt, spacing: {sheet.leading - sheet.size}pt)",
    ]
    for index, element in enumerate(elements):
        after = elements[index + 1] if index + 1 < len(elements) else None
        if element.kind != "date":
            made.append(_typst(element, after, sheet))
    return "\n\n".join(made) + "\n"


def _typst(element: Element, after: Element | None, sheet: Sheet) -> str:
    kind = element.kind
    text = f"#{_string(element.text)}"
    for words, note in sheet.footnotes.items():
        before, found, rest = element.text.partition(words)
        if found:
            text = f"#{_string(before + words)}#footnote({_string(note)})#{_string(rest)}"
    flat = "#set par(first-line-indent: 0pt);"
    if kind == "title":
        return f'#align(center, text(34pt, fill: rgb("#c00000"), tracking: 9pt, {_string(element.text)}))'
    if kind in ("number", "contents"):
        return f"#align(center, {_string(element.text)})"
    if kind == "office":
        date = _string(after.text if after else "")
        return f"#block[{flat} {text} #h(1fr) #{date} #line(length: 100%, stroke: 1.5pt + red)]"
    if kind == "article":
        lines = " + linebreak() + ".join(map(_string, element.parts))
        return f"#v(8pt)\n#align(center, text(19pt, {{ set par(leading: 12pt); {lines} }}))\n#v(4pt)"
    if kind == "note" and sheet.boxed:
        return f"#rect(width: 100%, inset: 8pt, stroke: 0.6pt)[#set text(font: {_string(sheet.kai)}); {text}]"
    if kind in ("attribution", "copies"):
        return f"#align(right, {_string(element.text)})"
    if kind == "rule":
        return "#line(length: 100%)"
    if kind in ("fields", "pair"):
        parts = re.split("[ 　]+", element.text) if kind == "fields" else element.parts
        return f"#block[{flat} " + " #h(1fr) ".join(f"#{_string(part)}" for part in parts) + "]"
    if kind in ("section", "subsection", "paragraph", "item", "signed", "note", "lead"):
        return text
    return f"#block[{flat} {text}]"


def by_typst(source: str, target: Path) -> None:
    """Typst."""
    import typst as compiler

    made: Any = compiler.compile(source.encode(), format="pdf")
    target.write_bytes(made)
