"""What a fix would change, as a patch."""

from __future__ import annotations


def diff(path: str, before: str, after: str) -> str:
    """A unified diff of two texts, empty where they are the same."""
    from difflib import unified_diff

    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in unified_diff(_lines(before), _lines(after), path, path)
    )


def _lines(text: str) -> list[str]:
    """Lines with their line feeds. `str.splitlines` would also break at form feeds and the like."""
    lines = [f"{line}\n" for line in text.split("\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines
