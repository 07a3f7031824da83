"""Settings that are wrong in several ways are told of all of them at once, in words that editors know."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness import FIXTURES, Command

CLEAN = FIXTURES / "commands" / "clean.md"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "bulletin-lint.yaml"


@pytest.mark.parametrize("words", [("check", CLEAN, "--config", "bulletin-lint.yaml"), ("config", "show")])
def test_an_unknown_key_hides_no_further_mistake(
    settings: Path, command: Command, words: tuple[object, ...]
) -> None:
    settings.write_text("selekt: [SEC]\nignore: [SEX]\nrequired: [责编, 期号]\n", encoding="utf-8")
    outcome = command(*words)
    assert outcome.code == 2
    assert [line.split(": ")[0] for line in outcome.err.splitlines()] == [
        f"bulletin-lint.yaml:{place}" for place in ("1:1", "2:10", "3:12", "3:16")
    ]
    assert "是不是“editor”" in outcome.err
    assert "是不是“issue_number”" in outcome.err


def test_a_wrong_rule_is_told_beside_an_unknown_key(settings: Path, command: Command) -> None:
    settings.write_text("selekt: [SEC]\nrules: {SEC999: off}\n", encoding="utf-8")
    outcome = command("config", "show")
    assert outcome.code == 2
    assert "selekt" in outcome.err
    assert "SEC999" in outcome.err


@pytest.mark.parametrize("first", ["", "selekt: [SEC]\n"])
def test_a_wrong_rule_hides_no_wrong_name(settings: Path, command: Command, first: str) -> None:
    settings.write_text(f"{first}ignore: [SEX]\nrules: {{SEC999: off}}\nrequired: [责编]\n", encoding="utf-8")
    outcome = command("check", CLEAN, "--config", "bulletin-lint.yaml")

    assert outcome.code == 2
    assert all(word in outcome.err for word in ("SEX", "SEC999", "责编"))
    assert len(outcome.err.splitlines()) == 3 + bool(first)


def test_rules_are_listed_by_prefix(command: Command) -> None:
    outcome = command("rules", "--isolated", "sec00", "DAT002", "--lang", "en")
    codes = {line.split()[0] for line in outcome.out.splitlines()[1:-2] if line}
    assert {"SEC001", "SEC007", "DAT002"} <= codes
    assert all(code.startswith("SEC00") or code == "DAT002" for code in codes)
    assert f"{len(codes)} rules" in outcome.out
    assert command("rules", "--isolated", "SEX").code == 2


def test_a_text_of_the_house_is_blamed_where_it_stands(settings: Path, command: Command) -> None:
    Path("house.yaml").write_text(
        "extends: [jianbao]\nrules:\n  SEC001: {message: {en: '{found} {expected}'}}\n", encoding="utf-8"
    )
    settings.write_text("rules:\n  SEC001: {message: {zh: '{found}'}}\n", encoding="utf-8")
    alone = command("check", CLEAN, "--config", "bulletin-lint.yaml")
    assert (2, "bulletin-lint.yaml:2:26: 中英文的占位符不一致：{expected}、{previous}\n") == (
        alone.code,
        alone.err,
    )

    settings.write_text(f"extends: [./house.yaml]\n{settings.read_text(encoding='utf-8')}", encoding="utf-8")
    both = command("check", CLEAN, "--config", "bulletin-lint.yaml")
    # What was merged last is at fault.
    assert (2, "bulletin-lint.yaml:3:26: 中英文的占位符不一致：{expected}\n") == (both.code, both.err)


@pytest.mark.parametrize("words", [("--isolated",), ("--config", "bulletin-lint.yaml"), ("--lang", "zh"), ()])
def test_show_need_not_be_said(settings: Path, command: Command, words: tuple[str, ...]) -> None:
    settings.write_text("ignore: [SEC001]\n", encoding="utf-8")
    Path("1.md").write_bytes(CLEAN.read_bytes())
    for name in ("config", "register"):
        said = command(name, "show", *words)
        assert (0, "") == (said.code, said.err)
        assert said == command(name, *words)


def test_there_cannot_be_fewer_than_none(settings: Path, command: Command) -> None:
    rule = "name: a-title, check: at-most, on: articles.title, most: -1, message: {zh: 甲, en: a}"
    settings.write_text(f"rules:\n  HB-01: {{{rule}}}\n", encoding="utf-8")

    assert "bulletin-lint.yaml:2:68: 不能小于 0\n" == command("config", "show").err


@pytest.mark.parametrize(
    ("text", "place"),
    [("exclude: 5\n", "1:10"), ("language: zh\nexclude:\n", "2:9"), ("annotate: {author: [a]}\n", "1:20")],
)
def test_a_value_of_another_kind_ends_the_run(
    settings: Path, command: Command, text: str, place: str
) -> None:
    settings.write_text(text, encoding="utf-8")
    outcome = command("check", CLEAN, "--config", "bulletin-lint.yaml")

    assert (2, "") == (outcome.code, outcome.out)
    assert outcome.err.startswith(f"bulletin-lint.yaml:{place}: ")
