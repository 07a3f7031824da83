"""The short way to the program's own modules finds and loads what the interpreter's way does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from harness import ROOT

DESCRIBE = """
import importlib, sys
importlib.import_module("bulletin_lint.cli.main")
importlib.import_module("bulletin_lint.checks.text.forbidden")
for name in sorted(sys.modules):
    if name.startswith("bulletin_lint"):
        module = sys.modules[name]
        spec = module.__spec__
        print(name, module.__file__, module.__cached__, module.__package__, list(getattr(module, "__path__", ())),
              spec.origin, spec.has_location, spec.parent)
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A copy of the program whose modules may be changed."""
    shutil.copytree(
        ROOT / "src" / "bulletin_lint",
        tmp_path / "src" / "bulletin_lint",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    return tmp_path / "src"


def python(program: Path, code: str, *, plain: bool = False) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(program), "BULLETIN_LINT_PLAIN": "1" if plain else "0"}
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX"):
        environment.pop(name, None)
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )


def test_every_module_is_what_the_interpreter_makes_of_it(program: Path) -> None:
    quick, plain = python(program, DESCRIBE), python(program, DESCRIBE, plain=True)
    again = python(program, DESCRIBE)
    assert (0, 0) == (quick.returncode, plain.returncode), quick.stderr + plain.stderr
    assert quick.stdout == plain.stdout == again.stdout
    assert "bulletin_lint.checks.text.forbidden " in quick.stdout


SHOWN = "from bulletin_lint.cli import stage_times; print(stage_times.WORD)"


def test_a_module_that_was_changed_is_compiled_anew(program: Path) -> None:
    module = program / "bulletin_lint" / "cli" / "stage_times.py"
    module.write_text("WORD = 'one'\n", "utf-8")
    assert "one\n" == python(program, SHOWN).stdout
    assert "one\n" == python(program, SHOWN).stdout
    module.write_text("WORD = 'three'\n", "utf-8")
    assert "three\n" == python(program, SHOWN).stdout
    # As long as before, and so new that its time in seconds may be the same: made older.
    module.write_text("WORD = 'seven'\n", "utf-8")
    os.utime(module, (1_000_000_000, 1_000_000_000))
    assert "seven\n" == python(program, SHOWN).stdout


@pytest.mark.parametrize("damage", [b"", b"\0" * 40, None], ids=["empty", "zeros", "cut"])
def test_a_damaged_compiled_module_is_made_again(program: Path, damage: bytes | None) -> None:
    module = program / "bulletin_lint" / "cli" / "stage_times.py"
    module.write_text("WORD = 'one'\n", "utf-8")
    assert "one\n" == python(program, SHOWN).stdout
    (compiled,) = (program / "bulletin_lint" / "cli" / "__pycache__").glob("stage_times.*.pyc")
    compiled.write_bytes(compiled.read_bytes()[:30] if damage is None else damage)
    quick, plain = python(program, SHOWN), python(program, SHOWN, plain=True)
    # A cut one is an error in the interpreter too (EOFError); it is then the interpreter's to say.
    assert (plain.returncode, plain.stdout) == (quick.returncode, quick.stdout)


def test_a_module_that_is_not_there_is_not_found(program: Path) -> None:
    outcome = python(program, "import bulletin_lint.cli, bulletin_lint.cli.nothing")
    assert "ModuleNotFoundError: No module named 'bulletin_lint.cli.nothing'" in outcome.stderr


def test_a_traceback_names_the_line(program: Path) -> None:
    (program / "bulletin_lint" / "cli" / "stage_times.py").write_text("\n\n1 / 0\n", "utf-8")
    for _ in range(2):
        outcome = python(program, SHOWN)
        assert f'{program / "bulletin_lint" / "cli" / "stage_times.py"}", line 3' in outcome.stderr


def test_it_stands_before_all_others_and_once(program: Path) -> None:
    code = (
        "import sys, bulletin_lint.cli\n"
        "from bulletin_lint.cli.quick_import import QuickFinder, install\n"
        "install()\n"
        "print([isinstance(each, QuickFinder) for each in sys.meta_path].index(True),"
        " sum(isinstance(each, QuickFinder) for each in sys.meta_path))"
    )
    assert "0 1\n" == python(program, code).stdout
    plain = code.replace("].index(True)", "].count(True)")
    assert "0 0\n" == python(program, plain, plain=True).stdout
