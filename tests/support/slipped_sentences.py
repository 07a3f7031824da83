"""Sentences with one slip each, for rules of words, figures and marks, in words that their examples do not have.

How the slip is marked: `slip_marks`.
"""

from __future__ import annotations

import random

from slip_marks import Maker


def _words(text: str) -> list[str]:
    return text.split()


PLACES = _words("溪口镇 松柏村 桃园社区 石桥街道 云台县 江湾区 柳林乡 双河口村 竹园社区 望江街道")
BODIES = _words("民政所 水利站 卫生院 派出所 团委 妇联 工会 司法所 图书馆 供电所")
VERBS = _words("检修 登记 清理 走访 排查 培训 慰问 巡查 宣传 整改 评比 回访")
THINGS = _words("水渠 路灯 台账 隐患 农户 商铺 果园 井盖 护栏 课桌 门牌 泵站")
WORDS = _words(
    "措施 任务 问题 群众 经济 系统 设备 资料 材料 建议 意见 活动 服务 环境 制度 秩序 干部 党员 企业 家庭 学校 医院 道路 桥梁 河道 "
    "农田 蔬菜 水果 粮食 技术 课程 教师 学生 老人 儿童 志愿 节目 图书 展览 比赛 安全 消防 卫生 垃圾 污水 绿化 灯光 广场 公园 车辆 "
    "司机 乘客 仓库 货物 价格 质量 标准 流程 窗口 电话 平台 网络 数据 档案 合同 贷款 保险 补贴 奖励 荣誉 经验 典型 氛围 成效"
)
UNITS = _words("户 家 处 件 人 份 名 条 场 棵")
COUNTED = {
    "户": "农户",
    "家": "商铺",
    "处": "隐患",
    "件": "来件",
    "人": "学员",
    "份": "手册",
    "名": "队员",
    "条": "建议",
    "场": "讲座",
    "棵": "果树",
}
HAN = "零一二三四五六七八九十"


def _pair(before: str, right: str, wrong: str, after: str) -> str:
    return f"{before}⟦{wrong}¦{right}⟧{after}"


def _doubled_character(rng: random.Random) -> str:
    word = rng.choice(WORDS)
    twice = word[0] * 2 + word[1] if rng.random() < 0.5 else word + word[1]
    before = rng.choice(("", f"{rng.choice(PLACES)}对", "会议通报了", "下半年，各村围绕"))
    return _pair(
        before, word, twice, rng.choice(("，逐项销号。", "的进展。", "、" + rng.choice(WORDS) + "作了安排。"))
    )


def _doubled_word(rng: random.Random) -> str:
    word = rng.choice(
        [*WORDS, *VERBS, "及时", "确保", "进行", "共同", "主要", "已经", "因为", "能够", "继续", "所有"]
    )
    return _pair(
        f"{rng.choice(PLACES)}", word, word * 2, rng.choice(("，当月见效。", "的办法。", "、按时上报。"))
    )


def _before_deng(rng: random.Random) -> str:
    first, second = rng.sample(WORDS, 2)
    return _pair(
        f"涉及{first}、{second}",
        "等",
        "、等",
        f"{rng.randint(2, 9)}个方面。"
        if rng.random() < 0.3
        else rng.choice(("类别。", "，已报县里。", "形式推开。", "群体受益。")),
    )


def _letter(rng: random.Random) -> str:
    number = str(rng.randint(10, 999)).replace("2", "1") + "0"
    place = rng.choice([at for at, figure in enumerate(number) if figure in "01"])
    letter = "O" if number[place] == "0" else rng.choice("lI")
    unit = rng.choice(UNITS)
    return _pair(
        f"{rng.choice(VERBS)}{COUNTED[unit]}",
        f"{number}{unit}",
        f"{number[:place]}{letter}{number[place + 1 :]}{unit}",
        "，全部建档。",
    )


def _two_digit_year(rng: random.Random) -> str:
    year = rng.randint(8, 25)
    before, after = rng.choice(
        (
            ("自", "起推行轮值"),
            ("比", "同期少了三成"),
            ("从", "开始试点"),
            ("与", "同期相比，来件减半"),
            ("较", "底增加一倍"),
        )
    )
    return _pair(f"{rng.choice(PLACES)}{before}", f"20{year:02}年", f"{year:02}年", f"{after}。")


def _adjacent(rng: random.Random) -> str:
    low = rng.randint(2, 8)
    tail = rng.choice(
        ("个月" if low > 12 else "个村", "户", "万元", "百人", "公里", "小时", "亩", "岁", "倍", "千件", "天")
    )
    return _pair("每季度约", f"{HAN[low]}{HAN[low + 1]}{tail}", f"{low}、{low + 1}{tail}", "，由村里统筹。")


def _with_ji(rng: random.Random) -> str:
    tens = rng.randint(1, 9)
    right = ("" if tens == 1 else HAN[tens]) + "十几"
    unit = rng.choice(UNITS)
    return _pair("共有", f"{right}{unit}", f"{tens}0几{unit}", f"{COUNTED[unit]}。")


def _lunar(rng: random.Random) -> str:
    day = rng.randint(11, 19)
    return _pair(
        rng.choice(("正月", "腊月")), "十" + HAN[day - 10], str(day), f"，{rng.choice(PLACES)}办起庙会。"
    )


def _set_phrase(rng: random.Random) -> str:
    day = rng.randint(1, 6)
    word = rng.choice(("星期", "礼拜", "周"))
    return _pair(
        f"{rng.choice(PLACES)}定于",
        f"{word}{HAN[day]}",
        f"{word}{day}",
        rng.choice(("上午集合。", "晚开课。", "下午收卷。")),
    )


def _mixed_date(rng: random.Random) -> str:
    year, month = rng.randint(2001, 2025), rng.randint(1, 10)
    return _pair(f"{rng.choice(PLACES)}于", f"{year}年{month}月", f"{year}年{HAN[month]}月", "建起泵站。")


def _no_zero(rng: random.Random) -> str:
    figure = rng.randint(1, 9)
    tail = rng.choice(("元", "吨", "公里", "个百分点", "%", "万元", "米", "公顷", "升"))
    return _pair(
        rng.choice(("亩均成本降低", "每户节水约", "人均增加", "同比缩短")),
        f"0.{figure}{tail}",
        f".{figure}{tail}",
        "，好于预期。",
    )


def _mixed_numeral(rng: random.Random) -> str:
    tens, ones, unit = rng.randint(2, 9), rng.randint(1, 9), rng.choice(UNITS)
    return _pair(
        f"{rng.choice(VERBS)}", f"{tens}{ones}{unit}", f"{HAN[tens]}十{ones}{unit}", f"{COUNTED[unit]}。"
    )


def _fall_by_times(rng: random.Random) -> str:
    verb, times = rng.choice(("下降", "减少", "缩短", "降低")), rng.randint(2, 9)
    return _pair(f"{rng.choice(WORDS)}差错", f"{verb}{times}成", f"{verb}{times}倍", "。")


def _percent(rng: random.Random) -> str:
    low = rng.randint(60, 80)
    return _pair(f"覆盖率由{low}%提高到{low + 5}%，提高", "5个百分点", "5%", "。")


def _approximate(rng: random.Random) -> str:
    number, unit = rng.randint(11, 990), rng.choice(UNITS)
    right = f"约{number}{unit}"
    wrong = rng.choice(
        (f"约{number}{unit}左右", f"近{number}余{unit}", f"{number}{unit}以上左右", f"大约{number}多{unit}")
    )
    return _pair(f"{rng.choice(VERBS)}{COUNTED[unit]}", right, wrong, "，当场答复。")


def _sum(rng: random.Random) -> str:
    unit = rng.choice(UNITS)
    first, second = rng.randint(11, 90), rng.randint(11, 90)
    whole = first + second
    form = rng.choice(
        ("，其中东片{}{u}、西片{}{u}。", "（其中：东片{}{u}、西片{}{u}）。", "，其中：东片{}{u}，西片{}{u}。")
    )
    parts = form.format(first, second, u=unit)
    return _pair(
        f"共{rng.choice(VERBS)}{COUNTED[unit]}", f"{whole}{unit}", f"{whole - rng.randint(3, 9)}{unit}", parts
    )


def _money(rng: random.Random) -> str:
    first, second = rng.randint(11, 90), rng.randint(11, 90)
    parts = f"，其中东片{first}.5万元、西片{second}.5万元。"
    whole = first + second + 1
    return _pair(f"共{rng.choice(VERBS)}", f"{whole}万元", f"{whole - rng.randint(3, 9)}万元", parts)


def _share(rng: random.Random) -> str:
    unit = rng.choice(UNITS)
    percent = rng.randint(10, 60)
    return _pair(
        f"共登记{COUNTED[unit]}200{unit}，其中新增{percent * 2}{unit}，占",
        f"{percent}%",
        f"{percent + rng.randint(5, 20)}%",
        "。",
    )


def _growth(rng: random.Random) -> str:
    unit = rng.choice(list("件户人名家场"))
    percent = rng.randint(5, 90)
    return _pair(
        f"由100{unit}增加到{100 + percent}{unit}，增长",
        f"{percent}%",
        f"{percent + rng.randint(5, 20)}%",
        "。",
    )


def _unit(rng: random.Random) -> str:
    right, wrong = rng.choice(
        (("厘米", "公分"), ("米", "英尺"), ("千克", "市斤"), ("升", "公升"), ("吨", "公吨"), ("千焦", "大卡"))
    )
    number = rng.randint(2, 990)
    return _pair(rng.choice(("加高", "增加", "减少")), f"{number}{right}", f"{number}{wrong}", "，已验收。")


def _currency(rng: random.Random) -> str:
    amount = f"{rng.randint(20, 9000)}{rng.choice(('元', '万元'))}"
    return _pair("发放奖金", amount, rng.choice("￥¥") + amount, "。")


def _doubled_unit(rng: random.Random) -> str:
    unit = rng.choice(list("元件人次户家吨米名"))
    number = f"{rng.randint(2, 990)}"
    return _pair(f"{rng.choice(VERBS)}共", f"{number}{unit}", f"{number}{unit}{unit}", "，好于往年。")


def _day_name(rng: random.Random) -> str:
    month, day, name = rng.choice(
        (
            (3, 15, "消费者权益日"),
            (6, 26, "国际禁毒日"),
            (5, 12, "防灾减灾日"),
            (11, 9, "消防宣传日"),
            (12, 2, "全国交通安全日"),
            (4, 15, "全民国家安全教育日"),
            (6, 5, "世界环境日"),
            (1, 10, "警察节"),
        )
    )
    return _pair(f"{rng.choice(PLACES)}开展", f"“{month}·{day}”", f"“{month}.{day}”", f"{name}活动。")


def _placeholder(rng: random.Random) -> str:
    unit = rng.choice(UNITS)
    if rng.random() < 0.3:
        return _pair(
            f"{rng.choice(WORDS)}明细", "附后", rng.choice(("待补充", "待填写", "待核补", "待填报")), "。"
        )
    return _pair(
        f"{rng.choice(VERBS)}{COUNTED[unit]}",
        f"{rng.randint(2, 99)}{unit}",
        f"{rng.choice(('××', 'XX', 'xxx'))}{unit}",
        "，已报县里。",
    )


def _mobile(rng: random.Random) -> str:
    number = "1" + rng.choice("3578") + "".join(rng.choice("0123456789") for _ in range(9))
    before = rng.choice(("报名请拨打", "联系电话：", "可致电", "咨询热线为", "手机号码为", "值班手机："))
    return _pair(before, number, number[:-1] if rng.random() < 0.5 else number + "3", "。")


def _postcode(rng: random.Random) -> str:
    code = "".join(rng.choice("123456789") for _ in range(6))
    return _pair(
        rng.choice(("来信请寄镇政府，邮编", "邮政编码：", "邮编：", "邮编为")),
        code,
        code[:-1] if rng.random() < 0.5 else code + "1",
        "。",
    )


def _number_in_title(rng: random.Random) -> str:
    title = f"关于做好{rng.choice(WORDS)}工作的{rng.choice(('通知', '意见', '方案'))}"
    number = f"（云{rng.choice(('政', '民', '办'))}发〔20{rng.randint(10, 25)}〕{rng.randint(1, 90)}号）"
    return _pair(f"印发《{title}", f"》{number}", f"{number}》", "，按期落实。")


def _half_stop(rng: random.Random) -> str:
    return _pair(
        f"{rng.choice(PLACES)}的{rng.choice(THINGS)}{rng.choice(VERBS)}完毕",
        "。",
        ". ",
        f"{rng.choice(BODIES)}负责回访，按月通报，接受监督，及时整改。",
    )


def _space_before_mark(rng: random.Random) -> str:
    return _pair(
        f"{rng.choice(PLACES)}{rng.choice(VERBS)}{rng.choice(THINGS)}",
        "，",
        " ，",
        f"由{rng.choice(BODIES)}牵头。",
    )


def _morning(rng: random.Random) -> str:
    hour = rng.randint(13, 22)
    tail = rng.choice(("时", "点", ":30"))
    return _pair(
        f"{rng.randint(1, 12)}月{rng.randint(1, 28)}日{rng.choice(('上午', '早上', '清晨', '凌晨'))}",
        f"{hour - 12 if hour < 24 else 9}{tail}",
        f"{hour}{tail}",
        f"，{rng.choice(BODIES)}开会。",
    )


def _hyphen(rng: random.Random) -> str:
    low = rng.randint(2, 20)
    unit = rng.choice((*UNITS, "日", "月", "公里", "岁", "个", "元"))
    high = min(low + rng.randint(2, 9), 12 if unit == "月" else 30)
    low = min(low, high - 1)
    mark = "—" if unit == "日" else "～"
    return _pair(
        rng.choice(("安排在", "控制在", "每批为")), f"{low}{mark}{high}{unit}", f"{low}-{high}{unit}", "。"
    )


def _guillemets(rng: random.Random) -> str:
    title = f"关于{rng.choice(VERBS)}{rng.choice(THINGS)}的通知"
    return _pair("根据", f"《{title}》", f"«{title}»", "要求，开展自查。")


def _wide_percent(rng: random.Random) -> str:
    figure, sign = f"{rng.randint(11, 99)}.{rng.randint(1, 9)}", rng.choice("%℃‰")
    return _pair(f"{rng.choice(WORDS)}达标率为", figure + sign, f"{figure}　{sign}", "。")


def _verb_twice(rng: random.Random) -> str:
    verb, kept, thing = rng.choice(
        (
            ("造成", "部分路段", "积水"),
            ("导致", "多处堤段", "渗漏"),
            ("进行", "逐户", "登记"),
            ("引发", "周边山体", "滑坡"),
        )
    )
    return _pair(
        f"{rng.choice(PLACES)}连日降雨，", f"{verb}{kept}{thing}", f"{verb}{kept}{verb}{thing}", "。"
    )


def _promise(rng: random.Random) -> str:
    what = rng.choice(("坚持", "聚焦", "强化", "突出", "做到", "紧盯"))
    items = "、".join(what + word for word in rng.sample(WORDS, 4))
    return _pair("下一步做好“", f"四个{what}", f"五个{what}", f"”：{items}。")


def _single_quotes(rng: random.Random) -> str:
    word = rng.choice(WORDS) + rng.choice(("先行", "到家", "为先", "下沉"))
    return _pair(f"{rng.choice(PLACES)}推行", f"“{word}”", f"'{word}'", "做法。")


def _two_stops(rng: random.Random) -> str:
    return _pair(
        f"{rng.choice(PLACES)}{rng.choice(VERBS)}了{rng.choice(THINGS)}",
        "。",
        rng.choice((".。", "。.", "。。")),
        "",
    )


def _ellipsis(rng: random.Random) -> str:
    return _pair(
        f"群众说起{rng.choice(WORDS)}",
        "……",
        rng.choice(("....", "...", "．．．", "···", "。。。", "．．．．")),
        f"{rng.choice(BODIES)}都记了下来。",
    )


def _idiom(rng: random.Random) -> str:
    right, wrong = rng.choice(
        (
            ("各司其职", "各施其职"),
            ("因地制宜", "因地治宜"),
            ("持之以恒", "持之以衡"),
            ("有的放矢", "有的放失"),
            ("未雨绸缪", "未雨绸谋"),
            ("众志成城", "众志成诚"),
            ("循序渐进", "循序渐近"),
            ("身体力行", "身体立行"),
            ("防汛", "防讯"),
            ("枢纽", "枢钮"),
            ("全天候", "全天侯"),
            ("走访", "走坊"),
            ("部署", "部暑"),
            ("贯彻", "贯沏"),
        )
    )
    return _pair(f"{rng.choice(PLACES)}", right, wrong, f"，{rng.choice(VERBS)}{rng.choice(THINGS)}。")


def _control(rng: random.Random) -> str:
    word = rng.choice(WORDS)
    return _pair(
        f"{rng.choice(PLACES)}{word[0]}",
        word[1],
        f"{rng.choice(chr(11) + chr(1) + chr(31))}{word[1]}",
        "稳步推进。",
    )


MAKERS: dict[str, Maker] = {
    "WRD021": _doubled_character,
    "WRD022": _doubled_word,
    "PUN015": _before_deng,
    "NUM020": _letter,
    "DAT001": _two_digit_year,
    "NUM003": _adjacent,
    "NUM004": _with_ji,
    "NUM005": _lunar,
    "NUM006": _set_phrase,
    "NUM007": _mixed_date,
    "NUM008": _no_zero,
    "NUM012": _mixed_numeral,
    "NUM017": _fall_by_times,
    "NUM018": _percent,
    "NUM019": _approximate,
    "CNS001": _sum,
    "CNS002": _share,
    "CNS011": _money,
    "CNS003": _growth,
    "UNI006": _unit,
    "UNI014": _currency,
    "UNI015": _doubled_unit,
    "PUN027": _day_name,
    "CHR013": _placeholder,
    "CON002": _mobile,
    "CON005": _postcode,
    "REF004": _number_in_title,
    "PUN002": _half_stop,
    "MIX002": _space_before_mark,
    "DAT017": _morning,
    "PUN025": _hyphen,
    "PUN052": _guillemets,
    "SPC003": _wide_percent,
    "WRD031": _verb_twice,
    "SEC007": _promise,
    "PUN003": _single_quotes,
    "PUN010": _two_stops,
    "PUN018": _ellipsis,
    "WRD018": _idiom,
    "CHR001": _control,
}
"""By the code of the rule."""
TOLD_BY = {
    "WRD021": ("WRD021", "WRD022"),
    "WRD022": ("WRD021", "WRD022"),
    "PUN010": ("PUN010", "PUN002"),
    "WRD018": ("WRD018", "WRD019"),
}
"""The rules that may tell of the slip, where another may."""
