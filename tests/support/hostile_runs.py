"""Runs of hostile cases: each a fork of this process, in a folder of its own, within limits."""

from __future__ import annotations

import os
import resource
import signal
import socket
import stat
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import bulletin_lint
import hostile_words as words
from hostile_cases import Case
from processes import session, wait_until_gone

LIMIT = 15.0
"""Seconds of processor time, or of doing next to nothing, that a run may take."""
IDLE_SHARE = 1 / 50
"""A run that uses less of its time does nothing: one that goes on uses more, however busy the machine."""
AFRESH = 24
"""It has no divisor in common with the number of topics, so that every topic is among them."""
MEMORY = 2 * 1024**3
OUTPUT = 64 * 1024**2
"""The most bytes that a run may write to a file."""


class Ran(NamedTuple):
    """What a run left behind."""

    code: int
    """As a shell has it; negative for a signal, None's place taken by -9 where it was ended for its time."""
    is_hung: bool
    out: bytes
    err: bytes
    report: bytes | None
    """The JSON report that was asked for besides, of ``check``."""
    left: list[int]
    """Processes."""
    temporary: list[str]
    """What lies in the folder for temporary files."""
    reached: list[str]
    """Connections, other programs, and files elsewhere that it opened to write, or changed."""
    seconds: float = 0.0
    """Of processor time, that of its own processes with it."""
    memory: int = 0
    """The most KiB that one of its processes had in memory."""


_CONTACTS = {
    *("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"),
    *("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "pty.spawn"),
}
_CHANGES = {
    "os.rename": 2,
    "os.remove": 1,
    "os.mkdir": 1,
    "os.rmdir": 1,
    "os.link": 2,
    "os.symlink": 2,
    "os.truncate": 1,
    "os.chmod": 1,
    "os.chown": 1,
    "os.setxattr": 1,
    "os.utime": 1,
    "shutil.rmtree": 1,
}
"""Events of the interpreter, and how many paths each begins with."""

Tree = dict[str, tuple[str, bytes]]


def lay_out(case: Case, folder: Path) -> Path:
    """Makes what the case consists of; gives the folder that the command is run in."""
    inside, outside = folder / "in", folder / "out"
    inside.mkdir(parents=True)
    outside.mkdir()
    (outside / "kept.md").write_text(words.FAULTY, "utf-8")
    (outside / "kept.yaml").write_text("select: [SEC]\n", "utf-8")
    # Links last: they may lead to what comes after them.
    for entry in sorted(case.entries, key=lambda each: each.kind in ("link", "hard link")):
        path = os.path.join(str(inside), entry.name)
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            if entry.kind == "file":
                with open(path, "xb") as stream:
                    stream.write(entry.content)
            elif entry.kind == "folder":
                os.mkdir(path)
            elif entry.kind == "link":
                os.symlink(entry.target, path)
            elif entry.kind == "hard link":
                os.link(os.path.join(str(inside), entry.target), path)
            elif entry.kind == "pipe":
                os.mkfifo(path)
            else:
                _make_socket(path)
        except OSError:
            # Two names that are one here, or a name that this system does not take.
            continue
    return inside


def _make_socket(path: str) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        here = os.getcwd()
        os.chdir(os.path.dirname(path))
        try:
            made.bind(os.path.basename(path))
        finally:
            os.chdir(here)


def tree_of(folder: Path) -> Tree:
    """Everything below a folder: its kind, and its bytes or where it leads."""
    found: Tree = {}

    def walk(path: bytes) -> None:
        for entry in os.scandir(path):
            name = os.fsdecode(os.path.relpath(entry.path, os.fsencode(folder)))
            mode = entry.stat(follow_symlinks=False).st_mode
            if stat.S_ISLNK(mode):
                found[name] = ("link", os.readlink(entry.path))
            elif stat.S_ISDIR(mode):
                found[name] = ("folder", b"")
                walk(entry.path)
            elif stat.S_ISREG(mode):
                found[name] = ("file", Path(os.fsdecode(entry.path)).read_bytes())
            else:
                found[name] = (f"special {stat.S_IFMT(mode):o}", b"")

    walk(os.fsencode(folder))
    return found


def _command_line(case: Case, report: str) -> list[str]:
    """The arguments, with a report besides that tells what was looked at."""
    arguments = list(case.arguments)
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    if options[:1] == ["check"] and not {"--diff", "--show-files", "--help"} & set(options):
        besides = ["--format", f"json={report}"]
        if "--format" not in options and "--statistics" not in options:
            besides += ["--format", "full"]
        arguments[1:1] = besides
    return arguments


class Running:
    """A case that is being run in a process of its own."""

    def __init__(self, case: Case, folder: Path, cache: Path) -> None:
        self.case = case
        self.folder = folder
        self.inside = lay_out(case, folder / "case")
        self.before = tree_of(folder / "case")
        (folder / "tmp").mkdir()
        (folder / "stdin").write_bytes(case.stdin)
        self.arguments = _command_line(case, str(folder / "report.json"))
        self._looked_at, self._used = time.monotonic(), 0.0
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if self.pid == 0:
            self._become(cache)

    @property
    def is_afresh(self) -> bool:
        """Whether the program is started as a user does, not only called: so is one case in twenty-four."""
        return self.case.seed % AFRESH == AFRESH - 1

    def _become(self, cache: Path) -> None:
        """Runs the program in the new process, as its own entry would."""
        code = 99
        try:
            os.setsid()
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT, OUTPUT))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            os.chdir(self.inside)
            for name in ("LC_ALL", "LC_MESSAGES", "NO_COLOR", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
                os.environ.pop(name, None)
            os.environ.update(
                self.case.environment,
                HOME=str(self.folder / "tmp"),
                TMPDIR=str(self.folder / "tmp"),
                BULLETIN_LINT_CACHE_DIR=str(cache),
            )
            tempfile.tempdir = None
            if self.is_afresh:
                self._redirect()
                if self.case.output == "closed":
                    os.close(1)
                os.environ["PYTHONPATH"] = str(Path(bulletin_lint.__file__).parents[1])
                os.execv(sys.executable, [sys.executable, "-m", "bulletin_lint", *self.arguments])
            # A module that is loaded for the first time is no file that the run writes.
            sys.dont_write_bytecode = True
            self._watch(cache)
            self._redirect()
            if self.case.output == "closed":
                # As Python starts with it where a shell said >&-
                os.close(1)
                sys.stdout = None
            from bulletin_lint.cli.main import main

            code = main(self.arguments)
            sys.stderr.flush()
            if self.case.output == "file":
                sys.stdout.flush()
        except BaseException:  # noqa: BLE001 - whatever it is, this process must end here
            import traceback

            os.write(2, traceback.format_exc().encode("utf-8", "backslashreplace"))
            code = 99
        finally:
            os._exit(code)

    def _watch(self, cache: Path) -> None:
        """Notes down whatever reaches out of the run: the interpreter tells of it before it happens."""
        log = os.open(self.folder / "reached", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        ours = tuple(f"{os.path.realpath(path)}/" for path in (self.folder, cache, os.devnull))

        def is_ours(path: object) -> bool:
            if isinstance(path, int):
                return True
            name = os.fsdecode(path) if isinstance(path, (str, bytes, os.PathLike)) else str(path)
            try:
                return f"{os.path.realpath(name)}/".startswith(ours)
            except (OSError, ValueError):
                # No file has such a name.
                return True

        def hear(event: str, given: tuple[object, ...]) -> None:
            if event == "open":
                flags = given[2] if isinstance(given[2], int) else 0
                told = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) and not is_ours(given[0])
            elif event in _CHANGES:
                told = not all(is_ours(path) for path in given[: _CHANGES[event]])
            else:
                told = event in _CONTACTS
            if told:
                os.write(log, f"{event} {given!a}\n".encode())

        sys.addaudithook(hear)

    def _redirect(self) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        os.dup2(os.open(self.folder / "stdin", os.O_RDONLY), 0)
        os.dup2(os.open(self.folder / "err", flags, 0o600), 2)
        if self.case.output == "broken pipe":
            reader, writer = os.pipe()
            os.close(reader)
            os.dup2(writer, 1)
        else:
            os.dup2(os.open(self.folder / "out", flags, 0o600), 1)
        for number, name in enumerate(("stdin", "stdout", "stderr")):
            mode = "r" if number == 0 else "w"
            stream = open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115
            setattr(sys, name, stream)

    def ended(self) -> Ran | None:
        """What it left, once it has ended or its time is over."""
        pid, status, usage = os.wait4(self.pid, os.WNOHANG)
        is_hung = False
        if pid == 0:
            now = time.monotonic()
            if now - self._looked_at < LIMIT:
                return None
            used, before = _used(self.pid), self._used
            # On a busy machine a run goes on, slowly; one that waits for something that never comes does not.
            if used < LIMIT and used - before > IDLE_SHARE * (now - self._looked_at):
                self._looked_at, self._used = now, used
                return None
            is_hung = True
            os.kill(self.pid, signal.SIGKILL)
            _, status, usage = os.wait4(self.pid, 0)
        left = [] if is_hung else wait_until_gone(self.pid, 30) if session(self.pid) else []
        for process in session(self.pid):
            os.kill(process, signal.SIGKILL)
        return Ran(
            os.waitstatus_to_exitcode(status),
            is_hung,
            _bytes_of(self.folder / "out") or b"",
            _bytes_of(self.folder / "err") or b"",
            _bytes_of(self.folder / "report.json"),
            left,
            os.listdir(self.folder / "tmp"),
            (_bytes_of(self.folder / "reached") or b"").decode("ascii").splitlines(),
            usage.ru_utime + usage.ru_stime,
            usage.ru_maxrss,
        )


def _used(leader: int) -> float:
    """Seconds of processor time that the processes of a session have used, and those that they waited for."""
    ticks = 0
    for process in session(leader):
        try:
            words = Path(f"/proc/{process}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:
            continue
        ticks += sum(map(int, words[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _bytes_of(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None
