"""Seeded German phrasings and questions for speed benchmarks: as many as wanted, and distributed like real ones.

Words follow Pitman–Yor processes (Pitman and Yor 1997): their frequencies are Zipf's, and the vocabulary grows like
about the 0.6th power of the text (Heaps 1978), as it does in real question bases. Only the form matters, so a base is
plain data without answers, and the sentences need not make sense.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Generic, NamedTuple, TypeVar

from bot.curation.perturb import PERTURBATIONS
from bot.text import fold, is_function_word

GeneratedBase = list[tuple[str, list[str]]]
"""Entry ids, each with its phrasings."""

PER_ENTRY = 4, 12
"""How many phrasings an entry has, at least and at most; 8 on average."""

DISCOUNT, STRENGTH = 0.45, 300.0
"""Of the processes: the exponent with which a vocabulary grows in the end, and how many different words it starts with.

From 1 k to 100 k phrasings the whole vocabulary then grows with an exponent of 0.64; real bases of up to 3,500
phrasings had 0.57 to 0.63, and a third more words at 1 k."""

PERTURBED = ("one_typo", "two_typos", "small_words_dropped")
"""How the questions that repeat a phrasing differ from it."""

Word = TypeVar("Word")


def generated_base(phrasings: int, seed: int) -> GeneratedBase:
    """Entries with so many different phrasings in total; a smaller base with the same seed is the start of a larger."""
    language = _Language(random.Random(seed))
    rng = random.Random(seed + 1)
    base: GeneratedBase = []
    asked: set[str] = set()
    while len(asked) < phrasings:
        count = min(rng.randint(*PER_ENTRY), phrasings - len(asked))
        matter = _Matter(language, random.Random(rng.getrandbits(64)))
        texts: list[str] = []
        while len(texts) < count:
            text = matter.phrasing()
            if text not in asked:
                asked.add(text)
                texts.append(text)
        base.append((f"entry-{len(base) + 1:06}", texts))
    return base


def generated_questions(base: GeneratedBase, count: int, seed: int) -> list[str]:
    """Questions to a base: every other one a phrasing with errors, the rest words of several phrasings in one."""
    rng = random.Random(seed)
    phrasings = [text for _, texts in base for text in texts]
    questions = []
    for n in range(count):
        text = rng.choice(phrasings)
        if n % 2:
            questions.append(_combined(text, phrasings, rng))
        else:
            questions.append(PERTURBATIONS[rng.choice(PERTURBED)](text, rng))
    return questions


def _combined(text: str, phrasings: Sequence[str], rng: random.Random) -> str:
    """The phrasing with at least one content word, and half of all, from other phrasings; nouns stay nouns."""
    content = list(filter(_is_content, re.finditer(r"\w+", text)))
    if not content:
        return text
    sure = rng.choice(content)
    for word in reversed(content):
        if word is sure or rng.random() < 0.5:
            others = [other[0] for other in re.finditer(r"\w+", rng.choice(phrasings)) if _is_content(other)]
            alike = [other for other in others if other[0].isupper() == word[0][0].isupper()]
            text = text[: word.start()] + rng.choice(alike or [word[0]]) + text[word.end() :]
    return text


def _is_content(word: re.Match[str]) -> bool:
    return len(word[0]) > 3 and not is_function_word(fold(word[0]))


class _Vocabulary(Generic[Word]):
    """Words drawn again the more often the more often they were drawn before, and new ones from ``coined``."""

    def __init__(self, rng: random.Random, coined: Iterator[Word]) -> None:
        self._rng = rng
        self._coined = coined
        self._words: list[Word] = []
        self._counts: list[int] = []
        self._drawn: list[int] = []

    def draw(self) -> Word:
        """A word: new with probability ``(STRENGTH + DISCOUNT × words) / (STRENGTH + draws)``."""
        random, drawn, counts = self._rng.random, self._drawn, self._counts
        if random() * (len(drawn) + STRENGTH) < STRENGTH + DISCOUNT * len(counts):
            which = len(counts)
            self._words.append(next(self._coined))
            counts.append(0)
        else:
            which = drawn[int(random() * len(drawn))]
            while random() * counts[which] < DISCOUNT:
                which = drawn[int(random() * len(drawn))]
        counts[which] += 1
        drawn.append(which)
        return self._words[which]


class _Noun(NamedTuple):
    word: str
    gender: str
    """``m``, ``f`` or ``n``."""


class _Language:
    """What all entries of a base draw their words from."""

    def __init__(self, rng: random.Random) -> None:
        self.nouns = _Vocabulary(rng, _nouns(rng))
        self.verbs = _Vocabulary(rng, _verbs(rng))
        self.adjectives = _Vocabulary(rng, _adjectives(rng))
        self.places = _Vocabulary(rng, _places(rng))


class _Matter:
    """What one entry is about; it fills the slots of a sentence pattern, each time a little differently.

    ``{der}``, ``{den}``, ``{dem}``: the matter with an article in three cases; ``{das}``: without one; the same with
    a 2: what else it is about; ``{tun}``: a verb; ``{Ort}``: a place.
    """

    def __init__(self, language: _Language, rng: random.Random) -> None:
        self._language = language
        self._rng = rng
        self._patterns = rng.choices(_PATTERNS, _ZIPF)[0]
        # Each with a second word that people say instead.
        self._first = language.nouns.draw(), language.nouns.draw()
        self._second = language.nouns.draw(), language.nouns.draw()
        self._verb = language.verbs.draw()
        self._place = language.places.draw()
        self._adjective = language.adjectives.draw() if rng.random() < 0.3 else ""

    def phrasing(self) -> str:
        """One way to ask."""
        chance = self._rng.random
        text = self._rng.choice(self._patterns)
        if chance() < 0.25:
            mark = "?" if text.endswith("?") else ""
            text = text.removesuffix("?") + self._rng.choice(_DETAILS) + mark
        text = text.format_map(self)
        if chance() < 0.1:
            text = f"{self._rng.choice(_COURTESIES)} {text}"
        return text.lower().removesuffix("?") if chance() < 0.15 else text

    def __getitem__(self, slot: str) -> str:
        if slot == "tun":
            return self._language.verbs.draw() if self._rng.random() < 0.15 else self._verb
        if slot == "Ort":
            return self._language.places.draw() if self._rng.random() < 0.1 else self._place
        case, is_second = slot.removesuffix("2"), slot.endswith("2")
        noun = self._noun(self._second if is_second else self._first)
        article, ending = self._rng.choices(_ENDINGS[case][noun.gender], (6, 3, 1))[0]
        adjective = self._attribute("" if is_second else self._adjective)
        return " ".join(filter(None, (article, adjective and adjective + ending, noun.word)))

    def _noun(self, nouns: tuple[_Noun, _Noun]) -> _Noun:
        chance = self._rng.random()
        return self._language.nouns.draw() if chance < 0.15 else nouns[chance < 0.35]

    def _attribute(self, usual: str) -> str:
        chance = self._rng.random()
        return self._language.adjectives.draw() if chance < 0.04 else usual if chance < 0.5 else ""


def _nouns(rng: random.Random) -> Iterator[_Noun]:
    """The base nouns, then without end compounds of two or three of them, and unheard-of ones."""
    base = [_Noun(word, gender) for gender, text in _NOUNS.items() for word in text.split()]
    rng.shuffle(base)
    yield from base
    known = {noun.word for noun in base}
    while True:
        if rng.random() < 0.2:
            noun = _Noun(_syllables(rng, 2).capitalize() + rng.choice(("ung", "er", "e", "ie")), rng.choice("mfn"))
        else:
            parts = [base[int(len(base) * rng.random() ** 2)] for _ in range(2 if rng.random() < 0.85 else 3)]
            word = "".join(map(_linked, (noun.word for noun in parts[:-1]))) + parts[-1].word
            noun = _Noun(word.capitalize(), parts[-1].gender)
        if noun.word not in known:
            known.add(noun.word)
            yield noun


def _linked(word: str) -> str:
    """A compound's first part with its linking letter: ``Leitungs``, ``Straßen``."""
    if word.endswith(("ung", "heit", "keit", "ion", "schaft", "tät")):
        return word + "s"
    return word + "n" if word.endswith("e") else word


def _verbs(rng: random.Random) -> Iterator[str]:
    """The base verbs, then those with other prefixes, then unheard-of ones."""
    base = _shuffled(_VERBS, rng)
    stems = [prefix + verb for prefix in _PREFIXES.split() for verb in base if not verb.startswith(prefix)]
    rng.shuffle(stems)
    return _once(chain(base, stems[:400], (_syllables(rng, 2) + "en" for _ in iter(int, 1))))


def _adjectives(rng: random.Random) -> Iterator[str]:
    """The base adjectives, then those made of a noun and an ending."""
    nouns = [_linked(word).lower() for text in _NOUNS.values() for word in text.split()]
    endings = "frei pflichtig gerecht bezogen abhängig fähig reich arm bedingt nah".split()
    made = (rng.choice(nouns) + rng.choice(endings) for _ in range(5000))
    return _once(chain(_shuffled(_ADJECTIVES, rng), made, (_syllables(rng, 2) + "isch" for _ in iter(int, 1))))


def _places(rng: random.Random) -> Iterator[str]:
    endings = "hausen dorf heim feld burg stedt ingen au bach berg tal brück".split()
    return _once(_syllables(rng, rng.choice((1, 2))).capitalize() + rng.choice(endings) for _ in iter(int, 1))


def _syllables(rng: random.Random, count: int) -> str:
    onsets, cores, codas = (text.split() for text in (_ONSETS, _CORES, _CODAS))
    return "".join(rng.choice(onsets) + rng.choice(cores) + rng.choice(codas) for _ in range(count))


def _shuffled(text: str, rng: random.Random) -> list[str]:
    found = text.split()
    rng.shuffle(found)
    return found


def _once(coined: Iterator[str]) -> Iterator[str]:
    known: set[str] = set()
    for word in coined:
        if word not in known:
            known.add(word)
            yield word


_ENDINGS = {
    # Article and adjective ending: definite, indefinite, of my own.
    "der": {
        "m": (("der", "e"), ("ein", "er"), ("mein", "er")),
        "f": (("die", "e"), ("eine", "e"), ("meine", "e")),
        "n": (("das", "e"), ("ein", "es"), ("mein", "es")),
    },
    "den": {
        "m": (("den", "en"), ("einen", "en"), ("meinen", "en")),
        "f": (("die", "e"), ("eine", "e"), ("meine", "e")),
        "n": (("das", "e"), ("ein", "es"), ("mein", "es")),
    },
    "dem": {
        "m": (("dem", "en"), ("einem", "en"), ("meinem", "en")),
        "f": (("der", "en"), ("einer", "en"), ("meiner", "en")),
        "n": (("dem", "en"), ("einem", "en"), ("meinem", "en")),
    },
    "das": {
        "m": (("", "er"),) * 3,
        "f": (("", "e"),) * 3,
        "n": (("", "es"),) * 3,
    },
}

_PATTERNS = tuple(
    tuple(filter(None, (line.strip() for line in block.splitlines())))
    for block in """
    Wie kann ich {den} {tun}?
    Wie können wir {den} {tun}?
    Wo kann man {den} {tun}?
    Was muss ich wissen, wenn ich {den} {tun} will?
    {das} {tun}
    Ich möchte {den} {tun}, wie geht das?
    Anleitung {das} {tun}

    Was kostet {der}?
    Wie hoch sind die Kosten für {den}?
    Wie teuer ist {der} mit {dem2}?
    Preis {das}
    Muss ich für {den} etwas bezahlen?
    {das} kostenlos {tun}?
    Gibt es {den} umsonst?

    Wann beginnt {der}?
    Ab wann kann ich {den} {tun}?
    Um wie viel Uhr öffnet {der}?
    {das} Uhrzeit
    Wann hat {der} in {Ort} geöffnet?
    Zu welchen Zeiten kann man {den} {tun}?
    Öffnungszeiten {das}

    Was ist {der}?
    Was bedeutet {das}?
    Was versteht man unter {dem}?
    {das} Definition
    Können Sie mir {den} erklären?
    Wofür brauche ich {den}?
    Was ist der Unterschied zwischen {dem} und {dem2}?

    Wer kann {den} {tun}?
    Wer ist für {den} zuständig?
    Wen frage ich wegen {dem}?
    An wen wende ich mich mit {dem}?
    Zuständigkeit {das}
    Ansprechpartner {das} {Ort}
    Wer kümmert sich in {Ort} um {den}?

    Wo finde ich {den}?
    Wo ist {der} in {Ort}?
    {das} {Ort}
    Wohin muss ich mit {dem}?
    In welchem Gebäude ist {der}?
    Wie komme ich zu {dem}?
    Adresse {das}

    Wie lange dauert {der}?
    Wie lange muss ich auf {den} warten?
    Dauer {das}
    Wie viele Tage braucht {der}?
    Bis wann muss ich {den} {tun}?
    Frist {das} {das2}
    Wie lange gilt {der}?

    Kann ich {den} auch ohne {den2} {tun}?
    Geht {der} ohne {den2}?
    Brauche ich für {den} {den2}?
    Ist {der2} für {den} nötig?
    {das} ohne {das2}
    Muss ich {den2} haben, wenn ich {den} {tun} will?
    Reicht {der2} für {den}?

    Welche Unterlagen brauche ich für {den}?
    Was muss ich zu {dem} mitbringen?
    Unterlagen {das}
    Welche Papiere verlangt {der}?
    Brauche ich {den2}, wenn ich {den} {tun} will?
    Liste {das} {das2}

    Darf ich {den} {tun}?
    Ist es erlaubt, dass wir {den} {tun}?
    Ist {der} verboten?
    {das} erlaubt
    Dürfen wir {den} selbst {tun}?
    Was passiert, wenn ich {den} nicht {tun} darf?

    Warum ist {der} nicht wie {der2}?
    Warum kann ich {den} nicht {tun}?
    Wieso funktioniert {der} nicht?
    {das} geht nicht
    Weshalb wurde {der} abgelehnt?
    {das} Problem mit {dem2}
    Was mache ich, wenn {der} kaputt ist?

    Gibt es {den} auch in {Ort}?
    Habt ihr {den}?
    Bieten Sie {den} mit {dem2} an?
    Ist {der} noch verfügbar?
    {das} verfügbar
    Kann ich bei euch {den} {tun}?

    Kann ich {den} online {tun}?
    {das} online
    Gibt es {den} im Internet?
    Muss ich persönlich kommen, wenn ich {den} {tun} will?
    Formular {das} herunterladen
    Wo kann ich {den} digital {tun}?

    Wie viele Leute nutzen {den}?
    Wie groß ist {der}?
    Wie oft muss man {den} {tun}?
    Anzahl {das} {Ort}
    Wie viel {das} gibt es in {Ort}?
    Wie hoch ist der Anteil von {dem2} an {dem}?

    Wer bezahlt {den}?
    Gibt es für {den} einen Zuschuss?
    Wer fördert {den} in {Ort}?
    Zuschuss {das}
    Bekomme ich Geld für {den}?
    Wie kann ich einen Zuschuss für {den} {tun}?

    Wie kann ich {den} absagen?
    Ich will {den} nicht mehr {tun}
    Kündigung {das}
    Wie werde ich {den} wieder los?
    Kann man {den} rückgängig machen?
    {das} absagen wegen {dem2}

    Was sind die Vorteile von {dem}?
    Lohnt sich {der}?
    Vorteile {das} {das2}
    Was bringt mir {der}?
    Ist {der} besser als {der2}?
    Welche Erfahrungen gibt es mit {dem} in {Ort}?

    Was hat {der} mit {dem2} zu tun?
    Wie hängen {der} und {der2} zusammen?
    {das} und {das2}
    Welche Rolle spielt {der2} bei {dem}?
    Verändert {der2} {den}?
    Hat {der} Einfluss auf {den2}?
    """.split("\n\n")
)
"""Blocks of ways to ask for the same; the first are asked for most."""

_ZIPF = [1 / rank for rank in range(3, len(_PATTERNS) + 3)]

_DETAILS = (
    " in {Ort}", " bei {dem2}", " für {den2}", " mit {dem2}", " aus {Ort}", " am Wochenende", " und {den2}",
    " wegen {dem2}", " nach {dem2}", " in diesem Jahr", " und wie kann ich {den2} {tun}", " von {Ort} nach {Ort}",
)  # fmt: skip

_COURTESIES = "Hallo,", "Kurze Frage:", "Sagen Sie mal:", "Guten Tag!", "Ich wüsste gern:", "Bitte:", "Noch was:"

_NOUNS = {
    "m": """
    Abend Abschluss Antrag Anschluss Anspruch Apfel Arzt Aufenthalt Auftrag Ausflug Ausweis Automat Bahnhof Balkon
    Baum Beirat Beitrag Berater Bericht Beruf Bescheid Besuch Betrag Betrieb Bezirk Brief Brunnen Bürger Bus Chor
    Dienst Druck Einkauf Einsatz Eintritt Empfang Erfolg Fahrplan Fahrer Fehler Film Flug Fluss Friedhof Garten Gast
    Gewinn Grund Gutschein Hafen Handel Haushalt Hof Hund Kalender Keller Koch Kreis Kunde Kurs Laden Lehrer Lohn
    Markt Meister Mieter Müll Name Nachbar Nachweis Park Pass Plan Platz Preis Rabatt Rat Raum Rechner Reifen Rucksack
    Saal Schlüssel Schüler Schutz See Sport Stoff Strom Tarif Teppich Termin Tisch Titel Turm Umzug Unfall Unterricht
    Urlaub Verein Verkehr Vertrag Vorstand Wagen Wald Weg Wein Wohnort Zahn Zaun Zug Zuschlag Zweck
    """,
    "f": """
    Abgabe Absage Achse Adresse Akte Ampel Analyse Anmeldung Anzeige Arbeit Aufgabe Auskunft Bank Beratung Berechnung
    Bestellung Bibliothek Brücke Bühne Datei Decke Dose Einladung Energie Erlaubnis Fahrt Familie Farbe Feier Flasche
    Förderung Frage Gebühr Gemeinde Genehmigung Geschichte Gruppe Halle Haltestelle Heizung Hilfe Insel Jacke Jugend
    Kamera Karte Kasse Kirche Klasse Kleidung Klinik Kontrolle Kosten Krankheit Küche Lampe Leitung Liste Lösung
    Mannschaft Maschine Mauer Meldung Messe Miete Musik Nachricht Nummer Ordnung Party Pflanze Pflege Planung Praxis
    Prüfung Quelle Rechnung Regel Reise Rente Reparatur Rolle Sammlung Schule Seite Sitzung Sprache Stadt Steuer
    Straße Stunde Suche Tasche Technik Treppe Tür Übung Umfrage Unterschrift Verbindung Verpackung Versicherung
    Verwaltung Wahl Ware Wäsche Werkstatt Wiese Wohnung Zahlung Zeitung Zone Zulassung
    """,
    "n": """
    Amt Angebot Archiv Auto Bad Band Bett Bild Blatt Boot Brot Buch Büro Dach Datum Denkmal Dokument Dorf Ende
    Ergebnis Essen Fach Fahrrad Fenster Fest Feuer Formular Foto Gas Gebäude Gebiet Gehalt Geld Gepäck Gerät Gericht
    Geschenk Gesetz Gewässer Glas Handy Haus Heft Heim Holz Hotel Instrument Jahr Kabel Kind Kino Kleid Klima Konto
    Konzert Lager Land Leben Licht Lied Material Medikament Meer Möbel Modell Museum Netz Objekt Paket Papier Passwort
    Pferd Programm Projekt Protokoll Radio Rathaus Recht Regal Rezept Schiff Schild Schloss Seminar Spiel Studium
    System Team Telefon Theater Ticket Tier Tor Training Ufer Video Wasser Werk Wetter Zelt Zentrum Zeugnis Ziel
    Zimmer
    """,
}

_VERBS = """
abholen abmelden ändern anbieten anfordern anmelden annehmen ansehen aufbauen ausdrucken ausfüllen ausleihen bauen
beantragen bearbeiten beenden befestigen begleiten behalten beladen benutzen berechnen besichtigen besorgen bestellen
besuchen betreiben bezahlen buchen drehen drucken einrichten einsetzen entsorgen erhalten erneuern eröffnen erreichen
fahren feiern finden fördern führen gießen gründen heizen holen installieren kaufen kleben kochen laden leihen lesen
liefern lernen löschen malen melden messen mieten mischen nähen nutzen öffnen ordnen packen parken pflanzen planen
prüfen putzen reinigen reparieren rufen schicken schließen schneiden schreiben schützen senden sichern sperren spielen
starten stempeln tauschen teilen tragen übernehmen umbauen unterschreiben verkaufen verlängern verschenken versenden
waschen wechseln werfen zählen zeichnen zeigen ziehen
"""

_PREFIXES = "ab an auf aus be durch ein ent er mit nach um unter ver vor weiter zer zurück zusammen"

_ADJECTIVES = """
alt amtlich aktuell allgemein alternativ befristet bequem billig blau breit bunt deutlich dick digital doppelt
dringend dünn ehrenamtlich eilig elektrisch elektronisch endgültig eng fertig fest flach frei fremd frisch gebraucht
geheim gelb gemeinsam genau gesund gewerblich glatt groß grün günstig gültig hell international jährlich jung kalt
kaputt klein kommunal kurz lang langsam laut leer leicht leise letzt lokal mobil modern monatlich mündlich nächst nass
neu nett notwendig offen öffentlich online passend persönlich privat regelmäßig regional reich rot ruhig rund sauber
schnell schriftlich schwer sicher städtisch stark steil täglich technisch tief trocken vegetarisch verloren voll
vorläufig warm weich weit wichtig wöchentlich zusätzlich
"""

_ONSETS = "b br d dr f fl fr g gl gr h j k kl kn kr l m n p pf pl r s sch schl schm schn schw sp st str t tr v w z"
_CORES = "a e i o u ä ö ü au ei ie eu a e i o"
_CODAS = "b ch ck d ff g hl hn ld lk ll lm ln ls lt m mm mp n nd ng nk nn nt p r rb rd rg rk rm rn rt s sch ss st t tz"
