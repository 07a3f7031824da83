"""One file read and judged by every selected rule.

A check says where and with which values; `engine.violations` makes of that what is reported.
"""

from __future__ import annotations

from bulletin_lint.checks import judges
from bulletin_lint.checks.context import CheckContext
from bulletin_lint.checks.protocols import NO_OTHER_ISSUE, Check
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.matching.patterns import HOUSE_TIME
from bulletin_lint.model.errors import BulletinLintError, SourceError
from bulletin_lint.model.report import FileResult
from bulletin_lint.model.violation import CannotAssess, Match, Outcome, Violation
from bulletin_lint.model.wording import Wording
from bulletin_lint.parsing import is_bulletin, parse
from bulletin_lint.parsing.grammar import Grammar
from bulletin_lint.readers import READERS, content_of, read
from bulletin_lint.readers.reader_info import ReadOptions
from bulletin_lint.rulebook.load import ignored_codes
from bulletin_lint.series.issue import record_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bulletin_lint._typing import Any
    from bulletin_lint.config.settings import Settings
    from bulletin_lint.engine.doubts import OtherReadings
    from bulletin_lint.matching.prefilter import Prefiltered
    from bulletin_lint.model.document import Document
    from bulletin_lint.model.reading import Reading
    from bulletin_lint.model.source import SourceFile
    from bulletin_lint.model.waiver import Waiver
    from bulletin_lint.rulebook.rulebook import Rule, Rulebook


class Linter:
    """The rules of a run, ready to judge documents one by one."""

    def __init__(
        self,
        rulebook: Rulebook,
        rules: Sequence[Rule],
        *,
        required: Sequence[str] = (),
        settings: Settings | None = None,
        password: str | None = None,
        takes_digests: bool = False,
    ) -> None:
        self._rulebook = rulebook
        self._rules = tuple(rules)
        self._required = tuple(required)
        self._settings = settings
        self._password = password
        self._takes_digests = takes_digests
        fold = rulebook.grammar.get("forms", {}).get("fold")
        self._prefilter = rulebook.prefilter(self._rules)
        self._by_selectors: dict[tuple[str, ...], list[str]] = {}
        for rule in self._rules:
            self._by_selectors.setdefault(rulebook.selectors(rule.on), []).append(rule.code)
        self._by_code = {rule.code: rule for rule in self._rules}
        self._checks: dict[str, Check] = {}
        self._closed_outcomes: dict[str, Outcome] = {
            rule.code: "pass" if rule.gate is None else rule.gate.outcome_without for rule in self._rules
        }
        """What is said by the rules that are not run: the prefilter saw that they find nothing."""
        self._grammar = Grammar(rulebook.grammar, rulebook.table(fold) if fold else None)

    def __reduce__(self) -> tuple[Any, ...]:
        # A worker process builds its own checks.
        given = (self._rulebook, self._rules, self._required, self._settings, self._password)
        return _linter, (*given, self._takes_digests)

    @property
    def grammar(self) -> Grammar:
        """The forms by which it reads."""
        return self._grammar

    @property
    def has_rules(self) -> bool:
        """Whether it judges what it reads."""
        return bool(self._rules)

    @property
    def rulebook(self) -> Rulebook:
        """Where its rules come from."""
        return self._rulebook

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Those that it judges by."""
        return self._rules

    def without_rules(self) -> Linter:
        """A linter that reads the same and judges nothing."""
        return Linter(self._rulebook, (), password=self._password, takes_digests=self._takes_digests)

    def read(self, source: SourceFile, data: bytes | None = None) -> Document:
        """The parsed bulletin of a file.

        Raises:
            SourceError: the file cannot be read as a bulletin.
        """
        return parse(source.path, read(source, ReadOptions(self._password), data), self._grammar)

    def lint(self, source: SourceFile, data: bytes | None = None) -> LintResult:
        """Reads and judges one file; what is wrong with the file itself becomes part of the result.

        Raises:
            MemoryError: there is not enough memory for the file.
        """
        try:
            return self._lint(source, data)
        except SourceError as error:
            if _is_for_memory(error):
                # To the reader it was one failure of its engine among others.
                raise MemoryError from None
            return LintResult(FileResult(source.path, source.kind, error=error.wording), None)
        except (BulletinLintError, MemoryError):
            raise
        except Exception as error:  # noqa: BLE001 - reported with its file, exit code 2
            return LintResult(FileResult(source.path, source.kind, error=_internal(error)), None)

    def _lint(self, source: SourceFile, data: bytes | None) -> LintResult:
        content = content_of(source) if data is None else data
        digest = None
        if self._takes_digests and source.kind in READERS:
            from bulletin_lint.engine.cache.contents import digest as digest_of

            digest = digest_of(source, content)
        document = self.read(source, content)
        shows_bulletin = is_bulletin(document)
        if not source.explicit and not shows_bulletin:
            return LintResult(
                FileResult(
                    source.path,
                    source.kind,
                    document.reading.pages,
                    document.reading.encoding,
                    skipped=True,
                    # On such a page may stand what shows a bulletin.
                    failures=_unread(document),
                ),
                None,
                digest=digest,
            )
        return LintResult(self._judge(document), record_of(document), document, digest, shows_bulletin)

    def lint_reading(self, path: str, reading: Reading) -> LintResult:
        """Judges what a reader delivered, as `lint` does a file that was named."""
        document = parse(path, reading, self._grammar)
        return LintResult(self._judge(document), record_of(document), document)

    def _closed(self, context: CheckContext, prefiltered: Prefiltered, raw: Prefiltered) -> set[str]:
        """The rules that cannot find anything in a document, though it has the parts that they look at."""
        closed = prefiltered.shut if prefiltered is raw else set(prefiltered.shut)
        for selectors, codes in self._by_selectors.items():
            if "raw" in selectors:
                if prefiltered is not raw:
                    closed.difference_update(codes)
                    closed.update(raw.shut.intersection(codes))
            elif not context.has(selectors):
                closed.difference_update(codes)
        return closed

    def _findings(
        self, rule: Rule, context: CheckContext, others: OtherReadings
    ) -> list[Match] | Outcome | CannotAssess | Wording:
        """What a rule's check says of a document; a wording where it could not finish."""
        try:
            check = self._checks.get(rule.code)
            if check is None:
                if judges(rule.kind) == "waivers":
                    # They are judged when all rules have spoken, if there are any.
                    return "not-applicable"
                check = self._checks[rule.code] = self._rulebook.check(rule.code)
            found = check.run(context)
            return others.weighed(check, found) if rule.structural else found
        except BulletinLintError as error:
            return _failed(rule, error.wording)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - reported with its rule, exit code 2
            # A rule that breaks must not take the other rules and documents with it.
            return _failed(rule, _internal(error))

    def _reason(self, rule: Rule, context: CheckContext) -> Wording:
        """Why a check that gave no reason of its own could not be assessed."""
        check = self._checks[rule.code]
        if check.judges == "series":
            return NO_OTHER_ISSUE
        from bulletin_lint.engine.reasons import reason

        return reason(rule, check, context, self._rulebook)

    def _is_missing(self, rule: Rule, context: CheckContext) -> bool:
        """Whether a document has none of the parts that a rule looks at."""
        selected = self._rulebook.selectors(rule.on)
        return bool(selected) and not context.has(selected)

    def _judge(self, document: Document) -> FileResult:
        HOUSE_TIME.begin_document()
        prefiltered = raw = self._prefilter.apply(document.text, document.solid)
        if document.source_text != document.text:
            raw = self._prefilter.apply(document.source_text, is_raw=True)
        context = CheckContext(document, self._required, prefiltered, raw)
        from bulletin_lint.engine.doubts import OtherReadings

        others = OtherReadings(
            document, self._grammar, lambda other: CheckContext(other, self._required, prefiltered, raw)
        )
        closed = self._closed(context, prefiltered, raw)
        outcomes = dict(self._closed_outcomes)
        reasons: dict[str, Wording] = {}
        violations: list[Violation] = []
        failures: list[Wording] = [*_unread(document)]
        settings, path = self._settings, document.path
        ignored = ignored_codes(settings, self._rulebook, path) if settings is not None else frozenset()
        for code in ignored:
            outcomes.pop(code, None)
        is_holed = document.has_holes
        # What is not there may stand on a page that was not read, or in characters that a font does not name.
        may_be_there = is_holed or bool(failures)
        for code, rule in self._by_code.items():
            if code in closed or code in ignored:
                continue
            found = self._findings(rule, context, others)
            if isinstance(found, list) and not found:
                # Most rules. What a closed gate would have said no longer holds.
                outcomes[code] = "pass"
                continue
            if document.reading.unsure and isinstance(found, list) and found:
                found = _but_for_unsure(found, document)
            if is_holed and isinstance(found, list) and found and "raw" not in rule.on:
                from bulletin_lint.engine.lost_characters import but_for_holes

                found = but_for_holes(found, document)
            if isinstance(found, Wording):
                failures.append(found)
                del outcomes[code]
            elif isinstance(found, str) and found != "cannot-assess":
                outcomes[code] = found
            elif isinstance(found, (str, CannotAssess)):
                outcomes[code] = "not-applicable" if rule.on_missing == "skip" else "cannot-assess"
                if rule.on_missing == "violation" and not may_be_there and self._is_missing(rule, context):
                    from bulletin_lint.engine.missing_part import missing_part

                    outcomes[code] = "fail"
                    violations.append(missing_part(rule, context, self._rulebook))
                elif rule.on_missing != "skip":
                    reasons[code] = (
                        found.reason if isinstance(found, CannotAssess) else self._reason(rule, context)
                    )
            elif found:
                from bulletin_lint.engine.violations import violations_of

                own = violations_of(rule, found, document)
                outcomes[code] = "fail" if own else "pass"
                violations += own
            else:
                outcomes[code] = "pass"
        return FileResult(
            document.path,
            document.kind,
            document.reading.pages,
            document.reading.encoding,
            outcomes=outcomes,
            violations=tuple(sorted(violations, key=Violation.sort_key)),
            failures=tuple(failures),
            waivers=_waivers(document),
            lines=_further_lines(violations, document),
            reasons=reasons,
        )


def _but_for_unsure(found: list[Match], document: Document) -> list[Match] | CannotAssess:
    """Matches without those on numbers that a person may see in another form."""
    from bulletin_lint.engine.violations import touches

    unsure = document.reading.unsure
    sure = [
        match
        for match in found
        if not any(touches(unsure, span) for span in document.source_spans(match.span))
    ]
    if sure:
        return sure
    return CannotAssess(
        Wording(
            "自动编号用了不认识的格式，看到的编号可能不同",
            "an automatic number has a form that is not known, and may look otherwise",
        )
    )


def _linter(
    rulebook: Rulebook,
    rules: Sequence[Rule],
    required: Sequence[str],
    settings: Settings | None,
    password: str | None,
    takes_digests: bool,  # noqa: FBT001 - called by pickle
) -> Linter:
    return Linter(
        rulebook,
        rules,
        required=required,
        settings=settings,
        password=password,
        takes_digests=takes_digests,
    )


def _further_lines(violations: Sequence[Violation], document: Document) -> Mapping[int, str]:
    if not violations:
        return {}
    from bulletin_lint.engine.violations import further_lines

    return further_lines(violations, document)


def _unread(document: Document) -> tuple[Wording, ...]:
    """What to say of the pages and parts that were not read, whatever rules are selected."""
    reading = document.reading
    pages = [each.wording() for each in reading.unread_pages]
    return (*pages, *[each.wording() for each in reading.unread_parts])


def _waivers(document: Document) -> tuple[Waiver, ...]:
    if document.reading.lines_are != "source" or "bulletin-lint" not in document.reading.text:
        return ()
    from bulletin_lint.engine.suppression.comments import read_waivers

    return read_waivers(document.path, document.reading)


def _is_for_memory(error: BaseException) -> bool:
    """Whether an error came of another one, and that of another, for want of memory."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, MemoryError):
        cause = cause.__cause__ or cause.__context__
    return cause is not None


def _failed(rule: Rule, wording: Wording) -> Wording:
    return Wording(f"规则 {rule.code}：{wording.zh}", f"rule {rule.code}: {wording.en}")


def _internal(error: Exception) -> Wording:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    kind = type(error).__name__
    if trace is not None:
        # For whoever mends it: the module and line it came from.
        kind += f", {trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"
    return Wording(
        f"内部错误（{kind}：{error}）；请连同文件报告此问题。",
        f"internal error ({kind}: {error}); please report this with the file.",
    )
