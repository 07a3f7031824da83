"""bulletin-lint: a document-conformance linter for numbered work bulletins (简报).

`docs/python.md` shows how to use it from Python. Importing the package imports nothing else of it; what
`__all__` names stands in `api`, and is there when it is asked for.
"""

__version__ = "0.1.0"

__all__ = [
    "BulletinLintError",
    "DefinitionError",
    "Document",
    "Engine",
    "EnginePool",
    "FileResult",
    "Fixed",
    "IssueRecord",
    "Report",
    "Result",
    "Rulebook",
    "Settings",
    "SourceError",
    "UsageError",
    "Violation",
    "__version__",
    "check",
    "check_bytes",
    "fix_bytes",
    "load_rulebook",
    "load_settings",
    "parse",
    "record_from_plain",
    "record_to_plain",
    "result_from_plain",
    "result_to_plain",
]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.api import BulletinLintError as BulletinLintError
    from bulletin_lint.api import DefinitionError as DefinitionError
    from bulletin_lint.api import Document as Document
    from bulletin_lint.api import Engine as Engine
    from bulletin_lint.api import EnginePool as EnginePool
    from bulletin_lint.api import FileResult as FileResult
    from bulletin_lint.api import Fixed as Fixed
    from bulletin_lint.api import IssueRecord as IssueRecord
    from bulletin_lint.api import Report as Report
    from bulletin_lint.api import Result as Result
    from bulletin_lint.api import Rulebook as Rulebook
    from bulletin_lint.api import Settings as Settings
    from bulletin_lint.api import SourceError as SourceError
    from bulletin_lint.api import UsageError as UsageError
    from bulletin_lint.api import Violation as Violation
    from bulletin_lint.api import check as check
    from bulletin_lint.api import check_bytes as check_bytes
    from bulletin_lint.api import fix_bytes as fix_bytes
    from bulletin_lint.api import load_rulebook as load_rulebook
    from bulletin_lint.api import load_settings as load_settings
    from bulletin_lint.api import parse as parse
    from bulletin_lint.api import record_from_plain as record_from_plain
    from bulletin_lint.api import record_to_plain as record_to_plain
    from bulletin_lint.api import result_from_plain as result_from_plain
    from bulletin_lint.api import result_to_plain as result_to_plain


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module("bulletin_lint.api"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
