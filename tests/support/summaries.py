"""The summary of an archive that was never checked, with a text in it that would run if it could."""

from __future__ import annotations

from bulletin_lint.model.archive_summary import (
    ArchiveSummary,
    GroupCount,
    RuleCount,
    SeverityCounts,
    UncheckedGroup,
    WorstFile,
)
from bulletin_lint.model.wording import Wording

HOSTILE = "</style><script>alert(1)</script>{{ 7*7 }}\u202e甲"
SUMMARY = ArchiveSummary(
    source=HOSTILE,
    tool="1.2.3",
    made="2026-11-29 20:00:00",
    files=12_345,
    checked=12_000,
    skipped=300,
    unchecked=45,
    violations=SeverityCounts(7, 80, 900),
    waived=6,
    rules=tuple(
        RuleCount(
            f"AAA{number:03}", "a-rule", "error", 50 - number, 20, Wording(f"第{number}条", f"rule {number}")
        )
        for number in range(20)
    ),
    years=tuple(GroupCount(str(year), 600, 500, SeverityCounts(1, 2, 3)) for year in range(1990, 2010)),
    series=(
        GroupCount(HOSTILE, 11_000, 10_000, SeverityCounts(5, 6, 7), "1990-01-02", "2009-12-30"),
        GroupCount("", 1_000, 400, SeverityCounts()),
    ),
    series_in_all=2,
    worst=(WorstFile(HOSTILE, SeverityCounts(4, 5, 6), ("AAA001", "AAA002")),),
    failures=(UncheckedGroup(Wording("坏了。", "broken."), 45, ("a.pdf", HOSTILE)),),
    parts=33,
    lost_parts=1,
)
