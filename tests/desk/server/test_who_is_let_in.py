"""Who is let through to the page and with which answer, request by request and without a server."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from typing import Any

import pytest

from bulletin_lint.desk.server.guard import HEADERS, OPEN_PATHS, OWN_HEADER, Access, Guard

HOST = "127.0.0.1:8760"
OPEN = Access(frozenset({HOST, "localhost:8760"}), "http")
SHARED = Access(frozenset({HOST}), "http", "secret")


class App:
    """An application that notes who came and answers as it is told."""

    def __init__(self) -> None:
        self.scopes: list[Any] = []
        self.headers: list[tuple[bytes, bytes]] = []
        self.error: Exception | None = None
        self.breaks_late = False

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.scopes.append(scope)
        if self.error is not None and not self.breaks_late:
            raise self.error
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": self.headers})
            if self.error is not None:
                raise self.error
            await send({"type": "http.response.body", "body": b"page"})


class Answer:
    """What was sent back."""

    def __init__(self, messages: list[Any]) -> None:
        self.messages = messages
        start = messages[0] if messages else {}
        self.status: int = start.get("status", 0)
        self.headers: list[tuple[bytes, bytes]] = list(start.get("headers", ()))
        self.text = b"".join(each.get("body", b"") for each in messages[1:]).decode()

    def header(self, name: bytes) -> list[bytes]:
        return [value for each, value in self.headers if each.lower() == name]


def ask(
    guard: Guard,
    path: str = "/about",
    method: str = "GET",
    *,
    headers: Iterable[tuple[str, str]] = (),
    host: str | None = HOST,
    client: str = "10.0.0.1",
    bodies: Iterable[bytes] = (b"",),
    server: tuple[str, int] | None = None,
    kind: str = "http",
) -> Answer:
    pieces = list(bodies)
    sent: list[Any] = []

    async def receive() -> Any:
        piece = pieces.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(pieces)}

    async def send(message: Any) -> None:
        sent.append(message)

    given = [*([("host", host)] if host is not None else []), *headers]
    scope = {
        "type": kind,
        "path": path,
        "method": method,
        "headers": [(name.encode(), value.encode()) for name, value in given],
        "client": (client, 1) if client else None,
        "server": server,
    }
    asyncio.run(guard(scope, receive, send))
    return Answer(sent)


OWN = ((OWN_HEADER, "1"),)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        (HOST, 200),
        ("LOCALHOST:8760", 200),
        ("127.0.0.1", 421),
        ("127.0.0.1:80", 421),
        ("evil.example:8760", 421),
        ("", 421),
        (None, 421),
    ],
)
def test_only_a_name_of_ours_is_answered(host: str | None, status: int) -> None:
    app = App()
    assert ask(Guard(app, OPEN), host=host).status == status
    assert len(app.scopes) == (status == 200)


def test_the_very_address_that_was_asked_is_ours_where_the_page_is_shared() -> None:
    for access, status in ((SHARED, 200), (OPEN, 421)):
        guard = Guard(App(), access)
        assert ask(guard, "/", host="10.1.2.3:8760", server=("10.1.2.3", 8760)).status == status
        assert ask(guard, "/", host="10.1.2.4:8760", server=("10.1.2.3", 8760)).status == 421
    assert ask(Guard(App(), SHARED), "/", host="10.1.2.3:8760").status == 421


@pytest.mark.parametrize(
    ("path", "method", "headers", "status"),
    [
        ("/", "GET", {}, 200),
        ("/", "HEAD", {}, 200),
        ("/files", "POST", {OWN_HEADER: "1"}, 200),
        ("/files", "POST", {}, 403),
        ("/files", "POST", {OWN_HEADER: "1", "origin": f"http://{HOST}"}, 200),
        ("/files", "POST", {OWN_HEADER: "1", "origin": f"HTTP://{HOST}"}, 200),
        ("/files", "POST", {OWN_HEADER: "1", "origin": f"https://{HOST}"}, 403),
        ("/files", "POST", {OWN_HEADER: "1", "origin": "http://evil.example"}, 403),
        ("/files", "POST", {OWN_HEADER: "1", "origin": "null"}, 403),
        # Of a request that changes nothing the origin is no matter.
        ("/about", "GET", {"origin": "http://evil.example"}, 200),
        ("/about", "OPTIONS", {}, 405),
        ("/about", "PUT", {OWN_HEADER: "1"}, 405),
        ("/about", "DELETE", {OWN_HEADER: "1"}, 405),
        ("/about", "GET", {"sec-fetch-site": "same-origin"}, 200),
        ("/about", "GET", {"sec-fetch-site": "none"}, 200),
        ("/about", "GET", {"sec-fetch-site": "cross-site"}, 403),
        ("/about", "GET", {"sec-fetch-site": "same-site"}, 403),
        # A link to the page may stand anywhere, and only to the page.
        ("/", "GET", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, 200),
        ("/", "GET", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors"}, 403),
        ("/about", "GET", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, 403),
        ("/", "POST", {OWN_HEADER: "1", "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, 403),
    ],
)
def test_a_request_of_another_site_is_refused(
    path: str, method: str, headers: dict[str, str], status: int
) -> None:
    app = App()
    answer = ask(Guard(app, OPEN), path, method, headers=headers.items())
    assert (answer.status, len(app.scopes)) == (status, int(status == 200))
    for name, value in HEADERS:
        assert answer.header(name) == [value]


def test_each_header_of_ours_is_sent_once_and_one_of_the_page_stays() -> None:
    app = App()
    app.headers = [(b"Cache-Control", b"max-age=9"), (b"x-own", b"1")]
    answer = ask(Guard(app, OPEN))
    assert answer.header(b"cache-control") == [b"max-age=9"]
    assert answer.header(b"x-own") == [b"1"]
    assert [answer.header(name) for name, _ in HEADERS if name != b"cache-control"] == [
        [value] for name, value in HEADERS if name != b"cache-control"
    ]
    assert dict(HEADERS)[b"x-frame-options"] == b"DENY"
    assert answer.text == "page"


def test_the_server_s_own_life_is_no_request_and_a_socket_is_closed() -> None:
    app = App()
    guard = Guard(app, OPEN)
    assert ask(guard, kind="lifespan", host=None).messages == []
    assert len(app.scopes) == 1
    assert ask(guard, kind="websocket").messages == [{"type": "websocket.close", "code": 1008}]
    assert len(app.scopes) == 1


def session_of(answer: Answer) -> str:
    (cookie,) = answer.header(b"set-cookie")
    return cookie.decode().partition(";")[0]


def test_without_the_code_only_the_page_that_holds_nothing_is_shown() -> None:
    guard = Guard(App(), SHARED)
    for path in sorted(OPEN_PATHS - {"/session"}):
        assert ask(guard, path).status == 200
    for path in ("/about", "/files/a", "/timeline.svg", "/session/", "/page.jsx"):
        assert ask(guard, path).status == 401
    assert ask(guard, "/files", "POST", headers=OWN).status == 401


def test_for_the_code_there_is_a_cookie_that_opens() -> None:
    app = App()
    guard = Guard(app, SHARED)
    given = ask(guard, "/session", "POST", headers=OWN, bodies=(b" sec", b"ret\n"))
    assert given.status == 200
    (cookie,) = given.header(b"set-cookie")
    assert cookie.decode().endswith("; HttpOnly; SameSite=Strict; Path=/")
    session = session_of(given)
    assert ask(guard, "/about", headers=[("cookie", f"other=1; {session}")]).status == 200
    # Who shares the queue is known by it.
    assert app.scopes[-1]["bulletin_client"] == session.partition("=")[2]
    for wrong in (f"{session}x", session[:-1], "bulletin-lint=", f"other={session}", "bulletin-lint=é"):
        assert ask(guard, "/about", headers=[("cookie", wrong)]).status == 401
    other = ask(guard, "/session", "POST", headers=OWN, bodies=(b"secret",))
    assert session_of(other) != session
    assert ask(guard, "/about", headers=[("cookie", session)]).status == 200


def test_over_an_encrypted_connection_the_cookie_is_for_that_alone() -> None:
    guard = Guard(App(), SHARED._replace(scheme="https"))
    (cookie,) = ask(guard, "/session", "POST", headers=OWN, bodies=(b"secret",)).header(b"set-cookie")
    assert cookie.endswith(b"; Secure")
    assert ask(guard, "/session", "POST", headers=[*OWN, ("origin", f"http://{HOST}")]).status == 403
    assert ask(guard, "/session", "POST", headers=[*OWN, ("origin", f"https://{HOST}")]).status == 401


@pytest.mark.parametrize("given", [b"", b"secre", b"secrets", b"SECRET", b"x" * 5000 + b"secret"])
def test_another_code_is_none(given: bytes) -> None:
    answer = ask(Guard(App(), SHARED), "/session", "POST", headers=OWN, bodies=(given,))
    assert (answer.status, answer.header(b"set-cookie")) == (401, [])


def test_where_no_code_is_asked_for_none_is_taken() -> None:
    assert ask(Guard(App(), OPEN), "/session", "POST", headers=OWN, bodies=(b"",)).status == 401
    # To look at the place is no answer to it.
    app = App()
    assert ask(Guard(app, OPEN), "/session").status == 200
    assert len(app.scopes) == 1


def test_five_wrong_codes_a_minute_are_taken_from_one_client() -> None:
    now = [1000.0]
    guard = Guard(App(), SHARED, lambda: now[0])

    def give(code: bytes, client: str = "10.0.0.1") -> int:
        return ask(guard, "/session", "POST", headers=OWN, bodies=(code,), client=client).status

    assert [give(b"x") for _ in range(5)] == [401] * 5
    assert give(b"secret") == 429
    assert give(b"secret", "10.0.0.2") == 200
    now[0] += 60
    assert give(b"secret") == 429
    now[0] += 0.5
    assert give(b"secret") == 200
    assert [give(b"x") for _ in range(4)] == [401] * 4
    assert give(b"secret") == 200


def test_a_client_without_a_cookie_is_known_by_its_address() -> None:
    app = App()
    ask(Guard(app, OPEN), client="10.0.0.7")
    ask(Guard(app, OPEN), client="")
    assert [scope["bulletin_client"] for scope in app.scopes] == ["10.0.0.7", ""]


def test_an_error_is_an_answer_and_the_log_names_its_kind_alone(caplog: pytest.LogCaptureFixture) -> None:
    app = App()
    app.error = ValueError("第1期.md")
    with caplog.at_level(logging.ERROR):
        answer = ask(Guard(app, OPEN))
    assert answer.status == 500
    assert "程序内部出错" in answer.text
    assert [record.getMessage() for record in caplog.records] == ["internal error: ValueError"]
    app.breaks_late = True
    # What was begun is not begun again.
    assert [each["type"] for each in ask(Guard(app, OPEN)).messages] == ["http.response.start"]
