"""What the formats for machines share: words for what they have no field for, and paths as CI knows them."""

from __future__ import annotations

import os

from bulletin_lint.model.violation import Violation
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.reporters.standing import on_page, standing


def message(violation: Violation, language: Language) -> str:
    """The message; with the page of a PDF or the paragraph and words of a document, which have no line that
    a reader could open.
    """
    text = violation.message.in_language(language)
    place = standing(violation.location)
    if place is not None:
        words = violation.excerpt
        return Wording(f"{text}（{place.zh} · “{words}”）", f"{text} ({place.en} · “{words}”)").in_language(
            language
        )
    paged = on_page(violation)
    if paged is None:
        return text
    return Wording(f"{text}（{paged.zh}）", f"{text} ({paged.en})").in_language(language)


def waiver(violation: Violation, language: Language) -> str:
    """Why a violation does not count, in a few words; empty where it counts."""
    waived = violation.waived
    if waived is None:
        return ""
    if waived.kind == "baseline":
        return Wording("在基线内", "in the baseline").in_language(language)
    zh, en = f"已豁免：{waived.reason}", f"waived: {waived.reason}"
    if waived.by:
        zh, en = f"{zh}（{waived.by}）", f"{en} ({waived.by})"
    if waived.until:
        zh, en = f"{zh}，至{waived.until}", f"{en}, until {waived.until}"
    return Wording(zh, en).in_language(language)


def path_in_repository(path: str) -> str:
    """A path as the CI that runs this names it: relative to the checkout, where there is one around it."""
    root = os.environ.get("GITHUB_WORKSPACE") or os.environ.get("CI_PROJECT_DIR")
    if not root or path.startswith("<"):
        return path
    try:
        relative = os.path.relpath(os.path.realpath(path), os.path.realpath(root))
    except ValueError:  # another drive of Windows
        return path
    return path if relative.split(os.sep)[0] == os.pardir else relative.replace(os.sep, "/")
