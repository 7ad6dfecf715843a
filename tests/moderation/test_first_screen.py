"""What moderators see first: the longest wait, by city and language; and where ideas are about."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.models import Contribution
from tests.consultations.test_moderation import staff, waiting
from tests.factories.cities import city_pair
from tests.factories.consultations import IdeaFactory
from tests.factories.maps import make_map
from tests.moderation.test_queue import proposed

pytestmark = pytest.mark.django_db


def aged(thing, days):
    type(thing).objects.filter(pk=thing.pk).update(created_at=timezone.now() - timedelta(days=days))


def test_the_first_screen_begins_with_the_longest_wait_by_city_and_language(site_tree):
    alder, puerto = city_pair()
    young = waiting(text="Young words.", city=alder, language_code="en")
    old = waiting(
        text="Palabras viejas.", city=puerto, language_code="es", consultation=young.consultation
    )
    statement = proposed("Proposed words.", city=None, language_code="en")
    for thing, days in ((young, 1), (old, 9), (statement, 3)):
        aged(thing, days)
    client = staff("Moderators")

    page = client.get(reverse("wagtailadmin_home")).content.decode()

    panel = page[page.index('id="longest-waiting') :]
    queue = reverse("moderation_queue")
    links = [f"{queue}?city={puerto.code}&amp;language=es", f"{queue}?city=elsewhere"]
    links.append(f"{queue}?city={alder.code}&amp;language=en")
    places = [panel.index(link) for link in links]
    assert places == sorted(places)
    assert "Palabras viejas." in panel[: places[0]]
    assert panel.count("1 text waits") >= 3


def test_words_in_a_language_that_was_given_up_are_counted_too(site_tree):
    waiting(text="Palavras.", language_code="pt")

    client = staff("Moderators")
    page = client.get(reverse("wagtailadmin_home"))
    queue = client.get(f"{reverse('moderation_queue')}?language=pt")

    assert (page.status_code, queue.status_code) == (200, 200)
    assert "language=pt" in page.content.decode()
    assert "Palavras." in queue.content.decode()


def test_nobody_else_sees_it_and_it_is_gone_when_nothing_waits(site_tree):
    contribution = waiting(text="Secret words.")
    others = staff("Analysts").get(reverse("wagtailadmin_home"))
    assert others.status_code == 200
    assert "longest-waiting" not in others.content.decode()

    Contribution.objects.filter(pk=contribution.pk).update(publication_status="published")
    client = staff("Moderators")

    assert "longest-waiting" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_moderators_see_where_an_idea_is_about_before_it_is_published(site_tree):
    city_map = make_map()
    degrees = city_map.georeference.place_at(0.25, 0.5)
    exact = (Decimal(str(each)).quantize(Decimal("0.0001")) for each in degrees)
    point = dict(zip(("latitude", "longitude"), exact, strict=True))
    idea = IdeaFactory(publication_status="pending", **point)
    far = IdeaFactory(
        publication_status="pending",
        consultation=idea.consultation,
        latitude=Decimal("1.0000"),
        longitude=Decimal("2.0000"),
    )
    client = staff("Moderators")

    page = client.get(reverse("moderation_queue")).content.decode()

    assert idea.point in page
    assert far.point in page
    assert page.count('<circle cx="80') == 1
    assert "It is on none of the maps." in page
