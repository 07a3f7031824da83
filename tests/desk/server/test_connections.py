"""Connections: not all of them for one, none for ever, and encrypted where a certificate is given."""

from __future__ import annotations

import http.client
import shutil
import socket
import ssl
import subprocess
import time
from pathlib import Path

import pytest

from bulletin_lint.desk.server import run as server_run
from bulletin_lint.desk.server.run import Serving, listening
from served import served


def test_connections_that_ask_for_nothing_keep_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_run, "_HEAD_SECONDS", 0.5)
    with served() as page:
        idle = [socket.create_connection(("127.0.0.1", page.port), timeout=30) for _ in range(70)]
        try:
            # Half a head is no request either.
            for each in idle[:10]:
                each.sendall(b"GET / HTTP/1.1\r\nHost: 127.0")
            # The server lets go of each of them; whoever asks meanwhile may be told to wait.
            for each in idle:
                while each.recv(1024):
                    pass
            assert page.ask("GET", "/about").status == 200
        finally:
            for each in idle:
                each.close()


def test_beyond_64_connections_others_are_told_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    # They are let go when the test is done with them, however long that takes.
    monkeypatch.setattr(server_run, "_HEAD_SECONDS", 600)
    with served() as page:
        idle = [socket.create_connection(("127.0.0.1", page.port), timeout=60) for _ in range(64)]
        try:
            statuses = set()
            # They are counted once they are accepted.
            for _ in range(200):
                statuses.add(page.ask("GET", "/about").status)
                if 503 in statuses:
                    break
                time.sleep(0.05)
            assert 503 in statuses
        finally:
            for each in idle:
                each.close()
        for _ in range(200):
            if page.ask("GET", "/about").status == 200:
                break
            time.sleep(0.05)
        assert page.ask("GET", "/about").status == 200


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no certificate can be made without openssl")
def test_with_a_certificate_the_page_is_encrypted(tmp_path: Path) -> None:
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "1",
        "-subj",
        "/CN=localhost",
    ]
    command += ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(cert)]
    subprocess.run(command, check=True, capture_output=True)
    serving = Serving(port=0, certificate=str(cert), key=str(key))
    with served(serving=serving) as page:
        assert page.address.startswith("https://")
        context = ssl.create_default_context(cafile=str(cert))
        connection = http.client.HTTPSConnection("localhost", page.port, timeout=30, context=context)
        connection.request("GET", "/about")
        assert connection.getresponse().status == 200
        connection.close()
        # The origin of our page is the encrypted one.
        connection = http.client.HTTPSConnection("localhost", page.port, timeout=30, context=context)
        headers = {"X-Bulletin-Lint": "1", "Origin": f"http://localhost:{page.port}"}
        connection.request("POST", "/series", b"", headers)
        assert connection.getresponse().status == 403
        connection.close()


def test_only_this_machine_is_listened_to_unless_it_is_shared() -> None:
    alone = listening(Serving(port=0))
    shared = listening(Serving(port=0, is_shared=True, names=("office.example",)))
    try:
        assert alone.socket.getsockname()[0] == "127.0.0.1"
        assert alone.access.code is None
        assert shared.socket.getsockname()[0] == "0.0.0.0"
        assert shared.access.code is not None
        port = shared.socket.getsockname()[1]
        assert f"office.example:{port}" in shared.access.hosts
        assert shared.address == f"http://office.example:{port}/#{shared.access.code}"
    finally:
        alone.socket.close()
        shared.socket.close()


def test_where_the_usual_port_is_taken_the_next_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        monkeypatch.setattr(server_run, "PORT", taken)
        at = listening(Serving())
        try:
            assert taken < at.socket.getsockname()[1] < taken + 20
        finally:
            at.socket.close()
