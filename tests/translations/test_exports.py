"""Translations leave the site beside the original, with whose they are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.exports.enums import Profile
from consultations.models import Contribution
from tests.consultations.test_exports import HOSTILE, column, made, table
from tests.factories.exports import (
    make_comment,
    make_consultation_to_export,
    make_people,
    make_statement,
)
from tests.factories.translations import TranslationFactory, machine_text, proposal

pytestmark = pytest.mark.django_db

BOTH_TABLES = ("comments", "words")


@pytest.mark.parametrize("name", BOTH_TABLES)
@pytest.mark.parametrize("profile", Profile.values)
def test_a_comment_has_its_translation_and_origin_beside_it(name, profile):
    consultation = make_consultation_to_export()
    (person,) = make_people(1, None)
    english = make_comment(consultation, person, "A bench.")
    spanish = make_comment(consultation, person, "Una rampa.", language_code="es")
    machine_text(contribution=english, text="Un banco.")
    TranslationFactory(contribution=spanish, language_code="en", text="A ramp.")

    rows = table(consultation, name, profile=profile)

    assert column(rows, "text") == ["A bench.", "Una rampa."]
    assert column(rows, "language") == ["en", "es"]
    assert column(rows, "translation_es") == ["Un banco.", ""]
    assert column(rows, "translation_origin_es") == ["machine", ""]
    assert column(rows, "translation_en") == ["", "A ramp."]
    assert column(rows, "translation_origin_en") == ["", "volunteer"]


@pytest.mark.parametrize("name", BOTH_TABLES)
def test_what_is_stale_or_only_proposed_stays_here(name):
    consultation = make_consultation_to_export()
    (person,) = make_people(1, None)
    proposal(contribution=make_comment(consultation, person, "One."))
    TranslationFactory(contribution=make_comment(consultation, person, "Two."))
    Contribution.objects.filter(text="Two.").update(text="Two, changed.")

    rows = table(consultation, name)

    assert column(rows, "translation_es") == ["", ""]


@pytest.mark.both
def test_no_translation_is_a_formula():
    consultation = make_consultation_to_export()
    (person,) = make_people(1, None)
    for number, text in enumerate(HOSTILE):
        original = make_comment(consultation, person, f"Comment {number}")
        TranslationFactory(contribution=original, text=text, author=person)

    rows = table(consultation, "comments")

    assert len(rows) == len(HOSTILE)
    for text in column(rows, "translation_es"):
        for piece in text.replace(";", "\n").split("\n"):
            assert piece.strip(" \u200b")[:1] not in set("=+-@\t\r\uff1d\uff0b\uff0d\uff20")


def test_a_statement_says_who_worded_it():
    consultation = make_consultation_to_export()
    by_staff, by_neighbour = make_statement(consultation), make_statement(consultation, "Same")
    TranslationFactory(
        contribution=None, statement=by_neighbour, language_code="es", text=by_neighbour.text_es
    )

    rows = [row for row in table(consultation, "statements") if row["city"] == "elsewhere"]

    assert by_staff.number < by_neighbour.number
    assert column(rows, "wording_en") == ["original", "original"]
    assert column(rows, "wording_es") == ["staff", "volunteer"]


@pytest.mark.both
def test_translations_cost_an_export_no_query_more():
    def queries(number: int) -> int:
        consultation = make_consultation_to_export(f"consultation-{number}")
        for person in make_people(number, None, f"voice{number}x"):
            TranslationFactory(contribution=make_comment(consultation, person), author=person)
        with CaptureQueriesContext(connection) as asked:
            data = made(consultation, tables=["comments"])
        assert data.count(b"volunteer") == number
        return len(asked)

    few, many = queries(1), queries(60)

    assert few == many
    assert few <= 15
