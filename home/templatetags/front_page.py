"""The large heading in the cities' inks: ``{% load front_page %}``."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from partnership.cities.models import City
from partnership.interface.templatetags.looks import letter

register = template.Library()


@register.filter
def in_inks(heading: str, cities: Sequence[City]) -> SafeString:
    """Print the first words of a heading in the inks of the cities, one word each.

    Neither city may be missing: a heading with fewer words than cities stays as it is.
    """
    inks = [letter(city) for city in cities if letter(city)]
    words = heading.split()
    if len(words) <= len(inks):
        return format_html("{}", heading)
    inked = format_html_join(
        " ", '<span class="{}">{}</span>', zip(inks, words[: len(inks)], strict=True)
    )
    return format_html("{} {}", inked, " ".join(words[len(inks) :]))
