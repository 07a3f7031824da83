"""One slip, one message: what a rule explains on the same words is folded into what it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harness import Command

PACK = """\
extends: [jianbao]
rules:
  HB-01:
    name: old-name
    severity: info
    check: forbidden
    on: prose
    pattern: '东风路口,'
    replacement: 东风路口，
    explains: [{explains}]
    message: {{zh: 旧名, en: old name}}
    fix: safe
    examples:
      bad: [{{text: '东风路口,开通。', at: "1:1-1:6", message: 旧名, fixed: 东风路口，开通。}}]
      good: [{{text: 东风路开通。}}]
"""

BULLETIN = """\
# 澜江区情况简报

第3期（总第41期）

澜江区政府办公室　　2024年5月10日

## 江边公路开通公交

东风路口,今天开通公交。{more}

（区交通局）

责编：温澜　　核稿：骆江　　电话：010-55556789

报：市政府办公室。
"""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bulletin-lint.yaml").write_text(
        "extends: [./house.yaml]\nselect: [HB-01, PUN002, WVR006]\n", encoding="utf-8"
    )
    write(tmp_path)
    return tmp_path


def write(folder: Path, *, explains: str = "PUN002", more: str = "") -> None:
    (folder / "house.yaml").write_text(PACK.format(explains=explains), encoding="utf-8")
    (folder / "3.md").write_text(BULLETIN.format(more=more), encoding="utf-8")


def report(command: Command, *options: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(command("check", "--format", "json", *options, "3.md").out)
    return found


def codes(found: dict[str, Any]) -> list[str]:
    return [violation["code"] for violation in found["violations"] if not violation["waived"]]


def test_what_is_explained_is_a_related_place(office: Path, command: Command) -> None:
    (violation,) = report(command)["violations"]
    assert ("HB-01", "warning") == (violation["code"], violation["severity"])  # as grave as PUN002
    (related,) = violation["related"]
    assert ("PUN002", 9, 5) == (related["code"], related["line"], related["column"])
    assert "半角" in related["message"]["zh"]


def test_outcomes_tell_of_both_rules(office: Path, command: Command) -> None:
    outcomes = report(command)["documents"][0]["outcomes"]
    assert ("fail", "fail") == (outcomes["HB-01"], outcomes["PUN002"])


def test_people_see_the_code_of_what_was_folded(office: Path, command: Command) -> None:
    out = command("check", "--format", "full", "3.md").out
    assert "同处另有 PUN002：" in out
    assert 1 == out.count("HB-01")


def test_sarif_has_it_among_related_locations(office: Path, command: Command) -> None:
    sarif = json.loads(command("check", "--format", "sarif", "3.md").out)
    (result,) = sarif["runs"][0]["results"]
    assert "PUN002: " in result["relatedLocations"][0]["message"]["text"]


def test_elsewhere_the_explained_rule_speaks_for_itself(office: Path, command: Command) -> None:
    write(office, more="线路全长6公里,设站8个。")
    assert ["HB-01", "PUN002"] == codes(report(command))


def test_alone_it_speaks(office: Path, command: Command) -> None:
    assert ["PUN002"] == codes(report(command, "--select", "PUN002"))


def test_waived_with_what_explains_it(office: Path, command: Command) -> None:
    write(office, more="\n<!-- bulletin-lint: ignore-file[HB-01] 旧名照用 -->")
    assert [] == codes(report(command))


def test_its_own_waiver_is_not_called_unused(office: Path, command: Command) -> None:
    write(office, more="\n<!-- bulletin-lint: ignore-file[PUN002] 原样 -->")
    assert ["HB-01"] == codes(report(command))


def test_rules_do_not_explain_each_other(office: Path, command: Command) -> None:
    write(office, explains="HB-01")
    outcome = command("check", "3.md")
    assert 2 == outcome.code
    assert "规则互相解释：HB-01 → HB-01" in outcome.err


def test_a_house_cannot_explain_a_rule_that_there_is_not(office: Path, command: Command) -> None:
    write(office, explains="PUN992")
    outcome = command("check", "3.md")
    assert 2 == outcome.code
    assert "house.yaml:10:15:" in outcome.err
    assert "没有规则 PUN992" in outcome.err


LEXICON = """\
extends: [jianbao]
lexicons:
  slips: {file: words.yaml}
rules:
  HB-02:
    name: house-word
    check: lexicon
    on: prose
    lexicon: slips
    message: {zh: "“{found}”写作“{replacement}”", en: "'{found}' is written '{replacement}'"}
    fix: safe
    examples:
      bad: [{text: 管片员到场。, at: "1:1-1:4", message: “管片员”写作“网格员”, fixed: 网格员到场。}]
      good: [{text: 网格员到场。}]
"""


def test_a_lexicon_of_the_house_leaves_that_of_the_same_name_alone(office: Path, command: Command) -> None:
    (office / "house.yaml").write_text(LEXICON, encoding="utf-8")
    (office / "words.yaml").write_text("管片员: 网格员\n", encoding="utf-8")
    (office / "bulletin-lint.yaml").write_text(
        "extends: [./house.yaml]\nselect: [HB-02, WRD019]\n", encoding="utf-8"
    )
    (office / "3.md").write_text(BULLETIN.format(more="管片员说新站峻工。"), encoding="utf-8")
    assert ["HB-02", "WRD019"] == codes(report(command))
