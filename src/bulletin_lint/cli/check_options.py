"""The options of ``bulletin-lint check``: what there is, what goes together, and what is meant by it."""

from __future__ import annotations

import os
from collections.abc import Sequence

from bulletin_lint.cli.options import Option, OptionGroup, time_limit, whole_number
from bulletin_lint.config.settings import start_for
from bulletin_lint.engine.glob_arguments import STDIN
from bulletin_lint.engine.suppression import BASELINE
from bulletin_lint.model.violation import SEVERITIES
from bulletin_lint.model.wording import Wording
from bulletin_lint.readers import TIME_LIMIT
from bulletin_lint.reporters import REPORTERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    pass

ARGUMENTS = (
    Option(
        "paths",
        "arguments",
        Wording(
            "文件、文件夹，或 - 表示标准输入；默认为当前文件夹",
            "files, folders, or - for standard input; by default the current folder",
        ),
        metavar="PATH",
    ),
)

_RULES = (
    Option(
        "--config",
        "value",
        Wording("使用这个配置文件，不再查找", "use this settings file and look for no other"),
        metavar="FILE",
    ),
    Option("--isolated", "flag", Wording("不读任何配置文件", "read no settings file")),
    Option(
        "--select",
        "values",
        Wording(
            "只用这些规则：编号或编号前缀，逗号分隔，或 ALL",
            "run these rules only: codes or prefixes of codes, separated by commas, or ALL",
        ),
        metavar="CODES",
    ),
    Option("--ignore", "values", Wording("不用这些规则", "do not run these rules"), metavar="CODES"),
    Option(
        "--extend-select",
        "values",
        Wording("除配置选定的规则外，再用这些", "run these rules as well as those that the settings select"),
        metavar="CODES",
    ),
    Option(
        "--series",
        "flag",
        Wording(
            "只用跨期规则（期号、总期号、日期的先后），不看各期内容",
            "run only the rules across issues (numbers, dates), not those of single bulletins",
        ),
    ),
)

_FILES = (
    Option(
        "--exclude",
        "values",
        Wording(
            "在文件夹中查找时排除这些路径，代替配置中的 exclude",
            "leave these paths out when searching folders, instead of those in the settings",
        ),
        metavar="GLOBS",
    ),
    Option(
        "--extend-exclude",
        "values",
        Wording(
            "除配置中的 exclude 外，再排除这些路径",
            "leave these paths out as well as those in the settings",
        ),
        metavar="GLOBS",
    ),
    Option(
        "--force-exclude",
        "flag",
        Wording("直接写出的文件也照样排除", "leave excluded files out even if they are named"),
    ),
    Option(
        "--stdin-filename",
        "value",
        Wording("标准输入的文件名，用于报告和判断类型", "file name of standard input, for reports and kind"),
        metavar="FILE",
    ),
    Option(
        "--show-files", "flag", Wording("只列出会检查的文件", "only list the files that would be checked")
    ),
    Option(
        "--no-convert",
        "flag",
        Wording(
            "不转换旧格式文档（.doc .wps .odt .rtf）",
            "do not convert documents in old forms (.doc, .wps, .odt, .rtf) with LibreOffice",
        ),
    ),
    Option(
        "--password", "value", Wording("加密 PDF 的密码", "password of encrypted PDFs"), metavar="PASSWORD"
    ),
)

_FIXES = (
    Option("--fix", "flag", Wording("修复可以安全修复的问题", "mend what is safe to mend")),
    Option(
        "--unsafe-fixes",
        "flag",
        Wording("连同可能改变原意的修复一起做", "with --fix or --diff: also mend what may change the sense"),
    ),
    Option(
        "--diff",
        "flag",
        Wording(
            "不写文件，只显示 --fix 会作的改动；有改动时退出码为 1",
            "write nothing, show what --fix would change; exit code 1 if there is anything",
        ),
    ),
    Option(
        "--fix-only",
        "flag",
        Wording(
            "只修复，不报告其余的问题；有问题时退出码也为 0",
            "mend, and do not report what is left; exit code 0 even with violations",
        ),
    ),
    Option(
        "--show-fixes",
        "flag",
        Wording(
            "与 --fix、--fix-only 或 --diff 同用：列出每一处修复",
            "with --fix, --fix-only or --diff: list everything that was mended",
        ),
    ),
)

_COPIES = (
    Option(
        "--annotate",
        "value",
        Wording(
            "把问题写成批注，存为 Word 文档或 PDF 的这份副本；Word 加 --fix 则把可以修复的写成修订",
            "write what is found as comments into this copy of a Word document or PDF; in Word, with --fix, "
            "what can be mended becomes tracked changes",
        ),
        metavar="OUT",
    ),
    Option(
        "--annotate-dir",
        "value",
        Wording(
            "同上，多份文档各存为这个文件夹里的一份",
            "the same for several documents, each into a file of this folder",
        ),
        metavar="DIR",
    ),
    Option(
        "--in-place",
        "flag",
        Wording("批注写进 Word 原文件", "write the comments into the Word documents themselves"),
    ),
    Option(
        "--annotate-signed",
        "flag",
        Wording(
            "有电子签名的文件也批注副本；签名会显示为已改动",
            "mark copies of signed files too; their signature is then shown as changed",
        ),
    ),
    Option(
        "--annotate-level",
        "value",
        Wording(
            "从这一级起写成批注：error、warning（默认）或 info",
            "comments from this level on: error, warning (default) or info",
        ),
        metavar="LEVEL",
        choices=SEVERITIES,
        default="warning",
    ),
)

_REPORT = (
    Option(
        "--format",
        "values",
        Wording(
            f"报告的格式：{'、'.join(sorted(REPORTERS))}；默认 full；可多次使用，各写入自己的文件",
            f"format of the report: {', '.join(sorted(REPORTERS))}; by default full; can be given several "
            "times, each with a file of its own",
        ),
        metavar="FORMAT[=FILE]",
    ),
    Option(
        "--output-file",
        "value",
        Wording("报告写入这个文件，不写到屏幕", "write the report to this file, not to standard output"),
        metavar="FILE",
    ),
    Option(
        "--fail-level",
        "value",
        Wording(
            "达到这一级别即退出码为 1：error（默认）、warning 或 info",
            "exit code 1 from this level on: error (default), warning or info",
        ),
        metavar="LEVEL",
        choices=SEVERITIES,
    ),
    Option(
        "--exit-zero",
        "flag",
        Wording(
            "有问题时退出码也为 0；未能检查时仍为 2", "exit code 0 even with violations; never instead of 2"
        ),
    ),
    Option("--statistics", "flag", Wording("显示每条规则的次数", "show how often each rule was broken")),
    Option(
        "--color",
        "value",
        Wording(
            "颜色：auto（默认，在终端上）、always 或 never；尊重 NO_COLOR",
            "colours: auto (default: on a terminal), always or never; NO_COLOR is honoured",
        ),
        metavar="WHEN",
        choices=("auto", "always", "never"),
        default="auto",
    ),
    Option("-q --quiet", "flag", Wording("只显示问题", "show violations only")),
    Option(
        "-v --verbose",
        "flag",
        Wording(
            "另外显示每份文件的编码、跳过的文件和用时",
            "also show every file's encoding, what was skipped, and timings",
        ),
    ),
)

_EXCEPTIONS = (
    Option(
        "--baseline",
        "value",
        Wording(
            "已知问题的清单：其中的问题不再算数，只有新问题算数",
            "a list of known violations: those in it no longer count, only new ones do",
        ),
        metavar="FILE",
    ),
    Option(
        "--write-baseline",
        "flag",
        Wording(
            f"把现有问题写入基线（未写 --baseline 时为 {BASELINE}），不再有对应问题的条目一并删去",
            f"write what is found to the baseline (without --baseline to {BASELINE}); what no longer fits "
            "is left out",
        ),
    ),
    Option(
        "--prune-baseline",
        "flag",
        Wording(
            "从基线中删去不再有对应问题的条目，不添新的",
            "remove from the baseline what no longer fits anything, and add nothing",
        ),
    ),
    Option(
        "--add-waivers",
        "value",
        Wording(
            "把现有问题逐条写进 waivers.yaml，写明这个理由",
            "accept what is found: write each violation into waivers.yaml, with this reason",
        ),
        metavar="REASON",
    ),
    Option(
        "--ignore-waivers",
        "flag",
        Wording(
            "不理会豁免（注释和 waivers.yaml），所有问题都算数",
            "let no waiver count, neither comments nor waivers.yaml",
        ),
    ),
)

_RUNNING = (
    Option(
        "--watch",
        "flag",
        Wording(
            "一直运行：文件有改动就再查一遍，按 Ctrl-C 结束",
            "keep running: check again whenever a file changes, until Ctrl-C",
        ),
    ),
    Option(
        "--jobs",
        "value",
        Wording("进程数；默认按工作量而定", "number of processes; by default as the work deserves"),
        metavar="N",
        read=whole_number,
    ),
    Option(
        "--no-cache",
        "flag",
        Wording(
            "不用缓存：规则、各期的号码和上次的结果",
            "use no cache: of rules, of issues' numbers, of earlier results",
        ),
    ),
)

GROUPS = (
    OptionGroup(Wording("规则和配置：", "Rules and settings:"), _RULES),
    OptionGroup(Wording("检查哪些文件：", "Which files:"), _FILES),
    OptionGroup(Wording("修复：", "Mending:"), _FIXES),
    OptionGroup(Wording("Word 文档里的批注：", "Comments in Word documents:"), _COPIES),
    OptionGroup(Wording("报告：", "Report:"), _REPORT),
    OptionGroup(Wording("例外：", "Exceptions:"), _EXCEPTIONS),
    OptionGroup(Wording("运行：", "Running:"), _RUNNING),
)
OTHERS = (time_limit(TIME_LIMIT),)
"""Options that stand with those of every command."""

EPILOG = Wording(
    """\
示例：
  bulletin-lint check 第11期.md                    检查一期
  bulletin-lint check 2020年 --fail-level warning  检查一年的简报，有警告也算失败
  bulletin-lint check . --diff                     只看可以自动修复什么
  bulletin-lint check 第11期.docx --annotate 第11期-批注.docx
                                                   把问题写成 Word 批注
  bulletin-lint check . --baseline bulletin-lint-baseline.jsonl
                                                   旧问题已登记，只管新问题
  bulletin-lint check . --format full --format sarif=bulletin-lint.sarif
                                                   在屏幕上显示，另写一份 SARIF

退出码：0 没有达到失败级别的问题；1 有问题；2 未能完成检查。""",
    """\
Examples:
  bulletin-lint check 11.md                        check one issue
  bulletin-lint check 2020 --fail-level warning    check a year's issues; warnings fail too
  bulletin-lint check . --diff                     see what could be mended
  bulletin-lint check 11.docx --annotate 11-comments.docx
                                                   answer in the Word document, as comments
  bulletin-lint check . --baseline bulletin-lint-baseline.jsonl
                                                   old violations are known, only new ones count
  bulletin-lint check . --format full --format sarif=bulletin-lint.sarif
                                                   show the report, and write it as SARIF

Exit codes: 0 nothing at or above the fail level; 1 violations; 2 the job could not be done.""",
)


def words(given: Sequence[str] | None) -> list[str] | None:
    """The words of an option that takes several, separated by commas or given again."""
    if given is None:
        return None
    return [word.strip() for text in given for word in text.split(",") if word.strip()]


def settings_start(paths: Sequence[str], stdin_filename: str | None) -> str:
    """The folder from which settings are looked for: the deepest that holds every path."""
    if STDIN in paths:
        return os.path.dirname(os.path.abspath(stdin_filename)) if stdin_filename else "."
    return start_for(paths)
