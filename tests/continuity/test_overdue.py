"""Every room says what is overdue in it, with the cities that see to it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.drills.models import AfterActionReview
from events.enums import EventStatus
from home.archive.models import Debrief
from home.models import PartnershipSettings
from partnership import continuity
from partnership.pages.groups import EDITORS
from tests.factories.archive import add_lesson, make_debrief
from tests.factories.continuity import let_it_stand, make_instrument
from tests.factories.drills import make_action, make_drill, make_observation
from tests.factories.events import make_event
from tests.factories.people import ResidentFactory
from tests.factories.protocols import make_protocol, make_version
from tests.factories.roadmap import make_commitment, make_roadmap

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]

TODAY = date(2031, 5, 12)
DAY = timedelta(days=1)
NAMES = {
    "partnership.valid",
    "partnership.status",
    "instruments.valid",
    "instruments.cities",
    "commitments.kept",
    "drills.reviewed",
    "drills.corrected",
    "debriefs.held",
    "lessons.taken_up",
}


def found(name, today=TODAY):
    """What that check finds: words, day, cities."""
    check = next(check for check in continuity.checks() if check.name == name)
    return [
        (each.words, each.due, [city.code for city in each.cities]) for each in check.find(today)
    ]


def ended(days_ago, **fields):
    end = datetime(2031, 5, 12, 12, tzinfo=UTC) - timedelta(days=days_ago)
    return {"starts_at": end - timedelta(hours=2), "ends_at": end, **fields}


def test_the_names_of_the_checks_never_change():
    assert {check.name for check in continuity.checks()} >= NAMES


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (None, []),
        (TODAY + 181 * DAY, []),
        (TODAY + 180 * DAY, ["What the cities signed expires on Nov. 8, 2031."]),
        (TODAY - DAY, ["What the cities signed expired on May 11, 2031."]),
    ],
)
def test_the_bond_is_renewed_in_time(until, words):
    bond = PartnershipSettings.load()
    bond.valid_until = until
    bond.save()

    assert [each[1:] for each in found("partnership.valid")] == [(until, []) for _word in words]
    assert ["expired" in each[0] for each in found("partnership.valid")] == [
        "expired" in word for word in words
    ]


def test_a_pause_that_should_be_over_is_decided_about(cities):
    let_it_stand("paused", until=TODAY)

    assert found("partnership.status") == []
    assert [each[1] for each in found("partnership.status", TODAY + DAY)] == [TODAY]


@pytest.mark.both
def test_an_instrument_that_expires_within_180_days_raises_the_alarm(cities):
    make_instrument("Endless")
    make_instrument("Flood help", city=cities[1], valid_until=TODAY + 180 * DAY)

    ((words, due, codes),) = found("instruments.valid")

    assert words.startswith("“Flood help” (Puerto Almendro) expires on")
    assert (due, codes) == (TODAY + 180 * DAY, ["puerto"])


def test_a_city_that_nothing_binds_is_named(cities):
    make_instrument(city=cities[0])
    make_instrument(city=cities[1], valid_until=TODAY - DAY)

    assert found("instruments.cities") == [
        ("Nothing in force in Puerto Almendro binds whoever governs next.", None, ["puerto"])
    ]


def test_a_city_without_an_editor_is_named(cities):
    alder, puerto = cities
    editors = Group.objects.get(name=EDITORS)
    for city in cities:
        ResidentFactory().edits_for.add(city)  # works for it, and has no role
    writes = ResidentFactory()
    writes.edits_for.add(alder)
    writes.groups.add(editors)
    gone = ResidentFactory(is_active=False)
    gone.edits_for.add(puerto)
    gone.groups.add(editors)

    ((words, due, codes),) = found("cities.editors")

    assert words.startswith("Nobody who may edit pages works for Puerto Almendro")
    assert (due, codes) == (None, ["puerto"])


def test_a_late_promise_is_on_the_city_that_leads_it(cities):
    roadmap = make_roadmap()
    late = make_commitment(roadmap, due_on=TODAY - DAY, title_en="A ramp")
    late.led_by.set(cities[:1])
    make_commitment(roadmap, due_on=TODAY, title_en="Not late")
    make_commitment(roadmap, due_on=TODAY - DAY, status="cancelled", title_en="Stopped")

    ((words, due, codes),) = found("commitments.kept")

    assert words.startswith("“A ramp” was due on")
    assert (due, codes) == (TODAY - DAY, ["alder"])


def test_a_promise_that_nobody_can_read_is_not_asked_for(cities):
    promise = make_commitment(make_roadmap(), due_on=TODAY - DAY)
    promise.roadmap.unpublish()

    assert found("commitments.kept") == []


@pytest.mark.both
def test_a_year_has_its_roadmap_within_60_days_where_there_was_one_before(cities):
    last_day = date(2031, 3, 1)
    assert found("roadmaps.opened", TODAY) == []
    make_roadmap(2030)

    assert found("roadmaps.opened", last_day) == []
    told = [("No roadmap of 2031 is published.", last_day, [])]
    assert found("roadmaps.opened", last_day + DAY) == told
    check = next(one for one in continuity.checks() if one.name == "roadmaps.opened")
    (begin,) = check.find(TODAY)
    assert "/add/roadmap/roadmappage/" in begin.edit_url
    draft = make_roadmap(2031, live=False)
    (go_on,) = check.find(TODAY)
    assert go_on.edit_url == reverse("wagtailadmin_pages:edit", args=(draft.pk,))
    draft.live = True
    draft.save()
    assert found("roadmaps.opened", TODAY) == []


@pytest.mark.parametrize("number", [1, 3])
def test_no_check_asks_more_for_more(cities, django_assert_num_queries, number):
    roadmap = make_roadmap()
    for place in range(number):
        late = make_commitment(roadmap, due_on=TODAY - DAY)
        late.led_by.set(cities)
        drill = make_drill(title=f"Drill {place}", cities=cities, **ended(40))
        make_action(make_observation(drill), due=TODAY - DAY)
        AfterActionReview.objects.update(is_published=False)
        event = make_event(title=f"Festival {place}", cities=cities, **ended(70))
        add_lesson(make_debrief(event, held_on=TODAY - 61 * DAY))
        make_event(title=f"Fair {place}", cities=cities, **ended(70))
        make_instrument(valid_until=TODAY - DAY)

    ours = [check for check in continuity.checks() if check.name in NAMES]
    with django_assert_num_queries(16):
        lengths = {check.name: len(list(check.find(TODAY))) for check in ours}

    assert {name: count for name, count in lengths.items() if count} == {
        "instruments.cities": 2,
        "instruments.valid": number,
        "commitments.kept": number,
        "drills.reviewed": number,
        "drills.corrected": number,
        "debriefs.held": number,
        "lessons.taken_up": number,
    }


def test_a_drill_is_reviewed_within_30_days(cities):
    make_drill(title="Yesterday", **ended(30))
    make_observation(make_drill(title="Reviewed", **ended(40)))
    make_drill(title="Called off", event_status=EventStatus.CANCELLED, **ended(40))
    make_drill(title="Forgotten", cities=cities[:1], **ended(31))

    assert found("drills.reviewed") == [
        ("“Forgotten” has no published review.", TODAY - DAY, ["alder"])
    ]


def test_a_review_that_is_only_begun_is_led_on_to(cities):
    drill = make_drill(title="Half reviewed", **ended(40))
    check = next(one for one in continuity.checks() if one.name == "drills.reviewed")
    (to_begin,) = check.find(TODAY)
    review = AfterActionReview.objects.create(drill=drill, held_on=TODAY)

    (concern,) = check.find(TODAY)

    assert to_begin.edit_url == f"{reverse('after_action_reviews:add')}?drill={drill.pk}"

    assert concern.edit_url == reverse("after_action_reviews:edit", args=(review.pk,))


def test_a_corrective_action_is_closed_by_its_day(cities):
    observation = make_observation(make_drill(**ended(40)))
    make_action(observation, due=TODAY - DAY)
    make_action(observation, due=TODAY)
    make_action(observation, due=TODAY - DAY, closed=TODAY)

    assert [each[1:] for each in found("drills.corrected")] == [(TODAY - DAY, ["alder"])]


@pytest.mark.both
def test_what_went_badly_at_a_drill_is_followed_within_30_days(cities):
    drill = make_drill(title="High water", cities=cities[:1], **ended(40))
    forgotten = make_observation(drill, "Nobody called the school")
    make_observation(drill, "Warned in time", kind="strength")
    make_action(make_observation(drill, "Pumps do not fit"), due=TODAY + DAY)
    add_lesson(make_debrief(drill), observation=make_observation(drill, "No list"))
    AfterActionReview.objects.update(held_on=TODAY - 31 * DAY)
    lately = make_observation(make_drill(title="Storm", local_slug="storm", **ended(35)))
    AfterActionReview.objects.filter(observations=lately).update(held_on=TODAY - 30 * DAY)

    assert found("drills.followed") == [
        (
            "Seen at “High water”, and nothing followed: Nobody called the school",
            TODAY - DAY,
            ["alder"],
        )
    ]
    make_action(forgotten, due=TODAY + DAY)
    assert found("drills.followed") == []


@pytest.mark.both
@pytest.mark.parametrize("number", [1, 3])
def test_what_nothing_followed_costs_the_same_for_one_and_for_three(
    cities, django_assert_num_queries, number
):
    for place in range(number):
        drill = make_drill(title=f"Drill {place}", local_slug=f"d{place}", cities=cities)
        make_observation(drill, "Nobody called")
    AfterActionReview.objects.update(held_on=TODAY - 31 * DAY)

    with django_assert_num_queries(2):
        assert len(found("drills.followed")) == number


@pytest.mark.both
def test_what_is_over_for_60_days_has_a_debrief(cities):
    make_event(title="Festival", cities=cities[1:], **ended(61))
    make_event(title="Lately", **ended(59))
    promise = make_commitment(
        make_roadmap(), status="completed", finished_on=TODAY - 60 * DAY, title_en="A ramp"
    )
    held = make_commitment(promise.roadmap, status="completed", finished_on=TODAY - 60 * DAY)
    make_debrief(commitment=held)

    assert found("debriefs.held") == [
        ("“Festival” is over, and nobody has held a debrief.", TODAY - DAY, ["puerto"]),
        ("“A ramp” is over, and nobody has held a debrief.", TODAY, []),
    ]


@pytest.mark.both
def test_a_lesson_is_taken_up_within_60_days_of_the_debrief(cities):
    event = make_event(cities=cities[:1], **ended(100))
    debrief = make_debrief(event, held_on=TODAY - 61 * DAY)
    add_lesson(debrief, "Print larger.")
    add_lesson(debrief, "Start later.", taken_up_on=TODAY)
    add_lesson(make_debrief(make_event(title="Other", **ended(70)), held_on=TODAY - 60 * DAY))

    assert found("lessons.taken_up") == [
        ("A lesson waits to be taken up: Print larger.", TODAY - DAY, ["alder"])
    ]


def test_both_checks_of_lessons_read_them_once_in_a_round(cities):
    def asked(number):
        for place in range(number):
            debrief = make_debrief(make_event(title=f"Fair {place}", cities=cities, **ended(100)))
            add_lesson(debrief, taken_up_on=TODAY)
            add_lesson(debrief)
            Debrief.objects.filter(pk=debrief.pk).update(held_on=TODAY - 61 * DAY)
        with CaptureQueriesContext(connection) as queries:
            lengths = {check.name: len(some) for check, some in continuity.concerns(TODAY).items()}
        sent = [each["sql"] for each in queries.captured_queries]
        read = [sql for sql in sent if sql.startswith('SELECT "archive_lesson"')]
        return len(read), lengths["lessons.taken_up"], lengths["lessons.version"]

    assert [asked(1), asked(3)] == [(1, 1, 1), (1, 4, 4)]


def test_what_is_taken_up_stands_in_a_version_that_every_city_signed(cities):
    version = make_version(make_protocol())
    debrief = make_debrief(make_event(cities=cities[1:], **ended(100)))
    add_lesson(debrief, "Print larger.")
    add_lesson(debrief, "Start later.", taken_up_on=TODAY, taken_up_version=version)
    add_lesson(debrief, "Bring tape.", taken_up_on=TODAY - DAY, taken_up_in_en="A list")

    assert found("lessons.version") == [
        ("A lesson is taken up in no version of a protocol: Bring tape.", TODAY - DAY, ["puerto"])
    ]
