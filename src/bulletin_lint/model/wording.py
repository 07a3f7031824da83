"""Text for people, in the two languages the program speaks."""

from __future__ import annotations

from bulletin_lint._typing import Literal, NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

Language = Literal["zh", "en"]


class Wording(NamedTuple):
    """The same sentence in Chinese and English."""

    zh: str
    en: str

    def in_language(self, language: Language) -> str:
        """The sentence in `language`."""
        return self.zh if language == "zh" else self.en


def same(text: str) -> Wording:
    """Text that reads the same in both languages, a file name say."""
    return Wording(text, text)


def plural(count: int, noun: str, nouns: str = "") -> str:
    """A count with its English noun; `nouns` is the plural where that takes more than an s."""
    return f"{count:,} {noun if count == 1 else nouns or f'{noun}s'}"


def set_off(words: str) -> str:
    """Words as they stand among Chinese ones: with a space beside a Latin letter."""
    return f"{' ' * words[0].isascii()}{words}{' ' * words[-1].isascii()}"


def page_list(pages: Collection[int]) -> Wording:
    """Pages for a message: 第1—3、5页, pages 1–3, 5."""
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    zh = "、".join(str(first) if first == last else f"{first}—{last}" for first, last in runs)
    en = ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
    return Wording(f"第{zh}页", f"page {en}" if len(set(pages)) == 1 else f"pages {en}")
