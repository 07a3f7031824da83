"""`init`: what it infers is what the bulletins were made with, and it overwrites nothing unasked."""

from __future__ import annotations

import datetime
import json
import os
import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest
import yaml

from bulletin_generator import STYLES, Style
from bulletin_lint.cli.commands.init.observe import _required, _restarts
from bulletin_lint.cli.commands.init.templates import files_of
from bulletin_lint.config.settings import load_settings
from bulletin_lint.rulebook.load import load_rulebook
from git_commands import git, run
from harness import FIXTURES, ROOT, Command
from offices import TEN, TITLE, fortnights, style, write

HAS_CUMULATIVE = [style for style in STYLES if style.number not in ("hexagon", "glued", "plain")]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    # As far as `init` looks, a repository.
    (tmp_path / ".git").mkdir()
    return tmp_path


# Ten bulletins are written, looked at and checked for each: every third house in the usual run.
@pytest.mark.parametrize(
    "made",
    [
        pytest.param(each, id=each.name, marks=[pytest.mark.slow] if number % 3 else [])
        for number, each in enumerate(STYLES)
    ],
)
def test_the_habits_of_a_house_are_found_and_its_bulletins_pass(
    made: Style, office: Path, command: Command
) -> None:
    write(office / "2021", made, TEN)

    outcome = command("init", "--lang", "en")

    assert outcome.code == 0, outcome.err
    assert f"{TITLE} 10/10" in outcome.out
    settings = load_settings()
    assert {"issue_number", "date", "editor", "distribution", "attribution"} <= set(settings.required)
    assert ("cumulative_number" in settings.required) == (made in HAS_CUMULATIVE)
    assert ("copies" in settings.required) == made.copies
    styles = {rule["style"] for rule in settings.rules.values() if "style" in rule}
    assert styles <= {"one" if made.spaced else "none"}
    assert load_rulebook(settings).rules

    checked = command("check", ".")

    assert checked.code == 0, checked.out
    assert "检查了 10 份文件" in checked.out


def test_labels_the_packs_do_not_know_go_into_a_pack_of_the_house(office: Path, command: Command) -> None:
    write(office / "2021", style("capital"), TEN)
    for path in (office / "2021").iterdir():
        text = path.read_text("utf-8")
        text = re.sub(r"(?m)^(\W*)责编", r"\1本室当班编辑", text)
        path.write_text(text.replace("核稿", "终审把关"), encoding="utf-8")

    outcome = command("init")

    assert "本室当班编辑 → editor" in outcome.out
    assert "终审把关 10/10" in outcome.out
    pack = yaml.safe_load((office / "house.yaml").read_text("utf-8"))
    assert pack["labels"] == {"imprint": {"editor": {"words": ["本室当班编辑"]}}}
    settings = load_settings()
    assert settings.extends == ("jianbao", "./house.yaml")
    assert "editor" in settings.required
    assert "reviewer" not in settings.required
    assert command("check", ".").code == 0


def test_what_a_house_does_without_is_switched_off_and_the_evidence_shown(
    office: Path, command: Command
) -> None:
    made = next(each for each in STYLES if each not in HAS_CUMULATIVE)
    write(office / "2021", made, TEN)

    outcome = command("init")

    assert re.search("没有 +总期号 0/10；有关的 6 条规则关掉", outcome.out)
    text = (office / "bulletin-lint.yaml").read_text("utf-8")
    assert "  # 10 份都没有总期号：查它的规则不用。" in text
    assert "  ISS003: off\n" in text
    # None of them is left as what could not be assessed.
    outcomes = json.loads(command("check", ".", "--format", "json").out)["documents"][0]["outcomes"]
    assert "ISS001" in outcomes
    assert not {"ISS003", "ISS004", "ISS007", "ISS008", "ISS009"} & outcomes.keys()


def test_from_two_bulletins_nothing_is_switched_off(office: Path, command: Command) -> None:
    made = next(each for each in STYLES if each not in HAS_CUMULATIVE)
    write(office / "2021", made, TEN[:2])

    command("init")

    assert ": off" not in (office / "bulletin-lint.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("责编", "没有“责编”这一项；是不是“editor”？"),
        ("报送", "没有“报送”这一项；是不是“distribution”？"),
        ("刊名", "没有“刊名”这一项；是不是“title”？"),
        ("卷首", "可用：address（地址）、"),
    ],
)
def test_what_an_editor_calls_a_part_leads_to_its_name(
    office: Path, command: Command, word: str, said: str
) -> None:
    (office / "bulletin-lint.yaml").write_text(f"required: [{word}]\n", encoding="utf-8")
    shutil.copy(FIXTURES / "commands" / "clean.md", office / "11.md")

    outcome = command("check", "11.md")

    assert outcome.code == 2
    assert "bulletin-lint.yaml:1:12: " in outcome.err
    assert said in outcome.err


def test_numbers_that_begin_anew_and_the_earliest_issue_are_found(office: Path, command: Command) -> None:
    days = fortnights(datetime.date(2020, 11, 6), 8)
    write(office / "bulletins", style("capital"), days, first=20)

    command("init")

    settings = load_settings()
    assert settings.series["restarts"] == "yearly"
    assert settings.series["start"] == "2020-20"
    assert settings.bulletins == ("bulletins/**/*.md",)
    assert command("check", ".").code == 0


def test_a_house_that_never_signs_is_seen_and_not_asked_to(office: Path, command: Command) -> None:
    write(office / "2021", style("capital"), TEN)
    for path in (office / "2021").iterdir():
        lines = path.read_text("utf-8").split("\n")
        # The only lines in brackets of this house but its cumulative number.
        kept = [line for line in lines if not line.startswith("(") or "总" in line]
        assert len(kept) < len(lines)
        path.write_text("\n".join(kept), encoding="utf-8")

    outcome = command("init", "--lang", "en")

    assert re.search(r"signed +0 of [0-9]+ articles", outcome.out)
    text = (office / "bulletin-lint.yaml").read_text("utf-8")
    assert "# Whether articles say who supplied them: none of " in text
    settings = load_settings()
    assert settings.house == "never"
    assert "attribution" not in settings.required
    assert command("check", ".").code == 0


def without_attributions(folder: Path, issues: int, articles: int) -> None:
    """Takes who supplied them from the first articles of the first bulletins."""
    for path in sorted(folder.iterdir())[:issues]:
        lines, left = path.read_text("utf-8").split("\n"), articles
        for line in [line for line in lines if line.startswith("(") and "总" not in line][:left]:
            lines.remove(line)
        path.write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize(
    ("signed", "is_asked"),
    [((18, 19), True), ((9, 10), True), ((8, 10), False), ((0, 4), False), ((0, 0), False)],
)
def test_who_supplied_them_is_counted_by_article(signed: tuple[int, int], *, is_asked: bool) -> None:
    # Of five bulletins one has an article that is not signed: that slip is no habit.
    assert ("attribution" in _required({"title": 5}, 5, signed)) is is_asked


def test_what_was_counted_is_said_where_articles_need_not_be_signed(office: Path, command: Command) -> None:
    write(office / "2021", style("capital"), TEN)
    without_attributions(office / "2021", 9, 1)

    assert command("init", "--lang", "zh").code == 0

    text = (office / "bulletin-lint.yaml").read_text("utf-8")
    assert re.search(r"(?m)^# 也有、没有列入的：.*署名 [0-9]+/[0-9]+ 篇", text)
    assert "attribution" not in load_settings().required


def test_a_label_with_nothing_behind_it_is_told(office: Path, command: Command) -> None:
    write(office / "2021", style("capital"), TEN)
    first = min((office / "2021").iterdir())
    text = first.read_text("utf-8")
    blank = re.sub(r"(核稿[：:])\S+", r"\1", text)
    assert blank != text
    first.write_text(blank, encoding="utf-8")

    assert command("init", "--lang", "zh").code == 0

    written = (office / "bulletin-lint.yaml").read_text("utf-8")
    assert "  - reviewer  # 核稿 10/10（1 份没有填）\n" in written


def test_a_house_that_signs_some_of_its_articles_is_left_to_be_seen(office: Path, command: Command) -> None:
    write(office / "2021", style("capital"), TEN)
    path = office / "2021" / "2021-03.md"
    lines = path.read_text("utf-8").split("\n")
    path.write_text("\n".join(line for line in lines if line[:1] != "(" or "总" in line), encoding="utf-8")

    command("init")

    assert load_settings().house is None


@pytest.mark.parametrize(
    ("by_year", "expected"),
    [
        ({2020: {1, 2, 3}, 2021: {1, 2}}, "yearly"),
        ({2020: {1, 2, 3}, 2021: {4, 5}}, "never"),
        ({2020: {1, 2, 3}}, None),
        ({2020: {1, 2, 3}, 2021: {7}}, None),
        ({2018: {1, 2, 3}, 2020: {4}}, None),
        ({2019: {1, 2}, 2020: {3, 4}, 2021: {1}}, None),
    ],
)
def test_whether_numbers_begin_anew(by_year: dict[int, set[int]], expected: str | None) -> None:
    assert _restarts(by_year) == expected


def test_missing_issues_are_named_and_not_accepted(office: Path, command: Command) -> None:
    write(office / "2021", style("capital"), TEN)
    (office / "2021" / "2021-04.md").unlink()

    command("init")

    assert "  # known-gaps: {2021: [4]}" in (office / "bulletin-lint.yaml").read_text("utf-8")
    assert "第4期" in command("check", ".").out


def test_no_gap_is_named_that_is_a_file(office: Path, command: Command) -> None:
    write(office / "2021", style("capital"), TEN)
    for name in ("2021-04.md", "2021-06.md"):
        path = office / "2021" / name
        path.write_text(path.read_text("utf-8").replace("期", "", 1), encoding="utf-8")
    (office / "2021" / "2021-07.md").unlink()

    command("init")

    text = (office / "bulletin-lint.yaml").read_text("utf-8")
    assert [line for line in text.splitlines() if "known-gaps" in line] == ["  # known-gaps: {2021: [7]}"]


def test_of_several_titles_neither_start_nor_gaps_are_written(office: Path, command: Command) -> None:
    for title, numbers in (("青石简报", (3, 4)), ("水情快报", (41, 44)), ("督查通报", (12,))):
        for number in numbers:
            (office / f"{title}{number}.md").write_text(
                f"# {title}\n\n第{number}期（总第{number + 60}期）\n\n青石镇水务站　　2024年6月{number % 28 + 1}日\n\n"
                "各村检修泵站。\n\n责编：何其　　审核：方正　　电话：8213706\n\n报：县水务局。\n",
                encoding="utf-8",
            )

    outcome = command("init")

    text = (office / "bulletin-lint.yaml").read_text("utf-8")
    assert not re.search(r"(?m)^\s*#?\s*(?:start|known-gaps):", text)
    assert "3 种刊名" in text
    assert "3 种刊名" in outcome.out + outcome.err


def test_hooks_are_for_repositories(office: Path, command: Command) -> None:
    write(office / "2021", style("capital"), TEN)
    (office / ".git").rmdir()

    outcome = command("init")

    assert outcome.code == 0
    assert not (office / ".pre-commit-config.yaml").exists()
    assert "pre-commit" not in outcome.out
    assert (office / "bulletin-lint.yaml").exists()


def test_what_few_bulletins_have_is_not_asked_for(office: Path, command: Command) -> None:
    write(office / "2021", style("capital"), TEN)
    for number in (1, 2):
        path = office / "2021" / f"2021-{number:02}.md"
        lines = path.read_text("utf-8").split("\n")
        path.write_text("\n".join(line for line in lines if "核稿" not in line), encoding="utf-8")

    command("init")

    text = (office / "bulletin-lint.yaml").read_text("utf-8")
    assert "reviewer" not in load_settings().required
    assert "核稿 8/10" in text
    assert "  - editor  # 责编 10/10\n" in text


@pytest.mark.parametrize(
    ("bulletins", "others", "globs", "excluded"),
    [
        (["1.md", "2.md"], [], ("**/*.md",), ()),
        (["a/b/1.md", "a/b/2.pdf"], ["README.md"], ("a/b/**/*.{md,pdf}",), ()),
        (["2020/1.md", "2020/2.md"], ["README.md"], ("**/*.md",), ("README.md",)),
        (["{a,b}/1.md", "{a,b}/2.md"], [], ("?a,b}/**/*.md",), ()),
        (["jb/2020/1.txt", "jb/2021/1.txt"], ["jb/notes.txt"], ("jb/**/*.txt",), ("jb/notes.txt",)),
    ],
)
def test_globs_take_in_what_will_be_added(
    bulletins: list[str], others: list[str], globs: tuple[str, ...], excluded: tuple[str, ...]
) -> None:
    files = files_of(bulletins, others)

    assert (files.globs, files.others) == (globs, excluded)
    assert all(re.search(files.pattern, path) for path in bulletins)


@pytest.mark.skipif(sys.platform == "win32", reason="names that Windows does not allow")
@pytest.mark.parametrize("folder", ["!important", "{a,b}", "a[1]", "a*b", "a\\b", "it's: #1", "a\nb"])
def test_settings_for_a_folder_of_any_name_are_settings(office: Path, command: Command, folder: str) -> None:
    write(office / folder, style("capital"), TEN)

    assert command("init").code == 0
    assert yaml.safe_load((office / ".pre-commit-config.yaml").read_text("utf-8"))
    report = json.loads(command("check", ".", "--format", "json").out)
    assert len(report["documents"]) == len(TEN)


def test_it_overwrites_only_when_told(office: Path, command: Command) -> None:
    write(office / "2021", style("capital"), TEN)
    (office / "bulletin-lint.yaml").write_text("select: [SEC]\n", encoding="utf-8")

    outcome = command("init")

    assert outcome.code == 2
    assert "已有 bulletin-lint.yaml，没有改动" in outcome.err
    assert (office / "bulletin-lint.yaml").read_text("utf-8") == "select: [SEC]\n"
    assert not (office / ".pre-commit-config.yaml").exists()
    assert command("init", "--force").code == 0
    assert "required:" in (office / "bulletin-lint.yaml").read_text("utf-8")


def test_settings_in_pyproject_count(office: Path, command: Command) -> None:
    write(office / "2021", style("capital"), TEN)
    (office / "pyproject.toml").write_text("[tool.bulletin-lint]\nignore = ['SPC']\n", encoding="utf-8")

    assert "pyproject.toml 里已有 bulletin-lint 的配置" in command("init").err


def test_existing_hooks_are_never_touched(office: Path, command: Command) -> None:
    write(office / "2021", style("capital"), TEN)
    (office / ".pre-commit-config.yaml").write_text("repos: []\n", encoding="utf-8")

    outcome = command("init", "--force", "--lang", "en")

    assert outcome.code == 0
    assert (office / ".pre-commit-config.yaml").read_text("utf-8") == "repos: []\n"
    assert "left as it is; add to its repos what stands below" in outcome.err
    assert "- id: bulletin-lint" in outcome.out


def test_a_dry_run_writes_nothing(office: Path, command: Command) -> None:
    write(office / "2021", style("capital"), TEN)

    outcome = command("init", "--dry-run")

    assert outcome.code == 0
    assert "--- bulletin-lint.yaml\n# bulletin-lint 的配置" in outcome.out
    assert sorted(os.listdir(office)) == [".git", "2021"]


@pytest.mark.parametrize("content", ["# 说明\n", ""])
def test_nothing_to_infer_from_is_an_error(office: Path, command: Command, content: str) -> None:
    (office / "README.md").write_text(content, encoding="utf-8")

    assert command("init").code == 2
    assert not (office / "bulletin-lint.yaml").exists()
    assert command("init", "none").code == 2


def test_what_cannot_be_read_is_not_left_out_of_checks(office: Path, command: Command) -> None:
    write(office / "2021", style("capital"), TEN)
    (office / "2021" / "scan.md").write_bytes(b"")
    (office / "README.md").write_text("# 说明\n", encoding="utf-8")

    outcome = command("init", "--lang", "en")

    assert "1 more, no bulletin: README.md" in outcome.out
    assert "1 more, not readable (still checked, and reported): 2021/scan.md" in outcome.out
    assert load_settings().exclude == ("README.md",)
    assert command("check", ".").code == 2


def test_of_many_files_that_are_no_bulletins_five_are_named(office: Path, command: Command) -> None:
    write(office / "2021", style("capital"), TEN)
    for number in range(1, 8):
        (office / f"note{number}.md").write_text("# 说明\n", encoding="utf-8")

    outcome = command("init", "--lang", "en")

    assert "7 more, no bulletin: note1.md, note2.md, note3.md, note4.md, note5.md …\n" in outcome.out


def test_pdfs_are_read_too(office: Path, command: Command) -> None:
    (office / "2021").mkdir()
    for name in ("bulletin-reportlab.pdf", "table-reportlab.pdf", "truncated.pdf"):
        shutil.copy(FIXTURES / "pdf" / name, office / "2021" / name)

    outcome = command("init", "--lang", "en")

    assert outcome.code == 0
    assert "Looked at 2 bulletins." in outcome.out
    assert "not readable (still checked, and reported): 2021/truncated.pdf" in outcome.out
    assert load_settings().bulletins == ("**/*.pdf",)


def test_settings_are_written_where_the_bulletins_are(
    office: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(office / "2021", style("capital"), TEN)
    (office / "elsewhere").mkdir()
    monkeypatch.chdir(office / "elsewhere")

    outcome = command("init", "../2021")

    assert outcome.code == 2
    assert "简报不在当前文件夹里" in outcome.err


def test_hooks_of_a_repository(office: Path, command: Command, tmp_path: Path) -> None:
    write(office / "2021", style("capital"), TEN)

    command("init", "--repo", "https://example.org/bulletin-lint", "--rev", "v9.9.9")

    hooks = yaml.safe_load((office / ".pre-commit-config.yaml").read_text("utf-8"))
    assert hooks["repos"][0]["repo"] == "https://example.org/bulletin-lint"
    assert hooks["repos"][0]["rev"] == "v9.9.9"
    checked = run([sys.executable, "-m", "pre_commit", "validate-config"], office, tmp_path / "home")
    assert checked.returncode == 0, checked.stdout


def readme_commands(heading: str) -> list[str]:
    """The commands of the first shell block below a heading of the README."""
    text = (ROOT / "README.md").read_text("utf-8")
    below = text[text.index(heading) :]
    block = re.search(r"```sh\n(.*?)```", below, re.DOTALL)
    assert block
    return [line for line in block[1].splitlines() if line and not line.startswith("#")]


@pytest.mark.slow
def test_from_ten_bulletins_to_a_passing_hook_by_the_commands_of_the_readme(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, home = tmp_path / "office", tmp_path / "home"
    office.mkdir()
    write(office / "2021", style("capital"), TEN)
    # The commands are found where this Python is.
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    commands = readme_commands("## 五分钟上手")

    assert [line.split()[:2] for line in commands] == [
        ["git", "init"],
        ["bulletin-lint", "init"],
        ["bulletin-lint", "check"],
        ["pre-commit", "install"],
        ["git", "add"],
        ["git", "commit"],
    ]
    for line in commands:
        done = run(shlex.split(line), office, home)
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"

    # The hooks ran and passed, and what was committed is all there is.
    said = done.stdout + done.stderr
    assert said.count("Passed") == 1, said
    assert git(office, "status", "--porcelain") == ""

    # And a wrong bulletin is refused.
    path = office / "2021" / "2021-10.md"
    path.write_text(path.read_text("utf-8").replace("第 10 期", "第 12 期"), encoding="utf-8")
    git(office, "add", "-A")
    refused = run(["git", "commit", "-q", "-m", "wrong"], office, home)

    assert refused.returncode != 0
    assert "第12期" in refused.stdout + refused.stderr


@pytest.mark.parametrize("order", [("1.md", "../2.md"), ("../2.md", "1.md")])
def test_no_settings_are_written_for_a_bulletin_elsewhere(
    office: Path, command: Command, monkeypatch: pytest.MonkeyPatch, order: tuple[str, str]
) -> None:
    here = office / "here"
    here.mkdir()
    for path in (here / "1.md", office / "2.md"):
        path.write_text(
            "# 云岭简报\n\n第3期\n\n云岭县政府办　　2024年3月6日\n\n春耕已经部署。\n", encoding="utf-8"
        )
    monkeypatch.chdir(here)

    outcome = command("init", "--dry-run", "--lang", "en", *order)

    assert (outcome.code, outcome.out) == (2, "")
    assert "the bulletins are not in the current folder" in outcome.err
