"""The page of `serve`, running in a thread, and plain requests to it."""

from __future__ import annotations

import http.client
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from urllib.parse import quote

from bulletin_lint.config.settings import Settings
from bulletin_lint.desk.looking import Desk
from bulletin_lint.desk.server.run import Serving, listening, page_of, server_of
from bulletin_lint.desk.sheets import SheetMaker
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.engine.linter import Linter
from bulletin_lint.engine.suppression import Waivers
from bulletin_lint.model.source import SourceFile

OWN = {"X-Bulletin-Lint": "1"}


class Killed:
    """A linter whose process ends with files of certain names, as one does that a library takes down."""

    def __init__(self, linter: Linter) -> None:
        self._linter = linter
        self.rulebook = linter.rulebook
        self.rules = linter.rules

    def lint(self, source: SourceFile, data: bytes | None = None) -> LintResult:
        """As the linter does, or not at all."""
        if source.path.startswith("killer"):
            os.abort()
        return self._linter.lint(source, data)

    def without_rules(self) -> Linter:
        """One that reads the same."""
        return self._linter.without_rules()


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        """The body as data."""
        return json.loads(self.body)


class Served(NamedTuple):
    """A running page."""

    port: int
    address: str
    code: str

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        headers: dict[str, str] | None = None,
        *,
        is_chunked: bool = False,
        client: str = "127.0.0.1",
    ) -> Answer:
        """A request as it stands, from the address of `client`: nothing is added but the host."""
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=60, source_address=(client, 0)
        )
        try:
            connection.request(method, path, body, headers or {}, encode_chunked=is_chunked)
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, found, answer.read())
        finally:
            connection.close()

    def post(self, path: str, body: Any = b"", *, client: str = "127.0.0.1", **headers: str) -> Answer:
        """A request of the page's own."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask("POST", path, body, {**OWN, **named}, client=client)

    def drop(self, name: str, data: bytes, *, client: str = "127.0.0.1", **headers: str) -> Answer:
        """A file that is dropped."""
        return self.post("/files", data, client=client, X_Name=quote(name, safe=""), **headers)


@contextmanager
def served(
    *,
    settings: Settings | None = None,
    folder: str | None = None,
    is_shared: bool = False,
    serving: Serving | None = None,
) -> Iterator[Served]:
    """A page that is served while a ``with`` lasts."""
    from bulletin_lint.engine.series_survey import survey

    store = CompiledStore()
    chosen = settings or Settings()
    desk = Desk(chosen, Waivers(), store=store)
    desk.linter = Killed(desk.linter)  # type: ignore[assignment]
    known = survey(chosen, [folder], store) if folder is not None else None
    page = page_of(
        desk,
        SheetMaker(desk, "zh", store),
        jobs=2,
        survey=known,
        folder=folder or "",
        is_shared=is_shared,
    )
    how = serving or Serving(port=0, is_shared=is_shared)
    at = listening(how)
    page.worker.start()
    begun = threading.Event()
    server = server_of(page, at.access, how, begun.set)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [at.socket]}, daemon=True)
    thread.start()
    assert begun.wait(60)
    try:
        yield Served(at.socket.getsockname()[1], at.address, at.access.code or "")
    finally:
        server.should_exit = True
        thread.join(30)
        at.socket.close()
        assert not thread.is_alive()
