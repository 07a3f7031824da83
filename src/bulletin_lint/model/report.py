"""What a run found, document by document: the data that reporters print and the fixer applies."""

from __future__ import annotations

from bulletin_lint._typing import NamedTuple
from bulletin_lint.model.source import KindNote
from bulletin_lint.model.violation import SEVERITIES, Outcome, Severity, Violation
from bulletin_lint.model.wording import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulletin_lint.model.waiver import Waiver

WAIVERS = "waivers"
"""The kind of a file of waivers."""


_TEXT = KindNote(
    Wording("文本", "text"), {"": "text/plain", ".md": "text/markdown", ".markdown": "text/markdown"}
)


class FileResult(NamedTuple):
    """One document of a run."""

    path: str
    kind: str
    """The name of its kind of input; waivers for a waivers.yaml that is itself at fault."""
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
    """What could not be done: pages that were not read, rules that could not finish (exit code 2; the other
    pages and rules still count)."""
    waivers: tuple[Waiver, ...] = ()
    """Those that stand in the document, in its order."""
    waived: tuple[Violation, ...] = ()
    """Violations that do not count, each with its `waived`; none of them is among `violations`."""

    lines: Mapping[int, str] = {}
    """Source lines that violations or their edits end on or speak of, but do not start on: what is
    needed to count a column in bytes."""
    reasons: Mapping[str, Wording] = {}
    """Why, by the codes whose outcome is ``cannot-assess``."""

    @property
    def complaints(self) -> tuple[Wording, ...]:
        """Why the document, or some rule, could not be done: what makes the exit code 2."""
        return (*([self.error] if self.error is not None else []), *self.failures)

    @property
    def is_unjudged(self) -> bool:
        """Whether it was read and no rule was left to judge it: the settings ignore all of them in it."""
        said = self.outcomes or self.violations or self.waived or self.failures
        return not said and self.error is None and not self.skipped and not self.beside and self.is_bulletin

    @property
    def is_bulletin(self) -> bool:
        """Whether it is a file that was to be checked, not one of our own."""
        return self.kind != WAIVERS


class RuleNote(NamedTuple):
    """What formats that describe rules say of one."""

    code: str
    name: str
    severity: Severity
    summary: Wording
    """The message, what is filled in left open."""
    why: Wording | None = None
    remedy: Wording | None = None
    references: tuple[str, ...] = ()
    """Norms with their clauses."""


class Report(NamedTuple):
    """A whole run. Documents and violations are in path order, whatever the number of jobs."""

    documents: tuple[FileResult, ...]
    notes: tuple[Wording, ...] = ()
    """What is worth knowing of the run as a whole."""
    fail_level: Severity = "error"
    fail_levels: Mapping[str, Severity] = {}
    """Those of documents for which another holds, by path: their settings say so."""
    rules: tuple[RuleNote, ...] = ()
    """The rules that ran, in order of their codes; empty where no format asks for them."""
    kinds: Mapping[str, KindNote] = {}
    """The kinds of its documents, by name."""
    unread: tuple[str, ...] = ()
    """Files in searched folders that may hold bulletins in a form that is not read."""

    @property
    def violations(self) -> tuple[Violation, ...]:
        """Every violation, in the order of the documents and in reading order."""
        return tuple(
            violation
            for document in self.documents
            for violation in sorted(document.violations, key=Violation.sort_key)
        )

    @property
    def waived(self) -> tuple[Violation, ...]:
        """Every violation that was waived or is in the baseline, in the same order."""
        return tuple(
            violation
            for document in self.documents
            for violation in sorted(document.waived, key=Violation.sort_key)
        )

    @property
    def checked(self) -> tuple[FileResult, ...]:
        """The documents that were read and linted."""
        return tuple(
            item
            for item in self.documents
            if item.error is None
            and not item.skipped
            and not item.beside
            and item.is_bulletin
            and not item.is_unjudged
        )

    @property
    def unjudged(self) -> tuple[FileResult, ...]:
        """The documents for which no rule was left."""
        return tuple(item for item in self.documents if item.is_unjudged)

    @property
    def failed(self) -> tuple[FileResult, ...]:
        """The documents that could not be checked, or not by every rule."""
        return tuple(item for item in self.documents if item.error is not None or item.failures)

    def kind_of(self, document: FileResult) -> KindNote:
        """What is to be said of a document's kind; a file of ours is a text."""
        return self.kinds.get(document.kind, _TEXT)

    def count(self, severity: Severity) -> int:
        """How many violations have a severity."""
        return sum(violation.severity == severity for violation in self.violations)

    def reaches(self, level: Severity) -> bool:
        """Whether a violation is at or above a level."""
        return any(is_at_least(violation.severity, level) for violation in self.violations)

    def fail_level_of(self, document: FileResult) -> Severity:
        """The fail level that holds for a document."""
        return self.fail_levels.get(document.path, self.fail_level)

    @property
    def fails(self) -> bool:
        """Whether a violation is at or above the fail level of its document."""
        return any(map(self._fails_in, self.documents))

    def reaches_in(self, path: str) -> bool:
        """Whether a violation in one document, or one in another that was not given, is at or above the fail
        level.
        """
        return any(
            self._fails_in(document)
            for document in self.documents
            if document.path == path or document.beside
        )

    def _fails_in(self, document: FileResult) -> bool:
        level = self.fail_level_of(document)
        return any(is_at_least(violation.severity, level) for violation in document.violations)


def is_at_least(severity: Severity, level: Severity) -> bool:
    """Whether a severity is at or above a level."""
    return SEVERITIES.index(severity) <= SEVERITIES.index(level)
