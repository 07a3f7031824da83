"""The program as people start it: a process of its own, its two streams, its exit code."""

from __future__ import annotations

import codecs
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from harness import FIXTURES
from started import TIME_LIMIT, Finished, new_environment, started, started_anew

PDF = FIXTURES / "pdf"
FAULTY = FIXTURES / "bulletins" / "faulty"
CLEAN = FIXTURES / "bulletins" / "clean"

BULLETIN = """\
# 松江里街道信息快报

第21期

松江里街道办事处　　2020年7月16日

## 街道建起便民服务圈

松江里街道引进便民网点31家，居民出门一刻钟{comma}就能办妥买菜、理发、配钥匙等小事。

（松江里街道办事处）

责编：苏文 核稿：白露 电话：24681357

报：区政府办公室。
"""
CLEAN_TEXT = BULLETIN.format(comma="，")
WARNED_TEXT = BULLETIN.format(comma=",")
WARNED = "{path}:9:23: PUN002 汉字旁用了半角“,”，应为“，”"


def run(
    *arguments: object,
    folder: Path,
    stdin: bytes = b"",
    environment: Mapping[str, str] | None = None,
) -> Finished:
    """Runs the program in a folder; as a new interpreter where the environment is to say what that does."""
    way = started if environment is None else started_anew
    finished = way(*arguments, folder=folder, stdin=stdin, environment=environment)
    assert "Traceback" not in finished.out + finished.err
    return finished


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


_HAN = re.compile("[\u3400-\u9fff]")
_ENGLISH_SENTENCE = re.compile(r"\b[A-Za-z]{2,}(?: [A-Za-z]+){2,}\b")


def without_quotations(message: str) -> str:
    return re.sub(r"'[^'\n]*'|\"[^\"\n]*\"", "", message)


def assert_is_english(message: str) -> None:
    assert not _HAN.search(without_quotations(message)), message


def assert_is_chinese(message: str) -> None:
    assert _HAN.search(message), message
    assert not _ENGLISH_SENTENCE.search(message), message


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "--format", "json", "22.pdf", "21.md"],
        ["check", "--lang", "en", "nowhere.md", "letter.pdf"],
        *(
            pytest.param(words, marks=pytest.mark.slow)
            for words in (
                ["check", "21.md"],
                ["check", "--isolated", "--format", "full", "--color", "always", "-"],
                ["check", "--fix", "--diff", "21.md"],
                ["extract", "21.md"],
                ["explain", "SEC001"],
                ["check", "--help"],
                ["chekc"],
                [],
            )
        ),
    ],
    ids=" ".join,
)
def test_a_copy_of_this_process_says_what_a_new_one_says(arguments: Sequence[str], tmp_path: Path) -> None:
    write(tmp_path, "21.md", WARNED_TEXT)
    write(tmp_path, "letter.pdf", "各位同事：".encode())
    write(tmp_path, "bulletin-lint.yaml", "rules:\n  PUN002: {severity: error}\n")
    shutil.copy(PDF / "damaged-typst.pdf", tmp_path / "22.pdf")
    copied, anew = (
        way(*arguments, folder=tmp_path, stdin=WARNED_TEXT.encode()) for way in (started, started_anew)
    )
    assert anew == copied


# --- Input that cannot be checked ---------------------------------------------------------------------


def _missing(_folder: Path) -> str:
    return "nowhere.md"


def _file(name: str, content: bytes) -> Callable[[Path], str]:
    def make(folder: Path) -> str:
        write(folder, name, content)
        return name

    return make


def _copied(name: str) -> Callable[[Path], str]:
    def make(folder: Path) -> str:
        shutil.copy(PDF / name, folder / name)
        return name

    return make


def _void_folder(folder: Path) -> str:
    (folder / "void").mkdir()
    return "void"


def _link(name: str, target: str) -> Callable[[Path], str]:
    def make(folder: Path) -> str:
        try:
            (folder / name).symlink_to(target)
        except OSError:
            pytest.skip("no symbolic links here")
        return name

    return make


def _locked(folder: Path) -> str:
    path = write(folder, "locked.md", CLEAN_TEXT)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    return "locked.md"


def _one_line_of_a_gib(folder: Path) -> str:
    with open(folder / "gib.txt", "wb") as stream:
        # Holes in the file: nothing is written to the disk.
        stream.truncate(2**30)
    return "gib.txt"


BAD_INPUTS: dict[str, tuple[Callable[[Path], str], str, str]] = {
    "missing": (_missing, "没有这个文件", "no such file"),
    "empty": (_file("empty.md", b""), "空", "empty"),
    "white space only": (_file("blank.txt", b" \n\n\t\xe3\x80\x80\r\n"), "空", "empty"),
    "not a PDF": (_file("letter.pdf", "各位同事：".encode()), "PDF", "PDF"),
    "empty PDF": (_file("empty.pdf", b""), "空", "empty"),
    "truncated PDF": (_copied("truncated.pdf"), "不完整", "incomplete"),
    "encrypted PDF": (_copied("user-password.pdf"), "--password", "--password"),
    "picture PDF": (_copied("scanned.pdf"), "图", "image"),
    "no encoding": (_file("bytes.md", "第3期\n".encode() + b"\xff\x80\xff\n" * 9), "编码", "UTF-8"),
    "zero bytes": (_file("zeros.md", b"\0" * 999), "空字节", "NUL"),
    "folder with nothing": (_void_folder, "没有可检查的文件", "nothing to check"),
    "link to nothing": (_link("dangling.md", "gone.md"), "不存在", "no file"),
    "link to itself": (_link("loop.md", "loop.md"), "循环", "circle"),
    "locked": (_locked, "权限", "permission"),
    "Word": (_file("draft.docx", b"PK\3\4"), "Word", "Word"),
    "larger than any bulletin": (_one_line_of_a_gib, "MiB", "MiB"),
}


@pytest.mark.parametrize("name", BAD_INPUTS)
def test_bad_input_gets_a_message_and_the_other_files_are_checked(name: str, tmp_path: Path) -> None:
    make, words, _ = BAD_INPUTS[name]
    path = make(tmp_path)
    write(tmp_path, "good.md", WARNED_TEXT)
    formats = ("--format", "concise", "--format", "json=report.json")
    finished = started(
        "check", "--lang", "zh", *formats, path, "good.md", folder=tmp_path, processor_limit=10
    )
    assert 2 == finished.code
    assert [WARNED.format(path="good.md")] == finished.out.splitlines()
    # One problem, one message.
    (message,) = finished.err.splitlines()
    assert path in message
    assert words in message
    assert_is_chinese(message)
    report = json.loads((tmp_path / "report.json").read_bytes())
    assert {path: True, "good.md": False} == {
        document["path"]: document["error"] is not None for document in report["documents"]
    }
    assert 1 == report["summary"]["failed_documents"]


def test_many_bad_inputs_each_get_their_message_in_english(tmp_path: Path) -> None:
    expected = {}
    for make, _, words in BAD_INPUTS.values():
        try:
            expected[make(tmp_path)] = words
        except pytest.skip.Exception:
            continue
    write(tmp_path, "good.md", WARNED_TEXT)
    finished = run("check", "--lang", "en", "--format", "concise", *expected, "good.md", folder=tmp_path)
    assert 2 == finished.code
    (line,) = finished.out.splitlines()
    assert line.startswith("good.md:9:23: PUN002 half-width")
    messages = finished.err.splitlines()
    assert len(expected) == len(messages)
    for path, words in expected.items():
        (message,) = (message for message in messages if f" {path}: " in message)
        assert words in message
        assert_is_english(message)


@pytest.mark.parametrize("name", ["missing", "empty", "not a PDF", "no encoding"])
def test_extract_says_the_same_of_bad_input(name: str, tmp_path: Path) -> None:
    make, zh, en = BAD_INPUTS[name]
    path = make(tmp_path)
    for language, words in (("zh", zh), ("en", en)):
        finished = run("extract", "--lang", language, path, folder=tmp_path)
        assert (2, "") == (finished.code, finished.out)
        assert path in finished.err
        assert words in finished.err


def test_encrypted_pdf_opens_with_its_password(tmp_path: Path) -> None:
    name = _copied("user-password.pdf")(tmp_path)
    right = run("check", "--exit-zero", "--password", "yunxi", name, folder=tmp_path)
    assert (0, "") == (right.code, right.err)
    wrong = run("check", "--exit-zero", "--password", "mimi", name, folder=tmp_path)
    assert 2 == wrong.code
    assert name in wrong.err


LONG_LINES = {
    "prose": "居民，",
    "quotes": "“",
    "digits": "1",
    "words": "第",
    "markers": "（一）",
    "spaces": " ",
    "items": "一是居民；",
    "years": "2020年",
    "letters": "A",
    "numerals": "一",
}


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param(piece, id=name, marks=[pytest.mark.slow] if name not in ("prose", "digits") else [])
        for name, piece in LONG_LINES.items()
    ],
)
def test_very_long_line_takes_bounded_time(piece: str, tmp_path: Path) -> None:
    size = 256 * 1024
    write(tmp_path, "line.md", piece * (size // len(piece.encode())) + "。")
    arguments = ("check", "--isolated", "--format", "json", "line.md")
    finished = started(*arguments, folder=tmp_path, processor_limit=10)
    assert finished.code in (1, 2)


# --- Folders ------------------------------------------------------------------------------------------


def test_readme_beside_bulletins_is_skipped_and_listed(tmp_path: Path) -> None:
    write(tmp_path, "README.md", "# 说明\n\n本文件夹存放各期简报，按期号命名。\n")
    write(tmp_path, "21.md", WARNED_TEXT)
    quiet = run("check", "--format", "concise", ".", folder=tmp_path)
    assert [WARNED.format(path="21.md")] == quiet.out.splitlines()
    assert 0 == quiet.code
    verbose = run("check", "--verbose", ".", folder=tmp_path)
    assert 0 == verbose.code
    assert "README.md" in verbose.out + verbose.err
    report = json.loads(run("check", "--format", "json", ".", folder=tmp_path).out)
    assert {"README.md", "21.md"} >= {found["path"] for found in report["violations"]} == {"21.md"}


def test_readme_that_is_named_is_linted(tmp_path: Path) -> None:
    write(tmp_path, "README.md", "# 说明\n\n本文件夹存放各期简报，按期号命名。\n")
    finished = run("check", "--format", "concise", "README.md", folder=tmp_path)
    assert 1 == finished.code
    assert "ISS001" in finished.out


@pytest.mark.parametrize(("language", "words"), [("zh", "都看不出是简报"), ("en", "none of them a bulletin")])
def test_folder_without_any_bulletin_does_not_pass(language: str, words: str, tmp_path: Path) -> None:
    write(tmp_path, "README.md", "# 说明\n\n本文件夹存放各期简报，按期号命名。\n")
    finished = run("check", "--lang", language, ".", folder=tmp_path)
    assert 2 == finished.code
    assert words in finished.err


def test_folder_that_links_to_its_parent_is_searched_once(tmp_path: Path) -> None:
    write(tmp_path, "2020/21.md", WARNED_TEXT)
    try:
        (tmp_path / "2020" / "back").symlink_to("..", target_is_directory=True)
    except OSError:
        pytest.skip("no symbolic links here")
    finished = run("check", "--format", "concise", ".", folder=tmp_path)
    assert [WARNED.format(path="2020/21.md")] == finished.out.splitlines()
    assert (0, "") == (finished.code, finished.err)


def test_show_files_lists_what_would_be_checked(tmp_path: Path) -> None:
    for name in ("b.md", "a/21.txt", "notes.doc"):
        write(tmp_path, name, CLEAN_TEXT)
    finished = run("check", "--show-files", ".", folder=tmp_path)
    assert ["a/21.txt", "b.md"] == finished.out.splitlines()
    assert 0 == finished.code
    # What is not looked at is named here too.
    assert finished.err.startswith("另有 1 份 Word 文档没有检查：notes.doc。")


def test_file_named_twice_is_reported_once(tmp_path: Path) -> None:
    write(tmp_path, "21.md", WARNED_TEXT)
    finished = run("check", "--format", "concise", "21.md", "./21.md", ".", folder=tmp_path)
    assert [WARNED.format(path="21.md")] == finished.out.splitlines()


def test_ignored_and_excluded_files_are_not_looked_at(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    write(tmp_path, ".gitignore", "old/\n")
    for name in ("old/1.md", "drafts/2.md", "21.md"):
        write(tmp_path, name, WARNED_TEXT)
    finished = run("check", "--exclude", "drafts", "--format", "concise", ".", folder=tmp_path)
    assert [WARNED.format(path="21.md")] == finished.out.splitlines()


# --- Standard input -----------------------------------------------------------------------------------


def test_standard_input_is_reported_under_the_name_given(tmp_path: Path) -> None:
    finished = run(
        "check",
        "--format",
        "concise",
        "--stdin-filename",
        "2020/21.md",
        "-",
        folder=tmp_path,
        stdin=WARNED_TEXT.encode(),
    )
    assert [WARNED.format(path="2020/21.md")] == finished.out.splitlines()
    assert (0, "") == (finished.code, finished.err)


@pytest.mark.parametrize("content", [b"", b" \n"], ids=["empty", "blank"])
def test_standard_input_without_text_does_not_pass(content: bytes, tmp_path: Path) -> None:
    finished = run("check", "--stdin-filename", "21.md", "-", folder=tmp_path, stdin=content)
    assert 2 == finished.code
    assert "21.md" in finished.err


def test_fix_of_standard_input_goes_to_standard_output(tmp_path: Path) -> None:
    finished = run(
        "check", "--fix", "--stdin-filename", "21.md", "-", folder=tmp_path, stdin=WARNED_TEXT.encode()
    )
    assert CLEAN_TEXT.encode() == finished.raw
    assert 0 == finished.code
    assert [] == list(tmp_path.iterdir())


# --- Wrong command lines and settings -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        (["check", "--fixx"], "没有选项 --fixx", "no option --fixx"),
        (["check", "--select", "SEK", "a.md"], "SEK", "SEK"),
        (["check", "--ignore", "SEC9", "a.md"], "SEC9", "SEC9"),
        (["check", "--format", "excel", "a.md"], "excel", "excel"),
        (["check", "--format", "json=none/out.json", "a.md"], "none", "none"),
        (["check", "--fail-level", "fatal", "a.md"], "fatal", "fatal"),
        (["check", "--jobs", "0", "a.md"], "0", "0"),
        (["check", "--jobs", "many", "a.md"], "many", "many"),
        (["check", "--config", "none.yaml", "a.md"], "none.yaml", "none.yaml"),
        (["check", "-", "a.md"], "标准输入", "standard input"),
        (["check", "--stdin-filename", "b.md", "a.md"], "--stdin-filename", "--stdin-filename"),
        (["check", "--quiet", "--verbose", "a.md"], "--quiet", "--quiet"),
        (["explain", "SEC999"], "SEC999", "SEC999"),
        (["chekc"], "check", "check"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_command_line_is_explained(arguments: Sequence[str], zh: str, en: str, tmp_path: Path) -> None:
    write(tmp_path, "a.md", CLEAN_TEXT)
    command, *rest = arguments
    for language, words in (("zh", zh), ("en", en)):
        finished = run("--lang", language, command, *rest, folder=tmp_path)
        assert (2, "") == (finished.code, finished.out)
        assert words in finished.err
        (assert_is_english if language == "en" else assert_is_chinese)(finished.err)


@pytest.mark.parametrize(
    ("settings", "place"),
    [
        ("selct: [SEC]\n", "bulletin-lint.yaml:1:1: "),
        ("select: [SEC\n", "bulletin-lint.yaml:"),
        ("select: [SEK]\n", "bulletin-lint.yaml:1:10: "),
        ("extends: [jianbao, ./house.yaml]\n", "bulletin-lint.yaml:1:20: "),
        ("fail-level: fatal\n", "bulletin-lint.yaml:1:13: "),
        ("rules:\n  SEC001: {severity: serious}\n", "bulletin-lint.yaml:2:22: "),
        ("rules:\n  SEC099: off\n", "bulletin-lint.yaml:2:3: "),
        ("required: [editer]\n", "bulletin-lint.yaml:1:12: "),
        ("language: zh\nlanguage: en\n", "bulletin-lint.yaml:2:1: "),
    ],
    ids=["key", "syntax", "code", "pack", "choice", "severity", "rule", "part", "duplicate"],
)
def test_broken_settings_are_refused_at_their_place(settings: str, place: str, tmp_path: Path) -> None:
    write(tmp_path, "bulletin-lint.yaml", settings)
    write(tmp_path, "a.md", CLEAN_TEXT)
    for language in ("zh", "en"):
        finished = run("check", "--lang", language, "a.md", folder=tmp_path)
        assert (2, "") == (finished.code, finished.out)
        assert finished.err.startswith(place)
        (assert_is_english if language == "en" else assert_is_chinese)(finished.err)


def test_isolated_run_does_not_see_broken_settings(tmp_path: Path) -> None:
    write(tmp_path, "bulletin-lint.yaml", "selct: [SEC]\n")
    write(tmp_path, "a.md", CLEAN_TEXT)
    assert 0 == run("check", "--isolated", "a.md", folder=tmp_path).code


# --- Levels, formats, amounts of output ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (CLEAN_TEXT, {"error": 0, "warning": 0, "info": 0}),
        (CLEAN_TEXT.replace("就能", "一是就能"), {"error": 0, "warning": 0, "info": 1}),
        (WARNED_TEXT, {"error": 0, "warning": 1, "info": 1}),
        (CLEAN_TEXT.replace("24681357", "2468I357"), {"error": 1, "warning": 1, "info": 1}),
    ],
    ids=["clean", "info", "warning", "error"],
)
def test_fail_level_decides_which_violations_fail(
    text: str, codes: Mapping[str, int], tmp_path: Path
) -> None:
    write(tmp_path, "21.md", text)
    for level, code in codes.items():
        assert code == run("check", "--fail-level", level, "21.md", folder=tmp_path).code, level


def test_fail_level_is_error_by_default(tmp_path: Path) -> None:
    write(tmp_path, "21.md", WARNED_TEXT)
    assert 0 == run("check", "21.md", folder=tmp_path).code
    write(tmp_path, "21.md", WARNED_TEXT.replace("24681357", "2468I357"))
    assert 1 == run("check", "21.md", folder=tmp_path).code


def test_exit_zero_passes_with_violations(tmp_path: Path) -> None:
    write(tmp_path, "21.md", WARNED_TEXT.replace("24681357", "2468I357"))
    finished = run("check", "--exit-zero", "--format", "concise", "21.md", folder=tmp_path)
    assert 0 == finished.code
    assert "FLD005" in finished.out


def test_exit_zero_does_not_hide_that_a_file_could_not_be_checked(tmp_path: Path) -> None:
    write(tmp_path, "empty.md", "")
    assert 2 == run("check", "--exit-zero", "empty.md", folder=tmp_path).code


def test_two_formats_go_to_two_places(tmp_path: Path) -> None:
    write(tmp_path, "21.md", WARNED_TEXT)
    finished = run("check", "--format", "json=out.json", "--format", "full", "21.md", folder=tmp_path)
    assert 0 == finished.code
    report = json.loads((tmp_path / "out.json").read_bytes())
    assert ["PUN002"] == [found["code"] for found in report["violations"]]
    lines = finished.out.splitlines()
    assert any("PUN002" in line and "21.md" in line for line in lines)
    shown = next(index for index, line in enumerate(lines) if "松江里街道引进便民网点31家" in line)
    assert "^" in lines[shown + 1]


def test_statistics_count_by_rule(tmp_path: Path) -> None:
    write(tmp_path, "21.md", WARNED_TEXT.replace("24681357", "2468I357"))
    write(tmp_path, "22.md", WARNED_TEXT.replace("第21期", "第22期"))
    finished = run("check", "--statistics", "21.md", "22.md", folder=tmp_path)
    counts = {
        found["code"]: int(found["count"])
        for found in re.finditer(r"(?P<count>\d+)\s+(?P<code>[A-Z]{3}\d{3})", finished.out)
    } or {
        found["code"]: int(found["count"])
        for found in re.finditer(r"(?P<code>[A-Z]{3}\d{3})\D*(?P<count>\d+)", finished.out)
    }
    assert {"PUN002": 2, "FLD005": 1} == counts
    assert 1 == finished.code


def test_quiet_shows_violations_only(tmp_path: Path) -> None:
    write(tmp_path, "21.md", CLEAN_TEXT)
    assert (0, "", "") == run("check", "--quiet", "21.md", folder=tmp_path)[:3]
    write(tmp_path, "21.md", WARNED_TEXT)
    finished = run("check", "--quiet", "21.md", folder=tmp_path)
    assert "PUN002" in finished.out
    assert len(finished.out.splitlines()) < len(run("check", "21.md", folder=tmp_path).out.splitlines())


@pytest.mark.parametrize("form", ["json", "concise", "full"])
def test_jobs_do_not_change_the_report(form: str, tmp_path: Path) -> None:
    for source in (*CLEAN.iterdir(), *FAULTY.glob("*/*")):
        if source.suffix in (".md", ".txt"):
            shutil.copy(source, tmp_path / source.name)
    one, two = (
        run("check", "--isolated", "--jobs", jobs, "--format", form, ".", folder=tmp_path) for jobs in (1, 2)
    )
    assert 1 == one.code
    assert one == two


def test_report_does_not_depend_on_the_order_of_paths(tmp_path: Path) -> None:
    for source in sorted(FAULTY.glob("issue-numbers/series-gap/*.md")):
        shutil.copy(source, tmp_path / source.name)
    forth = run("check", "--isolated", "--format", "json", "10.md", "12.md", folder=tmp_path)
    back = run("check", "--isolated", "--format", "json", "12.md", "10.md", folder=tmp_path)
    assert forth == back


def test_colour_is_shown_when_asked_for_only(tmp_path: Path) -> None:
    write(tmp_path, "21.md", WARNED_TEXT)
    assert "\x1b" not in run("check", "21.md", folder=tmp_path).out
    assert "\x1b" in run("check", "--color", "always", "21.md", folder=tmp_path).out
    assert "\x1b" not in run("check", "--color", "never", "21.md", folder=tmp_path).out


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
@pytest.mark.parametrize(("no_color", "has_color"), [("", True), ("1", False)])
def test_no_color_is_honoured_on_a_terminal(no_color: str, tmp_path: Path, *, has_color: bool) -> None:
    write(tmp_path, "21.md", WARNED_TEXT)
    environment = new_environment({"TERM": "xterm-256color"})
    if no_color:
        environment["NO_COLOR"] = no_color
    ours, theirs = os.openpty()
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "bulletin_lint", "check", "21.md"],
            cwd=tmp_path,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            stderr=theirs,
        )
        assert 0 == process.wait(TIME_LIMIT)
        shown = os.read(ours, 65536).decode("utf-8", "replace")
    finally:
        os.close(ours)
        os.close(theirs)
    assert "PUN002" in shown
    assert has_color is ("\x1b[" in shown)


def test_language_of_the_locale_is_taken(tmp_path: Path) -> None:
    write(tmp_path, "21.md", WARNED_TEXT)
    english = run(
        "check", "21.md", "--format", "concise", folder=tmp_path, environment={"LANG": "en_US.UTF-8"}
    )
    assert "half-width ',' beside Chinese" in english.out
    chinese = run("check", "21.md", "--format", "concise", folder=tmp_path, environment={"LANG": "C"})
    assert [WARNED.format(path="21.md")] == chinese.out.splitlines()


def test_output_is_utf_8_whatever_the_locale(tmp_path: Path) -> None:
    write(tmp_path, "21.md", WARNED_TEXT)
    environment = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    finished = run("check", "21.md", "--format", "concise", folder=tmp_path, environment=environment)
    assert [WARNED.format(path="21.md")] == finished.out.splitlines()


@pytest.mark.skipif(sys.platform == "win32", reason="no such pipes")
def test_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    write(tmp_path, "21.md", "第011期\n\n" + "26年3月，街道办理来信。\n\n" * 3000)
    with subprocess.Popen(
        [sys.executable, "-m", "bulletin_lint", "check", "--isolated", "--format", "concise", "21.md"],
        cwd=tmp_path,
        env=new_environment({}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert b"" == process.stderr.read()


# --- Fixes --------------------------------------------------------------------------------------------


def _mendable() -> list[Path]:
    return sorted(FAULTY.rglob("*.fixed"))


def _source_of(fixed: Path) -> Path:
    (source,) = (
        fixed.with_suffix(suffix) for suffix in (".md", ".txt") if fixed.with_suffix(suffix).exists()
    )
    return source


def test_there_is_something_to_mend() -> None:
    assert 8 <= len(_mendable())


@pytest.mark.parametrize("fixed", _mendable(), ids=lambda path: path.stem)
def test_fix_makes_the_text_that_is_expected(fixed: Path, tmp_path: Path) -> None:
    source = _source_of(fixed)
    path = tmp_path / source.name
    shutil.copy(source, path)
    diffed = run("check", "--isolated", "--diff", path.name, folder=tmp_path)
    # Nothing was written.
    assert source.read_bytes() == path.read_bytes()
    assert 1 == diffed.code
    changes = diffed.out.splitlines()
    assert changes[0].startswith("--- ")
    assert changes[1].startswith("+++ ")
    before, after = source.read_text("utf-8").splitlines(), fixed.read_text("utf-8").splitlines()
    assert [old for old, new in zip(before, after, strict=True) if old != new] == [
        line[1:] for line in changes[2:] if line.startswith("-")
    ]
    assert [new for old, new in zip(before, after, strict=True) if old != new] == [
        line[1:] for line in changes[2:] if line.startswith("+")
    ]
    mended = run("check", "--isolated", "--fix", path.name, folder=tmp_path)
    assert fixed.read_bytes() == path.read_bytes()
    assert mended.code in (0, 1)
    time_of_fix = path.stat().st_mtime_ns
    run("check", "--isolated", "--fix", path.name, folder=tmp_path)
    assert time_of_fix == path.stat().st_mtime_ns
    assert [path.name] == [entry.name for entry in tmp_path.iterdir()]


def _encoded(text: str, how: str) -> bytes:
    if how == "utf-8 with BOM and CRLF":
        return codecs.BOM_UTF8 + text.replace("\n", "\r\n").encode()
    if how == "utf-16-le":
        return codecs.BOM_UTF16_LE + text.encode("utf-16-le")
    if how == "utf-16-be with CRLF":
        return codecs.BOM_UTF16_BE + text.replace("\n", "\r\n").encode("utf-16-be")
    if how == "no newline at the end":
        return text.rstrip("\n").encode()
    if how == "CR":
        return text.replace("\n", "\r").encode()
    return text.encode(how)


@pytest.mark.parametrize(
    "how",
    [
        "utf-8",
        "utf-8 with BOM and CRLF",
        "utf-16-le",
        "utf-16-be with CRLF",
        "gb18030",
        "no newline at the end",
        "CR",
    ],
)
def test_fix_keeps_encoding_newlines_and_byte_order_mark(how: str, tmp_path: Path) -> None:
    path = write(tmp_path, "21.md", _encoded(WARNED_TEXT, how))
    finished = run("check", "--isolated", "--fix", "21.md", folder=tmp_path)
    assert _encoded(CLEAN_TEXT, how) == path.read_bytes()
    assert 0 == finished.code


def test_mixed_newlines_are_kept_each(tmp_path: Path) -> None:
    lines = WARNED_TEXT.split("\n")
    mixed = "".join(line + ("\r\n" if number % 3 else "\n") for number, line in enumerate(lines))
    path = write(tmp_path, "21.md", mixed)
    run("check", "--isolated", "--fix", "21.md", folder=tmp_path)
    assert mixed.replace(",", "，").encode() == path.read_bytes()


def test_fix_leaves_what_is_unsafe(tmp_path: Path) -> None:
    for name in ("sections/section-gap.md", "dates/date-with-dots.txt", "spacing/number-broken.txt"):
        path = write(tmp_path, Path(name).name, (FAULTY / name).read_bytes())
        run("check", "--isolated", "--fix", path.name, folder=tmp_path)
        assert (FAULTY / name).read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    ("name", "wrong", "right"),
    [
        ("sections/section-gap.md", "四、公开", "三、公开"),
        ("dates/date-with-dots.txt", "2023.11.9", "2023年11月9日"),
        ("spacing/number-broken.txt", "8 00多", "800多"),
        ("sections/section-marker-style.md", "二.盘活", "二、盘活"),
    ],
)
def test_unsafe_fixes_are_made_when_asked_for(name: str, wrong: str, right: str, tmp_path: Path) -> None:
    before = (FAULTY / name).read_text("utf-8")
    path = write(tmp_path, Path(name).name, before)
    run("check", "--isolated", "--fix", "--unsafe-fixes", path.name, folder=tmp_path)
    assert before.replace(wrong, right) == path.read_text("utf-8")


def test_nothing_is_left_to_show_after_a_fix(tmp_path: Path) -> None:
    write(tmp_path, "21.md", WARNED_TEXT)
    run("check", "--isolated", "--fix", "21.md", folder=tmp_path)
    assert (0, "") == run("check", "--isolated", "--diff", "21.md", folder=tmp_path)[:2]


def test_fix_of_one_file_does_not_touch_the_others(tmp_path: Path) -> None:
    write(tmp_path, "21.md", WARNED_TEXT)
    other = write(tmp_path, "22.md", WARNED_TEXT)
    run("check", "--isolated", "--fix", "21.md", folder=tmp_path)
    assert WARNED_TEXT.encode() == other.read_bytes()


def test_fix_through_a_link_keeps_link_and_permissions(tmp_path: Path) -> None:
    path = write(tmp_path, "archive/21.md", WARNED_TEXT)
    path.chmod(0o640)
    try:
        (tmp_path / "newest.md").symlink_to("archive/21.md")
    except OSError:
        pytest.skip("no symbolic links here")
    run("check", "--isolated", "--fix", "newest.md", folder=tmp_path)
    assert (tmp_path / "newest.md").is_symlink()
    assert CLEAN_TEXT.encode() == path.read_bytes()
    assert 0o640 == path.stat().st_mode & 0o777


def test_pdf_is_never_written(tmp_path: Path) -> None:
    name = _copied("damaged-typst.pdf")(tmp_path)
    before = (tmp_path / name).read_bytes()
    run("check", "--isolated", "--fix", "--unsafe-fixes", name, folder=tmp_path)
    assert before == (tmp_path / name).read_bytes()


def test_a_series_is_checked_with_a_warm_cache_as_with_a_cold_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Warm: the compiled rules come from the cache too, and are read only as far as a run needs them.
    monkeypatch.setenv("BULLETIN_LINT_CACHE_DIR", str(tmp_path / "cache"))
    write(tmp_path, "bulletin-lint.yaml", 'bulletins: ["*.md"]\nselect: [ISS]\n')
    for number in (1, 2, 4):
        write(tmp_path, f"{number}.md", f"# 松湖简报\n\n第{number}期\n\n2024年5月1{number}日\n\n责编：甲\n")
    cold, warm = (run("check", ".", "--format", "concise", folder=tmp_path) for _ in range(2))
    assert 1 == cold.code
    assert "4.md:3:1: ISS005" in cold.out
    assert (cold.code, cold.out, cold.err) == (warm.code, warm.out, warm.err)
