"""White space between two classes of characters: none, one, or one way throughout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bulletin_lint._typing import Any, ClassVar, NamedTuple
from bulletin_lint.checks.context import NO_SPACES, CheckContext, Resources
from bulletin_lint.checks.parameters import Parameter
from bulletin_lint.checks.protocols import Check
from bulletin_lint.checks.spans import masked_text, part_at
from bulletin_lint.matching.patterns import Pattern, compiled
from bulletin_lint.model.location import Span
from bulletin_lint.model.violation import CannotAssess, Edit, Match, Outcome, Value
from bulletin_lint.model.wording import Wording

# An ideographic space sets things apart on purpose; it is no spacing, but before a percent sign.
_WIDE_GAP = "\u3000"
_GAPS = " \u00a0\u2002-\u200a\u202f"
_SPACES = frozenset(" \u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f")
_HAN_RANGE = "\u3400-\u9fff\u3007"
# A number is figures with the marks inside them; one that touches a letter is a name (C919, 5G).
_NUMBER = compiled(r"[0-9][0-9]*(?:[.,:/~～—–-][0-9]+)*[%‰℃]?")
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_@#&+=")
_BEFORE_NAME = _LETTERS | frozenset("-.·")
# Before a percentage or a temperature a sign makes no name of it by itself: -5 ℃, but CR-5 %.
_SIGNS = frozenset("+-=")
_BEFORE_SIGN = _BEFORE_NAME | frozenset("0123456789%‰℃)]）］〕】")
_UNITS = (
    "km/h|kW·h|kWh|km²|km2|hm²|cm²|dm³|cm³|mm²|m²|m³|m2|m3|μm|µm|nm|mm|cm|dm|km|ha|kg|mg|μg|g|t|mL|ml|"
    "L|kPa|MPa|Pa|kHz|MHz|GHz|Hz|kW|MW|GW|kV|V|W|kJ|MJ|J|KB|MB|GB|TB|dB|mol|min|h|s"
)
_UNIT = compiled(rf"(?:{_UNITS})(?![A-Za-z0-9²³])")
_RUNS = compiled(r"[0-9](?<![0-9].)[0-9]*+(?: ++[0-9]++)+(?![0-9A-Za-z.,:：/~～—–-])")
_DECIMALS = compiled(r"[0-9](?<![0-9].)[0-9]*+(?:\. ++| ++\.)[0-9]++(?![0-9A-Za-z.,:：/~～—–-])")
_TOUCHED = compiled("[A-Za-z.,:：/~～—–·+-]")
_GROUPED = compiled(r"[0-9]{1,3}(?: [0-9]{3})+")
_ROW = compiled(rf"[^，。；：、！？\n0-9]{{2,30}} [0-9][0-9,.]*+(?:[－—～~-][0-9,.]++)?[{_HAN_RANGE}]{{0,2}}")
_YEAR = compiled(r"(?:19|20)[0-9]{2}")

# Where the classes of a rule meet, looked for from the rarer class.
_MEETINGS = {
    ("number", "han"): f"[0-9%‰℃][{_GAPS}]?(?=[{_HAN_RANGE}])"
    f"|[0-9](?:(?<=[{_HAN_RANGE}].)|(?<=[{_HAN_RANGE}][{_GAPS}].))",
    ("han", "number"): f"[0-9](?:(?<=[{_HAN_RANGE}].)|(?<=[{_HAN_RANGE}][{_GAPS}].))",
    ("number", "unit"): f"[A-Za-zμµ](?:(?<=[0-9].)|(?<=[0-9][{_GAPS}].))",
    ("number", "percent"): f"[{_GAPS}{_WIDE_GAP}](?=[%‰℃％])",
    ("number", "number"): f"[{_GAPS}](?:(?<=[0-9].)|(?<=[0-9][.].))(?=[.]?[0-9])",
}
_SPACED = Pattern(f"[{_GAPS}](?:(?=[0-9])|(?<=[0-9%‰℃].))", trusted=True)

EXPECTED = {
    "none": Wording("不空格", "no space"),
    "one": Wording("空一格", "one space"),
}
_MAJORITY = 3
_MAJORITY_SHARE = 0.7
_NO_MAJORITY = Wording(
    "有空格的和没有的都不占多数，看不出以哪种为准，所以不知道",
    "neither the places with a space nor those without are the majority, so this is not known",
)


class Boundary(NamedTuple):
    """A place where the two classes meet, with the white space that stands there."""

    gap: Span
    number: Span
    """The number that the boundary belongs to."""
    spaced: bool


class Spacing(Check):
    """White space between two classes of characters follows one style."""

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "left": Parameter(
            "choice", "What stands before the space.", required=True, choices=("han", "number")
        ),
        "right": Parameter(
            "choice",
            "What stands after it: `unit` is a Latin unit symbol, `percent` is %, ‰ or ℃.",
            required=True,
            choices=("han", "number", "percent", "unit"),
        ),
        "order": Parameter(
            "choice",
            "`both`: also with the two classes the other way round.",
            default="one",
            choices=("one", "both"),
        ),
        "style": Parameter(
            "choice",
            "`none`, `one`, or `consistent`: the way that most places have.",
            default="consistent",
            choices=("none", "one", "consistent"),
        ),
        "mask": Parameter(
            "masks",
            "Masks of the pack that are blotted out before looking: names and numbers that keep their form.",
            default=("url", "email"),
        ),
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._on = resources.selectors(parameters["on"])
        self._left: str = parameters["left"]
        self._right: str = parameters["right"]
        self._meeting = Pattern(_MEETINGS[self._left, self._right], trusted=True)
        self._both = parameters.get("order") == "both"
        self._style: str = parameters.get("style") or "consistent"
        self._mask_names, self._masks = resources.masks(parameters)

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found, replacement, expected (what the style asks for), count (places in that style), total."""
        return frozenset({"found", "replacement", "expected", "count", "total"})

    @staticmethod
    def sought(parameters: Mapping[str, Any], tables: Mapping[str, Mapping[str, str]]) -> Mapping[str, bool]:
        """The patterns that it seeks."""
        return dict.fromkeys((_MEETINGS[parameters["left"], parameters["right"]], _SPACED.source), False)

    @staticmethod
    def mistakes(parameters: Mapping[str, Any]) -> Sequence[tuple[str, Wording]]:
        """What is wrong with parameters that are right one by one."""
        if (parameters.get("left"), parameters.get("right")) in _MEETINGS:
            return []
        return [("right", Wording("han 只与 number 搭配", "han goes with number only"))]

    def run(self, context: CheckContext) -> list[Match] | Outcome | CannotAssess:
        if not context.has(self._on):
            return "cannot-assess"
        if not context.document.reading.spaces_known:
            return CannotAssess(NO_SPACES)
        if not self._is_present(context):
            return "not-applicable"
        if self._style != "one" and self._right in ("han", "number") and not context.finds(_SPACED):
            # All places are alike, and they are as the style wants them.
            return []
        boundaries = self._places(context)
        if not boundaries:
            return "not-applicable"
        style = self._style
        spaced = sum(1 for boundary in boundaries if boundary.spaced)
        if style == "consistent":
            minority = min(spaced, len(boundaries) - spaced)
            majority = len(boundaries) - minority
            if minority == 0:
                return []
            if majority < _MAJORITY or majority < _MAJORITY_SHARE * len(boundaries):
                return CannotAssess(_NO_MAJORITY)
            style = "one" if spaced == majority else "none"
        count = spaced if style == "one" else len(boundaries) - spaced
        wrong = [boundary for boundary in boundaries if not _follows(boundary, style)]
        if self._style == "consistent" and style == "none":
            wrong = [
                boundary for boundary in wrong if not _is_between_columns(context.document.text, boundary)
            ]
        return [self._match(context, group, style, count, len(boundaries)) for group in _by_number(wrong)]

    def tally(self, context: CheckContext) -> tuple[int, int]:
        """How many places of a document have a space, and how many there are; none where nobody knows."""
        boundaries = self._places(context) if context.document.reading.spaces_known else []
        return sum(1 for boundary in boundaries if boundary.spaced), len(boundaries)

    def _places(self, context: CheckContext) -> list[Boundary]:
        text = masked_text(context, self._masks, self._mask_names)
        found: list[Boundary] = []
        regions = context.regions(self._on)
        if self._left == self._right == "number":
            found = _broken_numbers(text, regions)
        else:
            for region in regions:
                found += self._boundaries(text, region)
        seams = context.document.seams
        if not seams:
            return found
        return [each for each in found if seams.isdisjoint(range(each.gap.start, each.gap.end + 1))]

    def _is_present(self, context: CheckContext) -> bool:
        """Whether the two classes meet anywhere in the document: a quick look before the masks."""
        return context.finds(self._meeting)

    def _boundaries(self, text: str, region: Span) -> list[Boundary]:
        found: list[Boundary] = []
        for match in _NUMBER.finditer(text, *region):
            number = Span(*match.span())
            if _is_name(text, number) and not (self._right == "percent" and _is_signed(text, number)):
                continue
            if self._left == "number" or self._both:
                after = _after(text, number, region, self._right if self._left == "number" else self._left)
                if after is not None:
                    found.append(Boundary(after, number, after.end > after.start))
            if self._right == "number" or self._both:
                before = _before(text, number, region)
                if before is not None:
                    found.append(Boundary(before, number, before.end > before.start))
        return found

    def _match(
        self, context: CheckContext, group: list[Boundary], style: str, count: int, total: int
    ) -> Match:
        text = context.document.text
        space = "" if style == "none" else " "
        first, last = group[0], group[-1]
        number = first.number
        # The place is the number with the characters it stands too near to or too far from.
        start = first.gap.start - 1 if first.gap.end <= number.start else number.start
        end = last.gap.end + 1 if last.gap.start >= number.end else number.end
        if self._right == "unit":
            unit = _UNIT.match(text, last.gap.end)
            end = unit.end() if unit else end
        elif self._left == self._right:
            start, end = number
        span = Span(start, end)
        edits = tuple(Edit(boundary.gap, space) for boundary in group)
        replacement = text[start:end]
        for boundary in reversed(group):
            gap = boundary.gap
            replacement = replacement[: gap.start - start] + space + replacement[gap.end - start :]
        values: dict[str, Value] = {
            "found": text[start:end],
            "replacement": replacement,
            "expected": EXPECTED[style],
            "count": count,
            "total": total,
        }
        return Match(span, values, edits, part=part_at(context, self._on, span))


def _is_name(text: str, number: Span) -> bool:
    start, end = number
    if text[start - 1 : start] in _BEFORE_NAME:
        return True
    return text[end : end + 1] in _LETTERS and _UNIT.match(text, end) is None


def _is_signed(text: str, number: Span) -> bool:
    start, end = number
    return (
        text[start - 1 : start] in _SIGNS
        and text[start - 2 : start - 1] not in _BEFORE_SIGN
        and text[end : end + 1] not in _LETTERS
    )


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or character == "\u3007"


def _after(text: str, number: Span, region: Span, kind: str) -> Span | None:
    end = number.end
    while end < region.end and (text[end] in _SPACES or (kind == "percent" and text[end] == _WIDE_GAP)):
        end += 1
    if end >= region.end:
        return None
    if kind == "han" and _is_han(text[end]):
        return Span(number.end, end)
    if kind == "unit" and text[number.end - 1].isdigit() and _UNIT.match(text, end):
        return Span(number.end, end)
    if kind == "percent" and text[end] in "%‰℃％":
        return Span(number.end, end)
    return None


def _before(text: str, number: Span, region: Span) -> Span | None:
    start = number.start
    while start > region.start and text[start - 1] in _SPACES:
        start -= 1
    if start == region.start or not _is_han(text[start - 1]):
        return None
    return Span(start, number.start)


def _broken_numbers(text: str, regions: Sequence[Span]) -> list[Boundary]:
    """Numbers of two runs of figures with a space between; lists are none, nor are thousands groups where the
    document has several: 138 000元.
    """
    candidates = [match for region in regions for match in _RUNS.finditer(text, *region)]
    grouped = sum(1 for match in candidates if _GROUPED.fullmatch(match[0]))
    found = []
    for match in candidates:
        if _TOUCHED.match(text[match.start() - 1 : match.start()]):
            continue
        runs = match[0].split()
        if len(runs) != 2 or (grouped >= 2 and _GROUPED.fullmatch(match[0])):
            continue
        if all(_YEAR.fullmatch(run) for run in runs):
            continue
        gap = match[0].index(runs[0]) + len(runs[0])
        after = match[0].rindex(runs[1])
        number = Span(*match.span())
        found.append(Boundary(Span(match.start() + gap, match.start() + after), number, spaced=True))
    for match in (match for region in regions for match in _DECIMALS.finditer(text, *region)):
        if not _TOUCHED.match(text[match.start() - 1 : match.start()]):
            gap = match.start() + match[0].index(" ")
            end = match.start() + match[0].rindex(" ") + 1
            found.append(Boundary(Span(gap, end), Span(*match.span()), spaced=True))
    return sorted(found)


def _is_between_columns(text: str, boundary: Boundary) -> bool:
    """Whether a space divides a row, words on the left, a figure and its unit on the right: 东浦村 120户"""
    start, end = text.rfind("\n", 0, boundary.gap.start) + 1, text.find("\n", boundary.gap.end)
    return (
        boundary.gap.end == boundary.number.start
        and _ROW.fullmatch(text, start, len(text) if end < 0 else end) is not None
    )


def _follows(boundary: Boundary, style: str) -> bool:
    return boundary.spaced == (style == "one")


def _by_number(boundaries: list[Boundary]) -> list[list[Boundary]]:
    groups: dict[Span, list[Boundary]] = {}
    for boundary in boundaries:
        groups.setdefault(boundary.number, []).append(boundary)
    return [sorted(group) for group in groups.values()]
