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
CHECK = f"check --isolated --no-cache --select SEC001 {WRONG}"


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
