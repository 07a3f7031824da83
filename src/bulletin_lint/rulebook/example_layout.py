"""Sets the layout that an example describes: the reading that a PDF with these lines would give.

No engine and no reader of PDF is involved, so that an example says what a rule makes of a layout
and nothing of how well a file is read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bulletin_lint._typing import Any
from bulletin_lint.config.diagnostics import Diagnostics
from bulletin_lint.config.yaml import YamlList, YamlMap
from bulletin_lint.model.location import Box, Location, PageBox
from bulletin_lint.model.reading import Line, PageLayout, Reading
from bulletin_lint.readers import PDF

POINTS = 72 / 25.4
"""Points in a millimetre."""
_NEEDED = ("x", "baseline", "size")
_INHERITED = ("page", "x", "size", "font", "leading", "pitch")
_BOUNDS = (("page", 1, 999), ("repeat", 1, 999), ("size", 1, 999), ("pitch", 1, 999), ("x", 0, 9999))
_NARROW_ENDS = "\u2e80"
"""From here on characters are one em wide, and so are the marks below; all others half."""
_WIDE_MARKS = frozenset("“”‘’…—·")


def refuse_misset(layout: YamlMap, read: Mapping[str, Any], mistakes: Diagnostics) -> None:
    """Notes what keeps the lines of a layout from being set: a place that nothing gives, a page too early.

    `layout` is the layout as written, `read` as the schema read it.
    """
    written = layout.get("lines")
    nodes = written.items if isinstance(written, YamlList) else [written]
    if not nodes:
        mistakes.add(written or layout, "版面上没有一行字", "there is no line in the layout")
    page = None
    step = False
    for node, line in zip(nodes, read.get("lines") or (), strict=False):
        if not isinstance(node, YamlMap) or line is None:
            return
        for name, least, most in _BOUNDS:
            value, place = line.get(name), node.get(name)
            if value is not None and place is not None and not least <= value <= most:
                mistakes.add(
                    place,
                    f"{name} 应在 {least:g} 与 {most:g} 之间",
                    f"'{name}' must lie between {least:g} and {most:g}",
                )
        step = step or line.get("leading") is not None
        number = line.get("page", page or 1)
        if number is None:
            return
        if page is None:
            for name in _NEEDED:
                if name not in node.entries:
                    mistakes.add(node, f"第一行缺少“{name}”", f"'{name}' is missing in the first line")
        elif number < page:
            place = node.get("page") or node
            mistakes.add(
                place,
                f"页码倒退：前面已到第 {page} 页",
                f"the page goes back: the lines before are on page {page} already",
            )
        elif "baseline" not in node.entries and (number > page or not step):
            mistakes.add(
                node,
                "缺少“baseline”：换页后、或没有写过 leading 时，须写明基线位置",
                "'baseline' is missing: a new page, or lines without 'leading', need one",
            )
        page = max(number, page or number)


def typeset(layout: Mapping[str, Any]) -> Reading:
    """The reading of a layout that `refuse_misset` found nothing wrong with."""
    setter = _Setter(min((line["x"] for line in layout["lines"] if "x" in line), default=0.0) * POINTS)
    state: dict[str, Any] = {"page": 1, "font": "", "leading": 0.0, "pitch": None}
    for line in layout["lines"]:
        state.update({name: line[name] for name in _INHERITED if name in line})
        setter.set_block(line, state)
    sizes = [tuple(map(float, size.split("x"))) for size in layout["pages"]]
    count = max(len(sizes), state["page"])
    layouts = tuple(
        PageLayout(number, *(side * POINTS for side in sizes[min(number, len(sizes)) - 1]))
        for number in range(1, count + 1)
    )
    lines = tuple(
        line._replace(centred=_is_centred(line, layouts[(line.page or 1) - 1], setter.left))
        for line in setter.lines
    )
    return Reading(
        PDF,
        "".join(setter.parts),
        lines,
        setter.places,
        pages=count,
        layouts=layouts,
        lines_are="document",
        joins_known=True,
        recognised=1 if layout.get("recognised") else None,
    )


def _is_centred(line: Line, page: PageLayout, left: float) -> bool:
    if line.box is None or line.kind != "text" or line.box[0] - left < line.size:
        return False
    return abs((line.box[0] + line.box[2]) / 2 - page.width / 2) < 0.75 * line.size


class _Places:
    """Where each character of a set text stands; one that is not drawn stands with the one before."""

    def __init__(self) -> None:
        self.boxes: list[PageBox] = []
        self.rows: list[int] = []

    def locate(self, start: int, end: int) -> Location:
        """One box for every line that the span touches."""
        stop = max(end, start + 1)
        found: dict[int, PageBox] = {}
        for box, row in zip(self.boxes[start:stop], self.rows[start:stop], strict=True):
            known = found.get(row)
            if known is None:
                found[row] = box
            else:
                x0, top, _, bottom = known.box
                found[row] = PageBox(box.page, (x0, top, box.box[2], bottom))
        return Location(1, 1, 1, 1, tuple(found.values()))

    def line_text(self, line: int) -> str:
        """Empty: the lines of a PDF are those of the document's text."""
        return ""


class _Setter:
    def __init__(self, left: float) -> None:
        self.left = left
        self.parts: list[str] = []
        self.lines: list[Line] = []
        self.places = _Places()
        self._length = 0
        self._baseline = 0.0
        self._page = 0

    def set_block(self, block: Mapping[str, Any], state: Mapping[str, Any]) -> None:
        """Sets one entry of a layout: a paragraph, a heading, or a piece of furniture."""
        texts = block["text"].strip("\n").split("\n") * block.get("repeat", 1)
        leading = state["leading"]
        first = block["baseline"] * POINTS if "baseline" in block else self._baseline + leading
        for number, text in enumerate(texts):
            indent = block.get("indent", 0.0) * state["size"] if number == 0 else 0.0
            joins = bool(number) or bool(block.get("joins"))
            self._set_line(text, block, state, first + number * leading, indent, joins=joins)

    def _set_line(
        self,
        text: str,
        block: Mapping[str, Any],
        state: Mapping[str, Any],
        baseline: float,
        indent: float,
        *,
        joins: bool,
    ) -> None:
        size, page = state["size"], state["page"]
        apart = page != self._page or baseline - self._baseline > 1.5 * max(state["leading"], size)
        self._page, self._baseline = page, baseline
        if not text.strip():
            return
        x = start = state["x"] * POINTS + indent
        for character in text:
            width = _advance(character, size, state["pitch"])
            self._draw(page, (x, baseline - 0.88 * size, x + width, baseline + 0.12 * size))
            x += width
        span = (self._length, self._length + len(text))
        self.parts += [text, "\n"]
        self._draw(page, (x, baseline - 0.88 * size, x, baseline + 0.12 * size))
        self._length += len(text) + 1
        furniture = block.get("furniture", "")
        self.lines.append(
            Line(
                (span,),
                kind="furniture" if furniture else "text",
                indent=max(0, round(2 * (start - self.left) / size)),
                gap=apart and bool(self.lines),
                joins=joins and not furniture,
                page=page,
                size=size,
                furniture=furniture,
                box=(start, baseline - 0.88 * size, x, baseline + 0.12 * size),
                baseline=baseline,
                font=state["font"],
            )
        )

    def _draw(self, page: int, box: Box) -> None:
        self.places.boxes.append(PageBox(page, box))
        self.places.rows.append(len(self.lines))


def _advance(character: str, size: float, pitch: float | None) -> float:
    if character < _NARROW_ENDS and character not in _WIDE_MARKS:
        return size / 2
    return pitch or size


def shown(layout: Mapping[str, Any]) -> Sequence[str]:
    """The lines of a layout as `explain` prints them: place, size and font, how many, and the first words."""
    rows: list[str] = []
    state: dict[str, Any] = {"page": 1, "font": "", "leading": 0.0}
    for line in layout["lines"]:
        state.update({name: line[name] for name in _INHERITED if name in line})
        texts = line["text"].strip("\n").split("\n")
        baseline = f",{line['baseline']:g}" if "baseline" in line else ""
        count = len(texts) * line.get("repeat", 1)
        rows.append(
            f"p{state['page']} {state['x']:g}{baseline} mm {state['size']:g} pt {state['font']}".rstrip()
            + (f" ×{count}" if count > 1 else "")
            + f": {texts[0]}"
        )
    return rows
