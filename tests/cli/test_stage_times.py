"""How long the stages of a run took."""

from __future__ import annotations

from bulletin_lint.cli.stage_times import stage_times


def test_each_stage_lasts_from_the_end_of_the_one_before() -> None:
    marks = [("", 10.0), ("prepare", 10.125), ("check", 12.0), ("fix", 12.001)]

    assert stage_times(marks, 3).en == "3 rules; time: prepare 125 ms, check 1875 ms, fix 1 ms."
    assert stage_times([*marks, ("annotate", 12.002)], 3).zh.endswith("修复 1 毫秒，批注 1 毫秒。")
    assert stage_times(marks[:3], 3).zh == "用了 3 条规则；用时：准备 125 毫秒，检查 1875 毫秒。"
