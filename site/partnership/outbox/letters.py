"""A mail's words: subject, text and page from emails/<kind>.*, in the reader's language."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template import Context, engines
from django.template.loader import get_template
from django.utils import translation

from partnership.cities.models import City

SUBJECT_LENGTH = 250

#: What is told in every mail to an address, by its name in the templates.
_about_address: dict[str, Callable[[str], Any]] = {}


def tell(name: str, of_address: Callable[[str], Any]) -> None:
    """Say what every mail's template is given about the address it goes to."""
    _about_address[name] = of_address


@dataclass(frozen=True)
class Letter:
    """What one mail says."""

    subject: str
    text: str
    html: str


def write(kind: str, *, language_code: str, context: dict[str, Any], to: str = "") -> Letter:
    """Render emails/<kind>.subject.txt, .txt and .html in that language.

    Links are absolute: ``{{ base_url }}{% url "my_participation" %}``. The text versions are
    rendered without HTML escaping, whatever the template says. A caller who has the cities of
    the partnership at hand gives them as ``cities``; else the reader's own comes first.
    """
    with translation.override(language_code):
        cities = context.get("cities") or list(City.objects.own_first(to))
        values = {
            "base_url": settings.BASE_URL,
            "cities": cities,
            "partnership_name": " & ".join(str(city) for city in cities),
            "language_code": language_code,
            "language_is_rtl": translation.get_language_bidi(),
            **({name: of(to) for name, of in _about_address.items()} if to else {}),
            **context,
        }
        subject = _plain(f"emails/{kind}.subject.txt", values)
        return Letter(
            subject=_one_line(subject),
            text=_plain(f"emails/{kind}.txt", values).strip() + "\n",
            html=get_template(f"emails/{kind}.html").render(values),
        )


def _plain(name: str, values: dict[str, Any]) -> str:
    template = engines["django"].engine.get_template(name)  # type: ignore[attr-defined] # Django's
    return template.render(Context(values, autoescape=False))


def _one_line(subject: str) -> str:
    """A line break in a subject would start another header."""
    return " ".join(subject.split())[:SUBJECT_LENGTH]
