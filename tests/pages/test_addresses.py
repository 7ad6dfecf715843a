"""Every page has one address per language, and keeps leading from its old ones."""

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from wagtail.actions.copy_page import CopyPageAction
from wagtail.contrib.redirects.models import Redirect

from home.models import StandardPage
from partnership.pages.models import BasePage
from tests.factories.pages import add_page, make_site

pytestmark = pytest.mark.django_db


def fresh(page):
    return BasePage.objects.get(pk=page.pk).specific


@pytest.fixture(scope="module")
def premises(shared_db):
    """The front page with nothing below it but one page, and another one below that."""
    root = make_site()
    for page in root.get_children():
        page.delete()
    events = add_page(fresh(root), StandardPage, title_en="Events", title_es="Eventos")
    words = {"title_en": "Redrawing the street", "title_es": "Rediseñar la calle"}
    return root, events, add_page(events, StandardPage, **words)


@pytest.fixture
def bare_site(premises, db):
    return fresh(premises[0])


@pytest.fixture
def events(premises, db):
    return fresh(premises[1])


@pytest.fixture
def street(premises, db):
    return fresh(premises[2])


def test_each_language_has_its_own_address(street):
    assert street.url_in("en") == "/en/events/redrawing-the-street/"
    assert street.url_in("es") == "/es/eventos/redisenar-la-calle/"


def test_a_page_without_spanish_words_uses_its_first_address(events):
    page = add_page(events, StandardPage, title_en="Only English", title_es="", live=False)

    assert page.url_in("es") == "/es/eventos/only-english/"


def test_both_addresses_show_the_page_in_their_language(client, street):
    for code in ("en", "es"):
        response = client.get(street.url_in(code))

        assert response.status_code == 200
        assert response.headers["Content-Language"] == code
        assert f'<html lang="{code}"' in response.content.decode()


def test_the_other_languages_words_lead_to_the_right_address(client, street):
    response = client.get("/es/events/redrawing-the-street/")

    assert (response.status_code, response.url) == (302, "/es/eventos/redisenar-la-calle/")


def test_words_of_no_page_are_not_found(client, unwritten, street):
    for address in ("/es/eventos/nada/", "/en/eventos/nothing/", "/es/nada/mas/"):
        assert client.get(address).status_code == 404, address


def test_a_slug_changed_in_one_language_redirects_in_that_language_only(
    client, street, django_capture_on_commit_callbacks
):
    page = fresh(street)
    page.local_slug_es = "la-calle-de-la-escuela"

    with django_capture_on_commit_callbacks(execute=True):
        page.save()

    old = client.get("/es/eventos/redisenar-la-calle/")
    assert (old.status_code, old.url) == (301, "/es/eventos/la-calle-de-la-escuela/")
    assert client.get("/en/events/redrawing-the-street/").status_code == 200
    assert Redirect.objects.count() == 1


@pytest.mark.parametrize(("first_published_at", "redirects"), [(timezone.now(), 1), (None, 0)])
def test_a_page_that_is_not_public_leads_from_addresses_that_readers_knew(
    street, first_published_at, redirects, django_capture_on_commit_callbacks
):
    known = {"live": False, "first_published_at": first_published_at}
    BasePage.objects.filter(pk=street.pk).update(**known)
    page = fresh(street)
    page.local_slug_es = "la-calle-de-la-escuela"

    with django_capture_on_commit_callbacks(execute=True):
        page.save()

    assert Redirect.objects.count() == redirects


@pytest.mark.both
def test_a_changed_slug_moves_and_redirects_everything_below(
    client, events, street, django_capture_on_commit_callbacks
):
    page = fresh(events)
    page.slug, page.local_slug_es = "calendar", "agenda"

    with django_capture_on_commit_callbacks(execute=True):
        page.save()

    assert fresh(street).url_in("en") == "/en/calendar/redrawing-the-street/"
    assert fresh(street).url_in("es") == "/es/agenda/redisenar-la-calle/"
    old = client.get("/es/eventos/redisenar-la-calle/")
    assert (old.status_code, old.url) == (301, "/es/agenda/redisenar-la-calle/")
    old = client.get("/en/events/")
    assert (old.status_code, old.url) == (301, "/en/calendar/")


@pytest.mark.both
def test_redirects_cost_the_same_for_a_page_and_for_a_branch(
    bare_site, django_capture_on_commit_callbacks, django_assert_num_queries
):
    branch, counts = add_page(bare_site, StandardPage, title="Branch"), []
    for pages in (0, 5):
        for number in range(pages):
            add_page(branch, StandardPage, title=f"Page {number}")
        page = fresh(branch)
        page.local_slug_es = f"agenda-{pages}"
        with django_capture_on_commit_callbacks() as callbacks:
            page.save()
        page.url_in("es")  # where sites start is remembered from here on
        with django_assert_num_queries(REDIRECT_QUERIES):
            for callback in callbacks:
                callback()
        counts.append(Redirect.objects.filter(redirect_page__path__startswith=page.path).count())

    assert counts == [1, 7]


REDIRECT_QUERIES = 6


def test_a_slug_changed_to_and_fro_makes_no_loop(
    client, street, django_capture_on_commit_callbacks
):
    for slug in ("la-plaza", "redisenar-la-calle"):
        page = fresh(street)
        page.local_slug_es = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save()

    assert client.get("/es/eventos/redisenar-la-calle/").status_code == 200
    assert client.get("/es/eventos/la-plaza/").url == "/es/eventos/redisenar-la-calle/"


@pytest.mark.both
def test_a_moved_page_leads_from_its_old_addresses(
    client, bare_site, street, django_capture_on_commit_callbacks
):
    archive = add_page(bare_site, StandardPage, title_en="Archive", title_es="Archivo")

    with django_capture_on_commit_callbacks(execute=True):
        fresh(street).move(archive, pos="last-child")

    assert fresh(street).url_in("es") == "/es/archivo/redisenar-la-calle/"
    old = client.get("/en/events/redrawing-the-street/")
    assert (old.status_code, old.url) == (301, "/en/archive/redrawing-the-street/")


@pytest.mark.both
def test_a_moved_page_gets_a_number_where_its_address_is_taken(bare_site, street):
    other = add_page(bare_site, StandardPage, title_en="Another", title_es="Rediseñar la calle")

    fresh(street).move(other.get_parent(), pos="last-child")

    assert fresh(street).url_in("en") == "/en/redrawing-the-street/"
    assert fresh(street).url_in("es") == "/es/redisenar-la-calle-2/"


def test_two_pages_with_the_same_words_get_a_number_per_language(events, street):
    twin = add_page(events, StandardPage, title_en="Another street", title_es="Rediseñar la calle")

    assert twin.url_in("en") == "/en/events/another-street/"
    assert twin.url_in("es") == "/es/eventos/redisenar-la-calle-2/"


def test_a_page_that_falls_back_does_not_take_anothers_address(events):
    add_page(events, StandardPage, title_en="Other", title_es="Festival")

    late = add_page(events, StandardPage, title_en="Festival", title_es="", live=False)

    assert late.url_in("es") == "/es/eventos/festival-2/"


@pytest.mark.both
@pytest.mark.parametrize("title", ["x" * 255, "\N{GRINNING FACE}" * 64, "字" * 255])
def test_the_address_of_a_long_title_is_cut_and_still_gets_its_number(events, title):
    first, second = (add_page(events, StandardPage, title=title) for _number in range(2))

    for code in ("en", "es"):
        whole, again = first.slug_in(code), second.slug_in(code)
        assert max(len(whole), len(again)) <= 255
        assert again == f"{whole[:253]}-2"


def test_a_page_with_a_long_title_can_be_moved_beside_another(bare_site, events):
    title = "x" * 255
    other = add_page(bare_site, StandardPage, title_en="Another", title_es=title)
    long = add_page(events, StandardPage, title_en="Long", title_es=title)

    fresh(long).move(other.get_parent(), pos="last-child")

    assert fresh(long).slug_in("es") == f"{title[:253]}-2"


def test_an_address_that_is_taken_is_refused_in_its_language(events, street):
    page = add_page(events, StandardPage, title_en="Fair", title_es="Feria")
    page.local_slug_es = street.local_slug_es

    with pytest.raises(ValidationError) as refusal:
        page.save()

    assert list(refusal.value.message_dict) == ["local_slug_es"]


def test_a_copy_gets_addresses_of_its_own(street):
    copy = CopyPageAction(
        fresh(street), update_attrs={"title": "Copy", "slug": "copy"}, keep_live=False
    ).execute()

    assert copy.url_in("en") == "/en/events/copy/"
    assert copy.url_in("es") == "/es/eventos/redisenar-la-calle-2/"
    assert fresh(street).url_in("es") == "/es/eventos/redisenar-la-calle/"


def test_an_alias_keeps_its_own_addresses_when_its_source_is_published(events, street):
    alias = fresh(street).create_alias(parent=events.get_parent(), update_slug="mirror")
    source = fresh(street)
    source.title_es = "Otro título"
    source.confirm_wording(is_small_change=True)

    source.save_revision().publish()

    assert fresh(alias).title_es == "Otro título"
    assert fresh(alias).url_in("en") == "/en/mirror/"
    assert fresh(alias).url_in("es") == "/es/redisenar-la-calle/"


def test_an_older_revision_brings_back_its_words_and_addresses(
    street, django_capture_on_commit_callbacks
):
    page = fresh(street)
    first = page.save_revision()
    page.title_es, page.local_slug_es = "Nuevo", "nuevo"
    page.confirm_wording(is_small_change=True)
    page.save_revision().publish()

    with django_capture_on_commit_callbacks(execute=True):
        first.publish()

    assert fresh(street).title_es == "Rediseñar la calle"
    assert fresh(street).url_in("es") == "/es/eventos/redisenar-la-calle/"


def test_the_sitemap_names_every_twin(client, street):
    text = client.get("/sitemap.xml").content.decode()

    for address in ("en/events/redrawing-the-street/", "es/eventos/redisenar-la-calle/"):
        assert f"<loc>{settings.BASE_URL}/{address}</loc>" in text
    twin = f'hreflang="es" href="{settings.BASE_URL}/es/eventos/redisenar-la-calle/"'
    assert twin in text
    x_default = f'hreflang="x-default" href="{settings.BASE_URL}/{{}}"'
    assert x_default.format("en/events/redrawing-the-street/") in text
    assert x_default.format("") in text


def test_robots_find_the_sitemap(client):
    response = client.get("/robots.txt")

    assert response.headers["Content-Type"].startswith("text/plain")
    assert "Sitemap: http://testserver/sitemap.xml" in response.content.decode()


def test_a_revision_older_than_a_language_leaves_that_language_empty(bare_site):
    page = add_page(bare_site, StandardPage, title_en="Events", title_es="Eventos")
    content = page.save_revision().content
    older = {name: value for name, value in content.items() if not name.endswith("_es")}

    with translation.override("es"):
        found = page.with_content_json(older)

    assert (found.title_en, found.title_es or "") == ("Events", "")


def test_a_moved_page_without_words_of_its_own_keeps_following_its_first_address(bare_site, events):
    plain = add_page(events, StandardPage, title_en="Only English", title_es="", live=False)
    section = add_page(bare_site, StandardPage, title_en="Section", title_es="Sección")
    assert plain.local_slug_es in {"", None}

    plain.move(section, pos="last-child")

    moved = StandardPage.objects.get(pk=plain.pk)
    assert moved.local_slug_es in {"", None}
    assert moved.path_in("es").endswith("/only-english/")


@pytest.mark.both
def test_what_has_no_address_yet_in_a_language_gives_none_to_what_stands_below(events):
    above = add_page(events, StandardPage, title="Above")
    below = add_page(above, StandardPage, title="Below")
    BasePage.objects.filter(pk__in=[above.pk, below.pk]).update(local_path_es="")

    StandardPage.objects.get(pk=above.pk).save()

    assert BasePage.objects.get(pk=below.pk).local_path_es == ""
