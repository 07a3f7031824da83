"""Sentences, paragraphs and short texts with one slip each in their characters and figures.

How the slip is marked: `slip_marks`.
"""

from __future__ import annotations

import random

from slipped_wording import BODIES, HAN, NOUNS, PLACES, THINGS, UNITS, VERBS, Phrases, text

MAKERS = Phrases()
"""By the code of the rule."""
of, phrase = MAKERS.of, MAKERS.phrase


# --- characters ----------------------------------------------------------------------------------------

phrase("CHR003", *(f"{{p}}{word}{{b}}{{v}}{{t}}。" for word in (
    "⟦⽤¦用⟧于", "⟦⻅¦见⟧证了", "全⟦⼒¦力⟧协助", "⟦⼤¦大⟧力支持", "⟦⼊¦入⟧驻", "依托⟦⼭¦山⟧林", "⟦⽇¦日⟧间协助", "⟦⾛¦走⟧访",
)))  # fmt: skip
phrase(
    "CHR005",
    "{p}⟦¦⟧{v}了{t}。".replace("⟦¦⟧", "⟦\ue123¦⟧"),
    "{b}的{w}⟦\uf0b7¦⟧及{x}已备齐。",
    "⟦\ue5e5¦⟧{p}{v}{t}。",
)
phrase(
    "CHR012",
    "{p}{v}{t}收尾⟦✅¦⟧。",
    "⟦🔥¦⟧{b}的{w}受欢迎。",
    "{p}为{b}点赞⟦💪¦⟧，{w}齐备。",
    "{b}：{w}上新⟦⭐¦⟧啦。",
    "{w}⟦❤¦⟧到家。",
)

# --- figures -------------------------------------------------------------------------------------------


@of("CNS009")
def _rest(rng: random.Random) -> str:
    unit = rng.choice("户家处件名条棵")
    done, rest = rng.randint(11, 80), rng.randint(3, 40)
    whole = done + rest
    verb = rng.choice(("查出", "登记", "涉及"))
    done_words = rng.choice(("已完工", "搬迁", "办妥"))
    tail = rng.choice(("其余{}{}年内完成", "剩余{}{}列入计划", "余下{}{}另行安排")).format(rest, unit)
    return f"{rng.choice(PLACES)}{verb}{UNITS[unit]}⟦{whole + rng.randint(2, 9)}{unit}¦{whole}{unit}⟧，{done_words}{done}{unit}，{tail}。"


phrase(
    "CON007",
    "村民周某⟦（139{n}{m}{n}{k}{k}）¦⟧反映{t}失修。",
    "摊主⟦（电话158{n}{m}{n}{k}{k}）¦⟧请求{v}{t}。",
    "{p}住户⟦，手机177{n}{m}{n}{k}{k}，¦⟧来信要求{v}{t}。",
)
phrase(
    "DAT004",
    "{p}定于⟦20{n}-{k}-{k}¦20{n}-0{k}-0{k}⟧起{v}{t}。",
    "{w}清单于⟦20{n}-0{k}-{k}¦20{n}-0{k}-0{k}⟧送达。",
    "{t}在⟦20{n}-{k}-{d}¦20{n}-0{k}-{d}⟧移交。",
    "{b}自⟦20{n}-{k}¦20{n}年{k}月⟧轮值。",
)
phrase(
    "DAT012",
    "⟦昨日¦{k}月{d}日⟧，{b}{v}了{t}。",
    "⟦今天¦{k}月{d}日⟧上午，{p}的{t}完工。",
    "{b}在⟦上周三¦{k}月{d}日⟧{v}了{t}。",
    "⟦前天¦{k}月{d}日⟧，{p}接到{w}申请。",
    "{p}⟦下周一¦{k}月{d}日⟧{v}{t}。",
)


@of("DAT018")
def _clock(rng: random.Random) -> str:
    before = rng.choice((f"{rng.randint(1, 9)}月{rng.randint(11, 28)}日", "当晚", "上午", "下午"))
    hour, minute = rng.randint(26, 39), rng.randint(61, 89)
    right = 9 if before == "上午" else 8
    wrong, shown = rng.choice(
        (
            (f"{hour}时", f"{right}时"),
            (f"{right}:{minute}", f"{right}:{minute - 40}"),
            (f"{right}时{minute}分", f"{right}时{minute - 40}分"),
        )
    )
    return f"{before}⟦{wrong}¦{shown}⟧，{rng.choice(BODIES)}赶到{rng.choice(THINGS)}。"


@of("DAT019")
def _backwards(rng: random.Random) -> str:
    month, first, last = rng.randint(2, 10), rng.randint(2, 12), rng.randint(15, 28)
    till = rng.choice(("至", "到"))
    body = f"，{rng.choice(BODIES)}{rng.choice(VERBS)}{rng.choice(THINGS)}。"
    year = rng.randint(2015, 2024)
    # Without a year the second month may be of the next one: 11月 to 2月.
    return rng.choice(
        (
            f"{month}月{last}日{till}{month}月⟦{first}日¦{last + 1}日⟧{body}",
            f"{month}月{last}日{till}⟦{first}日¦{last + 1}日⟧{body}",
            f"{year}年{month + 1}月{last}日{till}{year}年⟦{month}月{first}日¦{month + 2}月{first}日⟧{body}",
        )
    )


phrase(
    "NUM027",
    "{p}亩均增收⟦{n}..{k}元¦{n}.{k}元⟧。",
    "{b}的{w}达标率为⟦{n}..{q}%¦{n}.{q}%⟧。",
    "{t}总长⟦{k}..{n}公里¦{k}.{n}公里⟧。",
)


def _consistent(rng: random.Random, usual: list[str], other: str) -> str:
    """A paragraph in which some phrases are of one form and one is not: ⟦other¦usual⟧."""
    return "，".join((*usual, other)) + f"。{text(rng)}"


@of("NUM009")
def _thousands(rng: random.Random) -> str:
    numbers = [rng.randint(10000, 98999) for _ in range(3)]
    grouped, plain = [f"{number:,}" for number in numbers], list(map(str, numbers))
    if rng.random() < 0.5:
        grouped, plain = plain, grouped
    verbs = rng.sample(VERBS, 3)
    first, second = (f"{verb}{number}户" for verb, number in zip(verbs, grouped[:2], strict=False))
    return _consistent(rng, [first, second], f"{verbs[2]}⟦{plain[2]}¦{grouped[2]}⟧户")


@of("NUM011")
def _range_mark(rng: random.Random) -> str:
    usual, other = rng.sample("～—", 2)
    low, verbs, unit = rng.randint(2, 9), rng.sample(VERBS, 3), rng.choice("天户人条")
    return _consistent(
        rng,
        [f"{verbs[0]}{low}{usual}{low + 3}{unit}", f"{verbs[1]}{low + 1}{usual}{low + 6}{unit}"],
        f"{verbs[2]}⟦{low}{other}{low + 2}¦{low}{usual}{low + 2}⟧{unit}",
    )


@of("NUM022")
def _ordinal(rng: random.Random) -> str:
    number = rng.randint(2, 7)
    shows = rng.sample(("农民丰收节", "龙舟赛", "灯会", "山歌会", "茶博会"), 3)
    figures, words = [f"第{number + at}届" for at in range(3)], [f"第{HAN[number + at]}届" for at in range(3)]
    usual, other = rng.choice(((figures, words), (words, figures)))
    return _consistent(
        rng, [usual[0] + shows[0], usual[1] + shows[1]], f"⟦{other[2]}¦{usual[2]}⟧{shows[2]}举行"
    )


@of("NUM023")
def _percent_words(rng: random.Random) -> str:
    numbers = [rng.randint(2, 9) for _ in range(3)]
    signs, words = [f"{number}0%" for number in numbers], [f"百分之{HAN[number]}十" for number in numbers]
    usual, other = rng.choice(((signs, words), (words, signs)))
    nouns = rng.sample(NOUNS, 3)
    # No other words, which might count per cent too.
    usually = f"{nouns[0]}到位率{usual[0]}，{nouns[1]}完好率{usual[1]}"
    return f"{usually}，{nouns[2]}合格率⟦{other[2]}¦{usual[2]}⟧。"


@of("CNS005")
def _hotline(rng: random.Random) -> str:
    usual, other = rng.choice(
        (
            ("12345热线", "热线12345"),
            ("市民热线12345", "12345市民热线"),
            ("12345政务服务热线", "政务服务热线12345"),
        )
    )
    return _consistent(
        rng, [f"{rng.choice(PLACES)}村民拨打{usual}", f"{usual}派单到站"], f"⟦{other}¦{usual}⟧次日回访"
    )


@of("UNI009")
def _length(rng: random.Random) -> str:
    usual, other = rng.sample(("公里", "千米", "km"), 2)
    counts, things = [rng.randint(2, 60) for _ in range(3)], rng.sample(THINGS, 3)
    # No other words, which might measure ways too.
    usually = f"沿{things[0]}步行{counts[0]}{usual}，绕{things[1]}铺管{counts[1]}{usual}"
    return f"{usually}，距{things[2]}还有⟦{counts[2]}{other}¦{counts[2]}{usual}⟧。"


@of("SPC001")
def _number_spacing(rng: random.Random) -> str:
    units = rng.sample(sorted(UNITS), 4)
    counts = [rng.randint(11, 980) for _ in range(4)]
    blank, other = rng.choice((("", " "), (" ", "")))
    said = [
        f"{rng.choice(VERBS)}{UNITS[unit]}{blank}{count}{blank}{unit}"
        for unit, count in zip(units, counts, strict=True)
    ]
    said[3] = (
        f"{rng.choice(VERBS)}{UNITS[units[3]]}⟦{other}{counts[3]}{other}{units[3]}¦{blank}{counts[3]}{blank}{units[3]}⟧"
    )
    return "，".join(said) + "。"


@of("SPC002")
def _unit_spacing(rng: random.Random) -> str:
    counts, units = (
        [rng.randint(2, 980) for _ in range(4)],
        rng.sample(("kg", "km", "mm", "cm", "kW", "mL"), 4),
    )
    blank, other = rng.choice((("", " "), (" ", "")))
    said = [f"{rng.choice(NOUNS)}{count}{blank}{unit}" for count, unit in zip(counts, units, strict=True)]
    said[3] = f"{rng.choice(NOUNS)}⟦{counts[3]}{other}{units[3]}¦{counts[3]}{blank}{units[3]}⟧"
    return "，".join(said) + "。"


phrase(
    "NUM002",
    "{p}开通⟦{h}{i}路¦{k}{j}路⟧公交。",
    "请到⟦{h}十{i}号¦{k}{j}号⟧窗口办理{w}。",
    "{b}迁至⟦十{h}号¦1{k}号⟧楼。",
)
phrase(
    "NUM025",
    "{p}添置⟦二件¦两件⟧{w}。",
    "{b}派出⟦二名¦两名⟧队员。",
    "{v}完⟦二户¦两户⟧农户。",
    "列出⟦二个¦两个⟧难点。",
    "领取⟦二张¦两张⟧{x}卡。",
)
phrase("UNI007", "{p}流转茶园{n}⟦亩¦公顷⟧。", "{t}占地{k}⟦亩¦公顷⟧，由{b}看护。")
