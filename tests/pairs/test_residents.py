"""What residents do in any pair of languages: join, take a place, answer, and be written to."""

import re
from types import SimpleNamespace

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from consultations.models import Contribution, Response, Vote
from consultations.services import ANSWER, COMMENT, VOTE
from events.registrations.models import Registration
from partnership.cities.models import City
from partnership.outbox import services as outbox
from partnership.pages.languages import CODES, own_name
from partnership.people import tokens
from partnership.people.models import Resident
from tests.factories.people import ResidentFactory
from tests.factories.registrations import fresh_token
from tests.pairs.words import say

pytestmark = [pytest.mark.django_db, pytest.mark.pair, pytest.mark.parametrize("code", CODES)]


@pytest.fixture
def resident(site: SimpleNamespace, client: Client, code: str) -> Resident:
    """Somebody of the city that speaks the language, signed in."""
    city = City.objects.get(language_code=code)
    found = ResidentFactory(city=city, language_code=code, name="Zoë")
    client.force_login(found, backend="allauth.account.auth_backends.AuthenticationBackend")
    return found


def letter(subject_holds: str = "") -> mail.EmailMessage:
    outbox.deliver_due()
    [found] = [one for one in mail.outbox if subject_holds in one.subject]
    return found


def test_joining_offers_every_language_and_writes_in_the_chosen_one(site, client, code):
    other = next(each for each in CODES if each != code)
    with translation.override(other):
        address = reverse("account_signup")
    form = client.get(address).content.decode()
    details = {"name": "Łucja", "city": "elsewhere", "language_code": code}

    answer = client.post(
        address, {**details, "email": "new@example.org", "password1": "a short true sentence"}
    )

    assert all(own_name(each) in form for each in CODES)
    assert answer.status_code == 302
    assert Resident.objects.get(email="new@example.org").language_code == code
    html = letter().alternatives[0].content
    direction = "rtl" if code == "ar" else "ltr"
    assert f'<html lang="{code}" dir="{direction}">' in html


def test_a_place_is_taken_and_confirmed_in_the_language(site, client, resident, code):
    form = client.get(site.festival.sign_up_url)
    choices = {"party_size": "2", "joins_in": resident.city.code, "language_code": code}

    answer = client.post(site.festival.sign_up_url, {**choices, "form_token": fresh_token()})

    assert form.status_code == 200
    assert answer.status_code == 302
    assert Registration.objects.get().participant.resident == resident
    sent = letter()
    assert say("festival", code) in sent.subject + sent.body
    assert f'lang="{code}"' in sent.alternatives[0].content
    with translation.override(code):
        mine = client.get(reverse("my_participation")).content.decode()
    assert say("festival", code) in mine


def test_every_form_of_a_consultation_is_taken(site, client, resident, code):
    with translation.override(code):
        addresses = (
            site.consultation.vote_url,
            site.consultation.answer_url,
            site.consultation.comment_url,
        )
    first, second = site.consultation.questions.order_by("sort_order")
    option = first.options.first()
    written = {second.identifier: "Ł, ñ, ع", "language_code": code}
    forms = (
        (VOTE, {"statement": "1", "choice": "agree"}),
        (ANSWER, {first.identifier: option.identifier, **written}),
        (COMMENT, {"text": "Ł, ñ, ع", "language_code": code}),
    )

    for address, (purpose, sent) in zip(addresses, forms, strict=True):
        assert client.get(address, {"statement": "1"}).status_code == 200
        answer = client.post(address, {**sent, "form_token": tokens.issue(purpose)})
        assert answer.status_code == 302, re.findall(r"error[^<]*<", answer.content.decode())

    mine = {"participant__resident": resident}
    assert Vote.objects.get(**mine).choice == "agree"
    assert Response.objects.get(**mine).language_code == code
    assert Contribution.objects.get(**mine).language_code == code
