"""GitLab's code quality report: as its documentation describes it."""

from __future__ import annotations

import json

from jsonschema import Draft202012Validator

from told_in_formats import Office, report, violation

GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "location", "severity"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path"],
                # Relative to the repository, and not beginning with ./
                "properties": {"path": {"type": "string", "pattern": r"^(?!\.?/)"}},
                "oneOf": [
                    {
                        "required": ["lines"],
                        "properties": {
                            "lines": {
                                "required": ["begin"],
                                "properties": {"begin": {"type": "integer", "minimum": 1}},
                            }
                        },
                    },
                    {
                        "required": ["positions"],
                        "properties": {
                            "positions": {
                                "required": ["begin"],
                                "properties": {
                                    "begin": {
                                        "required": ["line"],
                                        "properties": {"line": {"type": "integer", "minimum": 1}},
                                    }
                                },
                            }
                        },
                    },
                ],
            },
        },
    },
}
"""GitLab's documentation, Code Quality, "Code Quality report format", as a schema."""


def test_gitlab_is_as_documented(office: Office) -> None:
    issues = office.read("gitlab")
    marks = [each["fingerprint"] for each in issues]

    assert list(Draft202012Validator(GITLAB).iter_errors(issues)) == []
    assert len(marks) == len(set(marks))


def test_gitlab_fingerprints_differ_and_survive_a_renamed_file() -> None:
    from bulletin_lint.reporters import gitlab

    def marks(*paths: str) -> set[str]:
        found = report(*(violation(path, "于03月", 2, 4) for path in paths))
        issues = json.loads(gitlab.render(found, language="zh", color=False, width=80))
        return {each["fingerprint"] for each in issues}

    assert len(marks("a.md", "b.md", "c.md")) == 3
    assert marks("a.md", "b.md", "c.md") == marks("b.md", "c.md", "z.md")
