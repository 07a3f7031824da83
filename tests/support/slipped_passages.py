"""Sentences, paragraphs and short texts with one slip each, in words that the examples of the rules do not have.

How the slip is marked: `slip_marks`.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from slip_marks import Maker
from unseen_matters import MATTERS, filled

OF_SPACES = ("MIX003", "SEQ005", "SPC001", "SPC002")
"""Rules of blanks, and of numbers that a blank may follow in any house: their texts stay as they are."""
HAN = "零一二三四五六七八九十"
_PLACES = ("溪口镇", "松柏村", "桃园社区", "石桥街道", "云台县", "江湾区", "柳林乡", "双河口村")
_BODIES = ("民政所", "水利站", "卫生院", "派出所", "司法所", "图书馆", "供电所", "护林站")
_VERBS = ("检修", "登记", "清理", "排查", "培训", "慰问", "巡查", "宣传", "整改", "评比")
_THINGS = ("水渠", "路灯", "果园", "井盖", "护栏", "课桌", "门牌", "泵站", "茶园", "渡口")
_NOUNS = (
    "措施",
    "设备",
    "资料",
    "服务",
    "环境",
    "制度",
    "秩序",
    "技术",
    "课程",
    "图书",
    "粮食",
    "蔬菜",
    "农机",
    "水质",
)
_UNITS = {
    "户": "农户",
    "家": "商铺",
    "处": "隐患",
    "件": "来件",
    "名": "队员",
    "条": "建议",
    "场": "讲座",
    "棵": "果树",
}
MAKERS: dict[str, Maker] = {}
"""By the code of the rule."""
TOLD_BY = {"SEQ010": ("SEQ010", "SEC001")}
"""The rules that may tell of the slip, where another may."""


def of(code: str) -> Callable[[Maker], Maker]:
    """Registers what makes slips for a rule."""

    def registered(make: Maker) -> Maker:
        MAKERS[code] = make
        return make

    return registered


def phrase(code: str, *templates: str) -> None:
    """Registers templates in which {p}, {b}, {v}, {t}, {w} are drawn words, {n} is a number of two figures, {k} of
    one, {h} one in characters and {i} the next; {u} is a unit and {c} what it counts.
    """

    def make(rng: random.Random) -> str:
        low = rng.randint(2, 8)
        unit = rng.choice(sorted(_UNITS))
        first, second, third = rng.sample(_NOUNS, 3)
        return rng.choice(templates).format(
            p=rng.choice(_PLACES), b=rng.choice(_BODIES), v=rng.choice(_VERBS), t=rng.choice(_THINGS),
            w=first, x=second, y=third, n=rng.randint(21, 89), m=rng.randint(21, 89), k=low, j=low + 1, h=HAN[low],
            i=HAN[low + 1], u=unit, c=_UNITS[unit], d=rng.randint(11, 28), q=rng.randint(0, 9),
        )  # fmt: skip

    MAKERS[code] = make


def _text(rng: random.Random) -> str:
    """Two sentences of a paragraph that has nothing to do with the slip."""
    matter = rng.choice(MATTERS)
    return matter.lead + filled(rng, rng.choice(matter.sentences))


def _paragraph(rng: random.Random) -> str:
    return _text(rng) + _text(rng)


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
    return f"{rng.choice(_PLACES)}{verb}{_UNITS[unit]}⟦{whole + rng.randint(2, 9)}{unit}¦{whole}{unit}⟧，{done_words}{done}{unit}，{tail}。"


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
    return f"{before}⟦{wrong}¦{shown}⟧，{rng.choice(_BODIES)}赶到{rng.choice(_THINGS)}。"


@of("DAT019")
def _backwards(rng: random.Random) -> str:
    month, first, last = rng.randint(2, 10), rng.randint(2, 12), rng.randint(15, 28)
    till = rng.choice(("至", "到"))
    body = f"，{rng.choice(_BODIES)}{rng.choice(_VERBS)}{rng.choice(_THINGS)}。"
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
    return "，".join((*usual, other)) + f"。{_text(rng)}"


@of("NUM009")
def _thousands(rng: random.Random) -> str:
    numbers = [rng.randint(10000, 98999) for _ in range(3)]
    grouped, plain = [f"{number:,}" for number in numbers], list(map(str, numbers))
    if rng.random() < 0.5:
        grouped, plain = plain, grouped
    verbs = rng.sample(_VERBS, 3)
    first, second = (f"{verb}{number}户" for verb, number in zip(verbs, grouped[:2], strict=False))
    return _consistent(rng, [first, second], f"{verbs[2]}⟦{plain[2]}¦{grouped[2]}⟧户")


@of("NUM011")
def _range_mark(rng: random.Random) -> str:
    usual, other = rng.sample("～—", 2)
    low, verbs, unit = rng.randint(2, 9), rng.sample(_VERBS, 3), rng.choice("天户人条")
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
    nouns = rng.sample(_NOUNS, 3)
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
        rng, [f"{rng.choice(_PLACES)}村民拨打{usual}", f"{usual}派单到站"], f"⟦{other}¦{usual}⟧次日回访"
    )


@of("UNI009")
def _length(rng: random.Random) -> str:
    usual, other = rng.sample(("公里", "千米", "km"), 2)
    counts, things = [rng.randint(2, 60) for _ in range(3)], rng.sample(_THINGS, 3)
    # No other words, which might measure ways too.
    usually = f"沿{things[0]}步行{counts[0]}{usual}，绕{things[1]}铺管{counts[1]}{usual}"
    return f"{usually}，距{things[2]}还有⟦{counts[2]}{other}¦{counts[2]}{usual}⟧。"


@of("SPC001")
def _number_spacing(rng: random.Random) -> str:
    units = rng.sample(sorted(_UNITS), 4)
    counts = [rng.randint(11, 980) for _ in range(4)]
    blank, other = rng.choice((("", " "), (" ", "")))
    said = [
        f"{rng.choice(_VERBS)}{_UNITS[unit]}{blank}{count}{blank}{unit}"
        for unit, count in zip(units, counts, strict=True)
    ]
    said[3] = (
        f"{rng.choice(_VERBS)}{_UNITS[units[3]]}⟦{other}{counts[3]}{other}{units[3]}¦{blank}{counts[3]}{blank}{units[3]}⟧"
    )
    return "，".join(said) + "。"


@of("SPC002")
def _unit_spacing(rng: random.Random) -> str:
    counts, units = (
        [rng.randint(2, 980) for _ in range(4)],
        rng.sample(("kg", "km", "mm", "cm", "kW", "mL"), 4),
    )
    blank, other = rng.choice((("", " "), (" ", "")))
    said = [f"{rng.choice(_NOUNS)}{count}{blank}{unit}" for count, unit in zip(counts, units, strict=True)]
    said[3] = f"{rng.choice(_NOUNS)}⟦{counts[3]}{other}{units[3]}¦{counts[3]}{blank}{units[3]}⟧"
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

# --- marks ---------------------------------------------------------------------------------------------

phrase("PUN004", "{p}打出⟦”{w}先行“¦“{w}先行”⟧的招牌。", "{b}推出⟦”{x}进村“¦“{x}进村”⟧。")
phrase(
    "PUN014",
    "{p}约有⟦{h}、{i}百¦{h}{i}百⟧{u}{c}参加。",
    "{b}每月派⟦{h}、{i}名¦{h}{i}名⟧队员值守。",
    "{v}要⟦{h}、{i}天¦{h}{i}天⟧。",
)
phrase(
    "PUN016", "{b}修{t}，送{w}，⟦教技术等等¦教技术，等等⟧。", "{p}晒被褥，扫院落，⟦清杂物等等¦清杂物，等等⟧。"
)
phrase(
    "PUN017",
    "{w}、{x}⟦、以及¦，以及⟧{y}列入清单。",
    "{p}的{w}、{x}⟦、和¦和⟧{y}一并{v}。",
    "{w}⟦、及¦及⟧{x}由{b}{v}。",
    "{p}⟦、及其¦及其⟧下辖各组都已{v}。",
)
phrase(
    "PUN022",
    "{b}拿出一项绝活⟦——，¦——⟧{v}{t}。",
    "{p}有了新名片⟦——：¦——⟧{w}。",
    "{t}的主心骨⟦——、¦——⟧{b}来了。",
)
phrase(
    "PUN030",
    "{p}印发《{w}管理规定⟦》（试行）¦（试行）》⟧。",
    "会上讨论《{x}{v}方案⟦》（征求意见稿）¦（征求意见稿）》⟧。",
    "《{w}条例⟦》（草案）¦（草案）》⟧提交审议。",
    "废止《{x}办法⟦》（暂行）¦（暂行）》⟧。",
)
phrase("PUN031", "{b}订阅《{w}⟦杂志》¦》杂志⟧。", "论文刊于《{x}⟦期刊》¦》期刊⟧。")


@of("PUN032")
def _heading_stop(rng: random.Random) -> str:
    heads = rng.sample(rng.choice(MATTERS).heads, 2)
    at = rng.randrange(2)
    heads[at] = f"{heads[at].replace('，', '')}⟦。¦⟧"
    return (
        "\n\n".join(f"{HAN[number]}、{head}\n\n{_paragraph(rng)}" for number, head in enumerate(heads, 1))
        + "\n"
    )


phrase(
    "PUN033",
    "县里⟦要求：¦要求，⟧{p}做到三点：{v}{t}，{v}{w}，公示{x}。",
    "{b}⟦提出：¦提出，⟧{w}把好两关：{x}关，{y}关。",
    "通报⟦强调：¦强调，⟧{p}守住一条：{w}到户。",
)


@of("PUN034")
def _as_follows(rng: random.Random) -> str:
    lead = rng.choice(("现将{}情况简报如下", "{}的安排如下", "有关{}的要点如下")).format(rng.choice(_NOUNS))
    return f"{lead}⟦{rng.choice('。；')}¦：⟧\n\n{_paragraph(rng)}\n"


phrase(
    "PUN035",
    "{p}分三步：1.{v}{t}。月底收尾⟦；¦。⟧2.{v}{w}。下月开工⟦；¦。⟧3.公示{x}。",
    "{b}有两项：（1）{v}{t}。由组长牵头⟦；¦。⟧（2）{v}{w}。",
)
phrase(
    "PUN037",
    "先⟦弄清{t}缺什么？¦弄清{t}缺什么，⟧再备料。",
    "{b}要⟦搞清{w}短在哪里？¦搞清{w}短在哪里，⟧再{v}。",
    "「说明」".replace("「说明」", "请⟦说明{t}该怎样？¦说明{t}该怎样，⟧"),
)
phrase(
    "PUN038",
    "{t}已{v}⟦（含{w}（新购）部分）¦（含{w}〔新购〕部分）⟧。",
    "{x}名册附后⟦（见附表（{n}））¦（见附表{n}）⟧。",
    "{b}备齐{w}⟦（其中{x}（{k}件）为旧物）¦（其中{x}〔{k}件〕为旧物）⟧。",
)
phrase("PUN040", "{p}务必⟦【严防死守】¦严防死守⟧汛情。", "{b}要求⟦【逐户见面】¦逐户见面⟧核实。")
phrase("PUN041", "{p}{v}{t}⟦\\¦／⟧{w}。", "{b}登记{w}⟦\\¦／⟧{x}台账。")
phrase("PUN048", "{w}与{x}比例为⟦{k}：{j}¦{k}∶{j}⟧。", "{p}新老队员比例约⟦1:{k}¦1∶{k}⟧。")
phrase("PUN049", "{b}以⟦《{w}到家》¦“{w}到家”⟧为题开展走访。", "{p}以⟦《{x}先行》¦“{x}先行”⟧为题举行座谈。")
phrase(
    "PUN050",
    "{p}居民说⟦，¦：⟧“{t}修好了，出门方便多了。”",
    "{b}的群众表示⟦，¦：⟧“{w}送到了家门口。”",
    "老支书说，她反映⟦，¦：⟧“{x}还不够。”",
)


@of("PUN051")
def _no_stop(rng: random.Random) -> str:
    place, body, thing, noun = (
        rng.choice(_PLACES),
        rng.choice(_BODIES),
        rng.choice(_THINGS),
        rng.choice(_NOUNS),
    )
    begun = f"{place}对照清单逐处{rng.choice(_VERBS)}。{body}分三组前往{thing}，查看{noun}与登记是否相"
    heads = rng.choice(MATTERS).heads
    return f"一、{heads[0]}\n\n{begun}‹符›⟦¦。⟧\n\n二、{heads[1]}\n\n{_paragraph(rng)}\n"


@of("EXT001")
def _cut(rng: random.Random) -> str:
    matter = rng.choice(MATTERS)
    first, second = matter.lead + filled(rng, matter.sentences[0]), filled(rng, matter.sentences[1])
    at = rng.randint(4, len(second) - 4)
    while not all("一" <= second[each] <= "鿿" for each in (at - 1, at)):
        at += 1 if at < len(second) - 3 else 3 - len(second) + 4
        at = max(4, at)
    cut = f"{first}{second[: at - 1]}‹{second[at - 1]}⟦\n\n¦⟧{second[at]}›{second[at + 1 :]}{filled(rng, matter.sentences[2])}"
    return f"{_paragraph(rng)}\n\n{cut}\n\n{_paragraph(rng)}\n"


@of("EXT002")
def _repeated(rng: random.Random) -> str:
    matter = rng.choice(MATTERS)
    first, second = matter.lead + filled(rng, matter.sentences[0]), filled(rng, matter.sentences[1])
    places = [
        at
        for at in range(4, len(second) - 4)
        if all("一" <= second[each] <= "鿿" for each in (at - 1, at)) and second[at - 1] != second[at]
    ]
    at = rng.choice(places)
    cut = f"{first}{second[: at - 1]}{second[at - 1]}⟦\n\n{second[at - 1]}¦⟧{second[at:]}{filled(rng, matter.sentences[2])}"
    return f"{_paragraph(rng)}\n\n{cut}\n\n{_paragraph(rng)}\n"


@of("EXT003")
def _width(rng: random.Random) -> str:
    matter, other = rng.sample(MATTERS, 2)
    before = "".join(filled(rng, each) for each in matter.sentences[:4])
    after = "，".join(filled(rng, each).rstrip("。") for each in other.sentences[:4])
    first, _, rest = after.partition("，")
    # From here on to the end the marks are those of another keyboard.
    return f"{before}，{before}\n\n{first}⟦‹,›{rest.replace('，', ',')}¦，{rest}⟧。\n"


@of("EXT004")
def _confused(rng: random.Random) -> str:
    day = f"{rng.randint(1, 12)}月{rng.randint(1, 28)}"
    return f"{day}⟦{rng.choice('曰昌')}¦日⟧，{rng.choice(_PLACES)}{rng.choice(_VERBS)}{rng.choice(_THINGS)}。{_text(rng)}"


@of("MIX003")
def _blank_between(rng: random.Random) -> str:
    matter = rng.choice(MATTERS)
    sentence = filled(rng, rng.choice(matter.sentences))
    places = [
        at
        for at in range(3, len(sentence) - 3)
        if all("一" <= each <= "鿿" for each in sentence[at - 2 : at + 2])
    ]
    if not places:
        sentence, places = matter.lead, [4]
    at = rng.choice(places)
    return f"{sentence[: at - 1]}‹{sentence[at - 1]}⟦ ¦⟧{sentence[at]}›{sentence[at + 1 :]}{_text(rng)}"


phrase(
    "MIX006", "{b}门口写着⟦Welcome，friends¦Welcome, friends⟧。", "牌子印着⟦Danger：keep¦Danger: keep⟧ out。"
)
phrase("MIX007", "{p}居民扫码进入⟦OFD.¦OFD。⟧", "{b}的{w}已录入⟦ERP.¦ERP。⟧", "{t}装上了⟦GPS.¦GPS。⟧")
phrase("MIX008", "{p}采用⟦‹AIS›¦船舶自动识别系统（AIS）⟧{v}{t}。", "{b}引进⟦‹NFC›¦近场通信（NFC）⟧终端。")
phrase(
    "MIX010",
    "{b}接入渔船监控系统⟦(VMS)¦（VMS）⟧。",
    "{p}的{w}⟦({k}A)¦（{k}A）⟧已{v}。",
    "{t}加装视频系统⟦(CCTV)¦（CCTV）⟧。",
)
phrase("MIX011", "{b}的文章刊于⟦《The Lancet》¦The Lancet⟧。", "{p}订了⟦《Water Research》¦Water Research⟧。")

# --- numbers of items, documents -----------------------------------------------------------------------


@of("SEC009")
def _inline_gap(rng: random.Random) -> str:
    mark = rng.choice("、.．")
    nouns = rng.sample(_NOUNS, 4)
    at = rng.randint(1, 3)
    numbers = [number + (number > at) for number in range(1, 5)]
    parts = [f"{number}{mark}{rng.choice(_VERBS)}{noun}" for number, noun in zip(numbers, nouns, strict=True)]
    parts[at] = f"⟦{numbers[at]}{mark}¦{at + 1}{mark}⟧" + parts[at][2:]
    for later in range(at + 1, 4):
        parts[later] = f"{{{later}}}" + parts[later][2:]
    text = f"{rng.choice(_PLACES)}要求：" + "；".join(parts[: at + 1])
    return text + "。"


phrase("SEQ005", "{k}.{j}⟦.¦⟧{w}{v}按月推进，{b}逐项核对。", "{k}.{j}⟦、¦⟧{p}{v}{t}，由{b}协助。")
_FIRST, _SECOND = ("首先", "其一", "第一", "一是"), ("其次", "其二", "第二", "二是")


@of("SEQ010")
def _mixed_sets(rng: random.Random) -> str:
    kind = rng.randrange(4)
    other = rng.choice([each for each in range(4) if each != kind])
    marks = ["，", "，", "，", ""]
    second = f"⟦{_SECOND[other]}{marks[other]}¦{_SECOND[kind]}{marks[kind]}⟧"
    first, third = rng.sample(_NOUNS, 2)
    begun = f"{rng.choice(_PLACES)}有两点做法：{_FIRST[kind]}{marks[kind]}{rng.choice(_VERBS)}{first}"
    return f"{begun}；{second}{rng.choice(_VERBS)}{third}。"


@of("SEQ013")
def _half_bracket(rng: random.Random) -> str:
    matter = rng.choice(MATTERS)
    number = rng.choice((HAN[rng.randint(1, 9)], str(rng.randint(1, 9))))
    return f"{_paragraph(rng)}\n\n⟦({number})¦（{number}）⟧{matter.heads[0]}\n\n{_paragraph(rng)}\n"


phrase(
    "REF003",
    "{b}依照溪政发⟦〔20{n}〕{k}号《¦〔20{n}〕{k}号文件，⟧{w}管理办法》{v}{t}。".replace(
        "管理办法》", "管理要求"
    ),
    "{p}执行江办函⟦〔20{n}〕{k}号文件《{w}方案》¦〔20{n}〕{k}号文件⟧。",
)
phrase(
    "REF005",
    "根据⟦渔业法¦《渔业法》⟧，{b}{v}{t}。",
    "依照⟦湿地保护条例¦《湿地保护条例》⟧、{w}标准{v}。",
    "按照⟦水库管理办法¦《水库管理办法》⟧第{h}条{v}。",
)
phrase(
    "REF006",
    "依据《湿地保护条例》⟦第{n}条¦第{h}条⟧{v}{t}。",
    "{b}援引渔业法⟦第{k}条第{j}款¦第{h}条第{i}款⟧。",
    "{p}按水库管理办法⟦第{n}条¦第{h}条⟧{v}。",
)


@of("REF007")
def _marked_title(rng: random.Random) -> str:
    first, second = rng.sample(_NOUNS, 2)
    kind = rng.choice(("通知", "方案", "意见", "报告"))
    return f"⟦关于{rng.choice(_VERBS)}{first}{rng.choice('，；')}做好{second}的{kind}¦关于{rng.choice(_VERBS)}{first}和做好{second}的{kind}⟧\n\n{_paragraph(rng)}\n"


phrase(
    "REF009", "{t}按⟦GB{n}{m}-20{d}¦GB {n}{m}—20{d}⟧{v}。", "{w}执行⟦GB/T{n}{k}-20{d}¦GB/T {n}{k}—20{d}⟧。"
)

# --- words ---------------------------------------------------------------------------------------------

phrase(
    "WRD007",
    "{p}把{t}⟦做为¦作为⟧重点。",
    "{b}将{w}⟦当做¦当作⟧本钱。",
    "{x}被⟦看做¦看作⟧家底。",
    "这一做法⟦叫做¦叫作⟧{w}通。",
)
phrase("WRD008", "{p}印发新⟦制订¦制定⟧的{w}规定。", "{b}发布了⟦制订¦制定⟧完的细则。")
phrase(
    "WRD012",
    "{t}失修，⟦以至¦以致⟧影响{w}。",
    "{p}连日暴雨，⟦以至¦以致⟧不能{v}。",
    "渠道淤塞，⟦以至¦以致⟧造成内涝。",
)
phrase(
    "WRD023",
    "{p}⟦积极的¦积极地⟧组织{w}培训。",
    "{b}⟦主动的¦主动地⟧做好{t}养护。",
    "{p}⟦扎实的¦扎实地⟧推进{x}建设。",
    "{b}⟦迅速的¦迅速地⟧回应来信。",
    "{p}⟦切实的¦切实地⟧解决{t}失修。",
)
phrase(
    "WRD030",
    "{p}两天⟦搞定¦办妥⟧{t}。",
    "{b}这次真⟦给力¦得力⟧，{w}齐了。",
    "{t}不能⟦拍脑袋¦凭空⟧定。",
    "{w}⟦妥妥¦稳稳⟧到位。",
    "{x}质量⟦杠杠的¦很好⟧。",
)
