"""Appeals that wait too long are told, once, to those who may decide them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.models import ConsultationPage
from consultations.moderation.models import Appeal
from consultations.moderation.services.appeals import appeal, turn_down
from consultations.reminders.appeals import remind_of_appeals
from partnership.outbox.models import OutgoingMail
from partnership.people.models import Resident
from tests.factories.cities import city_pair
from tests.factories.consultations import make_consultation
from tests.factories.moderation import make_hidden, make_moderator

pytestmark = pytest.mark.django_db


def told():
    found = OutgoingMail.objects.filter(kind="staff_appeals_late").order_by("to")
    return list(found.values_list("to", "language_code"))


def appealed(days, by):
    """A comment this moderator hid, and its author's appeal so many days ago."""
    _comment, decision = make_hidden(by, publication_status="published")
    made = appeal(decision, text="It is true.", language_code="en", form_token=None)
    Appeal.objects.filter(pk=made.pk).update(created_at=timezone.now() - timedelta(days=days))
    return made


@pytest.mark.both
def test_late_appeals_are_told_once_to_those_who_may_decide_them(site_tree):
    alder, puerto = city_pair()
    Resident.objects.create_superuser("admin@example.org", name="Admin")
    hid = make_moderator(alder, email="hid@example.org")
    make_moderator(alder, email="same@example.org", language_code="en")
    judge = make_moderator(puerto, email="judge@example.org", language_code="es")
    late = appealed(4, hid)

    written = [remind_of_appeals(), remind_of_appeals()]

    assert written == [1, 0]
    assert told() == [("judge@example.org", "es")]
    assert "/admin/comments/appeals/" in OutgoingMail.objects.get(kind="staff_appeals_late").text
    turn_down(late, by=judge, answer="It stays hidden.")
    OutgoingMail.objects.all().delete()
    assert remind_of_appeals() == 0


def test_an_appeal_of_yesterday_is_not_late(site_tree):
    alder, puerto = city_pair()
    make_moderator(puerto)
    appealed(1, make_moderator(alder))

    assert remind_of_appeals() == 0


def test_several_late_appeals_of_a_consultation_are_one_mail_and_a_later_one_another(site_tree):
    alder, puerto = city_pair()
    make_moderator(puerto, email="judge@example.org", language_code="en")
    hid = make_moderator(alder)
    consultation = make_consultation()
    for _number in range(2):
        _comment, decision = make_hidden(hid, consultation=consultation)
        appeal(decision, text="It is true.", language_code="en", form_token=None)
    Appeal.objects.update(created_at=timezone.now() - timedelta(days=4))

    assert remind_of_appeals() == 1
    assert "2 appeals about" in OutgoingMail.objects.get(kind="staff_appeals_late").text
    _comment, decision = make_hidden(hid, consultation=consultation)
    appeal(decision, text="It is true.", language_code="en", form_token=None)
    Appeal.objects.update(created_at=timezone.now() - timedelta(days=4))
    assert remind_of_appeals() == 1


def test_nobody_is_told_of_a_consultation_that_was_taken_down(site_tree):
    alder, puerto = city_pair()
    make_moderator(puerto)
    appealed(4, make_moderator(alder))
    ConsultationPage.objects.update(live=False)

    assert remind_of_appeals() == 0
