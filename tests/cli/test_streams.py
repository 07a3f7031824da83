"""No input and no stream ends in an internal error."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from harness import FIXTURES, ROOT, Command

WRONG = FIXTURES / "commands" / "wrong.md"
CHECK = f"check --isolated --select SEC001 {WRONG}"
PROGRAM = [sys.executable, "-m", "bulletin_lint"]


def shell(line: str) -> subprocess.CompletedProcess[str]:
    """A line of a shell, in which $run is the program."""
    run = f"{sys.executable} -m bulletin_lint"
    return subprocess.run(
        ["bash", "-c", line.replace("$run", run)],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "LC_ALL": "C"},
        check=False,
    )


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_a_closed_stream_is_no_error(closed: str) -> None:
    done = shell(f"$run {CHECK} {closed}")

    assert done.returncode == 1
    assert done.stderr == ""


def test_standard_input_that_is_closed_is_empty() -> None:
    done = shell("$run check --isolated - <&-")

    assert done.returncode == 2
    assert "内部" not in done.stderr
    assert "<stdin>" in done.stderr or "标准输入" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"$run {CHECK} >/dev/full", "错误：结果没有写完（错误 28）"),
        ("$run check --isolated none.md 2>/dev/full", ""),
        ("$run --help >/dev/full", "错误：结果没有写完（错误 28）"),
        ("$run check --help >/dev/full", "错误：结果没有写完（错误 28）"),
    ],
)
def test_a_full_disk_is_said_and_fails(line: str, said: str) -> None:
    done = shell(line)

    assert done.returncode == 2
    assert done.stderr.startswith(said)
    assert "内部" not in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@pytest.mark.parametrize(
    "line",
    [f"$run {CHECK}", "$run rules", "$run check --help", "$run check none.md 2>&1", "$run config schema"],
)
def test_a_reader_that_goes_away_ends_the_run_quietly(line: str) -> None:
    done = shell(f"({line}; echo $? >&3) 3>&2 | exec 0<&-")

    assert done.stderr == f"{128 + signal.SIGPIPE}\n"


def test_ascii_streams_get_utf_8_and_half_characters() -> None:
    done = shell(f"PYTHONIOENCODING=ascii:strict $run {CHECK} $'\\xff.md'")

    assert done.returncode == 2
    assert "SEC001" in done.stdout
    assert "\\udcff.md" in done.stderr
    assert "内部" not in done.stderr


@pytest.mark.parametrize(
    ("settings", "place"),
    [
        ('extends: ["./a\\0b.yaml"]\n', "bulletin-lint.yaml:1:11: 找不到规则包 ./a\\x00b.yaml"),
        ('extends: ["~a\\0/b"]\n', "bulletin-lint.yaml:1:11: 找不到规则包"),
        ('extends: ["a\\0b"]\n', "bulletin-lint.yaml:1:11: 没有名为“a\\x00b”的规则包"),
        ("extends: [./pack.yaml]\n", "pack.yaml:1:22: 文件不能叫“w\\x00.yaml”"),
        ('series: {register: "a\\0b.csv"}\n', "a\\x00b.csv: 登记表无法读取"),
    ],
)
def test_a_null_character_in_a_name_is_a_mistake_with_a_place(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: str, place: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_bytes(WRONG.read_bytes())
    Path("bulletin-lint.yaml").write_text(settings, encoding="utf-8")
    Path("pack.yaml").write_text('lexicons: {w: {file: "w\\0.yaml"}}\n', encoding="utf-8")

    for arguments in (("check", "a.md"), ("config", "show"), ("register", "show")):
        result = command(*arguments)
        assert "内部" not in result.err
    result = command("check", "--no-cache", "a.md")
    assert result.code == 2
    assert place in result.err


def test_statistics_stand_below_a_report_for_people(command: Command) -> None:
    options = ("check", "--isolated", "--no-cache", "--select", "SEC001", WRONG)
    counts = command(*options, "--statistics").out

    assert counts.startswith("1  SEC001")
    for name in ("concise", "full"):
        report = command(*options, "--format", name)
        both = command(*options, "--format", name, "--statistics")
        assert (both.code, both.out) == (1, f"{report.out}\n{counts}")
    # A program reads the report: the counts are for whoever looks on.
    report = command(*options, "--format", "json")
    both = command(*options, "--format", "json", "--statistics")
    assert (both.code, both.out) == (1, report.out)
    assert counts in both.err


GBK = "𠮷林第7期.md"
"""A name with a character that GBK does not have."""


@pytest.fixture
def gbk_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / GBK).write_bytes(WRONG.read_bytes())
    return tmp_path


def spoken(*words: str, encoding: str) -> subprocess.CompletedProcess[bytes]:
    python = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "PYTHONPATH": str(ROOT / "src")}
    environment = {**os.environ, **python, "LANG": "C.UTF-8", "LC_ALL": ""}
    return subprocess.run([*PROGRAM, *words], env=environment, capture_output=True, check=False)


@pytest.mark.parametrize("form", ["full", "concise", "grouped"])
def test_a_report_follows_the_console_and_escapes_what_it_does_not_have(gbk_desk: Path, form: str) -> None:
    done = spoken("check", "--isolated", "--select", "SEC001", "--format", form, GBK, encoding="gbk")

    assert done.returncode == 1
    shown = done.stdout.decode("gbk")
    assert r"\U00020bb7林第7期.md" in shown
    assert "序号“三、”不连续" in shown
    assert done.stderr == b""


def test_an_error_follows_the_console_too(gbk_desk: Path) -> None:
    done = spoken("check", "--isolated", "𠮷林第8期.md", encoding="gbk")

    assert done.returncode == 2
    shown = done.stderr.decode("gbk")
    assert r"\U00020bb7林第8期.md" in shown
    assert "没有这个文件" in shown
    assert "Traceback" not in shown


@pytest.mark.parametrize(
    "words",
    [
        ("check", "--isolated", "--format", "json", GBK),
        ("check", "--isolated", "--format", "github", GBK),
        ("check", "--isolated", "--format", "gitlab", GBK),
        ("extract", "--isolated", "--format", "json", GBK),
        ("register", "show", "--isolated", "--format", "json", GBK),
        ("rules", "--isolated", "--format", "json"),
        ("config", "schema"),
        ("compare", "--isolated", "--format", "json", GBK, GBK),
    ],
)
def test_what_programs_read_is_utf_8_on_any_console(gbk_desk: Path, words: tuple[str, ...]) -> None:
    plain = spoken(*words, encoding="utf-8")
    done = spoken(*words, encoding="gbk")

    assert done.returncode == plain.returncode < 2, done.stderr.decode("gbk")
    assert done.stdout == plain.stdout
    assert any(byte > 0x7F for byte in done.stdout)


@pytest.mark.parametrize(
    ("encoding", "shown"), [("gbk:replace", "?林第7期.md"), ("gbk:ignore", "林第7期.md"), ("utf-8", GBK)]
)
def test_how_a_user_wants_it_shown_is_kept(gbk_desk: Path, encoding: str, shown: str) -> None:
    done = spoken("check", "--isolated", "--format", "concise", GBK, encoding=encoding)

    assert done.stdout.decode(encoding.partition(":")[0]).startswith(f"{shown}:")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_console_without_chinese_gets_utf_8(gbk_desk: Path, encoding: str) -> None:
    done = spoken("check", "--isolated", "--format", "concise", GBK, encoding=encoding)

    assert done.stdout.decode("utf-8").startswith(f"{GBK}:")
