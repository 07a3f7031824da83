"""Packs as written: where they are found, and reading them in the order in which they are merged."""

from __future__ import annotations

import os

from bulletin_lint._typing import NamedTuple
from bulletin_lint.config.diagnostics import Diagnostics, did_you_mean, shown
from bulletin_lint.config.side_files import read_side_file, reason_of
from bulletin_lint.config.store import Input, file_input, folder_input
from bulletin_lint.config.yaml import YamlMap, YamlNode, YamlText, parse_yaml, texts

_PACK_FILES = (".yaml", ".yml")


class Pack(NamedTuple):
    """One pack as written: its files, read but not merged."""

    name: str
    """Of a built-in pack its name, else its path relative to the settings."""
    is_house: bool
    files: tuple[YamlMap, ...]
    folder: str
    """Absolute; paths in the pack are relative to it."""


def builtin_folder() -> str:
    """The folder of the built-in packs: in the package, or at the top of a checkout beside `src`."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    packaged = os.path.join(package, "rules")
    if os.path.isdir(packaged):
        return packaged
    return os.path.join(os.path.dirname(os.path.dirname(package)), "rules")


def builtin_packs() -> tuple[str, ...]:
    """The names of the built-in packs."""
    folder = builtin_folder()
    names = set()
    for name in os.listdir(folder) if os.path.isdir(folder) else ():
        if os.path.isdir(os.path.join(folder, name)):
            if pack_files(os.path.join(folder, name)):
                names.add(name)
        elif name.endswith(_PACK_FILES):
            names.add(os.path.splitext(name)[0])
    return tuple(sorted(names))


def pack_files(folder: str) -> tuple[str, ...]:
    """The names of a pack folder's files, in the order they are read."""
    return tuple(sorted(name for name in os.listdir(folder) if name.endswith(_PACK_FILES)))


class Loader:
    """Finds and reads packs, each once, in the order in which they are merged.

    `folder` is what the names of a house's packs are relative to.
    """

    def __init__(self, mistakes: Diagnostics, folder: str) -> None:
        self.packs: list[Pack] = []
        self.inputs: list[Input] = []
        self.is_complete = True
        """Whether every pack was found and every file could be read."""
        self._mistakes = mistakes
        self._folder = os.path.realpath(folder)
        self._builtin = os.path.realpath(builtin_folder())
        self._done: set[str] = set()
        self._stack: list[str] = []

    def load(self, name: YamlText, folder: str) -> None:
        """Reads a pack and those that it extends. Relative paths start at `folder`."""
        path = self._find(name, folder)
        if path is None:
            self.is_complete = False
            return
        if path in self._stack:
            # The names of the way round, so that the author sees where to cut.
            way = [*self._stack[self._stack.index(path) :], path]
            ring = " → ".join(os.path.basename(step) for step in way)
            self.is_complete = False
            self._mistakes.add(name, f"extends 成环：{ring}", f"extends goes in a circle: {ring}")
            return
        if path in self._done:
            return
        self._stack.append(path)
        is_house = not (path + os.sep).startswith(self._builtin + os.sep)
        files = self._read(path, name)
        own = path if os.path.isdir(path) else os.path.dirname(path)
        for file in files:
            for extended in texts(file.get("extends")):
                self.load(extended, own)
        self._stack.pop()
        self._done.add(path)
        self.packs.append(Pack(self._label(path, is_house=is_house), is_house, tuple(files), own))

    def _label(self, path: str, *, is_house: bool) -> str:
        if not is_house:
            return os.path.splitext(os.path.basename(path))[0]
        try:
            return os.path.relpath(path, self._folder).replace(os.sep, "/")
        except ValueError:  # another drive of Windows
            return path

    def read_beside(self, folder: str, name: str, complain_at: YamlNode | None) -> YamlMap | None:
        """Reads a file that a pack names, from the pack's folder on; as `read_file`."""
        path = _real_path(folder, name)
        if path is not None:
            return self.read_file(path, complain_at)
        self.is_complete = False
        place = complain_at or YamlText(shown(folder), 1, 1, "")
        self._mistakes.add(place, f"文件不能叫“{name}”", f"no file can be called '{name}'")
        return None

    def read_file(self, path: str, complain_at: YamlNode | None = None) -> YamlMap | None:
        """Reads one YAML file and notes it as an input; None, and a mistake noted, if it cannot."""
        file = self._read_file(path, complain_at)
        if file is None:
            self.is_complete = False
        return file

    def _read_file(self, path: str, complain_at: YamlNode | None) -> YamlMap | None:
        try:
            data = read_side_file(path)
        except OSError as error:
            place = complain_at or YamlText(shown(path), 1, 1, "")
            self._mistakes.add(
                place,
                f"无法读取 {shown(path)}：{reason_of(error).zh}",
                f"cannot read {shown(path)}: {reason_of(error).en}",
            )
            return None
        self.inputs.append(file_input(path, data))
        return parse_yaml(shown(path), data, self._mistakes)

    def _find(self, name: YamlText, folder: str) -> str | None:
        text = name.value
        if "/" in text or os.sep in text or text.endswith(_PACK_FILES):
            path = _real_path(folder, text if "\0" in text else os.path.expanduser(text))
            if path and (os.path.isfile(path) or (os.path.isdir(path) and pack_files(path))):
                return path
            self._mistakes.add(name, f"找不到规则包 {text}", f"there is no pack {text}")
            return None
        for candidate in (text, *(text + ending for ending in _PACK_FILES)):
            path = os.path.join(self._builtin, candidate)
            if text and os.path.exists(path) and text in builtin_packs():
                return path
        if os.path.exists(os.path.join(folder, text)) and text:
            zh, en = f"；自己的包请写成 ./{text}", f"; write ./{text} for a pack of your own"
        else:
            zh, en = did_you_mean(text, builtin_packs())
        self._mistakes.add(name, f"没有名为“{text}”的规则包{zh}", f"there is no pack named '{text}'{en}")
        return None

    def _read(self, path: str, name: YamlText) -> list[YamlMap]:
        if not os.path.isdir(path):
            file = self.read_file(path, name)
            return [file] if file is not None else []
        names = pack_files(path)
        self.inputs.append(folder_input(path, names))
        found = [self.read_file(os.path.join(path, each), name) for each in names]
        return [file for file in found if file is not None]


def _real_path(folder: str, name: str) -> str | None:
    """Where a name written in a pack leads; None where no file can have it, as one with a null character."""
    try:
        return os.path.realpath(os.path.join(folder, name))
    except ValueError:
        return None
