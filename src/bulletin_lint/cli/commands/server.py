"""`bulletin-lint server`: a language server for editors, on standard input and output."""

from __future__ import annotations

import argparse
import os
import sys
from importlib.util import find_spec

from bulletin_lint._typing import TextIO
from bulletin_lint.cli.options import SETTINGS, Option, declare
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.wording import Language, Wording

_ENDED, _BROKEN_OFF = 0, 1
_NEEDED = ("pygls", "lsprotocol")
_OPTIONS = (
    Option(
        "--stdio",
        "flag",
        Wording(
            "用标准输入输出通信：本来如此，供会加上它的编辑器", "speak on standard streams: as it does anyway"
        ),
    ),
    *SETTINGS,
)

EPILOG = Wording(
    "由编辑器启动，不由人启动；各种编辑器的设置见 docs/guides/editors.md。",
    "Editors start it, not people; docs/guides/editors.md has the settings of VS Code, Neovim and Emacs.",
)


def add_arguments(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declares the command's options; the help is in `language`."""
    declare(parser, _OPTIONS, language)


def run(args: argparse.Namespace, language: Language, out: TextIO) -> int:
    """Serves an editor until it ends the conversation.

    Raises:
        UsageError: what it needs is not installed, or there is no such settings file.
    """
    del out
    if any(find_spec(name) is None for name in _NEEDED):
        raise UsageError(
            Wording(
                "这个命令还要两个软件包：请运行 pip install 'bulletin-lint[lsp]'",
                "this command needs two more packages: run pip install 'bulletin-lint[lsp]'",
            )
        )
    if args.config is not None and not os.path.isfile(args.config):
        raise UsageError(Wording(f"没有配置文件 {args.config}", f"there is no settings file {args.config}"))
    from bulletin_lint.desk.language_server.projects import Projects
    from bulletin_lint.desk.language_server.session import serve

    # What anything else may print goes where editors show it, and not into the conversation.
    sys.stdout.flush()
    send = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    projects = Projects(args.config, isolated=args.isolated)
    is_ended = serve(projects, args.lang, language, sys.stdin.buffer, send)
    # Language Server Protocol 3.17, Exit Notification.
    return _ENDED if is_ended else _BROKEN_OFF
