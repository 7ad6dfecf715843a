"""Alerts are published at one press in every language, changed and ended by their cities only."""

import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from home.alerts.enums import Act
from home.alerts.models import Alert, AlertStep
from home.alerts.services import end
from partnership.pages import finding
from tests.factories.alerts import HOUR, alerter_of, make_alert, make_channel
from tests.factories.cities import city_pair

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]

ADD = "/admin/alerts/new/"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def editor(client):
    """An editor of Puerto Almendro, signed in."""
    editor = alerter_of(city_pair()[1])
    client.force_login(editor)
    return editor


def typed(**fields):
    tomorrow = timezone.now() + timedelta(days=1)
    return {
        "level": "danger",
        "starts_at": "2026-01-15 10:00",
        "ends_at": f"{tomorrow:%Y-%m-%d} 10:00",
        "title_en": "Keep away",
        "title_es": "No te acerques",
        "text_en": "The tide is coming.",
        "text_es": "Viene la marea.",
        "more_url_en": "",
        "more_url_es": "",
        **fields,
    }


def edit(alert):
    return reverse("alerts:edit", args=(alert.pk,))


def errors(response):
    return {name: list(found) for name, found in response.context["form"].errors.items()}


# Publishing ------------------------------------------------------------------------------------


def test_one_press_publishes_on_the_clock_of_the_editors_city(client, editor):
    response = client.post(ADD, typed(cities=[str(city_pair()[1].pk)]))

    assert response.status_code == 302, errors(response)
    alert = Alert.objects.get()
    assert f"{alert.starts_at:%H:%M}" == "09:00"  # ten o'clock in Madrid
    assert list(Alert.objects.in_force()) == [alert]
    assert list(alert.cities.all()) == [city_pair()[1]]
    step = AlertStep.objects.get()
    assert (step.act, step.city, step.done_by) == (Act.PUBLISHED, city_pair()[1], editor)


@pytest.mark.parametrize("missing", ["title_es", "text_en"])
def test_an_alert_needs_every_language_and_says_beside_the_field_which_one(
    client, unwritten, editor, missing
):
    response = client.post(ADD, typed(**{missing: ""}))

    name = {"es": "Spanish", "en": "English"}[missing[-2:]]
    assert errors(response) == {missing: [f"Write it in {name} too."]}
    assert not Alert.objects.exists()


@pytest.mark.parametrize("until", ["2026-01-15 09:00", "2026-01-15 10:30"])
def test_what_has_passed_or_ends_before_it_starts_is_refused(client, unwritten, editor, until):
    response = client.post(ADD, typed(ends_at=until))

    assert errors(response) == {"ends_at": ["This has passed: until when is it in force?"]}


@pytest.mark.parametrize(
    ("name", "day"), [("starts_at", "0206-01-15 10:00"), ("ends_at", "9206-01-15 10:00")]
)
def test_an_alert_in_a_year_nobody_can_mean_is_refused(client, unwritten, editor, name, day):
    response = client.post(ADD, typed(**{name: day}))

    assert errors(response) == {name: ["Nobody can mean this day: check the year."]}


def test_of_words_that_are_too_long_it_is_not_said_that_they_are_missing(client, unwritten, editor):
    response = client.post(ADD, typed(title_es="a" * 81))

    (told,) = errors(response)["title_es"]
    assert "at most 80 characters" in told


def test_the_end_comes_after_the_beginning_in_the_form_and_in_the_table(client, unwritten, editor):
    later = timezone.now() + timedelta(days=2)
    response = client.post(ADD, typed(starts_at=f"{later:%Y-%m-%d} 10:00"))

    assert errors(response) == {"ends_at": ["It must end after it starts."]}
    with pytest.raises(IntegrityError), transaction.atomic():
        make_alert(starts_at=later, ends_at=later)


def test_nobody_alerts_a_city_they_do_not_work_for(client, unwritten, editor):
    response = client.post(ADD, typed(cities=[str(city_pair()[0].pk)]))

    told = ["Choose a city you work for, alone or with others."]
    assert errors(response) == {"cities": told}
    assert client.post(ADD, typed(cities=[city.pk for city in city_pair()])).status_code == 302


def test_who_works_for_no_city_alerts_nobody(client):
    client.force_login(alerter_of())

    assert "cities" in errors(client.post(ADD, typed()))


def test_without_the_permission_nobody_comes_in(client, editor):
    editor.groups.clear()

    assert client.get(ADD).status_code == 302
    assert not Alert.objects.exists()


@pytest.mark.both
def test_publishing_and_ending_renew_every_page_on_commit(
    client, editor, monkeypatch, django_capture_on_commit_callbacks
):
    renewed = []
    monkeypatch.setattr("partnership.serving.cache.renew", lambda: renewed.append(1))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(ADD, typed())
    published = len(renewed)
    with django_capture_on_commit_callbacks(execute=True):
        end(Alert.objects.get(), by=editor)

    assert published >= 1
    assert len(renewed) > published


# Changing --------------------------------------------------------------------------------------


def shown(client, alert):
    """What the form shows, as a browser sends it back."""
    form = client.get(edit(alert)).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    for name in ("starts_at", "ends_at"):
        sent[name] = f"{sent[name]:%Y-%m-%d %H:%M}"
    return {name: "" if value is None else value for name, value in sent.items()}


def test_a_change_is_written_down_once_and_saving_the_same_is_none(client, unwritten, editor):
    whole = timezone.now().replace(second=0, microsecond=0)
    alert = make_alert(starts_at=whole, ends_at=whole + timedelta(days=1))

    client.post(edit(alert), shown(client, alert))
    assert not alert.steps.exists()
    client.post(edit(alert), {**shown(client, alert), "title_en": "Keep far away"})

    assert [step.act for step in alert.steps.all()] == [Act.CHANGED]
    alert.refresh_from_db()
    assert alert.title_en == "Keep far away"


def test_what_is_over_stays_as_readers_were_told(client, unwritten, editor):
    alert = make_alert()
    end(alert, by=editor)

    response = client.post(edit(alert), typed(title_en="Nothing happened"))

    told = "It is over, and what readers were told stays: publish a new alert."
    assert told in errors(response)["__all__"]
    assert Alert.objects.get().title_en == "Keep away"


def test_an_alert_of_another_city_does_not_exist_for_this_editor(client, editor):
    alert = make_alert(cities=city_pair()[:1])
    over = reverse("alert_over", args=(alert.pk,))

    answers = [client.get(edit(alert)), client.post(edit(alert), typed()), client.post(over)]

    assert {answer.status_code for answer in answers} <= {302, 403, 404}
    assert "Keep away" not in client.get("/admin/alerts/").content.decode()
    alert.refresh_from_db()
    assert (alert.title_en, alert.ended_at) == ("Keep away", None)


# It is over ------------------------------------------------------------------------------------


def test_one_press_in_the_list_or_on_the_first_screen_ends_it(client, editor):
    alert = make_alert()
    over = reverse("alert_over", args=(alert.pk,))
    for screen in ("/admin/alerts/", "/admin/"):
        assert f'action="{over}"' in client.get(screen).content.decode()

    client.post(over)
    client.post(over)

    alert.refresh_from_db()
    assert alert.ended_at is not None
    assert [step.act for step in alert.steps.all()] == [Act.ENDED]
    assert f'action="{over}"' not in client.get("/admin/").content.decode()


def test_looking_ends_nothing(client, editor):
    alert = make_alert()

    assert client.get(reverse("alert_over", args=(alert.pk,))).status_code == 405


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_ten_who_end_it_at_once_end_it_once(run_in_threads):
    alert, editor = make_alert(), alerter_of(*city_pair())

    answers = run_in_threads(lambda _number: end(alert, by=editor), times=10)

    assert sorted(answers) == [False] * 9 + [True]
    assert AlertStep.objects.count() == 1


@pytest.mark.parametrize("is_superuser", [False, True])
def test_nobody_deletes_an_alert(client, editor, is_superuser):
    editor.is_superuser = is_superuser
    editor.save()
    alert = make_alert()

    client.post(reverse("alerts:delete", args=(alert.pk,)))

    assert Alert.objects.get() == alert


def test_its_screen_tells_staff_who_did_what(client, editor):
    alert = make_alert(starts_at=timezone.now() + HOUR, ends_at=timezone.now() + 2 * HOUR)
    end(alert, by=alerter_of(city_pair()[0], name="Joan Okafor"))

    page = client.get(edit(alert)).content.decode()

    assert "Declared over" in page
    assert "Joan Okafor (Alder Bay)" in page
    assert "by whom" not in client.get(ADD).content.decode()


# What readers find -----------------------------------------------------------------------------


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_list_shows_what_is_in_force_and_what_is_over(
    client, how_many, django_assert_max_num_queries
):
    now = timezone.now()
    for number in range(how_many):
        make_alert(f"Now {number}", cities=city_pair()[:1])
        make_alert(f"Over {number}", starts_at=now - 2 * HOUR, ends_at=now - HOUR)
        make_alert(f"Coming {number}", starts_at=now + HOUR, ends_at=now + 2 * HOUR)

    with django_assert_max_num_queries(12):
        page = client.get(reverse("alerts")).content.decode()

    main = page.partition("<main")[2]
    assert [len(re.findall(word, main)) for word in (">Now ", ">Over [0-9]", ">Coming ")] == [
        how_many,
        how_many,
        0,
    ]
    assert "Over since" in main


def test_the_page_of_an_alert_tells_cities_and_instants_and_no_names(client):
    alert, editor = make_alert(), alerter_of(city_pair()[1], name="Nuria Secreta")
    end(alert, by=editor)

    page = client.get(reverse("alert", args=(alert.pk,))).content.decode()

    assert "<strong>Declared over</strong>: Puerto Almendro" in page
    assert "Nuria" not in page
    assert 'hreflang="es" href="http://testserver/es/avisos/' in page


def test_the_feed_tells_the_alerts_of_its_language_and_leads_to_its_twin(client):
    now = timezone.now()
    make_alert("Storm", title_es="Temporal", level="danger")
    make_alert("Coming", starts_at=now + HOUR, ends_at=now + 2 * HOUR)
    with override("es"):
        address = reverse("alerts_feed")

    root = ET.fromstring(client.get(address).content)  # noqa: S314 - our own

    assert address == "/es/avisos/canal.atom"
    assert [each.text for each in root.findall(f"{ATOM}entry/{ATOM}title")] == ["Peligro: Temporal"]
    twins = root.findall(f"{ATOM}link[@hreflang='en']")
    assert twins[0].get("href").endswith("/en/alerts/feed.atom")


@pytest.mark.both
def test_the_search_finds_alerts_that_began(client):
    now = timezone.now()
    make_alert("Storm surge")
    make_alert("Storm to come", starts_at=now + HOUR, ends_at=now + 2 * HOUR)

    found = finding.find("storm", language="en")

    assert [(each.source.name, each.number) for each in found] == [("alerts", 1)]


def test_a_name_is_forgotten_with_the_account_and_the_step_stays():
    alert, editor = make_alert(), alerter_of(city_pair()[1])
    end(alert, by=editor)
    editor.delete()

    assert AlertStep.objects.get().done_by is None


def test_the_first_screen_lists_no_alert_of_another_city(client, editor):
    alder, puerto = city_pair()
    for title, city in (("Alder in danger", alder), ("Puerto in danger", puerto)):
        make_alert(title=title).cities.set([city])

    page = client.get("/admin/").content.decode()

    listed = page.split("Alerts in force", 1)[1]
    assert "Puerto in danger" in listed
    assert "Alder in danger" not in listed


def test_who_may_not_alert_ends_nothing_and_notes_no_test(client, editor):
    puerto = city_pair()[1]
    channel = make_channel(puerto)
    alert = make_alert()
    editor.groups.get().permissions.remove(
        *Permission.objects.filter(codename__in=("change_alert", "change_channel"))
    )

    client.post(reverse("alert_over", args=(alert.pk,)))
    client.post(reverse("channel_tested", args=(channel.pk,)), {"city": puerto.pk})

    assert Alert.objects.in_force().exists()
    assert not channel.tests.exists()
