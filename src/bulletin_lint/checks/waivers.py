"""Waivers must say what they waive, why, and still be needed.

Judged when all other rules have spoken (`suppression`): only then is it known what a waiver silenced.
"""

from __future__ import annotations

from bulletin_lint.checks.parameters import Parameter
from bulletin_lint.checks.protocols import WaiverCheck
from bulletin_lint.model.waiver import WAIVER_FAULTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulletin_lint._typing import Any, ClassVar
    from bulletin_lint.checks.context import Resources


class SoundWaiver(WaiverCheck):
    """A waiver must be written rightly and silence something that may be silenced."""

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "fault": Parameter(
            "choice",
            "`malformed`: not written as a waiver is; `no-reason`: does not say why; `unknown-rule`: names "
            "no rule; `not-waivable`: names a rule that may not be waived; `expired`: its last day is over; "
            "`unused`: the rule looked and found nothing that it silences.",
            required=True,
            choices=WAIVER_FAULTS,
        ),
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self.fault = parameters["fault"]

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found (the waiver), codes (the rules at fault in it), until, hint (what was meant, perhaps)."""
        return frozenset({"found", "codes", "until", "hint"})
