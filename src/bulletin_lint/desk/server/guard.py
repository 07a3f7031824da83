"""Who may talk to the page: the right name, the own page, and in a shared office those with the code.

A page of another site that a browser shows can send requests to this machine. It can neither use our name for
it (the host is checked, so that a name that resolves here is not enough), nor set our header without asking
first (and is refused), nor read an answer.
"""

from __future__ import annotations

import hmac
import logging
import secrets
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from http.cookies import CookieError, SimpleCookie

from bulletin_lint._typing import Any, NamedTuple

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

OWN_HEADER = "x-bulletin-lint"
"""Sent by our page with every POST: a page of another site may not set it without a preflight."""
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
OPEN_PATHS = frozenset({"/", "/page.js", "/page.css", "/sheet.css", "/icon.svg", "/session"})
"""What is shown to whoever has not given the code: the page, which holds nothing, and where the code goes."""

_COOKIE = "bulletin-lint"
_WRONG_CODES = 5
_WINDOW = 60.0
"""So many wrong codes in so many seconds are taken from one client."""
_MOST_SESSIONS = 200

HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        b"base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
)
"""Sent with every answer."""


class Access(NamedTuple):
    """Who is let in."""

    hosts: frozenset[str]
    """What the host of a request may be, with its port, lower case."""
    scheme: str
    """http or https."""
    code: str | None = None
    """What a browser has to give before it sees anything; None where only this machine is listened to."""


class Guard:
    """Refuses requests that are not of our page, and gives every answer the headers that keep it apart."""

    def __init__(self, app: App, access: Access, clock: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._access = access
        self._clock = clock
        self._sessions: deque[str] = deque(maxlen=_MOST_SESSIONS)
        self._wrong: dict[str, deque[float]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets a request through or answers it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            # No socket is offered.
            await send({"type": "websocket.close", "code": 1008})
            return
        headers = _headers(scope)
        refused = self._refusal(scope, headers)
        if refused is not None:
            await _answer(send, *refused)
            return
        session = self._session(headers)
        client = scope["client"][0] if scope.get("client") else ""
        if scope["path"] == "/session" and scope["method"] == "POST":
            await self._take_code(client, receive, send)
            return
        if self._access.code is not None and session is None and scope["path"] not in OPEN_PATHS:
            await _answer(send, 401, "请用打开本页的完整网址重新进入。")
            return
        # Who shares the queue with whom: one browser, or this machine.
        scope["bulletin_client"] = session or client

        begun = False

        async def guarded(message: Message) -> None:
            nonlocal begun
            begun = True
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *((name, value) for name, value in HEADERS if name not in present),
                ]
            await send(message)

        try:
            await self._app(scope, receive, guarded)
        except Exception as error:  # noqa: BLE001 - the page goes on; what a file is called stays out of the log
            logging.getLogger("bulletin_lint.desk").error("internal error: %s", type(error).__name__)
            if not begun:
                await _answer(send, 500, "程序内部出错，没有完成；请换一份文件再试，并报告此问题。")

    def _is_ours(self, scope: Scope, host: str) -> bool:
        """Whether a host is this machine by one of its names, or by the very address that was asked."""
        if host in self._access.hosts:
            return True
        # An address is no name that could be made to lead here.
        address, port = scope.get("server") or ("", 0)
        return self._access.code is not None and host == f"{address}:{port}"

    def _refusal(self, scope: Scope, headers: Mapping[str, str]) -> tuple[int, str] | None:
        """The status and words with which a request is refused."""
        if not self._is_ours(scope, headers.get("host", "").lower()):
            return 421, "主机名不对：请用启动时显示的网址打开。"
        site = headers.get("sec-fetch-site", "same-origin")
        is_navigation = scope["method"] == "GET" and headers.get("sec-fetch-mode") == "navigate"
        # A link to the page may stand anywhere; what is behind it is not for other sites.
        if site not in ("same-origin", "none") and not (is_navigation and scope["path"] == "/"):
            return 403, "不接受来自其他网站的请求。"
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return 405, "不支持这种请求。"
        if scope["method"] != "POST":
            return None
        origin = headers.get("origin")
        own = f"{self._access.scheme}://{headers.get('host', '').lower()}"
        if OWN_HEADER not in headers or (origin is not None and origin.lower() != own):
            return 403, "不接受来自其他网站的请求。"
        return None

    def _session(self, headers: Mapping[str, str]) -> str | None:
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(_COOKIE)
        except CookieError:
            return None
        if cookie is None:
            return None
        given = cookie.value.encode("utf-8", "replace")
        return next((each for each in self._sessions if hmac.compare_digest(each.encode(), given)), None)

    async def _take_code(self, client: str, receive: Receive, send: Send) -> None:
        """Gives a cookie for the code."""
        now = self._clock()
        wrong = self._wrong.setdefault(client, deque())
        while wrong and now - wrong[0] > _WINDOW:
            wrong.popleft()
        if len(wrong) >= _WRONG_CODES:
            await _answer(send, 429, "输错次数太多，请一分钟后再试。", [(b"retry-after", b"60")])
            return
        given = (await _small_body(receive)).strip()
        code = self._access.code
        if code is None or not hmac.compare_digest(code.encode(), given):
            wrong.append(now)
            if len(self._wrong) > _MOST_SESSIONS:
                self._wrong = {client: wrong}
            await _answer(send, 401, "网址里的验证码不对，请核对后重新打开。")
            return
        session = secrets.token_hex(16)
        self._sessions.append(session)
        cookie = f"{_COOKIE}={session}; HttpOnly; SameSite=Strict; Path=/"
        if self._access.scheme == "https":
            cookie += "; Secure"
        await _answer(send, 200, "", [(b"set-cookie", cookie.encode("ascii"))])


_SMALL = 1024


async def _small_body(receive: Receive) -> bytes:
    """The body of a request that has a few bytes; of a larger one as many as matter."""
    body = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return body
        piece: bytes = message.get("body", b"")
        body += piece
        if len(body) > _SMALL or not message.get("more_body"):
            return body[:_SMALL]


def _headers(scope: Scope) -> dict[str, str]:
    """The headers of a request; of one that is sent twice nothing is believed."""
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        key = name.decode("latin-1").lower()
        found[key] = value.decode("latin-1") if key not in found else "\0"
    return found


async def _answer(
    send: Send, status: int, text: str, headers: list[tuple[bytes, bytes]] | None = None
) -> None:
    body = text.encode("utf-8")
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [
                (b"content-type", b"text/plain; charset=utf-8"),
                (b"content-length", str(len(body)).encode("ascii")),
                *HEADERS,
                *(headers or []),
            ],
        }
    )
    await send({"type": "http.response.body", "body": body})
