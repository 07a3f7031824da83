"""What the attributes of an element say of how its text looks: those that a bulletin's structure shows in.

Style sheets are not looked at: what a class means there needs an engine, and the programs that save web pages
write what matters at the element itself.
"""

from __future__ import annotations

from collections.abc import Mapping

from bulletin_lint._typing import NamedTuple

BODY_SIZE = 12.0
"""Points of text of which nothing is said: 16 pixels."""
_LONGEST_STYLE = 10_000
"""Characters of a style attribute that are looked at; what is longer holds a picture."""
_PAGE_WIDTH = 450.0
"""Points: about what a printed page has between its margins."""
_POINTS = {"pt": 1.0, "px": 0.75, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0}
_FONT_SIZES = (7.5, 10.0, 12.0, 13.5, 18.0, 24.0, 36.0)
"""Points of ``<font size=1>`` to 7."""
_HEADING_SIZES = {"h1": 2.0, "h2": 1.5, "h3": 1.17, "h4": 1.0, "h5": 0.83, "h6": 0.67}
"""Times the size of the text around."""
_ALIGNED = frozenset(
    ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "tr", "tbody", "thead", "tfoot", "caption")
)
"""Elements whose attribute ``align`` is of their text; a table's or a picture's is not."""
_BOLD = frozenset(("b", "strong", "th"))
_BOLDEST = ("bold", "bolder", "600", "700", "800", "900")


class Look(NamedTuple):
    """How text looks; what an element does not say it has from the one around it."""

    align: str = ""
    """left, right, center, justify; empty where nothing is said."""
    size: float = BODY_SIZE
    """Points."""
    is_bold: bool = False
    text_indent: float = 0.0
    """Points by which the first line is set in."""
    is_gone: bool = False
    """Not there, with all that is in it."""
    is_preformatted: bool = False
    """Line breaks of the source are line breaks."""
    is_invisible: bool = False
    """Not to be seen, but for what in it says that it is."""

    @property
    def is_hidden(self) -> bool:
        """Whether a reader of the page does not see it."""
        return self.is_gone or self.is_invisible


def look_of(tag: str, attributes: Mapping[str, str], around: Look) -> Look:
    """How the text of an element looks inside another."""
    align, size, bold, indent, gone, preformatted, invisible = around
    if tag in _BOLD:
        bold = True
    elif tag == "center":
        align = "center"
    elif tag in ("pre", "listing", "xmp"):
        preformatted = True
    if tag == "th":
        align = "center"
    size *= _HEADING_SIZES.get(tag, 1.0)
    if tag == "table":
        # As browsers have it where a page declares its type: a table begins anew.
        align, indent = "", 0.0
    if not attributes:
        return Look(align, size, bold, indent, gone, preformatted, invisible)
    if tag in _ALIGNED and attributes.get("align"):
        align = attributes["align"].strip().lower()
    if tag == "font":
        size = _font_size(attributes.get("size", ""), size)
    said = declarations(attributes.get("style", ""))
    # The attribute is a style of the browser's own, which one of the page's overrules.
    gone = gone or ("hidden" in attributes and not said.get("display"))
    if said:
        align = _word(said.get("text-align", ""), align)
        size = _length(said.get("font-size", ""), size, size)
        indent = _length(said.get("text-indent", ""), indent, size)
        weight = said.get("font-weight", "")
        if weight:
            bold = weight in _BOLDEST
        gone = gone or said.get("display") == "none" or said.get("mso-hide") == "all"
        visibility = said.get("visibility", "")
        if visibility in ("hidden", "collapse", "visible", "initial"):
            invisible = visibility in ("hidden", "collapse")
        space = said.get("white-space", "")
        if space:
            preformatted = space.startswith(("pre", "break-spaces"))
    return Look(align, size, bold, indent, gone, preformatted, invisible)


def declarations(style: str) -> dict[str, str]:
    """The properties of a style attribute, in lower case."""
    found: dict[str, str] = {}
    if not style or len(style) > _LONGEST_STYLE:
        return found
    for declaration in style.lower().split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            found[name.strip()] = value.replace("!important", "").strip()
    return found


def area_of(attributes: Mapping[str, str]) -> float:
    """The square points that an element says it takes on the page, 0 where it does not say."""
    said = declarations(attributes.get("style", ""))
    sides = []
    for side in ("width", "height"):
        value = said.get(side) or attributes.get(side, "").strip().lower()
        # A bare number is of pixels.
        value = f"{value}px" if value.isdecimal() else value
        sides.append(_PAGE_WIDTH if value == "100%" else _length(value, 0.0, BODY_SIZE))
    return max(sides[0], 0.0) * max(sides[1], 0.0)


def has_size(attributes: Mapping[str, str]) -> bool:
    """Whether an element says anything of how large it is."""
    said = declarations(attributes.get("style", ""))
    return any(side in said or side in attributes for side in ("width", "height"))


def _word(value: str, otherwise: str) -> str:
    if value in ("", "inherit", "initial", "unset"):
        return otherwise
    # start and end, of text that runs from left to right; -webkit-center.
    value = value.removeprefix("-webkit-").removeprefix("-moz-")
    return {"start": "left", "end": "right"}.get(value, value)


def _length(value: str, otherwise: float, size: float) -> float:
    """A length in points; `size` is what an em is of."""
    digits = value.rstrip("abcdefghijklmnopqrstuvwxyz%")
    unit = value[len(digits) :]
    try:
        number = float(digits)
    except ValueError:
        return otherwise
    if not -5000 <= number <= 5000:
        return otherwise
    if unit in _POINTS:
        return number * _POINTS[unit]
    if unit in ("em", "rem", "ic"):
        return number * size
    if unit == "%":
        return number * size / 100
    return otherwise


def _font_size(value: str, otherwise: float) -> float:
    value = value.strip()
    try:
        number = int(value) + (3 if value[:1] in "+-" else 0)
    except ValueError:
        return otherwise
    return _FONT_SIZES[min(max(number, 1), 7) - 1]
