"""Many at once: one translation is shown, one mail is written, whoever was first."""

import pytest
from django.db import IntegrityError

from consultations.translations.enums import TranslationStatus
from consultations.translations.models import Translation
from consultations.translations.refusals import AlreadyDecided
from consultations.translations.services import accept, keep_machine_text, propose, translate
from consultations.translations.words_of import digest_of
from partnership.outbox.models import OutgoingMail
from tests.factories.consultations import ContributionFactory
from tests.factories.people import ResidentFactory
from tests.factories.translations import proposal

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]

TIMES = 8


def failures(outcomes: list[object]) -> list[object]:
    return [outcome for outcome in outcomes if isinstance(outcome, Exception)]


def test_many_moderators_accepting_one_proposal_write_one_mail(run_in_threads):
    waiting, moderator = proposal(), ResidentFactory(is_staff=True)

    outcomes = run_in_threads(
        lambda number: accept(
            Translation.objects.get(pk=waiting.pk), by=moderator, seen=waiting.source_digest
        ),
        times=TIMES,
    )

    assert [type(outcome) for outcome in failures(outcomes)] == [AlreadyDecided] * (TIMES - 1)
    assert OutgoingMail.objects.count() == 1


def test_many_moderators_accepting_many_proposals_show_one_of_them(run_in_threads):
    contribution, moderator = ContributionFactory(), ResidentFactory(is_staff=True)
    waiting = [proposal(contribution=contribution) for _number in range(TIMES)]

    outcomes = run_in_threads(
        lambda number: accept(waiting[number], by=moderator, seen=waiting[number].source_digest),
        times=TIMES,
    )

    assert failures(outcomes) == []
    assert Translation.objects.accepted().count() == 1
    assert Translation.objects.filter(status=TranslationStatus.REPLACED).count() == TIMES - 1


def test_with_the_lock_off_accepting_many_proposals_fails(run_in_threads, monkeypatch):
    """The control: without the lock two rows would be shown, and the table refuses it."""
    from django.db import connection

    if connection.vendor == "sqlite":
        pytest.skip("SQLite writes one transaction after the other.")
    monkeypatch.setattr(
        "consultations.translations.services.lock",
        lambda words: type(words).objects.get(pk=words.pk),
    )
    contribution, moderator = ContributionFactory(), ResidentFactory(is_staff=True)
    waiting = [proposal(contribution=contribution) for _number in range(TIMES)]

    outcomes = run_in_threads(
        lambda number: accept(waiting[number], by=moderator, seen=waiting[number].source_digest),
        times=TIMES,
    )

    assert IntegrityError in {type(outcome) for outcome in failures(outcomes)}
    assert Translation.objects.accepted().count() == 1


def test_a_person_sending_many_times_at_once_has_one_proposal(run_in_threads):
    contribution, neighbour = ContributionFactory(), ResidentFactory()

    outcomes = run_in_threads(
        lambda number: propose(
            contribution,
            by=neighbour,
            language_code="es",
            text=f"Texto {number}.",
            seen=digest_of(contribution),
            form_token=None,
        ),
        times=TIMES,
    )

    assert failures(outcomes) == []
    assert Translation.objects.count() == 1


def test_a_machine_and_a_person_at_once_leave_the_person_s(run_in_threads):
    contribution, moderator = ContributionFactory(), ResidentFactory(is_staff=True)
    seen = digest_of(contribution)

    def work(number: int) -> object:
        if number % 2:
            return keep_machine_text(
                contribution, language_code="es", text="Máquina.", source_digest=seen
            )
        return translate(contribution, by=moderator, language_code="es", text="Persona.", seen=seen)

    outcomes = run_in_threads(work, times=TIMES)

    assert failures(outcomes) == []
    assert Translation.objects.accepted().get().text == "Persona."
