"""Text from outside made visible: so that it steers no terminal and no CI, whatever it holds.

Documents, names of files, settings, registers and waivers all come from outside. What a control character in
them would do (move the cursor, set the window's title, hide a line, begin another) must not happen where a
person reads of them. One style everywhere: the character's escape as Python and JSON write it, ``\\x1b``,
``\\u202e``, ``\\udcff``; a line feed is ``↵``.
"""

from __future__ import annotations

from collections.abc import Callable

_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f"
"""C0 but tab and line feed, DEL, C1."""
_BIDIRECTIONAL = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"
"""They reorder the rest of the line."""
_LINE_BREAKS = "\u2028\u2029"
_SURROGATES = "\ud800-\udfff"
"""With them a name is represented that is not text."""
_ODD = f"{_CONTROL}{_BIDIRECTIONAL}{_LINE_BREAKS}{_SURROGATES}"


def visible(text: str) -> str:
    """A value as it stands in a line: a line feed is ``↵``, a tab a space, what could do harm an escape."""
    if text.isprintable():
        return text
    return replace_odd(text.replace("\n", "↵").replace("\t", " "), visible_code)


def visible_lines(text: str) -> str:
    """Text of several lines: as `visible`, but line feeds and tabs stay, they are the text's own."""
    return replace_odd(text, visible_code)


def visible_patch(text: str) -> str:
    """As `visible_lines`, and lines that end in CR LF keep it: a patch without it would not apply."""
    return "\r\n".join(map(visible_lines, text.split("\r\n")))


def replace_odd(text: str, form: Callable[[int], str]) -> str:
    """The text with `form` of the code instead of every character that is never shown as it is."""
    # Most text is told to be harmless without an expression, which takes a millisecond to compile.
    if text.replace("\n", "").replace("\u3000", "").isprintable():
        return text
    import re

    return re.sub(f"[{_ODD}]", lambda found: form(ord(found[0])), text)


def visible_code(code: int) -> str:
    """How a character is written that is not shown as it is."""
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
