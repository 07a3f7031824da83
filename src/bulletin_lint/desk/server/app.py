"""The page's requests: files in, what was found out, pages and copies as they are asked for."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Callable, Sequence
from urllib.parse import quote, unquote

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from bulletin_lint._typing import Any, NamedTuple
from bulletin_lint.desk.server.answers import Answers
from bulletin_lint.desk.server.guard import Access, App, Guard
from bulletin_lint.desk.server.memory import Entry, Memory
from bulletin_lint.desk.server.queue import SHARE, NotTaken, Queue, announced, taken
from bulletin_lint.desk.server.work import Worker
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.wording import Language, Wording, set_off
from bulletin_lint.readers import HEAD, READERS, kind_by_content, kind_by_name, reader_info, unread_form
from bulletin_lint.reporters.sheet.shown import parts_of

_STATIC = os.path.join(os.path.dirname(os.path.abspath(__file__)), "static")
_STYLE = os.path.join(
    os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))),
    "reporters",
    "sheet",
    "style.css",
)
_PAGES = {
    "/": (os.path.join(_STATIC, "page.html"), "text/html"),
    "/page.js": (os.path.join(_STATIC, "page.js"), "text/javascript"),
    "/page.css": (os.path.join(_STATIC, "page.css"), "text/css"),
    "/sheet.css": (_STYLE, "text/css"),
    "/icon.svg": (os.path.join(_STATIC, "icon.svg"), "image/svg+xml"),
}
_LONGEST_NAME = 400
_SWEEP_SECONDS = 60.0
"""How often it is looked what was asked for too long ago."""
_MOST_TOGETHER = 2000
"""Files that are judged as one series."""
_SMALL_BODY = 256 * 1024
_NO_FILE = Wording(
    "这份文件已不在内存里（满一小时，或让位给了新文件）；请重新拖入。",
    "the file is held no more (after an hour, or for newer ones); drop it again.",
)


class ServedPage(NamedTuple):
    """What the page is made with."""

    worker: Worker
    answers: Answers
    language: Language
    timeline: str = ""
    """The series of the folder as SVG; empty where there is no folder."""
    folder: str = ""
    is_shared: bool = False


def application(
    page: ServedPage, access: Access, memory: Memory | None = None, queue: Queue | None = None
) -> App:
    """The page as an ASGI application."""
    service = _Service(page, memory or Memory(), queue or (Queue(SHARE) if page.is_shared else Queue()))
    routes = [
        *(Route(path, _static(file, media), methods=["GET"]) for path, (file, media) in _PAGES.items()),
        Route("/about", service.about, methods=["GET"]),
        Route("/timeline.svg", service.timeline, methods=["GET"]),
        Route("/files", service.take, methods=["POST"]),
        Route("/series", service.series, methods=["POST"]),
        Route("/files/{id:str}", service.file, methods=["GET"]),
        Route("/files/{id:str}/pages/{number:int}", service.picture, methods=["GET"]),
        Route("/files/{id:str}/fixed", service.fixed, methods=["GET"]),
        Route("/files/{id:str}/sheet", service.sheet, methods=["GET"]),
        Route("/files/{id:str}/marked", service.marked, methods=["GET"]),
        Route("/forget", service.forget, methods=["POST"]),
    ]
    starlette = Starlette(routes=routes, lifespan=service.lifespan)
    return Guard(starlette, access)


def _static(path: str, media_type: str) -> Callable[[Request], Any]:
    with open(path, "rb") as file:
        content = file.read()

    async def answer(request: Request) -> Response:
        del request
        return Response(content, media_type=media_type)

    return answer


class _Service:
    """The answers to requests."""

    def __init__(self, page: ServedPage, memory: Memory, queue: Queue) -> None:
        self._page = page
        self._worker = page.worker
        self._answers = page.answers
        self._memory = memory
        self._queue = queue

    @contextlib.asynccontextmanager
    async def lifespan(self, app: Starlette) -> AsyncIterator[None]:
        """While the server runs files are let go of in time; when it ends, all are."""
        del app
        sweeper = asyncio.ensure_future(self._sweep())
        try:
            yield
        finally:
            sweeper.cancel()
            self._memory.clear()
            self._worker.close()

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(_SWEEP_SECONDS)
            self._memory.shrink()

    async def about(self, request: Request) -> Response:
        """What the page is to offer."""
        del request
        suffixes = [suffix for info in READERS.values() if not info.converter for suffix in info.suffixes]
        return JSONResponse(
            {
                "folder": parts_of(self._page.folder),
                "timeline": bool(self._page.timeline),
                "suffixes": suffixes,
                "ready": self._worker.is_ready,
            }
        )

    async def timeline(self, request: Request) -> Response:
        """The series of the folder as a picture."""
        del request
        if not self._page.timeline:
            return _nothing()
        return Response(self._page.timeline, media_type="image/svg+xml")

    async def take(self, request: Request) -> Response:
        """A file, as the body of the request: read, judged by itself, and told of."""
        try:
            size = announced(request.headers.get("content-length"))
            client = request.scope.get("bulletin_client", "")
            self._queue.enter(client, size)
        except NotTaken as error:
            return self._refused(error)
        try:
            source = _source(request.headers.get("x-name", ""), await taken(request.stream()))
            looked = await self._worker.look(source)
            entry = Entry(looked, await self._worker.judge([looked]))
        except NotTaken as error:
            return self._refused(error)
        except ClientDisconnect:
            return PlainTextResponse("", status_code=400)
        finally:
            self._queue.leave(client, size)
        self._memory.add(entry)
        return JSONResponse(self._answers.file(entry))

    def _refused(self, error: NotTaken) -> Response:
        headers = {"retry-after": "1"} if error.status == 429 else {}
        # What is still to come of the body is not waited for.
        headers["connection"] = "close" if error.status in (408, 413) else "keep-alive"
        return PlainTextResponse(
            error.describe(self._page.language), status_code=error.status, headers=headers
        )

    async def series(self, request: Request) -> Response:
        """Files judged together, each told of again."""
        wanted = await _ids(request)
        if wanted is None:
            return PlainTextResponse("", status_code=400)
        entries = [entry for name in wanted if (entry := self._memory.get(name)) is not None]
        if entries:
            names = [entry.looked.source.path for entry in entries]
            # Two files of one name are told apart by nothing else; the later one counts.
            last = dict(zip(names, entries, strict=True))
            judged = await self._worker.judge([entry.looked for entry in last.values()])
            for entry in last.values():
                entry.judged = judged
        return StreamingResponse(self._told(entries), media_type="application/json")

    async def _told(self, entries: Sequence[Entry]) -> AsyncIterator[bytes]:
        """A list of what was found in files, one at a time: all at once they may take more memory than the
        files themselves, and nobody else would be answered meanwhile.
        """
        yield b"["
        for number, entry in enumerate(entries):
            yield b"," * (number > 0) + bytes(JSONResponse(self._answers.file(entry)).body)
            await asyncio.sleep(0)
        yield b"]"

    async def forget(self, request: Request) -> Response:
        """Files let go of."""
        for name in await _ids(request) or ():
            self._memory.remove(name)
        return JSONResponse([])

    async def file(self, request: Request) -> Response:
        """What was found in a file."""
        entry = self._entry(request)
        return JSONResponse(self._answers.file(entry)) if entry is not None else self._gone()

    async def picture(self, request: Request) -> Response:
        """The picture of a page."""
        entry = self._entry(request)
        if entry is None:
            return self._gone()
        picture = await self._worker.picture(entry, request.path_params["number"])
        self._memory.shrink()
        if picture is None:
            return _nothing()
        return Response(picture.data, media_type=picture.media_type)

    async def fixed(self, request: Request) -> Response:
        """The file with what is safe to mend mended, as `check --fix` writes it."""
        entry = self._entry(request)
        if entry is None:
            return self._gone()
        return self._made(await self._worker.fixed(entry), _file_name(entry))

    async def marked(self, request: Request) -> Response:
        """A copy with marks."""
        entry = self._entry(request)
        if entry is None:
            return self._gone()
        stem, suffix = os.path.splitext(_file_name(entry))
        return self._made(await self._worker.marked(entry), f"{stem}-批注{suffix}")

    async def sheet(self, request: Request) -> Response:
        """The sign-off sheet."""
        entry = self._entry(request)
        if entry is None:
            return self._gone()
        name = f"{os.path.splitext(_file_name(entry))[0]}-签发单.html"
        return _download((await self._worker.sheet(entry)).encode("utf-8", "backslashreplace"), name)

    def _entry(self, request: Request) -> Entry | None:
        return self._memory.get(request.path_params["id"])

    def _gone(self) -> Response:
        return PlainTextResponse(_NO_FILE.in_language(self._page.language), status_code=404)

    def _made(self, made: bytes | Wording, name: str) -> Response:
        if isinstance(made, bytes):
            return _download(made, name)
        return PlainTextResponse(made.in_language(self._page.language), status_code=422)


def _source(name: str, data: bytes) -> SourceFile:
    """A file by the name that the page gives it, which is a label and nothing else.

    Raises:
        NotTaken: it is of a kind that is not read.
    """
    label = unquote(name, errors="replace").replace("\\", "/").strip("/")[-_LONGEST_NAME:] or "?"
    form = unread_form(label)
    kind = kind_by_name(label) or kind_by_content(data[:HEAD])
    if form is None and reader_info(kind).converter:
        # Another program would have to be given it as a file.
        form = reader_info(kind).name
    if form is not None:
        # What Word and WPS open they can save as what is read; of the rest a PDF can be made.
        better = ".docx" if reader_info(kind).converter else "PDF"
        raise NotTaken(
            415,
            Wording(
                f"这里不能读{set_off(form.zh)}；请另存为 {better} 再拖入。",
                f"a {form.en} is not read here: save it as {better} and give that.",
            ),
        )
    return SourceFile(label, kind, explicit=True, data=data)


async def _ids(request: Request) -> Sequence[str] | None:
    """The ids of a request's body, each once; None where it is something else."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _SMALL_BODY:
            return None
    found = list(dict.fromkeys(body.decode("ascii", "replace").split()))
    return found if len(found) <= _MOST_TOGETHER else None


def _file_name(entry: Entry) -> str:
    return entry.looked.source.path.rpartition("/")[2] or "bulletin"


def _download(content: bytes, name: str) -> Response:
    """Bytes to be kept as a file, whatever a browser thinks that they are."""
    return Response(
        content,
        media_type="application/octet-stream",
        headers={"content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"},
    )


def _nothing() -> Response:
    return PlainTextResponse("", status_code=404)
