"""What `same-reports` gives both programs to read: fixtures, edited texts, and bulletins made for it."""

from __future__ import annotations

import importlib
import random
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

READABLE = {".md", ".txt", ".pdf"}
_LINES_OF_A_PAGE = 24
_CHARACTERS_OF_A_LINE = 30
_EVERY_PDF = 6
"""One in so many bulletins is made as a PDF as well."""
SERIES_SETTINGS = 'bulletins: ["**/*.md", "**/*.txt", "**/*.pdf"]\n'


def copy_fixtures(tree: Path, inputs: Path) -> None:
    """The fixtures of a tree, wherever it keeps them, into the folder `fixtures`."""
    shutil.copytree(
        tree / "fixtures", inputs / "fixtures", ignore=shutil.ignore_patterns("__pycache__", "*.py")
    )


def copy_shared(shared: Path, inputs: Path) -> None:
    """The edited texts and the sample, where they are at hand."""
    for name in ("corpus", "sample"):
        if (shared / name).is_dir():
            shutil.copytree(shared / name, inputs / name)
        else:
            print(f"same-reports  {name} skipped: there is no {shared / name} (see --shared)")


def _module(tree: Path, name: str) -> ModuleType:
    """A generator of the tests of a tree, wherever it keeps it."""
    path = next((tree / "tests").rglob(f"{name}.py"), None)
    if path is None:
        sys.exit(f"{tree / 'tests'} has no {name}.py")
    sys.path.insert(0, str(path.parent))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(path.parent))


# --- Damage ---------------------------------------------------------------------------------------------


def _line_lost(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    del lines[rng.randrange(len(lines))]
    return "\n".join(lines)


def _line_twice(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    return "\n".join([*lines[: at + 1], *lines[at:]])


def _lines_exchanged(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def _one_replaced(pattern: str, by: str) -> Callable[[str, random.Random], str]:
    """Damage that replaces one occurrence of a pattern, where there is one."""

    def damage(text: str, rng: random.Random) -> str:
        found = list(re.finditer(pattern, text))
        if not found:
            return text
        match = rng.choice(found)
        return text[: match.start()] + match.expand(by) + text[match.end() :]

    return damage


DAMAGE: tuple[Callable[[str, random.Random], str], ...] = (
    _line_lost,
    _line_twice,
    _lines_exchanged,
    _one_replaced("，", ","),
    _one_replaced("。", "。。"),
    _one_replaced("[。，]", ""),
    _one_replaced("[（(]", ""),
    _one_replaced("”", '"'),
    _one_replaced("([0-9])([0-9])", r"\1 \2"),
    _one_replaced("0", "O"),
    _one_replaced("[一二三四五]、", "三、"),
    _one_replaced("([0-9]+)月", r"1\1月"),
    _one_replaced("第([0-9]+)期", r"第\g<1>1期"),
    _one_replaced("([\u4e00-\u9fff])，", r"\1\1，"),
    _one_replaced("([\u4e00-\u9fff])([\u4e00-\u9fff])", r"\1 \2"),
    _one_replaced("(责编|编辑|核稿|电话)", "××"),
)


# --- Bulletins and series -------------------------------------------------------------------------------


def write_bulletins(tree: Path, folder: Path, count: int) -> int:
    """So many bulletins of all styles, two in three of them damaged, some as PDF too; gives how many PDFs."""
    generator, pages = _module(tree, "bulletin_generator"), _module(tree, "series_generator")
    folder.mkdir()
    drawn = 0
    for number in range(count):
        rng = random.Random(f"same-reports/{number}")
        styles = generator.STYLES
        style = styles[number // 2 % len(styles)] if number % 2 else generator.mixed_style(number)
        bulletin = generator.generate(style, f"same-reports/{number}", small=number % 4 == 3)
        text = generator.render(bulletin).text
        for _ in range(number % 3 * 2):
            text = rng.choice(DAMAGE)(text, rng)
        (folder / f"{number:03}.{style.suffix}").write_bytes(_encoded(text, number))
        if number % _EVERY_PDF == 0:
            lines = [line.replace("#", "").replace("*", "").strip() for line in text.splitlines()]
            broken = [
                line[start : start + _CHARACTERS_OF_A_LINE]
                for line in lines
                for start in range(0, len(line), _CHARACTERS_OF_A_LINE)
            ]
            (folder / f"{number:03}.pdf").write_bytes(pages.pdf_of(broken[:_LINES_OF_A_PAGE]))
            drawn += 1
    return drawn


def _encoded(text: str, number: int) -> bytes:
    """A few files as other editors would save them."""
    if number % 14 == 5:
        text = text.replace("\n", "\r\n")
    if number % 10 == 7:
        return text.encode("gb18030")
    return text.encode("utf-8-sig" if number % 10 == 4 else "utf-8")


def write_series(tree: Path, folder: Path) -> None:
    """Three series in three kinds of file, without a fault, and once more with some; each with settings."""
    pages = _module(tree, "series_generator")
    titles = pages.TITLES
    whole = pages.series(
        titles[0], [(2019, 9), (2020, 13)], folder="sj", first=4, before=300, kinds=pages.KINDS
    )
    endless = pages.series(
        titles[1],
        [(2021, 7), (2022, 6)],
        folder="sl",
        first=307,
        restarts=False,
        has_cumulative=False,
        kinds=("txt",),
    )
    crowded = pages.series(titles[2], [(2020, 14)], folder="sq", before=60, days_between=0)
    faulty = pages.changed(whole, 6, issue=77)
    faulty = pages.changed(faulty, 12, cumulative=1)
    faulty = pages.changed(faulty, 15, date=faulty[2].date)
    del faulty[18]
    broken = pages.changed(endless, 3, issue=309)
    for name, issues in (
        ("clean", [*whole, *endless, *crowded]),
        ("faulty", [*faulty, *broken, *crowded[3:]]),
    ):
        pages.write(folder / name, issues)
        (folder / name / "bulletin-lint.yaml").write_text(SERIES_SETTINGS, encoding="utf-8")


def readable(folder: Path) -> list[str]:
    """The names of the files in a folder, not below it, that are of a kind to be read."""
    return sorted(path.name for path in folder.iterdir() if path.suffix in READABLE)


def folders_to_read(top: Path) -> list[Path]:
    """A folder and those below it that hold such files."""
    every = [top, *(path for path in top.rglob("*") if path.is_dir())]
    return sorted(path for path in every if readable(path))
