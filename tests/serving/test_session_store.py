"""A session whose key changes: one row, in the statement that saves it anyway."""

import pytest
from django.contrib.sessions.models import Session

from partnership.session_store import SessionStore

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def session():
    begun = SessionStore()
    begun["typed"] = "words"
    begun.save()
    return SessionStore(begun.session_key)


def test_the_row_goes_on_under_another_key_at_no_cost(session, django_assert_num_queries):
    noted = session.session_key

    with django_assert_num_queries(2):  # it is read, and saved
        session.cycle_key()
        session["may"] = "more"
        session.save()

    assert session.session_key != noted
    assert dict(SessionStore(session.session_key).items()) == {"typed": "words", "may": "more"}
    assert SessionStore(noted).load() == {}
    assert Session.objects.count() == 1


def test_the_same_form_at_the_same_moment_has_a_row_of_its_own(session):
    second = SessionStore(session.session_key)
    assert session["typed"] == second["typed"]  # both have read the row
    for one in (session, second):
        one.cycle_key()
        one.save()

    assert SessionStore(second.session_key)["typed"] == "words"
    assert Session.objects.count() == 2


def test_whoever_leaves_after_the_key_changed_leaves_no_row(session):
    session.cycle_key()
    session.flush()

    assert not Session.objects.exists()


def test_a_key_that_somebody_made_up_names_nothing():
    made_up = SessionStore("0123456789abcdefghijklmnopqrstuv")

    made_up.cycle_key()
    made_up.save()

    assert Session.objects.get().session_key not in {"0123456789abcdefghijklmnopqrstuv", ""}
