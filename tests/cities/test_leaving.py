"""A city leaves: nobody waits for it any more, and what it took part in stays."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consultations.deciding import deciding
from consultations.models import ConsultationPage
from consultations.visiting.forms import GuestForm, of_its_cities
from events.clocks import on_every_clock
from events.models import EventPage, EventVenue
from events.registrations.door.forms import WalkInForm
from home.continuity.overdue import cities_without_instrument
from home.parity.presenting import there_all_year
from partnership import continuity
from partnership.cities.models import City
from partnership.interface.templatetags.clocks import there_at
from partnership.ledger.kinds import cities_of_page, every_city
from partnership.outbox.letters import write
from partnership.people.details import DetailsForm
from partnership.people.models import Participant, Resident
from partnership.review.needs import cities_asked
from tests.factories.cities import CityFactory, city_pair
from tests.factories.events import make_event
from tests.factories.exports import make_consultation_to_export
from tests.factories.people import ResidentFactory
from tests.factories.registrations import RegistrationFactory

pytestmark = pytest.mark.django_db


def test_nobody_waits_for_a_city_that_has_left(client):
    pair = [*city_pair()]
    third = CityFactory(code="third", name="Thirdham", name_en="Thirdham")
    joint, of_two = make_consultation_to_export(), make_consultation_to_export("of-two")
    of_two.cities.set([pair[1], third])
    of_two.save()
    today = timezone.localdate()
    named = client.get(joint.url).content.decode()

    City.objects.filter(pk=third.pk).update(left_on=today)
    third.refresh_from_db()
    until = {"closes_at": timezone.now() + timedelta(days=9)}
    earlier = make_consultation_to_export("earlier", **until)
    later = make_consultation_to_export("later", opens_at=timezone.now(), **until)
    page = client.get(later.url).content.decode()
    around = page.partition("<main")[0] + page.partition("</main>")[2]
    everyone = list(City.objects.all())

    assert [*every_city(None)] == continuity.every_city() == pair
    assert [found.cities for found in cities_without_instrument(today)] == [(one,) for one in pair]
    assert there_all_year(everyone, today.year) == pair
    assert third in there_all_year(everyone, today.year - 1)
    assert cities_of_page(joint) == cities_of_page(of_two) == pair
    assert cities_asked(third, [joint]) == cities_asked(third, [of_two]) == []
    assert cities_asked(pair[0], [joint]) == [pair[0]]
    assert third.pk in deciding(earlier, everyone)  # it was asked
    assert deciding(later, everyone) == {city.pk for city in pair}
    assert "Thirdham" in named.partition("<main")[0]
    assert "Thirdham" not in around
    assert "Thirdham" not in write("account_made", language_code="en", context={}).text


def test_a_former_partner_is_no_choice_of_new_people_and_its_clock_tells_what_it_took_part_in():
    pair, now = [*city_pair()], timezone.now()
    third = CityFactory(code="third", name="Thirdham", name_en="Thirdham")
    City.objects.filter(pk=third.pk).update(left_on=timezone.localdate() - timedelta(days=9))
    everyone = list(City.objects.all())
    lives_there, lives_here = (
        DetailsForm(resident=Resident(name="Zoë", city=city)) for city in (everyone[2], pair[0])
    )
    earlier, later = (ConsultationPage(opens_at=now - timedelta(days=days)) for days in (99, 1))

    def event(days, *halls):
        found = EventPage(starts_at=now + timedelta(days=days))
        found.venue_list = [EventVenue(city=city) for city in halls]
        return there_at(everyone, found)

    def offered(form):
        return [str(name) for _code, name in form.fields["city"].widget.choices]

    assert event(1) == event(1, pair[0]) == pair
    assert event(1, third) == event(-30) == event(-30, pair[0]) == everyone
    assert "Thirdham" not in on_every_clock(now)
    assert offered(lives_there) == ["Alder Bay", "Puerto Almendro", "Thirdham", "Somewhere else"]
    assert offered(lives_here) == ["Alder Bay", "Puerto Almendro", "Somewhere else"]
    assert offered(of_its_cities(earlier, GuestForm())) == offered(lives_there)
    assert offered(of_its_cities(later, GuestForm())) == offered(GuestForm()) == offered(lives_here)
    assert "Thirdham" not in str(WalkInForm()["city"])


def test_the_halls_of_many_events_are_read_at_once_where_a_city_has_left(client):
    CityFactory(left_on=timezone.localdate())
    resident, start = ResidentFactory(), timezone.now() + timedelta(days=9)
    for title in ("Walk", "Feast"):
        event = make_event(title=title, starts_at=start, ends_at=start + timedelta(hours=1))
        RegistrationFactory(event=event, participant=Participant.objects.of(resident))
    client.force_login(resident)

    for address in (f"/en/events/?when=month&month={start:%Y-%m}", "/en/my-participation/"):
        with CaptureQueriesContext(connection) as asked:
            page = client.get(address).content.decode()
        assert "Walk" in page
        assert "Feast" in page
        assert sum('FROM "events_eventvenue"' in each["sql"] for each in asked) == 1, address


def test_a_city_leaves_on_a_day_and_never_before_it_joined():
    city = CityFactory(joined_on=timezone.localdate())

    city.left_on = timezone.localdate() + timedelta(days=1)
    city.clean()
    assert not city.has_left
    city.left_on = timezone.localdate() - timedelta(days=1)

    with pytest.raises(ValidationError, match="It cannot leave before it joins"):
        city.clean()
