"""What styles say of paragraphs and runs: styles.xml, with each style's chain followed to its end.

Source: ISO/IEC 29500-1, 17.7 (styles) and 17.7.3 (toggle properties).
"""

from __future__ import annotations

from bulletin_lint._typing import NamedTuple
from bulletin_lint.readers.docx.xml_parser import XmlParser, is_on, whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_BASES = 64
"""Styles of which each is based on the next."""
DEFAULT_SIZE = 20
"""Half-points, where nothing says how large text is (17.3.2.38)."""


class RunProperties:
    """Properties of text as they are written in one place; None where nothing is said there."""

    __slots__ = ("bold", "hidden", "raised", "size")

    def __init__(self) -> None:
        self.bold: bool | None = None
        self.hidden: bool | None = None
        self.size: int | None = None
        """Half-points."""
        self.raised: str | None = None
        """superscript, subscript or baseline."""

    def take(self, name: str, attributes: Mapping[str, str], space: str) -> None:
        """Takes what an element of ``w:rPr`` says; `space` is the namespace, a space behind it."""
        value = attributes.get(f"{space}val")
        if name == "b":
            self.bold = is_on(value)
        elif name == "vanish":
            self.hidden = is_on(value)
        elif name == "sz":
            self.size = whole(value)
        elif name == "vertAlign":
            self.raised = value


class ParagraphProperties:
    """Properties of a paragraph as they are written in one place; None where nothing is said there."""

    __slots__ = ("aligned", "before", "first_chars", "first_twips", "level", "number", "outline")

    def __init__(self) -> None:
        self.aligned: str | None = None
        self.before: int | None = None
        """Twentieths of a point, or of a line: more than none is all that is asked."""
        self.first_chars: int | None = None
        """Hundredths of a character."""
        self.first_twips: int | None = None
        self.outline: int | None = None
        """0 to 8 for a heading, 9 for text."""
        self.number: int | None = None
        """The numbering instance, 0 for none."""
        self.level: int | None = None

    def take(self, name: str, attributes: Mapping[str, str], space: str) -> None:
        """Takes what an element of ``w:pPr`` says; `space` is the namespace, a space behind it."""
        value = attributes.get(f"{space}val")
        if name == "jc":
            self.aligned = value
        elif name == "ind":
            chars = whole(attributes.get(f"{space}firstLineChars"))
            twips = whole(attributes.get(f"{space}firstLine"))
            self.first_chars = chars if chars is not None else self.first_chars
            self.first_twips = twips if twips is not None else self.first_twips
        elif name == "spacing":
            given = attributes.get(f"{space}before"), attributes.get(f"{space}beforeLines")
            if given != (None, None):
                self.before = max(whole(given[0]) or 0, whole(given[1]) or 0)
        elif name == "outlineLvl":
            self.outline = whole(value)
        elif name == "numId":
            self.number = whole(value)
        elif name == "ilvl":
            self.level = whole(value)


RUN_ELEMENTS = ("b", "vanish", "sz", "vertAlign")
PARAGRAPH_ELEMENTS = ("jc", "ind", "spacing", "outlineLvl", "numId", "ilvl")


class RunLook(NamedTuple):
    """How text stands there, all styles considered."""

    bold: bool
    hidden: bool
    size: int
    """Half-points."""
    raised: bool


class WordStyle:
    """One style as it is written."""

    __slots__ = ("base", "paragraph", "run")

    def __init__(self) -> None:
        self.base: str | None = None
        self.run = RunProperties()
        self.paragraph = ParagraphProperties()


class StyleSheet:
    """The styles of a document, asked by their identifiers."""

    def __init__(self, data: bytes | None = None) -> None:
        """Reads styles.xml; without it nothing has a style.

        Raises:
            DocxError: it cannot be read.
        """
        self.defaults = WordStyle()
        self._styles: dict[str, WordStyle] = {}
        self._normal: str | None = None
        self._looks: dict[tuple[object, ...], RunLook] = {}
        if data is not None:
            _StylesReader(self.defaults, self._styles).read(data)
            self._normal = next(
                (name for name, style in self._styles.items() if isinstance(style, _DefaultStyle)), None
            )

    def chain(self, name: str | None) -> Iterator[tuple[str, WordStyle]]:
        """A style of paragraphs or text and those it is based on, the nearest first."""
        seen: set[str] = set()
        while name is not None and name not in seen and name in self._styles and len(seen) < MOST_BASES:
            seen.add(name)
            style = self._styles[name]
            yield name, style
            name = style.base

    def paragraph_chain(self, name: str | None) -> Iterator[tuple[str, WordStyle]]:
        """The chain of a paragraph's style, which is the default one where it names none."""
        return self.chain(name if name in self._styles else self._normal)

    def paragraph_value(self, own: ParagraphProperties, name: str | None, what: str) -> int | str | None:
        """A property of a paragraph: its own, else that of its style, else the document's."""
        found: int | str | None = getattr(own, what)
        if found is not None:
            return found
        for _, style in self.paragraph_chain(name):
            found = getattr(style.paragraph, what)
            if found is not None:
                return found
        default: int | str | None = getattr(self.defaults.paragraph, what)
        return default

    def look(self, paragraph: str | None, character: str | None, own: RunProperties) -> RunLook:
        """How text looks in a style of paragraphs and one of text, with properties of its own."""
        key = (paragraph, character, own.bold, own.hidden, own.size, own.raised)
        known = self._looks.get(key)
        if known is None:
            known = self._looks[key] = RunLook(
                self._toggle("bold", paragraph, character, own.bold),
                self._toggle("hidden", paragraph, character, own.hidden),
                int(self._run_value("size", paragraph, character, own.size) or DEFAULT_SIZE),
                self._run_value("raised", paragraph, character, own.raised) == "superscript",
            )
        return known

    def _toggle(self, what: str, paragraph: str | None, character: str | None, own: bool | None) -> bool:  # noqa: FBT001
        """On or off: two styles that both turn it on turn it off again."""
        if own is not None:
            return own
        by_paragraph = self._first(self.paragraph_chain(paragraph), what)
        by_character = self._first(self.chain(character), what)
        if by_paragraph is None and by_character is None:
            return bool(getattr(self.defaults.run, what))
        return bool(by_paragraph) != bool(by_character)

    def _run_value(
        self, what: str, paragraph: str | None, character: str | None, own: int | str | None
    ) -> int | str | None:
        found: int | str | None = own
        if found is None:
            found = self._first(self.chain(character), what)
        if found is None:
            found = self._first(self.paragraph_chain(paragraph), what)
        if found is None:
            found = getattr(self.defaults.run, what)
        return found

    @staticmethod
    def _first(chain: Iterator[tuple[str, WordStyle]], what: str) -> int | str | None:
        for _, style in chain:
            found: int | str | None = getattr(style.run, what)
            if found is not None:
                return found
        return None


class _DefaultStyle(WordStyle):
    """The style of paragraphs that name none."""

    __slots__ = ()


class _StylesReader:
    """Takes styles.xml apart."""

    def __init__(self, defaults: WordStyle, styles: dict[str, WordStyle]) -> None:
        self._styles = styles
        self._defaults = defaults
        self._style: WordStyle | None = None
        self._is_table_part = False
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
        if name == "style":
            is_default = is_on(attributes.get(f"{self._space}default", "0"))
            of_paragraphs = attributes.get(f"{self._space}type") == "paragraph"
            self._style = _DefaultStyle() if is_default and of_paragraphs else WordStyle()
            self._styles.setdefault(attributes.get(f"{self._space}styleId", ""), self._style)
        elif name == "docDefaults":
            self._style = self._defaults
        elif name == "tblStylePr":
            # How the first row of a table looks, and so on.
            self._is_table_part = True
        elif self._style is None or self._is_table_part:
            return
        elif name == "basedOn":
            self._style.base = attributes.get(f"{self._space}val")
        elif name in RUN_ELEMENTS:
            self._style.run.take(name, attributes, self._space)
        elif name in PARAGRAPH_ELEMENTS:
            self._style.paragraph.take(name, attributes, self._space)

    def _end(self, qualified: str) -> None:
        name = qualified.rpartition(" ")[2]
        if name in ("style", "docDefaults"):
            self._style = None
        elif name == "tblStylePr":
            self._is_table_part = False
