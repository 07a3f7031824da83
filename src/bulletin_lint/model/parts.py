"""The parts of a bulletin: which there are, which fields each has, and what people call them.

The contract between `parsing`, which makes the parts, and whoever asks for them: checks, rules (a
selector is a path of these names), the series, `extract`. A field that is not declared here is one that
nobody sets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bulletin_lint._typing import Any, NamedTuple, TypedDict
from bulletin_lint.model.location import Span
from bulletin_lint.model.wording import Wording


class AnchorFields(TypedDict):
    """Of the masthead and the imprint."""

    anchor: Span
    """Where a part of it is reported that is missing."""


class TextFields(TypedDict):
    """Of a part that is words: a title, an office."""

    value: str
    """The words without spaces and marks around them."""


class YearFields(TypedDict):
    """Of the year beside the issue number."""

    value: int | None
    """None where the figures make no number."""


class NumberFields(TypedDict):
    """Of the cumulative number."""

    value: int | None
    """None where the figures make no number."""
    last: int | None
    """The second number of a double issue (总第12、13期)."""
    figures: str


class IssueNumberFields(TypedDict):
    """Of the issue number."""

    value: int | None
    """None where the figures make no number."""
    last: int | None
    """The second number of a double issue (第12、13期)."""
    figures: str
    form: str
    """All of it, with the year before it."""
    form_span: Span
    supplement: bool
    """Whether the issue is a supplement, which is numbered apart."""


class DateFields(TypedDict):
    """Of the date of issue."""

    value: str | None
    """YYYY-MM-DD; None where it is no day of the calendar."""
    year: int | None
    month: int | None
    day: int | None


class LabelledFields(TypedDict):
    """Of a field of the imprint."""

    label: str
    label_span: Span
    value: str
    """What stands behind the label; may be empty."""
    value_span: Span


class RecipientFields(TypedDict):
    """Of a class of recipients."""

    role: str
    """Which class, as the packs call it."""
    label: str
    label_span: Span
    value: str
    value_span: Span


class ArticleFields(TypedDict):
    """Of an article."""

    last_line_span: Span
    """The last block of its text: a part that is missing at its end is reported there."""


class BlockFields(TypedDict):
    """Of a paragraph and of a heading without number."""

    kind: str
    """As `BLOCKS` has it."""


class SectionFields(TypedDict):
    """Of a block that begins with a number."""

    kind: str
    """As `BLOCKS` has it."""
    marker: str
    """The number with its marks, as written."""
    marker_span: Span
    number: int | None
    level: int
    """1 for 一、, 2 for （一）, 3 for 1., 4 for （1）."""
    style: str
    """Which way of numbering, as the packs call it."""


class LeadInFields(TypedDict):
    """Of a paragraph whose beginning is bold."""

    kind: str
    """As `BLOCKS` has it."""
    lead: str
    lead_span: Span


class TableFields(TypedDict):
    """Of rows that follow each other."""

    kind: str
    """As `BLOCKS` has it."""
    rows: list[list[str]]


class ItemFields(TypedDict):
    """Of an item enumerated inside a block."""

    style: str
    number: int | None
    figures: str
    block: int
    """The index of its block in the article."""


class CountFields(TypedDict):
    """Of the print run."""

    value: int | None


class FurnitureFields(TypedDict):
    """Of a line that is the page's and not the bulletin's."""

    kind: str
    """page-number, running-head, watermark, line-number, note, scan or unread."""
    page: int | None


class RunningHeadFields(FurnitureFields):
    """Of a line on every page that says numbers as the masthead does, the first time it says so."""

    issue_number: int | None
    cumulative_number: int | None
    issue_year: int | None


class Fields(TypedDict, total=False):
    """All that a part may have, whichever it is: so a name that no part has is refused by a type checker."""

    anchor: Span
    block: int
    cumulative_number: int | None
    day: int | None
    figures: str
    form: str
    form_span: Span
    issue_number: int | None
    issue_year: int | None
    kind: str
    label: str
    label_span: Span
    last: int | None
    last_line_span: Span
    lead: str
    lead_span: Span
    level: int
    marker: str
    marker_span: Span
    month: int | None
    number: int | None
    page: int | None
    role: str
    rows: list[list[str]]
    style: str
    supplement: bool
    value: str | int | None
    value_span: Span
    year: int | None


class PartInfo(NamedTuple):
    """A part that a bulletin, or a part of it, may have."""

    name: Wording
    """What people call it."""
    fields: tuple[Any, ...] = ()
    """The fields that such a part has; where there are several kinds of it, those of each."""
    parts: Mapping[str, PartInfo] = {}
    """Its own parts."""
    others: tuple[Any, ...] = ()
    """The fields of further parts of its own, which the packs name."""
    is_list: bool = False
    is_selectable: bool = True
    """Whether a rule may select it."""


MASTHEAD: Mapping[str, PartInfo] = {
    "title": PartInfo(Wording("刊名", "title"), (TextFields,)),
    "issue_number": PartInfo(Wording("期号", "issue number"), (IssueNumberFields,)),
    "cumulative_number": PartInfo(Wording("总期号", "cumulative number"), (NumberFields,)),
    "issue_year": PartInfo(Wording("年份", "year"), (YearFields,)),
    "office": PartInfo(Wording("编发单位", "office"), (TextFields,)),
    "date": PartInfo(Wording("编发日期", "date"), (DateFields,)),
    "classification": PartInfo(Wording("密级", "classification"), (TextFields,)),
    "copy_number": PartInfo(Wording("份号", "copy number"), (TextFields,)),
}

_BLOCKS = (BlockFields, SectionFields, LeadInFields, TableFields)

ARTICLE: Mapping[str, PartInfo] = {
    "column": PartInfo(Wording("栏目", "column"), (TextFields,)),
    "title": PartInfo(Wording("标题", "title")),
    "blocks": PartInfo(Wording("段", "block"), _BLOCKS, is_list=True),
    "paragraphs": PartInfo(Wording("段落", "paragraph"), (BlockFields, LeadInFields), is_list=True),
    "sections": PartInfo(Wording("小节", "section"), (SectionFields,), is_list=True),
    "lead_ins": PartInfo(Wording("领句", "lead-in"), (LeadInFields,), is_list=True),
    "headings": PartInfo(Wording("小标题", "heading"), (BlockFields,), is_list=True),
    "tables": PartInfo(Wording("表格", "table"), (TableFields,), is_list=True),
    "captions": PartInfo(Wording("图表说明", "caption"), (BlockFields,), is_list=True),
    "signatures": PartInfo(Wording("落款", "signature"), (BlockFields,), is_list=True),
    "attribution": PartInfo(Wording("供稿", "attribution"), (TextFields,)),
    "attributions": PartInfo(Wording("供稿", "attribution"), (TextFields,), is_list=True),
    "items": PartInfo(Wording("分项", "item"), (ItemFields,), is_list=True, is_selectable=False),
}
"""`paragraphs` … `signatures` are the blocks once more, each kind by itself."""

PARTS: Mapping[str, PartInfo] = {
    "masthead": PartInfo(Wording("报头", "masthead"), (AnchorFields,), MASTHEAD),
    "contents_heading": PartInfo(Wording("目录标题", "contents heading"), is_selectable=False),
    "contents": PartInfo(Wording("目录", "contents"), is_list=True),
    "note": PartInfo(Wording("按语", "note")),
    "remarks": PartInfo(Wording("批示", "remarks"), is_list=True),
    "articles": PartInfo(Wording("文章", "article"), (ArticleFields,), ARTICLE, is_list=True),
    "imprint": PartInfo(Wording("版记", "imprint"), (AnchorFields,), others=(LabelledFields,)),
    "distribution": PartInfo(Wording("报送范围", "distribution"), (RecipientFields,), is_list=True),
    "copies": PartInfo(Wording("印数", "print run"), (CountFields,)),
    "printed": PartInfo(Wording("印发", "printed"), (TextFields,)),
    "other": PartInfo(Wording("其他", "other"), is_list=True),
    "furniture": PartInfo(
        Wording("页面附件", "page furniture"), (FurnitureFields, RunningHeadFields), is_list=True
    ),
}
"""The parts of a bulletin. The parts of the imprint are the labels that the packs define."""

BLOCKS: Mapping[str, PartInfo] = {
    "paragraph": ARTICLE["paragraphs"],
    "section": ARTICLE["sections"],
    "lead-in": ARTICLE["lead_ins"],
    "heading": ARTICLE["headings"],
    "table": ARTICLE["tables"],
    "caption": ARTICLE["captions"],
    "signature": ARTICLE["signatures"],
    "signed_date": PartInfo(Wording("落款日期", "date of signature"), (BlockFields,)),
}
"""The blocks of an article by their kind."""


def selectable(parts: Mapping[str, PartInfo] = PARTS) -> dict[str, Any]:
    """The names that a selector may have, step by step: each with those that may follow it."""
    return {name: selectable(part.parts) for name, part in parts.items() if part.is_selectable}


def selectable_lists(parts: Mapping[str, PartInfo] = PARTS, above: str = "") -> Iterator[str]:
    """The selectors, without ``[*]``, of the parts of which there may be several."""
    for name, part in parts.items():
        if part.is_selectable:
            if part.is_list:
                yield above + name
            yield from selectable_lists(part.parts, f"{above}{name}.")
