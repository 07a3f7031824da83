"""The keys of a pack's `labels` and `forms`: which words and forms make the parts of a bulletin."""

from __future__ import annotations

from collections.abc import Mapping

from bulletin_lint.config.shapes import (
    WORD_FORM,
    WORDING,
    WORDS,
    Boolean,
    Either,
    Field,
    Integer,
    ListOf,
    MapOf,
    PatternText,
    Record,
    Reference,
    Text,
)
from bulletin_lint.parsing.structure import LINE_FORMS

_PATTERNS = ListOf(PatternText())

LABELS = Record(
    {
        group: Field(
            MapOf(
                Record(
                    {
                        "words": Field(
                            Either(
                                items=WORDS,
                                mapping=Record(
                                    {"replace": Field(WORDS, "The words, and no others.", required=True)}
                                ),
                            ),
                            "Words that mean this field; added to those of the packs before.",
                        ),
                        "name": Field(WORDING, "The field's name for people."),
                    }
                )
            ),
            doc,
        )
        for group, doc in (
            ("imprint", "Labelled fields at the end: editor, phone, …"),
            ("distribution", "Classes of recipients: report, send, issue."),
            ("copies", "Labels of the print run."),
            ("masthead", "Labels in the masthead: office, date."),
            ("attribution", "Labels of an attribution: source, writer."),
        )
    }
)

FORMS: Mapping[str, Field] = {
    "title_endings": Field(WORDS, "How series titles end."),
    "post_endings": Field(WORDS, "How posts end, before the name of who holds one."),
    "unit_endings": Field(WORDS, "How names of units end."),
    "office_endings": Field(WORDS, "How names of issuing offices end."),
    "masthead_end": Field(
        PatternText(), "The last character of the last line of a masthead, which is a date or a number."
    ),
    "in_no_name": Field(
        PatternText(), "What is in no name of an office or unit, but in a title that ends as one does."
    ),
    "office_suffix": Field(PatternText(), "What follows the office in the masthead."),
    "cumulative_number": Field(_PATTERNS, "Cumulative numbers; group `number`."),
    "issue_number": Field(_PATTERNS, "Issue numbers; groups `core`, `number`, `year`."),
    "bare_number": Field(PatternText(), "An issue number alone, right below the series title."),
    "blank_number": Field(_PATTERNS, "Issue numbers that were never filled in."),
    "supplement": Field(PatternText(), "What marks a supplement."),
    "date": Field(_PATTERNS, "Dates of issue; groups `year`, `month`, `day`."),
    "date_words": Field(PatternText(), "What may stand beside the date: weekday, hour, 印发."),
    "period_marks": Field(
        Text(), "What stands between the first day and the last that an issue covers; each is one character."
    ),
    "classification": Field(PatternText(), "Classification lines."),
    "copy_number": Field(PatternText(), "Copy numbers."),
    "edition": Field(
        PatternText(), "Lines of the masthead that say what this one issue is, and name none of its parts."
    ),
    "contents": Field(PatternText(), "Headings of the list of contents."),
    "before_entry": Field(
        PatternText(),
        "What stands before an entry of the contents, besides one of `marks`, or before a title.",
    ),
    "behind_entry": Field(PatternText(), "What stands behind an entry: the number of its page."),
    "entry_number": Field(
        PatternText(),
        "The number of an entry that its title has not; before a heading of the text it makes a section.",
    ),
    "note": Field(PatternText(), "How an editor's note begins."),
    "column": Field(_PATTERNS, "Headings over several articles."),
    "markers": Field(
        ListOf(
            Record(
                {
                    "level": Field(Integer(), "Level, 1 the highest.", required=True),
                    "style": Field(Text(WORD_FORM, "名称", "a name"), "Name of the style.", required=True),
                    "pattern": Field(PatternText("n"), "The marker; group `n` is the number.", required=True),
                    "starts": Field(PatternText(), "The character that it begins with."),
                    "in_run": Field(Boolean(), "Only where a block beside it has the next number."),
                }
            )
        ),
        "Section markers.",
    ),
    "enumerations": Field(
        ListOf(
            Record(
                {
                    "style": Field(Text(WORD_FORM, "名称", "a name"), "Name of the style.", required=True),
                    "pattern": Field(PatternText("n"), "The item; group `n` is the number.", required=True),
                    "after": Field(PatternText(), "The mark that it stands after, if it begins no block."),
                }
            )
        ),
        "Enumerations inside a paragraph.",
    ),
    "marks": Field(Text(), "Marks before and behind a column's words."),
    "label_joints": Field(Text(), "What makes one label of two (文字、编辑：); each is one character."),
    "bracket_labels": Field(WORDS, "Labels that need no colon in a bracket of their own (发至某人)."),
    "drawn_bars": Field(Text(), "What is drawn between the cells of a row; each is one character."),
    "typed_bars": Field(Text(), "What is typed there, between spaces; each is one character."),
    "caption": Field(_PATTERNS, "How captions of pictures and tables begin."),
    "caption_endings": Field(WORDS, "How credits of pictures end."),
    "caption_word": Field(WORDS, "How captions end that have no mark."),
    "lead": Field(_PATTERNS, "How news begins."),
    "directive": Field(_PATTERNS, "How a leader's remarks begin."),
    "remark": Field(_PATTERNS, "How a leader's remarks begin that have no heading above them."),
    "section_heading": Field(_PATTERNS, "What the sections of a report are called, behind their number."),
    "column_word": Field(WORDS, "How columns end."),
    "brief_word": Field(WORDS, "How the headings of short news end, over items without titles."),
    **{name: Field(_PATTERNS, doc) for name, doc in LINE_FORMS.items()},
    "attribution": Field(
        Record(
            {
                "own_line": Field(_PATTERNS, "Attributions on a line of their own; group `value`."),
                "at_end": Field(PatternText(), "Attributions at the end of a paragraph; group `value`."),
                "apart": Field(PatternText(), "Attributions wide apart behind a paragraph; group `value`."),
                "aside": Field(PatternText(), "Brackets that are no attribution."),
                "roles": Field(PatternText(), "Words that name a part in the text."),
                "text_role": Field(PatternText(), "Those that name a writer beside a photographer."),
                "part": Field(
                    PatternText("picture", "bare"), "Words that name a part; groups `picture`, `bare`."
                ),
                "unit_in_column": Field(PatternText(), "Units that look like a column."),
            }
        ),
        "Lines that say who sent an article in.",
    ),
    "annex_list": Field(PatternText(), "How a line begins that lists what is attached to an article."),
    "annex": Field(PatternText(), "The heading of an annex, a whole line."),
    "copies": Field(PatternText("number"), "Print runs; group `number`, absent where it was left blank."),
    "copies_units": Field(
        Text(), "What stands behind the figures of a labelled print run (印数：120份); each is one character."
    ),
    "printed": Field(PatternText(), "How a print line ends."),
    "fold": Field(Reference("table"), "The table of characters that are folded before all else."),
}
"""How the parts of a bulletin look. A list of a house stands before that of the packs it extends."""
