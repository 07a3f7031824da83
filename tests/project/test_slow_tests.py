"""What the mark `slow` takes out of the usual run of the tests is run by `.ci/run`; nothing else is taken out."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from harness import ROOT

TESTS = ROOT / "tests"
MADE = {
    "test_all_slow.py": """
import pytest
pytestmark = [pytest.mark.skipif(False, reason="-"), pytest.mark.slow]
def test_a(): pass
class TestOf:
    def test_b(self): pass
""",
    "folder/test_mixed.py": """
import pytest
def test_quick(): pass
@pytest.mark.slow
def test_slow(): pass
@pytest.mark.parametrize("n", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_each(n): pass
""",
}
QUICK = {"folder/test_mixed.py::test_quick", "folder/test_mixed.py::test_each[1]"}
SLOW = {
    "test_all_slow.py::test_a",
    "test_all_slow.py::TestOf::test_b",
    "folder/test_mixed.py::test_slow",
    "folder/test_mixed.py::test_each[2]",
}


def settings() -> dict[str, Any]:
    read = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    options: dict[str, Any] = read["tool"]["pytest"]["ini_options"]
    return options


def commands() -> list[list[str]]:
    """The words after ``python -m pytest`` wherever `.ci/run` runs the tests as the README does, in its order."""
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    return [shlex.split(line)[3:] for line in lines if line.startswith("python -m pytest ")]


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_ci_runs_what_the_pages_say_and_then_what_that_leaves_out(page: str) -> None:
    usual, left_out = commands()
    shown = re.findall(r"bin/python -m pytest (.*)$", (ROOT / page).read_text("utf-8"), re.MULTILINE)
    assert usual == shlex.split(shown[0])
    assert [*usual, "-m", "slow"] == left_out
    # Neither names files, or tests.
    assert not {word for word in usual if word.endswith(".py") or "/" in word or word in ("-k", "--deselect")}


def test_every_test_is_run_by_one_of_the_two(tmp_path: Path) -> None:
    """By the settings of the checkout, with tests of our own."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name, text in MADE.items():
        path = tmp_path / "tests" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    runs = []
    for words in commands():
        # The tests are few: no other processes for them.
        words = [word for word in words if word not in ("-n", "2")]
        told = subprocess.run(
            [sys.executable, "-m", "pytest", *words, "-vv", "-p", "no:cacheprovider"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        runs.append(re.findall(r"^tests/(\S+) PASSED", told, re.MULTILINE))

    assert [QUICK, SLOW] == [set(each) for each in runs]


def test_nothing_else_takes_tests_out() -> None:
    given = settings()
    assert ["tests"] == given["testpaths"]
    assert not given.keys() & {"python_files", "python_classes", "python_functions", "norecursedirs"}
    assert ["-m", "not slow"] == given["addopts"][-2:]
    assert not [word for word in given["addopts"] if re.match(r"-k|--ignore|--deselect", word)]
    for path in TESTS.rglob("conftest.py"):
        assert not re.search(
            r"collect_ignore|pytest_ignore_collect|pytest_deselected", path.read_text("utf-8")
        ), path


def test_every_file_with_tests_is_named_as_pytest_looks_for_it() -> None:
    looked_for = set(TESTS.rglob("test_*.py"))
    assert looked_for
    assert [] == [
        path
        for path in set(TESTS.rglob("*.py")) - looked_for
        if re.search(r"^(?:async )?def test_", path.read_text("utf-8"), re.MULTILINE)
    ]
