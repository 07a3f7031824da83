"""`python bench slips [CODE…]`: right texts and the same with one slip, for every rule that a slip of the hand can break.

For each rule two hundred sentences or small bulletins are made of words that its examples do not have, and in each
one slip by a mechanical change (`tests/support/slip*.py`). Told is how many are reported where they are, in a house
that sets figures solid and in one that spaces them, how many a safe fix makes what they were, and how many of the
right texts are reported.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from bulletin_lint.config.settings import Settings
from bulletin_lint.rulebook.load import load_rulebook
from slip_trial import codes_with_slips, slips, tried


def run(arguments: list[str]) -> None:
    """Prints a line for each rule, and what it misses."""
    parser = argparse.ArgumentParser(prog="python bench slips", description=__doc__)
    parser.add_argument("codes", metavar="CODE", nargs="*", help="these rules alone")
    parser.add_argument("--count", type=int, default=200, help="slips for a rule in each house")
    options = parser.parse_args(arguments)
    rulebook = load_rulebook(Settings())
    totals = [0, 0, 0, 0, 0]
    poor = []
    for code in options.codes or codes_with_slips():
        shares = []
        flagged = restored = mendable = 0
        for spaced in (False, True):
            result = tried(rulebook, code, slips(code, options.count, spaced=spaced))
            shares.append(result.placed / options.count)
            flagged += len(result.flagged)
            totals[0] += options.count
            totals[1] += result.placed
            if result.restored is not None:
                restored += result.restored
                mendable += result.placed
            for text in result.missed[:2]:
                print(f"    {code} missed {[text.wrong[start:end] for start, end in text.spans]}")
            for text in result.flagged[:2]:
                print(f"    {code} reported where nothing is wrong: {text[:60]!r}")
            for after, before in result.unrestored[:2]:
                at = next((at for at, (a, b) in enumerate(zip(after, before, strict=False)) if a != b), 0)
                print(
                    f"    {code} mended {after[max(0, at - 8) : at + 12]!r} for {before[max(0, at - 8) : at + 12]!r}"
                )
        totals[2] += restored
        totals[3] += mendable
        totals[4] += flagged
        if min(shares) < 0.98 or flagged or restored < 0.98 * mendable:
            poor.append(code)
        mended = f"{restored / mendable:7.1%}" if mendable else "      —"
        print(
            f"{code:8} solid {shares[0]:6.1%}  spaced {shares[1]:6.1%}  mended {mended}  false {flagged}",
            flush=True,
        )
    made, placed, restored, mendable, flagged = totals
    print(
        f"{placed} of {made} placed; {restored} of {mendable} mended; {flagged} right ones reported; poor: {poor}"
    )


if __name__ == "__main__":
    run(sys.argv[1:])
