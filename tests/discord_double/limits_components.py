"""Discord's limits of components in messages and modals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from .checks import Path, Problem, count, length
from .messages import BUTTON, LABEL, LINK_BUTTON, ROW, STRING_SELECT, TEXT_DISPLAY, TEXT_INPUT, walk

SELECTS = {STRING_SELECT, 5, 6, 7, 8}
SECTION, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER = 9, 11, 12, 13, 14, 17
TOP_LEVEL_V2 = {ROW, SECTION, TEXT_DISPLAY, GALLERY, FILE, SEPARATOR, CONTAINER}
PREMIUM_BUTTON = 6
FILE_UPLOAD = 19


def component_problems(components: list[dict[str, Any]], v2: bool) -> list[Problem]:
    """What is wrong with the components of a message."""
    path: Path = ("components",)
    every = list(walk(components))
    problems = _unique(every, path)
    if v2:
        if len(every) > 40:
            text = f"A message has at most 40 components; this one has {len(every)}."
            problems.append(Problem(path, "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", text))
        shown = sum(len(one.get("content") or "") for one in every if one["type"] == TEXT_DISPLAY)
        if shown > 4000:
            text = f"Texts have {shown} of 4000 characters."
            problems.append(Problem(path, "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", text))
    else:
        problems += count(components, path, 5)
    for number, one in enumerate(components):
        if one["type"] not in (TOP_LEVEL_V2 if v2 else {ROW}):
            text = f"Type {one['type']} cannot stand here."
            problems.append(Problem((*path, number, "type"), "UNION_TYPE_CHOICES", text))
        problems += _one(one, (*path, number))
    return problems


def modal_component_problems(components: list[dict[str, Any]]) -> list[Problem]:
    """What is wrong with the components of a modal."""
    path: Path = ("data", "components")
    problems = _unique(list(walk(components)), path)
    for number, one in enumerate(components):
        here = (*path, number)
        if one["type"] not in (ROW, LABEL, TEXT_DISPLAY):
            problems.append(Problem((*here, "type"), "UNION_TYPE_CHOICES", "Cannot stand in a modal."))
        if one["type"] == LABEL:
            problems += length(one.get("label"), (*here, "label"), 45, 1)
            problems += length(one.get("description"), (*here, "description"), 100)
            problems += _one(one.get("component") or {"type": 0}, (*here, "component"))
        elif one["type"] == ROW:
            inner = one.get("components") or []
            problems += count(inner, (*here, "components"), 1, 1)
            for two in inner:
                if two["type"] != TEXT_INPUT:
                    text = "A row of a modal holds a text input."
                    problems.append(Problem((*here, "components", 0, "type"), "UNION_TYPE_CHOICES", text))
                problems += length(two.get("label"), (*here, "components", 0, "label"), 45, 1)
                problems += _one(two, (*here, "components", 0))
        else:
            problems += _one(one, here)
    return problems


def _unique(every: list[dict[str, Any]], path: Path) -> list[Problem]:
    used = Counter(one["custom_id"] for one in every if one.get("custom_id"))
    twice = [custom_id for custom_id, times in used.items() if times > 1]
    text = "Component custom id cannot be duplicated: {}"
    return [Problem(path, "COMPONENT_CUSTOM_ID_DUPLICATED", text.format(custom_id)) for custom_id in twice]


def _one(one: dict[str, Any], path: Path) -> list[Problem]:
    check = CHECKS.get(one["type"])
    if check is None:
        return [Problem((*path, "type"), "UNION_TYPE_CHOICES", f"Component type {one['type']} is not known here.")]
    return check(one, path)


def _nothing(_: dict[str, Any], __: Path) -> list[Problem]:
    return []


def _text_display(one: dict[str, Any], path: Path) -> list[Problem]:
    return length(one.get("content"), (*path, "content"), 4000, 1)


def _section(one: dict[str, Any], path: Path) -> list[Problem]:
    problems = _inside(one, path, 3)
    return problems + _one(one.get("accessory") or {"type": 0}, (*path, "accessory"))


def _container(one: dict[str, Any], path: Path) -> list[Problem]:
    return _inside(one, path, 39)


def _gallery(one: dict[str, Any], path: Path) -> list[Problem]:
    return count(one.get("items"), (*path, "items"), 10, 1)


def _inside(one: dict[str, Any], path: Path, most: int) -> list[Problem]:
    inside = one.get("components") or []
    problems = count(inside, (*path, "components"), most, 1)
    for number, inner in enumerate(inside):
        problems += _one(inner, (*path, "components", number))
    return problems


def _row(one: dict[str, Any], path: Path) -> list[Problem]:
    here = (*path, "components")
    inside = one.get("components") or []
    problems = _inside(one, path, 5)
    kinds = {inner["type"] for inner in inside}
    if kinds & SELECTS and len(inside) > 1:
        text = "A select menu fills its row."
        problems.append(Problem(here, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", text))
    if kinds - SELECTS - {BUTTON}:
        problems.append(Problem(here, "UNION_TYPE_CHOICES", "A row holds buttons or one select menu."))
    return problems


def _button(one: dict[str, Any], path: Path) -> list[Problem]:
    problems = length(one.get("label"), (*path, "label"), 80)
    style = one.get("style")
    if style not in range(1, 7):
        problems.append(Problem((*path, "style"), "BASE_TYPE_CHOICES", "The style is one of 1 to 6."))
    if not (one.get("label") or one.get("emoji") or style == PREMIUM_BUTTON):
        text = "A button needs a label or an emoji."
        problems.append(Problem(path, "BUTTON_COMPONENT_MISSING_LABEL_OR_EMOJI", text))
    if style == LINK_BUTTON:
        problems += length(one.get("url"), (*path, "url"), 512, 1)
        if one.get("custom_id"):
            text = "A link has no custom_id."
            problems.append(Problem(path, "BUTTON_COMPONENT_CUSTOM_ID_AND_URL", text))
    elif style != PREMIUM_BUTTON:
        problems += length(one.get("custom_id"), (*path, "custom_id"), 100, 1)
    return problems


def _select(one: dict[str, Any], path: Path) -> list[Problem]:
    problems = length(one.get("custom_id"), (*path, "custom_id"), 100, 1)
    problems += length(one.get("placeholder"), (*path, "placeholder"), 150)
    least, most = one.get("min_values"), one.get("max_values")
    if not 0 <= (1 if least is None else least) <= 25 or not 1 <= (1 if most is None else most) <= 25:
        problems.append(Problem(path, "NUMBER_TYPE_MAX", "min_values and max_values are at most 25."))
    if one["type"] != STRING_SELECT:
        return problems
    options = one.get("options") or []
    problems += count(options, (*path, "options"), 25, 1)
    for number, option in enumerate(options):
        here = (*path, "options", number)
        problems += length(option.get("label"), (*here, "label"), 100, 1)
        problems += length(option.get("value"), (*here, "value"), 100, 1)
        problems += length(option.get("description"), (*here, "description"), 100)
    used = Counter(option.get("value") for option in options)
    if any(times > 1 for times in used.values()):
        text = "The specified option value is already used."
        problems.append(Problem((*path, "options"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", text))
    if (1 if most is None else most) > len(options):
        text = "max_values is larger than the number of options."
        problems.append(Problem((*path, "max_values"), "SELECT_COMPONENT_MAX_VALUES", text))
    return problems


def _text_input(one: dict[str, Any], path: Path) -> list[Problem]:
    problems = length(one.get("custom_id"), (*path, "custom_id"), 100, 1)
    problems += length(one.get("placeholder"), (*path, "placeholder"), 100)
    problems += length(one.get("value"), (*path, "value"), 4000)
    least, most = one.get("min_length"), one.get("max_length")
    if not 0 <= (least or 0) <= 4000 or not 1 <= (4000 if most is None else most) <= 4000:
        problems.append(Problem(path, "NUMBER_TYPE_MAX", "min_length and max_length are at most 4000."))
    if one.get("style") not in (1, 2):
        problems.append(Problem((*path, "style"), "BASE_TYPE_CHOICES", "The style is 1 or 2."))
    return problems


CHECKS: dict[int, Callable[[dict[str, Any], Path], list[Problem]]] = {
    ROW: _row, BUTTON: _button, TEXT_INPUT: _text_input, TEXT_DISPLAY: _text_display, SECTION: _section,
    CONTAINER: _container, GALLERY: _gallery, THUMBNAIL: _nothing, FILE: _nothing, SEPARATOR: _nothing,
    FILE_UPLOAD: _nothing, **dict.fromkeys(SELECTS, _select),
}  # fmt: skip
