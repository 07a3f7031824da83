"""What pytest does in the mutation trial: the tests asked for, in that order, told one by one, each within its time.

A plugin for `pytest -p`. It stands alone: it is copied to where nothing else of this folder can be imported.
`MUTATION_PLAN` names a JSON file; all of its keys may be absent:

`tests`: ids, in the order in which they are to run; all that are collected where it is absent.
`limits`: seconds for each id, after which the process ends.
`log`: a file that gets one line of JSON for each test as it starts and as it ends.
`coverage`: a data file for lines with the ids of the tests that run them; `source` is the folder measured.
`children`: a data file for the processes that tests start, whose `sitecustomize` finds it in the environment.
"""

from __future__ import annotations

import contextlib
import faulthandler
import json
import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest

MEMORY = 6 << 30
"""Bytes of address space: a change may make a loop that fills the machine."""


class _Trial:
    def __init__(self, plan: dict[str, Any]) -> None:
        self._tests: list[str] | None = plan.get("tests")
        self._limits: dict[str, float] = plan.get("limits", {})
        self._log = open(plan.get("log", os.devnull), "a", encoding="utf-8")  # noqa: SIM115
        self._children: str | None = plan.get("children")
        self._source: str = plan.get("source", "")
        self._coverage = None
        self._outcome = "passed"
        if "coverage" in plan:
            import coverage

            self._coverage = coverage.Coverage(
                data_file=plan["coverage"], config_file=False, branch=False, source=[self._source]
            )
            self._coverage.start()

    def _tell(self, **fields: object) -> None:
        self._log.write(json.dumps(fields) + "\n")
        self._log.flush()

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self._tell(event="uncollected")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        self._tell(event="collected", seconds=round(_processor_seconds(), 2))
        if self._tests is None:
            return
        place = {name: number for number, name in enumerate(self._tests)}
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in place])
        items[:] = sorted(
            (item for item in items if item.nodeid in place), key=lambda item: place[item.nodeid]
        )

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._outcome = "passed"
        self._tell(event="start", test=item.nodeid)
        if self._coverage is not None:
            self._coverage.switch_context(item.nodeid)
        if self._children is not None:
            os.environ["MUTATION_CHILD"] = json.dumps([self._children, self._source, item.nodeid])
        limit = self._limits.get(item.nodeid)
        if limit is not None:
            # Also where the interpreter is inside a loop of C, which no signal handler ends.
            faulthandler.dump_traceback_later(limit, exit=True, file=sys.__stderr__)
        start = _processor_seconds()
        try:
            return (yield)
        finally:
            if limit is not None:
                faulthandler.cancel_dump_traceback_later()
            if self._coverage is not None:
                self._coverage.switch_context("")
            self._tell(
                event="end",
                test=item.nodeid,
                outcome=self._outcome,
                seconds=round(_processor_seconds() - start, 4),
            )

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self._outcome = "failed"
        elif report.skipped and self._outcome == "passed":
            self._outcome = "skipped"

    @pytest.hookimpl(trylast=True)
    def pytest_unconfigure(self) -> None:
        if self._coverage is not None:
            self._coverage.stop()
            self._coverage.save()


def _processor_seconds() -> float:
    """Of this process and of those that it has waited for: what others do on the machine is no part of it."""
    return sum(os.times()[:4])


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Registers what the plan asks for, before anything can import what is measured."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    with open(os.environ["MUTATION_PLAN"], encoding="utf-8") as stream:
        early_config.pluginmanager.register(_Trial(json.load(stream)), "mutation-trial")
