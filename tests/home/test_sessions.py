"""The notes of a session in a consultation: once each, of the event, and back to it."""

import csv
import io
import re
import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import PageViewRestriction

from consultations.conversation.services import support_comment
from consultations.enums import Channel, ConsultationState, ContributionKind, PublicationStatus
from consultations.exports.services import export
from consultations.models import ConsultationPage, Contribution, PersonTakingPart
from consultations.refusals import CommentTooLong
from consultations.roadmap.voices import people_behind
from consultations.services import hide_contribution
from consultations.sessions.notes import SessionNote
from consultations.sessions.refusals import (
    ConsultationAnswered,
    ConsultationNotPublic,
    SessionElsewhere,
)
from consultations.sessions.services import take_notes
from consultations.translations.services import propose
from consultations.translations.words_of import digest_of
from events.reports.services import hand_over_notes
from partnership.ledger.models import Quote
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    ContributionFactory,
    make_consultation,
    make_participant,
)
from tests.factories.events import make_past_event
from tests.factories.official import make_answer, sign_and_publish
from tests.factories.people import ResidentFactory
from tests.factories.reports import add_note, make_photo, make_report
from tests.factories.roadmap import cite, make_commitment

pytestmark = pytest.mark.django_db


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def make_session(*notes, **fields):
    """A published report of a charrette, with these notes for an open consultation."""
    report = make_report(make_past_event(title="Quay day"), consultation=make_consultation())
    for text in notes:
        add_note(report, text, **fields)
    return report


def note(text="More trees.", **fields):
    values = {"key": uuid.uuid4(), "written_at": timezone.now(), "language_code": "en"}
    return SessionNote(text=text, **{**values, **fields})


def test_notes_become_contributions_of_the_event_and_of_nobody():
    report = make_session("More trees.", city=city_pair()[0])

    assert hand_over_notes(report) == 1

    found = Contribution.objects.get()
    assert (found.event, found.participant, found.channel) == (report.event, None, Channel.SESSION)
    assert (found.kind, found.text, found.language_code) == (
        ContributionKind.IDEA,
        "More trees.",
        "en",
    )
    assert (found.city.code, found.created_at) == ("alder", report.event.ends_at)
    assert found.publication_status == PublicationStatus.PUBLISHED
    assert not PersonTakingPart.objects.exists()


@pytest.mark.both
def test_saying_it_again_counts_nothing_twice():
    report = make_session("More trees.", "Fewer cars.")

    assert [hand_over_notes(report) for _time in range(3)] == [2, 2, 2]

    report.refresh_from_db()
    assert (Contribution.objects.count(), report.notes_taken) == (2, 2)
    assert Contribution.objects.filter(edited_at=None).count() == 2


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_ten_who_save_at_once_count_every_note_once(run_in_threads):
    report = make_session("More trees.", "Fewer cars.")

    answers = run_in_threads(lambda _number: hand_over_notes(report), times=10)

    assert answers == [2] * 10
    assert Contribution.objects.count() == 2


@pytest.mark.both
def test_the_table_takes_a_note_once_and_one_author_only():
    report = make_session("More trees.")
    hand_over_notes(report)
    found = Contribution.objects.get()
    same = {"consultation": found.consultation, "language_code": "en", "text": "Again"}
    session = {"event": report.event, "session_key": found.session_key}
    wrong = (
        session,
        {"event": report.event},
        {},
        {"event": report.event, "session_key": uuid.uuid4(), "participant": make_participant()},
    )

    for values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Contribution.objects.create(**same, **values)


def test_the_language_is_told_from_the_text_when_nobody_said_it():
    event = make_past_event()
    words = "Queremos más árboles y menos coches en la calle de la escuela."

    take_notes(make_consultation().pk, event_id=event.pk, notes=[note(words, language_code="")])

    assert Contribution.objects.get().language_code == "es"


def test_new_words_replace_the_old_and_a_note_that_is_gone_is_withdrawn():
    report = make_session("More trees.", "Fewer cars.")
    hand_over_notes(report)
    first, second = report.notes.all()
    first.text = "More trees, and benches."
    first.save()
    report.notes.filter(pk=second.pk).delete()

    assert hand_over_notes(report) == 1

    changed = Contribution.objects.get(session_key=first.key)
    assert changed.text == "More trees, and benches."
    assert [entry.text for entry in changed.earlier_wordings.all()] == ["More trees."]
    gone = Contribution.objects.get(session_key=second.key)
    assert gone.publication_status == PublicationStatus.WITHDRAWN


def test_what_a_moderator_has_hidden_stays_hidden_and_nobody_is_written_to(mailoutbox):
    report = make_session("More trees.")
    hand_over_notes(report)
    staff = ResidentFactory(is_staff=True)
    hide_contribution(Contribution.objects.get(), by=staff, reason="A name is in it.")

    assert hand_over_notes(report) == 0

    assert Contribution.objects.get().publication_status == PublicationStatus.HIDDEN
    assert mailoutbox == []


def test_notes_are_refused_where_they_cannot_stand():
    event, taken = make_past_event(), [note()]
    answered = make_consultation(
        opens_at=timezone.now() - timedelta(days=9),
        closes_at=timezone.now() - timedelta(days=1),
        stored_state=ConsultationState.ANSWERED,
    )
    hidden, first, second = make_consultation(live=False), make_consultation(), make_consultation()
    take_notes(first.pk, event_id=event.pk, notes=taken)
    other = make_past_event()

    for consultation, holder, refusal in (
        (answered, other, ConsultationAnswered),
        (hidden, other, ConsultationNotPublic),
        (second, event, SessionElsewhere),
    ):
        with pytest.raises(refusal):
            take_notes(consultation.pk, event_id=holder.pk, notes=taken)
    with pytest.raises(SessionElsewhere):
        take_notes(None, event_id=event.pk, notes=taken)
    with pytest.raises(CommentTooLong):
        take_notes(first.pk, event_id=other.pk, notes=[note("x" * 2001)])
    assert take_notes(None, event_id=other.pk, notes=taken) == 0


def test_readers_see_the_session_and_find_the_way_back(client):
    report = make_session("More trees.", drawing=make_photo("A street with trees"))
    hand_over_notes(report)
    consultation = report.consultation

    page = client.get(consultation.url_in("en")).content.decode()
    back = client.get(report.event.url_in("en")).content.decode()

    assert "People at a session" in page
    assert f'<a href="{report.event.url_in("en")}" class="chip chip-shared">' in page
    assert 'alt="A street with trees"' in page
    assert f'href="{consultation.url_in("en")}#conversation"' in back
    assert "Read the 1 note of this session" in back
    spanish = client.get(consultation.url_in("es")).content.decode()
    assert "Gente en una sesión" in spanish
    assert 'lang="en" dir="auto"><p>More trees.' in spanish


def test_what_was_said_at_a_session_is_found_by_the_name_of_the_session(client):
    report = make_session("More trees.")
    hand_over_notes(report)

    found = client.get("/en/search/?q=trees").content.decode()

    assert f"Said at “{report.event.title}”" in found


@pytest.mark.parametrize("closed", ["restricted", "not live"])
def test_a_session_whose_page_is_not_for_everybody_is_not_named(client, closed):
    report = make_session("More trees.")
    hand_over_notes(report)
    if closed == "restricted":
        PageViewRestriction.objects.create(page=report.event, restriction_type="login")
    else:
        report.event.unpublish()

    page = client.get(report.consultation.url_in("en")).content.decode()
    found = client.get("/en/search/?q=trees").content.decode()

    assert "People at a session" in page
    assert "Said at a session" in found
    assert report.event.title not in page + found


@pytest.mark.parametrize("many", [1, 3])
def test_the_conversation_costs_the_same_for_one_drawing_and_three(
    client, django_assert_num_queries, many
):
    report = make_session()
    for number in range(many):
        add_note(report, f"Drawing {number}", drawing=make_photo())
    hand_over_notes(report)
    client.get(report.consultation.url_in("en") + "?other")  # the renditions are made

    with django_assert_num_queries(14):
        page = client.get(report.consultation.url_in("en")).content.decode()

    assert page.count("<figure") == many


def test_people_support_translate_and_answer_them_like_any_other():
    report = make_session("More trees.")
    hand_over_notes(report)
    found = Contribution.objects.get()
    person = make_participant()

    support_comment(found, participant=person, supports=True)
    reply = ContributionFactory(consultation=found.consultation, parent=found)
    propose(
        found,
        by=person.resident,
        language_code="es",
        text="Más árboles.",
        seen=digest_of(found),
        form_token=None,
    )

    found.refresh_from_db()
    assert (found.support_count, reply.parent, found.translations.count()) == (1, found, 1)


@pytest.mark.both
def test_the_export_names_the_channel_and_the_session():
    report = make_session("More trees.")
    hand_over_notes(report)
    ContributionFactory(consultation=report.consultation, text="From home.")

    for table in ("comments", "words"):
        made = export(report.consultation, file_format="csv", tables=[table])
        data = b"".join(made.pieces).decode("utf-8-sig")
        keys, *rows = csv.reader(io.StringIO(data, newline=""))
        by_text = {row[keys.index("text")]: dict(zip(keys, row, strict=True)) for row in rows}
        told = {
            text: (row["channel"], row["session"])
            for text, row in by_text.items()
            if row["channel"] in Channel.values
        }
        assert told == {"More trees.": ("session", "quay-day"), "From home.": ("web", "")}


def test_a_session_is_no_person_behind_a_roadmap():
    report = make_session("More trees.")
    hand_over_notes(report)
    commitment = make_commitment()
    cite(commitment, contribution=Contribution.objects.get())

    assert people_behind(commitment.roadmap) == 0


def test_words_of_a_note_that_goes_are_quoted_no_longer_in_what_was_signed():
    report = make_session("More trees.", "A ramp.")
    hand_over_notes(report)
    ConsultationPage.objects.update(closes_at=timezone.now() - timedelta(days=1))
    consultation = ConsultationPage.objects.get()
    for said in Contribution.objects.all():
        answered = make_answer(consultation, contribution=said)
    request = sign_and_publish(answered.sheet)
    report.notes.filter(text="More trees.").delete()

    hand_over_notes(report)

    request.refresh_from_db()
    assert [quote.text for quote in Quote.objects.all()] == ["A ramp."]
    assert request.is_intact
