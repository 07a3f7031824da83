"""An engine with a few rules of a house: what is asked for, what is waived, what crosses to another process."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from bulletin_lint import (
    Engine,
    Settings,
    UsageError,
    check,
    check_bytes,
    fix_bytes,
    load_rulebook,
    load_settings,
)
from bulletin_lint.api import Result
from bulletin_lint.readers import TIME_LIMIT
from house_packs import EDITOR_LABEL

PACK = (
    EDITOR_LABEL
    + """\
rules:
  HOU001:
    name: one
    check: forbidden
    on: raw
    pattern: 甲
    severity: error
    fix: safe
    replacement: 乙
    message: {zh: 不用甲, en: no 甲}
  HOU002: {name: two, check: forbidden, on: raw, pattern: 丙, message: {zh: 不用丙, en: no 丙}}
  HOU003:
    name: three
    check: forbidden
    on: raw
    pattern: 戊
    severity: info
    fix: unsafe
    replacement: 己
    message: {zh: 不用戊, en: no 戊}
"""
)
TEXT = "# 云岭简报\n\n甲丙戊。\n\n责编：王某\n".encode()


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pack.yaml").write_text(PACK, "utf-8")
    (tmp_path / "other.yaml").write_text(PACK.partition("  HOU002")[0], "utf-8")
    return tmp_path


def settings(text: str = "") -> Settings:
    Path("bulletin-lint.yaml").write_text(f"extends: ./pack.yaml\n{text}", "utf-8")
    return load_settings()


def bare() -> Settings:
    """The same rules without a file of settings."""
    return Settings(extends=("./pack.yaml",), folder=os.getcwd())


def codes(result: Result) -> list[str]:
    return [each.code for each in result.file.violations]


@pytest.mark.parametrize(
    ("select", "ignore", "found"),
    [
        (None, (), ["HOU001", "HOU002", "HOU003"]),
        (["HOU001"], (), ["HOU001"]),
        (["HOU001", "HOU003"], (), ["HOU001", "HOU003"]),
        (None, ["HOU001"], ["HOU002", "HOU003"]),
        (["HOU"], ["HOU002"], ["HOU001", "HOU003"]),
    ],
)
def test_rules_are_chosen_as_on_the_command_line(
    select: list[str] | None, ignore: list[str], found: list[str]
) -> None:
    engine = Engine(bare(), select=select, ignore=ignore, cache=False)
    assert [rule.code for rule in engine.rules] == found
    assert codes(engine.lint(("1.md", TEXT))) == found
    assert codes(pickle.loads(pickle.dumps(engine)).lint(("1.md", TEXT))) == found


def test_without_a_rule_there_is_no_engine() -> None:
    with pytest.raises(UsageError, match="no rule is selected"):
        Engine(bare(), ignore=["ALL"], cache=False)
    with pytest.raises(UsageError):
        Engine(bare(), select=["NONE"], cache=False)


def test_rules_are_those_of_the_packs_that_are_asked_for() -> None:
    given = bare()
    assert list(load_rulebook(settings=given, cache=False).rules) == ["HOU001", "HOU002", "HOU003"]
    other = load_rulebook(["./other.yaml"], given, cache=False)
    assert list(other.rules) == ["HOU001"]
    assert list(load_rulebook(["./other.yaml"], cache=False).rules) == ["HOU001"]


def test_waivers_beside_settings_count_and_without_settings_none_is_looked_for() -> None:
    Path("waivers.yaml").write_text("- {rule: HOU001, path: 1.md, reason: 照录}\n", "utf-8")
    for given, waived in ((settings(), ["HOU001"]), (bare(), [])):
        for engine in (Engine(given, cache=False), pickle.loads(pickle.dumps(Engine(given, cache=False)))):
            report = engine.judge((), [engine.lint(("1.md", TEXT))])
            assert [each.code for each in report.waived] == waived
            assert len(report.violations) == 3 - len(waived)
        assert [each.code for each in check_bytes(TEXT, "1.md", given, cache=False).waived] == waived


def test_the_report_fails_at_the_level_of_the_settings() -> None:
    for level, select, fails in (
        ("error", "HOU002", False),
        ("warning", "HOU002", True),
        ("warning", "HOU003", False),
        ("info", "HOU003", True),
    ):
        given = settings(f"select: {select}\nfail-level: {level}\n")
        report = check_bytes(TEXT, "1.md", given, cache=False)
        assert (report.fail_level, report.fails) == (level, fails)


def test_of_two_results_for_one_file_the_last_counts() -> None:
    engine = Engine(bare(), cache=False)
    first, last = engine.lint(("1.md", TEXT)), engine.lint(("1.md", TEXT.replace("甲".encode(), b"")))
    other = engine.lint(("2.md", TEXT))
    report = engine.judge((), [first, other, last])
    assert [document.path for document in report.documents] == ["1.md", "2.md"]
    assert [(each.path, each.code) for each in report.violations] == [
        ("1.md", "HOU002"),
        ("1.md", "HOU003"),
        ("2.md", "HOU001"),
        ("2.md", "HOU002"),
        ("2.md", "HOU003"),
    ]
    assert engine.judge((), []).documents == ()


def test_what_is_mended_is_what_is_safe_unless_more_is_asked_for() -> None:
    safe, more = (
        fix_bytes(TEXT, "1.md", bare(), cache=False),
        fix_bytes(TEXT, "1.md", bare(), unsafe=True, cache=False),
    )
    assert (safe.before, safe.after.decode(), safe.applied) == (TEXT, TEXT.decode().replace("甲", "乙"), 1)
    assert (more.after.decode(), more.applied) == (TEXT.decode().replace("甲", "乙").replace("戊", "己"), 2)
    engine = Engine(bare(), ignore=["HOU001"], cache=False)
    assert engine.fix(TEXT, "1.md").after == TEXT
    assert engine.fix(TEXT, "1.md", unsafe=True).after.decode() == TEXT.decode().replace("戊", "己")


def test_what_is_waived_is_not_mended() -> None:
    Path("waivers.yaml").write_text("- {rule: HOU001, path: 1.md, reason: 照录}\n", "utf-8")
    assert fix_bytes(TEXT, "1.md", settings(), cache=False).after == TEXT
    assert fix_bytes(TEXT, "2.md", settings(), cache=False).after != TEXT


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("1.md", b"x", "text"),
        ("1.txt", b"%PDF-1.7", "text"),
        ("1", b"x", "text"),
        ("1.odd", b"x", "text"),
        ("1", b"", "text"),
    ],
)
def test_the_kind_is_told_by_the_name_and_else_by_the_content(name: str, data: bytes, kind: str) -> None:
    engine = Engine(bare(), cache=False)
    assert engine.lint((name, data)).file.kind == kind
    Path(name).write_bytes(data)
    assert engine.lint(name).file.kind == engine.lint(Path(name)).file.kind == kind


def test_a_file_of_a_form_that_is_not_read_is_a_result_that_says_so(office: Path) -> None:
    engine = Engine(bare(), cache=False)
    for name in ("1.xlsx", "none.md", "a\0b.md"):
        result = engine.lint(name)
        assert (result.file.path, result.record) == (name, None)
        assert result.file.error is not None
    (office / "folder").mkdir()
    os.mkfifo("pipe")
    for name in ("folder", "pipe"):
        assert engine.lint(name).file.error is not None
    assert engine.lint(("1.md", b"")).file.error is not None


def test_an_engine_keeps_what_it_was_made_with() -> None:
    engine = Engine(bare(), password="x", time_limit=1.5, cache=False)
    back = pickle.loads(pickle.dumps(engine))
    assert back.settings == engine.settings
    assert [rule.code for rule in back.rules] == [rule.code for rule in engine.rules]
    assert (back._password, back._time_limit) == ("x", 1.5)
    assert Engine(bare(), cache=False)._time_limit == TIME_LIMIT


def test_nothing_is_kept_on_disk_unless_that_is_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("1.md").write_bytes(TEXT)
    given = settings()
    for cache in (False, True):
        place = tmp_path / f"cache-{cache}"
        monkeypatch.setenv("BULLETIN_LINT_CACHE_DIR", str(place))
        assert len(check(["1.md"], cache=cache).violations) == 3
        check_bytes(TEXT, "1.md", given, cache=cache)
        load_rulebook(settings=given, cache=cache)
        fix_bytes(TEXT, "1.md", given, cache=cache)
        assert place.exists() is cache


def test_paths_may_be_one_or_several_of_any_kind() -> None:
    settings()
    for name in ("1.md", "2.md"):
        Path(name).write_bytes(TEXT)
    paths: list[str | Path] = [Path("1.md"), "2.md"]
    both = check(iter(paths), cache=False)
    assert [document.path for document in both.documents] == ["1.md", "2.md"]
    assert check("1.md", cache=False) == check(Path("1.md"), cache=False) == check(("1.md",), cache=False)
    assert [document.path for document in check("1.md", cache=False).documents] == ["1.md"]
    # Settings that are given hold, whatever lies beside the file.
    assert {
        each.code for each in check("1.md", bare()._replace(select=("HOU002",)), cache=False).violations
    } == {"HOU002"}
