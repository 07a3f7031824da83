"""What a run accepts: waivers and the baseline, found and applied; modules are loaded when needed."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from bulletin_lint._typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.config.store import Store
    from bulletin_lint.engine.suppression.waivers import WaiverPass
    from bulletin_lint.model.report import Report
    from bulletin_lint.model.waiver import Waiver
    from bulletin_lint.model.wording import Wording
    from bulletin_lint.rulebook.rulebook import Rule, Rulebook

BASELINE = "bulletin-lint-baseline.jsonl"
"""The baseline that is written where no other is named."""
_TURNS = 100
"""How often a baseline that other runs write is brought up to date, until one's own entries are in it."""


class Waivers(NamedTuple):
    """The waivers of a run besides those in the bulletins; `folder` is what their globs start at."""

    entries: Sequence[Waiver] = ()
    folder: str = "."
    is_on: bool = True
    """False where no waiver is to count."""

    def apply(self, report: Report, rulebook: Rulebook, rules: Sequence[Rule]) -> Report:
        """The report with what is waived set apart, and faulty waivers reported."""
        if not self.is_on or not (self.entries or any(document.waivers for document in report.documents)):
            return report
        from time import strftime

        from bulletin_lint.engine.suppression.waivers import apply_waivers

        today = strftime("%Y-%m-%d")
        return apply_waivers(report, rulebook, rules, self.entries, self.folder, today=today)

    def passing(self, rulebook: Rulebook, rules: Sequence[Rule]) -> WaiverPass:
        """The same for documents that come one by one."""
        from time import strftime

        from bulletin_lint.engine.suppression.waivers import WaiverPass

        return WaiverPass(rulebook, rules, self.folder, strftime("%Y-%m-%d"))


def waivers_of(folder: str, *, upward: bool, store: Store | None) -> Waivers:
    """The waivers.yaml of a folder; with `upward`, the nearest one in it or above.

    Raises:
        DefinitionError: the file is wrong.
    """
    from bulletin_lint.engine.suppression.waivers_file import find_waivers, load_waivers

    path = find_waivers(folder, upward=upward)
    if path is None:
        return Waivers()
    return Waivers(load_waivers(path, store), os.path.dirname(path))


class Held(NamedTuple):
    """A report held against a baseline, and what to say of it."""

    report: Report
    notes: tuple[Wording, ...] = ()


def hold_against_baseline(
    report: Report,
    rulebook_of: Callable[[str], Rulebook],
    path: str | None,
    *,
    write: bool,
    prune: bool,
    searched: Sequence[str],
) -> Held:
    """The report with what the baseline knows set apart; with `write` or `prune` the baseline is written.

    `rulebook_of` gives the rules that hold for a file; `searched` are the folders that were looked through.

    Raises:
        UsageError: the baseline is not there, or cannot be read or written.
        DefinitionError: a line of it is no entry.
    """
    if path is None and not write:
        return Held(report)
    from bulletin_lint.engine.suppression import baseline
    from bulletin_lint.model.wording import Wording

    path = path or BASELINE
    if not (write or prune):
        entries = baseline.read_baseline(path)
        compared = baseline.compare(report, entries, path, rulebook_of=rulebook_of, searched=searched)
        notes = baseline.stale_notes(compared.stale, path, pruned=False) if compared.stale else []
        return Held(compared.report, tuple(notes))
    from bulletin_lint.model.atomic_write import ChangedMeanwhile

    for _ in range(_TURNS):
        try:
            return _write_baseline(report, rulebook_of, path, write=write, searched=searched)
        except ChangedMeanwhile:
            # Another run has written: what it found is to stay in it.
            continue
    from bulletin_lint.model.errors import UsageError

    raise UsageError(
        Wording(
            f"基线 {path} 一直有别的程序在改，未写入；请稍后重新运行。",
            f"other programs keep changing the baseline {path}: not written; run again later.",
        )
    )


def _write_baseline(
    report: Report, rulebook_of: Callable[[str], Rulebook], path: str, *, write: bool, searched: Sequence[str]
) -> Held:
    """Brings a baseline up to date: what no longer fits goes, and with `write` what is new comes.

    Raises:
        ChangedMeanwhile: somebody else wrote it just now.
    """
    from bulletin_lint.engine.suppression import baseline
    from bulletin_lint.model.wording import Wording

    # Its content before its entries: what comes between is seen.
    content = baseline.content_of(path)
    entries = [] if write and not os.path.exists(path) else baseline.read_baseline(path)
    compared = baseline.compare(report, entries, path, rulebook_of=rulebook_of, searched=searched)
    kept = [*compared.known, *compared.unjudged]
    if write:
        kept += baseline.entries_of(compared.report, path)
    count = baseline.write_baseline(path, kept, expected=content)
    zh, en = f"基线 {path} 现有 {count} 条。", f"the baseline {path} now holds {baseline.entries(count)}."
    notes = [Wording(zh, en)]
    if compared.stale:
        notes.extend(baseline.stale_notes(compared.stale, path, pruned=True))
    if not write:
        return Held(compared.report, tuple(notes))
    written = baseline.read_baseline(path)
    return Held(baseline.compare(report, written, path, rulebook_of=rulebook_of).report, tuple(notes))
