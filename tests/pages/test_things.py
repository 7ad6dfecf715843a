"""Settings and commitments keep their languages in step like pages do."""

from datetime import date

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from consultations.roadmap.models import Commitment
from home.models import PartnershipSettings
from partnership.pages.enums import TextState
from partnership.pages.wording import slots
from partnership.pages.wording.memory import state_of
from tests.factories.delivery import no_rows
from tests.factories.people import ResidentFactory
from tests.factories.roadmap import make_commitment

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client, site_tree):
    person = ResidentFactory(is_staff=True, is_superuser=True)
    client.force_login(person)
    return person


def stale(thing) -> set[tuple[str, str]]:
    return {
        (slot.name, code)
        for slot in slots.of_object(thing)
        for code in slot.values
        if state_of(slot, code, thing.wording) == TextState.STALE
    }


def change_settings(client, **fields):
    values = {
        f"{name}_{code}": f"{name} {code}"
        for name in ("partnership_name", "tagline", "footer_text")
        for code in ("en", "es")
    }
    address = reverse(
        "wagtailsettings:edit",
        args=("home", "partnershipsettings", PartnershipSettings.load().pk),
    )
    bond = {"twinned_since": "", "kind": "sister_city", "signed_on": "", "valid_until": ""}
    return client.post(address, {**values, **bond, **fields}, follow=True)


def test_a_setting_changed_in_one_language_leaves_the_other_behind(client, admin):
    change_settings(client)

    screen = change_settings(client, tagline_en="Two cities").content.decode()

    assert stale(PartnershipSettings.load()) == {("tagline", "es")}
    assert "What changed in English" in screen
    assert 'href="#words-tagline_es"' in screen


def test_a_setting_is_said_to_be_still_right(client, admin):
    change_settings(client)
    change_settings(client, tagline_en="Two cities")
    tagline = next(
        slot for slot in slots.of_object(PartnershipSettings.load()) if slot.name == "tagline"
    )

    change_settings(client, tagline_en="Two cities", still_right=f"|{tagline.keys()['es']}")

    assert stale(PartnershipSettings.load()) == set()


def test_a_commitment_from_before_there_were_memories_agreed_with_itself(client, admin):
    commitment = make_commitment(due_on=date(2030, 5, 1), status="proposed")
    Commitment.objects.filter(pk=commitment.pk).update(wording={})
    form = {
        f"{name}_{code}": getattr(commitment, f"{name}_{code}") or ""
        for name in ("title", "description", "theme")
        for code in ("en", "es")
    }
    data = {
        **form,
        "title_en": "Another promise",
        "roadmap": commitment.roadmap_id,
        "number": commitment.number,
        "status": commitment.status,
        "due_on": "2030-05-01",
        "currency": "EUR",
        **no_rows(),
        "evidence": inline_formset([]),
    }
    cities = {"led_by": [city.pk for city in commitment.led_by.all()]}

    answer = client.post(
        reverse("commitments:edit", args=(commitment.pk,)), {**nested_form_data(data), **cities}
    )

    assert answer.status_code == 302
    assert stale(Commitment.objects.get(pk=commitment.pk)) == {("title", "es")}
