"""The second step of those who work for the cities: asked for, taken away, named in the admin."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from partnership.people.services import open_account
from tests.factories.drills import make_drill
from tests.factories.events import make_event
from tests.factories.people import PASSWORD, ResidentFactory
from tests.factories.registrations import RegistrationFactory
from tests.factories.risks import make_risk
from tests.people.conftest import newest_mail
from tests.people.second_step import KEY, factors_of, give_second_step, sign_in
from tests.tools.authenticator import code_of

OVERVIEW = "/en/account/second-step/"
BOTH = ["recovery_codes", "totp"]


@pytest.fixture
def required(settings):
    settings.STAFF_SECOND_FACTOR = "required"


@pytest.fixture
def admin():
    return open_account(
        "admin@example.org", name="Admin", language_code="en", password=PASSWORD, is_superuser=True
    )


@pytest.fixture
def clerk():
    """Somebody who may change people but is no administrator."""
    clerk = open_account("clerk@example.org", name="Clerk", language_code="es")
    group = Group.objects.create(name="Clerks")
    group.permissions.set(
        Permission.objects.filter(codename__in=("access_admin", "change_resident"))
    )
    clerk.groups.add(group)
    return clerk


@pytest.fixture
def ana():
    resident = ResidentFactory(email="ana@example.org", language_code="es", name="Ana")
    give_second_step(resident)
    return resident


def screen_for(resident) -> str:
    return reverse("wagtailusers_users:second_step", args=(resident.pk,))


# Asked for -----------------------------------------------------------------------------------


def test_offered_asks_nobody(client, admin):
    client.force_login(admin)

    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/admin/", "/admin/users/?q=x", "/admin/api/main/pages/", "/admin/sprite/", "/admin/x/"],
)
def test_no_editing_screen_opens_without_it(client, admin, required, address: str):
    client.force_login(admin)

    answers = [client.get(address), client.post(address), client.head(address)]

    assert [one["Location"] for one in answers] == [OVERVIEW] * 3


def test_neither_do_the_pages_of_staff_at_the_door_and_at_drills(
    client, unwritten, admin, required
):
    event, drill = make_event(), make_drill()
    place = RegistrationFactory(event=event)
    addresses = [
        *(reverse(f"event_door{name}", args=(event.slug,)) for name in ("", "_walk_in", "_list")),
        reverse("event_door_ticks", args=(event.slug,)),
        reverse("door_place", args=(place.code,)),
        reverse("drill_checklist", args=(drill.slug,)),
    ]
    client.force_login(admin)

    shut = [answer for each in addresses for answer in (client.get(each), client.post(each))]
    give_second_step(admin)
    opened = [client.get(each).status_code for each in addresses]

    assert [one.get("Location") for one in shut] == [OVERVIEW] * 12
    assert opened == [200, 200, 200, 405, 200, 200]


def test_the_door_stays_shut_for_who_works_nowhere_else(client, required):
    event = make_event()
    helper = ResidentFactory()
    door = reverse("event_door", args=(event.slug,))
    client.force_login(helper)
    as_resident = client.get(door)
    helper.user_permissions.add(Permission.objects.get(codename="check_in"))

    shut = [client.get(door), client.post(door)]
    give_second_step(helper)

    assert as_resident.get("Location") != OVERVIEW
    assert [one.get("Location") for one in shut] == [OVERVIEW] * 2
    assert client.get(door).status_code == 200


def test_what_is_for_staff_only_is_not_shown_without_it_either(client, admin, required):
    risk = make_risk("Weak lock", is_published=False)
    client.force_login(admin)

    def seen():
        register = client.get("/en/risks/").content.decode()
        return "Weak lock" in register, client.get(risk.get_absolute_url()).status_code

    before = seen()
    give_second_step(admin)

    assert (before, seen()) == ((False, 404), (True, 200))


def test_a_script_is_told_that_it_may_not(client, admin, required):
    client.force_login(admin)

    answers = [
        client.get("/admin/api/main/pages/", headers={"accept": "application/json"}),
        client.post("/admin/", headers={"x-requested-with": "XMLHttpRequest"}),
    ]

    assert [one.status_code for one in answers] == [403, 403]
    assert answers[0].content.decode() == "Set up the second step first."


def test_one_is_told_why_in_ones_own_language_and_led_back_to_where_one_was_going(
    client, clerk, required
):
    clerk.set_password(PASSWORD)
    clerk.save()
    client.force_login(clerk)

    led = client.get("/admin/users/?q=Bea", follow=True)
    why = led.content.decode()
    client.post("/es/cuenta/confirmar/", {"password": PASSWORD})
    client.get("/es/cuenta/segundo-paso/activar/")
    key = client.session["mfa.totp.secret"]
    codes = client.post(
        "/es/cuenta/segundo-paso/activar/", {"code": code_of(key)}, follow=True
    ).content.decode()

    assert led.redirect_chain == [("/es/cuenta/segundo-paso/", 302)]
    assert "Lo que es solo para el personal se abre cuando lo hayas activado." in why
    assert 'href="/admin/users/?q=Bea"' in codes
    assert client.get("/admin/users/").status_code == 200


def test_who_has_it_comes_in_for_one_question_more(client, admin, settings):
    give_second_step(admin)
    sign_in(client, admin, code_of(KEY))
    client.get("/admin/account/")
    counted = []
    for value in ("offered", "required"):
        settings.STAFF_SECOND_FACTOR = value
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/admin/account/").status_code == 200
        counted.append(len(asked))

    assert counted[1] - counted[0] == 1


def test_residents_and_public_pages_are_asked_for_nothing(client, admin, required):
    client.force_login(ResidentFactory())
    turned_away = client.get("/admin/")
    client.force_login(admin)

    assert turned_away["Location"] == "/admin/login/?next=/admin/"
    assert client.get("/en/my-participation/").status_code == 200


def test_who_turns_it_off_stays_outside_from_then_on(client, unwritten, admin, required):
    give_second_step(admin)
    sign_in(client, admin)
    client.post("/en/account/confirm/", {"password": PASSWORD})
    before = client.get("/admin/").status_code

    client.post(f"{OVERVIEW}turn-off/")

    assert before == 200
    assert client.get("/admin/")["Location"] == OVERVIEW


# Taken away ----------------------------------------------------------------------------------


def test_an_administrator_takes_it_away_and_its_owner_is_told(client, admin, ana):
    client.force_login(admin)
    edit = reverse("wagtailusers_users:edit", args=(ana.pk,))

    offered = client.get(edit).content.decode()
    asked = client.get(screen_for(ana))
    still = factors_of(ana)
    done = client.post(screen_for(ana))
    after = client.get(edit).content.decode()

    assert screen_for(ana) in offered
    assert (asked.status_code, still) == (200, BOTH)
    assert (done["Location"], factors_of(ana)) == (edit, [])
    assert screen_for(ana) not in after
    mail = newest_mail()
    assert (mail.kind, mail.language_code) == ("account/second_step_taken_away", "es")
    entry = ModelLogEntry.objects.get(action="people.take_second_step_away")
    assert (entry.object_id, entry.user) == (str(ana.pk), admin)
    history = client.get(reverse("wagtailusers_users:history", args=(ana.pk,)))
    assert "Second step at sign-in taken away" in history.content.decode()


def test_sent_twice_it_is_taken_away_and_told_once(client, admin, ana):
    client.force_login(admin)

    client.post(screen_for(ana))
    again = client.post(screen_for(ana), follow=True)

    assert "This account has no second step." in again.content.decode()
    assert ModelLogEntry.objects.filter(action="people.take_second_step_away").count() == 1


def test_nobody_takes_their_own_away_or_an_administrators_or_anybodys_without_the_right(
    client, admin, clerk, ana
):
    give_second_step(admin)
    give_second_step(clerk)
    tried = [(ana, clerk), (clerk, admin), (clerk, clerk), (admin, admin)]

    codes = []
    for by, of in tried:
        client.force_login(by)
        codes.append(client.post(screen_for(of)).status_code)

    assert set(codes) <= {302, 403}
    assert [factors_of(one) for one in (admin, clerk, ana)] == [BOTH] * 3


def test_who_may_change_people_takes_it_from_residents(client, clerk, ana):
    client.force_login(clerk)

    client.post(screen_for(ana))

    assert factors_of(ana) == []


def test_the_command_is_for_the_last_administrator(admin, capsys):
    give_second_step(admin)

    call_command("remove_second_factor", " Admin@Example.org ")

    assert capsys.readouterr().out == "admin@example.org signs in without a second step now.\n"
    assert factors_of(admin) == []
    assert newest_mail(admin.email).kind == "account/second_step_taken_away"
    assert ModelLogEntry.objects.get(action="people.take_second_step_away").user is None


@pytest.mark.parametrize(
    ("email", "why"),
    [("nobody@example.org", "No account has the address"), ("admin@example.org", "no second step")],
)
def test_the_command_says_when_there_is_nothing_to_remove(admin, email: str, why: str):
    with pytest.raises(CommandError, match=why):
        call_command("remove_second_factor", email)


# Named in the admin --------------------------------------------------------------------------


@pytest.mark.parametrize("is_on", [True, False])
def test_ones_own_page_in_the_admin_leads_to_it(client, admin, is_on: bool):
    if is_on:
        give_second_step(admin)
    client.force_login(admin)

    page = client.get("/admin/account/").content.decode()
    theme = {"theme-theme": "system", "theme-contrast": "system", "theme-density": "default"}
    client.post("/admin/account/", {"name-name": "Ada Min", **theme})

    admin.refresh_from_db()
    assert f'href="{OVERVIEW}"' in page
    assert ("The second step is on." in page) is is_on
    assert admin.name == "Ada Min"
