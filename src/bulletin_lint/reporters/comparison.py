"""A comparison as text for people, as lines for editors, and as JSON."""

from __future__ import annotations

import json

from bulletin_lint import __version__
from bulletin_lint._typing import Any
from bulletin_lint.model.comparison import Comparison, Difference, DifferenceKind, Side
from bulletin_lint.model.visible import visible
from bulletin_lint.model.wording import Language, Wording, plural
from bulletin_lint.reporters.sheet.shown import SEVERITY_WORDS
from bulletin_lint.reporters.standing import place_words

SCHEMA_VERSION = 1
FORMATS = ("full", "concise", "json")

KIND_WORDS: dict[DifferenceKind, Wording] = {
    "changed": Wording("改动", "changed"),
    "missing": Wording("缺少", "missing"),
    "added": Wording("多出", "added"),
    "moved": Wording("移动", "moved"),
    "form": Wording("写法", "form"),
}


def verdict_words(comparison: Comparison) -> Wording:
    """What comes of a comparison, in one sentence."""
    if not comparison.is_one_text:
        return Wording("不是同一份文稿", "these are not forms of one text")
    count = len(comparison.differences)
    if not count:
        return Wording("两份内容一致", "both say the same")
    return Wording(f"有 {count} 处不同", f"they differ in {plural(count, 'place')}")


def noise_words(comparison: Comparison) -> Wording:
    """How often the two differ in what counts for nothing; empty where they do not."""
    form, space = comparison.noise.get("form", 0), comparison.noise.get("space", 0)
    if not form and not space:
        return Wording("", "")
    return Wording(
        f"另有不计的写法差异 {form} 处（全角半角、引号、破折号等）、空格差异 {space} 处。",
        f"Not counted: {plural(form, 'character')} in another form (width, quotes, dashes), "
        f"{plural(space, 'space')}.",
    )


def render(comparison: Comparison, form: str, language: Language) -> str:
    """The comparison in one of `FORMATS`."""
    if form == "json":
        return _json(comparison)
    lines = [
        _concise(comparison, each, language) if form == "concise" else _full(comparison, each, language)
        for each in comparison.differences
    ]
    if form == "full":
        names = f"{visible(comparison.left)} ↔ {visible(comparison.right)}"
        colon = Wording("：", ": ").in_language(language)
        lines.append(f"{names}{colon}{verdict_words(comparison).in_language(language)}")
        noise = noise_words(comparison).in_language(language)
        lines += [noise] if noise else []
    elif not comparison.is_one_text:
        lines.append(f"{visible(comparison.right)}: {verdict_words(comparison).in_language(language)}")
    return "".join(f"{line}\n" for line in lines)


def sentence(difference: Difference) -> Wording:
    """A difference in words."""
    left, right = visible(difference.left.text), visible(difference.right.text)
    if difference.kind == "missing":
        return Wording(f"缺少“{left}”", f"'{left}' is missing")
    if difference.kind == "added":
        return Wording(f"多出“{right}”", f"'{right}' was added")
    if difference.kind == "moved":
        return Wording(f"位置不同：“{left}”", f"stands elsewhere: '{left}'")
    return Wording(f"“{left}”成了“{right}”", f"'{left}' became '{right}'")


def _concise(comparison: Comparison, each: Difference, language: Language) -> str:
    where = each.right.location
    severity = SEVERITY_WORDS[each.severity].in_language(language)
    said = sentence(each).in_language(language)
    return f"{visible(comparison.right)}:{where.line}:{where.column}: {severity} {said}"


def _full(comparison: Comparison, each: Difference, language: Language) -> str:
    severity = SEVERITY_WORDS[each.severity].in_language(language)
    head = f"{each.number}. {severity}　{sentence(each).in_language(language)}"
    sides = [
        f"    {visible(name)}　{place_words(side.location).in_language(language)}　{_in_context(side)}"
        for name, side in ((comparison.left, each.left), (comparison.right, each.right))
    ]
    return "\n".join([head, *sides, ""])


def _in_context(side: Side) -> str:
    return visible(f"…{side.before}【{side.text}】{side.after}…")


def _json(comparison: Comparison) -> str:
    content: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "bulletin-lint", "version": __version__},
        "left": comparison.left,
        "right": comparison.right,
        "similarity": round(comparison.similarity, 4),
        "is_one_text": comparison.is_one_text,
        "differences": [
            {
                "number": each.number,
                "kind": each.kind,
                "severity": each.severity,
                "message": dict(zip(("zh", "en"), sentence(each), strict=True)),
                "left": _side(each.left),
                "right": _side(each.right),
            }
            for each in comparison.differences
        ],
        "noise": {"form": comparison.noise.get("form", 0), "space": comparison.noise.get("space", 0)},
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _side(side: Side) -> dict[str, Any]:
    where = side.location
    content: dict[str, Any] = {
        "text": side.text,
        "before": side.before,
        "after": side.after,
        "line": where.line,
        "column": where.column,
        "end_line": where.end_line,
        "end_column": where.end_column,
        "page": where.page,
    }
    if where.boxes:
        content["bboxes"] = [[round(number, 2) for number in box.box] for box in where.boxes]
        content["bbox_pages"] = [box.page for box in where.boxes]
    return content
