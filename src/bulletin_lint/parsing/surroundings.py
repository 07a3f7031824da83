"""What is asked of all blocks of a document before each is looked at by itself."""

from __future__ import annotations

from bulletin_lint.parsing.attributions import attribution_at_end, source_facts
from bulletin_lint.parsing.echoes import Echoes
from bulletin_lint.parsing.looks import Looks
from bulletin_lint.parsing.neighbours import LONGEST_ENTRY, LONGEST_LINE, Repetitions, cells, numbers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.model.document import Node
    from bulletin_lint.parsing.attributions import Attribution
    from bulletin_lint.parsing.blocks import Blocks

SHORTEST_TEXT = 24
"""Characters up to which a sentence is asked for what a line without a stop is."""
_LONGEST_SENTENCE = 40
"""Characters up to which a sentence is asked for all forms of lines."""


class Surroundings:
    """The forms of all blocks, what stands around each, and which lines are titles for sure."""

    def __init__(self, sheet: Blocks, masthead: Node, head: int, tail: int) -> None:
        self._sheet = sheet
        self._grammar = sheet.grammar
        self._head, self._tail, self._size = head, tail, len(sheet)
        office = masthead.child("office")
        self._office = "".join(str(office.fields.get("value", office.text)).split()) if office else ""
        self._texts = sheet.texts[: self._size]
        self._is_short = [
            not prose and marker is None for prose, marker in zip(sheet.is_prose, sheet.markers, strict=True)
        ]
        self._looks = Looks(sheet, head, tail)
        self.inline = [self._at_end(index) for index in range(self._size)]
        """The attribution that a block ends in."""
        self._sources = [self._alone(index) for index in range(self._size)]
        self._repeated = Repetitions(sheet, self._is_short, head, tail)
        self._echoes = Echoes(sheet, head, self._certain_titles())
        self._runs = cells(sheet, self._is_short, head, gaps=self._looks.gaps >= 0.8)
        self._above, self._below = numbers(
            sheet,
            [found is not None for found in self.inline],
            [column or self._is_source(index) for index, column in enumerate(sheet.is_column)],
        )
        self._has_marked_headings = any(
            column and text[0] in self._grammar.marks and prose
            for column, text, prose in zip(sheet.is_column, self._texts, sheet.is_prose[1:], strict=False)
        )

    def _forms(self, index: int, names: tuple[str, ...]) -> list[str]:
        """Those of some forms of lines that a block has: a masthead's lines have none, nor has a sentence."""
        text = self._texts[index]
        longest = _LONGEST_SENTENCE if self._sheet.is_prose[index] else LONGEST_ENTRY
        return self._grammar.forms_of(text, names) if len(text) <= longest and index >= self._head else []

    def _at_end(self, index: int) -> Attribution | None:
        text = self._texts[index]
        if len(text) <= SHORTEST_TEXT and not self._sheet.is_prose[index]:
            return None
        return attribution_at_end(self._sheet, index)

    def _alone(self, index: int) -> tuple[str, ...]:
        if index < self._head or len(self._texts[index]) > LONGEST_LINE or self._sheet.blocks[index].table:
            return ()
        return source_facts(self._sheet, index, self._looks.indent)

    def _is_source(self, index: int) -> bool:
        found = self._sources[index]
        return bool(found) and found[0] != "aside"

    def _is_bracketed(self, index: int) -> bool:
        text = self._texts[index]
        return text[0] in "（(【" and text[-1] in "）)】"

    def _certain_titles(self) -> list[int]:
        """Titles for sure: lines that the contents list, or that stand below a column or an attribution."""
        sheet = self._sheet
        titles: list[int] = []
        lines: list[int] = []
        is_due = False
        for index in range(self._head, min(self._tail, self._size)):
            is_source = self.inline[index] is not None or self._is_source(index)
            if sheet.is_heading_like[index]:
                if is_due or self._repeated.is_listed(index):
                    titles.append(index)
                if not self._is_bracketed(index) and not self._grammar.is_caption(self._texts[index]):
                    lines.append(index)
            is_due = is_source or sheet.is_column[index]
        if not titles:
            titles = [index for index in lines if index + 1 < self._size and sheet.is_prose[index + 1]][:1]
        self._looks.compare_with(titles, lines)
        return titles
