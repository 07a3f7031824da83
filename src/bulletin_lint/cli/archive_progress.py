"""How far a run over an archive has come: a bar for a person who waits, a line now and then for a log."""

from __future__ import annotations

import sys
import time

from bulletin_lint._typing import Any
from bulletin_lint.cli.parser import print_note
from bulletin_lint.model.wording import Language, Wording

_EVERY = 60.0
"""Seconds between two lines of a log."""


class ArchiveProgress:
    """Says on standard error how many files are done, how fast, how many failed, how long it takes."""

    def __init__(self, language: Language) -> None:
        self._language: Language = language
        self._bar: Any = None
        self._total = 0
        self._done = self._new = self._unchecked = self._parts = 0
        self._begun = self._said = time.monotonic()

    def listed(self, files: int) -> None:
        """So many files are to be done."""
        self._total = files
        self._begun = self._said = time.monotonic()
        if sys.stderr.isatty():
            from tqdm import tqdm

            # Its monitor is a thread, and a process with threads cannot be forked.
            tqdm.monitor_interval = 0
            unit = Wording("份", " files").in_language(self._language)
            self._bar = tqdm(total=files, unit=unit, leave=False, file=sys.stderr)

    def done(self, files: int, unchecked: int, *, is_new: bool) -> None:
        """A part more is done, in this run or in an earlier one."""
        self._done += files
        self._parts += 1
        self._unchecked += unchecked
        if is_new:
            self._new += files
        if self._bar is not None:
            self._bar.update(files)
            failed = Wording(f"没有查成 {self._unchecked}", f"not checked {self._unchecked}")
            self._bar.set_postfix_str(failed.in_language(self._language))
        elif time.monotonic() - self._said >= _EVERY:
            self._said = time.monotonic()
            self._say()

    def _say(self) -> None:
        rate = self._new / max(self._said - self._begun, 0.001)
        left = (self._total - self._done) / rate / 60 if rate else 0
        print_note(
            Wording(
                f"{self._done:,}/{self._total:,} 份，{self._parts:,} 个部分，每秒 {rate:.1f} 份，"
                f"没有查成 {self._unchecked:,} 份，约余 {left:.0f} 分钟",
                f"{self._done:,}/{self._total:,} files, {self._parts:,} parts, {rate:.1f} files/s, "
                f"{self._unchecked:,} not checked, about {left:.0f} min left",
            ),
            self._language,
        )
        sys.stderr.flush()

    def judging(self) -> None:
        """All parts are done; the series are judged."""
        self.close()
        if self._total > 1000 and self._new:
            print_note(
                Wording("各部分已完成，正在判断期号的连续性……", "all parts done, judging the series …"),
                self._language,
            )

    def interrupted(self) -> None:
        """The person who waits has stopped it."""
        self.close()
        print_note(
            Wording(
                f"已中断；已完成的 {self._parts:,} 个部分都在，再运行同一条命令就会接着做。",
                f"interrupted; the {self._parts:,} parts that are done are kept: the same command goes on.",
            ),
            self._language,
        )

    def close(self) -> None:
        """Takes the bar away."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None
