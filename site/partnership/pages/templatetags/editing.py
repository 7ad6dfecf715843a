"""For the editing screens."""

from django import template

register = template.Library()


@register.simple_tag
def of_a_group() -> dict[str, str]:
    """Return the attributes of a panel that is a named group and not a landmark of the page."""
    return {"role": "group"}
