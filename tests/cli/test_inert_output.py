"""Nothing that comes from outside steers the terminal or the CI that a command prints to."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from harness import FIXTURES, Command, Outcome

EVIL = "\x1b[31m\x9b2J\x7f\u202e\u2066\u061c\u200f\x07"
"""Colours, clears, reorders and rings, each in its own way."""
COMMAND = "::error file=a::INJECTED"
WRONG = (FIXTURES / "commands" / "wrong.md").read_text("utf-8")
ODD = WRONG.replace("三、", f"三、{EVIL}##[add-mask]", 1)
BIDIRECTIONAL = set("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@pytest.fixture(autouse=True, params=["", "GITHUB_ACTIONS", "TF_BUILD"])
def place(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """At a desk, and in two kinds of CI."""
    for name in ("GITHUB_ACTIONS", "TF_BUILD", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    if request.param:
        monkeypatch.setenv(request.param, "true")
    return str(request.param)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a bulletin that steers, under a name that does."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / NAME).write_text(ODD, encoding="utf-8", newline="")
    return tmp_path


NAME = f"甲{EVIL}\n{COMMAND.replace('/', '')}.md"


def raw(text: str) -> Iterator[str]:
    """What a terminal or a CI would obey. CR LF ends lines, and tabs are harmless."""
    for char in text.replace("\r\n", "").replace("\n", "").replace("\t", ""):
        if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") or char in BIDIRECTIONAL:
            yield f"U+{ord(char):04X}"
    yield from re.findall(r"^\s*::error file=a::.*|##\w*\[.*", text, re.MULTILINE)


def assert_inert(result: Outcome, place: str) -> None:
    """Both streams are; commands matter only where a CI reads."""
    found = [*raw(result.out), *raw(result.err)]
    assert [each for each in found if place or each.startswith("U+")] == []
    assert "程序内部出错" not in result.err


@pytest.mark.parametrize("name", ["full", "concise", "json", "sarif", "gitlab", "rdjson", "junit", "github"])
def test_reports(command: Command, folder: Path, place: str, name: str) -> None:
    result = command(
        "check", "--isolated", "--no-cache", "--format", name, "--color", "never", "--verbose", "--", NAME
    )

    assert result.code == 1
    assert "SEC001" in result.out
    assert_inert(result, place)


def test_the_default_report(
    command: Command, folder: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(folder / "summary.md"))

    result = command(
        "check", "--isolated", "--no-cache", "--color", "never", "--", NAME, "::error file=a::x.md"
    )

    assert result.code == 2
    assert "\\x1b[31m" in result.out
    assert_inert(result, place)
    if place == "GITHUB_ACTIONS":
        assert list(raw((folder / "summary.md").read_text("utf-8"))) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--isolated", "--diff"),
        ("check", "--isolated", "--show-files"),
        ("check", "--isolated", "--statistics"),
        ("extract", "--isolated"),
        ("extract", "--isolated", "--format", "json"),
        ("register", "show"),
        ("register", "show", "--format", "json"),
        ("register", "show", "--format", "html"),
        ("register", "show", "--format", "svg"),
        ("init", "--dry-run"),
    ],
)
def test_what_other_commands_show(
    command: Command, folder: Path, place: str, arguments: tuple[str, ...]
) -> None:
    last = NAME if arguments[0] != "register" else "."
    result = command(*arguments, *([] if arguments[0] == "init" else ["--", last]))

    assert result.out
    assert_inert(result, place)
    if arguments[-1] == "json":
        assert json.loads(result.out)


def test_a_register_and_waivers(command: Command, folder: Path, place: str) -> None:
    (folder / "register.csv").write_text(
        f'刊名,期号,总期号,日期,文件\n"简报{EVIL}\n{COMMAND}",1,1,2020-01-06,"a{EVIL}.md"\n', encoding="utf-8"
    )
    (folder / "waivers.yaml").write_text(
        yaml.safe_dump(
            [{"rule": "SEC001", "path": "**", "reason": f"因{EVIL}\n{COMMAND}", "by": f"王{EVIL}"}],
            allow_unicode=True,
        ),
        encoding="utf-8",
    )

    assert_inert(command("register", "show"), place)
    assert_inert(command("register", "update"), place)
    assert_inert(command("check", "--verbose", "--no-cache"), place)
    assert_inert(command("check", "--format", "github", "--no-cache"), place)


@pytest.mark.parametrize(
    "settings",
    [
        {f"x\n{COMMAND}{EVIL}": 1},
        {"extends": [f"x\n{COMMAND}{EVIL}"]},
        {"select": [f"x\n{COMMAND}{EVIL}"]},
        {"bulletins": [f"x\n{COMMAND}{EVIL}"]},
        {"exclude": [f"x\n{COMMAND}{EVIL}"]},
        {"series": {"register": f"x\n{COMMAND}{EVIL}"}},
        {"rules": {f"x\n{COMMAND}{EVIL}": "off"}},
    ],
    ids=lambda each: next(iter(each))[:9].strip(),
)
def test_settings(command: Command, folder: Path, place: str, settings: dict[str, object]) -> None:
    (folder / "bulletin-lint.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")

    assert_inert(command("check", "--no-cache"), place)
    assert_inert(command("config", "show"), place)


def test_a_baseline(command: Command, folder: Path, place: str) -> None:
    command("check", "--isolated", "--write-baseline", "--", NAME)
    (folder / NAME).write_text("改过了\n", encoding="utf-8")

    result = command("check", "--isolated", "--baseline", "bulletin-lint-baseline.jsonl", "--", NAME)

    assert "已经没有对应的问题" in result.err
    assert_inert(result, place)


def test_options(command: Command, folder: Path, place: str) -> None:
    word = f"x\n{COMMAND}{EVIL}"
    for arguments in (
        (word,),
        ("check", word),
        ("check", f"--{word}"),
        ("check", "--format", word),
        ("check", "--select", word),
        ("check", "--config", word),
        ("explain", word),
        ("extract", word),
        ("test", word),
        (f"--lang={word}",),
    ):
        result = command(*arguments)
        assert result.code == 2
        assert_inert(result, place)


def test_an_internal_error(
    command: Command, folder: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError(f"{EVIL}\n{COMMAND}")

    monkeypatch.setattr("bulletin_lint.cli.commands.check.find", broken)

    result = command("check", NAME, "--verbose")

    assert result.code == 2
    assert [each for each in raw(result.err) if place or each.startswith("U+")] == []


def test_a_patch_of_ordinary_text_applies(command: Command, folder: Path, place: str) -> None:
    content = WRONG.replace("\n", "\r\n").replace("三、", "三、\t", 1)
    (folder / "a.md").write_bytes(content.encode("utf-8"))

    result = command("check", "--isolated", "--no-cache", "--diff", "--", "a.md")

    assert result.code == 1
    assert "不能当作补丁" not in result.err
    patched = subprocess.run(
        [sys.executable, "-c", PATCH, "a.md"], input=result.raw, capture_output=True, check=True
    ).stdout
    command("check", "--isolated", "--no-cache", "--fix", "--", "a.md")
    assert (folder / "a.md").read_bytes() == patched != content.encode("utf-8")


PATCH = """
import re, sys
old = open(sys.argv[1], "rb").read().split(b"\\n")
new, at = [], 0
for line in sys.stdin.buffer.read().split(b"\\n")[2:-1]:
    if line.startswith(b"@@"):
        start = int(re.match(rb"@@ -(\\d+)", line)[1]) - 1
        new += old[at:start]
        at = start
    elif line.startswith(b"\\\\"):
        pass
    else:
        if line[:1] in (b" ", b"-"):
            assert old[at] == line[1:], (old[at], line)
            at += 1
        if line[:1] in (b" ", b"+"):
            new.append(line[1:])
sys.stdout.buffer.write(b"\\n".join(new + old[at:]))
"""
"""Applies a unified diff to one file, exactly."""


def test_a_patch_that_was_escaped_says_so(command: Command, folder: Path, place: str) -> None:
    (folder / "a.md").write_text(WRONG.replace("2020年03", "\x1b2020年03"), encoding="utf-8")

    result = command("check", "--isolated", "--no-cache", "--select", "DAT002", "--diff", "--", "a.md")

    assert "\\x1b2020年" in result.out
    assert "a.md：改动里有终端或 CI 会当作指令的字符，已转义显示，不能当作补丁应用" in result.err
    assert_inert(result, place)
