"""The page of an archive: counts by rule, year and series, the worst files, what could not be checked."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin_lint.model.archive_summary import ArchiveSummary
from bulletin_lint.model.report import RuleNote
from bulletin_lint.model.wording import Language
from bulletin_lint.reporters.archive_text import counts_wording, headline
from bulletin_lint.reporters.sheet.sheet import environment, style, words


def render_archive_page(summary: ArchiveSummary, rules: Sequence[RuleNote], language: Language) -> str:
    """The page as HTML that stands alone, the same for the same summary."""
    is_bad = summary.violations.error or summary.unchecked or summary.lost_parts
    return (
        environment()
        .get_template("archive.html")
        .render(
            **words(language),
            **style(),
            summary=summary,
            headline=headline(summary),
            totals=counts_wording(summary.violations),
            state="bad" if is_bad else "good",
            why={note.code: note.why for note in rules if note.why is not None},
        )
    )
