"""How lines are set, compared with the prose and with the certain titles of the same document."""

from __future__ import annotations

from collections import Counter

from bulletin_lint._typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_lint.parsing.blocks import Blocks

_LONG = 30
"""Characters of a paragraph that shows how prose is set."""
_LARGER = 1.1
_MOSTLY = 0.9
_ALIKE = 6
"""Facts of seven that must agree for two lines to be set alike."""


class _Setting(NamedTuple):
    """How a line is set."""

    gap: bool
    gap_below: bool
    heading: int
    bold: bool
    indented: bool
    centred: bool
    size: int


class Looks:
    """The layout of a document's lines."""

    def __init__(self, sheet: Blocks, head: int, tail: int) -> None:
        self._sheet = sheet
        blocks = sheet.blocks
        prose = [
            blocks[index]
            for index in range(head, tail)
            if sheet.is_prose[index] and len(sheet.texts[index]) > _LONG
        ]
        middle = len(prose) // 2
        self.indent = sorted(block.indent for block in prose)[middle] if prose else 0
        """The usual indent of prose, in columns."""
        self._size = sorted(block.size for block in prose)[middle] if prose else 0.0
        self.gaps = sum(block.gap for block in prose) / len(prose) if prose else 0.0
        """The share of paragraphs that a gap sets apart."""
        self._titles: dict[int, _Setting] = {}
        self._settings: dict[int, _Setting] = {}
        self._differ = False
        self._levels: list[int] = []
        self._usual_level = 0

    def compare_with(self, titles: Sequence[int], lines: Sequence[int]) -> None:
        """Sets what lines are compared with: certain titles, among all lines that could be one."""
        self._titles = {index: self._setting(index) for index in titles}
        first = self._setting(lines[0]) if lines else None
        self._differ = any(self._setting(index) != first for index in lines)
        self._levels = [setting.heading for setting in self._titles.values() if setting.heading]
        if self._levels:
            self._usual_level = Counter(self._levels).most_common(1)[0][0]
        self._kinds = Counter(self._titles.values())
        self._any_gap = any(setting.gap for setting in self._titles.values())

    def _setting(self, index: int) -> _Setting:
        known = self._settings.get(index)
        if known is None:
            block = self._sheet.blocks[index]
            below = index + 1 >= len(self._sheet) or self._sheet.blocks[index + 1].gap
            known = self._settings[index] = _Setting(
                block.gap,
                below,
                block.heading,
                self._is_bold(index),
                block.indent >= 2,
                block.centred,
                round(block.size),
            )
        return known

    def _is_bold(self, index: int) -> bool:
        block = self._sheet.blocks[index]
        if not block.bold:
            return False
        bold = sum(end - start for start, end in block.bold)
        return bold >= _MOSTLY * (block.span.end - block.span.start)

    def add_facts(self, index: int, facts: dict[str, float]) -> None:
        """Adds the features of a line that may be a title or a sub-heading."""
        block, setting = self._sheet.blocks[index], self._setting(index)
        if self._differ:
            own = index in self._titles
            alike = [
                sum(map(_same, setting, kind))
                for kind, count in self._kinds.items()
                if not own or count > 1 or kind != setting
            ]
            if alike:
                facts["like" if max(alike) >= _ALIKE else "unlike"] = 1.0
        if self.gaps < 0.5:
            if block.gap:
                facts["gap_alone"] = 1.0
            elif self._any_gap:
                facts["no_gap"] = 1.0
        if block.gap:
            facts["gap_above"] = 1.0
        if block.heading:
            facts["md"] = 1.0
            if index > 0 and self._sheet.blocks[index - 1].heading == block.heading:
                facts["md_same_above"] = 1.0
            if self._levels:
                level = block.heading - self._usual_level
                facts["md_same" if level == 0 else "md_deeper" if level > 0 else "md_higher"] = 1.0
        if self._size and block.size > _LARGER * self._size:
            facts["larger"] = 1.0
        if block.centred:
            facts["centred"] = 1.0
        if setting.bold:
            facts["bold"] = 1.0
        if self.indent >= 2 and abs(block.indent - self.indent) <= 1:
            facts["indent_like_prose"] = 1.0


def _same(one: object, other: object) -> bool:
    return one == other
