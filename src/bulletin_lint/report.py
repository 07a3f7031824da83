"""What a run found, document by document: the data that reporters print and the fixer applies."""

from __future__ import annotations

from collections.abc import Mapping

from bulletin_lint.document import Document
from bulletin_lint.facts import IssueFacts
from bulletin_lint.typed import NamedTuple
from bulletin_lint.violation import SEVERITIES, Outcome, Severity, Violation
from bulletin_lint.wording import Wording


class DocumentResult(NamedTuple):
    """One document of a run."""

    path: str
    kind: str
    """text or pdf."""
    pages: int | None = None
    encoding: str | None = None
    error: Wording | None = None
    """Why the document could not be checked, None where it was."""
    skipped: bool = False
    """Found in a folder, but no part of a bulletin was in it; not linted."""
    outcomes: Mapping[str, Outcome] = {}
    """Every selected rule's code to its outcome."""
    violations: tuple[Violation, ...] = ()
    beside: bool = False
    """Not a file of this run: only its place in the series was looked at, for it does not go together
    with a file of the run."""
    failures: tuple[Wording, ...] = ()
    """Rules that could not finish on this document (exit code 2, the others still count)."""


class Linted(NamedTuple):
    """One document after its own rules: the series rules still have to see its facts."""

    result: DocumentResult
    facts: IssueFacts | None
    document: Document | None = None
    digest: str | None = None
    """Of the content that was read, where the linter takes it."""
    shows_bulletin: bool = False
    """A part that only bulletins have was found, whether or not the file was linted for it."""


class Report(NamedTuple):
    """A whole run. Documents and violations are in path order, whatever the number of jobs."""

    documents: tuple[DocumentResult, ...]
    notes: tuple[Wording, ...] = ()
    """What is worth knowing of the run as a whole."""

    @property
    def violations(self) -> tuple[Violation, ...]:
        """Every violation, in reading order."""
        found = [violation for document in self.documents for violation in document.violations]
        return tuple(sorted(found, key=Violation.sort_key))

    @property
    def checked(self) -> tuple[DocumentResult, ...]:
        """The documents that were read and linted."""
        return tuple(
            item for item in self.documents if item.error is None and not item.skipped and not item.beside
        )

    @property
    def failed(self) -> tuple[DocumentResult, ...]:
        """The documents that could not be checked, or not by every rule."""
        return tuple(item for item in self.documents if item.error is not None or item.failures)

    def count(self, severity: Severity) -> int:
        """How many violations have a severity."""
        return sum(violation.severity == severity for violation in self.violations)

    def reaches(self, level: Severity) -> bool:
        """Whether a violation is at or above a level."""
        within = SEVERITIES[: SEVERITIES.index(level) + 1]
        return any(violation.severity in within for violation in self.violations)
