"""Faults on demand: what the next requests that match a route get instead of, or besides, an answer."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

CODES = {
    10062: (404, "Unknown interaction"),
    40060: (400, "Interaction has already been acknowledged."),
    50013: (403, "Missing Permissions"),
    50001: (403, "Missing Access"),
    10008: (404, "Unknown Message"),
}


@dataclass
class Fault:
    """What happens to the next ``times`` requests to ``route``."""

    route: str  # "POST /interactions/*/callback"; * stands for anything
    times: int
    status: int | None = None  # answered with this instead of being handled
    body: Any = None
    headers: dict[str, str] | None = None
    delay: float = 0.0  # seconds before anything else
    cut: str = ""  # "before" or "after" the request is handled: the connection is cut instead of an answer
    hits: int = 0


class Faults:
    """The faults still to come, in the order in which a test asked for them."""

    def __init__(self) -> None:
        self.planned: list[Fault] = []

    def rate_limit(
        self, route: str, *, times: int = 1, retry_after: float = 0.2, everywhere: bool = False, via: bool = True
    ) -> Fault:
        """Answer 429; ``everywhere`` makes it the global limit, without ``via`` it looks like a ban by Cloudflare."""
        headers = {
            "Retry-After": str(max(1, round(retry_after))), "X-RateLimit-Reset-After": str(retry_after),
            "X-RateLimit-Scope": "global" if everywhere else "user",
        }  # fmt: skip
        headers |= {"Via": "1.1 google"} if via else {}
        headers |= {"X-RateLimit-Global": "true"} if everywhere else {}
        body = {"message": "You are being rate limited.", "retry_after": retry_after, "global": everywhere}
        return self._plan(Fault(route, times, 429, body, headers))

    def fail(self, route: str, *, status: int | None = None, code: int = 0, times: int = 1) -> Fault:
        """Answer with ``status`` (500, 502, 503, …) or with one of Discord's error codes (10062, 40060, 50013, …)."""
        known_status, text = CODES.get(code, (500, "Internal Server Error"))
        status = status or known_status
        if status >= 500:
            return self._plan(Fault(route, times, status, f"error code: {status}", {"Content-Type": "text/plain"}))
        return self._plan(Fault(route, times, status, {"message": text, "code": code}))

    def slow(self, route: str, seconds: float, *, times: int = 1) -> Fault:
        """Handle the request only after some seconds, as a slow network does."""
        return self._plan(Fault(route, times, delay=seconds))

    def cut(self, route: str, *, handled: bool = False, times: int = 1) -> Fault:
        """Cut the connection instead of answering; ``handled``: what was asked happens, only the answer is lost."""
        return self._plan(Fault(route, times, cut="after" if handled else "before"))

    def clear(self) -> None:
        """Forget what has not happened yet."""
        self.planned.clear()

    def take(self, method: str, path: str) -> Fault | None:
        """The fault this request gets, if any."""
        for fault in self.planned:
            if fault.hits < fault.times and fnmatchcase(f"{method} {path}", fault.route):
                fault.hits += 1
                return fault
        return None

    def _plan(self, fault: Fault) -> Fault:
        self.planned.append(fault)
        return fault
