"""The table of kinds, and a kind added to it with one file and one row, or by an installed package."""

from __future__ import annotations

import importlib
import inspect
import os
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import bulletin_lint
from bulletin_lint import checks
from bulletin_lint.checks import KINDS, KindInfo, kind
from bulletin_lint.checks.protocols import Check, SeriesCheck, WaiverCheck
from harness import Command

KIND = '''\
"""Words written twice as loud."""

from bulletin_lint.checks.parameters import Parameter
from bulletin_lint.checks.protocols import Check
from bulletin_lint.model.location import Span
from bulletin_lint.model.violation import Edit, Match


class Loud(Check):
    """Exclamation marks, more of them than the office allows."""

    parameters = {"most": Parameter("integer", "As many in a row are right.", default=1)}

    def __init__(self, parameters, resources):
        self._on = resources.selectors(parameters["on"])
        self._most = parameters["most"]

    @staticmethod
    def placeholders(parameters):
        return frozenset({"found"})

    def run(self, context):
        if not context.select(self._on):
            return "cannot-assess"
        text, end, found = context.document.text, 0, []
        for start, character in enumerate(text):
            if character == "！" and start >= end:
                end = start
                while text[end : end + 1] == "！":
                    end += 1
                if end - start > self._most:
                    mark = Span(start, end)
                    found.append(Match(mark, {"found": text[start:end]}, (Edit(mark, "！" * self._most),)))
        return found
'''

# Without the hundred rules of the other packs, which every run here would compile anew.
SETTINGS = """\
extends: [bulletin]
rules:
  HOUSE-901:
    name: too-loud
    severity: error
    check: loud
    on: body
    most: 2
    fix: safe
    message: {zh: "“{found}”太响", en: "'{found}' is too loud"}
    why: {zh: 公文不喊叫。, en: An office does not shout.}
    examples:
      bad:
        - {text: "好！！！", fixed: "好！！"}
      good:
        - text: "好！！"
"""

BULLETIN = """\
# 青石街道工作简报

第11期

## 志愿者上门服务

居民都说好！！！大家辛苦了！！

（街道团工委）
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A folder with settings that ask for the kind, a bulletin, and apart from them the kind's module."""
    folder = tmp_path / "house"
    folder.mkdir()
    (folder / "bulletin-lint.yaml").write_text(SETTINGS, "utf-8")
    (folder / "11.md").write_text(BULLETIN, "utf-8")
    (tmp_path / "installed").mkdir()
    (tmp_path / "installed" / "made_up_kind.py").write_text(KIND, "utf-8")
    return folder


SAID = "11.md:7:6: HOUSE-901 '！！！' is too loud"


def install(house: Path, target: str = "made_up_kind:Loud") -> None:
    """Makes the folder of the kind's module an installed package that offers it."""
    metadata = house.parent / "installed" / "made_up_kind-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: made-up-kind\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(f"[bulletin_lint.checks]\nloud = {target}\n")


def checked(house: Path, *options: str) -> tuple[int, str, str]:
    """What a run of its own says of the bulletin: exit code, standard output, standard error."""
    source = Path(bulletin_lint.__file__).parents[1]
    arguments = ["check", "--lang", "en", "--select", "HOUSE", "--format", "concise", *options, "11.md"]
    finished = subprocess.run(
        [sys.executable, "-m", "bulletin_lint", *arguments],
        cwd=house,
        env={**os.environ, "PYTHONPATH": f"{source}{os.pathsep}{house.parent / 'installed'}"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return finished.returncode, finished.stdout, finished.stderr


def test_every_kind_is_in_the_table_and_the_table_has_nothing_else() -> None:
    classes = {
        f"{module.__name__}:{name}"
        for found in pkgutil.walk_packages(checks.__path__, f"{checks.__name__}.")
        for module in [importlib.import_module(found.name)]
        for name, each in vars(module).items()
        if inspect.isclass(each)
        and issubclass(each, Check)
        and each.__module__ == module.__name__
        and not name.startswith("_")
        and not inspect.isabstract(each)
        and each is not WaiverCheck
    }
    assert classes == {row.target for row in KINDS.values()}


@pytest.mark.parametrize("name", KINDS)
def test_a_row_says_what_the_class_says(name: str) -> None:
    found = kind(name)
    judged = (
        "series"
        if issubclass(found, SeriesCheck)
        else "waivers"
        if issubclass(found, WaiverCheck)
        else "document"
    )
    assert judged == found.judges == KINDS[name].judges


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_that_says_what_is_found_by_patterns_alone_tells_which(name: str) -> None:
    if kind(name).only_patterns:
        assert kind(name).sought is not Check.sought


def test_a_kind_is_added_with_one_file_and_one_row(
    house: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(house.parent / "installed")
    monkeypatch.setitem(KINDS, "loud", KindInfo("made_up_kind:Loud"))
    monkeypatch.chdir(house)
    options = ("--lang", "en", "--select", "HOUSE", "--format", "concise", "--no-cache")

    outcome = command("check", *options, "11.md")
    assert (1, [SAID], "") == (outcome.code, outcome.out.splitlines(), outcome.err)

    command("check", *options, "--fix", "11.md")
    assert "居民都说好！！大家辛苦了！！" in Path("11.md").read_text("utf-8")

    tested = command("test", "--lang", "en")
    assert (0, "1 rules, 2 examples: 2 passed, 0 failed.\n") == (tested.code, tested.out)


def test_a_kind_of_an_installed_package_is_found_by_its_entry_point(house: Path) -> None:
    install(house)
    cold = checked(house)
    assert (1, [SAID]) == (cold[0], cold[1].splitlines())
    # The second run has its rules from the cache.
    assert cold == checked(house)


def test_what_was_compiled_for_an_installed_kind_goes_with_it(house: Path) -> None:
    install(house)
    assert 1 == checked(house)[0]
    for path in sorted((house.parent / "installed").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()

    code, _, told = checked(house)
    assert 2 == code
    assert "bulletin-lint.yaml:6:12: unknown check kind 'loud'" in told


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("made_up_kind:Silent", "cannot be loaded (AttributeError"),
        ("nowhere_at_all:Loud", "cannot be loaded (ModuleNotFoundError"),
        ("made_up_kind:Span", "is no check"),
    ],
)
def test_an_installed_kind_that_cannot_be_used_is_told_where_a_rule_asks_for_it(
    house: Path, target: str, said: str
) -> None:
    install(house, target)
    code, _, told = checked(house)
    assert 2 == code
    assert f"bulletin-lint.yaml:6:12: the check kind 'loud' of an installed package ({target}) {said}" in told
    assert "Traceback" not in told


def test_entry_points_are_not_looked_up_for_the_programs_own_kinds(house: Path) -> None:
    install(house, "nowhere_at_all:Loud")
    (house / "bulletin-lint.yaml").write_text("extends: [jianbao]\n", "utf-8")
    source = Path(bulletin_lint.__file__).parents[1]
    script = (
        "import sys; from bulletin_lint.cli.main import main; main(['check', '--no-cache', '11.md']); "
        "print('importlib.metadata' in sys.modules)"
    )
    finished = subprocess.run(
        [sys.executable, "-c", script],
        cwd=house,
        env={**os.environ, "PYTHONPATH": f"{source}{os.pathsep}{house.parent / 'installed'}"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "False" == finished.stdout.splitlines()[-1]
