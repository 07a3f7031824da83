"""Marks inside a line: emphasis, links, tags, escapes, entities that stand for space.

Every pattern here is linear, because a line may be as long as a file.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from bulletin_lint._typing import NamedTuple
from bulletin_lint.matching.patterns import compiled
from bulletin_lint.readers.text.hidden import URL_CHARACTERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


Pair = tuple[int, int]
"""A half-open range of offsets into the text."""

INLINE = r"[*_`\\\[<&\0]"
"""What a line without marks has none of."""

_LEAD_IN = r"\*\*(?!\s)([^*_`\\\[<&\0]+)(?<![\s0-9])\*\*[^*_`\\\[<&\0]*"
"""Bold words at the start and no other mark: what most lines with marks are, told without the machinery."""

_LITERAL = r"\\(?:[!-/:-@\[-`{-~]|$)|(?<!`)`[^`]+`(?!`)|(?<!`)``(?!`)(?:[^`]|`(?!`))+``(?!`)"
_TAG = (
    r"</?(?P<name>[A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*)?/?>"
    r"|<(?:(?:https?://|mailto:)[^\s<>]+|[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,255})>"
)
_ENTITY = r"&(?:nbsp|ensp|emsp|thinsp|#160|#xa0|#xA0|#12288|#x3000|#8194|#8195);"
_LINK = (
    r"(?P<open>!?\[)|\](?:\((?P<url>(?:[^\s()<>]|\([^\s()<>]{0,100}\)){0,500}|<[^<>\n]{0,500}>)"
    r"(?:[ \t]+\"[^\"]{0,200}\")?\))?"
)
"""A target holds brackets in pairs, as names of files do: ``[通知](files/通知(2).pdf)``."""
_RUN = r"\*+|_+|\n"
"""A line feed stands where a tag ends a block or cell: no emphasis reaches beyond it."""

# fmt: off
_BLOCK_TAGS = frozenset((
    "blockquote", "center", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre",
    "table", "tbody", "tfoot", "thead", "tr", "ul",
))
_TAGS = _BLOCK_TAGS | frozenset((
    "a", "b", "big", "br", "code", "dd", "del", "dl", "dt", "em", "font", "i", "img", "ins", "mark", "s",
    "kbd", "samp", "small", "span", "strike", "strong", "sub", "sup", "td", "th", "tt", "u",
))
# fmt: on
_BOLD_TAGS = ("b", "strong")
_CELL_TAGS = ("td", "th")
_CODE_TAGS = ("code", "kbd", "pre", "samp", "tt")

_OPENERS_TRIED = 8
"""How far back a closing mark looks for its partner; keeps a line of a million stars linear."""

_OPENERS_KEPT = 64
"""How many marks wait for a partner at a time; bounds the memory such a line takes."""

_LONGEST_RUN = {"*": 4, "_": 2}
"""Longer runs are no emphasis: ``____`` is a blank to fill in, ``*****`` hides a number."""


class Break(NamedTuple):
    """A tag that ends a line."""

    start: int
    end: int
    name: str


class Segment(NamedTuple):
    """What lies between two breaks of a line, with the marks in it."""

    start: int
    end: int
    cuts: list[Pair]
    bold: tuple[Pair, ...]
    cells: list[Pair]
    heading: int
    begins_block: bool
    blank: bool
    """If it has no content, it is a blank line."""
    rule: bool
    """A rule stands before it."""


class Marks:
    """The marks of one line, as spans of the text."""

    __slots__ = ("bold", "breaks", "cells", "cuts", "images", "verbatim")

    def __init__(self) -> None:
        self.cuts: list[Pair] = []
        """What is not content, in order and not overlapping."""
        self.bold: list[Pair] = []
        self.cells: list[Pair] = []
        self.breaks: list[Break] = []
        self.verbatim: list[Pair] = []
        """Content to be left letter by letter: code, and addresses that are marked as such."""
        self.images = False

    def segments(self, start: int, end: int) -> Iterator[Segment]:
        """The lines that HTML's breaks make of this one."""
        previous: Break | None = None
        for following in [*self.breaks, None]:
            stop = following.start if following else end
            name = previous.name if previous else ""
            yield Segment(
                start,
                stop,
                _within(self.cuts, start, stop),
                tuple(_clipped(self.bold, start, stop)),
                _within(self.cells, start, stop),
                int(name[1]) if name[:1] == "h" and name != "hr" else 0,
                name not in ("", "br"),
                self.images or (name == "br" and following is not None and following.name == "br"),
                name == "hr",
            )
            previous = following
            start = following.end if following else end


def _within(spans: list[Pair], start: int, stop: int) -> list[Pair]:
    return spans[bisect_left(spans, (start, 0)) : bisect_left(spans, (stop, 0))]


def _clipped(spans: list[Pair], start: int, stop: int) -> list[Pair]:
    """The spans' parts between two offsets; spans are in order and do not overlap."""
    first = bisect_left(spans, (start, 0))
    inside = _within(spans, start, stop)
    if first and spans[first - 1][1] > start:
        inside.insert(0, (start, spans[first - 1][1]))
    return [(begin, min(end, stop)) for begin, end in inside]


def pieces_between(text: str, start: int, end: int, cuts: list[Pair]) -> list[Pair]:
    """The content from `start` to `end`: without the cuts, and without white space at its ends."""
    pieces: list[Pair] = []
    position = start
    for cut_start, cut_end in _within(cuts, start, end):
        if position < cut_start:
            pieces.append((position, cut_start))
        position = cut_end
    if position < end:
        pieces.append((position, end))
    while pieces and (lead := _leading(text[slice(*pieces[0])])):
        first, last = pieces[0]
        pieces[:1] = [(first + lead, last)] if first + lead < last else []
    while pieces and (bare := len(text[slice(*pieces[-1])].rstrip())) < pieces[-1][1] - pieces[-1][0]:
        first, last = pieces[-1]
        pieces[-1:] = [(first, first + bare)] if bare else []
    return pieces


def _merged(spans: list[Pair], origin: int) -> list[Pair]:
    """Spans of a line as spans of the text: in order, those that overlap as one."""
    merged: list[Pair] = []
    for start, end in sorted(spans):
        start, end = start + origin, end + origin
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _leading(stretch: str) -> int:
    return len(stretch) - len(stretch.lstrip())


def find_marks(text: str, start: int, end: int) -> Marks:
    """The marks of the line that stands at a span of the text.

    The text has NUL where something was blotted out already; those are marks too.
    """
    if (lead := compiled(_LEAD_IN).fullmatch(text, start, end)) is not None:
        marks = Marks()
        bold = lead.span(1)
        marks.cuts = [(start, bold[0]), (bold[1], bold[1] + 2)]
        marks.bold = [bold]
        return marks
    finder = _MarkFinder(text[start:end], start)
    finder.find()
    return finder.marks


class _MarkFinder:
    """Takes the kinds of mark one after the other; each is blotted out for the next, because what
    stands in code, tags and addresses is no emphasis. Offsets within are the line's.
    """

    __slots__ = ("_bold", "_bold_tag", "_cell_start", "_code_start", "_cuts", "_line", "_origin", "marks")

    def __init__(self, line: str, origin: int) -> None:
        self._line = line
        self._origin = origin
        self._cuts: list[Pair] = []
        self._bold: list[Pair] = []
        self._bold_tag = -1
        self._cell_start = -1
        self._code_start = -1
        self.marks = Marks()

    def find(self) -> None:
        """Fills `marks`."""
        line = self._line
        if "\0" in line:
            self._cuts += [match.span() for match in compiled("\0+").finditer(line)]
        if "\\" in line or "`" in line:
            self._line = compiled(_LITERAL).sub(self._take_literal, self._line)
        if "<" in line:
            self._line = compiled(_TAG).sub(self._take_tag, self._line)
        if "&" in line:
            self._line = compiled(_ENTITY).sub(self._take_entity, self._line)
        if "](" in line:
            self._take_links()
        if "*" in line or "_" in line:
            self._take_emphasis()
        self.marks.cuts = _merged(self._cuts, self._origin)
        self.marks.bold = _merged(self._bold, self._origin)

    def _take_literal(self, match: re.Match[str]) -> str:
        start, end = match.span()
        width = 2 if match[0].startswith("``") else 1
        self._cuts.append((start, start + width))
        if match[0][0] == "\\":
            return "\0."[: end - start]
        self._cuts.append((end - width, end))
        self._keep(start + width, end - width)
        return "x" * (end - start)

    def _keep(self, start: int, end: int) -> None:
        self.marks.verbatim.append((start + self._origin, end + self._origin))

    def _take_tag(self, match: re.Match[str]) -> str:
        start, end = match.span()
        name = match["name"]
        if name is None:
            self._cuts.append((start, start + 1))
            self._cuts.append((end - 1, end))
            self._keep(start + 1, end - 1)
            return "x" * (end - start)
        name = name.lower()
        if name not in _TAGS or self._line.endswith("](", 0, start):
            # Behind a link's words <b 2.md> is where it leads to.
            return match[0]
        self._cuts.append((start, end))
        closes = match[0][1] == "/"
        if name in _CODE_TAGS:
            if closes and self._code_start >= 0:
                self._keep(self._code_start, start)
            self._code_start = -1 if closes else end
        if name == "br" or name in _BLOCK_TAGS:
            # What follows a closing tag begins anew, but as no heading.
            kind = "p" if closes else name
            self.marks.breaks.append(Break(start + self._origin, end + self._origin, kind))
        elif name in _BOLD_TAGS:
            if closes and self._bold_tag >= 0:
                self._bold.append((self._bold_tag, start))
            self._bold_tag = -1 if closes else end
        elif name in _CELL_TAGS:
            if closes and self._cell_start >= 0:
                self.marks.cells.append((self._cell_start + self._origin, start + self._origin))
            self._cell_start = -1 if closes else end
        elif name == "img":
            self.marks.images = True
        ends_emphasis = name in _BLOCK_TAGS or name in _CELL_TAGS
        return ("\n" if ends_emphasis else "\0") * (end - start)

    def _take_entity(self, match: re.Match[str]) -> str:
        self._cuts.append(match.span())
        return " " * len(match[0])

    def _take_links(self) -> None:
        opened: list[Pair] = []
        taken: list[Pair] = []
        for match in compiled(_LINK).finditer(self._line):
            if match["open"]:
                opened.append(match.span())
                continue
            if not opened:
                continue
            start, text_start = opened.pop()
            if match["url"] is None or URL_CHARACTERS.isdisjoint(match["url"]):
                continue
            if text_start - start == 2:
                # A picture's description is not part of the text.
                self.marks.images = True
                taken.append((start, match.end()))
            else:
                taken += ((start, text_start), match.span())
        self._cuts += taken
        parts: list[str] = []
        done = 0
        for start, end in sorted(taken):
            if end > done:
                start = max(start, done)
                parts += (self._line[done:start], "\0" * (end - start))
                done = end
        self._line = "".join(parts) + self._line[done:]

    def _take_emphasis(self) -> None:
        """CommonMark's pairing of runs, except that punctuation beside a star does not matter:
        Chinese sets no space there, and ``**甲。**乙`` is meant as bold.
        """
        openers: dict[str, list[list[int]]] = {"*": [], "_": []}
        for match in compiled(_RUN).finditer(self._line):
            start, end = match.span()
            mark = self._line[start]
            if mark == "\n":
                openers = {"*": [], "_": []}
                continue
            if end - start > _LONGEST_RUN[mark]:
                continue
            opens, closes = self._flanks(mark, start, end)
            stack = openers[mark]
            if end - start == 4 and stack and opens and closes:
                # ``**甲****乙**`` comes from converters that close one bold run and open the next.
                self._close(openers, mark, start, end - 2, opens=False)
                start, closes = end - 2, False
            if closes:
                start = self._close(openers, mark, start, end, opens=opens)
            if opens and start < end:
                stack.append([start, end, closes])
                del stack[:-_OPENERS_KEPT]

    def _flanks(self, mark: str, start: int, end: int) -> tuple[bool, bool]:
        """Whether a run can open and can close emphasis."""
        line = self._line
        before = line[start - 1] if start else " "
        after = line[end] if end < len(line) else " "
        opens, closes = not after.isspace(), not before.isspace()
        if mark == "_":
            return opens and not before.isalnum(), closes and not after.isalnum()
        if _is_figure(before, end - start) and _is_figure(after, end - start):
            # 5*3 multiplies.
            return False, False
        return opens, closes

    def _close(
        self, openers: dict[str, list[list[int]]], mark: str, start: int, end: int, *, opens: bool
    ) -> int:
        """Pairs a closing run with what was opened; returns where its unpaired rest begins."""
        stack = openers[mark]
        while start < end and stack:
            length = end - start
            for depth in range(1, min(len(stack), _OPENERS_TRIED) + 1):
                opener = stack[-depth]
                opened = opener[1] - opener[0]
                # CommonMark's rule of three keeps ``**甲*乙**`` from pairing two with one.
                if not ((opens or opener[2]) and (opened + length) % 3 == 0 and (opened % 3 or length % 3)):
                    break
            else:
                break
            width = 2 if opened >= 2 and length >= 2 else 1
            self._cuts.append((opener[1] - width, opener[1]))
            self._cuts.append((start, start + width))
            if width == 2:
                self._bold.append((opener[1], start))
            opener[1] -= width
            start += width
            del stack[len(stack) - depth + (opener[1] > opener[0]) :]
            for crossed in openers.values():
                while crossed and crossed[-1][0] > opener[1]:
                    crossed.pop()
        return start


def _is_figure(character: str, run: int) -> bool:
    if not character.isascii():
        return False
    return character.isalnum() if run == 1 else character.isdigit()
