"""The formats of a report: one table, each module imported when its format is asked for.

A format is one module (`Reporter`) and one row of `REPORTERS`. Other packages add formats by the entry
points ``bulletin_lint.reporters``; those are looked up only when a format is asked for that is not built in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module

from bulletin_lint._typing import Any, NamedTuple, Protocol
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.report import Report
from bulletin_lint.model.wording import Language, Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.reporters.inert import Syntax
    from bulletin_lint.reporters.terminal import Detail

ENTRY_POINTS = "bulletin_lint.reporters"
"""The group in which a package names formats: the format's name, and its module."""


class Reporter(Protocol):
    """What the module of a format offers.

    It prints nothing, filters nothing and looks nothing up. A module that has a function ``pieces`` besides
    (a report and a language to strings) makes a large report one by one: whole, it would be larger in
    memory than all that it tells of.
    """

    def render(
        self, report: Report, *, language: Language, color: bool, width: int, detail: Detail = "normal"
    ) -> str:
        """The whole report as text, ending in a line feed unless it is empty. `width` is in columns."""


class ReporterInfo(NamedTuple):
    """A row of the table: what is to be known of a format before its module is imported."""

    module: str
    """Dotted; a `Reporter`."""
    is_prose: bool = False
    """Text for people, in which bulletins are quoted as they are."""
    needs_rules: bool = False
    """It tells of the rules that ran (`Report.rules`)."""
    syntax: Syntax | None = None
    """What it is written in, where that has escapes for characters that must reach no terminal."""


REPORTERS: Mapping[str, ReporterInfo] = {
    "concise": ReporterInfo("bulletin_lint.reporters.concise", is_prose=True),
    "full": ReporterInfo("bulletin_lint.reporters.full", is_prose=True),
    "github": ReporterInfo("bulletin_lint.reporters.github"),
    "gitlab": ReporterInfo("bulletin_lint.reporters.gitlab", syntax="json"),
    "grouped": ReporterInfo("bulletin_lint.reporters.grouped", is_prose=True),
    "json": ReporterInfo("bulletin_lint.reporters.json_report", syntax="json"),
    "jsonl": ReporterInfo("bulletin_lint.reporters.jsonl", syntax="json"),
    "junit": ReporterInfo("bulletin_lint.reporters.junit", syntax="xml"),
    "rdjson": ReporterInfo("bulletin_lint.reporters.rdjson", syntax="json"),
    "sarif": ReporterInfo("bulletin_lint.reporters.sarif", needs_rules=True, syntax="json"),
}
"""Format name to row. `statistics` is not among them: it is a question of its own."""


def reporter_info(name: str) -> ReporterInfo:
    """What is known of a format, built in or of an installed package.

    Raises:
        UsageError: there is no such format, or the package that has it is broken.
    """
    info = REPORTERS.get(name)
    if info is not None:
        return info
    # Costs as much as a short run: only for a name that is not ours.
    from importlib.metadata import entry_points

    installed = entry_points(group=ENTRY_POINTS)
    named = [entry for entry in installed if entry.name == name]
    if not named:
        known = sorted({*REPORTERS, *installed.names})
        raise UsageError(
            Wording(
                f"--format：没有格式“{name}”，可用：{'、'.join(known)}",
                f"--format: there is no format '{name}'; there are: {', '.join(known)}",
            )
        )
    return _installed_info(named[0])


def _installed_info(entry: Any) -> ReporterInfo:
    """The row of a format of another package: its module, or the row itself where that says more.

    Raises:
        UsageError: neither is there.
    """
    problem = Wording("没有 `render` 函数", "has no function render")
    try:
        named = entry.load()
        info = named if isinstance(named, ReporterInfo) else ReporterInfo(entry.value)
        if callable(getattr(import_module(info.module), "render", None)):
            return info
    except Exception as error:  # noqa: BLE001 - whatever goes wrong there is no fault of this program
        text = f"{type(error).__name__}: {error}"
        problem = Wording(f"无法装入（{text}）", f"cannot be loaded ({text})")
    owner = entry.dist.name if entry.dist is not None else entry.value
    raise UsageError(
        Wording(
            f"--format：格式“{entry.name}”来自软件包 {owner}，{entry.value} {problem.zh}；"
            "请升级或卸载该软件包",
            f"--format: the format '{entry.name}' is of the package {owner}, whose {entry.value} "
            f"{problem.en}; upgrade or remove that package",
        )
    )


def load(info: ReporterInfo) -> Reporter:
    """The module of a format."""
    module: Any = import_module(info.module)
    found: Reporter = module
    return found


def in_pieces(
    info: ReporterInfo,
    report: Report,
    *,
    language: Language,
    color: bool,
    width: int,
    detail: Detail = "normal",
) -> Iterator[str]:
    """The report in a format, as pieces of text to be written one after the other."""
    module = load(info)
    pieces = getattr(module, "pieces", None)
    if pieces is not None:
        made: Iterable[str] = pieces(report, language=language)
    else:
        made = (module.render(report, language=language, color=color, width=width, detail=detail),)
    if info.syntax is None:
        yield from made
        return
    from bulletin_lint.reporters.inert import escaped

    for piece in made:
        yield escaped(piece, info.syntax)
