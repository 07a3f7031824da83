"""The option parser: argparse, speaking Chinese or English throughout.

argparse takes its own words (usage, headings, errors) from one global translation. Here they are
replaced in the parser itself, so that nothing outside it changes; and help is laid out by display
width, which argparse does not know.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Sequence

from bulletin_lint._plain import IS_PLAIN
from bulletin_lint._typing import Any, NoReturn
from bulletin_lint.cli.options import COMMON, declare
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.wording import Language, Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.config.settings import Settings

_HELP_WIDTH = 96
"""Columns of help; fewer on a terminal that has fewer."""
_NARROWEST_HELP = 60
_HEAD_WIDTH = 26

_USAGE = Wording("用法：", "Usage: ")
_OPTIONS_WORD = Wording("[选项]", "[OPTIONS]")
_ARGUMENTS_HEADING = Wording("参数：", "Arguments:")
_OPTIONS_HEADING = Wording("选项：", "Options:")
_HELP_HELP = Wording("显示本说明", "show this help")

_NOTHING = Wording("", "")

_END_OF_OPTIONS = "--"
_NAME = "\0"
"""Marks a name that begins with ``-`` and stands after ``--``, so that argparse, which forgets where ``--``
stood when options and files are mixed, takes it for no option. No argument of a process can hold it.
"""

_ARGUMENT_PREFIX = r"argument (?P<argument>[^:]+): (?P<rest>.*)"
_MESSAGES = (
    (r"expected one argument", "缺少值", "needs a value"),
    (r"expected at least one argument", "至少要有一个值", "needs at least one value"),
    (r"expected at most one argument", "最多有一个值", "takes at most one value"),
    (r"expected (?P<count>\d+) arguments?", "需要 {count} 个值", "needs {count} values"),
    (
        r"ignored explicit argument '?(?P<value>.*?)'?",
        "不带值，却给了“{value}”",
        "takes no value, was given '{value}'",
    ),
    (r"not allowed with argument (?P<other>.*)", "不能与 {other} 同用", "cannot go together with {other}"),
    (
        r"invalid choice: '?(?P<value>.*?)'?(?:, maybe you meant .*?)? \(choose from (?P<choices>.*)\)",
        "没有“{value}”这个值，可用：{choices}",
        "'{value}' is not one of: {choices}",
    ),
    (r"invalid \S+ value: '?(?P<value>.*?)'?", "“{value}”不是有效的值", "'{value}' is not a valid value"),
    (
        r"the following arguments are required: (?P<names>.*)",
        "缺少参数：{names}",
        "missing: {names}",
    ),
    (
        r"one of the arguments (?P<names>.*) is required",
        "须有其一：{names}",
        "one of these is needed: {names}",
    ),
)


class OptionParser(argparse.ArgumentParser):
    """A parser for one command.

    Every wrong command line ends in `UsageError`; ``--help`` prints and exits with 0, as argparse does.
    """

    def __init__(
        self, program: str, *, language: Language, description: Wording, epilog: Wording = _NOTHING
    ) -> None:
        # Of its words only two headings are asked for here, and replaced below: a translation of them would
        # cost the import of `locale`.
        translate = argparse._  # type: ignore[attr-defined]
        argparse._ = translate if IS_PLAIN else str  # type: ignore[attr-defined]
        try:
            super().__init__(
                prog=program,
                description=description.in_language(language),
                epilog=epilog.in_language(language),
                add_help=False,
                allow_abbrev=False,
                formatter_class=_formatter,
            )
        finally:
            argparse._ = translate  # type: ignore[attr-defined]
        self._language: Language = language
        self._positionals.title = _ARGUMENTS_HEADING.in_language(language)
        self._optionals.title = _OPTIONS_HEADING.in_language(language)
        self.add_argument("-h", "--help", action="help", help=_HELP_HELP.in_language(language))

    def add_common(self, language: Language) -> None:
        """Adds the options that every command has, unless the command brought its own."""
        taken = {name for action in self._actions for name in action.option_strings}
        declare(self, [option for option in COMMON if option.names.split()[-1] not in taken], language)

    def add_subparsers(self, **given: Any) -> Any:
        """Actions of a command; their parsers speak the same language."""

        def inner(*, prog: str, description: str = "", **_: object) -> OptionParser:
            wording = Wording(description, description)
            parser = OptionParser(prog, language=self._language, description=wording)
            parser.add_common(self._language)
            return parser

        return super().add_subparsers(**{"prog": self.prog, "parser_class": inner, **given})

    def parse(self, arguments: Sequence[str]) -> argparse.Namespace:
        """The options and arguments of a command line.

        Raises:
            UsageError: it cannot be understood.
        """
        options, names = list(arguments), list[str]()
        if _END_OF_OPTIONS in arguments:
            end = options.index(_END_OF_OPTIONS)
            options, names = options[:end], options[end + 1 :]
            self._refuse_left_over_value(options)
        try:
            return self._parsed([*options, *map(_as_name, names)])
        except UsageError as error:
            raise UsageError(with_hint(error.wording, options)) from None

    def _parsed(self, words: Sequence[str]) -> argparse.Namespace:
        """What argparse makes of options, and of names that `_as_name` has marked."""
        if self._subparsers is None:
            # Files may stand on both sides of an option: check 1.md --fix 2.md
            known, unknown = self.parse_known_intermixed_args(words)
        else:
            known, unknown = self.parse_known_args(words)
        if unknown:
            raise UsageError(self._unknown(unknown[0]))
        for dest, value in vars(known).items():
            if isinstance(value, str):
                setattr(known, dest, value.removeprefix(_NAME))
            elif isinstance(value, list):
                setattr(known, dest, [word.removeprefix(_NAME) for word in value])
        self._refuse_options_as_names(words)
        return known

    def _options(self) -> dict[str, argparse.Action]:
        """Every option by its names, those of a command's actions among them."""
        parsers: list[argparse.ArgumentParser] = [self]
        for action in self._actions:
            if isinstance(action, argparse._SubParsersAction):
                parsers.extend(action.choices.values())
        return {name: action for parser in parsers for name, action in parser._option_string_actions.items()}

    def _refuse_left_over_value(self, options: Sequence[str]) -> None:
        """Refuses ``--config -- 1.md``: what stands after ``--`` is no option's value.

        Raises:
            UsageError: the last of the options has no value.
        """
        last = self._options().get(options[-1]) if options else None
        if last is not None and last.nargs != 0:
            self.error(f"argument {'/'.join(last.option_strings)}: expected one argument")

    def _refuse_options_as_names(self, words: Sequence[str]) -> None:
        """Refuses an option after ``--`` that is no file's name: whoever wrote it meant the option.

        Raises:
            UsageError: there is one.
        """
        for word in words:
            name = word.removeprefix(_NAME)
            option = name.partition("=")[0]
            if word != name and option in self._options() and not os.path.lexists(name):
                raise UsageError(
                    Wording(
                        f"没有名为“{name}”的文件；-- 之后都是文件名，选项要写在 -- 之前"
                        "（pre-commit 中写在钩子的 entry 里，不写在 args 里）",
                        f"there is no file '{name}'; all that follows -- are names, options go before it "
                        "(with pre-commit: in the hook's entry, not in its args)",
                    )
                )

    def _unknown(self, word: str) -> Wording:
        if not word.startswith("-"):
            word = word.removeprefix(_NAME)
            return Wording(f"多余的参数：{word}", f"unexpected argument: {word}")
        name = word.partition("=")[0]
        zh, en = unknown_option(name, list(self._options()))
        if "？" in zh or os.path.lexists(word):
            return Wording(zh, en)
        return Wording(
            f"{zh}；这是文件名吗？请在前面加 --", f"{en}; is it the name of a file? write -- before it"
        )

    def error(self, message: str) -> NoReturn:
        """Raises what argparse says in both languages.

        Raises:
            UsageError: always.
        """
        raise UsageError(translated(message.replace(repr(_NAME)[1:-1], "")))

    def print_help(self, file: Any = None) -> None:
        """Writes the help; where that fails, says so, which argparse does not.

        Raises:
            OSError: it cannot be written.
        """
        (file or sys.stdout).write(self.format_help())

    def format_usage(self) -> str:
        """One line: program, options, arguments."""
        words = [self.prog, _OPTIONS_WORD.in_language(self._language)]
        for action in self._actions:
            if not action.option_strings:
                name = str(action.metavar or action.dest)
                # Between options they are taken out of the way for a while.
                if getattr(action, "save_nargs", action.nargs) in ("*", "+"):
                    name += "…"
                words.append(name if action.required else f"[{name}]")
        return f"{_USAGE.in_language(self._language)}{' '.join(words)}\n"

    def format_help(self) -> str:
        """Description, usage, every option with its help, and what stands behind: examples, exit codes."""
        from bulletin_lint.reporters.terminal import wrap

        width = _help_width()
        lines = [*wrap(self.description, width), ""] if self.description else []
        lines.append(self.format_usage().rstrip())
        # What every command has stands last.
        groups = [group for group in self._action_groups if group is not self._optionals]
        for group in [*groups, self._optionals]:
            actions = [each for action in group._group_actions for each in _shown(action)]
            if actions:
                lines += ["", group.title or ""]
            for action in actions:
                lines += _described(_head(action), action.help or "", width)
        if self.epilog:
            lines += ["", self.epilog]
        return "".join(f"{line}\n" for line in lines)


def _shown(action: argparse.Action) -> list[argparse.Action]:
    """What help says of an option or argument: of an action of a command, each of its choices."""
    if isinstance(action, argparse._SubParsersAction):
        return list(action._choices_actions)
    return [] if action.help is argparse.SUPPRESS else [action]


_FORMATTER = argparse.HelpFormatter("", width=_HELP_WIDTH)


def _formatter(*, prog: str) -> argparse.HelpFormatter:
    """The same for all: argparse makes one for every option that is added, only to see whether the option
    could be shown, and asks each time for the width of the terminal. Help is laid out here."""
    return _FORMATTER


def _head(action: argparse.Action) -> str:
    value = str(action.metavar or action.dest)
    if not action.option_strings:
        return value
    short = [option for option in action.option_strings if not option.startswith("--")]
    names = ", ".join(action.option_strings)
    if not short:
        # Long names stand below each other.
        names = f"    {names}"
    if action.nargs == 0:
        return names
    return f"{names} {value}"


def _help_width() -> int:
    from bulletin_lint.reporters.terminal import terminal_width

    columns = terminal_width(sys.stdout)
    if columns is None:
        return _HELP_WIDTH
    # Closing marks, two at most, hang over the end of a line rather than begin the next one.
    return max(_NARROWEST_HELP, min(_HELP_WIDTH, columns - 4))


def _described(head: str, text: str, width: int) -> list[str]:
    """An option and its help in two columns."""
    from bulletin_lint.reporters.terminal import display_width, pad, wrap

    lines = wrap(text, width - _HEAD_WIDTH - 4)
    indent = " " * (_HEAD_WIDTH + 4)
    if display_width(head) > _HEAD_WIDTH:
        return [f"  {head}", *(f"{indent}{line}" for line in lines)]
    return [f"  {pad(head, _HEAD_WIDTH)}  {lines[0]}", *(f"{indent}{line}" for line in lines[1:])]


def _as_name(word: str) -> str:
    """A word after ``--`` as argparse is given it; ``-`` by itself is standard input there too."""
    return f"{_NAME}{word}" if word.startswith("-") and word != "-" else word


def with_hint(wording: Wording, words: Sequence[str]) -> Wording:
    """What is wrong with a command line; with what to do where one of its `words` is a file's name."""
    file = next((word for word in words if word[:1] == "-" and word != "-" and os.path.lexists(word)), None)
    if file is None:
        return wording
    return Wording(
        f"{wording.zh}；“{file}”是文件名吗？请在前面加 --",
        f"{wording.en}; is '{file}' the name of a file? write -- before it",
    )


def unknown_option(name: str, known: Sequence[str]) -> Wording:
    """What to say of an option that there is not."""
    from bulletin_lint.config.diagnostics import nearest

    # Single letters are like everything.
    near = nearest(name, [option for option in known if option.startswith("--")])
    zh = f"；是不是 {near}？" if near else ""
    en = f"; did you mean {near}?" if near else ""
    return Wording(f"没有选项 {name}{zh}", f"there is no option {name}{en}")


def translated(message: str) -> Wording:
    """An error message of argparse in both languages."""
    prefix = re.fullmatch(_ARGUMENT_PREFIX, message, re.DOTALL)
    argument = f"{prefix['argument']} " if prefix else ""
    rest = prefix["rest"] if prefix else message
    for pattern, zh, en in _MESSAGES:
        found = re.fullmatch(pattern, rest)
        if found:
            values = {name: value.replace("'", "") for name, value in found.groupdict().items()}
            if "choices" in values:
                from bulletin_lint.config.diagnostics import nearest

                near = nearest(values["value"], values["choices"].split(", "))
                zh, en = zh + f"；是不是 {near}？" * bool(near), en + f"; did you mean {near}?" * bool(near)
            return Wording(argument + zh.format(**values), argument + en.format(**values))
    # A message of our own, raised by the type of an option and already in one language.
    return Wording(argument + rest, argument + rest)


def print_error(text: str, language: Language) -> None:
    """Says on standard error what is wrong, in one line."""
    _print_line(f"{Wording('错误：', 'error: ').in_language(language)}{text}")


def print_note(text: Wording, language: Language) -> None:
    """Says on standard error what is worth knowing, in one line."""
    _print_line(text.in_language(language))


def print_settings_note(settings: Settings, language: Language) -> None:
    """Names on standard error the files that were meant for settings, it seems, and are not read."""
    from bulletin_lint.config.near_names import near_note

    note = near_note(settings.misnamed)
    if note is not None:
        print_note(note, language)


def _print_line(text: str) -> None:
    from bulletin_lint.model.visible import visible
    from bulletin_lint.reporters.inert import say

    say(sys.stderr, f"{visible(text)}\n")
