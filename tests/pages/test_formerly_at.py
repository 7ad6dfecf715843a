"""Addresses below a page that are no pages lead on after its slug has changed, as it does."""

import pytest
from django.urls import reverse

from tests.factories.boards import make_board
from tests.factories.consultations import StatementFactory, make_consultation
from tests.factories.events import make_event

pytestmark = pytest.mark.django_db


@pytest.mark.both
def test_what_stands_below_a_page_is_found_at_its_old_address(
    client, django_capture_on_commit_callbacks
):
    consultation, event = make_consultation(), make_event(title="Quay day")
    statement = StatementFactory(consultation=consultation)
    below = (consultation.slug, statement.number)
    old = [reverse("consultation_statement", args=below), make_board(event).get_absolute_url()]

    with django_capture_on_commit_callbacks(execute=True):
        for page in (consultation, event):
            page.slug, page.local_slug_es = "another", "otra"
            page.save()

    found = [client.get(address, follow=True).status_code for address in old]
    assert found == [200, 200]
    never = reverse("consultation_statement", args=("never-was", statement.number))
    assert client.get(never).status_code == 404
