"""Why there is no result for a file: how its worker ended, and what to tell people of it."""

from __future__ import annotations

import signal

from bulletin_lint._typing import Literal, NamedTuple
from bulletin_lint.engine.workers.limits import Limits
from bulletin_lint.engine.workers.process import End
from bulletin_lint.model.wording import Wording, set_off
from bulletin_lint.readers import reader_info

FULL_SHARE = 0.5
"""A worker that crashed with so much of the memory it may have in use has run out of it: a native library
that gets none gives up."""


class Loss(NamedTuple):
    """Why there is no result for a task."""

    reason: Literal["crash", "time", "memory", "exception", "no worker"]
    detail: str = ""
    """How the process ended: a signal's name or an exit code; or the exception that was raised; or why
    there is no worker."""
    seconds: float = 0.0
    """Of a loss for its time: the processor time that it could take; 0 for what the limits say."""


def loss_of(end: End, limits: Limits | None) -> Loss:
    """What became of a task whose worker ended of itself."""
    if end.code is None or end.code >= 0:
        return Loss("crash", "" if end.code is None else f"exit {end.code}")
    try:
        name = signal.Signals(-end.code).name
    except ValueError:
        name = f"signal {-end.code}"
    if name in ("SIGALRM", "SIGPROF", "SIGXCPU"):
        return Loss("time", name, limits.cpu if limits is not None else 0.0)
    # The system kills whom it has no memory for.
    is_full = limits is not None and end.memory > FULL_SHARE * limits.memory
    return Loss("memory" if is_full or name == "SIGKILL" else "crash", name)


def no_worker(reason: str) -> Wording:
    """What to say where no process can be started."""
    return Wording(
        f"无法启动读取文件的进程（{reason}）；请关闭一些程序，或加上 --jobs 1 再试。",
        f"cannot start a process that reads files ({reason}); close some programs, or try again "
        "with --jobs 1.",
    )


def wording_of(loss: Loss, kind: str, limits: Limits) -> Wording:
    """What to say of a file of a kind whose worker did not come to an end of it."""
    if loss.reason == "exception":
        return Wording(
            f"内部错误（{loss.detail}）；请连同文件报告此问题。",
            f"internal error ({loss.detail}); please report this with the file.",
        )
    if loss.reason == "no worker":
        return no_worker(loss.detail)
    seconds = loss.seconds or limits.cpu
    detail = Wording(f"（{loss.detail}）", f" ({loss.detail})") if loss.detail else Wording("", "")
    info = reader_info(kind)
    if not info.is_isolated and loss.reason == "time":
        return Wording(
            f"{seconds:g} 秒内没有检查完这份文件，已中止：文件异常庞大，或规则包里有过慢的正则表达式。"
            "请拆分文件或检查规则包；如果只是机器慢，请用 --time-limit 放宽。",
            f"the file was not checked within {seconds:g} s and was given up: it is unusually large, or a "
            "rule pack has a regular expression that takes too long. Split the file or look at the rule "
            "pack; if the machine is slow, allow more with --time-limit.",
        )
    if not info.is_isolated:
        return Wording(
            f"检查这份文件的进程意外结束{detail.zh}。请加上 --jobs 1 再试一次。",
            f"the process that checked this file ended unexpectedly{detail.en}. Try again with --jobs 1.",
        )
    name, program = set_off(info.name.zh), set_off(info.program.zh)
    advice = Wording(f"请用{program}打开后另存一份", f"Save a copy of it from {info.program.en}")
    if loss.reason == "time":
        return Wording(
            f"{seconds:g} 秒内没有读完这份{name}，已中止：文件异常庞大、复杂或有意损坏。"
            f"{advice.zh}，或拆分；如果只是机器慢，请用 --time-limit 放宽。",
            f"the {info.name.en} was not read within {seconds:g} s and was given up: it is unusually "
            f"large, intricate or broken on purpose. {advice.en}, or split it; if the machine is slow, allow "
            "more with --time-limit.",
        )
    if loss.reason == "memory":
        size = limits.memory // 2**20
        return Wording(
            f"读取这份{name}需要的内存超过 {size} MiB，已中止：文件异常庞大、复杂或有意损坏。"
            f"{advice.zh}，或拆分。",
            f"reading the {info.name.en} takes more than {size} MiB of memory and was given up: it is "
            f"unusually large, intricate or broken on purpose. {advice.en}, or split it.",
        )
    return Wording(
        f"这份{name}使读取它的程序崩溃{detail.zh}：文件已损坏，或有意如此。{advice.zh}，或从原稿重新导出。",
        f"the {info.name.en} made the program that reads it crash{detail.en}: it is damaged, or meant to do "
        f"so. {advice.en}, or export it again from the manuscript.",
    )
