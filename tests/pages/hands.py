"""Editors at the screens of things that are no pages."""

import html
import re

from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from events.boards.models import Board
from partnership.cities.models import City
from partnership.pages.languages import localized
from tests.factories.events import make_event
from tests.factories.people import ResidentFactory
from tests.factories.reports import make_photo

HIDDEN = ("as_opened", "form_token")


class Editor:
    """Somebody of one city at one screen: opens it, types, sends."""

    def __init__(self, city: City) -> None:
        self.client = Client()
        person = ResidentFactory(is_staff=True)
        person.groups.add(*Group.objects.filter(name__in=("Editors", "Moderators")))
        person.edits_for.add(city)
        self.client.force_login(person)

    def open(self, address):
        self.address = address
        self.keep_hidden(self.client.get(address))
        return self

    def keep_hidden(self, response):
        page = response.content.decode()
        found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
        self.hidden = {name: html.unescape(text) for name, text in found if name in HIDDEN}

    def send(self, values, **fields):
        sent = nested_form_data({**values, **fields, **self.hidden})
        return self.client.post(self.address, sent)


def edit(name, thing):
    return reverse(f"{name}:edit", args=(thing.pk,))


def text_of(response):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def board_form(board, **fields):
    words = ("title", "explanation")
    return {
        "event": board.event_id,
        "number": board.number,
        **{f"{name}_{code}": f"{name} {code}" for name in words for code in ("en", "es")},
        "drawing": board.drawing_id,
        "is_published": "on",
        "is_small_change": "on",
        **fields,
    }


def debrief_form(debrief, *lessons, **fields):
    words = ("went_well", "to_change")
    return {
        "held_on": str(debrief.held_on),
        **{localized(name, code): getattr(debrief, localized(name, code))
           for name in words for code in ("en", "es")},
        "is_published": "on",
        "is_small_change": "on",
        "lessons": inline_formset([lesson_row(lesson) for lesson in lessons], initial=len(lessons)),
        **fields,
    }  # fmt: skip


def lesson_row(lesson, **fields):
    return {
        "id": lesson.pk,
        "text_en": lesson.text_en,
        "text_es": lesson.text_es,
        "state": lesson.state,
        "taken_up_on": "",
        "taken_up_in_en": "",
        "taken_up_in_es": "",
        "taken_up_url": "",
        "ORDER": "1",
        **fields,
    }


def new_board(**fields):
    event, photo = make_event(), make_photo()
    return board_form(Board(event=event, drawing=photo), number="", **fields)
