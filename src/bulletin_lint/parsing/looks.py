"""How lines are set, compared with the prose and with the certain titles of the same document."""

from __future__ import annotations

from collections import Counter
from operator import eq

from bulletin_lint._typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bulletin_lint.model.document import Block
    from bulletin_lint.parsing.blocks import Blocks

_LONG = 30
"""Characters of a paragraph that shows how prose is set."""
_LARGER = 1.1
_MOSTLY = 0.9
_FAR_IN, _ASTRAY = 6, 2
"""Columns of indent of a line that is centred, and columns that the middles of two such lines may differ."""
_EACH_APART = 0.95
"""Share of paragraphs with a gap above from which a gap parts nothing: each line has one."""
_ENOUGH_TITLES = 3
"""Certain titles all of which stand below a gap where it is no accident."""
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
        prose = [blocks[index] for index in range(head, tail) if sheet.is_prose[index]]
        prose = [block for block in prose if block.span.end - block.span.start > _LONG] or prose
        middle = len(prose) // 2
        self.indent = sorted(block.indent for block in prose)[middle] if prose else 0
        """The usual indent of prose, in columns."""
        self._size = sorted(block.size for block in prose)[middle] if prose else 0.0
        inner = [
            blocks[at].gap for at in range(head + 1, tail) if sheet.is_prose[at] and sheet.is_prose[at - 1]
        ]
        inner = inner or [block.gap for block in prose]
        self.gaps = sum(inner) / len(inner) if inner else 0.0
        """The share of paragraphs that a gap sets apart, of those below others where there are such."""
        self._titles: dict[int, _Setting] = {}
        self._settings: dict[int, _Setting] = {}
        self._differ = False
        self._usual_level = 0
        self._facts: dict[tuple[_Setting, bool, int, float, int], tuple[str, ...]] = {}

    def compare_with(self, titles: Sequence[int], lines: Sequence[int]) -> None:
        """Sets what lines are compared with: certain titles, among all lines that could be one."""
        self._titles = {index: self._setting(index) for index in titles}
        first = self._setting(lines[0]) if lines else None
        self._differ = any(self._setting(index) != first for index in lines)
        levels = [setting.heading for setting in self._titles.values() if setting.heading]
        if 2 * len(levels) > len(titles):
            self._usual_level = Counter(levels).most_common(1)[0][0]
        self._kinds = Counter(self._titles.values())
        gaps = [setting.gap for setting in self._titles.values()]
        self._any_gap = any(gaps)
        self._all_gaps = len(gaps) >= _ENOUGH_TITLES and all(gaps)

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

    def share_axis(self, index: int) -> bool:
        """Whether a line and the next are set far in, one right below the other, round the same middle or
        from the same column on; where every line has a gap above, also across that.
        """
        blocks, texts, least = self._sheet.blocks, self._sheet.texts, max(_FAR_IN, self.indent + 2)
        if index < 0 or blocks[index].indent < least:
            return False
        block, below = blocks[index], blocks[index + 1]
        return (
            below.indent >= least
            and (not below.gap or self.gaps > _EACH_APART)
            and (
                block.indent == below.indent
                or abs(block.indent + len(texts[index]) - below.indent - len(texts[index + 1])) <= _ASTRAY
            )
        )

    def facts(self, index: int) -> tuple[str, ...]:
        """The features of a line that may be a title or a sub-heading."""
        block, setting = self._sheet.blocks[index], self._setting(index)
        above = self._sheet.blocks[index - 1].heading if index else 0
        key = setting, index in self._titles, above, block.size, block.indent
        known = self._facts.get(key)
        if known is None:
            known = self._facts[key] = (
                *self._likeness(setting, is_title=index in self._titles),
                *self._layout(setting, block, above),
            )
        return known

    def _likeness(self, setting: _Setting, *, is_title: bool) -> Iterator[str]:
        alike = [
            sum(map(eq, setting, kind))
            for kind, count in (self._kinds.items() if self._differ else ())
            if not is_title or count > 1 or kind != setting
        ]
        if alike:
            yield "like" if max(alike) >= _ALIKE else "unlike"

    def _apart(self, setting: _Setting) -> Iterator[str]:
        """What a gap above says, or that there is none, where paragraphs have none."""
        if setting.gap:
            yield "gap_alone"
        elif self._any_gap:
            yield "no_gap"
            if self._all_gaps:
                yield "gap_wanted"

    def _layout(self, setting: _Setting, block: Block, above: int) -> Iterator[str]:
        if setting.gap and self.gaps <= _EACH_APART:
            yield "gap_above"
        if self.gaps < 0.5:
            yield from self._apart(setting)
        if setting.heading:
            yield "md"
            if above == setting.heading:
                yield "md_same_above"
            if self._usual_level:
                deeper = setting.heading - self._usual_level
                yield "md_same" if deeper == 0 else "md_deeper" if deeper > 0 else "md_higher"
        elif self._usual_level:
            yield "md_none"
        if self._size and block.size > _LARGER * self._size:
            yield "larger"
        if setting.centred:
            yield "centred"
        if setting.bold:
            yield "bold"
        if self.indent >= 2:
            if abs(block.indent - self.indent) <= 1:
                yield "indent_like_prose"
            elif block.indent < self.indent:
                yield "not_indented"
