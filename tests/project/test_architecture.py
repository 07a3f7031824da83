"""Imports go one way, as `tool.importlinter` in pyproject.toml has it; names say what is inside; starting stays
cheap.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

from harness import ROOT, syntax_nodes, syntax_tree

PACKAGE = ROOT / "src" / "bulletin_lint"

DUMPING_GROUNDS = {
    "base",
    "common",
    "constants",
    "core",
    "helper",
    "helpers",
    "manager",
    "misc",
    "models",
    "types",
    "util",
    "utils",
}
HEAVY = {
    "asyncio",
    "concurrent",
    "csv",
    "dataclasses",
    "difflib",
    "enum",
    "hashlib",
    "importlib.metadata",
    "inspect",
    "json",
    "logging",
    "multiprocessing",
    "pathlib",
    "pathspec",
    "pdfminer",
    "pdfplumber",
    "pypdfium2",
    "regex",
    "shtab",
    "shutil",
    "subprocess",
    "tempfile",
    "textwrap",
    "tomllib",
    "tqdm",
    "traceback",
    "unittest",
    "yaml",
}
"""Modules that cost milliseconds to import: only inside the function that needs them."""

LONGEST_MODULE = 450
LONGEST_FUNCTION = 80
"""Lines. Of complexity ruff counts the branches (C901, in pyproject.toml)."""


class Import(NamedTuple):
    """One import of one module of ours."""

    name: str
    """Dotted, of ours or not."""
    line: int
    is_local: bool
    """Inside a function: paid only when that function runs."""
    is_for_types: bool


def module_name(path: Path) -> str:
    """``checks.pattern``, ``checks`` for its ``__init__``, ``__init__`` for the package's own."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    if parts == ("__init__",):
        return "__init__"
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def imports(path: Path) -> tuple[Import, ...]:
    """Every import of a module, wherever it stands."""

    def walk(node: ast.AST, *, is_local: bool, is_for_types: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                for alias in child.names:
                    yield Import(alias.name, child.lineno, is_local, is_for_types)
            elif isinstance(child, ast.ImportFrom):
                assert child.level == 0, f"{path}:{child.lineno}: relative import"
                assert child.module is not None
                for alias in child.names:
                    yield Import(f"{child.module}.{alias.name}", child.lineno, is_local, is_for_types)
            elif isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield from walk(child, is_local=True, is_for_types=is_for_types)
            elif isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
                yield from walk(child, is_local=is_local, is_for_types=True)
            else:
                yield from walk(child, is_local=is_local, is_for_types=is_for_types)

    return tuple(walk(syntax_tree(path), is_local=False, is_for_types=False))


def our_module(name: str) -> str | None:
    """The module of ours that an imported name lies in or is; None for modules of others."""
    if name.partition(".")[0] != "bulletin_lint":
        return None
    inner = name.removeprefix("bulletin_lint").removeprefix(".")
    while inner and inner not in MODULES:
        inner = inner.rpartition(".")[0]
    return inner or "__init__"


def dependencies(module: str) -> list[tuple[str, Import]]:
    # Modules named in a string, to be imported when asked for, count like imports.
    # A file's name such as bulletin_lint.yaml is none of a module.
    named = re.findall(r'"(bulletin_lint\.(?!ya?ml")[a-z_.]+)[:"]', MODULES[module].read_text("utf-8"))
    found = [
        *imports(MODULES[module]),
        *(Import(name, 0, is_local=True, is_for_types=False) for name in named),
    ]
    ours = [(our_module(each.name), each) for each in found]
    return [(name, each) for name, each in ours if name is not None and name != module]


def test_packages_import_only_from_those_below_them() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    finished = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout


def test_the_linter_of_imports_sees_every_package() -> None:
    with (ROOT / "pyproject.toml").open("rb") as stream:
        contracts = tomllib.load(stream)["tool"]["importlinter"]["contracts"]
    named = {name.strip() for layer in contracts[0]["layers"] for name in layer.split("|")}
    # The package itself and its starter hold no code that could import the wrong way.
    tops = {f"bulletin_lint.{name.partition('.')[0]}" for name in MODULES} - {
        "bulletin_lint.__init__",
        "bulletin_lint.__main__",
    }
    assert named == tops


def test_strings_that_name_modules_go_one_way_too() -> None:
    """A module named in a table of strings, to be imported when asked for: no linter of imports sees those."""
    with (ROOT / "pyproject.toml").open("rb") as stream:
        contracts = tomllib.load(stream)["tool"]["importlinter"]["contracts"]
    floor = {
        name.strip().removeprefix("bulletin_lint."): number
        for number, layer in enumerate(contracts[0]["layers"])
        for name in layer.split("|")
    }
    wrong = [
        f"{module} names {name}"
        for module in MODULES
        for name, each in dependencies(module)
        if each.line == 0
        and module.partition(".")[0] in floor
        and floor[name.partition(".")[0]] < floor[module.partition(".")[0]]
    ]
    assert wrong == []


def test_few_modules_stand_at_the_top() -> None:
    assert len(list(PACKAGE.glob("*.py"))) <= 6


def test_there_is_no_cycle_even_inside_a_row() -> None:
    graph = {module: {name for name, _ in dependencies(module)} for module in MODULES}
    # What the package offers it fetches when others ask; below, nobody does.
    assert {"api"} == graph["__init__"]
    graph["__init__"] = set()
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"import cycle: {' → '.join(error.args[1])}")


def test_the_package_itself_is_asked_only_for_its_version() -> None:
    """What it offers to others stands above whoever asks."""
    asked = {
        (module, each.name)
        for module in MODULES
        for name, each in dependencies(module)
        if name == "__init__" and each.name != "bulletin_lint.__version__"
    }
    assert set() == asked


def test_no_module_is_a_dumping_ground() -> None:
    assert [name for name in MODULES if name.rpartition(".")[2] in DUMPING_GROUNDS] == []


def lines_of(path: Path) -> int:
    return path.read_text("utf-8").count("\n")


def test_a_module_can_be_read_at_a_sitting() -> None:
    assert [name for name, path in MODULES.items() if lines_of(path) > LONGEST_MODULE] == []


def test_a_function_can_be_seen_at_a_glance() -> None:
    long = [
        f"{name}.{node.name}"
        for name, path in MODULES.items()
        for node in syntax_nodes(path)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        if node.end_lineno is not None and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]

    assert long == []


def test_no_module_is_excused_from_being_simple() -> None:
    with (ROOT / "pyproject.toml").open("rb") as stream:
        lint = tomllib.load(stream)["tool"]["ruff"]["lint"]
    excused = {path for path, codes in lint["per-file-ignores"].items() if "C901" in codes}
    ours = {module_name(ROOT / path) for path in excused if path.startswith("src/")}

    assert "C90" in lint["select"]
    assert lint["mccabe"]["max-complexity"] <= 15
    assert ours == set()


def reached_at_start(module: str) -> Iterator[tuple[str, Import]]:
    """Every import made when a module is imported, its own and those of what it imports."""
    seen: set[str] = set()
    pending = [module]
    while pending:
        current = pending.pop()
        if current in seen:
            continue
        seen.add(current)
        for each in imports(MODULES[current]):
            if each.is_local or each.is_for_types:
                continue
            yield current, each
            name = our_module(each.name)
            if name is not None:
                parents = [name.rpartition(".")[0]] if "." in name else []
                pending += [name, *parents]


@pytest.mark.parametrize(
    "module",
    [
        "cli.main",
        "cli.commands.check",
        "reporters.full",
        "reporters.concise",
        "readers.text.reader",
        *sorted(name for name in MODULES if name.startswith("checks")),
    ],
)
def test_checking_a_text_imports_nothing_heavy_at_the_top(module: str) -> None:
    heavy = sorted(
        f"{current}:{each.line}: {each.name}"
        for current, each in reached_at_start(module)
        if any(each.name == name or each.name.startswith(f"{name}.") for name in HEAVY)
    )

    assert heavy == []


def test_one_module_builds_violations() -> None:
    builders = [
        name
        for name, path in MODULES.items()
        for node in syntax_nodes(path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Violation"
    ]

    # The cache makes again what was built there.
    assert set(builders) == {"engine.violations", "engine.plain_forms"}


def test_no_two_public_classes_share_a_name() -> None:
    places: dict[str, list[str]] = {}
    for module, path in MODULES.items():
        for node in syntax_nodes(path):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places.setdefault(node.name, []).append(module)

    assert {name: modules for name, modules in places.items() if len(modules) > 1} == {}
