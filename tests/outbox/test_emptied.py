"""Mails whose words may not stay: nobody gets an empty one."""

import pytest

from partnership.outbox.enums import MailState
from partnership.outbox.models import OutgoingMail
from partnership.outbox.services import deliver_due, forget_about, retry
from tests.factories.cities import city_pair
from tests.factories.outbox import OutgoingMailFactory

pytestmark = pytest.mark.django_db


def test_one_that_was_not_sent_yet_is_dropped(mailoutbox):
    thing = city_pair()[0]
    mail = OutgoingMailFactory(about=f"{thing._meta.label_lower}:{thing.pk}")

    forget_about(thing)

    assert deliver_due() == 0
    assert mailoutbox == []
    assert OutgoingMail.objects.get(pk=mail.pk).state == MailState.EXPIRED


def test_one_that_failed_is_not_tried_again():
    assert not retry(OutgoingMailFactory(text="", state=MailState.UNDELIVERABLE))
