"""What editors see of languages that are behind where they arrive, in lists and while writing."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from home.models import StandardPage
from tests.factories.pages import add_page, make_site
from tests.pages.behind import change, home, since
from tests.pages.three_pages import make_whole_pages, read_again

pytestmark = pytest.mark.django_db

REPORT = reverse("languages_report")
WORDS = [("heading", "Words")]


@pytest.fixture(scope="module")
def premises(shared_db):
    """The three pages alone: the lists of a site are pages of the list of pages, too."""
    for page in make_site().get_children():
        page.delete()
    return make_whole_pages()


@pytest.fixture
def lead(premises, db):
    return read_again(premises)


# The desk -------------------------------------------------------------------------------------


def test_the_desk_shows_what_is_behind_in_ones_own_language_only(client, editor, lead):
    editor("alder")
    person = editor("puerto")
    change(lead.joint)
    client.force_login(person)
    assert "Page of both" in home(client)

    change(lead.joint, code="en", words="Lead")  # as it was
    change(lead.joint, code="es", words="Otra")

    assert "Every page you look after is up to date in your languages." in home(client)


def test_overdue_promises_come_first_with_who_signed(client, editor, lead):
    person = editor("puerto")
    person.name = "Marta"
    person.save()
    change(lead.joint)
    since(lead.joint, 40)
    change(lead.puerto, by=timezone.localdate() - timedelta(days=2), user=person)
    client.force_login(person)

    page = home(client)

    assert page.index("Puerto&#x27;s page") < page.index("Page of both")
    assert "signed by Marta on" in page
    assert "overdue" in page


def test_the_desk_shows_ten_and_leads_to_all(client, editor, site_tree, cities):
    for number in range(12):
        page = add_page(site_tree, StandardPage, title=f"P{number}", lead_en="a", lead_es="b")
        change(page)
    client.force_login(editor("puerto"))

    page = home(client)

    assert page.count("#language-es") == 10
    assert "12 languages of pages wait" in page
    assert f"{REPORT}?responsible=me&amp;state=behind" in page


def test_the_desk_speaks_the_editors_language(client, editor, lead):
    from partnership.people.services import keep_admin_language

    person = editor("puerto")
    person.language_code = "es"
    person.save()
    keep_admin_language(person)
    client.force_login(person)

    assert "Idiomas por poner al día" in home(client)


# Lists and the editor -------------------------------------------------------------------------


def test_the_list_of_pages_tells_each_language_and_what_readers_wait_for(client, editor, lead):
    change(lead.alder, by=timezone.localdate() - timedelta(days=1))
    change(lead.joint, by=timezone.localdate() + timedelta(days=1))
    client.force_login(editor("alder"))

    page = client.get(reverse("wagtailadmin_explore", args=(lead.root.pk,))).content.decode()

    assert page.count("up to date") == 4
    assert page.count("66%") == 2
    assert "overdue" in page
    assert "Follows by" in page


def test_the_list_says_in_words_what_its_short_signs_mean(client, editor, lead):
    change(lead.alder)
    client.force_login(editor("alder"))
    address = reverse("wagtailadmin_explore", args=(lead.root.pk,))

    page = client.get(address).content.decode()
    cells = re.findall(r'<ul class="standings">.*?</ul>', page, re.S)
    behind = [cell for cell in cells if "w-status" in cell]

    assert len(behind) == 1
    assert all('<span class="w-sr-only" lang="es">Español</span>' in cell for cell in cells)
    assert all('<span aria-hidden="true">es</span>' in cell for cell in cells)
    assert all(cell.count("icon-check") == 2 * cell.count("up to date") for cell in cells)


def test_beside_the_editor_each_text_that_is_behind_is_linked(client, editor, lead):
    change(lead.alder)
    client.force_login(editor("alder"))

    page = client.get(reverse("wagtailadmin_pages:edit", args=(lead.alder.pk,))).content.decode()

    panel = page.split('data-side-panel="languages"')[1].split("data-side-panel=")[0]
    assert 'href="#words-lead_es"' in panel
    assert "66%" in panel
    assert 'id="words-lead_es"' in page


def test_a_new_page_has_the_panel_too(client, editor, lead):
    client.force_login(editor("alder"))
    address = reverse("wagtailadmin_pages:add", args=("home", "standardpage", lead.root.pk))

    assert 'data-side-panel="languages"' in client.get(address).content.decode()


def test_saving_by_itself_tells_the_panel_anew(client, editor, lead):
    client.force_login(editor("alder"))
    lead.alder.refresh_from_db()
    sent = nested_form_data(
        {
            "title_en": "Alder's page",
            "title_es": "Alder's page",
            "slug": lead.alder.slug,
            "lead_en": "Changed",
            "lead_es": "Entradilla",
            "body_en": streamfield(WORDS),
            "body_es": streamfield(WORDS),
            "comments": inline_formset([]),
        }
    )

    answer = client.post(
        reverse("wagtailadmin_pages:edit", args=(lead.alder.pk,)),
        {**sent, "cities": [lead.alder.cities.get().pk]},
        headers={"accept": "application/json", "x-requested-with": "XMLHttpRequest"},
    )

    told = answer.json()
    assert told["success"], told
    assert "#words-lead_es" in told["html"]
    assert "[data-side-panel-toggle='languages']" in told["html"]


def test_what_is_said_by_hand_is_asked_once_and_days_stay_as_somebody_typed_them(
    client, editor, lead
):
    """The calendar of Wagtail, loaded before, would put today in their place."""
    client.force_login(editor("puerto"))

    page = client.get(reverse("wagtailadmin_pages:edit", args=(lead.joint.pk,))).content.decode()

    asked = ("is_small_change", "follows_by_en", "follows_by_es")
    assert {name: page.count(f'name="{name}"') for name in asked} == dict.fromkeys(asked, 1)
    assert 0 < page.index("jquery.datetimepicker") < page.index("js/dates.js")
