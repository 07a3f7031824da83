"""What others may try: each row of the table of threats."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from bulletin_lint.desk.looking import Judged, Looked
from bulletin_lint.desk.server.guard import HEADERS, Access, Guard
from bulletin_lint.desk.server.memory import Entry, Memory
from bulletin_lint.desk.server.queue import (
    LARGEST,
    MOST_BYTES,
    MOST_FILES,
    NotTaken,
    Queue,
    announced,
    taken,
)
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.model.location import Location
from bulletin_lint.model.page_view import PagePicture
from bulletin_lint.model.report import FileResult, Report
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.violation import Violation
from bulletin_lint.model.wording import Wording
from harness import FIXTURES
from served import Answer, Served

WRONG = (FIXTURES / "commands" / "wrong.md").read_bytes()
FAULTY = (FIXTURES / "producers" / "faulty-typst.pdf").read_bytes()


# --- Another name for this machine


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "", "localhost.evil.example:{port}"],
)
def test_a_name_that_leads_here_is_not_enough(page: Served, host: str) -> None:
    for path in ("/", "/about", "/page.js"):
        answer = page.ask("GET", path, headers={"Host": host.format(port=page.port)})
        assert answer.status == 421


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_own_names_are(page: Served, host: str) -> None:
    assert page.ask("GET", "/", headers={"Host": f"{host}:{page.port}"}).status == 200


# --- Pages of other sites


@pytest.mark.parametrize("path", ["/files", "/series", "/forget", "/session"])
def test_a_page_of_another_site_cannot_post(page: Served, path: str) -> None:
    # What a form or a simple request may send, without our header.
    plain = {"Content-Type": "text/plain"}
    assert page.ask("POST", path, b"x", plain).status == 403
    own = {"X-Bulletin-Lint": "1"}
    assert page.ask("POST", path, b"x", {**own, "Origin": "http://evil.example"}).status == 403
    assert page.ask("POST", path, b"x", {**own, "Origin": "null"}).status == 403
    assert page.ask("POST", path, b"x", {**own, "Origin": f"http://localhost:{page.port}"}).status == 403
    assert page.ask("POST", path, b"x", {**own, "Sec-Fetch-Site": "cross-site"}).status == 403
    assert page.ask("POST", path, b"x", {**own, "Sec-Fetch-Site": "same-site"}).status == 403


def test_asking_first_is_refused_and_nothing_is_allowed(page: Served) -> None:
    asked = {
        "Origin": "http://evil.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "x-bulletin-lint",
    }
    answer = page.ask("OPTIONS", "/files", headers=asked)
    assert answer.status == 405
    for each in (answer, page.ask("GET", "/about", headers={"Origin": "http://evil.example"})):
        assert not [name for name in each.headers if name.startswith("access-control-")]


def test_another_site_can_link_to_the_page_and_include_nothing(page: Served) -> None:
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert page.ask("GET", "/", headers=link).status == 200
    assert page.ask("GET", "/about", headers=link).status == 403
    assert page.ask("GET", "/page.js", headers={"Sec-Fetch-Site": "cross-site"}).status == 403


def test_of_a_header_that_is_sent_twice_nothing_is_believed(page: Served) -> None:
    import socket

    request = (
        f"GET /about HTTP/1.1\r\nHost: 127.0.0.1:{page.port}\r\nSec-Fetch-Site: same-origin\r\n"
        "Sec-Fetch-Site: cross-site\r\nConnection: close\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", page.port), timeout=60) as sock:
        sock.sendall(request.encode())
        assert sock.recv(64).startswith(b"HTTP/1.1 403")


# --- What every answer says


def answers(page: Served) -> Iterator[Answer]:
    yield page.ask("GET", "/")
    yield page.ask("GET", "/page.js")
    yield page.ask("GET", "/none")
    yield page.ask("GET", "/", headers={"Host": "evil.example"})
    yield page.ask("POST", "/files", b"", {})
    yield page.drop("a.md", WRONG)


def test_every_answer_keeps_itself_apart(page: Served) -> None:
    for answer in answers(page):
        for name, value in HEADERS:
            assert answer.headers[name.decode()] == value.decode(), name
        assert "server" not in answer.headers


def test_the_page_holds_no_script_or_style_of_its_own(page: Served) -> None:
    html = page.ask("GET", "/").body.decode()
    assert re.findall(r"<script(?![^>]*src=)", html) == []
    assert " style=" not in html
    assert re.findall(r"\son\w+=", html) == []
    script = page.ask("GET", "/page.js").body.decode()
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", script
    )


# --- Too much


def test_a_large_file_is_refused_by_its_length_before_it_is_read(page: Served) -> None:
    answer = page.ask("POST", "/files", None, {"X-Bulletin-Lint": "1", "Content-Length": str(LARGEST + 1)})
    assert answer.status == 413
    assert "32 MB" in answer.body.decode()


def test_one_that_does_not_say_how_large_it_is_is_refused_as_it_comes(page: Served) -> None:
    piece = b"x" * (1024 * 1024)

    def pieces() -> Iterator[bytes]:
        for _ in range(40):
            yield piece

    try:
        answer = page.ask(
            "POST",
            "/files",
            pieces(),
            {"X-Bulletin-Lint": "1", "Transfer-Encoding": "chunked"},
            is_chunked=True,
        )
        assert answer.status == 413
    except (BrokenPipeError, ConnectionResetError):
        # It has hung up on us.
        pass
    assert page.ask("GET", "/about").status == 200


@pytest.mark.parametrize("length", ["-1", "1e3", "+5", "٣", "9" * 400, ""])
def test_odd_lengths(length: str) -> None:
    with pytest.raises(NotTaken):
        announced(length)
    assert announced(None) == LARGEST
    assert announced("0") == 0


def test_a_body_that_comes_too_slowly_is_given_up() -> None:
    async def slow() -> AsyncIterator[bytes]:
        yield b"a"
        await asyncio.sleep(60)
        yield b"b"

    with pytest.raises(NotTaken) as caught:
        asyncio.run(taken(slow(), 0.01))
    assert caught.value.status == 408


def test_a_full_queue_says_so_and_has_room_again() -> None:
    queue = Queue()
    for _ in range(MOST_FILES):
        queue.enter("a", 1)
    with pytest.raises(NotTaken) as caught:
        queue.enter("b", 1)
    assert caught.value.status == 429
    queue.leave("a", 1)
    queue.enter("b", 1)


def test_the_bytes_of_the_queue_are_counted_before_they_come() -> None:
    queue = Queue()
    for _ in range(MOST_BYTES // LARGEST):
        queue.enter("a", LARGEST)
    with pytest.raises(NotTaken):
        queue.enter("a", LARGEST)
    queue.leave("a", LARGEST)
    queue.enter("a", LARGEST)


def test_one_client_cannot_take_the_whole_queue() -> None:
    queue = Queue(share=3)
    for _ in range(3):
        queue.enter("greedy", 1)
    with pytest.raises(NotTaken):
        queue.enter("greedy", 1)
    queue.enter("other", 1)
    queue.leave("greedy", 1)
    queue.enter("greedy", 1)


def test_sixty_files_at_once_from_three_clients_are_all_answered(shared_page: Served) -> None:
    """Each of the three from an address of its own, as on a network; all of 127/8 is this machine."""
    import time

    cookie = shared_page.post("/session", shared_page.code.encode()).headers["set-cookie"].partition(";")[0]

    def one(number: int) -> tuple[int, int]:
        waited = 0
        client = f"127.0.0.{2 + number % 3}"
        while True:
            answer = shared_page.drop(f"{number}.md", WRONG, client=client, Cookie=cookie)
            if answer.status == 429:
                assert answer.headers["retry-after"] == "1"
                waited += 1
                time.sleep(0.2)
                continue
            return answer.status, waited

    with ThreadPoolExecutor(60) as clients:
        found = list(clients.map(one, range(60)))

    assert [status for status, _ in found] == [200] * 60


# --- A file that takes its reader down


def test_a_file_that_kills_its_reader_leaves_the_page_alive(page: Served) -> None:
    with ThreadPoolExecutor(4) as clients:
        killed = [clients.submit(page.drop, f"killer{number}.pdf", FAULTY) for number in range(3)]
        good = clients.submit(page.drop, "good.pdf", FAULTY)
        for each in killed:
            told = each.result().json()
            assert told["state"] == "unknown"
            assert "崩溃" in json.dumps(told["failures"], ensure_ascii=False)
        assert len(good.result().json()["marks"]) == 14
    assert page.drop("after.pdf", FAULTY).status == 200


# --- Paths


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/static/page.html",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/files/..%2f..%2fetc%2fpasswd",
        "/files/../page.js",
        "/files/" + "0" * 32,
        "/files/" + "0" * 32 + "/pages/1",
        "/files//fixed",
        "/files/%00/sheet",
        "//etc/passwd",
    ],
)
def test_a_path_leads_nowhere(page: Served, path: str) -> None:
    assert page.ask("GET", path).status == 404


def test_a_name_is_a_label(page: Served) -> None:
    for name in (
        "../../etc/passwd",
        "C:\\Windows\\win.ini",
        "/etc/passwd",
        "a\0b.md",
        "\r\nX: y.md",
        "字" * 900,
        "",
    ):
        told = page.drop(name, WRONG).json()
        assert len(told["marks"]) == 3
        assert not told["name"].startswith("/")
        download = page.ask("GET", f"/files/{told['id']}/fixed")
        assert re.fullmatch(
            r"attachment; filename\*=UTF-8''[\w%.~-]+", download.headers["content-disposition"]
        )


def test_ids_cannot_be_guessed(page: Served) -> None:
    ids = {page.drop("a.md", WRONG).json()["id"] for _ in range(3)}
    assert len(ids) == 3
    assert all(re.fullmatch("[0-9a-f]{32}", each) for each in ids)


# --- Left-overs


def entry(size: int, pictures: int = 0, violations: tuple[Violation, ...] = ()) -> Entry:
    source = SourceFile("a.md", "text", explicit=True, data=b"")
    looked = Looked(source, size, "", LintResult(FileResult("a.md", "text", violations=violations), None))
    made = Entry(looked, Judged(Report(()), ()))
    if pictures:
        made.pictures[1] = PagePicture(1, 1.0, 1.0, "image/png", b"x" * pictures)
    return made


def test_the_oldest_gives_way() -> None:
    memory = Memory(most_bytes=100)
    first, second, third = entry(40), entry(20, 20), entry(50)
    memory.add(first)
    memory.add(second)
    assert memory.get(first.id) is first
    memory.add(third)

    # The first was asked for after the second.
    assert memory.get(second.id) is None
    assert memory.get(first.id) is first
    assert memory.get(third.id) is third


def test_what_was_found_in_a_file_weighs_too() -> None:
    # A file of a few kilobytes may have thousands of faults.
    faults = tuple(
        Violation("a.md", Location(line, 1, line, 2), "X001", "x", "error", Wording("错", "wrong"), "", "")
        for line in range(1, 1001)
    )
    plain, faulty = entry(100), entry(100, violations=faults)

    assert faulty.weight - plain.weight >= 1000 * 1024


def test_a_file_that_is_asked_for_many_times_is_told_once(page: Served) -> None:
    told = page.drop("a.md", WRONG).json()

    answer = page.post("/series", "\n".join([told["id"]] * 500).encode())

    assert [each["id"] for each in answer.json()] == [told["id"]]


def test_an_hour_after_it_was_last_asked_for_a_file_is_gone() -> None:
    now = 0.0
    memory = Memory(clock=lambda: now)
    one, other = entry(1), entry(1)
    memory.add(one)
    memory.add(other)
    now = 1800.0
    memory.get(other.id)
    now = 3601.0
    memory.shrink()

    assert memory.get(one.id) is None
    assert memory.get(other.id) is other
    memory.clear()
    assert len(memory) == 0


def test_files_are_let_go_of_when_asked(page: Served) -> None:
    told = page.drop("a.md", WRONG).json()
    assert page.post("/forget", told["id"].encode()).status == 200
    gone = page.ask("GET", f"/files/{told['id']}")
    assert gone.status == 404
    assert "重新拖入" in gone.body.decode()


# --- Others on the network


def test_without_the_code_there_is_nothing_to_see(shared_page: Served) -> None:
    assert shared_page.ask("GET", "/").status == 200
    for path in ("/about", "/timeline.svg", "/files/" + "0" * 32):
        assert shared_page.ask("GET", path).status == 401
    assert shared_page.drop("a.md", WRONG).status == 401
    assert shared_page.ask("GET", "/about", headers={"Cookie": "bulletin-lint=" + "0" * 32}).status == 401


def test_the_code_is_in_the_fragment_and_gives_a_cookie(shared_page: Served) -> None:
    assert shared_page.address.endswith(f"/#{shared_page.code}")
    # 128 bits.
    assert len(shared_page.code) == 22
    answer = shared_page.post("/session", shared_page.code.encode())
    assert answer.status == 200
    cookie = answer.headers["set-cookie"]
    assert "; HttpOnly" in cookie
    assert "; SameSite=Strict" in cookie
    session = cookie.partition(";")[0]
    assert shared_page.ask("GET", "/about", headers={"Cookie": session}).status == 200
    assert shared_page.drop("a.md", WRONG, Cookie=session).status == 200


def test_a_shared_page_is_reached_by_the_address_that_was_asked(shared_page: Served) -> None:
    import socket

    request = "GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    for host, status in (
        (f"127.0.0.9:{shared_page.port}", b"200"),
        (f"127.0.0.8:{shared_page.port}", b"421"),
    ):
        # All of 127/8 is this machine.
        with socket.create_connection(("127.0.0.9", shared_page.port), timeout=60) as sock:
            sock.sendall(request.format(host=host).encode())
            assert sock.recv(64).split()[1] == status


class Asked:
    """A guard before an application that says yes, asked without a network."""

    def __init__(self, code: str | None, scheme: str = "http") -> None:
        self.now = 0.0
        access = Access(frozenset({"h:1"}), scheme, code)
        self._guard = Guard(self._yes, access, lambda: self.now)

    @staticmethod
    async def _yes(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"yes"})

    def session(self, code: bytes, client: str = "10.0.0.1") -> tuple[int, dict[bytes, bytes]]:
        """The status and headers with which a code is answered."""
        sent: list[Any] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": code}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "method": "POST",
            "path": "/session",
            "headers": [(b"host", b"h:1"), (b"x-bulletin-lint", b"1")],
            "client": (client, 5),
        }
        asyncio.run(self._guard(scope, receive, send))
        return sent[0]["status"], dict(sent[0]["headers"])


def test_five_wrong_codes_a_minute_and_no_more() -> None:
    asked = Asked("right")
    assert [asked.session(b"wrong")[0] for _ in range(6)] == [401] * 5 + [429]
    # Not the right one either; another client is not held up.
    assert asked.session(b"right")[0] == 429
    assert asked.session(b"right", "10.0.0.2")[0] == 200
    asked.now = 61.0
    assert asked.session(b"right")[0] == 200


def test_with_a_certificate_the_cookie_is_for_that_alone() -> None:
    _, headers = Asked("right", "https").session(b"right")
    assert b"; Secure" in headers[b"set-cookie"]


def test_an_error_of_ours_is_an_answer_and_names_no_file(caplog: pytest.LogCaptureFixture) -> None:
    async def broken(scope: Any, receive: Any, send: Any) -> None:
        raise ValueError("of secret.md")

    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    guard = Guard(broken, Access(frozenset({"h:1"}), "http"))
    scope = {"type": "http", "method": "GET", "path": "/about", "headers": [(b"host", b"h:1")]}
    asyncio.run(guard(scope, receive, send))

    assert sent[0]["status"] == 500
    assert "内部出错" in sent[1]["body"].decode()
    assert "ValueError" in caplog.text
    assert "secret" not in caplog.text


def test_without_sharing_no_code_is_taken() -> None:
    assert Asked(None).session(b"")[0] == 401
