"""`bulletin-lint extract FILE`: the parsed bulletin, so that a person sees what the linter saw."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from bulletin_lint._typing import Any, NamedTuple, TextIO
from bulletin_lint.cli.commands.rules import add_settings_arguments
from bulletin_lint.cli.parser import add_time_limit
from bulletin_lint.config.settings import load_settings, settings_rulebook
from bulletin_lint.engine.discovery import SourceFile, discover
from bulletin_lint.engine.linter import Linter
from bulletin_lint.engine.scheduler import TIME_LIMIT, apart
from bulletin_lint.model.document import Document, Node
from bulletin_lint.model.errors import BulletinLintError, SourceError
from bulletin_lint.model.location import Location, Span
from bulletin_lint.model.parts import BLOCKS, MASTHEAD
from bulletin_lint.model.violation import Violation
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.reporters.terminal import pad
from bulletin_lint.rulebook.rulebook import Rulebook

_SCHEMA_VERSION = 1
_AS_PRINTED = (
    "classification",
    "copy_number",
    "title",
    "issue_year",
    "issue_number",
    "cumulative_number",
    "office",
    "date",
)
"""The parts of a masthead in the order in which a page has them."""
_ALWAYS_SHOWN = ("editor", "reviewer", "phone", "fax", "email")
"""Fields of the imprint that are shown, as absent, even where they are absent."""
_LABEL_WIDTH = 18


def add_arguments(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declares the command's options; the help is in `language`."""
    parser.add_argument("file", metavar="FILE", help=Wording("简报文件", "a bulletin").in_language(language))
    parser.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        metavar="text|json",
        help=Wording("输出格式", "the output format").in_language(language),
    )
    password = Wording("加密 PDF 的打开密码", "password of an encrypted PDF")
    parser.add_argument("--password", metavar="WORD", help=password.in_language(language))
    add_time_limit(parser, language, TIME_LIMIT)
    add_settings_arguments(parser, language)


def run(args: argparse.Namespace, language: Language, out: TextIO) -> int:
    """Prints the parts of one bulletin.

    Raises:
        SourceError: the file cannot be read.
        BulletinLintError: the settings or a pack are wrong.
    """
    settings = load_settings(args.config, isolated=args.isolated)
    rulebook = settings_rulebook(settings)
    found = discover([args.file])
    if found.failures:
        raise found.failures[0]
    if len(found.files) != 1:
        raise SourceError(args.file, Wording("extract 一次只读一个文件", "extract reads one file at a time"))
    damage_rules = [rule for rule in rulebook.select() if rule.kind == "absent-damage"]
    linter = Linter(rulebook, damage_rules, password=args.password)
    source = found.files[0]._replace(explicit=True)
    extraction = _Extraction(linter, rulebook, args.format, language)
    shown: _Shown = apart(extraction, source, time_limit=args.time_limit)
    if shown.error is not None:
        raise SourceError(args.file, shown.error)
    if shown.failure is not None:
        raise BulletinLintError(shown.failure)
    out.write(shown.text)
    return 0


class _Shown(NamedTuple):
    """What there is to print, or what is wrong: with the file, or with a rule."""

    text: str = ""
    error: Wording | None = None
    failure: Wording | None = None


class _Extraction:
    """Shows a file as it was read, and does it where that was read: only there are places to be had."""

    def __init__(self, linter: Linter, rulebook: Rulebook, form: str, language: Language) -> None:
        self._linter = linter
        self._rulebook = rulebook
        self._form = form
        self._language: Language = language

    def __call__(self, source: SourceFile) -> _Shown:
        """The parts of the file for a person or a program."""
        linted = self._linter.lint(source)
        if linted.document is None:
            return _Shown(error=linted.result.error or Wording("无法读取", "cannot be read"))
        if linted.result.failures:
            return _Shown(failure=linted.result.failures[0])
        violations = linted.result.violations
        if self._form == "json":
            import json

            shown = as_json(linted.document, violations)
            return _Shown(json.dumps(shown, ensure_ascii=False, indent=1) + "\n")
        lines = _tree(linted.document, violations, self._rulebook, self._language)
        return _Shown("".join(f"{line.rstrip()}\n" for line in lines))


def as_json(document: Document, damage: tuple[Violation, ...] = ()) -> dict[str, Any]:
    """The parsed bulletin as the product contract lays it out."""
    root = document.bulletin
    masthead, imprint = root.child("masthead"), root.child("imprint")
    return {
        "schema_version": _SCHEMA_VERSION,
        "path": document.path,
        "kind": document.kind,
        "pages": document.reading.pages,
        "encoding": document.reading.encoding,
        "masthead": {
            name: _part(document, masthead.child(name) if masthead is not None else None, "value")
            for name in MASTHEAD
        },
        "contents": [_part(document, entry) for entry in root.list("contents")],
        "note": _part(document, root.child("note")),
        "articles": [_article(document, article) for article in root.list("articles")],
        "imprint": dict(_imprint(document, imprint)),
        "distribution": [
            _part(document, entry, "role", "label", "value") for entry in root.list("distribution")
        ],
        "copies": _part(document, root.child("copies"), "value"),
        "printed": _part(document, root.child("printed")),
        "furniture": [_part(document, entry, "kind") for entry in root.list("furniture")],
        "damage": [
            {"code": violation.code, "name": violation.name, **_place(violation.location)}
            for violation in damage
        ],
    }


def _place(location: Location) -> dict[str, Any]:
    place: dict[str, Any] = {
        "line": location.line,
        "column": location.column,
        "end_line": location.end_line,
        "end_column": location.end_column,
        "page": location.page,
        "bbox": [round(value, 2) for value in location.boxes[0].box] if location.boxes else None,
    }
    if len(location.boxes) > 1:
        place["bboxes"] = [[round(value, 2) for value in found.box] for found in location.boxes]
        place["bbox_pages"] = [found.page for found in location.boxes]
    return place


def _part(document: Document, node: Node | None, *fields: str) -> dict[str, Any] | None:
    if node is None:
        return None
    shown = {name: node.fields.get(name) for name in fields}
    return {"text": node.text, **shown, **_place(document.locate(node.span))}


def _article(document: Document, article: Node) -> dict[str, Any]:
    blocks: list[dict[str, Any]] = []
    for node in article.list("blocks"):
        kind = node.fields["kind"]
        place = _place(document.locate(node.span))
        if kind == "table":
            blocks.append({"kind": kind, "rows": node.fields["rows"], **place})
            continue
        fields = {"section": ("marker", "number", "level"), "lead-in": ("lead",)}.get(kind, ())
        shown = {name: node.fields.get(name) for name in fields}
        blocks.append({"kind": kind, **shown, "text": node.text, **place})
    attributions = article.list("attributions")
    entry: dict[str, Any] = {
        "column": _part(document, article.child("column")),
        "title": _part(document, article.child("title")),
        "blocks": blocks,
        "attribution": _part(document, attributions[0] if attributions else None, "value"),
    }
    if len(attributions) > 1:
        entry["more_attributions"] = [_part(document, node, "value") for node in attributions[1:]]
    return entry


def _imprint(document: Document, imprint: Node | None) -> Iterator[tuple[str, Any]]:
    children = imprint.children if imprint is not None else {}
    for name in dict.fromkeys((*_ALWAYS_SHOWN, *children)):
        nodes = imprint.list(name) if imprint is not None else []
        if nodes:
            entry = _part(document, nodes[0], "label", "value")
            if entry is not None and len(nodes) > 1:
                entry["more"] = [_part(document, node, "label", "value") for node in nodes[1:]]
            yield name, entry
        elif name in _ALWAYS_SHOWN:
            yield name, None


def _tree(
    document: Document, damage: tuple[Violation, ...], rulebook: Rulebook, language: Language
) -> Iterator[str]:
    """The bulletin for people: each part with its line, so that a violation's place can be found here."""
    root = document.bulletin

    def say(zh: str, en: str) -> str:
        return zh if language == "zh" else en

    def row(depth: int, label: str, span: Span | None, text: str, detail: object = None) -> str:
        line = str(document.locate(span).line) if span is not None else ""
        shown = text.replace("\n", " ⏎ ")
        after = f"  → {detail}" if detail not in (None, "", text) else ""
        return f"{line:>5}  {'  ' * depth}{pad(label, _LABEL_WIDTH - 2 * depth)} {shown}{after}"

    about = say("文本", "text") if document.kind == "text" else "PDF"
    pages = say(f"，{document.reading.pages} 页", f", {document.reading.pages} pages")
    encoding = f"，{document.reading.encoding}" if language == "zh" else f", {document.reading.encoding}"
    tail = pages if document.reading.pages is not None else encoding if document.reading.encoding else ""
    yield f"{document.path}  {about}{tail}"
    yield say("报头", "masthead")
    masthead = root.child("masthead")
    for name in _AS_PRINTED:
        label = MASTHEAD[name].name.in_language(language)
        part = masthead.child(name) if masthead is not None else None
        if part is not None:
            yield row(1, label, part.span, part.text, part.fields.get("value"))
        elif name in ("title", "issue_number", "office", "date"):
            yield row(1, label, None, say("（无）", "(none)"))
    if root.list("contents"):
        yield say("目录", "contents")
        for node in root.list("contents"):
            yield row(1, "", node.span, node.text)
    note = root.child("note")
    if note is not None:
        yield say("按语", "note")
        yield row(1, "", note.span, note.text)
    column: Node | None = None
    for number, article in enumerate(root.list("articles"), 1):
        above = article.child("column")
        if above is not None and above is not column:
            yield row(0, say("栏目", "column"), above.span, above.text)
        column = above
        yield say(f"文章 {number}", f"article {number}")
        title = article.child("title")
        if title is not None:
            yield row(1, say("标题", "title"), title.span, title.text)
        for node in article.list("blocks"):
            kind = node.fields["kind"]
            label = BLOCKS[kind].name.in_language(language)
            text = node.text
            if kind == "table":
                text = "\n".join(" | ".join(cells) for cells in node.fields["rows"])
            if kind == "lead-in":
                text = f"〖{node.fields['lead']}〗{text[len(node.fields['lead']) :]}"
            yield row(1, label, node.span, text)
        for node in article.list("attributions"):
            yield row(1, say("供稿", "attribution"), node.span, node.text, node.fields.get("value"))
    imprint = root.child("imprint")
    yield say("版记", "imprint")
    for name, value in imprint.children.items() if imprint is not None else ():
        for node in value if isinstance(value, list) else [value] if value is not None else []:
            label = rulebook.field_name(name).in_language(language)
            yield row(1, label, node.span, str(node.fields.get("value", node.text)))
    yield say("报送范围", "distribution")
    for node in root.list("distribution"):
        label = rulebook.field_name(str(node.fields["role"])).in_language(language)
        yield row(1, label, node.span, str(node.fields["value"]))
    copies = root.child("copies")
    if copies is not None:
        yield row(1, say("印数", "print run"), copies.span, copies.text, copies.fields.get("value"))
    printed = root.child("printed")
    if printed is not None:
        yield row(1, say("印发", "printed"), printed.span, printed.text)
    if root.list("furniture"):
        yield say("页面附件（不检查）", "page furniture (not judged)")
        for node in root.list("furniture"):
            page = node.fields.get("page")
            where = say(f"第 {page} 页", f"page {page}") if page else ""
            yield row(1, where, node.span, node.text)
    if damage:
        yield say("提取损伤（已修复）", "damage by extraction (repaired)")
        for violation in damage:
            message = violation.message.in_language(language)
            yield f"{violation.location.line:>5}    {violation.code} {message}"
