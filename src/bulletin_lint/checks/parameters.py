"""What a kind of check can be told: typed parameters, from which validation and the schema come."""

from __future__ import annotations

from bulletin_lint._typing import Any, Literal, NamedTuple

ParameterType = Literal[
    "boolean",
    "choice",
    "integer",
    "lexicon",
    "masks",
    "number",
    "pattern",
    "patterns",
    "replacements",
    "selector",
    "selectors",
    "string",
    "strings",
    "table",
    "variants",
    "wording",
]
"""``patterns``, ``strings``, ``masks`` and ``selectors`` take a list or a single value; the loader hands
the check a list. ``table`` names a character table of the packs, ``lexicon`` one of their
lexicons, ``masks`` their masks (a default mask
that no pack defines is left out). ``variants`` is a list of mappings with the keys ``pattern``
(required), ``replacement``, ``severity`` and ``expected`` (text, or zh and en); what was left out is
absent. ``replacements`` is a list of mappings that have both ``pattern`` and ``replacement``.
``wording`` is a mapping of zh and en."""


class Parameter(NamedTuple):
    """One parameter of a kind of check."""

    type: ParameterType
    doc: str
    """One English sentence for the schema and the rule author."""
    required: bool = False
    default: Any = None
    choices: tuple[str, ...] = ()
