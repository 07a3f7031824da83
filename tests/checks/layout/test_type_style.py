"""Sizes and faces of type, by whatever name a maker gives them."""

from __future__ import annotations

import re

import pytest

from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.rulebook.load import load_rulebook
from laid_out import PARAGRAPH, pages, run


@pytest.mark.parametrize(
    ("code", "right", "wrong"),
    [
        (
            "LAY107",
            [
                "FangSong",
                "FangSong_GB2312",
                "SimFang",
                "STFangsong",
                "FZFSK--GBK1-0",
                "FZFangSong-Z02S",
                "仿宋_GB2312",
            ],
            ["SimSun", "STSong-Light", "FZXBSJW--GB1-0", "KaiTi", "FangZhengShuSong"],
        ),
        (
            "LAY109",
            ["FZXBSJW--GB1-0", "FZXiaoBiaoSong-B05S", "方正小标宋简体"],
            ["SimHei", "STZhongsong", "SimSun"],
        ),
        (
            "LAY012",
            ["SimHei", "STHeiti", "FZHTK--GBK1-0", "NotoSansCJKsc-Regular"],
            ["MicrosoftYaHei", "FangSong"],
        ),
        ("LAY112", ["KaiTi_GB2312", "STKaiti", "FZKTK--GBK1-0", "楷体"], ["SimHei", "FangSong"]),
        (
            "LAY223",
            ["SimSun", "NSimSun", "STSong-Light", "宋体", "NotoSerifCJKsc-Regular"],
            ["FangSong", "STZhongsong"],
        ),
    ],
)
def test_fonts_are_known_by_the_names_that_makers_give_them(
    code: str, right: list[str], wrong: list[str]
) -> None:
    rule = load_rulebook(Settings(extends=("gongwen",)), CompiledStore()).rules[code]
    patterns = [re.compile(pattern) for pattern in rule.parameters["allow"]]

    assert right == [name for name in [*right, *wrong] if any(each.search(name) for each in patterns)]


def test_names_that_drivers_give_say_nothing() -> None:
    (unnamed,) = (
        load_rulebook(Settings(extends=("gongwen",)), CompiledStore()).rules["LAY107"].parameters["unnamed"]
    )
    names = ["CIDFont+F1", "F3", "TT2", "Font12", "GlyphLessFont", "SimSun", "FangSong", "Hei", "XBS"]

    assert names[:5] == [name for name in names if re.fullmatch(unnamed, name)]


def test_a_font_without_a_name_says_nothing() -> None:
    for name in ("", "CIDFont+F1"):
        document = pages({**PARAGRAPH, "font": name})
        assert "cannot-assess" == run("typeface", document, allow=["Fang"], unnamed=["CIDFont.F[0-9]+"])


def test_latin_lines_say_nothing_of_chinese_type() -> None:
    address = {"size": 10.0, "font": "Times", "text": "https://www.volunteer.yunxi.example.cn/spring/"}

    assert [] == run("type-size", pages(PARAGRAPH, address), expected=16.0, below=1.0, above=1.0)
