"""Which of many rules a text can concern at all, and where: one search for the literals of all of them.

A rule that asks for literals none of which the text has cannot find anything, and is not run; the
patterns of the others are tried where their literals stand. So two hundred rules cost little more than
the dozen of them that have something to look at.
"""

from __future__ import annotations

from operator import add
from zlib import crc32

from bulletin_lint._plain import IS_PLAIN
from bulletin_lint._typing import Any, NamedTuple, Protocol
from bulletin_lint.matching.patterns import compiled
from bulletin_lint.matching.sieve import Sieve
from bulletin_lint.model.solid_text import BLANKS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from bulletin_lint.matching.candidates import Candidates
    from bulletin_lint.model.solid_text import SolidText

_PATIENCE = 6
"""Texts searched pair by pair before an automaton is built: for a few texts it would not pay."""


class Query(NamedTuple):
    """What a rule looks for."""

    gate: Sequence[str] | None
    """Literals one of which a text must have; None: any text is looked at."""
    patterns: Mapping[str, bool]
    """Its patterns of `re`, and whether each is a class of unusual characters, or a run of them."""
    is_all: bool
    """Whether the rule finds nothing where none of these patterns matches."""
    is_raw: bool = False
    """Whether the rule looks at the source text, which is never taken without its blanks."""


class CandidateStore(Protocol):
    """Keeps what was worked out of patterns for the next run, as plain data."""

    def load(self, key: str, /) -> Any:
        """What was stored under a key, None where there is nothing."""

    def store(self, key: str, value: Any, inputs: tuple[()], /) -> None:
        """Keeps a value; it depends on no inputs."""


class Prefiltered:
    """What was seen of one text."""

    def __init__(
        self,
        text: str,
        shut: set[str],
        candidates: Mapping[str, tuple[Candidates, int, bool, int | None]] = {},
        places: Mapping[int, Sequence[int]] = {},
        *,
        has_rare: bool = True,
        view: SolidText | None = None,
        blank: Collection[int] = (),
    ) -> None:
        self.shut = shut
        """The rules that cannot find anything in it."""
        self.text = text
        self._candidates = candidates
        self._places = places
        self._has_rare = has_rare
        self._blank = blank
        """The groups of literals that hold a blank, of which the view may have none."""
        self._view = view
        self._solid: Prefiltered | None = None
        if view is not None:
            self._solid = Prefiltered(view.text, shut, candidates, places, has_rare=has_rare)
        self._written: dict[int, Sequence[int]] = {}
        self._starts: dict[str, Sequence[int]] = {}
        self._line_starts: list[int] = []

    @property
    def solid(self) -> Prefiltered:
        """What was seen of the text without its blanks between figures and Chinese."""
        return self._solid if self._solid is not None else self

    def starts(self, pattern: str) -> Sequence[int] | None:
        """The offsets at which a pattern can match, in order; None where all of them must be tried."""
        row = self._candidates.get(pattern)
        if row is None:
            return None
        known, group, is_exact, also = row
        if also is not None and also not in self._places:
            return ()
        if known.literals:
            if group in self._blank:
                return None
            near = self._near(group)
            if not near:
                return ()
            if is_exact:
                return near
            if known.is_near:
                found = self._starts.get(pattern)
                if found is None:
                    found = self._starts[pattern] = known.starts(self.text, near)
                return found
        elif known.rare:
            return None if self._has_rare else ()
        if not known.at_line:
            return None
        if not known.first:
            return self._lines()
        found = self._starts.get(pattern)
        if found is None:
            text, firsts = self.text, known.first
            found = [at for at in self._lines() if text[at : at + 1] in firsts]
            self._starts[pattern] = found
        return found

    def lacks(self, pattern: str) -> bool:
        """Whether the text, and its view, have nothing of what every match of a pattern must have."""
        row = self._candidates.get(pattern)
        if row is None:
            return False
        known, group, _, also = row
        if also is not None and also not in self._places:
            return True
        if known.literals:
            return group not in self._places and group not in self._blank
        return bool(known.rare) and not self._has_rare

    def has(self, pattern: str, start: int = 0, end: int | None = None) -> bool:
        """Whether a stretch of the text has what every match of a pattern must have."""
        row = self._candidates.get(pattern)
        if row is None:
            return True
        known, group, _, _ = row
        if not known.literals:
            return not known.rare or self._has_rare
        if group in self._blank:
            return True
        places = self._near(group)
        if end is None:
            return bool(places)
        return any(start <= place < end for place in places)

    def _near(self, group: int) -> Sequence[int]:
        """The places of a group's literals in this text."""
        if self._view is None:
            return self._places.get(group, ())
        known = self._written.get(group)
        if known is None:
            known = [self._view.written_offset(place) for place in self._places.get(group, ())]
            self._written[group] = known
        return known

    def _lines(self) -> Sequence[int]:
        """The offsets at which lines start."""
        lines = self._line_starts
        if not lines:
            text = self.text
            lines.append(0)
            at = text.find("\n")
            while at >= 0:
                lines.append(at + 1)
                at = text.find("\n", at + 1)
        return lines


class Prefilter:
    """Sifts texts for some rules.

    `gates` are those of the rules that have one. `queries` tells of the same rules and of others what
    their patterns are: asked for when there are more than a few texts. Where the matches of those can
    start is worked out then, and kept in `store`, if there is one. In plain mode nothing is sifted.
    """

    def __init__(
        self,
        gates: Mapping[str, Sequence[str]],
        queries: Callable[[], Mapping[str, Query]],
        store: CandidateStore | None = None,
    ) -> None:
        self._gates = gates
        self._queries = queries
        self._store = store
        self._few: _FewTexts | None = None
        self._many: _ManyTexts | None = None
        self._seen = 0

    def apply(self, text: str, view: SolidText | None = None, *, is_raw: bool = False) -> Prefiltered:
        """What there is to see of a text, and of its view without blanks, if it has one.

        With `is_raw` the text is another than that which most rules look at: only to those that look at the
        source text it says what is shut.
        """
        if IS_PLAIN:
            return Prefiltered(text, set(), view=view)
        if self._seen == _PATIENCE:
            self._many = _many_texts(self._queries, self._store)
        self._seen += 1
        if self._many is not None:
            return self._many.apply(text, view, is_raw=is_raw)
        if self._few is None:
            self._few = _FewTexts(self._gates)
        return self._few.apply(text, view)


class _FewTexts:
    """A search that is quickly made ready: of the literals those are looked for whose beginning occurs."""

    def __init__(self, gates: Mapping[str, Sequence[str]]) -> None:
        self._rules = frozenset(gates)
        self._characters: dict[str, list[str]] = {}
        self._words: dict[str, list[str]] = {}
        self._by_pair: dict[str, list[str]] = {}
        for name, literals in gates.items():
            own = [name]
            for literal in literals:
                kind = self._characters if len(literal) == 1 else self._words
                # Most literals are those of one rule, which shares one list among them.
                kind[literal] = own if literal not in kind else [*kind[literal], name]
        by_pair = self._by_pair
        self._with_blank = [word for word in (*self._characters, *self._words) if _has_blank(word)]
        for word in self._words:
            pair = word[:2]
            if pair in by_pair:
                by_pair[pair].append(word)
            else:
                by_pair[pair] = [word]

    def apply(self, text: str, view: SolidText | None) -> Prefiltered:
        opened: set[str] = set()
        written, text = text, text if view is None else view.text
        for character, opens in self._characters.items():
            if character in text:
                opened.update(opens)
        pairs = set(map(add, text, text[1:]))
        for pair in pairs & self._by_pair.keys():
            for word in self._by_pair[pair]:
                if word in text:
                    opened.update(self._words[word])
        if view is not None:
            for word in self._with_blank:
                opened.update((self._characters if len(word) == 1 else self._words)[word])
        return Prefiltered(written, set(self._rules - opened), view=view)


class _ManyTexts:
    """A search that takes a while to make ready: one pass over a text finds every place of every literal."""

    def __init__(
        self,
        automaton: Callable[[list[str]], Any],
        queries: Mapping[str, Query],
        candidates: Mapping[str, Candidates],
    ) -> None:
        # Patterns and rules that ask for the same literals are a group.
        groups: dict[tuple[str, ...], int] = {}
        opens: list[set[str]] = []
        rare: list[str] = []
        closable: set[str] = set()
        self._candidates: dict[str, tuple[Candidates, int, bool, int | None]] = {}
        self._rare_rules: set[str] = set()
        self._sieve = Sieve(is_raw=False)
        self._raw_sieve = Sieve(is_raw=True)

        def group(literals: Iterable[str]) -> int:
            number = groups.setdefault(tuple(literals), len(groups))
            if number == len(opens):
                opens.append(set())
            return number

        for name, query in queries.items():
            own = {pattern: candidates[pattern] for pattern in query.patterns if pattern in candidates}
            for pattern, known in own.items():
                # Literals of one length are found in the order of their places.
                is_exact = known.least == known.most == 0 and len(set(map(len, known.literals))) == 1
                also = group(known.also) if known.also else None
                self._candidates[pattern] = (known, group(known.literals), is_exact, also)
                if known.rare:
                    rare.append(known.rare)
            is_all = query.is_all and len(own) == len(query.patterns)
            if is_all and all(known.literals or known.rare or known.at_line for known in own.values()):
                sieve = self._raw_sieve if query.is_raw else self._sieve
                for pattern, known in own.items():
                    number = group(known.literals)
                    opens[number].add(name)
                    if known.rare:
                        self._rare_rules.add(name)
                    else:
                        sieve.add(
                            number if known.literals else None,
                            name,
                            pattern,
                            is_exact=self._candidates[pattern][2],
                            leads=known.leads,
                            also=self._candidates[pattern][3],
                        )
            elif query.gate is not None:
                opens[group(query.gate)].add(name)
            else:
                continue
            closable.add(name)
        asking: dict[str, list[int]] = {}
        for literals, number in groups.items():
            for literal in literals:
                asking.setdefault(literal, []).append(number)
        self._rules = frozenset(closable)
        self._opens = [frozenset(names) for names in opens]
        tried = self._sieve.rules | self._raw_sieve.rules
        self._opens_at_once = [names - tried for names in self._opens]
        """Without the rules whose patterns are tried before anything is said of them."""
        self._asking = list(asking.values())
        self._rare = compiled(_one_class(dict.fromkeys(rare))) if rare else None
        self._blank = {
            number: tuple(filter(_has_blank, literals))
            for literals, number in groups.items()
            if any(map(_has_blank, literals))
        }
        """What has a blank in it and stands where the view has left one out is not found in the view."""
        self._automaton = automaton(list(asking))

    def apply(self, text: str, view: SolidText | None, *, is_raw: bool) -> Prefiltered:
        # One pass for both: what has no blank in it stands in the view too, wherever it stands in the text.
        written, text = text, text if view is None else view.text
        places: dict[int, list[int]] = {}
        asking = self._asking
        for index, start, _ in self._automaton.find_matches_as_indexes(text, overlapping=True):
            for number in asking[index]:
                if number in places:
                    places[number].append(start)
                else:
                    places[number] = [start]
        opens = self._opens_at_once
        shut = set(self._rules.difference(*[opens[number] for number in places]))
        has_rare = self._rare is not None and self._rare.search(written) is not None
        if has_rare:
            shut -= self._rare_rules
        if view is None:
            seen = Prefiltered(text, shut, self._candidates, places, has_rare=has_rare)
        else:
            pairs = {written[at : at + 2] for blank in view.blanks for at in (blank - 1, blank)}
            for number, literals in self._blank.items():
                if any(literal in pairs if len(literal) == 2 else literal in written for literal in literals):
                    shut -= self._opens[number]
            seen = Prefiltered(
                written, shut, self._candidates, places, has_rare=has_rare, view=view, blank=self._blank
            )
        shut -= self._raw_sieve.matching(places, seen)
        if not is_raw:
            shut -= self._sieve.matching(places, seen)
        return seen


def _one_class(classes: Iterable[str]) -> str:
    """A pattern of the characters of several classes: one class of all is searched for in a fifth of the time
    of one after the other.
    """
    plain = [each[1:-1] for each in classes if each[:1] == "[" and each[1:2] != "^"]
    others = [each for each in classes if each[:1] != "[" or each[1:2] == "^"]
    return "|".join([f"[{''.join(plain)}]", *others] if plain else others)


def _has_blank(literal: str) -> bool:
    return any(blank in literal for blank in BLANKS)


def _many_texts(
    queries: Callable[[], Mapping[str, Query]], store: CandidateStore | None
) -> _ManyTexts | None:
    try:
        from ahocorasick_rs import AhoCorasick, Implementation
    except ImportError:
        # Without the library literals are looked for one by one.
        return None
    asked = queries()
    # Of its ways of working the one that is ready soonest, and hardly slower.
    return _ManyTexts(
        lambda words: AhoCorasick(words, implementation=Implementation.ContiguousNFA),
        asked,
        _candidates(asked, store),
    )


def _candidates(queries: Mapping[str, Query], store: CandidateStore | None) -> Mapping[str, Candidates]:
    """Where the matches of all patterns can start; those of which that is not known are left out."""
    from bulletin_lint.matching import candidates

    sought = {source: is_rare for query in queries.values() for source, is_rare in query.patterns.items()}
    # Two sets of patterns that share a number are told apart when they are compared.
    key = f"candidates {crc32(repr(sorted(sought)).encode('utf-8', 'replace')):08x}"
    stored = store.load(key) if store is not None else None
    if isinstance(stored, dict) and stored.get("sought") == sought:
        return candidates.from_rows(stored["rows"])
    known = {
        source: candidates.of_rare(source) if is_rare else candidates.candidates_of(source)
        for source, is_rare in sought.items()
    }
    if store is not None:
        store.store(key, {"sought": sought, "rows": candidates.rows(known)}, ())
    return {source: each for source, each in known.items() if each is not None}
