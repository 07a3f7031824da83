"""What commands say of a small house: two rules of its own, four issues, one of them wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness import Command
from house_packs import EDITOR_LABEL

PACK = (
    EDITOR_LABEL
    + """\
rules:
  SEC001:
    name: one
    check: forbidden
    on: raw
    pattern: 甲
    severity: error
    fix: safe
    replacement: 乙
    aliases: [OLD001]
    message: {zh: 不用甲, en: no 甲}
    examples:
      bad: [{text: 甲。, at: 1:1-1:2, message: 不用甲, fixed: 乙。}]
      good: [{text: 乙。}]
  SEC002:
    name: two
    check: forbidden
    on: raw
    pattern: 丙
    message: {zh: 不用丙, en: no 丙}
    examples:
      bad: [{text: 丙。, at: 1:1-1:2, message: 不用丙}]
      good: [{text: 丁。}]
  PUN001:
    name: three
    check: forbidden
    on: raw
    pattern: 戊
    severity: info
    fix: unsafe
    replacement: 己
    message: {zh: 不用戊, en: no 戊}
    examples:
      bad: [{text: 戊。, at: 1:1-1:2, message: 不用戊, fixed: 己。}]
      good: [{text: 丁。}]
"""
)
CLEAN = "# 云岭简报\n\n第{0}期\n\n2020年1月{0}日\n\n## 动态\n\n丁。\n\n责编：王某\n"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pack.yaml").write_text(PACK, "utf-8")
    (tmp_path / "bulletin-lint.yaml").write_text("extends: ./pack.yaml\nignore: [SEC002]\n", "utf-8")
    return tmp_path


# --- rules -----------------------------------------------------------------------------------------------


def test_the_table_of_rules_in_both_languages(house: Path, command: Command) -> None:
    assert command("rules", "--lang", "en").out.splitlines() == [
        "code    severity  fix     kind       name   says",
        "PUN001  info      unsafe  forbidden  three  no 戊",
        "",
        "SEC001  error     safe    forbidden  one    no 甲",
        "SEC002  off       -       forbidden  two    no 丙",
        "",
        "3 rules, 2 selected.",
    ]
    zh = command("rules", "--lang", "zh").out.splitlines()
    assert zh[0].split() == ["编号", "级别", "修复", "种类", "名称", "说明"]
    assert [line.split()[1:3] for line in zh[1:5] if line] == [
        ["建议", "须确认"],
        ["错误", "可修复"],
        ["关闭", "—"],
    ]
    assert zh[-1] == "共 3 条规则，启用 2 条。"


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ((), ["PUN001", "SEC001", "SEC002"]),
        (("SEC",), ["SEC001", "SEC002"]),
        (("SEC002",), ["SEC002"]),
        (("PUN,SEC001",), ["PUN001", "SEC001"]),
        (("SEC002", "PUN"), ["PUN001", "SEC002"]),
        (("OLD001",), ["SEC001"]),
    ],
)
def test_rules_are_listed_by_codes_and_prefixes(
    house: Path, command: Command, words: tuple[str, ...], codes: list[str]
) -> None:
    listed = json.loads(command("rules", *words, "--format", "json").out)
    assert listed["schema_version"] == 1
    assert [rule["code"] for rule in listed["rules"]] == codes


def test_all_that_is_known_of_a_rule(house: Path, command: Command) -> None:
    listed = json.loads(command("rules", "--format", "json").out)["rules"]
    assert listed[1] == {
        "code": "SEC001", "name": "one", "severity": "error", "selected": True, "fix": "safe",
        "check": "forbidden", "pack": "pack.yaml", "aliases": ["OLD001"],
        "message": {"zh": "不用甲", "en": "no 甲"},
    }  # fmt: skip
    assert [rule["selected"] for rule in listed] == [True, True, False]
    assert [rule["severity"] for rule in listed] == ["info", "error", "warning"]


def test_a_rule_that_there_is_not_is_an_error(house: Path, command: Command) -> None:
    for words in (("rules", "NUM"), ("explain", "NUM001")):
        outcome = command(*words, "--lang", "en")
        assert (outcome.code, outcome.out) == (2, "")
        assert words[1] in outcome.err


def test_settings_may_be_named_or_left_out(house: Path, command: Command) -> None:
    (house / "other.yaml").write_text("extends: ./pack.yaml\nselect: [SEC002]\n", "utf-8")
    out = command("rules", "--config", "other.yaml", "--lang", "en").out
    assert "3 rules, 1 selected." in out
    assert "SEC002  warning" in out
    assert (
        "there is no settings file none.yaml" in command("rules", "--config", "none.yaml", "--lang", "en").err
    )


# --- explain ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["SEC001", "sec001", "one", "OLD001"])
def test_a_rule_is_explained_by_code_or_name(house: Path, command: Command, word: str) -> None:
    outcome = command("explain", word, "--lang", "en")
    assert outcome.code == 0
    assert outcome.out.startswith("SEC001")
    assert "no 甲" in outcome.out


@pytest.mark.parametrize(("word", "near"), [("SEC01", "SEC001"), ("thre", "three")])
def test_a_rule_with_nearly_the_name_is_offered(house: Path, command: Command, word: str, near: str) -> None:
    assert (
        f"there is no rule '{word}'; did you mean '{near}'?" in command("explain", word, "--lang", "en").err
    )
    assert f"没有规则“{word}”；是不是“{near}”？" in command("explain", word).err


# --- test ------------------------------------------------------------------------------------------------


def test_examples_that_come_out_as_they_should(house: Path, command: Command) -> None:
    outcome = command("test", "--lang", "en")
    assert (outcome.code, outcome.out) == (0, "3 rules, 6 examples: 6 passed, 0 failed.\n")
    assert command("test").out == "3 条规则，6 个示例：6 个通过，0 个不通过。\n"


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("text: 甲。", "text: 丁。", 14, "SEC001 missing"),
        ("good: [{text: 乙。}]", "good: [{text: 甲乙。}]", 15, "SEC001 noisy"),
        ("at: 1:1-1:2, message: 不用甲", "at: 1:2-1:3, message: 不用甲", 14, "SEC001 wrong"),
        ("at: 1:1-1:2, message: 不用甲", "at: 1:1-1:2, message: 用甲", 14, "SEC001 wrong"),
    ],
)
def test_an_example_that_comes_out_otherwise_is_told(
    house: Path, command: Command, old: str, new: str, line: int, said: str
) -> None:
    (house / "pack.yaml").write_text(PACK.replace(old, new), "utf-8")
    outcome = command("test", "--lang", "en")
    assert outcome.code == 1
    assert outcome.out.startswith(f"pack.yaml:{line}: {said}: ")
    assert outcome.out.endswith("3 rules, 6 examples: 5 passed, 1 failed.\n")
    assert len(outcome.out.splitlines()) == 2


def test_packs_without_rules_have_nothing_to_test(house: Path, command: Command) -> None:
    (house / "empty.yaml").write_text("labels: {}\n", "utf-8")
    (house / "bulletin-lint.yaml").write_text("extends: ./empty.yaml\n", "utf-8")
    outcome = command("test", "--lang", "en")
    assert (outcome.code, outcome.out) == (2, "")
    assert "there is no rule in these packs" in outcome.err


# --- config ----------------------------------------------------------------------------------------------


def test_settings_are_shown_with_their_origins(house: Path, command: Command) -> None:
    shown = command("config", "show", "--lang", "en").out.splitlines()
    assert shown[:4] == [
        'extends: ["./pack.yaml"]  # bulletin-lint.yaml:1',
        "select: null  # default",
        'ignore: ["SEC002"]  # bulletin-lint.yaml:2',
        "per-file-ignores: {}  # default",
    ]
    assert shown[4:] == [
        "rules: {}  # default",
        'required: ["title", "issue_number", "office", "date", "editor", "reviewer", "contact", "distribution", '
        '"attribution"]  # default',
        "house: null  # default",
        "bulletins: []  # default",
        "series: {}  # default",
        "convert: {}  # default",
        "annotate: {}  # default",
        "exclude: []  # default",
        "language: null  # default",
        'fail-level: "error"  # default',
        "# 2 rules selected",
    ]
    # To show need not be said.
    assert command("config", "--lang", "en").out.splitlines() == shown
    zh = command("config", "show").out.splitlines()
    assert zh[-1] == "# 启用 2 条规则"
    assert zh[1] == "select: null  # 默认"


def test_settings_of_another_folder_are_shown(house: Path, command: Command) -> None:
    (house / "a" / "b").mkdir(parents=True)
    (house / "a" / "bulletin-lint.yaml").write_text("extends: ../pack.yaml\nselect: [SEC]\n", "utf-8")
    (house / "a" / "b" / "1.md").write_text("x", "utf-8")
    for path in ("a", "a/b", "a/b/1.md"):
        assert 'select: ["SEC"]  # a/bulletin-lint.yaml:2' in command("config", "show", path).out
    assert "select: null" in command("config", "show", ".").out
    outcome = command("config", "show", "none", "--lang", "en")
    assert (outcome.code, outcome.out, outcome.err) == (2, "", "error: there is no none\n")


def test_there_are_two_schemas(house: Path, command: Command) -> None:
    settings, pack = command("config", "schema"), command("config", "schema", "pack")
    assert (settings.code, pack.code) == (0, 0)
    assert "fail-level" in json.loads(settings.out)["properties"]
    assert "fail-level" not in json.loads(pack.out)["properties"]
    assert command("config", "schema", "config").out == settings.out
    assert command("config", "schema", "other").code == 2


# --- check -----------------------------------------------------------------------------------------------


@pytest.fixture
def issues(house: Path) -> Path:
    (house / "pack.yaml").write_text(
        PACK.replace("SEC00", "HOU00").replace("PUN001", "HOU003").replace("OLD001", "OLD009"), "utf-8"
    )
    (house / "bulletin-lint.yaml").write_text("extends: [jianbao, ./pack.yaml]\nselect: [HOU]\n", "utf-8")
    for number in range(1, 4):
        (house / f"{number}.md").write_text(CLEAN.format(number), "utf-8")
    (house / "4.md").write_text(CLEAN.format(4).replace("丁", "甲丙戊"), "utf-8")
    return house


def codes(out: str) -> list[str]:
    return [each["code"] for each in json.loads(out)["violations"]]


@pytest.mark.parametrize(
    ("words", "code", "found"),
    [
        ((), 1, ["HOU001", "HOU002", "HOU003"]),
        (("1.md",), 0, []),
        (("4.md",), 1, ["HOU001", "HOU002", "HOU003"]),
        (("--select", "HOU002"), 0, ["HOU002"]),
        (("--select", "HOU002", "--fail-level", "warning"), 1, ["HOU002"]),
        (("--select", "HOU003", "--fail-level", "warning"), 0, ["HOU003"]),
        (("--select", "HOU003", "--fail-level", "info"), 1, ["HOU003"]),
        (("--ignore", "HOU001"), 0, ["HOU002", "HOU003"]),
        (("--select", "HOU001,HOU003", "--ignore", "HOU003"), 1, ["HOU001"]),
        (("--exit-zero",), 0, ["HOU001", "HOU002", "HOU003"]),
        (("--exclude", "4.md"), 0, []),
        (("--exclude", "3.md", "--extend-exclude", "4.*"), 0, []),
        (("4.md", "--exclude", "4.md"), 1, ["HOU001", "HOU002", "HOU003"]),
        (("1.md", "--fix"), 0, []),
        (("--fix",), 0, ["HOU002", "HOU003"]),
        (("--fix", "--unsafe-fixes"), 0, ["HOU002"]),
    ],
)
def test_what_a_check_finds_and_what_it_ends_with(
    issues: Path, command: Command, words: tuple[str, ...], code: int, found: list[str]
) -> None:
    outcome = command("check", *words, "--format", "json")
    assert (outcome.code, codes(outcome.out)) == (code, found)
    text = (issues / "4.md").read_text("utf-8")
    mended = {("--fix",): "乙丙戊", ("--fix", "--unsafe-fixes"): "乙丙己"}.get(words, "甲丙戊")
    assert mended in text


@pytest.mark.parametrize(
    ("words", "code", "out"),
    [
        (("--show-files",), 0, "1.md\n2.md\n3.md\n4.md\n"),
        (("--show-files", "3.md", "1.md"), 0, "1.md\n3.md\n"),
        (("--show-files", "--exclude", "[23].md"), 0, "1.md\n4.md\n"),
        (("--show-files", "1.md", "none.md"), 2, "1.md\n"),
        (("--show-files", "1.md", "--exclude", "1.md", "--force-exclude"), 0, ""),
        (("--show-files", "none.md", "1.md", "--exclude", "1.md", "--force-exclude"), 2, ""),
    ],
)
def test_files_are_only_listed(
    issues: Path, command: Command, words: tuple[str, ...], code: int, out: str
) -> None:
    outcome = command("check", *words, "--lang", "en")
    assert (outcome.code, outcome.out) == (code, out)
    assert ("none.md" in outcome.err) == ("none.md" in words)


def test_a_patch_is_shown_and_nothing_written(issues: Path, command: Command) -> None:
    outcome = command("check", "--diff", "--lang", "en")
    assert outcome.code == 1
    assert [line for line in outcome.out.splitlines() if line[:1] in "+-"] == [
        "--- 4.md",
        "+++ 4.md",
        "-甲丙戊。",
        "+乙丙戊。",
    ]
    assert "甲丙戊" in (issues / "4.md").read_text("utf-8")
    assert command("check", "--diff", "1.md").code == 0
    assert command("check", "--diff", "--exit-zero").code == 0


def test_to_mend_only_reports_nothing(issues: Path, command: Command) -> None:
    outcome = command("check", "--fix-only", "--fail-level", "info", "--lang", "en")
    assert (outcome.code, outcome.out) == (0, "")
    assert "乙丙戊" in (issues / "4.md").read_text("utf-8")


def test_where_all_is_excluded_nothing_is_checked_on_purpose(issues: Path, command: Command) -> None:
    outcome = command("check", "1.md", "--exclude", "*.md", "--force-exclude", "--lang", "en")
    assert outcome.code == 0
    assert "all files named are excluded: nothing was checked." in outcome.err
    assert command("check", ".", "--exclude", "*.md", "--lang", "en").code == 2


def test_many_files_without_rules_are_counted_and_five_named(issues: Path, command: Command) -> None:
    for number in (5, 6, 7):
        (issues / f"{number}.md").write_text(CLEAN.format(number), "utf-8")
    settings = "extends: [jianbao, ./pack.yaml]\nselect: [HOU]\nper-file-ignores: {'[%s].md': ALL}\n"
    for files, said in (
        (
            "1-5",
            "5 files not checked, per-file-ignores leaves no rule for them: 1.md, 2.md, 3.md, 4.md, 5.md.",
        ),
        (
            "1-6",
            "6 files not checked, per-file-ignores leaves no rule for them: 1.md, 2.md, 3.md, 4.md, 5.md, ….",
        ),
    ):
        (issues / "bulletin-lint.yaml").write_text(settings % files, "utf-8")
        outcome = command("check", "--lang", "en")
        assert outcome.code == 0
        assert said in outcome.err
    (issues / "bulletin-lint.yaml").write_text(settings % "1-7", "utf-8")
    outcome = command("check", "--lang", "en")
    assert outcome.code == 2
    assert "7 files not checked" in outcome.err


def test_waivers_that_would_be_printed_are_named(issues: Path, command: Command) -> None:
    for number in range(6):
        text = CLEAN.format(number + 1).replace("丁。", "<!-- bulletin-lint: ignore[HOU001] 照录 -->\n甲。")
        (issues / f"p{number}.txt").write_text(text, "utf-8")
    said = "plain text has no comments"
    five = command("check", *(f"p{number}.txt" for number in range(5)), "--lang", "en").err
    assert f"p0.txt, p1.txt, p2.txt, p3.txt, p4.txt: {said}" in five
    six = command("check", *(f"p{number}.txt" for number in range(6)), "--lang", "en").err
    assert f"p0.txt, p1.txt, p2.txt, p3.txt, p4.txt, …: {said}" in six
    assert said not in command("check", "p0.txt", "--quiet", "--lang", "en").err
    assert said not in command("check", "1.md", "--lang", "en").err


def test_waivers_can_be_left_out_of_account(issues: Path, command: Command) -> None:
    (issues / "waivers.yaml").write_text("- {rule: HOU001, path: 4.md, reason: 照录}\n", "utf-8")
    assert codes(command("check", "--format", "json", "--select", "HOU001").out) == ["HOU001"]
    waived = json.loads(command("check", "--format", "json", "--select", "HOU001").out)["violations"]
    assert [each["waived"]["reason"] for each in waived] == ["照录"]
    assert command("check", "--select", "HOU001").code == 0
    assert command("check", "--select", "HOU001", "--ignore-waivers").code == 1


# --- extract and register ------------------------------------------------------------------------------


def test_the_parts_of_a_bulletin_are_shown(issues: Path, command: Command) -> None:
    shown = json.loads(command("extract", "1.md", "--format", "json").out)
    assert shown["masthead"]["issue_number"]["value"] == 1
    assert shown["masthead"]["date"]["value"] == "2020-01-01"
    tree = command("extract", "1.md").out
    assert "云岭简报" in tree
    assert command("extract", "1.md", "--format", "text").out == tree
    for words, said in (
        (("none.md",), "none.md"),
        ((".",), "extract reads one file at a time"),
        (("1.md", "--why", "x"), "--why takes the number of a line, not 'x'"),
        (("1.md", "--why", "１"), "--why takes the number of a line, not '１'"),
        (("1.md", "--why", "2"), "there is no text on line 2"),
        (("1.md", "--why", "99"), "there is no text on line 99"),
        (("1.md", "--why", "0"), "there is no text on line 0"),
    ):
        outcome = command("extract", *words, "--lang", "en")
        assert (outcome.code, outcome.out) == (2, ""), words
        assert said in outcome.err, words
    for line in (1, 3, 9):
        assert command("extract", "1.md", "--why", line).code == 0


def test_the_register_is_shown_written_and_gone_on_with(issues: Path, command: Command) -> None:
    words = ("register", "update", ".", "--lang", "en")
    assert "register.csv: 4 issues added, 0 rows completed, 0 were there." in command(*words).err
    (issues / "5.md").write_text(CLEAN.format(5), "utf-8")
    again = command(*words)
    assert again.code == 0
    assert "register.csv: 1 issues added, 0 rows completed, 4 were there." in again.err
    shown = command("register", "show", ".", "--lang", "en")
    assert (shown.code, shown.out.splitlines()[0]) == (0, "云岭简报: 5 issues, numbers begin anew each year")
    assert command("register", ".", "--lang", "en").out == shown.out
    listed = json.loads(command("register", "show", ".", "--format", "json").out)
    assert [issue["issue"] for issue in listed["series"][0]["issues"]] == [1, 2, 3, 4, 5]
    assert command("register", "show", ".", "-o", "out.json", "--format", "json").out == ""
    assert json.loads((issues / "out.json").read_text("utf-8")) == listed
    refused = command("register", "show", ".", "-o", "1.md", "--lang", "en")
    assert refused.code == 2
    assert "--output: 1.md is a file to check" in refused.err


def test_an_entry_that_a_file_contradicts_is_left_and_named(issues: Path, command: Command) -> None:
    command("register", "update", ".")
    (issues / "2.md").write_text(CLEAN.format(2).replace("月2日", "月9日"), "utf-8")
    before = (issues / "register.csv").read_bytes()
    outcome = command("register", "update", ".", "--lang", "en")
    assert outcome.code == 1
    assert (issues / "register.csv").read_bytes() == before
    assert "2020-01-02, 2.md is " in outcome.err
    assert "2020-01-09; left as it is, find out which is right." in outcome.err


def test_where_there_is_no_bulletin_there_is_no_register(issues: Path, command: Command) -> None:
    (issues / "a").mkdir()
    outcome = command("register", "update", "a", "--lang", "en")
    assert outcome.code == 2
    assert "a: nothing to check in this folder" in outcome.err
    (issues / "a" / "note.md").write_text("# 备忘\n\n下周开会。\n", "utf-8")
    outcome = command("register", "update", "a", "--lang", "en")
    assert outcome.code == 2
    assert "no bulletin was found" in outcome.err
    assert not (issues / "register.csv").exists()
