"""What the bot says on Discord about itself."""

from __future__ import annotations

from bot.about import KNOWS, NO_LEGAL_ADVICE
from bot.channels.discord.cooldown import SECONDS_EACH
from bot.channels.discord.markdown import escaped
from bot.knowledge.model import KnowledgeBase
from bot.offers import examples
from bot.privacy import privacy_sentences

GONE = (
    "Diesen Eintrag gibt es nicht mehr; er wurde aus dem Wissen entfernt. Bitte stellen Sie Ihre Frage noch einmal"
    " oder sehen Sie mit /themen nach."
)
OUTDATED = "Diese Schaltfläche stammt aus einer früheren Fassung von mir. Bitte stellen Sie Ihre Frage noch einmal."
NONE_OF_THEM = "Gut, keine davon. Fragen Sie gern mit anderen Worten; /themen zeigt, wozu ich etwas weiß."
NOT_YOURS = "Diese Antwort kann nur löschen, wer gefragt hat."
NOT_ALLOWED = "Diesen Befehl darf nur benutzen, wer das Recht „Server verwalten“ hat."
NO_SUCH_COMMAND = "Diesen Befehl gibt es nicht mehr. /hilfe zeigt, was ich kann."
NOTHING_TO_READ = "In dieser Nachricht steht kein Text, den ich beantworten könnte."
CANNOT_READ = (
    "Ich kann Ihre Nachricht nicht lesen: Discord zeigt sie mir nur, wenn Sie mich darin erwähnen. Bitte lassen Sie"
    " beim Antworten die Erwähnung eingeschaltet oder benutzen Sie /frage."
)
TOO_MANY = (
    "Einen Moment bitte, Sie fragen schneller, als ich antworten darf. In"
    f" {round(SECONDS_EACH * 2)} Sekunden geht es weiter."
)
TOPICS = "Dazu weiß ich etwas. Wählen Sie ein Thema:"
THANKS_FOR_VOTE = "Danke für Ihre Rückmeldung."
VOTED_BEFORE = "Danke, Ihre Rückmeldung zu dieser Antwort habe ich schon."
THANKS_FOR_PROPOSAL = "Danke für Ihren Vorschlag. Er liegt jetzt bei denen, die das Wissen pflegen, und wird geprüft."
NO_JOURNAL = "Rückmeldungen werden hier nicht aufgehoben, weil das Journal abgeschaltet ist."

READS = (
    "Ich lese nur, was Sie mir sagen: mit einem Befehl, einer Erwähnung, einer Antwort auf mich oder einer"
    " Direktnachricht. Alles andere zeigt Discord mir nicht."
)
REMEMBERS = (
    "Ich merke mir Ihre letzte Frage und die letzten Antworten an Sie etwa 15 Minuten, damit ich Rückfragen verstehe,"
    " etwa einen Tag, dass Sie eine Antwort schon bewertet haben, und bis zu zwölf Stunden, was ein Kanal zuletzt für"
    " alle zu sehen bekam. Auf die Festplatte kommt davon nichts."
)
DISCORD = "Ihre Nachrichten selbst liegen bei Discord; dafür gelten die Regeln von Discord."


def help_text(knowledge: KnowledgeBase, mention: str) -> str:
    """What can be done here, with examples from the knowledge."""
    questions = "\n".join(f"• {escaped(question)}" for question in examples(knowledge))
    return (
        "Ich beantworte Fragen zur interkommunalen Zusammenarbeit aus geprüftem Wissen, immer mit Quelle und Stand."
        " Fragen Sie in eigenen Worten, auch mehreres auf einmal, zum Beispiel:\n"
        f"{questions}\n\n"
        "**/frage** beantwortet eine Frage, nur für Sie sichtbar oder mit „öffentlich“ für alle\n"
        "**/begriff** erklärt einen Begriff\n"
        "**/einstieg** führt in kurzen Stationen durch das Thema, mit einem Quiz am Ende\n"
        "**/themen** zeigt, wozu ich etwas weiß\n"
        "**/quelle** nennt die Quellen der letzten Antwort\n"
        "**/zeitleiste** zeigt als Bild, was wann war und wie lange etwas dauert\n"
        "**/spickzettel** macht aus einem Thema ein Blatt für die Sitzung\n"
        "**/vorschlag** schlägt eine Frage mit Antwort vor\n"
        "**/zuletzt** zeigt noch einmal, was in diesem Kanal zuletzt alle sahen\n"
        "**/umfrage** befragt alle im Kanal und fasst ihre Antworten zusammen\n"
        "**/datenschutz** sagt, was ich aufhebe\n\n"
        f"Oder erwähnen Sie mich ({mention}), antworten Sie auf eine meiner Nachrichten oder schreiben Sie mir direkt."
        " Rückfragen wie „Und wie lange dauert das?“ verstehe ich. Eine fremde Nachricht beantworte ich über ihr Menü:"
        f" Apps → Frage beantworten.\n\n{KNOWS} {NO_LEGAL_ADVICE}"
    )


def privacy_text(kept_days: int | None) -> str:
    """What is read, kept and forgotten; ``kept_days`` is None where nothing is kept."""
    return "\n\n".join([READS, *privacy_sentences(kept_days), REMEMBERS, DISCORD])
