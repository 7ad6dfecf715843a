"""Who hears by mail how a review goes on."""

import pytest

from home.models import StandardPage
from partnership.outbox.models import OutgoingMail
from partnership.review.services import ask_for_changes
from tests.review.conftest import mails, review_of, sign

pytestmark = pytest.mark.django_db


def stored(page):
    return StandardPage.objects.get(pk=page.pk)


def test_an_author_whose_account_is_shut_hears_nothing(send, people):
    page = send(people.alder)
    people.alder.is_active = False
    people.alder.save()

    sign(page, people.puerto)

    assert stored(page).live
    assert mails("review_signed") == []


def test_the_author_hears_that_every_city_has_signed(send, people):
    page = send(people.alder)

    sign(page, people.puerto)

    assert mails("review_signed") == [(people.alder.email, "en")]
    letter = OutgoingMail.objects.get(kind="review_signed")
    assert letter.subject == "Every city has signed: The harbour"
    assert "It is published." in letter.text
    assert f"{stored(page).full_url_in('en')}" in letter.html


@pytest.mark.both
def test_the_author_hears_what_should_be_changed(send, people):
    page = send(people.puerto)

    ask_for_changes(review_of(page), by=people.alder, comment="The hour is missing.\nWhich pier?")

    assert mails("review_changes") == [(people.puerto.email, "es")]
    letter = OutgoingMail.objects.get(kind="review_changes")
    assert letter.subject == "Se piden cambios: El puerto"
    assert "The hour is missing." in letter.text
    assert '<div lang="en"' in letter.html
    assert f"/admin/pages/{page.pk}/edit/" in letter.html


def test_wagtail_writes_no_mails_of_its_own(send, people, mailoutbox, cities):
    people.admin.edits_for.set(cities)
    page = send(people.alder)
    ask_for_changes(review_of(page), by=people.puerto, comment="No")
    stored(page).current_workflow_state.resume(people.alder)
    sign(page, people.puerto)

    assert mailoutbox == []
    assert set(OutgoingMail.objects.values_list("kind", flat=True)) == {
        "review_asked",
        "review_changes",
        "review_signed",
    }
