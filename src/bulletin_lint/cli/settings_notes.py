"""What a check says of settings files that do not count in it."""

from __future__ import annotations

from bulletin_lint.cli.check_options import settings_start
from bulletin_lint.cli.parser import print_note, print_settings_note

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from bulletin_lint.config.settings import Settings
    from bulletin_lint.model.source import SourceFile
    from bulletin_lint.model.wording import Language


def print_settings_notes(
    args: argparse.Namespace,
    settings: Settings,
    paths: Sequence[str],
    files: Sequence[SourceFile],
    language: Language,
) -> None:
    """Names the files that were meant for settings and are not read, and those that lie nearer to some of the
    files than the settings of the run.
    """
    print_settings_note(settings, language)
    if args.config is not None or args.isolated or len(files) < 2:
        return
    from bulletin_lint.config.nearer import nearer_note, nearer_settings

    start = settings_start(paths, args.stdin_filename)
    note = nearer_note(nearer_settings((file.path for file in files), start), settings)
    if note is not None:
        print_note(note, language)
