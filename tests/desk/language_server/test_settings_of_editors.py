"""Which settings and rules an editor's file goes by, when they are loaded again, and what is wrong with them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from lsprotocol import types

from bulletin_lint.config.settings import Settings
from bulletin_lint.desk.language_server.positions import Lines
from bulletin_lint.desk.language_server.projects import Mistake, Projects, is_pack, mistakes_of, with_pack
from bulletin_lint.desk.language_server.rule_files import code_at, lenses, rule_place
from bulletin_lint.model.errors import DefinitionError, DefinitionErrors, UsageError
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.wording import Wording, same
from house_packs import EDITOR_LABEL

PACK = (
    EDITOR_LABEL
    + """\
rules:
  HOU001:
    name: one
    check: forbidden
    on: raw
    pattern: 甲
    fix: safe
    replacement: 乙
    aliases: [OLD001]
    message: {zh: 不用甲, en: no 甲}
    examples:
      bad: [{text: 甲。, at: 1:1-1:2, message: 不用甲, fixed: 乙。}]
      good: [{text: 丁。}, {text: 乙。}]
  HOU002: {name: two, check: forbidden, on: raw, pattern: 丙, message: {zh: 不用丙, en: no 丙}}
"""
)
TEXT = "# 云岭简报\n\n第1期\n\n甲丙。\n\n责编：王某\n".encode()


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pack.yaml").write_text(PACK, "utf-8")
    settings("extends: ./pack.yaml\nexclude: [old, '*.txt']\n")
    return tmp_path


def settings(text: str) -> None:
    Path("bulletin-lint.yaml").write_text(text, "utf-8")


HOUSE = "extends: ./pack.yaml\n"


def codes(projects: Projects, path: str = "1.md") -> list[str]:
    """What is said of a file that was named, and so is judged whatever it shows."""
    project = projects.of(os.path.abspath(path))
    assert project is not None
    source = SourceFile(os.path.abspath(path), "text", explicit=True, data=TEXT)
    report = project.desk.judge([project.desk.look(source)]).report
    return [each.code for each in report.violations]


def test_a_file_goes_by_the_settings_as_they_are_now(office: Path) -> None:
    settings(HOUSE)
    projects = Projects()
    assert codes(projects) == ["HOU001", "HOU002"]
    first = projects.of(str(office / "1.md"))
    assert projects.of(str(office / "2.md")) is first
    settings(HOUSE + "ignore: [HOU001]\n")
    assert codes(projects) == ["HOU002"]
    (office / "pack.yaml").write_text(PACK.replace("pattern: 丙", "pattern: 没有的话"), "utf-8")
    assert codes(projects) == []
    assert projects.mistakes == {str(office): ()}


def test_waivers_that_come_or_change_count(office: Path) -> None:
    settings(HOUSE)
    projects = Projects()
    assert codes(projects) == ["HOU001", "HOU002"]
    (office / "waivers.yaml").write_text("- {rule: HOU001, path: 1.md, reason: 照录}\n", "utf-8")
    assert codes(projects) == ["HOU002"]
    (office / "waivers.yaml").write_text("- {rule: HOU002, path: 1.md, reason: 照录了}\n", "utf-8")
    assert codes(projects) == ["HOU001"]


def test_where_settings_are_wrong_those_of_before_count(office: Path) -> None:
    settings(HOUSE)
    projects = Projects()
    assert codes(projects) == ["HOU001", "HOU002"]
    settings(HOUSE + "selekt: [HOU001]\n")
    assert codes(projects) == ["HOU001", "HOU002"]
    ((mistake,),) = projects.mistakes.values()
    assert (mistake.path, mistake.line, mistake.column) == (str(office / "bulletin-lint.yaml"), 2, 1)
    # Of a folder that never had right ones there are none.
    (office / "a").mkdir()
    assert projects.of(str(office / "a" / "1.md")) is None
    settings(HOUSE + "select: [HOU001]\n")
    assert codes(projects) == ["HOU001"]
    assert projects.mistakes[str(office)] == ()


def test_settings_may_be_named_for_all_files(office: Path) -> None:
    (office / "other.yaml").write_text(HOUSE + "select: [HOU002]\n", "utf-8")
    assert codes(Projects("other.yaml")) == ["HOU002"]
    assert Projects("none.yaml").of(str(office / "1.md")) is None


def test_what_settings_leave_out_is_not_judged(office: Path) -> None:
    project = Projects().of(str(office / "1.md"))
    assert project is not None
    names = ("1.md", "old/1.md", "a/old/1.md", "1.txt", "older.md")
    assert [project.excludes(str(office / name)) for name in names] == [False, True, True, True, False]
    assert project.check(str(office / "old" / "1.md"), TEXT).skipped


def test_a_text_that_cannot_be_read_is_a_result_and_has_no_fix(office: Path) -> None:
    project = Projects().of(str(office / "1.md"))
    assert project is not None
    assert project.check(str(office / "1.md"), b"").error is not None
    assert project.fix(str(office / "1.md"), b"") is None
    fixed = project.fix(str(office / "1.md"), TEXT)
    assert fixed is not None
    assert fixed.after.decode() == TEXT.decode().replace("甲", "乙")


def test_a_rule_that_is_off_has_a_note_too(office: Path) -> None:
    settings("extends: ./pack.yaml\nrules: {HOU002: off}\n")
    project = Projects().of(str(office / "1.md"))
    assert project is not None
    assert list(project.notes) == ["HOU001"]
    assert project.note("HOU001") is project.notes["HOU001"]
    assert (project.note("HOU002").code, project.note("HOU002").summary.en) == ("HOU002", "no 丙")


def test_what_is_wrong_with_a_file_as_the_editor_has_it(office: Path) -> None:
    projects, path = Projects(), str(office / "bulletin-lint.yaml")
    assert projects.mistakes_in(path, b"extends: ./pack.yaml\n") == ()
    (mistake,) = projects.mistakes_in(path, b"extends: ./pack.yaml\nselekt: []\n")
    assert (mistake.path, mistake.line, mistake.column) == (path, 2, 1)
    pack = str(office / "pack.yaml")
    assert projects.mistakes_in(pack, PACK.encode()) == ()
    (mistake,) = projects.mistakes_in(pack, PACK.replace("on: raw", "on: rwa", 1).encode())
    assert (mistake.path, mistake.line) == (pack, 6)
    # A pack that no settings extend yet is looked at by itself, once it is there.
    new = office / "new.yaml"
    wrong = PACK.replace("HOU", "NEW").replace("on: raw", "on: rwa", 1)
    assert projects.mistakes_in(str(new), wrong.encode()) == ()
    new.write_text(wrong, "utf-8")
    assert {each.path for each in projects.mistakes_in(str(new), wrong.encode())} == {str(new)}
    assert projects.mistakes_in(str(new), b"anything: [else\n") == ()


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("rules:\n  SEC001:\n    name: x\n", True),
        ("rules: # ours\r\n\r\n  # the first\r\n  SEC001: off\r\n", True),
        ("labels: {}\nrules:\n  A1: off\n", True),
        ("rules:\n  sec001: off\n", False),
        ("rules:\n  SEC: off\n", False),
        ("rules: {SEC001: off}\n", False),
        ("  rules:\n    SEC001: off\n", False),
        ("", False),
    ],
)
def test_a_pack_is_known_by_its_rules(text: str, *, is_one: bool) -> None:
    assert is_pack(text.encode()) is is_one


def test_each_mistake_of_a_load_has_its_place(office: Path) -> None:
    one, other = DefinitionError("a.yaml", 2, 3, same("x")), DefinitionError("", 1, 1, same("y"))
    first, second = Mistake(str(office / "a.yaml"), 2, 3, same("x")), Mistake("", 1, 1, same("y"))
    assert mistakes_of(one) == (first,)
    assert mistakes_of(DefinitionErrors([one, other])) == (first, second)
    assert mistakes_of(UsageError(Wording("错", "wrong"))) == (Mistake("", 1, 1, Wording("错", "wrong")),)


def test_a_pack_more_changes_nothing_else() -> None:
    given = Settings(extends=("a",), folder="/f", select=("X",), rules={"A1": "off"})
    assert with_pack(given, "p.yaml") == Settings(extends=("a", "p.yaml"), folder="/f")


def test_a_code_leads_to_its_rule(office: Path) -> None:
    project = Projects().of(str(office / "1.md"))
    assert project is not None
    lines = Lines("ignore: [HOU001, OLD001, HOU009, hou001]\n", "utf-16")
    found = [code_at(project, lines, types.Position(0, at)) for at in (0, 9, 15, 17, 25, 34)]
    assert found == [None, "HOU001", "HOU001", "HOU001", None, None]
    place = rule_place(project, "HOU002")
    assert place is not None
    assert place.uri == (office / "pack.yaml").as_uri()
    assert place.range.start == types.Position(14, 0)


def test_over_each_rule_it_is_said_how_its_examples_come_out(office: Path) -> None:
    path = str(office / "pack.yaml")
    good, lacking = lenses(path, PACK.encode(), "en")
    assert [each.range.start.line for each in (good, lacking)] == [2, 14]
    assert good.command is not None
    assert lacking.command is not None
    assert good.command.title == "2 good, 1 bad ✓"
    assert lacking.command.title.startswith("0 good, 0 bad ✗ ")
    assert "wrong: " in lacking.command.title
    (zh, _) = lenses(path, PACK.replace("pattern: 甲", "pattern: 己").encode(), "zh")
    assert zh.command is not None
    assert zh.command.title.startswith("2 好 0 坏 ✗ 1 例不对: ")
    assert lenses(path, PACK.replace("on: raw", "on: rwa").encode(), "en") == []
    assert lenses(path, b"select: []\n", "en") == []
