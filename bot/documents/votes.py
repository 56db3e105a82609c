"""The votes of a poll, as the bot's own file of a flash poll has them: „Ja: 5 Stimmen“."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.documents.blocks import Block

_VOTE = re.compile(r"^(?P<choice>.+?):\s*(?P<number>\d{1,6})\s+Stimmen?\.?$")
_BETWEEN = "; "


def joined_votes(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks; bullets one below the other that count votes are one block, for they are one statement."""
    votes: Block | None = None
    for block in blocks:
        counts = block.kind == "item" and _VOTE.match(block.text)
        if counts and votes and votes.level == block.level:
            votes = replace(votes, text=f"{votes.text}{_BETWEEN}{block.text}")
            continue
        if votes:
            yield votes
        votes = block if counts else None
        if not counts:
            yield block
    if votes:
        yield votes


def read_votes(text: str) -> list[tuple[str, int]]:
    """Each choice with its votes; empty where the text is anything else."""
    found = [_VOTE.match(part) for part in text.split(_BETWEEN)]
    read = [(vote["choice"], int(vote["number"])) for vote in found if vote]
    return read if len(read) == len(found) else []
