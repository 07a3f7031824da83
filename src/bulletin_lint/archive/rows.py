"""Results as parts hold them: gzipped lines of JSON, the first with what the others share.

Two hundred outcomes of a file are a word with a letter for each, and codes stand once in a part.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from sys import intern

from bulletin_lint._typing import Any, NamedTuple
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.engine.plain_forms import (
    Texts,
    plain_violation,
    result_from_plain,
    result_to_plain,
    violation_of,
)
from bulletin_lint.model.report import FileResult
from bulletin_lint.model.violation import OUTCOMES, Outcome, Violation, Waived
from bulletin_lint.model.wording import Wording
from bulletin_lint.rulebook.compiled import plain

FORMAT = 1
"""Of what a part holds; another number is another digest of all parts."""
_LETTERS: Mapping[str, str] = {outcome: outcome[0] for outcome in OUTCOMES}
_OUTCOMES: Mapping[str, Outcome] = {outcome[0]: outcome for outcome in OUTCOMES}
_ENCODE = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode
"""Any text at all, lone surrogates too, becomes ASCII."""


class BrokenPart(Exception):
    """A part does not hold what it should: it was damaged, or is of another program."""


class Sharing:
    """Outcomes and reasons that many files have in common, each one object for all."""

    def __init__(self) -> None:
        self._outcomes: dict[tuple[str, str], Mapping[str, Outcome]] = {}
        self._reasons: dict[tuple[tuple[str, ...], ...], Mapping[str, Wording]] = {}

    def outcomes(self, codes: str, letters: str) -> Mapping[str, Outcome]:
        """Outcomes of codes, one letter for each."""
        key = (codes, letters)
        if key not in self._outcomes:
            names = map(intern, codes.split())
            self._outcomes[key] = dict(zip(names, map(_OUTCOMES.__getitem__, letters), strict=True))
        return self._outcomes[key]

    def same_outcomes(self, outcomes: Mapping[str, Outcome]) -> Mapping[str, Outcome]:
        """The object that stands for outcomes like these."""
        letters = "".join([_LETTERS[outcome] for outcome in outcomes.values()])
        return self.outcomes(" ".join(outcomes), letters) if letters else {}

    def same_reasons(self, reasons: Mapping[str, Wording]) -> Mapping[str, Wording]:
        """The object that stands for reasons like these."""
        return self.reasons(_by_reason(reasons)) if reasons else {}

    def reasons(self, rows: Sequence[Sequence[str]]) -> Mapping[str, Wording]:
        """Reasons by code: each row a reason in both languages and its codes."""
        key = tuple(tuple(row) for row in rows)
        if key not in self._reasons:
            self._reasons[key] = {
                intern(code): wording for zh, en, codes in key for wording in [Wording(zh, en)]
                for code in codes.split()
            }  # fmt: skip
        return self._reasons[key]


def packed(results: Iterable[LintResult]) -> bytes:
    """Results as a part holds them; the same results give the same bytes."""
    codes: dict[str, int] = {}
    lines = [_ENCODE(_row(linted, codes)) for linted in results]
    head = _ENCODE({"format": FORMAT, "codes": list(codes)})
    return gzip.compress("\n".join([head, *lines, ""]).encode("ascii"), 6, mtime=0)


def _row(linted: LintResult, codes: dict[str, int]) -> list[Any]:
    result = linted.result
    bare = linted._replace(result=result._replace(outcomes={}, reasons={}))
    texts = Texts()
    waived = [[plain_violation(each, texts), each.waived] for each in result.waived]
    row: list[Any] = plain(
        [
            result_to_plain(bare),
            codes.setdefault(" ".join(result.outcomes), len(codes)),
            "".join([_LETTERS[outcome] for outcome in result.outcomes.values()]),
            _by_reason(result.reasons),
            waived,
            texts.known if waived else [],
        ]
    )
    return row


def _by_reason(reasons: Mapping[str, Wording]) -> list[list[str]]:
    codes: dict[Wording, list[str]] = {}
    for code, why in reasons.items():
        codes.setdefault(why, []).append(code)
    return [[why.zh, why.en, " ".join(each)] for why, each in codes.items()]


def unpacked(data: bytes, sharing: Sharing) -> Iterator[LintResult]:
    """The results that `packed` wrote, in their order.

    Raises:
        BrokenPart: it did not write them.
    """
    try:
        lines = gzip.decompress(data).decode("ascii").splitlines()
        head = json.loads(lines[0])
        if head["format"] != FORMAT:
            raise BrokenPart(f"format {head['format']}")
        for line in lines[1:]:
            yield _linted(json.loads(line), head["codes"], sharing)
    except (OSError, EOFError, ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise BrokenPart(f"{type(error).__name__}: {error}") from error


def _linted(row: Sequence[Any], codes: Sequence[str], sharing: Sharing) -> LintResult:
    stored, names, letters, reasons, waived, texts = row
    linted = result_from_plain(stored)
    result = linted.result
    outcomes = sharing.outcomes(codes[names], letters) if letters else {}
    return linted._replace(
        result=result._replace(
            outcomes=outcomes,
            reasons=sharing.reasons(reasons) if reasons else {},
            waived=tuple(
                violation_of(each, result.path, texts)._replace(waived=Waived(*why)) for each, why in waived
            ),
        )
    )


class Slim(NamedTuple):
    """What the series has to know of a file's result: a thousandth of ten million files is much."""

    outcomes: Mapping[str, Outcome]
    reasons: Mapping[str, Wording]
    added: tuple[Violation, ...] = ()
    """What the series says of it."""

    def put_into(self, result: FileResult) -> FileResult:
        """The result of a file with what its series says of it."""
        if not self.added:
            return result._replace(outcomes=self.outcomes, reasons=self.reasons)
        both = sorted((*result.violations, *self.added), key=Violation.sort_key)
        return result._replace(outcomes=self.outcomes, reasons=self.reasons, violations=tuple(both))
