"""A run over an archive: listed, cut into parts, done wherever parts are done, judged, summed up."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from re import fullmatch

from bulletin_lint import _digest
from bulletin_lint._typing import NamedTuple, Protocol
from bulletin_lint.archive.judging import Judges, Judging, Planned
from bulletin_lint.archive.listing import Listing
from bulletin_lint.archive.parts import PART_SECONDS, ArchivePart, cut
from bulletin_lint.archive.rows import FORMAT
from bulletin_lint.archive.storage import RemoteFolder, Storage, is_url, real_place
from bulletin_lint.archive.stored import INDEX, PAGE, ArchiveIndex, read_index
from bulletin_lint.archive.summary import Tally
from bulletin_lint.archive.work import PARTS, LostPart, Outcomes, PartWork, parts_in
from bulletin_lint.config.settings import Settings, register_path
from bulletin_lint.engine.cache.contents import producer
from bulletin_lint.engine.linter import Linter
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.report import FileResult, RuleNote
from bulletin_lint.model.wording import Wording
from bulletin_lint.readers import TIME_LIMIT, reader_of
from bulletin_lint.rulebook.compiled import plain

_JUDGED = "judged-"
"""What the folders with judged parts begin with."""
_PACKAGES = ("archive", "checks", "engine", "matching", "model", "parsing", "readers", "rulebook", "series")
"""Whatever changes in them changes what a part holds."""


class Machines(Protocol):
    """Where parts are done."""

    def do(
        self, work: PartWork, parts: Iterable[ArchivePart], digest: str, there: Collection[str]
    ) -> Outcomes:
        """Each part as they are done, or its pieces where it had to be cut. `digest` is what their names are
        made with; pieces whose names are `there` already need not be done.

        Raises:
            BulletinLintError: nothing can be done there.
            OSError: what was done cannot be written.
        """

    def close(self) -> None:
        """Lets go of them."""


class Told(Protocol):
    """Hears how far a run has come."""

    def listed(self, files: int) -> None:
        """So many files are to be done."""

    def done(self, files: int, unchecked: int, *, is_new: bool) -> None:
        """A part more is done, in this run or in an earlier one."""

    def judging(self) -> None:
        """All parts are done; the series are judged."""


class ArchiveRun(NamedTuple):
    """What a run over an archive needs."""

    source: str
    judges: Judges
    out: Storage
    place: str
    """The folder of `out`, as people are told of it."""
    notes: Callable[[], tuple[RuleNote, ...]]
    password: str | None = None
    time_limit: float = TIME_LIMIT
    part_seconds: float = PART_SECONDS

    @property
    def settings(self) -> Settings:
        """Those of the run."""
        return self.judges.settings


class Archived(NamedTuple):
    """What a run came to."""

    archive: ArchiveIndex
    new_parts: int
    """Those that were done now."""
    parts: int


def digest_of(run: ArchiveRun) -> str:
    """Stands for all that results depend on but for the files: program, rules and settings. Those of the
    series and waivers are none of it, for both are judged when the parts are done.
    """
    settings = run.settings
    return producer(
        _PACKAGES,
        FORMAT,
        # Files of one name, size and time may lie in two folders.
        real_place(run.source),
        run.judges.rulebook.digest,
        [(rule.code, rule.severity) for rule in run.judges.rules],
        list(run.settings.required),
        run.password,
        plain(settings.per_file_ignores),
        # What is ignored goes by the path from there.
        settings.folder if settings.per_file_ignores else "",
        plain(settings.convert),
        settings.converts,
        run.time_limit,
    )


def run_archive(run: ArchiveRun, listing: Listing, machines: Machines, told: Told, made: str) -> Archived:
    """Does the parts that are not there, then judges all; `made` is the time that the summary has.

    Raises:
        BulletinLintError: nothing can be done where parts are done.
        DamagedPart: a part of an earlier run is damaged.
        UsageError: the folder for the answers cannot be read or written, or holds those on another source.
    """
    try:
        _refuse_others(run)
        return _run(run, listing, machines, told, made)
    except OSError as error:
        why = error.strerror or str(error)
        raise UsageError(
            Wording(
                f"{run.place} 无法读写（{why}）；请检查磁盘空间和权限。"
                "已完成的部分都在，再运行一次就会接着做。",
                f"{run.place} cannot be read or written ({why}); is there space, and permission? What was "
                "done is kept: run again to go on.",
            )
        ) from None


def _refuse_others(run: ArchiveRun) -> None:
    """Makes sure that nothing is replaced but what an earlier run over the same source wrote.

    Raises:
        UsageError: something else would be.
    """
    known = read_index(run.out, run.place)
    if known is not None and known.real_source not in ("", real_place(run.source)):
        raise UsageError(
            Wording(
                f"--out：{run.place} 里是 {known.real_source} 的结果，不覆盖；请换一个文件夹，"
                f"或先删掉 {run.place}/{INDEX}",
                f"--out: {run.place} holds the answers on {known.real_source}, which are not replaced; name "
                f"another folder, or remove {run.place}/{INDEX} first",
            )
        )
    if known is None and PAGE in run.out.names("") and not run.out.names(PARTS) and not _judged_in(run.out):
        raise UsageError(
            Wording(
                f"--out：{run.place} 里已有 {PAGE}，不是 archive 写的，不覆盖；请换一个文件夹",
                f"--out: {PAGE} is there already in {run.place} and not of archive's making, so that it is "
                "not replaced; name another folder",
            )
        )


def _run(run: ArchiveRun, listing: Listing, machines: Machines, told: Told, made: str) -> Archived:
    digest = digest_of(run)
    told.listed(listing.files)
    there = parts_in(run.out.names(PARTS))
    plan: list[str] = []
    """The names of the parts, in the order of their files."""
    pieces: dict[str, list[tuple[int, Planned]]] = {}
    """Of parts that were cut or lost: what became of which files."""
    kinds: set[str] = set()
    new = 0

    def wanted() -> Iterator[ArchivePart]:
        for part in cut(listing.entries, digest, run.part_seconds):
            plan.append(part.name)
            kinds.update(entry.kind for entry in part.entries)
            if part.name in there:
                told.done(len(part.entries), 0, is_new=False)
            else:
                yield part

    for part, done in machines.do(_work(run, listing), wanted(), digest, there):
        new += 1
        if isinstance(done, LostPart):
            told.done(len(done.entries), len(done.entries), is_new=True)
            pieces.setdefault(part.whole, []).append((part.start, done))
        else:
            told.done(done.files, done.unchecked, is_new=True)
            if part.name != part.whole:
                pieces.setdefault(part.whole, []).append((part.start, part.name))
    told.judging()
    parts: list[Planned] = []
    for name in plan:
        cut_up = sorted(pieces.get(name, ()), key=lambda each: each[0])
        parts += [piece for _, piece in cut_up] or [name]
    return Archived(_judged(run, listing, parts, digest, made, sorted(kinds)), new, len(plan))


def _work(run: ArchiveRun, listing: Listing) -> PartWork:
    remote = None
    if is_url(run.source):
        # A file by itself is read from the folder that it is in.
        folder = run.source.rstrip("/")
        remote = RemoteFolder(folder.rpartition("/")[0] if listing.is_single else folder)
    return PartWork(
        Linter(
            run.judges.rulebook,
            run.judges.rules,
            required=run.settings.required,
            settings=run.settings,
            password=run.password,
        ),
        run.settings,
        run.out,
        remote=remote,
        folder=os.getcwd(),
        time_limit=run.time_limit,
    )


def _judged(
    run: ArchiveRun, listing: Listing, parts: Sequence[Planned], digest: str, made: str, kinds: Sequence[str]
) -> ArchiveIndex:
    """The archive judged, or as it was if nothing has changed since."""
    key = _key(run, listing, parts, digest)
    known = read_index(run.out, run.place)
    if known is not None and known.key == key:
        return known
    refused = [
        FileResult(error.path, reader_of(error.path), error=error.wording) for error in listing.refused
    ]
    folder = f"{_JUDGED}{key[:16]}"
    tally = Tally(run.settings.series.get("aliases") or {})
    Judging(run.judges, run.out, folder, parts).run(refused, tally.add)
    lost = sum(isinstance(part, LostPart) for part in parts)
    notes = run.notes()
    summary = tally.summary(run.source, made, notes, parts=len(parts), lost_parts=lost)
    names = tuple(part if isinstance(part, str) else part.name for part in parts)
    index = ArchiveIndex(
        key, folder, names, run.settings.fail_level, notes, tuple(kinds), summary, real_place(run.source)
    )
    run.out.write(INDEX, index.written())
    for name in _judged_in(run.out):
        if name != folder:
            run.out.remove(name)
    return index


def _judged_in(out: Storage) -> list[str]:
    """The folders with judged parts, and none that a person called nearly so."""
    return [name for name in out.folders() if fullmatch(f"{_JUDGED}[0-9a-f]{{16}}", name)]


def _key(run: ArchiveRun, listing: Listing, parts: Sequence[Planned], digest: str) -> str:
    """Stands for all that the report depends on; waivers have a last day, so the day is among it."""
    from time import strftime

    settings, waivers = run.settings, run.judges.waivers
    register = register_path(settings)
    register_content = b""
    if register is not None:
        try:
            with open(register, "rb") as file:
                register_content = file.read()
        except OSError:
            # Whoever reads it says what is wrong.
            pass
    made_of = [
        digest,
        parts,
        [(error.path, error.wording) for error in listing.refused],
        plain(settings.series),
        settings.bulletins,
        settings.fail_level,
        register_content,
        waivers.entries,
        waivers.folder if waivers.entries else "",
        strftime("%Y-%m-%d"),
    ]
    content = repr(plain(made_of)).encode("utf-8", "surrogatepass")
    return _digest.digest(content, size=16, purpose="archive report")
