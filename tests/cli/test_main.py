"""The command line as a person, a script and a gate meet it."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bulletin_lint import __version__
from bulletin_lint.cli import check_options, progress
from bulletin_lint.cli.main import COMMANDS, chosen_language
from bulletin_lint.cli.parser import translated
from bulletin_lint.model.wording import Language
from harness import FIXTURES, ROOT, Command

CLEAN = FIXTURES / "commands" / "clean.md"
WRONG = FIXTURES / "commands" / "wrong.md"
"""03月06日 (DAT002, warning, safe fix), 三、 after 一、 (SEC001, error, unsafe fix), a half-width comma
(PUN002, warning, safe fix)."""
OTHER = FIXTURES / "commands" / "not-a-bulletin.md"
RULES = ("--isolated", "--select", "DAT002,SEC001,PUN002")
HAN = re.compile("[\u4e00-\u9fff]")
ENGLISH_WORDS = re.compile(r"\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\b")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory of the test's own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def wrong(folder: Path) -> Path:
    """A copy of the wrong bulletin, in the working directory."""
    shutil.copy(WRONG, folder / "11.md")
    return folder / "11.md"


def program(*arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    """The command as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "bulletin_lint", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **environment},
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((CLEAN,), 0),
        ((WRONG,), 1),
        ((WRONG, "--exit-zero"), 0),
        ((WRONG, "--ignore", "SEC001"), 0),
        ((WRONG, "--ignore", "SEC001", "--fail-level", "warning"), 1),
        ((CLEAN, "--fail-level", "info"), 0),
        ((CLEAN, "missing.md"), 2),
        ((WRONG, "missing.md"), 2),
        ((WRONG, "missing.md", "--exit-zero"), 2),
        (("missing.md",), 2),
        ((OTHER,), 0),
    ],
)
def test_exit_codes_in_every_format(command: Command, arguments: tuple[object, ...], code: int) -> None:
    for name in ("full", "concise", "json"):
        assert command("check", *RULES, *arguments, "--format", name).code == code


def test_violations_and_a_broken_file_are_both_reported(command: Command, folder: Path) -> None:
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 and nothing more")

    result = command("check", *RULES, WRONG, "broken.pdf", "missing.md", "--format", "concise")

    assert result.code == 2
    assert "SEC001" in result.out
    assert re.search("^错误：broken.pdf: ", result.err, re.MULTILINE)
    assert "错误：missing.md: 没有这个文件或文件夹。\n" in result.err


def test_a_gate_does_not_pass_because_nothing_was_a_bulletin(command: Command, folder: Path) -> None:
    shutil.copy(OTHER, folder)

    result = command("check", *RULES, ".")

    assert result.code == 2
    assert result.err == (
        "错误：看过 1 个文件，都看不出是简报（没有期号、责编栏或发送栏）；"
        "如果确是简报，请在命令行上直接写出文件名。\n"
    )


def test_a_readme_beside_bulletins_is_skipped_and_said_so(command: Command, wrong: Path) -> None:
    shutil.copy(OTHER, wrong.parent)

    result = command("check", *RULES, "--verbose")

    assert "not-a-bulletin.md: 已跳过，看不出是简报\n" in result.out
    assert "检查了 1 份文件，跳过 1 份。" in result.out


def test_an_empty_folder_is_an_error(command: Command, folder: Path) -> None:
    result = command("check", *RULES)

    assert result.code == 2
    assert "没有可检查的文件" in result.err


def test_the_report_goes_to_standard_output_and_is_full_by_default(command: Command, wrong: Path) -> None:
    expected = """\
11.md:9:6 DAT002 用“年月日”写日期时，月、日前不补零：“03月06”应为“3月6” [警告]
9 | 2020年03月06日
  |       ^^^^^^
"""

    result = command("check", *RULES, "11.md")

    assert result.out.startswith(expected)
    assert "\x1b" not in result.out
    assert result.err == ""


def test_concise_lines(command: Command, wrong: Path) -> None:
    result = command("check", *RULES, "11.md", "--format", "concise")

    assert [line.split(" ", 2)[:2] for line in result.out.splitlines()] == [
        ["11.md:9:6:", "DAT002"],
        ["11.md:21:5:", "SEC001"],
        ["11.md:23:13:", "PUN002"],
    ]


def test_formats_go_to_files_of_their_own(command: Command, wrong: Path) -> None:
    result = command("check", *RULES, "11.md", "--format", "json=r.json", "--format", "concise")

    report = json.loads((wrong.parent / "r.json").read_text("utf-8"))
    assert [found["code"] for found in report["violations"]] == ["DAT002", "SEC001", "PUN002"]
    assert result.out.startswith("11.md:9:6: DAT002")


def test_statistics_take_the_place_of_the_report(command: Command, wrong: Path) -> None:
    result = command("check", *RULES, "11.md", "--statistics")

    assert result.out.splitlines()[0].startswith("1  DAT002  [*] ")
    assert len(result.out.splitlines()) == 3
    assert result.code == 1


def test_quiet_shows_violations_only(command: Command, wrong: Path) -> None:
    assert command("check", *RULES, CLEAN, "--quiet").out == ""
    assert "发现" not in command("check", *RULES, wrong, "-q").out


def test_verbose_adds_encoding_and_timings(command: Command, wrong: Path) -> None:
    result = command("check", *RULES, "11.md", "--verbose")

    assert "11.md: 文本，编码 utf-8\n" in result.out
    assert re.search(r"^用了 3 条规则；用时：准备 \d+ 毫秒，检查 \d+ 毫秒。$", result.err, re.MULTILINE)


def test_show_files_lists_and_checks_nothing(command: Command, wrong: Path) -> None:
    shutil.copy(OTHER, wrong.parent)

    result = command("check", "--show-files")

    assert (result.code, result.out) == (0, "11.md\nnot-a-bulletin.md\n")
    assert command("check", "--show-files", "missing.md").code == 2


def test_excluded_files_are_left_out_of_folders_and_when_forced(command: Command, wrong: Path) -> None:
    assert command("check", *RULES, ".", "--exclude", "11.md").code == 2
    assert command("check", *RULES, "11.md", "--exclude", "11.md").code == 1

    result = command("check", *RULES, "11.md", "--exclude", "11.md", "--force-exclude")

    # As a hook is called: with a file that the settings exclude, and no other.
    assert (result.code, result.err) == (0, "所列文件都被 exclude 排除，未作检查。\n")


def test_the_report_is_the_same_whatever_the_number_of_jobs(command: Command, wrong: Path) -> None:
    for number in range(12, 18):
        shutil.copy(WRONG, wrong.parent / f"{number}.md")

    one, two = (command("check", *RULES, "--jobs", jobs, "--format", "json") for jobs in "12")

    assert one == two


def test_fix_mends_what_is_safe_and_reports_the_rest(command: Command, wrong: Path) -> None:
    result = command("check", *RULES, "11.md", "--fix", "--format", "concise")

    before = WRONG.read_text("utf-8")
    assert wrong.read_text("utf-8") == before.replace("03月06日", "3月6日").replace("门,效", "门，效")
    assert [line.split(" ")[1] for line in result.out.splitlines()] == ["SEC001"]
    assert (result.code, result.err) == (1, "已修复 2 处（1 个文件）。\n")


def test_unsafe_fixes_are_made_when_asked_for(command: Command, wrong: Path) -> None:
    result = command("check", *RULES, "11.md", "--fix", "--unsafe-fixes", "--quiet")

    assert (result.code, result.out) == (0, "")
    assert "### 二、坚持突出重点" in wrong.read_text("utf-8")


def test_fixing_twice_changes_nothing_more(command: Command, wrong: Path) -> None:
    command("check", *RULES, "11.md", "--fix")
    once = wrong.read_bytes()

    result = command("check", *RULES, "11.md", "--fix")

    assert once == wrong.read_bytes()
    assert result.err == ""


def test_after_mending_nothing_that_can_be_mended_is_left(command: Command, wrong: Path) -> None:
    command("check", "--isolated", "11.md", "--fix", "--unsafe-fixes")

    report = json.loads(command("check", "--isolated", "11.md", "--format", "json").out)

    assert [found["code"] for found in report["violations"] if found["fix"] is not None] == []


def test_a_fix_that_would_make_another_bulletin_of_it_is_refused_and_said_so(
    command: Command, wrong: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As if every fix lost a part: no two texts have the same shape.
    monkeypatch.setattr("bulletin_lint.engine.fix.shape_of", lambda bulletin: bulletin.text)

    result = command("check", *RULES, "11.md", "--fix", "--lang", "en")

    assert wrong.read_bytes() == WRONG.read_bytes()
    assert result.code == 1
    assert re.findall(r"^(11.md:\d+: \w+) not fixed: ", result.err, re.MULTILINE) == [
        "11.md:9: DAT002",
        "11.md:23: PUN002",
    ]


def test_a_report_that_cannot_be_written_is_an_error(command: Command, wrong: Path) -> None:
    (wrong.parent / "r.json").mkdir()

    result = command("check", *RULES, "11.md", "--format", "json=r.json")

    assert result.code == 2
    assert "错误：报告无法写入 r.json" in result.err


def test_a_clean_file_is_not_even_touched(command: Command, folder: Path) -> None:
    path = folder / "11.md"
    shutil.copy(CLEAN, path)
    os.utime(path, (1, 1))

    assert command("check", *RULES, "11.md", "--fix").code == 0
    assert path.stat().st_mtime == 1


def test_diff_shows_and_writes_nothing(command: Command, wrong: Path) -> None:
    before = wrong.read_bytes()

    result = command("check", *RULES, "11.md", "--diff")

    assert wrong.read_bytes() == before
    assert result.code == 1
    assert result.out.startswith("--- 11.md\n+++ 11.md\n@@ ")
    assert "-2020年03月06日\n+2020年3月6日\n" in result.out
    assert result.err == "可修复 2 处（1 个文件）。\n"


def test_diff_of_nothing_to_fix_is_a_pass(command: Command) -> None:
    result = command("check", *RULES, CLEAN, "--diff")

    assert (result.code, result.out, result.err) == (0, "", "没有可修复的问题。\n")
    assert command("check", *RULES, WRONG, "--diff", "--exit-zero").code == 0
    assert command("check", *RULES, WRONG, "missing.md", "--diff").code == 2


def test_standard_input(command: Command) -> None:
    result = command("check", *RULES, "-", "--format", "concise", stdin=WRONG.read_bytes())

    assert result.code == 1
    assert result.out.startswith("<stdin>:9:6: DAT002")

    named = command("check", *RULES, "-", "--stdin-filename", "2020/11.md", "-q", stdin=WRONG.read_bytes())

    assert named.out.startswith("2020/11.md:9:6 DAT002")


def test_standard_input_is_mended_to_standard_output_in_its_encoding(command: Command) -> None:
    text = WRONG.read_text("utf-8").replace("\n", "\r\n")

    result = command("check", *RULES, "-", "--fix", "--format", "concise", stdin=text.encode("gb18030"))

    assert result.raw == text.replace("03月06日", "3月6日").replace("门,效", "门，效").encode("gb18030")
    assert result.code == 1
    assert result.err.startswith("已修复 2 处（1 个文件）。\n<stdin>:21:5: SEC001 ")


def test_clean_standard_input_comes_back_whole(command: Command) -> None:
    result = command("check", *RULES, "-", "--fix", "--quiet", stdin=CLEAN.read_bytes())

    assert (result.code, result.raw) == (0, CLEAN.read_bytes())


def test_a_fix_that_cannot_be_written_is_an_error(
    command: Command, wrong: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    result = command("check", *RULES, "11.md", "--fix")

    assert result.code == 2
    assert "错误：11.md: 修复无法写入（错误 28）" in result.err
    assert wrong.read_bytes() == WRONG.read_bytes()


def test_settings_give_language_level_and_rules(command: Command, wrong: Path) -> None:
    (wrong.parent / "bulletin-lint.yaml").write_text(
        "language: en\nfail-level: warning\nselect: [DAT002]\n", encoding="utf-8"
    )

    result = command("check", "11.md")

    assert result.code == 1
    assert result.out.endswith("Checked 1 document.\n")
    assert "检查了 1 份文件。\n" in command("check", "11.md", "--lang", "zh").out
    assert command("check", "11.md", "--isolated", "--select", "DAT002").code == 0


def test_settings_are_looked_for_from_the_files_on(command: Command, wrong: Path) -> None:
    inner = wrong.parent / "inner"
    inner.mkdir()
    shutil.move(wrong, inner)
    (inner / "bulletin-lint.yaml").write_text("select: [DAT002]\nfail-level: warning\n", encoding="utf-8")

    assert command("check", "inner").code == 1
    assert command("check", "inner/11.md").out.count("DAT002") == 1


def test_a_mistake_in_the_settings_is_shown_where_it_is(command: Command, wrong: Path) -> None:
    (wrong.parent / "bulletin-lint.yaml").write_text("selct: [DAT002]\n", encoding="utf-8")

    result = command("check", "11.md", "--exit-zero")

    assert result.code == 2
    assert result.err.startswith("bulletin-lint.yaml:1:1: ")
    assert "select" in result.err


def test_an_unknown_rule_is_an_error_in_the_language_of_the_settings(command: Command, wrong: Path) -> None:
    (wrong.parent / "bulletin-lint.yaml").write_text("language: en\n", encoding="utf-8")

    result = command("check", "11.md", "--select", "DAT03")

    assert result.code == 2
    assert result.err.startswith("error: there is no rule or prefix 'DAT03'")


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        (
            ["--fail-on", "error"],
            "没有选项 --fail-on；是不是 --fail-level？",
            "there is no option --fail-on; did you mean --fail-level?",
        ),
        (
            ["--fail-level", "eror"],
            "--fail-level 没有“eror”这个值，可用：error, warning, info；是不是 error？",
            "--fail-level 'eror' is not one of: error, warning, info; did you mean error?",
        ),
        (["--fxi"], "没有选项 --fxi；是不是 --fix？", "there is no option --fxi; did you mean --fix?"),
        (["--zzz=1"], "没有选项 --zzz", "there is no option --zzz"),
        (["--lang"], "--lang 缺少值", "--lang needs a value"),
        (
            ["--fix=yes"],
            "--fix 不带值，却给了“yes”",
            "--fix takes no value, was given 'yes'",
        ),
        (
            ["--color", "blue"],
            "--color 没有“blue”这个值，可用：auto, always, never",
            "--color 'blue' is not one of: auto, always, never",
        ),
        (["--jobs", "0"], "--jobs “0”不是大于 0 的整数", "--jobs '0' is not a whole number above 0"),
        (["--format", "xml"], "没有格式“xml”", "there is no format 'xml'"),
        (["--format", "json=no/r.json"], "没有文件夹 no", "there is no folder no"),
        (
            ["--format", "json", "--format", "full"],
            "两种格式都写到标准输出",
            "two formats go to standard output",
        ),
        (["--output-file", "no/r.txt"], "没有文件夹 no", "there is no folder no"),
        (
            ["--output-file", "r.txt", "--format", "json=r.json"],
            "每种格式都已用 FORMAT=FILE 写明文件",
            "every format has a file of its own",
        ),
        (["--show-fixes"], "--show-fixes 要与 --fix", "--show-fixes goes together with --fix"),
        (["--fix-only", "--diff"], "--diff 不能与 --fix-only 同用", "--diff cannot go together"),
        (["--add-waivers", "x", "--fix"], "--add-waivers 不能与 --fix 同用", "cannot go together with --fix"),
        (["--config", "a", "--isolated"], "--config 不能与 --isolated 同用", "--config cannot go together"),
        (["--diff", "--format", "json"], "--diff 不能与 --format 同用", "--diff cannot go together"),
        (["-", "a.md"], "不能与其他路径同用", "cannot go together with other paths"),
        (["--stdin-filename", "a.md"], "要与路径 - 同用", "goes together with the path -"),
        (["--config", "none.yaml"], "没有配置文件 none.yaml", "there is no settings file none.yaml"),
        (["--ignore", "ALL"], "没有选中任何规则", "no rule is selected"),
    ],
)
def test_wrong_options_are_said_in_each_language(
    command: Command, folder: Path, arguments: list[str], zh: str, en: str
) -> None:
    shutil.copy(CLEAN, folder / "1.md")

    chinese = command("check", *arguments)
    english = command("--lang", "en", "check", *arguments)

    assert (chinese.code, english.code) == (2, 2)
    assert zh in chinese.err
    assert en in english.err
    assert not ENGLISH_WORDS.search(chinese.err)
    assert not HAN.search(english.err)
    assert chinese.err.startswith("错误：")
    assert english.err.startswith("error: ")


@pytest.mark.parametrize(
    "message",
    [
        # As argparse of Python 3.11 to 3.14 words them.
        "argument --lang: expected one argument",
        "argument paths: expected at least one argument",
        "argument x: expected at most one argument",
        "argument x: expected 2 arguments",
        "argument --fix: ignored explicit argument 'yes'",
        "argument --a: not allowed with argument --b",
        "argument --color: invalid choice: 'blue' (choose from 'auto', 'always', 'never')",
        "argument --color: invalid choice: 'blue' (choose from auto, always, never)",
        "argument --color: invalid choice: 'alwys', maybe you meant 'always'? (choose from auto, always)",
        "argument --jobs: invalid int value: 'x'",
        "the following arguments are required: FILE, CODE",
        "one of the arguments --a --b is required",
    ],
)
def test_every_message_of_argparse_is_translated(message: str) -> None:
    wording = translated(message)

    assert HAN.search(wording.zh)
    assert not ENGLISH_WORDS.search(wording.zh)
    assert not HAN.search(wording.en)
    assert wording.en != message


@pytest.mark.parametrize("name", [None, *COMMANDS])
def test_help_is_complete_in_each_language(command: Command, name: str | None) -> None:
    arguments = [name] if name else []
    chinese = command("--lang", "zh", *arguments, "--help")
    english = command("--lang", "en", *arguments, "--help")

    assert (chinese.code, english.code) == (0, 0)
    assert (chinese.err, english.err) == ("", "")
    # Commands in the examples are the same in every language.
    assert not ENGLISH_WORDS.search(re.sub(r"(?m)^  bulletin-lint .*$", "", chinese.out))
    assert not HAN.search(english.out.replace("简报", ""))
    assert "用法：bulletin-lint" in chinese.out
    assert "Usage: bulletin-lint" in english.out


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_option_of_check_is_described_under_its_heading(command: Command, language: Language) -> None:
    described = command("--lang", language, "check", "--help").out.split("\n\n")

    for group in check_options.GROUPS:
        (section,) = (each for each in described if each.startswith(group.heading.in_language(language)))
        for option in group.options:
            for name in option.names.split():
                assert re.search(rf"(?m)^ +(-\w, )?{name}\b", section)
            # Help is broken into lines, in English at spaces.
            words = re.sub(r"\s", "", option.help.in_language(language))
            assert words in re.sub(r"\s", "", section)


def test_every_option_of_check_stands_in_its_table_once() -> None:
    groups = [group.options for group in check_options.GROUPS]
    rows = [option for options in (*groups, check_options.OTHERS) for option in options]
    names = [name for option in rows for name in option.names.split()]

    assert len(names) == len(set(names))
    # What the contract of the command names.
    assert set(names) >= {
        *(
            "--config",
            "--isolated",
            "--select",
            "--ignore",
            "--extend-select",
            "--exclude",
            "--force-exclude",
        ),
        *("--fix", "--unsafe-fixes", "--diff", "--format", "--fail-level", "--exit-zero", "--statistics"),
        *("--baseline", "--write-baseline", "--ignore-waivers", "--jobs", "--no-cache", "--color", "--quiet"),
        *("--verbose", "--stdin-filename", "--show-files"),
    }


def test_without_a_command_the_help_is_an_error(command: Command) -> None:
    result = command()

    assert (result.code, result.out) == (2, "")
    assert "用法：bulletin-lint" in result.err


def test_version(command: Command) -> None:
    assert command("--version").out == f"bulletin-lint {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["chekc"], "没有命令“chekc”；是不是 check？"),
        (["zzzzzz"], "没有命令“zzzzzz”；可用的命令：check、"),
        (["sheet"], "没有命令“sheet”；是不是 signoff？"),
        ([str(CLEAN)], "要检查它，请用：bulletin-lint check "),
        (["--fix", "check"], "没有选项 --fix（命令的选项写在命令之后"),
        (["--lang", "fr", "check"], "--lang 只能是 zh 或 en，不能是“fr”"),
    ],
)
def test_a_wrong_command_is_put_right(command: Command, arguments: list[str], message: str) -> None:
    result = command(*arguments)

    assert result.code == 2
    assert message in result.err


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "zh"),
        ([], {"LANG": "C.UTF-8"}, "zh"),
        ([], {"LANG": "POSIX"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "en_GB.UTF-8"}, "en"),
        ([], {"LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US"}, "en"),
        ([], {"LC_ALL": "", "LANG": "en"}, "en"),
        (["check", "--lang", "zh"], {"LANG": "en_GB"}, "zh"),
        (["check", "--lang=en"], {}, "en"),
        (["check", "--", "--lang=en"], {}, "zh"),
        (["check", "--lang"], {}, "zh"),
    ],
)
def test_the_language_is_the_one_asked_for_then_the_locales_then_chinese(
    arguments: list[str], environment: dict[str, str], language: str
) -> None:
    assert chosen_language(arguments, environment) == language


def test_colour_is_for_terminals_unless_told_otherwise(
    command: Command, wrong: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "\x1b[" not in command("check", *RULES, "11.md").out
    assert "\x1b[" in command("check", *RULES, "11.md", "--color", "always").out

    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b[" in command("check", *RULES, "11.md", is_terminal=True).out
    assert "\x1b[" not in command("check", *RULES, "11.md", "--color", "never", is_terminal=True).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in command("check", *RULES, "11.md", is_terminal=True).out
    assert "\x1b[" in command("check", *RULES, "11.md", "--color", "always").out


def test_an_internal_error_is_a_message_and_with_verbose_a_traceback(
    command: Command, wrong: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("odd")

    monkeypatch.setattr("bulletin_lint.cli.commands.check.find", broken)

    result = command("check", "11.md", "--exit-zero")

    assert result.code == 2
    assert "正在执行：bulletin-lint check 11.md --exit-zero\n" in result.err
    assert "ValueError: odd" in result.err
    assert "Traceback" not in result.err
    assert "Traceback" in command("check", "11.md", "--verbose").err


def test_an_interrupt_ends_quietly_with_130(
    command: Command, wrong: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bulletin_lint.cli.commands.check.find", interrupted)

    result = command("check", "11.md")

    assert (result.code, result.out, result.err) == (130, "", "")


def test_a_reader_that_goes_away_is_no_error() -> None:
    process = program("check", str(WRONG), "--isolated")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()

    assert process.wait(60) == 128 + signal.SIGPIPE
    assert process.stderr.read() == b""
    process.stderr.close()


def test_an_ascii_terminal_gets_utf_8() -> None:
    process = program(
        "check",
        str(WRONG),
        *RULES,
        LC_ALL="C",
        PYTHONIOENCODING="ascii",
        PYTHONUTF8="0",
        PYTHONCOERCECLOCALE="0",
    )
    out, err = process.communicate(timeout=60)

    assert process.returncode == 1
    assert "三、坚持突出重点" in out.decode("utf-8")
    assert err == b""


@pytest.mark.skipif(sys.platform != "linux", reason="only there a file name is any bytes")
def test_a_file_name_that_is_no_text_is_shown_escaped(folder: Path) -> None:
    name = b"\xb5\xda11\xc6\xda.md"
    Path(os.fsdecode(os.path.join(os.fsencode(folder), name))).write_bytes(WRONG.read_bytes())

    process = program("check", *RULES, "--format", "concise", str(folder))
    out, err = process.communicate(timeout=60)

    assert process.returncode == 1, err
    assert b"SEC001" in out
    assert b"\\udcb5\\udcda11" in out


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("total", "is_slow", "passed", "shown"),
    [(20, False, 0.0, True), (19, False, 60.0, False), (2, True, 0.5, False), (3, True, 1.5, True)],
)
def test_progress_is_shown_for_many_files_or_slow_ones(
    monkeypatch: pytest.MonkeyPatch,
    total: int,
    is_slow: bool,  # noqa: FBT001
    passed: float,
    shown: bool,  # noqa: FBT001
) -> None:
    terminal = Terminal()
    now = [100.0]
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    bar = progress.progress_for(total, is_slow=is_slow)
    assert bar is not None

    now[0] += passed
    bar()
    bar()
    bar.close()

    assert bool(terminal.getvalue()) == shown


def test_progress_is_not_shown_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())

    assert progress.progress_for(1000, is_slow=True) is None


def test_files_may_stand_on_both_sides_of_an_option(command: Command) -> None:
    clean, wrong = FIXTURES / "commands" / "clean.md", FIXTURES / "commands" / "wrong.md"
    words = (clean, "--isolated", "--select", "DAT002", "--format", "json", wrong)
    report = json.loads(command("check", *words).out)

    assert [each["path"] for each in report["documents"]] == [str(clean), str(wrong)]
