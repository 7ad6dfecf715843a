"""One kind of mail can be stopped alone; every mail says of which kind it is."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from consultations.following.delivered import watch_deliveries
from consultations.following.enums import MailKind
from consultations.following.links import stop_path, subject_of
from consultations.following.models import DeliveryStep, Notice, PromiseStep, Stop
from consultations.following.people import guests_to_write_to
from consultations.following.services import resume, stop
from consultations.following.telling import (
    tell_of_deliveries,
    tell_of_promises,
    tell_of_replies,
)
from consultations.following.watching import watch
from consultations.models import ConsultationPage
from consultations.official.models import AnswerWish
from consultations.official.services import list_everybody, tell_everybody, wish_to_hear
from consultations.roadmap.delivery.models import Milestone
from consultations.services import comment
from partnership.outbox.models import OutgoingMail
from partnership.people import guests
from partnership.people.copies import everything_about
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_consultation,
    make_participant,
)
from tests.factories.delivery import make_milestone
from tests.factories.following import (
    an_hour_later,
    known_promise,
    move,
    promise_of,
    somebody,
    voted_statement,
    words_to,
)
from tests.factories.official import make_answer, make_closed_consultation, sign_and_publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
ANA = "ana@example.org"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture(autouse=True)
def mails_keep_their_words(monkeypatch):
    monkeypatch.setattr("partnership.outbox.delivery.is_resting", lambda: True)


def closed_where_they_voted(person):
    consultation = make_consultation()
    voted_statement(person, consultation=consultation)
    now = timezone.now()
    ConsultationPage.objects.filter(pk=consultation.pk).update(
        opens_at=now - timedelta(days=9), closes_at=now - timedelta(hours=1)
    )
    return ConsultationPage.objects.get(pk=consultation.pk)


def answers(person):
    consultation = closed_where_they_voted(person)
    answer = make_answer(consultation, statement=StatementFactory(consultation=consultation))
    sign_and_publish(answer.sheet)
    return tell_everybody


def promise_moves(person):
    move(promise_of(person), status="in_progress")
    return an_hour_later


def milestone_reached(person):
    milestone = make_milestone(promise_of(person), planned_on=date(2031, 5, 1))
    watch_deliveries()
    Milestone.objects.filter(pk=milestone.pk).update(reached_on=date(2026, 5, 3))

    def told():
        watch_deliveries()
        DeliveryStep.objects.settling().update(noticed_at=LONG_AGO)
        watch_deliveries()
        return tell_of_deliveries()

    return told


def somebody_replies(person):
    said = ContributionFactory(
        consultation=make_consultation(moderation="after"), participant=person
    )
    words = {"text": "I agree.", "language_code": "en", "form_token": None}
    comment(said.consultation, participant=make_participant(), parent=said, **words)
    return tell_of_replies


OCCASIONS = {
    MailKind.ANSWERS: answers,
    MailKind.PROMISES: promise_moves,
    MailKind.DELIVERIES: milestone_reached,
    MailKind.REPLIES: somebody_replies,
}


def link_to(email=ANA):
    mail = OutgoingMail.objects.filter(to=email).latest("pk")
    return mail.stop_url.removeprefix("http://testserver")


@pytest.fixture
def replied():
    """Somebody who was told of a reply."""
    ana = somebody()
    somebody_replies(ana)()
    return ana


# Telling -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", OCCASIONS)
def test_of_a_kind_that_is_stopped_nobody_hears_and_of_the_others_they_do(kind):
    with transaction.atomic():
        assert told_of(kind, stopped=[kind]) == 0
        transaction.set_rollback(True)
    assert told_of(kind, stopped=[each for each in MailKind if each != kind]) == 1


def told_of(kind, *, stopped):
    ana = somebody()
    for each in stopped:
        stop(ana, kind=each)
    return OCCASIONS[kind](ana)()


@pytest.mark.parametrize("kind", OCCASIONS)
def test_every_mail_says_of_which_kind_it_is_in_the_readers_language(kind):
    ana, ben = somebody(), somebody("ben@example.org", language_code="es")
    for each in (ana, ben):
        OCCASIONS[kind](each)()

    mail = OutgoingMail.objects.filter(to=ANA).latest("pk")
    assert f"Kind of mail: {kind.label}\n" in mail.text
    assert f"Kind of mail: {kind.label}<" in mail.html
    assert "You get this mail" in mail.text
    assert "Tipo de correo: " in words_to("ben@example.org")
    assert subject_of(mail.stop_url.split("/")[-2]).kind == kind


@pytest.mark.parametrize("kind", OCCASIONS)
def test_a_mail_that_waits_for_the_morning_is_called_back_by_a_stop(kind, settings):
    settings.WAKING_HOURS = (0, 0)  # it is night all day
    ana, other = somebody(), next(each for each in MailKind if each != kind)
    OCCASIONS[kind](ana)()
    mails = OutgoingMail.objects.filter(to=ANA)
    page = subject_of(mails.get().stop_url.split("/")[-2]).consultation
    stop(ana, kind=other)
    stop(ana, consultation=make_consultation())
    kept = mails.waiting().count()

    # Of what promises delivered a mail may tell about several consultations.
    stop(ana, consultation=None if kind == MailKind.DELIVERIES else page, kind=kind)

    assert (kept, mails.waiting().count(), mails.get().text) == (1, 0, "")


@pytest.mark.parametrize("kind", [MailKind.PROMISES, MailKind.REPLIES])
def test_what_waits_of_a_kind_is_dropped_and_no_other(kind):
    ana = somebody()
    move(known_promise(ana), status="cancelled")
    PromiseStep.objects.settling().update(noticed_at=LONG_AGO)
    watch()
    somebody_replies(ana)
    before = Notice.objects.filter(told_at=None).count()

    stop(ana, kind=kind)

    left = Notice.objects.filter(told_at=None).get()
    assert before == 2
    assert (left.reply_id is None) == (kind == MailKind.REPLIES)
    told = [tell_of_promises(), tell_of_replies()]
    assert told == ([1, 0] if kind == MailKind.REPLIES else [0, 1])


def test_a_wish_that_waits_is_dropped_and_one_made_later_is_heard():
    ana, one, other = somebody(), make_closed_consultation(), make_closed_consultation()
    wish_to_hear(one, participant=ana)
    stop(ana, kind=MailKind.REPLIES)
    kept = AnswerWish.objects.count()
    stop(ana, kind=MailKind.ANSWERS)
    dropped = AnswerWish.objects.count()
    wish_to_hear(other, participant=ana)

    sign_and_publish(make_answer(other, statement=StatementFactory(consultation=other)).sheet)

    assert (kept, dropped, tell_everybody()) == (1, 0, 1)


def test_who_stopped_the_answers_is_not_said_to_hear_of_them(client):
    ana = somebody()
    consultation = closed_where_they_voted(ana)
    client.force_login(ana.resident)
    before = client.get(consultation.hear_url).content.decode()

    stop(ana, kind=MailKind.ANSWERS)
    after = client.get(consultation.hear_url).content.decode()

    assert "You took part, so we write to you" in before
    assert "You took part, so we write to you" not in after


# The page ------------------------------------------------------------------------------------


def test_the_page_of_a_mail_offers_its_kind_its_consultation_or_all(client, replied):
    page = client.get(link_to()).content.decode()

    assert "No more mails of this kind: Replies to what you wrote" in page
    assert "No more about “" in page
    assert "None of these mails any more" in page
    assert "Answers of the cities" not in page
    assert "Nobody can stop what you need: codes, places" in page


def test_a_kind_is_stopped_from_its_mail_and_turned_on_again(client, replied):
    link = link_to()

    page = client.post(link, {"what": "replies"}).content.decode()
    stops = [(each.kind, each.consultation) for each in Stop.objects.all()]
    again = client.post(link, {"what": "again_replies"}).content.decode()

    assert stops == [("replies", None)]
    assert "You get no mails of this kind: Replies to what you wrote." in page
    assert "You get the others." in page
    assert "Turn on again: Replies to what you wrote" in page
    assert "You get these mails." in again
    assert not Stop.objects.exists()


@pytest.mark.parametrize(("again", "left"), [("again", 2), ("again_here", 2), ("again_replies", 2)])
def test_turning_one_on_again_leaves_the_other_stops(client, replied, again, left):
    link = link_to()
    for what in ("all", "here", "replies"):
        client.post(link, {"what": what})

    client.post(link, {"what": again})

    assert Stop.objects.count() == left


def test_one_click_of_a_mail_program_stops_every_kind_as_before(client, replied):
    client.post(link_to(), ONE_CLICK)

    assert (Stop.objects.get().kind, Stop.objects.get().consultation) == ("", None)


def test_a_link_of_an_old_mail_names_no_kind_and_works(client, replied):
    page = make_consultation()
    link = stop_path(replied.pk, page.pk)

    looked = client.get(link).content.decode()
    client.post(link, {"what": "here"})

    assert "No more mails of this kind" not in looked
    assert (Stop.objects.get().kind, Stop.objects.get().consultation) == ("", page)


def test_the_account_offers_every_kind_and_lists_what_is_stopped(client, replied):
    client.force_login(replied.resident)
    stop(replied, kind=MailKind.PROMISES)

    offered = client.get(stop_path(replied.pk)).content.decode()
    mine = client.get(reverse("my_participation")).content.decode()
    link = stop_path(replied.pk, None, MailKind.PROMISES)
    client.post(link, {"what": "again_promises"})

    assert offered.count("No more mails of this kind") == 3
    assert "Turn on again: Promises that move" in offered
    assert link in mine
    assert "Promises that move" in mine
    assert not Stop.objects.exists()


def test_the_page_of_any_mail_lets_whatever_is_stopped_be_turned_on_again(client, replied):
    stop(replied, kind=MailKind.ANSWERS)

    page = client.get(link_to()).content.decode()

    assert "You get no mails of this kind: Answers of the cities." in page
    assert 'value="again_answers"' in page
    assert 'value="replies"' in page


def test_when_every_kind_is_stopped_the_page_promises_no_others(client, replied):
    for kind in MailKind:
        stop(replied, kind=kind)

    assert "You get the others." not in client.get(stop_path(replied.pk)).content.decode()


# Kept ----------------------------------------------------------------------------------------


@pytest.mark.both
def test_each_kind_is_stopped_once_beside_all_and_never_for_one_consultation_only():
    ana, page = somebody(), make_consultation()
    for kind in (None, *MailKind):
        stop(ana, kind=kind)
        stop(ana, kind=kind)
    stop(ana, consultation=page)
    stop(ana, consultation=page)

    assert Stop.objects.count() == len(MailKind) + 2
    resume(ana, kind=MailKind.ANSWERS)
    assert not Stop.objects.filter(kind="answers").exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Stop.objects.create(participant=ana, consultation=page, kind="replies")


def guest(email="guest@example.org"):
    details = {"name": "Gus Roe", "city": city_pair()[0], "language_code": "es"}
    return guests.recognise(guests.GuestDetails(email=email, **details))


@pytest.mark.both
def test_a_guests_address_is_kept_until_the_last_kind_is_stopped():
    gus, page = guest(), make_consultation(participation="open")
    ContributionFactory(consultation=page, participant=gus, city=city_pair()[0])
    *first, last = MailKind

    for kind in first:
        stop(gus, kind=kind)
    before = list(guests_to_write_to())
    stop(gus, kind=last)

    assert before == [{"pk": gus.pk}]
    assert not guests_to_write_to().exists()


@pytest.mark.both
def test_an_account_takes_over_the_kinds_its_guest_stopped():
    gus, account = guest("one@example.org"), somebody("one@example.org")
    voted_statement(gus, consultation=make_consultation(participation="open"))
    stop(account, kind=MailKind.REPLIES)
    for kind in (MailKind.REPLIES, MailKind.ANSWERS):
        stop(gus, kind=kind)

    guests.claim(account.resident)

    kinds = Stop.objects.filter(participant=account).values_list("kind", flat=True)
    assert sorted(kinds) == ["answers", "replies"]


def test_the_copy_of_ones_data_tells_the_kind():
    ana = somebody()
    stop(ana, kind=MailKind.ANSWERS)

    told = {section.key: section for section in everything_about(ana)}

    cells = {cell.key: cell.words for cell in told["following.stop"].rows[0]}
    assert cells["kind"] == "Answers of the cities"


def test_going_back_to_before_there_were_kinds_stops_nobodys_other_mails():
    ana = somebody()
    stop(ana, kind=MailKind.ANSWERS)
    stop(ana)
    name = "consultations.following.migrations.0006_kinds_of_mails_stopped_alone"

    import_module(name).forget_kinds(apps, None)

    assert [each.kind for each in Stop.objects.all()] == [""]


def test_nobody_who_stopped_the_answers_is_put_on_the_list():
    ana = somebody()
    stop(ana, kind=MailKind.ANSWERS)
    answers(ana)

    assert list_everybody() == 1
    assert not AnswerWish.objects.filter(participant=ana).exists()
