"""An editor that talks to the language server: pytest-lsp's client, which holds the server to the protocol."""

from __future__ import annotations

import asyncio
import os
import re
import sys
import threading
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

import pytest_lsp
from lsprotocol import types
from pygls import uris
from pygls.protocol import default_converter

from harness import ROOT

PATIENCE = 60.0
"""Seconds after which a server has nothing more to say; on a busy machine it may take some."""


class Editor:
    """One conversation, from a thread of its own; used with `with`."""

    def __init__(
        self,
        folder: Path,
        *,
        encodings: Sequence[types.PositionEncodingKind | str] = (),
        arguments: Sequence[str] = (),
        can_resolve: bool = True,
        cache: Path | None = None,
    ) -> None:
        self.folder = folder
        self.published: list[types.PublishDiagnosticsParams] = []
        self.server: types.InitializeResult | None = None
        self.registered: list[types.Registration] = []
        self._versions: dict[str, int] = {}
        self._command = [sys.executable, "-m", "bulletin_lint", "server", *arguments]
        self._environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT / "src"),
        }
        if cache is not None:
            self._environment["BULLETIN_LINT_CACHE_DIR"] = str(cache)
        self._capabilities = pytest_lsp.client_capabilities("visual-studio-code")
        document = self._capabilities.text_document
        if not can_resolve and document is not None and document.code_action is not None:
            document.code_action.resolve_support = None
        if encodings and self._capabilities.general is not None:
            self._capabilities.general.position_encodings = list(encodings)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self.client = self._client()

    def _client(self) -> Any:
        client: Any = pytest_lsp.LanguageClient(converter_factory=default_converter)

        def published(params: types.PublishDiagnosticsParams) -> None:
            self.published.append(params)

        def registered(params: types.RegistrationParams) -> None:
            self.registered += params.registrations

        client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(published)
        client.feature(types.CLIENT_REGISTER_CAPABILITY)(registered)
        return client

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Has something done in the conversation's thread."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    def __enter__(self) -> Editor:
        self._thread.start()
        self.run(self._begin())
        return self

    async def _begin(self) -> None:
        await self.client.start_io(*self._command, env=self._environment, cwd=str(self.folder))
        root = uris.from_fs_path(str(self.folder))
        self.server = await self.client.initialize_session(
            types.InitializeParams(capabilities=self._capabilities, root_uri=root, locale="zh-CN")
        )

    def __exit__(self, *_: object) -> None:
        try:
            self.run(self.client.shutdown_session())
            self.run(self.client.stop())
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(PATIENCE)
            self._loop.close()

    # --- What a person does -----------------------------------------------------------------------------

    def uri(self, name: str) -> str:
        """The address of a file of the folder."""
        found = uris.from_fs_path(str(self.folder / name))
        assert found is not None
        return str(found)

    def open(self, name: str, text: str, language: str = "markdown") -> str:
        """Opens a file, as the editor holds it and not as it is on disk."""
        uri = self.uri(name)
        self._versions[uri] = 1
        item = types.TextDocumentItem(uri, language, 1, text)
        self._do(lambda: self.client.text_document_did_open(types.DidOpenTextDocumentParams(item)))
        return uri

    def change(self, uri: str, text: str) -> int:
        """Writes another text; gives its version."""
        self._versions[uri] += 1
        document = types.VersionedTextDocumentIdentifier(self._versions[uri], uri)
        whole = types.TextDocumentContentChangeWholeDocument(text)
        params = types.DidChangeTextDocumentParams(document, [whole])
        self._do(lambda: self.client.text_document_did_change(params))
        return self._versions[uri]

    def save(self, uri: str) -> None:
        """Says that a file was saved."""
        params = types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri))
        self._do(lambda: self.client.text_document_did_save(params))

    def close(self, uri: str) -> None:
        """Closes a file."""
        params = types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri))
        self._do(lambda: self.client.text_document_did_close(params))

    def changed_on_disk(self, name: str) -> None:
        """Says that a file was changed by somebody else."""
        event = types.FileEvent(self.uri(name), types.FileChangeType.Changed)
        params = types.DidChangeWatchedFilesParams([event])
        self._do(lambda: self.client.workspace_did_change_watched_files(params))

    def _do(self, act: Callable[[], None]) -> None:
        async def acted() -> None:
            act()

        self.run(acted())

    # --- What is seen of it -----------------------------------------------------------------------------

    def diagnostics(
        self, uri: str, version: int | None = None, *, after: int = 0
    ) -> Sequence[types.Diagnostic]:
        """What is said of a file, of one version if that is given; the last of what was said from the `after`th
        message on, waited for.
        """

        async def said() -> Sequence[types.Diagnostic]:
            while True:
                found = [
                    each
                    for each in self.published[after:]
                    if each.uri == uri and version in (None, each.version)
                ]
                if found:
                    return found[-1].diagnostics
                await asyncio.sleep(0.02)

        found: Sequence[types.Diagnostic] = self.run(said())
        return found

    def actions(
        self, uri: str, where: types.Range, only: Sequence[str] | None = None
    ) -> list[types.CodeAction]:
        """What can be done about a stretch of a file, resolved."""
        context = types.CodeActionContext([], only=list(only) if only is not None else None)
        params = types.CodeActionParams(types.TextDocumentIdentifier(uri), where, context)
        found = self.run(self.client.text_document_code_action_async(params)) or []
        return [
            self.run(self.client.code_action_resolve_async(each)) if each.data is not None else each
            for each in found
        ]

    def hover(self, uri: str, position: types.Position) -> str:
        """What is said of a place; empty where nothing is."""
        params = types.HoverParams(types.TextDocumentIdentifier(uri), position)
        found = self.run(self.client.text_document_hover_async(params))
        return found.contents.value if found is not None else ""


WIDTH = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
UNIT = {"utf-8": 1, "utf-16": 2, "utf-32": 4}


def offset(text: str, position: types.Position, encoding: str = "utf-16") -> int:
    """Which character of a text an editor means, by the codecs of Python."""
    line = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[position.line]
    units = line.encode(WIDTH[encoding], "surrogatepass")[: position.character * UNIT[encoding]]
    starts: list[int] = [0, *(end.end() for end in re.finditer("\r\n|\n|\r", text))]
    return starts[position.line] + len(units.decode(WIDTH[encoding]))


def words(text: str, where: types.Range, encoding: str = "utf-16") -> str:
    """What stands at a range."""
    return text[offset(text, where.start, encoding) : offset(text, where.end, encoding)]


def edited(text: str, edit: types.WorkspaceEdit | None, encoding: str = "utf-16") -> str:
    """A text after an edit of it."""
    assert edit is not None
    edits: list[Any] = []
    for change in edit.document_changes or ():
        assert isinstance(change, types.TextDocumentEdit)
        edits += change.edits
    for some in (edit.changes or {}).values():
        edits += some
    for each in sorted(edits, key=lambda each: offset(text, each.range.start, encoding), reverse=True):
        start, end = (offset(text, place, encoding) for place in (each.range.start, each.range.end))
        text = text[:start] + each.new_text + text[end:]
    return text
