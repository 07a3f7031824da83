"""What the rules report on edited text: a table for the documentation, each line of it to be read."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
PAGE = ROOT / "docs" / "corpus.md"
PARTS = ("ISS", "FLD", "ATT", "HDR", "TAIL", "EXT")
"""Families that speak of the parts of a bulletin, which the corpus does not have."""
_BEGIN, _END = "<!-- generated: corpus -->\n", "<!-- /generated -->"


def corpus_files() -> list[Path]:
    """The texts, none where they are not at hand."""
    return sorted((*CORPUS.glob("*.txt"), *CORPUS.glob("laws/*.md")))


def table(violations: Sequence[dict[str, str]], characters: int) -> str:
    """The table of a report's violations."""
    counts = Counter(
        (each["code"], each["severity"]) for each in violations if not each["code"].startswith(PARTS)
    )
    serious = sum(number for (_, severity), number in counts.items() if severity != "info")
    lines = [
        f"{characters} characters; {serious} errors and warnings, {serious * 10_000 / characters:.2f} in 10,000 characters.",
        "Rules that are not here report nothing.",
        "",
        "| rule | severity | hits | in 100,000 characters |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {code} | {severity} | {number} | {number * 100_000 / characters:.2f} |"
        for (code, severity), number in sorted(counts.items())
    ]
    return "\n".join([*lines, ""])


def write(program: Sequence[str]) -> None:
    """Runs the program on the corpus and writes the table into the page."""
    files = corpus_files()
    if not files:
        print("corpus      skipped: the texts are not at hand")
        return
    finished = subprocess.run(
        [*program, "check", "--isolated", "--format", "json", *map(str, files)],
        stdout=subprocess.PIPE,
        check=False,
    )
    if finished.returncode not in (0, 1):
        sys.exit("corpus      the check did not succeed")
    violations = json.loads(finished.stdout)["violations"]
    characters = sum(len(file.read_text(encoding="utf-8")) for file in files)
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    PAGE.write_text(before + _BEGIN + table(violations, characters) + _END + after, encoding="utf-8")
    print(f"corpus      {PAGE.relative_to(ROOT)} written")
