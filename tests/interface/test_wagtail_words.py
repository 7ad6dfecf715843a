"""Editors read the editing screens in their language, what Wagtail has no words for included."""

import json
import re
from pathlib import Path

import polib
import pytest
import wagtail
from django.contrib.auth.models import Permission
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext, gettext_lazy, override
from wagtail.admin.panels import MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield
from wagtail.users.models import UserProfile

from home.models import StandardPage
from partnership.interface import wagtail_english, wagtail_mistakes, wagtail_words
from partnership.interface.scripts import COUNTED
from partnership.pages.fixed_names import fix_names
from tests.factories.home import make_text
from tests.factories.people import ResidentFactory

WAGTAIL = Path(wagtail.__file__).parent
CATALOGUE = Path(__file__).parents[2] / "locale/es/LC_MESSAGES/django.po"
OURS = {
    *(str(sentence) for sentence in wagtail_words.SENTENCES),
    *wagtail_words.OF_SCRIPTS,
    *COUNTED,
}


def said_in(entry):
    """Each form of what it is translated to."""
    return [entry.msgstr] if entry.msgstr else list(entry.msgstr_plural.values())


def of_wagtail(code):
    """The entries of all of Wagtail's catalogues in that language."""
    for path in WAGTAIL.glob(f"**/locale/{code}/LC_MESSAGES/django*.po"):
        yield from polib.pofile(path)


@pytest.fixture
def editor(db, client):
    person = ResidentFactory(is_staff=True, is_superuser=True)
    UserProfile.objects.create(user=person, preferred_language="es")
    client.force_login(person)
    return client


def test_what_stands_here_is_what_wagtail_says_and_has_no_spanish_for():
    said = {entry.msgid for entry in of_wagtail("en")}
    learnt = {entry.msgid for entry in of_wagtail("es") if entry.translated()}

    assert (OURS - said, OURS & learnt) == (set(), set())


def test_what_is_said_otherwise_is_what_wagtail_says_in_its_own_spanish():
    said = {entry.msgid for entry in of_wagtail("es") if entry.translated()}

    assert set(wagtail_words.OTHERWISE) - said == set()


def test_what_wagtail_says_of_pages_is_said_in_the_words_of_the_house():
    said = {entry.msgid for entry in of_wagtail("en")}

    assert set(wagtail_english.SAID) - said == set()
    with override("en"):
        told = {message: gettext(message) for message in wagtail_english.SAID}
    assert told == wagtail_english.SAID
    assert not any("oderation" in words for words in told.values())


def test_a_mistake_is_still_wagtails_and_not_ours():
    theirs: dict[str, list] = {}  # several of its catalogues may say it, one of them well
    for entry in of_wagtail("es"):
        if entry.translated():
            theirs.setdefault(entry.msgid, []).append(said_in(entry))
    ours = {
        entry.msgid: said_in(entry)
        for entry in polib.pofile(CATALOGUE)
        if any(name.endswith("/wagtail_mistakes.py") for name, _line in entry.occurrences)
    }

    assert set(wagtail_mistakes.SENTENCES) | set(wagtail_mistakes.OF_SCRIPTS) < set(ours)
    assert set(ours) - set(theirs) == set()
    no_better = {one for one, said in ours.items() if all(said == each for each in theirs[one])}
    assert no_better == set()


def test_a_link_to_a_panel_works_in_every_language_whoever_opened_it_first(editor):
    type(make_text()).get_edit_handler.cache_clear()  # as when the site has just started
    page = StandardPage.objects.get()

    opened = editor.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).content.decode()

    assert "Contenido" in opened
    assert 'id="tab-content"' in opened
    with override("es"):
        rows = fix_names(MultiFieldPanel((), heading=gettext_lazy("Settings")))
        assert fix_names(ObjectList((rows,))).child_identifiers == ["settings"]


@pytest.mark.parametrize("sent", [{"title_en": "Aid", "title_es": "Ayuda"}, {}])
def test_a_thing_is_saved_and_refused_in_words_that_fit_every_kind(editor, sent):
    values = {"title_en": "", "title_es": "", "items": inline_formset([]), **sent}

    answer = editor.post(reverse("checklists:add"), nested_form_data(values), follow=True)

    text = answer.content.decode()
    told = "Se ha creado: lista de comprobación" if sent else "en el formulario: lista de compr"
    assert told in text
    assert "El lista" not in text
    assert "creado." not in text


@pytest.mark.parametrize(
    ("screen", "button"),
    [
        ("closing_reports", "Evento"),
        ("boards", "Evento"),
        ("debriefs", "Evento"),
        ("after_action_reviews", "Simulacro"),
        ("commitments", "Evento"),
        ("commitments", "Consulta"),
    ],
)
def test_the_button_for_a_page_is_in_the_language_of_whoever_sees_it(editor, screen, button):
    another = Client()
    another.force_login(ResidentFactory(is_staff=True, is_superuser=True))
    assert "Choose a page (" in another.get(reverse(f"{screen}:add")).content.decode()

    page = editor.get(reverse(f"{screen}:add")).content.decode()

    assert f"Seleccionar una página ({button})" in page
    assert "Choose a page" not in page


def english_in(page):
    """Our sentences that stand there in English, as a whole text or a whole attribute."""
    texts = {" ".join(text.split()) for text in re.findall(r">([^<>]+)<", page)}
    texts |= set(re.findall(r'(?:title|aria-label|placeholder)="([^"]+)"', page))
    return sorted(texts & {sentence for sentence in OURS if len(sentence) > 3})


@pytest.mark.parametrize(
    "screen",
    [
        ("wagtailadmin_home",),
        ("wagtailadmin_explore_root",),
        ("wagtailadmin_explore", 0),
        ("wagtailadmin_pages:edit", 0),
        ("wagtailadmin_pages:history", 0),
        ("wagtailadmin_pages:delete", 0),
        ("wagtailimages:index",),
        ("wagtaildocs:index",),
        ("wagtailadmin_reports:locked_pages",),
        ("wagtailadmin_reports:workflow",),
        ("wagtailadmin_reports:site_history",),
        ("wagtailadmin_workflows:index",),
    ],
    ids=lambda screen: "-".join(map(str, screen)),
)
def test_no_editing_screen_says_it_in_english(editor, screen):
    name, *page = screen
    address = reverse(name, args=[make_text().pk for _place in page])

    answer = editor.get(address)

    assert answer.status_code == 200
    assert english_in(answer.content.decode()) == []


def test_a_page_that_cannot_be_saved_says_why_in_spanish(editor):
    page = make_text()
    bodies = {"body_en": streamfield([]), "body_es": streamfield([])}
    sent = {"title_en": "", "title_es": "", "comments": inline_formset([]), **bodies}

    address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    answer = editor.post(address, nested_form_data(sent))

    text = answer.content.decode()
    assert "La página no se ha guardado porque hay errores en el formulario." in text
    assert "could not be saved" not in text
    assert english_in(text) == []


@pytest.mark.django_db
def test_a_refusal_is_said_in_the_language_of_whoever_is_refused(client):
    person = ResidentFactory(is_staff=True)
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    UserProfile.objects.create(user=person, preferred_language="es")
    client.force_login(person)

    address = reverse("wagtailadmin_pages:edit", args=(make_text().pk,))
    refused = client.get(address, follow=True).content.decode()

    assert "Lo sentimos, no tienes permisos para acceder a esta área." in refused


def test_the_scripts_say_it_in_spanish_too(editor):
    answer = editor.get(reverse("wagtailadmin_javascript_catalog"))

    said = json.loads(re.search(r"newcatalog = (\{.*?\n  \});", answer.content.decode(), re.S)[1])
    assert said["A network error occurred."] == "Ha fallado la conexión."
    assert said["%(num)s error"] == ["%(num)s error", "%(num)s errores", "%(num)s errores"]
    assert (said["Cancel"], said["Save error"]) == ("Cancelar", "Error al guardar")


def test_the_scripts_keep_wagtails_words_of_a_language_that_we_have_none_of(editor):
    UserProfile.objects.update(preferred_language="fr")

    answer = editor.get(reverse("wagtailadmin_javascript_catalog"))

    said = json.loads(re.search(r"newcatalog = (\{.*?\n  \});", answer.content.decode(), re.S)[1])
    assert said["Reload the page"] == "Recharger la page"


@pytest.mark.parametrize(("value", "word"), [(True, "sí"), (False, "no"), (None, "quizás")])
def test_a_column_of_yes_and_no_says_so_in_words(value, word):
    column = BooleanColumn("is_published")

    with override("es"):
        cell = render_to_string(column.cell_template_name, {"value": value, "column": column})

    assert word in strip_tags(cell).split()
