"""The account's pages: all of them ours, in every language, kept by nobody."""

from pathlib import Path

import allauth
import pytest
from django.conf import settings
from django.template.loader import get_template
from django.urls import URLPattern, get_resolver, reverse
from django.utils.translation import override

from partnership.people import participation
from partnership.people.adapter import MAILS
from partnership.people.models import Participant
from partnership.people.urls import account_urlpatterns
from tests.factories.people import PASSWORD, ParticipantFactory, ResidentFactory
from tests.people.conftest import confirm_by_mail, confirm_by_password

OURS = Path(settings.SITE_DIR) / "templates"
#: Mails of allauth that nothing we use can send, and pieces of mails.
NEVER_SENT = {
    "account_disconnected_message",
    "account_disconnected_subject",
    "base_message",
    "base_notification",
    "email_confirm_message",
    "email_confirm_subject",
    "email_deleted_message",
    "email_deleted_subject",
    "password_reset_key_message",
    "password_reset_key_subject",
}
#: Pages that need a step before them; their tests are the journeys.
IN_A_JOURNEY = {
    "account_confirm_login_code",
    "account_email_verification_sent",
    "account_confirm_password_reset_code",
    "account_complete_password_reset",
    "account_request_reauthentication_code",
    "account_confirm_reauthentication_code",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
}
#: Pages of a site that has an identity provider; their tests are in test_identity*.
WITH_A_PROVIDER = {
    "identity_start",
    "identity_done",
    "identity_sign_out",
    "socialaccount_signup",
    "identity_address",
    "socialaccount_connections",
}
FOR_VISITORS = {
    "account_login",
    "account_signup",
    "account_request_login_code",
    "account_reset_password",
    "account_password_reset_completed",
    "account_inactive",
}


def page_names() -> set[str]:
    return {pattern.name for pattern in account_urlpatterns}


def all_patterns(resolver) -> list[URLPattern]:
    found = []
    for entry in resolver.url_patterns:
        found += [entry] if isinstance(entry, URLPattern) else all_patterns(entry)
    return found


def test_every_page_of_allauth_that_can_be_reached_is_one_we_chose():
    reachable = {
        pattern.name
        for pattern in all_patterns(get_resolver())
        if getattr(pattern.callback, "__module__", "").startswith("allauth")
    }

    assert reachable <= page_names()


@pytest.mark.parametrize("pattern", account_urlpatterns, ids=lambda pattern: pattern.name)
def test_no_template_of_allauth_is_shown(pattern):
    view = getattr(pattern.callback, "view_class", None)
    name = getattr(view, "template_name", None)
    if name is None:
        return  # a function: its pages are in the journeys

    assert Path(get_template(name).origin.name).is_relative_to(OURS)


def test_no_mail_of_allauth_can_be_sent():
    theirs = Path(allauth.__file__).parent / "templates"
    kinds = {
        path.stem.removesuffix("_message").removesuffix("_subject")
        for path in (*theirs.glob("account/email/*.txt"), *theirs.glob("socialaccount/email/*.txt"))
        if path.stem not in NEVER_SENT
    }

    assert kinds == {prefix.rpartition("/")[2] for prefix in MAILS}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", sorted(FOR_VISITORS))
def test_pages_for_visitors(client, language: str, name: str):
    with override(language):
        address = reverse(name)

    answer = client.get(address)

    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert "allauth" not in answer.content.decode()


@pytest.mark.parametrize("language", ["en", "es"])
def test_pages_for_residents(client, language: str):
    with_password, without = ResidentFactory(), ResidentFactory(password=None)
    elsewhere = FOR_VISITORS | IN_A_JOURNEY | WITH_A_PROVIDER
    for name in (*sorted(page_names() - elsewhere), "my_participation"):
        client.force_login(without if name == "account_set_password" else with_password)
        if name == "account_set_password":
            confirm_by_mail(client, without.email)
        if name in {"account_erase", "account_copy"}:
            confirm_by_password(client)
        with override(language):
            answer = client.get(reverse(name))

        assert answer.status_code == 200, name
        assert f'<html lang="{language}"' in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("name", ["my_participation", "account_details", "account_email"])
def test_pages_for_residents_ask_visitors_to_sign_in_and_lead_back(client, name: str):
    address = reverse(name)

    answer = client.get(address)

    assert answer["Location"] == f"/en/account/sign-in/?next={address}"


def test_a_resident_who_did_nothing_yet_is_helped(client):
    client.force_login(ResidentFactory(name="Bea"))

    page = client.get("/en/my-participation/").content.decode()

    assert "Nothing yet" in page
    assert "Bea, this is what you have taken part in" in page
    assert not Participant.objects.exists()


def test_sections_of_other_apps_are_shown_in_their_order(client, monkeypatch):
    monkeypatch.setattr(participation, "_sections", {})
    template = "components/note.html"
    for title, order, rows in (("Answers", 20, [1]), ("Places", 10, [1]), ("Empty", 5, [])):

        def build(request, participant, title=title, rows=rows):
            return {"title": title, "template": template, "rows": rows}

        build.__qualname__ = title
        participation.section(build, order=order)
    participant = ParticipantFactory()
    client.force_login(participant.resident)

    page = client.get("/en/my-participation/").content.decode()

    assert page.index("<h2>Places</h2>") < page.index("<h2>Answers</h2>")
    assert "Empty" not in page
    assert "Nothing yet" not in page


def test_the_page_asks_little_of_the_database(client, django_assert_max_num_queries):
    client.force_login(ParticipantFactory().resident)
    client.get("/en/my-participation/")

    with django_assert_max_num_queries(20):
        client.get("/en/my-participation/")


def test_details_are_changed_and_the_next_page_is_in_the_new_language(client, cities):
    resident = ResidentFactory(name="Bea", language_code="en", organisation_name="Old")
    client.force_login(resident)

    answer = client.post(
        "/en/account/details/",
        {
            "name": "Beatriz",
            "city": "alder",
            "language_code": "es",
            "organisation_name": "",
            "organisation_kind": "",
        },
    )

    resident.refresh_from_db()
    assert answer["Location"].startswith("/es/")
    assert (resident.name, resident.city, resident.language_code, resident.organisation_name) == (
        "Beatriz",
        cities[0],
        "es",
        "",
    )


def test_wrong_details_change_nothing_and_are_shown_again(client):
    resident = ResidentFactory(name="Bea")
    client.force_login(resident)

    answer = client.post("/en/account/details/", {"name": "", "city": "alder"})

    resident.refresh_from_db()
    assert answer.status_code == 422
    assert "Write your name." in answer.content.decode()
    assert resident.name == "Bea"


def test_signed_in_residents_find_their_way_to_everything(client):
    resident = ResidentFactory()
    client.post("/en/account/sign-in/", {"login": resident.email, "password": PASSWORD})

    page = client.get("/en/my-participation/").content.decode()

    for name in ("account_details", "account_email", "account_change_password", "account_logout"):
        assert f'"{reverse(name)}"' in page
    assert "Editing screens" not in page


@pytest.mark.parametrize(("works_for_a_city", "status"), [(False, 422), (True, 302)])
def test_only_who_works_for_a_city_names_its_city_hall(client, cities, works_for_a_city, status):
    alder = cities[0]
    resident = ResidentFactory(name="Bea", is_staff=works_for_a_city)
    resident.edits_for.set([alder] if works_for_a_city else [])
    client.force_login(resident)
    address = "/en/account/details/"
    sent = {"name": "Bea", "city": alder.code, "language_code": "en"}
    organisation = {"organisation_kind": "city_hall", "organisation_name": "Us"}

    page = client.get(address).content.decode()
    response = client.post(address, sent | organisation)

    resident.refresh_from_db()
    assert ('value="city_hall"' in page) is works_for_a_city
    assert response.status_code == status
    assert resident.organisation_name == (str(alder) if works_for_a_city else "")


@pytest.mark.usefixtures("cities")
def test_my_participation_leads_to_the_second_step_and_to_mails_about_alerts(client):
    client.force_login(ResidentFactory())

    page = client.get("/en/my-participation/").content.decode()

    assert f'href="{reverse("mfa_index")}"' in page
    assert f'href="{reverse("alert_mails")}"' in page
