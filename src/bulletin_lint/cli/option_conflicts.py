"""Which options of ``bulletin-lint check`` do not go together."""

from __future__ import annotations

from bulletin_lint.engine.glob_arguments import STDIN
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.wording import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse


def check_combination(args: argparse.Namespace) -> None:
    """Refuses options that do not go together.

    Raises:
        UsageError: they do not.
    """
    pairs = (
        (args.config and args.isolated, "--config", "--isolated"),
        (args.quiet and args.verbose, "--quiet", "--verbose"),
        (args.diff and args.write_baseline, "--diff", "--write-baseline"),
        (args.write_baseline and args.prune_baseline, "--write-baseline", "--prune-baseline"),
        (args.diff and args.format, "--diff", "--format"),
        (args.diff and args.statistics, "--diff", "--statistics"),
        (args.diff and args.output_file, "--diff", "--output-file"),
        (args.diff and args.fix_only, "--diff", "--fix-only"),
        *((args.fix_only and given, "--fix-only", name) for name, given in _reported(args)),
        *((args.add_waivers is not None and given, "--add-waivers", name) for name, given in _alone(args)),
        (args.annotate and args.annotate_dir, "--annotate", "--annotate-dir"),
        (args.in_place and STDIN in args.paths, "--in-place", "-"),
        (args.in_place and args.annotate_dir, "--in-place", "--annotate-dir"),
        (args.diff and (args.annotate or args.annotate_dir or args.in_place), "--diff", "--annotate"),
        *((args.watch and given, "--watch", name) for name, given in _once(args)),
    )
    for both, first, second in pairs:
        if both:
            raise UsageError(
                Wording(f"{first} 不能与 {second} 同用", f"{first} cannot go together with {second}")
            )
    if args.show_fixes and not (args.fix or args.fix_only or args.diff):
        raise UsageError(
            Wording(
                "--show-fixes 要与 --fix、--fix-only 或 --diff 同用",
                "--show-fixes goes together with --fix, --fix-only or --diff",
            )
        )
    if args.prune_baseline and not args.baseline:
        raise UsageError(
            Wording(
                "--prune-baseline 要与 --baseline FILE 同用",
                "--prune-baseline goes together with --baseline FILE",
            )
        )
    if STDIN in args.paths and len(args.paths) > 1:
        raise UsageError(
            Wording(
                "- （标准输入）不能与其他路径同用", "- (standard input) cannot go together with other paths"
            )
        )
    if args.stdin_filename and STDIN not in args.paths:
        raise UsageError(
            Wording("--stdin-filename 要与路径 - 同用", "--stdin-filename goes together with the path -")
        )


def _reported(args: argparse.Namespace) -> list[tuple[str, object]]:
    """The options that ask for a report, with what they were given."""
    return [
        ("--format", args.format),
        ("--output-file", args.output_file),
        ("--statistics", args.statistics),
    ]


def _once(args: argparse.Namespace) -> list[tuple[str, object]]:
    """The options of what is done once, which make no sense where files are watched."""
    return [
        ("-", STDIN in args.paths),
        ("--show-files", args.show_files),
        ("--diff", args.diff),
        ("--annotate", args.annotate),
        ("--annotate-dir", args.annotate_dir),
        ("--in-place", args.in_place),
        ("--add-waivers", args.add_waivers is not None),
        ("--write-baseline", args.write_baseline),
        ("--prune-baseline", args.prune_baseline),
    ]


def _alone(args: argparse.Namespace) -> list[tuple[str, object]]:
    """The options that make no sense where what is found is written into waivers.yaml."""
    return [
        *_reported(args),
        ("--isolated", args.isolated),
        ("--ignore-waivers", args.ignore_waivers),
        ("--diff", args.diff),
        ("--fix", args.fix),
        ("--fix-only", args.fix_only),
        ("--write-baseline", args.write_baseline),
        ("-", STDIN in args.paths),
    ]
