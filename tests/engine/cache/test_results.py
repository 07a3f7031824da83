"""Results kept between runs: what is linted again, what is not, and that nobody sees the difference."""

from __future__ import annotations

import os
import pickle
import re
import shutil
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from bulletin_lint.config.settings import Settings
from bulletin_lint.engine import run as engine_run
from bulletin_lint.engine.cache import results
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.engine.cache.contents import stamps_of
from bulletin_lint.engine.discovery import discover
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.engine.linter import Linter
from bulletin_lint.model.source import SourceFile
from bulletin_lint.rulebook.load import ignored_codes, load_rulebook, selected_rules
from harness import FIXTURES, Command

COUNT = 12
"""Of bulletins in the office: enough for results to be kept."""
BULLETIN = """\
# 望川县工作简报

第 {number} 期（总第 {total} 期）

望川县人民政府办公室　　2020年{month}月6日

# 全县部署春耕备耕

县农业农村局召开会议,安排农资储备和农机检修。会议于2020年0{month}月05日结束。

（县农业农村局）

编辑：李明　审核：王芳　电话：0571-88776655

发：各乡镇，县直各单位
"""


def bulletin(number: int) -> str:
    return BULLETIN.format(number=number, total=100 + number, month=min(number, 9))


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Twelve bulletins, each with mistakes, and settings; the working directory, with a cache of its own."""
    folder = tmp_path / "office"
    folder.mkdir()
    for number in range(1, COUNT + 1):
        (folder / f"{number:02}.md").write_text(bulletin(number), encoding="utf-8")
    settings(folder, "extends: [jianbao]\n")
    monkeypatch.setenv("BULLETIN_LINT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(folder)
    return folder


def settings(folder: Path, text: str) -> None:
    (folder / "bulletin-lint.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def linted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of files that a rule looked at."""
    paths: list[str] = []
    whole = Linter.lint

    def spy(self: Linter, source: SourceFile, data: bytes | None = None) -> LintResult:
        if self.has_rules:
            paths.append(source.path)
        return whole(self, source, data)

    monkeypatch.setattr(Linter, "lint", spy)
    return paths


def check(command: Command, *words: str, format: str = "json") -> str:
    outcome = command("check", "--jobs", "1", "--format", format, "--fail-level", "info", *words)
    assert outcome.code == 1, outcome.err
    # JUnit says when the run was.
    return re.sub(r'timestamp="[^"]*"', "", outcome.out)


@pytest.mark.parametrize(
    "format", ["json", "full", "concise", "sarif", "junit", "gitlab", "github", "rdjson"]
)
def test_a_second_run_says_the_same_and_lints_nothing(
    office: Path, command: Command, linted: list[str], format: str
) -> None:
    first = check(command, format=format)
    assert len(linted) == COUNT
    linted.clear()

    assert check(command, format=format) == first
    assert linted == []
    assert check(command, "--no-cache", format=format) == first
    assert len(linted) == COUNT


def test_only_the_changed_file_is_linted(office: Path, command: Command, linted: list[str]) -> None:
    before = check(command, format="concise").splitlines()
    linted.clear()
    path = office / "04.md"
    path.write_text(bulletin(4).replace("会议,", "会议，"), encoding="utf-8")

    after = check(command, format="concise").splitlines()

    assert linted == ["04.md"]
    (gone,) = set(before) - set(after) - {before[-1]}
    assert gone.startswith("04.md:9:")
    # As it was before, it is known still.
    path.write_text(bulletin(4), encoding="utf-8")
    linted.clear()
    assert check(command, format="concise").splitlines() == before
    assert linted == []


def test_the_series_is_judged_anew(office: Path, command: Command, linted: list[str]) -> None:
    settings(office, 'extends: [jianbao]\nbulletins: ["*.md"]\nselect: [ISS]\n')
    assert command("check", "--jobs", "1").code == 0
    linted.clear()
    (office / "06.md").unlink()

    outcome = command("check", "--jobs", "1", "--format", "concise")

    assert linted == []
    assert [line.split()[:2] for line in outcome.out.splitlines()[:2]] == [
        ["07.md:3:1:", "ISS005"],
        ["07.md:3:6:", "ISS007"],
    ]


def select_more(folder: Path) -> None:
    settings(folder, "extends: [jianbao]\nignore: [DAT]\n")


def make_an_error(folder: Path) -> None:
    settings(folder, "extends: [jianbao]\nrules: {DAT002: {severity: info}}\n")


def require_less(folder: Path) -> None:
    settings(folder, "extends: [jianbao]\nrequired: [title]\n")


def add_a_rule(folder: Path) -> None:
    (folder / "house.yaml").write_text(
        "extends: [jianbao]\n"
        "rules:\n"
        "  HOUSE-001:\n"
        "    name: season\n"
        "    severity: warning\n"
        "    check: forbidden\n"
        "    on: prose\n"
        "    words: [农资]\n"
        "    message: {zh: 不写农资, en: no supplies}\n"
        "    why: {zh: 本室的习惯, en: a habit of ours}\n"
        "    examples:\n"
        "      bad: [{text: 农资到货, at: '1:1-1:3', message: 不写农资}]\n"
        "      good: [{text: 物资到货}]\n",
        encoding="utf-8",
    )
    settings(folder, "extends: [./house.yaml]\n")


@pytest.mark.parametrize("change", [select_more, make_an_error, require_less, add_a_rule])
def test_other_rules_or_settings_lint_all_again(
    office: Path, command: Command, linted: list[str], change: Callable[[Path], None]
) -> None:
    check(command)
    linted.clear()
    change(office)

    again = check(command)

    assert len(linted) == COUNT
    assert again == check(command, "--no-cache")


def test_what_is_ignored_in_one_file_concerns_no_other(
    office: Path, command: Command, linted: list[str]
) -> None:
    check(command)
    linted.clear()
    settings(office, 'extends: [jianbao]\nper-file-ignores: {"04.md": [DAT]}\n')

    found = check(command, format="concise")

    assert linted == ["04.md"]
    assert ("04.md" in found, "DAT002" in found) == (True, True)
    assert not any(line.startswith("04.md") and "DAT0" in line for line in found.splitlines())


def test_a_file_that_is_no_bulletin_is_linted_where_it_is_named(
    office: Path, command: Command, linted: list[str]
) -> None:
    note = office / "note.md"
    note.write_text("会议于2020年03月06日召开。\n", encoding="utf-8")
    names = [f"{number:02}.md" for number in range(1, COUNT + 1)]
    assert "note.md" not in check(command, format="concise")
    linted.clear()
    assert "note.md" not in check(command, format="concise")
    assert linted == []

    assert "note.md:1:9" in check(command, "note.md", *names, format="concise")
    assert "note.md:1:9" in check(command, "note.md", *names, format="concise")


def test_waivers_are_held_against_kept_results(office: Path, command: Command, linted: list[str]) -> None:
    path = office / "05.md"
    text = bulletin(5).replace("日结束。", "日结束。<!-- bulletin-lint: ignore[DAT002] 照录来文 -->")
    path.write_text(text, encoding="utf-8")
    first = check(command)
    linted.clear()

    assert check(command) == first
    assert linted == []
    assert '"reason": "照录来文"' in first


def test_a_file_that_cannot_be_read_is_tried_again(office: Path, command: Command, linted: list[str]) -> None:
    (office / "13.md").write_bytes(b"\xff\xfe\x00")
    for _ in range(2):
        linted.clear()
        assert command("check", "--jobs", "1", "--format", "concise").code == 2
        assert linted[-1:] == ["13.md"]


def test_fixes_are_made_from_kept_results(office: Path, command: Command) -> None:
    check(command)
    outcome = command("check", "--jobs", "1", "--fix", "--select", "DAT002,PUN001")
    assert "2020年03月06日" not in (office / "03.md").read_text("utf-8")
    assert outcome.code in (0, 1)
    assert "2020年3月5日" in (office / "03.md").read_text("utf-8")


def test_a_pdf_is_kept_alone(tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BULLETIN_LINT_CACHE_DIR", str(tmp_path / "cache"))
    path = shutil.copy(sorted((FIXTURES / "producers").glob("faulty-*.pdf"))[0], tmp_path / "1.pdf")
    first = command("check", path, "--format", "json")
    monkeypatch.setattr(engine_run, "lint_files", lambda lint, files, *_, **__: files and pytest.fail("read"))

    assert command("check", path, "--format", "json") == first


def scribbled(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE results SET body = x'00'")
    connection.close()


def not_compressed(path: Path) -> None:
    from bulletin_lint.engine.cache.contents import _checksum

    with sqlite3.connect(path) as connection:
        for content, producer in connection.execute("SELECT digest, maker FROM results").fetchall():
            connection.execute(
                "UPDATE results SET body = ?, checksum = ? WHERE digest = ?",
                (b"{}", _checksum(content, producer, b"{}"), content),
            )
    connection.close()


@pytest.mark.parametrize("harm", [scribbled, not_compressed])
def test_damage_is_a_miss(
    office: Path, command: Command, linted: list[str], harm: Callable[[Path], None]
) -> None:
    first = check(command)
    (database,) = Path(os.environ["BULLETIN_LINT_CACHE_DIR"]).glob("cache-*.sqlite3")
    harm(database)
    linted.clear()

    assert check(command) == first
    assert len(linted) == COUNT


def fixtures() -> Iterator[SourceFile]:
    folders = [FIXTURES / name for name in ("bulletins", "pdf", "producers")]
    yield from discover([str(folder) for folder in folders]).files


@pytest.mark.parametrize("step", [8, pytest.param(1, marks=pytest.mark.slow)], ids=["some", "all"])
def test_a_result_comes_back_as_it_was(step: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BULLETIN_LINT_CACHE_DIR", str(tmp_path / "cache"))
    rulebook = load_rulebook(Settings(), CompiledStore())
    rules = selected_rules(Settings(), rulebook)
    linter = Linter(rulebook, rules, required=Settings().required, takes_digests=True)
    files = list(fixtures())[::step]
    made = [(source, linter.lint(source)) for source in files]
    stamps = stamps_of(files)

    def cache() -> results.ResultsCache:
        ignored = partial(ignored_codes, Settings(), rulebook)
        return results.ResultsCache(rulebook, rules, Settings().required, None, ignored)

    keeper = pickle.loads(pickle.dumps(cache()))
    rows = [
        cache().row(source, linted._replace(kept=keeper.kept(source, linted)), stamps)
        for source, linted in made
    ]
    cache().store([row for row in rows if row is not None])
    found = cache().recall(files, stamps)

    expected = {
        source.path: linted._replace(document=None, recalled=True)
        for source, linted in made
        if not linted.result.complaints
    }
    assert len(expected) > 150 // step
    assert sum(len(linted.result.violations) for linted in found.values()) > 100 // step
    assert found.keys() == expected.keys()
    for path, linted in expected.items():
        assert _comparable(found[path]) == _comparable(linted), path


def _comparable(linted: LintResult) -> object:
    facts = linted.facts
    places = dict(facts.places) if facts is not None else {}
    return linted._replace(facts=facts._replace(places={}) if facts is not None else None), places


def test_a_line_with_many_violations_is_kept_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BULLETIN_LINT_CACHE_DIR", str(tmp_path / "cache"))
    rulebook = load_rulebook(Settings())
    rules = rulebook.select(["DAT003"])
    path = tmp_path / "1.md"
    # A waiver stands on the line too, and is unused.
    waiver = "<!-- bulletin-lint: ignore[SEC001] 不改 -->"
    path.write_text("# 情况简报\n\n第1期\n\n" + "于2020.3.5办结。" * 20 + f"{waiver}\n", "utf-8")
    source = SourceFile(str(path), "text", explicit=True)
    linted = Linter(rulebook, rules, takes_digests=True).lint(source)
    assert len(linted.result.violations) == 20
    assert len(linted.result.waivers) == 1
    cache = results.ResultsCache(rulebook, rules, [], None, lambda path: frozenset())
    kept = cache.kept(source, linted)
    assert kept is not None

    assert zlib.decompress(kept).decode().count("于2020.3.5办结。" * 20) == 1
    row = cache.row(source, linted._replace(kept=kept), {})
    assert row is not None
    cache.store([row])
    found = cache.recall([source], stamps_of([source]))[source.path].result
    assert found.violations == linted.result.violations
    assert found.waivers == linted.result.waivers
