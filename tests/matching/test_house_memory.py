"""A house's pattern that takes all memory is a rule that failed, not a program that did."""

from __future__ import annotations

import resource
import subprocess
import sys

import pytest

PROGRAM = """
import resource
resource.setrlimit(resource.RLIMIT_AS, (600 * 1024 * 1024, 600 * 1024 * 1024))
from bulletin_lint.matching.patterns import Pattern
from bulletin_lint.model.errors import RuleFailure
try:
    list(Pattern("(?R)?", trusted=False).finditer("情况简报"))
except RuleFailure as error:
    print(error.wording.en)
"""


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_AS"), reason="the system cannot bound a process's memory")
def test_a_pattern_that_calls_itself_is_told_of() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    # It runs out of memory or out of time, whichever comes first.
    assert "the rule's pattern (?R)? " in done.stdout
