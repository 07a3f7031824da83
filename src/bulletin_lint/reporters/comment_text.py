"""A violation as a comment in the document: what is wrong, what to do, and by which norm."""

from __future__ import annotations

from bulletin_lint.model.report import RuleNote
from bulletin_lint.model.violation import Occurrence, Violation, filled
from bulletin_lint.model.visible import visible
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.reporters.mending import mending

_SEVERITIES = {
    "error": Wording("错误", "error"),
    "warning": Wording("警告", "warning"),
    "info": Wording("建议", "info"),
}
_BODIES = {"body"}


def comment_text(
    violation: Violation, occurrence: Occurrence, note: RuleNote | None, language: Language
) -> str:
    """The paragraphs of a comment, a line feed between them; words that stand elsewhere than in the body, to
    which a comment has to be put, are quoted.
    """
    zh, en = violation.message
    if violation.telling is not None:
        zh, en = filled(
            violation.telling.message, {**occurrence.values, "count": len(violation.telling.places)}
        )
    severity = _SEVERITIES[violation.severity]
    lines = [Wording(f"{violation.code} {severity.zh}：{zh}", f"{violation.code} {severity.en}: {en}")]
    story = occurrence.location.story
    if story is not None and story.story not in _BODIES:
        lines.append(Wording(f"原文：“{occurrence.excerpt}”", f"Words: “{occurrence.excerpt}”"))
    at = violation._replace(
        location=occurrence.location, line_text=occurrence.line_text, fix=occurrence.fix, telling=None
    )
    mend = mending(at, note)
    if mend is not None:
        lines.append(Wording(f"改法：{mend.zh}", f"To mend it: {mend.en}"))
    if note is not None and note.references:
        norms = note.references
        lines.append(Wording(f"依据：{'；'.join(norms)}", f"Norm: {'; '.join(norms)}"))
    return "\n".join(visible(line.in_language(language)) for line in lines)


def more_text(count: int, language: Language) -> str:
    """What the last comment says where not all are written."""
    return Wording(
        f"另有 {count} 处问题没有写成批注，见检查报告。",
        f"{count} more violations have no comment; they are in the report.",
    ).in_language(language)
