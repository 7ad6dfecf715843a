"""Editing both languages: what a draft needs, what publishing needs, whose page it becomes."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import translation
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from home.models import StandardPage
from partnership.pages.models import BasePage
from partnership.pages.wording.forms import overview
from tests.factories.pages import add_page
from tests.factories.people import ResidentFactory
from tests.factories.reports import make_photo

pytestmark = pytest.mark.django_db

TEXT = [("heading", "Words")]


def form(cities=(), **fields):
    """Return what the editor's browser sends for a page of text."""
    return {
        "cities": list(cities),
        **nested_form_data(
            {
                "title_en": "About us",
                "title_es": "Quiénes somos",
                "slug": "about-us",
                "local_slug_es": "quienes-somos",
                "body_en": streamfield(TEXT),
                "body_es": streamfield(TEXT),
                "comments": inline_formset([]),
                **fields,
            }
        ),
    }


def create(client, parent, **fields):
    address = reverse("wagtailadmin_pages:add", args=("home", "standardpage", parent.pk))
    return client.post(address, form(**fields))


def edit(client, page, **fields):
    return client.post(reverse("wagtailadmin_pages:edit", args=(page.pk,)), form(**fields))


def errors(response):
    return {name: list(texts) for name, texts in response.context["form"].errors.items()}


@pytest.fixture
def alder_editor(client, editor):
    person = editor("alder")
    client.force_login(person)
    return person


def test_a_draft_may_be_written_in_one_language(client, alder_editor, site_tree):
    response = create(client, site_tree, title_es="", local_slug_es="", body_es=streamfield([]))

    page = StandardPage.objects.get(slug="about-us")
    assert response.status_code == 302
    assert (page.live, page.title_en, page.title_es or "") == (False, "About us", "")


def test_a_draft_may_start_in_the_second_language(client, alder_editor, site_tree):
    create(client, site_tree, title_en="", slug="", body_en=streamfield([]))

    page = StandardPage.objects.get(local_slug_es="quienes-somos")
    assert (page.title_en or "", page.title_es) == ("", "Quiénes somos")
    assert page.get_latest_revision_as_object().title_en in {"", None}
    assert page.draft_title == "Quiénes somos"


def test_a_draft_without_any_title_is_refused(client, alder_editor, site_tree):
    response = create(client, site_tree, title_en="", title_es="", slug="", local_slug_es="")

    assert errors(response) == {"title_en": ["Write a title, in one language at least."]}


def test_publishing_asks_for_every_language_beside_its_field(client, alder_editor, site_tree):
    response = create(
        client,
        site_tree,
        title_es="",
        body_es=streamfield([]),
        body_en=streamfield([]),
        **{"action-publish": "1"},
    )

    assert errors(response) == {
        "title_es": ["Write this in Spanish before publishing."],
        "body_en": ["Write this in English before publishing."],
        "body_es": ["Write this in Spanish before publishing."],
    }
    assert not StandardPage.objects.exists()


def test_who_publishes_a_photo_that_is_not_described_is_told_which(client, alder_editor, site_tree):
    described = make_photo(title="Bridge")
    silent = make_photo("", title="Quay")
    half = make_photo(title="Square", description_es=" ")
    text = [*TEXT, *(("photo", {"photo": photo.pk}) for photo in (described, half))]
    both = {"body_en": streamfield(text), "body_es": streamfield(text)}

    create(client, site_tree, cover_photo=silent.pk, **both, **{"action-publish": "1"})

    told = [str(each) for each in client.get("/admin/account/").context["messages"]]
    assert StandardPage.objects.get(slug="about-us").live
    assert any("“Quay” is on this page and not described in English" in each for each in told)
    assert (
        sum("“Square” is on this page and not described in Spanish" in each for each in told) == 1
    )
    assert not any("Bridge" in each for each in told)


def test_a_complete_page_is_published_in_both_languages(client, alder_editor, site_tree):
    create(client, site_tree, **{"action-publish": "1"})

    page = StandardPage.objects.get(slug="about-us")
    assert page.live
    assert page.url_in("es") == "/es/quienes-somos/"


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("slug", "The slug 'about-us' is already in use within the parent page."),
        ("local_slug_es", "Another page beside this one has this address."),
    ],
)
def test_an_address_that_is_taken_is_told_beside_its_language(
    client, alder_editor, site_tree, field, message
):
    add_page(site_tree, StandardPage, title_en="About us", title_es="Quiénes somos")
    fields = {"slug": "new", "local_slug_es": "nuevo"}
    del fields[field]

    response = create(client, site_tree, **fields)

    assert errors(response) == {field: [message]}
    told = BeautifulSoup(response.content, "html.parser").select_one(".messages .faults li")
    language = {"slug": "English", "local_slug_es": "Español"}[field]
    assert told.text == f"Promote – Address ({language}): {message}"
    assert told.a["href"] == f"#id_{field}"


def test_a_draft_saved_under_a_spanish_admin_stays_as_it_was_written(
    client, alder_editor, site_tree
):
    page = add_page(site_tree, StandardPage, title_en="Festival", title_es="", live=False)

    with translation.override("es"):
        page.save_revision()
        page.save()

    stored = BasePage.objects.get(pk=page.pk)
    latest = stored.get_latest_revision_as_object()
    assert (stored.title_en, stored.title_es or "") == ("Festival", "")
    assert (latest.title_en, latest.title_es or "") == ("Festival", "")


@pytest.mark.both
@pytest.mark.parametrize("code", ["en", "es"])
def test_each_language_is_previewed(client, alder_editor, site_tree, code):
    page = add_page(site_tree, StandardPage, title_en="About us", title_es="Quiénes somos")
    address = reverse("wagtailadmin_pages:preview_on_edit", args=(page.pk,))
    client.post(f"{address}?mode={code}", form(title_en="New words", title_es="Palabras nuevas"))

    shown = client.get(f"{address}?mode={code}").content.decode()

    assert f'<html lang="{code}"' in shown
    assert {"en": "New words", "es": "Palabras nuevas"}[code] in shown


# Whose page -----------------------------------------------------------------------------


def test_a_new_page_starts_as_one_of_the_editors_city(client, alder_editor, cities, site_tree):
    address = reverse("wagtailadmin_pages:add", args=("home", "standardpage", site_tree.pk))

    response = client.get(address)

    assert response.context["form"].initial["cities"] == [cities[0]]


@pytest.mark.parametrize("codes", [("alder", "puerto"), ()])
def test_who_works_for_all_or_no_cities_starts_a_joint_page(client, editor, site_tree, codes):
    client.force_login(editor(*codes))
    address = reverse("wagtailadmin_pages:add", args=("home", "standardpage", site_tree.pk))

    response = client.get(address)

    assert response.context["form"].initial["cities"] == []


STRANGE = "Keep one of the cities you work for, or none for all."
TAKEN = "This is another city's page too: you cannot take it away."


@pytest.mark.parametrize(
    ("chosen", "refusal"),
    [("alder", None), ("", None), ("alder puerto", None), ("puerto", STRANGE)],
)
def test_an_editor_makes_no_page_of_the_other_city(
    client, alder_editor, cities, site_tree, chosen, refusal
):
    keys = [city.pk for city in cities if city.code in chosen.split()]

    response = create(client, site_tree, cities=keys)

    assert (errors(response) if response.status_code == 200 else None) == (
        {"cities": [refusal]} if refusal else None
    )


@pytest.mark.parametrize(
    ("before", "after", "refusal"),
    [
        ("alder", "alder puerto", None),
        ("alder", "", None),
        ("alder", "puerto", STRANGE),
        ("alder puerto", "alder", TAKEN),
        ("", "alder", TAKEN),
        ("", "puerto", STRANGE),
    ],
)
def test_an_editor_takes_no_page_away(
    client, alder_editor, cities, site_tree, before, after, refusal
):
    def named(codes):
        return [city for city in cities if city.code in codes.split()]

    page = add_page(site_tree, StandardPage, title="A page", cities=named(before), live=False)

    response = edit(client, page, cities=[city.pk for city in named(after)])

    assert (errors(response) if response.status_code == 200 else None) == (
        {"cities": [refusal]} if refusal else None
    )
    stored = set(BasePage.objects.get(pk=page.pk).cities.all())
    assert stored == set(named(before if refusal else after))


def test_a_superuser_gives_a_page_to_any_city(client, cities, site_tree):
    client.force_login(ResidentFactory(is_staff=True, is_superuser=True))
    page = add_page(site_tree, StandardPage, title="A page", live=False)

    edit(client, page, cities=[cities[1].pk])

    assert list(BasePage.objects.get(pk=page.pk).cities.all()) == [cities[1]]


def test_a_title_of_pictures_makes_an_address_that_fits(client, alder_editor, site_tree):
    faces = "\N{GRINNING FACE}" * 64
    titles = {"title_en": faces, "title_es": faces, "slug": "", "local_slug_es": ""}

    answers = [create(client, site_tree, **titles) for _number in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    first, second = StandardPage.objects.order_by("pk")
    for code in ("en", "es"):
        assert second.slug_in(code) == f"{first.slug_in(code)[:253]}-2"


def test_a_title_that_is_too_long_is_not_called_missing(client, alder_editor, site_tree):
    refused = create(client, site_tree, title_es="x" * 256, **{"action-publish": "1"})

    form = refused.context["form"]
    behind = [each.anchor for language in overview(form) for each in language.behind]
    assert list(errors(refused)) == ["title_es"]
    assert behind == []


def test_a_day_to_go_is_not_set_over_another_citys_page(client, alder_editor, pages, cities):
    add_page(pages.joint, StandardPage, title="Below", cities=[cities[1]])

    refused = edit(client, pages.joint, expire_at="2099-01-01 10:00")
    alone = edit(client, pages.alder, cities=[cities[0].pk], expire_at="2099-01-01 10:00")

    assert errors(refused) == {"expire_at": ["A page of another city is below this one: it stays."]}
    assert alone.status_code == 302
