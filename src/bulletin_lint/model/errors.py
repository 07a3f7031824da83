"""The errors that a person is told about: each says where, what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin_lint.model.wording import Language, Wording


class BulletinLintError(Exception):
    """The job, or a part of it, cannot be done; the program ends with exit code 2."""

    def __init__(self, wording: Wording) -> None:
        super().__init__(wording.en)
        self.wording = wording

    def describe(self, language: Language) -> str:
        """The whole message, place included, in one language."""
        return self.wording.in_language(language)


class UsageError(BulletinLintError):
    """The command line asks for something that is not there or does not go together."""


class SourceError(BulletinLintError):
    """A file cannot be read as a bulletin; the other files are still checked."""

    def __init__(self, path: str, wording: Wording) -> None:
        super().__init__(wording)
        self.path = path

    def describe(self, language: Language) -> str:
        return f"{self.path}: {self.wording.in_language(language)}"


class DefinitionError(BulletinLintError):
    """A pack or a configuration file is wrong at a known place (1-based line and column).

    Without a path the command line is meant.
    """

    def __init__(self, path: str, line: int, column: int, wording: Wording) -> None:
        super().__init__(wording)
        self.path = path
        self.line = line
        self.column = column

    def describe(self, language: Language) -> str:
        from bulletin_lint.model.visible import visible

        place = f"{self.path}:{self.line}:{self.column}: " if self.path else ""
        return visible(place + self.wording.in_language(language))


class RuleFailure(BulletinLintError):
    """A rule could not finish on one document: its pattern took too long, or the check broke."""


class DefinitionErrors(DefinitionError):
    """Several mistakes of one load, in the order in which a reader of the files meets them.

    It stands at the place of the first, so that whoever expects a `DefinitionError` need not know.
    """

    def __init__(self, errors: Sequence[DefinitionError]) -> None:
        first = errors[0]
        super().__init__(first.path, first.line, first.column, first.wording)
        self.errors = tuple(errors)

    def describe(self, language: Language) -> str:
        """A line for each of them."""
        return "\n".join(error.describe(language) for error in self.errors)


class Terminated(BaseException):
    """A signal asks the program to end; what has begun is to be cleaned up on the way.

    Like `KeyboardInterrupt` it is no `Exception`, so that nobody takes it for a mistake of a file.
    """

    def __init__(self, number: int) -> None:
        super().__init__(f"signal {number}")
        self.number = number
        """The signal's."""
