"""The first commands of the README and of the guide for offices, on a machine where nothing is installed."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from git_commands import git
from harness import ROOT

PAGES = {"README.md": ROOT / "README.md", "offices.md": ROOT / "docs" / "guides" / "offices.md"}


def first_commands(page: Path) -> list[str]:
    """The lines of the first block of commands."""
    found = re.search(r"(?ms)^```sh\n(.*?)^```", page.read_text("utf-8"))
    assert found
    return found[1].splitlines()


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where uv and pipx are, and nothing else that is installed here."""
    folder = tmp_path_factory.mktemp("tools")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    # By the pip of this environment: making one for two programs takes longer than they do.
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python")]
    subprocess.run([*pip, "install", "-q", "--no-compile", "uv", "pipx"], check=True)
    return folder / "bin"


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a person has who fetched the program: the files under version control."""
    folder = tmp_path_factory.mktemp("clone") / "bulletin-lint"
    git(ROOT, "clone", "-q", str(ROOT), str(folder))
    return folder


class Machine:
    """A new home and no environment but what a fresh account has."""

    def __init__(self, home: Path, tools: Path, clone: Path) -> None:
        self.home, self._clone = home, clone
        kept = ("SSL_CERT_FILE", "PIP_CERT", "PIP_INDEX_URL", "UV_INDEX_URL", "HTTPS_PROXY", "NO_PROXY")
        self.environment = {
            **{name: os.environ[name] for name in kept if name in os.environ},
            "HOME": str(home),
            "PATH": f"{home}/.local/bin:{tools}:/usr/local/bin:/usr/bin:/bin",
            "LANG": "C.UTF-8",
        }

    def run(self, line: str) -> subprocess.CompletedProcess[str]:
        """A line as it stands on the page."""
        return subprocess.run(
            shlex.split(line),
            cwd=self._clone,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def start(self, line: str, **further: str) -> subprocess.Popen[str]:
        """A line that goes on until it is stopped."""
        return subprocess.Popen(
            shlex.split(line),
            cwd=self._clone,
            env={**self.environment, **further},
            stderr=subprocess.PIPE,
            text=True,
        )


@pytest.fixture
def machine(tmp_path: Path, tools: Path, clone: Path) -> Machine:
    (tmp_path / "home").mkdir()
    return Machine(tmp_path / "home", tools, clone)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="homes are elsewhere")
def test_two_commands_to_a_report_and_one_more_to_the_page(machine: Machine) -> None:
    install, check = first_commands(PAGES["README.md"])

    done = machine.run(install)
    assert done.returncode == 0, done.stderr
    done = machine.run(check)
    assert done.returncode == 1, done.stderr
    assert "wrong.md:21:5 SEC001 序号“三、”不连续" in done.stdout

    with machine.start("uvx bulletin-lint serve --no-browser --port 8797") as serving:
        assert serving.stderr is not None
        address = next(line for line in serving.stderr if "http" in line).rpartition("：")[2].strip()
        with urllib.request.urlopen(address) as answer:
            assert "<title>简报检查</title>" in answer.read().decode("utf-8")
        serving.terminate()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="homes are elsewhere")
def test_an_office_gets_an_icon_by_two_commands(machine: Machine) -> None:
    (machine.home / "Desktop").mkdir()

    for line in first_commands(PAGES["offices.md"]):
        done = machine.run(line)
        assert done.returncode == 0, f"{line}\n{done.stderr}"

    (icon,) = (machine.home / "Desktop").iterdir()
    # What is started by a click is the program that was installed for good.
    assert str(machine.home / ".local") in icon.read_text("utf-8")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="homes are elsewhere")
def test_pipx_does_the_same(machine: Machine) -> None:
    text = PAGES["README.md"].read_text("utf-8")
    found = re.search(r"`(pipx\s+install\s+[^`]+)`", text)
    assert found

    done = machine.run(found[1])
    assert done.returncode == 0, done.stderr
    done = machine.run("bulletin-lint check fixtures/commands/clean.md")
    assert done.returncode == 0, done.stderr
