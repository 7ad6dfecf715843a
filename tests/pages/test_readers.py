"""Readers of a language that is not complete: other words stand in, marked, with a note."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db.models import CharField, F, TextField, Value
from django.db.models.functions import Concat
from django.utils import timezone, translation
from modeltranslation.translator import translator
from wagtail.fields import StreamField

from consultations.models import Statement
from home.models import StandardPage
from partnership.pages.languages import localized
from partnership.pages.wording.foreign import Foreign, marked
from partnership.pages.wording.slots import NOT_PROSE
from tests.factories.consultations import (
    make_consultation,
    make_question,
)
from tests.factories.events import add_programme_item, add_provision, add_venue, make_event
from tests.factories.home import make_story, make_text
from tests.factories.pages import add_page, make_site
from tests.factories.roadmap import make_commitment

pytestmark = pytest.mark.django_db

ENGLISH = re.compile(r"\bEN\b")
#: Where no mark can stand, or where readers do not read.
UNMARKED = ("title", "script", "style")


@pytest.fixture
def only_english(cities):
    """A site of every type of page whose words exist in English only, each beginning with EN."""
    alder, _puerto = cities
    event = make_event(title="Workshop")
    add_venue(event, alder)
    add_programme_item(event)
    add_provision(event)
    consultation = make_consultation()
    make_question(consultation)
    Statement.objects.create(
        consultation=consultation, language_code="en", text_en="Keep the bench."
    )
    commitment = make_commitment()
    pages = [
        make_site(),
        make_text("About us"),
        make_story("A ramp", commitment=commitment),
        event,
        consultation,
        commitment.roadmap,
    ]
    _leave_only_english()
    return [type(page).objects.get(pk=page.pk) for page in pages]


def _leave_only_english():
    for model in translator.get_registered_models(abstract=False):
        for name in set(translator.get_options_for_model(model).local_fields) - NOT_PROSE:
            _only_in_english(model, *(localized(name, code) for code in ("en", "es")))


def _only_in_english(model, english, spanish):
    rows = model._base_manager
    column = model._meta.get_field(english)
    if isinstance(column, StreamField):
        rows.update(**{english: [("heading", "EN words")], spanish: []})
    elif isinstance(column, CharField | TextField):
        written = rows.exclude(**{english: None}).exclude(**{english: ""})
        written.update(**{english: Concat(Value("EN "), F(english))})
        rows.update(**{spanish: ""})


def test_every_word_of_another_language_is_marked(client, only_english):
    unmarked, broken = [], []

    for page in only_english:
        response = client.get(page.url_in("es"))
        assert response.status_code == 200
        soup = BeautifulSoup(response.content, "html.parser")
        unmarked += [
            (page.url_in("es"), str(words).strip())
            for words in soup.find_all(string=ENGLISH)
            if words.find_parent(UNMARKED) is None and words.find_parent(lang=True)["lang"] != "en"
        ]
        broken += [
            (page.url_in("es"), tag.name, name)
            for tag in soup.find_all(True)
            for name, value in tag.attrs.items()
            if "<" in str(value)
        ]

    assert unmarked == []
    assert broken == []


def test_nothing_is_marked_in_the_readers_own_language(client, only_english):
    for page in only_english:
        text = client.get(page.url_in("en")).content.decode()

        assert '<span lang="en"' not in text


def test_only_readers_pages_mark_words():
    page = StandardPage(title_en="Only English")

    assert type(page.title) is str
    with marked():
        assert type(page.title) is str
    with marked(), translation.override("es"):
        assert (page.title, page.title.lang) == ("Only English", "en")


def test_a_mark_hides_no_markup():
    assert Foreign('<b>"', "ar").__html__() == '<span lang="ar" dir="rtl">&lt;b&gt;&quot;</span>'


@pytest.mark.parametrize(
    ("due_on", "sentence"),
    [
        (timedelta(days=30), "Llegará antes del"),
        (timedelta(days=0), "Llegará antes del"),
        (timedelta(days=-1), "Se prometió para antes del"),
        (None, "Lo que falta se muestra en otro idioma."),
    ],
)
def test_readers_are_told_what_is_missing_and_until_when(client, due_on, sentence):
    page = add_page(make_site(), StandardPage, title_en="About", title_es="Quiénes somos")
    day = (timezone.localdate() + due_on).isoformat() if due_on is not None else None
    StandardPage.objects.filter(pk=page.pk).update(follows={"es": day})

    spanish = client.get(page.url_in("es")).content.decode()
    english = client.get(page.url_in("en")).content.decode()

    assert "Aquí aún no está todo en español" in spanish
    assert sentence in spanish
    assert "is in Spanish yet" not in english
    assert "language_note" not in english
