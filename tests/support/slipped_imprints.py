"""Small bulletins with one slip each in the imprint or the distribution list.

How the slip is marked: `slip_marks`. Towns, offices, people and numbers are invented.
"""

from __future__ import annotations

import random

from slip_marks import Maker, Makers
from slipped_drafts import HAN, Draft
from unseen_matters import PEOPLE

MAKERS: Makers[Maker] = Makers()
"""By the code of the rule."""
of = MAKERS.of


@of("FLD001")
def _no_editor(rng: random.Random) -> str:
    draft = Draft(rng)
    draft.editor, draft.reviewer = f"⟦¦{draft.editor}⟧", f"‹{draft.reviewer}›"
    return draft.text()


@of("FLD002")
def _no_reviewer(rng: random.Random) -> str:
    draft = Draft(rng)
    draft.editor, draft.reviewer = f"‹{draft.editor}›", f"⟦¦{draft.reviewer}⟧"
    return draft.text()


@of("FLD003")
def _no_contact(rng: random.Random) -> str:
    draft = Draft(rng)
    draft.editor, draft.phone = f"‹{draft.editor}›", f"⟦¦{draft.phone}⟧"
    return draft.text()


@of("FLD004")
def _no_value(rng: random.Random) -> str:
    draft = Draft(rng)
    label, _, value = draft.reviewer.partition("：")
    blank = rng.choice(("", "　　", "×××", "____"))
    draft.reviewer = f"‹{label}：⟦{blank}¦{value}⟧›"
    return draft.text()


@of("FLD005")
def _malformed_phone(rng: random.Random) -> str:
    draft = Draft(rng)
    right = draft.phone_number
    label = rng.choice(("电话", "联系电话", "传真"))
    wrong = rng.choice(
        (right[:-2], right.replace("-", "－"), right + "34", right[:-1] + "O", right.replace("-", "~"))
    )
    draft.more, draft.phone = f"{label}：⟦{wrong}¦{right}⟧", "邮箱：zhb@songting.example.cn"
    return draft.text()


@of("FLD006")
def _malformed_email(rng: random.Random) -> str:
    draft = Draft(rng)
    name, host = (
        f"{rng.choice(('zhb', 'xxk', 'bgs'))}{rng.randint(1, 99)}",
        rng.choice(("baidu.example.cn", "weizhou.example.org")),
    )
    wrong = rng.choice(
        (
            f"{name}.{host}",
            f"{name}＠{host}",
            f"{name}@@{host}",
            f"{name}@{host.replace('.', '，', 1)}",
            f"{name}@",
        )
    )
    draft.more = f"{rng.choice(('邮箱', '电子邮箱', '电子信箱'))}：⟦{wrong}¦{name}@{host}⟧"
    return draft.text()


@of("FLD007")
def _no_distribution(rng: random.Random) -> str:
    draft = Draft(rng)
    draft.editor = f"‹{draft.editor}›"
    lost = "\n\n".join(draft.distribution)
    draft.distribution = []
    draft.phone += f"⟦¦\n\n{lost}⟧"
    return draft.text()


@of("FLD010")
def _run_together(rng: random.Random) -> str:
    draft = Draft(rng)
    label, _, value = draft.reviewer.partition("：")
    draft.editor, draft.reviewer = f"{draft.editor}⟦¦　　⟧‹{label}›：{value}", ""
    return draft.text()


@of("FLD011")
def _label_twice(rng: random.Random) -> str:
    draft = Draft(rng)
    label, _, _ = draft.reviewer.partition("：")
    draft.more = f"‹⟦{label}¦签发⟧›：{rng.choice(PEOPLE)}"
    return draft.text()


@of("WRD032")
def _label_slip(rng: random.Random) -> str:
    draft = Draft(rng)
    wrong, right = rng.choice(
        (
            ("责任编揖", "责任编辑"), ("责任偏辑", "责任编辑"), ("责壬编辑", "责任编辑"), ("联系电活", "联系电话"),
            ("联糸电话", "联系电话"), ("电诂", "电话"), ("审该", "审核"), ("核槁", "核稿"), ("效对", "校对"),
            ("传珍", "传真"), ("邮厢", "邮箱"), ("电子邮相", "电子邮箱"), ("责缉", "责编"), ("鉴发", "签发"),
        )
    )  # fmt: skip
    value = {"话": "0519-7654321", "真": "0519-7654322", "箱": "zhb@songting.example.cn"}.get(
        right[-1], rng.choice(PEOPLE)
    )
    draft.more = f"⟦{wrong}¦{right}⟧：{value}"
    return draft.text()


@of("TAIL001")
def _out_of_order(rng: random.Random) -> str:
    draft = Draft(rng)
    report, send, issue = draft.distribution
    upper, lower = rng.choice(((report, send), (send, issue), (report, issue)))
    draft.distribution = [f"⟦{lower}\n\n‹{upper[0]}›{upper[1:]}¦{upper}\n\n{lower}⟧"]
    return draft.text()


@of("TAIL002")
def _mixed_separators(rng: random.Random) -> str:
    draft = Draft(rng)
    mark, other = rng.sample("，、", 2)
    names = mark.join(draft.recipients[:4])
    draft.distribution = [f"送：{names}⟦{other}¦{mark}⟧{draft.recipients[4]}。"]
    return draft.text()


@of("TAIL003")
def _print_run(rng: random.Random) -> str:
    draft = Draft(rng)
    tens = rng.randint(2, 9)
    wrong = rng.choice((f"共印{HAN[tens]}十份", f"共印{tens}0分", "共印　　份"))
    left, right = rng.choice((("", ""), ("（", "）")))
    draft.end = f"{left}⟦{wrong}¦共印{tens}0份⟧{right}"
    return draft.text()


@of("TAIL004")
def _extra(rng: random.Random) -> str:
    draft = Draft(rng)
    draft.end = f"⟦{rng.choice(('另发', '另送', '另发：'))}¦本期增发：⟧{draft.recipients[5]}。"
    return draft.text()


@of("TAIL006")
def _recipient_twice(rng: random.Random) -> str:
    draft = Draft(rng)
    first, second, third = draft.recipients[:3]
    draft.distribution = rng.choice(
        (
            [f"送：{first}，{second}，⟦{first}¦{third}⟧。"],
            [f"报：{first}。", f"送：⟦{first}¦{third}⟧，{second}。"],
            [f"送：{first}、{second}、⟦{second}¦{third}⟧。"],
        )
    )
    return draft.text()


@of("TAIL009")
def _half_colon(rng: random.Random) -> str:
    draft = Draft(rng)
    first, second = draft.recipients[:2]
    draft.distribution = [f"{rng.choice(('抄送', '抄报'))}⟦:¦：⟧{first}，{second}。"]
    return draft.text()


@of("TAIL010")
def _no_printed(rng: random.Random) -> str:
    draft = Draft(rng)
    day = f"{draft.year}年{draft.month}月{draft.day}日"
    draft.end = f"{draft.office}　　{day}⟦{rng.choice(('印', '刊印', '编印', '付印'))}¦印发⟧"
    return draft.text()


@of("DAT021")
def _printed_earlier(rng: random.Random) -> str:
    draft = Draft(rng)
    wrong, right = rng.choice(
        (
            (f"{draft.year - 1}年{draft.month}月", f"{draft.year}年{draft.month}月"),
            (f"{draft.year}年{draft.month - 1}月", f"{draft.year}年{draft.month}月"),
        )
    )
    draft.end = f"{draft.office}　　‹⟦{wrong}¦{right}⟧{draft.day}日›印发"
    return draft.text()
