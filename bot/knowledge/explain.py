"""What YAML and pydantic complain about, said in plain German for someone who writes knowledge files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from bot.knowledge.fields import ID_PATTERN, LINE_PATTERN
from bot.knowledge.model import DATE_PATTERN, MONTHS_PATTERN
from bot.knowledge.problems import nearest, quoted

Sentence = tuple[str, str]
"""What is wrong, and how to mend it."""

# What the parser says → what a curator can do about it. The first line that fits counts.
_SYNTAX = (
    (
        "mapping values are not allowed",
        "Hier steht ein Doppelpunkt, wo keiner stehen darf.",
        (
            "Enthält ein Text einen Doppelpunkt mit Leerzeichen dahinter, setzen Sie bitte den ganzen Text in"
            " Anführungszeichen. Prüfen Sie sonst die Einrückung dieser Zeile und der Zeile darüber."
        ),
    ),
    (
        "cannot start any token",
        "Ein Wert beginnt mit einem Zeichen, das in YAML eine besondere Bedeutung hat.",
        "Bitte setzen Sie den ganzen Wert in Anführungszeichen.",
    ),
    (
        "',' or",
        "In einer Aufzählung in Klammern fehlt ein Komma oder die schließende Klammer.",
        (
            "Bitte trennen Sie die Werte mit Kommas und schließen Sie die Klammer, oder setzen Sie einen Text, der mit"
            " einer Klammer beginnt, in Anführungszeichen."
        ),
    ),
    (
        "sequence entries are not allowed",
        "Hier steht ein Spiegelstrich, wo keine Liste beginnen kann.",
        "Bitte beginnen Sie die Liste in einer eigenen, eingerückten Zeile.",
    ),
    (
        "could not find expected ':'",
        "Hinter einem Schlüssel fehlt der Doppelpunkt, oder eine Textzeile ist nicht eingerückt.",
        "Bitte schreiben Sie „schlüssel: Wert“ oder rücken Sie die Fortsetzung des Textes ein.",
    ),
    (
        "end of stream",
        "Ein Anführungszeichen wird geöffnet, aber nicht wieder geschlossen.",
        "Bitte ergänzen Sie das schließende Anführungszeichen.",
    ),
    (
        "escape",
        "Hinter einem Rückstrich (\\) in doppelten Anführungszeichen steht ein unerwartetes Zeichen.",
        "Bitte verwenden Sie einfache Anführungszeichen (') um den Text.",
    ),
    (
        "alphabetic or numeric character",
        "Ein Wert beginnt mit „*“ oder „&“; das hat in YAML eine besondere Bedeutung.",
        "Bitte setzen Sie den ganzen Wert in Anführungszeichen.",
    ),
    (
        "line break",
        "Hinter „>“ oder „|“ steht in derselben Zeile noch Text.",
        "Bitte beginnen Sie den Text in der nächsten Zeile, eingerückt.",
    ),
    (
        "directive",
        "Eine Zeile beginnt mit „%“; das hat in YAML eine besondere Bedeutung.",
        "Bitte löschen Sie die Zeile oder setzen Sie den Text in Anführungszeichen.",
    ),
    (
        "document",
        "Hier beginnt etwas, das nicht zum Vorigen gehört.",
        "Bitte prüfen Sie die Einrückung und löschen Sie Zeilen, die mit „---“, „...“ oder „%“ beginnen.",
    ),
    (
        "expected",
        "Die Einrückung stimmt nicht, oder ein Anführungszeichen steht falsch.",
        (
            "Bitte bringen Sie gleichrangige Zeilen auf dieselbe Spalte und prüfen Sie die Anführungszeichen, auch in"
            " der Zeile darüber."
        ),
    ),
    (
        "",
        "Diese Zeile ist kein gültiges YAML.",
        "Bitte prüfen Sie Einrückung, Doppelpunkte und Anführungszeichen.",
    ),
)


def syntax_mistake(problem: str, character: str) -> Sentence:
    """Explain what the YAML parser says about a mistake at ``character``."""
    if "tab character" in problem or (character == "\t" and "cannot start any token" in problem):
        return "Die Zeile ist mit einem Tabulator eingerückt.", "Bitte rücken Sie nur mit Leerzeichen ein."
    return next((message, hint) for sign, message, hint in _SYNTAX if sign in problem)


def wrong_shape(error: ErrorDetails, model: type[BaseModel]) -> Sentence:
    """Explain one complaint of pydantic about a file that should look like ``model``."""
    explain = SENTENCES.get(error["type"])
    if explain is None:
        return f"{_name(error)} stimmt so nicht.", "Bitte vergleichen Sie die Angabe mit anderen Einträgen."
    return explain(error, model)


def keys_at(model: type[BaseModel], place: Iterable[str | int]) -> tuple[str, ...]:
    """The keys that are allowed at ``place`` in a file that should look like ``model``."""
    found = _model_at(model, place)
    return tuple(found.model_fields) if found else ()


def choices_at(model: type[BaseModel], place: Sequence[str | int]) -> tuple[str, ...]:
    """The words of which one must stand at ``place`` in such a file; empty where anything may."""
    found = _model_at(model, place[:-1])
    field = found.model_fields.get(str(place[-1])) if found else None
    return get_args(field.annotation) if field and get_origin(field.annotation) is Literal else ()


def _model_at(model: type[BaseModel], place: Iterable[str | int]) -> type[BaseModel] | None:
    found: type[BaseModel] | None = model
    for part in place:
        if isinstance(part, str) and found is not None:
            known = found.model_fields.get(part)
            found = _model_in(known.annotation) if known else None
    return found


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _model_in(inner))), None)


def _name(error: ErrorDetails) -> str:
    """What the complaint is about: „question“, or „variants“ (Nr. 3) for a value in a list."""
    words = [part for part in error["loc"] if isinstance(part, str)]
    if not words:
        return "Der Inhalt der Datei"
    numbers: list[str] = []
    for part in reversed(error["loc"]):
        if isinstance(part, str):
            break
        numbers.insert(0, f"Nr. {part + 1}")
    return quoted(words[-1]) + (f" ({', '.join(numbers)})" if numbers else "")


def _seen(value: object) -> str:
    if isinstance(value, str):
        return f"der Text {quoted(value)}" if value.strip() else "nichts"
    return "eine Liste" if isinstance(value, list) else "ein Block mit eigenen Schlüsseln"


def _empty(error: ErrorDetails, _: type[BaseModel]) -> Sentence:
    return f"{_name(error)} ist leer.", "Bitte tragen Sie etwas ein oder löschen Sie die Zeile."


def _missing(error: ErrorDetails, _: type[BaseModel]) -> Sentence:
    key = error["loc"][-1]
    return f"{_name(error)} fehlt.", f"Bitte ergänzen Sie hier eine Zeile „{key}: …“."


def _unknown(error: ErrorDetails, model: type[BaseModel]) -> Sentence:
    key, known = str(error["loc"][-1]), keys_at(model, error["loc"][:-1])
    meant = nearest(key, known)
    hint = f"Meinten Sie {quoted(meant)}?" if meant else f"Erlaubt sind hier: {', '.join(known)}."
    return f"Den Schlüssel {quoted(key)} gibt es hier nicht.", hint


def _no_text(error: ErrorDetails, _: type[BaseModel]) -> Sentence:
    hint = (
        "Bitte lassen Sie Spiegelstriche und eckige Klammern weg oder setzen Sie den ganzen Text in Anführungszeichen."
        if isinstance(error["input"], list)
        else "Enthält der Text einen Doppelpunkt oder geschweifte Klammern, setzen Sie ihn bitte ganz in"
        " Anführungszeichen."
    )
    return f"{_name(error)} muss ein Text sein; hier steht {_seen(error['input'])}.", hint


def _no_list(error: ErrorDetails, model: type[BaseModel]) -> Sentence:
    if error["input"] == "":
        return _empty(error, model)
    return (
        f"{_name(error)} muss eine Liste sein; hier steht {_seen(error['input'])}.",
        "Bitte schreiben Sie jeden Wert in eine eigene Zeile, eingerückt und mit „- “ davor.",
    )


def _no_block(error: ErrorDetails, model: type[BaseModel]) -> Sentence:
    keys = ", ".join(keys_at(model, error["loc"]))
    return (
        f"{_name(error)} muss aus Zeilen der Form „schlüssel: Wert“ bestehen; hier steht {_seen(error['input'])}.",
        f"Erlaubt sind hier: {keys}.",
    )


def _too_long(error: ErrorDetails, _: type[BaseModel]) -> Sentence:
    limit, length = error["ctx"]["max_length"], len(error["input"].strip())
    return (
        f"{_name(error)} ist zu lang: {length} Zeichen, erlaubt sind {limit}.",
        f"Bitte kürzen Sie den Text um mindestens {length - limit} Zeichen.",
    )


def _too_few(error: ErrorDetails, _: type[BaseModel]) -> Sentence:
    need, there = error["ctx"]["min_length"], len(error["input"])
    if error["loc"][-1] == "entries":
        return (
            "Die Liste „entries“ ist leer; ein Thema braucht mindestens einen Eintrag.",
            "Bitte ergänzen Sie einen Eintrag mit id, question, answer und source, oder löschen Sie die Datei.",
        )
    hint = (
        "Bitte ergänzen Sie ein Wort gleicher Bedeutung oder löschen Sie die Gruppe."
        if {"groups", "spellings"} & set(error["loc"])
        else "Bitte ergänzen Sie, was fehlt; wird nichts davon gebraucht, löschen Sie die ganze Datei."
    )
    return f"{_name(error)} hat zu wenige Werte: {there}, nötig sind mindestens {need}.", hint


def _too_many(error: ErrorDetails, _: type[BaseModel]) -> Sentence:
    limit, there = error["ctx"]["max_length"], len(error["input"])
    return (
        f"{_name(error)} hat zu viele Werte: {there}, erlaubt sind höchstens {limit}.",
        "Bitte löschen Sie, was zu viel ist.",
    )


def _wrong_form(error: ErrorDetails, model: type[BaseModel]) -> Sentence:
    if not error["input"].strip():
        return _empty(error, model)
    says, hint = _FORMS[error["ctx"]["pattern"]]
    return f"{_name(error)} {says}: {quoted(error['input'])}.", hint


def _no_day(error: ErrorDetails, _: type[BaseModel]) -> Sentence:
    return (
        f"{_name(error)} nennt einen Tag, den es im Kalender nicht gibt: {quoted(error['input'])}.",
        "Bitte prüfen Sie Jahr, Monat und Tag.",
    )


def _no_word(error: ErrorDetails, _: type[BaseModel]) -> Sentence:
    return (
        f"{_name(error)} enthält kein Wort aus lateinischen Buchstaben oder Ziffern: {quoted(error['input'])}.",
        "Bitte schreiben Sie die Frage in Worten.",
    )


def _too_many_sentences(error: ErrorDetails, _: type[BaseModel]) -> Sentence:
    most = error["ctx"]["most"]
    allowed, hint = (
        ("ist einer", "Bitte kürzen Sie auf einen Satz; mehr sagt der Eintrag.")
        if most == 1
        else (f"sind {most}", "Bitte kürzen Sie die Antwort, oder verteilen Sie den Inhalt auf mehrere Einträge.")
    )
    return f"{_name(error)} hat {error['ctx']['sentences']} Sätze; erlaubt {allowed}.", hint


def _not_that_exact(error: ErrorDetails, _: type[BaseModel]) -> Sentence:
    return (
        f"Das Datum {quoted(error['input']['date'])} ist ungenauer als die Angabe „precision: "
        f"{error['input']['precision']}“.",
        "Bitte ergänzen Sie Monat oder Tag, oder wählen Sie „year“ oder „month“.",
    )


def _backwards(error: ErrorDetails, _: type[BaseModel]) -> Sentence:
    return (
        f"Bei „months: {error['input']['months']}“ ist die längste Dauer kürzer als die kürzeste.",
        "Bitte schreiben Sie die kleinere Zahl zuerst.",
    )


def _no_choice(error: ErrorDetails, _: type[BaseModel]) -> Sentence:
    choices = re.findall(r"'([^']*)'", error["ctx"]["expected"])
    meant = nearest(error["input"], choices) if isinstance(error["input"], str) else None
    return (
        f"{_name(error)} hat einen unbekannten Wert; hier steht {_seen(error['input'])}.",
        f"Meinten Sie {quoted(meant)}?" if meant else f"Erlaubt sind: {', '.join(choices)}.",
    )


def sources_mistake(both: bool) -> Sentence:
    """Explain an entry that names its source in both ways, or in none."""
    if both:
        return (
            "Der Eintrag nennt seine Quelle zweimal: mit „source“ und mit „sources“.",
            "Bitte löschen Sie eine der beiden Angaben.",
        )
    return (
        "Der Eintrag nennt keine Quelle.",
        "Bitte ergänzen Sie „source: …“ mit der Kennung einer Quelle aus sources.yaml.",
    )


def _wrong_sources(error: ErrorDetails, _: type[BaseModel]) -> Sentence:
    return sources_mistake(both=bool(error["input"].get("source")))


def _wrong_dates(error: ErrorDetails, _: type[BaseModel]) -> Sentence:
    if error["input"].get("date"):
        return (
            "Die Quelle hat ein Datum und dazu „accessed“.",
            "Bitte löschen Sie „accessed“; das Datum der Quelle genügt.",
        )
    return (
        "Die Quelle hat kein Datum.",
        "Bitte ergänzen Sie „date: …“ oder, wo sie keines nennt, „accessed: …“ mit dem Tag, an dem Sie sie lasen.",
    )


_FORMS: Mapping[str, Sentence] = {
    ID_PATTERN: (
        "ist keine gültige Kennung",
        "Erlaubt sind kleine Buchstaben ohne Umlaute, Ziffern und einzelne Bindestriche, zum Beispiel „motive-kosten“.",
    ),
    DATE_PATTERN: (
        "ist kein Datum in der richtigen Form",
        "Bitte schreiben Sie das Datum als JJJJ, JJJJ-MM oder JJJJ-MM-TT, zum Beispiel „2020-11-12“.",
    ),
    MONTHS_PATTERN: (
        "ist keine Dauer in Monaten",
        "Bitte schreiben Sie eine Zahl oder zwei mit Bindestrich, zum Beispiel 12 oder 18-24.",
    ),
    LINE_PATTERN: (
        "darf nur eine einzige Zeile haben",
        "Bitte fassen Sie den Text zu einer Zeile zusammen oder schreiben Sie „>-“ statt „|“ davor.",
    ),
}

SENTENCES: Mapping[str, Callable[[ErrorDetails, type[BaseModel]], Sentence]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "string_type": _no_text,
    "string_too_short": _empty,
    "string_too_long": _too_long,
    "string_pattern_mismatch": _wrong_form,
    "tuple_type": _no_list,
    "model_type": _no_block,
    "too_many_sentences": _too_many_sentences,
    "too_short": _too_few,
    "too_long": _too_many,
    "literal_error": _no_choice,
    "no_such_day": _no_day,
    "no_word": _no_word,
    "not_that_exact": _not_that_exact,
    "backwards": _backwards,
    "one_kind_of_source": _wrong_sources,
    "one_kind_of_date": _wrong_dates,
}
"""Every type of complaint the model can lead to; a test goes through them."""
