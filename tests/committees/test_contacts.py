"""Whom readers can write to, and who helps when the cities disagree."""

import re

import pytest
from django.urls import reverse

from home.committees.models import Contact, PathwayStage
from partnership.pages import finding
from partnership.people import copies
from partnership.people.erasure import ERASE, erase
from partnership.people.models import Participant
from partnership.people.tokens import issue
from tests.factories.cities import city_pair
from tests.factories.committees import (
    add_decision,
    add_meeting,
    days_ago,
    make_committee,
    make_contact,
    make_contacts_page,
    make_mediator,
)
from tests.factories.home import in_every_language
from tests.factories.people import ResidentFactory
from tests.factories.roadmap import make_commitment

pytestmark = pytest.mark.django_db


def text_of(response):
    shown = response.content.decode().replace("<wbr>", "")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown))


# Contacts --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/en/contacts/", "School exchanges schools@alderbay.example Telephone: 020 7946 0000"),
        ("/es/contactos/", "Intercambios schools@alderbay.example Teléfono: 020 7946 0000"),
    ],
)
def test_every_city_has_its_roles_with_their_mailboxes(client, address, words):
    make_contacts_page()
    make_contact(role_es="Intercambios", phone="020 7946 0000")

    page = text_of(client.get(address))

    assert words in page
    assert "Puerto Almendro" in page


def test_an_office_is_called_at_one_touch(client):
    make_contacts_page()
    make_contact(phone="020 7946 0000")

    assert 'href="tel:02079460000"' in client.get("/en/contacts/").content.decode()


def test_readers_see_when_it_was_confirmed_and_never_who_holds_it(client):
    make_contacts_page()
    account = ResidentFactory(name="Alma Account", email="alma@account.example", is_staff=True)
    make_contact(primary=account, primary_name="", confirmed_on="2026-05-12")

    page = client.get("/en/contacts/").content.decode()

    assert "Confirmed on 12 May 2026" in page
    assert not any(name in page for name in ("Alma", "alma@", "Desmond"))


def test_a_city_without_contacts_says_so(client):
    make_contacts_page()
    make_contact()

    assert "Puerto Almendro No contact of this city yet." in text_of(client.get("/en/contacts/"))


def test_without_anything_nothing_is_promised(client):
    make_contacts_page()

    page = text_of(client.get("/en/contacts/"))

    assert "No contact yet" in page
    assert "When we disagree" not in page


def test_the_footer_leads_to_it_once_it_is_there(client):
    page = make_contacts_page(live=False)
    assert "contacts" not in client.get("/en/").content.decode()

    page.live = True
    page.save()

    assert 'href="/en/contacts/"' in client.get("/en/").content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_costs_the_same_however_many_there_are(client, django_assert_num_queries, many):
    page = make_contacts_page()
    PathwayStage.objects.create(page=page, kind="talk", days=14)
    for _number in range(many):
        make_contact()
        make_mediator()
    client.get("/es/contactos/")

    with django_assert_num_queries(9):
        shown = text_of(client.get("/en/contacts/"))

    assert shown.count("School exchanges") == many
    assert shown.count("Lucía Paz") == many


# When we disagree ------------------------------------------------------------------------------


def test_the_steps_stand_in_their_order_with_their_days(client):
    lead = in_every_language("pathway_lead", "It happens.")
    page = make_contacts_page(**lead)
    for kind, days in (("review", 1), ("mediator", 30), ("talk", 14), ("committee", 21)):
        words = in_every_language("text", f"About {kind}.")
        PathwayStage.objects.create(page=page, kind=kind, days=days, **words)

    shown = text_of(client.get("/en/contacts/")).split("When we disagree")[1]

    told = (
        "It happens. 1. We talk to each other 14 days at most About talk. "
        "2. The committee takes it up 21 days at most About committee. "
        "3. A mediator helps 30 days at most About mediator. "
        "4. We look back at it 1 day at most About review."
    )
    assert told in shown


def test_a_mediator_is_shown_with_the_last_day_of_the_confirmation(client):
    make_contacts_page()
    make_mediator(mailbox="lucia@paz.example", confirmed_on="2026-11-01")

    shown = text_of(client.get("/en/contacts/")).split("When we disagree")[1]

    assert "Lucía Paz I live in neither city. Languages: English, Spanish" in shown
    assert "Two days a month lucia@paz.example Confirmed until 29 April 2027" in shown


@pytest.mark.parametrize(
    "fields", [{"confirmed_on": days_ago(180)}, {"consent_on": None}], ids=["old", "unasked"]
)
def test_unconfirmed_or_unasked_a_mediator_is_not_on_the_page(client, fields):
    make_contacts_page()
    make_mediator("Stays", confirmed_on=days_ago(179))
    make_mediator("Goes", **fields)

    shown = text_of(client.get("/en/contacts/"))

    assert "Stays" in shown
    assert "Goes" not in shown


# Search, copies, erasure -----------------------------------------------------------------------


@pytest.mark.both
def test_the_search_finds_contacts_and_decisions_where_they_stand():
    page = make_contacts_page()
    contact = make_contact("Zebra crossings", role_es="Pasos de cebra")
    decision = add_decision(add_meeting(make_committee()), "A zebra is painted.")

    told = {each.source.name: each.told[0] for each in finding.find("zebra", language="en")}

    assert told["contacts"].url == f"{page.get_url()}#contact-{contact.pk}"
    assert (told["contacts"].title, told["contacts"].cities) == ("Zebra crossings", city_pair()[:1])
    assert told["decisions"].url == decision.get_absolute_url()
    assert (told["decisions"].title, told["decisions"].within) == (
        "A zebra is painted.",
        "Joint committee",
    )
    assert [each.source.name for each in finding.find("cebra", language="es")] == ["contacts"]


def test_what_no_page_shows_is_not_found():
    make_contact("Zebra crossings")
    add_decision(add_meeting(make_committee(live=False)), "A zebra is painted.")

    assert finding.find("zebra", language="en") == []


def test_a_committee_is_found_by_its_purpose(client, indexed):
    make_committee(**in_every_language("purpose", "It reads every zebra."))

    assert "Joint committee" in text_of(client.get(reverse("search"), {"q": "zebra"}))


def test_an_account_that_is_erased_leaves_the_role_without_holder():
    account = ResidentFactory(email="leaving@example.org")
    contact = make_contact(primary=account, primary_name="", deputy=None)

    erase(account, keep_words=True, email="leaving@example.org", form_token=issue(ERASE))

    contact = Contact.objects.get()
    assert (contact.primary, contact.holders) == (None, 1)


def test_the_copy_of_ones_data_tells_the_roles_one_holds_and_no_other_holder():
    account = ResidentFactory()
    make_contact("School exchanges", deputy=account, deputy_name="")
    make_contact("Festivals")

    sections = copies.everything_about(Participant(resident=account))

    told = {section.key: section for section in sections}["committees.contact"]
    assert len(told.rows) == 1
    words = repr(told)
    assert "School exchanges" in words
    assert "Prudence" not in words


def test_an_account_that_is_switched_off_holds_nothing():
    account = ResidentFactory(is_active=False)
    contact = make_contact(primary=account, primary_name="")

    assert (contact.holders, contact.has_two_holders) == (1, False)


def test_a_commitment_that_goes_takes_no_decision_along():
    commitment = make_commitment()
    decision = add_decision(add_meeting(make_committee()), commitment=commitment)

    commitment.delete()

    decision.refresh_from_db()
    assert decision.commitment is None
