"""What may stand in a masthead beside title, number, office and date, and what stands there and is the text's."""

from __future__ import annotations

import pytest

from bulletin_lint import parse
from bulletin_lint.model.document import Document

FIRST = "茶园里装上防霜风机"
BODY = f"""
{FIRST}

　　3月2日夜里降温，茶园里的二十台防霜风机转了一夜，新芽没有冻坏。
（县茶叶站）

三所学校错开放学时间

　　三所学校隔得近，放学时间错开二十分钟后，校门前的路不堵了。
（县教育局）

编辑：柳青禾　　审核：唐问渠　　电话：0571-55550180
报：市政府办公室。
"""
TITLE, NUMBER, OFFICE, DATE = "松湖县农情简报", "第9期", "松湖县农业农村局", "2025年3月6日"
PARTS = ("title", "issue_number", "office", "date")


def read(text: str) -> Document:
    return parse(text.encode(), "9.txt", cache=False)


def masthead(document: Document) -> list[str | None]:
    """The texts of title, number, office and date."""
    head = document.bulletin.child("masthead")
    assert head is not None
    return [None if (part := head.child(name)) is None else part.text for name in PARTS]


def titles(document: Document) -> list[str | None]:
    return [
        None if (title := article.child("title")) is None else title.text
        for article in document.bulletin.list("articles")
    ]


def labels(document: Document) -> list[str]:
    assert document.structure is not None
    return list(document.structure.labels)


@pytest.mark.parametrize(
    ("head", "parts"),
    [
        pytest.param(
            [TITLE, NUMBER, f"{OFFICE}　　发布日期：{DATE}"],
            [TITLE, NUMBER, OFFICE, DATE],
            id="a label amid a line",
        ),
        pytest.param(
            [TITLE, NUMBER, f"{OFFICE}  编发日期：{DATE}"],
            [TITLE, NUMBER, OFFICE, DATE],
            id="behind two spaces",
        ),
        pytest.param(
            [TITLE, "不误农时　不荒寸土", NUMBER, f"{OFFICE}　　{DATE}"],
            [TITLE, NUMBER, OFFICE, DATE],
            id="a motto below the title",
        ),
        pytest.param(
            [OFFICE, "松湖县气象局", TITLE, NUMBER, DATE],
            [TITLE, NUMBER, OFFICE, DATE],
            id="two offices above the title",
        ),
        pytest.param(
            [OFFICE, "松湖县气象局", TITLE, "不误农时　不荒寸土", NUMBER, DATE],
            [TITLE, NUMBER, OFFICE, DATE],
            id="two offices and a motto",
        ),
        pytest.param(
            [TITLE, NUMBER, f"{DATE}　星期四", f"主办：{OFFICE}　　承办：松湖县气象局"],
            [TITLE, NUMBER, OFFICE, DATE],
            id="a weekday, and who issues it behind its label",
        ),
        pytest.param(
            [TITLE, NUMBER, f"{OFFICE}　　{DATE}", "预警级别：蓝色"],
            [TITLE, NUMBER, OFFICE, DATE],
            id="another field joined to the date",
        ),
        pytest.param(
            [TITLE, NUMBER, "春耕备播专班　编　2025-03-06"],
            [TITLE, NUMBER, "春耕备播专班", "2025-03-06"],
            id="编 apart from the office",
        ),
        pytest.param(
            [TITLE, NUMBER, "松湖茶业研究所编", DATE],
            [TITLE, NUMBER, "松湖茶业研究所", DATE],
            id="编 at the office",
        ),
        pytest.param(
            [TITLE, NUMBER, DATE, "松湖驿站编"],
            [TITLE, NUMBER, "松湖驿站", DATE],
            id="编 at an office of any name",
        ),
        pytest.param(
            [TITLE, NUMBER, f"{OFFICE}　　　　签发：季望舒", DATE],
            [TITLE, NUMBER, OFFICE, DATE],
            id="who approved it wide apart behind the office",
        ),
        pytest.param(
            ["松湖农业周刊（第31号）", f"{OFFICE}　　{DATE}"],
            ["松湖农业周刊", "第31号", OFFICE, DATE],
            id="a number in brackets",
        ),
        pytest.param(
            [TITLE, "VOL.4", f"{OFFICE}　　{DATE}"], [TITLE, "VOL.4", OFFICE, DATE], id="a volume's number"
        ),
    ],
)
def test_what_stands_beside_title_and_number_is_the_masthead_s(head: list[str], parts: list[str]) -> None:
    document = read("\n".join(head) + "\n" + BODY)

    assert parts == masthead(document)
    assert [FIRST, "三所学校错开放学时间"] == titles(document)
    assert ["M"] * len(head) == labels(document)[: len(head)]


@pytest.mark.parametrize(
    "labels_above", ["份号：\n密级：", "密级：　　　　　份号：", "份号：\n密级：\n紧急程度："]
)
def test_several_labels_without_values_above_the_title_are_the_masthead_s(labels_above: str) -> None:
    document = read(f"{labels_above}\n{TITLE}\n{NUMBER}\n{OFFICE}　　{DATE}\n{BODY}")

    assert [TITLE, NUMBER, OFFICE, DATE] == masthead(document)
    assert [FIRST, "三所学校错开放学时间"] == titles(document)


@pytest.mark.parametrize("label", ["密级：", "密级：　　　　", "缓急:", "紧急程度："])
def test_a_label_without_its_value_above_the_title_is_the_masthead_s(label: str) -> None:
    document = read(f"{label}\n{TITLE}\n{NUMBER}\n{OFFICE}\n{DATE}\n{BODY}")

    assert [TITLE, NUMBER, OFFICE, DATE] == masthead(document)
    assert ["M"] * 5 == labels(document)[:5]


def test_who_approved_the_issue_is_the_imprint_s_wherever_it_stands() -> None:
    document = read(f"{TITLE}\n{NUMBER}\n{OFFICE}　　　　签发：季望舒\n{DATE}\n{BODY}")
    imprint = document.bulletin.child("imprint")

    assert imprint is not None
    approver = imprint.child("approver")
    assert approver is not None
    assert "季望舒" == approver.fields["value"]


@pytest.mark.parametrize("line", ["三件农事要抓紧", "春耕物资备足", "倒春寒要防"])
def test_a_short_line_over_a_title_is_no_motto_where_no_number_follows(line: str) -> None:
    document = read(f"{line}\n{BODY}")

    assert [None] * 4 == masthead(document)
    assert "M" not in labels(document)


@pytest.mark.parametrize("title", ["敬老院的老人学会竹编", "乡土教材自己编", "旧县志重印"])
@pytest.mark.parametrize("second", ["", "——文化站里的一个冬天\n\n"])
def test_a_title_that_ends_as_an_office_does_is_over_its_text(title: str, second: str) -> None:
    text = "　　文化站开了一个冬天的课，学员六十人，作品摆满了两间屋。"
    document = read(f"{TITLE}\n{NUMBER}\n{DATE}\n\n{title}\n\n{second}{text}\n（县文化馆）\n{BODY}")

    assert [TITLE, NUMBER, None, DATE] == masthead(document)
    assert title == (titles(document)[0] or "").split()[0]


@pytest.mark.parametrize(
    ("joined", "first"),
    [
        (FIRST, FIRST),
        (f"{FIRST}\n\n——倒春寒里的三天", f"{FIRST} ——倒春寒里的三天"),
        ("关于在全县茶园里装上\n\n防霜风机的通报", "关于在全县茶园里装上防霜风机的通报"),
        (f"茶园消息：{FIRST}", f"茶园消息：{FIRST}"),
    ],
)
def test_a_title_joined_to_the_date_is_its_article_s(joined: str, first: str) -> None:
    body = BODY.replace(f"\n{FIRST}\n", f"{joined}\n", 1)
    document = read(f"{TITLE}\n{NUMBER}\n{OFFICE}　　{DATE}\n{body}")

    assert [TITLE, NUMBER, OFFICE, DATE] == masthead(document)
    assert [first, "三所学校错开放学时间"] == titles(document)


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["松湖县", "农情工作简报"], "松湖县农情工作简报"),
        (["松　湖　县", "农情简报"], "松湖县农情简报"),
        (["送阅件", "松湖县农情简报"], "松湖县农情简报"),
        (["送阅件", "", "松湖县农情简报"], "松湖县农情简报"),
        (["不误农时　不荒寸土", "松湖农情简报"], "松湖农情简报"),
        (["建设美丽乡村", "松湖县农情简报"], "松湖县农情简报"),
        (["松湖区第九届人民代表大会第二次会议", "会议简报"], "松湖区第九届人民代表大会第二次会议"),
    ],
)
def test_a_series_title_begins_in_the_line_above_or_has_other_words_there(
    lines: list[str], title: str
) -> None:
    head = read("\n".join([*lines, NUMBER, f"{OFFICE}　　{DATE}", BODY])).bulletin.child("masthead")

    assert head is not None
    found = head.child("title")
    assert found is not None
    assert title == found.fields["value"]
