"""Answers on paper: printed with the same identifiers, typed in once, told apart in figures."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone, translation

from consultations import tallies
from consultations.asking.services import PAPER, enter_paper, take_out_sheet
from consultations.enums import Channel, QuestionType
from consultations.groups import ensure_groups
from consultations.models import ConsultationPage, PersonTakingPart, Response
from consultations.question_results import question_results
from consultations.refusals import (
    ConsultationClosed,
    NotOpenYet,
    SheetKnown,
    SheetNumberMissing,
    TextTooLong,
)
from consultations.speaking.rules import Voice
from partnership.pages.groups import EDITORS
from partnership.people.models import Resident
from partnership.people.tokens import issue
from tests.consultations.test_exports import table
from tests.consultations.test_question_kinds import send
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    ResidentOfFactory,
    make_consultation,
    make_participant,
    make_question,
)
from tests.tools.turns import taken

pytestmark = pytest.mark.django_db


def staff() -> Resident:
    return ResidentOfFactory(is_staff=True)


def enter(consultation: ConsultationPage, sheet: str = "12", **changed: Any) -> Response:
    values = {
        "by": changed.pop("by", None) or staff(),
        "sheet": sheet,
        "city": city_pair()[0],
        "language_code": "es",
        "answers": {"q1": "o1"},
        "form_token": None,
    }
    return enter_paper(consultation, **{**values, **changed})


def asked(**fields: Any) -> ConsultationPage:
    consultation = make_consultation(**fields)
    make_question(consultation)
    return consultation


@pytest.mark.both
def test_a_sheet_is_counted_with_its_channel_and_who_typed_it_in():
    consultation, person = asked(), staff()

    response = enter(consultation, " a  12 ", by=person)

    assert (response.sheet, response.channel, response.entered_by) == ("A 12", "paper", person)
    assert (response.participant, response.city.code) == (None, "alder")
    assert PersonTakingPart.objects.numbers(consultation)[0] == {response.city_id: 1}
    assert tallies.drift(consultation) == []


@pytest.mark.parametrize(
    ("first", "again"), [("a 12", "A  12"), ("1", "01"), ("007", "7"), ("B-020", "b-20")]
)
def test_the_same_sheet_is_noticed_however_it_is_written_and_says_who_had_it(first, again):
    consultation, person = asked(), staff()
    enter(consultation, first, by=person)

    with pytest.raises(SheetKnown, match=person.name):
        enter(consultation, again)

    assert Response.objects.count() == 1


@pytest.mark.both
def test_numbers_that_only_look_alike_are_sheets_of_their_own():
    consultation = asked()

    for number in ("0", "10", "100", "1 0", "1.5", "1.05"):
        enter(consultation, number)

    assert Response.objects.count() == 6


def test_a_sheet_without_a_number_is_refused():
    with pytest.raises(SheetNumberMissing):
        enter(asked(), "  ")


@pytest.mark.both
def test_a_number_that_is_too_long_in_capitals_is_refused():
    with pytest.raises(TextTooLong) as refusal:
        enter(asked(), "ß" * 20)

    assert refusal.value.field == "sheet"


def test_two_consultations_may_have_a_sheet_of_the_same_number():
    enter(asked())
    enter(asked(title="Another"))

    assert Response.objects.count() == 2


def test_sheets_are_typed_in_after_the_close_and_not_once_the_city_has_answered():
    closed = asked(closes_in=timedelta(days=-1))
    answered = asked(title="Two", closes_in=timedelta(days=-1), stored_state="answered")
    coming = asked(title="Three", opens_in=timedelta(days=1))

    enter(closed)

    with pytest.raises(ConsultationClosed):
        enter(answered)
    with pytest.raises(NotOpenYet):
        enter(coming)


def test_a_sheet_that_was_taken_out_can_be_typed_in_again():
    consultation = asked()
    response = enter(consultation)

    take_out_sheet(response)
    take_out_sheet(response)
    enter(consultation)

    assert PersonTakingPart.objects.count() == Response.objects.count() == 1
    assert tallies.drift(consultation) == []


def test_nobody_but_a_sheet_answers_without_a_participant():
    consultation = asked()

    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.create(consultation=consultation, language_code="en")
    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.create(
            consultation=consultation, language_code="en", channel=Channel.PAPER
        )


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_a_sheet_typed_in_by_ten_at_once_counts_once(run_in_threads):
    consultation, person = asked(), staff()

    outcomes = run_in_threads(lambda _number: enter(consultation, by=person), times=10)

    counted = [outcome for outcome in outcomes if isinstance(outcome, Response)]
    assert len(counted) == Response.objects.count() == PersonTakingPart.objects.count() == 1


@pytest.mark.both
def test_a_recount_keeps_everybody_on_paper():
    consultation = asked()
    for number in range(3):
        enter(consultation, str(number))
    send(consultation, {"q1": "o1"})
    PersonTakingPart.objects.all().delete()

    found = tallies.recount(consultation)

    assert len(found) == 1
    assert PersonTakingPart.objects.count() == 4
    assert tallies.drift(consultation) == []


# What is told of the channel ---------------------------------------------------------------


@pytest.mark.both
@pytest.mark.parametrize(
    ("paper", "online", "told"), [(5, 5, 5), (5, 0, 5), (4, 6, None), (6, 4, None)]
)
def test_how_many_were_on_paper_is_told_unless_too_few_were_or_were_not(paper, online, told):
    consultation = asked()
    for number in range(paper):
        enter(consultation, str(number))
    for _number in range(online):
        send(consultation, {"q1": "o2"}, participant=make_participant(city_pair()[0]))

    (result,) = question_results(consultation, consultation.questions.all(), list(city_pair()))

    assert result.on_paper[0][1] == told
    assert result.groups[0][1] == paper + online


def test_the_files_tell_the_channel_to_staff_and_to_the_public_where_nobody_stands_out():
    consultation = asked()
    for number in range(5):
        enter(consultation, str(number))
        send(consultation, {"q1": "o2"}, participant=make_participant(city_pair()[0]))
    consultation.closes_at = timezone.now()  # the public reads no answer before
    consultation.save()
    public = table(consultation, "answers")
    Response.objects.filter(sheet="4").delete()

    few = table(consultation, "answers")
    to_staff = table(consultation, "answers", profile="staff")

    assert {row["channel"] for row in public} == {"web", "paper"}
    assert {row["channel"] for row in few} == {""}
    assert sorted(row["channel"] for row in to_staff) == ["paper"] * 4 + ["web"] * 5


# The screens -------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_printed_form_has_the_identifiers_of_the_files(client, language):
    consultation = make_consultation()
    for kind in QuestionType:
        make_question(consultation, kind, allows_other=True, number_unit_en="minutes")
    with translation.override(language):
        address = consultation.paper_url

    response = client.get(address)

    page = response.content.decode()
    assert response.status_code == 200
    assert not response.cookies
    assert [f"[q{number}]" in page for number in range(1, 11)] == [True] * 10
    assert page.count("[o2]") == 5
    assert page.count("[other]") == 3


def editor(city: Any) -> Client:
    ensure_groups()
    person = staff()
    person.groups.add(Group.objects.get(name=EDITORS))
    person.edits_for.add(city)
    client = Client()
    client.force_login(person)
    return client


def typed(**changed: Any) -> dict[str, Any]:
    values = {"sheet": "12", "city": "", "language_code": "es", "q1": "o1"}
    return {**values, "form_token": issue(PAPER), **changed}


def test_an_editor_types_in_a_sheet_and_the_next_form_is_empty():
    consultation = asked()
    client, address = editor(city_pair()[0]), f"/admin/consultations/{consultation.pk}/paper/"

    first = client.get(address)
    response = client.post(address, typed(), follow=True)

    page = response.content.decode()
    assert "autofocus" in first.content.decode()
    assert f"Sheet 12 is counted. Its receipt: {Response.objects.get().receipt}" in page
    assert 'value="12"' not in page


def test_a_pile_of_sheets_is_from_one_city_and_at_first_from_the_clerks_own():
    alder, puerto = city_pair()
    consultation = asked()
    client, address = editor(puerto), f"/admin/consultations/{consultation.pk}/paper/"

    first = client.get(address).context["form"]
    following = client.post(address, typed(city=alder.pk), follow=True).context["form"]
    elsewhere = client.post(address, typed(sheet="13"), follow=True).context["form"]
    nonsense = client.get(address, {"city": "a\x00b", "language": "xx"}).context["form"]

    assert first["city"].value() == puerto.pk
    assert (following["city"].value(), following["language_code"].value()) == (alder.pk, "es")
    assert (elsewhere["city"].value(), nonsense["city"].value()) == (None, None)


def begins_at(response: Any) -> str:
    """The name of the field that the keyboard starts in."""
    fields = re.findall(
        r"<(?:input|select|textarea)\b[^>]*\bautofocus\b[^>]*>", response.content.decode()
    )
    return re.search(r'name="([^"]+)"', fields[0])[1]


def test_a_sheet_that_is_refused_is_shown_with_what_was_typed():
    consultation = asked()
    client, address = editor(city_pair()[0]), f"/admin/consultations/{consultation.pk}/paper/"
    client.post(address, typed())

    again = client.post(address, typed())
    wrong = client.post(address, typed(sheet="13", q1="o9"))

    assert (again.status_code, wrong.status_code) == (422, 422)
    assert "This sheet is counted already" in again.content.decode()
    assert 'value="13"' in wrong.content.decode()
    assert [begins_at(page) for page in (again, wrong)] == ["sheet", "q1"]
    assert Response.objects.count() == 1


def test_only_whoever_may_types_in_sheets_and_only_of_their_own_city():
    alder, puerto = city_pair()
    consultation = asked()
    consultation.cities.add(alder)
    consultation.save()
    address = f"/admin/consultations/{consultation.pk}/paper/"
    plain = Client()
    plain.force_login(staff())

    answers = [each.get(address).status_code for each in (editor(alder), editor(puerto), plain)]

    assert answers[:2] == [200, 404]
    assert answers[2] in {302, 403}


@pytest.mark.both
@pytest.mark.parametrize(
    "text", taken(["a\x00b", "<script>alert(1)</script>", "'; --", "é" * 300], "a\x00b", "é" * 300)
)
def test_a_sheet_takes_anything_without_a_server_error(text):
    consultation = asked()
    client, address = editor(city_pair()[0]), f"/admin/consultations/{consultation.pk}/paper/"

    for name in ("sheet", "city", "language_code", "q1"):
        response = client.post(address, typed(**{name: text}))

        assert response.status_code < 500
        assert b"<script>alert" not in response.content


# Anonymous sheets --------------------------------------------------------------------------


def test_an_anonymous_sheet_asks_for_no_organisation_and_keeps_none(client):
    consultation = asked(is_anonymous=True)
    staff_client, address = editor(city_pair()[0]), f"/admin/consultations/{consultation.pk}/paper/"
    sent = {"speaks_for": "organisation", "organisation_name": "Port", "organisation_kind": "other"}

    on_paper = client.get(consultation.paper_url).content.decode()
    screen = staff_client.get(address).content.decode()
    staff_client.post(address, typed(**sent))
    enter(consultation, "13", voice=Voice("other", "Port"))

    assert "for this organisation" not in on_paper
    assert "organisation_name" not in screen
    kept = Response.objects.values_list("sheet", "organisation_kind", "organisation_name")
    assert sorted(kept) == [("12", "", ""), ("13", "", "")]


def test_a_sheet_is_taken_out_by_the_city_that_typed_it_in():
    consultation = asked()
    address = f"/admin/consultations/{consultation.pk}/paper/"
    alder, puerto = city_pair()
    typing, colleague, other = editor(alder), editor(alder), editor(puerto)
    typing.post(address, typed())
    sheet = Response.objects.get()
    out = f"{address}{sheet.pk}/take-out/"

    refused = other.post(out)
    shown = [out in client.get(address).content.decode() for client in (typing, colleague, other)]

    assert (refused.status_code, Response.objects.count()) == (404, 1)
    assert shown == [True, True, False]
    assert colleague.post(out).status_code == 302
    assert not Response.objects.exists()
