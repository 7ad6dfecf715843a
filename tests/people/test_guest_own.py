"""What a guest gave: seen with a fresh code only, taken along, erased like an account."""

import re
from typing import Any

import pytest
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from consultations.asking.forgetting import forget_spent_addresses
from consultations.conversation.services import report_comment, support_comment
from consultations.enums import Participation
from consultations.models import (
    ConsultationPage,
    Contribution,
    PersonTakingPart,
    Report,
    SpentAddress,
    Support,
    Vote,
)
from consultations.services import comment, vote
from consultations.visiting.refusals import AddressSpent
from events.registrations.models import Registration
from partnership.outbox.models import OutgoingMail
from partnership.people import guests
from partnership.people.erasure import ERASE, erase, erase_guest
from partnership.people.guests import GuestDetails
from partnership.people.models import GuestContact, Participant
from partnership.people.tokens import issue
from tests.consultations.test_guest_answers import code_sent
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_consultation,
    make_participant,
)
from tests.factories.events import make_event
from tests.factories.hostile import KINDS, each_alone, harmless, send
from tests.factories.people import ResidentFactory
from tests.factories.registrations import RegistrationFactory
from tests.people.test_erasure import everything_stored

pytestmark = pytest.mark.django_db

NAME, ADDRESS, WORDS = "Quintina Zarzal", "quintina@zarzal.example", "heronwords"


def recognised(email: str = ADDRESS) -> Participant:
    city = city_pair()[1]
    return guests.recognise(GuestDetails(email=email, name=NAME, city=city, language_code="en"))


@pytest.fixture
def consultation() -> ConsultationPage:
    return make_consultation(participation=Participation.OPEN)


@pytest.fixture
def guest(consultation) -> Participant:
    """A guest who voted, commented and took a place."""
    person = recognised()
    vote(StatementFactory(consultation=consultation), participant=person, choice="agree")
    said = comment(
        consultation, participant=person, text=WORDS, language_code="en", form_token=None
    )
    Contribution.objects.filter(pk=said.pk).update(publication_status="published")
    RegistrationFactory(event=make_event(title="Ahead"), participant=person, needs="a ramp")
    OutgoingMail.objects.create(kind="reminder", to=ADDRESS, subject=f"Dear {NAME}", text="x")
    return person


def come_in(client: Any, email: str = ADDRESS) -> Any:
    client.post(reverse("guest_own"), {"email": email})
    return client.post(reverse("guest_own_code"), {"code": code_sent()})


def gone(person: Participant, *, keep_words: bool = True) -> None:
    erase_guest(person, email=ADDRESS, keep_words=keep_words, form_token=issue(ERASE))


# Seeing ---------------------------------------------------------------------------------------


def test_everything_is_shown_after_a_code_and_nobody_is_signed_in(client, guest):
    before = client.get(reverse("guest_own_everything"))
    came_in = come_in(client)
    page = client.get(came_in.url).content.decode()

    assert before.url == reverse("guest_own")
    assert came_in.url == reverse("guest_own_everything")
    for told in (NAME, ADDRESS, WORDS, "Agree", "Ahead", "a ramp"):
        assert told in page
    assert get_user(client).is_anonymous
    assert client.get(reverse("my_participation")).status_code == 302


def test_it_can_be_taken_along(client, guest):
    come_in(client)

    sent = client.post(reverse("guest_own_everything"), {"download": "1"})

    assert sent["Content-Type"] == "application/zip"
    assert "everything-this-site-holds" in sent["Content-Disposition"]


def test_the_link_of_every_mail_says_whom_the_code_goes_to_and_opens_nothing(client, guest):
    guests.ask(client.session, details := GuestDetails(
        email=ADDRESS, name=NAME, city=None, language_code="es"), purpose="else")  # fmt: skip
    mail = OutgoingMail.objects.filter(kind="guest_code").latest("pk")
    link = re.search(r"https?://[^/]+(/es/\S+/mis-datos/de/\S+/)", mail.text)[1]

    page = client.get(link)
    sent = client.post(link)

    newest = OutgoingMail.objects.filter(kind="guest_code").latest("pk")
    assert details.email not in link
    assert link in mail.html
    assert ADDRESS not in page.content.decode()
    assert NAME not in page.content.decode()
    assert sent.status_code == 302
    assert (newest.to, newest.pk > mail.pk) == (ADDRESS, True)
    assert client.get(reverse("guest_own_everything")).status_code == 302


def test_a_forged_link_asks_for_the_address(client, guest):
    page = client.get(reverse("guest_own_of", args=(f"{guest.guest_digest}.forged",)))

    assert page.status_code == 200
    assert 'name="email"' in page.content.decode()


def test_who_was_forgotten_is_still_found_by_the_address(client, guest):
    GuestContact.objects.all().delete()

    came_in = come_in(client, ADDRESS.upper())

    assert WORDS in client.get(came_in.url).content.decode()


@pytest.mark.parametrize("email", [ADDRESS, "nobody@example.org"])
def test_nobody_learns_which_addresses_are_known(client, guest, email):
    asked = client.post(reverse("guest_own"), {"email": email})

    assert (asked.status_code, asked.url) == (302, reverse("guest_own_code"))
    assert OutgoingMail.objects.filter(kind="guest_code", to=email).count() == 1


def test_an_address_of_nobody_makes_nobody(client):
    came_in = come_in(client, "nobody@example.org")

    page = client.get(came_in.url).content.decode()
    assert "This site holds nothing about this address." in page
    assert not Participant.objects.exists()


def test_an_account_signs_in_instead(client):
    person = ResidentFactory(email=ADDRESS)
    Participant.objects.of(person)

    came_in = come_in(client)

    assert came_in.url == reverse("account_login")
    assert "This address has an account" in client.get(came_in.url).content.decode()
    assert client.get(reverse("guest_own_everything")).status_code == 302


@pytest.mark.parametrize("typed", ["", "quintina", "0000-0000"])
def test_what_is_wrong_is_said_and_opens_nothing(client, guest, typed):
    is_code = typed.startswith("0")
    if is_code:
        client.post(reverse("guest_own"), {"email": ADDRESS})
        refused = client.post(reverse("guest_own_code"), {"code": typed})
    else:
        refused = client.post(reverse("guest_own"), {"email": typed})

    page = refused.content.decode()
    assert refused.status_code == 422
    assert f'href="#id_{"code" if is_code else "email"}"' in page
    assert f'value="{typed}"' in page or not typed
    assert client.get(reverse("guest_own_everything")).status_code == 302


def test_too_many_codes_are_refused_in_words(client, guest):
    sent = [client.post(reverse("guest_own"), {"email": ADDRESS}) for _attempt in range(4)]

    assert [answer.status_code for answer in sent] == [302, 302, 302, 422]
    assert "Too many attempts" in sent[-1].content.decode()


def test_another_code_is_told_of(client, guest):
    client.post(reverse("guest_own"), {"email": ADDRESS})

    page = client.post(reverse("guest_own_code"), {"action": "resend"}, follow=True)

    assert "We have sent a new code." in page.content.decode()


def test_another_consultations_code_opens_nothing_here(client, guest, consultation):
    who = {"name": NAME, "email": ADDRESS, "city": "puerto", "choice": "agree"}
    statement = consultation.statements.get()
    client.post(consultation.vote_url, {**who, "statement": statement.number})
    client.post(consultation.guest_url, {"code": code_sent()})

    assert client.get(reverse("guest_own_everything")).url == reverse("guest_own")


def test_who_finishes_leaves_nothing_for_the_next_person(client, guest):
    come_in(client)

    client.post(reverse("guest_own_everything"), {"finish": "1"})

    assert client.get(reverse("guest_own_everything")).status_code == 302


# Erasing --------------------------------------------------------------------------------------


def erased_on_the_page(client: Any, **typed: str) -> Any:
    page = client.get(reverse("guest_own_erase")).content.decode()
    token = re.search(r'name="form_token" value="([^"]+)"', page)[1]
    return client.post(reverse("guest_own_erase"), {"form_token": token, **typed})


@pytest.mark.both
@pytest.mark.parametrize("words", ["keep", "go"])
def test_no_value_of_theirs_is_left_and_totals_stay(client, guest, consultation, words):
    come_in(client)

    done = erased_on_the_page(client, words=words)

    left = everything_stored()
    assert done.status_code == 302
    assert [each for each in ("Quintina", "zarzal", "a ramp") if each in left] == []
    assert (WORDS in left) is (words == "keep")
    assert (Vote.objects.count(), PersonTakingPart.objects.count()) == (1, 1)
    assert Registration.objects.get().status == "cancelled"
    page = client.get(consultation.url_in("en")).content.decode()
    assert ("Former participant" in page) is (words == "keep")


def test_nothing_is_erased_by_a_link_or_without_a_choice(client, guest):
    come_in(client)
    shown = client.get(reverse("guest_own_erase"))
    refused = erased_on_the_page(client)

    guest.refresh_from_db()
    assert shown.status_code == 200
    assert refused.status_code == 422
    assert "Choose what shall become of your words." in refused.content.decode()
    assert not guest.is_former


def test_without_a_code_nothing_is_erased(client, guest):
    sent = client.post(reverse("guest_own_erase"), {"words": "go", "form_token": issue(ERASE)})

    guest.refresh_from_db()
    assert sent.url == reverse("guest_own")
    assert not guest.is_former


def test_every_session_that_knows_them_ends(client, guest, consultation):
    elsewhere, voting, other = (client.__class__() for _browser in range(3))
    come_in(elsewhere)
    statement = consultation.statements.get()
    who = {"name": NAME, "email": ADDRESS, "city": "puerto", "choice": "agree"}
    voting.post(consultation.vote_url, {**who, "statement": statement.number})
    voting.post(consultation.guest_url, {"code": code_sent()})
    other.post(reverse("guest_own"), {"email": "else@example.org"})
    sessions = Session.objects.count()

    gone(guest)

    assert Session.objects.count() == sessions - 2
    assert elsewhere.get(reverse("guest_own_everything")).status_code == 302
    assert "else@example.org" in str([each.get_decoded() for each in Session.objects.all()])


def test_a_second_click_finds_nothing_to_erase(guest):
    gone(guest)
    former = Participant.objects.get(pk=guest.pk).guest_digest

    gone(guest)

    assert Participant.objects.get(pk=guest.pk).guest_digest == former


def test_an_account_is_not_erased_as_a_guest():
    person = make_participant()

    gone(person)

    assert Participant.objects.get(pk=person.pk).resident == person.resident


@pytest.mark.both
def test_every_field_takes_anything(client, guest):
    come_in(client)
    client.post(reverse("guest_own"), {"email": ADDRESS})

    for text in each_alone(KINDS):
        for name, typed in (
            ("guest_own", {"email": text}),
            ("guest_own_code", {"code": text}),
            ("guest_own_erase", {"words": text, "form_token": text}),
            ("guest_own_everything", {"finish": text}),
        ):
            assert harmless(send(client, reverse(name), typed)), (name, text)


# Nobody counts twice by leaving ---------------------------------------------------------------


@pytest.mark.both
def test_who_left_says_nothing_twice_while_it_is_open(guest, consultation):
    statement, said = consultation.statements.get(), ContributionFactory(consultation=consultation)
    gone(guest)
    again = recognised()

    for act in (
        lambda: vote(statement, participant=again, choice="disagree"),
        lambda: support_comment(said, supports=True, participant=again),
        lambda: report_comment(said, participant=again, reason="spam", form_token=None),
    ):
        with pytest.raises(AddressSpent):
            act()

    assert again.pk != guest.pk
    assert (Vote.objects.count(), Support.objects.count(), Report.objects.count()) == (1, 0, 0)


def test_an_account_that_was_erased_is_spent_for_the_guest_too(consultation):
    person = make_participant(email=ADDRESS)
    statement = StatementFactory(consultation=consultation)
    vote(statement, participant=person, choice="agree")
    erase(person.resident, keep_words=True, email=ADDRESS, form_token=issue(ERASE))

    with pytest.raises(AddressSpent):
        vote(statement, participant=recognised(), choice="agree")


def test_others_and_other_consultations_are_free(guest, consultation):
    other = make_consultation(participation=Participation.OPEN, title="Another")
    gone(guest)

    vote(consultation.statements.get(), participant=recognised("else@example.org"), choice="pass")
    vote(StatementFactory(consultation=other), participant=recognised(), choice="pass")

    assert SpentAddress.objects.get().consultation == consultation


def test_a_spent_address_goes_when_the_consultation_has_closed(guest, consultation):
    gone(guest)
    assert forget_spent_addresses() == 0

    ConsultationPage.objects.update(closes_at=timezone.now())

    assert forget_spent_addresses() == 1
    assert not SpentAddress.objects.exists()


def test_the_refusal_is_a_sentence(client, guest, consultation):
    gone(guest)
    statement = consultation.statements.get()
    who = {"name": NAME, "email": ADDRESS, "city": "puerto", "choice": "agree"}
    client.post(consultation.vote_url, {**who, "statement": statement.number})

    refused = client.post(consultation.guest_url, {"code": code_sent()})

    assert refused.status_code == 422
    assert "Somebody with this address has taken part here" in refused.content.decode()
