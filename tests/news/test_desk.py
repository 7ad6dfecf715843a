"""Staff see how many read, greet them, and look at the next issue before it leaves."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from home.news import desk
from home.news.groups import ensure_groups
from home.news.models import Issue, NewsWish
from partnership.outbox.models import OutgoingMail
from partnership.pages.languages import CODES
from tests.factories.cities import city_pair
from tests.factories.news import (
    FIRST_THURSDAY,
    TUESDAY,
    guest,
    put_the_clock_at,
    story,
    wish_of,
)
from tests.factories.official import editor_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]


@pytest.fixture
def editor(client):
    found = editor_of(city_pair()[0])
    ensure_groups()
    client.force_login(found)
    return found


def greet(client, issue, **words):
    greeting = {f"greeting_{code}": "" for code in CODES} | words
    return client.post(reverse("news_issues:edit", args=(issue.pk,)), greeting)


def test_readers_are_counted_by_language_and_city_and_small_groups_kept_back():
    alder, puerto = city_pair()
    for number, (code, city) in enumerate(
        [("en", None)] * 7 + [("es", alder)] * 6 + [("es", puerto)] * 2
    ):
        wish_of(guest(f"gil{number}@example.org"), language_code=code, city=city)

    told = desk.readers()
    NewsWish.objects.filter(language_code="en").delete()
    NewsWish.objects.filter(city=alder).delete()

    assert desk.readers()["total"] is None
    assert told["total"] == 15
    assert [(row["city"], row["cells"]) for row in told["rows"]] == [
        ("All cities", [7, 0]),
        ("Alder Bay", [0, None]),
        ("Puerto Almendro", [0, None]),
    ]


def test_a_greeting_is_in_every_language_or_there_is_none(client, editor):
    client.get(reverse("news_issues:index"))
    issue = Issue.objects.get()

    half = greet(client, issue, greeting_en="Hello all")
    greet(client, issue, greeting_en="Hello all", greeting_es="Hola")
    kept = Issue.objects.get()
    greet(client, issue)

    assert "Write it in Spanish too." in half.content.decode()
    assert (kept.greeting_en, kept.greeting_es) == ("Hello all", "Hola")
    assert not Issue.objects.get().greeting_en


def test_an_issue_is_greeted_until_it_leaves_in_the_first_of_the_cities(
    client, editor, monkeypatch
):
    put_the_clock_at(datetime(2026, 12, 3, 6, 59, tzinfo=UTC), monkeypatch)  # 7.59 in Madrid
    issue = Issue.objects.create(day=FIRST_THURSDAY.date())

    greet(client, issue, greeting_en="Hello", greeting_es="Hola")
    put_the_clock_at(datetime(2026, 12, 3, 7, tzinfo=UTC), monkeypatch)
    answer = greet(client, issue, greeting_en="Too late", greeting_es="Tarde")

    assert "This issue has left" in answer.content.decode()
    assert Issue.objects.get().greeting_en == "Hello"


def test_the_next_issue_is_seen_in_every_language_and_nothing_is_sent(client, editor, monkeypatch):
    put_the_clock_at(TUESDAY, monkeypatch)
    issue = desk.next_issue(TUESDAY)
    Issue.objects.update(greeting_en="Hello all", greeting_es="Hola")
    story("A bench", title_es="Un banco")

    en, es = (
        client.get(reverse("news_issues:preview"), {"language": code}).content.decode()
        for code in ("en", "es")
    )

    assert f"{issue.day:%Y-%m-%d}" == "2026-12-03"
    assert [word in en for word in ("Hello all", "A bench")] == [True, True]
    assert [word in es for word in ("Hola", "Un banco")] == [True, True]
    assert not OutgoingMail.objects.exists()


def test_who_works_for_no_city_sees_nothing_of_it(client, editor):
    editor.edits_for.clear()

    assert client.get(reverse("news_issues:index")).status_code == 302
    assert client.get(reverse("news_issues:preview")).status_code == 404
