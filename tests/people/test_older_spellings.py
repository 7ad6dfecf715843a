"""A mailbox that was written otherwise once: nobody is two persons, and nothing is lost."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from consultations.enums import Participation
from consultations.models import SpentAddress, Vote
from consultations.models.spent_addresses import spent_digest
from consultations.services import vote
from consultations.visiting.refusals import AddressSpent
from events.registrations.models import Registration
from home.news.links import STOP
from home.news.models import NewsWish
from partnership.mailboxes import older_spellings, spelled
from partnership.outbox.models import OutgoingMail
from partnership.people import guests
from partnership.people.guests import GuestDetails
from partnership.people.models import GuestContact, Participant
from tests.factories.consultations import StatementFactory, make_consultation
from tests.factories.people import ResidentFactory
from tests.factories.registrations import RegistrationFactory
from tests.people.conftest import code_in_newest_mail

NOW = "ana@xn--mnchen-3ya.example"
OLDER = ("ana@münchen.example", "ana@mu\u0308nchen.example")


def old_digest(email):
    return salted_hmac("partnership.people.guests", email, algorithm="sha256").hexdigest()


def guest_of_old(email, name="Ana", **kept):
    guest = Participant.objects.create(guest_digest=old_digest(email))
    if name:
        kept = {"keep_until": timezone.now(), "language_code": "en", **kept}
        GuestContact.objects.create(participant=guest, email=email, name=name, **kept)
    return guest


def recognised(name="Ana"):
    told = {"name": name, "city": None, "language_code": "en"}
    return guests.recognise(GuestDetails(email="Ana@MÜNCHEN.example", **told))


@pytest.fixture
def statement():
    return StatementFactory(consultation=make_consultation(participation=Participation.OPEN))


def test_older_spellings_are_the_same_mailbox_and_most_have_none():
    assert older_spellings("Ana@München.example") == OLDER
    assert {spelled(written) for written in OLDER} == {NOW}
    assert older_spellings("ana@example.org") == older_spellings("ana@xn--\u0301.example") == ()
    assert older_spellings(None) == older_spellings("") == older_spellings("@xn--.example") == ()


@pytest.mark.parametrize("email", OLDER)
def test_a_guest_of_an_older_spelling_is_the_same_person(email, statement):
    guest = guest_of_old(email, keep_until=timezone.now() + timedelta(days=30))
    kept_until = guest.contact.keep_until
    vote(statement, participant=guest, choice="agree")

    again = recognised(name="")

    assert list(Participant.objects.all()) == [again]
    assert Vote.objects.get().participant == again
    contact = GuestContact.objects.get()
    assert (contact.participant, contact.email, contact.name) == (again, NOW, "Ana")
    assert contact.keep_until == kept_until
    assert recognised() == again


def test_two_become_one_without_a_loss(statement):
    other = StatementFactory(consultation=statement.consultation)
    older = guest_of_old(OLDER[0], keep_until=timezone.now() + timedelta(days=30))
    kept_until = older.contact.keep_until
    place = RegistrationFactory(participant=older)
    newer = Participant.objects.create(guest_digest=guests.digest(NOW))
    told = {"name": "Ana Olmo", "email": NOW, "language_code": "es", "keep_until": timezone.now()}
    GuestContact.objects.create(participant=newer, **told)
    vote(statement, participant=older, choice="agree")
    vote(statement, participant=newer, choice="disagree")
    vote(other, participant=older, choice="agree")

    assert recognised(name="") == newer

    counted = set(Vote.objects.values_list("statement", "participant", "choice"))
    assert counted == {(statement.pk, newer.pk, "disagree"), (other.pk, newer.pk, "agree")}
    assert Registration.objects.get(pk=place.pk).participant == newer
    contact = GuestContact.objects.get()
    assert (contact.name, contact.keep_until) == ("Ana Olmo", kept_until)


def test_an_account_is_given_what_was_done_in_every_spelling(statement):
    older = guest_of_old(OLDER[0])
    vote(statement, participant=older, choice="agree")
    place = RegistrationFactory(participant=guest_of_old(OLDER[1], name=""))
    resident = ResidentFactory(email=NOW)

    account = guests.claim(resident)

    assert list(Participant.objects.filter(resident=resident)) == [account]
    assert Vote.objects.get().participant == account
    assert Registration.objects.get(pk=place.pk).participant == account


def test_who_asks_what_is_held_about_them_is_found(statement):
    session = SessionStore()
    vote(statement, participant=guest_of_old(OLDER[0]), choice="agree")
    told = {"name": "", "city": None, "language_code": "en"}
    guests.ask(session, GuestDetails(email=OLDER[0], **told), purpose="own")

    found = guests.confirm_known(session, purpose="own", code=code_in_newest_mail(NOW))

    assert Vote.objects.get().participant == found


@pytest.mark.parametrize("email", OLDER)
def test_an_address_that_was_spent_in_an_older_spelling_is_spent(email, statement):
    gone = Participant(guest_digest=old_digest(email))
    consultation = statement.consultation
    digest = spent_digest(consultation.pk, gone)
    SpentAddress.objects.create(consultation=consultation, digest=digest)

    with pytest.raises(AddressSpent):
        vote(statement, participant=recognised(), choice="agree")


def test_mails_to_an_older_spelling_are_theirs():
    for to in (OLDER[0], NOW, "ana@munchen.example"):
        OutgoingMail.objects.create(to=to, kind="test", language_code="en")

    assert OutgoingMail.objects.with_address(NOW).count() == 2


def test_the_address_of_a_guardian_who_is_to_answer_gets_the_one_spelling():
    waiting = RegistrationFactory(
        guardian_email=OLDER[0], guardian_until=timezone.now(), is_minor=True
    )
    others = [RegistrationFactory(), RegistrationFactory()]
    name = "events.registrations.migrations.0005_one_spelling_of_guardians"

    import_module(name).respell(apps, None)

    waiting.refresh_from_db()
    assert waiting.guardian_email == NOW
    assert not any(Registration.objects.get(pk=place.pk).guardian_email for place in others)


def test_the_link_of_a_mail_to_an_older_spelling_still_stops_the_news(client):
    guest = guest_of_old(OLDER[0])
    NewsWish.objects.create(participant=guest, language_code="en")
    link = reverse("news_stop", args=(STOP._key_of(guest),))
    import_module("partnership.people.migrations.0005_one_spelling_of_addresses").respell(
        apps, None
    )

    stopped = client.post(link, {"List-Unsubscribe": "One-Click"})

    assert stopped.status_code == 200
    assert not NewsWish.objects.exists()
