"""What the README tells an administrator holds."""

import re
import shutil
import subprocess
from pathlib import Path

import discord
import pytest

from ...conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")


def test_the_invitation_asks_for_the_permissions_it_names() -> None:
    number = re.search(r"permissions=(\d+)", README)
    assert number
    needed = discord.Permissions(
        view_channel=True,
        send_messages=True,
        send_messages_in_threads=True,
        embed_links=True,
        read_message_history=True,
        attach_files=True,
        send_polls=True,
    )
    assert int(number[1]) == needed.value


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    unit = re.search(r"```ini\n(.+?)```", README, re.DOTALL)
    assert unit
    file = tmp_path / "ikz-bot.service"
    file.write_text(unit[1].replace("/opt/ikz-bot/bin/ikz-bot", "/bin/true"), "utf-8")
    done = subprocess.run(["systemd-analyze", "verify", file], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
