"""What the forms about a place ask for before anything is sent on."""

import re

import pytest
from django.urls import reverse

from events.registrations.forms import ChoicesForm
from events.registrations.models import Registration, SignUpQuestion
from partnership.outbox.models import OutgoingMail
from tests.factories.cities import city_pair
from tests.factories.events import add_venue, in_every_language, make_event
from tests.factories.people import ResidentFactory
from tests.factories.registrations import RegistrationFactory
from tests.registrations.test_guests import code_sent, typed

pytestmark = pytest.mark.django_db
GUARDIAN = "Under 18 you need a parent or guardian"


@pytest.fixture(autouse=True)
def mails_keep_their_words(monkeypatch):
    monkeypatch.setattr("partnership.outbox.delivery.is_resting", lambda: True)


@pytest.fixture
def event():
    event = make_event(title="Hall", takes_minors=True)
    for city in city_pair():
        add_venue(event, city)
    return event


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({}, "guardian_name"),
        ({"guardian_agrees": "on"}, "guardian_name"),
        ({"guardian_name": "Eva Olmo"}, "guardian_agrees"),
    ],
)
def test_a_guest_under_18_learns_of_the_guardian_before_the_code(client, event, told, field):
    form = typed(joins_in="alder", age="minor", **told)

    refused = client.post(event.sign_up_url, form)

    assert refused.status_code == 422
    assert f'href="#place_{field}">' in refused.content.decode()
    assert GUARDIAN in refused.content.decode()
    assert not OutgoingMail.objects.exists()


def test_a_name_that_cannot_be_kept_is_refused_with_one_reason(client, event):
    form = typed(joins_in="alder", age="minor", guardian_name="E" * 121, guardian_agrees="on")

    refused = client.post(event.sign_up_url, form).content.decode()

    assert refused.count('href="#place_guardian_name">') == 1
    assert GUARDIAN not in refused


def test_a_group_that_can_never_come_is_refused_before_the_code(client, event):
    type(event).objects.filter(pk=event.pk).update(max_party_size=4)

    asked = client.get(event.sign_up_url).content.decode()
    refused = client.post(event.sign_up_url, typed(joins_in="alder", party_size="5", age="adult"))

    assert "children too. 4 at most." in asked
    assert refused.status_code == 422
    page = refused.content.decode()
    assert 'name="party_size" value="5"' in page
    assert "At this event one person can take up to 4 places." in page
    assert not OutgoingMail.objects.exists()


def test_who_may_bring_nobody_is_not_asked_how_many_come(client, event):
    type(event).objects.filter(pk=event.pk).update(max_party_size=1)

    assert "children too" not in client.get(event.sign_up_url).content.decode()


def test_errors_come_in_the_order_of_the_page_and_say_what_to_do(client, event):
    question = SignUpQuestion(event=event, required=True, **in_every_language("text", "Why?"))
    question.save()

    page = client.post(event.sign_up_url, {"email": "", "needs": "x" * 5000}).content.decode()

    summary = page[page.index("error-list") : page.index("</ul>", page.index("error-list"))]
    fields = re.findall(r'href="#place_([a-z]+)', summary)
    assert fields == [
        "name",
        "email",
        "city",
        "party",
        "joins",
        "language",
        "question",
        "age",
        "needs",
    ]
    assert "Where will you join? – Choose where you will join." in summary
    assert "How old are you? – Say whether you are 18 or older." in summary


def test_who_changes_a_place_without_a_guardian_is_asked_for_one(client, event):
    own = RegistrationFactory(event=event, participant__resident=ResidentFactory())
    changing = reverse("place_change", args=(own.key,))

    refused = client.post(changing, {"party_size": "1", "language_code": "en", "age": "minor"})

    assert refused.status_code == 422
    assert not Registration.objects.get().is_minor


def test_another_code_is_told_of_and_one_too_many_leaves_the_way_in_open(client, event):
    form = typed(joins_in="alder", age="adult")
    code = client.post(event.sign_up_url, form)["Location"]

    sent = client.post(code, {"action": "resend"}, follow=True).content.decode()
    client.post(code, {"action": "resend"})
    refused = client.post(code, {"action": "resend"}).content.decode()
    done = client.post(code, {"code": code_sent()})

    assert "We have sent a new code. The earlier one no longer works." in sent
    assert "Too many attempts. Wait a few minutes, then try again." in refused
    assert 'name="code"' in refused
    assert done["Location"] == Registration.objects.get().place_url


@pytest.mark.parametrize(
    ("codes", "words"), [(("en", "es"), "Either"), (("en", "es", "fr"), "Any of them")]
)
def test_whoever_speaks_every_language_says_so_of_two_and_of_more(event, monkeypatch, codes, words):
    monkeypatch.setattr("events.registrations.forms.CODES", codes)
    monkeypatch.setattr("events.registrations.forms.own_name", str.upper)

    form = ChoicesForm(event=event)

    assert form.fields["language_code"].choices[-1] == ("any", words)
