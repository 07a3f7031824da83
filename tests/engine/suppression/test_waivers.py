"""Waivers: what is accepted is kept, counted apart, and must be justified."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_lint.model.fingerprint import LENGTH, fingerprinted, fingerprints
from bulletin_lint.model.location import Location
from bulletin_lint.model.report import FileResult, Report
from bulletin_lint.model.violation import Violation
from bulletin_lint.model.wording import same
from harness import FIXTURES, Command

RULES = "select: [DAT002, WVR]\n"
PADDED = "2020年03月06日"


class Office:
    """A folder with settings and one bulletin whose lines are given."""

    def __init__(self, folder: Path, command: Command, settings: str = RULES) -> None:
        self.folder = folder
        self._command = command
        (folder / "bulletin-lint.yaml").write_text(settings, encoding="utf-8")

    def write(self, *lines: str, name: str = "1.md") -> None:
        (self.folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")

    def waive(self, text: str) -> None:
        (self.folder / "waivers.yaml").write_text(text, encoding="utf-8")

    def check(self, *options: str) -> dict[str, Any]:
        outcome = self._command(
            "check", self.folder / "1.md", "--format", "json", "--fail-level", "info", *options
        )
        assert outcome.err == ""
        report: dict[str, Any] = json.loads(outcome.out)
        # What is waived does not fail a run, all else does.
        assert outcome.code == int(any(each["waived"] is None for each in report["violations"]))
        return report

    def found(self, *options: str) -> list[tuple[str, int, str | None]]:
        """Code, line and reason of every violation."""
        return [
            (each["code"], each["line"], each["waived"] and each["waived"]["reason"])
            for each in self.check(*options)["violations"]
        ]


@pytest.fixture
def office(tmp_path: Path, command: Command) -> Office:
    return Office(tmp_path, command)


def test_a_comment_waives_its_own_line_only(office: Office) -> None:
    office.write(
        f"会议于{PADDED}召开。<!-- bulletin-lint: ignore[DAT002] 照录来文 -->",
        "",
        f"会议于{PADDED}结束。",
    )

    assert office.found() == [("DAT002", 1, "照录来文"), ("DAT002", 3, None)]


def test_the_next_line_is_the_next_with_content(office: Office) -> None:
    office.write(
        "<!-- bulletin-lint: ignore-next-line[DAT002] 照录来文 -->",
        "",
        "<!-- 校对过 -->",
        "<!-- 这条注释",
        "有两行 -->",
        f"会议于{PADDED}召开。",
        f"会议于{PADDED}结束。",
    )

    assert office.found() == [("DAT002", 6, "照录来文"), ("DAT002", 7, None)]


def test_a_file_is_waived_from_any_line_of_it(office: Office) -> None:
    office.write(f"会议于{PADDED}召开。", "", "<!-- bulletin-lint: ignore-file[DAT002] 旧稿照录 -->")

    assert office.found() == [("DAT002", 1, "旧稿照录")]


def test_what_a_chinese_keyboard_makes_is_understood(office: Office) -> None:
    office.write(f"会议于{PADDED}召开。<!--bulletin-lint：ignore［DAT002、SEC001］，照录来文-->")

    assert office.found() == [("DAT002", 1, "照录来文")]


def test_crlf_and_a_bom_move_no_waiver(office: Office) -> None:
    office.write(
        f"\ufeff会议于{PADDED}召开。<!-- bulletin-lint: ignore[DAT002] 照录来文 -->\r",
        "<!-- bulletin-lint: ignore-next-line[DAT002] 甲 -->\r",
        "\r",
        f"会议于{PADDED}结束。\r",
    )

    assert office.found() == [("DAT002", 1, "照录来文"), ("DAT002", 4, "甲")]


def test_who_and_until_when_are_kept(office: Office) -> None:
    office.write(
        f"会议于{PADDED}召开。<!-- bulletin-lint: ignore[DAT002] until=2999-12-31 by=王某 照录来文 -->"
    )

    expected = {
        "kind": "inline",
        "reason": "照录来文",
        "by": "王某",
        "until": "2999-12-31",
        "path": str(office.folder / "1.md"),
        "line": 1,
    }

    assert office.check()["violations"][0]["waived"] == expected
    assert office.check()["summary"]["waived"] == 1
    assert office.check()["summary"]["warning"] == 0


@pytest.mark.parametrize(
    ("comment", "code"),
    [
        ("ignore[DAT002]", "WVR001"),
        ("ignore[DAT002] until=2999-01-01", "WVR001"),
        ("ignore 照录来文", "WVR002"),
        ("ignore[] 照录来文", "WVR002"),
        ("ignore-line[DAT002] 照录来文", "WVR002"),
        ("ignore[DAT02] 照录来文", "WVR003"),
        ("ignore[DAT] 照录来文", "WVR003"),
        ("ignore[WVR001] 照录来文", "WVR004"),
        ("ignore[DAT002] until=2001-01-01 照录来文", "WVR005"),
    ],
)
def test_a_faulty_waiver_silences_nothing_and_is_reported(office: Office, comment: str, code: str) -> None:
    office.write(f"会议于{PADDED}召开。<!-- bulletin-lint: {comment} -->")

    assert office.found() == [("DAT002", 1, None), (code, 1, None)]


def test_an_unused_waiver_is_reported_where_its_rule_looked(office: Office) -> None:
    office.write("会议开了。<!-- bulletin-lint: ignore[DAT002, SEC001] 照录来文 -->")
    # SEC001 is not selected, so nobody knows whether it would be needed.
    report = office.check()

    assert [each["code"] for each in report["violations"]] == ["WVR006"]
    assert report["violations"][0]["message"]["zh"] == "这里没有 DAT002 的问题，豁免可以删去"
    assert report["documents"][0]["outcomes"]["WVR006"] == "fail"
    assert report["documents"][0]["outcomes"]["WVR001"] == "pass"


def test_without_waivers_their_rules_do_not_apply(office: Office) -> None:
    office.write(f"会议于{PADDED}召开。")

    outcomes = office.check()["documents"][0]["outcomes"]
    assert {outcomes[code] for code in outcomes if code.startswith("WVR")} == {"not-applicable"}


def test_a_comment_in_fenced_code_is_no_waiver(office: Office) -> None:
    office.write(f"会议于{PADDED}召开。", "```", "<!-- bulletin-lint: ignore-file[DAT002] 示例 -->", "```")

    assert office.found() == [("DAT002", 1, None)]


def test_ignore_waivers_shows_everything_and_judges_no_waiver(office: Office) -> None:
    office.write(f"会议于{PADDED}召开。<!-- bulletin-lint: ignore[DAT002] 照录来文 -->")
    office.waive("[broken")

    assert office.found("--ignore-waivers") == [("DAT002", 1, None)]


def test_a_rule_that_is_not_waivable_stays(tmp_path: Path, command: Command) -> None:
    settings = "select: [DAT002, WVR004]\nrules:\n  DAT002: {waivable: false}\n"
    office = Office(tmp_path, command, settings)
    office.write(f"会议于{PADDED}召开。<!-- bulletin-lint: ignore[DAT002] 照录来文 -->")

    assert office.found() == [("DAT002", 1, None), ("WVR004", 1, None)]


def test_what_is_waived_is_not_mended(office: Office, command: Command) -> None:
    office.write(
        f"会议于{PADDED}召开。<!-- bulletin-lint: ignore[DAT002] 照录来文 -->", "", f"会议于{PADDED}结束。"
    )

    command("check", office.folder / "1.md", "--fix")

    text = (office.folder / "1.md").read_text("utf-8")
    assert f"会议于{PADDED}召开" in text
    assert "会议于2020年3月6日结束" in text


def test_full_counts_what_is_waived_and_shows_it_when_asked(office: Office, command: Command) -> None:
    office.write(
        f"会议于{PADDED}召开。<!-- bulletin-lint: ignore[DAT002] by=王某 until=2999-12-31 照录来文 -->"
    )
    path = office.folder / "1.md"

    assert "；1 处已豁免" in command("check", path).out
    assert "; 1 waived" in command("check", path, "--lang", "en").out
    assert "照录来文" not in command("check", path).out
    assert "[已豁免：照录来文，王某，至2999-12-31]" in command("check", path, "--verbose").out


# --- waivers.yaml


def test_an_entry_waives_by_path_and_excerpt(office: Office) -> None:
    office.write(f"会议于{PADDED}召开。", "", f"展览于{PADDED}结束。")
    office.waive("- {rule: DAT002, path: 1.md, excerpt: 展览于 2020, reason: 照录来文, by: 王某}\n")

    assert office.found() == [("DAT002", 1, None), ("DAT002", 3, "照录来文")]


def test_an_entry_waives_by_fingerprint_which_survives_moved_lines(office: Office) -> None:
    office.write(f"会议于{PADDED}召开。", "", f"展览于{PADDED}结束。")
    mark = office.check()["violations"][1]["fingerprint"]
    name = next(each["name"] for each in office.check()["violations"] if each["code"] == "DAT002")
    office.waive(f"waivers:\n- rule: {name}\n  fingerprint: {mark}\n  reason: 照录来文\n")
    office.write("新添的一行。", "", f"会议于{PADDED}召开。", "", f"展览于{PADDED}结束。")

    assert office.found() == [("DAT002", 3, None), ("DAT002", 5, "照录来文")]


def test_faults_of_entries_stand_in_the_file_of_waivers(office: Office) -> None:
    office.write(f"会议于{PADDED}召开。")
    office.waive(
        "# 豁免\n"
        "- {rule: DAT002, path: 1.md, reason: ''}\n"
        "- {rule: DAT022, path: 1.md, reason: 照录来文}\n"
        "- {rule: DAT002, path: 1.md, reason: 照录来文, until: 2001-02-03}\n"
        "- {rule: WVR001, path: 1.md, reason: 照录来文}\n"
        "- {rule: DAT002, path: 1.md, excerpt: 没有这句, reason: 照录来文}\n"
        "- {rule: DAT002, path: 2019/9.pdf, reason: 文件已经不在}\n"
        "- {rule: DAT002, path: '*.pdf', reason: 这次没有看到}\n"
    )
    path = str(office.folder / "waivers.yaml")
    report = office.check()
    found = [(each["path"], each["line"], each["code"]) for each in report["violations"]]

    expected = [
        (str(office.folder / "1.md"), 1, "DAT002"),
        (path, 2, "WVR001"),
        (path, 3, "WVR003"),
        (path, 4, "WVR005"),
        (path, 5, "WVR004"),
        (path, 6, "WVR006"),
        (path, 7, "WVR006"),
    ]
    assert found == expected
    # The file of waivers is no bulletin that was checked.
    assert report["summary"]["documents"] == 1


def test_an_entry_of_a_name_that_no_file_has_is_needless(office: Office) -> None:
    office.write("会议开了。")
    (office.folder / "2019").mkdir()
    office.write("会议开了。", name="2019/old.md")
    office.write("会议开了。", name="2.md")
    office.waive(
        "- {rule: DAT002, path: deleted.md, reason: 文件已经不在}\n"
        "- {rule: DAT002, path: ./2018/old.md, reason: 文件已经不在}\n"
        "- {rule: DAT002, path: 2018, reason: 文件夹已经不在}\n"
        # These were not asked for.
        "- {rule: DAT002, path: old.md, reason: 照录来文}\n"
        "- {rule: DAT002, path: 2019, reason: 照录来文}\n"
        "- {rule: DAT002, path: 2019/, reason: 照录来文}\n"
        "- {rule: DAT002, path: 2.md, reason: 照录来文}\n"
        "- {rule: SEC001, path: deleted.md, reason: 文件已经不在}\n"
    )

    assert [(each["code"], each["line"]) for each in office.check()["violations"]] == [
        ("WVR006", 1),
        ("WVR006", 2),
        ("WVR006", 3),
        ("WVR006", 8),
    ]


def test_an_entry_used_in_one_of_its_files_is_used(office: Office, command: Command) -> None:
    office.write(f"会议于{PADDED}召开。")
    office.write("会议开了。", name="2.md")
    office.waive("- {rule: DAT002, path: '*.md', reason: 照录来文}\n")

    outcome = command("check", office.folder / "1.md", office.folder / "2.md", "--format", "concise")

    assert (outcome.code, outcome.out) == (0, "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rule: DAT002\n", "waivers.yaml:1:1: unknown key 'rule'; known: waivers"),
        ("- DAT002\n", "waivers.yaml:1:3: must be a mapping (rule, path, reason …); found 'DAT002'"),
        ("- {rule: DAT002, reason: 甲}\n", "waivers.yaml:1:3: say what is waived with path, fingerprint or"),
        ("- {path: 1.md, reason: 甲}\n", "waivers.yaml:1:3: 'rule' is missing"),
        ("- {rule: DAT002, path: 1.md, reasons: 甲}\n", "did you mean 'reason'?"),
        ("- {rule: A, path: 1.md, until: 2026-02-30}\n", "waivers.yaml:1:32: must be a day of the calendar"),
        ("- {rule: A, fingerprint: 12, reason: 甲}\n", "must be a fingerprint of 16 hexadecimal digits"),
        ("just words\n", "waivers.yaml:1:1: must be a list of waivers"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_place(
    office: Office, command: Command, text: str, message: str
) -> None:
    office.write("会议开了。")
    office.waive(text)

    outcome = command("check", office.folder / "1.md", "--lang", "en")

    assert outcome.code == 2
    assert message in outcome.err


def test_without_settings_the_nearest_file_of_waivers_upward_counts(tmp_path: Path, command: Command) -> None:
    (tmp_path / "2020").mkdir()
    (tmp_path / "2020" / "1.md").write_text(f"会议于{PADDED}召开。\n", encoding="utf-8")
    (tmp_path / "waivers.yaml").write_text(
        "- {rule: DAT002, path: 2020/1.md, reason: 照录来文}\n", encoding="utf-8"
    )
    words = ("check", tmp_path / "2020" / "1.md", "--select", "DAT002", "--format", "concise")

    assert command(*words).out == ""
    assert "DAT002" in command(*words, "--isolated").out


# --- fingerprints


def violation(line: int, column: int, text: str, words: str, code: str = "DAT002") -> Violation:
    start = text.index(words, column - 1) + 1
    where = Location(line, start, line, start + len(words))
    return Violation("1.md", where, code, "a-name", "warning", same("m"), "", "", line_text=text)


def test_a_fingerprint_is_of_words_and_surroundings_not_of_place() -> None:
    here = violation(3, 1, "会议于03月开。", "03月")
    there = violation(90, 1, "\u3000会议 于03月开。", "03月")

    assert fingerprints([here]) == fingerprints([there._replace(path="other.md")])
    assert len(fingerprints([here])[0]) == LENGTH
    assert fingerprints([here]) != fingerprints([violation(3, 1, "会议于04月开。", "04月")])


def test_far_changes_in_a_long_paragraph_do_not_matter() -> None:
    text = "全市各区总结经验，" * 5 + "会议于03月开。" + "大家一致认为很好。" * 5
    changed = text.replace("全市", "本市", 1)[:-4] + "极好。"

    assert fingerprints([violation(1, 1, text, "03月")]) == fingerprints([violation(1, 1, changed, "03月")])


def test_of_several_alike_each_has_its_own() -> None:
    line = "03月、03月"
    first, second = violation(1, 1, line, "03月"), violation(9, 1, line, "03月")
    other = violation(9, 1, line, "03月", code="DAT003")
    marks = fingerprints([second, other, first])

    # Order of the list does not matter, order in the document does; another rule counts for itself.
    assert marks == [marks[0], fingerprints([first])[0], fingerprints([first])[0]]
    assert marks[0] != marks[2]


def test_the_waived_ones_count_among_those_alike() -> None:
    first, second = violation(1, 1, "于03月", "03月"), violation(9, 1, "于03月", "03月")
    all_counted = Report((FileResult("1.md", "text", violations=(first, second)),))
    one_waived = Report((FileResult("1.md", "text", violations=(second,), waived=(first,)),))

    assert [mark for _, mark in fingerprinted(all_counted)] == [mark for _, mark in fingerprinted(one_waived)]


@given(
    st.lists(
        st.tuples(st.sampled_from(["于03月", "会03月", "于 03月"]), st.integers(1, 99)),
        unique_by=lambda e: e[1],
    ),
    st.integers(0, 50),
    st.randoms(use_true_random=False),
)
def test_moved_lines_and_another_order_leave_the_fingerprints(
    places: list[tuple[str, int]], moved: int, random: Any
) -> None:
    before = [violation(line, 1, text, "03月") for text, line in places]
    after = [violation(line + moved, 1, text, "03月")._replace(path="new.md") for text, line in places]
    random.shuffle(after)

    assert sorted(fingerprints(before)) == sorted(fingerprints(after))
    assert len(set(fingerprints(before))) == len(before)


def test_with_everything_waived_a_run_passes_and_nothing_is_lost(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The faulty fixtures, every violation waived by its fingerprint."""
    for path in (FIXTURES / "bulletins" / "faulty").glob("*/*.md"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.chdir(tmp_path)
    before = json.loads(command("check", ".", "--format", "json").out)["violations"]
    entries = [
        f"- {{rule: {each['code']}, path: '{each['path']}', fingerprint: '{each['fingerprint']}', reason: 试}}"
        for each in before
    ]
    Path("waivers.yaml").write_text("\n".join(entries), encoding="utf-8")

    outcome = command("check", ".", "--format", "json", "--fail-level", "info")
    after = json.loads(outcome.out)

    assert len(before) > 50
    assert outcome.code == 0
    assert after["summary"]["waived"] == len(before)
    assert [{**each, "waived": None} for each in after["violations"]] == before


def test_waivers_come_back_from_worker_processes(office: Office) -> None:
    office.write(f"会议于{PADDED}召开。<!-- bulletin-lint: ignore[DAT002] 照录来文 -->")
    office.write(f"会议于{PADDED}召开。<!-- bulletin-lint: ignore[DAT002] -->", name="2.md")
    other = str(office.folder / "2.md")

    assert office.check(other, "--jobs", "2") == office.check(other, "--jobs", "1")
    assert office.found(other, "--jobs", "2") == [
        ("DAT002", 1, "照录来文"),
        ("DAT002", 1, None),
        ("WVR001", 1, None),
    ]


@pytest.mark.parametrize(
    "given", [(".",), ("--series", "."), ("2.md",), ("--series", "2.md"), ("--series", "4.md")]
)
def test_a_gap_waived_in_its_issue_is_waived_whoever_asks(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch, given: tuple[str, ...]
) -> None:
    # The series is judged from what is known of its files, read by this run or not.
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BULLETIN_LINT_CACHE_DIR", str(tmp_path / "cache"))
    Path("bulletin-lint.yaml").write_text('bulletins: ["*.md"]\nselect: [ISS005]\n', "utf-8")
    for number in (1, 2, 4):
        waiver = " <!-- bulletin-lint: ignore[ISS005] 第3期停刊 -->" if number == 4 else ""
        text = f"# 松湖简报\n\n第{number}期{waiver}\n\n2024年5月1{number}日\n\n责编：甲\n"
        Path(f"{number}.md").write_text(text, "utf-8")
    assert 0 == command("check", ".").code
    finished = command("check", *given, "--format", "json")
    assert 0 == finished.code
    report = json.loads(finished.out)
    # 2.md is named in it: given alone, it has the gap of 4.md shown beside it, waived.
    assert ["第3期停刊"] == [each["waived"]["reason"] for each in report["violations"]]
    assert 1 == command("check", *given, "--ignore-waivers").code
