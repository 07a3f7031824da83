"""What linting one file comes to, before the series is judged."""

from __future__ import annotations

from bulletin_lint._typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.model.document import Document
    from bulletin_lint.model.report import FileResult
    from bulletin_lint.series.issue import IssueRecord


class LintResult(NamedTuple):
    """One document after its own rules: the series rules still have to see its facts."""

    result: FileResult
    facts: IssueRecord | None
    document: Document | None = None
    digest: str | None = None
    """Of the content that was read, where the linter takes it."""
    shows_bulletin: bool = False
    """A part that only bulletins have was found, whether or not the file was linted for it."""
    recalled: bool = False
    """It comes from an earlier run: the content was the same then, and so were the rules."""
    kept: bytes | None = None
    """What later runs are to find of it, until that is stored."""

    @property
    def file(self) -> FileResult:
        """What the rules found in the file, and what is wrong with the file itself."""
        return self.result

    @property
    def record(self) -> IssueRecord | None:
        """What it says of its issue: title, numbers, date. None where it could not be read."""
        return self.facts
