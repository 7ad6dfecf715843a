"""Keeping answers: what was filled in, what is not finished yet, what came on paper."""

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from consultations.answers import Given, checked_answers
from consultations.codes.services import give_code_back, use_code_on_paper
from consultations.enums import Act, Channel, ConsultationState
from consultations.models import (
    Answer,
    ConsultationPage,
    Draft,
    PersonTakingPart,
    Question,
    Response,
)
from consultations.refusals import (
    ConsultationClosed,
    DraftTooLong,
    NothingKept,
    NotOpenYet,
    SheetKnown,
    SheetNumberMissing,
    TextTooLong,
    WrongLanguage,
)
from consultations.rules import fresh, refuse_unless_allowed, spend
from consultations.snapshots.models import ResultSnapshot
from consultations.snapshots.refusals import FinalResultsStand
from consultations.speaking.rules import ONESELF, Voice, checked_voice
from partnership.cities.models import City
from partnership.outbox.services import post
from partnership.pages.languages import CODES, known_or_default
from partnership.people.models import Participant, Resident
from partnership.serving import public_changed

PAPER = "consultations.paper"
#: As many characters as a long form of long texts.
LONGEST_DRAFT = 60_000
LONGEST_SHEET = 20
#: Zeros before a number; those within one, or behind its point, tell sheets apart.
LEADING_ZEROS = re.compile(r"(?<![0-9.,])0+(?=[0-9])")

Typed = dict[str, list[str]]


def keep_answers(response: Response, values: Mapping[Question, Given]) -> None:
    """Write what was answered in place of what this form answered before."""
    response.answers.all().delete()
    write_answers(response, values)


def write_answers(response: Response, values: Mapping[Question, Given]) -> None:
    """Write what was answered on a form that has no answers yet."""
    Answer.objects.bulk_create(
        Answer(response=response, question=question, **each._asdict())
        for question, each in values.items()
    )


@transaction.atomic
def save_draft(consultation: ConsultationPage, *, participant: Participant, typed: Typed) -> Draft:
    """Keep what was typed, right or wrong, for this person to go on with; one draft each.

    Raises DraftTooLong, NothingKept, and what answering now would raise.
    """
    consultation = fresh(consultation.pk)
    refuse_unless_allowed(consultation, Act.ANSWER)
    if consultation.is_anonymous:
        raise NothingKept
    if sum(len(value) for values in typed.values() for value in values) > LONGEST_DRAFT:
        raise DraftTooLong
    draft, _is_new = Draft.objects.update_or_create(
        consultation=consultation,
        participant=participant,
        defaults={"typed": typed, "saved_at": timezone.now()},
    )
    return draft


def send_receipt(response: Response, person: Participant) -> None:
    """Write the code to whoever asked for it, in their own language."""
    code = known_or_default(person.language_code)
    page = response.consultation
    post(
        "consultation_receipt",
        to=person.email,
        language_code=code,
        context={
            "name": person.get_short_name(),
            "consultation": page,
            "receipt": response.receipt,
            "url": f"{settings.BASE_URL}{page.url_in(code)}",
        },
        about=response,
    )


@transaction.atomic
def enter_paper(
    consultation: ConsultationPage,
    *,
    by: Resident,
    sheet: str,
    city: City | None,
    language_code: str,
    answers: Mapping[str, Any],
    voice: Voice = ONESELF,
    code: str = "",
    corrects: bool = False,
    form_token: str | None,
) -> Response:
    """Count one sheet of paper; it can be typed in after the close, until the city has answered.

    A sheet counts once: its number is unique, however it is written, and the constraint decides
    between two people who type it at once. Once final results are published it waits for a
    correction, and ``corrects`` says that one is meant. Where everybody has one code from the
    city, the sheet uses it up and counts for that city. Raises SheetKnown, FinalResultsStand,
    what answering raises, and what ``use_code_on_paper`` raises.
    """
    consultation = fresh(consultation.pk)
    _refuse_before_and_after(consultation)
    if language_code not in CODES:
        raise WrongLanguage
    values = checked_answers(consultation.questions.prefetch_related("options"), answers)
    if not corrects:
        _refuse_what_is_final(consultation.pk)
    # An organisation would tell whose an anonymous sheet is.
    voice = ONESELF if consultation.is_anonymous else voice
    spend(form_token, PAPER)
    if consultation.asks_for_codes:
        city = use_code_on_paper(consultation, code)
    told = {"city": city, "language_code": language_code}
    told |= checked_voice(voice, is_on_paper=True)
    response = _new_sheet(consultation, _as_numbered(sheet), by, told)
    keep_answers(response, values)
    PersonTakingPart.objects.create(consultation=consultation, city=city)
    public_changed()
    return response


def _refuse_before_and_after(consultation: ConsultationPage) -> None:
    if consultation.state == ConsultationState.FORTHCOMING:
        raise NotOpenYet
    if not consultation.live or consultation.state == ConsultationState.ANSWERED:
        raise ConsultationClosed


def _refuse_what_is_final(consultation_id: int) -> None:
    """Raise FinalResultsStand where a sheet would change what is published for good.

    The row is locked, as ``freeze`` locks it: what is published meanwhile is seen here, or the
    sheet there.
    """
    ConsultationPage.objects.select_for_update(of=("self",)).get(pk=consultation_id)
    if ResultSnapshot.objects.filter(consultation=consultation_id).exists():
        raise FinalResultsStand


def _as_numbered(sheet: str) -> str:
    """The number as everybody would write it: "a  012" is sheet "A 12" and no other one."""
    return LEADING_ZEROS.sub("", " ".join(sheet.upper().split()))


def _new_sheet(
    consultation: ConsultationPage, sheet: str, by: Resident, told: dict[str, Any]
) -> Response:
    """Compare and set: the row is made unless there is one of this number."""
    if not sheet:
        raise SheetNumberMissing
    if len(sheet) > LONGEST_SHEET:  # capitals can be longer: ß becomes SS
        raise TextTooLong(longest=LONGEST_SHEET, field="sheet")
    response, is_new = Response.objects.get_or_create(
        consultation=consultation,
        channel=Channel.PAPER,
        sheet=sheet,
        defaults={**told, "entered_by": by},
    )
    if not is_new:
        raise SheetKnown(response)
    return response


def sheets_of(person: Resident) -> Q:
    """Those this person may take out: what they or somebody of their cities typed in.

    One that nobody of a city stands for (any more) is everybody's who may type in there.
    """
    if person.is_superuser:
        return Q()
    colleagues = Resident.objects.filter(edits_for__in=person.edits_for.all()).values("pk")
    of_a_city = Resident.objects.exclude(edits_for=None).values("pk")
    nobodys = Q(entered_by=None) | ~Q(entered_by__in=of_a_city)
    return nobodys | Q(entered_by=person) | Q(entered_by__in=colleagues)


@transaction.atomic
def take_out_sheet(response: Response, *, code: str = "", corrects: bool = False) -> None:
    """Take a sheet back that was typed in wrongly, so that it can be typed in again.

    The row is locked first: of two who do it at once, one finds nothing left to do. With its
    ``code`` that can be used again, too. Raises FinalResultsStand, as for a sheet that comes
    later, and what ``give_code_back`` raises.
    """
    if not corrects:
        _refuse_what_is_final(response.consultation_id)
    sheets = Response.objects.select_for_update(of=("self",)).filter(channel=Channel.PAPER)
    found = sheets.filter(pk=response.pk).first()
    if found is None:
        return
    if code.strip():
        give_code_back(found.consultation, code, city=found.city)
    people = PersonTakingPart.objects.filter(
        consultation_id=found.consultation_id, participant=None, city=found.city
    )
    PersonTakingPart.objects.filter(pk__in=list(people.values_list("pk", flat=True)[:1])).delete()
    found.delete()
    public_changed()
