"""A conversation with an editor, from its first word to its last."""

from __future__ import annotations

from bulletin_lint._typing import Any
from bulletin_lint.desk.language_server.answers import answer
from bulletin_lint.desk.language_server.projects import Projects
from bulletin_lint.desk.language_server.server import Server, keep_up
from bulletin_lint.model.wording import Language


def serve(projects: Projects, language: Language | None, default: Language, receive: Any, send: Any) -> None:
    """Serves until the editor ends it.

    `language` was asked for; else settings, then the editor, then `default` say it. `receive` and `send` are
    the two ends of the conversation; nothing else may be written to the latter.
    """
    server = Server(projects, language, default)
    keep_up(server)
    answer(server)
    try:
        server.start_io(receive, send)
    finally:
        server.close()
