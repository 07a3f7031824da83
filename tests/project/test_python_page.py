"""Every example of the page on Python is run, and the page speaks of every name that is offered."""

from __future__ import annotations

import doctest
import re
import shutil
from pathlib import Path

import pytest

import bulletin_lint
from harness import FIXTURES, ROOT

PAGE = ROOT / "docs" / "python.md"
BLOCKS = re.findall(r"^```pycon\n(.*?)^```", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the page says its folder holds."""
    series = FIXTURES / "bulletins" / "faulty" / "issue-numbers" / "series-gap"
    shutil.copytree(series, tmp_path / "series")
    (tmp_path / "house").mkdir()
    for name in ("bulletin-lint.yaml", "house.yaml"):
        shutil.copy(FIXTURES / "packs" / "house" / name, tmp_path / "house" / name)
    shutil.copy(FIXTURES / "commands" / "wrong.md", tmp_path / "11.md")
    shutil.copy(FIXTURES / "pdf" / "bulletin-reportlab.pdf", tmp_path / "9.pdf")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_every_example_says_what_the_page_says() -> None:
    """One after the other: a block may use what the blocks before it made."""
    examples = doctest.DocTestParser().get_doctest("\n".join(BLOCKS), {}, PAGE.name, str(PAGE), 0)
    said: list[str] = []

    outcome = doctest.DocTestRunner(verbose=False).run(examples, out=said.append)

    assert (0, "") == (outcome.failed, "".join(said))
    assert outcome.attempted == sum(block.count(">>> ") for block in BLOCKS) > 0


def test_the_folder_is_the_one_that_the_page_describes(folder: Path) -> None:
    shown = re.findall(
        r"(?m)^(\S+)  +\S", re.findall(r"^```\n(.*?)^```", PAGE.read_text("utf-8"), re.S | re.M)[0]
    )

    assert all((folder / name).exists() for name in shown)
    assert {"11.md", "9.pdf", "series/10.md", "series/12.md", "house/"} == set(shown)


def test_every_block_of_python_is_run() -> None:
    kinds = re.findall(r"(?m)^```(\w+)$", PAGE.read_text("utf-8"))

    assert {"pycon"} == set(kinds)


def test_the_page_names_what_is_offered_and_nothing_else() -> None:
    table = re.findall(r"(?m)^\| [a-z ,]+ \| (.*) \|$", PAGE.read_text("utf-8"))
    named = [name for row in table for name in re.findall(r"`(\w+)`", row)]

    assert sorted(named) == sorted(bulletin_lint.__all__)
