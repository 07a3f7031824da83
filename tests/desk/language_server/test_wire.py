"""What another side may send that is no conversation: the server says so in a line and goes on."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from bulletin_lint.desk.language_server import wire
from harness import FIXTURES

WRONG = (FIXTURES / "commands" / "wrong.md").read_text("utf-8")


def message(content: object) -> bytes:
    body = content if isinstance(content, bytes) else json.dumps({"jsonrpc": "2.0", **content}).encode()  # type: ignore[dict-item]
    return b"Content-Length: %d\r\n\r\n" % len(body) + body


def request(number: int, method: str, params: object) -> bytes:
    return message({"id": number, "method": method, "params": params})


BEGIN = request(1, "initialize", {"processId": None, "rootUri": None, "capabilities": {}}) + message(
    {"method": "initialized", "params": {}}
)
END = message({"id": 99, "method": "shutdown"}) + message({"method": "exit"})


def spoken(conversation: bytes, folder: Path) -> subprocess.CompletedProcess[bytes]:
    words = [sys.executable, "-m", "bulletin_lint", "server", "--isolated"]
    return subprocess.run(
        words, input=conversation, capture_output=True, cwd=folder, timeout=120, check=False
    )


def test_what_is_no_message_is_said_in_a_line_and_the_next_is_answered(tmp_path: Path) -> None:
    document = {"uri": (tmp_path / "a.md").as_uri()}
    opened = message(
        {
            "method": "textDocument/didOpen",
            "params": {"textDocument": {**document, "languageId": "markdown", "version": 1, "text": WRONG}},
        }
    )
    far = {"line": 10**9, "character": -5}
    bad = (
        message(b"{bad"),
        message(b"\xff\xfe\x00"),
        message(b"[]"),
        message(b"[1,2]"),
        message(b"null"),
        message(b"[" * 100_000),
        request(5, "textDocument/hover", {"textDocument": document, "position": far}),
        request(
            6,
            "textDocument/codeAction",
            {
                "textDocument": document,
                "range": {
                    "start": {"line": -1, "character": 0},
                    "end": {"line": 10**12, "character": 10**12},
                },
                "context": {"diagnostics": []},
            },
        ),
    )
    good = request(
        7, "textDocument/hover", {"textDocument": document, "position": {"line": 0, "character": 0}}
    )

    done = spoken(BEGIN + opened + b"".join(bad) + good + END, tmp_path)

    assert done.returncode == 0
    assert b'"id": 7' in done.stdout
    said = done.stderr.decode().splitlines()
    assert 6 <= len(said) <= 12
    assert all(line.startswith("bulletin-lint: ") and "Traceback" not in line for line in said)
    assert not any("  File " in line for line in said)


@pytest.mark.parametrize("length", [b"99999999999", b"9" * 5000])
def test_a_length_beyond_all_bounds_asks_for_no_memory(tmp_path: Path, length: bytes) -> None:
    done = spoken(BEGIN + b"Content-Length: " + length + b"\r\n\r\nxx", tmp_path)

    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"MemoryError" not in done.stderr


def test_a_message_that_is_too_large_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "LARGEST", 10)
    stream = wire.BoundedStream(io.BytesIO(b"x" * 25 + b"next\n"))

    with pytest.raises(ValueError, match="Expecting value"):
        json.loads(stream.read(25))
    assert stream.readline() == b"next\n"
    assert stream.read(10**12) == b""


@pytest.mark.parametrize(("end", "code"), [(END, 0), (b"", 1), (message({"method": "exit"}), 1)])
def test_the_exit_code_says_whether_it_was_told_to_end(tmp_path: Path, end: bytes, code: int) -> None:
    """Language Server Protocol 3.17: 0 after `shutdown`, else 1."""
    assert spoken(BEGIN + end, tmp_path).returncode == code
