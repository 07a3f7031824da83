"""Loading by way of a store: what was worked out once is not worked out again."""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from bulletin_lint.config.settings import Settings, load_settings
from bulletin_lint.config.store import Input
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.matching import candidates
from bulletin_lint.rulebook import merge
from bulletin_lint.rulebook.load import load_rulebook
from bulletin_lint.rulebook.notes import rule_notes
from bulletin_lint.rulebook.rulebook import Rulebook

HOUSE = """\
rules:
  HB-01:
    name: one
    check: forbidden
    on: raw
    pattern: 甲
    message: {zh: 不用甲, en: no 甲}
    why: {zh: 甲不好, en: 甲 is bad}
    ref: [{norm: GB/T 1-2020, clause: "1.10"}, {norm: GB/T 2-2020}]
  HB-02:
    name: two
    check: forbidden
    on: raw
    pattern: 乙
    message: {zh: 不用乙, en: no 乙}
    remedy: {zh: 改成丙, en: write 丙}
"""


class Memory:
    """A store that forgets nothing and trusts everything."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}
        self.inputs: dict[str, list[Input]] = {}

    def load(self, key: str) -> Any:
        return self.kept.get(key)

    def store(self, key: str, value: Any, inputs: Iterable[Input]) -> None:
        self.kept[key] = value
        self.inputs[key] = list(inputs)


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BULLETIN_LINT_CACHE_DIR", str(tmp_path / "cache"))
    Path("house.yaml").write_text(HOUSE, encoding="utf-8")
    Path("bulletin-lint.yaml").write_text("extends: ./house.yaml\n", encoding="utf-8")


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows whenever packs are read."""
    found: list[int] = []
    real = merge.assemble

    def assemble(*args: Any, **named: Any) -> Any:
        found.append(1)
        return real(*args, **named)

    monkeypatch.setattr(merge, "assemble", assemble)
    return found


@pytest.fixture
def workings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by each pattern whose candidates are worked out."""
    found: list[str] = []
    real = candidates.candidates_of

    def candidates_of(source: str) -> Any:
        found.append(source)
        return real(source)

    monkeypatch.setattr(candidates, "candidates_of", candidates_of)
    return found


def sifted(rulebook: Rulebook) -> list[str]:
    """The rules that a text cannot concern, once there are as many texts as candidates are worked out for."""
    prefilter = rulebook.prefilter(list(rulebook.rules.values()))
    return [sorted(prefilter.apply("共12公分。").shut) for _ in range(8)][-1]


def test_a_first_run_keeps_what_the_prefilter_works_out(workings: list[str]) -> None:
    """It was thrown away, and worked out again in the second run."""
    store = Memory()
    # The rules of a house are not sought by literals; those of the program are.
    settings = Settings(extends=("gb15835",))
    first = sifted(load_rulebook(settings, store))
    assert workings
    workings.clear()

    assert sifted(load_rulebook(settings, store)) == first
    assert workings == []


def test_a_rulebook_in_another_process_has_the_same_store(workings: list[str]) -> None:
    settings = Settings(extends=("gb15835",))
    sifted(pickle.loads(pickle.dumps(load_rulebook(settings, CompiledStore()))))
    assert workings
    workings.clear()

    sifted(load_rulebook(settings, CompiledStore()))
    assert workings == []


def test_without_a_store_packs_are_read_each_time(reads: list[int]) -> None:
    settings = load_settings()
    for _ in range(2):
        assert list(load_rulebook(settings).rules) == ["HB-01", "HB-02"]

    assert reads == [1, 1]


def test_built_in_packs_are_read_once_for_all_folders(reads: list[int]) -> None:
    store = Memory()
    for folder in ("2019", "2020"):
        load_rulebook(Settings(extends=("gb15835",), folder=folder), store)
    assert reads == [1]


def test_a_pack_of_a_folder_is_of_that_folder_only(reads: list[int]) -> None:
    store = Memory()
    for folder, name in (("2019", "one"), ("2020", "three")):
        Path(folder).mkdir()
        Path(folder, "house.yaml").write_text(HOUSE.replace("name: one", f"name: {name}"), "utf-8")
        rulebook = load_rulebook(Settings(extends=("./house.yaml",), folder=folder), store)
        assert rulebook.rules["HB-01"].name == name
    assert reads == [1, 1]


def test_the_settings_file_is_an_input_of_the_rulebook() -> None:
    store = Memory()
    settings = load_settings(store=store)
    load_rulebook(settings, store)

    found = sorted([Path(each.path).name for each in inputs] for inputs in store.inputs.values())
    assert found == [["bulletin-lint.yaml"], ["bulletin-lint.yaml", "house.yaml"]]


def test_notes_on_rules_are_read_from_the_yaml_once(reads: list[int]) -> None:
    store = CompiledStore()
    settings = load_settings()
    rules = tuple(load_rulebook(settings).rules.values())
    reads.clear()
    cold, warm = (rule_notes(settings, rules, store) for _ in range(2))

    assert reads == [1]
    assert cold == warm == rule_notes(settings, rules)
    one, two = warm
    assert one.why is not None
    assert (one.why.en, one.remedy) == ("甲 is bad", None)
    assert one.references == ("GB/T 1-2020 1.10", "GB/T 2-2020")
    assert two.why is None
    assert two.remedy is not None
    assert (two.remedy.zh, two.references) == ("改成丙", ())


def test_notes_follow_a_change_of_a_pack() -> None:
    store = CompiledStore()
    settings = load_settings()
    rules = tuple(load_rulebook(settings).rules.values())
    rule_notes(settings, rules, store)
    Path("house.yaml").write_text(HOUSE.replace("甲 is bad", "甲 is no good"), encoding="utf-8")

    (why, _) = (note.why for note in rule_notes(settings, rules, store))
    assert why is not None
    assert why.en == "甲 is no good"


@pytest.mark.parametrize("foreign", [{}, [], {"HB-01": 5}, {"HB-01": [["a"], None, []]}, "x"])
def test_kept_notes_that_are_something_else_are_made_again(foreign: Any) -> None:
    store = Memory()
    settings = load_settings()
    rules = tuple(load_rulebook(settings).rules.values())
    expected = rule_notes(settings, rules, store)
    (key,) = store.kept
    store.kept[key] = foreign

    assert rule_notes(settings, rules, store) == expected


def test_a_builtin_rule_is_not_trusted_with_the_replacements_of_a_house() -> None:
    """Their patterns are the house's, and run with a time limit."""
    override = "rules: {FLD004: {replacements: [{pattern: 甲, replacement: 乙}]}}\n"
    Path("house.yaml").write_text(f"extends: jianbao\n{override}", encoding="utf-8")
    rules = load_rulebook(load_settings()).rules

    assert not rules["FLD004"].trusted
    assert rules["FLD005"].trusted
