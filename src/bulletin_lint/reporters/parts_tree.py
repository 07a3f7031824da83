"""The parts of a bulletin as they were read, for people: ``extract``.

Each part stands with its line, so that a violation's place can be found here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from bulletin_lint.model.document import Document, Node
from bulletin_lint.model.location import Span
from bulletin_lint.model.parts import BLOCKS, MASTHEAD
from bulletin_lint.model.violation import Violation
from bulletin_lint.model.visible import visible_lines
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.reporters.terminal import pad

_ORDER = ("classification", "copy_number", "title", "issue_year", "issue_number", "cumulative_number")
"""The first parts of a masthead from top to bottom; the others follow as they are named."""
_EXPECTED = ("title", "issue_number", "office", "date")
"""Parts of the masthead whose absence is shown."""
_LABEL_WIDTH = 18


class PartsTree:
    """Shows one bulletin; `kind` is what people call such a file, `field_name` gives what its packs call a
    labelled field.
    """

    def __init__(
        self, document: Document, kind: Wording, field_name: Callable[[str], Wording], language: Language
    ) -> None:
        self._document = document
        self._kind = kind
        self._root = document.bulletin
        self._field_name = field_name
        self._language: Language = language

    def render(self, damage: Sequence[Violation] = ()) -> str:
        """A line for each part, top to bottom; at the end `damage`, what extraction did to them."""
        lines = [
            *self._heading(),
            *self._masthead(),
            *self._opening(),
            *self._articles(),
            *self._tail(),
            *self._other(),
            *self._furniture(),
            *self._doubts(),
            *self._damage(damage),
        ]
        # A line feed can only be in a value whose reader let one through.
        return "".join(visible_lines(line.rstrip()).replace("\n", "↵") + "\n" for line in lines)

    def _say(self, zh: str, en: str) -> str:
        return zh if self._language == "zh" else en

    def _row(self, label: str, node: Node, text: str, detail: object = None, depth: int = 1) -> str:
        shown = text.replace("\n", " ⏎ ")
        after = f"  → {detail}" if detail not in (None, "", text) else ""
        return f"{self._line(node.span, depth)}{pad(label, _LABEL_WIDTH - 2 * depth)} {shown}{after}"

    def _line(self, span: Span | None, depth: int) -> str:
        line = str(self._document.locate(span).line) if span is not None else ""
        return f"{line:>5}  {'  ' * depth}"

    def _heading(self) -> Iterator[str]:
        reading = self._document.reading
        about = self._kind.in_language(self._language)
        if reading.pages is not None:
            about += self._say(f"，{reading.pages} 页", f", {reading.pages} pages")
        elif reading.encoding:
            about += self._say(f"，{reading.encoding}", f", {reading.encoding}")
        yield f"{self._document.path}  {about}"

    def _masthead(self) -> Iterator[str]:
        yield self._say("报头", "masthead")
        masthead = self._root.child("masthead")
        for name in dict.fromkeys((*_ORDER, *MASTHEAD)):
            label = MASTHEAD[name].name.in_language(self._language)
            part = masthead.child(name) if masthead is not None else None
            if part is not None:
                yield self._row(label, part, part.text, part.fields.get("value"))
            elif name in _EXPECTED:
                none = self._say("（无）", "(none)")
                yield f"{self._line(None, 1)}{pad(label, _LABEL_WIDTH - 2)} {none}"

    def _opening(self) -> Iterator[str]:
        """What stands between the masthead and the articles."""
        contents = self._root.list("contents")
        if contents:
            yield self._say("目录", "contents")
        for node in contents:
            yield self._row("", node, node.text)
        for node in self._root.list("remarks"):
            yield self._row(self._say("批示", "remarks"), node, node.text, depth=0)
        note = self._root.child("note")
        if note is not None:
            yield self._say("按语", "note")
            yield self._row("", note, note.text)

    def _articles(self) -> Iterator[str]:
        column: Node | None = None
        for number, article in enumerate(self._root.list("articles"), 1):
            above = article.child("column")
            if above is not None and above is not column:
                yield self._row(self._say("栏目", "column"), above, above.text, depth=0)
            column = above
            yield self._say(f"文章 {number}", f"article {number}")
            title = article.child("title")
            if title is not None:
                yield self._row(self._say("标题", "title"), title, title.text)
            for node in article.list("blocks"):
                yield self._block(node)
            for node in article.list("attributions"):
                yield self._row(self._say("供稿", "attribution"), node, node.text, node.fields.get("value"))

    def _block(self, node: Node) -> str:
        kind = node.fields["kind"]
        text = node.text
        if kind == "table":
            text = "\n".join(" | ".join(cells) for cells in node.fields["rows"])
        if kind == "lead-in":
            text = f"〖{node.fields['lead']}〗{text[len(node.fields['lead']) :]}"
        return self._row(BLOCKS[kind].name.in_language(self._language), node, text)

    def _tail(self) -> Iterator[str]:
        yield self._say("版记", "imprint")
        imprint = self._root.child("imprint")
        fields = {name: imprint.list(name) for name in imprint.children} if imprint is not None else {}
        for name, nodes in fields.items():
            label = self._field_name(name).in_language(self._language)
            for node in nodes:
                yield self._row(label, node, str(node.fields.get("value", node.text)))
        yield self._say("报送范围", "distribution")
        for node in self._root.list("distribution"):
            label = self._field_name(str(node.fields["role"])).in_language(self._language)
            yield self._row(label, node, str(node.fields["value"]))
        copies = self._root.child("copies")
        if copies is not None:
            yield self._row(self._say("印数", "print run"), copies, copies.text, copies.fields.get("value"))
        printed = self._root.child("printed")
        if printed is not None:
            yield self._row(self._say("印发", "printed"), printed, printed.text)

    def _other(self) -> Iterator[str]:
        other = self._root.list("other")
        if other:
            yield self._say("不属于任何部分的行", "lines that are in no part")
        for node in other:
            yield self._row("", node, node.text)

    def _doubts(self) -> Iterator[str]:
        """Where another reading is about as good; ``--why`` says more."""
        doubts = self._document.structure.doubts
        if doubts:
            yield self._say("读法不确定的行（extract --why 行号）", "doubtful lines (extract --why LINE)")
        for doubt in sorted(doubts, key=lambda doubt: doubt.block):
            block = self._document.blocks[doubt.block].span
            words = f"{doubt.label} | {doubt.other}"
            yield f"{self._line(block, 1)}{pad(words, _LABEL_WIDTH - 2)} {self._document.excerpt(block)}"

    def _furniture(self) -> Iterator[str]:
        furniture = self._root.list("furniture")
        if furniture:
            yield self._say("页面附件（不检查）", "page furniture (not judged)")
        for node in furniture:
            page = node.fields.get("page")
            yield self._row(self._say(f"第 {page} 页", f"page {page}") if page else "", node, node.text)

    def _damage(self, damage: Sequence[Violation]) -> Iterator[str]:
        if damage:
            yield self._say("提取损伤（已修复）", "damage by extraction (repaired)")
        for violation in damage:
            message = violation.message.in_language(self._language)
            yield f"{violation.location.line:>5}    {violation.code} {message}"
