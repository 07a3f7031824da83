"""What the words of packs refer to: fragments, selectors, masks, tables, lexicons; and whether their patterns
compile.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Collection, Mapping, Sequence

from bulletin_lint._typing import Any
from bulletin_lint.config.diagnostics import Diagnostics, did_you_mean
from bulletin_lint.config.shapes import ReferenceKind, Scope
from bulletin_lint.config.yaml import YamlText
from bulletin_lint.rulebook.selectors import unknown_part

FRAGMENT = re.compile(r"\$\{([A-Za-z][A-Za-z0-9_-]*)\}")
"""Where a pattern asks for a fragment, by name."""


class Names(Scope):
    """What the words of merged packs refer to.

    `trusted` says which engine a pattern must compile with; it is set for each rule.
    """

    def __init__(self, mistakes: Diagnostics) -> None:
        super().__init__(mistakes)
        self.trusted = True
        self.fragments: dict[str, dict[str, str]] = {}
        self.aliases: dict[str, Any] = {}
        self.tables: dict[str, dict[str, str]] = {}
        self.lexicons: dict[str, list[list[Any]]] = {}
        self.kept_as: dict[tuple[ReferenceKind, str], dict[str, str]] = {}
        """For each file of a pack what it calls lexicons or tables, and the names they are kept by here."""
        self.masks: dict[str, str] = {}
        self.mask_beginnings: dict[str, str] = {}
        self.standing_masks: list[str] = []
        self.labels: dict[str, Any] = {}
        self._compiled: dict[tuple[str, bool], bool] = {}

    def pattern(self, node: YamlText) -> str | None:
        text, pieces = self.interpolate(node)
        if text is None:
            return None
        known = (text, self.trusted)
        if known not in self._compiled:
            self._compiled[known] = self._compiles(node, text, pieces)
        return text

    def missing_groups(self, pattern: str, groups: Collection[str]) -> list[str]:
        if not self._compiled.get((pattern, self.trusted)):
            return []
        there = groups_of(pattern, trusted=self.trusted)
        return [name for name in groups if name not in there]

    def interpolate(self, node: YamlText) -> tuple[str | None, list[tuple[int, int, str]]]:
        """A pattern with its fragments filled in, and where each one went: start, end, name."""
        own = self.fragments.get(node.path, {})
        parts: list[str] = []
        pieces: list[tuple[int, int, str]] = []
        length = position = 0
        for found in FRAGMENT.finditer(node.value):
            name = found[1]
            if name not in own:
                zh, en = did_you_mean(name, own)
                self.mistakes.add(node, f"没有片段“{name}”{zh}", f"there is no fragment '{name}'{en}")
                return None, []
            before = node.value[position : found.start()]
            parts += [before, own[name]]
            length += len(before)
            pieces.append((length, length + len(own[name]), name))
            length += len(own[name])
            position = found.end()
        parts.append(node.value[position:])
        return "".join(parts), pieces

    def _compiles(self, node: YamlText, text: str, pieces: list[tuple[int, int, str]]) -> bool:
        problem = _pattern_problem(text, trusted=self.trusted)
        if problem is None:
            return True
        zh, en, position = problem
        where_zh = where_en = ""
        if position is not None:
            inside = next((name for start, end, name in pieces if start <= position < end), None)
            if inside is not None:
                where_zh, where_en = f"（在片段“{inside}”里）", f" (in the fragment '{inside}')"
            else:
                shift = sum(end - start - len(name) - 3 for start, end, name in pieces if end <= position)
                number = position - shift + 1
                where_zh, where_en = f"（第 {number} 个字符）", f" (character {number})"
        self.mistakes.add(node, f"正则有误：{zh}{where_zh}", f"bad pattern: {en}{where_en}")
        return False

    def reference(self, kind: ReferenceKind, node: YamlText) -> str | None:
        if kind == "selector":
            return self._selector(node)
        own = self.kept_as.get((kind, node.path), {})
        if node.value in own:
            return own[node.value]
        by_kind: Mapping[str, Mapping[str, Any]] = {
            "mask": self.masks,
            "table": self.tables,
            "lexicon": self.lexicons,
        }
        known = by_kind[kind]
        if node.value in known:
            return node.value
        zh, en = did_you_mean(node.value, known)
        name = {"mask": "遮盖", "table": "字表", "lexicon": "词表"}[kind]
        self.mistakes.add(node, f"没有{name}“{node.value}”{zh}", f"there is no {kind} '{node.value}'{en}")
        return None

    def _selector(self, node: YamlText) -> str | None:
        problem = unknown_part(node.value, list(self.labels.get("imprint", {})), list(self.aliases))
        if problem is None:
            return node.value
        _, near = problem
        zh, en = did_you_mean(near[0] if len(near) == 1 else node.value, near)
        self.mistakes.add(node, f"不认识的选择器“{node.value}”{zh}", f"unknown selector '{node.value}'{en}")
        return None

    def take_mask(self, name: str, mask: Any) -> None:
        """A mask as a pack gives it, in place of one that had its name; it stands where that one did."""
        given = mask if isinstance(mask, dict) else {"pattern": mask, "begins": None, "standing": False}
        if given["pattern"] is None:
            return
        self.masks[name] = given["pattern"]
        self.mask_beginnings.pop(name, None)
        if given["begins"] is not None:
            self.mask_beginnings[name] = given["begins"]
        if given["standing"] and name not in self.standing_masks:
            self.standing_masks.append(name)

    def has_mask(self, name: str) -> bool:
        return name in self.masks


def _pattern_problem(text: str, *, trusted: bool) -> tuple[str, str, int | None] | None:
    """Why a pattern does not compile: in Chinese, in English, and at which offset."""
    try:
        if trusted:
            with warnings.catch_warnings():
                warnings.simplefilter("error", FutureWarning)
                re.compile(text, re.MULTILINE)
        else:
            import regex

            try:
                regex.compile(text, regex.MULTILINE)
            except regex.error as error:
                problem: Any = error
                return (*_in_both(str(problem.msg)), problem.pos)
    except re.error as error:
        return (*_in_both(error.msg), error.pos)
    except FutureWarning:
        return (
            "方括号里的 [ 或成对符号请加反斜杠",
            "put a backslash before [ and doubled marks in a set",
            None,
        )
    except (OverflowError, RecursionError, ValueError):
        return "太大或嵌套太深", "too large, or nested too deeply", None
    return None


def groups_of(pattern: str, *, trusted: bool) -> list[str | None]:
    """The groups of a pattern that compiles, in order: the name of each, None for one that has only its
    number.
    """
    if trusted:
        found: Any = re.compile(pattern, re.MULTILINE)
    else:
        import regex

        found = regex.compile(pattern, regex.MULTILINE)
    names = {number: name for name, number in found.groupindex.items()}
    return [names.get(number) for number in range(1, found.groups + 1)]


def is_template(groups: Sequence[str | None], replacement: str, *, trusted: bool) -> bool:
    """Whether a replacement can be filled in from a match of a pattern with these groups.

    It is filled in from another pattern with the same groups, one that matches: `regex` does not look at a
    replacement before something matches.
    """
    stand_in = "".join(f"(?P<{name}>)" if name else "()" for name in groups)
    try:
        if trusted:
            re.compile(stand_in).sub(replacement, "")
        else:
            import regex

            try:
                regex.compile(stand_in).sub(replacement, "")
            except regex.error:
                return False
    except (re.error, IndexError, OverflowError, ValueError):
        return False
    return True


def _in_both(message: str) -> tuple[str, str]:
    zh = next((zh for words, zh in _PATTERN_PROBLEMS if words in message), "写法不合正则语法")
    return zh, message


# What `re` and `regex` say of a pattern, in Chinese.
_PATTERN_PROBLEMS = (
    ("missing )", "缺少右括号"),
    ("unbalanced parenthesis", "多了右括号"),
    ("unterminated character set", "方括号没有闭合"),
    ("nothing to repeat", "重复号前面没有内容"),
    ("multiple repeat", "重复号连用"),
    ("bad character range", "字符范围颠倒"),
    ("look-behind requires fixed-width", "后顾断言的长度必须固定"),
    ("bad escape", "不认识的转义"),
    ("incomplete escape", "转义不完整"),
    ("unknown group name", "引用了没有的组名"),
    ("undefined group name", "引用了没有的组名"),
    ("invalid group reference", "引用了没有的组号"),
    ("unknown group", "引用了没有的组"),
    ("redefinition of group name", "组名重复"),
    ("duplicate group", "组名重复"),
    ("bad character in group name", "组名只能用字母、数字和下划线"),
    ("missing group name", "缺少组名"),
    ("unknown extension", "不认识的 (?… 写法"),
    ("unknown flag", "不认识的标志"),
    ("global flags not at the start", "标志必须写在最前面"),
    ("min repeat greater than max", "重复次数下限大于上限"),
    ("unknown property", "不认识的字符类别"),
    ("cannot refer to an open group", "不能引用还没结束的组"),
)
