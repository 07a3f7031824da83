"""Compiled settings, rules and waivers are believed only while what they were made of says the same."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bulletin_lint.config.settings import Settings, load_settings
from bulletin_lint.config.store import file_input, folder_input
from bulletin_lint.engine.cache import compiled
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.engine.suppression.waivers_file import load_waivers
from bulletin_lint.rulebook import packs
from bulletin_lint.rulebook.compiled import unpacked
from bulletin_lint.rulebook.load import load_rulebook
from bulletin_lint.rulebook.rulebook import Rulebook
from harness import Command

RULE = (
    "rules:\n  HB-01: {name: one, check: forbidden, on: raw, words: [甲], message: {zh: 不写甲, en: no 甲}, "
    "why: {zh: 习惯, en: a habit}}\n"
)
BULLETIN = (
    "# 县工作简报\n\n第 3 期（总第 103 期）\n\n县政府办　　2020年3月6日\n\n# 部署春耕\n\n会上提到甲。\n"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with a cache beside it."""
    here = tmp_path / "office"
    here.mkdir()
    monkeypatch.setenv("BULLETIN_LINT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(here)
    return here


def change(path: Path, before: str, after: str) -> None:
    """Changes a file so that its size and its time stay as they were."""
    status = path.stat()
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (status.st_size, status.st_mtime_ns)


def rules(extends: str = "./house.yaml") -> Rulebook:
    return load_rulebook(Settings(extends=(extends,), folder="."), CompiledStore())


def words() -> list[list[object]]:
    """The entries of the lexicon of the house."""
    (lexicon,) = rules().compiled["lexicons"].values()
    # Just compiled it is the rows themselves, from the cache they are packed.
    return lexicon if isinstance(lexicon, list) else unpacked(lexicon)["rows"]


def test_a_pack_is_told_by_its_content(folder: Path) -> None:
    path = folder / "house.yaml"
    path.write_text(RULE, "utf-8")
    assert rules().rules["HB-01"].message.zh == "不写甲"
    change(path, "不写甲", "不用甲")

    assert rules().rules["HB-01"].message.zh == "不用甲"


@pytest.mark.parametrize("settled", [0, 10**15], ids=["by its state", "by its content"])
def test_a_changed_built_in_pack_is_noticed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, settled: int
) -> None:
    monkeypatch.setattr(compiled, "_SETTLED", settled)
    own = folder / "rules"
    own.mkdir()
    path = own / "ours.yaml"
    path.write_text(RULE.replace("HB-01", "SEC001"), "utf-8")
    monkeypatch.setattr(packs, "builtin_folder", lambda: str(own))
    assert rules("ours").rules["SEC001"].message.zh == "不写甲"
    change(path, "不写甲", "不用甲")

    assert rules("ours").rules["SEC001"].message.zh == "不用甲"


def test_a_table_is_told_by_its_content(folder: Path) -> None:
    (folder / "house.yaml").write_text("tables: {t: {file: t.yaml}}\n", "utf-8")
    path = folder / "t.yaml"
    path.write_text("甲: 乙\n", "utf-8")
    assert rules().table("t") == {"甲": "乙"}
    change(path, "乙", "丙")

    assert rules().table("t") == {"甲": "丙"}


def test_a_lexicon_is_told_by_its_content(folder: Path) -> None:
    (folder / "house.yaml").write_text("lexicons: {l: {file: l.yaml}}\n", "utf-8")
    path = folder / "l.yaml"
    path.write_text("甲方: 乙方\n", "utf-8")
    assert words()[0][:2] == ["甲方", "乙方"]
    change(path, "乙方", "丙方")

    assert words()[0][:2] == ["甲方", "丙方"]


def test_settings_are_told_by_their_content(folder: Path) -> None:
    path = folder / "bulletin-lint.yaml"
    path.write_text("ignore: [SEC001]\n", "utf-8")
    assert load_settings(store=CompiledStore()).ignore == ("SEC001",)
    change(path, "SEC001", "SEC002")

    assert load_settings(store=CompiledStore()).ignore == ("SEC002",)


def test_the_settings_of_a_rulebook_are_told_by_their_content(folder: Path) -> None:
    path = folder / "bulletin-lint.yaml"
    (folder / "house.yaml").write_text(RULE, "utf-8")
    path.write_text("extends: [./house.yaml]\nrules: {HB-01: {severity: warning}}\n", "utf-8")
    store = CompiledStore()
    assert load_rulebook(load_settings(store=store), store).rules["HB-01"].severity == "warning"
    change(path, "warning}", "error  }")

    assert load_rulebook(load_settings(store=store), store).rules["HB-01"].severity == "error"


def test_waivers_are_told_by_their_content(folder: Path) -> None:
    path = folder / "waivers.yaml"
    path.write_text("- {rule: SEC001, path: a.md, reason: 旧稿}\n", "utf-8")
    (first,) = load_waivers(str(path), CompiledStore())
    change(path, "SEC001", "SEC002")

    (second,) = load_waivers(str(path), CompiledStore())
    assert (first.codes, second.codes) == (("SEC001",), ("SEC002",))


def test_a_gate_does_not_pass_by_the_rules_of_yesterday(folder: Path, command: Command) -> None:
    (folder / "bulletin-lint.yaml").write_text("extends: [./house.yaml]\n", "utf-8")
    path = folder / "house.yaml"
    path.write_text(RULE.replace("[甲]", "[乙]"), "utf-8")
    (folder / "3.md").write_text(BULLETIN, "utf-8")
    assert command("check", "--fail-level", "info", "3.md").code == 0
    change(path, "[乙]", "[甲]")

    assert command("check", "--fail-level", "info", "3.md").code == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_a_pipe_in_the_place_of_an_input_is_not_waited_for(folder: Path) -> None:
    path = folder / "house.yaml"
    CompiledStore().store("key", 5, [file_input(str(path), b"")])
    os.mkfifo(path)

    assert CompiledStore().load("key") is None


def test_a_value_comes_back_while_its_inputs_are_the_same(folder: Path) -> None:
    path = folder / "house.yaml"
    path.write_bytes(b"a: 1\n")
    inputs = [file_input(str(path), b"a: 1\n"), folder_input(str(folder), ["house.yaml"])]
    CompiledStore().store("key", [5, "x"], inputs)
    os.utime(path, ns=(1, 1))
    assert CompiledStore().load("key") == [5, "x"]

    path.write_bytes(b"a: 1\n\n")
    assert CompiledStore().load("key") is None
