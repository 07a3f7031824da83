"""What a kind of check is to the rest of the program: all that anybody may ask of one.

A kind is a class derived from one of these: `Check` judges one document, `SeriesCheck` the issues of a
series, `WaiverCheck` is the name under which faults of waivers are reported. What a kind does not say of
itself it has from here.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence

from bulletin_lint._typing import Any, ClassVar, Literal, NamedTuple
from bulletin_lint.model.wording import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.checks.context import CheckContext, Resources
    from bulletin_lint.checks.parameters import Parameter
    from bulletin_lint.model.violation import CannotAssess, Match, Outcome, Value
    from bulletin_lint.model.waiver import WaiverFault
    from bulletin_lint.series.issue import IssueRecord
    from bulletin_lint.series.ordering import Series

Judged = Literal["document", "series", "waivers"]
"""What the rules of a kind judge."""

NO_OTHER_ISSUE = Wording(
    "没有同刊的其他期，所以不知道", "there is no other issue of its series, so this is not known"
)
NOTHING_TO_COMPARE = Wording(
    "本期与同刊其他期没有可以对照的内容，所以不知道",
    "this issue and the others of its series have nothing to compare, so this is not known",
)
"""Why a rule across issues could not be assessed."""


class Gate(NamedTuple):
    """What a text must have for a rule to be run on it."""

    literals: tuple[str, ...]
    """The text must have one of these; at least one."""
    outcome_without: Outcome = "pass"
    """What `run` answers for a text that has none of them, if it has a part that the rule looks at."""


class Check(ABC):
    """A kind of check, built from a rule's parameters, that judges one document at a time."""

    judges: ClassVar[Judged] = "document"
    parameters: ClassVar[Mapping[str, Parameter]]
    """What a rule of the kind may say, besides the keys that all rules have."""
    only_patterns: ClassVar[bool] = False
    """Whether it finds nothing, and says `pass`, where none of the patterns that it seeks matches the text:
    as written, or without the blanks between figures and Chinese, but with no mask over it.
    """

    @abstractmethod
    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        """Takes the parameters as the rule reader validated them, defaults filled in, and `on`."""

    @staticmethod
    @abstractmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """The names that a message of a rule with these parameters may use."""

    @staticmethod
    def mistakes(parameters: Mapping[str, Any]) -> Sequence[tuple[str, Wording]]:
        """What is wrong with parameters that are right one by one: the parameter at fault, and what to
        tell its author.
        """
        return ()

    @staticmethod
    def gate(parameters: Mapping[str, Any], lexicons: Mapping[str, Any]) -> Gate | None:
        """What a text must have for a rule with these parameters; None: it is run on any text.

        `lexicons` are the rows of those of the packs, by name.
        """
        return None

    @staticmethod
    def sought(parameters: Mapping[str, Any], tables: Mapping[str, Mapping[str, str]]) -> Mapping[str, bool]:
        """The patterns that are searched for in the document's text, each with whether it is a class of
        characters that hardly occur; what is not told is searched for without a prefilter.

        `tables` are the character tables of the packs, by name.
        """
        return {}

    @abstractmethod
    def run(self, context: CheckContext) -> list[Match] | Outcome | CannotAssess:
        """The matches in one document, or the outcome of one in which it could not look.

        For ``cannot-assess`` the engine says which part was not there; a kind that knows more gives the
        reason itself.
        """


class Finding(NamedTuple):
    """A fault of a series: the issue that breaks it, the fact it stands on, and the neighbour."""

    issue: IssueRecord
    fact: str
    """issue, cumulative or date; anchor for a number that is missing."""
    neighbour: IssueRecord
    values: Mapping[str, Value]


class Verdict(NamedTuple):
    """What one rule says of the issues of some series."""

    findings: list[Finding]
    outcomes: dict[str, Outcome]
    """By the name of the issue; one that is not there could not be assessed."""


class SeriesCheck(Check):
    """A kind of check that judges the issues of a series, from what is known of each."""

    judges: ClassVar[Judged] = "series"
    outcome_alone: Outcome = "cannot-assess"
    """What is said of an issue of whose series nothing is known."""
    settles_alone: bool = False
    """Whether one document to which a rule does not apply tells that it applies to none of a run."""

    def needs_document(self, required: Collection[str]) -> bool:
        """Whether an issue's document must be looked at though its record is known; `required` are the
        parts that the settings require.
        """
        return False

    def applies(self, required: Collection[str]) -> bool:
        """Whether issues are judged at all, the settings requiring these parts."""
        return True

    def outcome_from(self, issue: IssueRecord, required: Collection[str]) -> Outcome | None:
        """What `run` says of a document, told from its record; None where that must be read for it."""
        return self.outcome_alone

    def judges_alone(self, issue: IssueRecord) -> bool:
        """Whether `judge` has something to say of an issue beside which there is no other."""
        return True

    @abstractmethod
    def judge(self, series: Sequence[Series]) -> Verdict:
        """The faults of some series, each judged by itself."""


class WaiverCheck(Check):
    """A kind of check whose rules report what is wrong with waivers, each one fault."""

    judges: ClassVar[Judged] = "waivers"
    fault: WaiverFault

    def run(self, context: CheckContext) -> list[Match] | Outcome | CannotAssess:
        """A document without waivers has none to judge; one with waivers is judged afterwards. So no linter
        asks.
        """
        return "not-applicable"
