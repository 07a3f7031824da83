"""How long the stages of a run took, for ``--verbose``."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bulletin_lint.model.wording import Wording

_NAMES = {
    "prepare": Wording("准备", "prepare"),
    "check": Wording("检查", "check"),
    "fix": Wording("修复", "fix"),
    "annotate": Wording("批注", "annotate"),
}


def stage_times(marks: Sequence[tuple[str, float]], rules: int) -> Wording:
    """The stages in milliseconds: each with its end in seconds, before the first the beginning of the run."""
    times = [(_NAMES[stage], f"{(end - start) * 1000:.0f}") for (_, start), (stage, end) in pairwise(marks)]
    return Wording(
        f"用了 {rules} 条规则；用时：" + "，".join(f"{name.zh} {time} 毫秒" for name, time in times) + "。",
        f"{rules} rules; time: " + ", ".join(f"{name.en} {time} ms" for name, time in times) + ".",
    )
