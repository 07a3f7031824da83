"""New content for a file that exists: the old stands until the new is whole."""

from __future__ import annotations

import os

from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.wording import Wording


def write_atomically(path: str, data: bytes, *, expected: bytes) -> None:
    """Puts new content into a file, so that a crash leaves the old or the new, whole.

    A symbolic link is followed, mode and (where allowed) owner are kept. `expected` is what the
    file must still hold.

    Raises:
        SourceError: the file changed in the meantime, or cannot be written.
    """
    import tempfile

    target = os.path.realpath(path)
    temporary = None
    try:
        status = os.stat(target)
        if not os.access(target, os.W_OK):
            raise PermissionError(13, "read-only")
        handle, temporary = tempfile.mkstemp(
            dir=os.path.dirname(target), prefix=f".{os.path.basename(target)[:40]}.", suffix=".tmp"
        )
        with open(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if hasattr(os, "chown"):
            try:
                os.chown(temporary, status.st_uid, status.st_gid)
            except PermissionError:
                pass
        os.chmod(temporary, status.st_mode & 0o7777)
        with open(target, "rb") as stream:
            if stream.read() != expected:
                raise SourceError(
                    path,
                    Wording(
                        "检查期间文件被改动，未写入修复；请重新运行。",
                        "the file changed while it was checked: fixes not written; run again.",
                    ),
                )
        os.replace(temporary, target)
        temporary = None
    except OSError as error:
        raise SourceError(
            path,
            Wording(
                f"修复无法写入（错误 {error.errno}）；请检查文件及其文件夹的写入权限。",
                f"fixes cannot be written ({error.strerror}); check that file and folder are writable.",
            ),
        ) from None
    finally:
        if temporary is not None:
            os.unlink(temporary)
