"""What is asked of all blocks of a document before each is looked at by itself."""

from __future__ import annotations

from bulletin_lint.parsing.attributions import attribution_at_end
from bulletin_lint.parsing.echoes import Echoes
from bulletin_lint.parsing.looks import Looks
from bulletin_lint.parsing.neighbours import Repetitions, cells, leads, numbers
from bulletin_lint.parsing.words import LONGEST_LINE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.model.document import Node
    from bulletin_lint.parsing.blocks import Blocks

_LONGEST_UNIT, _SET_RIGHT = 24, 4
"""Characters of a unit's name, and columns of indent from which it is set right."""
FLUSH = 8
"""Columns of indent from which a line is set far to the right."""
_SHORTEST_SIGNED = 24
"""Characters that a line without a stop has at least where a source may stand at its end."""


class Surroundings:
    """What stands around each block, and which lines are titles for sure."""

    def __init__(self, sheet: Blocks, masthead: Node, head: int, tail: int) -> None:
        self._sheet = sheet
        self._grammar = sheet.grammar
        self._head, self._tail, self._size = head, tail, len(sheet)
        office = masthead.child("office")
        self._office = "".join(str(office.fields.get("value", office.text)).split()) if office else ""
        self._words, self._texts, self._blocks = sheet.words, sheet.texts, sheet.blocks
        self._prose = sheet.is_prose
        self._is_short = [not words.is_prose and words.marker is None for words in sheet.words]
        self._looks = Looks(sheet, head, tail)
        self.inline = [
            attribution_at_end(sheet, index) if prose or len(text) > _SHORTEST_SIGNED else None
            for index, (text, prose) in enumerate(zip(self._texts, self._prose, strict=True))
        ]
        """The attribution that a block ends in."""
        self._sources = [self._alone(index) for index in range(self._size)]
        self._is_source = [bool(found) and found[0] != "aside" for found in self._sources]
        self._add_habits()
        self._repeated = Repetitions(sheet, self._is_short, head, tail)
        self._leads = leads(sheet)
        self._title_marks: set[str] = set()
        """Marks of lines that stand where a title must, over prose."""
        self._echoes = Echoes(sheet, head, self._leads, self._certain_titles())
        self._runs = cells(sheet, self._is_short, head, gaps=self._looks.gaps >= 0.8)
        self._above, self._below = numbers(
            sheet,
            [found is not None for found in self.inline],
            [words.is_column or found for words, found in zip(sheet.words, self._is_source, strict=True)],
        )
        self._has_marked_headings = any(
            words.is_column and words.text[0] in self._grammar.marks and prose
            for words, prose in zip(sheet.words, self._prose[1:], strict=False)
        )

    def _alone(self, index: int) -> tuple[str, ...]:
        if index < self._head or len(self._texts[index]) > LONGEST_LINE or self._blocks[index].table:
            return ()
        found = self._words[index].source
        if found is not None:
            return found
        block, text = self._blocks[index], self._texts[index]
        is_right = block.indent >= max(_SET_RIGHT, self._looks.indent + 1) and block.heading == 0
        # A unit's name alone, set right, needs neither bracket nor label.
        is_unit = is_right and len(text) <= _LONGEST_UNIT and self._grammar.is_unit(text)
        return ("flush_unit",) if is_unit else ()

    def _add_habits(self) -> None:
        """A house signs in one form: lines below prose in the form of most sources are some too."""
        frames: dict[tuple[str, bool], list[int]] = {}
        for index in range(max(self._head, 1), self._size):
            words, above = self._words[index], self._words[index - 1]
            if self._is_short[index] and (above.is_prose or above.is_caption) and words.frame:
                is_flush = self._blocks[index].indent >= FLUSH
                # Words without a mark may be a title over its text.
                is_over_text = index + 1 < self._size and self._prose[index + 1]
                if words.frame != "x" or (is_flush and not is_over_text):
                    frames.setdefault((words.frame, is_flush), []).append(index)
        for lines in frames.values():
            if len(lines) > 1 and 2 * sum(self._is_source[index] for index in lines) > len(lines):
                for index in lines:
                    self._sources[index] = ("habit", *self._sources[index])
                    self._is_source[index] = True

    def _certain_titles(self) -> list[int]:
        """Titles for sure: lines that the contents list, or that stand below a column or an attribution."""
        sheet = self._sheet
        titles: list[int] = []
        lines: list[int] = []
        is_due, marks = False, self._grammar.marks
        for index in range(self._head, min(self._tail, self._size)):
            words = self._words[index]
            if sheet.is_heading_like[index]:
                if is_due or self._repeated.is_listed(index):
                    titles.append(index)
                if not words.is_bracketed and not words.is_caption:
                    lines.append(index)
            elif is_due and words.text[0] in marks and index + 1 < self._size and self._prose[index + 1]:
                self._title_marks.update(words.text[0] * (self._texts[index + 1][0] not in marks))
            is_due = words.is_column or self._is_source[index] or self.inline[index] is not None
        if not titles:
            titles = [index for index in lines if index + 1 < self._size and self._prose[index + 1]][:1]
        self._looks.compare_with(titles, lines)
        return titles
