"""Comparisons with what a browser prints, and their sheet in one."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

import pytest

from browsers import Watched
from bulletin_lint.cli.main import main
from harness import FIXTURES

pytestmark = pytest.mark.slow

SOURCE = FIXTURES / "producers" / "dense.md"


HEAD = ("青岚县读书简报", "第5期", "青岚县文化馆　2019年10月9日", "农家书屋使用情况")
BODY = (
    "全县农家书屋现有藏书38.4万册，平均每家3048册，其中近3年出版的只占12.6%，讲种植、养殖的实用技术书籍大多是10年前的版本，"
    "有的连书页都没有裁开。村里的管理员翻出一本栽培手册，书里介绍的品种早就没有人种了。问卷显示，认为想看的书找不到的读者占61%，"
    "排在各项意见的第一位；认为开放时间不合适的占23%，认为离家太远的占11%。多数村民希望增加少儿读物、健康养生和地方戏曲方面的图书，"
    "不少年轻人则希望书屋能够提供电子书和有声书，一部手机就能借，一边干活一边听。调查组随机抽查了20家书屋的借阅登记簿，"
    "发现有7家全年登记不足50人次，而同一个村的快递代办点每天进出的人就超过了这个数字，群众对此意见不小。"
)


def test_a_paragraph_in_two_columns_says_the_same(browser: Any, tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text("\n\n".join([*HEAD, BODY]) + "\n", encoding="utf-8")
    html = (
        "<style>@page{size:A4;margin:25mm} p{font:12pt/1.8 'Noto Sans CJK SC';margin:0 0 12pt}"
        ".two{column-count:2;column-gap:12mm;text-align:justify}</style>"
        + "".join(f"<p>{escape(each)}</p>" for each in HEAD)
        + f"<div class=two><p>{escape(BODY)}</p></div>"
    )
    watched = Watched(browser)
    finals = []
    for number, content in enumerate((html, html.replace("12.6%", "12.7%"))):
        finals.append(tmp_path / f"{number}.pdf")
        watched.page.set_content(content)
        watched.page.pdf(path=str(finals[-1]), prefer_css_page_size=True)
    watched.close()

    assert main(["compare", str(source), str(finals[0]), "--isolated"]) == 0
    # A figure that was changed in the PDF alone.
    assert main(["compare", str(source), str(finals[1]), "--isolated"]) == 1
    assert main(["compare", str(finals[0]), str(finals[1]), "--isolated"]) == 1


def test_the_sheet_is_inert_and_fits_and_is_accessible(browser: Any, tmp_path: Path) -> None:
    path, sheet = tmp_path / "<b>.md", tmp_path / "sheet.html"
    path.write_text(
        SOURCE.read_text("utf-8").replace("3.4倍", "3.5倍<script>alert(1)</script>"), encoding="utf-8"
    )
    final = FIXTURES / "producers" / "dense-typst.pdf"
    assert main(["compare", str(path), str(final), "--isolated", "-o", str(sheet)]) == 1
    watched = Watched(browser, viewport={"width": 640, "height": 768}, bypass_csp=True)
    watched.page.goto(sheet.as_uri())

    assert not watched.overflows()
    assert watched.dialogs == []
    assert [url for url in watched.requests if not url.startswith("data:")] == [sheet.as_uri()]
    assert watched.axe() == []
    watched.close()
