"""A city's own mark: ``{% load city_logos %}{% city_logo city %}``."""

from typing import Any

from django import template

from partnership.cities.logos import shown_logo

register = template.Library()


@register.simple_tag
def city_logo(city: Any) -> str:
    """The city's own mark as a picture, described in the reader's language; empty without one."""
    return shown_logo(city)
