"""The command that makes drafts of a document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.errors import UserError
from bot.german_click import EXIT_UNUSABLE, GermanCommand
from bot.options import chosen_folder, chosen_knowledge, knowledge_options
from bot.typed_text import counted, printable, quoted, quoted_path

if TYPE_CHECKING:
    from bot.curation.importing import Imported
    from bot.knowledge import KnowledgeBase

RELATIONS = {
    "new": "neu",
    "covered": "schon enthalten",
    "updates": "aktualisiert",
    "contradicts": "widerspricht",
}
"""How a draft relates to the knowledge, in words."""


@click.command(cls=GermanCommand, name="import")
@click.argument("files", metavar="DATEI…", nargs=-1)
@click.option("--topic", metavar="THEMA", help="Alle Entwürfe gehören zu diesem Thema, zum Beispiel motive.")
@click.option("--date", "day", metavar="DATUM", help="Datum eines Dokuments, das keines nennt: JJJJ-MM-TT.")
@knowledge_options
def import_documents(files: tuple[str, ...], topic: str | None, day: str | None) -> None:
    """Macht aus Protokollen Entwürfe für neue Einträge.

    Liest PDF, Word (.docx), OpenDocument (.odt), Markdown und Text. Die Entwürfe liegen im Ordner „entwuerfe“ neben dem
    Wissen; der Bot antwortet erst daraus, wenn Sie sie mit „ikz-bot adopt“ übernommen haben.
    """
    from bot.curation.importing import Importer
    from bot.knowledge_folder import refuse_packed

    if not files:
        raise UserError("Es fehlt die Datei. Sie schreiben zum Beispiel: ikz-bot import protokoll.pdf")
    folder = chosen_folder()
    refuse_packed(folder, "importieren Sie dorthin")
    knowledge = chosen_knowledge(folder)
    _check(knowledge, topic, day)
    importer = Importer(folder, knowledge)
    failed = False
    for file in files:
        try:
            imported = importer.run(Path(file), topic, day)
        except UserError as error:
            click.echo(str(error), err=True)
            failed = True
        else:
            _tell(imported, knowledge, folder)
    if failed:
        click.get_current_context().exit(EXIT_UNUSABLE)


def _check(knowledge: KnowledgeBase, topic: str | None, day: str | None) -> None:
    import re

    from bot.knowledge.model import DATE_PATTERN, first_day

    known = [one.id for one in knowledge.topics]
    if topic is not None and topic not in known:
        raise UserError(f"Das Thema {quoted(topic)} gibt es nicht. Es gibt: {', '.join(known)}.")
    if day is not None:
        try:
            if not re.fullmatch(DATE_PATTERN, day):
                raise ValueError
            first_day(day)
        except ValueError:
            raise UserError(f"{quoted(day)} ist kein Datum. Bitte schreiben Sie es so: 2023-05-04") from None


def _tell(imported: Imported, knowledge: KnowledgeBase, folder: Path) -> None:
    """Say what was found, what is where, and what to do next."""
    import shlex

    from bot.origins import full_date

    source, drafts = imported.content.source, imported.content.drafts
    click.echo(f"{printable(source.title)} ({full_date(source.day)})")
    click.echo(
        f"  Herausgeber: {printable(source.publisher)}{' (angenommen, bitte prüfen)' * imported.guessed_publisher}"
    )
    click.echo(f"  {counted(len(drafts), 'Aussage', 'Aussagen')} in {quoted_path(imported.path)}")
    if imported.kept:
        click.echo(f"  Davon waren {imported.kept} schon da und sind unverändert; {imported.new} sind hinzugekommen.")
    titles = {topic.id: topic.title for topic in knowledge.topics}
    _tell_table([(titles.get(draft.topic or "", "ohne Thema"), RELATIONS[draft.relation]) for draft in drafts])
    place = f" --knowledge {shlex.quote(printable(str(folder)))}"
    click.echo(f"So geht es weiter: ikz-bot adopt {source.id}{place}")


def _tell_table(pairs: list[tuple[str, str]]) -> None:
    from collections import Counter

    from rich.console import Console
    from rich.table import Table

    counts = Counter(pairs)
    columns = [name for name in RELATIONS.values() if any(relation == name for _, relation in pairs)]
    table = Table("Thema", *columns, box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for topic, _ in Counter(topic for topic, _ in pairs).most_common():
        table.add_row(topic, *(str(counts[topic, name] or "–") for name in columns))
    console = Console(highlight=False, markup=False)
    console.print(table)
