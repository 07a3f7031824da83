"""`bulletin-lint archive SOURCE --out DIR` and `archive report DIR`: many files, here or on a cluster."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence

from bulletin_lint._typing import TextIO
from bulletin_lint.archive.judging import DamagedPart, Judges, remove_damaged
from bulletin_lint.archive.listing import listing_of
from bulletin_lint.archive.parts import PART_SECONDS
from bulletin_lint.archive.run import Archived, ArchiveRun, Machines, run_archive
from bulletin_lint.archive.storage import Storage, is_inside, is_url, real_place, storage_of
from bulletin_lint.archive.stored import PAGE, ArchiveIndex, StoredResults, read_index, report_of_archive
from bulletin_lint.cli.archive_progress import ArchiveProgress
from bulletin_lint.cli.options import SETTINGS, Option, declare, seconds, time_limit, whole_number
from bulletin_lint.cli.output_targets import (
    INPUT,
    Kept,
    Target,
    kept_of,
    refuse_bulletins,
    refuse_to_overwrite,
)
from bulletin_lint.cli.parser import print_error, print_note, print_settings_note
from bulletin_lint.config.nearer import nearer_note
from bulletin_lint.config.settings import load_settings, start_for
from bulletin_lint.desk.sheets import time_now
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.engine.suppression import Waivers, waivers_of
from bulletin_lint.engine.unread_files import unread_wording
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.violation import SEVERITIES, Severity
from bulletin_lint.model.visible import visible
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.readers import TIME_LIMIT
from bulletin_lint.reporters.archive_text import render_archive
from bulletin_lint.reporters.inert import shielded
from bulletin_lint.reporters.output import OutputStyle, outputs_of, write
from bulletin_lint.rulebook.load import load_rulebook, selected_rules
from bulletin_lint.rulebook.notes import rule_notes

CLEAN, FOUND, FAILED = 0, 1, 2
LOCAL = "local"
_REPORT = "report"
_ANSWERS = Wording("archive 的结果", "an answer of archive's")
_NAMED = 5
"""So many damaged parts are named."""

_OPTIONS = (
    Option(
        "words",
        "needed arguments",
        Wording(
            "要检查的文件夹或网址（s3://…、hdfs://…）；或“report”和结果文件夹",
            "the folder or URL to check (s3://…, hdfs://…); or report and the folder with the answers",
        ),
        metavar="SOURCE",
    ),
    Option(
        "--out",
        "value",
        Wording("结果写到哪个文件夹或网址", "the folder or URL that the answers are written to"),
        metavar="DIR",
    ),
    Option(
        "--on",
        "value",
        Wording(
            "在哪里做：本机（“local”，默认），或 Dask 调度器的地址",
            "where it is done: local (this machine, by default), or the address of a Dask scheduler",
        ),
        metavar="PLACE",
        default=LOCAL,
    ),
    Option(
        "--jobs",
        "value",
        Wording(
            "本机同时用几个进程；默认按处理器数", "processes on this machine; by default one a processor"
        ),
        metavar="N",
        read=whole_number,
    ),
    Option(
        "--part",
        "value",
        Wording(
            f"一个部分大约要做几秒；默认 {PART_SECONDS:g}",
            f"the seconds that a part takes, about; by default {PART_SECONDS:g}",
        ),
        metavar="SECONDS",
        default=PART_SECONDS,
        read=seconds,
    ),
    Option(
        "--password", "value", Wording("加密文件的打开密码", "password of an encrypted file"), metavar="WORD"
    ),
    Option(
        "--format",
        "values",
        Wording(
            "“report”用：换成 check 的一种格式，FORMAT=FILE 写进文件",
            "with report: one of the formats of check instead, FORMAT=FILE into a file",
        ),
        metavar="FORMAT",
    ),
    Option(
        "--parquet",
        "value",
        Wording(
            "“report”用：另写两个 Parquet 表的文件夹", "with report: the folder that two Parquet tables go to"
        ),
        metavar="FOLDER",
    ),
    time_limit(TIME_LIMIT),
    *SETTINGS,
)
EPILOG = Wording(
    "中断后再运行同一条命令就会接着做；没有变的部分不重做。退出码同 check。",
    "After an interruption the same command goes on; parts that have not changed are not done again. "
    "Exit codes as of check.",
)


def add_arguments(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declares the command's options; the help is in `language`."""
    declare(parser, _OPTIONS, language)


def run(args: argparse.Namespace, language: Language, out: TextIO) -> int:
    """Checks an archive, or reports on one that was checked.

    Raises:
        BulletinLintError: the command line or the settings are wrong, or nothing can be done.
    """
    words: Sequence[str] = args.words
    if len(words) == 2 and words[0] == _REPORT:
        return _report(words[1], args, args.lang or language, out)
    if len(words) != 1:
        raise UsageError(
            Wording(
                "要写一个文件夹或网址：“bulletin-lint archive SOURCE --out DIR”；"
                "看结果用“bulletin-lint archive report DIR”",
                "name one folder or URL: bulletin-lint archive SOURCE --out DIR; to see the answers: "
                "bulletin-lint archive report DIR",
            )
        )
    if args.out is None:
        raise UsageError(Wording("要用 --out 写明结果放在哪里", "say with --out where the answers go"))
    for name in ("format", "parquet"):
        if getattr(args, name):
            raise UsageError(Wording(f"--{name} 与“report”同用", f"--{name} goes together with report"))
    return _check(words[0], args, language, out)


def _check(source: str, args: argparse.Namespace, language: Language, out: TextIO) -> int:
    _keep_apart(source, args.out)
    store = CompiledStore()
    start = "." if is_url(source) else start_for([source])
    settings = load_settings(args.config, start, isolated=args.isolated, store=store)
    language = args.lang or settings.language or language
    print_settings_note(settings, language)
    rulebook = load_rulebook(settings, store)
    rules = selected_rules(settings, rulebook)
    if not rules:
        raise UsageError(Wording("没有选中任何规则。", "no rule is selected."))
    waivers = (
        Waivers() if args.isolated else waivers_of(settings.folder, upward=settings.path is None, store=store)
    )
    answers = ArchiveRun(
        source,
        Judges(rulebook, rules, settings, waivers),
        storage_of(args.out),
        args.out,
        lambda: rule_notes(settings, rules, store),
        args.password,
        args.time_limit,
        args.part,
    )
    listing = listing_of(source, settings)
    if not listing.files:
        for error in listing.refused:
            print_error(error.describe(language), language)
        return FAILED
    progress = ArchiveProgress(language)
    machines = _machines(args, language)
    try:
        try:
            archived = run_archive(answers, listing, machines, progress, time_now())
        except DamagedPart:
            if not (removed := remove_damaged(answers.out)):
                raise
            print_note(_again(removed), language)
            # The files are gone through once.
            archived = run_archive(answers, listing_of(source, settings), machines, progress, time_now())
    except KeyboardInterrupt:
        progress.interrupted()
        raise
    finally:
        progress.close()
        machines.close()
    note = nearer_note(listing.nearer, settings)
    if note is not None:
        print_note(note, language)
    if listing.unread:
        print_note(unread_wording(listing.unread, besides=True), language)
    return _tell(archived, answers, language, out)


def _again(removed: Sequence[str]) -> Wording:
    names = [visible(name) for name in removed[:_NAMED]]
    more = len(removed) > _NAMED
    return Wording(
        f"{'、'.join(names)}{' 等' * more} 已损坏，重做。",
        f"{', '.join(names)}{', …' * more} {'were' if len(removed) > 1 else 'was'} damaged, and "
        f"{'are' if len(removed) > 1 else 'is'} done again.",
    )


def _keep_apart(source: str, place: str) -> None:
    """Makes sure that what is written does not become a part of what is read.

    Raises:
        UsageError: it would.
    """
    if is_inside(place, source):
        raise UsageError(
            Wording(
                f"--out：{place} 在要检查的 {source} 里面；请放在外面",
                f"--out: {place} lies in {source}, which is to be checked; put it elsewhere",
            )
        )


def _machines(args: argparse.Namespace, language: Language) -> Machines:
    if args.on == LOCAL:
        from bulletin_lint.archive.local import LocalMachine

        return LocalMachine(args.jobs or os.cpu_count() or 1)
    if "://" not in args.on:
        raise UsageError(
            Wording(
                f"--on 是“local”，或调度器的地址（tcp://主机:8786），不能是“{args.on}”",
                f"--on is local, or the address of a scheduler (tcp://HOST:8786), not '{args.on}'",
            )
        )
    from bulletin_lint.archive.cluster import Cluster

    return Cluster(args.on, lambda wording: print_note(wording, language))


def _tell(archived: Archived, answers: ArchiveRun, language: Language, out: TextIO) -> int:
    index, place = archived.archive, answers.place
    print_note(
        Wording(
            f"共 {archived.parts} 个部分，这次做了 {archived.new_parts} 个；结果在 {visible(place)}。",
            f"{archived.parts} parts, {archived.new_parts} of them done now; the answers are in "
            f"{visible(place)}.",
        ),
        language,
    )
    _write_page(answers.out, index, place, language)
    out.write(shielded(render_archive(index.summary, language)))
    return _exit_code(index)


def _write_page(storage: Storage, index: ArchiveIndex, place: str, language: Language) -> None:
    """Writes the page beside the answers."""
    from bulletin_lint.reporters.sheet.archive_page import render_archive_page

    page = render_archive_page(index.summary, index.rules, language)
    try:
        storage.write(PAGE, page.encode("utf-8", "backslashreplace"))
    except OSError as error:
        why = error.strerror or str(error)
        raise UsageError(
            Wording(f"{place}/{PAGE} 无法写入（{why}）", f"cannot write {place}/{PAGE} ({why})")
        ) from None
    name = visible(f"{place.rstrip('/')}/{PAGE}")
    print_note(Wording(f"网页报告：{name}", f"the report as a page: {name}"), language)


def _exit_code(index: ArchiveIndex) -> int:
    summary = index.summary
    if summary.unchecked or summary.lost_parts or not summary.checked:
        return FAILED
    return FOUND if _reaches(index, index.fail_level) else CLEAN


def _reaches(index: ArchiveIndex, level: Severity) -> bool:
    return any(index.summary.violations[: SEVERITIES.index(level) + 1])


def _report(place: str, args: argparse.Namespace, language: Language, out: TextIO) -> int:
    outputs = outputs_of(args.format or (), has_statistics=False)
    storage = storage_of(place)
    index = read_index(storage, place)
    if index is None:
        raise UsageError(_not_judged(place, storage))
    _refuse_to_overwrite(place, index, args, [each.path for each in outputs.reports if each.path])
    if args.format:
        write(report_of_archive(storage, index), outputs, out, OutputStyle(language, color="never"))
    if args.parquet is not None:
        from bulletin_lint.archive.tables import write_tables

        write_tables(StoredResults(storage, index), args.parquet)
        name = visible(args.parquet)
        print_note(Wording(f"已写 Parquet 表：{name}", f"Parquet tables written: {name}"), language)
    if not args.format:
        _write_page(storage, index, place, language)
        out.write(shielded(render_archive(index.summary, language)))
    return _exit_code(index)


def _refuse_to_overwrite(
    place: str, index: ArchiveIndex, args: argparse.Namespace, paths: Sequence[str]
) -> None:
    """Makes sure that no report goes over the answers, the files that they are on, or what judged those."""
    targets = [Target("--format", path) for path in paths if os.path.lexists(path)]
    if not targets:
        return
    here = real_place(place)
    for option, path in targets:
        if not is_url(here) and is_inside(path, here):
            raise UsageError(
                Wording(
                    f"{option}：{path} 在结果文件夹 {place} 里，不覆盖；请写到别处",
                    f"{option}: {path} lies among the answers in {place} and is not overwritten; write it "
                    "elsewhere",
                )
            )
    known = index.real_source
    starts = ["."] if is_url(known) or not os.path.exists(known) else [".", known]
    for start in starts:
        settings = load_settings(args.config, start_for([start]), isolated=args.isolated)
        refuse_to_overwrite(targets, kept_of(settings))
        refuse_bulletins(targets, settings)
    # Hard links have other names.
    refuse_to_overwrite(targets, _answered(here, index))


def _answered(here: str, index: ArchiveIndex) -> Iterator[Kept]:
    """The files of the answers and those that the answers are on, as far as they lie on this machine."""
    if not is_url(here):
        for folder, _, names in os.walk(here):
            yield from (Kept(os.path.join(folder, name), _ANSWERS) for name in names)
    if is_url(index.real_source):
        return
    shown = index.summary.source
    for linted in StoredResults(storage_of(here), index):
        path = linted.result.path
        # Paths are shown from the folder on that was named.
        inside = path.removeprefix(shown).lstrip("/")
        yield Kept(os.path.join(index.real_source, inside) if inside else index.real_source, INPUT)
        yield Kept(path, INPUT)


def _not_judged(place: str, storage: Storage) -> Wording:
    from bulletin_lint.archive.work import PARTS

    if storage.names(PARTS):
        return Wording(
            f"{place} 还没有做完；请再运行一次 bulletin-lint archive SOURCE --out {place}",
            f"{place} is not finished; run bulletin-lint archive SOURCE --out {place} again",
        )
    return Wording(f"{place} 不是 archive 写的结果文件夹", f"{place} is no folder that archive has written")
