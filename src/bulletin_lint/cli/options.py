"""Options as data: a row says what an option is called, takes and does; `declare` tells the parser.

Every command has a table of rows. Those that several commands share stand here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bulletin_lint._typing import Any, Literal, NamedTuple
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.wording import Language, Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

Kind = Literal["value", "values", "flag", "argument", "optional argument", "arguments", "needed arguments"]
"""``--name VALUE``; the same, and can be given again; ``--name``; an argument that must be given, one that
need not be, and as many as there are."""

_OF_KIND: dict[str, dict[str, Any]] = {
    "value": {},
    "values": {"action": "append"},
    "flag": {"action": "store_true"},
    "argument": {},
    "optional argument": {"nargs": "?"},
    # Without a default argparse takes them for required.
    "arguments": {"nargs": "*", "default": []},
    "needed arguments": {"nargs": "*"},
}


class Option(NamedTuple):
    """An option of a command, or one of its arguments."""

    names: str
    """As typed, a short name before the long one: ``-q --quiet``. For an argument its name in the program."""
    kind: Kind
    help: Wording
    metavar: str | None = None
    """What stands for the value in the help."""
    choices: tuple[str, ...] | None = None
    default: object = None
    read: Callable[[str], object] | None = None
    """Makes the value of what was typed; raises UsageError where that makes none."""


class OptionGroup(NamedTuple):
    """Options that stand under one heading in the help."""

    heading: Wording
    options: tuple[Option, ...]


def declare(parser: argparse._ActionsContainer, options: Sequence[Option], language: Language) -> None:
    """Adds options to a parser, or to a group of one, with their help in `language`."""
    for option in options:
        given = dict(_OF_KIND[option.kind])
        if option.metavar is not None:
            given["metavar"] = option.metavar
        if option.choices is not None:
            given["choices"] = option.choices
        if option.default is not None:
            given["default"] = option.default
        if option.read is not None:
            given["type"] = _reader(option.read, language)
        parser.add_argument(*option.names.split(), help=option.help.in_language(language), **given)


def declare_groups(
    parser: argparse.ArgumentParser, groups: Sequence[OptionGroup], language: Language
) -> None:
    """Adds options to a parser, each group under its heading."""
    for group in groups:
        added = parser.add_argument_group(group.heading.in_language(language))
        declare(added, group.options, language)


def _reader(read: Callable[[str], object], language: Language) -> Callable[[str], object]:
    """`read` as argparse wants it: it puts the option's name before what is wrong with the value."""

    def value(text: str) -> object:
        try:
            return read(text)
        except UsageError as error:
            from argparse import ArgumentTypeError

            raise ArgumentTypeError(error.describe(language)) from None

    return value


def whole_number(text: str) -> int:
    """A number of things, 1 or more.

    Raises:
        UsageError: it is none.
    """
    if not text.isdecimal() or int(text) < 1:
        raise UsageError(Wording(f"“{text}”不是大于 0 的整数", f"'{text}' is not a whole number above 0"))
    return int(text)


def seconds(text: str) -> float:
    """A time in seconds, above 0.

    Raises:
        UsageError: it is none.
    """
    if not re.fullmatch(r"\d{1,6}(\.\d{1,3})?", text, re.ASCII) or float(text) <= 0:
        raise UsageError(
            Wording(f"“{text}”不是大于 0 的秒数", f"'{text}' is not a number of seconds above 0")
        )
    return float(text)


def time_limit(default: float) -> Option:
    """``--time-limit``, the seconds that one file may take."""
    about = Wording(
        f"检查一份文件最多用几秒处理器时间，大文件按大小放宽；默认 {default:g}",
        "the seconds of processor time that one file may take, a large one in proportion; by default "
        f"{default:g}",
    )
    return Option("--time-limit", "value", about, metavar="SECONDS", default=default, read=seconds)


SETTINGS = (
    Option("--config", "value", Wording("配置文件", "settings file"), metavar="FILE"),
    Option("--isolated", "flag", Wording("不读配置文件", "use no settings file")),
)
"""The options that say which settings count."""
COMMON = (
    Option(
        "--lang",
        "value",
        Wording(
            "消息的语言（zh 或 en）；默认随配置和系统语言，未说明时为中文",
            "language of messages; by default that of settings or locale, Chinese where they say nothing",
        ),
        metavar="zh|en",
        choices=("zh", "en"),
    ),
    Option(
        "-v --verbose",
        "flag",
        Wording("出内部错误时显示全部细节", "show every detail of an internal error"),
    ),
)
"""The options that every command has, unless it brings its own."""
