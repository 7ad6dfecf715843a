"""A clock that stands still, and mail that does not leave, are told to whoever looks after it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import OperationalError, connection
from django.urls import reverse
from django.utils import timezone

from partnership.outbox.models import ClockRound
from partnership.outbox.services import deliver_due
from partnership.outbox.standstill import go_round
from tests.factories.outbox import OutgoingMailFactory
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db


def ago(**columns: int) -> None:
    """Let the clock's row say that it was so many minutes ago."""
    moments = {
        name: timezone.now() - timedelta(minutes=minutes) for name, minutes in columns.items()
    }
    ClockRound.objects.update_or_create(pk=1, defaults={"went_at": timezone.now(), **moments})


def asked(client) -> tuple[int, str]:
    response = client.get("/clockz")
    assert "no-store" in response["Cache-Control"]
    return response.status_code, response.content.decode()


def test_a_clock_that_goes_is_well_and_costs_one_query(client, tick, django_assert_num_queries):
    assert asked(client) == (503, "The clock has never gone round.\n")
    tick()

    with django_assert_num_queries(1):
        assert asked(client) == (200, "going\n")
    assert ClockRound.objects.count() == 1


@pytest.mark.parametrize(("minutes", "status"), [(9, 200), (11, 503)])
def test_a_clock_that_stood_still_says_since_when(client, minutes, status):
    ago(went_at=minutes)

    answered, said = asked(client)

    assert answered == status
    if status == 503:
        since = ClockRound.objects.get().went_at
        assert said == f"The clock has stood still since {since:%Y-%m-%d %H:%M} UTC.\n"
        go_round()
        assert asked(client) == (200, "going\n")


def test_a_database_that_is_away_is_said_in_plain_words(client):
    def away(execute, sql, params, many, context):
        raise OperationalError("could not connect to server at 10.0.0.1")

    with connection.execute_wrapper(away):
        answered = asked(client)

    assert answered == (503, "The database cannot be read (OperationalError).\n")


@pytest.mark.django_db(transaction=True)
def test_mail_that_does_not_leave_is_told_until_the_server_takes_one(client, mail_server):
    go_round()
    OutgoingMailFactory.create_batch(2)
    mail_server.stop()
    deliver_due()
    assert asked(client)[0] == 200  # it may pass
    ago(no_mail_since=11)
    before = ClockRound.objects.get().no_mail_since

    deliver_due()

    assert asked(client) == (503, f"No mail has left since {before:%Y-%m-%d %H:%M} UTC.\n")
    mail_server.start()
    OutgoingMailFactory()
    assert deliver_due() == 1
    assert asked(client) == (200, "going\n")


@pytest.mark.django_db(transaction=True)
def test_one_mailbox_that_is_full_is_not_the_server(client, mail_server):
    go_round()
    OutgoingMailFactory(to="full@example.org")

    deliver_due()

    assert ClockRound.objects.get().no_mail_since is None


# On the first screen --------------------------------------------------------------------------

STILL = "The clock stands still"


def staff(*permissions: str) -> object:
    person = ResidentFactory()
    wanted = Permission.objects.filter(codename__in=("access_admin", *permissions))
    person.user_permissions.set(wanted)
    return person


def first_screen(client, person) -> str:
    client.force_login(person)
    return client.get(reverse("wagtailadmin_home")).content.decode()


def test_whoever_may_see_the_mails_is_told_what_stands_still(client, site_tree):
    person = staff("view_outgoingmail")
    ago(went_at=30)
    assert "manage.py tick --loop" in first_screen(client, person)

    ago(no_mail_since=30)
    page = first_screen(client, person)
    assert "the mail server cannot be used" in page
    assert reverse("outgoing_mail:index") in page

    ago()
    assert STILL not in first_screen(client, person)


def test_nobody_else_is_told(client, site_tree):
    ago(went_at=30)

    assert STILL not in first_screen(client, staff())
    assert STILL in first_screen(client, staff("view_outgoingmail"))
