"""Every command and file that the guides show is run and read as a reader would."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from docx_made import docx, p
from git_commands import git, run
from harness import FIXTURES, ROOT, Command
from offices import TEN, style, write

GUIDES = ROOT / "docs" / "guides"
PAGES = sorted(path for path in GUIDES.glob("*.md") if path.name != "README.md")


class Block(NamedTuple):
    """A block of a page: what it is, and what stands in it."""

    kind: str
    text: str


def blocks(path: Path) -> list[Block]:
    text = path.read_text("utf-8")
    return [Block(*found) for found in re.findall(r"^```(\w*)\n(.*?)^```", text, re.DOTALL | re.MULTILINE)]


def ours(line: str) -> bool:
    return line.split()[0] == "bulletin-lint"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the bulletins that the guides speak of."""
    folder = tmp_path / "office"
    write(folder / "bulletins" / "2021", style("capital"), TEN)
    git(folder, "init", "-q")
    monkeypatch.chdir(folder)
    # Where the hooks find the program.
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    return folder


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an editor, with the files of the guide for offices."""
    folder = tmp_path / "desk"
    (folder / "2020年").mkdir(parents=True)
    wrong = FIXTURES / "commands" / "wrong.md"
    shutil.copy(wrong, folder / "第11期.md")
    lines = [line.lstrip("# ") for line in wrong.read_text("utf-8").splitlines()]
    (folder / "第11期.docx").write_bytes(docx("".join(p(line) for line in lines if line.strip("-"))))
    shutil.copy(FIXTURES / "html" / "classic-site.html", folder / "第13期.html")
    shutil.copy(FIXTURES / "commands" / "clean.md", folder / "2020年" / "第11期.md")
    shutil.copy(FIXTURES / "pdf" / "bulletin-reportlab.pdf", folder / "第12期.pdf")
    monkeypatch.chdir(folder)
    return folder


# What builds an environment is the same in both languages (`test_both_languages_show_the_same`).
@pytest.mark.parametrize(
    "page",
    [
        pytest.param(page, marks=[pytest.mark.slow] if page.name == "pre-commit.zh.md" else [], id=page.name)
        for page in PAGES
    ],
)
def test_what_a_page_shows_works(
    page: Path, request: pytest.FixtureRequest, command: Command, tmp_path: Path
) -> None:
    """In the order of the page: files are written, commands run, output shown must come."""
    request.getfixturevalue("desk" if page.name == "offices.md" else "office")
    said = ""
    for block in blocks(page):
        if block.kind == "yaml":
            name = re.match(r"# (\S+)\n", block.text)
            assert name, f"{page.name}: a block that names no file"
            yaml.safe_load(block.text)
            path = Path(name[1])
            if path.name == ".pre-commit-config.yaml":
                # Valid as it stands; its repository is a placeholder.
                other = tmp_path / path.name
                other.write_text(block.text, encoding="utf-8")
                words = [sys.executable, "-m", "pre_commit", "validate-config", str(other)]
                assert run(words, Path.cwd(), tmp_path / "home").returncode == 0
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
        elif block.kind == "sh":
            for line in block.text.splitlines():
                said = show(line, command, tmp_path)
        elif block.kind == "":
            # What the command above is said to print.
            assert block.text in said
        elif block.kind == "json":
            json.loads(block.text)
        else:
            # Those of Neovim are run in tests/desk/language_server.
            assert block.kind in ("markdown", "lua", "lisp")


def first_commands(page: Path) -> list[str]:
    """The commands that a page begins with."""
    return next(block for block in blocks(page) if block.kind == "sh").text.splitlines()


def show(line: str, command: Command, tmp_path: Path) -> str:
    words = shlex.split(line)
    if words[0] in ("uv", "uvx", "pipx"):
        # Run on a fresh machine by test_installing; here is no place to install anything.
        assert line in first_commands(ROOT / "README.md") + first_commands(GUIDES / "offices.md")
        return ""
    if not ours(line):
        assert words[0] in ("git", "pre-commit"), line
        if words[0] == "pre-commit":
            git(Path.cwd(), "add", "-A")
            words = [sys.executable, "-m", "pre_commit", *words[1:]]
        done = run(words, Path.cwd(), tmp_path / "home")
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        return done.stdout
    outcome = command(*words[1:])
    # 1 where there is something to report; never 2.
    assert outcome.code in ((0, 1) if words[1] == "check" else (0,)), f"{line}\n{outcome.err}"
    return outcome.out


def test_what_the_first_page_tells_editors_to_do_works(desk: Path, command: Command) -> None:
    """The commands about Word, in the table in Chinese and in the part in English."""
    text = (ROOT / "README.md").read_text("utf-8")
    shutil.copy(desk / "第11期.docx", desk / "11.docx")
    lines = re.findall(r"(?:^|`)(bulletin-lint [^`\n]*\.docx[^`\n]*)", text, re.MULTILINE)
    assert len(lines) >= 4
    for line in lines:
        outcome = command(*shlex.split(line)[1:])
        assert outcome.code in (0, 1), f"{line}\n{outcome.err}"
    assert (desk / "11-answered.docx").exists()
    assert (desk / "第11期-修订.docx").exists()


def steps(page: Path) -> list[str]:
    """The commands of ours that the CI files of a page run."""
    found: list[str] = []
    for block in blocks(page):
        if block.kind == "yaml":
            found += re.findall(r"(?m)^\s*- (?:run: )?(bulletin-lint [^\n]+)$", block.text)
    return [line for line in found if not line.startswith("bulletin-lint-")]


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_the_steps_of_ci_files_work(page: Path, office: Path, command: Command) -> None:
    for line in steps(page):
        words = shlex.split(line)[1:]
        outcome = command(*words)

        assert outcome.code == 0, f"{line}\n{outcome.err}"
        for word in words:
            if "=" in word:
                assert Path(word.partition("=")[2]).stat().st_size


def test_each_ci_guide_has_a_step() -> None:
    counts = {page.name: len(steps(page)) for page in PAGES if page.name.startswith(("github", "gitlab"))}

    assert counts == {
        "github-actions.md": 2,
        "github-actions.zh.md": 2,
        "gitlab-ci.md": 1,
        "gitlab-ci.zh.md": 1,
    }


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page.name.endswith(".zh.md")], ids=lambda p: p.name
)
def test_both_languages_show_the_same(page: Path) -> None:
    """Files and commands are the same in both, comments apart."""

    def shown(path: Path) -> list[Block]:
        return [Block(each.kind, re.sub(r"(?m) +# (?!\S+\n\Z).*$", "", each.text)) for each in blocks(path)]

    assert shown(page) == shown(page.with_name(page.name.replace(".zh", "")))


def test_the_list_of_guides_is_complete() -> None:
    listed = set(re.findall(r"\]\(([^)]+)\)", (GUIDES / "README.md").read_text("utf-8")))

    assert {name for name in listed if "/" not in name} == {page.name for page in PAGES}


@pytest.mark.parametrize(
    "page",
    [*PAGES, ROOT / "README.md", *(ROOT / "docs" / name for name in ("configuration.md", "python.md"))],
    ids=lambda p: p.name,
)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        assert os.path.exists(page.parent / target), f"{page.name}: {target}"
