"""A story tells what became of a promise: it is not published without one."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from home.models import StoryPage
from home.refusals import WithoutCommitment
from tests.factories.home import make_story
from tests.factories.people import ResidentFactory
from tests.factories.roadmap import make_commitment

pytestmark = pytest.mark.django_db

SAID = "Choose the promise this story is about before publishing it."


def form(story, **fields):
    """Return what the editor's browser sends for a story."""
    words = {f"{name}_{code}": "Words" for name in ("title", "intro") for code in ("en", "es")}
    values = {
        **words,
        "slug": story.slug,
        "local_slug_es": story.slug_in("es"),
        "told_on": "2026-05-01",
        "commitment": "",
        "body_en": streamfield([]),
        "body_es": streamfield([]),
        "comments": inline_formset([]),
    }
    return nested_form_data({**values, **fields})


def send(client, story, **fields):
    client.force_login(ResidentFactory(is_staff=True, is_superuser=True))
    address = reverse("wagtailadmin_pages:edit", args=(story.pk,))
    return client.post(address, form(story, **fields))


def test_it_is_asked_for_beside_its_field(client):
    refused = send(client, make_story(), **{"action-publish": "yes"}).context["form"]

    assert dict(refused.errors) == {"commitment": [SAID]}


def test_a_draft_may_lack_it(client):
    assert send(client, make_story()).status_code == 302


def test_with_its_promise_it_is_published(client):
    commitment = make_commitment()
    story = make_story()

    answer = send(client, story, commitment=commitment.pk, **{"action-publish": "yes"})

    assert answer.status_code == 302
    assert StoryPage.objects.get().commitment == commitment


def test_every_other_way_of_publishing_asks_too():
    with pytest.raises(WithoutCommitment, match=SAID):
        make_story().save_revision().publish()
