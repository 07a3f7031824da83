"""What is built and installed works without the checkout: rules inside, command in place."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from collections.abc import Sequence
from email import message_from_bytes
from pathlib import Path

import pytest

from bulletin_lint import __version__
from harness import FIXTURES, ROOT


def succeed(command: Sequence[str | Path], folder: Path, **environment: str) -> str:
    """Runs a command that must succeed, with nothing of this checkout on the path."""
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env={**surroundings, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist of the checkout, and the wheel made from that sdist."""
    folder = tmp_path_factory.mktemp("dist")
    succeed([sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT], folder)
    return folder


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel in it; the packages it needs are lent by this one."""
    folder = tmp_path_factory.mktemp("user")
    succeed([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], folder)
    python = folder / "venv" / "bin" / "python"
    wheel = next(built.glob("*.whl"))
    succeed([sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-deps", wheel], folder)
    # A path file is not read recursively, so an editable install here does not come along.
    own = succeed([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], folder).strip()
    lent = dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib")))
    Path(own, "lent.pth").write_text("".join(f"{path}\n" for path in lent), encoding="utf-8")
    return folder / "venv"


def rule_files() -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in (ROOT / "rules").rglob("*.yaml")}


def test_the_wheel_holds_every_module_and_every_rule(built: Path) -> None:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())
        metadata = message_from_bytes(wheel.read(f"bulletin_lint-{__version__}.dist-info/METADATA"))

    # Pages and style sheets lie beside the modules that fill them in.
    modules = {
        path.relative_to(ROOT / "src").as_posix()
        for suffix in ("py", "html", "css", "js")
        for path in (ROOT / "src").rglob(f"*.{suffix}")
    }
    assert modules <= names
    assert {f"bulletin_lint/{name}" for name in rule_files()} <= names
    assert "bulletin_lint/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "fixtures/")) or ".pyc" in name]
    assert (metadata["Name"], metadata["Version"]) == ("bulletin-lint", __version__)


def test_the_sdist_holds_what_the_tests_need(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}

    assert rule_files() <= names
    assert {"LICENSE", "README.md", "pyproject.toml", ".pre-commit-hooks.yaml"} <= names
    assert {path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").glob("*.py")} <= names
    assert "fixtures/commands/wrong.md" in names
    assert "docs/design.md" in names


def test_the_installed_command_checks_a_bulletin(installed: Path, tmp_path: Path) -> None:
    program = installed / "bin" / "bulletin-lint"
    place = succeed(
        [installed / "bin" / "python", "-c", "import bulletin_lint; print(bulletin_lint.__file__)"], tmp_path
    )
    assert Path(place).is_relative_to(installed)

    text = succeed(
        [program, "check", "--format", "json", "--exit-zero", FIXTURES / "commands" / "wrong.md"],
        tmp_path,
        BULLETIN_LINT_CACHE_DIR=str(tmp_path / "cache"),
    )

    found = {violation["code"] for violation in json.loads(text)["violations"]}
    assert {"DAT002", "SEC001", "PUN002"} <= found


def test_the_installed_command_knows_its_rules_and_version(installed: Path, tmp_path: Path) -> None:
    program = installed / "bin" / "bulletin-lint"

    assert succeed([program, "--version"], tmp_path) == f"bulletin-lint {__version__}\n"
    assert "SEC001" in succeed([program, "rules", "--isolated"], tmp_path)
    assert "SEC001" in succeed([installed / "bin" / "python", "-m", "bulletin_lint", "rules"], tmp_path)
