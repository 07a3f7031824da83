"""Files and tables whose names are nearly those of the settings, and which are not read for settings."""

from __future__ import annotations

import os
import re

from bulletin_lint._typing import NamedTuple
from bulletin_lint.config.side_files import read_side_file
from bulletin_lint.model.wording import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FILE_NAME = "bulletin-lint.yaml"
PROJECT = "pyproject.toml"
TABLE = "bulletin-lint"

# The last end of .yaml.txt Windows adds, and hides. A .json beside the bulletins may well be a report.
_STEMS = ("bulletin-lint", "bulletin_lint", "bulletinlint", "Bulletin-Lint", "BULLETIN-LINT")
_ENDS = (".yaml", ".yml", ".toml", ".ini", ".cfg", ".yaml.txt", ".yml.txt", ".yaml.yaml", ".YAML", ".YML")
_NAMES = tuple(
    dot + stem + end for dot in ("", ".") for stem in _STEMS for end in _ENDS if dot + stem + end != FILE_NAME
)
SPOTTED = frozenset((FILE_NAME, PROJECT, *_NAMES))
"""Names of which a folder has one where it has settings of its own, or something that nearly is."""
_TABLES = rb"(?im)^[ \t]*\[(?P<table>[ \t]*(?:tool[ \t]*\.[ \t]*)?[\"']?bulletin[-_]?lint[\"']?)[ \t]*[\].]"
_RIGHT = b"tool." + TABLE.encode()


class NearName(NamedTuple):
    """What has nearly the name of the settings: a file, or a table in pyproject.toml."""

    path: str
    table: str = ""
    """As it is written there; empty for a file."""


def near_names(folder: str) -> Iterator[NearName]:
    """What has nearly the name of the settings in a folder; paths begin with the folder's."""
    exact = os.path.join(folder, FILE_NAME)
    try:
        # Once listed, for asking after each of the names is what most of a start would wait for here.
        there = frozenset(os.listdir(folder))
    except OSError:
        there = frozenset()
    for name in _NAMES if not there.isdisjoint(_NAMES) else ():
        path = os.path.join(folder, name)
        # Where capitals do not count the right name answers to others too.
        if name in there and not (os.path.lexists(exact) and os.path.samefile(path, exact)):
            yield NearName(path)
    path = os.path.join(folder, PROJECT)
    if os.path.isfile(path):
        try:
            data = read_side_file(path)
        except OSError:
            return
        for found in re.finditer(_TABLES, data):
            table = found["table"].strip()
            if table.replace(b" ", b"").translate(None, b"\"'") != _RIGHT:
                yield NearName(path, table.decode("utf-8", "replace"))
                return


def near_note(near: Sequence[NearName]) -> Wording | None:
    """What to say of names that are nearly right; None where there are none."""
    from bulletin_lint.config.diagnostics import shown

    files = [shown(each.path) for each in near if not each.table]
    tables = [f"{shown(each.path)} [{each.table}]" for each in near if each.table]
    zh: list[str] = []
    en: list[str] = []
    if files:
        zh.append(f"没有读取 {'、'.join(files)}：配置文件的名字应是 {FILE_NAME}；若是配置，请改名。")
        en.append(
            f"not read: {', '.join(files)}; settings are read from {FILE_NAME} only: "
            "rename it if it holds them."
        )
    if tables:
        zh.append(f"没有读取 {'、'.join(tables)}：配置的表应是 [tool.{TABLE}]；若是配置，请改名。")
        en.append(
            f"not read: {', '.join(tables)}; settings are read from [tool.{TABLE}] only: "
            "rename it if it holds them."
        )
    return Wording("".join(zh), " ".join(en)) if zh else None
