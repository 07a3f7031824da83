"""The numbers that Word counts itself: they stand in no run, and are worked out here as Word does it.

Source: ISO/IEC 29500-1, 17.9 (numbering); counters belong to the abstract definition (17.9.26, its example).
"""

from __future__ import annotations

import re

from bulletin_lint._typing import NamedTuple
from bulletin_lint.readers.docx.number_forms import FORMS, written
from bulletin_lint.readers.docx.styles import ParagraphProperties, StyleSheet
from bulletin_lint.readers.docx.xml_parser import XmlParser, is_on, whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

LEVELS = 9
LONGEST_TEXT = 255
"""Characters of the text that a level's numbers stand in."""
_PLACE = re.compile("%([1-9])")
_MOST = 32_767
"""No list counts further ([MS-OI29500] on w:start)."""


class ListLabel(NamedTuple):
    """The number of a paragraph as it is seen."""

    text: str
    """With the space behind it, where it is one."""
    is_known: bool
    """Whether its form is one whose signs are known."""


class _Level:
    """One level of a list as it is defined."""

    __slots__ = ("form", "is_legal", "restart", "start", "style", "suffix", "text")

    def __init__(self) -> None:
        self.start = 0
        self.form = "decimal"
        self.text = ""
        self.suffix = "tab"
        self.restart: int | None = None
        self.is_legal = False
        self.style: str | None = None


class _Abstract:
    """A list as it is defined, and how far it has counted."""

    __slots__ = ("counts", "levels", "link")

    def __init__(self) -> None:
        self.levels: dict[int, _Level] = {}
        self.link: str | None = None
        self.counts: list[int | None] = [None] * LEVELS


class _Instance:
    """A list as paragraphs name it: a definition, with levels that start or look otherwise."""

    __slots__ = ("abstract", "levels", "starts")

    def __init__(self) -> None:
        self.abstract: str | None = None
        self.levels: dict[int, _Level] = {}
        self.starts: dict[int, int] = {}
        """Where levels begin anew, the first time that they are used."""


class ListCounter:
    """The lists of a document, counting on from one paragraph to the next."""

    def __init__(self, styles: StyleSheet, data: bytes | None = None) -> None:
        """Reads numbering.xml; without it no paragraph has a number.

        Raises:
            DocxError: it cannot be read.
        """
        self._styles = styles
        self._abstracts: dict[str, _Abstract] = {}
        self._instances: dict[int, _Instance] = {}
        self._places: dict[str, tuple[int | None, int]] = {}
        if data is not None:
            _NumberingReader(self._abstracts, self._instances).read(data)

    def label(self, own: ParagraphProperties, style: str | None) -> ListLabel | None:
        """The number of the next paragraph, None where it has none or only a bullet; it is counted."""
        number, level = self._place(own, style)
        instance = self._instances.get(number) if number else None
        abstract = self._abstract(instance)
        if instance is None or abstract is None or not 0 <= level < LEVELS:
            return None
        self._count(abstract, instance, level)
        definition = _definition(abstract, instance, level)
        if definition is None or definition.form == "bullet":
            return None
        text, is_known = _text(abstract, instance, level, definition)
        if text and definition.suffix == "space":
            text += " "
        return ListLabel(text, is_known) if text else None

    def _place(self, own: ParagraphProperties, style: str | None) -> tuple[int | None, int]:
        """The list and the level that a paragraph is in, by itself or by its style."""
        if own.number is not None:
            return own.number, own.level or 0
        key = style or ""
        if key not in self._places:
            self._places[key] = self._place_of(style)
        number, level = self._places[key]
        return number, level if own.level is None else own.level

    def _place_of(self, style: str | None) -> tuple[int | None, int]:
        level: int | None = None
        for name, each in self._styles.paragraph_chain(style):
            properties = each.paragraph
            if level is None:
                level = properties.level
            if properties.number is not None:
                instance = self._instances.get(properties.number)
                return properties.number, self._named(instance, name) if level is None else level
        return None, 0

    def _named(self, instance: _Instance | None, style: str) -> int:
        """The level of a list that names a style as its own."""
        abstract = self._abstract(instance)
        if instance is None or abstract is None:
            return 0
        for level in range(LEVELS):
            definition = _definition(abstract, instance, level)
            if definition is not None and definition.style == style:
                return level
        return 0

    def _abstract(self, instance: _Instance | None) -> _Abstract | None:
        """The definition of a list, that of the style of lists which it is linked to."""
        seen: set[str] = set()
        while instance is not None and instance.abstract is not None and instance.abstract not in seen:
            seen.add(instance.abstract)
            abstract = self._abstracts.get(instance.abstract)
            if abstract is None or abstract.link is None:
                return abstract
            number = next(
                (
                    style.paragraph.number
                    for _, style in self._styles.chain(abstract.link)
                    if style.paragraph.number is not None
                ),
                None,
            )
            linked = self._instances.get(number) if number is not None else None
            if linked is None or linked.abstract in seen:
                return abstract
            instance = linked
        return None

    @staticmethod
    def _count(abstract: _Abstract, instance: _Instance, level: int) -> None:
        counts = abstract.counts
        before = counts[level]
        anew = instance.starts.pop(level, None)
        if anew is not None:
            counts[level] = anew
        elif before is None:
            definition = _definition(abstract, instance, level)
            counts[level] = definition.start if definition is not None else 0
        else:
            counts[level] = min(before + 1, _MOST)
        for below in range(level + 1, LEVELS):
            definition = _definition(abstract, instance, below)
            restart = definition.restart if definition is not None else None
            if restart is None or restart > below or 0 < level + 1 <= restart:
                counts[below] = None


def _definition(abstract: _Abstract, instance: _Instance, level: int) -> _Level | None:
    return instance.levels.get(level) or abstract.levels.get(level)


def _text(abstract: _Abstract, instance: _Instance, level: int, definition: _Level) -> tuple[str, bool]:
    is_known = definition.form in FORMS

    def number(match: re.Match[str]) -> str:
        nonlocal is_known
        above = int(match[1]) - 1
        other = _definition(abstract, instance, above)
        count = abstract.counts[above]
        if count is None:
            # One that was not used stands at its start.
            count = other.start if other is not None else 0
        form = other.form if other is not None else "decimal"
        if form == "bullet":
            return ""
        if definition.is_legal and above < level:
            form = "decimal"
        is_known = is_known and form in FORMS
        return written(count, form)

    if any(int(place) > level + 1 for place in _PLACE.findall(definition.text)):
        # Word ignores a text that names a level below its own ([MS-OI29500] 2.1.283).
        return "", True
    return _PLACE.sub(number, definition.text), is_known


class _NumberingReader:
    """Takes numbering.xml apart."""

    def __init__(self, abstracts: dict[str, _Abstract], instances: dict[int, _Instance]) -> None:
        self._abstracts = abstracts
        self._instances = instances
        self._abstract: _Abstract | None = None
        self._instance: _Instance | None = None
        self._override = 0
        self._level: _Level | None = None
        self._space = ""

    def read(self, data: bytes) -> None:
        """Reads the part into what it was given."""
        parser = XmlParser(self._start)
        parser.expat.EndElementHandler = self._end
        parser.parse(data)

    def _start(self, qualified: str, attributes: Mapping[str, str]) -> None:
        space, _, name = qualified.rpartition(" ")
        if not self._space:
            self._space = f"{space} "
        value = attributes.get(f"{self._space}val")
        if self._level is not None:
            self._take(self._level, name, value)
        elif name == "abstractNum":
            self._abstract = _Abstract()
            self._abstracts.setdefault(attributes.get(f"{self._space}abstractNumId", ""), self._abstract)
        elif name == "num":
            self._instance = _Instance()
            number = whole(attributes.get(f"{self._space}numId"))
            if number is not None:
                self._instances.setdefault(number, self._instance)
        elif name == "lvl":
            self._begin_level(attributes)
        elif self._abstract is not None:
            if name == "numStyleLink":
                self._abstract.link = value
        elif self._instance is not None:
            if name == "abstractNumId":
                self._instance.abstract = value
            elif name == "lvlOverride":
                self._override = whole(attributes.get(f"{self._space}ilvl")) or 0
            elif name == "startOverride":
                self._instance.starts[self._override] = max(0, min(whole(value) or 0, _MOST))

    def _begin_level(self, attributes: Mapping[str, str]) -> None:
        self._level = _Level()
        number = whole(attributes.get(f"{self._space}ilvl")) or 0
        if self._instance is not None:
            self._instance.levels.setdefault(self._override, self._level)
        elif self._abstract is not None:
            self._abstract.levels.setdefault(number, self._level)

    @staticmethod
    def _take(level: _Level, name: str, value: str | None) -> None:
        if name == "start":
            level.start = max(0, min(whole(value) or 0, _MOST))
        elif name == "numFmt":
            # In a newer form there stand two, the one for programs that know it first.
            level.form = value or "decimal"
        elif name == "lvlText":
            level.text = (value or "")[:LONGEST_TEXT]
        elif name == "suff":
            level.suffix = value or "tab"
        elif name == "lvlRestart":
            level.restart = whole(value)
        elif name == "isLgl":
            level.is_legal = is_on(value)
        elif name == "pStyle":
            level.style = value

    def _end(self, qualified: str) -> None:
        name = qualified.rpartition(" ")[2]
        if name == "lvl":
            self._level = None
        elif name == "abstractNum":
            self._abstract = None
        elif name == "num":
            self._instance = None
