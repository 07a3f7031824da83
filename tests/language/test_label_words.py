"""Every label word of the built-in forms names its field when a bulletin is read.

The words are written down here too: one that is lost from the forms is missed, one that is new is asked for.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from harness import ROOT, Command

WORDS = {
    "imprint": {
        "editor": "责编 责任编辑 编辑 文字编辑 总编 副总编 总编辑 副总编辑 执行总编 执行编辑 值班编辑 编辑人 主编 副主编 执行主编 编审 编发 编排 编校 编委 编制 制作 采编 组稿 统稿 责任编缉"
        " 本期责编 本期责任编辑 本期编辑 本期主编 本期执行编辑 本期值班编辑",
        "reviewer": "核稿 审核 审定 校对 校核 审稿 核校 审校 审签 审读 审阅 复核 校阅 本期审签 审核人 审稿人 核稿人 校对人 责任校对"
        " 本期审核 本期审稿 本期核稿 本期校对 本期审校",
        "approver": "签发 签发人 批准 本期签发",
        "writer": "文字 撰稿 撰稿人 作者 供稿 供稿单位 通讯员 记者 拟稿 本期撰稿 本期供稿",
        "photographer": "摄影 图片 供图 本期摄影 本期图片",
        "phone": "电话 联系电话 监督电话 村务监督电话 社区服务热线 值班电话 热线电话 热线 本期联系电话 电话号码 办公电话"
        " 手机 手机号 手机号码 TEL Tel 联系方式 投稿电话 投稿热线 来稿来电"
        " 编辑部电话 来稿电话 供稿热线 24小时值班电话",
        "fax": "传真 传真电话 传真号码 FAX Fax",
        "email": "邮箱 电子邮箱 电子信箱 投稿邮箱 电子邮件 信箱 联系邮箱 来稿邮箱 供稿邮箱 编辑部邮箱 来稿信箱 投稿信箱"
        " E-mail E-MAIL Email EMAIL email e-mail",
        "website": "网址 网站",
        "address": "地址 编辑部 编辑部地址 通讯地址 通信地址 邮编 邮政编码",
        "duty": "值班员 值班人 值班人员 值班领导 带班领导 带班人 交班人 接班人",
        "contact_person": "联系人 联络人 本期联系人",
        "topic": "主题词",
        "publisher": "印制 承印 印刷",
    },
    "distribution": {
        "main": "主送",
        "report": "报 呈 呈阅 抄报 呈报 报送 呈送 上报",
        "send": "送 抄送 分送 赠阅 送达",
        "issue": "发 发至 此件发至 下发 印发 抄发 本期发送 本期发 发送 本期增发 发送范围 发送对象 分送范围 分发范围",
    },
    "copies": {
        "copies": "印数 份数 印刷份数",
    },
    "masthead": {
        "office": "编发单位 主办 主办单位 编印 编印单位 编制 编发 编写单位 承办单位 主编单位",
        "date": "编发日期 日期 印发日期 出版日期 出刊日期 签发日期 发布日期 发布时间 编印日期 出版时间 出刊时间",
    },
    "attribution": {
        "source": "来源 文章来源 出处 供稿 供稿单位 单位 供稿人 作者 通讯员 记者 稿件来源 信息来源"
        " 反映人 反映单位 提交人 提案人 提供单位 撰写人 报告人 投稿人 来稿单位 报道员 信息员 素材来源 原作者 稿源 报送单位"
        " 报送部门 报送人 供稿部门 撰稿单位 上报单位 呈报单位 推荐单位 素材提供 信息提供 材料提供 线索来源 作者单位",
        "writer": "撰稿 撰稿人 撰文 文 文字 采写 编写 整理 整理人 记录人",
    },
}
"""Group and field to the label words, a space between two."""
MASTHEAD = ["# 松湖区情况简报", "第1期"]
ARTICLE = ["## 各区动态", "各村走访了老人，共走访三次。", "（青石镇）"]
SPACES = ["", "\u3000"]
"""What may stand inside a label word of two characters that is set as wide as its neighbours."""


def words(group: str) -> list[tuple[str, str]]:
    """Every field of a group with each of its words."""
    return [(field, word) for field, listed in WORDS[group].items() for word in listed.split()]


def extracted(command: Command, folder: Path, blocks: list[str]) -> dict[str, Any]:
    path = folder / "1.md"
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
    outcome = command("extract", path, "--format", "json")
    assert (0, "") == (outcome.code, outcome.err)
    found = json.loads(outcome.out)
    assert isinstance(found, dict)
    return found


def wide(word: str, space: str) -> str:
    """A word of two characters with space between them; a longer one as it is."""
    return space.join(word) if len(word) == 2 else word


def test_the_words_here_are_those_of_the_forms() -> None:
    forms = yaml.safe_load((ROOT / "rules" / "bulletin" / "anatomy.yaml").read_text("utf-8"))["labels"]

    assert WORDS == {
        group: {field: " ".join(entry["words"]) for field, entry in fields.items()}
        for group, fields in forms.items()
    }


@pytest.mark.parametrize("colon", ["：", ":"])
@pytest.mark.parametrize("space", SPACES, ids=["close", "wide"])
def test_every_label_of_the_imprint_is_read(command: Command, tmp_path: Path, colon: str, space: str) -> None:
    listed = words("imprint")
    lines = [f"{wide(word, space)}{colon}云溪{number}" for number, (_, word) in enumerate(listed)]

    imprint = extracted(command, tmp_path, [*MASTHEAD, *ARTICLE, *lines])["imprint"]

    found = {
        (field, "".join(entry["label"].split()), entry["value"])
        for field, first in imprint.items()
        if first is not None
        for entry in (first, *first.get("more", ()))
    }
    assert {(field, word, f"云溪{number}") for number, (field, word) in enumerate(listed)} == found


@pytest.mark.parametrize("colon", ["：", ":"])
@pytest.mark.parametrize("space", SPACES, ids=["close", "wide"])
def test_every_label_of_the_distribution_is_read(
    command: Command, tmp_path: Path, colon: str, space: str
) -> None:
    listed = words("distribution")
    lines = [f"{wide(word, space)}{colon}云溪{number}办公室" for number, (_, word) in enumerate(listed)]

    found = extracted(command, tmp_path, [*MASTHEAD, *ARTICLE, *lines, "责编：王某"])["distribution"]

    assert [(role, word, f"云溪{number}办公室") for number, (role, word) in enumerate(listed)] == [
        (entry["role"], "".join(entry["label"].split()), entry["value"]) for entry in found
    ]


@pytest.mark.parametrize("word", WORDS["copies"]["copies"].split())
def test_every_label_of_the_print_run_is_read(command: Command, tmp_path: Path, word: str) -> None:
    lines = ["责编：王某", f"{word}：200份"]

    assert extracted(command, tmp_path, [*MASTHEAD, *ARTICLE, *lines])["copies"]["value"] == 200


@pytest.mark.parametrize("word", WORDS["masthead"]["office"].split())
def test_every_label_of_the_issuing_office_is_read(command: Command, tmp_path: Path, word: str) -> None:
    """The office has a name that no office's ends like, so that nothing but the label speaks for it."""
    found = extracted(command, tmp_path, [*MASTHEAD, f"{word}：云溪驿站", *ARTICLE, "责编：王某"])

    assert ("云溪驿站", 5) == (found["masthead"]["office"]["value"], found["masthead"]["office"]["line"])


@pytest.mark.parametrize("word", WORDS["masthead"]["date"].split())
def test_every_label_of_the_issue_date_is_read(command: Command, tmp_path: Path, word: str) -> None:
    found = extracted(command, tmp_path, [*MASTHEAD, f"{word}：2026年3月6日", *ARTICLE, "责编：王某"])

    assert ("2026-03-06", 5) == (found["masthead"]["date"]["value"], found["masthead"]["date"]["line"])


def test_every_label_of_a_source_is_read(command: Command, tmp_path: Path) -> None:
    listed = words("attribution")
    blocks = [
        block
        for number, (_, word) in enumerate(listed)
        for block in (f"## 云溪镇清理河道{number}", "各村清理了河道，共清理三次。", f"{word}：云溪{number}村")
    ]

    found = extracted(command, tmp_path, [*MASTHEAD, *blocks, "报：区政府"])["articles"]

    assert [(f"{word}：云溪{number}村", f"云溪{number}村") for number, (_, word) in enumerate(listed)] == [
        (article["attribution"]["text"], article["attribution"]["value"]) for article in found
    ]


DATE_WORDS = "周五 星期五 星期日 星期天 （星期五） (周五) 上午 下午 9时 15:30 15：30 上午9时 下午3时30分 印发 出版 编印 编发"


@pytest.mark.parametrize("word", DATE_WORDS.split())
def test_a_date_s_own_words_may_stand_beside_it(command: Command, tmp_path: Path, word: str) -> None:
    line = f"松湖区政府办公室　　2026年3月6日　　{word}"
    found = extracted(command, tmp_path, [*MASTHEAD, line, *ARTICLE, "责编：王某"])

    masthead = found["masthead"]
    assert ("松湖区政府办公室", "2026-03-06") == (masthead["office"]["value"], masthead["date"]["value"])
    assert ["各区动态"] == [article["title"]["text"] for article in found["articles"]]
