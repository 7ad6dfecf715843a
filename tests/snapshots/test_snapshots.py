"""What was published stays what was published, and what drifts is seen."""

import io
import json
from hashlib import sha256
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import Client

from consultations.enums import QuestionType
from consultations.models import (
    Answer,
    ConsultationPage,
    QuestionOption,
    Statement,
    StatementTally,
)
from consultations.presenting.question_figures import question_cards
from consultations.question_results import question_results
from consultations.results import statement_results
from consultations.snapshots import refusals
from consultations.snapshots.groups import ensure_groups
from consultations.snapshots.models import ResultSnapshot
from consultations.snapshots.reading import question_figures, statement_figures
from consultations.snapshots.services import freeze, verify
from partnership.people.models import Resident
from tests.factories.cities import city_pair
from tests.factories.exports import (
    make_answers,
    make_comment,
    make_consultation_to_export,
    make_open_consultation_to_export,
    make_people,
    make_question,
    make_statement,
    make_votes,
)
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db

KINDS = (
    (QuestionType.SINGLE_CHOICE, "o1"),
    (QuestionType.MULTIPLE_CHOICE, ["o1", "o3"]),
    (QuestionType.RANKING, ["o3", "o1"]),
    (QuestionType.SCALE, 4),
    (QuestionType.NUMBER, 12.5),
    (QuestionType.DATE, "2027-05-31"),
    (QuestionType.LONG_TEXT, "My own words"),
)


def counted(slug: str = "safe-routes") -> ConsultationPage:
    """Every kind of question, a statement both cities voted on and one with a small group."""
    consultation = make_consultation_to_export(slug)
    alder, puerto = city_pair()
    many, few = make_people(26, alder, slug), make_people(23, puerto, slug)
    for kind, value in KINDS:
        own = few[:3] if kind == QuestionType.MULTIPLE_CHOICE else few
        make_answers(make_question(consultation, kind, options=3), [*many, *own], value)
    make_votes(make_statement(consultation), [*many, *few], "agree")
    make_votes(make_statement(consultation, "Another"), [*many, *few[:3]], "disagree")
    make_comment(consultation, many[0], "A word of mine")
    return consultation


@pytest.mark.both
def test_the_frozen_figures_are_those_of_the_page() -> None:
    consultation, cities = counted(), city_pair()
    statements = list(consultation.statements.all())
    questions = list(consultation.questions.prefetch_related("options"))

    snapshot = freeze(consultation)

    today = statement_results(consultation, cities)
    frozen = statement_figures(snapshot, statements, cities)
    assert [each.verdict for each in frozen] == [each.verdict for each in today]
    assert [each.too_few for each in frozen] == [each.too_few for each in today]
    assert [[votes.agree for votes in each.cities] for each in frozen] == [[100, 100], [None, None]]
    assert frozen[0].score == today[0].score
    read_again = question_figures(snapshot, consultation, questions, cities)
    counted_now = question_results(consultation, questions, cities)
    assert question_cards(read_again, {}) == question_cards(counted_now, {})


def test_nothing_of_a_resident_is_in_it_but_numbers() -> None:
    consultation = counted()

    text = freeze(consultation).as_bytes.decode()

    assert "My own words" not in text
    assert "A word of mine" not in text
    assert "Another" not in text
    assert not any(each.name in text or each.email in text for each in Resident.objects.all())


def test_the_figures_can_be_read_alone_because_what_was_asked_stands_beside_them() -> None:
    consultation = make_consultation_to_export()
    question = make_question(consultation, QuestionType.SINGLE_CHOICE, options=2)
    QuestionOption.objects.filter(identifier="o1").update(label_en="By bus", label_es="En autobús")

    (frozen,) = freeze(consultation).content["questions"]

    assert frozen["wording"] == {"en": question.text_en, "es": question.text_es}
    assert frozen["option_wording"] == {
        "o1": {"en": "By bus", "es": "En autobús"},
        "o2": {"en": "Option 2", "es": "Option 2"},
    }


@pytest.mark.both
def test_the_digest_is_that_of_the_file_and_survives_the_database(client: Client) -> None:
    consultation = counted()
    snapshot = freeze(consultation)

    snapshot.refresh_from_db()
    file = client.get(f"{consultation.url}results/1.json")

    assert sha256(file.content).hexdigest() == snapshot.digest
    assert json.loads(file.content) == snapshot.content
    assert snapshot.is_intact


def test_it_is_published_after_the_close_only_and_once_and_again_for_a_reason() -> None:
    with pytest.raises(refusals.NotClosed):
        freeze(make_open_consultation_to_export(slug="open"))
    consultation = counted()
    freeze(consultation)

    with pytest.raises(refusals.NothingChanged):
        freeze(consultation, reason="Once more")
    Answer.objects.filter(question__type=QuestionType.SCALE).update(value=5)
    with pytest.raises(refusals.ReasonMissing):
        freeze(consultation, reason=" ")
    second = freeze(consultation, reason="Two sheets came late.")

    assert (second.number, second.reason) == (2, "Two sheets came late.")
    assert ResultSnapshot.objects.count() == 2


def test_totals_that_differ_from_the_votes_are_never_frozen() -> None:
    consultation = counted()
    StatementTally.objects.filter(city=city_pair()[0]).update(agree=99)

    with pytest.raises(refusals.TotalsDiffer):
        freeze(consultation)

    assert not ResultSnapshot.objects.exists()


def test_the_page_goes_on_showing_what_was_published_and_says_where_it_differs(
    client: Client,
) -> None:
    consultation = counted()
    freeze(consultation)
    StatementTally.objects.update(agree=7, disagree=0)
    Answer.objects.filter(question__type=QuestionType.SCALE).update(value=2)

    page = client.get(consultation.url).content.decode()
    results = client.get(f"{consultation.url}results/").content.decode()

    assert "100%" in page
    assert "Final results of" in page
    assert "Changed since" in results
    assert "Statement 1, Alder Bay" in results
    assert "Question q4, Alder Bay" in results
    assert results.index('id="statements"') < results.index('id="seal"')
    assert "Question q1, Alder Bay" not in results
    assert "The fingerprint was computed again just now, and it is the same." in results


def test_an_altered_snapshot_is_found_out(client: Client) -> None:
    consultation = counted()
    snapshot = freeze(consultation)
    votes = snapshot.content["statements"][0]["votes"]
    votes["elsewhere"] = {"agree": 900, "disagree": 0, "pass": 0}
    snapshot.save()

    assert not verify(snapshot).is_intact
    assert "somebody has altered" in client.get(f"{consultation.url}results/").content.decode()
    with pytest.raises(CommandError, match="2 things differ"):
        call_command("verify_results", stdout=io.StringIO())


def verified(*slugs: str) -> str:
    out = io.StringIO()
    call_command("verify_results", *slugs, stdout=out)
    return out.getvalue()


def test_the_commands_publish_and_verify() -> None:
    consultation = counted()

    call_command("freeze_results", "safe-routes", stdout=io.StringIO())

    assert consultation.snapshots.get().digest in verified("safe-routes")
    Answer.objects.filter(question__type=QuestionType.SCALE).update(value=2)
    with pytest.raises(CommandError, match="things differ"):
        verified()
    with pytest.raises(CommandError, match="No final results: nowhere"):
        verified("nowhere")
    with pytest.raises(CommandError, match="Say why"):
        call_command("freeze_results", "safe-routes")


def test_before_there_are_final_results_there_is_no_page_of_them(client: Client) -> None:
    consultation = counted()

    assert client.get(f"{consultation.url}results/").status_code == 404
    assert client.get(f"{consultation.url}results/1.json").status_code == 404
    freeze(consultation)
    assert client.get(f"{consultation.url}results/99999999999999999999.json").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_results_costs_the_same_however_much_was_asked(
    number: int, client: Client, django_assert_num_queries: Any
) -> None:
    consultation = make_consultation_to_export()
    people = make_people(9, city_pair()[0])
    for _place in range(number):
        question = make_question(consultation, QuestionType.SINGLE_CHOICE, options=number)
        make_answers(question, people, "o1")
        make_votes(make_statement(consultation), people, "agree")
    freeze(consultation)
    client.get(f"{consultation.url}results/?warm=1")

    with django_assert_num_queries(13):
        page = client.get(f"{consultation.url}results/")

    assert page.content.decode().count('class="ground-text"') == 2 * number


# In the admin --------------------------------------------------------------------------------


def colleague(group: str, city: Any) -> Resident:
    ensure_groups()
    person = ResidentFactory(is_staff=True)
    person.groups.add(Group.objects.get(name=group))
    person.edits_for.add(city)
    return person


def test_an_editor_publishes_them_and_sees_what_changed(client: Client) -> None:
    consultation = counted()
    alder, _puerto = city_pair()
    client.force_login(colleague("Editors", alder))
    address = f"/admin/results/{consultation.pk}/"

    before = client.get(address).content.decode()
    published = client.post(address)
    Answer.objects.filter(question__type=QuestionType.SCALE).update(value=2)
    after = client.get(address).content.decode()
    refused = client.post(address, {"reason": ""})

    assert "Freeze and publish" in before
    assert "Every total equals its votes." in before
    assert published.status_code == 302
    assert consultation.snapshots.get().frozen_by is not None
    assert "Replace the published figures" in after
    assert refused.status_code == 422
    assert "Say why the published figures are replaced." in refused.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_others_and_other_cities_are_refused(method: str, client: Client) -> None:
    consultation = counted()
    alder, puerto = city_pair()
    consultation.cities.set([alder])
    consultation.save()
    address = f"/admin/results/{consultation.pk}/"

    answers = []
    for person in (colleague("Moderators", alder), colleague("Editors", puerto)):
        client.force_login(person)
        answers.append(getattr(client, method)(address).status_code)

    assert answers == [403, 404]
    assert not ResultSnapshot.objects.exists()


def test_a_statement_that_came_later_is_told_to_have_no_figures() -> None:
    consultation = counted()
    snapshot = freeze(consultation)
    late = make_statement(consultation, "Late")

    (figures,) = statement_figures(snapshot, [late], city_pair())

    assert [votes.is_masked for votes in figures.cities] == [True, True]
    assert Statement.objects.count() == 3
