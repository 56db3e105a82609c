"""A reply → an embed within Discord's limits. What the knowledge says is shown letter by letter, never as markup."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import discord

from bot.answers import Notice, Reply, Status
from bot.channels.discord.markdown import code_block, cut, escaped, fitting, one_line
from bot.knowledge.model import Entry, KnowledgeBase
from bot.origins import BACKGROUND, WORKSHOP, is_background, named_source, source_lines, stand
from bot.wording import explain, quote_line, told_notices, understood_line

MAX_CONTENT = 2000
MAX_AUTHOR = 256
MAX_TITLE = 256
MAX_FIELD = 1024
MAX_DESCRIPTION = 4096
MAX_LABEL = 80
MAX_OPTION = 100

_ASKED = "Frage: "
_BACKGROUND_COLOUR = 0x2B6CB0
_COLOURS = {Status.ANSWERED: 0x2E7D4F, Status.SUGGESTIONS: 0xB7791F, Status.UNKNOWN: 0x6B7280}


def reply_embed(knowledge: KnowledgeBase, reply: Reply, today: date, contact: str | None = None) -> discord.Embed:
    """What is shown for one reply, below the question as it was asked."""
    embed = discord.Embed(colour=_COLOURS[reply.status])
    embed.set_author(name=_ASKED + one_line(reply.question, MAX_AUTHOR - len(_ASKED)))
    if isinstance(reply.entry, Entry):
        embed.title = cut(escaped(understood_line(reply)), MAX_TITLE) or None
        _tell(embed, knowledge, reply.entry, reply, today)
    elif reply.entry:
        embed.description = cut(escaped(reply.entry.answer), MAX_DESCRIPTION)
    else:
        embed.description = cut(escaped(explain(reply)), MAX_DESCRIPTION)
        if contact and reply.status is Status.UNKNOWN:
            embed.add_field(name="Ansprechstelle", value=cut(escaped(contact), MAX_FIELD), inline=False)
    return embed


def entry_embed(knowledge: KnowledgeBase, reply: Reply, today: date) -> discord.Embed:
    """What is shown for an entry that nobody asked for in words of their own."""
    assert isinstance(reply.entry, Entry)
    title = cut(escaped(reply.entry.question), MAX_TITLE)
    embed = discord.Embed(colour=_COLOURS[Status.ANSWERED], title=title)
    _tell(embed, knowledge, reply.entry, reply, today)
    return embed


def question_in(message: discord.Message | None) -> str:
    """The question that one of the bot's own messages answers, as far as it shows it; empty where it shows none."""
    embed = message.embeds[0] if message and message.embeds else None
    if embed is None:
        return ""
    author = embed.author.name or ""
    return author.removeprefix(_ASKED) if author.startswith(_ASKED) else ""


def _tell(embed: discord.Embed, knowledge: KnowledgeBase, entry: Entry, reply: Reply, today: date) -> None:
    if is_background(knowledge, entry):
        embed.colour = discord.Colour(_BACKGROUND_COLOUR)
    sentences = told_notices(knowledge, reply, today)
    newer = sentences.pop(Notice.SUPERSEDED, "")
    above = f"⚠ **{escaped(newer)}**\n\n" if newer else ""
    embed.description = cut(above + _short_line_first(entry), MAX_DESCRIPTION)
    age = sentences.pop(Notice.OLD, "")
    stated = ". ".join(filter(None, (stand(knowledge, entry), age)))
    sources = [escaped(line.removeprefix("Quelle: ")) for line in source_lines(knowledge, entry)]
    # The Stand must show, however many sources there are.
    shown = fitting(sources, MAX_FIELD - len(stated) - 1, "… und {} weitere; alle zeigt /quelle")
    embed.add_field(name="Quelle" if len(sources) == 1 else "Quellen", value=f"{shown}\n{stated}", inline=False)
    if sentences:
        value = fitting([escaped(sentence) for sentence in sentences.values()], MAX_FIELD)
        embed.add_field(name="Hinweis", value=value, inline=False)


def _short_line_first(entry: Entry) -> str:
    """The answer with its short line in front; where that is its first sentence, it is not said twice."""
    short = entry.short_line
    own_sentence = entry.short in (None, entry.answer) and entry.answer.startswith(short)
    rest = entry.answer[len(short) :].strip() if own_sentence else entry.answer
    return f"**{escaped(short)}**" + (f"\n\n{escaped(rest)}" if rest else "")


def sources_text(knowledge: KnowledgeBase, entries: Iterable[Entry]) -> str:
    """The sources of entries in full, with the question each belongs to."""
    lines: list[str] = []
    for entry in entries:
        lines.append(f"**{escaped(entry.question)}**")
        lines += [escaped(line) for line in (*source_lines(knowledge, entry, in_full=True), stand(knowledge, entry))]
    return fitting(lines, MAX_DESCRIPTION)


def all_sources_text(knowledge: KnowledgeBase) -> str:
    """Every source the knowledge rests on."""
    lines = [
        f"{WORKSHOP if source.kind == 'werkstatt' else BACKGROUND}: {named_source(source)}"
        for source in knowledge.sources.values()
    ]
    return fitting(list(map(escaped, lines)), MAX_DESCRIPTION, "… und {} weitere")


def quote_block(knowledge: KnowledgeBase, entry: Entry) -> str:
    """The line to quote, in a box to copy it from."""
    room = MAX_CONTENT - len(code_block(""))
    return code_block(cut(quote_line(knowledge, entry), room))
