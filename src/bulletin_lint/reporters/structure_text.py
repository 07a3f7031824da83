"""Why a line was read as what it was, for people: ``extract --why LINE``."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bulletin_lint.model.document import Document
from bulletin_lint.model.wording import Language, Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.parsing.explanation import Sum

_MOST_LABELS = 4


def render(
    document: Document,
    block: int,
    sums: Sequence[Sum],
    name: Callable[[str], Wording],
    language: Language,
) -> str:
    """The labels that a block may have, each with its sum; `name` is what people call a label."""
    decided = document.structure
    line = document.locate(document.blocks[block].span).line
    own = decided.labels[block]

    def say(zh: str, en: str) -> str:
        return zh if language == "zh" else en

    lines = [f"{line:>5}  {document.excerpt(document.blocks[block].span)}"]
    lines.append(
        say(
            f"读作{name(own).zh}（{own}）；署名习惯：{decided.house}",
            f"read as {name(own).en} ({own}); how the house signs: {decided.house}",
        )
    )
    for found in sums[:_MOST_LABELS]:
        parts = " ".join(f"{feature} {points:+.1f}" for feature, points in found.parts)
        called = name(found.label).in_language(language)
        lines.append(f"  {found.total:+.1f}  {found.label:<3} {called}: {parts}")
    for doubt in decided.doubts:
        if doubt.block == block:
            other = name(doubt.other)
            lines.append(
                say(
                    f"也可能是{other.zh}（{doubt.other}），全文总分只差 {doubt.margin:.1f}",
                    f"it may be {other.en} ({doubt.other}): the whole is {doubt.margin:.1f} points behind",
                )
            )
    return "".join(f"{each}\n" for each in lines)
