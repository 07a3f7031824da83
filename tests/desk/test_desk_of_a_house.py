"""A desk with two rules of a house: files looked at, judged among others, and shown."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from bulletin_lint.config.settings import Settings, load_settings
from bulletin_lint.desk.looking import Desk, Looked, lines_of
from bulletin_lint.desk.sheets import SheetMaker
from bulletin_lint.engine.suppression import Waivers, waivers_of
from bulletin_lint.model.errors import SourceError, UsageError
from bulletin_lint.model.location import Location
from bulletin_lint.model.source import SourceFile
from bulletin_lint.series.issue import FieldPlace, IssueRecord
from house_packs import SERIES_PACK

TEXT = "# 云岭简报\n\n甲。\n\n责编：王某\n"


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pack.yaml").write_text(SERIES_PACK, "utf-8")
    (tmp_path / "bulletin-lint.yaml").write_text("extends: ./pack.yaml\n", "utf-8")
    return tmp_path


def desk(waivers: Waivers | None = None, **settings: object) -> Desk:
    return Desk(load_settings()._replace(**settings), waivers or Waivers())  # type: ignore[arg-type]


def source(name: str, data: bytes | None = TEXT.encode()) -> SourceFile:
    return SourceFile(name, "text", explicit=True, data=data)


def record(number: int, path: str = "") -> IssueRecord:
    place = FieldPlace(f"第{number}期", Location(3, 1, 3, 4), f"第{number}期", "masthead.issue_number")
    path = path or f"{number}.md"
    places = {"issue": place, "anchor": place}
    return IssueRecord(path, "云岭简报", 2020, number, None, f"2020-01-{number:02}", places=places)


def looked(seen: Desk, number: int) -> Looked:
    found = seen.look(source(f"{number}.md"))
    return found._replace(linted=found.linted._replace(facts=record(number)))


def test_a_desk_needs_a_rule(office: Path) -> None:
    with pytest.raises(UsageError, match="no rule is selected"):
        desk(ignore=("ALL",))


def test_a_file_is_looked_at_and_let_go_of() -> None:
    found = desk().look(source("1.md"))
    assert (found.size, found.sha256) == (len(TEXT.encode()), hashlib.sha256(TEXT.encode()).hexdigest())
    assert found.lines == tuple(TEXT.splitlines())
    assert [each.code for each in found.linted.result.violations] == ["PUN002"]
    assert (found.linted.document, found.sizes) == (None, ())
    assert found.source.data == TEXT.encode()


def test_a_file_that_is_not_there_has_a_reason(office: Path) -> None:
    found = desk().look(source("none.md", None))
    assert found.linted.result.error is not None
    assert (found.size, found.lines) == (0, ())
    (office / "1.md").write_text(TEXT, "utf-8")
    assert desk().look(source("1.md", None)).source.data == TEXT.encode()


@pytest.mark.parametrize("text", ["一\n二\n", "一\r\n二\r\n", "一\r二", "一\n二"])
def test_lines_are_those_that_places_count(text: str) -> None:
    assert lines_of(desk().linter.read(source("1.md", text.encode()))) == ("一", "二")


def test_one_issue_alone_is_compared_with_nothing() -> None:
    seen = desk()
    one = looked(seen, 4)
    found = seen.judge([one])
    assert [each.code for each in found.report.violations] == ["PUN002"]
    assert [[issue.issue for issue in series.issues] for series in found.series] == [[4]]
    assert [issue.issue for issue in found.around(record(4))] == [4]


def test_issues_that_are_given_are_judged_among_each_other_and_others() -> None:
    seen = desk()
    both = seen.judge([looked(seen, 2), looked(seen, 4)])
    assert [(each.path, each.code) for each in both.report.violations] == [
        ("2.md", "PUN002"),
        # It ends before the number does.
        ("4.md", "PUN002"),
        ("4.md", "ISS005"),
    ]
    among = seen.judge([looked(seen, 4)], others=[record(2), record(6)])
    assert ("4.md", "ISS005") in [(each.path, each.code) for each in among.report.violations]
    assert [issue.issue for issue in among.around(record(4))] == [2, 4, 6]
    # What was not given is told of only as far as what was given is the cause.
    assert {document.path: document.beside for document in among.report.documents}["4.md"] is False
    without = seen.judge([looked(seen, 4)], others=[])
    assert [each.code for each in without.report.violations] == ["PUN002"]


def test_waivers_and_the_fail_level_count(office: Path) -> None:
    (office / "waivers.yaml").write_text("- {rule: PUN002, path: 1.md, reason: 照录}\n", "utf-8")
    waivers = waivers_of(str(office), upward=False, store=None)
    for seen, waived in ((desk(waivers), 1), (desk(), 0)):
        report = seen.judge([seen.look(source("1.md"))]).report
        assert (len(report.waived), len(report.violations)) == (waived, 1 - waived)
    assert desk(fail_level="warning").judge([desk().look(source("1.md"))]).report.fails
    assert not desk().judge([desk().look(source("1.md"))]).report.fails


def test_neighbours_are_known_where_settings_name_some(office: Path) -> None:
    assert desk().neighbours([source("1.md")]) is None
    for number in (1, 2, 3):
        (office / f"{number}.md").write_text(TEXT, "utf-8")
    found = desk(bulletins=("*.md",)).neighbours([source("1.md", None)])
    assert found is not None
    assert sorted(os.path.basename(path) for path in found.facts) == ["2.md", "3.md"]
    (office / "register.csv").write_text("期号\n", "utf-8")
    assert desk().neighbours([source("1.md")]) is not None


def test_a_text_is_shown_with_its_lines_and_no_pages(office: Path) -> None:
    seen = desk()
    found = seen.look(source("1.md"))
    view = seen.view(found, found.linted.result)
    assert (view.name, view.kind, view.size, view.sha256, view.lines) == (
        "1.md",
        "text",
        found.size,
        found.sha256,
        found.lines,
    )
    assert (view.pages, view.undrawn) == ((), None)


def test_what_was_let_go_of_is_read_again_and_must_be_what_it_was(office: Path) -> None:
    seen = desk()
    found = seen.look(source("1.md"))
    let_go = found._replace(source=found.source._replace(data=None))
    with pytest.raises(SourceError):
        seen.view(let_go, found.linted.result)
    (office / "1.md").write_text(TEXT, "utf-8")
    assert seen.view(let_go, found.linted.result).size == found.size
    (office / "1.md").write_text(TEXT + "乙\n", "utf-8")
    with pytest.raises(SourceError, match="changed meanwhile"):
        seen.view(let_go, found.linted.result)
    # Of what could not be read nothing is read again.
    broken = seen.look(source("none.md", None))
    assert seen.view(broken, broken.linted.result).lines == ()


def test_it_is_said_where_not_all_pages_are_drawn() -> None:
    seen = desk()
    found = seen.look(source("1.md"))
    view = seen.view(found, found.linted.result)
    assert seen.drawn(found.source, view, (), 0) == view
    left = seen.drawn(found.source, view, (), 3).undrawn
    assert left is not None
    assert left.zh == "全文 3 页，只画出 0 页：有标记的页优先。"
    assert left.en == "of 3 pages 0 are drawn, those with marks first."


def test_the_sheet_says_all_that_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    seen = desk(fail_level="warning")
    found, other = looked(seen, 4), looked(seen, 2)
    judged = seen.judge([found, other])
    maker = SheetMaker(seen, "en")
    content = maker.content(found, judged, seen.view(found, found.linted.result))
    assert content.time == maker.time == "1970-01-01 00:00:00 UTC"
    assert [each.code for each in content.result.violations] == ["PUN002", "ISS005"]
    assert content.record == record(4)
    assert [issue.issue for issue in content.neighbours] == [2, 4]
    assert content.beside == ()
    # The settings call it ./pack.yaml, its rules pack.yaml.
    assert content.rules.packs == ("pack.yaml",)
    assert content.fail_level == "warning"
    assert sorted(maker.rules.notes) == ["ISS005", "PUN002"]
    page = maker.sheet(found, judged, seen.view(found, found.linted.result))
    assert "1970-01-01" in page
    later = maker.sheet(found, judged, seen.view(found, found.linted.result), time="2020-02-03 04:05:06")
    assert "2020-02-03 04:05:06" in later
    assert "1970-01-01" not in later
    assert Settings().fail_level == "error"
