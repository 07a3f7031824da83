"""How wide help is printed, and when a person is told what is done now."""

from __future__ import annotations

import pytest

from bulletin_lint.cli import parser
from bulletin_lint.cli.archive_progress import ArchiveProgress
from bulletin_lint.reporters import terminal


@pytest.mark.parametrize(
    ("columns", "width"),
    [(None, parser._HELP_WIDTH), (400, parser._HELP_WIDTH), (80, 76), (10, parser._NARROWEST_HELP)],
)
def test_help_is_as_wide_as_the_terminal_but_no_wider_than_people_read(
    columns: int | None, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal, "terminal_width", lambda _: columns)
    assert parser._help_width() == width


@pytest.mark.parametrize(
    ("files", "done", "said"),
    [(1001, 1001, ["all parts done, judging the series …"]), (1000, 1000, []), (1001, 0, [])],
)
def test_that_series_are_judged_is_said_where_it_takes_time(
    files: int, done: int, said: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    progress = ArchiveProgress("en")
    progress.listed(files)
    progress.done(done, 0, is_new=True)
    progress.judging()
    assert capsys.readouterr().err.splitlines() == said
