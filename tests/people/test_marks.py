"""Who was erased is noted so that only they are found again, and invitations reach one person."""

import stat
from datetime import timedelta
from time import time
from zoneinfo import ZoneInfo

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from partnership.outbox.models import OutgoingMail
from partnership.people import erased, erasure, mail
from partnership.people.copies import everything_about
from partnership.people.erased import Wish, mark_of, note, noted, wish_of
from partnership.people.erasure import ERASE, erase, erase_again, erase_guest
from partnership.people.guests import CONFIRMED, digest
from partnership.people.invitations import invite
from partnership.people.models import GuestContact, Participant, Resident
from partnership.people.services import doubt_password, keep_address
from partnership.people.tokens import TokenExpired, issue
from partnership.serving import cache
from tests.factories.cities import city_pair
from tests.factories.news import guest
from tests.factories.people import PASSWORD, ResidentFactory
from tests.serving.conftest import page_cache  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    """Where it is kept; not made yet."""
    settings.VAR_DIR = tmp_path / "var" / "data"
    return settings.VAR_DIR


@pytest.fixture
def written(folder, django_capture_on_commit_callbacks):
    """Return a function that notes an erasure and commits it."""

    def write(*persons, **fields):
        with django_capture_on_commit_callbacks(execute=True):
            note(*persons, **{"email": "", "keep_words": True, **fields})

    return write


def test_a_mark_is_that_of_one_row_whatever_clock_read_it():
    now = timezone.now()
    first, second = (ResidentFactory(joined_at=now) for _n in range(2))
    person = guest()
    first_as_participant = Participant(pk=first.pk, created_at=now)
    marks = {mark_of(each) for each in (first, second, person, first_as_participant)}

    first.joined_at = now.astimezone(ZoneInfo("Asia/Tokyo"))

    assert len(marks) == 4
    assert mark_of(first) in marks


def test_it_is_noted_once_committed_for_nobody_elses_eyes(folder, written):
    person = ResidentFactory(email="ana@example.org")
    assert noted() == {}
    with transaction.atomic():
        note(person, email=person.email, keep_words=True)
    assert not erased.path().exists()

    written(person, email=person.email, keep_words=False)
    written(ResidentFactory())

    assert len(erased.path().read_text().splitlines()) == 2
    assert stat.S_IMODE(erased.path().stat().st_mode) == 0o600
    found = noted()
    assert found[mark_of(person)] == found[digest(person.email)]
    assert not found[mark_of(person)].keep_words
    assert len(found) == 3  # of the second one no address was known


def test_the_last_wish_counts(written):
    person = ResidentFactory()

    written(person, keep_words=True)
    written(person, keep_words=False)

    assert not noted()[mark_of(person)].keep_words


def test_what_cannot_be_noted_is_told_to_whoever_runs_the_site(folder, written, caplog):
    folder.mkdir(parents=True)
    erased.path().mkdir()

    written(ResidentFactory())

    assert "An erasure was not noted" in caplog.text


def test_a_guest_is_found_by_their_row_or_by_an_address_that_was_erased_later():
    person = guest()
    before, after = (
        Wish(person.created_at + timedelta(seconds=seconds), keep_words=False)
        for seconds in (-1, 1)
    )
    by_address = person.guest_digest

    assert wish_of(person, {}) is None
    assert wish_of(person, {mark_of(person): before}) == before
    assert wish_of(person, {by_address: after}) == after
    assert wish_of(person, {by_address: before}) is None  # they came back after that
    assert wish_of(person, {by_address: before, mark_of(person): after}) == after


def test_nobody_invites_themselves():
    admin = Resident.objects.create_superuser("root@example.org", name="Root")
    person = ResidentFactory()

    for each in (admin, person):
        invite(each, by=admin)

    assert [letter.to for letter in OutgoingMail.objects.all()] == [person.email]


def test_who_became_staff_meanwhile_is_led_to_the_screens():
    admin = Resident.objects.create_superuser("root@example.org", name="Root")
    person = ResidentFactory()
    Resident.objects.filter(pk=person.pk).update(is_staff=True)

    invite(person, by=admin)

    assert "/admin/" in OutgoingMail.objects.get().text


def test_a_language_that_the_site_lost_is_told_in_the_first_one():
    person = ResidentFactory(language_code="es")
    by = Resident.objects.create_superuser("root@example.org", name="Root")
    codes = [mail.invitation(person, by)["language_code"]]

    person.language_code = "xx"
    codes.append(mail.invitation(person, by)["language_code"])

    assert codes == ["es", "en"]


def test_mails_to_an_address_in_capitals_are_ones_own():
    person = ResidentFactory(email="ana@example.org")
    OutgoingMail.objects.create(to="Ana@Example.org", kind="code", subject="Hello")
    OutgoingMail.objects.create(to="juana@example.org", kind="code", subject="Other")

    told = everything_about(Participant.objects.of(person))

    [mails] = [each for each in told if each.key == OutgoingMail._meta.label_lower]
    assert len(mails.rows) == 1


def test_a_second_click_that_waited_finds_nobody_and_refuses_nothing():
    person, visitor = ResidentFactory(), guest()
    for _click in range(2):
        form_token = issue(ERASE) if Resident.objects.filter(pk=person.pk).exists() else None
        erase(person, keep_words=True, email=person.email, form_token=form_token)

    erase_guest(visitor, email=visitor.email, keep_words=True, form_token=issue(ERASE))
    erase_guest(visitor, email=visitor.email, keep_words=True, form_token=None)

    assert not Resident.objects.exists()
    assert Participant.objects.get(pk=visitor.pk).is_former


def test_nobody_is_erased_by_a_form_that_was_sent_before():
    visitor = guest()

    with pytest.raises(TokenExpired):
        erase_guest(visitor, email=visitor.email, keep_words=True, form_token=None)

    assert not Participant.objects.get(pk=visitor.pk).is_former


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_who_is_signed_in_has_shown_the_password_before(rf, is_signed_in):
    person = ResidentFactory(password=PASSWORD)
    request = rf.get("/")
    request.session, request.user = {}, person if is_signed_in else AnonymousUser()

    doubt_password(request, EmailAddress.objects.get(user=person))

    person.refresh_from_db()
    assert person.has_usable_password() == is_signed_in


def test_what_an_address_did_as_a_guest_belongs_to_its_confirmed_account():
    visitor = guest("ana@example.org")
    person = Resident.objects.create_user("ana@example.org", name="Ana")

    keep_address(person, confirmed=False)
    before = Participant.objects.get(pk=visitor.pk).resident
    keep_address(person, confirmed=True)

    assert (before, Participant.objects.get(pk=visitor.pk).resident) == (None, person)


@pytest.mark.usefixtures("page_cache")
def test_of_a_guest_who_leaves_no_address_is_left_and_no_page(django_capture_on_commit_callbacks):
    visitor, other = guest(), guest("eva@example.org")
    email, before = visitor.email, cache.version()
    cache.keep("page", cache.StoredPage(before, "/en/", time() + 60, (), b"Old words"))
    for address in (email, other.email):
        OutgoingMail.objects.create(to=address, kind="code", subject="Hello")
        session = SessionStore()
        session["typed"] = address
        session.save()

    with django_capture_on_commit_callbacks(execute=True):
        erase_guest(visitor, email=email, keep_words=True, form_token=issue(ERASE))

    assert [each.to for each in OutgoingMail.objects.all()] == [other.email]
    assert [each.participant for each in GuestContact.objects.all()] == [other]
    assert [each.get_decoded()["typed"] for each in Session.objects.all()] == [other.email]
    assert cache.version() != before
    assert cache.store().get("page") is None


def test_whoever_came_back_from_an_older_copy_is_erased_as_they_wished(written):
    person, visitor, stays = ResidentFactory(), guest(), guest("eva@example.org")
    written(person, keep_words=False)
    written(visitor, email=visitor.email, keep_words=True)

    assert (erase_again(), erase_again()) == (2, 0)

    assert not Resident.objects.exists()
    assert [each.pk for each in Participant.objects.all() if not each.is_former] == [stays.pk]


@pytest.mark.usefixtures("folder")
def test_what_is_wished_is_noted_and_done_again_to_who_comes_back(
    monkeypatch, django_capture_on_commit_callbacks
):
    asked = []
    forget = {"a room": lambda participant, *, keep_words: asked.append(keep_words)}
    monkeypatch.setattr(erasure, "_forgets", forget)
    person, visitor = ResidentFactory(), guest()
    participant = Participant.objects.of(person)
    as_stored = {"pk": person.pk, "joined_at": person.joined_at, "email": person.email}
    known = {"guest_digest": visitor.guest_digest}

    with django_capture_on_commit_callbacks(execute=True):
        erase(person, keep_words=False, email=person.email, form_token=issue(ERASE))
        erase_guest(visitor, email=visitor.email, keep_words=False, form_token=issue(ERASE))
    Participant.objects.filter(pk=participant.pk).update(
        resident=ResidentFactory(**as_stored), guest_digest=None
    )
    Participant.objects.filter(pk=visitor.pk).update(**known)

    assert erase_again() == 2
    assert asked == [False] * 4


def test_what_was_noted_of_the_account_goes_and_of_other_things_stays():
    person = ResidentFactory()
    log(instance=person, action="wagtail.edit")
    log(instance=city_pair()[0], action="wagtail.edit")
    other = ModelLogEntry.objects.exclude(object_id=str(person.pk), label=str(person)).last()
    ModelLogEntry.objects.filter(pk=other.pk).update(object_id=str(person.pk))

    erase(person, keep_words=True, email=person.email, form_token=issue(ERASE))

    assert list(ModelLogEntry.objects.all()) == [other]


def test_a_browser_that_confirmed_the_address_knows_nobody_afterwards():
    visitor, session = guest(), SessionStore()
    session[CONFIRMED] = {"participant": visitor.pk}
    session.save()

    erase_guest(visitor, email=visitor.email, keep_words=True, form_token=issue(ERASE))

    assert not session.exists(session.session_key)
