"""Files of old forms, as small as a test needs them, and a program that takes the office program's place."""

from __future__ import annotations

import io
import struct
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

RTF = b"{\\rtf1\\ansi x}"


def compound(*names: str, encrypted: bool = False) -> bytes:
    """A compound file with streams of these names, each in a sector of its own; the first four bytes of
    WordDocument are those of Word, and its flags say whether it is encrypted.
    """
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHH", header, 24, 0x3E, 3, 0xFFFE, 9)
    directory, content = b"", b""
    for number, name in enumerate(names):
        entry = bytearray(128)
        written = name.encode("utf-16-le") + b"\0\0"
        entry[: len(written)] = written
        struct.pack_into("<HB", entry, 64, len(written), 2)
        struct.pack_into("<I", entry, 116, number)
        directory += entry
        flags = 0x0100 if encrypted else 0
        content += struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0, 0, flags).ljust(512, b"\0")
    return bytes(header) + content + directory.ljust(-(-len(directory) // 512) * 512, b"\0")


def open_document(*, encrypted: bool = False) -> bytes:
    """An OpenDocument text: what tells it, and its manifest."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        data = "<manifest:encryption-data/>" if encrypted else ""
        package.writestr("META-INF/manifest.xml", f"<manifest:manifest>{data}</manifest:manifest>")
    return stream.getvalue()


_SCRIPT = """#!{python}
import os, shutil, sys, time
with open({log!r}, "a") as log:
    print(os.getpid(), *sys.argv[1:], sep="\\t", file=log)
if os.environ.get("HOME", "").startswith("/root") or "SECRET" in os.environ:
    sys.exit(3)
out = sys.argv[sys.argv.index("--outdir") + 1]
for path in sys.argv[sys.argv.index("--outdir") + 2 :]:
    with open(path, "rb") as file:
        content = file.read()
    if b"hang" in content:
        time.sleep(600)
    if b"fail" in content:
        continue
    if b"crash" in content:
        os.abort()
    if b"stay" in content:
        # A child that outlives its parent.
        if os.fork() == 0:
            time.sleep(600)
    name = os.path.splitext(os.path.basename(path))[0] + ".docx"
    shutil.copy({copy!r}, os.path.join(out, name))
"""


class FakeOffice:
    """A program called soffice that copies one document for every file, but for those whose content says hang,
    fail, crash or stay.
    """

    def __init__(self, folder: Path, copy: bytes) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._log = folder / "log"
        source = folder / "copy.docx"
        source.write_bytes(copy)
        self.path = folder / "soffice"
        script = _SCRIPT.format(python=sys.executable, log=str(self._log), copy=str(source))
        self.path.write_text(script, "utf-8")
        self.path.chmod(0o755)

    @property
    def starts(self) -> Sequence[Sequence[str]]:
        """The words of each start, its process first."""
        if not self._log.exists():
            return []
        return [line.split("\t") for line in self._log.read_text("utf-8").splitlines()]
