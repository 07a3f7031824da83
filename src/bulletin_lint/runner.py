"""A run: every file read, judged by every selected rule, then the series judged across files.

Violations are built here and nowhere else: a check says where and with which values, the runner adds
the rule's code, severity and message, and the place as the source's reader sees it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bulletin_lint.anatomy import Anatomy, is_bulletin, parse
from bulletin_lint.checks.subject import Subject
from bulletin_lint.configuration import Settings, ignored_codes
from bulletin_lint.document import Document, Node, Reading, walk
from bulletin_lint.errors import BulletinLintError, SourceError
from bulletin_lint.facts import FactPlace, IssueFacts, facts_of
from bulletin_lint.isolation import TIME_LIMIT, lint_files
from bulletin_lint.location import Location, Span
from bulletin_lint.report import DocumentResult, Report
from bulletin_lint.report import Linted as Linted
from bulletin_lint.rulebook import Rule, Rulebook
from bulletin_lint.source import SourceFile, read_bytes
from bulletin_lint.typed import Any
from bulletin_lint.violation import (
    Applicability,
    Edit,
    Fix,
    Match,
    Outcome,
    PlacedEdit,
    RelatedPlace,
    Severity,
    Violation,
)
from bulletin_lint.waiver import Waiver
from bulletin_lint.wording import Language, Wording

_LONGEST_EXCERPT = 40


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
    ) -> None:
        self._rulebook = rulebook
        self._rules = tuple(rules)
        self._required = tuple(required)
        self._settings = settings
        self._password = password
        fold = rulebook.anatomy.get("forms", {}).get("fold")
        self._anatomy = Anatomy(rulebook.anatomy, rulebook.table(fold) if fold else None)

    def __reduce__(self) -> tuple[Any, ...]:
        # A worker process builds its own checks.
        return _linter, (self._rulebook, self._rules, self._required, self._settings, self._password)

    def read(self, source: SourceFile, data: bytes | None = None) -> Document:
        """The parsed bulletin of a file.

        Raises:
            SourceError: the file cannot be read as a bulletin.
        """
        content = read_bytes(source) if data is None else data
        reading: Reading
        if source.kind == "pdf":
            from bulletin_lint.pdf_reader import read_pdf

            reading = read_pdf(source.path, content, self._password)
        else:
            from bulletin_lint.text_reader import read_text

            reading = read_text(source.path, content)
        return parse(source.path, reading, self._anatomy)

    def lint(self, source: SourceFile, data: bytes | None = None) -> Linted:
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
            return Linted(DocumentResult(source.path, source.kind, error=error.wording), None)
        except (BulletinLintError, MemoryError):
            raise
        except Exception as error:  # noqa: BLE001 - reported with its file, exit code 2
            return Linted(DocumentResult(source.path, source.kind, error=_internal(error)), None)

    def _lint(self, source: SourceFile, data: bytes | None) -> Linted:
        document = self.read(source, data)
        if not source.explicit and not is_bulletin(document):
            return Linted(
                DocumentResult(
                    source.path,
                    source.kind,
                    document.reading.pages,
                    document.reading.encoding,
                    skipped=True,
                ),
                None,
            )
        return Linted(self._judge(document), facts_of(document), document)

    def lint_reading(self, path: str, reading: Reading) -> Linted:
        """Judges what a reader delivered, as `lint` does a file that was named."""
        document = parse(path, reading, self._anatomy)
        return Linted(self._judge(document), facts_of(document), document)

    def _judge(self, document: Document) -> DocumentResult:
        subject = Subject(document, self._required)
        outcomes: dict[str, Outcome] = {}
        violations: list[Violation] = []
        failures: list[Wording] = []
        settings, path = self._settings, document.path
        ignored = ignored_codes(settings, self._rulebook, path) if settings is not None else frozenset()
        for rule in self._rules:
            if rule.code in ignored:
                continue
            try:
                found = self._rulebook.check(rule.code).run(subject)
            except BulletinLintError as error:
                failures.append(_failed(rule, error.wording))
                continue
            except MemoryError:
                raise
            except Exception as error:  # noqa: BLE001 - reported with its rule, exit code 2
                # A rule that breaks must not take the other rules and documents with it.
                failures.append(_failed(rule, _internal(error)))
                continue
            if isinstance(found, str):
                outcome: Outcome = found
                if found == "cannot-assess" and rule.on_missing == "skip":
                    outcome = "not-applicable"
                elif found == "cannot-assess" and rule.on_missing == "violation":
                    outcome = "fail"
                    violations.append(_stamp(rule, _missing_match(document), document))
                outcomes[rule.code] = outcome
                continue
            outcomes[rule.code] = "fail" if found else "pass"
            violations.extend(_stamp(rule, match, document) for match in found)
        return DocumentResult(
            document.path,
            document.kind,
            document.reading.pages,
            document.reading.encoding,
            outcomes=outcomes,
            violations=tuple(sorted(violations, key=Violation.sort_key)),
            failures=tuple(failures),
            waivers=_waivers(document),
            lines=_further_lines(violations, document),
        )


def _linter(
    rulebook: Rulebook,
    rules: Sequence[Rule],
    required: Sequence[str],
    settings: Settings | None,
    password: str | None,
) -> Linter:
    return Linter(rulebook, rules, required=required, settings=settings, password=password)


def run(
    files: Sequence[SourceFile],
    rulebook: Rulebook,
    settings: Settings,
    *,
    rules: Sequence[Rule],
    jobs: int | None = None,
    password: str | None = None,
    progress: Callable[[], None] | None = None,
    time_limit: float = TIME_LIMIT,
) -> Report:
    """Checks files and the series they make.

    `jobs` is the number of processes, None for as many as the work deserves; the report is the same
    whatever the number. A PDF is always read in a process other than this one, and may take
    `time_limit` seconds of processor time. `progress` is called after each file.

    Raises:
        BulletinLintError: no process can be started.
    """
    linter = Linter(
        rulebook,
        rules,
        required=settings.required,
        settings=settings,
        password=password,
    )
    linted = lint_files(linter.lint, files, jobs, progress=progress, time_limit=time_limit)
    results = {item.result.path: item.result for item in linted}
    facts = [item.facts for item in linted if item.facts is not None]
    judged = judge_series(rulebook, rules, facts, settings.series or {}, results)
    return Report(tuple(judged[path] for path in sorted(judged)))


def judge_series(
    rulebook: Rulebook,
    rules: Sequence[Rule],
    facts: Sequence[IssueFacts],
    settings: Mapping[str, Any],
    results: Mapping[str, DocumentResult],
) -> dict[str, DocumentResult]:
    """The results with what the series rules say of them added."""
    judged = dict(results)
    for rule in rules:
        check = rulebook.check(rule.code)
        judge = getattr(check, "judge", None)
        if judge is None:
            continue
        verdict = judge(facts, settings)
        for path, outcome in verdict.outcomes.items():
            result = judged.get(path)
            if result is not None and rule.code in result.outcomes:
                judged[path] = result._replace(outcomes={**result.outcomes, rule.code: outcome})
        for finding in verdict.findings:
            result = judged.get(finding.issue.path)
            if result is None or rule.code not in result.outcomes:
                continue
            if any(violation.code == rule.code for violation in result.violations):
                # Said already by the document itself.
                continue
            place = finding.issue.places.get(finding.fact) or finding.issue.places.get("anchor")
            if place is None:
                continue
            violation = _series_violation(rule, finding.issue.path, place, finding)
            violations = tuple(sorted((*result.violations, violation), key=Violation.sort_key))
            judged[finding.issue.path] = judged[finding.issue.path]._replace(violations=violations)
    return judged


def _series_violation(rule: Rule, path: str, place: FactPlace, finding: Any) -> Violation:
    neighbour = finding.neighbour
    theirs = neighbour.places.get(finding.fact) or neighbour.places.get("issue")
    theirs = theirs or neighbour.places.get("cumulative") or neighbour.places.get("anchor")
    related: tuple[RelatedPlace, ...] = ()
    if theirs is not None:
        related = (
            RelatedPlace(
                neighbour.path,
                theirs.location.line,
                theirs.location.column,
                theirs.location.page,
                Wording(f"相邻的一期：{theirs.text}", f"the neighbouring issue: {theirs.text}"),
            ),
        )
    return Violation(
        path,
        place.location,
        rule.code,
        rule.name,
        _severity(rule),
        _message(rule, finding.values),
        place.part,
        place.text[:_LONGEST_EXCERPT],
        None,
        related,
        place.line_text,
    )


def waiver_violation(rule: Rule, waiver: Waiver, values: Mapping[str, Any]) -> Violation:
    """What a rule says of a waiver."""
    return Violation(
        waiver.path,
        waiver.location,
        rule.code,
        rule.name,
        _severity(rule),
        _message(rule, values),
        "",
        waiver.text[:_LONGEST_EXCERPT],
        line_text=waiver.line_text,
    )


def _further_lines(violations: Sequence[Violation], document: Document) -> dict[int, str]:
    """The lines that violations and edits touch besides those that the violations start on."""
    if document.kind != "text":
        return {}
    lines = {
        line
        for violation in violations
        for line in (
            violation.location.end_line,
            *(
                line
                for edit in (violation.fix.edits if violation.fix else ())
                for line in (edit.line, edit.end_line)
            ),
        )
        if line != violation.location.line
    }
    return {line: document.line_text(line) for line in sorted(lines)}


def _waivers(document: Document) -> tuple[Waiver, ...]:
    if document.kind != "text" or "bulletin-lint" not in document.reading.text:
        return ()
    from bulletin_lint.inline_waivers import read_waivers

    return read_waivers(document.path, document.reading)


def _stamp(rule: Rule, match: Match, document: Document) -> Violation:
    location = document.locate(match.span)
    return Violation(
        document.path,
        location,
        rule.code,
        rule.name,
        match.severity or _severity(rule),
        _message(rule, match.values),
        match.part or _part_at(document, match.span),
        _excerpt(document, match.span),
        _fix(rule.fix, match.edits, document),
        tuple(_related(item, document) for item in match.related),
        document.line_text(location.line),
    )


def _severity(rule: Rule) -> Severity:
    assert rule.severity != "off"
    return rule.severity  # type: ignore[return-value]


def _message(rule: Rule, values: Mapping[str, Any]) -> Wording:
    def filled(template: str, language: Language) -> str:
        return template.format_map(
            {
                name: value.in_language(language) if isinstance(value, Wording) else str(value)
                for name, value in values.items()
            }
        )

    return Wording(filled(rule.message.zh, "zh"), filled(rule.message.en, "en"))


def _related(item: Any, document: Document) -> RelatedPlace:
    location: Location = item.location or document.locate(item.span)
    return RelatedPlace(item.path or document.path, location.line, location.column, location.page, item.note)


def _fix(applicability: Applicability, edits: Sequence[Edit], document: Document) -> Fix | None:
    """The edits as places in the source; none where one of them spans what extraction joined."""
    if not edits:
        return None
    placed: list[PlacedEdit] = []
    source: list[Edit] = []
    for edit in edits:
        spans = document.source_spans(edit.span)
        if len(spans) != 1 and document.kind == "text":
            return None
        location = document.locate(edit.span)
        placed.append(
            PlacedEdit(location.line, location.column, location.end_line, location.end_column, edit.text)
        )
        source.append(Edit(Span(spans[0].start, spans[0].end), edit.text))
    if document.kind != "text":
        # A PDF is not edited; what the words should be is shown.
        return Fix("manual", tuple(placed))
    return Fix(applicability, tuple(placed), tuple(source))


def _excerpt(document: Document, span: Span) -> str:
    block = document.blocks[document.block_at(span.start)].span if document.blocks else Span(0, 0)
    if block.end - block.start <= _LONGEST_EXCERPT:
        return document.text[block.start : block.end]
    start = max(block.start, min(span.start - 10, block.end - _LONGEST_EXCERPT))
    end = min(block.end, start + _LONGEST_EXCERPT)
    before = "…" if start > block.start else ""
    after = "…" if end < block.end else ""
    return f"{before}{document.text[start:end]}{after}"


def _part_at(document: Document, span: Span) -> str:
    best: Node | None = None
    for node in walk(document.bulletin):
        if node.path and node.span.start <= span.start and span.end <= node.span.end:
            size = node.span.end - node.span.start
            if best is None or size <= best.span.end - best.span.start:
                best = node
    return best.path if best is not None else ""


def _missing_match(document: Document) -> Match:
    masthead = document.bulletin.child("masthead")
    anchor = masthead.fields.get("anchor") if masthead is not None else None
    return Match(anchor if anchor is not None else Span(0, 0))


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
