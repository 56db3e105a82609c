"""A message in a conversation → replies: several questions at once, and questions that lean on the one before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.answers.decide import CERTAIN, MAX_SUGGESTIONS, Bundle, decide
from bot.answers.reply import Reason, Reply, Status, Suggestion
from bot.knowledge.model import Entry
from bot.search.lexicon import QueryWord
from bot.text import aspects, words

MAX_PARTS = 5
"""So many questions in one message get a reply of their own."""

LONGEST_FOLLOW_UP = 9
"""A question of more words stands for itself."""

_ASKING = (
    r"(?:wie(?: ?(?:lange|viele?|oft|hoch))?|wann|wer|wo|was|warum|wieso|weshalb|wozu"
    r"|welche[rsnm]?|wem|wen|wohin|woher)"
)
_SENTENCE = re.compile(r"(?<=[?!])\s+|(?<=[a-zäöüß]{3}\.)\s+(?=[A-ZÄÖÜ])|\n+")
_SECOND_QUESTION = re.compile(rf",?\s+und\s+(?=(?:{_ASKING}|gibt)\b)", re.IGNORECASE)
_SHARED_REST = re.compile(rf"^((?:{_ASKING},\s*)*{_ASKING})\s+und\s+({_ASKING})\s+(.+)$", re.IGNORECASE)
_GREETING = re.compile(
    r"^\s*(?:hallo|hi|hey|moin(?: moin)?|servus|guten (?:tag|morgen|abend)|grüß gott|liebe[rs]? \w+)\b"
    r"(?: (?:zusammen|an alle|ihr|bot|ikz-bot))*[\s,.!:–-]+(?=\w)",
    re.IGNORECASE,
)
_PREAMBLE = re.compile(
    r"^\s*(?:(?:ich h[aä]tte|ich habe|hab) (?:da )?(?:mal )?(?:noch )?eine (?:kurze )?frage|(?:kurze |eine )?frage"
    r"|(?:k[oö]nnen|k[oö]nnten) sie mir (?:bitte |vielleicht |kurz )*sagen"
    r"|(?:kannst|k[oö]nntest) du mir (?:bitte |vielleicht |mal |kurz )*sagen|wissen sie|wei(?:ß|ss)t du"
    r"|sagen sie(?: mal)?|sag(?:t)? mal|ich (?:wollte|w[uü]rde gern(?:e)?) (?:fragen|wissen))[\s,:–-]+(?=\w)",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"(?<=[.?!])\s*(?:vielen dank|besten dank|danke(?: (?:schön|im voraus|sehr|dir|ihnen))*)[.!\s]*$", re.IGNORECASE
)
_TAG_QUESTION = re.compile(r"\b(?:oder|gell|ne|nicht wahr|stimmts|stimmt's)\s*\?$", re.IGNORECASE)
_OPENER = re.compile(r"^\s*(?:und|aber|auch)\b[\s,]*(?=\w)", re.IGNORECASE)

_QUESTION_WORDS = frozenset(
    "wer wem wen wessen was wann wo wohin woher wie warum wieso weshalb wozu welche welcher welches welchen".split()
)
_POINTERS = frozenset(
    "dies diese dieser dieses davon dabei dafur dagegen dazu darin daran daruber damit dort dorthin er sie ihn ihm "
    "deren dessen denen hierzu hierfur hierbei".split()
)
_LOOSE_POINTERS = frozenset({"da", "es"})  # „Wer macht da mit?“ points back, „Welche gibt es?“ does not
_ARTICLES = frozenset({"das", "der", "die", "den"})


def answer(bundle: Bundle, message: str, today: date, previous: Reply | None = None) -> Reply:
    """The reply to a message, which may hold several questions or lean on the previous reply."""
    whole = _answer_one(bundle, message, today, previous)
    parts = split_questions(without_courtesies(message))
    if whole.score == CERTAIN or len(parts) < 2:
        return whole
    replies = _answer_parts(bundle, parts, today, previous)
    told = {reply.entry.id for reply in replies if reply.entry}
    if not told or (len(replies) == 1 and whole.status is Status.ANSWERED):
        return whole
    first, *rest = replies
    return replace(first, further=tuple(rest))


def without_courtesies(message: str) -> str:
    """A message without greeting, preamble and thanks: what it asks. Where nothing else is left, it stays."""
    text = _THANKS.sub("", _GREETING.sub("", message))
    text = _PREAMBLE.sub("", text)
    return text if words(text) else message


def split_questions(message: str) -> list[str]:
    """The questions of a message: its sentences, and what „und“ joins where both halves ask.

    „Wann und wo war das?“ becomes „Wann war das?“ and „wo war das?“.
    """
    sentences = [part.strip() for part in _SENTENCE.split(message) if words(part)]
    parts: list[str] = []
    for sentence in sentences:
        shared = _SHARED_REST.match(_OPENER.sub("", sentence))
        if shared:
            parts += [f"{asking.strip()} {shared[3]}" for asking in (*shared[1].split(","), shared[2])]
        else:
            parts += [half.strip() for half in _SECOND_QUESTION.split(sentence) if words(half)]
    return parts[:MAX_PARTS]


def _answer_parts(bundle: Bundle, parts: Sequence[str], today: date, previous: Reply | None) -> list[Reply]:
    """The replies to the parts of a message, without repetitions and without courtesies beside a real question."""
    replies: list[Reply] = []
    for part in parts:
        reply = _answer_one(bundle, part, today, replies[-1] if replies else previous)
        if all(reply.entry is None or reply.entry != other.entry for other in replies):
            replies.append(reply)
    real = [r for r in replies if r.reason is not Reason.SMALL_TALK and (r.entry or _asks(r.question))]
    return real or replies


def _asks(part: str) -> bool:
    """Whether a part of a message is a question of its own rather than a remark beside one."""
    typed = words(_OPENER.sub("", part))
    asks = part.rstrip().endswith("?") and not _TAG_QUESTION.search(part)
    return asks or bool(typed and typed[0] in _QUESTION_WORDS)


def _answer_one(bundle: Bundle, question: str, today: date, previous: Reply | None) -> Reply:
    asked = without_courtesies(question)
    query = bundle.index.lexicon.question(asked)
    leans = _leans_on_previous(asked, query)
    # „Wie lange dauert das?“ with nothing before it must not be answered with the first thing that dauert.
    hangs = not previous and is_unfinished(bundle, question)
    bare = question if bundle.index.phrased(question) else _OPENER.sub("", asked)
    alone = replace(decide(bundle, bare, today, only_offer=hangs), question=question)
    if not leans or not previous or alone.score == CERTAIN:
        return alone
    return replace(_follow_up(bundle, asked, query, today, previous, alone), question=question)


def is_unfinished(bundle: Bundle, question: str) -> bool:
    """Whether a question says nothing without the one before, because a word stands for what was said there."""
    asked = without_courtesies(question)
    query = bundle.index.lexicon.question(asked)
    return _leans_on_previous(asked, query) and _points_back(query)


def _leans_on_previous(question: str, query: Sequence[QueryWord]) -> bool:
    """Whether a question is incomplete without the one before: „Und wie lange dauert das?“, „Warum?“, „Und wann?“."""
    if not query or len(query) > LONGEST_FOLLOW_UP:
        return False
    telling = sum(word.weight > 0 for word in query)
    asks = any(word.word in _QUESTION_WORDS for word in query)
    refers = _points_back(query) or any(word.word in _LOOSE_POINTERS for word in query)
    if not telling:
        return asks or refers
    if len(query) > 1 and query[0].weight > 0 and query[1].word in _QUESTION_WORDS:
        return False  # „Servicecenter, was ist das?“ names its own subject
    return telling <= 2 and (bool(_OPENER.match(question)) or (asks and refers))


def _points_back(query: Sequence[QueryWord]) -> bool:
    """Whether a word stands for something said before. An article counts only where no noun follows it."""
    followed = [word.weight > 0 for word in query[1:]] + [False]
    return any(
        word.word in _POINTERS or (word.word in _ARTICLES and not noun)
        for word, noun in zip(query, followed, strict=True)
    )


def _follow_up(
    bundle: Bundle, question: str, query: Sequence[QueryWord], today: date, previous: Reply, alone: Reply
) -> Reply:
    """The reply to a question that leans on the previous one: read together with it, or asked back."""
    before = previous.entry if isinstance(previous.entry, Entry) else None
    together = _read_together(bundle, question, previous)
    joined = decide(bundle, together, today, told=before)
    if not joined.entry and aspects(question):
        # „Wann war der?“ may ask for what the entry before states itself.
        again = decide(bundle, together, today)
        joined = again if again.entry == before else joined
    if isinstance(joined.entry, Entry) and _stands_by(before, joined.entry) and _speaks_of_it(joined, query):
        return replace(joined, reason=Reason.FOLLOW_UP)
    if alone.status is Status.ANSWERED and not _points_back(query) and _asks(question):
        return alone
    offered = {s.entry.id: s for reply in (joined, alone) for s in _offered(reply) if s.entry != before}
    for name in before.related if before else ():
        if len(offered) < MAX_SUGGESTIONS and (entry := bundle.knowledge.entry(name)):
            offered.setdefault(entry.id, Suggestion(entry, 0.0))
    if not offered:
        return alone
    best = sorted(offered.values(), key=lambda s: (-s.score, not _stands_by(before, s.entry)))[:MAX_SUGGESTIONS]
    return Reply(question, Status.SUGGESTIONS, Reason.FOLLOW_UP, best[0].score, suggestions=tuple(best))


def _speaks_of_it(reply: Reply, query: Sequence[QueryWord]) -> bool:
    """Whether an answer knows one of the words that a follow-up brings along: „Und was kostet das?“ asks for costs."""
    own = {word.word for word in query if word.weight > 0}
    return not own or reply.understood is None or bool(own.intersection(reply.understood.terms))


def _read_together(bundle: Bundle, question: str, previous: Reply) -> str:
    """A follow-up in full: its own words and the subject before it; „Und beim OZG?“ also takes over what was asked."""
    own = [word for word in words(_OPENER.sub("", question)) if word not in _POINTERS | _LOOSE_POINTERS | _ARTICLES]
    asked_before = previous.entry.question if isinstance(previous.entry, Entry) else previous.question
    subject = [word.word for word in bundle.index.lexicon.question(asked_before) if word.weight]
    if not _QUESTION_WORDS & set(own):
        own = [word for word in words(previous.question) if word in _QUESTION_WORDS or word == "lange"] + own
    return " ".join([*own, *subject])


def _offered(reply: Reply) -> tuple[Suggestion, ...]:
    return (Suggestion(reply.entry, reply.score),) if isinstance(reply.entry, Entry) else reply.suggestions


def _stands_by(one: Entry | None, other: Entry) -> bool:
    """Whether two entries belong together: related, or of one family of ids; anything goes with None."""
    if one in (None, other) or other.id in one.related or one.id in other.related:
        return True
    return one.id.split("-")[0] == other.id.split("-")[0]
