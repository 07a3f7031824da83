"""``bulletin-lint init``: a configuration written from the bulletins that are there."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence

from bulletin_lint import __version__
from bulletin_lint.anatomy import is_bulletin
from bulletin_lint.arguments import print_note
from bulletin_lint.configuration import FILE_NAME, find_settings
from bulletin_lint.document import Document
from bulletin_lint.errors import SourceError, UsageError
from bulletin_lint.inference import Observed, observe
from bulletin_lint.rulebook import Rulebook, load_rulebook
from bulletin_lint.runner import Linter
from bulletin_lint.source import SourceFile, discover
from bulletin_lint.starting_settings import (
    PACK,
    Files,
    files_of,
    hooks_text,
    pack_text,
    settings_text,
    summary,
)
from bulletin_lint.typed import NamedTuple, TextIO
from bulletin_lint.wording import Language, Wording

_HOOKS = ".pre-commit-config.yaml"


def add_arguments(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declares the command's options; the help is in `language`."""

    def say(zh: str, en: str) -> str:
        return Wording(zh, en).in_language(language)

    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help=say(
            "简报所在的文件夹或文件；默认为当前文件夹",
            "folders or files of bulletins; by default the current folder",
        ),
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help=say("只显示会写什么，不写文件", "show what would be written, and write nothing"),
    )
    parser.add_argument(
        "--force",
        action="store_true",
        help=say(
            f"覆盖已有的 {FILE_NAME} 和 {PACK}；从不改动已有的 {_HOOKS}",
            f"overwrite {FILE_NAME} and {PACK}; an existing {_HOOKS} is never touched",
        ),
    )
    parser.add_argument(
        "--repo",
        metavar="URL",
        help=say(
            "pre-commit 从这个仓库安装 bulletin-lint；不写则用本机已装的",
            "let pre-commit install bulletin-lint from this repository, not use the one installed here",
        ),
    )
    parser.add_argument(
        "--rev",
        metavar="REV",
        default=f"v{__version__}",
        help=say("仓库的版本（与 --repo 同用）", "the repository's revision (with --repo)"),
    )


class _Written(NamedTuple):
    """A file to write."""

    name: str
    content: str


def run(args: argparse.Namespace, language: Language, out: TextIO) -> int:
    """Writes a configuration into the current folder, and says what it rests on.

    Raises:
        UsageError: there are settings already, or nothing to infer them from.
    """
    if not args.force and not args.dry_run:
        _refuse_existing()
    read = _read(args.paths or ["."], load_rulebook(["jianbao"]))
    if not read.documents:
        raise UsageError(
            Wording(
                "没有找到简报，无从推断；请先把几期简报放进来，或写出它们的文件名。",
                "no bulletins found to infer anything from; put some here, or name their files.",
            )
        )
    observed = _observe(read.documents, language)
    here = os.getcwd()
    places = [_relative(document.path, here) for document in read.documents]
    if any(place.startswith("../") for place in places):
        raise UsageError(
            Wording(
                "简报不在当前文件夹里；配置要放在简报所在的文件夹或它的上级，请先进入那里再运行。",
                "the bulletins are not in the current folder; settings go where the bulletins are or above: "
                "change there first.",
            )
        )
    files = files_of(places, [_relative(path, here) for path in read.others])
    out.write(summary(observed, files, read.others, read.unreadable, language))
    _write(_written(observed, files, language, args), args, language, out)
    if not args.dry_run:
        zh = f"接下来：看一遍 {FILE_NAME}，运行 bulletin-lint check .，再运行 pre-commit install。"
        en = f"Next: read {FILE_NAME}, run 'bulletin-lint check .', then 'pre-commit install'."
        out.write(Wording(zh, en).in_language(language) + "\n")
    return 0


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


class _Read(NamedTuple):
    """What the paths of a command line hold."""

    documents: list[Document]
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
    linter = Linter(rulebook, ())
    read = _Read([], [], [failure.path for failure in found.failures if failure.path != "."])
    for source in found.files:
        try:
            document = linter.read(source)
        except SourceError:
            read.unreadable.append(source.path)
            continue
        if source.explicit or is_bulletin(document):
            read.documents.append(document)
        else:
            read.others.append(source.path)
    return read


def _observe(documents: Sequence[Document], language: Language) -> Observed:
    """The habits; where labels of the house were found, as they are once those are known."""
    observed = observe(documents, load_rulebook(["jianbao"]))
    if not observed.labels.new:
        return observed
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, PACK)
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(pack_text(observed.labels.new, language))
        rulebook = load_rulebook([path], cache=False)
        linter = Linter(rulebook, ())
        read = [linter.read(_source(document)) for document in documents]
        return observe(read, rulebook)._replace(labels=observed.labels)


def _source(document: Document) -> SourceFile:
    return SourceFile(document.path, document.kind, explicit=True)


def _written(
    observed: Observed, files: Files, language: Language, args: argparse.Namespace
) -> list[_Written]:
    written = [_Written(FILE_NAME, settings_text(observed, files, language))]
    if observed.labels.new:
        written.append(_Written(PACK, pack_text(observed.labels.new, language)))
    written.append(_Written(_HOOKS, hooks_text(files, language, args.repo, args.rev)))
    return written


def _write(written: Sequence[_Written], args: argparse.Namespace, language: Language, out: TextIO) -> None:
    for name, content in written:
        shown = f"\n--- {name}\n{content}"
        if args.dry_run:
            out.write(shown)
        elif name == _HOOKS and os.path.exists(name):
            wording = Wording(
                f"已有 {name}，没有改动；请把下面 repos 里的内容加进去：",
                f"there is a {name} already, left as it is; add to its repos what stands below:",
            )
            print_note(wording, language)
            out.write(shown)
        else:
            try:
                with open(name, "w", encoding="utf-8", newline="\n") as stream:
                    stream.write(content)
            except OSError as error:
                raise UsageError(
                    Wording(
                        f"无法写入 {name}（错误 {error.errno}）", f"cannot write {name} ({error.strerror})"
                    )
                ) from None
            out.write(Wording(f"已写入 {name}", f"wrote {name}").in_language(language) + "\n")


def _relative(path: str, folder: str) -> str:
    return os.path.relpath(os.path.realpath(path), os.path.realpath(folder)).replace(os.sep, "/")
