"""Why a line was read as what it was, feature by feature."""

from __future__ import annotations

import pytest

from bulletin_lint.parsing.explanation import sums
from laid_out import grammar
from sheets import sheet_of


def test_the_points_of_a_label_are_told_feature_by_feature() -> None:
    document = sheet_of(
        "云岭镇工作简报", "第4期", "镇里开展春季植树", "3月1日，镇机关干部到东山植树，村民都来帮忙。"
    ).document
    found = sums(document, 2, grammar())

    assert len(found) > 1
    assert [each.total for each in found] == sorted((each.total for each in found), reverse=True)
    assert {"T", "H"} <= {each.label for each in found}
    for each in found:
        assert each.total == pytest.approx(sum(points for _, points in each.parts))
        sizes = [abs(points) for _, points in each.parts]
        assert sizes == sorted(sizes, reverse=True)
        assert "bias" in dict(each.parts)
        # What gives nothing is not told.
        assert all(points for name, points in each.parts if name != "bias")
