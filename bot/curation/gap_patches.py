"""What a curator can do about a gap at once: a command, lines for a knowledge file, a draft, a point for an agenda."""

from __future__ import annotations

import re
import shlex
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from bot.answers import Bundle
from bot.curation.drafts import Draft, DraftFile, drafts_text
from bot.curation.gaps import Advice, Cluster, Kind
from bot.curation.propose import draft_id
from bot.curation.splice import whole
from bot.curation.teaching import phrasing
from bot.knowledge.consistency import same_words
from bot.knowledge.model import MAX_QUESTION, Entry, KnowledgeBase, Source, first_sentence
from bot.origins import stand
from bot.search.lexicon import Lexicon
from bot.text import stem, words
from bot.typed_text import counted, printable, quoted

PHRASINGS = 5
"""So many phrasings are proposed at once; more of one kind add little."""

TWICE = 2
"""What was asked less often is worth a line, but no draft."""

KEYWORDS = 3
QUOTED = 10
"""So many questions stand above a draft."""

_PLAIN = re.compile(r"""[^"$`\\!%]*""")
"""What every command line takes as it is between double quotes."""

_WORD = re.compile(r"[^\W\d_]{3,}(?:-[^\W\d_]+)*")


def phrasings(bundle: Bundle, cluster: Cluster) -> list[str]:
    """The questions of a group that can become phrasings of its entry, or of a new one; the typical one first."""
    entry = cluster.nearest if cluster.advice is Advice.PHRASING else None
    found: dict[str, str] = {}
    for asked in (cluster.typical, *cluster.questions):
        if len(found) < PHRASINGS and (text := phrasing(bundle, asked.question, entry)):
            found.setdefault(same_words(text), text)
    return list(found.values())


def teach_line(question: str, what: str) -> str:
    """The command that teaches a question; ``what`` is an id or an option."""
    text = printable(question)
    return f"ikz-bot teach {f'{chr(34)}{text}{chr(34)}' if _PLAIN.fullmatch(text) else shlex.quote(text)} {what}"


def variants_patch(knowledge: KnowledgeBase, entry: Entry, texts: Iterable[str]) -> str:
    """Lines for an entry's list of phrasings, below a comment that says where it stands."""
    head = f"# {knowledge.where[entry.id]}, beim Eintrag {entry.id} ergänzen:"
    return whole(head, {"variants": list(texts)}).decode()


def draft_file(bundle: Bundle, clusters: Iterable[Cluster], today: date) -> str:
    """A draft file for the groups that need an entry of their own, as ``ikz-bot adopt`` takes it.

    Where the answers will come from is not known yet: its source is one to be filled in.
    """
    source = Source(
        id=source_id(today),
        kind="werkstatt",
        title="Bitte ergänzen: woher die Antworten stammen",
        short=None,
        publisher="Bitte ergänzen",
        date=today.isoformat(),
        address=None,
    )
    drafts: list[Draft] = []
    wordings: list[str] = []
    taken = {entry.id for entry in (*bundle.knowledge.entries, *bundle.knowledge.smalltalk)}
    for cluster in clusters:
        drafts.append(_draft(bundle, cluster, taken))
        wordings.append(_wording(cluster))
        taken.add(drafts[-1].id)
    return drafts_text(DraftFile(source=source, document=f"{source.id}.md", drafts=tuple(drafts)), wordings)


def source_id(today: date) -> str:
    """The id of the source of the drafts for gaps."""
    return f"luecken-{today.isoformat()}"


def _draft(bundle: Bundle, cluster: Cluster, taken: Collection[str]) -> Draft:
    keywords = _keywords(bundle.index.lexicon, cluster)
    question = " ".join(cluster.typical.question.split())
    others = [text for text in phrasings(bundle, cluster) if same_words(text) != same_words(question)]
    return Draft(
        id=draft_id(None, keywords, taken),
        question=first_sentence(question, MAX_QUESTION),
        variants=tuple(others),
        keywords=keywords,
    )


def _keywords(lexicon: Lexicon, cluster: Cluster) -> tuple[str, ...]:
    """The rarest words that many of the questions share, as they are spelled most often, with capitals if ever."""
    weights: defaultdict[str, float] = defaultdict(float)
    spellings: dict[str, Counter[str]] = {}
    for asked in cluster.questions:
        telling = {stem(part): word.weight for word in lexicon.question(asked.question) for part in word.word.split()}
        for written in dict.fromkeys(_WORD.findall(asked.question)):
            own = words(written)
            key = stem(own[-1]) if own else ""
            if telling.get(key):
                weights[key] += telling[key] * asked.total
                spellings.setdefault(key, Counter())[written[:60]] += asked.total
    best = sorted(weights, key=lambda key: (-weights[key], key))[:KEYWORDS]
    return tuple(
        max(sorted(spellings[key]), key=lambda text: (text[0].isupper(), spellings[key][text])) for key in best
    )


def _wording(cluster: Cluster) -> str:
    told = [f"{asked.total}-mal: {' '.join(asked.question.split())}" for asked in cluster.questions[:QUOTED]]
    more = len(cluster.questions) - QUOTED
    told += [f"und {counted(more, 'weitere Frage', 'weitere Fragen')}"] if more > 0 else []
    return "\n".join(["Gefragt wurde:", *told, *proposal_lines(cluster)])


def proposal_lines(cluster: Cluster) -> list[str]:
    """What people propose as an answer, unchecked, and where they have it from; each on one line."""
    return [
        f"Vorgeschlagen wurde: {' '.join(answer.split())} (Quelle: {' '.join(source.split()) or 'keine genannt'})"
        for asked in cluster.questions
        for answer, source in asked.proposals
    ]


def remark_lines(cluster: Cluster) -> list[str]:
    """What people missed in the answer, each on one line."""
    return [f"Vermisst wurde: {' '.join(text.split())}" for asked in cluster.questions for text in asked.remarks]


def agenda_line(knowledge: KnowledgeBase, cluster: Cluster) -> str:
    """A point for the agenda of the next workshop."""
    return f"Für die nächste Werkstatt: {_point(knowledge, cluster)}"


def _point(knowledge: KnowledgeBase, cluster: Cluster) -> str:
    asked = quoted(cluster.typical.question)
    often = f"{cluster.total}-mal"
    if cluster.advice is Advice.NEW_ENTRY or cluster.nearest is None:
        answered = cluster.counts[Kind.UNANSWERED] + cluster.counts[Kind.NOT_PICKED] < cluster.total
        return (
            f"Was gilt hier? {asked} ({often} gefragt, {'noch nicht gut' if answered else 'bisher nicht'} beantwortet)"
        )
    entry = quoted(cluster.nearest.question)
    if cluster.advice is Advice.REVISE:
        return f"Was fehlt der Antwort auf {entry}? ({often} nicht hilfreich, etwa bei {asked})"
    since = stand(knowledge, cluster.nearest)
    return f"Gilt die Antwort auf {entry} noch ({since})? Gefragt wird auch so: {asked} ({often})"


def new_entries(clusters: Iterable[Cluster]) -> list[Cluster]:
    """The groups that need an entry of their own and were asked more than once."""
    return [cluster for cluster in clusters if cluster.advice is Advice.NEW_ENTRY and cluster.total >= TWICE]
