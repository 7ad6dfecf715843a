"""Nobody passes as a city hall: only who works for a city speaks for it, and is marked."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from consultations.models import Contribution, Response, Statement
from consultations.proposals.services import PROPOSE
from consultations.services import ANSWER, COMMENT, answer, comment
from consultations.speaking.rules import Voice, checked_voice, voice_of
from partnership.people.models import Participant
from partnership.people.organisations import (
    KindReserved,
    NamedLikeCityHall,
    is_like_city_hall,
)
from partnership.people.tokens import issue
from tests.consultations.test_pages import signed_in, text_of
from tests.consultations.test_paper import editor
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_consultation,
    make_participant,
    make_question,
)

pytestmark = pytest.mark.django_db

CITY_HALL = {"organisation_kind": "city_hall", "organisation_name": "Alder Bay City Hall"}
SENT = {**CITY_HALL, "speaks_for": "organisation"}
NOT_THEIRS = "Only people who work for a city can speak for a city hall"


def works_for(*cities: Any, **fields: Any) -> Participant:
    """Somebody of the staff of these cities."""
    participant = make_participant(is_staff=True, **fields)
    participant.resident.edits_for.set(cities)
    return participant


# Who may -----------------------------------------------------------------------------------


@pytest.mark.both
@pytest.mark.parametrize("kind", ["city_hall", "public_body"])
def test_residents_and_staff_of_no_city_speak_for_no_city_hall(kind):
    city_pair()
    for person in (make_participant(), works_for()):
        with pytest.raises(KindReserved):
            voice_of(person, Voice(kind, "Harbour authority"))
    with pytest.raises(KindReserved):
        checked_voice(Voice(kind, "Harbour authority"))


def test_who_works_for_a_city_speaks_in_its_own_name_whatever_was_typed():
    alder, _puerto = city_pair()
    person = works_for(alder)

    official = voice_of(person, Voice("city_hall", "The Emperor"))
    unnamed = voice_of(person, Voice("city_hall", ""))
    body = voice_of(person, Voice("public_body", "Harbour authority"))

    assert official == Voice("city_hall", "Alder Bay", is_official=True)._asdict() == unnamed
    assert body == Voice("public_body", "Harbour authority", is_official=False)._asdict()


def test_of_several_cities_the_named_one_speaks_and_else_their_home():
    alder, puerto = city_pair()
    person = works_for(alder, puerto, city=puerto)

    named = voice_of(person, Voice("city_hall", "Alder Bay City Hall"))
    own = voice_of(person, Voice("city_hall", "us"))

    assert (named["organisation_name"], own["organisation_name"]) == (
        "Alder Bay",
        "Puerto Almendro",
    )


def test_nobody_becomes_official_by_sending_it():
    city_pair()

    said = voice_of(make_participant(), Voice("school", "Mill Lane", is_official=True))

    assert said["is_official"] is False


@pytest.mark.both
@pytest.mark.parametrize("table", [Contribution, Response, Statement])
def test_the_database_keeps_nothing_official_but_of_city_halls(table):
    voice = {"organisation_kind": "school", "organisation_name": "Mill Lane", "is_official": True}
    common = {"consultation": make_consultation(), "language_code": "en"}

    with pytest.raises(IntegrityError, match="official_is_city_hall"), transaction.atomic():
        table.objects.create(participant=make_participant(), **voice, **common)


# Names -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "Alder Bay",
        "ALDER  BAY",
        "Álder-Bay City Hall",
        "City Hall of Alder Bay",
        "The City of Alder Bay",
        "Alder Bay (City Hall)",
        "Ayuntamiento de Alder Bay",
        "Excmo. Ayuntamiento de Puerto Almendro",
        "puertoalmendro",
        "Stadt Puerto Almendro",
        "Mairie d’Alder Bay",
        "City Hall",
        "El Ayuntamiento",
        "Alder\u200bBay",
        "AIder Bay",  # a large I
        "Α\u217cder Вау",  # a Greek letter, a Roman fifty, three Cyrillic letters
        "C1ty Ha11",
        "Ayuntamient0 de Puert0 Almendro",
    ],
)
def test_names_that_readers_would_take_for_a_city_halls_are_refused(name):
    city_pair()

    with pytest.raises(NamedLikeCityHall):
        checked_voice(Voice("civil_society", name))


@pytest.mark.parametrize(
    "name",
    ["Friends of Alder Bay", "Alder Bay Rowing Club", "Vecinos de Puerto Almendro", "Almendro"],
)
def test_names_that_only_speak_of_a_city_are_fine(name):
    city_pair()

    assert not is_like_city_hall(name)


# On the forms ------------------------------------------------------------------------------


def refused(client: Any, address: str, purpose: str, **sent: Any) -> str:
    response = client.post(address, {**SENT, **sent, "form_token": issue(purpose)})
    assert response.status_code == 422
    return response.content.decode()


def test_a_resident_is_not_offered_the_kinds_and_loses_nothing_by_sending_them():
    consultation = make_consultation()
    make_question(consultation)
    client, _participant = signed_in()

    page = client.get(consultation.comment_url).content.decode()
    told = refused(client, consultation.comment_url, COMMENT, text="Slower cars, please.")
    propose = refused(client, consultation.propose_url, PROPOSE, text="Slower cars.")
    answered = refused(client, consultation.answer_url, ANSWER, q1="o2")

    assert 'value="school"' in page
    assert 'value="city_hall"' not in page
    assert 'value="public_body"' not in page
    assert [NOT_THEIRS in each for each in (told, propose, answered)] == [True] * 3
    assert "Slower cars, please." in told
    assert 'value="Alder Bay City Hall"' in told
    assert 'aria-describedby="id_organisation_kind' in told
    assert not Contribution.objects.exists()
    assert not Statement.objects.exists()
    assert not Response.objects.exists()


def test_a_name_like_a_city_halls_is_refused_beside_the_field():
    consultation = make_consultation()
    client, _participant = signed_in()

    told = refused(
        client, consultation.comment_url, COMMENT, text="Slower.", organisation_kind="school"
    )

    assert "That is what a city or its city hall is called" in told
    assert 'value="Alder Bay City Hall"' in told


def test_staff_of_a_city_comment_for_it_and_readers_see_the_mark(client):
    alder, _puerto = city_pair()
    consultation = make_consultation()
    own, _participant = signed_in(works_for(alder))

    page = own.get(consultation.comment_url).content.decode()
    own.post(
        consultation.comment_url,
        {**SENT, "text": "We listen.", "organisation_name": "", "form_token": issue(COMMENT)},
    )
    Contribution.objects.update(publication_status="published")
    read = text_of(client.get(consultation.url))

    assert 'value="city_hall"' in page
    assert "for Alder Bay (city hall)" in read
    assert "says to speak" not in read
    assert "official" in read


def test_sheets_of_paper_keep_what_was_written_on_them():
    consultation = make_consultation()
    make_question(consultation)
    client = editor(city_pair()[0])
    address = f"/admin/consultations/{consultation.pk}/paper/"
    sheet = {**SENT, "sheet": "7", "language_code": "en", "q1": "o2"}

    page = client.get(address).content.decode()
    client.post(address, {**sheet, "form_token": issue("consultations.paper")})

    response = Response.objects.get()
    assert 'value="city_hall"' in page
    assert response.organisation_name == "Alder Bay City Hall"
    assert not response.is_official


# What readers see --------------------------------------------------------------------------


def test_what_nobody_confirmed_is_only_said(client):
    consultation = make_consultation()
    ContributionFactory(consultation=consultation, **CITY_HALL)
    school = {"organisation_kind": "school", "organisation_name": "Mill Lane"}
    statement = StatementFactory(consultation=consultation, **school)

    page = text_of(client.get(consultation.url))
    own_page = text_of(client.get(statement.get_absolute_url()))

    assert "says to speak for Alder Bay City Hall (city hall)" in page
    assert "says to speak for Mill Lane (school)" in own_page


def test_a_city_hall_that_nobody_confirmed_never_stands_for_a_name():
    alder, _puerto = city_pair()
    common = {"participant": make_participant(), "city": alder, "is_name_hidden": True}
    claimed = Contribution(**common, **CITY_HALL)
    official = Contribution(**common, **CITY_HALL, is_official=True)

    assert (claimed.author_name, claimed.names_city) == ("A resident of Alder Bay", True)
    assert (official.author_name, official.names_city) == ("Alder Bay City Hall", False)


def test_whoever_works_for_the_city_no_more_loses_the_mark_with_the_next_answer():
    alder, _puerto = city_pair()
    consultation = make_consultation()
    make_question(consultation)
    person = works_for(alder)
    sent = {"answers": {"q1": "o1"}, "language_code": "en", "form_token": None}
    voice = Voice("city_hall", "")

    first = answer(consultation, participant=person, voice=voice, **sent)
    person.resident.edits_for.clear()

    assert first.is_official
    with pytest.raises(KindReserved):
        comment(consultation, participant=person, text="x", voice=voice, form_token=None)
    answer(consultation, participant=person, **sent)
    assert not Response.objects.get().is_official
