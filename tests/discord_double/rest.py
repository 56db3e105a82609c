"""REST v10: the way of every request, from authorisation and faults to the answer."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from .checks import Path, Problem
from .state import Request, State, Violation

PREFIX = "/api/v10"
Handler = Callable[["Call"], Awaitable[Any]]


class ApiError(Exception):
    """An answer of Discord that is no success."""

    def __init__(self, status: int, code: int, text: str, errors: dict[str, Any] | None = None) -> None:
        self.status = status
        self.body: dict[str, Any] = {"message": text, "code": code, **({"errors": errors} if errors else {})}


@dataclass
class Call:
    """One request with its body read."""

    state: State
    request: web.Request
    body: Any
    files: dict[str, bytes]
    arrived: float  # time.perf_counter()

    @property
    def route(self) -> str:
        """Method and path without the prefix."""
        return f"{self.request.method} {self.request.path.removeprefix(PREFIX)}"

    def __getitem__(self, name: str) -> str:
        return self.request.match_info[name]

    def asks_for(self, name: str) -> bool:
        """Whether the query says yes to ``name``."""
        return self.request.query.get(name, "").lower() in ("1", "true")

    def record(self, problem: Problem) -> None:
        """Write down a breach of a rule that Discord answers in its own way."""
        self.state.violations.append(Violation(self.route, problem, self.body))

    def refuse(self, problems: list[Problem]) -> None:
        """Record the problems, if there are any, and answer as Discord does."""
        if not problems:
            return
        errors: dict[str, Any] = {}
        for problem in problems:
            self.record(problem)
            place = errors
            for step in problem.path:
                place = place.setdefault(str(step), {})
            place.setdefault("_errors", []).append({"code": problem.code, "message": problem.message})
        raise ApiError(400, 50035, "Invalid Form Body", errors)


def wrong(path: Path, text: str) -> Problem:
    """A problem that has no code of its own."""
    return Problem(path, "BASE_TYPE_CHOICES", text)


class Rest:
    """Routes requests to handlers."""

    def __init__(self, state: State) -> None:
        self.state = state

    def add(self, app: web.Application, routes: list[tuple[str, str, Handler]], *, open_to_all: bool = False) -> None:
        """Serve ``routes`` (method, path, handler); those ``open_to_all`` carry their token in the path."""
        for method, path, handler in routes:
            app.router.add_route(method, PREFIX + path, self._served(handler, open_to_all))

    def add_fallback(self, app: web.Application) -> None:
        """Answer and record what no route knows."""

        async def unknown(call: Call) -> Any:
            call.record(wrong((), "the double does not know this route"))
            raise ApiError(404, 0, "404: Not Found")

        app.router.add_route("*", "/{anything:.*}", self._served(unknown, True))

    def _served(self, handler: Handler, open_to_all: bool) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def serve(request: web.Request) -> web.StreamResponse:
            arrived = time.perf_counter()
            path = request.path.removeprefix(PREFIX)
            fault = self.state.faults.take(request.method, path)
            if fault is not None and fault.delay:
                await asyncio.sleep(fault.delay)
                arrived += fault.delay  # a slow network: the request arrives late
            try:
                body, files = await _read(request)
            except ValueError:
                return _answer(400, {"message": "The request body contains invalid JSON.", "code": 50109})
            self.state.requests.append(Request(request.method, path, body, arrived))
            if fault is not None:
                self.state.bell.ring()
            if fault is not None and fault.cut == "before":
                return _cut(request)
            if fault is not None and fault.status is not None:
                return _answer(fault.status, fault.body, fault.headers)
            call = Call(self.state, request, body, files, arrived)
            try:
                if not open_to_all and request.headers.get("Authorization") != f"Bot {self.state.world.token}":
                    raise ApiError(401, 0, "401: Unauthorized")
                result = await handler(call)
                response = _answer(204 if result is None else 200, result)
            except ApiError as error:
                response = _answer(error.status, error.body)
            except Exception as error:  # a body of a shape nobody thought of must not pass unseen
                call.record(Problem((), "DOUBLE_FAILED", f"the double does not understand this request: {error!r}"))
                response = _answer(500, {"message": "500: Internal Server Error", "code": 0})
            self.state.bell.ring()
            return _cut(request) if fault is not None and fault.cut == "after" else response

        return serve


def _answer(status: int, body: Any, headers: dict[str, str] | None = None) -> web.Response:
    if status == 204:
        return web.Response(status=204)
    if isinstance(body, str):
        return web.Response(status=status, text=body)
    # discord.py reads an answer as JSON only if its type is exactly this, without a charset.
    usual = {"Via": "1.1 google"} if headers is None else headers
    headers = {"Content-Type": "application/json", **usual}
    return web.Response(status=status, body=json.dumps(body).encode(), headers=headers)


def _cut(request: web.Request) -> web.Response:
    assert request.transport is not None
    request.transport.abort()
    return web.Response(status=500)


async def _read(request: web.Request) -> tuple[Any, dict[str, bytes]]:
    """The JSON body, and the files of a multipart one by name."""
    if not request.content_type.startswith("multipart/"):
        text = await request.text()
        return (json.loads(text) if text else {}), {}
    body: Any = {}
    files: dict[str, bytes] = {}
    async for part in await request.multipart():
        if part.name == "payload_json":  # type: ignore[union-attr]
            body = json.loads(await part.text())  # type: ignore[union-attr]
        else:
            files[part.filename or "unknown"] = bytes(await part.read())  # type: ignore[union-attr]
    return body, files
