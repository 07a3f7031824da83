"""Settings: bulletin-lint.yaml, or [tool.bulletin-lint] in pyproject.toml, and the command line."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence

from bulletin_lint._typing import Any, NamedTuple
from bulletin_lint.config.side_files import RefusedFile, read_side_file, reason_of
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.violation import Severity
from bulletin_lint.model.wording import Language, Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.config.diagnostics import Diagnostics
    from bulletin_lint.config.store import Store
    from bulletin_lint.config.yaml import YamlMap

FILE_NAME = "bulletin-lint.yaml"
_PROJECT = "pyproject.toml"
_TABLE = "bulletin-lint"
_REGISTER = "register.csv"

DEFAULT = "default"
"""The origin of a setting that nobody gave."""


class Settings(NamedTuple):
    """The settings of a run; the defaults are those of a run without a file. Relative paths and globs start
    at `folder`.
    """

    extends: tuple[str, ...] = ("jianbao",)
    select: tuple[str, ...] | None = None
    """None: every rule that is not off."""
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: Mapping[str, tuple[str, ...]] = {}
    rules: Mapping[str, Any] = {}
    required: tuple[str, ...] = (
        "title",
        "issue_number",
        "office",
        "date",
        "editor",
        "reviewer",
        "contact",
        "distribution",
        "attribution",
    )
    """Parts that a bulletin must have."""
    bulletins: tuple[str, ...] = ()
    series: Mapping[str, Any] = {}
    """register: a CSV file. start: the first issue looked at, a cumulative number (``2119``) or year and
    issue (``2020-10``). known-gaps: texts such as ``2020: 3-5`` and ``cumulative: 118``. restarts:
    yearly, never or auto. aliases: a title to those it had before. Absent keys were not set."""
    exclude: tuple[str, ...] = ()
    language: Language | None = None
    """None: that of the locale."""
    fail_level: Severity = "error"
    path: str | None = None
    """The file, absolute; None where there is none."""
    folder: str = "."
    """The file's folder, absolute; the working directory where there is no file."""
    origins: Mapping[str, str] = {}
    """Key to where it was set, ``file:line`` or an option; absent means `DEFAULT`."""

    def origin(self, key: str) -> str:
        """Where a key of the settings was set."""
        return self.origins.get(key, DEFAULT)


def register_path(settings: Settings) -> str | None:
    """The register of the series: where the settings say, else register.csv beside them if it is there."""
    named = settings.series.get("register")
    if named is not None:
        return os.path.join(settings.folder, str(named))
    usual = os.path.join(settings.folder, _REGISTER)
    return usual if settings.path is not None and os.path.isfile(usual) else None


def find_settings(start: str) -> str | None:
    """The settings file nearest to a folder, upward; absolute. None where there is none.

    In one folder bulletin-lint.yaml is taken before pyproject.toml, which counts only if it has the
    table [tool.bulletin-lint].
    """
    folder = os.path.abspath(start)
    while True:
        path = os.path.join(folder, FILE_NAME)
        if os.path.isfile(path):
            return path
        path = os.path.join(folder, _PROJECT)
        if _speaks_of_us(path):
            return path
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above


def _speaks_of_us(path: str) -> bool:
    try:
        data = read_side_file(path)
    except RefusedFile:
        # Whoever reads it then is told why it cannot be.
        return os.path.isfile(path)
    except OSError:
        return False
    # The words in a comment or a dependency list are no settings; tomllib is asked only if they occur.
    if b"bulletin-lint" not in data:
        return False
    if re.search(rb"""^\s*\[\s*tool\s*\.\s*["']?bulletin-lint["']?\s*[\].]""", data, re.MULTILINE):
        return True
    import tomllib

    try:
        tool = tomllib.loads(data.decode("utf-8", "replace")).get("tool")
    except tomllib.TOMLDecodeError:
        return b"tool.bulletin-lint" in data
    return isinstance(tool, dict) and _TABLE in tool


def load_settings(
    config: str | None = None, start: str = ".", *, isolated: bool = False, store: Store | None = None
) -> Settings:
    """The settings for files in a folder.

    `config` names a file to use instead of the nearest one; `isolated` uses none. With a store what was
    read is kept there.

    Raises:
        UsageError: there is no file `config`.
        DefinitionError: the file is wrong.
    """
    here = os.path.abspath(start)
    if config is not None:
        path: str | None = os.path.abspath(config)
        if not os.path.isfile(path or ""):
            raise UsageError(Wording(f"没有配置文件 {config}", f"there is no settings file {config}"))
    else:
        path = None if isolated else find_settings(here)
    if path is None:
        return Settings(folder=here)
    key = f"settings {path} {os.getcwd()}"
    if store is not None:
        kept = _from_plain(store.load(key), path)
        if kept is not None:
            return kept
    from bulletin_lint.config.diagnostics import Diagnostics
    from bulletin_lint.config.store import Input

    status = os.stat(path)
    mistakes = Diagnostics()
    values = _read_settings(path, mistakes)
    mistakes.raise_any()
    settings = _from_plain(values, path)
    assert settings is not None
    if store is not None:
        store.store(key, values, [Input(path, status.st_size, status.st_mtime_ns)])
    return settings


def _from_plain(values: Any, path: str) -> Settings | None:
    """The settings that were read or stored; None where what was stored is something else."""
    if values is None:
        return None
    try:
        given = {name: value for name, value in values.items() if value is not None}
        fields = {
            "rules": given["rules"],
            "series": given["series"],
            "per_file_ignores": {glob: tuple(words) for glob, words in given["per-file-ignores"].items()},
            "origins": given["origins"],
        }
        for name in ("extends", "select", "ignore", "required", "bulletins", "exclude"):
            if name in given:
                fields[name] = tuple(given[name])
        for name in ("language", "fail-level"):
            if name in given:
                fields[name.replace("-", "_")] = given[name]
        return Settings(path=path, folder=os.path.dirname(path), **fields)
    except (KeyError, TypeError, AttributeError, ValueError):
        return None


def _read_settings(path: str, mistakes: Diagnostics) -> dict[str, Any]:
    from bulletin_lint.config.settings_schema import SETTINGS
    from bulletin_lint.config.shapes import Scope, read_record, refuse
    from bulletin_lint.config.yaml import YamlMap, plain

    nodes = read_nodes(path, mistakes)
    if nodes is None:
        return {}
    values = read_record(nodes, SETTINGS, Scope(mistakes))
    rules = nodes.get("rules")
    if rules is not None and not isinstance(rules, YamlMap):
        refuse(rules, Scope(mistakes), "“规则编号: 内容”", "a mapping of rule codes")
    values["rules"] = plain(rules) if rules is not None else {}
    values["series"] = {name: value for name, value in (values["series"] or {}).items() if value is not None}
    values["origins"] = {name: f"{key.path}:{key.line}" for name, key, _ in nodes}
    series = nodes.get("series")
    for name, key, _ in series if isinstance(series, YamlMap) else ():
        values["origins"][f"series.{name}"] = f"{key.path}:{key.line}"
    return values


def read_nodes(path: str, mistakes: Diagnostics) -> YamlMap | None:
    """The settings of a file as nodes; None, and a mistake noted, if it cannot be read."""
    from bulletin_lint.config.diagnostics import shown
    from bulletin_lint.config.yaml import parse_yaml

    try:
        data = read_side_file(path)
    except OSError as error:
        why = reason_of(error)
        mistakes.add_at(shown(path), 1, 1, f"无法读取文件：{why.zh}", f"cannot read the file: {why.en}")
        return None
    if path.endswith(".toml"):
        from bulletin_lint.config.toml import parse_toml

        return parse_toml(shown(path), data, ("tool", _TABLE), mistakes)
    return parse_yaml(shown(path), data, mistakes)


def with_options(
    settings: Settings,
    *,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] = (),
    extend_select: Sequence[str] = (),
    exclude: Sequence[str] | None = None,
    language: Language | None = None,
    fail_level: Severity | None = None,
) -> Settings:
    """Settings with what the command line says on top.

    `select` and `exclude` replace, `ignore` and `extend_select` add. A word that the command line
    selects is no longer ignored by the file.
    """
    origins = dict(settings.origins)
    changed: dict[str, Any] = {}
    asked = {*(select or ()), *extend_select}
    if asked:
        changed["ignore"] = tuple(word for word in settings.ignore if word not in asked)
    if select is not None:
        changed["select"] = tuple(select)
        origins["select"] = "--select"
    if extend_select:
        changed["extend_select"] = (*settings.extend_select, *extend_select)
        origins["extend-select"] = "--extend-select"
    if ignore:
        changed["ignore"] = (*changed.get("ignore", settings.ignore), *ignore)
        origins["ignore"] = "--ignore"
    if exclude is not None:
        changed["exclude"] = tuple(exclude)
        origins["exclude"] = "--exclude"
    if language is not None:
        changed["language"] = language
        origins["language"] = "--lang"
    if fail_level is not None:
        changed["fail_level"] = fail_level
        origins["fail-level"] = "--fail-level"
    return settings._replace(**changed, origins=origins)
