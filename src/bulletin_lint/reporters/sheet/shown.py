"""Text from outside in HTML: escaped; what cannot be seen or would reorder a line is a box with its code."""

from __future__ import annotations

import re
from collections.abc import Callable

from bulletin_lint.model.violation import Severity
from bulletin_lint.model.wording import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from markupsafe import Markup

_UNSEEN = re.compile(
    "["
    # C0 but tab and line feed, DEL, C1, the soft hyphen, surrogates.
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\ud800-\udfff"
    # Bidirectional controls, zero-width characters, separators of lines, invisible operators, the BOM.
    "\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    # Fillers, interlinear annotation, noncharacters, tags.
    "\u115f\u1160\u3164\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e007f"
    "]"
)

SEVERITY_WORDS: dict[Severity, Wording] = {
    "error": Wording("错误", "error"),
    "warning": Wording("警告", "warning"),
    "info": Wording("建议", "advice"),
}


def inert(text: str) -> str:
    """The text for an attribute or a title: what cannot be seen is ``[U+202E]``."""
    return _replaced(text, lambda code: f"[{code}]")


def shown(text: object) -> Markup:
    """The text for the body of a page: what cannot be seen is a box with its code."""
    from markupsafe import Markup, escape

    pieces: list[str] = []
    position = 0
    whole = str(text)
    for found in _UNSEEN.finditer(whole):
        pieces += [
            str(escape(whole[position : found.start()])),
            f'<span class="unseen">{_code(found[0])}</span>',
        ]
        position = found.end()
    pieces.append(str(escape(whole[position:])))
    # Every piece is escaped or of our own making.
    return Markup("".join(pieces))


def parts_of(text: str) -> list[list[bool | str]]:
    """The text in pieces for a page built of nodes: each with whether it is the code of something unseen."""
    parts: list[list[bool | str]] = []
    position = 0
    for found in _UNSEEN.finditer(text):
        if found.start() > position:
            parts.append([False, text[position : found.start()]])
        parts.append([True, _code(found[0])])
        position = found.end()
    if position < len(text):
        parts.append([False, text[position:]])
    return parts


def _replaced(text: str, form: Callable[[str], str]) -> str:
    return _UNSEEN.sub(lambda found: form(_code(found[0])), text)


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"
