"""Headings of one level under one heading are written alike."""

from __future__ import annotations

from bulletin_lint.checks.parameters import Parameter
from bulletin_lint.checks.protocols import Check
from bulletin_lint.checks.structure.sequences import NumberedRun, Step, section_sequences, strays_of
from bulletin_lint.checks.text.consistency import forms_of
from bulletin_lint.model.location import Span
from bulletin_lint.model.violation import SEVERITIES, Match, Outcome, Related, Severity
from bulletin_lint.model.wording import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bulletin_lint._typing import Any, ClassVar
    from bulletin_lint.checks.context import CheckContext, Resources
    from bulletin_lint.model.document import Node


_SHOWN = 30
"""Characters of a heading that a message shows."""
_SIBLING = Wording("同级标题", "a heading of the same level")


class Alike(Check):
    """Numbered headings that stand side by side have one form; the one that differs is the violation.

    Only where all of them stand alone on their lines: a section whose text runs on behind its heading
    ends as a sentence does.
    """

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "variants": Parameter(
            "variants",
            "The forms: `pattern`, matched against the heading's last character, and `expected`, its name. "
            "The last is the plain one, of which one of two that differ is.",
            required=True,
        ),
        "longest": Parameter("integer", "Characters that a heading has at most.", default=30),
        "markers": Parameter(
            "choice",
            "The severity of a number in another style than those beside it; left out: not looked at.",
            choices=SEVERITIES,
        ),
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._on = resources.selectors(parameters["on"])
        self._longest = int(parameters.get("longest") or 30)
        self._forms = forms_of(parameters, resources)
        self._markers: Severity | None = parameters.get("markers")

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found, form (its form's name), expected (that of its siblings)."""
        return frozenset({"found", "form", "expected"})

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        articles = context.select(self._on)
        if not articles:
            return "cannot-assess"
        runs = [
            (article, run)
            for article in articles
            for run in section_sequences(context, article)
            if len(run.steps) > 1
        ]
        if not runs:
            return "not-applicable"
        matches = [match for _, run in runs if (match := self._odd_one(run.steps)) is not None]
        if self._markers is not None:
            matches += [match for article, run in runs for match in _strays(article, run, self._markers)]
        return sorted(matches, key=lambda match: match.span)

    def _odd_one(self, steps: list[Step]) -> Match | None:
        """The heading that alone differs from its siblings; of two the one with a mark."""
        by_form: dict[int, list[tuple[Step, Span]]] = {}
        for step in steps:
            found = self._form_of(step)
            if found is None or step.node.fields.get("level") is None:
                return None
            by_form.setdefault(found[0], []).append((step, found[1]))
        if len(by_form) != 2 or len(self._forms) - 1 not in by_form:
            return None
        usual, odd = sorted(by_form, key=lambda form: len(by_form[form]), reverse=True)
        if len(by_form[odd]) > 1:
            return None
        if len(steps) == 2:
            odd, usual = sorted(by_form)
        ((step, span),) = by_form[odd]
        sibling = by_form[usual][-1][0]
        return Match(
            span,
            {
                "found": step.node.text.strip(),
                "form": self._forms[odd].name,
                "expected": self._forms[usual].name,
            },
            related=(Related(sibling.node.span, _SIBLING),),
            part=step.node.path,
        )

    def _form_of(self, step: Step) -> tuple[int, Span] | None:
        """Which form a heading has, and where; None for what is no heading by itself."""
        text = step.node.text
        start = step.span.end - step.node.span.start
        if len(text) - start > self._longest or "。" in text[start:-1]:
            return None
        last = len(text) - 1
        for index, form in enumerate(self._forms):
            if form.pattern.search(text, last) is not None:
                at = step.node.span.start + last
                return index, Span(at, at + 1)
        return None


def _strays(article: Node, run: NumberedRun, severity: Severity) -> Iterator[Match]:
    """The numbers of a run that are in another style than its first."""
    first = run.steps[0]
    for step in strays_of(run):
        yield Match(
            step.span,
            {
                "found": article.list("blocks")[step.position].text.strip()[:_SHOWN],
                "form": Wording(f"用“{step.marker}”", f"has '{step.marker}'"),
                "expected": Wording(f"用“{first.marker}”", f"has '{first.marker}'"),
            },
            related=(Related(first.span, _SIBLING),),
            part=step.node.path,
            severity=severity,
        )
