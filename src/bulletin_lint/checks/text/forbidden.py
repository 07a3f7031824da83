"""Text that must not occur."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from bulletin_lint._typing import Any, ClassVar, NamedTuple
from bulletin_lint.checks.context import BLOT, MASK, CheckContext, Resources
from bulletin_lint.checks.parameters import Parameter
from bulletin_lint.checks.protocols import Check, Gate
from bulletin_lint.checks.spans import edited, expanded, is_inside, masked_text, overlaps, part_at, reported
from bulletin_lint.matching.patterns import Pattern, compiled
from bulletin_lint.model.location import Span
from bulletin_lint.model.solid_text import SolidMatch, set_like
from bulletin_lint.model.violation import Match, Outcome, Severity, Value
from bulletin_lint.model.wording import Wording

_GROUP_NAME = compiled(r"\(\?P<([^>(]+)>")
_BLANK_IN_CHINESE = compiled("(?<=[\u3400-\u9fff\u3007])[ \u00a0](?=[\u3400-\u9fff\u3007])")
_IN_WORDS = compiled(r"\\g<([^>\\]+)>")


class Variant(NamedTuple):
    """One of the patterns of a rule, with what goes in its place."""

    pattern: Pattern
    replacement: str | None
    severity: Severity | None
    expected: Value | None
    on: tuple[str, ...] = ()
    """The parts that it is looked for in, where those are not all of the rule's."""


class Hit(NamedTuple):
    """One occurrence: the span that is wrong and what is known of it."""

    span: Span
    found: str
    replacement: str | None
    variant: Variant
    groups: Mapping[str, str]
    is_spaced: bool = False
    """Whether the text has blanks in it that the pattern did not see."""


class Forbidden(Check):
    """Text that must not occur in the selected parts."""

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "pattern": Parameter(
            "pattern",
            "What must not occur; a group `at` (`at2` … in other alternatives) is reported, else all.",
        ),
        "words": Parameter("strings", "Words that must not occur, as they are written."),
        "variants": Parameter(
            "variants",
            "Several patterns, each with its replacement; the first that matches a place wins. One with `on` "
            "is looked for in those of the rule's parts alone.",
        ),
        "replacement": Parameter(
            "string", r"What to put in its place; `\g<name>` stands for a group of the pattern."
        ),
        "translate": Parameter(
            "table",
            "Maps the characters found through this table; text that it does not change is no hit. "
            "Without a pattern the characters of the table are what must not occur.",
        ),
        "needs": Parameter("strings", "Look only where one of these strings occurs at all.", default=()),
        "except": Parameter(
            "patterns",
            "A hit that overlaps a match of one of these, or its group `at`, is let be.",
            default=(),
        ),
        "mask": MASK,
        "each": Parameter(
            "choice",
            "Report every occurrence, the first of each block, or the first of the document.",
            default="run",
            choices=("run", "block", "document"),
        ),
        "together": Parameter(
            "integer", "From so many occurrences on they are reported once, on the first: all of one cause."
        ),
        "drawn": Parameter(
            "boolean",
            "Whether it is looked for on the pages of a PDF too, where programs draw what no author typed.",
            default=True,
        ),
        "check_digit": Parameter(
            "choice",
            "A hit counts only if its last character is the check digit of those before it.",
            choices=("mod-11-2",),
        ),
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._on = resources.selectors(parameters["on"])
        self._raw = "raw" in self._on
        self._needs: tuple[str, ...] = tuple(parameters.get("needs") or ())
        self._each: str = parameters.get("each") or "run"
        self._together: int | None = parameters.get("together")
        self._is_for_pages: bool = parameters.get("drawn", True)
        self._has_check_digit = parameters.get("check_digit") is not None
        self._except = [resources.pattern(source) for source in parameters.get("except") or ()]
        self._mask_names, self._masks = resources.masks(parameters)
        table = parameters.get("translate")
        self._table = resources.table(table) if table else None
        self._variants = _variants(parameters, resources)
        if self._table and not self._variants:
            self._variants = [Variant(resources.pattern(_any_of(self._table)), None, None, None)]
        self._names = frozenset(
            name for variant in self._variants for name in _GROUP_NAME.findall(variant.pattern.source)
        )

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found, code_points, replacement, expected, count, and the patterns' named groups."""
        sources = [parameters["pattern"]] if parameters.get("pattern") else []
        sources += [variant["pattern"] for variant in parameters.get("variants") or ()]
        groups = {name for source in sources for name in _GROUP_NAME.findall(source)}
        return frozenset({"found", "code_points", "replacement", "expected", "count", "in_all"} | groups)

    @staticmethod
    def gate(parameters: Mapping[str, Any], lexicons: Mapping[str, Any]) -> Gate | None:
        """The literals of the patterns, or those that the rule says it needs."""
        from bulletin_lint.matching.literals import required_literals, united

        if not parameters.get("drawn", True):
            # What it says of a text without them depends on what the text comes from.
            return None
        sources = [parameters["pattern"]] if parameters.get("pattern") else []
        sources += [variant["pattern"] for variant in parameters.get("variants") or ()]
        groups = [required_literals(source) for source in sources]
        groups += [(word,) for word in parameters.get("words") or ()]
        found = united(groups) or tuple(parameters.get("needs") or ())
        return Gate(found) if found else None

    only_patterns: ClassVar[bool] = True

    @staticmethod
    def sought(parameters: Mapping[str, Any], tables: Mapping[str, Mapping[str, str]]) -> Mapping[str, bool]:
        """The patterns that it seeks, and whether one is a class of characters that hardly occur."""
        if not parameters.get("drawn", True):
            return {}
        sources = [parameters["pattern"]] if parameters.get("pattern") else []
        if parameters.get("words"):
            sources.append(_either(parameters["words"]))
        sources += [variant["pattern"] for variant in parameters.get("variants") or ()]
        if sources:
            return dict.fromkeys(sources, False)
        # Characters that must not occur hardly do.
        return {_any_of(tables[parameters["translate"]]): True}

    @staticmethod
    def mistakes(parameters: Mapping[str, Any]) -> Sequence[tuple[str, Wording]]:
        """What is wrong with parameters that are right one by one."""
        if any(parameters.get(name) for name in ("pattern", "words", "variants", "translate")):
            return []
        return [
            (
                "check",
                Wording(
                    "forbidden 需要 pattern、words、variants 或 translate",
                    "needs pattern, words, variants or translate",
                ),
            )
        ]

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        document = context.document
        if document.reading.layouts and not self._is_for_pages:
            return "not-applicable"
        text = document.source_text if self._raw else document.text
        searched = () if self._raw else context.searched(self._on)
        if searched is None:
            return "cannot-assess"
        if self._needs and not any(literal in text for literal in self._needs):
            return []
        hits = self._hits(context, text, text, searched)
        if not hits:
            return []
        if self._masks:
            # Most texts have no hit, and need no masks.
            masked = masked_text(context, self._masks, self._mask_names, text)
            if masked != text:
                hits = self._hits(context, text, masked, searched)
        if hits and self._except:
            hits = self._without_exceptions(context, hits, text)
        return self._matches(context, hits) if hits else []

    def _hits(self, context: CheckContext, text: str, scanned: str, searched: Sequence[Span]) -> list[Hit]:
        """The occurrences in a text, or in the same text with masks blotted out."""
        raw = self._raw
        hits: list[Hit] = []
        for variant in self._variants:
            matches = context.matches(variant.pattern, scanned, searched, raw=raw)
            if not matches:
                continue
            regions = () if raw else context.regions(self._on)
            own = () if raw or not variant.on else context.regions(variant.on)
            # A place that an earlier variant has is not said again; one variant's own do not overlap.
            taken = sorted(hit.span for hit in hits)
            for match in matches:
                span = reported(match)
                if not raw and not (is_inside(span, regions) and (not variant.on or is_inside(span, own))):
                    continue
                if taken and overlaps(span, taken):
                    continue
                found = text[span.start : span.end]
                if self._has_check_digit and not has_check_digit(found):
                    continue
                replacement: str | None
                if variant.replacement is not None:
                    replacement = expanded(match, variant.replacement, text)
                elif self._table is not None:
                    replacement = "".join(self._table.get(char, char) for char in found)
                    if replacement == found:
                        continue
                    # 二 00 八: what is Chinese now needs no blank of the house's.
                    replacement = _BLANK_IN_CHINESE.sub("", replacement)
                else:
                    replacement = None
                groups = {
                    # In a copy with masks blotted out a group is none of a document's words.
                    name: text[slice(*match.span(name))] if value and BLOT in value else value or ""
                    for name, value in match.groupdict().items()
                }
                is_spaced = isinstance(match, SolidMatch) and len(found) > len(match[0])
                hits.append(Hit(span, found, replacement, variant, groups, is_spaced))
        hits.sort(key=lambda hit: hit.span)
        return hits

    def _without_exceptions(self, context: CheckContext, hits: list[Hit], text: str) -> list[Hit]:
        allowed = sorted(
            reported(match)
            for pattern in self._except
            for match in context.matches(pattern, text, raw=self._raw)
        )
        return [hit for hit in hits if not overlaps(hit.span, allowed)]

    def _matches(self, context: CheckContext, hits: list[Hit]) -> list[Match]:
        groups: list[list[Hit]]
        if self._each == "document" or (self._together is not None and len(hits) >= self._together):
            groups = [hits]
        elif self._each == "block":
            by_block: dict[int, list[Hit]] = {}
            for hit in hits:
                by_block.setdefault(context.document.block_at(hit.span.start), []).append(hit)
            groups = list(by_block.values())
        else:
            groups = [[hit] for hit in hits]
        return [self._told(context, group) for group in groups]

    def _told(self, context: CheckContext, hits: list[Hit]) -> Match:
        match = self._match(context, hits)
        if len(hits) == 1:
            return match
        return match._replace(places=tuple([self._match(context, [hit]) for hit in hits]))

    def _match(self, context: CheckContext, hits: list[Hit]) -> Match:
        first = hits[0]
        values: dict[str, Value] = {name: first.groups.get(name, "") for name in self._names}
        values["found"] = first.found
        values["code_points"] = " ".join(f"U+{ord(char):04X}" for char in first.found)
        values["replacement"] = first.replacement or ""
        values["expected"] = _with_groups(first.variant.expected, first)
        values["count"] = len(hits)
        edits = tuple(
            [edited(context, hit.span, hit.replacement) for hit in hits if hit.replacement is not None]
        )
        part = part_at(context, self._on, first.span)
        return Match(first.span, values, edits, part=part, severity=first.variant.severity)


def _variants(parameters: Mapping[str, Any], resources: Resources) -> list[Variant]:
    replacement = parameters.get("replacement")
    variants = []
    if parameters.get("pattern"):
        variants.append(Variant(resources.pattern(parameters["pattern"]), replacement, None, None))
    if parameters.get("words"):
        variants.append(Variant(resources.pattern(_either(parameters["words"])), replacement, None, None))
    variants.extend(
        Variant(
            resources.pattern(variant["pattern"]),
            variant.get("replacement") if variant.get("replacement") is not None else replacement,
            variant.get("severity"),
            _wording(variant.get("expected")),
            resources.selectors(variant.get("on") or ()),
        )
        for variant in parameters.get("variants") or ()
    )
    return variants


def _with_groups(words: Value | None, hit: Hit) -> Value:
    r"""What a variant says is expected, its pattern's groups for `\g<name>`, in the spacing of the house."""
    if not isinstance(words, Wording):
        return "" if words is None else words
    if "\\" not in words.zh:
        return words

    def filled(text: str) -> str:
        made = _IN_WORDS.sub(lambda part: hit.groups.get(part[1], ""), text)
        return set_like(made) if hit.is_spaced else made

    return Wording(filled(words.zh), filled(words.en))


def _either(words: Iterable[str]) -> str:
    """The pattern of some words."""
    # The longest first, so that a word is not cut off by one that it begins with.
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _any_of(characters: Iterable[str]) -> str:
    """The pattern of a run of some characters."""
    return f"[{re.escape(''.join(characters))}]+"


def _wording(value: Any) -> Value | None:
    if isinstance(value, Mapping):
        return Wording(value["zh"], value["en"])
    return value  # type: ignore[no-any-return]


def has_check_digit(number: str) -> bool:
    """Whether the last character is that of ISO 7064 MOD 11-2 for the figures before it (GB 11643)."""
    total = 0
    for figure in number[:-1]:
        total = (total + int(figure)) * 2 % 11
    return "0123456789X"[(12 - total) % 11] == number[-1].upper()
