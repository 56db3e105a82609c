"""Discord's documented limits of messages, modals and autocomplete answers; each check returns what is wrong."""

from __future__ import annotations

from typing import Any

from .checks import Path, Problem, count, length
from .limits_components import component_problems, modal_component_problems
from .messages import IS_V2


def message_problems(body: dict[str, Any], files: dict[str, bytes], flags: int = 0) -> list[Problem]:
    """What is wrong with a message as it would stand after the request; ``flags`` are those it already has."""
    embeds, components = body.get("embeds") or [], body.get("components") or []
    problems = length(body.get("content"), ("content",), 2000)
    problems += count(embeds, ("embeds",), 10)
    if not problems:
        problems += [problem for number, one in enumerate(embeds) for problem in _embed(one, ("embeds", number))]
        total = sum(_embed_size(one) for one in embeds)
        if total > 6000:
            problems.append(Problem(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", f"Embeds have {total} of 6000 characters."))
    v2 = bool((flags | (body.get("flags") or 0)) & IS_V2)
    problems += component_problems(components, v2)
    if v2:
        for key in ("content", "embeds", "poll", "sticker_ids"):
            if body.get(key):
                text = f"{key} cannot be used with IS_COMPONENTS_V2."
                problems.append(Problem((key,), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", text))
    if body.get("poll"):
        problems += _poll(body["poll"])
    problems += allowed_mentions_problems(body.get("allowed_mentions"))
    problems += length(str(body["nonce"]) if body.get("nonce") is not None else None, ("nonce",), 25)
    problems += count(body.get("attachments") or [], ("attachments",), 10)
    problems += count(list(files), ("files",), 10)
    if sum(map(len, files.values())) > 10 * 1024 * 1024:
        problems.append(Problem(("files",), "BASE_TYPE_MAX_SIZE", "Files are larger than 10 MiB together."))
    return problems


def is_empty(body: dict[str, Any], files: dict[str, bytes]) -> bool:
    """Whether a new message would show nothing."""
    keys = ("embeds", "components", "poll", "sticker_ids", "attachments")
    return not ((body.get("content") or "").strip() or files or any(body.get(key) for key in keys))


def modal_problems(data: dict[str, Any]) -> list[Problem]:
    """What is wrong with the data of a modal."""
    problems = length(data.get("title"), ("data", "title"), 45, 1)
    problems += length(data.get("custom_id"), ("data", "custom_id"), 100, 1)
    components = data.get("components")
    problems += count(components, ("data", "components"), 5, 1)
    return problems or modal_component_problems(components or [])


def choice_problems(choices: Any, path: Path) -> list[Problem]:
    """What is wrong with the choices of an autocomplete answer, or of an option."""
    problems = count(choices, path, 25)
    if problems:
        return problems
    for number, choice in enumerate(choices):
        problems += length(choice.get("name"), (*path, number, "name"), 100, 1)
        if isinstance(choice.get("value"), str):
            problems += length(choice["value"], (*path, number, "value"), 100, 1)
        elif not isinstance(choice.get("value"), int | float):
            problems.append(Problem((*path, number, "value"), "BASE_TYPE_REQUIRED", "A value is required."))
    return problems


def allowed_mentions_problems(allowed: Any) -> list[Problem]:
    """What is wrong with allowed_mentions."""
    path: Path = ("allowed_mentions",)
    if allowed is None:
        return []
    if not isinstance(allowed, dict) or set(allowed) - {"parse", "users", "roles", "replied_user"}:
        return [Problem(path, "DICT_TYPE_CONVERT", "Only parse, users, roles and replied_user are known.")]
    problems = []
    parse = allowed.get("parse") or []
    if set(parse) - {"users", "roles", "everyone"}:
        problems.append(Problem((*path, "parse"), "BASE_TYPE_CHOICES", "Only users, roles and everyone are known."))
    for key in ("users", "roles"):
        listed = allowed.get(key) or []
        problems += count(listed, (*path, key), 100)
        if listed and key in parse:
            text = f"parse says {key}, and {key} are listed: they exclude each other."
            problems.append(Problem((*path, key), "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", text))
    return problems


def _embed(embed: dict[str, Any], path: Path) -> list[Problem]:
    problems = length(embed.get("title"), (*path, "title"), 256)
    problems += length(embed.get("description"), (*path, "description"), 4096)
    problems += length((embed.get("footer") or {}).get("text"), (*path, "footer", "text"), 2048)
    problems += length((embed.get("author") or {}).get("name"), (*path, "author", "name"), 256)
    problems += length(embed.get("url"), (*path, "url"), 2048)
    if embed.get("url") and not str(embed["url"]).startswith(("http://", "https://")):
        problems.append(Problem((*path, "url"), "URL_TYPE_INVALID_SCHEME", "Scheme must be one of ('http', 'https')."))
    fields = embed.get("fields") or []
    problems += count(fields, (*path, "fields"), 25)
    for number, one in enumerate(fields):
        problems += length(one.get("name"), (*path, "fields", number, "name"), 256, 1)
        problems += length(one.get("value"), (*path, "fields", number, "value"), 1024, 1)
    color = embed.get("color")
    if color is not None and not 0 <= color <= 0xFFFFFF:
        problems.append(Problem((*path, "color"), "NUMBER_TYPE_MAX", "Must be between 0 and 16777215."))
    pictures = ("image", "thumbnail", "video")
    if not (_embed_size(embed) or any(embed.get(key) for key in pictures)):
        problems.append(Problem((*path, "description"), "BASE_TYPE_REQUIRED", "The embed is empty."))
    return problems


def _embed_size(embed: dict[str, Any]) -> int:
    texts = [embed.get("title"), embed.get("description")]
    texts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    texts += [one.get(key) for one in embed.get("fields") or [] for key in ("name", "value")]
    return sum(len(text.strip()) for text in texts if text)


def _poll(poll: dict[str, Any]) -> list[Problem]:
    answers = poll.get("answers")
    problems = length((poll.get("question") or {}).get("text"), ("poll", "question", "text"), 300, 1)
    problems += count(answers, ("poll", "answers"), 10, 1)
    for number, answer in enumerate(answers or []):
        media = answer.get("poll_media") or {}
        problems += length(media.get("text"), ("poll", "answers", number, "poll_media", "text"), 55, 1)
    if not 1 <= (poll.get("duration") or 24) <= 32 * 24:
        problems.append(Problem(("poll", "duration"), "NUMBER_TYPE_MAX", "Must be between 1 and 768 hours."))
    return problems
