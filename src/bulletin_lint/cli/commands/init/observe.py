"""What the bulletins of an office have in common: the habits that a starting configuration writes down.

Nothing is guessed from one bulletin that the others contradict: a habit counts where nine of ten share
it, and every statement carries the number of bulletins or places that it rests on.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from bulletin_lint._typing import NamedTuple
from bulletin_lint.checks.context import CheckContext
from bulletin_lint.checks.text.spacing import Spacing
from bulletin_lint.config.settings import Settings
from bulletin_lint.model.document import Document
from bulletin_lint.rulebook.rulebook import Rulebook
from bulletin_lint.series.issue import IssueRecord, record_of, series_title

SHARED = 0.9
"""The share of bulletins, or places, that makes a habit."""

_FEWEST_PLACES = 10
"""Places that a spacing habit must rest on."""
_FEWEST_FOR_EACH_CONTACT = 5
"""Bulletins from which on phone, fax and e-mail are asked for one by one, not any of them."""
_LONGEST_LABEL_LINE = 40
_FEWEST_FOR_NEVER = 3
"""Bulletins that must be without a part before its rules are switched off."""
_CONTACTS = ("phone", "fax", "email")
_CANDIDATES = (
    *(name for name in Settings().required if name != "contact"),
    "cumulative_number",
    "copies",
    *_CONTACTS,
)
_SIGNED = "attribution"
"""What each article has, not each bulletin."""
_FILLED = re.compile(r"[^\s_＿]")
_NOT_EVERYWHERE = ("cumulative_number", "distribution")
"""Parts that a whole house may do without; that no article is signed is a setting of its own."""
_LABEL = re.compile(
    r"(?m)(?:^|[ \u3000\t/／;；])(?P<word>[\u4e00-\u9fff][\u4e00-\u9fff \u3000]{0,10}[\u4e00-\u9fff])[：:]"
)


class Traits(NamedTuple):
    """What one bulletin shows; can be sent from one process to another."""

    path: str
    facts: IssueRecord | None
    parts: frozenset[str]
    """By the names that `required` knows."""
    blank: frozenset[str]
    """Those of them that are there with nothing filled in."""
    labels: frozenset[str]
    """Words before a colon at the end of the bulletin."""
    tallies: Mapping[str, tuple[int, int]]
    """By the code of a rule of spacing: places with a space, and all places."""
    signed: tuple[int, int]
    """Articles that say who supplied them, and all articles."""


class Habit(NamedTuple):
    """A way of spacing, and the rule that it is a parameter of."""

    code: str
    style: str
    """none or one."""
    alike: int
    """Places in that style."""
    places: int


class Labels(NamedTuple):
    """Labels at the end of the bulletins, each with the number of bulletins that have it."""

    known: Mapping[str, Counter[str]]
    """By field: the words it goes by."""
    new: Mapping[str, str]
    """Words that no pack knows, with the field that their ending speaks for."""
    unknown: Counter[str]
    """Words that no pack knows and nothing is known of."""


class Numbering(NamedTuple):
    """How the issues are numbered."""

    restarts: str | None
    """yearly or never; None where the bulletins do not show it."""
    start: str | None
    """The earliest issue, where it is not the first of its year."""
    with_issue: int
    with_cumulative: int
    earliest: IssueRecord | None
    latest: IssueRecord | None
    gaps: Mapping[int, tuple[int, ...]]
    """By year: issue numbers between the lowest and the highest that no bulletin has."""
    series: int = 1
    """Of how many series, told by title, the bulletins are; of several neither start nor gaps are told."""


class Observed(NamedTuple):
    """What some bulletins show."""

    bulletins: int
    """How many there are."""
    titles: Counter[str]
    parts: Mapping[str, int]
    """By the name that `required` knows: how many bulletins have the part."""
    blank: Mapping[str, int]
    """By the same name: in how many of them nothing is filled in."""
    required: tuple[str, ...]
    signed: tuple[int, int]
    """Articles that say who supplied them, and all articles."""
    labels: Labels
    numbering: Numbering
    habits: tuple[Habit, ...]
    unused: Mapping[str, tuple[str, ...]]
    """Parts that no bulletin has, each with the codes of the rules that look at nothing else."""

    def share(self, name: str) -> tuple[int, int]:
        """By the name that `required` knows: how many have the part, and of how many: articles for who
        supplied them, else bulletins.
        """
        return self.signed if name == _SIGNED else (self.parts.get(name, 0), self.bulletins)

    @property
    def never_signs(self) -> bool:
        """Whether there are articles, and none says who supplied it."""
        signed, articles = self.signed
        return not signed and articles > 0


def traits_of(document: Document, rulebook: Rulebook) -> Traits:
    """What a bulletin shows."""
    context = CheckContext(document)
    tallies = {code: check.tally(context) for code, check in _open_spacing(rulebook)}
    labels = {"".join(match["word"].split()) for match in _LABEL.finditer(_tail(document))}
    return Traits(
        document.path,
        record_of(document),
        frozenset(_parts(document)),
        frozenset(_blank_fields(document)),
        frozenset(labels),
        tallies,
        _signed(document),
    )


def observe(bulletins: Sequence[Traits], rulebook: Rulebook) -> Observed:
    """The habits that the bulletins show; there must be at least one."""
    parts = Counter(part for traits in bulletins for part in traits.parts)
    facts = [traits.facts for traits in bulletins if traits.facts is not None]
    signed = (sum(traits.signed[0] for traits in bulletins), sum(traits.signed[1] for traits in bulletins))
    return Observed(
        len(bulletins),
        Counter("".join(issue.title.split()) for issue in facts if issue.title),
        parts,
        Counter(part for traits in bulletins for part in traits.blank),
        _required(parts, len(bulletins), signed),
        signed,
        _labels(bulletins, rulebook),
        _numbering(facts),
        tuple(_habits(bulletins)),
        _unused(parts, rulebook) if len(bulletins) >= _FEWEST_FOR_NEVER else {},
    )


def _unused(parts: Mapping[str, int], rulebook: Rulebook) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for part in _NOT_EVERYWHERE:
        codes = tuple(
            rule.code
            for rule in rulebook.rules.values()
            if rule.severity != "off" and [name.rpartition(".")[2] for name in rule.on] == [part]
        )
        if codes and not parts.get(part):
            found[part] = codes
    return found


def _parts(document: Document) -> set[str]:
    bulletin = document.bulletin
    found = set()
    for group in ("masthead", "imprint"):
        node = bulletin.child(group)
        if node is not None:
            found |= {name for name in node.children if node.list(name)}
    found |= {name for name in ("distribution", "copies") if bulletin.list(name)}
    if found & set(_CONTACTS):
        found.add("contact")
    return found


def _blank_fields(document: Document) -> set[str]:
    """Fields of the imprint whose label stands there alone."""
    imprint = document.bulletin.child("imprint")
    if imprint is None:
        return set()
    return {
        name
        for name in imprint.children
        if (nodes := imprint.list(name))
        and not any(_FILLED.search(str(node.fields.get("value", node.text))) for node in nodes)
    }


def _signed(document: Document) -> tuple[int, int]:
    articles = [
        article for article in document.bulletin.list("articles") if article.child("title") is not None
    ]
    return sum(bool(article.list("attributions")) for article in articles), len(articles)


def _required(parts: Mapping[str, int], count: int, signed: tuple[int, int]) -> tuple[str, ...]:
    def is_shared(name: str) -> bool:
        if name == _SIGNED:
            return signed[0] > 0 and signed[0] >= SHARED * signed[1]
        return parts.get(name, 0) >= SHARED * count

    asked = [name for name in _CANDIDATES if is_shared(name) and name not in _CONTACTS]
    contacts = [name for name in _CONTACTS if is_shared(name)]
    if contacts and count >= _FEWEST_FOR_EACH_CONTACT:
        asked += contacts
    elif is_shared("contact"):
        asked.append("contact")
    return tuple(asked)


def _labels(bulletins: Sequence[Traits], rulebook: Rulebook) -> Labels:
    groups: Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]] = rulebook.grammar["labels"]
    fields = {
        word: field for field, entry in groups.get("imprint", {}).items() for word in entry.get("words", ())
    }
    all_words = {
        word for group in groups.values() for entry in group.values() for word in entry.get("words", ())
    }
    known: dict[str, Counter[str]] = {}
    strange: Counter[str] = Counter()
    for traits in bulletins:
        for word in sorted(traits.labels):
            if word in fields:
                known.setdefault(fields[word], Counter())[word] += 1
            elif word not in all_words:
                strange[word] += 1
    new: dict[str, str] = {}
    unknown: Counter[str] = Counter()
    for word, count in sorted(strange.items()):
        if count < SHARED * len(bulletins):
            continue
        endings = [each for each in fields if len(each) >= 2 and word.endswith(each)]
        if endings:
            new[word] = fields[max(endings, key=len)]
        else:
            unknown[word] = count
    return Labels(known, new, unknown)


def _tail(document: Document) -> str:
    """The text from the imprint or the distribution on, whichever stands first, and the short lines right
    above that begin with a label: one that the packs do not know is no part of the imprint yet.
    """
    bulletin = document.bulletin
    imprint = bulletin.child("imprint")
    starts = [node.span.start for node in bulletin.list("distribution")]
    if imprint is not None and imprint.text:
        starts.append(imprint.span.start)
    if not starts:
        return ""
    first = document.block_at(min(starts))
    while first and _is_label_line(document.text[slice(*document.blocks[first - 1].span)]):
        first -= 1
    return document.text[document.blocks[first].span.start :]


def _is_label_line(line: str) -> bool:
    return len(line) <= _LONGEST_LABEL_LINE and _LABEL.match(line) is not None


def _numbering(facts: Sequence[IssueRecord]) -> Numbering:
    regular = [issue for issue in facts if not issue.supplement]
    series = _series_among(regular)
    years: list[dict[int, set[int]]] = []
    for issues in series:
        by_year: dict[int, set[int]] = {}
        for issue in issues:
            if issue.year is not None and issue.issue is not None:
                by_year.setdefault(issue.year, set()).update(range(issue.issue, issue.last("issue") + 1))
        years.append(by_year)
    # Where a series begins and what it lacks is its own.
    only, numbers_of = (series[0], years[0]) if len(series) == 1 else ([], {})
    ordered = sorted(only, key=lambda issue: (issue.year or 0, issue.issue or 0, issue.cumulative or 0))
    earliest = ordered[0] if ordered else None
    signs = {_restarts(by_year) for by_year in years} - {None}
    return Numbering(
        signs.pop() if len(signs) == 1 else None,
        _start(earliest),
        sum(issue.issue is not None for issue in regular),
        sum(issue.cumulative is not None for issue in regular),
        earliest,
        ordered[-1] if ordered else None,
        {
            year: missing
            for year, numbers in sorted(numbers_of.items())
            if (missing := tuple(sorted(set(range(min(numbers), max(numbers))) - numbers)))
        },
        len(series),
    )


def _series_among(issues: Sequence[IssueRecord]) -> list[list[IssueRecord]]:
    """The issues of each title; one series where nearly all have one, whatever the others are called."""
    titles = Counter(series_title(issue.title, {}) for issue in issues if issue.title)
    if len(titles) < 2 or max(titles.values()) >= SHARED * sum(titles.values()):
        main = max(titles, key=titles.__getitem__, default="")
        return [[issue for issue in issues if series_title(issue.title, {}) in ("", main)]]
    return [[issue for issue in issues if series_title(issue.title, {}) == title] for title in titles]


def without_gaps_of_files(observed: Observed, paths: Sequence[str]) -> Observed:
    """The same without missing issues that a file is named after: its number cannot be read, or is another's.

    What a name says: 第4期, or its last number where it is no date (2021-04.md, 4.docx).
    """
    years_of: dict[int, set[str]] = {}
    for path in paths:
        stem = os.path.splitext(os.path.basename(path))[0]
        figures = re.findall(r"[0-9]+", stem)
        named = re.findall(r"第 *([0-9]{1,4}) *期", stem) or (figures[-1:] if len(figures) <= 2 else [])
        for number in named:
            years_of.setdefault(int(number[:9]), set()).update(re.findall(r"(?:19|20)[0-9]{2}", path) or [""])

    def is_there(year: int, number: int) -> bool:
        return bool({str(year), ""} & years_of.get(number, set()))

    gaps = {
        year: left
        for year, missing in observed.numbering.gaps.items()
        if (left := tuple(number for number in missing if not is_there(year, number)))
    }
    return observed._replace(numbering=observed.numbering._replace(gaps=gaps))


def _restarts(by_year: Mapping[int, set[int]]) -> str | None:
    signs = set()
    for year in by_year:
        if year + 1 in by_year:
            first, last = min(by_year[year + 1]), max(by_year[year])
            if first <= last:
                signs.add("yearly")
            elif first == last + 1:
                signs.add("never")
    return signs.pop() if len(signs) == 1 else None


def _start(earliest: IssueRecord | None) -> str | None:
    if earliest is None:
        return None
    if earliest.year is not None and earliest.issue is not None:
        return f"{earliest.year}-{earliest.issue}" if earliest.issue > 1 else None
    if earliest.cumulative is not None and earliest.cumulative > 1:
        return str(earliest.cumulative)
    return None


def _habits(bulletins: Sequence[Traits]) -> Iterable[Habit]:
    for code in bulletins[0].tallies:
        tallies = [traits.tallies[code] for traits in bulletins]
        spaced, total = sum(tally[0] for tally in tallies), sum(tally[1] for tally in tallies)
        if total < _FEWEST_PLACES:
            continue
        style, count = ("one", spaced) if spaced * 2 > total else ("none", total - spaced)
        if count >= SHARED * total:
            yield Habit(code, style, count, total)


def _open_spacing(rulebook: Rulebook) -> Iterable[tuple[str, Spacing]]:
    """The rules that take either style, as long as a document keeps to one."""
    for rule in rulebook.rules.values():
        if rule.kind == "spacing" and rule.severity != "off" and rule.parameters["style"] == "consistent":
            check = rulebook.check(rule.code)
            assert isinstance(check, Spacing)
            yield rule.code, check
