"""Whether the time that a text takes grows faster than the text: documents made of one thing, over and over, of
1,000, 8,000 and 64,000 characters, read, parsed and judged by all default rules in this process.

Processor time of this thread counts, the least of several runs.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SIZES = (1_000, 8_000, 64_000)
LIMIT = 1.3
"""How many times the time per character may be, at the longest against the shortest and the middle one."""
LENGTHS = ((2_000, 5), (20_000, 5), (200_000, 2), (2_000_000, 1))
"""Bytes of a bulletin, and how often it is measured; the first tells the cost that no length has part in."""
MOST_PER_KB = 1.5
"""How many times the time a KB may be, at the longest against 20 KB."""
FLOOR = 2e-6
"""Seconds a character below which nothing grows: what a text costs before its first character weighs more."""
PATIENCE = 20.0
"""Seconds that the longest text may be expected to take; beyond, it is not tried."""
_AGAIN = 3
"""How often a growth that may be noise is measured anew; the least counts."""
_HEAD = "# 工作情况简报\n\n第 9 期\n\n某市办公室　2020年3月6日\n\n"

Make = Callable[[int], str]
"""Makes a text of about so many characters."""


def repeated(unit: str, before: str = "", after: str = "") -> Make:
    """A maker of texts in which a unit stands over and over; ``{n}`` in it is a number that counts."""

    def make(size: int) -> str:
        if "{n}" not in unit:
            return before + unit * max(1, size // len(unit)) + after
        parts: list[str] = []
        length = 0
        while length < size:
            part = unit.replace("{n}", str(len(parts) + 1))
            parts.append(part)
            length += len(part)
        return before + "".join(parts) + after

    return make


def nested(opening: str, closing: str, inside: str = "甲", before: str = _HEAD) -> Make:
    """A maker of texts of so many openings and then as many closings."""

    def make(size: int) -> str:
        count = max(1, size // (len(opening) + len(closing)))
        return before + opening * count + inside + closing * count + "。\n"

    return make


TEXTS: Mapping[str, Make] = {
    "cells of one row": repeated("甲|", f"{_HEAD}|"),
    "empty cells of one row": repeated("|", f"{_HEAD}|甲"),
    "cells with bold words": repeated("**甲**|", f"{_HEAD}|"),
    "cells with brackets": repeated("（甲|", f"{_HEAD}|"),
    "rows of a table": repeated("|甲|乙|1|\n", f"{_HEAD}|甲|乙|丙|\n|---|---|---|\n"),
    "cells of HTML": repeated("<td>甲</td>", f"{_HEAD}<table><tr>", "</tr></table>"),
    "brackets opened": repeated("（", _HEAD),
    "brackets closed": repeated("）", _HEAD),
    "brackets opened with words": repeated("（甲", _HEAD),
    "brackets closed with words": repeated("甲）", _HEAD),
    "brackets crossed": repeated("（《甲）》", _HEAD),
    "brackets opened, then others closed": nested("（", "》"),
    "brackets nested": nested("（", "）"),
    "two brackets nested": nested("（《", "》）"),
    "brackets nested, closed crosswise": nested("（《", "）》"),
    "brackets opened, then items": nested("（", "1）"),
    "brackets opened in lines": repeated("（甲乙丙丁。\n\n", _HEAD),
    "brackets closed in lines": repeated("甲乙丙丁）。\n\n", _HEAD),
    "brackets opened, then closed in lines": nested("（甲\n\n", "乙）\n\n"),
    "half-width brackets": repeated("(甲", _HEAD),
    "quotes opened": repeated("“甲", _HEAD),
    "quotes closed": repeated("”甲", _HEAD),
    "quotes reversed": repeated("”甲“", _HEAD),
    "closed quotes, then opened ones": nested("”甲", "“乙"),
    "straight quotes": repeated('"甲', _HEAD),
    "apostrophes": repeated("’a", _HEAD),
    "apostrophes in an open quote": repeated("a’", f"{_HEAD}‘"),
    "title marks": repeated("《甲》、", _HEAD),
    "headings": repeated("## 甲乙丙\n\n", _HEAD),
    "headings with text": repeated("## 做好工作\n\n我们做好了工作。\n\n", _HEAD),
    "sections": repeated("一、做好工作\n\n我们做好了工作。\n\n", _HEAD),
    "numbered sections": repeated("{n}. 做好工作。\n\n", _HEAD),
    "nested sections": repeated("一、甲\n\n（一）乙\n\n1. 丙\n\n", _HEAD),
    "lead-ins": repeated("**一是做好工作。**我们做好了。\n\n", _HEAD),
    "ordinals in a paragraph": repeated("一是甲，二是乙，", _HEAD),
    "promises": repeated("抓好三个坚持，", _HEAD),
    "promises in paragraphs": repeated("抓好三个坚持。\n\n", _HEAD),
    "digits": repeated("1", _HEAD),
    "digits and words": repeated("1甲", _HEAD),
    "digits and spaces": repeated("1 ", _HEAD),
    "full-width digits": repeated("１", _HEAD),
    "Chinese numerals": repeated("一", _HEAD),
    "list items": repeated("- 甲乙丙\n", _HEAD),
    "numbered items": repeated("{n}. 甲乙丙\n", _HEAD),
    "bold spans": repeated("**甲**乙", _HEAD),
    "bold spans in lines": repeated("**甲**乙，\n", _HEAD),
    "stars": repeated("*", _HEAD),
    "stars and words": repeated("*甲 ", _HEAD),
    "underscores": repeated("_a", _HEAD),
    "links": repeated("[甲](a.md)", _HEAD),
    "links whose targets stand below": repeated("见[甲{n}][m{n}]。\n[m{n}]: /a/{n}\n\n", _HEAD),
    "preformatted blocks": repeated("<pre>\n甲\n</pre>\n", _HEAD),
    "links opened": repeated("[", _HEAD),
    "links opened with words": repeated("[甲](", _HEAD),
    "tags opened": repeated("<b>", _HEAD),
    "tags cut": repeated("<a ", _HEAD),
    "line breaks of HTML": repeated("甲<br>", _HEAD),
    "entities": repeated("甲&nbsp;", _HEAD),
    "code marks": repeated("`甲", _HEAD),
    "code in one line": repeated("``甲", _HEAD),
    "fences": repeated("```\n", _HEAD),
    "comments cut": repeated("<!-- ", _HEAD),
    "waivers": repeated("<!-- bulletin-lint: ignore[PUN001] 原因 -->\n\n甲（乙。\n\n", _HEAD),
    "short lines": repeated("甲\n", _HEAD),
    "short lines apart": repeated("甲\n\n", _HEAD),
    "one long line": repeated("我们做好了工作", _HEAD),
    "one line of sentences": repeated("我们做好了工作。", _HEAD),
    "one line of clauses": repeated("我们做好了工作，", _HEAD),
    "lines that go on": repeated("我们做好了各项工作我们做好了各项工作我们做好了各项工作，\n", _HEAD),
    "lines that are cut": repeated("我们做好了各项工作我们做好了各项工作我们做好了\n\n", _HEAD),
    "lines that are indented": repeated("　　我们做好了工作，\n", _HEAD),
    "blank lines": repeated("\n", _HEAD, "甲"),
    "spaces": repeated(" ", f"{_HEAD}甲", "乙"),
    "wide spaces": repeated("　", f"{_HEAD}甲", "乙"),
    "page breaks": repeated("甲\n\f", _HEAD),
    "page numbers": repeated("我们做好了工作\n\n— {n} —\n\n", _HEAD),
    "labels": repeated("责编：", _HEAD),
    "labels in lines": repeated("责编：张三\n", _HEAD),
    "labels in paragraphs": repeated("责编：张三\n\n", _HEAD),
    "labels and words": repeated("责编：张三　核稿：李四　电话：010-12345678　", _HEAD),
    "distribution": repeated("报：市委\n", _HEAD),
    "recipients": repeated("市委，", f"{_HEAD}我们做好了工作。\n\n报："),
    "attributions": repeated("我们做好了工作。\n\n（海淀区文明办）\n\n", _HEAD),
    "attributions alone": repeated("（海淀区文明办）\n\n", _HEAD),
    "articles": repeated("## 海淀区做好工作\n\n我们做好了工作。\n\n（海淀区文明办）\n\n", _HEAD),
    "columns": repeated("【工作交流】\n\n", _HEAD),
    "contents": repeated("· 甲区做好工作\n", f"{_HEAD}本期要目\n\n"),
    "dates": repeated("2020年3月6日", _HEAD),
    "dates in lines": repeated("2020年3月6日\n\n", _HEAD),
    "dotted dates": repeated("2020.3.6，", _HEAD),
    "weekdays": repeated("3月6日（星期一），", _HEAD),
    "issue numbers": repeated("第 9 期", ""),
    "issue numbers in lines": repeated("第 9 期（总第 20 期）\n\n", ""),
    "titles": repeated("工作情况简报\n\n", ""),
    "phones": repeated("010-12345678、", f"{_HEAD}电话："),
    "addresses": repeated("a@b.cn；", f"{_HEAD}邮箱："),
    "web addresses": repeated("https://a.cn/ ", _HEAD),
    "one web address": repeated("a.", f"{_HEAD}https://"),
    "Latin words": repeated("word ", _HEAD),
    "Latin words in Chinese": repeated("我word们", _HEAD),
    "full stops": repeated("。", _HEAD),
    "half-width marks": repeated("甲,乙.", _HEAD),
    "ellipses": repeated("…", _HEAD),
    "dashes": repeated("—", _HEAD),
    "radicals": repeated("⼆、⼯作", _HEAD),
    "control characters": repeated("甲\x0b", _HEAD),
    "zero-width characters": repeated("甲\u200b", _HEAD),
    "abbreviations": repeated("某某局（以下简称“某局”），", _HEAD),
    "many abbreviations": repeated("第{n}某局（以下简称“{n}局”），", _HEAD),
    "references": repeated("见附件{n}。", _HEAD),
    "figures": repeated("图{n} 甲\n\n", _HEAD),
    "document numbers": repeated("国发〔2020〕{n}号，", _HEAD),
    "sums": repeated("共3人，其中甲1人、乙2人。", _HEAD),
    "repeated words": repeated("我们我们做好做好", _HEAD),
}


def _per_character(linter: Any, make: Make, size: int, runs: int) -> float:
    from bulletin_lint.model.source import SourceFile

    text = make(size)
    source = SourceFile("a.md", "text", explicit=True, data=text.encode())
    # A short run is repeated, for the clock's sake.
    times = max(1, 3_000 // size)
    least = float("inf")
    for _ in range(runs):
        start = time.thread_time()
        for _ in range(times):
            linted = linter.lint(source)
        least = min(least, time.thread_time() - start)
        if linted.result.error is not None or linted.result.failures:
            sys.exit(f"{text[:60]!r}: {linted.result.error or linted.result.failures[0]}")
    return least / times / len(text)


def growth(linter: Any, make: Make) -> tuple[float, list[float]]:
    """How many times longer a character takes in the longest text, and the seconds a character at each size.

    The lesser counts of the times against the shortest and the middle text: what has a bound of its own may
    not be reached in the shortest, and what is quadratic shows between any two.
    """
    taken = [_per_character(linter, make, SIZES[0], 3), _per_character(linter, make, SIZES[1], 2)]
    if taken[1] * SIZES[2] * max(1.0, taken[1] / taken[0]) > PATIENCE:
        return taken[1] / taken[0], taken
    taken.append(_per_character(linter, make, SIZES[2], 1))
    if taken[2] < FLOOR:
        return 1.0, taken
    return min(taken[2] / taken[0], taken[2] / taken[1]), taken


def default_linter() -> Any:
    """A linter of the default rules, without settings."""
    from bulletin_lint.config.settings import Settings
    from bulletin_lint.engine.linter import Linter
    from bulletin_lint.rulebook.load import load_catalogue

    rulebook = load_catalogue(Settings()).rulebook
    return Linter(rulebook, [rule for rule in rulebook.rules.values() if rule.severity != "off"])


def _of_bulletins(linter: Any) -> None:
    """Prints what a KB takes in one bulletin of 2 KB to 2 MB."""
    from workload import long_bulletin

    found: list[tuple[float, float]] = []
    for size, runs in LENGTHS:
        text = long_bulletin(size)
        kilobytes = len(text.encode("utf-8")) / 1_000
        taken = _per_character(linter, lambda _, text=text: text, size, runs) * len(text)
        found.append((kilobytes, taken / kilobytes))
    usual = found[1][1]
    for kilobytes, taken in found:
        print(
            f"bulletin    {kilobytes:>7,.1f} KB: {taken * 1e3:.2f} ms a KB, {taken / usual:.2f} x the second"
        )
    sys.exit(1 if found[-1][1] > MOST_PER_KB * usual else 0)


def run(arguments: Sequence[str]) -> None:
    """`python bench growth`: prints every kind of text whose time is superlinear; exit code 1 if there are any."""
    parser = argparse.ArgumentParser(prog="python bench growth", description=run.__doc__)
    parser.add_argument("--only", metavar="WORD", default="", help="only texts whose name has it")
    parser.add_argument(
        "--bulletin", action="store_true", help="one bulletin of 2 KB, 20 KB, 200 KB and 2 MB instead"
    )
    parser.add_argument("--all", action="store_true", help="print those that are linear, too")
    options = parser.parse_args(arguments)
    sys.path.insert(0, str(ROOT / "src"))
    from bulletin_lint.cli.main import search_rings_seldom

    # As the program does, whose time is asked for.
    search_rings_seldom()
    linter = default_linter()
    if options.bulletin:
        _of_bulletins(linter)
    chosen = {name: make for name, make in TEXTS.items() if options.only in name}
    start = time.process_time()
    superlinear = 0
    for name, make in chosen.items():
        # The first run compiles what it needs.
        _per_character(linter, make, SIZES[0], 1)
        ratio, taken = growth(linter, make)
        for _ in range(_AGAIN):
            if not LIMIT < ratio < 2 * LIMIT:
                break
            ratio, taken = min((ratio, taken), growth(linter, make))
        superlinear += ratio > LIMIT
        if ratio > LIMIT or options.all:
            shown = ", ".join(f"{each * 1e6:.2f}" for each in taken)
            print(f"{name}: {ratio:.2f} x per character ({shown} µs)", flush=True)
    print(
        f"growth      {superlinear} of {len(chosen)} kinds of text superlinear (above {LIMIT} x per character, "
        f"{SIZES[0]:,} to {SIZES[-1]:,}); {time.process_time() - start:.0f} s"
    )
    sys.exit(1 if superlinear else 0)
