"""What editors wait for: an editing screen in both languages, the report of many pages."""

from collections.abc import Callable
from statistics import median
from time import perf_counter

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, ObjectList, TitleFieldPanel

from home.models import StandardPage
from partnership.pages.languages import DEFAULT, localized
from tests.factories.pages import add_page, make_site
from tests.factories.people import ResidentFactory

pytestmark = [pytest.mark.bench, pytest.mark.django_db]
ROUNDS = 25
BLOCKS = 20
PAGES = 500


def one_language() -> ObjectList:
    """The fields of a page of text in one language, and nothing of ours around them."""
    title, slug = localized("title", DEFAULT), "slug"
    names = [localized(name, DEFAULT) for name in ("lead", "body", "seo_title")]
    panels = [TitleFieldPanel(title, targets=[slug]), FieldPanel(slug), *map(FieldPanel, names)]
    return ObjectList(panels)


def test_both_languages_open_in_at_most_twice_the_time_of_one(
    figure: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    body = [("heading" if place % 2 else "text", f"Words {place}") for place in range(BLOCKS)]
    texts = {"lead_en": "Lead", "lead_es": "Entradilla", "body_en": body, "body_es": body}
    page = add_page(make_site(), StandardPage, title="A page", **texts)
    page.save_revision().publish()
    client = Client()
    client.force_login(ResidentFactory(is_staff=True, is_superuser=True))
    address = reverse("wagtailadmin_pages:edit", args=(page.pk,))

    def opened() -> float:
        started = perf_counter()
        assert client.get(address).status_code == 200
        return perf_counter() - started

    both = StandardPage.get_edit_handler
    alone = one_language().bind_to_model(StandardPage)
    times: dict[str, list[float]] = {"both": [], "one": []}
    for _round in range(ROUNDS + 2):
        for name, handler in (("both", both), ("one", lambda: alone)):
            monkeypatch.setattr(StandardPage, "get_edit_handler", handler)
            times[name].append(opened())

    ratio = median(times["both"][2:]) / median(times["one"][2:])
    figure("editor of both languages against one language", ratio, unit="times", at_most=2)


def test_the_report_of_many_pages_asks_few_questions(figure: Callable[..., None]) -> None:
    front_page = make_site()
    for number in range(PAGES):
        add_page(front_page, StandardPage, title=f"Page {number}")
    client = Client()
    client.force_login(ResidentFactory(is_staff=True, is_superuser=True))
    with CaptureQueriesContext(connection) as asked:
        page = client.get(reverse("languages_report"))

    assert page.context["paginator"].count >= 2 * PAGES
    figure("report of 500 pages in two languages", len(asked), unit="queries", at_most=20)
