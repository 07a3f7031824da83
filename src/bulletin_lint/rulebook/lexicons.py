"""The entries of a pack's word lists."""

from __future__ import annotations

from bulletin_lint.config.shapes import read_record
from bulletin_lint.config.yaml import YamlMap, YamlText
from bulletin_lint.rulebook.schema import LEXICON_ENTRY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint._typing import Any
    from bulletin_lint.rulebook.names import Names


def lexicon_rows(words: YamlMap | None, scope: Names) -> list[list[Any]]:
    """The entries of a lexicon, each as word, correction, longer words, patterns after and before; what is
    no entry is noted.
    """
    rows: list[list[Any]] = []
    for word, key, value in words or ():
        if isinstance(value, YamlMap):
            entry = read_record(value, LEXICON_ENTRY, scope)
            rows.append([word, entry["to"], entry["unless"], entry["after"], entry["before"]])
        elif isinstance(value, YamlText) and word and not value.is_null:
            rows.append([word, value.value, [], None, None])
        else:
            scope.mistakes.add(
                key,
                "词表每项应是“错词: 正词”，或带 to 的“键: 值”",
                "an entry of a lexicon is 'word: correction', or a mapping with 'to'",
            )
    return rows
