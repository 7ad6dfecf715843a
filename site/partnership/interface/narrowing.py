"""What somebody narrowed a list by, each with the address of the list without it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any


def chosen_links(*rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What was chosen in rows of links (label, url, current) whose first one asks for nothing."""
    return [
        {"label": link["label"], "url": row[0]["url"]}
        for row in rows
        for link in row[1:]
        if link.get("current")
    ]


def chosen_fields(
    fields: Iterable[Mapping[str, Any]], address_without: Callable[[str], str]
) -> list[dict[str, Any]]:
    """What was chosen in selects (name, chosen, choices) whose first choice asks for nothing."""
    return [
        {"label": dict(field["choices"])[field["chosen"]], "url": address_without(field["name"])}
        for field in fields
        if field["chosen"] in dict(field["choices"][1:])
    ]
