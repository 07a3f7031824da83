"""Sentences, paragraphs and short texts with one slip each in their marks, numbers of items, and words.

How the slip is marked: `slip_marks`.
"""

from __future__ import annotations

import random

from slipped_wording import BODIES, HAN, NOUNS, PLACES, THINGS, VERBS, Phrases, paragraph, text
from unseen_matters import MATTERS, filled

OF_SPACES = ("MIX003", "SEQ005", "SPC001", "SPC002")
"""Rules of blanks, and of numbers that a blank may follow in any house: their texts stay as they are."""
TOLD_BY = {"SEQ010": ("SEQ010", "SEC001")}
"""The rules that may tell of the slip, where another may."""
MAKERS = Phrases()
"""By the code of the rule."""
of, phrase = MAKERS.of, MAKERS.phrase


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
        "\n\n".join(f"{HAN[number]}、{head}\n\n{paragraph(rng)}" for number, head in enumerate(heads, 1))
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
    lead = rng.choice(("现将{}情况简报如下", "{}的安排如下", "有关{}的要点如下")).format(rng.choice(NOUNS))
    return f"{lead}⟦{rng.choice('。；')}¦：⟧\n\n{paragraph(rng)}\n"


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
        rng.choice(PLACES),
        rng.choice(BODIES),
        rng.choice(THINGS),
        rng.choice(NOUNS),
    )
    begun = f"{place}对照清单逐处{rng.choice(VERBS)}。{body}分三组前往{thing}，查看{noun}与登记是否相"
    heads = rng.choice(MATTERS).heads
    return f"一、{heads[0]}\n\n{begun}‹符›⟦¦。⟧\n\n二、{heads[1]}\n\n{paragraph(rng)}\n"


@of("PUN053")
def _wrong_stop(rng: random.Random) -> str:
    text = f"{rng.choice(PLACES)}对照清单逐处{rng.choice(VERBS)}。{rng.choice(BODIES)}分三组前往{rng.choice(THINGS)}"
    return f"{paragraph(rng)}\n\n{text}⟦{rng.choice('，、；')}¦。⟧\n\n（{rng.choice(BODIES)}）\n"


@of("EXT001")
def _cut(rng: random.Random) -> str:
    matter = rng.choice(MATTERS)
    first, second = matter.lead + filled(rng, matter.sentences[0]), filled(rng, matter.sentences[1])
    at = rng.randint(4, len(second) - 4)
    while not all("一" <= second[each] <= "鿿" for each in (at - 1, at)):
        at += 1 if at < len(second) - 3 else 3 - len(second) + 4
        at = max(4, at)
    cut = f"{first}{second[: at - 1]}‹{second[at - 1]}⟦\n\n¦⟧{second[at]}›{second[at + 1 :]}{filled(rng, matter.sentences[2])}"
    return f"{paragraph(rng)}\n\n{cut}\n\n{paragraph(rng)}\n"


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
    return f"{paragraph(rng)}\n\n{cut}\n\n{paragraph(rng)}\n"


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
    return f"{day}⟦{rng.choice('曰昌')}¦日⟧，{rng.choice(PLACES)}{rng.choice(VERBS)}{rng.choice(THINGS)}。{text(rng)}"


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
    return f"{sentence[: at - 1]}‹{sentence[at - 1]}⟦ ¦⟧{sentence[at]}›{sentence[at + 1 :]}{text(rng)}"


phrase(
    "MIX006",
    "{b}门口写着⟦Welcome，friends¦Welcome, friends⟧。",
    "{b}的牌子印着⟦Danger：keep¦Danger: keep⟧ out。",
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
    nouns = rng.sample(NOUNS, 4)
    at = rng.randint(1, 3)
    numbers = [number + (number > at) for number in range(1, 5)]
    parts = [f"{number}{mark}{rng.choice(VERBS)}{noun}" for number, noun in zip(numbers, nouns, strict=True)]
    parts[at] = f"⟦{numbers[at]}{mark}¦{at + 1}{mark}⟧" + parts[at][2:]
    for later in range(at + 1, 4):
        parts[later] = f"{{{later}}}" + parts[later][2:]
    text = f"{rng.choice(PLACES)}要求：" + "；".join(parts[: at + 1])
    return text + "。"


phrase("SEQ005", "{k}.{j}⟦.¦⟧{w}{v}按月推进，{b}逐项核对。", "{k}.{j}⟦、¦⟧{p}{v}{t}，由{b}协助。")
_FIRST, _SECOND = ("首先", "其一", "第一", "一是"), ("其次", "其二", "第二", "二是")


@of("SEQ010")
def _mixed_sets(rng: random.Random) -> str:
    kind = rng.randrange(4)
    other = rng.choice([each for each in range(4) if each != kind])
    marks = ["，", "，", "，", ""]
    second = f"⟦{_SECOND[other]}{marks[other]}¦{_SECOND[kind]}{marks[kind]}⟧"
    first, third = rng.sample(NOUNS, 2)
    begun = f"{rng.choice(PLACES)}有两点做法：{_FIRST[kind]}{marks[kind]}{rng.choice(VERBS)}{first}"
    return f"{begun}；{second}{rng.choice(VERBS)}{third}。"


@of("SEQ013")
def _half_bracket(rng: random.Random) -> str:
    matter = rng.choice(MATTERS)
    number = rng.choice((HAN[rng.randint(1, 9)], str(rng.randint(1, 9))))
    return f"{paragraph(rng)}\n\n⟦({number})¦（{number}）⟧{matter.heads[0]}\n\n{paragraph(rng)}\n"


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
    first, second = rng.sample(NOUNS, 2)
    kind = rng.choice(("通知", "方案", "意见", "报告"))
    return f"⟦关于{rng.choice(VERBS)}{first}{rng.choice('，；')}做好{second}的{kind}¦关于{rng.choice(VERBS)}{first}和做好{second}的{kind}⟧\n\n{paragraph(rng)}\n"


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
