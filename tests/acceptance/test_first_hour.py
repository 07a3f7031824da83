"""An editor's first hour: twenty-five mistakes in a Word file, each found by the page in words to act on."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, NamedTuple

import docx
import pytest

from served import Served, served


class Mistake(NamedTuple):
    """A mistake, and what the page must say of it for a person who does not program."""

    paragraph: str
    wrong: str
    """The words that it is about; "" where something is missing at the paragraph."""
    says: str
    """Words of the message: what is wrong and what is right."""


MISTAKES = (
    Mistake("第 012 期", "第 012 期", "应为“第 12 期”"),
    Mistake("街道“三个到位”办好居民来信", "“三个到位”", "应有 3 项，实有 2 项"),
    Mistake("4月31日，街道开会研究居民来信的办理办法，社区负责人参加。", "4月31日", "日历上没有“4月31日”"),
    Mistake("3月8日（星期日），街道请居民代表看办理现场，当面听取意见。", "星期日", "不是星期日，而是星期五"),
    Mistake("居民来信当天登记,当天转给社区办理，第二天给居民回电话。", ",", "半角“,”，应为“，”"),
    Mistake("河东社区的服务站如期峻工，居民办事不用再跑远路。", "峻工", "“峻工”应为“竣工”"),
    Mistake("24年1月以来，街道收到居民来信58件，件件都有登记。", "24年", "应写四位数字"),
    Mistake("三、回访到位", "三、", "不连续，前一项是“一、”，应为“二、”"),
    Mistake("志愿者的的回访受到居民好评，独居老人尤其满意。", "的的", "“的的”应为“的”"),
    Mistake("街道印发《关于办好居民来信的通知，社区干部人手一份。", "《", "没有对应的「》」"),
    Mistake("居民来信由100件增至120件，增长25%，多数说的是停车。", "25", "应为 20"),
    Mistake("社区拿出.5万元，给老楼装上扶手，居民上下楼方便了。", ".5", "应为“0.5”"),
    Mistake("服务热线从二00八年开通，一直有人值守，居民信得过。", "二00八", "应为“二〇〇八”"),
    Mistake("河西社区的车棚由（待补充）牵头改造，月底可以停车。。", "待补充", "未填写的空缺"),
    Mistake("河西社区的车棚由（待补充）牵头改造，月底可以停车。。", "。。", "“。。”应为“。”"),
    Mistake("按照区里文件（沿政发[2024]5号）的要求，来信都要回访。", "[2024]5号", "应为“〔2024〕5号”"),
    Mistake("大约有30多人左右参加了楼门长的培训，学习怎样登记。", "多人左右", "约数词重复"),
    Mistake("3月10日下午15时，街道调度来信办理，社区逐件说明。", "下午", "与二十四小时制的15时重复"),
    Mistake("会上，居民代表同意把办理结果贴出来，赞成的占９５%。", "９５", "应为“95”"),
    Mistake("截止目前，代表们提的十条意见，社区都给了答复。", "截止", "用“截至”"),
    Mistake("截止目前，代表们提的十条意见，社区都给了答复。", "", "文章末尾缺少供稿单位"),
    Mistake("责编：", "责编", "“责编”后没有内容"),
    Mistake("责编：", "", "缺少报送范围"),
    Mistake("核稿：王某某　电话：010-876543", "010-876543", "少一位"),
    Mistake("邮箱：yanhe@@example.com", "yanhe@@example.com", "不是有效的邮箱地址"),
)
RIGHT = {
    "沿河街道工作简报": "第 012 期",
    "（总第 86 期）": "街道“三个到位”办好居民来信",
    "沿河街道办事处　　　　2024年3月12日": "街道“三个到位”办好居民来信",
    "一、登记到位": "居民来信当天登记,当天转给社区办理，第二天给居民回电话。",
}
"""Paragraphs without a mistake, each with the one that stands behind it."""


def paragraphs() -> list[str]:
    """The bulletin, in order."""
    found: list[str] = []
    for paragraph in dict.fromkeys(mistake.paragraph for mistake in MISTAKES):
        found += [right for right, behind in RIGHT.items() if behind == paragraph]
        found.append(paragraph)
    return found


def word_file() -> bytes:
    """The bulletin as Word would save it."""
    document = docx.Document()
    for paragraph in paragraphs():
        document.add_paragraph(paragraph)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def shown() -> Iterator[dict[str, Any]]:
    """What the page shows of the file once it was dropped there."""
    with served() as page:
        yield told(page)


def told(page: Served) -> dict[str, Any]:
    answer = page.drop("简报.docx", word_file())
    assert answer.status == 200
    found: dict[str, Any] = answer.json()
    return found


def text_of(parts: list[Any]) -> str:
    """Words as the page gets them: pieces, each with whether it stands for something unseen."""
    return "".join(words for _, words in parts)


def test_there_are_twenty_five() -> None:
    assert len(MISTAKES) == len(set(MISTAKES)) == 25


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.wrong or mistake.says)
def test_a_mistake_is_found_at_its_paragraph_with_words_to_act_on(
    shown: dict[str, Any], mistake: Mistake
) -> None:
    number = paragraphs().index(mistake.paragraph) + 1
    here = [mark for mark in shown["marks"] if f"第 {number} 段" in mark["place"]]
    fitting = [mark for mark in here if mistake.says in text_of(mark["message"])]

    assert len(fitting) == 1, here
    assert mistake.wrong in text_of(fitting[0]["excerpt"])


def test_nothing_else_is_said(shown: dict[str, Any]) -> None:
    assert len(shown["marks"]) == len(MISTAKES)
    # Severities in the editor's words, and no word of programs.
    assert {mark["word"] for mark in shown["marks"]} <= {"错误", "警告", "建议"}
    assert shown["failures"] == []
    assert shown["verdict"] == "有 14 处错误，改正后再签发"
