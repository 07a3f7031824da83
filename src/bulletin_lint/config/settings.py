"""Settings: bulletin-lint.yaml, or [tool.bulletin-lint] in pyproject.toml, and the command line."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence

from bulletin_lint._typing import Any, NamedTuple
from bulletin_lint.config.near_names import FILE_NAME, PROJECT, TABLE, NearName, near_names
from bulletin_lint.config.side_files import RefusedFile, read_side_file, reason_of
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.violation import Severity
from bulletin_lint.model.wording import Language, Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.config.diagnostics import Diagnostics
    from bulletin_lint.config.store import Input, Store
    from bulletin_lint.config.yaml import YamlMap

_REGISTER = "register.csv"

_NEVER, _ATTRIBUTION = "never", "attribution"

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
    house: str | None = None
    """Whether the articles say who supplied them: signs, some, never. None: as the packs say, else found from
    each issue."""
    bulletins: tuple[str, ...] = ()
    series: Mapping[str, Any] = {}
    """register: a CSV file. start: the first issue looked at, a cumulative number (``2119``) or year and
    issue (``2020-10``). known-gaps: texts such as ``2020: 3-5`` and ``cumulative: 118``. restarts:
    yearly, never or auto. aliases: a title to those it had before. Absent keys were not set."""
    exclude: tuple[str, ...] = ()
    convert: Mapping[str, Any] = {}
    """command: the program that converts old forms. Absent keys were not set."""
    annotate: Mapping[str, Any] = {}
    """author: whose comments and tracked changes ours are. Absent keys were not set."""
    converts: bool = True
    """Old forms are converted; only the command line says otherwise."""
    language: Language | None = None
    """None: that of the locale."""
    fail_level: Severity = "error"
    path: str | None = None
    """The file, absolute; None where there is none."""
    folder: str = "."
    """The file's folder, absolute; the working directory where there is no file."""
    misnamed: tuple[NearName, ...] = ()
    """What has nearly the right name on the way to `path`, and so is not read."""
    is_nearest: bool = False
    """They were looked for and not named: files below that have settings nearer to them go by those."""
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
    # A link that leads nowhere is no register that is not there: reading it says so.
    return usual if settings.path is not None and os.path.lexists(usual) else None


def find_settings(start: str) -> str | None:
    """The settings file nearest to a folder, upward; absolute. None where there is none.

    In one folder bulletin-lint.yaml is taken before pyproject.toml, which counts only if it has the
    table [tool.bulletin-lint]. What has the name and is no file that can be read is found too, so that
    nobody takes a broken link for a run without settings.

    Raises:
        UsageError: a pyproject.toml on the way cannot be read, so that nobody knows whether it counts.
    """
    return next(filter(None, map(settings_in, _upward(start))), None)


def settings_in(folder: str) -> str | None:
    """The settings file of a folder itself.

    Raises:
        UsageError: as `find_settings`.
    """
    path = os.path.join(folder, FILE_NAME)
    if os.path.lexists(path):
        return path
    path = os.path.join(folder, PROJECT)
    return path if _speaks_of_us(path) else None


def _upward(start: str) -> Iterator[str]:
    """A folder and those above it."""
    folder = os.path.abspath(start)
    yield folder
    while (above := os.path.dirname(folder)) != folder:
        folder = above
        yield folder


def _misnamed(start: str, found: str | None) -> tuple[NearName, ...]:
    """What has nearly the right name in the folders that were searched until a file was found."""
    last = None if found is None else os.path.dirname(found)
    near: list[NearName] = []
    for folder in _upward(start):
        near += near_names(folder)
        if folder == last:
            break
    return tuple(near)


def _require_file(path: str, given: str | None = None) -> None:
    """Refuses a settings file that is none; `given` is its name on the command line.

    Raises:
        UsageError: it is not there, a link that leads nowhere, or no regular file.
    """
    try:
        # Stated, not opened: a pipe would wait for ever.
        if stat.S_ISREG(os.stat(path).st_mode):
            return
        error = None
    except (OSError, ValueError) as caught:
        error = caught
    raise UsageError(_no_settings(path, given or _shown(path), error))


def _no_settings(path: str, name: str, error: OSError | ValueError | None) -> Wording:
    if error is None:
        return Wording(
            f"配置文件 {name} 不是普通文件（是文件夹、管道或设备），读不出配置；请改正或删去",
            f"the settings file {name} is no regular file (a folder, pipe or device); mend or remove it",
        )
    if isinstance(error, RefusedFile):
        return Wording(
            f"配置文件 {name} 读不出：{error.wording.zh}；请改正或删去",
            f"the settings file {name} cannot be read: {error.wording.en}; mend or remove it",
        )
    if os.path.islink(path):
        return Wording(
            f"配置文件 {name} 是链接，它所指的文件不存在或读不到；请改正或删去这个链接",
            f"the settings file {name} is a link that leads to no file that can be read; mend or remove it",
        )
    if isinstance(error, (FileNotFoundError, NotADirectoryError, ValueError)):
        return Wording(f"没有配置文件 {name}", f"there is no settings file {name}")
    return Wording(
        f"配置文件 {name} 无法读取（错误 {error.errno}）；请检查权限",
        f"cannot read the settings file {name} ({error.strerror}); check its permissions",
    )


def _shown(path: str) -> str:
    from bulletin_lint.config.diagnostics import shown

    return shown(path)


def _speaks_of_us(path: str) -> bool:
    if not os.path.lexists(path):
        return False
    _require_file(path)
    try:
        data = read_side_file(path)
    except OSError as error:
        raise UsageError(_no_settings(path, _shown(path), error)) from None
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
    return isinstance(tool, dict) and TABLE in tool


def start_for(paths: Sequence[str]) -> str:
    """The folder from which settings are looked for: the deepest that holds every path."""
    folders = [path if os.path.isdir(path) else os.path.dirname(path) or "." for path in paths]
    try:
        return os.path.commonpath([os.path.abspath(folder) for folder in folders])
    except ValueError:  # on two drives, or no path at all
        return "."


def load_settings(
    config: str | None = None,
    start: str = ".",
    *,
    isolated: bool = False,
    store: Store | None = None,
    further: Callable[[str, Diagnostics], None] | None = None,
) -> Settings:
    """The settings for files in a folder.

    `config` names a file to use instead of the nearest one; `isolated` uses none. With a store what was
    read is kept there. Where the file is wrong, `further` notes what else is, so that all of it is told at
    once: it is given the path, absolute, and the mistakes so far.

    Raises:
        UsageError: there is no file `config`, or the nearest one is a broken link, a folder or the like.
        DefinitionError: the file is wrong.
    """
    here = os.path.abspath(start)
    misnamed: tuple[NearName, ...] = ()
    if config is not None:
        path: str | None = os.path.abspath(config)
    else:
        path = None if isolated else find_settings(here)
        misnamed = () if isolated else _misnamed(here, path)
    if path is None:
        return Settings(folder=here, misnamed=misnamed, is_nearest=not isolated)
    _require_file(path, config)
    return _settings_at(path, store, further)._replace(misnamed=misnamed, is_nearest=config is None)


def _settings_at(
    path: str, store: Store | None, further: Callable[[str, Diagnostics], None] | None
) -> Settings:
    """The settings of a file, those kept in the store where they are still its own."""
    key = f"settings {path} {os.getcwd()}"
    if store is not None:
        kept = _from_plain(store.load(key), path)
        if kept is not None:
            return kept
    from bulletin_lint.config.diagnostics import Diagnostics

    mistakes = Diagnostics()
    inputs: list[Input] = []
    values = _read_settings(path, mistakes, inputs)
    if len(mistakes) and further is not None:
        further(path, mistakes)
    mistakes.raise_any()
    settings = _from_plain(values, path)
    assert settings is not None
    if store is not None:
        store.store(key, values, inputs)
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
            "convert": given["convert"],
            "annotate": given["annotate"],
            "per_file_ignores": {glob: tuple(words) for glob, words in given["per-file-ignores"].items()},
            "origins": given["origins"],
        }
        for name in ("extends", "select", "ignore", "required", "bulletins", "exclude"):
            if name in given:
                fields[name] = tuple(given[name])
        for name in ("house", "language", "fail-level"):
            if name in given:
                fields[name.replace("-", "_")] = given[name]
        if given.get("house") == _NEVER and "required" not in given:
            # Nobody is asked for what the house never has.
            fields["required"] = tuple(name for name in Settings().required if name != _ATTRIBUTION)
            fields["origins"] = {**given["origins"], "required": given["origins"]["house"]}
        return Settings(path=path, folder=os.path.dirname(path), **fields)
    except (KeyError, TypeError, AttributeError, ValueError):
        return None


def _read_settings(path: str, mistakes: Diagnostics, inputs: list[Input]) -> dict[str, Any]:
    from bulletin_lint.config.settings_schema import SETTINGS
    from bulletin_lint.config.shapes import Scope, read_record, refuse
    from bulletin_lint.config.yaml import YamlMap, plain

    nodes = read_nodes(path, mistakes, inputs)
    if nodes is None:
        return {}
    values = read_record(nodes, SETTINGS, Scope(mistakes))
    rules = nodes.get("rules")
    if rules is not None and not isinstance(rules, YamlMap):
        refuse(rules, Scope(mistakes), "“规则编号: 内容”", "a mapping of rule codes")
    values["rules"] = plain(rules) if rules is not None else {}
    if values["house"] == _NEVER:
        _refuse_attributions(nodes, mistakes)
    for group in ("series", "convert", "annotate"):
        values[group] = {name: value for name, value in (values[group] or {}).items() if value is not None}
    values["origins"] = {name: f"{key.path}:{key.line}" for name, key, _ in nodes}
    series = nodes.get("series")
    for name, key, _ in series if isinstance(series, YamlMap) else ():
        values["origins"][f"series.{name}"] = f"{key.path}:{key.line}"
    return values


def _refuse_attributions(nodes: YamlMap, mistakes: Diagnostics) -> None:
    """Notes attributions that are required of a house which is said to have none."""
    from bulletin_lint.config.yaml import texts

    for part in texts(nodes.get("required")):
        if part.value == _ATTRIBUTION:
            mistakes.add(
                part,
                "house: never 说各篇都不署名，required 又要求 attribution；请去掉其中之一",
                "house: never says that no article is signed, and required asks for attribution; "
                "take out one of them",
            )


def read_nodes(path: str, mistakes: Diagnostics, inputs: list[Input]) -> YamlMap | None:
    """The settings of a file as nodes, what was read added to `inputs`; None, and a mistake noted, if it
    cannot be read.
    """
    from bulletin_lint.config.diagnostics import shown
    from bulletin_lint.config.store import file_input
    from bulletin_lint.config.yaml import parse_yaml

    try:
        data = read_side_file(path)
    except OSError as error:
        why = reason_of(error)
        mistakes.add_at(shown(path), 1, 1, f"无法读取文件：{why.zh}", f"cannot read the file: {why.en}")
        return None
    inputs.append(file_input(path, data))
    if path.endswith(".toml"):
        from bulletin_lint.config.toml import parse_toml

        return parse_toml(shown(path), data, ("tool", TABLE), mistakes)
    return parse_yaml(shown(path), data, mistakes)


def named(settings: Settings) -> Settings:
    """Settings that somebody gave, wherever they were found: they hold for all files."""
    return settings._replace(is_nearest=False)


def with_options(
    settings: Settings,
    *,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] = (),
    extend_select: Sequence[str] = (),
    exclude: Sequence[str] | None = None,
    extend_exclude: Sequence[str] = (),
    converts: bool = True,
    language: Language | None = None,
    fail_level: Severity | None = None,
) -> Settings:
    """Settings with what the command line says on top.

    `select` and `exclude` replace, `ignore`, `extend_select` and `extend_exclude` add. A word that the
    command line selects is no longer ignored by the file.
    """
    origins = dict(settings.origins)
    changed: dict[str, Any] = {}
    asked = {word.upper() for word in (*(select or ()), *extend_select)}
    if asked:
        changed["ignore"] = tuple(word for word in settings.ignore if word.upper() not in asked)
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
    if extend_exclude:
        changed["exclude"] = (*changed.get("exclude", settings.exclude), *extend_exclude)
        origins["exclude"] = "--extend-exclude"
    if not converts:
        changed["converts"] = False
    if language is not None:
        changed["language"] = language
        origins["language"] = "--lang"
    if fail_level is not None:
        changed["fail_level"] = fail_level
        origins["fail-level"] = "--fail-level"
    return settings._replace(**changed, origins=origins)
