"""Residents and mails in the admin."""

from importlib import import_module

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission

from partnership.outbox.enums import MailState
from partnership.outbox.models import OutgoingMail
from partnership.pages.groups import ensure_groups
from partnership.pages.models import BasePage
from partnership.people import giving_roles
from partnership.people.models import Resident
from partnership.people.services import open_account
from tests.factories.outbox import OutgoingMailFactory
from tests.factories.people import PASSWORD, ResidentFactory


@pytest.fixture
def admin():
    return open_account("admin@example.org", name="Admin", language_code="en", is_superuser=True)


@pytest.fixture
def clerk():
    """Somebody who may change people but is no administrator."""
    clerk = open_account("clerk@example.org", name="Clerk", language_code="en")
    group = Group.objects.create(name="Clerks")
    group.permissions.set(
        Permission.objects.filter(codename__in=("access_admin", "change_resident", "add_resident"))
    )
    clerk.groups.add(group)
    return clerk


def answers(**changes: object) -> dict[str, object]:
    return {
        "email": "Editor@example.org",
        "name": "Ed Itor",
        "city": "",
        "language_code": "es",
        "password1": "",
        "password2": "",
        "groups": [],
        "edits_for": [],
    } | changes


def test_an_editor_is_invited_and_signs_in_by_code_with_the_admin_in_their_language(
    client, admin, cities
):
    client.force_login(admin)
    url = reverse("wagtailusers_users:add")

    shown = client.get(url)
    client.post(url, answers(city=cities[1].pk, edits_for=[cities[1].pk]))

    editor = Resident.objects.get(email="editor@example.org")
    assert shown.status_code == 200
    assert list(editor.edits_for.all()) == [cities[1]]
    assert not editor.has_usable_password()
    assert EmailAddress.objects.get(user=editor).verified
    assert editor.wagtail_userprofile.preferred_language == "es"


@pytest.mark.parametrize("given", ["city", "role", "administrator"])
def test_who_is_entrusted_with_something_is_staff_until_it_is_taken_away(
    client, admin, cities, given: str
):
    client.force_login(admin)
    role = Group.objects.create(name="Writers")
    trust = {
        "city": {"edits_for": [cities[1].pk]},
        "role": {"groups": [role.pk]},
        "administrator": {"is_superuser": "on"},
    }[given]

    client.post(reverse("wagtailusers_users:add"), answers(**trust))
    editor = Resident.objects.get(email="editor@example.org")
    was_staff = editor.is_staff
    client.post(
        reverse("wagtailusers_users:edit", args=(editor.pk,)), answers(is_active="on", name="Ed")
    )

    editor.refresh_from_db()
    assert was_staff
    assert editor.name == "Ed"
    assert not editor.is_staff


@pytest.mark.parametrize(
    ("trust", "words"),
    [
        ("city", "Ed Itor works for a city and has no role yet"),
        ("role", "Ed Itor works for no city"),
        ("city role", None),
        ("", None),
    ],
)
def test_who_saves_half_of_what_an_editor_needs_is_told(client, admin, cities, trust, words):
    client.force_login(admin)
    given = {
        "edits_for": [cities[1].pk] if "city" in trust else [],
        "groups": [Group.objects.create(name="Writers").pk] if "role" in trust else [],
    }

    said = client.post(reverse("wagtailusers_users:add"), answers(**given), follow=True)

    warnings = [str(each) for each in said.context["messages"] if each.level_tag == "warning"]
    assert len(warnings) == (1 if words else 0)
    assert all(warning.startswith(words) for warning in warnings)


@pytest.mark.parametrize(("language", "hello"), [("en", "Hello Ed,"), ("es", "Hola, Ed:")])
@pytest.mark.parametrize("password", ["", "a long pass phrase 7"])
def test_whoever_is_given_an_account_is_told_in_their_language_where_to_sign_in(
    client, admin, cities, language, hello, password
):
    client.force_login(admin)
    role = Group.objects.create(name="Writers")
    words = {"language_code": language, "password1": password, "password2": password}

    form = answers(edits_for=[cities[1].pk], groups=[role.pk], **words)
    client.post(reverse("wagtailusers_users:add"), form)
    client.post(reverse("wagtailusers_users:add"), form)  # refused: the address is taken

    mail = OutgoingMail.objects.get(kind="account_made")
    assert (mail.to, mail.language_code) == ("editor@example.org", language)
    assert hello.split()[0] in mail.text
    assert "/admin/" in mail.text
    assert ": Puerto Almendro." in mail.text
    assert not password or password not in mail.text
    if language == "en":
        assert ("password you were told" in mail.text) == bool(password)


def test_whoever_may_do_nothing_is_led_to_the_site_and_not_to_its_screens(client, admin):
    client.force_login(admin)

    client.post(reverse("wagtailusers_users:add"), answers(language_code="en"))

    mail = OutgoingMail.objects.get(kind="account_made")
    assert "/admin/" not in mail.text
    assert "/en/" in mail.text


def test_a_role_that_is_deleted_leaves_nobody_as_staff_for_it(client, admin, cities):
    role = Group.objects.create(name="Writers")
    ana, bea = ResidentFactory.create_batch(2, is_staff=True)
    for each in (ana, bea):
        each.groups.add(role)
    bea.edits_for.add(cities[0])
    client.force_login(admin)

    client.post(reverse("wagtailusers_groups:delete", args=(role.pk,)))

    assert not Group.objects.filter(pk=role.pk).exists()
    assert set(Resident.objects.filter(is_staff=True)) == {admin, bea}


def test_the_form_says_what_it_does(client, admin):
    client.force_login(admin)

    new = client.get(reverse("wagtailusers_users:add")).content.decode()
    old = client.get(reverse("wagtailusers_users:edit", args=(admin.pk,))).content.decode()

    assert "A mail in their language tells them of the account" in new
    assert "Whoever writes pages needs both." in new
    assert "A mail in their language tells them" not in old


def test_the_list_says_who_has_which_role_and_works_for_which_city(client, admin, cities):
    editor = ResidentFactory(name="Ed Itor")
    editor.edits_for.set(cities)
    editor.groups.add(Group.objects.create(name="Writers"))
    client.force_login(admin)

    listed = client.get(reverse("wagtailusers_users:index")).content.decode()

    assert "Writers" in listed.partition("Ed Itor")[2]
    assert "Alder Bay, Puerto Almendro" in listed


def test_many_people_who_get_a_role_at_once_are_staff(client, admin):
    client.force_login(admin)
    role = Group.objects.create(name="Writers")
    ana, bea, left_out = ResidentFactory.create_batch(3)
    address = reverse("wagtail_bulk_action", args=("people", "resident", "assign_role"))

    client.post(f"{address}?id={ana.pk}&id={bea.pk}", {"role": role.pk})

    staff = Resident.objects.filter(is_staff=True)
    assert set(staff) == {admin, ana, bea}
    assert left_out not in staff


def test_an_update_marks_whoever_was_entrusted_before(cities):
    ana, bea, resident = ResidentFactory.create_batch(3)
    ana.edits_for.add(cities[0])
    bea.groups.add(Group.objects.create(name="Writers"))

    import_module("partnership.people.migrations.0004_staff_by_their_roles").mark(apps, None)

    assert set(Resident.objects.filter(is_staff=True)) == {ana, bea}
    assert not Resident.objects.get(pk=resident.pk).is_staff


def test_nobody_is_copied(client, admin):
    client.force_login(admin)

    people = client.get(reverse("wagtailusers_users:index")).content.decode()

    assert "/admin/users/edit/" in people
    assert "/admin/users/copy/" not in people
    assert client.get(f"/admin/users/copy/{admin.pk}/").status_code == 404


def test_people_are_found_and_changed(client, admin):
    resident = ResidentFactory(name="Bea", email="bea@example.org")
    client.force_login(admin)
    url = reverse("wagtailusers_users:edit", args=(resident.pk,))

    found = client.get(reverse("wagtailusers_users:index"), {"q": "Bea"}).content.decode()
    shown = client.get(url)
    client.post(url, answers(email="bea@example.org", name="Beatriz", is_active="on"))
    told_of_nothing = not OutgoingMail.objects.exists()
    client.post(url, answers(email="bea.new@example.org", name="Beatriz", is_active="on"))

    resident.refresh_from_db()
    told = OutgoingMail.objects.get()
    assert told_of_nothing
    assert (told.kind, told.to) == ("account/address_changed", "bea@example.org")
    assert "bea.new@example.org" in told.text
    assert "bea@example.org" in found
    assert shown.status_code == 200
    assert (resident.name, resident.email) == ("Beatriz", "bea.new@example.org")
    assert resident.check_password(PASSWORD)
    assert EmailAddress.objects.get(user=resident).email == "bea.new@example.org"


def test_whose_password_was_set_hears_of_it(client, admin):
    resident = ResidentFactory(email="bea@example.org", name="Bea")
    client.force_login(admin)
    new = {"password1": "other boats come back", "password2": "other boats come back"}

    client.post(
        reverse("wagtailusers_users:edit", args=(resident.pk,)),
        answers(email="bea@example.org", is_active="on", **new),
    )

    resident.refresh_from_db()
    told = OutgoingMail.objects.get()
    assert resident.check_password("other boats come back")
    assert (told.kind, told.to) == ("account/password_changed", "bea@example.org")


def test_who_is_no_administrator_makes_none_and_changes_none(client, admin, clerk):
    client.force_login(clerk)

    client.post(reverse("wagtailusers_users:add"), answers(is_superuser="on"))
    taken_over = client.post(
        reverse("wagtailusers_users:edit", args=(admin.pk,)), answers(is_active="on")
    )

    assert not Resident.objects.get(email="editor@example.org").is_superuser
    assert taken_over.status_code in {302, 403}
    admin.refresh_from_db()
    assert admin.email == "admin@example.org"


def test_nobody_gives_a_role_that_allows_more_than_they_may(client, cities):
    ensure_groups()
    of_editors, of_clerks = Group.objects.get(name="Editors"), Group.objects.create(name="Clerks")
    may = ("access_admin", "change_resident", "add_resident")
    of_clerks.permissions.set(Permission.objects.filter(codename__in=may))
    clerk, bea, editor = ResidentFactory.create_batch(3, is_staff=True)
    clerk.groups.add(of_clerks)
    editor.groups.add(of_editors)
    client.force_login(clerk)
    add = reverse("wagtailusers_users:add")
    at_once = reverse("wagtail_bulk_action", args=("people", "resident", "assign_role"))

    refused = client.post(add, answers(groups=[of_editors.pk])).content.decode()
    told = client.post(f"{at_once}?id={bea.pk}", {"role": of_editors.pk}, follow=True)
    client.post(f"{at_once}?id={bea.pk}", {"role": f"+{of_editors.pk}"})  # the same key
    taken_over = client.post(
        reverse("wagtailusers_users:edit", args=(editor.pk,)), answers(is_active="on")
    )
    client.post(add, answers(groups=[of_clerks.pk]))
    client.post(f"{at_once}?id={bea.pk}", {"role": of_clerks.pk})

    says = "You can give the roles that allow nothing you may not do yourself."
    assert says in refused
    assert says in told.content.decode()
    assert taken_over.status_code in {302, 403}
    assert set(Resident.objects.filter(groups=of_editors)) == {editor}
    given = Resident.objects.filter(groups=of_clerks).values_list("email", flat=True)
    assert set(given) == {clerk.email, bea.email, "editor@example.org"}


def test_what_is_allowed_below_a_page_is_asked_for_where_the_role_is_given(clerk):
    root = BasePage.get_first_root_node()
    below, role = Group.objects.create(name="Below"), clerk.groups.get()
    publish = Permission.objects.get(codename="publish_basepage")
    GroupPagePermission.objects.create(group=below, page=root, permission=publish)

    before = set(giving_roles.to_give(clerk))
    GroupPagePermission.objects.create(group=role, page=root, permission=publish)

    assert below not in before
    assert {below, role} <= set(giving_roles.to_give(clerk))


def test_nor_with_many_others_at_once(client, admin, clerk):
    client.force_login(clerk)
    other = ResidentFactory()
    many = ("people", "resident", "set_active_state")
    address = f"{reverse('wagtail_bulk_action', args=many)}?id={other.pk}"

    refused = client.post(f"{address}&id={admin.pk}", {"mark_as_active": "False"}, follow=True)
    is_refused = Resident.objects.filter(is_active=True).count()
    client.post(address, {"mark_as_active": "False"})

    assert "Only administrators change administrators." in refused.content.decode()
    assert is_refused == 3
    assert set(Resident.objects.filter(is_active=True)) == {admin, clerk}


@pytest.mark.parametrize("name", ["wagtailusers_users:index", "wagtailusers_users:add"])
def test_residents_see_no_people(client, name: str):
    client.force_login(ResidentFactory())

    assert client.get(reverse(name)).status_code == 302


def test_ones_own_page_in_the_admin_has_one_name(client, admin):
    client.force_login(admin)

    page = client.get("/admin/account/")
    client.post("/admin/account/", {"name-name": "Ada Min", "theme-theme": "system"})

    admin.refresh_from_db()
    assert page.status_code == 200
    assert "first_name" not in page.content.decode()
    assert "password" not in [panel.name for panel in page.context["view"].get_panels()]


def test_the_outbox_shows_what_became_of_mails_and_never_what_they_say(client, admin):
    secret = OutgoingMailFactory(subject="1234 is your code", text="1234", last_error="refused")
    client.force_login(admin)

    listed = client.get(reverse("outgoing_mail:index")).content.decode()
    inspected = client.get(reverse("outgoing_mail:inspect", args=(secret.pk,))).content.decode()

    assert secret.to in listed
    assert "failing" in listed
    assert "Try again" in listed
    assert "1234" not in listed
    assert "1234" not in inspected
    assert "refused" in inspected


def test_a_mail_is_tried_again_by_who_may(client, admin, clerk):
    mail = OutgoingMailFactory(state=MailState.UNDELIVERABLE, attempts=80)
    url = reverse("outgoing_mail:retry", args=(mail.pk,))
    client.force_login(clerk)
    refused = client.post(url)
    client.force_login(admin)
    asked = client.get(url)
    done = client.post(url)

    mail.refresh_from_db()
    assert refused.status_code in {302, 403}
    assert asked.status_code == 200
    assert done.status_code == 302
    assert (mail.state, mail.attempts) == (MailState.WAITING, 0)


@pytest.mark.parametrize("page", ["new/", "edit/1/", "delete/1/", "copy/1/", "history/1/"])
def test_no_mail_is_written_or_changed_by_hand(client, admin, page: str):
    client.force_login(admin)

    assert client.get(f"/admin/outgoing_mail/{page}").status_code == 404
