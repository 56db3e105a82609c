"""The chat in a terminal: reads lines, knows a few commands, and lets suggestions be picked by number."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from bot.about import KNOWS, NO_LEGAL_ADVICE
from bot.answers import Bundle, Reason, Reply, Status, answer, renewed
from bot.channels.keyboard import is_person, lines_in
from bot.channels.lines import BLANK, Line, Look, aside, brief_lines, parts_of, reply_lines, term_lines
from bot.channels.screen import Screen
from bot.channels.tour import Tour
from bot.glossary import NO_GLOSSARY, question_back
from bot.journal import Journal
from bot.knowledge.glossary_model import Term
from bot.knowledge.model import Entry, KnowledgeBase, Topic
from bot.live import Live, Reader
from bot.offers import entry_of, examples, explanation, leads, picked
from bot.origins import source_lines, stand
from bot.privacy import HINT, privacy_sentences
from bot.typed_text import UnusableQuestion, printable, quoted, usable_question

HELP = (
    "Stellen Sie Ihre Frage in eigenen Worten, auch mehrere auf einmal. Rückfragen wie „Und wie lange dauert das?“"
    " beziehen sich auf die letzte Antwort.",
    "Steht eine Zahl vor einem Vorschlag, wählen Sie ihn mit dieser Zahl; 0 heißt: keine davon.",
    "/einstieg      führt in kurzen Stationen durch das Thema, mit einem Quiz am Ende",
    "/themen        zeigt, wozu ich etwas weiß",
    "/begriff WORT  erklärt einen Begriff; ohne WORT zeigt es, welche",
    "/quelle        zeigt die Quellen der letzten Antwort",
    "/datenschutz   zeigt, was von Ihren Fragen aufgehoben wird",
    "/hilfe         zeigt diese Hilfe",
    "/ende          beendet das Gespräch",
    "Für die Sitzung: ikz-bot chat --knapp antwortet nur mit der kurzen Zeile und ihrem Stand.",
    f"{KNOWS} {NO_LEGAL_ADVICE}",
)

_PICKED = re.compile(
    r"(?:nr\.? ?)?(?P<number>\d{1,2})[.)]?|(?:d\w\w )?(?P<word>erste|zweite|dritte)[nrs]?|keine?(?: davon)?",
    re.IGNORECASE,
)
_ORDINALS = {"erste": 1, "zweite": 2, "dritte": 3}

GONE = "Das gibt es im Wissen nicht mehr. /themen zeigt, wozu ich etwas weiß."

Choice = Entry | Topic | Term


def run(live: Live, network_share: bool, today: date, journal: Journal, brief: bool = False) -> None:
    """Chat on standard input until it ends; with greeting and prompt only where a person is typing.

    What is saved in the knowledge folder meanwhile is in force with the next line.
    """
    screen, reader = Screen(), Reader(live.opening)
    # While the person reads the greeting and types, the index is built.
    with live.watched(network_share):
        chat = Chat(live.opening, lambda: live.state.shelf.bundle, today, journal, brief)
        if is_person():
            screen.write(greeting(live.opening))
        for typed in lines_in():
            chat.renew(live.state.shelf.bundle)
            lines = chat.respond(typed)
            if chat.ended:
                return
            screen.write([*lines, BLANK])
            _tell_news(live, reader, screen)


def _tell_news(live: Live, reader: Reader, screen: Screen) -> None:
    """Say what happened to the knowledge, between an answer and the next line, where nothing is being typed."""
    state = live.state
    news = reader.news(state)
    reader.heard(state)
    if news and is_person():
        screen.write([Line(" ".join(news.sentences), Look.NOTICE), BLANK])
    elif news:
        print(printable(" ".join(news.sentences)), file=sys.stderr)


def greeting(knowledge: KnowledgeBase) -> list[Line]:
    """How the chat begins, below the line that says who speaks."""
    questions = [Line(f"– {question}", Look.CHOICE) for question in examples(knowledge)]
    return [Line("Fragen Sie mich zum Beispiel:"), *questions, *aside(["/hilfe zeigt, was ich noch kann."]), BLANK]


class Chat:
    """One conversation: what was said last, and what can be picked by number. A ``brief`` one is for a meeting."""

    def __init__(
        self,
        knowledge: KnowledgeBase,
        bundle: Callable[[], Bundle],
        today: date,
        journal: Journal,
        brief: bool = False,
    ) -> None:
        self._knowledge = knowledge
        self._bundle = bundle
        self._today = today
        self._journal = journal
        self._brief = brief
        self._lines = brief_lines if brief else reply_lines
        self._last: Reply | None = None
        self._previous: Reply | None = None
        self._choices: Sequence[Choice | None] = ()  # None where what was offered no longer exists
        self._asked: Sequence[str] = ()
        self._tour = Tour(knowledge, self._tell_more, lambda _: "/einstieg führt Sie hier weiter.", "Fragen Sie gern.")
        self.ended = False

    def renew(self, bundle: Bundle) -> None:
        """Go on with the knowledge that is in force now; what was said and offered stays where it still exists."""
        knowledge = bundle.knowledge
        if knowledge is self._knowledge:
            return
        self._knowledge, self._bundle = knowledge, lambda: bundle
        self._last = renewed(self._last, knowledge) if self._last else None
        self._previous = renewed(self._previous, knowledge) if self._previous else None
        self._choices = [_now(choice, knowledge) for choice in self._choices]
        self._tour.renew(knowledge)

    def respond(self, typed: str) -> list[Line]:
        """What to show for one line of input."""
        step = self._tour.respond(typed)
        if step is not None:
            return step
        try:
            text = usable_question(typed)
        except UnusableQuestion as unusable:
            return [Line(str(unusable))]
        if text.startswith("/") or text.casefold() in ("einstieg", "rundgang", "tour", "ende"):
            return self._command(text if text.startswith("/") else f"/{text}")
        picked = _PICKED.fullmatch(text)
        if self._choices and picked:
            word = (picked["word"] or "").casefold()
            return self._pick(_ORDINALS[word] if word else int(picked["number"] or 0))
        return self._answer(text)

    def _command(self, text: str) -> list[Line]:
        match text.casefold().split()[0]:
            case "/einstieg" | "/rundgang" | "/tour":
                self._offer([])
                return self._tour.show()
            case "/themen":
                return self._topics()
            case "/begriff":
                return self._look_up(text[len("/begriff") :].strip())
            case "/quelle":
                return self._sources()
            case "/hilfe":
                return [Line(text) for text in HELP] + aside([HINT] if self._journal.kept_days else [])
            case "/datenschutz":
                return [Line(text) for text in privacy_sentences(self._journal.kept_days)]
            case "/ende":
                self.ended = True
                return []
            case _:
                return [Line(f"Den Befehl {quoted(text)} kenne ich nicht. /hilfe zeigt alle Befehle.")]

    def _topics(self) -> list[Line]:
        self._tour.pause()
        lines = [Line("Dazu weiß ich etwas. Wählen Sie ein Thema mit seiner Zahl:", Look.HEADING)]
        return lines + self._offer(self._knowledge.topics)

    def _look_up(self, typed: str) -> list[Line]:
        self._tour.pause()
        glossary = self._bundle().glossary
        if not glossary.terms:
            return [Line(NO_GLOSSARY)]
        if not typed:
            known = " · ".join(term.term for term in glossary.terms)
            return [Line("Diese Begriffe erkläre ich:", Look.HEADING), Line(known)]
        found = glossary.look_up(typed)
        if found.term:
            return self._explain(found.term)
        if not found.known:
            self._journal.unanswered(typed, Status.UNKNOWN, Reason.NOT_IN_SOURCES, [t.entry for t in found.terms])
        below = self._offer(found.terms) or aside(["/begriff zeigt, welche Begriffe ich erkläre."])
        return [Line(question_back(found, typed)), *below]

    def _explain(self, term: Term) -> list[Line]:
        """Show what a term means, and offer the entry that says more; what is asked next can lean on that."""
        entry = entry_of(self._knowledge, term)
        self._last = explanation(self._knowledge, term, self._today)
        self._previous = picked(self._knowledge, entry, self._today)
        more = [*aside(["Mehr dazu:"]), *self._offer([entry])]
        return [*term_lines(self._knowledge, term, self._today), *more]

    def _sources(self) -> list[Line]:
        told = [self._last, *self._last.further] if self._last else []
        entries = [reply.entry for reply in told if isinstance(reply.entry, Entry)]
        if not entries:
            return [Line("Zur letzten Antwort gibt es keine Quelle. Bitte stellen Sie zuerst eine Frage.")]
        knowledge = self._knowledge
        return [
            Line(text) for e in entries for text in (*source_lines(knowledge, e, in_full=True), stand(knowledge, e))
        ]

    def _pick(self, number: int) -> list[Line]:
        if number == 0:
            for question in dict.fromkeys(self._asked):
                self._journal.picked(question, None)
            self._offer([])
            return [Line("Gut, keine davon. Fragen Sie gern mit anderen Worten; /themen zeigt, wozu ich etwas weiß.")]
        if number > len(self._choices):
            return [Line(f"Bitte wählen Sie eine Zahl von 1 bis {len(self._choices)}, oder 0 für keine davon.")]
        choice = self._choices[number - 1]
        if choice is None:
            return [Line(GONE)]
        if isinstance(choice, Term):
            return self._explain(choice)
        if isinstance(choice, Entry):
            if self._asked:
                self._journal.picked(self._asked[number - 1], choice.id)
            return self._tell(picked(self._knowledge, choice, self._today))
        return [Line(f"{choice.title}:", Look.HEADING), *aside([choice.description]), *self._offer(choice.entries)]

    def _answer(self, question: str) -> list[Line]:
        return self._tell(answer(self._bundle(), question, self._today, self._previous))

    def _tell(self, reply: Reply) -> list[Line]:
        """Show a reply and remember what can follow: a question that leans on it, or a number."""
        return_line = aside(["Zum Rundgang zurück: /einstieg"] if self._tour.under_way else [])
        self._tour.pause()
        lines: list[Line] = []
        suggested: list[tuple[str, Entry]] = []
        parts = [part for _, part in parts_of(reply)]
        for heading, part in parts_of(reply):
            lines += [heading] if heading else []
            lines += self._lines(self._knowledge, part, self._today)
            lines += _choices([s.entry for s in part.suggestions], start=len(suggested) + 1)
            suggested += [(part.question, s.entry) for s in part.suggestions]
            if part.status is not Status.ANSWERED:
                self._journal.unanswered(
                    part.question, part.status.value, part.reason.value, [s.entry.id for s in part.suggestions]
                )
            if part.status is Status.UNKNOWN and not self._brief:
                lines += aside(["/themen zeigt, wozu ich etwas weiß."])
        self._last = reply
        if any(part.reason is not Reason.SMALL_TALK for part in parts):
            self._previous = parts[-1]
        return lines + self._further(parts, suggested) + return_line

    def _tell_more(self, entry: Entry) -> list[Line]:
        """Show an entry that the tour leads to; what is asked next can lean on it."""
        reply = picked(self._knowledge, entry, self._today)
        self._last = self._previous = reply
        return self._lines(self._knowledge, reply, self._today)

    def _further(self, parts: Sequence[Reply], suggested: Sequence[tuple[str, Entry]]) -> list[Line]:
        """What can be picked below a reply: the suggestions above, else what is related to the answers."""
        self._choices, self._asked = [entry for _, entry in suggested], [question for question, _ in suggested]
        if suggested:
            return [Line("0  keine davon", Look.CHOICE)]
        told = [part.entry for part in parts if isinstance(part.entry, Entry) and not self._brief]
        found = leads(self._bundle(), told)
        self._choices = [lead.entry for lead in found]
        return [*aside(["Dazu passt:"]), *_numbered(lead.label for lead in found)] if found else []

    def _offer(self, choices: Sequence[Choice]) -> list[Line]:
        self._choices, self._asked = choices, ()
        return _choices(choices)


def _now(choice: Choice | None, knowledge: KnowledgeBase) -> Choice | None:
    """What was offered, as the knowledge has it now."""
    if isinstance(choice, Topic):
        return next((topic for topic in knowledge.topics if topic.id == choice.id), None)
    if isinstance(choice, Term):
        return next((term for term in knowledge.glossary if term.term == choice.term), None)
    return knowledge.entry(choice.id) if choice else None


def _choices(choices: Sequence[Choice], start: int = 1) -> list[Line]:
    return _numbered(map(_name, choices), start)


def _name(choice: Choice) -> str:
    match choice:
        case Topic():
            return choice.title
        case Term():
            return choice.term
        case _:
            return choice.question


def _numbered(names: Iterable[str], start: int = 1) -> list[Line]:
    return [Line(f"{number}  {name}", Look.CHOICE) for number, name in enumerate(names, start)]
