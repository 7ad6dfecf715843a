"""Events, consultations and ideas are handed on by plain links, in every language."""

from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from consultations.enums import ContributionKind
from tests.factories.consultations import ContributionFactory, make_consultation
from tests.factories.events import make_event

pytestmark = pytest.mark.django_db


def links_on(page) -> list[str]:
    found = BeautifulSoup(page.content, "html.parser").select("a[href]")
    return [a["href"] for a in found if a["href"].startswith(("mailto:?", "https://wa.me/"))]


def words_of(address: str) -> list[str]:
    asked = parse_qs(urlsplit(address).query)
    return asked["text" if "text" in asked else "body"][0].splitlines()


@pytest.mark.parametrize("make", [make_event, make_consultation])
def test_a_page_is_handed_on_with_its_title_and_address_in_every_language(client, make):
    page = make(title_en="Quay & day", title_es="Día del muelle")

    mail, whatsapp = links_on(client.get(page.url_in("es")))

    expected = [
        "Día del muelle",
        f"http://testserver{page.url_in('es')}",
        "Quay & day",
        f"http://testserver{page.url_in('en')}",
    ]
    assert words_of(mail) == words_of(whatsapp) == expected
    assert parse_qs(urlsplit(mail).query)["subject"] == ["Día del muelle"]


def test_an_idea_is_handed_on_with_its_own_title(client):
    consultation = make_consultation(takes_ideas=True)
    idea = ContributionFactory(
        consultation=consultation, kind=ContributionKind.IDEA, text="More benches\n\nBy the water."
    )
    address = reverse("consultation_idea", args=(consultation.slug, idea.pk))

    mail, _whatsapp = links_on(client.get(address))
    consultation.contributions.update(publication_status="withdrawn", reply_count=1)
    withdrawn = links_on(client.get(address))

    title, *addresses = words_of(mail)
    assert title == "More benches"
    assert [urlsplit(each).path[:4] for each in addresses] == ["/en/", "/es/"]
    assert withdrawn == []


def test_nothing_is_asked_of_others_before_a_link_is_pressed(client):
    page = BeautifulSoup(client.get(make_event().url).content, "html.parser")

    asked = page.select("script[src], img[src], link[rel=preconnect], iframe")
    assert not any("wa.me" in str(each) for each in asked)
