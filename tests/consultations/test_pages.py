"""What residents see: the list, the page, the forms on their own addresses."""

import re
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from consultations.enums import QuestionType
from consultations.models import Answer, Contribution, Vote
from consultations.services import ANSWER, COMMENT, VOTE, vote
from partnership.people.tokens import issue
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_consultation,
    make_index,
    make_participant,
    make_question,
)

pytestmark = pytest.mark.django_db

#: Of these, five find the page and three frame it: see partnership.pages and interface.
ANONYMOUS, SIGNED_IN, POSTS = 15, 20, 15


def lively(comments: int = 3) -> Any:
    """An open consultation with a bit of everything."""
    consultation = make_consultation()
    for _number in range(6):
        StatementFactory(consultation=consultation)
    for kind in QuestionType:
        make_question(consultation, kind)
    author = make_participant()
    for number in range(comments):
        thread = ContributionFactory(consultation=consultation, participant=author)
        if number < 2:
            ContributionFactory(consultation=consultation, participant=author, parent=thread)
    return consultation


def close(consultation: Any) -> None:
    """Let it be over, as if a reader had come when its page was no longer kept."""
    over = timezone.now() - timedelta(minutes=1)
    type(consultation).objects.filter(pk=consultation.pk).update(closes_at=over)
    cache.clear()


def signed_in(participant: Any = None) -> tuple[Client, Any]:
    participant = participant or make_participant()
    client = Client()
    client.force_login(participant.resident)
    return client, participant


def text_of(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def comments_on(response: Any) -> list[str]:
    """What people wrote, without the names of buttons, which say the first words again."""
    page = BeautifulSoup(response.content, "html.parser")
    return [text.get_text(strip=True) for text in page.select(".comment-text")]


def test_the_page_costs_the_same_however_many_comments_there_are(
    client, django_assert_max_num_queries
):
    comments = 40
    consultation = lively(comments)
    vote(consultation.statements.first(), participant=make_participant(), choice="agree")
    client.get(consultation.url + "?warm=1")

    with django_assert_max_num_queries(ANONYMOUS):
        response = client.get(consultation.url)

    assert response.status_code == 200
    assert response.content.count(b'<article class="comment"') == min(comments, 10)


def test_the_page_costs_a_resident_little_more(django_assert_max_num_queries):
    comments = 40
    consultation = lively(comments)
    client, participant = signed_in()
    vote(consultation.statements.first(), participant=participant, choice="agree")
    client.get(consultation.url + "?warm=1")

    with django_assert_max_num_queries(SIGNED_IN):
        response = client.get(consultation.url)

    assert response.status_code == 200


def test_without_a_session_the_page_carries_no_token_and_sets_no_cookie(client):
    response = client.get(lively().url)

    assert b"csrfmiddlewaretoken" not in response.content
    assert b"form_token" not in response.content
    assert not response.cookies


def test_every_statement_question_and_comment_has_an_address_of_its_own(client):
    consultation = lively()

    page = client.get(consultation.url).content.decode()

    anchors = [
        *(f"statement-{number}" for number in range(1, 7)),
        *(f"question-q{number}" for number in range(1, 10)),
        *(f"comment-{pk}" for pk in Contribution.objects.values_list("pk", flat=True)),
    ]
    assert [page.count(f'id="{anchor}"') for anchor in anchors] == [1] * len(anchors)


def test_comments_wait_hidden_and_replies_under_hidden_ones_stay_away(client):
    consultation = make_consultation()
    shown = ContributionFactory(consultation=consultation, text="Seen by all.")
    ContributionFactory(consultation=consultation, text="Waits.", publication_status="pending")
    hidden = ContributionFactory(
        consultation=consultation, text="Not shown.", publication_status="hidden"
    )
    ContributionFactory(consultation=consultation, text="Under it.", parent=hidden)

    text = text_of(client.get(consultation.url))

    assert shown.text in text
    assert not any(words in text for words in ("Waits.", "Not shown.", "Under it."))


def test_a_comment_in_the_other_language_says_so_and_is_marked(client):
    consultation = make_consultation()
    ContributionFactory(consultation=consultation, text="Cruzamos corriendo.", language_code="es")

    page = client.get(consultation.url_in("en")).content.decode()

    assert 'lang="es" dir="auto"><p>Cruzamos corriendo.</p>' in page
    assert "Written in Spanish" in page


def test_comments_are_paged_ten_at_a_time_the_latest_first(client):
    consultation = make_consultation()
    now = timezone.now()
    for number in range(12):
        ContributionFactory(
            consultation=consultation,
            text=f"Voice {number:02}.",
            created_at=now - timedelta(hours=number),
        )

    first = comments_on(client.get(consultation.url))
    second = comments_on(client.get(f"{consultation.url}?comments=2"))

    assert first == [f"Voice {number:02}." for number in range(10)]
    assert second == ["Voice 10.", "Voice 11."]


def test_the_address_of_a_comment_leads_to_its_page(client):
    consultation = make_consultation()
    now = timezone.now()
    oldest = ContributionFactory(consultation=consultation, created_at=now - timedelta(days=2))
    reply = ContributionFactory(consultation=consultation, parent=oldest)
    for _number in range(10):
        ContributionFactory(consultation=consultation)

    response = client.get(f"{consultation.comment_url}{reply.pk}/")

    assert response.url == f"{consultation.url}?comments=2#comment-{reply.pk}"
    assert client.get(f"{consultation.comment_url}999999/").status_code == 404


def test_figures_are_kept_back_until_five_votes_and_shown_to_all_after_the_close(client):
    consultation = make_consultation()
    statements = [StatementFactory(consultation=consultation) for _number in range(6)]
    resident, participant = signed_in()
    marker = "Where the cities stand"

    for statement in statements[:4]:
        vote(statement, participant=participant, choice="agree")
    before = marker in text_of(resident.get(consultation.url))
    vote(statements[4], participant=participant, choice="pass")
    after = marker in text_of(resident.get(consultation.url))
    for_visitors = marker in text_of(client.get(consultation.url))
    close(consultation)
    closed = marker in text_of(client.get(consultation.url))

    assert (before, after, for_visitors, closed) == (False, True, False, True)


def test_a_visitor_is_asked_to_sign_in_and_the_choice_is_kept(client):
    statement = StatementFactory()
    address = f"{statement.consultation.vote_url}?statement=1&choice=agree"

    response = client.get(address)

    assert response.status_code == 200
    assert "%3Fstatement%3D1%26choice%3Dagree" in response.content.decode()
    assert not Vote.objects.exists()


def test_a_resident_confirms_what_was_chosen_and_it_is_counted():
    statement = StatementFactory()
    client, participant = signed_in()
    address = statement.consultation.vote_url

    page = text_of(client.get(f"{address}?statement=1&choice=agree"))
    response = client.post(address, {"statement": 1, "choice": "agree", "form_token": issue(VOTE)})

    assert "Yes, count it: Agree" in page
    assert response.url == f"{statement.consultation.url}?saved=1#vote"
    assert Vote.objects.get().participant == participant


@pytest.mark.parametrize("choice", ["", "maybe", "agree\x00"])
def test_a_vote_that_makes_no_sense_shows_the_statement_again(choice):
    statement = StatementFactory()
    client, _participant = signed_in()

    response = client.post(
        statement.consultation.vote_url,
        {"statement": 1, "choice": choice, "form_token": issue(VOTE)},
    )

    assert response.status_code == 422
    assert "Choose one of the answers offered here." in text_of(response)


def test_a_vote_in_a_closed_consultation_is_refused_in_the_readers_language():
    statement = StatementFactory(consultation=make_consultation(closes_in=timedelta(days=-1)))
    client, _participant = signed_in()
    address = statement.consultation.vote_url

    response = client.post(address, {"statement": 1, "choice": "agree", "form_token": issue(VOTE)})

    assert response.status_code == 422
    assert "This consultation has closed." in text_of(response)


def test_an_expired_form_is_shown_again_with_everything_that_was_typed():
    consultation = make_consultation()
    client, _participant = signed_in()

    response = client.post(
        consultation.comment_url,
        {"text": "Typed with care.", "language_code": "es", "form_token": "old"},
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert "Typed with care." in page
    assert re.search(r'value="es"[^>]*checked', page)
    assert "This form was open for a long time." in page


def test_a_comment_sent_twice_is_kept_once_and_says_so():
    consultation = make_consultation()
    client, _participant = signed_in()
    form = {"text": "Once.", "language_code": "en", "form_token": issue(COMMENT)}
    client.post(consultation.comment_url, form)

    again = client.post(consultation.comment_url, form, follow=True)

    assert Contribution.objects.count() == 1
    assert "It was counted once." in text_of(again)
    assert again.redirect_chain == [(consultation.url, 302)]  # the top, where that is read


def test_what_was_typed_survives_signing_in(client):
    consultation = make_consultation()
    participant = make_participant()
    response = client.post(
        consultation.comment_url, {"text": "Half written.", "language_code": "en"}
    )
    client.force_login(participant.resident)

    page = client.get(consultation.comment_url).content.decode()

    assert response.status_code == 302
    assert "Half written." in page


def test_the_questions_are_answered_on_their_own_address_and_can_be_changed():
    consultation = lively()
    client, _participant = signed_in()
    values = {"q1": "o2", "q2": ["o1", "o3"], "q3": "4", "q4": "By bus.", "language_code": "en"}

    response = client.post(consultation.answer_url, {**values, "form_token": issue(ANSWER)})
    again = client.get(consultation.answer_url).content.decode()

    assert response.url == consultation.url  # its top, where the thanks and the receipt are read
    assert Answer.objects.count() == 4
    assert len(re.findall(r"checked", again)) == 6  # for oneself among them
    assert "By bus." in again


def test_a_question_that_was_left_out_is_named_beside_its_field():
    consultation = make_consultation()
    make_question(consultation, QuestionType.LONG_TEXT, required=True)
    make_question(consultation)
    client, _participant = signed_in()

    response = client.post(consultation.answer_url, {"q2": "o1", "form_token": issue(ANSWER)})

    page = response.content.decode()
    assert response.status_code == 422
    assert 'href="#id_q1"' in page
    assert re.search(r'value="o1"[^>]*checked', page)


def test_a_text_that_is_too_long_is_shown_again_whole():
    consultation = make_consultation()
    client, _participant = signed_in()

    response = client.post(
        consultation.comment_url,
        {"text": "x" * 2001, "language_code": "en", "form_token": issue(COMMENT)},
    )

    assert response.status_code == 422
    assert "x" * 2001 in response.content.decode()


def test_the_other_languages_slug_leads_to_this_languages_address(client):
    consultation = make_consultation(title_en="Safe routes", title_es="Caminos seguros")
    StatementFactory(consultation=consultation)

    response = client.get("/es/consultas/safe-routes/vote/?statement=1")

    assert response.status_code in {302, 404}


def test_an_unpublished_consultation_takes_nothing(client):
    consultation = make_consultation()
    consultation.unpublish()

    addresses = (consultation.vote_url, consultation.answer_url, consultation.comment_url)

    assert [client.get(address).status_code for address in addresses] == [404] * 3


def test_the_list_tells_open_coming_and_closed_apart_at_one_cost(
    client, django_assert_max_num_queries
):
    make_consultation(title="Now")
    make_consultation(title="Soon", opens_in=timedelta(days=2), closes_in=timedelta(days=9))
    for number in range(3):
        make_consultation(title=f"Past {number}", closes_in=timedelta(days=-1 - number))
    index = make_index()
    client.get(index.url + "?warm=1")

    with django_assert_max_num_queries(17):
        text = text_of(client.get(index.url))

    order = ["Open now", "Now", "Opening soon", "Soon", "Closed and answered", "Past 0", "Past 2"]
    places = [text.rindex(words) for words in order]
    assert places == sorted(places)


def test_a_statements_page_and_its_twin_lead_to_each_other(client):
    consultation = make_consultation(title_en="Routes", title_es="Caminos")
    StatementFactory(consultation=consultation, number=1)
    addresses = {
        "en": "/en/consultations/routes/statement/1/",
        "es": "/es/consultas/caminos/frase/1/",
    }

    for address in addresses.values():
        page = client.get(address).content.decode()
        for code, twin in addresses.items():
            assert f'hreflang="{code}" href="http://testserver{twin}"' in page
