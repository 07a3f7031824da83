"""An archive at a glance, for a terminal: counts by rule, year and series, the worst files, what failed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bulletin_lint.model.archive_summary import ArchiveSummary, GroupCount, SeverityCounts
from bulletin_lint.model.violation import SEVERITIES
from bulletin_lint.model.visible import visible
from bulletin_lint.model.wording import Language, Wording, plural
from bulletin_lint.reporters.sheet.shown import SEVERITY_WORDS

SHOWN = 15
"""Rows of a table on a terminal; the page has more."""
UNTITLED = Wording("（没有刊名）", "(no title)")
UNDATED = Wording("（没有年份）", "(no year)")


def headline(summary: ArchiveSummary) -> Wording:
    """How many files there are, and what became of them."""
    zh = [f"{summary.files:,} 份文件", f"检查了 {summary.checked:,} 份"]
    en = [plural(summary.files, "file"), f"{summary.checked:,} checked"]
    if summary.skipped:
        zh.append(f"{summary.skipped:,} 份看不出是简报")
        en.append(f"{summary.skipped:,} no bulletins")
    if summary.unchecked:
        zh.append(f"{summary.unchecked:,} 份没有查成或没有查完")
        en.append(f"{summary.unchecked:,} not checked, or not wholly")
    return Wording("，".join(zh), ", ".join(en))


def counts_wording(counts: SeverityCounts) -> Wording:
    """How many violations of each severity there are."""
    names = [SEVERITY_WORDS[severity] for severity in SEVERITIES]
    pairs = list(zip(names, counts, strict=True))
    return Wording(
        "，".join(f"{name.zh} {count:,}" for name, count in pairs),
        ", ".join(f"{name.en} {count:,}" for name, count in pairs),
    )


def render_archive(summary: ArchiveSummary, language: Language) -> str:
    """The summary as lines of text."""
    return "".join(f"{line}\n" for line in _lines(summary, language))


def _lines(summary: ArchiveSummary, language: Language) -> Iterator[str]:
    def say(zh: str, en: str) -> str:
        return Wording(zh, en).in_language(language)

    yield f"{visible(summary.source)}: {headline(summary).in_language(language)}"
    total = counts_wording(summary.violations).in_language(language)
    waived = f"{say('，豁免', ', waived')} {summary.waived:,}" if summary.waived else ""
    yield f"{total}{waived}"
    if summary.lost_parts:
        yield say(
            f"{summary.lost_parts:,} 个部分在各处都没有做成，列在下面；再运行一次会重做。",
            f"{plural(summary.lost_parts, 'part')} could not be done anywhere: see below, and run again.",
        )
    if summary.rules:
        yield from _head(say("按规则", "By rule"), len(summary.rules), language)
        digits = len(f"{summary.rules[0].violations:,}")
        for rule in summary.rules[:SHOWN]:
            severity = SEVERITY_WORDS[rule.severity].in_language(language)
            files = say(f"{rule.files:,} 份", plural(rule.files, "file"))
            words = visible(rule.words.in_language(language))
            yield f"  {rule.violations:>{digits},}  {rule.code}  [{severity}] {words}  {files}"
    yield from _groups(say("按年", "By year"), summary.years[-SHOWN:], len(summary.years), UNDATED, language)
    yield from _groups(
        say("按刊名", "By series"), summary.series[:SHOWN], summary.series_in_all, UNTITLED, language
    )
    if summary.worst:
        yield from _head(say("问题最多的文件", "Files with most problems"), len(summary.worst), language)
        for each in summary.worst[:SHOWN]:
            counts = counts_wording(each.violations).in_language(language)
            yield f"  {visible(each.path)}  {counts}  {' '.join(each.codes)}"
    if summary.failures:
        yield from _head(say("没有查成的", "Not checked"), len(summary.failures), language)
        for group in summary.failures[:SHOWN]:
            why = visible(group.why.in_language(language))
            yield f"  {group.files:,}  {why}"
            more = " …" if group.files > len(group.examples) else ""
            yield f"      {', '.join(visible(path) for path in group.examples)}{more}"


def _head(words: str, count: int, language: Language) -> Iterator[str]:
    yield ""
    more = Wording(f"（共 {count:,}，列出 {SHOWN}）", f" ({SHOWN} of {count:,})").in_language(language)
    yield f"{words}{more if count > SHOWN else ''}"


def _groups(
    words: str, groups: Sequence[GroupCount], in_all: int, nameless: Wording, language: Language
) -> Iterator[str]:
    if not groups:
        return
    yield from _head(words, in_all, language)
    for group in groups:
        name = visible(group.name) or nameless.in_language(language)
        files = Wording(
            f"{group.files:,} 份，其中 {group.clean:,} 份无错误和警告",
            f"{plural(group.files, 'file')}, {group.clean:,} without errors or warnings",
        )
        counts = counts_wording(group.violations).in_language(language)
        yield f"  {name}  {files.in_language(language)}  {counts}"
