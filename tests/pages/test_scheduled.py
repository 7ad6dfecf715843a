"""The clock publishes pages at their hour, and takes them back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from home.models import StandardPage
from partnership.outbox.models import OutgoingMail
from partnership.pages.models import BasePage
from tests.factories.pages import add_page

pytestmark = pytest.mark.django_db


def schedule(page, *, user=None, **days):
    page.go_live_at = timezone.now() + timedelta(**days)
    page.save_revision(user=user, approved_go_live_at=page.go_live_at)


def is_public(page):
    return BasePage.objects.get(pk=page.pk).live


def test_a_scheduled_page_is_published_at_its_hour(client, site_tree, tick):
    due = add_page(site_tree, StandardPage, title="Due", live=False)
    later = add_page(site_tree, StandardPage, title="Later", live=False)
    schedule(due, minutes=-1)
    schedule(later, minutes=5)

    tick()

    assert (is_public(due), is_public(later)) == (True, False)
    assert client.get(due.full_url_in("en")).status_code == 200


def test_a_page_that_has_expired_is_taken_back(client, site_tree, tick):
    over = add_page(site_tree, StandardPage, title="Over", expire_at=past())
    assert client.get(over.full_url_in("en")).status_code == 200

    tick()

    assert not is_public(over)
    assert client.get(over.full_url_in("en")).status_code == 404


def test_what_the_gate_refuses_stays_a_draft_and_its_author_is_told_once(site_tree, editor, tick):
    author = editor("alder")
    half = add_page(site_tree, StandardPage, title_en="Half", title_es="", live=False)
    schedule(half, user=author, minutes=-1)

    tick()
    tick()

    assert not is_public(half)
    assert OutgoingMail.objects.get(kind="publication_refused").to == author.email


def past():
    return timezone.now() - timedelta(minutes=1)


def test_one_that_cannot_be_saved_any_more_holds_up_no_other(site_tree, tick, editor):
    renamed = add_page(site_tree, StandardPage, title="Renamed")
    renamed.slug = "wanted"
    schedule(renamed, user=editor("alder"), minutes=-2)
    add_page(site_tree, StandardPage, title="Wanted")
    due = add_page(site_tree, StandardPage, title="Due", live=False)
    schedule(due, minutes=-1)

    tick()

    assert is_public(due)
    assert OutgoingMail.objects.filter(kind="publication_refused").count() == 1
