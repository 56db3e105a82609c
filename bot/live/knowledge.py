"""One path from the folder to the answers: read, check, build, and replace one reference.

Only at the start, what was built from the same files before may be read back instead.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot import stored_bundle
from bot.answers import Bundle
from bot.autocomplete import Autocomplete
from bot.knowledge import KnowledgeError, Problem
from bot.knowledge.contents import Contents, read
from bot.knowledge.load import ParsedFile, knowledge_in
from bot.live.watching import looks

PATIENCE = 1.0
"""So many seconds a mistake must stand before it is told: an editor may be in the middle of writing."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The knowledge in force with everything built from it; replaced as a whole."""

    bundle: Bundle
    autocomplete: Autocomplete
    since: datetime

    @classmethod
    def of(cls, bundle: Bundle) -> Shelf:
        """The bundle with all that is otherwise built where it is first needed."""
        bundle.glossary.prepare()
        return cls(bundle, Autocomplete(bundle.knowledge), datetime.now())


@dataclass(frozen=True, slots=True)
class State:
    """What is in force; and what is wrong in the folder, where that keeps what stands there from being in force."""

    shelf: Shelf
    problems: tuple[Problem, ...] = ()


class Live:
    """The knowledge of one folder. Any thread may ask it for anything; nobody who answers waits for it."""

    def __init__(self, folder: Path) -> None:
        """Read and check the folder.

        Raises:
            KnowledgeError: with every problem found, where it cannot be used.
        """
        self.folder = folder
        self._seen = self._in_force = read(folder)
        self._seen_since = time.monotonic()
        # Empty where the first bundle is read back; the first change then parses all files.
        self._parsed: dict[str, ParsedFile] = {}
        self._kept = stored_bundle.kept(self._seen)
        self.opening = self._kept.knowledge if self._kept else knowledge_in(self._seen, self._parsed)
        """What was in force at first; there before anything is built."""
        self._found: Shelf | tuple[Problem, ...] = ()
        self._state: State | None = None
        self._looking = threading.RLock()

    @property
    def state(self) -> State:
        """What is in force now. Only who asks before the first index is built has to wait."""
        return self._state or self._first()

    def _first(self) -> State:
        """The state at the opening. What had to be built for it is kept when nobody waits for it any more."""
        with self._looking:
            if self._state is not None:  # another thread was here first
                return self._state
            was_kept, contents = self._kept is not None, self._in_force
            self._found = shelf = Shelf.of(self._kept or Bundle.build(self.opening))
            self._state = first = State(shelf)
            self._kept = None  # or it would stay in memory beside everything that follows
        if not was_kept:
            stored_bundle.keep(contents, shelf.bundle)
        return first

    def look(self, patience: float = 0.0) -> State:
        """Put what stands in the folder now into force, or keep what is and say what is wrong with the new.

        What is wrong must have been so for ``patience`` seconds; until then nothing changes.
        """
        with self._looking:
            before, contents = self.state, read(self.folder)
            if contents != self._seen:
                self._seen, self._seen_since = contents, time.monotonic()
                self._found = self._built(contents, before.shelf)
            if isinstance(self._found, Shelf):
                self._in_force = contents
                self._put(State(self._found))
            elif time.monotonic() - self._seen_since >= patience:
                self._put(State(before.shelf, self._found))
            return self.state

    def _put(self, state: State) -> None:
        """Replace the one reference, but only by something else: who compares sees nothing new otherwise."""
        old = self._state
        if old is None or state.shelf is not old.shelf or state.problems != old.problems:
            self._state = state

    def _built(self, contents: Contents, current: Shelf) -> Shelf | tuple[Problem, ...]:
        """Everything built from ``contents``, or what is wrong with it."""
        if contents == self._in_force:
            return current
        try:
            knowledge = knowledge_in(contents, self._parsed)
            if contents.calibration is not None and knowledge.calibration is None:
                knowledge = replace(knowledge, calibration=current.bundle.knowledge.calibration)
            return Shelf.of(Bundle.build(knowledge))
        except KnowledgeError as error:
            return error.problems
        except Exception as error:  # a mistake of the program's own must not end the watch over the folder
            return (_our_own_mistake(contents.folder, error),)

    @contextmanager
    def watched(self, network_share: bool = False, changed: Callable[[State], object] | None = None) -> Iterator[None]:
        """Keep up with the folder in a thread, which ends with the block.

        ``changed`` is called in that thread whenever something else is in force, or wrong.
        """
        stop = threading.Event()
        keeping_up = threading.Thread(
            target=self._keep_up, args=(stop, network_share, changed or (lambda _: None)), name="knowledge"
        )
        keeping_up.start()
        try:
            yield
        finally:
            stop.set()
            keeping_up.join()

    def _keep_up(self, stop: threading.Event, network_share: bool, changed: Callable[[State], object]) -> None:
        told = self.state
        for _ in looks(self.folder, network_share, stop):
            now = self.look(PATIENCE)
            if now is not told:
                told = now
                changed(now)


def _our_own_mistake(folder: str, error: Exception) -> Problem:
    return Problem(
        folder,
        1,
        f"Beim Laden ist im Programm ein Fehler aufgetreten ({type(error).__name__}).",
        "Bitte machen Sie die letzte Änderung rückgängig und melden Sie den Fehler.",
    )
