"""Where the imprint begins, and what it holds that no pack knows; the lines below the distribution list."""

from __future__ import annotations

import pytest

from bulletin_lint import parse
from bulletin_lint.model.document import Document

HEAD = "松湖县农情简报\n第9期\n松湖县农业农村局　　2025年3月6日\n\n"
FIRST, SECOND = "茶园里装上防霜风机", "三所学校错开放学时间"
TEXT = "　　3月2日夜里降温，茶园里的二十台防霜风机转了一夜，新芽没有冻坏。"
OTHER = "　　三所学校隔得近，放学时间错开二十分钟后，校门前的路不堵了。"
IMPRINT = "审核：唐问渠　　签发：季望舒　　电话：0571-55550180"
LIST = "报：市农业农村局。\n发：各乡镇农业站。\n"


def read(body: str) -> Document:
    return parse((HEAD + body).encode(), "9.txt", cache=False)


def sources(document: Document) -> list[str | None]:
    return [
        None if (source := article.child("attribution")) is None else str(source.fields["value"])
        for article in document.bulletin.list("articles")
    ]


def text_of(document: Document, part: str) -> str | None:
    found = document.bulletin.child(part)
    return None if found is None else found.text


def label_at(document: Document, words: str) -> str:
    """The label of the block that begins with some words."""
    assert document.structure is not None
    starts = [document.text[block.span.start : block.span.end].strip() for block in document.blocks]
    index = next(index for index, text in enumerate(starts) if text.startswith(words))
    label: str = document.structure.labels[index]
    return label


ARTICLES = f"{FIRST}\n\n{TEXT}\n（县茶叶站）\n\n{SECOND}\n\n{OTHER}\n"


@pytest.mark.parametrize("fields", ["分析：林知夏", "分析：林知夏　　会商：安禾、柏舟", "值守：安　禾"])
@pytest.mark.parametrize("rule", ["", "········\n", "────────\n", "\n"])
def test_fields_that_no_pack_knows_are_the_imprint_s_above_its_own(fields: str, rule: str) -> None:
    document = read(f"{ARTICLES}{rule}{fields}\n{IMPRINT}\n{LIST}")

    assert ["县茶叶站", None] == sources(document)
    assert "I" == label_at(document, fields[:3])


@pytest.mark.parametrize(
    "line", ["分析：霜冻还会来", "提醒：周末仍有霜冻，茶农要守夜。", "会商意见：再等两天"]
)
def test_words_behind_a_colon_above_the_imprint_are_no_field_where_they_name_nobody(line: str) -> None:
    document = read(f"{FIRST}\n\n{TEXT}\n　　{line}\n（县茶叶站）\n\n{IMPRINT}\n{LIST}")

    assert "I" != label_at(document, line[:3])
    assert ["县茶叶站"] == sources(document)


def test_such_a_field_far_from_the_imprint_is_the_text_s() -> None:
    document = read(
        f"{FIRST}\n\n{TEXT}\n　　分析：林知夏\n\n{SECOND}\n\n{OTHER}\n（县教育局）\n\n{IMPRINT}\n{LIST}"
    )

    assert "I" != label_at(document, "分析")


@pytest.mark.parametrize("copies", ["共印60份", "印60份", "印发60份", "共印发60份", "印数：60份"])
@pytest.mark.parametrize("gap", ["　", "  ", "\t"])
def test_the_value_of_a_field_ends_before_the_print_run(gap: str, copies: str) -> None:
    document = read(f"{ARTICLES}（县教育局）\n\n{IMPRINT}{gap}{copies}\n{LIST}")
    imprint = document.bulletin.child("imprint")

    assert imprint is not None
    assert (phone := imprint.child("phone")) is not None
    assert "0571-55550180" == phone.fields["value"]
    assert "60" in (text_of(document, "copies") or "")


@pytest.mark.parametrize("copies", ["共印60份", "（共印60份）", "印数：60份"])
def test_office_and_date_below_the_print_run_are_the_line_of_printing(copies: str) -> None:
    line = "松湖县农业农村局办公室　　2025年3月6日"
    document = read(f"{ARTICLES}（县教育局）\n\n{IMPRINT}\n{LIST}{copies}\n{line}\n")

    assert line == text_of(document, "printed")
    assert ["各乡镇农业站"] == [
        name.strip("。") for part in document.bulletin.list("distribution")[1:] for name in [part.text[2:]]
    ]


def test_receivers_that_go_on_below_the_list_are_no_line_of_printing() -> None:
    document = read(f"{ARTICLES}（县教育局）\n\n{IMPRINT}\n报：市农业农村局、市气象局、\n市应急管理局。\n")

    assert text_of(document, "printed") is None


CREDITS = ("（图片由县茶叶站提供）", "（图片由县教育局提供）")


def test_who_supplied_the_last_article_stands_below_the_credit_of_its_picture() -> None:
    first = f"{FIRST}\n\n{TEXT}\n{CREDITS[0]}\n供稿：县茶叶站　　审核：季望舒\n\n"
    second = f"{SECOND}\n\n{OTHER}\n{CREDITS[1]}\n供稿：县教育局　　审核：季望舒\n\n"
    document = read(f"{first}{second}编辑：柳青禾　　电话：0571-55550180\n{LIST}")

    assert ["县茶叶站", "县教育局"] == sources(document)


def test_below_a_source_in_brackets_the_same_words_are_the_imprint_s() -> None:
    first = f"{FIRST}\n\n{TEXT}\n（县茶叶站）\n\n{SECOND}\n\n{OTHER}\n（县教育局）\n"
    document = read(f"{first}\n供稿：松湖县农业农村局　　审核：季望舒\n编辑：柳青禾\n{LIST}")

    assert ["县茶叶站", "县教育局"] == sources(document)
    assert "I" == label_at(document, "供稿")


def fields(document: Document) -> dict[str, tuple[str, str]]:
    """Label and value of each field of the imprint."""
    imprint = document.bulletin.child("imprint")
    assert imprint is not None
    return {
        name: (str(node.fields["label"]), str(node.fields["value"]))
        for name in ("editor", "reviewer", "phone", "email")
        if (node := imprint.child(name)) is not None
    }


SIGNED = f"{FIRST}\n\n{TEXT}\n（县茶叶站）\n\n"


@pytest.mark.parametrize("editor", ["编辑", "编　辑", "编 辑"])
@pytest.mark.parametrize("phone", ["电话", "电　话"])
@pytest.mark.parametrize("apart", ["\t", "\u3000\u3000", "  "])
def test_an_imprint_in_columns_has_a_value_behind_each_label(editor: str, phone: str, apart: str) -> None:
    line = apart.join([editor, "唐问渠", phone, "55550180"])
    document = read(f"{SIGNED}{line}\n审　核\t季望舒\t邮　箱\tjx@example.cn\n\n{LIST}")

    assert {
        "editor": (editor, "唐问渠"),
        "phone": (phone, "55550180"),
        "reviewer": ("审　核", "季望舒"),
        "email": ("邮　箱", "jx@example.cn"),
    } == fields(document)
    assert ["县茶叶站"] == sources(document)


@pytest.mark.parametrize("line", ["编　排\t十二台", "机　组\t电　话", "设　备\t二十台\t审　核\t两次"])
def test_words_in_columns_that_begin_with_no_label_are_a_row_of_the_text(line: str) -> None:
    document = read(f"{FIRST}\n\n{TEXT}\n设　备\t台　数\n{line}\n（县茶叶站）\n\n{IMPRINT}\n{LIST}")

    assert "I" != label_at(document, line[:4])
    assert ("审核", "唐问渠") == fields(document)["reviewer"]


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("24小时值班电话", "phone"),
        ("监督举报电话", "phone"),
        ("编辑部电话", "phone"),
        ("县纪委监委信访电话", "phone"),
        ("来稿邮箱", "email"),
        ("松湖农情投稿邮箱", "email"),
    ],
)
def test_words_that_lead_to_a_label_are_the_label_s(label: str, field: str) -> None:
    value = "jx@example.cn" if field == "email" else "0571-55550180"
    document = read(f"{SIGNED}审核：唐问渠　{label}：{value}\n\n{LIST}")

    assert {"reviewer": ("审核", "唐问渠"), field: (label, value)} == fields(document)


@pytest.mark.parametrize("name", ["季望舒", "安禾"])
def test_a_name_that_leads_to_a_label_is_the_value_s_before_it(name: str) -> None:
    document = read(f"{SIGNED}审核：唐问渠　{name}电话：55550180\n\n{LIST}")

    assert {"reviewer": ("审核", f"唐问渠　{name}"), "phone": ("电话", "55550180")} == fields(document)


RULE = "\n────────\n\n"
WRITTEN = "撰稿：唐问渠　　审核：季望舒"


@pytest.mark.parametrize("line", [WRITTEN, "撰稿人：茶叶站　唐问渠", "撰稿：唐问渠"])
@pytest.mark.parametrize("below", [RULE, "\n"])
def test_who_wrote_the_only_article_is_its_source_right_below_the_text(line: str, below: str) -> None:
    document = read(f"{FIRST}\n\n{TEXT}\n{line}\n{below}{LIST}")

    assert [line.split("　　")[0].split("：")[1]] == [
        None if found is None else found.replace("\u3000\u3000", "") for found in sources(document)
    ]
    assert "A" == label_at(document, "撰稿")


@pytest.mark.parametrize(
    "tail",
    [
        f"{RULE}{WRITTEN}\n{LIST}",
        f"\n{WRITTEN}\n\n{LIST}",
        f"{WRITTEN}　　电话：55550180\n{RULE}{LIST}",
        f"撰稿：唐问渠　　编辑：季望舒\n{RULE}{LIST}",
        f"{WRITTEN}\n{RULE}{LIST}电话：55550180\n",
    ],
    ids=["rule above", "gaps alike", "phone", "editor", "field below"],
)
def test_who_wrote_and_reviewed_is_the_imprint_s_where_it_stands_with_it(tail: str) -> None:
    document = read(f"{FIRST}\n\n{TEXT}\n{tail}")

    assert [None] == sources(document)
    assert "I" == label_at(document, "撰稿")


def test_a_source_of_two_lines_is_the_last_article_s_too() -> None:
    first = f"{FIRST}\n\n{TEXT}\n供稿：县茶叶站\n撰稿：唐问渠\n\n"
    second = f"{SECOND}\n\n{OTHER}\n供稿：县教育局\n撰稿：季望舒\n\n"
    document = read(f"{first}{second}审稿人\t安禾\n编辑\t柏舟\n{LIST}")

    assert ["县茶叶站", "县教育局"] == sources(document)
    assert "A" == label_at(document, "撰稿：季望舒")


def test_below_a_source_of_one_line_the_second_is_the_imprint_s() -> None:
    first = f"{FIRST}\n\n{TEXT}\n供稿：县茶叶站\n\n"
    document = read(f"{first}{SECOND}\n\n{OTHER}\n供稿：县教育局\n撰稿：季望舒\n编辑：柏舟\n{LIST}")

    assert "I" == label_at(document, "撰稿：季望舒")


def classes(document: Document) -> list[tuple[str, str]]:
    return [
        (str(part.fields["label"]), str(part.fields["value"]))
        for part in document.bulletin.list("distribution")
    ]


ONE_SENTENCE = "报市纪委监委，送县四套班子领导、各镇，发各派驻纪检监察组"


@pytest.mark.parametrize("below", ["", "松湖县纪委办公室　　2025年3月6日印发\n", "共印60份\n"])
def test_a_distribution_in_one_sentence_below_the_imprint_needs_no_colon(below: str) -> None:
    document = read(f"{SIGNED}{IMPRINT}\n{ONE_SENTENCE}\n{below}")

    assert [
        ("报", "市纪委监委"),
        ("送", "县四套班子领导、各镇"),
        ("发", "各派驻纪检监察组"),
    ] == classes(document)


@pytest.mark.parametrize(
    "line",
    ["报市农业农村局，发各乡镇", "报名从三月开始，送货上门", "每月六日，报市局，送各科，发各镇"],
)
def test_a_sentence_below_the_imprint_without_the_three_classes_is_no_distribution(line: str) -> None:
    assert [] == classes(read(f"{SIGNED}{IMPRINT}\n{line}\n"))


def test_a_sentence_of_the_text_is_no_distribution() -> None:
    document = read(
        f"{FIRST}\n\n{TEXT}\n　　报市局备案，送县里审核，发各镇执行。\n（县茶叶站）\n\n{IMPRINT}\n"
    )

    assert [] == classes(document)


@pytest.mark.parametrize("unit", ["县委第三巡察组", "县委督查组", "春耕工作专班"])
def test_a_group_between_column_brackets_below_each_text_is_its_source(unit: str) -> None:
    document = read(f"{FIRST}\n\n{TEXT}\n\n〔{unit}〕\n\n{SECOND}\n\n{OTHER}\n\n〔{unit}〕\n\n{LIST}")

    assert [unit, unit] == sources(document)


def test_a_column_that_names_a_group_of_things_stays_a_column() -> None:
    document = read(
        f"〔先进班组〕\n\n{FIRST}\n\n{TEXT}\n（县茶叶站）\n\n〔校园内外〕\n\n{SECOND}\n\n{OTHER}\n（县教育局）\n\n{LIST}"
    )

    assert ["K", "K"] == [label_at(document, words) for words in ("〔先进", "〔校园")]
    assert ["县茶叶站", "县教育局"] == sources(document)


def test_the_range_of_distribution_is_whom_it_is_issued_to() -> None:
    document = read(f"{SIGNED}{IMPRINT}\n\n发送范围：市总工会委员，各产业工会\n")

    assert [("发送范围", "市总工会委员，各产业工会")] == classes(document)


@pytest.mark.parametrize("label", ["咨询电话", "监督举报电话", "服务热线"])
def test_whom_to_call_at_the_end_of_a_text_is_no_field_of_the_imprint(label: str) -> None:
    document = read(f"{FIRST}\n\n{TEXT}\n　　{label}：0571-55550181。\n（县茶叶站）\n\n{IMPRINT}\n{LIST}")

    assert "P" == label_at(document, label)
    assert ("电话", "0571-55550180") == fields(document)["phone"]


@pytest.mark.parametrize("note", ["（此件公开发布）", "（未经授权，不得转载）", "（完）"])
@pytest.mark.parametrize("is_last", [True, False])
def test_a_note_on_the_whole_bulletin_leaves_imprint_and_distribution(note: str, *, is_last: bool) -> None:
    """What stood above such a line was read as a third article."""
    imprint, sent = "编辑：柳青禾　　审核：唐问渠　　电话：0571-55550180", "发：各镇。"
    ends = [imprint, sent, note] if is_last else [imprint, note, sent]
    body = "松湖县农情简报\n第9期\n松湖县农业农村局　　2025年3月6日\n\n春茶开采\n\n　　春茶今天开采。\n（县茶叶站）\n\n"
    bulletin = parse((body + "\n\n".join(ends) + "\n").encode(), "9.txt", cache=False).bulletin

    found = bulletin.child("imprint")
    assert found is not None
    assert [bool(found.child(name)) for name in ("editor", "reviewer", "phone")] == [True] * 3
    assert [each.fields["value"] for each in bulletin.list("distribution")] == ["各镇。"]
    assert len(bulletin.list("articles")) == 1


@pytest.mark.parametrize(
    "line",
    [
        "编辑｜柳青禾　审核｜唐问渠　电话｜0571-55550180",
        "编辑/柳青禾　审核/唐问渠　电话/0571-55550180",
        "编辑：柳青禾　（电话：0571-55550180）　审核：唐问渠",
    ],
)
def test_fields_with_strokes_or_one_in_brackets_are_read(line: str) -> None:
    body = "松湖县农情简报\n第9期\n松湖县农业农村局　　2025年3月6日\n\n春茶开采\n\n　　春茶今天开采。\n（县茶叶站）\n\n"
    imprint = parse(f"{body}{line}\n\n发：各镇。\n".encode(), "9.txt", cache=False).bulletin.child("imprint")

    assert imprint is not None
    values = [
        each.fields["value"] for name in ("editor", "reviewer", "phone") if (each := imprint.child(name))
    ]
    assert values == ["柳青禾", "唐问渠", "0571-55550180"]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("（发至村级河长）", "村级河长"),
        ("（此件发至县团级）", "县团级"),
        ("（分送各镇（街道））", "各镇（街道）"),
    ],
)
def test_whom_a_bracket_at_the_end_names_is_the_distribution(line: str, value: str) -> None:
    """Imprint and distribution were lost: the line was read as a source."""
    body = "松湖县农情简报\n第9期\n松湖县农业农村局　　2025年3月6日\n\n春茶开采\n\n　　春茶今天开采。\n（县茶叶站）\n\n"
    ends = f"编辑：柳青禾　　审核：唐问渠　　电话：0571-55550180\n\n{line}\n"
    bulletin = parse((body + ends).encode(), "9.txt", cache=False).bulletin

    imprint = bulletin.child("imprint")
    assert imprint is not None
    assert [bool(imprint.child(name)) for name in ("editor", "reviewer", "phone")] == [True] * 3
    assert [each.fields["value"] for each in bulletin.list("distribution")] == [value]
    assert len(bulletin.list("articles")) == 1


@pytest.mark.parametrize("is_last", [True, False])
def test_such_a_bracket_beside_a_distribution_list_is_no_part_of_it(*, is_last: bool) -> None:
    note, sent = "（此件发至县团级）", "报：市农业农村局。\n发：各镇。"
    body = "松湖县农情简报\n第9期\n松湖县农业农村局　　2025年3月6日\n\n春茶开采\n\n　　春茶今天开采。\n（县茶叶站）\n\n"
    ends = "\n".join(["编辑：柳青禾", *((sent, note) if is_last else (note, sent))])
    bulletin = parse(f"{body}{ends}\n".encode(), "9.txt", cache=False).bulletin

    assert [each.fields["role"] for each in bulletin.list("distribution")] == ["report", "issue"]
