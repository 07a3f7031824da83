"""How well bulletins from many producers are read: `fixtures/producers/`, against the truth beside them.

``python tests/support/producer_scores.py [PRODUCER | STYLE …]`` prints a line for each producer and every miss: what was
expected, what was found. `tests/acceptance/test_producers.py` holds the scores to their limits. Neither needs a producer.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.engine.linter import Linter
from bulletin_lint.model.document import Document
from bulletin_lint.model.source import SourceFile
from bulletin_lint.reporters.parts_json import as_json
from bulletin_lint.rulebook.load import load_rulebook

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "producers"
STYLES = sorted(path.name.removesuffix(".truth.json") for path in FOLDER.glob("*.truth.json"))
PRODUCERS = sorted({path.stem.partition("-")[2] for path in FOLDER.glob("*.pdf")})
LAYOUT_FAMILIES = ("EXT", "LAY")
"""Of a PDF alone: damage by extraction and the look of the page."""
_ARTICLE = ("column", "title", "attribution")
ASPECTS = ("paragraphs", "spaces", "anatomy", "tables", "furniture", "codes")


class Item(NamedTuple):
    """One thing that the truth holds, and what the reader made of it.

    `aspect` is one of `ASPECTS`: paragraphs leave white space aside, spaces compares it within lines.
    """

    style: str
    producer: str
    aspect: str
    name: str
    expected: object
    found: object

    @property
    def exact(self) -> bool:
        return self.expected == self.found


@cache
def _linter() -> Linter:
    rulebook = load_rulebook(Settings(), CompiledStore())
    return Linter(rulebook, rulebook.select(), required=Settings().required)


@cache
def lint(name: str) -> LintResult:
    """A file of the folder, read and linted."""
    return lint_file(FOLDER / name)


@cache
def lint_file(path: Path) -> LintResult:
    """Any file, read and linted."""
    kind = "pdf" if path.suffix == ".pdf" else "text"
    return _linter().lint(SourceFile(str(path), kind, explicit=True, data=None))


@cache
def truth(style: str) -> dict[str, Any]:
    """What a faithful reader finds in a bulletin of that style."""
    read: dict[str, Any] = json.loads((FOLDER / f"{style}.truth.json").read_text("utf-8"))
    return read


@cache
def exceptions(producer: str) -> dict[str, Any]:
    """What that producer's files cannot show."""
    known = yaml.safe_load((FOLDER / "exceptions.yaml").read_text("utf-8"))
    return dict(known.get(producer, {}))


def score(style: str, producer: str) -> list[Item]:
    """All that the truth holds of one PDF. The producer ``text`` is the bulletin as a text."""
    linted = lint(f"{style}.md" if producer == "text" else f"{style}-{producer}.pdf")
    expected = truth(style)
    document = linted.document
    if document is None:
        return [Item(style, producer, "anatomy", "readable", "", str(linted.result.error))]
    drawn = {**expected, "paragraphs": _drawn(expected["paragraphs"], style, producer)}
    pairs = list(compared(document, drawn, spaces="SPC" not in _families(producer)))
    if producer != "text":
        pairs += [("furniture", *found) for found in _furniture(document, as_json(document), style, producer)]
        pairs.append(("codes", "codes", _codes(lint(f"{style}.md"), producer), _codes(linted, producer)))
    return [Item(style, producer, *pair) for pair in pairs]


def compared(
    document: Document, expected: dict[str, Any], *, spaces: bool = True
) -> Iterator[tuple[str, str, object, object]]:
    """Aspect and name of each paragraph, part and cell of a truth, with what was expected and what was read."""
    shown = as_json(document)
    yield from _paragraphs(document, expected["paragraphs"], spaces=spaces)
    # A part that is absent and found absent proves little and is not counted.
    for found in _grammar(shown, expected["anatomy"]):
        if found[1:] != (None, None):
            yield ("anatomy", *found)
    for cell in _tables(shown, expected["tables"]):
        yield ("tables", *cell)


def codes_of(linted: LintResult) -> dict[str, int]:
    """How often each rule was broken, damage and look aside."""
    return _codes(linted, "text")


def _squeezed(text: object) -> str:
    return "".join(str(text).split())


def _drawn(paragraphs: list[str], style: str, producer: str) -> list[str]:
    """The paragraphs without the characters that the producer lost."""
    for lost in exceptions(producer).get("lost", ()):
        if lost["style"] == style:
            paragraphs = [text.replace(lost["source"], lost["drawn"]) for text in paragraphs]
    return paragraphs


def _families(producer: str) -> tuple[str, ...]:
    return (*LAYOUT_FAMILIES, *exceptions(producer).get("families", ()))


def _codes(linted: LintResult, producer: str) -> dict[str, int]:
    codes = Counter(violation.code for violation in linted.result.violations)
    aside = (*_families(producer), *exceptions(producer).get("codes", ()))
    return {code: number for code, number in sorted(codes.items()) if not code.startswith(aside)}


def _paragraphs(
    document: Document, expected: list[str], *, spaces: bool
) -> Iterator[tuple[str, str, object, object]]:
    """Each paragraph of the truth against the block that stands in its place."""
    blocks = [block for block in document.blocks[: document.furniture_start] if not block.table]
    texts = [document.text[block.span.start : block.span.end] for block in blocks]
    matcher = SequenceMatcher(
        None, [_squeezed(text) for text in expected], [_squeezed(text) for text in texts]
    )
    for tag, start, end, other, other_end in matcher.get_opcodes():
        for index in range(start, end):
            name = f"paragraph {index + 1}"
            if tag != "equal":
                yield "paragraphs", name, expected[index], texts[other:other_end]
                continue
            block = blocks[other + index - start]
            yield "paragraphs", name, True, True
            if spaces:
                seams = {offset - block.span.start for offset in document.seams}
                yield "spaces", name, *compared_spaces(expected[index], texts[other + index - start], seams)


def compared_spaces(expected: str, found: str, seams: set[int]) -> tuple[str, str]:
    """Both texts with one space for each stretch of white space, those at a line's end as the truth has them."""
    wanted = expected.split()
    cuts: set[int] = set()
    position = 0
    for word in wanted:
        position += len(word)
        cuts.add(position)
    made: list[str] = []
    count = 0
    for offset, character in enumerate(found):
        if character.isspace():
            continue
        at_seam = any(found[place:offset].isspace() or place == offset for place in seams if place <= offset)
        is_space = offset > 0 and found[offset - 1].isspace()
        if count and (count in cuts if at_seam else is_space):
            made.append(" ")
        made.append(character)
        count += 1
    return " ".join(wanted), "".join(made)


def _part(shown: dict[str, Any] | None, key: str = "text") -> object:
    if shown is None:
        return None
    return _squeezed(shown[key]) if isinstance(shown[key], str) else shown[key]


def _wanted(value: object) -> object:
    return _squeezed(value) if isinstance(value, str) else value


def _grammar(shown: dict[str, Any], expected: dict[str, Any]) -> Iterator[tuple[str, object, object]]:
    masthead = shown["masthead"]
    for name in ("classification", "title", "office"):
        yield name, _wanted(expected[name]), _part(masthead[name])
    for name in ("issue_number", "cumulative_number", "date"):
        yield name, expected[name], _part(masthead[name], "value")
    yield "note", _wanted(expected["note"]), _part(shown["note"])
    yield "copies", expected["copies"], _part(shown["copies"], "value")
    yield from _listed("contents", expected["contents"], [_part(entry) for entry in shown["contents"]])
    wanted = [{key: _wanted(value) for key, value in article.items()} for article in expected["articles"]]
    found = [{key: _part(article[key]) for key in _ARTICLE} for article in shown["articles"]]
    for number, (article, match) in enumerate(_aligned(wanted, found, key="title"), 1):
        if article is None or match is None:
            yield f"article {number}", article, match
        else:
            yield from ((f"article {number} {key}", article[key], match[key]) for key in _ARTICLE)
    # Which field stands where is told by its label, not by its order.
    entries = [
        part for entry in shown["imprint"].values() if entry for part in (entry, *entry.get("more", ()))
    ]
    found_fields = {_squeezed(entry["label"]): _squeezed(entry["value"]) for entry in entries}
    for entry in expected["imprint"]:
        yield f"imprint {entry['label']}", _squeezed(entry["value"]), found_fields.pop(entry["label"], None)
    for label, value in found_fields.items():
        yield f"imprint {label}", None, value
    recipients = [_field(entry) for entry in expected["distribution"]]
    yield from _listed("distribution", recipients, [_field(entry) for entry in shown["distribution"]])


def _field(entry: dict[str, Any]) -> str:
    return f"{_squeezed(entry['label'])}：{_squeezed(entry['value'])}"


def _listed(name: str, expected: list[Any], found: list[Any]) -> Iterator[tuple[str, object, object]]:
    """Entry by entry; one that the truth does not have is a miss as well."""
    wanted = [{"text": _wanted(entry)} for entry in expected]
    pairs = _aligned(wanted, [{"text": entry} for entry in found], key="text")
    for number, (one, other) in enumerate(pairs, 1):
        yield f"{name} {number}", one and one["text"], other and other["text"]


def _aligned(
    expected: list[dict[str, Any]], found: list[dict[str, Any]], *, key: str
) -> Iterator[tuple[dict[str, Any] | None, dict[str, Any] | None]]:
    """Entries that belong together, so that one too many or too few is one miss and not a row of them."""
    matcher = SequenceMatcher(None, [entry[key] for entry in expected], [entry[key] for entry in found])
    for _, start, end, other, other_end in matcher.get_opcodes():
        yield from zip_longest(expected[start:end], found[other:other_end])


def _tables(shown: dict[str, Any], expected: list[list[list[str]]]) -> Iterator[tuple[str, object, object]]:
    found = [
        block["rows"]
        for article in shown["articles"]
        for block in article["blocks"]
        if block["kind"] == "table"
    ]
    for number, rows in enumerate(expected):
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                try:
                    text = _squeezed(found[number][row][column])
                except IndexError:
                    text = "(no such cell)"
                yield f"table {number + 1} row {row + 1} column {column + 1}", _squeezed(cell), text


def _furniture(
    document: Document, shown: dict[str, Any], style: str, producer: str
) -> Iterator[tuple[str, object, object]]:
    """Nothing of it in the text, and all of it in the model."""
    expected = truth(style)["furniture"]
    pages = shown["pages"]
    blocks = document.blocks[: document.furniture_start]
    text = [_squeezed(document.text[block.span.start : block.span.end]) for block in blocks]
    source = _squeezed((FOLDER / f"{style}.md").read_text("utf-8"))
    strings = {
        "page-number": [
            expected["page_number"].format(page=page, pages=pages) for page in range(1, pages + 1)
        ],
        "running-head": [expected["running_head"]] * (pages - 1),
        "watermark": [expected["watermark"]] * pages,
        "stamp": [expected["stamp"]],
    }
    entries = Counter((entry["kind"], _squeezed(entry["text"])) for entry in shown["furniture"])
    for kind, words in strings.items():
        if kind in exceptions(producer).get("furniture", ()):
            continue
        for word, number in Counter(_squeezed(word) for word in words if word).items():
            yield f"{kind} {word} in the text", source.count(word), sum(part.count(word) for part in text)
            yield f"{kind} {word} in the model", number, entries[kind, word]


def _report(items: list[Item]) -> Iterator[str]:
    for producer in dict.fromkeys(item.producer for item in items):
        yield f"{producer:18}" + "  ".join(
            f"{aspect} {sum(item.exact for item in chosen)}/{len(chosen)}"
            for aspect in ASPECTS
            if (chosen := [item for item in items if item.producer == producer and item.aspect == aspect])
        )


def main(names: list[str]) -> None:
    """Prints each miss, then the scores."""
    items = [
        item
        for producer in ("text", *PRODUCERS)
        for style in STYLES
        if not names or {style, producer, f"{style}-{producer}"} & set(names)
        for item in score(style, producer)
    ]
    for item in items:
        if not item.exact:
            sys.stdout.write(
                f"{item.style}-{item.producer}: {item.aspect}: {item.name}\n"
                f"  expected {item.expected!r}\n  found    {item.found!r}\n"
            )
    for line in _report(items):
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
