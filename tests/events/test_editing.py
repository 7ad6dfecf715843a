"""How an event is edited: on its own city's clock, with errors beside the field."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    streamfield,
)
from wagtail.users.models import UserProfile

from events.models import CharrettePage, ExhibitionPage
from partnership.cities.models import City
from tests.factories.cities import city_pair
from tests.factories.events import at, make_event, make_event_index
from tests.factories.people import ResidentFactory
from tests.tools import drawing

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    """Somebody whose own clock is on the other side of the world."""
    city_pair()
    editor = ResidentFactory(is_staff=True, is_superuser=True)
    UserProfile.objects.create(user=editor, current_time_zone="Asia/Tokyo")
    client.force_login(editor)
    return editor


def venue(**fields):
    return {
        "city": "alder",  # its key, once the test has cities
        "name_en": "Rope Works",
        "name_es": "La cordelería",
        "address_en": "",
        "address_es": "",
        "access_note_en": "",
        "access_note_es": "",
        "map_url": "",
        **fields,
    }


def item(**fields):
    return {
        "starts_at": "2099-05-15 10:00",
        "ends_at": "",
        "title_en": "Walk",
        "title_es": "Paseo",
        "description_en": "",
        "description_es": "",
        **fields,
    }


def key_of(code):
    return City.objects.get(code=code).pk


def typed(venues=(), programme=(), **fields):
    data = {
        "reserved_places": "0",
        "quotas_release_at": "",
        "quotas": inline_formset([]),
        "sign_up_questions": inline_formset([]),
        "title_en": "School street",
        "title_es": "La calle",
        "slug": "school-street",
        "local_slug_es": "la-calle",
        "seo_title_en": "",
        "seo_title_es": "",
        "search_description_en": "",
        "search_description_es": "",
        "summary_en": "Draw.",
        "summary_es": "Dibuja.",
        "body_en": streamfield([]),
        "body_es": streamfield([]),
        "starts_at": "2099-05-15 10:00",
        "ends_at": "2099-05-15 14:00",
        "time_zone": "Europe/Madrid",
        "mode": "in_person",
        "event_status": "scheduled",
        "max_party_size": "6",
        "takes_sign_up": "on",
        "capacity": "80",
        "sign_up_opens_at": "",
        "sign_up_closes_at": "",
        "venues": inline_formset([{**place, "city": key_of(place["city"])} for place in venues]),
        "programme": inline_formset(list(programme)),
        "provisions": inline_formset([]),
        "comments": inline_formset([]),
        **fields,
    }
    return nested_form_data(data)


def add_charrette(client, *, publish=True, kind="charrettepage", **fields):
    """Send the form of a new event; what is refused is not drawn."""
    address = reverse("wagtailadmin_pages:add", args=("events", kind, make_event_index().pk))
    action = {"action-publish": "1"} if publish else {}
    with drawing.left_out():
        return client.post(address, {**typed(**fields), **action})


def errors(response):
    form = response.context["form"]
    found = {name: list(messages) for name, messages in form.errors.items()}
    for name, formset in form.formsets.items():
        for number, row in enumerate(formset.forms):
            found |= {
                f"{name}-{number}-{field}": list(messages) for field, messages in row.errors.items()
            }
    return found


def test_times_are_read_on_the_clock_of_the_event_whatever_the_editors_is(client, editor):
    response = add_charrette(client, venues=[venue()], programme=[item()])

    assert response.status_code == 302, errors(response)
    event = CharrettePage.objects.get()
    assert event.live
    assert (event.starts_at, event.ends_at) == (at(2099, 5, 15, 8), at(2099, 5, 15, 12))
    assert event.programme.get().starts_at == at(2099, 5, 15, 8)
    assert event.venues.get().name_es == "La cordelería"


def test_times_are_shown_on_the_clock_of_the_event(client, editor):
    event = make_event(
        starts_at=at(2099, 5, 15, 8), ends_at=at(2099, 5, 15, 12), time_zone="Europe/Madrid"
    )

    page = client.get(reverse("wagtailadmin_pages:edit", args=(event.pk,))).content.decode()

    assert 'value="2099-05-15 10:00"' in page
    assert 'value="2099-05-15 14:00"' in page


def test_saving_without_a_change_moves_nothing(client, unwritten, editor):
    add_charrette(client)
    event = CharrettePage.objects.get()

    client.post(
        reverse("wagtailadmin_pages:edit", args=(event.pk,)), {**typed(), "action-publish": "1"}
    )

    again = CharrettePage.objects.get()
    assert (again.starts_at, again.ends_at) == (event.starts_at, event.ends_at)


def test_another_zone_means_the_same_wall_time_there(client, unwritten, editor):
    add_charrette(client)
    event = CharrettePage.objects.get()
    address = reverse("wagtailadmin_pages:edit", args=(event.pk,))

    client.post(address, {**typed(time_zone="America/New_York"), "action-publish": "1"})

    assert CharrettePage.objects.get().starts_at == at(2099, 5, 15, 14)


@pytest.mark.parametrize(
    ("zone", "wall", "instant"),
    [
        ("Europe/Madrid", "2027-03-28 01:59", at(2027, 3, 28, 0, 59)),
        ("Europe/Madrid", "2027-03-28 02:30", None),  # the clocks jump from 2 to 3
        ("Europe/Madrid", "2027-03-28 03:00", at(2027, 3, 28, 1)),
        ("Europe/London", "2027-03-28 01:30", None),
        ("Europe/London", "2027-03-28 02:30", at(2027, 3, 28, 1, 30)),
        ("Europe/Madrid", "2027-10-31 02:30", at(2027, 10, 31, 0, 30)),  # twice: the first
        ("Europe/London", "2027-10-31 01:30", at(2027, 10, 31, 0, 30)),
        ("Europe/Madrid", "2027-10-31 00:00", at(2027, 10, 30, 22)),
    ],
)
def test_gaps_are_refused_and_of_two_readings_the_first_is_meant(
    client, editor, unwritten, zone, wall, instant
):
    response = add_charrette(client, time_zone=zone, starts_at=wall, ends_at="2027-12-01 10:00")

    if instant is None:
        assert errors(response) == {
            "starts_at": [f"The clocks go forward and skip this time on that day in {zone}."]
        }
    else:
        assert CharrettePage.objects.get().starts_at == instant


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        (
            {"ends_at": "2099-05-15 10:00"},
            {"ends_at": ["The event must end after it starts."]},
        ),
        (
            {"sign_up_opens_at": "2099-05-02 10:00", "sign_up_closes_at": "2099-05-01 10:00"},
            {"sign_up_closes_at": ["Sign-up must close after it opens."]},
        ),
        (
            {"sign_up_closes_at": "2099-05-16 10:00"},
            {"sign_up_closes_at": ["Sign-up must close before the event ends."]},
        ),
        ({"time_zone": "Europe/Atlantis"}, {"time_zone"}),
        ({"capacity": "0"}, {"capacity"}),
        ({"summary_es": ""}, {"summary_es"}),
        (
            {"programme": [item(starts_at="2099-05-16 10:00")]},
            {"programme-0-starts_at": ["This is outside the hours of the event."]},
        ),
        (
            {"programme": [item(ends_at="2099-05-15 09:00")]},
            {"programme-0-ends_at": ["It must end after it starts."]},
        ),
        (
            {"programme": [item(title_es="")]},
            {"programme-0-title_es": ["Write this in Spanish before publishing."]},
        ),
        (
            {"venues": [venue(), venue(name_en="ROPE WORKS ")]},
            {"venues-1-city": ["This venue is already in the list."]},
        ),
    ],
)
def test_what_makes_no_sense_is_said_beside_the_field(client, editor, unwritten, fields, found):
    response = add_charrette(client, **fields)

    assert response.status_code == 200
    assert not CharrettePage.objects.exists()
    if isinstance(found, set):
        assert set(errors(response)) == found
    else:
        assert errors(response) == found


def test_a_draft_may_be_half_written(client, editor):
    response = add_charrette(
        client, publish=False, summary_es="", programme=[item(title_es="")], time_zone=""
    )

    assert response.status_code == 302, errors(response)
    assert not CharrettePage.objects.get().live


def test_a_new_event_starts_on_the_clock_of_the_editors_city(client):
    _alder, puerto = city_pair()
    editor = ResidentFactory(is_staff=True, is_superuser=True)
    editor.edits_for.add(puerto)
    client.force_login(editor)

    page = client.get(
        reverse("wagtailadmin_pages:add", args=("events", "charrettepage", make_event_index().pk))
    ).content.decode()

    assert '<option value="Europe/Madrid" selected>' in page
    assert page.count("A draft needs it, too.") == 2  # the two times, without which nothing is kept


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        (
            {"event_status": "cancelled"},
            {"status_reason_en": ["Say why, in one language at least."]},
        ),
        (
            {"venues": [venue(opens_on="2099-05-01", opens_at="10:00", closes_at="18:00")]},
            {"venues-0-closes_on": ["Write first and last day and both hours, or none."]},
        ),
        (
            {"programme": [item(place_en="Room 2")]},
            {"programme-0-place_es": ["Write this in Spanish before publishing."]},
        ),
    ],
)
def test_what_is_not_as_planned_is_complete(client, editor, unwritten, fields, found):
    response = add_charrette(client, kind="exhibitionpage", **fields)

    assert errors(response) == found


HOURS = {"opens_at": "10:00", "closes_at": "18:00"}
YEAR = ["Write a year from 1900 to 2099."]


@pytest.mark.parametrize("publish", [True, False])
@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"ends_at": "2207-05-15 14:00"}, {"ends_at": YEAR}),
        ({"starts_at": "0207-05-15 10:00"}, {"starts_at": YEAR}),
        ({"programme": [item(ends_at="9998-05-15 11:00")]}, {"programme-0-ends_at": YEAR}),
        (
            {"venues": [venue(opens_on="2099-05-01", closes_on="9999-12-31", **HOURS)]},
            {"venues-0-closes_on": YEAR},
        ),
        (
            {"venues": [venue(opens_on="0001-01-01", closes_on="2099-12-31", **HOURS)]},
            {"venues-0-opens_on": YEAR},
        ),
    ],
)
def test_a_day_that_nobody_can_mean_is_refused_beside_it(
    client, editor, unwritten, fields, found, publish
):
    response = add_charrette(client, publish=publish, kind="exhibitionpage", **fields)

    assert errors(response) == found
    assert not ExhibitionPage.objects.exists()


def test_a_reason_in_one_language_is_enough_to_cancel(client, editor):
    response = add_charrette(client, event_status="cancelled", status_reason_es="Temporal")

    assert response.status_code == 302, errors(response)


def test_languages_and_opening_days_are_ticked(client, editor):
    days = {"opens_on": "2099-05-01", "closes_on": "2099-06-01", "weekdays": "6"}
    hours = {"opens_at": "10:00", "closes_at": "18:00"}

    response = add_charrette(
        client, kind="exhibitionpage", languages="en", venues=[venue(**days, **hours)]
    )

    assert response.status_code == 302, errors(response)
    event = ExhibitionPage.objects.get()
    assert (event.languages, event.spoken) == (",en,", ["en"])
    assert event.venues.get().open_weekdays == [6]


def test_a_new_date_remembers_the_one_that_was_public(client, editor):
    event = make_event(starts_at=at(2099, 5, 1, 8), ends_at=at(2099, 5, 1, 12))

    response = client.post(
        reverse("wagtailadmin_pages:edit", args=(event.pk,)),
        {**typed(event_status="rescheduled", status_reason_en="Storm"), "action-publish": "1"},
    )

    assert response.status_code == 302, errors(response)
    event.refresh_from_db()
    assert (event.planned_for, event.starts_at) == (at(2099, 5, 1, 8), at(2099, 5, 15, 8))


@pytest.mark.parametrize("kind", ["drill", "exchange", "exhibition", "festival", "charrette"])
def test_a_preview_of_which_nothing_was_sent_says_that_there_is_none(client, editor, kind):
    args = ("events", f"{kind}page", make_event_index().pk)

    shown = client.get(reverse("wagtailadmin_pages:preview_on_add", args=args), {"mode": "en"})

    assert shown.status_code == 200
    assert "wagtailadmin/generic/preview_error.html" in [each.name for each in shown.templates]


def test_whoever_adds_an_event_reads_what_each_kind_is(client, editor):
    page = client.get(reverse("wagtailadmin_pages:add_subpage", args=(make_event_index().pk,)))

    kinds = {str(name): description for name, *_of, description in page.context["page_types"]}
    assert kinds["Planning charrette"].startswith("Residents of all cities draw")
    assert [name for name, description in kinds.items() if not description] == []
