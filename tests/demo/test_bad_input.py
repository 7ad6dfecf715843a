"""Bad input on the demo's real forms, in both languages: said beside the field, nothing lost.

What each service refuses is tested where it lives; here the whole way of a form is walked.
"""

from html import escape, unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from consultations.models import ConsultationPage, Contribution, Response, Vote
from consultations.models.contributions import LONGEST_COMMENT
from consultations.services import ANSWER, COMMENT, VOTE
from events.models import EventPage
from events.registrations.models import Registration
from events.registrations.services import PURPOSE as SIGN_UP
from partnership.people import tokens
from partnership.people.models import Resident

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

LANGUAGES = ("en", "es")
TYPED = "Lower the kerb at the bakery & the school"
MARKUP = '<script>alert("1")</script><img src=x onerror=alert(1)>'
NUL = "before\x00after"
UNSTORABLE = "This text contains a character that cannot be stored. Please type it again."
TOO_OLD = "This form was open for a long time. Nothing is lost: please send it again."


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest):
    with translation.override(request.param):
        yield request.param


@pytest.fixture
def resident(client: Client) -> Resident:
    found = Resident.objects.get(email="resident.alder@demo.example")
    client.force_login(found, backend="allauth.account.auth_backends.AuthenticationBackend")
    return found


@pytest.fixture
def consultation() -> ConsultationPage:
    return ConsultationPage.objects.get(title_en="Safe routes to school")


@pytest.fixture
def closed() -> ConsultationPage:
    return ConsultationPage.objects.get(title_en="A summer of streets")


@pytest.fixture
def event() -> EventPage:
    return EventPage.objects.get(slug="redrawing-the-school-street")


def send(client: Client, address: str, purpose: str, **typed: Any) -> tuple[int, str]:
    """Send the form; give the status, and the words of the page it ends on."""
    given = {"form_token": tokens.issue(purpose), **typed}
    answer = client.post(address, given, follow=True)
    return answer.status_code, unescape(answer.content.decode())


def refused(answer: tuple[int, str], message: str, **values: object) -> str:
    """Fail unless the form was shown again with this message in the reader's language."""
    status, page = answer
    said = gettext(message) % values if values else gettext(message)
    assert 400 <= status < 500 or status == 200
    assert said in page
    return page


# A comment ------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u200b"])
def test_an_empty_comment(client, resident, consultation, language, text: str):
    answer = send(client, consultation.comment_url, COMMENT, text=text, language_code=language)

    refused(answer, "Write your comment first.")


def test_a_comment_that_is_too_long_is_shown_again_whole(client, resident, consultation, language):
    text = f"{TYPED} " * (LONGEST_COMMENT // len(TYPED) + 2)
    before = Contribution.objects.count()

    answer = send(client, consultation.comment_url, COMMENT, text=text, language_code=language)

    assert answer[0] == 422
    assert text in answer[1]
    assert Contribution.objects.count() == before


def test_a_comment_with_nul(client, resident, consultation, language):
    answer = send(client, consultation.comment_url, COMMENT, text=NUL, language_code=language)

    refused(answer, UNSTORABLE)


def test_a_comment_in_no_language_of_the_site_keeps_its_text(
    client, resident, consultation, language
):
    answer = send(client, consultation.comment_url, COMMENT, text=TYPED, language_code="xx")

    page = refused(answer, "Choose one of the languages of this site.")
    assert TYPED in page


def test_markup_is_words(client, resident, consultation, language):
    send(client, consultation.comment_url, COMMENT, text=MARKUP, language_code=language)

    kept = Contribution.objects.latest("pk")
    kept.publication_status = "published"
    kept.save()
    page = client.get(consultation.get_url()).content.decode()
    assert kept.text == MARKUP
    assert MARKUP not in page
    assert escape(MARKUP).replace("&#x27;", "&#39;") in page


def test_an_old_form_is_shown_again_with_everything(
    client, resident, consultation, language, monkeypatch
):
    monkeypatch.setattr(tokens, "LIFETIME", -1)
    answer = send(client, consultation.comment_url, COMMENT, text=TYPED, language_code=language)

    page = refused(answer, TOO_OLD)
    assert TYPED in page


def test_a_closed_consultation_says_so_and_loses_nothing(client, resident, closed, language):
    message = "This consultation has closed. What you sent was not counted."
    comment = send(client, closed.comment_url, COMMENT, text=TYPED, language_code=language)
    vote = send(client, closed.vote_url, VOTE, statement="1", choice="agree")
    before = Response.objects.count()
    send(client, closed.answer_url, ANSWER)

    assert TYPED in refused(comment, message)
    refused(vote, message)
    assert Response.objects.count() == before


# Answers and votes ----------------------------------------------------------------------------


def test_a_missing_and_a_wrong_answer_keep_the_right_ones(client, resident, consultation, language):
    answer = send(
        client,
        consultation.answer_url,
        ANSWER,
        **{"mode": "teleport", "one-thing": TYPED, "language_code": language},
    )

    page = refused(answer, "This question needs an answer.")
    assert gettext("Choose one of the answers offered here.") in page
    assert TYPED in page
    assert not Response.objects.filter(participant__resident=resident).exists()


def test_the_title_says_first_that_something_is_wrong(client, resident, consultation, language):
    asked = client.get(consultation.answer_url).content.decode()
    _status, page = send(client, consultation.answer_url, ANSWER, mode="teleport")

    assert "<title>Error:" not in asked
    assert f"<title>{gettext('Error:')} {gettext('Questions')}" in page


@pytest.mark.parametrize("choice", ["", "maybe", NUL, MARKUP])
def test_a_vote_for_nothing_offered(client, resident, consultation, language, choice: str):
    before = Vote.objects.count()

    answer = send(client, consultation.vote_url, VOTE, statement="1", choice=choice)

    refused(answer, "Choose one of the answers offered here.")
    assert Vote.objects.count() == before


# A place --------------------------------------------------------------------------------------


def place(language: str, **changes: str) -> dict[str, str]:
    return {
        "party_size": "1",
        "joins_in": "alder-bay",
        "language_code": language,
        "needs": TYPED,
        **changes,
    }


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("party_size", ""),
        ("party_size", "-1"),
        ("party_size", "a few"),
        ("party_size", "9" * 40),
        ("joins_in", "atlantis"),
        ("language_code", "xx"),
        ("needs", NUL),
        ("needs", "x" * 5000),
    ],
)
def test_a_place_with_a_wrong_choice_keeps_the_others(
    client, resident, event, language, field: str, value: str
):
    answer = send(client, event.sign_up_url, SIGN_UP, **place(language, **{field: value}))

    assert answer[0] in {409, 422}
    assert gettext("There is a problem") in answer[1]
    assert f'id="place_{field}_error"' in answer[1]
    assert field == "needs" or TYPED in answer[1]
    assert not Registration.objects.of(resident).filter(event=event).exists()


def test_a_full_event_has_a_waiting_list(client, resident, event, language):
    EventPage.objects.filter(pk=event.pk).update(capacity=event.count_places_taken())

    status, _page = send(client, event.sign_up_url, SIGN_UP, **place(language))

    registration = Registration.objects.of(resident).get(event=event)
    assert (status, registration.status, registration.needs) == (200, "waiting", TYPED)


def test_the_same_form_twice_is_one_place(client, resident, event, language):
    token = {"form_token": tokens.issue(SIGN_UP)}

    first = send(client, event.sign_up_url, SIGN_UP, **place(language), **token)
    second = send(client, event.sign_up_url, SIGN_UP, **place(language), **token)

    assert (first[0], second[0]) == (200, 200)
    refused(second, "You have a place")
    assert Registration.objects.of(resident).filter(event=event).count() == 1


# An account -----------------------------------------------------------------------------------

ACCOUNT = {
    "name": "Ana Roa",
    "email": "ana@example.org",
    "city": "alder-bay",
    "password1": "a short sentence",
}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "Write your name."),
        ({"name": NUL}, UNSTORABLE),
        ({"email": ""}, "Write your e-mail address."),
        ({"email": MARKUP}, "Write an e-mail address like name@example.org."),
        ({"city": ""}, "Choose where you live."),
    ],
)
def test_an_account_with_something_wrong_keeps_the_rest(
    client, language, changes: dict[str, str], message: str
):
    typed = {**ACCOUNT, "language_code": language, **changes}
    answer = client.post(reverse("account_signup"), typed)

    page = refused((answer.status_code, unescape(answer.content.decode())), message)
    assert all(typed[name] in page for name in ("name", "email") if name not in changes)
    assert not Resident.objects.filter(name="Ana Roa").exists()


@pytest.mark.parametrize("words", ["", "   ", '"', 'a"b', NUL, MARKUP, "x" * 5000, "\ud800"])
def test_a_search_for_anything_is_answered(client, language, words: str):
    answer = client.get(reverse("search"), {"q": words.encode("utf-8", "surrogatepass")})

    assert answer.status_code == 200
    assert MARKUP not in answer.content.decode()
