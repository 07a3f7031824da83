"""The files to check: found, and told apart by kind."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Sequence

from bulletin_lint._typing import NamedTuple
from bulletin_lint.config.near_names import SPOTTED
from bulletin_lint.engine.glob_arguments import OWNER_MARK, STDIN, as_typed
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.natural_order import in_natural_order
from bulletin_lint.model.source import SourceFile, require_regular, unreadable
from bulletin_lint.model.wording import Wording
from bulletin_lint.readers import (
    FALLBACK,
    HEAD,
    READERS,
    kind_by_content,
    kind_by_name,
    reader_info,
    searched_suffixes,
    unread_form,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from bulletin_lint.config.globs import Globs
    from bulletin_lint.config.settings import Settings
    from bulletin_lint.engine.gitignore import IgnoreRules

SKIPPED_FOLDERS = frozenset({"node_modules", "site-packages", "venv", "__pycache__", "__pypackages__"})
"""Folders of programs, into which no search goes."""


class Discovery(NamedTuple):
    """What the paths of a command line came to."""

    files: tuple[SourceFile, ...]
    """Each file once, in the natural order of their paths."""
    failures: tuple[SourceError, ...]
    """Paths that led to nothing that can be read, in the same order."""
    excluded: tuple[str, ...] = ()
    """Paths named on the command line that `exclude` with `force_exclude` left out."""
    unread: tuple[str, ...] = ()
    """Files in searched folders that may hold bulletins in a form that is not read, sorted."""
    emptied: tuple[str, ...] = ()
    """Folders on the way whose own settings exclude all that they hold, sorted."""


def discover(
    paths: Sequence[str],
    *,
    globs: Sequence[str] = (),
    exclude: Sequence[str] = (),
    force_exclude: bool = False,
    stdin_filename: str | None = None,
    root: str = ".",
    nearest: Callable[[str], Settings | None] | None = None,
) -> Discovery:
    """The files that the paths of a command line mean: files, folders, ``-`` for standard input.

    Folders are searched for the suffixes that the readers' table names (.docx, .md, .pdf, .txt), or for the
    `globs`, without what .gitignore or `exclude` leave out and without hidden folders. `globs` and
    `exclude` are relative to `root`, the configuration's folder. `nearest` gives the settings that hold in a
    folder, absolute, whose own globs then count; None where it is left out. Never raises `SourceError`: one
    wrong path does not keep the others from being checked.

    Raises:
        BulletinLintError: an installed reader cannot be loaded, or settings that `nearest` met are wrong.
    """
    outermost = _Scope(_globs(globs), _globs(exclude), os.path.realpath(root), root)
    search = _Search(outermost, nearest, force_exclude=force_exclude)
    # Named files first, so that the name the user typed is the one shown.
    folders = []
    for path in dict.fromkeys(paths):
        try:
            if path == STDIN:
                search.add_stdin(stdin_filename)
            elif search.add_named(path):
                folders.append(path)
        except SourceError as error:
            search.failures.append(error)
    for path in folders:
        search.add_folder(path)
    return Discovery(
        tuple(in_natural_order(search.found.values(), lambda file: file.path)),
        tuple(in_natural_order(search.failures, lambda error: error.path)),
        tuple(sorted(search.excluded)),
        tuple(sorted(search.unread.values())),
        tuple(sorted(search.emptied)),
    )


def _globs(patterns: Sequence[str]) -> Globs | None:
    """None where there are no patterns."""
    if not patterns:
        return None
    from bulletin_lint.config.globs import Globs

    return Globs(patterns)


class _Scope(NamedTuple):
    """What settings say of the files to look for."""

    globs: Globs | None
    exclude: Globs | None
    root: str
    """Their folder, where links lead."""
    folder: str
    """The same as it is reached."""

    def excludes(self, location: str) -> bool:
        """Whether a path is one that is not looked at."""
        return self.exclude is not None and self.exclude.covers(self._from_root(location))

    def _from_root(self, location: str) -> str:
        """The path that patterns are matched against."""
        location = os.path.normpath(location)
        prefix = self.root.rstrip(os.sep) + os.sep
        if location.startswith(prefix):
            return location[len(prefix) :].replace(os.sep, "/")
        real = os.path.join(os.path.realpath(os.path.dirname(location)), os.path.basename(location))
        return os.path.relpath(real, self.root).replace(os.sep, "/")

    def wants(self, name: str, location: str, searched: tuple[str, ...]) -> bool:
        """Whether a file is one to check; without globs by what its name ends in."""
        if name.startswith(OWNER_MARK):
            return False
        if self.globs:
            return self.globs.matches(self._from_root(location))
        return name.lower().endswith(searched)

    def would_want(self, name: str, location: str, searched: tuple[str, ...]) -> bool:
        """Whether a file would be wanted if its form were read."""
        if unread_form(name) is None or name.startswith(OWNER_MARK):
            return False
        if not self.globs:
            return True
        stem = os.path.splitext(self._from_root(location))[0]
        return any(self.globs.matches(stem + suffix) for suffix in searched)


class _Folder(NamedTuple):
    """A folder to search: how it is shown, where it is, and where links in its path lead."""

    shown: str
    location: str
    real: str
    ignored: IgnoreRules
    scope: _Scope


class _Search:
    """What was found so far, by real path, so that no file is checked twice."""

    __slots__ = (
        "_filled",
        "_force_exclude",
        "_left_out",
        "_nearest",
        "_outermost",
        "_scopes",
        "_searched",
        "excluded",
        "failures",
        "found",
        "unread",
    )

    def __init__(
        self, outermost: _Scope, nearest: Callable[[str], Settings | None] | None, *, force_exclude: bool
    ) -> None:
        self._outermost = outermost
        self._nearest = nearest
        self._scopes = {outermost.root: outermost}
        self._force_exclude = force_exclude
        self._searched = searched_suffixes()
        self._left_out: dict[str, str] = {}
        """Where there is something that is excluded, with the first folder that it was met in."""
        self._filled: set[str] = set()
        self.found: dict[str, SourceFile] = {}
        self.failures: list[SourceError] = []
        self.excluded: list[str] = []
        self.unread: dict[str, str] = {}

    def _scope_in(self, folder: str) -> _Scope | None:
        """What holds in a folder, None where it is left out."""
        if self._nearest is None:
            return self._outermost
        settings = self._nearest(os.path.abspath(folder))
        if settings is None:
            return None
        root = os.path.realpath(settings.folder)
        if root not in self._scopes:
            globs, exclude = _globs(settings.bulletins), _globs(settings.exclude)
            self._scopes[root] = _Scope(globs, exclude, root, settings.folder)
        return self._scopes[root]

    @property
    def emptied(self) -> list[str]:
        """The folders whose own settings leave out all that they hold."""
        return [
            folder
            for root, folder in self._left_out.items()
            if root not in self._filled and root != self._outermost.root
        ]

    def add_stdin(self, filename: str | None) -> None:
        """Takes standard input.

        Raises:
            SourceError: `filename` is of a kind that is not read.
        """
        path = as_typed(filename) if filename else "<stdin>"
        if filename and self._is_forced_out(filename):
            self.excluded.append(path)
            return
        kind = known_kind(path)
        data = sys.stdin.buffer.read(_largest(kind) + 1)
        self.found[STDIN] = SourceFile(path, kind or kind_by_content(data), explicit=True, data=data)

    def add_named(self, path: str) -> bool:
        """Takes a path of the command line, unless it is a folder: then the answer is True.

        Raises:
            SourceError: there is no such file, or it is of no kind that is read.
        """
        shown = as_typed(path)
        try:
            status = os.stat(path)
            if self._is_forced_out(path):
                self.excluded.append(shown)
                return False
            if stat.S_ISDIR(status.st_mode):
                return True
            require_regular(shown, status)
            kind = known_kind(shown)
            if kind is None:
                with open(path, "rb") as file:
                    kind = kind_by_content(file.read(HEAD))
            self.found.setdefault(os.path.realpath(path), SourceFile(shown, kind, explicit=True))
        except (OSError, ValueError) as error:
            refused = unreadable(shown, error)
            if not isinstance(error, FileNotFoundError):
                raise refused from None
            from bulletin_lint.engine.nothing_found import with_hint

            raise with_hint(refused, path) from None
        return False

    def _is_forced_out(self, path: str) -> bool:
        if not self._force_exclude:
            return False
        location = os.path.join(os.getcwd(), path)
        scope = self._scope_in(os.path.dirname(location))
        while scope is not None and not scope.excludes(location) and scope is not self._outermost:
            # A search would not come into a folder that those above leave out.
            location = scope.folder
            scope = self._scope_in(os.path.dirname(location))
        return scope is not None and scope.excludes(location)

    def add_folder(self, path: str) -> None:
        """Takes what is to be checked in a folder and below it."""
        # Most runs of a hook are given files.
        from bulletin_lint.engine.gitignore import IgnoreRules

        shown = as_typed(path)
        real = os.path.realpath(path)
        scope = self._scope_in(path) or self._outermost
        pending = [_Folder("" if shown == "." else shown, real, real, IgnoreRules.above(real), scope)]
        linked: list[_Folder] = []
        visited: set[str] = set()
        before = len(self.failures)
        unread = dict(self.unread)
        count = 0
        while pending or linked:
            # Links last, so that a file reached by two names is shown by its own.
            folder = pending.pop() if pending else linked.pop(0)
            if folder.real in visited:
                continue
            visited.add(folder.real)
            try:
                count += self._search(folder, pending, linked)
            except OSError as error:
                self.failures.append(unreadable(folder.shown or ".", error))
        if not count and len(self.failures) == before:
            # What the folder holds instead is said with it.
            here = [name for real, name in self.unread.items() if real not in unread]
            self.unread = unread
            is_emptied = self._left_out.pop(scope.root, None) is not None and not here
            self.failures.append(self._nothing_found(shown, here, scope.globs, is_emptied=is_emptied))

    def _search(self, folder: _Folder, pending: list[_Folder], linked: list[_Folder]) -> int:
        """Takes the files of one folder and queues the folders in it; counts the files."""
        from bulletin_lint.engine.gitignore import IGNORE_FILE

        with os.scandir(folder.location) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
        ignored, scope = folder.ignored, folder.scope
        if self._nearest is not None and not SPOTTED.isdisjoint([entry.name for entry in entries]):
            own = self._scope_in(folder.shown)
            if own is None:
                return 0
            scope = own
        if any(entry.name == IGNORE_FILE for entry in entries):
            ignored = ignored.extended(folder.location, IGNORE_FILE)
        count = 0
        for entry in entries:
            name = entry.name
            if name.startswith("."):
                continue
            is_folder = _is_folder(entry)
            location = os.path.join(folder.location, name)
            shown = f"{folder.shown.rstrip('/')}/{name}" if folder.shown else name
            if is_folder:
                if name in SKIPPED_FOLDERS or self._leaves_out(
                    location, folder, scope, ignored, is_folder=True
                ):
                    continue
                if entry.is_symlink():
                    linked.append(_Folder(shown, location, os.path.realpath(location), ignored, scope))
                else:
                    pending.append(_Folder(shown, location, os.path.join(folder.real, name), ignored, scope))
                continue
            is_wanted = scope.wants(name, location, self._searched)
            if not (is_wanted or scope.would_want(name, location, self._searched)) or self._leaves_out(
                location, folder, scope, ignored, is_folder=False
            ):
                continue
            self._filled.add(scope.root)
            if is_wanted:
                count += self._add_found(entry, shown, folder.real)
            else:
                self.unread.setdefault(os.path.realpath(entry.path), shown)
        return count

    def _leaves_out(
        self, location: str, folder: _Folder, scope: _Scope, ignored: IgnoreRules, *, is_folder: bool
    ) -> bool:
        if scope.excludes(location):
            self._left_out.setdefault(scope.root, folder.shown or ".")
            return True
        return ignored.ignores(location, is_folder=is_folder)

    def _add_found(self, entry: os.DirEntry[str], shown: str, folder: str) -> int:
        try:
            if not entry.is_file():
                # Stating it says what is wrong with a link: it leads nowhere, or to itself.
                require_regular(shown, os.stat(entry.path))
            kind = known_kind(shown) or FALLBACK
            real = os.path.realpath(entry.path) if entry.is_symlink() else os.path.join(folder, entry.name)
            self.found.setdefault(real, SourceFile(shown, kind, explicit=False))
        except OSError as error:
            self.failures.append(unreadable(shown, error))
        except SourceError as error:
            self.failures.append(error)
        return 1

    def _nothing_found(
        self, shown: str, unread: Sequence[str], globs: Globs | None, *, is_emptied: bool
    ) -> SourceError:
        from bulletin_lint.engine.nothing_found import EMPTIED, nothing_found

        if is_emptied:
            return SourceError(shown, EMPTIED)
        if unread:
            from bulletin_lint.engine.unread_files import unread_wording

            held = unread_wording(unread)
            return SourceError(
                shown,
                Wording(
                    f"文件夹里没有可检查的文件：{held.zh}", f"nothing to check in this folder: {held.en}"
                ),
            )
        looked_for = globs.patterns if globs else tuple(f"*{suffix}" for suffix in sorted(self._searched))
        return SourceError(shown, nothing_found(looked_for))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        # A link in a circle; if a file was looked for there, it is reported as one.
        return False


def known_kind(path: str) -> str | None:
    """The kind that a name says, None where it says none.

    Raises:
        SourceError: it says one that is known and not read.
    """
    kind = kind_by_name(path)
    if kind is not None:
        return kind
    suffix = os.path.splitext(path)[1].lower()
    known = unread_form(path)
    if known is not None:
        *some, last = [suffix for info in READERS.values() for suffix in info.searched]
        raise SourceError(
            path,
            Wording(
                f"不能检查{known.zh}（{suffix}）：能读 {'、'.join(some)} 和 {last}；"
                "请另存为 PDF 或 UTF-8 文本。",
                f"cannot check a {known.en} ({suffix}): {', '.join(some)} and {last} are read; "
                "save it as PDF or as UTF-8 text.",
            ),
        )
    return None


def _largest(kind: str | None) -> int:
    """The bytes that a file of a kind may have, or of any kind where none is known."""
    if kind is not None:
        return reader_info(kind).size_limit
    return max(info.size_limit for info in READERS.values())
