"""What a partner said: one list of what was published in its name, and the hosts of a session."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation

from consultations.models import ConsultationPage
from consultations.speaking.rules import voice_for
from home.partners.said import PER_PAGE
from tests.consultations.test_pages import text_of
from tests.factories.boards import make_board
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_consultation,
)
from tests.factories.events import make_event
from tests.factories.partners import make_convener, make_partner

pytestmark = pytest.mark.django_db


def of(partner):
    return voice_for(partner)._asdict()


def said_url(partner):
    return reverse("partner_said", args=(partner.pk,))


@pytest.mark.both
def test_it_lists_what_was_published_in_its_name_the_newest_first(client):
    partner, other = make_convener(name_es="Casa del Puente"), make_partner("Another")
    consultation = make_consultation()
    own = {"consultation": consultation, **of(partner)}
    ContributionFactory(text="First word.", language_code="es", **own)
    StatementFactory(text_en="Second word.", text_es="Segunda palabra.", **own)
    ContributionFactory(text="Third word.", **own)
    ContributionFactory(text="Unread.", publication_status="pending", **own)
    ContributionFactory(consultation=consultation, text="Theirs.", **of(other))

    shown = client.get(said_url(partner))
    with translation.override("es"):
        spanish = text_of(client.get(said_url(partner)))

    words = text_of(shown)
    assert words.index("Third word.") < words.index("Second word.") < words.index("First word.")
    assert "Unread." not in words
    assert "Theirs." not in words
    assert "What Bridge House said" in words
    assert "Lo que ha dicho Casa del Puente" in spanish
    assert "Segunda palabra." in spanish


def test_it_costs_the_same_for_any_number_and_comes_in_pages(client, django_assert_max_num_queries):
    many = 3
    partner, consultation = make_convener(), make_consultation()
    for _one in range(many):
        StatementFactory(consultation=consultation, **of(partner))
    ContributionFactory.create_batch(PER_PAGE, consultation=consultation, **of(partner))

    with django_assert_max_num_queries(15):
        first = text_of(client.get(said_url(partner)))

    assert "Page 1 of 2" in first


def test_what_is_not_for_everybody_is_not_told(client):
    partner = make_convener()
    hidden = make_consultation()
    ContributionFactory(consultation=hidden, **of(partner))
    ConsultationPage.objects.update(live=False)

    shown = text_of(client.get(said_url(partner)))
    entry = client.get("/en/partners/").content.decode()
    ConsultationPage.objects.update(live=True)
    told = client.get("/en/partners/").content.decode()

    assert "Nothing yet" in shown
    assert said_url(partner) not in entry
    assert said_url(partner) in told


def test_a_partner_that_readers_do_not_see_has_no_such_page(client):
    assert client.get(said_url(make_partner(is_published=False))).status_code == 404


def test_a_convener_that_hosts_stands_beside_what_was_said_at_its_event(client):
    convener, school = make_convener(), make_partner("Quay School", kind="school")
    event, consultation = make_event(), make_consultation()
    event.hosting = [convener, school]
    event.consultation = consultation
    event.save()
    board = make_board(event)
    ContributionFactory(
        consultation=consultation, participant=None, city=None, event=event, session_key=uuid4()
    )

    talk = text_of(client.get(consultation.url))
    beside_board = text_of(client.get(board.get_absolute_url()))

    for page in (talk, beside_board):
        assert "hosted by Bridge House (neutral convener)" in page
        assert "hosted by Quay School" not in page
