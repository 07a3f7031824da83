"""Another office's rules, in YAML alone, through the command: fixtures/packs/house is its folder."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from bulletin_lint.matching.patterns import HOUSE_TIME_LIMIT
from harness import FIXTURES, Command

HOUSE = FIXTURES / "packs" / "house"

BULLETIN = """\
# {title}

第3期

澜江区文化和旅游局　　2024年5月10日

## 江边公路开通公交

{text}

（区文旅局市场科）

责编：温澜　核稿：骆江　电话：5567788

报：市文化广电旅游局。
"""


@pytest.fixture(autouse=True)
def in_the_house(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HOUSE)


def test_bulletin_in_the_house_form_is_clean(command: Command) -> None:
    outcome = command("check", "--format", "concise", "good.md")
    assert (0, "", "") == outcome[:3]


def test_house_rules_and_overrides_report_beside_the_built_in_ones(command: Command) -> None:
    outcome = command("check", "--format", "concise", "bad.md")
    assert Path("bad.expected").read_text("utf-8") == outcome.out
    assert 1 == outcome.code


def test_house_messages_are_in_english_too(command: Command) -> None:
    outcome = command("check", "--lang", "en", "--select", "HOUSE", "--format", "concise", "bad.md")
    assert [
        "bad.md:11:8: HOUSE-003 '农家乐' is called 乡村民宿 here",
        "bad.md:23:1: HOUSE-001 the print run (共印N份) is missing",
        "bad.md:23:1: HOUSE-002 the imprint has no file number",
    ] == outcome.out.splitlines()


def test_without_the_house_settings_the_same_bulletin_is_judged_by_the_built_in_rules(
    command: Command,
) -> None:
    outcome = command("check", "--isolated", "--format", "concise", "good.md")
    codes = {line.split()[1] for line in outcome.out.splitlines()}
    # 第12辑 and 责任主笔 are words of the house; a lone number is advised against.
    assert codes >= {"ISS001", "SEC006", "FLD001"}
    assert not any(code.startswith("HOUSE") for code in codes)


def test_severity_given_by_the_house_is_the_one_reported(command: Command) -> None:
    outcome = command("check", "--format", "json", "bad.md")
    severities = {found["code"]: found["severity"] for found in json.loads(outcome.out)["violations"]}
    assert {
        "ISS002": "error",
        "HOUSE-001": "error",
        "HOUSE-002": "error",
        "HOUSE-003": "warning",
        "SEC005": "error",
    } == severities


def test_rule_switched_off_has_no_outcome(command: Command) -> None:
    outcome = command("check", "--format", "json", "good.md")
    (document,) = json.loads(outcome.out)["documents"]
    assert "SEC006" not in document["outcomes"]
    assert "pass" == document["outcomes"]["HOUSE-003"]


def test_field_and_form_of_the_house_are_read(command: Command) -> None:
    outcome = command("extract", "--format", "json", "good.md")
    extracted = json.loads(outcome.out)
    assert 12 == extracted["masthead"]["issue_number"]["value"]
    assert "第12辑" == extracted["masthead"]["issue_number"]["text"]
    assert ("档号", "WL-2024-12") == tuple(
        extracted["imprint"]["file_number"][key] for key in ("label", "value")
    )
    assert ("责任主笔", "温澜") == tuple(extracted["imprint"]["editor"][key] for key in ("label", "value"))
    assert 45 == extracted["copies"]["value"]


def test_house_rules_are_listed_and_explained(command: Command) -> None:
    listed = command("rules")
    assert all(code in listed.out for code in ("HOUSE-001", "HOUSE-002", "HOUSE-003", "SEC001"))
    explained = command("explain", "HOUSE-003")
    assert 0 == explained.code
    assert "本局文件统一使用登记类别的名称。" in explained.out


@pytest.mark.parametrize("pack", ["house.yaml", "./house.yaml"])
def test_examples_of_the_house_rules_hold(command: Command, pack: str) -> None:
    outcome = command("test", pack)
    assert (0, "") == (outcome.code, outcome.err), outcome.out
    assert "3 条规则，12 个示例：12 个通过，0 个不通过。" == outcome.out.splitlines()[-1]


def write_slow_house(folder: Path) -> None:
    (folder / "bulletin-lint.yaml").write_text(
        f"extends: [jianbao, {json.dumps(str(HOUSE / 'slow.yaml'))}]\n", "utf-8"
    )
    (folder / "a-slow.md").write_text(
        BULLETIN.format(title="文旅简报", text="澜" * 60 + "增设接驳车。"), "utf-8"
    )
    (folder / "b-quick.md").write_text(
        BULLETIN.format(title="交通简报", text="江边公路增设接驳车，方便游客。"), "utf-8"
    )


def test_endless_pattern_ends_in_a_message_and_everything_else_is_reported(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_slow_house(tmp_path)
    monkeypatch.chdir(tmp_path)
    start = time.process_time()
    outcome = command("check", "--jobs", "1", "--format", "concise", "a-slow.md", "b-quick.md")
    elapsed = time.process_time() - start
    assert [
        "a-slow.md:9:63: SLOW-002 “接驳车”应称“摆渡车”",
        "b-quick.md:9:7: SLOW-002 “接驳车”应称“摆渡车”",
    ] == outcome.out.splitlines()
    assert 2 == outcome.code
    (line,) = outcome.err.splitlines()
    assert all(word in line for word in ("a-slow.md", "SLOW-001", "(?:澜|澜澜)+开"))
    assert "Traceback" not in outcome.err
    assert HOUSE_TIME_LIMIT <= elapsed < HOUSE_TIME_LIMIT + 3


def test_rule_that_did_not_finish_is_no_pass(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_slow_house(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("bulletin_lint.matching.patterns.HOUSE_TIME_LIMIT", 0.2)
    outcome = command("check", "--jobs", "1", "--format", "json", "a-slow.md")
    (document,) = json.loads(outcome.out)["documents"]
    assert "SLOW-001" not in document["outcomes"] or "pass" != document["outcomes"]["SLOW-001"]
    assert 2 == outcome.code


def test_broken_house_pack_is_refused_with_its_place(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bulletin-lint.yaml").write_text("extends: [jianbao, ./house.yaml]\n", "utf-8")
    (tmp_path / "house.yaml").write_text("rules:\n  SEC003: off\n  SEC04: {severity: warning}\n", "utf-8")
    (tmp_path / "a.md").write_text(BULLETIN.format(title="文旅简报", text="游客增多。"), "utf-8")
    monkeypatch.chdir(tmp_path)
    outcome = command("check", "a.md")
    assert 2 == outcome.code
    assert "" == outcome.out
    assert outcome.err.startswith("house.yaml:3:3: ")


@pytest.mark.parametrize(
    ("pattern", "items", "said"),
    [
        ("第(?P<n>[一二三四五六七八九十]+)条 ", ("第一条 ", "第三条 "), "“第三条”不连续，前一项是“第一条”，应为“第二条”"),
        ("第(?P<n>[0-9]+)步，", ("第1步，", "第3步，"), "“第3步，”不连续，前一项是“第1步，”，应为“第2步，”"),
        ("步骤(?P<n>[一二三四五六七八九十]+)：", ("步骤一：", "步骤三："), "“步骤三：”不连续，前一项是“步骤一：”，应为“步骤二：”"),
        ("(?P<n>[A-Z])．", ("A．", "C．"), "“C．”不连续，前一项是“A．”，应为“B．”"),
        ("Step (?P<n>[A-Z]): ", ("Step A: ", "Step C: "), "“Step C:”不连续，前一项是“Step A:”，应为“Step B:”"),
        ("(?P<n>[甲乙丙丁])、", ("甲、", "丙、"), "“丙、”不连续，前一项是“甲、”，应为“乙、”"),
    ],
)  # fmt: skip
def test_a_house_counts_by_whatever_marker_its_pattern_names(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: Command,
    pattern: str,
    items: tuple[str, str],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("house.yaml").write_text(
        f"extends: [jianbao]\nforms:\n  markers:\n    - {{level: 1, style: ours, pattern: '{pattern}'}}\n",
        encoding="utf-8",
    )
    Path("bulletin-lint.yaml").write_text("extends: [./house.yaml]\nselect: [SEC001]\n", encoding="utf-8")
    first, second = (f"{marker}江边公路开通公交线路\n\n居民出门坐车方便多了。\n\n" for marker in items)
    Path("a.txt").write_text(
        BULLETIN.format(title="旅游简报", text=f"情况如下。\n\n{first}{second}")
        .replace("# ", "")
        .replace("#", ""),
        encoding="utf-8",
    )

    assert said in command("check", "a.txt", "--format", "concise").out
