"""What is to be left letter by letter, as code is, is judged nowhere in a text, however much of it there is."""

from __future__ import annotations

from bulletin_lint.api import Settings, check_bytes

HEAD = "# 河湾镇简报\n\n第3期\n\n河湾镇政府　2024年3月5日\n\n水渠清淤完工\n\n"


def commas(text: str) -> list[tuple[int, int]]:
    """Where half-width commas are told: line and column."""
    found = check_bytes(f"{HEAD}{text}\n".encode(), "3.md", Settings(select=("PUN002",)), cache=False)
    return [
        (place.location.line, place.location.column)
        for document in found.documents
        for violation in document.violations
        for place in violation.places
    ]


def test_only_what_stands_between_stretches_of_code_is_told() -> None:
    assert commas("各村`甲,乙`清渠,修路,再把`丙,丁`抄报`戊,己`。") == [(9, 10), (9, 13)]


def test_what_code_alone_holds_is_not_told() -> None:
    assert commas("各村`甲,乙`清渠，修路，再把`丙,丁`抄报。") == []
