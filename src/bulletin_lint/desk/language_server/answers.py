"""What an editor asks for: what can be done about what was found, and why it was."""

from __future__ import annotations

from collections.abc import Sequence

from lsprotocol import types

from bulletin_lint._typing import Any
from bulletin_lint.desk.language_server.positions import Lines, overlap
from bulletin_lint.desk.language_server.projects import Project
from bulletin_lint.desk.language_server.rule_files import CODE, code_at, lenses, rule_place
from bulletin_lint.desk.language_server.server import YAML, Checked, Server, path_of
from bulletin_lint.desk.language_server.told import SOURCE, PlacedViolation, explained, quick_fix, waiver_edit
from bulletin_lint.model.report import RuleNote
from bulletin_lint.model.wording import Wording

FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.{SOURCE}"
_FIX_ALL_TITLE = Wording("修复所有可以安全修复的问题", "Fix all that is safe to fix")
_WAIVE = Wording("豁免这一处（须写明理由）", "Waive this (a reason has to be given)")


def answer(server: Server) -> None:
    """What the editor asks for."""

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(
            code_action_kinds=[types.CodeActionKind.QuickFix, types.CodeActionKind.SourceFixAll],
            resolve_provider=True,
        ),
    )
    async def code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        made = actions(server, params)
        document = server.client_capabilities.text_document
        able = document.code_action.resolve_support if document and document.code_action else None
        if able is not None and "edit" in able.properties:
            return made
        return [await fixed(server, each) if each.data is not None else each for each in made]

    @server.feature(types.CODE_ACTION_RESOLVE)
    async def resolve(params: types.CodeAction) -> types.CodeAction:
        return await fixed(server, params)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        return hovered(server, params) or await _code_hovered(server, params)

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def definition(params: types.DefinitionParams) -> types.Location | None:
        project, code = await _code_at(server, params.text_document.uri, params.position)
        if project is None or code is None:
            return None
        place: types.Location | None = await server.apart(lambda: rule_place(project, code))
        return place

    @server.feature(types.TEXT_DOCUMENT_CODE_LENS)
    async def code_lens(params: types.CodeLensParams) -> list[types.CodeLens]:
        document = server.workspace.get_text_document(params.text_document.uri)
        path, data = document.path, document.source.encode("utf-8", "replace")
        if path is None or not path.endswith(YAML):
            return []
        language = server.language_of(None)
        made: list[types.CodeLens] = await server.apart(lambda: lenses(path, data, language))
        return made


def actions(server: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    """What can be done about what was found within a stretch of a text."""
    uri = params.text_document.uri
    checked = server.newest(uri)
    if checked is None:
        return []
    only = params.context.only
    made: list[types.CodeAction] = []
    if _wants(only, types.CodeActionKind.QuickFix.value):
        near = [each for each in checked.found if overlap(each.diagnostic.range, params.range)]
        made += [action for each in near for action in _for_one(server, uri, checked, each)]
    if only is not None and _wants(only, FIX_ALL):
        made.append(
            types.CodeAction(
                _FIX_ALL_TITLE.in_language(server.language_of(checked.project)),
                FIX_ALL,
                data={"uri": uri, "version": checked.version},
            )
        )
    return made


def _for_one(server: Server, uri: str, checked: Checked, each: PlacedViolation) -> list[types.CodeAction]:
    language = server.language_of(checked.project)
    made = []
    fix = quick_fix(each, checked.lines, language)
    if fix is not None:
        title, edits, is_safe = fix
        made.append(_action(server, title, uri, checked, edits, each, is_preferred=is_safe))
    rule = checked.project.desk.rulebook.rules.get(each.violation.code) if checked.project else None
    if rule is not None and rule.waivable:
        title = f"{_WAIVE.in_language(language)} {each.violation.code}"
        edit = waiver_edit(each, checked.lines)
        made.append(_action(server, title, uri, checked, [edit], each, is_preferred=False))
    return made


def _action(
    server: Server,
    title: str,
    uri: str,
    checked: Checked,
    edits: list[types.TextEdit],
    each: PlacedViolation,
    *,
    is_preferred: bool,
) -> types.CodeAction:
    return types.CodeAction(
        title,
        types.CodeActionKind.QuickFix,
        diagnostics=[each.diagnostic],
        edit=_edit(server, uri, checked.version, edits),
        is_preferred=is_preferred or None,
    )


def _edit(
    server: Server, uri: str, version: int | None, edits: Sequence[types.TextEdit]
) -> types.WorkspaceEdit:
    """An edit of one version, where the editor can tell versions apart."""
    workspace = server.client_capabilities.workspace
    if workspace is not None and workspace.workspace_edit and workspace.workspace_edit.document_changes:
        document = types.OptionalVersionedTextDocumentIdentifier(uri, version)
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, list(edits))])
    return types.WorkspaceEdit(changes={uri: list(edits)})


async def fixed(server: Server, action: types.CodeAction) -> types.CodeAction:
    """An action that mends all that is safe to mend, with its edit: as `check --fix` has it."""
    data: Any = action.data
    checked = server.newest(data["uri"])
    path = path_of(data["uri"], server.workspace.get_text_document(data["uri"]).language_id)
    if checked is None or checked.project is None or path is None or checked.version != data["version"]:
        return action
    text, project = checked.lines.text, checked.project
    made = await server.apart(lambda: project.fix(path, text.encode("utf-8", "replace")))
    if made is not None:
        mark = "\ufeff" if text.startswith("\ufeff") else ""
        edits = checked.lines.edits_to(mark + made.text_after)
        action.edit = _edit(server, data["uri"], checked.version, edits)
    return action


async def _code_at(server: Server, uri: str, position: types.Position) -> tuple[Project | None, str | None]:
    """The code of a rule at a place of any file, and the project that it belongs to."""
    document = server.workspace.get_text_document(uri)
    path, lines = document.path, Lines(document.source, server.encoding)
    if path is None or lines.word_at(position, CODE) is None:
        return None, None
    project: Project | None = await server.apart(lambda: server.projects.of(path))
    return project, code_at(project, lines, position) if project is not None else None


async def _code_hovered(server: Server, params: types.HoverParams) -> types.Hover | None:
    """What the rule is whose code stands at a place."""
    project, code = await _code_at(server, params.text_document.uri, params.position)
    if project is None or code is None:
        return None
    note: RuleNote = await server.apart(lambda: project.note(code))
    said = explained(note, None, server.language_of(project))
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, said))


def hovered(server: Server, params: types.HoverParams) -> types.Hover | None:
    """Why there is the rule that is broken at a place."""
    checked = server.newest(params.text_document.uri)
    if checked is None or checked.project is None:
        return None
    here = types.Range(params.position, params.position)
    near = [each for each in checked.found if overlap(each.diagnostic.range, here)]
    if not near:
        return None
    language = server.language_of(checked.project)
    notes = checked.project.notes
    said = [
        explained(notes[each.violation.code], each.violation, language)
        for each in near
        if each.violation.code in notes
    ]
    content = types.MarkupContent(types.MarkupKind.Markdown, "\n\n---\n\n".join(said))
    return types.Hover(content, near[0].diagnostic.range)


def _wants(only: Sequence[str] | None, kind: str) -> bool:
    """Whether an editor asks for a kind of action, or for one that holds it."""
    if only is None:
        return True
    words = [getattr(word, "value", word) for word in only]
    return any(not word or kind == word or kind.startswith(f"{word}.") for word in words)
