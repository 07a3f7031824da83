"""A language server as an editor meets it: what is said of texts and rules while they are written."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest
from lsprotocol import types

from editor import Editor, edited, words
from harness import FIXTURES, ROOT, Command

WRONG = (FIXTURES / "commands" / "wrong.md").read_text("utf-8")
NOWHERE = types.Range(types.Position(0, 0), types.Position(0, 0))
WHOLE = types.Range(types.Position(0, 0), types.Position(9999, 0))


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """One editor for all tests that do not ask for one of their own; each has a folder for itself in it."""
    folder = tmp_path_factory.mktemp("editor")
    with Editor(folder, cache=tmp_path_factory.getbasetemp() / "cache") as running:
        yield running


def codes(found: object) -> list[str]:
    return [each.code for each in found]  # type: ignore[attr-defined]


def test_what_is_said_is_what_check_says(editor: Editor, command: Command, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(WRONG, encoding="utf-8")
    report = json.loads(command("check", path, "--isolated", "--format", "json").out)["violations"]

    uri = editor.open("said/a.md", WRONG)
    found = editor.diagnostics(uri, 1)

    assert [(each.code, each.message) for each in found] == [
        (each["code"], each["message"]["zh"]) for each in report
    ]
    assert [words(WRONG, each.range) for each in found] == ["03月06", "三、", ","]
    assert [each.severity for each in found] == [
        types.DiagnosticSeverity.Warning,
        types.DiagnosticSeverity.Error,
        types.DiagnosticSeverity.Warning,
    ]
    # Without the internet: a page of this machine, there by the time that somebody asks for it.
    assert found[0].code_description is not None
    editor.hover(uri, found[1].range.start)
    page = Path(found[1].code_description.href.removeprefix("file://"))  # type: ignore[union-attr]
    assert editor.run(_there(page))
    assert page.read_text("utf-8").startswith(f"# {found[1].code} ")
    related = found[1].related_information
    assert related is not None
    assert words(WRONG, types.Range(related[0].location.range.start, types.Position(16, 6))) == "一、"


async def _there(page: Path) -> bool:
    import asyncio

    while not page.exists() or not page.stat().st_size:
        await asyncio.sleep(0.02)
    return True


def test_what_is_not_saved_counts_and_old_versions_are_dropped(editor: Editor) -> None:
    uri = editor.open("versions/a.md", WRONG)
    editor.diagnostics(uri, 1)
    before = len(editor.published)
    for number in range(30):
        editor.change(uri, WRONG.replace("效果好", "效果好" + "很" * number))
    last = editor.change(uri, WRONG.replace("03月06日", "3月6日"))

    assert codes(editor.diagnostics(uri, last)) == ["SEC001", "PUN002"]
    versions = [each.version or 0 for each in editor.published[before:] if each.uri == uri]
    # Never one that is older than what was said before, and of a burst of keys not each.
    assert versions == sorted(versions)
    assert versions[-1] == last
    assert len(versions) < 16


def test_a_question_is_answered_while_a_long_text_is_judged(editor: Editor) -> None:
    body = "沿河社区把课表贴到单元门，居民都说效果好，来的人一天比一天多。" * 20
    long = WRONG + "".join(f"\n第{number}段：{body}\n" for number in range(150))
    short = editor.open("busy/short.md", WRONG)
    editor.diagnostics(short, 1)
    uri = editor.open("busy/long.md", long)

    assert "序号" in editor.hover(short, types.Position(20, 4))
    is_judged = any(each.uri == uri for each in editor.published)
    assert editor.diagnostics(uri, 1)
    assert not is_judged


def test_what_mends_one_is_offered_where_it_is(editor: Editor) -> None:
    uri = editor.open("mend/a.md", WRONG)
    date, numbering, _ = editor.diagnostics(uri, 1)

    fix, waiver = editor.actions(uri, date.range)
    assert fix.title == "改为“3月6”（DAT002）"
    assert fix.kind == types.CodeActionKind.QuickFix
    assert fix.is_preferred
    assert edited(WRONG, fix.edit) == WRONG.replace("03月06", "3月6")
    assert waiver.title.startswith("豁免")
    assert editor.actions(uri, NOWHERE) == []
    # Whether a part is missing or its number is wrong, the author knows.
    fix, _ = editor.actions(uri, numbering.range)
    assert fix.title == "改为“二、”（SEC001）（改后请核对）"
    assert not fix.is_preferred
    assert edited(WRONG, fix.edit) == WRONG.replace("三、", "二、")


def test_all_that_is_safe_is_mended_as_fix_mends_it(editor: Editor, command: Command, tmp_path: Path) -> None:
    files = [FIXTURES / "commands" / "wrong.md"]
    for family in ("dates", "spacing"):
        files += sorted((FIXTURES / "bulletins" / "faulty" / family).glob("*.md"))
    copies = [tmp_path / path.name for path in files]
    for path, copy in zip(files, copies, strict=True):
        shutil.copy(path, copy)
    command("check", *copies, "--isolated", "--fix")
    changed = 0
    for path, copy in zip(files, copies, strict=True):
        text = path.read_bytes().decode("utf-8")
        # As an editor of Windows has it.
        for mended, given in ((copy.read_text("utf-8"), text), (None, text.replace("\n", "\r\n"))):
            uri = editor.open(f"all/{path.name}{'.crlf.md' if mended is None else ''}", given)
            editor.diagnostics(uri, 1)
            (action,) = editor.actions(uri, WHOLE, ["source.fixAll"])
            assert action.kind == "source.fixAll.bulletin-lint"
            after = edited(given, action.edit)
            assert after == (mended if mended is not None else copy.read_text("utf-8").replace("\n", "\r\n"))
            changed += after != given
            editor.close(uri)
    assert changed >= 10  # each with both ends of lines


def test_a_waiver_counts_once_it_has_a_reason(editor: Editor) -> None:
    uri = editor.open("waive/a.md", WRONG)
    numbering = editor.diagnostics(uri, 1)[1]
    waiver = editor.actions(uri, numbering.range)[-1]
    without = edited(WRONG, waiver.edit)
    assert "<!-- bulletin-lint: ignore-next-line[SEC001] -->\n### 三、" in without

    found = editor.diagnostics(uri, editor.change(uri, without))
    assert any("理由" in each.message for each in found)
    reasoned = without.replace("[SEC001] -->", "[SEC001] 领导审定 -->")
    assert codes(editor.diagnostics(uri, editor.change(uri, reasoned))) == ["DAT002", "PUN002"]


def test_why_is_told_where_the_pointer_is(editor: Editor) -> None:
    uri = editor.open("why/a.md", WRONG)
    editor.diagnostics(uri, 1)
    said = editor.hover(uri, types.Position(8, 6))

    assert said.startswith("**DAT002** ")
    assert "怎样改：" in said
    assert "依据：GB/T 9704" in said
    assert editor.hover(uri, types.Position(14, 3)) == ""


def test_other_texts_are_left_alone_and_closed_ones_are_forgotten(editor: Editor) -> None:
    notes = editor.open("left/README.md", "# Notes\n\nDate: 2020年03月06日,ok\n")
    assert not editor.diagnostics(notes, 1)
    uri = editor.open("left/a.md", WRONG)
    assert editor.diagnostics(uri, 1)
    before = len(editor.published)
    editor.close(uri)
    assert not editor.diagnostics(uri, after=before)
    # A PDF is never read here, whatever an editor may make of it.
    pdf = editor.open("left/a.pdf", WRONG, "plaintext")
    after = editor.open("left/b.md", WRONG)
    assert editor.diagnostics(after, 1)
    assert not [each for each in editor.published if each.uri == pdf]


def test_a_file_that_was_never_saved_is_judged(editor: Editor) -> None:
    item = types.TextDocumentItem("untitled:Untitled-1", "markdown", 1, WRONG)
    editor._do(lambda: editor.client.text_document_did_open(types.DidOpenTextDocumentParams(item)))
    old = types.TextDocumentItem("git:/a.md?HEAD", "markdown", 1, WRONG)
    editor._do(lambda: editor.client.text_document_did_open(types.DidOpenTextDocumentParams(old)))
    assert codes(editor.diagnostics("untitled:Untitled-1", 1)) == ["DAT002", "SEC001", "PUN002"]
    assert editor.diagnostics(editor.open("after/b.md", WRONG), 1)
    assert not [each for each in editor.published if each.uri == old.uri]
    assert editor.logged == []


# Each starts a server of its own.
@pytest.mark.parametrize(
    "encoding",
    ["utf-16", *(pytest.param(other, marks=pytest.mark.slow) for other in ("utf-8", "utf-32"))],
)
def test_columns_are_counted_as_was_agreed(encoding: str, tmp_path: Path) -> None:
    text = WRONG.replace("2020年03月06日", "𠮷😀2020年03月06日").replace("单元门,", "单元门👩‍🔬é,")
    with Editor(tmp_path, encodings=[encoding]) as editor:
        assert editor.server is not None
        assert (editor.server.capabilities.position_encoding or "utf-16") == encoding
        for name, given in (
            ("lf", text),
            ("crlf", text.replace("\n", "\r\n")),
            ("cr", text.replace("\n", "\r")),
        ):
            uri = editor.open(f"{name}.md", given)
            found = editor.diagnostics(uri, 1)
            shown = [words(given, each.range, encoding) for each in found]
            assert {"03月06", "三、", ","} <= set(shown), name
            date = found[shown.index("03月06")]
            fix = editor.actions(uri, date.range)[0]
            assert edited(given, fix.edit, encoding) == given.replace("03月06", "3月6")
            (every,) = editor.actions(uri, WHOLE, ["source.fixAll"])
            mended = given.replace("03月06", "3月6").replace("é,", "é，")
            assert edited(given, every.edit, encoding) == mended


def test_a_mark_of_the_order_of_bytes_and_odd_separators_move_nothing(editor: Editor) -> None:
    # A form feed and Unicode's separators end a line for Python and for no editor.
    text = "\ufeff" + WRONG.replace("文化馆教师", "文化馆\x0c教\u2028师")
    uri = editor.open("odd/a.md", text)
    found = editor.diagnostics(uri, 1)

    assert "03月06" in [words(text, each.range) for each in found]
    (every,) = editor.actions(uri, WHOLE, ["source.fixAll"])
    assert edited(text, every.edit).startswith("\ufeff# ")


def test_an_editor_that_cannot_resolve_gets_edits_at_once(tmp_path: Path) -> None:
    with Editor(tmp_path, can_resolve=False) as editor:
        uri = editor.open("a.md", WRONG)
        editor.diagnostics(uri, 1)
        context = types.CodeActionContext([], only=["source.fixAll"])
        params = types.CodeActionParams(types.TextDocumentIdentifier(uri), WHOLE, context)
        (action,) = editor.run(editor.client.text_document_code_action_async(params))
        after = edited(WRONG, action.edit)
    assert after == WRONG.replace("03月06", "3月6").replace("单元门,", "单元门，")


def _open(stream: IO[bytes], folder: Path, *names: str) -> None:
    """Begins a conversation and opens texts."""
    messages: list[dict[str, Any]] = [
        {"id": 1, "method": "initialize", "params": {"capabilities": {}, "processId": None, "rootUri": None}},
        {"method": "initialized", "params": {}},
    ]
    for name in names:
        document = {"uri": (folder / name).as_uri(), "languageId": "markdown", "version": 1, "text": WRONG}
        messages.append({"method": "textDocument/didOpen", "params": {"textDocument": document}})
    for message in messages:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        stream.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    stream.flush()


def _heard(stream: IO[bytes]) -> Any:
    """The next message."""
    heads = {}
    while line := stream.readline().strip():
        name, _, value = line.partition(b": ")
        heads[name] = value
    return json.loads(stream.read(int(heads[b"Content-Length"])))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize(
    "name", ["SIGTERM", *(pytest.param(other, marks=pytest.mark.slow) for other in ("SIGINT", "SIGHUP"))]
)
def test_a_signal_ends_it_at_once_and_nothing_is_left(name: str, tmp_path: Path) -> None:
    """The editor's end of the conversation is still open, and the server would wait for its next word."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    with subprocess.Popen(
        [sys.executable, "-m", "bulletin_lint", "server", "--isolated"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "TMPDIR": str(folder)},
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        _open(process.stdin, tmp_path, "a.md")
        while _heard(process.stdout).get("method") != "textDocument/publishDiagnostics":
            pass
        assert list(folder.iterdir()) != []
        number = signal.Signals[name]
        process.send_signal(number)
        assert process.wait(60) == 128 + number
    assert list(folder.iterdir()) == []


def test_nothing_but_the_conversation_is_on_standard_output(tmp_path: Path) -> None:
    """A reader's library that prints would break it: what is printed goes to standard error. An error of ours
    is told, without what the text says.
    """
    program = (
        "import os, sys\n"
        "from bulletin_lint.desk.language_server import projects\n"
        "check = projects.Project.check\n"
        "def loud(self, *given):\n"
        "    print('printed')\n"
        "    os.write(1, b'written\\n')\n"
        "    if given[0].endswith('broken.md'):\n"
        "        raise ValueError('secret')\n"
        "    return check(self, *given)\n"
        "projects.Project.check = loud\n"
        "from bulletin_lint.cli.main import main\n"
        "sys.exit(main(['server', '--isolated']))\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    _open(process.stdin, tmp_path, "broken.md", "a.md")
    methods: list[str] = []
    told = ""
    while not {"textDocument/publishDiagnostics", "window/logMessage"} <= set(methods):
        said = _heard(process.stdout)
        methods.append(said.get("method", "answer"))
        if methods[-1] == "window/logMessage":
            told += said["params"]["message"]
    # The editor has gone without a word.
    out, err = process.communicate(timeout=60)
    assert out == b""
    assert "ValueError" in told
    assert "secret" not in told
    assert b"printed" in err
    assert b"written" in err
    assert b"Traceback" not in err


def test_what_is_missing_is_said(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    from bulletin_lint.cli.commands import server

    refused = command("server", "--config", "none.yaml")
    assert refused.code == 2
    assert "none.yaml" in refused.err
    monkeypatch.setattr(server, "find_spec", lambda name: None)
    outcome = command("server")
    assert outcome.code == 2
    assert "pip install 'bulletin-lint[lsp]'" in outcome.err
