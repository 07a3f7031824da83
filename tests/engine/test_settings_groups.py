"""Files of one run that go by different settings: each by the nearest, and one report on all."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bulletin_lint import check, load_settings
from bulletin_lint.config.nearer import SettingsTree
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.engine.settings_groups import _both
from bulletin_lint.model.errors import DefinitionError
from bulletin_lint.model.report import FileResult
from bulletin_lint.rulebook.load import load_shared
from bulletin_lint.rulebook.rulebook import Rulebook
from harness import FIXTURES, ROOT, Command, Outcome

CLEAN = (FIXTURES / "commands" / "clean.md").read_text("utf-8")
"""Issue 11, 1864 in all, of 6 March 2020; nothing is wrong with it."""
WRONG = (FIXTURES / "commands" / "wrong.md").read_text("utf-8")
"""DAT002 on line 9 (a warning, safe fix), SEC001 on line 21 (an error), PUN002 on line 23 (safe fix)."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(**files: str) -> None:
    """Files by their names, ``__`` for a slash; without a suffix settings in a folder of that name."""
    for name, text in files.items():
        path = Path(name.replace("__", "/"))
        if path.name == "settings":
            path = path.with_name("bulletin-lint.yaml")
        elif not path.suffix:
            path = path.with_suffix(".md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def run(*words: str) -> Outcome:
    """The program itself."""
    finished = subprocess.run(
        [sys.executable, "-m", "bulletin_lint", *words],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", "LANG": "C.UTF-8"},
    )
    out, err = finished.stdout.decode("utf-8"), finished.stderr.decode("utf-8")
    return Outcome(finished.returncode, out, err, finished.stdout)


def told(outcome: Outcome) -> list[str]:
    """Path and code of each violation of a concise report."""
    found = [line.split(":") for line in outcome.out.splitlines() if line.count(":") >= 3]
    return [f"{path} {rest.split()[0]}" for path, _, _, rest, *_ in found]


def issue(number: int, text: str = CLEAN) -> str:
    return text.replace("第11期", f"第{number}期").replace("1864", str(1853 + number))


TWO = pytest.mark.parametrize("words", [(".",), ("s2", "s1"), ("s1/1.md", "s2/2.md")])


@TWO
def test_each_file_goes_by_the_settings_of_its_folder(words: tuple[str, ...]) -> None:
    write(
        s1__1=WRONG, s1__settings="select: [SEC001]\n", s2__2=WRONG, s2__settings="select: [DAT002, PUN002]\n"
    )

    outcome = run("check", *words, "--format", "concise")

    assert (outcome.code, outcome.err) == (1, "")
    assert told(outcome) == ["s1/1.md SEC001", "s2/2.md DAT002", "s2/2.md PUN002"]


@TWO
def test_settings_that_are_named_or_not_wanted_hold_for_all(words: tuple[str, ...]) -> None:
    write(s1__1=WRONG, s1__settings="select: [SEC001]\n", s2__2=WRONG, s2__settings="select: [SEX]\n")
    write(other__settings="select: [PUN002]\n")

    by_one = run("check", *words, "--format", "concise", "--config", "other/bulletin-lint.yaml")
    assert (told(by_one), by_one.err) == (["s1/1.md PUN002", "s2/2.md PUN002"], "")
    isolated = run("check", *words, "--format", "concise", "--isolated", "--select", "SEC001,DAT002")
    assert (isolated.code, isolated.err) == (1, "")
    assert told(isolated) == ["s1/1.md DAT002", "s1/1.md SEC001", "s2/2.md DAT002", "s2/2.md SEC001"]


def test_nothing_is_merged_down_the_tree(command: Command) -> None:
    write(settings="select: [SEC001, DAT002]\nfail-level: warning\n", a__settings="select: [PUN002]\n")
    write(a__b__c__settings="select: [DAT002]\n")
    write(x=WRONG, a__x=WRONG, a__b__x=WRONG, a__b__c__x=WRONG, d__x=WRONG)

    assert told(command("check", ".", "--format", "concise")) == [
        "a/b/c/x.md DAT002",
        "a/b/x.md PUN002",
        "a/x.md PUN002",
        "d/x.md DAT002",
        "d/x.md SEC001",
        "x.md DAT002",
        "x.md SEC001",
    ]


@pytest.mark.parametrize(
    ("first", "second", "options", "code"),
    [
        ("error", "error", (), 0),
        ("error", "warning", (), 1),
        ("warning", "error", (), 1),
        ("warning", "warning", ("--fail-level", "error"), 0),
        ("error", "error", ("--fail-level", "warning"), 1),
        ("warning", "warning", ("--exit-zero",), 0),
    ],
)
def test_each_group_fails_at_its_own_level(
    first: str, second: str, options: tuple[str, ...], code: int
) -> None:
    write(s1__1=WRONG, s1__settings=f"select: [DAT002]\nfail-level: {first}\n")
    write(s2__2=WRONG, s2__settings=f"select: [DAT002]\nfail-level: {second}\n")

    outcome = run("check", ".", *options, "--format", "junit")

    assert outcome.code == code
    if not options:
        # What a CI shows as failed are those that fail.
        failed = [part.split('"')[1] for part in outcome.out.split("<testsuite ")[1:] if "<failure" in part]
        assert len(failed) == (first, second).count("warning")


def test_one_file_that_cannot_be_checked_is_told_whichever_settings_it_goes_by(command: Command) -> None:
    write(s1__1=WRONG, s1__settings="select: [SEC001]\n", s2__settings="select: [DAT002]\n", s2__2="")

    outcome = command("check", "s1", "s2/2.md", "s2/3.md", "--format", "json")

    assert outcome.code == 2
    documents = json.loads(outcome.out)["documents"]
    assert [(each["path"], each["error"] is None) for each in documents] == [
        ("s1/1.md", True),
        ("s2/2.md", False),
        ("s2/3.md", False),
    ]


def test_parts_are_required_by_each_for_its_own(command: Command) -> None:
    without = CLEAN.replace("　核稿：李四", "")
    write(
        s1__1=without,
        s1__settings="required: [reviewer]\n",
        s2__2=without,
        s2__settings="required: [editor]\n",
    )

    assert told(command("check", ".", "--format", "concise")) == ["s1/1.md FLD002"]


def test_each_has_its_own_globs_and_exclusions(command: Command) -> None:
    write(s1__settings="exclude: [drafts, old.md]\n", s1__1=CLEAN, s1__old=CLEAN, s1__drafts__3=CLEAN)
    write(s2__settings='bulletins: ["2020/*.md"]\n', s2__2020__1=CLEAN, s2__2=CLEAN, drafts__4=CLEAN)
    shown = command("check", ".", "--show-files")
    assert shown.out.split() == ["drafts/4.md", "s1/1.md", "s2/2020/1.md"]
    # Relative to each folder; a folder that the outer settings leave out is not entered.
    write(settings="exclude: [s2, 1.md]\n")
    assert command("check", ".", "--show-files").out.split() == ["drafts/4.md", "s1/1.md"]
    named = ("s1/1.md", "s1/old.md", "s1/drafts/3.md", "s2/2.md", "drafts/4.md")
    assert command("check", *named, "--show-files").out.split() == sorted(named)
    forced = command("check", *named, "--show-files", "--force-exclude")
    assert forced.out.split() == ["drafts/4.md", "s1/1.md"]


def test_a_folder_that_its_own_settings_leave_out_is_told_of(command: Command) -> None:
    write(s1__1=CLEAN, s2__2=CLEAN, s2__settings='exclude: ["*"]\n')
    among = command("check", ".", "--lang", "en")
    assert among.code == 0
    assert "not checked: s2: nothing there but what exclude in its own settings leaves out." in among.err
    alone = command("check", "s2", "--lang", "en")
    assert alone.code == 2
    assert "s2: nothing to check in this folder but what exclude in its settings leaves out." in alone.err
    # One of its files is enough.
    write(s2__settings="exclude: [2.md]\n", s2__3=CLEAN)
    assert "not checked" not in command("check", ".", "--lang", "en").err


def test_a_hidden_mistake_in_nearer_settings_is_told_with_its_place(command: Command) -> None:
    write(settings="language: en\n", s1__1=CLEAN, s1__settings="select: [SEC]\nselekt: [SEC]\n", s2__2=CLEAN)
    outcome = run("check", ".")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("s1/bulletin-lint.yaml:2:1: ")
    assert run("check", "s1/1.md", "s2/2.md").err == outcome.err
    # In what they name, too.
    write(s1__settings="ignore: [SEX]\n")
    assert run("check", ".").err.startswith("s1/bulletin-lint.yaml:1:10: ")
    write(s1__settings="extends: [./house.yaml]\n", s1__house="")
    Path("s1/house.yaml").write_text("rules: {HB-01: {check: nothing}}\n", encoding="utf-8")
    assert run("check", ".").err.startswith("s1/house.yaml:1:")
    write(s1__settings="extends: [jianbaoo]\n")
    assert run("check", ".").err.startswith("s1/bulletin-lint.yaml:1:11: ")
    # Where they are not asked, nobody minds.
    assert run("check", "s2").code == 0


def test_a_word_that_fits_no_rule_of_one_group_names_its_settings(command: Command) -> None:
    Path("house.yaml").write_text(
        "rules:\n  HB-01: {name: a-title, check: at-most, on: articles.title, most: 9, message: {zh: 甲, en: a}}\n",
        "utf-8",
    )
    write(
        settings="extends: [jianbao, ./house.yaml]\n", a=CLEAN, s1__1=CLEAN, s1__settings="ignore: [SEC001]\n"
    )

    outcome = command("check", ".", "--select", "HB-01", "--lang", "en")
    assert outcome.code == 2
    assert "s1/bulletin-lint.yaml: there is no rule or prefix 'HB-01'" in outcome.err


def test_settings_that_change_no_pack_have_one_rulebook() -> None:
    store = CompiledStore()
    known: dict[tuple[str, ...], Rulebook] = {}
    write(a__settings="ignore: [SEC001]\n", b__settings="select: [DAT]\nrequired: [editor]\n")
    write(c__settings="rules: {SEC001: off}\n", d__settings="required: [nothing]\n")
    first, second, own = (load_shared(load_settings(start=name), store, known) for name in "abc")
    assert first is second
    assert own is not first
    assert (own.rules["SEC001"].severity, first.rules["SEC001"].severity) == ("off", "error")
    with pytest.raises(DefinitionError):
        load_shared(load_settings(start="d"), store, known)


def test_a_rule_is_described_where_one_group_alone_has_it(command: Command) -> None:
    house = "rules:\n  HB-01: {name: a-title, check: at-most, on: articles.title, most: 0, message: {zh: 甲, en: a}}\n"
    write(a__settings=house, a__1=CLEAN, b__settings="select: [SEC001]\n", b__2=WRONG, c__3=CLEAN)
    (only,) = json.loads(command("check", ".", "--format", "sarif").out)["runs"]
    described = [each["id"] for each in only["tool"]["driver"]["rules"]]
    assert described == sorted(set(described))
    assert {"HB-01", "SEC001"} <= set(described)
    assert {each["ruleId"] for each in only["results"]} <= set(described)


def test_which_program_converts_is_a_matter_of_the_run() -> None:
    """One that lies in the folder of the run lies outside a folder in it."""
    write(a__settings="convert: {command: /tools/soffice}\n", a__1=CLEAN, b__2=CLEAN)
    tree = SettingsTree(load_settings(), ".", lambda folder: load_settings(start=folder))
    assert load_settings(start="a").convert
    assert not tree.of("a/1.md", is_named=True).convert


def test_there_is_one_report(command: Command) -> None:
    write(s2__10=WRONG, s2__settings="select: [SEC001]\n", s1__9=WRONG, s1__settings="select: [DAT002]\n")
    write(s2__9=WRONG, a=CLEAN, z=WRONG)

    report: dict[str, Any] = json.loads(command("check", ".", "--format", "json").out)
    paths = ["a.md", "s1/9.md", "s2/9.md", "s2/10.md", "z.md"]
    assert [each["path"] for each in report["documents"]] == paths
    assert report["summary"]["documents"] == 5
    assert [(each["path"], each["code"]) for each in report["violations"]][:3] == [
        ("s1/9.md", "DAT002"),
        ("s2/9.md", "SEC001"),
        ("s2/10.md", "SEC001"),
    ]
    assert list(report["documents"][2]["outcomes"]) == ["SEC001"]
    sarif = json.loads(command("check", "s1", "s2", "--format", "sarif").out)
    (only,) = sarif["runs"]
    assert [each["id"] for each in only["tool"]["driver"]["rules"]] == ["DAT002", "SEC001"]
    prose = command("check", "s1", "s2", "--format", "full", "--statistics", "-v", "--lang", "en")
    assert prose.out.count("Checked 3 documents") == 1
    assert prose.out.count("section-number-gap") == 1
    assert prose.err.count("2 rules; time:") == 1


def test_all_are_mended_and_it_is_said_once(command: Command) -> None:
    write(s1__1=WRONG, s1__settings="select: [DAT002]\n", s2__2=WRONG, s2__settings="select: [PUN002]\n")
    shown = command("check", ".", "--diff", "--lang", "en")
    assert (shown.code, shown.out.count("\n+++ ")) == (1, 2)
    mended = command("check", ".", "--fix", "--lang", "en")
    assert (mended.code, mended.err.count("fix")) == (0, 1)
    assert Path("s1/1.md").read_text("utf-8") == WRONG.replace("03月06", "3月6")
    assert "03月06" in Path("s2/2.md").read_text("utf-8")
    assert Path("s2/2.md").read_text("utf-8") != WRONG


def test_each_has_its_own_waivers(command: Command) -> None:
    write(
        s1__1=WRONG, s1__settings="select: [SEC001]\n", s2__2=WRONG, s2__settings="select: [SEC001, DAT002]\n"
    )
    waiver = "- {rule: SEC001, path: '*.md', reason: 照原稿}\n"
    Path("s1/waivers.yaml").write_text(waiver, "utf-8")
    Path("waivers.yaml").write_text(waiver.replace("SEC001", "DAT002"), "utf-8")
    found = ["s2/2.md DAT002", "s2/2.md SEC001"]
    assert told(command("check", ".", "--format", "concise")) == found
    assert told(command("check", ".", "--format", "concise", "--ignore-waivers")) == [
        "s1/1.md SEC001",
        *found,
    ]
    # What is accepted is written beside the settings that it was found by, without what is accepted there.
    added = command("check", ".", "--add-waivers", "照原稿", "--lang", "en")
    assert (added.code, added.err) == (0, "s2/waivers.yaml: 2 waivers added.\n")
    assert Path("s1/waivers.yaml").read_text("utf-8") == waiver
    assert command("check", ".").code == 0
    assert command("check", "s2").code == 0


def test_one_baseline_holds_for_all(command: Command) -> None:
    write(s1__1=WRONG, s1__settings="select: [SEC001]\n", s2__2=WRONG, s2__settings="select: [DAT002]\n")
    written = command("check", ".", "--write-baseline", "--lang", "en")
    assert "now holds 2 entries" in written.err
    known = command("check", ".", "--baseline", "bulletin-lint-baseline.jsonl")
    assert (known.code, known.err) == (0, "")
    # Whose rule is not asked any more in its own folder is unjudged, whose words are mended is stale.
    write(s1__settings="select: [DAT002]\n", s2__2=CLEAN)
    stale = command("check", ".", "--baseline", "bulletin-lint-baseline.jsonl", "--lang", "en")
    assert "s2/2.md: DAT002" in stale.err
    assert "s1/1.md: SEC001" not in stale.err


SERIES = 'bulletins: ["**/*.md"]\nselect: [ISS]\n'


@pytest.mark.parametrize("words", [(".",), ("s1/13.md", "s2/12.md", "o.md")])
def test_each_is_a_series_of_its_own(words: tuple[str, ...], command: Command) -> None:
    # 12 is missing in the first and there in the second; 11 is in all three.
    write(settings=SERIES, s1__settings=SERIES, s2__settings=SERIES, o=issue(11))
    write(s1__11=issue(11), s1__13=issue(13), s2__11=issue(11), s2__12=issue(12))

    assert told(command("check", *words, "--format", "concise")) == ["s1/13.md ISS005", "s1/13.md ISS007"]


def test_those_of_another_series_are_no_neighbours_of_one_file(command: Command) -> None:
    write(settings=SERIES, o=issue(11), s1__11=issue(11))
    assert told(command("check", "o.md", "--format", "concise"))
    write(s1__settings="ignore: [SEC001]\n")
    assert not told(command("check", "o.md", "--format", "concise"))
    # Settings that are named hold for all that lies there.
    assert told(command("check", "o.md", "--format", "concise", "--config", "bulletin-lint.yaml"))
    assert "s1/11.md" not in command("register", "show").out


def test_only_the_series_are_judged_where_that_is_asked(command: Command) -> None:
    write(s1__settings="select: [ISS, SEC]\n", s1__11=issue(11, WRONG), s1__13=issue(13), a=issue(1, WRONG))
    outcome = command("check", ".", "--series", "--format", "concise")
    assert told(outcome) == ["s1/13.md ISS005", "s1/13.md ISS007"]


def test_a_register_of_two_groups_is_told_of_once(command: Command) -> None:
    row = "title,year,issue,total,date,path\n云溪市精神文明工作简报,2020,12,1999,2020-03-20,\n"
    Path("register.csv").write_text(row, "utf-8")
    for name in ("s1", "s2"):
        write(**{f"{name}__settings": "series: {register: ../register.csv}\n", f"{name}__11": issue(11)})
    report = json.loads(command("check", "s1", "s2", "--format", "json").out)
    paths = [each["path"] for each in report["documents"]]
    assert len(paths) == len(set(paths))
    assert {"s1/11.md", "s2/11.md"} <= set(paths)


def test_what_two_say_of_one_file_is_put_together() -> None:
    first = FileResult("register.csv", "text", beside=True, outcomes={"ISS005": "pass", "ISS006": "pass"})
    second = first._replace(outcomes={"ISS005": "fail", "ISS007": "pass"})
    assert _both(first, second).outcomes == {"ISS005": "fail", "ISS006": "pass", "ISS007": "pass"}
    # A file that was given is no neighbour.
    assert not _both(first, second._replace(beside=False)).beside


def test_python_says_what_the_command_says(command: Command) -> None:
    write(s1__1=WRONG, s1__settings="select: [SEC001]\n", s2__2=WRONG, s2__settings="select: [DAT002]\n")
    for paths in (["."], ["s1", "s2/2.md"]):
        report = check(paths)
        assert [(each.path, each.code) for each in report.violations] == [
            ("s1/1.md", "SEC001"),
            ("s2/2.md", "DAT002"),
        ]
        assert report.fails


def test_a_table_in_pyproject_is_settings_too(command: Command) -> None:
    write(s1__1=WRONG, s2__2=WRONG, settings="select: [DAT002]\n")
    project = Path("s1/pyproject.toml")
    project.write_text('[project]\nname = "bulletin-lint-house"\n', "utf-8")
    found = ["s1/1.md DAT002", "s2/2.md DAT002"]
    assert told(command("check", ".", "--format", "concise")) == found
    project.write_text('[tool.bulletin-lint]\nselect = ["SEC001"]\n', "utf-8")
    assert told(command("check", ".", "--format", "concise")) == ["s1/1.md SEC001", found[1]]


def test_what_is_nearly_called_so_is_named_once(command: Command) -> None:
    write(s1__1=CLEAN, s2__2=CLEAN)
    Path("s1/bulletin-lint.yml").write_text("select: [SEC]\n", "utf-8")
    for words in ((".",), ("s1/1.md", "s2/2.md"), ("s1", "s2")):
        assert command("check", *words).err.count("s1/bulletin-lint.yml") == 1


def test_the_first_of_two_groups_speaks_its_language_alone(command: Command) -> None:
    write(settings="language: en\n", s1__1=CLEAN, s1__settings="language: zh\n", a=CLEAN)
    assert "Checked 2 documents" in command("check", ".").out
    assert "检查了" in command("check", "s1").out


def test_no_report_goes_over_what_another_group_reads(command: Command) -> None:
    write(s1__1=CLEAN, s1__settings="select: [SEC]\n", s2__2=CLEAN)
    refused = command("check", ".", "--output-file", "s1/bulletin-lint.yaml")
    assert refused.code == 2
    assert Path("s1/bulletin-lint.yaml").read_text("utf-8") == "select: [SEC]\n"


def test_comments_bear_the_name_that_each_settings_give(command: Command) -> None:
    document = next(iter(sorted((FIXTURES / "docx").glob("*.docx"))))
    for name in ("s1", "s2"):
        write(**{f"{name}__settings": f"annotate: {{author: 编辑{name}}}\n"})
        shutil.copy(document, Path(name, "1.docx"))
    outcome = command("check", "s1", "s2", "--annotate-dir", "out", "--annotate-level", "info", "-v")
    assert outcome.code in (0, 1), outcome.err
    for name in ("s1", "s2"):
        comments = shutil.which("unzip") and subprocess.run(
            ["unzip", "-p", f"out/{name}/1.docx", "word/comments.xml"], capture_output=True, check=True
        ).stdout.decode("utf-8")
        assert not comments or f'w:author="编辑{name}"' in comments


def test_sheets_of_a_folder_are_by_the_settings_of_each(command: Command) -> None:
    write(s1__1=WRONG, s1__settings="select: [SEC001]\n", s2__2=WRONG, s2__settings="select: [DAT002]\n")
    assert command("signoff", ".", "-o", "out").code == 1
    first, second = (Path(f"out/{name}.html").read_text("utf-8") for name in ("s1/1.md", "s2/2.md"))
    assert "SEC001" in first
    assert "DAT002" not in first
    assert "DAT002" in second
    index = Path("out/index.html").read_text("utf-8")
    assert index.index("s1/1.md") < index.index("s2/2.md")


def test_a_command_on_one_file_goes_by_the_settings_nearest_to_it(command: Command) -> None:
    write(s1__1=CLEAN, s1__settings="ignore: [SEC001]\n")
    for words in (("config", "s1/1.md"), ("config", "show", "s1"), ("config", "s1", "--lang", "zh")):
        assert 'ignore: ["SEC001"]  # s1/bulletin-lint.yaml:1' in command(*words).out
    assert command("config", "show", "nothing").code == 2
    write(s1__settings="selekt: [SEC001]\n")
    assert command("extract", "s1/1.md").err.startswith("s1/bulletin-lint.yaml:1:1: ")


@pytest.mark.parametrize("words", [("register", "show", "."), ("archive", ".", "--out", "../answers")])
def test_a_command_on_one_series_names_settings_that_do_not_count(
    words: tuple[str, ...], command: Command, tmp_path: Path
) -> None:
    write(house__s1__1=CLEAN, house__s1__settings="ignore: [SEC001]\n", house__s2__2=issue(12))
    os.chdir("house")
    outcome = command(*words, "--lang", "en")
    assert "s1/bulletin-lint.yaml did not count for the files beside it" in outcome.err
    assert "did not count" not in command(*words, "--isolated").err
