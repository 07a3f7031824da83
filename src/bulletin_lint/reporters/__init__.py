"""The formats of a report: one dictionary, each module imported when its format is asked for.

A reporter module has one function, `render`, which turns a `Report` into the text of the whole
report; it prints nothing, filters nothing and looks nothing up.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from bulletin_lint._typing import Protocol
from bulletin_lint.model.report import Report
from bulletin_lint.model.wording import Language
from bulletin_lint.reporters.terminal import Detail

REPORTERS = {
    "concise": "bulletin_lint.reporters.concise",
    "full": "bulletin_lint.reporters.full",
    "github": "bulletin_lint.reporters.github",
    "gitlab": "bulletin_lint.reporters.gitlab",
    "json": "bulletin_lint.reporters.json_report",
    "junit": "bulletin_lint.reporters.junit",
    "rdjson": "bulletin_lint.reporters.rdjson",
    "sarif": "bulletin_lint.reporters.sarif",
}
"""Format name to module. `statistics` is not among them: it is a question of its own."""


class Render(Protocol):
    """What a reporter module offers as ``render``."""

    def __call__(
        self, report: Report, *, language: Language, color: bool, width: int, detail: Detail = "normal"
    ) -> str:
        """The whole report as text, ending in a line feed unless it is empty. `width` is in columns."""


def in_pieces(
    name: str, report: Report, *, language: Language, color: bool, width: int, detail: Detail = "normal"
) -> Iterator[str]:
    """The report in a format, as pieces of text to be written one after the other.

    A module that has a function `pieces` besides `render` makes them one by one: in memory they would be
    larger than all that they tell of.

    Raises:
        KeyError: there is no such format.
    """
    module = import_module(REPORTERS[name])
    if hasattr(module, "pieces"):
        yield from module.pieces(report, language=language)
    else:
        yield module.render(report, language=language, color=color, width=width, detail=detail)


def reporter(name: str) -> Render:
    """The reporter of a format.

    Raises:
        KeyError: there is no such format.
    """
    render: Render = import_module(REPORTERS[name]).render
    return render
