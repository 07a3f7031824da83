"""What a run accepts: waivers, found and applied; modules are loaded when needed."""

from __future__ import annotations

import os
from collections.abc import Sequence

from bulletin_lint.report import Report
from bulletin_lint.rulebook import Rule, Rulebook
from bulletin_lint.typed import NamedTuple
from bulletin_lint.waiver import Waiver
from bulletin_lint.waivers_file import find_waivers, load_waivers


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

        from bulletin_lint.suppression import apply_waivers

        today = strftime("%Y-%m-%d")
        return apply_waivers(report, rulebook, rules, self.entries, self.folder, today=today)


def waivers_of(folder: str, *, upward: bool, cache: bool) -> Waivers:
    """The waivers.yaml of a folder; with `upward`, the nearest one in it or above.

    Raises:
        DefinitionError: the file is wrong.
    """
    path = find_waivers(folder, upward=upward)
    if path is None:
        return Waivers()
    return Waivers(load_waivers(path, cache=cache), os.path.dirname(path))
