"""The protocol of a workshop that never was, and what must be found in it.

Each line is one block: its mark, then its sentences, divided by „ | “. ``= NAME =>`` is a heading with the section an
entry would cite; ``-``, ``--`` and ``---`` are bullets; ``:`` is a line of the head; ``¶`` a paragraph. A question that
is answered is no statement of its own: it has a ``?`` behind its mark, and so has a sentence that only announces what
follows. „~“ is a place where a word may be divided.
"""

from __future__ import annotations

from dataclasses import dataclass

TITLE = "Protokoll der Werkstatt „Gemeinsam verwalten im Lindtal“"
RUNNING_HEAD = "Bund der Lindtal-Gemeinden · Werkstatt Mai 2023"

SOURCE = """
: Datum: Donnerstag, 4. Mai 2023
: Ort: Bürgerhaus Kaltenfurt
: Beginn: 9:30 Uhr
: Veranstalter: Bund der Lindtal-Gemeinden e. V.
= Tagesordnung => 1 Tagesordnung
- Begrüßung durch den Bund der Gemeinden
- Zwei Vorträge mit anschließender Aussprache
- Blitzumfrage unter allen Rathäusern
- Ausblick auf den Herbst
= Begrüßung (von Karla Winter, Geschäftsführerin des Bundes der Lindtal-Gemeinden e. V.) => 1 Begrüßung
¶ Im Lindtal arbeiten sieben Rathäuser seit dem Hochwasser von 2013 enger zusammen als irgendwo sonst im Land. | \
Damals half man sich mit Fahr~zeugen und Sand~säcken aus, heute geht es vor allem um Personal, um Tech~nik und um \
knappe Kassen. | Der Bund der Ge~meinden wurde am 1. Oktober 2015 gegründet und hat seinen Sitz in Kaltenfurt.
¶ Für die Werkstatt, die das Planungs~büro Feld + Wald aus Oberlind seit der Corona-Pandemie jedes Jahr vorbereitet \
und leitet, haben sich 34 Personen angemeldet. | Die Unter~lagen stehen nach der Veran~staltung vier Wochen \
lang im Mitglieder~bereich bereit.
= Vortrag Dr. Jens Aldag, Kämmerer der Stadt Oberlind – Eine Kasse für vier Rathäuser => 1 Vortrag Dr. Jens Aldag
¶ Vier Gemeinden führen ihre Kassen seit Januar 2021 an einem Ort. | Die Buch~haltung sitzt in Oberlind, \
Bargeld~kassen gibt es nirgends mehr.
- Am Anfang stand ein Engpass: Zwei von drei Kassen~leiterinnen gingen innerhalb eines Jahres in den Ruhestand. | \
Nachfolger ließen sich trotz dreier Aus~schreibungen nicht finden.
- ? Die Gemeinden regelten vorab drei Punkte:
-- Wer welchen Anteil der Kosten trägt, richtet sich nach der Zahl der Buchungen.
-- Jede Ge~meinde behält ihren eigenen Haus~halt und ihre eigene Satzungs~hoheit.
-- Aussteigen kann eine Gemeinde frühestens nach fünf Jahren.
--- Bisher hat davon niemand Gebrauch gemacht.
- Die gemeinsame Kasse spart nach der ersten Abrechnung 85.000 Euro im Jahr. | Ein Drittel davon entfällt auf \
Lizenzen für die Finanz~software.
- Die Umstellung der Konten dauerte 14 Monate, geplant waren neun. | Der Grund waren alte Stamm~daten, die von Hand \
bereinigt werden mussten.
- Mahnungen gehen jetzt innerhalb von zehn Tagen heraus, vorher dauerte das bis zu sechs Wochen.
= Anschließende Aussprache: Ergänzungen, Rück~fragen, Erfahrungs~austausch => 2 Diskussion zum Vortrag Aldag
- ? Frage aus dem Publikum: Wie haben Sie die Beschäftigten mitgenommen?
- Antwort Herr Aldag: Alle Betroffenen durften sich ihren neuen Arbeits~platz vorher ansehen. | Niemand wurde gegen \
seinen Willen versetzt.
- ? Frage aus dem Publikum: Was geschieht bei Streit über die Abrechnung?
- Antwort Herr Aldag: Ein Beirat aus den vier Bürger~meistern entscheidet mit einfacher Mehrheit. | Bei Gleich~stand \
gilt die Stimme der Kommunal~aufsicht.
- Mehrere Teilnehmer sahen in der Umsatz~steuer das größte rechtliche Risiko. | Eine verbindliche Auskunft des \
Finanz~amts liegt noch nicht vor.
- Die Gemeinde Steinach prüft derzeit, ob sie der Kasse zum Jahres~wechsel beitritt.
= Vortrag Mira Sander, Amtsleiterin in Niederlind – Die Bauakte im Netz => 1 Vortrag Mira Sander
¶ Mira Sander leitet das Bauamt in Niederlind, das seit 2022 auch die Anträge aus Kaltenfurt und Weidenfurt \
bearbeitet. | In ihrem Beitrag ging es um die digitale Bau~akte.
- Papier~akten aus fünf Jahr~zehnten wurden in einem gemein~samen Dienst~leistungs~zentrum eingescannt. | Das Land \
förderte diesen Schritt mit 60 Prozent der Kosten.
-- Gescannt wurden rund 210.000 Seiten.
-- Nicht mehr gebraucht werden seither zwei Archiv~räume im Rathaus von Weidenfurt.
- ? Drei Dinge hätten das Projekt beinahe scheitern lassen:
-- Die drei Rathäuser nutzten verschiedene Fach~verfahren.
--- Die Wahl fiel am Ende auf das Ver~fahren der größten Gemeinde.
-- Der Daten~schutz wurde erst nach einem halben Jahr beteiligt.
-- Eine Stelle für die Projekt~leitung war nicht eingeplant.
- Bau~herren reichen ihre Anträge nun vollständig im Netz ein. | Die mittlere Bearbeitungs~zeit sank von elf auf \
sieben Wochen.
- Wer kein Internet hat, bekommt Hilfe an einem Schalter in jedem der drei Rathäuser.
- Für die Pflege des Systems sind dauerhaft eineinhalb Stellen nötig. | Die Kosten dafür tragen die drei Gemeinden \
nach Ein~wohnern.
= Anschließende Aussprache: Ergänzungen, Rück~fragen, Erfahrungs~austausch => 2 Diskussion zum Vortrag Sander
- ? Wie lange sollte man für ein solches Vorhaben einplanen?
-- Von der ersten Idee bis zu einem nutzbaren Ergebnis vergehen nach Ansicht der Runde vier bis fünf Jahre. | Wer \
weniger verspricht, weckt falsche Erwartungen.
- ? Braucht es dafür einen Zweckverband?
-- Nein, ein öffentlich-rechtlicher Vertrag genügt. | Er lässt sich später leichter ändern als eine Ver~bands~satzung.
- Kleine Rathäuser haben selten jemanden, der sich eigens um Kooperationen kümmert. | Im Lindtal übernimmt das seit \
April 2022 eine halbe Stelle beim Bund der Gemeinden.
- Der Land~kreis hat eine Fach~kraft für Ver~gabe~recht eingestellt, die alle Gemeinden anfragen dürfen.
- Frau Sander betonte, dass ohne Rück~halt im Gemeinde~rat kein Projekt über die erste Krise kommt.
= Blitzumfrage unter den Rathäusern => 1 Blitzumfrage unter den Rathäusern
- ? Wo drückt der Schuh am meisten?
-- Am häufigsten genannt wurde der Mangel an Fach~kräften im Bau- und im Ordnungs~amt.
-- An zweiter Stelle stand die Pflege der eigenen Rechner und Netze.
- ? In welchem Bereich soll als Nächstes zusammengearbeitet werden?
-- Fünf von sieben Rathäusern nannten das Standes~amt.
-- Zwei wünschten sich einen gemeinsamen Bau~hof.
- ? Was hält Ihr Rathaus von einer Zusammenarbeit ab?
-- Manche Gemeinde~räte fürchten, dass Ent~scheidungen künftig anderswo fallen.
-- Große Nachbar~städte zeigen an kleinen Partnern oft wenig Interesse.
= Fazit und Ausblick => 1 Fazit und Ausblick
- Die nächste Werkstatt findet am 12. Oktober 2023 in Steinach statt. | Ihr Thema ist das gemeinsame Standes~amt.
- Bis dahin erstellt der Bund eine Liste aller laufenden Ver~träge zwischen den Gemeinden.
- Die Teil~nehmenden lobten die offene Aussprache. | Gewünscht wurde mehr Zeit für Nach~fragen.
- Der Bund veröffentlicht das Proto~koll auf seiner Inter~netseite.
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A block as it is written into a document; ``level`` is that of a heading (from 1) or a bullet (from 0)."""

    kind: str
    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Expected:
    """A statement that must be found, in the section it must be found in."""

    text: str
    section: str


def _parse() -> tuple[list[Line], list[Expected]]:
    lines: list[Line] = []
    expected: list[Expected] = []
    section = "Kopfdaten"
    for written in SOURCE.strip().split("\n"):
        mark, _, rest = written.partition(" ")
        if mark == "=":
            heading, _, where = rest.partition(" => ")
            level, _, section = where.partition(" ")
            lines.append(Line("heading", heading, int(level)))
            continue
        silent = rest.startswith("? ")
        sentences = rest.removeprefix("? ").split(" | ")
        kind = {":": "label", "¶": "paragraph"}.get(mark, "item")
        lines.append(Line(kind, " ".join(sentences), len(mark) - 1))
        if not silent:
            expected += [Expected(_spoken(sentence), section) for sentence in sentences]
    return lines, expected


def _spoken(sentence: str) -> str:
    return sentence.replace("~", "").removeprefix("Antwort Herr Aldag: ")


LINES, EXPECTED = _parse()
