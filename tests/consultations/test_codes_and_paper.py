"""Where everybody has one code: on a sheet of paper it counts as on the site, once."""

import pytest

from consultations import tallies
from consultations.asking.services import PAPER, take_out_sheet
from consultations.codes.models import EntryCode
from consultations.codes.refusals import (
    CodeMissing,
    CodeNotOfSheet,
    CodeSpent,
    CodeSpentBefore,
    CodeUnknown,
    CodeWithdrawn,
)
from consultations.codes.services import withdraw_codes
from consultations.models import ConsultationPage, Response
from partnership.people.tokens import issue
from tests.consultations.test_codes import made, use, verified
from tests.consultations.test_making_codes import staff_of
from tests.consultations.test_pages import text_of
from tests.consultations.test_paper import editor, enter, typed
from tests.factories.cities import city_pair
from tests.factories.consultations import make_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation() -> ConsultationPage:
    page = verified()
    make_question(page)
    return page


@pytest.mark.both
def test_a_sheet_uses_its_code_up_and_counts_for_the_city_that_gave_it(consultation):
    code = made(consultation).codes[0][1]

    sheet = enter(consultation, "1", code=code, city=city_pair()[0])

    assert sheet.city == city_pair()[1]
    with pytest.raises(CodeSpentBefore, match="on another sheet or on the site"):
        enter(consultation, "2", code=code)
    with pytest.raises(CodeSpent):
        use(consultation, code)
    assert Response.objects.count() == 1
    assert tallies.drift(consultation) == []


@pytest.mark.both
def test_a_code_used_on_the_site_counts_no_sheet(consultation):
    code = made(consultation).codes[0][1]
    use(consultation, code)

    with pytest.raises(CodeSpentBefore):
        enter(consultation, code=code)

    assert not Response.objects.exists()


@pytest.mark.parametrize(
    ("code", "refusal"), [("", CodeMissing), (" ", CodeMissing), ("K7TM-4XRD-9CHP", CodeUnknown)]
)
def test_without_a_code_of_ours_a_sheet_is_not_counted(consultation, code, refusal):
    with pytest.raises(refusal):
        enter(consultation, code=code)

    assert not Response.objects.exists()


def test_a_withdrawn_code_counts_no_sheet(consultation):
    given = made(consultation)
    withdraw_codes(given.sheet, numbers="1")

    with pytest.raises(CodeWithdrawn):
        enter(consultation, code=given.codes[0][1])


@pytest.mark.both
def test_a_sheet_that_is_refused_for_something_else_leaves_its_code_whole(consultation):
    (_one, first), (_two, second) = made(consultation).codes
    enter(consultation, "1", code=first)

    with pytest.raises(Exception, match="This sheet is counted already"):
        enter(consultation, "1", code=second)

    assert EntryCode.objects.unused().count() == 1


@pytest.mark.both
def test_a_sheet_that_is_taken_out_gives_its_own_code_back_and_no_other_one(consultation):
    (_one, first), (_two, second) = made(consultation).codes
    sheet = enter(consultation, "1", code=first)

    with pytest.raises(CodeNotOfSheet):
        take_out_sheet(sheet, code=second)
    take_out_sheet(sheet, code=first)
    enter(consultation, "1", code=first)

    assert Response.objects.count() == 1


def test_the_printed_sheet_and_the_screen_ask_for_the_code(client, consultation):
    code = made(consultation).codes[0][1]
    staff, address = editor(city_pair()[0]), f"/admin/consultations/{consultation.pk}/paper/"

    printed = text_of(client.get(consultation.paper_url))
    missing = staff.post(address, typed())
    counted = staff.post(address, typed(code=code), follow=True)
    sheet = Response.objects.get()
    staff.post(f"{address}{sheet.pk}/take-out/", {"code": code})

    assert "The code from my city hall" in printed
    assert "I live in:" not in printed
    assert missing.status_code == 422
    assert "Type the code that stands on the sheet." in text_of(missing)
    assert 'name="city"' not in missing.content.decode()
    assert "Sheet 12 is counted." in text_of(counted)
    assert sheet.city == city_pair()[1]
    assert EntryCode.objects.unused().count() == 2


@pytest.mark.both
def test_the_same_form_sent_twice_is_one_sheet(consultation):
    code = made(consultation).codes[0][1]
    staff, address = editor(city_pair()[0]), f"/admin/consultations/{consultation.pk}/paper/"
    form = typed(code=code, form_token=issue(PAPER))
    staff.post(address, form)

    again = staff.post(address, form, follow=True)

    assert "We already have this. It was counted once." in text_of(again)


def test_an_empty_field_withdraws_nothing_and_the_whole_sheet_is_a_choice_of_its_own():
    consultation = verified()
    client, _person = staff_of(city_pair()[1])
    sheet = made(consultation, 3).sheet
    address = f"/admin/consultations/{consultation.pk}/codes/{sheet.pk}/withdraw/"

    empty = client.post(address, {f"{sheet.pk}-numbers": ""})
    unsure = client.post(address, {"whole": "1"})
    unused = EntryCode.objects.unused().count()
    done = client.post(address, {"whole": "1", f"{sheet.pk}-is_sure": "on"}, follow=True)

    assert (empty.status_code, unsure.status_code, unused) == (422, 422, 3)
    assert "Write the numbers of the slips" in text_of(empty)
    assert "Tick that you are sure. Nothing was withdrawn." in text_of(unsure)
    assert "3 codes of sheet 1 are withdrawn." in text_of(done)
