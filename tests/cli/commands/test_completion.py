"""Completion, made by shtab and tried in a real shell; help and tables that keep to the terminal."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bulletin_lint.cli.commands.completion import SHELLS
from bulletin_lint.cli.main import COMMANDS
from bulletin_lint.reporters import REPORTERS
from bulletin_lint.reporters.terminal import clip, display_width
from harness import Command

# Asks the completion function for what it would offer, as bash itself does.
ASK = """
source "$1"; shift
function=$(complete -p bulletin-lint | sed 's/.*-F \\([^ ]*\\).*/\\1/')
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
"$function"
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("bash") is None:
        pytest.skip("there is no bash")
    path = tmp_path_factory.mktemp("completion") / "bulletin-lint.bash"
    made = subprocess.run(
        [sys.executable, "-m", "bulletin_lint", "completion", "bash", "--lang", "en"],
        capture_output=True,
        text=True,
        check=True,
    )
    path.write_text(made.stdout, encoding="utf-8")
    return path


def offered(script: Path, *words: str) -> set[str]:
    done = subprocess.run(
        ["bash", "-c", ASK, "ask", script, "bulletin-lint", *words],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


def test_commands_are_offered(script: Path) -> None:
    assert offered(script, "") == set(COMMANDS)


def test_options_of_a_command_are_offered(script: Path) -> None:
    assert offered(script, "check", "--wr") == {"--write-baseline"}
    assert offered(script, "init", "--dr") == {"--dry-run"}
    assert {"--lang", "--verbose"} <= offered(script, "explain", "--")


def test_formats_and_codes_are_offered(script: Path) -> None:
    assert offered(script, "check", "--format", "") == set(REPORTERS)
    assert offered(script, "check", "--select", "SEC00") == {f"SEC00{number}" for number in range(1, 10)}
    assert offered(script, "explain", "WVR00") == {f"WVR00{number}" for number in range(1, 7)}


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_has_a_script(shell: str, command: Command) -> None:
    import shtab

    outcome = command("completion", shell)

    if shell in shtab.SUPPORTED_SHELLS:
        assert outcome.code == 0
        assert "extract" in outcome.out
        # tcsh knows options by other means than their names.
        assert shell == "tcsh" or "write-baseline" in outcome.out
    else:
        assert outcome.code == 2
        assert shell in outcome.err


def test_without_shtab_it_says_how_to_get_it(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "shtab", None)

    outcome = command("completion", "bash", "--lang", "en")

    assert outcome.code == 2
    assert "pip install 'bulletin-lint[completion]'" in outcome.err


# --- width


def on_a_terminal(columns: int, *words: str) -> list[str]:
    """The lines that the program writes to a terminal of so many columns."""
    import fcntl
    import struct
    import termios

    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "bulletin_lint", *words],
        stdout=slave,
        stderr=slave,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "NO_COLOR": "1"},
    )
    os.close(slave)
    data = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:  # what Linux says at the end of a terminal
            break
        if not piece:
            break
        data += piece
    os.close(master)
    assert process.wait() == 0
    return data.decode("utf-8").replace("\r\n", "\n").splitlines()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("columns", [70, 140])
def test_help_and_tables_keep_to_the_terminal(language: str, columns: int) -> None:
    options = on_a_terminal(columns, "check", "--help", "--lang", language)
    table = on_a_terminal(columns, "rules", "--isolated", "--lang", language)

    # The examples at the end are commands, and stay whole.
    examples = next(i for i, line in enumerate(options) if line in ("示例：", "Examples:"))
    assert max(map(display_width, options[:examples])) <= min(columns, 96)
    # Code, name and kind are never cut: they are what one copies.
    assert max(map(display_width, table)) <= max(columns, 100)
    assert any(line.endswith("…") for line in table)
    assert "\x1b" not in "".join(options + table)


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("甲乙丙", 6, "甲乙丙"),
        ("甲乙丙", 5, "甲乙…"),
        ("甲乙丙", 4, "甲…"),
    ],
)
def test_clipped_text_has_the_width_asked_for(text: str, width: int, expected: str) -> None:
    assert expected == clip(text, width)
    assert display_width(expected) <= width


def test_a_table_that_goes_to_a_file_is_whole(command: Command) -> None:
    assert "…" not in command("rules", "--isolated").out.split("\n")[1][-1:]
