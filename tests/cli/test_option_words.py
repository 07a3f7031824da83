"""Options one by one: what they take, what they do not go together with, and how a parser speaks of them."""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path
from typing import Any

import pytest

from bulletin_lint.cli.check_options import ARGUMENTS, GROUPS, OTHERS, settings_start, words
from bulletin_lint.cli.main import COMMANDS, chosen_language
from bulletin_lint.cli.option_conflicts import check_combination
from bulletin_lint.cli.options import (
    COMMON,
    SETTINGS,
    Option,
    OptionGroup,
    declare_groups,
    seconds,
    time_limit,
    whole_number,
)
from bulletin_lint.cli.parser import (
    OptionParser,
    print_error,
    print_note,
    translated,
    unknown_option,
    with_hint,
)
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.wording import Wording
from harness import Command


@pytest.mark.parametrize(("text", "number"), [("1", 1), ("9", 9), ("10", 10), ("007", 7), ("１２", 12)])
def test_whole_numbers(text: str, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "", "x", "00", "+1", " 1"])
def test_what_is_no_whole_number_above_zero(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        whole_number(text)
    assert caught.value.describe("en") == f"'{text}' is not a whole number above 0"
    assert caught.value.describe("zh") == f"“{text}”不是大于 0 的整数"


@pytest.mark.parametrize(
    ("text", "time"),
    [("1", 1.0), ("0.001", 0.001), ("0.5", 0.5), ("999999", 999999.0), ("10.250", 10.25), ("01", 1.0)],
)
def test_seconds(text: str, time: float) -> None:
    assert seconds(text) == time


@pytest.mark.parametrize(
    "text", ["0", "0.0", "0.000", "-1", "1.", ".5", "1000000", "1.0001", "1e3", "inf", "nan", "", "１", "1 "]
)
def test_what_is_no_number_of_seconds(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        seconds(text)
    assert caught.value.describe("en") == f"'{text}' is not a number of seconds above 0"


def test_a_time_limit_has_the_default_that_it_tells() -> None:
    option = time_limit(4.0)
    assert (option.names, option.kind, option.metavar, option.default) == (
        "--time-limit",
        "value",
        "SECONDS",
        4.0,
    )
    assert "by default 4" in option.help.en
    assert "默认 4" in option.help.zh
    assert option.read is seconds


PLAIN: dict[str, Any] = {
    "paths": [], "config": None, "isolated": False, "quiet": False, "verbose": False, "diff": False,
    "write_baseline": False, "prune_baseline": False, "baseline": None, "format": None, "statistics": False,
    "output_file": None, "fix": False, "fix_only": False, "show_fixes": False, "add_waivers": None,
    "ignore_waivers": False, "annotate": None, "annotate_dir": None, "in_place": False, "watch": False,
    "show_files": False, "stdin_filename": None,
}  # fmt: skip
SET: dict[str, tuple[str, Any]] = {
    "--config": ("config", "a.yaml"),
    "--isolated": ("isolated", True),
    "--quiet": ("quiet", True),
    "--verbose": ("verbose", True),
    "--diff": ("diff", True),
    "--write-baseline": ("write_baseline", True),
    "--prune-baseline": ("prune_baseline", True),
    "--baseline": ("baseline", "b.jsonl"),
    "--format": ("format", ["json"]),
    "--statistics": ("statistics", True),
    "--output-file": ("output_file", "r.txt"),
    "--fix": ("fix", True),
    "--fix-only": ("fix_only", True),
    "--show-fixes": ("show_fixes", True),
    "--add-waivers": ("add_waivers", "照录"),
    "--ignore-waivers": ("ignore_waivers", True),
    "--annotate": ("annotate", "o.docx"),
    "--annotate-dir": ("annotate_dir", "o"),
    "--in-place": ("in_place", True),
    "--watch": ("watch", True),
    "--show-files": ("show_files", True),
    "-": ("paths", ["-"]),
}


def given(*names: str, **more: Any) -> argparse.Namespace:
    values = {**PLAIN, **dict(SET[name] for name in names), **more}
    return argparse.Namespace(**values)


APART = [
    ("--config", "--isolated"),
    ("--quiet", "--verbose"),
    ("--diff", "--write-baseline"),
    ("--write-baseline", "--prune-baseline"),
    *(("--diff", name) for name in ("--format", "--statistics", "--output-file", "--fix-only", "--annotate")),
    *(("--fix-only", name) for name in ("--format", "--output-file", "--statistics")),
    *(
        ("--add-waivers", name)
        for name in (
            "--format",
            "--output-file",
            "--statistics",
            "--isolated",
            "--ignore-waivers",
            "--diff",
            "--fix",
            "--fix-only",
            "--write-baseline",
            "-",
        )
    ),
    ("--annotate", "--annotate-dir"),
    ("--in-place", "-"),
    ("--in-place", "--annotate-dir"),
    *(
        ("--watch", name)
        for name in (
            "-",
            "--show-files",
            "--diff",
            "--annotate",
            "--annotate-dir",
            "--in-place",
            "--add-waivers",
            "--write-baseline",
        )
    ),
]


@pytest.mark.parametrize(("first", "second"), APART)
def test_two_options_that_do_not_go_together(first: str, second: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_combination(given(first, second))
    assert caught.value.describe("en") == f"{first} cannot go together with {second}"
    assert caught.value.describe("zh") == f"{first} 不能与 {second} 同用"


@pytest.mark.parametrize("other", ["--annotate-dir", "--in-place"])
def test_what_is_shown_as_a_patch_is_not_annotated(other: str) -> None:
    with pytest.raises(UsageError, match="--diff cannot go together with --annotate"):
        check_combination(given("--diff", other))


ALONE = {
    "--show-fixes": "--show-fixes goes together with --fix, --fix-only or --diff",
    "--prune-baseline": "--prune-baseline goes together with --baseline FILE",
}


@pytest.mark.parametrize("name", SET)
def test_each_option_by_itself_is_right_but_for_two(name: str) -> None:
    if name not in ALONE:
        check_combination(given(name))
        return
    with pytest.raises(UsageError) as caught:
        check_combination(given(name))
    assert caught.value.describe("en") == ALONE[name]


@pytest.mark.parametrize(
    "names",
    [
        ("--show-fixes", "--fix"),
        ("--show-fixes", "--fix-only"),
        ("--show-fixes", "--diff"),
        ("--prune-baseline", "--baseline"),
        ("--write-baseline", "--baseline"),
        ("--fix", "--diff"),
        ("--annotate", "--in-place"),
        ("--quiet", "--isolated"),
        ("--watch", "--fix"),
        ("--format", "--output-file"),
    ],
)
def test_options_that_go_together(names: tuple[str, ...]) -> None:
    check_combination(given(*names))


def test_to_prune_a_watched_baseline_is_refused() -> None:
    with pytest.raises(UsageError, match="--watch cannot go together with --prune-baseline"):
        check_combination(given("--watch", "--prune-baseline", "--baseline"))


def test_an_empty_reason_is_a_reason_that_was_given() -> None:
    with pytest.raises(UsageError, match="--add-waivers cannot go together with --fix"):
        check_combination(given("--fix", add_waivers=""))
    with pytest.raises(UsageError, match="--watch cannot go together with --add-waivers"):
        check_combination(given("--watch", add_waivers=""))


def test_standard_input_stands_alone_and_has_a_name_only_then() -> None:
    for paths in (["-", "1.md"], ["1.md", "-"], ["-", "-"]):
        with pytest.raises(UsageError, match="cannot go together with other paths"):
            check_combination(given(paths=paths))
    with pytest.raises(UsageError, match="--stdin-filename goes together with the path -"):
        check_combination(given(stdin_filename="1.md", paths=["2.md"]))
    check_combination(given(stdin_filename="1.md", paths=["-"]))
    check_combination(given(paths=["1.md", "2.md"]))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (None, None),
        ([], []),
        (["A"], ["A"]),
        (["A,B"], ["A", "B"]),
        (["A, B", "C"], ["A", "B", "C"]),
        ([" A ,,", ","], ["A"]),
        ([""], []),
    ],
)
def test_words_are_separated_by_commas_or_given_again(
    typed: list[str] | None, meant: list[str] | None
) -> None:
    assert words(typed) == meant


def test_settings_are_looked_for_where_the_files_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a").mkdir()
    assert settings_start(["-"], None) == "."
    assert settings_start(["-"], "a/1.md") == f"{tmp_path}/a"
    assert settings_start(["-"], "1.md") == str(tmp_path)
    assert settings_start(["a/1.md"], None) == f"{tmp_path}/a"
    assert settings_start(["a"], "b/1.md") == f"{tmp_path}/a"
    assert settings_start(["."], None) == str(tmp_path)


OPTIONS = {option.names.split()[-1]: option for group in GROUPS for option in group.options}


def test_what_kind_each_option_of_check_is_of() -> None:
    of_kind: dict[str, list[str]] = {}
    for name, option in OPTIONS.items():
        of_kind.setdefault(option.kind, []).append(name)
    assert of_kind == {
        "value": [
            "--config", "--stdin-filename", "--password", "--annotate", "--annotate-dir", "--annotate-level",
            "--output-file", "--fail-level", "--color", "--baseline", "--add-waivers", "--jobs",
        ],
        "values": ["--select", "--ignore", "--extend-select", "--exclude", "--extend-exclude", "--format"],
        "flag": [
            "--isolated", "--series", "--force-exclude", "--show-files", "--no-convert", "--fix", "--unsafe-fixes",
            "--diff", "--fix-only", "--show-fixes", "--in-place", "--annotate-signed", "--exit-zero", "--statistics",
            "--quiet", "--verbose", "--write-baseline", "--prune-baseline", "--ignore-waivers", "--watch",
            "--no-cache",
        ],
    }  # fmt: skip
    assert {name: option.default for name, option in OPTIONS.items() if option.default is not None} == {
        "--annotate-level": "warning",
        "--color": "auto",
    }
    assert {name: option.choices for name, option in OPTIONS.items() if option.choices} == {
        "--annotate-level": ("error", "warning", "info"),
        "--fail-level": ("error", "warning", "info"),
        "--color": ("auto", "always", "never"),
    }
    assert [option.names for option in OPTIONS.values() if " " in option.names] == [
        "-q --quiet",
        "-v --verbose",
    ]
    assert [option.names for option in (*OTHERS, *ARGUMENTS, *SETTINGS, *COMMON)] == [
        "--time-limit", "paths", "--config", "--isolated", "--lang", "-v --verbose",
    ]  # fmt: skip
    assert all(option.metavar for option in OPTIONS.values() if option.kind != "flag")


SAID = Wording("说明", "what it does")
TABLE = (
    Option("--one", "value", SAID, metavar="ONE", default="d"),
    Option("-t --two", "values", SAID, metavar="TWO"),
    Option("--three", "flag", SAID),
    Option("--four", "value", SAID, metavar="N", read=whole_number),
    Option("--five", "value", SAID, metavar="X", choices=("a", "b")),
    Option("file", "argument", SAID, metavar="FILE"),
    Option("second", "optional argument", SAID, metavar="SECOND"),
    Option("rest", "arguments", SAID, metavar="REST"),
)


def parser(language: Any = "en", table: tuple[Option, ...] = TABLE) -> OptionParser:
    made = OptionParser("p", language=language, description=Wording("做什么", "does a thing"))
    declare_groups(made, [OptionGroup(Wording("组：", "Group:"), table)], language)
    return made


def test_each_kind_of_option_is_read_as_it_is_meant() -> None:
    read = vars(
        parser().parse(["--one", "1", "-t", "2", "--two=3", "--three", "--four", "4", "f", "s", "r", "q"])
    )
    assert read == {
        "one": "1", "two": ["2", "3"], "three": True, "four": 4, "five": None, "file": "f", "second": "s",
        "rest": ["r", "q"],
    }  # fmt: skip
    assert vars(parser().parse(["f"])) == {
        "one": "d", "two": None, "three": False, "four": None, "five": None, "file": "f", "second": None,
        "rest": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "zh", "en"),
    [
        (["--one"], "--one 缺少值", "--one needs a value"),
        (["f", "--three=1"], "--three 不带值，却给了“1”", "--three takes no value, was given '1'"),
        (["f", "--five", "c"], "--five 没有“c”这个值，可用：a, b", "--five 'c' is not one of: a, b"),
        (["f", "--four", "x"], "--four “x”不是大于 0 的整数", "--four 'x' is not a whole number above 0"),
        ([], "缺少参数：FILE", "missing: FILE"),
        (
            ["f", "--ones", "1"],
            "没有选项 --ones；是不是 --one？",
            "there is no option --ones; did you mean --one?",
        ),
        (
            ["f", "--qqqq"],
            "没有选项 --qqqq；这是文件名吗？请在前面加 --",
            "there is no option --qqqq; is it the name of a file? write -- before it",
        ),
    ],
)
def test_what_is_wrong_with_a_command_line_is_said_in_both_languages(
    typed: list[str], zh: str, en: str
) -> None:
    for language, said in (("zh", zh), ("en", en)):
        with pytest.raises(UsageError) as caught:
            parser(language, TABLE[:-1]).parse(typed)
        assert caught.value.wording.in_language(language) == said  # type: ignore[arg-type]


def test_an_argument_too_many_is_told() -> None:
    with pytest.raises(UsageError) as caught:
        parser(table=TABLE[:1]).parse(["f"])
    assert caught.value.wording == Wording("多余的参数：f", "unexpected argument: f")
    with pytest.raises(UsageError) as caught:
        parser(table=TABLE[:1]).parse(["--", "-f"])
    assert caught.value.wording == Wording("多余的参数：-f", "unexpected argument: -f")


def test_names_after_two_strokes_are_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "--three").touch()
    read = parser().parse(["--one", "1", "--", "-x", "--three", "-"])
    assert (read.one, read.file, read.second, read.rest, read.three) == ("1", "-x", "--three", ["-"], False)
    (tmp_path / "--three").unlink()
    with pytest.raises(UsageError, match="there is no file '--three'; all that follows -- are names"):
        parser().parse(["--", "--three"])
    with pytest.raises(UsageError, match="there is no file '--one=2'"):
        parser().parse(["f", "--", "--one=2"])
    with pytest.raises(UsageError, match=r"^-t/--two needs a value"):
        parser().parse(["f", "-t", "--", "2"])
    assert parser().parse(["--three", "--", "f"]).three is True


def test_a_file_that_is_named_like_an_option_gets_a_hint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    wrong = Wording("错", "wrong")
    assert with_hint(wrong, ["-x", "-", "y", ""]) == wrong
    (tmp_path / "-x").touch()
    (tmp_path / "y").touch()
    assert with_hint(wrong, ["y", "-x"]) == Wording(
        "错；“-x”是文件名吗？请在前面加 --", "wrong; is '-x' the name of a file? write -- before it"
    )
    assert with_hint(wrong, ["y"]) == wrong


def test_what_is_offered_for_an_unknown_option() -> None:
    known = ["--select", "--ignore", "-s"]
    assert unknown_option("--selekt", known).en == "there is no option --selekt; did you mean --select?"
    assert unknown_option("--selekt", known).zh == "没有选项 --selekt；是不是 --select？"
    assert unknown_option("-s1", known).en == "there is no option -s1"


@pytest.mark.parametrize(
    ("message", "zh", "en"),
    [
        ("argument --a: expected one argument", "--a 缺少值", "--a needs a value"),
        (
            "argument --a: expected at least one argument",
            "--a 至少要有一个值",
            "--a needs at least one value",
        ),
        ("argument --a: expected at most one argument", "--a 最多有一个值", "--a takes at most one value"),
        ("argument --a: expected 2 arguments", "--a 需要 2 个值", "--a needs 2 values"),
        (
            "argument --a: not allowed with argument --b",
            "--a 不能与 --b 同用",
            "--a cannot go together with --b",
        ),
        ("argument a: invalid int value: 'x'", "a “x”不是有效的值", "a 'x' is not a valid value"),
        ("the following arguments are required: a, b", "缺少参数：a, b", "missing: a, b"),
        ("one of the arguments a b is required", "须有其一：a b", "one of these is needed: a b"),
        ("something else", "something else", "something else"),
        ("argument --a: our own", "--a our own", "--a our own"),
        ("argument --a: two\nlines", "--a two\nlines", "--a two\nlines"),
    ],
)
def test_what_argparse_says(message: str, zh: str, en: str) -> None:
    assert translated(message) == Wording(zh, en)


def test_help_says_what_there_is() -> None:
    made = parser(table=TABLE[:-1])
    made.epilog = "Behind."
    assert made.format_usage() == "Usage: p [OPTIONS] FILE [SECOND]\n"
    assert made.format_help().splitlines() == [
        "does a thing",
        "",
        "Usage: p [OPTIONS] FILE [SECOND]",
        "",
        "Group:",
        "      --one ONE               what it does",
        "  -t, --two TWO               what it does",
        "      --three                 what it does",
        "      --four N                what it does",
        "      --five X                what it does",
        "  FILE                        what it does",
        "  SECOND                      what it does",
        "",
        "Options:",
        "  -h, --help                  show this help",
        "",
        "Behind.",
    ]
    zh = parser("zh", TABLE[:-1]).format_help()
    assert zh.startswith("做什么\n\n用法：p [选项] FILE [SECOND]\n\n组：\n")
    assert "\n选项：\n  -h, --help                  显示本说明\n" in zh


def test_a_long_name_has_its_help_below() -> None:
    just = Option("--" + "a" * 17, "value", SAID, metavar="B")
    long = Option("--" + "a" * 19, "value", SAID, metavar="BB")
    lines = parser(table=(just, long)).format_help().splitlines()
    assert f"      --{'a' * 17} B   what it does" in lines
    at = lines.index(f"      --{'a' * 19} BB")
    assert lines[at + 1] == " " * 30 + "what it does"


def test_options_of_every_command_are_added_once() -> None:
    made = parser(table=(Option("-v --verbose", "flag", Wording("多说", "more")),))
    made.add_common("en")
    read = made.parse(["-v", "--lang", "en"])
    assert (read.verbose, read.lang) == (True, "en")
    assert made.format_help().count("--verbose") == 1
    with pytest.raises(UsageError):
        made.parse(["--lang", "fr"])


def test_an_action_of_a_command_has_a_parser_of_its_own() -> None:
    made = OptionParser("p", language="en", description=Wording("", ""))
    actions = made.add_subparsers(dest="action")
    inner = actions.add_parser("show", help="shows it", description="shows it all")
    inner.add_argument("--deep", action="store_true")
    read = made.parse(["show", "--deep", "--lang", "zh"])
    assert (read.action, read.deep, read.lang) == ("show", True, "zh")
    assert "  show                        shows it" in made.format_help()
    with pytest.raises(UsageError, match="did you mean --deep"):
        made.parse(["show", "--deeper"])
    assert inner.format_help().startswith("shows it all\n\nUsage: p show [OPTIONS]\n")


def test_notes_and_errors_are_single_lines_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    print_error("a\nb", "en")
    print_error("甲", "zh")
    print_note(Wording("乙", "B"), "en")
    out, err = capsys.readouterr()
    assert out == ""
    lines = err.splitlines()
    assert (len(lines), lines[0][:8], lines[1:]) == (3, "error: a", ["错误：甲", "B"])


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "zh"),
        (["--lang", "en"], {}, "en"),
        (["--lang=en"], {"LANG": "zh_CN"}, "en"),
        (["check", "--lang", "zh"], {"LANG": "en_US"}, "zh"),
        (["--lang"], {"LANG": "en_US"}, "en"),
        (["--lang", "fr"], {"LANG": "en_US"}, "en"),
        (["--lang=fr"], {}, "zh"),
        (["--lang", "fr", "--lang", "en"], {}, "en"),
        (["--", "--lang", "en"], {}, "zh"),
        (["--language=en"], {}, "zh"),
        ([], {"LC_ALL": "en_GB.UTF-8", "LANG": "zh_CN"}, "en"),
        ([], {"LC_ALL": "", "LC_MESSAGES": "EN", "LANG": "zh"}, "en"),
        ([], {"LC_MESSAGES": "zh_CN", "LANG": "en_US"}, "zh"),
        ([], {"LC_ALL": "zh_CN", "LC_MESSAGES": "en_US"}, "zh"),
        ([], {"LANG": "fr_FR"}, "zh"),
        ([], {"LANG": "C"}, "zh"),
    ],
)
def test_the_language_is_found(arguments: list[str], environment: dict[str, str], language: str) -> None:
    assert chosen_language(arguments, environment) == language


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("sheet", "signoff"), ("sign", "signoff"), ("diff", "compare"), ("lint", "check"), ("fix", "check"),
        ("web", "serve"), ("lsp", "server"), ("chek", "check"), ("explian", "explain"),
    ],
)  # fmt: skip
def test_a_command_that_is_called_otherwise_is_offered(command: Command, name: str, meant: str) -> None:
    outcome = command(name, "--lang", "en")
    assert (outcome.code, outcome.out) == (2, "")
    assert f"there is no command '{name}'; did you mean {meant}?" in outcome.err
    assert f"没有命令“{name}”；是不是 {meant}？" in command(name).err


def test_where_no_command_is_near_all_are_told_and_a_file_is_checked_otherwise(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert f"there are: {', '.join(COMMANDS)}" in command("qqqq", "--lang", "en").err
    (tmp_path / "qqqq").touch()
    assert "to check it: bulletin-lint check qqqq" in command("qqqq", "--lang", "en").err
    assert "请用：bulletin-lint check qqqq" in command("qqqq").err


def test_help_and_version_are_asked_for_in_two_ways(command: Command) -> None:
    for word in ("-h", "--help"):
        outcome = command("--lang", "en", word)
        assert (outcome.code, outcome.err) == (0, "")
        assert outcome.out.startswith("bulletin-lint ")
        assert all(f"\n  {name:<10} {each.summary.en}\n" in outcome.out for name, each in COMMANDS.items())
    assert command("-V").out == command("--version").out
    assert all(each.summary.zh in command("-h").out for each in COMMANDS.values())
    # Without a command the same is an error, and said as one.
    nothing = command("--lang=en")
    assert (nothing.code, nothing.out) == (2, "")
    assert nothing.err == command("--lang", "en", "-h").out


def test_an_option_before_the_command_is_put_right(command: Command) -> None:
    outcome = command("--fix", "check", "--lang", "en")
    assert outcome.code == 2
    assert "there is no option --fix (options of a command come after it" in outcome.err
    assert "did you mean --version?" in command("--versoin", "--lang", "en").err
    for typed in (("--lang", "fr"), ("--lang=fr",), ("--lang",)):
        outcome = command(*typed)
        assert (outcome.code, outcome.out) == (2, "")
        assert f"--lang 只能是 zh 或 en，不能是“{'fr' if 'fr' in typed[-1] else ''}”" in outcome.err


def test_every_command_has_a_help(command: Command) -> None:
    for name, each in COMMANDS.items():
        outcome = command(name, "--help", "--lang", "en")
        assert (outcome.code, outcome.err) == (0, ""), name
        assert f"Usage: bulletin-lint {name} [OPTIONS]" in outcome.out
        assert outcome.out.startswith(each.summary.en)
        assert "--lang" in outcome.out
        assert "--verbose" in outcome.out


def test_help_is_written_to_the_stream_that_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    there, usual = io.StringIO(), io.StringIO()
    monkeypatch.setattr(sys, "stdout", usual)
    parser().print_help(there)
    assert (there.getvalue(), usual.getvalue()) == (parser().format_help(), "")
    parser().print_help()
    assert usual.getvalue() == there.getvalue()
