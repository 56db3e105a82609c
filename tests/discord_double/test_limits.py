"""Every documented limit: what is just right passes, one more is refused."""

from __future__ import annotations

from typing import Any

import pytest

from .limits import choice_problems, message_problems, modal_problems
from .limits_commands import command_problems, set_problems
from .messages import IS_V2
from .pings import Pings, pings

OPTION = {"label": "x", "value": "v"}


def allowing(**allowed: Any) -> dict[str, Any]:
    return {"content": "x", "allowed_mentions": allowed}


def button(**changes: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "x", "custom_id": "a", **changes}


def row(*inside: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(inside)}


def menu(number: int = 1, **changes: Any) -> dict[str, Any]:
    listed = [{"label": "x", "value": str(one)} for one in range(number)]
    return {"type": 3, "custom_id": "menu", "options": listed, **changes}


def buttons(number: int) -> list[dict[str, Any]]:
    return [button(custom_id=str(one)) for one in range(number)]


def embed(**parts: Any) -> dict[str, Any]:
    return {"embeds": [{"description": "x", **parts}]}


def fields(number: int, name: int = 1, value: int = 1) -> list[dict[str, Any]]:
    return [{"name": "n" * name, "value": "v" * value}] * number


def poll(number: int = 2, **changes: Any) -> dict[str, Any]:
    listed = [{"poll_media": {"text": "x"}}] * number
    return {"poll": {"question": {"text": "x"}, "answers": listed, "duration": 24, **changes}}


MESSAGES = [
    (lambda n: {"content": "x" * n}, 2000),
    (lambda n: {"embeds": [{"title": "x"}] * n}, 10),
    (lambda n: embed(title="x" * n), 256),
    (lambda n: embed(description="x" * n), 4096),
    (lambda n: embed(footer={"text": "x" * n}), 2048),
    (lambda n: embed(author={"name": "x" * n}), 256),
    (lambda n: embed(fields=fields(n)), 25),
    (lambda n: embed(fields=fields(1, name=n)), 256),
    (lambda n: embed(fields=fields(1, value=n)), 1024),
    (lambda n: {"embeds": [{"description": "x" * 3000}, {"description": "x" * (n - 3000)}]}, 6000),
    (lambda n: {"components": [row(one) for one in buttons(n)]}, 5),
    (lambda n: {"components": [row(*buttons(n))]}, 5),
    (lambda n: {"components": [row(button(label="x" * n))]}, 80),
    (lambda n: {"components": [row(button(custom_id="x" * n))]}, 100),
    (lambda n: {"components": [row(button(style=5, custom_id=None, url="https://" + "x" * (n - 8)))]}, 512),
    (lambda n: {"components": [row(menu(n))]}, 25),
    (lambda n: {"components": [row(menu(placeholder="x" * n))]}, 150),
    (lambda n: {"components": [row(menu(2, max_values=n))]}, 2),
    (lambda n: {"components": [row(menu(options=[{"label": "x" * n, "value": "v"}]))]}, 100),
    (lambda n: {"components": [row(menu(options=[{"label": "x", "value": "v" * n}]))]}, 100),
    (lambda n: {"components": [row(menu(options=[{"label": "x", "value": "v", "description": "d" * n}]))]}, 100),
    (lambda n: {"flags": IS_V2, "components": [{"type": 10, "content": "x"}] * n}, 40),
    (lambda n: {"flags": IS_V2, "components": [{"type": 10, "content": "x" * one} for one in (n - 10, 10)]}, 4000),
    (lambda n: poll(n), 10),
    (lambda n: poll(question={"text": "x" * n}), 300),
    (lambda n: poll(answers=[{"poll_media": {"text": "x" * n}}]), 55),
    (lambda n: poll(duration=n), 768),
    (lambda n: {"content": "x", "nonce": "x" * n}, 25),
    (lambda n: allowing(users=[str(one) for one in range(n)]), 100),
]  # fmt: skip


@pytest.mark.parametrize(("made", "most"), MESSAGES)
def test_limits_of_messages(made: Any, most: int) -> None:
    assert message_problems(made(most), {}) == []
    assert len(message_problems(made(most + 1), {})) == 1


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"components": [row(button(), button())]}, "COMPONENT_CUSTOM_ID_DUPLICATED"),
        ({"components": [row(menu(), button())]}, "COMPONENT_LAYOUT_WIDTH_EXCEEDED"),
        ({"components": [row(button(label=None))]}, "BUTTON_COMPONENT_MISSING_LABEL_OR_EMOJI"),
        ({"components": [row(button(custom_id=None))]}, "BASE_TYPE_REQUIRED"),
        ({"components": [{"type": 10, "content": "x"}]}, "UNION_TYPE_CHOICES"),
        ({"components": [row()]}, "BASE_TYPE_BAD_LENGTH"),
        ({"components": [row(menu(options=[OPTION, OPTION]))]}, "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"),
        ({"flags": IS_V2, "content": "x"}, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"),
        ({"flags": IS_V2, **embed()}, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"),
        ({"flags": IS_V2, **poll()}, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"),
        (embed(description=" "), "BASE_TYPE_REQUIRED"),
        (embed(fields=[{"name": "x", "value": " "}]), "BASE_TYPE_BAD_LENGTH"),
        (embed(url="ftp://x"), "URL_TYPE_INVALID_SCHEME"),
        (allowing(parse=["all"]), "BASE_TYPE_CHOICES"),
        (allowing(parse=["users"], users=["1"]), "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"),
        (allowing(everyone=True), "DICT_TYPE_CONVERT"),
    ],
)  # fmt: skip
def test_rules_of_messages(body: dict[str, Any], code: str) -> None:
    assert [problem.code for problem in message_problems(body, {})] == [code]


def modal(**changes: Any) -> dict[str, Any]:
    text = {"type": 4, "style": 1, "custom_id": "t", "label": "x", **changes.pop("text", {})}
    return {"title": "x", "custom_id": "m", "components": [row(text)], **changes}


def label(**changes: Any) -> dict[str, Any]:
    inside = {"type": 4, "style": 1, "custom_id": "t"}
    return modal(components=[{"type": 18, "label": "x", "component": inside, **changes}])


@pytest.mark.parametrize(
    ("made", "most"),
    [
        (lambda n: modal(title="x" * n), 45),
        (lambda n: modal(custom_id="x" * n), 100),
        (lambda n: modal(text={"label": "x" * n}), 45),
        (lambda n: modal(text={"value": "x" * n}), 4000),
        (lambda n: modal(text={"placeholder": "x" * n}), 100),
        (lambda n: modal(text={"max_length": n}), 4000),
        (lambda n: label(label="x" * n), 45),
        (lambda n: label(description="x" * n), 100),
        (lambda n: modal(components=[{"type": 10, "content": "x"}] * n), 5),
    ],
)
def test_limits_of_modals(made: Any, most: int) -> None:
    assert modal_problems(made(most)) == []
    assert len(modal_problems(made(most + 1))) == 1


def test_limits_of_choices() -> None:
    good = {"name": "x" * 100, "value": "y" * 100}
    assert choice_problems([good] * 25, ()) == []
    assert choice_problems([], ()) == []
    for bad in ([good] * 26, [{**good, "name": "x" * 101}], [{**good, "value": "y" * 101}], [{**good, "name": ""}]):
        assert len(choice_problems(bad, ())) == 1


def command(**changes: Any) -> dict[str, Any]:
    return {"name": "frage", "description": "x", **changes}


def option(**changes: Any) -> dict[str, Any]:
    return {"type": 3, "name": "text", "description": "x", **changes}


@pytest.mark.parametrize("name", ["frage", "öffentlich", "neu-laden", "a_b", "о'брайен", "x" * 32, "第1"])
def test_good_names(name: str) -> None:
    assert command_problems(command(name=name)) == []


@pytest.mark.parametrize("name", ["Frage", "zwei worte", "", "x" * 33, "frage!", "ÖFFENTLICH", None])
def test_bad_names(name: str | None) -> None:
    assert len(command_problems(command(name=name))) == 1


@pytest.mark.parametrize(
    "bad",
    [
        command(description="x" * 101),
        command(description=""),
        command(name_localizations={"en": "question"}),
        command(name_localizations={"en-US": "Ask Me"}),
        command(description_localizations={"en-US": "x" * 101}),
        command(options=[option(name=str(number)) for number in range(26)]),
        command(options=[option(), option()]),
        command(options=[option(), option(name="zwei", required=True)]),
        command(options=[option(description="x" * 101)]),
        command(options=[option(autocomplete=True, choices=[{"name": "x", "value": "y"}])]),
        command(options=[option(type=5, autocomplete=True)]),
        command(options=[option(type=1), option(name="zwei")]),
        command(options=[option(), option(name="zwei", description=None)]),
        {"type": 3, "name": "x" * 33},
        {"type": 3, "name": "x", "description": "y"},
    ],
)
def test_rules_of_commands(bad: dict[str, Any]) -> None:
    assert len(command_problems(bad)) == 1


def test_good_commands() -> None:
    nested = option(type=1, name="status", options=[option(required=True), option(name="zwei")])
    assert command_problems(command(options=[nested], name_localizations={"en-US": "ask"})) == []
    assert command_problems({"type": 3, "name": "Frage beantworten"}) == []


def test_limits_of_all_commands_together() -> None:
    assert set_problems([command(name=str(number)) for number in range(100)]) == []
    assert len(set_problems([command(name=str(number)) for number in range(101)])) == 1
    assert len(set_problems([{"type": 3, "name": str(number)} for number in range(6)])) == 1
    assert len(set_problems([command(), command()])) == 1


@pytest.mark.parametrize(
    ("text", "allowed", "expected"),
    [
        ("<@1> <@&2> @everyone", None, Pings(frozenset("19"), frozenset("2"), True)),
        ("<@1> <@&2> @here", {"parse": []}, Pings()),
        ("<@1> <@3>", {"parse": [], "users": ["3"]}, Pings(frozenset("3"))),
        ("<@!1> @everyone", {"parse": ["users"], "replied_user": True}, Pings(frozenset("19"))),
        ("`<@1>` ```@everyone```", {"parse": ["users", "everyone"]}, Pings()),
        ("@everyonex", {"parse": ["everyone"]}, Pings()),
    ],
)
def test_who_is_notified(text: str, allowed: dict[str, Any] | None, expected: Pings) -> None:
    assert pings(text, allowed, "9") == expected
