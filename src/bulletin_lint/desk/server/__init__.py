"""The page in the browser for people who use no terminal: files dropped, pages left, list right.

Bytes stay in memory. docs/security.md says what the page is held to.
"""
