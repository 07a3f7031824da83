"""How many items stand behind words that promise some: 一是…二是…, （一）…（二）…, 1. … 2. …"""

from __future__ import annotations

from itertools import pairwise

from bulletin_lint._typing import NamedTuple
from bulletin_lint.checks.structure.item_lists import end_of_inner_list
from bulletin_lint.checks.structure.sequences import TOP, Step, rewritten, section_sequences
from bulletin_lint.model.numerals import like

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from bulletin_lint.checks.context import CheckContext
    from bulletin_lint.matching.patterns import Pattern
    from bulletin_lint.model.document import Node

_CLAUSE_ENDS = "。；;，,：:、！？\n"
"""What stands before an item amid a paragraph, white space left out."""
_BLANKS = " \u3000\t"
_MOST = 60
"""Items that are counted at most."""


class Lead(NamedTuple):
    """Words that promise items."""

    block: int
    """The index of their block in the article."""
    end: int
    """Where they end in that block's text."""
    is_open: bool
    """Whether they end in a colon: what follows is theirs, whatever it is."""


class Counted(NamedTuple):
    """The items that were told behind a lead."""

    items: int
    """How many."""
    last: int
    """The number of the last one as written."""
    marker: str
    """The first one's marker."""
    rest: str
    """The text from the last item's words on, as far as another item might stand."""

    def may_go_on(self, further: Pattern | None, before_number: Iterable[str] = ()) -> bool:
        """Whether there may be one more in another manner: 三要, with one of some marks before its number
        (第三), or behind words that `further` tells.
        """
        number = self.last + 1
        heads = {like("一", number), str(number)}
        again = rewritten(self.marker, 1, number)
        if again is not None:
            heads.add(again.strip())
        heads |= {mark + head for head in heads for mark in before_number}
        at_clause = "\n" + self.rest
        for head in heads:
            at = at_clause.find(head)
            while at >= 0:
                if at_clause[:at].rstrip(_BLANKS)[-1:] in _CLAUSE_ENDS:
                    return True
                at = at_clause.find(head, at + 1)
        return further is not None and further.search(self.rest) is not None


def counted_behind(
    context: CheckContext, article: Node, lead: Lead, marker: Pattern | None
) -> Counted | None:
    """The items right behind a lead, in its own paragraph or in the next ones; None where there are none.

    `marker` tells the number of a first item amid a paragraph, where it is none of those that the parser
    knows.
    """
    block = article.list("blocks")[lead.block]
    if block.text[lead.end :].strip():
        return _items(article, lead) or _marked(article, lead, marker)
    return _items(article, lead) or _sections(context, article, lead)


def _items(article: Node, lead: Lead) -> Counted | None:
    """Items in words: 一是…；二是…, in one paragraph or one in each."""
    blocks = article.list("blocks")
    end = blocks[lead.block].span.start + lead.end
    behind = [item for item in article.list("items") if item.span.start >= end - 1]
    if not behind or behind[0].fields["number"] != 1:
        return None
    first = behind[0]
    at = first.fields["block"]
    words = first.span.start - (end if at == lead.block else blocks[at].span.start)
    if at - lead.block > 1 or words > 1 or (at != lead.block and words):
        return None
    own = [item for item in article.list("items") if item.fields["style"] == first.fields["style"]]
    begin = next(index for index, item in enumerate(own) if item is first)
    end_of_list = end_of_inner_list(own, begin, blocks)
    count, last = 0, first
    for item in own[begin : end_of_list if end_of_list > begin else None]:
        # A wrong number is another rule's to report; an item is an item.
        if item.fields["block"] > at + count or (count and item.fields["number"] == 1):
            break
        count += 1
        last = item
    place = last.fields["block"]
    following = blocks[place + 1].text if place + 1 < len(blocks) else ""
    rest = blocks[place].text[last.span.end - blocks[place].span.start :] + "\n" + following
    return Counted(count, last.fields["number"] or count, first.text, rest)


def _sections(context: CheckContext, article: Node, lead: Lead) -> Counted | None:
    """Numbered paragraphs or headings, the first of them right below the lead."""
    blocks = article.list("blocks")
    for run in section_sequences(context, article):
        first = run.steps[0]
        if first.position != lead.block + 1 or first.number != 1:
            continue
        steps = [first]
        for step in run.steps[1:]:
            if any(_is_above(block, first) for block in blocks[steps[-1].position + 1 : step.position]):
                break
            steps.append(step)
        if not lead.is_open and first.node.fields.get("level") == TOP and not _is_list(steps):
            return None
        end = next(
            (at for at in range(steps[-1].position + 1, len(blocks)) if _is_above(blocks[at], first)),
            len(blocks),
        )
        rest = "\n".join(block.text for block in blocks[steps[-1].position : end])
        return Counted(len(steps), steps[-1].number, first.marker, rest[len(steps[-1].marker) :])
    return None


def _is_above(block: Node, first: Step) -> bool:
    """Whether a block ends the list that a step begins: a title, or a number of a higher level."""
    kind = block.fields["kind"]
    own = first.node.fields.get("level")
    return bool(kind == "heading" or (kind == "section" and own is not None and block.fields["level"] < own))


def _is_list(steps: list[Step]) -> bool:
    """Whether numbered blocks are a list and not the headings of all that follows: each right below the one
    before it, or all of them with words that begin alike (坚持…, 坚持…).
    """
    heads = [step.node.text[len(step.marker) :].strip()[:2] for step in steps]
    return (
        all(after.position == before.position + 1 for before, after in pairwise(steps))
        or len(set(heads)) == 1
    )


def _marked(article: Node, lead: Lead, marker: Pattern | None) -> Counted | None:
    """Items with numbers of other kinds amid the lead's own paragraph: （一）…；（二）…"""
    text = article.list("blocks")[lead.block].text
    start = lead.end + len(text[lead.end :]) - len(text[lead.end :].lstrip(_BLANKS))
    found = marker.match(text[start:]) if marker is not None else None
    if found is None:
        return None
    at, count = start + found.end(), 1
    while count < _MOST:
        item = rewritten(found.group(), 1, count + 1)
        place = _next_item(text, item.strip(), at) if item is not None else -1
        if item is None or place < 0:
            break
        at, count = place + len(item.strip()), count + 1
    blocks = article.list("blocks")
    following = blocks[lead.block + 1].text if lead.block + 1 < len(blocks) else ""
    return Counted(count, count, found.group(), text[at:] + "\n" + following)


def _next_item(text: str, item: str, at: int) -> int:
    """Where an item's number stands at the beginning of a clause, or -1; 2.6 is no item two."""
    place = text.find(item, at)
    while place >= 0:
        before = text[:place].rstrip(_BLANKS)[-1:]
        if before in _CLAUSE_ENDS and not text[place + len(item) : place + len(item) + 1].isdecimal():
            return place
        place = text.find(item, place + 1)
    return -1
