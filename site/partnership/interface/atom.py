"""Atom feeds in every partner language, each leading to its twins."""

import uuid
from typing import Any

from django.utils.feedgenerator import Atom1Feed

from partnership.pages.languages import active


class FeedInLanguages(Atom1Feed):
    """Atom that names its language and leads to its twins in the others."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        _add_twins(handler, self.feed["twins"])

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        _add_twins(handler, item["twins"])


def _add_twins(handler: Any, twins: dict[str, str]) -> None:
    for code, url in twins.items():
        attributes = {"rel": "alternate", "hreflang": code, "href": url}
        handler.addQuickElement("link", "", attributes)


def lasting_id(namespace: uuid.UUID, name: str) -> str:
    """An id that stays when the address or the domain changes; each language has its own."""
    return uuid.uuid5(namespace, f"{name}:{active()}").urn
