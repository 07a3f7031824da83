"""``bulletin-lint init``: a configuration written from the bulletins that are there."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence

from bulletin_lint import __version__
from bulletin_lint._typing import NamedTuple, TextIO
from bulletin_lint.cli.commands.init.observe import (
    Observed,
    Traits,
    observe,
    traits_of,
    without_gaps_of_files,
)
from bulletin_lint.cli.commands.init.templates import (
    PACK,
    Files,
    files_of,
    hooks_text,
    pack_text,
    settings_text,
    summary,
)
from bulletin_lint.cli.options import Option, declare
from bulletin_lint.cli.parser import print_note
from bulletin_lint.config.near_names import FILE_NAME
from bulletin_lint.config.settings import Settings, find_settings
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.engine.discovery import discover
from bulletin_lint.engine.glob_arguments import expanded
from bulletin_lint.engine.linter import Linter
from bulletin_lint.engine.scheduler import apart
from bulletin_lint.model.atomic_write import Terminable, encoded, reason, replace_file
from bulletin_lint.model.errors import SourceError, UsageError
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.parsing import is_bulletin
from bulletin_lint.readers import reader_of
from bulletin_lint.reporters.inert import say
from bulletin_lint.rulebook.load import load_rulebook
from bulletin_lint.rulebook.rulebook import Rulebook

_HOOKS = ".pre-commit-config.yaml"


_OPTIONS = (
    Option(
        "paths",
        "arguments",
        Wording(
            "简报所在的文件夹或文件；默认为当前文件夹",
            "folders or files of bulletins; by default the current folder",
        ),
        metavar="PATH",
    ),
    Option(
        "--dry-run",
        "flag",
        Wording("只显示会写什么，不写文件", "show what would be written, and write nothing"),
    ),
    Option(
        "--force",
        "flag",
        Wording(
            f"覆盖已有的 {FILE_NAME} 和 {PACK}；从不改动已有的 {_HOOKS}",
            f"overwrite {FILE_NAME} and {PACK}; an existing {_HOOKS} is never touched",
        ),
    ),
    Option(
        "--repo",
        "value",
        Wording(
            "pre-commit 从这个仓库安装 bulletin-lint；不写则用本机已装的",
            "let pre-commit install bulletin-lint from this repository, not use the one installed here",
        ),
        metavar="URL",
    ),
    Option(
        "--rev",
        "value",
        Wording("仓库的版本（与 --repo 同用）", "the repository's revision (with --repo)"),
        metavar="REV",
        default=f"v{__version__}",
    ),
)


def add_arguments(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declares the command's options; the help is in `language`."""
    declare(parser, _OPTIONS, language)


class _Written(NamedTuple):
    """A file to write."""

    name: str
    content: str


def run(args: argparse.Namespace, language: Language, out: TextIO) -> int:
    """Writes a configuration into the current folder, and says what it rests on.

    Raises:
        UsageError: there are settings already, or nothing to infer them from.
    """
    if not args.dry_run:
        _refuse_links()
        if not args.force:
            _refuse_existing()
    read = _read(expanded(args.paths) or ["."], load_rulebook(Settings(), CompiledStore()))
    if not read.bulletins:
        raise UsageError(
            Wording(
                "没有找到简报，无从推断；请先把几期简报放进来，或写出它们的文件名。",
                "no bulletins found to infer anything from; put some here, or name their files.",
            )
        )
    observed = _observe(read.bulletins, language)
    here = os.getcwd()
    places = [_relative(traits.path, here) for traits in read.bulletins]
    if any(place.startswith("../") for place in places):
        raise UsageError(
            Wording(
                "简报不在当前文件夹里；配置要放在简报所在的文件夹或它的上级，请先进入那里再运行。",
                "the bulletins are not in the current folder; settings go where the bulletins are or above: "
                "change there first.",
            )
        )
    files = files_of(places, [_relative(path, here) for path in read.others])
    observed = without_gaps_of_files(observed, [*places, *map(os.path.basename, read.unreadable)])
    say(out, summary(observed, files, read.others, read.unreadable, language))
    _write(_written(observed, files, language, args), args, language, out)
    if not args.dry_run:
        zh = f"接下来：看一遍 {FILE_NAME}，运行 bulletin-lint check ."
        en = f"Next: read {FILE_NAME}, run 'bulletin-lint check .'"
        has_hooks = os.path.exists(_HOOKS)
        zh += "，再运行 pre-commit install。" if has_hooks else "。"
        en += ", then 'pre-commit install'." if has_hooks else "."
        say(out, Wording(zh, en).in_language(language) + "\n")
    return 0


def _refuse_links() -> None:
    for name in (FILE_NAME, PACK, _HOOKS):
        if os.path.islink(name) and not (name == _HOOKS and os.path.exists(name)):
            # Where it leads may be a bulletin; nobody who writes new settings means to change that.
            raise UsageError(
                Wording(
                    f"{name} 是符号链接，指向别处；init 不经链接改写别的文件，请先删去它。",
                    f"{name} is a symbolic link to another file, which init does not write; remove it first.",
                )
            )


def _refuse_existing() -> None:
    for name in (FILE_NAME, PACK):
        if os.path.exists(name):
            raise UsageError(
                Wording(
                    f"已有 {name}，没有改动；要覆盖请加 --force，只看看请加 --dry-run。",
                    f"there is a {name} already, left as it is; --force overwrites it, --dry-run only shows.",
                )
            )
    found = find_settings(".")
    if found is not None and os.path.dirname(found) == os.getcwd():
        raise UsageError(
            Wording(
                f"{os.path.basename(found)} 里已有 bulletin-lint 的配置，没有改动。",
                f"{os.path.basename(found)} has settings of bulletin-lint already, left as they are.",
            )
        )


class _Reading:
    """Reads a file and says what it shows, where it was read; can be pickled."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook

    def __call__(self, source: SourceFile) -> Traits | Wording | None:
        """What a bulletin shows; why the file cannot be read; or None for what is no bulletin."""
        try:
            document = Linter(self._rulebook, ()).read(source)
        except SourceError as error:
            return error.wording
        if not source.explicit and not is_bulletin(document):
            return None
        return traits_of(document, self._rulebook)


class _Read(NamedTuple):
    """What the paths of a command line hold."""

    bulletins: list[Traits]
    others: list[str]
    """Files that are no bulletins."""
    unreadable: list[str]
    """Files of which nobody knows: they are not to be left out of checks."""


def _read(paths: Sequence[str], rulebook: Rulebook) -> _Read:
    """The bulletins in some paths.

    Raises:
        SourceError: a path leads to nothing.
    """
    found = discover(paths, exclude=[FILE_NAME, PACK])
    for failure in found.failures:
        if failure.path in paths and failure.path != ".":
            raise failure
    read = _Read([], [], [failure.path for failure in found.failures if failure.path != "."])
    for source in found.files:
        shown = _shown(_Reading(rulebook), source)
        if shown is None:
            read.others.append(source.path)
        elif isinstance(shown, Traits):
            read.bulletins.append(shown)
        else:
            read.unreadable.append(source.path)
    return read


def _shown(reading: _Reading, source: SourceFile) -> Traits | Wording | None:
    try:
        shown: Traits | Wording | None = apart(reading, source)
    except SourceError as error:
        return error.wording
    return shown


def _observe(bulletins: Sequence[Traits], language: Language) -> Observed:
    """The habits; where labels of the house were found, as they are once those are known."""
    observed = observe(bulletins, load_rulebook(Settings(), CompiledStore()))
    if not observed.labels.new:
        return observed
    import tempfile

    with Terminable(), tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, PACK)
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(pack_text(observed.labels.new, language))
        rulebook = load_rulebook(Settings(extends=(path,)))
        sources = [_source(traits.path) for traits in bulletins]
        again = [_shown(_Reading(rulebook), source) for source in sources]
    read = [traits for traits in again if isinstance(traits, Traits)]
    return observe(read, rulebook)._replace(labels=observed.labels) if read else observed


def _source(path: str) -> SourceFile:
    return SourceFile(path, reader_of(path), explicit=True)


def _written(
    observed: Observed, files: Files, language: Language, args: argparse.Namespace
) -> list[_Written]:
    written = [_Written(FILE_NAME, settings_text(observed, files, language))]
    if observed.labels.new:
        written.append(_Written(PACK, pack_text(observed.labels.new, language)))
    if _is_in_repository() or args.repo:
        written.append(_Written(_HOOKS, hooks_text(files, language, args.repo, args.rev)))
    return written


def _is_in_repository() -> bool:
    """Whether hooks can be installed here: pre-commit works in a git repository."""
    folder = os.getcwd()
    while not os.path.exists(os.path.join(folder, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return False
        folder = above
    return True


def _write(written: Sequence[_Written], args: argparse.Namespace, language: Language, out: TextIO) -> None:
    for name, content in written:
        shown = f"\n--- {name}\n{content}"
        if args.dry_run:
            say(out, shown)
        elif name == _HOOKS and os.path.exists(name):
            wording = Wording(
                f"已有 {name}，没有改动；请把下面 repos 里的内容加进去：",
                f"there is a {name} already, left as it is; add to its repos what stands below:",
            )
            print_note(wording, language)
            say(out, shown)
        else:
            try:
                replace_file(name, encoded([content]))
            except OSError as error:
                why = reason(error)
                raise UsageError(
                    Wording(f"无法写入 {name}（{why.zh}）", f"cannot write {name} ({why.en})")
                ) from None
            say(out, Wording(f"已写入 {name}", f"wrote {name}").in_language(language) + "\n")


def _relative(path: str, folder: str) -> str:
    return os.path.relpath(os.path.realpath(path), os.path.realpath(folder)).replace(os.sep, "/")
