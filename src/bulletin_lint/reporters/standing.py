"""Where something stands in a document without lines of its own, told so that a person finds it."""

from __future__ import annotations

from bulletin_lint._typing import Any
from bulletin_lint.model.location import Location, StoryPlace
from bulletin_lint.model.violation import Violation
from bulletin_lint.model.wording import Wording

_STORIES = {
    "box": Wording("文本框", "text box"),
    "header": Wording("页眉", "header"),
    "footer": Wording("页脚", "footer"),
    "footnotes": Wording("脚注", "footnote"),
    "endnotes": Wording("尾注", "endnote"),
}
"""Where text may stand besides the body."""


def standing(where: Location) -> Wording | None:
    """第 12 段 · 在“三、坚持科学引导”下, 第 40 段 · 版记; None for what has lines or pages."""
    story = where.story
    if story is None:
        return None
    zh, en = [f"第 {where.line} 段"], [f"paragraph {where.line}"]
    if story.table:
        zh.append(f"表 {story.table} 第 {story.row} 行")
        en.append(f"table {story.table}, row {story.row}")
    if story.story in _STORIES:
        zh.append(_STORIES[story.story].zh)
        en.append(_STORIES[story.story].en)
    if story.is_imprint:
        zh.append("版记")
        en.append("imprint")
    if story.heading:
        zh.append(f"在“{story.heading}”下")
        en.append(f"below “{story.heading}”")
    return Wording(" · ".join(zh), " · ".join(en))


def place_words(where: Location) -> Wording:
    """Where something stands, told to a person: the page, the paragraph, or line and column."""
    story = standing(where)
    if story is not None:
        return story
    if where.page is not None:
        return Wording(f"第 {where.page} 页", f"page {where.page}")
    return Wording(f"第 {where.line} 行第 {where.column} 列", f"line {where.line}, column {where.column}")


NEIGHBOURS = 6
"""Characters on either side by which a person finds words on a page."""
LONGEST = 24
"""More characters than these are found by the first of them."""


def on_page(violation: Violation) -> Wording | None:
    """第 2 页 “…三、坚持…”: the page of a PDF, which has no lines that a reader could open, and the words as
    they stand on it; None for what has no pages.
    """
    page = violation.location.page
    if page is None:
        return None
    words = words_in_place(violation)
    return Wording(f"第 {page} 页 “{words}”", f"page {page} “{words}”")


def words_in_place(violation: Violation) -> str:
    """The words of a violation with a few on either side, … where the line goes on."""
    where, line = violation.location, violation.line_text.rstrip()
    end = where.end_column - 1 if where.end_line == where.line else len(line)
    start = max(0, min(where.column - 1, len(line)))
    end = min(max(start, end), len(line), start + LONGEST)
    first, last = max(0, start - NEIGHBOURS), min(len(line), end + NEIGHBOURS)
    shown = " ".join(line[first:last].split())
    return f"{'…' if line[:first].strip() else ''}{shown}{'…' if last < len(line) else ''}"


def for_programs(story: StoryPlace) -> dict[str, Any]:
    """The place as JSON: the paths lead through the XML of the document."""
    return {"story": story.story, "path": story.path, "heading": story.heading}
