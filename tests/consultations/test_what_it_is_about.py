"""What a form is about stays with it: through another language, and when it is there no more."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from consultations.models import Contribution, Vote
from consultations.services import COMMENT, VOTE
from events.boards.models import Board
from partnership.pages.languages import language_links
from partnership.people.tokens import issue
from tests.consultations.test_guest_answers import code_sent
from tests.consultations.test_pages import signed_in, text_of
from tests.factories.boards import make_board
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_consultation,
)
from tests.factories.events import make_event
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db

#: Of every message that asks to send it once more.
WHOLE = "the consultation as a whole. Send"


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


def parts(consultation):
    """One of each that words can be about, by the name of its field; and the row itself."""
    board = make_board(make_event(consultation=consultation))
    statement = StatementFactory(consultation=consultation)
    said = ContributionFactory(consultation=consultation)
    idea = ContributionFactory(consultation=consultation, kind="idea", title="A tap", text="A tap")
    return {
        "statement": ("statement", str(statement.number), statement),
        "board": ("board", str(board.pk), board),
        "comment": ("parent", str(said.pk), said),
        "idea": ("parent", str(idea.pk), idea),
    }


def take_away(row):
    if isinstance(row, Board):
        row.is_published = False
    else:
        row.publication_status = "hidden"
    row.save()


def fields_of(response):
    form = response.context["form"]
    return {field.html_name: field.value() or "" for field in form}


@pytest.mark.parametrize("what", ["statement", "board", "comment", "idea"])
def test_words_about_what_is_gone_meanwhile_are_about_the_whole_once_they_are_sent_again(what):
    consultation = make_consultation()
    name, key, row = parts(consultation)[what]
    client, participant = signed_in()
    begun = fields_of(client.get(consultation.comment_url, {name: key}))
    take_away(row)

    asked = client.post(consultation.comment_url, {**begun, name: key, "text": "Late words."})

    assert asked.status_code == 422
    assert WHOLE in text_of(asked)
    assert "Late words." in asked.content.decode()
    assert f'name="{name}" value="{key}"' not in asked.content.decode()
    assert not participant.contributions.exists()
    client.post(consultation.comment_url, fields_of(asked))
    kept = participant.contributions.get()
    about = (kept.statement, kept.board, kept.paragraph, kept.parent)
    assert (kept.text, about) == ("Late words.", (None,) * 4)


@pytest.mark.parametrize("what", ["statement", "board", "comment", "idea"])
def test_a_form_about_what_is_gone_says_so_before_anything_is_written(what):
    consultation = make_consultation()
    name, key, row = parts(consultation)[what]
    take_away(row)
    client, _participant = signed_in()

    form = client.get(consultation.comment_url, {name: key})

    assert form.status_code == 200
    assert "It is not there any more" in text_of(form)
    assert WHOLE in text_of(form)
    assert other_language(form).endswith(f"?{name}={key}")


@pytest.mark.parametrize("what", ["statement", "comment"])
def test_who_was_signed_out_while_it_went_is_told_when_they_come_back(client, what):
    consultation = make_consultation()
    name, key, row = parts(consultation)[what]
    take_away(row)

    done = client.post(consultation.comment_url, {name: key, "text": "Late words."})
    client.force_login(ResidentFactory())
    form = client.get(parse_qs(urlsplit(done["Location"]).query)["next"][0])

    assert WHOLE in text_of(form)
    assert "Late words." in form.content.decode()
    assert not fields_of(form)["parent"]


def test_a_guest_whose_statement_is_gone_before_the_code_was_typed_is_asked_once_more(
    client, monkeypatch
):
    monkeypatch.setattr("partnership.outbox.delivery.is_resting", lambda: True)
    consultation = make_consultation(participation="open")
    _name, key, row = parts(consultation)["statement"]
    begun = fields_of(client.get(consultation.comment_url, {"statement": key}))
    who = {"name": "Ana Olmo", "email": "ana@example.org", "city": "puerto"}
    sent = {**begun, **who, "statement": key, "text": "Late words.", "alignment": "0"}
    client.post(consultation.comment_url, sent)
    take_away(row)

    asked = client.post(consultation.guest_url, {"code": code_sent()})

    assert asked.status_code == 422
    assert WHOLE in text_of(asked)
    assert "Late words." in asked.content.decode()
    assert not Contribution.objects.filter(text="Late words.").exists()


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


def test_no_address_leads_to_a_reply_whose_comment_is_hidden(client, unwritten):
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


def test_changing_the_language_keeps_what_a_form_is_about(client, unwritten):
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
