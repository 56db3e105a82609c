"""Documents of workshops: PDF, DOCX, ODT, Markdown and text → their statements with section and speaker."""

from bot.documents.model import HEAD, Document, Passage, Statement
from bot.documents.read import SUFFIXES, read_document

__all__ = ["HEAD", "SUFFIXES", "Document", "Passage", "Statement", "read_document"]
