"""``bulletin-lint completion SHELL``: a script that completes commands and options, made by shtab."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from importlib import import_module

from bulletin_lint._typing import Any, TextIO
from bulletin_lint.cli.options import Option, declare
from bulletin_lint.cli.parser import OptionParser
from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.reporters import REPORTERS
from bulletin_lint.rulebook.load import load_rulebook

SHELLS = ("bash", "fish", "powershell", "tcsh", "zsh")

EPILOG = Wording(
    """\
示例：
  bulletin-lint completion bash > ~/.local/share/bash-completion/completions/bulletin-lint
  bulletin-lint completion zsh > ~/.zfunc/_bulletin-lint
  bulletin-lint completion fish > ~/.config/fish/completions/bulletin-lint.fish""",
    """\
Examples:
  bulletin-lint completion bash > ~/.local/share/bash-completion/completions/bulletin-lint
  bulletin-lint completion zsh > ~/.zfunc/_bulletin-lint
  bulletin-lint completion fish > ~/.config/fish/completions/bulletin-lint.fish""",
)

_FILES = frozenset({"FILE", "PATH", "PACK"})
_CODES = frozenset({"CODE", "CODES"})


_OPTIONS = (
    Option(
        "shell",
        "argument",
        Wording(f"命令行外壳：{'、'.join(SHELLS)}", f"the shell: {', '.join(SHELLS)}"),
        metavar="SHELL",
        choices=SHELLS,
    ),
)


def add_arguments(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declares the command's options; the help is in `language`."""
    declare(parser, _OPTIONS, language)


def run(args: argparse.Namespace, language: Language, out: TextIO) -> int:
    """Prints the script.

    Raises:
        UsageError: shtab is not installed, or does not know the shell.
    """
    try:
        import shtab
    except ImportError:
        raise UsageError(
            Wording(
                "补全脚本由 shtab 生成，尚未安装；请运行：pip install 'bulletin-lint[completion]'",
                "the script is made by shtab, which is not installed; run: "
                "pip install 'bulletin-lint[completion]'",
            )
        ) from None
    if args.shell not in shtab.SUPPORTED_SHELLS:
        raise UsageError(
            Wording(
                f"已安装的 shtab 不支持 {args.shell}，请升级",
                f"the shtab that is installed does not know {args.shell}; upgrade it",
            )
        )
    out.write(shtab.complete(whole_parser(args.commands, language, shtab.FILE), shell=args.shell))
    out.write("\n")
    return 0


def whole_parser(
    offered: Mapping[str, Any], language: Language, file_completion: Any
) -> argparse.ArgumentParser:
    """One parser with every command that the program offers, and with what its values can be."""
    parser = OptionParser("bulletin-lint", language=language, description=Wording("", ""))
    parser.add_argument("-V", "--version", action="version", version="")

    def made(*, prog: str, **_: object) -> OptionParser:
        return OptionParser(prog, language=language, description=Wording("", ""))

    # Not the parser's own way to add actions: a command has the common options behind those of its own.
    add_commands: Any = argparse.ArgumentParser.add_subparsers
    commands = add_commands(parser, metavar="COMMAND", prog=parser.prog, parser_class=made)
    for name, command in offered.items():
        each: OptionParser = commands.add_parser(name, help=command.summary.in_language(language))
        import_module(command.module).add_arguments(each, language)
        each.add_common(language)
    codes = sorted(load_rulebook(Settings(), CompiledStore()).rules)
    _complete(parser, codes, file_completion)
    return parser


def _complete(parser: argparse.ArgumentParser, codes: list[str], file_completion: Any) -> None:
    """Tells shtab which values are files, and gives it the codes and formats to offer."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for each in action.choices.values():
                _complete(each, codes, file_completion)
            continue
        metavar = str(action.metavar or action.dest).partition("[")[0]
        if metavar in _CODES:
            action.choices = codes
        elif metavar == "FORMAT":
            action.choices = sorted(REPORTERS)
        elif metavar in _FILES:
            action.complete = file_completion  # type: ignore[attr-defined]
