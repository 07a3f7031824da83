"""What the page gives back is what the commands give; the series is judged; nothing is left on disk."""

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

from bulletin_lint.config.settings import load_settings
from docx_made import docx, p
from harness import FIXTURES, ROOT, Command
from served import Served, served

WRONG = FIXTURES / "commands" / "wrong.md"
FAULTY = FIXTURES / "producers" / "faulty-typst.pdf"


def test_what_is_found_is_what_check_finds(page: Served, command: Command) -> None:
    for path in (WRONG, FAULTY):
        told = page.drop(path.name, path.read_bytes()).json()
        report = json.loads(command("check", path, "--isolated", "--format", "json").out)
        assert [mark["code"] for mark in told["marks"]] == [each["code"] for each in report["violations"]]
        drawn = sorted(box for each in told["pages"] for mark in each["marks"] for box in mark["boxes"])
        boxes = [box for each in report["violations"] for box in each.get("bboxes") or [each["bbox"]]]
        assert drawn == sorted(box for box in boxes if box is not None)


def test_after_a_file_was_checked_the_page_is_ready(page: Served) -> None:
    page.drop(WRONG.name, WRONG.read_bytes())
    assert page.ask("GET", "/about").json()["ready"] is True


def test_mended_files_are_what_fix_writes(page: Served, command: Command, tmp_path: Path) -> None:
    mended = {}
    for family in ("characters", "dates", "issue-numbers", "numerals", "punctuation", "spacing", "wording"):
        for path in sorted((FIXTURES / "bulletins" / "faulty" / family).iterdir()):
            if path.suffix in (".md", ".txt"):
                mended[path] = tmp_path / path.name
                shutil.copy(path, mended[path])
    command("check", *mended.values(), "--isolated", "--fix")
    changed = []
    for path, copy in mended.items():
        told = page.drop(path.name, path.read_bytes()).json()
        answer = page.ask("GET", f"/files/{told['id']}/fixed")
        assert answer.status == 200
        assert answer.body == copy.read_bytes(), path.name
        assert answer.headers["content-type"] == "application/octet-stream"
        # What the button says is what it does.
        assert bool(told["fixable"]) is (answer.body != path.read_bytes()), path.name
        if told["fixable"]:
            changed.append(path.name)
    assert len(changed) >= 15


@pytest.mark.parametrize("path", [WRONG, FAULTY], ids=lambda path: path.name)
def test_the_sheet_is_that_of_signoff(
    path: Path, page: Served, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")
    monkeypatch.chdir(path.parent)
    command("signoff", path.name, "-o", tmp_path / "sheet.html", "--isolated")
    told = page.drop(path.name, path.read_bytes()).json()
    answer = page.ask("GET", f"/files/{told['id']}/sheet")

    assert answer.status == 200
    assert answer.body == (tmp_path / "sheet.html").read_bytes()
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_marked_copy_is_that_of_annotate(page: Served, command: Command, tmp_path: Path) -> None:
    command("check", FAULTY, "--isolated", "--annotate", tmp_path / "out.pdf")
    told = page.drop(FAULTY.name, FAULTY.read_bytes()).json()
    assert told["markable"]

    assert page.ask("GET", f"/files/{told['id']}/marked").body == (tmp_path / "out.pdf").read_bytes()
    text = page.drop(WRONG.name, WRONG.read_bytes()).json()
    assert not text["markable"]
    refused = page.ask("GET", f"/files/{text['id']}/marked")
    assert refused.status == 422
    assert "签发单" in refused.body.decode()


def test_pages_are_drawn_when_asked_for(page: Served) -> None:
    from PIL import Image

    told = page.drop(FAULTY.name, FAULTY.read_bytes()).json()
    assert [each["number"] for each in told["pages"]] == [1, 2]
    answer = page.ask("GET", f"/files/{told['id']}/pages/2")
    assert answer.headers["content-type"] == "image/png"
    width, height = Image.open(io.BytesIO(answer.body)).size
    assert (width / 2, height / 2) == pytest.approx(
        (told["pages"][1]["width"], told["pages"][1]["height"]), abs=1
    )
    for number in ("0", "3", "99999999", "x"):
        assert page.ask("GET", f"/files/{told['id']}/pages/{number}").status == 404


def test_a_password_or_a_broken_file_is_said_in_words(page: Served) -> None:
    locked = page.drop("a.pdf", (FIXTURES / "pdf" / "user-password.pdf").read_bytes()).json()
    assert locked["state"] == "unknown"
    assert "加密" in json.dumps(locked["failures"], ensure_ascii=False)
    empty = page.drop("b.md", b"").json()
    assert empty["state"] == "unknown"
    assert page.ask("GET", f"/files/{empty['id']}/sheet").status == 200


def test_a_form_that_is_not_read_is_named(page: Served) -> None:
    answer = page.drop("a.ofd", b"PK\3\4")
    assert answer.status == 415
    assert "OFD" in answer.body.decode()
    assert "另存为 PDF" in answer.body.decode()
    # What another program would have to be given as a file is not.
    old = page.drop("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert old.status == 415
    assert "另存为 .docx" in old.body.decode()
    wps = page.drop("a.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "WPS 文档；请另存为 .docx" in wps.body.decode()
    assert ".doc" not in page.ask("GET", "/about").json()["suffixes"]


BULLETIN = """\
# 河湾区环保简报

第{issue}期（总第{cumulative}期）

河湾区环保局　2021年{month}月8日

## 水质监测报告

全区水质稳定。

（河湾区环保局）

责编：张一　核稿：李二　电话：010-12345678

报：市环保局
"""


def issue(number: int, cumulative: int | None = None) -> bytes:
    return BULLETIN.format(issue=number, cumulative=cumulative or 100 + number, month=number).encode()


def codes(told: dict[str, object]) -> list[str]:
    return [mark["code"] for mark in told["marks"]]  # type: ignore[attr-defined]


def test_files_that_were_dropped_together_are_judged_as_a_series(page: Served) -> None:
    dropped = [page.drop(f"s/{number}.md", issue(number)).json() for number in (1, 2, 4)]
    assert all(codes(told) == [] for told in dropped)

    together = page.post("/series", "\n".join(told["id"] for told in dropped).encode()).json()

    assert [told["id"] for told in together] == [told["id"] for told in dropped]
    assert codes(together[0]) == codes(together[1]) == []
    assert "ISS005" in codes(together[2])
    assert [each["issue"] for each in together[1]["around"]] == [
        "第1期（总第101期）",
        "第2期（总第102期）",
        "第4期（总第104期）",
    ]
    # What was found out together is what the page says of each from then on.
    again = page.ask("GET", f"/files/{dropped[2]['id']}").json()
    assert codes(again) == codes(together[2])
    assert page.post("/series", b"x" * 300_000).status == 400


def test_a_file_is_judged_among_the_issues_of_the_folder_and_not_against_itself(tmp_path: Path) -> None:
    (tmp_path / "bulletin-lint.yaml").write_text('bulletins: ["*.md"]\n', encoding="utf-8")
    for number in (1, 2, 3):
        (tmp_path / f"{number}.md").write_bytes(issue(number))
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with served(settings=load_settings(start=str(tmp_path)), folder=str(tmp_path)) as page:
        assert page.ask("GET", "/about").json()["timeline"] is True
        picture = page.ask("GET", "/timeline.svg")
        assert picture.headers["content-type"] == "image/svg+xml"
        assert "河湾区环保简报" in picture.body.decode()
        same = page.drop("3.md", issue(3)).json()
        renamed = page.drop("copy of 3.md", issue(3)).json()
        following = page.drop("4.md", issue(4)).json()
        gap = page.drop("5.md", issue(5)).json()
        repeated = page.drop("new.md", issue(3).replace("3月8日".encode(), "3月18日".encode())).json()
    assert codes(same) == codes(renamed) == codes(following) == []
    assert "ISS005" in codes(gap)
    assert "ISS006" in codes(repeated)
    assert [each["this"] for each in following["around"]] == [False, False, True]
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_nothing_of_a_bulletin_is_left_on_disk(tmp_path: Path) -> None:
    """The command itself, from its start to its end."""
    places = {name: tmp_path / name for name in ("tmp", "cache", "home", "here")}
    for place in places.values():
        place.mkdir()
    environment = {
        **os.environ,
        "TMPDIR": str(places["tmp"]),
        "BULLETIN_LINT_CACHE_DIR": str(places["cache"]),
        "HOME": str(places["home"]),
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-m", "bulletin_lint", "serve", "--no-browser", "--isolated", "--jobs", "1"]
    process = subprocess.Popen(
        command, cwd=places["here"], env=environment, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert process.stderr is not None
    try:
        line = process.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
        assert found is not None, line
        page = Served(int(found[1]), found[0], "")
        secret = "甲乙丙丁戊己庚辛" * 4
        text = WRONG.read_text("utf-8").replace("文化馆教师", secret).encode()
        for name, data in (("庋藏缣缃.md", text), ("庋藏缣缃.pdf", FAULTY.read_bytes())):
            told = page.drop(name, data).json()
            for what in ("sheet", "fixed", "marked", "pages/1"):
                page.ask("GET", f"/files/{told['id']}/{what}")
        # Larger than what servers keep in memory as a rule.
        assert page.drop("large.md", text + b" " * 1_900_000).status == 200
        assert list(places["tmp"].iterdir()) == []
    finally:
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=60)[1]
    assert process.returncode == 0
    assert "Traceback" not in said
    assert "缣缃" not in said
    assert list(places["tmp"].iterdir()) == []
    assert list(places["here"].iterdir()) == []
    assert list(places["home"].iterdir()) == []
    kept = b"".join(path.read_bytes() for path in places["cache"].rglob("*") if path.is_file())
    assert secret[:8].encode() not in kept
    assert "缣缃".encode() not in kept


def test_wrong_options_are_told(command: Command, tmp_path: Path) -> None:
    for words in (
        ["serve", tmp_path / "none"],
        ["serve", "--port", "0"],
        ["serve", "--port", "70000"],
        ["serve", "--cert", "a.pem"],
        ["serve", "--cert", tmp_path / "a.pem", "--key", tmp_path / "b.pem"],
    ):
        outcome = command(*words, "--no-browser")
        assert outcome.code == 2, words
        assert outcome.err.startswith("错误：")


def test_a_port_that_is_taken(command: Command) -> None:
    import socket

    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        sock.listen()
        outcome = command("serve", "--no-browser", "--port", str(sock.getsockname()[1]))
    assert outcome.code == 2
    assert "--port" in outcome.err


def test_a_word_document_gets_the_comments_that_annotate_writes(
    page: Served, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = WRONG.read_text("utf-8")
    data = docx("".join(p(line.lstrip("# ")) for line in wrong.splitlines() if line))
    monkeypatch.chdir(tmp_path)
    Path("a.docx").write_bytes(data)
    command("check", "a.docx", "--isolated", "--annotate", "out.docx", "--annotate-level", "warning")
    told = page.drop("a.docx", data).json()
    answer = page.ask("GET", f"/files/{told['id']}/marked")

    assert told["markable"]
    assert answer.status == 200
    assert answer.body == Path("out.docx").read_bytes()
    sheet = page.ask("GET", f"/files/{told['id']}/sheet").body.decode()
    assert sheet.count('id="v1"') == sheet.count('id="m1"') == 1


def test_without_the_extra_it_says_what_to_install(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    from bulletin_lint.cli.commands import serve

    monkeypatch.setattr(serve, "find_spec", lambda name: None)
    outcome = command("serve", "--no-browser")
    assert outcome.code == 2
    assert "pip install 'bulletin-lint[serve]'" in outcome.err


def test_the_icon_for_the_desktop_is_written_by_the_command(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Desktop").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path))
    outcome = command("serve", "--desktop")
    assert outcome.code == 0
    (written,) = (tmp_path / "Desktop").iterdir()
    assert written.name.startswith("简报检查")
