"""The hooks under the real pre-commit, which builds an environment for them from a repository."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from git_commands import git, run
from harness import FIXTURES, ROOT
from series_generator import TITLES, Issue, content_of, series, write

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps the environments it builds."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with this checkout as its only commit, changes not committed yet included."""
    copy = tmp_path_factory.mktemp("hooks")
    if (ROOT / ".git").exists():
        listed = run(["git", "ls-files", "-z", "-co", "--exclude-standard"], ROOT, copy).stdout.split("\0")
        for name in listed:
            if name and (ROOT / name).is_file():
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, copy / name)
    else:
        # Tests that run from an sdist.
        shutil.copytree(ROOT, copy, dirs_exist_ok=True)
    git(copy, "init", "-q")
    git(copy, "add", "-A", "-f")
    git(copy, "commit", "-q", "-m", "hooks")
    return copy


@pytest.fixture
def office(tmp_path: Path, hooks: Path, home: Path) -> Path:
    """An office's repository that uses both hooks, one bulletin of it wrong, with a README beside.

    Skips where no environment can be built, which needs a package index.
    """
    folder = tmp_path / "office"
    (folder / "2020").mkdir(parents=True)
    git(folder, "init", "-q")
    revision = git(hooks, "rev-parse", "HEAD").strip()
    (folder / ".pre-commit-config.yaml").write_text(
        f"""\
repos:
- repo: {hooks}
  rev: {revision}
  hooks:
  - id: bulletin-lint-fix
  - id: bulletin-lint
exclude: ^README
""",
        encoding="utf-8",
    )
    shutil.copy(FIXTURES / "commands" / "clean.md", folder / "2020" / "10.md")
    shutil.copy(FIXTURES / "commands" / "wrong.md", folder / "2020" / "11.md")
    (folder / "README.md").write_text("# 说明\n", encoding="utf-8")
    (folder / "bulletin-lint.yaml").write_text("select: [DAT002, SEC001, PUN002]\n", encoding="utf-8")
    git(folder, "add", "-A")
    built = run([sys.executable, "-m", "pre_commit", "install-hooks"], folder, home)
    if built.returncode:
        probe: list[str | Path] = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "-q",
            "--no-deps",
            "-d",
            tmp_path,
            "hatchling",
        ]
        if run(probe, tmp_path, home).returncode:
            pytest.skip("pre-commit cannot build the hooks' environment: no package index can be reached")
        pytest.fail(built.stdout + built.stderr)
    return folder


def test_the_manifest_is_valid(home: Path) -> None:
    words: list[str | Path] = [
        sys.executable,
        "-m",
        "pre_commit",
        "validate-manifest",
        ROOT / ".pre-commit-hooks.yaml",
    ]

    done = run(words, ROOT, home)

    assert done.returncode == 0, done.stdout


def test_the_hooks_mend_and_refuse_what_is_wrong(office: Path, home: Path) -> None:
    commit = [sys.executable, "-m", "pre_commit", "run"]

    first = run(commit, office, home)

    # The wrong bulletin is mended where that is safe; what is left is refused.
    assert first.returncode == 1
    assert "files were modified by this hook" in first.stdout
    assert "2020/11.md:21:5 SEC001" in first.stdout
    assert "README.md" not in first.stdout
    assert "2020年3月6日" in (office / "2020" / "11.md").read_text("utf-8")

    path = office / "2020" / "11.md"
    path.write_text(path.read_text("utf-8").replace("### 三、", "### 二、"), encoding="utf-8")
    git(office, "add", "-A")
    second = run(commit, office, home)

    assert second.returncode == 0, second.stdout
    assert second.stdout.count("Passed") == 2


def test_only_changed_files_are_checked_and_excluded_ones_pass(office: Path, home: Path) -> None:
    git(office, "commit", "-q", "-m", "all", "--no-verify")
    with (office / "2020" / "10.md").open("a", encoding="utf-8") as stream:
        stream.write("\n")
    git(office, "add", "-A")

    changed = run([sys.executable, "-m", "pre_commit", "run", "bulletin-lint"], office, home)

    # 11.md is still wrong, but it is not in this commit.
    assert changed.returncode == 0, changed.stdout

    (office / "bulletin-lint.yaml").write_text("exclude: ['2020/11.md']\n", encoding="utf-8")
    words = [sys.executable, "-m", "pre_commit", "run", "bulletin-lint", "--files", "2020/11.md"]
    excluded = run(words, office, home)

    assert excluded.returncode == 0, excluded.stdout


ISSUES = series(TITLES[0], [(2019, 5), (2020, 4)], folder="2019-2020", has_cumulative=False)
CHANGED = ISSUES[6]


def settle(office: Path, hooks: Path, hook: str) -> None:
    """Makes the office one that has a series committed, checked by one hook."""
    write(office, ISSUES)
    shutil.rmtree(office / "2020")
    (office / "bulletin-lint.yaml").write_text(
        'bulletins: ["2019-2020/**/*.md"]\nselect: [ISS]\n', encoding="utf-8"
    )
    revision = git(hooks, "rev-parse", "HEAD").strip()
    (office / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {hooks}\n  rev: {revision}\n  hooks:\n  - id: {hook}\nexclude: ^README\n",
        encoding="utf-8",
    )
    git(office, "add", "-A")
    git(office, "commit", "-q", "-m", "all", "--no-verify")


def put(office: Path, issue: Issue) -> None:
    (office / issue.path).write_bytes(content_of(issue))
    git(office, "add", "-A")


def test_a_changed_number_is_refused_for_issues_that_are_not_in_the_commit(
    office: Path, hooks: Path, home: Path
) -> None:
    settle(office, hooks, "bulletin-lint")
    commit = [sys.executable, "-m", "pre_commit", "run"]
    put(office, CHANGED._replace(issue=12))

    refused = run(commit, office, home)

    assert refused.returncode == 1
    said = [line for line in refused.stdout.splitlines() if " ISS" in line]
    assert said == [
        f"{CHANGED.path}:3:6 ISS005 期号第12期与相邻的第1期（2019-2020/2020/001.md）不连续，"
        "应为第2期；缺：无，疑为号码写错 [错误]"
    ]
    put(office, CHANGED)
    (office / CHANGED.path).write_bytes(content_of(CHANGED) + "\n附：无。\n".encode())
    git(office, "add", "-A")
    passed = run(commit, office, home)
    assert passed.returncode == 0, passed.stdout
    assert "Passed" in passed.stdout

    # Not staged, not even known to git: still an issue of the series.
    late = ISSUES[-1]._replace(issue=6, path="2019-2020/2020/006.md")
    (office / late.path).write_bytes(content_of(late))
    put_alone = ISSUES[-1].path
    (office / put_alone).write_bytes(content_of(ISSUES[-1]._replace(issue=6)))
    git(office, "add", put_alone)
    seen = run(commit, office, home)
    assert seen.returncode == 1
    assert "2019-2020/2020/006.md" in seen.stdout


def test_the_hook_of_the_series_sees_what_is_gone(office: Path, hooks: Path, home: Path) -> None:
    settle(office, hooks, "bulletin-lint-series")
    commit = [sys.executable, "-m", "pre_commit", "run"]
    put(office, CHANGED)
    git(office, "rm", "-q", CHANGED.path)
    (office / ISSUES[0].path).write_bytes(content_of(ISSUES[0]) + "\n附：无。\n".encode())
    git(office, "add", "-A")

    refused = run(commit, office, home)

    assert refused.returncode == 1
    said = [line for line in refused.stdout.splitlines() if " ISS" in line]
    assert said == [
        f"{ISSUES[7].path}:3:6 ISS005 期号第3期与相邻的第1期（2019-2020/2020/001.md）不连续，"
        "应为第2期；缺：第2期 [错误]"
    ]
    put(office, CHANGED)
    passed = run(commit, office, home)
    assert passed.returncode == 0, passed.stdout
    assert "Passed" in passed.stdout
