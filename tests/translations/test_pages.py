"""What readers see of words in the other language, and how they send a translation."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from consultations.models import Contribution
from consultations.services import COMMENT
from consultations.translations.enums import Origin
from consultations.translations.models import Translation
from consultations.translations.services import CORRECT_LANGUAGE, PROPOSE
from consultations.translations.words_of import Words, digest_of
from partnership.people.tokens import issue
from tests.consultations.test_pages import ANONYMOUS, signed_in, text_of
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_consultation,
    make_participant,
)
from tests.factories.translations import TranslationFactory, machine_text, proposal

pytestmark = pytest.mark.django_db

SENTENCES = {
    Origin.AUTHOR: ("by the author.", "por quien lo escribió."),
    Origin.STAFF: ("by city staff.", "por el personal municipal."),
    Origin.VOLUNTEER: ("by a neighbour.", "por alguien del vecindario."),
    Origin.MACHINE: ("by a machine; nobody has checked it.", "por una máquina; nadie lo ha"),
}


def address_of(contribution: Contribution, language: str = "es") -> str:
    with translation.override(language):
        slug = contribution.consultation.slug_in(language)
        return reverse("translate_comment", args=(slug, contribution.pk))


def shown(client: Client, words: Words, language: str) -> str:
    cache.clear()
    return client.get(words.consultation.url_in(language)).content.decode()


# Reading -----------------------------------------------------------------------------------


@pytest.mark.parametrize("origin", Origin.values)
@pytest.mark.parametrize(("written_in", "read_in", "place"), [("es", "en", 0), ("en", "es", 1)])
def test_the_reader_sees_the_translation_whose_it_is_and_the_original(
    client, origin, written_in, read_in, place
):
    contribution = ContributionFactory(text="AS WRITTEN", language_code=written_in)
    TranslationFactory(
        contribution=contribution, language_code=read_in, text="TRANSLATED", origin=origin
    )

    page = shown(client, contribution, read_in)

    assert '<div class="comment-text" dir="auto"><p>TRANSLATED</p></div>' in page
    assert f'<blockquote dir="auto" lang="{written_in}"><p>AS WRITTEN</p></blockquote>' in page
    assert SENTENCES[Origin(origin)][place] in page
    others = {sentence[place] for key, sentence in SENTENCES.items() if key != origin}
    assert [sentence for sentence in others if sentence in page] == []


@pytest.mark.parametrize("act", ["reply", "support", "report"])
def test_whoever_answers_a_comment_reads_it_as_the_list_shows_it(client, act):
    contribution = ContributionFactory(text="AS WRITTEN", language_code="en")
    TranslationFactory(contribution=contribution, language_code="es", text="TRADUCIDO")
    slug = contribution.consultation.slug_in("es")
    with translation.override("es"):
        reply = f"{contribution.consultation.comment_url}?parent={contribution.pk}"
        address = (
            reply
            if act == "reply"
            else reverse(f"consultation_{act}", args=(slug, contribution.pk))
        )

    page = client.get(address).content.decode()

    assert '<div class="comment-text" dir="auto"><p>TRADUCIDO</p></div>' in page
    assert '<blockquote dir="auto" lang="en"><p>AS WRITTEN</p></blockquote>' in page
    assert SENTENCES[Origin.VOLUNTEER][1] in page


def test_who_reads_the_language_it_was_written_in_gets_the_original_only(client):
    made = TranslationFactory(text="TRANSLATED")

    page = shown(client, made.contribution, "en")

    assert "TRANSLATED" not in page
    assert "<blockquote" not in page


@pytest.mark.parametrize("change", [{"text": "Changed."}, {"language_code": "es"}])
def test_a_stale_translation_is_not_shown(client, change):
    contribution = ContributionFactory(language_code="en")
    TranslationFactory(contribution=contribution, text="TRANSLATED")
    Contribution.objects.update(**change)

    pages = [shown(client, contribution, code) for code in ("en", "es")]

    assert not any("TRANSLATED" in page for page in pages)


@pytest.mark.parametrize("status", ["proposed", "refused", "replaced"])
def test_only_what_was_accepted_is_shown(client, status):
    made = TranslationFactory(text="TRANSLATED", status=status)

    page = shown(client, made.contribution, "es")

    assert "TRANSLATED" not in page
    assert "Escrito en inglés" in page


def test_a_statement_says_whose_wording_one_reads(client):
    statement = StatementFactory(text_en="Close the street.", text_es="Cortar la calle.")
    page_of_staff = shown(client, statement, "es")
    TranslationFactory(contribution=None, statement=statement, text="Cortar la calle.")
    page_of_neighbour = shown(client, statement, "es")
    statement.text_en = "Close the street at noon."
    statement.save()
    page_of_stale = shown(client, statement, "es")

    assert "por el personal municipal." in page_of_staff
    assert "por alguien del vecindario." in page_of_neighbour
    assert "por el personal municipal." in page_of_stale
    assert "por alguien del vecindario." not in page_of_stale


def test_translations_cost_no_query(client):
    def queries(comments: int) -> int:
        consultation = make_consultation()
        author = make_participant()
        for number in range(comments):
            spoken = ContributionFactory(consultation=consultation, participant=author)
            TranslationFactory(contribution=spoken, author=author)
            TranslationFactory(contribution=spoken, author=author, status="replaced")
            if number % 2:
                ContributionFactory(consultation=consultation, participant=author, parent=spoken)
        client.get(consultation.url_in("es") + "?warm=1")
        with CaptureQueriesContext(connection) as asked:
            page = client.get(consultation.url_in("es")).content
        assert page.count(b'<article class="comment"') == min(comments, 10)
        return len(asked)

    one, three, forty = queries(1), queries(3), queries(40)

    assert one == three == forty
    assert forty <= ANONYMOUS


def test_the_link_to_translate_stands_where_it_helps(client):
    consultation = make_consultation()
    bare = ContributionFactory(consultation=consultation)
    by_machine = machine_text(contribution__consultation=consultation).contribution
    by_person = TranslationFactory(contribution__consultation=consultation).contribution

    english, spanish = shown(client, bare, "en"), shown(client, bare, "es")

    links = [f'href="{address_of(entry)}"' in spanish for entry in (bare, by_machine, by_person)]
    assert links == [True, True, False]
    assert "/translate/" not in english


# Proposing ---------------------------------------------------------------------------------


def test_a_guest_is_asked_to_sign_in_and_comes_back(client):
    contribution = ContributionFactory()

    page = client.get(address_of(contribution)).content.decode()
    sent = client.post(address_of(contribution), {"text": "Hola."})

    assert "<textarea" not in page
    assert contribution.text in page
    assert sent.status_code == 302
    assert not Translation.objects.exists()


@pytest.mark.parametrize(("written_in", "read_in"), [("en", "es"), ("es", "en")])
def test_a_resident_proposes_in_either_language(written_in, read_in):
    contribution = ContributionFactory(language_code=written_in)
    client, participant = signed_in()
    address = address_of(contribution, read_in)
    form = client.get(address).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', form)[1]

    sent = {"text": "Words.", "seen": seen, "form_token": issue(PROPOSE)}

    response = client.post(address, sent, follow=True)

    made = Translation.objects.get()
    with translation.override(read_in):  # its top, where the thanks are read
        assert response.redirect_chain == [(contribution.consultation.get_url(), 302)]
        back = f'href="{contribution.consultation.comment_url}{contribution.pk}/"'
    assert back in response.content.decode()
    assert (made.text, made.language_code, made.status) == ("Words.", read_in, "proposed")
    assert made.author == participant


def test_what_is_refused_is_shown_again_with_what_was_typed():
    contribution = ContributionFactory(text="The original.")
    client, _participant = signed_in()
    form = {"text": "Typed with care.", "seen": "old", "form_token": issue(PROPOSE)}

    response = client.post(address_of(contribution), form)

    page = response.content.decode()
    assert response.status_code == 422
    assert "Typed with care." in page
    assert f'name="seen" value="{digest_of(contribution)}"' in page
    assert not Translation.objects.exists()


def test_the_words_of_a_machine_are_there_to_start_from():
    made = machine_text(text="Texto de máquina.")
    client, _participant = signed_in()

    page = client.get(address_of(made.contribution)).content.decode()

    assert "Texto de máquina.</textarea>" in page
    assert "A machine wrote this." in page or "Lo escribió una máquina." in page


@pytest.mark.parametrize("status", ["pending", "hidden"])
def test_words_that_readers_do_not_see_have_no_form(status):
    contribution = ContributionFactory(publication_status=status)
    client, _participant = signed_in()

    responses = [
        client.get(address_of(contribution)),
        client.post(address_of(contribution), {"text": "x", "form_token": issue(PROPOSE)}),
    ]

    assert [response.status_code for response in responses] == [404, 404]


# The language of one's own words -----------------------------------------------------------


def test_the_comment_form_asks_for_no_language():
    consultation = make_consultation()
    client, _participant = signed_in()

    page = client.get(consultation.comment_url).content.decode()

    assert 'name="text"' in page
    assert 'name="language_code"' not in page


def test_a_comment_in_the_other_language_is_taken_for_what_it_is_and_the_author_is_told():
    consultation = make_consultation()
    client, _participant = signed_in()
    text = "Aquí se acaba la acera y los niños van por la calzada."

    response = client.post(
        consultation.comment_url, {"text": text, "form_token": issue(COMMENT)}, follow=True
    )

    assert Contribution.objects.get().language_code == "es"
    assert "We took it to be written in Spanish." in text_of(response)


def test_a_form_that_is_shown_again_shows_the_guess():
    consultation = make_consultation()
    client, _participant = signed_in()
    spanish = {"text": "La acera se acaba y los niños van por la calle.", "form_token": "old"}
    english = {"text": "The pavement ends and the children are on the road.", "form_token": "old"}

    guessed = client.post(consultation.comment_url, spanish).content.decode()
    expected = client.post(consultation.comment_url, english).content.decode()

    assert re.search(r'value="es"[^>]*checked', guessed)
    assert 'name="language_code"' not in expected


def test_an_author_corrects_the_language_of_a_comment():
    contribution = ContributionFactory(language_code="en")
    client, _participant = signed_in(contribution.participant)
    page = client.get(reverse("my_participation")).content.decode()
    token = re.search(r'name="form_token" value="([^"]+)"', page)[1]
    address = reverse("correct_own_language", args=(contribution.pk,))

    client.post(address, {"language_code": "es", "form_token": token})
    again = client.post(address, {"language_code": "en", "form_token": token}, follow=True)

    contribution.refresh_from_db()
    assert contribution.language_code == "es"
    assert "It was counted once." in text_of(again)


def test_nobody_corrects_the_language_of_somebody_elses_comment(client):
    contribution = ContributionFactory(language_code="en")
    address = reverse("correct_own_language", args=(contribution.pk,))
    form = {"language_code": "es", "form_token": issue(CORRECT_LANGUAGE)}
    other, _participant = signed_in()

    statuses = [client.post(address, form).status_code, other.post(address, form).status_code]

    contribution.refresh_from_db()
    assert statuses == [302, 404]
    assert contribution.language_code == "en"


@pytest.mark.parametrize("code", ["", "xx", "e\x00n"])
def test_a_language_that_is_none_changes_nothing(code):
    contribution = ContributionFactory(language_code="en")
    client, _participant = signed_in(contribution.participant)
    address = reverse("correct_own_language", args=(contribution.pk,))

    response = client.post(
        address, {"language_code": code, "form_token": issue(CORRECT_LANGUAGE)}, follow=True
    )

    contribution.refresh_from_db()
    assert contribution.language_code == "en"
    assert "message" in response.content.decode()


def test_residents_see_what_became_of_their_translations():
    waiting = proposal(text="Texto que espera.")
    client, _participant = signed_in(waiting.author)

    page = text_of(client.get(reverse("my_participation")))

    assert "Your translations" in page
    assert "Texto que espera." in page
