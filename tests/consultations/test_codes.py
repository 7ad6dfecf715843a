"""Codes on paper: made by a city, printed once, each lets one person in for that city."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import serializers

from consultations.codes import writing
from consultations.codes.enums import CodeStatus
from consultations.codes.models import CodeSheet, EntryCode
from consultations.codes.querysets import EntryCodeQuerySet
from consultations.codes.refusals import (
    AlreadyAdmitted,
    CodeOfAnother,
    CodeSpent,
    CodeUnknown,
    CodeWithdrawn,
    NotSure,
    NumbersNotUnderstood,
    WrongNumberOfCodes,
)
from consultations.codes.services import (
    MAKE,
    MOST_AT_A_TIME,
    NewCodes,
    make_codes,
    read_numbers,
    use_code,
    withdraw_codes,
    withdraw_sheet,
)
from consultations.enums import Participation
from consultations.models import (
    Admission,
    ConsultationPage,
    PersonTakingPart,
    Vote,
)
from consultations.refusals import CodeNeeded, ConsultationClosed, NotOpenYet
from consultations.services import comment, vote
from partnership.people.models import Participant
from partnership.people.tokens import TokenAlreadySpent, issue
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    ResidentOfFactory,
    StatementFactory,
    make_consultation,
    make_participant,
)

pytestmark = pytest.mark.django_db


def verified(**fields: Any) -> ConsultationPage:
    return make_consultation(participation=Participation.VERIFIED, **fields)


def made(consultation: ConsultationPage, number: int = 2, **changed: Any) -> NewCodes:
    given: dict[str, Any] = {"city": city_pair()[1], "by": ResidentOfFactory(), "form_token": None}
    return make_codes(consultation, number=number, **{**given, **changed})


def use(consultation: ConsultationPage, code: str, **changed: Any) -> Admission:
    given: dict[str, Any] = {"participant": None, "form_token": None}
    return use_code(consultation, code=code, **{**given, **changed})


# Reading what was typed ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "K7TM-4XRD-92H6",
        "k7tm4xrd92h6",
        " k7tm 4xrd.92h6 ",
        "K7TM-4XRO-9ZHG",
        "K7TM\u20114XR0\u20119zhg",
        "\uff2b7TM4XRD92H6",
    ],
)
def test_what_looks_alike_is_the_same_code(typed):
    assert writing.read(typed) == "K7TM4XRD92H6"


@pytest.mark.parametrize(
    "typed", ["", "K7TM-4XRD", "K7TM-4XRD-92H6-9", "ÑÑÑÑ-ÑÑÑÑ-ÑÑÑÑ", "\x00" * 12]
)
def test_what_is_no_code_is_read_as_nothing(typed):
    assert writing.read(typed) == ""


def test_no_sign_of_a_code_stands_for_another_one():
    signs = {chr(sign) for sign in writing.LOOK_ALIKES}

    assert not signs & set(writing.ALPHABET)
    assert set(writing.LOOK_ALIKES.values()) <= {*writing.ALPHABET}
    assert len(set(writing.ALPHABET)) == len(writing.ALPHABET) == 23


# Making --------------------------------------------------------------------------------------


@pytest.mark.both
def test_only_digests_are_kept_and_every_sheet_has_a_salt_of_its_own():
    consultation = verified()
    first, second = made(consultation), made(consultation)

    stored = serializers.serialize("json", [*EntryCode.objects.all(), *CodeSheet.objects.all()])

    for _number, code in (*first.codes, *second.codes):
        assert code not in stored
        assert writing.written(code) not in stored
    assert first.sheet.digest("K7TM4XRD92H6") != second.sheet.digest("K7TM4XRD92H6")
    assert (first.sheet.number, second.sheet.number) == (1, 2)


@pytest.mark.parametrize("number", [0, -1, MOST_AT_A_TIME + 1])
def test_none_and_too_many_are_refused(number):
    with pytest.raises(WrongNumberOfCodes):
        made(verified(), number)


@pytest.mark.both
def test_the_same_form_makes_codes_once():
    consultation, token = verified(), issue(MAKE)
    made(consultation, form_token=token)

    with pytest.raises(TokenAlreadySpent):
        made(consultation, form_token=token)

    assert CodeSheet.objects.count() == 1


# Using ---------------------------------------------------------------------------------------


@pytest.mark.both
def test_a_code_lets_somebody_without_an_account_in_for_its_city():
    consultation = verified()
    codes = made(consultation).codes

    admission = use(consultation, writing.written(codes[0][1]).lower())
    own = vote(
        StatementFactory(consultation=consultation),
        participant=admission.participant,
        choice="agree",
        form_token=None,
    )

    assert admission.city == own.city == city_pair()[1]
    assert admission.participant.is_guest
    assert PersonTakingPart.objects.get().city == city_pair()[1]
    assert sorted(EntryCode.objects.values_list("status", flat=True)) == ["spent", "unused"]


@pytest.mark.both
def test_an_account_with_a_code_counts_for_the_city_of_the_code():
    consultation, participant = verified(), make_participant(city_pair()[0])
    use(consultation, made(consultation).codes[0][1], participant=participant)

    said = comment(consultation, participant=participant, text="More shade.", form_token=None)

    assert said.city == city_pair()[1]


def test_without_a_code_nobody_takes_part():
    consultation = verified()
    statement, participant = StatementFactory(consultation=consultation), make_participant()

    with pytest.raises(CodeNeeded):
        vote(statement, participant=participant, choice="agree", form_token=None)
    with pytest.raises(CodeNeeded):
        comment(consultation, participant=participant, text="More shade.", form_token=None)

    assert not Vote.objects.exists()


@pytest.mark.both
def test_each_refusal_has_its_own_sentence_and_spends_nothing():
    consultation, other = verified(), verified(slug="other")
    sheet, codes = (given := made(consultation, 3)).sheet, given.codes
    holder = use(consultation, codes[0][1]).participant
    withdraw_codes(sheet, numbers="2")

    with pytest.raises(CodeUnknown):
        use(consultation, "K7TM-4XRD-92H6")
    with pytest.raises(CodeSpent):
        use(consultation, codes[0][1])
    with pytest.raises(CodeWithdrawn):
        use(consultation, codes[1][1])
    with pytest.raises(CodeOfAnother):
        use(other, codes[2][1])
    with pytest.raises(AlreadyAdmitted):
        use(consultation, codes[2][1], participant=holder)

    assert EntryCode.objects.get(number=3).status == CodeStatus.UNUSED


@pytest.mark.parametrize(
    ("times", "refusal"),
    [
        ({"opens_in": timedelta(days=1)}, NotOpenYet),
        ({"closes_in": timedelta(days=-1)}, ConsultationClosed),
    ],
)
def test_outside_its_time_no_code_is_spent(times, refusal):
    consultation = verified(**times)
    code = made(consultation).codes[0][1]

    with pytest.raises(refusal):
        use(consultation, code)

    assert EntryCode.objects.unused().count() == 2


# Withdrawing ---------------------------------------------------------------------------------


@pytest.mark.both
def test_lost_slips_are_withdrawn_by_number_and_used_ones_stay_used():
    consultation = verified()
    sheet, codes = (given := made(consultation, 5)).sheet, given.codes
    use(consultation, codes[1][1])

    first, rest = withdraw_codes(sheet, numbers="1 \u2013 3"), withdraw_sheet(sheet, is_sure=True)

    assert (first, rest) == (2, 2)
    (row,) = CodeSheet.objects.with_numbers()
    assert (row.made, row.spent, row.withdrawn) == (5, 1, 4)


@pytest.mark.parametrize("numbers", ["", "  "])
def test_a_whole_sheet_is_withdrawn_by_nobody_in_passing(numbers):
    sheet = made(verified(), 3).sheet

    with pytest.raises(NumbersNotUnderstood):
        withdraw_codes(sheet, numbers=numbers)
    with pytest.raises(NotSure):
        withdraw_sheet(sheet, is_sure=False)

    assert EntryCode.objects.unused().count() == 3


def test_numbers_are_read_as_people_write_them():
    assert read_numbers("4, 7-9;12") == {4, 7, 8, 9, 12}
    with pytest.raises(NumbersNotUnderstood):
        read_numbers("the green ones")


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_one_code_used_by_ten_at_once_lets_one_in(run_in_threads):
    consultation = verified()
    code = made(consultation).codes[0][1]

    outcomes = run_in_threads(lambda _number: use(consultation, code), times=10)

    assert Admission.objects.count() == Participant.objects.filter(resident=None).count() == 1
    assert sum(isinstance(outcome, CodeSpent) for outcome in outcomes) == 9


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_control_without_comparing_one_code_lets_several_in(run_in_threads, monkeypatch):
    consultation = verified()
    code = made(consultation).codes[0][1]
    monkeypatch.setattr(EntryCodeQuerySet, "unused", lambda codes: codes)

    run_in_threads(lambda _number: use(consultation, code), times=10)

    assert Admission.objects.count() > 1
