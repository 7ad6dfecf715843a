"""A mail's words: subject, text and page from emails/<kind>.*, in the reader's language."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template import Context, engines
from django.template.loader import get_template
from django.utils import translation

from partnership.cities.models import City
from partnership.cities.naming import as_one

SUBJECT_LENGTH = 250
#: What inboxes show of a subject: a long title in it is cut, so that the words after it are seen.
SUBJECT_SHOWN = 70
#: As much of a title is kept at least.
TITLE_KEPT = 20
#: Spaces that end a line, but not the one of the line above the foot, which is written with it.
TRAILING = re.compile(r"(?<![ \t])(?<!\n--)[ \t]+(?=\n)")
BLANK_LINES = re.compile(r"\n{3,}")

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
        cities = context.get("cities") or list(City.objects.partners().own_first(to))
        values = {
            "base_url": settings.BASE_URL,
            "cities": cities,
            "partnership_name": as_one(cities),
            "language_code": language_code,
            "language_is_rtl": translation.get_language_bidi(),
            "start": "right" if translation.get_language_bidi() else "left",
            **({name: of(to) for name, of in _about_address.items()} if to else {}),
            **context,
        }
        subject = _fitted(_one_line(_plain(f"emails/{kind}.subject.txt", values)), values)
        return Letter(
            subject=subject,
            text=_tidy(_plain(f"emails/{kind}.txt", values)),
            html=get_template(f"emails/{kind}.html").render({**values, "subject": subject}),
        )


def _plain(name: str, values: dict[str, Any]) -> str:
    template = engines["django"].engine.get_template(name)  # type: ignore[attr-defined] # Django's
    return template.render(Context(values, autoescape=False))


def _tidy(text: str) -> str:
    """What a template leaves out leaves no gap, and no line ends in spaces."""
    lines = TRAILING.sub("", text.replace("\r\n", "\n"))
    return BLANK_LINES.sub("\n\n", lines).strip() + "\n"


def _one_line(words: str) -> str:
    """A line break in a subject would start another header."""
    return " ".join(words.split())


def _fitted(subject: str, values: dict[str, Any]) -> str:
    """Cut the longest title in a subject that is too long; the words round it stay."""
    too_much = len(subject) - SUBJECT_SHOWN
    if too_much <= 0:
        return subject
    named = [title for title in map(_one_line, _titles(values.values())) if title in subject]
    title = max(named, key=len, default="")
    if len(title) > TITLE_KEPT:
        room = max(len(title) - too_much, TITLE_KEPT)
        subject = subject.replace(title, _cut(title, room))
    return subject[:SUBJECT_LENGTH]


def _titles(values: Iterable[Any]) -> Iterator[str]:
    """What a mail is about, by name: a text it is given, or the title of a thing."""
    for value in values:
        if isinstance(value, list | tuple):
            yield from _titles(value[:1])  # the one that a subject names
            continue
        title = value.get("title") if isinstance(value, dict) else getattr(value, "title", None)
        title = value if isinstance(value, str) else title
        if isinstance(title, str) and title.strip():
            yield title


def _cut(title: str, room: int) -> str:
    """Cut between words where there are any near the end; the mark is part of the room."""
    kept = title[: room - 1]
    whole_words = kept.rpartition(" ")[0]
    kept = whole_words if len(whole_words) > room // 2 else kept
    return kept.rstrip(" ,.;:–-") + "…"
