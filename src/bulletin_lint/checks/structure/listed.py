"""The list of contents and the titles of the articles say the same."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter

from bulletin_lint._typing import NamedTuple
from bulletin_lint.checks.parameters import Parameter
from bulletin_lint.checks.protocols import Check
from bulletin_lint.matching.patterns import compiled
from bulletin_lint.model.violation import Match, Outcome
from bulletin_lint.model.wording import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bulletin_lint._typing import Any, ClassVar
    from bulletin_lint.checks.context import CheckContext, Resources
    from bulletin_lint.matching.patterns import Pattern
    from bulletin_lint.model.document import Node


_LEAST_ENTRIES = 2
"""Entries of which all must be titles before a title is said to have none."""
_SOME_WORDS = 8
"""Characters of an entry that do not stand elsewhere by chance."""
_UNSEEN = compiled(r"[\s：:—－\-·•…．.、，,“”‘’《》〈〉（）()【】]+")
_NUMBERED = compiled(
    r"^(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}|[（(][一二三四五六七八九十0-9]{1,3}[）)])[.．、 　]"
)


class _EntryForm(NamedTuple):
    """What stands around an entry's words."""

    sign: Pattern | None
    page: Pattern | None
    author: Pattern | None

    @property
    def sources(self) -> tuple[str, ...]:
        """Those patterns as they are written."""
        return tuple(pattern.source if pattern is not None else "" for pattern in self)

    def words(self, entry: Node) -> str:
        """An entry's words without number, page and marks."""
        return _bare(_without(self.sign, _without(self.page, entry.text)))

    def words_alone(self, entry: Node) -> str:
        """The same without the author."""
        return _bare(_without(self.sign, _without(self.author, _without(self.page, entry.text))))

    def has_page(self, entry: Node) -> bool:
        """Whether the number of a page stands behind an entry."""
        return self.page is not None and self.page.search(entry.text) is not None


def _without(pattern: Pattern | None, text: str) -> str:
    return pattern.cut_from(text) if pattern is not None else text


class Listed(Check):
    """Every entry of the list of contents is the title of an article."""

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "among": Parameter("selectors", "The parts one of which must say the same.", required=True),
        "assert": Parameter(
            "choice",
            "`same`: an entry that resembles one of those parts says the same; `present`: no entry is alone "
            "in resembling none of them, with words that stand nowhere else; `entered`, the other way round: "
            "no title is alone in having no entry, where all entries are titles of articles; `order`: "
            "entries that are titles stand in the order of these.",
            default="same",
            choices=("same", "present", "entered", "order"),
        ),
        "unless": Parameter(
            "patterns",
            "Entries, or titles, in which one of these is found are let be: names of columns.",
            default=(),
        ),
        "sign": Parameter("pattern", "What may stand before an entry and is no word of it: □, ▶."),
        "page": Parameter("pattern", "What may stand behind an entry: the number of its page."),
        "author": Parameter(
            "pattern",
            "Whose article it is, behind an entry or before it; an entry that without this is a title "
            "resembles it.",
        ),
        "behind": Parameter(
            "wording",
            "For `order`: the place behind an entry, for the message; `{entry}` stands for that one.",
        ),
        "first": Parameter("wording", "For `order`: the place before all entries, for the message."),
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._on = resources.selectors(parameters["on"])
        self._among = resources.selectors(parameters["among"])
        self._is_presence = parameters.get("assert") == "present"
        self._is_entry = parameters.get("assert") == "entered"
        self._is_order = parameters.get("assert") == "order"
        self._behind, self._first = (
            Wording(**(parameters.get(name) or {"zh": "", "en": ""})) for name in ("behind", "first")
        )
        self._unless = [resources.pattern(source) for source in parameters.get("unless") or ()]
        self._form = _EntryForm(
            *(
                resources.pattern(parameters[name]) if parameters.get(name) else None
                for name in _EntryForm._fields
            )
        )

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found, nearest (`same` only), place (`order` only: where its article stands)."""
        other = {"same": {"nearest"}, "order": {"place"}}
        return frozenset({"found"} | other.get(str(parameters.get("assert") or "same"), set()))

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        entries = context.select(self._on)
        titles = [node.text for node in context.select(self._among)]
        if self._is_entry:
            if not titles:
                return "not-applicable"
            missing = _not_entered(self._form, entries, context.select(self._among))
            return [each for each in missing if not self._is_let_be(str(each.values["found"]))]
        if not entries or not titles:
            return "cannot-assess"
        form = self._form
        if self._is_order:
            return [
                Match(entry.span, {"found": entry.text, "place": self._place(last)}, part=entry.path)
                for entry, last in _misplaced(form, entries, titles)
            ]
        key = ("listed", self._on, self._among, *form.sources)
        unlike = context.shared(key, lambda: list(_unlike(form, entries, titles)))
        if self._is_presence:
            alone = [entry for entry, near in unlike if near is None]
            others = [entry for entry in alone if not self._is_let_be(entry.text)]
            known = [entry for entry in entries if entry not in alone]
            return _absent(context, form, entries, others, known)
        return [
            Match(entry.span, {"found": entry.text, "nearest": near}, part=entry.path)
            for entry, near in unlike
            if near is not None
        ]

    def _place(self, last: Node | None) -> Wording:
        return (
            Wording(*(each.replace("{entry}", last.text) for each in self._behind)) if last else self._first
        )

    def _is_let_be(self, text: str) -> bool:
        return any(each.search(text) is not None for each in self._unless)


def _unlike(
    form: _EntryForm, entries: Sequence[Node], titles: Sequence[str]
) -> Iterator[tuple[Node, str | None]]:
    """The entries that say the same as no title, each with the title that it resembles, if there is one."""
    bare = {_bare(title) for title in titles}
    for entry in entries:
        own, alone = form.words(entry), form.words_alone(entry)
        if not own or any(own in title or title in own or (alone and alone in title) for title in bare):
            continue
        from difflib import get_close_matches

        near = get_close_matches(entry.text, titles, 1, 0.5)
        yield entry, near[0] if near else None


def _absent(
    context: CheckContext,
    form: _EntryForm,
    entries: Sequence[Node],
    alone: Sequence[Node],
    known: Sequence[Node],
) -> list[Match]:
    """The entry that is alone in resembling no title, if its words stand nowhere else."""
    # Where the titles' entries have a mark of their own, or a page, one without it is a column.
    for kind in (_mark, form.has_page):
        kinds = {kind(entry) for entry in known}
        if len(kinds) == 1:
            alone = [entry for entry in alone if kind(entry) in kinds]
    # Several are columns, remarks, a list of another kind: nothing that titles were meant to repeat.
    if len(alone) != 1 or len(entries) < 2:
        return []
    (entry,) = alone
    own, text = form.words(entry), context.document.text
    around = _bare(text[: entry.span.start]) + "\n" + _bare(text[entry.span.end :])
    if own[:_SOME_WORDS] in around or own[-_SOME_WORDS:] in around:
        # The article may be there, and its title or the entry was not told apart from what is beside it.
        return []
    return [Match(entry.span, {"found": entry.text}, part=entry.path)]


def _not_entered(form: _EntryForm, titles: Sequence[Node], entries: Sequence[Node]) -> list[Match]:
    """The title that alone has no entry, where every entry is the whole title of one of the others."""
    bare = [_bare(title.text) for title in titles]
    listed = [form.words(entry) for entry in entries]
    if len(listed) < _LEAST_ENTRIES or len(bare) != len(listed) + 1 or len(set(bare)) != len(bare):
        return []
    if not set(listed) < set(bare) or len(set(listed)) != len(listed):
        return []
    return [
        Match(title.span, {"found": title.text}, part=title.path)
        for title, own in zip(titles, bare, strict=True)
        if own not in listed
    ]


def _misplaced(
    form: _EntryForm, entries: Sequence[Node], titles: Sequence[str]
) -> Iterator[tuple[Node, Node | None]]:
    """The entries out of the titles' order, as few as would put all in order, each with the one that it
    belongs behind, if there is one.
    """
    bare = [_bare(title) for title in titles]
    count, place_of = Counter(bare), {words: place for place, words in enumerate(bare)}
    known = [(entry, own) for entry in entries if (own := form.words(entry)) and count[own] == 1]
    places = [place_of[own] for _, own in known]
    if len(set(places)) != len(places):
        return
    ordered, kept = sorted(places), _longest_rise(places)
    entry_at = {place: entry for place, (entry, _) in zip(places, known, strict=True)}
    for place in places:
        if place not in kept:
            above = bisect_left(ordered, place) - 1
            yield entry_at[place], entry_at[ordered[above]] if above >= 0 else None


def _longest_rise(numbers: Sequence[int]) -> set[int]:
    """The longest run of rising numbers; of several as long that which begins with the highest."""
    starts: list[int] = []
    """By length less one: the highest number that so long a run begins with, negated to rise."""
    after: dict[int, int | None] = {}
    for number in reversed(numbers):
        length = bisect_left(starts, -number)
        after[number] = -starts[length - 1] if length else None
        starts[length : length + 1] = [-number]
    rise: set[int] = set()
    following = -starts[-1] if starts else None
    while following is not None:
        rise.add(following)
        following = after[following]
    return rise


def _mark(entry: Node) -> str:
    """The mark that an entry begins with, one for all figures and for all numbers in words."""
    first = entry.text[:1]
    if first.isdigit():
        return "0"
    if _NUMBERED.match(entry.text):
        return "一"
    return "" if first.isalnum() else first


def _bare(title: str) -> str:
    return re.sub(_UNSEEN, "", _NUMBERED.sub("", title.strip()))
