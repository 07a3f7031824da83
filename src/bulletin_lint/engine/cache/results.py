"""The results of linting, kept between runs: of an archive only what has changed is linted again.

A result belongs to a content, not to a path, and to all that made it: the program, the rules that were
selected with all their data, what the settings require, and what they ignore in the file. The series is
judged anew in every run, and so are waivers and the baseline.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from bulletin_lint._typing import Any, NamedTuple
from bulletin_lint.engine.cache.contents import CachedEntry, ContentCache, NewEntry, Stamp, producer
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.model.location import Location, PageBox, Span
from bulletin_lint.model.report import FileResult
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.violation import (
    OUTCOMES,
    Edit,
    Fix,
    Occurrence,
    Outcome,
    PlacedEdit,
    RelatedPlace,
    Telling,
    Violation,
)
from bulletin_lint.model.waiver import Waiver
from bulletin_lint.model.wording import Wording
from bulletin_lint.rulebook.rulebook import Rule, Rulebook
from bulletin_lint.series.issue import from_plain, to_plain

_LETTERS: Mapping[str, str] = {outcome: outcome[0] for outcome in OUTCOMES}
_OUTCOMES: Mapping[str, Outcome] = {letter: outcome for outcome, letter in _LETTERS.items()}  # type: ignore[misc]


class Circumstances(NamedTuple):
    """What else a result depends on than content and rules."""

    explicit: bool
    """A file that was named is linted though it looks like no bulletin."""
    ignored: frozenset[str]
    """The codes that the settings silence in the file."""


class ResultRow(NamedTuple):
    """One result as it is kept."""

    circumstances: Circumstances
    made: NewEntry


class ResultsCache:
    """The cache, for the results of some rules.

    `ignored` gives the codes that the settings silence in the file of a path.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        rules: Sequence[Rule],
        required: Sequence[str],
        password: str | None,
        ignored: Callable[[str], frozenset[str]],
    ) -> None:
        self._codes = [rule.code for rule in rules]
        self._ignored = ignored
        self._producer = producer(
            ("checks", "engine", "matching", "model", "parsing", "readers", "rulebook", "series"),
            rulebook.digest,
            [(rule.code, rule.severity) for rule in rules],
            list(required),
            password,
        )
        self._contents: dict[Circumstances, ContentCache] = {}
        self._outcomes: dict[tuple[str, Circumstances], dict[str, Outcome]] = {}

    def recall(self, sources: Sequence[SourceFile], stamps: Mapping[str, Stamp]) -> dict[str, LintResult]:
        """What linting files came to, by path; those of which nothing is known are left out.

        `stamps` are by path, those of files that are not there left out.
        """
        found: dict[str, LintResult] = {}
        groups: dict[Circumstances, list[SourceFile]] = {}
        for source in sources:
            if source.data is None:
                groups.setdefault(self._circumstances(source), []).append(source)
        for circumstances, group in groups.items():
            known = self._of(circumstances).recall(group, stamps)
            for source in group:
                if source.path in known:
                    linted = self._linted(source, known[source.path], circumstances)
                    if linted is not None:
                        found[source.path] = linted
        return found

    def kept(self, source: SourceFile, linted: LintResult) -> bytes | None:
        """What is kept of a file, None for what could not be done, which is tried again."""
        if source.data is not None or linted.digest is None:
            return None
        return self._body(linted, self._circumstances(source))

    def row(self, source: SourceFile, linted: LintResult, stamps: Mapping[str, Stamp]) -> ResultRow | None:
        """What to store of a file, None for nothing; `stamps` are from before it was linted."""
        if linted.kept is None or linted.digest is None:
            return None
        made = NewEntry(source, stamps.get(source.path), linted.digest, linted.kept)
        return ResultRow(self._circumstances(source), made)

    def store(self, rows: Iterable[ResultRow]) -> None:
        """Keeps what linting files came to."""
        groups: dict[Circumstances, list[NewEntry]] = {}
        for circumstances, made in rows:
            groups.setdefault(circumstances, []).append(made)
        for circumstances, group in groups.items():
            self._of(circumstances).store(group)

    def _circumstances(self, source: SourceFile) -> Circumstances:
        return Circumstances(source.explicit, self._ignored(source.path))

    def _of(self, circumstances: Circumstances) -> ContentCache:
        if circumstances not in self._contents:
            explicit, ignored = circumstances
            name = f"{self._producer} {explicit:d} {' '.join(sorted(ignored))}"
            self._contents[circumstances] = ContentCache("results", name)
        return self._contents[circumstances]

    def _codes_in(self, circumstances: Circumstances) -> list[str]:
        return [code for code in self._codes if code not in circumstances.ignored]

    def _body(self, linted: LintResult, circumstances: Circumstances) -> bytes | None:
        """A result as it is kept, None where it is not: something could not be done."""
        result = linted.result
        if result.complaints:
            return None
        if not result.skipped and list(result.outcomes) != self._codes_in(circumstances):
            return None
        texts = _Texts()
        plain = [
            result.pages,
            result.encoding,
            result.skipped,
            linted.shows_bulletin,
            "".join(map(_LETTERS.__getitem__, result.outcomes.values())),
            [_plain_violation(violation, texts) for violation in result.violations],
            # Tuples become lists; their paths are not read back.
            [
                waiver._replace(path="", line_text=texts.number(waiver.line_text))  # type: ignore[arg-type]
                for waiver in result.waivers
            ],
            texts.known,
            list(result.lines.items()),
            None if linted.facts is None else to_plain(linted.facts),
        ]
        import json
        from zlib import compress

        try:
            return compress(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode(), 1)
        except (ValueError, TypeError):
            return None

    def _linted(
        self, source: SourceFile, recalled: CachedEntry, circumstances: Circumstances
    ) -> LintResult | None:
        import json
        from zlib import decompress
        from zlib import error as ZlibError  # noqa: N812 - a class whose name says too little

        try:
            pages, encoding, skipped, shows, letters, violations, waivers, texts, lines, facts = json.loads(
                decompress(recalled.body)
            )
            result = FileResult(
                source.path,
                source.kind,
                pages,
                encoding,
                skipped=skipped,
                outcomes=self._outcomes_of(letters, circumstances),
                violations=tuple(_violation(plain, source.path, texts) for plain in violations),
                waivers=tuple(_waiver(plain, source.path, texts) for plain in waivers),
                lines=dict(lines),
            )
            known = None if facts is None else from_plain(facts, source.path)
        except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError, ZlibError):
            return None
        return LintResult(result, known, None, recalled.digest, shows, recalled=True)

    def _outcomes_of(self, letters: str, circumstances: Circumstances) -> dict[str, Outcome]:
        """Outcomes as they were kept; of documents alike they are one object."""
        key = (letters, circumstances)
        if key not in self._outcomes:
            outcomes = map(_OUTCOMES.__getitem__, letters)
            codes = self._codes_in(circumstances) if letters else []
            self._outcomes[key] = dict(zip(codes, outcomes, strict=True))
        return self._outcomes[key]


class _Texts:
    """The lines that violations and waivers stand on, each kept once: a book may stand in one."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    @property
    def known(self) -> list[str]:
        """Every line, by its number."""
        return list(self._numbers)

    def number(self, text: str) -> int:
        """The number that stands for a line."""
        return self._numbers.setdefault(text, len(self._numbers))


def _plain_violation(violation: Violation, texts: _Texts) -> list[Any]:
    return [
        violation.location,
        violation.code,
        violation.name,
        violation.severity,
        violation.message,
        violation.part,
        violation.excerpt,
        violation.fix,
        [[None if place.path == violation.path else place.path, *place[1:]] for place in violation.related],
        texts.number(violation.line_text),
        None
        if violation.telling is None
        else [
            violation.telling.message,
            [
                place._replace(line_text=texts.number(place.line_text))  # type: ignore[arg-type]
                for place in violation.telling.places
            ],
        ],
    ]


def _violation(plain: Sequence[Any], path: str, texts: Sequence[str]) -> Violation:
    where, code, name, severity, message, part, excerpt, fix, related, line, telling = plain
    return Violation(
        path,
        _location(where),
        code,
        name,
        severity,
        Wording(*message),
        part,
        excerpt,
        None if fix is None else _fix(fix),
        tuple(
            RelatedPlace(path if other is None else other, row, column, page, Wording(*note))
            for other, row, column, page, note in related
        ),
        texts[line],
        telling=None if telling is None else _telling(telling, texts),
    )


def _telling(plain: Sequence[Any], texts: Sequence[str]) -> Telling:
    message, places = plain
    return Telling(
        Wording(*message),
        tuple(
            Occurrence(
                _location(where),
                part,
                excerpt,
                texts[line],
                {
                    name: Wording(*value) if isinstance(value, list) else value
                    for name, value in values.items()
                },
                None if fix is None else _fix(fix),
            )
            for where, part, excerpt, line, values, fix in places
        ),
    )


def _location(plain: Sequence[Any]) -> Location:
    line, column, end_line, end_column, boxes = plain
    return Location(
        line,
        column,
        end_line,
        end_column,
        tuple(PageBox(page, (x0, top, x1, bottom)) for page, (x0, top, x1, bottom) in boxes),
    )


def _fix(plain: Sequence[Any]) -> Fix:
    applicability, edits, source_edits = plain
    return Fix(
        applicability,
        tuple(PlacedEdit(*edit) for edit in edits),
        tuple(Edit(Span(*span), text) for span, text in source_edits),
    )


def _waiver(plain: Sequence[Any], path: str, texts: Sequence[str]) -> Waiver:
    _, where, text, line, codes, reason, by, until, flaw, lines, *rest = plain
    return Waiver(
        path,
        _location(where),
        text,
        texts[line],
        tuple(codes),
        reason,
        by,
        until,
        flaw,
        None if lines is None else (lines[0], lines[1]),
        *rest,
    )
