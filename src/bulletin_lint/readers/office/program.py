"""The office program that converts: where it is, how it is started, and how it is kept within limits.

It is a large program that was not made for hostile files. So it has a profile and a home of its own, which go
with the run; no macros, no links that are followed, and no network where the system can take it away; limits
of time, memory and size; and its whole group of processes ends with the call, whatever it does.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from bulletin_lint.matching.patterns import compiled
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.wording import Wording

MEMORY = 4 * 1024**3
"""Bytes of address space; it takes one and a half for a short document."""
LARGEST_COPY = 256 * 1024 * 1024
"""Bytes of a file that it may write."""
_NAMES = ("soffice", "libreoffice")
_NAME = r"(?i)(?:soffice|libreoffice|loffice)[\d.-]*(?:\.bin|\.exe|\.com|\.appimage)?"
_USUAL = (
    "/usr/bin",
    "/usr/local/bin",
    "/opt/libreoffice/program",
    "/Applications/LibreOffice.app/Contents/MacOS",
    r"C:\Program Files\LibreOffice\program",
    r"C:\Program Files (x86)\LibreOffice\program",
)
_LIMITED = (
    'ulimit -v "$1" 2>/dev/null; ulimit -t "$2" 2>/dev/null; ulimit -f "$3" 2>/dev/null; '
    'ulimit -c 0 2>/dev/null; shift 3; exec "$@"'
)
"""What /bin/sh is told: limits that the platform has not are left out."""
_PROFILE = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "2"),
)
"""No macros, nothing fetched that a document refers to, no links brought up to date."""


def office_program(command: str | None, folder: str) -> str | None:
    """The program to start; None where there is none. `command` is what the settings say, whose folder
    `folder` is.

    Settings may come from a stranger with the files that are checked: they may say which LibreOffice of the
    machine is meant, and nothing else.

    Raises:
        UsageError: the settings name what may not be started.
    """
    if command is None:
        return _found()
    real = os.path.realpath(command)
    homes = [os.path.realpath(folder), os.path.realpath(os.curdir)]
    if (
        not os.path.isabs(command)
        or compiled(_NAME).fullmatch(os.path.basename(command)) is None
        or any(real.startswith(os.path.join(home, "")) for home in homes)
    ):
        raise UsageError(
            Wording(
                f"配置 convert.command 不能是 {command}：须是 LibreOffice 的 soffice 的绝对路径，"
                "且不在简报的文件夹里",
                f"the setting convert.command cannot be {command}: it has to be the absolute path of "
                "LibreOffice's soffice, outside the folder of the bulletins",
            )
        )
    if not os.access(command, os.X_OK):
        raise UsageError(
            Wording(
                f"配置 convert.command 所指的 {command} 不存在或不能运行",
                f"{command}, which the setting convert.command names, is not there or cannot be run",
            )
        )
    return command


def _found() -> str | None:
    endings = (".com", ".exe") if sys.platform == "win32" else ("",)
    # Not shutil.which: a relative entry, and on Windows the current folder, may be a stranger's.
    folders = [folder for folder in os.environ.get("PATH", "").split(os.pathsep) if os.path.isabs(folder)]
    for folder in (*folders, *_USUAL):
        for name in _NAMES:
            for ending in endings:
                path = os.path.join(folder, name + ending)
                if os.path.isfile(path) and os.access(path, os.X_OK):
                    return path
    return None


def start(program: str, files: Sequence[str], work: str, seconds: float) -> bool:
    """Converts files into ``out`` of the folder `work`; whether the program ended by itself and in time.

    It ends with the code 0 also when it wrote nothing: look for what is there.
    """
    home = os.path.join(work, "home")
    profile = os.path.join(work, "profile")
    os.makedirs(os.path.join(profile, "user"), exist_ok=True)
    os.makedirs(home, exist_ok=True)
    with open(os.path.join(profile, "user", "registrymodifications.xcu"), "w", encoding="utf-8") as settings:
        settings.write(_settings())
    words = [
        program,
        *("--headless", "--invisible", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
        "--nofirststartwizard",
        f"-env:UserInstallation={Path(profile).as_uri()}",
        *("--convert-to", "docx", "--outdir", os.path.join(work, "out")),
        *files,
    ]
    if os.name == "posix":
        limits = (str(MEMORY // 1024), str(int(seconds) + 1), str(LARGEST_COPY // 512))
        words = [*_without_network(), "/bin/sh", "-c", _LIMITED, "sh", *limits, *words]
    process = subprocess.Popen(
        words,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=work,
        env=_environment(home),
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    finally:
        # Also where a signal or a person ends the run: what it started goes with it.
        _end(process)
    return process.returncode == 0


def _settings() -> str:
    items = [
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _PROFILE
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{"".join(items)}</oor:items>\n'
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    if os.name == "posix":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    with suppress(subprocess.TimeoutExpired):
        process.wait(5)


def _environment(home: str) -> dict[str, str]:
    if os.name != "posix":
        return {**os.environ, "TEMP": home, "TMP": home}
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    return {"LANG": "C.UTF-8", **kept, "HOME": home, "TMPDIR": home, "SAL_USE_VCLPLUGIN": "svp"}


def _without_network() -> Iterable[str]:
    """What takes the network away from a program that is started after it; nothing where that cannot be."""
    unshare = "/usr/bin/unshare"
    if not sys.platform.startswith("linux") or not os.access(unshare, os.X_OK):
        return ()
    words = (unshare, "--map-root-user", "--net", "--")
    try:
        tried = subprocess.run(
            [*words, "/bin/true"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=10,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return words if tried.returncode == 0 else ()
