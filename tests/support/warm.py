"""What is the same for every test of a process is worked out once: the built-in packs, and how patterns read.

The program does all of this once in its life, which is short; a thousand tests in one process do it a thousand times.
Only functions whose answer follows from their arguments are remembered. ``BULLETIN_LINT_TESTS_COLD=1`` remembers nothing:
so it is asked which tests run a line.
"""

from __future__ import annotations

import os
import pkgutil
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from types import ModuleType

import bulletin_lint
from bulletin_lint.checks import installed_files
from bulletin_lint.config.diagnostics import Diagnostics
from bulletin_lint.config.settings import Settings
from bulletin_lint.config.yaml import YamlMap, YamlNode, YamlText, parse_yaml
from bulletin_lint.rulebook.load import merged_packs
from bulletin_lint.rulebook.merge import MergedPacks
from bulletin_lint.rulebook.packs import builtin_packs
from harness import ROOT

_RULES = str(ROOT / "rules") + os.sep


@cache
def remember() -> None:
    """From now on this process, and every copy of it, works these things out once."""
    if os.environ.get("BULLETIN_LINT_TESTS_COLD"):
        return
    from bulletin_lint.matching import literals
    from bulletin_lint.rulebook import names, packs

    # The names are bound where they are used: these are doors of the modules, not of their callers.
    for module, name in ((literals, "required_literals"), (literals, "parsed"), (names, "_pattern_problem")):
        setattr(module, name, cache(getattr(module, name)))
    _remember_packs(packs)
    _remember_merges()


def _remember_packs(packs: ModuleType) -> None:
    """The built-in packs, which no test can change, are taken apart once."""
    parse, known = parse_yaml, dict[tuple[str, bytes], YamlMap]()

    def remembered(path: str, data: bytes, mistakes: Diagnostics) -> YamlMap | None:
        if (path, data) in known:
            return known[path, data]
        read = parse(path, data, mistakes)
        # As the pack stands in the checkout, so that whatever is wrong with another is said again.
        if read is not None and os.path.abspath(path).startswith(_RULES) and not len(mistakes):
            known[path, data] = read
        return read

    setattr(packs, "parse_yaml", remembered)  # noqa: B010 - the name is imported there, not exported


def _remember_merges() -> None:
    """So are they merged, where nothing of a house comes in: the names and the kinds of check that are installed tell
    what comes out.
    """
    from bulletin_lint.rulebook import merge

    assemble, known = merge.assemble, dict[tuple[object, ...], MergedPacks]()
    builtin = frozenset(builtin_packs())

    def remembered(
        packs: Iterable[YamlText], folder: str, mistakes: Diagnostics, **given: YamlNode | None
    ) -> MergedPacks:
        packs = list(packs)
        names = [pack.value for pack in packs]
        if any(given.values()) or not builtin.issuperset(names):
            return assemble(packs, folder, mistakes, **given)  # type: ignore[arg-type]
        key = (*names, *installed_files())
        if key in known:
            return known[key]
        before = len(mistakes)
        merged = assemble(packs, folder, mistakes)
        if len(mistakes) == before:
            known[key] = merged
        return merged

    setattr(merge, "assemble", remembered)  # noqa: B010 - as above


@cache
def load() -> None:
    """Does what a copy of this process would do else, every time: loads the program, all but the editor's page, and takes
    the built-in packs apart.
    """
    for module in pkgutil.walk_packages(bulletin_lint.__path__, "bulletin_lint."):
        if not module.name.endswith(".__main__") and ".server" not in module.name:
            import_module(module.name)
    for library in (
        "PIL.ImageStat",
        "ahocorasick_rs",
        "diff_match_patch",
        "jinja2",
        "pathspec",
        "pypdf",
        "pypdfium2",
    ):
        import_module(library)
    if not os.environ.get("BULLETIN_LINT_TESTS_COLD"):
        merged_packs(Settings(extends=builtin_packs()))
        merged_packs(Settings())
