"""Settings, packs and neighbours in an editor: taken up when they change, and told of when they are wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lsprotocol import types
from pygls import uris

from bulletin_lint.rulebook.packs import builtin_folder
from editor import Editor, words
from harness import FIXTURES

WRONG = (FIXTURES / "commands" / "wrong.md").read_text("utf-8")
# What a bulletin is made of, and one rule: all others would be read again with each change.
SETTINGS = "extends: [bulletin, house.yaml]\n"
PACK = """\
rules:
  OWN001:
    name: no-applause
    severity: warning
    check: forbidden
    on: prose
    pattern: 效果好
    message: {zh: "不写“{found}”", en: "do not write {found}"}
    why: {zh: 空话。, en: It says nothing.}
    examples:
      bad:
        - {text: "课表贴出来，效果好。\\n", at: ["1:7-1:10"]}
      good:
        - {text: "来了50人。\\n"}
        - {text: "课表贴出来了。\\n"}
"""


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    folder = tmp_path_factory.mktemp("rules")
    with Editor(folder, cache=tmp_path_factory.getbasetemp() / "cache") as running:
        yield running


@pytest.fixture
def folder(editor: Editor, request: pytest.FixtureRequest) -> Path:
    """A folder with settings and a pack of its own."""
    made: Path = editor.folder / str(request.node.name)
    made.mkdir()
    (made / "bulletin-lint.yaml").write_text(SETTINGS, encoding="utf-8")
    (made / "house.yaml").write_text(PACK, encoding="utf-8")
    (made / "a.md").write_text(WRONG, encoding="utf-8")
    return made


def codes(found: object) -> list[str]:
    return [each.code for each in found]  # type: ignore[attr-defined]


def test_settings_and_packs_count_and_are_taken_up_when_they_change(editor: Editor, folder: Path) -> None:
    uri = editor.open(f"{folder.name}/a.md", WRONG)
    (first,) = editor.diagnostics(uri, 1)
    assert (first.code, first.severity) == ("OWN001", types.DiagnosticSeverity.Warning)

    before = len(editor.published)
    (folder / "house.yaml").write_text(PACK.replace("warning", "error"), encoding="utf-8")
    editor.changed_on_disk(f"{folder.name}/house.yaml")
    (then,) = editor.diagnostics(uri, after=before)
    assert (then.code, then.severity) == ("OWN001", types.DiagnosticSeverity.Error)

    before = len(editor.published)
    settings = f'{SETTINGS}per-file-ignores: {{"a.md": [OWN]}}\n'
    (folder / "bulletin-lint.yaml").write_text(settings, encoding="utf-8")
    editor.changed_on_disk(f"{folder.name}/bulletin-lint.yaml")
    assert not editor.diagnostics(uri, after=before)
    # It is the editor that watches, and it was asked to.
    assert [each.method for each in editor.registered] == ["workspace/didChangeWatchedFiles"]


def test_a_pack_with_a_mistake_keeps_the_last_good_rules(editor: Editor, folder: Path) -> None:
    uri = editor.open(f"{folder.name}/a.md", WRONG)
    assert codes(editor.diagnostics(uri, 1)) == ["OWN001"]
    before = len(editor.published)
    (folder / "house.yaml").write_text(PACK.replace("severity: warning", "severity: grave"), encoding="utf-8")
    editor.changed_on_disk(f"{folder.name}/house.yaml")

    assert codes(editor.diagnostics(uri, after=before)) == ["OWN001"]
    (mistake,) = editor.diagnostics(editor.uri(f"{folder.name}/house.yaml"), after=before)
    assert "grave" in mistake.message
    assert (mistake.range.start.line, mistake.range.start.character) == (3, 14)

    before = len(editor.published)
    (folder / "house.yaml").write_text(PACK, encoding="utf-8")
    editor.changed_on_disk(f"{folder.name}/house.yaml")
    assert not editor.diagnostics(editor.uri(f"{folder.name}/house.yaml"), after=before)


def test_mistakes_of_a_pack_are_told_while_it_is_written(editor: Editor, folder: Path) -> None:
    uri = editor.open(
        f"{folder.name}/house.yaml", PACK.replace("check: forbidden", "check: forbiden"), "yaml"
    )
    (mistake,) = editor.diagnostics(uri)
    assert "forbiden" in mistake.message
    assert "forbidden" in mistake.message
    assert mistake.range.start.line == 4

    before = len(editor.published)
    editor.change(uri, PACK + "  OWN002: [\n")
    (mistake,) = editor.diagnostics(uri, after=before)
    assert mistake.severity == types.DiagnosticSeverity.Error
    before = len(editor.published)
    editor.change(uri, PACK)
    assert not editor.diagnostics(uri, after=before)
    # Nothing of this was ever saved.
    assert (folder / "house.yaml").read_text("utf-8") == PACK


def test_mistakes_of_settings_are_told_at_their_place(editor: Editor, folder: Path) -> None:
    text = f"{SETTINGS}ignore: [OWN001, OWN999]\n"
    uri = editor.open(f"{folder.name}/bulletin-lint.yaml", text, "yaml")
    (mistake,) = editor.diagnostics(uri)
    assert words(text, mistake.range).startswith("OWN999")


def test_a_pack_that_no_settings_extend_yet_is_tried_too(editor: Editor, folder: Path) -> None:
    alone = PACK.replace("OWN001", "NEW001").replace("no-applause", "no-praise")
    (folder / "new.yaml").write_text("", encoding="utf-8")
    uri = editor.open(f"{folder.name}/new.yaml", alone.replace("on: prose", "on: nowhere"), "yaml")
    (mistake,) = editor.diagnostics(uri)
    assert "nowhere" in mistake.message
    # What is no pack is nobody's business.
    never_saved = editor.open(f"{folder.name}/other.yaml", alone, "yaml")
    other = editor.open(f"{folder.name}/ci.yaml", "on: push\njobs: {build: {steps: []}}\n", "yaml")
    before = len(editor.published)
    editor.change(other, "on: [push]\n")
    editor.change(uri, alone)
    assert not editor.diagnostics(uri, after=before)
    strangers = (other, never_saved)
    assert not [each for each in editor.published if each.uri in strangers and each.diagnostics]


def test_examples_are_run_where_they_stand(editor: Editor, folder: Path) -> None:
    uri = editor.open(f"{folder.name}/house.yaml", PACK, "yaml")

    def titles() -> list[tuple[int, str]]:
        params = types.CodeLensParams(types.TextDocumentIdentifier(uri))
        found = editor.run(editor.client.text_document_code_lens_async(params))
        return [(each.range.start.line, each.command.title) for each in found]

    assert titles() == [(1, "2 好 1 坏 ✓")]
    editor.change(uri, PACK.replace("来了50人", "效果好"))
    ((line, title),) = titles()
    assert line == 1
    assert title.startswith("1 好 1 坏 ✗ 1 例不对")


def test_a_code_leads_to_its_rule_and_says_what_it_is(editor: Editor, folder: Path) -> None:
    text = "extends: [jianbao]\nrules:\n  SEC001: off\n"
    (folder / "bulletin-lint.yaml").write_text(text, encoding="utf-8")
    uri = editor.open(f"{folder.name}/bulletin-lint.yaml", text, "yaml")
    on_code = types.Position(2, 5)
    params = types.DefinitionParams(types.TextDocumentIdentifier(uri), on_code)
    place = editor.run(editor.client.text_document_definition_async(params))
    path = Path(uris.to_fs_path(place.uri) or "")

    assert path.is_relative_to(builtin_folder())
    assert path.read_text("utf-8").split("\n")[place.range.start.line].strip() == "SEC001:"
    assert editor.hover(uri, on_code).startswith("**SEC001** ")
    assert editor.hover(uri, types.Position(0, 2)) == ""


BULLETIN = """\
# 河湾区环保简报

第{issue}期（总第{cumulative}期）

河湾区环保局　2021年{issue}月8日

## 水质监测报告

全区水质稳定。

（河湾区环保局）

责编：张一　核稿：李二　电话：010-12345678

报：市环保局
"""


def test_a_text_is_judged_among_the_saved_issues_of_its_series(editor: Editor, folder: Path) -> None:
    (folder / "bulletin-lint.yaml").write_text('bulletins: ["[0-9]*.md"]\n', encoding="utf-8")
    for issue in (1, 2, 3):
        text = BULLETIN.format(issue=issue, cumulative=100 + issue)
        (folder / f"{issue}.md").write_text(text, encoding="utf-8")
    uri = editor.open(f"{folder.name}/3.md", BULLETIN.format(issue=3, cumulative=105))
    assert codes(editor.diagnostics(uri, 1)) == ["ISS007", "ISS009"]
    version = editor.change(uri, BULLETIN.format(issue=3, cumulative=103))
    assert codes(editor.diagnostics(uri, version)) == []

    # What a neighbour says counts from when it is saved.
    neighbour = BULLETIN.format(issue=2, cumulative=107)
    other = editor.open(f"{folder.name}/2.md", neighbour)
    editor.diagnostics(other, 1)
    before = len(editor.published)
    (folder / "2.md").write_text(neighbour, encoding="utf-8")
    editor.save(other)
    assert "ISS007" in codes(editor.diagnostics(uri, after=before)) + codes(
        editor.diagnostics(other, after=before)
    )
