"""The commands that bring back what users asked in vain: ``ikz-bot report`` and ``ikz-bot teach``."""

from __future__ import annotations

import shlex
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.curation_commands import format_options, picture_option
from bot.errors import UserError
from bot.german_click import GermanCommand
from bot.journal_commands import journal_file
from bot.options import chosen_bundle, chosen_folder, knowledge_options
from bot.typed_text import counted, percent, printable, quoted, quoted_path

if TYPE_CHECKING:
    from bot.answers import Bundle, Reply
    from bot.channels.screen import Screen
    from bot.curation.gaps import Gaps
    from bot.knowledge import Entry, KnowledgeBase, SmallTalk

_UNHEARD = "Niemand hat geantwortet; nichts wurde geändert. Ohne Rückfrage schreibt --ja."


@click.command(cls=GermanCommand)
@click.argument("question", metavar="FRAGE")
@click.argument("entry_id", metavar="[KENNUNG]", required=False)
@click.option(
    "--nichts",
    "unanswered",
    is_flag=True,
    help="Hält fest, dass es eine offene Frage ist: keine Quelle beantwortet sie.",
)
@click.option("--yes", "--ja", "sure", is_flag=True, help="Fragt nicht nach.")
@knowledge_options
def teach(question: str, entry_id: str | None, unanswered: bool, sure: bool) -> None:
    """Lehrt den Bot, welcher Eintrag eine Frage beantwortet.

    Zeigt, welche anderen Fragen dadurch eine andere Antwort bekommen, ergänzt die Formulierung beim Eintrag mit dieser
    KENNUNG und merkt sich die Frage in pruefsteine.yaml. Ohne KENNUNG stehen die drei nächsten Einträge zur Wahl.
    Mit --nichts kommt die Frage in offene-fragen.yaml, und der Bot beantwortet sie nicht mehr.
    """
    from bot.curation import teaching
    from bot.curation.undo import finish
    from bot.knowledge_folder import refuse_packed

    if entry_id and unanswered:
        raise UserError("Bitte nennen Sie entweder eine KENNUNG oder --nichts.")
    question = teaching.teachable(question)
    folder = chosen_folder()
    refuse_packed(folder)
    if finished := finish(folder):
        click.echo(f"Beim letzten Mal wurde mittendrin unterbrochen; jetzt ist zu Ende geführt: {finished.title}.")
    bundle = chosen_bundle(folder)
    entry = None if unanswered else _entry(bundle, question, entry_id, sure)
    if entry:
        teaching.refuse_misplaced(bundle, question, entry)
    else:
        teaching.refuse_known(bundle.knowledge, question, None)
        teaching.refuse_vague(bundle, question)
    _teach(folder, bundle, question, entry, sure)


def _entry(bundle: Bundle, question: str, entry_id: str | None, sure: bool) -> Entry | SmallTalk:
    """The entry that is named, or chosen among the nearest."""
    from bot.channels.keyboard import reply_to
    from bot.curation import teaching
    from bot.named import named_entry

    if entry_id:
        return named_entry(bundle.knowledge, entry_id)
    choices = teaching.nearest(bundle, question)
    if not choices:
        raise UserError("Dazu gibt es keinen ähnlichen Eintrag. Bitte nennen Sie hinter der Frage eine KENNUNG.")
    click.echo(f"Diese Einträge kommen {quoted(question)} am nächsten:")
    for number, (entry, score) in enumerate(choices, 1):
        click.echo(f"  {number}  {entry.question} ({entry.id}, {percent(score)})")
    missing = "Bitte nennen Sie hinter der Frage eine KENNUNG, oder --nichts, wenn keine Quelle sie beantwortet."
    if sure:
        raise UserError(missing)
    typed = reply_to(f"Welcher beantwortet die Frage? (1 bis {len(choices)}, 0 für keinen) ")
    if not typed or typed not in map(str, range(1, len(choices) + 1)):
        raise UserError(f"Kein Eintrag gewählt; nichts wurde geändert. {missing}")
    return choices[int(typed) - 1][0]


def _teach(folder: Path, bundle: Bundle, question: str, entry: Entry | SmallTalk | None, sure: bool) -> None:
    """Add the question to an entry, or where none is given, to the open questions."""
    from bot.answers import answer
    from bot.channels.adopt_lines import lost_open_lines
    from bot.channels.keyboard import agrees
    from bot.channels.lines import Line
    from bot.channels.screen import Screen
    from bot.curation import teaching
    from bot.curation.open_questions import stands_open
    from bot.knowledge.load import read_files

    knowledge, screen = bundle.knowledge, Screen()
    expected = entry.id if entry else None
    known = teaching.knows(entry, question) if entry else stands_open(knowledge, question)
    settled = _settled(knowledge, question)
    if known and (settled == (expected,) or not (settled or entry)):
        click.echo(f"Das ist schon so: {_as_it_is(question, expected)}")
        return
    before = read_files(folder)
    after = teaching.taught(before, knowledge, question, entry)
    told = f"{entry.question} ({entry.id})" if entry else "keiner; sie bleibt offen"
    screen.write([Line(f"Frage:   {question}"), Line(f"Eintrag: {told}")])
    screen.write([Line(f"Bisher:  {_told(answer(bundle, question, date.today()))}")])
    if known and entry:
        screen.write([Line("Die Formulierung hat der Eintrag schon; es kommt nur der Prüfstein hinzu.")])
    else:
        _tell_consequences(screen, bundle, after, question, entry)
    screen.write(lost_open_lines(before, after))
    if settled and settled != (expected,):
        screen.write([Line(f"Bisher steht in pruefsteine.yaml: {_expected(settled[0])}. Das wird geändert.")])
    if not sure and not agrees("So eintragen? (ja/nein) ", _UNHEARD):
        click.echo("Nichts wurde geändert.")
        return
    _write(folder, f"„{question}“ → {expected or 'offene Frage'}", before, after)


def _as_it_is(question: str, entry_id: str | None) -> str:
    if entry_id is None:
        return f"{quoted(question)} ist eine offene Frage."
    return f"{quoted(entry_id)} kennt {quoted(question)}, und der Prüfstein steht fest."


def _tell_consequences(
    screen: Screen, bundle: Bundle, after: dict[str, bytes], question: str, entry: Entry | SmallTalk | None
) -> None:
    from bot.answers import Bundle
    from bot.channels.adopt_lines import flip_lines
    from bot.channels.lines import Line
    from bot.curation import teaching
    from bot.knowledge.load import parse

    screen.write([Line("Ich stelle die bekannten Fragen …")])
    changed = Bundle.build(parse(after), bundle.confidence)
    found = teaching.consequences(bundle, changed, question, entry, date.today())
    knowledge = bundle.knowledge
    screen.write(flip_lines(knowledge, "Diese Prüfsteine bekommen eine andere Antwort:", found.touchstones))
    screen.write(flip_lines(knowledge, "Wer fast so fragt wie hier, bekommt etwas anderes:", found.near))
    if not (found.touchstones or found.near):
        screen.write([Line("Keine andere Frage bekommt eine andere Antwort.")])


def _write(folder: Path, title: str, before: dict[str, bytes], after: dict[str, bytes]) -> None:
    from bot.adopt_command import tell_stale_calibration
    from bot.curation.edit import changed_files
    from bot.curation.undo import Change, carry_out
    from bot.knowledge.touchstone_model import TOUCHSTONES

    names = changed_files(before, after)
    carry_out(
        folder, Change(title, {name: before.get(name) for name in names}, {name: after.get(name) for name in names})
    )
    click.echo(f"Eingetragen in {' und '.join(sorted(names))}: {printable(title)}")
    if names != [TOUCHSTONES]:
        tell_stale_calibration(folder)


def _settled(knowledge: KnowledgeBase, question: str) -> tuple[str | None, ...]:
    """What the touchstone with this question expects; empty where there is none."""
    from bot.knowledge.consistency import same_words

    return tuple(t.expected for t in knowledge.touchstones if same_words(t.question) == same_words(question))


def _expected(entry_id: str | None) -> str:
    return f"Die Antwort ist {quoted(entry_id)}" if entry_id else "Die Frage soll unbeantwortet bleiben"


def _told(reply: Reply) -> str:
    if reply.entry:
        return f"Es antwortet {quoted(reply.entry.question)} ({reply.entry.id}, {percent(reply.score)})."
    if reply.suggestions:
        offered = (f"{s.entry.id} ({percent(s.score)})" for s in reply.suggestions)
        return f"Keine sichere Antwort, nur Vorschläge: {', '.join(offered)}."
    return "Keine Antwort."


@click.command(cls=GermanCommand)
@click.option("--since", "--seit", "since", metavar="JJJJ-MM-TT", help="Nur was seit diesem Tag gefragt wurde.")
@click.option("--drafts", "--entwuerfe", "drafts", is_flag=True, help="Schreibt Entwürfe für die neuen Einträge.")
@picture_option("Zeichnet die größten Gruppen als .png oder .svg.")
@format_options
@knowledge_options
def report(since: str | None, drafts: bool, picture: Path | None, as_json: bool, markdown: bool) -> None:
    """Zeigt, was der Bot nicht gut beantworten konnte, nach Gegenständen geordnet.

    Liest das Journal: Fragen ohne Antwort, Vorschläge, von denen keiner passte, und Antworten, die nicht hilfreich
    waren. Nennt zu jeder Gruppe, was zu tun ist, und einen Punkt für die nächste Werkstatt.
    """
    import json

    from bot.curation import gap_report
    from bot.curation.gaps import find_gaps
    from bot.journal import upkeep

    if as_json and markdown:
        raise UserError("Bitte geben Sie entweder --json oder --markdown an.")
    if picture:
        from bot.curation import gap_plot, plot

        plot.ready(picture)
    folder, file, first = chosen_folder(), journal_file(), upkeep.day(since) if since is not None else None
    bundle, today = chosen_bundle(folder), date.today()
    gaps = find_gaps(bundle, upkeep.records(file, first), today)
    if as_json:
        click.echo(json.dumps(gap_report.as_data(bundle, gaps, today), ensure_ascii=False, indent=2))
    elif markdown:
        gap_report.write_markdown(bundle, gaps, today)
    else:
        if not file.exists():
            click.echo(f"Es gibt noch kein Journal in {quoted_path(file)}; es entsteht mit der ersten Frage.")
        gap_report.write_terminal(bundle, gaps)
    if drafts:
        _write_drafts(folder, bundle, gaps, today)
    if picture:
        plot.save(gap_plot.gaps_figure(gaps), picture)


def _write_drafts(folder: Path, bundle: Bundle, gaps: Gaps, today: date) -> None:
    from bot.curation.drafts import draft_path
    from bot.curation.gap_patches import draft_file, new_entries, source_id
    from bot.knowledge_folder import refuse_packed
    from bot.whole_file import save, unwritable

    refuse_packed(folder)
    new = new_entries(gaps.clusters)
    if not new:
        click.echo("Keine Gruppe braucht einen neuen Eintrag; es ist kein Entwurf geschrieben.", err=True)
        return
    path = draft_path(folder, source_id(today))
    if path.exists():
        raise UserError(
            f"{quoted_path(path)} gibt es schon. Bitte übernehmen Sie diese Entwürfe zuerst (ikz-bot adopt), oder"
            " löschen Sie die Datei."
        )
    try:
        path.parent.mkdir(exist_ok=True)
    except OSError:
        raise unwritable(path.parent) from None
    save(path, draft_file(bundle, new, today).encode())
    name = shlex.quote(printable(str(folder)))
    click.echo(
        f"{counted(len(new), 'Entwurf steht', 'Entwürfe stehen')} in {quoted_path(path)}. Weiter geht es mit: ikz-bot"
        f" adopt {source_id(today)} --knowledge {name}",
        err=True,
    )
