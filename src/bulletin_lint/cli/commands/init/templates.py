"""A starting configuration as text: settings, a pack for labels of the house, the pre-commit stanza.

Each line says in a comment what it rests on, in the language of the person who will edit it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from bulletin_lint._typing import NamedTuple
from bulletin_lint.cli.commands.init.observe import SHARED, Observed
from bulletin_lint.config.globs import glob_of
from bulletin_lint.config.settings_schema import REQUIRABLE
from bulletin_lint.model.wording import Language, Wording, plural

_MOST_EXCLUDED = 10
"""Files that are left out one by one; in a folder what is no bulletin is skipped anyway."""

PACK = "house.yaml"
"""The pack for what settings cannot hold: the house's words for fields."""


class Files(NamedTuple):
    """Where the bulletins are."""

    globs: tuple[str, ...]
    """Relative to the settings' folder."""
    pattern: str
    """The same as a regular expression of whole paths, for pre-commit."""
    others: tuple[str, ...]
    """Files that the globs mean and that are no bulletins."""


def files_of(bulletins: Sequence[str], others: Sequence[str]) -> Files:
    """The globs that mean some bulletins, with ``/`` between the parts of their paths.

    They take in what will be added: the deepest folder that holds all, and the endings seen.
    """
    folders = [path.split("/")[:-1] for path in bulletins]
    common: list[str] = []
    for parts in zip(*folders, strict=False):
        if len(set(parts)) > 1:
            break
        common.append(parts[0])
    while common and re.search(r"\d{4}", common[-1]):
        # Next year's folder has another name.
        common.pop()
    endings = sorted({path.rpartition(".")[2] for path in bulletins})
    prefix = "".join(f"{part}/" for part in common)
    ending = endings[0] if len(endings) == 1 else f"{{{','.join(endings)}}}"
    any_ending = endings[0] if len(endings) == 1 else f"({'|'.join(endings)})"
    pattern = rf"^{re.escape(prefix)}.*\.{any_ending}$"
    meant = tuple(path for path in others if re.search(pattern, path))
    return Files((f"{glob_of(prefix)}**/*.{ending}",), pattern, meant)


def settings_text(observed: Observed, files: Files, language: Language) -> str:
    """The content of bulletin-lint.yaml."""

    def say(zh: str, en: str) -> str:
        return Wording(zh, en).in_language(language)

    count = observed.bulletins
    packs = "[jianbao, ./house.yaml]" if observed.labels.new else "[jianbao]"
    lines = [
        say(
            f"# bulletin-lint 的配置，由 bulletin-lint init 按现有的 {count} 份简报写成，请过目后修改。",
            f"# Settings of bulletin-lint, written by 'bulletin-lint init' after "
            f"{plural(count, 'bulletin')}. Read and change them.",
        ),
        "",
        say(
            "# 用哪些规则包：jianbao 是内置的；本单位的规则写在 house.yaml，加在后面。",
            "# The packs of rules: jianbao is built in; your own rules go into house.yaml, named behind it.",
        ),
        f"extends: {packs}",
        "",
        say("# 哪些文件是简报；期号是否连续，按这些文件判断。", "# The files that make up the series."),
        f"bulletins: {_flow(files.globs)}",
    ]
    if 0 < len(files.others) <= _MOST_EXCLUDED:
        lines += [
            say("# 其中看不出是简报、不作检查的：", "# Among them, no bulletins and left out:"),
            f"exclude: {_flow(files.others)}",
        ]
    lines += ["", *_required(observed, language)]
    if observed.never_signs:
        articles = observed.signed[1]
        lines += [
            "",
            say(
                f"# 各篇文章是否署供稿单位：{articles} 篇都没有署。",
                f"# Whether articles say who supplied them: none of {articles} does.",
            ),
            "house: never",
        ]
    lines += ["", *_series(observed, language)]
    lines += _rules(observed, language)
    lines += [
        "",
        say(
            "# 报告用的语言，不写则随系统：", "# The language of reports; that of the system where left out:"
        ),
        f"# language: {language}",
        say(
            "# 达到哪一级就不让通过：error（默认）、warning 或 info。",
            "# The level that makes a run fail: error (default), warning or info.",
        ),
        "# fail-level: error",
    ]
    return "\n".join([*lines, ""])


def _rules(observed: Observed, language: Language) -> list[str]:
    """Rules as the house wants them, each with what speaks for it."""

    def say(zh: str, en: str) -> str:
        return Wording(zh, en).in_language(language)

    lines: list[str] = []
    for part, codes in observed.unused.items():
        name, count = called(part, observed, language), observed.bulletins
        lines += [
            say(
                f"  # {count} 份都没有{name}：查它的规则不用。以后有了，删去下面几行。",
                f"  # None of {count} bulletins has a {name}: its rules are off until you remove the lines.",
            ),
            *(f"  {code}: off" for code in codes),
        ]
    for habit in observed.habits:
        style = say("不空格", "no space") if habit.style == "none" else say("空一格", "one space")
        lines += [
            say(
                f"  # 数字旁的空格：{habit.places} 处里有 {habit.alike} 处{style}。",
                f"  # Space beside numbers: {style} in {habit.alike} of {habit.places} places.",
            ),
            f"  {habit.code}: {{style: {habit.style}}}",
        ]
    return ["", "rules:", *lines] if lines else []


def _required(observed: Observed, language: Language) -> list[str]:
    def say(zh: str, en: str) -> str:
        return Wording(zh, en).in_language(language)

    share = round(SHARED * 10)
    lines = [
        say(
            f"# 每期必有的内容：十份里至少 {share} 份有的才列入，后面是有它的份数；署名按文章算篇数。",
            f"# What every issue must have: what at least {share} in ten have; behind it how many do, of "
            "articles for attribution.",
        )
    ]
    if observed.required:
        lines.append("required:")
        lines += [
            f"  - {name}  # {called(name, observed, language)} {_counted(name, observed, language)}"
            for name in observed.required
        ]
    else:
        lines.append("required: []")
    there = {*observed.parts, *(["attribution"] if observed.signed[0] else [])}
    rest = [
        f"{called(name, observed, language)} {_counted(name, observed, language)}"
        for name in sorted(there)
        if name not in observed.required and not (name == "contact" and _asks_for_contact(observed))
    ]
    if rest:
        lines.append(
            say("# 也有、没有列入的：", "# Also there, and not asked for: ") + say("，", ", ").join(rest)
        )
    return lines


def _counted(name: str, observed: Observed, language: Language) -> str:
    """How many have a part, and of how many: 5/5, 18/19 篇, 5/5（1 份没有填）."""
    have, of = observed.share(name)
    blank = observed.blank.get(name, 0)
    zh, en = f"{have}/{of}", f"{have}/{of}"
    if name == "attribution":
        zh, en = f"{zh} 篇", f"{en} articles"
    if blank:
        zh, en = f"{zh}（{blank} 份没有填）", f"{en} ({blank} not filled in)"
    return Wording(zh, en).in_language(language)


def called(part: str, observed: Observed, language: Language) -> str:
    """What people call a part: in Chinese the word that most of the bulletins have for it; in English, the
    name that `required` takes.
    """
    if language == "en":
        return part
    words = observed.labels.known.get(part)
    return REQUIRABLE.get(part) or (words.most_common(1)[0][0] if words else part)


def _asks_for_contact(observed: Observed) -> bool:
    return bool({"contact", "phone", "fax", "email"} & set(observed.required))


def _series(observed: Observed, language: Language) -> list[str]:
    def say(zh: str, en: str) -> str:
        return Wording(zh, en).in_language(language)

    numbering = observed.numbering
    lines = []
    if numbering.restarts == "yearly":
        lines += [
            say("  # 期号每年从 1 起。", "  # Issue numbers begin anew each year."),
            "  restarts: yearly",
        ]
    elif numbering.restarts == "never":
        lines += [say("  # 期号跨年连续。", "  # Issue numbers run on over New Year."), "  restarts: never"]
    else:
        lines.append(
            say(
                "  # 期号每年重排（yearly）还是一直连续（never），现有简报看不出来，由程序判断：",
                "  # Whether numbers begin anew each year (yearly) or never, these bulletins do not show:",
            )
        )
        lines.append("  restarts: auto")
    if numbering.series > 1:
        lines.append(
            say(
                f"  # 这里有 {numbering.series} 种刊名，起始期（start）和缺号（known-gaps）各刊不同，没有写；"
                "要写，请按刊分文件夹，各有一份配置。",
                f"  # Here are {numbering.series} titles, each with its own start and known-gaps: neither is "
                "written; for them give each title a folder with settings of its own.",
            )
        )
    if numbering.start is not None:
        lines += [
            say(
                "  # 现存最早的一期，更早的不算缺。",
                "  # The earliest issue here; earlier ones are not missed.",
            ),
            f"  start: {numbering.start}",
        ]
    if numbering.gaps:
        gaps = ", ".join(f"{year}: [{', '.join(map(str, gap))}]" for year, gap in numbering.gaps.items())
        lines += [
            say(
                "  # 现有文件里缺这些期；确实没有出过的，去掉下一行开头的 #：",
                "  # Missing among these files; if they never appeared, take the # away:",
            ),
            f"  # known-gaps: {{{gaps}}}",
        ]
    return ["series:", *lines]


def pack_text(new: Mapping[str, str], language: Language) -> str:
    """The content of the house's pack: words for fields that the built-in pack does not know."""
    head = Wording(
        "# 本单位的规则包。下面是现有简报版记里的项目名，内置规则包不认识，按字面归入各项。",
        "# The rules of the house. Below, labels in the bulletins that the built-in pack does not know.",
    )
    by_field: dict[str, list[str]] = {}
    for word, field in sorted(new.items()):
        by_field.setdefault(field, []).append(word)
    lines = [
        head.in_language(language),
        "title: {zh: 本单位的规则, en: rules of the house}",
        "extends: [jianbao]",
        "labels:",
        "  imprint:",
        *(f"    {field}: {{words: {_flow(words)}}}" for field, words in sorted(by_field.items())),
    ]
    return "\n".join([*lines, ""])


def hooks_text(files: Files, language: Language, repo: str | None, rev: str) -> str:
    """The content of .pre-commit-config.yaml: hooks of a repository, or of the program installed here."""
    head = Wording(
        "# 提交前检查简报；先运行一次 pre-commit install。",
        "# Checks bulletins before each commit; run 'pre-commit install' once.",
    )
    is_plain = files.pattern.isprintable() and "'" not in files.pattern
    pattern = f"'{files.pattern}'" if is_plain else json.dumps(files.pattern)
    lines = [head.in_language(language), "repos:"]
    if repo is not None:
        lines += [
            f"  - repo: {_scalar(repo)}",
            f"    rev: {_scalar(rev)}",
            "    hooks:",
            "      - id: bulletin-lint",
            f"        files: {pattern}",
        ]
        return "\n".join([*lines, ""])
    lines += [
        "  - repo: local",
        "    hooks:",
        "      - id: bulletin-lint",
        "        name: bulletin-lint",
        "        entry: bulletin-lint check .",
        "        language: system",
        f"        files: {pattern}",
        "        pass_filenames: false",
    ]
    return "\n".join([*lines, ""])


def summary(
    observed: Observed,
    files: Files,
    others: Sequence[str],
    unreadable: Sequence[str],
    language: Language,
) -> str:
    """What was inferred, from how many bulletins, for the person who ran the command."""

    def say(zh: str, en: str) -> str:
        return Wording(zh, en).in_language(language)

    count = observed.bulletins
    lines = [say(f"看了 {count} 份简报。", f"Looked at {plural(count, 'bulletin')}.")]
    for paths, zh, en in (
        (others, "看不出是简报", "no bulletin"),
        (unreadable, "读不出来（仍会检查并报错）", "not readable (still checked, and reported)"),
    ):
        if paths:
            names = say("、", ", ").join(paths[:5]) + (say(" 等", " …") if len(paths) > 5 else "")
            lines.append(say(f"另有 {len(paths)} 个文件{zh}：{names}", f"{len(paths)} more, {en}: {names}"))
    titles = [f"{title} {number}/{count}" for title, number in observed.titles.most_common(5)]
    rows = [(say("刊名", "title"), "; ".join(titles) or say("没有找到", "none found"))]
    rows += _numbers(observed, language)
    labels = [
        f"{word} {number}/{count}"
        for _, words in sorted(observed.labels.known.items())
        for word, number in words.most_common()
    ]
    rows.append((say("版记项目", "labels"), ", ".join(labels) or say("没有找到", "none found")))
    if observed.labels.new:
        pairs = [f"{word} → {field}" for word, field in observed.labels.new.items()]
        rows.append((say("新项目", "new labels"), ", ".join(pairs)))
    if observed.labels.unknown:
        words = [f"{word} {number}/{count}" for word, number in observed.labels.unknown.most_common(5)]
        rows.append((say("不认识", "unknown"), ", ".join(words)))
    for habit in observed.habits:
        style = say("不空格", "no space") if habit.style == "none" else say("空一格", "one space")
        rows.append((say("空格", "spacing"), f"{habit.code} {style} {habit.alike}/{habit.places}"))
    if not observed.habits:
        rows.append(
            (say("空格", "spacing"), say("没有统一的写法，或数字太少", "no one way, or too few figures"))
        )
    required = say("，", ", ").join(
        f"{called(name, observed, language)} {_counted(name, observed, language)}"
        for name in observed.required
    )
    rows.append((say("必有", "required"), required or say("无", "none")))
    if observed.unused:
        rows.append((say("没有", "without"), _without(observed, language)))
    rows.append((say("署名", "signed"), _signed(observed, language)))
    rows.append((say("文件", "files"), ", ".join(files.globs)))
    return "\n".join([*lines, *_in_columns(rows), ""])


def _numbers(observed: Observed, language: Language) -> list[tuple[str, str]]:
    """How the issues are numbered."""

    def say(zh: str, en: str) -> str:
        return Wording(zh, en).in_language(language)

    count, numbering = observed.bulletins, observed.numbering
    rows = []
    if numbering.series > 1:
        rows.append(
            (
                say("各期", "issues"),
                say(
                    f"{numbering.series} 种刊名，没有写起始期和缺号",
                    f"{numbering.series} titles: no start and no gaps are written",
                ),
            )
        )
    if numbering.earliest is not None and numbering.latest is not None:
        first, last = _issue(numbering.earliest, language), _issue(numbering.latest, language)
        rows.append((say("各期", "issues"), f"{first} – {last}"))
    rows.append(
        (
            say("编号", "numbers"),
            say(
                f"期号 {numbering.with_issue}/{count}，总期号 {numbering.with_cumulative}/{count}",
                f"issue {numbering.with_issue}/{count}, cumulative {numbering.with_cumulative}/{count}",
            ),
        )
    )
    restarts = {
        "yearly": say("每年从 1 起", "begin anew each year"),
        "never": say("跨年连续", "run on over New Year"),
        None: say("看不出是否每年重排", "not seen whether they begin anew each year"),
    }
    return [*rows, (say("重排", "restart"), restarts[numbering.restarts])]


def _in_columns(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Lines with the names one below the other, and what is said of each beside its name."""
    from bulletin_lint.reporters.terminal import display_width, pad, wrap

    widest = max(display_width(name) for name, _ in rows)
    for name, value in rows:
        first, *rest = wrap(value, 90 - widest)
        yield f"  {pad(name, widest)}  {first}"
        yield from (f"  {' ' * widest}  {line}" for line in rest)


def _without(observed: Observed, language: Language) -> str:
    comma = Wording("，", ", ").in_language(language)
    names = [f"{called(part, observed, language)} 0/{observed.bulletins}" for part in observed.unused]
    off = sum(map(len, observed.unused.values()))
    rules = Wording(f"；有关的 {off} 条规则关掉", f"; {plural(off, 'rule')} off")
    return comma.join(names) + rules.in_language(language)


def _signed(observed: Observed, language: Language) -> str:
    signed, articles = observed.signed
    zh, en = f"{articles} 篇里 {signed} 篇", f"{signed} of {articles} articles"
    if observed.never_signs:
        zh, en = f"{zh}；不要求署名", f"{en}; not asked for"
    return Wording(zh, en).in_language(language)


def _issue(issue: object, language: Language) -> str:
    year, number, cumulative = (getattr(issue, name) for name in ("year", "issue", "cumulative"))
    zh = (f"{year}年" if year else "") + (f"第{number}期" if number else "")
    en = (f"{year} " if year else "") + (f"no. {number}" if number else "")
    if cumulative:
        zh, en = f"{zh}（总第{cumulative}期）", f"{en} (cumulative {cumulative})"
    return Wording(zh, en.strip()).in_language(language)


def _flow(values: Sequence[str]) -> str:
    # JSON is YAML, and quotes what YAML would read as something else.
    return "[" + ", ".join(json.dumps(value, ensure_ascii=False) for value in values) + "]"


def _scalar(text: str) -> str:
    return text if re.fullmatch(r"[A-Za-z0-9_./:@~-]+", text) else json.dumps(text, ensure_ascii=False)
