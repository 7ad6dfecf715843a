"""What every city signed stays, and is told when everybody can read it."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from consultations.models import ConsultationPage
from consultations.official.models import PublishedAnswer
from consultations.official.services import tell_everybody, wish_to_hear
from consultations.roadmap.models import Commitment
from partnership.people.models import Resident
from tests.factories.cities import city_pair
from tests.factories.consultations import StatementFactory, make_consultation, make_participant
from tests.factories.official import (
    editor_of,
    make_answer,
    make_closed_consultation,
    sign_and_publish,
)
from tests.factories.roadmap import make_commitment
from tests.roadmap.test_admin import editor_of as roadmap_editor_of

pytestmark = pytest.mark.django_db


def test_nobody_is_told_of_answers_before_the_close(client, unwritten, site_tree):
    consultation = make_consultation()
    wish_to_hear(consultation, participant=make_participant())
    sign_and_publish(
        make_answer(consultation, statement=StatementFactory(consultation=consultation)).sheet
    )
    address = reverse("consultation_answers", args=(consultation.slug,))

    assert (tell_everybody(), client.get(address).status_code) == (0, 404)

    ConsultationPage.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    assert (tell_everybody(), client.get(address).status_code) == (1, 200)


def test_a_promise_of_a_signed_answer_is_not_deleted(client, site_tree):
    consultation, commitment = make_closed_consultation(), make_commitment()
    answer = make_answer(consultation, statement=StatementFactory(consultation=consultation))
    answer.commitments.set([commitment])
    sign_and_publish(answer.sheet)
    client.force_login(roadmap_editor_of(city_pair()[1]))

    response = client.post(reverse("commitments:delete", args=(commitment.pk,)))

    (told,) = get_messages(response.wsgi_request)
    assert str(told).startswith("A signed answer promises it: it cannot be deleted.")
    assert list(PublishedAnswer.objects.get().commitments.all()) == [commitment]


@pytest.mark.parametrize("of_index", [False, True])
def test_a_roadmap_that_a_signed_answer_leads_to_is_not_deleted(
    client, unwritten, site_tree, of_index
):
    consultation, commitment = make_closed_consultation(), make_commitment()
    answer = make_answer(consultation, statement=StatementFactory(consultation=consultation))
    answer.commitments.set([commitment])
    sign_and_publish(answer.sheet)
    page = commitment.roadmap.get_parent() if of_index else commitment.roadmap
    client.force_login(Resident.objects.create_superuser("admin@example.org", name="Admin"))

    response = client.post(reverse("wagtailadmin_pages:delete", args=(page.pk,)))

    (told,) = get_messages(response.wsgi_request)
    assert str(told).startswith("A signed answer leads to a commitment here")
    assert list(PublishedAnswer.objects.get().commitments.all()) == [commitment]


def test_a_proposal_no_answer_leads_to_is_deleted(client, site_tree):
    commitment = make_commitment(status="proposed")
    client.force_login(roadmap_editor_of(city_pair()[1]))

    client.post(reverse("commitments:delete", args=(commitment.pk,)))

    assert not Commitment.objects.filter(pk=commitment.pk).exists()


def test_an_answer_without_a_consultation_is_refused_in_words(client, unwritten, site_tree):
    client.force_login(editor_of(city_pair()[1]))

    answer = client.post(reverse("official_answers:add"), {})

    assert answer.status_code == 200
    assert "sheet" in answer.context["form"].errors
