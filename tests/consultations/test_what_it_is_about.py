"""What a form is about stays with it: through another language, and when it is there no more."""

import pytest
from django.urls import reverse

from consultations.models import Contribution, Vote
from consultations.services import COMMENT, VOTE
from partnership.pages.languages import language_links
from partnership.people.tokens import issue
from tests.consultations.test_pages import signed_in, text_of
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_consultation,
)
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db


def test_words_about_a_hidden_statement_are_kept_and_not_made_words_about_everything():
    consultation = make_consultation()
    StatementFactory(consultation=consultation, publication_status="hidden")
    client, _participant = signed_in()
    form = {"text": "Not before eight", "statement": "1", "form_token": issue(COMMENT)}

    response = client.post(consultation.comment_url, form)

    assert response.status_code == 422
    assert "This statement is not in the consultation any more." in text_of(response)
    assert "Not before eight" in text_of(response)
    assert not Contribution.objects.exists()


def test_a_vote_on_a_statement_that_was_just_hidden_says_so_and_leads_back():
    consultation = make_consultation()
    StatementFactory(consultation=consultation, publication_status="hidden")
    StatementFactory(consultation=consultation, publication_status="pending")
    client, _participant = signed_in()
    form = {"choice": "agree", "form_token": issue(VOTE)}

    hidden = client.post(consultation.vote_url, {**form, "statement": "1"})
    waiting = client.post(consultation.vote_url, {**form, "statement": "2"})

    assert (hidden.status_code, waiting.status_code) == (404, 404)
    assert "This statement is not in the consultation any more." in text_of(hidden)
    assert f'href="{consultation.url}#vote"' in hidden.content.decode()
    assert "any more" not in text_of(waiting)
    assert not Vote.objects.exists()


def test_no_address_leads_to_a_reply_whose_comment_is_hidden(client):
    consultation = make_consultation()
    thread = ContributionFactory(consultation=consultation, publication_status="hidden")
    reply = ContributionFactory(consultation=consultation, parent=thread)
    names = ("comment_place", "report", "support")

    addresses = [
        reverse(f"consultation_{name}", args=(consultation.slug, reply.pk)) for name in names
    ]

    assert [client.get(address).status_code for address in addresses] == [404] * 3


def test_the_way_back_from_ones_own_waiting_comment_leads_somewhere():
    consultation = make_consultation()
    client, participant = signed_in()
    comment = ContributionFactory(
        consultation=consultation, participant=participant, publication_status="pending"
    )

    page = client.get(reverse("consultation_edit", args=(consultation.slug, comment.pk)))

    assert f'<a href="{consultation.url}">Back to' in page.content.decode()


def other_language(response):
    return next(
        link["url"] for link in language_links(response.wsgi_request) if not link["current"]
    )


def test_changing_the_language_keeps_what_a_form_is_about(client):
    consultation = make_consultation(local_slug_es="caminos")
    StatementFactory(consultation=consultation)
    comment = ContributionFactory(consultation=consultation)
    client.force_login(ResidentFactory())
    refused = {"statement": "1", "form_token": "x"}
    answers = (
        client.get(consultation.vote_url, {"statement": "1", "choice": "agree"}),
        client.post(consultation.vote_url, refused),
        client.get(consultation.comment_url, {"parent": str(comment.pk)}),
        client.get(consultation.comment_url, {"statement": "1"}),
        client.get(reverse("consultation_report", args=(consultation.slug, comment.pk))),
    )

    twins = [other_language(answer) for answer in answers]

    slug = consultation.slug_in("es")
    assert twins == [
        f"/es/consultas/{slug}/votar/?statement=1&choice=agree",
        f"/es/consultas/{slug}/votar/?statement=1",
        f"/es/consultas/{slug}/comentar/?parent={comment.pk}",
        f"/es/consultas/{slug}/comentar/?statement=1",
        f"/es/consultas/{slug}/comentar/{comment.pk}/denunciar/",
    ]
    assert [client.get(twin).status_code for twin in twins] == [200] * 5
