"""Seeded bulletins in a dozen and more house styles, with what is in them known beforehand.

A bulletin is first a model (masthead, articles of blocks, imprint, distribution), then rendered by its
style. Defects are planted into the model; the characters that are then wrong stand between `OPEN` and
`CLOSE`, which rendering takes out again and turns into lines and columns. Nothing here reads the linter:
what a bulletin is comes from the product's specification and from bulletins seen.
"""

from __future__ import annotations

import datetime
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

OPEN, CLOSE = "\ue000", "\ue001"
"""Round the characters that a violation must stand on."""
KEEP, KEPT = "\ue010", "\ue011"
"""Round characters whose spacing is not the house's to choose: names, document numbers, defects."""
_SENTINELS = {OPEN, CLOSE, KEEP, KEPT}
_HAN = re.compile(r"[\u3400-\u9fff\u3007]")
_NO_LINE_START = set("，。、；：？！）》”’】〕％%)…—～~")
_NO_LINE_END = set("（《“‘【〔(")
_FIGURES = "零一二三四五六七八九"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
WEEKDAYS = "一二三四五六日"


def marked(text: str) -> str:
    """Text that a violation is expected on, its own spacing kept."""
    return f"{OPEN}{KEEP}{text}{KEPT}{CLOSE}"


def kept(text: str) -> str:
    """Text whose spacing the house style does not change."""
    return f"{KEEP}{text}{KEPT}"


def plain(text: str) -> str:
    """Text without the generator's own marks."""
    return "".join(character for character in text if character not in _SENTINELS)


def han_number(number: int) -> str:
    """1 to 99 in characters."""
    tens, ones = divmod(number, 10)
    text = "" if tens == 0 else "十" if tens == 1 else f"{_FIGURES[tens]}十"
    return text + (_FIGURES[ones] if ones else "")


# --- house styles --------------------------------------------------------------------------------------


class Labels(NamedTuple):
    """The words that an office puts before the fields of its imprint."""

    editor: str
    reviewer: str
    phone: str
    fax: str = ""
    email: str = ""
    writer: str = ""
    approver: str = ""


FULL_WIDTH, HALF_WIDTH = ("（", "）"), ("(", ")")

SHORT = Labels("责编", "核稿", "电话", "传真", "邮箱")
LONG = Labels("责任编辑", "审核", "联系电话", email="电子信箱")
DUTY = Labels("编辑", "校对", "值班电话")
JUSTIFIED = Labels("责　编", "核　稿", "电　话", "传　真", "邮　箱")
FULL = Labels("责任编辑", "审核", "联系电话", "传真", "电子信箱", writer="撰稿", approver="签发")


class Style(NamedTuple):
    """How one office sets its bulletin."""

    name: str
    suffix: str
    number: str
    """two-lines, one-line, year, year-space, hexagon, hexagon-date, glued, han, plain."""
    byline: str
    """wide (office and date on one line), lines (one each), labelled."""
    labels: Labels
    imprint: str
    """lines, spaces, wide-spaces, slashes."""
    sections: str
    """han, nested, arabic, circled, bracketed."""
    attribution: str
    """own, end, right, supplied, person."""
    distribution: str = "plain"
    """plain (报 送 发), copies (抄报 抄送), justified (报　送)."""
    spaced: bool = False
    blank: bool = True
    indent: str = ""
    wrap: int = 0
    colon: str = "："
    brackets: tuple[str, str] = FULL_WIDTH
    number_brackets: tuple[str, str] = FULL_WIDTH
    column: str = ""
    contents: str = ""
    note: str = ""
    articles: tuple[int, int] = (1, 4)
    bold: bool = False
    rules: bool = False
    copies: bool = False
    table: bool = False
    noisy: bool = False
    run_in: bool = False
    """Sections are a sentence at the start of their paragraph, not a heading line."""
    centred: bool = False


STYLES: tuple[Style, ...] = (
    Style(
        "capital", "md", "two-lines", "lines", SHORT, "lines", "han", "own", spaced=True, colon=":",
        brackets=HALF_WIDTH, number_brackets=HALF_WIDTH, column="【】", bold=True, rules=True, noisy=True,
    ),
    Style(
        "gazette", "md", "year", "wide", LONG, "spaces", "nested", "own", contents="plain", copies=True,
        bold=True, rules=True, table=True,
    ),
    Style(
        "county", "txt", "one-line", "wide", DUTY, "wide-spaces", "han", "end", "copies", blank=False,
        indent="　　", articles=(1, 3),
    ),
    Style(
        "terminal", "txt", "year-space", "lines", LONG, "lines", "nested", "own", blank=False,
        column="★", articles=(2, 4),
    ),
    Style(
        "wrapped", "txt", "hexagon", "wide", JUSTIFIED, "lines", "han", "own", "justified", blank=False,
        indent="　　", wrap=36, copies=True, articles=(1, 3), centred=True,
    ),
    Style(
        "journal", "md", "glued", "labelled", FULL, "lines", "arabic", "supplied", "copies", note="编者按：",
        bold=True, noisy=True, articles=(2, 3),
    ),
    Style(
        "tabbed", "txt", "hexagon-date", "lines", DUTY, "slashes", "circled", "own", blank=True,
        contents="numbered", articles=(2, 4),
    ),
    Style(
        "characters", "md", "han", "lines", SHORT, "spaces", "bracketed", "end", bold=True, column="【】",
        note="【编者按】", table=True,
    ),
    Style(
        "single", "txt", "plain", "labelled", LONG, "wide-spaces", "han", "person", "copies", blank=False,
        indent="　　", articles=(1, 1), run_in=True,
    ),
    Style(
        "spaced-text", "txt", "year", "wide", SHORT, "lines", "nested", "right", spaced=True, blank=True,
        indent="　　", note="按语：", copies=True, articles=(1, 3),
    ),
    Style(
        "web", "md", "one-line", "lines", LONG, "slashes", "arabic", "own", spaced=True, brackets=HALF_WIDTH,
        colon=":", contents="bulleted", noisy=True, bold=True, articles=(2, 4), table=True,
    ),
    Style(
        "ward", "md", "year-space", "labelled", JUSTIFIED, "wide-spaces", "circled", "end", "copies",
        column="★", rules=True, copies=True, run_in=True, bold=True,
    ),
    Style(
        "bare", "txt", "two-lines", "lines", DUTY, "spaces", "bracketed", "supplied", blank=False,
        articles=(1, 4), brackets=HALF_WIDTH, number_brackets=HALF_WIDTH,
    ),
    Style(
        "folded", "txt", "year", "lines", FULL, "lines", "nested", "own", blank=True, wrap=32,
        contents="leaders", column="【】", articles=(2, 3),
    ),
)  # fmt: skip


def mixed_style(number: int) -> Style:
    """A house whose habits are drawn one by one, the same for the same number."""
    rng = random.Random(f"style/{number}")
    markdown = rng.random() < 0.5
    wrap = 0 if markdown else rng.choice((0, 0, 30, 34, 40))
    blank = markdown or rng.random() < 0.5
    # Wrapped lines without indent or blank lines would leave no paragraphs to tell apart.
    indent = "　　" if wrap and not blank else "" if markdown else rng.choice(("", "　　"))
    brackets = rng.choice((FULL_WIDTH, FULL_WIDTH, HALF_WIDTH))
    return Style(
        name=f"mixed{number}",
        suffix="md" if markdown else "txt",
        number=rng.choice(
            (
                "two-lines",
                "one-line",
                "year",
                "year-space",
                "hexagon",
                "hexagon-date",
                "glued",
                "han",
                "plain",
            )
        ),
        byline=rng.choice(("wide", "lines", "labelled")),
        labels=rng.choice((SHORT, LONG, DUTY, JUSTIFIED, FULL)),
        imprint=rng.choice(("lines", "spaces", "wide-spaces", "slashes")),
        sections=rng.choice(("han", "nested", "arabic", "circled", "bracketed")),
        attribution=rng.choice(("own", "own", "end", "right", "supplied", "person")),
        distribution=rng.choice(("plain", "copies", "justified")),
        # Wrapping would lose a space at the end of a line.
        spaced=not wrap and rng.random() < 0.4,
        blank=blank,
        indent=indent,
        wrap=wrap,
        colon=rng.choice("：:"),
        brackets=brackets,
        number_brackets=brackets,
        column=rng.choice(("", "", "【】", "★")),
        contents=rng.choice(("", "", "plain", "numbered", "bulleted", "leaders")),
        note=rng.choice(("", "", "编者按：", "【编者按】", "按语：")),
        articles=(1, rng.choice((1, 2, 4))),
        bold=markdown and rng.random() < 0.7,
        rules=markdown and rng.random() < 0.5,
        copies=rng.random() < 0.5,
        table=markdown and rng.random() < 0.4,
        noisy=markdown and rng.random() < 0.5,
        run_in=rng.random() < 0.25,
        centred=not markdown and rng.random() < 0.3,
    )


# --- material ------------------------------------------------------------------------------------------

_PLACES = (
    "白鹭街道", "石桥镇", "柳湾乡", "东浦街道", "长滩镇", "云岭街道", "南屏街道", "枫林镇", "沙洲乡",
    "北岗镇", "青禾街道", "新渡口镇", "望溪乡", "竹园街道",
)  # fmt: skip
_BUREAUX = (
    "区城管局", "市水务局", "县教体局", "区人社局", "县农业农村局", "市交通运输局", "区卫健委", "市气象局",
    "县住建局", "区应急局", "区退役军人局", "县市场监管局", "区团委", "市妇联",
)  # fmt: skip
_SPOTS = (
    "老旧小区", "农贸市场", "沿街商铺", "村口集市", "产业园区", "中小学校", "河道沿岸", "公交场站",
    "养老驿站", "施工工地", "田间地头", "客运码头",
)  # fmt: skip
_DOINGS = (
    "组织{n}支巡查小队逐段过筛", "抽调{nn}名业务骨干驻点服务", "把{n}个服务窗口延伸到{spot}",
    "对{nn}家餐饮单位开展拉网检查", "为{nnn}户独居老人安装烟感报警器", "在{nn}个小区推开垃圾分类桶长制",
    "同{n}所学校签订护学岗共建协议", "邀请{nn}位退休教师担任书屋讲解员",
    "采取白天走访、夜间议事的办法收集意见", "把春耕物资送到农户手中", "对{n}条背街小巷实施雨污分流改造",
    "启用错时停车泊位{nnn}个", "开出免费接送班车{nn}趟次", "举办技能培训班{n}期",
    "组织“面对面”政策辅导{nn}场", "利用农家小院开设流动课堂", "逐户核对低保对象信息",
    "会同供电所排查老化线路{n}公里", "把{nn}项高频事项纳入自助终端", "开展防汛抢险实战演练{n}场",
    "清理占道摊点{nn}处", "组建{nn}人的应急抢修队", "为{spot}配备便民工具箱{nn}个",
    "向企业派出{nn}名助企专员", "设立“板凳会”议事点{n}个", "印制方言版宣传折页",
    "给{nn}名新任网格员逐一结对带教", "安排{n}辆宣传车深入{spot}", "对照清单逐条销号",
    "推行材料“一次告知、一次办结”", "邀请法律顾问到{spot}坐诊", "腾退闲置厂房{n}处改作文体活动室",
    "在{spot}增设休息座椅{nn}张", "把每月首个周末定为邻里互助日", "汇编典型案例{nn}篇供各单位学习",
    "选派{n}名干部到项目一线跟班", "联合物业企业更换损坏井盖{nn}个", "面向青年开办夜校课程{n}门",
)  # fmt: skip
_RESULTS = (
    "累计受理诉求{nnn}件", "发放明白纸{k}余份", "整改问题{nn}个", "惠及居民{wan}人次",
    "按期办结率达到{pct}", "群众满意率升至{pct}", "平均等候时间压减到{nn}分钟", "帮助{nnn}名劳动者就近上岗",
    "为企业减负{wan}元", "回收废旧衣物{k}多件", "新增绿化面积{k}平方米", "化解邻里纠纷{nn}起",
    "覆盖全部{nn}个村（社区）", "服务时长超过{k}小时", "签订责任书{nnn}份", "补齐台账资料{nn}册",
    "吸引{k}余名居民参加", "巡查里程近{k}公里", "兑现奖补资金{wan}元", "劝导不文明行为{nnn}人次",
    "归还失物{nn}件", "完成管网清淤{n}千余米", "联系困难家庭{nnn}户", "征集金点子{nn}条",
    "线上点击量突破{wan}次", "修复破损路面{nnn}平方米", "培育示范户{nn}户", "故障报修量下降{pct}",
)  # fmt: skip
_CLOSINGS = (
    "居民出行更加顺畅", "受到商户欢迎", "办事群众少跑了路", "为后续工作打下了基础", "基层负担明显减轻",
    "邻里关系更加融洽", "做法在全系统推广", "家长普遍表示放心", "企业反响良好", "工作作风进一步转变",
    "街面秩序持续好转", "干群联系更加紧密", "经验被多家单位借鉴", "老人们用上了热饭热菜",
    "河道面貌焕然一新", "安全隐患得到消除", "服务质效稳步提升",
)  # fmt: skip
_WAYS = (
    "“网格吹哨、部门报到”", "问题导向", "边查边改", "试点先行、以点带面", "分类施策", "“谁主管、谁负责”",
    "线上线下联动", "一户一策", "月调度、季讲评",
)  # fmt: skip
_PROBLEMS = (
    "停车难", "老年人数字鸿沟", "汛期内涝", "飞线充电", "农村客运末梢不畅", "快递进村成本高",
    "企业用工缺口", "课后看护空档", "广场舞噪声", "背街小巷积水", "办事材料重复提交", "夜间施工扰民",
)  # fmt: skip
_WHENS = (
    "{date}",
    "{date}上午",
    "{date}至{later}",
    "{month}以来",
    "入汛前夕",
    "今年以来",
    "专项行动期间",
    "{month}下旬",
)
_PATTERNS = (
    "{when}，{who}{doing}，{result}。", "{who}{doing}，{result}，{closing}。",
    "{who}坚持{way}，{doing}，{result}。", "针对{problem}，{who}{doing}，{closing}。",
    "{when}，{who}在{spot}{scene}，{closing}。", "据统计，{result}，{result}。",
    "{who}负责人{person}介绍，{doing}以后，{closing}。", "{who}印发{paper}，{doing}。",
    "同时，{result}，{result}。", "{when}，{person}带队到{spot}调研，要求{who}{doing}。",
    "{who}与{who}联合行动，{doing}，{closing}。",
)  # fmt: skip
_SCENES = (
    "开展集中走访", "举办开放日活动", "召开现场推进会", "组织义务劳动", "启动便民服务季",
    "开展应急疏散演练", "举行结对签约仪式",
)  # fmt: skip
_PAPERS = (
    "《便民服务事项清单》", "《基层减负若干措施》", "《{who}夏季工作要点》", "《入户走访工作手册》",
    "《致居民朋友的一封信》", "《网格事项处置流程（试行）》",
)  # fmt: skip
_SILENT = (
    "“3·15”期间，{who}设点接受咨询，{result}。",
    "志愿者开展“1+1”结对帮扶，{result}。",
    "301医院专家团队到{spot}义诊，{result}。",
    "施工方对104国道沿线护栏逐段加固，{closing}。",
    "{who}认真学习市委十二届六次全会精神，{closing}。",
    "全体干部增强“四个意识”、做到“两个维护”，{closing}。",
    "每个小组由3～5人组成，{result}。",
    "活动于下午3时开始，16时结束，{closing}。",
    "窗口服务时间调整为8:30—17:00，{closing}。",
    "这批房屋大多建于20世纪80年代，{who}{doing}。",
    "截至{date}，{result}。",
    "报名截止日期为{date}，{result}。",
    "2016—2018年，{who}连续三年{doing}。",
    "依据" + kept("清政办发〔2012〕27号") + "文件，{who}{doing}。",
    "各社区党组织（含“两新”组织）全部参加，{result}。",
    "区委召开常委（扩大）会议专题研究，{closing}。",
    "居民可拨打12345热线或登录" + kept("https://fw.linjiang.example.cn/bm?id=20") + "反映问题。",
    "意见可发至" + kept("yjx2013@linjiang.example.cn") + "，{closing}。",
    "该楼始建于二〇〇八年，{who}{doing}。",
    "活动公告转发：各村务公开栏，张贴位置由{who}确定。",
    "这是该镇第7次获得同类表彰，{closing}。",
    "{who}实行“一件事一次办”，{result}。",
    "日供水量约1.2万吨，完好率在99.6%以上，{closing}。",
    "最低气温降至-5℃，{who}{doing}。",
    "经费按6∶4的比例分担，{closing}。",
    "{person}说：“有了这个站点，歇脚喝水都方便。”",
    "全年目标完成八成左右，近千人次受益，{closing}。",
    "该项工作一是为了安全，也是为了方便，{closing}。",
)
_TITLES = (
    "{who}{aim}", "{who}{deed} {aim}", "{who}：{aim}", "{deed} {aim}", "{aim}——{who}工作侧记",
    "{who}{deed}",
)  # fmt: skip
_DEEDS = (
    "开展联合执法检查", "推行窗口延时服务", "办好民生微实事", "启动冬春水利建设", "打造邻里互助品牌",
    "优化助企服务机制", "推进老旧小区改造", "组织防汛实战演练", "建设共享书屋", "深化网格治理",
)  # fmt: skip
_AIMS = (
    "打通服务群众最后一百米", "绣出城市管理新面貌", "让老有所依落到实处", "守牢安全生产底线",
    "为企业纾困解难", "小窗口办出大民生", "筑起青少年成长防护网", "擦亮乡村生态底色", "以实干回应群众期盼",
    "激活基层治理末梢",
)  # fmt: skip
_VERBS = ("坚持", "强化", "聚焦", "突出", "注重")
_TAILS = (
    "党建引领，织密组织网络", "问题导向，补齐设施短板", "多方联动，汇聚共治合力", "精准施策，提升服务质效",
    "源头预防，化解矛盾纠纷", "典型带动，营造浓厚氛围", "建章立制，巩固整治成果", "数字赋能，优化办理流程",
    "以人为本，改善居住环境", "严督实考，压紧工作责任",
)  # fmt: skip
_HEADS = (
    "摸清底数，建好问题台账", "上门宣讲，政策送到家门口", "分片包干，责任落实到人",
    "盯紧重点，隐患随查随改", "流程再造，审批跑出加速度", "结对共建，资源下沉一线",
    "群众评议，好坏由居民说了算", "常态巡查，守护一方平安", "人才下乡，技术扎根田野",
    "文化惠民，书香浸润社区",
)  # fmt: skip
_ONES = (
    "发出一封公开信。", "组建一支帮办队。", "编印一本口袋书。", "开好一场院坝会。", "建立一套台账。",
    "拍摄一部微短片。", "办好一所夜校。", "评选一批示范户。", "打造一条便民路线。",
)  # fmt: skip
_LEADS = (
    "组织领导更加有力。", "宣传发动更加深入。", "服务方式更加灵活。", "监督检查更加严格。",
    "长效机制更加健全。",
)  # fmt: skip
_ITEMS = (
    "加密巡查频次，做到早发现、早处置", "畅通反馈渠道，{result}", "抓好结果运用，{closing}",
    "压实包保责任，{doing}", "突出重点区域，{doing}", "完善配套设施，{result}", "培训骨干力量，{result}",
    "加强部门会商，{closing}",
)  # fmt: skip
_PROMISES = ("重点抓好{count}件事：", "着力在{count}个方面下功夫：", "推出{count}项措施：")
_SURNAMES = "赵钱孙周吴郑冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜"
_GIVEN = (
    "立新",
    "文涛",
    "晓岚",
    "建国",
    "思远",
    "婉清",
    "志刚",
    "海燕",
    "明",
    "静",
    "国栋",
    "雨桐",
    "佩",
    "长河",
)
_SERIES = ("政务服务", "情况", "工作", "民生实事", "城市管理", "乡村振兴", "教育工作", "水利建设", "文明创建")
_TOWNS = ("临江市", "清河区", "望川县", "南屏县", "云岭区", "长滩市")
_OFFICES = (
    "{town}政务服务局办公室", "{town}人民政府办公室", "中共{town}委办公室", "{town}文明办",
    "{town}水务局办公室", "{town}教育局办公室", "{town}乡村振兴工作领导小组办公室",
)  # fmt: skip
_COLUMNS = ("工作交流", "基层动态", "经验介绍", "一线传真", "他山之石")


class Prose:
    """Sentences by combination. No sentence tells of a day after the issue date."""

    def __init__(self, rng: random.Random, today: datetime.date) -> None:
        self._rng = rng
        self._today = today
        self._begun = datetime.date(today.year, 1, 1)
        """The day last written; a span that begins with it does not end before it, as it might in January."""
        self.town = rng.choice(_TOWNS)

    def _draw(self, name: str) -> str:
        rng = self._rng
        numbers: dict[str, Callable[[], str]] = {
            "n": lambda: str(rng.randint(2, 9)),
            "nn": lambda: str(rng.randint(11, 98)),
            "nnn": lambda: str(rng.randint(101, 989)),
            "k": lambda: str(rng.randint(1011, 9890)),
            "wan": lambda: f"{rng.randint(2, 19)}.{rng.randint(1, 9)}万",
            "pct": lambda: f"{rng.randint(11, 98)}.{rng.randint(1, 9)}%",
            "date": lambda: self.day(),
            "later": lambda: self.day(recent=True),
            "month": lambda: f"{rng.randint(1, max(1, self._today.month - 1))}月",
            "person": self.person,
            "who": self.unit,
            "spot": lambda: rng.choice(_SPOTS),
            "way": lambda: rng.choice(_WAYS),
            "problem": lambda: rng.choice(_PROBLEMS),
            "doing": lambda: self.fill(rng.choice(_DOINGS)),
            "result": lambda: self.fill(rng.choice(_RESULTS)),
            "closing": lambda: rng.choice(_CLOSINGS),
            "when": lambda: self.fill(rng.choice(_WHENS)),
            "scene": lambda: rng.choice(_SCENES),
            "paper": lambda: self.fill(rng.choice(_PAPERS)),
            "aim": lambda: rng.choice(_AIMS),
            "deed": lambda: rng.choice(_DEEDS),
            "town": lambda: self.town,
        }
        return numbers[name]()

    def fill(self, template: str) -> str:
        """A template with its slots drawn anew, each by itself."""
        return re.sub(r"\{(\w+)\}", lambda slot: self._draw(slot[1]), template)

    def unit(self) -> str:
        """An office or a street, as prose names it."""
        return self._rng.choice(_PLACES if self._rng.random() < 0.6 else _BUREAUX)

    def person(self) -> str:
        """A made-up name."""
        return self._rng.choice(_SURNAMES) + self._rng.choice(_GIVEN)

    def date(self, *, recent: bool = False) -> datetime.date:
        """A day of the issue's year, before it comes out: in its month if `recent`, else before."""
        rng, today = self._rng, self._today
        if recent:
            begun = self._begun.day if self._begun.month == today.month else 1
            return today.replace(day=rng.randint(begun, today.day))
        first = datetime.date(today.year, 1, 1)
        last = today.replace(day=1) - datetime.timedelta(days=1)
        if last.year < today.year:
            return today.replace(day=rng.randint(1, today.day))
        return first + datetime.timedelta(days=rng.randint(0, (last - first).days))

    def day(self, *, recent: bool = False) -> str:
        """A date as prose has it, now and then with its right weekday."""
        date = self._begun = self.date(recent=recent)
        weekday = f"（星期{WEEKDAYS[date.weekday()]}）" if self._rng.random() < 0.1 else ""
        return f"{date.month}月{date.day}日{weekday}"

    def sentence(self) -> str:
        """One sentence; one in eight is of the kind that a naive check stumbles on."""
        chosen = _SILENT if self._rng.random() < 0.125 else _PATTERNS
        return self.fill(self._rng.choice(chosen))

    def sentences(self, low: int, high: int) -> list[str]:
        """A paragraph."""
        return [self.sentence() for _ in range(self._rng.randint(low, high))]

    def some(self, choices: Sequence[str], count: int) -> list[str]:
        """Some of the choices, each once, filled in."""
        return [self.fill(choice) for choice in self._rng.sample(list(choices), count)]

    def choice(self, choices: Sequence[str]) -> str:
        """One of the choices, filled in."""
        return self.fill(self._rng.choice(list(choices)))


# --- the model -----------------------------------------------------------------------------------------


@dataclass
class Paragraph:
    """Running text; `lead` is its bold first sentence."""

    sentences: list[str]
    lead: str = ""


@dataclass
class Section:
    """A numbered heading, or a numbered sentence at the start of a paragraph (`body`)."""

    scheme: str
    number: int
    heading: str
    body: list[str] = field(default_factory=list)
    marker: str = ""
    """Written for the scheme's own form where not empty."""

    @property
    def shown_marker(self) -> str:
        """The marker as it is written."""
        return self.marker or marker_of(self.scheme, self.number)


@dataclass
class Table:
    """Rows of cells, the first a header."""

    rows: list[list[str]]


Block = Paragraph | Section | Table


def marker_of(scheme: str, number: int) -> str:
    """How a scheme writes a number: han 一、, bracketed （一）, arabic 1., parenthesised （1）, circled ①."""
    return {
        "han": f"{han_number(number)}、",
        "bracketed": f"（{han_number(number)}）",
        "arabic": f"{number}.",
        "parenthesised": f"（{number}）",
        "circled": _CIRCLED[number - 1],
    }[scheme]


@dataclass
class Article:
    """A title, blocks, and the unit that supplied it."""

    title: str
    blocks: list[Block]
    source: str
    attributions: list[str]
    """As written, brackets included; usually one."""
    column: str = ""
    promise: str = ""
    """The promise of its title, where it makes one: sections, leads."""


@dataclass
class Field:
    """A labelled field of the imprint."""

    name: str
    label: str
    value: str


@dataclass
class Recipients:
    """A line of the distribution."""

    role: str
    label: str
    value: str


@dataclass
class Bulletin:
    """What a rendering shows. `issue` and `cumulative` are written without brackets; None is absent."""

    style: Style
    title: str | None
    issue: str | None
    year: str | None
    cumulative: str | None
    office: str | None
    date: str | None
    day: datetime.date
    issue_value: int
    cumulative_value: int | None
    note: list[str]
    articles: list[Article]
    imprint: list[Field]
    distribution: list[Recipients]
    copies: int | None
    printed: str = ""
    """The line of the office that prints, at the very end."""


HAS_YEAR = ("year", "year-space", "hexagon", "hexagon-date", "han")
NO_CUMULATIVE = ("hexagon", "glued", "plain")


class Numbers(NamedTuple):
    """The place of an issue in its series."""

    issue: int
    cumulative: int
    day: datetime.date
    title: str | None = None
    supplement: bool = False


def generate(style: Style, seed: object, *, small: bool = False, numbers: Numbers | None = None) -> Bulletin:
    """A clean bulletin of a style, the same for the same seed; a `small` one has one short article."""
    rng = random.Random(f"{style.name}/{seed}")
    day = datetime.date(rng.randint(2013, 2026), rng.randint(2, 11), rng.randint(2, 28))
    issue = rng.randint(1, 60)
    cumulative = issue + rng.randint(0, 2000)
    prose = Prose(rng, day)
    title = f"{prose.town}{rng.choice(_SERIES)}简报"
    supplement = False
    if numbers is not None:
        issue, cumulative, day, supplement = (
            numbers.issue,
            numbers.cumulative,
            numbers.day,
            numbers.supplement,
        )
        title = numbers.title or title
        prose = Prose(rng, day)
    low, high = style.articles
    articles: list[Article] = []
    for _ in range(low if small else rng.randint(low, high)):
        article = _article(style, prose, rng, small=small)
        while any(article.title == other.title for other in articles):
            article = _article(style, prose, rng, small=small)
        articles.append(article)
    if style.column:
        names = rng.sample(_COLUMNS, len(_COLUMNS))
        for index, article in enumerate(articles):
            if index == 0 or rng.random() < 0.6:
                article.column = names.pop()
    han = style.number == "han"
    number = f"第{han_number(issue) if han else issue}期"
    if supplement:
        number = f"增刊{number}"
    brackets = "〔{}〕" if style.number.startswith("hexagon") else "{}年"
    has_cumulative = style.number not in NO_CUMULATIVE
    return Bulletin(
        style=style,
        title=title,
        issue=number,
        year=brackets.format(day.year) if style.number in HAS_YEAR else None,
        cumulative=f"总第{cumulative}期" if has_cumulative else None,
        office=prose.choice(_OFFICES),
        date=f"{day.year}年{day.month}月{day.day}日",
        day=day,
        issue_value=issue,
        cumulative_value=cumulative if has_cumulative else None,
        note=prose.sentences(1, 2) if style.note else [],
        articles=articles,
        imprint=_imprint(style, prose, rng),
        distribution=_distribution(style),
        copies=rng.randint(30, 500) if style.copies else None,
        printed=(
            f"{prose.town}党政办公室　　{day.year}年{day.month}月{day.day}日印发"
            if style.distribution == "copies" and rng.random() < 0.5
            else ""
        ),
    )


def _article(style: Style, prose: Prose, rng: random.Random, *, small: bool) -> Article:
    source = prose.unit()
    plans = ["plain", "sections", "promised-sections", "items"]
    if style.bold and style.suffix == "md":
        plans += ["leads", "promised-leads"]
    plan = "plain" if small else rng.choice(plans)
    title, promise = prose.choice(_TITLES), ""
    blocks: list[Block] = [Paragraph(prose.sentences(1, 1 if small else 3))]
    if plan == "sections":
        blocks += sections(style, prose, rng, heads=rng.sample(_HEADS, rng.randint(2, 4)))
    elif plan == "promised-sections":
        promise = "sections"
        count = rng.randint(2, 5)
        verb = rng.choice(_VERBS)
        title = promise_title(prose, f"“{han_of_count(count)}个{verb}”")
        heads = [f"{verb}{tail}" for tail in rng.sample(_TAILS, count)]
        blocks += sections(style, prose, rng, heads=heads)
    elif plan == "leads":
        blocks += [Paragraph(prose.sentences(1, 3), lead) for lead in rng.sample(_LEADS, rng.randint(2, 4))]
    elif plan == "promised-leads":
        promise = "leads"
        count = rng.randint(3, 6)
        title = promise_title(prose, f"“{han_number(count)}个一”")
        blocks += [Paragraph(prose.sentences(1, 3), lead) for lead in rng.sample(_ONES, count)]
    elif plan == "items":
        blocks += enumeration(prose, rng, count=rng.randint(3, 4), promised=rng.random() < 0.5)
    if style.table and not small and len(blocks) > 1 and rng.random() < 0.6:
        blocks.insert(1, _table(prose, rng))
    if not small and rng.random() < 0.5 and isinstance(blocks[-1], Paragraph) and not blocks[-1].lead:
        blocks[-1].sentences.append(prose.sentence())
    return Article(
        title=title,
        blocks=blocks,
        source=source,
        attributions=[attribution_of(style, source, prose.person())],
        promise=promise,
    )


def han_of_count(count: int) -> str:
    """A count before a measure word: 两个, 三个."""
    return "两" if count == 2 else han_number(count)


def promise_title(prose: Prose, promise: str) -> str:
    """An article's title that makes a promise."""
    return prose.choice(
        ("{who}推行" + promise + "工作法 {aim}", "{who}做到" + promise, promise + "让服务更有温度")
    )  # fmt: skip


def sections(
    style: Style,
    prose: Prose,
    rng: random.Random,
    *,
    heads: Sequence[str],
    scheme: str = "",
    nested: bool | None = None,
) -> list[Block]:
    """Numbered sections, one for each head, each with text under it."""
    scheme = scheme or ("han" if style.sections == "nested" else style.sections)
    if nested is None:
        nested = style.sections == "nested"
    blocks: list[Block] = []
    for number, head in enumerate(heads, 1):
        section = Section(scheme, number, head)
        blocks.append(section)
        if style.run_in or scheme in ("circled", "parenthesised"):
            section.heading += "。"
            section.body = prose.sentences(1, 2)
            continue
        if nested and rng.random() < 0.6:
            for inner, title in enumerate(rng.sample(_LEADS, rng.randint(2, 3)), 1):
                blocks.append(Section("bracketed", inner, title.rstrip("。")))
                blocks.append(Paragraph(prose.sentences(1, 2)))
            continue
        blocks.extend(Paragraph(prose.sentences(1, 3)) for _ in range(rng.randint(1, 2)))
    return blocks


def enumeration(prose: Prose, rng: random.Random, *, count: int, promised: bool) -> list[Block]:
    """一是…；二是… within a paragraph, or 第一，…第二，…."""
    form = rng.choice(["是", "第"])
    texts = prose.some(_ITEMS, count)
    opening = counted_opening(rng, count) if promised else ""
    numbers = list(range(1, count + 1))
    if not promised and rng.random() < 0.3:
        # Each part a paragraph of its own.
        return [
            Paragraph([enumerated(form, [number], [text], ""), *prose.sentences(0, 1)])
            for number, text in zip(numbers, texts, strict=True)
        ]
    return [Paragraph([enumerated(form, numbers, texts, opening, stop=rng.choice("；。"))])]


def counted_opening(rng: random.Random, count: int) -> str:
    """重点抓好三件事：and the like."""
    return rng.choice(_PROMISES).replace("{count}", han_of_count(count))


def enumerated(
    form: str,
    numbers: Sequence[int],
    texts: Sequence[str],
    opening: str,
    *,
    wrong: int = -1,
    stop: str = "；",
) -> str:
    """Text that counts its parts; the number at index `wrong` is marked, `stop` ends a part."""
    parts = []
    for index, (number, text) in enumerate(zip(numbers, texts, strict=True)):
        word = f"{han_number(number)}是" if form == "是" else f"第{han_number(number)}，"
        parts.append((marked(word) if index == wrong else word) + text)
    return opening + stop.join(parts) + "。"


def items(prose: Prose, count: int) -> list[str]:
    """Texts for the parts of an enumeration."""
    return prose.some(_ITEMS, count)


def _table(prose: Prose, rng: random.Random) -> Table:
    places = rng.sample(_PLACES, rng.randint(2, 4))
    rows = [[place, prose.fill("{nnn}"), prose.fill("{pct}")] for place in places]
    return Table([["单位", "受理件数", "办结率"], *rows])


def attribution_of(style: Style, source: str, person: str) -> str:
    """The attribution as a style writes it."""
    if style.attribution == "supplied":
        return f"供稿{style.colon}{source}"
    inner = f"{source}　{person}" if style.attribution == "person" else source
    return f"{style.brackets[0]}{inner}{style.brackets[1]}"


def _imprint(style: Style, prose: Prose, rng: random.Random) -> list[Field]:
    labels = style.labels
    area = rng.choice(("0571", "010", "0316", "027"))
    number = f"{rng.randint(2, 8)}{rng.randint(1000000, 9999999)}"
    other = f"{number[:-1]}{(int(number[-1]) + 1) % 10}"
    phone = rng.choice(
        (f"{area}-{number}", number, f"{number}、{other}", f"{area}-{number}转80{rng.randint(10, 99)}")
    )
    if style.imprint in ("spaces", "wide-spaces", "slashes"):
        phone = rng.choice((f"{area}-{number}", number))
    fields = [
        Field("writer", labels.writer, prose.person()),
        Field("editor", labels.editor, prose.person()),
        Field("reviewer", labels.reviewer, prose.person()),
        Field("approver", labels.approver, prose.person()),
        Field("phone", labels.phone, phone),
        Field("fax", labels.fax, rng.choice((f"{area}-{other}", other))),
        Field(
            "email",
            labels.email,
            f"{rng.choice(('xxbs', 'jianbao', 'zwfw.js', 'lj_bgs'))}{rng.randint(1, 99)}@{rng.choice(('163.com', 'linjiang.gov.cn', 'example.org.cn'))}",
        ),
    ]
    return [item for item in fields if item.label]


def _distribution(style: Style) -> list[Recipients]:
    if style.distribution == "copies":
        return [
            Recipients("report", "抄报", "市委、市政府办公室，市直机关工委。"),
            Recipients("send", "抄送", "各乡镇（街道），县直各部门，有关企业。"),
        ]
    wide = style.distribution == "justified"
    return [
        Recipients("report", "报　" if wide else "报", "市委、市人大、市政府、市政协领导。"),
        Recipients("send", "送　" if wide else "送", "市直各单位，各人民团体，驻地高校。"),
        Recipients("issue", "发　" if wide else "发", "各区县政务服务机构，本局各处室、各直属单位。"),
    ]


# --- rendering -----------------------------------------------------------------------------------------


class Place(NamedTuple):
    """Where marked characters ended up: 1-based, end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Rendered(NamedTuple):
    """A bulletin as a file."""

    path: str
    text: str
    places: tuple[Place, ...]
    lines: dict[str, tuple[int, int]]
    """First and last line of parts: title, number, office, date, body, article0 …, imprint, distribution."""
    labels: dict[int, str]
    """What each line with text is, in the letters of fixtures/README.md; rules between parts have none."""
    inline: tuple[int, ...]
    """The lines on which a paragraph ends in its attribution."""


class _Item(NamedTuple):
    keys: tuple[str, ...]
    text: str
    kind: str = "plain"
    """plain, para (indented, wrapped), centre, row (no blank line before), rule, right."""
    label: str = ""
    """What it is; without one it is a rule between parts."""
    ending: str = ""
    """The attribution that its paragraph ends in."""


def render(bulletin: Bulletin, *, newline: str = "\n") -> Rendered:
    """The file of a bulletin."""
    style = bulletin.style
    lines: list[str] = []
    parts: dict[str, tuple[int, int]] = {}
    labels: dict[int, str] = {}
    inline: list[int] = []
    for index, item in enumerate(_items(bulletin)):
        text = spaced(item.text) if style.spaced else item.text
        if index and style.blank and item.kind != "row":
            lines.append("")
        first = len(lines) + 1
        lines += _laid_out(style, item, text)
        if item.label:
            labels.update(dict.fromkeys(range(first, len(lines) + 1), item.label))
        if item.ending:
            inline.append(_line_of_ending(lines, shown(style, item.ending)))
        for key in item.keys:
            parts[key] = (parts[key][0] if key in parts else first, len(lines))
    text, places = _take_out("\n".join(lines) + "\n")
    return Rendered(
        f"{style.name}.{style.suffix}", text.replace("\n", newline), places, parts, labels, tuple(inline)
    )


def _line_of_ending(lines: Sequence[str], ending: str) -> int:
    """The line, 1-based, on which words begin that the last line ends in."""
    held = 0
    for number in range(len(lines), 0, -1):
        held += len(plain(lines[number - 1]))
        if held >= len(ending):
            return number
    raise AssertionError("the words stand nowhere")


def _items(bulletin: Bulletin) -> list[_Item]:
    style = bulletin.style
    md = style.suffix == "md"
    rng = random.Random(plain(f"{bulletin.title}{bulletin.day}{len(bulletin.articles)}{style.name}"))

    def hashes(levels: Sequence[int]) -> str:
        return "#" * rng.choice(levels) + " " if md else ""

    found = _masthead_items(bulletin, hashes((1,) if not style.noisy else (1, 1, 2)))
    if style.rules:
        found.append(_Item((), "---", "rule"))
    if style.contents and bulletin.articles:
        found += _contents_items(bulletin)
    if bulletin.note:
        found.append(_Item(("note", "body"), style.note + "".join(bulletin.note), "para", "N"))
    for index, article in enumerate(bulletin.articles):
        if article.column:
            shown = f"【{article.column}】" if style.column == "【】" else f"★ {article.column}"
            found.append(_Item(("column",), hashes((2, 2, 3) if style.noisy else (2,)) + shown, label="K"))
        found += _article_items(style, article, index, hashes)
    if style.rules and md:
        found.append(_Item((), "---", "rule"))
    found += _imprint_items(bulletin)
    if style.rules and md and bulletin.distribution:
        found.append(_Item((), "---", "rule"))
    for line in bulletin.distribution:
        found.append(_Item(("distribution",), f"{line.label.strip()}{style.colon}{line.value}", "plain", "D"))
    if bulletin.copies is not None:
        found.append(_Item(("copies",), f"共印{bulletin.copies}份", label="D"))
    if bulletin.printed:
        found.append(_Item(("printed",), bulletin.printed, label="D"))
    return found


def _masthead_items(bulletin: Bulletin, hashes: str) -> list[_Item]:
    style = bulletin.style
    left, right = style.number_brackets
    issue, year, cumulative = bulletin.issue or "", bulletin.year or "", bulletin.cumulative or ""
    bracketed = f"{left}{cumulative}{right}" if cumulative else ""
    title = bulletin.title
    found: list[_Item] = []
    separate_date = bulletin.date
    if style.number == "glued":
        name = f"《{title}》" if title else ""
        if name or issue:
            found.append(
                _Item(("title", "number") if title else ("number",), f"{hashes}{name}{issue}", "centre")
            )
    else:
        if title:
            found.append(_Item(("title",), hashes + title, "centre"))
        if style.number == "two-lines":
            found += [_Item(("number",), text, "centre") for text in (issue, bracketed) if text]
        elif style.number == "hexagon-date":
            line = "\t".join(text for text in (f"{year}{issue}{bracketed}", bulletin.date or "") if text)
            found.append(_Item(("number", "date"), line))
            separate_date = None
        elif style.number in ("year-space", "han"):
            text = " ".join(text for text in (year + issue, cumulative) if text)
            if text:
                found.append(_Item(("number",), text, "centre"))
        elif year + issue + bracketed:
            found.append(_Item(("number",), year + issue + bracketed, "centre"))
    office, date = bulletin.office, separate_date
    if style.byline == "wide":
        text = "　　　　　　".join(text for text in (office, date) if text)
        if text:
            found.append(_Item(("office", "date"), text))
    else:
        labelled = style.byline == "labelled"
        if office:
            found.append(_Item(("office",), f"编发单位{style.colon}{office}" if labelled else office))
        if date:
            found.append(_Item(("date",), f"编发日期{style.colon}{date}" if labelled else date))
    return [item._replace(label="M") for item in found]


def _contents_items(bulletin: Bulletin) -> list[_Item]:
    style = bulletin.style
    md = style.suffix == "md"
    found = [
        _Item(
            ("contents",),
            ("**本期要目**" if md else "本期要目") if style.contents != "leaders" else "目　录",
            label="CH",
        )
    ]
    for number, article in enumerate(bulletin.articles, 1):
        # A promise is expected to be called broken where the article makes it.
        title = article.title.replace(OPEN, "").replace(CLOSE, "")
        text = {
            "plain": title,
            "numbered": f"{number}.{title}",
            "bulleted": f"· {title}",
            "leaders": f"{title}…………{number + 1}",
        }[style.contents]
        found.append(_Item(("contents",), text, label="CE"))
    return found


def _article_items(
    style: Style, article: Article, index: int, hashes: Callable[[Sequence[int]], str]
) -> list[_Item]:
    md = style.suffix == "md"
    keys = (f"article{index}", f"text{index}", "body")
    found = [
        _Item(
            (*keys, f"title{index}"),
            hashes((1, 2, 3, 3) if style.noisy else (3,)) + article.title,
            "centre",
            "T",
        )
    ]
    for block in article.blocks:
        if isinstance(block, Table):
            found += _table_items(block, keys)
        elif isinstance(block, Section):
            text = f"{block.shown_marker}{block.heading}{''.join(block.body)}"
            if block.scheme == "han" and md and not block.body:
                text = hashes((2, 3, 2, 4) if style.noisy else (4,)) + text
            elif block.scheme == "bracketed" and md and not block.body and style.bold:
                text = f"**{text}**"
            found.append(_Item(keys, text, "para", "S"))
        else:
            lead = f"**{block.lead}**" if block.lead and md else block.lead
            found.append(_Item(keys, lead + "".join(block.sentences), "para", "P"))
    own = list(article.attributions)
    if style.attribution == "end" and own:
        last = found[-1]
        ending = own.pop(0)
        found[-1] = last._replace(text=last.text + ending, ending=ending)
    for text in own:
        kind = "right" if style.attribution == "right" else "plain"
        found.append(_Item((keys[0], "body"), text, kind, "A"))
    return found


def _table_items(table: Table, keys: tuple[str, ...]) -> list[_Item]:
    rows = ["| " + " | ".join(cells) + " |" for cells in table.rows]
    rows.insert(1, "|" + " --- |" * len(table.rows[0]))
    return [
        _Item(keys, text, "row" if number else "plain", "" if number == 1 else "R")
        for number, text in enumerate(rows)
    ]


def _imprint_items(bulletin: Bulletin) -> list[_Item]:
    style = bulletin.style
    fields = [f"{item.label}{style.colon}{kept(item.value)}" for item in bulletin.imprint]
    if not fields:
        return []
    if style.imprint == "lines":
        return [_Item(("imprint",), text, label="I") for text in fields]
    separator = {"spaces": "  ", "wide-spaces": "　　", "slashes": " / "}[style.imprint]
    if style.imprint == "slashes":
        return [_Item(("imprint",), separator.join(fields), label="I")]
    return [
        _Item(("imprint",), separator.join(fields[at : at + 3]), label="I") for at in range(0, len(fields), 3)
    ]


def spaced(text: str) -> str:
    """A space between figures and Chinese characters, but not within what is kept as it is."""
    shown: list[str] = []
    last, inside, depth = "", False, 0
    held: list[str] = []
    for character in text:
        if character in _SENTINELS:
            depth += (character == KEEP) - (character == KEPT)
            held.append(character)
            continue
        if last and not (inside and depth) and _wants_space(last, character):
            # The space stays outside a mark: after its end, before its beginning.
            closing = [mark for mark in held if mark in (CLOSE, KEPT)]
            opening = [mark for mark in held if mark in (OPEN, KEEP)]
            shown += [*closing, " ", *opening]
        else:
            shown += held
        held = []
        shown.append(character)
        last, inside = character, depth > 0
    return "".join(shown + held)


def _wants_space(left: str, right: str) -> bool:
    return bool(
        (_HAN.match(left) and right in "0123456789") or ((left in "0123456789%") and _HAN.match(right))
    )  # fmt: skip


def shown(style: Style, text: str) -> str:
    """A text as a style shows it."""
    return plain(spaced(text) if style.spaced else text)


def _laid_out(style: Style, item: _Item, text: str) -> list[str]:
    if item.kind == "right":
        return ["　" * 20 + text]
    if item.kind == "centre" and style.centred:
        return ["　" * max(0, (style.wrap or 30) // 2 - len(plain(text)) // 2) + text]
    if item.kind == "para":
        text = style.indent + text
        if style.wrap:
            return _wrapped(text, style.wrap)
    return [text]


def _wrapped(text: str, width: int) -> list[str]:
    """Hard-wrapped; no line begins with a closing mark, no figure or Latin word is cut."""
    # The generator's own marks stay with what they stand round.
    units = re.findall(f"[{OPEN}{KEEP}]*(?:[!-~]+|[^{OPEN}{CLOSE}{KEEP}{KEPT}])[{CLOSE}{KEPT}]*", text)
    lines: list[str] = []
    line, length = "", 0
    for unit in units:
        letters, begun = plain(unit), plain(line)
        full = length + len(letters) > width
        held = letters[0] in _NO_LINE_START or begun[-1:] in _NO_LINE_END or " " in (letters, begun[-1:])
        if full and begun and not held:
            lines.append(line)
            line, length = "", 0
        line += unit
        length += len(letters)
    return [*lines, line]


def _take_out(text: str) -> tuple[str, tuple[Place, ...]]:
    clean: list[str] = []
    places: list[Place] = []
    line, column = 1, 1
    start: tuple[int, int] | None = None
    for character in text:
        if character == OPEN:
            start = (line, column)
        elif character == CLOSE:
            assert start is not None
            places.append(Place(*start, line, column))
        if character in _SENTINELS:
            continue
        clean.append(character)
        line, column = (line + 1, 1) if character == "\n" else (line, column + 1)
    return "".join(clean), tuple(places)
