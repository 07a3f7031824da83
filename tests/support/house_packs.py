"""Packs of a house with a few rules of its own, which load at once."""

from __future__ import annotations

EDITOR_LABEL = "labels: {imprint: {editor: {words: [责编], name: {zh: 责任编辑, en: editor}}}}\n"
SERIES_PACK = f"""\
{EDITOR_LABEL}rules:
  ISS005:
    name: issue-number-gap
    severity: error
    check: series
    on: masthead.issue_number
    fault: gap
    number: issue
    message: {{zh: '第{{found}}期不连续', en: 'issue {{found}} does not follow'}}
  PUN002: {{name: mark, check: forbidden, on: raw, pattern: 甲, message: {{zh: 不用甲, en: no 甲}}}}
"""
"""A rule on the series, and one on the text."""
