"""The settings for Neovim that the guide shows, in Neovim."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from harness import FIXTURES, ROOT

WRONG = (FIXTURES / "commands" / "wrong.md").read_text("utf-8")
PROBE = """
local function found() return vim.diagnostic.get(0) end
vim.wait(60000, function() return #found() > 0 end, 50)
local said = {}
for _, each in ipairs(found()) do
  table.insert(said, { code = each.code, line = each.lnum, column = each.col, source = each.source })
end
local params = {
  textDocument = vim.lsp.util.make_text_document_params(),
  range = { start = { line = 0, character = 0 }, ["end"] = { line = 999, character = 0 } },
  context = { diagnostics = {}, only = { "source.fixAll" } },
}
local id, client = next(vim.lsp.buf_get_clients(0))
local answer = client.request_sync("textDocument/codeAction", params, 60000, 0)
local action = answer.result[1]
if not action.edit then action = client.request_sync("codeAction/resolve", action, 60000, 0).result end
vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
vim.cmd("write")
local out = io.open(os.getenv("PROBE_OUT"), "w")
out:write(vim.fn.json_encode({ said = said, title = action.title }))
out:close()
vim.cmd("qall!")
"""


@pytest.mark.skipif(shutil.which("nvim") is None, reason="no Neovim on this machine; .ci/run installs it")
def test_the_settings_of_the_guide_work_in_neovim(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "guides" / "editors.md").read_text("utf-8")
    (block,) = re.findall(r"^```lua\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    (tmp_path / "init.lua").write_text(f"vim.cmd('filetype on')\n{block}", encoding="utf-8")
    (tmp_path / "probe.lua").write_text(PROBE, encoding="utf-8")
    (tmp_path / "a.md").write_text(WRONG, encoding="utf-8")
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "src"),
        "HOME": str(tmp_path),
        "PROBE_OUT": str(tmp_path / "out.json"),
    }
    command = ["nvim", "--headless", "-n", "-i", "NONE", "-u", "init.lua", "a.md", "-c", "luafile probe.lua"]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=180, check=False
    )
    assert (tmp_path / "out.json").exists(), done.stderr
    found = json.loads((tmp_path / "out.json").read_text("utf-8"))

    # Neovim counts bytes, from 0: 2020年 is seven of them.
    assert {"code": "DAT002", "line": 8, "column": 7, "source": "bulletin-lint"} in found["said"]
    assert [each["code"] for each in found["said"]] == ["DAT002", "SEC001", "PUN002"]
    mended = WRONG.replace("03月06", "3月6").replace("单元门,", "单元门，")
    assert (tmp_path / "a.md").read_text("utf-8") == mended
