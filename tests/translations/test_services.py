"""Who may put words into another language, what counts, and who hears of it."""

from typing import Any

import pytest

from consultations.enums import PublicationStatus
from consultations.models import Contribution
from consultations.refusals import ReasonMissing, TextTooLong, WrongLanguage
from consultations.services import comment
from consultations.translations.enums import Origin, TranslationStatus
from consultations.translations.models import LONGEST_TRANSLATION, Translation
from consultations.translations.refusals import (
    AlreadyDecided,
    MachineTextUnchanged,
    OriginalChanged,
    SameAsOriginal,
    TooManyWaiting,
    TranslationEmpty,
    WordsNotThere,
    WrongTargetLanguage,
)
from consultations.translations.services import (
    PROPOSE,
    accept,
    correct_language,
    propose,
    refuse,
    translate,
)
from consultations.translations.words_of import digest_of
from partnership.outbox.models import OutgoingMail
from partnership.people.tokens import TokenAlreadySpent, issue
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_consultation,
    make_participant,
)
from tests.factories.people import ResidentFactory
from tests.factories.translations import TranslationFactory, machine_text, proposal

pytestmark = pytest.mark.django_db


def suggest(words: Any, text: str = "Aquí se acaba la acera.", **changed: Any) -> Translation:
    values = {
        "by": changed.pop("by", None) or ResidentFactory(),
        "language_code": "es",
        "text": text,
        "seen": digest_of(words),
        "form_token": issue(PROPOSE),
    }
    return propose(words, **{**values, **changed})


def staff() -> Any:
    return ResidentFactory(is_staff=True)


# In which language something is written ----------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aquí se acaba la acera y los niños van por la calzada.", "es"),
        ("The pavement ends here and the children walk on the road.", "en"),
        ("Sí", "en"),  # the page's language: nothing can be told
    ],
)
def test_the_language_of_a_comment_is_told_from_its_words(text, expected):
    written = comment(
        make_consultation(), participant=make_participant(), text=text, form_token=None
    )

    assert written.language_code == expected


def test_what_the_author_says_of_the_language_counts_more_than_a_guess():
    written = comment(
        make_consultation(),
        participant=make_participant(),
        text="The pavement ends here and the children walk on the road.",
        language_code="es",
        form_token=None,
    )

    assert written.language_code == "es"


def test_correcting_the_language_makes_a_translation_stale():
    shown = TranslationFactory()

    correct_language(shown.contribution, language_code="es")

    shown.refresh_from_db()
    assert shown.contribution.language_code == "es"
    assert not shown.is_current


def test_a_language_of_another_pair_is_refused():
    with pytest.raises(WrongLanguage):
        correct_language(ContributionFactory(), language_code="xx")


# Proposing ---------------------------------------------------------------------------------


def test_a_proposal_waits_and_says_who_made_it_of_what():
    contribution = ContributionFactory()
    neighbour = ResidentFactory()

    made = suggest(contribution, by=neighbour)

    assert (made.status, made.origin) == (TranslationStatus.PROPOSED, Origin.VOLUNTEER)
    assert made.author.resident == neighbour
    assert made.is_current


def test_an_author_who_translates_is_the_author_and_staff_are_staff():
    contribution = ContributionFactory()

    own = suggest(contribution, by=contribution.participant.resident)
    of_staff = suggest(contribution, by=staff())

    assert (own.origin, of_staff.origin) == (Origin.AUTHOR, Origin.STAFF)


def test_a_second_proposal_of_a_person_takes_the_place_of_the_first():
    contribution, neighbour = ContributionFactory(), ResidentFactory()
    suggest(contribution, "Primero.", by=neighbour)

    suggest(contribution, "Segundo.", by=neighbour)

    assert Translation.objects.get().text == "Segundo."


def test_the_same_form_sent_twice_is_one_proposal():
    contribution, neighbour, token = ContributionFactory(), ResidentFactory(), issue(PROPOSE)
    suggest(contribution, by=neighbour, form_token=token)

    with pytest.raises(TokenAlreadySpent):
        suggest(contribution, by=neighbour, form_token=token)


@pytest.mark.parametrize("status", ["draft", "pending", "hidden", "withdrawn", "erased"])
def test_only_words_that_readers_see_are_translated_by_neighbours(status):
    with pytest.raises(WordsNotThere):
        suggest(ContributionFactory(publication_status=status))


def test_words_of_a_page_that_was_taken_down_are_not_translated():
    contribution = ContributionFactory()
    contribution.consultation.unpublish()

    with pytest.raises(WordsNotThere):
        suggest(Contribution.objects.get(pk=contribution.pk))


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"language_code": "en"}, WrongTargetLanguage),
        ({"language_code": "xx"}, WrongTargetLanguage),
        ({"text": "\u200b "}, TranslationEmpty),
        ({"text": "x" * (LONGEST_TRANSLATION + 1)}, TextTooLong),
        ({"text": "  The  original. "}, SameAsOriginal),
        ({"seen": "another version"}, OriginalChanged),
    ],
)
def test_what_is_no_translation_is_refused(changed, refusal):
    contribution = ContributionFactory(text="The original.")

    with pytest.raises(refusal):
        suggest(contribution, **changed)


def test_a_machines_text_never_passes_for_a_persons():
    made = machine_text(text="Texto de una máquina.")

    with pytest.raises(MachineTextUnchanged):
        suggest(made.contribution, "Texto  de una máquina.\n")
    with pytest.raises(MachineTextUnchanged):
        translate(
            made.contribution,
            by=staff(),
            language_code="es",
            text=made.text,
            seen=made.source_digest,
        )

    assert Translation.objects.get().origin == Origin.MACHINE


def test_a_machines_text_that_a_person_corrected_is_that_persons():
    made = machine_text(text="Texto de una máquina.")

    of_neighbour = suggest(made.contribution, "Texto de una persona.")
    of_staff = translate(
        made.contribution,
        by=staff(),
        language_code="es",
        text="Texto corregido.",
        seen=made.source_digest,
    )

    assert (of_neighbour.origin, of_staff.origin) == (Origin.VOLUNTEER, Origin.STAFF)


def test_one_person_cannot_bury_the_moderators(monkeypatch):
    monkeypatch.setattr("consultations.translations.services.MOST_WAITING", 2)
    consultation, neighbour = make_consultation(), ResidentFactory()
    comments = [ContributionFactory(consultation=consultation) for _number in range(3)]
    for contribution in comments[:2]:
        suggest(contribution, by=neighbour)

    with pytest.raises(TooManyWaiting):
        suggest(comments[2], by=neighbour)

    assert suggest(comments[0], "Otra vez.", by=neighbour).text == "Otra vez."


# Deciding ----------------------------------------------------------------------------------


def test_accepting_shows_it_in_place_of_the_last_and_tells_the_neighbour():
    shown = TranslationFactory()
    waiting = proposal(contribution=shown.contribution, author=make_participant(language_code="es"))

    accept(waiting, by=staff(), seen=waiting.source_digest)

    shown.refresh_from_db()
    mail = OutgoingMail.objects.get()
    assert (waiting.status, waiting.origin) == (TranslationStatus.ACCEPTED, Origin.VOLUNTEER)
    assert shown.status == TranslationStatus.REPLACED
    assert (mail.to, mail.language_code) == (waiting.author.resident.email, "es")
    assert f"#comment-{waiting.contribution_id}" in mail.text


def test_a_proposal_that_the_moderator_rewrote_is_the_staffs():
    waiting = proposal()

    accept(waiting, by=staff(), seen=waiting.source_digest, text="Con otras palabras.")

    waiting.refresh_from_db()
    assert (waiting.text, waiting.origin) == ("Con otras palabras.", Origin.STAFF)


def test_refusing_gives_the_neighbour_the_reason_in_their_language():
    waiting = proposal(author=make_participant(language_code="es"))

    refuse(waiting, by=staff(), reason="No dice lo mismo.")

    waiting.refresh_from_db()
    mail = OutgoingMail.objects.get()
    assert waiting.status == TranslationStatus.REFUSED
    assert mail.language_code == "es"
    assert "No dice lo mismo." in mail.text
    assert waiting.text in mail.text


def test_nothing_is_refused_without_a_reason():
    with pytest.raises(ReasonMissing):
        refuse(proposal(), by=staff(), reason=" \u200b")


def test_of_two_decisions_the_first_counts():
    waiting = proposal()
    seen_by_another = Translation.objects.get(pk=waiting.pk)
    accept(waiting, by=staff(), seen=waiting.source_digest)

    with pytest.raises(AlreadyDecided):
        refuse(seen_by_another, by=staff(), reason="Late.")
    with pytest.raises(AlreadyDecided):
        accept(seen_by_another, by=staff(), seen=waiting.source_digest)

    assert OutgoingMail.objects.count() == 1
    assert Translation.objects.accepted().count() == 1


def test_what_the_moderator_read_must_be_what_is_written_now():
    waiting = proposal()
    Contribution.objects.update(text="Something else.")

    with pytest.raises(OriginalChanged):
        accept(waiting, by=staff(), seen=waiting.source_digest)

    assert not Translation.objects.accepted().exists()


def test_a_proposal_that_was_rewritten_meanwhile_is_not_accepted_unread():
    waiting = proposal()
    read_by_moderator = Translation.objects.get(pk=waiting.pk)
    suggest(waiting.contribution, "Otra cosa.", by=waiting.author.resident)

    with pytest.raises(AlreadyDecided):
        accept(read_by_moderator, by=staff(), seen=waiting.source_digest)


# By the staff ------------------------------------------------------------------------------


def test_staff_translate_before_readers_see_the_comment():
    pending = ContributionFactory(publication_status=PublicationStatus.PENDING)

    made = translate(pending, by=staff(), language_code="es", text="Hola.", seen=digest_of(pending))

    assert (made.status, made.origin) == (TranslationStatus.ACCEPTED, Origin.STAFF)


def test_the_same_words_again_confirm_a_stale_translation():
    shown = TranslationFactory()
    Contribution.objects.update(text="Something a bit different.")
    contribution = Contribution.objects.get()

    translate(
        contribution,
        by=staff(),
        language_code="es",
        text=shown.text,
        seen=digest_of(contribution),
    )

    (confirmed,) = Translation.objects.all()
    assert confirmed.is_current
    assert confirmed.origin == Origin.VOLUNTEER


def test_an_accepted_translation_of_a_statement_is_its_wording():
    statement = StatementFactory(text_en="Close the street.", text_es="")
    waiting = suggest(statement, "Cortar la calle.")

    accept(waiting, by=staff(), seen=waiting.source_digest)

    statement.refresh_from_db()
    assert statement.text_es == "Cortar la calle."


def test_a_statement_has_room_for_a_statement_only():
    statement = StatementFactory(text_en="Close the street.", text_es="")

    with pytest.raises(TextTooLong, match="180"):
        suggest(statement, "x" * 181)
