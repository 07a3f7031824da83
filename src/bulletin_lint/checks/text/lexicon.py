"""Words of a lexicon that must not occur: thousands of them, looked for in one pass.

An entry says what to write in its place, in which company the word is right, and what must stand
before or after it for it to be wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import takewhile

from bulletin_lint._plain import IS_PLAIN
from bulletin_lint._typing import Any, ClassVar, NamedTuple
from bulletin_lint.checks.context import BLOT, MASK, CheckContext, Resources
from bulletin_lint.checks.parameters import Parameter
from bulletin_lint.checks.protocols import Check, Gate
from bulletin_lint.checks.spans import is_inside, masked_text, part_at
from bulletin_lint.matching.patterns import Pattern
from bulletin_lint.matching.vocabulary import LONGEST, vocabulary
from bulletin_lint.model.location import Span
from bulletin_lint.model.solid_text import is_han
from bulletin_lint.model.violation import Edit, Match, Outcome

_PATIENCE = 4
"""Texts searched word by word before an automaton is built: for a few texts it would not pay."""
_RARE = 40
"""Half bits of a word that hardly occurs."""
_COMMON = 30
"""Half bits of a word that every text has."""
_ALONE = 31
"""Half bits of a character that often stands alone."""
_LIKELIER = 10
"""Half bits by which a text must be likelier with what is right, 毕竟|是, to be wrong as it stands."""
_GOES_ON = 13
"""Half bits by which 采摘 is likelier than 彩 and 摘: less, and 讲坐 is wrong before 在."""
_REACH = 24
"""Characters before a word that `after` may look at."""


class LexiconEntry(NamedTuple):
    """A word, and when it is wrong."""

    word: str
    to: str
    unless: tuple[str, ...]
    """Longer words that it is rightly part of."""
    after: Pattern | None
    """What must end right before it."""
    before: Pattern | None
    """What must begin right after it."""


class Lexicon(Check):
    """Words of a lexicon that must not occur."""

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "lexicon": Parameter(
            "lexicon", "The lexicon of the packs whose words are looked for.", required=True
        ),
        "mask": MASK,
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._on = resources.selectors(parameters["on"])
        self._mask_names, self._masks = resources.masks(parameters)
        self._entries = [_entry(row, resources) for row in resources.lexicon(parameters["lexicon"])]
        self._automaton: Any = None
        self._seen = 0

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found (the word), replacement."""
        return frozenset({"found", "replacement"})

    @staticmethod
    def gate(parameters: Mapping[str, Any], lexicons: Mapping[str, Any]) -> Gate | None:
        """The words themselves."""
        return Gate(tuple(sorted({row[0] for row in lexicons[parameters["lexicon"]]})))

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        if not context.has(self._on):
            return "cannot-assess"
        document = context.document
        found = self._found(document.text)
        if not found:
            return []
        masked = masked_text(context, self._masks, self._mask_names)
        regions = context.regions(self._on)
        matches: list[Match] = []
        end = 0
        # From left to right, of those at one place the longest first.
        for span, entry in sorted(found, key=lambda each: (each[0].start, -each[0].end)):
            if span.start < end or BLOT in masked[span.start : span.end] or not is_inside(span, regions):
                continue
            if not _is_wrong(entry, document.text, span) or _is_across_words(document.text, span, entry.to):
                continue
            if _ends_in_another(entry, document.text, span):
                continue
            end = span.end
            edits = (Edit(span, entry.to),) if entry.to != entry.word else ()
            values = {"found": entry.word, "replacement": entry.to}
            matches.append(Match(span, values, edits, part=part_at(context, self._on, span)))
        return matches

    def _found(self, text: str) -> list[tuple[Span, LexiconEntry]]:
        """Every place of every word, overlapping ones too."""
        self._seen += 1
        if self._automaton is None and self._seen > _PATIENCE:
            self._automaton = _automaton([entry.word for entry in self._entries])
        entries = self._entries
        if self._automaton:
            places = self._automaton.find_matches_as_indexes(text, overlapping=True)
            return [(Span(start, end), entries[index]) for index, start, end in places]
        found = []
        for entry in entries:
            at = text.find(entry.word)
            while at >= 0:
                found.append((Span(at, at + len(entry.word)), entry))
                at = text.find(entry.word, at + 1)
        return found


def _automaton(words: list[str]) -> Any:
    if IS_PLAIN or len(words) < 100:
        return False
    try:
        from ahocorasick_rs import AhoCorasick
    except ImportError:
        return False
    return AhoCorasick(words)


def _entry(row: Sequence[Any], resources: Resources) -> LexiconEntry:
    word, to, unless, after, before = row
    return LexiconEntry(
        word,
        to,
        tuple(unless),
        resources.pattern(rf"(?:{after})\Z") if after else None,
        resources.pattern(before) if before else None,
    )


def _is_across_words(text: str, span: Span, right: str) -> bool:
    """Whether a span is no word but a seam: one ordinary word ends within it and another begins there, and
    both go beyond it (in 因地制宜布局 there is no 宜布). Of two characters one common word is enough where
    the other is common by itself: in 脱贫解困准备 there is no 困准, for 准备 is a word. Where the first is of
    no word, and the text is far likelier with what is right, it is wrong: 必竟是 is no 必|竟是.
    """
    known = vocabulary()

    def is_word(start: int, end: int, rarest: int) -> bool:
        word = known.find(text[start:end]) if start >= 0 and end <= len(text) else None
        return word is not None and word.half_bits <= rarest

    def crosses(at: int, rarest: int) -> tuple[bool, bool]:
        before = (is_word(at - length, at, rarest) for length in range(at - span.start + 1, LONGEST + 1))
        behind = (is_word(at, at + length, rarest) for length in range(span.end - at + 1, LONGEST + 1))
        return any(before), any(behind)

    if any(all(crosses(at, _RARE)) for at in range(span.start + 1, span.end)):
        return True
    if span.end - span.start != 2:
        return False
    before, behind = crosses(span.start + 1, _COMMON)
    if before and is_word(span.start + 1, span.end, _ALONE):
        return True
    if not (behind and is_word(span.start, span.start + 1, _ALONE)):
        return False
    if any(crosses(span.start + 1, _RARE)[:1]):
        return True
    rest = _han_behind(text, span.end)
    return known.half_bits(text[span.start : span.end] + rest) < known.half_bits(right + rest) + _LIKELIER


def _ends_in_another(entry: LexiconEntry, text: str, span: Span) -> bool:
    """Whether the last character, which would be the wrong one, begins a word that goes on behind: in
    张灯结采摘节 it is 采摘.
    """
    word, right = entry.word, entry.to
    if len(word) < 3 or len(word) != len(right) or word[-1] == right[-1]:
        return False
    known = vocabulary()
    rest = _han_behind(text, span.end)
    if not any(known.find(word[-1] + rest[:size]) for size in range(1, min(LONGEST, len(rest) + 1))):
        return False
    return known.half_bits(word[-1] + rest) + _GOES_ON <= known.half_bits(right[-1] + rest)


def _han_behind(text: str, at: int) -> str:
    """The Chinese characters behind a word, as many as a word may have."""
    return "".join(takewhile(is_han, text[at : at + LONGEST]))


def _is_wrong(entry: LexiconEntry, text: str, span: Span) -> bool:
    for longer in entry.unless:
        offset = longer.find(entry.word)
        while offset >= 0:
            start = span.start - offset
            if start >= 0 and text.startswith(longer, start):
                return False
            offset = longer.find(entry.word, offset + 1)
    if entry.after is not None and entry.after.search(text[max(0, span.start - _REACH) : span.start]) is None:
        return False
    return entry.before is None or entry.before.match(text[span.end : span.end + _REACH]) is not None
