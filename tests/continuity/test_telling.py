"""What is overdue is printed, shown on the editors' first screen, and mailed once a month."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils.formats import date_format

from home.continuity import telling
from home.continuity.presenting import of_cities, piles_of
from partnership import continuity
from partnership.cities.models import City
from partnership.continuity import Check, Concern
from partnership.outbox.models import OutgoingMail
from tests.factories.continuity import make_instrument
from tests.factories.days import todays_date
from tests.factories.news import put_the_clock_at
from tests.factories.people import ResidentFactory
from tests.factories.reviews import editor_of
from tests.factories.roadmap import make_commitment, make_roadmap

pytestmark = pytest.mark.django_db

LAST_WEEK = todays_date() - timedelta(days=7)


@pytest.fixture
def late(monkeypatch, cities):
    """One thing of Alder Bay is late, and one of both cities has no day."""
    alder = Concern(words="A is late.", due=LAST_WEEK, cities=cities[:1], edit_url="/admin/a/")
    both = Concern(words="B waits.", edit_url="/admin/b/")
    check = Check(name="late", heading="Late things", find=lambda today: [both, alder])
    quiet = Check(name="quiet", heading="Quiet", find=lambda today: [])
    known = Check(name="known", heading="Known", find=lambda today: [alder], has_own_panel=True)
    checks = {each.name: (0, each) for each in (check, quiet, known)}
    monkeypatch.setattr(continuity, "_checks", checks)
    return check


def run(**options):
    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("check_continuity", stdout=out, **options)
    return out.getvalue(), error.value


def test_the_command_prints_by_names_and_ends_with_1(late):
    printed, error = run()

    assert printed.splitlines() == [
        "late: Late things",
        "  -  B waits.",
        f"  {LAST_WEEK}  A is late.",
        "known: Known",
        f"  {LAST_WEEK}  A is late.",
    ]
    assert (str(error), error.returncode) == ("Overdue: 3", 1)


def test_the_same_for_programs(late, settings):
    printed, _error = run(format="json")

    told = json.loads(printed)
    assert told["day"] == continuity.today().isoformat()
    assert told["overdue"][1] == {
        "check": "late",
        "heading": "Late things",
        "words": "A is late.",
        "due": LAST_WEEK.isoformat(),
        "cities": ["alder"],
        "edit_url": f"{settings.BASE_URL}/admin/a/",
    }
    assert told["overdue"][0]["due"] is None


def test_where_nothing_is_overdue_it_says_so_and_ends_with_0(cities):
    for city in cities:
        make_instrument(city=city)
        editor_of(city)
    out = StringIO()

    call_command("check_continuity", stdout=out)

    assert out.getvalue() == "Nothing is overdue.\n"


def test_it_speaks_the_language_it_is_asked_in(cities):
    printed, _error = run(language="es")

    assert "En Alder Bay no hay nada en vigor" in printed


# The first screen -------------------------------------------------------------------------


def test_an_editor_sees_what_their_cities_see_to(client, people, late):
    client.force_login(people.puerto)
    theirs = client.get(reverse("wagtailadmin_home")).content.decode()
    client.force_login(people.alder)

    page = client.get(reverse("wagtailadmin_home")).content.decode()

    assert "B waits." in theirs
    assert "A is late." not in theirs
    assert page.index('<a href="/admin/a/">A is late.</a>') < page.index("B waits.")
    assert "Known" not in page  # it has a panel of its own
    assert reverse("handover_pack") not in page


@pytest.fixture
def soon(monkeypatch, cities):
    """One thing of Alder Bay is late, and another one will be in a month."""
    day = todays_date() + timedelta(days=30)
    past = Concern(words="A is late.", due=LAST_WEEK, cities=cities[:1], edit_url="/admin/a/")
    one = Concern(words="C waits.", due=day, cities=cities[:1], edit_url="/admin/c/")

    def find(today):
        return [past, one] if today > day else [past]

    check = Check(name="soon", heading="Soon", find=find)
    monkeypatch.setattr(continuity, "_checks", {"soon": (0, check)})
    return day


def test_what_comes_next_stands_on_a_screen_and_in_the_mail_with_its_day(
    client, people, soon, monkeypatch
):
    screen, pages = reverse("what_comes_next"), []
    for person in (people.alder, people.puerto):
        client.force_login(person)
        assert f'href="{screen}"' in client.get(reverse("wagtailadmin_home")).content.decode()
        pages.append(client.get(screen).content.decode())
    client.force_login(ResidentFactory(is_staff=True))

    assert '<a href="/admin/c/">C waits.</a>' in pages[0]
    assert f">{date_format(soon)}</time>" in pages[0]
    assert "within the next 60 days" in pages[0]
    assert "A is late." not in pages[0]
    assert "C waits." not in pages[1]
    assert client.get(screen).status_code in {302, 403}
    monkeypatch.setattr(telling, "WRITTEN_UNTIL_DAY", 31)
    telling.remind_of_what_is_overdue()
    mail = OutgoingMail.objects.get(kind="staff_overdue")
    assert mail.subject == "What is overdue in your partnership"
    assert f"- {date_format(soon)}: C waits." in mail.text
    assert screen in mail.text


@pytest.mark.usefixtures("first_of_the_month")
def test_what_comes_next_alone_is_told_too(people, soon, monkeypatch):
    (check,) = continuity.checks()
    ahead = replace(check, find=lambda today: check.find(today)[1:])
    monkeypatch.setattr(continuity, "_checks", {"soon": (0, ahead)})

    telling.remind_of_what_is_overdue()

    mail = OutgoingMail.objects.get(kind="staff_overdue")
    assert mail.subject == "What comes next in your partnership"
    assert "C waits." in mail.text
    assert "This waits" not in mail.text


def test_an_administrator_sees_all_of_it_and_the_handover_pack(client, people, late):
    client.force_login(people.admin)

    page = client.get(reverse("wagtailadmin_home")).content.decode()

    assert "A is late." in page
    assert f'href="{reverse("handover_pack")}"' in page


def test_who_is_no_editor_sees_nothing_of_it(client, people, late):
    client.force_login(ResidentFactory(is_staff=True))

    assert "B waits." not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_long_lists_are_cut_and_say_so(late):
    many = [Concern(words=str(number), edit_url="/") for number in range(7)]

    (pile,) = piles_of({late: many}, at_most=5)

    assert (len(pile.concerns), pile.left_out) == (5, 2)


def test_what_names_no_city_is_on_all_of_them(late, cities):
    found = continuity.concerns(todays_date())

    assert [each.words for each in of_cities(found, cities[1:])[late]] == ["B waits."]


# The mail ---------------------------------------------------------------------------------


@pytest.fixture
def first_of_the_month(monkeypatch):
    monkeypatch.setattr(telling, "WRITTEN_UNTIL_DAY", 31)


@pytest.mark.usefixtures("first_of_the_month")
def test_each_editor_gets_one_mail_a_month_in_their_language(people, late):
    numbers = [telling.remind_of_what_is_overdue() for _again in range(2)]

    assert numbers == [1, 0]
    mail = OutgoingMail.objects.get(kind="staff_overdue")
    assert (mail.to, mail.language_code) == (people.alder.email, "en")
    assert "Late things" in mail.text
    assert "- A is late." in mail.text
    assert "A is late." in mail.html
    assert reverse("wagtailadmin_home") in mail.text


@pytest.mark.usefixtures("first_of_the_month")
def test_its_sentences_are_in_the_readers_language(people, cities):
    make_instrument("Ayuda", city=cities[1], valid_until=LAST_WEEK)

    telling.remind_of_what_is_overdue()

    mail = OutgoingMail.objects.get(kind="staff_overdue")
    assert (mail.to, mail.language_code) == (people.puerto.email, "es")
    assert mail.subject == "Lo que va con retraso en tu hermanamiento"
    assert "«Ayuda» (Puerto Almendro) caducó el" in mail.text


@pytest.mark.usefixtures("first_of_the_month")
def test_what_has_no_day_alone_is_no_reason_to_write(people):
    assert telling.remind_of_what_is_overdue() == 0


@pytest.mark.parametrize(("day", "number"), [(7, 1), (8, 0)])
def test_it_is_written_in_the_first_days_of_a_month(people, late, monkeypatch, day, number):
    monkeypatch.setattr(continuity, "today", lambda: date(2031, 5, day))

    assert telling.remind_of_what_is_overdue() == number


def test_nobody_is_told_of_a_day_that_is_not_over_in_their_city(people, cities, monkeypatch):
    """New Year's night: the year is over on the clock of the site, and not yet far in the west."""
    City.objects.filter(pk=cities[0].pk).update(time_zone="America/Los_Angeles")
    promise = make_commitment(make_roadmap(2026), due_on=date(2026, 12, 31), title="Benches")
    promise.led_by.set(cities[:1])

    def told_at(*instant):
        put_the_clock_at(datetime(*instant, tzinfo=UTC), monkeypatch)
        telling.remind_of_what_is_overdue()
        return OutgoingMail.objects.filter(kind="staff_overdue", text__contains="Benches").count()

    assert [told_at(2027, 1, 1, 7, 59), told_at(2027, 1, 1, 8)] == [0, 1]


@pytest.mark.usefixtures("first_of_the_month")
def test_who_lost_the_right_is_told_nothing(people, late):
    people.alder.groups.clear()

    assert telling.remind_of_what_is_overdue() == 0


@pytest.mark.usefixtures("first_of_the_month")
def test_the_clock_writes_it(people, late, tick):
    tick()

    assert OutgoingMail.objects.filter(kind="staff_overdue").count() == 1
