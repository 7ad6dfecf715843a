"""Sheets of paper once the final results are published: for a correction only, and said so."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from consultations.asking.services import take_out_sheet
from consultations.models import ConsultationPage, Response
from consultations.snapshots.groups import ensure_groups
from consultations.snapshots.refusals import FinalResultsStand
from consultations.snapshots.services import freeze, verify
from partnership.pages.groups import EDITORS
from tests.consultations.test_paper import asked, editor, enter, typed
from tests.factories.cities import city_pair

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation() -> ConsultationPage:
    """One with five sheets and final results."""
    page = asked(closes_in=timedelta(days=-1))
    for number in range(1, 6):
        enter(page, str(number))
    freeze(page)
    return page


def screen(consultation: ConsultationPage) -> str:
    return f"/admin/consultations/{consultation.pk}/paper/"


@pytest.mark.both
def test_a_sheet_is_neither_counted_nor_taken_out_while_final_results_stand(consultation: Any):
    with pytest.raises(FinalResultsStand):
        enter(consultation, "6")
    with pytest.raises(FinalResultsStand):
        take_out_sheet(consultation.responses.first())

    assert Response.objects.count() == 5
    assert verify(consultation.snapshots.get()).drift == []


def test_for_a_correction_five_sheets_come_in_and_are_published_with_a_reason(consultation: Any):
    for number in range(6, 11):
        enter(consultation, str(number), corrects=True)

    again = freeze(consultation, reason="Five sheets were found.")

    assert again.number == 2
    assert verify(again).drift == []


@pytest.mark.both
def test_what_was_typed_stays_and_the_screen_says_what_a_correction_is(consultation: Any):
    client = editor(city_pair()[0])
    address = screen(consultation)

    refused = client.post(address, typed(sheet="6", city=city_pair()[0].pk))
    counted = client.post(address, typed(sheet="6", corrects="on"), follow=True)

    page = refused.content.decode()
    assert refused.status_code == 422
    assert "The final results are published, and the sheets are as they were then" in page
    assert 'value="6"' in page
    assert Response.objects.filter(sheet="6").count() == 1
    assert "Sheet 6 is typed in, and counted in the final results once" in counted.content.decode()
    assert counted.context["form"]["corrects"].value() is True


@pytest.mark.both
def test_a_button_of_before_takes_no_sheet_out_and_the_one_of_today_does(consultation: Any):
    client, sheet = editor(city_pair()[0]), consultation.responses.first()
    address = f"{screen(consultation)}{sheet.pk}/take-out/"

    before = client.post(address, follow=True).content.decode()
    stays = Response.objects.filter(pk=sheet.pk).exists()
    client.post(address, {"corrects": "1"})

    assert "the sheets are as they were then: nothing was changed" in before
    assert stays
    assert not Response.objects.filter(pk=sheet.pk).exists()


def test_whoever_may_publish_is_led_to_the_final_results(consultation: Any):
    client = editor(city_pair()[0])
    plain = client.get(screen(consultation)).content.decode()
    ensure_groups()

    page = client.get(screen(consultation)).content.decode()

    assert Group.objects.get(name=EDITORS).permissions.filter(codename="freeze_results").exists()
    assert f"/admin/results/{consultation.pk}/" not in plain
    assert f"/admin/results/{consultation.pk}/" in page


@pytest.mark.both
def test_the_receipt_says_that_a_sheet_came_after_the_results(consultation: Any, client: Client):
    late = enter(consultation, "6", corrects=True)
    counted = consultation.responses.get(sheet="5")

    pages = [
        client.get(consultation.receipt_url, {"code": each.code}).content.decode()
        for each in (late, counted)
    ]

    assert ["Yes, it is counted" in page for page in pages] == [False, True]
    assert "It came after the final results" in pages[0]
