"""The pages of the documentation say what the rules' data say, and `explain` says the same."""

from __future__ import annotations

import os
import re

import pytest

from bulletin_lint.config.settings import Settings
from bulletin_lint.rulebook.load import load_catalogue
from bulletin_lint.rulebook.packs import builtin_packs
from bulletin_lint.rulebook.pages import explain, index, page
from bulletin_lint.rulebook.rulebook import Catalogue
from harness import ROOT

PAGES = ROOT / "docs" / "rules"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(Settings(extends=builtin_packs()))


def test_every_rule_has_its_page_and_no_page_is_out_of_date(catalogue: Catalogue) -> None:
    """With BULLETIN_LINT_WRITE_DOCS set the pages are written instead."""
    pages = {f"{code}.md": page(catalogue, code) for code in catalogue.rulebook.rules}
    pages["README.md"] = index(catalogue)
    if os.environ.get("BULLETIN_LINT_WRITE_DOCS"):
        PAGES.mkdir(exist_ok=True)
        for old in PAGES.glob("*.md"):
            old.unlink()
        for name, text in pages.items():
            (PAGES / name).write_text(text, encoding="utf-8")
        return
    written = {path.name: path.read_text(encoding="utf-8") for path in PAGES.glob("*.md")}

    assert sorted(pages) == sorted(written)
    assert [] == [name for name, text in pages.items() if written[name] != text]


def test_explain_says_what_the_page_says(catalogue: Catalogue) -> None:
    source = catalogue.sources["SEC001"]
    assert source.why is not None
    for said in (page(catalogue, "SEC001"), explain(catalogue, "SEC001", "zh")):
        assert source.why.zh in said
        assert source.bad[0].messages[0].zh in said
        assert "SEC001: off" in said


def test_the_table_of_requirements_names_rules_that_there_are(catalogue: Catalogue) -> None:
    text = (ROOT / "docs" / "requirements.md").read_text(encoding="utf-8")
    made, left = text.split("## 未成规则")
    named = set(re.findall(r"\b[A-Z]{3,4}\d{3}\b", made))
    left_out = {code.replace("-", "") for code in re.findall(r"^\| ([A-Z]+-\d{3}) ", left, re.MULTILINE)}
    rules = set(catalogue.rulebook.rules)

    assert set() == named - rules
    assert set() == left_out & rules
    assert 150 <= len(named)
