"""Making, using and withdrawing codes."""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from consultations.codes import writing
from consultations.codes.enums import CodeStatus
from consultations.codes.models import CodeSheet, EntryCode
from consultations.codes.refusals import (
    AlreadyAdmitted,
    CodeMissing,
    CodeNotOfSheet,
    CodeOfAnother,
    CodeSpent,
    CodeSpentBefore,
    CodeUnknown,
    CodeWithdrawn,
    NotSure,
    NumbersNotUnderstood,
    WrongNumberOfCodes,
)
from consultations.models import Admission, ConsultationPage
from consultations.rules import fresh, refuse_unless_open, spend
from partnership.cities.models import City
from partnership.people.models import Participant, Resident

MAKE = "consultations.make-codes"
USE = "consultations.use-code"
WITHDRAW = "consultations.withdraw-codes"
MOST_AT_A_TIME = 500
RANGE = re.compile(r"([0-9]{1,4})(?:-([0-9]{1,4}))?")


@dataclass(frozen=True)
class NewCodes:
    """A sheet, and its codes by number: the only time anybody sees them."""

    sheet: CodeSheet
    codes: tuple[tuple[int, str], ...]


@transaction.atomic
def make_codes(
    consultation: ConsultationPage,
    *,
    city: City,
    number: int,
    note: str = "",
    by: Resident,
    form_token: str | None,
) -> NewCodes:
    """Make so many codes for a city; only their digests are kept.

    The consultation's row is locked, so that two sheets never get one number.
    Raises WrongNumberOfCodes.
    """
    if not 1 <= number <= MOST_AT_A_TIME:
        raise WrongNumberOfCodes(MOST_AT_A_TIME)
    spend(form_token, MAKE)
    ConsultationPage.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    last = CodeSheet.objects.filter(consultation=consultation).aggregate(last=Max("number"))
    sheet = CodeSheet.objects.create(
        consultation=consultation,
        city=city,
        number=(last["last"] or 0) + 1,
        note=note.strip(),
        made_by=by,
    )
    codes = tuple((place, writing.new_code()) for place in range(1, number + 1))
    EntryCode.objects.bulk_create(
        EntryCode(sheet=sheet, number=place, digest=sheet.digest(code)) for place, code in codes
    )
    return NewCodes(sheet, codes)


@transaction.atomic
def use_code(
    consultation: ConsultationPage,
    *,
    code: str,
    participant: Participant | None,
    form_token: str | None,
) -> Admission:
    """Let in whoever has the code: an account, or for None somebody new without one.

    Compare-and-set on the code: of two who use it at once one is let in. Raises NotOpenYet,
    ConsultationClosed, CodeUnknown, CodeOfAnother, CodeWithdrawn, CodeSpent, AlreadyAdmitted.
    """
    consultation = fresh(consultation.pk)
    refuse_unless_open(consultation)
    found = _find(consultation, writing.read(code))
    if participant and Admission.objects.of(consultation, participant).exists():
        raise AlreadyAdmitted
    spend(form_token, USE)
    _use_up(found, otherwise=CodeSpent)
    return Admission.objects.create(
        consultation=consultation,
        participant=participant or _somebody_new(),
        city_id=found.sheet.city_id,
    )


def _use_up(code: EntryCode, *, otherwise: type[CodeSpent]) -> None:
    if code.status == CodeStatus.WITHDRAWN:
        raise CodeWithdrawn
    if not EntryCode.objects.unused().filter(pk=code.pk).update(status=CodeStatus.SPENT):
        raise otherwise


@transaction.atomic
def use_code_on_paper(consultation: ConsultationPage, code: str) -> City:
    """Use up the code on a sheet of paper, and return the city it is from.

    Compare-and-set, as above. Raises CodeMissing, CodeUnknown, CodeOfAnother, CodeWithdrawn and
    CodeSpentBefore.
    """
    if not code.strip():
        raise CodeMissing
    found = _find(consultation, writing.read(code))
    _use_up(found, otherwise=CodeSpentBefore)
    return found.sheet.city


@transaction.atomic
def give_code_back(consultation: ConsultationPage, code: str, *, city: City | None) -> None:
    """Let the code of a sheet that is taken out be used again.

    Nothing says which code a sheet had, so whoever takes it out reads the code from the paper.
    Raises CodeUnknown, CodeOfAnother, and CodeNotOfSheet for one that no sheet of this city had.
    """
    found = _find(consultation, writing.read(code))
    spent = EntryCode.objects.filter(pk=found.pk, status=CodeStatus.SPENT, sheet__city=city)
    if not spent.update(status=CodeStatus.UNUSED):
        raise CodeNotOfSheet


def _somebody_new() -> Participant:
    """A person without account or address: nothing stands for them but chance."""
    return Participant.objects.create(guest_digest=secrets.token_hex(32))


def _find(consultation: ConsultationPage, code: str) -> EntryCode:
    """The code among those of this consultation; it says so when it is another's."""
    if not code:
        raise CodeUnknown
    sheets = CodeSheet.objects.order_by("pk")
    own = _among(sheets.filter(consultation=consultation), code)
    if own is not None:
        return own
    if _among(sheets.exclude(consultation=consultation), code) is not None:
        raise CodeOfAnother
    raise CodeUnknown


def _among(sheets: Iterable[CodeSheet], code: str) -> EntryCode | None:
    digests = [sheet.digest(code) for sheet in sheets]
    return EntryCode.objects.filter(digest__in=digests).select_related("sheet__city").first()


@transaction.atomic
def withdraw_codes(sheet: CodeSheet, *, numbers: str) -> int:
    """Take back slips by their numbers, those that nobody has used yet.

    One statement, so that a code is either used or withdrawn. Returns how many are.
    Raises NumbersNotUnderstood.
    """
    codes = EntryCode.objects.unused().filter(sheet=sheet, number__in=read_numbers(numbers))
    return codes.update(status=CodeStatus.WITHDRAWN)


@transaction.atomic
def withdraw_sheet(sheet: CodeSheet, *, is_sure: bool) -> int:
    """Take back every code of a sheet that nobody has used yet; raises NotSure, else as above."""
    if not is_sure:
        raise NotSure
    return EntryCode.objects.unused().filter(sheet=sheet).update(status=CodeStatus.WITHDRAWN)


def read_numbers(text: str) -> set[int]:
    """Return the numbers somebody wrote: 4, 7-12. Raises NumbersNotUnderstood."""
    found: set[int] = set()
    for part in re.split(r"[,;\s]+", re.sub(r"(?<!\s)\s*[-\u2013]\s*", "-", text.strip())):
        match = RANGE.fullmatch(part)
        if match is None:
            raise NumbersNotUnderstood
        first, last = int(match[1]), int(match[2] or match[1])
        found |= set(range(first, last + 1))
    return found
