"""Files beside the bulletins are read only if they are regular and of a size that such files have."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bulletin_lint.config.diagnostics import Diagnostics
from bulletin_lint.config.settings import Settings, find_settings, load_settings
from bulletin_lint.config.toml import parse_toml
from bulletin_lint.config.yaml import parse_yaml
from bulletin_lint.engine.discovery import discover
from bulletin_lint.engine.suppression.baseline import read_baseline
from bulletin_lint.engine.suppression.waivers_file import load_waivers
from bulletin_lint.model.errors import BulletinLintError, DefinitionError
from bulletin_lint.rulebook.load import load_rulebook
from bulletin_lint.series.register import read_register

MIB = 1024 * 1024


def _load_pack(path: str) -> object:
    return load_rulebook(Settings(extends=(f"./{path}",)))


READERS: list[tuple[str, Callable[[str], object], int]] = [
    ("bulletin-lint.yaml", load_settings, 8),
    ("pyproject.toml", load_settings, 8),
    ("waivers.yaml", load_waivers, 8),
    ("pack.yaml", _load_pack, 8),
    ("baseline.jsonl", read_baseline, 64),
    ("register.csv", read_register, 32),
    (".gitignore", lambda _: discover(["."]), 1),
]


def _hangs(*_: object) -> None:
    raise AssertionError("it waits for a pipe")


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty folder, and an end to waiting."""
    monkeypatch.chdir(tmp_path)
    before = signal.signal(signal.SIGALRM, _hangs)
    signal.alarm(30)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize(("name", "read", "_largest"), READERS, ids=[name for name, _, _ in READERS])
def test_a_pipe_is_refused(name: str, read: Callable[[str], object], _largest: int) -> None:
    os.mkfifo(name)
    with pytest.raises(BulletinLintError) as raised:
        read(name)
    assert name in raised.value.describe("en")
    # Of settings and packs only regular files are found at all.
    if not raised.value.describe("en").startswith("there is no"):
        assert re.search("(not a|no) regular file", raised.value.describe("en"))
        assert "不是普通文件" in raised.value.describe("zh")


@pytest.mark.parametrize(("name", "read", "largest"), READERS, ids=[name for name, _, _ in READERS])
def test_what_is_too_large_is_refused(name: str, read: Callable[[str], object], largest: int) -> None:
    Path(name).touch()
    os.truncate(name, largest * MIB + 1)
    with pytest.raises(BulletinLintError) as raised:
        read(name)
    assert name in raised.value.describe("en")
    assert f"larger than {largest} MiB" in raised.value.describe("en")
    assert f"大于 {largest} MiB" in raised.value.describe("zh")


def test_a_pipe_named_pyproject_is_not_passed_over() -> None:
    os.mkfifo("pyproject.toml")
    with pytest.raises(BulletinLintError, match="no regular file"):
        find_settings(os.getcwd())


def test_large_project_settings_are_not_passed_over() -> None:
    Path("pyproject.toml").touch()
    os.truncate("pyproject.toml", 8 * MIB + 1)
    with pytest.raises(BulletinLintError, match="larger than 8 MiB"):
        find_settings(os.getcwd())


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_what_is_nested_too_deeply_is_said(opening: str) -> None:
    mistakes = Diagnostics()
    assert parse_yaml("a.yaml", (opening * 10_000).encode(), mistakes) is None
    with pytest.raises(BulletinLintError, match="nested deeper than 40 levels"):
        mistakes.raise_any()


def test_toml_nested_too_deeply_is_said() -> None:
    mistakes = Diagnostics()
    assert parse_toml("a.toml", b"a = " + b"[" * 100_000, ("tool",), mistakes) is None
    with pytest.raises(DefinitionError, match="nested too deeply") as caught:
        mistakes.raise_any()
    assert (caught.value.path, caught.value.line, caught.value.column) == ("a.toml", 1, 1)


def test_aliases_are_not_unfolded() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(20)
    )
    mistakes = Diagnostics()
    parse_yaml("a.yaml", bomb.encode(), mistakes)
    assert len(mistakes) == 40


def test_an_ignore_file_of_many_stars_takes_no_longer_than_others() -> None:
    name = "a" * 200
    for path in (f"{name}b.md", f"{name}.md"):
        Path(path).write_text("第 11 期\n", encoding="utf-8")
    Path(".gitignore").write_text("*a" * 30 + "*b*\n", encoding="utf-8")
    assert [f"{name}.md"] == [file.path for file in discover(["."]).files]


def test_lines_of_many_stars_keep_their_place_among_the_others() -> None:
    for path in ("draft-a-b-c.md", "draft-a-b-d.md", "x/draft-a-b-c.md"):
        Path(path).parent.mkdir(exist_ok=True)
        Path(path).write_text("第 11 期\n", encoding="utf-8")
    Path(".gitignore").write_text("*.md\n!*a*b*c*\n/x/*a*b*c*\n", encoding="utf-8")
    assert ["draft-a-b-c.md"] == [file.path for file in discover(["."]).files]
