"""A masthead or an imprint that stands in the header or the footer of a Word document's pages."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_lint.model.reading import Reading
    from bulletin_lint.parsing.assembly import Draft
    from bulletin_lint.parsing.grammar import Grammar

_NEAR_HEAD = 12
"""Blocks among which a masthead has its number."""
_NEAR_END = 15
_LONGEST = 160


def with_frames(
    reading: Reading, drafts: list[Draft], furniture: list[Draft], grammar: Grammar
) -> tuple[list[Draft], list[Draft]]:
    """The blocks with what stands in headers and footers, and the furniture without it, where the text has no
    number of an issue and a header has one, or no imprint and a footer has one.
    """
    head = _said_once(reading, furniture, "header")
    if not (
        sum(_has_number(draft.text, grammar) for draft in head) == 1
        and not any(_has_number(draft.text, grammar) for draft in drafts[:_NEAR_HEAD])
    ):
        head = []
    foot = _said_once(reading, furniture, "footer")
    if not any(_is_imprint(draft.text, grammar) for draft in foot) or any(
        _is_imprint(draft.text, grammar) for draft in drafts[-_NEAR_END:]
    ):
        foot = []
    taken = {draft.first for draft in (*head, *foot)}
    if not taken:
        return drafts, furniture
    return [*head, *drafts, *foot], [draft for draft in furniture if draft.first not in taken]


def _said_once(reading: Reading, furniture: Sequence[Draft], story: str) -> list[Draft]:
    """The lines of headers or footers, each of those that several sections have alike once."""
    found: dict[str, Draft] = {}
    for draft in furniture:
        if draft.line.furniture == "running-head":
            place = reading.places.locate(*draft.line.pieces[0]).story
            if place is not None and place.story == story:
                found.setdefault("".join(draft.text.split()), draft)
    return list(found.values())


def _has_number(text: str, grammar: Grammar) -> bool:
    forms = (*grammar.issue_numbers, *grammar.cumulative_numbers, *grammar.blank_numbers)
    return len(text) <= _LONGEST and any(form.search(text) is not None for form in forms)


def _is_imprint(text: str, grammar: Grammar) -> bool:
    return len(text) <= _LONGEST and ("：" in text or ":" in text) and bool(grammar.tail_labels.all_in(text))
