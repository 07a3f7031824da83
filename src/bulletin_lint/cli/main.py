"""The command line: which command, which language, which exit code.

Exit codes: 0 nothing at or above the fail level, 1 violations, 2 the job could not be done.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping, Sequence

from bulletin_lint import __version__
from bulletin_lint._typing import NamedTuple, NoReturn
from bulletin_lint.cli import streams
from bulletin_lint.model.errors import BulletinLintError, DefinitionError, Terminated, UsageError
from bulletin_lint.model.wording import Language, Wording

_PROGRAM = "bulletin-lint"
_FAILED = 2
_INTERRUPTED = 130
_BROKEN_PIPE = 141
"""What a shell shows of a program that SIGPIPE ended."""


class Command(NamedTuple):
    """A command: where it is, and what it does in one line."""

    module: str
    summary: Wording


COMMANDS = {
    "check": Command(
        "bulletin_lint.cli.commands.check",
        Wording("检查简报：文件、文件夹，或标准输入", "check bulletins: files, folders or standard input"),
    ),
    "rules": Command("bulletin_lint.cli.commands.rules", Wording("列出规则", "list the rules")),
    "explain": Command(
        "bulletin_lint.cli.commands.explain",
        Wording(
            "说明一条规则：查什么、依据何在、怎样改", "explain a rule: what, why, by which norm, how to mend"
        ),
    ),
    "test": Command(
        "bulletin_lint.cli.commands.test",
        Wording("用规则自带的正例和反例检验规则", "run the rules' own good and bad examples"),
    ),
    "extract": Command(
        "bulletin_lint.cli.commands.extract",
        Wording("显示读出来的简报：各部分及其位置", "show a bulletin as it was read: its parts and places"),
    ),
    "serve": Command(
        "bulletin_lint.cli.commands.serve",
        Wording("在浏览器里检查：把文件拖进页面", "a page in the browser: drop files on it"),
    ),
    "server": Command(
        "bulletin_lint.cli.commands.server",
        Wording("编辑器里边写边查（语言服务器）", "a language server: checks in an editor while one writes"),
    ),
    "compare": Command(
        "bulletin_lint.cli.commands.compare",
        Wording("对照原稿和成稿：签发的是不是写的那一份", "compare a manuscript and its final form"),
    ),
    "signoff": Command(
        "bulletin_lint.cli.commands.signoff",
        Wording("写出签发单：签发前看的一页", "write the sign-off sheet that is read before signing"),
    ),
    "archive": Command(
        "bulletin_lint.cli.commands.archive",
        Wording(
            "检查整个档案库：分成部分，可以中断再续，可以用许多台机器",
            "check a whole archive in parts, going on after interruptions, on one machine or many",
        ),
    ),
    "register": Command(
        "bulletin_lint.cli.commands.register",
        Wording(
            "显示或更新期号登记：各期的号码、日期和文件",
            "show or update the register of issues: numbers, dates and files",
        ),
    ),
    "init": Command(
        "bulletin_lint.cli.commands.init",
        Wording("按现有简报写出配置", "write a configuration from the bulletins that are there"),
    ),
    "completion": Command(
        "bulletin_lint.cli.commands.completion",
        Wording("输出命令行补全脚本", "print a script for completion in a shell"),
    ),
    "config": Command(
        "bulletin_lint.cli.commands.config",
        Wording("显示生效的配置及其来源", "show the settings in force and where each comes from"),
    ),
}

_HELP_ZH = """\
bulletin-lint {version}：检查中文工作简报是否合乎规范。

用法：bulletin-lint [选项] 命令 …

命令：
{commands}

选项：
  -h, --help     显示本说明；“bulletin-lint 命令 --help”显示该命令的说明
  -V, --version  显示版本
      --lang     消息的语言：zh（中文）或 en（英文）；默认随系统语言，未说明时为中文

退出码：0 没有达到失败级别的问题；1 有问题；2 未能完成检查。

环境变量：
  NO_COLOR                 不用颜色
  BULLETIN_LINT_CACHE_DIR  缓存的文件夹
  GITHUB_ACTIONS           为 true 时，check 的默认格式加上标注，并写运行摘要
"""

_HELP_EN = """\
bulletin-lint {version}: checks that Chinese office bulletins (简报) keep to the norms.

Usage: bulletin-lint [OPTIONS] COMMAND …

Commands:
{commands}

Options:
  -h, --help     show this help; "bulletin-lint COMMAND --help" shows that of a command
  -V, --version  show the version
      --lang     language of messages, zh or en; by default that of the locale, Chinese where it says nothing

Exit codes: 0 nothing at or above the fail level; 1 violations; 2 the job could not be done.

Environment:
  NO_COLOR                 no colours
  BULLETIN_LINT_CACHE_DIR  where the cache is kept
  GITHUB_ACTIONS           if true, the default format of check adds annotations, and writes a summary
"""


def program() -> NoReturn:
    """The program itself: `main`, and its end."""
    code = main()
    # The interpreter would look through all that was made for rings, a tenth of a short run, just before
    # the system takes everything back.
    if "atexit" not in sys.modules and "threading" not in sys.modules:
        # Nobody waits for the end, so nothing is taken apart; the streams are flushed.
        os._exit(code)
    gc.freeze()
    sys.exit(code)


def search_rings_seldom() -> None:
    """Has the interpreter look rarely for objects that refer to one another in a ring.

    What a run makes is freed when it is no longer referred to; the search finds nothing and takes a fifth of
    the time, more the larger a document is.
    """
    gc.set_threshold(100_000, 50, 50)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the program and gives its exit code; never ends in a traceback unless asked to."""
    search_rings_seldom()
    arguments = list(sys.argv[1:] if argv is None else argv)
    language = chosen_language(arguments, os.environ)
    streams.make_safe()
    try:
        code = _code(arguments, language)
        streams.flush()
    except BrokenPipeError:
        # The reader has gone, as that of `| head -1` does.
        code = _BROKEN_PIPE
        streams.let_go()
    except OSError as error:
        if not streams.is_lost(error):
            raise
        code = _FAILED
        streams.let_go()
        _report_lost(error, language)
        streams.let_go()
    return code


def _code(arguments: list[str], language: Language) -> int:
    """The exit code of a run, once whatever went wrong has been said.

    Raises:
        OSError: a standard stream cannot be written to.
    """
    try:
        code = _run(arguments, language)
        sys.stdout.flush()
    except BulletinLintError as error:
        _report(error, language)
        code = _FAILED
    except SystemExit as error:
        # Raised by argparse once it has printed a help text.
        code = error.code if isinstance(error.code, int) else _FAILED
    except KeyboardInterrupt:
        code = _INTERRUPTED
    except Terminated as error:
        # What a shell shows of a program that the signal ended.
        code = 128 + error.number
    except Exception as error:
        if streams.is_lost(error):
            raise
        # The last resort: a person gets a message, not a traceback.
        _report_internal(error, arguments, language)
        code = _FAILED
    return code


def chosen_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """The language asked for: by ``--lang``, else by the locale; Chinese unless that is English."""
    for index, word in enumerate(arguments):
        if word == "--":
            break
        value = arguments[index + 1] if word == "--lang" and index + 1 < len(arguments) else ""
        value = value or word.partition("=")[2] * word.startswith("--lang=")
        if value == "zh":
            return "zh"
        if value == "en":
            return "en"
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((environment[name] for name in names if environment.get(name)), "")
    return "en" if locale.lower().startswith("en") else "zh"


def _options(arguments: list[str]) -> list[str]:
    """The words of a command line that can be options: what follows ``--`` are names."""
    return arguments[: arguments.index("--")] if "--" in arguments else arguments


def _run(arguments: list[str], language: Language) -> int:
    rest = arguments
    while rest and rest[0].startswith("-"):
        word = rest[0]
        if word == "--" and len(rest) > 1:
            # All that follows are names: the command's, then its files'.
            rest = [rest[1], "--", *rest[2:]]
            break
        if word in ("-h", "--help"):
            sys.stdout.write(_help(language))
            return 0
        if word in ("-V", "--version"):
            sys.stdout.write(f"{_PROGRAM} {__version__}\n")
            return 0
        if word == "--lang" or word.startswith("--lang="):
            value = word.partition("=")[2] if "=" in word else "".join(rest[1:2])
            if value not in ("zh", "en"):
                raise UsageError(
                    Wording(f"--lang 只能是 zh 或 en，不能是“{value}”", f"--lang is zh or en, not '{value}'")
                )
            rest = rest[1:] if "=" in word else rest[2:]
            continue
        raise UsageError(_misplaced(word))
    if not rest:
        sys.stderr.write(_help(language))
        return _FAILED
    name = rest[0]
    if name not in COMMANDS:
        raise UsageError(_unknown_command(name))
    from importlib import import_module

    from bulletin_lint.cli.parser import OptionParser
    from bulletin_lint.engine.cache.folder import forget_refusal
    from bulletin_lint.engine.cache.regexes import keep_regexes, use_kept_regexes
    from bulletin_lint.matching.regex_store import REGEXES

    forget_refusal()
    REGEXES.keep(None)
    if "--no-cache" not in _options(arguments):
        use_kept_regexes()

    command = COMMANDS[name]
    module = import_module(command.module)
    epilog = getattr(module, "EPILOG", Wording("", ""))
    parser = OptionParser(f"{_PROGRAM} {name}", language=language, description=command.summary, epilog=epilog)
    module.add_arguments(parser, language)
    parser.add_common(language)
    args = parser.parse(_with_action(rest[1:], getattr(module, "ACTIONS", ())))
    args.commands = COMMANDS
    code: int = module.run(args, language, sys.stdout)
    keep_regexes()
    _say_refusal(language)
    return code


def _with_action(arguments: list[str], actions: Sequence[str]) -> list[str]:
    """A command's words with the first of its actions, where options or a file stand in the place of one."""
    if not actions or not arguments or arguments[0] in (*actions, "--"):
        return arguments
    if not arguments[0].startswith("-"):
        return [actions[0], *arguments] if os.path.exists(arguments[0]) else arguments
    given = _options(arguments)
    if {"-h", "--help", *actions}.intersection(given):
        return arguments
    return [actions[0], *arguments]


def _say_refusal(language: Language) -> None:
    """Says, once, that a cache was not used though there is one."""
    from bulletin_lint.cli.parser import print_note
    from bulletin_lint.engine.cache.folder import refusal

    said = refusal()
    if said is not None:
        print_note(said, language)


def _help(language: Language) -> str:
    commands = "\n".join(
        f"  {name:<10} {command.summary.in_language(language)}" for name, command in COMMANDS.items()
    )
    return (_HELP_ZH if language == "zh" else _HELP_EN).format(version=__version__, commands=commands)


def _misplaced(option: str) -> Wording:
    from bulletin_lint.cli.parser import unknown_option, with_hint

    unknown = unknown_option(option, ["--help", "--version", "--lang"])
    wording = Wording(
        f"{unknown.zh}（命令的选项写在命令之后，如 bulletin-lint check --fix）",
        f"{unknown.en} (options of a command come after it: bulletin-lint check --fix)",
    )
    return with_hint(wording, [option])


_MEANT = {
    "sheet": "signoff",
    "sign": "signoff",
    "diff": "compare",
    "lint": "check",
    "fix": "check",
    "web": "serve",
    "lsp": "server",
}
"""Words by which a command may be sought that is written otherwise."""


def _unknown_command(name: str) -> Wording:
    if os.path.exists(name):
        return Wording(
            f"没有命令“{name}”；要检查它，请用：bulletin-lint check {name}",
            f"there is no command '{name}'; to check it: bulletin-lint check {name}",
        )
    from difflib import get_close_matches

    near = [_MEANT[name]] if name in _MEANT else get_close_matches(name, COMMANDS, 1, 0.5)
    zh = f"；是不是 {near[0]}？" if near else f"；可用的命令：{'、'.join(COMMANDS)}"
    en = f"; did you mean {near[0]}?" if near else f"; there are: {', '.join(COMMANDS)}"
    return Wording(f"没有命令“{name}”{zh}", f"there is no command '{name}'{en}")


def _report(error: BulletinLintError, language: Language) -> None:
    if isinstance(error, DefinitionError):
        from bulletin_lint.reporters.inert import say

        # It begins with file:line:column, which editors and terminals make a link of.
        say(sys.stderr, f"{error.describe(language)}\n")
    else:
        from bulletin_lint.cli.parser import print_error

        print_error(error.describe(language), language)


def _report_lost(error: OSError, language: Language) -> None:
    """Says, where that is still possible, that not all could be written to standard output or error."""
    from bulletin_lint.cli.parser import print_error

    wording = Wording(
        f"结果没有写完（错误 {error.errno}）；请检查磁盘空间和输出的去处。",
        f"the result could not be written ({error.strerror}); is there space on the disk?",
    )
    try:
        print_error(wording.in_language(language), language)
    except OSError:
        # It is standard error that is lost.
        streams.let_go()


def _report_internal(error: Exception, arguments: list[str], language: Language) -> None:
    from bulletin_lint.model.visible import visible
    from bulletin_lint.reporters.inert import say

    line = visible(" ".join([_PROGRAM, *arguments]))
    what = visible(f"{type(error).__name__}: {error}")
    say(
        sys.stderr,
        Wording(
            f"错误：程序内部出错，不是您的文件或配置的问题。\n"
            f"  正在执行：{line}\n"
            f"  出错内容：{what}\n"
            f"  版本：{__version__}\n"
            f"请加上 --verbose 再运行一次，把全部输出和有关文件交给 bulletin-lint 的维护者。\n",
            f"error: an internal error, no fault of your files or settings.\n"
            f"  while running: {line}\n"
            f"  what happened: {what}\n"
            f"  version: {__version__}\n"
            f"Please run again with --verbose and give the whole output and the file to the maintainers "
            f"of bulletin-lint.\n",
        ).in_language(language),
    )
    if {"--verbose", "-v"} & set(_options(arguments)):
        import traceback

        say(sys.stderr, traceback.format_exc())
