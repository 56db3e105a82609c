"""Whoever asks in a terminal does not load Discord."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ...conftest import ROOT

CODE = """
import sys
from bot.cli import cli
try:
    cli.main({args}, standalone_mode=False)
except SystemExit:
    pass
print([name for name in ("discord", "aiohttp") if name in sys.modules])
"""


@pytest.mark.parametrize("args", [["ask", "Fördertopf"], ["chat"], ["topics"], ["check"], ["--version"]])
def test_the_terminal_loads_no_discord(args: list[str], small_folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE.format(args=args)],
        cwd=ROOT,
        env={**os.environ, "IKZ_BOT_KNOWLEDGE": str(small_folder), "IKZ_BOT_JOURNAL": "aus"},
        input="Fördertopf\n",
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.endswith("[]\n"), done.stdout + done.stderr


def test_only_the_channel_imports_discord() -> None:
    importing = [
        path.relative_to(ROOT).parent.as_posix()
        for path in (ROOT / "bot").rglob("*.py")
        if re.search(r"^\s*(?:import|from) discord\b", path.read_text("utf-8"), re.MULTILINE)
    ]
    assert set(importing) == {"bot/channels/discord"}
