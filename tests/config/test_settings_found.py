"""Where settings come from, what they default to, and what the command line puts on top."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from bulletin_lint.config.diagnostics import Diagnostics
from bulletin_lint.config.settings import (
    DEFAULT,
    Settings,
    find_settings,
    load_settings,
    named,
    read_nodes,
    register_path,
    settings_in,
    start_for,
    with_options,
)
from bulletin_lint.config.store import Input, file_input
from bulletin_lint.config.yaml import plain
from bulletin_lint.model.errors import DefinitionError, UsageError


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, text: str = "") -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return str(path.absolute())


def test_what_holds_without_a_file() -> None:
    settings = Settings()
    assert settings.extends == ("jianbao",)
    assert settings.select is None
    for name in ("extend_select", "ignore", "bulletins", "exclude", "misnamed"):
        assert getattr(settings, name) == (), name
    for name in ("per_file_ignores", "rules", "series", "convert", "annotate", "origins"):
        assert getattr(settings, name) == {}, name
    for name in ("house", "language", "path"):
        assert getattr(settings, name) is None, name
    assert settings.required == (
        "title", "issue_number", "office", "date", "editor", "reviewer", "contact", "distribution", "attribution",
    )  # fmt: skip
    assert settings.converts is True
    assert settings.is_nearest is False
    assert (settings.fail_level, settings.folder) == ("error", ".")
    assert settings.origin("select") == DEFAULT == "default"


def test_the_register_is_the_one_that_is_named_or_the_one_that_is_there(office: Path) -> None:
    here = str(office)
    assert register_path(Settings(folder=here, series={"register": "a/b.csv"})) == f"{here}/a/b.csv"
    assert register_path(Settings(folder=here, series={"register": "/x/b.csv"})) == "/x/b.csv"
    settings = Settings(folder=here, path=f"{here}/bulletin-lint.yaml")
    assert register_path(settings) is None
    write("register.csv")
    assert register_path(settings) == f"{here}/register.csv"
    # Without settings a file of this name is anybody's.
    assert register_path(settings._replace(path=None)) is None
    # One that is named need not be there: reading it says so.
    assert register_path(settings._replace(series={"register": "none.csv"})) == f"{here}/none.csv"


def test_a_folder_s_own_settings(office: Path) -> None:
    assert settings_in(str(office)) is None
    project = write("pyproject.toml", "[tool.bulletin-lint]\n")
    assert settings_in(str(office)) == project
    own = write("bulletin-lint.yaml")
    assert settings_in(str(office)) == own
    assert settings_in(str(office / "none")) is None


def test_the_nearest_upward_is_found(office: Path) -> None:
    (office / "a" / "b").mkdir(parents=True)
    assert find_settings("a/b") is None
    outer = write("bulletin-lint.yaml")
    assert find_settings("a/b") == find_settings(".") == outer
    inner = write("a/bulletin-lint.yaml")
    assert find_settings("a/b") == find_settings("a") == inner
    assert find_settings(".") == outer


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("[tool.bulletin-lint]\n", True),
        ("[tool.bulletin-lint.series]\n", True),
        ("  [ tool . 'bulletin-lint' ]\n", True),
        ("[tool]\nbulletin-lint = {select = ['SEC']}\n", True),
        ("tool.bulletin-lint.select = ['SEC']\n", True),
        ("[project]\ndependencies = ['bulletin-lint']\n", False),
        ("# [tool.bulletin-lint]\n", False),
        ("[tool.ruff]\nx = 'bulletin-lint'\n", False),
        ("tool = 'bulletin-lint'\n", False),
        ("[project]\nname = 'x'\n", False),
        ("", False),
        # What cannot be read may have been meant for us, or not.
        ("x = [\n# tool.bulletin-lint\n", True),
        ("x = [\n# bulletin-lint\n", False),
    ],
)
def test_a_project_counts_where_it_has_our_table(text: str, office: Path, *, counts: bool) -> None:
    path = write("pyproject.toml", text)
    assert settings_in(str(office)) == (path if counts else None)


@pytest.mark.parametrize("name", ["none.yaml", "a.yaml/x", "a\0b"])
def test_a_file_that_is_named_and_not_there_is_told_as_it_was_named(name: str) -> None:
    write("a.yaml")
    with pytest.raises(UsageError) as caught:
        load_settings(name)
    assert caught.value.describe("en") == f"there is no settings file {name}"
    assert caught.value.describe("zh") == f"没有配置文件 {name}"


def test_what_is_wrong_with_a_settings_file_that_is_none(office: Path) -> None:
    (office / "folder").mkdir()
    (office / "link").symlink_to("nowhere")
    (office / "loop").symlink_to("loop")
    for name, en in (
        (
            "folder",
            "the settings file folder is no regular file (a folder, pipe or device); mend or remove it",
        ),
        (
            "link",
            "the settings file link is a link that leads to no file that can be read; mend or remove it",
        ),
        (
            "loop",
            "the settings file loop is a link that leads to no file that can be read; mend or remove it",
        ),
    ):
        with pytest.raises(UsageError) as caught:
            load_settings(name)
        assert caught.value.describe("en") == en


def test_a_file_without_permission_is_told_with_the_reason(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, whole = write("bulletin-lint.yaml"), os.stat

    def refuses(name: Any, **words: Any) -> os.stat_result:
        if name == path:
            raise PermissionError(13, "Permission denied", name)
        return whole(name, **words)

    monkeypatch.setattr(os, "stat", refuses)
    with pytest.raises(UsageError) as caught:
        load_settings()
    assert caught.value.describe("en") == (
        "cannot read the settings file bulletin-lint.yaml (Permission denied); check its permissions"
    )
    assert "错误 13" in caught.value.describe("zh")


def test_where_settings_are_looked_for(office: Path) -> None:
    write("a/b/1.md")
    write("a/c/2.md")
    here = str(office)
    assert start_for(["a/b/1.md"]) == f"{here}/a/b"
    assert start_for(["a/b"]) == f"{here}/a/b"
    assert start_for(["a/b/1.md", "a/c/2.md"]) == f"{here}/a"
    assert start_for(["a/b", "a/b/1.md"]) == f"{here}/a/b"
    assert start_for(["1.md"]) == start_for(["1.md", "a"]) == here
    assert start_for(["a/none.md"]) == f"{here}/a"
    assert start_for([]) == "."


def test_settings_say_whether_they_were_looked_for(office: Path) -> None:
    write("a/bulletin-lint.yml")
    found, isolated = load_settings(start="a"), load_settings(start="a", isolated=True)
    assert (found.path, found.folder, found.is_nearest) == (None, f"{office}/a", True)
    assert [each.path for each in found.misnamed] == [f"{office}/a/bulletin-lint.yml"]
    assert (isolated.path, isolated.folder, isolated.is_nearest) == (None, f"{office}/a", False)
    assert isolated.misnamed == ()
    path = write("s.yaml", "ignore: SEC\n")
    given = load_settings("s.yaml", "a")
    assert (given.path, given.folder, given.is_nearest, given.misnamed) == (path, str(office), False, ())
    assert load_settings("s.yaml", isolated=True).ignore == ("SEC",)
    assert named(found) == found._replace(is_nearest=False)


def test_misnamed_files_are_noted_up_to_the_settings_and_not_above(office: Path) -> None:
    for folder in (".", "a", "a/b"):
        write(f"{folder}/bulletin-lint.yml")
    write("a/bulletin-lint.yaml")
    found = load_settings(start="a/b")
    assert [each.path for each in found.misnamed] == [
        f"{office}/a/b/bulletin-lint.yml",
        f"{office}/a/bulletin-lint.yml",
    ]


class Memory:
    """A store in which what was kept can be looked at."""

    def __init__(self, **kept: Any) -> None:
        self.kept: dict[str, Any] = kept
        self.inputs: list[Input] = []
        self.asked: list[str] = []

    def load(self, key: str) -> Any:
        self.asked.append(key)
        return self.kept.get(key)

    def store(self, key: str, value: Any, inputs: Iterable[Input]) -> None:
        self.kept[key] = value
        self.inputs += inputs


def test_what_was_read_is_kept_with_what_it_was_read_from(office: Path) -> None:
    path = write("bulletin-lint.yaml", "select: SEC\nhouse: never\nper-file-ignores: {a: SEC}\n")
    store = Memory()
    cold = load_settings(store=store)
    assert store.inputs == [file_input(path, Path(path).read_bytes())]
    assert len(store.kept) == 1
    # The settings are those of the store as long as it has some.
    Path(path).write_text("select: PUN\n", "utf-8")
    assert load_settings(store=store) == cold
    assert cold.per_file_ignores == {"a": ("SEC",)}
    assert load_settings().select == ("PUN",)


@pytest.mark.parametrize("broken", [[], 5, {}, {"rules": None}, {"rules": {}, "series": 3}])
def test_what_is_kept_and_is_no_settings_is_read_again(broken: object) -> None:
    write("bulletin-lint.yaml", "select: SEC\n")
    store = Memory()
    load_settings(store=store)
    store.kept = dict.fromkeys(store.kept, broken)
    assert load_settings(store=store).select == ("SEC",)


def test_of_wrong_settings_nothing_is_kept_and_what_else_is_wrong_is_told() -> None:
    path, store, told = write("bulletin-lint.yaml", "selekt: SEC\n"), Memory(), []

    def further(at: str, mistakes: Diagnostics) -> None:
        told.append((at, len(mistakes)))
        mistakes.add_at("pack.yaml", 1, 1, "误", "wrong")

    with pytest.raises(DefinitionError) as caught:
        load_settings(store=store, further=further)
    assert told == [(path, 1)]
    assert len(caught.value.describe("en").splitlines()) == 2
    assert store.kept == {}
    Path(path).write_text("select: SEC\n", "utf-8")
    assert load_settings(store=store, further=further).select == ("SEC",)
    assert len(told) == 1


def test_each_setting_has_its_line_and_those_of_the_series_have_their_own() -> None:
    write("bulletin-lint.yaml", "select: SEC\nseries:\n  start: 5\n  restarts: never\nfail-level: info\n")
    settings = load_settings()
    assert settings.origins == {
        "select": "bulletin-lint.yaml:1",
        "series": "bulletin-lint.yaml:2",
        "series.start": "bulletin-lint.yaml:3",
        "series.restarts": "bulletin-lint.yaml:4",
        "fail-level": "bulletin-lint.yaml:5",
    }
    assert settings.series == {"start": "5", "restarts": "never", "aliases": {}}


def test_groups_hold_only_what_was_set() -> None:
    write("bulletin-lint.yaml", "convert: {}\nannotate: {author: 王某}\n")
    settings = load_settings()
    assert (settings.convert, settings.annotate, settings.series) == ({}, {"author": "王某"}, {})
    write("bulletin-lint.yaml", "convert: {command: /usr/bin/soffice}\n")
    assert load_settings().convert == {"command": "/usr/bin/soffice"}


def test_a_house_that_never_signs_cannot_be_asked_for_attributions() -> None:
    write("bulletin-lint.yaml", "house: never\nrequired:\n  - editor\n  - attribution\n")
    with pytest.raises(DefinitionError) as caught:
        load_settings()
    assert (caught.value.line, caught.value.column) == (4, 5)
    assert "take out one of them" in caught.value.describe("en")
    write("bulletin-lint.yaml", "house: some\nrequired: attribution\n")
    assert load_settings().required == ("attribution",)
    write("bulletin-lint.yaml", "house: never\nrequired: editor\n")
    assert load_settings().required == ("editor",)


def test_a_house_that_never_signs_is_asked_for_all_else() -> None:
    write("bulletin-lint.yaml", "house: never\n")
    settings = load_settings()
    assert settings.required == Settings().required[:-1]
    assert settings.origins == {"house": "bulletin-lint.yaml:1", "required": "bulletin-lint.yaml:1"}
    assert settings.house == "never"


def test_a_file_is_read_as_what_its_name_says(office: Path) -> None:
    mistakes, inputs = Diagnostics(), list[Input]()
    yaml = read_nodes(write("a.yaml", "select: SEC\n"), mistakes, inputs)
    toml = read_nodes(write("b.toml", "[tool.bulletin-lint]\nselect = 'SEC'\n"), mistakes, inputs)
    assert yaml is not None
    assert toml is not None
    assert plain(yaml) == plain(toml) == {"select": "SEC"}
    assert (yaml.path, toml.path) == ("a.yaml", "b.toml")
    assert [Path(each.path).name for each in inputs] == ["a.yaml", "b.toml"]
    assert read_nodes(str(office / "none.yaml"), mistakes, inputs) is None
    assert len(inputs) == 2
    (error,) = mistakes._errors
    assert (error.path, error.line, error.column) == ("none.yaml", 1, 1)
    assert error.wording.zh == "无法读取文件：没有这个文件"
    assert error.wording.en.startswith("cannot read the file: ")


FILE = Settings(
    select=("SEC",), ignore=("SEC001", "pun001"), extend_select=("NUM",), exclude=("old",),
    origins={"ignore": "f:1"},
)  # fmt: skip


def test_without_options_settings_stay_as_they_are() -> None:
    assert with_options(FILE) == FILE


@pytest.mark.parametrize(
    ("options", "changed", "origins"),
    [
        ({"select": ["PUN"]}, {"select": ("PUN",)}, {"select": "--select"}),
        ({"select": []}, {"select": ()}, {"select": "--select"}),
        ({"extend_select": ["X"]}, {"extend_select": ("NUM", "X")}, {"extend-select": "--extend-select"}),
        ({"ignore": ["X"]}, {"ignore": ("SEC001", "pun001", "X")}, {"ignore": "--ignore"}),
        ({"exclude": ["x"]}, {"exclude": ("x",)}, {"exclude": "--exclude"}),
        ({"exclude": []}, {"exclude": ()}, {"exclude": "--exclude"}),
        ({"extend_exclude": ["x"]}, {"exclude": ("old", "x")}, {"exclude": "--extend-exclude"}),
        (
            {"exclude": ["x"], "extend_exclude": ["y"]},
            {"exclude": ("x", "y")},
            {"exclude": "--extend-exclude"},
        ),
        ({"converts": False}, {"converts": False}, {}),
        ({"converts": True}, {}, {}),
        ({"language": "en"}, {"language": "en"}, {"language": "--lang"}),
        ({"fail_level": "info"}, {"fail_level": "info"}, {"fail-level": "--fail-level"}),
        # What is selected by its own name is no longer ignored, in whichever letters.
        (
            {"select": ["sec001"]},
            {"select": ("sec001",), "ignore": ("pun001",)},
            {"select": "--select"},
        ),
        (
            {"extend_select": ["PUN001"]},
            {"extend_select": ("NUM", "PUN001"), "ignore": ("SEC001",)},
            {"extend-select": "--extend-select"},
        ),
        (
            {"select": ["SEC001"], "ignore": ["X"]},
            {"select": ("SEC001",), "ignore": ("pun001", "X")},
            {"select": "--select", "ignore": "--ignore"},
        ),
    ],
)
def test_each_option_changes_its_setting_and_says_so(
    options: dict[str, Any], changed: dict[str, Any], origins: dict[str, str]
) -> None:
    expected = FILE._replace(**changed, origins={"ignore": "f:1", **origins})
    assert with_options(FILE, **options) == expected
    assert FILE.origins == {"ignore": "f:1"}
