"""What can never be false in the table of translations."""

import pytest
from django.db import IntegrityError, transaction

from consultations.models import Contribution
from consultations.translations.enums import Origin, TranslationStatus
from consultations.translations.models import Translation
from consultations.translations.words_of import digest, digest_in_database, digest_of
from tests.factories.consultations import ContributionFactory, StatementFactory, make_participant
from tests.factories.translations import TranslationFactory, machine_text, proposal

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def refused(**fields: object) -> bool:
    """Whether the table takes no such row."""
    try:
        with transaction.atomic():
            Translation.objects.create(**fields)
    except IntegrityError:
        return True
    return False


def row(**fields: object) -> dict[str, object]:
    values = {"language_code": "es", "text": "Hola.", "origin": "staff", "source_digest": "x"}
    return {**values, **fields}


def test_a_translation_is_of_one_text_never_of_none_or_two():
    contribution, statement = ContributionFactory(), StatementFactory()

    assert refused(**row())
    assert refused(**row(contribution=contribution, statement=statement))
    assert not refused(**row(contribution=contribution))
    assert not refused(**row(statement=statement))


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "nobody"},
        {"status": "maybe"},
        {"status": "accepted", "text": ""},
    ],
)
def test_what_makes_no_sense_is_not_kept(wrong):
    assert refused(**row(contribution=ContributionFactory(), **wrong))


def test_a_machine_is_nobody():
    contribution = ContributionFactory()

    assert refused(**row(contribution=contribution, origin="machine", author=make_participant()))
    assert not refused(**row(contribution=contribution, origin="machine"))


def test_one_translation_of_a_text_is_shown_in_each_language():
    shown = TranslationFactory()
    again = row(contribution=shown.contribution, status="accepted")

    assert refused(**again)
    assert not refused(**{**again, "language_code": "fr"})
    assert not refused(**{**again, "status": "replaced"})


def test_one_proposal_of_a_person_waits_for_each_text_and_language():
    waiting = proposal()
    again = row(contribution=waiting.contribution, author=waiting.author, origin="volunteer")

    assert refused(**again)
    assert not refused(**{**again, "author": make_participant()})


def test_a_machine_makes_one_text_of_each_version():
    made = machine_text()
    again = row(
        contribution=made.contribution,
        origin=Origin.MACHINE,
        status=TranslationStatus.REFUSED,
        source_digest=made.source_digest,
    )

    assert refused(**again)
    assert not refused(**{**again, "source_digest": "another"})


@pytest.mark.parametrize("text", ["Plain.", "Añil, ¿sí?\nTwo lines", "😀 e\u0301 \u202e", "  "])
def test_the_database_counts_the_same_digest(text):
    contribution = ContributionFactory(text=text)

    counted = Contribution.objects.annotate(counted=digest_in_database()).get(pk=contribution.pk)

    assert counted.counted == digest_of(contribution)


def test_the_digest_changes_with_the_text_and_with_the_language():
    assert len({digest("en", "one"), digest("es", "one"), digest("en", "two")}) == 3
