"""Whoever reads every table cannot put people and their anonymous answers together.

``attacks`` knows each person's own words, so it can count how many people it would have found:
by a value that two tables share, by the order of rows, by their times. The same attacks find
everybody as soon as one protection is taken away, which is what the controls show.
"""

import re
import secrets
from collections import Counter
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from consultations.asking import anonymous, mixing
from consultations.codes.services import make_codes, use_code
from consultations.enums import Participation, QuestionType
from consultations.following.models import Notice
from consultations.following.watching import watch
from consultations.models import Answer, ConsultationPage, Response
from consultations.official.models import AnswerWish
from consultations.official.services import tell_everybody
from consultations.services import ANSWER, ANSWER_ANONYMOUSLY, answer, vote
from consultations.taking_part import purpose_of
from partnership.outbox.models import OutgoingMail
from partnership.people import guests
from partnership.people.models import GuestContact, Participant, Resident
from partnership.people.tokens import issue
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    StatementFactory,
    make_consultation,
    make_participant,
    make_question,
)
from tests.factories.following import an_hour_later
from tests.factories.official import make_answer, sign_and_publish
from tests.factories.roadmap import cite, make_commitment

PEOPLE = 20
#: By chance an order of twenty has one person in the right place, and nine once in a million.
BY_CHANCE = 8

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def mails_keep_their_words(monkeypatch):
    monkeypatch.setattr("partnership.outbox.delivery.is_resting", lambda: True)


Truth = dict[str, int]  # whose words they are, by participant


def everybody_answers(consultation: ConsultationPage) -> Truth:
    """Each comes in, votes and answers, and leaves the traces that a visit leaves."""
    make_question(consultation, QuestionType.LONG_TEXT)
    statement = StatementFactory(consultation=consultation)
    codes = iter(_codes_for(consultation))
    truth: Truth = {}
    purpose = ANSWER_ANONYMOUSLY if consultation.is_anonymous else ANSWER
    for _number in range(PEOPLE):
        participant = _come_in(consultation, next(codes, ""))
        words = secrets.token_hex(8)
        vote(statement, participant=participant, choice="agree", form_token=None)
        answer(
            consultation,
            participant=participant,
            answers={"q1": words},
            language_code="en",
            form_token=issue(purpose),
        )
        truth[words] = participant.pk
    return truth


def _codes_for(consultation: ConsultationPage) -> list[str]:
    if not consultation.asks_for_codes:
        return []
    made = make_codes(
        consultation, city=city_pair()[0], number=PEOPLE, by=_staff(), form_token=None
    )
    return [code for _number, code in made.codes]


def _staff() -> Resident:
    return make_participant(is_staff=True).resident


def _come_in(consultation: ConsultationPage, code: str) -> Participant:
    if code:
        admission = use_code(consultation, code=code, participant=None, form_token=None)
        return admission.participant
    if consultation.takes_guests:
        return _come_in_from_a_mail(consultation)
    participant = make_participant()
    Resident.objects.filter(pk=participant.resident_id).update(last_login=timezone.now())
    return participant


def _come_in_from_a_mail(consultation: ConsultationPage) -> Participant:
    """A guest: a mail with a code, a session that knows who confirmed it, a kept address."""
    session = SessionStore()
    purpose = purpose_of(consultation)
    told = {"name": "Ana", "city": city_pair()[0], "language_code": "en"}
    email = f"{secrets.token_hex(8)}@example.org"
    guests.ask(session, guests.GuestDetails(email=email, **told), purpose=purpose)
    mail = OutgoingMail.objects.get(to=email)
    code = re.search(r"\d{4}-\d{4}", mail.text)[0]
    guest = guests.confirm(session, purpose=purpose, code=code)
    session.save()
    return guest


# The attacks ---------------------------------------------------------------------------------


def attacks(truth: Truth) -> dict[str, int]:
    """How many people each way of putting tables side by side finds; only those that find any."""
    said, found = _answers_with_everything(), {}
    words = {row["id"]: row["words_said"] for row in said}
    for model in apps.get_models(include_auto_created=True):
        for name in _pointing_to_people(model):
            rows = _rows_of(model, name)
            if model is Session:
                held = {
                    words: row["who"] for row in rows for words in truth if words in row["told"]
                }
                found["sessions: words"] = sum(truth[words] == who for words, who in held.items())
            for way, pairs in _ways(said, rows):
                right = {who for pk, who in pairs if truth.get(words[pk]) == who}
                found[f"{model._meta.label}: {way}"] = len(right)
    return {way: right for way, right in found.items() if right}


def _pointing_to_people(model: Any) -> Iterator[str]:
    """The columns of a table from which one gets to a participant."""
    if model is Participant:
        yield "id"
    if model is Resident:
        yield "resident"
    if model is OutgoingMail:
        yield "to"
    if model is Session:
        yield "session_data"
    for field in model._meta.concrete_fields:
        if field.related_model is Participant:
            yield field.attname


def _answers_with_everything() -> list[dict[str, Any]]:
    """The answers with everything a database says about them, and whose words they are."""
    rows = _everything(Response._meta.db_table)
    said = dict(Answer.objects.values_list("response_id", "value"))
    keys = {row["response_id"]: row for row in _everything(Answer._meta.db_table)}
    for row in rows:
        row["words_said"] = said[row["id"]]
        row |= {f"answer {name}": value for name, value in keys[row["id"]].items()}
    return rows


def _rows_of(model: Any, column: str) -> list[dict[str, Any]]:
    rows = _everything(model._meta.db_table)
    if column == "resident":
        people = dict(Participant.objects.values_list("resident_id", "pk"))
        return [{**row, "who": people[row["id"]]} for row in rows if row["id"] in people]
    if column == "to":
        people = dict(GuestContact.objects.values_list("email", "participant"))
        return [{**row, "who": people[row["to"]]} for row in rows if row["to"] in people]
    if column == "session_data":
        return _rows_of_guests(rows)
    return [{**row, "who": row[column]} for row in rows if row.get(column)]


def _rows_of_guests(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The sessions of guests, with what they hold."""
    told = {row["session_key"]: SessionStore().decode(row["session_data"]) for row in rows}
    return [
        {**row, "who": kept[guests.CONFIRMED]["participant"], "told": str(kept)}
        for row in rows
        if guests.CONFIRMED in (kept := told[row["session_key"]])
    ]


def _everything(table: str) -> list[dict[str, Any]]:
    """Every row with the columns a database keeps for itself, in the order they lie."""
    hidden = "xmin::text::bigint AS xmin, ctid::text AS place"
    if connection.vendor == "sqlite":
        hidden = "rowid AS place"
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {hidden}, own.* FROM "{table}" own')  # noqa: S608 - our tables
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for lies_at, row in enumerate(rows):
        row["lies at"] = lies_at
    return rows


def _ways(said: list[Any], rows: list[Any]) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Pairs of an answer's key and a person, by shared values, by order, by times."""
    for ours in said[0] if said else ():
        for theirs in rows[0] if rows else ():
            yield f"{ours} = {theirs}", _same(said, rows, ours, theirs)
    for ours in _orders(said):
        for theirs in _orders(rows):
            one, other = sorted(said, key=_by(ours)), _each_once(sorted(rows, key=_by(theirs)))
            pairs = [(row["id"], who) for row, who in zip(one, other, strict=False)]
            yield f"order of {ours} and of {theirs}", pairs


def _same(said: list[Any], rows: list[Any], ours: str, theirs: str) -> list[tuple[int, int]]:
    """What shares a value with one person's rows only: a value of many points to nobody."""
    known: dict[Any, set[int]] = {}
    for row in rows:
        if row[theirs] is not None and not isinstance(row[theirs], bool):
            known.setdefault(str(row[theirs]), set()).add(row["who"])
    ours_once = Counter(str(row[ours]) for row in said)
    shared = [(row["id"], str(row[ours])) for row in said if ours_once[str(row[ours])] == 1]
    pairs = [(pk, known.get(value, set())) for pk, value in shared]
    return [(pk, next(iter(who))) for pk, who in pairs if len(who) == 1]


def _orders(rows: list[Any]) -> list[str]:
    """The columns by which rows can be put in an order: keys, times, places, transactions."""
    if not rows:
        return []
    return [name for name in rows[0] if len({str(row[name]) for row in rows}) > 1]


def _by(name: str) -> Any:
    def key(row: dict[str, Any]) -> tuple[bool, Any]:
        value = row[name]
        is_number = isinstance(value, int | float)
        return (value is None, value if is_number else 0, "" if is_number else str(value))

    return key


def _each_once(rows: list[Any]) -> list[int]:
    return list(dict.fromkeys(row["who"] for row in rows))


# What they find ------------------------------------------------------------------------------


@pytest.mark.both
@pytest.mark.parametrize(
    "participation", [Participation.REGISTERED, Participation.OPEN, Participation.VERIFIED]
)
def test_nobody_is_found_among_anonymous_answers(participation):
    truth = everybody_answers(make_consultation(is_anonymous=True, participation=participation))
    mixing.mix_everything()

    found = attacks(truth)

    assert len(truth) == Response.objects.count() == PEOPLE
    assert {way: right for way, right in found.items() if right > BY_CHANCE} == {}


@pytest.mark.both
def test_nobody_is_found_by_having_been_told_what_became_of_it():
    consultation = make_consultation(is_anonymous=True)
    truth = everybody_answers(consultation)
    cite(make_commitment(), question=consultation.questions.get())
    watch()
    an_hour_later()
    ConsultationPage.objects.update(closes_at=timezone.now())
    sign_and_publish(make_answer(consultation, question=consultation.questions.get()).sheet)
    told = tell_everybody()
    mixing.mix_everything()

    found = attacks(truth)

    assert told == Notice.objects.count() == AnswerWish.objects.count() == PEOPLE
    assert {way: right for way, right in found.items() if right > BY_CHANCE} == {}


def test_control_ordinary_answers_are_found_at_once():
    truth = everybody_answers(make_consultation())

    found = attacks(truth)

    assert found["consultations.Response: participant_id = participant_id"] == PEOPLE


def test_control_an_answer_held_beside_an_address_gives_everybody_away():
    truth = everybody_answers(
        make_consultation(is_anonymous=True, participation=Participation.OPEN)
    )
    words = {who: said for said, who in truth.items()}
    for row in Session.objects.all():
        session = SessionStore(row.session_key)
        session["held"] = words[session[guests.CONFIRMED]["participant"]]
        session.save()

    found = attacks(truth)

    assert found["sessions: words"] == PEOPLE


def test_control_keys_in_a_row_give_everybody_away(monkeypatch):
    keys = count(1)
    for model in (Response, Answer):
        monkeypatch.setattr(model._meta.pk, "_get_default", lambda: next(keys), raising=False)

    found = attacks(everybody_answers(make_consultation(is_anonymous=True)))

    assert found["consultations.AnsweredMark: order of id and of participant_id"] == PEOPLE


def test_control_an_hour_gives_everybody_away(monkeypatch):
    monkeypatch.setattr(anonymous, "day_only", lambda instant: instant)

    found = attacks(everybody_answers(make_consultation(is_anonymous=True)))

    assert found["consultations.Vote: order of created_at and of created_at"] == PEOPLE


@pytest.mark.both
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only PostgreSQL notes it")
def test_control_until_they_are_mixed_postgresql_gives_everybody_away():
    truth = everybody_answers(make_consultation(is_anonymous=True))

    found = attacks(truth)

    assert found["consultations.AnsweredMark: order of xmin and of xmin"] == PEOPLE
