"""Which settings are nearer to some files than those of a run, and what is said of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletin_lint.config.nearer import SettingsTree, nearer_note, nearer_settings, own_settings
from bulletin_lint.config.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "office").mkdir()
    monkeypatch.chdir(tmp_path / "office")
    return tmp_path / "office"


def write(path: str, text: str = "") -> str:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, "utf-8")
    return str(Path(path).absolute())


def test_those_in_the_folder_that_was_started_from_are_not_nearer() -> None:
    write("bulletin-lint.yaml")
    assert nearer_settings(["1.md", "a/1.md"], ".") == []


def test_of_files_elsewhere_there_are_none() -> None:
    """In a folder beside it whose name begins alike, and above."""
    write("../office-2/bulletin-lint.yaml")
    write("../bulletin-lint.yaml")
    assert nearer_settings(["../office-2/1.md", "../1.md", "../office-2/a/1.md"], ".") == []


def test_of_each_file_the_nearest_is_told_once_and_in_order() -> None:
    inner, outer, project = write("b/c/bulletin-lint.yaml"), write("b/bulletin-lint.yaml"), "a/pyproject.toml"
    project = write(project, "[tool.bulletin-lint]\n")
    write("d/bulletin-lint.yaml")
    files = ["b/c/x/y/1.md", "b/c/2.md", "b/1.md", "a/1.md", "0.md"]
    assert nearer_settings(files, ".") == [project, outer, inner]
    assert nearer_settings([], ".") == []


def test_from_the_root_all_are_nearer() -> None:
    path = write("a/bulletin-lint.yaml")
    assert nearer_settings([str(Path("a/1.md").absolute())], "/") == [path]


def test_what_cannot_be_read_is_no_matter_of_a_run_that_does_not_go_by_it() -> None:
    outer = write("a/bulletin-lint.yaml")
    Path("a/b").mkdir()
    Path("a/b/pyproject.toml").symlink_to("nowhere")
    assert nearer_settings(["a/b/1.md"], ".") == [outer]
    settings = load_settings()
    assert own_settings(settings, str(Path("a/b").absolute())) == settings


def note_of(count: int, path: str | None = None) -> tuple[str, str]:
    here = Path.cwd()
    found = nearer_note([str(here / f"{number}.yaml") for number in range(count)], Settings(path=path))
    assert found is not None
    return found.zh, found.en


@pytest.mark.parametrize(
    ("count", "zh", "en"),
    [
        (1, "没有按 0.yaml 看", "0.yaml did not count"),
        (2, "没有按 0.yaml、1.yaml 看", "0.yaml, 1.yaml did not count"),
        (3, "没有按 0.yaml、1.yaml、2.yaml 看", "0.yaml, 1.yaml, 2.yaml did not count"),
        (4, "没有按 0.yaml、1.yaml、2.yaml 等 看", "0.yaml, 1.yaml, 2.yaml, … did not count"),
    ],
)
def test_three_that_did_not_count_are_named(count: int, zh: str, en: str) -> None:
    assert note_of(count)[0].startswith(zh)
    assert note_of(count)[1].startswith(en)


def test_what_counted_instead_is_named(office: Path) -> None:
    assert "这次是默认设置；" in note_of(1)[0]
    assert "now by the defaults;" in note_of(1)[1]
    assert "这次是x/bulletin-lint.yaml；" in note_of(1, str(office / "x" / "bulletin-lint.yaml"))[0]
    assert "now by x/bulletin-lint.yaml;" in note_of(1, str(office / "x" / "bulletin-lint.yaml"))[1]


def test_of_settings_in_a_folder_nothing_is_merged_but_what_may_be_started() -> None:
    write("bulletin-lint.yaml", "convert: {command: /usr/bin/office}\nselect: [SEC]\n")
    write("a/bulletin-lint.yaml", "convert: {command: /tmp/evil}\nignore: [PUN]\n")
    outermost = load_settings()
    tree = SettingsTree(outermost, ".", lambda folder: load_settings(start=folder))
    inner = tree.of("a/1.md", is_named=False)
    assert (inner.select, inner.ignore) == (None, ("PUN",))
    assert inner.convert == {"command": "/usr/bin/office"}
    assert tree.met(str(Path("a").absolute())) is inner
    assert tree.met(str(Path.cwd())) is outermost


def test_what_is_nearly_called_so_is_noted_on_the_way_of_the_run_and_where_a_folder_is_met() -> None:
    write("bulletin-lint.yml")
    write("a/bulletin-lint.yml")
    write("a/b/bulletin-lint.yml")
    tree = SettingsTree(load_settings(), ".", lambda folder: load_settings(start=folder))
    assert [Path(each.path).parent.name for each in tree.misnamed] == ["office"]
    tree.met(str(Path("a/b").absolute()))
    assert [Path(each.path).parent.name for each in tree.misnamed] == ["office", "b", "a"]
    # What is known already is not met again.
    tree.met(str(Path("a").absolute()))
    assert len(tree.misnamed) == 3


def test_a_folder_of_another_drive_goes_by_the_settings_of_the_run() -> None:
    outermost = load_settings(isolated=True)
    tree = SettingsTree(outermost, "a/b", lambda folder: load_settings(start=folder))
    # Nothing lies above it; it has no settings of its own.
    assert tree.met("/") is outermost
