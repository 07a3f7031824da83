"""Enumerations inside the paragraphs of an article; a list within an item of another is one of its own."""

from __future__ import annotations

from bulletin_lint.checks.structure.sequences import ITEMS, NumberedRun, Step, begun_before

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.model.document import Node


def item_sequences(article: Node) -> list[NumberedRun]:
    """Enumerations: a new one begins with every 一是 that its neighbours do not contradict, and under
    every numbered heading.
    """
    blocks = article.list("blocks")
    found: list[NumberedRun] = []
    items = article.list("items")
    if not items:
        return found
    sections = _sections_above(blocks)
    for style in dict.fromkeys(item.fields["style"] for item in items):
        own = [item for item in items if item.fields["style"] == style and item.fields["number"]]
        current: list[Step] = []
        section: int | None = None
        inner = 0
        for index, item in enumerate(own):
            if index < inner:
                continue
            inner = end_of_inner_list(own, index, blocks)
            if inner > index:
                steps = [
                    Step(each, each.fields["number"] or 0, each.span, each.fields["block"])
                    for each in own[index:inner]
                ]
                found.append(NumberedRun(ITEMS, steps))
                continue
            position = item.fields["block"]
            under = sections[position]
            step = Step(item, item.fields["number"] or 0, item.span, position)
            following = own[index + 1].fields["number"] if index + 1 < len(own) else None
            if (
                not current
                or under != section
                or _begins_anew(blocks, current, step, following)
                or (current[-1].position != position and begun_before(step, blocks))
            ):
                current = []
                found.append(NumberedRun(ITEMS, current))
            section = under
            current.append(step)
    return found


def end_of_inner_list(own: list[Node], index: int, blocks: list[Node]) -> int:
    """The index behind a list that an item of one style begins in the words of another, which closes with its
    sentence, as the outer list goes on (三是换证，分两类：一是…，二是…。四是…); its own where it begins none.
    """
    first = own[index]
    block = blocks[first.fields["block"]]
    before = block.text[: first.span.start - block.span.start].rstrip()
    if not index or first.fields["number"] != 1 or not before.endswith(("：", ":")):
        return index
    stop = block.text.find("。", first.span.end - block.span.start)
    end = block.span.start + (stop if stop >= 0 else len(block.text))
    behind = index
    while behind < len(own) and own[behind].span.start < end:
        if own[behind].fields["number"] != behind - index + 1:
            return index
        behind += 1
    goes_on = behind < len(own) and own[behind].fields["number"] == (own[index - 1].fields["number"] or 0) + 1
    return behind if behind - index >= 2 and goes_on else index


def _sections_above(blocks: list[Node]) -> list[int | None]:
    """For every block the index of the heading it stands under, None above the first."""
    above: list[int | None] = []
    for index, block in enumerate(blocks):
        is_heading = block.fields["kind"] in ("section", "heading")
        above.append(index if is_heading else above[-1] if above else None)
    return above


def _begins_anew(blocks: list[Node], current: list[Step], step: Step, following: int | None) -> bool:
    """Whether an item numbered one begins a new enumeration, or is a slip in the one before."""
    if step.number != 1:
        return False
    last = current[-1]
    leads_on = following == 2 and last.number >= 2
    if last.position == step.position:
        # In one paragraph a second 一是 is a slip where the next item goes on from the one before it.
        return leads_on
    is_list_of_paragraphs = (
        step.position == last.position + 1
        and last.span.start == blocks[last.position].span.start
        and step.span.start == blocks[step.position].span.start
    )
    return leads_on or not is_list_of_paragraphs
