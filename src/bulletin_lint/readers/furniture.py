"""Page numbers and running heads that came along when text was taken from a PDF."""

from __future__ import annotations

from bulletin_lint.matching.patterns import compiled
from bulletin_lint.model.reading import Line

LONGEST_PAGE_NUMBER = 24
"""Characters; a longer line is no page number."""

RUNNING_HEAD_PLACES = 3
"""A running head stands at no fewer page breaks than this."""

LEAST_TITLE = 4
"""Characters of the first line, or of a running head, that show one to be a part of the other."""

RUNNING_HEAD_LENGTH = 40
"""Characters; a longer line is no running head."""

PAGE_LENGTH = 120
"""Least characters between two bare numbers that are page numbers; the numbers of a table's rows
stand closer."""

_DASHES = "-—–－─―~～·•"
_NUMBER = "(?:[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})"
_PAGE_NUMBER = (
    rf"[{_DASHES}]{{1,4}}\s*{_NUMBER}\s*[{_DASHES}]{{1,4}}"
    rf"|第\s*{_NUMBER}\s*页(?:[\s,，、/／(（]*共\s*{_NUMBER}\s*页[)）]?)?"
    rf"|共\s*{_NUMBER}\s*页[\s,，、/／(（]*第\s*{_NUMBER}\s*页[)）]?"
    r"|(?P<page>[0-9０-９]{1,3})\s*[/／]\s*(?P<pages>[0-9０-９]{1,3})(?:\s*页)?"
    r"|[Pp]age\s*[0-9]{1,3}(?:\s*(?:of|/)\s*[0-9]{1,3})?"
)


def is_page_number(content: str) -> bool:
    """Whether a whole line, without white space at its ends, is a page number by its form.

    ``— 2 —``, ``-2-``, ``第2页 共4页``, ``2 / 4``. A bare ``2`` is not: see `mark_furniture`.
    """
    # A literal or two settle most lines before a pattern has to be compiled.
    first = content[0]
    if len(content) > LONGEST_PAGE_NUMBER:
        return False
    if first in "第共":
        possible = "页" in content
    elif first in _DASHES:
        possible = content[-1] in _DASHES and bool(content.strip(_DASHES))
    elif first.isdecimal():
        possible = "/" in content or "／" in content
    else:
        possible = content.startswith(("Page", "page"))
    if not possible:
        return False
    match = compiled(_PAGE_NUMBER).fullmatch(content)
    if match is None:
        return False
    return match["page"] is None or int(match["page"]) <= int(match["pages"]) >= 2


def mark_furniture(text: str, lines: list[Line], bare_numbers: list[int]) -> None:
    """Turns lines into furniture, in place, that only the document as a whole shows to be.

    `bare_numbers` are the indices of lines that are a number and nothing else.
    """
    if len(bare_numbers) > 1:
        for index in _page_sequence(text, lines, bare_numbers):
            _furnish(lines, index, "page-number")
    breaks = [index for index, line in enumerate(lines) if line.furniture in ("page-number", "page-break")]
    if breaks:
        for index in _running_heads(text, lines, breaks):
            _furnish(lines, index, "running-head")


def _furnish(lines: list[Line], index: int, furniture: str) -> None:
    line = lines[index]
    lines[index] = Line(line.pieces, kind="furniture", furniture=furniture, indent=line.indent, gap=line.gap)
    if index + 1 < len(lines):
        lines[index + 1] = lines[index + 1]._replace(gap=True)


def _page_sequence(text: str, lines: list[Line], bare_numbers: list[int]) -> list[int]:
    """The longest run of numbers that count up by one, a page apart."""
    best: list[int] = []
    run: list[int] = []
    previous = 0
    for index in bare_numbers:
        start, end = lines[index].pieces[0]
        number = int(text[start:end])
        if run and number == previous + 1 and start - lines[run[-1]].pieces[0][1] >= PAGE_LENGTH:
            run.append(index)
        else:
            run = [index]
        previous = number
        if len(run) > len(best):
            best = run
    return best if len(best) > 1 else []


def _running_heads(text: str, lines: list[Line], breaks: list[int]) -> list[int]:
    beside: dict[str, set[int]] = {}
    first_text = next((index for index, line in enumerate(lines) if line.kind == "text"), -1)
    for at in breaks:
        for index in (at - 1, at + 1):
            # The first line of all is the title that the running heads repeat.
            if not 0 <= index < len(lines) or lines[index].kind != "text" or index == first_text:
                continue
            content = _without_page(text, lines[index])
            if len(content) <= RUNNING_HEAD_LENGTH:
                beside.setdefault(content, set()).add(index)
    title = "".join(_without_page(text, lines[first_text]).split()) if first_text >= 0 else ""
    return sorted(
        index
        for content, indices in beside.items()
        if len(indices) >= RUNNING_HEAD_PLACES or _repeats(title, content)
        for index in indices
    )


def _repeats(title: str, content: str) -> bool:
    """Whether a line says again what the first line of all says, the series' title as a rule."""
    compact = "".join(content.split())
    return min(len(title), len(compact)) >= LEAST_TITLE and (title in compact or compact in title)


def _without_page(text: str, line: Line) -> str:
    content = "".join(text[start:end] for start, end in line.pieces)
    return compiled(rf"第\s*{_NUMBER}\s*页").sub("第页", content) if "页" in content else content
