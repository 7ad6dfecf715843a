"""Residents who asked for it are written to at once, each once, until they stop it."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from home.alerts.links import stop_url
from home.alerts.models import Alert, AlertWish
from home.alerts.services import end, wish
from home.alerts.telling import TOLD_AT_ONCE, tell_of_alerts
from partnership.outbox.enums import MailState
from partnership.outbox.models import OutgoingMail
from partnership.people.copies import everything_about
from partnership.people.erasure import ERASE, erase
from partnership.people.models import Participant
from partnership.people.tokens import issue
from tests.factories.alerts import HOUR, alerter_of, make_alert, wish_of
from tests.factories.cities import city_pair
from tests.factories.people import ParticipantFactory, ResidentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]


@pytest.fixture(autouse=True)
def mails_keep_their_words(monkeypatch):
    monkeypatch.setattr("partnership.outbox.delivery.is_resting", lambda: True)


def told():
    return sorted(OutgoingMail.objects.values_list("to", flat=True))


def path_of(url):
    return "/" + url.split("/", 3)[3]


@pytest.mark.both
def test_everybody_who_asked_hears_once_whatever_the_clock_does():
    alder, puerto = city_pair()
    for name, reach, city in (
        *(("home.hit", "home", puerto), ("home.missed", "home", alder), ("all", "all", alder)),
        *(("elsewhere", "all", None), ("homeless", "home", None)),
    ):
        wish_of(ResidentFactory(email=f"{name}@example.org", city=city), reach)
    ResidentFactory(email="silent@example.org", city=puerto)
    make_alert(cities=[puerto])

    assert (tell_of_alerts(), tell_of_alerts()) == (3, 0)

    assert told() == ["all@example.org", "elsewhere@example.org", "home.hit@example.org"]


@pytest.mark.parametrize(
    ("about", "subject", "line"),
    [
        ([1], "Atención, Puerto Almendro: Temporal", "Atención: Temporal (Puerto Almendro)"),
        ([0, 1], "Atención: Temporal", "Atención: Temporal (todas las ciudades)"),
        ([], "Atención: Temporal", "Atención: Temporal (todas las ciudades)"),
    ],
)
def test_the_mail_says_for_which_city_it_is(about, subject, line):
    wish_of(ResidentFactory(language_code="es", city=city_pair()[0]), "all")
    make_alert("Temporal", cities=[city_pair()[number] for number in about], level="warning")

    tell_of_alerts()

    mail = OutgoingMail.objects.get()
    assert mail.subject == subject
    assert line in mail.text
    assert line in mail.html


def test_an_alert_about_all_cities_reaches_who_lives_in_any(tick):
    wish_of(ResidentFactory(email="a@example.org", city=city_pair()[0]), "home")
    wish_of(ResidentFactory(email="b@example.org"), "home")
    make_alert()

    tick()

    assert told() == ["a@example.org"]


def test_who_never_confirmed_the_address_or_is_closed_out_hears_nothing():
    wish_of(ResidentFactory(confirmed=False))
    wish_of(ResidentFactory(is_active=False))
    make_alert()

    assert tell_of_alerts() == 0


def test_what_is_to_come_is_told_when_it_begins_and_what_is_over_never():
    wish_of(ResidentFactory())
    now = timezone.now()
    coming = make_alert(starts_at=now + HOUR, ends_at=now + 2 * HOUR)
    end(make_alert(), by=alerter_of(*city_pair()))
    before = tell_of_alerts()

    Alert.objects.filter(pk=coming.pk).update(starts_at=now)

    assert (before, tell_of_alerts()) == (0, 1)


def test_a_change_mails_nobody_again_and_who_asks_later_waits_for_the_next():
    wish_of(ResidentFactory())
    alert = make_alert()
    tell_of_alerts()
    wish_of(ResidentFactory())
    alert.refresh_from_db()
    alert.title_en = "Keep far away"
    alert.save()

    assert tell_of_alerts() == 0


def test_more_people_than_one_transaction_takes_are_all_told(monkeypatch):
    monkeypatch.setattr("home.alerts.telling.TOLD_AT_ONCE", 2)
    for _number in range(5):
        wish_of(ResidentFactory())
    make_alert()

    assert TOLD_AT_ONCE == 100
    assert tell_of_alerts() == 5
    assert len(set(told())) == 5


def test_the_first_mails_of_an_alert_to_a_city_do_not_wait_for_the_last(monkeypatch):
    monkeypatch.setattr("home.alerts.telling.TOLD_AT_ONCE", 2)
    monkeypatch.setattr("home.alerts.telling.TOLD_IN_A_ROUND", 4)
    for _number in range(5):
        wish_of(ResidentFactory())
    make_alert()

    assert [tell_of_alerts() for _round in range(3)] == [4, 1, 0]
    assert len(set(told())) == 5


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_four_clocks_at_once_write_to_everybody_once(run_in_threads):
    for _number in range(3):
        wish_of(ResidentFactory())
    make_alert()

    answers = run_in_threads(lambda _number: tell_of_alerts(), times=4)

    assert sum(answers) == 3
    assert len(set(told())) == OutgoingMail.objects.count() == 3


def test_the_mail_is_in_the_residents_language_and_ends_with_the_alert():
    wish_of(ResidentFactory(language_code="es", name="Ana Sol"))
    alert = make_alert("Storm", title_es="Temporal", text_es="Quédate en casa.", level="danger")
    tell_of_alerts()

    mail = OutgoingMail.objects.get()
    assert mail.subject == "Peligro: Temporal"
    assert "Hola, Ana:" in mail.text
    assert "Quédate en casa." in mail.text
    assert f"/es/avisos/{alert.pk}/" in mail.text
    assert mail.stop_url in mail.text
    assert mail.stop_url in mail.html
    assert mail.expires_at == alert.ends_at


@pytest.mark.both
def test_a_mail_that_has_not_left_when_it_is_over_is_dropped():
    wish_of(ResidentFactory())
    alert = make_alert()
    tell_of_alerts()

    end(alert, by=alerter_of(*city_pair()))

    mail = OutgoingMail.objects.get()
    assert (mail.state, mail.text) == (MailState.EXPIRED, "")


# Asking and stopping ---------------------------------------------------------------------------


def test_a_resident_asks_for_it_and_takes_it_back(client):
    resident = ResidentFactory(city=city_pair()[0])
    client.force_login(resident)
    address = reverse("alert_mails")

    client.post(address, {"reach": "home"})
    first = AlertWish.objects.get().reach
    client.post(address, {"reach": "all"})
    second = AlertWish.objects.get().reach
    client.post(address, {"reach": "none"})

    assert (first, second) == ("home", "all")
    assert not AlertWish.objects.exists()


def test_who_lives_elsewhere_is_not_offered_alerts_for_a_home_city(client):
    client.force_login(ResidentFactory())
    page = client.get(reverse("alert_mails")).content.decode()

    assert 'value="all"' in page
    assert 'value="home"' not in page
    assert client.post(reverse("alert_mails"), {"reach": "home"}).status_code == 422


def test_without_an_account_one_is_sent_to_the_door(client):
    answer = client.post(reverse("alert_mails"), {"reach": "all"})

    assert answer.status_code == 302
    assert "/account/sign-in/" in answer["Location"]


def test_one_click_of_a_mail_program_stops_it_without_a_cookie_or_a_token():
    resident = ResidentFactory()
    wish_of(resident)
    link = path_of(stop_url(resident.pk, "es"))
    program = Client(enforce_csrf_checks=True)

    looked = program.get(link)
    assert AlertWish.objects.exists()
    stopped = program.post(link, {"List-Unsubscribe": "One-Click"})

    assert (looked.status_code, stopped.status_code) == (200, 200)
    assert not stopped.cookies
    assert not AlertWish.objects.exists()


def test_a_forged_link_leads_nowhere(client):
    wish_of(ResidentFactory())

    assert client.post(reverse("alert_mails_stop", args=("1.forged",))).status_code == 404
    assert AlertWish.objects.exists()


# Whose it is -----------------------------------------------------------------------------------


def test_the_wish_stands_under_my_participation_only_where_there_is_one(client):
    participant = ParticipantFactory()
    client.force_login(participant.resident)
    before = client.get(reverse("my_participation")).content.decode()

    wish(participant.resident, reach="all")

    after = client.get(reverse("my_participation")).content.decode()
    assert "Alerts for any of the cities" not in before
    assert "Alerts for any of the cities" in after


def test_the_wish_is_in_the_copy_and_goes_with_the_account():
    participant = ParticipantFactory()
    wish_of(participant.resident)
    copied = [section.key for section in everything_about(participant)]

    email, token = participant.resident.email, issue(ERASE)
    erase(participant.resident, keep_words=True, email=email, form_token=token)

    assert "alerts.alertwish" in copied
    assert not AlertWish.objects.exists()
    assert Participant.objects.get().resident is None


def test_a_link_of_an_account_that_is_gone_leads_nowhere(client):
    resident = ResidentFactory()
    link = path_of(stop_url(resident.pk, "en"))
    resident.delete()

    assert client.get(link).status_code == 404
