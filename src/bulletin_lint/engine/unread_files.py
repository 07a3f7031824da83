"""What is said of files that were found and whose form is not read."""

from __future__ import annotations

from bulletin_lint.model.wording import Wording, plural, set_off
from bulletin_lint.readers import UNREAD_FORMS, kind_by_name, unread_form

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMED = 5
"""So many files are named of each form; the others are counted."""
_ADVICE = {
    False: Wording(
        "不能读的格式，请另存为 PDF 或 UTF-8 文本后再检查。",
        "What is in a form that is not read: save it as PDF or as UTF-8 text.",
    ),
    True: Wording(
        "旧格式要先转换，不在文件夹里自动检查；请另存为 .docx，或直接写出文件名。",
        "Old forms have to be converted and are not looked for in folders: save them as .docx, or name them.",
    ),
}
"""What to do with files that were found and not checked, by whether they can be converted."""


def unread_wording(paths: Sequence[str], *, besides: bool = False) -> Wording:
    """How many files there are whose form is not read, by what people call them, and the first names of
    each; with `besides` others were checked.
    """
    by_form: dict[Wording, list[str]] = {form: [] for form in UNREAD_FORMS.values()}
    for path in sorted(paths):
        form = unread_form(path)
        if form is not None:
            by_form[form].append(path)
    zh, en = [], []
    for form, names in by_form.items():
        if not names:
            continue
        some, more = names[:_NAMED], len(names) > _NAMED
        zh.append(f"{len(names)} 份{set_off(form.zh)}没有检查：{'、'.join(some)}{' 等' * more}")
        verb = "was" if len(names) == 1 else "were"
        en.append(f"{plural(len(names), form.en)} {verb} not checked: {', '.join(some)}{', …' * more}")
    are_convertible = {kind_by_name(path) is not None for path in paths}
    advice = [_ADVICE[each] for each in sorted(are_convertible)]
    return Wording(
        f"{'另有 ' * besides}{'；'.join(zh)}。{''.join(each.zh for each in advice)}",
        f"{'; '.join(en)}. {' '.join(each.en for each in advice)}",
    )
