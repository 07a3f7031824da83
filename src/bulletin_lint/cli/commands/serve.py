"""`bulletin-lint serve [FOLDER]`: a page in the browser for people who do not use a terminal."""

from __future__ import annotations

import argparse
import os
import sys
from importlib.util import find_spec

from bulletin_lint._typing import TextIO
from bulletin_lint.cli.options import SETTINGS, Option, declare, time_limit, whole_number
from bulletin_lint.cli.parser import print_note, print_settings_note
from bulletin_lint.config.settings import load_settings
from bulletin_lint.desk.looking import Desk
from bulletin_lint.desk.sheets import SheetMaker
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.engine.suppression import waivers_of
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.visible import visible
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.readers import TIME_LIMIT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.desk.server.run import Serving
    from bulletin_lint.engine.series_survey import Survey

_NEEDED = ("starlette", "uvicorn")
_HIGHEST_PORT = 65535


def port(text: str) -> int:
    """A port's number.

    Raises:
        UsageError: it is none.
    """
    if not text.isascii() or not text.isdecimal() or not 0 < int(text) <= _HIGHEST_PORT:
        raise UsageError(Wording(f"“{text}”不是端口号", f"'{text}' is not the number of a port"))
    return int(text)


_OPTIONS = (
    Option(
        "folder",
        "optional argument",
        Wording(
            "本刊各期所在的文件夹：前后各期和时间图从这里来，只读",
            "the folder with the issues of the series, read only: neighbours and timeline come from there",
        ),
        metavar="FOLDER",
    ),
    Option(
        "--port", "value", Wording("端口；默认 8760", "the port; by default 8760"), metavar="N", read=port
    ),
    Option(
        "--share",
        "flag",
        Wording("让办公室里别的机器也能打开", "let other machines of the office open it too"),
    ),
    Option(
        "--name",
        "values",
        Wording("别的机器用来找到本机的名字", "a name by which other machines find this one"),
        metavar="HOST",
    ),
    Option("--cert", "value", Wording("证书文件（https）", "a certificate, for https"), metavar="FILE"),
    Option("--key", "value", Wording("证书的私钥文件", "the key of the certificate"), metavar="FILE"),
    Option(
        "--jobs",
        "value",
        Wording("同时检查几份文件；默认按处理器数", "files that are checked at the same time"),
        metavar="N",
        read=whole_number,
    ),
    Option("--no-browser", "flag", Wording("不打开浏览器", "do not open the browser")),
    Option(
        "--desktop",
        "flag",
        Wording(
            "在桌面上放一个图标，以后双击即可打开；随即结束",
            "put a file on the desktop that starts the page when double-clicked, and end",
        ),
    ),
    time_limit(TIME_LIMIT),
    *SETTINGS,
)

EPILOG = Wording(
    "文件只在内存里，不写盘，不上传；按 Ctrl-C 结束。",
    "Files stay in memory: nothing is written to disk or sent anywhere. Ctrl-C ends it.",
)


def add_arguments(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declares the command's options; the help is in `language`."""
    declare(parser, _OPTIONS, language)


def run(args: argparse.Namespace, language: Language, out: TextIO) -> int:
    """Serves the page until it is interrupted.

    Raises:
        BulletinLintError: the command line or the settings are wrong, or what it needs is not installed.
    """
    del out
    folder: str | None = args.folder
    if folder is not None and not os.path.isdir(folder):
        raise UsageError(Wording(f"没有文件夹 {folder}", f"there is no folder {folder}"))
    if (args.cert is None) != (args.key is None):
        raise UsageError(Wording("--cert 要与 --key 同用", "--cert goes together with --key"))
    if any(find_spec(name) is None for name in _NEEDED):
        raise UsageError(
            Wording(
                "这个命令还要两个软件包：请运行 pip install 'bulletin-lint[serve]'",
                "this command needs two more packages: run pip install 'bulletin-lint[serve]'",
            )
        )
    if args.desktop:
        from bulletin_lint.desk.server.shortcut import write_shortcut

        path = visible(write_shortcut(folder))
        print_note(Wording(f"已放到桌面：{path}", f"put on the desktop: {path}"), language)
        return 0
    from bulletin_lint.desk.server.run import Serving, listening, page_of, serve

    serving = Serving(args.port, args.share, tuple(args.name or ()), args.cert, args.key)
    _check_certificate(serving)
    at = listening(serving)
    store = CompiledStore()
    settings = load_settings(args.config, folder or ".", isolated=args.isolated, store=store)
    language = args.lang or settings.language or language
    print_settings_note(settings, language)
    waivers = waivers_of(settings.folder, upward=settings.path is None, store=store)
    desk = Desk(settings, waivers, store=store, time_limit=args.time_limit)
    page = page_of(
        desk,
        SheetMaker(desk, language, store),
        jobs=args.jobs,
        survey=_survey(desk, folder, store),
        folder=folder or "",
        is_shared=args.share,
    )

    def started() -> None:
        _announce(serving, at.address, language)
        if not args.no_browser:
            _open(at.address)

    try:
        serve(page, at, serving, started)
    except KeyboardInterrupt:
        pass
    return 0


def _survey(desk: Desk, folder: str | None, store: CompiledStore) -> Survey | None:
    """What is known of the issues in the folder."""
    if folder is None:
        return None
    from bulletin_lint.engine.series_survey import survey

    return survey(desk.settings, [] if desk.settings.bulletins else [folder], store)


def _check_certificate(serving: Serving) -> None:
    for path in (serving.certificate, serving.key):
        if path is not None and not os.path.isfile(path):
            raise UsageError(Wording(f"没有文件 {path}", f"there is no file {path}"))


def _announce(serving: Serving, address: str, language: Language) -> None:
    print_note(Wording(f"请在浏览器里打开：{address}", f"open in a browser: {address}"), language)
    if serving.is_shared and serving.certificate is None:
        print_note(
            Wording(
                "注意：没有 --cert，文件在办公室网络里是明文传送的。",
                "note: without --cert documents cross the network in the clear.",
            ),
            language,
        )
    print_note(Wording("按 Ctrl-C 结束。", "Ctrl-C ends it."), language)
    # It goes on for hours, and somebody may read this in a file.
    sys.stderr.flush()


def _open(address: str) -> None:
    import threading
    import webbrowser

    # A browser that is started anew may keep whoever starts it waiting.
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
