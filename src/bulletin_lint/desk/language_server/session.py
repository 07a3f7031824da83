"""A conversation with an editor, from its first word to its last."""

from __future__ import annotations

import os
import signal

from bulletin_lint._typing import Any
from bulletin_lint.desk.language_server.answers import answer
from bulletin_lint.desk.language_server.projects import Projects
from bulletin_lint.desk.language_server.server import Server, keep_up
from bulletin_lint.desk.language_server.wire import BoundedStream, say_in_lines
from bulletin_lint.model.wording import Language


def serve(projects: Projects, language: Language | None, default: Language, receive: Any, send: Any) -> bool:
    """Serves until the editor ends it; whether it did so as the protocol has it, by `shutdown` first.

    `language` was asked for; else settings, then the editor, then `default` say it. `receive` and `send` are
    the two ends of the conversation; nothing else may be written to the latter.
    """
    server = Server(projects, language, default)
    _end_on_signal(server)
    say_in_lines()
    keep_up(server)
    answer(server)
    try:
        bounded: Any = BoundedStream(receive)
        server.start_io(bounded, send)
    finally:
        server.close()
    return server.is_shut_down


def _end_on_signal(server: Server) -> None:
    """Signals end the process, as they do anyway, but what the server wrote is removed first.

    At once: the thread that waits for the editor's next word cannot be asked to stop, and the interpreter
    would wait for it.
    """

    def end(number: int, _: object) -> None:
        server.remove_pages()
        os._exit(128 + number)

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, end)
