"""What counts on the board, for which city, and in which year."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from consultations.enums import Channel, Participation, PublicationStatus
from consultations.models import AnsweredMark, Response
from consultations.official.services import sheet_of
from consultations.roadmap.enums import CommitmentStatus
from events.enums import EventStatus
from events.registrations.enums import RegistrationStatus
from home.parity.counting import Figure, count
from home.parity.years import years_of
from partnership.masking import SMALLEST_GROUP
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_consultation,
    make_participant,
)
from tests.factories.events import add_venue, make_event, make_past_event
from tests.factories.official import make_closed_consultation
from tests.factories.registrations import RegistrationFactory
from tests.factories.roadmap import make_commitment, make_roadmap

pytestmark = pytest.mark.django_db

THIS_YEAR = timezone.now().year
LONG = timedelta(days=60)


def figures(cities):
    return count(cities).figures


@pytest.mark.both
def test_everybody_counts_once_a_year_for_the_city_of_their_acts(cities, answered, voted):
    alder, puerto = cities
    answered(2, alder)
    answered(1, None)
    voted(3, puerto)
    comment = ContributionFactory()
    ContributionFactory(participant=comment.participant, consultation=comment.consultation)

    found = figures(cities)

    assert found["people", THIS_YEAR, "alder"] == Figure(3, 3)
    assert found["people", THIS_YEAR, "puerto"] == Figure(3, 3)
    assert found["people", THIS_YEAR, "elsewhere"] == Figure(1, 1)
    assert found["comments", THIS_YEAR, "alder"] == Figure(2, 1)
    assert found["votes", THIS_YEAR, "puerto"] == Figure(3, 3)


@pytest.mark.both
def test_sheets_are_people_of_their_own_and_a_way_of_their_own(cities, answered):
    alder, _puerto = cities
    answered(1, alder)
    for number in range(2):
        answered(1, alder, channel=Channel.PAPER, participant=None, sheet=str(number))

    found = figures(cities)

    assert found["people", THIS_YEAR, "alder"].number == 3
    assert found["forms", THIS_YEAR, "alder"] == Figure(3, 3)
    assert found["way:paper", THIS_YEAR, "alder"] == Figure(2, 2)
    assert found["way:web", THIS_YEAR, "alder"] == Figure(1, 1)


@pytest.mark.both
def test_only_those_are_few_on_a_page_whom_it_does_not_tell(cities, answered):
    alder, _puerto = cities
    answered(SMALLEST_GROUP, alder)
    answered(SMALLEST_GROUP - 2, alder, consultation=make_consultation())

    found = figures(cities)["forms", THIS_YEAR, "alder"]

    assert (found.people, found.group) == (2 * SMALLEST_GROUP - 2, SMALLEST_GROUP - 2)
    assert Figure(12, 12, SMALLEST_GROUP).group == 12


@pytest.mark.both
def test_what_comes_in_with_a_code_is_told_apart(cities):
    alder, _puerto = cities
    asks_for_codes = make_consultation(participation=Participation.VERIFIED)
    Response.objects.create(
        consultation=asks_for_codes,
        participant=make_participant(alder),
        city=alder,
        language_code="en",
    )

    assert figures(cities)["way:code", THIS_YEAR, "alder"] == Figure(1, 1)


@pytest.mark.both
def test_anonymous_forms_count_from_the_close_on(cities):
    alder, _puerto = cities
    for page in (make_consultation(is_anonymous=True), make_closed_consultation(is_anonymous=True)):
        values = {"consultation": page, "city": alder}
        Response.objects.create(is_anonymous=True, language_code="en", **values)
        AnsweredMark.objects.create(participant=make_participant(alder), **values)

    found = figures(cities)

    assert found["forms", THIS_YEAR, "alder"].number == 1
    assert found["people", THIS_YEAR, "alder"].number == 1


@pytest.mark.both
def test_what_readers_do_not_see_does_not_count(cities, consultation):
    alder, _puerto = cities
    ContributionFactory(publication_status=PublicationStatus.HIDDEN)
    StatementFactory(consultation=consultation, city=alder)  # of city staff
    person = {"participant": make_participant(alder), "city": alder}
    StatementFactory(consultation=make_consultation(live=False), **person)

    found = figures(cities)

    assert found["comments", THIS_YEAR, "alder"].number == 0
    assert found["statements", THIS_YEAR, "alder"].number == 0
    assert found["people", THIS_YEAR, "alder"].number == 0


@pytest.mark.both
def test_who_speaks_for_a_school_is_told_apart_from_who_speaks_for_nobody(cities, consultation):
    alder, _puerto = cities
    mine = {"participant": make_participant(alder), "city": alder, "consultation": consultation}
    StatementFactory(**mine, organisation_kind="school", organisation_name="Quay School")
    StatementFactory(**mine)

    found = figures(cities)

    assert found["voice:school", THIS_YEAR, "alder"] == Figure(1, 1)
    assert found["voice:person", THIS_YEAR, "alder"] == Figure(1, 1)
    assert found["statements", THIS_YEAR, "alder"] == Figure(2, 1)
    assert found["people", THIS_YEAR, "alder"] == Figure(1, 1)


@pytest.mark.both
def test_the_notes_of_a_session_are_of_a_whole_room(cities, consultation):
    alder, _puerto = cities
    ContributionFactory(
        consultation=consultation,
        participant=None,
        city=alder,
        event=make_past_event(),
        session_key=uuid4(),
    )

    found = figures(cities)

    assert found["way:session", THIS_YEAR, "alder"] == Figure(1, SMALLEST_GROUP)


@pytest.mark.both
def test_places_count_with_their_groups_and_used_ones_by_who_came(cities):
    alder, puerto = cities
    event = make_past_event()
    attended = RegistrationStatus.ATTENDED
    RegistrationFactory(event=event, city=alder, party_size=3, status=attended, arrived=2)
    RegistrationFactory(event=event, city=alder)
    RegistrationFactory(event=event, city=puerto, status=RegistrationStatus.WAITING)
    called_off = make_past_event(event_status=EventStatus.CANCELLED)
    RegistrationFactory(event=called_off, city=puerto)

    found = figures(cities)

    year = event.starts_at.year
    assert found["places", year, "alder"] == Figure(4, 2)
    assert found["places_used", year, "alder"] == Figure(2, 1)
    assert found["places", year, "puerto"].number == 0


@pytest.mark.both
def test_events_are_held_in_the_cities_of_their_venues(cities):
    event = make_past_event()
    for city in cities:
        add_venue(event, city)
        add_venue(event, city, "Library")
    called_off = make_past_event(event_status=EventStatus.CANCELLED)
    add_venue(called_off, cities[0])
    add_venue(make_event(), cities[0])  # still to come

    found = figures(cities)

    year = event.starts_at.year
    assert [found["events", year, city.code].number for city in cities] == [1, 1]
    assert found["events", year, "elsewhere"].number == 0


@pytest.mark.both
def test_promises_count_for_every_city_that_leads_them(cities, consultation):
    alder, puerto = cities
    roadmap = make_roadmap(THIS_YEAR)
    both = make_commitment(roadmap)
    both.led_by.set(cities)
    kept = make_commitment(
        roadmap, status=CommitmentStatus.COMPLETED, finished_on=timezone.localdate()
    )
    kept.led_by.set([alder])
    make_commitment(roadmap, status=CommitmentStatus.PROPOSED).led_by.set([puerto])

    found = figures(cities)

    assert [found["promises", THIS_YEAR, city.code].number for city in cities] == [2, 1]
    assert [found["promises_kept", THIS_YEAR, city.code].number for city in cities] == [1, 0]
    type(roadmap).objects.update(live=False)
    assert figures(cities)["promises", THIS_YEAR, "alder"].number == 0


@pytest.mark.both
def test_days_until_an_answer_are_those_of_the_leading_city(cities):
    alder, puerto = cities
    for city, days in ((alder, 2), (alder, 7), (puerto, 30)):
        sheet = sheet_of(make_closed_consultation(lead_city=city))
        page = sheet.consultation
        type(page).objects.filter(pk=page.pk).update(
            opens_at=page.opens_at - LONG, closes_at=page.closes_at - LONG
        )
        page.refresh_from_db()
        sheet.published_at = page.closes_at + timedelta(days=days)
        sheet.save()

    found = count(cities)

    assert found.median_days(None, "alder") == 4.5
    assert found.median_days(None, "puerto") == 30
    assert found.median_days(None, "elsewhere") is None


@pytest.mark.both
def test_an_answer_signed_before_the_close_counts_once_readers_find_it(cities):
    alder, _puerto = cities
    sheet = sheet_of(make_consultation(lead_city=alder))
    sheet.published_at = timezone.now()
    sheet.save()

    assert count(cities).median_days(None, "alder") is None

    type(sheet.consultation).objects.update(closes_at=timezone.now())

    assert count(cities).median_days(None, "alder") == 0


@pytest.mark.both
def test_a_year_begins_by_the_clock_of_the_first_city(cities):
    years = years_of(cities)

    assert years.begins(2026).isoformat() == "2026-01-01T00:00:00+00:00"
    assert years.newest_first[0] == years.last


def test_counting_takes_eight_queries_for_one_act_and_for_many(
    cities, answered, voted, django_assert_num_queries
):
    for number in (1, 3):
        answered(number, cities[0])
        voted(number, cities[1])

        with django_assert_num_queries(8):
            count(cities)


@pytest.mark.both
def test_what_is_not_for_everybody_does_not_count(cities, answered, consultation):
    alder, _puerto = cities
    answered(2, alder)
    roadmap = make_roadmap(THIS_YEAR)
    make_commitment(roadmap).led_by.set([alder])
    sheet = sheet_of(make_closed_consultation(lead_city=alder))
    sheet.published_at = timezone.now()
    sheet.save()
    for page in (consultation, roadmap, sheet.consultation):
        PageViewRestriction.objects.create(page=page, restriction_type="login")

    found = count(cities)

    kinds = ("people", "forms", "promises")
    assert [found.figures[kind, THIS_YEAR, "alder"].number for kind in kinds] == [0, 0, 0]
    assert found.median_days(None, "alder") is None
