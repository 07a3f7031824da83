"""Settings that lie nearer to some files than those of the run."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletin_lint.config.nearer import SettingsTree, nearer_note, nearer_settings, own_settings
from bulletin_lint.config.settings import Settings, load_settings
from bulletin_lint.model.errors import DefinitionError, UsageError


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("a/b/c", "d/e"):
        (tmp_path / name).mkdir(parents=True)
    return tmp_path


def settings_in(folder: str, text: str = "") -> None:
    Path(folder, "bulletin-lint.yaml").write_text(text, "utf-8")


class Tree:
    """A tree of settings, and the folders for which some were read."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.outermost = load_settings()
        self.tree = SettingsTree(self.outermost, ".", self._load)

    def _load(self, folder: str) -> Settings:
        self.read.append(Path(folder).relative_to(Path.cwd()).as_posix())
        return load_settings(start=folder)

    def folder_of(self, path: str, *, is_named: bool = False) -> str:
        return Path(self.tree.of(path, is_named=is_named).folder).relative_to(Path.cwd()).as_posix()


@pytest.mark.parametrize("has_outermost", [True, False])
def test_the_nearest_counts_and_is_read_once(*, has_outermost: bool) -> None:
    for folder in ("a", "a/b/c", *(["."] if has_outermost else [])):
        settings_in(folder)
    tree = Tree()

    paths = ("1.md", "a/1.md", "a/2.md", "a/b/1.md", "a/b/c/1.md", "a/b/c/2.md", "d/e/1.md", "a/../d/1.md")
    assert [tree.folder_of(path) for path in paths] == [".", "a", "a", "a", "a/b/c", "a/b/c", ".", "."]
    assert tree.read == ["a", "a/b/c"]
    # Of those that it has itself the run has no second copy.
    assert tree.tree.of("d/e/1.md", is_named=False) is tree.outermost


def test_a_mistake_is_told_only_when_it_is_met() -> None:
    settings_in("a", "selekt: [SEC]\n")
    Path("d/pyproject.toml").symlink_to("nowhere")
    tree = Tree()

    assert tree.folder_of("1.md") == "."
    with pytest.raises(DefinitionError):
        tree.folder_of("a/b/1.md")
    with pytest.raises(UsageError):
        tree.folder_of("d/e/1.md")


def test_near_names_are_noted_on_the_way_to_what_is_named() -> None:
    for folder in ("a", "a/b/c", "d"):
        Path(folder, "bulletin-lint.yml").write_text("", "utf-8")
    settings_in("a/b")
    tree = Tree()

    tree.folder_of("d/1.md")
    assert not tree.tree.misnamed
    for _ in range(2):
        tree.folder_of("a/b/c/1.md", is_named=True)
    assert [Path(each.path).parent.name for each in tree.tree.misnamed] == ["c"]


def test_the_way_up_may_be_long(office: Path) -> None:
    deep = "/".join(["x"] * 1500)

    assert Tree().folder_of(f"{deep}/1.md") == "."


def test_settings_hold_below_but_not_where_others_do(office: Path) -> None:
    settings_in(".")
    settings_in("a")
    settings = load_settings()

    assert own_settings(settings, str(office)) == own_settings(settings, str(office / "d")) == settings
    assert own_settings(settings, str(office / "a")) is None
    assert own_settings(load_settings(isolated=True), str(office / "a")) is None


def test_a_command_with_one_file_of_settings_names_the_others(office: Path) -> None:
    settings_in("a")
    settings_in("a/b")
    found = nearer_settings(("1.md", "a/b/c/1.md", "d/1.md"), ".")

    assert [str(office / "a" / "b" / "bulletin-lint.yaml")] == found
    note = nearer_note(found, load_settings())
    assert note is not None
    assert note.en.startswith("a/b/bulletin-lint.yaml did not count")
    assert "by the defaults" in note.en
    assert nearer_note((), load_settings()) is None
