"""What is to be done about a violation: what its fix makes of the words, else what its rule says of all."""

from __future__ import annotations

from bulletin_lint.model.report import RuleNote
from bulletin_lint.model.violation import Fix, Violation
from bulletin_lint.model.visible import visible
from bulletin_lint.model.wording import Wording


def mending(violation: Violation, note: RuleNote | None) -> Wording | None:
    """What is to be done, None where nothing is known: the words that go in the place of these where they are
    known, for what a rule says in general may name others.
    """
    fix = violation.fix
    edits = fix.edits if fix is not None else ()
    if fix is not None and len(edits) == 1:
        return edits_in_words(fix, violation)
    if note is not None and note.remedy is not None:
        return note.remedy
    return edits_in_words(fix, violation) if fix is not None and edits else None


def edits_in_words(fix: Fix, violation: Violation) -> Wording:
    """What a fix makes of the words of its violation."""
    if len(fix.edits) > 1:
        count = len(fix.edits)
        return Wording(f"共改 {count} 处", f"{count} edits")
    edit = fix.edits[0]
    new = _quoted(edit.text)
    if edit.line != violation.location.line or edit.end_line != edit.line:
        return Wording(f"改为{new.zh}", f"write {new.en}")
    found = violation.line_text[edit.column - 1 : edit.end_column - 1]
    old = _quoted(found)
    if not found:
        return Wording(f"补上{new.zh}", f"insert {new.en}")
    if not edit.text:
        return Wording(f"删去{old.zh}", f"delete {old.en}")
    return Wording(f"{old.zh}改为{new.zh}", f"{old.en} becomes {new.en}")


def _quoted(text: str) -> Wording:
    if text and not text.strip():
        count = len(text)
        return Wording(
            "空格" if count == 1 else f"{count}个空格", "a space" if count == 1 else f"{count} spaces"
        )
    shown = visible(text if len(text) <= 40 else f"{text[:39]}…")
    # Corner brackets: the words quoted are full of quotation marks themselves.
    return Wording(f"「{shown}」", f"`{shown}`")
