"""Counts that the words of an article promise and its parts must keep."""

from __future__ import annotations

from bisect import bisect_left
from itertools import takewhile

from bulletin_lint._typing import NamedTuple
from bulletin_lint.checks.parameters import Parameter
from bulletin_lint.checks.protocols import Check
from bulletin_lint.checks.structure.enumerations import Lead, counted_behind
from bulletin_lint.checks.structure.sequences import section_sequences
from bulletin_lint.matching.patterns import compiled
from bulletin_lint.model.location import Span
from bulletin_lint.model.numerals import parse_number
from bulletin_lint.model.violation import Match, Outcome

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bulletin_lint._typing import Any, ClassVar
    from bulletin_lint.checks.context import CheckContext, Resources
    from bulletin_lint.model.document import Node


_ITEM_ENDS = compiled("[、，；]")
_BRACKETS = ("（", "(")
_BRACKET_ENDS = compiled("[）)]")
_ITEM_QUOTES = "“”‘’ \u3000"
_LEAD_ENDS = '：:。，,”" \u3000'
_CLOSING = '”" \u3000'
_COLONS = ("：", ":")


class ListedItems(NamedTuple):
    """What a sentence lists behind a promise."""

    items: int
    """The items that are told."""
    least: int
    """The items without those that only may be some: what stands behind the list, what is joined by 和."""
    most: int
    """The items with all of those."""
    parts: int
    """What stands between marks, whatever it says."""
    has_others: bool
    """Whether some of that is no item."""

    def may_be(self, promised: int) -> bool:
        """Whether the list can be read so that it keeps a promise."""
        return self.least <= promised <= self.most or promised == self.parts


class PromisedCount(Check):
    """A count that the words promise and the parts must keep: “三个坚持” has three sections.

    `promise` has the groups ``n`` (the number) and ``what``; an item counts when its heading holds the
    words of `what`, or, where `what` is one of `counted_by_measure`, 一 and a measure word. Where no
    two items show that word the promise is about something else, and nothing is said.
    """

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "promise": Parameter(
            "pattern", "A promise that headings keep, with the groups n and what.", required=True
        ),
        "enumerated_promise": Parameter(
            "pattern",
            "A promise that the enumeration right behind it keeps, with the group n; it ends where the "
            "enumeration begins, in its paragraph or in the next one.",
            required=True,
        ),
        "first_item": Parameter(
            "pattern",
            "The number of a first item amid a paragraph, besides those that the parser knows (（一）, 1.).",
        ),
        "further_item": Parameter("pattern", "Words that stand for a further item without a number (最后)."),
        "before_further_number": Parameter(
            "strings",
            "Marks before the number of a further item that is told in another manner than the first.",
            default=(),
        ),
        "promise_in_sentence": Parameter(
            "pattern",
            "A promise whose items follow in its own sentence, with the groups n, what and items; each item "
            "begins with `what`, or each ends with it, or each has it amid, whichever the first one does.",
        ),
        "joined_by": Parameter(
            "pattern",
            "What joins the last item of such a list to the one before it (和). An item may hold it as well: "
            "two are counted where both have `what`, and nothing is said where two would keep the promise.",
        ),
        "beside_items": Parameter(
            "pattern", "How a part behind such a list begins that tells something else (，并建立…)."
        ),
        "counted_by_measure": Parameter(
            "strings", "Words of `what` that stand for 一 and a measure word (五个一).", default=["一"]
        ),
        "measures": Parameter("pattern", "What such an item's heading must hold.", required=True),
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._selectors = resources.selectors(parameters["on"])
        self._promise = resources.pattern(parameters["promise"])
        self._enumerated_promise = resources.pattern(parameters["enumerated_promise"])
        first = parameters.get("first_item")
        self._first_item = resources.pattern(first) if first else None
        further = parameters.get("further_item")
        self._further = resources.pattern(further) if further else None
        self._before_further: tuple[str, ...] = tuple(parameters.get("before_further_number") or ())
        sentence = parameters.get("promise_in_sentence")
        self._in_sentence = resources.pattern(sentence) if sentence else None
        joined, beside = parameters.get("joined_by"), parameters.get("beside_items")
        self._joined = resources.pattern(joined) if joined else None
        self._beside = resources.pattern(beside) if beside else None
        self._by_measure = tuple(parameters["counted_by_measure"])
        self._measures = resources.pattern(parameters["measures"])

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        return frozenset({"found", "promised", "count"})

    @staticmethod
    def sought(parameters: Mapping[str, Any], tables: Mapping[str, Mapping[str, str]]) -> Mapping[str, bool]:
        """The patterns that it seeks."""
        names = ("promise", "enumerated_promise", "promise_in_sentence")
        return {parameters[name]: False for name in names if parameters.get(name)}

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        articles = context.select(self._selectors)
        if not articles:
            return "cannot-assess"
        text = context.document.text
        # Most documents promise nothing: no article need be looked at.
        titled = _starts(context.matches(self._promise, text))
        enumerated = _starts(context.matches(self._enumerated_promise, text))
        sentences = context.matches(self._in_sentence, text) if self._in_sentence else ()
        if not (titled or enumerated or sentences):
            return "not-applicable"
        matches: list[Match] = []
        promised = False
        for article in articles:
            found: list[Match | None] = []
            if _within(titled, article.span):
                found += self._headings(context, article)
            if _within(enumerated, article.span):
                found += self._enumeration(context, article, enumerated)
            if sentences:
                found += self._sentences(context, article, sentences)
            for match in found:
                promised = True
                if match is not None:
                    matches.append(match)
        return matches if promised else "not-applicable"

    def _headings(self, context: CheckContext, article: Node) -> Iterator[Match | None]:
        title = article.child("title")
        leads = [block for block in article.list("blocks") if block.fields["kind"] == "paragraph"][:1]
        judged: dict[str, Match | None] = {}
        for node in [*([title] if title is not None else []), *leads]:
            for found in context.matches_in(node, self._promise):
                promised = parse_number(found["n"])
                key = f"{promised}{found['what']}"
                if promised is None or promised < 2 or key in judged:
                    continue
                count = self._count(context, article, found["what"], promised)
                if count is None:
                    continue
                start, end = found.span()
                span = Span(node.span.start + start, node.span.start + end)
                judged[key] = None
                if count != promised:
                    judged[key] = Match(
                        span,
                        {"found": found.group(), "promised": promised, "count": count},
                        part=node.path,
                    )
        yield from judged.values()

    def _sentences(
        self, context: CheckContext, article: Node, sentences: Sequence[Any]
    ) -> Iterator[Match | None]:
        low, high = article.span
        for found in sentences:
            if not low <= found.start() < high:
                continue
            promised = parse_number(found["n"])
            what = found["what"]
            by_measure = what in self._by_measure
            listed = self._listed(_items(found), what, "" if by_measure else what)
            if promised is None or promised < 2 or listed is None:
                continue
            if by_measure and listed.has_others:
                # What follows the list may hold a further item in other words: 一张清单、一本台账，每周调度.
                continue
            if listed.may_be(promised):
                yield None
                continue
            span = Span(found.start("n"), found.end("what"))
            words = context.document.text[span.start : span.end]
            blocks = [block for block in article.list("blocks") if block.span.start <= span.start]
            yield Match(
                span,
                {"found": words, "promised": promised, "count": listed.items},
                part=blocks[-1].path if blocks else article.path,
            )

    def _listed(self, words: str, what: str, held: str) -> ListedItems | None:
        """What a sentence lists, None where no two items show `what`.

        Behind a list with 、 a part that does not hold the words `held` is the end of the sentence.
        """
        first, *rest = words.split("，")
        is_series = "、" in first
        if is_series:
            rest = list(takewhile(lambda part: held in part, rest))
        runs = [[self._freed(item, what) for item in _ITEM_ENDS.split(part)] for part in (first, *rest)]
        begins = runs[0][0].startswith(what)
        shows = str.startswith if begins else str.endswith if runs[0][0].endswith(what) else str.__contains__
        shown = [sum(shows(item, what) for item in run) for run in runs]
        most = sum(shown)
        if most < 2:
            return None
        parts = sum(map(len, runs))
        has_others = most < parts
        behind = (number for number, run in enumerate(runs) if number and self._is_beside(run[0], what))
        end = next(behind, len(runs))
        count = sum(shown[:end])
        least = shown[0] if is_series and shown[0] >= 2 else count
        # Items are joined where a list ends; elsewhere two may be, where both show it.
        ends = {0, end - 1, len(runs) - 1} if is_series else {len(runs) - 1}
        for number, run in enumerate(runs):
            for at, item in enumerate(run, 1):
                kept = [shows(piece, what) for piece in self._pieces(item)]
                is_end = at == len(run) and number in ends
                further = max(len(kept) - 1, 0)
                # Of what is begun alike there may be several anywhere: 送政策和技能.
                if all(kept) or ((is_end or begins) and any(kept)):
                    most += further
                if all(kept) and is_end and number < end:
                    count += further
                    if item.count(what) == len(kept) or not held:
                        # 责任清单和整改清单 are two, 船东制度和渔民制度联络制度 may be one.
                        parts += further
                        least += 0 if number and is_series else further
        return ListedItems(count, least, most, parts, has_others)

    def _freed(self, item: str, what: str) -> str:
        """An item without quotes, and without what joins it to the one before it: 以及坚持…."""
        item = item.strip(_ITEM_QUOTES)
        joint = self._joined.match(item) if self._joined is not None else None
        rest = item[joint.end() :].strip(_ITEM_QUOTES) if joint else ""
        return rest if rest.startswith(what) else item

    def _is_beside(self, words: str, what: str) -> bool:
        return bool(self._beside and self._beside.match(words)) and not words.startswith(what)

    def _pieces(self, item: str) -> list[str]:
        """The items that one may be, with what joins them between them."""
        joints = [joint.span() for joint in self._joined.finditer(item)] if self._joined is not None else []
        starts = [0, *(end for _, end in joints)]
        ends = [*(start for start, _ in joints), len(item)]
        pieces = [item[start:end].strip(_ITEM_QUOTES) for start, end in zip(starts, ends, strict=True)]
        return [piece for piece in pieces if piece]

    def _count(self, context: CheckContext, article: Node, what: str, promised: int) -> int | None:
        """How many items keep a promise, None where it is not about the article's items."""
        groups = [group for group in _heading_groups(context, article) if len(group) >= 2]
        best: int | None = None
        for group in groups:
            if what in self._by_measure:
                kept = sum(self._measures.search(head) is not None for head in group)
            else:
                kept = sum(what in head for head in group)
            if kept == promised or (len(group) == promised and kept >= 2):
                return promised
            if kept >= 2 and kept * 2 >= len(group):
                best = max(best or 0, kept)
        return best

    def _enumeration(
        self, context: CheckContext, article: Node, starts: Sequence[int]
    ) -> Iterator[Match | None]:
        for number, block in enumerate(article.list("blocks")):
            if not _within(starts, block.span):
                continue
            for found in context.matches_in(block, self._enumerated_promise):
                promised = parse_number(found["n"])
                words = block.text[found.start("n") : found.end()]
                said = words.rstrip(_LEAD_ENDS)
                is_open = words[len(said) :].strip(_CLOSING) in _COLONS
                lead = Lead(number, found.end(), is_open)
                counted = counted_behind(context, article, lead, self._first_item)
                if promised is None or promised < 2 or counted is None or counted.items < 2:
                    continue
                # Where the last has the number that was promised one is left out or twice: another rule's.
                if promised in (counted.items, counted.last):
                    yield None
                    continue
                if counted.items < promised and counted.may_go_on(self._further, self._before_further):
                    continue
                low = block.span.start + found.start("n")
                yield Match(
                    Span(low, low + len(said)),
                    {"found": said, "promised": promised, "count": counted.items},
                    part=block.path,
                )


def _items(found: Any) -> str:
    """The words that list the items: those within brackets where brackets hold the list."""
    words: str = found["items"]
    between = found[0][found.end("what") - found.start() : found.start("items") - found.start()]
    return _BRACKET_ENDS.split(words)[0] if any(each in between for each in _BRACKETS) else words


def _starts(matches: Iterable[Any]) -> list[int]:
    return [match.start() for match in matches]


def _within(offsets: Sequence[int], span: Span) -> bool:
    """Whether one of some offsets, which are in order, stands in a span."""
    at = bisect_left(offsets, span.start)
    return at < len(offsets) and offsets[at] < span.end


def _heading_groups(context: CheckContext, article: Node) -> list[list[str]]:
    """The headings that may keep a promise: sections of one level, lead-ins, first sentences."""
    groups: list[list[str]] = []
    groups.extend([_heading(step.node) for step in run.steps] for run in section_sequences(context, article))
    leads = [str(node.fields["lead"]) for node in article.list("lead_ins")]
    if leads:
        groups.append(leads)
    else:
        # Without bold type a lead-in is a short first sentence.
        sentences = []
        for node in article.list("paragraphs"):
            first, stop, rest = node.text.partition("。")
            if stop and rest.strip() and len(first) <= 22 and "，" not in first and "," not in first:
                sentences.append(first)
        groups.append(sentences)
    return groups


def _heading(node: Node) -> str:
    return node.text[len(str(node.fields["marker"])) :].partition("。")[0]
