"""Whether the program runs without its short cuts, as ``BULLETIN_LINT_PLAIN=1`` asks for.

Then the real `typing` is imported, every rule is run on all of a text, every pattern is compiled by `re`, and
no cache is read or written. The reports are the same, only later: a difference would be a bug in a short cut.
"""

from __future__ import annotations

import os

IS_PLAIN = os.environ.get("BULLETIN_LINT_PLAIN") == "1"
"""Nothing else reads the variable."""
