"""What --fix makes of the rules' examples as texts, tracked changes make of the same words in Word."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bulletin_lint.config.settings import Settings
from bulletin_lint.engine import annotate
from bulletin_lint.engine.annotate import tracked
from bulletin_lint.engine.fix import SAFE_AND_UNSAFE, fix_file, lint_with
from bulletin_lint.engine.linter import Linter
from bulletin_lint.model.report import Report
from bulletin_lint.model.source import SourceFile
from bulletin_lint.rulebook.load import load_catalogue
from word_twins import twin


def _same(report: Report) -> Report:
    return report


@pytest.fixture(scope="module", params=[5, pytest.param(1, marks=pytest.mark.slow)], ids=["some", "all"])
def outcomes(request: pytest.FixtureRequest) -> Iterator[list[tuple[str, int, str, str, str]]]:
    """Of every example, or those of every fifth rule, that has a fix and is read alike: rule, line, the words before, those that the text's fix
    makes of them, and those of the document's.
    """
    with pytest.MonkeyPatch.context() as patch:
        # In this process: a worker for each of hundreds of documents, all harmless, would be most of the time.
        patch.setattr(annotate, "apart", lambda work, source, *, time_limit: work(source))
        found = _outcomes(request.param)
        assert 100 // request.param <= len(found)
        yield found


def _outcomes(step: int) -> list[tuple[str, int, str, str, str]]:
    catalogue = load_catalogue(Settings())
    found = []
    for code, rule in list(catalogue.rulebook.rules.items())[::step]:
        active = rule if rule.severity != "off" else rule._replace(severity=rule.selected_severity)
        linter = Linter(catalogue.rulebook, [active])
        for example in catalogue.sources[code].bad:
            if example.fixed is None or example.fixed == example.text or example.layout is not None:
                continue
            named = SourceFile("1.md", "text", explicit=True)
            before = linter.read(named, example.text.encode())
            mended = fix_file(
                example.text.encode(), lint_with(linter, named, _same), applicabilities=SAFE_AND_UNSAFE
            )
            after = linter.read(named, mended.after)
            document = SourceFile("1.docx", "docx", explicit=True, data=twin(before))
            if linter.read(document).text != before.text[: before.blocks[-1].span.end]:
                continue
            made = tracked(document, linter, _same, SAFE_AND_UNSAFE, time_limit=20)
            assert made.error is None, made.error
            text = linter.read(document._replace(data=made.data)).text
            found.append((code, example.line, before.text, after.text, text))
    return found


def test_a_fix_makes_the_same_of_a_document(outcomes: list[tuple[str, int, str, str, str]]) -> None:
    assert [] == [each for each in outcomes if each[3] != each[4]]
