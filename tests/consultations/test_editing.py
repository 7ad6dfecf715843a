"""The editor's form: the lead city's clock, phases one after another, answers that stay."""

import re
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from consultations.enums import WITH_OPTIONS, WITHOUT_OTHER, QuestionType
from consultations.models import ConsultationPage, Phase
from consultations.services import answer
from partnership.people.models import Resident
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    make_consultation,
    make_index,
    make_participant,
    make_question,
)
from tests.factories.events import at
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db
SHEET = Path(__file__).parents[2] / "site/static/css/admin/languages.css"


def admin() -> Client:
    address = "admin@example.org"
    known = Resident.objects.filter(email=address).first()
    client = Client()
    client.force_login(
        known or Resident.objects.create_superuser(address, name="Admin", language_code="en")
    )
    return client


def phase(starts_at: str, ends_at: str, **fields: Any) -> dict[str, Any]:
    values = {"kind": "vote", "allows": "vote", "note_en": "", "note_es": ""}
    return {"starts_at": starts_at, "ends_at": ends_at, **values, **fields}


def form(
    consultation: ConsultationPage,
    *,
    phases: list[dict[str, Any]],
    questions: Any = None,
    **changed: Any,
) -> dict[str, Any]:
    empty = {name: rich_text("") for name in ("outcome_en", "outcome_es")}
    keys = [phase.pk for phase in consultation.phases.all()]
    rows = zip_longest(phases, keys, fillvalue="")
    values = {
        "title_en": "Safe routes",
        "title_es": "Caminos seguros",
        "slug": consultation.slug,
        "local_slug_es": "caminos-seguros",
        "lead_en": "How?",
        "lead_es": "¿Cómo?",
        "body_en": streamfield([]),
        "body_es": streamfield([]),
        "lead_city": consultation.lead_city_id,
        "opens_at": "2027-05-01 09:00",
        "closes_at": "2027-05-30 23:59",
        "participation": "registered",
        "moderation": "before",
        "readers_en": "",
        "readers_es": "",
        "stored_state": "",
        "phases": inline_formset(
            [{**row, "id": key} for row, key in rows], initial=min(len(keys), len(phases))
        ),
        "questions": questions or inline_formset([]),
        "comments": inline_formset([]),
        **empty,
        **changed,
    }
    return {**nested_form_data(values), "action-publish": "yes"}


def send(consultation: ConsultationPage, **values: Any) -> tuple[int, str]:
    response = admin().post(f"/admin/pages/{consultation.pk}/edit/", form(consultation, **values))
    return response.status_code, response.content.decode()


ONE_PHASE = phase("2027-05-01 09:00", "2027-05-30 23:59")


def test_times_are_read_on_the_clock_of_the_lead_city():
    _alder, puerto = city_pair()
    consultation = make_consultation()

    status, _page = send(consultation, phases=[ONE_PHASE], lead_city=puerto.pk)

    stored = ConsultationPage.objects.get(pk=consultation.pk)
    assert status == 302
    assert stored.opens_at == at(2027, 5, 1, 7)
    assert Phase.objects.get().ends_at == at(2027, 5, 30, 21, 59)
    assert Phase.objects.get().allows == ["vote"]


def test_a_lead_city_that_can_be_none_is_refused_beside_its_field():
    status, page = send(make_consultation(), phases=[ONE_PHASE], lead_city="9" * 5000)

    assert status == 200
    assert "That choice is not one of the available choices." in page


def test_a_new_one_starts_in_the_editors_city(client):
    _alder, puerto = city_pair()
    editor = ResidentFactory(is_staff=True, is_superuser=True)
    editor.edits_for.add(puerto)
    client.force_login(editor)

    place = ("consultations", "consultationpage", make_index().pk)
    new = client.get(reverse("wagtailadmin_pages:add", args=place)).context["form"]

    assert new["lead_city"].value() == puerto.pk


def test_what_residents_may_do_is_named_like_every_other_field():
    field = Phase._meta.get_field("allows").formfield()

    assert field.label == "Residents may"


def test_phases_that_overlap_are_refused_beside_the_later_one():
    consultation = make_consultation()
    phases = [
        phase("2027-05-01 09:00", "2027-05-20 09:00"),
        phase("2027-05-19 09:00", "2027-05-30 09:00"),
    ]

    status, page = send(consultation, phases=phases)

    assert status == 200
    assert "This phase starts before the one before it ends." in page


def test_a_phase_may_start_the_instant_the_one_before_ends():
    consultation = make_consultation()
    phases = [
        phase("2027-05-01 09:00", "2027-05-20 09:00"),
        phase("2027-05-20 09:00", "2027-05-30 09:00"),
    ]

    status, _page = send(consultation, phases=phases)

    assert status == 302


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"closes_at": "2027-05-01 08:00"}, "A consultation closes after it opens."),
        ({"lead_es": ""}, "Write this in Spanish before publishing."),
        ({"opens_at": "2027-03-28 01:30"}, "The clocks go forward"),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field(changed, message):
    consultation = make_consultation()

    status, page = send(consultation, phases=[ONE_PHASE], **changed)

    assert status == 200
    assert message in page


def test_an_end_before_its_start_is_refused_beside_the_end():
    consultation = make_consultation()
    backwards = phase("2027-05-20 09:00", "2027-05-10 09:00")
    sent = form(consultation, phases=[backwards], closes_at="2027-05-01 09:00")

    refused = admin().post(f"/admin/pages/{consultation.pk}/edit/", sent).context["form"]

    assert list(refused.errors) == ["closes_at"]
    assert refused.formsets["phases"].errors == [{"ends_at": ["A phase ends after it starts."]}]


def test_a_question_added_to_a_live_page_keeps_its_answers_through_the_next_publishing():
    consultation = make_consultation()
    new = inline_formset(
        [
            {
                "type": "long_text",
                "text_en": "How?",
                "text_es": "¿Cómo?",
                "help_text_en": "",
                "help_text_es": "",
                "scale_min": 1,
                "scale_max": 5,
                "options": inline_formset([]),
            }
        ]
    )
    send(consultation, phases=[ONE_PHASE], questions=new)
    question = consultation.questions.get()
    ConsultationPage.objects.filter(pk=consultation.pk).update(opens_at=at(2020, 1, 1))
    Phase.objects.update(starts_at=at(2020, 1, 1), allows=["answer"])
    answer(
        ConsultationPage.objects.get(pk=consultation.pk),
        participant=make_participant(),
        answers={question.identifier: "By bus."},
        language_code="en",
        form_token=None,
    )

    consultation.refresh_from_db()
    consultation.get_latest_revision().publish()

    assert consultation.questions.get().pk == question.pk
    assert question.answers.count() == 1


def test_going_back_to_a_version_without_an_answered_question_keeps_the_question():
    consultation = make_consultation()
    consultation.save_revision()
    before = consultation.get_latest_revision()
    question = make_question(consultation)
    answer(
        consultation,
        participant=make_participant(),
        answers={"q1": "o1"},
        language_code="en",
        form_token=None,
    )

    before.publish()

    assert consultation.questions.get() == question
    assert (question.options.count(), question.answers.count()) == (3, 1)


def test_a_question_shows_what_its_kind_has_and_hides_the_rest():
    consultation = make_consultation()
    make_question(consultation, QuestionType.LONG_TEXT)
    edit = reverse("wagtailadmin_pages:edit", args=(consultation.pk,))
    page = BeautifulSoup(admin().get(edit).content, "html.parser")
    sheet = SHEET.read_text()
    others = [kind for kind in WITH_OPTIONS if kind not in WITHOUT_OTHER]

    for name, kinds, field in (
        ("of-options", WITH_OPTIONS, "options-ADD"),
        ("of-a-choice", others, "allows_other"),
        ("of-a-place", [QuestionType.LOCATION], "asks_point"),
        ("of-a-scale", [QuestionType.SCALE], "scale_max_label_es"),
        ("of-a-number", [QuestionType.NUMBER], "number_unit_en"),
        ("of-a-sum", [QuestionType.BUDGET], "budget"),
    ):
        (rule,) = re.findall(rf"(\[data-inline[^.]*\.error-message\)\n  \)\n  )\.{name}\b", sheet)
        assert set(re.findall(r'value="(\w+)"', rule.rpartition("data-inline")[2])) == set(kinds)
        assert page.find(id=f"id_questions-0-{field}").find_parent(class_=name), name
