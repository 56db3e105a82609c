"""The tour and its quiz in a terminal: what to show for each line that is typed."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from bot.channels.lines import BLANK, Line, Look, aside
from bot.knowledge.model import Entry, KnowledgeBase
from bot.tour import Stop, Task, origin, stop, stop_named, task, task_named, verdict

CHANGED = "Diese Stelle des Rundgangs wurde eben geändert. So sieht sie jetzt aus:"
NO_TOUR = "Dieses Wissen hat keinen Rundgang. Fragen Sie gern direkt; /themen zeigt, wozu ich etwas weiß."

_NEXT = frozenset(["", "w", "weiter", "/weiter", "n", "nächste"])
_BACK = frozenset(["z", "zurück", "zurueck", "zuruck", "/zurück"])
_QUIZ = frozenset(["quiz", "/quiz"])
_MORE = frozenset(["m", "mehr", "mehr dazu"])
_HELP = frozenset(["?", "h", "hilfe"])
_STATION = re.compile(r"station (\d{1,3})")
_END = frozenset(["ende", "schluss", "stopp", "stop", "exit", "quit"])

Offered = TypeVar("Offered")

new_seed: Callable[[], int] = partial(secrets.randbelow, 2**32)


class Tour:
    """One walk through the stations and the quiz. It stays where it is while something else is done."""

    def __init__(
        self,
        knowledge: KnowledgeBase,
        tell: Callable[[Entry], list[Line]],
        come_back: Callable[[int], str],
        where_to_ask: str,
        seeds: Callable[[], int] = new_seed,
    ) -> None:
        """``tell`` shows an entry in full, ``come_back`` says how to return to the station with a number."""
        self._where_to_ask = where_to_ask
        self._knowledge = knowledge
        self._tell_entry = tell
        self._come_back = come_back
        self._seeds = seeds
        self._place: Stop | Task | None = stop(knowledge, 1) if knowledge.tour else None
        self._station_before_quiz = len(knowledge.tour)
        self._answered = False
        self._reading = False  # an entry to go deeper, instead of the station or question it belongs to
        self._outdated = False  # the screen shows numbers that mean something else now
        self.under_way = False

    def renew(self, knowledge: KnowledgeBase) -> None:
        """Go on with other knowledge at the same place; where that is gone, at the nearest there is."""
        before = self._on_screen()
        self._knowledge, self._place = knowledge, _now(self._place, knowledge)
        self._answered = self._answered and self._on_screen() == before
        self._outdated = self._outdated or self._on_screen() != before
        self.under_way = self.under_way and self._place is not None

    def show(self) -> list[Line]:
        """Begin the tour, or go on where it was left."""
        self.under_way = self._place is not None
        self._reading = False
        if isinstance(self._place, Stop):
            return self._station(self._place)
        return self._ask(self._place) if self._place else [Line(NO_TOUR)]

    def go_to(self, number: int) -> list[Line]:
        """Show the station with this number, or the nearest there is."""
        self._place = stop(self._knowledge, number) if self._knowledge.tour else None
        return self.show()

    def respond(self, typed: str) -> list[Line] | None:
        """What to show for a line; None where it is no step of the tour."""
        word = unicodedata.normalize("NFC", typed).strip().casefold()
        if not self.under_way or self._place is None:
            return None
        if word in _END:
            self.pause()
            return [Line(f"Gut, hier ist Schluss. {self.how_to_return()}")]
        if word in _HELP:
            return aside([self._keys()])
        if asked := _STATION.fullmatch(word):
            return self.go_to(int(asked[1]))
        if self._outdated and (word in _NEXT | _BACK | _QUIZ or word.isdecimal()):
            return [Line(CHANGED), *self.show()]
        place = self._place
        step = self._step(place, word) if isinstance(place, Stop) else self._quiz_step(place, word)
        # A number can only be meant for the tour.
        return self.hint() if step is None and word.isdecimal() else step

    def pause(self) -> None:
        """Take no more steps until the tour is shown again, which then goes on where it was."""
        self.under_way = False

    def how_to_return(self) -> str:
        """How to go on later; the quiz begins anew."""
        if isinstance(self._place, Task):
            return f"{self._come_back(self._station_before_quiz)} Das Quiz beginnt dann von vorn."
        return self._come_back(self._place.number if self._place else 1)

    def hint(self) -> list[Line]:
        """Which keys there are here."""
        return [Line(f"Das verstehe ich hier nicht. {self._where_to_ask}"), *aside([self._keys()])]

    def _step(self, here: Stop, word: str) -> list[Line] | None:
        if word in _NEXT and not here.is_last:
            return self.go_to(here.number + 1)
        if word in _BACK:
            return self.go_to(here.number if self._reading else here.number - 1)
        if word in _QUIZ or word in _NEXT:
            return self._start_quiz()
        entry = _numbered(here.deeper, word)
        return self._deeper(entry) if entry else None

    def _quiz_step(self, here: Task, word: str) -> list[Line] | None:
        if word in _BACK:
            if here.number == 1:
                return self.go_to(self._station_before_quiz)
            return self._ask(task(self._knowledge, here.number - 1, here.seed))
        if self._answered:
            return self._after_answer(here, word)
        in_words = (choice for choice in here.choices if choice.casefold() == word)
        chosen = _numbered(here.choices, word) or next(in_words, None)
        if chosen:
            return self._tell(here, chosen)
        return self._ask(here) if word in _NEXT else None

    def _after_answer(self, here: Task, word: str) -> list[Line] | None:
        entry = self._knowledge.entry(here.question.entry)
        if word in _MORE and entry and not self._reading:
            return self._deeper(entry)
        if word not in _NEXT:
            return None
        if here.is_last:
            return self._finish()
        return self._ask(task(self._knowledge, here.number + 1, here.seed))

    def _start_quiz(self) -> list[Line]:
        if isinstance(self._place, Stop):
            self._station_before_quiz = self._place.number
        return self._ask(task(self._knowledge, 1, self._seeds())) if self._knowledge.quiz else self._finish()

    def _finish(self) -> list[Line]:
        """Say that this was all; whoever comes again begins anew."""
        self._place = stop(self._knowledge, 1)
        self.pause()
        return [Line(f"Das war der Rundgang. Vielen Dank, dass Sie dabei waren! {self._where_to_ask}")]

    def _on_screen(self) -> tuple[str, ...]:
        """The station or question that is shown, and what its numbers mean."""
        match self._place:
            case Stop() as here:
                return (here.station.id, *(entry.id for entry in here.deeper))
            case Task() as asked:
                return (asked.question.id, *((asked.question.entry,) if self._answered else asked.choices))
            case None:
                return ()

    def _station(self, here: Stop) -> list[Line]:
        self._outdated = False
        deeper = [Line(f"{n}  {entry.question}", Look.CHOICE) for n, entry in enumerate(here.deeper, 1)]
        return [
            Line(f"{here.progress}: {here.station.title}", Look.HEADING),
            Line(here.station.text),
            *aside([origin(self._knowledge, here.station.entries)]),
            *deeper,
            *aside([self._keys()]),
        ]

    def _ask(self, asked: Task) -> list[Line]:
        self._place, self._answered, self._reading, self._outdated = asked, False, False, False
        choices = [Line(f"{n}  {choice}", Look.CHOICE) for n, choice in enumerate(asked.choices, 1)]
        heading = Line(f"Quiz, {asked.progress}: {asked.question.question}", Look.HEADING)
        return [heading, *choices, *aside([self._keys()])]

    def _tell(self, asked: Task, chosen: str) -> list[Line]:
        self._answered = True
        told: Sequence[str] = [*verdict(asked, chosen).split("\n"), asked.question.why]
        entry = self._knowledge.entry(asked.question.entry)
        more = [Line(f"m  {entry.question}", Look.CHOICE)] if entry else []
        from_where = origin(self._knowledge, [asked.question.entry])
        return [*map(Line, told), *aside([from_where]), *more, *aside([self._keys()])]

    def _deeper(self, entry: Entry) -> list[Line]:
        self._reading = True
        return [Line(entry.question, Look.HEADING), *self._tell_entry(entry), BLANK, *aside([self._keys()])]

    def _keys(self) -> str:
        here = self._place
        quiz = "quiz" if self._knowledge.quiz else ""
        if isinstance(here, Stop):
            forward = "Eingabetaste: " + ("weiter" if not here.is_last else "zum Quiz" if quiz else "zum Ende")
            numbers = " und ".join(str(n + 1) for n in range(len(here.deeper))) + ": mehr dazu"
            back = "zurück: zu dieser Station" if self._reading else "" if here.is_first else "zurück"
            jump = "station 5: dorthin springen" if here.is_first and not self._reading else ""
            steps = [forward, back, numbers, jump, "" if here.is_last else quiz, "ende"]
        elif here and self._answered:
            forward = "Eingabetaste: " + ("zum Ende" if here.is_last else "nächste Frage")
            steps = [forward, "" if self._reading else "m: mehr dazu", "zurück", "ende"]
        else:
            count = len(here.choices) if here else 0
            steps = [f"1 bis {count}: Ihre Antwort", "zurück", "ende"]
        return " · ".join(filter(None, steps))


def _now(place: Stop | Task | None, knowledge: KnowledgeBase) -> Stop | Task | None:
    """The same place in other knowledge, else the nearest; None where there is no tour."""
    if not knowledge.tour:
        return None
    if isinstance(place, Task):
        if knowledge.quiz:
            again = task_named(knowledge, place.question.id, place.seed)
            return again or task(knowledge, place.number, place.seed)
        return stop(knowledge, len(knowledge.tour))
    if isinstance(place, Stop):
        return stop_named(knowledge, place.station.id) or stop(knowledge, place.number)
    return stop(knowledge, 1)


def _numbered(offered: Sequence[Offered], word: str) -> Offered | None:
    """What was offered with the number that was typed; None where that is no such number."""
    return next((one for number, one in enumerate(offered, 1) if word == str(number)), None)
