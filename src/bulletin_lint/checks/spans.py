"""Spans of text: which a match reports, in which part it lies, what of the text a mask covers."""

from __future__ import annotations

from bisect import bisect_right
from sys import maxsize

from bulletin_lint.checks.context import BLOT, CheckContext, Mask
from bulletin_lint.matching.patterns import compiled
from bulletin_lint.model.location import Span
from bulletin_lint.model.solid_text import SolidMatch, is_han
from bulletin_lint.model.violation import Edit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_lint._typing import Any


_IN_TEMPLATE = r"\\(?:g<(?:(?P<number>[0-9]+)|(?P<name>\w+))>|(?P<escaped>\\))"
_PLACE_GROUP = compiled("at[0-9]?")
_LONGEST_HIT = 400
"""Characters; nothing that a rule reports or excepts is longer."""


def masked_text(
    context: CheckContext, masks: tuple[Mask, ...], names: tuple[str, ...], text: str | None = None
) -> str:
    """The document's text, or its source text, with the masks blotted out."""
    document = context.document
    plain = document.text if text is None else text
    if not masks:
        return plain
    masked = context.masked(masks, names)
    if plain is document.text or plain == document.text:
        return masked
    if masked == document.text:
        return plain
    return "".join(blot if blot == BLOT else char for char, blot in zip(plain, masked, strict=True))


def part_at(context: CheckContext, selectors: tuple[str, ...], span: Span) -> str:
    """The path of the innermost part that a span lies in, "" where it lies in none of those selected."""
    ranks = context.shared(
        ("ranks", selectors), lambda: {node: rank for rank, node in enumerate(context.select(selectors))}
    )
    return context.document.part_index.innermost_of(span, ranks)


def reported(match: Any) -> Span:
    """The span of the group `at`, or of `at2`, `at3` … where another alternative matched; else of all."""
    for name in match.re.groupindex:
        if _PLACE_GROUP.fullmatch(name) and match.start(name) >= 0:
            return Span(*match.span(name))
    return Span(*match.span())


def expanded(match: Any, template: str, text: str) -> str:
    """A replacement with the groups of a match filled in, as they stand in a text: that searched may have
    been a copy with masks blotted out.
    """
    # Most have none, and to take a template apart costs more than all else about a match.
    if "\\" not in template and not isinstance(match, SolidMatch):
        return template
    if BLOT not in match[0]:
        return str(match.expand(template))
    return compiled(_IN_TEMPLATE).sub(
        lambda part: (
            part["escaped"]
            or text[slice(*match.span(int(number) if (number := part["number"]) else part["name"]))]
        ),
        template,
    )


def edited(context: CheckContext, span: Span, replacement: str) -> Edit:
    """What puts a replacement in the place of a span; no blank of the house's is left between two characters
    of Chinese where it stood between figures and Chinese.
    """
    view, text = context.document.solid, context.document.text
    if view is None or not replacement:
        return Edit(span, replacement)
    start, end = span
    if start - 1 in view.blanks and is_han(replacement[0]) and is_han(text[start - 2]):
        start -= 1
    if end in view.blanks and is_han(replacement[-1]) and is_han(text[end + 1]):
        end += 1
    return Edit(Span(start, end), replacement)


def is_inside(span: Span, regions: Sequence[Span]) -> bool:
    """Whether a span lies within one of the regions, which are in order."""
    index = bisect_right(regions, (span.start, maxsize)) - 1
    return index >= 0 and span.end <= regions[index].end


def overlaps(span: Span, others: Sequence[Span]) -> bool:
    """Whether a span overlaps one of others, which are sorted and of no great length."""
    index = bisect_right(others, (span.end - 1, maxsize)) - 1
    while index >= 0 and others[index].start > span.start - _LONGEST_HIT:
        if others[index].end > span.start and others[index].start < span.end:
            return True
        index -= 1
    return False
