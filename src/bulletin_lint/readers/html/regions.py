"""Parts of a page that may be furniture, or that hold what was written, by what their elements say."""

from __future__ import annotations

from bulletin_lint.readers.html.paragraphs import PageRegion
from bulletin_lint.readers.html.styles import declarations

_REGIONS = frozenset(("nav", "header", "footer"))
_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "menu", "menubar"))
_NAVIGATIONS = frozenset(("nav", "navigation", "search", "menu", "menubar"))
_REGION_NAMES = frozenset(
    (
        *("nav", "navbar", "menu", "header", "head", "top", "footer", "foot", "bottom", "breadcrumb"),
        *("breadcrumbs", "crumb", "crumbs", "position", "location", "copyright", "sidebar", "share"),
        *("toolbar", "pager", "pagination", "links"),
    )
)
"""What the makers of sites call the parts of a page that are not its text, in ``class`` and ``id``."""
_BODIES = frozenset(
    (
        *("trs_editor", "trs_ueditor", "trs_web", "ucap-content", "zoom", "vsb_content", "js_content"),
        *("article-content", "articlecontent", "article_content", "article-body", "articlebody"),
        *("news_content", "news-content", "newscontent", "pages_content", "wp_articlecontent", "conzoom"),
    )
)
"""What the systems that offices publish with call the element that holds what was written, in ``class`` and
``id``."""
_LONGEST_NAME = 200


def region_of(tag: str, attributes: dict[str, str], around: PageRegion | None) -> PageRegion | None:
    """The part of the page that an element begins, or the one that it is in."""
    role = attributes.get("role", "").strip().lower()
    if tag in _NAVIGATIONS or role in _NAVIGATIONS:
        is_search = "search" in (tag, role)
        return PageRegion(around, "search" if is_search else "navigation")
    if _is_body(attributes):
        return PageRegion(around, "body")
    if "position" in attributes.get("style", "").lower():
        position = declarations(attributes["style"]).get("position")
        if position in ("absolute", "fixed"):
            return PageRegion(around, "float")
    if tag in _REGIONS or role in _ROLES or _is_named_region(attributes):
        return PageRegion(around, "site")
    return around


def _is_body(attributes: dict[str, str]) -> bool:
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    if len(names) <= _LONGEST_NAME and not _BODIES.isdisjoint(names.lower().split()):
        return True
    return attributes.get("itemprop", "").lower() == "articlebody"


def _is_named_region(attributes: dict[str, str]) -> bool:
    for key in ("class", "id"):
        name = attributes.get(key)
        if name and len(name) <= _LONGEST_NAME:
            for word in name.lower().replace("_", " ").replace("-", " ").split():
                if word.rstrip("0123456789") in _REGION_NAMES:
                    return True
    return False
