"""How long the stages of a run took, for ``--verbose``."""

from __future__ import annotations

from bulletin_lint.model.wording import Wording


class StageClock:
    """How long each stage took."""

    def __init__(self) -> None:
        from time import perf_counter

        self._now = perf_counter
        self._last = perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        """Ends a stage."""
        now = self._now()
        self._laps[stage] = now - self._last
        self._last = now

    def wording(self, rules: int) -> Wording:
        """The stages in milliseconds."""
        names = {
            "prepare": Wording("准备", "prepare"),
            "check": Wording("检查", "check"),
            "fix": Wording("修复", "fix"),
        }
        times = {name: f"{seconds * 1000:.0f}" for name, seconds in self._laps.items()}
        return Wording(
            f"用了 {rules} 条规则；用时："
            + "，".join(f"{names[n].zh} {t} 毫秒" for n, t in times.items())
            + "。",
            f"{rules} rules; time: " + ", ".join(f"{names[n].en} {t} ms" for n, t in times.items()) + ".",
        )
