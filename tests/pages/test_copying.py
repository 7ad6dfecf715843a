"""A copy is a page like others: a draft with addresses of its own, which can be saved."""

import pytest
from django.db import transaction
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

from partnership.pages.models import BasePage
from partnership.pages.wording.gate import NotMirrored
from tests.factories.cities import city_pair
from tests.factories.consultations import make_consultation, make_question
from tests.factories.events import add_programme_item, add_venue, make_event
from tests.factories.home import make_story, make_text
from tests.factories.people import ResidentFactory
from tests.factories.roadmap import make_commitment

pytestmark = pytest.mark.django_db


def event_with_rows():
    event = make_event()
    add_venue(event, city_pair()[0])
    add_programme_item(event)
    return event


def consultation_with_questions():
    consultation = make_consultation()
    make_question(consultation)
    return consultation


KINDS = {
    "text": make_text,
    "story": lambda: make_story(commitment=make_commitment()),
    "event": event_with_rows,
    "consultation": consultation_with_questions,
    "roadmap": lambda: make_commitment().roadmap,
}


@pytest.fixture
def admin(client):
    client.force_login(ResidentFactory(is_staff=True, is_superuser=True))
    return client


def copied(client, page):
    """The copy that the screen makes of a page."""
    address = reverse("wagtailadmin_pages:copy", args=(page.pk,))
    values = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": page.get_parent().pk}
    assert client.post(address, values).status_code == 302
    return BasePage.objects.get(slug="copy").specific


def saved_as_it_is(client, page):
    """Open the editor and send what it shows."""
    address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    shown = client.get(address).content.decode()
    sent = querydict_from_html(shown, form_id="page-edit-form")
    blocks = {name: streamfield([]) for name in ("body_en", "body_es") if hasattr(page, name)}
    return client.post(address, {**dict(sent.lists()), **nested_form_data(blocks)})


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_can_be_saved_as_it_is(admin, kind):
    page = KINDS[kind]()
    page.specific.save_revision().publish()
    copy = copied(admin, page)

    answer = saved_as_it_is(admin, copy)

    assert (errors(answer), answer.status_code) == ({}, 302)
    assert copy.get_latest_revision_as_object().slug_in("es") == copy.slug_in("es")
    assert copy.slug_in("es") != page.slug_in("es")


def errors(answer):
    """What the screen refuses with; nothing when it leads on."""
    form = answer.context.get("form") if answer.context else None
    if form is None:
        return {}
    rows = {name: formset.errors for name, formset in form.formsets.items()}
    return {**form.errors, **{name: found for name, found in rows.items() if any(found)}}


PEOPLE_TAKE_PART = ("event", "consultation", "roadmap")


@pytest.mark.parametrize(
    ("kind", "offers"), [("text", True), ("story", True), *((k, False) for k in PEOPLE_TAKE_PART)]
)
def test_an_alias_is_offered_only_where_nobody_takes_part(admin, unwritten, kind, offers):
    page = KINDS[kind]()

    shown = [
        admin.get(reverse("wagtailadmin_pages:copy", args=(each.pk,)))
        for each in (page, page.get_parent())
    ]

    assert ["alias" in each.context["form"].fields for each in shown] == [offers, offers]


@pytest.mark.parametrize("kind", PEOPLE_TAKE_PART)
def test_an_alias_is_refused_where_people_take_part(kind):
    page = KINDS[kind]()

    with pytest.raises(NotMirrored, match="Make a copy, or link to the page"):
        page.create_alias(update_slug="mirror")
    with pytest.raises(NotMirrored), transaction.atomic():
        page.get_parent().create_alias(recursive=True, update_slug="mirrors")

    assert not BasePage.objects.exclude(alias_of=None).exists()
