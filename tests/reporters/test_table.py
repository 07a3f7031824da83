"""The table of formats: a format is one file and one row, ours or another package's."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from inspect import signature
from pathlib import Path

import pytest

from bulletin_lint import reporters
from bulletin_lint.reporters import REPORTERS, Reporter, ReporterInfo, load
from harness import FIXTURES, ROOT, Command, syntax_tree

WRONG = FIXTURES / "commands" / "wrong.md"
RULES = ("--isolated", "--select", "DAT002,SEC001", "--lang", "en")
"""Each is broken once in the file."""

COUNT = '''
def render(report, *, language, color, width, detail="normal"):
    """How often each rule was broken, and which rules there were."""
    codes = [violation.code for violation in report.violations]
    lines = [f"{code} {codes.count(code)}" for code in sorted(set(codes))]
    return "".join(f"{line}\\n" for line in [*lines, *(f"rule {rule.code}" for rule in report.rules)])
'''
"""A whole format."""
COUNTED = "DAT002 1\nSEC001 1\n"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on the path of modules that holds the format."""
    (tmp_path / "made_up_count.py").write_text(COUNT, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "made_up_count", raising=False)
    return tmp_path


def installed(folder: Path, entry: str) -> None:
    """Makes the folder look as an installer leaves it: with the metadata of a package that has an entry point."""
    metadata = folder / "made_up-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: made-up\nVersion: 1.0\n", encoding="utf-8"
    )
    (metadata / "entry_points.txt").write_text(f"[bulletin_lint.reporters]\n{entry}\n", encoding="utf-8")


def check(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Runs the program where a package is installed."""
    path = os.pathsep.join([str(ROOT / "src"), str(folder)])
    return subprocess.run(
        [sys.executable, "-m", "bulletin_lint", "check", str(WRONG), *RULES, *words],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_file_of_a_format_has_a_row_and_every_row_a_file() -> None:
    folder = Path(str(reporters.__file__)).parent
    named = {
        f"bulletin_lint.reporters.{path.stem}"
        for path in folder.glob("*.py")
        for node in syntax_tree(path).body
        if isinstance(node, ast.FunctionDef) and node.name == "render"
        if node.args.args[0].arg == "report"
    }
    # Asked for by an option and by an environment variable of GitHub Actions, not as formats.
    others = {"bulletin_lint.reporters.statistics", "bulletin_lint.reporters.step_summary"}

    assert {info.module for info in REPORTERS.values()} == named - others


@pytest.mark.parametrize("name", sorted(REPORTERS))
def test_every_module_keeps_to_the_protocol(name: str) -> None:
    asked = list(signature(Reporter.render).parameters)[1:]

    assert list(signature(load(REPORTERS[name]).render).parameters) == asked


def test_one_file_and_one_row_make_a_format(
    package: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(reporters.REPORTERS, "count", ReporterInfo("made_up_count"))
    result = command("check", WRONG, *RULES, "--format", "count")

    assert (result.code, result.out, result.err) == (1, COUNTED, "")


def test_a_format_is_told_of_the_rules_where_its_row_asks_for_them(
    package: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(reporters.REPORTERS, "count", ReporterInfo("made_up_count", needs_rules=True))

    assert command("check", WRONG, *RULES, "--format", "count").out == f"{COUNTED}rule DAT002\nrule SEC001\n"


def test_prose_cannot_give_commands_to_a_workflow(
    package: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    (package / "made_up_shout.py").write_text(
        COUNT.replace("{code} {codes.count(code)}", "::{code}"), encoding="utf-8"
    )
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setitem(reporters.REPORTERS, "prose", ReporterInfo("made_up_shout", is_prose=True))
    monkeypatch.setitem(reporters.REPORTERS, "data", ReporterInfo("made_up_shout"))
    prose = command("check", WRONG, *RULES, "--format", "prose").out.splitlines()

    assert prose == ["\\x3a:DAT002", "\\x3a:SEC001"]
    assert command("check", WRONG, *RULES, "--format", "data").out == "::DAT002\n::SEC001\n"


def test_a_package_adds_a_format_by_an_entry_point(package: Path) -> None:
    installed(package, "count = made_up_count")
    result = check(package, "--format", "count", "--format", f"json={package / 'report.json'}")

    assert (result.returncode, result.stdout, result.stderr) == (1, COUNTED, "")
    assert (package / "report.json").read_text("utf-8").startswith("{")


def test_an_entry_point_can_name_a_row(package: Path) -> None:
    with (package / "made_up_count.py").open("a", encoding="utf-8") as stream:
        stream.write("\nfrom bulletin_lint.reporters import ReporterInfo\n")
        stream.write("ROW = ReporterInfo('made_up_count', needs_rules=True)\n")
    installed(package, "count = made_up_count:ROW")

    assert check(package, "--format", "count").stdout == f"{COUNTED}rule DAT002\nrule SEC001\n"


def test_a_format_that_nobody_has_is_said_with_those_of_packages(package: Path) -> None:
    installed(package, "count = made_up_count")
    result = check(package, "--format", "cuont")

    assert result.returncode == 2
    assert "there is no format 'cuont'; there are: concise, count, full, " in result.stderr


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ("count = made_up_gone", "cannot be loaded (ModuleNotFoundError: "),
        ("count = made_up_count:NOTHING", "cannot be loaded (AttributeError: "),
        ("count = textwrap", "has no function render"),
    ],
)
def test_a_broken_package_is_named(package: Path, entry: str, problem: str) -> None:
    installed(package, entry)
    result = check(package, "--format", "count")

    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("error: --format: the format 'count' is of the package made-up, ")
    assert problem in result.stderr


def test_nobody_looks_for_packages_when_the_format_is_ours(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise AssertionError("looked for packages")

    monkeypatch.setattr("importlib.metadata.entry_points", refuse)

    for name in REPORTERS:
        assert command("check", WRONG, *RULES, "--format", name).code == 1
