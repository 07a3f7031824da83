"""The page of `serve` in a real browser: what an editor does with mouse and keys, and what a hostile file cannot do."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from browsers import Watched
from harness import FIXTURES, Command
from served import Served, served

WRONG = FIXTURES / "commands" / "wrong.md"
CLEAN = FIXTURES / "commands" / "clean.md"
FAULTY = FIXTURES / "producers" / "faulty-typst.pdf"
HOSTILE_NAME = "<img src=x onerror=alert(1)>.md"
HOSTILE = "</style><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}\u202e甲\u200b"


@pytest.fixture(scope="module")
def page() -> Iterator[Served]:
    with served() as running:
        yield running


@pytest.fixture
def watched(browser: Any, page: Served) -> Iterator[Watched]:
    watched = Watched(browser, viewport={"width": 1366, "height": 768}, accept_downloads=True)
    watched.page.goto(page.address)
    expect(watched.page.locator("h1")).to_have_text("简报检查")
    yield watched
    assert watched.dialogs == []
    outside = [url for url in watched.requests if not url.startswith((page.address, "blob:"))]
    assert outside == []
    # No complaint of the policy, no error of the script.
    assert [line for line in watched.said if "the server responded" not in line] == []
    watched.close()


def give(watched: Watched, *paths: Path) -> None:
    watched.page.locator("#files").set_input_files([str(path) for path in paths])
    expect(watched.page.locator("#status")).to_contain_text("检查完", timeout=60_000)


def drop(watched: Watched, *paths: Path) -> None:
    """Files and folders dropped as a person drops them."""
    session = watched.context.new_cdp_session(watched.page)
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, "x": 400, "y": 250, "data": data})


def test_a_file_is_dropped_and_its_list_is_there(watched: Watched) -> None:
    drop(watched, FAULTY)
    page = watched.page
    expect(page.locator("#list li")).to_have_count(14, timeout=60_000)
    expect(page.locator("#verdict")).to_have_text("有 9 处错误，改正后再签发")
    expect(page.locator("figure svg")).to_have_count(2)
    expect(page.locator("figure image").first).to_have_attribute("href", re.compile("/files/.*/pages/1"))
    expect(page.locator("#status")).to_have_text("检查完 1 份：1 份有错误。")


@pytest.mark.slow
def test_a_folder_is_dropped_whole(watched: Watched, tmp_path: Path) -> None:
    folder = tmp_path / "2020"
    (folder / "deep").mkdir(parents=True)
    shutil.copy(CLEAN, folder / "a.md")
    shutil.copy(WRONG, folder / "deep" / "b.md")
    (folder / ".hidden.md").write_text("x", encoding="utf-8")
    (folder / "notes.xlsx").write_bytes(b"x")
    drop(watched, folder)
    page = watched.page
    expect(page.locator("#table tbody tr")).to_have_count(2, timeout=60_000)
    expect(page.locator("#status")).to_contain_text("检查完 2 份：1 份有错误")
    names = page.locator("#table tbody td:first-child").all_inner_texts()
    assert names == ["2020/a.md", "2020/deep/b.md"]


@pytest.mark.slow
@pytest.mark.parametrize("path", [WRONG, FAULTY], ids=["text", "pages"])
def test_either_side_finds_the_other_by_mouse(path: Path, watched: Watched) -> None:
    give(watched, path)
    page = watched.page
    # On a page the number in the margin, or the frame: between them there is nothing to be hit.
    mark = page.locator('button[data-mark="2"], [data-mark="2"] .disc').first
    mark.click()
    expect(page.locator('[data-entry="2"]')).to_have_class(re.compile("current"))
    expect(page.locator('[data-entry="2"]')).to_be_in_viewport()
    page.locator('[data-entry="3"] p').first.click()
    expect(page.locator('[data-mark="3"]').first).to_have_class(re.compile("current"))
    expect(page.locator('[data-mark="3"]').first).to_be_in_viewport()
    expect(page.locator(".current")).to_have_count(2)


@pytest.mark.slow
@pytest.mark.parametrize("path", [WRONG, FAULTY], ids=["text", "pages"])
def test_either_side_finds_the_other_by_keys(path: Path, watched: Watched) -> None:
    give(watched, path)
    page = watched.page
    page.locator("#verdict").focus()
    for key, number in (("j", 1), ("j", 2), ("J", 3), ("k", 2)):
        page.keyboard.press(key)
        expect(page.locator(f'[data-entry="{number}"]')).to_have_attribute("aria-current", "true")
        expect(page.locator(f'[data-entry="{number}"]')).to_be_in_viewport()
    page.keyboard.press("Enter")
    focused = page.locator('[data-mark="2"]').first
    expect(focused).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator('[data-entry="2"]')).to_be_focused()
    # The focus is seen.
    page.locator('[data-entry="2"] .why').focus()
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


@pytest.mark.slow
def test_why_tells_what_the_rule_is_for(watched: Watched) -> None:
    give(watched, WRONG)
    page = watched.page
    button = page.locator('[data-entry="2"] .why')
    expect(button).to_have_attribute("aria-expanded", "false")
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(page.locator('[data-entry="2"] dl')).to_contain_text("依据")
    button.press("Enter")
    expect(page.locator('[data-entry="2"] dl')).to_be_hidden()


def download(watched: Watched, button: str) -> tuple[str, bytes]:
    with watched.page.expect_download() as waiting:
        watched.page.locator(button).click()
    path = waiting.value.path()
    return waiting.value.suggested_filename, Path(path).read_bytes()


@pytest.mark.slow
def test_what_is_downloaded_is_what_the_commands_write(
    watched: Watched, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "第 11 期.md"
    path.write_text(WRONG.read_text("utf-8"), encoding="utf-8")
    give(watched, path)
    monkeypatch.chdir(tmp_path)
    command("signoff", path.name, "-o", "sheet.html", "--isolated")
    command("check", path.name, "--fix", "--isolated")

    expect(watched.page.locator("#get-fixed")).to_have_text("下载安全修复后的文件（2 处）")
    assert download(watched, "#get-fixed") == (path.name, path.read_bytes())
    name, sheet = download(watched, "#get-sheet")
    assert name == "第 11 期-签发单.html"
    without_time = [re.sub(b"<time>[^<]*", b"", each) for each in (sheet, Path("sheet.html").read_bytes())]
    assert without_time[0] == without_time[1]
    expect(watched.page.locator("#get-marked")).to_be_hidden()


@pytest.mark.slow
def test_the_marked_copy_is_downloaded(watched: Watched, command: Command, tmp_path: Path) -> None:
    give(watched, FAULTY)
    command("check", FAULTY, "--annotate", tmp_path / "out.pdf", "--isolated")

    assert download(watched, "#get-marked") == ("faulty-typst-批注.pdf", (tmp_path / "out.pdf").read_bytes())
    expect(watched.page.locator("#get-fixed")).to_be_hidden()


@pytest.mark.slow
def test_what_a_file_holds_is_shown_and_does_nothing(watched: Watched, tmp_path: Path) -> None:
    path = tmp_path / HOSTILE_NAME
    path.write_text(WRONG.read_text("utf-8").replace("文化馆教师", HOSTILE + "3月05日"), encoding="utf-8")
    give(watched, path)
    page = watched.page

    expect(page.locator("#pages")).to_contain_text("<script>alert(1)</script>")
    expect(page.locator("#pages")).to_contain_text("{{ 7*7 }}")
    expect(page.locator("#pages .unseen")).to_have_text(["U+202E", "U+200B"])
    expect(page.locator("#name")).to_contain_text(HOSTILE_NAME)
    assert page.locator("main script, main iframe, main [onerror], img:not(#timeline)").count() == 0
    assert "\u202e" not in page.locator("body").inner_text()


@pytest.mark.slow
def test_of_many_files_those_with_errors_are_found(watched: Watched, tmp_path: Path) -> None:
    for number in range(70):
        source = WRONG if number % 7 == 0 else CLEAN
        shutil.copy(source, tmp_path / f"{number}.md")
    drop(watched, *sorted(tmp_path.iterdir()))
    page = watched.page
    expect(page.locator("#status")).to_contain_text("检查完 70 份", timeout=120_000)
    lines = page.locator("#table tbody tr")
    expect(lines).to_have_count(70)
    page.locator("#only-wrong").check()
    first = page.locator("#table tbody td:first-child")
    # All are said to be one issue, so that the series finds fault with more than ten.
    assert 10 <= lines.count() <= 70
    page.locator("#only-wrong").uncheck()
    page.locator("#table thead button", has_text="文件").click()
    expect(page.locator("#table thead th").first).to_have_attribute("aria-sort", "descending")
    expect(first.first).to_have_text("69.md")
    page.locator("#table thead button", has_text="文件").click()
    expect(first.nth(2)).to_have_text("2.md")
    page.locator("#table thead button", has_text="错误").click()
    counts = [int(text) for text in page.locator("#table tbody td:nth-child(4)").all_inner_texts()]
    assert counts == sorted(counts, reverse=True)
    first.nth(1).locator("button").click()
    expect(page.locator("#verdict")).to_be_focused()
    page.locator("#clear").click()
    expect(lines).to_have_count(0)
    expect(page.locator("#file")).to_be_hidden()


@pytest.mark.slow
def test_a_file_that_kills_its_reader_is_told_and_the_next_is_checked(
    watched: Watched, tmp_path: Path
) -> None:
    killer = tmp_path / "killer.pdf"
    shutil.copy(FAULTY, killer)
    give(watched, killer)
    expect(watched.page.locator("#verdict")).to_have_text("未能检查")
    expect(watched.page.locator("#failures")).to_contain_text("崩溃")
    give(watched, WRONG)
    expect(watched.page.locator("#table tbody tr")).to_have_count(2)


@pytest.mark.slow
def test_while_the_program_loads_its_rules_that_is_said(browser: Any, page: Served) -> None:
    watched = Watched(browser)
    said, held = {"ready": False}, []

    def about(route: Any) -> None:
        route.fulfill(json={**route.fetch().json(), **said})

    watched.page.route("**/about", about)
    watched.page.route("**/files", lambda route: held.append(route))
    watched.page.goto(page.address)
    watched.page.locator("#files").set_input_files([str(WRONG)])
    expect(watched.page.locator("#status")).to_have_text("程序正在准备，请稍候。已检查 0 / 1 份")
    expect(watched.page.locator("#table tbody")).to_contain_text("程序正在准备")
    said["ready"] = True
    expect(watched.page.locator("#status")).to_have_text("已检查 0 / 1 份")
    expect(watched.page.locator("#table tbody")).to_contain_text("正在检查")
    held[0].continue_()
    expect(watched.page.locator("#status")).to_contain_text("检查完 1 份", timeout=60_000)
    watched.close()


@pytest.mark.slow
def test_when_the_program_has_ended_that_is_said(browser: Any) -> None:
    watched = Watched(browser)
    with served() as page:
        watched.page.goto(page.address)
        expect(watched.page.locator("h1")).to_be_visible()
        give(watched, WRONG)
    watched.page.locator("#get-sheet").click()
    expect(watched.page.locator("#status")).to_contain_text("没有连上程序")
    watched.close()


@pytest.mark.slow
def test_the_code_opens_the_page_and_leaves_the_address(browser: Any) -> None:
    with served(is_shared=True) as page:
        watched = Watched(browser)
        local = f"http://127.0.0.1:{page.port}/"
        watched.page.goto(f"{local}#{page.code}")
        expect(watched.page).to_have_url(local)
        give(watched, WRONG)
        watched.close()
        stranger = Watched(browser)
        stranger.page.goto(local)
        expect(stranger.page.locator("#status")).to_contain_text("完整网址")
        stranger.page.goto("about:blank")
        stranger.page.goto(f"{local}#wrong")
        expect(stranger.page.locator("#status")).to_contain_text("验证码不对")
        stranger.close()


@pytest.mark.slow
def test_the_series_of_the_folder_is_shown(browser: Any, tmp_path: Path) -> None:
    shutil.copy(CLEAN, tmp_path / "a.md")
    with served(folder=str(tmp_path)) as page:
        watched = Watched(browser)
        watched.page.goto(page.address)
        picture = watched.page.locator("#timeline")
        expect(picture).to_be_visible()
        expect(picture).to_have_js_property("complete", True)  # noqa: FBT003
        assert picture.evaluate("node => node.naturalWidth") > 500
        watched.close()


@pytest.mark.slow
@pytest.mark.parametrize("width", [1366, 683, 640])
def test_it_fits_and_is_accessible(width: int, browser: Any, page: Served, command: Command) -> None:
    """683 pixels is what a window of 1366 has at 200 %."""
    # The script of axe is not let in by the page's own policy.
    watched = Watched(browser, viewport={"width": width, "height": 768}, bypass_csp=True)
    watched.page.goto(page.address)
    assert watched.axe() == []
    give(watched, FAULTY, WRONG)
    assert not watched.overflows()
    assert watched.axe() == []
    watched.page.locator("#table tbody button").nth(1).click()
    watched.page.locator(".why").first.click()
    assert not watched.overflows()
    assert watched.axe() == []
    watched.close()
