"""The summary of an archive as text and as a page: numbers where they belong, nothing that runs."""

from __future__ import annotations

import re

from bulletin_lint.model.report import RuleNote
from bulletin_lint.model.wording import Wording, same
from bulletin_lint.reporters.archive_text import render_archive
from bulletin_lint.reporters.sheet.archive_page import render_archive_page
from summaries import SUMMARY


def test_the_text_has_the_first_of_each() -> None:
    text = render_archive(SUMMARY, "en")

    assert "12,345 files, 12,000 checked, 300 no bulletins, 45 not checked, or not wholly" in text
    assert "error 7, warning 80, advice 900, waived 6" in text
    assert "1 part could not be done anywhere" in text
    assert "By rule (15 of 20)" in text
    assert "  50  AAA000  [error] rule 0  20 files\n" in text
    assert "AAA014" in text
    assert "AAA015" not in text
    # The latest years.
    assert "  2009  600 files, 500 without errors or warnings" in text
    assert "1994" not in text
    assert "(no title)  1,000 files" in text
    assert "  45  broken.\n      a.pdf, " in text
    assert "\u202e" not in text
    chinese = render_archive(SUMMARY, "zh")
    assert "按规则（共 20，列出 15）" in chinese
    assert "1 个部分在各处都没有做成" in chinese


def test_the_page_has_all_and_runs_nothing() -> None:
    note = RuleNote("AAA001", "a-rule", "error", same("x"), Wording("因为如此。", "because."))
    page = render_archive_page(SUMMARY, [note], "zh")

    assert page == render_archive_page(SUMMARY, [note], "zh")
    assert "<script" not in page
    assert "{{ 7*7 }}" in page
    assert "\u202e" not in page
    assert "default-src 'none'" in page
    assert not re.search(r"\b(?:src|href)=|url\(|style=", page)
    assert page.count("<code>AAA") == 20 + 2
    assert "因为如此。" in page
    assert "12,345 份文件，检查了 12,000 份" in page
    # The bar of the largest is whole, the share of what is clean in it.
    assert 'class="rest" width="100"' in page
    assert 'class="fine" width="90.91"' in page
    assert "1990-01-02—2009-12-30" in page
    assert '<html lang="en">' in render_archive_page(SUMMARY, [], "en")
