"""What the summary of an archive counts."""

from __future__ import annotations

from bulletin_lint.archive.summary import Tally
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.model.report import WAIVERS, FileResult
from bulletin_lint.model.wording import Wording


def test_only_files_of_the_archive_are_files_of_it() -> None:
    """Waivers that are at fault and an issue that stands outside are told of, and counted among none."""
    tally = Tally({})
    for result in (
        FileResult("甲/第1期.md", "text"),
        FileResult("甲/第2期.md", "text", error=Wording("读不了。", "it cannot be read.")),
        FileResult("甲/封面.md", "text", skipped=True),
        FileResult("waivers.yaml", WAIVERS),
        FileResult("乙/第3期.md", "text", beside=True),
    ):
        tally.add(LintResult(result, None))

    assert (tally.checked, tally.unchecked) == (1, 1)
    summary = tally.summary("甲", "2026-11-30", (), parts=1, lost_parts=0)
    assert (summary.files, summary.skipped) == (3, 1)
