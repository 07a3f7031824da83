"""Whether the text that a PDF holds is text: garbage must not pass for a bulletin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from functools import cache

from bulletin_lint.readers.pdf.characters import common_ideographs
from bulletin_lint.readers.pdf.page import UNMAPPED, Page

GARBAGE_SHARE = 0.003
"""More characters without meaning than this, and the text layer is no text. Good files have none."""
MOST_HOLES = 0.4
"""More characters without a name than this among Chinese ones that read well, and it is no text layer."""
FEW_RARE = 20
"""So many different ideographs that are not common are names, in a text however short."""
COMMON_HAN_SHARE = 0.6
"""Fewer common characters (GB 2312, level 1) among the Chinese ones, and the code map is wrong.
Good files have 0.997 and more, wrongly mapped ones a third."""
FEWEST_LATIN = 40
"""Fewer Latin letters with accents are names."""
_STRANGE = ("rare", "meaningless")


def is_garbage(pages: Sequence[Page]) -> bool:
    """Whether a text layer is none, by the share of characters that mean nothing or are too rare."""
    text = "".join([run.text for page in pages for run in page.runs])
    kinds: dict[str, list[str]] = {"plain": [], "space": [], "meaningless": [], "rare": []}
    # What a reader of pages puts for others is not among those it met.
    uncommon = {UNMAPPED, " ", "\u3000"}.union(*[_uncommon(page) for page in pages])
    for character in uncommon:
        kinds[_kind(character)].append(character)

    def share(of: Iterable[str]) -> int:
        return sum(map(text.count, of))

    accented = share(character for character in uncommon if "\x80" <= character <= "\xff")
    if accented >= FEWEST_LATIN and _is_mojibake(text, accented):
        return True
    lost = share(kinds["meaningless"])
    if lost > 1 and lost > GARBAGE_SHARE * (len(text) - share(kinds["space"])):
        return True
    if len(kinds["rare"]) <= FEW_RARE or sum(character in text for character in kinds["rare"]) <= FEW_RARE:
        return False
    rare, common = share(kinds["rare"]), share(common_ideographs().intersection(text))
    return rare > (1 - COMMON_HAN_SHARE) * (rare + common)


def has_holes_only(pages: Sequence[Page]) -> bool:
    """Whether a text layer is one, but for the characters that its fonts do not name: figures, as a rule."""
    drawn = "".join(["".join(run.text.split()) for page in pages for run in page.runs])
    named = drawn.replace(UNMAPPED, "")
    if len(named) < (1 - MOST_HOLES) * len(drawn):
        return False
    usual = common_ideographs()
    common = sum(named.count(character) for character in usual.intersection(named))
    others = set(named) - usual
    strange = sum(named.count(character) for character in others if _kind(character) in _STRANGE)
    # Plainly Chinese: a wrong map gives characters at random.
    return 2 * common > len(named) and strange < (1 - COMMON_HAN_SHARE) * common


def _uncommon(page: Page) -> Set[str]:
    """The characters of a page that are no common ideographs, and maybe some that are not seen."""
    if page.uncommon is not None:
        return page.uncommon
    return set("".join([run.text for run in page.runs])) - common_ideographs()


def _is_mojibake(text: str, accented: int) -> bool:
    """Whether a text with so many accented letters is Chinese whose bytes in GBK were taken for Latin
    letters: ½ñÄê for 今年.
    """
    if 2 * accented < len("".join(text.split())):
        return False
    meant = text.encode("latin-1", "ignore").decode("gb18030", "ignore")
    chinese = sum(character > "\u2e7f" for character in meant)
    # Accented letters are not most of any language's, nor do they pair off into ideographs.
    return 2.5 * chinese >= accented


@cache
def _kind(character: str) -> str:
    """Of a character that is no common ideograph, whether it is a space, means nothing, or is a rare one."""
    import unicodedata

    if character.isspace():
        return "space"
    if "\u3400" <= character <= "\u9fff":
        return "rare"
    # Bullets of symbol fonts are for private use and mean something.
    is_bullet = "\uf020" <= character <= "\uf0ff"
    meaningless = not is_bullet and unicodedata.category(character) in ("Cc", "Co", "Cn", "Cs")
    return "meaningless" if meaningless else "plain"
