"""Which rules explain which: no two each other, and of a house only rules that there are."""

from __future__ import annotations

from bulletin_lint.config.diagnostics import did_you_mean
from bulletin_lint.config.yaml import YamlList, YamlText

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from bulletin_lint.config.diagnostics import Diagnostics
    from bulletin_lint.config.yaml import YamlNode


def refuse_bad_explanations(
    said: Mapping[str, YamlNode | None], house_files: Collection[str], mistakes: Diagnostics
) -> None:
    """Notes the rules that explain themselves by way of others, and those of a house that explain none.

    `said` has for each code what its rule says under `explains`. Packs that are built in may be taken one by
    one, and then name rules that are not there.
    """
    explains = {code: _codes(node) for code, node in said.items()}
    for code, node in said.items():
        if node is None:
            continue
        for each in explains[code]:
            if each not in said and node.path in house_files:
                zh, en = did_you_mean(each, said)
                mistakes.add(node, f"没有规则 {each}{zh}", f"there is no rule {each}{en}")
        ring = _ring(code, explains)
        if ring:
            shown = " → ".join(ring)
            mistakes.add(node, f"规则互相解释：{shown}", f"rules explain each other: {shown}")


def _codes(node: YamlNode | None) -> list[str]:
    nodes = node.items if isinstance(node, YamlList) else [node]
    return [each.value for each in nodes if isinstance(each, YamlText)]


def _ring(code: str, explains: Mapping[str, Sequence[str]]) -> list[str]:
    """A way from a rule back to itself, empty where there is none."""
    ways = [[code, each] for each in explains[code]]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        if way[-1] == code:
            return way
        if way[-1] not in seen:
            seen.add(way[-1])
            ways += [[*way, each] for each in explains.get(way[-1], ())]
    return []
