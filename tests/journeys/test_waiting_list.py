"""A guest on a phone without scripts: waits, is offered a place, takes it, gives it back."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page

from partnership.demo.texts import read
from tests.journeys.browser import PHONE
from tests.journeys.visitor import Visitor
from tests.tools.turns import in_turn

pytestmark = pytest.mark.journey

FULL = next(row for row in read("events")["events"] if row["key"] == "bakers")


@in_turn("language", ["en", "es"])
def test_a_guest_waits_is_offered_a_place_takes_it_and_gives_it_back(
    language: str, open_page: Callable[..., Page], demo_site
):
    guest = Visitor(open_page(width=PHONE, java_script_enabled=False), language)
    email = f"guest.{uuid4().hex[:8]}@example.org"
    open_the_full_event(guest)
    guest.sees("Join the waiting list")
    guest.button("Continue").click()
    sign_up(guest, email)
    guest.sees("You are on the waiting list")
    guest.page.goto(link_in(guest, email))
    guest.sees("Change something")

    demo_site.manage("shell", "-c", THEIR_TURN_COMES.format(email=email))

    guest.page.goto(link_in(guest, email))
    guest.button("Take the place").click()
    guest.sees("You have a place. We have sent you an e-mail with everything.")
    guest.sees("You have a place")

    guest.link("Give my place back").click()
    guest.button("Yes, give it back").click()
    guest.sees("You have no place any more")
    assert guest.link("My participation").count() == 1  # nobody has been signed in


def open_the_full_event(guest: Visitor) -> None:
    guest.open_front_page()
    guest.choose_from_menu(guest.say("Exchanges"))
    guest.page.get_by_role("link", name=FULL["title"][guest.language], exact=True).first.click()


def sign_up(guest: Visitor, email: str) -> None:
    guest.write("Your name", "Inés Robledo")
    guest.write("E-mail address", email)
    for question in ("Where do you live?", "Where will you join?"):
        choose_in(guest, question, "Puerto Almendro")
    guest.button("Join the waiting list").click()
    guest.sees("Confirm your e-mail address")
    guest.write("Code from the mail", guest.newest_mail_to(email).code)
    guest.button("Confirm and join the waiting list").click()


def choose_in(guest: Visitor, question: str, choice: str) -> None:
    """The cities are asked about twice: choose under the right question."""
    group = guest.page.get_by_role("group", name=guest.say(question))
    group.get_by_label(choice, exact=True).check()


def link_in(guest: Visitor, email: str) -> str:
    """The address of the place in the newest mail."""
    links = guest.newest_mail_to(email).links
    return next(link for link in links if "/places/" in link or "/plazas/" in link)


#: What happens meanwhile: it becomes the guest's turn, and a place is given back. Others still
#: wait, so that the event stays full for whoever comes next.
THEIR_TURN_COMES = """
from datetime import timedelta
from events.registrations.models import Registration
from events.registrations.services import cancel
own = Registration.objects.get(participant__contact__email="{email}")
first = Registration.objects.waiting().filter(event=own.event).first()
own.created_at = first.created_at - timedelta(seconds=1)
own.save()
cancel(Registration.objects.registered().filter(event=own.event).first())
"""
