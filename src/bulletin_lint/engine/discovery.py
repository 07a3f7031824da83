"""The files to check: found, and told apart by kind."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Sequence

from bulletin_lint._typing import NamedTuple
from bulletin_lint.engine.glob_arguments import OWNER_MARK, STDIN, is_glob
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.natural_order import in_natural_order
from bulletin_lint.model.source import SourceFile, require_regular, unreadable
from bulletin_lint.model.wording import Wording, plural, set_off
from bulletin_lint.readers import (
    FALLBACK,
    HEAD,
    READERS,
    UNREAD_FORMS,
    kind_by_content,
    kind_by_name,
    reader_info,
    searched_suffixes,
    unread_form,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.config.globs import Globs
    from bulletin_lint.engine.gitignore import IgnoreRules

SKIPPED_FOLDERS = frozenset({"node_modules", "site-packages", "venv", "__pycache__", "__pypackages__"})
"""Folders of programs, into which no search goes."""
_NAMED = 5
"""So many files are named of those whose form is not read; the others are counted."""


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


def discover(
    paths: Sequence[str],
    *,
    globs: Sequence[str] = (),
    exclude: Sequence[str] = (),
    force_exclude: bool = False,
    stdin_filename: str | None = None,
    root: str = ".",
) -> Discovery:
    """The files that the paths of a command line mean: files, folders, ``-`` for standard input.

    Folders are searched for the suffixes that the readers' table names (.docx, .md, .pdf, .txt), or for the
    `globs`, without what .gitignore or `exclude` leave out and without hidden folders. `globs` and
    `exclude` are relative to `root`, the configuration's folder. Never raises `SourceError`: one wrong
    path does not keep the others from being checked.

    Raises:
        BulletinLintError: an installed reader cannot be loaded.
    """
    root = os.path.realpath(root)
    search = _Search(_globs(globs), _globs(exclude), root, force_exclude=force_exclude)
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
    )


def _globs(patterns: Sequence[str]) -> Globs | None:
    """None where there are no patterns."""
    if not patterns:
        return None
    from bulletin_lint.config.globs import Globs

    return Globs(patterns)


class _Folder(NamedTuple):
    """A folder to search: how it is shown, where it is, and where links in its path lead."""

    shown: str
    location: str
    real: str
    ignored: IgnoreRules


class _Search:
    """What was found so far, by real path, so that no file is checked twice."""

    __slots__ = (
        "_exclude",
        "_force_exclude",
        "_globs",
        "_root",
        "_searched",
        "excluded",
        "failures",
        "found",
        "unread",
    )

    def __init__(self, globs: Globs | None, exclude: Globs | None, root: str, *, force_exclude: bool) -> None:
        self._globs = globs
        self._exclude = exclude
        self._root = root
        self._force_exclude = force_exclude
        self._searched = searched_suffixes()
        self.found: dict[str, SourceFile] = {}
        self.failures: list[SourceError] = []
        self.excluded: list[str] = []
        self.unread: dict[str, str] = {}

    def add_stdin(self, filename: str | None) -> None:
        """Takes standard input.

        Raises:
            SourceError: `filename` is of a kind that is not read.
        """
        path = _shown(filename) if filename else "<stdin>"
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
        shown = _shown(path)
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
            raise _with_hint(refused, path) if isinstance(error, FileNotFoundError) else refused from None
        return False

    def _is_forced_out(self, path: str) -> bool:
        return self._force_exclude and self._is_excluded(os.path.join(os.getcwd(), path))

    def _is_excluded(self, location: str) -> bool:
        return self._exclude is not None and self._exclude.covers(self._from_root(location))

    def _from_root(self, location: str) -> str:
        """The path that patterns are matched against."""
        location = os.path.normpath(location)
        prefix = self._root.rstrip(os.sep) + os.sep
        if location.startswith(prefix):
            return location[len(prefix) :].replace(os.sep, "/")
        real = os.path.join(os.path.realpath(os.path.dirname(location)), os.path.basename(location))
        return os.path.relpath(real, self._root).replace(os.sep, "/")

    def add_folder(self, path: str) -> None:
        """Takes what is to be checked in a folder and below it."""
        # Most runs of a hook are given files.
        from bulletin_lint.engine.gitignore import IgnoreRules

        shown = _shown(path)
        real = os.path.realpath(path)
        pending = [_Folder("" if shown == "." else shown, real, real, IgnoreRules.above(real))]
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
            self.failures.append(self._nothing_found(shown, here))

    def _search(self, folder: _Folder, pending: list[_Folder], linked: list[_Folder]) -> int:
        """Takes the files of one folder and queues the folders in it; counts the files."""
        from bulletin_lint.engine.gitignore import IGNORE_FILE

        with os.scandir(folder.location) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
        ignored = folder.ignored
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
                if name in SKIPPED_FOLDERS or self._is_left_out(location, ignored, is_folder=True):
                    continue
                if entry.is_symlink():
                    linked.append(_Folder(shown, location, os.path.realpath(location), ignored))
                else:
                    pending.append(_Folder(shown, location, os.path.join(folder.real, name), ignored))
            elif self._is_wanted(name, location) and not self._is_left_out(
                location, ignored, is_folder=False
            ):
                count += self._add_found(entry, shown, folder.real)
            elif self._is_unread(name, location) and not self._is_left_out(
                location, ignored, is_folder=False
            ):
                self.unread.setdefault(os.path.realpath(entry.path), shown)
        return count

    def _is_left_out(self, location: str, ignored: IgnoreRules, *, is_folder: bool) -> bool:
        return self._is_excluded(location) or ignored.ignores(location, is_folder=is_folder)

    def _is_wanted(self, name: str, location: str) -> bool:
        if name.startswith(OWNER_MARK):
            return False
        if self._globs:
            return self._globs.matches(self._from_root(location))
        return name.lower().endswith(self._searched)

    def _is_unread(self, name: str, location: str) -> bool:
        """Whether a file would be wanted if its form were read."""
        if unread_form(name) is None or name.startswith(OWNER_MARK):
            return False
        if not self._globs:
            return True
        stem = os.path.splitext(self._from_root(location))[0]
        return any(self._globs.matches(stem + suffix) for suffix in self._searched)

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

    def _nothing_found(self, shown: str, unread: Sequence[str]) -> SourceError:
        if unread:
            held = unread_wording(unread)
            return SourceError(
                shown,
                Wording(
                    f"文件夹里没有可检查的文件：{held.zh}", f"nothing to check in this folder: {held.en}"
                ),
            )
        looked_for = (
            self._globs.patterns if self._globs else tuple(f"*{suffix}" for suffix in sorted(self._searched))
        )
        return SourceError(
            shown,
            Wording(
                f"文件夹里没有可检查的文件：找过 {'、'.join(looked_for)}；隐藏文件夹以及 .gitignore "
                "和 exclude 排除的文件不在其内。",
                f"nothing to check in this folder: looked for {', '.join(looked_for)}, leaving out hidden "
                "folders and what .gitignore or exclude names.",
            ),
        )


_ADVICE = {
    False: Wording(
        "不能读的格式，请另存为 PDF 或 UTF-8 文本后再检查。",
        "What is in a form that is not read: save it as PDF or as UTF-8 text.",
    ),
    True: Wording(
        "旧格式要先转换，不在文件夹里自动检查；请另存为 .docx，或直接写出文件名。",
        "Old forms have to be converted and are not looked for in folders: save them as .docx, or name them.",
    ),
}
"""What to do with files that were found and not checked, by whether they can be converted."""


def unread_wording(paths: Sequence[str], *, besides: bool = False) -> Wording:
    """How many files there are whose form is not read, by what people call them, and the first names of
    each; with `besides` others were checked.
    """
    by_form: dict[Wording, list[str]] = {form: [] for form in UNREAD_FORMS.values()}
    for path in sorted(paths):
        form = unread_form(path)
        if form is not None:
            by_form[form].append(path)
    zh, en = [], []
    for form, names in by_form.items():
        if not names:
            continue
        some, more = names[:_NAMED], len(names) > _NAMED
        zh.append(f"{len(names)} 份{set_off(form.zh)}没有检查：{'、'.join(some)}{' 等' * more}")
        verb = "was" if len(names) == 1 else "were"
        en.append(f"{plural(len(names), form.en)} {verb} not checked: {', '.join(some)}{', …' * more}")
    are_convertible = {kind_by_name(path) is not None for path in paths}
    advice = [_ADVICE[each] for each in sorted(are_convertible)]
    return Wording(
        f"{'另有 ' * besides}{'；'.join(zh)}。{''.join(each.zh for each in advice)}",
        f"{'; '.join(en)}. {' '.join(each.en for each in advice)}",
    )


def _with_hint(missing: SourceError, path: str) -> SourceError:
    """What is said of a file that is not there, with those whose names go on where its name ends: a system
    that hides extensions shows them so. An extension that was written may be another's.
    """
    if is_glob(path):
        return SourceError(
            missing.path,
            Wording(
                "没有与这个模式相符的文件；* 代表任意字符，? 代表一个字符。",
                "no file fits this pattern; * stands for any characters, ? for one.",
            ),
        )
    folder, base = os.path.split(path)
    try:
        names = sorted(os.listdir(folder or "."))
    except (OSError, ValueError):
        return missing
    stem, end = os.path.splitext(base)
    if end != "." and kind_by_name(base) is None and unread_form(base) is None:
        stem = base
    others = [name for name in names if stem and name.startswith(f"{stem}.") and name != base]
    near = [_shown(os.path.join(folder, name)) for name in others]
    near = [name for name in near if kind_by_name(name) is not None or unread_form(name) is not None]
    if not near:
        return missing
    zh, en = missing.wording
    shown = near[:_NAMED]
    return SourceError(
        missing.path,
        Wording(
            f"{zh}是不是 {'、'.join(shown)}？请连同扩展名写出。",
            f"{en} Did you mean {' or '.join(shown)}? Write the name with its extension.",
        ),
    )


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        # A link in a circle; if a file was looked for there, it is reported as one.
        return False


def _shown(path: str) -> str:
    # Not normpath: with symbolic links, a/../b need not be b.
    given = path.replace(os.sep, "/")
    parts = [part for part in given.split("/") if part not in ("", ".")]
    return ("/" if given.startswith("/") else "") + "/".join(parts) or "."


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
