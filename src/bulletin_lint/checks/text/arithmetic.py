"""Figures of one sentence that must agree: parts and their whole, a share, a growth."""

from __future__ import annotations

from collections.abc import Mapping

from bulletin_lint._typing import Any, ClassVar
from bulletin_lint.checks.context import BLOT, MASK, CheckContext, Resources
from bulletin_lint.checks.parameters import Parameter
from bulletin_lint.checks.protocols import Check, Gate
from bulletin_lint.checks.spans import is_inside, masked_text, part_at
from bulletin_lint.matching.patterns import compiled
from bulletin_lint.model.location import Span
from bulletin_lint.model.violation import Match, Outcome, Value
from bulletin_lint.model.wording import Wording

_FIGURE = compiled(r"[0-9][0-9,]*(?:\.[0-9]+)?[万亿]?")
_SCALE = {"万": 10_000, "亿": 100_000_000}
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal
_COMMA = "，"


class Arithmetic(Check):
    """Figures that a sentence gives must agree with one another."""

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "relation": Parameter(
            "choice",
            "`sum`: the figures of `parts` are no more than `whole`, which may be rounded where it has a "
            "scale or decimals, or where they have; `total`: they make the whole, the last "
            "being what the others leave of it, or of one of them; `share`: `part` of `whole` is `percent`; "
            "`growth`: from `before` to `after` (or by `change`) is `percent`, `way` being a rise or a fall.",
            required=True,
            choices=("sum", "total", "share", "growth"),
        ),
        "patterns": Parameter("patterns", "Sentences to judge, with those groups.", required=True),
        "part": Parameter("pattern", "Of a sum: one part in `parts`, its figure the group `n`."),
        "no_part": Parameter(
            "pattern",
            "Words of a further figure that is no part, with the mark before them (，较上年增加): the parts "
            "end before it. In a sum they also end at a comma and a verb (“，开工60个” behind “水利50个”), "
            "where the first part is no verb or the parts make the whole by then.",
        ),
        "between": Parameter("string", "Of a sum: the marks of which one stands between two parts."),
        "falls": Parameter(
            "pattern", "Of a growth: what of `way` tells a fall; left out: which it tells is not judged."
        ),
        "ways": Parameter(
            "strings", "Of a growth: what should be in place of a wrong `way`, a rise and a fall.", default=()
        ),
        "mask": MASK,
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._on = resources.selectors(parameters["on"])
        self._relation: str = parameters["relation"]
        self._patterns = [resources.pattern(source) for source in parameters["patterns"]]
        part = parameters.get("part")
        self._part = resources.pattern(part) if part else None
        no_part = parameters.get("no_part")
        self._no_part = resources.pattern(no_part) if no_part else None
        self._between: str = parameters.get("between") or ""
        falls = parameters.get("falls")
        self._falls = resources.pattern(falls) if falls else None
        self._ways: tuple[str, ...] = tuple(parameters.get("ways") or ())
        self._mask_names, self._masks = resources.masks(parameters)

    @staticmethod
    def mistakes(parameters: Mapping[str, Any]) -> Sequence[tuple[str, Wording]]:
        """Where the way is judged both are named."""
        if not parameters.get("falls") or len(parameters.get("ways") or ()) == 2:
            return ()
        return (("falls", Wording("falls 须与 ways 同用：[升, 降]", "falls needs ways: [a rise, a fall]")),)

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found (the figure as written), expected (what the others make)."""
        return frozenset({"found", "expected"})

    @staticmethod
    def gate(parameters: Mapping[str, Any], lexicons: Mapping[str, Any]) -> Gate | None:
        """The literals of the patterns."""
        from bulletin_lint.matching.literals import required_literals, united

        found = united(required_literals(source) for source in parameters["patterns"])
        return Gate(found) if found is not None else None

    only_patterns: ClassVar[bool] = True

    @staticmethod
    def sought(parameters: Mapping[str, Any], tables: Mapping[str, Mapping[str, str]]) -> Mapping[str, bool]:
        """The patterns that it seeks."""
        return dict.fromkeys(parameters["patterns"], False)

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        if not context.has(self._on):
            return "cannot-assess"
        written = context.document.text
        # Most texts have no such sentence, and need no masks; and a mask must not make one.
        sought = [pattern for pattern in self._patterns if context.matches(pattern, written)]
        if not sought:
            return []
        text = masked_text(context, self._masks, self._mask_names)
        regions = context.regions(self._on)
        matches: list[Match] = []
        for pattern in sought:
            for found in context.matches(pattern, text):
                if BLOT in found[0] or not is_inside(Span(*found.span()), regions):
                    continue
                wrong = self._judge(found)
                if wrong is None or any(match.span == wrong[0] for match in matches):
                    continue
                span, expected = wrong
                values: dict[str, Value] = {
                    "found": context.document.text[span.start : span.end],
                    "expected": expected,
                }
                matches.append(Match(span, values, part=part_at(context, self._on, span)))
        return sorted(matches, key=lambda match: match.span)

    def _judge(self, found: Any) -> tuple[Span, str] | None:
        """The figure that is wrong and what it should be, None where the figures agree."""
        if self._relation in ("sum", "total"):
            return self._sum(found)
        if self._relation == "share":
            whole, part = _number(found["whole"]), _number(found["part"])
            if not whole or part is None or part > whole:
                return None
            low, high = _quotients(found["part"], found["whole"])
            return _percent(found, part / whole * 100, (low * 100, high * 100))
        return self._growth(found)

    def _sum(self, found: Any) -> tuple[Span, str] | None:
        from decimal import Decimal

        whole = _number(found["whole"])
        parts = [_number(each["n"]) for each in self._parts(found["parts"], whole)]
        if whole is None or len(parts) < 2 or None in parts:
            return None
        figures = [each for each in parts if each is not None]
        total = sum(figures, Decimal(0))
        if self._relation == "total":
            agrees = total == whole or _is_left(whole, figures)
        else:
            agrees = total <= whole + _half_place(found["whole"], figures)
        scale = found["whole"][-1] if found["whole"][-1] in _SCALE else ""
        expected = f"{(total / _SCALE.get(scale, 1)).normalize():f}{scale}"
        return None if agrees else (Span(*found.span("whole")), expected)

    def _parts(self, listed: str, whole: Decimal | None) -> Iterator[Any]:
        """The parts that a sentence lists, up to a figure that its words tell to be something else."""
        assert self._part is not None
        total: Decimal | int = 0
        first, end = "", 0
        for number, each in enumerate(self._part.finditer(listed)):
            start = max((listed.rfind(mark, 0, each.start("n")) for mark in self._between), default=0)
            words = listed[max(start, 0) : each.start("n")]
            if not number:
                first = words.lstrip(self._between)
            elif self._no_part is not None:
                if self._no_part.search(words):
                    return
                mark = next((character for character in listed[end:] if character in self._between), "")
                # 咨询 may be a noun: as the first part it is taken for a verb, as a further one for a noun.
                is_apart = total == whole or not _ends_in(first, "vw")
                if self._relation == "sum" and mark == _COMMA and is_apart and _ends_in(words[1:], "v"):
                    return
            total, end = total + (_number(each["n"]) or 0), each.end("n")
            yield each

    def _growth(self, found: Any) -> tuple[Span, str] | None:
        """The rate that is wrong, or the way where that is."""
        before = _number(found["before"])
        by_change = found.groupdict().get("change")
        after = _number(by_change or found["after"])
        if not before or after is None:
            return None
        low, high = _quotients(by_change or found["after"], found["before"])
        if by_change is not None:
            return _percent(found, after / before * 100, (low * 100, high * 100))
        change = (after - before) / before * 100
        if self._falls is not None and (change < 0) != (self._falls.search(found["way"]) is not None):
            # Down where the words say up, or the other way round: the direction is wrong, not the figure.
            return Span(*found.span("way")), self._ways[1 if change < 0 else 0]
        least, most = sorted((abs(low * 100 - 100), abs(high * 100 - 100)))
        return _percent(found, abs(change), (min(least, abs(change)), most))


def _ends_in(words: str, parts_of_speech: str) -> bool:
    """Whether the last word before a figure is of these parts of speech: 开工, 群众满意 are verbs."""
    from bulletin_lint.matching.vocabulary import vocabulary

    last = vocabulary().find(words[-2:])
    return last is not None and last.part_of_speech in parts_of_speech


def _is_left(whole: Decimal, parts: Sequence[Decimal]) -> bool:
    """Whether the last figure is what some of those between leave of the whole, or of one of them: 接报30件，
    受理21件，办结18件，其余3件.
    """
    *between, left = parts
    wholes = [whole, *between]
    for number, each in enumerate(wholes):
        reachable = {each - left}
        for part in wholes[number + 1 :]:
            reachable |= {value - part for value in reachable}
        if 0 in reachable and each != left:
            return True
    return False


def _half_place(whole: str, parts: Sequence[Decimal]) -> Decimal:
    """Half of a whole's last place, where it may be rounded; a plain count is not."""
    from decimal import Decimal

    scale = _SCALE.get(whole[-1], 1)
    _, _, decimals = whole.rstrip("万亿").partition(".")
    if scale == 1 and not decimals and all(part == int(part) for part in parts):
        return Decimal(0)
    return Decimal("0.5").scaleb(-len(decimals)) * scale


def _quotients(upper: str, lower: str) -> tuple[Decimal, Decimal]:
    """The least and the most that the quotient of two figures may be, those with decimals being rounded."""
    over, under = _number(upper), _number(lower)
    assert over is not None
    assert under is not None
    more, less = _half_unit(upper), _half_unit(lower)
    return (over - more) / (under + less), (over + more) / max(under - less, under / 2)


def _half_unit(text: str) -> Decimal:
    """Half of a figure's last place; 3亿 is taken as 3.0亿."""
    from decimal import Decimal

    scale = _SCALE.get(text[-1], 1)
    _, _, decimals = text.rstrip("万亿").partition(".")
    if scale == 1 and not decimals:
        return Decimal(0)
    return Decimal("0.5").scaleb(-max(1, len(decimals))) * scale


def _percent(found: Any, right: Decimal, between: tuple[Decimal, Decimal]) -> tuple[Span, str] | None:
    from decimal import Decimal

    written = _number(found["percent"])
    if written is None:
        return None
    _, _, decimals = found["percent"].partition(".")
    # Rounding, and one unit of the last place for figures that were themselves rounded.
    tolerance = max(Decimal("0.1"), Decimal(10) ** -len(decimals))
    if between[0] - tolerance <= written <= between[1] + tolerance:
        return None
    return Span(*found.span("percent")), f"{round(right, max(1, len(decimals))).normalize():f}"


def _number(text: str | None) -> Decimal | None:
    if text is None or _FIGURE.fullmatch(text) is None:
        return None
    # Imported where a sentence is judged: most bulletins have none.
    from decimal import Decimal

    return Decimal(text.rstrip("万亿").replace(",", "")) * _SCALE.get(text[-1], 1)
