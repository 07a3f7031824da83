"""Label words and how they are found in a line: 责编：, 报 alone, 文字、编辑：."""

from __future__ import annotations

import re
from itertools import pairwise

from bulletin_lint._typing import NamedTuple
from bulletin_lint.matching.patterns import compiled
from bulletin_lint.model.location import Span
from bulletin_lint.parsing.cell_bars import cells_apart

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


_COLONS = "：:"
_COLON = compiled("[：:]")
UNKNOWN_LABEL = compiled("[ \u3000\t][\u4e00-\u9fff]{2,6}[：:]")
"""A label that the packs do not know, with the last of the spaces before it: it ends the value before it all
the same."""
_LABEL_END = compiled("[：:】]")
_LABEL_LEADS = frozenset(" \u3000（(【[")
"""What may stand before a label at the start of a line."""
_LAYOUT_SPACE = " \u3000\t"
_BARE = compiled(
    "(?<=[ \u3000\t])[\u4e00-\u9fff]{2,6}"
    "(?=[ \u3000\t]{1,2}(?:[\u4e00-\u9fff]{2,4}|[0-9（(][0-9（）() -]{6,16})(?:[ \u3000\t]|$))"
)
"""A word with space before it and behind it a name or a number by itself."""
_SLASHED = compiled(
    "(?:^|(?<=[ \u3000\t（(]))([\u4e00-\u9fff]{2,6})[/／|｜]"
    "(?=(?:[\u4e00-\u9fff]{2,4}|[0-9-]{7,14})(?:[ \u3000\t）)]|$))"
)
"""A word and a name or number with a stroke between, set apart from others: 编辑/某　审核/某, 编辑｜某."""
_STROKES = frozenset("/／|｜")
_CLAUSE = compiled("(?:^|(?<=[，,；;。]))[^ \u3000，,；;。]")
_BEFORE_LABEL = compiled("(?:^|(?<=[ \u3000\t]))[0-9\u4e00-\u9fff]{4,10}$")
"""Words that lead to a label without a space, and are no name: 县纪委监委举报 before 电话."""
_LONGEST_REMEMBERED = 200
_REMEMBERED = 4_000
"""Lines of which it is remembered with which label they begin: each is asked about several times."""


class Label(NamedTuple):
    """A label found in a line: the field it names and where label and colon stand."""

    field: str
    span: Span
    """The label's own characters."""
    value_start: int
    """Where the value begins: after the colon, or after the space that stands for one."""
    fields: tuple[str, ...]
    """Every field that a joint label (文字、编辑：) names."""


class LabelSet:
    """Label words of one group, found by the colon they stand before; `joints` are the characters that make
    one label of two (文字、编辑：), and `bracketed` the words that need no colon in a bracket (发至某人).
    """

    def __init__(self, words: Mapping[str, str], joints: str = "", bracketed: Collection[str] = ()) -> None:
        self._fields = dict(words)
        self._bracketed = tuple(word for word in bracketed if word in words)
        self._joints = joints
        self._joined = compiled(rf"[{re.escape(joints)}\s]")
        self._longest = max((len(word) for word in words), default=0)
        self._at_start: dict[str, Label | None] = {}
        self._first_letters = frozenset(word[:1] for word in words) | _LABEL_LEADS
        self._last_letters = frozenset(word[-1:] for word in words)

    def at_start(self, text: str) -> Label | None:
        """The label that the line begins with: before a colon, or alone, or before wide space."""
        if not self.may_begin(text):
            return None
        if len(text) > _LONGEST_REMEMBERED:
            return self._find_at_start(text)
        # The same line is asked about while the tail is looked for and when its parts are taken.
        if text in self._at_start:
            return self._at_start[text]
        if len(self._at_start) > _REMEMBERED:
            self._at_start.clear()
        label = self._at_start[text] = self._find_at_start(text)
        return label

    def _find_at_start(self, text: str) -> Label | None:
        offset = 0
        while offset < len(text) and text[offset] in _LABEL_LEADS:
            offset += 1
        end = self._end_of_label(text, offset)
        if end is not None:
            fields = self._names(text[offset:end])
            if fields:
                value = end + 1
                if text[end] == "】" and value < len(text) and text[value] in _COLONS:
                    value += 1
                return Label(
                    fields[0],
                    Span(offset, offset + len(text[offset:end].rstrip(_LAYOUT_SPACE))),
                    value,
                    fields,
                )
        return self._without_colon(text, offset)

    def _end_of_label(self, text: str, offset: int) -> int | None:
        """Where the mark stands that ends a label which begins at `offset`."""
        end = offset
        while (mark := _LABEL_END.search(text, end)) is not None:
            end = mark.start()
            stretch = text[offset:end]
            letters = len(stretch) - sum(map(stretch.count, _LAYOUT_SPACE))
            if letters > self._longest + 4:
                return None
            if letters or text[end] != "】":
                return end
            end += 1
        return None

    def names(self, words: str) -> bool:
        """Whether words are a label, spaces inside it ignored, or a joint one."""
        return 0 < len(words) <= 2 * self._longest + 4 and bool(self._names(words))

    def may_begin(self, text: str) -> bool:
        """Whether the first character is one that a line with a label at its start may have."""
        first = text[:1]
        return first in self._first_letters or first.isspace()

    def _without_colon(self, text: str, offset: int) -> Label | None:
        words = text[offset:].split(None, 1)
        word = words[0] if words else ""
        field = self._fields.get(word)
        if field is None:
            return next(iter(self._in_columns(text, offset)), None) or self._in_bracket(text)
        end = offset + len(word)
        return Label(field, Span(offset, end), end, (field,))

    def _in_bracket(self, text: str) -> Label | None:
        """The label that a line in a bracket begins with: （发至各镇）."""
        if not self._bracketed or text[0] not in "（(" or text[-1] not in "）)":
            return None
        for word in self._bracketed:
            end = len(word) + 1
            if text.startswith(word, 1) and end < len(text) - 1:
                return Label(self._fields[word], Span(1, end), end, (self._fields[word],))
        return None

    def _in_columns(self, text: str, offset: int) -> list[Label]:
        """The labels of a line in columns, the first a label, a value behind each: 编　辑⇥某⇥电　话⇥…"""
        if "\t" not in text and "  " not in text and "\u3000\u3000" not in text:
            return []
        cells = [
            (cell, self._fields.get("".join(text[slice(*cell)].split())))
            for cell in cells_apart(text, offset, len(text))
        ]
        found = [
            Label(field, span, span.end, (field,))
            for (span, field), (_, behind) in pairwise(cells)
            if field is not None and behind is None
        ]
        return found if found and found[0].span.start == offset else []

    def all_in(self, text: str) -> list[Label]:
        """Every label in the line, from left to right: before a colon or, beside others, without one."""
        found: list[Label] = []
        floor = 0
        for match in _COLON.finditer(text):
            position = match.start()
            label = self._before(text, position, floor)
            if label is not None:
                found.append(label)
                floor = position + 1
        if not found and not _STROKES.isdisjoint(text):
            found = [
                Label(field, Span(*word.span(1)), word.end(), (field,))
                for word in _SLASHED.finditer(text)
                if (field := self._fields.get(word[1])) is not None
            ]
            # One alone may be anything: 城市/乡村.
            found = found if len(found) > 1 else []
        if not found and self.may_begin(text):
            offset = len(text) - len(text.lstrip(" \u3000（(【"))
            first = self._without_colon(text, offset)
            if first is not None:
                found = self._in_columns(text, offset) or [first]
        return self._with_bare(text, found) if found else found

    def _with_bare(self, text: str, found: list[Label]) -> list[Label]:
        """With the labels that lack their colon amid others: 责编：某　　审核 某　　电话：…"""
        bare = [
            Label(field, Span(*word.span()), word.end(), (field,))
            for word in _BARE.finditer(text)
            if (field := self._fields.get(word.group())) is not None
            and all(word.end() <= label.span.start or word.start() >= label.value_start for label in found)
        ]
        return sorted([*found, *bare], key=lambda label: label.span) if bare else found

    def in_clauses(self, text: str) -> list[Label]:
        """The labels of one character that the clauses of a sentence begin with: 报市委，送各局，发各镇."""
        return [
            Label(field, Span(start, start + 1), start + 1, (field,))
            for start in (clause.start() for clause in _CLAUSE.finditer(text))
            if (field := self._fields.get(text[start])) is not None
        ]

    def _before(self, text: str, colon: int, floor: int) -> Label | None:
        """The longest label that ends right before a colon, spaces inside it ignored."""
        if text[floor:colon].rstrip()[-1:] not in self._last_letters:
            return None
        letters = ""
        best: Label | None = None
        position = colon
        while position > floor and len(letters) < 2 * self._longest + 1:
            position -= 1
            character = text[position]
            if character in _LAYOUT_SPACE:
                if letters in self._fields:
                    # 文字：甲 摄影：乙 — the letters are a label: the space before them ends the value.
                    break
                continue
            letters = character + letters
            # Most words grow to no label: only a joint or odd space makes more of one than its letters say.
            fields = self._names(letters) if letters in self._fields or self._joined.search(letters) else ()
            if fields:
                best = Label(
                    fields[0],
                    Span(position, position + len(text[position:colon].rstrip(_LAYOUT_SPACE))),
                    colon + 1,
                    fields,
                )
        return best if best is None else _with_words_before(text, best, floor)

    def _names(self, text: str) -> tuple[str, ...]:
        compact = "".join(text.split())
        field = self._fields.get(compact)
        if field is not None:
            return (field,)
        for joint in self._joints:
            if joint in compact:
                fields = [self._fields.get(part) for part in compact.split(joint)]
                named = [name for name in fields if name is not None]
                if named and len(named) == len(fields):
                    return tuple(dict.fromkeys(named))
        return ()


def _with_words_before(text: str, label: Label, floor: int) -> Label:
    """A label with the words that lead to it, parted from a value by a space: 审核：某　县纪委举报电话："""
    words = _BEFORE_LABEL.search(text, floor, label.span.start)
    if words is None or not text[floor : words.start()].strip(_LAYOUT_SPACE):
        return label
    return label._replace(span=Span(words.start(), label.span.end))
