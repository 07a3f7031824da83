"""The numbered runs of an article: sections of one level."""

from __future__ import annotations

from itertools import islice

from bulletin_lint._typing import NamedTuple
from bulletin_lint.matching.patterns import compiled
from bulletin_lint.model.numerals import item_number, like

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from bulletin_lint.checks.context import CheckContext
    from bulletin_lint.model.document import Node
    from bulletin_lint.model.location import Span


TOP = 1
ITEMS = 0
"""The level of enumerations inside paragraphs."""
_BEHIND_LABEL = compiled(
    "[^：:。；]{1,20}(?:[：:]|[为是有含括][：:]?|[ \u3000])[ \u3000]*"
    "(?P<item>[（(]?[1１一][、.．）)]|[①⑴⒈㈠])(?![0-9])"
)
"""A block with a label, short as labels are, and behind it item one."""
_POINTS = ".．、，"
"""Behind these a figure may belong to the number before it; behind a bracket it makes a marker."""
_AROUND_NUMERAL = f"{_POINTS}（()） \u3000"
"""What a marker has beside its numeral."""
_SCALES = ("万", "亿", "%", "％", "倍", "成", "")
"""What makes one number of the figures before and behind a point."""
_BEFORE_ITEM = " \u3000\t\n；;。，、："
"""What stands before an item in a line."""
_LONGEST_QUOTATION = 60
"""Blocks over which a quotation may run."""
_LOOK_AHEAD = 200
"""Markers within which the next one of a level is looked for; keeps long lists linear."""


class Step(NamedTuple):
    """One numbered thing of a sequence: a section or an enumerated item."""

    node: Node
    number: int
    span: Span
    """The marker's own characters."""
    position: int
    """The index of its block in the article."""
    is_quoted: bool = False
    """Whether it stands within a quotation of several paragraphs."""

    @property
    def marker(self) -> str:
        """The number as it is written, with its mark."""
        return str(self.node.fields.get("marker", self.node.text)).strip()


class NumberedRun(NamedTuple):
    """Steps of one level that belong together."""

    level: int
    steps: list[Step]
    above: Step | None = None
    """The step of a higher level that they stand under."""


def section_sequences(context: CheckContext, article: Node) -> list[NumberedRun]:
    """The numbered sections of an article, each run of them in order."""
    if not article.list("sections"):
        return []
    found: list[NumberedRun] = context.shared(id(article), lambda: _runs_of_sections(article))
    return found


def _runs_of_sections(article: Node) -> list[NumberedRun]:
    blocks = article.list("blocks")
    quoted = _quoted(blocks)
    steps = [
        Step(block, int(block.fields["number"]), block.field_span("marker"), position, position in quoted)
        for position, block in enumerate(blocks)
        if block.fields["kind"] == "section" and block.fields["number"] is not None
    ]
    steps = [step for index, step in enumerate(steps) if not _is_within_paragraph(steps, index, blocks)]
    strays = _leading_items(article, blocks)
    finished: list[NumberedRun] = []
    by_kind: dict[tuple[int, str], list[NumberedRun]] = {}
    open_runs: list[NumberedRun] = []
    for index, step in enumerate(steps):
        while strays and strays[0].position < step.position:
            _takes_stray(open_runs, strays.pop(0), steps, index)
        level = _kind_of_level(step)
        depth = next((at for at, run in enumerate(open_runs) if _key(run) == level), None)
        if step.node.fields["level"] == TOP and depth is None and not _is_nested(open_runs, steps, index):
            open_runs.clear()
        if depth is not None:
            del open_runs[depth + 1 :]
            if _restarts(blocks, steps, index, open_runs[depth]):
                del open_runs[depth:]
                depth = None
        if depth is None:
            before = _counted_on(step, by_kind.get(level, [])) if open_runs else None
            if before is not None:
                open_runs.append(before)
            elif _takes_stray(open_runs, step, steps, index + 1):
                continue
            else:
                above = open_runs[-1].steps[-1] if open_runs else None
                open_runs.append(NumberedRun(step.node.fields["level"], [], above))
                finished.append(open_runs[-1])
                by_kind.setdefault(level, []).append(open_runs[-1])
        open_runs[-1].steps.append(step)
    for stray in strays:
        _takes_stray(open_runs, stray, steps, len(steps))
    return finished


def _is_within_paragraph(steps: list[Step], index: int, blocks: list[Node]) -> bool:
    """Whether a number begins a list that ends in its own paragraph: （1）摸底。（2）验收。 is no heading."""
    step = steps[index]
    if step.number != 1:
        return False
    block = blocks[step.position]
    words = block.text[step.span.end - block.span.start :]
    if not stand_in(words, step, range(2, 3)):
        return False
    later = islice(steps, index + 1, index + 1 + _LOOK_AHEAD)
    following = next((other for other in later if _kind_of_level(other) == _kind_of_level(step)), None)
    return following is None or following.number == 1


def _quoted(blocks: list[Node]) -> set[int]:
    """The blocks of quotations that close at the end of a later block: a list in them is one of its own."""
    found: set[int] = set()
    opened: int | None = None
    for position, block in enumerate(blocks):
        text = block.text
        if opened is None:
            if text.rfind("“") > text.rfind("”"):
                opened = position
        elif "“" not in text and text.rstrip("。；， ").endswith("”"):
            if position - opened <= _LONGEST_QUOTATION:
                found.update(range(opened + 1, position + 1))
            opened = None
        elif text.rfind("“") > text.rfind("”") or text.count("”") > text.count("“"):
            # Another that is open, or one that closes in the midst: which belongs to which is not known.
            opened = None
    return found


def _leading_items(article: Node, blocks: list[Node]) -> list[Step]:
    """The numbered items that begin a paragraph: 第二，… may stand where 二、… should.

    Not those that count on in their own enumeration: 三是 above 四是.
    """
    found: list[Step] = []
    before: dict[str, int] = {}
    for item in article.list("items"):
        number, style = item.fields["number"] or 0, item.fields["style"]
        begins = item.span.start == blocks[item.fields["block"]].span.start
        if begins and number > 1 and before.get(style) != number - 1:
            found.append(Step(item, number, item.span, item.fields["block"]))
        before[style] = number
    return found


def _takes_stray(open_runs: list[NumberedRun], step: Step, steps: list[Step], index: int) -> bool:
    """Adds to a run what counts on in another style, （二） between 一、 and 三、; whether it did.

    `index` is that of the first marker behind the step. It does not where its own style counts on.
    """
    if step.number < 2:
        return False
    later = list(islice(steps, index, index + _LOOK_AHEAD))
    own = next((other for other in later if _kind_of_level(other) == _kind_of_level(step)), None)
    for depth in range(len(open_runs) - 1, -1, -1):
        run = open_runs[depth]
        if run.steps[-1].number != step.number - 1 or run.steps[-1].position >= step.position:
            continue
        following = next((other for other in later if _kind_of_level(other) == _key(run)), None)
        if following is None:
            fits = own is None or own.number != step.number + 1
        else:
            fits = following.number == step.number + 1 and (own is None or own.position > following.position)
        if fits:
            del open_runs[depth + 1 :]
            run.steps.append(step)
            return True
    return False


def _counted_on(step: Step, alike: list[NumberedRun]) -> NumberedRun | None:
    """The run that a marker goes on from though a heading stands between: 一、1. 2. 3. 二、4. 5.

    `alike` are the runs of its kind so far; where there are several, each began anew under its heading,
    and so does this.
    """
    if step.number > 2 and len(alike) == 1 and alike[0].steps[-1].number == step.number - 1:
        return alike[0]
    return None


def _is_nested(open_runs: list[NumberedRun], steps: list[Step], index: int) -> bool:
    """Whether a top-level marker stands under a lower one: that one's numbering goes on after it."""
    if not open_runs:
        return False
    outer = open_runs[0]
    later = islice(steps, index + 1, index + 1 + _LOOK_AHEAD)
    following = next((step for step in later if _kind_of_level(step) == _key(outer)), None)
    return following is not None and following.number == outer.steps[-1].number + 1


def _kind_of_level(step: Step) -> tuple[int, str]:
    style = step.node.fields["style"]
    return (step.node.fields.get("level", ITEMS), f"“{style}" if step.is_quoted else style)


def strays_of(sequence: NumberedRun) -> list[Step]:
    """The steps of a run that are in another style than its first."""
    return [step for step in sequence.steps if _kind_of_level(step) != _key(sequence)]


def _key(sequence: NumberedRun) -> tuple[int, str]:
    return _kind_of_level(sequence.steps[0])


def _restarts(blocks: list[Node], steps: list[Step], index: int, current: NumberedRun) -> bool:
    """Whether a marker begins a new list and not a repetition."""
    step = steps[index]
    last = current.steps[-1]
    if begun_before(step, blocks) and not (step.number == last.number + 1 and _is_list_apart(step, blocks)):
        return True
    if step.number > last.number:
        return False
    between = blocks[last.position + 1 : step.position]
    before = blocks[step.position - 1] if step.position else None
    if (
        before is not None
        and before.text.rstrip().endswith(("：", ":"))
        and before.fields.get("level") != step.node.fields["level"]
    ):
        return True
    if step.number != 1:
        return False
    if any(block.fields["kind"] == "heading" for block in between):
        return True
    if step.node.fields["level"] == TOP:
        return False
    following = next(
        (
            other.number
            for other in islice(steps, index + 1, index + 1 + _LOOK_AHEAD)
            if other.node.fields["level"] <= step.node.fields["level"]
        ),
        None,
    )
    plain = any(block.fields["kind"] != "section" for block in between)
    return plain and last.number >= 2 and following == 2


def begun_before(step: Step, blocks: list[Node]) -> int:
    """How many items of a sequence stand in the words before the first that was told: a section's behind a
    label in the block above (附件：1.登记表, and 2. on the next line: GB/T 9704-2012, 7.3.4), an item's amid
    the words of its own block (各街道一是登记，二是核对).
    """
    if step.number < 2:
        return 0
    block = blocks[step.position]
    marker = step.node.fields.get("marker")
    if marker is None:
        words = block.text[: step.span.start - block.span.start]
    elif step.position:
        above = blocks[step.position - 1]
        words = above.text
        if above.fields["kind"] != "section" and _begins_with_figure(words, step):
            return 1
        if untold(step, range(step.number - 1, 0, -1), reversed(blocks[: step.position])):
            return step.number - 1
        if not _BEHIND_LABEL.match(words):
            return 0
    else:
        return 0
    at = count = 0
    while count < step.number - 1:
        item = rewritten(marker or step.node.text, step.number, count + 1)
        at = words.find(item.strip(), at) if item is not None else -1
        if at < 0:
            break
        count += 1
    return max(count, 1) if marker is not None else count


def untold(step: Step, numbers: range, blocks: Iterable[Node]) -> bool:
    """Whether blocks that were told as no sections begin with some numbers in the manner of a step's: in
    一、三季度经济运行情况 the marker may be a figure.
    """
    heads = [(rewritten(step.marker, step.number, number) or "").strip() for number in numbers]
    if not all(heads):
        return False
    for block in blocks:
        if not heads:
            break
        if block.fields["kind"] == "section" or not block.text.startswith(heads[0]):
            continue
        if not block.text[len(heads[0]) :].lstrip()[:1].isdecimal():
            heads.pop(0)
    return not heads


def _is_list_apart(step: Step, blocks: list[Node]) -> bool:
    """Whether the list behind a label in the block above is not the step's: its items are numbered in another
    manner, or it tells this number as well (会议要求：1.登记；2.核对 above 二、).
    """
    words = blocks[step.position - 1].text
    label = _BEHIND_LABEL.match(words)
    if label is None:
        return False
    first = rewritten(step.marker, step.number, 1)
    return (
        first is None
        or _manner(first) != _manner(label["item"])
        or stand_in(words, step, range(step.number, step.number + 1))
    )


def _manner(item: str) -> tuple[str, bool]:
    """How an item one is numbered: its numeral, in the common width, and whether a bracket closes it."""
    return item.strip(_AROUND_NUMERAL).replace("１", "1"), item.strip().endswith(("）", ")"))


def _begins_with_figure(words: str, step: Step) -> bool:
    """Whether words are item one above item two and go on with a figure, which made no marker of its number:
    1.5G基站, 1.12345热线; in 1.5万元 it is none.
    """
    item = rewritten(step.marker, step.number, 1) if step.number == 2 else None
    if item is None or item.strip()[-1] not in _POINTS or not words.startswith(item.strip()):
        return False
    after = words[len(item.strip()) :].lstrip()
    return after[:1].isdecimal() and after.lstrip("0123456789.").lstrip()[:1] not in _SCALES


def rewritten(marker: str, number: int, expected: int) -> str | None:
    """The marker with another number, in its own manner."""
    for start, character in enumerate(marker):
        if item_number(character) is None:
            continue
        end = start
        while end < len(marker) and item_number(marker[start : end + 1]) is not None:
            end += 1
        # A space behind the number is the marker's: 举措三　供好水.
        end = start + len(marker[start:end].rstrip())
        # A letter may also belong to a word of the marker.
        if item_number(marker[start:end]) == number:
            return marker[:start] + like(marker[start:end], expected) + marker[end:]
        if not character.isascii() or not character.isalpha():
            return None
    return None


def stand_in(words: str, step: Step, numbers: range) -> bool:
    """Whether numbers in the manner of a step's stand in some words, in order, behind spaces or marks."""
    marker, at = step.marker, 0
    for number in numbers:
        item = rewritten(marker, step.number, number)
        if item is None:
            return False
        at = words.find(item, at)
        while at >= 0 and not _is_item(words, at, at + len(item)):
            at = words.find(item, at + 1)
        if at < 0:
            return False
        at += len(item)
    return True


def _is_item(words: str, start: int, end: int) -> bool:
    """Whether a number stands before words of its own: 资金 3.6 万元 is no item three."""
    return words[start - 1 : start] in _BEFORE_ITEM and not words[end : end + 1].isdecimal()
