"""A draft file someone is working on: what stands in it, and its document. Every change is on disk at once."""

from __future__ import annotations

from pathlib import Path

from bot.curation import splice
from bot.curation.adoption import Passage
from bot.curation.drafts import FOLDER, Draft, DraftFile, draft_path, read_drafts, read_wordings
from bot.documents import Document, read_document
from bot.errors import UserError
from bot.knowledge.model import Source
from bot.knowledge.problems import nearest
from bot.knowledge.yaml_lines import Place, Plain
from bot.typed_text import printable, quoted, quoted_path
from bot.whole_file import save

DRAFT_KEYS, SOURCE_KEYS = tuple(Draft.model_fields), tuple(Source.model_fields)


def draft_files(knowledge: Path) -> list[Path]:
    """The draft files of a knowledge folder."""
    return sorted((knowledge / FOLDER).glob("[!.]*.yaml"))


def find_drafts(knowledge: Path, named: str) -> Path:
    """The draft file that a path or the id of a source names.

    Raises:
        UserError: where there is none, or it belongs to another knowledge.
    """
    path = next(filter(_is_file, (Path(named), draft_path(knowledge, named))), None)
    if path is None:
        meant = nearest(named, [known.stem for known in draft_files(knowledge)])
        hint = f" Meinten Sie {quoted(meant)}?" if meant else " Alle Entwürfe nennt: ikz-bot adopt"
        raise UserError(f"Einen Entwurf {quoted(named)} gibt es nicht.{hint}")
    if path.resolve().parent != (knowledge / FOLDER).resolve():
        raise UserError(
            f"Der Entwurf {quoted(named)} liegt nicht beim Wissen in {quoted_path(knowledge)}. Bitte nennen Sie mit"
            " --knowledge den Ordner, zu dem er gehört."
        )
    return path


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that is too long for any file
        return False


class OpenDrafts:
    """A draft file, its original wordings, and the document it comes from where that can be read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file: DraftFile
        self.content: bytes
        self.wordings: tuple[str, ...]
        self.reload()
        self.document: Document | None = None
        self.missing = ""
        """Why the document cannot be read; empty where it can."""
        try:
            self.document = read_document(path.with_name(self.file.document))
        except UserError as error:
            self.missing = str(error)

    def reload(self) -> None:
        """Read the file as it is on disk now.

        Raises:
            UserError: where it cannot be used.
        """
        self.file = read_drafts(self.path)
        self.content = self._on_disk()
        self.wordings = read_wordings(self.path)

    @property
    def whole_text(self) -> str:
        """All words of the document; where it cannot be read, those that the drafts quote."""
        return self.document.text if self.document else "\n".join(self.wordings)

    def passage(self, draft: Draft) -> Passage:
        """What a draft cites."""
        people = self.document.speakers if self.document else ()
        return Passage(self._section_text(draft), self.whole_text, [*people, *filter(None, [draft.speaker])])

    def _section_text(self, draft: Draft) -> str:
        """The words of the section that a draft cites; all words where it cites none."""
        if draft.section is None:
            return self.whole_text
        if self.document:
            return self.document.section_text(draft.section)
        pairs = zip(self.file.drafts, self.wordings, strict=False)
        return "\n".join(wording for other, wording in pairs if other.section == draft.section)

    def with_value(self, place: Place, key: str, value: Plain) -> bytes:
        """The content of the file where the draft (or the source) at ``place`` has a value."""
        keys = SOURCE_KEYS if place == ("source",) else DRAFT_KEYS
        return splice.put(printable(self.path.name), self.content, place, key, value, keys)

    def change(self, place: Place, key: str, value: Plain) -> None:
        """Write a value of the draft (or the source) at ``place``; an empty one says that there is none.

        Raises:
            UserError: where the file has changed meanwhile or cannot be written.
        """
        if self._on_disk() != self.content:
            self.reload()
            raise UserError(
                f"Den Entwurf {quoted(self.path.name)} hat inzwischen jemand anderes geändert; er ist neu gelesen."
                " Bitte wiederholen Sie Ihre letzte Angabe."
            )
        if value or key in ("answer",):
            save(self.path, self.with_value(place, key, value))
        else:
            save(self.path, splice.remove(printable(self.path.name), self.content, place, key))
        self.reload()

    def _on_disk(self) -> bytes:
        try:
            return self.path.read_bytes()
        except OSError:
            raise UserError(f"Den Entwurf {quoted_path(self.path)} kann ich nicht mehr lesen.") from None
