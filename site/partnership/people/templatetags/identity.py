"""Which identity providers a page offers; none, and then it says no word of them."""

from typing import Any

from django import template

from partnership.people.identity import providers

register = template.Library()


@register.simple_tag
def identity_providers() -> list[dict[str, Any]]:
    """Return the number and the name of each, in the reader's language."""
    return providers.offered()
