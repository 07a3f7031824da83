"""The sheet of a comparison: every difference with both sides, and the pages of the second with frames."""

from __future__ import annotations

import os
from base64 import b64encode

from bulletin_lint import __version__
from bulletin_lint._typing import NamedTuple
from bulletin_lint.model.comparison import Comparison
from bulletin_lint.model.page_view import PageView
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.reporters.comparison import (
    KIND_WORDS,
    noise_words,
    sentence,
    verdict_words,
)
from bulletin_lint.reporters.sheet.page_marks import MARGIN, framed, on_page
from bulletin_lint.reporters.sheet.sheet import environment, style, words
from bulletin_lint.reporters.standing import place_words


class ComparisonSheet(NamedTuple):
    """All that the sheet shows."""

    comparison: Comparison
    left: PageView
    right: PageView
    """Its pages are drawn, where it has any."""
    time: str


def render_comparison(content: ComparisonSheet, language: Language) -> str:
    """The sheet as HTML, the same for the same content."""
    pages = []
    for page in content.right.pages:
        marks = on_page(content.comparison.differences, page.number, page.height)
        if marks and page.data:
            picture = f"data:{page.media_type};base64,{b64encode(page.data).decode('ascii')}"
            pages.append({"page": page, "marks": marks, "picture": picture})
    is_same = content.comparison.is_one_text and not content.comparison.differences
    return (
        environment()
        .get_template("comparison.html")
        .render(
            **words(language),
            **style(),
            content=content,
            state="good" if is_same else "bad",
            verdict=verdict_words(content.comparison),
            noise=noise_words(content.comparison),
            sides=(
                (Wording("原稿", "Manuscript"), content.left),
                (Wording("成稿", "Final form"), content.right),
            ),
            names=tuple(os.path.basename(view.name) for view in (content.left, content.right)),
            sentence=sentence,
            place=place_words,
            kind_words=KIND_WORDS,
            pages=pages,
            framed=framed,
            margin=MARGIN,
            version=__version__,
        )
    )
