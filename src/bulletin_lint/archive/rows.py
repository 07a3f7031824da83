"""Results as parts hold them: gzipped lines of JSON, written and read one by one.

Two hundred outcomes of a file are a word with a letter for each, and codes stand once in a part.
"""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from sys import intern
from zlib import error as ZlibError  # noqa: N812 - a class whose name says too little

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
_LONGEST_ROW = 128 << 20
"""Bytes of what is known of one file: those of the longest text come to a tenth. A part that was made to hurt
unpacks to a thousand times its size."""
_LETTERS: Mapping[str, str] = {outcome: outcome[0] for outcome in OUTCOMES}
_OUTCOMES: Mapping[str, Outcome] = {outcome[0]: outcome for outcome in OUTCOMES}
_ENCODE = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode
"""Any text at all, lone surrogates too, becomes ASCII."""


_DAMAGE = (
    OSError,
    EOFError,
    ZlibError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    RecursionError,
)
"""What reading a part raises that is none."""


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
    """Results as a part holds them; the same results give the same bytes. They are taken one by one."""
    buffer = io.BytesIO()
    codes: dict[str, int] = {}
    with gzip.GzipFile(fileobj=buffer, mode="wb", compresslevel=6, mtime=0) as stream:
        stream.write(_line({"format": FORMAT}))
        for linted in results:
            stream.write(_line(_row(linted, codes)))
    return buffer.getvalue()


def _line(content: Any) -> bytes:
    return f"{_ENCODE(content)}\n".encode("ascii")


def _row(linted: LintResult, codes: dict[str, int]) -> list[Any]:
    result = linted.result
    bare = linted._replace(result=result._replace(outcomes={}, reasons={}))
    texts = Texts()
    waived = [[plain_violation(each, texts), each.waived] for each in result.waived]
    names = " ".join(result.outcomes)
    # Codes stand where they are first needed, and are a number from then on.
    told: str | int = codes.get(names, names)
    codes.setdefault(names, len(codes))
    return [
        result_to_plain(bare),
        told,
        "".join([_LETTERS[outcome] for outcome in result.outcomes.values()]),
        _by_reason(result.reasons),
        plain(waived),
        texts.known if waived else [],
    ]


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
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            head = json.loads(_row_of(stream))
            if head["format"] != FORMAT:
                raise BrokenPart(f"format {head['format']}")
            codes: list[str] = []
            while line := _row_of(stream):
                yield _linted(json.loads(line), codes, sharing)
    except _DAMAGE as error:
        raise BrokenPart(f"{type(error).__name__}: {error}") from error


def _row_of(stream: gzip.GzipFile) -> bytes:
    """The next row, empty at the end."""
    line = stream.readline(_LONGEST_ROW + 1)
    if len(line) > _LONGEST_ROW:
        raise BrokenPart("a row without end")
    return line


def _linted(row: Sequence[Any], codes: list[str], sharing: Sharing) -> LintResult:
    stored, names, letters, reasons, waived, texts = row
    if isinstance(names, str):
        codes.append(names)
    else:
        names = codes[names]
    linted = result_from_plain(stored)
    result = linted.result
    return linted._replace(
        result=result._replace(
            outcomes=sharing.outcomes(names, letters) if letters else {},
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
