"""What an entry of the contents has around its words, and the title that it stands for has not."""

from __future__ import annotations

import re

from bulletin_lint.matching.patterns import Pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulletin_lint._typing import Any


class EntryForms:
    """How entries of the contents are set, as the packs' forms say."""

    def __init__(self, forms: Mapping[str, Any], *, trusted: bool) -> None:
        marks, number = str(forms.get("marks", "")), forms.get("entry_number")
        before, behind = forms.get("before_entry"), forms.get("behind_entry")
        leads = [f"[{re.escape(marks)}]"] if marks else []
        leads += [before] if before else []
        around = [f"^(?:{'|'.join(leads)})[ \u3000]*"] if leads else []
        around += [f"(?:{behind})$"] if behind else []
        self._number = Pattern(number, trusted=trusted) if number else None
        self._around = Pattern("|".join(around), trusted=trusted) if around else None

    def number_end(self, words: str) -> int:
        """Where the number ends that an entry has and its title has not; 0 where it has none."""
        match = self._number.match(words) if self._number is not None else None
        return match.end() if match is not None else 0

    def bare(self, lines: str) -> str:
        """Lines without what stands before and behind an entry, and before a title."""
        return self._around.cut_from(lines) if self._around is not None else lines
