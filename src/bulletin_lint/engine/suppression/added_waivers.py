"""``check --add-waivers``: what is found is accepted, each violation by its own entry of waivers.yaml."""

from __future__ import annotations

import json
import os
import re

from bulletin_lint._typing import NamedTuple
from bulletin_lint.config.globs import glob_of
from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.suppression.waivers_file import FILE_NAME, find_waivers
from bulletin_lint.model.errors import DefinitionError, UsageError
from bulletin_lint.model.fingerprint import fingerprints_of_places
from bulletin_lint.model.report import Report
from bulletin_lint.model.visible import visible
from bulletin_lint.model.wording import Language, Wording, plural
from bulletin_lint.rulebook.rulebook import Rulebook

_KEY = "waivers"


class Added(NamedTuple):
    """What was written, and what could not be."""

    path: str
    entries: int
    left: int
    """Violations of rules that may not be waived."""

    @property
    def wording(self) -> Wording:
        """What to say of it."""
        zh, en = f"{self.path}：新增 {self.entries} 条豁免。", f"{self.path}: {_waivers(self.entries)} added."
        if self.left:
            zh += f"另有 {self.left} 处的规则不可豁免，没有写入。"
            en += f" {plural(self.left, 'violation')} left: of rules that may not be waived."
        return Wording(zh, en)


def add_waivers(
    report: Report, rulebook: Rulebook, settings: Settings, reason: str, language: Language
) -> Added:
    """Writes an entry for everything that counts in a report, below those that waivers.yaml has.

    What stands in the file stays as it is, comments included. Each entry names rule, file and fingerprint,
    and above it stands, as a comment, what it accepts.

    Raises:
        UsageError: no reason is given, the file is not a list that can be added to, or cannot be written.
        DefinitionError: the file is wrong as it is.
    """
    if not reason.strip():
        raise UsageError(
            Wording("--add-waivers：请写明理由", "--add-waivers: a reason is needed for what is accepted")
        )
    found = find_waivers(settings.folder, upward=settings.path is None)
    path = found or os.path.join(settings.folder, FILE_NAME)
    entries, left = _entries(report, rulebook, os.path.dirname(path), reason.strip(), language)
    if entries:
        _append(path, entries)
    return Added(_shown(path), len(entries), left)


def _entries(
    report: Report, rulebook: Rulebook, folder: str, reason: str, language: Language
) -> tuple[list[tuple[str, str]], int]:
    """Each entry as its comment and its text, and how many violations may not be waived."""
    entries: dict[str, str] = {}
    left = 0
    for document in report.documents:
        marks = fingerprints_of_places([*document.violations, *document.waived])
        # Those that are waived have theirs at the end.
        for violation, places in zip(document.violations, marks, strict=False):
            rule = rulebook.rules.get(violation.code)
            if rule is None or not rule.waivable:
                left += 1
                continue
            said = visible(violation.message.in_language(language))
            for mark in places:
                entry = {
                    "rule": violation.code,
                    "path": _glob_of(document.path, folder),
                    "fingerprint": mark,
                    "reason": reason,
                }
                text = ", ".join(
                    f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in entry.items()
                )
                entries.setdefault(f"- {{{text}}}", f"# {violation.location.line}: {said}")
    return [(comment, text) for text, comment in entries.items()], left


def _glob_of(path: str, folder: str) -> str:
    """The pattern that means one file, whatever its name."""
    try:
        relative = os.path.relpath(path, folder or ".")
    except ValueError:  # another drive of Windows
        relative = path
    return glob_of(relative.replace(os.sep, "/"))


def _append(path: str, entries: list[tuple[str, str]]) -> None:
    from bulletin_lint.config.diagnostics import Diagnostics
    from bulletin_lint.config.side_files import read_side_file
    from bulletin_lint.config.yaml import YamlList, YamlMap, YamlText, parse_node
    from bulletin_lint.model.atomic_write import ChangedMeanwhile, reason, replace_file

    mistakes = Diagnostics()
    name = _shown(path)
    try:
        before = read_side_file(path) if os.path.lexists(path) else None
        top = parse_node(name, before or b"", mistakes)
        mistakes.raise_any()
        listed = top.get(_KEY) if isinstance(top, YamlMap) else top
        first = listed.items[0] if isinstance(listed, YamlList) and listed.items else None
        # The dash of a block list stands before its first item.
        text = (before or b"").decode("utf-8-sig")
        line = text.splitlines()[first.line - 1] if first is not None else ""
        lead = re.match(r"\s*(?=- )", line)
        is_empty = listed is None or (isinstance(listed, YamlText) and listed.is_null)
        if lead is None and not (is_empty and not isinstance(top, YamlMap)):
            raise _not_a_list(name)
        indent = lead[0] if lead is not None else ""
        newline = "\r\n" if "\r\n" in text else "\n"
        added = [f"{indent}{row}" for entry in entries for row in entry]
        body = text if not text or text.endswith("\n") else text + newline
        body += newline.join([*added, ""])
        content = (b"\xef\xbb\xbf" if (before or b"").startswith(b"\xef\xbb\xbf") else b"") + body.encode()
        again = parse_node(name, content, mistakes)
        listed_now = again.get(_KEY) if isinstance(again, YamlMap) else again
        count = len(listed.items) if isinstance(listed, YamlList) else 0
        if (
            len(mistakes)
            or not isinstance(listed_now, YamlList)
            or (len(listed_now.items) != count + len(entries))
        ):
            raise _not_a_list(name)
        replace_file(path, content, expected=before)
    except UnicodeDecodeError:
        raise DefinitionError(name, 1, 1, Wording("文件不是 UTF-8 编码", "the file is not UTF-8")) from None
    except ChangedMeanwhile:
        raise UsageError(
            Wording(f"{name} 刚被别的程序改过，未写入；请重新运行", f"{name} was changed just now; run again")
        ) from None
    except OSError as error:
        why = reason(error)
        raise UsageError(
            Wording(f"无法写入 {name}（{why.zh}）", f"cannot write to {name} ({why.en})")
        ) from None


def _not_a_list(name: str) -> UsageError:
    return UsageError(
        Wording(
            f"{name} 末尾不能接着写（要是每条以“- ”开头的列表，并在文件最后）；没有改动",
            f"nothing can be added at the end of {name}: it must be, or end in, a list of items begun with "
            "'- '; left as it is",
        )
    )


def _shown(path: str) -> str:
    from bulletin_lint.config.diagnostics import shown

    return shown(path)


def _waivers(count: int) -> str:
    return plural(count, "waiver")
