"""An account that nobody uses goes, long after its owner was told, and no other one does."""

import time
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format

from consultations.models import ConsultationPage, Vote
from events.registrations.models import Registration
from home.alerts.models import AlertWish
from partnership.outbox.enums import MailState
from partnership.outbox.models import OutgoingMail
from partnership.people import guests, unused
from partnership.people.guests import GuestDetails
from partnership.people.models import Participant, Resident, UnusedAccount
from partnership.people.services import keep_address
from tests.factories.ambassadors import make_ambassador
from tests.factories.cities import city_pair
from tests.factories.consultations import make_consultation
from tests.factories.following import somebody, voted_statement
from tests.factories.people import ResidentFactory
from tests.factories.registrations import RegistrationFactory
from tests.factories.voices import make_voice

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def years_ago(settings, monkeypatch):
    assert unused.WARNED_BEFORE == 60 * DAY
    monkeypatch.setattr(unused, "WARNED_BEFORE", 3 * DAY)  # as many rounds as days
    settings.UNUSED_ACCOUNT_MONTHS = 36
    return timezone.now() - timedelta(days=4 * 365)


@pytest.fixture
def ana(years_ago) -> Participant:
    """Somebody who voted and has not been here for four years."""
    ana = somebody("ana@example.org", language_code="es")
    keep_address(ana.resident, confirmed=True)
    voted_statement(ana)
    ConsultationPage.objects.update(opens_at=years_ago, closes_at=years_ago + 30 * DAY)
    since = {"joined_at": years_ago, "last_login": years_ago + 30 * DAY}
    Resident.objects.filter(pk=ana.resident_id).update(**since)
    return ana


def send(at=None):
    """Let the mail server take what waits."""
    waiting = OutgoingMail.objects.filter(state=MailState.WAITING)
    waiting.update(state=MailState.SENT, sent_at=at or timezone.now())


def go_round(*days):
    for day in days:
        unused.see_to_unused(timezone.now() + day * DAY)


@pytest.mark.both
@pytest.mark.usefixtures("site_tree")
def test_it_is_erased_once_its_owner_was_told_long_before(ana):
    go_round(0, 0)
    mail = OutgoingMail.objects.get(kind="account_unused")
    said = (mail.to, mail.language_code)
    go_round(*range(5))  # the mail server is away: nobody was told
    left = Resident.objects.filter(email="ana@example.org").exists()
    send()
    go_round(*range(3))
    still = Resident.objects.filter(email="ana@example.org").exists()

    go_round(3)

    assert said == ("ana@example.org", "es")
    assert "/es/" in mail.text
    assert (left, still) == (True, True)
    assert not Resident.objects.filter(email="ana@example.org").exists()
    assert Participant.objects.get(pk=ana.pk).is_former
    assert Vote.objects.count() == 1
    assert not UnusedAccount.objects.exists()


@pytest.mark.usefixtures("site_tree")
def test_using_it_keeps_it_and_a_clock_years_ahead_erases_nobody(ana):
    go_round(0)
    send()
    go_round(0, 3000, 3000)  # a clock that is set wrong, and goes round
    ahead = Resident.objects.filter(email="ana@example.org").exists()
    go_round(0, 1, 2)
    # Taking part with the code that was sent to the address is use enough.
    told = {"name": "", "city": None, "language_code": "es"}
    guests.recognise(GuestDetails(email="ana@example.org", **told))

    go_round(3, 4)

    assert ahead
    assert Resident.objects.get().email == "ana@example.org"
    assert not UnusedAccount.objects.exists()


@pytest.mark.both
def test_who_has_rights_a_place_ahead_or_asked_for_mails_is_kept(ana, years_ago, settings):
    alder, _puerto = city_pair()
    editor, closed, hears, goes, new = ResidentFactory.create_batch(5)
    RegistrationFactory(participant=Participant.objects.of(goes))
    AlertWish.objects.create(resident=hears, reach="any")
    # Visitors write to the one, the other speaks for a school, the third voted where it is open.
    shown = make_ambassador(email="bea@example.org")
    Registration.objects.filter(participant=shown.participant).delete()
    make_voice()
    voted_statement(somebody("cai@example.org"), consultation=make_consultation())
    Resident.objects.update(joined_at=years_ago, last_login=None)
    editor.edits_for.add(alder)
    Resident.objects.filter(pk=closed.pk).update(is_active=False)
    Resident.objects.filter(pk=new.pk).update(joined_at=timezone.now())

    found = list(unused.unused(timezone.now()))
    settings.UNUSED_ACCOUNT_MONTHS = 0
    go_round(0)

    assert found == [ana.resident]
    assert not UnusedAccount.objects.exists()


def test_a_round_of_the_clock_erases_a_few(ana, years_ago, monkeypatch):
    monkeypatch.setattr(unused, "ERASED_AT_ONCE", 1)
    monkeypatch.setattr(unused, "WARNED_BEFORE", 0 * DAY)
    ben = ResidentFactory()
    Resident.objects.update(joined_at=years_ago, last_login=None)
    go_round(0)
    send()

    go_round(1)

    assert Resident.objects.count() == 1
    UnusedAccount.objects.update(email="another@example.org")
    go_round(1, 2)
    assert list(Resident.objects.all()) == [ben]


def test_the_day_in_the_mail_is_over_where_its_reader_lives_before_anything_is_erased(ana):
    zone = ZoneInfo(ana.resident.city.time_zone)
    earliest = (timezone.now() + unused.WARNED_BEFORE).astimezone(zone).date()

    go_round(0)

    with translation.override("es"):
        last = date_format(earliest - DAY, "DATE_FORMAT")
    assert f"{last}." in UnusedAccount.objects.get().mail.text


def test_who_has_another_address_by_now_is_written_to_there(ana):
    go_round(0)
    send()
    Resident.objects.filter(pk=ana.resident_id).update(email="new@example.org")

    go_round(0, 1)
    send()
    go_round(1, 2)

    told = OutgoingMail.objects.filter(kind="account_unused").order_by("pk")
    assert [mail.to for mail in told] == ["ana@example.org", "new@example.org"]
    assert Resident.objects.filter(email="new@example.org").exists()


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_count_one_day(ana, run_in_threads):
    go_round(0)
    send()

    def count(_number):
        with transaction.atomic():
            unused._count_the_day(timezone.now())
            time.sleep(0.3)  # the other one waits for the row by now

    run_in_threads(count, times=2)

    assert UnusedAccount.objects.get().days == 1
