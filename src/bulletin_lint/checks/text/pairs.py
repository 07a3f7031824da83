"""Paired marks that close and nest: quotation marks, brackets, title marks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from itertools import accumulate, pairwise

from bulletin_lint._typing import Any, ClassVar, NamedTuple
from bulletin_lint.checks.context import MASK, CheckContext, Resources
from bulletin_lint.checks.parameters import Parameter
from bulletin_lint.checks.protocols import Check
from bulletin_lint.checks.spans import masked_text, part_at
from bulletin_lint.matching.patterns import compiled
from bulletin_lint.model.location import Span
from bulletin_lint.model.violation import Match, Outcome, Value
from bulletin_lint.model.wording import Wording

# ``1）`` and ``a)`` number an item: at the start of a block, or after the mark that ends the item before.
_ITEM_NUMBER = compiled(r"(?:[0-9]{1,3}|[A-Za-z]|[一二三四五六七八九十百]{1,4}|[ivxIVX]{1,4})$")
_BEFORE_ITEM = "，,；;。：:、 \t\u3000"
# A pair of one half-width and one full-width mark is a defect of width, not of pairing.
_WIDE = str.maketrans("()[]{}", "（）［］｛｝")
_QUOTES = "“‘"
_LONE = Wording("没有对应的", "has no")
_CROSSING = Wording("前面缺", "lacks before it")
_ROUNDS = 4
"""Levels of nesting up to which taking out all pairs at once is quickest."""


class Mark(NamedTuple):
    """A mark without a partner, or one that closes its pair while another is still open."""

    at: int
    missing: str
    block: int
    opened_at: int = -1
    """The offset of the mark that it closes, over others that are still open."""


class Balanced(Check):
    """Paired marks must close in the order in which they were opened, within one block."""

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "pairs": Parameter(
            "strings",
            "The pairs, each an opening and a closing mark; half-width brackets count as full-width ones.",
            default=("“”", "‘’", "（）", "《》", "〈〉", "【】", "〔〕"),
        ),
        "across": Parameter(
            "integer",
            "How many blocks further on a pair may close: in the next one anywhere, later at its end.",
            default=0,
        ),
        "before_number": Parameter(
            "string",
            "Characters behind which, as behind a mark or a space, the number of an item may stand, whose "
            "bracket is not opened: 1）和2）.",
        ),
        "mask": MASK,
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._on = resources.selectors(parameters["on"])
        pairs = [pair.translate(_WIDE) for pair in parameters.get("pairs") or ()]
        self._pairs = pairs
        self._closing = {pair[0]: pair[1] for pair in pairs}
        self._opening = {pair[1]: pair[0] for pair in pairs}
        self._across: int = parameters.get("across") or 0
        self._before_number = _BEFORE_ITEM + (parameters.get("before_number") or "")
        marks = "".join(pairs)
        narrow = "".join(chr(half) for half, full in _WIDE.items() if full in {ord(mark) for mark in marks})
        self._source = f"[{re.escape(marks + narrow)}\n]"
        self._scanner: re.Pattern[str] | None = None
        self._mask_names, self._masks = resources.masks(parameters)

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found, expected (the mark that is missing), fault (what is said between them)."""
        return frozenset({"found", "expected", "fault"})

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        if not context.has(self._on):
            return "cannot-assess"
        if self._scanner is None:
            self._scanner = compiled(self._source)
        document = context.document
        marks = "".join(self._scanner.findall(document.text))
        alone = self._without_pairs(marks)
        if not alone.strip("\n"):
            # All pairs close within their lines: true for most texts, and quick to see.
            return []
        text = masked_text(context, self._masks, self._mask_names)
        if text != document.text:
            marks = "".join(self._scanner.findall(text))
            alone = self._without_pairs(marks)
        known = _by_lines(text, marks, alone)
        unclosed: list[Mark] = []
        unopened: list[Mark] = []
        crossing: list[Mark] = []
        for region in context.regions(self._on):
            start = region.start
            while start < region.end:
                newline = text.find("\n", start, region.end)
                end = region.end if newline == -1 else newline
                if not self._closes_itself(text, start, end, known.get((start, end))):
                    self._block(text, start, end, document.block_at(start), unclosed, unopened, crossing)
                start = end + 1
        wrong = crossing
        if unclosed or unopened:
            wrong = wrong + self._lone(text, document.blocks, unclosed, unopened)
        matches = []
        for mark in sorted(wrong):
            span = Span(mark.at, mark.at + 1)
            values: dict[str, Value] = {
                "found": document.text[mark.at],
                "expected": mark.missing,
                "fault": _LONE if mark.opened_at < 0 else _CROSSING,
            }
            matches.append(Match(span, values, part=part_at(context, self._on, span)))
        return matches

    def _without_pairs(self, marks: str) -> str:
        """Marks without the pairs that close right after they open, and those around them."""
        marks = marks.translate(_WIDE)
        for _ in range(_ROUNDS):
            before = len(marks)
            for pair in self._pairs:
                marks = marks.replace(pair, "")
            if len(marks) == before:
                return marks
        left: list[str] = []
        for mark in marks:
            if left and self._closing.get(left[-1]) == mark:
                left.pop()
            else:
                left.append(mark)
        return "".join(left)

    def _closes_itself(self, text: str, start: int, end: int, known: tuple[str, str] | None) -> bool:
        """Whether all marks of one block are pairs, and none of them may be something else: most blocks.
        `known` are its marks, and what is left of them without pairs, if it is a line.
        """
        assert self._scanner is not None
        if known is None:
            marks = "".join(self._scanner.findall(text, start, end))
            known = marks, self._without_pairs(marks)
        marks, alone = known
        if not marks:
            return True
        if alone or "’" in marks:
            return False
        if "）" not in marks and ")" not in marks:
            return True
        closers = [match.start() for match in self._scanner.finditer(text, start, end) if match[0] in "）)"]
        return not any(self._ends_item_number(text, start, at) for at in closers)

    def _ends_item_number(self, text: str, start: int, at: int) -> bool:
        number = _ITEM_NUMBER.search(text, max(start, at - 4), at)
        if number is None:
            return False
        before = number.start()
        return before == start or text[before - 1] in self._before_number

    def _block(
        self,
        text: str,
        start: int,
        end: int,
        block: int,
        unclosed: list[Mark],
        unopened: list[Mark],
        crossing: list[Mark],
    ) -> None:
        """Pairs the marks of one block and adds what is left over to the three lists."""
        assert self._scanner is not None
        stack = _OpenMarks()
        items: list[int] = []
        crossed: list[Mark] = []
        lone: list[Mark] = []
        for match in self._scanner.finditer(text, start, end):
            at = match.start()
            char = match[0].translate(_WIDE)
            if char in self._closing:
                stack.push(char, at)
                continue
            opening = self._opening[char]
            if char == "’" and _is_apostrophe(text, at, in_quote=stack.holds("‘")):
                continue
            if char == "）" and self._ends_item_number(text, start, at):
                items.append(at)
                continue
            last = stack.last
            opened_at = stack.take(opening)
            if opened_at is None:
                lone.append(Mark(at, opening, block))
            elif opening != last:
                crossed.append(Mark(at, self._closing[last], block, opened_at))
        still_open = []
        next_item = 0
        for char, at in stack:
            while next_item < len(items) and items[next_item] <= at:
                next_item += 1
            if char == "（" and next_item < len(items):
                next_item += 1
            else:
                still_open.append(Mark(at, self._closing[char], block))
        # What it closes over closes as well, or it says itself that it does not.
        open_offsets = [mark.at for mark in still_open]
        crossing.extend(
            mark
            for mark in crossed
            if bisect_left(open_offsets, mark.opened_at) == bisect_left(open_offsets, mark.at)
        )
        unopened.extend(lone)
        unclosed.extend(_without_second_reports(text, still_open, lone))

    def _lone(self, text: str, blocks: Any, unclosed: list[Mark], unopened: list[Mark]) -> list[Mark]:
        """What stays unpaired when pairs that span several blocks are allowed for."""
        # A quotation of several paragraphs opens each of them and closes only the last
        # (GB/T 15834-2011 4.8.3.5).
        first_characters: dict[int, str] = {}

        def begins_next(mark: Mark) -> bool:
            following = mark.block + 1
            if following not in first_characters:
                words = (
                    text[slice(*blocks[following].span)].lstrip(" \u3000") if following < len(blocks) else ""
                )
                first_characters[following] = words[:1]
            return first_characters[following] == text[mark.at]

        left = sorted(mark for mark in unclosed if not (text[mark.at] in _QUOTES and begins_next(mark)))
        by_closer: dict[str, list[Mark]] = {}
        """Those of earlier blocks, by the mark that closes them."""
        waiting = iter([*left, None])
        coming = next(waiting)
        ends: dict[int, int] = {}
        alone: list[Mark] = []
        paired: set[int] = set()
        for closer in sorted(unopened):
            while coming is not None and coming.block < closer.block:
                by_closer.setdefault(coming.missing, []).append(coming)
                coming = next(waiting)
            candidates = by_closer.get(text[closer.at].translate(_WIDE))
            # If the last one is too far back, all are.
            if candidates and closer.block - candidates[-1].block <= self._reach(text, blocks, closer, ends):
                paired.add(candidates.pop().at)
            else:
                alone.append(closer)
        return [mark for mark in left if mark.at not in paired] + alone

    def _reach(self, text: str, blocks: Any, closer: Mark, ends: dict[int, int]) -> int:
        """How many blocks back a closing mark may find its partner: far only from the end of a block, or from
        its beginning, where a line was broken before it.

        `ends` are the offsets at which the words of blocks end, as far as they were asked for.
        """
        if closer.block not in ends:
            start, end = blocks[closer.block].span
            ends[closer.block] = start + len(text[start:end].rstrip("。；，.;, \u3000"))
        is_at_edge = ends[closer.block] <= closer.at + 1 or closer.at == blocks[closer.block].span.start
        return self._across if is_at_edge else min(self._across, 1)


class _OpenMarks:
    """The marks still open, in their order. Whatever is asked of them takes no longer where they are many."""

    def __init__(self) -> None:
        self._marks: list[tuple[str, int] | None] = []
        """None where one was closed out of turn."""
        self._by_char: dict[str, list[int]] = {}

    def __iter__(self) -> Iterator[tuple[str, int]]:
        return (mark for mark in self._marks if mark is not None)

    def push(self, char: str, at: int) -> None:
        """Opens a mark."""
        self._by_char.setdefault(char, []).append(len(self._marks))
        self._marks.append((char, at))

    def holds(self, char: str) -> bool:
        """Whether a mark of that kind is open."""
        return bool(self._by_char.get(char))

    @property
    def last(self) -> str:
        """The mark opened last, "" where none is open."""
        while self._marks and self._marks[-1] is None:
            self._marks.pop()
        return self._marks[-1][0] if self._marks and self._marks[-1] is not None else ""

    def take(self, char: str) -> int | None:
        """Closes the last open mark of a kind and gives its offset; None where none is open."""
        places = self._by_char.get(char)
        if not places:
            return None
        place = places.pop()
        mark = self._marks[place]
        assert mark is not None
        self._marks[place] = None
        return mark[1]


def _by_lines(text: str, marks: str, alone: str) -> dict[tuple[int, int], tuple[str, str]]:
    """The marks of each line, and what is left of them without pairs, by where the line starts and ends."""
    ends = list(accumulate([len(line) + 1 for line in text.split("\n")], initial=0))
    spans = [(start, end - 1) for start, end in pairwise(ends)]
    return dict(zip(spans, zip(marks.split("\n"), alone.split("\n"), strict=True), strict=True))


def _is_apostrophe(text: str, at: int, *, in_quote: bool) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if before.isascii() and before.isalpha():
        return not in_quote or (after.isascii() and after.isalpha())
    return after.isdigit() and not in_quote


def _without_second_reports(text: str, still_open: list[Mark], lone: list[Mark]) -> list[Mark]:
    """One report for ``“甲“`` (the second should close) and one for ``”甲“`` (both reversed)."""
    by_char: dict[str, list[Mark]] = {}
    for mark in reversed(still_open):
        by_char.setdefault(text[mark.at], []).append(mark)
    reversed_pairs: set[int] = set()
    for closer in lone:
        later = by_char.get(closer.missing, [])
        while later and later[-1].at <= closer.at:
            later.pop()
        if later:
            reversed_pairs.add(later.pop().at)
    left = [mark for mark in still_open if mark.at not in reversed_pairs]
    kept: list[Mark] = []
    for mark in left:
        if kept and text[mark.at] in _QUOTES and text[kept[-1].at] == text[mark.at]:
            kept[-1] = mark
        else:
            kept.append(mark)
    return kept
