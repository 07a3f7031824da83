"""Paired marks that close and nest: quotation marks, brackets, title marks."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bulletin_lint._typing import Any, ClassVar, NamedTuple
from bulletin_lint.checks.context import MASK, CheckContext, Resources
from bulletin_lint.checks.parameters import Parameter
from bulletin_lint.checks.protocols import Check
from bulletin_lint.checks.spans import masked_text, part_at
from bulletin_lint.matching.patterns import compiled
from bulletin_lint.model.location import Span
from bulletin_lint.model.violation import Match, Outcome

# ``1）`` and ``a)`` number an item: at the start of a block, or after the mark that ends the item before.
_ITEM_NUMBER = compiled(r"(?:[0-9]{1,3}|[A-Za-z]|[一二三四五六七八九十百]{1,4}|[ivxIVX]{1,4})$")
_BEFORE_ITEM = "，,；;。：:、 \t\u3000和及或至第"
# A pair of one half-width and one full-width mark is a defect of width, not of pairing.
_WIDE = str.maketrans("()[]{}", "（）［］｛｝")
_QUOTES = "“‘"


class Mark(NamedTuple):
    """A mark without a partner, or one that closes its pair while another is still open."""

    at: int
    missing: str
    block: int
    over: tuple[int, ...] = ()
    """The offsets of the marks still open where this one closes its pair."""


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
        "mask": MASK,
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._on = resources.selectors(parameters["on"])
        pairs = [pair.translate(_WIDE) for pair in parameters.get("pairs") or ()]
        self._pairs = pairs
        self._closing = {pair[0]: pair[1] for pair in pairs}
        self._opening = {pair[1]: pair[0] for pair in pairs}
        self._across: int = parameters.get("across") or 0
        marks = "".join(pairs)
        narrow = "".join(chr(half) for half, full in _WIDE.items() if full in {ord(mark) for mark in marks})
        self._source = f"[{re.escape(marks + narrow)}\n]"
        self._scanner: re.Pattern[str] | None = None
        self._mask_names, self._masks = resources.masks(parameters)

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found, expected (the mark that is missing)."""
        return frozenset({"found", "expected"})

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        if not context.select(self._on):
            return "cannot-assess"
        if self._scanner is None:
            self._scanner = compiled(self._source)
        document = context.document
        if self._is_balanced(document.text):
            return []
        text = masked_text(context, self._masks, self._mask_names)
        unclosed: list[Mark] = []
        unopened: list[Mark] = []
        crossing: list[Mark] = []
        for region in context.regions(self._on):
            start = region.start
            while start < region.end:
                newline = text.find("\n", start, region.end)
                end = region.end if newline == -1 else newline
                if not self._closes_itself(text, start, end):
                    self._block(text, start, end, document.block_at(start), unclosed, unopened, crossing)
                start = end + 1
        marks = crossing
        if unclosed or unopened:
            marks = marks + self._lone(text, document.blocks, unclosed, unopened)
        matches = []
        for mark in sorted(marks):
            span = Span(mark.at, mark.at + 1)
            values = {"found": document.text[mark.at], "expected": mark.missing}
            matches.append(Match(span, values, part=part_at(context, self._on, span)))
        return matches

    def _is_balanced(self, text: str) -> bool:
        """Whether all pairs close within their lines: true for most texts, and quick to see."""
        assert self._scanner is not None
        return not self._without_pairs("".join(self._scanner.findall(text))).strip("\n")

    def _without_pairs(self, marks: str) -> str:
        """Marks without the pairs that close right after they open, and those around them."""
        marks = marks.translate(_WIDE)
        before = -1
        while len(marks) != before:
            before = len(marks)
            for pair in self._pairs:
                marks = marks.replace(pair, "")
        return marks

    def _closes_itself(self, text: str, start: int, end: int) -> bool:
        """Whether all marks of one block are pairs, and none of them may be something else: most blocks."""
        assert self._scanner is not None
        marks = "".join(self._scanner.findall(text, start, end))
        if not marks:
            return True
        if "’" in marks or self._without_pairs(marks):
            return False
        if "）" not in marks and ")" not in marks:
            return True
        closers = [match.start() for match in self._scanner.finditer(text, start, end) if match[0] in "）)"]
        return not any(_ends_item_number(text, start, at) for at in closers)

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
        stack: list[tuple[str, int]] = []
        items: list[int] = []
        crossed: list[Mark] = []
        lone: list[Mark] = []
        for match in self._scanner.finditer(text, start, end):
            at = match.start()
            char = match[0].translate(_WIDE)
            if char in self._closing:
                stack.append((char, at))
                continue
            opening = self._opening[char]
            if char == "’" and _is_apostrophe(text, at, [mark for mark, _ in stack]):
                continue
            if char == "）" and _ends_item_number(text, start, at):
                items.append(at)
                continue
            if stack and stack[-1][0] == opening:
                stack.pop()
                continue
            position = max((i for i, (mark, _) in enumerate(stack) if mark == opening), default=-1)
            if position == -1:
                lone.append(Mark(at, opening, block))
            else:
                over = tuple(offset for _, offset in stack[position + 1 :])
                crossed.append(Mark(at, self._closing[stack[-1][0]], block, over))
                del stack[position]
        still_open = []
        for char, at in stack:
            later = next((item for item in items if char == "（" and item > at), None)
            if later is not None:
                items.remove(later)
            else:
                still_open.append(Mark(at, self._closing[char], block))
        open_offsets = {mark.at for mark in still_open}
        crossing.extend(mark for mark in crossed if not open_offsets.intersection(mark.over))
        unopened.extend(lone)
        unclosed.extend(_without_second_reports(text, still_open, lone))

    def _lone(self, text: str, blocks: Any, unclosed: list[Mark], unopened: list[Mark]) -> list[Mark]:
        """What stays unpaired when pairs that span several blocks are allowed for."""
        # A quotation of several paragraphs opens each of them and closes only the last
        # (GB/T 15834-2011 4.8.3.5).
        left = [
            mark
            for mark in unclosed
            if not (
                text[mark.at] in _QUOTES
                and mark.block + 1 < len(blocks)
                and text[slice(*blocks[mark.block + 1].span)].lstrip(" \u3000").startswith(text[mark.at])
            )
        ]
        alone = []
        for closer in unopened:
            partner = next(
                (
                    mark
                    for mark in reversed(left)
                    if mark.missing == text[closer.at].translate(_WIDE)
                    and 0 < closer.block - mark.block <= self._reach(text, blocks, closer)
                ),
                None,
            )
            if partner is None:
                alone.append(closer)
            else:
                left.remove(partner)
        return left + alone

    def _reach(self, text: str, blocks: Any, closer: Mark) -> int:
        """How many blocks back a closing mark may find its partner: far only from the end of a block."""
        rest = text[closer.at + 1 : blocks[closer.block].span.end]
        return self._across if not rest.strip("。；，.;, \u3000") else min(self._across, 1)


def _is_apostrophe(text: str, at: int, still_open: list[str]) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if before.isascii() and before.isalpha():
        return "‘" not in still_open or (after.isascii() and after.isalpha())
    return after.isdigit() and "‘" not in still_open


def _ends_item_number(text: str, start: int, at: int) -> bool:
    number = _ITEM_NUMBER.search(text, max(start, at - 4), at)
    if number is None:
        return False
    before = number.start()
    return before == start or text[before - 1] in _BEFORE_ITEM


def _without_second_reports(text: str, still_open: list[Mark], lone: list[Mark]) -> list[Mark]:
    """One report for ``“甲“`` (the second should close) and one for ``”甲“`` (both reversed)."""
    left = list(still_open)
    for closer in lone:
        reversed_pair = next(
            (mark for mark in left if mark.at > closer.at and text[mark.at] == closer.missing), None
        )
        if reversed_pair is not None:
            left.remove(reversed_pair)
    kept: list[Mark] = []
    for mark in left:
        if kept and text[mark.at] in _QUOTES and text[kept[-1].at] == text[mark.at]:
            kept[-1] = mark
        else:
            kept.append(mark)
    return kept
