"""Where editors keep disagreements: those of their own cities, and nobody else's."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from home.disputes.models import Dispute
from home.disputes.services import move_on, settle
from partnership.ledger.models import ApprovalRequest
from partnership.outbox.models import OutgoingMail
from partnership.pages.languages import CODES, localized
from partnership.people.services import keep_admin_language
from partnership.people.tokens import issue
from tests.factories.cities import CityFactory
from tests.factories.committees import days_ago, make_mediator
from tests.factories.disputes import agree_on_a_way, due, editor_of, make_dispute, step_of

pytestmark = pytest.mark.django_db

LIST, ADD = reverse("disputes:index"), reverse("disputes:add")
FIRST = dict.fromkeys(CODES, "You pay.")


def way(dispute):
    return reverse("disputes:way", args=(dispute.pk,))


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def in_languages(name, text):
    return {localized(name, code): text for code in CODES}


def typed(cities, **fields):
    return {
        **in_languages("title", "Who pays"),
        **in_languages("matter", "Paid twice."),
        "raised_by": cities[0].pk,
        "raised_on": str(days_ago(1)),
        "cities": [city.pk for city in cities],
        "confidentiality": "closed",
        "form_token": issue(purpose="thing.disputes.dispute"),
        **fields,
    }


def act(client, dispute, name, **fields):
    return client.post(way(dispute), {"act": name, **fields})


def test_an_editor_writes_one_down_and_its_clock_runs(client, people, cities):
    agree_on_a_way()
    client.force_login(people.alder)

    answer = client.post(ADD, typed(cities))

    dispute = Dispute.objects.get()
    assert answer["Location"] == way(dispute)
    assert (list(dispute.cities.all()), step_of(dispute).stage) == (list(cities), "talk")


def test_the_other_citys_editor_is_told_that_it_was_written_down(client, people, cities):
    agree_on_a_way()
    client.force_login(people.alder)

    client.post(ADD, typed(cities))

    mail = OutgoingMail.objects.get(kind="staff_dispute_moved")
    number = Dispute.objects.get().pk
    assert mail.to == people.puerto.email
    assert mail.subject == f"Desacuerdo n.º {number}: tu ciudad está en él"
    assert mail.text.count("Alder Bay ha anotado un desacuerdo") == 1


def test_what_cannot_be_is_said_beside_it(client, people, cities):
    client.force_login(people.alder)
    wrong = {"title_es": "", "raised_by": cities[1].pk, "raised_on": str(days_ago(-3))}

    page = text_of(client.post(ADD, {**typed(cities), **wrong, "cities": [cities[0].pk]}))

    for words in (
        "Write it in Spanish too: every city in it reads it.",
        "not one of the available choices",
        "This day has not come yet.",
        "It takes two to disagree",
        "Write the steps of a disagreement",
    ):
        assert words in page
    assert "before publishing" not in page
    assert not Dispute.objects.exists()


def test_an_open_one_is_published_and_languages_are_called_as_the_editor_calls_them(
    client, people, cities
):
    agree_on_a_way()
    keep_admin_language(people.puerto)
    client.force_login(people.puerto)
    wrong = {"title_en": "", "raised_by": cities[1].pk, "confidentiality": "open"}

    page = text_of(client.post(ADD, {**typed(cities), **wrong}))

    assert "Escribe esto en inglés antes de publicar." in page


def test_only_mediators_who_are_confirmed_now_are_offered(client, people):
    make_mediator("Lucía Paz")
    make_mediator("Iris Past", confirmed_on=days_ago(200))
    client.force_login(people.alder)

    page = client.get(ADD).content.decode()

    assert ("Lucía Paz" in page, "Iris Past" in page) == (True, False)


def test_one_city_alone_hides_it_and_does_not_open_it(client, people, cities):
    dispute = make_dispute(confidentiality="existence")
    edit = reverse("disputes:edit", args=(dispute.pk,))
    client.force_login(people.puerto)

    opened = client.post(edit, typed(cities, confidentiality="open", title_en="Bus"))
    dispute.refresh_from_db()
    assert (opened.status_code, dispute.confidentiality) == (200, "existence")
    assert client.post(edit, {}).status_code == 200
    client.post(edit, typed(cities, raised_by=cities[1].pk))

    dispute.refresh_from_db()
    assert (dispute.confidentiality, dispute.raised_by) == ("closed", cities[0])


def test_the_list_shows_clocks_the_overdue_first_at_the_same_cost(
    client, people, django_assert_max_num_queries
):
    make_dispute("Calm")
    client.force_login(people.alder)
    client.get(LIST)
    with django_assert_max_num_queries(30) as one:
        client.get(LIST)
    due(make_dispute("Late"), days_ago(3))
    make_dispute("Secret", confidentiality="closed")

    with django_assert_max_num_queries(30) as three:
        page = text_of(client.get(LIST))

    assert len(one) == len(three)
    assert page.index("Late") < page.index("We talk to each other: 3 days late")
    assert page.index("3 days late") < page.index("Calm") < page.index("day 0 of 14")


def test_whoever_works_for_none_of_its_cities_sees_and_moves_nothing(client, people):
    dispute = make_dispute()
    screens = [way(dispute), *(reverse(f"disputes:{one}", args=(dispute.pk,)) for one in SCREENS)]

    for stranger in (editor_of(CityFactory()), people.admin):
        client.force_login(stranger)
        found = {client.get(one).status_code for one in screens}
        sent = act(client, dispute, "move", seen=step_of(dispute).pk)

        assert (found <= {302, 404}, sent.status_code) == (True, 404)
        assert "Who pays" not in text_of(client.get(LIST))


def test_the_right_is_asked_for_beside_the_city(client, cities):
    dispute = make_dispute()
    colleague = editor_of(cities[0])
    colleague.groups.all()[0].permissions.remove(
        *colleague.groups.all()[0].permissions.filter(content_type__app_label="disputes")
    )
    client.force_login(colleague)

    assert client.get(way(dispute)).status_code == 403
    assert act(client, dispute, "move").status_code == 403


def test_nobody_deletes_one(client, people):
    dispute = make_dispute()
    client.force_login(people.alder)

    client.post(reverse("disputes:delete", args=(dispute.pk,)))

    assert Dispute.objects.filter(pk=dispute.pk).exists()


def test_one_screen_moves_it_and_a_second_press_is_told_so(client, people):
    dispute = make_dispute(confidentiality="closed")
    client.force_login(people.puerto)
    page = client.get(way(dispute)).content.decode()
    hidden = dict(re.findall(r'type="hidden" name="(seen|city)" value="(\d+)"', page))
    sent = {**hidden, **in_languages("agreed", "Half each.")}

    first, second = (act(client, dispute, "move", **sent) for _press in range(2))

    assert (first["Location"], second.status_code) == (way(dispute), 422)
    assert "Somebody has moved it on" in text_of(second) or "Alguien lo ha hecho" in text_of(second)
    assert dispute.steps.count() == 2


def test_words_that_came_too_late_stay_and_count_for_what_is_shown_now(client, people, cities):
    dispute = make_dispute()
    client.force_login(people.puerto)
    late = {"city": cities[1].pk, **in_languages("agreed", "Half each.")}
    move_on(dispute, by=people.alder, city=cities[0], seen=step_of(dispute).pk, agreed=FIRST)

    refused = client.post(way(dispute), {"act": "move", "seen": step_of(dispute).pk - 1, **late})
    page = BeautifulSoup(refused.content, "html.parser")
    seen = page.select_one("form:has([name=agreed_en]) [name=seen]")["value"]

    assert (page.select_one("[name=agreed_en]").get_text(strip=True), int(seen)) == (
        "Half each.",
        step_of(dispute).pk,
    )
    assert act(client, dispute, "move", seen=seen, **late)["Location"] == way(dispute)


def test_words_for_what_is_over_are_not_lost(client, people, cities):
    dispute = make_dispute()
    seen = step_of(dispute).pk
    who = {"by": people.alder, "city": cities[0], "seen": seen}
    settle(dispute, kind="settled", outcome=FIRST, **who)
    client.force_login(people.puerto)
    late = {"city": cities[1].pk, "seen": seen, **in_languages("agreed", "Half each.")}

    page = text_of(act(client, dispute, "move", **late))

    assert "Half each." in page
    assert "This disagreement is over." in page


def test_it_is_ended_and_more_time_is_asked_for_on_the_same_screen(client, people, cities):
    dispute = make_dispute()
    client.force_login(people.alder)
    who = {"seen": step_of(dispute).pk, "city": cities[0].pk}

    asked = act(client, dispute, "time", until=days_ago(-40), **in_languages("why_time", "Ice."))
    request = ApprovalRequest.objects.get()
    assert asked["Location"] == reverse("approval", args=(request.pk,))
    assert "Ice." in text_of(client.get(asked["Location"]))
    again = act(client, dispute, "time", until=days_ago(-41), **in_languages("why_time", "Snow."))
    assert again.status_code == 422
    act(client, dispute, "settle", kind="settled", **who, **in_languages("outcome", "Half."))

    dispute.refresh_from_db()
    assert dispute.outcome_kind == "settled"
    assert "On to the next step" not in text_of(client.get(way(dispute)))


SCREENS = ("edit", "delete", "history", "usage")
