"""A kind of input that nobody has: the lines of a bulletin from the last to the first, below a line ``%BUL``."""

from __future__ import annotations

import os

from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.reading import Reading
from bulletin_lint.model.wording import Wording
from bulletin_lint.readers.reader_info import ReaderInfo, ReadOptions
from bulletin_lint.readers.text.reader import read_text

SIGNATURE = b"%BUL\n"
CRASH = SIGNATURE + b"crash"
"""What brings the reader's process down."""

BUL = ReaderInfo(
    "bul_reader:read",
    Wording("倒排本", "BUL file"),
    suffixes=(".bul", ".lub"),
    searched=(".bul",),
    size_limit=1024 * 1024,
    signature=SIGNATURE,
    signature_within=len(SIGNATURE),
    lines_are="document",
    program=Wording("倒排机", "a BUL machine"),
    media_types={"": "application/x-bul"},
)


def written(text: str) -> bytes:
    """A bulletin as such a file holds it."""
    return SIGNATURE + "\n".join(reversed(text.splitlines())).encode()


def read(path: str, data: bytes, options: ReadOptions) -> Reading:
    """The bulletin from its first line to the last."""
    if data == CRASH:
        os.abort()
    if not data.startswith(SIGNATURE):
        raise SourceError(path, Wording("不是倒排本。", "this is no BUL file."))
    if options.password == "wrong":
        raise SourceError(path, Wording("密码不对。", "the password is wrong."))
    lines = data[len(SIGNATURE) :].decode().split("\n")
    reading = read_text(path, "\n".join(reversed(lines)).encode())
    return reading._replace(kind="bul", encoding=None, lines_are="document")
