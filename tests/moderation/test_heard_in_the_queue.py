"""The moderators' queue as it is heard, and where a refused decision leads the keyboard."""

from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import now

from consultations.models import Contribution
from partnership.pages.languages import CODES, localized
from tests.consultations.test_moderation import staff, waiting
from tests.factories.consultations import StatementFactory, make_participant

pytestmark = pytest.mark.django_db

QUEUE = "moderation_queue"


def read(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def waiting_in(code: str) -> tuple[Contribution, object]:
    """A comment and a statement of that language; nobody has translated them."""
    comment = waiting(text=f"A comment in {code}.", language_code=code)
    words = {localized("text", code): f"A statement in {code}."}
    author = make_participant()
    values = {"language_code": code, "participant": author, "publication_status": "pending"}
    return comment, StatementFactory(
        **{localized("text", one): "" for one in CODES} | words | values
    )


@pytest.mark.parametrize("status", ["pending", "published", "hidden"])
def test_buttons_say_the_words_they_are_about_in_the_language_of_these(status):
    for code in CODES:
        comment, _statement = waiting_in(code)
        Contribution.objects.filter(pk=comment.pk).update(publication_status=status)

    page = read(staff("Moderators").get(reverse(QUEUE), {"status": status}))

    said = [one for one in page.select(".w-sr-only") if " in " in one.get_text()]
    assert said
    for one in said:
        code = one.get_text().strip(" .:").rpartition(" in ")[2]
        heard = one.select_one("[lang]") or one
        assert heard.get("lang") == code, one


def test_a_refused_decision_opens_at_its_text_and_says_so_in_the_title():
    comment, statement = waiting_in(CODES[0])
    client = staff("Moderators")
    for thing, address in ((comment, "moderation_decision"), (statement, "proposal_decision")):
        asked = {"decision": "hide", "seen": "pending"}
        own = {f"statement-{thing.pk}-{name}": value for name, value in asked.items()}
        page = read(client.post(reverse(address, args=(thing.pk,)), asked | own))

        assert page.title.get_text().strip().startswith("Error:"), thing
        (focused,) = page.select("main [autofocus]")
        assert focused.select_one(".error-message"), thing


def test_what_is_refused_for_several_opens_where_they_are_decided():
    waiting_in(CODES[0])
    client = staff("Moderators")

    page = read(client.post(reverse("moderation_together"), {"decision": "hide"}))

    assert page.title.get_text().strip().startswith("Error:")
    assert [one["id"] for one in page.select("main [autofocus]")] == ["together"]
    assert page.select_one("#together")["aria-label"]


def test_nothing_takes_the_focus_where_nothing_was_refused():
    waiting_in(CODES[0])

    page = read(staff("Moderators").get(reverse(QUEUE)))

    assert not page.select("main [autofocus]")
    assert "Error:" not in page.title.get_text()


@pytest.mark.parametrize("status", ["pending", "published", "hidden"])
def test_no_two_texts_have_buttons_that_sound_alike(status):
    for code in CODES:
        comment, _statement = waiting_in(code)
        Contribution.objects.filter(pk=comment.pk).update(publication_status=status)
        comment.earlier_wordings.create(text="Before.")

    page = read(staff("Moderators").get(reverse(QUEUE), {"status": status}))

    heard = [
        one.get_text(" ", strip=True)
        for card in page.select("[data-card]")
        for one in card.select("button, summary, a, label:has([data-tick]), label[for^=transl]")
    ]
    assert heard
    assert sorted(set(heard)) == sorted(heard)


class Said(SimpleNamespace):
    """Something a resident wrote in Spanish."""

    def __str__(self) -> str:
        return "Más sombra"


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("moderation/admin/removal.html", "target"),
        ("translations/admin/proposal.html", "translation"),
        ("analysis/admin/text.html", "text"),
    ],
)
def test_words_at_a_button_are_heard_in_their_language_beside_the_queue_too(template, name):
    words = Said(pk=1, language_code="es", kind="comment", created_at=now())
    words.words = words  # a translation has an original, a text its words
    place = SimpleNamespace(pk=1, title="Streets", asked_at=now())
    context = {"removal": place, "consultation": place, name: words}

    page = BeautifulSoup(render_to_string(template, context), "html.parser")

    heard = [one for one in page.select(".w-sr-only") if "sombra" in one.get_text()]
    assert len(heard) == 2
    assert {one.get("lang") for one in heard} == {"es"}
