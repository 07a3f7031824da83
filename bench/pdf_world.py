"""The second set of PDFs: bulletins by producers and in looks of their own, made outside the repository and scored."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
for _folder in (ROOT / "fixtures", ROOT / "tests" / "support"):
    sys.path.insert(0, str(_folder))

DEFAULT = Path(tempfile.gettempdir()) / "bulletin-lint-pdf-set"
LEAST = {"ordinary": 0.99, "columns": 0.97}
OCR_LIKE = 0.9
"""OCR misreads characters: a paragraph is read where it is so much like the truth."""


def _score(each: Any, folder: Path) -> Iterator[tuple[str, str, object, object]]:
    """Aspect, name, what was expected, what was found."""
    from pdf_set.files import REFUSED, elements
    from typesetting.bulletin import as_markdown, truth

    import producer_scores as scores

    linted = scores.lint_file(folder / f"{each.name}.pdf")
    document = linted.document
    if document is None or each.group == REFUSED:
        why = linted.result.error.zh if document is None and linted.result.error else "(read)"
        yield ("refused", "why", each.group == REFUSED, why)
        return
    text = folder / f"{each.source}.md"
    text.write_text(as_markdown(elements(each.source)), "utf-8")
    expected = truth(elements(each.source))
    expected["anatomy"]["contents"] = [each.bullet + entry for entry in expected["anatomy"]["contents"]]
    if each.lost[0]:
        expected["paragraphs"] = [words.replace(*each.lost) for words in expected["paragraphs"]]
    if each.group == "ocr":
        blocks = [document.text[block.span.start : block.span.end] for block in document.blocks]
        for number, words in enumerate(expected["paragraphs"], 1):
            likeness = max(SequenceMatcher(None, words, block).ratio() for block in blocks)
            yield ("paragraphs", f"paragraph {number}", True, likeness >= OCR_LIKE or round(likeness, 2))
        return
    yield from scores.compared(document, expected)
    yield ("codes", "codes", scores.codes_of(scores.lint_file(text)), scores.codes_of(linted))


def _told(items: list[tuple[str, str, object, object]], aspects: tuple[str, ...]) -> tuple[int, int]:
    chosen = [item for item in items if item[0] in aspects]
    return sum(wanted == found for _, _, wanted, found in chosen), len(chosen)


def score(folder: Path, names: list[str], *, show: bool) -> None:
    """Prints a line for each file, every miss where asked, and the shares by group."""
    from pdf_set.files import files

    groups: dict[str, dict[str, list[int]]] = {}
    for each in files():
        if (names and not any(name in each.name for name in names)) or not (
            folder / f"{each.name}.pdf"
        ).exists():
            continue
        items = list(_score(each, folder))
        line = f"{each.name:48}"
        refused = [item for item in items if item[0] == "refused"]
        if refused:
            (_, _, wanted, why) = refused[0]
            good = wanted is True and why != "(read)"
            print(f"{line}{'refused' if good else 'REFUSED' if why != '(read)' else 'READ'}: {why}")
            groups.setdefault(each.group, {}).setdefault("files", []).append(int(good))
            continue
        for aspect, of in (
            ("paragraphs", ("paragraphs",)),
            ("parts", ("anatomy", "tables")),
            ("spaces", ("spaces",)),
            ("codes", ("codes",)),
        ):
            good, count = _told(items, of)
            line += f" {aspect} {good}/{count}".ljust(18)
            found = groups.setdefault(each.group, {}).setdefault(aspect, [0, 0])
            found[0] += good
            found[1] += count
        print(line)
        if show:
            for aspect, part, wanted, found_ in items:
                if wanted != found_:
                    print(f"    {aspect}: {part}\n      expected {wanted!r}\n      found    {found_!r}")
    for group, aspects in groups.items():
        told = "  ".join(
            f"{aspect} {good}/{count} = {good / count:.1%}"
            if aspect != "files"
            else f"files {sum(of)}/{len(of)}"
            for aspect, of in aspects.items()
            for good, count in [of[:2] if len(of) > 1 else (0, 1)]
            if count
        )
        limit = f"  (must be at least {LEAST[group]:.0%})" if group in LEAST else ""
        print(f"{group:10}{told}{limit}")


def run(arguments: list[str]) -> None:
    """Makes the files that are not there yet, then scores all of them, or does one of both."""
    parser = argparse.ArgumentParser(prog="python bench pdf-world", description=__doc__)
    parser.add_argument("names", nargs="*", help="parts of names of files")
    parser.add_argument("--folder", type=Path, default=DEFAULT)
    parser.add_argument("--make", action="store_true", help="make only")
    parser.add_argument("--score", action="store_true", help="score only")
    parser.add_argument("--show", action="store_true", help="every miss")
    given: Any = parser.parse_args(arguments)
    if not given.score:
        from pdf_set.files import main

        main(given.folder, given.names)
    if not given.make:
        score(given.folder, given.names, show=given.show)
