"""The kinds of check: a table of them, each named for what it asserts.

Modules are imported when a rule of their kind is built, so that a run pays for what it uses. An installed
package may add kinds by the entry points `bulletin_lint.checks`: they are looked up when a rule asks for
a kind that is not in the table. No pack and no settings can name code.
"""

from __future__ import annotations

from importlib import import_module

from bulletin_lint._typing import NamedTuple
from bulletin_lint.checks.protocols import Check, Judged
from bulletin_lint.model.errors import BulletinLintError
from bulletin_lint.model.wording import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


ENTRY_POINTS = "bulletin_lint.checks"
"""The group of entry points by which installed packages add kinds."""


class KindInfo(NamedTuple):
    """What can be told of a kind without importing it."""

    target: str
    """``module:class``."""
    judges: Judged = "document"
    """As the class says it."""
    needs_parts: bool = True
    """Whether a rule of the kind that selects no part (`on`) finds nothing."""


KINDS: dict[str, KindInfo] = {
    "absent-damage": KindInfo("bulletin_lint.checks.text.damage:AbsentDamage", needs_parts=False),
    "alike": KindInfo("bulletin_lint.checks.structure.siblings:Alike"),
    "arithmetic": KindInfo("bulletin_lint.checks.text.arithmetic:Arithmetic"),
    "at-most": KindInfo("bulletin_lint.checks.structure.presence:AtMost"),
    "balanced": KindInfo("bulletin_lint.checks.text.pairs:Balanced"),
    "calendar": KindInfo("bulletin_lint.checks.text.dates:Calendar"),
    "centred": KindInfo("bulletin_lint.checks.layout.type_style:Centred"),
    "consecutive": KindInfo("bulletin_lint.checks.structure.relations:Consecutive"),
    "consistent": KindInfo("bulletin_lint.checks.text.consistency:Consistent"),
    "counted-lines": KindInfo("bulletin_lint.checks.structure.counting:CountedLines"),
    "distinct": KindInfo("bulletin_lint.checks.structure.relations:Distinct"),
    "doubled": KindInfo("bulletin_lint.checks.text.doubled:Doubled"),
    "equal": KindInfo("bulletin_lint.checks.structure.presence:Equal"),
    "first-line-indent": KindInfo("bulletin_lint.checks.layout.type_style:FirstLineIndent"),
    "forbidden": KindInfo("bulletin_lint.checks.text.forbidden:Forbidden"),
    "format": KindInfo("bulletin_lint.checks.text.format:Format"),
    "full-width": KindInfo("bulletin_lint.checks.text.width:FullWidth"),
    "lexicon": KindInfo("bulletin_lint.checks.text.lexicon:Lexicon"),
    "line-break": KindInfo("bulletin_lint.checks.layout.breaks:LineBreak"),
    "listed": KindInfo("bulletin_lint.checks.structure.listed:Listed"),
    "not-earlier": KindInfo("bulletin_lint.checks.text.dates:NotEarlier"),
    "not-later": KindInfo("bulletin_lint.checks.text.dates:NotLater"),
    "on-page": KindInfo("bulletin_lint.checks.layout.breaks:OnPage"),
    "ordered": KindInfo("bulletin_lint.checks.structure.relations:Ordered"),
    "page-break": KindInfo("bulletin_lint.checks.layout.breaks:PageBreak"),
    "page-grid": KindInfo("bulletin_lint.checks.layout.type_area:PageGrid", needs_parts=False),
    "page-number": KindInfo("bulletin_lint.checks.layout.page_numbers:PageNumber", needs_parts=False),
    "page-size": KindInfo("bulletin_lint.checks.layout.type_area:PageSize", needs_parts=False),
    "promised-count": KindInfo("bulletin_lint.checks.structure.promises:PromisedCount"),
    "referenced": KindInfo("bulletin_lint.checks.structure.relations:Referenced"),
    "required": KindInfo("bulletin_lint.checks.structure.presence:Required"),
    "sequence": KindInfo("bulletin_lint.checks.structure.numbering:Sequence"),
    "series": KindInfo("bulletin_lint.checks.series:AcrossIssues", "series", needs_parts=False),
    "set-apart": KindInfo("bulletin_lint.checks.structure.presence:SetApart"),
    "spacing": KindInfo("bulletin_lint.checks.text.spacing:Spacing"),
    "table-numbers": KindInfo("bulletin_lint.checks.structure.tables:TableNumbers"),
    "table-share": KindInfo("bulletin_lint.checks.structure.tables:TableShare"),
    "table-total": KindInfo("bulletin_lint.checks.structure.tables:TableTotal"),
    "type-area": KindInfo("bulletin_lint.checks.layout.type_area:TypeArea", needs_parts=False),
    "type-size": KindInfo("bulletin_lint.checks.layout.type_style:TypeSize"),
    "typeface": KindInfo("bulletin_lint.checks.layout.type_style:Typeface"),
    "waiver": KindInfo("bulletin_lint.checks.waivers:SoundWaiver", "waivers", needs_parts=False),
    "within-type-area": KindInfo("bulletin_lint.checks.layout.type_area:WithinTypeArea", needs_parts=False),
}
"""The kinds that the program brings, by the name that a rule calls them."""

KIND_NAMES = tuple(sorted(KINDS))

_loaded_kinds: dict[str, type[Check]] = {}
"""Those of the table that were asked for."""
_installed: dict[str, type[Check]] = {}
"""Kinds of installed packages that were asked for."""


class KindError(BulletinLintError):
    """An installed package offers a kind of check that cannot be used."""


def kind(name: str) -> type[Check]:
    """The class of a kind of check.

    Raises:
        KeyError: there is no such kind.
        KindError: an installed package offers it, and it cannot be used.
    """
    row = KINDS.get(name)
    if row is None:
        return _installed_kind(name)
    found = _loaded_kinds.get(name)
    if found is None:
        module, _, attribute = row.target.partition(":")
        found = _loaded_kinds[name] = getattr(import_module(module), attribute)
    return found


def judges(name: str) -> Judged:
    """What the rules of a kind judge; of those in the table none is imported to tell.

    Raises:
        KeyError, KindError: as `kind`.
    """
    row = KINDS.get(name)
    return row.judges if row is not None else kind(name).judges


def needs_parts(name: str) -> bool:
    """Whether a rule of a kind finds nothing where it selects no part; False also for an installed kind."""
    row = KINDS.get(name)
    return row is not None and row.needs_parts


def installed_files() -> list[str]:
    """The files of the installed kinds that were asked for: what was compiled of rules holds as long as
    they do not change.
    """
    import sys

    modules = {sys.modules.get(each.__module__) for each in _installed.values()}
    files = {module.__file__ for module in modules if module is not None}
    return sorted(file for file in files if file is not None)


def _installed_kind(name: str) -> type[Check]:
    if name not in _installed:
        from importlib.metadata import entry_points

        offered = list(entry_points(group=ENTRY_POINTS, name=name))
        if not offered:
            raise KeyError(name)
        _installed[name] = _loaded(name, offered[0].value, offered[0].load)
    return _installed[name]


def _loaded(name: str, value: str, load: Callable[[], object]) -> type[Check]:
    try:
        found = load()
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        raise KindError(
            Wording(
                f"检查种类“{name}”由已安装的软件包提供（{value}），但无法载入（{reason}）；请修复或重装该软件包。",
                f"the check kind '{name}' of an installed package ({value}) cannot be loaded ({reason}); "
                "repair or reinstall that package.",
            )
        ) from error
    if not (isinstance(found, type) and issubclass(found, Check)):
        raise KindError(
            Wording(
                f"检查种类“{name}”由已安装的软件包提供（{value}），但不是检查类（须继承 "
                "bulletin_lint.checks.protocols.Check）；请修复该软件包。",
                f"the check kind '{name}' of an installed package ({value}) is no check (a class derived "
                "from bulletin_lint.checks.protocols.Check); repair that package.",
            )
        )
    return found
