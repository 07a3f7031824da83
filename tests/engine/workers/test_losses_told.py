"""What is said of a file whose worker did not come to an end of it."""

from __future__ import annotations

import pytest

from bulletin_lint.engine.workers.limits import Limits
from bulletin_lint.engine.workers.losses import Loss, no_worker, wording_of

LIMITS = Limits(cpu=2.5, wall=4.5, memory=3 * 2**20)


@pytest.mark.parametrize(
    ("loss", "kind", "facts", "not_said"),
    [
        (Loss("exception", "ValueError: x"), "text", ["(ValueError: x)", "internal error"], "--jobs"),
        (Loss("exception", "ValueError: x"), "pdf", ["(ValueError: x)", "internal error"], "PDF"),
        (Loss("no worker", "no memory"), "pdf", ["(no memory)", "--jobs 1"], "PDF"),
        (Loss("time"), "text", ["within 2.5 s", "--time-limit", "checked"], "Save"),
        (Loss("time", seconds=7.0), "text", ["within 7 s", "--time-limit"], "2.5"),
        (Loss("time"), "pdf", ["PDF", "within 2.5 s", "--time-limit", "read"], "MiB"),
        (Loss("time", "SIGPROF", 10.0), "pdf", ["PDF", "within 10 s"], "SIGPROF"),
        (Loss("memory", "SIGKILL"), "pdf", ["PDF", "3 MiB"], "SIGKILL"),
        (Loss("memory", "SIGKILL"), "text", ["(SIGKILL)", "--jobs 1"], "MiB"),
        (Loss("crash", "SIGSEGV"), "text", ["(SIGSEGV)", "--jobs 1"], "damaged"),
        (Loss("crash", "SIGSEGV"), "pdf", ["PDF", "crash (SIGSEGV)", "damaged"], "MiB"),
        (Loss("crash"), "pdf", ["PDF", "crash:"], "()"),
        (Loss("crash"), "text", ["ended unexpectedly.", "--jobs 1"], "("),
    ],
)
def test_the_reason_the_limit_and_what_to_do_are_said(
    loss: Loss, kind: str, facts: list[str], not_said: str
) -> None:
    said = wording_of(loss, kind, LIMITS)
    for fact in facts:
        assert fact in said.en
    assert not_said not in said.en
    detail = loss.detail if loss.detail and loss.detail in said.en else None
    assert detail is None or f"（{detail}）" in said.zh
    assert ("2.5" in said.zh) == ("2.5" in said.en)
    assert ("3 MiB" in said.zh) == ("3 MiB" in said.en)


def test_where_there_is_no_worker_its_reason_is_said() -> None:
    assert wording_of(Loss("no worker", "why"), "text", LIMITS) == no_worker("why")
