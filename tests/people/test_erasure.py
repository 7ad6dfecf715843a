"""Whoever leaves is gone: no value of theirs is left, and what others gave and counted stays."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from consultations.models import (
    Answer,
    ConsultationPage,
    Contribution,
    Draft,
    EarlierWording,
    Report,
    Response,
    Vote,
)
from consultations.moderation.models import Appeal
from consultations.official.models import AnswerWish
from consultations.services import vote
from consultations.translations.models import Translation
from events.registrations.enums import RegistrationStatus
from events.registrations.models import Registration
from events.registrations.services import waiting
from partnership.ledger.models import ApprovalRequest, Quote
from partnership.outbox.models import OutgoingMail
from partnership.people import erasure
from partnership.people.erasure import (
    ERASE,
    AnotherAddress,
    StillOnStaff,
    erase,
)
from partnership.people.models import Participant, Resident
from partnership.people.tokens import TokenAlreadySpent, issue
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_consultation,
    make_question,
)
from tests.factories.events import make_event, make_past_event
from tests.factories.official import make_answer, sign_and_publish
from tests.factories.people import PASSWORD, ResidentFactory
from tests.factories.registrations import RegistrationFactory
from tests.factories.translations import TranslationFactory
from tests.people.conftest import confirm_by_mail, confirm_by_password
from tests.tools.turns import taken

pytestmark = [pytest.mark.django_db, pytest.mark.both]

NAME, ADDRESS, CLUB = "Quintina Zarzal", "quintina@zarzal.example", "Zarzal Rowing Club"
PUBLIC, HELD, OWN = "heronwords", "kingfisherwords", "bitternwords"
FOR_THE_CLUB = {"organisation_kind": "association", "organisation_name": CLUB}
OF_THEM = ("Quintina", "Zarzal", "zarzal", HELD, OWN)


def gone(resident: Resident, *, keep_words: bool) -> None:
    erase(resident, keep_words=keep_words, email=resident.email, form_token=issue(ERASE))


def everything_stored() -> str:
    """Every value of every table and of the cache, as one string."""
    with connection.cursor() as cursor:
        rows: list[Any] = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - our own tables
            rows += cursor.fetchall()
    return repr(rows) + repr(getattr(cache, "_cache", {}))


@pytest.fixture
def resident(client) -> Resident:
    """Somebody who has done everything a resident can do."""
    alder, _puerto = city_pair()
    person = ResidentFactory(name=NAME, email=ADDRESS, city=alder)
    person.organisation_name, person.organisation_kind = CLUB, "association"
    person.save()
    me = Participant.objects.of(person)
    consultation = make_consultation()
    _write(me, consultation)
    _answer(me, consultation)
    _take_places(me)
    OutgoingMail.objects.create(kind="reminder", to=ADDRESS, subject=f"Dear {NAME}", text=OWN)
    client.login(email=ADDRESS, password=PASSWORD)
    return person


def _write(me: Participant, consultation: ConsultationPage) -> None:
    words = {"consultation": consultation, "participant": me, "city": me.city}
    comment = ContributionFactory(text=PUBLIC, **words, **FOR_THE_CLUB)
    EarlierWording.objects.create(contribution=comment, text=OWN)
    ContributionFactory(text=HELD, publication_status="pending", **words)
    ContributionFactory(text=HELD, publication_status="hidden", moderation_reason=NAME, **words)
    reply = ContributionFactory(consultation=consultation, parent=comment, text="A reply of others")
    Contribution.objects.filter(pk=comment.pk).update(reply_count=1)
    Report.objects.create(contribution=reply, participant=me, reason="spam", note=OWN)
    TranslationFactory(contribution=reply, author=me, status="proposed", text=OWN)


def _answer(me: Participant, consultation: ConsultationPage) -> None:
    statement = StatementFactory(consultation=consultation)
    vote(statement, participant=me, choice="agree")
    StatementFactory(consultation=consultation, participant=me, text_en=HELD, text_es=HELD,
                     publication_status="pending")  # fmt: skip
    response = Response.objects.create(
        consultation=consultation, participant=me, city=me.city, language_code="en", **FOR_THE_CLUB
    )
    text = make_question(consultation, "long_text")
    place = make_question(consultation, "location")
    Answer.objects.create(response=response, question=text, value=PUBLIC)
    Answer.objects.create(
        response=response, question=place, value="o1", latitude="51.47779", longitude="-0.00115"
    )
    Draft.objects.create(consultation=consultation, participant=me, typed={"q1": OWN})
    AnswerWish.objects.create(consultation=consultation, participant=me)


def _take_places(me: Participant) -> None:
    RegistrationFactory(event=make_event(title="Ahead"), participant=me, needs=OWN)
    RegistrationFactory(
        event=make_past_event(title="Over"),
        participant=me,
        status="attended",
        needs=OWN,
        guardian_name=NAME,
        answers={"q1": OWN},
    )


@pytest.fixture
def quoted(resident) -> ApprovalRequest:
    """The cities have answered everything the resident wrote, and signed it with its words."""
    consultation = ConsultationPage.objects.get()
    for comment in Contribution.objects.filter(participant__resident=resident):
        answered = make_answer(consultation, contribution=comment)
    return sign_and_publish(answered.sheet)


def test_no_value_of_theirs_is_left_in_what_was_signed_and_it_is_still_whole(resident, quoted):
    there = everything_stored()

    gone(resident, keep_words=False)

    left = everything_stored()
    assert [word in there for word in (PUBLIC, HELD)] == [True, True]
    assert [word for word in (*OF_THEM, PUBLIC) if word in left] == []
    quoted.refresh_from_db()
    assert (quoted.is_intact, quoted.is_open, Quote.objects.count()) == (True, False, 0)


def test_public_words_that_stay_are_still_quoted(resident, quoted):
    gone(resident, keep_words=True)

    assert set(Quote.objects.values_list("text", flat=True)) == {PUBLIC}


def test_no_value_of_theirs_is_left_anywhere(resident):
    there = everything_stored()
    assert [word for word in (*OF_THEM, PUBLIC, "51.47779") if word not in there] == []

    gone(resident, keep_words=False)

    left = everything_stored()
    assert [word for word in (*OF_THEM, PUBLIC, "51.47779") if word in left] == []


FORGET = (
    ("consultations.asking.forgetting", "51.47779"),
    ("consultations.moderation.services.forgetting", HELD),
    ("consultations.translations.forgetting", OWN),
    ("events.registrations.services.forgetting", NAME),
)


@pytest.mark.parametrize(("room", "word"), taken(FORGET, FORGET[0]))
def test_every_room_has_something_to_forget(resident, monkeypatch, room, word):
    monkeypatch.delitem(erasure._forgets, room)

    gone(resident, keep_words=False)

    assert word in everything_stored()


def test_with_their_words_kept_nothing_else_is_left(resident):
    gone(resident, keep_words=True)

    left = everything_stored()
    assert PUBLIC in left
    assert [word for word in (*OF_THEM, "51.47779") if word in left] == []


@pytest.mark.parametrize("keep_words", [True, False])
def test_totals_and_replies_stay(resident, client, keep_words):
    consultation = Response.objects.get().consultation
    before = (Vote.objects.count(), Response.objects.count(), Answer.objects.count())

    gone(resident, keep_words=keep_words)

    page = client.get(consultation.url_in("en")).content.decode()
    assert (Vote.objects.count(), Response.objects.count(), Answer.objects.count()) == before
    assert "A reply of others" in page
    assert "Former participant" in page
    assert (PUBLIC in page) is keep_words
    assert CLUB not in page


def test_a_place_ahead_is_given_back_and_a_visit_stays_counted(resident):
    gone(resident, keep_words=True)

    states = Registration.objects.values_list("event__title_en", "status")
    assert dict(states) == {
        "Ahead": RegistrationStatus.CANCELLED,
        "Over": RegistrationStatus.ATTENDED,
    }
    assert not OutgoingMail.objects.filter(to=ADDRESS).exists()


def test_the_same_address_begins_anew(resident):
    gone(resident, keep_words=True)

    again = Participant.objects.of(ResidentFactory(email=ADDRESS))

    assert not Contribution.objects.filter(participant=again).exists()
    assert not Registration.objects.filter(participant=again).exists()


def test_nobody_waits_for_an_answer_any_more(resident):
    gone(resident, keep_words=True)

    assert not AnswerWish.objects.exists()
    assert not Draft.objects.exists()


def test_what_others_wrote_is_untouched(resident):
    other = ContributionFactory(text="Words of a neighbour")
    accepted = TranslationFactory(contribution=other)

    gone(resident, keep_words=False)

    other.refresh_from_db()
    assert (other.text, other.publication_status) == ("Words of a neighbour", "published")
    assert Translation.objects.filter(pk=accepted.pk).exists()
    assert not Appeal.objects.exists()


@pytest.mark.parametrize("fields", [{"is_staff": True}, {"is_superuser": True}])
def test_who_works_for_a_city_leaves_that_first(fields):
    person = ResidentFactory(**fields)

    with pytest.raises(StillOnStaff):
        gone(person, keep_words=True)

    assert Resident.objects.filter(pk=person.pk).exists()


def test_sessions_are_looked_through_before_a_room_locks_what_others_wait_for(client, monkeypatch):
    person = ResidentFactory()
    RegistrationFactory(event=make_event(), participant=Participant.objects.of(person))
    client.force_login(person)
    left = []
    lock = waiting.lock
    monkeypatch.setattr(
        waiting, "lock", lambda event: left.append(Session.objects.count()) or lock(event)
    )

    gone(person, keep_words=False)

    assert left
    assert set(left) == {0}


def test_another_address_erases_nobody():
    person = ResidentFactory()

    with pytest.raises(AnotherAddress):
        erase(person, keep_words=True, email="else@example.org", form_token=issue(ERASE))

    assert Resident.objects.filter(pk=person.pk).exists()


def test_a_second_click_finds_nothing_to_erase():
    person = ResidentFactory()
    same = Resident.objects.get(pk=person.pk)

    gone(person, keep_words=True)
    gone(same, keep_words=True)

    assert not Resident.objects.filter(pk=same.pk).exists()


def test_a_form_erases_one_account():
    token = issue(ERASE)
    first, second = ResidentFactory(), ResidentFactory()
    erase(first, keep_words=True, email=first.email, form_token=token)

    with pytest.raises(TokenAlreadySpent):
        erase(second, keep_words=True, email=second.email, form_token=token)


# The page -------------------------------------------------------------------------------------


def sent(client, **typed: str):
    confirm_by_password(client)
    page = client.get(reverse("account_erase")).content.decode()
    token = re.search(r'name="form_token" value="([^"]+)"', page)[1]
    return client.post(reverse("account_erase"), {"form_token": token, **typed})


def test_the_page_erases_and_signs_out(client, resident):
    answer = sent(client, words="keep", email=ADDRESS.upper())

    assert answer.status_code == 302
    assert not Resident.objects.filter(email=ADDRESS).exists()
    assert "_auth_user_id" not in client.session
    assert client.get(reverse("my_participation")).status_code == 302


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Choose what shall become of your words."),
        ({"words": "go", "email": "else@example.org"}, "This is not the e-mail address"),
        ({"words": "burn", "email": ADDRESS}, "burn"),
    ],
)
def test_the_page_says_what_is_missing_and_erases_nothing(client, resident, typed, said):
    answer = sent(client, **typed)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Resident.objects.filter(pk=resident.pk).exists()


def test_nobody_is_erased_from_a_session_that_was_left_open(client, resident):
    page = reverse("account_erase")
    typed = {"words": "go", "email": ADDRESS, "form_token": issue(ERASE)}

    asked = client.get(page)
    led_back = client.post(page, typed)
    confirm_by_password(client)  # who confirms next sends on nothing that somebody else filled in
    after = client.get(page)

    assert asked["Location"].startswith("/en/account/confirm/")
    assert led_back["Location"] == page
    assert "Nothing was done yet." in after.content.decode()
    assert Resident.objects.filter(email=ADDRESS).exists()


def test_who_has_no_password_confirms_by_mail_and_is_erased(client, resident):
    Resident.objects.filter(pk=resident.pk).update(password="!")
    client.force_login(Resident.objects.get(pk=resident.pk))

    back = confirm_by_mail(client, ADDRESS, then=reverse("account_erase"))
    typed = {"words": "go", "email": ADDRESS, "form_token": issue(ERASE)}
    client.post(back["Location"], typed)

    assert not Resident.objects.filter(email=ADDRESS).exists()


def test_every_session_of_theirs_ends(client, resident):
    elsewhere = client.__class__()
    elsewhere.login(email=ADDRESS, password=PASSWORD)

    gone(resident, keep_words=True)

    assert elsewhere.get(reverse("account_details")).status_code == 302
    assert client.get(reverse("account_details")).status_code == 302


def test_the_way_there_is_among_the_details(client, resident):
    assert reverse("account_erase") in client.get(reverse("account_details")).content.decode()


def test_who_is_in_a_group_leaves_that_first_too():
    person = ResidentFactory()
    person.groups.add(Group.objects.create(name="Helpers"))

    with pytest.raises(StillOnStaff):
        gone(person, keep_words=True)


def test_whoever_is_signed_in_elsewhere_is_signed_out_there():
    person, session = ResidentFactory(), SessionStore()
    session["_auth_user_id"] = str(person.pk)
    session.save()

    gone(person, keep_words=True)

    assert not session.exists(session.session_key)
