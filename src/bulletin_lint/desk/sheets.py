"""Sign-off sheets of what the desk has seen: one for a bulletin, and the index of many."""

from __future__ import annotations

import os

from bulletin_lint import __version__
from bulletin_lint.desk.looking import Desk, Judged, Looked
from bulletin_lint.model.page_view import PageView
from bulletin_lint.model.report import FileResult
from bulletin_lint.model.violation import Violation
from bulletin_lint.model.wording import Language
from bulletin_lint.reporters.sheet.sheet import Rules, SheetContent, render
from bulletin_lint.rulebook.notes import rule_notes
from bulletin_lint.rulebook.packs import builtin_packs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.config.store import Store


class SheetMaker:
    """Makes sheets of one run: all say the same of the rules and of the time."""

    def __init__(self, desk: Desk, language: Language, store: Store | None = None) -> None:
        """Raises DefinitionError where a pack is wrong."""
        self.language: Language = language
        self.time = time_now()
        notes = rule_notes(desk.settings, desk.rules, store)
        self.rules = Rules({note.code: note for note in notes}, _packs(desk), desk.rulebook.digest)
        self._fail_level = desk.settings.fail_level

    def sheet(self, looked: Looked, judged: Judged, view: PageView, *, time: str | None = None) -> str:
        """The sheet of a bulletin as HTML; `time` is when it was checked, where that was another time."""
        content = self.content(looked, judged, view)
        return render(content if time is None else content._replace(time=time), self.language)

    def content(self, looked: Looked, judged: Judged, view: PageView) -> SheetContent:
        """What the sheet shows."""
        record = looked.linted.facts
        return SheetContent(
            view,
            result_in(judged, looked),
            record,
            judged.around(record),
            beside(judged),
            self.rules,
            self._fail_level,
            self.time,
        )


def result_in(judged: Judged, looked: Looked) -> FileResult:
    """What was found in a bulletin, its series and waivers counted."""
    return next(each for each in judged.report.documents if each.path == looked.source.path)


def beside(judged: Judged) -> tuple[Violation, ...]:
    """What is said of issues that were not given, because of those that were."""
    return tuple(
        violation
        for document in judged.report.documents
        if document.beside
        for violation in document.violations
    )


def time_now() -> str:
    """Now as people write it; the time that ``SOURCE_DATE_EPOCH`` gives, where it is set, so that the same
    input makes the same bytes (reproducible-builds.org).
    """
    import time

    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    if fixed.isascii() and fixed.isdecimal() and len(fixed) < 12:
        return time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(int(fixed)))
    return time.strftime("%Y-%m-%d %H:%M:%S")


def _packs(desk: Desk) -> tuple[str, ...]:
    """The packs of the rules; those that come with the program have its version."""
    own = set(builtin_packs())
    extended = [name if name in own else os.path.normpath(name) for name in desk.settings.extends]
    names = dict.fromkeys([*extended, *sorted({rule.pack for rule in desk.rules})])
    return tuple(f"{name} {__version__}" if name in own else name for name in names)
