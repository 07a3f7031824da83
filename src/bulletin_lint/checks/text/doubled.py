"""A character or a word typed twice, told from two words that meet and from words that are said twice.

措施施 has a character that belongs to no word; in 意见见面 each of the two belongs to one. The vocabulary
says which is the case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bulletin_lint._typing import Any, ClassVar, Literal
from bulletin_lint.checks.context import BLOT, MASK, CheckContext, Resources
from bulletin_lint.checks.parameters import Parameter
from bulletin_lint.checks.protocols import Check
from bulletin_lint.checks.spans import edited, is_inside, masked_text, part_at
from bulletin_lint.matching.patterns import Pattern
from bulletin_lint.matching.vocabulary import LONGEST, Vocabulary, Word, vocabulary
from bulletin_lint.model.location import Span
from bulletin_lint.model.solid_text import is_han
from bulletin_lint.model.violation import SEVERITIES, Match, Outcome, Severity

_FIRST_HAN = "〇"
_FIGURES = frozenset("一二三四五六七八九十〇零百千万两亿")
_MOST_JUDGED = 2_000
"""Contexts of a doubled character that are remembered at a time."""
_Judgement = Literal["right", "wrong once", "wrong"]
"""Of a doubled character with those around it; the second is wrong unless the text has it again."""
_REACH = 12
"""Characters on either side that a pattern sees."""
_MARGIN = 4
"""Half bits by which a word on one side must be more usual than the two together: 处处 before 以."""
_NEAR = 4
"""Characters on either side that are cut into words."""
_RARE = 36
"""Half bits of a word that hardly occurs."""
_SURPLUS = 1000, 10, 19
"""Half bits by which a text must be less likely than without the character, where that is joined to a word on
no side, on one, on both. Where it is on none, it is a sound or a name: 叮叮, 贝贝.
"""
_COMMON = 30
"""Half bits of a word that every text has."""
_UNUSUAL = 18
"""Half bits of a character that is seldom a word by itself."""
_SAID_TWICE = 44
"""Half bits of a character that is said twice now and then: 场场."""
_BEGINS_WORDS, _ENDS_WORDS = 100, 40
"""Words that begin, or end, with a character which makes new ones at will: 全 in 全链条, 舱 in 货物舱."""
_AROUND = 4000
"""Characters on either side that are searched for the same words again, and for one of them apart."""
_SEEN = 8
"""Places among them that are looked at."""


class Doubled(Check):
    """A character or a word must not be typed twice."""

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "particles": Parameter(
            "string",
            "Characters that are words by themselves, so that one may stand beside a word that ends in it.",
            default="",
        ),
        "suffixes": Parameter(
            "string",
            "Characters that make a longer word of one before them: a doubled word before one is two words.",
            default="",
        ),
        "twice": Parameter(
            "string",
            "Characters with which a word begins that is said twice on purpose: 大片大片.",
            default="",
        ),
        "meeting": Parameter(
            "strings",
            "Words that often stand behind a word that ends in their first character: 水质 behind 饮水.",
            default=(),
        ),
        "names": Parameter(
            "pattern",
            "The end of a name that is in no vocabulary and behind which a word that begins alike may stand: "
            "白云山|山顶. It is a word of `meeting`; behind a name that is in the vocabulary any noun is.",
        ),
        "wrong": Parameter("patterns", "Doublings that are wrong whatever the vocabulary says.", default=()),
        "unless": Parameter("patterns", "Doublings that are right.", default=()),
        "doubtful": Parameter(
            "choice",
            "The severity of a character that may belong to a word not in the vocabulary, which gets no fix; "
            "left out: that of the rule.",
            choices=SEVERITIES,
        ),
        "known": Parameter("lexicon", "A lexicon of doubled words that another rule looks for."),
        "mask": MASK,
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._on = resources.selectors(parameters["on"])
        self._particles = frozenset(parameters.get("particles") or "")
        self._suffixes = frozenset(parameters.get("suffixes") or "")
        self._twice = frozenset(parameters.get("twice") or "")
        self._meeting: dict[str, list[str]] = {}
        for word in parameters.get("meeting") or ():
            self._meeting.setdefault(word[0], []).append(word[1:])
        names = parameters.get("names")
        self._names = resources.pattern(rf"(?:{names})\Z") if names else None
        self._wrong = [resources.pattern(source) for source in parameters.get("wrong") or ()]
        self._unless = [resources.pattern(source) for source in parameters.get("unless") or ()]
        self._doubtful: Severity | None = parameters.get("doubtful")
        known = parameters.get("known")
        self._known = frozenset(row[0] for row in resources.lexicon(known)) if known else frozenset()
        self._mask_names, self._masks = resources.masks(parameters)
        self._judged: dict[str, _Judgement] = {}
        """What was said of a character with those around it: 施工工作 stands in every issue of a house."""

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found (what stands there twice), replacement (the same once)."""
        return frozenset({"found", "replacement"})

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        if not context.has(self._on):
            return "cannot-assess"
        text = context.document.text
        suspects = [each for each in _twice(text) if self._is_suspect(text, *each)]
        if not suspects:
            return []
        masked = masked_text(context, self._masks, self._mask_names)
        regions = context.regions(self._on)
        matches: list[Match] = []
        end = 0
        for start, unit in suspects:
            span = Span(start, start + 2 * len(unit))
            if start < end or BLOT in masked[start : span.end] or not is_inside(span, regions):
                continue
            end = span.end
            values = {"found": unit * 2, "replacement": unit}
            part = part_at(context, self._on, span)
            if self._doubtful is not None and self._is_doubtful(text, start, unit):
                matches.append(Match(span, values, part=part, severity=self._doubtful))
            else:
                matches.append(Match(span, values, (edited(context, span, unit),), part=part))
        return matches

    def _is_suspect(self, text: str, at: int, unit: str) -> bool:
        span = Span(at, at + 2 * len(unit))
        if not (self._is_wrong(text, at, unit) or _touches(self._wrong, text, span)):
            return False
        return not _touches(self._unless, text, span)

    def _is_wrong(self, text: str, at: int, unit: str) -> bool:
        if len(unit) == 1:
            return self._is_wrong_character(text, at, unit)
        return unit * 2 not in self._known and self._is_wrong_word(text, at, unit)

    def _is_wrong_character(self, text: str, at: int, unit: str) -> bool:
        before = _han_before(text, at)
        after = _han_after(text, at + 2)
        around = f"{before} {unit}{after}"
        known = self._judged.get(around)
        if known is None:
            if len(self._judged) >= _MOST_JUDGED:
                self._judged.clear()
            known = self._judged[around] = self._judge(before, unit, after)
        return known == "wrong" or (known == "wrong once" and not _is_there_again(vocabulary(), text, at))

    def _judge(self, before: str, unit: str, after: str) -> _Judgement:
        if unit in _FIGURES or not (before or after) or before[-1:] == unit or after[:1] == unit:
            return "right"
        if before[-2:-1] == before[-1:] != "" or after[:1] == after[1:2] != "" or before[-1:] == "一":
            # 踏踏实实, 一批批
            return "right"
        words = vocabulary()
        if _is_covered(words, before, unit, after):
            return "right"
        left, right = _sides(words, before, unit, after)
        if self._meets_word(words, before, unit, after, left):
            return "right"
        twice = words.find(unit * 2)
        if unit in self._particles:
            return "wrong" if left is None and right is None and twice is None else "right"
        usual = min(side.half_bits for side in (left, right, _NO_SUCH) if side is not None)
        if twice is not None and usual + _MARGIN >= twice.half_bits:
            return "right"
        # A word that hardly occurs is no side beside one that is usual.
        rare = max(_RARE, usual + 2)
        sides = sum(1 for side in (left, right) if side is not None and side.half_bits < rare)
        surplus = words.half_bits(before + unit * 2 + after) - words.half_bits(before + unit + after)
        if surplus < _SURPLUS[sides]:
            return "right"
        return "wrong" if sides >= 2 else "wrong once"

    def _meets_word(self, words: Vocabulary, before: str, unit: str, after: str, left: Word | None) -> bool:
        """Whether a word or a name ends in a character with which the next begins: 饮水|水质, 白云山|山顶."""
        is_name = self._names is not None and self._names.search(before + unit) is not None
        if left is None and not is_name:
            return False
        second = [rest for rest in self._meeting.get(unit, ()) if after.startswith(rest)]
        if after and not second and left is not None and is_name:
            behind = words.find(unit + after[:1])
            second = [after[:1]] if behind is not None and behind.part_of_speech == "n" else []
        return any(not _is_torn(words, after, len(rest), self._particles) for rest in second)

    def _is_doubtful(self, text: str, at: int, unit: str) -> bool:
        """Whether two words may meet of which one is not in the vocabulary: 试|试点 in 先行先试试点.

        In a slip the one character is left over between two words, 施 in 措施|施|清单: it is joined to a word
        on one side, on the other the text is cut at once into words, and the character is none by itself.
        """
        if unit in self._particles or _touches(self._wrong, text, Span(at, at + 2)):
            return False
        words = vocabulary()
        before, after = _han_before(text, at), _han_after(text, at + 2 * len(unit))
        if len(unit) > 1:
            return self._is_doubtful_word(words, before, unit)
        twice = words.find(unit * 2)
        if twice is not None and twice.half_bits <= _SAID_TWICE:
            # 双双, 早早
            return True
        sides = [
            side if side is not None and side.half_bits < _RARE else None
            for side in _sides(words, before, unit, after)
        ]
        if sides.count(None) != 1 or words.half_bits(unit) < _UNUSUAL:
            return True
        if sides[0] is None:
            rest = [before[-size:] for size in (2, 3) if size <= len(before)]
            makes_words, apart = words.ending_with(unit) >= _ENDS_WORDS, before[-1:] + unit
        else:
            rest = [after[:size] for size in (2, 3) if size <= len(after)]
            makes_words, apart = words.beginning_with(unit) >= _BEGINS_WORDS, unit + after[:1]
        other = before[-1:] if sides[0] is None else after[:1]
        if other and other not in self._particles and not any(words.find(each) for each in rest):
            return True
        return makes_words or _stands_apart(text, at, unit, apart)

    def _is_doubtful_word(self, words: Vocabulary, before: str, unit: str) -> bool:
        """Whether a doubled word begins within one before it, 集装箱|装箱, or behind what may be part of it,
        布图设计|设计权, or is said twice, 大片大片.
        """
        if unit[0] in self._twice:
            return True
        if not before or before[-1] in self._particles:
            return False
        longer = [before[-1] + unit[0], *(before[-size:] + unit for size in (1, 2) if size <= len(before))]
        if any(words.find(each) for each in longer):
            return True
        return not any(words.find(before[-size:]) for size in (2, 3) if size <= len(before))

    def _is_wrong_word(self, text: str, at: int, unit: str) -> bool:
        words = vocabulary()
        if words.find(unit) is None or unit[0] in _FIGURES or len(set(unit)) == 1:
            return False
        after = _han_after(text, at + 2 * len(unit))
        if after[:1] in self._suffixes and not any(words.find(after[:size]) for size in (2, 3)):
            return False
        # 组织组织力, 行政区行政区域
        return not any(words.find(unit[-2:] + after[:size]) for size in (1, 2) if size <= len(after))


_NO_SUCH = Word(1000, "o")


def _twice(text: str) -> list[tuple[int, str]]:
    """The places at which a character, or two or three in a row, stand twice, the longest at each place."""
    # The text as one number, and beside it the same moved by some characters: where both have the same
    # character their difference is zero. No loop over the characters of a text is as quick.
    data, width = text.encode("utf-16-le", "surrogatepass"), 2
    if len(data) != width * len(text):
        # Characters of two units each would shift the places of those behind them.
        data, width = text.encode("utf-32-le", "surrogatepass"), 4
    number = int.from_bytes(data, "little")
    found: dict[int, str] = {}
    for size in (1, 2, 3):
        differences = (number ^ (number >> (8 * width * size))).to_bytes(len(data), "little")
        same = bytes(width * size)
        at = differences.find(same)
        while at >= 0:
            start = -(-at // width)
            if text[start] < _FIRST_HAN:
                # Mostly figures: 2000 has three zeros.
                at = differences.find(same, max(width * start, at + 1))
                continue
            unit = text[start : start + size]
            if differences.startswith(same, width * start) and unit == text[start + size : start + 2 * size]:
                if all(map(is_han, unit)) and (size == 1 or len(set(unit)) > 1):
                    found[start] = unit
                start += 1
            at = differences.find(same, max(width * start, at + 1))
    return sorted(found.items())


def _touches(patterns: Sequence[Pattern], text: str, span: Span) -> bool:
    """Whether a pattern matches the text about a span, and overlaps it."""
    low, high = max(0, span.start - _REACH), min(len(text), span.end + _REACH)
    around = text[low:high]
    return any(
        match.start() + low < span.end and match.end() + low > span.start
        for pattern in patterns
        for match in pattern.finditer(around)
    )


def _is_covered(words: Vocabulary, before: str, unit: str, after: str) -> bool:
    """Whether a word holds both: 小心翼翼."""
    around = before[-2:] + unit * 2 + after[:2]
    first = min(2, len(before))
    spans = [(start, end) for start in range(first + 1) for end in range(first + 2, len(around) + 1)]
    return any(
        word.half_bits <= _RARE or end - start == LONGEST
        for start, end in spans
        if 3 <= end - start <= LONGEST and (word := words.find(around[start:end])) is not None
    )


def _sides(words: Vocabulary, before: str, unit: str, after: str) -> tuple[Word | None, Word | None]:
    """The likeliest word that ends in the first of two like characters, and that begins with the second."""
    return (
        _likeliest(words, [before[-size:] + unit for size in range(1, LONGEST) if size <= len(before)]),
        _likeliest(words, [unit + after[:size] for size in range(1, LONGEST) if size <= len(after)]),
    )


def _is_there_again(words: Vocabulary, text: str, at: int) -> bool:
    """Whether two like characters stand once more beside the same one: what is typed twice is so once.

    Where two words meet that are both known, 任务|务必, it says nothing of 任务务.
    """
    for start in (at - 1, at):
        three = text[max(0, start) : start + 3]
        if len(three) < 3 or not all(map(is_han, three)):
            continue
        low, high = max(0, at - _AROUND), at + _AROUND
        found = text.find(three, low, high)
        for _ in range(_SEEN):
            if found < 0:
                break
            there = found + at - start
            if there != at:
                before, after = _han_before(text, there), _han_after(text, there + 2)
                if None in _sides(words, before, text[at], after):
                    return True
            found = text.find(three, found + 1, high)
    return False


def _stands_apart(text: str, at: int, unit: str, pair: str) -> bool:
    """Whether a pair of characters is found near by beside others than here: 舱门 of 货舱舱门."""
    if len(pair) < 2:
        return False
    neighbours = (unit, text[at - 1 : at], text[at + 2 : at + 3])
    step = -1 if pair[0] == unit else 2
    low, high = max(1, at - _AROUND), at + _AROUND
    found = text.find(pair, low, high)
    for _ in range(_SEEN):
        if found < 0:
            break
        if text[found + step : found + step + 1] not in neighbours:
            return True
        found = text.find(pair, found + 1, high)
    return False


def _is_torn(words: Vocabulary, after: str, size: int, particles: frozenset[str]) -> bool:
    """Whether the word that begins with the second character would tear another: in 居民民生活改善 it is
    生活, and not 民生, that stands before 改善.
    """
    torn = words.find(after[size - 1 : size + 1]) if len(after) > size else None
    if torn is None or torn.half_bits > _COMMON or after[size] in particles:
        return False
    rest = after[size:]
    return not any(words.find(rest[:length]) for length in (2, 3) if length <= len(rest))


def _likeliest(words: Vocabulary, candidates: list[str]) -> Word | None:
    found = [word for word in map(words.find, candidates) if word is not None]
    return min(found, default=None)


def _han_before(text: str, at: int) -> str:
    start = at
    while start > 0 and at - start < _NEAR and is_han(text[start - 1]):
        start -= 1
    return text[start:at]


def _han_after(text: str, at: int) -> str:
    end = at
    while end < len(text) and end - at < _NEAR and is_han(text[end]):
        end += 1
    return text[at:end]
