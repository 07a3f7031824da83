"""What a rule says of a document that has none of the parts it looks at, if that is a violation."""

from __future__ import annotations

from bulletin_lint.checks.structure.presence import parents_of, place_in
from bulletin_lint.engine.reasons import absent_parts
from bulletin_lint.engine.violations import violation_of
from bulletin_lint.model.location import Span
from bulletin_lint.model.violation import Match, filled
from bulletin_lint.model.wording import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.checks.context import CheckContext
    from bulletin_lint.model.violation import Violation
    from bulletin_lint.rulebook.rulebook import Rule, Rulebook


def missing_part(rule: Rule, context: CheckContext, rulebook: Rulebook) -> Violation:
    """The violation, where the first of the parts should be.

    It has the rule's message, if that names what is `missing` at most: one that speaks of what was found says
    nothing here, and the parts are named instead.
    """
    selectors = rulebook.selectors(rule.on)
    names = absent_parts(selectors, context, rulebook)
    try:
        filled(rule.message, {"missing": names})
    except KeyError:
        message = Wording(
            f"缺少{names.zh or '要看的部分'}", f"there is no {names.en or 'part of those that are looked at'}"
        )
        rule = rule._replace(message=_verbatim(message))
    return violation_of(
        rule, _match(selectors, context)._replace(values={"missing": names}), context.document
    )


def _match(selectors: tuple[str, ...], context: CheckContext) -> Match:
    for selector in selectors:
        for parent, step in parents_of(context, selector):
            part = step if step != "*" else ""
            path = ".".join(filter(None, (parent.path, part)))
            return Match(place_in(context, parent), part=path)
    masthead = context.bulletin.child("masthead")
    anchor = masthead.fields.get("anchor") if masthead is not None else None
    return Match(anchor if anchor is not None else Span(0, 0))


def _verbatim(message: Wording) -> Wording:
    """A message that says just this when it is filled in."""

    def doubled(text: str) -> str:
        return text.replace("{", "{{").replace("}", "}}")

    return Wording(doubled(message.zh), doubled(message.en))
