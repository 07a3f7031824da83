"""Bulletins made anew with every line labelled: `labelled_bulletins.py --labelled DIR N SEED [houses|unseen]`.

`houses` are those of `bulletin_generator`, half of them with attributions left out; `unseen` are those of
`unseen_styles`. What the labels mean stands in fixtures/README.md.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path
from typing import NamedTuple

import unseen_styles
from bulletin_generator import STYLES, Article, generate, mixed_style, render

_MIXED = 40
"""Houses whose habits are drawn, beside those that are written down."""


class Labelled(NamedTuple):
    """A bulletin and what each of its lines is."""

    name: str
    text: str
    labels: dict[int, str]
    inline: tuple[int, ...]


def house_bulletin(number: int, seed: int) -> Labelled:
    """A bulletin of a house that the tests know, the same for the same numbers."""
    styles = [*STYLES, *(mixed_style(drawn) for drawn in range(_MIXED))]
    style = styles[number % len(styles)]
    bulletin = generate(style, f"labelled/{seed}/{number}")
    rng = random.Random(f"lost/{seed}/{number}")
    for article in _unsigned(bulletin.articles, rng):
        article.attributions = []
    made = render(bulletin)
    return Labelled(f"{number:04}-{made.path}", made.text, made.labels, made.inline)


def _unsigned(articles: list[Article], rng: random.Random) -> list[Article]:
    """Articles that are to lose their attribution: of half of the bulletins none."""
    plan = rng.choice(("none", "none", "none", "one", "some", "all"))
    if plan == "all":
        return articles
    if plan == "one":
        return [rng.choice(articles)]
    return [article for article in articles if plan == "some" and rng.random() < 0.4]


def unseen_bulletin(number: int, seed: int) -> Labelled:
    """A bulletin of a style that is there to be measured, the same for the same numbers."""
    made = unseen_styles.bulletin(number, seed)
    labels = {line: each.label for line, each in enumerate(made.lines, 1) if each.label}
    inline = tuple(line for line, each in enumerate(made.lines, 1) if each.inline)
    text = "".join(f"{each.text}\n" for each in made.lines)
    return Labelled(f"{number:04}-{made.style}", text, labels, inline)


KINDS = {"houses": house_bulletin, "unseen": unseen_bulletin}


def write(folder: Path, count: int, seed: int, kind: str) -> Path:
    """Writes so many bulletins of a kind, their labels beside them, into a folder, which it makes."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        made = KINDS[kind](number, seed)
        path = folder / made.name
        path.write_text(made.text, encoding="utf-8")
        truth = {"labels": made.labels, "inline": made.inline}
        Path(f"{path}.json").write_text(json.dumps(truth) + "\n", encoding="utf-8")
    return folder


def main() -> None:
    """Writes what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--labelled", type=Path, required=True, metavar="DIR", help="the folder to write into"
    )
    parser.add_argument("count", type=int, metavar="N")
    parser.add_argument("seed", type=int, metavar="SEED")
    parser.add_argument("kind", nargs="?", choices=tuple(KINDS), default="houses")
    given = parser.parse_args()
    write(given.labelled, given.count, given.seed, given.kind)


if __name__ == "__main__":
    main()
