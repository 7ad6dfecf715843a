"""A comment is reported, hidden words are appealed, another city decides; a moderator's day.

Residents have a phone, the keyboard and no scripts.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from consultations.enums import ReportReason
from partnership.demo.texts import read
from tests.journeys.browser import PHONE, barriers, sideways_scroll
from tests.journeys.keyboard import OnlyKeys
from tests.journeys.steps import OPEN_CONSULTATION, open_the_consultation
from tests.journeys.visitor import DEMO, Visitor
from tests.tools.turns import in_turn

pytestmark = pytest.mark.journey
MODERATORS = {"en": "moderator.alder", "es": "moderator"}

HIDDEN = read("moderation")["hidden"]
#: Who wrote what was hidden, and who of another city may look again.
APPEALS = {
    "en": ("resident.alder", HIDDEN[0]["text"], "moderator.alder", "en"),
    "es": ("resident.puerto", HIDDEN[1]["text"], "moderator", "es"),
}
WHY = {
    "en": "I wrote about a van and named nobody.",
    "es": "Escribí sobre una furgoneta y no nombré a nadie.",
}
ANSWER = {"en": "You named nobody, indeed.", "es": "En efecto, no nombraste a nadie."}


def press(thing: Locator, key: str = "Enter") -> None:
    """With the keyboard: bring it into focus and press."""
    thing.focus()
    thing.press(key)


@in_turn("language", ["es", "en"])
def test_a_report_and_an_appeal_with_the_keyboard_on_a_phone(
    language: str, open_page: Callable[..., Page]
):
    account, words, judge_account, judge_language = APPEALS[language]
    phone = open_page(width=PHONE, java_script_enabled=False, may_refuse=True)
    resident = OnlyKeys(phone, language)
    resident.open_front_page()
    resident.sign_in(DEMO.format(account))

    report_a_comment(resident)
    appeal(resident, words)

    judge = Visitor(open_page(java_script_enabled=False), judge_language)
    judge.come_in(DEMO.format(judge_account))
    judge.page.goto("/admin/comments/appeals/")
    appealed = judge.page.locator("section", has_text=words)
    expect(appealed).to_contain_text(WHY[language])
    appealed.get_by_role("textbox").fill(ANSWER[language])
    press(appealed.get_by_role("button", name=judge.say("Show it again")))
    judge.sees("It is shown again. The author is told.")

    letter = resident.newest_mail_to(DEMO.format(account))
    assert letter.language == language
    assert ANSWER[language] in letter.text


def report_a_comment(resident: Visitor) -> None:
    """Somebody else's comment in the open consultation: first without a reason, then with one."""
    open_the_consultation(resident)
    resident.unfold(resident.link("Conversation"))
    resident.follow(resident.page.get_by_role("link", name=resident.say("Report")).first)
    send = resident.button("Tell the moderators")
    resident.follow(send)
    resident.sees("Choose what is wrong with it.")
    resident.choose(resident.say(str(ReportReason.SPAM.label)))
    resident.follow(send)
    resident.sees("Thank you. A moderator looks at it.")
    comment = resident.page.locator("article:target")
    expect(comment).to_be_in_viewport()
    expect(comment).to_contain_text(resident.say("You reported this."))
    resident.page.goto(resident.page.url.partition("#")[0])
    resident.page.reload()


def appeal(resident: Visitor, words: str) -> None:
    """From one's own list; nothing that was typed is lost when something is missing."""
    resident.follow(resident.link("My participation"))
    entry = resident.page.get_by_role("listitem").filter(has_text=words)
    resident.follow(entry.get_by_role("link", name=resident.say("Ask another city to look at it")))
    resident.reads(words)
    assert sideways_scroll(resident.page) <= 0
    send = resident.button("Ask to look again")
    resident.follow(send)
    resident.sees("Write why it should be shown.")
    resident.write("Why should it be shown?", WHY[resident.language])
    resident.follow(send)
    resident.is_told("Thank you. Somebody of another city looks at it.")
    resident.sees("Another city looks at it.")


@pytest.mark.parametrize(("language", "scripts"), [("en", True), ("es", False)])
def test_a_moderators_day(language: str, scripts: bool, open_page: Callable[..., Page]):
    """With the queue's own keys, and without scripts by Tab alone."""
    # Whoever asks for a removal cannot confirm it, which answers 4xx.
    who = Visitor if scripts else OnlyKeys
    moderator = who(open_page(java_script_enabled=scripts, may_refuse=True), language)
    moderator.come_in(DEMO.format(MODERATORS[language]))
    moderator.page.goto("/admin/comments/?status=reported")
    reported = moderator.page.locator("[data-card]").first
    expect(reported).to_contain_text(moderator.say("Reported:"))
    if scripts:
        assert barriers(moderator.page) == []

    moderator.page.goto("/admin/comments/?kind=statement")
    hide_two_together(moderator, scripts=scripts)

    moderator.page.goto("/admin/comments/?status=hidden")
    hidden = moderator.page.locator("[data-card]").nth(0 if scripts else 1)
    moderator.unfold(hidden.locator("summary", has_text=moderator.say("Remove for good")))
    moderator.pick(hidden.get_by_label(moderator.say("Reason"), exact=True), "unlawful")
    moderator.follow(hidden.get_by_role("button", name=moderator.say("Ask a second person")))
    moderator.sees("A second person has to confirm it. Until then it stays hidden.")
    moderator.page.goto("/admin/comments/removals/")
    remove = moderator.page.get_by_role("button", name=moderator.say("Remove it for good"))
    moderator.follow(remove.last)  # another moderator may have asked for others before
    moderator.sees("You asked for this yourself. Somebody else has to confirm it.")


def hide_two_together(moderator: Visitor, *, scripts: bool) -> None:
    """Tick with the queue's own keys, or by Tab and Space, and decide once for everybody."""
    card = moderator.page.locator("[data-card]").first
    words = card.get_by_role("heading").inner_text()
    if scripts:
        expect(card).to_be_focused()
        moderator.page.keyboard.press("h")
        expect(card.get_by_label(moderator.say("Reason"), exact=True)).to_be_focused()
        card.focus()
        moderator.page.keyboard.press("x")
        expect(card.get_by_role("checkbox")).to_be_checked()
    else:
        moderator.tick(card.get_by_role("checkbox"))
    together = moderator.page.locator("#together")
    moderator.unfold(moderator.page.get_by_text(moderator.say("Decide about several at once")))
    reason = together.get_by_label(moderator.say("Reason"), exact=True)
    moderator.pick(reason, "does_not_belong")
    moderator.follow(together.get_by_role("button", name=moderator.say("Hide what is ticked")))
    moderator.sees("%(number)d is decided.", number=1)
    expect(moderator.page.get_by_text(words)).to_have_count(0)


@in_turn("language", ["en", "es"])
def test_everybody_reads_what_moderators_decided(language: str, open_page: Callable[..., Page]):
    reader = Visitor(open_page(width=320), language)
    reader.open_front_page()
    open_the_consultation(reader)
    reader.link("What moderators may do, and what they did").click()
    reader.reads(OPEN_CONSULTATION["title"][language])
    reader.sees("Moderators show words or hide them. They never change them.")
    assert sideways_scroll(reader.page) <= 0
    assert barriers(reader.page) == []
