"""The mails an event will cause, among its previews: from what is written, saved or not."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from events.models import CharrettePage
from events.registrations.models import Registration
from home.models import StandardPage
from partnership.outbox.models import OutgoingMail
from partnership.pages.languages import CODES, localized, own_name
from partnership.people.models import Participant, Resident
from tests.factories.events import add_venue, make_event, make_event_index
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db

KINDS = ("registration_confirmed", "registration_cancelled")
WORDS = {
    ("registration_confirmed", "en"): "You have 2 places at",
    ("registration_confirmed", "es"): "Tienes 2 plazas en",
    ("registration_cancelled", "en"): "Your 2 places at",
    ("registration_cancelled", "es"): "Tus 2 plazas en",
}


def mode(kind, code):
    return f"mail:{kind}:{code}"


def preview(event, request, kind, code):
    return event.make_preview_request(request, mode(kind, code)).content.decode()


def unsaved(event, **changes):
    """What the open editor holds, with changes nobody has saved."""
    texts = {localized(name, code): "" for name in ("hosts", "price_note") for code in CODES}
    for code in CODES:
        texts[localized("body", code)] = streamfield([])
        texts[localized("title", code)] = getattr(event, localized("title", code))
        texts[localized("summary", code)] = "Come and draw."
    return nested_form_data(
        {
            "slug": event.slug,
            "starts_at": "2030-05-15T09:00",
            "ends_at": "2030-05-15T12:00",
            "time_zone": "Europe/London",
            "mode": "in_person",
            "event_status": "scheduled",
            "max_party_size": "6",
            "takes_sign_up": "on",
            **{name: inline_formset([]) for name in ("venues", "programme", "provisions")},
            **{name: inline_formset([]) for name in ("quotas", "sign_up_questions")},
            "reserved_places": "0",
            "comments": inline_formset([]),
            **texts,
            **changes,
        }
    )


def counts():
    return [each.objects.count() for each in (OutgoingMail, Registration, Participant, Resident)]


def test_the_modes_are_called_by_the_languages_own_names():
    modes = dict(CharrettePage().preview_modes)

    assert [modes[code] for code in CODES] == [own_name(code) for code in CODES]
    assert [str(modes[mode(KINDS[0], code)]) for code in CODES] == [
        f"Mail: a place is taken ({own_name(code)})" for code in CODES
    ]


def test_pages_that_cause_no_mail_have_the_languages_only():
    assert StandardPage().preview_modes == [(code, own_name(code)) for code in CODES]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("code", CODES)
def test_the_mail_is_shown_as_it_will_be_written(rf, kind, code):
    event = make_event(**{localized("title", each): f"Draw ({each})" for each in CODES})
    add_venue(event, event.cities.model.objects.first(), name="Old Rope Works")
    before = counts()

    html = preview(event, rf.get("/"), kind, code)

    assert f'<html lang="{code}">' in html
    assert f"Draw ({code})" in html
    assert WORDS[kind, code] in html
    assert event.full_url_in(code) in html
    assert "&lt;!doctype html&gt;" in html.split('srcdoc="')[1].split('"')[0]
    assert counts() == before


def test_the_mail_runs_and_loads_nothing(rf):
    response = make_event().make_preview_request(rf.get("/"), mode(KINDS[0], "en"))

    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "script-src" not in response.headers["Content-Security-Policy"]
    assert "<script" not in response.content.decode()


def test_hostile_titles_are_words(rf):
    hostile = "</iframe><script>alert(1)</script>"
    event = make_event(**{localized("title", code): hostile for code in CODES}, slug="hostile")

    html = preview(event, rf.get("/"), KINDS[0], CODES[0])

    assert "<script" not in html
    assert html.count("</iframe>") == 1


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("kind", ["", *KINDS])
def test_the_editor_sees_what_is_not_saved_yet(client, kind, code):
    event = make_event(title="Draw")
    client.force_login(ResidentFactory(is_staff=True, is_superuser=True))
    address = reverse("wagtailadmin_pages:preview_on_edit", args=(event.pk,))
    changes = {localized("title", each): f"Draw at night {each}" for each in CODES}
    before = counts()

    answer = client.post(address, unsaved(event, **changes)).json()
    html = client.get(address, {"mode": mode(kind, code) if kind else code}).content.decode()

    assert answer == {"is_valid": True, "is_available": True}
    assert f"Draw at night {code}" in html
    assert f'<html lang="{code}"' in html
    assert getattr(CharrettePage.objects.get(pk=event.pk), localized("title", code)) == "Draw"
    assert counts() == before


@pytest.mark.parametrize("code", CODES)
def test_an_event_that_was_never_saved_has_its_mails_too(rf, code, site_tree):
    now = timezone.now() + timedelta(days=3)
    event = CharrettePage(
        **{localized("title", each): f"Draw ({each})" for each in CODES},
        starts_at=now,
        ends_at=now + timedelta(hours=1),
        time_zone="Europe/London",
    )

    html = preview(event, rf.get("/"), KINDS[0], code)

    assert f"Draw ({code})" in html


def test_only_editors_of_the_event_look_at_its_mails(client):
    event = make_event()
    address = reverse("wagtailadmin_pages:preview_on_edit", args=(event.pk,))
    client.force_login(ResidentFactory())

    response = client.get(address, {"mode": mode(KINDS[0], "en")})

    assert response.status_code == 302
    assert make_event_index().preview_modes == [(code, own_name(code)) for code in CODES]
