"""Editing while a page is under review, through the doors a browser uses."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from home.models import StandardPage
from partnership.pages.languages import CODES, localized
from partnership.pages.wording.gate import NotInEveryLanguage
from partnership.review.services import ask_for_changes
from tests.factories.pages import add_page
from tests.review.conftest import mails, review_of, sign

pytestmark = pytest.mark.django_db


def stored(page):
    return StandardPage.objects.get(pk=page.pk)


def form_of(page, **changes):
    """What the browser would send: the newest draft as it is shown, with changes."""
    draft = stored(page).get_latest_revision_as_object()
    titles = {
        localized(name, code): getattr(draft, localized(name, code))
        for name in ("title", "local_slug")
        for code in CODES
    }
    texts = {localized("body", code): streamfield([("heading", "Words")]) for code in CODES}
    fields = {"slug": draft.slug, "comments": inline_formset([]), **titles, **texts, **changes}
    return {"cities": [city.pk for city in draft.cities.all()], **nested_form_data(fields)}


def save(client, page, **changes):
    address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    return client.post(address, form_of(page, **changes))


def autosave(client, page, **changes):
    address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    words = form_of(page, **changes)
    return client.post(address, words, headers={"accept": "application/json"})


def everywhere(words):
    """The title in every language: one alone would leave the others out of date."""
    return {localized("title", code): f"{words} ({code})" for code in CODES}


def send_by_button(client, page):
    return save(client, page, **{"action-submit": "1"})


@pytest.fixture
def draft(site, people, cities):
    titles = {"title_en": "The harbour", "title_es": "El puerto"}
    page = add_page(site, StandardPage, live=False, **titles)
    page.save_revision(user=people.alder)
    return page


@pytest.fixture
def signed_in(client, people):
    """Return a function that signs somebody in and gives their browser."""

    def browser(person):
        client.force_login(person)
        return client

    return browser


def asked(page):
    review = review_of(page)
    return [city.code for city in review.cities.all()] if review else []


def test_the_button_sends_a_page_to_the_other_city(signed_in, draft, people):
    response = send_by_button(signed_in(people.alder), draft)

    assert response.status_code == 302
    assert asked(draft) == ["puerto"]
    assert sorted(mails("review_asked")) == sorted(
        (person.email, person.language_code) for person in (people.puerto, people.both)
    )


@pytest.mark.parametrize(("how", "code"), zip((save, autosave), CODES, strict=False))
def test_another_editors_change_voids_what_was_signed(signed_in, draft, people, how, code):
    send_by_button(signed_in(people.alder), draft)

    response = how(signed_in(people.puerto), draft, **everywhere("Pier"))
    sign(stored(draft), people.puerto)

    assert response.status_code in {200, 302}
    assert not stored(draft).live
    assert asked(draft) == ["alder"]
    sign(stored(draft), people.alder)
    assert getattr(stored(draft), localized("title", code)) == f"Pier ({code})"
    assert stored(draft).live


def test_autosave_after_signing_makes_a_version_that_must_be_signed_again(
    unwritten, signed_in, draft, people
):
    code = CODES[-1]
    send_by_button(signed_in(people.alder), draft)
    browser = signed_in(people.puerto)
    first = autosave(browser, draft, **everywhere("Pier")).json()
    sign(stored(draft), people.puerto)

    second = autosave(
        browser,
        draft,
        **{**everywhere("Pier"), localized("title", code): "Bridge"},
        overwrite_revision_id=first["revision_id"],
        loaded_revision_created_at=first["revision_created_at"],
    ).json()

    assert second["success"]
    assert second["revision_id"] != first["revision_id"]
    sign(stored(draft), people.alder)
    assert not stored(draft).live
    assert asked(draft) == ["puerto"]


def test_a_text_left_behind_is_not_published_by_the_last_signature(signed_in, draft, people):
    code = CODES[0]
    send_by_button(signed_in(people.alder), draft)
    save(signed_in(people.alder), draft, **{localized("title", code): "Pier"})

    with pytest.raises(NotInEveryLanguage):
        sign(stored(draft), people.puerto)
    assert (stored(draft).live, asked(draft)) == (False, ["puerto"])

    save(signed_in(people.alder), draft, **everywhere("Pier"))
    sign(stored(draft), people.puerto)
    assert stored(draft).live


def test_a_half_written_change_during_the_review_is_kept_as_a_draft(signed_in, draft, people):
    send_by_button(signed_in(people.alder), draft)

    response = autosave(signed_in(people.puerto), draft, **{localized("title", "es"): ""})

    assert response.json()["success"]
    assert asked(draft) == ["puerto"]


def test_the_author_changes_and_sends_again_what_was_sent_back(signed_in, draft, people):
    send_by_button(signed_in(people.alder), draft)
    ask_for_changes(review_of(draft), by=people.puerto, comment="Falta la hora.")

    save(signed_in(people.alder), draft, **everywhere("At nine"), **{"action-submit": 1})

    assert asked(draft) == ["puerto"]
    assert [to for to, _code in mails("review_asked")].count(people.puerto.email) == 2
    sign(stored(draft), people.puerto)
    assert stored(draft).title_es == "At nine (es)"


def test_whoever_may_not_edit_voids_nothing(signed_in, draft, people, cities):
    draft.cities = [cities[0]]
    draft.save()
    draft.save_revision(user=people.alder)
    send_by_button(signed_in(people.alder), draft)

    save(signed_in(people.puerto), draft, title_en="Mine")
    sign(stored(draft), people.puerto)

    assert (stored(draft).live, stored(draft).title_en) == (True, "The harbour")


def test_publishing_at_once_calls_the_review_off(signed_in, draft, people):
    send_by_button(signed_in(people.alder), draft)

    save(signed_in(people.alder), draft, **{"action-publish": "1"})

    assert stored(draft).live
    assert review_of(draft) is None
    assert mails("review_signed") == []
