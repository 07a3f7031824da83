"""What is no interface of Python is named behind four doors only, and one module reads the plain mode's variable."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from harness import ROOT, syntax_nodes

PACKAGE = ROOT / "src" / "bulletin_lint"

DOORS = ("_typing.py", "_digest.py", "matching/regex_store.py", "readers/pdf/")
"""Behind these an interpreter may be asked for what it does not promise; each gets on without, or is a reader."""

DOCUMENTED = {"os._exit", "argparse._SubParsersAction", "argparse._ActionsContainer"}
"""`os._exit` is in the library's reference; of the classes of argparse there is no other name to ask an action
or an annotation for."""

LEFT = {("cli/parser.py", "argparse._")}
"""The translation of two headings nobody sees would import `locale`: 1.5 ms of each start."""


PRIVATE_MODULES = {
    name for name in sys.stdlib_module_names if name.startswith("_") and not name.endswith("__")
}


def is_private(name: str) -> bool:
    return name.startswith("_") and not (name.startswith("__") and name.endswith("__"))


def is_standard(module: str) -> bool:
    return module.partition(".")[0] in sys.stdlib_module_names and module != "__future__"


def dotted(node: ast.expr, names: dict[str, str]) -> str | None:
    """What an expression of names and attributes stands for, where it begins with an import of the library."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute):
        owner = dotted(node.value, names)
        return f"{owner}.{node.attr}" if owner is not None else None
    return None


def private_names(nodes: Sequence[ast.AST]) -> Iterator[str]:
    """The private names of the standard library that a module names, and `ctypes`, which sees behind all."""
    names: dict[str, str] = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                if is_standard(alias.name):
                    bound = alias.asname or alias.name.partition(".")[0]
                    names[bound] = alias.name if alias.asname else bound
                    yield from _of_import(alias.name)
        elif isinstance(node, ast.ImportFrom) and node.module is not None and is_standard(node.module):
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                names[alias.asname or alias.name] = whole
                yield from _of_import(whole)
    for node in nodes:
        if isinstance(node, ast.Attribute) and is_private(node.attr):
            found = dotted(node, names)
            if found is not None:
                yield found
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.args) > 1:
            # getattr(sys, "_getframe")
            owner, name = dotted(node.args[0], names), node.args[1]
            if (
                owner
                and isinstance(name, ast.Constant)
                and isinstance(name.value, str)
                and is_private(name.value)
            ):
                yield f"{owner}.{name.value}"
        elif isinstance(node, ast.Constant) and node.value in PRIVATE_MODULES:
            # import_module("_sre")
            yield str(node.value)


def _of_import(name: str) -> Iterator[str]:
    if name.partition(".")[0] == "ctypes" or any(map(is_private, name.split("."))):
        yield name


def found_in(path: Path) -> list[tuple[str, str]]:
    place = path.relative_to(PACKAGE).as_posix()
    return [(place, name) for name in private_names(syntax_nodes(path)) if name not in DOCUMENTED]


def test_private_names_of_python_stand_behind_doors() -> None:
    outside = {
        each for path in PACKAGE.rglob("*.py") for each in found_in(path) if not each[0].startswith(DOORS)
    }
    assert outside - LEFT == set()
    assert outside >= LEFT, "an exception that is none any more"


@pytest.mark.parametrize("door", DOORS)
def test_every_door_is_one(door: str) -> None:
    place = PACKAGE / door
    paths = [place] if place.is_file() else place.rglob("*.py")
    assert any(found_in(path) for path in paths)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("import _sre", "_sre"),
        ("def f():\n    from _blake2 import blake2b", "_blake2.blake2b"),
        ("from re import _parser", "re._parser"),
        ("import re._compiler", "re._compiler"),
        ("import sys\nsys._getframe()", "sys._getframe"),
        ("import collections as c\nc._tuplegetter", "collections._tuplegetter"),
        ("from re import Pattern\nPattern._x", "re.Pattern._x"),
        ("import os\nos.path._y", "os.path._y"),
        ("import sys\ngetattr(sys, '_getframe')", "sys._getframe"),
        ("from importlib import import_module\nimport_module('_sre')", "_sre"),
        ("import ctypes", "ctypes"),
        ("from ctypes import c_void_p", "ctypes.c_void_p"),
    ],
)
def test_a_private_name_is_seen(source: str, name: str) -> None:
    assert name in list(private_names(list(ast.walk(ast.parse(source)))))


@pytest.mark.parametrize(
    "source",
    [
        "from __future__ import annotations",
        "import sys\nsys.__stdout__",
        "self._x",
        "import re\nre.compile('_')",
    ],
)
def test_what_is_public_or_our_own_is_not(source: str) -> None:
    assert list(private_names(list(ast.walk(ast.parse(source))))) == []


def test_one_module_reads_the_variable_of_the_plain_mode() -> None:
    readers = [
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        for node in syntax_nodes(path)
        if isinstance(node, ast.Constant) and node.value == "BULLETIN_LINT_PLAIN"
    ]
    assert readers == ["_plain.py"]
