"""What ``check`` writes into copies of the documents it read, and what it does not write into them."""

from __future__ import annotations

from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.wording import Wording
from bulletin_lint.readers import reader_info

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_lint.model.source import SourceFile


def refuse_fix_alone(files: Sequence[SourceFile]) -> Wording | None:
    """Where files are to be mended: refuses a document that was named, for what is found in it is written
    into a copy only. Of those found in folders what is to be said.

    Raises:
        UsageError: such a document was named.
    """
    documents = [source for source in files if reader_info(source.kind).is_annotated]
    named = [source.path for source in documents if source.explicit]
    if named:
        raise UsageError(
            Wording(
                f"--fix 不改写 {named[0]}：请加 --annotate OUT.docx，把可以修复的写成修订，由编辑逐条接受；"
                "多份文档用 --annotate-dir DIR。",
                f"--fix does not write into {named[0]}: with --annotate OUT.docx what can be mended becomes "
                "tracked changes, which an editor accepts one by one; for several documents use "
                "--annotate-dir DIR.",
            )
        )
    if not documents:
        return None
    count = len(documents)
    return Wording(
        f"{count} 份 Word 文档没有修复；用 --annotate-dir DIR 可把修复写成修订。",
        f"{count} Word document(s) not mended; with --annotate-dir DIR fixes become tracked changes.",
    )
