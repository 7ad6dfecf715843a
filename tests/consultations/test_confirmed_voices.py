"""A partner speaks in its own voice: chosen in forms, checked when sent, marked for readers."""

import csv
import io
import re
import zipfile
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import translation

from consultations.ideas.services import IDEA
from consultations.models import Contribution, Response, Statement
from consultations.proposals.services import PROPOSE
from consultations.services import ANSWER, COMMENT, answer, comment
from consultations.speaking.refusals import VoiceNotConfirmed
from consultations.speaking.rules import voice_for
from home.partners.voices.services import accept, end
from partnership.pages import finding
from partnership.people.erasure import ERASE, erase
from partnership.people.tokens import issue
from tests.consultations.test_exports import column, made, table
from tests.consultations.test_moderation import staff
from tests.consultations.test_pages import signed_in, text_of
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_consultation,
    make_participant,
    make_question,
)
from tests.factories.partners import make_convener, make_partner
from tests.factories.voices import make_voice

pytestmark = pytest.mark.django_db

TYPED = {"speaks_for": "organisation", "organisation_kind": "school"}


def chosen(voice: Any) -> dict[str, str]:
    return {"speaks_for": f"partner-{voice.partner_id}"}


def said(table: Any) -> list[Any]:
    return list(table.objects.values_list("organisation_kind", "organisation_name", "partner"))


def of(partner: Any) -> dict[str, Any]:
    return voice_for(partner)._asdict()


# Choosing ------------------------------------------------------------------------------------


def test_whoever_is_confirmed_chooses_the_partner_in_every_form():
    consultation = make_consultation(takes_ideas=True)
    make_question(consultation)
    voice = make_voice()
    client, _participant = signed_in(voice.participant)
    words = {"text": "A zebra crossing.", "language_code": "en", **chosen(voice)}
    sent = {
        consultation.comment_url: (COMMENT, {}),
        consultation.write_idea_url: (IDEA, {"title": "Slower cars"}),
        consultation.propose_url: (PROPOSE, {}),
        consultation.answer_url: (ANSWER, {"q1": "o1"}),
    }

    for address, (purpose, more) in sent.items():
        assert "for Quay School" in text_of(client.get(address))
        client.post(address, {**words, **more, "form_token": issue(purpose)})

    of_school = ("school", "Quay School", voice.partner_id)
    assert said(Contribution) == [of_school, of_school]
    assert said(Statement) == said(Response) == [of_school]
    again = client.get(consultation.answer_url).content.decode()
    assert re.search(rf'value="partner-{voice.partner_id}"[^>]*checked', again)


def test_nobody_else_is_offered_it_or_gets_through_with_it():
    consultation = make_consultation()
    voice = make_voice()
    client, _participant = signed_in(make_participant())
    sent = {"text": "We, the school.", **chosen(voice), "form_token": issue(COMMENT)}

    refused = client.post(consultation.comment_url, sent)

    assert refused.status_code == 422
    assert "for Quay School" not in text_of(client.get(consultation.comment_url))
    assert not Contribution.objects.exists()


@pytest.mark.both
def test_a_voice_that_has_ended_says_nothing_more_and_what_it_said_stays():
    consultation = make_consultation()
    voice = make_voice()
    speaks = {"participant": voice.participant, "voice": voice_for(voice.partner)}

    comment(consultation, text="We count.", form_token=None, **speaks)
    end(voice)
    with pytest.raises(VoiceNotConfirmed):
        comment(consultation, text="We count on.", form_token=None, **speaks)

    assert said(Contribution) == [("school", "Quay School", voice.partner_id)]


def test_a_page_asks_for_partners_only_where_somebody_speaks_for_one(django_assert_max_num_queries):
    consultation = make_consultation()
    client, _participant = signed_in()
    voice = make_voice(accepted_at=None)
    ContributionFactory.create_batch(3, consultation=consultation, **of(voice.partner))

    client.get(consultation.url)
    with django_assert_max_num_queries(20) as without:
        client.get(consultation.url)
    accept(voice)
    client.force_login(voice.participant.resident)
    client.get(consultation.url)
    with django_assert_max_num_queries(20) as with_one:
        client.get(consultation.url)

    assert len(with_one) == len(without) + 1


# Typing a partner's name --------------------------------------------------------------------


def test_a_typed_name_of_such_a_partner_is_asked_about_once_and_stays_a_claim():
    consultation = make_consultation()
    make_voice(make_partner("Quay School", kind="school", name_es="Escuela del Muelle"))
    client, _participant = signed_in()
    sent = {"text": "Slower.", **TYPED, "organisation_name": "escuela DEL muelle"}

    asked = client.post(consultation.comment_url, {**sent, "form_token": issue(COMMENT)})
    sent["says_so"] = "on"
    client.post(consultation.comment_url, {**sent, "form_token": issue(COMMENT)})

    words = text_of(asked)
    assert "Quay School confirms here who speaks for it, and has not confirmed you." in words
    assert 'name="says_so"' in asked.content.decode()
    assert said(Contribution) == [("school", "escuela DEL muelle", None)]


def test_whoever_is_confirmed_and_types_the_name_speaks_for_it():
    consultation = make_consultation()
    voice = make_voice()
    client, _participant = signed_in(voice.participant)
    sent = {"text": "Slower.", **TYPED, "organisation_name": "Quay school"}

    client.post(consultation.comment_url, {**sent, "form_token": issue(COMMENT)})

    assert said(Contribution) == [("school", "Quay School", voice.partner_id)]


def test_a_partner_without_voices_can_be_named_by_anybody():
    consultation = make_consultation()
    make_voice(make_partner("Quay School"), accepted_at=None)
    client, _participant = signed_in()
    sent = {"text": "Slower.", **TYPED, "organisation_name": "Quay School"}

    client.post(consultation.comment_url, {**sent, "form_token": issue(COMMENT)})

    assert said(Contribution) == [("school", "Quay School", None)]


# What readers and staff see ------------------------------------------------------------------


def test_readers_see_the_partner_in_their_language_with_its_kind_and_a_mark(client):
    consultation = make_consultation()
    partner = make_convener(name_es="Casa del Puente")
    ContributionFactory(consultation=consultation, **of(partner))
    statement = StatementFactory(consultation=consultation, **of(partner))

    of_statement = text_of(client.get(statement.get_absolute_url()))
    english, spanish = (client.get(consultation.url_in(code)) for code in ("en", "es"))

    assert "for Bridge House (neutral convener)" in text_of(english)
    assert f'href="/en/partners/#partner-{partner.pk}"' in english.content.decode()
    assert "en nombre de Casa del Puente (entidad convocante neutral)" in text_of(spanish)
    assert "confirmed" in of_statement
    assert "says to speak" not in text_of(english) + of_statement


def test_a_hidden_name_leaves_the_partners_and_no_public_body_is_taken_for_a_claim():
    partner = make_partner("Coast", kind="regional_authority", name_es="Costa")
    own = ContributionFactory(is_name_hidden=True, **of(partner))

    with translation.override("es"):
        shown = Contribution.objects.with_authors().get(pk=own.pk).author_name

    assert (own.author_name, shown) == ("Coast", "Costa")


def test_moderators_are_told_that_it_is_confirmed():
    consultation = make_consultation()
    ContributionFactory(
        consultation=consultation, publication_status="pending", **of(make_convener())
    )

    queue = text_of(staff("Moderators").get(reverse("moderation_queue")))

    assert "Said for Bridge House (neutral convener), which confirms it" in queue


def test_the_search_tells_a_hidden_author_by_the_partner():
    partner = make_convener()
    consultation = make_consultation()
    ContributionFactory(
        consultation=consultation, text="Zebra crossings", is_name_hidden=True, **of(partner)
    )

    (source,) = (each for each in finding.sources() if each.name == "comments")

    assert [source.tell(row).title for row in source.rows("en")] == ["Comment by Bridge House"]


# What is kept --------------------------------------------------------------------------------


@pytest.mark.both
@pytest.mark.parametrize("table", [Contribution, Response, Statement])
def test_the_database_keeps_no_partner_without_a_kind(table):
    common = {"consultation": make_consultation(), "language_code": "en"}
    columns = {"participant": make_participant(), "partner": make_partner()}

    with pytest.raises(IntegrityError, match="confirmed_has_kind"), transaction.atomic():
        table.objects.create(**columns, **common)


@pytest.mark.both
def test_what_was_said_keeps_its_partner():
    partner = make_partner()
    ContributionFactory(**of(partner))

    with pytest.raises(ProtectedError):
        partner.delete()


@pytest.mark.both
def test_who_erases_the_account_leaves_words_that_are_of_no_organisation():
    voice = make_voice()
    resident, mine = voice.participant.resident, {"participant": voice.participant}
    consultation = make_consultation()
    make_question(consultation)
    own = ContributionFactory(consultation=consultation, **mine, **of(voice.partner))
    filled = answer(
        consultation, **mine, answers={"q1": "o1"}, language_code="en", form_token=None,
        voice=voice_for(voice.partner),
    )  # fmt: skip

    erase(resident, keep_words=True, email=resident.email, form_token=issue(ERASE))

    own.refresh_from_db()
    filled.refresh_from_db()
    assert (own.publication_status, own.partner, own.organisation_name) == ("published", None, "")
    assert (filled.partner, filled.organisation_kind) == (None, "")


@pytest.mark.both
def test_exports_name_the_partner_under_a_key_and_in_every_language():
    consultation = make_consultation()
    partner = make_convener(name_es="Casa del Puente")
    ContributionFactory(consultation=consultation, **of(partner))
    ContributionFactory(consultation=consultation)
    hidden = make_partner("Unseen")
    ContributionFactory(consultation=consultation, publication_status="hidden", **of(hidden))
    StatementFactory(consultation=consultation, **of(partner))

    key = f"partner-{partner.pk}"
    package = zipfile.ZipFile(io.BytesIO(made(consultation, "package")))
    codebook = list(csv.DictReader(io.StringIO(package.read("codebook.csv").decode("utf-8-sig"))))

    assert sorted(column(table(consultation, "comments"), "partner")) == ["", key]
    assert set(column(table(consultation, "statements"), "partner")) == {key}
    assert [
        (row["meaning_en"], row["meaning_es"])
        for row in codebook
        if row["column"] == "partner" and row["value"]
    ] == [("Bridge House", "Casa del Puente")] * 2
