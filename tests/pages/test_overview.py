"""What editors see of languages that are behind: the report, their desk, lists, the editor."""

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission

from home.models import StandardPage
from partnership.pages.models import BasePage
from tests.factories.pages import add_page
from tests.factories.people import ResidentFactory
from tests.pages.behind import change, home, since
from tests.pages.three_pages import make_whole_pages, read_again
from tests.tools.turns import taken

pytestmark = pytest.mark.django_db

REPORT = reverse("languages_report")
#: Most of them are Wagtail's own: the person, the menu, the summary of the site.
#: Outside of tests the site is at hand, which makes one less.
REPORT_QUERIES, FILE_QUERIES, LIST_QUERIES, DESK_QUERIES = 18, 11, 37, 27
WORDS = [("heading", "Words")]


def rows(response):
    """Return (title, language) of every row of the report."""
    table = response.context["table"]
    return [(row.title, row.code) for row in table.data]


def report(client, **asked):
    return client.get(REPORT, asked)


@pytest.fixture(scope="module")
def premises(shared_db):
    return make_whole_pages()


@pytest.fixture
def lead(premises, db):
    return read_again(premises)


@pytest.fixture
def pages(lead):
    return lead


# Whose pages ----------------------------------------------------------------------------------


def test_editors_see_the_pages_they_may_edit_in_every_language(client, editor, pages):
    client.force_login(editor("alder"))

    seen = {title for title, _code in rows(report(client))}

    assert {"Alder's page", "Page of both"} <= seen
    assert "Puerto's page" not in seen
    assert rows(report(client)).count(("Alder's page", "es")) == 1


def test_what_the_report_shows_is_what_may_be_edited(client, editor, pages):
    person = editor("puerto")
    client.force_login(person)

    shown = {row.page.pk for row in report(client).context["table"].data}

    everything = BasePage.objects.filter(depth__gt=1)
    may = {page.pk for page in everything if page.permissions_for_user(person).can_edit()}
    assert shown == may


def test_a_moderator_without_pages_is_kept_out(client, editor, pages):
    moderator = ResidentFactory(is_staff=True)
    moderator.groups.add(Group.objects.get(name="Moderators"))
    client.force_login(moderator)

    assert report(client).status_code == 302
    assert "Languages to bring up to date" not in home(client)


def test_a_visitor_is_sent_to_the_door(client, pages):
    assert report(client).status_code == 302


def test_who_may_only_add_sees_only_their_own(client, editor, pages):
    person = editor("alder")
    GroupPagePermission.objects.exclude(permission__codename="add_basepage").delete()
    BasePage.objects.filter(pk=pages.alder.pk).update(owner=person)
    client.force_login(person)

    assert {title for title, _code in rows(report(client))} == {"Alder's page"}


def test_an_alias_is_not_counted_twice(client, editor, lead):
    lead.joint.create_alias(parent=lead.root, update_slug="alias")
    client.force_login(editor("alder"))

    assert rows(report(client)).count(("Page of both", "es")) == 1


# What it says ---------------------------------------------------------------------------------


def test_what_is_behind_for_longest_comes_first_and_is_told_in_numbers(client, editor, lead):
    for page, days in ((lead.joint, 3), (lead.alder, 8)):
        change(page)
        since(page, days)
    client.force_login(editor("alder"))

    response = report(client)

    assert rows(response)[:2] == [("Alder's page", "es"), ("Page of both", "es")]
    assert rows(report(client, ordering="-since"))[:2] == [
        ("Page of both", "es"),
        ("Alder's page", "es"),
    ]
    first = response.context["table"].data[0]
    assert (first.lacks, first.standing.percentage) == ("1 out of date", 66)
    page = response.content.decode()
    assert f'href="/admin/pages/{lead.alder.pk}/edit/#language-es"' in page


def test_the_place_the_report_leads_to_exists(client, editor, lead):
    client.force_login(editor("alder"))

    screen = client.get(reverse("wagtailadmin_pages:edit", args=(lead.alder.pk,)))

    assert 'id="language-es"' in screen.content.decode()


def test_a_promise_is_told_with_the_name_under_it(client, editor, lead):
    signer = editor("alder")
    yesterday = timezone.localdate() - timedelta(days=1)
    change(lead.alder, by=yesterday, user=signer)
    client.force_login(signer)

    row = next(row for row in report(client).context["table"].data if row.promise)

    assert (row.title, row.code, row.promise.is_late) == ("Alder's page", "es", True)
    assert (row.promised_on, row.signed_by) == (yesterday, signer.name)


def test_a_draft_that_is_finished_still_has_its_promise_to_keep(client, editor, lead):
    change(lead.alder, by=timezone.localdate() - timedelta(days=1), user=editor("alder"))
    change(lead.alder, code="es", words="Otras palabras")
    client.force_login(editor("alder"))

    assert rows(report(client, promise="overdue")) == [("Alder's page", "es")]
    assert "ready: publish it" in report(client, promise="overdue").content.decode()


OURS = {"en": {("Alder's page", "en"), ("Page of both", "en")},
        "es": {("Alder's page", "es"), ("Page of both", "es")}}  # fmt: skip
NARROWED = (
    ({"language": "en"}, OURS["en"]),
    ({"state": "behind"}, OURS["es"]),
    ({"state": "stale"}, OURS["es"]),
    ({"state": "missing"}, set()),
    ({"state": "machine"}, set()),
    ({"state": "current"}, OURS["en"]),
    ({"promise": "overdue"}, {("Alder's page", "es")}),
    ({"promise": "open"}, {("Page of both", "es")}),
    ({"city": "joint"}, {("Page of both", "en"), ("Page of both", "es")}),
    ({"city": "alder"}, {("Alder's page", "en"), ("Alder's page", "es")}),
    ({"city": "puerto"}, set()),
    ({"responsible": "me"}, OURS["en"]),
    ({"state": "nonsense"}, OURS["en"] | OURS["es"]),
)


@pytest.mark.both
def test_it_can_be_narrowed(client, unwritten, editor, lead, cities):
    editor("puerto")
    today = timezone.localdate()
    change(lead.alder, by=today - timedelta(days=1))
    change(lead.joint, by=today)
    BasePage.objects.filter(pk=lead.alder.pk).update(owner=ResidentFactory())
    numbers = {city.code: city.pk for city in cities}
    client.force_login(editor("alder"))

    for asked, expected in NARROWED:
        answer = report(client, **{key: numbers.get(value, value) for key, value in asked.items()})

        found = {row for row in rows(answer) if row[0] in {"Alder's page", "Page of both"}}
        assert found == expected, asked


def test_the_type_of_page_can_be_asked_for(client, editor, pages):
    from django.contrib.contenttypes.models import ContentType

    client.force_login(editor("alder"))

    asked = ContentType.objects.get_for_model(StandardPage).pk

    assert {title for title, _code in rows(report(client, type=asked))} == {
        "Alder's page",
        "Page of both",
    }


# Who is responsible ---------------------------------------------------------------------------


def responsible(client, page, code, **asked):
    found = report(client, **asked).context["table"].data
    return next(
        ([str(person) for person in row.people] for row in found
         if row.page.pk == page.pk and row.code == code),
        None,
    )  # fmt: skip


@pytest.fixture
def joan(editor):
    person = editor("alder")
    person.name = "Joan"
    person.save()
    return person


@pytest.fixture
def marta(editor):
    person = editor("puerto")
    person.name = "Marta"
    person.save()
    return person


def test_it_is_the_editors_of_the_city_whose_hall_speaks_it(client, joan, marta, pages):
    client.force_login(joan)

    assert responsible(client, pages.joint, "en") == ["Joan"]
    assert responsible(client, pages.joint, "es") == ["Marta"]
    assert responsible(client, pages.alder, "en") == ["Joan"]


def test_where_no_city_of_the_page_speaks_it_it_is_the_owner(client, joan, marta, pages):
    olga = ResidentFactory(name="Olga")
    BasePage.objects.filter(pk=pages.alder.pk).update(owner=olga)
    client.force_login(joan)

    assert responsible(client, pages.alder, "es") == ["Olga"]
    assert responsible(client, pages.alder, "es", responsible="me") is None


def test_without_an_owner_it_is_the_editors_of_the_pages_city(client, joan, marta, pages):
    BasePage.objects.update(owner=None)
    client.force_login(joan)

    assert responsible(client, pages.alder, "es") == ["Joan"]


def test_an_owner_who_left_is_not_asked(client, joan, marta, pages):
    BasePage.objects.update(owner=ResidentFactory(is_active=False))
    client.force_login(joan)

    assert responsible(client, pages.alder, "es") == ["Joan"]


def test_moderators_of_a_city_are_not_asked_to_write(client, joan, marta, pages, cities):
    moderator = ResidentFactory(name="Inés", is_staff=True)
    moderator.groups.add(Group.objects.get(name="Moderators"))
    moderator.edits_for.set(cities)
    client.force_login(joan)

    assert responsible(client, pages.joint, "es") == ["Marta"]


@pytest.mark.both
@pytest.mark.parametrize("owner", taken(["joan", "marta", None], "joan"))
def test_what_is_ones_own_in_the_list_is_what_the_names_say(client, joan, marta, pages, owner):
    people = {"joan": joan, "marta": marta, None: None}
    BasePage.objects.update(owner=people[owner])
    for person in (joan, marta):
        client.force_login(person)

        everything = report(client).context["table"].data
        mine = report(client, responsible="me").context["table"].data

        named = {(row.page.pk, row.code) for row in everything if person in row.people}
        assert {(row.page.pk, row.code) for row in mine} == named


# Files ----------------------------------------------------------------------------------------


@pytest.fixture
def dangerous(lead, joan, marta, client):
    """A page whose title and whose editor's name would calculate, with a sign no sheet may hold."""
    BasePage.objects.filter(pk=lead.alder.pk).update(title="=1+1", title_en="=1+1", title_es="=1+1")
    BasePage.objects.filter(pk=lead.joint.pk).update(title_en="Bell\x07", title_es="Bell\x07")
    joan.name = "@SUM(A1)"
    joan.save()
    change(lead.alder, by=date(2020, 5, 12), user=joan)
    client.force_login(joan)


def test_a_csv_file_calculates_nothing(client, dangerous):
    answer = report(client, export="csv")

    lines = b"".join(answer.streaming_content).decode("utf-8-sig")
    found = list(csv.DictReader(StringIO(lines)))
    cells = {cell for line in found for cell in line.values()}
    assert {"'=1+1", "Bell", "'@SUM(A1)", "2020-05-12"} <= cells
    assert not [cell for cell in cells if cell.startswith(("=", "@", "+", "-"))]
    assert list(found[0])[:3] == ["Page", "Type", "Cities"]


def test_a_workbook_opens_and_calculates_nothing(client, dangerous):
    answer = report(client, export="xlsx")

    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    cells = [cell for line in sheet.iter_rows() for cell in line]
    assert {"'=1+1", "Bell", "'@SUM(A1)"} <= {cell.value for cell in cells}
    assert "f" not in {cell.data_type for cell in cells}
    assert date(2020, 5, 12) in [cell.value for cell in cells if cell.is_date]


def test_a_file_holds_what_was_asked_for_in_the_language_of_the_asker(client, editor, lead):
    from partnership.people.services import keep_admin_language

    person = editor("puerto")
    person.language_code = "es"
    person.save()
    keep_admin_language(person)
    change(lead.joint)
    client.force_login(person)

    answer = report(client, export="csv", state="behind")

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Página,Tipo,Ciudades")
    assert len(lines) == 2
    assert lines[1].startswith("Page of both,")


# Queries --------------------------------------------------------------------------------------


def many_pages(site_tree, number, cities):
    for place in range(number):
        add_page(site_tree, StandardPage, title=f"Page {place}", cities=cities[place % 2 :][:1])


@pytest.mark.parametrize("number", [1, 3, pytest.param(60, marks=pytest.mark.bench)])
def test_the_report_asks_the_same_for_any_number_of_pages(
    client, editor, cities, site_tree, number, django_assert_num_queries
):
    many_pages(site_tree, number, cities)
    client.force_login(editor("alder"))
    report(client)  # what is asked once per process

    with django_assert_num_queries(REPORT_QUERIES):
        report(client)


@pytest.mark.parametrize("number", [1, 3])
def test_a_file_asks_the_same_for_any_number_of_pages(
    client, editor, cities, site_tree, number, django_assert_num_queries
):
    many_pages(site_tree, number, cities)
    client.force_login(editor("alder"))
    report(client)

    with django_assert_num_queries(FILE_QUERIES):
        b"".join(report(client, export="csv").streaming_content)


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_of_pages_asks_the_same_for_any_number(
    client, editor, cities, bare_site, number, django_assert_num_queries
):
    many_pages(bare_site, number, cities)
    client.force_login(editor("alder", "puerto"))
    address = reverse("wagtailadmin_explore", args=(bare_site.pk,))
    client.get(address)

    with django_assert_num_queries(LIST_QUERIES):
        client.get(address)


@pytest.mark.parametrize("number", [1, 3])
def test_the_desk_asks_the_same_for_any_number(
    client, editor, lead, cities, number, django_assert_num_queries
):
    for place in range(number):
        change(add_page(lead.root, StandardPage, title=f"Page {place}", lead_en="a", lead_es="b"))
    client.force_login(editor("puerto"))
    home(client)

    with django_assert_num_queries(DESK_QUERIES):
        home(client)
