"""Files of kinds that another program has to make readable: converted together before they are read."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from bulletin_lint.config.settings import Settings
from bulletin_lint.model.atomic_write import Terminable
from bulletin_lint.model.source import SourceFile
from bulletin_lint.readers import reader_info
from bulletin_lint.readers.reader_info import Converter, ConvertOptions


class Converted:
    """Files with the copies that were made of those that need one; the copies last as long as this does, and
    go also when a signal ends the run. The settings say with what they are made.
    """

    def __init__(self, files: Sequence[SourceFile], settings: Settings | None = None) -> None:
        self._files = files
        self._options = ConvertOptions()
        if settings is not None:
            command = settings.convert.get("command")
            self._options = ConvertOptions(command, settings.folder, is_on=settings.converts)
        self._folder = ""
        self._terminable = Terminable()

    def __enter__(self) -> list[SourceFile]:
        from tempfile import mkdtemp

        self._terminable.__enter__()
        try:
            self._folder = mkdtemp(prefix="bulletin-lint-")
            return self._convert()
        except BaseException:
            self.__exit__()
            raise

    def _convert(self) -> list[SourceFile]:
        import os

        converted = list(self._files)
        by_kind: dict[str, list[int]] = {}
        for index, source in enumerate(self._files):
            if reader_info(source.kind).converter:
                by_kind.setdefault(source.kind, []).append(index)
        for number, (kind, indices) in enumerate(by_kind.items()):
            info = reader_info(kind)
            module, _, attribute = info.converter.partition(":")
            convert: Converter = getattr(import_module(module), attribute)
            folder = os.path.join(self._folder, str(number))
            os.mkdir(folder)
            sources = [self._files[index] for index in indices]
            made = convert(sources, info.size_limit, folder, self._options)
            for index, conversion in zip(indices, made, strict=True):
                converted[index] = converted[index]._replace(conversion=conversion)
        return converted

    def __exit__(self, *_: object) -> None:
        from shutil import rmtree

        try:
            if self._folder:
                rmtree(self._folder, ignore_errors=True)
        finally:
            self._terminable.__exit__()
