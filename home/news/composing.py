"""The words of an issue: made once for each language and choice, however many chose it."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consultations.following.mail import news_of
from events.fields import codes_in
from home.news.enums import Topic
from home.news.gathering import Found
from partnership.cities.models import City
from partnership.interface.templatetags.clocks import on_clocks
from partnership.outbox.templatetags.mails import plain
from partnership.pages.wording.foreign import language_shown

Sections = list[dict[str, Any]]


def compose(
    found: Iterable[Found], *, code: str, topics: str, city: int | None, cities: list[City]
) -> Sections:
    """Return what a reader of that language and choice is told: by topic, title and items."""
    told: dict[Topic, list[dict[str, Any]]] = {Topic(topic): [] for topic in codes_in(topics)}
    with translation.override(code):
        for each in found:
            if each.topic in told and each.is_about(city):
                told[each.topic].append(_item(each, cities))
        return [
            {"title": str(_title(topic)), "items": told[topic]}
            for topic in Topic
            if told.get(topic)
        ]


def _title(topic: Topic) -> str:
    return {
        Topic.CONSULTATIONS: _("Have your say"),
        Topic.EVENTS: _("Exchanges and festivals"),
        Topic.ANSWERS: _("What the cities answered"),
        Topic.ROADMAP: _("The roadmap"),
        Topic.STORIES: _("Stories"),
    }[topic]


def _item(found: Found, cities: list[City]) -> dict[str, Any]:
    """What is told of one thing: title, lang, url, and a note or the step of a promise."""
    thing = found.thing
    if found.what == "promise":
        lang = language_shown(thing.commitment, "title")
        return {**news_of(thing), "lang": lang, "is_promise": True}
    return {
        "title": thing.title,
        "lang": language_shown(thing, "title"),
        "url": _url(found),
        "note": NOTES[found.what](thing, cities),
    }


def _url(found: Found) -> str | None:
    """Where it is read in the active language."""
    views = {"answered": "consultation_answers", "results": "consultation_results"}
    view, page = views.get(found.what), found.thing
    if view is None:
        address: str | None = page.get_full_url()
        return address
    return f"{settings.BASE_URL}{reverse(view, args=(page.slug_in(_code()),))}"


def _code() -> str:
    return str(translation.get_language())


def _until(page: Any, cities: list[City]) -> str:
    times = plain(on_clocks(page.closes_at, cities))
    return _("Open until %(times)s") % {"times": times}


def _closing(page: Any, cities: list[City]) -> str:
    times = plain(on_clocks(page.closes_at, cities))
    return _("Closes before our next mail: %(times)s") % {"times": times}


def _day(event: Any, cities: list[City]) -> str:
    return f"{date_format(event.starts_at.astimezone(event.zone))}. {event.where}"


NOTES: dict[str, Callable[[Any, list[City]], str]] = {
    "opened": _until,
    "closes": _closing,
    "event": _day,
    "answered": lambda page, cities: _("Every city has signed the answers."),
    "results": lambda page, cities: _("The final results are published."),
    "roadmap": lambda page, cities: _("What the cities promise for the year."),
    "story": lambda page, cities: page.intro,
}
