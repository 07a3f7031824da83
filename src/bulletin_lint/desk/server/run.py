"""The page started: on this machine alone unless others are to use it, and opened in the browser."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Callable

from bulletin_lint._typing import Any, NamedTuple
from bulletin_lint.desk.looking import Desk
from bulletin_lint.desk.server.answers import Answers
from bulletin_lint.desk.server.app import ServedPage, application
from bulletin_lint.desk.server.guard import LOOPBACK, Access
from bulletin_lint.desk.server.work import Worker
from bulletin_lint.desk.sheets import SheetMaker
from bulletin_lint.engine.series_survey import Survey
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.wording import Language, Wording

PORT = 8760
_NEXT_PORTS = 20
"""Ports after it that are tried where somebody has it."""
_MOST_CONNECTIONS = 64
_KEEP_ALIVE = 5
"""Seconds that an idle connection is held."""
_HEAD_SECONDS = 10.0
"""That a connection may be open without asking for anything: 64 that never do would keep all others out."""
_WAIT_TO_END = 3
"""Seconds that requests may take to end when the page is ended."""


class Serving(NamedTuple):
    """How the page is served."""

    port: int | None = None
    """None for the usual one, or the next that is free."""
    is_shared: bool = False
    names: tuple[str, ...] = ()
    """Further names of this machine that the page may be asked for by."""
    certificate: str | None = None
    key: str | None = None


class Listening(NamedTuple):
    """The page about to be served."""

    socket: socket.socket
    access: Access
    address: str
    """What to open: with the code, where one is needed."""


def listening(serving: Serving) -> Listening:
    """Takes a port.

    Raises:
        UsageError: the port cannot be had.
    """
    place = "0.0.0.0" if serving.is_shared else "127.0.0.1"
    sock = _bound(place, serving.port)
    port = sock.getsockname()[1]
    scheme = "https" if serving.certificate is not None else "http"
    own = [socket.gethostname(), *serving.names] if serving.is_shared else list(serving.names)
    usual = 443 if scheme == "https" else 80
    hosts = {f"{name.lower()}:{port}" for name in (*LOOPBACK, *own)}
    if port == usual:
        hosts |= {name.lower() for name in (*LOOPBACK, *own)}
    code = secrets.token_urlsafe(16) if serving.is_shared else None
    name = (serving.names or (_own_address(),))[0] if serving.is_shared else "127.0.0.1"
    address = f"{scheme}://{name}:{port}/" + (f"#{code}" if code is not None else "")
    return Listening(sock, Access(frozenset(hosts), scheme, code), address)


def _own_address() -> str:
    """The address by which others find this machine, else its name."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        try:
            # Nothing is sent: the system only says from where it would be. The address is for documentation
            # (RFC 5737).
            sock.connect(("192.0.2.1", 9))
            return str(sock.getsockname()[0])
        except OSError:
            return socket.gethostname()


def _bound(place: str, port: int | None) -> socket.socket:
    tried = [port] if port is not None else range(PORT, PORT + _NEXT_PORTS)
    for number in tried:
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if os.name == "posix":
            # Elsewhere it would let another program take the port from under us.
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((place, number))
            # Two may be bound to one port until one of them listens.
            sock.listen(128)
        except OSError:
            sock.close()
            continue
        return sock
    number = port if port is not None else PORT
    raise UsageError(
        Wording(
            f"端口 {number} 被占用；请用 --port 换一个，或关掉占用它的程序",
            f"port {number} is taken; give another with --port, or end the program that has it",
        )
    )


def page_of(
    desk: Desk,
    maker: SheetMaker,
    *,
    jobs: int | None,
    survey: Survey | None,
    folder: str,
    is_shared: bool,
) -> ServedPage:
    """The page for a desk; `survey` is of the folder that it was started for."""
    language: Language = maker.language
    others = survey.known.issues if survey is not None else ()
    worker = Worker(desk, maker, jobs, others)
    timeline = timeline_of(survey, language) if survey is not None else ""
    answers = Answers(language, maker.rules, desk.settings.fail_level)
    return ServedPage(worker, answers, language, timeline, folder, is_shared)


def timeline_of(survey: Survey, language: Language) -> str:
    """The series of a folder as one picture; empty where no issue is known."""
    from bulletin_lint.reporters.register_page import svg
    from bulletin_lint.reporters.register_table import RegisterView, SeriesView
    from bulletin_lint.series.holes import holes, rows

    if not survey.known.issues:
        return ""
    register = survey.known.register.path if survey.known.register is not None else None
    series = [SeriesView(each, rows(each), holes(each)) for each in survey.series_by_title]
    return svg(RegisterView(series, survey.violations, register), language)


def server_of(
    page: ServedPage, access: Access, serving: Serving, started: Callable[[], None] | None = None
) -> Any:
    """What serves the page, with nothing written of who asks for what; `started` is called once it can be
    asked.
    """
    import uvicorn
    from uvicorn.protocols.http.h11_impl import H11Protocol

    class Impatient(H11Protocol):
        """Closes connections on which nothing is asked for."""

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self.loop.call_later(_HEAD_SECONDS, self._look)

        def _look(self) -> None:
            if self.transport.is_closing():
                return
            # None before the first request, whatever it is declared as.
            cycle: Any = self.cycle
            if cycle is None or cycle.response_complete:
                self.transport.close()
            else:
                self.loop.call_later(_HEAD_SECONDS, self._look)

    class Announcing(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if started is not None:
                started()

    config = uvicorn.Config(
        application(page, access),
        log_config=None,
        access_log=False,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=_WAIT_TO_END,
        ws="none",
        http=Impatient,
        loop="asyncio",
        server_header=False,
        date_header=False,
        ssl_certfile=serving.certificate,
        ssl_keyfile=serving.key,
    )
    return Announcing(config)


def serve(
    page: ServedPage, at: Listening, serving: Serving, started: Callable[[], None] | None = None
) -> None:
    """Serves the page until it is interrupted; `started` is called once it can be opened."""
    page.worker.start()
    try:
        server_of(page, at.access, serving, started).run(sockets=[at.socket])
    finally:
        page.worker.close()
