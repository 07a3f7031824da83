"""Text that does nothing but be read, where it is printed: on a terminal, and in the log of a CI.

A CI takes some lines of a log as commands: GitHub Actions (and those that copy it) lines that begin with
``::``, both it and Azure Pipelines ``##[…]`` and ``##vso[…]`` anywhere in a line, TeamCity
``##teamcity[…]``. There one character of what comes from outside is escaped, so that it is none.
Source: the pages on workflow commands (GitHub), logging commands (Azure), service messages (TeamCity).
"""

from __future__ import annotations

import os
from collections.abc import Callable

from bulletin_lint._typing import Literal, TextIO

Syntax = Literal["json", "xml"]
"""What a format for machines is written in, and with it how a character is escaped there."""

_READERS_OF_LOGS = ("GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION")
"""Variables by which a CI says that it runs this and reads what is printed."""
_COMMAND = r"^((?:[^\S\n]|[\u200b\ufeff]|\x1b\[[\d;]*m)*):(?=:)"
_COMMAND_ANYWHERE = r"#(?=#\w*\[)"


def is_read_by_a_ci() -> bool:
    """Whether a CI looks for commands in what this process prints."""
    return any(os.environ.get(name) for name in _READERS_OF_LOGS)


def shielded(text: str) -> str:
    """Prose as a CI may read it: nothing in it is a command. Elsewhere the text as it is."""
    if not _may_command(text):
        return text
    from bulletin_lint.model.visible import visible_code

    return _shielded(text, visible_code)


def _may_command(text: str) -> bool:
    return ("::" in text or "##" in text) and is_read_by_a_ci()


def _shielded(text: str, form: Callable[[int], str]) -> str:
    import re

    # What stands before a command is trimmed; a colour may stand there too.
    text = re.sub(_COMMAND, lambda found: found[1] + form(ord(":")), text, flags=re.MULTILINE)
    return re.sub(_COMMAND_ANYWHERE, lambda found: form(ord("#")), text)


def say(out: TextIO, text: str) -> None:
    """Prints text for people. Its line feeds are its own: values in it are `visible`."""
    from bulletin_lint.model.visible import visible_lines

    out.write(shielded(visible_lines(text)))


def escaped(text: str, syntax: Syntax) -> str:
    """A report for machines, or a piece of one, with the same content and no character that does harm.

    In JSON and in XML such characters can stand only within values, and there an escape means the same.
    """
    from bulletin_lint.model.visible import replace_odd

    form = _in_json if syntax == "json" else _in_xml
    text = replace_odd(text, form)
    return _shielded(text, form) if _may_command(text) else text


def _in_json(code: int) -> str:
    return f"\\u{code:04x}"


def _in_xml(code: int) -> str:
    return f"&#x{code:x};"
