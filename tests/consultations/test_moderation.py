"""The moderators' queue: whose comments, what can be decided, who is kept out."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from consultations.admin.moderation import menu_item
from consultations.enums import PublicationStatus
from consultations.groups import ensure_groups
from consultations.models import Contribution, Statement
from consultations.moderation.services.appeals import appeal
from consultations.services import vote
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_consultation,
    make_participant,
)
from tests.factories.moderation import make_hidden
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db


def staff(group: str, *cities: Any) -> Client:
    """A signed-in member of the group who works for the cities."""
    ensure_groups()
    resident = ResidentFactory(is_staff=True)
    resident.groups.add(Group.objects.get(name=group))
    resident.edits_for.set(cities)
    client = Client()
    client.force_login(resident)
    return client


def decide(client: Client, contribution: Contribution, **values: str) -> Any:
    address = reverse("moderation_decision", args=(contribution.pk,))
    seen = {"seen": contribution.publication_status, "seen_words": contribution.words_digest}
    return client.post(address, {**seen, **values})


def waiting(**fields: Any) -> Contribution:
    return ContributionFactory(publication_status=PublicationStatus.PENDING, **fields)


def test_the_queue_shows_what_waits_in_the_moderators_consultations_only():
    alder, puerto = city_pair()
    joint = waiting(text="Joint words.")
    waiting(text="Own words.", consultation=make_consultation(title="Own", cities=[alder]))
    waiting(text="Theirs.", consultation=make_consultation(title="Theirs", cities=[puerto]))
    ContributionFactory(text="Read already.", consultation=joint.consultation)

    page = staff("Moderators", alder).get(reverse("moderation_queue")).content.decode()

    assert "Joint words." in page
    assert "Own words." in page
    assert "Theirs." not in page
    assert "Read already." not in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"language": "es"}, ["Hola."]),
        ({"language": "en"}, ["Hello."]),
        ({"status": "published"}, ["Shown."]),
        ({"status": "erased", "consultation": "x"}, ["Hello.", "Hola."]),
    ],
)
def test_the_queue_can_be_narrowed(query, expected):
    first = waiting(text="Hello.")
    waiting(text="Hola.", language_code="es", consultation=first.consultation)
    ContributionFactory(text="Shown.", consultation=first.consultation)

    page = staff("Moderators").get(reverse("moderation_queue"), query).content.decode()

    shown = [text for text in ("Hello.", "Hola.", "Shown.") if f"<p>{text}</p>" in page]
    assert shown == expected


def test_the_queue_costs_the_same_for_1_and_20(django_assert_max_num_queries):
    client = staff("Moderators")
    author, consultation = make_participant(), make_consultation()
    for _number in range(20):
        waiting(consultation=consultation, participant=author)
    client.get(reverse("moderation_queue"))

    with django_assert_max_num_queries(15):
        client.get(reverse("moderation_queue"))


def test_the_menu_calls_the_queue_what_its_screen_is_called():
    text = staff("Moderators").get(reverse("moderation_queue")).content.decode()

    assert str(menu_item().label) in re.search(r"<title>([^<]*)</title>", text)[1]


def test_a_moderator_publishes():
    contribution = waiting()

    response = decide(staff("Moderators"), contribution, decision="publish")

    contribution.refresh_from_db()
    assert response.status_code == 302
    assert contribution.publication_status == PublicationStatus.PUBLISHED


def test_hiding_without_a_reason_shows_the_comment_again_and_changes_nothing():
    contribution = waiting()

    response = decide(staff("Moderators"), contribution, decision="hide", reason=" ")

    contribution.refresh_from_db()
    assert response.status_code == 422
    assert "Write the reason" in response.content.decode()
    assert contribution.publication_status == PublicationStatus.PENDING


FOLDS = re.compile(r'<details class="decisions__fold"( open)?>(.*?)</details>', re.S)


def folds(page: str) -> dict[str, tuple[bool, str]]:
    """The folds of the first card by what they decide: whether they are open, what is in them."""
    card = page.partition("data-card>")[2].partition("data-card>")[0]
    return {
        decision: (bool(is_open), inside)
        for is_open, inside in FOLDS.findall(card)
        for decision in re.findall(r'<button[^>]* value="(\w+)"', inside)
    }


def test_what_belongs_to_hiding_alone_is_folded_up_until_it_has_to_be_mended():
    comment = waiting()
    client = staff("Moderators")
    calm = client.get(reverse("moderation_queue")).content.decode()

    refused = decide(client, comment, decision="hide").content.decode()
    typed = decide(client, comment, decision="dance", reason="Not so fast.").content.decode()

    assert not folds(calm)["hide"][0]
    assert 'name="reason"' in folds(calm)["hide"][1]
    assert 'value="publish"' in calm
    assert "publish" not in folds(calm)
    assert folds(refused)["hide"][0]
    assert folds(typed)["hide"][0]


def test_leaving_new_words_out_stands_beside_the_reason_it_needs():
    comment = ContributionFactory(publication_status="published", waiting_text="Other words.")
    client = staff("Moderators")

    page = client.get(reverse("moderation_queue")).content.decode()
    refused = decide(client, comment, decision="keep").content.decode()

    assert folds(page).keys() == {"keep", "hide"}
    assert not folds(page)["keep"][0]
    assert folds(refused)["keep"][0]


def test_a_moderator_hides_with_a_reason():
    contribution = waiting()

    decide(staff("Moderators"), contribution, decision="hide", reason="It names a person.")

    contribution.refresh_from_db()
    assert contribution.publication_status == PublicationStatus.HIDDEN
    assert contribution.moderation_reason == "It names a person."


@pytest.mark.parametrize("values", [{}, {"decision": "burn"}, {"seen": "x"}])
def test_a_decision_that_makes_no_sense_changes_nothing(values):
    contribution = waiting()

    response = decide(staff("Moderators"), contribution, **values)

    contribution.refresh_from_db()
    assert response.status_code == 422
    assert contribution.publication_status == PublicationStatus.PENDING


@pytest.mark.parametrize("status", ["withdrawn", "erased"])
def test_what_was_taken_back_or_removed_is_never_shown_again(status):
    contribution = ContributionFactory(publication_status=status)

    answer = decide(staff("Moderators"), contribution, decision="publish")

    contribution.refresh_from_db()
    assert (answer.status_code, contribution.publication_status) == (422, status)


def test_another_citys_comment_does_not_exist_for_a_moderator():
    alder, puerto = city_pair()
    contribution = waiting(consultation=make_consultation(cities=[puerto]))

    response = decide(staff("Moderators", alder), contribution, decision="publish")

    assert response.status_code == 404


@pytest.mark.parametrize("group", ["Editors", "Analysts"])
def test_others_are_kept_out_of_the_queue(group):
    contribution, client = waiting(), staff(group)

    decide(client, contribution, decision="publish")
    page = client.get(reverse("moderation_queue"))

    contribution.refresh_from_db()
    assert page.status_code == 302
    assert contribution.publication_status == PublicationStatus.PENDING


def test_the_way_back_never_leads_to_another_site():
    response = decide(
        staff("Moderators"), waiting(), decision="publish", next="https://elsewhere.example/"
    )

    assert response.url == reverse("moderation_queue")


def test_an_editor_writes_a_statement_in_every_language():
    alder, _puerto = city_pair()
    consultation = make_consultation(cities=[alder])
    values = {
        "consultation": consultation.pk,
        "text_en": "Close the street at drop-off.",
        "text_es": "Cortar la calle a la entrada.",
        "language_code": "en",
        "publication_status": "published",
    }

    client = staff("Editors", alder)
    half = client.post(reverse("statements:add"), {**values, "text_es": ""})
    whole = client.post(reverse("statements:add"), values)

    assert (half.status_code, whole.status_code) == (200, 302)
    assert Statement.objects.get().number == 1


def test_another_citys_statement_does_not_exist_for_an_editor():
    alder, puerto = city_pair()
    statement = StatementFactory(consultation=make_consultation(cities=[puerto]))
    client = staff("Editors", alder)

    addresses = [reverse(f"statements:{name}", args=(statement.pk,)) for name in ("edit", "delete")]

    assert [client.get(address).status_code for address in addresses] == [404, 404]


def test_a_statement_with_votes_cannot_be_deleted():
    statement = StatementFactory()
    vote(statement, participant=make_participant(), choice="agree")

    response = staff("Editors").post(
        reverse("statements:delete", args=(statement.pk,)), follow=True
    )

    assert Statement.objects.filter(pk=statement.pk).exists()
    assert "it cannot be deleted" in response.content.decode()


def test_a_statement_without_votes_can_be_deleted():
    statement = StatementFactory()

    staff("Editors").post(reverse("statements:delete", args=(statement.pk,)))

    assert not Statement.objects.filter(pk=statement.pk).exists()


def test_a_moderator_arrives_at_what_waits():
    alder, puerto = city_pair()
    own = waiting(consultation=make_consultation(title="Own", cities=[alder])).consultation
    StatementFactory(consultation=own, publication_status="pending", participant=make_participant())
    waiting(consultation=make_consultation(title="Theirs", cities=[puerto]))
    _hidden, decision = make_hidden(ResidentFactory(), consultation=own)
    appeal(decision, text="It names nobody.", language_code="en", form_token=None)

    home = staff("Moderators", alder).get(reverse("wagtailadmin_home")).content.decode()
    others = staff("Analysts", alder).get(reverse("wagtailadmin_home")).content.decode()

    assert "2 texts wait to be read" in home
    assert "1 appeal waits" in home
    assert {reverse("moderation_queue"), reverse("appeals")} <= set(
        re.findall('href="([^"]+)', home)
    )
    assert "to be read" not in others
