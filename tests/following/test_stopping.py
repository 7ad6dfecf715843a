"""Whoever wants no more of these mails says so in one click, and can change their mind."""

import pytest
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse
from django.utils import translation

from consultations.following.enums import MailKind
from consultations.following.links import stop_path, stop_url
from consultations.following.models import Notice, Stop
from consultations.following.services import resume, stop
from consultations.models import ConsultationPage
from consultations.official.models import AnswerSheet, AnswerWish
from consultations.official.services import tell_everybody, wish_to_hear
from partnership.outbox.models import OutgoingMail
from partnership.pages.languages import CODES
from partnership.people.erasure import ERASE, erase
from partnership.people.models import Participant
from partnership.people.tokens import issue
from tests.factories.consultations import StatementFactory, make_consultation
from tests.factories.following import an_hour_later, known_promise, move, somebody, voted_statement
from tests.factories.official import make_answer, make_closed_consultation, sign_and_publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]

REPLIES = MailKind.REPLIES
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture(autouse=True)
def mails_keep_their_words(monkeypatch):
    monkeypatch.setattr("partnership.outbox.delivery.is_resting", lambda: True)


def link_to(email="ana@example.org"):
    """The way from the newest mail, which stands in its text and for mail programs."""
    mail = OutgoingMail.objects.filter(to=email).latest("pk")
    assert mail.stop_url in mail.text
    assert mail.stop_url in mail.html
    return mail.stop_url.removeprefix("http://testserver")


@pytest.fixture
def promise():
    promise = known_promise(somebody())
    move(promise, status="in_progress")
    an_hour_later()
    return promise


def told_of(promise, status):
    move(promise, status=status)
    return an_hour_later()


def test_looking_stops_nothing(client, promise):
    answers = [client.get(link_to()), client.head(link_to())]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert not Stop.objects.exists()
    assert told_of(promise, "cancelled") == 1


def test_one_click_of_a_mail_program_stops_all_without_a_cookie_or_a_token(promise):
    program = Client(enforce_csrf_checks=True)

    answer = program.post(link_to(), ONE_CLICK)

    assert answer.status_code == 200
    assert not answer.cookies
    assert Stop.objects.get().consultation is None
    assert told_of(promise, "cancelled") == 0


def test_what_is_about_one_consultation_can_be_stopped_alone_and_taken_up_again(client, promise):
    link = link_to()
    title = ConsultationPage.objects.get().title

    client.post(link, {"what": "here"})
    page = client.get(link).content.decode()
    stopped = told_of(promise, "cancelled")
    client.post(link, {"what": "again_here"})

    assert f"You get none of these mails about “{title}”." in page
    assert (stopped, told_of(promise, "in_progress")) == (0, 1)


def test_a_stop_of_one_consultation_leaves_the_others():
    ana = somebody()
    statement = voted_statement(ana)
    stop(ana, consultation=statement.consultation)

    other = known_promise(ana)

    assert told_of(other, "cancelled") == 1


def test_turning_on_again_takes_back_that_stop_only():
    ana, page = somebody(), make_consultation()
    stop(ana)
    stop(ana)
    stop(ana, consultation=page)

    resume(ana)

    assert list(Stop.objects.values_list("consultation", flat=True)) == [page.pk]


@pytest.mark.parametrize("key", ["1-1", "1-1.x", "x", "0-0."])
def test_a_forged_link_leads_nowhere(client, key):
    answers = [client.get(f"/en/mails/{key}/"), client.post(f"/en/mails/{key}/", ONE_CLICK)]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_key_of_another_purpose_leads_nowhere(client):
    key = Signer(sep=".", salt="people.own").sign(f"{somebody().pk}-0")

    assert client.post(f"/en/mails/{key}/").status_code == 404
    assert not Stop.objects.exists()


@pytest.mark.parametrize("code", CODES)
def test_the_page_is_there_in_every_language(client, code):
    ana, page = somebody(), make_consultation()

    answer = client.get(stop_url(ana, page, code, REPLIES).removeprefix("http://testserver"))

    assert f'<html lang="{code}"' in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_an_account_finds_the_switch_under_my_participation(client):
    ana, page = somebody(), make_consultation()
    client.force_login(ana.resident)
    details = client.get(reverse("account_details")).content.decode()
    on = client.get(reverse("my_participation")).content.decode()
    client.post(stop_path(ana.pk), {"what": "all"})
    stop(ana, consultation=page)
    off = client.get(reverse("my_participation")).content.decode()
    client.post(stop_path(ana.pk), {"what": "again"})

    assert f"{reverse('my_participation')}#mails" in details
    assert 'id="mails"' in on
    assert "Stop these mails" in on
    assert "You get none of these mails." in off
    assert stop_path(ana.pk, page.pk) in off
    assert not Stop.objects.filter(consultation=None).exists()


# Answers -------------------------------------------------------------------------------------


def publish(consultation):
    answer = make_answer(consultation, statement=StatementFactory(consultation=consultation))
    sign_and_publish(answer.sheet)


def test_who_stops_waits_for_no_answer_and_a_later_wish_is_heard():
    consultation, ana, ben = make_closed_consultation(), somebody(), somebody("ben@example.org")
    for each in (ana, ben):
        wish_to_hear(consultation, participant=each)
        stop(each)
    wish_to_hear(consultation, participant=ben)

    publish(consultation)

    assert tell_everybody() == 1
    assert AnswerWish.objects.get().participant == ben


def test_the_page_says_that_who_took_part_hears_anyway_and_lets_them_stop(client):
    consultation = make_consultation()
    ana = somebody()
    voted_statement(ana, consultation=consultation)
    client.force_login(ana.resident)
    with translation.override("en"):
        address = reverse("consultation_hear", args=(consultation.slug_in("en"),))

    before = client.get(address).content.decode()
    client.post(address, {"wants": "no"})
    after = client.get(address).content.decode()
    client.post(address, {"wants": "yes"})

    assert "You took part, so we write to you" in before
    assert "Write to me once" in after
    assert not Stop.objects.exists()


# Gone and merged -----------------------------------------------------------------------------


def test_nothing_is_left_when_somebody_goes():
    ana = somebody()
    known_promise(ana)
    stop(ana)
    there = (Stop.objects.count(), Notice.objects.count())

    erase(ana.resident, keep_words=True, email=ana.email, form_token=issue(ERASE))

    assert there == (1, 1)
    assert not Stop.objects.exists()
    assert not Notice.objects.exists()


def test_a_link_to_somebody_who_is_no_more_leads_nowhere(client):
    person = Participant.objects.create(guest_digest="gone")
    link = stop_path(person.pk)
    person.delete()

    assert client.post(link, ONE_CLICK).status_code == 404


def test_a_sheet_is_marked_once_everybody_is_on_the_list():
    consultation = make_closed_consultation()
    publish(consultation)

    tell_everybody()

    assert AnswerSheet.objects.get().listed_at is not None
