"""The server: texts are judged in a thread as they are written, and what an editor asks for is answered.

A text is judged a moment after the last key. What was found in a version that is no longer the newest is
dropped; no request waits for a judgement of another text.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from lsprotocol import types
from pygls import uris
from pygls.lsp.server import LanguageServer

from bulletin_lint import __version__
from bulletin_lint._typing import Any, NamedTuple
from bulletin_lint.desk.language_server.positions import Lines
from bulletin_lint.desk.language_server.projects import Mistake, Project, Projects
from bulletin_lint.desk.language_server.told import SOURCE, PlacedViolation, complaints, told
from bulletin_lint.model.report import FileResult
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.readers import kind_by_name

DELAY = 0.2
"""Seconds after the last key that a text is judged."""
_LANGUAGES = ("markdown", "plaintext")
"""Those of texts that are not saved yet and so have no suffix."""
YAML = (".yaml", ".yml")
_WATCHED = ("**/*.yaml", "**/*.yml", "**/pyproject.toml", "**/*.csv", "**/*.md", "**/*.txt")


class Checked(NamedTuple):
    """A version of a text, and what was found in it."""

    version: int | None
    lines: Lines
    found: tuple[PlacedViolation, ...]
    project: Project | None


class Open:
    """A text that is open in the editor."""

    def __init__(self) -> None:
        self.checked: Checked | None = None
        self.task: asyncio.Task[None] | None = None


class Server(LanguageServer):
    """Holds what is open, and what was found in it."""

    def __init__(self, projects: Projects, language: Language | None, default: Language) -> None:
        """`language` was asked for on the command line; else settings, then the editor, then `default`."""
        super().__init__(
            SOURCE,
            __version__,
            # Whole texts: what a change of a part refers to is counted in lines that break at other places.
            text_document_sync_kind=types.TextDocumentSyncKind.Full,
        )
        self.projects = projects
        self.is_shut_down = False
        """The editor has said that it will end the conversation."""
        self.open: dict[str, Open] = {}
        self._language: Language | None = language
        self._default: Language = default
        self._thread = ThreadPoolExecutor(1, "bulletin-lint")
        self._pages: dict[tuple[str, str], str] = {}
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._writing = threading.RLock()
        self._moment = 0
        """Grows when files may have changed beside those that are open."""
        self._told_of: dict[str, set[str]] = {}
        """By the file that was asked about, the files whose mistakes were told."""

    # --- Judging ----------------------------------------------------------------------------------------

    def language_of(self, project: Project | None) -> Language:
        """The language in which is spoken of a text."""
        if self._language is not None:
            return self._language
        if project is not None and project.settings.language is not None:
            return project.settings.language
        return self._default

    def prefer(self, locale: str | None) -> None:
        """Takes the editor's language where nothing else says one."""
        words: dict[str, Language] = {"zh": "zh", "en": "en"}
        self._default = words.get((locale or "").lower()[:2], self._default)

    def schedule(self, uri: str, delay: float = DELAY) -> None:
        """Has a text judged after a moment; a judgement that was to come before is not made."""
        state = self.open.setdefault(uri, Open())
        if state.task is not None:
            state.task.cancel()
        state.task = asyncio.ensure_future(self._check(uri, state, delay))
        state.task.add_done_callback(self._tell_failure)

    def schedule_all(self, delay: float = DELAY) -> None:
        """Has all texts judged anew: settings, rules or neighbours have changed."""
        self._moment += 1
        for uri in list(self.open):
            self.schedule(uri, delay)

    def forget(self, uri: str) -> None:
        """Lets go of a text that is closed."""
        state = self.open.pop(uri, None)
        if state is not None and state.task is not None:
            state.task.cancel()
        self._publish(uri, [], None)
        for path in self._told_of.pop(uri, set()):
            if not any(path in others for others in self._told_of.values()):
                self._publish(path, [], None)

    def _tell_failure(self, task: asyncio.Task[None]) -> None:
        """Says in the editor's log that a judgement broke off, and nothing of the text."""
        error = None if task.cancelled() else task.exception()
        if error is not None:
            wording = Wording(
                f"内部出错（{type(error).__name__}），这份文件这次没有检查；改动后会再查。",
                f"internal error ({type(error).__name__}): not checked this time, but with the next change.",
            )
            text = wording.in_language(self.language_of(None))
            self.window_log_message(types.LogMessageParams(types.MessageType.Error, text))

    async def _check(self, uri: str, state: Open, delay: float) -> None:
        await asyncio.sleep(delay)
        document = self.workspace.get_text_document(uri)
        version, text = document.version, document.source
        if document.path is not None and document.path.endswith(YAML):
            data, at = text.encode("utf-8", "replace"), document.path
            mistakes = await self.apart(lambda: self.projects.mistakes_in(at, data))
            self._tell_mistakes(uri, mistakes)
            return
        path = path_of(uri, document.language_id)
        if path is None:
            return
        lines = Lines(text, self.encoding)
        moment = self._moment
        project, result = await self.apart(lambda: self._judged(path, text, moment))
        if self.open.get(uri) is not state or self.workspace.get_text_document(uri).version != version:
            return
        language = self.language_of(project)
        found: tuple[PlacedViolation, ...] = ()
        said: list[types.Diagnostic] = []
        if result is not None:
            pages = self._addresses(project, result)
            found = told(result, lines, pages, language, uri)
            said = [*complaints(result, language), *(each.diagnostic for each in found)]
        state.checked = Checked(version, lines, found, project)
        self._tell_mistakes(uri, self.projects.mistakes.get(os.path.dirname(path), ()))
        self._publish(uri, said, version)
        if project is not None and found:
            await self.apart(lambda: self._write_pages(project, found))

    def _judged(self, path: str, text: str, moment: int) -> tuple[Project | None, FileResult | None]:
        project = self.projects.of(path)
        if project is None:
            return None, None
        return project, project.check(path, text.encode("utf-8", "replace"), moment)

    async def apart(self, work: Callable[[], Any]) -> Any:
        """Does something in the thread that judges, while requests are answered here."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    @property
    def encoding(self) -> str:
        """The units in which columns are counted."""
        chosen = self.workspace.position_encoding
        return str(getattr(chosen, "value", chosen))

    def _publish(self, uri: str, diagnostics: list[types.Diagnostic], version: int | None) -> None:
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics, version))

    # --- Pages of rules ---------------------------------------------------------------------------------

    def _addresses(self, project: Project | None, result: FileResult) -> dict[str, str]:
        """Where it is told more of the rules that were broken: pages on this machine."""
        if project is None:
            return {}
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="bulletin-lint-")
        found = {}
        digest = project.desk.rulebook.digest
        for code in {violation.code for violation in result.violations}:
            key = (digest, code)
            if key not in self._pages:
                folder = os.path.join(self._folder.name, digest)
                self._pages[key] = uris.from_fs_path(os.path.join(folder, f"{code}.md")) or ""
            found[code] = self._pages[key]
        return found

    def _write_pages(self, project: Project, found: Sequence[PlacedViolation]) -> None:
        from bulletin_lint.rulebook.pages import page

        for code in {each.violation.code for each in found}:
            path = uris.to_fs_path(self._pages[project.desk.rulebook.digest, code])
            with self._writing:
                if path is not None and self._folder is not None and not os.path.exists(path):
                    os.makedirs(os.path.dirname(path), exist_ok=True)
                    with open(path, "w", encoding="utf-8") as stream:
                        stream.write(page(project.catalogue, code))

    def close(self) -> None:
        """Ends the thread and removes what was written."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        self.remove_pages()

    def remove_pages(self) -> None:
        """Removes what was written; the thread writes no more. A signal's handler may ask for it."""
        with self._writing:
            folder, self._folder = self._folder, None
            if folder is not None:
                folder.cleanup()

    # --- Settings and packs -----------------------------------------------------------------------------

    def _tell_mistakes(self, uri: str, mistakes: Sequence[Mistake]) -> None:
        """Publishes what is wrong with files of settings and rules, found while looking at `uri`."""
        by_file: dict[str, list[Mistake]] = {}
        for mistake in mistakes:
            by_file.setdefault(uris.from_fs_path(mistake.path) or uri if mistake.path else uri, []).append(
                mistake
            )
        before = self._told_of.get(uri, set())
        self._told_of[uri] = set(by_file)
        for file, found in by_file.items():
            self._publish(file, [self._mistake(file, each) for each in found], None)
        for file in before - set(by_file):
            if not any(file in others for others in self._told_of.values()):
                self._publish(file, [], None)

    def _mistake(self, uri: str, mistake: Mistake) -> types.Diagnostic:
        lines = Lines(self.workspace.get_text_document(uri).source, self.encoding)
        line = min(mistake.line, len(lines.lines))
        start = lines.position(line, mistake.column)
        end = lines.position(line, len(lines.lines[line - 1]) + 1)
        return types.Diagnostic(
            types.Range(start, end),
            mistake.wording.in_language(self.language_of(None)),
            severity=types.DiagnosticSeverity.Error,
            source=SOURCE,
        )

    def newest(self, uri: str) -> Checked | None:
        """What was found in the version that the editor shows; None where that is not known yet."""
        state = self.open.get(uri)
        if state is None or state.checked is None:
            return None
        document = self.workspace.get_text_document(uri)
        return state.checked if state.checked.version == document.version else None


def path_of(uri: str, language_id: str | None) -> str | None:
    """The path that a text has, or would have; None where it is of no kind that is judged while it is
    written.
    """
    scheme = uri.partition(":")[0]
    if scheme == "file":
        path = uris.to_fs_path(uri)
        return path if path is not None and kind_by_name(path) == "text" else None
    # Nor are the two sides of a comparison that an editor shows, which have schemes of their own.
    if scheme == "untitled" and language_id in _LANGUAGES:
        return os.path.abspath(f"untitled.{'md' if language_id == 'markdown' else 'txt'}")
    return None


def keep_up(server: Server) -> None:
    """What the editor tells of: texts opened, changed, saved and closed, files changed beside it."""

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.prefer(params.locale)

    @server.feature(types.SHUTDOWN)
    def shutdown(params: None) -> None:
        del params
        server.is_shut_down = True

    @server.feature(types.INITIALIZED)
    async def initialized(params: types.InitializedParams) -> None:
        del params
        workspace = server.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace is not None else None
        if watching is None or not watching.dynamic_registration:
            return
        watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        registration = types.Registration(
            "files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, register_options=options
        )
        await server.client_register_capability_async(types.RegistrationParams([registration]))

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    async def did_open(params: types.DidOpenTextDocumentParams) -> None:
        server.schedule(params.text_document.uri, 0)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def did_change(params: types.DidChangeTextDocumentParams) -> None:
        server.schedule(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def did_save(params: types.DidSaveTextDocumentParams) -> None:
        del params
        # What is saved is a neighbour, or the settings, of others.
        server.schedule_all(0)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    async def did_close(params: types.DidCloseTextDocumentParams) -> None:
        server.forget(params.text_document.uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def did_change_watched_files(params: types.DidChangeWatchedFilesParams) -> None:
        del params
        server.schedule_all()

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def did_change_configuration(params: types.DidChangeConfigurationParams) -> None:
        del params
        server.schedule_all()
