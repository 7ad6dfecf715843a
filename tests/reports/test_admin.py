"""The closing report in the admin: of one's own cities, in every language."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from consultations.enums import ConsultationState
from consultations.models import ConsultationPage, Contribution
from events.reports.forms import ReportForm
from events.reports.models import ClosingReport
from events.reports.services import hand_over_notes
from partnership.people.models import Resident
from tests.factories.cities import city_pair
from tests.factories.consultations import make_consultation
from tests.factories.events import make_event, make_past_event
from tests.factories.people import ResidentFactory
from tests.factories.reports import add_note, make_photo, make_report

pytestmark = pytest.mark.django_db

ADD = "closing_reports:add"


def address(report, view="edit"):
    return reverse(f"closing_reports:{view}", args=(report.pk,))


def typed(**fields):
    words = {f"{name}_{code}": "" for name in ("organisations", "decisions", "links")
             for code in ("en", "es")}  # fmt: skip
    return nested_form_data({
        **words,
        "summary_en": "We drew the quay and the street.",
        "summary_es": "Dibujamos el muelle y la calle.",
        "attendance_alder": "31",
        "attendance_puerto": "",
        "attendance_elsewhere": "",
        "consultation": "",
        "is_published": "on",
        "pictures": inline_formset([]),
        "notes": inline_formset([]),
        **fields,
    })  # fmt: skip


def make_answered_consultation() -> ConsultationPage:
    now = timezone.now()
    return make_consultation(
        opens_at=now - timedelta(days=9),
        closes_at=now - timedelta(days=1),
        stored_state=ConsultationState.ANSWERED,
    )


def test_a_report_is_opened_for_an_event_and_written_on_the_next_screen(client, unwritten, editor):
    event = make_past_event(title="Quay day")

    page = client.get(f"{reverse(ADD)}?event={event.pk}")
    response = client.post(reverse(ADD), {"event": event.pk})

    report = ClosingReport.objects.get(event=event)
    assert page.context["form"].initial["event"] == event.pk
    assert response["Location"] == address(report)
    assert client.get(address(report)).status_code == 200
    assert client.get(reverse("closing_reports:index")).status_code == 200


def test_whoever_opens_what_is_open_already_is_told_where_it_is(client, editor):
    report = make_report(is_published=False)

    page = client.post(reverse(ADD), {"event": report.event_id}).content.decode()

    assert "Somebody has opened its report in the meantime" in page
    assert ClosingReport.objects.count() == 1


def test_it_is_published_when_every_language_is_there(client, unwritten, editor):
    report = make_report(is_published=False)

    refused = client.post(address(report), typed(summary_es=""))
    assert refused.status_code == 200
    assert "summary_es" in refused.context["form"].errors
    assert not ClosingReport.objects.get().is_published

    client.post(address(report), typed())
    report.refresh_from_db()
    assert (report.is_published, report.attendance) == (True, {"alder": 31})
    assert report.published_at is not None


def test_half_a_report_is_kept_as_long_as_nobody_reads_it(client, editor):
    report = make_report(is_published=False)

    client.post(address(report), typed(summary_es="", is_published=""))

    report.refresh_from_db()
    assert report.summary_en == "We drew the quay and the street."


@pytest.mark.parametrize("people", ["-1", "many", "99999999999", "1.5"])
def test_a_number_that_is_none_is_refused_beside_its_field(client, editor, people):
    report = make_report(is_published=False)

    response = client.post(address(report), typed(attendance_alder=people))

    assert "attendance" in response.context["form"].errors
    assert f'value="{people}"' in response.content.decode()


def test_a_link_without_an_address_is_refused(client, unwritten, editor):
    report = make_report(is_published=False)

    response = client.post(address(report), typed(links_en="The minutes", links_es="El acta"))

    assert {"links_en", "links_es"} <= response.context["form"].errors.keys()


def test_a_picture_is_described_in_every_language_first(client, editor):
    report = make_report(is_published=False)
    photo = make_photo(description_es="")
    row = {"photo": photo.pk, "caption_en": "", "caption_es": "", "ORDER": "1"}

    response = client.post(address(report), typed(pictures=inline_formset([row])))

    assert response.status_code == 200
    assert "Describe this photo in Spanish first" in response.content.decode()
    assert not ClosingReport.objects.get().is_published


def test_the_same_form_sent_twice_brings_no_note_twice(client, editor):
    report = make_report(is_published=False)
    note = {"text": "More trees.", "language_code": "en", "city": "", "drawing": "", "ORDER": "1"}
    sent = typed(notes=inline_formset([note]))

    client.post(address(report), sent)
    again = client.post(address(report), sent)

    assert report.notes.count() == 1
    assert "This note is in the list already." in again.content.decode()


def test_two_who_send_the_same_note_at_once_are_told_and_it_stands_once(
    client, editor, monkeypatch
):
    report = make_report(is_published=False)
    add_note(report, "More trees.")
    note = {"text": "More trees.", "language_code": "en", "city": "", "drawing": "", "ORDER": "1"}
    monkeypatch.setattr(ReportForm, "rows_fit", lambda _form: True)  # the other came later

    response = client.post(address(report), typed(notes=inline_formset([note])))

    assert "Somebody has just saved this report" in response.content.decode()
    assert report.notes.count() == 1


def test_publishing_hands_the_notes_to_the_consultation_and_says_why_not(client, editor):
    open_one, answered = make_consultation(), make_answered_consultation()
    report = make_report(is_published=False)
    note = {"text": "More trees.", "language_code": "en", "city": "", "drawing": "", "ORDER": "1"}
    sent = {"notes": inline_formset([note])}

    refused = client.post(address(report), typed(**sent, consultation=answered.pk))
    assert "This consultation is answered" in refused.content.decode()
    assert (report.notes.count(), Contribution.objects.count()) == (0, 0)

    client.post(address(report), typed(**sent, consultation=open_one.pk))
    report.refresh_from_db()
    assert (report.is_published, report.notes_taken) == (True, 1)
    assert Contribution.objects.get().consultation == open_one


def test_only_consultations_of_ones_own_cities_are_offered(client, unwritten, editor):
    alder, puerto = city_pair()
    own, others = make_consultation(cities=[puerto]), make_consultation(cities=[alder])
    report = make_report(is_published=False)

    offered = set(client.get(address(report)).context["form"].fields["consultation"].queryset)

    assert (own in offered, others in offered) == (True, False)


def test_the_report_of_another_city_does_not_exist(client, unwritten, editor):
    alder, _puerto = city_pair()
    report = make_report(make_past_event(cities=[alder]))
    other = make_past_event(cities=[alder])

    assert report not in client.get(reverse("closing_reports:index")).context["object_list"]
    for view in ("edit", "delete"):
        assert client.get(address(report, view)).status_code == 404
        assert client.post(address(report, view), typed()).status_code == 404
    client.post(reverse(ADD), {"event": other.pk})
    assert ClosingReport.objects.get() == report


def test_a_resident_finds_no_door(client):
    report = make_report()
    client.force_login(ResidentFactory())

    for found in (reverse("closing_reports:index"), reverse(ADD), address(report)):
        assert client.get(found).status_code in {302, 403}


def test_the_editor_of_an_event_leads_to_its_report_once_it_is_over(client, editor):
    past, coming = make_past_event(), make_event()

    over = client.get(reverse("wagtailadmin_pages:edit", args=(past.pk,))).content.decode()
    ahead = client.get(reverse("wagtailadmin_pages:edit", args=(coming.pk,))).content.decode()

    assert f"{reverse(ADD)}?event={past.pk}" in over
    assert "?event=" not in ahead


def with_a_note_in_a_consultation():
    report = make_report(consultation=make_consultation())
    add_note(report)
    hand_over_notes(report)
    return report


def test_a_report_whose_notes_people_read_is_not_deleted(client, editor):
    report, without = with_a_note_in_a_consultation(), make_report()

    for each in (report, without):
        client.post(address(each, "delete"))
        client.delete(address(each, "delete"))

    assert set(ClosingReport.objects.all()) == {report}


def test_an_event_whose_notes_people_read_is_not_deleted_alone_or_with_others(client):
    event = with_a_note_in_a_consultation().event
    client.force_login(Resident.objects.create_superuser("admin@example.org", name="Admin"))
    ways = (
        (reverse("wagtailadmin_pages:delete", args=(event.pk,)), ""),
        (reverse("wagtailadmin_pages:delete", args=(event.get_parent().pk,)), ""),
        (
            reverse("wagtail_bulk_action", args=("pages", "basepage", "delete")),
            f"?id={event.pk}&next=/admin/",
        ),
    )

    for way, query in ways:
        page = client.post(f"{way}{query}", {"id": event.pk}, follow=True).content.decode()
        assert "What people wrote here stands in a consultation" in page

    assert Contribution.objects.get().event.pk == event.pk
