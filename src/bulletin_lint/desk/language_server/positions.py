"""Places as an editor counts them: lines and columns from 0, columns in the units that were agreed on.

Inside, columns are code points (docs/design.md, Offsets); here alone they become something else.
"""

from __future__ import annotations

import re

from lsprotocol import types

_LINE_END = re.compile(r"\r\n|\n|\r")
"""As the protocol has it; `str.splitlines` also breaks at form feeds and Unicode's separators."""
_MARK = "\ufeff"


class Lines:
    """The text that an editor holds, in lines."""

    def __init__(self, text: str, encoding: str) -> None:
        """`encoding` is utf-8, utf-16 or utf-32."""
        self.text = text
        self.lines = _LINE_END.split(text)
        self._encoding = encoding
        # The reader takes a byte order mark off the first line and does not count it.
        self._before = 1 if text.startswith(_MARK) else 0

    def position(self, line: int, column: int) -> types.Position:
        """A place of ours, both counted from 1; one beyond the text or the line is at its end."""
        index = min(line - 1, len(self.lines) - 1)
        content = self.lines[index]
        if line - 1 > index:
            return types.Position(index, units(content, self._encoding))
        before = self._before if index == 0 else 0
        return types.Position(index, units(content[: before + column - 1], self._encoding))

    def word_at(self, position: types.Position, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What a pattern finds around a place of the editor's."""
        if not 0 <= position.line < len(self.lines):
            return None
        content = self.lines[position.line]
        found = pattern.finditer(content)
        spans = ((each, units(content[: each.start()], self._encoding), each.end()) for each in found)
        return next(
            (
                each
                for each, start, end in spans
                if start <= position.character <= units(content[:end], self._encoding)
            ),
            None,
        )

    def range(self, line: int, column: int, end_line: int, end_column: int) -> types.Range:
        """What stands from one place up to another."""
        return types.Range(self.position(line, column), self.position(end_line, end_column))

    def edits_to(self, text: str) -> list[types.TextEdit]:
        """What makes another text of this: the changed stretch of each line, where lines stay lines."""
        others = _LINE_END.split(text)
        if len(others) == len(self.lines) and _LINE_END.findall(text) == _LINE_END.findall(self.text):
            pairs = enumerate(zip(self.lines, others, strict=True))
            return [self._line_edit(index, old, new) for index, (old, new) in pairs if old != new]
        end = types.Position(len(self.lines) - 1, units(self.lines[-1], self._encoding))
        return [types.TextEdit(types.Range(types.Position(0, 0), end), text)]

    def _line_edit(self, index: int, old: str, new: str) -> types.TextEdit:
        start = _shared(old, new)
        most = min(len(old), len(new)) - start
        end = _shared(old[::-1][:most], new[::-1][:most])
        places = (types.Position(index, units(old[:at], self._encoding)) for at in (start, len(old) - end))
        return types.TextEdit(types.Range(*places), new[start : len(new) - end])


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def units(text: str, encoding: str) -> int:
    """How long a text is, in units of an encoding."""
    if encoding == "utf-32":
        return len(text)
    if encoding == "utf-8":
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text) + sum(character > "\uffff" for character in text)


def overlap(one: types.Range, other: types.Range) -> bool:
    """Whether two stretches have something in common, be it a place between two characters."""
    return _key(one.start) <= _key(other.end) and _key(other.start) <= _key(one.end)


def _key(position: types.Position) -> tuple[int, int]:
    return position.line, position.character
