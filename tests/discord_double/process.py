"""The bot as a process of its own."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from .gateway import Gateway

ROOT = Path(__file__).parents[2]
LAUNCHER = Path(__file__).with_name("launch.py")


class BotProcess:
    """A running bot, what it wrote, and its end."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._written: dict[str, list[str]] = {"stdout": [], "stderr": []}
        streams = (("stdout", process.stdout), ("stderr", process.stderr))
        self._readers = [asyncio.create_task(self._read(name, stream)) for name, stream in streams if stream]

    @classmethod
    async def start(cls, args: list[str], settings: Mapping[str, str | None], cwd: Path | None) -> BotProcess:
        """Start the launcher with ``args``; ``settings`` change the environment (None removes a variable)."""
        environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
        for name, value in settings.items():
            if value is None:
                environment.pop(name, None)
            else:
                environment[name] = value
        process = await asyncio.create_subprocess_exec(
            sys.executable, str(LAUNCHER), *args,
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            env=environment, cwd=cwd or ROOT,
        )  # fmt: skip
        return cls(process)

    @property
    def stdout(self) -> str:
        """What it wrote to standard output until now."""
        return "".join(self._written["stdout"])

    @property
    def stderr(self) -> str:
        """What it wrote to standard error until now, such as its log."""
        return "".join(self._written["stderr"])

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def memory_mb(self) -> float:
        """Its resident memory in MiB (Linux)."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS:"))

    async def connected(self, gateway: Gateway, timeout: float = 20.0) -> None:
        """Wait until every shard is ready; raises RuntimeError when the process ends before that."""
        ended = asyncio.create_task(self._process.wait())
        ready = asyncio.create_task(gateway.bell.until(lambda: gateway.ready, timeout))
        await asyncio.wait([ended, ready], return_when=asyncio.FIRST_COMPLETED)
        happened = ready.done() and ready.result()
        for task in (ended, ready):
            task.cancel()
        await asyncio.gather(ended, ready, return_exceptions=True)
        if not happened:
            raise RuntimeError(f"the bot did not connect ({gateway.log}):\n{self.stdout}{self.stderr}")

    async def exit_code(self, timeout: float = 10.0) -> int:
        """Wait for its end and return the exit code; raises TimeoutError."""
        code = await asyncio.wait_for(self._process.wait(), timeout)
        await asyncio.gather(*self._readers)
        return code

    async def stop(self, timeout: float = 10.0) -> int:
        """Ask it to end (SIGTERM) and return the exit code; negative is the signal that killed it."""
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
        return await self.exit_code(timeout)

    async def interrupt(self, timeout: float = 10.0) -> int:
        """Press Ctrl-C (SIGINT) and return the exit code."""
        self._process.send_signal(signal.SIGINT)
        return await self.exit_code(timeout)

    async def kill(self) -> None:
        """End it at once (SIGKILL), as a crash does; nothing happens when it is already gone."""
        if self._process.returncode is None:
            self._process.kill()
        await self.exit_code()

    async def _read(self, name: str, stream: asyncio.StreamReader) -> None:
        while data := await stream.read(65536):
            text = data.decode("utf-8", "replace")
            self._written[name].append(text)
            print(text, end="", file=sys.stderr)  # so that a failed test shows what the bot wrote meanwhile
